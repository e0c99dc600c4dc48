//! Entries of a large notebook, fetched in the files they stand in, and let go again.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use leptos::prelude::*;
use notebook_core::notebook::{Noted, entries_from_json};
use notebook_core::search::{Index, Parts};

use web_sys::Element;

use super::later::{after, spawn};
use super::{dom, fetch, lines, preview, table};
use crate::view::{ids, strings};

/// Files that are kept: what is in sight takes a few.
const KEPT: usize = 64;
/// Files that are fetched at a time.
const AT_A_TIME: usize = 6;
/// Milliseconds before a file that did not come is asked for again.
const PATIENCE: i32 = 5_000;

#[derive(Default)]
struct Store {
    parts: Parts,
    index: Option<StoredValue<Index>>,
    /// Entries by file, with the number of the first.
    known: HashMap<usize, (usize, Vec<Noted>)>,
    /// Files in the order in which they came.
    came: VecDeque<usize>,
    fetching: Vec<usize>,
    /// What is wanted now and not there yet.
    wanted: Vec<usize>,
    /// What is wanted wherever the page is.
    also: Vec<usize>,
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::default();
}

/// Begins, with nothing there.
pub(super) fn start(parts: Parts, index: StoredValue<Index>) {
    STORE.set(Store { parts, index: Some(index), ..Store::default() });
}

/// Works with an entry, or with none where it is not there.
pub(super) fn with<T>(record: usize, work: impl FnOnce(Option<&Noted>) -> T) -> T {
    STORE.with_borrow(|store| {
        let known = store.parts.of(record).and_then(|(part, _)| store.known.get(&part));
        work(known.and_then(|(first, entries)| entries.get(record.checked_sub(*first)?)))
    })
}

/// The number of an entry that is there.
pub(super) fn number(id: &str) -> Option<usize> {
    STORE.with_borrow(|store| {
        let mut known = store.known.values();
        known.find_map(|(first, entries)| {
            Some(first + entries.iter().position(|noted| noted.entry.id().as_str() == id)?)
        })
    })
}

/// Says which entries are in sight: their files are fetched, and no others.
pub(super) fn want(records: impl Iterator<Item = usize>) {
    STORE.with_borrow_mut(|store| {
        store.wanted.clear();
        for record in records.chain(store.also.clone()) {
            let Some((part, _)) = store.parts.of(record) else { continue };
            if !store.known.contains_key(&part) && !store.wanted.contains(&part) {
                store.wanted.push(part);
            }
        }
    });
    fetch_next();
}

/// Says that entries are wanted that are not in sight.
pub(super) fn want_also(records: Vec<usize>) {
    STORE.with_borrow_mut(|store| {
        for record in &records {
            let part = store.parts.of(*record).map(|(part, _)| part);
            let part = part.filter(|part| !store.wanted.contains(part) && !store.known.contains_key(part));
            store.wanted.extend(part);
        }
        store.also = records;
    });
    fetch_next();
}

/// Fetches what is wanted, a few files at a time.
fn fetch_next() {
    let next = STORE.with_borrow_mut(|store| {
        if store.fetching.len() >= AT_A_TIME {
            return None;
        }
        let part = *store.wanted.iter().find(|part| !store.fetching.contains(part))?;
        store.fetching.push(part);
        Some((part, store.parts.name(part)?.to_owned()))
    });
    let Some((part, name)) = next else { return };
    spawn(async move {
        if let Some(entries) = fetch::file(&name).await.ok().and_then(|bytes| entries_from_json(&bytes).ok())
        {
            keep(part, entries);
            lines::came();
            preview::came();
            table::came();
            tell_late(false);
            return fetch_next();
        }
        table::late();
        tell_late(true);
        after(PATIENCE, move || {
            STORE.with_borrow_mut(|store| store.fetching.retain(|fetching| *fetching != part));
            fetch_next();
        });
    });
    fetch_next();
}

/// Says that entries are late, or no longer.
fn tell_late(late: bool) {
    match dom::by_id::<Element>(ids::LATE) {
        Some(told) if !late => told.remove(),
        None if late => {
            let Some(status) = dom::by_id::<Element>(ids::STATUS) else { return };
            let line = dom::add(&status, "p", "", strings::ENTRIES_LATE.text());
            line.set_id(ids::LATE);
            dom::set(&line, "role", "status");
        }
        _ => {}
    }
}

fn keep(part: usize, entries: Vec<Noted>) {
    STORE.with_borrow_mut(|store| {
        store.fetching.retain(|fetching| *fetching != part);
        store.wanted.retain(|wanted| *wanted != part);
        let Some((index, first)) = store.index.zip(store.parts.first(part)) else { return };
        let mut gone = None;
        if store.came.len() >= KEPT {
            gone = store.came.pop_front().and_then(|part| store.known.remove(&part));
        }
        index.update_value(|index| {
            for at in gone.iter().flat_map(|(first, entries)| *first..*first + entries.len()) {
                index.forget(at);
            }
            for (noted, at) in entries.iter().zip(first..) {
                index.learn(at, &noted.entry);
            }
        });
        store.came.push_back(part);
        store.known.insert(part, (first, entries));
    });
}
