//! The lines of a large notebook that are in sight: they come as they are scrolled to, and go again.
//!
//! Lines stand in blocks. A block that was seen has its height, others one that is guessed; what is not in
//! sight is room. Where a guess was wrong above what is read, the page is scrolled by the difference.

use std::cell::{Cell, RefCell};

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use notebook_core::notebook::Noted;
use notebook_core::search::{Answer, Index, Line, Row};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::later::{after, follow, next_frame, on};
use super::{Shown, address, dom, marks, parts};
use crate::view::{self, Notes, ids};

/// Lines in a block.
const BLOCK: usize = 8;
/// Pixels of a line, guessed.
const GUESS: f64 = 120.0;
/// Blocks in sight at the most, however high the window is.
const MOST: usize = 12;
/// Blocks that are drawn at once where the page is at its top: they fill what most windows have under the page's head.
const FIRST: usize = 1;
/// Milliseconds that entries are in sight before they are asked for.
const MOMENT: i32 = 50;
/// Milliseconds after a key before entries are asked for: who types on is not slowed down by what comes.
const PAUSE: i32 = 200;

struct Block {
    at: usize,
    element: HtmlElement,
    views: Vec<UnmountHandle<AnyViewState>>,
    notes: Notes,
}

struct Lines {
    place: HtmlElement,
    above: HtmlElement,
    below: HtmlElement,
    rows: Vec<Row>,
    heights: Vec<f64>,
    blocks: Vec<Block>,
    /// Of blocks that are not on the page any more: to let them go takes a while too.
    gone: Vec<UnmountHandle<AnyViewState>>,
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    /// Whether the page is scrolled: asking the browser would make it lay out what has just changed.
    scrolled: bool,
    /// When the question was typed, in milliseconds; long ago where it was chosen.
    typed: f64,
}

