//! Kinds of input that other programs export: escapes, TeX, formulas, quotes, dates, names. All records are invented.

use super::*;

/// Reads BibTeX with one entry and a field, and returns its citation.
pub(super) fn with_field(field: &str) -> Citation {
    read_one(&format!("@article{{k, {field}}}"))
}

pub(super) fn title(source: &str) -> String {
    with_field(&format!("title = {{{source}}}")).title.unwrap_or_default()
}

pub(super) fn author(source: &str) -> Vec<PersonName> {
    with_field(&format!("author = {{{source}}}")).authors
}

pub(super) fn date(citation: &Citation) -> (Option<u16>, Option<u8>, Option<u8>) {
    (citation.year, citation.month, citation.day)
}

#[test]
fn removes_escapes_from_addresses() {
    for (source, doi) in [
        ("10.1007/978-3-030-11111-1\\_7", "10.1007/978-3-030-11111-1_7"),
        ("10.1007/978-3-030-11111-1{\\_}7", "10.1007/978-3-030-11111-1_7"),
        ("10.1000/a\\%b", "10.1000/a%b"),
        ("10.1000/a\\&b\\#c", "10.1000/a&b#c"),
        ("10.1000/a\\textunderscore{}b", "10.1000/a_b"),
        ("{10.1000/ab}", "10.1000/ab"),
        ("https://doi.org/10.1000%2Fab", "10.1000/ab"),
        ("10.1002/1234(2001)1:1&lt;1::AID-X&gt;3.0.CO;2-A", "10.1002/1234(2001)1:1<1::AID-X>3.0.CO;2-A"),
    ] {
        assert_eq!(with_field(&format!("doi = {{{source}}}")).doi.as_deref(), Some(doi), "{source}");
    }
    for (source, url) in [
        ("http://www.example.edu/\\~{}ada/p.pdf", "http://www.example.edu/~ada/p.pdf"),
        ("http://www.example.edu/{\\textasciitilde}ada", "http://www.example.edu/~ada"),
        ("http://www.example.edu/$\\sim$ada", "http://www.example.edu/~ada"),
        ("http://www.example.edu/~ada", "http://www.example.edu/~ada"),
        ("https://example.org/a\\_b?c=1\\&d=\\%20--e", "https://example.org/a_b?c=1&d=%20--e"),
        ("\\url{https://example.org/a_b}", "https://example.org/a_b"),
        ("https://example.org/one https://example.org/two", "https://example.org/one"),
        ("https://example.org/a(b)", "https://example.org/a(b)"),
    ] {
        let citation = with_field(&format!("url = {{{source}}}"));
        assert_eq!(citation.url.as_ref().map(Url::as_str), Some(url), "{source}");
    }
}

#[test]
fn finds_the_address_between_words() {
    for source in [
        "Available from \\url{https://example.org/p}",
        "\\url{https://example.org/p}, visited",
        "see <https://example.org/p>.",
    ] {
        let citation = with_field(&format!("howpublished = {{{source}}}"));
        assert_eq!(citation.url.as_ref().map(Url::as_str), Some("https://example.org/p"), "{source}");
        assert!(citation.note.is_some_and(|note| note.contains("example.org")), "{source}");
    }
    assert_eq!(with_field("howpublished = {Talk at a school}").note.as_deref(), Some("Talk at a school"));
}

