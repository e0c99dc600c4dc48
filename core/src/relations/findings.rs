//! What to tell the author: names that are used and not defined, terms that nothing uses, names that could be two
//! entries, definitions that go in a circle.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Relations;
use super::called::{blocks, texts};
use super::names::{Entry as Number, Names};
use super::words::is_abbreviation;
use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{Id, Notebook, Span, plain};
use crate::numbers::{place, short};
use crate::search::fold_word;

/// A name that comes back without a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undefined {
    /// As it is written where it is met first.
    name: String,
    /// The entry where that is.
    entry: Number,
    /// How often it is met.
    times: usize,
}

/// Fewest entries in which a bold or capitalised phrase is met that is told.
const RECURS: usize = 2;
/// Words of a phrase at the most.
const PHRASE: usize = 4;

/// Where a name is met, while they are counted.
#[derive(Default)]
struct Met {
    name: String,
    entries: Vec<Number>,
    times: usize,
    /// Something says that it is a name: brackets, or bold letters.
    is_marked: bool,
}

/// Abbreviations that stand in brackets or before them, bold phrases and capitalised ones that come back and are
/// defined nowhere, in the order in which they are met. O(words)
pub(super) fn undefined(notebook: &Notebook, names: &Names) -> Vec<Undefined> {
    let mut met: HashMap<String, Met> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut note_down = |entry: Number, name: &str, is_marked: bool| {
        let key = if is_abbreviation(name) { name.trim_end_matches('s').to_owned() } else { fold_word(name) };
        let here = met.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            let name = if is_abbreviation(name) { name.trim_end_matches('s') } else { name };
            Met { name: name.to_owned(), ..Met::default() }
        });
        here.times += 1;
        here.is_marked |= is_marked;
        if here.entries.last() != Some(&entry) {
            here.entries.push(entry);
        }
    };
    texts(notebook, &mut |entry, text| {
        abbreviations(text, &mut |name, is_bracketed| note_down(entry, name, is_bracketed));
        capitalised(text, &mut |phrase| note_down(entry, phrase, true));
    });
    for (entry, (_, it)) in (0..).zip(notebook.walk()) {
        blocks(it.blocks(), &mut |spans| bold(spans, &mut |phrase| note_down(entry, phrase, true)));
    }
    let told = order.into_iter().filter_map(|key| {
        let is_short = is_abbreviation(&key);
        let met = met.remove(&key)?;
        let recurs = met.entries.len() >= RECURS || (is_short && met.times >= RECURS);
        let told = met.is_marked && recurs && names.find(&met.name).is_empty();
        told.then(|| Some(Undefined { entry: *met.entries.first()?, name: met.name, times: met.times }))?
    });
    told.collect()
}

/// Shows the abbreviations of a text, and whether brackets stand around one or behind it.
fn abbreviations(text: &str, see: &mut dyn FnMut(&str, bool)) {
    let is_inside = |c: char| c.is_alphanumeric() || c == '-';
    let mut begin = 0;
    for piece in text.split_inclusive(|c: char| !is_inside(c)) {
        let word = piece.trim_end_matches(|c: char| !is_inside(c)).trim_matches('-');
        let at = begin;
        begin += piece.len();
        if word.len() > 12 || !is_abbreviation(word) || word.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let after = after.strip_prefix(word).unwrap_or_default();
        let is_bracketed = (before.ends_with('(') && after.starts_with(')')) || after.starts_with(" (");
        see(word, is_bracketed);
    }
}

/// Shows runs of two to four words with capitals that stand inside a sentence.
fn capitalised(text: &str, see: &mut dyn FnMut(&str)) {
    let mut run: Option<Range<usize>> = None;
    let mut words = 0;
    // What a sentence begins with has a capital in any case.
    let mut begins = true;
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let begin = at;
        at += piece.len();
        let bare = piece.trim_end();
        let word = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
        let is_name = is_plain
            && word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && !is_abbreviation(word);
        if is_name && !begins {
            run = Some(run.map_or(begin, |run| run.start)..begin + word.len());
            words += 1;
        }
        let ends = !is_name || begins || word.len() < bare.len();
        if ends {
            if let Some(phrase) =
                run.take().filter(|_| (2..=PHRASE).contains(&words)).and_then(|run| text.get(run))
            {
                see(phrase);
            }
            words = 0;
        }
        begins = bare.ends_with(['.', '!', '?', ':', ';', '(', '"', '“']) || bare.is_empty() && begins;
    }
    if let Some(phrase) = run.filter(|_| (2..=PHRASE).contains(&words)).and_then(|run| text.get(run)) {
        see(phrase);
    }
}

/// Shows bold phrases of a few words.
fn bold(spans: &[Span], see: &mut dyn FnMut(&str)) {
    for span in spans {
        if let Span::Strong(inner) = span {
            let phrase = plain(inner);
            let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
            // An abbreviation is counted with the others.
            if (1..=PHRASE).contains(&phrase.split_whitespace().count()) && !is_abbreviation(phrase) {
                see(phrase);
            }
        } else if !matches!(span, Span::Link { .. }) {
            bold(span.children(), see);
        }
    }
}

