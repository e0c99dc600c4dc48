//! The full-text search beside the page: its program, and the index of the notebook.

use std::fs;
use std::path::Path;

use notebook_core::Notebook;
use notebook_core::search::{Index, index_bytes};

use super::{Failure, program};

/// The name under which Trunk builds the program.
const PROGRAM: &str = "finder";

/// What the page's own script asks for when a reader first searches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The program, without the end of its name; none where Trunk did not build it.
    program: Option<String>,
    index: String,
}

impl Places {
    /// The attributes by which the page tells them.
    pub(super) fn attributes(&self) -> String {
        let Some(program) = &self.program else { return String::new() };
        format!(" data-finder=\"{program}\" data-index=\"{}\"", self.index)
    }
}

/// Writes the index into `out`, and gives it and the program there names that change when they do.
pub(super) fn publish(notebook: &Notebook, out: &Path) -> Result<Places, Failure> {
    let bytes = index(notebook);
    let index = format!("index-{}.bin", program::name(&bytes));
    let path = out.join(&index);
    fs::create_dir_all(out)
        .and_then(|()| fs::write(&path, &bytes))
        .map_err(|why| format!("{} cannot be written: {why}", path.display()))?;
    Ok(Places { program: program::publish(PROGRAM, out)?, index })
}

/// The bytes of a notebook's index, for those who measure it.
pub(super) fn index(notebook: &Notebook) -> Vec<u8> {
    index_bytes(notebook, &Index::build(notebook))
}
