//! The palette: everything there is to go to or to do, by a few of its letters.

use std::cmp::Reverse;

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::search::{Answer, Counted, Index, best, fuzzy_rank, ordered};

use super::element::{El, el, text};
use super::strings::{self, Word};
use super::{Action, Search, ids};

/// Lines that are shown at the most.
const MOST: usize = 12;
/// With more entries than this the full-text search looks for their names.
const MANY: usize = 5_000;

/// What a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entry or heading, by its anchor.
    Anchor(String),
    /// Something to do.
    Act(Action),
    /// Something to ask.
    Ask(Query),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    name: String,
    kind: Word,
    /// What it leads to.
    pub target: Target,
}

/// The palette as it stands: what is typed, and the line that Enter takes.
#[derive(Clone, Copy)]
pub struct Palette {
    /// What is typed; nothing while the palette is closed.
    pub typed: RwSignal<Option<String>>,
    /// The place of the line.
    pub active: RwSignal<usize>,
    /// What is offered, best first.
    pub lines: Memo<Vec<Line>>,
}

impl Palette {
    pub(super) fn new(index: StoredValue<Index>, answer: Memo<Answer>, search: Signal<Search>) -> Self {
        let typed = RwSignal::new(None::<String>);
        let lines = Memo::new(move |_| {
            let Some(typed) = typed.get() else { return Vec::new() };
            let can_clear = answer.with(|answer| !answer.query.is_empty());
            index.with_value(|index| search.with(|search| lines(index, search, &typed, can_clear)))
        });
        Self { typed, active: RwSignal::new(0), lines }
    }
}

fn lines(index: &Index, search: &Search, typed: &str, can_clear: bool) -> Vec<Line> {
    let mut ranked: Vec<(u32, Line)> = Vec::new();
    let mut offer = |name: &str, kind: Word, target: &dyn Fn() -> Target| {
        if let Some(rank) = fuzzy_rank(name, typed) {
            ranked.push((rank, Line { name: name.to_owned(), kind, target: target() }));
        }
    };
    for heading in 0..index.headings.len() {
        offer(index.headings.title(heading), strings::SECTION, &|| {
            Target::Anchor(index.headings.id(heading).to_string())
        });
    }
    for (action, name) in strings::ACTIONS {
        offer(name.text(), strings::ACTION, &|| Target::Act(action));
    }
    if can_clear {
        offer(strings::CLEAR_ALL.text(), strings::ACTION, &|| Target::Ask(Query::default()));
    }
    for record in entries(index, search, typed) {
        let kind = index.catalog.kind(record).unwrap_or(Counted::Prose);
        offer(index.names.title(record), strings::kind(kind), &|| {
            Target::Anchor(index.names.id(record).to_string())
        });
    }
    // Where nothing is typed all fit alike, and what can be done comes last.
    let key = |at: usize| {
        ranked.get(at).map(|(rank, line)| {
            (Reverse(*rank), typed.is_empty() && !matches!(line.target, Target::Anchor(_)))
        })
    };
    let order = ordered(ranked.len(), &|one, other| key(one).cmp(&key(other)));
    let best = order.into_iter().take(MOST);
    best.filter_map(|at| Some(ranked.get(usize::try_from(at).ok()?)?.1.clone())).collect()
}

/// Entries whose names may fit.
fn entries(index: &Index, search: &Search, typed: &str) -> Vec<usize> {
    if index.names.len() <= MANY {
        return (0..index.names.len()).filter(|record| !index.names.title(*record).is_empty()).collect();
    }
    let Some(found) = search.find(typed) else { return Vec::new() };
    best(&found.scores, MOST).into_iter().filter_map(|record| usize::try_from(record).ok()).collect()
}

/// The name of a line's element.
fn option(at: usize) -> String {
    format!("_option-{at}")
}

/// The dialog; the reader opens it, and listens.
pub(super) fn palette(palette: Palette) -> El {
    let Palette { active, lines, .. } = palette;
    let options = move || {
        let active = active.get();
        let option = |(at, line): (usize, &Line)| {
            let view = el("li").attr("id", option(at)).attr("role", "option");
            let view = view.attr("aria-selected", if at == active { "true" } else { "false" });
            view.child(el("span").text(&line.name)).child(el("span").class("kind").text(line.kind)).into()
        };
        lines.with(|lines| lines.iter().enumerate().map(|(at, line)| option((at, line))).collect())
    };
    let input = el("input")
        .attr("id", ids::PALETTE_BOX)
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", ids::PALETTE_LIST)
        .attr("aria-label", strings::PALETTE)
        .attr("placeholder", strings::PALETTE)
        .live_attr("aria-expanded", move || Some(lines.with(|lines| !lines.is_empty()).to_string()))
        .live_attr("aria-activedescendant", move || {
            let any = lines.with(|lines| !lines.is_empty());
            any.then(|| option(active.get()))
        });
    // No text at all where there is nothing to say: an empty one would take up a line.
    let none = move || {
        let none = palette.typed.with(Option::is_some) && lines.with(Vec::is_empty);
        none.then(|| text(strings::NOTHING)).into_iter().collect()
    };
    let list =
        el("ul").attr("id", ids::PALETTE_LIST).attr("role", "listbox").attr("aria-label", strings::PALETTE);
    el("dialog")
        .attr("id", ids::PALETTE)
        .attr("aria-label", strings::PALETTE)
        .child(input)
        .child(list.live(options))
        .child(el("p").class("none").attr("role", "status").live(none))
}
