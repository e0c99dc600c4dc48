//! References as data beside the page: every form of every paper, fetched when a reader first wants one.
//!
//! The page only shows, copies and joins what stands here. A file is JSON: `names` of the forms that are shown, `head`
//! of the table, and `rows`, each a list: the number of the entry in the order of the index, as text, its title, CSL-JSON, RIS,
//! a line of a table, an item of a Markdown list, BibTeX, then the other forms that are shown. Of a large notebook the
//! first file holds only `parts`: numbers of entries, each with the file that begins with it.

use std::path::Path;

use notebook_core::citation::{
    CSV_HEAD, csl_value, csv, known, markdown, missing, plain, write_bibtex, write_ris,
};
use notebook_core::notebook::{Citation, Entry, Name, Reference, Url, Work, plain as words};
use serde_json::{Value, json};

use super::Styles;
use crate::desk::folder::put;
use crate::desk::machines::Site;
use crate::desk::parallel::on_all_processors;
use crate::desk::progress::Progress;
use crate::desk::{Failure, beside, program};
use crate::view::strings::{self, Word};

/// Bytes of a file of a large notebook, about: one click fetches one.
const PART: usize = 150_000;
/// Entries that are worked on before progress is told.
const TURN: usize = 2_000;
/// Digits of an entry's hash: enough to tell that it has changed.
const DIGITS: usize = 12;

/// Writes the references of a notebook. The name of the file to fetch first; none where there is nothing to cite.
///
/// Takes some 0.2 ms an entry and processor.
pub(in crate::desk) fn publish(
    site: &Site,
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
    let (mut parts, mut rows, mut bytes) = (Vec::new(), Vec::new(), 0);
    for (turn, entries) in cited.chunks(TURN).enumerate() {
        let made = on_all_processors(entries, |(at, entry)| row(site, styles, *at, entry));
        for row in made.map_err(|_| "a reference could not be made: a style is broken")? {
            bytes += row.to_string().len();
            rows.push(row);
            if is_large && bytes > PART {
                close(&mut rows, &mut parts, styles, out)?;
                bytes = 0;
            }
        }
        progress.at(turn * TURN);
    }
    styles.keep();
    if !is_large {
        return write(&file(styles, &rows), "citations-", out).map(Some);
    }
    if !rows.is_empty() {
        close(&mut rows, &mut parts, styles, out)?;
    }
    write(&json!({ "parts": parts }), "citations-", out).map(Some)
}

fn close(rows: &mut Vec<Value>, parts: &mut Vec<Value>, styles: &Styles, out: &Path) -> Result<(), Failure> {
    let first = rows.first().and_then(|row| row.get(0)).cloned().unwrap_or_default();
    let name = write(&file(styles, &std::mem::take(rows)), &format!("{}/", beside::FOLDER), out)?;
    parts.push(json!([first, name]));
    Ok(())
}

fn file(styles: &Styles, rows: &[Value]) -> Value {
    let mut names = vec!["BibTeX"];
    names.extend(styles.names());
    names.extend([strings::PLAIN, strings::THIS_NOTE, strings::THIS_NOTE_BIBTEX].map(Word::text));
    json!({ "names": names, "head": CSV_HEAD, "rows": rows })
}

/// Writes a file under a name that changes with it.
fn write(data: &Value, stem: &str, out: &Path) -> Result<String, Failure> {
    let text = data.to_string();
    let name = format!("{stem}{}.json", program::name(text.as_bytes()));
    put(&out.join(&name), text.as_bytes())?;
    Ok(name)
}

fn row(site: &Site, styles: &Styles, at: usize, entry: &Entry) -> Value {
    let title = match entry {
        Entry::Term(term) => term.bare_name().into_owned(),
        other => words(other.title()).into_owned(),
    };
    let mut row = vec![json!(at.to_string()), json!(title)];
    match entry {
        Entry::Paper(paper) => row.extend(forms(styles, paper).into_iter().map(Value::String)),
        _ => row.extend((0..6 + styles.names().count()).map(|_| json!(""))),
    }
    row.extend(note(site, entry, &title).into_iter().map(Value::String));
    Value::Array(row)
}

/// Everything but the reference to the note. What is missing is said in each form.
fn forms(styles: &Styles, paper: &Reference) -> Vec<String> {
    let (of, key) = (known(paper), paper.id.as_str());
    let missing = missing(&of);
    let said = strings::missing(&missing);
    let mut flagged = of.clone();
    if !missing.is_empty() {
        let note = flagged.note.take().map_or(String::new(), |note| format!("{note} "));
        flagged.note = Some(format!("{note}{said}"));
    }
    let behind =
        |text: String| if missing.is_empty() || text.is_empty() { text } else { format!("{text} {said}") };
    // Text outside of entries is a comment to BibTeX.
    let comment = if missing.is_empty() { String::new() } else { format!("% {said}\n") };
    let mut forms = vec![
        csl_value(&flagged, key).to_string(),
        write_ris(&flagged, key),
        csv(&of, key, &missing),
        markdown(&of, &missing),
        format!("{comment}{}", write_bibtex(&of, key)),
    ];
    forms.extend(styles.references(&of, key).into_iter().map(behind));
    forms.push(behind(plain(&of)));
    forms
}

/// A reference to what the notebook itself says, in words and as BibTeX: with its date, as far as the history of the
/// file tells it, and a hash, so that a later reader can tell whether it has changed.
fn note(site: &Site, entry: &Entry, title: &str) -> [String; 2] {
    let notebook = site.notebook();
    let id = entry.id().as_str();
    let address = site.of(&format!("#{id}")).unwrap_or_else(|| strings::HERE.into());
    let (date, hash) = (site.date(id), hash(entry));
    let mut parts: Vec<String> = notebook.author.iter().cloned().collect();
    let begin = if parts.is_empty() { "Note" } else { "note" };
    parts.push(format!("{begin} on “{title}”"));
    parts.push(format!("in “{}”", notebook.title));
    parts.extend(date.clone());
    let mut lacks: Vec<&str> = Vec::new();
    lacks.extend(notebook.author.is_none().then_some("author"));
    lacks.extend(date.is_none().then_some("date"));
    let missing = if lacks.is_empty() { String::new() } else { format!(" {}", strings::missing(&lacks)) };
    let text = format!("{}. {address} (content {hash}){missing}", parts.join(", "));
    let date = date.unwrap_or_default();
    let mut number = date.split('-').map(str::parse::<u16>);
    let mut next = || number.next().and_then(Result::ok);
    let (year, month, day) = (next(), next(), next());
    let small = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
    let citation = Citation {
        work: Work::Webpage,
        title: Some(format!("Note on “{title}”")),
        authors: notebook.author.iter().map(|author| Name::whole(author)).collect(),
        venue: Some(notebook.title.clone()),
        year,
        month: small(month),
        day: small(day),
        url: Url::parse(&address),
        note: Some(format!("content {hash}")),
        ..Citation::default()
    };
    let comment = if lacks.is_empty() { String::new() } else { format!("% {}\n", strings::missing(&lacks)) };
    [text, format!("{comment}{}", write_bibtex(&citation, &format!("note-{id}")))]
}

/// A hash of what the author wrote.
fn hash(entry: &Entry) -> String {
    let mut own = entry.clone();
    if let Entry::Paper(paper) = &mut own {
        paper.citation = None;
    }
    let json = serde_json::to_string(&own).unwrap_or_default();
    program::name(json.as_bytes()).chars().take(DIGITS).collect()
}
