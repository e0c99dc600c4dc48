//! Tests of all formats: real-world input, round trips, arbitrary text.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::markdown;
use crate::notebook::{Citation, Entry, Notebook, PersonName, Reference, Url, WorkType};

/// Reads the only entry of valid BibTeX.
fn read_one(source: &str) -> Citation {
    let bibliography = read_bibtex(source);
    assert_eq!(bibliography.diagnostics, [], "{source}");
    bibliography.entries.into_iter().next().expect("an entry").citation
}

fn codes(bibliography: &Bibliography) -> Vec<DiagnosticCode> {
    bibliography.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn display_names(names: &[PersonName]) -> Vec<String> {
    names.iter().map(PersonName::display_name).collect()
}

#[test]
fn converts_braces_and_accents_to_text() {
    let citation = read_one(
        "@article{goedel, author = {G{\\\"o}del, Kurt and {\\'E}lie Cartan and \\v{S}{\\'a}rka Nov\\'akov\\'a and {\\O}re},\n\
         title = {{{\\\"U}ber} formal unentscheidbare {S{\\\"a}tze} \\& {\\emph{Principia}}~I}, journal = \"Monatshefte f{\\\"u}r Mathematik\",\n\
         year = 1931, pages = {173--198}}",
    );
    assert_eq!(display_names(&citation.authors), ["Kurt Gödel", "Élie Cartan", "Šárka Nováková", "Øre"]);
    assert_eq!(citation.title.as_deref(), Some("Über formal unentscheidbare Sätze & Principia I"));
    assert_eq!(citation.venue.as_deref(), Some("Monatshefte für Mathematik"));
    assert_eq!(
        (citation.year, citation.pages.as_deref(), citation.work_type),
        (Some(1931), Some("173-198"), WorkType::Article)
    );
}

#[test]
fn several_files_are_one_bibliography() {
    let files = [
        "@string{made = {Journal of Things}}\n@article{a, title = {Leaves}, year = 2001}",
        "\n@article{b, title = {Roots}, journal = made, crossref = {a}}\n@article{a, title = {Twigs}}\n@article{b, title = {Bark}}\n",
    ];
    let (text, bibliography) = read_bibtex_files(&files);
    let [_, roots, ..] = bibliography.entries.as_slice() else { panic!("{bibliography:?}") };
    assert_eq!(roots.citation.venue.as_deref(), Some("Journal of Things"));
    let (file, start) = bibliography.file_at(roots.range.start);
    assert_eq!((file, text.get(start..)), (1, Some(files[1])));
    assert_eq!(bibliography.file_at(0), (0, 0));
    let duplicates =
        bibliography.diagnostics.iter().filter(|found| found.code == DiagnosticCode::DuplicateKey);
    let messages: Vec<_> = duplicates.map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages,
        ["the key `a` is already used in another file", "the key `b` is already used on line 2"]
    );
    let mut notebook = markdown::read("## Papers\n\n- [Leaves](https://example.org/leaves)\n").notebook;
    let (text, bibliography) = read_bibtex_files(&[
        "@article{x, title = {Leaves}, year = 2001, author = {Ada Brook}}",
        "@article{y, title = {Leaves}, year = 2002, author = {Ada Brook}}",
    ]);
    let (found, _) = attach_citations(&mut notebook, &bibliography, &text);
    assert!(found.iter().any(|found| found.message.contains("in another file")), "{found:?}");
    assert_eq!(read_bibtex_files(&[]).1, Bibliography::default());
}

#[test]
fn splits_names_as_bibtex_does() {
    let citation = read_one(
        "@misc{k, author = {Ludwig van Beethoven and de la Cruz, Ana and King, Jr., Martin Luther and \
         {Google Research} and Plato and others}}",
    );
    assert_eq!(
        display_names(&citation.authors),
        [
            "Ludwig van Beethoven",
            "Ana de la Cruz",
            "Martin Luther King Jr.",
            "Google Research",
            "Plato",
            "et al."
        ]
    );
    assert_eq!(citation.authors[0].particle.as_deref(), Some("van"));
    assert_eq!(citation.authors[3], PersonName::literal("Google Research"));
}

