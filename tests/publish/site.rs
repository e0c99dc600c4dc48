//! A built notebook to publish, and whether a target has all of it.

use std::fs;
use std::path::Path;

use crate::file_names::file_names;
use sha2::{Digest, Sha256};

/// Some files are named for their content and change with the version, some never change, some keep their name.
pub(crate) fn built(version: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), version);
    folder
}

/// Builds into a folder; another version that is there goes.
pub(crate) fn write(folder: &Path, version: &str) {
    for name in file_names(folder) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut head = String::new();
    for (stem, end) in [("style", "css"), ("notebook", "js"), ("always", "js"), ("notebook", "wasm")] {
        let text = if stem == "always" {
            "/**/".repeat(500)
        } else {
            format!("/* {end} of {version} */").repeat(99)
        };
        let bg = if end == "wasm" { "_bg" } else { "" };
        let name = format!("{stem}-{}{bg}.{end}", hash(&text));
        put(&name, &text);
        let (before, after) = match end {
            "css" => ("<link rel=\"stylesheet\" href=\"./", "\">"),
            "js" => ("<script src=\"./", "\"></script>"),
            _ => ("<link rel=\"preload\" as=\"fetch\" href=\"./", "\">"),
        };
        head.extend([before, &name, after]);
    }
    let part = format!("[{{\"part of\": \"{version}\"}}]");
    put(&format!("chunks/{}.json", hash(&part)), &part);
    put("theme.js", "theme");
    put("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    put("a picture, ä #1.png", "pixels");
    put("notebook.json", &format!("{{\"version\": \"{version}\"}}"));
    put(
        "index.html",
        &format!(
            "<!doctype html><html><head>{head}<script src=\"theme.js\"></script></head><h1>{version}</h1>"
        ),
    );
}

/// Returns the version that is served at a location, after checking that every file its page requests exists and matches its name.
#[track_caller]
pub(crate) fn served_version(place: &Path) -> Option<String> {
    let page = fs::read_to_string(place.join("index.html")).ok()?;
    let head = page.split("</head>").next().unwrap();
    for rest in ["src=\"", "href=\""].into_iter().flat_map(|begin| head.split(begin).skip(1)) {
        let name = rest.split('"').next().unwrap().trim_start_matches("./");
        let text = fs::read_to_string(place.join(name))
            .unwrap_or_else(|why| panic!("the page asks for {name}: {why}"));
        assert!(!name.contains('-') || name.contains(&hash(&text)), "{name} is {text}");
    }
    Some(page.split("<h1>").nth(1)?.split('<').next()?.to_owned())
}

/// Every file of a build is at a place, with the same bytes.
#[track_caller]
pub(crate) fn assert_complete(build: &Path, place: &Path) {
    for name in file_names(build) {
        let there = fs::read(place.join(&name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(there == fs::read(build.join(&name)).unwrap(), "{name} differs");
    }
    let runs = fs::read_dir(place.join(".notebook/publishing"));
    assert_eq!(runs.map_or(0, Iterator::count), 0, "a run is said to be under way");
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}
