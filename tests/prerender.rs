//! The prerendered page and concept map, parsed as a browser would.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use leptos::prelude::{AnyView, Owner, RenderHtml};
use notebook::site::{DataFiles, SiteMetadata, map_html, page_html, prerender, typeset};
use notebook::view::{entry_preview, footnote_preview, table_content};
use notebook_core::Query;
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown::read;
use notebook_core::notebook::{Entry, Notebook};
use notebook_core::paper_table::{PaperTable, TablePaper};
use notebook_core::search::{Corpus, Field, field_text};

/// A notebook with every kind of entry, block and span.
const EVERYTHING: &str = "# T\n\nIntro.\n\n## Papers\n\n- [ ] [A & B](https://a.b \"hint\") by *X*, [pdf](p.pdf):\n\n  Purpose: *why* `x<y` $a^2$.\n  \
    Next.\\\n  Line\n\n  > [!NOTE]\n  > Alert\n\n  1. one\n  2. two\n     - [x] done\n\n  | h | i |\n  |--:|:-:|\n  | c | d |\n\n  \
    ![alt](p.png \"Caption\")\n\n  ```rust\n  fn x() {}\n  ```\n\n  Foot[^1].\n\n  [^1]: The note.\n\n## Terms\n\n- VAE: def\n\nmore\n\n## Goals\n\n\
    - a\n  - b\n\n    notes\n    - c\n\n## Links\n\n- [L](/l) tail\n\n## Text\n\nName\n: Def\n\n> # Inner\n\n---\n";

fn seed() -> Notebook {
    read(include_str!("fixtures/seed/notebook.md")).notebook
}

/// Returns [`EVERYTHING`] with its formulas and code typeset.
fn typeset_everything() -> Notebook {
    let mut reading = read(EVERYTHING);
    typeset(&mut reading);
    reading.notebook
}

/// Renders and parses the page of a notebook.
fn page(notebook: &Notebook) -> scraper::Html {
    scraper::Html::parse_document(&page_html(notebook))
}

fn select(selector: &str) -> scraper::Selector {
    scraper::Selector::parse(selector).unwrap()
}

/// Returns the text of an element without elements marked `data-aside`, as search sees it.
fn search_text(element: scraper::ElementRef<'_>) -> String {
    let is_aside = |node: &scraper::ElementRef<'_>| node.value().attr("data-aside").is_some();
    let mut text = String::new();
    for node in element.descendants() {
        let is_inside_aside =
            node.ancestors().filter_map(scraper::ElementRef::wrap).any(|above| is_aside(&above));
        if let (Some(piece), false) = (node.value().as_text(), is_inside_aside) {
            text.push_str(piece);
        }
    }
    text
}

#[test]
fn page_contains_every_url() {
    for mut notebook in [seed(), read(EVERYTHING).notebook] {
        let html = page_html(&notebook);
        notebook.for_each_url_mut(&mut |url, _| {
            assert!(html.contains(&url.as_str().replace('&', "&amp;")), "{url}");
        });
    }
}

