//! Links of the citations in running text: each key of the bibliography becomes author and year, with a link to the entry of
//! the notebook that it names, or to the work itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::citation_keys::{CitedKey, TextPiece, pieces};
use super::identifiers::identifier_url;
use super::matching::PaperIndex;
use super::model::{Bibliography, BibliographyEntry};
use super::text_formats::title_spans;
use crate::diagnostic::{Diagnostic, DiagnosticCode, times};
use crate::markdown::Parsed;
use crate::notebook::{
    Block, Citation, Entry, Goal, Id, ListItem, Notebook, OTHER_AUTHORS, PersonName, Section, Span, Url,
};
use crate::unicode::{likeness, lowercase};

/// Words of the title that name a work without authors. Chosen: enough to recognize it, few enough for a sentence.
const TITLE_WORDS: usize = 5;

/// Replaces the citations in the text of a notebook by links, and reports keys without an entry. `bibliography` is `None` if
/// there is no file; `source` is the text of the notebook.
///
/// Returns the notebook as it was, and the keys that were found, if any were. The anchors of entries stay the same.
/// O(text + bibliography).
pub fn link_citations(
    parsed: &mut Parsed,
    bibliography: Option<&Bibliography>,
    source: &str,
) -> Option<(Notebook, HashSet<String>)> {
    if !source.contains('@') && !source.contains("{cite") {
        return None;
    }
    let empty = Bibliography::default();
    let mut works = Works::new(&parsed.notebook, bibliography.unwrap_or(&empty));
    // The first walk only collects the keys: letters distinguish cited works with the same authors and year.
    let mut unchanged = parsed.notebook.clone();
    let mut cited = HashSet::new();
    for_each_text(&mut unchanged, &mut |_, text, _| {
        let all = pieces(text);
        let known = all.iter().flat_map(TextPiece::parts).filter(|part| works.has(part));
        cited.extend(known.map(|part| part.key.to_owned()));
        None
    });
    works.add_letters(&cited);
    let mut unknown = UnknownKeys::default();
    for_each_text(&mut parsed.notebook, &mut |id, text, place| {
        let all = pieces(text);
        for piece in &all {
            unknown.look(piece, &works, id);
        }
        works.linked(&all, place)
    });
    unknown.report(parsed, bibliography, source);
    if cited.is_empty() {
        return None;
    }
    // An item that is only a citation has a link now.
    let is_resolved = |found: &Diagnostic| {
        found.code == DiagnosticCode::ItemWithoutLink
            && source.get(found.range.clone()).is_some_and(|item| {
                let begin = item.trim_start_matches(['-', '*', '+', ' ']);
                let parts = pieces(begin.lines().next().unwrap_or_default());
                parts.first().is_some_and(|piece| piece.parts().iter().any(|part| cited.contains(part.key)))
            })
    };
    parsed.diagnostics.retain(|found| !is_resolved(found));
    Some((unchanged, cited))
}

/// The place of a text, which decides how much of a reference a citation shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextPlace {
    /// Among other text.
    Running,
    /// The only text of a list item.
    Item,
}

/// Returns the spans that replace a text, given the anchor of its entry.
type Change<'c> = dyn FnMut(Option<&Id>, &str, TextPlace) -> Option<Vec<Span>> + 'c;

/// Calls `change` with every text that may have citations: not with headings, titles, code and links.
fn for_each_text(notebook: &mut Notebook, change: &mut Change<'_>) {
    in_blocks(&mut notebook.intro, None, change);
    notebook.sections.iter_mut().for_each(|section| in_section(section, change));
}

fn in_section(section: &mut Section, change: &mut Change<'_>) {
    for entry in &mut section.entries {
        let id = entry.id().clone();
        match entry {
            Entry::Paper(paper) | Entry::Link(paper) => {
                let mut after = paper.byline.split_off(paper.before_title.min(paper.byline.len()));
                in_spans(&mut after, Some(&id), TextPlace::Running, change);
                paper.byline.append(&mut after);
                in_blocks(&mut paper.notes, Some(&id), change);
            }
            Entry::Term(term) => in_blocks(&mut term.definition, Some(&id), change),
            Entry::Goal(goal) => in_goal(goal, &id, change),
            Entry::Prose(prose) => in_blocks(&mut prose.blocks, Some(&id), change),
        }
    }
    section.sections.iter_mut().for_each(|section| in_section(section, change));
}

