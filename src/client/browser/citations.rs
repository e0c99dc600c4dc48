//! Citations, fetched when a reader first wants one: shown in a dialog to be copied, or saved as a file.

use js_sys::Array;
use leptos::prelude::*;
use notebook_core::notebook::{CitationFile, CitationRecord, ExportFormat};
use notebook_core::search::EntryKind;
use web_sys::{Blob, Element, HtmlElement, Url};

use super::app::App;
use super::dom::{self, MountedView};
use super::fetch::{self, FetchError, NOT_FOUND};
use super::scheduling::{after, effect, spawn};
use super::{clipboard, url};
use crate::view::{self, CitationState, ids, strings};

/// The attribute with the name of the first file of citations.
const CITATIONS: &str = "data-citations";
/// Milliseconds before the URL of a saved file is revoked: the browser may not have read it before.
const REVOKE_DELAY: i32 = 10_000;

/// The citation dialog.
#[derive(Default)]
pub(super) struct CitationDialog {
    /// The anchor of the entry.
    cited: String,
    /// The number of the entry is not known yet.
    is_pending: bool,
    /// The content of the dialog.
    shown: CitationState,
    /// The view in the dialog.
    view: Option<MountedView>,
}

/// Cites an entry that was not known when it was asked for, once it has arrived.
pub(super) fn start(app: App) {
    effect(move || {
        app.arrivals.track();
        app.responses.track();
        if app.citations.with_value(|dialog| dialog.is_pending) {
            cite(app);
        }
    });
}

/// Replaces the view in the dialog.
fn show(app: App, citation: CitationState) {
    let view = view::citation_dialog(&citation);
    app.citations.update_value(|dialog| {
        dialog.shown = citation;
        dialog.view = None;
        dialog.view = dom::mount(ids::CITATION, || view);
    });
}

/// Shows how to cite the entry that contains a button. The button to try again is in the dialog, and repeats the last.
pub(super) fn open(app: App, button: &Element) {
    if let Some(entry) = button.closest("main [tabindex='-1'][id]").ok().flatten() {
        app.citations.update_value(|dialog| dialog.cited = entry.id());
    }
    dom::show_dialog(ids::CITATION);
    show(app, CitationState::Loading);
    cite(app);
}

fn cite(app: App) {
    let id = app.citations.with_value(|dialog| dialog.cited.clone());
    let entry = app.find(&id);
    app.citations.update_value(|dialog| dialog.is_pending = entry.is_none());
    let Some(entry) = entry else { return app.need_titles() };
    spawn(async move {
        let citation = match CitationFiles::fetch_for(&[entry]).await {
            Ok(files) => match files.find(entry) {
                Some((file, record)) => citation_of(file, record, &id),
                None => CitationState::Outdated,
            },
            Err(FetchError::Status(NOT_FOUND)) => CitationState::Outdated,
            Err(_) => CitationState::Failed,
        };
        // Unless another entry was opened in the meantime.
        if app.citations.with_value(|dialog| dialog.cited == id) {
            show(app, citation);
        }
    });
}

fn citation_of(file: &CitationFile, record: &CitationRecord, id: &str) -> CitationState {
    let link = url::link_to(id);
    let forms = file.names.iter().zip(record.shown()).filter(|(_, text)| !text.is_empty());
    let forms = forms.map(|(name, text)| (name.clone(), text.replace(strings::PAGE_URL_PLACEHOLDER, &link)));
    CitationState::Ready { title: record.title().to_owned(), formats: forms.collect() }
}

/// Copies the format whose position in the dialog is the value of a button.
pub(super) fn copy(app: App, button: &Element) {
    let at = button.get_attribute("value").and_then(|value| value.parse::<usize>().ok());
    let text = app.citations.with_value(|dialog| match &dialog.shown {
        CitationState::Ready { formats, .. } => formats.get(at?).map(|(_, text)| text.clone()),
        _ => None,
    });
    if let Some(text) = text {
        clipboard::copy_text(button, text, strings::COPY_MANUALLY, strings::COPY.into());
    }
}

