//! Checks the structure that ARCHITECTURE.md describes: which folder may use which, and what must be absent.
#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/file_graph.rs"]
mod file_graph;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use file_graph::FileGraph;

const DOCUMENT: &str = "ARCHITECTURE.md";

/// Crates that need a browser.
const BROWSER_CRATES: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "gloo"];

/// Folders of `src`, each with those that it may use. An arrow that is not here is an error.
const SOURCE_ARROWS: [(&str, &[&str]); 8] = [
    ("view", &[]),
    ("client", &["view"]),
    ("pipeline", &[]),
    ("studio", &["pipeline"]),
    ("site", &["pipeline", "view"]),
    ("publish", &["site"]),
    ("metadata_services", &[]),
    ("cli", &["pipeline", "site", "publish", "metadata_services"]),
];

/// Folders of `core/src`, each with those that it may use beside the small modules of [`CORE_BASE`].
const CORE_ARROWS: [(&str, &[&str]); 6] = [
    ("notebook", &[]),
    ("markdown", &["notebook"]),
    ("bibliography", &["notebook", "markdown"]),
    ("search", &["notebook", "markdown", "query"]),
    ("links", &["notebook", "query", "search"]),
    ("concept_map", &["notebook", "links"]),
];

/// Modules of core that every other may use, because they use nothing.
const CORE_BASE: [&str; 6] = ["calendar", "convert", "csv", "diagnostic", "latex", "unicode"];

/// Arrows between files that are meant to close a circle: a file, and those that it uses.
const CIRCLES: [(&str, &[&str]); 1] = [
    // The state of the client is one value. Each part has its type in the module that works on it, which keeps its fields
    // private, and that module takes the whole state, because a change of one part asks the others.
    (
        "src/client/browser/app.rs",
        &[
            "src/client/browser/citations.rs",
            "src/client/browser/entries.rs",
            "src/client/browser/folds.rs",
            "src/client/browser/link_preview.rs",
            "src/client/browser/table.rs",
            "src/client/browser/url.rs",
            "src/client/browser/virtual_list.rs",
        ],
    ),
];

/// Code that JavaScript must not have: it would run or insert text that the notebook's author, or a stranger, wrote.
const UNSAFE_SCRIPT: [&str; 13] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "Function(\"",
    "DOMParser",
    "createContextualFragment",
    "setHTMLUnsafe",
    "srcdoc",
    "setTimeout(\"",
    "setAttribute(\"on",
];

#[test]
fn folders_use_only_those_below_them() {
    let mut found = Vec::new();
    for (root, arrows, base) in
        [("src", &SOURCE_ARROWS[..], &[][..]), ("core/src", &CORE_ARROWS[..], &CORE_BASE[..])]
    {
        for (folder, allowed) in arrows {
            for (path, line, text) in lines(&[&format!("{root}/{folder}")]) {
                for used in text.split("crate::").skip(1).map(leading_name) {
                    if used != *folder
                        && !allowed.contains(&used)
                        && !base.contains(&used)
                        && is_module(root, used)
                    {
                        found.push(format!("{path}:{line} uses `{used}`"));
                    }
                }
            }
        }
    }
    for module in CORE_BASE {
        for (path, line, text) in lines(&[&format!("core/src/{module}.rs")]) {
            if text.contains("crate::") {
                found.push(format!("{path}:{line}: {}", text.trim()));
            }
        }
    }
    demand(
        &found,
        "dependencies point down only: see the diagram in ARCHITECTURE.md, and the arrows in this file.",
    );
}

#[test]
fn files_have_no_circles() {
    let mut found = Vec::new();
    for root in ["core/src", "src"] {
        let code: Vec<(String, String)> = files(&[root], "rs")
            .into_iter()
            .map(|path| {
                let text = read(&path);
                let code: Vec<&str> = text.lines().map(without_comment).collect();
                (path, code.join("\n"))
            })
            .collect();
        let mut graph = FileGraph::new(root, &code);
        let meant = CIRCLES.iter().flat_map(|(from, used)| used.iter().map(move |to| (*from, *to)));
        for (from, to) in meant.filter(|(from, _)| from.starts_with(&format!("{root}/"))) {
            if !graph.has(from, to) || graph.path(to, from).is_none() {
                found.push(format!("the arrow from {from} to {to} is listed, but closes no circle"));
            }
            graph.remove(from, to);
        }
        found.extend(graph.circles());
    }
    demand(&found, "files do not use each other in a circle: move what several need to a file below them.");
}

