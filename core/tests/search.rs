//! Answers to queries, and their counts.

use notebook_core::markdown::read;
use notebook_core::notebook::{Entry, INTRO, Notebook};
use notebook_core::query::{Facet, Query};
use notebook_core::search::{
    Answer, ChunkList, Corpus, Count, EntryKind, FacetCounts, Field, FilterKind, FullTextIndex, MatchQuality,
    Outline, SearchResult,
};
use notebook_core::search::{
    build_from_texts, decode_summary, encode_summary, export_texts, field_text, index_bytes,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

const SEED: &str = include_str!("../../tests/fixtures/seed/notebook.md");

/// An answer, with the corpus that gave it.
struct AnswerFixture {
    corpus: Corpus,
    answer: Answer,
}

impl std::ops::Deref for AnswerFixture {
    type Target = Answer;

    fn deref(&self) -> &Answer {
        &self.answer
    }
}

impl AnswerFixture {
    fn entry(&self, id: &str) -> bool {
        self.answer.shows(self.corpus.titles.find(id).unwrap())
    }

    fn facets(&self) -> Vec<FacetCounts> {
        self.answer.facets(&self.corpus)
    }

    fn heading(&self, id: &str) -> Count {
        self.answer.heading(self.corpus.headings.find(id).unwrap())
    }
}

fn ask(source: &str, url: &str) -> AnswerFixture {
    of_query(source, &Query::parse(url), false)
}

fn of_query(source: &str, query: &Query, full: bool) -> AnswerFixture {
    let notebook = read(source).notebook;
    let corpus = Corpus::build(&notebook);
    let found = full.then(|| find(&notebook, &corpus, &query.words));
    AnswerFixture { answer: corpus.answer(query, found), corpus }
}

/// Searches the full-text index, and passes the result through its text form.
fn find(notebook: &Notebook, corpus: &Corpus, words: &str) -> SearchResult {
    let found = FullTextIndex::open(index_bytes(notebook, corpus, &mut |_| ())).unwrap().find(words);
    let handed = decode_summary(&encode_summary(&found), found.scores.clone());
    assert_eq!(handed, found);
    handed
}

/// Ids of what is shown, in the author's order.
fn found(fixture: &AnswerFixture) -> Vec<String> {
    let shown = (0..fixture.corpus.catalog.len()).filter(|entry| fixture.answer.shows(*entry));
    shown.map(|entry| fixture.corpus.titles.id(entry).to_string()).collect()
}

/// Ids of what is shown, in the order asked for.
fn ordered(fixture: &AnswerFixture) -> Vec<String> {
    fixture.answer.order.iter().map(|entry| fixture.corpus.titles.id(*entry as usize).to_string()).collect()
}

fn papers(answer: &Answer) -> usize {
    answer.count(EntryKind::Paper).visible
}

fn of(shown: Count) -> (usize, usize) {
    (shown.visible, shown.total)
}

fn count(fixture: &AnswerFixture, facet: Facet, value: &str) -> Option<usize> {
    let facets = fixture.facets();
    let counts = facets.iter().find(|counts| counts.facet == facet)?;
    counts.values.iter().find(|known| known.value == value).map(|known| known.count)
}

/// Returns the text of each match of an answer.
fn matched_texts(notebook: &Notebook, fixture: &AnswerFixture) -> Vec<(Field, String)> {
    let mut matched_texts = Vec::new();
    for (number, id) in
        found(fixture).iter().enumerate().map(|(at, id)| (fixture.corpus.titles.find(id).unwrap_or(at), id))
    {
        let Some((_, entry)) = notebook.walk().find(|(_, entry)| entry.id().as_str() == id) else { continue };
        for found in &fixture.corpus.snippet(&fixture.answer, number).matches {
            let text = field_text(entry, found.field);
            matched_texts.push((found.field, text.as_str()[found.range.clone()].to_owned()));
        }
    }
    matched_texts
}

#[test]
fn a_query_that_asks_nothing_shows_everything() {
    for url in ["", "?", "?q=", "?q=+++", "?unknown=x"] {
        let answer = ask(SEED, url);
        let notebook = read(SEED).notebook;
        assert_eq!(
            found(&answer).len(),
            notebook.walk().count() + usize::from(!notebook.intro.is_empty()),
            "{url}"
        );
        assert!(!answer.corpus.headings.is_empty());
        assert!((0..answer.corpus.headings.len()).all(|heading| answer.shows_heading(heading)));
        assert_eq!(of(answer.count(EntryKind::Paper)), (7, 7));
        assert_eq!(of(answer.count(EntryKind::Term)), (3, 3));
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
    assert!(found(&one).iter().all(|id| two.entry(id)));
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
    let marked = |heading: &usize| !answer.corpus.heading_matches(&answer, *heading).is_empty();
    let headings: Vec<_> = (0..answer.corpus.headings.len()).filter(marked).collect();
    assert_eq!(headings.iter().map(|at| answer.corpus.headings.title(*at)).collect::<Vec<_>>(), ["Vision"]);
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
    assert!(answer.entry("auto-encoder") && answer.entry("variational-auto-encoder"));
}

#[test]
fn matches_say_where_the_words_stand() {
    let notebook = read(SMALL).notebook;
    let matched_texts = matched_texts(&notebook, &ask(SMALL, "?q=ete+ADA+autoencoder"));
    let expected = [(Field::Title, "Été"), (Field::Byline, "Ada"), (Field::Notes, "Auto-encoder")];
    assert_eq!(matched_texts, expected.map(|(field, text)| (field, text.to_owned())));
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
    assert!(!answer.entry(INTRO));
    assert_eq!(of(answer.count(EntryKind::Term)), (0, 1));
    assert!(!answer.heading("terms").any_visible);
    assert_eq!(of(answer.heading("papers")), (2, 3));
    assert_eq!(of(answer.heading("speech")), (0, 1));
}

#[test]
fn no_paper_tells_which_filter_to_drop() {
    let answer = ask(SEED, "?q=transformer&access=paywalled&year=2017");
    assert_eq!(papers(&answer), 0);
    let would_show =
        |kind| answer.filters.iter().find(|filter| filter.kind == kind).map(|filter| filter.would_show);
    assert_eq!(would_show(FilterKind::Facet(Facet::Access)), Some(1));
    for filter in &answer.filters {
        let without = of_query(SEED, &filter.without, false);
        assert_eq!(papers(&without), filter.would_show, "{}", filter.name);
    }
}

#[test]
fn a_facet_value_that_nothing_has_is_a_filter_that_finds_nothing() {
    let answer = ask(SEED, "?category=gone");
    assert_eq!(papers(&answer), 0);
    assert!(answer.order.is_empty());
    assert_eq!(answer.filters.len(), 1);
    assert_eq!((answer.filters[0].name.as_str(), answer.filters[0].would_show), ("gone", 7));
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
        assert_eq!(found(&of_query(TAGGED, &query, false)), expected, "{words}");
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
    let untagged = ask("## Papers\n\n- [A](https://a.b)\n", "").facets();
    assert!(!untagged.is_empty() && untagged.iter().all(|of| of.facet != Facet::Tag), "{untagged:?}");
}

#[test]
fn papers_are_filtered_by_what_the_author_says_of_them() {
    let source = "## Papers\n\n- [A](https://a.b/1) {status=Read}\n- [B](https://a.b/2) {status=read}\n- [C](https://a.b/3)\n";
    let all = ask(source, "");
    assert_eq!(count(&all, Facet::Status, "read"), Some(2));
    assert_eq!(found(&ask(source, "?status=read")), ["a", "b"]);
}

#[test]
fn a_year_may_be_a_range() {
    let answer = ask(TAGGED, "?year=2020..2021");
    assert_eq!(found(&answer), ["été-encoders", "circuits"]);
    let facets = answer.facets();
    let years = facets.iter().find(|of| of.facet == Facet::Year).unwrap();
    let years: Vec<_> = years.values.iter().map(|of| (of.value.as_str(), of.count, of.chosen)).collect();
    assert_eq!(years, [("2021", 1, true), ("2020", 1, true), ("1999", 1, false)]);
}

const FULL: &str = "## Papers

### Vision

- [Sparse coding of images](https://arxiv.org/abs/2001.00001) by Ada Lovelace

  Proposal: dictionaries learnt by auto-encoders.

- [A survey](https://arxiv.org/abs/2201.00001)

  Purpose: what is known of sparse codes, and of a variational auto-encoder as a model of images.

- [视觉变换器](https://arxiv.org/abs/2101.00001)

  Внимание и трансформеры. انتباه

## Terms

- Variational auto-encoder (VAE): a model of data.
- Code: what stands for something.
";

fn full(words: &str) -> AnswerFixture {
    of_query(FULL, &Query::default().with_words(words), true)
}

#[test]
fn the_index_finds_what_people_type() {
    let sparse: &[&str] = &["sparse-coding-of-images", "a-survey"];
    let cases: [(&str, &[&str]); 17] = [
        ("sparse", sparse),
        ("spar", sparse),
        ("sparse codi", &["sparse-coding-of-images", "a-survey"]),
        ("codes ", &["code", "a-survey"]),
        ("autoencoder", &["variational-auto-encoder", "a-survey", "sparse-coding-of-images"]),
        ("Auto-Encoders ", &["variational-auto-encoder", "a-survey", "sparse-coding-of-images"]),
        ("vae", &["variational-auto-encoder", "a-survey"]),
        ("variational autoencoder", &["variational-auto-encoder", "a-survey"]),
        ("author:lovelace", &["sparse-coding-of-images"]),
        ("title:survey", &["a-survey"]),
        ("term:vae", &["variational-auto-encoder"]),
        ("sparse -survey", &["sparse-coding-of-images"]),
        ("\"sparse codes\"", &["a-survey"]),
        ("sparse year:2021..", &["a-survey"]),
        ("视觉", &["视觉变换器"]),
        ("внимание", &["视觉变换器"]),
        ("vision sparse", sparse),
    ];
    for (words, expected) in cases {
        let mut fixture = ordered(&full(words));
        let mut expected: Vec<String> = expected.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(fixture.first(), expected.first(), "{words}");
        fixture.sort();
        expected.sort();
        assert_eq!(fixture, expected, "{words}");
    }
}

#[test]
fn a_correction_is_reported_and_can_be_undone() {
    let fixture = full("sprase coding");
    assert_eq!(ordered(&fixture), ["sparse-coding-of-images"]);
    let correction = fixture.answer.correction.clone().unwrap();
    assert_eq!(
        (correction.shown.words.as_str(), correction.exactly.words.as_str()),
        ("sparse coding", "\"sprase\" coding")
    );
    assert!(full(&correction.exactly.words).answer.order.is_empty());
    assert_eq!(full("sparse coding").answer.correction, None);
}

#[test]
fn most_of_the_words_will_do_where_nothing_has_all() {
    let fixture = full("sparse lovelace zebra");
    assert_eq!(fixture.quality, MatchQuality::Partial);
    assert_eq!(ordered(&fixture), ["sparse-coding-of-images"]);
}

#[test]
fn a_snippet_marks_the_words_in_title_and_excerpt() {
    let fixture = full("vae");
    let entry = fixture.corpus.titles.find("a-survey").unwrap();
    let snippet = fixture.corpus.snippet(&fixture.answer, entry);
    let marked: Vec<_> =
        snippet.excerpt.iter().filter(|(_, marked)| *marked).map(|(text, _)| text.as_str()).collect();
    assert_eq!(marked, ["variational", "auto-encoder"]);
    let line: String = snippet.excerpt.iter().map(|(text, _)| text.as_str()).collect();
    assert!(line.starts_with("Purpose: what is known"), "{line}");
    assert_eq!(snippet.title, [("A survey".to_owned(), false)]);
}

#[test]
fn a_line_keeps_its_blocks_apart() {
    let fixture = ask("## Learning\n\n- Interpretability\n  - Sparse Coding\n  - Encoders\n", "?q=coding");
    let line = fixture.corpus.snippet(&fixture.answer, 0).excerpt;
    let pieces: Vec<_> = line.iter().map(|(text, marked)| (text.as_str(), *marked)).collect();
    assert_eq!(pieces, [("Sparse ", false), ("Coding", true), (" Encoders", false)]);
}

#[test]
fn entries_come_in_the_order_asked_for() {
    let by = |sort| ordered(&of_query(FULL, &Query::parse(&format!("?category=vision&sort={sort}")), false));
    assert_eq!(by("author"), ["sparse-coding-of-images", "a-survey", "视觉变换器"]);
    assert_eq!(by("year"), ["a-survey", "视觉变换器", "sparse-coding-of-images"]);
    assert_eq!(by("title"), ["a-survey", "sparse-coding-of-images", "视觉变换器"]);
}

/// A paper that is not to be found, then one with a title and notes, and its address.
fn two_papers(title: &str, notes: &str, address: &str) -> String {
    format!(
        "## Papers\n\n- [Unrelated study](https://example.org/other)\n\n  Nothing of the kind.\n\n- [{title}]({address})\n\n  {notes}\n"
    )
}

/// Asserts that each query finds the second paper alone, as exact words, with the full-text index and without.
fn finds(title: &str, notes: &str, queries: &[&str]) {
    let source = two_papers(title, notes, "https://example.org/this");
    for words in queries {
        for full in [true, false] {
            let fixture = of_query(&source, &Query::default().with_words(words), full);
            let entries = fixture.answer.order.clone();
            assert_eq!(
                (entries, fixture.quality),
                (vec![1], MatchQuality::Exact),
                "{words} in {title}: {notes}, {full}"
            );
        }
    }
}

#[test]
fn a_compound_is_found_whole_and_by_its_parts() {
    let notes = "A multi-head cross-attention layer over pre-trained encoders, self\u{2010}supervised.";
    let queries = [
        "attention",
        "cross-attention",
        "crossattention",
        "cross attention",
        "pre trained",
        "pretrained",
        "pre-trained",
        "multihead",
        "self-supervised",
        "supervised",
        "\"cross attention\"",
        "\"pre-trained encoders\"",
        "cross-att",
    ];
    finds("Translation", notes, &queries);
    finds("A survey", "It is pretrained.", &["pre-trained", "pretrained"]);
    finds("A survey", "It is pre trained.", &["pre-trained", "pre trained"]);
}

#[test]
fn a_phrase_is_found_in_text_without_spaces() {
    finds("综述", "图神经网络用于推荐系统。", &["\"神经网络\"", "“推荐系统”", "「神经网络」", "\"图神经\""]);
    finds("日本語の機械学習", "", &["\"機械学習\""]);
    finds("การประมวลผลภาษาธรรมชาติ", "", &["\"ภาษา\""]);
    finds("모형", "지식 증류는 쉽다.", &["\"지식 증류\""]);
}

#[test]
fn a_word_behind_a_hyphen_excludes() {
    let source = two_papers("Self-supervised learning", "Of images.", "https://example.org/this");
    for full in [true, false] {
        let fixture = of_query(&source, &Query::default().with_words("images -supervised"), full);
        assert!(fixture.answer.order.is_empty());
    }
}

#[test]
fn marks_inside_words_do_not_hide_them() {
    let notes = "With asp.net and node.js on 1,500 machines of the U.S.A., by d’Alembert, GPT-4 and Python 3.11, max_pool.";
    let queries = [
        "aspnet",
        "asp.net",
        "nodejs",
        "node.js",
        "1500",
        "1,500",
        "usa",
        "u.s.a.",
        "d'Alembert",
        "alembert",
        "dalembert",
        "gpt-4",
        "gpt4",
        "3.11",
        "maxpool",
        "max_pool",
    ];
    finds("Sharp code", notes, &queries);
    finds("Norms", "LayerNorm before MobileNet.", &["layer norm", "layernorm", "LayerNorm", "mobile-net"]);
    // The name comes first, and where nobody has it the letter is found.
    let source = "## Papers\n\n- [C, a language](https://a.b/1)\n- [Other](https://a.b/2)\n\n  In C# and C++ on .NET of a net.\n- [A net](https://a.b/3)\n";
    for (words, expected) in
        [("C#", vec![1]), ("c++", vec![1]), (".NET", vec![1]), ("net", vec![2, 1]), ("f#", vec![])]
    {
        let fixture = of_query(source, &Query::default().with_words(words), true);
        assert_eq!(fixture.answer.order, expected, "{words}");
    }
}

#[test]
fn names_with_marks_come_first() {
    let source = "## Papers\n\n- [A study of an apple](https://a.b/1)\n- [Search with A\\* and D\\*](https://a.b/2)\n\
                  - [F, a letter](https://a.b/3)\n- [Functions in F#](https://a.b/4)\n- [k-means++ and k-means](https://a.b/5)\n";
    for (words, first) in [("A*", 1), ("a* search", 1), ("D*", 1), ("F#", 3), ("k-means++", 4), ("kmeans", 4)]
    {
        let fixture = of_query(source, &Query::default().with_words(words), true);
        assert_eq!(fixture.answer.order.first(), Some(&first), "{words}");
    }
}

#[test]
fn versions_models_and_compounds_are_found_as_people_type_them() {
    let notes = "YOLOv8, ResNet-50, CIFAR-10, Llama-2-70B and AT&T's R&D on TCP/IP, scikit-learn 2.0, CUDA 12.1, 10,000 classes; the U.K.";
    let queries = [
        "yolov8",
        "resnet50",
        "resnet 50",
        "cifar10",
        "llama-2",
        "llama2",
        "70b",
        "at&t",
        "r&d",
        "tcp/ip",
        "tcp",
        "scikit-learn",
        "scikitlearn",
        "2.0",
        "12.1",
        "10000",
        "uk",
        "U.K.",
    ];
    finds("Sharp code", notes, &queries);
    finds(
        "L’Hôpital’s rule",
        "O'Reilly; Poincaré–Bendixson.",
        &["lhopital", "L'Hopital", "oreilly", "O’Reilly", "poincare-bendixson"],
    );
    finds(
        "“Smart quotes” and ‘single’ ones",
        "Of it.",
        &["“smart quotes”", "„smart quotes“", "«smart quotes»"],
    );
}

#[test]
fn words_are_found_wherever_they_are_parted() {
    let index_finds = |text: &str, queries: &[&str]| {
        let source = two_papers("Sharp code", text, "https://example.org/this");
        for words in queries {
            let fixture = of_query(&source, &Query::default().with_words(words), true);
            assert_eq!(
                (fixture.answer.order.clone(), fixture.quality),
                (vec![1], MatchQuality::Exact),
                "{words} in {text}"
            );
        }
    };
    index_finds("YOLOv8 for leaves.", &["yolov8", "YOLO v8", "yolo v8 leaves", "yolo v"]);
    index_finds("YOLO v8 for leaves.", &["yolov8", "yolo v8", "leaves yolov8 "]);
    index_finds("GPT-4 and ResNet-50.", &["gpt4", "GPT-4", "gpt 4", "resnet50", "resnet 50", "ResNet-50"]);
    index_finds("GPT4 and ResNet50.", &["gpt4", "GPT-4", "gpt 4", "resnet50", "resnet 50", "ResNet-50"]);
    index_finds("GPT 4 and ResNet 50.", &["gpt4", "GPT-4", "gpt 4", "resnet50", "resnet 50", "ResNet-50"]);
    index_finds("Llama 3.1, wav2vec 2.0.", &["llama3.1", "llama 3.1", "Llama-3.1", "wav2vec2.0"]);
    index_finds("TCP/IP, CI/CD.", &["tcpip", "TCP/IP", "tcp/ip", "tcp ip", "tcp-ip", "cicd", "ci cd", "ip"]);
    index_finds("A TCPIP stack.", &["tcpip", "tcp/ip", "tcp ip", "TCP-IP"]);
    index_finds("Autoencoders of a dataset.", &["auto encoder", "auto-encoder", "data set", "data-set"]);
    index_finds("An auto encoder of a data set.", &["autoencoder", "auto-encoder", "dataset", "datasets"]);
    index_finds(
        "By d'Alembert, in C++ and node.js.",
        &["d alembert", "dalembert", "c++", "nodejs", "node js"],
    );
    // In the texts in memory a slash does not count.
    finds("Sharp code", "TCP/IP", &["tcpip", "tcp/ip", "tcp"]);
}

#[test]
fn a_word_in_two_keeps_what_was_typed_first() {
    let source = "## Papers\n\n- [A net and a work](https://a.b/1)\n- [A network](https://a.b/2)\n- [Networks of work](https://a.b/3)\n\
                  - [YOLO v8](https://a.b/4)\n- [YOLOv8](https://a.b/5)\n";
    for (words, expected) in [
        ("network", vec![1, 2]),
        ("netwrok", vec![1, 2]),
        ("\"net work\"", vec![]),
        ("net work", vec![0, 1, 2]),
        ("yolov8", vec![4, 3]),
        ("yolo v8", vec![3, 4]),
    ] {
        let fixture = of_query(source, &Query::default().with_words(words), true);
        let order = fixture.answer.order.clone();
        assert_eq!(order.first(), expected.first(), "{words}");
        let [mut order, mut expected] = [order, expected];
        order.sort_unstable();
        expected.sort_unstable();
        assert_eq!(order, expected, "{words}");
    }
}

#[test]
fn words_of_other_alphabets_are_found_in_any_case_and_composition() {
    finds("İstanbul ve ışık", "Üzerine.", &["istanbul", "ISTANBUL", "IŞIK", "isik", "uzerine"]);
    finds(
        "Học sâu ở Đà Nẵng",
        "Trí tuệ.",
        &["hoc sau", "HỌC SÂU", "da nang", "ho\u{323}c sa\u{302}u", "tri tue"],
    );
    finds("Μηχανική μάθηση", "Ελλάδα.", &["μαθηση", "ΜΑΘΗΣΗ", "ελλαδα"]);
    finds("Глубокое обучение", "Ёлка.", &["ОБУЧЕНИЕ", "елка", "ёлка"]);
    finds(
        "λ-calculus",
        "The μ-law and σ-algebras.",
        &["lambda-calculus", "lambda calculus", "mu-law", "sigma algebra"],
    );
    finds("トランスフォーマー", "画像認識とガウス過程。", &["ﾄﾗﾝｽﾌｫｰﾏｰ", "トランス", "画像", "ｶﾞｳｽ"]);
    finds("العربية", "تعلم الآلة", &["تَعَلُّم", "تعلم"]);
}

#[test]
fn greek_letters_are_found_by_their_names() {
    let queries = ["beta-VAE", "β-VAE", "β", "beta", "vae", "betavae", "gamma", "gan"];
    finds("β-VAE", "And a $\\gamma$-GAN.", &queries);
    finds("A beta-VAE", "Of 3 µs.", &["β-VAE", "βvae", "μs", "µs"]);
}

#[test]
fn letters_are_found_as_other_keyboards_write_them() {
    finds(
        "Weißes Rauschen",
        "Von Đorđe Łuk, Øre, ısı.",
        &["weisses", "weißes", "dorde", "luk", "łuk", "ore", "isi"],
    );
    finds("Ｔ５ and ﬁelds", "Of x² in H₂O, 𝐀𝐁.", &["T5", "fields", "x2", "h2o", "ab", "Ｔ５"]);
    finds("지식 증류", "か\u{3099}く", &["지식 증류", "지식", "がく"]);
    finds(
        "Notes",
        "The gra\u{200b}dient of a tok\u{2060}en, soft\u{ad}ware.",
        &["gradient", "token", "software", "grad\u{200d}ient"],
    );
}

#[test]
fn scripts_without_spaces_are_searched_inside_their_runs() {
    finds("ไทย", "การประมวลผลภาษาธรรมชาติ", &["ภาษา", "ธรรมชาติ"]);
    finds("기억", "CNN은 영상 모델이다.", &["CNN 모델", "모델 CNN", "영상"]);
    finds("हिन्दी", "भाषा", &["हिन्दी", "भाषा"]);
    finds("Read ⭐", "Good.", &["⭐", "⭐\u{fe0f}"]);
}

#[test]
fn papers_are_found_by_id_and_address() {
    let cases: [(&str, &[&str]); 2] = [
        (
            "https://arxiv.org/abs/2005.14165v4",
            &[
                "2005.14165",
                "arXiv:2005.14165",
                "https://arxiv.org/abs/2005.14165",
                "arxiv.org/abs/2005.14165v4",
                "2005.141",
            ],
        ),
        (
            "https://doi.org/10.1145/3292500.3330701",
            &[
                "10.1145/3292500.3330701",
                "doi:10.1145/3292500.3330701",
                "https://doi.org/10.1145/3292500.3330701",
            ],
        ),
    ];
    for (address, queries) in cases {
        for words in queries {
            let source = two_papers("Small", "Some text.", address);
            let fixture = of_query(&source, &Query::default().with_words(words), true);
            assert_eq!(fixture.answer.order, [1], "{words}");
        }
    }
}

#[test]
fn letters_as_typed_come_first() {
    let source = "## Papers\n\n- [Schon gesehen](https://a.b/1)\n- [Schön gesehen](https://a.b/2)\n- [Other](https://a.b/3)\n\n  Schön.\n";
    for full in [true, false] {
        let order =
            |words: &str| of_query(source, &Query::default().with_words(words), full).answer.order.clone();
        assert_eq!(order("schön"), [1, 2, 0]);
        assert_eq!(order("schon").len(), 3);
    }
}

#[test]
fn an_index_built_from_exported_texts_finds_the_same() {
    let notes = "C# on .NET, pre-trained GPT-4 of 1,500 β-VAEs, 지식 ⭐.";
    let source = two_papers("Self-attention (SA)", notes, "https://arxiv.org/abs/2005.14165v4");
    let notebook = read(&source).notebook;
    let corpus = Corpus::build(&notebook);
    let rebuilt = FullTextIndex::open(build_from_texts(&export_texts(&corpus))).unwrap();
    let published = FullTextIndex::open(index_bytes(&notebook, &corpus, &mut |_| ())).unwrap();
    for words in [
        "attention",
        "c#",
        ".net",
        "pretrained",
        "gpt-4",
        "1500",
        "beta",
        "지식",
        "⭐",
        "2005.14165",
        "nothing",
    ] {
        assert_eq!(rebuilt.find(words).scores, published.find(words).scores, "{words}");
    }
}

/// FNV-1a, written out so that the expected values depend on no library.
fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A refactoring writes the same files. Whoever changes what is indexed, or how, sets the new values here.
#[test]
fn files_of_the_seed_are_the_same_byte_for_byte() {
    let notebook = read(SEED).notebook;
    let corpus = Corpus::build(&notebook);
    let Corpus { catalog, headings, heading_forms, .. } = corpus.clone();
    let (title, chunks) = (notebook.title.clone(), ChunkList::default());
    let outline = Outline { title, catalog, headings, heading_forms, chunks };
    let files = [index_bytes(&notebook, &corpus, &mut |_| ()), outline.to_bytes(), corpus.titles.to_bytes()];
    let digests = files.map(|bytes| (bytes.len(), format!("{:016x}", digest(&bytes))));
    let digests = digests.each_ref().map(|(size, digest)| (*size, digest.as_str()));
    assert_eq!(digests, [(4129, "2bb7c0357e8da735"), (1233, "d50943306a5a6885"), (841, "27d32f4b1fb804c6")]);
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
        let corpus = Corpus::build(&notebook);
        let ask = |query: &Query| corpus.answer(query, None);
        let answer = ask(&query);
        let is_paper = |entry: &Entry| matches!(entry, Entry::Paper(_));
        let shown = notebook.walk().filter(|(_, entry)| {
            is_paper(entry) && answer.shows(corpus.titles.find(entry.id().as_str()).unwrap())
        });
        prop_assert_eq!(shown.count(), papers(&answer));
        for counts in &answer.facets(&corpus) {
            let narrows = query.narrows(counts.facet);
            if matches!(counts.facet, Facet::Label | Facet::Tag) {
                // A paper has any number of these: only a first choice says how many it brings.
                for value in counts.values.iter().filter(|_| !narrows) {
                    let toggled = query.toggled(counts.facet, &value.value);
                    prop_assert_eq!(papers(&ask(&toggled)), value.count);
                }
                continue;
            }
            // A paper has one value of each other facet: the chosen values, or all, sum up.
            let values = counts.values.iter().filter(|value| !narrows || value.chosen);
            prop_assert_eq!(values.map(|value| value.count).sum::<usize>(), papers(&answer));
            for value in &counts.values {
                let toggled = ask(&query.toggled(counts.facet, &value.value));
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
    fn every_match_is_in_the_text(words in "\\PC{0,6}", full in any::<bool>()) {
        let notebook = read(SEED).notebook;
        let query = Query::default().with_words(&words);
        for (_, text) in matched_texts(&notebook, &of_query(SEED, &query, full)) {
            prop_assert!(!text.is_empty());
        }
    }
}
