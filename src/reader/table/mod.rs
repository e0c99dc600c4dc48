//! Papers in a table: which ones, and when. `cells` sorts what their notes say into columns, `draw` shows it.

mod cells;
mod draw;

use std::cell::RefCell;

use leptos::prelude::*;
use notebook_core::query::{Facet, Layout};
use notebook_core::search::{Answer, Counted, Index};
use notebook_core::table::Form;
use web_sys::{Element, HtmlElement};

use self::cells::Sorted;
use super::dom;
use super::later::follow;
use super::{Shown, listen};
use crate::view::{ids, strings};

/// Rows that are shown at first, and with every wish for more.
const ROWS: usize = 100;

/// Finds the number of an entry by its anchor.
type Number = Box<dyn Fn(&str) -> Option<usize>>;
/// Finds an entry by its number.
type Entry = Box<dyn Fn(usize) -> Option<Element>>;

/// Where papers are to be had.
pub(super) struct Source {
    /// The number of an entry, by its anchor; none while that is not known.
    pub(super) number: Number,
    /// An entry as the page shows it; none before it has come.
    pub(super) entry: Entry,
    /// Asks for those that have not come.
    pub(super) want: fn(Vec<usize>),
}

struct Table {
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    source: Source,
    /// Rows that are shown at the most.
    most: usize,
    /// Papers that have come, by number.
    known: Vec<(usize, Element)>,
    /// What is shown, to be copied.
    sorted: Option<Sorted>,
}

thread_local! {
    static TABLE: RefCell<Option<Table>> = const { RefCell::new(None) };
}

/// Shows a table whenever the answer is to be laid out as one.
pub(super) fn start(Shown { answer, index, .. }: Shown, source: Source) {
    let known = Vec::new();
    TABLE.set(Some(Table { answer, index, source, most: ROWS, known, sorted: None }));
    follow(move || {
        answer.track();
        show();
    });
}

/// Entries have come, or their names.
pub(super) fn came() {
    if with(|table| table.is_asked() && table.sorted.is_none()).unwrap_or_default() {
        show();
    }
}

/// Entries did not come; they are asked for again.
pub(super) fn late() {
    with(|table| {
        if table.is_asked() && table.sorted.is_none() {
            draw::say(strings::TABLE_LATE.text());
        }
    });
}

fn with<T>(work: impl FnOnce(&mut Table) -> T) -> Option<T> {
    TABLE.with_borrow_mut(|table| table.as_mut().map(work))
}

/// Shows what is there, and asks for what is not; the notes stand there again where no table is asked for.
fn show() {
    let missing = with(Table::show);
    if let Some((want, missing)) = missing.flatten() {
        want(missing);
    }
}

/// Asks for entries.
type Want = fn(Vec<usize>);

impl Table {
    fn is_asked(&self) -> bool {
        self.answer.with_untracked(|answer| answer.query.layout != Layout::Notes)
    }

    /// Shows the table that is asked for, and tells what is missing for it.
    fn show(&mut self) -> Option<(Want, Vec<usize>)> {
        let is_asked = self.is_asked();
        if let Some(content) = dom::by_id::<HtmlElement>(ids::CONTENT)
            && content.hidden() != is_asked
        {
            content.set_hidden(is_asked);
        }
        self.sorted = None;
        draw::say("");
        if !is_asked {
            self.known.clear();
            draw::show(&Layout::Notes, false);
            return None;
        }
        let (wanted, more) = self.wanted();
        let mut missing = Vec::new();
        for record in &wanted {
            if self.known(*record).is_none() {
                match (self.source.entry)(*record) {
                    Some(entry) => self.known.push((*record, entry)),
                    None => missing.push(*record),
                }
            }
        }
        if missing.is_empty() {
            self.put(&wanted, more);
        } else {
            draw::say(strings::TABLE_WAITS.text());
        }
        self.answer.with_untracked(|answer| draw::show(&answer.query.layout, missing.is_empty()));
        Some((self.source.want, missing))
    }

