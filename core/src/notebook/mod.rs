//! The one type: [`Notebook`] > [`Section`] > [`Entry`] > [`Block`] > [`Span`]. It is also the JSON.
//!
//! Everything that speaks of a notebook speaks these types; formats convert into and out of them at
//! the edge. Fields that are empty are left out of the JSON; unknown fields are ignored on the way in.

mod citation;
mod code;
mod entry;
mod formula;
mod id;
mod json;
pub mod language;
mod read;
mod related;
mod source;
mod text;
mod tree;
mod url;

#[cfg(feature = "citation")]
pub(crate) use citation::OTHERS;
pub use citation::{Citation, Credit, Name, Work};
pub use code::{Kind, Run, pieces};
pub use entry::{Entry, Goal, Property, Prose, Reference, Term};
pub use formula::{Attribute, Content, Element, Formula, Node, Step};
pub(crate) use id::slug;
pub use id::{Id, Ids};
pub use json::{Refusal, entries_from_json, from_json, noted_to_json, to_json};
pub use related::{Mention, Named, Near, Noted, Progress, Related, Shared};
pub use source::{Access, Source, SourceKind};
pub(crate) use text::push_plain;
pub(crate) use text::unnumbered;
pub use text::{Alert, Align, Block, Definition, Item, Size, Span, column_of, plain};
pub use url::{Place, Url};

use serde::Serialize;

/// The version of the JSON format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A whole notebook: what the author's one Markdown file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notebook {
    /// Version of this format; readers refuse a version newer than [`FORMAT`].
    pub format: u32,
    /// The title of the whole, from the front matter or a lone first heading.
    pub title: String,
    /// One sentence about the notebook, for search engines and cards (`meta_description`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A picture for cards (`meta_image`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    /// The author's own site, which links such as `/blog/post` are meant from (`home`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Url>,
    /// Where this notebook is published (`url`): what stands in feeds and cards needs a whole address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Who writes it (`author`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The language of the text as a BCP 47 tag (`lang`); the page is English where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The bibliography beside the notebook (`references`); `references.bib` where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<String>,
    /// A style for references, as a CSL file beside the notebook (`csl`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csl: Option<String>,
    /// Front matter that Notebook has no use for, kept line by line so that an export gives it back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// What stands before the first heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intro: Vec<Block>,
    /// The headings and what stands under them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// A heading and everything under it, up to the next heading of its level.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// The heading.
    pub title: Vec<Span>,
    /// Anchor of the heading, unique in the notebook.
    pub id: Id,
    /// What its entries are about.
    #[serde(default, skip_serializing_if = "SectionKind::is_prose")]
    pub kind: SectionKind,
    /// Heading level as written, 1 to 6.
    pub level: u8,
    /// What stands directly under the heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Deeper headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// What a section is about: it decides how its list items are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Items that begin with a link are papers.
    Papers,
    /// Items written `Name: text` are terms.
    Terms,
    /// Items are things to learn.
    Goals,
    /// Items that begin with a link are posts, projects, tools.
    Links,
    /// Everything is text in its place.
    #[default]
    Prose,
}

impl SectionKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_prose(&self) -> bool {
        *self == Self::Prose
    }
}

impl Section {
    /// Every entry under this heading, deeper headings included, in the author's order.
    pub fn walk(&self) -> Box<dyn Iterator<Item = (&Section, &Entry)> + '_> {
        let own = self.entries.iter().map(move |entry| (self, entry));
        Box::new(own.chain(self.sections.iter().flat_map(Section::walk)))
    }
}

impl Notebook {
    /// The tag of the text's language: English where none is said, or what is said is no tag.
    pub fn language(&self) -> &str {
        self.lang.as_deref().and_then(language::language).unwrap_or("en")
    }

    /// Every entry with the section it stands in, in the author's order.
    pub fn walk(&self) -> impl Iterator<Item = (&Section, &Entry)> {
        self.sections.iter().flat_map(Section::walk)
    }

    /// Shows every link and picture address to `change`, which may replace it.
    pub fn map_urls(&mut self, change: &mut dyn FnMut(&mut Url, UrlUse)) {
        self.map_entries(&mut |entry| {
            if let Some(url) = entry.url_mut() {
                change(url, UrlUse::Link);
            }
        });
        self.map_spans(&mut |span| match span {
            Span::Image { url, .. } => change(url, UrlUse::Image),
            Span::Link { url, .. } => change(url, UrlUse::Link),
            _ => {}
        });
    }

    /// Shows every picture's address to `measure`, and takes what it says of its size.
    pub fn measure_pictures(&mut self, measure: &mut dyn FnMut(&Url) -> Option<Size>) {
        self.map_spans(&mut |span| {
            if let Span::Image { url, size, .. } = span {
                *size = measure(url);
            }
        });
    }

    /// Shows the source of every formula, and whether it has a line of its own, to `set`, and takes what it makes of it.
    pub fn set_formulas(&mut self, set: &mut dyn FnMut(&str, bool) -> Formula) {
        self.map_spans(&mut |span| {
            if let Span::Math { tex, display, mathml } = span {
                *mathml = set(tex, *display);
            }
        });
    }

    /// Shows every paper to `change`, in the author's order.
    pub fn map_papers(&mut self, change: &mut dyn FnMut(&mut Reference)) {
        self.map_entries(&mut |entry| {
            if let Entry::Paper(paper) = entry {
                change(paper);
            }
        });
    }

    /// Shows every block, those inside others first, to `change`, which may replace it.
    pub fn map_blocks(&mut self, change: &mut dyn FnMut(&mut Block)) {
        text::map_blocks(&mut self.intro, change);
        for section in &mut self.sections {
            section.map_blocks(change);
        }
    }
}

impl Notebook {
    fn map_spans(&mut self, change: &mut dyn FnMut(&mut Span)) {
        text::map_spans_in(&mut self.intro, change);
        for section in &mut self.sections {
            section.map(&mut |section| {
                text::map_spans(&mut section.title, change);
                section.entries.iter_mut().for_each(|entry| entry.map_spans(change));
            });
        }
    }

    pub(crate) fn map_entries(&mut self, change: &mut dyn FnMut(&mut Entry)) {
        for section in &mut self.sections {
            section.map(&mut |section| section.entries.iter_mut().for_each(&mut *change));
        }
    }
}

impl Section {
    /// Shows itself and every deeper heading to `change`.
    fn map(&mut self, change: &mut dyn FnMut(&mut Section)) {
        change(self);
        self.sections.iter_mut().for_each(|section| section.map(change));
    }

    fn map_blocks(&mut self, change: &mut dyn FnMut(&mut Block)) {
        self.entries.iter_mut().for_each(|entry| entry.map_blocks(change));
        self.sections.iter_mut().for_each(|section| section.map_blocks(change));
    }
}

/// What an address is for: a reader follows a link, the page loads a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlUse {
    /// Something to follow.
    Link,
    /// Something to load.
    Image,
}
