//! Step three: sections and entries from the top-level pieces.

use std::ops::Range;

use super::Places;
use super::attributes::{Attributes, take_pairs};
use super::finish::{breaks, one_line};
use super::front_matter::FrontMatter;
use super::guess;
use super::tree::Top;
use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{
    Block, Definition, Entry, FORMAT, Goal, Id, Ids, Item, Notebook, Prose, Reference, Section, SectionKind,
    Source, Span, Term, plain,
};

/// The title of a notebook that has none of its own.
pub(super) const UNTITLED: &str = "Notebook";

pub(super) fn assemble(
    source: &str,
    front: FrontMatter,
    mut tops: Vec<Top>,
    found: &mut Vec<Diagnostic>,
) -> (Notebook, Places) {
    let mut ids = Ids::default();
    let title = title(&front, &mut tops);
    reserve(&mut tops, &mut ids, found);
    let mut hand =
        Hand { source, found, places: Vec::new(), intro: Vec::new(), done: Vec::new(), open: Vec::new() };
    for top in tops {
        match top {
            Top::Heading { level, text, attributes, range } => {
                hand.heading(level, text, attributes.as_deref(), range);
            }
            Top::List { start, items } => hand.list(start, items),
            Top::Definitions { items, range } => hand.definitions(items, range),
            Top::Block { block, range } => hand.block(block, range),
        }
    }
    hand.close(0);
    let mut notebook = Notebook {
        format: FORMAT,
        title,
        description: front.description,
        image: front.image,
        home: front.home,
        url: front.url,
        author: front.author,
        lang: front.lang,
        references: front.references,
        csl: front.csl,
        other: front.other,
        intro: hand.intro,
        sections: hand.done,
    };
    let places = hand.places;
    name(&mut notebook, ids);
    (notebook, places)
}

/// The front matter's title, or that of a lone first-level heading that is plain text, which then
/// is the title and no section.
fn title(front: &FrontMatter, tops: &mut Vec<Top>) -> String {
    let firsts = tops.iter().filter(|top| matches!(top, Top::Heading { level: 1, .. })).count();
    let first = tops.iter().position(|top| matches!(top, Top::Heading { .. }));
    let lone = first.filter(|_| firsts == 1).and_then(|at| match tops.get(at) {
        Some(Top::Heading { level: 1, text, attributes: None, .. }) => match text.as_slice() {
            [Span::Text(text)] => Some((at, text.clone())),
            _ => None,
        },
        _ => None,
    });
    match (&front.title, lone) {
        (Some(title), Some((at, heading))) if *title == heading => {
            tops.remove(at);
            heading
        }
        (None, Some((at, heading))) => {
            tops.remove(at);
            heading
        }
        (Some(title), _) => title.clone(),
        (None, None) => UNTITLED.to_owned(),
    }
}

/// Ids that authors chose come before those that titles give.
fn reserve(tops: &mut [Top], ids: &mut Ids, found: &mut Vec<Diagnostic>) {
    for top in tops {
        let Top::Heading { attributes: Some(attributes), range, .. } = top else { continue };
        if guess::kind_in(Some(attributes)).is_err() {
            continue;
        }
        let Some(chosen) = attributes.id.take() else { continue };
        match ids.reserve(&chosen) {
            Some(id) => attributes.id = Some(id.to_string()),
            None => found.push(Diagnostic {
                code: Code::DuplicateId,
                range: range.clone(),
                message: format!("the id `{chosen}` is another heading's already, or has no letter"),
                help: "choose another, or leave the choice to the title".into(),
            }),
        }
    }
}

/// A section that may still get entries.
struct Open {
    section: Section,
    /// The last entry takes the blocks that follow it.
    attaches: bool,
}

struct Hand<'a> {
    source: &'a str,
    found: &'a mut Vec<Diagnostic>,
    places: Places,
    intro: Vec<Block>,
    done: Vec<Section>,
    open: Vec<Open>,
}

