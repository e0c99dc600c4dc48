//! What the entries of a notebook have to do with one another: terms that are used, papers that are mentioned, what
//! builds on what, what stands near, how far a goal is. Read off the words that stand there; no syntax for it.
//!
//! 1. `names` knows what everything is called, by `words` as they are compared; `called` says which names an entry has;
//! 2. `link` finds them in the text, each in its `sentence`, and makes the first place of each a link;
//! 3. `near` finds papers that share something, `goals` what a goal is about;
//! 4. `findings` tells the author what is used and not defined, defined and not used, could be two, or goes in a circle.
//!
//! The desk does it once for a whole notebook: O(words), but for [`near`], which looks at a bounded number of papers
//! for each.

mod called;
mod findings;
mod goals;
mod link;
mod names;
mod near;
mod sentence;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::notebook::{
    Entry, Id, Mention, Named, Near, Notebook, Place, Progress, Related, Source, Url, plain,
};
use crate::numbers::place;
use link::{Found, Linker};
use names::Entry as Number;

/// A place where an entry names another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Use {
    by: Number,
    of: Number,
    text: Option<[String; 3]>,
}

/// A notebook whose notes link what they name, with all relations of its entries.
#[derive(Debug)]
pub struct Linked {
    /// The notebook with its links.
    pub notebook: Notebook,
    /// What its entries have to do with one another.
    pub relations: Relations,
}

impl Linked {
    /// Links a copy of a notebook. Hints for its author are not looked for. O(words)
    pub fn of(notebook: &Notebook) -> Self {
        Self::with_findings(notebook, Severity::Warning)
    }

    /// Links a copy of a notebook, and looks for findings that are at least so bad. O(words)
    pub fn with_findings(notebook: &Notebook, least: Severity) -> Self {
        let mut notebook = notebook.clone();
        let relations = relate(&mut notebook, least);
        Self { notebook, relations }
    }
}

/// The relations of a whole notebook. Entries go by their number in the author's order.
#[derive(Debug)]
pub struct Relations {
    entries: Vec<Named>,
    anchors: HashMap<Id, Number>,
    /// Which entries are terms.
    terms: Vec<bool>,
    /// Sorted by what is named.
    uses: Vec<Use>,
    /// For each entry the terms that it names, each once.
    terms_of: Vec<Vec<Number>>,
    near: Vec<Vec<Near>>,
    goals: HashMap<Number, Vec<Progress>>,
    ambiguous: Vec<(Number, String, Vec<Number>)>,
    undefined: Vec<findings::Undefined>,
}

/// Finds the relations of a notebook, and links names in its notes to what they name. The words stay letter for
/// letter what they were. Findings that are less than `least` are not looked for. O(words).
pub fn relate(notebook: &mut Notebook, least: Severity) -> Relations {
    let entries: Vec<Named> = notebook.walk().map(|(_, entry)| named(entry)).collect();
    let terms: Vec<bool> = notebook.walk().map(|(_, entry)| matches!(entry, Entry::Term(_))).collect();
    let mut names = called::names(notebook);
    called::learn(notebook, &mut names);
    let anchors: HashMap<Id, Number> =
        (0..).zip(&entries).map(|(at, named)| (named.id.clone(), at)).collect();
    let papers = (0..).zip(notebook.walk()).filter_map(|(at, (_, entry))| match entry {
        Entry::Paper(paper) => Some((address(&paper.url), at)),
        _ => None,
    });
    // Of two papers with one address the first is meant; that there are two is told elsewhere.
    let mut addresses = HashMap::new();
    papers.for_each(|(address, at)| {
        addresses.entry(address).or_insert(at);
    });
    let is_wanted = Code::UndefinedTerm.severity() >= least;
    let undefined = if is_wanted { findings::undefined(notebook, &names) } else { Vec::new() };
    let goals = goals::progress(notebook, &names);
    let ids: Vec<Id> = entries.iter().map(|named| named.id.clone()).collect();
    let mut linker = Linker::new(&names, &ids, &anchors, &addresses);
    let mut at = 0;
    notebook.map_entries(&mut |entry| {
        linker.begin(at);
        at += 1;
        match entry {
            Entry::Paper(paper) | Entry::Link(paper) => {
                linker.title(&paper.title);
                linker.blocks(&mut paper.notes);
            }
            Entry::Term(term) => {
                linker.title(&term.name);
                linker.blocks(&mut term.definition);
            }
            Entry::Goal(goal) => linker.goal(goal),
            Entry::Prose(prose) => linker.blocks(&mut prose.blocks),
        }
    });
    let Found { mut uses, ambiguous } = linker.found;
    let terms_of = terms_of(&uses, &terms);
    let near = near::near(notebook, &entries, &uses, &terms_of);
    // Stable: sentences stay in the author's order.
    uses.sort_by_key(|found| found.of);
    Relations { entries, anchors, terms, uses, terms_of, near, goals, ambiguous, undefined }
}

