//! Embedded HTML, as GitHub shows it.

mod round_trip;

use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{self, read};
use notebook_core::notebook::{Notebook, to_json};
use round_trip::read_stable;

fn json(source: &str) -> String {
    let notebook = read(source).notebook;
    let json = to_json(&notebook).unwrap();
    let exported = markdown::write(&notebook);
    let again = read(&exported).notebook;
    assert_eq!(again, notebook, "{source:?} exported as {exported:?}");
    assert_eq!(markdown::write(&again), exported);
    json
}

fn intro(source: &str) -> serde_json::Value {
    let value: serde_json::Value = serde_json::from_str(&json(source)).unwrap();
    value.get("intro").cloned().unwrap_or_default()
}

fn value(json: &str) -> serde_json::Value {
    serde_json::from_str(json).unwrap()
}

fn codes(source: &str) -> Vec<DiagnosticCode> {
    read(source).diagnostics.iter().map(|finding| finding.code).collect()
}

#[test]
fn an_anchor_is_a_target_and_not_shown() {
    let source = "[to](#Intro_1) [and](#data)\n\n<a name='Intro_1'></a>\nWords.\n\n<a name=\"data\"></a>\n## Figures\n\nText.\n";
    let json = json(source);
    assert!(json.contains(r#"{"anchor":"intro-1"}"#), "{json}");
    assert!(json.contains(r##""url":"#intro-1""##), "{json}");
    assert!(json.contains(r#""id":"data""#), "{json}");
    assert!(!json.contains("<a"), "{json}");
    assert_eq!(codes(source), []);
}

#[test]
fn an_anchor_is_read_however_it_is_written() {
    for source in [
        "# T\n\n[x](#here)\n\n## Papers <a id=\"here\"></a>\n\nx\n",
        "# T\n\n[x](#here)\n\n## <a name=\"here\"></a>Papers\n\nx\n",
        "# T\n\n[x](#here)\n\n<a name=\"here\"/>\n\n## Papers\n\nx\n",
        "# T\n\n[x](#here)\n\n<a name=\"here\">\n\n## Papers\n\nx\n",
        "# T\n\n[x](#here)\n\n<h2 id=\"here\">Papers</h2>\n\nx\n",
        "# T\n\n[x](#here)\n\n<div id=\"here\"></div>\n\n## Papers\n\nx\n",
    ] {
        let json = json(source);
        assert_eq!(codes(source), [], "{source}");
        assert!(json.contains(r#"{"title":["Papers"],"id":"here","kind":"papers""#), "{source}: {json}");
    }
}

#[test]
fn links_made_for_github_lead_where_they_are_meant_to() {
    let source = "# List\n\n- [V](#vision--text)\n- [P](#papers-1)\n- [S](#%D1%88%D0%BA%D0%BE%D0%BB%D0%B0)\n- [T](#list)\n- [X](#visions-text)\n\n## Papers\n\n- [A](https://e.example/a)\n\n## Vision & text\n\nwords\n\n## Papers\n\n- [B](https://e.example/b)\n\n## школа\n\nслова\n";
    let json = json(source);
    for url in ["#vision-text", "#papers-2", "#школа", "#top"] {
        assert!(json.contains(&format!("\"url\":\"{url}\"")), "{url}: {json}");
    }
    let found = read(source).diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found.first().map(|finding| finding.help.as_str()), Some("did you mean `#vision-text`?"));
}

#[test]
fn inline_elements_have_their_place_in_the_tree() {
    let cases = [
        ("a <b class=\"x\">b</b> c", r#"[["a ",{"strong":["b"]}," c"]]"#),
        ("<b>a <i>b</b></i>", r#"[[{"strong":["a ",{"em":["b"]}]},"</i>"]]"#),
        ("<ins>a</ins> <u>b</u>", r#"[[{"ins":["a"]}," ",{"ins":["b"]}]]"#),
        ("<abbr title=\"A &amp; B\">AB</abbr>", r#"[[{"abbr":{"title":"A & B","text":["AB"]}}]]"#),
        ("<code>a < b</code>", r#"[[{"code":"a < b"}]]"#),
        ("x<b> y </b>z", r#"[["x ",{"strong":["y"]}," z"]]"#),
        ("<span style=\"x\">a</span>", r#"[["a"]]"#),
        ("<b>open", r#"[["<b>open"]]"#),
        ("Vec<T> and <script>x</script>", r#"[["Vec<T> and <script>x</script>"]]"#),
        (
            "<a href=\"https://e.example/x\" title=\"t\">a *b*</a>",
            r#"[[{"link":{"url":"https://e.example/x","title":"t","text":["a ",{"em":["b"]}]}}]]"#,
        ),
        ("<a href=\"javascript:x\">a</a>", r#"[["a (javascript:x)"]]"#),
        ("a<br/>b", r#"[["a",{"break":{}},"b"]]"#),
        ("<kbd>K</kbd><!-- c --> <mark>m</mark>", r#"[[{"kbd":["K"]}," ",{"mark":["m"]}]]"#),
    ];
    for (source, expected) in cases {
        assert_eq!(intro(source), value(expected), "{source}");
    }
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let cases = [
        (
            "<img src=\"/a.png\" width=\"50%\" alt=\"A\">",
            r#"[[{"image":{"url":"/a.png","alt":"A","display":{"width":"50%"}}}]]"#,
        ),
        (
            "<img src=\"/a.png\" height=20px alt=\"A\">\ntext *not*",
            r#"[[{"image":{"url":"/a.png","alt":"A","display":{"height":"20"}}},"\ntext *not*"]]"#,
        ),
        (
            "<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"/d.png\">\n<img src=\"/l.png\" alt=\"L\">\n</picture>",
            r#"[[{"image":{"url":"/l.png","alt":"L","display":{"dark":"/d.png"}}}]]"#,
        ),
        (
            "<p align=\"center\"><a href=\"/x\"><img src=\"/a.png\" alt=\"A\" width=\"9\" onerror=\"x\"></a></p>",
            r#"[{"group":{"align":"center","blocks":[[{"link":{"url":"/x","text":[{"image":{"url":"/a.png","alt":"A","display":{"width":"9"}}}]}}]]}}]"#,
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(intro(source), value(expected), "{source}");
    }
}

#[test]
fn blocks_have_their_place_in_the_tree() {
    let cases = [
        (
            "<details open>\n<summary><b>More</b></summary>\n\n- a *b*\n\n</details>\n\nafter",
            r#"[{"fold":{"summary":[{"strong":["More"]}],"open":true,"blocks":[{"list":{"items":[{"blocks":[["a ",{"em":["b"]}]]}]}}]}},["after"]]"#,
        ),
        (
            "<div align=\"center\">\n\n**a**\n\n</div>\n\nb",
            r#"[{"group":{"align":"center","blocks":[[{"strong":["a"]}]]}},["b"]]"#,
        ),
        ("<div dir=\"rtl\">a</div>", r#"[{"group":{"dir":"rtl","blocks":[["a"]]}}]"#),
        ("<center>\n\na </center>\n\nb", r#"[{"group":{"align":"center","blocks":[["a"]]}},["b"]]"#),
        ("<div>\n\na\n\n</div>", r#"[["a"]]"#),
        (
            "<table><tr><th>A<th>B<tr><td>a<br>b<td><ul><li>c<li>d</ul></table>",
            r#"[{"table":{"align":["none","none"],"rows":[[["A"],["B"]],[["a",{"break":{}},"b"],["c",{"break":{}},"d"]]]}}]"#,
        ),
        (
            "<table>\n<tr>\n<td>\n\n**a**\n\n</td>\n<td>b</td>\n</tr>\n</table>",
            r#"[{"table":{"align":["none","none"],"rows":[[[],[]],[[{"strong":["a"]}],["b"]]]}}]"#,
        ),
        (
            "<ol start=3><li>a</li><li><p>b</p><p>c</p></li></ol>",
            r#"[{"list":{"start":3,"items":[{"blocks":[["a"]]},{"blocks":[["b"],["c"]]}]}}]"#,
        ),
        ("<blockquote>a</blockquote>", r#"[{"quote":{"blocks":[["a"]]}}]"#),
        ("<pre><code>a\n  b &lt; c</code></pre>", r#"[{"code":{"text":"a\n  b < c"}}]"#),
        ("<hr>\n\na", r#"[{"rule":{}},["a"]]"#),
        ("<dl><dt>a<dd>b</dl>", r#"[{"definitions":{"items":[{"name":["a"],"blocks":[["b"]]}]}}]"#),
    ];
    for (source, expected) in cases {
        assert_eq!(intro(source), value(expected), "{source}");
    }
}

#[test]
fn headings_of_html_are_sections_in_groups_too() {
    let json = json(
        "# T\n\n<div align=\"center\">\n<h2>Papers</h2>\n\n- [A](https://arxiv.org/abs/1706.03762)\n\n</div>\n",
    );
    assert!(json.contains(r#""kind":"papers""#) && json.contains(r#"{"paper":"#), "{json}");
}

#[test]
fn markup_is_reported_once_for_each_element() {
    let source = "<foo>a</foo> <foo>b</foo> Vec<T>\n\n<iframe src=\"https://e.example/q\"></iframe>\n";
    let found = read(source).diagnostics;
    let html: Vec<&str> =
        found.iter().filter(|f| f.code == DiagnosticCode::HtmlAsText).map(|f| f.message.as_str()).collect();
    assert_eq!(html.len(), 3, "{html:?}");
    assert!(json(source).contains("https://e.example/q"));
}

#[test]
fn hostile_html_takes_linear_time_and_loses_nothing() {
    let many = 20_000;
    for source in [
        "<div>".repeat(many) + "word",
        "<b>".repeat(many) + "word",
        "<table>".repeat(many) + "word",
        "<table><tr><td>".repeat(many) + "word",
        "<details><summary>".repeat(many) + "word",
        "</div>".repeat(many) + "word",
        "<a name=x>".repeat(many) + "word",
        "x <!-- \n\n".repeat(many) + "word",
        "%% x\n\n".repeat(many) + "word",
        format!("<table><tr>{}</tr>{}</table>word", "<td>".repeat(many), "<tr><td>x</tr>".repeat(many)),
        "<ul><li>".repeat(many) + "word",
        "<div a=\"".repeat(many) + "word",
        "[x](#y) ".repeat(many) + "word",
    ] {
        let begin = std::time::Instant::now();
        let json = to_json(&read(&source).notebook).unwrap();
        assert!(json.contains("word"), "{}", source.get(..40).unwrap_or_default());
        let took = begin.elapsed();
        assert!(took.as_secs() < 10, "{took:?} for {}", source.get(..40).unwrap_or_default());
    }
}

#[test]
fn every_shape_of_html_survives_its_export() {
    let pieces = [
        "<details>",
        "<summary>s</summary>",
        "</details>",
        "<div align=\"center\">",
        "</div>",
        "<p>",
        "</p>",
        "a *b*",
        "<b>",
        "</b>",
        "<ul><li>",
        "</ul>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<a name=\"n\"></a>",
        "<a href=\"/x\">",
        "</a>",
        "<img src=\"/i\" width=5>",
        "- i",
        "> q",
        "## H",
        "<h3>t</h3>",
        "<br>",
        "<hr>",
        "`c`",
        "%%p%%",
        "<!-- c -->",
        "| a |\n|---|\n| b |",
    ];
    let mut state = 7_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % bound
    };
    for _ in 0..2000 {
        let mut source = String::new();
        for _ in 0..=next(9) {
            source.push_str(pieces.get(next(pieces.len())).copied().unwrap_or_default());
            source.push_str(["", " ", "\n", "\n\n", "\n\n"].get(next(5)).copied().unwrap_or_default());
        }
        let _ = json(&source);
    }
}

#[test]
fn nothing_of_a_notebook_is_a_string_of_html() {
    fn is_empty(notebook: &Notebook) -> bool {
        notebook.sections.is_empty() && notebook.intro.is_empty()
    }
    assert!(is_empty(&read("<!-- only\n\na comment -->").notebook));
    assert!(is_empty(&read("%%\nonly\n\na comment\n%%").notebook));
}

#[test]
fn strong_text_may_end_beside_cjk_punctuation() {
    let source = "**结论：**有效。这是**“重点”**之一，见**《手册》**一书。“**a**”和“**b**”，**c**。";
    let expected = r#"[[{"strong":["结论："]},"有效。这是",{"strong":["“重点”"]},"之一，见",{"strong":["《手册》"]},"一书。“",{"strong":["a"]},"”和“",{"strong":["b"]},"”，",{"strong":["c"]},"。"]]"#;
    assert_eq!(intro(source), value(expected));
    assert_eq!(intro("`**：`有"), value(r#"[[{"code":"**："},"有"]]"#));
}

#[test]
#[allow(clippy::many_single_char_names, reason = "addresses that end in these letters")]
fn an_address_ends_where_people_end_it_and_has_no_emphasis() {
    let link = |url: &str| format!(r#"{{"link":{{"url":"{url}","text":["{url}"]}}}}"#);
    let (a, b, c) = (link("https://e.example/a"), link("https://e.example/b"), link("https://e.example/c"));
    let source = "见 https://e.example/a，https://e.example/b。还有「https://e.example/c」。";
    assert_eq!(intro(source), value(&format!(r#"[["见 ",{a},"，",{b},"。还有「",{c},"」。"]]"#)));
    let (d, e) = (link("https://e.example/pkg/__main__.py"), link("https://e.example/_files_/x"));
    let source =
        "At https://e.example/pkg/__main__.py and https://e.example/_files_/x **https://e.example/a**";
    assert_eq!(intro(source), value(&format!(r#"[["At ",{d}," and ",{e}," ",{{"strong":[{a}]}}]]"#)));
}

#[test]
fn prices_are_no_formula() {
    let source = "It costs $7-$9 a day, US$20 (A$30) before.";
    assert_eq!(intro(source), value(&format!("[[{source:?}]]")));
    assert_eq!(
        intro("so $`x_1`$ is $y$"),
        value(r#"[["so ",{"math":{"tex":"x_1"}}," is ",{"math":{"tex":"y"}}]]"#)
    );
}

#[test]
fn letters_that_nobody_sees_are_not_in_headings() {
    assert!(
        json("# T\n\n## Pa\u{200b}pers\n\n- [A](https://e.example/a)\n")
            .contains(r#""id":"papers","kind":"papers""#)
    );
}

#[test]
fn callouts_and_marks_of_obsidian_have_their_meaning() {
    let cases = [
        (
            "> [!tip]- A fold\n> Inside.",
            r#"[{"fold":{"summary":["A fold"],"blocks":[{"quote":{"alert":"tip","blocks":[["Inside."]]}}]}}]"#,
        ),
        (
            "> [!abstract]+\n> Inside.",
            r#"[{"fold":{"summary":["abstract"],"open":true,"blocks":[{"quote":{"alert":"note","blocks":[["Inside."]]}}]}}]"#,
        ),
        ("> [!bug] Title\n> x", r#"[{"quote":{"alert":"caution","blocks":[[{"strong":["Title"]}],["x"]]}}]"#),
        ("> [!quote|#ffd400]\n> x", r#"[{"quote":{"blocks":[["x"]]}}]"#),
        ("> [!whatever] x", r#"[{"quote":{"blocks":[["[!whatever] x"]]}}]"#),
        ("a ==b c== d", r#"[["a ",{"mark":["b c"]}," d"]]"#),
    ];
    for (source, expected) in cases {
        assert_eq!(intro(source), value(expected), "{source}");
    }
}

#[test]
fn marks_of_other_programs_are_reported_once_for_each_kind() {
    let source = "{{< figure a >}} [[Other]] [[Another|x]]\n\n::: note\n\n{{< b >}}\n\n:::\n";
    let found = read(source).diagnostics;
    let messages: Vec<&str> =
        found.iter().filter(|f| f.code == DiagnosticCode::ForeignMark).map(|f| f.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{found:?}");
    assert!(messages.iter().any(|message| message.ends_with("2 times")), "{messages:?}");
}

#[test]
fn a_group_that_ends_inside_a_paragraph_ends_with_it() {
    let read = intro("<center>\n\na </center> *c*\n\nb");
    assert_eq!(read.get(1), Some(&value(r#"["b"]"#)), "{read}");
}

#[test]
fn parts_of_lists_and_tables_without_them_are_no_part_of_the_document() {
    for part in ["<li>", "<td>", "<tr>", "<table>", "<ul>", "<dd>", "<summary>", "<tbody>"] {
        let source = format!("{part}\n\n## Papers\n\n- [Maps](https://arxiv.org/abs/2001.99040)\n");
        let notebook = read_stable(&source);
        assert_eq!(notebook.sections.len(), 1, "{source}");
        for source in [
            format!("{part}<details>https://arxiv.org/abs/2001.99040"),
            format!("<center>a{part}<details>b"),
            format!("<p align=\"center\">{part}a<details>b</details>"),
        ] {
            read_stable(&source);
        }
    }
    let kept = read_stable("<ul><li>a\n\n# b\n\n</li></ul>\n");
    assert!(kept.sections.is_empty() && kept.intro.len() == 1, "{kept:?}");
}

#[test]
fn breaks_at_the_edges_of_marks_stand_outside() {
    for source in [
        "<b>a<br></b>b",
        "<i>a<hr></i>b",
        "a<b><li>b</b>",
        "<b> <td></b>c",
        "<kbd><i><br></i></kbd>d",
        "<b><br> a <br></b>",
    ] {
        let written = markdown::write(&read_stable(source));
        assert!(!written.contains("<br>"), "{written}");
    }
}

#[test]
fn marks_beside_the_beginning_of_an_address_stay_marks() {
    for source in
        ["://<b>1</b>", "://*<hr>r*", "<b>://</b>(2", "a://x<i>y</i>", "<s>://a</s>b", "://<!-->*A*"]
    {
        read_stable(source);
    }
}