thread_local! {
    static LINES: RefCell<Option<Lines>> = const { RefCell::new(None) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
    /// Whether entries have come since lines were drawn.
    static CAME: Cell<bool> = const { Cell::new(false) };
}

/// Shows what the answer shows, from now on.
pub(super) fn start(Shown { answer, index, .. }: Shown, drawn: RwSignal<u32>) {
    let Some(place) = dom::by_id::<HtmlElement>(ids::CONTENT) else { return };
    let (Some(above), Some(below)) = (room(), room()) else { return };
    place.set_text_content(None);
    let _ = place.set_attribute("data-lines", "");
    let _ = dom::root().set_attribute("data-large", "");
    let _ = place.append_child(&above);
    let _ = place.append_child(&below);
    let (rows, heights, blocks, gone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let scrolled = dom::window().page_y_offset().is_ok_and(|offset| offset > 0.0);
    LINES.set(Some(Lines {
        place,
        above,
        below,
        rows,
        heights,
        blocks,
        gone,
        answer,
        index,
        scrolled,
        typed: 0.0,
    }));
    address::reveal_by(reveal);
    follow(move || {
        let rows = answer.with(|answer| index.with_value(|index| index.rows(answer)));
        with(|lines| {
            lines.take(rows);
            lines.typed = if address::is_typing() { js_sys::Date::now() } else { 0.0 };
            // What can be seen first; then the room around it, then the side, each in a frame of its own.
            let range = if lines.scrolled { lines.in_sight(0.0) } else { 0..FIRST };
            lines.show(&range, Notes::Later);
        });
        next_frame(move || {
            next_frame(move || {
                render();
                next_frame(move || drawn.update(|times| *times += 1));
            });
        });
    });
    for event in ["scroll", "resize"] {
        on(&dom::window(), event, |_| {
            let scrolled = dom::window().page_y_offset().is_ok_and(|offset| offset > 0.0);
            with(|lines| lines.scrolled = scrolled);
            soon();
        });
    }
}

/// Entries have come that may be in sight. What comes together is drawn together.
pub(super) fn came() {
    CAME.set(true);
    soon();
}

/// Draws what has come where it was waited for.
fn take_over() {
    with(|lines| {
        for block in &mut lines.blocks {
            // What waits is drawn again.
            if block.element.query_selector(".waiting").is_ok_and(|waiting| waiting.is_some()) {
                block.notes = Notes::Folded;
                block.views =
                    draw(&block.element, block.at, &lines.rows, lines.answer, lines.index, block.notes);
            }
        }
        // First what was read stays in its place, then an anchor that was gone to.
        lines.measure();
    });
    address::settle();
}

/// Scrolls to an entry or heading; whether it is there.
fn reveal(id: &str) -> bool {
    let found = with(|lines| {
        let at = lines.find(id)?;
        let top: f64 = lines.heights.iter().take(at / BLOCK).sum();
        let here = lines.place.get_bounding_client_rect().top();
        dom::scroll_by(here + top);
        Some(())
    });
    if found.flatten().is_none() {
        return false;
    }
    render();
    true
}

fn with<T>(work: impl FnOnce(&mut Lines) -> T) -> Option<T> {
    LINES.with_borrow_mut(|lines| lines.as_mut().map(work))
}

fn room() -> Option<HtmlElement> {
    let element: HtmlElement = dom::document().create_element("div").ok()?.dyn_into().ok()?;
    element.set_attribute("aria-hidden", "true").ok()?;
    Some(element)
}

fn set_height(element: &HtmlElement, height: f64) {
    dom::set_pixels(element, "block-size", height);
}

/// Renders before the next frame, once.
fn soon() {
    if !WAITING.replace(true) {
        next_frame(|| {
            WAITING.set(false);
            if CAME.take() {
                take_over();
            }
            render();
        });
    }
}

/// Asks for entries once they have been in sight for a moment: who types or scrolls on does not wait for them.
fn want(in_sight: Vec<usize>, pause: i32) {
    thread_local! {
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }
    let this = ASKED.get().wrapping_add(1);
    ASKED.set(this);
    after(pause, move || {
        if ASKED.get() == this {
            parts::want(in_sight.into_iter());
        }
    });
}

fn render() {
    let in_sight = with(|lines| lines.render(1.0)).unwrap_or_default();
    if let Some((answer, index, typed)) = with(|lines| (lines.answer, lines.index, lines.typed)) {
        let was_just_typed = js_sys::Date::now() - typed < f64::from(PAUSE);
        want(in_sight.clone(), if was_just_typed { PAUSE } else { MOMENT });
        next_frame(move || marks::show(index, answer, &in_sight));
    }
    address::mark_here();
}

/// Draws the lines of a block into its element, instead of what is there.
fn draw(
    element: &HtmlElement,
    at: usize,
    rows: &[Row],
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    notes: Notes,
) -> Vec<UnmountHandle<AnyViewState>> {
    element.set_text_content(None);
    let (mut drawn, mut views) = (Vec::new(), Vec::new());
    let mount = |views: Vec<AnyView>| mount_to(element.clone(), move || views.into_any());
    for row in rows.iter().skip(at * BLOCK).take(BLOCK) {
        let line = row.line();
        let view = |entry: Option<&_>| {
            index.with_value(|index| {
                answer.with_untracked(|answer| view::line(index, answer, line, entry, notes))
            })
        };
        let view = match line {
            Line::Heading(_) => view(None),
            Line::Entry(record) => parts::with(record, view),
        };
        match (view, line) {
            (Some(view), _) => views.push(view),
            (None, Line::Entry(record)) => {
                if !views.is_empty() {
                    drawn.push(mount(std::mem::take(&mut views)));
                }
                if let Some(line) = index.with_value(|index| waiting(index, record)) {
                    let _ = element.append_child(&line);
                }
            }
            (None, Line::Heading(_)) => {}
        }
    }
    if !views.is_empty() {
        drawn.push(mount(views));
    }
    drawn
}

/// The line of an entry that has not come. They are copies of one: to build each anew would be most of what a key
/// waits for.
fn waiting(index: &Index, record: usize) -> Option<Node> {
    thread_local! {
        static FORM: Option<(Element, UnmountHandle<AnyViewState>)> = form();
    }
    let line = FORM.with(|form| form.as_ref()?.0.clone_node_with_deep(true).ok())?;
    let heading = line.first_child()?;
    let title: Element = heading.first_child()?.dyn_into().ok()?;
    let id = index.names.id(record);
    // What it is called may come after it.
    if !id.as_str().is_empty() {
        dom::set(line.unchecked_ref(), "id", id.as_str());
    }
    dom::set(&title, "href", &format!("#{id}"));
    title.set_text_content(Some(index.name(record)));
    heading.next_sibling()?.set_text_content(Some(&index.place(record)));
    Some(line)
}

fn form() -> Option<(Element, UnmountHandle<AnyViewState>)> {
    let place: HtmlElement = dom::document().create_element("div").ok()?.dyn_into().ok()?;
    let view = mount_to(place.clone(), view::waiting);
    Some((place.first_element_child()?, view))
}

impl Block {
    /// Draws what is folded in its lines, where they stand there without.
    fn fill(&mut self, rows: &[Row]) {
        if std::mem::replace(&mut self.notes, Notes::Folded) == Notes::Folded {
            return;
        }
        for row in rows.iter().skip(self.at * BLOCK).take(BLOCK) {
            let Line::Entry(record) = row.line() else { continue };
            let folded = |noted: Option<&Noted>| {
                noted.map(|noted| (noted.entry.id().to_string(), view::folded(&noted.entry, &noted.related)))
            };
            let Some((id, folded)) = parts::with(record, folded) else { continue };
            let Some(line) = dom::by_id::<Element>(&id) else { continue };
            for (class, view) in folded {
                let fold = line.query_selector(&format!("details.{class}")).ok().flatten();
                if let Some(fold) = fold.and_then(|fold| fold.dyn_into().ok()) {
                    self.views.push(mount_to(fold, || view));
                }
            }
        }
    }
}

impl Lines {
    fn take(&mut self, rows: Vec<Row>) {
        for block in self.blocks.drain(..) {
            block.element.remove();
            self.gone.extend(block.views);
        }
        let guess = |rows: &[Row]| u8::try_from(rows.len()).map_or(0.0, |lines| f64::from(lines) * GUESS);
        self.heights = rows.chunks(BLOCK).map(guess).collect();
        self.rows = rows;
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.index.with_value(|index| {
            let wanted = match index.headings.find(id) {
                Some(heading) => Line::Heading(heading),
                None => Line::Entry(index.names.find(id)?),
            };
            self.rows.iter().position(|row| row.line() == wanted)
        })
    }

    /// Blocks from the first in sight to behind the last, with so many windows of room on either side.
    fn in_sight(&self, room: f64) -> std::ops::Range<usize> {
        let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0);
        let top = -self.place.get_bounding_client_rect().top();
        let (from, to) = (top - room * height, top + (1.0 + room) * height);
        let mut at = 0.0;
        let (mut first, mut end) = (None, 0);
        for (block, size) in self.heights.iter().enumerate() {
            if at + size > from && first.is_none() {
                first = Some(block);
            }
            if at < to {
                end = block + 1;
            }
            at += size;
        }
        let first = first.unwrap_or_default().min(end);
        first..end.min(first + MOST)
    }

    /// Shows the blocks in sight and takes the others away. The entries in sight.
    fn render(&mut self, room: f64) -> Vec<usize> {
        self.measure();
        let range = self.in_sight(room);
        self.gone.clear();
        self.blocks.iter_mut().for_each(|block| block.fill(&self.rows));
        self.show(&range, Notes::Folded);
        self.measure();
        let rows = self.rows.iter().skip(range.start * BLOCK).take(range.len() * BLOCK);
        let entries = rows.filter_map(|row| match row.line() {
            Line::Entry(record) => Some(record),
            Line::Heading(_) => None,
        });
        entries.collect()
    }

    /// Shows some blocks and takes the others away.
    fn show(&mut self, range: &std::ops::Range<usize>, notes: Notes) {
        self.blocks.retain(|block| {
            let stays = range.contains(&block.at);
            if !stays {
                block.element.remove();
            }
            stays
        });
        for at in range.clone() {
            if at < self.heights.len() && self.blocks.iter().all(|block| block.at != at) {
                self.add(at, notes);
            }
        }
        set_height(&self.above, self.heights.iter().take(range.start).sum());
        set_height(&self.below, self.heights.iter().skip(range.end).sum());
    }

    fn add(&mut self, at: usize, notes: Notes) {
        let element = dom::document().create_element("div").ok().and_then(|element| element.dyn_into().ok());
        let Some(element): Option<HtmlElement> = element else { return };
        let next = self.blocks.iter().position(|block| block.at > at).unwrap_or(self.blocks.len());
        let before = self.blocks.get(next).map_or(&self.below, |block| &block.element);
        let _ = self.place.insert_before(&element, Some(before));
        let views = draw(&element, at, &self.rows, self.answer, self.index, notes);
        self.blocks.insert(next, Block { at, element, views, notes });
    }

    /// Takes down how high the blocks are; what is in sight stays where it is.
    fn measure(&mut self) {
        // Under a table there is nothing to see.
        if self.place.hidden() {
            return;
        }
        let mut moved = 0.0;
        for block in &self.blocks {
            let bounds = block.element.get_bounding_client_rect();
            let Some(known) = self.heights.get_mut(block.at) else { continue };
            if (bounds.height() - *known).abs() > 0.5 {
                if bounds.bottom() < 0.0 {
                    moved += bounds.height() - *known;
                }
                *known = bounds.height();
            }
        }
        if moved != 0.0 {
            dom::scroll_by(moved);
        }
    }
}
