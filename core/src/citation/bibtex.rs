//! BibTeX and BibLaTeX read, entry by entry: what is wrong with one is told, and the others stand.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use biblatex::{Bibliography, Chunks, Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk, Spanned};

use super::pieces::{Piece, pieces};
use super::{Library, Record, fields, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::letters::lower_text;

/// Bytes that an abbreviation may stand for; one made of others grows fast.
const LONGEST_STRING: usize = 10_000;
/// Entries that one may inherit from, one after another.
const MOST_PARENTS: usize = 5;

const MONTHS: [(&str, &str); 12] = [
    ("jan", "1"),
    ("feb", "2"),
    ("mar", "3"),
    ("apr", "4"),
    ("may", "5"),
    ("jun", "6"),
    ("jul", "7"),
    ("aug", "8"),
    ("sep", "9"),
    ("oct", "10"),
    ("nov", "11"),
    ("dec", "12"),
];

/// Values by the names of their fields, in small letters.
pub(super) type Fields = BTreeMap<String, Chunks>;

/// An entry whose values are read and which inherits nothing yet.
struct Entry {
    kind: String,
    key: String,
    fields: Fields,
    /// What it inherits from, with the places where it says so.
    parents: Vec<(String, Range<usize>)>,
    range: Range<usize>,
}

/// Reads a bibliography. Never fails. O(length) but for entries that cannot be read, whose fields are tried one by one.
pub fn read(source: &str) -> Library {
    let (pieces, loose) = pieces(source);
    let mut reader = Reader { source, strings: HashMap::new(), found: Vec::new() };
    for range in loose {
        let message = "this line stands in no entry".to_owned();
        reader.tell(
            Code::CitationInvalid,
            range,
            message,
            "take the closing brace above it away, or write one less",
        );
    }
    let mut entries: Vec<Entry> = Vec::new();
    for piece in &pieces {
        match (piece.kind.as_str(), piece.problem) {
            ("comment" | "preamble", _) => {}
            (_, Some(problem)) => {
                let message = format!("this entry cannot be read: {problem}");
                reader.tell(Code::CitationInvalid, head(source, &piece.range), message, "look at its braces");
            }
            ("string", None) => reader.string(piece),
            (_, None) => entries.extend(reader.entry(piece)),
        }
    }
    let records = reader.finish(&entries);
    let mut diagnostics = reader.found;
    diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    Library { records, diagnostics }
}

/// The first line of a piece.
pub(super) fn head(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.lines().next().unwrap_or_default().trim_end().len()
}

/// The line, from 1, that a byte stands in.
pub(super) fn line(source: &str, at: usize) -> usize {
    source.get(..at).unwrap_or_default().matches('\n').count() + 1
}

struct Reader<'a> {
    source: &'a str,
    /// Abbreviations in small letters, with their TeX.
    strings: HashMap<String, String>,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn tell(&mut self, code: Code, range: Range<usize>, message: String, help: &str) {
        self.found.push(Diagnostic { code, range, message, help: help.to_owned() });
    }

    /// Tells why a piece cannot be read. The reader counts from its beginning.
    fn tell_error(&mut self, piece: &Piece, error: &ParseError) {
        let help = match &error.kind {
            ParseErrorKind::Expected(biblatex::Token::Comma) => {
                "an entry begins with its key and a comma, and commas stand between its fields"
            }
            ParseErrorKind::UnexpectedEof => "close the braces or quotes that are open",
            _ => "write `name = {value},`",
        };
        let message = format!("this entry cannot be read: {}", error.kind);
        let range = self.within(piece, &error.span);
        self.tell(Code::CitationInvalid, range, message, help);
    }

    /// Bytes of the file for those of a piece, at letters' edges and never outside of the piece.
    fn within(&self, piece: &Piece, span: &Range<usize>) -> Range<usize> {
        let edge = |at: usize| {
            let mut at = piece.range.start.saturating_add(at).min(piece.range.end);
            while !self.source.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = edge(span.start);
        start..edge(span.end).max(start)
    }

    /// The text of a piece, in braces.
    fn text(&self, piece: &Piece) -> Cow<'_, str> {
        let text = self.source.get(piece.range.clone()).unwrap_or_default();
        match (piece.round, text.split_once('('), text.strip_suffix(')')) {
            (true, Some((begin, _)), Some(inside)) => {
                let inside = inside.get(begin.len() + 1..).unwrap_or_default();
                Cow::Owned(format!("{begin}{{{inside}}}"))
            }
            _ => Cow::Borrowed(text),
        }
    }

    fn string(&mut self, piece: &Piece) {
        let text = self.text(piece).into_owned();
        let raw = match RawBibliography::parse(&text) {
            Ok(raw) => raw,
            Err(error) => return self.tell_error(piece, &error),
        };
        for Pair { key, value } in raw.abbreviations {
            let mut whole = String::new();
            for chunk in &value.v {
                whole.push_str(match chunk.v {
                    RawChunk::Normal(text) => text,
                    RawChunk::Abbreviation(name) => {
                        self.strings.get(&lower_text(name)).map_or(name, String::as_str)
                    }
                });
            }
            if whole.len() > LONGEST_STRING {
                let message = format!("`{}` stands for too much text", key.v);
                self.tell(
                    Code::CitationInvalid,
                    head(self.source, &piece.range),
                    message,
                    "write less of it",
                );
                continue;
            }
            self.strings.insert(lower_text(key.v), whole);
        }
    }

    fn entry(&mut self, piece: &Piece) -> Option<Entry> {
        let text = self.text(piece).into_owned();
        let raw = match RawBibliography::parse(&text) {
            Ok(raw) => raw.entries.into_iter().next()?.v,
            Err(error) => {
                self.tell_error(piece, &error);
                return None;
            }
        };
        let mut entry = Entry {
            kind: piece.kind.clone(),
            key: raw.key.v.to_owned(),
            fields: Fields::new(),
            parents: Vec::new(),
            range: piece.range.clone(),
        };
        let mut owned = Vec::new();
        for Pair { key, value } in &raw.fields {
            let mut chunks = Vec::new();
            for chunk in &value.v {
                let text = match chunk.v {
                    RawChunk::Normal(text) => text.to_owned(),
                    RawChunk::Abbreviation(name) => self.known(name).unwrap_or_else(|| {
                        let message =
                            format!("no `@string` is called `{name}`; it is read as the word it is");
                        let range = self.within(piece, &chunk.span);
                        self.tell(
                            Code::CitationName,
                            range,
                            message,
                            "define it above, or put braces around it",
                        );
                        name.to_owned()
                    }),
                };
                chunks.push(Spanned::new(tex::untied(&text), chunk.span.clone()));
            }
            if key.v.eq_ignore_ascii_case("crossref") || key.v.eq_ignore_ascii_case("xdata") {
                let range = self.within(piece, &value.span);
                let names = chunks.iter().flat_map(|chunk| chunk.v.split(',')).map(str::trim);
                let names = names.filter(|name| !name.is_empty());
                entry.parents.extend(names.map(|name| (name.to_owned(), range.clone())));
            } else {
                owned.push((key.clone(), chunks, value.span.clone()));
            }
        }
        let whole = owned.iter().map(|(key, chunks, span)| {
            let chunks =
                chunks.iter().map(|chunk| Spanned::new(RawChunk::Normal(&chunk.v), chunk.span.clone()));
            Pair::new(key.clone(), Spanned::new(chunks.collect(), span.clone()))
        });
        let whole = whole.collect();
        entry.fields = self.values(piece, whole);
        Some(entry)
    }

    /// What an abbreviation stands for.
    fn known(&self, name: &str) -> Option<String> {
        let name = lower_text(name);
        let month =
            || MONTHS.iter().find(|(month, _)| *month == name).map(|(_, number)| (*number).to_owned());
        self.strings.get(&name).cloned().or_else(month)
    }

    /// The values of some fields; where one of them cannot be read, those that can.
    fn values(&mut self, piece: &Piece, pairs: Vec<Pair>) -> Fields {
        if let Ok(fields) = values(pairs.clone()) {
            return fields;
        }
        let mut fields = Fields::new();
        for pair in pairs {
            let name = pair.key.v.to_owned();
            match values(vec![pair]) {
                Ok(read) => fields.extend(read),
                Err(error) => {
                    let message = format!("the field `{name}` cannot be read: {}", error.kind);
                    let range = self.within(piece, &error.span);
                    self.tell(Code::CitationInvalid, range, message, "look at its braces and commands");
                }
            }
        }
        fields
    }

    /// Lets entries inherit, and makes records of them.
    fn finish(&mut self, entries: &[Entry]) -> Vec<Record> {
        let mut keys: HashMap<&str, usize> = HashMap::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.key.is_empty()) {
            let first = *keys.entry(&entry.key).or_insert(at);
            if let Some(first) = entries.get(first).filter(|_| first != at) {
                let line = line(self.source, first.range.start);
                let message = format!("`{}` is here already, on line {line}", entry.key);
                let range = head(self.source, &entry.range);
                self.tell(
                    Code::DuplicateKey,
                    range,
                    message,
                    "give it another key, or take one of them away",
                );
            }
        }
        let (mut records, mut parents) = (Vec::new(), Vec::new());
        for entry in entries {
            let mut fields = entry.fields.clone();
            let (mut open, mut left) = (entry.parents.clone(), MOST_PARENTS);
            while let Some((name, range)) = open.pop().filter(|_| left > 0) {
                left -= 1;
                let Some(parent) = keys.get(name.as_str()).and_then(|at| entries.get(*at)) else {
                    let message = format!("no entry has the key `{name}`");
                    self.tell(Code::CitationName, range, message, "write the key of an entry of this file");
                    continue;
                };
                inherit(&mut fields, &parent.fields);
                // Of those, what is missing is told where they stand.
                let known = parent.parents.iter().filter(|(name, _)| keys.contains_key(name.as_str()));
                open.extend(known.cloned());
                parents.push(parent.range.start);
            }
            records.push(fields::record(&entry.kind, &entry.key, &fields, entry.range.clone()));
        }
        // What others inherit from is no paper by itself.
        parents.sort_unstable();
        records.retain(|record| parents.binary_search(&record.range.start).is_err());
        records
    }
}

fn values(pairs: Vec<Pair>) -> Result<Fields, ParseError> {
    let entry = biblatex::RawEntry { key: Spanned::zero("x"), kind: Spanned::zero("misc"), fields: pairs };
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::zero(entry)],
        abbreviations: Vec::new(),
    };
    let read = Bibliography::from_raw(raw)?;
    Ok(read.into_iter().next().map(|entry| entry.fields).unwrap_or_default())
}

/// Takes what is not there from the entry it stands in: of proceedings and books the title is where it appeared.
fn inherit(fields: &mut Fields, parent: &Fields) {
    for (name, value) in parent {
        let name = match name.as_str() {
            "title" => "booktitle",
            "subtitle" => "booksubtitle",
            // What is said of the whole is not said of its part.
            "author" | "doi" | "url" | "pages" | "key" | "note" | "abstract" | "keywords" | "eprint"
            | "file" | "ids" | "shorttitle" => continue,
            name => name,
        };
        fields.entry(name.to_owned()).or_insert_with(|| value.clone());
    }
}
