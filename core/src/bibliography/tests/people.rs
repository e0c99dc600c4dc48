//! Names as people and programs write them against the rules of a format. All are invented.

use super::kinds::{author, with_field};
use super::*;

/// Reads RIS with these lines, and returns the names of the authors in reading order.
fn ris_authors(lines: &str) -> Vec<String> {
    let text = format!("TY  - JOUR\n{lines}\nER  - \n");
    display_names(&read_ris(&text).expect("RIS").entries.remove(0).citation.authors)
}

fn full_names(names: &[PersonName]) -> Vec<String> {
    let part = |part: &Option<String>| part.clone().unwrap_or("-".into());
    names
        .iter()
        .map(|name| {
            format!("{}|{}|{}|{}", name.family, part(&name.given), part(&name.particle), part(&name.suffix))
        })
        .collect()
}

/// Asserts that names are written without an empty one, and read back as they were.
fn assert_written(names: &[PersonName], source: &str) {
    let citation = Citation { authors: names.to_vec(), ..Citation::default() };
    let written = write_bibtex(&citation, "k");
    assert!(!written.contains(",  ") && !written.contains(", }") && !written.contains(",,"), "{written}");
    assert_eq!(read_one(&written).authors, names, "{source}\n{written}");
    let text = write_ris(&citation, "k");
    assert_eq!(read_ris(&text).expect("RIS").entries[0].citation.authors, names, "{source}\n{text}");
}

#[test]
fn commas_at_the_end_of_names_say_nothing() {
    for (source, expected) in [
        ("One, A., and Two, B., and Three, C.", &["One|A.|-|-", "Two|B.|-|-", "Three|C.|-|-"][..]),
        ("One, Ada,", &["One|Ada|-|-"]),
        ("One, Ada,,", &["One|Ada|-|-"]),
        ("Ada One, and Bob Two", &["One|Ada|-|-", "Two|Bob|-|-"]),
        ("{The Made Group}, and Two, Bob", &["The Made Group|-|-|-", "Two|Bob|-|-"]),
        ("King, Jr.,", &["King|-|-|Jr."]),
        ("King, Jr., Ann,", &["King|Ann|-|Jr."]),
        ("King, Jr.", &["King|-|-|Jr."]),
    ] {
        let names = author(source);
        assert_eq!(full_names(&names), expected, "{source}");
        assert_written(&names, source);
    }
}

#[test]
fn people_joined_by_something_else_are_apart_and_reported() {
    for (source, expected) in [
        ("Ada One, Bob Two and Cy Three", &["Ada One", "Bob Two", "Cy Three"][..]),
        ("Ada One, Bob B. Two, and Cy Three", &["Ada One", "Bob B. Two", "Cy Three"]),
        ("One, A. \\& Two, B.", &["A. One", "B. Two"]),
        ("Ada One \\& Bob Two", &["Ada One", "Bob Two"]),
        ("One, A., Two, B., \\& Three, C.", &["A. One", "B. Two", "C. Three"]),
        ("One, A., Two, B., et al.", &["A. One", "B. Two", "et al."]),
    ] {
        let bibliography = read_bibtex(&format!("@misc{{k, author = {{{source}}}}}"));
        assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName], "{source}");
        let names = &bibliography.entries[0].citation.authors;
        assert_eq!(display_names(names), expected, "{source}");
        assert_written(names, source);
    }
}

#[test]
fn names_that_follow_the_rules_are_not_reported() {
    for (source, expected) in [
        ("Double Name, Ada and Two, Bob", &["Ada Double Name", "Bob Two"][..]),
        ("Double Name, Ada B. and Cy Three", &["Ada B. Double Name", "Cy Three"]),
        ("van der Made, Ann Marie and Cy Three", &["Ann Marie van der Made", "Cy Three"]),
        (
            "Double Name, Ann Marie and Other Name, Jon Paul",
            &["Ann Marie Double Name", "Jon Paul Other Name"],
        ),
        ("Double Name, Ann Marie", &["Ann Marie Double Name"]),
        ("{Double Name}, Ann Marie and Cy Three", &["Ann Marie Double Name", "Cy Three"]),
        ("{Made \\& Sons} and {AT\\&T}", &["Made & Sons", "AT&T"]),
    ] {
        let names = author(source);
        assert_eq!(display_names(&names), expected, "{source}");
        assert_written(&names, source);
    }
}

