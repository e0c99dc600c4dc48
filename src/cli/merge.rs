//! `notebook merge`: applies a patch of the published notebook to the author's file.
//!
//! The published text is an export, in which endings and layout of lines may differ from the file. So lines are compared without
//! their endings, then without indents, bullets and blank lines, and each one that a hunk does not touch keeps its bytes.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;

use diffy::{Line, Patch};

use super::add::read_text;
use super::replace_files::replace_files;
use crate::site::Failure;

/// Lines of context that may differ at each end of a hunk: as many as GNU patch allows.
const MAX_DIFFERENT_LINES: usize = 2;

/// The mark at the beginning of a file, which belongs to no line.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Applies a patch to a notebook, or with `only_check` says that it applies.
///
/// # Errors
/// Fails if the patch cannot be read, or a hunk of it has no place; the file is not written then.
pub(super) fn merge(patch_file: &Path, notebook_file: &Path, only_check: bool) -> Result<(), Failure> {
    let (patch_name, file) = (patch_file.display(), notebook_file.display());
    let patch = read_text(patch_file)?.replace("\r\n", "\n");
    let source = read_text(notebook_file)?;
    let parsed = Patch::from_str(&patch).map_err(|error| format!("{patch_name} is no patch: {error}"))?;
    let changes = match parsed.hunks().len() {
        0 => {
            return Err(format!(
                "{patch_name} has no changes: expected a unified diff, with lines that begin with `@@`"
            ));
        }
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let merged = apply(&source, &parsed).map_err(|misfit| {
        let header = patch.lines().enumerate().filter(|(_, line)| line.starts_with("@@ ")).nth(misfit.hunk);
        let line = header.map_or(1, |(number, _)| number + 1);
        format!(
            "change {} of {} does not fit: {file} does not have the lines around it (line {line} of {patch_name}, line {} of \
             the published notebook.md); nothing was changed\n\
             The published notebook.md is your notebook in a uniform layout, in which the same lines may be written otherwise, or \
             you have changed them since. Make this change by hand, with {file} open in the studio; or if the published \
             notebook.md is in a Git repository, run `git apply --3way {patch_name}` there.",
            misfit.hunk + 1,
            parsed.hunks().len(),
            misfit.published_line,
        )
    })?;
    if only_check {
        println!("{patch_name} applies to {file}: {changes}");
    } else {
        replace_files(&[(notebook_file, &merged.text)])?;
        println!("merged {changes} into {file}");
    }
    for line in merged.uncertain_lines {
        eprintln!("note: around line {line} the lines differ from the published ones: read the change there");
    }
    Ok(())
}

/// A notebook with the changes of a patch.
#[derive(Debug, PartialEq, Eq)]
struct Merged {
    text: String,
    /// Line numbers, from 1, of changes whose context differs.
    uncertain_lines: Vec<usize>,
}

/// A hunk without a place in the notebook.
#[derive(Debug, PartialEq, Eq)]
struct Misfit {
    /// Its number, from 0.
    hunk: usize,
    /// The line of the published text, from 1, at which it begins.
    published_line: usize,
}

/// A line of the notebook, or of a hunk that was applied.
#[derive(Clone, Copy, Debug)]
struct SourceLine<'t> {
    /// The indent and bullet of a new line; other lines have theirs in the text.
    layout: &'t str,
    text: &'t str,
    /// `\n`, `\r\n`, or nothing at the end of a file.
    ending: &'t str,
    is_new: bool,
}

impl<'t> SourceLine<'t> {
    fn new(line: &'t str) -> Self {
        let text = text_of(line);
        Self { layout: "", text, ending: line.get(text.len()..).unwrap_or_default(), is_new: false }
    }
}

