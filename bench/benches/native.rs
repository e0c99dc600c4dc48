//! Times of parsing, beside plain pulldown-cmark on the same text, and of the concept map.

#![allow(missing_docs, reason = "Criterion's macros make public functions")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use notebook_core::concept_map::{ConceptMap, MapLayout};
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown;
use pulldown_cmark::{Options, Parser};

const SEED: &str = include_str!("../../tests/fixtures/seed/notebook.md");

/// Sizes in MB.
const SIZES: [usize; 3] = [1, 5, 50];

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1));
    targets = parse, map
}
criterion_main!(benches);

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for size in SIZES {
        let text = notebook(size * 1_000_000);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("pulldown-cmark", size), &text, |bencher, text| {
            bencher.iter(|| count(text));
        });
        group.bench_with_input(BenchmarkId::new("notebook", size), &text, |bencher, text| {
            // Freeing the result is not measured.
            bencher.iter_with_large_drop(|| markdown::read(text));
        });
    }
    group.finish();
}

fn map(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("map");
    for papers in [10_000, 100_000] {
        let linked = LinkedNotebook::new(&markdown::read(&papers_and_terms(papers)).notebook);
        group.bench_function(papers.to_string(), |bencher| {
            let build = || ConceptMap::build(&linked.notebook, &linked.cross_references);
            bencher.iter_batched(build, |map| black_box(MapLayout::compute(&map)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// Papers of thirty categories and fifteen years, of which one in ten has no year, with a term for every twenty papers.
fn papers_and_terms(papers: usize) -> String {
    let terms = papers / 20;
    let mut text = String::from("# N\n\n## Papers\n");
    for at in 0..papers {
        if at % papers.div_ceil(30) == 0 {
            let _ = write!(text, "\n### Category {at}\n\n");
        }
        let (term, year) = (at % terms, 10 + at % 15);
        let _ = match at % 10 {
            0 => writeln!(text, "- [Paper {at} of Term{term}x](https://example.org/{at})"),
            _ => writeln!(text, "- [Paper {at} of Term{term}x](https://arxiv.org/abs/{year}01.{at:05})"),
        };
    }
    text.push_str("\n## Terms\n\n");
    for at in 0..terms {
        let _ = writeln!(text, "- Term{at}x: what it means, by Term{}x", (at + 1) % terms);
    }
    text
}

/// Sums the lengths of all events, so that none is left out.
fn count(text: &str) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.map(|(event, range)| black_box((event, range)).1.len()).sum()
}

/// The seed again and again, each time with other titles, names and addresses.
fn notebook(bytes: usize) -> String {
    let (front, body) = SEED.split_at(SEED.find("\n## ").unwrap_or_default());
    let mut text = String::with_capacity(bytes + 2 * body.len());
    text.push_str(front);
    let mut round = 0;
    while text.len() < bytes {
        round += 1;
        for line in body.lines() {
            varied(line, round, &mut text);
            text.push('\n');
        }
    }
    text
}

fn varied(line: &str, round: usize, to: &mut String) {
    let written = if let Some((title, address)) = line.split_once("](").filter(|_| line.starts_with("- [")) {
        let (address, after) = address.rsplit_once(')').unwrap_or((address, ""));
        match address.rsplit_once('.').filter(|_| address.contains("arxiv.org")) {
            Some((month, _)) => write!(to, "{title} {round}]({month}.{round:05}){after}"),
            None => write!(to, "{title} {round}]({address}{round}){after}"),
        }
    } else if line.starts_with('#') {
        write!(to, "{line} {round}")
    } else if let Some((name, text)) = line.split_once(": ").filter(|_| line.starts_with("- ")) {
        write!(to, "{name} {round}: {text}")
    } else {
        write!(to, "{line}")
    };
    debug_assert!(written.is_ok());
}
