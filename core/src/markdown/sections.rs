//! Builds sections and entries from the top-level blocks.

use std::ops::Range;

use super::Places;
use super::attributes::{Attributes, WrittenProperties};
use super::front_matter::FrontMatter;
use super::inline_text::join_to_one_line;
use super::link_kind::kind_from_label;
use super::log_heading::DayOrder;
use super::paper_line::{self, Evidence, MAX_DETAILS, PaperLine};
use super::syntax_tree::TopLevel;
use super::{
    field_list, glossary, label, leading_link, log_heading, reading_status, section_kind, table_papers,
    term_name,
};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{
    Block, Definition, Entry, FORMAT_VERSION, Goal, Id, IdAllocator, ListItem, Notebook, PaperDate,
    Placement, Prose, Reference, Section, SectionKind, Span, Term, TitleForm, plain,
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

/// Ids that authors chose come before those that titles give.
fn reserve_chosen_ids(top_level: &mut [TopLevel], ids: &mut IdAllocator, found: &mut Vec<Diagnostic>) {
    for top in top_level {
        let TopLevel::Heading { attributes: Some(attributes), range, .. } = top else { continue };
        if section_kind::kind_from_attributes(Some(attributes)).is_err() {
            continue;
        }
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
        mut text: Vec<Span>,
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
        let explicit_kind = section_kind::kind_from_attributes(attributes);
        let are_known = explicit_kind.is_ok();
        let explicit_kind = explicit_kind.unwrap_or_else(|()| {
            let written = attributes.map_or("", |attributes| attributes.written.as_str());
            self.found.push(Diagnostic {
                code: DiagnosticCode::HeadingAttribute,
                range: range.clone(),
                message: format!("`{written}` is not a known attribute; it is shown as text"),
                help: "known attributes are {.papers}, {.terms}, {.goals}, {.links}, {.log}, {.prose}, {.folded} and {#an-id}"
                    .into(),
            });
            if let Some(attributes) = attributes {
                attributes.put_back(&mut text);
            }
            None
        });
        if are_known && let Some(class) = attributes.and_then(section_kind::other_class) {
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
        let id = match chosen.filter(|_| are_known) {
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
        let folded = are_known && attributes.is_some_and(Attributes::is_folded);
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

    fn list(&mut self, start: Option<u64>, items: Vec<(ListItem, Range<usize>)>) {
        let is_below_term = self.open.last().is_some_and(|open| {
            let last = open.section.entries.last();
            open.attaches && matches!(last, Some(Entry::Term(term)) if term.placement == Placement::Paragraph)
        });
        // A list of links below a term has its sources, and no further terms.
        let are_links = || items.iter().all(|(item, _)| glossary::is_named_by_link(item));
        if self.is_definition() || (is_below_term && are_links()) {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        let fields = if self.may_hold_papers() && !self.attaches_to_entry() {
            field_list::paper_in(items.iter().map(|(item, _)| item))
        } else {
            None
        };
        if let Some(paper) = fields {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.beside_text(Block::List { start, items }, paper, range);
        }
        let holds_papers = self.may_hold_papers() && items.iter().any(|(item, _)| self.holds_paper(item));
        if !holds_papers
            && self.may_become_entries()
            && items.iter().all(|(item, _)| glossary::is_marked_item(item))
        {
            self.open_untitled(items.first().map_or(0..0, |(_, range)| range.clone()));
            for (item, range) in items {
                if let Ok(term) = term(item) {
                    self.push_term(term, range);
                }
            }
            return;
        }
        if !holds_papers
            && self.may_become_entries()
            && glossary::are_abbreviations(items.iter().map(|(item, _)| item))
        {
            self.become_glossary();
        }
        let kind = self.kind();
        if !holds_papers && self.may_become_entries() && is_checklist(&items) {
            return self.checklist(items);
        }
        if kind == SectionKind::Prose && !holds_papers {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        // A list that papers are taken out of loses its numbering.
        let start = start.filter(|_| !holds_papers);
        let mut entries_here = false;
        self.items(kind, start, items, &mut entries_here);
    }

    /// Keeps a block in its place, and adds the paper that it describes after it.
    fn beside_text(&mut self, block: Block, paper: Reference, range: Range<usize>) {
        self.open_untitled(range.clone());
        if let Some(open) = self.open.last_mut() {
            open.attaches = matches!(open.section.entries.last(), Some(Entry::Prose(_)));
        }
        self.block(block, range.clone());
        self.push(Entry::Paper(paper), range, false);
    }

    /// Makes the section one of terms from here on, unless what it has so far would then be read differently.
    fn become_glossary(&mut self) {
        if let Some(open) = self.open.last_mut()
            && open.section.level != Section::UNTITLED_LEVEL
            && open.section.entries.iter().all(reads_alike_in_glossary)
        {
            open.section.kind = SectionKind::Terms;
        }
    }

    /// Reads a list of check boxes as goals, in a section of any kind.
    fn checklist(&mut self, items: Vec<(ListItem, Range<usize>)>) {
        self.open_untitled(items.first().map_or(0..0, |(_, range)| range.clone()));
        for (item, range) in items {
            let goal = self.goal(item, &range);
            self.push(Entry::Goal(goal), range, false);
        }
    }

    /// Reads the items of a list, and of the lists inside those that only name a category.
    #[allow(clippy::too_many_lines, reason = "one loop, with a case for each way to read an item")]
    fn items(
        &mut self,
        kind: SectionKind,
        start: Option<u64>,
        items: Vec<(ListItem, Range<usize>)>,
        entries_here: &mut bool,
    ) {
        // Items that are no entries stay a list: of the entry before this list, or in their place.
        let mut loose: Option<(Vec<ListItem>, Range<usize>)> = None;
        let items = items.into_iter().flat_map(|(item, range)| {
            let parts = if self.may_hold_papers() { split_joined_item(item) } else { (item, None) };
            [Some((parts.0, range.clone())), parts.1.map(|second| (second, range))].into_iter().flatten()
        });
        for (item, range) in items.collect::<Vec<_>>() {
            match self.entry(kind, item, &range) {
                Ok(entry) => {
                    self.push_loose_items(start, loose.take(), *entries_here);
                    self.open_untitled(range.clone());
                    *entries_here = true;
                    match entry {
                        Entry::Term(term) => self.push_term(term, range),
                        entry => self.push(entry, range, kind != SectionKind::Goals),
                    }
                }
                Err(item)
                    if self.may_hold_papers()
                        && nested_lists(&item)
                            .any(|items| items.iter().any(|item| self.holds_paper(item))) =>
                {
                    let checked = item.checked;
                    let mut rest = Vec::new();
                    for block in item.blocks {
                        match block {
                            Block::List { start: inner_start, items }
                                if items.iter().any(|item| self.holds_paper(item)) =>
                            {
                                let before = ListItem { checked, blocks: std::mem::take(&mut rest) };
                                self.non_paper_item(before, &range, &mut loose, start, entries_here);
                                self.push_loose_items(start, loose.take(), *entries_here);
                                let items = items.into_iter().map(|item| (item, range.clone())).collect();
                                self.items(kind, inner_start, items, entries_here);
                            }
                            other => rest.push(other),
                        }
                    }
                    let rest = ListItem { checked, blocks: rest };
                    self.non_paper_item(rest, &range, &mut loose, start, entries_here);
                }
                Err(item) if self.may_hold_papers() && is_to_do(&item) => {
                    self.non_paper_item(item, &range, &mut loose, start, entries_here);
                }
                Err(item) => {
                    if *entries_here || !self.attaches_to_entry() {
                        self.report_item(kind, &range);
                    }
                    loose.get_or_insert((Vec::new(), range)).0.push(item);
                }
            }
        }
        self.push_loose_items(start, loose, *entries_here);
    }

    /// Adds an item among papers that is not a paper: with a check box as a goal, otherwise as text.
    fn non_paper_item(
        &mut self,
        item: ListItem,
        range: &Range<usize>,
        loose: &mut Option<(Vec<ListItem>, Range<usize>)>,
        start: Option<u64>,
        entries_here: &mut bool,
    ) {
        // Check boxes directly after a paper are its notes, as in a separate list.
        if is_to_do(&item) && (*entries_here || !self.is_note()) {
            self.push_loose_items(start, loose.take(), *entries_here);
            self.open_untitled(range.clone());
            *entries_here = true;
            let goal = self.goal(item, range);
            self.push(Entry::Goal(goal), range.clone(), false);
        } else if !item.blocks.is_empty() {
            loose.get_or_insert_with(|| (Vec::new(), range.clone())).0.push(item);
        }
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

    /// Reads a heading or short line as a paper if the list or paragraph below it has its details, perhaps after a picture. Returns
    /// the number of parts that it took from below, and gives the part back if it is none.
    #[allow(
        clippy::too_many_lines,
        reason = "the forms of a paper that a heading or a line begins, in their order"
    )]
    fn titled_details(&mut self, top: TopLevel, below: &[TopLevel]) -> Result<usize, TopLevel> {
        if let TopLevel::List { start, items } = top {
            return self.last_item_with_details(start, items, below);
        }
        if !matches!(&top, TopLevel::Heading { .. } | TopLevel::Block { block: Block::Para(_), .. }) {
            return Err(top);
        }
        let pictures = below.iter().map_while(as_picture).take(MAX_PICTURES).count();
        let details = match below.get(pictures) {
            // Only lists that are short enough to be details are looked at.
            Some(TopLevel::List { start, items }) if items.len() <= MAX_DETAILS => {
                let items = items.iter().map(|(item, _)| item);
                paper_line::is_detail_list(items.clone())
                    .then(|| Block::List { start: *start, items: items.cloned().collect() })
            }
            Some(TopLevel::Block { block: Block::Para(spans), .. }) => Some(Block::Para(spans.clone())),
            _ => None,
        };
        let is_list = matches!(details, Some(Block::List { .. }));
        let is_address =
            matches!(&details, Some(Block::Para(spans)) if paper_line::is_address_of_paper(spans));
        let taken = if details.is_some() { pictures + 1 } else { 0 };
        let pictures = below.iter().map_while(as_picture).take(pictures);
        let notes = || pictures.cloned().map(Block::Para).chain(details).map(labeled).collect::<Vec<_>>();
        match top {
            TopLevel::Heading { level, text, attributes, range } => {
                let line = paper_line::split_line(&text)
                    .filter(|line| line.link.is_some() && line.evidence() == Evidence::Link);
                let line = line.or_else(|| {
                    let title = plain(&text);
                    let is_title = (is_list || is_address)
                        && section_kind::kind_from_title(&title) == SectionKind::Prose
                        && kind_from_label(&title).is_none()
                        && log_heading::date_of(&title).is_none();
                    is_title.then(|| PaperLine::plain(&text)).flatten()
                });
                let Some(line) = line else {
                    return Err(TopLevel::Heading { level, text, attributes, range });
                };
                self.heading(level, text, attributes.as_deref(), range.clone(), below);
                let notes = if taken == 0 { Vec::new() } else { notes() };
                if matches!(self.kind(), SectionKind::Terms | SectionKind::Goals) {
                    // What a glossary has is a term.
                    for note in notes {
                        self.block(note, range.clone());
                    }
                    return Ok(taken);
                }
                let status = reading_status::before_title(&plain(&line.before));
                let mut paper = line.into_reference(notes);
                paper.properties.extend(status.map(reading_status::property));
                paper.placement = Placement::Heading;
                paper.byline.clear();
                paper.before_title = 0;
                self.push(Entry::Paper(paper), range, true);
                Ok(taken)
            }
            TopLevel::Block { block: Block::Para(spans), range }
                if (is_list || is_address) && self.may_hold_papers() =>
            {
                let is_short = spans.len() <= 3
                    && !paper_line::has_link(&spans)
                    && !plain(&spans).ends_with([':', '：']);
                let Some(line) = is_short.then(|| PaperLine::plain(&spans)).flatten() else {
                    return Err(TopLevel::Block { block: Block::Para(spans), range });
                };
                self.open_untitled(range.clone());
                let mut paper = line.into_reference(notes());
                paper.placement = Placement::Paragraph;
                self.push(Entry::Paper(paper), range, true);
                Ok(taken)
            }
            other => Err(other),
        }
    }

    /// A list whose last item has its details in the list below, which is indented too little to be a part of it:
    /// `1. Title` and `  - Paper: …`.
    fn last_item_with_details(
        &mut self,
        start: Option<u64>,
        mut items: Vec<(ListItem, Range<usize>)>,
        below: &[TopLevel],
    ) -> Result<usize, TopLevel> {
        let details = match below.first() {
            Some(TopLevel::List { start, items }) if items.len() <= MAX_DETAILS => Some((start, items)),
            _ => None,
        };
        let is_title = |item: &ListItem| match item.blocks.as_slice() {
            [Block::Para(spans)] => !paper_line::has_link(spans) && PaperLine::plain(spans).is_some(),
            _ => false,
        };
        let of_items = |items: &[(ListItem, Range<usize>)]| {
            paper_line::is_detail_list(items.iter().map(|(item, _)| item))
        };
        // Two adjacent bullet lists are separate lists; only bullets after a numbered list can be details.
        if let Some((inner, details)) = details.filter(|(inner, _)| start.is_some() && inner.is_none())
            && self.may_hold_papers()
            && items.last().is_some_and(|(item, _)| is_title(item))
            && of_items(details)
            && !of_items(&items)
            && let Some((item, _)) = items.last_mut()
        {
            let details = details.iter().map(|(item, _)| item.clone()).collect();
            item.blocks.push(Block::List { start: *inner, items: details });
            self.list(start, items);
            return Ok(1);
        }
        Err(TopLevel::List { start, items })
    }

    /// A paragraph: a paper if it has the form of one, else text.
    fn paragraph(&mut self, spans: Vec<Span>, range: Range<usize>) {
        if let Some(terms) = self.terms_of_paragraph(&spans) {
            self.open_untitled(range.clone());
            for term in terms {
                self.push(Entry::Term(term), range.clone(), true);
            }
            return;
        }
        if let Some(paper) = self.paper_of_file(&spans) {
            return self.beside_text(Block::Para(spans), paper, range);
        }
        let is_paper = self.may_hold_papers() && paper_line::has_paper_link(&spans);
        let line = is_paper.then(|| paper_line::split_line(&spans)).flatten();
        let Some(line) = line.filter(PaperLine::is_paragraph_of_paper) else {
            return self.block(Block::Para(spans), range);
        };
        self.open_untitled(range.clone());
        let mut paper = line.into_reference(Vec::new());
        paper.placement = Placement::Paragraph;
        self.push(Entry::Paper(paper), range, true);
    }

    /// Returns the paper of a file that begins with its title and a line of labels: `[paper](…) [code](…)`.
    fn paper_of_file(&self, spans: &[Span]) -> Option<Reference> {
        let is_first = self.open.is_empty() && self.done.is_empty() && self.intro.is_empty();
        let is_title = is_first
            && self.title != UNTITLED
            && self.document == SectionKind::Prose
            && section_kind::kind_from_title(&self.title) == SectionKind::Prose
            && !self.title.to_lowercase().contains("awesome");
        if !is_title || !paper_line::are_labels_of_paper(spans) {
            return None;
        }
        let line = PaperLine {
            before: Vec::new(),
            title: vec![Span::Text(self.title.clone())],
            form: TitleForm::Text,
            link: None,
            after: spans.to_vec(),
        };
        Some(row_paper(line))
    }

    /// Returns false for an item with some PDF in a section about books, courses and the like.
    fn is_named_paper(&self, item: &ListItem) -> bool {
        let is_elsewhere = self.open.last().is_some_and(|open| open.role == SectionRole::NonPapers);
        !is_elsewhere || has_named_paper_link(item)
    }

    fn is_paper(&self, item: &ListItem) -> bool {
        is_paper_item(item) && self.is_named_paper(item)
    }

    /// Returns true if an item is a paper here, or one in a list inside it is.
    fn holds_paper(&self, item: &ListItem) -> bool {
        self.is_paper(item) || nested_lists(item).any(|items| items.iter().any(|item| self.holds_paper(item)))
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

    fn terms_of_paragraph(&self, spans: &[Span]) -> Option<Vec<Term>> {
        let is_glossary = self.kind() == SectionKind::Terms && !self.is_definition();
        let marked =
            (is_glossary || self.may_become_entries()).then(|| glossary::marked_terms(spans)).flatten();
        marked.or_else(|| is_glossary.then(|| glossary::split_paragraph(spans)).flatten())
    }

    /// A table: its rows are papers if they have links to some, or terms. The table stays where it is.
    fn table(&mut self, table: Block, range: Range<usize>) {
        let papers = match &table {
            Block::Table { rows, .. } if self.may_hold_papers() => table_papers::papers_in(rows),
            _ => Vec::new(),
        };
        let is_glossary = self.kind() == SectionKind::Terms && !self.is_definition();
        let terms = match &table {
            Block::Table { rows, .. } if papers.is_empty() && (is_glossary || self.may_become_entries()) => {
                glossary::terms_in(rows, is_glossary)
            }
            _ => Vec::new(),
        };
        if papers.is_empty() && terms.is_empty() {
            return self.block(table, range);
        }
        self.open_untitled(range.clone());
        if let Some(open) = self.open.last_mut() {
            open.attaches = matches!(open.section.entries.last(), Some(Entry::Prose(_)));
        }
        self.block(table, range.clone());
        for entry in papers.into_iter().map(Entry::Paper).chain(terms.into_iter().map(Entry::Term)) {
            self.push(entry, range.clone(), false);
        }
    }

    fn push_loose_items(
        &mut self,
        start: Option<u64>,
        loose: Option<(Vec<ListItem>, Range<usize>)>,
        after_entry: bool,
    ) {
        let Some((items, range)) = loose else { return };
        if after_entry && let Some(open) = self.open.last_mut() {
            open.attaches = false;
        }
        // What entries were taken out of has no numbers to count on.
        let start = start.filter(|_| !after_entry);
        // Two lists in a row would be read as one.
        if after_entry
            && let Some(Entry::Prose(prose)) =
                self.open.last_mut().and_then(|open| open.section.entries.last_mut())
            && let Some(Block::List { start: None, items: before }) = prose.blocks.last_mut()
        {
            before.extend(items);
            return;
        }
        self.block(Block::List { start, items }, range);
    }

    fn attaches_to_entry(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.attaches && !matches!(open.section.entries.last(), Some(Entry::Prose(_)) | None)
        })
    }

    /// Reports once that headings have classes of other programs.
    fn report_other_classes(&mut self) {
        let Some((class, range, count)) = self.other_classes.take() else { return };
        let times = if count == 1 { String::new() } else { format!(", {count} times") };
        self.found.push(Diagnostic {
            code: DiagnosticCode::ForeignMark,
            range,
            message: format!(
                "attributes of headings such as `{class}` are not shown, and have no meaning here{times}"
            ),
            help: "leave them, if another program reads them".into(),
        });
    }

    fn report_item(&mut self, kind: SectionKind, range: &Range<usize>) {
        let (code, message, help) = match kind {
            SectionKind::Papers => (
                DiagnosticCode::ItemWithoutLink,
                "this item in a section of papers does not begin with a link; it is shown as text",
                "begin it with a link: `- [Title](https://...)`",
            ),
            SectionKind::Terms => (
                DiagnosticCode::ItemWithoutName,
                "this item in a section of terms is not of the form `Name: text`; it is shown as text",
                "begin it with the term and a colon",
            ),
            _ => return,
        };
        let (message, help) = (message.into(), help.into());
        self.found.push(Diagnostic { code, range: range.clone(), message, help });
    }

    /// Reads an item as an entry of its section's kind, or gives it back.
    fn entry(&mut self, kind: SectionKind, item: ListItem, range: &Range<usize>) -> Result<Entry, ListItem> {
        match kind {
            SectionKind::Papers => {
                self.reference(item, range, Evidence::None).map(|(link, _)| Entry::Paper(link))
            }
            SectionKind::Links => {
                let is_named = self.is_named_paper(&item);
                let (link, evidence) = self.reference(item, range, Evidence::Link)?;
                let is_paper = evidence == Evidence::Link && self.may_hold_papers() && is_named;
                Ok(if is_paper { Entry::Paper(link) } else { Entry::Link(link) })
            }
            SectionKind::Terms => {
                // A link that comes first is the name of a term.
                let is_paper = !glossary::is_named_by_link(&item) && is_paper_item(&item);
                let mut paper =
                    |item| self.reference(item, range, Evidence::Link).map(|(link, _)| Entry::Paper(link));
                // A paper's line may end with a colon that no definition follows.
                let definition = if is_paper { glossary::definition_on_one_line(&item) } else { None };
                if definition.as_ref().is_some_and(Vec::is_empty) {
                    return paper(item);
                }
                // A line break in the name makes the item neither a term nor a paper.
                let is_paper = is_paper && definition.is_none();
                term(item).map(Entry::Term).or_else(|item| if is_paper { paper(item) } else { Err(item) })
            }
            SectionKind::Goals if item.blocks.is_empty() => Err(item),
            SectionKind::Goals => Ok(Entry::Goal(self.goal(item, range))),
            SectionKind::Prose if self.may_hold_papers() && self.is_paper(&item) => {
                self.reference(item, range, Evidence::Link).map(|(link, _)| Entry::Paper(link))
            }
            // A section that is read is prose until it is known as a log.
            SectionKind::Prose | SectionKind::Log => Err(item),
        }
    }

    /// Reads an item as a title with what belongs to it. One that does not begin with a link needs evidence.
    fn reference(
        &mut self,
        item: ListItem,
        range: &Range<usize>,
        needed: Evidence,
    ) -> Result<(Reference, Evidence), ListItem> {
        let Some(Block::Para(spans)) = item.blocks.first() else { return Err(item) };
        let checked = item.checked;
        let is_linked = leading_link::is_title_link(spans);
        // A link that comes first is read as one, with the colon behind it.
        let is_first = |line: &PaperLine| line.form == TitleForm::Link && line.before.is_empty();
        let split = if is_linked { None } else { paper_line_of(&item).filter(|line| !is_first(line)) };
        let (mut line, notes) = if let Some(line) = split {
            let evidence = line.evidence_with(item.blocks.get(1..).unwrap_or_default());
            let needed = if needed == Evidence::None { Evidence::Form } else { needed };
            let is_marked = line.form == TitleForm::Link && is_item_state(&line.before);
            let begins_with_link = leading_link::begins_with_link(spans) || is_marked;
            if evidence < needed && !begins_with_link {
                return Err(item);
            }
            (line, item.blocks.into_iter().skip(1).collect())
        } else {
            let leading_link::LeadingLink { url, hint, title, byline, notes } =
                leading_link::split_leading_link(item)?;
            (
                PaperLine {
                    before: Vec::new(),
                    title,
                    form: TitleForm::Link,
                    link: Some((url, hint)),
                    after: byline,
                },
                notes,
            )
        };
        join_to_one_line(&mut line.title);
        let properties = self.properties.take(self.source, range, &mut line.after);
        let evidence = line.evidence_with(&notes);
        let notes: Vec<Block> = notes.into_iter().map(labeled).collect();
        let read = log_heading::day_before_title(&line.before);
        let mut reference = line.into_reference(notes);
        (reference.checked, reference.properties) = (checked, properties);
        if let Some(read) = read
            && reference.properties.iter().all(|property| property.name != read.name)
        {
            reference.properties.push(read);
        }
        Ok((reference, evidence))
    }

    fn goal(&mut self, item: ListItem, range: &Range<usize>) -> Goal {
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
        Goal { id: PENDING_ID.into(), checked: item.checked, text, notes, goals }
    }

    fn definitions(&mut self, items: Vec<Definition>, range: Range<usize>) {
        if items.len() >= MIN_DEFINITIONS && self.may_become_entries() {
            self.become_glossary();
        }
        if self.kind() != SectionKind::Terms || self.is_definition() {
            return self.block(Block::Definitions { items }, range);
        }
        self.open_untitled(range.clone());
        for Definition { name, blocks } in items {
            self.push_term(term_with_aliases(name, blocks), range.clone());
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

    /// A footnote that is nothing but a reference to a paper, between text: the paper is an entry too.
    fn footnote(&mut self, block: Block, range: Range<usize>) {
        let line = match &block {
            Block::Footnote { blocks, .. } if self.may_hold_papers() && !self.attaches_to_entry() => {
                match blocks.as_slice() {
                    [Block::Para(spans)] if paper_line::has_paper_link(spans) => {
                        paper_line::split_line(spans)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        self.block(block, range.clone());
        if let Some(line) = line.filter(PaperLine::is_paragraph_of_paper) {
            self.push(Entry::Paper(row_paper(line)), range, false);
        }
    }

    /// Pushes the term of an item, and the paper whose link it ends with.
    fn push_term(&mut self, term: Term, range: Range<usize>) {
        let paper = paper_of_term(&term);
        self.push(Entry::Term(term), range.clone(), paper.is_none());
        if let Some(paper) = paper {
            self.push(Entry::Paper(paper), range, false);
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

/// Returns true if some of these blocks would be read as papers below a heading about books, courses and the like, whose kind
/// is not set: there an item needs the link of a paper.
pub(super) fn would_be_papers_elsewhere(blocks: &[Block]) -> bool {
    fn are_papers(items: &[ListItem]) -> bool {
        items.iter().any(|item| {
            is_paper_item(item) && has_named_paper_link(item)
                || nested_lists(item).any(|items| are_papers(items))
        })
    }
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => are_papers(items) || paper_line::is_detail_list(items),
        block => would_be_papers(std::slice::from_ref(block)),
    })
}

fn has_named_paper_link(item: &ListItem) -> bool {
    item.blocks
        .iter()
        .any(|block| matches!(block, Block::Para(spans) if paper_line::has_named_paper_link(spans)))
}

/// Returns true if some of these blocks would be read as papers, if they stood in a section whose kind is not set.
pub(super) fn would_be_papers(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => list_would_be_papers(items),
        Block::Para(spans) => paper_line::has_paper_link(spans),
        Block::Table { rows, .. } => !table_papers::papers_in(rows).is_empty(),
        _ => false,
    })
}

/// Returns true if some of these blocks would be read as terms or goals in a section whose kind is not set.
pub(super) fn would_be_terms_or_goals(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => {
            items.iter().all(glossary::is_marked_item)
                || glossary::are_abbreviations(items.iter())
                || items.iter().all(|item| item.checked.is_some())
        }
        Block::Para(spans) => glossary::marked_terms(spans).is_some() || glossary::opens_definition(spans),
        Block::Table { rows, .. } => !glossary::terms_in(rows, false).is_empty(),
        Block::Definitions { items } => items.len() >= MIN_DEFINITIONS,
        _ => false,
    })
}

/// Returns true if an entry of a section of prose would be the same entry in a section of terms.
fn reads_alike_in_glossary(entry: &Entry) -> bool {
    let is_text = |block: &Block| match block {
        Block::Para(spans) => glossary::split_paragraph(spans).is_none(),
        Block::Table { rows, .. } => glossary::terms_in(rows, true).is_empty(),
        Block::List { .. } | Block::Definitions { .. } => false,
        _ => true,
    };
    match entry {
        Entry::Prose(prose) => prose.blocks.iter().all(is_text),
        Entry::Term(term) => {
            matches!(term.placement, Placement::Item | Placement::Paragraph)
                && term_name::reads_as_term_name(&term.name)
        }
        Entry::Paper(_) | Entry::Link(_) | Entry::Goal(_) => false,
    }
}

/// Fewest definitions in a list that make a section one of terms.
const MIN_DEFINITIONS: usize = 3;

/// Returns true if some items of a list would be papers.
pub(super) fn list_would_be_papers<'a, I>(items: I) -> bool
where
    I: IntoIterator<Item = &'a ListItem> + Clone,
{
    items.clone().into_iter().any(holds_paper)
        || field_list::paper_in(items.clone().into_iter()).is_some()
        || paper_line::is_detail_list(items)
}

/// The most pictures between a title and its details.
const MAX_PICTURES: usize = 3;

/// Returns a paragraph that is nothing but pictures.
fn as_picture(part: &TopLevel) -> Option<&Vec<Span>> {
    let TopLevel::Block { block: Block::Para(spans), .. } = part else { return None };
    let is_picture = |span: &Span| match span {
        Span::Image { .. } | Span::Break {} => true,
        Span::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    (spans.iter().all(is_picture)).then_some(spans)
}

fn nested_lists(item: &ListItem) -> impl Iterator<Item = &Vec<ListItem>> {
    item.blocks.iter().filter_map(|block| match block {
        Block::List { items, .. } => Some(items),
        _ => None,
    })
}

/// Returns true if an item is a paper, or one in a list inside it is.
fn holds_paper(item: &ListItem) -> bool {
    is_paper_item(item) || nested_lists(item).any(|items| items.iter().any(holds_paper))
}

/// Returns true if an item by itself says that it is a paper.
fn is_paper_item(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    let rest = item.blocks.get(1..).unwrap_or_default();
    if !paper_line::has_link(spans) && rest.is_empty() {
        return false;
    }
    paper_line_of(item).is_some_and(|line| line.evidence_with(rest) == Evidence::Link)
}

/// Parts an item with two papers, which share its notes.
fn split_joined_item(item: ListItem) -> (ListItem, Option<ListItem>) {
    let Some(Block::Para(spans)) = item.blocks.first() else { return (item, None) };
    let Some((first, second, note)) = paper_line::split_joined(spans) else { return (item, None) };
    let note = (!note.is_empty()).then_some(Block::Para(note));
    let rest: Vec<Block> = note.into_iter().chain(item.blocks.into_iter().skip(1)).collect();
    let with = |line: Vec<Span>, rest: Vec<Block>| ListItem {
        checked: item.checked,
        blocks: std::iter::once(Block::Para(line)).chain(rest).collect(),
    };
    (with(first, rest.clone()), Some(with(second, rest)))
}

/// The line of an item; a line without a link may have its links in the details below it.
fn paper_line_of(item: &ListItem) -> Option<PaperLine> {
    let Some(Block::Para(spans)) = item.blocks.first() else { return None };
    paper_line::split_line(spans).or_else(|| {
        let has_details =
            !paper_line::has_link(spans) && nested_lists(item).next().is_some_and(paper_line::is_detail_list);
        has_details.then(|| PaperLine::plain(spans)).flatten()
    })
}

/// Returns true if every item has a check box and a text.
fn is_checklist(items: &[(ListItem, Range<usize>)]) -> bool {
    !items.is_empty() && items.iter().all(|(item, _)| is_to_do(item))
}

/// Returns true for an item with a check box and a text.
fn is_to_do(item: &ListItem) -> bool {
    item.checked.is_some() && matches!(item.blocks.first(), Some(Block::Para(_)))
}

/// Returns true for a mark in brackets that other programs take for the state of an item: `[/]`, `[>]`, `[?]`.
fn is_item_state(before: &[Span]) -> bool {
    let text = plain(before);
    let mark = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    mark.is_some_and(|mark| mark.chars().count() == 1 && !mark.chars().any(char::is_numeric))
}

/// A term whose text ends with a link that is called a paper is one too: `YOLO - You Only Look Once [Paper](…)`.
fn paper_of_term(term: &Term) -> Option<Reference> {
    let Term { name, definition, .. } = term;
    let Some(Block::Para(text)) = definition.first() else { return None };
    let line = paper_line::split_line(text).filter(|line| line.evidence() == Evidence::Link)?;
    let is_labeled = line.link.is_none() && line.before.is_empty();
    let mut paper = is_labeled.then(|| row_paper(line))?;
    paper.labels.push(plain(name).into_owned());
    Some(paper)
}

/// Creates a paper that the entry above already shows, as a table shows its rows.
fn row_paper(line: PaperLine) -> Reference {
    let mut paper = line.into_reference(Vec::new());
    paper.placement = Placement::Row;
    paper.byline.clear();
    paper.before_title = 0;
    paper
}

fn term(item: ListItem) -> Result<Term, ListItem> {
    let split = match (item.checked, item.blocks.as_slice()) {
        // A name alone, with its definition below.
        (None, [Block::Para(spans), _, ..])
            if matches!(spans.as_slice(), [Span::Strong(_)]) && term_name::reads_as_term_name(spans) =>
        {
            term_name::split_term(spans).or_else(|| Some((spans.clone(), Vec::new())))
        }
        (None, [Block::Para(spans), ..]) => term_name::split_term(spans),
        _ => None,
    };
    let Some((name, text)) = split else { return Err(item) };
    let mut definition: Vec<Block> = item.blocks.into_iter().skip(1).collect();
    if !text.is_empty() {
        definition.insert(0, Block::Para(text));
    }
    Ok(term_with_aliases(name, definition))
}

fn term_with_aliases(name: Vec<Span>, definition: Vec<Block>) -> Term {
    let aliases = term_name::aliases_of(&name);
    Term { name, aliases, definition, ..Term::default() }
}

fn labeled(block: Block) -> Block {
    match block {
        Block::Para(spans) => label::label_paragraph(spans),
        other => other,
    }
}

/// Stands where an id will be: those come last, when it is known who asks for which.
const PENDING_ID: &str = "";

/// Gives every heading and entry its id.
///
/// Sections, papers, terms and links come first, so that `#sparse-coding` is the term and not the
/// wish to learn it; then goals, prose, and headings inside text.
fn allocate_ids(notebook: &mut Notebook, mut ids: IdAllocator) {
    notebook.sections.iter_mut().for_each(|section| allocate_first(section, &mut ids));
    notebook.sections.iter_mut().for_each(|section| allocate_last(section, &mut ids));
    notebook.for_each_block_mut(&mut |block| {
        if let Block::Heading { id, text, .. } = block {
            *id = ids.allocate(&plain(text), "heading");
        }
    });
}

fn allocate_first(section: &mut Section, ids: &mut IdAllocator) {
    if section.id.as_str() == PENDING_ID {
        section.id = ids.allocate(&plain(&section.title), "section");
    }
    for entry in &mut section.entries {
        match entry {
            Entry::Paper(link) | Entry::Link(link) => link.id = ids.allocate(&plain(&link.title), "link"),
            Entry::Term(term) => term.id = ids.allocate(&term.bare_name(), "term"),
            Entry::Goal(_) | Entry::Prose(_) => {}
        }
    }
    section.sections.iter_mut().for_each(|section| allocate_first(section, ids));
}

fn allocate_last(section: &mut Section, ids: &mut IdAllocator) {
    for entry in &mut section.entries {
        match entry {
            Entry::Goal(goal) => allocate_goal(goal, ids),
            Entry::Prose(prose) => prose.id = ids.allocate(&format!("{} text", section.id), "text"),
            _ => {}
        }
    }
    section.sections.iter_mut().for_each(|section| allocate_last(section, ids));
}

fn allocate_goal(goal: &mut Goal, ids: &mut IdAllocator) {
    goal.id = ids.allocate(&plain(&goal.text), "goal");
    goal.goals.iter_mut().for_each(|goal| allocate_goal(goal, ids));
}
