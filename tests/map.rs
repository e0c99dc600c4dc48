//! Guards the map in ARCHITECTURE.md: what it says is absent is absent, what it names is there.
#![cfg(not(target_arch = "wasm32"))]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const MAP: &str = "ARCHITECTURE.md";

/// 300 lines is a question, this is a no.
const LONGEST: usize = 500;

/// Everything that may stand at the top: `ls` stays one screen.
const TOP: &str = ".cargo .ci .git .gitignore ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md Cargo.lock Cargo.toml \
    LICENSE-APACHE LICENSE-MIT README.md SECURITY.md Trunk.toml content core deny.toml dist docs index.html public \
    rustfmt.toml src style target tests xtask";

/// Crates that need a browser.
const BROWSER: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "gloo"];

#[test]
fn core_is_pure() {
    let mut outside = vec!["leptos", "std::fs", "std::net", "std::time", "std::env", "std::process"];
    outside.extend(BROWSER);
    // A list of imports in braces would hide what the words before look for.
    outside.push("use std::{");
    let mut found = hits(&["core/src"], &[], &outside);
    for (header, key) in keys("core/Cargo.toml") {
        let named = format!("{header} {key}").replace('-', "_");
        if header.contains("dependencies") && outside.iter().any(|word| named.contains(word)) {
            found.push(format!("core/Cargo.toml depends on `{key}`"));
        }
    }
    demand(&found, "core is pure: no files, web, clock or Leptos. Do it in src/desk or src/reader.");
}

#[test]
fn one_room_reads_markdown() {
    let words = ["pulldown_cmark", "linkify", "serde_saphyr"];
    let found = hits(&["core/src", "src"], &["core/src/markdown"], &words);
    demand(&found, "only core/src/markdown names what reads Markdown and YAML.");
}

#[test]
fn the_reader_is_without_markdown() {
    let found = hits(&["src/view", "src/reader"], &[], &["markdown"]);
    demand(&found, "the page gets a notebook, not Markdown: a parser there is weight for every reader.");
}

#[test]
fn views_know_neither_browser_nor_files() {
    let mut words = vec!["std::fs", "use std::{", "crate::reader", "crate::desk"];
    words.extend(BROWSER);
    let found = hits(&["src/view"], &[], &words);
    demand(&found, "views are the same at both ends. Do it in src/reader or src/desk.");
}

#[test]
fn views_do_not_ask_where_they_are() {
    let words =
        ["cfg(target", "cfg(feature", "cfg(not(", "cfg(any(", "cfg(all(", "cfg_attr(", "cfg!(", " on:"];
    let found = hits(&["src/view"], &[], &words);
    demand(&found, "a view has no `cfg` of target or feature and no event handler: see src/view/mod.rs.");
}

#[test]
fn the_ends_do_not_know_each_other() {
    let mut found = hits(&["src/reader"], &[], &["crate::desk", "std::fs"]);
    found.extend(hits(&["src/desk"], &[], &["crate::reader"]));
    found.extend(hits(&["src/desk"], &[], &BROWSER));
    let lib = read("src/lib.rs");
    for (cfg, end) in [("not(target_arch = \"wasm32\")", "desk"), ("target_arch = \"wasm32\"", "reader")] {
        if !lib.contains(&format!("#[cfg({cfg})]\npub mod {end};")) {
            found.push(format!("src/lib.rs has `{end}` without `cfg({cfg})`"));
        }
    }
    demand(&found, "reader and desk are never compiled together, and neither names the other.");
}

#[test]
fn browser_crates_are_for_the_browser_only() {
    let mut found = Vec::new();
    for (header, key) in keys("Cargo.toml") {
        let browser = BROWSER.iter().any(|word| key.replace('-', "_").starts_with(word));
        if browser && !header.starts_with("target.'cfg(target_arch = \"wasm32\")'") {
            found.push(format!("Cargo.toml has `{key}` under [{header}]"));
        }
    }
    demand(&found, "crates that need a browser are dependencies on wasm32 only.");
}

