//! Exports of a notebook as data: JSON, its schema, and the files that the client fetches.

use notebook_core::notebook::{Notebook, to_json};
use notebook_core::search::{Corpus, index_bytes};

use super::Failure;
use crate::pipeline::data_files;

/// Returns the notebook as JSON, for other programs.
pub(crate) fn json(notebook: &Notebook) -> Result<String, Failure> {
    to_json(notebook).map_err(|error| format!("the notebook cannot be written as JSON: {error}"))
}

/// Returns the JSON schema of that data, generated from the types.
pub(crate) fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(Notebook);
    serde_json::to_string_pretty(&schema).map_err(|error| format!("the schema cannot be written: {error}"))
}

/// Returns the full-text index, as the client fetches it.
pub(crate) fn index(notebook: &Notebook) -> Vec<u8> {
    index_bytes(notebook, &Corpus::build(notebook), &mut |_| ())
}

/// Returns the outline of a notebook that is not split into chunks, as the client fetches it.
pub(crate) fn outline(notebook: &Notebook) -> Vec<u8> {
    data_files::outline(notebook, &Corpus::build_without_texts(notebook)).to_bytes()
}
