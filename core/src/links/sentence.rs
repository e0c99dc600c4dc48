//! The sentence around a mention.

use std::ops::Range;

/// Longest excerpt of a sentence on either side of the name, in characters: about two lines on a phone.
const MAX_CONTEXT_CHARS: usize = 160;

/// Abbreviations whose period does not end a sentence.
const ABBREVIATIONS: [&str; 12] =
    ["al", "cf", "e.g", "eq", "etc", "fig", "i.e", "no", "resp", "sec", "vs", "viz"];

/// Returns the byte offset, within the paragraph, of the start of the sentence that contains a name.
pub(super) fn sentence_start(paragraph: &str, name: &Range<usize>) -> usize {
    sentence_ends(paragraph.get(..name.start).unwrap_or_default()).last().unwrap_or(0)
}

/// Returns the sentence that contains a name: the text before the name, the name, the text after it.
pub(super) fn excerpt(paragraph: &str, name: &Range<usize>) -> [String; 3] {
    let start = sentence_start(paragraph, name);
    let (before, rest) = paragraph.split_at_checked(name.start).unwrap_or((paragraph, ""));
    let (name, after) = rest.split_at_checked(name.len()).unwrap_or((rest, ""));
    let end = sentence_ends(after).next().unwrap_or(after.len());
    let before = before.get(start..).unwrap_or_default().trim_start();
    let after = after.get(..end).unwrap_or_default().trim_end();
    [last_words(before), join_lines(name), first_words(after)]
}

/// Returns the byte offsets at which sentences end, after the space that follows the period.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '!', '?', '。', '！', '？']).filter_map(move |(offset, mark)| {
        let end = offset + mark.len();
        if !mark.is_ascii() {
            return Some(end);
        }
        let (before, after) = (text.get(..offset)?, text.get(end..)?);
        let after_quotes = after.trim_start_matches(['"', '\'', ')', '”', '’']);
        let next = after_quotes.trim_start();
        let has_space = after_quotes.len() > next.len();
        if !has_space || next.starts_with(char::is_lowercase) {
            return None;
        }
        let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next()?.to_lowercase();
        let is_abbreviation =
            mark == "." && (ABBREVIATIONS.contains(&word.as_str()) || word.chars().count() == 1);
        (!is_abbreviation).then(|| text.len() - next.len())
    })
}

/// Truncates a text at its start, between words.
fn last_words(text: &str) -> String {
    let Some((start, _)) = text.char_indices().rev().nth(MAX_CONTEXT_CHARS) else { return join_lines(text) };
    let tail = text.get(start..).unwrap_or_default();
    let words = tail.find(char::is_whitespace).and_then(|space| tail.get(space..));
    format!("…{}", join_lines(words.unwrap_or(tail)))
}

/// Truncates a text at its end, between words.
fn first_words(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_CONTEXT_CHARS) else { return join_lines(text) };
    let head = text.get(..end).unwrap_or_default();
    let words = head.rfind(char::is_whitespace).and_then(|space| head.get(..space));
    format!("{}…", join_lines(words.unwrap_or(head)))
}

fn join_lines(text: &str) -> String {
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt_of(paragraph: &str, name: &str) -> String {
        let start = paragraph.find(name).unwrap();
        excerpt(paragraph, &(start..start + name.len())).join("|")
    }

    #[test]
    fn splits_sentences() {
        let paragraph = "One. Two has a VAE inside. Three.";
        assert_eq!(excerpt_of(paragraph, "VAE"), "Two has a |VAE| inside.");
        assert_eq!(excerpt_of(paragraph, "One"), "|One|.");
        assert_eq!(excerpt_of(paragraph, "Three"), "|Three|.");
    }

    #[test]
    fn ignores_periods_of_abbreviations_and_numbers() {
        let paragraph = "Dosovitskiy et al. Adapt ViT 1.5 (e.g. Small) to 2D. Next";
        assert_eq!(excerpt_of(paragraph, "ViT"), "Dosovitskiy et al. Adapt |ViT| 1.5 (e.g. Small) to 2D.");
        assert_eq!(excerpt_of("これは変分です。次の文。", "次"), "|次|の文。");
    }

    #[test]
    fn truncates_long_sentences_between_words() {
        let paragraph = format!("{}VAE{}", "word ".repeat(100), " word".repeat(100));
        let [before, name, after] = excerpt(&paragraph, &(500..503));
        assert_eq!(name, "VAE");
        assert!(before.starts_with("… word") && after.ends_with("word…"), "{before} {after}");
        assert!(before.chars().count() <= MAX_CONTEXT_CHARS + 2);
        assert!(after.chars().count() <= MAX_CONTEXT_CHARS + 2);
    }
}
