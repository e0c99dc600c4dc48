//! Bibliographies as people have them, and what holds for all of them.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::diagnostic::Code;
use crate::markdown;
use crate::notebook::{Entry, Name, Notebook, Reference, Url, Work};

fn one(source: &str) -> Citation {
    let library = read_bibtex(source);
    assert_eq!(library.diagnostics, [], "{source}");
    library.records.into_iter().next().expect("an entry").citation
}

fn codes(library: &Library) -> Vec<Code> {
    library.diagnostics.iter().map(|finding| finding.code).collect()
}

fn said(names: &[Name]) -> Vec<String> {
    names.iter().map(Name::said).collect()
}

#[test]
fn braces_and_accents_become_letters() {
    let of = one(
        "@article{goedel, author = {G{\\\"o}del, Kurt and {\\'E}lie Cartan and \\v{S}{\\'a}rka Nov\\'akov\\'a and {\\O}re},\n\
         title = {{{\\\"U}ber} formal unentscheidbare {S{\\\"a}tze} \\& {\\emph{Principia}}~I}, journal = \"Monatshefte f{\\\"u}r Mathematik\",\n\
         year = 1931, pages = {173--198}}",
    );
    assert_eq!(said(&of.authors), ["Kurt Gödel", "Élie Cartan", "Šárka Nováková", "Øre"]);
    assert_eq!(of.title.as_deref(), Some("Über formal unentscheidbare Sätze & Principia I"));
    assert_eq!(of.venue.as_deref(), Some("Monatshefte für Mathematik"));
    assert_eq!((of.year, of.pages.as_deref(), of.work), (Some(1931), Some("173-198"), Work::Article));
}

#[test]
fn names_are_taken_apart_as_bibtex_does() {
    let of =
        one("@misc{k, author = {Ludwig van Beethoven and de la Cruz, Ana and King, Jr., Martin Luther and \
         {Google Research} and Plato and others}}");
    assert_eq!(
        said(&of.authors),
        [
            "Ludwig van Beethoven",
            "Ana de la Cruz",
            "Martin Luther King Jr.",
            "Google Research",
            "Plato",
            "et al."
        ]
    );
    assert_eq!(of.authors[0].particle.as_deref(), Some("van"));
    assert_eq!(of.authors[3], Name::whole("Google Research"));
}

#[test]
fn strings_and_months_are_what_they_stand_for() {
    let of = one("@STRING{ nips = \"NeurIPS\" }\n@string(full = nips # { } # \"Proceedings\")\n\
         @inproceedings{a, title = {T}, booktitle = FULL # { 30}, year = 2017, month = jun, day = 12}");
    assert_eq!(of.venue.as_deref(), Some("NeurIPS Proceedings 30"));
    assert_eq!((of.year, of.month, of.day), (Some(2017), Some(6), Some(12)));
}

#[test]
fn strings_that_stand_for_themselves_or_grow_without_end_do_no_harm() {
    let mut source = String::from("@string{a = a}\n@string{b0 = \"xxxxxxxxxx\"}\n");
    for at in 1..40 {
        source.extend([format!("@string{{b{at} = b{} # b{}}}\n", at - 1, at - 1)]);
    }
    source.push_str("@misc{k, title = a, note = b39}");
    let library = read_bibtex(&source);
    assert_eq!(library.records[0].citation.title.as_deref(), Some("a"));
    assert!(codes(&library).contains(&Code::CitationInvalid));
}

#[test]
fn an_unknown_string_is_the_word_it_is_and_told() {
    let library = read_bibtex("@article{a, title = {T}, journal = jmlr}");
    assert_eq!(library.records[0].citation.venue.as_deref(), Some("jmlr"));
    assert_eq!(codes(&library), [Code::CitationName]);
}