fn in_goal(goal: &mut Goal, id: &Id, change: &mut Change<'_>) {
    in_spans(&mut goal.text, Some(id), TextPlace::Item, change);
    in_blocks(&mut goal.notes, Some(id), change);
    goal.goals.iter_mut().for_each(|goal| in_goal(goal, id, change));
}

fn in_blocks(blocks: &mut [Block], id: Option<&Id>, change: &mut Change<'_>) {
    for block in blocks {
        match block {
            Block::List { items, .. } => items.iter_mut().for_each(|item| in_item(item, id, change)),
            Block::Para(_) | Block::Field { .. } | Block::Table { .. } => {
                block.for_each_line_mut(|line| in_spans(line, id, TextPlace::Running, change));
            }
            _ => block.for_each_inner_mut(|inner| in_blocks(inner, id, change)),
        }
    }
}

fn in_item(item: &mut ListItem, id: Option<&Id>, change: &mut Change<'_>) {
    let mut blocks = item.blocks.as_mut_slice();
    if let [Block::Para(spans), rest @ ..] = blocks {
        in_spans(spans, id, TextPlace::Item, change);
        blocks = rest;
    }
    in_blocks(blocks, id, change);
}

fn in_spans(spans: &mut Vec<Span>, id: Option<&Id>, place: TextPlace, change: &mut Change<'_>) {
    let place = if spans.len() == 1 { place } else { TextPlace::Running };
    let mut at = 0;
    while let Some(span) = spans.get_mut(at) {
        let mut count = 1;
        if let Span::Text(text) = span {
            if let Some(linked) = change(id, text, place) {
                count = linked.len();
                spans.splice(at..=at, linked);
            }
        } else if let Some(inner) = span.formatted_mut() {
            in_spans(inner, id, TextPlace::Running, change);
        }
        at += count;
    }
}

/// A work of the bibliography, as text names it.
struct CitedWork<'b> {
    citation: &'b Citation,
    /// `Vidal & Ma`
    authors: String,
    /// `2020`, with a letter if others have the same authors and year.
    year: String,
    url: Option<Url>,
}

/// The works of a bibliography by their keys.
struct Works<'b> {
    /// In the order of the file.
    all: Vec<CitedWork<'b>>,
    by_key: HashMap<&'b str, usize>,
}

impl<'b> Works<'b> {
    fn new(notebook: &Notebook, bibliography: &'b Bibliography) -> Self {
        let index = PaperIndex::new(notebook);
        let mut works = Self { all: Vec::new(), by_key: HashMap::new() };
        for BibliographyEntry { citation, .. } in bibliography.entries.iter().chain(&bibliography.containers)
        {
            let Some(key) = &citation.key else { continue };
            let entry = index.find_entry(citation).and_then(|id| Url::parse(&format!("#{id}")));
            works.by_key.entry(key).or_insert(works.all.len());
            works.all.push(CitedWork {
                citation,
                authors: authors(citation),
                year: citation.year.map_or("n.d.".into(), |year| year.to_string()),
                url: entry.or_else(|| identifier_url(citation)).or_else(|| citation.url.clone()),
            });
        }
        works
    }

    fn has(&self, part: &CitedKey<'_>) -> bool {
        self.by_key.contains_key(part.key)
    }