/// All findings with their places.
pub(super) fn findings(all: &Relations, source: &str, places: &[(Id, Range<usize>)]) -> Vec<Diagnostic> {
    // An entry has the lines up to the next: notes need not be indented.
    let ends = places.iter().skip(1).map(|(_, next)| next.start).chain([source.len()]);
    let places =
        places.iter().zip(ends).map(|((id, range), end)| (id.as_str(), range.start..end.max(range.end)));
    let places: HashMap<&str, Range<usize>> = places.collect();
    let of = |entry: Number| {
        let id = all.entries.get(place(entry)).map_or("", |named| named.id.as_str());
        places.get(id).cloned().unwrap_or_default()
    };
    let first_line = |range: Range<usize>| {
        let text = source.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.find('\n').unwrap_or(text.len())
    };
    // What is not found letter for letter, because it is dressed, is told at its entry.
    let within = |entry: Number, name: &str| {
        let range = of(entry);
        let at = source.get(range.clone()).and_then(|text| text.find(name));
        at.map_or_else(|| first_line(range.clone()), |at| range.start + at..range.start + at + name.len())
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    for Undefined { name, entry, times } in &all.undefined {
        found.push(Diagnostic {
            code: Code::UndefinedTerm,
            range: within(*entry, name),
            message: format!("`{name}` is met {times} times and defined nowhere"),
            help: format!("write `- {name}: what it means` among the terms"),
        });
    }
    let in_use: HashSet<Number> = all.uses.iter().map(|found| found.of).collect();
    for (at, term) in (0..).zip(&all.entries).filter(|(at, _)| all.terms.get(place(*at)) == Some(&true)) {
        if !in_use.contains(&at) {
            found.push(Diagnostic {
                code: Code::UnusedTerm,
                range: first_line(of(at)),
                message: format!("nothing uses `{}`", term.name),
                help: "a term is found in notes by its name, its plural, and its abbreviation in brackets"
                    .into(),
            });
        }
    }
    let mut told = HashSet::new();
    for (by, written, meant) in all.ambiguous.iter().filter(|(_, written, _)| told.insert(written.as_str())) {
        let titles: Vec<_> = meant
            .iter()
            .filter_map(|at| all.entries.get(place(*at)))
            .map(|named| format!("`{}`", named.name))
            .collect();
        found.push(Diagnostic {
            code: Code::AmbiguousMention,
            range: within(*by, written),
            message: format!("`{written}` could be {}", titles.join(" or ")),
            help: "write more of the title, or make it a link".into(),
        });
    }
    for circle in circles(&all.terms_of, &all.terms) {
        let names: Vec<_> = circle
            .iter()
            .filter_map(|at| all.entries.get(place(*at)))
            .map(|named| named.name.as_str())
            .collect();
        let first = names.first().copied().unwrap_or_default();
        found.push(Diagnostic {
            code: Code::CircularTerms,
            range: circle.first().map_or(0..0, |at| first_line(of(*at))),
            message: format!("these definitions need each other: {} → {first}", names.join(" → ")),
            help: "let one of them do without the others, so that a reader can begin there".into(),
        });
    }
    found.sort_by_key(|finding| (finding.range.start, finding.range.end, finding.code));
    found
}

/// Ways through definitions that come back to where they begin, one for each knot of terms. O(terms and uses)
fn circles(terms_of: &[Vec<Number>], terms: &[bool]) -> Vec<Vec<Number>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; terms_of.len()];
    let mut circles: Vec<Vec<Number>> = Vec::new();
    let begins = (0..short(terms_of.len())).filter(|at| terms.get(place(*at)) == Some(&true));
    for begin in begins {
        // The way from the term that the walk began with, each with what is still to be looked at.
        let mut way: Vec<(Number, std::slice::Iter<Number>)> = Vec::new();
        let mut enter = Some(begin);
        loop {
            if let Some(at) = enter.take()
                && let Some(state) = states.get_mut(place(at))
            {
                match *state {
                    State::New => {
                        *state = State::Open;
                        way.push((at, terms_of.get(place(at)).map_or([].iter(), |terms| terms.iter())));
                    }
                    State::Open => {
                        let from = way.iter().position(|(on, _)| *on == at).unwrap_or_default();
                        let circle: Vec<Number> = way.iter().skip(from).map(|(on, _)| *on).collect();
                        let is_new = |known: &Vec<Number>| !known.iter().any(|known| circle.contains(known));
                        if circles.iter().all(is_new) {
                            circles.push(circle);
                        }
                    }
                    State::Done => {}
                }
            }
            let Some((at, rest)) = way.last_mut() else { break };
            enter = rest.next().copied();
            if enter.is_none() {
                states.get_mut(place(*at)).into_iter().for_each(|state| *state = State::Done);
                way.pop();
            }
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_found_with_their_brackets() {
        let mut found = Vec::new();
        abbreviations("A network (CNN), MHSA (x), CNNs and CV?", &mut |name, is_bracketed| {
            found.push((name.to_owned(), is_bracketed));
        });
        let found: Vec<_> = found.iter().map(|(name, is_bracketed)| (name.as_str(), *is_bracketed)).collect();
        assert_eq!(found, [("CNN", true), ("MHSA", true), ("CNNs", false), ("CV", false)]);
    }

    #[test]
    fn phrases_have_capitals_inside_a_sentence() {
        let mut found = Vec::new();
        capitalised(
            "Using Gumbel Softmax here. The Other One is. With Spike and Slab Priors, Timm",
            &mut |phrase| {
                found.push(phrase.to_owned());
            },
        );
        assert_eq!(found, ["Gumbel Softmax", "Other One", "Slab Priors"]);
    }

    #[test]
    fn a_circle_is_told_once() {
        let used = [vec![1], vec![2], vec![0, 3], vec![], vec![4]].map(|used| used).to_vec();
        assert_eq!(circles(&used, &[true; 5]), [vec![0, 1, 2], vec![4]]);
        assert!(circles(&[vec![1], vec![]], &[true; 2]).is_empty());
    }
}
