//! Places that authors name (`<a name="data"></a>`), and links to them.

use std::collections::{HashMap, HashSet};

use super::attributes::Attributes;
use super::document_parts::TopLevel;
use super::lint::ids_with_places;
use super::parsed::LocatedUrl;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{Block, Id, Notebook, Section, Span, Url, UrlKind, plain, slug};

/// Gives anchors right before a heading, or in it, to the section: the first is its id. Those of the document's title stand
/// before it.
pub(super) fn attach_to_headings(top_level: Vec<TopLevel>) -> Vec<TopLevel> {
    let mut settled: Vec<TopLevel> = Vec::with_capacity(top_level.len());
    for mut top in top_level {
        if let TopLevel::Heading { level, text, attributes, range } = &mut top {
            let mut anchors = Vec::new();
            let mut from = range.start;
            while let Some(TopLevel::Block { block: Block::Para(spans), range }) =
                settled.pop_if(|before| matches!(before, TopLevel::Block { block: Block::Para(spans), .. } if is_only_anchors(spans)))
            {
                from = range.start;
                anchors.splice(0..0, ids(&spans));
            }
            if take_anchors(text, &mut anchors) {
                trim(text);
            }
            if *level == 1 || text.is_empty() {
                if !anchors.is_empty() {
                    let block = Block::Para(anchors.into_iter().map(Span::Anchor).collect());
                    settled.push(TopLevel::Block { block, range: from..range.start });
                }
            } else {
                let mut anchors = anchors.into_iter();
                if attributes.is_none()
                    && let Some(id) = anchors.next()
                {
                    *attributes = Some(Box::new(Attributes::with_reserved_id(&id)));
                }
                text.splice(0..0, anchors.map(Span::Anchor));
            }
        }
        settled.push(top);
    }
    settled
}

fn is_only_anchors(spans: &[Span]) -> bool {
    spans.iter().all(|span| match span {
        Span::Text(text) => text.trim().is_empty(),
        span => matches!(span, Span::Anchor(_)),
    })
}

fn ids(spans: &[Span]) -> Vec<Id> {
    let id = |span: &Span| if let Span::Anchor(id) = span { Some(id.clone()) } else { None };
    spans.iter().filter_map(id).collect()
}

/// Takes the anchors out of a heading, those inside of bold or italic text too, with the white space on one side of each. Returns true
/// if there were any.
fn take_anchors(text: &mut Vec<Span>, anchors: &mut Vec<Id>) -> bool {
    let mut taken = false;
    // True if the next text follows white space already.
    let mut has_space = false;
    let mut kept: Vec<Span> = Vec::with_capacity(text.len());
    for mut span in std::mem::take(text) {
        if let Span::Anchor(id) = span {
            anchors.push(id);
            taken = true;
            has_space = kept.last().is_none_or(|last| plain(std::slice::from_ref(last)).ends_with(' '));
            continue;
        }
        if let Span::Text(text) = &mut span
            && has_space
        {
            text.drain(..text.len() - text.trim_start().len());
        }
        has_space = false;
        if let Some(inner) = span.formatted_mut() {
            taken |= take_anchors(inner, anchors);
            if inner.is_empty() {
                continue;
            }
        }
        kept.push(span);
    }
    *text = kept;
    taken
}

/// Joins what anchors separated, and takes white space from both ends.
fn trim(text: &mut Vec<Span>) {
    let mut joined = Vec::with_capacity(text.len());
    super::open_element::append(&mut joined, std::mem::take(text));
    *text = super::inline_text::trim_and_link(joined, false);
}

/// Most links that get a suggestion: each looks at every id.
const MAX_SUGGESTIONS: usize = 50;

/// Makes links to anchors lead where they are meant to, and reports those that lead nowhere.
pub(super) fn resolve(
    notebook: &mut Notebook,
    addresses: &mut [LocatedUrl],
    anchors: &[Id],
    found: &mut Vec<Diagnostic>,
) {
    let mut inner: Vec<(String, Id)> = Vec::new();
    notebook.for_each_block_mut(&mut |block| {
        if let Block::Heading { id, text, .. } = block {
            inner.push((plain(text).into_owned(), id.clone()));
        }
    });
    let mut headings = vec![(notebook.title.clone(), None)];
    notebook.sections.iter().for_each(|section| push_headings(section, &mut headings));
    headings.extend(inner.iter().map(|(text, id)| (text.clone(), Some(id.as_str()))));
    let places = ids_with_places(notebook);
    let named = anchors.iter().chain(inner.iter().map(|(_, id)| id)).map(Id::as_str);
    let resolver = Resolver::new(headings.into_iter(), places.iter().copied().chain(named));
    let mut suggestions = 0;
    let mut meant: HashMap<String, Url> = HashMap::new();
    for LocatedUrl { url, range, .. } in addresses.iter() {
        let UrlKind::Anchor(anchor) = url.kind() else { continue };
        if anchor.is_empty() || meant.contains_key(url.as_str()) {
            continue;
        }
        if let Some(id) = resolver.resolve(anchor) {
            if let Some(to) = Url::parse(&format!("#{id}")).filter(|_| id != anchor) {
                meant.insert(url.to_string(), to);
            }
        } else {
            suggestions += 1;
            let ids = places.iter().copied().filter(|_| suggestions <= MAX_SUGGESTIONS);
            found.push(Diagnostic {
                code: DiagnosticCode::DeadAnchor,
                range: range.clone(),
                message: format!("nothing in this notebook has the id `{anchor}`"),
                help: nearest(anchor, ids).map_or_else(
                    || "an id is the heading or title in lower case, with hyphens".into(),
                    |near| format!("did you mean `#{near}`?"),
                ),
            });
        }
    }
    if meant.is_empty() {
        return;
    }
    let correct = |url: &mut Url| {
        if let Some(to) = meant.get(url.as_str()) {
            *url = to.clone();
        }
    };
    for address in addresses {
        correct(&mut address.url);
    }
    notebook.for_each_url_mut(&mut |url, _| correct(url));
}

