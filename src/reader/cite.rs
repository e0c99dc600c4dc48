//! References, fetched when a reader first wants one: shown in a dialog to be copied, or saved as a file.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use notebook_core::search::{Answer, Counted, Index};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Element, HtmlDialogElement, HtmlElement, Url};

use super::address::Address;
use super::fetch::{self, Failure};
use super::later::{after, spawn};
use super::{dom, listen};
use crate::view::{self, Cite, ids, strings};

/// The place of the forms in a row: behind the number of the entry and its title.
const FORMS: u32 = 2;
/// The place of the first form that is shown; it is the last that can be saved in.
const SHOWN: u32 = 6;

#[derive(Clone, Copy)]
struct Citing {
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    /// The number of an entry, by its anchor.
    number: fn(&str) -> Option<usize>,
    shown: RwSignal<Cite>,
}

thread_local! {
    static CITING: Cell<Option<Citing>> = const { Cell::new(None) };
    /// The entry whose references were asked for last.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
    /// Files that have come, by name.
    static FILES: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Begins, with nothing fetched.
pub(super) fn start(answer: Memo<Answer>, index: StoredValue<Index>, number: fn(&str) -> Option<usize>) {
    let shown = RwSignal::new(Cite::Waiting);
    if let Some(dialog) = dom::by_id::<HtmlElement>(ids::CITE) {
        mount_to(dialog, move || view::cite(shown.into())).forget();
    }
    CITING.set(Some(Citing { answer, index, number, shown }));
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
    citing.shown.set(Cite::Waiting);
    spawn(async move {
        let cite = match file_of(number).await {
            Ok(file) => ready(&file, number, &id),
            Err(Failure::Status(404)) => Cite::Outdated,
            Err(_) => Cite::Failed,
        };
        // Another entry may have been asked for in the meantime.
        if LAST.with_borrow(|last| *last == id) {
            citing.shown.set(cite);
        }
    });
}

fn ready(file: &JsValue, number: usize, id: &str) -> Cite {
    let Some(row) = row(file, number) else { return Cite::Outdated };
    let here = Address::link_to(id);
    let names = list(file, "names");
    let forms = names.iter().zip(SHOWN..).filter_map(|(name, at)| {
        let text = row.get(at).as_string().filter(|text| !text.is_empty())?;
        Some((name.as_string()?, text.replace(strings::HERE, &here)))
    });
    Cite::Ready { title: row.get(1).as_string().unwrap_or_default(), forms: forms.collect() }
}

/// Copies the text beside a button.
pub(super) fn copy(button: &Element) {
    let text = button.next_element_sibling().and_then(|text| text.text_content()).unwrap_or_default();
    let button = button.clone();
    spawn(async move {
        let says = if listen::copy(&text).await { strings::TEXT_COPIED } else { strings::SELECT_BY_HAND };
        dom::say(says);
        button.set_text_content(Some(says));
        after(2_000, move || button.set_text_content(Some(strings::COPY)));
    });
}

/// Saves the papers that are shown, in their order, in the form that a button names.
pub(super) fn export(button: &Element) {
    let form = button.get_attribute("value").and_then(|form| form.parse::<u32>().ok()).unwrap_or_default();
    let place = dom::document().query_selector(&format!("#{} [role=status]", ids::EXPORT)).ok().flatten();
    let say = move |text: &str| {
        if let Some(place) = &place {
            place.set_text_content(Some(text));
        }
    };
    say(strings::REFERENCES_WAIT);
    spawn(async move {
        match joined(form).await {
            Ok(text) => {
                say("");
                if save(&text, form).is_none() {
                    say(strings::REFERENCES_FAILED);
                } else if let Some(menu) = dom::by_id::<HtmlElement>(ids::EXPORT) {
                    // It may be closed already.
                    let _ = menu.hide_popover();
                }
            }
            Err(Failure::Status(404)) => say(strings::OUTDATED),
            Err(_) => say(strings::REFERENCES_FAILED),
        }
    });
}

async fn joined(form: u32) -> Result<String, Failure> {
    let Citing { answer, index, .. } = CITING.get().ok_or(Failure::Nowhere)?;
    let papers: Vec<usize> = index.with_value(|index| {
        answer.with_untracked(|answer| {
            let order = answer.order.iter().filter_map(|record| usize::try_from(*record).ok());
            order.filter(|record| index.catalog.kind(*record) == Some(Counted::Paper)).collect()
        })
    });
    let (mut text, between, end) = match form {
        0 => (String::from("[\n"), ",\n", "\n]\n"),
        4 => (String::new(), "\n", ""),
        _ => (String::new(), "", ""),
    };
    for (at, paper) in papers.into_iter().enumerate() {
        let file = file_of(paper).await?;
        if at == 0 && form == 2 {
            text.push_str(&get(&file, "head").as_string().unwrap_or_default());
        }
        if at > 0 {
            text.push_str(between);
        }
        let row = row(&file, paper).ok_or(Failure::Status(404))?;
        text.push_str(&row.get(FORMS + form).as_string().unwrap_or_default());
    }
    text.push_str(end);
    Ok(text)
}

/// Lets the browser save a text as a file.
fn save(text: &str, form: u32) -> Option<()> {
    let (_, end) = strings::FORMS.get(usize::try_from(form).ok()?)?;
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = dom::document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", &format!("papers.{end}")).ok()?;
    link.click();
    // Once the browser has taken it.
    after(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}

/// The file that has the references of an entry.
async fn file_of(number: usize) -> Result<JsValue, Failure> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT).ok_or(Failure::Nowhere)?;
    let first = file(&root.get_attribute("data-citations").ok_or(Failure::Nowhere)?).await?;
    // Of a large notebook it says which file begins with which entry.
    let parts = list(&first, "parts").into_iter().map(|part| part.unchecked_into::<Array>());
    let part =
        parts.take_while(|part| part.get(0).as_f64().is_some_and(|first| first <= float(number))).last();
    match part.and_then(|part| part.get(1).as_string()) {
        Some(name) => file(&name).await,
        None => Ok(first),
    }
}

async fn file(name: &str) -> Result<JsValue, Failure> {
    let known = FILES
        .with_borrow(|files| files.iter().find(|(known, _)| known == name).map(|(_, file)| file.clone()));
    if let Some(file) = known {
        return Ok(file);
    }
    let file = fetch::json(name).await?;
    FILES.with_borrow_mut(|files| files.push((name.to_owned(), file.clone())));
    Ok(file)
}

fn row(file: &JsValue, number: usize) -> Option<Array> {
    let mut rows = list(file, "rows").into_iter().map(|row| row.unchecked_into::<Array>());
    rows.find(|row| row.get(0).as_f64() == Some(float(number)))
}

/// A list in a file; an empty one where there is none.
fn list(file: &JsValue, name: &str) -> Array {
    get(file, name).dyn_into().unwrap_or_default()
}

fn get(file: &JsValue, name: &str) -> JsValue {
    Reflect::get(file, &name.into()).unwrap_or_default()
}

/// JavaScript's numbers: entries are far fewer than what they count exactly.
fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
