//! Builds sections and entries from the top-level blocks.
//!
//! The builder here opens and closes sections, and gives each block to the part that reads its kind: `lists` and their
//! `items`, `titled_details` (a title with the details of a paper below it) and `details_above` (details below the title of the file), and `text` for all others. `recognition`
//! finds what would be an entry in any section; `ids` come last, when all headings and entries are known.

mod details_above;
mod entries;
mod ids;
mod items;
mod lists;
mod recognition;
mod text;
mod titled_details;

use std::ops::Range;

use self::entries::{labeled, paper_of_term, term_with_aliases};
use self::ids::{PENDING_ID, allocate_ids};
use super::attributes::{Attributes, WrittenProperties};
use super::document_parts::TopLevel;
use super::front_matter::FrontMatter;
use super::log_heading::DayOrder;
use super::parsed::Places;
use super::{glossary, leading_link, log_heading, paper_line, reading_status, section_kind};
use crate::diagnostic::{Diagnostic, DiagnosticCode, times};
use crate::notebook::{
    Block, Entry, FORMAT_VERSION, Id, IdAllocator, Notebook, PaperDate, Placement, Prose, Reference, Section,
    SectionKind, Span, Term, plain,
};

pub(super) use self::recognition::{
    list_would_be_papers, would_be_papers, would_be_papers_elsewhere, would_be_terms_or_goals,
};

/// The title of a notebook that has none of its own.
pub(super) const UNTITLED: &str = "Notebook";

#[allow(clippy::too_many_lines, reason = "the steps of the reading, which share the tree")]
pub(super) fn build_sections(
    source: &str,
    front: FrontMatter,
    mut top_level: Vec<TopLevel>,
    mut ids: IdAllocator,
    found: &mut Vec<Diagnostic>,
) -> (Notebook, Places) {
    unknown_attributes_to_text(&mut top_level, found);
    let title = notebook_title(&front, &mut top_level);
    let is_index = glossary::has_index(&top_level);
    let document = if is_index { SectionKind::Terms } else { section_kind::kind_of_document(&title) };
    reserve_chosen_ids(&mut top_level, &mut ids, found);
    let headings = top_level.iter().filter_map(|top| match top {
        TopLevel::Heading { text, .. } => Some(text.as_slice()),
        _ => None,
    });
    let day_order = log_heading::day_order(headings);
    let mut builder = SectionBuilder {
        source,
        title: title.clone(),
        document,
        day_order,
        day: log_heading::date_of(&title).unwrap_or_default(),
        found,
        properties: WrittenProperties::default(),
        other_classes: None,
        places: Vec::new(),
        intro: Vec::new(),
        done: Vec::new(),
        open: Vec::new(),
    };
    if let Some(paper) = front.paper.filter(|_| title != UNTITLED) {
        let paper = Reference { title: vec![Span::Text(title.clone())], ..paper };
        builder.open_untitled(0..0);
        builder.push(Entry::Paper(paper), 0..0, true);
    }
    let mut top_level = top_level.into_iter();
    while let Some(top) = top_level.next() {
        let top = match builder.titled_details(top, top_level.as_slice()) {
            Ok(taken) => {
                top_level.by_ref().take(taken).for_each(drop);
                continue;
            }
            Err(top) => top,
        };
        match top {
            TopLevel::Heading { level, text, attributes, range } => {
                let below = top_level.as_slice();
                builder.heading(level, text, attributes.as_deref(), range, below);
            }
            TopLevel::List { start, items } => builder.list(start, items),
            TopLevel::Block { block: Block::Para(spans), range } => builder.paragraph(spans, range),
            TopLevel::Block { block: Block::Table { align, rows }, range } => {
                builder.table(Block::Table { align, rows }, range);
            }
            TopLevel::Definitions { items, range } => builder.definitions(items, range),
            TopLevel::Block { block: block @ Block::Footnote { .. }, range } => {
                builder.footnote(block, range);
            }
            TopLevel::Block { block: block @ Block::Quote { .. }, range } => builder.quote(block, range),
            TopLevel::Block { block, range } => builder.block(block, range),
        }
    }
    builder.close(0);
    builder.report_other_classes();
    let mut notebook = Notebook {
        format: FORMAT_VERSION,
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
        intro: builder.intro,
        sections: builder.done,
    };
    let places = builder.places;
    allocate_ids(&mut notebook, ids);
    (notebook, places)
}

