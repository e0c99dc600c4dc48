//! Markdown as people write it, good and bad: what it is read as, and which findings it has.

mod round_trip;

use notebook_core::markdown::{self, named_bibliography, read, write};
use notebook_core::notebook::{Entry, Notebook, Section, SectionKind, Url, from_json, plain, to_json};
use round_trip::read_stable;

fn codes(source: &str) -> Vec<&'static str> {
    read(source).diagnostics.iter().map(|d| d.code.as_str()).collect()
}

fn words(notebook: &Notebook) -> String {
    to_json(notebook).unwrap()
}

fn kinds(source: &str) -> Vec<&'static str> {
    let notebook = read(source).notebook;
    let kinds = notebook.walk().map(|(_, entry)| match entry {
        Entry::Paper(_) => "paper",
        Entry::Term(_) => "term",
        Entry::Goal(_) => "goal",
        Entry::Link(_) => "link",
        Entry::Prose(_) => "prose",
    });
    kinds.collect()
}

/// Asserts that a notebook survives the round trips through JSON and through Markdown.
fn holds(source: &str) -> Notebook {
    let notebook = read(source).notebook;
    let json = to_json(&notebook).unwrap();
    assert_eq!(from_json(json.as_bytes()).as_ref(), Ok(&notebook), "JSON of {source:?}");
    let exported = markdown::write(&notebook);
    assert_eq!(read(&exported).notebook, notebook, "{source:?} exported as {exported:?}");
    notebook
}

#[test]
fn an_empty_file_is_an_empty_notebook() {
    for source in ["", "\n", "\u{feff}", "---\n---\n", "---\n\n---\n", "<!-- nothing -->"] {
        let notebook = holds(source);
        assert_eq!(notebook.title, "Notebook");
        assert!(notebook.intro.is_empty() && notebook.sections.is_empty(), "{source:?}");
        assert!(codes(source).is_empty(), "{source:?}");
    }
}

#[test]
fn text_without_headings_is_the_introduction() {
    assert_eq!(holds("Just *text*.\n\n- a\n- b").intro.len(), 2);
}

#[test]
fn a_lone_first_heading_is_the_title() {
    let notebook = holds("# My notes\n\nHello.\n\n## Papers\n\n- [A](https://arxiv.org/abs/1706.03762)");
    assert_eq!(notebook.title, "My notes");
    assert_eq!(notebook.sections.len(), 1);
    let both = holds("---\ntitle: T\n---\n# A\n\nx\n\n# B\n\ny");
    assert_eq!((both.title.as_str(), both.sections.len()), ("T", 2));
}

#[test]
fn windows_files_read_like_any_other() {
    let unix =
        "---\ntitle: T\n---\n\n## Papers\n\n- [A](https://a.b):\n\nNote: x\ny\n\n```\ncode\nmore\n```\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    assert_eq!(holds(&windows), holds(unix));
}

#[test]
fn broken_front_matter_is_reported_with_its_place_and_lost_nowhere() {
    let unclosed = "---\ntitle: Mine\n\n## A\n\ntext";
    assert_eq!(codes(unclosed), ["front-matter-unclosed"]);
    assert!(words(&read(unclosed).notebook).contains("Mine"));

    let invalid = "---\ntitle: [a\n---\n\ntext";
    let reading = read(invalid);
    assert_eq!(reading.diagnostics[0].code.as_str(), "front-matter-invalid");
    assert!(reading.diagnostics[0].range.start > 0);
    assert!(words(&reading.notebook).contains("title: [a"));

    // A value with a colon and a space is invalid YAML without quotes, and is read as if it had them.
    let colon = "---\ntitle: Maps: a survey\nsubtitle: Folds: more\ndate: 2024-01-02\n---\n\ntext";
    assert_eq!(codes(colon), Vec::<&str>::new());
    assert_eq!(holds(colon).title, "Maps: a survey");
    assert_eq!(holds(colon).other, "subtitle: Folds: more\ndate: 2024-01-02\n");

    let slip = "---\ntitel: Mine\nlayout: post\n---\n\ntext";
    let reading = read(slip);
    assert_eq!(reading.diagnostics.len(), 1);
    assert_eq!(reading.diagnostics[0].help, "did you mean `title`?");
    assert_eq!(&slip[reading.diagnostics[0].range.clone()], "titel");
    assert_eq!(holds(slip).other, "titel: Mine\nlayout: post\n");

    assert_eq!(codes("---\nhome: javascript:x\n---\n"), ["front-matter-url"]);
}

