//! `notebook build`: reports the diagnostics of a notebook, and writes its site unless there is an error.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::FalseyValueParser;
use notebook_core::notebook::{Url, UrlKind};

use super::notebook_file;
use super::report::{self, Deny, Detail};
use crate::pipeline::summary::count_of;
use crate::site::build::{self, Purpose, SiteBuild};
use crate::site::frame::{Frame, is_frame};
use crate::site::{Failure, files, output_folder, studio_pages};

/// The element that every page has.
const PAGE_ROOT: &[u8] = b"<div id=\"_notebook\"";
/// Names of other files that are listed, at most.
const MAX_LISTED: usize = 5;

/// The arguments of the `build` subcommand.
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
    #[arg(env = "NOTEBOOK_FILE")]
    file: Option<PathBuf>,
    /// The folder to write to [default: the folder that Trunk is building, or else dist]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Address at which the site will be published, for feeds, link previews and the sitemap [default: `url` in the front matter]
    #[arg(long, env = "NOTEBOOK_URL", value_parser = web_address)]
    url: Option<Url>,
    /// Use the page and programs in this folder instead of those in the command
    #[arg(long, env = "NOTEBOOK_PAGE", value_name = "FOLDER")]
    page: Option<PathBuf>,
    /// First copy Trunk's staged files, without the notebook, to a new folder, for use with --page
    #[arg(long, env = "NOTEBOOK_FRAME", value_name = "FOLDER")]
    frame: Option<PathBuf>,
    /// First copy the editor of the studio from this folder to Trunk's staged files
    #[arg(long, env = "NOTEBOOK_STUDIO", value_name = "FOLDER", hide = true)]
    studio: Option<PathBuf>,
    /// Write one HTML file with everything in it, which works from a disk or an email attachment [default for --out: notebook.html]
    #[arg(long)]
    single_file: bool,
    /// Fail on warnings too
    #[arg(long)]
    deny: Option<Deny>,
    /// Build the site in spite of errors
    #[arg(long, env = "NOTEBOOK_KEEP_GOING", value_parser = FalseyValueParser::new())]
    keep_going: bool,
    /// List every problem; otherwise more than three of one kind are shown as one example
    #[arg(long)]
    all: bool,
}

/// Parses an absolute web address.
pub(super) fn web_address(text: &str) -> Result<Url, Failure> {
    let url = Url::parse(text).filter(|url| matches!(url.kind(), UrlKind::Web(..)));
    url.ok_or_else(|| "expected an address that begins with https://".to_owned())
}

/// Options for the contents of a site.
#[derive(Debug, Default)]
pub(super) struct SiteOptions<'a> {
    /// The address at which the site will be published.
    pub(super) url: Option<&'a Url>,
    pub(super) deny_warnings: bool,
    /// Build in spite of errors.
    pub(super) keep_going: bool,
    pub(super) detail: Detail,
    pub(super) purpose: Purpose,
}

/// Builds the site of a notebook, unless the notebook does not pass. Returns true if it was built.
pub(super) fn build(arguments: BuildArguments) -> Result<bool, Failure> {
    let out = build::output_folder(arguments.out.clone());
    if let Some(editor) = arguments.studio.as_ref().filter(|_| is_frame(&out)) {
        studio_pages::stage(editor, &out)?;
    }
    if let Some(copy) = &arguments.frame {
        files::copy_folder(&out, copy)?;
    }
    let file = notebook_file::find(arguments.file)?;
    let options = SiteOptions {
        url: arguments.url.as_ref(),
        deny_warnings: arguments.deny.is_some(),
        keep_going: arguments.keep_going,
        purpose: if arguments.single_file { Purpose::SingleFile } else { Purpose::Publish },
        detail: if arguments.all { Detail::All } else { Detail::Grouped },
    };
    if arguments.single_file {
        let frame = Frame::find(arguments.page)?
            .ok_or("this command was compiled without a page: `cargo xtask package` makes one with a page")?;
        let out = arguments
            .out
            .unwrap_or_else(|| file.with_extension("html").file_name().unwrap_or_default().into());
        return build_single_file(&file, &frame, &out, &options);
    }
    let frame = Frame::find(arguments.page)?.filter(|_| !is_frame(&out));
    let Some(frame) = frame else { return write(&file, &out, &options) };
    let temporary = output_folder::temporary_folder(&out)?;
    let built = temporary.path().join("site");
    frame.write_to(&built)?;
    if !write(&file, &built, &options)? {
        return Ok(false);
    }
    let others = output_folder::replace_site(&built, &out)?;
    if !others.is_empty() {
        let more = if others.len() > MAX_LISTED { ", ..." } else { "" };
        let listed = others.get(..MAX_LISTED).unwrap_or(&others).join(", ");
        let (count, out) = (count_of(others.len(), "file"), out.display());
        eprintln!("note: {count} in {out} that this build did not write: {listed}{more}");
    }
    eprintln!("built {}", out.join("index.html").display());
    Ok(true)
}

/// Builds the site of a notebook as one file. Returns true if it was built.
fn build_single_file(
    file: &Path,
    frame: &Frame,
    out: &Path,
    options: &SiteOptions<'_>,
) -> Result<bool, Failure> {
    if out.exists() && !fs::read(out).is_ok_and(|page| is_page(&page)) {
        return Err(format!(
            "{} is not a page that notebook has built: name another file with --out",
            out.display()
        ));
    }
    let temporary = output_folder::temporary_folder_beside(out)?;
    let built = temporary.path().join("site");
    frame.write_to(&built)?;
    if !write(file, &built, options)? {
        return Ok(false);
    }
    fs::rename(built.join("index.html"), out)
        .map_err(|error| format!("{} cannot be written: {error}", out.display()))?;
    eprintln!("built {}", out.display());
    Ok(true)
}

/// Returns true if a file is a page that was built before.
fn is_page(bytes: &[u8]) -> bool {
    bytes.is_empty() || bytes.windows(PAGE_ROOT.len()).any(|part| part == PAGE_ROOT)
}

/// Reports the diagnostics of a notebook, and writes its site into a folder that has the frame. Returns true if it was built.
pub(super) fn write(file: &Path, out: &Path, options: &SiteOptions<'_>) -> Result<bool, Failure> {
    let site = SiteBuild::open(file, out, options.purpose)?;
    site.opened().sources().for_each(|source| report::print(&source, options.detail));
    if !site.opened().passes(options.deny_warnings) {
        if !options.keep_going {
            eprintln!(
                "error: the site was not built because of the problems above; --keep-going builds it anyway"
            );
            return Ok(false);
        }
        eprintln!("note: the site is built in spite of the problems above, because of --keep-going");
    }
    site.write(options.url)?;
    Ok(true)
}
