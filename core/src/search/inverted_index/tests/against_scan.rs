//! It finds what a plain scan of the texts finds, and nothing else.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

use super::super::spelling::allowed;
use super::super::tokenizer::{Run, pairs, runs, stem, tokens};
use super::super::{AcceptedWord, FieldSet, InvertedIndex, InvertedIndexBuilder, MatchQuality, QueryTerm};
use super::{ask, begin, hits, index, notes, word};

/// The words of each field of a document.
type Words = [Vec<String>; 4];

fn words(fields: [&str; 4]) -> Words {
    fields.map(|text| {
        let mut words = Vec::new();
        tokens(text, &mut |word, _| words.push(word.to_owned()));
        words
    })
}

/// Returns true if a document has everything that a term asks for, by looking at every word.
fn has(document: &Words, term: &QueryTerm, typos: bool) -> bool {
    let any = |fits: &dyn Fn(&str) -> bool| {
        (0..4).filter(|at| term.fields.0 >> at & 1 == 1).any(|at| document[at].iter().any(|word| fits(word)))
    };
    let all: Vec<Run> = runs(term.text).collect();
    all.iter().enumerate().all(|(at, run)| match *run {
        Run::Unspaced(run) if run.chars().count() == 1 => any(&|word| word.starts_with(run)),
        Run::Unspaced(run) => {
            pairs(run).filter(|pair| pair.chars().count() == 2).all(|pair| any(&|word| word == pair))
        }
        Run::Word(typed) => {
            let prefix = term.is_prefix && at + 1 == all.len();
            any(&|word| is(word, typed, prefix) || (typos && may_be(word, typed, prefix)))
        }
    })
}

fn is(word: &str, typed: &str, prefix: bool) -> bool {
    let on_the_way = |ending| stem(&format!("{typed}{ending}")) == word;
    word == stem(typed) || (prefix && (word.starts_with(typed) || on_the_way("s") || on_the_way("es")))
}

fn may_be(word: &str, typed: &str, prefix: bool) -> bool {
    let most = usize::from(allowed(typed.chars().count()));
    let whole = distance(&stem(typed), word) <= most;
    let begins = |end: usize| word.get(..end).is_some_and(|begin| distance(typed, begin) <= most);
    most > 0 && (whole || (prefix && (0..=word.len()).any(begins)))
}

/// Letters left out, added, changed or swapped with their neighbor.
fn distance(one: &str, other: &str) -> usize {
    let [a, b] = [one, other].map(|text| text.chars().collect::<Vec<_>>());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swap = if swapped { table[i - 2][j - 2] + 1 } else { usize::MAX };
                let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                swap.min(change).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1)
            };
        }
    }
    table[a.len()][b.len()]
}

const VOCABULARY: [&str; 45] = [
    "code",
    "codes",
    "coder",
    "cobe",
    "decode",
    "encoder",
    "encoders",
    "encodre",
    "sparse",
    "sparsity",
    "spares",
    "category",
    "categories",
    "categorical",
    "analysis",
    "analyses",
    "vision",
    "visions",
    "revision",
    "division",
    "a",
    "an",
    "the",
    "of",
    "interpretability",
    "interpretable",
    "interpretation",
    "x1",
    "2020",
    "2021",
    "ete",
    "日本語",
    "日本",
    "本日",
    "сеть",
    "сети",
    "רשת",
    "شبكة",
    "vae日本",
    "autoencoder",
    "cats",
    "cut",
    "cast",
    "axes",
    "biases",
];

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(&VOCABULARY), 0..most).prop_map(|words| words.join(" "))
}

fn documents() -> impl Strategy<Value = Vec<[String; 4]>> {
    prop::collection::vec((text(4), text(2), text(14), text(3)).prop_map(Into::into), 1..60)
}

/// A word, cut short or with a letter changed.
fn typed() -> impl Strategy<Value = (String, bool, u8)> {
    let word = (select(&VOCABULARY), 0..6_u8, any::<prop::sample::Index>(), select(&['e', 'n', 'x', '本']));
    let word = word.prop_map(|(word, change, at, letter)| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at.index(letters.len());
        match change {
            0 => letters.truncate(at + 1),
            1 => letters[at] = letter,
            2 => letters.insert(at, letter),
            3 if at > 0 => letters.swap(at, at - 1),
            _ => {}
        }
        letters.into_iter().collect::<String>()
    });
    (word, any::<bool>(), prop_oneof![Just(15_u8), 1..16_u8])
}