#[test]
fn notes_need_no_indentation() {
    let flat = holds("## Papers\n\n- [A](https://a.b):\n\nPurpose: why\n\nmore\n\n- [B](https://b.c)");
    let deep = holds("## Papers\n\n- [A](https://a.b):\n\n  Purpose: why\n\n  more\n\n- [B](https://b.c)");
    assert_eq!(flat, deep);
    let (_, first) = flat.walk().next().unwrap();
    assert_eq!(first.blocks().len(), 2);
}

#[test]
fn a_list_of_points_after_a_note_belongs_to_the_paper() {
    let source = "## Papers\n\n- [A](https://a.b):\n\nKey points:\n\n- one\n- two\n\n- [B](https://b.c)\n";
    assert_eq!(kinds(source), ["paper", "paper"]);
    assert!(codes(source).is_empty());
    holds(source);
}

#[test]
fn an_item_without_a_link_among_papers_is_text_in_its_place_and_reported() {
    let source = "## Papers\n\n- [A](https://a.b)\n- B, no link\n- [C](https://c.d)\n";
    assert_eq!(kinds(source), ["paper", "prose", "paper"]);
    assert_eq!(codes(source), ["item-without-link"]);
    holds(source);
    assert_eq!(codes("## Papers\n\n- just text\n"), ["item-without-link"]);
    assert_eq!(codes("## Glossary\n\n- just text\n"), ["item-without-name"]);
}

#[test]
fn links_may_be_dressed_and_followed_by_anything() {
    let source = "## Reading list\n\n- **[A](https://a.b)** by X, [pdf](https://a.b/c.pdf)\n- [B](https://b.c): short note\n\
                  - https://arxiv.org/abs/1706.03762\n- [ ] [D](https://d.e)\n";
    let notebook = holds(source);
    let papers: Vec<_> = notebook.walk().map(|(_, entry)| entry).collect();
    assert_eq!(papers.len(), 4);
    assert_eq!(plain(papers[0].byline()), "by X, pdf");
    assert_eq!(papers[1].blocks().len(), 1);
    let Entry::Paper(bare) = papers[2] else { panic!() };
    assert_eq!(bare.source.year, Some(2017));
    let Entry::Paper(open) = papers[3] else { panic!() };
    assert_eq!(open.checked, Some(false));
}

#[test]
fn a_colon_behind_any_space_ends_the_line_of_a_paper() {
    for space in ["", " ", "\t", "\u{a0}", "\u{202f}", "\u{b}"] {
        let notebook = holds(&format!("## Papers\n\n- [A](https://a.b){space}:\n\n  Noted.\n"));
        let papers: Vec<_> = notebook.walk().map(|(_, entry)| entry).collect();
        assert_eq!((plain(papers[0].byline()).as_ref(), papers[0].blocks().len()), ("", 1), "{space:?}");
    }
}

