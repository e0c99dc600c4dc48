//! Writes what the page needs into a folder.

use std::path::{Path, PathBuf};

use notebook_core::notebook::{Notebook, to_json};
use notebook_core::search::{Index, index_bytes};

use super::prerender::prerender;
use super::program::Program;
use super::progress::Progress;
use super::{Failure, beside, open, program, styles};

/// The folder to build into: the one asked for, the one Trunk is building, or `dist`.
pub(super) fn out(asked: Option<PathBuf>) -> PathBuf {
    asked
        .or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from))
        .unwrap_or_else(|| "dist".into())
}

/// Builds `file` into `out`. `Ok(false)` where findings forbid it.
pub(super) fn build(file: &Path, out: &Path, deny_warnings: bool) -> Result<bool, Failure> {
    let opened = open(file)?;
    if deny_warnings && !opened.passes(true) {
        return Ok(false);
    }
    let mut notebook = opened.reading.notebook;
    opened.files.settle(&mut notebook);
    let data = json(&notebook)?;
    write(&out.join("notebook.json"), &data)?;
    write(&out.join("notebook.schema.json"), &schema()?)?;
    opened.files.copy(out)?;
    let index = Index::build(&notebook);
    let mut progress = Progress::new();
    let beside = beside::publish(&notebook, &index, out, &mut progress)?;
    progress.end();
    let page = out.join("index.html");
    if page.is_file() {
        let frame = std::fs::read_to_string(&page)
            .map_err(|why| format!("{} cannot be read: {why}", page.display()))?;
        let whole = prerender(&frame, &notebook, index, &beside)?;
        let program = if beside.first.is_some() { Program::Large } else { Program::OnePage };
        write(&page, &program::settle(&styles::join(&whole, out)?, out, program)?)?;
    } else {
        eprintln!("note: {} is not there, so no page was written; `trunk build` makes both", page.display());
    }
    // An error is told and shown as the text it is; the page is made all the same.
    Ok(true)
}

/// The notebook as the data that the page fetches.
pub(super) fn json(notebook: &Notebook) -> Result<String, Failure> {
    to_json(notebook).map_err(|why| format!("the notebook has no JSON form: {why}"))
}

/// The index of the full-text search, for those who measure it.
pub(super) fn index(notebook: &Notebook) -> Vec<u8> {
    index_bytes(notebook, &Index::build(notebook), &mut |_| ())
}

/// The JSON schema of that data, written from the types.
pub(super) fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(Notebook);
    serde_json::to_string_pretty(&schema).map_err(|why| format!("the schema cannot be written: {why}"))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|why| format!("{} cannot be written: {why}", path.display()))
}
