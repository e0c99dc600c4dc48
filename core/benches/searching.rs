//! How large the full-text index is, how long it takes to open and to ask, and how well it finds.

#![expect(clippy::cast_precision_loss, reason = "figures to look at")]

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use notebook_core::search::{Alternatives, FieldSet, How, Lexicon, LexiconBuilder, Term};

const SIZES: [usize; 2] = [10_000, 100_000];
const VOCABULARY: usize = 60_000;
/// Queries of each kind.
const ASKED: usize = 300;

fn main() {
    for size in SIZES {
        let corpus = Corpus::make(size);
        let lexicon = built(&corpus);
        keys(&lexicon, &corpus);
        known_items(&lexicon, &corpus);
        println!();
    }
}

fn built(corpus: &Corpus) -> Lexicon {
    let start = Instant::now();
    let mut builder = LexiconBuilder::new();
    for [title, notes] in &corpus.documents {
        builder.add([title, "", notes, ""]);
    }
    let bytes = builder.finish();
    let build = start.elapsed();
    let size = corpus.documents.len() as f64;
    let mut packed = Vec::new();
    if std::env::var_os("NO_BROTLI").is_none() {
        let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &params).expect("memory is there");
    }
    println!(
        "{} documents: built in {:.1} s, {:.1} bytes a document, {:.1} with brotli",
        corpus.documents.len(),
        build.as_secs_f64(),
        bytes.len() as f64 / size,
        packed.len() as f64 / size
    );
    parts(&bytes, size);
    let start = Instant::now();
    let lexicon = Lexicon::open(bytes).expect("what was built");
    println!("opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    lexicon
}

/// Bytes of each part, from the header.
fn parts(bytes: &[u8], size: f64) {
    let names = ["blocks", "words", "counts", "lists", "levels", "ready", "synonyms"];
    for (at, name) in (28..).step_by(4).zip(names) {
        let part = u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four"));
        print!("{name} {:.1}  ", f64::from(part) / size);
    }
    println!("bytes a document");
}

/// Words, each with whether more may follow.
fn look(lexicon: &Lexicon, words: &[(&str, bool)]) -> notebook_core::search::Found {
    let terms: Vec<Alternatives> = words
        .iter()
        .map(|&(text, prefix)| Term { text, prefix, fields: FieldSet::ALL, ..Term::default() }.into())
        .collect();
    lexicon.look(&terms)
}