fn push_headings<'a>(section: &'a Section, headings: &mut Vec<(String, Option<&'a str>)>) {
    headings.push((plain(&section.title).into_owned(), Some(section.id.as_str())));
    section.sections.iter().for_each(|section| push_headings(section, headings));
}

/// Finds what a link to an anchor means: the anchor itself, the same written with percent signs, GitHub's own slug of a
/// heading (`#vision--text`, `#papers-1`), or another way to write an id (`#Vision_Text`).
pub(super) struct Resolver {
    ids: HashSet<String>,
    /// By GitHub's slug; without those that are ids.
    github: HashMap<String, String>,
}

impl Resolver {
    /// Takes the headings in the author's order, each with its id, and all other ids.
    pub(super) fn new<'a>(
        headings: impl Iterator<Item = (String, Option<&'a str>)>,
        ids: impl Iterator<Item = &'a str>,
    ) -> Self {
        let ids: HashSet<String> = ids.map(str::to_owned).collect();
        let (mut github, mut count) = (HashMap::new(), HashMap::new());
        for (heading, id) in headings {
            let mut slug = github_slug(&heading);
            let number = count.entry(slug.clone()).or_insert(0_usize);
            if *number > 0 {
                slug = format!("{slug}-{number}");
            }
            *number += 1;
            // The title is the page itself.
            let id = id.unwrap_or(TOP);
            if !ids.contains(&slug) {
                github.entry(slug).or_insert_with(|| id.to_owned());
            }
        }
        Self { ids, github }
    }

    /// Returns the id that a link means; `None` where nothing has it.
    pub(super) fn resolve(&self, anchor: &str) -> Option<String> {
        if self.ids.contains(anchor) || anchor == TOP {
            return Some(anchor.to_owned());
        }
        let decoded = percent_decoded(anchor);
        if self.ids.contains(&decoded) {
            return Some(decoded);
        }
        let small = decoded.to_lowercase();
        let meant = self.github.get(&small).cloned();
        meant.or_else(|| Some(slug(&decoded)).filter(|slug| self.ids.contains(slug)))
    }
}

/// The beginning of the page: browsers know it by this name.
const TOP: &str = "top";

/// The anchor that GitHub gives a heading: small letters, without punctuation, a hyphen for each blank.
fn github_slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_alphanumeric() || is_mark(c) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// Returns true for marks that belong to the letter before them.
fn is_mark(c: char) -> bool {
    crate::unicode::strip_accent(c).is_none()
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = if byte == b'%' { after.get(..2) } else { None };
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(decoded) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(decoded);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Returns the id that is most like an anchor, if one is like it: with most of its words, or nearly all of its letters.
/// O(length of all ids).
pub(super) fn nearest<'a>(anchor: &str, ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let anchor = slug(&percent_decoded(anchor));
    let words: HashSet<&str> = anchor.split('-').collect();
    let likeness = |id: &str| {
        let all = words.len() + id.split('-').count();
        let shared = id.split('-').filter(|word| words.contains(word)).count();
        (200 * shared / all.max(1)).max(crate::unicode::likeness(&anchor, id))
    };
    let like = ids.map(|id| (likeness(id), id)).filter(|(likeness, _)| *likeness >= 60);
    like.max_by(|(one, a), (other, b)| one.cmp(other).then(b.cmp(a))).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_finds_what_it_means() {
        let headings =
            [("My list", None), ("Vision & text", Some("vision-text")), ("A", Some("a")), ("A", Some("a-2"))];
        let headings = headings.map(|(heading, id)| (heading.to_owned(), id));
        let ids = ["vision-text", "a", "a-2", "школа"];
        let resolver = Resolver::new(headings.into_iter(), ids.into_iter());
        for (anchor, meant) in [
            ("vision--text", Some("vision-text")),
            ("Vision_Text", Some("vision-text")),
            ("a-1", Some("a-2")),
            ("%D1%88%D0%BA%D0%BE%D0%BB%D0%B0", Some("школа")),
            ("my-list", Some("top")),
            ("top", Some("top")),
            ("nothing", None),
        ] {
            assert_eq!(resolver.resolve(anchor).as_deref(), meant, "{anchor}");
        }
    }

    #[test]
    fn only_what_is_alike_is_suggested() {
        let ids = ["a", "papers", "vision-transformers-origin", "to"];
        let near = |anchor| nearest(anchor, ids.into_iter());
        assert_eq!(near("paper"), Some("papers"));
        assert_eq!(near("vision-transformers"), Some("vision-transformers-origin"));
        assert_eq!(near("table-of-contents"), None);
        assert_eq!(near("alpha"), None);
    }
}
