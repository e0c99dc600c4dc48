//! What pieces of code are, so that a page can colour them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::formula::names;

names! {
    /// What a piece of code is.
    #[expect(missing_docs, reason = "the names say it")]
    Kind:
    Keyword = "keyword",
    Text = "string",
    Comment = "comment",
    Number = "number",
    Type = "type",
    Function = "function",
    Constant = "constant",
    Inserted = "inserted",
    Deleted = "deleted",
}

/// A piece of code: so many bytes of it are of one kind, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the code.
    pub length: u32,
    /// What they are.
    pub kind: Option<Kind>,
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(kind) = self.kind else { return serializer.serialize_u32(self.length) };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(kind.name(), &self.length)?;
        map.end()
    }
}

/// The pieces of a code, in its order, each with what it is. Lengths that are none of this text cut nothing off.
pub fn pieces<'a>(text: &'a str, runs: &'a [Run]) -> impl Iterator<Item = (Option<Kind>, &'a str)> {
    let mut rest = text;
    let mut runs = runs.iter();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(run) = runs.next() else { return Some((None, std::mem::take(&mut rest))) };
        let length = usize::try_from(run.length).unwrap_or(usize::MAX);
        let (piece, after) = crate::letters::cut(rest, length);
        rest = after;
        Some((run.kind, piece))
    })
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Run {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Run".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let number = serde_json::json!({ "type": "integer", "minimum": 0 });
        let kinds = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), number.clone()));
        let kinds: serde_json::Map<_, _> = kinds.collect();
        schemars::json_schema!({
            "description": "A piece of code: its length in bytes of UTF-8, below what it is, or bare where it is nothing special.",
            "anyOf": [number, {
                "type": "object", "properties": kinds, "additionalProperties": false,
                "minProperties": 1, "maxProperties": 1
            }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_is_lost_whatever_the_lengths_are() {
        let run = |length, kind| Run { length, kind };
        let word = Some(Kind::Keyword);
        for runs in [
            vec![],
            vec![run(2, word), run(1, None)],
            vec![run(0, word), run(u32::MAX, None), run(3, word)],
            // In the middle of a letter.
            vec![run(4, word), run(1, word)],
        ] {
            let text = "if é { 日本 }";
            let joined: String = pieces(text, &runs).map(|(_, piece)| piece).collect();
            assert_eq!(joined, text, "{runs:?}");
        }
        let runs = [run(2, word)];
        assert_eq!(pieces("if x", &runs).collect::<Vec<_>>(), [(word, "if"), (None, " x")]);
    }
}
