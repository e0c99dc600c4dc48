//! The pages of a large notebook that need no script: its sections, in pieces, and its terms. Crawlers, and readers
//! whose browser runs no script, reach every word by them.

use std::collections::{BTreeSet, HashMap};
use std::panic::resume_unwind;
use std::path::Path;

use notebook_core::notebook::{Entry, Notebook, Section, plain};
use notebook_core::relations::Linked;

use super::folder::put;
use super::machines::{Site, linked};
use super::parallel::on_all_processors;
use super::prerender::{head, standing, unmarked};
use super::progress::Progress;
use super::{Failure, policy, styles, tags};
use crate::view::{self, Card, Sheet};

/// Entries on one page.
const ENTRIES: usize = 100;

/// The pages of a notebook: links to those of its sections, and all their addresses.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) sections: Vec<(String, String)>,
    pub(super) all: Vec<String>,
}

/// Which pages a notebook has. O(sections + terms)
pub(super) fn plan(notebook: &Notebook) -> Pages {
    let mut pages = Pages::default();
    for section in &notebook.sections {
        plan_section(section, &mut pages);
    }
    pages
}

fn plan_section(section: &Section, pages: &mut Pages) {
    pages.sections.push((plain(&section.title).into_owned(), address(section, 0)));
    pages.all.extend((0..count(section)).map(|at| address(section, at)));
    let terms = section.entries.iter().filter(|entry| matches!(entry, Entry::Term(_)));
    pages.all.extend(terms.map(term));
    section.sections.iter().for_each(|inner| plan_section(inner, pages));
}

/// How many pages a section takes: at least one, which leads to those under it.
fn count(section: &Section) -> usize {
    section.entries.len().div_ceil(ENTRIES).max(1)
}

fn address(section: &Section, at: usize) -> String {
    match at {
        0 => format!("in/{}.html", section.id),
        at => format!("in/{}_{}.html", section.id, at + 1),
    }
}

fn term(entry: &Entry) -> String {
    format!("term/{}.html", entry.id())
}

/// The page that each entry stands on, by its anchor. O(entries)
fn homes(notebook: &Notebook) -> HashMap<&str, String> {
    let mut homes = HashMap::new();
    for section in &notebook.sections {
        homes_in(section, &mut homes);
    }
    homes
}

fn homes_in<'a>(section: &'a Section, homes: &mut HashMap<&'a str, String>) {
    for (at, entries) in section.entries.chunks(ENTRIES).enumerate() {
        homes.extend(entries.iter().map(|entry| {
            let home = match entry {
                Entry::Term(_) => term(entry),
                _ => format!("{}#{}", address(section, at), entry.id()),
            };
            (entry.id().as_str(), home)
        }));
    }
    section.sections.iter().for_each(|inner| homes_in(inner, homes));
}

/// Pages that are made before progress is told.
const TURN: usize = 400;

/// Writes the pages with the styles of the notebook's own page.
pub(super) fn publish(
    site: &Site,
    linked: &Linked,
    page: &str,
    pictures: &BTreeSet<String>,
    out: &Path,
    progress: &mut Progress,
) -> Result<(), Failure> {
    let style = tags::texts(page, "style").first().copied().unwrap_or_default();
    let formulas = if styles::is_typeset(page) { String::new() } else { styles::typeset()? };
    let typeset = format!("{style}{formulas}");
    let write = Write { site, linked, homes: homes(&linked.notebook), style, typeset, pictures, out };
    let mut sheets = Vec::new();
    let mut above = Vec::new();
    let title = &site.notebook().title;
    linked.notebook.sections.iter().for_each(|section| plan_sheets(title, section, &mut above, &mut sheets));
    progress.begin("pages", site.notebook().walk().count());
    let mut done = 0;
    for sheets in sheets.chunks(TURN) {
        let written = on_all_processors(sheets, |(sheet, address)| write.sheet(sheet, address));
        written.unwrap_or_else(|panic| resume_unwind(panic)).into_iter().collect::<Result<(), _>>()?;
        done += sheets.iter().map(|(sheet, _)| sheet.entries.len()).sum::<usize>();
        progress.at(done);
    }
    Ok(())
}

