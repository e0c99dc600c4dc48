//! The virtual list of a large notebook: only rows in view and near it are on the page.
//!
//! The prerendered entries stay until the rows that replace them look the same, or until a query needs others. Rows are drawn
//! in blocks. Two spacers take the room of the blocks that are not drawn, whose heights are measured or estimated. Where an
//! estimate above the window was wrong, the page is scrolled by the difference.

use std::cell::Cell;
use std::ops::Range;

use leptos::prelude::*;
use notebook_core::notebook::LinkedEntry;
use notebook_core::search::{Answer, Corpus, PackedRow, Row};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::app::App;
use super::dom::{self, MountedView};
use super::entries::EntryRequests;
use super::folds::Folds;
use super::scheduling::{effect, next_frame, on, spawn};
use super::{folds, highlight};
use crate::client::model::block_heights::{BlockHeights, ROWS_PER_BLOCK};
use crate::view::{self, ListRow, LoadState, NotesFold, ids};

/// Blocks that are drawn at once for a new answer at the top of the page: they fill the window below the page's header on
/// most screens, and the rest follows a frame later.
const FIRST_BLOCKS: Range<usize> = 0..1;
/// Windows above and below the one in view whose rows are drawn, so that scrolling shows no gap.
const OVERSCAN: f64 = 1.0;
/// Height of a window whose height is not known, in pixels.
const DEFAULT_WINDOW_HEIGHT: f64 = 800.0;
/// Milliseconds that entries are in view before they are fetched: scrolling past them fetches nothing.
const SCROLL_PAUSE: i32 = 50;
/// Milliseconds after a key before entries are fetched: drawing them would delay the next key.
const TYPING_PAUSE: i32 = 200;
/// Estimated height in pixels of a row with closed notes: a title, its byline and its line of facts.
const CLOSED_ROW_HEIGHT: f64 = 120.0;
/// Estimated height in pixels of a row with open notes.
const OPEN_ROW_HEIGHT: f64 = 300.0;

/// A block of rows on the page.
struct RowBlock {
    number: usize,
    element: HtmlElement,
    views: Vec<MountedView>,
    notes: NotesFold,
}

/// The virtual list, while it is on the page.
pub(super) struct VirtualList {
    container: HtmlElement,
    spacer_above: HtmlElement,
    spacer_below: HtmlElement,
    rows: Vec<PackedRow>,
    heights: BlockHeights,
    blocks: Vec<RowBlock>,
    /// Views of removed blocks, dropped in the next frame: that takes a while, and an answer waits for this one.
    removed: Vec<MountedView>,
    /// A row of an entry that has not arrived, with its view. It is copied: building each by a view would take most of the
    /// time between a key and its answer.
    placeholder: Option<(Element, MountedView)>,
    app: App,
    /// The page is not at its top. Stored, because reading it from the browser forces a layout.
    is_scrolled: bool,
    /// The time when the answer's words were typed, in milliseconds since 1970; 0 if they were not.
    typed_at: f64,
    is_render_scheduled: bool,
    /// Entries have arrived since the last frame.
    has_new_entries: bool,
}

/// Replaces the prerendered entries when the first entries have arrived, and shows every answer.
pub(super) fn start(app: App) {
    app.need_entries(&[0]);
    effect(move || {
        app.responses.track();
        let is_filtered = app.answer().with(|answer| !answer.query.is_empty());
        let has_first = app.with_entry(0, |first| first.is_some());
        let is_delayed = app.loading.with_untracked(|loading| *loading != LoadState::Ready);
        if app.list.with_value(Option::is_some) {
            draw_arrivals(app);
        } else if is_filtered || has_first || is_delayed || app.has_anchor() {
            // Outside of this effect, which would stop those that it starts.
            spawn(async move { replace_prerendered(app) });
        }
    });
}