#[test]
fn an_entry_inherits_from_what_it_appeared_in() {
    let library = read_bibtex(
        "@inproceedings{part, title = {Part}, author = {A, B}, crossref = {whole}, pages = {1--2}}\n\
         @proceedings{whole, title = {Proceedings of X}, year = {2020}, publisher = {ACM}, editor = {E, F}, crossref = {part}}",
    );
    assert_eq!(library.diagnostics, []);
    // They name each other; neither is a paper then but by the other. Without the circle only the part is.
    let library = read_bibtex(
        "@inproceedings{part, title = {Part}, author = {A, B}, crossref = {whole}, pages = {1--2}}\n\
         @proceedings{whole, title = {Proceedings of X}, year = {2020}, publisher = {ACM}, editor = {E, F}}",
    );
    let [record] = library.records.as_slice() else { panic!("{library:?}") };
    let of = &record.citation;
    assert_eq!((of.title.as_deref(), of.venue.as_deref()), (Some("Part"), Some("Proceedings of X")));
    assert_eq!((of.year, of.publisher.as_deref()), (Some(2020), Some("ACM")));
    let library = read_bibtex("@inproceedings{part, title = {Part}, crossref = {gone}}");
    assert_eq!(codes(&library), [Code::CitationName]);
}

#[test]
fn comments_and_other_text_are_no_entries() {
    let library = read_bibtex(
        "Exported by me@example.org, @home.\n% @article{hidden, title = {Hidden}}\n\
         @comment{jabref-meta: databaseType:bibtex;}\n@Comment{ @article{inner, title={Inner}} }\n\
         @preamble{ \"\\newcommand{\\x}{y}\" }\n@misc{shown, % why\n title = {Shown}, % because\n}\n",
    );
    assert_eq!(library.diagnostics, []);
    assert_eq!(library.records.len(), 1);
    assert_eq!(library.records[0].citation.title.as_deref(), Some("Shown"));
}

#[test]
fn a_broken_entry_is_told_and_the_others_stand() {
    let source = "@article{a, title = {A}}\n@article{b, title = {B\n@article{c, title = {C}}\n@article{d title = {D}}\n\
        @article{e, title = {E}}, year = {2001}}\n@misc{f, title = {F}}\n";
    let library = read_bibtex(source);
    let titles: Vec<_> =
        library.records.iter().filter_map(|record| record.citation.title.as_deref()).collect();
    assert_eq!(titles, ["A", "C", "E", "F"]);
    let places: Vec<_> = library.diagnostics.iter().map(|finding| &source[finding.range.clone()]).collect();
    assert_eq!(codes(&library), [Code::CitationInvalid; 2], "{places:?}");
    assert_eq!(places[0], "@article{b, title = {B");
}

#[test]
fn a_field_that_cannot_be_read_spoils_no_other() {
    let library = read_bibtex("@article{a, title = {A}, note = {cost: $5}, year = 2001}");
    let of = &library.records[0].citation;
    assert_eq!((of.title.as_deref(), of.year, of.note.as_deref()), (Some("A"), Some(2001), None));
    assert_eq!(codes(&library), [Code::CitationInvalid]);
}

#[test]
fn two_entries_of_one_key_are_told() {
    let source = "@misc{a, title={One}}\n\n@misc{a, title={Two}}";
    let library = read_bibtex(source);
    assert_eq!(library.records.len(), 2);
    assert_eq!(codes(&library), [Code::DuplicateKey]);
    assert!(library.diagnostics[0].message.contains("line 1"));
}

#[test]
fn arxiv_is_found_wherever_exports_write_it() {
    for source in [
        "@misc{a, eprint = {1706.03762v5}, archiveprefix = {arXiv}}",
        "@article{a, journal = {arXiv preprint arXiv:1706.03762}}",
        "@article{a, journal = {CoRR}, volume = {abs/1706.03762}}",
        "@misc{a, doi = {10.48550/arXiv.1706.03762}}",
        "@misc{a, howpublished = {\\url{https://arxiv.org/abs/1706.03762}}}",
        "@misc{a, note = {arXiv:1706.03762 [cs]}}",
        "@online{a, url = {http://arxiv.org/abs/1706.03762}, eprinttype = {arxiv}, eprint = {1706.03762}}",
    ] {
        assert_eq!(one(source).arxiv.as_deref(), Some("1706.03762"), "{source}");
    }
    assert_eq!(one("@misc{a, eprint = {12345}, eprinttype = {pubmed}}").arxiv, None);
}

#[test]
fn what_is_missing_is_said_and_not_made_up() {
    let of = one("@inproceedings{a, title = {T}, year = {in press}}");
    assert_eq!((of.year, of.month), (None, None));
    assert_eq!(missing(&of), ["author", "year", "proceedings"]);
    assert_eq!(missing(&one("@misc{a, title = {T}, author = {A}, year = 2001}")), [""; 0]);
}