#[test]
fn typesets_formulas_and_code() {
    let page = page(&typeset_everything());
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
fn field_text_matches_search_text() {
    for notebook in [seed(), read(EVERYTHING).notebook, typeset_everything()] {
        let page = page(&notebook);
        for (_, entry) in notebook.walk() {
            let element = page.select(&select(&format!("[id='{}']", entry.id()))).next().unwrap();
            for field in Field::ALL {
                let plain = field_text(entry, field);
                let shown = element.select(&select(&format!("[data-field={}]", field.key()))).next();
                assert_eq!(
                    shown.map_or(String::new(), search_text),
                    plain.as_str(),
                    "{} {field:?}",
                    entry.id()
                );
            }
        }
    }
}

#[test]
fn ids_are_unique() {
    let notebook = read(EVERYTHING).notebook;
    let page = page(&notebook);
    let ids: Vec<_> = page.select(&select("[id]")).filter_map(|element| element.value().attr("id")).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
}

#[test]
fn filters_papers_by_kinds_of_links() {
    let notes = "## Papers\n\n- [A](https://arxiv.org/abs/1706.03762) [code](https://github.com/a/b)\n\
        - [B](https://arxiv.org/abs/1810.04805)\n";
    let page = page(&read(notes).notebook);
    let code = page.select(&select(".facet a[href='?has=code']")).next().unwrap();
    assert_eq!(code.text().collect::<String>(), "Code1");
    assert_eq!(page.select(&select(".facet a[href='?has=paper']")).count(), 0);
    // The author's line shows the link already, and nothing repeats it.
    assert_eq!(page.select(&select("a[href='https://github.com/a/b']")).count(), 1);
}

#[test]
fn entries_before_the_first_heading_have_no_empty_heading() {
    let source =
        "- [A](https://arxiv.org/abs/2001.99040)\n\n## Papers\n\n- [B](https://arxiv.org/abs/2001.99041)\n";
    let page = page(&read(source).notebook);
    let count = |selector: &str| page.select(&select(selector)).count();
    assert_eq!(count("main section .paper"), 2);
    assert_eq!((count("main section"), count("main section > details > summary")), (2, 1));
    assert_eq!(count(".contents a"), 1);
}

#[test]
fn entries_whose_titles_are_shown_above_are_marked() {
    let source =
        "## Terms\n\n### Fold\n\nA line.\n\n### More\n\n| Term | Meaning |\n|--|--|\n| Map | a sheet |\n";
    let page = page(&read(source).notebook);
    assert_eq!(page.select(&select(".term.of-heading")).count(), 1);
    assert_eq!(page.select(&select(".term.of-row")).count(), 1);
}

#[test]
fn page_of_seed_matches_snapshot() {
    insta::assert_snapshot!("seed", page_html(&seed()).replace("><", ">\n<"));
}

#[test]
fn map_of_seed_matches_snapshot() {
    insta::assert_snapshot!("map", map_html(&seed()).replace("><", ">\n<"));
}

#[test]
fn map_nodes_link_to_entries_of_page() {
    for notebook in [seed(), typeset_everything()] {
        let (page, map) = (page(&notebook), scraper::Html::parse_document(&map_html(&notebook)));
        let nodes: Vec<_> = map.select(&select("svg a")).collect();
        let inside: Vec<_> = map.select(&select("svg *")).map(|element| &*element.value().name.ns).collect();
        assert!(nodes.len() > 1 && inside.iter().all(|ns| ns.ends_with("/svg")));
        for node in nodes {
            let href = node.value().attr("href").unwrap();
            let entry = format!("[id='{}']", href.strip_prefix("./#").unwrap());
            assert_eq!(page.select(&select(&entry)).count(), 1, "{href}");
            assert!(node.select(&select("title")).next().is_some_and(|title| title.text().count() > 0));
            assert!(map.select(&select(&format!("#_map-list a[href='{href}']"))).next().is_some(), "{href}");
        }
    }
    assert_eq!(map_html(&read("# N\n\n## Papers\n\n- [One](https://a.b):\n").notebook), "");
    let page = page_html(&read("# N\n\n## Papers\n\n- [One](https://a.b):\n").notebook);
    assert!(!page.contains("map.html"), "a link to a map that does not exist");
}

#[test]
fn escapes_text_of_the_whole_page() {
    let source = "---\ntitle: <b>T</b> & \"U\"\nmeta_description: \"a > b\"\nlang: ar\n---\n\n<script>alert(1)</script>\n";
    let notebook = read(source).notebook;
    let page = prerender(
        &SiteMetadata::unpublished(&notebook),
        &LinkedNotebook::new(&notebook),
        Corpus::default(),
        &DataFiles::default(),
        &[],
    );
    let html = page.to_html();
    let page = scraper::Html::parse_document(&html);
    let title: String = page.select(&select("title")).flat_map(|title| title.text()).collect();
    assert_eq!(title.trim(), "<b>T</b> & \"U\"");
    let html = page.select(&select("html")).next().unwrap().value();
    assert_eq!((html.attr("lang"), html.attr("dir")), (Some("ar"), Some("rtl")));
    let description = page.select(&select("meta[name=description]")).next().unwrap();
    assert_eq!(description.value().attr("content"), Some("a > b"));
    assert_eq!(page.select(&select("script:not([type])")).count(), 0);
}

/// Renders the preview of the first entry that has one.
fn preview(source: &str, of: impl Fn(&Entry) -> Option<AnyView>) -> Option<String> {
    let notebook = read(source).notebook;
    let owner = Owner::new();
    owner.with(|| notebook.walk().find_map(|(_, entry)| of(entry)).map(AnyView::to_html))
}

#[test]
fn preview_shows_title_facts_and_first_blocks() {
    let source = "## Papers\n\n- [A *paper*](https://arxiv.org/abs/2001.00001) by B. C.:\n\n  One.\n\n  Two.\n\n  Three.\n\n  Four.\n";
    let html = preview(source, entry_preview).unwrap();
    for part in [">A paper<", "2020", "B. C.", "One.", "Three."] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("Four.") && !html.contains("<button"), "{html}");
    assert_eq!(preview("## A\n\nWords.\n", entry_preview), None, "prose has no title");
}