impl Hand<'_> {
    /// Ends every open section of this level or deeper.
    fn close(&mut self, level: u8) {
        while self.open.last().is_some_and(|open| open.section.level >= level) {
            let Some(Open { section, .. }) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => parent.section.sections.push(section),
                None => self.done.push(section),
            }
        }
    }

    fn heading(
        &mut self,
        level: u8,
        mut text: Vec<Span>,
        attributes: Option<&Attributes>,
        range: Range<usize>,
    ) {
        self.close(level);
        let parent = self.open.last().map(|open| &open.section);
        if let Some(parent) = parent.filter(|parent| level > parent.level + 1) {
            self.found.push(Diagnostic {
                code: Code::HeadingJump,
                range: range.clone(),
                message: format!("from a heading of level {} to one of level {level}", parent.level),
                help: format!("write it with {} `#`", parent.level + 1),
            });
        }
        let inherited = parent.map_or(SectionKind::Prose, |parent| parent.kind);
        let settled = guess::kind_in(attributes).unwrap_or_else(|()| {
            let written = attributes.map_or("", |attributes| attributes.written.as_str());
            self.found.push(Diagnostic {
                code: Code::HeadingAttribute,
                range: range.clone(),
                message: format!("`{written}` says nothing that Notebook knows; it is shown as text"),
                help: "known are {.papers}, {.terms}, {.goals}, {.links}, {.prose} and {#an-id}".into(),
            });
            let gap = if text.is_empty() { "" } else { " " };
            let braces = format!("{gap}{written}");
            match text.last_mut() {
                Some(Span::Text(last)) => last.push_str(&braces),
                _ => text.push(Span::Text(braces)),
            }
            None
        });
        let title = plain(&text);
        let kind = settled.unwrap_or_else(|| match inherited {
            SectionKind::Prose => guess::kind_of(&title),
            inherited => inherited,
        });
        let chosen = attributes.and_then(|attributes| attributes.id.as_deref());
        let id = match chosen.filter(|_| guess::kind_in(attributes).is_ok()) {
            Some(chosen) => Id::from(chosen),
            None => UNNAMED.into(),
        };
        self.places.push(range);
        let section = Section { id, kind, level, title: text, entries: Vec::new(), sections: Vec::new() };
        self.open.push(Open { section, attaches: false });
    }

    fn list(&mut self, start: Option<u64>, items: Vec<(Item, Range<usize>)>) {
        let kind = self.open.last().map_or(SectionKind::Prose, |open| open.section.kind);
        if kind == SectionKind::Prose {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        // Items that are no entries stay a list: of the entry before this list, or in their place.
        let mut loose: Option<(Vec<Item>, Range<usize>)> = None;
        let mut entries_here = false;
        for (item, range) in items {
            match self.entry(kind, item, &range) {
                Ok(entry) => {
                    self.put_loose(start, loose.take(), entries_here);
                    entries_here = true;
                    self.push(entry, range, kind != SectionKind::Goals);
                }
                Err(item) => {
                    if entries_here || !self.attaches_to_entry() {
                        self.tell_item(kind, &range);
                    }
                    loose.get_or_insert((Vec::new(), range)).0.push(item);
                }
            }
        }
        self.put_loose(start, loose, entries_here);
    }

    fn put_loose(&mut self, start: Option<u64>, loose: Option<(Vec<Item>, Range<usize>)>, after_entry: bool) {
        let Some((items, range)) = loose else { return };
        if after_entry && let Some(open) = self.open.last_mut() {
            open.attaches = false;
        }
        // What entries were taken out of has no numbers to count on.
        let start = start.filter(|_| !after_entry);
        self.block(Block::List { start, items }, range);
    }

    fn attaches_to_entry(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.attaches && !matches!(open.section.entries.last(), Some(Entry::Prose(_)) | None)
        })
    }

    fn tell_item(&mut self, kind: SectionKind, range: &Range<usize>) {
        let (code, message, help) = match kind {
            SectionKind::Papers => (
                Code::ItemWithoutLink,
                "this item stands among papers and does not begin with a link; it is shown as text",
                "begin it with a link: `- [Title](https://...)`",
            ),
            SectionKind::Terms => (
                Code::ItemWithoutName,
                "this item stands among terms and is not written `Name: text`; it is shown as text",
                "begin it with the term and a colon",
            ),
            _ => return,
        };
        let (message, help) = (message.into(), help.into());
        self.found.push(Diagnostic { code, range: range.clone(), message, help });
    }

    /// Reads an item as an entry of its section's kind, or gives it back.
    fn entry(&mut self, kind: SectionKind, item: Item, range: &Range<usize>) -> Result<Entry, Item> {
        match kind {
            SectionKind::Papers => Ok(Entry::Paper(self.link(item, range)?)),
            SectionKind::Links => Ok(Entry::Link(self.link(item, range)?)),
            SectionKind::Terms => term(item).map(Entry::Term),
            SectionKind::Goals if item.blocks.is_empty() => Err(item),
            SectionKind::Goals => Ok(Entry::Goal(self.goal(item, range))),
            SectionKind::Prose => Err(item),
        }
    }

    fn link(&self, item: Item, range: &Range<usize>) -> Result<Reference, Item> {
        let checked = item.checked;
        let guess::Leading { url, hint, mut title, mut byline, notes } = guess::leading_link(item)?;
        let (soft, hard) = breaks(title.iter().chain(&byline));
        one_line(&mut title);
        // A hard one may be written as an element.
        let written = self.source.get(range.clone()).unwrap_or_default();
        let properties = take_pairs(written.lines().skip(soft).take(hard + 1), &mut byline);
        let notes = notes.into_iter().map(labelled).collect();
        let (id, source, citation) = (UNNAMED.into(), Source::of(&url), None);
        Ok(Reference { title, id, url, source, hint, checked, byline, properties, notes, citation })
    }

    fn goal(&mut self, item: Item, range: &Range<usize>) -> Goal {
        self.places.push(range.clone());
        let (mut notes, mut goals) = (Vec::new(), Vec::new());
        for block in item.blocks {
            match block {
                Block::List { items, .. } => {
                    goals.extend(items.into_iter().map(|item| self.goal(item, range)));
                }
                other => notes.push(other),
            }
        }
        // Its parts may stand before what it says.
        let mut notes = notes.into_iter().peekable();
        let text = match notes.next_if(|block| matches!(block, Block::Para(_))) {
            Some(Block::Para(spans)) => spans,
            _ => Vec::new(),
        };
        let notes = notes.collect();
        Goal { id: UNNAMED.into(), checked: item.checked, text, notes, goals }
    }

    fn definitions(&mut self, items: Vec<Definition>, range: Range<usize>) {
        if self.open.last().is_none_or(|open| open.section.kind != SectionKind::Terms) {
            return self.block(Block::Definitions { items }, range);
        }
        for Definition { name, blocks } in items {
            let term = named(name, blocks);
            self.push(Entry::Term(term), range.clone(), true);
        }
    }

    /// Puts a block where it belongs: to the entry before it, or to the prose of its section.
    fn block(&mut self, block: Block, range: Range<usize>) {
        let Some(open) = self.open.last_mut() else { return self.intro.push(block) };
        if matches!(block, Block::Rule {}) {
            // A rule parts what follows from the entry before.
            open.attaches = matches!(open.section.entries.last(), Some(Entry::Prose(_)));
        }
        let before = open.section.entries.last_mut().filter(|_| open.attaches);
        if before.as_ref().is_some_and(|entry| !matches!(entry, Entry::Goal(_)))
            && let Some(place) = self.places.last_mut()
        {
            place.end = place.end.max(range.end);
        }
        match before {
            Some(Entry::Paper(link) | Entry::Link(link)) => link.notes.push(labelled(block)),
            Some(Entry::Term(term)) => term.definition.push(block),
            Some(Entry::Prose(prose)) => prose.blocks.push(block),
            Some(Entry::Goal(_)) | None => {
                let prose = Prose { id: UNNAMED.into(), blocks: vec![block] };
                self.push(Entry::Prose(prose), range, true);
            }
        }
    }

    fn push(&mut self, entry: Entry, range: Range<usize>, attaches: bool) {
        let Some(open) = self.open.last_mut() else { return };
        // A goal has told the places of itself and its parts.
        if !matches!(entry, Entry::Goal(_)) {
            self.places.push(range);
        }
        open.section.entries.push(entry);
        open.attaches = attaches;
    }
}

