//! Addresses and identifiers as programs export them. All are invented.

use super::kinds::with_field;
use super::*;

fn doi(source: &str) -> Option<String> {
    with_field(&format!("doi = {{{source}}}")).doi
}

fn url(source: &str) -> Option<String> {
    with_field(&format!("url = {{{source}}}")).url.map(|url| url.to_string())
}

#[test]
fn commands_in_addresses_are_what_they_print() {
    for (source, expected) in [
        ("http://www.example.edu/\\~ada/p.pdf", "http://www.example.edu/~ada/p.pdf"),
        ("http://www.example.edu/\\~{}ada/p.pdf", "http://www.example.edu/~ada/p.pdf"),
        ("http://www.example.edu/\\~{a}da", "http://www.example.edu/~ada"),
        ("http://www.example.edu/\\textasciitilde ada/p.pdf", "http://www.example.edu/~ada/p.pdf"),
        ("http://www.example.edu/$\\sim$ada", "http://www.example.edu/~ada"),
        ("http:\\slash\\slash example.org\\slash a", "http://example.org/a"),
        ("https:\\/\\/example.org\\/a", "https://example.org/a"),
        ("https://example.org/a\\-b", "https://example.org/ab"),
        ("https://example.org/a\\allowbreak b", "https://example.org/ab"),
        ("https://example.org/a\\discretionary{}{}{}b", "https://example.org/ab"),
        ("https://example.org/a\\string~b", "https://example.org/a~b"),
        ("https://example.org/a$b$c", "https://example.org/a$b$c"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("https://example.org/a?b=1\\&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("\\href{https://example.org/a}{here}", "https://example.org/a"),
    ] {
        assert_eq!(url(source).as_deref(), Some(expected), "{source}");
    }
    let bibliography = read_bibtex("@misc{k, url = {https://example.org/\\strange/a}}");
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
}

#[test]
fn commands_in_dois_are_what_they_print() {
    for source in [
        "10.1007/978-3-030-11111-1\\textunderscore 7",
        "10.1007/978-3-030-11111-1\\string_7",
        "10.1007/978-3-030-11111-1{$\\_$}7",
        "10.1007/978-3-030-11111-1$\\_$7",
        "\\href{https://doi.org/10.1007/978-3-030-11111-1_7}{10.1007/978-3-030-11111-1\\_7}",
        "\\url{https://doi.org/10.1007/978-3-030-11111-1_7}",
    ] {
        assert_eq!(doi(source).as_deref(), Some("10.1007/978-3-030-11111-1_7"), "{source}");
    }
    for source in [
        "10.1002/(SICI)1234-5678(19990101)1:1$<$1::AID-X$>$3.0.CO;2-A",
        "10.1002/(SICI)1234-5678(19990101)1:1{\\textless}1::AID-X{\\textgreater}3.0.CO;2-A",
        "10.1002/(SICI)1234-5678(19990101)1:1\\textless 1::AID-X\\textgreater 3.0.CO;2-A",
        "10.1002/(SICI)1234-5678(19990101)1:1&lt;1::AID-X&gt;3.0.CO;2-A",
    ] {
        let expected = "10.1002/(SICI)1234-5678(19990101)1:1<1::AID-X>3.0.CO;2-A";
        assert_eq!(doi(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn an_entry_of_crossref_agrees_with_itself() {
    let source = "@article{a, title={Made}, author={One, Ada}, journal={J}, year={1999}, \
        DOI={10.1002/(sici)1234-5678(19990101)1:1&lt;1::aid-x&gt;3.0.co;2-a}, \
        url={http://dx.doi.org/10.1002/(SICI)1234-5678(19990101)1:1&lt;1::AID-X&gt;3.0.CO;2-A}}";
    let bibliography = read_bibtex(source);
    let paper = "## Papers\n\n- [Made](<https://doi.org/10.1002/(SICI)1234-5678(19990101)1:1%3C1::AID-X%3E3.0.CO;2-A>)\n";
    let mut notebook = markdown::read(paper).notebook;
    let (found, without) = attach_citations(&mut notebook, &bibliography, source);
    assert_eq!((found, without), (Vec::new(), Vec::new()));
}

#[test]
fn arxiv_ids_are_found_in_the_forms_of_every_program() {
    for (fields, id) in [
        // Semantic Scholar.
        ("journal={ArXiv}, volume={abs/2105.00002}", "2105.00002"),
        ("journal={CoRR}, volume={abs/2105.00002}", "2105.00002"),
        ("journal={CoRR abs/2105.00002}", "2105.00002"),
        // Google Scholar.
        ("journal={arXiv preprint hep-th/9901001}", "hep-th/9901001"),
        ("journal={arXiv preprint math/0211159}", "math/0211159"),
        ("journal={arXiv preprint arXiv: 2105.00002}", "2105.00002"),
        ("journal={arXiv preprint arXiv: Arxiv-2105.00002}", "2105.00002"),
        ("journal={arXiv preprint arXiv:2105.00002v3 [cs.CL]}", "2105.00002"),
        ("journal={arXiv preprint arXiv:2105.00002, 2021}, year=2021", "2105.00002"),
        ("journal={arXiv preprint}, volume={arXiv:2105.00002}", "2105.00002"),
        ("journal={arXiv}, pages={2105.00002}", "2105.00002"),
        ("journal={arXiv}, number={2105.00002}", "2105.00002"),
        ("journal={arXiv (Cornell University)}, volume={2105.00002}", "2105.00002"),
        ("eprint={http://arxiv.org/pdf/2105.00002v5.pdf}, archiveprefix={arXiv}", "2105.00002"),
        ("eprint={arXiv.org:hep-th/9901001}", "hep-th/9901001"),
        ("eprint={\\href{https://arxiv.org/abs/2105.00002}{2105.00002}}", "2105.00002"),
    ] {
        let citation = with_field(fields);
        assert_eq!(citation.arxiv.as_deref(), Some(id), "{fields}");
        let rest = (&citation.volume, &citation.issue, &citation.pages);
        assert_eq!(rest, (&None, &None, &None), "{fields}");
        assert!(citation.venue.is_none_or(|venue| ["arXiv", "CoRR"].contains(&venue.as_str())), "{fields}");
    }
    for field in [
        "note={arXiv preprint arXiv:2105.00002}",
        "note={Preprint, arXiv:2105.00002}",
        "note={Available at arXiv:2105.00002.}",
        "howpublished={arXiv preprint arXiv:2105.00002, 2021}",
    ] {
        let citation = with_field(field);
        assert_eq!(citation.arxiv.as_deref(), Some("2105.00002"), "{field}");
        assert!(citation.note.is_some_and(|note| note.contains("2105.00002")), "{field}");
    }
    let text = "TY  - JOUR\nTI  - A\nJO  - arXiv\nVL  - abs/2105.00002\nER  - \n";
    let entry = read_ris(text).expect("RIS").entries.remove(0);
    assert_eq!((entry.citation.arxiv.as_deref(), entry.citation.volume), (Some("2105.00002"), None));
    assert_eq!(entry.unsupported_fields, [""; 0]);
}

#[test]
fn words_that_are_no_arxiv_id_are_kept() {
    for (fields, venue) in [
        ("journal={arXiv preprint arXiv:made-up}", "arXiv preprint arXiv:made-up"),
        ("journal={arXiv Journal Club}", "arXiv Journal Club"),
        ("journal={Journal of arXiv 2105.00002 Studies}", "Journal of arXiv 2105.00002 Studies"),
        ("journal={CoRRosion}, volume={abs/2105.00002}", "CoRRosion"),
    ] {
        let citation = with_field(fields);
        assert_eq!((citation.venue.as_deref(), citation.arxiv), (Some(venue), None), "{fields}");
    }
    let citation = with_field("note={Extends arXiv:2105.00002}, journal={J}, volume={2105.00002}");
    assert_eq!((citation.arxiv, citation.volume.as_deref()), (None, Some("2105.00002")));
    let citation = with_field("eprint={2105.00002}, journal={arXiv}, volume={2105.00003}");
    assert_eq!(
        (citation.arxiv.as_deref(), citation.volume.as_deref()),
        (Some("2105.00002"), Some("2105.00003"))
    );
}
