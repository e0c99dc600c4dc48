//! Reading of BibTeX and BibLaTeX, block by block: errors are reported and the remaining entries are kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use biblatex::{Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk, Spanned, Token};

use super::fields::{BibtexFields, FieldProblems, to_entry};
use super::split::{BibtexBlock, first_line, split_blocks};
use super::xdata;
use crate::bibliography::dates::partial_date;
use crate::bibliography::field_values::with_line_feeds;
use crate::bibliography::model::{Bibliography, BibliographyEntry, entry_place};
use crate::calendar::MONTH_NAMES;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::unicode::lowercase;

/// Longest expansion of an abbreviation in bytes. Abbreviations can contain others twice, so that a few lines would
/// otherwise expand to gigabytes.
const MAX_ABBREVIATION_LEN: usize = 10_000;

/// Most parents that an entry inherits from, directly and indirectly. Real files have one or two (`crossref`, then
/// `xdata`); the limit keeps long chains linear.
const MAX_PARENTS: usize = 5;

/// Type of entries that only exist to be inherited from.
const XDATA: &str = "xdata";

/// An entry before inheritance.
struct ParsedEntry {
    /// Entry type in lower case.
    kind: String,
    key: String,
    fields: BibtexFields,
    /// Keys of the entries that it inherits from, with the byte ranges of the references.
    parents: Vec<(String, Range<usize>)>,
    range: Range<usize>,
}

/// Reads a bibliography. Syntax errors become diagnostics; only the block that contains one is lost.
///
/// O(length).
pub fn read(source: &str) -> Bibliography {
    read_joined(source, Vec::new())
}

/// Reads the text of several files as one bibliography, as BibTeX does; the second file and those after it begin at these bytes.
pub(in crate::bibliography) fn read_joined(source: &str, file_starts: Vec<usize>) -> Bibliography {
    // With other line ends, a comment would take the rest of the file.
    let source = &*with_line_feeds(source);
    let (blocks, stray_fields) = split_blocks(source);
    let mut reader =
        BibtexReader { source, file_starts, abbreviations: HashMap::new(), diagnostics: Vec::new() };
    for range in stray_fields {
        let message = "this field is outside any entry".to_owned();
        reader.report(
            DiagnosticCode::CitationInvalid,
            range,
            message,
            "remove the extra closing brace above it",
        );
    }
    let mut entries: Vec<ParsedEntry> = Vec::new();
    for block in &blocks {
        match (block.kind.as_str(), block.problem) {
            ("comment" | "preamble", _) => {}
            (_, Some(problem)) => {
                let message = format!("this entry cannot be read: {problem}");
                let range = first_line(source, &block.range);
                reader.report(DiagnosticCode::CitationInvalid, range, message, "check its braces");
            }
            ("string", None) => reader.read_abbreviations(block),
            (_, None) => entries.extend(reader.read_entry(block)),
        }
    }
    let first_with_key = reader.index_keys(&entries);
    let (entries, containers) = reader.resolve_inheritance(&entries, &first_with_key);
    let BibtexReader { mut diagnostics, file_starts, .. } = reader;
    diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    Bibliography { entries, containers, diagnostics, file_starts }
}

struct BibtexReader<'a> {
    source: &'a str,
    /// Bytes at which the second file and those after it begin.
    file_starts: Vec<usize>,
    /// TeX source of the abbreviations (`@string`) by lower-case name.
    abbreviations: HashMap<String, String>,
    diagnostics: Vec<Diagnostic>,
}