fn term(item: Item) -> Result<Term, Item> {
    let split = match (item.checked, item.blocks.first()) {
        (None, Some(Block::Para(spans))) => guess::name_of(spans),
        _ => None,
    };
    let Some((name, text)) = split else { return Err(item) };
    let mut definition: Vec<Block> = item.blocks.into_iter().skip(1).collect();
    if !text.is_empty() {
        definition.insert(0, Block::Para(text));
    }
    Ok(named(name, definition))
}

fn named(name: Vec<Span>, definition: Vec<Block>) -> Term {
    let aliases = guess::aliases_of(&plain(&name));
    Term { id: UNNAMED.into(), name, aliases, definition }
}

fn labelled(block: Block) -> Block {
    match block {
        Block::Para(spans) => guess::label_of(spans),
        other => other,
    }
}

/// Stands where an id will be: those come last, when it is known who asks for which.
const UNNAMED: &str = "";

/// Gives every heading and entry its id.
///
/// Sections, papers, terms and links come first, so that `#sparse-coding` is the term and not the
/// wish to learn it; then goals, prose, and headings inside text.
fn name(notebook: &mut Notebook, mut ids: Ids) {
    notebook.sections.iter_mut().for_each(|section| name_strong(section, &mut ids));
    notebook.sections.iter_mut().for_each(|section| name_weak(section, &mut ids));
    notebook.map_blocks(&mut |block| {
        if let Block::Heading { id, text, .. } = block {
            *id = ids.give(&plain(text), "heading");
        }
    });
}

fn name_strong(section: &mut Section, ids: &mut Ids) {
    if section.id.as_str() == UNNAMED {
        section.id = ids.give(&plain(&section.title), "section");
    }
    for entry in &mut section.entries {
        match entry {
            Entry::Paper(link) | Entry::Link(link) => link.id = ids.give(&plain(&link.title), "link"),
            Entry::Term(term) => term.id = ids.give(&term.bare_name(), "term"),
            Entry::Goal(_) | Entry::Prose(_) => {}
        }
    }
    section.sections.iter_mut().for_each(|section| name_strong(section, ids));
}

fn name_weak(section: &mut Section, ids: &mut Ids) {
    for entry in &mut section.entries {
        match entry {
            Entry::Goal(goal) => name_goal(goal, ids),
            Entry::Prose(prose) => prose.id = ids.give(&format!("{} text", section.id), "text"),
            _ => {}
        }
    }
    section.sections.iter_mut().for_each(|section| name_weak(section, ids));
}

fn name_goal(goal: &mut Goal, ids: &mut Ids) {
    goal.id = ids.give(&plain(&goal.text), "goal");
    goal.goals.iter_mut().for_each(|goal| name_goal(goal, ids));
}