/// Shows the list in place of the prerendered entries.
fn replace_prerendered(app: App) {
    if app.list.with_value(Option::is_some) {
        return;
    }
    let scroll_before = dom::scroll_top();
    folds::take_from_page(app);
    let focus = FocusInRow::get();
    let Some(list) = VirtualList::new(app) else { return };
    app.list.set_value(Some(list));
    let is_first = Cell::new(true);
    effect(move || {
        let is_filtered = app.answer().with(|answer| !answer.query.is_empty());
        if !is_first.replace(false) || is_filtered {
            folds::follow_query(app, is_filtered);
        }
        let rows = rows(app);
        with_list(app, |list| list.show_answer(rows));
        // Rows in view first, then those around them, then the side of the page, each in a frame of its own.
        next_frame(move || {
            next_frame(move || {
                render(app);
                next_frame(move || app.drawn.update(|times| *times += 1));
            });
        });
    });
    for event in ["scroll", "resize"] {
        on(&dom::window(), event, move |_| {
            let is_scrolled = dom::scroll_top() > 0.0;
            with_list(app, |list| list.is_scrolled = is_scrolled);
            schedule_render(app);
        });
    }
    next_frame(move || {
        // Emptying the content may have moved the page.
        dom::scroll_by(scroll_before - dom::scroll_top());
        if let Some(focus) = focus {
            focus.restore();
        }
        app.retry_anchor();
    });
}

/// Returns the rows of the answer, without those below closed headings.
fn rows(app: App) -> Vec<PackedRow> {
    app.folds.with_value(|folds| {
        app.with_answer(|corpus, answer| corpus.rows(answer, &|id, is_folded| folds.is_closed(id, is_folded)))
    })
}

fn with_list<T>(app: App, work: impl FnOnce(&mut VirtualList) -> T) -> Option<T> {
    app.list.update_value(|list| list.as_mut().map(work))
}

/// Draws entries that have arrived, all that arrive before the next frame together.
fn draw_arrivals(app: App) {
    with_list(app, |list| list.has_new_entries = true);
    schedule_render(app);
}

/// Scrolls to an entry or heading, and opens the sections around it. Returns false if the answer does not have it.
pub(super) fn reveal(app: App, id: &str) -> bool {
    if app.list.with_value(Option::is_none) {
        return false;
    }
    let sections = app.corpus.with_value(|corpus| sections_around(corpus, id));
    if folds::open_for_now(app, &sections) {
        redraw(app);
    }
    let is_found = with_list(app, |list| {
        let block = list.find(id)? / ROWS_PER_BLOCK;
        let top = list.container.get_bounding_client_rect().top();
        dom::scroll_by(top + list.heights.before(block));
        Some(())
    });
    if is_found.flatten().is_none() {
        return false;
    }
    render(app);
    true
}

/// Returns the anchors of the headings above an entry or heading, each with true if its author folded it.
fn sections_around(corpus: &Corpus, id: &str) -> Vec<(String, bool)> {
    let entry = || corpus.catalog.heading(corpus.titles.find(id)?);
    let parent = corpus.headings.find(id).map_or_else(entry, |heading| corpus.catalog.parent(heading));
    let above = std::iter::successors(parent, |heading| corpus.catalog.parent(*heading));
    above.map(|heading| (corpus.headings.id(heading).to_string(), corpus.is_folded(heading))).collect()
}

/// Returns the entries in view and near it; the first before the list is on the page.
pub(super) fn entries_in_view(app: App) -> Vec<usize> {
    with_list(app, |list| {
        let blocks = list.blocks_in_view(OVERSCAN);
        blocks.flat_map(|block| rows_of(&list.rows, block)).filter_map(entry_of).collect()
    })
    .unwrap_or_else(|| vec![0])
}

fn entry_of(row: Row) -> Option<usize> {
    match row {
        Row::Entry(entry) => Some(entry),
        Row::Heading(_) => None,
    }
}

/// Draws all rows again, after folds were opened or closed, or another version of the notebook has arrived.
pub(super) fn redraw(app: App) {
    let rows = rows(app);
    with_list(app, |list| list.show_answer(rows));
    render(app);
}

/// Shows or hides the rows of a section that was opened or closed. What is above it stays.
pub(super) fn refold(app: App, section: &str) {
    let rows = rows(app);
    let focus = FocusInRow::get();
    with_list(app, |list| list.replace_rows_of(section, rows));
    if let Some(focus) = focus {
        focus.restore();
    }
    render(app);
}

/// Renders before the next frame, once.
fn schedule_render(app: App) {
    let is_scheduled = with_list(app, |list| std::mem::replace(&mut list.is_render_scheduled, true));
    if is_scheduled == Some(false) {
        next_frame(move || {
            let has_arrivals = with_list(app, |list| {
                list.is_render_scheduled = false;
                std::mem::take(&mut list.has_new_entries)
            });
            if has_arrivals == Some(true) {
                with_list(app, VirtualList::redraw_placeholders);
            }
            render(app);
        });
    }
}

