//! The table of papers: which ones it shows, and when.

use leptos::prelude::*;
use notebook_core::notebook::Entry;
use notebook_core::paper_table::{PaperTable, TablePaper};
use notebook_core::query::{Facet, Layout, Query};
use notebook_core::search::EntryKind;
use notebook_core::table::TableFormat;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::app::App;
use super::dom::MountedView;
use super::scheduling::effect;
use super::{clipboard, dom};
use crate::view::{self, LoadState, ids, strings};

/// Rows that are shown at first, and added by the button for more. Chosen, not measured: enough for most notebooks, and
/// few enough that the browser lays out the table at once.
const ROWS: usize = 100;

/// The state of the table.
#[derive(Default)]
pub(super) struct TableState {
    /// Rows that were added to the first ones.
    more_rows: usize,
    /// Papers that have arrived, by number. The store of entries may drop them before the last one arrives.
    papers: Vec<(usize, TablePaper)>,
    /// The table that is shown; none while it is incomplete.
    table: Option<PaperTable>,
    views: Vec<MountedView>,
}

impl TableState {
    fn paper(&self, entry: usize) -> Option<&TablePaper> {
        self.papers.iter().find(|(known, _)| *known == entry).map(|(_, paper)| paper)
    }
}

/// Shows a table for every answer that is laid out as one.
pub(super) fn start(app: App) {
    effect(move || {
        app.answer().track();
        show(app);
    });
    // A table that was incomplete is shown when more entries or their names have arrived.
    effect(move || {
        app.arrivals.track();
        app.responses.track();
        if is_table(app) && app.table.with_value(|state| state.table.is_none()) {
            show(app);
        }
    });
}

fn is_table(app: App) -> bool {
    app.with_answer(|_, answer| answer.query.layout != Layout::Notes)
}

/// Shows the table or the notes, and requests missing entries.
fn show(app: App) {
    let is_table = is_table(app);
    if let Some(content) = dom::by_id::<HtmlElement>(ids::CONTENT)
        && content.hidden() != is_table
    {
        content.set_hidden(is_table);
    }
    if !is_table {
        app.table.update_value(|state| {
            *state = TableState { more_rows: state.more_rows, ..TableState::default() }
        });
        show_status("");
        return show_container(&Layout::Notes, false);
    }
    let query = app.with_answer(|_, answer| answer.query.clone());
    let missing = if query.layout.is_compare() && !app.has_titles() {
        app.need_titles();
        true
    } else {
        request_missing(app, &query)
    };
    let status = match (missing, app.loading.get_untracked()) {
        (false, _) => "",
        (true, LoadState::Ready) => strings::TABLE_LOADING.text(),
        (true, _) => strings::TABLE_DELAYED.text(),
    };
    show_status(status);
    show_container(&query.layout, !missing);
}

/// Draws the table, unless it lacks entries: then requests them, and returns true.
fn request_missing(app: App, query: &Query) -> bool {
    let (entries, omitted) = papers(app, query);
    let mut missing = Vec::new();
    app.table.update_value(|state| {
        for entry in &entries {
            if state.paper(*entry).is_none() {
                match app.with_entry(*entry, |linked| table_paper(&linked?.entry)) {
                    Some(paper) => state.papers.push((*entry, paper)),
                    None => missing.push(*entry),
                }
            }
        }
        if !missing.is_empty() {
            state.table = None;
        }
    });
    if !missing.is_empty() {
        app.pin_entries(missing);
        return true;
    }
    let papers = app
        .table
        .with_value(|state| entries.iter().filter_map(|entry| state.paper(*entry).cloned()).collect());
    let hidden = match &query.layout {
        Layout::Table { without, .. } => without.as_slice(),
        _ => &[],
    };
    // The columns are in the order of the whole notebook, so that they stay in place when the query changes.
    let columns: Vec<String> =
        app.corpus.with_value(|corpus| corpus.catalog.names(Facet::Label).map(str::to_owned).collect());
    draw(app, query, PaperTable::new(papers, &columns, strings::OTHER_NOTES.text(), hidden), omitted);
    false
}

fn table_paper(entry: &Entry) -> Option<TablePaper> {
    match entry {
        Entry::Paper(paper) => Some(TablePaper::new(paper, strings::OTHER_NOTES.text())),
        _ => None,
    }
}

/// Returns the papers to show, and the number of those left out.
fn papers(app: App, query: &Query) -> (Vec<usize>, usize) {
    let max_rows = ROWS + app.table.with_value(|state| state.more_rows);
    let entries: Vec<usize> = match &query.layout {
        Layout::Compare(ids) => ids.iter().filter_map(|id| app.find(id)).collect(),
        _ => app.with_answer(|_, answer| {
            answer.order.iter().filter_map(|entry| usize::try_from(*entry).ok()).collect()
        }),
    };
    let mut papers: Vec<usize> = app.corpus.with_value(|corpus| {
        let is_paper = |entry: &usize| corpus.catalog.kind(*entry) == Some(EntryKind::Paper);
        entries.into_iter().filter(is_paper).collect()
    });
    let omitted = papers.split_off(papers.len().min(max_rows));
    (papers, omitted.len())
}

