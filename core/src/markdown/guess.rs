//! What a plain reading list already says: which section is about what, and what an item is.

use super::attributes::Attributes;
use crate::letters::cut;
use crate::notebook::{Block, Item, SectionKind, Span, Url, plain};

/// Longest name of a term and longest label, in characters: what is longer is a sentence.
const LONGEST_NAME: usize = 80;
const LONGEST_LABEL: usize = 40;

/// Words of a heading that tell what a section is about, first match first.
const WORDS: [(SectionKind, &[&str]); 4] = [
    (
        SectionKind::Goals,
        &["learning", "what i m learning", "want to learn", "to learn", "goals", "learning goals", "roadmap"],
    ),
    (
        SectionKind::Papers,
        &[
            "paper",
            "papers",
            "reading",
            "readings",
            "reading list",
            "literature",
            "bibliography",
            "publications",
        ],
    ),
    (
        SectionKind::Terms,
        &[
            "term",
            "terms",
            "glossary",
            "definitions",
            "vocabulary",
            "terminology",
            "concepts",
            "key concepts",
        ],
    ),
    (
        SectionKind::Links,
        &["post", "posts", "project", "projects", "links", "resources", "blogs", "talks", "videos", "tools"],
    ),
];

/// What a heading that stands under no section of a known kind is about.
///
/// Papers, terms and links are told by a word anywhere in it (*Papers + Notes*, *Terms and
/// Concepts*); goals only by the whole heading, because *Machine Learning* is a subject.
pub(super) fn kind_of(title: &str) -> SectionKind {
    let mut whole = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            whole.push(c);
        } else if !whole.is_empty() && !whole.ends_with(' ') {
            whole.push(' ');
        }
    }
    let whole = whole.trim_end();
    let told = WORDS.iter().find(|(kind, known)| match kind {
        SectionKind::Goals => known.iter().any(|phrase| {
            whole == *phrase
                || (phrase.contains(' ') && (whole.starts_with(phrase) || whole.ends_with(phrase)))
        }),
        _ => known.iter().any(|phrase| whole == *phrase || whole.split(' ').any(|word| word == *phrase)),
    });
    told.map_or(SectionKind::Prose, |(kind, _)| *kind)
}

/// What `{.papers}` behind a heading settles; `Err` where the braces say something else.
pub(super) fn kind_in(attributes: Option<&Attributes>) -> Result<Option<SectionKind>, ()> {
    let Some(attributes) = attributes else { return Ok(None) };
    if attributes.other {
        return Err(());
    }
    let mut kind = None;
    for class in &attributes.classes {
        kind = Some(match class.as_str() {
            "papers" => SectionKind::Papers,
            "terms" => SectionKind::Terms,
            "goals" => SectionKind::Goals,
            "links" => SectionKind::Links,
            "prose" => SectionKind::Prose,
            _ => return Err(()),
        });
    }
    Ok(kind)
}

/// The link an item begins with, and what follows it.
pub(super) struct Leading {
    pub(super) url: Url,
    pub(super) hint: Option<String>,
    pub(super) title: Vec<Span>,
    pub(super) byline: Vec<Span>,
    pub(super) notes: Vec<Block>,
}

/// Reads an item as a link with notes. Gives the item back where it does not begin with a link.
pub(super) fn leading_link(item: Item) -> Result<Leading, Item> {
    let starts = match item.blocks.first() {
        Some(Block::Para(spans)) => spans.first().is_some_and(is_link),
        _ => false,
    };
    if !starts {
        return Err(item);
    }
    let mut blocks = item.blocks.into_iter();
    let mut spans = match blocks.next() {
        Some(Block::Para(spans)) => spans.into_iter(),
        _ => Vec::new().into_iter(),
    };
    let (url, hint, title) = match spans.next() {
        Some(Span::Link { url, title, text }) => (url, title, text),
        other => match other.as_ref().and_then(as_link) {
            Some(link) => link,
            None => return Err(Item { checked: item.checked, blocks: blocks.collect() }),
        },
    };
    let mut rest: Vec<Span> = spans.collect();
    // A break behind the link ends its line as any line end does.
    let mut opens_notes = drop_breaks(&mut rest);
    if let Some(Span::Text(text)) = rest.first_mut().filter(|_| !opens_notes) {
        // French sets a space that does not break before a colon.
        let after = text.trim_start_matches(|letter: char| letter.is_whitespace() && letter != '\n');
        let colon = after.strip_prefix([':', '：']);
        opens_notes = colon.is_some() || after.starts_with('\n');
        *text = colon.unwrap_or(after).trim_start().to_owned();
    }
    rest.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    drop_breaks(&mut rest);
    let mut notes: Vec<Block> = blocks.collect();
    let byline = if opens_notes && !rest.is_empty() {
        notes.insert(0, Block::Para(rest));
        Vec::new()
    } else {
        rest
    };
    Ok(Leading { url, hint, title, byline, notes })
}