#[test]
fn expands_strings_and_months() {
    let citation = read_one(
        "@STRING{ nips = \"NeurIPS\" }\n@string(full = nips # { } # \"Proceedings\")\n\
         @inproceedings{a, title = {T}, booktitle = FULL # { 30}, year = 2017, month = jun, day = 12}",
    );
    assert_eq!(citation.venue.as_deref(), Some("NeurIPS Proceedings 30"));
    assert_eq!((citation.year, citation.month, citation.day), (Some(2017), Some(6), Some(12)));
}

#[test]
fn limits_recursive_and_exponential_strings() {
    let mut source = String::from("@string{a = a}\n@string{b0 = \"xxxxxxxxxx\"}\n");
    for at in 1..40 {
        source.extend([format!("@string{{b{at} = b{} # b{}}}\n", at - 1, at - 1)]);
    }
    source.push_str("@misc{k, title = a, note = b39}");
    let bibliography = read_bibtex(&source);
    assert_eq!(bibliography.entries[0].citation.title.as_deref(), Some("a"));
    assert!(codes(&bibliography).contains(&DiagnosticCode::CitationInvalid));
}

#[test]
fn reports_unknown_string_and_keeps_its_name() {
    let bibliography = read_bibtex("@article{a, title = {T}, journal = jmlr}");
    assert_eq!(bibliography.entries[0].citation.venue.as_deref(), Some("jmlr"));
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
}

#[test]
fn inherits_fields_through_crossref() {
    let bibliography = read_bibtex(
        "@inproceedings{part, title = {Part}, author = {A, B}, crossref = {whole}, pages = {1--2}}\n\
         @proceedings{whole, title = {Proceedings of X}, year = {2020}, publisher = {ACM}, editor = {E, F}, crossref = {part}}",
    );
    assert_eq!(
        codes(&bibliography),
        [DiagnosticCode::CitationName; 2],
        "entries that inherit from each other are reported"
    );
    assert_eq!((bibliography.entries.len(), bibliography.containers.len()), (1, 1));
    let bibliography = read_bibtex(
        "@inproceedings{part, title = {Part}, author = {A, B}, crossref = {whole}, pages = {1--2}}\n\
         @proceedings{whole, title = {Proceedings of X}, year = {2020}, publisher = {ACM}, editor = {E, F}}",
    );
    let [entry] = bibliography.entries.as_slice() else { panic!("{bibliography:?}") };
    let citation = &entry.citation;
    assert_eq!(
        (citation.title.as_deref(), citation.venue.as_deref()),
        (Some("Part"), Some("Proceedings of X"))
    );
    assert_eq!((citation.year, citation.publisher.as_deref()), (Some(2020), Some("ACM")));
    let bibliography = read_bibtex("@inproceedings{part, title = {Part}, crossref = {gone}}");
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationName]);
}

#[test]
fn ignores_comments_and_text_outside_entries() {
    let bibliography = read_bibtex(
        "Exported by me@example.org, @home.\n% @article{hidden, title = {Hidden}}\n\
         @comment{jabref-meta: databaseType:bibtex;}\n@Comment{ @article{inner, title={Inner}} }\n\
         @preamble{ \"\\newcommand{\\x}{y}\" }\n@misc{shown, % why\n title = {Shown}, % because\n}\n",
    );
    assert_eq!(bibliography.diagnostics, []);
    assert_eq!(bibliography.entries.len(), 1);
    assert_eq!(bibliography.entries[0].citation.title.as_deref(), Some("Shown"));
}

#[test]
fn reports_broken_entries_and_keeps_the_others() {
    let source = "@article{a, title = {A}}\n@article{b, title = {B\n@article{c, title = {C}}\n@article{d title = {D}}\n\
        @article{e, title = {E}}, year = {2001}}\n@misc{f, title = {F}}\n";
    let bibliography = read_bibtex(source);
    let titles: Vec<_> =
        bibliography.entries.iter().filter_map(|entry| entry.citation.title.as_deref()).collect();
    assert_eq!(titles, ["A", "C", "E", "F"]);
    let locations: Vec<_> =
        bibliography.diagnostics.iter().map(|diagnostic| &source[diagnostic.range.clone()]).collect();
    assert_eq!(codes(&bibliography), [DiagnosticCode::CitationInvalid; 2], "{locations:?}");
    assert_eq!(locations[0], "@article{b, title = {B");
}

