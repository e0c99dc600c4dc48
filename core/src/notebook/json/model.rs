//! JSON decoding of the model, field by field.
//!
//! Written by hand because the code that serde derives is large: it would add 18 kB (after brotli) to the browser program,
//! a seventh of it; this adds 5 kB. Property tests (`core/tests/properties.rs`) check it against the derived encoding.

use super::decode::{Decode, DecodeError, Fields, decode_name, fail, fail_unknown, split_tag};
use super::value::JsonValue;
use crate::notebook::{
    Access, Alert, Align, Block, Citation, Definition, Entry, EntryLinks, EntryRef, Formula, Goal,
    GoalProgress, Id, ImageDisplay, ImageSize, Length, LinkKind, LinkedEntry, ListItem, MathAttribute,
    MathContent, MathElement, MathNode, Mention, Notebook, PaperDate, PaperLink, PaperSource, PersonName,
    Placement, Property, Prose, Reference, RelatedPaper, Section, SectionKind, SharedFeature, SourceKind,
    Span, Term, TextDirection, TitleForm, Token, TokenKind, Url, WorkType,
};

impl Decode for Id {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        String::decode(json).map(|id| Self::from(id.as_str()))
    }
}

impl Decode for Url {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        Self::try_from(String::decode(json)?).or_else(fail)
    }
}

impl Decode for Notebook {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            format: fields.required("format")?,
            title: fields.required("title")?,
            description: fields.optional("description")?,
            image: fields.optional("image")?,
            home: fields.optional("home")?,
            url: fields.optional("url")?,
            author: fields.optional("author")?,
            lang: fields.optional("lang")?,
            references: fields.optional("references")?,
            csl: fields.optional("csl")?,
            other: fields.optional("other")?,
            intro: fields.optional("intro")?,
            sections: fields.optional("sections")?,
        })
    }
}

impl Decode for ImageSize {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { width: fields.required("width")?, height: fields.required("height")? })
    }
}

impl Decode for Section {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            title: fields.required("title")?,
            id: fields.required("id")?,
            kind: fields.optional("kind")?,
            level: fields.required("level")?,
            folded: fields.optional("folded")?,
            entries: fields.optional("entries")?,
            sections: fields.optional("sections")?,
        })
    }
}

impl Decode for SectionKind {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        use SectionKind::{Goals, Links, Log, Papers, Prose, Terms};
        decode_name(
            json,
            &[
                ("papers", Papers),
                ("terms", Terms),
                ("goals", Goals),
                ("links", Links),
                ("log", Log),
                ("prose", Prose),
            ],
        )
    }
}

impl Decode for Entry {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let (tag, json) = split_tag(json)?;
        let entry = match tag.as_str() {
            "paper" => Reference::decode(json).map(Self::Paper),
            "term" => Term::decode(json).map(Self::Term),
            "goal" => Goal::decode(json).map(Self::Goal),
            "link" => Reference::decode(json).map(Self::Link),
            "prose" => Prose::decode(json).map(Self::Prose),
            _ => return fail_unknown(&tag),
        };
        entry.map_err(|error| error.in_field(&tag))
    }
}

/// Field of an entry's object that contains its cross references.
pub(super) const LINKS_FIELD: &str = "related";

impl Decode for LinkedEntry {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let links = fields.optional(LINKS_FIELD)?;
        Ok(Self { entry: Entry::decode(fields.into_object())?, links })
    }
}

impl Decode for EntryLinks {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let mut value = Self::default();
        fields.read("builds_on", &mut value.builds_on);
        fields.read("needed_for", &mut value.needed_for);
        fields.read("uses", &mut value.mentions);
        fields.read("near", &mut value.related_papers);
        fields.read("goals", &mut value.goals);
        fields.finish(value)
    }
}

impl Decode for EntryRef {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { id: fields.required("id")?, name: fields.required("name")? })
    }
}

impl Decode for Mention {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let excerpt: Vec<String> = fields.optional("text")?;
        Ok(Self { by: fields.required("by")?, excerpt: excerpt.try_into().ok() })
    }
}