#[test]
fn et_al_is_further_people_wherever_it_stands() {
    for (source, expected) in [
        ("Ada One et al.", &["Ada One", "et al."][..]),
        ("One et al", &["One", "et al."]),
        ("One, A., et al.", &["A. One", "et al."]),
        ("One, A. et. al.", &["A. One", "et al."]),
        ("One, Ada and {et al.}", &["Ada One", "et al."]),
        ("One, Ada and {et~al.}", &["Ada One", "et al."]),
        ("One, Ada and Et Al.", &["Ada One", "et al."]),
        ("One, Ada and Plumet Al", &["Ada One", "Plumet Al"]),
    ] {
        let names = author(source);
        assert_eq!(display_names(&names), expected, "{source}");
        assert_written(&names, source);
    }
    let text = r#"[{"type": "book", "author": [{"family": "One", "given": "Ada"}, {"literal": "et al."}]}]"#;
    let names = read_csl(text).expect("CSL-JSON").entries.remove(0).citation.authors;
    assert_eq!(display_names(&names), ["Ada One", "et al."]);
    for lines in [
        "AU  - One, Ada\nAU  - et al.",
        "AU  - One, Ada et al.",
        "AU  - One, Ada, et al.",
        "AU  - One, Ada and others",
    ] {
        assert_eq!(ris_authors(lines), ["Ada One", "et al."], "{lines}");
    }
}

#[test]
fn numbers_of_homonyms_are_no_names() {
    for source in ["Wei Made 0001 and Bo Li 0026", "Made 0001, Wei and Li, Bo 0026"] {
        assert_eq!(full_names(&author(source)), ["Made|Wei|-|-", "Li|Bo|-|-"], "{source}");
    }
    assert_eq!(ris_authors("AU  - Made 0001, Wei"), ["Wei Made"]);
    assert_eq!(full_names(&author("{Studio 0001} and Ann 2001")), ["Studio 0001|-|-|-", "2001|Ann|-|-"]);
    let name =
        PersonName { family: "Studio 0001".into(), given: Some("Ann".into()), ..PersonName::default() };
    let citation = Citation { authors: vec![name], ..Citation::default() };
    assert_eq!(read_one(&write_bibtex(&citation, "k")).authors, citation.authors);
}

#[test]
fn names_without_given_names_are_written_without_a_comma() {
    for (source, expected) in [
        ("Aad, G. and the {ATLAS} Collaboration", "{Aad, G. and the {ATLAS Collaboration}}"),
        ("{the Made Team}", "{{the Made Team}}"),
        ("the Made Development Team", "{the {Made Development Team}}"),
        ("von Six", "{von Six}"),
    ] {
        let citation = with_field(&format!("author = {{{source}}}"));
        let written = write_bibtex(&citation, "k");
        assert!(written.contains(&format!("author = {expected}")), "{source}\n{written}");
        assert_eq!(read_one(&written).authors, citation.authors, "{written}");
    }
}

#[test]
fn people_on_one_line_of_ris_are_apart() {
    for (line, expected) in [
        ("One, Ada and Two, Bob", &["Ada One", "Bob Two"][..]),
        ("One, A. & Two, B.", &["A. One", "B. Two"]),
        ("One, A., Two, B., Three, C.", &["A. One", "B. Two", "C. Three"]),
        ("One, A., Two, B., and Three, C.", &["A. One", "B. Two", "C. Three"]),
        ("Made, Sons and Daughters, Inc.", &["Made, Sons and Daughters, Inc."]),
        ("Ministry of Trade and Industry", &["Ministry of Trade and Industry"]),
        ("University of Arts and Things,, Berlin", &["University of Arts and Things, Berlin"]),
        ("Double Name, Ann Marie", &["Ann Marie Double Name"]),
        ("King, Ann, Jr.", &["Ann King Jr."]),
    ] {
        assert_eq!(ris_authors(&format!("AU  - {line}")), expected, "{line}");
    }
}
