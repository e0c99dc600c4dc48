//! `docs/faults.md` says what the journeys of `tests/e2e/journeys/faults.rs` find: it is made of the rows they walk.

#![cfg(not(target_arch = "wasm32"))]

#[path = "e2e/journeys/faults/rows.rs"]
mod rows;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rows::{Breaks, Group, Row, Way};

const PAGE: &str = "docs/faults.md";
const JOURNEYS: &str = "tests/e2e/journeys/faults.rs";
const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];

/// Every group with the journey that walks it.
const WALKED: [(&str, &Group); 7] = [
    ("the_program_may_not_come", &rows::PROGRAM),
    ("what_comes_later_may_not_come", &rows::LATER),
    ("the_network_goes_at_each_step", &rows::OFFLINE),
    ("the_browser_may_lack_something", &rows::BROWSER),
    ("what_is_kept_may_break", &rows::KEPT),
    ("there_may_be_two_tabs", &rows::TABS),
    ("parts_of_a_large_notebook_may_not_come", &rows::LARGE),
];

/// What another test shows: what breaks, what the reader sees, what goes on, then the test and its file.
const ELSEWHERE: [[&str; 5]; 7] = [
    [
        "There is no network, and the page is kept",
        "Nothing",
        "All of it: search, pictures, the map",
        "it_opens_without_a_network",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "A newer build is published",
        "“The notebook was updated.” [Reload]",
        "All of it, as it was, until Reload",
        "a_newer_build_waits_until_it_is_wanted",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "The host has the worker of one build and the page of another",
        "Nothing",
        "All of it, as it was: what does not belong together is not kept",
        "builds_are_never_mixed",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "Script or program of the search: 404, HTML in its place, cut in the middle",
        "“Looking through this page only” [Try again]",
        "All of it; words as they are typed",
        "without_its_program_the_page_is_looked_through",
        "tests/e2e/journeys/search.rs",
    ],
    [
        "The search index: 404, HTML in its place, cut in the middle, other bytes, empty",
        "Nothing; those who listen hear why",
        "All of it: the index is made anew from what is on the page",
        "an_index_that_is_no_good_is_made_anew",
        "tests/e2e/journeys/search.rs",
    ],
    [
        "The outline of a large notebook: 500, HTML in its place, cut in the middle",
        "Why, [Try again]",
        "Reading what stands on the page",
        "an_outline_that_does_not_come_is_asked_for_again",
        "tests/e2e/journeys/large.rs",
    ],
    [
        "`notebook publish` is killed at any of its writes, into a folder or a bucket (without a browser: the store dies at the \
         first write, then at the second, and so on)",
        "Nothing",
        "The page on the host is whole at every step, and the next run ends what was begun",
        "a_run_that_is_cut_off_anywhere_is_finished_by_the_next",
        "src/desk/publish/tests/mod.rs",
    ],
];

#[test]
fn the_page_of_faults_says_what_the_journeys_find() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = page();
    // As snapshots are: `INSTA_UPDATE=always` accepts what changed.
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == page,
        "{PAGE} is not what the rows in tests/e2e/journeys/faults/rows.rs say. \
         INSTA_UPDATE=always cargo test --test faults writes it anew."
    );
}

#[test]
fn every_group_is_walked() {
    let (journeys, list) = (read(JOURNEYS), read("tests/e2e/main.rs"));
    let rows = read("tests/e2e/journeys/faults/rows.rs");
    assert_eq!(rows.matches(": Group =").count(), WALKED.len(), "a group of rows stands in no table");
    for (journey, _) in WALKED {
        assert!(journeys.contains(&format!("async fn {journey}(")), "{JOURNEYS} has no {journey}");
        assert!(list.contains(&format!("        {journey}")), "tests/e2e/main.rs does not list {journey}");
    }
    for [what, .., test, file] in ELSEWHERE {
        assert!(read(file).contains(&format!("async fn {test}(")), "{file} has no {test}: {what}");
    }
}

