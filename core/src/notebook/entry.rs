//! Entries of a section: papers, terms, goals, links, and prose between them.

use std::borrow::Cow;

use serde::Serialize;

use crate::unicode::lowercase;

use super::text::{for_each_block_mut, map_spans, map_spans_in, plain};
use super::{
    Block, BylinePart, Citation, Id, PaperDate, PaperLink, PaperSource, Placement, Span, TitleForm, Url,
};

/// An entry of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// A paper with notes.
    Paper(Reference),
    /// A term in the author's own words.
    Term(Term),
    /// A learning goal.
    Goal(Goal),
    /// A link to a post, project or tool.
    Link(Reference),
    /// Any other text, at its place in the section.
    Prose(Prose),
}

/// A paper, post, project or tool: its title, where it leads, and the notes about it.
///
/// `byline` and `notes` keep every word and link that the author wrote. The links, authors, venue, date and keywords are
/// read from them: they are shown where they stand, so a page need not show them again.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// Text of the link.
    pub title: Vec<Span>,
    /// Anchor of the entry.
    pub id: Id,
    /// The best address: that of the paper, wherever it stands. None if the author gave no address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The address that the title itself links to, if it is not the best one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_url: Option<Url>,
    /// Markup of the title in the source.
    #[serde(default, skip_serializing_if = "TitleForm::is_link")]
    pub title_form: TitleForm,
    /// Placement of the entry in the source.
    #[serde(default, skip_serializing_if = "Placement::is_item")]
    pub placement: Placement,
    /// Facts from the address.
    #[serde(default, skip_serializing_if = "PaperSource::is_empty")]
    pub source: PaperSource,
    /// Title in quotes after the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// State of its check box; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// The rest of the line that has the title: authors, a venue, other links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<Span>,
    /// Number of spans of the byline that the author wrote before the title.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub before_title: usize,
    /// Every link that belongs to the paper, in the author's order, the paper's own included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PaperLink>,
    /// Names of the authors as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Venue, without the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// Date of publication, as precise as the author wrote it.
    #[serde(default, skip_serializing_if = "PaperDate::is_empty")]
    pub date: PaperDate,
    /// Short names, keywords and marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Properties in braces at the end of that line: `{status=read}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
    /// Notes under the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
    /// Bibliographic data from the author's bibliography.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Box<Citation>>,
}

/// A property that the author gives a paper or link: `status=read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Property {
    /// Name, of letters, digits and hyphens.
    pub name: String,
    /// Value, without white space and braces.
    pub value: String,
}

impl Property {
    /// Name of the property that papers are filtered by.
    pub const STATUS: &str = "status";
    /// Name of the property with the day on which a paper was read: `2024-03-05`.
    pub const READ: &str = "read";
    /// Name of the property with the language of an entry, if it is not that of the notebook.
    pub const LANG: &str = "lang";

    /// Returns the value in lower case, as filters compare it.
    pub fn key(&self) -> String {
        lowercase(&self.value)
    }
}

/// A term: a list item written `Name (abbreviation): definition`, a heading with its section, or a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// Name as written, with the abbreviation.
    pub name: Vec<Span>,
    /// Anchor of the entry.
    pub id: Id,
    /// Abbreviations in parentheses after the name: `VAE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Placement of the term in the source.
    #[serde(default, skip_serializing_if = "Placement::is_item")]
    pub placement: Placement,
    /// The definition.
    pub definition: Vec<Block>,
}

/// A learning goal with its subgoals.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Goal {
    /// Text of the goal.
    pub text: Vec<Span>,
    /// Anchor of the entry.
    pub id: Id,
    /// State of its check box; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// Notes under the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
    /// Subgoals in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
}

/// Text between entries of other kinds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prose {
    /// Anchor of the entry.
    pub id: Id,
    /// The text.
    pub blocks: Vec<Block>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Reference {
    /// Returns authors and venue of the citation with punctuation; empty without a citation.
    pub fn citation_byline(&self) -> Vec<BylinePart> {
        self.citation.as_deref().map(Citation::byline).unwrap_or_default()
    }
}

impl Entry {
    /// Returns the anchor.
    pub fn id(&self) -> &Id {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.id,
            Self::Term(term) => &term.id,
            Self::Goal(goal) => &goal.id,
            Self::Prose(prose) => &prose.id,
        }
    }

    /// Returns the title; prose has none.
    pub fn title(&self) -> &[Span] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.title,
            Self::Term(term) => &term.name,
            Self::Goal(goal) => &goal.text,
            Self::Prose(_) => &[],
        }
    }

    /// Returns the rest of the line after the title; only papers and links have it.
    pub fn byline(&self) -> &[Span] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.byline,
            _ => &[],
        }
    }

    /// Returns the notes or the definition under the title; of a goal without those of its subgoals.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.notes,
            Self::Term(term) => &term.definition,
            Self::Goal(goal) => &goal.notes,
            Self::Prose(prose) => &prose.blocks,
        }
    }

    pub(super) fn for_each_block_mut(&mut self, change: &mut dyn FnMut(&mut Block)) {
        match self {
            Self::Paper(link) | Self::Link(link) => for_each_block_mut(&mut link.notes, change),
            Self::Term(term) => for_each_block_mut(&mut term.definition, change),
            Self::Goal(goal) => goal.for_each_block_mut(change),
            Self::Prose(prose) => for_each_block_mut(&mut prose.blocks, change),
        }
    }

    /// Its own addresses: that of the title, of the paper, and of its links.
    pub(super) fn urls_mut(&mut self) -> Vec<&mut Url> {
        match self {
            Self::Paper(link) | Self::Link(link) => {
                let own = link.url.as_mut().into_iter().chain(&mut link.title_url);
                own.chain(link.links.iter_mut().map(|link| &mut link.url)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn map_spans(&mut self, change: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Paper(link) | Self::Link(link) => {
                map_spans(&mut link.title, change);
                map_spans(&mut link.byline, change);
                map_spans_in(&mut link.notes, change);
            }
            Self::Term(term) => {
                map_spans(&mut term.name, change);
                map_spans_in(&mut term.definition, change);
            }
            Self::Goal(goal) => goal.map_spans(change),
            Self::Prose(prose) => map_spans_in(&mut prose.blocks, change),
        }
    }
}

impl Term {
    /// Returns the name without the abbreviations after it.
    pub fn bare_name(&self) -> Cow<'_, str> {
        let name = plain(&self.name);
        if self.aliases.is_empty() {
            return name;
        }
        match name.rsplit_once(['(', '（', '[', '【']) {
            Some((bare, _)) => Cow::Owned(bare.trim_end().to_owned()),
            None => name,
        }
    }
}

impl Goal {
    fn for_each_block_mut(&mut self, change: &mut dyn FnMut(&mut Block)) {
        for_each_block_mut(&mut self.notes, change);
        self.goals.iter_mut().for_each(|goal| goal.for_each_block_mut(change));
    }

    fn map_spans(&mut self, change: &mut dyn FnMut(&mut Span)) {
        map_spans(&mut self.text, change);
        map_spans_in(&mut self.notes, change);
        self.goals.iter_mut().for_each(|goal| goal.map_spans(change));
    }
}