#[test]
fn what_has_no_place_is_named() {
    let library = read_bibtex(
        "@article{a, title = {T}, abstract = {What it is.}, keywords = {one, two;three}, groups = {mine}, file = {:a.pdf:PDF}, timestamp = {2020}}",
    );
    let record = &library.records[0];
    assert_eq!(record.keywords, ["mine", "one", "two", "three"]);
    assert_eq!(record.summary.as_deref(), Some("What it is."));
    assert_eq!(record.left_out, ["file", "timestamp"]);
}

const NOTEBOOK: &str = "## Papers\n\n- [Attention!](https://arxiv.org/abs/1706.03762v2)\n- [By DOI](https://doi.org/10.1145/ABC.1)\n\
    - [By address](http://www.example.org/paper/)\n- [The *Title* of it](https://a.example/x.pdf)\n- [Alone](https://b.example) by Her:\n";

fn notebook() -> Notebook {
    markdown::read(NOTEBOOK).notebook
}

fn papers(notebook: &Notebook) -> Vec<&Reference> {
    let papers = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Paper(paper) => Some(paper),
        _ => None,
    });
    papers.collect()
}

#[test]
fn papers_are_matched_by_doi_arxiv_address_and_title() {
    let source = "@misc{one, title={Attention Is All You Need}, eprint={1706.03762}, archiveprefix={arXiv}, year=2017, author={A}}\n\
        @article{two, doi={10.1145/abc.1}, title={Another}, author={B}, year=2001, journal={J}}\n\
        @misc{three, url={https://example.org/paper}, author={C}, year=2002, title={x}}\n\
        @misc{four, title={The title of {IT}}, author={D}, year={2003}}\n\
        @misc{five, title={Nowhere}, author={E}, year=2004}\n";
    let mut notebook = notebook();
    let (found, without) = attach(&mut notebook, &read_bibtex(source), source);
    let keys: Vec<_> =
        papers(&notebook).iter().map(|paper| paper.citation.as_ref().and_then(|of| of.key.clone())).collect();
    assert_eq!(
        keys,
        [Some("one"), Some("two"), Some("three"), Some("four"), None].map(|key| key.map(str::to_owned))
    );
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnmatchedCitation]);
    assert_eq!(without, ["alone".into()]);
    let years: Vec<_> = papers(&notebook).iter().map(|paper| paper.source.year).collect();
    assert_eq!(years, [Some(2017), Some(2001), Some(2002), Some(2003), None]);
}

#[test]
fn entries_that_contradict_each_other_or_the_paper_are_told() {
    let source = "@misc{a, eprint={1706.03762}, title={Attention}, author={A}, year=2017}\n\
        @article{b, eprint={1706.03762}, title={Attention}, author={A}, journal={J}, year=2018}\n\
        @article{c, eprint={1706.03762}, title={Attention}, author={A}, journal={J}, year=2017}\n\
        @article{d, title={By DOI}, doi={10.9999/other}, author={A}, journal={J}, year=2017}\n";
    let mut notebook = notebook();
    let (found, _) = attach(&mut notebook, &read_bibtex(source), source);
    let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::ConflictingCitation, Code::ConflictingCitation]);
    assert!(
        found[0].message.contains("the year `2018` instead of `2017`") && found[0].message.contains("line 1")
    );
    assert!(found[1].message.contains("10.9999/other"), "{}", found[1].message);
    // What agrees fills in what the first is silent about.
    let first = papers(&notebook)[0].citation.as_deref().expect("a citation");
    assert_eq!((first.key.as_deref(), first.venue.as_deref()), (Some("a"), Some("J")));
}

#[test]
fn an_entry_that_fits_two_papers_is_given_to_none() {
    let mut notebook = markdown::read("## Papers\n\n- [Same](https://a.b)\n- [Same](https://c.d)\n").notebook;
    let source = "@misc{a, title={Same}, author={A}, year=2001}";
    let (found, without) = attach(&mut notebook, &read_bibtex(source), source);
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::AmbiguousCitation]);
    assert_eq!(without.len(), 2);
}

