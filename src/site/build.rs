//! The build of a site: opens a notebook, then writes everything that its page needs into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use notebook_core::diagnostic::Severity;
use notebook_core::markdown::has_studio;
use notebook_core::notebook::{Notebook, Url};
use notebook_core::search::{Corpus, index_bytes};

use super::citations::{self, CitationCache, Styles};
use super::files::{write_file, write_hashed};
use super::frame_page::FramePage;
use super::html_page::{HtmlPage, InlineText};
use super::integrity::Integrity;
use super::metadata::SiteMetadata;
use super::minify::minify_css;
use super::open::OpenedNotebook;
use super::parallel::join;
use super::policy::Policy;
use super::prerender::{empty_page, prerender};
use super::print_parts::running_head;
use super::progress::Progress;
use super::static_pages::StaticPages;
use super::styles::{PageStyles, join_styles};
use super::{
    Failure, concept_map, export, formula_copy, icon, languages, loader, metadata, policy, print_parts,
    service_worker, single_file, static_pages, studio_pages, styles, wasm_program,
};
use crate::pipeline::theme_styles::theme_styles;
use crate::pipeline::{DataFiles, data_files};

/// The folder that the build writes to: the one asked for, the one that Trunk is staging, or `dist`.
pub(crate) fn output_folder(asked: Option<PathBuf>) -> PathBuf {
    asked
        .or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from))
        .unwrap_or_else(|| "dist".into())
}

/// The purpose of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// For readers.
    #[default]
    Publish,
    /// For its author, who changes it: without dates and files for programs, and not stored by the browser.
    Preview,
    /// For readers, with everything in `index.html`.
    SingleFile,
}

/// The page of a site that was written; empty if the command has none.
#[derive(Debug, Default)]
pub(crate) struct WrittenPage {
    /// Attributes of the page's root, which name its data files.
    pub(crate) attributes: BTreeMap<&'static str, String>,
    /// The page without its body; empty unless it is a preview.
    pub(crate) shell: String,
    /// The notebook; empty unless it is a preview.
    pub(crate) notebook: Notebook,
}

/// A notebook that is ready to be written as a site.
pub(crate) struct SiteBuild<'a> {
    file: &'a Path,
    out: &'a Path,
    opened: OpenedNotebook,
    purpose: Purpose,
    /// The entries; without their texts in a preview.
    corpus: Corpus,
    /// The full-text index; `None` in a preview, where it is built with the first search, or if Trunk did not build the program
    /// that reads it.
    index: Option<Vec<u8>>,
    progress: Progress,
}

impl<'a> SiteBuild<'a> {
    /// Opens the notebook in `file`, for a site in the folder `out`. Writes nothing.
    ///
    /// # Errors
    /// Fails if the file cannot be read or exceeds a limit.
    pub(crate) fn open(file: &'a Path, out: &'a Path, purpose: Purpose) -> Result<Self, Failure> {
        let mut progress = Progress::new();
        let (opened, (corpus, index)) = OpenedNotebook::open_with(file, Severity::Warning, |notebook| {
            if purpose == Purpose::Preview {
                return (Corpus::build_without_texts(notebook), None);
            }
            let corpus = Corpus::build(notebook);
            let index = wasm_program::is_built(wasm_program::SEARCH, out).then(|| {
                progress.begin("full-text index", corpus.catalog.len());
                index_bytes(notebook, &corpus, &mut |done| progress.set(done))
            });
            (corpus, index)
        })?;
        Ok(Self { file, out, opened, purpose, corpus, index, progress })
    }

    /// The notebook, for its diagnostics.
    pub(crate) fn opened(&self) -> &OpenedNotebook {
        &self.opened
    }

