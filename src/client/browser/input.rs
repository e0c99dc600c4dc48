//! Clicks and keys, handled at the document: queries, anchors and actions.

use notebook_core::Query;
use notebook_core::query::Layout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::app::App;
use super::scheduling::on;
use super::url;
use super::{citations, clipboard, color_scheme, dom, folds, storage, table, virtual_list};
use crate::client::model::keyboard::{KeyCommand, KeyTarget, step_focus};
use crate::view::{Action, ids};

/// The storage key for single keys that are turned off.
const KEYS_OFF: &str = "keys";

/// Elements that arrow keys and letters move between: results, rows of a table, and entries.
const ENTRIES: &str = ".results li > a, .paper-table tbody th a[href^='#'], main [tabindex='-1'][id]";

/// Listens for the button that loads the notebook again; it is shown before anything else can be clicked.
pub(super) fn on_retry(retry: impl Fn() + 'static) {
    on(&dom::document(), "click", move |event| {
        if action_of(event).is_some_and(|(action, _)| action == Action::RetryData) {
            retry();
        }
    });
}

/// Listens for clicks, keys and typed words.
pub(super) fn start(app: App) {
    let document = dom::document();
    on(&document, "click", move |event| {
        if let Some(event) = event.dyn_ref() {
            click(app, event);
        }
    });
    if let Some(dialog) = dom::by_id::<HtmlDialogElement>(ids::IMAGE) {
        on(&dialog.clone(), "click", move |_| dialog.close());
    }
    on(&document, "input", move |event| {
        if let Some(search) = dom::search_box().filter(|search| event.target().as_ref() == Some(search)) {
            app.type_words(&search.value());
        }
    });
    on(&document, "submit", |event| {
        if dom::target::<Element>(event).is_some_and(|form| form.class_name() == "search") {
            event.prevent_default();
            move_focus(1);
        }
    });
    on(&document, "change", |event| {
        if let Some(input) =
            dom::target::<HtmlInputElement>(event).filter(|input| input.id() == ids::SHORTCUTS_ENABLED)
        {
            storage::store(KEYS_OFF, if input.checked() { "" } else { "off" });
        }
    });
    on(&document, "keydown", move |event| {
        if let Some(event) = event.dyn_ref() {
            press_key(app, event);
        }
    });
}

/// Returns the action of the button that was clicked, and the button.
fn action_of(event: &Event) -> Option<(Action, Element)> {
    let element = dom::closest(event, "[data-action]")?;
    Some((Action::from_name(&element.get_attribute(Action::ATTRIBUTE)?)?, element))
}

fn click(app: App, event: &MouseEvent) {
    // With a modifier or another button the browser opens a tab or downloads.
    if event.default_prevented()
        || event.button() != 0
        || event.ctrl_key()
        || event.meta_key()
        || event.shift_key()
    {
        return;
    }
    if let Some((action, element)) = action_of(event) {
        if action == Action::CopyLink {
            event.prevent_default();
        }
        close_around(event);
        return perform(app, action, &element);
    }
    if let Some(link) = dom::closest(event, "a.enlarge") {
        return enlarge(event, &link);
    }
    let Some(href) = dom::closest(event, "a[href]").and_then(|link| link.get_attribute("href")) else {
        return;
    };
    if href.starts_with('?') {
        event.prevent_default();
        close_around(event);
        app.ask(&Query::parse(&href));
    } else if let Some(id) = href.strip_prefix('#') {
        event.prevent_default();
        // The link that skips the header changes no URL: nobody would share that.
        if id == ids::MAIN {
            if let Some(main) = dom::by_id::<HtmlElement>(id) {
                let _ = main.focus();
            }
            return;
        }
        close_around(event);
        app.go_to(&url::decode(id));
    }
}

/// Shows an image in a dialog. If the dialog cannot be shown, the browser follows the link to the image.
fn enlarge(event: &MouseEvent, link: &Element) {
    let image = dom::query_in(link, "img");
    let dialog = dom::by_id::<HtmlDialogElement>(ids::IMAGE);
    let Some((image, dialog)) = image.zip(dialog) else { return };
    let Some(enlarged) = dom::query_in(&dialog, "img") else { return };
    for name in ["src", "alt", "width", "height"] {
        let _ = match image.get_attribute(name) {
            Some(value) => enlarged.set_attribute(name, &value),
            None => enlarged.remove_attribute(name),
        };
    }
    if dialog.show_modal().is_ok() {
        event.prevent_default();
    }
}

/// Opens or closes every fold for the reader.
fn set_all_folds(app: App, is_open: bool) {
    folds::set_all(app, is_open);
    if app.is_partial {
        virtual_list::redraw(app);
    }
}