fn keys(lexicon: &Lexicon, corpus: &Corpus) {
    println!("{:>7} {:>22} {:>22}   ms: median, 95th, most", "letters", "one word", "two words");
    for letters in 1..=8 {
        let mut random = Random(7);
        let (mut one, mut two) = (Vec::new(), Vec::new());
        while one.len() < ASKED {
            let [title, notes] = random.of(&corpus.documents);
            let words: Vec<&str> = title.split(' ').chain(notes.split(' ')).collect();
            let (first, second) = (random.of(&words), random.of(&words));
            let typed = &second[..letters.min(second.len())];
            one.push(time(|| look(lexicon, &[(typed, true)])));
            two.push(time(|| look(lexicon, &[(first, false), (typed, true)])));
        }
        println!("{letters:>7} {:>22} {:>22}", spread(one), spread(two));
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    format!("{:.2} {:.2} {:.2}", at(50), at(95), at(100))
}

fn known_items(lexicon: &Lexicon, corpus: &Corpus) {
    for typo in [false, true] {
        let mut random = Random(11);
        let (mut found, mut reciprocal, mut times) = (0, 0.0, Vec::new());
        let mut how = [0; 3];
        for _ in 0..ASKED {
            let at = random.below(corpus.documents.len());
            let [title, notes] = &corpus.documents[at];
            let title: Vec<&str> = title.split(' ').collect();
            let notes: Vec<&str> = notes.split(' ').collect();
            let words = [random.of(&title), random.of(&notes), random.of(&notes)];
            let mut words: Vec<String> = words.iter().map(|word| (**word).to_owned()).collect();
            let long: Vec<usize> = (0..3).filter(|&at| words[at].len() >= 4).collect();
            if typo && !long.is_empty() {
                let at = *random.of(&long);
                words[at] = mistyped(&words[at], &mut random);
            }
            let terms: Vec<_> = words.iter().zip(0..).map(|(word, at)| (word.as_str(), at == 2)).collect();
            let start = Instant::now();
            let answer = look(lexicon, &terms);
            times.push(start.elapsed());
            how[match answer.how {
                How::Exact => 0,
                How::Fuzzy => 1,
                How::Most => 2,
            }] += 1;
            let own = answer.scores[at];
            let better = answer.scores.iter().filter(|score| **score > own).count();
            if own > 0 && better < 10 {
                found += 1;
                reciprocal += 1.0 / (better + 1) as f64;
            }
        }
        println!(
            "known item, {}: recall@10 {:.3}, MRR {:.3}, ms {}, exact/fuzzy/most {how:?}",
            if typo { "one typo" } else { "as it is" },
            f64::from(found) / ASKED as f64,
            reciprocal / ASKED as f64,
            spread(times)
        );
    }
}

/// A letter left out, added, changed, or swapped with the next.
fn mistyped(word: &str, random: &mut Random) -> String {
    loop {
        let mut letters: Vec<char> = word.chars().collect();
        let at = random.below(letters.len());
        let other = char::from(b'a' + u8::try_from(random.below(26)).expect("26 letters"));
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, other),
            2 => letters[at] = other,
            _ => letters.swap(at.min(word.len() - 2), at.min(word.len() - 2) + 1),
        }
        let typed: String = letters.into_iter().collect();
        if typed != word {
            return typed;
        }
    }
}

/// Texts as like as possible to those of a large notebook, the same every time.
struct Corpus {
    documents: Vec<[String; 2]>,
}

impl Corpus {
    fn make(size: usize) -> Self {
        let mut random = Random(42);
        let words = vocabulary(&mut random);
        let mut sums = Vec::with_capacity(words.len());
        let mut sum = 0.0;
        for rank in 1..=words.len() {
            sum += 1.0 / rank as f64;
            sums.push(sum);
        }
        let zipf = |random: &mut Random| {
            let at = random.part() * sum;
            words[sums.partition_point(|known| *known < at).min(words.len() - 1)].as_str()
        };
        let half = words.len() / 2;
        let documents = (0..size).map(|_| {
            let length = 4 + random.below(7);
            let title: Vec<&str> =
                (0..length)
                    .map(|_| {
                        if random.below(4) > 0 {
                            &words[half + random.below(half)]
                        } else {
                            zipf(&mut random)
                        }
                    })
                    .collect();
            let length = 60 + random.below(91);
            let notes: Vec<&str> = (0..length).map(|_| zipf(&mut random)).collect();
            [title.join(" "), notes.join(" ")]
        });
        Self { documents: documents.collect() }
    }
}

/// Words that can be pronounced, the frequent ones shorter.
fn vocabulary(random: &mut Random) -> Vec<String> {
    const BEGIN: [&str; 24] = [
        "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "tr",
        "pr", "ch", "pl", "",
    ];
    const MIDDLE: [&str; 7] = ["a", "e", "i", "o", "u", "ea", "io"];
    const END: [&str; 8] = ["", "", "", "n", "r", "l", "t", "m"];
    let (mut known, mut words) = (HashSet::new(), Vec::new());
    while words.len() < VOCABULARY {
        let syllables =
            1 + random.below(2) + usize::from(words.len() > 300) + usize::from(words.len() > 10_000);
        let word: String = (0..syllables)
            .flat_map(|_| [*random.of(&BEGIN), *random.of(&MIDDLE), *random.of(&END)])
            .collect();
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