    fn get(&self, key: &str) -> Option<&CitedWork<'b>> {
        self.all.get(*self.by_key.get(key)?)
    }

    /// Adds letters to the years of cited works with the same authors and year.
    fn add_letters(&mut self, cited: &HashSet<String>) {
        let mut same: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
        for at in cited.iter().filter_map(|key| self.by_key.get(key.as_str())) {
            let Some(work) = self.all.get(*at) else { continue };
            same.entry((work.authors.clone(), work.year.clone())).or_default().insert(*at);
        }
        for works in same.into_values().filter(|works| works.len() > 1) {
            for (letter, at) in ('a'..='z').zip(works) {
                if let Some(work) = self.all.get_mut(at) {
                    work.year.push(letter);
                }
            }
        }
    }

    /// Returns the spans of a text with its citations linked; `None` if it has none that are known.
    fn linked(&self, all: &[TextPiece<'_>], place: TextPlace) -> Option<Vec<Span>> {
        if !all.iter().flat_map(TextPiece::parts).any(|part| self.has(part)) {
            return None;
        }
        if let ([piece], TextPlace::Item) = (all, place)
            && let [part] = piece.parts()
            && part.prefix.is_empty()
            && part.suffix.is_empty()
        {
            return self.get(part.key).map(CitedWork::reference);
        }
        let mut line = Line::default();
        for piece in all {
            match piece {
                TextPiece::Group { parts, .. } if parts.iter().any(|part| self.has(part)) => {
                    line.text("(");
                    for (at, part) in parts.iter().enumerate() {
                        line.text(if at == 0 { "" } else { "; " });
                        self.push_part(part, &mut line);
                    }
                    line.text(")");
                }
                TextPiece::Narrative { part, written } => match self.get(part.key) {
                    Some(work) => line.link(work, &work.narrative(part.suffix)),
                    None => line.text(written),
                },
                other => line.text(other.written()),
            }
        }
        Some(line.spans)
    }

    fn push_part(&self, part: &CitedKey<'_>, line: &mut Line) {
        line.text(part.prefix);
        match self.get(part.key) {
            Some(work) if part.without_authors => line.link(work, &work.year),
            Some(work) => line.link(work, &format!("{}, {}", work.authors, work.year)),
            None => line.text(&format!("@{}", part.key)),
        }
        let suffix = part.suffix.trim_start_matches(',').trim_start();
        if !suffix.is_empty() {
            line.text(", ");
            line.text(suffix);
        }
    }
}

impl CitedWork<'_> {
    /// Returns the name of a work in a sentence: `Vidal & Ma (2020)`.
    fn narrative(&self, place: &str) -> String {
        let comma = if place.is_empty() { "" } else { ", " };
        format!("{} ({}{comma}{place})", self.authors, self.year)
    }

    /// Returns the short reference that an item of its own shows: `Vidal & Ma (2020). Folding Maps. ICLR`, with a link.
    fn reference(&self) -> Vec<Span> {
        let mut line = Line::default();
        line.text(&self.narrative(""));
        if let Some(title) = &self.citation.title {
            line.text(". ");
            match &self.url {
                Some(url) => {
                    line.spans.push(Span::Link { url: url.clone(), title: None, text: title_spans(title) });
                }
                None => line.spans.extend(title_spans(title)),
            }
        }
        if let Some(venue) = &self.citation.venue {
            line.text(". ");
            line.spans.push(Span::Em(vec![Span::Text(venue.clone())]));
        }
        line.spans
    }
}

/// Spans of a line, in which texts side by side are one.
#[derive(Default)]
struct Line {
    spans: Vec<Span>,
}

impl Line {
    fn text(&mut self, text: &str) {
        match self.spans.last_mut() {
            _ if text.is_empty() => {}
            Some(Span::Text(last)) => last.push_str(text),
            _ => self.spans.push(Span::Text(text.to_owned())),
        }
    }

    fn link(&mut self, work: &CitedWork<'_>, text: &str) {
        let Some(url) = &work.url else { return self.text(text) };
        let is_outside = !url.as_str().starts_with('#');
        let title = work.citation.title.clone().filter(|_| is_outside);
        self.spans.push(Span::Link { url: url.clone(), title, text: vec![Span::Text(text.to_owned())] });
    }
}

