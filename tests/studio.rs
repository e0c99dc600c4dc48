//! The studio beside a notebook: its files, the link to it, and how an author leaves it out.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const FRAME: &str = include_str!("../index.html");
/// A program without functions: magic and version.
const PROGRAM: &[u8] = b"\0asm\x01\0\0\0";
const SCRIPT: &str = "async function init(){}\nexport { init as default };\n";
const LINK: &str = "href=\"studio.html?copy\"";

/// Builds a notebook with a frame as Trunk stages it. Returns the folder of its site.
fn site(front_matter: &str, programs: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("frame")).unwrap();
    let trunk = "<link rel=\"modulepreload\" href=\"./notebook-1.js\">\
        <script type=\"module\">/* TrunkApplicationStarted */</script></head>";
    let (head, body) = FRAME.split_once("</head>").unwrap();
    let head: String = head.lines().filter(|line| !line.contains("data-trunk")).collect();
    write("frame/index.html", [&head, trunk, body].concat().as_bytes());
    for name in programs {
        write(&format!("frame/{name}_bg.wasm"), PROGRAM);
        write(&format!("frame/{name}.js"), SCRIPT.as_bytes());
    }
    for bundle in ["studio-app.js", "studio-app.css", "studio-worker.js"] {
        write(&format!("frame/{bundle}"), b"");
    }
    write("notebook.md", format!("---\ntitle: Notes\n{front_matter}---\n\n## Terms\n\n- Word\n").as_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    for variable in ["TRUNK_STAGING_DIR", "NOTEBOOK_FILE", "NOTEBOOK_FRAME", "NOTEBOOK_URL"] {
        command.env_remove(variable);
    }
    command.env("NOTEBOOK_PAGE", folder.path().join("frame"));
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR")).current_dir(folder.path());
    let built = command.args(["build", "--out", "site"]).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder
}

/// Returns the names of the studio's files in the site.
fn studio_files(folder: &TempDir) -> Vec<String> {
    let names = fs::read_dir(folder.path().join("site")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("studio")).collect()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(Path::new(folder.path()).join("site").join(name)).unwrap()
}

#[test]
fn readers_can_edit_a_copy_unless_the_author_says_no() {
    let programs = ["notebook-1", "search", "studio"];
    for front_matter in ["", "studio: true\n"] {
        let folder = site(front_matter, &programs);
        assert_eq!(studio_files(&folder).len(), 8, "{:?}", studio_files(&folder));
        assert!(read(&folder, "index.html").contains(LINK));
        assert!(
            !read(&folder, "sw.js").contains("studio"),
            "readers' browsers fetch the files of the studio"
        );
    }
    let folder = site("studio: false\n", &programs);
    assert_eq!(studio_files(&folder), [""; 0]);
    assert!(!read(&folder, "index.html").contains(LINK));
}

#[test]
fn a_frame_without_the_studio_makes_a_site_without_it() {
    let folder = site("", &["notebook-1", "search"]);
    assert_eq!(studio_files(&folder), [""; 0]);
    assert!(!read(&folder, "index.html").contains(LINK));
}
