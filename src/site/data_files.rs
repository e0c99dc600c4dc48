//! Data files that the client fetches: outline, full-text index, and entries as JSON. A small notebook has one file of entries,
//! a large one chunks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::{Entry, Notebook, Reference, Section, entry_to_json};
use notebook_core::search::{ChunkList, Corpus, Outline};

use super::files::write_hashed;
use super::integrity::Integrity;
use super::progress::Progress;
use super::{Failure, wasm_program};

/// Entries of the largest notebook that is one page. A larger one is split into chunks, which the client fetches as they
/// come into view. With more entries than this the page is slow to lay out on a phone.
const MAX_SINGLE_PAGE_ENTRIES: usize = 400;
/// Bytes of Markdown of the largest notebook that is one page: few entries with long notes are as slow to lay out as many
/// short ones. Chosen.
const MAX_SINGLE_PAGE_BYTES: usize = 1_000_000;
/// Entries that are prerendered in the page of a large notebook. More would not fit into the first 14 kB, which arrive
/// before the first acknowledgement by the reader's browser.
const PRERENDERED_ENTRIES: usize = 8;
/// Bytes of JSON of the prerendered entries, at most.
const PRERENDERED_BYTES: usize = 40_000;
/// Bytes of JSON at which a chunk is closed: large enough to be worth a request, small enough to arrive at once.
const CHUNK_BYTES: usize = 40_000;
/// The folder of the chunks.
pub(super) const CHUNK_FOLDER: &str = "chunks";
/// The beginning of the name of a chunk.
const LARGE_CHUNK_PREFIX: &str = "chunks/";
/// Prefix of the file with all entries of a small notebook. It is in the folder of the page, where the service worker
/// caches it before it is requested.
const SMALL_CHUNK_PREFIX: &str = "entries-";
/// The attribute of a page's root element if the page has only the first entries.
const PARTIAL_ATTRIBUTE: &str = "data-partial";

/// Trunk's name for the program that searches the full-text index.
pub(super) const SEARCH_PROGRAM: &str = "search";

/// The attribute of the page's root that names the outline.
const OUTLINE_ATTRIBUTE: &str = "data-outline";

/// The data files of a site, which its page names to the client.
#[derive(Debug, Default)]
pub struct DataFiles {
    /// Attributes of the page's root: names of files, and whether the page is partial.
    attributes: Vec<(&'static str, String)>,
    /// The entries that are prerendered in the page of a large notebook; `None` if the page has all entries.
    pub(super) first_entries: Option<Notebook>,
    /// Digests of the programs and of the deferred styles.
    pub(super) integrity: Integrity,
}

impl DataFiles {
    /// Returns the name of the outline, which the client fetches first.
    pub(super) fn outline(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == OUTLINE_ATTRIBUTE).map(|(_, file)| file.as_str())
    }

    /// Sets the file with the formatted references.
    pub(super) fn set_citations(&mut self, file: String) {
        self.attributes.push(("data-citations", file));
    }

    /// Returns the attributes of the page's root.
    pub(super) fn attributes(&self) -> BTreeMap<&'static str, String> {
        self.attributes.iter().cloned().collect()
    }

    /// Returns the attributes of the page's root as HTML, with a space before each.
    pub(super) fn attributes_html(&self) -> String {
        let mut html = String::new();
        for (name, value) in &self.attributes {
            html.extend([" ", name, "=\"", value, "\""]);
        }
        html
    }
}

/// Returns the outline without the positions of entries in chunks.
pub(super) fn outline(notebook: &Notebook, corpus: &Corpus) -> Outline {
    Outline {
        title: notebook.title.clone(),
        catalog: corpus.catalog.clone(),
        headings: corpus.headings.clone(),
        heading_forms: corpus.heading_forms.clone(),
        chunks: ChunkList::default(),
    }
}

/// Returns true if a notebook is too large for one page.
pub(super) fn is_large(corpus: &Corpus, source: &str) -> bool {
    corpus.catalog.len() > MAX_SINGLE_PAGE_ENTRIES || source.len() > MAX_SINGLE_PAGE_BYTES
}

