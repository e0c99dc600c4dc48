//! A notebook out of a JSON tree, field by field.
//!
//! Derived code would read the same, and be a seventh of the page's program: 18 kB after brotli, where this is 5.
//! Property tests hold it against what is written (`core/tests/properties.rs`).

use super::tree::{Fields, Json, Read, Wrong, named, tagged, unknown, wrong};
use super::{
    Access, Alert, Align, Attribute, Block, Content, Definition, Element, Entry, Formula, Goal, Id, Item,
    Kind, Mention, Named, Near, Node, Notebook, Noted, Progress, Property, Prose, Reference, Related, Run,
    Section, SectionKind, Shared, Size, Source, SourceKind, Span, Term, Url,
};

impl Read for Id {
    fn read(json: Json) -> Result<Self, Wrong> {
        String::read(json).map(|id| Self::from(id.as_str()))
    }
}

impl Read for Url {
    fn read(json: Json) -> Result<Self, Wrong> {
        Self::try_from(String::read(json)?).or_else(wrong)
    }
}

impl Read for Notebook {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            format: of.need("format")?,
            title: of.need("title")?,
            description: of.maybe("description")?,
            image: of.maybe("image")?,
            home: of.maybe("home")?,
            url: of.maybe("url")?,
            author: of.maybe("author")?,
            lang: of.maybe("lang")?,
            references: of.maybe("references")?,
            csl: of.maybe("csl")?,
            other: of.maybe("other")?,
            intro: of.maybe("intro")?,
            sections: of.maybe("sections")?,
        })
    }
}

impl Read for Size {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { width: of.need("width")?, height: of.need("height")? })
    }
}

impl Read for Section {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            title: of.need("title")?,
            id: of.need("id")?,
            kind: of.maybe("kind")?,
            level: of.need("level")?,
            entries: of.maybe("entries")?,
            sections: of.maybe("sections")?,
        })
    }
}

impl Read for SectionKind {
    fn read(json: Json) -> Result<Self, Wrong> {
        use SectionKind::{Goals, Links, Papers, Prose, Terms};
        named(
            json,
            &[("papers", Papers), ("terms", Terms), ("goals", Goals), ("links", Links), ("prose", Prose)],
        )
    }
}

impl Read for Entry {
    fn read(json: Json) -> Result<Self, Wrong> {
        let (tag, json) = tagged(json)?;
        let read = match tag.as_str() {
            "paper" => Reference::read(json).map(Self::Paper),
            "term" => Term::read(json).map(Self::Term),
            "goal" => Goal::read(json).map(Self::Goal),
            "link" => Reference::read(json).map(Self::Link),
            "prose" => Prose::read(json).map(Self::Prose),
            _ => return unknown(&tag),
        };
        read.map_err(|wrong| wrong.inside(&tag))
    }
}

/// The field beside an entry that says what it has to do with others.
pub(super) const RELATED: &str = "related";

impl Read for Noted {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        let related = of.maybe(RELATED)?;
        Ok(Self { entry: Entry::read(Json::Map(of.0))?, related })
    }
}

impl Read for Related {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            builds_on: of.maybe("builds_on")?,
            needed_for: of.maybe("needed_for")?,
            uses: of.maybe("uses")?,
            near: of.maybe("near")?,
            goals: of.maybe("goals")?,
        })
    }
}

impl Read for Named {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { id: of.need("id")?, name: of.need("name")? })
    }
}

impl Read for Mention {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        let text: Vec<String> = of.maybe("text")?;
        Ok(Self { by: of.need("by")?, text: text.try_into().ok() })
    }
}

impl Read for Near {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { paper: of.need("paper")?, shares: of.need("shares")? })
    }
}

impl Read for Shared {
    fn read(json: Json) -> Result<Self, Wrong> {
        let (tag, json) = tagged(json)?;
        match tag.as_str() {
            "mention" => Ok(Self::Mention {}),
            "term" => String::read(json).map(Self::Term),
            "label" => String::read(json).map(Self::Label),
            "author" => String::read(json).map(Self::Author),
            "category" => String::read(json).map(Self::Category),
            _ => unknown(&tag),
        }
    }
}

impl Read for Progress {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { query: of.need("query")?, noted: of.need("noted")?, listed: of.need("listed")? })
    }
}

impl Read for Reference {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            title: of.need("title")?,
            id: of.need("id")?,
            url: of.need("url")?,
            source: of.maybe("source")?,
            hint: of.maybe("hint")?,
            checked: of.maybe("checked")?,
            byline: of.maybe("byline")?,
            properties: of.maybe("properties")?,
            notes: of.maybe("notes")?,
            citation: of.maybe("citation")?,
        })
    }
}

impl Read for Property {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { name: of.need("name")?, value: of.need("value")? })
    }
}

impl Read for Source {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            host: of.maybe("host")?,
            kind: of.maybe("kind")?,
            id: of.maybe("id")?,
            version: of.maybe("version")?,
            year: of.maybe("year")?,
            month: of.maybe("month")?,
            access: of.maybe("access")?,
        })
    }
}

impl Read for SourceKind {
    fn read(json: Json) -> Result<Self, Wrong> {
        use SourceKind::{Arxiv, Doi, Openreview, Publisher, Web};
        let names = [
            ("arxiv", Arxiv),
            ("doi", Doi),
            ("openreview", Openreview),
            ("publisher", Publisher),
            ("web", Web),
        ];
        named(json, &names)
    }
}

