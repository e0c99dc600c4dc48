//! Step four: what only the whole can tell.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use super::tree::Footnotes;
use super::{Address, Places};
use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{Block, Entry, Goal, Notebook, Place, Section, UrlUse, plain};

pub(super) fn lint(
    source: &str,
    notebook: &Notebook,
    places: &Places,
    addresses: &[Address],
    footnotes: &Footnotes,
    found: &mut Vec<Diagnostic>,
) {
    // Only findings ask for it, and most notebooks have few or none.
    let places: LazyCell<HashMap<&str, Range<usize>>, _> = LazyCell::new(|| {
        named(notebook).into_iter().zip(places.iter().map(|range| first_line(source, range))).collect()
    });
    let place = |id: &str| places.get(id).cloned().unwrap_or_default();
    twice(source, notebook, &place, found);
    notebook.sections.iter().for_each(|section| empty(section, &place, found));
    if addresses.iter().any(|address| address.url.as_str().starts_with('#')) {
        anchors(notebook, &places, addresses, found);
    }
    meant_from_root(addresses, found);
    let there: HashSet<&str> = footnotes.found.iter().map(String::as_str).collect();
    for (label, range) in footnotes.wanted.iter().filter(|(label, _)| !there.contains(label.as_str())) {
        found.push(Diagnostic {
            code: Code::DeadFootnote,
            range: range.clone(),
            message: format!("there is no footnote `{label}`"),
            help: format!("write `[^{label}]: ...` somewhere in the notebook"),
        });
    }
}

/// Every id that has a place, in the order of the places.
pub(super) fn named(notebook: &Notebook) -> Vec<&str> {
    let mut ids = Vec::new();
    notebook.sections.iter().for_each(|section| collect(section, &mut ids));
    ids
}

fn collect<'a>(section: &'a Section, ids: &mut Vec<&'a str>) {
    ids.push(section.id.as_str());
    for entry in &section.entries {
        match entry {
            Entry::Goal(goal) => collect_goal(goal, ids),
            other => ids.push(other.id().as_str()),
        }
    }
    section.sections.iter().for_each(|section| collect(section, ids));
}

fn collect_goal<'a>(goal: &'a Goal, ids: &mut Vec<&'a str>) {
    ids.push(goal.id.as_str());
    goal.goals.iter().for_each(|goal| collect_goal(goal, ids));
}

fn first_line(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.find('\n').unwrap_or(text.len())
}

fn twice(
    source: &str,
    notebook: &Notebook,
    place: &dyn Fn(&str) -> Range<usize>,
    found: &mut Vec<Diagnostic>,
) {
    let ends: LazyCell<Vec<usize>, _> =
        LazyCell::new(|| source.match_indices('\n').map(|(at, _)| at).collect());
    let mut papers: HashMap<u64, &str> = HashMap::new();
    let mut terms: HashMap<u64, &str> = HashMap::new();
    for (_, entry) in notebook.walk() {
        let id = entry.id().as_str();
        let (code, help, first) = match entry {
            Entry::Paper(paper) => {
                let first = match &paper.source.id {
                    Some(known) => seen(&mut papers, id, &[known]),
                    None => seen(&mut papers, id, &paper.url.page()),
                };
                (Code::DuplicatePaper, "keep one, and join the notes", first)
            }
            Entry::Term(term) => {
                let name = term.bare_name();
                let aliases = term.aliases.iter().map(|alias| seen(&mut terms, id, &[alias]));
                let first = aliases.fold(None, Option::or);
                (Code::DuplicateTerm, "keep one definition", seen(&mut terms, id, &[&name]).or(first))
            }
            _ => continue,
        };
        let Some(first) = first else { continue };
        let what = match entry {
            Entry::Paper(paper) => paper.source.label().unwrap_or_else(|| paper.url.to_string()),
            Entry::Term(term) => term.bare_name().into_owned(),
            _ => continue,
        };
        let line = ends.partition_point(|&end| end < place(first).start) + 1;
        found.push(Diagnostic {
            code,
            range: place(id),
            message: format!("`{what}` is here already, on line {line}"),
            help: help.into(),
        });
    }
}

/// Who has had this key before; from now on, `id` has it.
/// Keys are kept as hashes of their lower case: most are met once.
fn seen<'a>(keys: &mut HashMap<u64, &'a str>, id: &'a str, parts: &[&str]) -> Option<&'a str> {
    let mut hasher = DefaultHasher::new();
    for c in parts.iter().flat_map(|part| part.chars()).flat_map(char::to_lowercase) {
        hasher.write_u32(c.into());
    }
    let first = *keys.entry(hasher.finish()).or_insert(id);
    (first != id).then_some(first)
}

fn empty(section: &Section, place: &dyn Fn(&str) -> Range<usize>, found: &mut Vec<Diagnostic>) {
    if section.entries.is_empty() && section.sections.is_empty() {
        found.push(Diagnostic {
            code: Code::EmptySection,
            range: place(section.id.as_str()),
            message: format!("nothing stands under `{}`", plain(&section.title)),
            help: "write something under it, or take the heading away".into(),
        });
    }
    section.sections.iter().for_each(|section| empty(section, place, found));
}

fn anchors(
    notebook: &Notebook,
    places: &HashMap<&str, Range<usize>>,
    addresses: &[Address],
    found: &mut Vec<Diagnostic>,
) {
    let mut inner: HashSet<String> = HashSet::new();
    // Goals inside goals have places already; headings inside text have none.
    notebook.clone().map_blocks(&mut |block| {
        if let Block::Heading { id, .. } = block {
            inner.insert(id.to_string());
        }
    });
    for Address { url, range, .. } in addresses {
        let Place::Anchor(anchor) = url.place() else { continue };
        if anchor.is_empty() || places.contains_key(anchor) || inner.contains(anchor) {
            continue;
        }
        let near = places.keys().filter(|id| id.contains(anchor) || anchor.contains(**id)).min();
        found.push(Diagnostic {
            code: Code::DeadAnchor,
            range: range.clone(),
            message: format!("nothing in this notebook has the id `{anchor}`"),
            help: near.map_or_else(
                || "an id is the heading or title in lower case, with hyphens".into(),
                |near| format!("did you mean `#{near}`?"),
            ),
        });
    }
}

/// `blog/x` beside `/blog/y` was surely meant from the root too.
fn meant_from_root(addresses: &[Address], found: &mut Vec<Diagnostic>) {
    fn first(path: &str) -> &str {
        path.split(['/', '?', '#']).next().unwrap_or_default()
    }
    let roots: HashSet<&str> = addresses
        .iter()
        .filter_map(|address| match address.url.place() {
            Place::Root(path) => Some(first(path.trim_start_matches('/'))),
            _ => None,
        })
        .collect();
    if roots.is_empty() {
        return;
    }
    for Address { url, used_as, range } in addresses {
        let Place::Beside(path) = url.place() else { continue };
        if *used_as == UrlUse::Link && roots.contains(first(path)) {
            found.push(Diagnostic {
                code: Code::RelativeLink,
                range: range.clone(),
                message: format!("`{path}` leads from this page, others here from the root of the site"),
                help: format!("write `/{path}`"),
            });
        }
    }
}
