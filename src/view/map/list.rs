//! The map as a list: the same as the picture, for those who do not see it.

use notebook_core::map::{Cell, Map};
use notebook_core::search::Counted;

use super::super::element::{El, el};
use super::super::ids;
use super::super::strings::{self, Word, counted};

/// Entries that are named behind another one; the notebook has all of them.
const NAMED: usize = 5;
/// Terms of a notebook whose papers are counted.
const TERMS: usize = 600;

pub(super) fn list(map: &Map) -> El {
    let list = el("section").class("map-list").attr("id", ids::LIST).attr("tabindex", "-1");
    list.child(el("h2").text(strings::AS_LIST)).all(terms(map)).all(papers(map))
}

fn link(href: String, name: &str) -> El {
    el("a").attr("href", href).text(name)
}

fn titled(title: Word, none: Word, list: Option<El>) -> [El; 2] {
    [el("h3").text(title), list.unwrap_or_else(|| el("p").text(none))]
}

fn terms(map: &Map) -> [El; 2] {
    let shown = if map.is_counted() { TERMS } else { usize::MAX };
    let items: Vec<El> = map
        .terms
        .iter()
        .take(shown)
        .enumerate()
        .map(|(at, term)| {
            let (terms, papers): (Vec<u32>, Vec<u32>) =
                map.named_by(at).iter().partition(|by| map.is_term(**by));
            let (needs, others): (Vec<u32>, Vec<u32>) =
                map.names(at).iter().partition(|of| map.is_term(**of));
            let papers = if map.is_counted() {
                (!papers.is_empty()).then(|| {
                    el("span").text(strings::NAMED_IN.with(&[&counted(Counted::Paper, papers.len())]))
                })
            } else {
                named(map, strings::USED_IN, &papers)
            };
            el("li")
                .child(link(super::entry(term.id.as_str()), &term.name))
                .all(named(map, strings::BUILDS_ON, &needs))
                .all(named(map, strings::NEEDED_FOR, &terms))
                .all(papers)
                .all(named(map, strings::NAMES, &others))
        })
        .collect();
    let left = map.terms.len() - items.len();
    let list = (!items.is_empty()).then(|| el("ol").all(items));
    let list = match (list, left) {
        (Some(list), 1..) => Some(el("div").child(list).child(el("p").text(strings::MORE_TERMS.count(left)))),
        (list, _) => list,
    };
    titled(strings::TERMS_IN_ORDER, strings::NO_TERMS, list)
}

/// Links to some entries, with what they are to the one that stands before them.
fn named(map: &Map, what: Word, all: &[u32]) -> Option<El> {
    let links = all.iter().take(NAMED).filter_map(|number| {
        let (id, name) = map.entry(*number)?;
        Some(link(super::entry(id.as_str()), name))
    });
    let mut line = el("span").text(format!("{what} "));
    for (at, link) in links.enumerate() {
        line = if at == 0 { line } else { line.text(strings::BETWEEN) };
        line = line.child(link);
    }
    let more = all.len().saturating_sub(NAMED);
    let line = if more > 0 { line.text(strings::AND_MORE.count(more)) } else { line };
    (!all.is_empty()).then_some(line)
}

fn papers(map: &Map) -> [El; 2] {
    let mut lanes = Vec::new();
    for cells in map.cells.chunk_by(|one, next| one.lane == next.lane) {
        let Some(first) = cells.first() else { continue };
        let lane = usize::try_from(first.lane).ok().and_then(|at| map.lanes.get(at));
        let name = lane.map(|lane| lane.name.as_str()).unwrap_or_default();
        let count = cells.iter().map(|cell| cell.papers.len()).sum();
        let title =
            el("summary").text(format!("{name} ")).child(el("span").text(counted(Counted::Paper, count)));
        let all = link(super::papers(map, first.lane, None), strings::IN_THE_NOTEBOOK.text());
        let years = el("dl").all(cells.iter().flat_map(|cell| year(map, cell)));
        lanes.push(el("details").child(title).child(el("p").child(all)).child(years));
    }
    let list = (!lanes.is_empty()).then(|| el("div").all(lanes));
    titled(strings::PAPERS_BY_YEAR, strings::NO_PAPERS, list)
}

fn year(map: &Map, cell: &Cell) -> Vec<El> {
    let year = usize::try_from(cell.year).ok().and_then(|at| map.years.get(at).copied()).flatten();
    let title = el("dt").text(super::year(year));
    if map.is_counted() {
        let href = super::papers(map, cell.lane, Some(cell.year));
        return vec![title, el("dd").child(link(href, &counted(Counted::Paper, cell.papers.len())))];
    }
    let papers = map.papers.get(cell.papers.clone()).unwrap_or_default();
    let papers =
        papers.iter().map(|paper| el("dd").child(link(super::entry(paper.id.as_str()), &paper.name)));
    std::iter::once(title).chain(papers).collect()
}
