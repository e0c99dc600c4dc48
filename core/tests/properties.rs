//! Properties that hold for any Markdown.

use std::collections::HashSet;

use notebook_core::markdown::{self, read};
use notebook_core::notebook::{Block, Entry, Goal, Notebook, Section, SectionKind, from_json, to_json};
use notebook_core::search::Corpus;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed};

/// Pieces that mean something, alone or beside each other.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "    ",
    "\0",
    "\u{feff}",
    "\u{a0}",
    "\u{ad}",
    "é",
    "日本",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "- [ ] ",
    "- [x] ",
    "> ",
    "> [!NOTE]\n",
    "# ",
    "## ",
    "###### ",
    "## Papers\n\n",
    "## Terms\n\n",
    "## Learning\n\n",
    "## Posts\n\n",
    " {#id}",
    " {.papers}",
    " {.x}",
    " {a=b}",
    "{",
    "}",
    "---\n",
    "===\n",
    "***\n",
    "```",
    "```rust\n",
    "~~~\n",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "](",
    "[a](https://a.b)",
    "[a]: https://a.b\n",
    "[a]",
    "[^1]",
    "[^1]: ",
    "![",
    "![a](/b.png \"c\")",
    "https://a.b/c_d?e=f&g",
    "<https://a.b>",
    "<a@b.c>",
    "<",
    ">",
    "<sub>",
    "</sub>",
    "<mark>",
    "</mark>",
    "<br>",
    "<div>",
    "</div>",
    "<b x=\"y\">",
    "<!--",
    "-->",
    "<?",
    "|",
    "| a | b |\n",
    "|---|:-:|\n",
    "$",
    "$$",
    "\\(x^2\\)",
    "\\",
    "\\\n",
    "  \n",
    "&",
    "&amp;",
    "&#35;",
    "&nbsp;",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "^",
    ":",
    ": ",
    "\n: ",
    "：",
    "!",
    "\"",
    "'",
    "#",
    "Note: ",
    "Name (N): ",
    "title: T\n",
    "---\ntitle: T\n---\n",
    "javascript:x",
    "/blog/x",
    "#id",
    "a",
    "word",
    "two words",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(FRAGMENTS).prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![soup(), ".{0,80}", prop::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter)]
}

/// Pieces in which a word (`@`) stands where words stand, each time another.
const WORDED: &[&str] = &[
    "@",
    "@ ",
    "\n",
    "\n\n",
    "@\n",
    "\n\n@",
    "@ @",
    "- @\n",
    "  - @\n",
    "1. @\n",
    "- [ ] @\n",
    "> @\n",
    "> - @\n",
    "    @\n",
    "\n## @\n\n",
    "\n# @ @\n\n",
    "\n@\n===\n",
    "\n## Papers\n\n",
    "\n## Terms\n\n",
    "\n## Learning\n\n",
    "\n## Posts\n\n",
    "[@](https://e.example/@)",
    "- [@](https://e.example/@): @\n",
    "- [@](https://e.example/@ \"@\") @\n",
    "- **[@](https://e.example/@)**\n",
    "<https://e.example/@>",
    " https://e.example/@ ",
    "![@](https://e.example/@)",
    "\n\n[r%][]\n\n[r%]: https://e.example/@\n\n",
    "[@](javascript:@)",
    "![@](data:@ \"@\")",
    "[@]()",
    "[@]",
    "- @: @\n",
    "- **@:** @\n",
    "\n\n@\n: @\n\n",
    "\n\n@: @\n\n",
    "*@*",
    "**@**",
    "_@_",
    "~~@~~",
    "`@`",
    "$@$",
    "$$@$$",
    "<sub>@</sub>",
    "<sub>@",
    "</sub>",
    "<kbd>@</kbd>",
    "<b>@</b>",
    "\n\n<div>\n@\n</div>\n\n",
    "<br>",
    "\\\n",
    "  \n",
    "\n```\n@\n```\n",
    "\n~~~\n@\n",
    "\n\n| @ | @ |\n|---|---|\n| @ | @ |\n| @ |\n| @ | @ | @ |\n\n",
    "|",
    "|---|\n",
    "[^@]",
    "\n\n[^@]: @\n\n",
    "&amp;",
    "\\",
    "*",
    "**",
    "`",
    "[",
    "]",
    "!",
    "$",
    "~",
    "---\n",
    ">",
    "(",
    ")",
    "\t",
    "\r\n",
    "\0",
];

