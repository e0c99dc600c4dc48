//! Search for mentions in the text of entries, which turns the first mention of each entry into a link.
//!
//! Code, headings and existing links stay as they are, and no entry links to itself.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::name_index::{EntryNumber, NameIndex};
use super::sentence::{excerpt, sentence_start};
use super::text_walk::contains_paragraphs;
use crate::convert::to_usize;
use crate::notebook::{Block, Goal, Id, PaperSource, Span, Url, UrlKind, plain, push_plain_text};

/// A mention of one entry in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MentionEdge {
    /// The entry that contains the mention.
    pub(super) from: EntryNumber,
    /// The entry that is mentioned.
    pub(super) to: EntryNumber,
    /// The sentence around the mention; `None` if the title contains it.
    pub(super) excerpt: Option<[String; 3]>,
}

/// A mention that more than one entry could be meant by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AmbiguousName {
    /// The entry that contains the mention.
    pub(super) from: EntryNumber,
    /// The name as written.
    pub(super) name: String,
    /// The entries with this name.
    pub(super) candidates: Vec<EntryNumber>,
}

/// Finds and links the mentions in one entry after another.
pub(super) struct Linker<'a> {
    names: &'a NameIndex,
    /// Anchors of all entries by number.
    ids: &'a [Id],
    /// Numbers of all entries by anchor.
    by_anchor: &'a HashMap<Id, EntryNumber>,
    /// Numbers of the papers by [`normalize_address`].
    by_address: &'a HashMap<String, EntryNumber>,
    /// Mentions in the author's order, one for each sentence and entry.
    pub(super) mentions: Vec<MentionEdge>,
    /// Mentions without a link, because the name is ambiguous.
    pub(super) ambiguous: Vec<AmbiguousName>,
    /// The current entry.
    entry: EntryNumber,
    /// Entries that the current entry links to.
    linked: HashSet<EntryNumber>,
    /// Mentions in the current entry: entry, number of the paragraph, start of the sentence.
    mentioned: HashSet<(EntryNumber, usize, usize)>,
    /// Number of paragraphs so far, in all entries.
    paragraph: usize,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        names: &'a NameIndex,
        ids: &'a [Id],
        by_anchor: &'a HashMap<Id, EntryNumber>,
        by_address: &'a HashMap<String, EntryNumber>,
    ) -> Self {
        Self {
            names,
            ids,
            by_anchor,
            by_address,
            mentions: Vec::new(),
            ambiguous: Vec::new(),
            entry: 0,
            linked: HashSet::new(),
            mentioned: HashSet::new(),
            paragraph: 0,
        }
    }

    /// Starts an entry. Each entry links the first mention of another again.
    pub(super) fn start_entry(&mut self, entry: EntryNumber) {
        self.entry = entry;
        self.linked.clear();
        self.mentioned.clear();
    }

    /// Records the mentions in a title. Titles are not linked, and may contain names shorter than their own.
    pub(super) fn scan_title(&mut self, title: &[Span]) {
        for found in self.names.find_except(&plain(title), Some(self.entry)) {
            if let [to] = found.entries.as_slice() {
                self.record(*to, None);
            }
        }
    }

    /// Records the mentions in a goal and its subgoals.
    pub(super) fn scan_goal(&mut self, goal: &Goal) {
        self.scan_title(&goal.text);
        goal.goals.iter().for_each(|subgoal| self.scan_goal(subgoal));
    }

    /// Records and links the mentions in blocks.
    pub(super) fn link_blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            if contains_paragraphs(block) {
                block.for_each_line_mut(|line| self.link_paragraph(line));
            }
            block.for_each_inner_mut(|inner| self.link_blocks(inner));
        }
    }

    fn link_paragraph(&mut self, spans: &mut Vec<Span>) {
        self.paragraph += 1;
        let paragraph = plain(spans).into_owned();
        self.link_spans(spans, &paragraph, &mut 0, true);
    }

    /// Links the mentions in spans, which begin at the byte `offset` of their paragraph. Moves `offset` after them.
    fn link_spans(&mut self, spans: &mut Vec<Span>, paragraph: &str, offset: &mut usize, may_link: bool) {
        let mut linked: Option<Vec<Span>> = None;
        for index in 0..spans.len() {
            let Some(span) = spans.get_mut(index) else { continue };
            let replacement = match span {
                Span::Text(text) => {
                    let replacement = self.link_text(text, paragraph, *offset, may_link);
                    *offset += text.len();
                    replacement
                }
                Span::Link { url, text, .. } => {
                    self.record_link(url, text, paragraph, *offset);
                    self.link_spans(text, paragraph, offset, false);
                    None
                }
                other => {
                    if let Some(inner) = other.formatted_mut() {
                        self.link_spans(inner, paragraph, offset, may_link);
                    } else {
                        let mut skipped = String::new();
                        push_plain_text(std::slice::from_ref(other), &mut skipped);
                        *offset += skipped.len();
                    }
                    None
                }
            };
            // The spans are copied from the first replacement on: most paragraphs have none.
            if let Some(replacement) = replacement {
                let before = || spans.get(..index).unwrap_or_default().to_vec();
                linked.get_or_insert_with(before).extend(replacement);
            } else if let Some(linked) = &mut linked {
                linked.extend(spans.get(index).cloned());
            }
        }
        if let Some(linked) = linked {
            *spans = linked;
        }
    }

    /// Records the mentions in a text. Returns the spans that replace it, if any mention becomes a link.
    fn link_text(&mut self, text: &str, paragraph: &str, offset: usize, may_link: bool) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        let mut copied = 0;
        for found in self.names.find(text) {
            let [to] = *found.entries.as_slice() else {
                if !found.entries.contains(&self.entry) {
                    let name = text.get(found.range).unwrap_or_default().to_owned();
                    self.ambiguous.push(AmbiguousName { from: self.entry, name, candidates: found.entries });
                }
                continue;
            };
            if to == self.entry {
                continue;
            }
            let range = offset + found.range.start..offset + found.range.end;
            self.record(to, Some((paragraph, range)));
            if !may_link || !self.linked.insert(to) {
                continue;
            }
            let Some(url) = self.anchor_url(to) else { continue };
            let span = |range: Range<usize>| Span::Text(text.get(range).unwrap_or_default().to_owned());
            if found.range.start > copied {
                spans.push(span(copied..found.range.start));
            }
            copied = found.range.end;
            spans.push(Span::Link { url, title: None, text: vec![span(found.range)] });
        }
        if spans.is_empty() {
            return None;
        }
        if copied < text.len() {
            spans.push(Span::Text(text.get(copied..).unwrap_or_default().to_owned()));
        }
        Some(spans)
    }

    /// Records a link of the author to an entry of the notebook or to the address of a paper in it.
    fn record_link(&mut self, url: &Url, text: &[Span], paragraph: &str, offset: usize) {
        let to = match url.kind() {
            UrlKind::Anchor(anchor) => self.by_anchor.get(anchor).copied(),
            _ => self.by_address.get(&normalize_address(url)).copied(),
        };
        if let Some(to) = to.filter(|to| *to != self.entry) {
            self.linked.insert(to);
            self.record(to, Some((paragraph, offset..offset + plain(text).len())));
        }
    }

    fn anchor_url(&self, entry: EntryNumber) -> Option<Url> {
        Url::parse(&format!("#{}", self.ids.get(to_usize(entry))?))
    }

    /// Records a mention, at a byte range of a paragraph or in a title. Repetitions within a sentence are ignored.
    fn record(&mut self, to: EntryNumber, location: Option<(&str, Range<usize>)>) {
        if to == self.entry {
            return;
        }
        // A link without text has an empty range: it has no sentence, like a title.
        let location = location.filter(|(_, range)| !range.is_empty());
        let (paragraph, sentence) = match &location {
            Some((paragraph, range)) => (self.paragraph, sentence_start(paragraph, range)),
            None => (usize::MAX, 0),
        };
        if self.mentioned.insert((to, paragraph, sentence)) {
            let excerpt = location.map(|(paragraph, range)| excerpt(paragraph, &range));
            self.mentions.push(MentionEdge { from: self.entry, to, excerpt });
        }
    }
}

/// Normalizes an address for comparison: to the id that it contains, else to host and path.
pub(super) fn normalize_address(url: &Url) -> String {
    if let Some(label) = PaperSource::from_url(url).cited_id() {
        return label.to_lowercase();
    }
    match url.kind() {
        UrlKind::Web(host, path) => format!("{host}{}", path.trim_end_matches('/')).to_lowercase(),
        _ => url.to_string(),
    }
}
