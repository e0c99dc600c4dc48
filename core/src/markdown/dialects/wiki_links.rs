//! Links of wikis, as Obsidian and Logseq write them: `[[Page]]`, `[[Page#Heading|shown]]`, `![[picture.png]]`.
//!
//! One leads to the heading or entry of that name. Where there is none, its text is shown.

use std::collections::HashMap;

use crate::markdown::link_kind::kind_from_label;
use crate::notebook::{Block, Entry, Id, Notebook, Section, Span, Url, plain, slug};

/// The longest text between the brackets, in bytes. A longer one is no name.
const MAX_NAME_BYTES: usize = 200;

/// Endings of files that are shown as pictures.
const PICTURES: [&str; 8] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp"];

/// The ids of headings and entries, by the slugs of their names.
#[derive(Debug, Default)]
pub(in crate::markdown) struct PageNames(HashMap<String, Id>);

impl PageNames {
    /// Collects the names of everything that a link can lead to. O(headings and entries).
    pub(in crate::markdown) fn of(notebook: &mut Notebook, anchors: &[Id]) -> Self {
        let mut names = Self::default();
        for id in anchors {
            names.add(id.as_str(), id);
        }
        for (_, entry) in notebook.walk() {
            if let Entry::Term(term) = entry {
                names.add(&term.bare_name(), &term.id);
                term.aliases.iter().for_each(|alias| names.add(alias, &term.id));
            }
            if !matches!(entry, Entry::Prose(_)) {
                names.add(&plain(entry.title()), entry.id());
            }
        }
        notebook.sections.iter().for_each(|section| names.add_section(section));
        notebook.for_each_block_mut(&mut |block| {
            if let Block::Heading { id, text, .. } = block {
                names.add(&plain(text), id);
            }
        });
        names
    }

    fn add(&mut self, name: &str, id: &Id) {
        let slug = slug(name);
        if !slug.is_empty() {
            self.0.entry(slug).or_insert_with(|| id.clone());
        }
    }

    fn add_section(&mut self, section: &Section) {
        self.add(&plain(&section.title), &section.id);
        section.sections.iter().for_each(|section| self.add_section(section));
    }

    /// Returns where a link leads: to the heading or block that it names, or else to the page.
    pub(in crate::markdown) fn find(&self, target: &str) -> Option<&Id> {
        let (page, place) = target.rsplit_once('#').unwrap_or((target, ""));
        let page = page.split('#').next().unwrap_or(page);
        let page = page.rsplit('/').next().unwrap_or(page);
        let page = page.strip_suffix(".md").unwrap_or(page);
        let find = |name: &str| self.0.get(&slug(name)).filter(|_| !name.is_empty());
        find(place.trim_start_matches('^')).or_else(|| find(page))
    }
}

/// The links that were read in some lines.
#[derive(Debug, Default)]
pub(in crate::markdown) struct WikiLinks {
    /// Names in links that lead to nothing in this notebook.
    pub(in crate::markdown) unknown: Vec<String>,
    /// Addresses of the other links.
    pub(in crate::markdown) urls: Vec<Url>,
}

/// Returns true if some text may have a link of a wiki.
pub(in crate::markdown) fn has_mark(text: &str) -> bool {
    text.contains("[[") && text.contains("]]")
}