#[test]
fn core_is_pure() {
    let mut forbidden = vec!["leptos", "std::fs", "std::net", "std::time", "std::env", "std::process"];
    forbidden.extend(BROWSER_CRATES);
    // A list of imports in braces would hide the words above.
    forbidden.push("use std::{");
    let mut found = occurrences(&["core/src"], &[], &forbidden);
    for (header, key) in manifest_keys("core/Cargo.toml") {
        let name = format!("{header} {key}").replace('-', "_");
        if header.contains("dependencies") && forbidden.iter().any(|word| name.contains(word)) {
            found.push(format!("core/Cargo.toml depends on `{key}`"));
        }
    }
    demand(
        &found,
        "core is pure: no files, network, clock or Leptos. That belongs in src/site or src/client.",
    );
}

#[test]
fn only_the_markdown_module_parses_markdown_and_yaml() {
    let words = ["pulldown_cmark", "html5gum", "linkify", "serde_saphyr"];
    // The pages of publishers and of Trunk are HTML, and no part of a notebook.
    let exceptions = ["core/src/markdown", "src/metadata_services/web_page.rs", "src/site/frame_page.rs"];
    let found = occurrences(&["core/src", "src"], &exceptions, &words);
    demand(&found, "only core/src/markdown uses the parsers of Markdown and YAML.");
}

#[test]
fn the_client_has_no_markdown_parser() {
    let found = occurrences(&["src/view", "src/client"], &[], &["markdown"]);
    demand(&found, "the client fetches a parsed notebook: a parser would be a download for every reader.");
}

#[test]
fn views_compile_for_both_targets_from_the_same_code() {
    let mut words = vec!["std::fs", "use std::{"];
    words.extend([
        "cfg(target",
        "cfg(feature",
        "cfg(not(",
        "cfg(any(",
        "cfg(all(",
        "cfg_attr(",
        "cfg!(",
        " on:",
    ]);
    words.extend(BROWSER_CRATES);
    let found = occurrences(&["src/view"], &[], &words);
    demand(
        &found,
        "a view uses neither browser nor files, has no `cfg`, and no event handlers: the client adds those.",
    );
}

#[test]
fn the_client_and_the_command_are_never_compiled_together() {
    let mut found = occurrences(&["src/client"], &[], &["std::fs"]);
    found.extend(occurrences(
        &["src/site", "src/cli", "src/publish", "src/metadata_services"],
        &[],
        &BROWSER_CRATES,
    ));
    let lib = read("src/lib.rs");
    for module in ["pub mod cli;", "mod metadata_services;", "mod publish;", "pub mod site;"] {
        if !lib.contains(&format!("#[cfg(not(target_arch = \"wasm32\"))]\n{module}")) {
            found.push(format!("src/lib.rs has `{module}` without its `cfg`"));
        }
    }
    for (header, key) in manifest_keys("Cargo.toml") {
        let needs_browser = BROWSER_CRATES.iter().any(|word| key.replace('-', "_").starts_with(word));
        if needs_browser && !header.starts_with("target.'cfg(target_arch = \"wasm32\")'") {
            found.push(format!("Cargo.toml has `{key}` under [{header}]"));
        }
    }
    demand(&found, "browser crates are for wasm32 only, and native code for the command only.");
}

#[test]
fn html_is_never_set_from_text() {
    let mut found = Vec::new();
    for (path, line, text) in lines(&["src"]) {
        // Clearing an element is the one permitted use.
        let text = text.replace("set_inner_html(\"\")", "");
        let words = ["inner_html", "innerHTML", "outer_html", "outerHTML", "insert_adjacent_html"];
        if words.iter().any(|word| text.contains(word)) {
            found.push(format!("{path}:{line}: {}", text.trim()));
        }
    }
    demand(&found, "text is a tree, and views turn it into elements: nothing sets HTML from a string.");
}

