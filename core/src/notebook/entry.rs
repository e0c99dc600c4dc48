//! What stands under a heading: papers, terms, goals, links, and prose between them.

use std::borrow::Cow;

use serde::Serialize;

use crate::letters::lower_text;

use super::text::{map_blocks, map_spans, map_spans_in, plain};
use super::{Block, Citation, Id, Source, Span, Url};

/// One thing under a heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// A paper with notes.
    Paper(Reference),
    /// A term in the author's own words.
    Term(Term),
    /// Something to learn.
    Goal(Goal),
    /// A post, project or tool.
    Link(Reference),
    /// Everything else, in its place.
    Prose(Prose),
}

/// A list item that begins with a link, and what is noted under it. In a section about papers it is
/// a paper, and that section is its category.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// What is shown.
    pub title: Vec<Span>,
    /// Its anchor.
    pub id: Id,
    /// Where to.
    pub url: Url,
    /// What the address tells.
    #[serde(default, skip_serializing_if = "Source::tells_nothing")]
    pub source: Source,
    /// What the author wrote in quotes behind the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The state of its check box, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What follows the link on its line: authors, a venue, other links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<Span>,
    /// What stands in braces at the end of that line: `{status=read}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
    /// What is noted about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
    /// What the author's bibliography says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Box<Citation>>,
}

/// Something that the author says of a paper or link in a word: `status=read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Property {
    /// What is told: letters, digits and hyphens.
    pub name: String,
    /// What it is: without white space and braces.
    pub value: String,
}

impl Property {
    /// The one that papers are filtered by.
    pub const STATUS: &str = "status";
    /// The one that says in which language an entry is, where that is not the notebook's.
    pub const LANG: &str = "lang";

    /// Its value as papers are filtered by it: in small letters.
    pub fn key(&self) -> String {
        lower_text(&self.value)
    }
}

/// A term: a list item written `Name (abbreviation): definition`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// Its name as written, abbreviation included.
    pub name: Vec<Span>,
    /// Its anchor.
    pub id: Id,
    /// Abbreviations in brackets behind the name: `VAE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it means.
    pub definition: Vec<Block>,
}

/// Something to learn, with what it consists of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Goal {
    /// What to learn.
    pub text: Vec<Span>,
    /// Its anchor.
    pub id: Id,
    /// The state of its check box, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What is noted about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
    /// Its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
}

/// Text in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prose {
    /// Its anchor.
    pub id: Id,
    /// The text.
    pub blocks: Vec<Block>,
}

impl Entry {
    /// Its anchor.
    pub fn id(&self) -> &Id {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.id,
            Self::Term(term) => &term.id,
            Self::Goal(goal) => &goal.id,
            Self::Prose(prose) => &prose.id,
        }
    }

    /// What it is called; prose has no name.
    pub fn title(&self) -> &[Span] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.title,
            Self::Term(term) => &term.name,
            Self::Goal(goal) => &goal.text,
            Self::Prose(_) => &[],
        }
    }

    /// What follows the title on its line.
    pub fn byline(&self) -> &[Span] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.byline,
            _ => &[],
        }
    }

    /// What stands under the title.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Paper(link) | Self::Link(link) => &link.notes,
            Self::Term(term) => &term.definition,
            Self::Goal(goal) => &goal.notes,
            Self::Prose(prose) => &prose.blocks,
        }
    }

    pub(super) fn map_blocks(&mut self, change: &mut dyn FnMut(&mut Block)) {
        match self {
            Self::Paper(link) | Self::Link(link) => map_blocks(&mut link.notes, change),
            Self::Term(term) => map_blocks(&mut term.definition, change),
            Self::Goal(goal) => goal.map_blocks(change),
            Self::Prose(prose) => map_blocks(&mut prose.blocks, change),
        }
    }

    /// Its own address, where it has one.
    pub(super) fn url_mut(&mut self) -> Option<&mut Url> {
        match self {
            Self::Paper(link) | Self::Link(link) => Some(&mut link.url),
            _ => None,
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
    /// Its name without the abbreviations behind it.
    pub fn bare_name(&self) -> Cow<'_, str> {
        let name = plain(&self.name);
        if self.aliases.is_empty() {
            return name;
        }
        match name.rsplit_once('(') {
            Some((bare, _)) => Cow::Owned(bare.trim_end().to_owned()),
            None => name,
        }
    }
}

impl Goal {
    fn map_blocks(&mut self, change: &mut dyn FnMut(&mut Block)) {
        map_blocks(&mut self.notes, change);
        self.goals.iter_mut().for_each(|goal| goal.map_blocks(change));
    }

    fn map_spans(&mut self, change: &mut dyn FnMut(&mut Span)) {
        map_spans(&mut self.text, change);
        map_spans_in(&mut self.notes, change);
        self.goals.iter_mut().for_each(|goal| goal.map_spans(change));
    }
}
