//! Data files with every format of every reference, which the client fetches when a reader first cites or exports.
//!
//! The client only shows, copies and joins these texts. Each file is a [`CitationFile`] in JSON.

use std::path::Path;

use notebook_core::bibliography::{
    CSV_HEADER, full_citation, missing_fields, to_csl_item, write_bibtex, write_csv_row, write_markdown,
    write_plain_text, write_ris,
};
use notebook_core::notebook::{
    Citation, CitationFile, CitationRecord, Entry, ExportFormat, PersonName, Reference, Url, WorkType, plain,
};

use super::Styles;
use crate::pipeline::data_files;
use crate::site::Failure;
use crate::site::files::write_hashed;
use crate::site::integrity::content_hash;
use crate::site::metadata::SiteMetadata;
use crate::site::parallel::map_parallel;
use crate::site::progress::Progress;
use crate::view::strings::{self, Message};

/// Bytes at which a file of a large notebook is closed: citing one paper fetches one file.
const CHUNK_BYTES: usize = 150_000;
/// Entries that are formatted between two updates of the progress bar.
const ENTRIES_PER_UPDATE: usize = 2_000;
/// Digits of the hash of a note: enough to notice a change, and short enough to print.
const HASH_DIGITS: usize = 12;

/// Writes the references of a notebook. Returns the name of the file to fetch first; `None` if there is nothing to cite.
///
/// Takes about 0.2 ms for each entry and core.
///
/// # Errors
/// Fails if a file cannot be written.
pub(crate) fn write(
    site: &SiteMetadata,
    styles: &Styles,
    is_large: bool,
    out: &Path,
    progress: &mut Progress,
) -> Result<Option<String>, Failure> {
    let notebook = site.notebook();
    let intro = usize::from(!notebook.intro.is_empty());
    let all = notebook.walk().enumerate().map(|(at, (_, entry))| (at + intro, entry));
    let cited: Vec<_> = all.filter(|(_, entry)| matches!(entry, Entry::Paper(_) | Entry::Term(_))).collect();
    if cited.is_empty() {
        return Ok(None);
    }
    progress.begin("references", cited.len());
    let (mut parts, mut records, mut bytes) = (Vec::new(), Vec::new(), 0);
    for (batch, entries) in cited.chunks(ENTRIES_PER_UPDATE).enumerate() {
        let formatted = map_parallel(entries, |(at, entry)| record(site, styles, *at, entry));
        for record in formatted.map_err(|_| "a citation style cannot be applied: check the `csl` file")? {
            bytes += record.size();
            records.push(record);
            if is_large && bytes > CHUNK_BYTES {
                write_chunk(&mut records, &mut parts, styles, out)?;
                bytes = 0;
            }
        }
        progress.set(batch * ENTRIES_PER_UPDATE);
    }
    styles.save_cache();
    if !is_large {
        return write_citations(&citation_file(styles, records), "citations-", out).map(Some);
    }
    if !records.is_empty() {
        write_chunk(&mut records, &mut parts, styles, out)?;
    }
    write_citations(&CitationFile { parts, ..CitationFile::default() }, "citations-", out).map(Some)
}

fn write_chunk(
    records: &mut Vec<CitationRecord>,
    parts: &mut Vec<(String, String)>,
    styles: &Styles,
    out: &Path,
) -> Result<(), Failure> {
    let first = records.first().and_then(CitationRecord::entry).unwrap_or_default();
    let file = citation_file(styles, std::mem::take(records));
    let name = write_citations(&file, &format!("{}/", data_files::CHUNK_FOLDER), out)?;
    parts.push((first.to_string(), name));
    Ok(())
}

fn citation_file(styles: &Styles, records: Vec<CitationRecord>) -> CitationFile {
    let mut names = vec!["BibTeX"];
    names.extend(styles.names());
    names.extend([strings::PLAIN_TEXT, strings::THIS_NOTE, strings::THIS_NOTE_BIBTEX].map(Message::text));
    let names = names.into_iter().map(str::to_owned).collect();
    CitationFile { names, csv_header: CSV_HEADER.to_owned(), records, parts: Vec::new() }
}

/// Writes a file of citations under a name with its hash, and returns that name.
fn write_citations(file: &CitationFile, prefix: &str, out: &Path) -> Result<String, Failure> {
    let text = file.to_json().map_err(|error| format!("references cannot be written as JSON: {error}"))?;
    write_hashed(out, prefix, "json", text.as_bytes())
}

