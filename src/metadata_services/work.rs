//! A work as the metadata services describe it.

use notebook_core::bibliography::{BibliographyEntry, read_csl};
use serde_json::{Map, Value};

/// The record of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Its data, without a key.
    pub(crate) entry: BibliographyEntry,
    /// The latest version, of a preprint.
    pub(crate) version: Option<u16>,
    /// A retraction or withdrawal.
    pub(crate) notice: Option<Notice>,
}

/// A notice that a work should not be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// `retraction`, `withdrawal`, and the like.
    pub(crate) kind: String,
    /// The address of the notice.
    pub(crate) address: Option<String>,
}

/// Converts an item of CSL-JSON, the form that every service is brought into. Fields that are null or empty are absent.
pub(super) fn from_csl(item: Value) -> Work {
    let Value::Object(item) = item else { return Work::default() };
    let mut item: Map<String, Value> = item.into_iter().filter(|(_, value)| !is_empty(value)).collect();
    // Its id is the service's: the author's bibliography has keys of another form.
    item.remove("id");
    item.entry("title").or_insert_with(|| Value::String(String::new()));
    let read = read_csl(&Value::Array(vec![Value::Object(item)]).to_string());
    let mut entry = read.ok().and_then(|mut library| library.entries.pop()).unwrap_or_default();
    entry.citation.key = None;
    Work { entry, ..Work::default() }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
