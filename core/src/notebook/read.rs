//! A notebook out of a JSON tree, field by field.
//!
//! Derived code would read the same, and be a seventh of the page's program: 18 kB after brotli, where this is 5.
//! Property tests hold it against what is written (`core/tests/properties.rs`).

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{
    Access, Alert, Align, Block, Definition, Entry, Goal, Id, Item, Notebook, Prose, Reference, Section,
    SectionKind, Size, Source, SourceKind, Span, Term, Url,
};

/// A JSON value.
pub(super) enum Json {
    /// `null`, and numbers that nothing here has: below zero, or with a point.
    None,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Bool(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Number(value))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
                Ok(Json::None)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
                Ok(Json::None)
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::None)
            }

            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = seq.next_element()? {
                    list.push(value);
                }
                Ok(Json::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Json::Map(fields))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Json {
    /// A number that stands in a field.
    pub(super) fn field(&self, name: &str) -> Result<u32, Wrong> {
        let Self::Map(fields) = self else { return wrong("an object is expected") };
        match fields.iter().find(|(known, _)| known == name) {
            Some((_, Self::Number(number))) => u32::read(Self::Number(*number)),
            _ => Err(Wrong { path: name.to_owned(), what: "a whole number is expected".into() }),
        }
    }
}

/// What is wrong, and where: `sections.entries.url: "x:y" is not an address that a link may have`.
pub(super) struct Wrong {
    path: String,
    what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

fn wrong<T>(what: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { path: String::new(), what: what.into() })
}

/// The fields of an object; those that nobody asks for are ignored.
pub(super) struct Fields(Vec<(String, Json)>);

impl Fields {
    pub(super) fn of(json: Json) -> Result<Self, Wrong> {
        match json {
            Json::Map(fields) => Ok(Self(fields)),
            _ => wrong("an object is expected"),
        }
    }

    #[inline(never)]
    fn take(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// A field that has to be there.
    pub(super) fn need<T: Read>(&mut self, name: &str) -> Result<T, Wrong> {
        let read = self.take(name).map_or_else(|| wrong("it is missing"), T::read);
        read.map_err(|wrong| wrong.inside(name))
    }

    /// A field that may be left out.
    pub(super) fn maybe<T: Read + Default>(&mut self, name: &str) -> Result<T, Wrong> {
        match self.take(name) {
            None | Some(Json::None) => Ok(T::default()),
            Some(json) => T::read(json).map_err(|wrong| wrong.inside(name)),
        }
    }
}

impl Wrong {
    #[inline(never)]
    fn inside(mut self, name: &str) -> Self {
        if !self.path.is_empty() {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, name);
        self
    }
}

/// What can be read from a JSON tree.
pub(super) trait Read: Sized {
    fn read(json: Json) -> Result<Self, Wrong>;
}

impl Read for String {
    fn read(json: Json) -> Result<Self, Wrong> {
        match json {
            Json::Text(text) => Ok(text),
            _ => wrong("text is expected"),
        }
    }
}

impl Read for bool {
    fn read(json: Json) -> Result<Self, Wrong> {
        match json {
            Json::Bool(value) => Ok(value),
            _ => wrong("true or false is expected"),
        }
    }
}

impl Read for u64 {
    fn read(json: Json) -> Result<Self, Wrong> {
        match json {
            Json::Number(number) => Ok(number),
            _ => wrong("a whole number is expected"),
        }
    }
}

macro_rules! read_smaller {
    ($($number:ty)*) => {$(
        impl Read for $number {
            fn read(json: Json) -> Result<Self, Wrong> {
                <$number>::try_from(u64::read(json)?).or_else(|_| wrong("the number is too large"))
            }
        }
    )*};
}
read_smaller!(u8 u16 u32);

impl<T: Read> Read for Option<T> {
    fn read(json: Json) -> Result<Self, Wrong> {
        T::read(json).map(Some)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(json: Json) -> Result<Self, Wrong> {
        T::read(json).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: Json) -> Result<Self, Wrong> {
        match json {
            Json::List(list) => list.into_iter().map(T::read).collect(),
            _ => wrong("a list is expected"),
        }
    }
}

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

/// One of some names.
pub(super) fn named<T: Copy>(json: Json, names: &[(&str, T)]) -> Result<T, Wrong> {
    let name = String::read(json)?;
    let known = names.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| wrong(format!("`{name}` is not known")), |(_, value)| Ok(*value))
}

/// An object with one field, whose name says what it is.
fn tagged(json: Json) -> Result<(String, Json), Wrong> {
    let mut fields = Fields::of(json)?.0;
    match (fields.pop(), fields.is_empty()) {
        (Some(field), true) => Ok(field),
        _ => wrong("an object with one field is expected"),
    }
}

fn unknown<T>(tag: &str) -> Result<T, Wrong> {
    wrong(format!("`{tag}` is not known"))
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
            notes: of.maybe("notes")?,
            citation: of.maybe("citation")?,
        })
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
            "field" => Self::Field { label: of.need("label")?, text: of.need("text")? },
            "heading" => {
                Self::Heading { id: of.need("id")?, level: of.need("level")?, text: of.need("text")? }
            }
            "quote" => Self::Quote { alert: of.maybe("alert")?, blocks: of.need("blocks")? },
            "list" => Self::List { start: of.maybe("start")?, items: of.need("items")? },
            "code" => Self::Code { lang: of.maybe("lang")?, text: of.need("text")? },
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
                Ok(Self::Math { tex: of.need("tex")?, display: of.maybe("display")? })
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
