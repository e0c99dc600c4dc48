//! The root of the data model: a notebook with its settings, and its sections.

use serde::Serialize;

use super::text::{for_each_block_mut, map_spans, map_spans_in};
use super::{Block, Entry, Formula, Id, ImageSize, Prose, Reference, Span, Url, UrlUse, language};

/// Version of the JSON format that is written, and the newest that is read.
pub const FORMAT_VERSION: u32 = 1;

/// Anchor of the introduction. No entry has it: slugs hold no `_`.
pub const INTRO: &str = "_intro";

/// A notebook: the content of the author's Markdown file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notebook {
    /// Version of the format. Decoding rejects versions newer than [`FORMAT_VERSION`].
    pub format: u32,
    /// Title, from the front matter or a lone first heading.
    pub title: String,
    /// Description in one sentence, for search engines and link previews (`meta_description`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Picture for link previews (`meta_image`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    /// Website of the author, against which links such as `/blog/post` are resolved (`home`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Url>,
    /// Address at which the notebook is published (`url`). Feeds and link previews need absolute addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Name of the author (`author`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Language of the text as a BCP 47 tag (`lang`). The default is English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Name of the bibliography file beside the notebook (`references`). The default is `references.bib`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<String>,
    /// Name of the CSL file for references beside the notebook (`csl`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csl: Option<String>,
    /// Lines of the front matter with unknown keys, kept so that an export contains them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// Text before the first heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intro: Vec<Block>,
    /// Sections of the highest level, in the author's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// A heading with everything under it, up to the next heading of its level or above.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// Text of the heading.
    pub title: Vec<Span>,
    /// Anchor of the heading, unique in the notebook.
    pub id: Id,
    /// Kind of its entries.
    #[serde(default, skip_serializing_if = "SectionKind::is_prose")]
    pub kind: SectionKind,
    /// Heading level as written, 1 to 6; [`Section::UNTITLED_LEVEL`] for entries before the first heading.
    pub level: u8,
    /// Closed from the start: its author wrote a closed fold (`<details>`), or `{.folded}` after the heading.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub folded: bool,
    /// Entries directly under the heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Subsections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// Kind of a section, which determines how its list items are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Items that begin with a link are papers.
    Papers,
    /// Items written `Name: text` are terms.
    Terms,
    /// Items are learning goals.
    Goals,
    /// Items that begin with a link are posts, projects or tools.
    Links,
    /// A log: its heading is a day or week, or its sections are.
    Log,
    /// All content is text.
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
    /// Level of the section without a heading that holds the entries before the first heading.
    pub const UNTITLED_LEVEL: u8 = 0;

    /// Iterates over the entries of the section and its subsections, in the author's order.
    pub fn walk(&self) -> Box<dyn Iterator<Item = (&Section, &Entry)> + '_> {
        let own = self.entries.iter().map(move |entry| (self, entry));
        Box::new(own.chain(self.sections.iter().flat_map(Section::walk)))
    }
}

impl Notebook {
    /// Returns the language tag of the text; `en` if there is none or it is not valid.
    pub fn language(&self) -> &str {
        self.lang.as_deref().and_then(language::valid_tag).unwrap_or("en")
    }

    /// Returns the introduction as an entry, which has the anchor [`INTRO`]; `None` if there is none.
    pub fn intro_entry(&self) -> Option<Entry> {
        let prose = || Prose { id: INTRO.into(), blocks: self.intro.clone() };
        (!self.intro.is_empty()).then(|| Entry::Prose(prose()))
    }

    /// Iterates over all entries, each with its section, in the author's order.
    pub fn walk(&self) -> impl Iterator<Item = (&Section, &Entry)> {
        self.sections.iter().flat_map(Section::walk)
    }

    /// Calls `change` with every address of a link or picture. O(spans).
    pub fn for_each_url_mut(&mut self, change: &mut dyn FnMut(&mut Url, UrlUse)) {
        self.for_each_entry_mut(&mut |entry| {
            entry.urls_mut().into_iter().for_each(|url| change(url, UrlUse::Link));
        });
        self.map_spans(&mut |span| match span {
            Span::Image { url, display, .. } => {
                change(url, UrlUse::Image);
                if let Some(dark) = display.as_mut().and_then(|display| display.dark.as_mut()) {
                    change(dark, UrlUse::Image);
                }
            }
            Span::Link { url, .. } => change(url, UrlUse::Link),
            _ => {}
        });
    }

    /// Sets the size of every picture to the result of `measure`. O(spans).
    pub fn set_image_sizes(&mut self, measure: &mut dyn FnMut(&Url) -> Option<ImageSize>) {
        self.map_spans(&mut |span| {
            if let Span::Image { url, size, .. } = span {
                *size = measure(url);
            }
        });
    }

    /// Typesets every formula with `set`, which gets its TeX source and true if it is displayed. O(spans).
    pub fn set_formulas(&mut self, set: &mut dyn FnMut(&str, bool) -> Formula) {
        self.map_spans(&mut |span| {
            if let Span::Math { tex, display, mathml } = span {
                *mathml = set(tex, *display);
            }
        });
    }

    /// Calls `change` with every paper, in the author's order.
    pub fn for_each_paper_mut(&mut self, change: &mut dyn FnMut(&mut Reference)) {
        self.for_each_entry_mut(&mut |entry| {
            if let Entry::Paper(paper) = entry {
                change(paper);
            }
        });
    }

    /// Calls `change` with every block of the notebook, inner blocks before the blocks around them. O(blocks).
    pub fn for_each_block_mut(&mut self, change: &mut dyn FnMut(&mut Block)) {
        for_each_block_mut(&mut self.intro, change);
        for section in &mut self.sections {
            section.for_each_block_mut(change);
        }
    }
}

impl Notebook {
    fn map_spans(&mut self, change: &mut dyn FnMut(&mut Span)) {
        map_spans_in(&mut self.intro, change);
        for section in &mut self.sections {
            section.map(&mut |section| {
                map_spans(&mut section.title, change);
                section.entries.iter_mut().for_each(|entry| entry.map_spans(change));
            });
        }
    }

    pub(crate) fn for_each_entry_mut(&mut self, change: &mut dyn FnMut(&mut Entry)) {
        for section in &mut self.sections {
            section.map(&mut |section| section.entries.iter_mut().for_each(&mut *change));
        }
    }
}

impl Section {
    /// Calls `change` with the section and all subsections.
    fn map(&mut self, change: &mut dyn FnMut(&mut Section)) {
        change(self);
        self.sections.iter_mut().for_each(|section| section.map(change));
    }

    fn for_each_block_mut(&mut self, change: &mut dyn FnMut(&mut Block)) {
        self.entries.iter_mut().for_each(|entry| entry.for_each_block_mut(change));
        self.sections.iter_mut().for_each(|section| section.for_each_block_mut(change));
    }
}
