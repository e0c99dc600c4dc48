//! The notes or library that a new notebook is made from. Notes are copied byte for byte, with the files that they link.

use std::fs;
use std::path::{Path, PathBuf};

use notebook_core::markdown::{self, Parsed};
use notebook_core::notebook::from_json;

use crate::cli::import;
use crate::pipeline::bibliography::DEFAULT_BIBLIOGRAPHY;
use crate::site::Failure;
use crate::site::attached_files::AttachedFiles;
use crate::site::files::{files_in, read_file, write_file};

/// The source of a new notebook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A library, which is imported.
    Library(PathBuf),
    /// A notebook as JSON, which `notebook export json` has written.
    Json(PathBuf),
    /// Notes in Markdown.
    Notes(PathBuf),
    /// Several files of notes, with the folder that they are in.
    Folder(PathBuf, Vec<PathBuf>),
}

impl Source {
    /// Finds out what a path is.
    ///
    /// # Errors
    /// Fails if it does not exist, or is a folder without Markdown.
    pub(super) fn find(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            let is_skipped =
                |name: &str| name.split('/').any(|part| part.starts_with('.') || part == "node_modules");
            let files = files_in(path, is_skipped)?;
            let mut notes: Vec<PathBuf> = files.into_values().filter(|file| is_markdown(file)).collect();
            return match notes.len() {
                0 => Err(format!("{} has no Markdown file (.md)", path.display())),
                1 => Ok(Self::Notes(notes.remove(0))),
                _ => Ok(Self::Folder(path.to_owned(), notes)),
            };
        }
        let bytes = read_file(path)?;
        if is_markdown(path) {
            return Ok(Self::Notes(path.to_owned()));
        }
        if from_json(&bytes).is_ok() {
            return Ok(Self::Json(path.to_owned()));
        }
        Ok(Self::Library(path.to_owned()))
    }

    /// Writes the notebook `name` into a folder, with everything that it needs.
    ///
    /// # Errors
    /// Fails if a file cannot be read or written, or is not a library.
    pub(super) fn write(&self, folder: &Path, name: &str, title: &str) -> Result<(), Failure> {
        let file = folder.join(name);
        match self {
            Self::Library(library) => import::import(library, Some(&file)),
            Self::Json(json) => {
                let notebook =
                    from_json(&read_file(json)?).map_err(|error| format!("{}: {error}", json.display()))?;
                write_file(&file, markdown::write(&notebook).as_bytes())
            }
            Self::Notes(notes) => {
                let bytes = read_file(notes)?;
                write_file(&file, &bytes)?;
                copy_linked(notes, markdown::read_bytes(&bytes).1, folder)
            }
            Self::Folder(base, notes) => {
                let mut joined = format!("---\ntitle: {}\n---\n", serde_json::Value::from(title));
                for notes in notes {
                    let (text, parsed) = markdown::read_bytes(&read_file(notes)?);
                    append(&mut joined, notes.strip_prefix(base).unwrap_or(notes), &text);
                    copy_linked(notes, parsed, folder)?;
                }
                write_file(&file, joined.as_bytes())
            }
        }
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Appends a file to a notebook, under a heading with its name unless it begins with one. Its front matter, which would be text
/// in the middle of a notebook, becomes a fenced block.
fn append(joined: &mut String, name: &Path, text: &str) {
    let text = text.trim_start_matches('\u{feff}');
    let (front_matter, body) = split_front_matter(text);
    let body = body.trim_matches('\n');
    if body.trim().is_empty() && front_matter.is_empty() {
        return;
    }
    joined.push('\n');
    let heading_end = body.find('\n').unwrap_or(body.len());
    let (mut heading, mut rest) = body.split_at(heading_end);
    let title;
    if !heading.starts_with('#') {
        let stem = name.with_extension("");
        title = format!("# {}", stem.to_string_lossy().replace('\\', "/"));
        (heading, rest) = (&title, body);
    }
    joined.extend([heading, "\n"]);
    if !front_matter.is_empty() {
        joined.extend(["\n```yaml\n", front_matter, "```\n"]);
    }
    joined.extend(["\n", rest.trim_start_matches(['\r', '\n']), "\n"]);
}

/// Splits a text into the lines of its front matter, without the lines around them, and the rest.
fn split_front_matter(text: &str) -> (&str, &str) {
    let Some(inside) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return ("", text);
    };
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return (inside.get(..at).unwrap_or_default(), inside.get(at + line.len()..).unwrap_or_default());
        }
        at += line.len();
    }
    ("", text)
}

/// Copies the files that notes link, their bibliography and citation style. Of two different files for one path the first stays.
fn copy_linked(notes: &Path, mut parsed: Parsed, folder: &Path) -> Result<(), Failure> {
    let linked = AttachedFiles::find(notes, &mut parsed);
    let beside = notes.parent().unwrap_or(Path::new(""));
    let bibliography = markdown::named_bibliography(&parsed.notebook).map(|named| named.files);
    let named = bibliography.into_iter().flatten().chain(parsed.notebook.csl.clone());
    let named = named.chain([DEFAULT_BIBLIOGRAPHY.to_owned()]).map(|name| (beside.join(&name), name));
    let named = named.filter(|(path, name)| path.is_file() && !name.contains(".."));
    let linked = linked.into_paths().into_iter().map(|(name, path)| (path, name));
    for (path, name) in named.chain(linked) {
        let to = folder.join(&name);
        if to.exists() {
            if fs::read(&to).ok() != fs::read(&path).ok() {
                eprintln!("note: {} was not copied: another file is called {name}", path.display());
            }
            continue;
        }
        let copied = fs::create_dir_all(to.parent().unwrap_or(folder)).and_then(|()| fs::copy(&path, &to));
        copied.map_err(|error| format!("{} cannot be copied: {error}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_files_keep_every_word_under_their_own_heading() {
        let mut joined = String::new();
        append(&mut joined, Path::new("a/one.md"), "---\nurl: https://a.example\n---\n\nText.\n");
        append(&mut joined, Path::new("two.md"), "# Two\n\nMore.\n");
        append(&mut joined, Path::new("empty.md"), "\n");
        append(&mut joined, Path::new("unclosed.md"), "---\nNo end");
        assert_eq!(
            joined,
            "\n# a/one\n\n```yaml\nurl: https://a.example\n```\n\nText.\n\n# Two\n\nMore.\n\n# unclosed\n\n---\nNo end\n"
        );
    }
}