/// The front matter's title, or that of a lone first-level heading, which then is the title and no section. The link of a
/// heading that is one stays as the first paragraph.
fn notebook_title(front: &FrontMatter, top_level: &mut Vec<TopLevel>) -> String {
    let firsts = top_level.iter().filter(|top| matches!(top, TopLevel::Heading { level: 1, .. })).count();
    let first = top_level.iter().position(|top| matches!(top, TopLevel::Heading { .. }));
    let lone = first.filter(|_| firsts == 1).and_then(|at| match top_level.get(at) {
        Some(TopLevel::Heading { level: 1, text, attributes: None, .. }) => match text.as_slice() {
            [Span::Text(text)] => Some((at, text.clone(), None)),
            [Span::Strong(inner) | Span::Em(inner)] if matches!(inner.as_slice(), [Span::Text(_)]) => {
                Some((at, plain(inner).into_owned(), None))
            }
            [link] if leading_link::as_link(link).is_some() => {
                let words = plain(text).trim().to_owned();
                (!words.is_empty()).then(|| (at, words, Some(text.clone())))
            }
            _ => None,
        },
        _ => None,
    });
    match (&front.title, lone) {
        (Some(title), Some((at, heading, link))) if *title == heading => {
            take_heading(top_level, at, link);
            heading
        }
        (None, Some((at, heading, link))) => {
            take_heading(top_level, at, link);
            heading
        }
        (Some(title), _) => title.clone(),
        (None, None) => UNTITLED.to_owned(),
    }
}

/// Takes the heading that is the title away; its link stays as a paragraph.
fn take_heading(top_level: &mut Vec<TopLevel>, at: usize, link: Option<Vec<Span>>) {
    let heading = top_level.remove(at);
    if let (Some(link), TopLevel::Heading { range, .. }) = (link, heading) {
        top_level.insert(at, TopLevel::Block { block: Block::Para(link), range });
    }
}

/// Makes braces with an attribute that has no meaning part of the text of their heading, and reports them.
fn unknown_attributes_to_text(top_level: &mut [TopLevel], found: &mut Vec<Diagnostic>) {
    for top in top_level {
        let TopLevel::Heading { text, attributes, range, .. } = top else { continue };
        let is_unknown =
            |attributes: &mut Box<Attributes>| section_kind::kind_from_attributes(attributes).is_err();
        let Some(unknown) = attributes.take_if(is_unknown) else { continue };
        found.push(Diagnostic {
            code: DiagnosticCode::HeadingAttribute,
            range: range.clone(),
            message: format!("`{}` is not a known attribute; it is shown as text", unknown.written),
            help: "known attributes are {.papers}, {.terms}, {.goals}, {.links}, {.log}, {.prose}, {.folded} and {#an-id}"
                .into(),
        });
        unknown.put_back(text);
    }
}

/// Ids that authors chose come before those that titles give.
fn reserve_chosen_ids(top_level: &mut [TopLevel], ids: &mut IdAllocator, found: &mut Vec<Diagnostic>) {
    for top in top_level {
        let TopLevel::Heading { attributes: Some(attributes), range, .. } = top else { continue };
        if attributes.is_reserved {
            continue;
        }
        let Some(chosen) = attributes.id.take() else { continue };
        match ids.reserve(&chosen) {
            Some(id) => attributes.id = Some(id.to_string()),
            None => found.push(Diagnostic {
                code: DiagnosticCode::DuplicateId,
                range: range.clone(),
                message: format!("the id `{chosen}` is already used, or has no letter or digit"),
                help: "choose another, or remove it: the id then follows from the title".into(),
            }),
        }
    }
}

/// A section that may still get entries.
struct OpenSection {
    section: Section,
    /// The last entry takes the blocks that follow it.
    attaches: bool,
    role: SectionRole,
    /// The date in the heading of a log; empty if it has only a week or the number of a day.
    log: Option<PaperDate>,
}

/// The role of a section, which refines its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SectionRole {
    Usual,
    /// The author set its kind to prose: nothing in it is a paper.
    ExplicitProse,
    /// Its heading is a term, and its content the definition.
    Definition,
    /// It is about books, courses and the like.
    NonPapers,
}

struct SectionBuilder<'a> {
    source: &'a str,
    /// The title of the document.
    title: String,
    /// The default kind of sections: terms in a glossary.
    document: SectionKind,
    /// The order of day and month in the headings.
    day_order: Option<DayOrder>,
    /// The day in the title of the document, if it has one.
    day: PaperDate,
    found: &'a mut Vec<Diagnostic>,
    properties: WrittenProperties<'a>,
    /// The first class of a heading without a meaning here, its place, and the number of headings with one.
    other_classes: Option<(String, Range<usize>, usize)>,
    places: Places,
    intro: Vec<Block>,
    done: Vec<Section>,
    open: Vec<OpenSection>,
}

