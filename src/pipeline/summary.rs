//! One line about what was understood of a notebook.

use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::Parsed;
use notebook_core::notebook::{Entry, Section};

/// Summarizes a notebook, as in `591 papers, 1 term, 49 sections; 3 items without a link`.
///
/// Papers, terms and sections are always named, so that a notebook in which none was recognized says so; other parts
/// only if there are some.
pub fn summarize(parsed: &Parsed) -> String {
    let notebook = &parsed.notebook;
    let count =
        |is_counted: fn(&Entry) -> bool| notebook.walk().filter(|(_, entry)| is_counted(entry)).count();
    let papers = count(|entry| matches!(entry, Entry::Paper(_)));
    let terms = count(|entry| matches!(entry, Entry::Term(_)));
    let mut understood = vec![count_of(papers, "paper") + &features(parsed), count_of(terms, "term")];
    let optional = [
        (count(|entry| matches!(entry, Entry::Goal(_))), "goal"),
        (count(|entry| matches!(entry, Entry::Link(_))), "link"),
    ];
    understood
        .extend(optional.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| count_of(*count, noun)));
    understood.push(count_of(count_sections(&notebook.sections), "section"));
    let without_link =
        parsed.diagnostics.iter().filter(|found| found.code == DiagnosticCode::ItemWithoutLink).count();
    let remarks = if without_link == 0 {
        String::new()
    } else {
        format!("; {} without a link", count_of(without_link, "item"))
    };
    format!("understood: {}{remarks}", understood.join(", "))
}

/// Returns a number with its noun, as in `1 error` and `2 errors`.
pub fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Returns the features of papers in brackets, with the number of papers that have each; empty if no paper has one.
fn features(parsed: &Parsed) -> String {
    let mut with_citation = 0;
    for (_, entry) in parsed.notebook.walk() {
        if let Entry::Paper(paper) = entry {
            with_citation += usize::from(paper.citation.is_some());
        }
    }
    let features = [(with_citation, "in the bibliography")];
    let named: Vec<_> = features
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) }
}

fn count_sections(sections: &[Section]) -> usize {
    sections.iter().map(|section| 1 + count_sections(&section.sections)).sum()
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    #[test]
    fn names_papers_terms_and_sections_even_if_there_are_none() {
        assert_eq!(summarize(&read("Words.\n")), "understood: 0 papers, 0 terms, 0 sections");
    }

    #[test]
    fn counts_entries_sections_and_items_without_a_link() {
        let source = "## Papers\n\n- [A](https://a.example)\n- no link\n\n### Inner\n\n- [B](https://b.example)\n\n\
            ## Terms\n\n- Word: meaning\n\n## Links\n\n- [C](https://c.example)\n";
        assert_eq!(
            summarize(&read(source)),
            "understood: 2 papers, 1 term, 1 link, 4 sections; 1 item without a link"
        );
    }
}