#[test]
fn keeps_single_dollar_signs() {
    let bibliography = read_bibtex("@article{a, title = {A}, note = {cost: $5}, year = 2001}");
    let citation = &bibliography.entries[0].citation;
    assert_eq!(
        (citation.title.as_deref(), citation.year, citation.note.as_deref()),
        (Some("A"), Some(2001), Some("cost: $5"))
    );
    assert_eq!(codes(&bibliography), []);
}

#[test]
fn reports_duplicate_keys() {
    let source = "@misc{a, title={One}}\n\n@misc{a, title={Two}}";
    let bibliography = read_bibtex(source);
    assert_eq!(bibliography.entries.len(), 2);
    assert_eq!(codes(&bibliography), [DiagnosticCode::DuplicateKey]);
    assert!(bibliography.diagnostics[0].message.contains("line 1"));
}

#[test]
fn finds_arxiv_id_in_every_field_that_exports_use() {
    for source in [
        "@misc{a, eprint = {1706.03762v5}, archiveprefix = {arXiv}}",
        "@article{a, journal = {arXiv preprint arXiv:1706.03762}}",
        "@article{a, journal = {CoRR}, volume = {abs/1706.03762}}",
        "@misc{a, doi = {10.48550/arXiv.1706.03762}}",
        "@misc{a, howpublished = {\\url{https://arxiv.org/abs/1706.03762}}}",
        "@misc{a, note = {arXiv:1706.03762 [cs]}}",
        "@online{a, url = {http://arxiv.org/abs/1706.03762}, eprinttype = {arxiv}, eprint = {1706.03762}}",
    ] {
        assert_eq!(read_one(source).arxiv.as_deref(), Some("1706.03762"), "{source}");
    }
    assert_eq!(read_one("@misc{a, eprint = {12345}, eprinttype = {pubmed}}").arxiv, None);
}

#[test]
fn lists_missing_fields() {
    let citation = read_one("@inproceedings{a, title = {T}, year = {in press}}");
    assert_eq!((citation.year, citation.month), (None, None));
    assert_eq!(missing_fields(&citation), ["author", "year", "proceedings"]);
    assert_eq!(missing_fields(&read_one("@misc{a, title = {T}, author = {A}, year = 2001}")), [""; 0]);
}

#[test]
fn lists_unsupported_fields() {
    let bibliography = read_bibtex(
        "@article{a, title = {T}, abstract = {What it is.}, keywords = {one, two;three}, groups = {mine}, file = {:a.pdf:PDF}, timestamp = {2020}}",
    );
    let entry = &bibliography.entries[0];
    assert_eq!(entry.keywords, ["mine", "one", "two", "three"]);
    assert_eq!(entry.abstract_text.as_deref(), Some("What it is."));
    assert_eq!(entry.unsupported_fields, ["file", "timestamp"]);
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
fn matches_papers_by_doi_arxiv_id_address_and_title() {
    let source = "@misc{one, title={Attention Is All You Need}, eprint={1706.03762}, archiveprefix={arXiv}, year=2017, author={A}}\n\
        @article{two, doi={10.1145/abc.1}, title={Another}, author={B}, year=2001, journal={J}}\n\
        @misc{three, url={https://example.org/paper}, author={C}, year=2002, title={x}}\n\
        @misc{four, title={The title of {IT}}, author={D}, year={2003}}\n\
        @misc{five, title={Nowhere}, author={E}, year=2004}\n";
    let mut notebook = notebook();
    let (found, without) = attach_citations(&mut notebook, &read_bibtex(source), source);
    let keys: Vec<_> = papers(&notebook)
        .iter()
        .map(|paper| paper.citation.as_ref().and_then(|citation| citation.key.clone()))
        .collect();
    assert_eq!(
        keys,
        [Some("one"), Some("two"), Some("three"), Some("four"), None].map(|key| key.map(str::to_owned))
    );
    assert_eq!(
        found.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [DiagnosticCode::UnmatchedCitation]
    );
    assert_eq!(without, ["alone".into()]);
    let years: Vec<_> = papers(&notebook).iter().map(|paper| paper.source.year).collect();
    assert_eq!(years, [Some(2017), Some(2001), Some(2002), Some(2003), None]);
}

#[test]
fn reports_contradicting_entries() {
    let source = "@misc{a, eprint={1706.03762}, title={Attention}, author={A}, year=2017}\n\
        @article{b, eprint={1706.03762}, title={Attention}, author={A}, journal={J}, year=2018}\n\
        @article{c, eprint={1706.03762}, title={Attention}, author={A}, journal={J}, year=2017}\n\
        @article{d, title={By DOI}, doi={10.9999/other}, author={A}, journal={J}, year=2017}\n";
    let mut notebook = notebook();
    let (found, _) = attach_citations(&mut notebook, &read_bibtex(source), source);
    let codes: Vec<_> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [DiagnosticCode::ConflictingCitation, DiagnosticCode::ConflictingCitation]);
    assert!(
        found[0].message.contains("the year `2018` instead of `2017`") && found[0].message.contains("line 1")
    );
    assert!(found[1].message.contains("10.9999/other"), "{}", found[1].message);
    // Fields that the first entry lacks come from the entry that agrees with it.
    let first = papers(&notebook)[0].citation.as_deref().expect("a citation");
    assert_eq!((first.key.as_deref(), first.venue.as_deref()), (Some("a"), Some("J")));
}

