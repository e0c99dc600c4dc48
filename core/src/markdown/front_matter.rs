//! The YAML between two `---` lines at the top of the file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::label_columns::ChosenColumns;
use super::{file_paper, header, theme};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{Notebook, Reference, Url, UrlKind};
use crate::unicode::is_one_edit;

/// The recognized keys of the front matter, and all other lines unchanged.
#[derive(Clone, Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) image: Option<Url>,
    pub(super) home: Option<Url>,
    pub(super) url: Option<Url>,
    pub(super) author: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) references: Option<String>,
    pub(super) csl: Option<String>,
    /// Also kept among `other`.
    pub(super) labels: ChosenColumns,
    pub(super) other: String,
    /// The paper that the file is about, without its title.
    pub(super) paper: Option<Reference>,
}

const KEYS: [&str; 9] =
    ["title", "meta_description", "meta_image", "home", "url", "author", "lang", "references", "csl"];
/// The key of Pandoc and Quarto for the bibliography: a file, or a list of files.
const BIBLIOGRAPHY: &str = "bibliography";
/// The key of Notebook for the bibliography.
const REFERENCES: &str = "references";
/// A key that an export writes as the author did.
const LABELS: &str = "labels";
/// The key of the look, which is kept among the others: `super::theme` reads it again for the site.
const THEME: &str = "theme";

/// Reads the front matter that begins at byte `start`. Returns it and the range of the body.
pub(super) fn read(source: &str, start: usize, found: &mut Vec<Diagnostic>) -> (FrontMatter, Range<usize>) {
    let rest = source.get(start..).unwrap_or_default();
    let whole = start..source.len();
    let mut lines = lines(rest, start);
    let Some((first, opening)) = lines.next().filter(|(line, _)| matches!(line.trim_end(), "---" | "+++"))
    else {
        return match header::read(rest) {
            Some((yaml, length)) => {
                let header = start..start + length;
                (parse(source, &yaml, header, found), start + length..source.len())
            }
            None => (FrontMatter::default(), whole),
        };
    };
    let is_toml = first.trim_end() == "+++";
    let closes = |line: &str| {
        if is_toml { line.trim_end() == "+++" } else { matches!(line.trim_end(), "---" | "...") }
    };
    let Some((_, closing)) = lines.find(|(line, _)| closes(line)) else {
        if is_toml {
            return (FrontMatter::default(), whole);
        }
        // A rule above some text is no front matter; `key: value` right below it is.
        if first_key(source, opening.end).is_some() {
            found.push(Diagnostic {
                code: DiagnosticCode::FrontMatterUnclosed,
                range: start..start + first.trim_end().len(),
                message: "the front matter that begins here never ends".into(),
                help: "put a line of `---` below its last key".into(),
            });
        }
        return (FrontMatter::default(), whole);
    };
    let yaml = opening.end..closing.start;
    let text = source.get(yaml.clone()).unwrap_or_default();
    if is_toml {
        let Some(text) = yaml_from_toml(text) else {
            found.push(Diagnostic {
                code: DiagnosticCode::FrontMatterInvalid,
                range: start..start + first.trim_end().len(),
                message: "this front matter is TOML with lines other than `key = value`; it is shown as text"
                    .into(),
                help: "write it in YAML between two lines of `---`".into(),
            });
            return (FrontMatter::default(), whole);
        };
        return (parse(source, &text, yaml, found), closing.end..source.len());
    }
    (parse(source, text, yaml, found), closing.end..source.len())
}

