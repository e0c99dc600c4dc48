//! What stands beside the page and is fetched later: the full-text search, and the parts of a large notebook.

use std::borrow::Cow;
use std::path::Path;

use notebook_core::notebook::{Entry, Notebook, Prose, Reference, Section, noted_to_json};
use notebook_core::relations::Linked;
use notebook_core::search::{INTRO, Index, Outline, Parts};

use super::folder::put;
use super::integrity::Integrity;
use super::progress::Progress;
use super::{Failure, program};

/// With more entries than this, or so many bytes of Markdown, a notebook is not one page any more: its entries come as
/// they are looked at. The one place where that is decided.
const ONE_PAGE: (usize, usize) = (400, 1_000_000);
/// Entries that stand in the page of a large notebook before any script runs, and bytes of their JSON: more would not fit
/// into the first 14 kB, which come without waiting for the reader's browser to answer.
const FIRST: (usize, usize) = (8, 40_000);
/// Bytes of JSON in a part, about.
const PART: usize = 40_000;
/// Where the parts are.
pub(super) const FOLDER: &str = "parts";

/// The program of the full-text search.
pub(super) const FINDER: &str = "finder";

/// The attribute that names the outline.
const OUTLINE: &str = "data-outline";

/// Where what is fetched later is.
#[derive(Debug, Default)]
pub struct Beside {
    /// Names of attributes of the page's root, with what they say.
    attributes: Vec<(&'static str, String)>,
    /// What stands in the page of a large notebook; none where the page is the whole.
    pub(super) first: Option<Notebook>,
    /// What the programs among them have to be.
    pub(super) files: Integrity,
}

impl Beside {
    /// What the program needs first.
    pub(super) fn outline(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == OUTLINE).map(|(_, file)| file.as_str())
    }

    /// Takes down where the references are.
    pub(super) fn cites(&mut self, file: String) {
        self.attributes.push(("data-citations", file));
    }

    /// The attributes by which the page tells.
    pub(super) fn attributes(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.attributes {
            text.extend([" ", name, "=\"", value, "\""]);
        }
        text
    }
}

/// What is filtered and counted by, and no place of any entry.
pub(super) fn outline(notebook: &Notebook, index: &Index) -> Outline {
    let (catalog, headings) = (index.catalog.clone(), index.headings.clone());
    Outline { title: notebook.title.clone(), catalog, headings, parts: Parts::default() }
}

/// Whether a notebook is too large for one page.
pub(super) fn is_large(index: &Index, source: &str) -> bool {
    index.catalog.len() > ONE_PAGE.0 || source.len() > ONE_PAGE.1
}

/// Writes all of it into `out`, under names that change when what they name does. `bytes` are those of the full-text
/// index, where there is a program that reads it.
pub(super) fn publish(
    linked: &Linked,
    index: &Index,
    bytes: Option<&[u8]>,
    is_large: bool,
    out: &Path,
    progress: &mut Progress,
) -> Result<Beside, Failure> {
    let notebook = &linked.notebook;
    let mut beside = Beside::default();
    if let Some(bytes) = bytes
        && let Some(finder) = program::publish(FINDER, out, &mut beside.files)?
    {
        beside.attributes.push(("data-finder", finder));
        let name = write(out, "index", bytes)?;
        beside.attributes.push(("data-index", name));
    }
    let mut outline = outline(notebook, index);
    if is_large {
        outline.parts = parts(linked, index.catalog.len(), out, progress)?;
        let name = write(out, "names", &index.names.to_bytes())?;
        beside.attributes.push(("data-names", name));
        beside.first = Some(first(notebook));
    }
    let name = write(out, "outline", &outline.to_bytes())?;
    beside.attributes.push((OUTLINE, name));
    Ok(beside)
}

/// Writes a file under a name that changes with it.
fn write(out: &Path, stem: &str, bytes: &[u8]) -> Result<String, Failure> {
    let name = format!("{stem}-{}.bin", program::name(bytes));
    put(&out.join(&name), bytes)?;
    Ok(name)
}

/// Writes the entries in files of a size that is worth a request.
fn parts(
    Linked { notebook, relations }: &Linked,
    entries: usize,
    out: &Path,
    progress: &mut Progress,
) -> Result<Parts, Failure> {
    progress.begin("entries", entries);
    let intro = (!notebook.intro.is_empty())
        .then(|| Entry::Prose(Prose { id: INTRO.into(), blocks: notebook.intro.clone() }));
    let all = intro.iter().chain(notebook.walk().map(|(_, entry)| entry));
    let (mut parts, mut held, mut begun) = (Parts::default(), String::new(), 0);
    let mut close = |held: &mut String, begun: usize| {
        let json = format!("[{held}]");
        held.clear();
        let name = format!("{FOLDER}/{}.json", program::name(json.as_bytes()));
        put(&out.join(&name), json.as_bytes())?;
        parts.add(begun, name);
        Ok::<_, Failure>(())
    };
    for (at, entry) in all.enumerate() {
        let mut entry = Cow::Borrowed(entry);
        if let Entry::Paper(paper) = &*entry
            && let Some(citation) = &paper.citation
        {
            // References are fetched by themselves.
            let citation = Some(Box::new(citation.shown()));
            entry = Cow::Owned(Entry::Paper(Reference { citation, ..paper.clone() }));
        }
        let json = noted_to_json(&entry, &relations.of(entry.id()))
            .map_err(|why| format!("an entry has no JSON form: {why}"))?;
        if !held.is_empty() {
            held.push(',');
        }
        held.push_str(&json);
        if held.len() >= PART {
            close(&mut held, begun)?;
            begun = at + 1;
            progress.at(at);
        }
    }
    if !held.is_empty() {
        close(&mut held, begun)?;
    }
    Ok(parts)
}

/// A notebook of the first entries alone, with the headings above them.
fn first(notebook: &Notebook) -> Notebook {
    let mut left = FIRST;
    let sections = notebook.sections.iter().map_while(|section| cut(section, &mut left)).collect();
    Notebook { sections, intro: notebook.intro.clone(), title: notebook.title.clone(), ..Notebook::default() }
}

/// `left` is how many entries there may be, and of how many bytes.
fn cut(section: &Section, left: &mut (usize, usize)) -> Option<Section> {
    if left.0 == 0 {
        return None;
    }
    let most = left.0;
    let fits = |entry: &&Entry| {
        let bytes = serde_json::to_string(entry).map_or(0, |json| json.len());
        let rest = left.1.checked_sub(bytes);
        *left = rest.map_or((0, 0), |rest| (left.0.saturating_sub(1), rest));
        rest.is_some()
    };
    let entries: Vec<Entry> = section.entries.iter().take(most).take_while(fits).cloned().collect();
    let sections = section.sections.iter().map_while(|inner| cut(inner, left)).collect();
    Some(Section { title: section.title.clone(), id: section.id.clone(), entries, sections, ..*section })
}
