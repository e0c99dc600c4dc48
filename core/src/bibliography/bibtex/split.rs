//! Splitting of a BibTeX file into blocks, so that a broken block does not affect the others.

use std::ops::Range;

/// Deepest nesting of braces in a block. Real entries have a handful of levels; without a limit, commands nested in the
/// arguments of commands (`\a{\a{...}}`) would overflow the stack, because `biblatex` recurses into each argument.
const MAX_BRACE_DEPTH: usize = 40;

/// A block of a BibTeX file: an entry, `@string`, `@comment` or `@preamble`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BibtexBlock {
    /// Type of the block in lower case: `article`, `string`, `comment`.
    pub(super) kind: String,
    /// Byte range in the file, from `@` to the closing delimiter.
    pub(super) range: Range<usize>,
    /// Reason why the block cannot be parsed.
    pub(super) problem: Option<&'static str>,
    /// The block is delimited by parentheses: `@article(...)`.
    pub(super) has_parentheses: bool,
}

/// Splits a file into blocks. Also returns the ranges of lines that look like fields but are outside any block.
/// O(length).
pub(super) fn split_blocks(source: &str) -> (Vec<BibtexBlock>, Vec<Range<usize>>) {
    let starts = block_starts(source);
    let (mut blocks, mut stray_fields): (Vec<BibtexBlock>, _) = (Vec::new(), Vec::new());
    let mut end = 0;
    for (index, start) in starts.iter().enumerate() {
        if start.offset < end {
            continue;
        }
        stray_fields.extend(find_stray_field(source, end..start.offset));
        // A block that starts a line ends the one before, even if that lacks its closing brace.
        let next = starts.iter().skip(index + 1).find(|next| next.is_first_on_line);
        let block = scan_block(source, start, next.map_or(source.len(), |next| next.offset));
        end = block.range.end;
        blocks.push(block);
    }
    stray_fields.extend(find_stray_field(source, end..source.len()));
    (blocks, stray_fields)
}

/// Returns the range of the first line of a block, without trailing white space.
pub(in crate::bibliography) fn first_line(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.lines().next().unwrap_or_default().trim_end().len()
}

/// The start of a block: `@article{`.
struct BlockStart<'a> {
    /// Offset of `@`.
    offset: usize,
    kind: &'a str,
    /// Offset of the opening delimiter.
    open: usize,
    is_first_on_line: bool,
}

/// Finds every `@word{` and `@word(` outside `%` comments.
fn block_starts(source: &str) -> Vec<BlockStart<'_>> {
    let (mut starts, mut line_start) = (Vec::new(), 0);
    for line in source.split_inclusive('\n') {
        let is_comment = line.trim_start().starts_with('%');
        for (column, _) in line.match_indices('@').filter(|_| !is_comment) {
            let offset = line_start + column;
            let after = source.get(offset + 1..).unwrap_or_default();
            let word_len =
                after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
            let (kind, rest) = after.split_at_checked(word_len).unwrap_or((after, ""));
            let open = offset + 1 + word_len + (rest.len() - rest.trim_start().len());
            if word_len > 0 && rest.trim_start().starts_with(['{', '(']) {
                let is_first_on_line = line.get(..column).is_some_and(|before| before.trim().is_empty());
                starts.push(BlockStart { offset, kind, open, is_first_on_line });
            }
        }
        line_start += line.len();
    }
    starts
}

/// Finds the end of a block, which is before `limit`.
fn scan_block(source: &str, start: &BlockStart, limit: usize) -> BibtexBlock {
    let has_parentheses = source.get(start.open..).is_some_and(|rest| rest.starts_with('('));
    let kind = start.kind.to_ascii_lowercase();
    let mut block = BibtexBlock { kind, range: start.offset..limit, problem: None, has_parentheses };
    let body = source.get(start.open + 1..limit).unwrap_or_default();
    let (mut depth, mut max_depth, mut is_closed, mut is_quoted) = (0_usize, 0, false, false);
    let mut chars = body.char_indices();
    while let Some((offset, c)) = chars.next().filter(|_| !is_closed) {
        match c {
            '\\' => drop(chars.next()),
            '"' if depth == 0 => is_quoted = !is_quoted,
            // A comment between fields may have braces.
            '%' if depth == 0 && !is_quoted => drop(chars.by_ref().find(|(_, c)| *c == '\n')),
            '{' => depth += 1,
            ')' | '}' if depth == 0 && (c == '}' || has_parentheses) => {
                is_closed = true;
                block.range.end = start.open + 1 + offset + 1;
                block.problem =
                    (has_parentheses && c == '}').then_some("it begins with `(` but ends with `}`");
            }
            '}' => depth -= 1,
            _ => {}
        }
        max_depth = max_depth.max(depth);
    }
    if !is_closed {
        let text = source.get(block.range.clone()).unwrap_or_default();
        block.range.end = block.range.start + text.trim_end().len();
        block.problem = Some("a closing brace is missing");
    } else if max_depth > MAX_BRACE_DEPTH {
        block.problem = Some("its braces are nested too deeply");
    }
    block
}

/// Finds the first line between blocks that looks like a field. An extra closing brace in the block above leaves such
/// lines behind.
fn find_stray_field(source: &str, gap: Range<usize>) -> Option<Range<usize>> {
    let mut offset = gap.start;
    for line in source.get(gap)?.split_inclusive('\n') {
        let is_field = line.trim().split_once('=').is_some_and(|(name, value)| {
            let name = name.trim();
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
                && value.trim_start().starts_with(['{', '"'])
        });
        if is_field {
            let start = offset + (line.len() - line.trim_start().len());
            return Some(start..offset + line.trim_end().len());
        }
        offset += line.len();
    }
    None
}
