//! `notebook build --single-file`: one page that needs no other file.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scraper::{Html, Selector};

const FRAME: &str = include_str!("../index.html");
/// A program without functions: magic and version.
const PROGRAM: &[u8] = b"\0asm\x01\0\0\0";
const SCRIPT: &str = "async function init(){}\nexport { init as default };\n";
const NOTEBOOK: &str = "---\ntitle: Notes\nlang: es\n---\n\n## Papers\n\n- [A](https://arxiv.org/abs/2010.11929)\n\n\
    ![p](a%20b.png) [p](paper.pdf)\n\n```html\n<img src=\"a%20b.png\">\n```\n\n## Terms\n\n- Word: see A.\n";

fn notebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    for variable in ["TRUNK_STAGING_DIR", "NOTEBOOK_FILE", "NOTEBOOK_FRAME", "NOTEBOOK_URL"] {
        command.env_remove(variable);
    }
    command.env("NOTEBOOK_PAGE", folder.join("frame")).env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

/// A folder with a notebook, and a frame as Trunk stages it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("frame")).unwrap();
    let trunk = "<link rel=\"modulepreload\" href=\"./notebook-1.js\"><link rel=\"stylesheet\" href=\"./overlays-1.css\">\
        <script type=\"module\">/* TrunkApplicationStarted */</script></head>";
    let (head, body) = FRAME.split_once("</head>").unwrap();
    let head: String = head.lines().filter(|line| !line.contains("data-trunk")).collect();
    write("frame/index.html", [&head, trunk, body].concat().as_bytes());
    write("frame/overlays-1.css", b"dialog { color: red; }");
    write("frame/icon.svg", b"<svg/>");
    for name in ["notebook-1", "search"] {
        write(&format!("frame/{name}_bg.wasm"), PROGRAM);
        write(&format!("frame/{name}.js"), SCRIPT.as_bytes());
    }
    write("notebook.md", NOTEBOOK.as_bytes());
    write("a b.png", b"picture");
    write("paper.pdf", b"paper");
    folder
}

#[test]
fn everything_is_in_the_page() {
    let folder = folder();
    let built = notebook(folder.path(), &["build", "--single-file"]);
    let errors = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success() && errors.contains("not in the single file: paper.pdf"), "{errors}");
    let text = fs::read_to_string(folder.path().join("notebook.html")).unwrap();
    let page = Html::parse_document(&text);
    let select = |selector: &str| Selector::parse(selector).unwrap();

    // The page fetches no other file of the site, except those that cannot be embedded.
    for (selector, attribute) in [("[src]", "src"), ("head [href]", "href"), ("body [href]", "href")] {
        for element in page.select(&select(selector)) {
            let address = element.value().attr(attribute).unwrap();
            let is_known = ["data:", "https://", "#", "?"].iter().any(|begin| address.starts_with(begin));
            assert!(is_known || ["paper.pdf", "map.html"].contains(&address), "{address}");
        }
    }
    let picture = format!("data:image/png;base64,{}", STANDARD.encode("picture"));
    assert!(text.contains(&format!("src=\"{picture}\"")) && text.contains("dialog{color:red;}"));
    assert_eq!(
        page.select(&select("pre")).next().unwrap().text().collect::<String>().trim(),
        "<img src=\"a%20b.png\">"
    );

    // Data are those of a site, which its page names.
    assert!(notebook(folder.path(), &["build"]).status.success());
    let mut names = Vec::new();
    for element in page.select(&select("script[data-file]")) {
        let name = element.value().attr("data-file").unwrap();
        let packed = STANDARD.decode(element.text().collect::<String>()).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, fs::read(folder.path().join("dist").join(name)).unwrap(), "{name}");
        names.push(name.split('-').next().unwrap().to_owned());
    }
    assert_eq!(names, ["citations", "entries", "index", "notebook", "outline", "search", "words"]);
    let selector = select("script[type=module]");
    let modules = page.select(&selector);
    assert_eq!(modules.filter(|module| module.inner_html().contains("notebookPrograms")).count(), 2);

    // The policy allows the page's own scripts and styles, and no request.
    let selector = select("meta[http-equiv]");
    let policy = page.select(&selector).next().unwrap().value().attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'wasm-unsafe-eval' 'sha256-"), "{policy}");
    assert!(
        !policy.contains("connect-src") && !policy.contains("'self'") && !policy.contains("unsafe-inline")
    );
}

#[test]
fn the_same_notebook_gives_the_same_file_and_no_other_is_overwritten() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    assert!(notebook(folder.path(), &["build", "--single-file"]).status.success());
    assert!(
        notebook(folder.path(), &["build", "--single-file", "--out", "deep/other.html"]).status.success()
    );
    assert!(
        notebook(folder.path(), &["build", "--single-file"]).status.success(),
        "its own page is replaced"
    );
    assert_eq!(fs::read(path("notebook.html")).unwrap(), fs::read(path("deep/other.html")).unwrap());
    fs::write(path("thesis.html"), "<p>Mine</p>").unwrap();
    let refused = notebook(folder.path(), &["build", "--single-file", "--out", "thesis.html"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("--out"));
    assert_eq!(fs::read_to_string(path("thesis.html")).unwrap(), "<p>Mine</p>");
}