#[test]
fn a_paper_without_an_entry_is_known_by_its_address_and_line() {
    let notebook = notebook();
    let known: Vec<_> = papers(&notebook).into_iter().map(known).collect();
    assert_eq!(
        (known[0].arxiv.as_deref(), known[0].year, known[0].work),
        (Some("1706.03762"), Some(2017), Work::Preprint)
    );
    assert_eq!(missing(&known[0]), ["author"]);
    assert_eq!(known[4].note.as_deref(), Some("by Her"));
    assert_eq!(missing(&known[4]), ["author", "year"]);
}

#[test]
fn references_as_people_read_them() {
    let of = one(
        "@inproceedings{vaswani, title={Attention, \"really\"}, author={Vaswani, Ashish and Shazeer, Noam}, \
         booktitle={NeurIPS}, volume={30}, pages={5998--6008}, year=2017, doi={10.1/x}, url={https://a.b/c_(d)}}",
    );
    assert_eq!(
        plain(&of),
        "Ashish Vaswani, Noam Shazeer. Attention, \"really\". NeurIPS, vol. 30, pp. 5998-6008, 2017. https://a.b/c_(d)"
    );
    assert_eq!(
        csv(&of, "k", &[]),
        "vaswani,\"Attention, \"\"really\"\"\",Ashish Vaswani; Noam Shazeer,2017,NeurIPS,30,,5998-6008,,,,https://a.b/c_(d),,\r\n"
    );
    assert_eq!(
        markdown(&of, &["year"]),
        "- [Attention, \"really\"](<https://a.b/c_(d)>) Ashish Vaswani, Noam Shazeer, NeurIPS, 2017 (missing: year)\n"
    );
    let read = markdown::read(&format!("## Papers\n\n{}", markdown(&of, &[]))).notebook;
    assert_eq!(papers(&read)[0].url.as_str(), "https://a.b/c_(d)");
}

/// Text as references have it, with what TeX, JSON and tables take for their own.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Za-zäéßŁ日]{1,6}",
        prop::sample::select(&[
            "{", "}", "\\", "$", "%", "&", "#", "_", "~", "^", "--", "-", "\"", "'", ",", "=", "and", "@x{",
            "BERT", "$x^2$"
        ] as &[&str])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 1..6).prop_map(|pieces| {
        let joined =
            pieces.into_iter().map(|(piece, gap)| piece + if gap { " " } else { "" }).collect::<String>();
        values::text(&joined).unwrap_or_else(|| "x".into())
    })
}

fn name() -> impl Strategy<Value = Name> {
    let part = "[A-Z][a-zé]{1,5}";
    prop_oneof![
        words()
            .prop_filter("these mean more in a name", |name| name != "others" && !name.contains('='))
            .prop_map(|name| Name::whole(&name)),
        (part, part).prop_map(|(family, given)| Name { family, given: Some(given), ..Name::default() }),
        (part, part, "(van|de la|von)", prop::option::of("(Jr|III)")).prop_map(
            |(family, given, particle, suffix)| Name {
                family,
                given: Some(given),
                particle: Some(particle),
                suffix
            }
        ),
    ]
}