fn render(app: App) {
    let Some((in_view, typed_at)) = with_list(app, |list| (list.render(), list.typed_at)) else { return };
    let was_just_typed = js_sys::Date::now() - typed_at < f64::from(TYPING_PAUSE);
    let pause = if was_just_typed { TYPING_PAUSE } else { SCROLL_PAUSE };
    let needed = in_view.clone();
    app.scroll_pause.run(pause, move || app.need_entries(&needed));
    next_frame(move || highlight::show(app, &in_view));
    app.mark_anchor();
    app.hold_anchor();
}

/// Returns the rows of a block.
fn rows_of(rows: &[PackedRow], block: usize) -> impl Iterator<Item = Row> {
    rows.iter().skip(block * ROWS_PER_BLOCK).take(ROWS_PER_BLOCK).map(|row| row.unpack())
}

/// The place of the focus inside a row, which may be drawn again.
struct FocusInRow {
    id: String,
    /// Its position among the elements of the row that can have the focus.
    at: usize,
}

/// Elements that can have the focus.
const FOCUSABLE: &str = "a, button, summary, [tabindex]";

impl FocusInRow {
    /// Returns the focus, if it is inside a row.
    fn get() -> Option<Self> {
        let focused = dom::document().active_element()?;
        let row = focused.closest(&["#", ids::CONTENT, " [id]"].concat()).ok()??;
        let at = dom::query_all_in(&row, FOCUSABLE).iter().position(|element| *element == focused);
        Some(Self { id: row.id(), at: at.map_or(0, |at| at + 1) })
    }

    /// Focuses the same element again.
    fn restore(&self) {
        let Some(row) = dom::by_id::<HtmlElement>(&self.id) else { return };
        let inside =
            self.at.checked_sub(1).and_then(|at| dom::query_all_in(&row, FOCUSABLE).get(at).cloned());
        dom::focus_in_place(inside.as_ref().and_then(|inside| inside.dyn_ref()).unwrap_or(&row));
    }
}

/// Everything that rows are drawn from.
struct RowSource<'a> {
    corpus: &'a Corpus,
    answer: &'a Answer,
    entries: &'a EntryRequests,
    folds: &'a Folds,
    /// The notes of rows that the folds do not say otherwise of.
    notes: NotesFold,
}

impl RowSource<'_> {
    /// Returns a row; none if its entry has not arrived.
    fn row(&self, row: Row) -> Option<ListRow<'_>> {
        match row {
            Row::Heading(heading) => {
                let id = self.corpus.headings.id(heading);
                let is_closed = self.folds.is_closed(id.as_str(), self.corpus.is_folded(heading));
                Some(ListRow::Heading(heading, !is_closed))
            }
            Row::Entry(entry) => {
                let linked = self.entries.store.get(entry)?;
                let is_closed = || self.folds.is_closed(linked.entry.id().as_str(), false);
                let notes =
                    if self.notes == NotesFold::Open && is_closed() { NotesFold::Closed } else { self.notes };
                Some(ListRow::Entry(entry, linked, notes))
            }
        }
    }

    /// Draws rows into an element, instead of its children.
    fn draw(
        &self,
        element: &HtmlElement,
        rows: impl Iterator<Item = Row>,
        placeholder: Option<&Element>,
    ) -> Vec<MountedView> {
        element.set_text_content(None);
        let (mut mounted, mut known) = (Vec::new(), Vec::new());
        let mut mount = |known: &mut Vec<ListRow>| {
            let views = view::list_rows(self.corpus, self.answer, &std::mem::take(known));
            if !views.is_empty() {
                mounted.push(dom::mount_into(element, views.into_any()));
            }
        };
        for row in rows {
            match (self.row(row), row) {
                (Some(row), _) => known.push(row),
                (None, Row::Entry(entry)) => {
                    // Rows before the placeholder are mounted first, so that they come before it.
                    mount(&mut known);
                    if let Some(row) = placeholder.and_then(|row| fill_placeholder(row, self.corpus, entry)) {
                        let _ = element.append_child(&row);
                    }
                }
                (None, Row::Heading(_)) => {}
            }
        }
        mount(&mut known);
        mounted
    }
}