impl Decode for RelatedPaper {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { paper: fields.required("paper")?, shared: fields.required("shares")? })
    }
}

impl Decode for SharedFeature {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let (tag, json) = split_tag(json)?;
        match tag.as_str() {
            "mention" => Ok(Self::Mention {}),
            "term" => String::decode(json).map(Self::Term),
            "label" => String::decode(json).map(Self::Label),
            "author" => String::decode(json).map(Self::Author),
            "category" => String::decode(json).map(Self::Category),
            _ => fail_unknown(&tag),
        }
    }
}

impl Decode for GoalProgress {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            query: fields.required("query")?,
            covered: fields.required("noted")?,
            listed: fields.required("listed")?,
        })
    }
}

impl Decode for Reference {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let mut value =
            Self { title: fields.required("title")?, id: fields.required("id")?, ..Self::default() };
        fields.read("url", &mut value.url);
        fields.read("title_url", &mut value.title_url);
        fields.read("title_form", &mut value.title_form);
        fields.read("placement", &mut value.placement);
        fields.read("source", &mut value.source);
        fields.read("hint", &mut value.hint);
        fields.read("checked", &mut value.checked);
        fields.read("byline", &mut value.byline);
        let mut number: u32 = 0;
        fields.read("before_title", &mut number);
        value.before_title = number.try_into().unwrap_or_default();
        fields.read("links", &mut value.links);
        fields.read("authors", &mut value.authors);
        fields.read("venue", &mut value.venue);
        fields.read("date", &mut value.date);
        fields.read("keywords", &mut value.keywords);
        fields.read("properties", &mut value.properties);
        fields.read("notes", &mut value.notes);
        fields.read("citation", &mut value.citation);
        fields.finish(value)
    }
}

impl Decode for PaperLink {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            kind: fields.optional("kind")?,
            text: fields.optional("label")?,
            url: fields.required("url")?,
        })
    }
}

impl Decode for LinkKind {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        // A kind that a later version adds is one of the others.
        Ok(Self::from_name(&String::decode(json)?).unwrap_or_default())
    }
}

impl Decode for PaperDate {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let mut value = Self::default();
        fields.read("year", &mut value.year);
        fields.read("month", &mut value.month);
        fields.read("day", &mut value.day);
        fields.finish(value)
    }
}

impl Decode for TitleForm {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        decode_name(json, &[("link", Self::Link), ("text", Self::Text), ("quoted", Self::Quoted)])
    }
}

impl Decode for Placement {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let names = [
            ("item", Self::Item),
            ("paragraph", Self::Paragraph),
            ("heading", Self::Heading),
            ("row", Self::Row),
        ];
        decode_name(json, &names)
    }
}

impl Decode for PersonName {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let (family, given) = (fields.required("family")?, fields.optional("given")?);
        Ok(Self { family, given, particle: fields.optional("particle")?, suffix: fields.optional("suffix")? })
    }
}

impl Decode for WorkType {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let names = [
            ("article", Self::Article),
            ("proceedings", Self::Proceedings),
            ("chapter", Self::Chapter),
            ("book", Self::Book),
            ("thesis", Self::Thesis),
            ("report", Self::Report),
            ("preprint", Self::Preprint),
            ("webpage", Self::Webpage),
            ("software", Self::Software),
            ("dataset", Self::Dataset),
            ("other", Self::Other),
        ];
        decode_name(json, &names)
    }
}

impl Decode for Citation {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let mut value = Self::default();
        fields.read("work", &mut value.work_type);
        fields.read("key", &mut value.key);
        fields.read("title", &mut value.title);
        fields.read("authors", &mut value.authors);
        fields.read("editors", &mut value.editors);
        fields.read("year", &mut value.year);
        fields.read("month", &mut value.month);
        fields.read("day", &mut value.day);
        fields.read("venue", &mut value.venue);
        fields.read("volume", &mut value.volume);
        fields.read("issue", &mut value.issue);
        fields.read("pages", &mut value.pages);
        fields.read("edition", &mut value.edition);
        fields.read("publisher", &mut value.publisher);
        fields.read("place", &mut value.publisher_place);
        fields.read("genre", &mut value.genre);
        fields.read("doi", &mut value.doi);
        fields.read("arxiv", &mut value.arxiv);
        fields.read("url", &mut value.url);
        fields.read("isbn", &mut value.isbn);
        fields.read("issn", &mut value.issn);
        fields.read("note", &mut value.note);
        fields.finish(value)
    }
}