#[test]
fn reads_tex_in_text() {
    for (source, text) in [
        ("``Why'' not", "“Why” not"),
        ("na\\\"\\ive and na{\\\"\\i}ve", "naïve and naïve"),
        ("Garc\\'\\ia and Garc\\'\\i a", "García and García"),
        ("Garc{\\'{\\i}}a", "García"),
        ("\\v{S}\\v sk\\'{a} \\c{c}\\k{a}\\H{o}\\r{a}\\u{g}\\.{z}\\d{t}\\b{b}", "Ššká çąőåğżṭḇ"),
        ("Stra{\\ss}e, \\O re, {\\L}\\'od\\'z, \\AE, \\oe uvre", "Straße, Øre, Łódź, Æ, œuvre"),
        ("{\\em E.~coli} and {\\it B}", "E. coli and B"),
        ("\\emph{A {nested} one} \\textbf{\\textit{B}}", "A nested one B"),
        ("at 3\\,km\\ldots{} so", "at 3 km… so"),
        ("x\\textsubscript{2} y\\textsuperscript{10} 1\\textsuperscript{st}", "x₂ y¹⁰ 1st"),
        ("A -- B --- C", "A – B — C"),
        ("50\\% of R\\&D \\#1 a\\_b \\$5", "50% of R&D #1 a_b $5"),
        ("\\enquote{A} \\textquotedblleft B\\textquotedblright", "“A” “B”"),
        ("\\noopsort{1973b}A", "A"),
        ("Let's `go'", "Let's ‘go'"),
        ("?`Que?", "¿Que?"),
    ] {
        assert_eq!(title(source), text, "{source}");
    }
}

#[test]
fn keeps_unknown_commands_and_reports_them() {
    let bibliography = read_bibtex("@misc{k, title = {A \\strange{B} C}}");
    assert_eq!(bibliography.entries[0].citation.title.as_deref(), Some("A \\strange{B} C"));
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
    assert!(bibliography.diagnostics[0].message.contains("`\\strange`"));
}

#[test]
fn keeps_formulas() {
    for (source, text) in [
        ("The $\\alpha$-divergence of CO$_2$", "The $\\alpha$-divergence of CO$_2$"),
        ("When $k < n$ holds", "When $k < n$ holds"),
        ("$\\mathbb{R}^{d}$ and \\(x\\)", "$\\mathbb{R}^{d}$ and $x$"),
        ("{$O(n \\log n)$} sorting", "$O(n \\log n)$ sorting"),
        ("Pay $3 Now", "Pay $3 Now"),
        ("\\$5 to \\$10", "$5 to $10"),
        ("\\alpha-beta", "$\\alpha$-beta"),
        ("\\ensuremath{x^2}", "$x^2$"),
    ] {
        assert_eq!(title(source), text, "{source}");
        let written = write_bibtex(&with_field(&format!("title = {{{source}}}")), "k");
        assert_eq!(read_one(&written).title.as_deref(), Some(text), "{written}");
    }
    let written = write_bibtex(&with_field("title = {The $\\alpha$-divergence}"), "k");
    assert!(written.contains("The $\\alpha$-divergence"), "{written}");
    let citation = with_field("title = {The $\\alpha$-divergence for $5}, url = {https://a.example}");
    assert_eq!(write_markdown(&citation), "- [The $\\alpha$-divergence for \\$5](https://a.example)\n");
    let spans = title_spans("CO$_2$ for $5 to $10");
    assert_eq!(spans.len(), 3, "{spans:?}");
    assert_eq!(crate::notebook::plain(&spans), "CO_2 for $5 to $10");
}

#[test]
fn reads_braces_in_quoted_values() {
    for (source, text) in [
        ("\"A {\"}quoted{\"} word\"", "A \"quoted\" word"),
        ("\"A {``}b{''} c\"", "A “b” c"),
        ("\"{A {\"B\"} c}\"", "A \"B\" c"),
        ("\"G{\\\"o}del\"", "Gödel"),
        ("{He said \"no\"}", "He said \"no\""),
        ("\"A\" # { and } # \"B\"", "A and B"),
    ] {
        let citation = with_field(&format!("title = {source}, year = \"1999\", author = \"One, Ada\""));
        assert_eq!(citation.title.as_deref(), Some(text), "{source}");
        assert_eq!((citation.year, citation.authors.len()), (Some(1999), 1), "{source}");
    }
}

