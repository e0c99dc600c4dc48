//! How large the full-text index is, how long it takes to open and to ask, and how well it finds.

#![expect(clippy::cast_precision_loss, reason = "figures to look at")]

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use notebook_core::search::{Alternatives, FieldSet, Found, How, Lexicon, LexiconBuilder, Term};

const SIZES: [usize; 2] = [10_000, 100_000];
const VOCABULARY: usize = 60_000;
/// Queries of each kind.
const ASKED: usize = 300;
/// Known items that are looked for.
const KNOWN: usize = 1000;

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
    println!(
        "{} documents: built in {:.1} s, {:.1} bytes a document, {:.1} with brotli",
        corpus.documents.len(),
        build.as_secs_f64(),
        bytes.len() as f64 / size,
        packed(&bytes) / size
    );
    parts(&bytes, size);
    let start = Instant::now();
    let lexicon = Lexicon::open(bytes).expect("what was built");
    println!("opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    lexicon
}

/// Bytes of each part, from the header, and what brotli makes of them.
fn parts(bytes: &[u8], size: f64) {
    let names = ["shared", "letters", "counts", "lists", "levels", "ready", "synonyms"];
    let mut begin = 28 + 4 * names.len();
    for (at, name) in (28..).step_by(4).zip(names) {
        let part = u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four"));
        let end = begin + usize::try_from(part).expect("it was built here");
        print!("{name} {:.1} -> {:.1}  ", f64::from(part) / size, packed(&bytes[begin..end]) / size);
        begin = end;
    }
    println!("bytes a document");
}

fn packed(mut bytes: &[u8]) -> f64 {
    if std::env::var_os("NO_BROTLI").is_some() {
        return f64::NAN;
    }
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &params).expect("memory is there");
    packed.len() as f64
}

/// Words, each with whether more may follow.
fn look(lexicon: &Lexicon, words: &[(&str, bool)]) -> Found {
    let terms: Vec<Alternatives> = words
        .iter()
        .map(|&(text, prefix)| Term { text, prefix, fields: FieldSet::ALL, ..Term::default() }.into())
        .collect();
    lexicon.look(&terms)
}

/// A word that is typed letter by letter, alone and behind another, as it is and with a typo.
fn keys(lexicon: &Lexicon, corpus: &Corpus) {
    println!("ms: median, 95th, most");
    let heads = ["one word", "one with a typo", "two words", "two with a typo each"];
    println!("letters {:>20} {:>20} {:>20} {:>20}", heads[0], heads[1], heads[2], heads[3]);
    for letters in 1..=12 {
        let mut random = Random(7);
        let mut times: [Vec<Duration>; 4] = Default::default();
        for _ in 0..ASKED {
            let [title, notes] = random.of(&corpus.documents);
            let words: Vec<&str> = title.split(' ').chain(notes.split(' ')).collect();
            let (first, second) = (random.of(&words), random.of(&words));
            let [first_typo, second_typo] = [first, second].map(|word| mistyped(word, &mut random));
            let begin = |word: &str| word[..letters.min(word.len())].to_owned();
            let (typed, typo) = (begin(second), begin(&second_typo));
            let asked = [
                vec![(&*typed, true)],
                vec![(&typo, true)],
                vec![(first, false), (&typed, true)],
                vec![(&first_typo, false), (&typo, true)],
            ];
            for (times, words) in times.iter_mut().zip(asked) {
                times.push(time(|| look(lexicon, &words)));
            }
        }
        let [a, b, c, d] = times.map(spread);
        println!("{letters:>7} {a:>20} {b:>20} {c:>20} {d:>20}");
    }
}

/// The least of three times: others use the machine too.
fn time<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    std::iter::repeat_with(once).take(3).min().unwrap_or_default()
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    format!("{:.2} {:.2} {:.2}", at(50), at(95), at(100))
}

/// Three words of a title in their order, the last one whole, one of them mistyped or none.
fn known_items(lexicon: &Lexicon, corpus: &Corpus) {
    for typo in [false, true] {
        let mut random = Random(11);
        let (mut found, mut reciprocal, mut times) = (0.0, 0.0, Vec::new());
        let mut how = [0; 3];
        for _ in 0..KNOWN {
            let at = random.below(corpus.documents.len());
            let title: Vec<&str> = corpus.documents[at][0].split(' ').collect();
            let mut left = 3;
            let places = (0..title.len()).filter(|&at| {
                let taken = random.below(title.len() - at) < left;
                left -= usize::from(taken);
                taken
            });
            let mut words: Vec<String> = places.map(|at| title[at].to_owned()).collect();
            let long: Vec<usize> = (0..3).filter(|&at| words[at].len() >= 4).collect();
            if typo && !long.is_empty() {
                let at = *random.of(&long);
                words[at] = mistyped(&words[at], &mut random);
            }
            let terms: Vec<_> = words.iter().zip(0..).map(|(word, at)| (word.as_str(), at == 2)).collect();
            let answer = look(lexicon, &terms);
            times.push(time(|| look(lexicon, &terms)));
            how[match answer.how {
                How::Exact => 0,
                How::Fuzzy => 1,
                How::Most => 2,
            }] += 1;
            let own = answer.scores[at];
            // Of documents that are as good, the first is shown first.
            let better = (0..).zip(&answer.scores);
            let better =
                better.filter(|&(other, score)| *score > own || (*score == own && other < at)).count();
            if own > 0 && better < 10 {
                found += 1.0;
                reciprocal += 1.0 / (better + 1) as f64;
            }
        }
        println!(
            "known item, {}: recall@10 {:.3}, MRR {:.3}, ms {}, exact/fuzzy/most {how:?}",
            if typo { "one typo" } else { "as it is" },
            found / KNOWN as f64,
            reciprocal / KNOWN as f64,
            spread(times)
        );
    }
}

/// A letter left out, added, changed, or swapped with the next; short words stay as they are.
fn mistyped(word: &str, random: &mut Random) -> String {
    if word.len() < 4 {
        return word.to_owned();
    }
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
            let length = 3 + random.below(6);
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
