//! Extensions of Markdown by other programs: Obsidian, Logseq, Pandoc, Quarto, `MyST`, Hugo, Jekyll and Zotero.

mod round_trip;

use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::read;
use round_trip::read_stable;
use serde_json::{Value, json};

/// Returns the text before the first heading, as JSON.
fn intro(source: &str) -> Value {
    serde_json::to_value(&read_stable(source).intro).unwrap()
}

/// Returns what is said about marks of other programs.
fn messages(source: &str) -> Vec<String> {
    let found = read(source).diagnostics;
    found
        .into_iter()
        .filter(|found| found.code == DiagnosticCode::ForeignMark)
        .map(|found| found.message)
        .collect()
}

#[test]
fn links_of_a_wiki_lead_to_the_heading_or_entry_of_their_name() {
    let source = "See [[Mapping]], [[notes/Mapping.md|the notes]], [[Fold|folds]], [[Folding Maps]] and [[Elsewhere]].\n\n\
        ## Papers\n\n- [Folding Maps](https://arxiv.org/abs/2001.99040): compare *[[#Fold]]*.\n\n\
        ## Mapping\n\nText.\n\n## Terms\n\n- Fold: to halve a map.\n- [[Map]]: what [[Fold]] halves.\n";
    let link = |url: &str, text: &str| json!({"link": {"url": url, "text": [text]}});
    assert_eq!(
        intro(source),
        json!([[
            "See ",
            link("#mapping", "Mapping"),
            ", ",
            link("#mapping", "the notes"),
            ", ",
            link("#fold", "folds"),
            ", ",
            link("#folding-maps", "Folding Maps"),
            " and Elsewhere."
        ]])
    );
    let json = notebook_core::notebook::to_json(&read_stable(source)).unwrap();
    assert!(json.contains(r##"{"em":[{"link":{"url":"#fold","text":["Fold"]}}]}"##), "{json}");
    assert!(json.contains(r#""name":["Map"]"#), "{json}");
    let messages = messages(source);
    assert!(messages.len() == 1 && messages[0].ends_with("2 times"), "{messages:?}");
}

#[test]
fn embedded_pictures_are_pictures_and_embedded_pages_their_names() {
    let read = intro("![[figure 1.png]] ![[figure 1.png|300]] ![[figure 1.png|a map]] ![[A note]]");
    let alts: Vec<_> =
        read[0].as_array().unwrap().iter().filter_map(|span| span["image"]["alt"].as_str()).collect();
    assert_eq!(alts, ["figure 1.png", "figure 1.png", "a map"], "{read}");
    assert!(read.to_string().contains(" A note"), "{read}");
}

#[test]
fn ids_of_blocks_and_labels_are_places() {
    let source = "A claim. ^claim-1\n\nSee [[#^claim-1|above]], {ref}`fold` and {ref}`the fold <fold>`.\n\n(fold)=\n## Folding\n\nx\n";
    let read = intro(source);
    assert_eq!(read[0], json!(["A claim. ", {"anchor": "claim-1"}]));
    assert_eq!(read[1][1], json!({"link": {"url": "#claim-1", "text": ["above"]}}));
    assert_eq!(read[1][5], json!({"link": {"url": "#fold", "text": ["the fold"]}}));
    assert_eq!(messages(source), [""; 0]);
    assert_eq!(intro("2 ^n and x ^2"), json!([["2 ^n and x ^2"]]));
}

#[test]
fn roles_and_attributes_are_not_shown() {
    for (source, expected) in [
        ("a {term}`Fold` b", json!(["a Fold b"])),
        ("{cite}`fox2019,ma2021`", json!(["[@fox2019; @ma2021]"])),
        ("H{sub}`2`O {kbd}`Esc`", json!(["H", {"sub": ["2"]}, "O ", {"kbd": ["Esc"]}])),
        ("{abbr}`WER (word error rate)`", json!([{"abbr": {"title": "word error rate", "text": ["WER"]}}])),
        ("{whatever}`text` and `code`", json!(["text and ", {"code": "code"}])),
        ("a {`b`}", json!(["a {", {"code": "b"}, "}"])),
        ("[new]{.mark} [x]{.other}", json!([{"mark": ["new"]}, " [x]{.other}"])),
        ("`x`{.python} y", json!([{"code": "x"}, " y"])),
    ] {
        assert_eq!(intro(source)[0], expected, "{source}");
    }
    let read = intro("![a](b.png){width=50% .left}");
    assert_eq!(read[0][0]["image"]["display"], json!({"width": "50%"}), "{read}");
    assert_eq!(messages("{one}`a` {two}`b` {term}`c`").len(), 1);
}

#[test]
fn addresses_of_one_computer_are_text_and_reported_once() {
    let source =
        "a map has two sides [(p. 3)](zotero://open-pdf/library/items/ABCD?page=3) [pdf](file:///home/a.pdf)";
    assert_eq!(intro(source), json!([["a map has two sides (p. 3) pdf"]]));
    let messages = messages(source);
    assert!(messages.len() == 1 && messages[0].ends_with("2 times"), "{messages:?}");
    assert!(read(source).diagnostics.len() == 1);
}

#[test]
fn fences_and_kept_properties_are_not_shown() {
    let source = "::: {.callout-note}\nA note.\n:::\n\nb\n\n:::{glossary}\nFold\n: to halve\n:::\n";
    assert_eq!(
        intro(source),
        json!([["A note."], ["b"], {"definitions": {"items": [{"name": ["Fold"], "blocks": [["to halve"]]}]}}])
    );
    assert_eq!(intro("```\n::: note\nid:: 1\n```")[0]["code"]["text"], "::: note\nid:: 1");
    let messages = messages("- a\n  id:: 64-1\n- b\n  collapsed:: true\n\n::: x\n:::\n");
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(intro("## Folding {.unnumbered}\n\nx"), json!([]));
    assert_eq!(read_stable("## Folding {- #f}\n\nx").sections[0].id.as_str(), "f");
}

#[test]
fn an_outline_of_logseq_is_a_document() {
    let source = "title:: @Folding Maps\nauthors:: [[Ines Vidal]], [[Jun Ma]]\nyear:: 2020\ndoi:: 10.9999/fold\n\n\
        - [[Abstract]]\n  collapsed:: true\n\t- Maps are folded.\n- ## To read\n  id:: 64-1\n\t- [Other Maps](https://arxiv.org/abs/2001.99040)\n\t- ### Later\n\t\t- text\n";
    let notebook = read_stable(source);
    assert_eq!(notebook.title, "Folding Maps");
    let papers: Vec<_> = notebook
        .walk()
        .filter_map(|(section, entry)| match entry {
            notebook_core::notebook::Entry::Paper(paper) => {
                Some((section.id.as_str(), paper.authors.as_slice()))
            }
            _ => None,
        })
        .collect();
    let authors = ["Ines Vidal".to_owned(), "Jun Ma".to_owned()];
    assert_eq!(papers.len(), 2, "{notebook:?}");
    assert_eq!(papers[0].1, authors);
    assert_eq!(papers[1].0, "to-read");
    // With anything beside the list, items stay items.
    assert_eq!(read_stable("Text.\n\n- ## A\n  - b\n").sections.len(), 0);
}

#[test]
fn a_header_without_lines_around_it_is_front_matter() {
    let notebook = read_stable("Title: Folding Maps\nDate: 2018-06-28\nTags: maps, cv\n\n## What\n\nText.\n");
    assert_eq!((notebook.title.as_str(), notebook.intro.len()), ("Folding Maps", 0));
    assert!(notebook.other.contains("tags:"), "{}", notebook.other);
    for source in
        ["Title: one line\n\nText.", "Title: a\nand a sentence\n\nText.", "Note: a\nTitle: b\n\nText."]
    {
        assert_eq!(read_stable(source).intro.len(), 2, "{source}");
    }
}

#[test]
fn a_mark_is_reported_where_it_stands() {
    let source = "## Papers\n\n- [Maps](https://arxiv.org/abs/2001.99040)\n\n  See [[Folds]].\n";
    let found = read(source).diagnostics;
    let places = found
        .iter()
        .filter(|found| found.code == DiagnosticCode::ForeignMark)
        .map(|found| &source[found.range.clone()]);
    assert_eq!(places.collect::<Vec<_>>(), ["[["]);
}

#[test]
fn citations_keep_their_brackets_in_an_export() {
    for source in [
        "As [see @fox2019, p. 3; -@ma_2021] say [@vidal2020] or [-@vidal2020].\n",
        "- [@fox2019]\n- a [@fox2019] b [not one] c [@x\n",
        "[@fox2019]: text\n",
        "[[@a] [@b]] ![@c] [@d][e](https://a.example)\n",
    ] {
        read_stable(source);
    }
    let source = "As [see @fox2019, p. 3; -@ma_2021] say [@vidal2020] or [-@vidal2020].\n";
    assert_eq!(
        notebook_core::markdown::write(&read_stable(source)),
        format!("---\ntitle: Notebook\n---\n\n{source}")
    );
}