/// Saves the papers of the answer in the format that a button's value names.
pub(super) fn export(app: App, button: &Element) {
    let extension = button.get_attribute("value").unwrap_or_default();
    let format = ExportFormat::ALL.into_iter().find(|format| format.extension() == extension);
    let Some(format) = format else { return };
    let papers: Vec<usize> = app.with_answer(|corpus, answer| {
        let order = answer.order.iter().filter_map(|entry| usize::try_from(*entry).ok());
        order.filter(|entry| corpus.catalog.kind(*entry) == Some(EntryKind::Paper)).collect()
    });
    show_export_status(strings::CITATIONS_LOADING.text());
    spawn(async move {
        let status = match CitationFiles::fetch_for(&papers).await {
            Ok(files) => match files.join(&papers, format) {
                Some(text) if save(&text, format).is_some() => "",
                Some(_) => strings::CITATIONS_FAILED.text(),
                None => strings::OUTDATED.text(),
            },
            Err(FetchError::Status(NOT_FOUND)) => strings::OUTDATED.text(),
            Err(_) => strings::CITATIONS_FAILED.text(),
        };
        show_export_status(status);
        // The menu from which that of the formats was opened: both close.
        if let Some(menu) = dom::by_id::<HtmlElement>(ids::MENU).filter(|_| status.is_empty()) {
            // It fails if the menu is closed already.
            let _ = menu.hide_popover();
        }
    });
}

/// Shows a status in the menu of export formats.
fn show_export_status(text: &str) {
    let menu = dom::by_id::<Element>(ids::EXPORT);
    if let Some(status) = menu.and_then(|menu| menu.last_element_child()) {
        status.set_text_content(Some(text));
    }
}

/// Saves a text as a file, by a click on a link to it.
fn save(text: &str, format: ExportFormat) -> Option<()> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link = dom::create("a")?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", &["papers.", format.extension()].concat()).ok()?;
    link.click();
    after(REVOKE_DELAY, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}

/// The files of citations that some entries are in.
struct CitationFiles(Vec<(String, CitationFile)>);

impl CitationFiles {
    /// Fetches the files of some entries, each once.
    async fn fetch_for(entries: &[usize]) -> Result<Self, FetchError> {
        let name = dom::page_attribute(CITATIONS).ok_or(FetchError::Unnamed)?;
        let first = fetch_file(&name).await?;
        let mut names: Vec<String> = Vec::new();
        for name in entries.iter().filter_map(|entry| first.part_of(*entry)) {
            if names.iter().all(|known| known != name) {
                names.push(name.to_owned());
            }
        }
        let mut files = vec![(String::new(), first)];
        for name in names {
            let file = fetch_file(&name).await?;
            files.push((name, file));
        }
        Ok(Self(files))
    }

    /// Returns the record of an entry, and the file that has it.
    fn find(&self, entry: usize) -> Option<(&CitationFile, &CitationRecord)> {
        let (_, first) = self.0.first()?;
        let name = first.part_of(entry).unwrap_or_default();
        let (_, file) = self.0.iter().find(|(known, _)| known == name)?;
        Some((file, file.record(entry)?))
    }

    /// Joins the records of entries to a file; none if a record is missing.
    fn join(&self, entries: &[usize], format: ExportFormat) -> Option<String> {
        let records: Option<Vec<_>> = entries.iter().map(|entry| self.find(*entry)).collect();
        let records = records?;
        let header = records.first().map_or("", |(file, _)| &file.csv_header);
        let records: Vec<_> = records.iter().map(|(_, record)| record.export(format)).collect();
        Some(format.join(&records, header))
    }
}

async fn fetch_file(name: &str) -> Result<CitationFile, FetchError> {
    let bytes = fetch::file(name).await?;
    CitationFile::from_json(&bytes).map_err(|_| FetchError::Unreachable)
}