#[test]
fn no_fault_is_walked_twice() {
    for (journey, group) in WALKED {
        let (mut files, mut scripts) = (HashSet::new(), HashSet::new());
        for row in group.rows {
            let fresh = match row.breaks {
                Breaks::File(part, how) => files.insert((part, how)),
                Breaks::Browser(_, script) => scripts.insert(script),
                Breaks::Scene(..) => true,
            };
            assert!(fresh, "{journey} walks twice: {}", row.what());
        }
    }
    let all = WALKED.into_iter().flat_map(|(_, group)| group.rows);
    let scenes: Vec<_> = all
        .filter_map(|row| match row.breaks {
            Breaks::Scene(scene, _) => Some(scene),
            _ => None,
        })
        .collect();
    assert_eq!(scenes.len(), scenes.iter().collect::<HashSet<_>>().len(), "a scene is played twice");
}

#[test]
fn what_the_reader_sees_is_in_the_pages_own_words() {
    let strings = read("src/view/strings/list.rs");
    for row in WALKED.into_iter().flat_map(|(_, group)| group.rows) {
        let of_the_host = row.sees == "status 500";
        // A number stands there in braces.
        let sees = row.sees.replace("(500)", "({0})");
        assert!(of_the_host || strings.contains(&sees), "the page has no such words: {}", row.sees);
    }
}

#[test]
fn whoever_is_left_out_is_an_engine_and_has_a_reason() {
    for row in WALKED.into_iter().flat_map(|(_, group)| group.rows) {
        for (engine, why) in row.not_in {
            assert!(ENGINES.contains(engine) && why.len() > 10, "{}: {engine}: {why}", row.what());
        }
        assert!(row.not_in.len() < ENGINES.len(), "{} is tried nowhere", row.what());
    }
}

fn page() -> String {
    let mut page = String::from(
        "# What breaks, and what the reader sees then\n\n\
         Every row is walked in Chromium, Firefox and WebKit by the journeys of `tests/e2e/journeys/faults.rs`. For each \
         they look for a sentence of the notebook that can be read, for the words in the second column, for the way out in \
         brackets, and for what is the reader's own: the theme, a closed fold, the address with the words and filters in \
         it.\n\n\
         This page is made of the rows (`tests/e2e/journeys/faults/rows.rs`) by `INSTA_UPDATE=always cargo test --test \
         faults`; the tests fail where it says something else.\n",
    );
    for (journey, group) in WALKED {
        let _ = write!(page, "\n## {}\n\n`faults::{journey}`\n\n", group.title);
        page.push_str(
            "| what breaks | what the reader sees | what goes on | not in |\n| --- | --- | --- | --- |\n",
        );
        for row in group.rows {
            let _ = writeln!(page, "| {} | {} | {} | {} |", row.what(), sees(row), row.goes_on, not_in(row));
        }
    }
    page.push_str("\n## Shown by other tests\n\n");
    page.push_str(
        "| what breaks | what the reader sees | what goes on | shown by |\n| --- | --- | --- | --- |\n",
    );
    for [what, sees, goes_on, test, file] in ELSEWHERE {
        let _ = writeln!(page, "| {what} | {sees} | {goes_on} | `{test}` in `{file}` |");
    }
    page.push_str(
        "\n## What nobody can help\n\n\
         - The page itself does not come at a first visit (offline, 404, 500): what is seen is the browser's or the host's.\n\
         - The page itself comes with other bytes: its policy runs no script that has changed, so text can be read, and \
         nothing else is said.\n",
    );
    page
}

fn sees(row: &Row) -> String {
    let told = if row.sees.is_empty() { "Nothing".to_owned() } else { format!("“{}”", row.sees) };
    match row.way {
        Way::Works => told,
        Way::ByItself => format!("{told} It comes by itself"),
        Way::Button(name) => format!("{told} [{name}]"),
        Way::Either(name) => format!("{told} It comes by itself, or with [{name}]"),
    }
}

fn not_in(row: &Row) -> String {
    row.not_in.iter().map(|(engine, why)| format!("{engine}: {why}")).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn read(path: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    text.unwrap_or_else(|why| panic!("{path} cannot be read: {why}"))
}