fn citation() -> impl Strategy<Value = Citation> {
    let texts =
        (words(), prop::collection::vec(name(), 0..4), prop::option::of(words()), prop::option::of(words()));
    let numbers =
        (prop::option::of((1900_u16..2100, prop::option::of(1_u8..=12))), prop::option::of("[1-9]{1,3}"));
    let ids =
        (prop::option::of("10\\.[0-9]{4}/[a-z]{1,5}"), prop::option::of("[12][0-9]0[1-9]\\.[0-9]{4,5}"));
    let kinds =
        prop::sample::select(
            &[Work::Article, Work::Proceedings, Work::Chapter, Work::Thesis, Work::Report] as &[Work]
        );
    (texts, numbers, ids, kinds).prop_map(
        |((title, authors, venue, publisher), (date, volume), (doi, arxiv), work)| Citation {
            work,
            key: Some("key".into()),
            title: Some(title),
            authors,
            venue: venue
                .filter(|venue| !venue.to_lowercase().starts_with("arxiv") && venue.to_lowercase() != "corr"),
            publisher,
            year: date.map(|(year, _)| year),
            month: date.and_then(|(_, month)| month),
            volume,
            doi,
            arxiv,
            url: Url::parse("https://a.example/x?y=1&z=%20#w_1"),
            genre: (work == Work::Thesis).then(|| "PhD thesis".to_owned()),
            ..Citation::default()
        },
    )
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(&[
        "@article{",
        "@misc{k,",
        "@string{",
        "@string{a = ",
        "@comment{",
        "@",
        "{",
        "}",
        "(",
        ")",
        "\"",
        "\\",
        "\\\"",
        "\\'e",
        "\\v{",
        "{\\o}",
        "=",
        ",",
        "#",
        "%",
        "\n",
        " ",
        "title = ",
        "author = ",
        "year = 2001",
        "month = jan",
        "crossref = k",
        "date = {2001-13}",
        "$",
        "~",
        "and",
        "é",
        "日",
        "a",
        "--",
        "pages = {",
        "eprint = {",
        "url = {http://",
        "doi = {10.",
        "\u{0}",
        "\u{feff}",
    ] as &[&str]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_as_bibtex_is_read(of in citation()) {
        let text = write_bibtex(&of, "other");
        let library = read_bibtex(&text);
        prop_assert_eq!(&library.diagnostics, &[], "{}", text);
        prop_assert_eq!(&library.records[0].citation, &of, "{}", text);
    }

    #[test]
    fn what_is_written_as_csl_is_read(of in citation()) {
        let text = write_csl(&of, "other");
        let library = read_csl(&text).map_err(|refusal| TestCaseError::fail(refusal.why))?;
        prop_assert_eq!(&library.records[0].citation, &of, "{}", text);
        prop_assert_eq!(&library.records[0].left_out, &[""; 0]);
    }

    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![soup(), ".{0,60}"]) {
        let library = read_bibtex(&text);
        for finding in &library.diagnostics {
            prop_assert!(text.get(finding.range.clone()).is_some(), "{:?}", finding);
        }
        let _ = read_csl(&text);
        let _ = read_ris(&text);
        let mut notebook = notebook();
        attach(&mut notebook, &library, &text);
    }
}

#[test]
fn ris_goes_out_and_comes_back() {
    let of = one(
        "@article{k, title={A title: with parts}, author={van Beethoven, Ludwig and {Google Research} and King, Jr., Martin}, journal={J}, \
         volume={3}, number={4}, pages={1--9}, year=2001, month=feb, day=3, doi={10.1234/x}, eprint={1706.03762}, \
         url={https://a.b}, issn={1234-5678}, note={So}, publisher={P}, address={Q}}",
    );
    let text = write_ris(&of, "other");
    let back = read_ris(&text).expect("RIS").records.remove(0).citation;
    // RIS knows no particles.
    let mut of = of;
    of.authors[0] = Name { family: "van Beethoven".into(), particle: None, ..of.authors[0].clone() };
    assert_eq!(back, of, "{text}");
    assert!(read_ris("nothing of the kind").is_err());
}

#[test]
fn csl_json_of_others_is_read() {
    let text = r#"{"items": [{"id": 7, "type": "article-journal", "title": "On <i>X</i>", "author": [{"family": "Berg", "given": "A", "dropping-particle": "van den"}, {"literal": "W3C"}],
        "issued": {"date-parts": [["2020", 3]]}, "DOI": "https://doi.org/10.1234/AB", "container-title": "J", "abstract": "Why.", "keyword": "a; b", "accessed": {"raw": "2021"}},
        {"type": "article", "title": "P", "publisher": "arXiv", "number": "arXiv:2010.11929", "issued": {"raw": "2020-10-22"}}]}"#;
    let library = read_csl(text).expect("CSL-JSON");
    let of = &library.records[0].citation;
    assert_eq!((of.title.as_deref(), of.doi.as_deref()), (Some("On X"), Some("10.1234/AB")));
    assert_eq!(
        (of.year, of.month, said(&of.authors)),
        (Some(2020), Some(3), vec!["A van den Berg".into(), "W3C".into()])
    );
    assert_eq!(library.records[0].left_out, ["accessed"]);
    let preprint = &library.records[1].citation;
    assert_eq!(
        (preprint.arxiv.as_deref(), preprint.day, preprint.work),
        (Some("2010.11929"), Some(22), Work::Preprint)
    );
    for (broken, line) in [("[{\n\"title\": }]", 2), ("7", 1), ("[{\"x\": 1}]", 1)] {
        assert_eq!(read_csl(broken).expect_err(broken).line, line);
    }
}
