//! The full-text search: what is typed, asked of the index.

use super::fold::fold_word;
use super::lexicon::{
    Accepted, Alternatives, Damage, FieldSet, Found, How, Lexicon, LexiconBuilder, Run, Term,
};
use super::lexicon::{runs, stem};
use super::words::{Place, Typed, Word};
use super::{Field, Index};
use crate::letters::cut;
use crate::notebook::{Entry, Notebook};
use crate::numbers::short;

/// Synonyms one word may have at the most: of a thousand the first say enough.
const MOST_SYNONYMS: usize = 8;

/// An index that answers what people type.
#[derive(Debug)]
pub struct Finder {
    lexicon: Lexicon,
    /// Folded words of a short form and of its long form.
    synonyms: Vec<[Vec<String>; 2]>,
}

/// The bytes of a notebook's full-text index: the same notebook makes the same bytes.
///
/// Documents are its entries, in the order of [`Index`]. O(text).
///
/// `progress` is told how many entries are done, now and then.
pub fn index_bytes(notebook: &Notebook, index: &Index, progress: &mut dyn FnMut(usize)) -> Vec<u8> {
    let mut builder = LexiconBuilder::new();
    for record in 0..index.catalog.len() {
        if record.is_multiple_of(1000) {
            progress(record);
        }
        let [title, byline, notes] = document(index, record);
        builder.add([title, byline, notes, &headings(index, record)]);
    }
    for (_, entry) in notebook.walk() {
        if let Entry::Term(term) = entry {
            for alias in &term.aliases {
                builder.synonym(&fold_word(alias), &fold_word(&term.bare_name()));
            }
        }
    }
    builder.finish()
}

/// The folded headings above an entry.
fn headings(index: &Index, record: usize) -> String {
    let record = index.catalog.records.get(record);
    let above = record.into_iter().flat_map(|record| index.catalog.above(record));
    above.map(|heading| heading.title.as_str()).collect::<Vec<_>>().join("\n")
}

/// The folded title, byline and notes of an entry.
fn document(index: &Index, record: usize) -> [&str; 3] {
    let fields = index.texts.of(record).map(Vec::as_slice).unwrap_or_default();
    Field::ALL.map(|field| fields.iter().find(|known| known.0 == field).map_or("", |known| known.2.as_str()))
}

/// Between the fields of a document.
const FIELD: char = '\u{1f}';
/// Between documents.
const DOCUMENT: char = '\u{1e}';

/// The texts of an index, for a program that builds the full-text index of a notebook that came without.
pub fn texts(index: &Index) -> String {
    let mut all = String::new();
    for record in 0..index.catalog.len() {
        for text in document(index, record).into_iter().chain([headings(index, record).as_str()]) {
            all.push_str(text);
            all.push(FIELD);
        }
        all.push(DOCUMENT);
    }
    all
}

/// The bytes of a full-text index of what [`texts`] wrote.
pub fn rebuilt(texts: &str) -> Vec<u8> {
    let mut builder = LexiconBuilder::new();
    for document in texts.split_terminator(DOCUMENT) {
        let mut fields = document.split(FIELD);
        let mut next = || fields.next().unwrap_or_default();
        let fields = [next(), next(), next(), next()];
        if let Some((long, short)) =
            fields.first().and_then(|title| title.strip_suffix(')')?.rsplit_once('('))
        {
            // A term with its abbreviation; of another entry's title it does no harm.
            builder.synonym(short, long.trim_end());
        }
        builder.add(fields);
    }
    builder.finish()
}