impl BibtexReader<'_> {
    fn report(&mut self, code: DiagnosticCode, range: Range<usize>, message: String, help: &str) {
        self.diagnostics.push(Diagnostic { code, range, message, help: help.to_owned() });
    }

    /// Reports a parse error, whose span counts from the start of the block.
    fn report_parse_error(&mut self, block: &BibtexBlock, error: &ParseError) {
        let help = match &error.kind {
            ParseErrorKind::Expected(Token::Comma) => "write a comma after the key and between fields",
            ParseErrorKind::UnexpectedEof => "close all braces and quotation marks",
            _ => "write `name = {value},`",
        };
        let message = format!("this entry cannot be read: {}", error.kind);
        let range = self.range_in_source(block, &error.span);
        self.report(DiagnosticCode::CitationInvalid, range, message, help);
    }

    /// Converts a span of a block into a byte range of the file, clamped to the block and to character boundaries.
    fn range_in_source(&self, block: &BibtexBlock, span: &Range<usize>) -> Range<usize> {
        let clamp = |offset: usize| {
            let mut offset = block.range.start.saturating_add(offset).min(block.range.end);
            while !self.source.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = clamp(span.start);
        start..clamp(span.end).max(start)
    }

    /// Returns the text of a block with braces as delimiters, of the same length.
    ///
    /// `biblatex` 0.12 does not support parentheses or comments on several lines, and ends a quoted value at the first
    /// quotation mark, even inside braces: `"a {"}b{"} c"`.
    fn block_text(&self, block: &BibtexBlock) -> Cow<'_, str> {
        let text = self.source.get(block.range.clone()).unwrap_or_default();
        let text = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            Some((head, body)) if block.has_parentheses => Cow::Owned(format!("{head}{{{body}}}")),
            _ => Cow::Borrowed(text),
        };
        if text.contains(['"', '%']) { Cow::Owned(replace_quotes(&text)) } else { text }
    }

    /// Reads the abbreviations of a `@string` block.
    fn read_abbreviations(&mut self, block: &BibtexBlock) {
        let text = self.block_text(block).into_owned();
        let raw = match RawBibliography::parse(&text) {
            Ok(raw) => raw,
            Err(error) => return self.report_parse_error(block, &error),
        };
        for Pair { key, value } in raw.abbreviations {
            let mut expansion = String::new();
            for chunk in &value.v {
                expansion.push_str(match chunk.v {
                    RawChunk::Normal(text) => text,
                    RawChunk::Abbreviation(name) => {
                        self.abbreviations.get(&lowercase(name)).map_or(name, String::as_str)
                    }
                });
            }
            if expansion.len() > MAX_ABBREVIATION_LEN {
                let message = format!("`{}` expands to more than {MAX_ABBREVIATION_LEN} bytes", key.v);
                let range = first_line(self.source, &block.range);
                self.report(DiagnosticCode::CitationInvalid, range, message, "shorten its text");
                continue;
            }
            self.abbreviations.insert(lowercase(key.v), expansion);
        }
    }

    fn read_entry(&mut self, block: &BibtexBlock) -> Option<ParsedEntry> {
        let text = self.block_text(block).into_owned();
        let raw = match RawBibliography::parse(&text) {
            Ok(raw) => raw.entries.into_iter().next()?.v,
            Err(error) => {
                self.report_parse_error(block, &error);
                return None;
            }
        };
        let (mut fields, mut parents) = (Vec::new(), Vec::new());
        for Pair { key, value } in &raw.fields {
            let text = self.expand_abbreviations(block, &value.v);
            if key.v.eq_ignore_ascii_case("crossref") || key.v.eq_ignore_ascii_case("xdata") {
                let range = self.range_in_source(block, &value.span);
                let keys = text.split(',').map(str::trim);
                parents.extend(keys.filter(|key| !key.is_empty()).map(|key| (key.to_owned(), range.clone())));
            } else {
                fields.push((lowercase(key.v), text, value.span.clone()));
            }
        }
        let (kind, range) = (block.kind.clone(), block.range.clone());
        let mut by_name = BibtexFields::new();
        for (name, value, span) in fields {
            let first = by_name.entry(name).or_insert_with(|| value.clone());
            if *first != value {
                let range = self.range_in_source(block, &span);
                let message = "this field is given twice with different values".to_owned();
                self.report(
                    DiagnosticCode::CitationName,
                    range,
                    message,
                    "remove one; until then, the first is used",
                );
            }
        }
        Some(ParsedEntry { kind, key: raw.key.v.to_owned(), fields: by_name, parents, range })
    }

    /// Returns the TeX source of a value. An unknown abbreviation is reported and stands for its own name.
    fn expand_abbreviations(&mut self, block: &BibtexBlock, chunks: &[Spanned<RawChunk>]) -> String {
        let expand = |chunk: &Spanned<RawChunk>| match chunk.v {
            RawChunk::Normal(text) => text.to_owned(),
            RawChunk::Abbreviation(name) => self.expansion(name).unwrap_or_else(|| {
                let message = format!("there is no `@string` named `{name}`; its name is used as text");
                let range = self.range_in_source(block, &chunk.span);
                self.report(
                    DiagnosticCode::CitationName,
                    range,
                    message,
                    "define it above, or put braces around it",
                );
                name.to_owned()
            }),
        };
        chunks.iter().map(expand).collect()
    }

    /// Returns the expansion of an abbreviation: that of a `@string`, or the name of a month.
    fn expansion(&self, name: &str) -> Option<String> {
        let name = lowercase(name);
        let month = || MONTH_NAMES.contains(&name.as_str()).then(|| name.clone());
        self.abbreviations.get(&name).cloned().or_else(month)
    }

    /// Returns the index of the first entry with each key, and reports the other entries with that key.
    fn index_keys<'e>(&mut self, entries: &'e [ParsedEntry]) -> HashMap<&'e str, usize> {
        let mut first_with_key: HashMap<&str, usize> = HashMap::new();
        for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.key.is_empty()) {
            let first = *first_with_key.entry(&entry.key).or_insert(index);
            if let Some(first) = entries.get(first).filter(|_| first != index) {
                let place = entry_place(self.source, &self.file_starts, first.range.start, entry.range.start);
                let message = format!("the key `{}` is already used {place}", entry.key);
                let range = first_line(self.source, &entry.range);
                self.report(
                    DiagnosticCode::DuplicateKey,
                    range,
                    message,
                    "change the key, or remove one of the entries",
                );
            }
        }
        first_with_key
    }

    fn report_field_problems(&mut self, entry: &ParsedEntry, problems: &FieldProblems) {
        let range = first_line(self.source, &entry.range);
        if !problems.unknown_commands.is_empty() {
            let names: Vec<_> = problems.unknown_commands.iter().map(|name| format!("`\\{name}`")).collect();
            let message = format!("unknown TeX commands are kept as text: {}", names.join(", "));
            self.report(
                DiagnosticCode::CitationName,
                range.clone(),
                message,
                "write the text that they stand for",
            );
        }
        if problems.is_date_partial {
            self.diagnostics.push(partial_date(range.clone()));
        }
        if problems.has_wrong_separator {
            let message = "the names of this entry are joined by commas, semicolons or `&`".to_owned();
            self.report(DiagnosticCode::CitationName, range.clone(), message, "write `and` between names");
        }
        if !problems.unread_fields.is_empty() {
            let names: Vec<_> = problems.unread_fields.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the value of these fields cannot be read: {}", names.join(", "));
            self.report(
                DiagnosticCode::CitationName,
                range,
                message,
                "write a date, a DOI or an arXiv id in its usual form",
            );
        }
    }

    /// Copies inherited fields into the entries and converts them. Books and proceedings that others inherit from, and
    /// containers of data, are returned apart: they are not papers.
    fn resolve_inheritance(
        &mut self,
        entries: &[ParsedEntry],
        first_with_key: &HashMap<&str, usize>,
    ) -> (Vec<BibliographyEntry>, Vec<BibliographyEntry>) {
        let (mut resolved, mut parent_starts) = (Vec::new(), HashSet::new());
        for entry in entries {
            let mut fields = entry.fields.clone();
            for parent in self.parents(entry, entries, first_with_key) {
                inherit(&mut fields, &entry.kind, parent);
                parent_starts.insert(parent.range.start);
            }
            for (name, value) in &mut fields {
                if !xdata::has_reference(value) {
                    continue;
                }
                let fields_of = |key: &str| {
                    first_with_key.get(key).and_then(|at| entries.get(*at)).map(|entry| &entry.fields)
                };
                match xdata::expand(name, value, fields_of) {
                    Ok(expanded) => *value = expanded,
                    Err(reference) => {
                        let message = format!("`{name}` refers to `{reference}`, which no entry has");
                        let range = first_line(self.source, &entry.range);
                        let help =
                            "write the key of an `@xdata` entry, its field, and the number of the name";
                        self.report(DiagnosticCode::CitationName, range, message, help);
                    }
                }
            }
            let (converted, problems) = to_entry(&entry.kind, &entry.key, &fields, entry.range.clone());
            self.report_field_problems(entry, &problems);
            resolved.push((entry, converted));
        }
        let is_paper = |entry: &ParsedEntry| {
            entry.kind != XDATA && !(is_container(&entry.kind) && parent_starts.contains(&entry.range.start))
        };
        let (papers, containers): (Vec<_>, Vec<_>) =
            resolved.into_iter().partition(|(entry, _)| is_paper(entry));
        let converted = |entries: Vec<(&ParsedEntry, BibliographyEntry)>| {
            entries.into_iter().map(|(_, entry)| entry).collect()
        };
        (converted(papers), converted(containers))
    }

    /// Returns the entries that an entry inherits from, the nearest first. References that lead nowhere or back to the entry are
    /// reported.
    fn parents<'e>(
        &mut self,
        entry: &ParsedEntry,
        entries: &'e [ParsedEntry],
        first_with_key: &HashMap<&str, usize>,
    ) -> Vec<&'e ParsedEntry> {
        let mut parents: Vec<&ParsedEntry> = Vec::new();
        let mut pending: VecDeque<(&str, &Range<usize>)> =
            entry.parents.iter().map(|(key, range)| (key.as_str(), range)).collect();
        while let Some((key, range)) = pending.pop_front() {
            let Some(parent) = first_with_key.get(key).and_then(|index| entries.get(*index)) else {
                // That of a parent is reported there.
                if entry.parents.iter().any(|(_, own)| own == range) {
                    let message = format!("no entry has the key `{key}`");
                    let help = "write the key of an entry in this file";
                    self.report(DiagnosticCode::CitationName, range.clone(), message, help);
                }
                continue;
            };
            if parent.range == entry.range {
                let message = format!("`{key}` inherits from itself");
                let range = first_line(self.source, &entry.range);
                self.report(
                    DiagnosticCode::CitationName,
                    range,
                    message,
                    "remove `crossref` from one of the entries",
                );
            } else if parents.len() == MAX_PARENTS {
                let message = format!("`{}` inherits from more than {MAX_PARENTS} entries", entry.key);
                let range = first_line(self.source, &entry.range);
                let help =
                    "copy the fields that are missing into it; until then, further entries are ignored";
                self.report(DiagnosticCode::CitationName, range, message, help);
                break;
            } else if parents.iter().all(|known| known.range != parent.range) {
                parents.push(parent);
                pending.extend(parent.parents.iter().map(|(key, range)| (key.as_str(), range)));
            }
        }
        parents
    }
}

