//! Which paper of a notebook an entry of a bibliography is about: by DOI, arXiv id, address, then title.

use std::collections::HashMap;

use super::bibtex::{head, line};
use super::{Library, Record, missing};
use crate::diagnostic::{Code, Diagnostic};
use crate::letters::{bare, lower_text};
use crate::notebook::{Citation, Entry, Id, Notebook, Reference, Source, SourceKind, Url, plain};

/// What two descriptions of one paper have in common, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum By {
    Doi,
    Arxiv,
    Openreview,
    Address,
    Title,
}

type Key = (By, String);

/// What an address tells of the paper it leads to.
fn address_keys(url: &Url, source: &Source) -> Vec<Key> {
    let mut keys = Vec::new();
    if let Some(id) = &source.id {
        match source.kind {
            SourceKind::Doi => keys.push((By::Doi, lower_text(id))),
            SourceKind::Arxiv => keys.push((By::Arxiv, lower_text(id))),
            SourceKind::Openreview => keys.push((By::Openreview, id.clone())),
            SourceKind::Publisher | SourceKind::Web => {}
        }
    }
    keys.push((By::Address, lower_text(&url.page().concat())));
    keys
}

fn title_key(title: &str) -> Option<Key> {
    let title = bare(title);
    (!title.is_empty()).then_some((By::Title, title))
}

fn paper_keys(paper: &Reference) -> Vec<Key> {
    let mut keys = address_keys(&paper.url, &paper.source);
    keys.extend(title_key(&plain(&paper.title)));
    keys
}

/// What an entry says of its paper, the surest first.
fn record_keys(of: &Citation) -> Vec<Key> {
    let mut keys: Vec<Key> = of.doi.iter().map(|doi| (By::Doi, lower_text(doi))).collect();
    keys.extend(of.arxiv.iter().map(|id| (By::Arxiv, lower_text(id))));
    keys.extend(of.url.iter().flat_map(|url| address_keys(url, &Source::of(url))));
    keys.extend(of.title.as_deref().and_then(title_key));
    keys
}

/// The papers of a notebook, by what tells them apart.
struct Papers {
    /// Anchors and titles, in the author's order.
    all: Vec<(Id, String, Vec<Key>)>,
    by: HashMap<Key, Vec<usize>>,
}

impl Papers {
    fn of(notebook: &Notebook) -> Self {
        let mut papers = Self { all: Vec::new(), by: HashMap::new() };
        for (_, entry) in notebook.walk() {
            let Entry::Paper(paper) = entry else { continue };
            let keys = paper_keys(paper);
            for key in &keys {
                papers.by.entry(key.clone()).or_default().push(papers.all.len());
            }
            papers.all.push((paper.id.clone(), plain(&paper.title).into_owned(), keys));
        }
        papers
    }

    /// The papers that an entry may be about, and how that is known.
    fn find(&self, of: &Citation) -> Option<(By, &[usize])> {
        let keys = record_keys(of);
        let mut found = keys.iter().filter_map(|key| Some((key.0, self.by.get(key)?.as_slice())));
        found.find(|(_, papers)| !papers.is_empty())
    }

    /// An id that the entry and the paper both have, and that is not the same: then they are two papers.
    fn contradicts(&self, at: usize, of: &Citation) -> Option<(String, String)> {
        let (_, _, keys) = self.all.get(at)?;
        let own = record_keys(of);
        let mut ids = [By::Doi, By::Arxiv].into_iter().filter_map(|by| {
            let id = |keys: &[Key]| keys.iter().find(|(known, _)| *known == by).map(|(_, id)| id.clone());
            id(&own).zip(id(keys))
        });
        ids.find(|(here, there)| here != there)
    }
}

/// The anchor of the paper that an entry is about, if the notebook has it.
pub fn find(notebook: &Notebook, of: &Citation) -> Option<Id> {
    let papers = Papers::of(notebook);
    let (_, found) = papers.find(of)?;
    found.first().and_then(|at| papers.all.get(*at)).map(|(id, ..)| id.clone())
}

