//! Positions in a text that is spread over several DOM text nodes.

/// Texts of consecutive nodes, as one text.
#[derive(Debug, Default)]
pub struct NodeTexts {
    /// Each text with the number of bytes up to its end.
    texts: Vec<(usize, String)>,
}

impl NodeTexts {
    /// Adds the text of the next node.
    pub fn push(&mut self, text: String) {
        let before = self.texts.last().map_or(0, |(end, _)| *end);
        self.texts.push((before + text.len(), text));
    }

    /// Returns node and offset of a byte of the whole text; the offset counts UTF-16 units, as the DOM does. Between two
    /// nodes the start of a range is in the second, its end in the first. None after the text or inside a character.
    pub fn locate(&self, byte: usize, is_end: bool) -> Option<(usize, u32)> {
        let node = self.texts.iter().position(|(end, _)| if is_end { byte <= *end } else { byte < *end })?;
        let (end, text) = self.texts.get(node)?;
        let inside = byte.checked_sub(end - text.len())?;
        let units = text.get(..inside)?.encode_utf16().count();
        Some((node, u32::try_from(units).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> NodeTexts {
        let mut all = NodeTexts::default();
        for text in texts {
            all.push((*text).to_owned());
        }
        all
    }

    #[test]
    fn locates_both_ends_of_a_range() {
        let texts = texts(&["sparse ", "coding", " works"]);
        assert_eq!((texts.locate(7, false), texts.locate(13, true)), (Some((1, 0)), Some((1, 6))));
        assert_eq!((texts.locate(3, false), texts.locate(15, true)), (Some((0, 3)), Some((2, 2))));
    }

    #[test]
    fn counts_utf16_units() {
        // Four bytes and two units, then two bytes and one unit.
        let texts = texts(&["𝛼é b"]);
        assert_eq!((texts.locate(4, false), texts.locate(6, true)), (Some((0, 2)), Some((0, 3))));
        assert_eq!(texts.locate(5, false), None, "inside a character");
    }

    #[test]
    fn skips_empty_nodes_and_ends_with_the_text() {
        let texts = texts(&["", "ab", ""]);
        assert_eq!((texts.locate(0, false), texts.locate(2, true)), (Some((1, 0)), Some((1, 2))));
        assert_eq!((texts.locate(2, false), texts.locate(3, true)), (None, None));
    }
}
