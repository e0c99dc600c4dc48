//! Finds what each entry names, and makes the first place of each a link. What stands in code, in headings and in
//! links stays as it is, and nothing links to itself.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::names::{Entry, Names};
use super::{Use, address, sentence};
use crate::notebook::{Block, Goal, Id, Place, Span, Url, plain, push_plain};

/// What is found on the way through a notebook.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Every sentence of an entry that names another, in the author's order.
    pub(super) uses: Vec<Use>,
    /// Names that could be more than one entry: by whom, how it is written, what it could be.
    pub(super) ambiguous: Vec<(Entry, String, Vec<Entry>)>,
}

/// Goes through the texts of one entry after the other.
pub(super) struct Linker<'a> {
    names: &'a Names,
    /// The anchors of all entries.
    ids: &'a [Id],
    /// Entries by their anchor.
    anchors: &'a HashMap<Id, Entry>,
    /// Papers by their address.
    addresses: &'a HashMap<String, Entry>,
    pub(super) found: Found,
    entry: Entry,
    linked: HashSet<Entry>,
    /// What each sentence names: the number of its line, and where it begins there.
    told: HashSet<(Entry, usize, usize)>,
    line: usize,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        names: &'a Names,
        ids: &'a [Id],
        anchors: &'a HashMap<Id, Entry>,
        addresses: &'a HashMap<String, Entry>,
    ) -> Self {
        Self {
            names,
            ids,
            anchors,
            addresses,
            found: Found::default(),
            entry: 0,
            linked: HashSet::new(),
            told: HashSet::new(),
            line: 0,
        }
    }

    /// Begins the next entry: each name is linked where it is met first.
    pub(super) fn begin(&mut self, entry: Entry) {
        self.entry = entry;
        self.linked.clear();
        self.told.clear();
    }

    /// Notes what a title names; titles hold no links.
    pub(super) fn title(&mut self, title: &[Span]) {
        for mention in self.names.find_others(&plain(title), Some(self.entry)) {
            if let [of] = mention.entries.as_slice() {
                self.uses(*of, "", &(0..0));
            }
        }
    }

    /// Notes what a goal and its parts name.
    pub(super) fn goal(&mut self, goal: &Goal) {
        self.title(&goal.text);
        goal.goals.iter().for_each(|part| self.goal(part));
    }

    /// Links what stands in blocks.
    pub(super) fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Para(text) | Block::Field { text, .. } => self.text(text),
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => self.blocks(blocks),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(|cell| self.text(cell)),
                Block::Definitions { items } => {
                    for item in items {
                        self.blocks(&mut item.blocks);
                    }
                }
                Block::Heading { .. } | Block::Code { .. } | Block::Rule {} => {}
            }
        }
    }

    fn text(&mut self, spans: &mut Vec<Span>) {
        self.line += 1;
        let line = plain(spans).into_owned();
        self.spans(spans, &line, &mut 0, true);
    }

    /// `at` is where the spans begin in their line.
    fn spans(&mut self, spans: &mut Vec<Span>, line: &str, at: &mut usize, may_link: bool) {
        let mut linked: Option<Vec<Span>> = None;
        for place in 0..spans.len() {
            let Some(span) = spans.get_mut(place) else { continue };
            let pieces = match span {
                Span::Text(text) => {
                    let pieces = self.leaf(text, line, *at, may_link);
                    *at += text.len();
                    pieces
                }
                Span::Em(inner)
                | Span::Strong(inner)
                | Span::Strike(inner)
                | Span::Sub(inner)
                | Span::Sup(inner)
                | Span::Mark(inner) => {
                    self.spans(inner, line, at, may_link);
                    None
                }
                Span::Link { url, text, .. } => {
                    self.address(url, text, line, *at);
                    self.spans(text, line, at, false);
                    None
                }
                other => {
                    let mut skipped = String::new();
                    push_plain(std::slice::from_ref(other), &mut skipped);
                    *at += skipped.len();
                    None
                }
            };
            // Most texts name nothing, and stay where they are.
            if let Some(pieces) = pieces {
                let taken = || spans.get(..place).unwrap_or_default().to_vec();
                linked.get_or_insert_with(taken).extend(pieces);
            } else if let Some(linked) = &mut linked {
                linked.extend(spans.get(place).cloned());
            }
        }
        if let Some(linked) = linked {
            *spans = linked;
        }
    }

    /// The pieces of a text that has something to link.
    fn leaf(&mut self, text: &str, line: &str, at: usize, may_link: bool) -> Option<Vec<Span>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for mention in self.names.find(text) {
            let of = match mention.entries.as_slice() {
                [of] => *of,
                several => {
                    let written = text.get(mention.range).unwrap_or_default().to_owned();
                    if !several.contains(&self.entry) {
                        self.found.ambiguous.push((self.entry, written, several.to_vec()));
                    }
                    continue;
                }
            };
            if of == self.entry {
                continue;
            }
            let range = at + mention.range.start..at + mention.range.end;
            self.uses(of, line, &range);
            if !may_link || !self.linked.insert(of) {
                continue;
            }
            let Some(url) = self.anchor(of) else { continue };
            let piece = |range: Range<usize>| Span::Text(text.get(range).unwrap_or_default().to_owned());
            if mention.range.start > done {
                pieces.push(piece(done..mention.range.start));
            }
            done = mention.range.end;
            pieces.push(Span::Link { url, title: None, text: vec![piece(mention.range)] });
        }
        if pieces.is_empty() {
            return None;
        }
        if done < text.len() {
            pieces.push(Span::Text(text.get(done..).unwrap_or_default().to_owned()));
        }
        Some(pieces)
    }

    /// A link that the author wrote: to an entry of this notebook, or to the address of a paper in it.
    fn address(&mut self, url: &Url, text: &[Span], line: &str, at: usize) {
        let of = match url.place() {
            Place::Anchor(anchor) => self.anchors.get(anchor).copied(),
            _ => self.addresses.get(&address(url)).copied(),
        };
        if let Some(of) = of.filter(|of| *of != self.entry) {
            self.linked.insert(of);
            self.uses(of, line, &(at..at + plain(text).len()));
        }
    }

    fn anchor(&self, of: Entry) -> Option<Url> {
        Url::parse(&format!("#{}", self.ids.get(usize::try_from(of).ok()?)?))
    }

    /// A sentence that names something twice is one use of it; a title has no sentence.
    fn uses(&mut self, of: Entry, line: &str, name: &Range<usize>) {
        if of == self.entry {
            return;
        }
        let is_title = name.is_empty();
        let sentence = if is_title { (usize::MAX, 0) } else { (self.line, sentence::begin(line, name)) };
        if self.told.insert((of, sentence.0, sentence.1)) {
            let text = (!is_title).then(|| sentence::around(line, name));
            self.found.uses.push(Use { by: self.entry, of, text });
        }
    }
}