/// Writes the data files into the folder `out`, each under a name with its hash. The full-text index is written if Trunk
/// has built the program that reads it.
pub(super) fn write(
    linked: &LinkedNotebook,
    corpus: &Corpus,
    index: Option<&[u8]>,
    is_large: bool,
    out: &Path,
    progress: &mut Progress,
) -> Result<DataFiles, Failure> {
    let notebook = &linked.notebook;
    let mut files = DataFiles::default();
    if let Some(index) = index
        && let Some(search) = wasm_program::write(SEARCH_PROGRAM, out, &mut files.integrity)?
    {
        files.attributes.push(("data-search-program", search));
        let name = write_hashed(out, "index-", "bin", index)?;
        files.attributes.push(("data-index", name));
    }
    let mut outline = outline(notebook, corpus);
    let (prefix, chunk_bytes) =
        if is_large { (LARGE_CHUNK_PREFIX, CHUNK_BYTES) } else { (SMALL_CHUNK_PREFIX, usize::MAX) };
    let mut writer = ChunkWriter { out, prefix, chunk_bytes, chunks: ChunkList::default() };
    outline.chunks = writer.write(linked, corpus.catalog.len(), progress)?;
    if is_large {
        let name = write_hashed(out, "titles-", "bin", &corpus.titles.to_bytes())?;
        files.attributes.push(("data-titles", name));
        files.attributes.push((PARTIAL_ATTRIBUTE, String::new()));
        files.first_entries = Some(first_entries(notebook));
    }
    let name = write_hashed(out, "outline-", "bin", &outline.to_bytes())?;
    files.attributes.push((OUTLINE_ATTRIBUTE, name));
    Ok(files)
}

/// Writes entries into files of JSON, each under a name with its hash.
struct ChunkWriter<'a> {
    out: &'a Path,
    prefix: &'static str,
    /// Bytes at which a file is closed.
    chunk_bytes: usize,
    chunks: ChunkList,
}

impl ChunkWriter<'_> {
    fn write(
        &mut self,
        LinkedNotebook { notebook, cross_references }: &LinkedNotebook,
        entries: usize,
        progress: &mut Progress,
    ) -> Result<ChunkList, Failure> {
        progress.begin("entries", entries);
        let intro = notebook.intro_entry();
        let all = intro.iter().chain(notebook.walk().map(|(_, entry)| entry));
        let (mut items, mut first) = (String::new(), 0);
        for (at, entry) in all.enumerate() {
            let mut entry = Cow::Borrowed(entry);
            if let Entry::Paper(paper) = &*entry
                && let Some(citation) = &paper.citation
            {
                // The full citation is in the file of references.
                let citation = Some(Box::new(citation.for_display()));
                entry = Cow::Owned(Entry::Paper(Reference { citation, ..paper.clone() }));
            }
            let json = entry_to_json(&entry, &cross_references.links_of(entry.id()))
                .map_err(|error| format!("the entry #{} cannot be written as JSON: {error}", entry.id()))?;
            if !items.is_empty() {
                items.push(',');
            }
            items.push_str(&json);
            if items.len() >= self.chunk_bytes {
                self.close(&mut items, first)?;
                first = at + 1;
                progress.set(at);
            }
        }
        if !items.is_empty() {
            self.close(&mut items, first)?;
        }
        Ok(std::mem::take(&mut self.chunks))
    }

    /// Writes the file of the entries in `items`, of which the first has the number `first`.
    fn close(&mut self, items: &mut String, first: usize) -> Result<(), Failure> {
        let json = format!("[{items}]");
        items.clear();
        let name = write_hashed(self.out, self.prefix, "json", json.as_bytes())?;
        self.chunks.add(first, name);
        Ok(())
    }
}

/// Returns a notebook of the first entries alone, with the headings above them.
fn first_entries(notebook: &Notebook) -> Notebook {
    let mut room = EntryRoom { entries: PRERENDERED_ENTRIES, bytes: PRERENDERED_BYTES };
    let sections = notebook.sections.iter().map_while(|section| truncate(section, &mut room)).collect();
    Notebook { sections, intro: notebook.intro.clone(), title: notebook.title.clone(), ..Notebook::default() }
}

/// The number of entries that may still be prerendered, and of bytes of their JSON.
struct EntryRoom {
    entries: usize,
    bytes: usize,
}

/// Returns a section with the entries that there is room for; `None` if there is room for none.
fn truncate(section: &Section, room: &mut EntryRoom) -> Option<Section> {
    if room.entries == 0 {
        return None;
    }
    let max_entries = room.entries;
    let fits = |entry: &&Entry| {
        let bytes = serde_json::to_string(entry).map_or(0, |json| json.len());
        let rest = room.bytes.checked_sub(bytes);
        *room = match rest {
            Some(bytes) => EntryRoom { entries: room.entries.saturating_sub(1), bytes },
            None => EntryRoom { entries: 0, bytes: 0 },
        };
        rest.is_some()
    };
    let entries: Vec<Entry> = section.entries.iter().take(max_entries).take_while(fits).cloned().collect();
    let sections = section.sections.iter().map_while(|inner| truncate(inner, room)).collect();
    Some(Section { title: section.title.clone(), id: section.id.clone(), entries, sections, ..*section })
}
