//! Tokens of highlighted code.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::names::named_enum;

named_enum! {
    /// Kind of a token, which decides its color.
    #[expect(missing_docs, reason = "the names say it")]
    TokenKind:
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

/// A token of code: a number of bytes with their kind. The tokens of a text follow one another without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Length in bytes of UTF-8.
    pub length: u32,
    /// Kind of the token; `None` for text without a color of its own.
    pub kind: Option<TokenKind>,
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(kind) = self.kind else { return serializer.serialize_u32(self.length) };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(kind.name(), &self.length)?;
        map.end()
    }
}

/// Splits `text` into its tokens, in order. No text is lost if the lengths do not fit: a length that is too large or ends
/// inside a character is cut to fit, and text after the last token has no kind.
pub fn split_tokens<'a>(
    text: &'a str,
    tokens: &'a [Token],
) -> impl Iterator<Item = (Option<TokenKind>, &'a str)> {
    let mut rest = text;
    let mut tokens = tokens.iter();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(token) = tokens.next() else { return Some((None, std::mem::take(&mut rest))) };
        let length = usize::try_from(token.length).unwrap_or(usize::MAX);
        let (token_text, after) = crate::unicode::split_at_boundary(rest, length);
        rest = after;
        Some((token.kind, token_text))
    })
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Token {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Run".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let number = serde_json::json!({ "type": "integer", "minimum": 0 });
        let kinds = TokenKind::ALL.iter().map(|kind| (kind.name().to_owned(), number.clone()));
        let kinds: serde_json::Map<_, _> = kinds.collect();
        schemars::json_schema!({
            "description": "A token of code: its length in bytes of UTF-8, in a field named after its kind, or bare if it has no kind.",
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
    fn keeps_all_text_for_any_token_lengths() {
        let token = |length, kind| Token { length, kind };
        let keyword = Some(TokenKind::Keyword);
        for tokens in [
            vec![],
            vec![token(2, keyword), token(1, None)],
            vec![token(0, keyword), token(u32::MAX, None), token(3, keyword)],
            // Inside a character.
            vec![token(4, keyword), token(1, keyword)],
        ] {
            let text = "if é { 日本 }";
            let joined: String = split_tokens(text, &tokens).map(|(_, text)| text).collect();
            assert_eq!(joined, text, "{tokens:?}");
        }
        let tokens = [token(2, keyword)];
        assert_eq!(split_tokens("if x", &tokens).collect::<Vec<_>>(), [(keyword, "if"), (None, " x")]);
    }
}