#[test]
fn preview_of_a_footnote_is_found_inside_an_entry() {
    let source = "## Papers\n\n- [A](https://a.b/c):\n\n  Said[^1].\n\n  [^1]: Not quite.\n";
    let html = preview(source, |entry| footnote_preview(entry, "_note-1")).unwrap();
    assert!(html.contains("Not quite.") && html.contains("#_note-1"), "{html}");
    assert_eq!(preview(source, |entry| footnote_preview(entry, "_note-2")), None);
}

/// Renders the table of the papers of a notebook for a query.
fn table(source: &str, query: &str) -> scraper::Html {
    let notebook = read(source).notebook;
    let papers = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Paper(paper) => Some(TablePaper::new(paper, "Other notes")),
        _ => None,
    });
    let table = PaperTable::new(papers.collect(), &["Purpose".to_owned()], "Other notes", &[]);
    let html = Owner::new().with(|| table_content(&Query::parse(query), &table).to_html());
    scraper::Html::parse_document(&format!("<table>{html}</table>"))
}

#[test]
fn table_has_a_row_for_each_paper_and_a_comparison_a_column() {
    let source = "## Papers\n\n- [A](https://arxiv.org/abs/2001.00001):\n\n  Purpose: *why* [V](#v).\n\n- [B](https://b.c/d):\n\n  Also [V](#v).\n";
    let texts = |page: &scraper::Html, selector: &str| -> Vec<String> {
        page.select(&select(selector)).map(|element| element.text().collect()).collect()
    };
    let table_of_papers = table(source, "?view=table");
    assert_eq!(texts(&table_of_papers, "thead th"), ["Paper", "Purpose×", "Other notes×"]);
    assert_eq!(texts(&table_of_papers, "tbody tr th > a:first-child"), ["A", "B"]);
    assert_eq!(texts(&table_of_papers, "td"), ["why V.", "–", "–", "Also V."]);
    assert_eq!(texts(&table_of_papers, "td em"), ["why"]);
    assert_eq!(texts(&table_of_papers, "th small"), ["2020 · arxiv.org", "b.c"]);
    assert_eq!(table_of_papers.select(&select(".pick")).count(), 2);
    let comparison = table(source, "?compare=a&compare=b");
    assert_eq!(texts(&comparison, "thead th > a"), ["A", "B"]);
    assert_eq!(texts(&comparison, "tbody tr > th"), ["Purpose", "Other notes", "Mentions"]);
    assert_eq!(texts(&comparison, "a.shared"), ["V", "V"]);
}