#[test]
fn html_is_never_set_as_text() {
    let mut found = Vec::new();
    for (path, line, text) in lines(&["src"]) {
        // Taking everything away is the one use there is.
        let text = text.replace("set_inner_html(\"\")", "");
        let words = ["inner_html", "innerHTML", "outer_html", "outerHTML", "insert_adjacent_html"];
        if words.iter().any(|word| text.contains(word)) {
            found.push(format!("{path}:{line}: {}", text.trim()));
        }
    }
    demand(&found, "`inner_html` takes nothing but \"\": text is a tree, and the views make elements of it.");
}

#[test]
fn one_file_writes_the_url() {
    let words = ["push_state", "replace_state", "location().set_", "location().assign", "location().replace"];
    let found = hits(&["src"], &["src/reader/address.rs"], &words);
    demand(&found, "only src/reader/address.rs writes the URL. Ask it.");
}

#[test]
fn one_file_keeps_what_is_the_readers_own() {
    let found =
        hits(&["src"], &["src/reader/memory.rs"], &["local_storage", "session_storage", "set_cookie"]);
    demand(&found, "only src/reader/memory.rs keeps something in the browser. Ask it.");
}

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for path in files(&["core/src", "core/tests", "src", "xtask", "tests"]) {
        let count = read(&path).lines().count();
        if count > LONGEST {
            found.push(format!("{path} has {count} lines"));
        }
    }
    demand(&found, &format!("no file has more than {LONGEST} lines. Part it by what its pieces are for."));
}

#[test]
fn core_does_not_panic_on_purpose() {
    let mut found = Vec::new();
    for path in files(&["core/src"]) {
        if path.ends_with("/tests.rs") || path.contains("/tests/") {
            continue;
        }
        // Tests stand last in a file: clippy sees to that.
        for (at, line) in read(&path).lines().take_while(|line| *line != "#[cfg(test)]").enumerate() {
            if code(line).contains(".unwrap()") || code(line).contains(".expect(") {
                found.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    demand(&found, "core never panics, whatever it is given. Say what happens instead.");
}

#[test]
fn no_test_is_ignored() {
    let found = hits(&["tests", "core/tests", "core/src", "src", "xtask"], &[], &[concat!("#[", "ignore")]);
    demand(&found, "a test runs or goes: one that is ignored says nothing.");
}

#[test]
fn unsafe_is_forbidden_everywhere() {
    let mut found = Vec::new();
    if !read("Cargo.toml").contains("[workspace.lints.rust]\nunsafe_code = \"forbid\"") {
        found.push("Cargo.toml does not begin [workspace.lints.rust] with it".to_owned());
    }
    for manifest in ["Cargo.toml", "core/Cargo.toml", "xtask/Cargo.toml"] {
        if !read(manifest).contains("[lints]\nworkspace = true") {
            found.push(format!("{manifest} does not take the lints of the workspace"));
        }
    }
    demand(&found, "`unsafe_code = \"forbid\"` holds for every package.");
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let map = read(MAP);
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).collect();
    let paths = named.iter().filter(|name| name.contains('/') && !name.contains(char::is_whitespace));
    let gone = paths.filter(|path| !root().join(path).exists());
    let mut found: Vec<String> = gone.map(|path| format!("`{path}` is named and not there")).collect();
    for room in ["core/src", "src"] {
        let mut rooms = inside(room);
        let inner: Vec<String> =
            rooms.iter().filter(|path| is_folder(path)).flat_map(|path| inside(path)).collect();
        rooms.extend(inner.into_iter().filter(|path| is_folder(path)));
        rooms.retain(|path| !path.ends_with("/lib.rs") && !path.ends_with("/main.rs"));
        let unnamed = rooms.into_iter().filter(|path| !named.contains(&path.as_str()));
        found.extend(unnamed.map(|path| format!("`{path}` is there and not named")));
    }
    demand(&found, "ARCHITECTURE.md names the rooms of core/src and src as they are.");
}

#[test]
fn the_map_claims_what_is_tested_and_no_more() {
    let (map, own) = (read(MAP), read("tests/map.rs"));
    let tests = own.split("#[test]\nfn ").skip(1);
    let tests: Vec<&str> = tests.filter_map(|rest| Some(rest.split_once("()")?.0)).collect();
    // No other lines of the map begin with a hyphen.
    let claims = map.lines().filter(|line| line.starts_with("- "));
    let claims: Vec<&str> = claims.filter_map(|line| line.trim_end_matches('`').rsplit('`').next()).collect();
    let untold = tests.iter().filter(|test| !claims.contains(test));
    let mut found: Vec<String> = untold.map(|test| format!("`{test}` is no claim of the map")).collect();
    let untested = claims.iter().filter(|claim| !tests.contains(claim));
    found.extend(untested.map(|claim| format!("no test here is called `{claim}`")));
    demand(&found, "every line of \"What must be absent\" ends with the test that checks it.");
}

#[test]
fn the_top_stays_one_screen() {
    let found: Vec<String> =
        inside("").into_iter().filter(|name| !TOP.split(' ').any(|known| known == name)).collect();
    demand(&found, "the top of the repository holds what TOP in tests/map.rs lists. Is there a room for it?");
}

#[track_caller]
fn demand(found: &[String], sentence: &str) {
    assert!(found.is_empty(), "{sentence}\n  {}\n", found.join("\n  "));
}

fn root() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

#[track_caller]
fn read(path: &str) -> String {
    let text = fs::read_to_string(root().join(path));
    text.unwrap_or_else(|why| panic!("{path} cannot be read: {why}")).replace("\r\n", "\n")
}

/// What a folder holds, by its path from the root.
#[track_caller]
fn inside(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder));
    let entries = entries.unwrap_or_else(|why| panic!("{folder} cannot be read: {why}"));
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut paths: Vec<String> =
        names.map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") }).collect();
    paths.sort();
    paths
}

