//! A BibTeX file cut into its pieces, so that a broken one spoils no other.

use std::ops::Range;

/// A piece that begins with `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// `article`, `string`, `comment`: in small letters.
    pub(super) kind: String,
    /// Bytes of the file, from `@` to the closing brace.
    pub(super) range: Range<usize>,
    /// Where it cannot be read, why.
    pub(super) problem: Option<&'static str>,
    /// It stands in round brackets: `@article(...)`.
    pub(super) round: bool,
}

/// Braces inside braces; deeper ones are not meant.
const DEEPEST: usize = 40;

/// Every piece, and lines that look like fields and stand in none. O(length).
pub(super) fn pieces(source: &str) -> (Vec<Piece>, Vec<Range<usize>>) {
    let starts = starts(source);
    let (mut pieces, mut loose): (Vec<Piece>, _) = (Vec::new(), Vec::new());
    let mut end = 0;
    for (number, start) in starts.iter().enumerate() {
        // A line that begins an entry ends the one before, even where that lacks a brace.
        if start.at < end {
            continue;
        }
        loose.extend(fields_in(source, end..start.at));
        let next = starts.iter().skip(number + 1).find(|next| next.begins_line);
        let piece = piece(source, start, next.map_or(source.len(), |next| next.at));
        end = piece.range.end;
        pieces.push(piece);
    }
    loose.extend(fields_in(source, end..source.len()));
    (pieces, loose)
}

struct Start<'a> {
    at: usize,
    kind: &'a str,
    open: usize,
    begins_line: bool,
}

/// Every `@word{` and `@word(` that no `%` hides.
fn starts(source: &str) -> Vec<Start<'_>> {
    let (mut starts, mut line) = (Vec::new(), 0);
    for text in source.split_inclusive('\n') {
        let hidden = text.trim_start().starts_with('%');
        for (within, _) in text.match_indices('@').filter(|_| !hidden) {
            let at = line + within;
            let after = source.get(at + 1..).unwrap_or_default();
            let word =
                after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
            let gap = after.get(word..).unwrap_or_default();
            let open = at + 1 + word + (gap.len() - gap.trim_start().len());
            if word > 0 && source.get(open..).is_some_and(|rest| rest.starts_with(['{', '('])) {
                let kind = after.get(..word).unwrap_or_default();
                let begins_line = text.get(..within).is_some_and(|before| before.trim().is_empty());
                starts.push(Start { at, kind, open, begins_line });
            }
        }
        line += text.len();
    }
    starts
}

fn piece(source: &str, start: &Start, limit: usize) -> Piece {
    let round = source.get(start.open..).is_some_and(|rest| rest.starts_with('('));
    let mut piece =
        Piece { kind: start.kind.to_ascii_lowercase(), range: start.at..limit, problem: None, round };
    let inside = source.get(start.open + 1..limit).unwrap_or_default();
    let (mut depth, mut deepest, mut closed) = (0_usize, 0, false);
    let mut letters = inside.char_indices();
    while let Some((at, c)) = letters.next().filter(|_| !closed) {
        match c {
            '\\' => drop(letters.next()),
            '{' => depth += 1,
            ')' | '}' if depth == 0 && (c == '}' || round) => {
                closed = true;
                piece.range.end = start.open + 1 + at + 1;
                piece.problem = (round && c == '}').then_some("it begins with `(` and ends with `}`");
            }
            '}' => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if !closed {
        let text = source.get(piece.range.clone()).unwrap_or_default();
        piece.range.end = piece.range.start + text.trim_end().len();
        piece.problem = Some("it never ends: a closing brace is missing");
    } else if deepest > DEEPEST {
        piece.problem = Some("it has too many braces inside braces");
    }
    piece
}

/// Lines between pieces that look as if they belonged to one: what a brace too many leaves behind.
fn fields_in(source: &str, gap: Range<usize>) -> Option<Range<usize>> {
    let mut at = gap.start;
    for line in source.get(gap)?.split_inclusive('\n') {
        let field = line.trim().split_once('=').is_some_and(|(name, value)| {
            let name = name.trim();
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
                && value.trim_start().starts_with(['{', '"'])
        });
        if field {
            let begin = at + (line.len() - line.trim_start().len());
            return Some(begin..at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}