/// Gives the papers of a notebook what a bibliography says of them, and their year where the address does not tell it.
/// Findings are about the text of the bibliography. O(notebook + bibliography).
///
/// Also the anchors of the papers that it does not have.
pub fn attach(notebook: &mut Notebook, library: &Library, source: &str) -> (Vec<Diagnostic>, Vec<Id>) {
    let papers = Papers::of(notebook);
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut told: Vec<Option<(Citation, usize)>> = vec![None; papers.all.len()];
    for record in &library.records {
        let mut tell = |code, message: String, help: &str| {
            found.push(Diagnostic { code, range: head(source, &record.range), message, help: help.into() });
        };
        let of = &record.citation;
        let name = name(record);
        let Some((by, candidates)) = papers.find(of) else {
            let help = "add it with `notebook add`, or give the entry the DOI, arXiv id or address that the paper has";
            tell(Code::UnmatchedCitation, format!("no paper of the notebook is `{name}`"), help);
            continue;
        };
        if let [_, _, ..] = candidates {
            let titles = candidates.iter().filter_map(|at| papers.all.get(*at));
            let titles: Vec<_> = titles.map(|(id, ..)| format!("#{id}")).collect();
            let message = format!("`{name}` could be any of {}", titles.join(", "));
            tell(
                Code::AmbiguousCitation,
                message,
                "give the entry the DOI, arXiv id or address of one of them",
            );
            if by == By::Title {
                continue;
            }
        }
        let lacks = missing(of);
        if !lacks.is_empty() {
            let message = format!("`{name}` does not say: {}", lacks.join(", "));
            tell(Code::IncompleteCitation, message, "add it, or leave it: references say that it is missing");
        }
        for at in candidates {
            if let Some((here, there)) = papers.contradicts(*at, of) {
                let title = papers.all.get(*at).map_or("", |(_, title, _)| title);
                let message = format!("`{name}` has the id {here}, and the paper `{title}` has {there}");
                tell(Code::ConflictingCitation, message, "one of them is another paper: correct the id");
                continue;
            }
            let Some(slot) = told.get_mut(*at) else { continue };
            match slot {
                None => *slot = Some((of.clone(), record.range.start)),
                Some((first, place)) => match difference(first, of) {
                    None => fill(first, of),
                    Some(what) => {
                        let line = line(source, *place);
                        let message =
                            format!("`{name}` is the paper of line {line}, and says otherwise: {what}");
                        tell(
                            Code::ConflictingCitation,
                            message,
                            "keep one of them; the first counts until then",
                        );
                    }
                },
            }
        }
    }
    let mut told = told.into_iter();
    notebook.map_papers(&mut |paper| {
        if let Some((citation, _)) = told.next().flatten() {
            paper.source.year = paper.source.year.or(citation.year);
            paper.citation = Some(Box::new(citation));
        }
    });
    let mut without = Vec::new();
    notebook.map_papers(&mut |paper| without.extend(paper.citation.is_none().then(|| paper.id.clone())));
    (found, without)
}

/// How a finding names an entry.
fn name(record: &Record) -> &str {
    let of = &record.citation;
    of.key.as_deref().or(of.title.as_deref()).unwrap_or("this entry")
}

/// What two entries of one paper do not agree on.
fn difference(one: &Citation, other: &Citation) -> Option<String> {
    let said = |name: &str, a: Option<String>, b: Option<String>| {
        let (a, b) = a.zip(b).filter(|(a, b)| a != b)?;
        Some(format!("{name} `{b}` instead of `{a}`"))
    };
    let year = |of: &Citation| of.year.map(|year| year.to_string());
    let lower = |text: &Option<String>| text.as_deref().map(lower_text);
    let title = |of: &Citation| of.title.as_deref().map(bare);
    let first = |of: &Citation| of.authors.first().map(|name| bare(&name.family));
    said("the title", title(one), title(other))
        .or_else(|| said("the first author", first(one), first(other)))
        .or_else(|| said("the year", year(one), year(other)))
        .or_else(|| said("the DOI", lower(&one.doi), lower(&other.doi)))
        .or_else(|| said("the arXiv id", lower(&one.arxiv), lower(&other.arxiv)))
}

/// Takes what the first entry is silent about from one that agrees with it.
fn fill(first: &mut Citation, other: &Citation) {
    let take = |to: &mut Option<String>, from: &Option<String>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    take(&mut first.venue, &other.venue);
    take(&mut first.volume, &other.volume);
    take(&mut first.issue, &other.issue);
    take(&mut first.pages, &other.pages);
    take(&mut first.publisher, &other.publisher);
    take(&mut first.doi, &other.doi);
    take(&mut first.arxiv, &other.arxiv);
    first.url = first.url.take().or_else(|| other.url.clone());
    first.year = first.year.or(other.year);
    if first.authors.is_empty() {
        first.authors.clone_from(&other.authors);
    }
}