fn is_folder(path: &str) -> bool {
    root().join(path).is_dir()
}

/// Every Rust file in some rooms.
fn files(rooms: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    let mut open: Vec<String> = rooms.iter().flat_map(|room| inside(room)).collect();
    while let Some(path) = open.pop() {
        if is_folder(&path) {
            open.extend(inside(&path));
        } else if Path::new(&path).extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every line of code in some rooms, with its place.
fn lines(rooms: &[&str]) -> Vec<(String, usize, String)> {
    let mut lines = Vec::new();
    for path in files(rooms) {
        let text = read(&path);
        lines
            .extend(text.lines().enumerate().map(|(at, line)| (path.clone(), at + 1, code(line).to_owned())));
    }
    lines
}

/// A line without its comment: from the first `//` that stands in no string.
fn code(line: &str) -> &str {
    let mut slashes = line.match_indices("//").map(|(at, _)| &line[..at]);
    slashes.find(|before| before.matches('"').count() % 2 == 0).unwrap_or(line)
}

/// Where code in some rooms, but for those excepted, has one of some words.
fn hits(rooms: &[&str], except: &[&str], words: &[&str]) -> Vec<String> {
    let mut hits = Vec::new();
    for (path, line, text) in lines(rooms) {
        let looked_at = !except.iter().any(|room| path.starts_with(room));
        for word in words.iter().filter(|word| looked_at && text.contains(**word)) {
            hits.push(format!("{path}:{line} has `{}`", word.trim()));
        }
    }
    hits
}

/// The keys of a manifest, each with the header it stands under.
fn keys(manifest: &str) -> Vec<(String, String)> {
    let mut header = String::new();
    let mut keys = Vec::new();
    for line in read(manifest).lines() {
        if let Some(named) = line.strip_prefix('[') {
            named.trim_end_matches(']').clone_into(&mut header);
        } else if line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            let key = line.split(['=', '.']).next().unwrap_or_default();
            keys.push((header.clone(), key.trim().to_owned()));
        }
    }
    keys
}
