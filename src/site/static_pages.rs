//! The static pages of a large notebook: one for each term, and one or more for each section. Crawlers, and readers whose
//! browser runs no script, reach every word through them.

use std::collections::{BTreeSet, HashMap};
use std::panic::resume_unwind;
use std::path::Path;

use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::{Entry, Notebook, Section, plain};

use super::citations::Styles;
use super::files::write_file;
use super::html_addresses::map_addresses;
use super::html_page::{HtmlPage, InlineText};
use super::metadata::{SiteMetadata, json_ld_element};
use super::minify::minify_css;
use super::parallel::map_parallel;
use super::policy::Policy;
use super::prerender::{render_head, render_static};
use super::progress::Progress;
use super::{Failure, print_parts, styles};
use crate::view::{self, PageMetadata, StaticPage};

/// The styles of static pages, and of the links to them.
const STYLES: &str = include_str!("../../style/static.css");

/// Entries on one page of a section. Chosen: more would make a page that is slow to lay out on a phone, fewer would make more
/// pages to go through.
const ENTRIES_PER_PAGE: usize = 100;

/// The addresses of the static pages, relative to the notebook's page.
#[derive(Debug, Default)]
pub(super) struct StaticPages {
    /// The title of each section with the address of its first page.
    pub(super) sections: Vec<(String, String)>,
    /// The addresses of all pages.
    pub(super) all: Vec<String>,
}

/// Returns the styles that a page with links to static pages needs, beside those of every page.
pub(super) fn page_styles() -> Result<InlineText, Failure> {
    InlineText::style(minify_css(STYLES)?)
}

/// Plans the static pages of a notebook. O(sections + terms)
pub(super) fn plan(notebook: &Notebook) -> StaticPages {
    let mut pages = StaticPages::default();
    for section in &notebook.sections {
        plan_section(section, &mut pages);
    }
    pages
}

fn plan_section(section: &Section, pages: &mut StaticPages) {
    pages.sections.push((plain(&section.title).into_owned(), section_address(section, 0)));
    pages.all.extend((0..page_count(section)).map(|at| section_address(section, at)));
    let terms = section.entries.iter().filter(|entry| matches!(entry, Entry::Term(_)));
    pages.all.extend(terms.map(term_address));
    section.sections.iter().for_each(|inner| plan_section(inner, pages));
}

/// Returns the number of pages of a section: at least one, which links to those of its subsections.
fn page_count(section: &Section) -> usize {
    section.entries.len().div_ceil(ENTRIES_PER_PAGE).max(1)
}

/// Returns the address of a page of a section. Pages count from 0.
fn section_address(section: &Section, at: usize) -> String {
    match at {
        0 => format!("in/{}.html", section.id),
        at => format!("in/{}_{}.html", section.id, at + 1),
    }
}

/// Returns the address of the page of a term.
fn term_address(entry: &Entry) -> String {
    format!("term/{}.html", entry.id())
}

/// Returns the address of each entry on a static page, by its anchor. O(entries)
fn entry_addresses(notebook: &Notebook) -> HashMap<&str, String> {
    let mut addresses = HashMap::new();
    for section in &notebook.sections {
        collect_addresses(section, &mut addresses);
    }
    addresses
}

fn collect_addresses<'a>(section: &'a Section, addresses: &mut HashMap<&'a str, String>) {
    for (at, entries) in section.entries.chunks(ENTRIES_PER_PAGE).enumerate() {
        addresses.extend(entries.iter().map(|entry| {
            let address = match entry {
                Entry::Term(_) => term_address(entry),
                _ => format!("{}#{}", section_address(section, at), entry.id()),
            };
            (entry.id().as_str(), address)
        }));
    }
    section.sections.iter().for_each(|inner| collect_addresses(inner, addresses));
}

/// Pages that are written between two updates of the progress bar.
const PAGES_PER_UPDATE: usize = 400;

