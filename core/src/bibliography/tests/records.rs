//! Formulas, markup, dates, numbers and encodings as programs export them. All records are invented.

use super::kinds::{date, title, with_field};
use super::*;

/// Reads RIS with these lines.
fn ris(kind: &str, lines: &str) -> BibliographyEntry {
    read_ris(&format!("TY  - {kind}\n{lines}\nER  - \n")).expect("RIS").entries.remove(0)
}

#[test]
fn formulas_before_a_digit_stay_formulas() {
    for (source, text, formulas) in [
        ("Growth at $\\sim$5 Gyr and $\\pm$3", "Growth at $\\sim$5 Gyr and $\\pm$3", 2),
        ("of $\\alpha$4$\\beta$1", "of $\\alpha$4$\\beta$1", 2),
        ("$n$5 and $x_i$2", "${n}$5 and $x_i$2", 2),
        ("Between $5-$10 and $20", "Between $5-$10 and $20", 0),
        ("costs $5 and $10", "costs $5 and $10", 0),
        ("\\$5--\\$10", "$5–$10", 0),
    ] {
        assert_eq!(title(source), text, "{source}");
        let is_formula = |span: &&crate::notebook::Span| matches!(span, crate::notebook::Span::Math { .. });
        assert_eq!(title_spans(text).iter().filter(is_formula).count(), formulas, "{source}");
        let citation = with_field(&format!("title = {{{source}}}, url = {{https://example.org/a}}"));
        let written = write_bibtex(&citation, "k");
        assert_eq!(read_one(&written).title.as_deref(), Some(text), "{written}");
        let notebook = markdown::read(&format!("## Papers\n\n{}", write_markdown(&citation))).notebook;
        assert_eq!(papers(&notebook)[0].title, title_spans(text), "{source}");
    }
}

#[test]
fn serial_numbers_have_no_remarks_and_a_day_is_no_edition() {
    let citation = with_field("issn = {12345678 (ISSN)}, title = {A}");
    assert_eq!(citation.issn.as_deref(), Some("12345678"));
    let entry = ris("JOUR", "TI  - A\nSN  - 1234-5678 (Electronic)\nET  - 2021/02/15");
    assert_eq!(
        (entry.citation.issn.as_deref(), entry.citation.edition.as_deref()),
        (Some("1234-5678"), None)
    );
    assert_eq!(entry.unsupported_fields, ["ET"]);
    let book = ris("BOOK", "TI  - A\nET  - 2nd");
    assert_eq!(book.citation.edition.as_deref(), Some("2nd"));
}