#[allow(clippy::too_many_lines, reason = "one step for each key, in the order of the documentation")]
fn parse(source: &str, text: &str, yaml: Range<usize>, found: &mut Vec<Diagnostic>) -> FrontMatter {
    if text.trim().is_empty() {
        return FrontMatter::default();
    }
    let with_quotes = || with_quoted_colons(text).and_then(|text| values_in(&text).ok());
    let mut values = match values_in(text).or_else(|error| with_quotes().ok_or(error)) {
        Ok(values) => values,
        Err(error) => {
            let at = error
                .location()
                .map_or(yaml.start, |place| offset_of(text, yaml.start, place.line(), place.column()));
            let end = source.get(at..).and_then(|rest| rest.find('\n')).map_or(at, |length| at + length);
            let message = error.without_snippet().to_string();
            let message = message.lines().next().unwrap_or_default().to_owned();
            found.push(Diagnostic {
                code: DiagnosticCode::FrontMatterInvalid,
                range: at.min(yaml.end)..end.clamp(at, yaml.end.max(at)),
                message: format!("the front matter cannot be read: {message}"),
                help: "write `key: value`; quote a value that contains `: ` or `#`".into(),
            });
            return FrontMatter { other: text.to_owned(), ..FrontMatter::default() };
        }
    };
    let paper = file_paper::read(&values);
    // Keys whose value is not text are kept as they are; the others count.
    let mut kept: Vec<&str> = Vec::new();
    // Several files stay among the other keys.
    let first_listed = values.get(REFERENCES).filter(|value| value.is_array()).and_then(first_bibtex_file);
    if first_listed.is_some() {
        values.remove(REFERENCES);
        kept.push(REFERENCES);
    }
    let mut text_of = |key: &'static str| {
        let value = values.remove(key)?;
        let read = scalar(&value).or_else(|| (key == "author").then(|| names(&value)).flatten());
        if read.is_none() && !value.is_null() {
            kept.push(key);
            found.push(Diagnostic {
                code: DiagnosticCode::FrontMatterInvalid,
                range: key_range(source, &yaml, key),
                message: format!("the value of `{key}` is not text, so it is ignored"),
                help: format!("write one line: `{key}: ...`"),
            });
        }
        read
    };
    let [title, description, image, home, url, author, lang, references, csl] = KEYS.map(&mut text_of);
    let references =
        references.or(first_listed).or_else(|| values.get(BIBLIOGRAPHY).and_then(first_bibtex_file));
    if let Some(value) = values.get(THEME) {
        found.extend(theme::read(value).1.into_iter().map(|problem| Diagnostic {
            code: DiagnosticCode::ThemeInvalid,
            range: nested_range(source, &yaml, THEME, problem.key),
            message: problem.message,
            help: problem.help,
        }));
    }
    let labels = values.remove(LABELS).and_then(|value| serde_json::from_value::<ChosenColumns>(value).ok());
    let mut other = String::new();
    let mut address = |text: Option<String>, key: &str| {
        let text = text?;
        let url = Url::parse(&text);
        if url.is_none() {
            found.push(Diagnostic {
                code: DiagnosticCode::FrontMatterUrl,
                range: key_range(source, &yaml, key),
                message: format!("`{key}` is not an address that a link may have"),
                help: "write an address that begins with https://".into(),
            });
        }
        url
    };
    let image = address(image, "meta_image");
    let home = address(home, "home");
    let url = address(url, "url").filter(|url| matches!(url.kind(), UrlKind::Web(..)));
    let mut keep = false;
    for (line, range) in lines(text, yaml.start) {
        if let Some(key) = key_of(line) {
            let unused = (key == "meta_image" && image.is_none())
                || (key == "home" && home.is_none())
                || (key == "url" && url.is_none())
                || kept.contains(&key);
            keep = !KEYS.contains(&key) || unused;
            if let Some(near) =
                nearest(key).filter(|_| keep && !unused && key != LABELS && !file_paper::describes_paper(key))
            {
                found.push(Diagnostic {
                    code: DiagnosticCode::FrontMatterKey,
                    range: range.start..range.start + key.len(),
                    message: format!("`{key}` is not a key that Notebook knows"),
                    help: format!("did you mean `{near}`?"),
                });
            }
        }
        if keep {
            other.push_str(line.trim_end_matches(['\r', '\n']));
            other.push('\n');
        }
    }
    FrontMatter {
        title: title.filter(|title| !title.trim().is_empty()),
        description,
        image,
        home,
        url,
        author,
        lang,
        references,
        csl,
        labels: labels.unwrap_or_default(),
        other,
        paper,
    }
}

/// Returns a value that is one text, number or truth value as text.
fn scalar(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(is_true) => Some(is_true.to_string()),
        _ => None,
    }
}

fn values_in(yaml: &str) -> Result<BTreeMap<String, serde_json::Value>, serde_saphyr::Error> {
    serde_saphyr::from_str(yaml)
}

/// Returns YAML with quotes around plain values that contain a colon and a space, such as `title: Maps: a survey`: people write
/// them, although YAML requires the quotes. `None` if there are none.
fn with_quoted_colons(text: &str) -> Option<String> {
    let mut changed = false;
    let quoted = text.split_inclusive('\n').map(|line| {
        let pair = key_of(line).and_then(|key| Some((key, line.get(key.len() + 1..)?.trim())));
        let has_colon =
            |(_, value): &(_, &str)| value.contains(": ") && value.starts_with(char::is_alphanumeric);
        let Some((key, value)) = pair.filter(has_colon) else { return line.to_owned() };
        changed = true;
        format!("{key}: {}\n", serde_json::Value::from(value))
    });
    let quoted: String = quoted.collect();
    changed.then_some(quoted)
}

