//! The concept map as a list, for readers who cannot see or use the drawing.

use notebook_core::concept_map::{ConceptMap, MAX_TERMS, MapCell, TermNode};
use notebook_core::search::EntryKind;

use super::super::controls::text_link;
use super::super::element::{El, el};
use super::super::ids;
use super::super::strings::{self, Message, count_of};
use super::names::{entry_url, papers_url, year_name};

/// Names that are listed for one kind of connection of a term. The notebook lists all of them.
const MAX_NAMES: usize = 5;

pub(super) fn list(map: &ConceptMap) -> El {
    el("section")
        .class("map-list")
        .attr("id", ids::MAP_LIST)
        .attr("tabindex", "-1")
        .child(el("h2").text(strings::MAP_AS_LIST))
        .children(terms(map))
        .children(papers(map))
}

/// Renders a heading with a list, or with a text if the list is empty.
fn titled(title: Message, if_empty: Message, list: Option<El>) -> [El; 2] {
    [el("h3").text(title), list.unwrap_or_else(|| el("p").text(if_empty))]
}

fn terms(map: &ConceptMap) -> [El; 2] {
    let max_terms = if map.is_aggregated() { MAX_TERMS } else { usize::MAX };
    let terms = map.terms.iter().enumerate().take(max_terms);
    let items: Vec<El> = terms.map(|(index, term)| term_item(map, index, term)).collect();
    let rest = map.terms.len() - items.len();
    let list = (!items.is_empty()).then(|| el("ol").children(items));
    let list = match (list, rest) {
        (Some(list), 1..) => {
            Some(el("div").child(list).child(el("p").text(strings::MORE_TERMS.plural(rest))))
        }
        (list, _) => list,
    };
    titled(strings::TERMS_IN_ORDER, strings::NO_TERMS, list)
}

fn term_item(map: &ConceptMap, index: usize, term: &TermNode) -> El {
    let is_term = |node: &&u32| map.is_term(**node);
    let (needed_for, papers): (Vec<u32>, Vec<u32>) = map.mentioned_by(index).iter().partition(is_term);
    let (builds_on, mentions): (Vec<u32>, Vec<u32>) = map.mentions(index).iter().partition(is_term);
    let papers = if map.is_aggregated() {
        (!papers.is_empty()).then(|| {
            let count = count_of(EntryKind::Paper, papers.len());
            el("span").text(strings::MENTIONED_IN_COUNT.format(&[&count]))
        })
    } else {
        connections(map, strings::MENTIONED_IN, &papers)
    };
    el("li")
        .child(text_link(entry_url(term.id.as_str()), &term.name))
        .children(connections(map, strings::BUILDS_ON, &builds_on))
        .children(connections(map, strings::NEEDED_FOR, &needed_for))
        .children(papers)
        .children(connections(map, strings::MENTIONS, &mentions))
}

/// Renders one kind of connection: its name, and links to the entries at the other end.
fn connections(map: &ConceptMap, kind: Message, nodes: &[u32]) -> Option<El> {
    if nodes.is_empty() {
        return None;
    }
    let links = nodes.iter().take(MAX_NAMES).filter_map(|node| {
        let (id, name) = map.entry(*node)?;
        Some(text_link(entry_url(id.as_str()), name))
    });
    let mut line = el("span").text(format!("{kind} "));
    for (index, link) in links.enumerate() {
        line = if index == 0 { line } else { line.text(strings::LIST_SEPARATOR) };
        line = line.child(link);
    }
    let rest = nodes.len().saturating_sub(MAX_NAMES);
    Some(if rest > 0 { line.text(strings::AND_MORE.plural(rest)) } else { line })
}

fn papers(map: &ConceptMap) -> [El; 2] {
    let mut categories = Vec::new();
    for cells in map.cells.chunk_by(|one, next| one.lane == next.lane) {
        let Some(first) = cells.first() else { continue };
        let lane = usize::try_from(first.lane).ok().and_then(|index| map.lanes.get(index));
        let name = lane.map(|lane| lane.name.as_str()).unwrap_or_default();
        let count = cells.iter().map(|cell| cell.papers.len()).sum();
        let count = el("span").text(count_of(EntryKind::Paper, count));
        let open = text_link(papers_url(map, first.lane, None), strings::OPEN_PAPERS.text());
        let category = el("details")
            .child(el("summary").text(format!("{name} ")).child(count))
            .child(el("p").child(open))
            .child(el("dl").children(cells.iter().flat_map(|cell| year(map, cell))));
        categories.push(category);
    }
    let list = (!categories.is_empty()).then(|| el("div").children(categories));
    titled(strings::PAPERS_BY_YEAR, strings::NO_PAPERS, list)
}

/// Renders the papers of a category in one year; of a large notebook, their number.
fn year(map: &ConceptMap, cell: &MapCell) -> Vec<El> {
    let year = usize::try_from(cell.year).ok().and_then(|index| map.years.get(index).copied()).flatten();
    let title = el("dt").text(year_name(year));
    if map.is_aggregated() {
        let url = papers_url(map, cell.lane, Some(cell.year));
        let count = count_of(EntryKind::Paper, cell.papers.len());
        return vec![title, el("dd").child(text_link(url, &count))];
    }
    let papers = map.papers.get(cell.papers.clone()).unwrap_or_default();
    let papers = papers.iter().map(|paper| {
        let link = text_link(entry_url(paper.id.as_str()), &paper.name);
        el("dd").child(link)
    });
    std::iter::once(title).chain(papers).collect()
}