#[test]
fn reads_dates_of_every_form() {
    for (fields, expected) in [
        ("year = 1987, month = may # \"~7\"", (Some(1987), Some(5), Some(7))),
        ("year = 1987, month = \"7~\" # may", (Some(1987), Some(5), Some(7))),
        ("year = 1987, month = {May 7}", (Some(1987), Some(5), Some(7))),
        ("year = 1987, month = {7 May}", (Some(1987), Some(5), Some(7))),
        ("year = 1987, month = jun # \"/\" # jul", (Some(1987), Some(6), None)),
        ("year = 1987, month = {September}, day = 3", (Some(1987), Some(9), Some(3))),
        ("year = 1987, month = {Okt.}", (Some(1987), Some(10), None)),
        ("year = {2015b}", (Some(2015), None, None)),
        ("year = {c. 1904}", (Some(1904), None, None)),
        ("year = {[1904]}", (Some(1904), None, None)),
        ("year = {1904--1905}", (Some(1904), None, None)),
        ("year = {2015-03-02}", (Some(2015), Some(3), Some(2))),
        ("date = {2015-03-02/2015-04}", (Some(2015), Some(3), Some(2))),
        ("date = {2015-03-02T10:11:12}", (Some(2015), Some(3), Some(2))),
        ("date = {2015~}", (Some(2015), None, None)),
        ("date = {2015-21}", (Some(2015), None, None)),
    ] {
        let entry = read_bibtex(&format!("@article{{k, {fields}}}")).entries.remove(0);
        assert_eq!(date(&entry.citation), expected, "{fields}");
    }
    for (raw, expected) in [
        ("June 2014", (Some(2014), Some(6), None)),
        ("10/21/2013", (Some(2013), Some(10), Some(21))),
        ("21/10/2013", (Some(2013), Some(10), Some(21))),
        ("21.10.2013", (Some(2013), Some(10), Some(21))),
        ("3.4.2013", (Some(2013), Some(4), Some(3))),
        ("3/4/2013", (Some(2013), None, None)),
        ("2013/10/21/", (Some(2013), Some(10), Some(21))),
        ("2013///Spring", (Some(2013), None, None)),
        ("2013/06//", (Some(2013), Some(6), None)),
        ("20131021", (Some(2013), Some(10), Some(21))),
        ("Oct 21, 2013", (Some(2013), Some(10), Some(21))),
        ("21st October 2013", (Some(2013), Some(10), Some(21))),
        ("2013 Oct 21", (Some(2013), Some(10), Some(21))),
        ("2013 Oct-Dec", (Some(2013), Some(10), None)),
        ("10/2013", (Some(2013), Some(10), None)),
    ] {
        let text = format!("TY  - JOUR\nTI  - A\nDA  - {raw}\nER  - \n");
        let citation = read_ris(&text).expect("RIS").entries.remove(0).citation;
        assert_eq!(date(&citation), expected, "{raw}");
        let text = format!(r#"[{{"type": "book", "title": "A", "issued": {{"raw": "{raw}"}}}}]"#);
        let citation = read_csl(&text).expect("CSL-JSON").entries.remove(0).citation;
        assert_eq!(date(&citation), expected, "{raw}");
    }
    for issued in [
        r#""2012""#,
        "2012",
        r#"{"literal": "2012"}"#,
        r#"{"date-parts": [["2012"]]}"#,
        r#"{"date-parts": [[2012]]}"#,
    ] {
        let text = format!(r#"[{{"type": "book", "title": "A", "issued": {issued}}}]"#);
        assert_eq!(read_csl(&text).expect("CSL-JSON").entries[0].citation.year, Some(2012), "{issued}");
    }
}

#[test]
fn keeps_dates_that_are_no_dates() {
    assert_eq!(with_field("year = {in press}").note.as_deref(), Some("in press"));
    let bibliography = read_bibtex("@misc{k, year = 2001, month = {Michaelmas}}");
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
}

#[test]
fn reads_names_of_every_form() {
    let name = |given: &str, particle: &str, family: &str, suffix: &str| {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        PersonName {
            family: family.into(),
            given: part(given),
            particle: part(particle),
            suffix: part(suffix),
        }
    };
    for (source, expected) in [
        ("박 영희 and 王 小红", vec![name("박", "", "영희", ""), name("王", "", "小红", "")]),
        ("Institute of Made Things,", vec![name("", "", "Institute of Made Things", "")]),
        ("{Institute of Made Things}", vec![name("", "", "Institute of Made Things", "")]),
        ("{{Made and Sons, Inc.}}", vec![name("", "", "Made and Sons, Inc.", "")]),
        ("Aristotle", vec![name("", "", "Aristotle", "")]),
        ("Ludwig van der Made", vec![name("Ludwig", "van der", "Made", "")]),
        ("van der Made, Ludwig", vec![name("Ludwig", "van der", "Made", "")]),
        ("{van der Made}, Ludwig", vec![name("Ludwig", "", "van der Made", "")]),
        ("Jean le Rond d'Exemple", vec![name("Jean", "le", "Rond d'Exemple", "")]),
        ("Made, Jr., Ann", vec![name("Ann", "", "Made", "Jr.")]),
        ("Made Jr., Ann", vec![name("Ann", "", "Made", "Jr.")]),
        ("Made, Ann, Jr.", vec![name("Ann", "", "Made", "Jr.")]),
        ("Ann B. Made III", vec![name("Ann B.", "", "Made", "III")]),
        ("One, Ada AND Two, Bob", vec![name("Ada", "", "One", ""), name("Bob", "", "Two", "")]),
        ("One, Ada and et al.", vec![name("Ada", "", "One", ""), name("", "", "others", "")]),
        ("family=Made, given=Ann, prefix=van", vec![name("Ann", "van", "Made", "")]),
        ("danah example", vec![name("danah", "", "example", "")]),
        ("Garc\\'\\ia, Luc\\'\\ia", vec![name("Lucía", "", "García", "")]),
    ] {
        let names = author(source);
        assert_eq!(names, expected, "{source}");
        let citation = Citation { key: Some("k".into()), authors: names.clone(), ..Citation::default() };
        let written = write_bibtex(&citation, "k");
        assert_eq!(read_one(&written).authors, names, "{written}");
        let written = write_csl(&citation, "k");
        assert_eq!(read_csl(&written).expect("CSL-JSON").entries[0].citation.authors, names, "{written}");
        let written = write_ris(&citation, "k");
        let comma =
            names.iter().any(|name| *name == PersonName::literal(&name.family) && name.family.contains(','));
        if !comma && !source.starts_with('{') {
            assert_eq!(read_ris(&written).expect("RIS").entries[0].citation.authors, names, "{written}");
        }
    }
    for source in [
        "A. First, B. Second, C. Third, D. Fourth",
        "A. First; B. Second; C. Third; D. Fourth",
        "First, A., Second, B., Third, C., Fourth, D.",
    ] {
        let bibliography = read_bibtex(&format!("@misc{{k, author = {{{source}}}}}"));
        assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName], "{source}");
        let names = display_names(&bibliography.entries[0].citation.authors);
        assert_eq!(names, ["A. First", "B. Second", "C. Third", "D. Fourth"], "{source}");
    }
}

