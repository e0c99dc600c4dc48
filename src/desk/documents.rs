//! A notebook as documents for other search engines: one JSON object a line.

use notebook_core::notebook::{Entry, Id, Notebook, Prose};
use notebook_core::search::{Field, INTRO, field_text};

use super::Failure;

/// Every entry as `{"title":…,"byline":…,"notes":…}` in plain text, the introduction first where there is one. O(text)
pub(super) fn documents(notebook: &Notebook) -> Result<String, Failure> {
    let intro = Entry::Prose(Prose { id: Id::from(INTRO), blocks: notebook.intro.clone() });
    let intro = (!intro.blocks().is_empty()).then_some(&intro);
    let mut lines = String::new();
    for entry in intro.into_iter().chain(notebook.walk().map(|(_, entry)| entry)) {
        let text = |field| serde_json::to_string(&field_text(entry, field).lines().join("\n"));
        let line = text(Field::Title).and_then(|title| {
            let (byline, notes) = (text(Field::Byline)?, text(Field::Notes)?);
            Ok(format!("{{\"title\":{title},\"byline\":{byline},\"notes\":{notes}}}\n"))
        });
        lines.push_str(&line.map_err(|why| format!("an entry has no JSON form: {why}"))?);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;
    use notebook_core::search::Index;

    use super::*;

    const NOTEBOOK: &str = "Before all.\n\n## Learning\n\n- One\n  - Two\n  - Three\n\n## Papers\n\n\
        - [A *title*](https://arxiv.org/abs/2010.11929) by Her:\n\nPurpose: to \"see\"\\\nwhat ends.\n\n- a\n- b\n\n\
        | c | d |\n|---|---|\n| e | f |\n\n## Terms\n\n- Name: what it means.\n";

    #[test]
    fn every_entry_is_a_line_in_the_order_of_the_index() {
        let notebook = read(NOTEBOOK).notebook;
        let index = Index::build(&notebook);
        let lines = documents(&notebook).unwrap();
        let titles: Vec<String> = lines.lines().map(|line| value(line, "title")).collect();
        assert_eq!(titles, index.names.titles().collect::<Vec<_>>());
        assert_eq!(value(lines.lines().next().unwrap(), "notes"), "Before all.");
    }

    #[test]
    fn words_of_two_blocks_do_not_run_together() {
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