/// Writes the pages, with the styles of the notebook's page.
///
/// # Errors
/// Fails if a page cannot be written.
pub(super) fn write(
    site: &SiteMetadata,
    linked: &LinkedNotebook,
    citation_styles: &Styles,
    notebook_page: &HtmlPage,
    image_servers: &BTreeSet<String>,
    out: &Path,
    progress: &mut Progress,
) -> Result<(), Failure> {
    let has_typeset = styles::needs_typeset_styles(&notebook_page.body);
    let typeset_styles = if has_typeset { None } else { Some(InlineText::style(styles::typeset_styles()?)?) };
    let mut template = HtmlPage::new(site.notebook(), String::new(), String::new());
    // Links are relative to the notebook's page.
    template.base = Some("../");
    template.styles.clone_from(&notebook_page.styles);
    template.policy = Some(Policy::Site { image_servers: image_servers.clone(), loads_styles: false });
    let entry_addresses = entry_addresses(&linked.notebook);
    let writer = PageWriter { site, linked, citation_styles, entry_addresses, template, typeset_styles, out };
    let mut pages = Vec::new();
    let mut ancestors = Vec::new();
    let title = &site.notebook().title;
    for section in &linked.notebook.sections {
        collect_pages(title, section, &mut ancestors, &mut pages);
    }
    progress.begin("pages", site.notebook().walk().count());
    let mut done = 0;
    for pages in pages.chunks(PAGES_PER_UPDATE) {
        let written = map_parallel(pages, |(page, address)| writer.write(page, address));
        written.unwrap_or_else(|panic| resume_unwind(panic)).into_iter().collect::<Result<(), _>>()?;
        done += pages.iter().map(|(page, _)| page.entries.len()).sum::<usize>();
        progress.set(done);
    }
    Ok(())
}

/// Appends the pages of a section, and of those below it, with their addresses.
fn collect_pages<'a>(
    notebook_title: &'a str,
    section: &'a Section,
    ancestors: &mut Vec<(String, String)>,
    pages: &mut Vec<(StaticPage<'a>, String)>,
) {
    let title = plain(&section.title).into_owned();
    let count = page_count(section);
    let mut entries = section.entries.chunks(ENTRIES_PER_PAGE);
    for at in 0..count {
        let children = section.sections.iter();
        let children = children.map(|inner| (plain(&inner.title).into_owned(), section_address(inner, 0)));
        let page = StaticPage {
            notebook_title,
            title: if at == 0 { title.clone() } else { format!("{title} ({})", at + 1) },
            anchor: section.id.as_str(),
            ancestors: ancestors.clone(),
            children: if at == 0 { children.collect() } else { Vec::new() },
            entries: entries.next().unwrap_or_default(),
            neighbors: [
                at.checked_sub(1).map(|before| section_address(section, before)),
                (at + 1 < count).then(|| section_address(section, at + 1)),
            ],
        };
        pages.push((page, section_address(section, at)));
    }
    ancestors.push((title, section_address(section, 0)));
    for entry in section.entries.iter().filter(|entry| matches!(entry, Entry::Term(_))) {
        let page = StaticPage {
            notebook_title,
            title: plain(entry.title()).into_owned(),
            anchor: entry.id().as_str(),
            ancestors: ancestors.clone(),
            entries: std::slice::from_ref(entry),
            ..StaticPage::default()
        };
        pages.push((page, term_address(entry)));
    }
    section.sections.iter().for_each(|inner| collect_pages(notebook_title, inner, ancestors, pages));
    ancestors.pop();
}

/// Everything that all static pages share.
struct PageWriter<'a> {
    site: &'a SiteMetadata<'a>,
    linked: &'a LinkedNotebook,
    citation_styles: &'a Styles,
    entry_addresses: HashMap<&'a str, String>,
    /// A page without content.
    template: HtmlPage,
    /// The styles of formulas and code, unless they are among the others.
    typeset_styles: Option<InlineText>,
    out: &'a Path,
}

impl PageWriter<'_> {
    /// Makes links to entries lead to their static pages.
    fn link_static_pages(&self, html: &str) -> String {
        map_addresses(html, &["a"], |address| {
            self.entry_addresses.get(address.strip_prefix('#')?).map(String::as_str)
        })
    }

    fn write(&self, page: &StaticPage, address: &str) -> Result<(), Failure> {
        let notebook = self.site.notebook();
        let url = self.site.url_of(address);
        let title = format!("{} · {}", page.title, notebook.title);
        let metadata =
            PageMetadata { title: &title, description: notebook.description.as_deref(), url: url.as_deref() };
        let head = render_head(notebook, &metadata, &[]);
        let links_of = |id: &_| self.linked.cross_references.links_of(id);
        let body = render_static(|| view::static_page(page, &links_of));
        let json_ld = json_ld_element(self.site, page.entries.iter());
        let references = print_parts::references(self.citation_styles, page.entries.iter());
        let body = self.link_static_pages(&body) + &references + json_ld.as_str();
        let mut html = HtmlPage { head, body, ..self.template.clone() };
        if styles::needs_typeset_styles(&html.body) {
            html.styles.extend(self.typeset_styles.clone());
        }
        write_file(&self.out.join(address), html.to_html().as_bytes())
    }
}
