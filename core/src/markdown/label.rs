//! Labels that paragraphs of notes begin with: `Purpose: how can we ...`.

use super::term_name::{is_short, split_at_colon, split_term_name};
use crate::notebook::{Block, Span, plain};

/// Longest label, in characters: anything longer is a sentence.
const MAX_LABEL_LENGTH: usize = 40;

/// The label a paragraph opens with, and the rest: `Purpose: how can we ...`.
pub(super) fn label_paragraph(spans: Vec<Span>) -> Block {
    if matches!(spans.first(), Some(Span::Text(_))) {
        return label_plain_paragraph(spans);
    }
    let Some((name, text)) = split_term_name(&spans) else { return Block::Para(spans) };
    let label = plain(&name).into_owned();
    let bare = match name.as_slice() {
        [Span::Text(_)] => true,
        [Span::Strong(inner)] => matches!(inner.as_slice(), [Span::Text(_)]),
        _ => false,
    };
    if bare && !text.is_empty() && is_label(&label) {
        Block::Field { label, column: None, text }
    } else {
        Block::Para(spans)
    }
}

/// The same for a label without dress, as nearly all are: nothing is copied but the label.
fn label_plain_paragraph(mut spans: Vec<Span>) -> Block {
    let several = spans.len() > 1;
    let Some(Span::Text(first)) = spans.first_mut() else { return Block::Para(spans) };
    let split = split_at_colon(first).map(|(before, after)| (before.trim_end(), after.len()));
    let Some((label, rest)) = split.filter(|(label, rest)| (several || *rest > 0) && is_label(label)) else {
        return Block::Para(spans);
    };
    let label = label.to_owned();
    first.drain(..first.len() - rest);
    if rest == 0 {
        spans.remove(0);
    }
    Block::Field { label, column: None, text: spans }
}

fn is_label(text: &str) -> bool {
    let opens = text.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    // The semicolon of one abbreviation ends no sentence: `TL;DR`, also as `tl;dr`.
    if text.eq_ignore_ascii_case("tl;dr") {
        return true;
    }
    opens && text.split_whitespace().count() <= 4 && is_short(text, MAX_LABEL_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<Span> {
        vec![Span::Text(text.into())]
    }

    #[test]
    fn a_label_is_short_and_begins_a_sentence() {
        let labeled = |line| matches!(label_paragraph(text(line)), Block::Field { .. });
        for line in
            ["TL;DR: short", "tl;dr: short", "The Problem: it is hard", "Observation 1: x", "目的：見る"]
        {
            assert!(labeled(line), "{line}");
        }
        for line in [
            "it does: this",
            "See https://x.y",
            "Enter, ViT - obtaining results. It goes: on",
            "Label:",
            "At 10:30 we met",
            "A label of very many words indeed: no",
        ] {
            assert!(!labeled(line), "{line}");
        }
    }
}