fn record(site: &SiteMetadata, styles: &Styles, at: usize, entry: &Entry) -> CitationRecord {
    let title = match entry {
        Entry::Term(term) => term.bare_name().into_owned(),
        other => plain(other.title()).into_owned(),
    };
    let (exports, mut others) = match entry {
        Entry::Paper(paper) => formats(styles, paper),
        // A style for each name, and plain text.
        _ => (Default::default(), vec![String::new(); styles.names().count() + 1]),
    };
    others.extend(note(site, entry, &title));
    CitationRecord::new(at, title, exports, others)
}

/// Returns a paper in every export format, and in every other form that is shown. Each of them names the fields that are
/// missing.
fn formats(styles: &Styles, paper: &Reference) -> ([String; ExportFormat::ALL.len()], Vec<String>) {
    let (citation, key) = (full_citation(paper), paper.id.as_str());
    let missing = missing_fields(&citation);
    let names: Vec<&str> = missing.iter().map(|field| strings::field_name(field)).collect();
    let notice = strings::missing_fields(&missing);
    let mut flagged = citation.clone();
    if !missing.is_empty() {
        let note = flagged.note.take().map_or(String::new(), |note| format!("{note} "));
        flagged.note = Some(format!("{note}{notice}"));
    }
    let with_notice =
        |text: String| if missing.is_empty() || text.is_empty() { text } else { format!("{text} {notice}") };
    // Text outside of entries is a comment to BibTeX.
    let comment = if missing.is_empty() { String::new() } else { format!("% {notice}\n") };
    let exports = ExportFormat::ALL.map(|format| match format {
        ExportFormat::CslJson => to_csl_item(&flagged, key).to_string(),
        ExportFormat::Ris => write_ris(&flagged, key),
        ExportFormat::Csv => write_csv_row(&citation, key, &names),
        ExportFormat::Markdown => with_notice(write_markdown(&citation).trim_end().to_owned()) + "\n",
        ExportFormat::Bibtex => format!("{comment}{}", write_bibtex(&citation, key)),
    });
    let mut others: Vec<String> = styles.references(&citation, key).into_iter().map(with_notice).collect();
    others.push(with_notice(write_plain_text(&citation)));
    (exports, others)
}

/// Returns a reference to the note itself, as text and as BibTeX: with the date of its last change, if git knows it, and a hash
/// by which a later reader can see that it has changed.
fn note(site: &SiteMetadata, entry: &Entry, title: &str) -> [String; 2] {
    let notebook = site.notebook();
    let id = entry.id().as_str();
    let address = site.url_of(&format!("#{id}")).unwrap_or_else(|| strings::PAGE_URL_PLACEHOLDER.into());
    let (date, hash) = (site.date_of(id), hash(entry));
    let mut parts: Vec<String> = notebook.author.iter().cloned().collect();
    let in_notebook = strings::NOTE_IN_NOTEBOOK.format(&[title, &notebook.title]);
    parts.push(if parts.is_empty() { strings::capitalized(&in_notebook) } else { in_notebook });
    parts.extend(date.clone());
    let mut unknown: Vec<&str> = Vec::new();
    unknown.extend(notebook.author.is_none().then_some("author"));
    unknown.extend(date.is_none().then_some("date"));
    let missing =
        if unknown.is_empty() { String::new() } else { format!(" {}", strings::missing_fields(&unknown)) };
    let hash = strings::NOTE_HASH.format(&[&hash]);
    let text = format!("{}. {address} ({hash}){missing}", parts.join(strings::LIST_SEPARATOR.text()));
    let date = date.unwrap_or_default();
    let mut number = date.split('-').map(str::parse::<u16>);
    let mut next = || number.next().and_then(Result::ok);
    let (year, month, day) = (next(), next(), next());
    let small = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
    let citation = Citation {
        work_type: WorkType::Webpage,
        title: Some(strings::NOTE_TITLE.format(&[title])),
        authors: notebook.author.iter().map(|author| PersonName::literal(author)).collect(),
        venue: Some(notebook.title.clone()),
        year,
        month: small(month),
        day: small(day),
        url: Url::parse(&address),
        note: Some(hash),
        ..Citation::default()
    };
    let comment =
        if unknown.is_empty() { String::new() } else { format!("% {}\n", strings::missing_fields(&unknown)) };
    [text, format!("{comment}{}", write_bibtex(&citation, &format!("note-{id}")))]
}

/// Returns a hash of an entry without its citation, which is not the author's text.
fn hash(entry: &Entry) -> String {
    let mut note = entry.clone();
    if let Entry::Paper(paper) = &mut note {
        paper.citation = None;
    }
    let json = serde_json::to_string(&note).unwrap_or_default();
    content_hash(json.as_bytes()).chars().take(HASH_DIGITS).collect()
}
