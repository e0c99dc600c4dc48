//! The sentence that a name stands in.

use std::ops::Range;

/// Longest piece of a sentence that is kept on either side of the name, in letters.
const LONGEST: usize = 160;
/// Points behind these end no sentence.
const SHORT: [&str; 12] = ["al", "cf", "e.g", "eq", "etc", "fig", "i.e", "no", "resp", "sec", "vs", "viz"];

/// Where the sentence of a name begins in its line.
pub(super) fn begin(line: &str, name: &Range<usize>) -> usize {
    ends(line.get(..name.start).unwrap_or_default()).last().unwrap_or(0)
}

/// What stands before a name in its sentence, the name, and what stands behind it.
pub(super) fn around(line: &str, name: &Range<usize>) -> [String; 3] {
    let (before, rest) = line.split_at_checked(name.start).unwrap_or((line, ""));
    let (name, after) = rest.split_at_checked(name.len()).unwrap_or((rest, ""));
    let begin = ends(before).last().unwrap_or(0);
    let end = ends(after).next().unwrap_or(after.len());
    let before = before.get(begin..).unwrap_or_default().trim_start();
    let after = after.get(..end).unwrap_or_default().trim_end();
    [last_words(before), tidy(name), first_words(after)]
}

/// Where sentences end in a text: behind the space that follows their point.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '!', '?', '。', '！', '？']).filter_map(move |(at, point)| {
        let behind = at + point.len();
        if !point.is_ascii() {
            return Some(behind);
        }
        let (before, after) = (text.get(..at)?, text.get(behind..)?);
        let closing = after.trim_start_matches(['"', '\'', ')', '”', '’']);
        let next = closing.trim_start();
        let space = closing.len() - next.len();
        if space == 0 || next.starts_with(char::is_lowercase) {
            return None;
        }
        let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next()?.to_lowercase();
        let is_short = point == "." && (SHORT.contains(&word.as_str()) || word.chars().count() == 1);
        (!is_short).then(|| text.len() - next.len())
    })
}

fn last_words(text: &str) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(LONGEST) else { return tidy(text) };
    let cut = text.get(at..).unwrap_or_default();
    let whole = cut.find(char::is_whitespace).and_then(|space| cut.get(space..));
    format!("…{}", tidy(whole.unwrap_or(cut)))
}

fn first_words(text: &str) -> String {
    let Some((at, _)) = text.char_indices().nth(LONGEST) else { return tidy(text) };
    let cut = text.get(..at).unwrap_or_default();
    let whole = cut.rfind(char::is_whitespace).and_then(|space| cut.get(..space));
    format!("{}…", tidy(whole.unwrap_or(cut)))
}

/// A line end inside a sentence is a space.
fn tidy(text: &str) -> String {
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, name: &str) -> String {
        let at = line.find(name).unwrap();
        around(line, &(at..at + name.len())).join("|")
    }

    #[test]
    fn a_sentence_is_told_from_its_neighbours() {
        let line = "One. Two has a VAE inside. Three.";
        assert_eq!(of(line, "VAE"), "Two has a |VAE| inside.");
        assert_eq!(of(line, "One"), "|One|.");
        assert_eq!(of(line, "Three"), "|Three|.");
    }

    #[test]
    fn points_inside_end_nothing() {
        let line = "Dosovitskiy et al. Adapt ViT 1.5 (e.g. Small) to 2D. Next";
        assert_eq!(of(line, "ViT"), "Dosovitskiy et al. Adapt |ViT| 1.5 (e.g. Small) to 2D.");
        assert_eq!(of("これは変分です。次の文。", "次"), "|次|の文。");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let line = format!("{}VAE{}", "word ".repeat(100), " word".repeat(100));
        let [before, name, after] = around(&line, &(500..503));
        assert_eq!(name, "VAE");
        assert!(before.starts_with("… word") && after.ends_with("word…"), "{before} {after}");
        assert!(before.chars().count() <= LONGEST + 2 && after.chars().count() <= LONGEST + 2);
    }
}