#[test]
fn reads_names_of_ris_and_csl_json() {
    let text = "TY  - CONF\nAU  - J. Doe\nAU  - Q. van Dam\nAU  - Roe, Ann; Poe, Ben\nAU  - World Made Organization\nER  - \n";
    let names = read_ris(text).expect("RIS").entries.remove(0).citation.authors;
    assert_eq!(
        display_names(&names),
        ["J. Doe", "Q. van Dam", "Ann Roe", "Ben Poe", "World Made Organization"]
    );
    assert_eq!((names[1].family.as_str(), names[1].particle.as_deref()), ("Dam", Some("van")));
    assert_eq!(names[4], PersonName::literal("World Made Organization"));
    let text = r#"[{"type": "book", "title": "A", "author": ["Ada One", {"name": "The Lab"}, {"literal": "W. M. O."}, {"given": "Plato"},
        {"family": "Made", "given": "Ann", "dropping-particle": "de", "non-dropping-particle": "la", "suffix": "Jr."}], "editor": [7]}]"#;
    let entry = read_csl(text).expect("CSL-JSON").entries.remove(0);
    let names = display_names(&entry.citation.authors);
    assert_eq!(names, ["Ada One", "The Lab", "W. M. O.", "Plato", "Ann de la Made Jr."]);
    assert_eq!(entry.citation.authors[0].given.as_deref(), Some("Ada"));
    assert_eq!(entry.unsupported_fields, ["editor"]);
}