#[test]
fn scripts_run_no_text_and_insert_no_html() {
    let scripts = files(&["src"], "js");
    assert!(!scripts.is_empty(), "the scripts of a page are not where this test looks for them");
    let mut found = Vec::new();
    for path in scripts {
        for (at, line) in read(&path).lines().enumerate() {
            for word in UNSAFE_SCRIPT.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{path}:{} has `{word}`", at + 1));
            }
        }
    }
    demand(&found, "a script builds elements, and gets code from the files of its own build only.");
}

#[test]
fn scripts_store_only_what_is_listed() {
    let mut found = Vec::new();
    let allowed = ["src/site/color_scheme.js", "src/site/live_reload.js", "src/studio/app/journal.js"];
    for path in files(&["src"], "js").iter().filter(|path| !allowed.contains(&path.as_str())) {
        for word in ["localStorage", "sessionStorage", "indexedDB", "document.cookie"] {
            if read(path).contains(word) {
                found.push(format!("{path} has `{word}`"));
            }
        }
    }
    demand(
        &found,
        "color_scheme.js reads the reader's color scheme before the first paint, live_reload.js keeps the author's place for the next page, and \
         journal.js keeps what the author writes in the studio; all else is src/client's to store.",
    );
}

#[test]
fn one_module_writes_the_url() {
    let words = ["push_state", "replace_state", "location().set_", "location().assign", "location().replace"];
    let mut found = occurrences(&["src"], &["src/client/browser/url.rs"], &words);
    for path in files(&["src"], "js") {
        for word in ["pushState", "replaceState", "location.href =", "location.hash =", "location.assign"] {
            if read(&path).contains(word) {
                found.push(format!("{path} has `{word}`"));
            }
        }
    }
    demand(&found, "only src/client/browser/url.rs writes the URL.");
}

#[test]
fn one_module_stores_what_belongs_to_the_reader() {
    let words = ["local_storage", "session_storage", "set_cookie"];
    let found = occurrences(&["src"], &["src/client/browser/storage.rs"], &words);
    demand(&found, "only src/client/browser/storage.rs stores something in the browser.");
}

#[test]
fn nothing_reads_the_notebook_from_the_page() {
    let words = ["text_content()", "inner_text", "inner_html()", ".node_value()", "clone_node(true)"];
    let found = occurrences(&["src/client"], &["src/client/browser/highlight.rs"], &words);
    demand(&found, "the client has the notebook as data: only highlights look for the text on the page.");
}

#[test]
fn state_is_in_no_static() {
    let words = ["thread_local", "static mut", "LocalKey"];
    let found = occurrences(&["src/client", "src/bin", "src/view"], &["src/view/strings/mod.rs"], &words);
    demand(
        &found,
        "the state of the client is in src/client/browser/app.rs, except the language of the interface, which is set once.",
    );
}

#[test]
fn no_test_is_ignored() {
    let folders = ["tests", "core/tests", "core/src", "src", "bench", "xtask"];
    let found = occurrences(&folders, &[], &[concat!("#[", "ignore")]);
    demand(&found, "a test runs or is deleted.");
}

#[test]
fn every_package_inherits_the_workspace_lints() {
    let mut found = Vec::new();
    if !read("Cargo.toml").contains("unsafe_code = \"forbid\"") {
        found.push("Cargo.toml does not forbid unsafe code".to_owned());
    }
    for manifest in packages() {
        if !read(&manifest).contains("[lints]\nworkspace = true") {
            found.push(format!("{manifest} does not inherit the lints of the workspace"));
        }
    }
    demand(&found, "`[lints] workspace = true` belongs in the manifest of every package.");
}

#[test]
fn the_document_names_every_folder_and_no_other() {
    let document = read(DOCUMENT);
    let named: Vec<&str> = document.split('`').skip(1).step_by(2).collect();
    let paths = named.iter().filter(|name| name.contains('/') && !name.contains(char::is_whitespace));
    let missing = paths.filter(|path| !root().join(path).exists());
    let mut found: Vec<String> =
        missing.map(|path| format!("`{path}` is named, but does not exist")).collect();
    for folder in ["core/src", "src"] {
        let inside = entries(folder).into_iter().filter(|path| is_folder(path));
        let unnamed = inside.filter(|path| !named.contains(&path.as_str()));
        found.extend(unnamed.map(|path| format!("`{path}` exists, but is not named")));
    }
    demand(&found, "ARCHITECTURE.md names the folders of core/src and src as they are.");
}

