//! References, fetched when a reader first wants one: shown in a dialog to be copied, or saved as a file.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use notebook_core::search::{Answer, Counted, Index};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Element, HtmlDialogElement, HtmlElement, Url};

use super::address::Address;
use super::dom::{self, Mounted};
use super::fetch::{self, Failure};
use super::later::{after, spawn};
use super::listen;
use crate::view::{self, Cite, ids, strings};

/// The place of the forms in a row: behind the number of the entry and its title.
const FORMS: u32 = 2;
/// The place of the first form that is shown; it is the last that can be saved in.
const FIRST: u32 = 6;

#[derive(Clone, Copy)]
struct Citing {
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    /// The number of an entry, by its anchor.
    number: fn(&str) -> Option<usize>,
}

thread_local! {
    static CITING: Cell<Option<Citing>> = const { Cell::new(None) };
    /// The entry whose references were asked for last.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
    /// What stands in the dialog.
    static SHOWN: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Begins, with nothing fetched.
pub(super) fn start(answer: Memo<Answer>, index: StoredValue<Index>, number: fn(&str) -> Option<usize>) {
    CITING.set(Some(Citing { answer, index, number }));
}

/// Fills the dialog; what stood there goes.
fn show(cite: &Cite) {
    let view = view::cite(cite);
    SHOWN.take();
    SHOWN.set(dom::mount(ids::CITE, || view));
}

/// Shows how to cite the entry that a button stands in; one that stands in none asks again for the last.
pub(super) fn open(button: &Element) {
    let Some(citing) = CITING.get() else { return };
    if let Some(entry) = button.closest("main [tabindex='-1'][id]").ok().flatten() {
        LAST.set(entry.id());
    }
    let id = LAST.with_borrow(Clone::clone);
    let Some(number) = (citing.number)(&id) else { return };
    if let Some(dialog) = dom::by_id::<HtmlDialogElement>(ids::CITE).filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
    show(&Cite::Waiting);
    spawn(async move {
        let cite = match rows(vec![number]).await {
            Ok((file, rows)) => ready(&file, &rows, &id),
            Err(Failure::Status(404)) => Cite::Outdated,
            Err(_) => Cite::Failed,
        };
        // Another entry may have been asked for in the meantime.
        if LAST.with_borrow(|last| *last == id) {
            show(&cite);
        }
    });
}

fn ready(file: &JsValue, rows: &[Array], id: &str) -> Cite {
    let Some(row) = rows.first() else { return Cite::Outdated };
    let here = Address::link_to(id);
    let names = list(file, "names");
    let mut forms = Vec::new();
    for at in 0..names.length() {
        let text = text(row, FIRST + at);
        if !text.is_empty() {
            forms.push((self::text(&names, at), text.replace(strings::HERE, &here)));
        }
    }
    Cite::Ready { title: text(row, 1), forms }
}

/// Copies the text beside a button.
pub(super) fn copy(button: &Element) {
    let text = button.next_element_sibling().and_then(|text| text.text_content()).unwrap_or_default();
    listen::copy_for(button, text, strings::SELECT_BY_HAND, strings::COPY.into());
}

/// Saves the papers that are shown, in their order, in the form that a button names.
pub(super) fn export(button: &Element) {
    let Some(Citing { answer, index, .. }) = CITING.get() else { return };
    let form = button.get_attribute("value").and_then(|form| form.parse::<u32>().ok()).unwrap_or_default();
    let papers: Vec<usize> = index.with_value(|index| {
        answer.with_untracked(|answer| {
            let order = answer.order.iter().filter_map(|record| usize::try_from(*record).ok());
            order.filter(|record| index.catalog.kind(*record) == Some(Counted::Paper)).collect()
        })
    });
    say(strings::REFERENCES_WAIT.text());
    spawn(async move {
        let says = match rows(papers).await {
            Ok((file, rows)) => match save(&joined(&file, &rows, form), form) {
                Some(()) => "",
                None => strings::REFERENCES_FAILED.text(),
            },
            Err(Failure::Status(404)) => strings::OUTDATED.text(),
            Err(_) => strings::REFERENCES_FAILED.text(),
        };
        say(says);
        if let Some(menu) = dom::by_id::<HtmlElement>(ids::EXPORT).filter(|_| says.is_empty()) {
            // It may be closed already.
            let _ = menu.hide_popover();
        }
    });
}

/// Says how the saving goes, where one chose a form.
fn say(text: &str) {
    if let Some(place) =
        dom::document().get_element_by_id(ids::EXPORT).and_then(|menu| menu.last_element_child())
    {
        place.set_text_content(Some(text));
    }
}

/// One form of some rows as a file has it.
fn joined(file: &JsValue, rows: &[Array], form: u32) -> String {
    let head = if form == 2 { get(file, "head").as_string().unwrap_or_default() } else { String::new() };
    let (begin, between, end) = match form {
        0 => ("[\n", ",\n", "\n]\n"),
        4 => ("", "\n", ""),
        _ => (head.as_str(), "", ""),
    };
    let rows: Vec<String> = rows.iter().map(|row| text(row, FORMS + form)).collect();
    [begin, &rows.join(between), end].concat()
}

/// Lets the browser save a text as a file.
fn save(text: &str, form: u32) -> Option<()> {
    let end = strings::ENDS.get(usize::try_from(form).ok()?)?;
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = dom::document().create_element("a").ok()?.unchecked_into();
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", &["papers.", end].concat()).ok()?;
    link.click();
    // Once the browser has taken it.
    after(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}

/// The rows of some entries, and a file that holds some of them. Each file is fetched once.
async fn rows(numbers: Vec<usize>) -> Result<(JsValue, Vec<Array>), Failure> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT).ok_or(Failure::Nowhere)?;
    let first = root.get_attribute("data-citations").ok_or(Failure::Nowhere)?;
    let mut files = vec![(first.clone(), fetch::json(&first).await?)];
    // Of a large notebook the first file says which of the others begins with which entry.
    let parts = files.first().map(|(_, file)| list(file, "parts")).unwrap_or_default();
    let part = |at| {
        let part: Array = parts.get(at).unchecked_into();
        Some((numbered(&part)?, text(&part, 1)))
    };
    let parts: Vec<(usize, String)> = (0..parts.length()).filter_map(part).collect();
    let (mut rows, mut here) = (Vec::with_capacity(numbers.len()), 0);
    for number in numbers {
        let after = parts.partition_point(|(first, _)| *first <= number);
        let part = after.checked_sub(1).and_then(|at| parts.get(at));
        let name = part.map_or_else(|| first.clone(), |(_, name)| name.clone());
        here = files.iter().position(|(known, _)| *known == name).unwrap_or(files.len());
        if here == files.len() {
            let file = fetch::json(&name).await?;
            files.push((name, file));
        }
        let all = files.get(here).map(|(_, file)| list(file, "rows")).unwrap_or_default();
        let rows_of = (0..all.length()).map(|at| all.get(at).unchecked_into::<Array>());
        let row = rows_of.into_iter().find(|row| numbered(row) == Some(number));
        rows.push(row.ok_or(Failure::Status(404))?);
    }
    let file = files.swap_remove(here).1;
    Ok((file, rows))
}

/// The number that a row or part begins with.
fn numbered(row: &Array) -> Option<usize> {
    // They are written as text: there are no other numbers here.
    text(row, 0).parse().ok()
}

/// A text in a row; an empty one where there is none.
fn text(row: &Array, at: u32) -> String {
    row.get(at).as_string().unwrap_or_default()
}

/// A list in a file; an empty one where there is none.
fn list(file: &JsValue, name: &str) -> Array {
    get(file, name).dyn_into().unwrap_or_default()
}

fn get(file: &JsValue, name: &str) -> JsValue {
    Reflect::get(file, &name.into()).unwrap_or_default()
}