/// Takes breaks from the beginning, with the white space before them. Tells whether there were any.
fn drop_breaks(spans: &mut Vec<Span>) -> bool {
    let blank = |span: &&Span| match span {
        Span::Text(text) => text.trim().is_empty(),
        span => matches!(span, Span::Break {}),
    };
    let led = spans.iter().take_while(blank);
    let end = led.enumerate().filter(|(_, span)| matches!(span, Span::Break {})).last();
    let end = end.map_or(0, |(at, _)| at + 1);
    spans.drain(..end);
    end > 0
}

fn is_link(span: &Span) -> bool {
    match span {
        Span::Link { .. } => true,
        Span::Strong(inner) | Span::Em(inner) => matches!(inner.as_slice(), [only] if is_link(only)),
        _ => false,
    }
}

/// A link, bare or dressed as a whole (`**[Title](url)**`): the dress goes inside.
fn as_link(span: &Span) -> Option<(Url, Option<String>, Vec<Span>)> {
    let dressed = |inner: &[Span], dress: fn(Vec<Span>) -> Span| match inner {
        [only] => as_link(only).map(|(url, hint, text)| (url, hint, vec![dress(text)])),
        _ => None,
    };
    match span {
        Span::Link { url, title, text } => Some((url.clone(), title.clone(), text.clone())),
        Span::Strong(inner) => dressed(inner, Span::Strong),
        Span::Em(inner) => dressed(inner, Span::Em),
        _ => None,
    }
}

/// Splits the first paragraph of an item written `Name: text`. `None` where it is not.
pub(super) fn name_of(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>)> {
    let mut name = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let after = || spans.get(at + 1..).unwrap_or_default().to_vec();
        match span {
            Span::Text(text) => {
                if let Some((before, text)) = split_at_colon(text) {
                    let before = before.trim_end();
                    if !may_be_in_name(before) {
                        return None;
                    }
                    if !before.is_empty() {
                        name.push(Span::Text(before.to_owned()));
                    }
                    let mut rest = after();
                    if !text.is_empty() {
                        rest.insert(0, Span::Text(text.to_owned()));
                    }
                    return is_name(&name, LONGEST_NAME).then_some((name, rest));
                }
                // Most paragraphs end here, before they are copied.
                if !may_be_in_name(text) {
                    return None;
                }
                name.push(span.clone());
            }
            Span::Strong(inner) | Span::Em(inner) => {
                // `**Name:** text`, the colon inside the dress.
                if let Some((Span::Text(last), front)) = inner.split_last()
                    && let Some(last) = last.trim_end().strip_suffix([':', '：'])
                {
                    let mut inner = front.to_vec();
                    inner.push(Span::Text(last.to_owned()));
                    name.push(if matches!(span, Span::Em(_)) {
                        Span::Em(inner)
                    } else {
                        Span::Strong(inner)
                    });
                    let mut rest = after();
                    if let Some(Span::Text(text)) = rest.first_mut() {
                        *text = text.trim_start().to_owned();
                    }
                    rest.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
                    return is_name(&name, LONGEST_NAME).then_some((name, rest));
                }
                name.push(span.clone());
            }
            Span::Image { .. } | Span::Break {} => return None,
            _ => name.push(span.clone()),
        }
    }
    None
}

/// Whether an item that begins with this name and a colon reads as this name.
pub(super) fn is_name_of_item(name: &[Span]) -> bool {
    let mut spans = name.to_vec();
    match spans.last_mut() {
        Some(Span::Text(last)) => last.push(':'),
        _ => spans.push(Span::Text(":".into())),
    }
    name_of(&spans).is_some_and(|(read, rest)| read == name && rest.is_empty())
}