impl Decode for Property {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { name: fields.required("name")?, value: fields.required("value")? })
    }
}

impl Decode for PaperSource {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let mut value = Self::default();
        fields.read("host", &mut value.host);
        fields.read("kind", &mut value.kind);
        fields.read("id", &mut value.id);
        fields.read("version", &mut value.version);
        fields.read("year", &mut value.year);
        fields.read("month", &mut value.month);
        fields.read("access", &mut value.access);
        fields.finish(value)
    }
}

impl Decode for SourceKind {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        use SourceKind::{Arxiv, Doi, Openreview, Publisher, Web};
        let names = [
            ("arxiv", Arxiv),
            ("doi", Doi),
            ("openreview", Openreview),
            ("publisher", Publisher),
            ("web", Web),
        ];
        decode_name(json, &names)
    }
}

impl Decode for Access {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        decode_name(json, &[("open", Self::Open), ("paywalled", Self::Paywalled), ("unknown", Self::Unknown)])
    }
}

impl Decode for Term {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            name: fields.required("name")?,
            id: fields.required("id")?,
            aliases: fields.optional("aliases")?,
            placement: fields.optional("placement")?,
            definition: fields.required("definition")?,
        })
    }
}

impl Decode for Goal {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self {
            text: fields.required("text")?,
            id: fields.required("id")?,
            checked: fields.optional("checked")?,
            notes: fields.optional("notes")?,
            goals: fields.optional("goals")?,
        })
    }
}

impl Decode for Prose {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { id: fields.required("id")?, blocks: fields.required("blocks")? })
    }
}

impl Decode for Block {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        if let JsonValue::List(_) = json {
            return Vec::decode(json).map(Self::Para);
        }
        let (tag, json) = split_tag(json)?;
        let mut fields = Fields::new(json)?;
        Ok(match tag.as_str() {
            "field" => Self::Field {
                label: fields.required("label")?,
                column: fields.optional("in")?,
                text: fields.required("text")?,
            },
            "heading" => Self::Heading {
                id: fields.required("id")?,
                level: fields.required("level")?,
                text: fields.required("text")?,
            },
            "quote" => Self::Quote { alert: fields.optional("alert")?, blocks: fields.required("blocks")? },
            "list" => Self::List { start: fields.optional("start")?, items: fields.required("items")? },
            "code" => Self::Code {
                lang: fields.optional("lang")?,
                text: fields.required("text")?,
                tokens: fields.optional("runs")?,
            },
            "table" => Self::Table { align: fields.required("align")?, rows: fields.required("rows")? },
            "definitions" => Self::Definitions { items: fields.required("items")? },
            "footnote" => {
                Self::Footnote { label: fields.required("label")?, blocks: fields.required("blocks")? }
            }
            "fold" => Self::Fold {
                summary: fields.optional("summary")?,
                open: fields.optional("open")?,
                blocks: fields.required("blocks")?,
            },
            "group" => Self::Group {
                align: fields.optional("align")?,
                dir: fields.optional("dir")?,
                blocks: fields.required("blocks")?,
            },
            "rule" => Self::Rule {},
            _ => return fail_unknown(&tag),
        })
    }
}

impl Decode for ListItem {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { checked: fields.optional("checked")?, blocks: fields.required("blocks")? })
    }
}

impl Decode for Definition {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        Ok(Self { name: fields.required("name")?, blocks: fields.required("blocks")? })
    }
}

impl Decode for Alert {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let names = [
            ("note", Self::Note),
            ("tip", Self::Tip),
            ("important", Self::Important),
            ("warning", Self::Warning),
            ("caution", Self::Caution),
        ];
        decode_name(json, &names)
    }
}

