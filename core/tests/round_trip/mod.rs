//! Reading, writing and reading again.

use notebook_core::markdown::{read, write};
use notebook_core::notebook::{Notebook, from_json, to_json};

/// Reads a notebook, which must be the same after it was written as Markdown and as JSON.
pub(crate) fn read_stable(source: &str) -> Notebook {
    let notebook = read(source).notebook;
    let written = write(&notebook);
    let again = read(&written).notebook;
    assert_eq!(again, notebook, "an export says the same:\n{written}");
    assert_eq!(write(&again), written, "an export of the export is the same text");
    assert_eq!(from_json(to_json(&notebook).unwrap().as_bytes()).as_ref(), Ok(&notebook));
    notebook
}