#[test]
fn reads_arxiv_ids_in_number_and_pages() {
    for source in [
        "@online{a, number = {arXiv:2105.00002}, eprint = {2105.00002}, eprinttype = {arXiv}}",
        "@article{a, journal = {arXiv e-prints}, pages = {arXiv:2105.00002}, eid = {arXiv:2105.00002}}",
        "@misc{a, number = {arXiv:2105.00002 [cs]}}",
    ] {
        let citation = read_one(source);
        assert_eq!(
            (citation.arxiv.as_deref(), citation.work_type),
            (Some("2105.00002"), WorkType::Preprint),
            "{source}"
        );
        assert_eq!((citation.issue, citation.pages), (None, None), "{source}");
    }
}

#[test]
fn expands_journal_macros() {
    for (source, venue) in [
        ("{\\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        ("\\apjl", "Astrophysical Journal Letters"),
        ("{\\aap} ", "Astronomy and Astrophysics"),
    ] {
        assert_eq!(with_field(&format!("journal = {{{source}}}")).venue.as_deref(), Some(venue), "{source}");
    }
}

#[test]
fn drops_genres_that_repeat_the_type() {
    for genre in ["Journal Article", "journal-article", "Conference Paper", "Book Section"] {
        assert_eq!(with_field(&format!("type = {{{genre}}}")).genre, None, "{genre}");
    }
    assert_eq!(with_field("type = {Technical Note}").genre.as_deref(), Some("Technical Note"));
}

#[test]
fn inherits_from_xdata() {
    let bibliography = read_bibtex(
        "@xdata{pub, publisher = {Made Press}, location = {Rome}}\n@xdata{who, author = {One, Ada}, url = {https://example.org/s}}\n\
         @book{b, title = {Book}, year = 2001, xdata = {pub, who}}\n@xdata{unused, title = {No}}",
    );
    assert_eq!(bibliography.diagnostics, []);
    let [entry] = bibliography.entries.as_slice() else { panic!("{bibliography:?}") };
    let citation = &entry.citation;
    assert_eq!(display_names(&citation.authors), ["Ada One"]);
    assert_eq!(
        (citation.publisher.as_deref(), citation.publisher_place.as_deref()),
        (Some("Made Press"), Some("Rome"))
    );
    assert_eq!(
        (citation.url.as_ref().map(Url::as_str), citation.venue.as_deref()),
        (Some("https://example.org/s"), None)
    );
}

#[test]
fn reads_lines_of_endnote() {
    let text = "TY  - JOUR\nTI  - A\nKW  - graphs\ntrees\nKW  - heaps; stacks\nAB  - One\ntwo\nUR  - https://example.org/a\nER\nTY  - JOUR\nTI  - B\nER  -\n";
    let entries = read_ris(text).expect("RIS").entries;
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].keywords, ["graphs", "trees", "heaps", "stacks"]);
    assert_eq!(entries[0].abstract_text.as_deref(), Some("One two"));
    assert_eq!(entries[0].citation.url.as_ref().map(Url::as_str), Some("https://example.org/a"));
}

