//! The drawing of the concept map as SVG. Every node is a link, so it works without the script that zooms and selects.

use notebook_core::concept_map::{ConceptMap, MapHeading, MapHeadingKind, MapLayout, MapNode, MapNodeKind};
use notebook_core::search::EntryKind;

use super::super::element::{El, el};
use super::super::ids;
use super::super::strings::{self, Message, count_of};
use super::names::{entry_url, papers_url, year_name};

/// Letters that fit between a node and the next one, of which a Chinese character takes two.
const MAX_LINE_WIDTH: usize = 17;
/// Lines of a name. A longer name is cut; its tooltip has all of it.
const MAX_LINES: usize = 3;

/// Distance from the center of a node to the start of its name, in SVG units (CSS pixels at 100 %).
const NAME_OFFSET: u32 = 11;

/// Distance from the edge of a category's ground to the middle of its name, and between two grounds.
const BAND_INSET: u32 = 14;
const BAND_GAP: u32 = 8;

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
        .child(el("g").class("bands").children(bands(&layout)))
        .child(el("g").children(nodes))
        .child(el("g").class("headings").children(headings));
    el("div").attr("id", ids::MAP).child(svg)
}

/// Renders the ground of each category, from its heading to the next one.
fn bands(layout: &MapLayout) -> Vec<El> {
    let is_lane = |heading: &&MapHeading| matches!(heading.kind, MapHeadingKind::Lane(_));
    let lanes: Vec<&MapHeading> = layout.headings.iter().filter(is_lane).collect();
    let ends = lanes.iter().skip(1).map(|next| next.y - BAND_INSET).chain([layout.height]);
    let band = |(lane, end): (&&MapHeading, u32)| {
        let (x, y) = (lane.x - BAND_INSET, lane.y - BAND_INSET);
        el("rect")
            .attr("x", x.to_string())
            .attr("y", y.to_string())
            .attr("width", layout.width.saturating_sub(x).to_string())
            .attr("height", end.saturating_sub(y + BAND_GAP).to_string())
            .attr("rx", "6")
    };
    lanes.iter().zip(ends).map(band).collect()
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

/// Breaks a name into at most [`MAX_LINES`] lines, the last of which shows if something was cut.
fn lines_of(name: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = name.trim();
    while !rest.is_empty() {
        if fitting(rest) == rest {
            lines.push(rest.to_owned());
            break;
        }
        let is_last = lines.len() + 1 == MAX_LINES;
        let end = fitting(rest);
        // After a space or a hyphen.
        let end = match end.rfind([' ', '-']) {
            Some(space) if !is_last => end.get(..=space).unwrap_or(end),
            _ => end,
        };
        let line = end.trim_end();
        if is_last {
            let cut: String = line.chars().take(line.chars().count().saturating_sub(1)).collect();
            lines.push(format!("{}…", cut.trim_end()));
            break;
        }
        lines.push(line.to_owned());
        rest = rest.get(end.len()..).unwrap_or_default().trim_start();
    }
    lines
}

/// Returns the beginning of a text that is [`MAX_LINE_WIDTH`] wide, or all of it.
fn fitting(text: &str) -> &str {
    let mut width = 0;
    let end = text.char_indices().find(|(_, letter)| {
        // From here on most scripts have letters as wide as they are high.
        width += if *letter >= '\u{2e80}' { 2 } else { 1 };
        width > MAX_LINE_WIDTH
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// Renders a name beside its node.
fn name_view(node: &MapNode, name: &str) -> El {
    let x = node.x + NAME_OFFSET;
    let lines = lines_of(name);
    let view = text(x, node.y);
    if let [line] = &lines[..] {
        return view.text(line);
    }
    // Around the middle of the node.
    let line = |(number, line): (usize, &String)| {
        let distance = match number {
            0 if lines.len() == 2 => "-.55em",
            0 => "-1.1em",
            _ => "1.1em",
        };
        el("tspan").attr("x", x.to_string()).attr("dy", distance).text(line)
    };
    view.children(lines.iter().enumerate().map(line))
}

/// Renders a node as a link with a shape. Its title has the name and, on a line of its own, a description, which the script
/// shows. Returns `None` if the node is not on the map.
fn node_view(map: &ConceptMap, node: &MapNode) -> Option<El> {
    let name = |name: &str| name_view(node, name);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_names_at_words_and_cuts_the_last_line() {
        assert_eq!(lines_of("Sparse Coding"), ["Sparse Coding"]);
        assert_eq!(lines_of("Attention is all you need"), ["Attention is all", "you need"]);
        assert_eq!(
            lines_of("Exploring Semi-Supervised Learning for Camera Trap Images"),
            ["Exploring Semi-", "Supervised", "Learning for Cam…"]
        );
        assert_eq!(
            lines_of("Donaudampfschifffahrtsgesellschaft"),
            ["Donaudampfschifff", "ahrtsgesellschaft"]
        );
        assert_eq!(lines_of("逆风移动的潮汐通道和草地"), ["逆风移动的潮汐通", "道和草地"]);
        assert!(lines_of("").is_empty());
    }
}