#[test]
fn prices_are_text_whose_marks_are_read() {
    for (source, first, second) in [
        ("costs **$5** to **$10** now", r#"Strong([Text("$5")])"#, r#"Strong([Text("$10")])"#),
        ("*$5*/*$6*", r#"Em([Text("$5")])"#, r#"Em([Text("$6")])"#),
        ("<b>$5</b>-<b>$6</b>", r#"Strong([Text("$5")])"#, r#"Strong([Text("$6")])"#),
        ("from **$1.50**–**$3**/M", r#"Strong([Text("$1.50")])"#, r#"Strong([Text("$3")])"#),
        ("[$5](https://a.org) or [$6](https://b.org)", r#"text: [Text("$5")]"#, r#"text: [Text("$6")]"#),
        ("`$5` to $6 or $7-$8", r#""$5""#, "$6 or $7-$8"),
        ("$\\sim$5 and $x_i$2", r#"tex: "\\sim""#, r#"tex: "x_i""#),
    ] {
        let read = format!("{:?}", holds(&format!("## Notes\n\nIt {source} here.\n")));
        assert!(read.contains(first) && read.contains(second), "{source}\n{read}");
        assert!(!read.contains('\u{6}'), "{read}");
    }
}

#[test]
fn heading_attributes_settle_kind_and_id_and_other_braces_are_text() {
    let notebook = holds("## Stuff {.papers #mine}\n\n- [A](https://a.b)\n\n## Set {a, b}\n\nx");
    assert_eq!((notebook.sections[0].kind, notebook.sections[0].id.as_str()), (SectionKind::Papers, "mine"));
    assert_eq!(plain(&notebook.sections[1].title), "Set {a, b}");
    assert_eq!(codes("## Set {.paper}\n\nx"), ["heading-attribute"]);
    assert_eq!(codes("## Set {a}\n\nx"), ["heading-attribute"]);
    // Attributes of other programs are not shown, and are reported once.
    let source = "## Set {#set .chapter .small data-x=1}\n\nx\n\n## Other {.chapter}\n\ny";
    assert_eq!(plain(&holds(source).sections[0].title), "Set");
    assert_eq!((holds(source).sections[0].id.as_str(), codes(source)), ("set", vec!["foreign-mark"]));
    assert_eq!(codes("## A {#x}\n\nx\n\n## B {#x}\n\ny"), ["duplicate-id"]);
}

#[test]
fn the_whole_is_looked_at() {
    assert_eq!(codes("## A\n\n## B\n\ntext"), ["empty-section"]);
    assert_eq!(codes("## A\n\n#### B\n\ntext"), ["heading-jump"]);
    assert_eq!(codes("## A\n\n[x](#nowhere) [y](#a)"), ["dead-anchor"]);
    assert_eq!(codes("## A\n\n[x](/blog/a) [y](blog/b)"), ["relative-link"]);
    assert_eq!(
        codes(
            "## Papers\n\n- [A](https://arxiv.org/abs/1706.03762v1)\n- [B](https://doi.org/10.48550/arXiv.1706.03762)"
        ),
        ["duplicate-paper"]
    );
    assert_eq!(codes("## Terms\n\n- VAE: x\n- Variational auto-encoder (VAE): y"), ["duplicate-term"]);
}

#[test]
fn links_that_lead_nowhere_or_must_not_be_followed_stay_text() {
    let source = "[a]() and [b](javascript:alert(1)) and ![c](data:x)";
    assert_eq!(codes(source), ["link-without-url", "link-scheme", "link-scheme"]);
    let notebook = holds(source);
    let json = words(&notebook);
    assert!(!json.contains("\"url\""));
    for word in ["a", "b", "javascript:alert(1)", "data:x"] {
        assert!(json.contains(word), "{word}");
    }
}

#[test]
fn html_is_an_allowed_element_or_the_text_it_is() {
    let source = "H<sub>2</sub>O <blink>x</blink> <sub>open\n\n<div onclick=\"x\">\nhi\n</div>\n\n<!-- mine -->\n\n<!-- never ends";
    let notebook = holds(source);
    let json = words(&notebook);
    assert!(json.contains(r#"{"sub":["2"]}"#));
    for text in ["<blink>x</blink>", "<sub>open", "hi", "<!-- never ends"] {
        assert!(json.contains(&text.replace('"', "\\\"")), "{text} in {json}");
    }
    assert!(!json.contains("mine") && !json.contains("onclick"));
    assert!(codes(source).contains(&"html-as-text") && codes(source).contains(&"comment-unclosed"));
}

#[test]
fn everything_people_write_is_read() {
    let source = "## Notes\n\n> [!TIP]\n> Quote\n\n1. one\n2. two\n   - [x] done\n\n```rust\nfn x() {}\n```\n\n\
        | a | b |\n|:--|--:|\n| 1 | *2* |\n\nText[^1] with `code`, $x^2$, ~~no~~.\\\nNew line.\n\n[^1]: The note.\n\n\
        Name\n: Definition\n\n---\n\n![alt](pic.png \"Caption\")\n\n> # Inner\n";
    let notebook = holds(source);
    insta::assert_json_snapshot!("everything", notebook.sections);
}

#[test]
fn pathological_input_is_read_in_bounds() {
    let quotes = "> ".repeat(10_000) + "deep";
    let notebook = holds(&quotes);
    assert!(words(&notebook).contains("deep"));
    assert_eq!(codes(&quotes), ["too-deep"]);

    for source in [
        "> ".repeat(100_000) + "x",
        "* ".repeat(100_000) + "x",
        "*a ".repeat(100_000) + "x" + &"*".repeat(100_000),
        "*_".repeat(5_000) + "x" + &"_*".repeat(5_000),
        "[".repeat(50_000),
        "a".repeat(10_000_000),
        "\0\0a\0".to_owned(),
        "- ".repeat(3_000) + "x",
        "![".repeat(3_000) + "x" + &"](u)".repeat(3_000),
        "<sub>".repeat(5_000) + "x",
    ] {
        let notebook = read(&source).notebook;
        let json = to_json(&notebook).unwrap();
        assert_eq!(from_json(json.as_bytes()), Ok(notebook));
    }
}

#[test]
fn bytes_that_are_not_text_are_reported_with_their_place() {
    let (text, reading) = markdown::read_bytes(b"## A\n\ncaf\xe9 x");
    assert_eq!(text, "## A\n\ncaf\u{fffd} x");
    assert_eq!(reading.diagnostics[0].code.as_str(), "invalid-utf8");
    assert_eq!(reading.diagnostics[0].range, 9..12);
}

#[test]
fn json_that_is_no_notebook_is_refused_with_a_reason() {
    use notebook_core::notebook::JsonError;
    assert_eq!(from_json(b"<!doctype html>"), Err(JsonError::Html));
    assert_eq!(from_json(br#"{"format":1,"title":"#), Err(JsonError::Truncated));
    assert_eq!(from_json(b""), Err(JsonError::Truncated));
    assert_eq!(from_json(br#"{"format":2,"title":7}"#), Err(JsonError::NewerFormat { found: 2 }));
    assert!(matches!(from_json(br#"{"format":1,"title":7}"#), Err(JsonError::Invalid(_))));
    let extra = br#"{"format":1,"title":"T","later":[1]}"#;
    assert_eq!(from_json(extra).unwrap().title, "T");
}

#[test]
fn json_of_a_formula_or_code_can_only_show_something() {
    let read = |span: &str| {
        let json =
            format!(r#"{{"format":1,"title":"T","intro":[[{{"math":{{"tex":"x","mathml":{span}}}}}]]}}"#);
        from_json(json.as_bytes()).map(|notebook| serde_json::to_string(&notebook.intro).unwrap())
    };
    let good = r#"[{"msup":2},{"mi":"x","mathvariant":"normal"},{"mn":"2"}]"#;
    assert!(read(good).unwrap().contains(good));
    assert_eq!(read("[]").unwrap(), r#"[[{"math":{"tex":"x"}}]]"#);
    for bad in [
        r#"[{"script":"alert(1)"}]"#,
        r#"[{"mi":"x","href":"javascript:alert(1)"}]"#,
        r#"[{"mi":"x","onclick":"alert(1)"}]"#,
        r#"[{"mi":"x","style":"position:fixed"}]"#,
        r#"[{"mi":"x","class":"share"}]"#,
        r#"[{"mi":"x","mo":"y"}]"#,
        r#"[{"mathvariant":"normal"}]"#,
        r#"[{"mrow":2},{"mi":"x"}]"#,
        r#"[{"mrow":-1}]"#,
        r#"{"mi":"x"}"#,
        "\"<math>\"",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
    let code = |runs: &str| {
        let json =
            format!(r#"{{"format":1,"title":"T","intro":[{{"code":{{"text":"if x","runs":{runs}}}}}]}}"#);
        from_json(json.as_bytes()).map(|notebook| serde_json::to_string(&notebook.intro).unwrap())
    };
    let good = r#"[{"keyword":2},1,{"constant":1}]"#;
    assert!(code(good).unwrap().contains(good));
    for bad in [r#"[{"share":2}]"#, "[-1]", r#"["keyword"]"#, r#"[{"keyword":1,"type":2}]"#] {
        assert!(code(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_is_said_in_braces_behind_a_paper_is_a_property() {
    let papers = |source: &str| {
        let notebook = read(&format!("## Papers\n\n{source}")).notebook;
        let again = read(&markdown::write(&notebook)).notebook;
        assert_eq!(again, notebook, "an export says the same of {source}");
        let paper = notebook.walk().find_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(paper.clone()),
            _ => None,
        });
        let paper = paper.unwrap();
        let properties: Vec<_> =
            paper.properties.iter().map(|property| format!("{}={}", property.name, property.value)).collect();
        (properties.join(" "), plain(&paper.byline).into_owned())
    };
    for (source, properties, byline) in [
        ("- [A](https://a.b) {status=read}\n", "status=read", ""),
        ("- [A](https://a.b) {status=read}:\n\n  Notes.\n", "status=read", ""),
        (
            "- [A](https://a.b) by One, 2020 {status=to-read rating=4.5}\n",
            "status=to-read rating=4.5",
            "by One, 2020",
        ),
        ("- [A](https://a.b) by \\{status=read}\n", "", "by {status=read}"),
        ("- [A](https://a.b) by &#123;status=read}\n", "", "by {status=read}"),
        ("- [A](https://a.b) {status}\n", "", "{status}"),
        ("- [A](https://a.b) {=read} x{a=b}\n", "", "{=read} x{a=b}"),
        ("- [A](https://a.b) {a=b} {c=d}\n", "c=d", "{a=b}"),
        ("- [A\n  long](https://a.b) by One,\n  2020 {status=read}\n", "status=read", "by One,\n2020"),
        ("- [A](https://a.b) {a=b}\n  by \\{a=b}\n", "", "{a=b}\nby {a=b}"),
        ("- [A<br>B](https://a.b) by<br>One {a=b}\n", "a=b", "byOne"),
        ("-\n  [A](https://a.b) {a=b}\n", "a=b", ""),
        ("- Classics\n  - [A](https://arxiv.org/abs/1706.03762) {a=b}\n", "a=b", ""),
        ("- Maps that fold ([paper](https://arxiv.org/abs/1706.03762)) {a=b}\n", "a=b", "(paper)"),
        ("- Maps that fold ([paper](https://arxiv.org/abs/1706.03762)) \\{a=b}\n", "", "(paper) {a=b}"),
    ] {
        holds(source);
        assert_eq!(papers(source), (properties.to_owned(), byline.to_owned()), "{source}");
    }
}

#[test]
fn an_entry_reaches_to_the_end_of_its_notes() {
    let source = "## Papers\n\n- [A](https://a.b/1):\n\nProposal: one.\n\nMore.\n\n- [B](https://a.b/2)\n\n## Else\n\nText.\n\nText.\n";
    let reading = read(source);
    let places = reading.places.iter().map(|(id, range)| (id.as_str(), source[range.clone()].trim_end()));
    let places: Vec<_> = places.filter(|(_, text)| !text.starts_with('#')).collect();
    let expected =
        ["- [A](https://a.b/1):\n\nProposal: one.\n\nMore.", "- [B](https://a.b/2)", "Text.\n\nText."];
    assert_eq!(places.iter().map(|(_, text)| *text).collect::<Vec<_>>(), expected);
}

#[test]
fn text_before_an_address_is_no_address_after_an_export() {
    holds("See https://a.b](https://c.d/e): and https://f.g(https://h.i) too, <https://j.k>.");
}

#[test]
fn front_matter_that_cannot_be_read_is_exported_as_it_is() {
    let notebook = holds("---\n one\n\ntwo: 3\n---\n\n## A\n\ntext\n");
    assert_eq!(notebook.other, " one\n\ntwo: 3\n");
    holds("---\n **a** b: c\n---\n\n## A\n\ntext\n");
}

#[test]
fn a_title_that_is_no_text_costs_no_other_key() {
    let notebook =
        holds("---\ntitle: [a, b]\nmeta_image: h.png\nlang: fr\n---\n\n# Real title\n\n## A\n\ntext\n");
    assert_eq!(notebook.image.as_ref().map(Url::as_str), Some("h.png"));
    assert_eq!((notebook.title.as_str(), notebook.lang.as_deref()), ("Real title", Some("fr")));
    holds("---\ntitle:\n-\nmeta_image: h\n---\n\n## A\n\ntext\n");
}

#[test]
fn a_title_over_two_lines_is_one_title() {
    let notebook = holds(
        "## Papers\n\n- [Deep\rResidual](https://a.b) {lang=en}:\n\n  Note.\n- [Two\nlines](https://a.c) {x=y}\n",
    );
    let titles: Vec<_> = notebook.walk().map(|(_, entry)| plain(entry.title()).into_owned()).collect();
    assert_eq!(titles, ["Deep Residual", "Two lines"]);
}

#[test]
fn a_list_of_check_boxes_is_one_of_goals_in_any_section() {
    let goals = |source: &str| -> Vec<(String, Option<bool>)> {
        let notebook = holds(source);
        let goals = notebook.walk().filter_map(|(_, entry)| match entry {
            Entry::Goal(goal) => Some((plain(&goal.text).into_owned(), goal.checked)),
            _ => None,
        });
        goals.collect()
    };
    let read = ("Read *Maps*".replace('*', ""), Some(true));
    assert_eq!(
        goals("## Week 1\n\n- [x] Read *Maps*\n- [ ] Fold\n  - a corner\n"),
        [read, ("Fold".to_owned(), Some(false))]
    );
    assert_eq!(goals("- [ ] Fold\n").len(), 1, "also before the first heading");
    // Beside papers, a title without a link is still to be read.
    let list = "## 论文\n\n- [x] [Maps](https://arxiv.org/abs/2001.99040)\n- [ ] Folds\n";
    assert_eq!(goals(list), [("Folds".to_owned(), Some(false))]);
    for source in [
        "## Week\n\n- [x] done\n- and a note\n",
        "## Week {.prose}\n\n- [x] done\n",
        "## News\n\n- [x] done\n",
        "### 1. FoldNet\n - [x] Paper: https://arxiv.org/abs/2001.99040\n - [ ] Code\n",
    ] {
        assert!(goals(source).is_empty(), "{source}");
    }
}

#[test]
fn reports_misread_text_once() {
    for (source, code) in [
        ("## A\n\na\n\nPurpose: known.\n---\n\nmore\n", "rule-heading"),
        ("## A\n\nOne.[^n] Two.[^n]\n\n[^n]: a\n\n[^n]: b\n", "duplicate-footnote"),
        ("## A\n\n$$\nx = 1\n\ny = 2\n$$\n", "formula-as-text"),
        ("## A\n\n| a | b |\n|---|---|\n| set | $|S|$ |\n| map | $|M|$ |\n", "formula-as-text"),
        ("## A\n\nthe loss $ L = y^2 $ of it\n", "formula-as-text"),
    ] {
        assert_eq!(codes(source), [code], "{source}");
    }
    for source in ["A\n---\n\nb\n", "## A\n\n$5 or $6\n", "## A\n\n$$\nx = 1\n$$\n", "## A\n\n---\n\nb\n"] {
        assert_eq!(codes(source), [""; 0], "{source}");
    }
}

#[test]
fn reads_titles_after_a_mark_of_state() {
    let notebook =
        holds("## Papers\n\n- [/] [Half](https://example.org/1)\n- [>] [Later](https://example.org/2)\n");
    let papers = notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
    assert_eq!(papers, 2);
}

#[test]
fn an_export_says_prose_only_where_reading_would_not() {
    let source = "## Books\n\n- [A Book](https://example.org/book)\n- [Another](https://example.org/b.pdf)\n\n\
        ## Folding {.prose}\n\n- [A Map](https://arxiv.org/abs/2001.99040)\n";
    let written = markdown::write(&holds(source));
    assert!(written.contains("## Books\n") && written.contains("## Folding {.prose}\n"), "{written}");
}

#[test]
fn days_and_weeks_are_a_log_whose_papers_have_their_day() {
    let source = "# Reading\n\n## What I read\n\n### 2024-03-05\n\n#### Central\n\n- [Rain on Cameras](https://arxiv.org/abs/2405.99080) ✅\n  Compare.\n\n\
        ### March 4, 2024: maps\n\n- [x] Read *Maps of Noise*\n- [ ] Folding Maps\n\n- [Maps](https://arxiv.org/abs/2405.99081) {read=2024-02-01}\n\n\
        ### Week 12\n\nWords.\n\n- [Nets](https://arxiv.org/abs/2405.99082)\n\n## Papers\n\n### 2023-01-02\n\n- [Old](https://a.example/old)\n\n\
        ## March 2024\n\n- [New](https://arxiv.org/abs/2405.99083)\n";
    let notebook = read_stable(source);
    let kinds = |sections: &[Section]| sections.iter().map(|section| section.kind).collect::<Vec<_>>();
    let (log, papers) = (SectionKind::Log, SectionKind::Papers);
    assert_eq!(kinds(&notebook.sections), [log, papers, papers]);
    assert_eq!(kinds(&notebook.sections[0].sections), [log, log, log]);
    assert_eq!(kinds(&notebook.sections[1].sections), [papers]);
    let read: Vec<_> = notebook
        .walk()
        .filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(
                paper
                    .properties
                    .iter()
                    .find(|property| property.name == "read")
                    .map(|property| &*property.value),
            ),
            _ => None,
        })
        .collect();
    assert_eq!(read, [Some("2024-03-05"), Some("2024-02-01"), None, Some("2023-01-02"), None]);
    assert_eq!(notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Goal(_))).count(), 2);
    assert!(!notebook_core::markdown::write(&notebook).contains("2024-03-05}"));
}

#[test]
fn a_file_of_one_day_and_a_log_that_its_author_names_are_logs() {
    let notebook = read_stable(
        "# 2024-05-23\n\n## Morning\n\n- [Rain](https://arxiv.org/abs/2405.99080)\n\n## Diary {.log}\n\nx\n",
    );
    let Some((_, Entry::Paper(paper))) = notebook.walk().next() else { panic!("{notebook:?}") };
    assert_eq!(paper.properties[0].value, "2024-05-23");
    assert_eq!(notebook.sections[1].kind, SectionKind::Log);
}

#[test]
fn days_of_digits_follow_the_order_of_the_others() {
    let day_read = |source: &str| {
        let notebook = read_stable(source);
        let days = notebook.walk().filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(
                paper
                    .properties
                    .iter()
                    .find(|property| property.name == "read")
                    .map(|property| property.value.clone()),
            ),
            _ => None,
        });
        days.collect::<Vec<_>>()
    };
    let log = |other: &str| {
        let paper = "- [Rain](https://arxiv.org/abs/2405.99080)\n";
        day_read(&format!("# Log\n\n## 6/1/2024\n\n{paper}\n## {other}\n\nText.\n"))
    };
    assert_eq!(log("13/1/2024"), [Some("2024-01-06".to_owned())]);
    assert_eq!(log("6/13/2024"), [Some("2024-06-01".to_owned())]);
    // Both orders are possible.
    assert_eq!(log("7/1/2024"), [None]);
    let item =
        "## Diary\n\n- 2024-05-01: read [Rain](https://arxiv.org/abs/2405.99080)\n- 2024-05-02: walked\n";
    assert_eq!(day_read(item), [Some("2024-05-01".to_owned())]);
    // Without a word for reading it is the day of publication.
    assert_eq!(day_read("## Papers\n\n- 2024-05-01: [Rain](https://arxiv.org/abs/2405.99080)\n"), [None]);
}

#[test]
fn the_bibliography_of_pandoc_and_quarto_is_that_of_the_notebook() {
    for (front, expected) in [
        ("bibliography: data/maps.bib", Some("data/maps.bib")),
        ("bibliography: [style.json, maps.bib, folds.bib]", Some("maps.bib")),
        ("references: own.bib\nbibliography: maps.bib", Some("own.bib")),
        ("bibliography: none", None),
    ] {
        let notebook = holds(&format!("---\ntitle: Maps\n{front}\n---\n\nText.\n"));
        assert_eq!(notebook.references.as_deref(), expected, "{front}");
    }
}

#[test]
fn every_file_of_a_bibliography_is_named_under_the_key_of_its_author() {
    for (front, key, files) in [
        ("bibliography: data/maps.bib", "bibliography", vec!["data/maps.bib"]),
        (
            "bibliography: [maps.bib, style.json, folds.bib, maps.bib]",
            "bibliography",
            vec!["maps.bib", "folds.bib"],
        ),
        ("bibliography:\n  - maps.bib\n  - folds.BIB", "bibliography", vec!["maps.bib", "folds.BIB"]),
        ("references: own.bib\nbibliography: [maps.bib, folds.bib]", "references", vec!["own.bib"]),
        ("references: own.bib", "references", vec!["own.bib"]),
        ("references: [own.bib, maps.bib]", "references", vec!["own.bib", "maps.bib"]),
        (
            "references:\n  - own.bib\n  - maps.bib\nbibliography: folds.bib",
            "references",
            vec!["own.bib", "maps.bib"],
        ),
    ] {
        let notebook = holds(&format!("---\ntitle: Maps\n{front}\n---\n\nText.\n"));
        let named = named_bibliography(&notebook).unwrap();
        assert_eq!(
            (named.key, named.files),
            (key, files.into_iter().map(str::to_owned).collect()),
            "{front}"
        );
        let written = write(&notebook);
        assert_eq!(named_bibliography(&read(&written).notebook), named_bibliography(&notebook), "{written}");
        assert_eq!(written.contains("references:"), front.contains("references:"), "{written}");
    }
    assert_eq!(named_bibliography(&holds("Text.\n")), None);
}

#[test]
fn an_anchor_in_a_heading_is_its_id_and_no_text() {
    for heading in [
        "## <a name=\"start\"></a>Intro",
        "## <a name=\"start\">Intro</a>",
        "## <a id=\"start\"/>Intro",
        "## <span id=\"start\"></span> Intro",
        "## **<a name=\"start\"></a>Intro**",
        "## _**<a name=\"start\"></a> Intro**_",
        "## <a class=\"anchor\" id=\"start\" href=\"#start\"></a>Intro",
        "## Intro <a name='start'></a>",
        "## Intro<a id=\"start\" aria-hidden=\"true\" href=\"#start\"></a>",
        "Intro <a name=\"start\"></a>\n-----",
    ] {
        let source = format!("{heading}\n\nSee [there](#start).\n");
        assert!(codes(&source).is_empty(), "{source}: {:?}", codes(&source));
        let notebook = holds(&source);
        let section = &notebook.sections[0];
        assert_eq!((plain(&section.title).as_ref(), section.id.as_str()), ("Intro", "start"), "{heading}");
    }
    let numbered = holds("## 6. <a name=\"six\"></a> Folds\n\nText.\n");
    assert_eq!(plain(&numbered.sections[0].title), "6. Folds");
}

#[test]
fn a_venue_and_a_year_name_a_section_and_no_paper() {
    for heading in [
        "ATC 2020 [[Program](https://www.usenix.org/conference/atc20/program)]",
        "VLDB 2020 [[Papers](https://www.vldb.org/pvldb/vol13/p1-brook.pdf)]",
        "SOSP'19 ([Program](https://example.org/program.pdf))",
        "2021 NSDI [[pdf](https://example.org/nsdi.pdf)]",
        "ICML 2023 ([site](https://icml.cc/Conferences/2023))",
        "ICML 2023 Workshop [[pdf](https://example.org/w.pdf)] [[site](https://example.org)]",
        "[ICLR 2021](https://openreview.net/group?id=ICLR.cc/2021/Conference)",
    ] {
        let source = format!(
            "# List\n\n### {heading}\n\n- [Folding Maps](https://arxiv.org/abs/2001.99040)\n\n### Later\n\nText.\n"
        );
        assert_eq!(kinds(&source), ["paper", "prose"], "{heading}");
        holds(&source);
    }
    for heading in [
        "[ICLR 2021] [Folding More](https://arxiv.org/abs/2001.99041)",
        "[Folding ICML 2021](https://arxiv.org/abs/2001.99041)",
    ] {
        let notebook =
            holds(&format!("# List\n\n### {heading}\n\nArXiv: <https://arxiv.org/abs/2001.99041>\n"));
        assert!(notebook.walk().any(|(_, entry)| matches!(entry, Entry::Paper(_))), "{heading}");
    }
}

#[test]
fn a_whole_reference_without_a_link_is_a_paper_below_references() {
    let list = "1. Okoro, M., and L. Fox. \"Learning at Night.\" Journal of Slow Computing 3(2):10-22, 2016.\n\
                2. M. Okoro, L. Fox, “Learning by Day”, ICML 2018.\n\
                3. [7] Fox, Lena, et al. \"Sleepy Units.\" arXiv preprint arXiv:1603.99020 (2016).\n\
                4. In 2016, \"Learning at Night\" was the talk of the journal.\n\
                5. \"Learning\" is hard.\n";
    for heading in ["References", "7. References", "Bibliography", "Works cited:", "参考文献", "Papers"] {
        let notebook = holds(&format!("# Essay\n\n## {heading}\n\n{list}"));
        let papers: Vec<_> = notebook
            .walk()
            .filter_map(|(_, entry)| match entry {
                Entry::Paper(paper) => {
                    Some((plain(&paper.title).into_owned(), paper.source.year, paper.authors.len()))
                }
                _ => None,
            })
            .collect();
        let expected = [
            ("Learning at Night", Some(2016), 2),
            ("Learning by Day", Some(2018), 2),
            ("Sleepy Units", Some(2016), 1),
        ]
        .map(|(title, year, authors)| (title.to_owned(), year, authors));
        assert_eq!(papers, expected, "{heading}");
    }
    for heading in ["Introduction", "References in the code", "Steps"] {
        assert_eq!(kinds(&format!("# Essay\n\n## {heading}\n\n{list}")), ["prose"], "{heading}");
    }
    let prose = "# Essay\n\n## References\n\nAs Okoro, M., and L. Fox. \"Learning at Night.\" Journal of Maps, 2016 says.\n";
    assert_eq!(kinds(prose), ["prose"]);
}

#[test]
fn words_for_two_things_are_a_label_and_no_title() {
    for label in ["paper-code", "Paper+Code", "paper & code", "paper/code", "Paper | Code", "pdf, code"] {
        for (at, source) in [
            format!("- Quiet Gradients [{label}](https://arxiv.org/abs/2107.99001)\n"),
            format!("- [{label}](https://arxiv.org/abs/2107.99001) Quiet Gradients\n"),
            format!("- **Quiet Gradients** [[{label}](https://arxiv.org/abs/2107.99001)]\n"),
        ]
        .into_iter()
        .enumerate()
        {
            let notebook = holds(&format!("## Papers\n\n{source}"));
            let Some((_, Entry::Paper(paper))) = notebook.walk().next() else { panic!("{source}") };
            assert_eq!(plain(&paper.title), "Quiet Gradients", "{at}: {source}");
        }
    }
}

#[test]
fn goals_after_a_fold_stay_goals_when_they_are_written() {
    let notebook = read_stable("## Week\n\n> [!NOTE]- More\n> Words.\n\n- [x] read\n- [ ] run\n");
    assert_eq!(notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Goal(_))).count(), 2);
}