#[test]
fn reads_answers_of_crossref() {
    let item = r#"{"type": "journal-article", "title": ["Made-up"], "container-title": ["Annals of A &amp; B"], "ISSN": ["1111-2222", "3333-4444"],
        "DOI": "10.1234/abc", "published": {"date-parts": [[2019, 2]]}, "author": [{"given": "Ada", "family": "One", "sequence": "first"}, {"name": "The Lab"}],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We do it if a < b.</jats:p>", "reference-count": 3, "link": [{"URL": "https://example.org"}]}"#;
    for text in [
        item.to_owned(),
        format!(r#"{{"status": "ok", "message": {item}}}"#),
        format!(r#"{{"message": {{"items": [{item}]}}}}"#),
    ] {
        let entry = read_csl(&text).expect("CSL-JSON").entries.remove(0);
        let citation = &entry.citation;
        assert_eq!(
            (citation.title.as_deref(), citation.venue.as_deref()),
            (Some("Made-up"), Some("Annals of A & B"))
        );
        assert_eq!((citation.issn.as_deref(), citation.work_type), (Some("1111-2222"), WorkType::Article));
        assert_eq!((citation.year, citation.month, citation.authors.len()), (Some(2019), Some(2), 2));
        assert_eq!(entry.abstract_text.as_deref(), Some("Abstract We do it if a < b."));
        assert_eq!(entry.unsupported_fields, ["link", "reference-count", "ISSN"]);
    }
}

#[test]
fn prefers_the_citation_key() {
    let text = r#"[{"id": "http://zotero.example/users/1/items/KEY", "citation-key": "one2020", "type": "book", "title": "B"}]"#;
    assert_eq!(read_csl(text).expect("CSL-JSON").entries[0].citation.key.as_deref(), Some("one2020"));
}

#[test]
fn reports_fields_given_twice() {
    let bibliography = read_bibtex("@misc{k, title = {A}, title = {B}}");
    assert_eq!(bibliography.entries[0].citation.title.as_deref(), Some("A"));
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
}

#[test]
fn reports_dates_of_which_a_part_is_kept() {
    let partial = [DiagnosticCode::PartialDate];
    let start = |month: Option<u8>, day: Option<u8>| (Some(2014), month, day);
    for (field, expected) in [
        ("date = {2014-21}", start(None, None)),
        ("date = {2014-23/2015-24}", start(None, None)),
        ("date = {Spring 2014}", start(None, None)),
        ("date = {2014/2015}", start(None, None)),
        ("date = {2014/..}", start(None, None)),
        ("date = {/2014}", start(None, None)),
        ("date = {2014-05-30/2014-06-02}", start(Some(5), Some(30))),
        ("date = {2014-05~}", start(Some(5), None)),
        ("year = {2014--2015}", start(None, None)),
        ("year = {2014--5}", start(None, None)),
        ("year = {c. 2014}", start(None, None)),
        ("year = {\\textasciitilde 2014}", start(None, None)),
        ("year = 2014, month = jun # \"/\" # jul", start(Some(6), None)),
        ("year = 2014, month = {May--June}", start(Some(5), None)),
        ("year = 2014, month = may # \" 12--14\"", start(Some(5), None)),
        ("date = {12--14 June 2014}", start(Some(6), Some(12))),
        ("date = {June 12–14, 2014}", start(Some(6), Some(12))),
        ("date = {30 May -- 2 June 2014}", start(Some(5), Some(30))),
        ("date = {May/Jun 2014}", start(Some(5), None)),
        ("date = {3/4/2014}", start(None, None)),
    ] {
        let bibliography = read_bibtex(&format!("@misc{{k, {field}}}"));
        assert_eq!(codes(&bibliography), partial, "{field}");
        assert_eq!(date(&bibliography.entries[0].citation), expected, "{field}");
    }
}

#[test]
fn reports_dates_of_which_ris_and_csl_json_keep_a_part() {
    let partial = [DiagnosticCode::PartialDate];
    for line in [
        "PY  - 2014///Spring",
        "Y1  - 2014/Winter",
        "DA  - Fall 2014",
        "PY  - 2014-2015",
        "DA  - 2014/12/30-2015/01/02",
    ] {
        let text = format!("TY  - BOOK\nER  - \nTY  - JOUR\n{line}\nER  - \n");
        let bibliography = read_ris(&text).unwrap();
        assert_eq!(codes(&bibliography), partial, "{line}");
        assert_eq!(&text[bibliography.diagnostics[0].range.clone()], "TY  - JOUR");
        assert_eq!(bibliography.entries[1].citation.year, Some(2014), "{line}");
    }
    for issued in [
        r#"{"date-parts":[[2014]],"season":"1"}"#,
        r#"{"literal":"Summer 2014"}"#,
        r#"{"date-parts":[["2014",22]]}"#,
        r#"{"date-parts":[[2014],[2015]]}"#,
        r#"{"date-parts":[[2014, 5]],"circa":true}"#,
        r#"{"date-parts":[[2014]],"circa":1}"#,
        r#"{"raw":"2014/2015"}"#,
        r#"{"literal":"ca. 2014"}"#,
    ] {
        let item = format!(r#"{{"type":"book","issued":{issued}}}"#);
        for text in [
            format!(r#"[{{"type":"book"}}, {item}]"#),
            format!(r#"{{"items": [{{"type":"book"}}, {item}]}}"#),
        ] {
            let bibliography = read_csl(&text).unwrap();
            assert_eq!(codes(&bibliography), partial, "{issued}");
            assert_eq!(text[bibliography.diagnostics[0].range.clone()], item);
            assert_eq!(bibliography.entries[1].citation.year, Some(2014), "{issued}");
        }
    }
}

#[test]
fn accepts_whole_dates_without_a_report() {
    for (field, expected) in [
        ("date = {2014-12-21}", (12, 21)),
        ("date = {2014-06-03T10:11:12+02:00}", (6, 3)),
        ("date = {2014-06-03T10:11:12Z}", (6, 3)),
        ("date = {Tuesday, June 3rd, 2014}", (6, 3)),
        ("date = {3rd of June 2014}", (6, 3)),
        ("date = {3 de junio de 2014}", (6, 3)),
        ("date = {2014年6月3日}", (6, 3)),
        ("date = {20140603}", (6, 3)),
        ("date = {2014-06-03}, year = 2014, month = jun, day = 3", (6, 3)),
        ("year = {2014b}, month = jun, day = {3}", (6, 3)),
        ("year = 2014, month = jun # \"~3\"", (6, 3)),
    ] {
        let bibliography = read_bibtex(&format!("@misc{{k, {field}}}"));
        assert_eq!(bibliography.diagnostics, [], "{field}");
        assert_eq!(bibliography.entries[0].unsupported_fields, [""; 0], "{field}");
        let (month, day) = expected;
        assert_eq!(date(&bibliography.entries[0].citation), (Some(2014), Some(month), Some(day)), "{field}");
    }
}

#[test]
fn lists_values_without_a_place() {
    for (source, expected) in [
        ("note = {A}, howpublished = {Talk at a school}", "howpublished"),
        ("url = {https://example.org/a}, howpublished = {\\url{https://example.org/b}}", "howpublished"),
        ("eprint = {12345}, eprinttype = {pubmed}", "eprint"),
        ("date = {2014}, year = {2015}", "year"),
        ("date = {2014}, month = {may}", "month"),
        ("year = {2014}, day = {3}", "day"),
        ("number = {1}, issue = {Spring}", "issue"),
    ] {
        let entry = read_bibtex(&format!("@misc{{k, {source}}}")).entries.remove(0);
        assert_eq!(entry.unsupported_fields, [expected], "{source}");
    }
    for (lines, expected) in [
        ("N1  - A\nN1  - B", "N1"),
        ("T2  - Journal of Made Things\nJO  - J. Made", "JO"),
        ("AN  - WOS:0001", "AN"),
        ("PY  - 2014\nY1  - 1999", "Y1"),
        ("PY  - n.d.", "PY"),
        ("DO  - none", "DO"),
        ("UR  - https://example.org/a\nUR  - https://example.org/b", "UR"),
        ("SN  - 1234-5678\nSN  - 8765-4321", "SN"),
    ] {
        let entry = read_ris(&format!("TY  - JOUR\n{lines}\nER  - \n")).unwrap().entries.remove(0);
        assert_eq!(entry.unsupported_fields, [expected], "{lines}");
    }
    let entry = read_ris("TY  - JOUR\nT2  - J\nJO  - J\nDA  - 2014/05//\nPY  - 2014\nER  - \n")
        .unwrap()
        .entries
        .remove(0);
    assert_eq!(entry.unsupported_fields, [""; 0]);
    for (fields, expected) in [
        (r#""archive": "Archive of Things""#, "archive"),
        (r#""container-title": ["A", "B"]"#, "container-title"),
        (r#""DOI": "none""#, "DOI"),
        (r#""issue": "1", "number": "2""#, "number"),
        (r#""author": [{"family": "One", "ORCID": "0000"}]"#, "author.ORCID"),
        (r#""issued": {"raw": "2014"}, "published-print": {"raw": "2015"}"#, "published-print"),
    ] {
        let entry = read_csl(&format!(r#"[{{"type": "book", {fields}}}]"#)).unwrap().entries.remove(0);
        assert_eq!(entry.unsupported_fields, [expected], "{fields}");
    }
}

#[test]
fn reads_addresses_with_words_or_neighbors() {
    let entry = read_bibtex("@misc{k, howpublished = {Available at: \\href{https://example.org/x}{here}}}")
        .entries
        .remove(0);
    assert_eq!(entry.citation.url.as_ref().map(Url::as_str), Some("https://example.org/x"));
    for line in ["https://example.org/a;https://example.org/b", "https://example.org/a; http://example.org/b"]
    {
        let entry = read_ris(&format!("TY  - JOUR\nUR  - {line}\nER  - \n")).unwrap().entries.remove(0);
        assert_eq!(entry.citation.url.as_ref().map(Url::as_str), Some("https://example.org/a"));
        assert_eq!(entry.unsupported_fields, ["UR"]);
    }
}

#[test]
fn joins_title_and_subtitle_of_crossref() {
    for (title, subtitle, expected) in [
        (r#"["Made"]"#, r#"["A Study"]"#, "Made: A Study"),
        (r#""Made: A Study""#, r#""A Study""#, "Made: A Study"),
        (r#"["Made"]"#, "[]", "Made"),
    ] {
        let text = format!(r#"[{{"type": "book", "title": {title}, "subtitle": {subtitle}}}]"#);
        let entry = read_csl(&text).unwrap().entries.remove(0);
        assert_eq!(
            (entry.citation.title.as_deref(), entry.unsupported_fields.as_slice()),
            (Some(expected), &[][..])
        );
    }
}

#[test]
fn keeps_family_names_that_begin_in_lower_case_in_ris() {
    for source in [
        "{van Made}, Ann",
        "{de la Made}, Ann",
        "{al Made}, Jr., Bo",
        "van Made, Ann",
        "de la {Made Two}, Cy",
        "{van Made Museum}",
    ] {
        let names = read_one(&format!("@misc{{k, author = {{{source}}}}}")).authors;
        let text = write_ris(&Citation { authors: names.clone(), ..Citation::default() }, "k");
        assert_eq!(read_ris(&text).unwrap().entries[0].citation.authors, names, "{text}");
    }
}

#[test]
fn reads_references_to_values_of_xdata() {
    let bibliography = read_bibtex(
        "@xdata{people, author = {One, Ada and Two, Bo}, publisher = {Made Press}}\n\
         @book{b, title = {Book}, author = {xdata=people-author-2 and Three, Cy}, publisher = {xdata=people}, year = 2001}\n\
         @book{c, title = {Other}, author = {xdata=nobody-author-1}}",
    );
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
    assert!(bibliography.diagnostics[0].message.contains("nobody-author-1"));
    let citation = &bibliography.entries[0].citation;
    assert_eq!(display_names(&citation.authors), ["Bo Two", "Cy Three"]);
    assert_eq!(citation.publisher.as_deref(), Some("Made Press"));
}

#[test]
fn skips_comments_between_fields() {
    for comments in [
        "%  booktitle = {No},\n",
        "%  one = {No},\n%  two = {No},\n",
        "% a } brace\n  % and \"a quote\n",
        "%é\n%日本 {\n",
    ] {
        let source = format!(
            "@book{{k, % key\n  title = {{A 5\\% B}},\n{comments}  year = 2001, note = \"100\\% {{so}}\" % end\n}}\n@misc{{l, title = {{B}}}}"
        );
        let bibliography = read_bibtex(&source);
        assert_eq!(bibliography.diagnostics, [], "{source}");
        let titles: Vec<_> =
            bibliography.entries.iter().map(|entry| entry.citation.title.as_deref()).collect();
        assert_eq!(titles, [Some("A 5% B"), Some("B")], "{source}");
        let citation = &bibliography.entries[0].citation;
        assert_eq!((citation.year, citation.note.as_deref()), (Some(2001), Some("100% so")), "{source}");
    }
}
