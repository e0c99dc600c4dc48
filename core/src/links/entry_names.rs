//! Names of the entries of a notebook: terms, aliases, titles and their short forms, arXiv ids and DOIs.

use std::collections::BTreeMap;

use super::name_index::{CaseMatching, EntryNumber, NameIndex};
use super::name_words::{NameWords, is_abbreviation};
use super::text_walk::visit_texts;
use crate::convert::to_usize;
use crate::notebook::{Entry, Notebook, PaperSource, SourceKind, plain};

/// Number of words from which a title is found in any case. The words of shorter titles, such as `Deep Learning`, are
/// common phrases too: these are found with the capitals of the title only.
const MIN_WORDS_IN_ANY_CASE: usize = 4;

/// Returns the names of all terms and papers. O(words).
pub(super) fn index_names(notebook: &Notebook) -> NameIndex {
    let mut names = NameIndex::default();
    for (number, (_, entry)) in (0..).zip(notebook.walk()) {
        match entry {
            Entry::Term(term) => {
                let name = term.bare_name();
                names.add(&name, number, true, term_case(&name));
                term.aliases.iter().for_each(|alias| names.add(alias, number, true, term_case(alias)));
            }
            Entry::Paper(paper) => {
                for name in title_names(&plain(&paper.title)) {
                    let is_long = NameWords::of(name).len() >= MIN_WORDS_IN_ANY_CASE;
                    let case = if is_long { CaseMatching::Ignore } else { CaseMatching::Exact };
                    names.add(name, number, false, case);
                }
                if let Some(id) = written_id(&paper.source) {
                    names.add(id, number, false, CaseMatching::Exact);
                }
            }
            _ => {}
        }
    }
    add_abbreviations(notebook, &mut names);
    names
}

fn term_case(name: &str) -> CaseMatching {
    if is_abbreviation(name) { CaseMatching::Exact } else { CaseMatching::Ignore }
}

/// Returns an id of the kind that authors write in running text.
fn written_id(source: &PaperSource) -> Option<&str> {
    let is_written = matches!(source.kind, SourceKind::Arxiv | SourceKind::Doi);
    source.id.as_deref().filter(|_| is_written)
}

/// Returns the names of a paper: the title, the part before a colon or a dash, and an abbreviation in parentheses at the
/// end. A single common word is not a name, because it usually means the word.
fn title_names(title: &str) -> Vec<&str> {
    let separators = [": ", " - ", " – ", " — "];
    let before_separator = separators.iter().filter_map(|separator| title.split_once(separator));
    let short = before_separator.map(|(name, _)| name).min_by_key(|name| name.len());
    let in_parentheses = title.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let abbreviation = in_parentheses.map(|(_, inner)| inner).filter(|inner| is_abbreviation(inner));
    let names = [Some(title), short, abbreviation].into_iter().flatten().map(str::trim);
    names.filter(|name| NameWords::of(name).len() > 1 || is_abbreviation(name)).collect()
}

/// Adds the abbreviations that the text introduces in parentheses after a name, `Vision Transformer (ViT)`, if they have
/// one meaning in the whole notebook. O(words).
fn add_abbreviations(notebook: &Notebook, names: &mut NameIndex) {
    // Sorted: of two abbreviations with the same spelling once normalized, the same one is always added.
    let mut introduced: BTreeMap<String, Vec<EntryNumber>> = BTreeMap::new();
    visit_texts(notebook, &mut |_, text| {
        // Skip the search: most texts have no parentheses.
        if !text.contains('(') {
            return;
        }
        for found in names.find(text) {
            let after = text.get(found.range.end..).unwrap_or_default();
            let in_parentheses = after.strip_prefix(" (").and_then(|rest| rest.split_once(')'));
            let name = text.get(found.range).unwrap_or_default();
            if let Some((abbreviation, _)) = in_parentheses
                && let [entry] = found.entries.as_slice()
                && abbreviates(abbreviation, name)
            {
                let entries = introduced.entry(abbreviation.to_owned()).or_default();
                if !entries.contains(entry) {
                    entries.push(*entry);
                }
            }
        }
    });
    let is_term: Vec<bool> = notebook.walk().map(|(_, entry)| matches!(entry, Entry::Term(_))).collect();
    for (abbreviation, entries) in introduced {
        if let [entry] = entries.as_slice()
            && !names.contains(&abbreviation)
        {
            let is_term = is_term.get(to_usize(*entry)) == Some(&true);
            names.add(&abbreviation, *entry, is_term, CaseMatching::Exact);
        }
    }
}

/// Returns true if the name contains the letters of the abbreviation in this order, and begins with the first.
fn abbreviates(abbreviation: &str, name: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_lowercase().next());
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut required = abbreviation.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    is_abbreviation(abbreviation)
        && first(name) == first(abbreviation)
        && required.all(|required| letters.any(|letter| letter == required))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_short_names_from_titles() {
        let title = "EfficientFormer: Vision Transformers at MobileNet";
        assert_eq!(title_names(title), [title, "EfficientFormer"]);
        assert_eq!(
            title_names("Vision Transformers - Origin"),
            ["Vision Transformers - Origin", "Vision Transformers"]
        );
        assert_eq!(
            title_names("An Image is Worth 16x16 Words (ViT)"),
            ["An Image is Worth 16x16 Words (ViT)", "ViT"]
        );
        assert_eq!(title_names("Adam"), [""; 0]);
        assert_eq!(title_names("Circuits: a thread"), ["Circuits: a thread"]);
    }

    #[test]
    fn accepts_abbreviations_with_letters_of_the_name() {
        assert!(abbreviates("ViT", "Vision Transformer"));
        assert!(abbreviates("VAEs", "variational auto-encoders"));
        assert!(!abbreviates("GAN", "variational auto-encoder"));
        assert!(!abbreviates("see below", "Sparse coding"));
    }
}