/// What stands on the pages of a section, with their addresses.
fn plan_sheets<'a>(
    notebook: &'a str,
    section: &'a Section,
    above: &mut Vec<(String, String)>,
    sheets: &mut Vec<(Sheet<'a>, String)>,
) {
    let title = plain(&section.title).into_owned();
    let pages = count(section);
    let mut pieces = section.entries.chunks(ENTRIES);
    for at in 0..pages {
        let inner = section.sections.iter();
        let below = inner.map(|inner| (plain(&inner.title).into_owned(), address(inner, 0)));
        let sheet = Sheet {
            notebook,
            title: if at == 0 { title.clone() } else { format!("{title} ({})", at + 1) },
            anchor: section.id.as_str(),
            above: above.clone(),
            below: if at == 0 { below.collect() } else { Vec::new() },
            entries: pieces.next().unwrap_or_default(),
            next: [
                at.checked_sub(1).map(|before| address(section, before)),
                (at + 1 < pages).then(|| address(section, at + 1)),
            ],
        };
        sheets.push((sheet, address(section, at)));
    }
    above.push((title, address(section, 0)));
    for entry in section.entries.iter().filter(|entry| matches!(entry, Entry::Term(_))) {
        let sheet = Sheet {
            notebook,
            title: plain(entry.title()).into_owned(),
            anchor: entry.id().as_str(),
            above: above.clone(),
            entries: std::slice::from_ref(entry),
            ..Sheet::default()
        };
        sheets.push((sheet, term(entry)));
    }
    section.sections.iter().for_each(|inner| plan_sheets(notebook, inner, above, sheets));
    above.pop();
}

struct Write<'a> {
    site: &'a Site<'a>,
    linked: &'a Linked,
    /// The page that each entry stands on, by its anchor.
    homes: HashMap<&'a str, String>,
    style: &'a str,
    /// The same with those of formulas.
    typeset: String,
    pictures: &'a BTreeSet<String>,
    out: &'a Path,
}

impl Write<'_> {
    /// Links between entries lead to the pages where they stand. Text holds no tag: its `<` is `&lt;`.
    fn between_pages(&self, html: &str) -> String {
        const LINK: &str = "<a href=\"";
        let mut pieces = html.split(LINK);
        let mut all = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let anchor = piece.strip_prefix('#').and_then(|rest| rest.split_once('"'));
            let home = anchor.and_then(|(id, rest)| Some((self.homes.get(id)?, rest)));
            match home {
                Some((home, rest)) => all.extend([LINK, home, "\"", rest]),
                None => all.extend([LINK, piece]),
            }
        }
        all
    }

    fn sheet(&self, sheet: &Sheet, address: &str) -> Result<(), Failure> {
        let notebook = self.site.notebook();
        let whole = self.site.of(address);
        let title = format!("{} · {}", sheet.title, notebook.title);
        let card = Card {
            title: &title,
            description: notebook.description.as_deref(),
            // Without an address of the whole, a page is known by its own.
            address: whole.as_deref(),
        };
        let head = head(notebook, &card, &[]);
        let body = unmarked(|| view::sheet(sheet, &|id| self.linked.relations.of(id)));
        let linked = linked(self.site, sheet.entries.iter());
        let body = self.between_pages(&body) + &linked;
        let style = if styles::is_typeset(&body) { &self.typeset } else { self.style };
        let page = standing(notebook, "../", &head, style, &body);
        // Its links are meant from the notebook's own page.
        let policy = policy::policy(&page, self.pictures, "'self'");
        put(&self.out.join(address), policy::settle(&page, &policy)?.as_bytes())
    }
}
