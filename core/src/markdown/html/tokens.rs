//! A piece of HTML as tags and text.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::elements::{ATTRIBUTES, Element, HtmlTag, element};

/// A piece of HTML.
#[derive(Debug)]
pub(super) enum Piece {
    Open(Element, HtmlTag),
    /// An end tag, as it was written.
    Close(Element, String),
    Text(String),
    /// Markup that is not allowed, as it was written, with the name of its element.
    Refused(String, String),
}

/// Reads a piece of HTML without comments. Everything in it is in one of the pieces: an end that is no complete tag is text.
#[allow(clippy::too_many_lines, reason = "one loop over the tokens, whose arms share the open piece")]
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        let start = match &token {
            Token::StartTag(tag) => tag.span.start,
            Token::EndTag(tag) => tag.span.start,
            Token::String(text) => text.span.start,
            Token::Comment(comment) => comment.span.start,
            Token::Doctype(doctype) => doctype.span.start,
            Token::Error(_) => continue,
        };
        // What the standard drops, such as `</>`.
        let dropped = html.get(at..start).unwrap_or_default();
        if !dropped.is_empty() {
            pieces.push(Piece::Refused(dropped.to_owned(), "<".into()));
        }
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                let raw = source(html, tag.span.start, tag.span.end);
                at = tag.span.end;
                let Some(element) = element(&name) else {
                    pieces.push(Piece::Refused(raw, name));
                    continue;
                };
                let attribute = |name: &'static str| {
                    let value = tag.attributes.get(name.as_bytes())?;
                    Some((name, utf8(value).replace('\0', "\u{fffd}")))
                };
                let attributes = ATTRIBUTES.into_iter().filter_map(attribute).collect();
                pieces.push(Piece::Open(element, HtmlTag { raw, attributes }));
            }
            Token::EndTag(tag) => {
                let name = utf8(&tag.name);
                let raw = source(html, tag.span.start, tag.span.end);
                at = tag.span.end;
                pieces.push(match element(&name) {
                    Some(element) => Piece::Close(element, raw),
                    None => Piece::Refused(raw, name),
                });
            }
            Token::String(text) => {
                at = text.span.end;
                let text = utf8(&text.value).replace('\0', "\u{fffd}");
                match pieces.last_mut() {
                    Some(Piece::Text(last)) => last.push_str(&text),
                    _ => pieces.push(Piece::Text(text)),
                }
            }
            Token::Comment(comment) => {
                // `<?...>` is a comment to HTML, and no comment to an author.
                let raw = source(html, comment.span.start, comment.span.end);
                at = comment.span.end;
                if !raw.starts_with("<!--") {
                    pieces.push(Piece::Refused(raw, "?".into()));
                }
            }
            Token::Doctype(doctype) => {
                at = doctype.span.end;
                let raw = source(html, doctype.span.start, doctype.span.end);
                pieces.push(Piece::Refused(raw, "!doctype".into()));
            }
            Token::Error(_) => {}
        }
    }
    let rest = html.get(at..).unwrap_or_default();
    if !rest.trim().is_empty() {
        pieces.push(Piece::Refused(rest.to_owned(), "<".into()));
    }
    pieces
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn source(html: &str, start: usize, end: usize) -> String {
    html.get(start..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts the pieces together again.
    fn joined(html: &str) -> String {
        let text = |piece: Piece| match piece {
            Piece::Open(_, tag) => tag.raw,
            Piece::Close(_, raw) | Piece::Refused(raw, _) | Piece::Text(raw) => raw,
        };
        pieces(html).into_iter().map(text).collect()
    }

    #[test]
    fn everything_is_in_a_piece() {
        for html in [
            "<div align=\"center\">ä <b>x</b></div>",
            "é<x-y z='ü'>q</x-y>é",
            "<div a",
            "a < b",
            "ü</",
            "<br/>",
            "<!DOCTYPE html><p>",
            "<?php x ?>",
            "<a href='>'>x",
            "</>x",
        ] {
            assert_eq!(joined(html), html, "{:?}", pieces(html));
        }
    }

    #[test]
    fn only_known_attributes_are_read() {
        let Some(Piece::Open(_, tag)) = pieces("<A HREF='a&amp;b' onclick=x id=y>").pop() else { panic!() };
        assert_eq!(tag.attributes, [("href", "a&b".to_owned()), ("id", "y".to_owned())]);
    }
}