#[test]
fn the_document_lists_these_tests_and_no_others() {
    let (document, source) = (read(DOCUMENT), read("tests/architecture.rs"));
    let tests = source.split("#[test]\nfn ").skip(1);
    let tests: Vec<&str> = tests.filter_map(|rest| Some(rest.split_once("()")?.0)).collect();
    let claims = document.lines().filter(|line| line.starts_with("- ") && line.ends_with('`'));
    let claims: Vec<&str> = claims.filter_map(|line| line.trim_end_matches('`').rsplit('`').next()).collect();
    let unlisted = tests.iter().filter(|test| !claims.contains(test));
    let mut found: Vec<String> = unlisted.map(|test| format!("`{test}` is not listed")).collect();
    let unknown = claims.iter().filter(|claim| !tests.contains(claim));
    found.extend(unknown.map(|claim| format!("no test here is called `{claim}`")));
    demand(&found, "every line of \"What must be absent\" ends with the test that checks it.");
}

#[track_caller]
fn demand(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}\n", found.join("\n  "));
}

fn root() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

#[track_caller]
fn read(path: &str) -> String {
    let text = fs::read_to_string(root().join(path));
    text.unwrap_or_else(|error| panic!("{path} cannot be read: {error}")).replace("\r\n", "\n")
}

/// Returns what a folder contains, as paths from the root.
#[track_caller]
fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder));
    let entries = entries.unwrap_or_else(|error| panic!("{folder} cannot be read: {error}"));
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut paths: Vec<String> = names.map(|name| format!("{folder}/{name}")).collect();
    paths.sort();
    paths
}

fn is_folder(path: &str) -> bool {
    root().join(path).is_dir()
}

/// Returns true if `root` has a module of this name, as a folder or a file.
fn is_module(root: &str, name: &str) -> bool {
    is_folder(&format!("{root}/{name}")) || self::root().join(format!("{root}/{name}.rs")).is_file()
}

/// Returns the manifests of all packages of the workspace.
fn packages() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = ")).unwrap_or_default();
    let members = members.split('"').skip(1).step_by(2).map(|member| format!("{member}/Cargo.toml"));
    std::iter::once("Cargo.toml".to_owned()).chain(members).collect()
}

/// Returns every file below some folders (or the files themselves) with this extension.
fn files(paths: &[&str], extension: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut open: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    while let Some(path) = open.pop() {
        if is_folder(&path) {
            open.extend(entries(&path));
        } else if Path::new(&path).extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns every line of Rust below some folders, without comments: path, line counted from 1, text.
fn lines(paths: &[&str]) -> Vec<(String, usize, String)> {
    let mut lines = Vec::new();
    for path in files(paths, "rs") {
        let text = read(&path);
        let numbered = text.lines().enumerate();
        lines.extend(numbered.map(|(at, line)| (path.clone(), at + 1, without_comment(line).to_owned())));
    }
    lines
}

/// Cuts a line at the first `//` outside a string.
fn without_comment(line: &str) -> &str {
    let mut slashes = line.match_indices("//").map(|(at, _)| &line[..at]);
    slashes.find(|before| before.matches('"').count() % 2 == 0).unwrap_or(line)
}

/// Returns the identifier at the beginning of a text.
fn leading_name(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// Returns the places where code below some folders, except those of `except`, has one of some words.
fn occurrences(folders: &[&str], except: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, line, text) in lines(folders) {
        let is_checked = !except.iter().any(|folder| path.starts_with(folder));
        for word in words.iter().filter(|word| is_checked && text.contains(**word)) {
            found.push(format!("{path}:{line} has `{}`", word.trim()));
        }
    }
    found
}

/// Returns the keys of a manifest, each with the header above it.
fn manifest_keys(manifest: &str) -> Vec<(String, String)> {
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