    /// Writes the site, which may be published at `url`.
    ///
    /// # Errors
    /// Fails if a file cannot be read or written, or the page that Trunk staged is not as expected.
    #[allow(
        clippy::too_many_lines,
        reason = "the steps of a build in their order, which share their results"
    )]
    pub(crate) fn write(self, url: Option<&Url>) -> Result<WrittenPage, Failure> {
        let mut written = WrittenPage::default();
        let Self { file, out, mut opened, purpose, corpus, index, mut progress } = self;
        let linked = &mut opened.linked;
        languages::use_language_of(&linked.notebook);
        let all = [&mut opened.parsed.notebook, &mut linked.notebook];
        for notebook in all.into_iter().chain(&mut opened.with_keys) {
            opened.attached_files.rewrite_urls(notebook);
            opened.attached_files.set_image_sizes(notebook);
        }
        let image_servers = policy::image_servers(&mut opened.parsed.notebook);
        let site = match purpose {
            Purpose::Publish => SiteMetadata::new(file, &opened.text, &opened.parsed, url),
            Purpose::SingleFile => {
                SiteMetadata::new(file, &opened.text, &opened.parsed, url).of_single_file()
            }
            // Asking git for dates would take longer than all else.
            Purpose::Preview => SiteMetadata::unpublished(&opened.parsed.notebook),
        };
        let has_studio =
            purpose == Purpose::Publish && has_studio(&site.notebook().other) && studio_pages::is_built(out);
        let site = site.with_studio(has_studio);
        let notebook = site.notebook();
        let as_written = opened.with_keys.as_ref().unwrap_or(notebook);
        opened.attached_files.copy_to(out)?;
        service_worker::write_manifest(notebook, out)?;
        write_file(&out.join("_headers"), policy::HEADERS.as_bytes())?;
        let styles =
            Styles::new(opened.citations.style.take(), notebook.language(), CitationCache::open(file));
        let is_large = purpose != Purpose::SingleFile && data_files::is_large(&corpus, &opened.text);
        // Files for programs and crawlers would only make an author wait.
        let is_public = purpose == Purpose::Publish;
        let static_pages =
            if is_large && is_public { static_pages::plan(notebook) } else { StaticPages::default() };
        let concept_map = concept_map::build(linked);
        // The two longest steps, neither of which needs the other.
        let mut data_progress = progress.sibling();
        let (data_files, citations_file) = join(
            || {
                if is_public {
                    write_file(&out.join("notebook.json"), export::json(notebook)?.as_bytes())?;
                    write_file(&out.join("notebook.schema.json"), export::schema()?.as_bytes())?;
                }
                data_progress.begin("entries", corpus.catalog.len());
                let mut store =
                    |prefix: &str, extension: &str, bytes: &[u8]| write_hashed(out, prefix, extension, bytes);
                let mut files = data_files::write(linked, &corpus, is_large, &mut store, &mut |done| {
                    data_progress.set(done);
                })?;
                if let Some(index) = &index {
                    files.set_index(store(data_files::INDEX_PREFIX, "bin", index)?);
                } else if purpose == Purpose::Preview {
                    files.set_index_on_demand();
                }
                Ok::<_, Failure>(files)
            },
            || {
                if is_public {
                    let map_page = concept_map.iter().map(|_| concept_map::FILE_NAME.to_owned());
                    let pages: Vec<_> = map_page.chain(static_pages.all).collect();
                    metadata::write(&site, as_written, &pages, out)?;
                }
                citations::write(&site, &styles, is_large, out, &mut progress)
            },
        );
        let mut data_files = data_files?;
        let mut integrity = Integrity::default();
        let search_program = wasm_program::write(wasm_program::SEARCH, out, &mut integrity)?;
        if let Some(program) = &search_program {
            data_files.set_search_program(program.clone());
        }
        if let Some(file) = citations_file? {
            data_files.set_citations(file);
        }
        let page_path = out.join("index.html");
        if page_path.is_file() {
            let frame = std::fs::read_to_string(&page_path)
                .map_err(|error| format!("{} cannot be read: {error}", page_path.display()))?;
            let frame = FramePage::read(&frame)?;
            let mut page = match purpose {
                // Its client follows the author's changes, from data files alone.
                Purpose::Preview => empty_page(&site, &data_files),
                Purpose::Publish | Purpose::SingleFile => {
                    prerender(&site, linked, corpus, &data_files, &static_pages.sections)
                }
            };
            if purpose != Purpose::Preview {
                let shown = data_files.first_entries.as_ref().unwrap_or(notebook);
                print_parts::add(&mut page, &site, &styles, shown.walk().map(|(_, entry)| entry));
            }
            let is_offline_capable = frame.reload_script.is_none() && is_public;
            let settings = PageSettings {
                purpose,
                running_head: &running_head(&site.notebook().title),
                theme: &theme_styles(site.notebook()),
                has_formulas: !opened.parsed.formulas.is_empty(),
                is_offline_capable,
                image_servers: &image_servers,
                pictures: opened.attached_files.by_path(),
            };
            let FinishedPage { mut page, program, deferred_styles, translation } =
                finish_page(page, frame, &settings, &data_files, &mut integrity, out)?;
            if is_large {
                page.styles.push(static_pages::page_styles()?);
            }
            write_file(&page_path, page.to_html().as_bytes())?;
            if let Some(program) = program.filter(|_| site.has_studio()) {
                let client = loader::LoaderSettings {
                    program: &program,
                    deferred_styles: deferred_styles.as_deref(),
                    outline: None,
                    translation: translation.as_deref(),
                    is_offline_capable: false,
                    integrity: &integrity,
                };
                studio_pages::write(notebook, &page, &client, search_program.as_deref(), out)?;
            } else {
                studio_pages::remove(out)?;
            }
            written.attributes = data_files.attributes();
            if purpose == Purpose::Preview {
                // Edits of the notebook's text leave this part as it is.
                written.shell = HtmlPage { body: String::new(), ..page.clone() }.to_html();
            }
            let (map_written, pages_written) = join(
                || {
                    concept_map
                        .iter()
                        .try_for_each(|map| concept_map::write(&site, map, &static_pages.sections, out))
                },
                || match data_files.first_entries {
                    Some(_) if is_public => {
                        static_pages::write(&site, linked, &styles, &page, &image_servers, out, &mut progress)
                    }
                    _ => Ok(()),
                },
            );
            map_written.and(pages_written)?;
            if is_offline_capable {
                service_worker::write_worker(out)?;
            } else {
                service_worker::write_unregistering_worker(out)?;
            }
        } else {
            eprintln!(
                "note: only data was written to {}: this command was compiled without a page. `cargo xtask package` makes one \
                 with a page; `cargo xtask build` makes a site with Trunk",
                out.display()
            );
        }
        progress.finish();
        if purpose == Purpose::Preview {
            written.notebook = opened.parsed.notebook;
        } else {
            // The process ends here: freeing a large notebook takes noticeable time and gains nothing.
            std::mem::forget(opened);
        }
        Ok(written)
    }
}

