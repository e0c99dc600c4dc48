//! Decoding of JSON values: the fields of objects, primitive types, tagged values, errors with their path.

use std::fmt;

use super::value::JsonValue;

/// A type with a JSON form.
pub(super) trait Decode: Sized {
    /// Decodes a value.
    fn decode(json: JsonValue) -> Result<Self, DecodeError>;
}

/// A value that does not fit its type, with its path: ``sections.entries.url: `x:y` is not an address …``.
pub(super) struct DecodeError {
    /// Names of the fields that contain the value, outermost first, separated by `.`.
    path: String,
    message: String,
}

impl DecodeError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// Puts the name of the containing field before the path.
    #[inline(never)] // Used by every field of every type: inlined, it would swell the browser program.
    pub(super) fn in_field(mut self, name: &str) -> Self {
        if !self.path.is_empty() {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, name);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// Returns an error with an empty path.
pub(super) fn fail<T>(message: impl Into<String>) -> Result<T, DecodeError> {
    Err(DecodeError::new(message))
}

/// Returns the error for an unknown name of a variant, an element or an attribute.
pub(super) fn fail_unknown<T>(name: &str) -> Result<T, DecodeError> {
    fail(format!("unknown name `{name}`"))
}

/// The fields of an object that are not decoded yet. Unknown fields are ignored.
pub(super) struct Fields {
    fields: Vec<(String, JsonValue)>,
    /// The first error of [`Fields::read`].
    error: Option<DecodeError>,
}

impl Fields {
    pub(super) fn new(json: JsonValue) -> Result<Self, DecodeError> {
        match json {
            JsonValue::Object(fields) => Ok(Self { fields, error: None }),
            _ => fail("expected an object"),
        }
    }

    /// Decodes a field that must be present.
    pub(super) fn required<T: Decode>(&mut self, name: &str) -> Result<T, DecodeError> {
        let value = self.take(name).map_or_else(|| fail("missing field"), T::decode);
        value.map_err(|error| error.in_field(name))
    }

    /// Decodes a field that may be absent or `null`: its type's default then.
    pub(super) fn optional<T: Decode + Default>(&mut self, name: &str) -> Result<T, DecodeError> {
        match self.take(name) {
            None | Some(JsonValue::Null) => Ok(T::default()),
            Some(json) => T::decode(json).map_err(|error| error.in_field(name)),
        }
    }

    /// Decodes a field that may be absent or `null` into a field of a default value. [`Fields::finish`] returns its error: a
    /// type of many fields would swell the browser program if each of them could end the function.
    #[inline(never)]
    pub(super) fn read<T: Decode + Default>(&mut self, name: &str, to: &mut T) {
        match self.optional(name) {
            Ok(value) => *to = value,
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }

    /// Returns a value, unless one of its fields could not be read.
    pub(super) fn finish<T>(self, value: T) -> Result<T, DecodeError> {
        match self.error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }

    /// Returns the fields that are left as an object.
    pub(super) fn into_object(self) -> JsonValue {
        JsonValue::Object(self.fields)
    }

    #[inline(never)] // As `DecodeError::in_field`.
    fn take(&mut self, name: &str) -> Option<JsonValue> {
        let index = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.swap_remove(index).1)
    }
}

impl IntoIterator for Fields {
    type Item = (String, JsonValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.into_iter()
    }
}

/// Decodes a string that is one of `names`.
pub(super) fn decode_name<T: Copy>(json: JsonValue, names: &[(&str, T)]) -> Result<T, DecodeError> {
    let name = String::decode(json)?;
    match names.iter().find(|(candidate, _)| *candidate == name) {
        Some((_, value)) => Ok(*value),
        None => fail_unknown(&name),
    }
}

/// Splits an object with a single field into the name of the field, which is the tag of a variant, and its value.
pub(super) fn split_tag(json: JsonValue) -> Result<(String, JsonValue), DecodeError> {
    let mut fields = Fields::new(json)?.fields;
    match (fields.pop(), fields.is_empty()) {
        (Some(field), true) => Ok(field),
        _ => fail("expected an object with one field"),
    }
}

impl Decode for String {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        match json {
            JsonValue::Text(text) => Ok(text),
            _ => fail("expected a string"),
        }
    }
}

impl Decode for bool {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        match json {
            JsonValue::Bool(value) => Ok(value),
            _ => fail("expected true or false"),
        }
    }
}

impl Decode for u64 {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        match json {
            JsonValue::Number(number) => Ok(number),
            _ => fail("expected a whole number"),
        }
    }
}

macro_rules! decode_smaller_integers {
    ($($number:ty)*) => {$(
        impl Decode for $number {
            fn decode(json: JsonValue) -> Result<Self, DecodeError> {
                <$number>::try_from(u64::decode(json)?).or_else(|_| fail("the number is too large"))
            }
        }
    )*};
}
decode_smaller_integers!(u8 u16 u32);

impl<T: Decode> Decode for Option<T> {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        T::decode(json).map(Some)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        T::decode(json).map(Self::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: JsonValue) -> Result<Self, DecodeError> {
        match json {
            JsonValue::List(list) => {
                let mut items = Self::with_capacity(list.len());
                for json in list {
                    items.push(T::decode(json)?);
                }
                Ok(items)
            }
            _ => fail("expected a list"),
        }
    }
}