/// Returns the pieces of a text with its links read. Where no link can stand, their texts are shown. O(length).
#[allow(clippy::too_many_lines, reason = "one scan of the brackets, which share the text before them")]
pub(in crate::markdown) fn read(
    text: &str,
    names: &PageNames,
    may_link: bool,
    found: &mut WikiLinks,
) -> Vec<Span> {
    let (mut spans, mut shown, mut rest) = (Vec::new(), String::with_capacity(text.len()), text);
    // Where the open links begin in `shown`. One bracket alone ends them: no name has one.
    let mut open: Vec<usize> = Vec::new();
    while let Some(at) = rest.find(['[', ']']) {
        let (before, marks) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let bracket = if marks.starts_with('[') { '[' } else { ']' };
        let after = marks.trim_start_matches(bracket);
        let is_pair = marks.len() - after.len() == 2;
        shown.push_str(before);
        rest = after;
        let begin = if is_pair && bracket == ']' { open.pop() } else { None };
        let is_alone = spans.is_empty() && after.is_empty() && begin == Some(0);
        let inside = begin.and_then(|begin| shown.get(begin + 2..));
        // Behind other words a label word wants an address.
        let inside =
            inside.filter(|inside| is_link(inside, after) && (is_alone || kind_from_label(inside).is_none()));
        let Some((begin, link)) = begin.zip(inside.map(WikiLink::parse)) else {
            if is_pair && bracket == '[' {
                open.push(shown.len());
            } else {
                open.clear();
            }
            shown.extend(std::iter::repeat_n(bracket, marks.len() - after.len()));
            continue;
        };
        shown.truncate(begin);
        let is_embedded = shown.ends_with('!');
        if is_embedded {
            shown.pop();
        }
        // What defines something, or has a property, names it.
        let is_name = after.trim_start().starts_with([':', '：']);
        let id = names.find(&link.target).filter(|_| may_link && !is_name);
        let span = if let Some(picture) = link.picture().filter(|_| is_embedded) {
            picture
        } else if let Some(url) = id.and_then(|id| Url::parse(&format!("#{id}"))) {
            found.urls.push(url.clone());
            Span::Link { url, title: None, text: vec![Span::Text(link.shown)] }
        } else {
            found.unknown.push(link.target);
            shown.push_str(&link.shown);
            continue;
        };
        open.clear();
        if !shown.is_empty() {
            spans.push(Span::Text(std::mem::take(&mut shown)));
        }
        spans.push(span);
    }
    shown.push_str(rest);
    if !shown.is_empty() {
        spans.push(Span::Text(shown));
    }
    spans
}

/// Returns true for what can stand between the brackets: a name with a letter, or a date. Numbers are references, and
/// nothing may become an address with what stands around it.
fn is_link(inside: &str, after: &str) -> bool {
    let name = inside.split('|').next().unwrap_or(inside);
    let is_date = name.len() == 10 && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    inside.len() <= MAX_NAME_BYTES
        && !inside.contains(['\n', '{', '}', '"', '<', '>'])
        && !inside.contains("//")
        && !inside.starts_with(['/', '=', ':'])
        && !inside.trim_end().ends_with([':', '='])
        && !after.starts_with(['/', '('])
        && !after.starts_with(":/")
        && (name.contains(char::is_alphabetic) || is_date)
}

/// The text between the brackets, parsed.
struct WikiLink {
    target: String,
    shown: String,
}

impl WikiLink {
    fn parse(inside: &str) -> Self {
        let (target, alias) = inside.split_once('|').unwrap_or((inside, ""));
        let (target, alias) = (target.trim(), alias.trim());
        // The id of a block says nothing to a reader.
        let named = target.split_once("#^").map_or(target, |(page, _)| page);
        let named = if named.is_empty() { target } else { named };
        let shown = if alias.is_empty() {
            named.trim_start_matches('#').split('#').collect::<Vec<_>>().join(" > ")
        } else {
            alias.to_owned()
        };
        Self { target: target.to_owned(), shown: shown.trim().to_owned() }
    }

    /// Returns the picture that is embedded. Its size, which may stand in place of a text, is that of the file.
    fn picture(&self) -> Option<Span> {
        let name = crate::unicode::lowercase(&self.target);
        let url = Url::parse(&self.target).filter(|_| PICTURES.iter().any(|end| name.ends_with(end)))?;
        let is_size = self.shown.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let alt = if is_size { self.target.clone() } else { self.shown.clone() };
        Some(Span::Image { url, title: None, alt, size: None, display: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        plain(&read(text, &PageNames::default(), true, &mut WikiLinks::default())).into_owned()
    }

    #[test]
    fn the_text_of_a_link_is_shown() {
        for (text, expected) in [
            ("see [[A note]].", "see A note."),
            ("[[folder/Page|the page]][[B]]", "the pageB"),
            ("[[A note#Part]] [[#Part]] [[A note#^ab12]]", "A note > Part Part A note"),
            ("![[A note]] [[2024-05-23]]", "A note 2024-05-23"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn other_brackets_are_text() {
        for text in [
            "[[1]]",
            "[[1, 2], [3, 4]]",
            "[[[a]]]",
            "[[a]",
            "[[a\nb]]",
            "x[[\"a\"]]",
            "[[]]",
            "[[ ]]",
            "[[https]]://a.b",
            "[[a",
            "]]a[[",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn links_in_links_are_read_from_within() {
        let once = shown("[[a [[b]] c]] [[[[d]] e]]");
        assert_eq!(shown(&once), once);
    }
}