impl Finder {
    /// Opens an index. O(bytes), for their checksum.
    ///
    /// # Errors
    /// Where the bytes are not what [`index_bytes`] wrote.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damage> {
        let lexicon = Lexicon::open(bytes)?;
        let words = |text: &str| {
            let words = runs(text).map(|(Run::Word(word) | Run::Cjk(word))| stem(word).into_owned());
            words.collect::<Vec<_>>()
        };
        let synonyms = lexicon.synonyms().map(|(short, long)| [words(short), words(long)]);
        let synonyms = synonyms.filter(|both| both.iter().all(|words| !words.is_empty())).collect();
        Ok(Self { lexicon, synonyms })
    }

    /// For every entry how well it answers what is typed.
    pub fn find(&self, typed: &str) -> Found {
        let read = Typed::read(typed);
        // A space behind a word ends it.
        let open = read.wanted.last().is_some_and(|word| word.at.end == typed.len() && !word.phrase);
        let (terms, of) = self.terms(&read.wanted, open);
        let mut found = self.lexicon.look(&terms);
        let back = |at: usize| of.get(at).copied().unwrap_or_default();
        found.corrected.iter_mut().for_each(|(at, _)| *at = back(*at));
        found.accepted.iter_mut().for_each(|accepted| accepted.of = back(accepted.of));
        for word in &read.unwanted {
            let fields = fields(word.place, FieldSet::OWN);
            let unwanted =
                self.lexicon.having(&Term { text: &word.text, prefix: false, fields, exact: true }.into());
            for (score, unwanted) in found.scores.iter_mut().zip(unwanted) {
                *score = if unwanted > 0 { 0 } else { *score };
            }
        }
        found
    }

    /// The terms to look for, and which word each begins with.
    fn terms<'a>(&'a self, words: &'a [Word], prefix: bool) -> (Vec<Alternatives<'a>>, Vec<usize>) {
        let roots: Vec<_> = words.iter().map(|word| stem(&word.text)).collect();
        let (mut terms, mut of) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let last = |at: usize| prefix && at + 1 == words.len();
            let term = |at: usize, word: &'a Word| Term {
                text: &word.text,
                prefix: last(at),
                fields: fields(word.place, FieldSet::ALL),
                exact: word.phrase,
            };
            let way = |words: &'a [String]| -> Vec<Term<'a>> {
                words.iter().map(|text| Term { text, ..term(usize::MAX - 1, word) }).collect()
            };
            // The longest form of a synonym that stands here, then what else means the same.
            let mut size = 1;
            let mut others = Vec::new();
            if !word.phrase {
                for [one, other] in self.synonyms.iter().flat_map(|[a, b]| [[a, b], [b, a]]) {
                    let here = roots.get(at..at + one.len()).unwrap_or_default();
                    if one.len() >= size && !here.is_empty() && here.iter().zip(one).all(|(a, b)| a == b) {
                        if one.len() > size {
                            others.clear();
                            size = one.len();
                        }
                        others.push(way(other));
                    }
                }
            }
            others.truncate(MOST_SYNONYMS);
            let own = words.get(at..at + size).unwrap_or_default();
            let own = own.iter().enumerate().map(|(further, word)| term(at + further, word)).collect();
            terms.push(Alternatives { any: std::iter::once(own).chain(others).collect() });
            of.push(at);
            at += size;
        }
        (terms, of)
    }
}

fn fields(place: Place, anywhere: FieldSet) -> FieldSet {
    match place {
        Place::Anywhere => anywhere,
        Place::In(Field::Title) | Place::TermName => FieldSet::TITLE,
        Place::In(Field::Byline) => FieldSet::BYLINE,
        Place::In(Field::Notes) => FieldSet::NOTES,
    }
}

/// What was found, but for the scores, as text: programs that share no memory hand it over so.
pub fn print_note(found: &Found) -> String {
    let how = match found.how {
        How::Exact => "exact",
        How::Fuzzy => "fuzzy",
        How::Most => "most",
    };
    let mut note = String::from(how);
    for (of, word) in &found.corrected {
        note.extend(["\ninstead ", &of.to_string(), " ", word]);
    }
    for Accepted { of, word, prefix } in &found.accepted {
        let how = if *prefix { "\nbegins " } else { "\nis " };
        note.extend([how, &of.to_string(), " ", word]);
    }
    note
}

/// Reads what [`print_note`] wrote; lines that it did not write are passed over.
pub fn read_note(note: &str, scores: Vec<u32>) -> Found {
    let mut lines = note.lines();
    let how = match lines.next() {
        Some("fuzzy") => How::Fuzzy,
        Some("most") => How::Most,
        _ => How::Exact,
    };
    let mut found = Found { scores, how, corrected: Vec::new(), accepted: Vec::new() };
    for line in lines {
        let mut parts = line.splitn(3, ' ');
        let (Some(what), Some(Ok(of)), Some(word)) =
            (parts.next(), parts.next().map(str::parse), parts.next())
        else {
            continue;
        };
        match what {
            "instead" => found.corrected.push((of, word.to_owned())),
            _ => found.accepted.push(Accepted { of, word: word.to_owned(), prefix: what == "begins" }),
        }
    }
    found
}

/// Ranks names by letters that need not stand together: what a palette asks at every key.
pub fn fuzzy_rank(name: &str, typed: &str) -> Option<u32> {
    let (name, typed) = (fold_word(name), fold_word(typed));
    let mut worth: u32 = 0;
    let mut rest = name.as_str();
    let mut before: Option<char> = None;
    for wanted in typed.chars().filter(|c| !c.is_whitespace()) {
        let at = rest.find(wanted)?;
        let (skipped, here) = cut(rest, at);
        let last = skipped.chars().next_back().or(before);
        // Letters that begin words, and letters in a row, say more than those between.
        worth += match (at, last) {
            (_, None) => 8,
            (_, Some(c)) if !c.is_alphanumeric() => 6,
            (0, _) => 4,
            _ => 0,
        };
        before = Some(wanted);
        rest = here.get(wanted.len_utf8()..).unwrap_or_default();
    }
    // Of two names that fit as well the shorter one fits better.
    Some((worth << 8).saturating_sub(short(name.len()).min(255)))
}