/// Performs the action of a button or of an item of the palette.
pub(super) fn perform(app: App, action: Action, element: &Element) {
    match action {
        Action::ExpandAll => set_all_folds(app, true),
        Action::CollapseAll => set_all_folds(app, false),
        Action::ShowShortcuts => show_shortcuts(),
        Action::CopyLink => share(app, element),
        Action::ShowCitation => citations::open(app, element),
        Action::CopyText => citations::copy(app, element),
        Action::Export => citations::export(app, element),
        Action::ShowNotes => app.ask(&app.current_query().laid_out(Layout::Notes)),
        Action::ShowTable => app.ask(&app.current_query().laid_out(Layout::table())),
        Action::CopyTable => table::copy(app, element),
        Action::ShowMoreRows => table::show_more_rows(app),
        Action::ToggleCell => table::toggle_cell(element),
        Action::CopyUrl => {
            app.write_typed_words();
            clipboard::copy_url(dom::window().location().href().unwrap_or_default(), None);
        }
        Action::SystemColorScheme | Action::LightColorScheme | Action::DarkColorScheme => {
            color_scheme::choose(action.name());
        }
        // Handled where the request is sent, and by the page's own script.
        Action::RetryData | Action::Reload | Action::RetrySearch => {}
    }
}

/// Goes to an entry and copies its URL.
fn share(app: App, link: &Element) {
    let Some(id) = link.get_attribute("href").and_then(|href| href.strip_prefix('#').map(str::to_owned))
    else {
        return;
    };
    app.go_to(&id);
    clipboard::copy_url(url::link_to(&id), Some(link.clone()));
}

fn are_keys_on() -> bool {
    storage::load(KEYS_OFF).is_none()
}

fn show_shortcuts() {
    if dom::show_dialog(ids::SHORTCUTS).is_none() {
        return;
    }
    if let Some(setting) = dom::by_id::<HtmlInputElement>(ids::SHORTCUTS_ENABLED) {
        setting.set_checked(are_keys_on());
    }
}

/// Closes the menu, or the table of contents, in which something was chosen. Filters stay open: readers combine them.
fn close_around(event: &Event) {
    let chosen_in =
        dom::closest(event, "#_menu, #_sort, nav.sheet").and_then(|menu| menu.dyn_into::<HtmlElement>().ok());
    if let Some(menu) = chosen_in {
        // It fails if the menu is not open: on wide screens the table of contents never is.
        let _ = menu.hide_popover();
    }
}

fn press_key(app: App, event: &KeyboardEvent) {
    if event.default_prevented()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || dom::query("dialog[open]").is_some()
    {
        return;
    }
    let is_handled = match KeyCommand::of(&event.key(), key_target(event), are_keys_on) {
        Some(KeyCommand::Clear) => clear(app),
        Some(KeyCommand::Search) => dom::search_box().is_some_and(|search| {
            search.select();
            search.focus().is_ok()
        }),
        Some(KeyCommand::Help) => {
            show_shortcuts();
            true
        }
        Some(KeyCommand::Next) => move_focus(1),
        Some(KeyCommand::Previous) => move_focus(-1),
        Some(KeyCommand::Open) => open_focused_entry(),
        None => false,
    };
    if is_handled {
        event.prevent_default();
    }
}

/// Returns what has the focus. It is looked up before the key is known, because most keys depend on it; that is one
/// comparison of one element with a selector. A link inside an entry is not the entry: Enter follows that link.
fn key_target(event: &KeyboardEvent) -> KeyTarget {
    let target = dom::target::<HtmlElement>(event);
    if dom::search_box().is_some_and(|search| Some(search.as_ref()) == target.as_ref()) {
        return KeyTarget::SearchBox;
    }
    let is_text_field = target.is_some_and(|target| {
        target.is_content_editable() || matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    });
    let active = dom::document().active_element();
    match active {
        _ if is_text_field => KeyTarget::TextField,
        Some(active) if active.matches(ENTRIES).unwrap_or(false) => KeyTarget::Entry,
        _ => KeyTarget::Other,
    }
}

/// Clears the words, or the filters if there are no words. Returns false if there is nothing to clear, so that the browser
/// closes an open popover.
fn clear(app: App) -> bool {
    if dom::query("[popover]:popover-open").is_some() {
        return false;
    }
    let query = app.current_query();
    let next = if query.words.is_empty() { Query::default() } else { query.with_words("") };
    if query == next {
        if let Some(search) = dom::search_box() {
            let _ = search.blur();
        }
        return false;
    }
    app.ask(&next);
    true
}

/// Returns the entry, result or row that contains the focus.
fn focused_entry() -> Option<Element> {
    dom::document().active_element()?.closest(ENTRIES).ok().flatten()
}

/// Moves the focus by a number of visible entries. Returns false at either end.
fn move_focus(by: isize) -> bool {
    let visible: Vec<_> = dom::query_all(ENTRIES).into_iter().filter(dom::is_visible).collect();
    let current = focused_entry().and_then(|focused| visible.iter().position(|entry| **entry == focused));
    let next = step_focus(current, by, visible.len()).and_then(|next| visible.get(next));
    let Some(entry) = next else { return false };
    let _ = entry.focus();
    dom::scroll_to_nearest(entry);
    true
}

/// Clicks the title of the focused entry. Returns false if it has no link.
fn open_focused_entry() -> bool {
    let link = focused_entry().and_then(|entry| dom::query_in(&entry, "a[data-field=title]"));
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).map(|link| link.click()).is_some()
}