#[test]
fn leaves_ambiguous_entries_unassigned() {
    let mut notebook = markdown::read("## Papers\n\n- [Same](https://a.b)\n- [Same](https://c.d)\n").notebook;
    let source = "@misc{a, title={Same}, author={A}, year=2001}";
    let (found, without) = attach_citations(&mut notebook, &read_bibtex(source), source);
    assert_eq!(
        found.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [DiagnosticCode::AmbiguousCitation]
    );
    assert_eq!(without.len(), 2);
}

#[test]
fn completes_citation_from_address_and_byline() {
    let notebook = notebook();
    let known: Vec<_> = papers(&notebook).into_iter().map(full_citation).collect();
    assert_eq!(
        (known[0].arxiv.as_deref(), known[0].year, known[0].work_type),
        (Some("1706.03762"), Some(2017), WorkType::Preprint)
    );
    assert_eq!(missing_fields(&known[0]), ["author"]);
    assert_eq!(known[4].note.as_deref(), Some("by Her"));
    assert_eq!(missing_fields(&known[4]), ["author", "year"]);
}

#[test]
fn writes_plain_text_csv_and_markdown() {
    let citation = read_one(
        "@inproceedings{vaswani, title={Attention, \"really\"}, author={Vaswani, Ashish and Shazeer, Noam}, \
         booktitle={NeurIPS}, volume={30}, pages={5998--6008}, year=2017, url={https://a.b/c_(d)}}",
    );
    assert_eq!(
        write_plain_text(&citation),
        "Ashish Vaswani, Noam Shazeer. Attention, \"really\". NeurIPS, vol. 30, pp. 5998-6008, 2017. https://a.b/c_(d)"
    );
    assert_eq!(
        write_csv_row(&citation, "k", &[]),
        "vaswani,\"Attention, \"\"really\"\"\",Ashish Vaswani; Noam Shazeer,2017,NeurIPS,30,,5998-6008,,,,https://a.b/c_(d),,\r\n"
    );
    assert_eq!(
        write_markdown(&citation),
        "- [Attention, \"really\"](<https://a.b/c_(d)>) Ashish Vaswani, Noam Shazeer, NeurIPS, 2017\n"
    );
    let read = markdown::read(&format!("## Papers\n\n{}", write_markdown(&citation))).notebook;
    assert_eq!(papers(&read)[0].url.as_ref().unwrap().as_str(), "https://a.b/c_(d)");
}

/// Text with special characters of TeX, JSON and CSV.
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
        field_values::single_line(&joined).unwrap_or_else(|| "x".into())
    })
}

