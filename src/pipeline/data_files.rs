//! Data files that the client fetches: outline, full-text index, and entries as JSON. A small notebook has one file of entries,
//! a large one chunks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::{Entry, Notebook, Reference, Section, entry_to_json};
use notebook_core::search::{ChunkList, Corpus, Outline};

use super::failure::Failure;

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
pub const CHUNK_FOLDER: &str = "chunks";
/// The beginning of the name of a chunk.
const LARGE_CHUNK_PREFIX: &str = "chunks/";
/// Prefix of the file with all entries of a small notebook. It is in the folder of the page, where the service worker
/// caches it before it is requested.
const SMALL_CHUNK_PREFIX: &str = "entries-";
/// The attribute of a page's root element if the page has only the first entries.
const PARTIAL_ATTRIBUTE: &str = "data-partial";

/// Prefix of the outline.
const OUTLINE_PREFIX: &str = "outline-";
/// The attribute of the page's root that names the full-text index.
pub const INDEX_ATTRIBUTE: &str = "data-index";
/// Prefix of the full-text index.
pub const INDEX_PREFIX: &str = "index-";
/// The attribute of the page's root that names the outline.
const OUTLINE_ATTRIBUTE: &str = "data-outline";

/// The data files of a site, which its page names to the client.
#[derive(Debug, Default)]
pub struct DataFiles {
    /// Attributes of the page's root: names of files, and whether the page is partial.
    attributes: Vec<(&'static str, String)>,
    /// The entries that are prerendered in the page of a large notebook; `None` if the page has all entries.
    pub first_entries: Option<Notebook>,
}

/// Stores a data file, given the beginning of its name, its extension and its bytes. Returns its name, which depends on its content.
pub type StoreFile<'a> = dyn FnMut(&str, &str, &[u8]) -> Result<String, Failure> + 'a;

impl DataFiles {
    /// Returns the name of the outline, which the client fetches first.
    pub fn outline(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == OUTLINE_ATTRIBUTE).map(|(_, file)| file.as_str())
    }

    /// Sets the file with the full-text index.
    pub fn set_index(&mut self, file: String) {
        self.attributes.push((INDEX_ATTRIBUTE, file));
    }

    /// Sets the name of a full-text index that is built with the first search, and returns it. Its hash is that of the outline,
    /// which names the files of all entries.
    pub fn set_index_on_demand(&mut self) -> String {
        let hash =
            self.outline().and_then(|outline| outline.strip_prefix(OUTLINE_PREFIX)).unwrap_or_default();
        let name = format!("{INDEX_PREFIX}{hash}");
        self.set_index(name.clone());
        name
    }

    /// Sets the program that searches the full-text index.
    pub fn set_search_program(&mut self, program: String) {
        self.attributes.push(("data-search-program", program));
    }

    /// Sets the file with the formatted references.
    pub fn set_citations(&mut self, file: String) {
        self.attributes.push(("data-citations", file));
    }

    /// Returns the attributes of the page's root.
    pub fn attributes(&self) -> BTreeMap<&'static str, String> {
        self.attributes.iter().cloned().collect()
    }

    /// Returns the attributes of the page's root as HTML, with a space before each.
    pub fn attributes_html(&self) -> String {
        let mut html = String::new();
        for (name, value) in &self.attributes {
            html.extend([" ", name, "=\"", value, "\""]);
        }
        html
    }
}

/// Returns the outline without the positions of entries in chunks.
pub fn outline(notebook: &Notebook, corpus: &Corpus) -> Outline {
    Outline {
        title: notebook.title.clone(),
        catalog: corpus.catalog.clone(),
        headings: corpus.headings.clone(),
        heading_forms: corpus.heading_forms.clone(),
        chunks: ChunkList::default(),
    }
}

/// Returns true if a notebook is too large for one page.
pub fn is_large(corpus: &Corpus, source: &str) -> bool {
    corpus.catalog.len() > MAX_SINGLE_PAGE_ENTRIES || source.len() > MAX_SINGLE_PAGE_BYTES
}

/// Writes the data files. `progress` gets the number of entries that are written.
///
/// # Errors
/// Fails if a file cannot be stored, or an entry cannot be written as JSON.
pub fn write(
    linked: &LinkedNotebook,
    corpus: &Corpus,
    is_large: bool,
    store: &mut StoreFile<'_>,
    progress: &mut dyn FnMut(usize),
) -> Result<DataFiles, Failure> {
    let notebook = &linked.notebook;
    let mut files = DataFiles::default();
    let mut outline = outline(notebook, corpus);
    let (prefix, chunk_bytes) =
        if is_large { (LARGE_CHUNK_PREFIX, CHUNK_BYTES) } else { (SMALL_CHUNK_PREFIX, usize::MAX) };
    let mut writer = ChunkWriter { store, prefix, chunk_bytes, chunks: ChunkList::default() };
    outline.chunks = writer.write(linked, progress)?;
    if is_large {
        files.attributes.push(("data-titles", store("titles-", "bin", &corpus.titles.to_bytes())?));
        files.attributes.push((PARTIAL_ATTRIBUTE, String::new()));
        files.first_entries = Some(first_entries(notebook));
    }
    files.attributes.push((OUTLINE_ATTRIBUTE, store(OUTLINE_PREFIX, "bin", &outline.to_bytes())?));
    Ok(files)
}

/// Writes entries into files of JSON, each under a name with its hash.
struct ChunkWriter<'a, 'b> {
    store: &'a mut StoreFile<'b>,
    prefix: &'static str,
    /// Bytes at which a file is closed.
    chunk_bytes: usize,
    chunks: ChunkList,
}

impl ChunkWriter<'_, '_> {
    fn write(
        &mut self,
        LinkedNotebook { notebook, cross_references }: &LinkedNotebook,
        progress: &mut dyn FnMut(usize),
    ) -> Result<ChunkList, Failure> {
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
                progress(at);
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
        let name = (self.store)(self.prefix, "json", json.as_bytes())?;
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