/// Settings of a page that depend on its purpose.
struct PageSettings<'a> {
    purpose: Purpose,
    /// The style that prints the title.
    running_head: &'a str,
    /// The styles of the theme that the author chose.
    theme: &'a str,
    has_formulas: bool,
    /// True if the browser stores the page.
    is_offline_capable: bool,
    /// The servers of pictures, which its policy allows.
    image_servers: &'a BTreeSet<String>,
    /// Attached files by their paths on the page.
    pictures: &'a BTreeMap<String, PathBuf>,
}

/// A page with everything that it needs.
struct FinishedPage {
    page: HtmlPage,
    /// The client, without the suffixes of its two files; `None` if Trunk did not build it.
    program: Option<String>,
    /// Styles that are loaded with the client.
    deferred_styles: Option<String>,
    /// The translation; `None` for English.
    translation: Option<String>,
}

/// Completes a page with the styles, icon and client of its frame, a loader and a policy.
fn finish_page(
    mut page: HtmlPage,
    frame: FramePage,
    settings: &PageSettings<'_>,
    data_files: &DataFiles,
    integrity: &mut Integrity,
    out: &Path,
) -> Result<FinishedPage, Failure> {
    let is_large = data_files.first_entries.is_some();
    let is_complete = !is_large && settings.purpose != Purpose::Preview;
    let has_typeset = styles::needs_typeset_styles(&page.body);
    let PageStyles { inlined, deferred } =
        join_styles(&frame.styles, out, has_typeset, is_complete, integrity)?;
    // In the same element: the policy has a hash for each.
    page.styles.push(InlineText::style(inlined.as_str().to_owned() + settings.running_head)?);
    // It overrides the styles of every page.
    if !settings.theme.is_empty() {
        page.styles.push(InlineText::style(minify_css(settings.theme)?)?);
    }
    if let Some(icon) = icon::inline_icon(out)? {
        page.icon = icon;
    }
    if settings.has_formulas {
        page.scripts.push(formula_copy::script()?);
    }
    let image_servers = settings.image_servers.clone();
    page.policy = match settings.purpose {
        // Trunk changes the page that it serves, which would make hashes wrong.
        _ if frame.reload_script.is_some() => None,
        Purpose::SingleFile => Some(Policy::SingleFile { image_servers }),
        _ => Some(Policy::Site { image_servers, loads_styles: deferred.is_some() }),
    };
    let program = match &frame.client {
        Some(script) => wasm_program::write_client(script, out, integrity)?,
        None => None,
    };
    let mut translation = None;
    if let Some(program) = &program {
        // On a page with the first entries alone, the client fetches it at the first interaction.
        let outline = data_files.outline().filter(|_| is_complete);
        translation = languages::write(out)?;
        let loader = loader::LoaderSettings {
            program,
            deferred_styles: deferred.as_deref(),
            outline,
            translation: translation.as_deref(),
            is_offline_capable: settings.is_offline_capable,
            integrity,
        };
        if settings.purpose == Purpose::SingleFile {
            page = single_file::embed_files(page, &loader, settings.pictures, out)?;
        } else {
            page.scripts.push(loader::script(&page.body, &loader)?);
        }
    }
    page.scripts.extend(frame.reload_script);
    Ok(FinishedPage { page, program, deferred_styles: deferred, translation })
}