fn name() -> impl Strategy<Value = PersonName> {
    let part = "[A-Z][a-zé]{1,5}";
    prop_oneof![
        words()
            .prop_filter("these have a meaning in names", |name| name != "others" && !name.contains('='))
            .prop_map(|name| PersonName::literal(&name)),
        (part, part).prop_map(|(family, given)| PersonName {
            family,
            given: Some(given),
            ..PersonName::default()
        }),
        (part, part, "(van|de la|von)", prop::option::of("(Jr|III)")).prop_map(
            |(family, given, particle, suffix)| PersonName {
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
    let kinds = prop::sample::select(&[
        WorkType::Article,
        WorkType::Proceedings,
        WorkType::Chapter,
        WorkType::Thesis,
        WorkType::Report,
    ] as &[WorkType]);
    (texts, numbers, ids, kinds).prop_map(
        |((title, authors, venue, publisher), (date, volume), (doi, arxiv), work)| Citation {
            work_type: work,
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
            genre: (work == WorkType::Thesis).then(|| "PhD thesis".to_owned()),
            ..Citation::default()
        },
    )
}

fn bibtex_fragments() -> impl Strategy<Value = String> {
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
    fn bibtex_round_trips(citation in citation()) {
        let text = write_bibtex(&citation, "other");
        let bibliography = read_bibtex(&text);
        prop_assert_eq!(&bibliography.diagnostics, &[], "{}", text);
        prop_assert_eq!(&bibliography.entries[0].citation, &citation, "{}", text);
    }

    #[test]
    fn csl_json_round_trips(citation in citation()) {
        let text = write_csl(&citation, "other");
        let bibliography = read_csl(&text).map_err(|error| TestCaseError::fail(error.message))?;
        prop_assert_eq!(&bibliography.entries[0].citation, &citation, "{}", text);
        prop_assert_eq!(&bibliography.entries[0].unsupported_fields, &[""; 0]);
    }

    #[test]
    fn reads_any_text_without_panic(text in prop_oneof![bibtex_fragments(), ".{0,60}"]) {
        let bibliography = read_bibtex(&text);
        for diagnostic in &bibliography.diagnostics {
            prop_assert!(text.get(diagnostic.range.clone()).is_some(), "{:?}", diagnostic);
        }
        let _ = read_csl(&text);
        let _ = read_ris(&text);
        let mut notebook = notebook();
        attach_citations(&mut notebook, &bibliography, &text);
    }
}

#[test]
fn ris_round_trips() {
    let citation = read_one(
        "@article{k, title={A title: with parts}, author={van Beethoven, Ludwig and {Google Research} and King, Jr., Martin}, journal={J}, \
         volume={3}, number={4}, pages={1--9}, year=2001, month=feb, day=3, doi={10.1234/x}, eprint={1706.03762}, \
         url={https://a.b}, issn={1234-5678}, note={So}, publisher={P}, address={Q}}",
    );
    let text = write_ris(&citation, "other");
    let back = read_ris(&text).expect("RIS").entries.remove(0).citation;
    assert_eq!(back, citation, "{text}");
    assert!(read_ris("nothing of the kind").is_err());
}

#[test]
fn reads_csl_json_of_other_programs() {
    let text = r#"{"items": [{"id": 7, "type": "article-journal", "title": "On <i>X</i>", "author": [{"family": "Berg", "given": "A", "dropping-particle": "van den"}, {"literal": "W3C"}],
        "issued": {"date-parts": [["2020", 3]]}, "DOI": "https://doi.org/10.1234/AB", "container-title": "J", "abstract": "Why.", "keyword": "a; b", "accessed": {"raw": "2021"}},
        {"type": "article", "title": "P", "publisher": "arXiv", "number": "arXiv:2010.11929", "issued": {"raw": "2020-10-22"}}]}"#;
    let bibliography = read_csl(text).expect("CSL-JSON");
    let citation = &bibliography.entries[0].citation;
    assert_eq!((citation.title.as_deref(), citation.doi.as_deref()), (Some("On X"), Some("10.1234/AB")));
    assert_eq!(
        (citation.year, citation.month, display_names(&citation.authors)),
        (Some(2020), Some(3), vec!["A van den Berg".into(), "W3C".into()])
    );
    assert_eq!(bibliography.entries[0].unsupported_fields, ["accessed"]);
    let preprint = &bibliography.entries[1].citation;
    assert_eq!(
        (preprint.arxiv.as_deref(), preprint.day, preprint.work_type),
        (Some("2010.11929"), Some(22), WorkType::Preprint)
    );
    for (broken, line) in [("[{\n\"title\": }]", 2), ("7", 1), ("[{\"x\": 1}]", 1)] {
        assert_eq!(read_csl(broken).expect_err(broken).line, line);
    }
}

mod addresses;
mod in_text;
mod kinds;
mod people;
mod records;
mod round_trip;