/// Returns the authors as a citation names them: `Vidal`, `Vidal & Ma`, `Vidal et al.`; a work without any has its title.
fn authors(citation: &Citation) -> String {
    let family = |name: &PersonName| {
        let particle = name.particle.iter().filter(|particle| !particle.is_empty());
        particle.chain([&name.family]).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let names = if citation.authors.is_empty() { &citation.editors } else { &citation.authors };
    match names.as_slice() {
        [] => {
            let title = citation.title.as_deref().or(citation.key.as_deref()).unwrap_or_default();
            let mut words = title.split_whitespace();
            let first: Vec<_> = words.by_ref().take(TITLE_WORDS).collect();
            let more = if words.next().is_some() { "…" } else { "" };
            format!("{}{more}", first.join(" "))
        }
        [one] => family(one),
        [one, other] if *other != PersonName::literal(OTHER_AUTHORS) => {
            format!("{} & {}", family(one), family(other))
        }
        [one, ..] => format!("{} et al.", family(one)),
    }
}

/// Keys without an entry in the bibliography.
#[derive(Default)]
struct UnknownKeys {
    keys: BTreeMap<String, UnknownKey>,
}

struct UnknownKey {
    /// The entry of the notebook that cites it first.
    entry: Option<Id>,
    /// Number of citations.
    count: usize,
    /// True if it can only be a citation: `[@key]`. A lone `@name` may be the name of a person.
    is_certain: bool,
}

impl UnknownKeys {
    fn look(&mut self, piece: &TextPiece<'_>, works: &Works<'_>, id: Option<&Id>) {
        let parts = piece.parts();
        let is_group = matches!(piece, TextPiece::Group { .. });
        let is_certain = is_group
            && (parts.len() > 1 || parts.iter().any(|part| works.has(part) || part.prefix.is_empty()));
        for part in parts.iter().filter(|part| !works.has(part)) {
            let unknown = self.keys.entry(part.key.to_owned()).or_insert_with(|| UnknownKey {
                entry: id.cloned(),
                count: 0,
                is_certain: false,
            });
            unknown.count += 1;
            unknown.is_certain |= is_certain;
        }
    }

    /// Reports each key once; all of them once if there is no bibliography.
    fn report(self, parsed: &mut Parsed, bibliography: Option<&Bibliography>, source: &str) {
        let places: HashMap<_, _> = parsed.places.iter().map(|(id, range)| (id, range.clone())).collect();
        let range = |key: &str, unknown: &UnknownKey| {
            let entry = unknown.entry.as_ref().and_then(|id| places.get(id));
            place_of(source, entry.cloned().unwrap_or(0..source.len()), key)
        };
        let code = DiagnosticCode::UnknownCitation;
        let Some(bibliography) = bibliography else {
            let certain: Vec<_> = self.keys.iter().filter(|(_, unknown)| unknown.is_certain).collect();
            let count = certain.iter().map(|(_, unknown)| unknown.count).sum::<usize>();
            let first = certain.iter().map(|(key, unknown)| (range(key, unknown), key));
            if let Some((range, key)) = first.min_by_key(|(range, _)| range.start) {
                let more = match count {
                    1 => String::new(),
                    2 => " and has another citation".into(),
                    _ => format!(" and has {} other citations", count - 1),
                };
                parsed.diagnostics.push(Diagnostic {
                    code,
                    range,
                    message: format!("the notebook cites `{key}`{more}, but has no bibliography"),
                    help: "put references.bib beside the notebook, or name your file in the front matter: \
                           `references: FILE.bib`; until then, citations are shown as they are written"
                        .into(),
                });
            }
            return;
        };
        let known: Vec<&str> = bibliography
            .entries
            .iter()
            .chain(&bibliography.containers)
            .filter_map(|entry| entry.citation.key.as_deref())
            .collect();
        for (key, unknown) in &self.keys {
            let nearest = nearest(key, &known);
            if !unknown.is_certain && nearest.is_none() {
                continue;
            }
            let times = times(unknown.count);
            parsed.diagnostics.push(Diagnostic {
                code,
                range: range(key, unknown),
                message: format!("the bibliography has no entry `{key}`{times}"),
                help: match nearest {
                    Some(nearest) => {
                        format!("did you mean `{nearest}`? Until then, it is shown as it is written")
                    }
                    None => "add its BibTeX entry; until then, it is shown as it is written".into(),
                },
            });
        }
    }
}

/// Returns the place of a key in a part of the source.
fn place_of(source: &str, part: Range<usize>, key: &str) -> Range<usize> {
    let text = source.get(part.clone()).unwrap_or_default();
    let marked = format!("@{key}");
    let found = text.find(&marked).map(|at| (at, marked.len()));
    let found = found.or_else(|| text.find(key).map(|at| (at, key.len())));
    found.map_or(part.clone(), |(at, length)| part.start + at..part.start + at + length)
}

/// Returns the key that shares the most letters with another, if that is nearly all of them.
fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let key = lowercase(key);
    let likeness = |other: &str| likeness(&key, &lowercase(other));
    let like = known.iter().map(|known| (likeness(known), *known)).filter(|(likeness, _)| *likeness >= 70);
    like.max_by(|(one, a), (other, b)| one.cmp(other).then(b.cmp(a))).map(|(_, known)| known)
}
