//! Files with every format of every reference: their type, with its writer and its reader.

use serde::Serialize;

use super::decode::{Decode, DecodeError, Fields, fail};
use super::parse::{JsonError, parse};
use super::value::JsonValue;

/// A file format in which papers are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the formats")]
pub enum ExportFormat {
    CslJson,
    Ris,
    Csv,
    /// Items of a Markdown list.
    Markdown,
    Bibtex,
}

impl ExportFormat {
    /// Every format, in the order of records and menus.
    pub const ALL: [Self; 5] = [Self::CslJson, Self::Ris, Self::Csv, Self::Markdown, Self::Bibtex];

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::CslJson => "json",
            Self::Ris => "ris",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Bibtex => "bib",
        }
    }

    /// Joins records in this format to a file. `csv_header` is the line before those of a CSV file.
    pub fn join(self, records: &[&str], csv_header: &str) -> String {
        let (start, separator, end) = match self {
            Self::CslJson => ("[\n", ",\n", "\n]\n"),
            Self::Bibtex => ("", "\n", ""),
            Self::Csv => (csv_header, "", ""),
            // Each ends with its own line break.
            Self::Ris | Self::Markdown => ("", "", ""),
        };
        [start, &records.join(separator), end].concat()
    }
}

/// The references of entries in every format. A large notebook has several files, and a first one that names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitationFile {
    /// Names of the forms that are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The first line of an exported CSV file.
    #[serde(rename = "head", skip_serializing_if = "String::is_empty")]
    pub csv_header: String,
    /// The references, in the order of their entries.
    #[serde(rename = "rows", skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<CitationRecord>,
    /// The files of a large notebook: the number of the first entry of each as text, and its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<(String, String)>,
}

/// One reference in every format: the number of its entry as text, its title, every [`ExportFormat`], and every form that is
/// shown; the first is BibTeX, which has a field of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CitationRecord(Vec<String>);

/// Fields before the formats.
const FIRST_FORMAT: usize = 2;

impl CitationRecord {
    /// Creates the record of an entry. `exports` are in the order of [`ExportFormat::ALL`], empty for an entry that is not
    /// exported; `others` are the forms that are shown after BibTeX.
    pub fn new(
        entry: usize,
        title: String,
        exports: [String; ExportFormat::ALL.len()],
        others: Vec<String>,
    ) -> Self {
        let mut fields = vec![entry.to_string(), title];
        fields.extend(exports);
        fields.extend(others);
        Self(fields)
    }

    /// The number of the entry.
    pub fn entry(&self) -> Option<usize> {
        self.0.first()?.parse().ok()
    }

    /// The title of the entry.
    pub fn title(&self) -> &str {
        self.0.get(1).map_or("", String::as_str)
    }

    /// The reference in a format; empty for an entry that is not exported.
    pub fn export(&self, format: ExportFormat) -> &str {
        let at = ExportFormat::ALL.iter().position(|known| *known == format).unwrap_or_default();
        self.0.get(FIRST_FORMAT + at).map_or("", String::as_str)
    }

    /// The forms that are shown, in the order of [`CitationFile::names`]; some may be empty.
    pub fn shown(&self) -> &[String] {
        self.0.get(FIRST_FORMAT + ExportFormat::ALL.len() - 1..).unwrap_or_default()
    }

    /// Number of bytes of its text.
    pub fn size(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }
}

impl CitationFile {
    /// Encodes the file as compact JSON.
    ///
    /// # Errors
    /// None in practice: every file has a JSON form.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Decodes a file. O(bytes).
    ///
    /// # Errors
    /// A [`JsonError`] if the bytes are something else.
    pub fn from_json(bytes: &[u8]) -> Result<Self, JsonError> {
        Ok(Self::decode(parse(bytes)?)?)
    }

    /// Returns the name of the file that has the record of an entry; `None` if it is in this file. O(log of files).
    pub fn part_of(&self, entry: usize) -> Option<&str> {
        let first = |part: &(String, String)| part.0.parse::<usize>().unwrap_or(usize::MAX);
        let after = self.parts.partition_point(|part| first(part) <= entry);
        self.parts.get(after.checked_sub(1)?).map(|(_, name)| name.as_str())
    }

