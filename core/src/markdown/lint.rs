//! Findings about the whole notebook: duplicates, empty sections, links that lead nowhere.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use super::document_parts::Footnotes;
use super::parsed::{LocatedUrl, Places};
use crate::diagnostic::{Diagnostic, DiagnosticCode, first_line};
use crate::notebook::{Entry, Goal, Notebook, Section, Url, UrlKind, UrlUse, plain};

pub(super) fn lint(
    source: &str,
    notebook: &Notebook,
    places: &Places,
    addresses: &[LocatedUrl],
    footnotes: &Footnotes,
    found: &mut Vec<Diagnostic>,
) {
    // Only findings ask for it, and most notebooks have few or none.
    let places: LazyCell<HashMap<&str, Range<usize>>, _> = LazyCell::new(|| {
        ids_with_places(notebook)
            .into_iter()
            .zip(places.iter().map(|range| first_line(source, range)))
            .collect()
    });
    let place = |id: &str| places.get(id).cloned().unwrap_or_default();
    find_duplicates(source, notebook, &place, found);
    notebook.sections.iter().for_each(|section| find_empty_sections(section, &place, found));
    find_paths_meant_from_root(addresses, found);
    let mut there: HashSet<&str> = HashSet::new();
    for (label, range) in &footnotes.found {
        if !there.insert(label) {
            found.push(Diagnostic {
                code: DiagnosticCode::DuplicateFootnote,
                range: first_line(source, range),
                message: format!("the footnote `{label}` is defined twice; references lead to the first"),
                help: "give one of the two another label".into(),
            });
        }
    }
    for (label, range) in footnotes.wanted.iter().filter(|(label, _)| !there.contains(label.as_str())) {
        found.push(Diagnostic {
            code: DiagnosticCode::DeadFootnote,
            range: range.clone(),
            message: format!("there is no footnote `{label}`"),
            help: format!("write `[^{label}]: ...` somewhere in the notebook"),
        });
    }
}

/// Every id that has a place, in the order of the places.
pub(super) fn ids_with_places(notebook: &Notebook) -> Vec<&str> {
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

fn find_duplicates(
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
                let first = if let Some(known) = &paper.source.id {
                    record_key(&mut papers, id, &[known])
                } else {
                    let Some(url) = &paper.url else { continue };
                    record_key(&mut papers, id, &url.page_key())
                };
                (DiagnosticCode::DuplicatePaper, "keep one, and merge the notes", first)
            }
            Entry::Term(term) => {
                let name = term.bare_name();
                let aliases = term.aliases.iter().map(|alias| record_key(&mut terms, id, &[alias]));
                let first = aliases.fold(None, Option::or);
                (
                    DiagnosticCode::DuplicateTerm,
                    "keep one definition",
                    record_key(&mut terms, id, &[&name]).or(first),
                )
            }
            _ => continue,
        };
        let Some(first) = first else { continue };
        let what = match entry {
            Entry::Paper(paper) => {
                paper.source.cited_id().or_else(|| paper.url.as_ref().map(Url::to_string)).unwrap_or_default()
            }
            Entry::Term(term) => term.bare_name().into_owned(),
            _ => continue,
        };
        let line = ends.partition_point(|&end| end < place(first).start) + 1;
        found.push(Diagnostic {
            code,
            range: place(id),
            message: format!("`{what}` is already on line {line}"),
            help: help.into(),
        });
    }
}

/// Records that `id` has this key, and returns the id that had it before.
/// Keys are kept as hashes of their lower case: most are met once.
fn record_key<'a>(keys: &mut HashMap<u64, &'a str>, id: &'a str, parts: &[&str]) -> Option<&'a str> {
    let mut hasher = DefaultHasher::new();
    for c in parts.iter().flat_map(|part| part.chars()).flat_map(char::to_lowercase) {
        hasher.write_u32(c.into());
    }
    let first = *keys.entry(hasher.finish()).or_insert(id);
    (first != id).then_some(first)
}

fn find_empty_sections(section: &Section, place: &dyn Fn(&str) -> Range<usize>, found: &mut Vec<Diagnostic>) {
    if section.entries.is_empty() && section.sections.is_empty() {
        found.push(Diagnostic {
            code: DiagnosticCode::EmptySection,
            range: place(section.id.as_str()),
            message: format!("the section `{}` is empty", plain(&section.title)),
            help: "write something under it, or remove the heading".into(),
        });
    }
    section.sections.iter().for_each(|section| find_empty_sections(section, place, found));
}

/// `blog/x` beside `/blog/y` was surely meant from the root too.
fn find_paths_meant_from_root(addresses: &[LocatedUrl], found: &mut Vec<Diagnostic>) {
    fn first(path: &str) -> &str {
        path.split(['/', '?', '#']).next().unwrap_or_default()
    }
    let roots: HashSet<&str> = addresses
        .iter()
        .filter_map(|address| match address.url.kind() {
            UrlKind::RootRelative(path) => Some(first(path.trim_start_matches('/'))),
            _ => None,
        })
        .collect();
    if roots.is_empty() {
        return;
    }
    for LocatedUrl { url, used_as, range } in addresses {
        let UrlKind::Relative(path) = url.kind() else { continue };
        if *used_as == UrlUse::Link && roots.contains(first(path)) {
            found.push(Diagnostic {
                code: DiagnosticCode::RelativeLink,
                range: range.clone(),
                message: format!(
                    "`{path}` is relative to this page, but similar links here begin at the root of the site"
                ),
                help: format!("write `/{path}`"),
            });
        }
    }
}