/// Returns the row of an entry that has not arrived, as a copy of a template.
fn fill_placeholder(template: &Element, corpus: &Corpus, entry: usize) -> Option<Node> {
    let row: Element = template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let title = dom::query_in(&row, "a")?;
    let id = corpus.titles.id(entry);
    // Titles and anchors are fetched by themselves, and may not be there yet.
    if !id.as_str().is_empty() {
        row.set_id(id.as_str());
    }
    dom::set_attribute(&title, "href", &format!("#{id}"));
    title.set_text_content(Some(corpus.name(entry)));
    row.last_element_child()?.set_text_content(Some(&corpus.place(entry)));
    Some(row.into())
}

fn placeholder_template() -> Option<(Element, MountedView)> {
    let parent = dom::create("div")?;
    let view = dom::mount_into(&parent, view::placeholder_row());
    Some((parent.first_element_child()?, view))
}

impl RowBlock {
    /// Fills the folds of its rows, which are drawn empty for a new answer.
    fn fill_folds(&mut self, app: App, rows: &[PackedRow]) {
        if self.notes != NotesFold::Empty {
            return;
        }
        self.notes = NotesFold::Closed;
        for row in rows_of(rows, self.number) {
            let Row::Entry(entry) = row else { continue };
            let draw = |entry: Option<&LinkedEntry>| {
                entry.map(|linked| {
                    (linked.entry.id().to_string(), view::fold_contents(&linked.entry, &linked.links))
                })
            };
            let Some((id, views)) = app.with_entry(entry, draw) else { continue };
            let Some(row) = dom::by_id::<Element>(&id) else { continue };
            for (class, view) in views {
                let fold = dom::query_in(&row, &format!("details.{class}"));
                if let Some(fold) = fold.and_then(|fold| fold.dyn_into().ok()) {
                    self.views.push(dom::mount_into(&fold, view));
                }
            }
        }
    }

    fn has_placeholders(&self) -> bool {
        dom::query_in(&self.element, ".loading").is_some()
    }
}

impl VirtualList {
    /// Prepares the page's content for rows that come and go.
    fn new(app: App) -> Option<Self> {
        let container = dom::by_id::<HtmlElement>(ids::CONTENT)?;
        let (spacer_above, spacer_below) = (dom::create("div")?, dom::create("div")?);
        container.set_text_content(None);
        for spacer in [&spacer_above, &spacer_below] {
            dom::set_attribute(spacer, "aria-hidden", "true");
            let _ = container.append_child(spacer);
        }
        dom::set_attribute(&container, "data-rows", "");
        dom::set_attribute(&dom::root(), "data-virtual-list", "");
        Some(Self {
            container,
            spacer_above,
            spacer_below,
            rows: Vec::new(),
            heights: BlockHeights::default(),
            blocks: Vec::new(),
            removed: Vec::new(),
            placeholder: placeholder_template(),
            app,
            is_scrolled: dom::scroll_top() > 0.0,
            typed_at: 0.0,
            is_render_scheduled: false,
            has_new_entries: false,
        })
    }

    fn has_words(&self) -> bool {
        self.app.with_answer(|_, answer| answer.has_words())
    }

    fn row_height(&self) -> f64 {
        if self.has_words() { CLOSED_ROW_HEIGHT } else { OPEN_ROW_HEIGHT }
    }

    /// Returns the state of notes in rows of the answer. Results of a search are compact, and drawn with empty folds first.
    fn notes(&self, is_first: bool) -> NotesFold {
        match (self.has_words(), is_first) {
            (false, _) => NotesFold::Open,
            (true, true) => NotesFold::Empty,
            (true, false) => NotesFold::Closed,
        }
    }

    /// Replaces the rows by those of a new answer, and draws the ones in view.
    fn show_answer(&mut self, rows: Vec<PackedRow>) {
        self.remove_blocks_from(0);
        self.heights.estimate(0, rows.len(), self.row_height());
        self.rows = rows;
        self.typed_at = if self.app.has_unwritten_words() { js_sys::Date::now() } else { 0.0 };
        let blocks = if self.is_scrolled { self.blocks_in_view(0.0) } else { FIRST_BLOCKS };
        self.draw_blocks(&blocks, self.notes(true));
    }

    /// Replaces the rows after a section was opened or closed. Blocks before that of its heading stay.
    fn replace_rows_of(&mut self, section: &str, rows: Vec<PackedRow>) {
        let kept = self.find(section).map_or(0, |row| row / ROWS_PER_BLOCK);
        self.remove_blocks_from(kept);
        self.heights.estimate(kept, rows.len(), self.row_height());
        self.rows = rows;
        let blocks = self.blocks_in_view(0.0);
        self.draw_blocks(&blocks, self.notes(false));
    }

