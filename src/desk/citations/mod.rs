//! References: the author's bibliography read and given to the papers it speaks of, and what readers copy and save.
//!
//! 1. [`attach`] reads the bibliography and the style beside the notebook;
//! 2. `style` makes references in the styles of journals;
//! 3. `kept` has those that an earlier build made;
//! 4. `data` writes what readers copy and save, to be fetched when it is wanted;
//! 5. `import` makes a notebook of a library, `add` adds one paper to a notebook.

mod add;
mod data;
mod import;
mod kept;
mod style;

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use notebook_core::Diagnostic;
use notebook_core::citation::{attach as give, read_bibtex};
use notebook_core::diagnostic::Code;
use notebook_core::markdown::Reading;

pub(super) use add::add;
pub(super) use data::publish;
pub(super) use import::import;
pub(super) use kept::Kept;
pub(super) use style::{Named, Styles};

use super::folder::read;

/// The bibliography that is read where the front matter names none.
pub(super) const USUAL: &str = "references.bib";

/// What stands beside a notebook for its references.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// The bibliography, where there is one.
    pub(super) bibliography: Option<Bibliography>,
    /// The style that the author named, where it can be read.
    pub(super) style: Option<Named>,
}

/// A bibliography with what is wrong with it.
#[derive(Debug)]
pub(super) struct Bibliography {
    /// As findings name the file.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Gives the papers of a notebook what the bibliography beside it says of them. What the front matter names and is not
/// there, and papers that the bibliography does not have, are findings about the notebook.
pub(super) fn attach(file: &Path, source: &str, reading: &mut Reading) -> Cited {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut cited = Cited::default();
    let named = reading.notebook.references.clone();
    let path = folder.join(named.as_deref().unwrap_or(USUAL));
    if path.is_file() {
        match read(&path) {
            Ok(bytes) => cited.bibliography = Some(bibliography(&path, &bytes, reading)),
            Err(why) => reading.diagnostics.push(told(Code::MissingFile, source, "references", why)),
        }
    } else if named.is_some() {
        let why = format!("{} is not there", path.display());
        reading.diagnostics.push(told(Code::MissingFile, source, "references", why));
    }
    if let Some(csl) = &reading.notebook.csl {
        let path = folder.join(csl);
        let style = read(&path).and_then(|bytes| {
            style::named(&String::from_utf8_lossy(&bytes)).map_err(|why| format!("{}: {why}", path.display()))
        });
        match style {
            Ok(style) => cited.style = Some(style),
            Err(why) => reading.diagnostics.push(told(Code::StyleInvalid, source, "csl", why)),
        }
    }
    reading.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    cited
}

fn bibliography(path: &Path, bytes: &[u8], reading: &mut Reading) -> Bibliography {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let library = read_bibtex(&text);
    let mut diagnostics = Vec::new();
    if let Some(at) = text.find('\u{fffd}').filter(|_| std::str::from_utf8(bytes).is_err()) {
        diagnostics.push(Diagnostic {
            code: Code::InvalidUtf8,
            range: at..at + '\u{fffd}'.len_utf8(),
            message: "these bytes are not UTF-8 text".into(),
            help: "save the file as UTF-8".into(),
        });
    }
    let (found, without) = give(&mut reading.notebook, &library, &text);
    diagnostics.extend(library.diagnostics.into_iter().chain(found));
    diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    let places: HashMap<_, _> = reading.places.iter().map(|(id, range)| (id, range)).collect();
    let places = without.iter().filter_map(|id| places.get(id));
    let hints = places.map(|range| Diagnostic {
        code: Code::PaperWithoutCitation,
        range: (*range).clone(),
        message: format!("{} does not have this paper", path.display()),
        help: "`notebook add` takes its BibTeX entry, or leave it: what is not known is said to be missing"
            .into(),
    });
    let hints: Vec<_> = hints.collect();
    reading.diagnostics.extend(hints);
    Bibliography { path: path.display().to_string(), text, diagnostics }
}

/// A finding about a key of the front matter.
fn told(code: Code, source: &str, key: &str, message: String) -> Diagnostic {
    let help = "put the file there, beside the notebook, or take the key away".into();
    Diagnostic { code, range: line_of(source, key), message, help }
}

/// The line that a key of the front matter stands on.
fn line_of(source: &str, key: &str) -> Range<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..0
}
