//! What a query finds, and how it is counted.

use notebook_core::markdown::read;
use notebook_core::notebook::{Entry, Notebook};
use notebook_core::query::{Facet, Query};
use notebook_core::search::{Answer, Counted, Field, FilterKind, INTRO, Index, Shown, answer, field_text};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

const SEED: &str = include_str!("../../content/notebook.md");

fn ask(source: &str, url: &str) -> Answer {
    answer(&Index::build(&read(source).notebook), &Query::parse(url))
}

fn found(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn papers(answer: &Answer) -> usize {
    answer.count(Counted::Paper).shown
}

fn of(shown: Shown) -> (usize, usize) {
    (shown.shown, shown.of)
}

fn count(answer: &Answer, facet: Facet, value: &str) -> Option<usize> {
    let counts = answer.facets.iter().find(|counts| counts.facet == facet)?;
    counts.values.iter().find(|known| known.value == value).map(|known| known.count)
}

/// What each match of an answer says, letter for letter.
fn said(notebook: &Notebook, answer: &Answer) -> Vec<(Field, String)> {
    let mut said = Vec::new();
    for hit in &answer.hits {
        let Some((_, entry)) = notebook.walk().find(|(_, entry)| *entry.id() == hit.id) else { continue };
        for found in &hit.matches {
            let text = field_text(entry, found.field);
            said.push((found.field, text.as_str()[found.range.clone()].to_owned()));
        }
    }
    said
}

#[test]
fn a_query_that_asks_nothing_shows_everything() {
    for url in ["", "?", "?q=", "?q=+++", "?unknown=x"] {
        let answer = ask(SEED, url);
        let notebook = read(SEED).notebook;
        assert!(notebook.walk().all(|(_, entry)| answer.shows(entry.id().as_str())), "{url}");
        assert!(notebook.sections.iter().all(|section| answer.shows_section(&section.id)));
        assert!(answer.shows(INTRO));
        assert_eq!(of(answer.count(Counted::Paper)), (7, 7));
        assert_eq!(of(answer.count(Counted::Term)), (3, 3));
        assert!(answer.filters.is_empty());
    }
}

#[test]
fn two_categories_widen_the_answer() {
    let one = ask(SEED, "?category=practical-applications-of-transformers");
    let two = ask(
        SEED,
        "?category=practical-applications-of-transformers&category=multi-headed-attention-and-transformers",
    );
    assert_eq!((papers(&one), papers(&two)), (3, 6));
    assert!(found(&one).iter().all(|id| two.shows(id)));
    assert_eq!(two.filters.len(), 2);
}

#[test]
fn two_facets_narrow_the_answer() {
    assert_eq!(papers(&ask(SEED, "?access=open")), 6);
    let both = ask(SEED, "?access=open&year=2020");
    assert_eq!(found(&both), ["vision-transformers-origin"]);
    assert_eq!(papers(&ask(SEED, "?access=paywalled&year=2020")), 0);
}

#[test]
fn a_facet_value_is_counted_under_all_other_facets() {
    let answer = ask(SEED, "?access=open");
    assert_eq!(count(&answer, Facet::Host, "arxiv.org"), Some(3));
    assert_eq!(count(&answer, Facet::Host, "ieeexplore.ieee.org"), Some(0));
    // Of its own facet every value is counted as if none were chosen: choosing one more widens.
    assert_eq!(count(&answer, Facet::Access, "paywalled"), Some(1));
    let answer = ask(SEED, "?access=open&host=openreview.net");
    assert_eq!(count(&answer, Facet::Host, "arxiv.org"), Some(3));
    assert_eq!(count(&answer, Facet::Access, "open"), Some(1));
    let answer = ask(SEED, "?q=mobilenet");
    assert_eq!(count(&answer, Facet::Host, "arxiv.org"), Some(1));
}

const SMALL: &str = "Words before.\n\n## Papers\n\n### Vision\n\n- [Été](https://arxiv.org/abs/2001.00001) by Ada\n\n  \
                     Auto-encoder here, auto encoder there.\n\n- [Other](https://a.b)\n\n### Speech\n\n\
                     - [Ear](https://arxiv.org/abs/2101.00001)\n\n## Terms\n\n- Vision: seeing.\n";

#[test]
fn every_word_must_be_found_in_the_entry_or_above_it() {
    assert_eq!(found(&ask(SMALL, "?q=ada+encoder")), ["été"]);
    assert_eq!(found(&ask(SMALL, "?q=ada+vision+papers")), ["été"]);
    assert_eq!(found(&ask(SMALL, "?q=vision")), ["été", "other", "vision-2"]);
    assert!(found(&ask(SMALL, "?q=ada+speech")).is_empty());
    let answer = ask(SMALL, "?q=vision");
    let headings: Vec<_> = answer.headings.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(headings, ["vision"]);
}

#[test]
fn accents_case_and_hyphens_do_not_count() {
    for words in [
        "ete",
        "ÉTÉ",
        "e\u{301}te\u{301}",
        "autoencoder",
        "AUTO-ENCODER",
        "auto+encoder",
        "auto\u{2010}encoder",
    ] {
        assert_eq!(found(&ask(SMALL, &format!("?q={words}"))), ["été"], "{words}");
    }
    let answer = ask(SEED, "?q=autoencoder");
    assert!(answer.shows("auto-encoder") && answer.shows("variational-auto-encoder"));
}

#[test]
fn matches_say_where_the_words_stand() {
    let notebook = read(SMALL).notebook;
    let said = said(&notebook, &ask(SMALL, "?q=ete+ADA+autoencoder"));
    let expected = [(Field::Title, "Été"), (Field::Byline, "Ada"), (Field::Notes, "Auto-encoder")];
    assert_eq!(said, expected.map(|(field, text)| (field, text.to_owned())));
}

#[test]
fn words_of_two_blocks_are_not_one_word() {
    let source = "## Papers\n\n- [A](https://a.b)\n\n  auto\n\n  encoder\n";
    assert!(found(&ask(source, "?q=autoencoder")).is_empty());
    assert_eq!(found(&ask(source, "?q=auto+encoder")), ["a"]);
}

#[test]
fn a_facet_hides_what_is_no_paper() {
    let answer = ask(SMALL, "?category=vision");
    assert_eq!(found(&answer), ["été", "other"]);
    assert!(!answer.shows(INTRO));
    assert_eq!(of(answer.count(Counted::Term)), (0, 1));
    assert!(!answer.shows_section(&"terms".into()));
    assert_eq!(of(answer.section(&"papers".into())), (2, 3));
    assert_eq!(of(answer.section(&"speech".into())), (0, 1));
}

#[test]
fn no_paper_tells_which_filter_to_drop() {
    let answer = ask(SEED, "?q=transformer&access=paywalled&year=2017");
    assert_eq!(papers(&answer), 0);
    let would_show =
        |kind| answer.filters.iter().find(|filter| filter.kind == kind).map(|filter| filter.would_show);
    assert_eq!(would_show(FilterKind::Facet(Facet::Access)), Some(1));
    for filter in &answer.filters {
        let without = answer_of(&filter.without);
        assert_eq!(papers(&without), filter.would_show, "{}", filter.label);
    }
}

fn answer_of(query: &Query) -> Answer {
    answer(&Index::build(&read(SEED).notebook), query)
}

#[test]
fn a_facet_value_that_nothing_has_is_a_filter_that_finds_nothing() {
    let answer = ask(SEED, "?category=gone");
    assert_eq!(papers(&answer), 0);
    assert!(answer.hits.is_empty());
    assert_eq!(answer.filters.len(), 1);
    assert_eq!((answer.filters[0].label.as_str(), answer.filters[0].would_show), ("gone", 7));
    assert!(answer.filters[0].without.is_empty());
}

const TAGGED: &str = "## Papers

- [Été encoders](https://arxiv.org/abs/2001.00001) by Ada

  Proposal: sparse coding #vision

- [Circuits](https://arxiv.org/abs/2101.00001) by Olah

  Observation 1: coding that is not sparse #vision #safety

- [Old](https://arxiv.org/abs/9901.00001)

## Terms

- Sparse (SP): of few
";

#[test]
fn words_say_what_is_wanted_and_where() {
    let cases: [(&str, &[&str]); 12] = [
        ("sparse", &["été-encoders", "circuits", "sparse"]),
        ("sparse coding", &["été-encoders", "circuits"]),
        ("\"sparse coding\"", &["été-encoders"]),
        ("\"parse coding\"", &[]),
        ("coding -proposal", &["circuits"]),
        ("title:circ", &["circuits"]),
        ("title:sparse", &["sparse"]),
        ("term:sparse", &["sparse"]),
        ("author:ada", &["été-encoders"]),
        ("year:2020..2021", &["été-encoders", "circuits"]),
        ("year:..2000", &["old"]),
        ("in:terms few", &["sparse"]),
    ];
    for (words, expected) in cases {
        let query = Query::default().with_words(words);
        assert_eq!(found(&answer(&Index::build(&read(TAGGED).notebook), &query)), expected, "{words}");
    }
}

#[test]
fn a_paper_has_any_number_of_labels_and_tags() {
    let all = ask(TAGGED, "");
    assert_eq!(count(&all, Facet::Tag, "vision"), Some(2));
    assert_eq!(count(&all, Facet::Tag, "safety"), Some(1));
    assert_eq!(count(&all, Facet::Label, "observation"), Some(1));
    assert_eq!(found(&ask(TAGGED, "?tag=vision&label=proposal")), ["été-encoders"]);
    assert_eq!(count(&ask(TAGGED, "?tag=safety"), Facet::Label, "proposal"), Some(0));
    assert!(ask("## Papers\n\n- [A](https://a.b)\n", "").facets.iter().all(|of| of.facet != Facet::Tag));
}

#[test]
fn a_year_may_be_a_range() {
    let answer = ask(TAGGED, "?year=2020..2021");
    assert_eq!(found(&answer), ["été-encoders", "circuits"]);
    let years = answer.facets.iter().find(|of| of.facet == Facet::Year).unwrap();
    let years: Vec<_> = years.values.iter().map(|of| (of.value.as_str(), of.count, of.chosen)).collect();
    assert_eq!(years, [("2021", 1, true), ("2020", 1, true), ("1999", 1, false)]);
}

fn query() -> impl Strategy<Value = Query> {
    let word =
        select(&["", "", "transformer", "vision", "a", "É", "camera trap", "purpose", "zzz", "-", "."]
            as &[&str]);
    let value = select(&[
        (Facet::Category, "mechanistic-interpretability"),
        (Facet::Category, "practical-applications-of-transformers"),
        (Facet::Category, "multi-headed-attention-and-transformers"),
        (Facet::Access, "open"),
        (Facet::Access, "paywalled"),
        (Facet::Year, "2020"),
        (Facet::Year, "2017"),
        (Facet::Year, "unknown"),
        (Facet::Label, "proposal"),
        (Facet::Host, "arxiv.org"),
        (Facet::Host, "dl.acm.org"),
        (Facet::Host, "gone"),
    ] as &[(Facet, &str)]);
    (word, prop::collection::vec(value, 0..4)).prop_map(|(words, values)| {
        let start = Query::default().with_words(words);
        values.into_iter().fold(start, |query, (facet, value)| query.toggled(facet, value))
    })
}

proptest! {
    #![proptest_config(Config { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn counts_agree_with_what_is_shown(query in query()) {
        let notebook = read(SEED).notebook;
        let index = Index::build(&notebook);
        let answer = answer(&index, &query);
        let is_paper = |entry: &Entry| matches!(entry, Entry::Paper(_));
        let shown = notebook.walk().filter(|(_, entry)| is_paper(entry) && answer.shows(entry.id().as_str()));
        prop_assert_eq!(shown.count(), papers(&answer));
        for counts in &answer.facets {
            let narrows = query.narrows(counts.facet);
            if matches!(counts.facet, Facet::Label | Facet::Tag) {
                // A paper has any number of these: only a first choice says how many it brings.
                for value in counts.values.iter().filter(|_| !narrows) {
                    let toggled = query.toggled(counts.facet, &value.value);
                    prop_assert_eq!(papers(&notebook_core::search::answer(&index, &toggled)), value.count);
                }
                continue;
            }
            // A paper has one value of each other facet: the chosen values, or all, sum up.
            let values = counts.values.iter().filter(|value| !narrows || value.chosen);
            prop_assert_eq!(values.map(|value| value.count).sum::<usize>(), papers(&answer));
            for value in &counts.values {
                let toggled = notebook_core::search::answer(&index, &query.toggled(counts.facet, &value.value));
                let expected = match (narrows, value.chosen) {
                    (false, _) => value.count,
                    (true, false) => papers(&answer) + value.count,
                    (true, true) if toggled.query.narrows(counts.facet) => papers(&answer) - value.count,
                    (true, true) => counts.values.iter().map(|value| value.count).sum(),
                };
                prop_assert_eq!(papers(&toggled), expected);
            }
        }
    }

    #[test]
    fn every_match_is_in_the_text(words in "\\PC{0,6}") {
        let notebook = read(SEED).notebook;
        let query = Query::default().with_words(&words);
        for (_, text) in said(&notebook, &answer(&Index::build(&notebook), &query)) {
            prop_assert!(!text.is_empty());
        }
    }
}