impl Relations {
    /// How the entry of this anchor is related to others. O(what it is related to)
    pub fn of(&self, entry: &Id) -> Related {
        let Some(&here) = self.anchors.get(entry) else { return Related::default() };
        let from = self.uses.partition_point(|found| found.of < here);
        let uses = self.uses.iter().skip(from).take_while(|found| found.of == here);
        let is_term = |at: Number| self.terms.get(place(at)) == Some(&true);
        let mut needed_for: Vec<Number> =
            uses.clone().filter(|found| is_term(here) && is_term(found.by)).map(|found| found.by).collect();
        needed_for.dedup();
        let builds_on = self.terms_of.get(place(here)).filter(|_| is_term(here));
        Related {
            builds_on: builds_on.into_iter().flatten().filter_map(|at| self.named(*at)).collect(),
            needed_for: needed_for.into_iter().filter_map(|at| self.named(at)).collect(),
            uses: uses
                .filter_map(|found| Some(Mention { by: self.named(found.by)?, text: found.text.clone() }))
                .collect(),
            near: self.near.get(place(here)).cloned().unwrap_or_default(),
            goals: self.goals.get(&here).cloned().unwrap_or_default(),
        }
    }

    /// Pairs of entries of which the first names the second, each once, by their places in the author's order.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<_> = self.uses.iter().map(|found| (place(found.by), place(found.of))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What to tell the author, with places in the source. `places` are those of the reading.
    pub fn findings(&self, source: &str, places: &[(Id, Range<usize>)]) -> Vec<Diagnostic> {
        findings::findings(self, source, places)
    }

    fn named(&self, at: Number) -> Option<Named> {
        self.entries.get(place(at)).cloned()
    }
}

/// For each entry the terms that it names, each once.
fn terms_of(uses: &[Use], terms: &[bool]) -> Vec<Vec<Number>> {
    let mut all = vec![Vec::new(); terms.len()];
    for found in uses.iter().filter(|found| terms.get(place(found.of)) == Some(&true)) {
        if let Some(here) = all.get_mut(place(found.by)).filter(|here| !here.contains(&found.of)) {
            here.push(found.of);
        }
    }
    all
}

fn named(entry: &Entry) -> Named {
    let name = match entry {
        Entry::Term(term) => term.bare_name(),
        // Text has no title: its first words say what it is.
        Entry::Prose(prose) => first_words(prose).into(),
        other => plain(other.title()),
    };
    Named { id: entry.id().clone(), name: name.into_owned() }
}

fn first_words(prose: &crate::notebook::Prose) -> String {
    let mut text = crate::search::Plain::default();
    text.blocks(&prose.blocks);
    let mut words = text.as_str().split_whitespace();
    let first: Vec<_> = words.by_ref().take(6).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", first.join(" "))
}

/// An address as it is compared: the id that it tells, or host and path.
fn address(url: &Url) -> String {
    if let Some(label) = Source::of(url).label() {
        return label.to_lowercase();
    }
    match url.place() {
        Place::Web(host, path) => format!("{host}{}", path.trim_end_matches('/')).to_lowercase(),
        _ => url.to_string(),
    }
}
