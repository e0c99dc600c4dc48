//! Generates `docs/faults.md` from the cases that the journeys of `tests/e2e/journeys/faults.rs` test, and checks it.

#![cfg(not(target_arch = "wasm32"))]

#[path = "e2e/journeys/faults/cases.rs"]
mod cases;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cases::{Cause, FaultCase, FaultGroup, Recovery};

const PAGE: &str = "docs/faults.md";
const JOURNEYS: &str = "tests/e2e/journeys/faults.rs";
const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];

/// Every group with the journey that runs it.
const GROUPS: [(&str, &FaultGroup); 8] = [
    ("survives_a_missing_program", &cases::PROGRAM),
    ("survives_missing_later_files", &cases::DEFERRED_FILES),
    ("survives_losing_the_network", &cases::OFFLINE),
    ("survives_a_limited_browser", &cases::BROWSER),
    ("survives_damaged_caches", &cases::OFFLINE_CACHE),
    ("survives_two_tabs", &cases::TABS),
    ("survives_hosts_that_change_files", &cases::HOSTS),
    ("survives_missing_chunks", &cases::LARGE),
];

/// Faults that other tests cover: fault, what the reader sees, what still works, then the test and its file.
const COVERED_ELSEWHERE: [[&str; 5]; 7] = [
    [
        "There is no network, and the page is cached",
        "None",
        "Everything: search, pictures, the map",
        "opens_offline",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "A newer build is published",
        "“This notebook has been updated.” [Reload]",
        "Everything, in the old version, until Reload",
        "offers_a_newer_build",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "The host serves the worker of one build and the page of another",
        "None",
        "Everything, in the old version: files of different builds are not cached",
        "never_mixes_builds",
        "tests/e2e/journeys/offline.rs",
    ],
    [
        "Script or program of the search: 404, an HTML page instead, truncated",
        "“Searching this page only” [Try again]",
        "Everything; search covers this page, without correction of typos",
        "searches_the_texts_without_the_search_program",
        "tests/e2e/journeys/search.rs",
    ],
    [
        "The search index: 404, an HTML page instead, truncated, damaged, empty",
        "None; screen readers announce the reason",
        "Everything: the index is rebuilt from the texts of the page",
        "searches_the_texts_if_the_index_is_damaged",
        "tests/e2e/journeys/search.rs",
    ],
    [
        "The outline of a large notebook: 500, an HTML page instead, truncated",
        "The reason, [Try again]",
        "Reading of the entries on the page",
        "fetches_a_missing_outline_again",
        "tests/e2e/journeys/large.rs",
    ],
    [
        "`notebook publish` to a folder or a bucket is killed at any of its writes (the store fails at the first write, then at \
         the second, and so on; no browser is needed)",
        "None",
        "The site on the host is complete at every step, and the next run finishes the upload",
        "an_interrupted_upload_is_completed_by_the_next",
        "src/publish/tests/mod.rs",
    ],
];

#[test]
fn faults_page_lists_what_the_journeys_check() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = page();
    // As snapshots are: `INSTA_UPDATE=always` accepts what changed.
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == page,
        "{PAGE} is not what the cases in tests/e2e/journeys/faults/cases.rs say. \
         INSTA_UPDATE=always cargo test --test faults updates it."
    );
}

#[test]
fn every_group_has_a_journey() {
    let (journeys, list) = (read(JOURNEYS), read("tests/e2e/main.rs"));
    let cases = read("tests/e2e/journeys/faults/cases.rs");
    assert_eq!(
        cases.matches(": FaultGroup =").count(),
        GROUPS.len(),
        "a group of cases is missing from GROUPS"
    );
    for (journey, _) in GROUPS {
        assert!(journeys.contains(&format!("async fn {journey}(")), "{JOURNEYS} has no {journey}");
        assert!(list.contains(&format!("        {journey}")), "tests/e2e/main.rs does not list {journey}");
    }
    for [what, .., test, file] in COVERED_ELSEWHERE {
        assert!(read(file).contains(&format!("async fn {test}(")), "{file} has no {test}: {what}");
    }
}