    fn remove_blocks_from(&mut self, first: usize) {
        for block in self.blocks.extract_if(.., |block| block.number >= first) {
            block.element.remove();
            self.removed.extend(block.views);
        }
    }

    /// Returns the position of an entry or heading among the rows. O(rows).
    fn find(&self, id: &str) -> Option<usize> {
        let target = self.app.corpus.with_value(|corpus| corpus.headings.find(id)).map(Row::Heading);
        let target = target.or_else(|| self.app.find(id).map(Row::Entry))?;
        self.rows.iter().position(|row| row.unpack() == target)
    }

    /// Returns the blocks in view, and those in `overscan` windows above and below it.
    fn blocks_in_view(&self, overscan: f64) -> Range<usize> {
        let height = dom::window_size().map_or(DEFAULT_WINDOW_HEIGHT, |(_, height)| height);
        let top = -self.container.get_bounding_client_rect().top();
        self.heights.between(top - overscan * height, top + (1.0 + overscan) * height)
    }

    /// Draws the blocks in view, and removes the others. Returns the entries that are drawn.
    fn render(&mut self) -> Vec<usize> {
        self.measure();
        let blocks = self.blocks_in_view(OVERSCAN);
        self.removed.clear();
        let Self { app, rows, .. } = self;
        self.blocks.iter_mut().for_each(|block| block.fill_folds(*app, rows));
        self.draw_blocks(&blocks, self.notes(false));
        self.measure();
        let rows = blocks.flat_map(|block| rows_of(&self.rows, block));
        rows.filter_map(entry_of).collect()
    }

    /// Draws blocks that are not on the page, and removes the others.
    fn draw_blocks(&mut self, range: &Range<usize>, notes: NotesFold) {
        self.blocks.retain(|block| {
            let stays = range.contains(&block.number);
            if !stays {
                block.element.remove();
            }
            stays
        });
        for block in range.clone() {
            if block < self.heights.len() && self.blocks.iter().all(|drawn| drawn.number != block) {
                self.draw_block(block, notes);
            }
        }
        dom::set_pixels(&self.spacer_above, "block-size", self.heights.before(range.start));
        dom::set_pixels(&self.spacer_below, "block-size", self.heights.from(range.end));
    }

    fn draw_block(&mut self, number: usize, notes: NotesFold) {
        let Some(element) = dom::create("div") else { return };
        let at = self.blocks.iter().position(|block| block.number > number).unwrap_or(self.blocks.len());
        let next = self.blocks.get(at).map_or(&self.spacer_below, |block| &block.element);
        let _ = self.container.insert_before(&element, Some(next));
        let views = self.draw_rows(&element, number, notes);
        self.blocks.insert(at, RowBlock { number, element, views, notes });
    }

    fn draw_rows(&self, element: &HtmlElement, block: usize, notes: NotesFold) -> Vec<MountedView> {
        let placeholder = self.placeholder.as_ref().map(|(template, _)| template);
        self.app.entries.with_value(|entries| {
            self.app.folds.with_value(|folds| {
                self.app.with_answer(|corpus, answer| {
                    let source = RowSource { corpus, answer, entries, folds, notes };
                    source.draw(element, rows_of(&self.rows, block), placeholder)
                })
            })
        })
    }

    /// Draws blocks with placeholders again.
    fn redraw_placeholders(&mut self) {
        let notes = self.notes(false);
        let mut blocks = std::mem::take(&mut self.blocks);
        for block in blocks.iter_mut().filter(|block| block.has_placeholders()) {
            block.notes = notes;
            block.views = self.draw_rows(&block.element, block.number, notes);
        }
        self.blocks = blocks;
        self.measure();
    }

    /// Measures the blocks on the page. What is in view stays in its place.
    fn measure(&mut self) {
        // Below a table the list is hidden, and has no heights.
        if self.container.hidden() {
            return;
        }
        // By how much the blocks so far have moved what is below them.
        let mut moved = 0.0;
        let mut shift = 0.0;
        for block in &self.blocks {
            let bounds = block.element.get_bounding_client_rect();
            let difference = self.heights.record(block.number, bounds.height());
            moved += difference;
            let was_above = bounds.bottom() - moved <= 0.0;
            if was_above {
                shift += difference;
            }
        }
        if shift != 0.0 {
            dom::scroll_by(shift);
        }
    }
}
