//! The map as a picture: every node a link, complete without the script that lets one walk in it.

use notebook_core::map::{Head, Map, Node, Over, Picture, Shown};
use notebook_core::search::Counted;

use super::super::element::{El, el};
use super::super::ids;
use super::super::strings::{self, Word, counted};

/// Letters of a name that fit beside a node.
const LETTERS: usize = 21;

pub(super) fn picture(map: &Map) -> El {
    let picture = Picture::of(map);
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    let terms = picture.nodes.iter().filter(|node| matches!(node.shown, Shown::Term(_))).count();
    let svg = el("svg")
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("width", width)
        .attr("height", height)
        .attr("role", "group")
        .attr("aria-label", strings::MAP)
        .attr("data-terms", terms.to_string())
        .attr("data-links", links(&picture.links))
        .child(el("g").class("heads").all(picture.heads.iter().map(|of| head(map, of))))
        .child(el("g").all(picture.nodes.iter().filter_map(|of| node(map, of))));
    el("div").attr("id", ids::MAP).child(svg)
}

/// For each node those that it names, as JSON.
fn links(links: &[Vec<u32>]) -> String {
    let lists = links.iter().map(|to| {
        let to: Vec<String> = to.iter().map(u32::to_string).collect();
        format!("[{}]", to.join(","))
    });
    format!("[{}]", lists.collect::<Vec<_>>().join(","))
}

fn text(x: u32, y: u32) -> El {
    el("text").attr("x", x.to_string()).attr("y", y.to_string())
}

/// A word with the number of a step.
fn nth(word: Word, step: u32) -> String {
    word.with(&[&(step + 1).to_string()])
}

fn head(map: &Map, head: &Head) -> El {
    let name = match head.of {
        Over::Step(step) => nth(strings::STEP, step),
        Over::Year(at) => super::year(map.years.get(at).copied().flatten()),
        Over::Lane(at) => map.lanes.get(at).map(|lane| lane.name.clone()).unwrap_or_default(),
    };
    let view = text(head.x, head.y).text(name);
    if matches!(head.of, Over::Lane(_)) { view.class("lane") } else { view }
}

/// A name that fits.
fn cut(name: &str) -> String {
    match name.char_indices().nth(LETTERS) {
        Some(_) => name.chars().take(LETTERS - 1).chain(['…']).collect(),
        None => name.to_owned(),
    }
}

/// A node: what it leads to, what it is called and, on a line of its own, what it is.
fn node(map: &Map, node: &Node) -> Option<El> {
    let circle = |r: &'static str| {
        el("circle").attr("cx", node.x.to_string()).attr("cy", node.y.to_string()).attr("r", r)
    };
    let link = |href: String, name: &str, what: &str| {
        el("a").attr("href", href).child(el("title").text(format!("{name}\n{what}")))
    };
    let named = |name: &str| text(node.x + 11, node.y).text(cut(name));
    match node.shown {
        Shown::Term(at) => {
            let term = map.terms.get(at)?;
            let link = link(super::entry(term.id.as_str()), &term.name, &nth(strings::TERM_OF, term.step));
            Some(link.child(circle("6")).child(named(&term.name)))
        }
        Shown::Paper { at, is_titled } => {
            let paper = map.papers.get(at)?;
            let what = strings::PAPER_OF.with(&[&of(map, paper.lane, paper.year)?]);
            let link = link(super::entry(paper.id.as_str()), &paper.name, &what).child(circle("5"));
            Some(link.all(is_titled.then(|| named(&paper.name))))
        }
        Shown::Cell { at, side } => {
            let cell = map.cells.get(at)?;
            let count = cell.papers.len();
            let href = super::papers(map, cell.lane, Some(cell.year));
            let link = link(href, &of(map, cell.lane, cell.year)?, &counted(Counted::Paper, count));
            let square = el("rect")
                .attr("x", (node.x - side / 2).to_string())
                .attr("y", (node.y - side / 2).to_string())
                .attr("width", side.to_string())
                .attr("height", side.to_string());
            Some(link.child(square).child(text(node.x, node.y).class("count").text(count.to_string())))
        }
    }
}

/// Category and year in words.
fn of(map: &Map, lane: u32, year: u32) -> Option<String> {
    let lane = map.lanes.get(usize::try_from(lane).ok()?)?;
    let year = map.years.get(usize::try_from(year).ok()?)?;
    Some(format!("{}, {}", lane.name, super::year(*year)))
}
