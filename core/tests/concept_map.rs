//! The map of a notebook: the layout of its nodes.

use std::collections::HashSet;
use std::fmt::Write as _;

use notebook_core::concept_map::{ConceptMap, MapHeadingKind, MapLayout, MapNodeKind};
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown::read;

const SEED: &str = include_str!("../../tests/fixtures/seed/notebook.md");

fn map(source: &str) -> ConceptMap {
    let linked = LinkedNotebook::new(&read(source).notebook);
    ConceptMap::build(&linked.notebook, &linked.cross_references)
}

/// The names of terms, each with its step.
fn learned(map: &ConceptMap) -> Vec<(&str, u32)> {
    map.terms.iter().map(|term| (term.name.as_str(), term.step)).collect()
}

fn named<'a>(map: &'a ConceptMap, numbers: &[u32]) -> Vec<&'a str> {
    numbers.iter().filter_map(|number| Some(map.entry(*number)?.1)).collect()
}

/// Papers of so many categories, over so many years; one of ten has no year.
fn many(papers: usize, categories: usize, terms: usize) -> String {
    let mut text = String::from("# N\n\n## Papers\n");
    for at in 0..papers {
        if at % papers.div_ceil(categories) == 0 {
            let _ = write!(text, "\n### Category {at}\n\n");
        }
        let year = 10 + at % 15;
        let name = if terms > 0 { format!(" of Term{}x", at % terms) } else { String::new() };
        let _ = match at % 10 {
            0 => writeln!(text, "- [Paper {at}{name}](https://example.org/{at})"),
            _ => writeln!(text, "- [Paper {at}{name}](https://arxiv.org/abs/{year}01.{at:05})"),
        };
    }
    text.push_str("\n## Terms\n\n");
    for at in 0..terms {
        let _ = writeln!(text, "- Term{at}x: what it means, by Term{}x", (at + 1) % terms);
    }
    text
}

/// No two nodes stand in one place, and all of them inside the picture.
#[track_caller]
fn layout(map: &ConceptMap) -> MapLayout {
    let picture = MapLayout::compute(map);
    let mut places = HashSet::new();
    for node in &picture.nodes {
        assert!(node.x < picture.width && node.y < picture.height, "{node:?} is outside");
        assert!(places.insert((node.x, node.y)), "{node:?} stands on another");
    }
    for head in &picture.headings {
        assert!(head.x < picture.width && head.y < picture.height, "{head:?} is outside");
    }
    assert_eq!(picture.edges.len(), picture.nodes.len());
    let last = picture.nodes.len();
    assert!(picture.edges.iter().flatten().all(|to| usize::try_from(*to).unwrap() < last));
    picture
}

#[test]
fn the_seed_is_in_order() {
    let map = map(SEED);
    assert_eq!(learned(&map), [("Sparse Coding", 0), ("Auto-encoder", 0), ("Variational auto-encoder", 1)]);
    assert_eq!(map.years, [Some(2017), Some(2020), Some(2022), None]);
    assert_eq!(map.lanes.len(), 3);
    assert_eq!(named(&map, map.mentions(2)), ["Auto-encoder"]);
    assert_eq!(named(&map, map.mentioned_by(2)), ["Variational Sparse Coding"]);
    let picture = layout(&map);
    assert_eq!(picture.nodes.len(), 10);
    let titled = |kind: MapNodeKind| matches!(kind, MapNodeKind::Paper { is_titled: true, .. });
    assert_eq!(picture.nodes.iter().filter(|node| titled(node.kind)).count(), 7);
    // A later year stands further to the right, a later category further down.
    let at = |name: &str| {
        let number = (0..10).find(|number| map.entry(*number).unwrap().1 == name).unwrap();
        picture.nodes.get(usize::try_from(number).unwrap()).unwrap()
    };
    let (old, new) = (at("Attention is all you need"), at("Vision Transformers - Origin"));
    assert!(old.x < new.x && at("Variational Sparse Coding").y < old.y);
}

#[test]
fn terms_that_need_each_other_still_have_their_place() {
    let map = map("## Terms\n\n- Alpha: needs Beta.\n- Beta: needs Gamma.\n- Gamma: needs Beta.\n");
    assert_eq!(learned(&map), [("Gamma", 0), ("Beta", 1), ("Alpha", 2)]);
    assert_eq!(
        layout(&map).headings.iter().map(|head| head.kind).collect::<Vec<_>>(),
        [0, 1, 2].map(MapHeadingKind::Step)
    );
}

#[test]
fn a_map_may_lack_terms_papers_or_years() {
    assert!(map("# N\n\nText.\n").is_empty());
    assert!(map("## Papers\n\n- [One](https://a.b):\n").is_empty());
    let without_terms = map("## Papers\n\n- [One](https://a.b/1):\n- [Two](https://a.b/2):\n");
    assert_eq!((without_terms.years.as_slice(), without_terms.lanes.len()), ([None].as_slice(), 1));
    layout(&without_terms);
    let without_papers = map("## Terms\n\n- One: this.\n- Two: that.\n");
    assert!(without_papers.cells.is_empty());
    layout(&without_papers);
    assert_eq!(MapLayout::compute(&ConceptMap::default()).nodes, []);
}

#[test]
fn few_papers_have_titles_and_many_are_dots() {
    let map = map(&many(300, 4, 20));
    let picture = layout(&map);
    assert_eq!(picture.nodes.len(), 320);
    assert!(
        picture.nodes.iter().any(|node| matches!(node.kind, MapNodeKind::Paper { is_titled: false, .. }))
    );
    assert!(picture.width < 6_000 && picture.height < 3_000, "{} x {}", picture.width, picture.height);
}

#[test]
fn very_many_papers_are_counted() {
    let map = map(&many(6_000, 9, 700));
    let picture = layout(&map);
    assert!(map.is_aggregated());
    let cells = picture.nodes.iter().filter(|node| matches!(node.kind, MapNodeKind::Cell { .. })).count();
    assert_eq!((cells, picture.nodes.len() - cells), (map.cells.len(), 600));
    assert_eq!(map.cells.iter().map(|cell| cell.papers.len()).sum::<usize>(), 6_000);
    // A cell leads to terms, and no term to very many of them.
    assert!(picture.edges.iter().skip(600).flatten().count() > 600);
    assert!(picture.edges.iter().skip(600).flatten().count() <= 600 * 8);
}