/// Returns the BibTeX files of a value that is a path or a list of paths.
fn bibtex_files(value: &serde_json::Value) -> impl Iterator<Item = String> {
    let is_bibtex = |path: &&str| {
        let ending = path.rsplit('.').next().unwrap_or_default();
        path.contains('.') && ["bib", "bibtex"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    let paths = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    paths.iter().filter_map(serde_json::Value::as_str).filter(is_bibtex).map(str::to_owned)
}

fn first_bibtex_file(value: &serde_json::Value) -> Option<String> {
    bibtex_files(value).next()
}

/// The bibliography that the front matter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBibliography {
    /// The key that names it, as the author wrote it.
    pub key: &'static str,
    /// Paths of its files, relative to the notebook, in the order of the author.
    pub files: Vec<String>,
}

/// Returns the bibliography that the front matter of a notebook names, with every file of a list. `None` if it names none.
pub fn named_bibliography(notebook: &Notebook) -> Option<NamedBibliography> {
    let first = notebook.references.clone()?;
    // The key of Notebook goes before.
    let key = [REFERENCES, BIBLIOGRAPHY].into_iter().find(|key| has_key(&notebook.other, key));
    let values = key.and_then(|_| values_in(&notebook.other).ok());
    let key = key.unwrap_or(REFERENCES);
    let files = values.as_ref().and_then(|values| values.get(key)).map(bibtex_files);
    let mut listed: Vec<String> = Vec::new();
    for file in files.into_iter().flatten() {
        if !listed.contains(&file) {
            listed.push(file);
        }
    }
    Some(if listed.first() == Some(&first) {
        NamedBibliography { key, files: listed }
    } else {
        NamedBibliography { key: REFERENCES, files: vec![first] }
    })
}

/// Returns a list of names as one text.
fn names(value: &serde_json::Value) -> Option<String> {
    let names: Option<Vec<String>> = value.as_array()?.iter().map(scalar).collect();
    names.filter(|names| !names.is_empty()).map(|names| names.join(", "))
}

/// Returns TOML as YAML of the same length, if every line is `key = value` with a value that both write alike.
fn yaml_from_toml(text: &str) -> Option<String> {
    let mut yaml = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            yaml.push_str(line);
            continue;
        }
        let (key, value) = line.split_once('=')?;
        let name = key.trim_end();
        let is_key = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let value_is_whole =
            !matches!(value.trim(), "[" | "{" | "") && !value.contains("\"\"\"") && !value.contains("'''");
        if !is_key || !value_is_whole {
            return None;
        }
        yaml.push_str(name);
        yaml.push(':');
        yaml.push_str(key.get(name.len()..)?);
        // `key=value` needs the space that YAML wants.
        if name.len() == key.len() && !value.starts_with(' ') {
            yaml.push(' ');
        }
        yaml.push_str(value);
    }
    Some(yaml)
}

/// Lines with their line ends, each with its bytes of the source.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.split_inclusive('\n').scan(start, |at, line| {
        let begin = *at;
        *at += line.len();
        Some((line, begin..*at))
    })
}

/// The key of a line `key: value` that is not indented.
fn key_of(line: &str) -> Option<&str> {
    let (key, value) = line.trim_end().split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (plain && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(key)
}

/// Returns true if lines of YAML have a key that is not indented.
pub(super) fn has_key(yaml: &str, key: &str) -> bool {
    yaml.lines().any(|line| key_of(line) == Some(key))
}

fn first_key(source: &str, at: usize) -> Option<&str> {
    source.get(at..)?.lines().next().and_then(key_of)
}

fn key_range(source: &str, yaml: &Range<usize>, key: &str) -> Range<usize> {
    let text = source.get(yaml.clone()).unwrap_or_default();
    let line = lines(text, yaml.start).find(|(line, _)| key_of(line) == Some(key));
    line.map_or(yaml.start..yaml.start, |(line, range)| range.start..range.start + line.trim_end().len())
}

/// Returns the line of a key below another one; the line of the other one if it has none of its own.
fn nested_range(source: &str, yaml: &Range<usize>, key: &str, inner: &str) -> Range<usize> {
    let outer = key_range(source, yaml, key);
    let below = source.get(outer.end..yaml.end).unwrap_or_default();
    let line = lines(below, outer.end)
        .skip(1)
        .take_while(|(line, _)| line.starts_with([' ', '\t']))
        .find(|(line, _)| line.trim_start().starts_with(inner));
    line.map_or(outer, |(line, range)| range.start..range.start + line.trim_end().len())
}

/// Returns the known key that a key is a typo of.
fn nearest(key: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
    let given = plain(key);
    let aliases = [("description", "meta_description"), ("image", "meta_image"), ("language", "lang")];
    let alias = aliases.iter().find(|(alias, _)| *alias == given).map(|(_, known)| *known);
    alias.or_else(|| KEYS.into_iter().chain([LABELS]).find(|known| is_one_edit(&given, &plain(known))))
}

/// The byte of a line and column, both counted from 1, column in characters.
fn offset_of(text: &str, start: usize, line: u64, column: u64) -> usize {
    let (mut at, mut left) = (start, line);
    for piece in text.split_inclusive('\n') {
        if left <= 1 {
            let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            return at + piece.char_indices().nth(skip).map_or(piece.trim_end().len(), |(byte, _)| byte);
        }
        left -= 1;
        at += piece.len();
    }
    at
}