impl Read for Access {
    fn read(json: Json) -> Result<Self, Wrong> {
        named(json, &[("open", Self::Open), ("paywalled", Self::Paywalled), ("unknown", Self::Unknown)])
    }
}

impl Read for Term {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            name: of.need("name")?,
            id: of.need("id")?,
            aliases: of.maybe("aliases")?,
            definition: of.need("definition")?,
        })
    }
}

impl Read for Goal {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            text: of.need("text")?,
            id: of.need("id")?,
            checked: of.maybe("checked")?,
            notes: of.maybe("notes")?,
            goals: of.maybe("goals")?,
        })
    }
}

impl Read for Prose {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { id: of.need("id")?, blocks: of.need("blocks")? })
    }
}

impl Read for Block {
    fn read(json: Json) -> Result<Self, Wrong> {
        if let Json::List(_) = json {
            return Vec::read(json).map(Self::Para);
        }
        let (tag, json) = tagged(json)?;
        let mut of = Fields::of(json)?;
        Ok(match tag.as_str() {
            "field" => {
                Self::Field { label: of.need("label")?, column: of.maybe("in")?, text: of.need("text")? }
            }
            "heading" => {
                Self::Heading { id: of.need("id")?, level: of.need("level")?, text: of.need("text")? }
            }
            "quote" => Self::Quote { alert: of.maybe("alert")?, blocks: of.need("blocks")? },
            "list" => Self::List { start: of.maybe("start")?, items: of.need("items")? },
            "code" => Self::Code { lang: of.maybe("lang")?, text: of.need("text")?, runs: of.maybe("runs")? },
            "table" => Self::Table { align: of.need("align")?, rows: of.need("rows")? },
            "definitions" => Self::Definitions { items: of.need("items")? },
            "footnote" => Self::Footnote { label: of.need("label")?, blocks: of.need("blocks")? },
            "rule" => Self::Rule {},
            _ => return unknown(&tag),
        })
    }
}

impl Read for Item {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { checked: of.maybe("checked")?, blocks: of.need("blocks")? })
    }
}

impl Read for Definition {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self { name: of.need("name")?, blocks: of.need("blocks")? })
    }
}

impl Read for Alert {
    fn read(json: Json) -> Result<Self, Wrong> {
        let names = [
            ("note", Self::Note),
            ("tip", Self::Tip),
            ("important", Self::Important),
            ("warning", Self::Warning),
            ("caution", Self::Caution),
        ];
        named(json, &names)
    }
}

impl Read for Align {
    fn read(json: Json) -> Result<Self, Wrong> {
        let names =
            [("none", Self::None), ("left", Self::Left), ("center", Self::Center), ("right", Self::Right)];
        named(json, &names)
    }
}

impl Read for Span {
    fn read(json: Json) -> Result<Self, Wrong> {
        if let Json::Text(text) = json {
            return Ok(Self::Text(text));
        }
        let (tag, json) = tagged(json)?;
        let inner = |json, made: fn(Vec<Self>) -> Self| Vec::read(json).map(made);
        match tag.as_str() {
            "em" => inner(json, Self::Em),
            "strong" => inner(json, Self::Strong),
            "strike" => inner(json, Self::Strike),
            "sub" => inner(json, Self::Sub),
            "sup" => inner(json, Self::Sup),
            "mark" => inner(json, Self::Mark),
            "kbd" => inner(json, Self::Kbd),
            "code" => String::read(json).map(Self::Code),
            "footnote" => String::read(json).map(Self::Footnote),
            "math" => {
                let mut of = Fields::of(json)?;
                let (tex, display) = (of.need("tex")?, of.maybe("display")?);
                Ok(Self::Math { tex, display, mathml: of.maybe("mathml")? })
            }
            "link" => {
                let mut of = Fields::of(json)?;
                Ok(Self::Link { url: of.need("url")?, title: of.maybe("title")?, text: of.need("text")? })
            }
            "image" => {
                let mut of = Fields::of(json)?;
                let (url, title) = (of.need("url")?, of.maybe("title")?);
                Ok(Self::Image { url, title, alt: of.need("alt")?, size: of.maybe("size")? })
            }
            "break" => Ok(Self::Break {}),
            _ => unknown(&tag),
        }
    }
}

impl Read for Formula {
    fn read(json: Json) -> Result<Self, Wrong> {
        let formula = Self::of(Vec::read(json)?);
        formula.map_or_else(|| wrong("its elements do not fit into each other"), Ok)
    }
}

impl Read for Node {
    fn read(json: Json) -> Result<Self, Wrong> {
        let (mut made, mut attributes) = (None, Vec::new());
        for (name, value) in Fields::of(json)?.0 {
            if let Some(element) = Element::named(&name).filter(|_| made.is_none()) {
                let content = match value {
                    Json::Text(text) => Content::Text(text),
                    count => Content::Nodes(u32::read(count)?),
                };
                made = Some((element, content));
            } else if let Some(attribute) = Attribute::named(&name) {
                attributes.push((attribute, String::read(value)?));
            } else {
                return unknown(&name);
            }
        }
        let Some((element, content)) = made else { return wrong("it is no element") };
        Ok(Self { element, attributes, content })
    }
}

impl Read for Run {
    fn read(json: Json) -> Result<Self, Wrong> {
        if let Json::Number(_) = json {
            return Ok(Self { length: u32::read(json)?, kind: None });
        }
        let (tag, length) = tagged(json)?;
        let Some(kind) = Kind::named(&tag) else { return unknown(&tag) };
        Ok(Self { length: u32::read(length)?, kind: Some(kind) })
    }
}