impl SectionBuilder<'_> {
    /// Ends every open section of this level or deeper.
    fn close(&mut self, level: u8) {
        // A section without a heading ends at the first one.
        let level = match self.open.as_slice() {
            [only] if only.section.level == Section::UNTITLED_LEVEL => Section::UNTITLED_LEVEL,
            _ => level,
        };
        while self.open.last().is_some_and(|open| open.section.level >= level) {
            let Some(OpenSection { mut section, role, log, .. }) = self.open.pop() else {
                return;
            };
            let around = self.open.iter().filter_map(|open| open.log);
            let days = [self.day].into_iter().chain(around).chain(log);
            if let Some(day) = days.rev().find(|day| !day.is_empty()) {
                log_heading::add_date_read(&mut section, day);
            }
            for entry in &mut section.entries {
                if let Entry::Paper(paper) | Entry::Link(paper) = entry {
                    paper_line::add_details(paper);
                    if paper.placement != Placement::Row {
                        reading_status::add(paper);
                    }
                }
            }
            let is_open = section.kind == SectionKind::Prose && role != SectionRole::ExplicitProse;
            if is_open
                && (log.is_some() || role != SectionRole::Definition && log_heading::holds_days(&section))
            {
                section.kind = SectionKind::Log;
            }
            if section.kind == SectionKind::Prose
                && role != SectionRole::ExplicitProse
                && section_kind::holds_papers(&section)
            {
                section.kind = SectionKind::Papers;
            }
            if role == SectionRole::Definition && section.kind == SectionKind::Prose {
                section.kind = SectionKind::Terms;
            }
            match self.open.last_mut() {
                Some(parent) => parent.section.sections.push(section),
                None => self.done.push(section),
            }
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one heading with all that decides how the entries below it are read"
    )]
    fn heading(
        &mut self,
        level: u8,
        text: Vec<Span>,
        attributes: Option<&Attributes>,
        range: Range<usize>,
        below: &[TopLevel],
    ) {
        self.close(level);
        let parent = self.open.last().map(|open| &open.section);
        if let Some(parent) = parent.filter(|parent| level > parent.level + 1) {
            self.found.push(Diagnostic {
                code: DiagnosticCode::HeadingJump,
                range: range.clone(),
                message: format!("this heading skips from level {} to level {level}", parent.level),
                help: format!("begin it with {} `#` characters", parent.level + 1),
            });
        }
        let around = parent.map(|parent| parent.kind);
        let explicit_kind =
            attributes.and_then(|attributes| section_kind::kind_from_attributes(attributes).ok()?);
        if let Some(class) = attributes.and_then(section_kind::other_class) {
            self.other_classes.get_or_insert_with(|| (class.to_owned(), range.clone(), 0)).2 += 1;
        }
        let title = plain(&text);
        let inferred = section_kind::infer(around, self.document, &title);
        let kind = explicit_kind.unwrap_or(inferred);
        // The content of a log is read as that of any other section.
        let log = match (explicit_kind, kind) {
            (Some(SectionKind::Log), _) => {
                Some(log_heading::date_in_order(&title, self.day_order).unwrap_or_default())
            }
            (Some(SectionKind::Prose), _) | (_, SectionKind::Terms | SectionKind::Goals) => None,
            _ => log_heading::date_in_order(&title, self.day_order),
        };
        let kind = if kind == SectionKind::Log { SectionKind::Prose } else { kind };
        let is_named_so = section_kind::kind_from_title(&title) == SectionKind::Terms;
        // An explicit kind makes the heading a section, not a term.
        let is_term = explicit_kind.is_none()
            && log.is_none()
            && match kind {
                SectionKind::Terms => !is_named_so && glossary::is_term_heading(level, &title, below),
                SectionKind::Prose => glossary::is_defined_heading(&title, below),
                _ => false,
            };
        let chosen = attributes.and_then(|attributes| attributes.id.as_deref());
        let id = match chosen {
            Some(chosen) => Id::from(chosen),
            None => PENDING_ID.into(),
        };
        self.places.push(range.clone());
        let name = text.clone();
        let role = if explicit_kind == Some(SectionKind::Prose) {
            SectionRole::ExplicitProse
        } else if is_term {
            SectionRole::Definition
        } else if section_kind::names_non_papers(&title) {
            SectionRole::NonPapers
        } else {
            SectionRole::Usual
        };
        let folded = attributes.is_some_and(Attributes::is_folded);
        let section =
            Section { id, kind, level, folded, title: text, entries: Vec::new(), sections: Vec::new() };
        self.open.push(OpenSection { section, attaches: false, role, log });
        if is_term {
            let term = Term { placement: Placement::Heading, ..term_with_aliases(name, Vec::new()) };
            self.push(Entry::Term(term), range, true);
        }
    }

    /// The kind that decides how items here are read.
    fn kind(&self) -> SectionKind {
        self.open.last().map_or(self.document, |open| open.section.kind)
    }

    /// Returns true inside of a section whose heading is a term.
    fn is_definition(&self) -> bool {
        self.open.last().is_some_and(|open| open.role == SectionRole::Definition)
    }

    /// Returns true if what stands here can be a paper.
    fn may_hold_papers(&self) -> bool {
        let is_about_list = |open: &OpenSection| section_kind::is_about_the_list(&plain(&open.section.title));
        matches!(self.kind(), SectionKind::Papers | SectionKind::Links | SectionKind::Prose)
            && !self.open.last().is_some_and(|open| {
                open.role == SectionRole::Definition
                    || open.role == SectionRole::ExplicitProse
                    || is_about_list(open)
            })
    }

    /// Opens a section without a heading for entries that stand before the first heading.
    fn open_untitled(&mut self, range: Range<usize>) {
        if self.open.is_empty() && self.done.is_empty() {
            self.places.push(range);
            let section = Section {
                id: PENDING_ID.into(),
                kind: self.document,
                level: Section::UNTITLED_LEVEL,
                folded: false,
                title: Vec::new(),
                entries: Vec::new(),
                sections: Vec::new(),
            };
            let untitled = OpenSection { section, attaches: false, role: SectionRole::Usual, log: None };
            self.open.push(untitled);
        }
    }

    /// Returns true if unmistakable terms and goals can be entries here.
    fn may_become_entries(&self) -> bool {
        let is_about_list = |open: &OpenSection| section_kind::is_about_the_list(&plain(&open.section.title));
        self.kind() == SectionKind::Prose
            && !self.is_note()
            && !self.open.last().is_some_and(|open| {
                open.role == SectionRole::Definition
                    || open.role == SectionRole::ExplicitProse
                    || is_about_list(open)
            })
    }

    /// Returns true if a list here would be a note of the entry before it. Below terms there may be more terms.
    fn is_note(&self) -> bool {
        let last = self.open.last().and_then(|open| open.section.entries.last());
        self.attaches_to_entry() && !matches!(last, Some(Entry::Term(_)))
    }

    fn attaches_to_entry(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.attaches && !matches!(open.section.entries.last(), Some(Entry::Prose(_)) | None)
        })
    }

    /// Reports once that headings have classes of other programs.
    fn report_other_classes(&mut self) {
        let Some((class, range, count)) = self.other_classes.take() else { return };
        let times = times(count);
        self.found.push(Diagnostic {
            code: DiagnosticCode::ForeignMark,
            range,
            message: format!(
                "attributes of headings such as `{class}` are not shown, and have no meaning here{times}"
            ),
            help: "remove them, unless another program needs them".into(),
        });
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
            Some(Entry::Paper(link) | Entry::Link(link)) => link.notes.push(labeled(block)),
            Some(Entry::Term(term)) => {
                term.definition.push(block);
                // An export writes the first paragraph behind the name.
                let is_first = term.placement == Placement::Item && term.definition.len() == 1;
                if let Some(paper) = if is_first { paper_of_term(term) } else { None } {
                    self.push(Entry::Paper(paper), range, false);
                }
            }
            Some(Entry::Prose(prose)) => prose.blocks.push(block),
            Some(Entry::Goal(_)) | None => {
                let prose = Prose { id: PENDING_ID.into(), blocks: vec![block] };
                self.push(Entry::Prose(prose), range, true);
            }
        }
    }

    fn push(&mut self, entry: Entry, range: Range<usize>, attaches: bool) {
        let Some(open) = self.open.last_mut() else { return };
        // The places of a goal and its parts are there already.
        if !matches!(entry, Entry::Goal(_)) {
            self.places.push(range);
        }
        open.section.entries.push(entry);
        open.attaches = attaches;
    }
}
