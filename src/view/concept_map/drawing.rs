//! The drawing of the concept map as SVG. Every node is a link, so it works without the script that zooms and selects.

use notebook_core::concept_map::{ConceptMap, MapHeading, MapHeadingKind, MapLayout, MapNode, MapNodeKind};
use notebook_core::search::EntryKind;

use super::super::element::{El, el};
use super::super::ids;
use super::super::strings::{self, Message, count_of};
use super::names::{entry_url, papers_url, year_name};

/// Characters of a name that fit between a node and the next one. A longer name is cut; its tooltip has all of it.
const MAX_NAME_CHARS: usize = 21;

/// Distance from the center of a node to the start of its name, in SVG units (CSS pixels at 100 %).
const NAME_OFFSET: u32 = 11;

/// Radius of a term, and of a paper.
const TERM_RADIUS: &str = "6";
const PAPER_RADIUS: &str = "5";

pub(super) fn drawing(map: &ConceptMap) -> El {
    let layout = MapLayout::compute(map);
    let (width, height) = (layout.width.to_string(), layout.height.to_string());
    let terms = layout.nodes.iter().filter(|node| matches!(node.kind, MapNodeKind::Term(_))).count();
    let headings = layout.headings.iter().map(|heading| heading_view(map, heading));
    let nodes = layout.nodes.iter().filter_map(|node| node_view(map, node));
    let svg = el("svg")
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("width", width)
        .attr("height", height)
        .attr("role", "group")
        .attr("aria-label", strings::MAP)
        .attr("data-terms", terms.to_string())
        .attr("data-links", edges_json(&layout.edges))
        .child(el("g").class("headings").children(headings))
        .child(el("g").children(nodes));
    el("div").attr("id", ids::MAP).child(svg)
}

/// Returns the edges as JSON, for the script: for each node an array of the nodes that it mentions.
fn edges_json(edges: &[Vec<u32>]) -> String {
    let lists = edges.iter().map(|targets| {
        let targets: Vec<String> = targets.iter().map(u32::to_string).collect();
        format!("[{}]", targets.join(","))
    });
    format!("[{}]", lists.collect::<Vec<_>>().join(","))
}

fn text(x: u32, y: u32) -> El {
    el("text").attr("x", x.to_string()).attr("y", y.to_string())
}

/// Formats a message with the number of a step. Steps are counted from zero, and shown from one.
fn with_step(message: Message, step: u32) -> String {
    message.format(&[&(step + 1).to_string()])
}

fn heading_view(map: &ConceptMap, heading: &MapHeading) -> El {
    let name = match heading.kind {
        MapHeadingKind::Step(step) => with_step(strings::STEP, step),
        MapHeadingKind::Year(index) => year_name(map.years.get(index).copied().flatten()),
        MapHeadingKind::Lane(index) => map.lanes.get(index).map(|lane| lane.name.clone()).unwrap_or_default(),
    };
    let view = text(heading.x, heading.y).text(name);
    if matches!(heading.kind, MapHeadingKind::Lane(_)) { view.class("lane") } else { view }
}

/// Shortens a name to [`MAX_NAME_CHARS`].
fn shorten(name: &str) -> String {
    match name.char_indices().nth(MAX_NAME_CHARS) {
        Some(_) => name.chars().take(MAX_NAME_CHARS - 1).chain(['…']).collect(),
        None => name.to_owned(),
    }
}

/// Renders a node as a link with a shape. Its title has the name and, on a line of its own, a description, which the script
/// shows. Returns `None` if the node is not on the map.
fn node_view(map: &ConceptMap, node: &MapNode) -> Option<El> {
    let name = |name: &str| text(node.x + NAME_OFFSET, node.y).text(shorten(name));
    match node.kind {
        MapNodeKind::Term(index) => {
            let term = map.terms.get(index)?;
            let description = with_step(strings::TERM_AT_STEP, term.step);
            let link = node_link(entry_url(term.id.as_str()), &term.name, &description);
            Some(link.child(circle(node, TERM_RADIUS)).child(name(&term.name)))
        }
        MapNodeKind::Paper { index, is_titled } => {
            let paper = map.papers.get(index)?;
            let description = strings::PAPER_IN.format(&[&category_and_year(map, paper.lane, paper.year)?]);
            let link = node_link(entry_url(paper.id.as_str()), &paper.name, &description);
            Some(link.child(circle(node, PAPER_RADIUS)).children(is_titled.then(|| name(&paper.name))))
        }
        MapNodeKind::Cell { index, side } => {
            let cell = map.cells.get(index)?;
            let count = cell.papers.len();
            let url = papers_url(map, cell.lane, Some(cell.year));
            let title = category_and_year(map, cell.lane, cell.year)?;
            let link = node_link(url, &title, &count_of(EntryKind::Paper, count));
            let count = text(node.x, node.y).class("count").text(count.to_string());
            Some(link.child(square(node, side)).child(count))
        }
    }
}

fn node_link(url: String, name: &str, description: &str) -> El {
    el("a").attr("href", url).child(el("title").text(format!("{name}\n{description}")))
}

fn circle(node: &MapNode, radius: &'static str) -> El {
    el("circle").attr("cx", node.x.to_string()).attr("cy", node.y.to_string()).attr("r", radius)
}

fn square(node: &MapNode, side: u32) -> El {
    el("rect")
        .attr("x", (node.x - side / 2).to_string())
        .attr("y", (node.y - side / 2).to_string())
        .attr("width", side.to_string())
        .attr("height", side.to_string())
}

/// Returns category and year in words: `Optics, 2020`.
fn category_and_year(map: &ConceptMap, lane: u32, year: u32) -> Option<String> {
    let lane = map.lanes.get(usize::try_from(lane).ok()?)?;
    let year = map.years.get(usize::try_from(year).ok()?)?;
    Some(format!("{}, {}", lane.name, year_name(*year)))
}