    /// Returns the record of an entry. O(records).
    pub fn record(&self, entry: usize) -> Option<&CitationRecord> {
        self.records.iter().find(|record| record.entry() == Some(entry))
    }
}

impl Decode for CitationFile {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let rows: Vec<Vec<String>> = fields.optional("rows")?;
        let parts: Vec<Vec<String>> = fields.optional("parts")?;
        let pair = |part: Vec<String>| match <[String; 2]>::try_from(part) {
            Ok([first, name]) => Ok((first, name)),
            Err(_) => fail("expected a number and a name"),
        };
        Ok(Self {
            names: fields.optional("names")?,
            csv_header: fields.optional("head")?,
            records: rows.into_iter().map(CitationRecord).collect(),
            parts: parts.into_iter().map(pair).collect::<Result<_, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> CitationFile {
        let record = |entry, title: &str| {
            let exports = ["{}", "TY  - A\n", "a,b\r\n", "- a\n", "@a{}\n"].map(str::to_owned);
            CitationRecord::new(entry, title.to_owned(), exports, vec![String::new(), "APA".to_owned()])
        };
        CitationFile {
            names: ["BibTeX", "IEEE", "APA"].map(str::to_owned).to_vec(),
            csv_header: "x,y\r\n".to_owned(),
            records: vec![record(3, "A"), record(7, "B")],
            parts: Vec::new(),
        }
    }

    #[test]
    fn files_round_trip() {
        let file = file();
        assert_eq!(CitationFile::from_json(file.to_json().unwrap().as_bytes()), Ok(file));
        let parts = vec![("1".to_owned(), "a.json".to_owned()), ("40".to_owned(), "b.json".to_owned())];
        let first = CitationFile { parts, ..CitationFile::default() };
        assert_eq!(CitationFile::from_json(first.to_json().unwrap().as_bytes()), Ok(first));
    }

    #[test]
    fn rejects_what_is_no_file() {
        for text in ["<!doctype html>", "{\"rows\":[", "{\"rows\":[[1]]}", "{\"parts\":[[\"1\"]]}", "[]"] {
            assert!(CitationFile::from_json(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn finds_records_and_the_files_that_have_them() {
        let file = file();
        assert_eq!(file.record(7).map(CitationRecord::title), Some("B"));
        assert!(file.record(4).is_none() && file.part_of(7).is_none());
        let parts = vec![("1".to_owned(), "a.json".to_owned()), ("40".to_owned(), "b.json".to_owned())];
        let first = CitationFile { parts, ..CitationFile::default() };
        let names = [0, 1, 39, 40, 99].map(|entry| first.part_of(entry));
        assert_eq!(names, [None, Some("a.json"), Some("a.json"), Some("b.json"), Some("b.json")]);
    }

    #[test]
    fn records_have_every_format_and_form() {
        let file = file();
        let record = file.record(3).unwrap();
        assert_eq!(record.export(ExportFormat::CslJson), "{}");
        assert_eq!(record.export(ExportFormat::Bibtex), "@a{}\n");
        assert_eq!(record.shown(), ["@a{}\n", "", "APA"]);
    }

    #[test]
    fn joins_csl_json_to_an_array() {
        let joined = ExportFormat::CslJson.join(&["{\"id\":\"a\"}", "{\"id\":\"b\"}"], "");
        let items: serde_json::Value = serde_json::from_str(&joined).unwrap();
        assert_eq!(items.as_array().map(Vec::len), Some(2));
        assert!(ExportFormat::CslJson.join(&[], "").parse::<serde_json::Value>().is_ok());
    }

    #[test]
    fn separates_records_of_text_formats() {
        let csv = ExportFormat::Csv.join(&["A,2020\r\n", "B,2021\r\n"], "Title,Year\r\n");
        assert_eq!(csv, "Title,Year\r\nA,2020\r\nB,2021\r\n");
        let bibtex = ExportFormat::Bibtex.join(&["@article{a,\n}\n", "@article{b,\n}\n"], "");
        assert_eq!(bibtex, "@article{a,\n}\n\n@article{b,\n}\n");
        assert_eq!(ExportFormat::Ris.join(&["TY  - JOUR\n", "TY  - BOOK\n"], ""), "TY  - JOUR\nTY  - BOOK\n");
        assert_eq!(ExportFormat::Markdown.join(&["- A\n", "- B\n"], ""), "- A\n- B\n");
    }
}
