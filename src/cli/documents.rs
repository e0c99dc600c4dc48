//! `notebook export documents`: the text of each entry as one line of JSON, for other search engines.

use notebook_core::notebook::Notebook;
use notebook_core::search::{Field, field_text};

use super::Failure;

/// Returns every entry as `{"title":…,"byline":…,"notes":…}` in plain text, the introduction first. O(text)
pub(super) fn documents(notebook: &Notebook) -> Result<String, Failure> {
    let intro = notebook.intro_entry();
    let mut lines = String::new();
    for entry in intro.iter().chain(notebook.walk().map(|(_, entry)| entry)) {
        let text = |field| serde_json::to_string(&field_text(entry, field).lines().join("\n"));
        let line = text(Field::Title).and_then(|title| {
            let (byline, notes) = (text(Field::Byline)?, text(Field::Notes)?);
            Ok(format!("{{\"title\":{title},\"byline\":{byline},\"notes\":{notes}}}\n"))
        });
        lines.push_str(&line.map_err(|error| format!("an entry cannot be written as JSON: {error}"))?);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;
    use notebook_core::search::Corpus;

    use super::*;

    const NOTEBOOK: &str = "Before all.\n\n## Learning\n\n- One\n  - Two\n  - Three\n\n## Papers\n\n\
        - [A *title*](https://arxiv.org/abs/2010.11929) by Her:\n\nPurpose: to \"see\"\\\nwhat ends.\n\n- a\n- b\n\n\
        | c | d |\n|---|---|\n| e | f |\n\n## Terms\n\n- Name: what it means.\n";

    #[test]
    fn every_entry_is_a_line_in_the_order_of_the_corpus() {
        let notebook = read(NOTEBOOK).notebook;
        let corpus = Corpus::build(&notebook);
        let lines = documents(&notebook).unwrap();
        let titles: Vec<String> = lines.lines().map(|line| value(line, "title")).collect();
        assert_eq!(titles, corpus.titles.titles().collect::<Vec<_>>());
        assert_eq!(value(lines.lines().next().unwrap(), "notes"), "Before all.");
    }

    #[test]
    fn words_of_adjacent_blocks_are_separate() {
        let lines = documents(&read(NOTEBOOK).notebook).unwrap();
        let of = |title: &str, key: &str| {
            let line = lines.lines().find(|line| value(line, "title") == title).unwrap();
            value(line, key).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("A title", "byline"), "by Her:");
        assert_eq!(of("A title", "notes"), "Purpose: to \"see\" what ends. a b c d e f");
        assert_eq!(of("One", "notes"), "Two Three");
    }

    fn value(line: &str, key: &str) -> String {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        object[key].as_str().unwrap().to_owned()
    }
}