/// Draws a table into its container, and a button for the papers that it leaves out.
fn draw(app: App, query: &Query, table: PaperTable, omitted: usize) {
    let focus = focused_link();
    app.table.update_value(|state| {
        state.views.clear();
        let views = [
            ("table", view::table_content(query, &table)),
            (".compare-hint", view::compare_hint(query, &table)),
            (".chips", view::hidden_columns(query)),
        ];
        let views =
            views.into_iter().filter_map(|(selector, view)| Some(dom::mount_into(&part(selector)?, view)));
        state.views = views.collect();
    });
    if let Some(content) = part("table") {
        dom::remove_anchors(&content);
        if query.layout.is_compare() {
            mark_shared_links(&content, &table);
        }
    }
    if let Some(button) = part("[data-action=more]") {
        button.set_hidden(omitted == 0);
        button.set_text_content(Some(&strings::SHOW_MORE_ROWS.plural(omitted)));
    }
    app.table.update_value(|state| state.table = Some(table));
    if let Some((class, at)) = focus {
        restore_focus(&class, at);
    }
}

/// Marks the links to entries that several papers mention.
fn mark_shared_links(content: &Element, table: &PaperTable) {
    for (href, _) in table.papers().iter().flat_map(TablePaper::mentions) {
        if table.is_shared(href) {
            // An anchor has no quotation marks.
            for link in dom::query_all_in(content, &["td a[href='", href, "']"].concat()) {
                link.set_class_name("shared");
            }
        }
    }
}

/// Returns the part of the container that matches a selector.
fn part(selector: &str) -> Option<HtmlElement> {
    dom::query(&["#", ids::TABLE, " ", selector].concat())?.dyn_into().ok()
}

/// Shows the state of a table that is not complete; an empty text, if it is.
fn show_status(text: &str) {
    if let Some(status) = part(".remark") {
        status.set_text_content(Some(text));
    }
}

/// Shows or hides the container.
fn show_container(layout: &Layout, is_shown: bool) {
    if let Some(container) = part(".paper-table") {
        container.set_hidden(!is_shown);
        let _ = dom::root().toggle_attribute_with_force("data-table", is_shown);
        let _ = container.class_list().toggle_with_force("compare", layout.is_compare());
    }
}

/// Returns class and position of the link of the table that has the focus.
fn focused_link() -> Option<(String, usize)> {
    let focused = dom::document().active_element()?;
    let class = focused.class_name();
    let links = dom::query_all(&["#", ids::TABLE, " a.", &class].concat());
    links.iter().position(|link| **link == focused).map(|at| (class, at))
}

/// Restores the focus after a table was drawn again, which has other nodes.
fn restore_focus(class: &str, at: usize) {
    let mut links = dom::query_all(&["#", ids::TABLE, " a.", class].concat());
    // The last link of its class is gone.
    if links.is_empty() {
        links = dom::query_all(&["#", ids::TABLE, " .table"].concat());
    }
    if let Some(link) = links.get(at).or(links.last()) {
        let _ = link.focus();
    }
}

/// Forgets the papers of the table, which another version of the notebook has replaced.
pub(super) fn forget_papers(app: App) {
    app.table.update_value(|state| {
        state.papers.clear();
        state.table = None;
    });
}

/// Shows more rows.
pub(super) fn show_more_rows(app: App) {
    app.table.update_value(|state| state.more_rows += ROWS);
    show(app);
}

/// Shows all of a long cell, or cuts it off again.
pub(super) fn toggle_cell(button: &Element) {
    let is_expanded = button.get_attribute("aria-expanded").as_deref() != Some("true");
    let (value, label) =
        if is_expanded { ("true", strings::SHOW_LESS) } else { ("false", strings::SHOW_ALL) };
    dom::set_attribute(button, "aria-expanded", value);
    button.set_text_content(Some(label.text()));
}

/// Copies the table in the format that a button's value names.
pub(super) fn copy(app: App, button: &Element) {
    let label = button.get_attribute("value").unwrap_or_default();
    let Some(format) = parse_format(&label) else { return };
    let is_transposed = app.with_answer(|_, answer| answer.query.layout.is_compare());
    let corner = strings::PAPER_COLUMN.text();
    let write = |table: &PaperTable| table.write(format, is_transposed, corner);
    if let Some(text) = app.table.with_value(|state| state.table.as_ref().map(write)) {
        clipboard::copy_text(button, text, strings::COPY_BLOCKED, label);
    }
}

/// Returns the format that a button's value names, one of [`strings::TABLE_FORMATS`]. None for any other value: a copy in
/// a format other than the one on the button would be worse than none.
fn parse_format(value: &str) -> Option<TableFormat> {
    let formats = [TableFormat::Markdown, TableFormat::Csv, TableFormat::Latex];
    let named = strings::TABLE_FORMATS.into_iter().zip(formats);
    named.into_iter().find_map(|(name, format)| (name == value).then_some(format))
}
