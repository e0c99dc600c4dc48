//! `notebook search`: answers a query in the terminal, ranked as on the page.

use std::fmt::Write as _;

use notebook_core::notebook::Notebook;
use notebook_core::query::Query;
use notebook_core::search::{Corpus, EntryKind, Fragment, FullTextIndex, MatchQuality, index_bytes};
use serde_json::{Value, json};

use super::Failure;

/// The answer to a query in two forms, the best entry first.
pub(super) struct Results {
    json: Value,
    text: String,
}

impl Results {
    /// Returns a JSON document for programs, or lines for people.
    pub(super) fn print(&self, as_json: bool) -> String {
        if as_json { format!("{:#}\n", self.json) } else { self.text.clone() }
    }
}

/// Answers a query. O(text of the notebook), for its index.
pub(super) fn search(notebook: &Notebook, words: &str) -> Result<Results, Failure> {
    let corpus = Corpus::build(notebook);
    let index = FullTextIndex::open(index_bytes(notebook, &corpus, &mut |_| ()))
        .map_err(|error| format!("the index cannot be built: {error}"))?;
    let answer = corpus.answer(&Query::default().with_words(words), Some(index.find(words)));
    let quality = match answer.quality {
        MatchQuality::Exact => "exact",
        MatchQuality::Fuzzy => "corrected",
        MatchQuality::Partial => "partial",
    };
    let correction = answer.correction.as_ref().map(|correction| correction.shown.words.clone());
    let mut text = match (&correction, answer.quality, answer.order.is_empty()) {
        (_, _, true) => "No results.\n".to_owned(),
        (Some(words), ..) => format!("Results for: {words}\n"),
        (None, MatchQuality::Partial, _) => "No entry has every word. These have most of them:\n".to_owned(),
        _ => String::new(),
    };
    let mut results = Vec::new();
    for &entry in &answer.order {
        let Ok(entry) = usize::try_from(entry) else { continue };
        let (id, title, place) = (corpus.titles.id(entry), corpus.name(entry), corpus.place(entry));
        let section = corpus.catalog.heading(entry).map_or("", |heading| corpus.headings.title(heading));
        let excerpt = plain(&corpus.snippet(&answer, entry).excerpt);
        // A string takes any text.
        let _ = writeln!(text, "{title}\n  {place} · #{id}");
        if !excerpt.is_empty() {
            let _ = writeln!(text, "  {excerpt}");
        }
        results.push(json!({
            "id": id.as_str(),
            "title": title,
            "section": section,
            "year": corpus.catalog.year(entry),
            "kind": corpus.catalog.kind(entry).map(kind_name),
            "snippet": excerpt,
        }));
    }
    let json = json!({ "query": words, "quality": quality, "correction": correction, "results": results });
    Ok(Results { json, text })
}

fn plain(fragments: &[Fragment]) -> String {
    fragments.iter().map(|(text, _)| text.as_str()).collect::<String>().trim().to_owned()
}

fn kind_name(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Paper => "paper",
        EntryKind::Term => "term",
        EntryKind::Goal => "goal",
        EntryKind::Link => "link",
        EntryKind::Prose => "prose",
    }
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    const NOTEBOOK: &str = "## Papers\n\n- [Other](https://a.b/1)\n\n  Sparse codes.\n\n\
        - [Sparse coding](https://arxiv.org/abs/2001.00001)\n\n  Of images.\n";

    fn results(words: &str) -> Value {
        search(&read(NOTEBOOK).notebook, words).unwrap().json
    }

    #[test]
    fn lists_the_best_entry_first() {
        let found = results("sparse");
        assert_eq!(found["quality"], "exact");
        assert_eq!(
            found["results"][0],
            json!({ "id": "sparse-coding", "title": "Sparse coding", "section": "Papers", "year": 2020,
                    "kind": "paper", "snippet": "Of images." })
        );
        assert_eq!(found["results"][1]["snippet"], "Sparse codes.");
    }

    #[test]
    fn says_how_words_were_matched() {
        let found = results("sprase coding");
        assert_eq!((&found["quality"], &found["correction"]), (&json!("corrected"), &json!("sparse coding")));
        assert_eq!(results("sparse images zebra")["quality"], "partial");
        assert_eq!(results("zebra")["results"], json!([]));
    }

    #[test]
    fn prints_lines_for_people() {
        let found = search(&read(NOTEBOOK).notebook, "sprase images").unwrap();
        assert_eq!(
            found.print(false),
            "Results for: sparse images\nSparse coding\n  Papers ·\u{a0}2020 · #sparse-coding\n  Of images.\n"
        );
        assert_eq!(search(&read(NOTEBOOK).notebook, "zebra").unwrap().print(false), "No results.\n");
    }
}