/// Some text and every word in it.
fn worded() -> impl Strategy<Value = (String, Vec<String>)> {
    prop::collection::vec(select(WORDED), 1..25).prop_map(|pieces| {
        let (mut text, mut words) = (String::from("start\n\n"), Vec::new());
        for c in pieces.concat().chars() {
            if c == '@' {
                let word = format!("q{:03}z", words.len());
                text.push_str(&word);
                words.push(word);
            } else if c == '%' {
                // A name of a link: that of the words so far, so that no two are one.
                text.push_str(&words.len().to_string());
                text.push('x');
            } else {
                text.push(c);
            }
        }
        (text, words)
    })
}

/// Words and the punctuation that Markdown could take for its own.
#[allow(clippy::too_many_lines, reason = "a list of words and marks")]
fn line() -> impl Strategy<Value = String> {
    let word = select(&[
        "word",
        "Two words",
        "été",
        "日本語",
        "a*b",
        "*",
        "**",
        "*em*",
        "**strong**",
        "_",
        "a_b",
        "_em_",
        "[",
        "]",
        "[x]",
        "[ ]",
        "(",
        ")",
        "`code`",
        "`",
        "``a`b``",
        "$",
        "$5",
        "$x^2$",
        "\\[x^2\\]",
        "~",
        "~~no~~",
        "|",
        "\\",
        "\\*",
        "<",
        "<b>",
        "a<b",
        ">",
        "&",
        "&amp;",
        "&amp;amp;",
        "&lt;b&gt;",
        "#",
        "#tag",
        "C#",
        "1.",
        "1)",
        "12. x",
        "-",
        "+",
        "--",
        "---",
        "===",
        "=",
        ":",
        "Note:",
        "a:b",
        "Label: text",
        "!",
        "![",
        "\"q\"",
        "{",
        "}",
        "{#id}",
        "{.papers}",
        "https://a.b/c_(d)",
        "https://a.b/c.",
        "<https://a.b>",
        "x@y.z",
        "[l](https://a.b/c(d) \"t\")",
        "[*l*](/b)",
        "![alt](/p.png \"cap\")",
        "H<sub>2</sub>O",
        "<kbd>K</kbd>",
        "<mark>m *e*</mark>",
        "\\\n",
        "\n",
        "<br>",
        "^",
        "'s",
        "...",
        "http://",
        "[^1]",
        "：",
    ] as &[&str]);
    prop::collection::vec((word, select(&[" ", " ", " ", ""] as &[&str])), 1..7)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn one_line() -> impl Strategy<Value = String> {
    line().prop_map(|line| line.replace("\\\n", " ").replace('\n', " "))
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        if !line.is_empty() {
            out.push_str(if number == 0 { first } else { rest });
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn blocks() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => line(),
        1 => line().prop_map(|text| format!("Label: {text}")),
        1 => line().prop_map(|text| format!("```rust x\n{text}\n\n  {text}\n```")),
        1 => line().prop_map(|text| indented(&text, "    ", "    ")),
        1 => (one_line(), one_line(), one_line()).prop_map(|(a, b, c)| format!("| {a} | {b} |\n|:--|:-:|\n| {c} | {a} |")),
        1 => (one_line(), line()).prop_map(|(name, text)| format!("{name}\n: {}", indented(&text, "", "  "))),
        1 => line().prop_map(|text| format!("[^1]: {}", indented(&text, "", "    "))),
        1 => one_line().prop_map(|text| format!("#### {text}")),
        1 => Just("---".to_owned()),
        1 => line().prop_map(|text| format!("<div>\n{text}\n</div>")),
    ];
    let block = leaf.prop_recursive(3, 12, 3, |inner| {
        let inner = prop::collection::vec(inner, 1..4);
        prop_oneof![
            inner.clone().prop_map(|blocks| indented(&blocks.join("\n\n"), "> ", "> ")),
            inner.clone().prop_map(|blocks| indented(
                &format!("[!TIP]\n{}", blocks.join("\n\n")),
                "> ",
                "> "
            )),
            inner.clone().prop_map(|items| items.iter().map(|item| indented(item, "- ", "  ")).collect()),
            inner.clone().prop_map(|blocks| indented(&blocks.join("\n\n"), "- [x] ", "  ")),
            inner.prop_map(|items| items
                .iter()
                .map(|item| indented(item, "7. ", "   "))
                .collect::<Vec<_>>()
                .join("\n")),
        ]
    });
    prop::collection::vec(block, 0..4).prop_map(|blocks| blocks.join("\n\n"))
}

/// A notebook as people write them, with sections of every kind.
fn structured() -> impl Strategy<Value = String> {
    let paper = (one_line(), select(&["", " \"t & (u)\""] as &[&str]), line(), blocks())
        .prop_map(|(title, hint, byline, notes)| {
            format!(
                "- [{title}](https://arxiv.org/abs/1706.03762{hint}) {byline}\n\n{}",
                indented(&notes, "  ", "  ")
            )
        })
        .boxed();
    let flat =
        (one_line(), blocks()).prop_map(|(title, notes)| format!("- [{title}](https://a.b):\n\n{notes}"));
    let term = (one_line(), line(), blocks()).prop_map(|(name, text, rest)| {
        format!("- {name}: {}\n\n{}", indented(&text, "", "  "), indented(&rest, "  ", "  "))
    });
    let goal = (one_line(), one_line(), one_line(), blocks()).prop_map(|(a, b, c, notes)| {
        format!("- {a}\n  - [ ] {b}\n\n{}\n    - {c}", indented(&notes, "    ", "    "))
    });
    let entries =
        |entry: BoxedStrategy<String>| prop::collection::vec(prop_oneof![3 => entry, 1 => blocks()], 0..4);
    let section = prop_oneof![
        (Just("Papers"), entries(prop_oneof![paper.clone(), flat].boxed())),
        (Just("Glossary"), entries(term.boxed())),
        (Just("Learning"), entries(goal.boxed())),
        (Just("Links"), entries(paper.boxed())),
        (Just("Notes"), entries(blocks().boxed())),
    ];
    let section =
        (section, one_line(), select(&["", " {#own}", " {.prose}", " {.terms #two}"] as &[&str]), 1..4_usize)
            .prop_map(|((kind, entries), title, attributes, level)| {
                format!("{} {kind} {title}{attributes}\n\n{}", "#".repeat(level), entries.join("\n\n"))
            });
    let front = select(&["", "---\ntitle: \"A: b\"\nlayout: x\nhome: https://a.b\n---\n\n"] as &[&str]);
    (front, blocks(), prop::collection::vec(section, 0..4))
        .prop_map(|(front, intro, sections)| format!("{front}{intro}\n\n{}\n", sections.join("\n\n")))
}

/// The ids of everything that an anchor can lead to.
fn ids(notebook: &Notebook) -> Vec<String> {
    fn of_goal(goal: &Goal, ids: &mut Vec<String>) {
        ids.push(goal.id.to_string());
        goal.goals.iter().for_each(|part| of_goal(part, ids));
    }
    fn of_section(section: &Section, ids: &mut Vec<String>) {
        ids.push(section.id.to_string());
        for entry in &section.entries {
            match entry {
                Entry::Goal(goal) => of_goal(goal, ids),
                other => ids.push(other.id().to_string()),
            }
        }
        section.sections.iter().for_each(|inner| of_section(inner, ids));
    }
    let mut ids = Vec::new();
    notebook.sections.iter().for_each(|section| of_section(section, &mut ids));
    notebook.clone().for_each_block_mut(&mut |block| {
        if let Block::Heading { id, .. } = block {
            ids.push(id.to_string());
        }
    });
    ids
}

/// Adds the entries of a corpus to the section with the number `headings`, and to those below it.
fn add_entries(section: &mut Section, headings: &mut usize, corpus: &Corpus, entries: &[Entry]) {
    let heading = Some(*headings);
    let below = entries.iter().enumerate().filter(|(number, _)| corpus.catalog.heading(*number) == heading);
    section.entries = below.map(|(_, entry)| entry.clone()).collect();
    *headings += 1;
    for inner in &mut section.sections {
        add_entries(inner, headings, corpus, entries);
    }
}

/// Removes kinds and levels of sections, which the outline does not have. An untitled section stays one.
fn forget_levels(sections: &mut [Section]) {
    for section in sections {
        section.level = section.level.min(1);
        section.kind = SectionKind::Prose;
        forget_levels(&mut section.sections);
    }
}

/// Documents of many kinds. The fuzz targets begin with the same.
const DOCUMENTS: &[&str] = &[
    include_str!("../../tests/fixtures/seed/notebook.md"),
    include_str!("../../tests/fixtures/typeset.md"),
    include_str!("../../tests/fixtures/arabic.md"),
    include_str!("../fuzz/seeds/dialects.md"),
    include_str!("../fuzz/seeds/goals.md"),
    include_str!("../fuzz/seeds/html.md"),
    include_str!("../fuzz/seeds/mathematics.md"),
    include_str!("../fuzz/seeds/papers.md"),
    include_str!("../fuzz/seeds/tables.md"),
    include_str!("../fuzz/seeds/terms.md"),
];

/// Lines of several documents, one after the other.
fn mixed() -> impl Strategy<Value = String> {
    let lines = (select(DOCUMENTS), any::<Index>(), 1..8_usize).prop_map(|(document, from, count)| {
        let from = from.index(document.lines().count());
        document.lines().skip(from).take(count).flat_map(|line| [line, "\n"]).collect::<String>()
    });
    prop::collection::vec(lines, 1..8).prop_map(|parts| parts.concat())
}

/// The same cases every time, so that a red run is a change's own doing. `PROPTEST_RNG_SEED` asks for
/// others: a new seed looks further.
fn seeded(mut config: Config) -> Config {
    if matches!(config.rng_seed, RngSeed::Random) {
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}

fn cases(cases: u32) -> Config {
    seeded(Config { cases, failure_persistence: None, ..Config::default() })
}

/// Fails where a notebook is not what its own export reads as.
fn export_is_stable(source: &str) -> Result<(), TestCaseError> {
    let notebook = read(source).notebook;
    let exported = markdown::write(&notebook);
    prop_assert!(read(&exported).notebook == notebook, "{}\nis exported as\n{}", source, exported);
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn any_text_is_a_notebook_and_its_json_reads_back(text in any_text()) {
        let notebook = read(&text).notebook;
        let json = to_json(&notebook).unwrap();
        prop_assert_eq!(from_json(json.as_bytes()), Ok(notebook));
    }

    #[test]
    fn outline_and_entries_are_the_whole_notebook(text in prop_oneof![soup(), structured()]) {
        let mut notebook = read(&text).notebook;
        let corpus = Corpus::build(&notebook);
        let intro = notebook.intro_entry();
        let entries: Vec<Entry> =
            intro.into_iter().chain(notebook.walk().map(|(_, entry)| entry.clone())).collect();
        let mut joined = corpus.skeleton(&notebook.title);
        let mut headings = 0;
        for section in &mut joined.sections {
            add_entries(section, &mut headings, &corpus, &entries);
        }
        forget_levels(&mut joined.sections);
        forget_levels(&mut notebook.sections);
        prop_assert_eq!(joined.sections, notebook.sections);
    }

    #[test]
    fn findings_point_into_the_source(text in any_text()) {
        for finding in read(&text).diagnostics {
            prop_assert!(text.get(finding.range.clone()).is_some(), "{:?}", finding);
        }
    }

    #[test]
    fn no_two_things_have_one_id(text in prop_oneof![soup(), structured()]) {
        let mut seen = HashSet::new();
        for id in ids(&read(&text).notebook) {
            prop_assert!(!id.is_empty());
            prop_assert!(seen.insert(id.clone()), "{} twice", id);
        }
    }

    #[test]
    fn no_word_and_no_link_is_lost((text, words) in worded()) {
        let json = to_json(&read(&text).notebook).unwrap();
        for word in words {
            prop_assert!(json.contains(&word), "{} of {:?} in {}", word, text, json);
        }
    }

    #[test]
    fn an_export_reads_as_the_same_notebook(text in structured()) {
        export_is_stable(&text)?;
    }

    #[test]
    fn an_export_of_anything_reads_as_the_same_notebook(text in soup()) {
        export_is_stable(&text)?;
    }

    #[test]
    fn an_export_of_mixed_lines_reads_as_the_same_notebook(text in mixed()) {
        export_is_stable(&text)?;
    }
}