proptest! {
    #![proptest_config(Config { cases: 600, failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..Config::default() })]

    #[test]
    fn finds_the_same_as_a_scan(documents in documents(), typed in prop::collection::vec(typed(), 1..4)) {
        let texts: Vec<[&str; 4]> = documents.iter().map(|fields| fields.each_ref().map(String::as_str)).collect();
        let index = index(&texts);
        let term = |(text, prefix, fields): &'_ (String, bool, u8)| (text.clone(), *prefix, FieldSet(*fields));
        let typed: Vec<_> = typed.iter().map(term).collect();
        let terms: Vec<_> =
            typed.iter().map(|(text, prefix, fields)| QueryTerm { text, is_prefix: *prefix, fields: *fields, ..QueryTerm::default() }).collect();
        let found = ask(&index, &terms);
        let scan = |typos| {
            let all = texts.iter().map(|fields| words(*fields)).enumerate();
            let all = all.filter(|(_, words)| terms.iter().all(|term| has(words, term, typos)));
            all.map(|(document, _)| document).collect::<Vec<_>>()
        };
        let (exact, loose) = (scan(false), scan(true));
        let least = exact.iter().map(|&at| found.scores[at]).min().unwrap_or(u32::MAX);
        if exact.len() >= 10 {
            prop_assert_eq!((hits(&found), found.quality), (exact, MatchQuality::Exact));
        } else if !loose.is_empty() {
            prop_assert_eq!(&hits(&found), &loose);
            prop_assert!(loose.iter().all(|at| exact.contains(at) || found.scores[*at] < least));
            prop_assert_eq!(found.quality, if loose.len() > exact.len() { MatchQuality::Fuzzy } else { MatchQuality::Exact });
        } else {
            prop_assert_eq!(found.quality, MatchQuality::Partial);
        }
        // Every document that is found has a word that is accepted for every term, and so can be marked.
        if found.quality != MatchQuality::Partial {
            for at in hits(&found) {
                let words = words(texts[at]).concat();
                for of in 0..terms.len() {
                    let mut accepted = found.accepted.iter().filter(|accepted| accepted.term == of);
                    let marked = accepted.any(|AcceptedWord { word, is_prefix, .. }| {
                        words.iter().any(|known| known == word || (*is_prefix && known.starts_with(word)))
                    });
                    prop_assert!(marked, "{} of {:?}", of, terms);
                }
            }
        }
    }
}

/// Letters of few kinds, so that words are near each other, and one that is no ASCII.
fn near_word() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&['a', 'b', 'c', 'é']), 4..14).prop_map(String::from_iter)
}

/// A word after some typos.
fn mistyped() -> impl Strategy<Value = (String, String)> {
    let typo = (0..4_u8, any::<prop::sample::Index>(), select(&['a', 'b', 'c', 'é']));
    (near_word(), prop::collection::vec(typo, 0..3)).prop_map(|(word, typos)| {
        let mut letters: Vec<char> = word.chars().collect();
        for (kind, at, letter) in typos {
            let at = at.index(letters.len());
            match kind {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letter),
                2 => letters[at] = letter,
                _ => letters.swap(at, at.saturating_sub(1)),
            }
        }
        (word, letters.into_iter().collect())
    })
}

proptest! {
    #![proptest_config(Config { cases: 2_000, failure_persistence: None, rng_seed: RngSeed::Fixed(4), ..Config::default() })]

    #[test]
    fn finds_typos_at_any_place(
        (word, typed) in mistyped(),
        others in prop::collection::vec(near_word(), 0..60),
        prefix in any::<bool>(),
    ) {
        let mut texts: Vec<&str> = others.iter().map(String::as_str).chain([word.as_str()]).collect();
        texts.sort_unstable();
        texts.dedup();
        let index = notes(&texts);
        let mut found: Vec<&str> =
            index.corrections(&typed, prefix).iter().map(|near| index.words.word(near.word)).collect();
        found.retain(|word| !is(word, &typed, prefix));
        found.sort_unstable();
        let expected = texts.into_iter().filter(|word| !is(word, &typed, prefix) && may_be(word, &typed, prefix));
        prop_assert_eq!(found, expected.collect::<Vec<_>>());
    }
}

/// An index with enough documents and words to have prepared answers for one letter and two.
fn large() -> (Vec<Words>, InvertedIndex) {
    let mut builder = InvertedIndexBuilder::new();
    let mut all = Vec::new();
    for at in 0..3_000_u32 {
        let notes: Vec<String> = (0..100).map(|word| format!("ab{}", (at * 7 + word * 31) % 900)).collect();
        let notes = if at % 10 == 3 { String::from("nothing") } else { notes.join(" ") };
        let title = if at % 50 == 0 || at % 100 == 13 { "ax" } else { "title" };
        let fields = [title, "", &notes, if at % 40 == 3 { "above" } else { "" }];
        builder.add_document(fields);
        all.push(words(fields));
    }
    (all, InvertedIndex::open(builder.finish()).unwrap())
}

#[test]
fn prepared_answers_agree_with_the_lists() {
    let (documents, index) = large();
    assert!(
        index.prefix_answer("a").is_some()
            && index.prefix_answer("ab").is_some()
            && index.prefix_answer("t").is_none()
    );
    for terms in [
        vec![begin("a")],
        vec![begin("ab")],
        vec![begin("a"), word("title")],
        vec![begin("ab"), word("ax")],
        vec![begin("a"), begin("ab"), begin("t")],
        vec![QueryTerm { fields: FieldSet::WITHOUT_HEADINGS, ..begin("a") }],
        vec![QueryTerm { fields: FieldSet::HEADINGS, ..begin("a") }],
        vec![QueryTerm { fields: FieldSet::TITLE, ..begin("a") }, begin("n")],
    ] {
        let scan = documents.iter().enumerate();
        let scan = scan.filter(|(_, words)| terms.iter().all(|term| has(words, term, false)));
        let expected: Vec<_> = scan.map(|(document, _)| document).collect();
        assert_eq!(hits(&ask(&index, &terms)), expected, "{terms:?}");
    }
}

#[test]
fn prepared_answers_rank_like_the_lists() {
    let (_, index) = large();
    // Documents with `ax` in the title begin with `a` best: all words that do are worth the same.
    let scores = ask(&index, &[begin("a")]).scores;
    let best = scores.iter().max().unwrap();
    assert!(
        (0_u32..)
            .zip(&scores)
            .filter(|(_, score)| *score == best)
            .all(|(at, _)| at % 50 == 0 || at % 100 == 13)
    );
}