impl Decode for Align {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let names =
            [("none", Self::None), ("left", Self::Left), ("center", Self::Center), ("right", Self::Right)];
        decode_name(json, &names)
    }
}

impl Decode for TextDirection {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        decode_name(json, &[("ltr", Self::Ltr), ("rtl", Self::Rtl), ("auto", Self::Auto)])
    }
}

impl Decode for Length {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        Self::parse(&String::decode(json)?).map_or_else(|| fail("expected a length"), Ok)
    }
}

impl Decode for ImageDisplay {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let mut fields = Fields::new(json)?;
        let (width, height) = (fields.optional("width")?, fields.optional("height")?);
        Ok(Self { width, height, dark: fields.optional("dark")? })
    }
}

impl Decode for Span {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        if let JsonValue::Text(text) = json {
            return Ok(Self::Text(text));
        }
        let (tag, json) = split_tag(json)?;
        let inner = |json, variant: fn(Vec<Self>) -> Self| Vec::decode(json).map(variant);
        match tag.as_str() {
            "em" => inner(json, Self::Em),
            "strong" => inner(json, Self::Strong),
            "strike" => inner(json, Self::Strike),
            "sub" => inner(json, Self::Sub),
            "sup" => inner(json, Self::Sup),
            "mark" => inner(json, Self::Mark),
            "kbd" => inner(json, Self::Kbd),
            "ins" => inner(json, Self::Ins),
            "anchor" => Id::decode(json).map(Self::Anchor),
            "abbr" => {
                let mut fields = Fields::new(json)?;
                Ok(Self::Abbr { title: fields.required("title")?, text: fields.required("text")? })
            }
            "code" => String::decode(json).map(Self::Code),
            "footnote" => String::decode(json).map(Self::Footnote),
            "math" => {
                let mut fields = Fields::new(json)?;
                let (tex, display) = (fields.required("tex")?, fields.optional("display")?);
                Ok(Self::Math { tex, display, mathml: fields.optional("mathml")? })
            }
            "link" => {
                let mut fields = Fields::new(json)?;
                Ok(Self::Link {
                    url: fields.required("url")?,
                    title: fields.optional("title")?,
                    text: fields.required("text")?,
                })
            }
            "image" => {
                let mut fields = Fields::new(json)?;
                let (url, title) = (fields.required("url")?, fields.optional("title")?);
                let (alt, size) = (fields.required("alt")?, fields.optional("size")?);
                Ok(Self::Image { url, title, alt, size, display: fields.optional("display")? })
            }
            "break" => Ok(Self::Break {}),
            _ => fail_unknown(&tag),
        }
    }
}

impl Decode for Formula {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let formula = Self::new(Vec::decode(json)?);
        formula.map_or_else(|| fail("the elements are not properly nested"), Ok)
    }
}

impl Decode for MathNode {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        let (mut element_and_content, mut attributes) = (None, Vec::new());
        for (name, value) in Fields::new(json)? {
            if let Some(element) = MathElement::from_name(&name).filter(|_| element_and_content.is_none()) {
                let content = match value {
                    JsonValue::Text(text) => MathContent::Text(text),
                    count => MathContent::Nodes(u32::decode(count)?),
                };
                element_and_content = Some((element, content));
            } else if let Some(attribute) = MathAttribute::from_name(&name) {
                attributes.push((attribute, String::decode(value)?));
            } else {
                return fail_unknown(&name);
            }
        }
        let Some((element, content)) = element_and_content else {
            return fail("expected the name of a MathML element");
        };
        Ok(Self { element, attributes, content })
    }
}

impl Decode for Token {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        if let JsonValue::Number(_) = json {
            return Ok(Self { length: u32::decode(json)?, kind: None });
        }
        let (tag, length) = split_tag(json)?;
        let Some(kind) = TokenKind::from_name(&tag) else { return fail_unknown(&tag) };
        Ok(Self { length: u32::decode(length)?, kind: Some(kind) })
    }
}