#[test]
fn every_fault_is_checked_once() {
    for (journey, group) in GROUPS {
        let (mut files, mut scripts) = (HashSet::new(), HashSet::new());
        for case in group.cases {
            let fresh = match case.cause {
                Cause::File(file, fault) => files.insert((file, fault)),
                Cause::Browser(_, script) => scripts.insert(script),
                Cause::Scenario(..) => true,
            };
            assert!(fresh, "{journey} runs twice: {}", case.what());
        }
    }
    let all = GROUPS.into_iter().flat_map(|(_, group)| group.cases);
    let scenarios: Vec<_> = all
        .filter_map(|case| match case.cause {
            Cause::Scenario(scenario, _) => Some(scenario),
            _ => None,
        })
        .collect();
    assert_eq!(scenarios.len(), scenarios.iter().collect::<HashSet<_>>().len(), "a scenario is run twice");
}

#[test]
fn expected_messages_are_those_of_the_page() {
    let strings = read("src/view/strings/messages.rs");
    for case in GROUPS.into_iter().flat_map(|(_, group)| group.cases) {
        let of_the_host = case.message == "status 500";
        // A number stands there in braces.
        let message = case.message.replace("(500)", "({0})");
        assert!(of_the_host || strings.contains(&message), "the page has no such words: {}", case.message);
    }
}

#[test]
fn every_exception_names_an_engine_and_a_reason() {
    for case in GROUPS.into_iter().flat_map(|(_, group)| group.cases) {
        for (engine, why) in case.skipped_engines {
            assert!(ENGINES.contains(engine) && why.len() > 10, "{}: {engine}: {why}", case.what());
        }
        assert!(case.skipped_engines.len() < ENGINES.len(), "{} is tried nowhere", case.what());
    }
}

fn page() -> String {
    let mut page = String::from(
        "# Faults, and what readers see\n\n\
         The journeys of `tests/e2e/journeys/faults.rs` test every case in Chromium, Firefox and WebKit. For each, they check \
         that the text of the notebook can be read, that the message in the second column is shown, that the button in \
         brackets helps once the cause is gone, and that theme, folds and the query in the address are kept.\n\n\
         This page is generated from the cases (`tests/e2e/journeys/faults/cases.rs`) by `INSTA_UPDATE=always cargo test \
         --test faults`; a test fails if it is out of date.\n",
    );
    for (journey, group) in GROUPS {
        let _ = write!(page, "\n## {}\n\n`faults::{journey}`\n\n", group.title);
        page.push_str("| fault | message, or part of it | what still works | not tested in |\n| --- | --- | --- | --- |\n");
        for case in group.cases {
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                case.what(),
                message(case),
                case.still_works,
                skipped_engines(case)
            );
        }
    }
    page.push_str("\n## Faults in other tests\n\n");
    page.push_str(
        "| fault | message, or part of it | what still works | test |\n| --- | --- | --- | --- |\n",
    );
    for [what, message, still_works, test, file] in COVERED_ELSEWHERE {
        let _ = writeln!(page, "| {what} | {message} | {still_works} | `{test}` in `{file}` |");
    }
    page.push_str(
        "\n## Faults without a message\n\n\
         - The page itself does not arrive at a first visit (offline, 404, 500): the browser or the host shows its own error.\n\
         - The page itself is damaged: its policy runs no changed script, so the text can be read, and no message is \
         shown.\n",
    );
    page
}

fn message(case: &FaultCase) -> String {
    let message = if case.message.is_empty() { "None".to_owned() } else { format!("“{}”", case.message) };
    match case.recovery {
        Recovery::NotNeeded => message,
        Recovery::Automatic => format!("{message} Resolves itself"),
        Recovery::Button(name) => format!("{message} [{name}]"),
        Recovery::AutomaticOrButton(name) => format!("{message} Resolves itself, or with [{name}]"),
    }
}

fn skipped_engines(case: &FaultCase) -> String {
    case.skipped_engines.iter().map(|(engine, why)| format!("{engine}: {why}")).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn read(path: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    text.unwrap_or_else(|why| panic!("{path} cannot be read: {why}"))
}

#[test]
fn the_table_of_hosts_names_tests_that_exist() {
    let sources = [
        "tests/e2e/main.rs",
        "tests/publish/bucket.rs",
        "tests/publish/folder.rs",
        "src/site/attached_files.rs",
    ];
    let sources = sources.map(read).concat();
    let page = read("docs/publish.md");
    let section = page.split("## What can go wrong at a host").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let mut tests = 0;
    for row in rows {
        for test in row.rsplit('|').nth(1).unwrap().split(',').map(|test| test.trim().trim_matches('`')) {
            assert!(sources.contains(test), "no test is named {test}: {row}");
            tests += 1;
        }
    }
    assert!(tests > 10, "{tests}");
}
