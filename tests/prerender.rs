//! The page as the desk writes it, without a browser.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use notebook::desk::{Beside, Site, map_html, page_html, prerender, typeset};
use notebook_core::markdown::read;
use notebook_core::notebook::Notebook;
use notebook_core::relations::Linked;
use notebook_core::search::{Field, Index, field_text};

const FRAME: &str = include_str!("../index.html");

const EVERYTHING: &str = "# T\n\nIntro.\n\n## Papers\n\n- [ ] [A & B](https://a.b \"hint\") by *X*, [pdf](p.pdf):\n\n  Purpose: *why* `x<y` $a^2$.\n  \
    Next.\\\n  Line\n\n  > [!NOTE]\n  > Alert\n\n  1. one\n  2. two\n     - [x] done\n\n  | h | i |\n  |--:|:-:|\n  | c | d |\n\n  \
    ![alt](p.png \"Caption\")\n\n  ```rust\n  fn x() {}\n  ```\n\n  Foot[^1].\n\n  [^1]: The note.\n\n## Terms\n\n- VAE: def\n\nmore\n\n## Goals\n\n\
    - a\n  - b\n\n    notes\n    - c\n\n## Links\n\n- [L](/l) tail\n\n## Text\n\nName\n: Def\n\n> # Inner\n\n---\n";

fn seed() -> Notebook {
    read(include_str!("../content/notebook.md")).notebook
}

/// Everything, with its formulas and code set.
fn everything() -> Notebook {
    let mut reading = read(EVERYTHING);
    typeset(&mut reading);
    reading.notebook
}

/// Read again, as a browser would.
fn page(notebook: &Notebook) -> scraper::Html {
    scraper::Html::parse_document(&page_html(notebook))
}

fn select(selector: &str) -> scraper::Selector {
    scraper::Selector::parse(selector).unwrap()
}

/// The text of an element as search counts in it: without what the page added.
fn text_of(element: scraper::ElementRef<'_>) -> String {
    let aside = |node: &scraper::ElementRef<'_>| node.value().attr("data-aside").is_some();
    let mut text = String::new();
    for node in element.descendants() {
        let inside_aside = node.ancestors().filter_map(scraper::ElementRef::wrap).any(|above| aside(&above));
        if let (Some(piece), false) = (node.value().as_text(), inside_aside) {
            text.push_str(piece);
        }
    }
    text
}

#[test]
fn every_address_is_on_the_page() {
    for mut notebook in [seed(), read(EVERYTHING).notebook] {
        let html = page_html(&notebook);
        notebook.map_urls(&mut |url, _| {
            assert!(html.contains(&url.as_str().replace('&', "&amp;")), "{url}");
        });
    }
}

#[test]
fn formulas_and_code_are_set() {
    let page = page(&everything());
    let math: Vec<_> = page.select(&select("math, math *")).collect();
    let names: Vec<_> = math.iter().map(|element| element.value().name()).collect();
    assert_eq!(names, ["math", "semantics", "mrow", "msup", "mi", "mn", "annotation"]);
    assert!(math.iter().all(|element| element.value().name.ns.ends_with("/Math/MathML")));
    assert_eq!(math.last().unwrap().text().collect::<String>(), "a^2");
    let code = page.select(&select("pre[data-lang=rust] code")).next().unwrap();
    assert_eq!(code.text().collect::<String>(), "fn x() {}");
    assert_eq!(code.child_elements().map(|piece| piece.inner_html()).collect::<Vec<_>>(), ["fn ", "x"]);
}

#[test]
fn the_text_of_a_field_is_what_search_counts_in() {
    for notebook in [seed(), read(EVERYTHING).notebook, everything()] {
        let page = page(&notebook);
        for (_, entry) in notebook.walk() {
            let element = page.select(&select(&format!("[id='{}']", entry.id()))).next().unwrap();
            for field in Field::ALL {
                let plain = field_text(entry, field);
                let shown = element.select(&select(&format!("[data-field={}]", field.key()))).next();
                assert_eq!(shown.map_or(String::new(), text_of), plain.as_str(), "{} {field:?}", entry.id());
            }
        }
    }
}

#[test]
fn ids_are_given_once() {
    let notebook = read(EVERYTHING).notebook;
    let page = page(&notebook);
    let ids: Vec<_> = page.select(&select("[id]")).filter_map(|element| element.value().attr("id")).collect();
    let once: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
}

#[test]
fn the_page_of_the_seed_is_as_it_was() {
    insta::assert_snapshot!("seed", page_html(&seed()).replace("><", ">\n<"));
}

#[test]
fn the_map_of_the_seed_is_as_it_was() {
    insta::assert_snapshot!("map", map_html(&seed()).replace("><", ">\n<"));
}

#[test]
fn every_node_of_the_map_leads_to_the_page() {
    for notebook in [seed(), everything()] {
        let (page, map) = (page(&notebook), scraper::Html::parse_document(&map_html(&notebook)));
        let nodes: Vec<_> = map.select(&select("svg a")).collect();
        let inside: Vec<_> = map.select(&select("svg *")).map(|element| &*element.value().name.ns).collect();
        assert!(nodes.len() > 1 && inside.iter().all(|ns| ns.ends_with("/svg")));
        for node in nodes {
            let href = node.value().attr("href").unwrap();
            let entry = format!("[id='{}']", href.strip_prefix("./#").unwrap());
            assert_eq!(page.select(&select(&entry)).count(), 1, "{href}");
            assert!(node.select(&select("title")).next().is_some_and(|title| title.text().count() > 0));
            assert!(map.select(&select(&format!("#_list a[href='{href}']"))).next().is_some(), "{href}");
        }
    }
    assert_eq!(map_html(&read("# N\n\n## Papers\n\n- [One](https://a.b):\n").notebook), "");
    let page = page_html(&read("# N\n\n## Papers\n\n- [One](https://a.b):\n").notebook);
    assert!(!page.contains("map.html"), "a link that leads nowhere");
}

#[test]
fn the_frame_is_filled_and_text_stays_text() {
    let source = "---\ntitle: <b>T</b> & \"U\"\nmeta_description: \"a > b\"\nlang: ar\n---\n\n<script>alert(1)</script>\n";
    let notebook = read(source).notebook;
    let whole = prerender(
        FRAME,
        &Site::unpublished(&notebook),
        &Linked::of(&notebook),
        Index::default(),
        &Beside::default(),
        &[],
    )
    .unwrap();
    let page = scraper::Html::parse_document(&whole);
    let title: String = page.select(&select("title")).flat_map(|title| title.text()).collect();
    assert_eq!(title.trim(), "<b>T</b> & \"U\"");
    let html = page.select(&select("html")).next().unwrap().value();
    assert_eq!((html.attr("lang"), html.attr("dir")), (Some("ar"), Some("rtl")));
    let description = page.select(&select("meta[name=description]")).next().unwrap();
    assert_eq!(description.value().attr("content"), Some("a > b"));
    assert_eq!(page.select(&select("script:not([type])")).count(), 0);
    assert!(
        prerender(
            "<html>",
            &Site::unpublished(&notebook),
            &Linked::of(&notebook),
            Index::default(),
            &Beside::default(),
            &[]
        )
        .is_err()
    );
}
