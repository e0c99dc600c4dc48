//! Metadata files, parsed by independent libraries.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const FRAME: &str = include_str!("../index.html");
const HOME: &str = "https://me.example/notes/";

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    let done =
        git.args(arguments).current_dir(folder).env("GIT_AUTHOR_DATE", "2026-03-04T05:06:07Z").output();
    let done = done.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A notebook with a history, built to be published.
fn built(source: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("n.md"), source).unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "n.md"]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    fs::create_dir(file("out")).unwrap();
    fs::write(file("out/index.html"), FRAME).unwrap();
    let build = ["build", "n.md", "--out", "out", "--url", "https://me.example/notes/index.html?x"];
    let done = Command::new(env!("CARGO_BIN_EXE_notebook"))
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .args(build)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join("out").join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

const SOURCE: &str = "---\ntitle: A <b> & C\nmeta_description: What \"it\" is\nauthor: Ada L.\n---\n\n## Papers\n\n\
    - [Attention & all](https://arxiv.org/abs/1706.03762):\n\n  Proposal: drop </script> `x<y`.\n\n## Terms\n\n- VAE (V): ]]> an encoder\n";

#[test]
fn feed_parsers_read_new_entries() {
    let folder = built(SOURCE);
    for name in ["feed.atom", "feed.json"] {
        let text = read(&folder, name);
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|why| panic!("{why} in {text}"));
        assert_eq!(feed.title.unwrap().content, "A <b> & C", "{name}");
        assert_eq!(feed.authors[0].name.as_deref(), Some("Ada L."));
        let entry =
            feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content == "Attention & all");
        let entry = entry.unwrap();
        let here = format!("{HOME}#attention-all");
        assert_eq!((entry.id.as_str(), entry.links[0].href.as_str()), (here.as_str(), here.as_str()));
        assert_eq!(entry.updated.unwrap().to_rfc3339(), "2026-03-04T05:06:07+00:00");
        assert!(text.contains("drop"), "{text}");
    }
}

#[test]
fn describes_the_page_in_its_metadata() {
    let folder = built(SOURCE);
    let page = scraper::Html::parse_document(&read(&folder, "index.html"));
    let one = |selector: &str, attribute: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        let mut found = page.select(&selector);
        let value =
            found.next().and_then(|element| element.value().attr(attribute)).unwrap_or_default().to_owned();
        assert!(found.next().is_none(), "{selector:?} twice");
        value
    };
    assert_eq!(one("head > link[rel=canonical]", "href"), HOME);
    assert_eq!(one("head > meta[property='og:title']", "content"), "A <b> & C");
    assert_eq!(one("head > meta[property='og:description']", "content"), "What \"it\" is");
    assert_eq!(one("head > meta[property='og:url']", "content"), HOME);
    assert_eq!(one("head > meta[name=citation_author]", "content"), "Ada L.");
    for kind in ["application/json", "text/markdown", "application/atom+xml", "application/feed+json"] {
        let file = one(&format!("head > link[rel=alternate][type='{kind}']"), "href");
        assert!(folder.path().join("out").join(&file).is_file(), "{kind}: {file}");
    }
    let script = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    let linked: String = page.select(&script).next().unwrap().text().collect();
    let linked: Value = serde_json::from_str(&linked).unwrap();
    assert_eq!(linked["@context"], "https://schema.org");
    let page = &linked["@graph"][0];
    let paper = &page["mentions"][0];
    assert_eq!((page["@type"].as_str(), page["url"].as_str()), (Some("CollectionPage"), Some(HOME)));
    assert_eq!(
        (paper["@type"].as_str(), paper["name"].as_str()),
        (Some("ScholarlyArticle"), Some("Attention & all"))
    );
    assert_eq!(
        (paper["identifier"].as_str(), paper["datePublished"].as_str()),
        (Some("arXiv:1706.03762"), Some("2017"))
    );
    let term = &linked["@graph"][1]["hasDefinedTerm"][0];
    assert_eq!((term["name"].as_str(), term["alternateName"][0].as_str()), (Some("VAE"), Some("V")));
}

#[test]
fn crawlers_reach_every_page_of_a_large_notebook() {
    let mut source = String::from("---\ntitle: Large\n---\n\n## Papers\n\n### Old ones\n\n");
    for number in 0..450 {
        let _ = write!(source, "- [Paper {number}](https://a.example/{number}):\n\n  Word{number}.\n\n");
    }
    source.push_str("## Terms\n\n- VAE: an encoder\n- GAN: a network\n");
    let folder = built(&source);
    let map = read(&folder, "sitemap.xml");
    let mut pages = Vec::new();
    let mut reader = quick_xml::Reader::from_str(&map);
    let mut inside = false;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => inside = start.name().as_ref() == b"loc",
            quick_xml::events::Event::Text(text) if inside => pages.push(text.decode().unwrap().into_owned()),
            quick_xml::events::Event::Eof => break,
            _ => inside = false,
        }
    }
    assert!(pages.len() > 7, "{pages:?}");
    let mut words = String::new();
    for page in &pages {
        let name = page.strip_prefix(HOME).unwrap();
        let text = read(&folder, if name.is_empty() { "index.html" } else { name });
        assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{page}\">")), "{page}");
        // Links of a page lead to pages that are there.
        let html = scraper::Html::parse_document(&text);
        let links = scraper::Selector::parse("nav a[href$='.html']").unwrap();
        for href in html.select(&links).filter_map(|link| link.value().attr("href")) {
            assert!(folder.path().join("out").join(href).is_file(), "{href} on {page}");
        }
        words.push_str(&text);
    }
    for number in 0..450 {
        assert!(words.contains(&format!("Word{number}.")), "paper {number} is on no page");
    }
    assert!(pages.iter().any(|page| page.ends_with("term/vae.html")), "{pages:?}");
    // The notebook's own page leads to the pages of its sections.
    assert!(read(&folder, "index.html").contains("href=\"in/old-ones.html\""));
}

#[test]
fn writes_metadata_that_needs_no_site_address() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("n.md"), "# T\n\n<!-- not for others -->\n\nText\n").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_notebook"))
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .args(["build", "n.md", "--out", "out"])
        .env_remove("NOTEBOOK_URL")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success());
    assert!(read(&folder, "llms.txt").starts_with("# T\n"));
    assert_eq!(read(&folder, "robots.txt"), "User-agent: *\nAllow: /\n");
    assert!(!folder.path().join("out/sitemap.xml").exists());
    let text = read(&folder, "notebook.md");
    assert!(text.contains("Text") && !text.contains("not for others"), "{text}");
}