    fn known(&self, record: usize) -> Option<&Element> {
        self.known.iter().find(|(known, _)| *known == record).map(|(_, entry)| entry)
    }

    /// Which papers are to be shown, and how many are not.
    fn wanted(&self) -> (Vec<usize>, usize) {
        let wanted: Vec<usize> = self.answer.with_untracked(|answer| match &answer.query.layout {
            Layout::Compare(ids) => ids.iter().filter_map(|id| (self.source.number)(id)).collect(),
            _ => answer.order.iter().filter_map(|record| usize::try_from(*record).ok()).collect(),
        });
        let mut papers = self.index.with_value(|index| {
            let is_paper = |record: &usize| index.catalog.kind(*record) == Some(Counted::Paper);
            wanted.into_iter().filter(is_paper).collect::<Vec<_>>()
        });
        let rest = papers.split_off(papers.len().min(self.most));
        (papers, rest.len())
    }

    fn put(&mut self, wanted: &[usize], more: usize) {
        let papers: Vec<&Element> = wanted.iter().filter_map(|record| self.known(*record)).collect();
        let here = focused();
        let sorted = self.answer.with_untracked(|answer| {
            let without = match &answer.query.layout {
                Layout::Matrix { without, .. } => without.as_slice(),
                _ => &[],
            };
            let sorted = Sorted::of(&papers, &self.columns(), without);
            draw::draw(&answer.query, &sorted, more);
            sorted
        });
        self.sorted = Some(sorted);
        again(here);
    }

    /// Columns in the order of the whole notebook, so that they stay where they are whatever is asked.
    fn columns(&self) -> Vec<String> {
        self.index.with_value(|index| index.catalog.labels(Facet::Label).map(str::to_owned).collect())
    }

    /// What is shown as it is written elsewhere.
    fn written(&self, form: Form) -> Option<String> {
        let is_turned = self.answer.with_untracked(|answer| answer.query.layout.is_compare());
        Some(self.sorted.as_ref()?.written(form, is_turned))
    }
}

/// The place of the focus among the links of the table.
fn focused() -> Option<(String, usize)> {
    let focused = dom::document().active_element()?;
    let class = focused.class_name();
    let all = dom::all(&["#", ids::TABLE, " a.", &class].concat());
    all.iter().position(|link| **link == focused).map(|at| (class, at))
}

/// Gives the focus back to where it was: a table that is drawn anew has other nodes.
fn again(here: Option<(String, usize)>) {
    let Some((class, at)) = here else { return };
    let mut all = dom::all(&["#", ids::TABLE, " a.", &class].concat());
    // What was the last of its kind is gone.
    if all.is_empty() {
        all = dom::all(&["#", ids::TABLE, " .table"].concat());
    }
    if let Some(next) = all.get(at).or(all.last()) {
        let _ = next.focus();
    }
}

/// Shows more rows.
pub(super) fn more() {
    with(|table| table.most += ROWS);
    show();
}

/// Shows all of a cell, or less of it again.
pub(super) fn unfold(button: &Element) {
    let open = button.get_attribute("aria-expanded").as_deref() != Some("true");
    let (told, says) =
        if open { ("true", strings::SHOW_LESS.text()) } else { ("false", strings::SHOW_ALL.text()) };
    let _ = button.set_attribute("aria-expanded", told);
    button.set_text_content(Some(says));
}

/// Copies the table in the form that a button names.
pub(super) fn copy(button: &Element) {
    let form = button.get_attribute("value").unwrap_or_default();
    let name = match form.as_str() {
        "CSV" => Form::Csv,
        "LaTeX" => Form::Latex,
        _ => Form::Markdown,
    };
    let Some(text) = with(|table| table.written(name)).flatten() else { return };
    listen::copy_for(button, text, strings::COPY_NOT_ALLOWED, form);
}