/// The label a paragraph opens with, and the rest: `Purpose: how can we ...`.
pub(super) fn label_of(spans: Vec<Span>) -> Block {
    if matches!(spans.first(), Some(Span::Text(_))) {
        return plain_label_of(spans);
    }
    let Some((name, text)) = name_of(&spans) else { return Block::Para(spans) };
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
fn plain_label_of(mut spans: Vec<Span>) -> Block {
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
    opens && text.split_whitespace().count() <= 4 && is_short(text, LONGEST_LABEL)
}

/// At a colon that is followed by white space or nothing; a full-width colon needs neither.
fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    text.char_indices().find_map(|(at, c)| {
        let (before, from) = cut(text, at);
        let after = from.get(c.len_utf8()..)?;
        let splits = match c {
            ':' => after.is_empty() || after.starts_with(char::is_whitespace),
            '：' => true,
            _ => false,
        };
        splits.then(|| (before, after.trim_start()))
    })
}

/// A name is short, of one line, and no sentence.
fn is_name(name: &[Span], longest: usize) -> bool {
    is_short(&plain(name), longest)
}

fn is_short(text: &str, longest: usize) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= longest
        && !text.contains('\n')
        && !text.contains(". ")
        && !text.contains(['?', '!', ';'])
}

/// Whether some text is short and of one line, so that a name with it in it can be one.
fn may_be_in_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME * 4 && !text.contains('\n')
}

/// What stands in brackets behind a name: `VAE` in `Variational auto-encoder (VAE)`.
pub(super) fn aliases_of(name: &str) -> Vec<String> {
    let inside = name.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let Some((_, inside)) = inside.filter(|(before, _)| !before.trim().is_empty()) else {
        return Vec::new();
    };
    let parts = inside.split([',', ';', '/']).map(str::trim);
    parts.filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_what_they_are_about() {
        let cases = [
            ("Papers + Notes (if open access)", SectionKind::Papers),
            ("Terms and Concepts", SectionKind::Terms),
            ("Learning", SectionKind::Goals),
            ("What I'm Learning Currently", SectionKind::Goals),
            ("Things I want to learn", SectionKind::Goals),
            ("Related Projects and Posts", SectionKind::Links),
            ("Machine Learning", SectionKind::Prose),
            ("Introduction", SectionKind::Prose),
        ];
        for (title, expected) in cases {
            assert_eq!(kind_of(title), expected, "{title}");
        }
    }

    #[test]
    fn abbreviations_in_brackets_are_aliases() {
        assert_eq!(aliases_of("Variational auto-encoder (VAE)"), ["VAE"]);
        assert_eq!(aliases_of("KL divergence (KL, relative entropy)"), ["KL", "relative entropy"]);
        assert!(aliases_of("(VAE)").is_empty());
        assert!(aliases_of("f(x) maps").is_empty());
    }

    fn text(text: &str) -> Vec<Span> {
        vec![Span::Text(text.into())]
    }

    #[test]
    fn a_label_is_short_and_begins_a_sentence() {
        let labelled = |line| matches!(label_of(text(line)), Block::Field { .. });
        for line in ["The Problem: it is hard", "Observation 1: x", "目的：見る"] {
            assert!(labelled(line), "{line}");
        }
        for line in [
            "it does: this",
            "See https://x.y",
            "Enter, ViT - obtaining results. It goes: on",
            "Label:",
            "At 10:30 we met",
            "A label of very many words indeed: no",
        ] {
            assert!(!labelled(line), "{line}");
        }
    }

    #[test]
    fn a_name_may_be_dressed() {
        let strong = vec![Span::Strong(text("Sparse coding:")), Span::Text(" a way".into())];
        assert_eq!(name_of(&strong), Some((vec![Span::Strong(text("Sparse coding"))], text("a way"))));
        let outside = vec![Span::Strong(text("Sparse coding")), Span::Text(": a way".into())];
        assert_eq!(name_of(&outside), Some((vec![Span::Strong(text("Sparse coding"))], text("a way"))));
    }
}
