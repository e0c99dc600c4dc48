//! Times of the full-text index: to open it, and to answer a word while it is typed.

#![allow(missing_docs, reason = "Criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{
    BatchSize, BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main, measurement,
};
use notebook_bench::generated_texts::{GeneratedTexts, mistyped};
use notebook_bench::random::Random;
use notebook_core::search::{Alternatives, FieldSet, InvertedIndex, QueryTerm};

const SIZES: [usize; 2] = [10_000, 100_000];

/// Numbers of letters typed so far.
const LETTERS: [usize; 5] = [1, 2, 3, 5, 8];

/// Queries of each kind, which are asked in turn.
const QUERIES: usize = 300;

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1));
    targets = full_text
}
criterion_main!(benches);

fn full_text(criterion: &mut Criterion) {
    for size in SIZES {
        let texts = GeneratedTexts::new(size);
        let bytes = texts.index();
        let mut group = criterion.benchmark_group(format!("full_text/{size}"));
        group.bench_function("open", |bencher| {
            bencher.iter_batched(|| bytes.clone(), InvertedIndex::open, BatchSize::PerIteration);
        });
        let index = InvertedIndex::open(bytes).expect("an index that was just built");
        for letters in LETTERS {
            type_words(&mut group, &index, &texts, letters);
        }
        group.finish();
    }
}

/// A word of which `letters` are typed: alone, with a typo, and after another word.
fn type_words(
    group: &mut BenchmarkGroup<'_, measurement::WallTime>,
    index: &InvertedIndex,
    texts: &GeneratedTexts,
    letters: usize,
) {
    let mut random = Random::new(7);
    let (mut alone, mut with_typo, mut second) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..QUERIES {
        let words = texts.words_of_one(&mut random);
        let (before, word) = (*random.pick(&words), *random.pick(&words));
        let prefix = |word: &str| word.get(..letters).unwrap_or(word).to_owned();
        with_typo.push(vec![prefix(&mistyped(word, &mut random))]);
        alone.push(vec![prefix(word)]);
        second.push(vec![before.to_owned(), prefix(word)]);
    }
    for (name, queries) in [("one word", alone), ("one with a typo", with_typo), ("two words", second)] {
        group.bench_function(BenchmarkId::new(name, letters), |bencher| {
            let mut queries = queries.iter().cycle();
            bencher.iter(|| queries.next().map(|words| black_box(search(index, words))));
        });
    }
}

/// Searches for words of which the last one may be incomplete.
fn search(index: &InvertedIndex, words: &[String]) -> usize {
    let terms: Vec<Alternatives> = words
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let is_prefix = at + 1 == words.len();
            QueryTerm { text, is_prefix, fields: FieldSet::ALL, ..QueryTerm::default() }.into()
        })
        .collect();
    index.search(&terms).scores.len()
}