#[test]
fn entities_and_markup_of_services_are_read() {
    for (source, text) in [
        ("Man, &amp; Cybernetics", "Man, & Cybernetics"),
        ("Man, \\&amp; Cybernetics", "Man, & Cybernetics"),
        ("if a &lt; b", "if a < b"),
        ("{\\textless}i{\\textgreater}E. coli{\\textless}/i{\\textgreater}", "E. coli"),
        ("<i>E. coli</i> and CO<sub>2</sub>", "E. coli and CO2"),
        ("The <b> Element", "The <b> Element"),
        ("a <b and c> d", "a <b and c> d"),
    ] {
        let citation = with_field(&format!("title = {{{source}}}"));
        assert_eq!(citation.title.as_deref(), Some(text), "{source}");
        assert_eq!(read_one(&write_bibtex(&citation, "k")).title.as_deref(), Some(text), "{source}");
    }
    for (source, text) in [
        ("<scp>DNA</scp> <b>x</b>", "DNA x"),
        ("<jats:italic>x</jats:italic> and y", "x and y"),
        ("On <mml:math xmlns:mml=\\\"m\\\"><mml:mi>x</mml:mi><mml:mspace/></mml:math>", "On x"),
        ("<span class=\\\"nocase\\\">iThing</span>", "iThing"),
    ] {
        let text_of = format!(r#"[{{"type": "book", "title": "{source}"}}]"#);
        let title = read_csl(&text_of).expect("CSL-JSON").entries.remove(0).citation.title;
        assert_eq!(title.as_deref(), Some(text), "{source}");
    }
    let entry = ris(
        "JOUR",
        "T1  - <i>E. coli</i> and CO<sub>2</sub> &amp; y\nJO  - A &amp; B\nKW  - P &amp; Q; R\nAU  - C&amp;D Lab,",
    );
    let citation = &entry.citation;
    assert_eq!(
        (citation.title.as_deref(), citation.venue.as_deref()),
        (Some("E. coli and CO2 & y"), Some("A & B"))
    );
    assert_eq!(
        (entry.keywords, display_names(&citation.authors)),
        (vec!["P & Q".to_owned(), "R".to_owned()], vec!["C&D Lab".to_owned()])
    );
}

#[test]
fn texts_about_entities_are_kept() {
    let citation =
        Citation { key: Some("k".into()), title: Some("The &amp; of HTML".into()), ..Citation::default() };
    assert_eq!(read_one(&write_bibtex(&citation, "k")).title, citation.title);
    assert_eq!(read_ris(&write_ris(&citation, "k")).expect("RIS").entries[0].citation.title, citation.title);
    assert_eq!(
        read_csl(&write_csl(&citation, "k")).expect("CSL-JSON").entries[0].citation.title,
        citation.title
    );
}

#[test]
fn months_of_ris_may_stand_apart_from_the_year() {
    for (lines, expected, left_out) in [
        ("PY  - 2018\nDA  - Jun 12", (Some(2018), Some(6), Some(12)), &[""; 0][..]),
        ("PY  - 2018\nDA  - 12 June", (Some(2018), Some(6), Some(12)), &[]),
        ("PY  - 2018\nDA  - JUN", (Some(2018), Some(6), None), &[]),
        ("Y1  - 2018///\nDA  - Jun", (Some(2018), Some(6), None), &[]),
        ("PY  - 2018\nDA  - 06/12", (Some(2018), None, None), &["DA"]),
        ("PY  - 2018\nDA  - Spring", (Some(2018), None, None), &["DA"]),
        ("DA  - JUN", (None, None, None), &["DA"]),
    ] {
        let entry = ris("JOUR", lines);
        assert_eq!(date(&entry.citation), expected, "{lines}");
        assert_eq!(entry.unsupported_fields, left_out, "{lines}");
    }
    let range = read_ris("TY  - JOUR\nPY  - 2018\nDA  - SEP-OCT\nER  - \n").expect("RIS");
    assert_eq!(
        (date(&range.entries[0].citation), codes(&range)),
        ((Some(2018), Some(9), None), vec![DiagnosticCode::PartialDate])
    );
}

#[test]
fn the_number_of_a_report_is_no_serial_number() {
    for (lines, issue, issn, isbn) in [
        ("SN  - TR-2", Some("TR-2"), None, None),
        ("SN  - 1234-567X", None, Some("1234-567X"), None),
        ("SN  - 978-0-00-000000-2\nSN  - TR-2", Some("TR-2"), None, None),
        ("IS  - 3\nSN  - 1234-5678", Some("3"), Some("1234-5678"), None),
    ] {
        let citation = ris("RPRT", lines).citation;
        let found = (citation.issue.as_deref(), citation.issn.as_deref(), citation.isbn.as_deref());
        assert_eq!(found, (issue, issn, isbn), "{lines}");
    }
}

#[test]
fn line_ends_of_old_macs_end_lines() {
    let bib =
        "% My library\n@article{a, % the first\n title = {A},\n year = 2001\n}\n% @misc{b, title = {B}}\n";
    let ris = "TY  - JOUR\nTI  - A\nAU  - One, Ada\nPY  - 2001\nER  - \n";
    for end in ["\n", "\r\n", "\r"] {
        for library in [read_bibtex(&bib.replace('\n', end)), read_ris(&ris.replace('\n', end)).expect("RIS")]
        {
            let [entry] = library.entries.as_slice() else { panic!("{end:?}: {library:?}") };
            let found = (entry.citation.title.as_deref(), entry.citation.year);
            assert_eq!((found, library.diagnostics.len()), ((Some("A"), Some(2001)), 0), "{end:?}");
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let item = r#"{"id": "a", "type": "book", "title": "Über", "issued": {"raw": "2014/2015"}}"#;
    for text in
        [format!("\u{feff}[{item}]"), format!("\u{feff}{item}"), format!("\u{feff}{{\"items\": [{item}]}}")]
    {
        let library = read_csl(&text).expect("CSL-JSON");
        assert_eq!(library.entries[0].citation.title.as_deref(), Some("Über"), "{text}");
        assert_eq!(text[library.diagnostics[0].range.clone()], *item);
    }
}
