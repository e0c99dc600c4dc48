//! Writes what the page needs into a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notebook_core::diagnostic::Severity;
use notebook_core::notebook::{Notebook, Url, to_json};
use notebook_core::search::{Index, index_bytes};

use super::beside::Beside;
use super::citations::{self, Kept, Styles};
use super::folder::put;
use super::machines::Site;
use super::pages::Pages;
use super::parallel::both;
use super::prerender::prerender;
use super::program::Program;
use super::progress::Progress;
use super::{
    Failure, beside, icon, languages, machines, map, offline, open_while, pages, policy, program, start,
    styles,
};

/// The folder to build into: the one asked for, the one Trunk is building, or `dist`.
pub(super) fn out(asked: Option<PathBuf>) -> PathBuf {
    asked
        .or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from))
        .unwrap_or_else(|| "dist".into())
}

/// Builds `file` into `out`; it will be published at `url`. `Ok(false)` where findings forbid it.
pub(super) fn build(
    file: &Path,
    out: &Path,
    url: Option<&Url>,
    deny_warnings: bool,
) -> Result<bool, Failure> {
    let mut progress = Progress::new();
    let (mut opened, (index, bytes)) = open_while(file, Severity::Warning, |notebook| {
        let index = Index::build(notebook);
        let bytes = program::is_there(beside::FINDER, out).then(|| {
            progress.begin("full-text index", index.catalog.len());
            index_bytes(notebook, &index, &mut |at| progress.at(at))
        });
        (index, bytes)
    })?;
    if deny_warnings && !opened.passes(true) {
        return Ok(false);
    }
    let linked = &mut opened.linked;
    languages::speak(&linked.notebook);
    for notebook in [&mut opened.reading.notebook, &mut linked.notebook] {
        opened.files.settle(notebook);
        opened.files.measure(notebook);
    }
    let pictures = policy::pictures(&mut opened.reading.notebook);
    let site = Site::new(file, &opened.text, &opened.reading, url);
    let notebook = site.notebook();
    opened.files.copy(out)?;
    offline::manifest(notebook, out)?;
    put(&out.join("_headers"), policy::HEADERS.as_bytes())?;
    let styles = Styles::new(opened.cited.style.take(), notebook.language(), Kept::of(file));
    let is_large = beside::is_large(&index, &opened.text);
    let pages = if is_large { pages::plan(notebook) } else { Pages::default() };
    let map = map::plan(linked);
    // Neither needs the other, and they take longest.
    let mut bar = progress.another();
    let (beside, others) = both(
        || {
            put(&out.join("notebook.json"), json(notebook)?.as_bytes())?;
            put(&out.join("notebook.schema.json"), schema()?.as_bytes())?;
            beside::publish(linked, &index, bytes.as_deref(), is_large, out, &mut bar)
        },
        || {
            let others = map.iter().map(|_| map::PAGE.to_owned()).chain(pages.all);
            machines::publish(&site, &others.collect::<Vec<_>>(), out)?;
            citations::publish(&site, &styles, is_large, out, &mut progress)
        },
    );
    let mut beside = beside?;
    if let Some(file) = others? {
        beside.cites(file);
    }
    let page = out.join("index.html");
    if page.is_file() {
        let frame = std::fs::read_to_string(&page)
            .map_err(|why| format!("{} cannot be read: {why}", page.display()))?;
        let whole = prerender(&frame, &site, linked, index, &beside, &pages.sections)?;
        // While it is written, a page is not to be an older one.
        let is_served = policy::is_served_by_trunk(&frame);
        let whole = settle(&whole, (!is_served).then_some(&pictures), &mut beside, out)?;
        put(&page, whole.as_bytes())?;
        let (drawn, written) = both(
            || map.iter().try_for_each(|map| map::publish(&site, map, &pages.sections, out)),
            || match beside.first {
                Some(_) => pages::publish(&site, linked, &whole, &pictures, out, &mut progress),
                None => Ok(()),
            },
        );
        drawn.and(written)?;
        if is_served {
            offline::no_worker(out)?;
        } else {
            offline::worker(out)?;
        }
    } else {
        eprintln!("note: {} is not there, so no page was written; `trunk build` makes both", page.display());
    }
    progress.end();
    // The program ends here: to take a notebook apart again takes a while, and brings nothing.
    std::mem::forget(opened);
    // An error is told and shown as the text it is; the page is made all the same.
    Ok(true)
}

/// The page with its styles and the start of its program in it. One to be published is kept by browsers, under a
/// policy that lets it load `pictures`.
fn settle(
    page: &str,
    pictures: Option<&BTreeSet<String>>,
    beside: &mut Beside,
    out: &Path,
) -> Result<String, Failure> {
    let is_large = beside.first.is_some();
    let program = if is_large { Program::Large } else { Program::OnePage };
    let (page, late) = styles::settle(page, out, !is_large, &mut beside.files)?;
    let page = icon::settle(&page, out)?;
    let (mut page, program) = program::settle(&page, out, program, &mut beside.files)?;
    if let Some(program) = program {
        // The outline of a large notebook is fetched when it is wanted.
        let outline = beside.outline().filter(|_| !is_large);
        let words = languages::publish(out)?;
        page = start::settle(
            &page,
            &program,
            late.as_deref(),
            outline,
            words.as_deref(),
            pictures.is_some(),
            &beside.files,
        )?;
    }
    match pictures {
        Some(pictures) => policy::settle(&page, &policy::policy(&page, pictures, "'none'")),
        None => Ok(page),
    }
}

/// The notebook as data, for other programs.
pub(super) fn json(notebook: &Notebook) -> Result<String, Failure> {
    to_json(notebook).map_err(|why| format!("the notebook has no JSON form: {why}"))
}

/// The index of the full-text search, for those who measure it.
pub(super) fn index(notebook: &Notebook) -> Vec<u8> {
    index_bytes(notebook, &Index::build(notebook), &mut |_| ())
}

/// The outline of a notebook in one part, for those who measure it.
pub(super) fn outline(notebook: &Notebook) -> Vec<u8> {
    beside::outline(notebook, &Index::build(notebook)).to_bytes()
}

/// The JSON schema of that data, written from the types.
pub(super) fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(Notebook);
    serde_json::to_string_pretty(&schema).map_err(|why| format!("the schema cannot be written: {why}"))
}
