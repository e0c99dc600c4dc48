//! Which names an entry goes by.

use std::collections::HashMap;

use super::names::{Entry as Number, Names, Spelling};
use super::words::{is_abbreviation, words};
use crate::notebook::{Block, Entry, Notebook, Source, SourceKind, Span, plain};

/// Titles of fewer words are common words too: they are meant where they have the same capitals.
const PLAIN_TITLE: usize = 4;

/// The names of all terms and papers. O(their words)
pub(super) fn names(notebook: &Notebook) -> Names {
    let mut names = Names::default();
    for (at, (_, entry)) in (0..).zip(notebook.walk()) {
        match entry {
            Entry::Term(term) => {
                let name = term.bare_name();
                names.add(&name, at, true, spelling(&name));
                term.aliases.iter().for_each(|alias| names.add(alias, at, true, spelling(alias)));
            }
            Entry::Paper(paper) => {
                let title = plain(&paper.title);
                for name in titles(&title) {
                    let many = words(name).len() >= PLAIN_TITLE;
                    names.add(name, at, false, if many { Spelling::Any } else { Spelling::Same });
                }
                if let Some(id) = id(&paper.source) {
                    names.add(id, at, false, Spelling::Same);
                }
            }
            _ => {}
        }
    }
    names
}

fn spelling(name: &str) -> Spelling {
    if is_abbreviation(name) { Spelling::Same } else { Spelling::Any }
}

/// An id that is written in running text.
fn id(source: &Source) -> Option<&str> {
    let is_written = matches!(source.kind, SourceKind::Arxiv | SourceKind::Doi);
    source.id.as_deref().filter(|_| is_written)
}

/// What a title is called: all of it, what stands before a colon or a dash, and an abbreviation in brackets behind it.
/// A single common word is no name: who writes it means the word.
fn titles(title: &str) -> Vec<&str> {
    let parted =
        [": ", " - ", " – ", " — "].iter().filter_map(|dash| title.split_once(dash)).map(|(name, _)| name);
    let short = parted.min_by_key(|name| name.len());
    let bracketed = title.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let bracketed = bracketed.map(|(_, inside)| inside).filter(|inside| is_abbreviation(inside));
    let names = [Some(title), short, bracketed].into_iter().flatten().map(str::trim);
    names.filter(|name| words(name).len() > 1 || is_abbreviation(name)).collect()
}

/// Takes abbreviations that stand in brackets behind a name, `Vision Transformer (ViT)`, for names of the same, where
/// they mean one thing in the whole notebook. O(words)
pub(super) fn learn(notebook: &Notebook, names: &mut Names) {
    let mut learnt: HashMap<String, Vec<Number>> = HashMap::new();
    texts(notebook, &mut |_, text| {
        // Most texts have no brackets.
        if !text.contains('(') {
            return;
        }
        for mention in names.find(text) {
            let after = text.get(mention.range.end..).unwrap_or_default();
            let inside =
                after.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
            let name = text.get(mention.range).unwrap_or_default();
            if let (Some(short), [of]) =
                (inside.filter(|short| abbreviates(short, name)), mention.entries.as_slice())
            {
                let meant = learnt.entry(short.to_owned()).or_default();
                if !meant.contains(of) {
                    meant.push(*of);
                }
            }
        }
    });
    let is_term: Vec<bool> = notebook.walk().map(|(_, entry)| matches!(entry, Entry::Term(_))).collect();
    for (short, meant) in learnt {
        if let [of] = meant.as_slice()
            && !names.has(&short)
        {
            let is_term = usize::try_from(*of).ok().and_then(|at| is_term.get(at)) == Some(&true);
            names.add(&short, *of, is_term, Spelling::Same);
        }
    }
}

/// Whether the letters of an abbreviation stand in a name in this order, beginning with its first.
fn abbreviates(short: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut wanted = short.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let begins = name.chars().next().map(|c| c.to_lowercase().next())
        == short.chars().next().map(|c| c.to_lowercase().next());
    is_abbreviation(short) && begins && wanted.all(|wanted| letters.any(|letter| letter == wanted))
}

/// Shows every text of notes, definitions and prose with the number of its entry: none of code, headings or links.
pub(super) fn texts(notebook: &Notebook, see: &mut dyn FnMut(Number, &str)) {
    for (at, (_, entry)) in (0..).zip(notebook.walk()) {
        blocks(entry.blocks(), &mut |spans| leaves(spans, &mut |text| see(at, text)));
    }
}

/// Shows the spans of every paragraph.
pub(super) fn blocks(all: &[Block], see: &mut dyn FnMut(&[Span])) {
    for block in all {
        match block {
            Block::Para(text) | Block::Field { text, .. } => see(text),
            Block::Quote { blocks: inner, .. } | Block::Footnote { blocks: inner, .. } => blocks(inner, see),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, see)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| see(cell)),
            Block::Definitions { items } => items.iter().for_each(|item| blocks(&item.blocks, see)),
            Block::Heading { .. } | Block::Code { .. } | Block::Rule {} => {}
        }
    }
}

fn leaves(spans: &[Span], see: &mut dyn FnMut(&str)) {
    for span in spans {
        match span {
            Span::Text(text) => see(text),
            Span::Link { .. } | Span::Kbd(_) => {}
            other => leaves(other.children(), see),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_short_forms() {
        let title = "EfficientFormer: Vision Transformers at MobileNet";
        assert_eq!(titles(title), [title, "EfficientFormer"]);
        assert_eq!(
            titles("Vision Transformers - Origin"),
            ["Vision Transformers - Origin", "Vision Transformers"]
        );
        assert_eq!(
            titles("An Image is Worth 16x16 Words (ViT)"),
            ["An Image is Worth 16x16 Words (ViT)", "ViT"]
        );
        assert_eq!(titles("Adam"), [""; 0]);
        assert_eq!(titles("Circuits: a thread"), ["Circuits: a thread"]);
    }

    #[test]
    fn an_abbreviation_has_its_letters_in_the_name() {
        assert!(abbreviates("ViT", "Vision Transformer"));
        assert!(abbreviates("VAEs", "variational auto-encoders"));
        assert!(!abbreviates("GAN", "variational auto-encoder"));
        assert!(!abbreviates("see below", "Sparse coding"));
    }
}
