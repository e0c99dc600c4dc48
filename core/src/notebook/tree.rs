//! A JSON value, and how fields are taken from it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

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

pub(super) fn wrong<T>(what: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { path: String::new(), what: what.into() })
}

/// The fields of an object; those that nobody asks for are ignored.
pub(super) struct Fields(pub(super) Vec<(String, Json)>);

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
    pub(super) fn inside(mut self, name: &str) -> Self {
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

/// One of some names.
pub(super) fn named<T: Copy>(json: Json, names: &[(&str, T)]) -> Result<T, Wrong> {
    let name = String::read(json)?;
    let known = names.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| wrong(format!("`{name}` is not known")), |(_, value)| Ok(*value))
}

/// An object with one field, whose name says what it is.
pub(super) fn tagged(json: Json) -> Result<(String, Json), Wrong> {
    let mut fields = Fields::of(json)?.0;
    match (fields.pop(), fields.is_empty()) {
        (Some(field), true) => Ok(field),
        _ => wrong("an object with one field is expected"),
    }
}

pub(super) fn unknown<T>(tag: &str) -> Result<T, Wrong> {
    wrong(format!("`{tag}` is not known"))
}