/// Returns a line without its ending.
fn text_of(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// Applies a patch to a text. O(lines x lines of the patch).
fn apply(source: &str, patch: &Patch<'_, str>) -> Result<Merged, Misfit> {
    let body = source.strip_prefix(BYTE_ORDER_MARK).unwrap_or(source);
    let mut lines: Vec<SourceLine<'_>> = body.split_inclusive('\n').map(SourceLine::new).collect();
    let ending = usual_ending(&lines);
    let mut uncertain_lines = Vec::new();
    // How much further down than expected the last hunk was.
    let mut drift = 0_isize;
    for (number, hunk) in patch.hunks().iter().enumerate() {
        let expected = hunk.new_range().start().saturating_sub(1);
        let place = find_place(&lines, hunk.lines(), expected.saturating_add_signed(drift));
        let place = place.ok_or(Misfit { hunk: number, published_line: hunk.old_range().start() })?;
        drift = place.start.cast_signed() - place.cut.cast_signed() - expected.cast_signed();
        if !place.is_exact {
            uncertain_lines.push(place.start + 1);
        }
        let replaced =
            replace(lines.get(place.start..place.end).unwrap_or_default(), place.hunk_lines, ending);
        lines.splice(place.start..place.end, replaced);
    }
    let mut text = source.get(..source.len() - body.len()).unwrap_or_default().to_owned();
    let last = lines.len().saturating_sub(1);
    for (number, line) in lines.iter().enumerate() {
        // The end of a file may be in its middle now.
        let ending = if line.ending.is_empty() && number < last { ending } else { line.ending };
        text.extend([line.layout, line.text, ending]);
    }
    Ok(Merged { text, uncertain_lines })
}

/// Returns the ending of most lines.
fn usual_ending(lines: &[SourceLine<'_>]) -> &'static str {
    let count = |ending: &str| lines.iter().filter(|line| line.ending == ending).count();
    match count("\r\n").cmp(&count("\n")) {
        Ordering::Greater => "\r\n",
        _ => "\n",
    }
}

/// The place of a hunk in a text.
struct Place<'h, 'p> {
    /// The number of its first line in the notebook, from 0.
    start: usize,
    /// The number of the line after its last one.
    end: usize,
    /// Its lines, without context that differs.
    hunk_lines: &'h [Line<'p, str>],
    /// The number of lines that were left out at its beginning.
    cut: usize,
    /// True if no line differs.
    is_exact: bool,
}

/// A way to compare lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    /// By their texts.
    Exact,
    /// Without indents and bullets; blank lines may be missing or added.
    Layout,
}

/// Finds the place nearest to the expected one. If there is none, the layout may differ, and at last the outer lines of the context;
/// then there must be only one place.
fn find_place<'h, 'p>(
    lines: &[SourceLine<'_>],
    hunk: &'h [Line<'p, str>],
    expected: usize,
) -> Option<Place<'h, 'p>> {
    let nearest = places(lines, hunk, Comparison::Exact).min_by_key(|(start, _)| start.abs_diff(expected));
    if let Some((start, end)) = nearest {
        return Some(Place { start, end, hunk_lines: hunk, cut: 0, is_exact: true });
    }
    let is_context = |line: &&Line<'_, str>| matches!(line, Line::Context(_));
    let leading = hunk.iter().take_while(is_context).count();
    let trailing = hunk.iter().rev().take_while(is_context).count();
    (0..=MAX_DIFFERENT_LINES).find_map(|different| {
        let cut = leading.min(different);
        let hunk_lines = hunk.get(cut..hunk.len().checked_sub(trailing.min(different))?)?;
        old_lines(hunk_lines).find(|line| !is_blank(line))?;
        let mut found = places(lines, hunk_lines, Comparison::Layout);
        let (start, end) = found.next()?;
        found.next().is_none().then_some(Place { start, end, hunk_lines, cut, is_exact: false })
    })
}

/// Returns the ranges of lines that a hunk expects.
fn places(
    lines: &[SourceLine<'_>],
    hunk: &[Line<'_, str>],
    comparison: Comparison,
) -> impl Iterator<Item = (usize, usize)> {
    let may_begin = move |start: &usize| {
        comparison == Comparison::Exact || lines.get(*start).is_some_and(|line| !is_blank(line.text))
    };
    (0..=lines.len())
        .filter(may_begin)
        .filter_map(move |start| Some((start, end_of_match(lines, hunk, start, comparison)?)))
}

/// Returns the number of the line after those that a hunk expects, if they begin at `start`.
fn end_of_match(
    lines: &[SourceLine<'_>],
    hunk: &[Line<'_, str>],
    start: usize,
    comparison: Comparison,
) -> Option<usize> {
    let mut at = start;
    for old in old_lines(hunk) {
        if comparison == Comparison::Layout {
            let blank = lines.iter().skip(at).take_while(|line| is_blank(line.text)).count();
            at += if is_blank(old) { blank.min(1) } else { blank };
            if is_blank(old) {
                continue;
            }
        }
        let line = lines.get(at)?;
        let is_same = match comparison {
            Comparison::Exact => line.text == old,
            Comparison::Layout => split_layout(line.text).1.trim_end() == split_layout(old).1.trim_end(),
        };
        if line.is_new || !is_same {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Returns the lines that a hunk makes of those that it was found at. A new line has the indent and bullet that the lines around it
/// have in the notebook.
fn replace<'t>(
    found: &[SourceLine<'t>],
    hunk: &[Line<'t, str>],
    ending: &'static str,
) -> Vec<SourceLine<'t>> {
    let mut layouts = HashMap::new();
    let own = found.iter().filter(|line| !is_blank(line.text)).map(|line| split_layout(line.text).0);
    for (old, own) in old_lines(hunk).filter(|line| !is_blank(line)).zip(own) {
        layouts.entry(split_layout(old).0).or_insert(own);
    }
    let mut found = found.iter().copied().peekable();
    let mut replaced = Vec::with_capacity(hunk.len());
    for (number, line) in hunk.iter().enumerate() {
        let (Line::Context(old) | Line::Delete(old)) = line else {
            if let Line::Insert(line) = line {
                let (layout, words) = split_layout(text_of(line));
                let ending = if line.ends_with('\n') { ending } else { "" };
                let own = layouts.get(layout).filter(|_| !words.is_empty());
                let layout = own.copied().unwrap_or(layout);
                replaced.push(SourceLine { layout, text: words, ending, is_new: true });
            }
            continue;
        };
        if !is_blank(old) {
            while let Some(blank) = found.next_if(|line| is_blank(line.text)) {
                replaced.push(blank);
            }
        }
        let Some(own) = found.next_if(|line| is_blank(line.text) == is_blank(old)) else {
            // A blank line that the notebook does not have.
            let (before, after) = hunk.split_at(number);
            let parts_new_text = adds_lines(before.iter().rev()) || adds_lines(after.iter().skip(1));
            if matches!(line, Line::Context(_)) && parts_new_text {
                replaced.push(SourceLine { layout: "", text: "", ending, is_new: true });
            }
            continue;
        };
        if !is_blank(old) {
            layouts.insert(split_layout(old).0, split_layout(own.text).0);
        }
        if matches!(line, Line::Context(_)) {
            replaced.push(own);
        }
    }
    replaced
}

/// Returns true if a hunk begins with new lines that replace none: they need the blank line that parts them from the text before.
fn adds_lines<'h, 't: 'h>(hunk: impl Iterator<Item = &'h Line<'t, str>>) -> bool {
    let mut is_new = false;
    for line in hunk.take_while(|line| !matches!(line, Line::Context(_))) {
        match line {
            Line::Delete(old) if !is_blank(old) => return false,
            Line::Insert(_) => is_new = true,
            _ => {}
        }
    }
    is_new
}

/// Splits a line into its indent with a bullet, and its words.
fn split_layout(line: &str) -> (&str, &str) {
    let words = line.trim_start();
    let item = words.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t']));
    let words = item.map_or(words, str::trim_start);
    (line.get(..line.len() - words.len()).unwrap_or_default(), words)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Returns the lines that a hunk expects.
fn old_lines<'h>(hunk: &'h [Line<'_, str>]) -> impl Iterator<Item = &'h str> {
    hunk.iter().filter_map(|line| match line {
        Line::Context(line) | Line::Delete(line) => Some(text_of(line)),
        Line::Insert(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PUBLISHED: &str = "# N\n\nIntro.\n\n## Papers\n\n- [A](https://a.example)\n- [B](https://b.example)\n- [C](https://c.example)\n\n\
                             ## Terms\n\n- One: first.\n- Two: second.\n";

    fn patch_of(change: impl Fn(&str) -> String) -> String {
        diffy::create_patch(PUBLISHED, &change(PUBLISHED)).to_string()
    }

    fn applied(source: &str, patch: &str) -> Result<Merged, Misfit> {
        apply(source, &Patch::from_str(patch).unwrap())
    }

    fn certain(text: String) -> Merged {
        Merged { text, uncertain_lines: Vec::new() }
    }

    #[test]
    fn applies_where_lines_have_moved() {
        let change = |text: &str| text.replace("[B]", "[Better]").replace("second", "next");
        let patch = patch_of(change);
        assert_eq!(applied(PUBLISHED, &patch).unwrap(), certain(change(PUBLISHED)));
        let moved = PUBLISHED.replace("Intro.\n", "Intro.\n\nMuch\n\nmore\n\nof it.\n");
        assert_eq!(applied(&moved, &patch).unwrap(), certain(change(&moved)));
    }

    #[test]
    fn other_bytes_stay() {
        let patch = patch_of(|text| text.replace("- [B]", "- [New](https://n.example)\n- [B]"));
        let windows = format!("\u{feff}{}", PUBLISHED.replace('\n', "\r\n"));
        let expected = windows.replace("- [B]", "- [New](https://n.example)\r\n- [B]");
        assert_eq!(applied(&windows, &patch).unwrap(), certain(expected));
        // One line ends otherwise, in the context of the change.
        let mixed = PUBLISHED.replace("a.example)\n", "a.example)\r\n");
        let expected = mixed.replace("- [B]", "- [New](https://n.example)\n- [B]");
        assert_eq!(applied(&mixed, &patch).unwrap(), certain(expected));
    }

    #[test]
    fn a_last_line_without_an_ending_gets_one_only_before_another() {
        let cut = PUBLISHED.trim_end();
        let patch = patch_of(|text| format!("{text}- Three: third.\n"));
        assert_eq!(applied(cut, &patch).unwrap(), certain(format!("{PUBLISHED}- Three: third.\n")));
        let patch = patch_of(|text| text.replace("first", "1st"));
        assert_eq!(applied(cut, &patch).unwrap(), certain(cut.replace("first", "1st")));
        let patch = patch_of(|text| text.trim_end().to_owned());
        assert_eq!(applied(PUBLISHED, &patch).unwrap(), certain(cut.to_owned()));
    }

    #[test]
    fn outer_context_may_be_written_otherwise_if_the_place_is_clear() {
        let patch = patch_of(|text| text.replace("[B]", "[Better]"));
        let own_layout = PUBLISHED.replace("## Papers\n\n", "Papers\n------\n");
        let merged = applied(&own_layout, &patch).unwrap();
        assert_eq!(merged.text, own_layout.replace("[B]", "[Better]"));
        assert_eq!(merged.uncertain_lines, [7]);
        let twice = format!("{own_layout}\n{own_layout}");
        assert_eq!(applied(&twice, &patch), Err(Misfit { hunk: 0, published_line: 5 }));
    }

    #[test]
    fn the_author_may_indent_and_space_otherwise() {
        let published = "# N\n\n## Papers\n\n- [A](https://a.example)\n\n  Purpose: one\n\n  Result: two\n\n- [B](https://b.example)\n";
        let own = "# N\n## Papers\n\n* [A](https://a.example)\n\nPurpose: one\n\n\nResult: two\n* [B](https://b.example)\n";
        // A line that is replaced needs no blank line that was not there.
        let patch = diffy::create_patch(published, &published.replace("two\n", "2\n")).to_string();
        assert_eq!(applied(own, &patch).unwrap().text, own.replace("two\n", "2\n"));
        let suggested = published
            .replace("Purpose: one\n", "Purpose: 1  \n")
            .replace("two\n", "two\n\n  Remark: three\n\n- [New](https://n.example)\n");
        let patch = diffy::create_patch(published, &suggested).to_string();
        let merged = applied(own, &patch).unwrap();
        assert_eq!(
            merged.text,
            "# N\n## Papers\n\n* [A](https://a.example)\n\nPurpose: 1  \n\n\nResult: two\n\nRemark: three\n\n* [New](https://n.example)\n\n\
             * [B](https://b.example)\n"
        );
        assert_eq!(merged.uncertain_lines.len(), 1);
        assert_eq!(applied(published, &patch).unwrap(), certain(suggested));
    }

    #[test]
    fn a_hunk_without_a_place_is_named_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let [patch, file] = ["notebook.patch", "n.md"].map(|name| folder.path().join(name));
        fs::write(&patch, patch_of(|text| text.replace("Intro", "Preface").replace("second", "next")))
            .unwrap();
        let source = PUBLISHED.replace("second", "the second");
        fs::write(&file, &source).unwrap();
        for only_check in [true, false] {
            let error = merge(&patch, &file, only_check).unwrap_err();
            for part in
                ["change 2 of 2 does not fit", "line 11 of", "uniform layout", "git apply --3way", "studio"]
            {
                assert!(error.contains(part), "{part} in {error}");
            }
            assert_eq!(fs::read_to_string(&file).unwrap(), source);
        }
        fs::write(&file, PUBLISHED).unwrap();
        merge(&patch, &file, true).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), PUBLISHED);
        merge(&patch, &file, false).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("Preface"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::write(&patch, "hello\n").unwrap();
        assert!(merge(&patch, &file, true).unwrap_err().contains("has no changes"));
    }
}