/// Replaces the quotation marks around values with braces, and comments with spaces. Quotation marks in braces are text.
fn replace_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut is_quoted) = (0_usize, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // A comment between fields becomes as many spaces.
            '%' if depth == 1 && !is_quoted => {
                let comment = chars.by_ref().take_while(|c| *c != '\n').map(char::len_utf8).sum::<usize>();
                out.extend(std::iter::repeat_n(' ', comment + 1));
                out.push('\n');
                continue;
            }
            // Values are one level deep in the braces of the entry.
            '"' if depth == 1 => {
                is_quoted = !is_quoted;
                out.push(if is_quoted { '{' } else { '}' });
                continue;
            }
            _ => {}
        }
        out.push(c);
        if c == '\\' {
            out.extend(chars.next());
        }
    }
    out
}

/// Returns true for the types of entries that contain others: books, proceedings, journals.
fn is_container(kind: &str) -> bool {
    matches!(
        kind,
        "book"
            | "mvbook"
            | "collection"
            | "mvcollection"
            | "proceedings"
            | "mvproceedings"
            | "reference"
            | "mvreference"
            | "periodical"
            | "booklet"
            | "manual"
            | "misc"
    )
}

/// Adds missing fields from a parent. The title of the parent becomes the title of the book or proceedings, except for
/// `@xdata`, whose fields are those of the entry. A date is inherited as a whole.
///
/// Rules: the BibLaTeX manual, appendix B, "Default Inheritance Setup".
fn inherit(fields: &mut BibtexFields, kind: &str, parent: &ParsedEntry) {
    let has_other_date = fields.contains_key("date")
        || fields.get("year").is_some_and(|year| parent.fields.get("year") != Some(year));
    let is_part_of_book = matches!(kind, "inbook" | "bookinbook" | "suppbook");
    for (name, value) in &parent.fields {
        let name = match name.as_str() {
            "date" | "year" | "month" | "day" if has_other_date => continue,
            name if parent.kind == XDATA => name,
            "title" => "booktitle",
            "subtitle" => "booksubtitle",
            "author" if is_part_of_book && is_container(&parent.kind) => "author",
            // These describe the parent alone.
            "author" | "doi" | "url" | "pages" | "key" | "note" | "abstract" | "keywords" | "eprint"
            | "file" | "ids" | "shorttitle" => continue,
            name => name,
        };
        fields.entry(name.to_owned()).or_insert_with(|| value.clone());
    }
}
