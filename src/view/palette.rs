//! The command palette: entries, sections and commands, found by some letters of their names.

use std::cmp::Reverse;

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::search::{Answer, Corpus, EntryKind, best, fuzzy_rank, ordered};

use super::action::Action;
use super::element::{El, el, text};
use super::ids;
use super::page_inputs::PageInputs;
use super::search_state::SearchState;
use super::strings::{self, Message};

/// Items that are listed: as many as fit on a phone. Whoever does not see the right one types on.
const MAX_ITEMS: usize = 12;

/// Entries up to which every name is compared on each key, which takes a few milliseconds. In a larger notebook the names
/// come from full-text search.
const MAX_COMPARED_ENTRIES: usize = 5_000;

/// Effect of a palette item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaletteTarget {
    /// Goes to an entry or heading, given by its anchor.
    Anchor(String),
    /// Runs an action.
    Run(Action),
    /// Asks a query.
    Query(Query),
}

/// An item of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteItem {
    name: String,
    kind: Message,
    /// Effect of choosing the item.
    pub target: PaletteTarget,
}

/// State of the palette.
#[derive(Clone, Copy)]
pub struct Palette {
    /// Text in the box; `None` while the palette is closed.
    pub typed: RwSignal<Option<String>>,
    /// Index of the item that Enter chooses.
    pub active: RwSignal<usize>,
    /// Matching items, best first.
    pub items: Memo<Vec<PaletteItem>>,
}

impl Palette {
    pub(super) fn new(PageInputs { corpus, revision, search, .. }: PageInputs, answer: Memo<Answer>) -> Self {
        let typed = RwSignal::new(None::<String>);
        let items = Memo::new(move |_| {
            let Some(typed) = typed.get() else { return Vec::new() };
            revision.track();
            let can_clear = answer.with(|answer| !answer.query.is_empty());
            corpus
                .with_value(|corpus| search.with(|search| matching_items(corpus, search, &typed, can_clear)))
        });
        Self { typed, active: RwSignal::new(0), items }
    }
}

/// Returns the items whose names match, best first. `can_clear` adds the command that clears the query.
fn matching_items(corpus: &Corpus, search: &SearchState, typed: &str, can_clear: bool) -> Vec<PaletteItem> {
    let mut ranked: Vec<(u32, PaletteItem)> = Vec::new();
    let mut offer = |name: &str, kind: Message, target: &dyn Fn() -> PaletteTarget| {
        if let Some(rank) = fuzzy_rank(name, typed) {
            ranked.push((rank, PaletteItem { name: name.to_owned(), kind, target: target() }));
        }
    };
    for heading in 0..corpus.headings.len() {
        offer(corpus.headings.title(heading), strings::KIND_SECTION, &|| {
            PaletteTarget::Anchor(corpus.headings.id(heading).to_string())
        });
    }
    for (action, name) in strings::PALETTE_ACTIONS {
        offer(name.text(), strings::KIND_ACTION, &|| PaletteTarget::Run(action));
    }
    if can_clear {
        offer(strings::CLEAR_ALL.text(), strings::KIND_ACTION, &|| PaletteTarget::Query(Query::default()));
    }
    for entry in candidate_entries(corpus, search, typed) {
        let kind = corpus.catalog.kind(entry).unwrap_or(EntryKind::Prose);
        offer(corpus.titles.title(entry), strings::kind_name(kind), &|| {
            PaletteTarget::Anchor(corpus.titles.id(entry).to_string())
        });
    }
    // Before anything is typed, every item has the same rank: then commands come last.
    let key = |index: usize| {
        ranked.get(index).map(|(rank, item)| {
            let is_command = !matches!(item.target, PaletteTarget::Anchor(_));
            (Reverse(*rank), typed.is_empty() && is_command)
        })
    };
    let order = ordered(ranked.len(), &|one, other| key(one).cmp(&key(other)));
    let best = order.into_iter().take(MAX_ITEMS);
    best.filter_map(|index| Some(ranked.get(usize::try_from(index).ok()?)?.1.clone())).collect()
}

/// Returns the entries whose names may match.
fn candidate_entries(corpus: &Corpus, search: &SearchState, typed: &str) -> Vec<usize> {
    if corpus.titles.len() <= MAX_COMPARED_ENTRIES {
        return (0..corpus.titles.len()).filter(|entry| !corpus.titles.title(*entry).is_empty()).collect();
    }
    let Some(found) = search.find(typed) else { return Vec::new() };
    best(&found.scores, MAX_ITEMS).into_iter().filter_map(|entry| usize::try_from(entry).ok()).collect()
}

/// Returns the id of an item's element.
fn item_id(index: usize) -> String {
    format!("_option-{index}")
}

/// Renders the dialog, which the client opens.
///
/// It is a combobox with a list box (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>): the focus stays in the box.
pub(super) fn dialog(palette: Palette) -> El {
    let Palette { typed, active, items } = palette;
    let options = move || {
        let active = active.get();
        let option = |index: usize, item: &PaletteItem| {
            el("li")
                .attr("id", item_id(index))
                .attr("role", "option")
                .attr("aria-selected", if index == active { "true" } else { "false" })
                .child(el("span").text(&item.name))
                .child(el("span").class("kind").text(item.kind))
                .into()
        };
        items.with(|items| items.iter().enumerate().map(|(index, item)| option(index, item)).collect())
    };
    // An empty text node would take up a line, so there is none unless there is a message.
    let no_results = move || {
        let is_empty = typed.with(Option::is_some) && items.with(Vec::is_empty);
        is_empty.then(|| text(strings::NO_RESULTS)).into_iter().collect()
    };
    let list =
        el("ul").attr("id", ids::PALETTE_LIST).attr("role", "listbox").attr("aria-label", strings::PALETTE);
    el("dialog")
        .attr("id", ids::PALETTE)
        .attr("aria-label", strings::PALETTE)
        .child(input(active, items))
        .child(list.reactive(options))
        .child(el("p").class("none").attr("role", "status").reactive(no_results))
}

fn input(active: RwSignal<usize>, items: Memo<Vec<PaletteItem>>) -> El {
    let has_items = move || items.with(|items| !items.is_empty());
    el("input")
        .attr("id", ids::PALETTE_INPUT)
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", ids::PALETTE_LIST)
        .attr("aria-label", strings::PALETTE)
        .attr("placeholder", strings::PALETTE)
        .reactive_attr("aria-expanded", move || Some(has_items().to_string()))
        .reactive_attr("aria-activedescendant", move || has_items().then(|| item_id(active.get())))
}
