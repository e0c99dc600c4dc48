//! The notebook as JSON, and why some JSON is refused.

use std::fmt;

use super::read::RELATED;
use super::tree::{Json, Read as _, Wrong};
use super::{Entry, FORMAT, Notebook, Noted, Related};

/// Why some bytes are not a notebook that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A page came instead of data: a host that answers every address with its own page.
    Html,
    /// The end is missing.
    Truncated,
    /// Written by a newer Notebook.
    Newer {
        /// The version it has.
        found: u32,
    },
    /// Something else, with the JSON reader's own words and place.
    Invalid(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html => f.write_str("a web page came instead of the notebook's data"),
            Self::Truncated => f.write_str("the notebook's data ends too early"),
            Self::Newer { found } => {
                write!(f, "the notebook's data has format {found}, and this page reads up to format {FORMAT}")
            }
            Self::Invalid(why) => write!(f, "the notebook's data cannot be read: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// The notebook as compact JSON.
///
/// # Errors
/// None in practice: every notebook has a JSON form. The serialiser's own error otherwise.
pub fn to_json(notebook: &Notebook) -> Result<String, serde_json::Error> {
    serde_json::to_string(notebook)
}

/// An entry as compact JSON, with what it has to do with others where there is such.
///
/// # Errors
/// None in practice, as for a whole notebook.
pub fn noted_to_json(entry: &Entry, related: &Related) -> Result<String, serde_json::Error> {
    let mut json = serde_json::to_string(entry)?;
    if !related.is_empty() && json.pop().is_some() {
        json.extend([",\"", RELATED, "\":", &serde_json::to_string(related)?, "}"]);
    }
    Ok(json)
}

/// Reads a list of entries, each with what it has to do with others.
///
/// # Errors
/// A [`Refusal`] that says what came instead.
pub fn entries_from_json(bytes: &[u8]) -> Result<Vec<Noted>, Refusal> {
    Vec::read(tree(bytes)?).map_err(|wrong| Refusal::Invalid(wrong.to_string()))
}

fn tree(bytes: &[u8]) -> Result<Json, Refusal> {
    if bytes.trim_ascii_start().first() == Some(&b'<') {
        return Err(Refusal::Html);
    }
    serde_json::from_slice(bytes).map_err(|error| refusal(&error))
}

/// Reads a notebook from JSON of any version up to [`FORMAT`]. Unknown fields are ignored.
///
/// # Errors
/// A [`Refusal`] that says what came instead.
pub fn from_json(bytes: &[u8]) -> Result<Notebook, Refusal> {
    let json = tree(bytes)?;
    let invalid = |wrong: Wrong| Refusal::Invalid(wrong.to_string());
    // The version first: a newer format may not fit the types.
    let found: u32 = json.field("format").map_err(invalid)?;
    if found > FORMAT {
        return Err(Refusal::Newer { found });
    }
    Notebook::read(json).map_err(invalid)
}

fn refusal(error: &serde_json::Error) -> Refusal {
    if error.is_eof() { Refusal::Truncated } else { Refusal::Invalid(error.to_string()) }
}
