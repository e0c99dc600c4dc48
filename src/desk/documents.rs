//! A notebook as documents for other search engines: one JSON object a line.

use notebook_core::notebook::{Block, Entry, Goal, Id, Notebook, Prose, Section, Span};
use notebook_core::search::{Field, INTRO, field_text};

use super::Failure;

/// Every entry as `{"title":…,"byline":…,"notes":…}` in plain text, the introduction first where there is one. O(text)
pub(super) fn documents(mut notebook: Notebook) -> Result<String, Failure> {
    notebook.map_blocks(&mut part_block);
    notebook.sections.iter_mut().for_each(part_section);
    let intro = Entry::Prose(Prose { id: Id::from(INTRO), blocks: std::mem::take(&mut notebook.intro) });
    let intro = (!intro.blocks().is_empty()).then_some(&intro);
    let mut lines = String::new();
    for entry in intro.into_iter().chain(notebook.walk().map(|(_, entry)| entry)) {
        let text = |field| serde_json::to_string(field_text(entry, field).as_str().trim());
        let line = text(Field::Title).and_then(|title| {
            let (byline, notes) = (text(Field::Byline)?, text(Field::Notes)?);
            Ok(format!("{{\"title\":{title},\"byline\":{byline},\"notes\":{notes}}}\n"))
        });
        lines.push_str(&line.map_err(|why| format!("an entry has no JSON form: {why}"))?);
    }
    Ok(lines)
}

fn part_section(section: &mut Section) {
    section.entries.iter_mut().for_each(|entry| match entry {
        Entry::Paper(link) | Entry::Link(link) => {
            part(&mut link.title);
            part(&mut link.byline);
        }
        Entry::Term(term) => part(&mut term.name),
        Entry::Goal(goal) => part_goal(goal),
        Entry::Prose(_) => {}
    });
    section.sections.iter_mut().for_each(part_section);
}

fn part_goal(goal: &mut Goal) {
    part(&mut goal.text);
    goal.goals.iter_mut().for_each(part_goal);
}

fn part_block(block: &mut Block) {
    match block {
        Block::Para(text) | Block::Heading { text, .. } | Block::Field { text, .. } => part(text),
        Block::Code { text, .. } => text.push('\n'),
        Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(part),
        Block::Definitions { items } => items.iter_mut().for_each(|item| part(&mut item.name)),
        Block::Quote { .. } | Block::List { .. } | Block::Footnote { .. } | Block::Rule {} => {}
    }
}

/// The text of an entry has nothing where a block or a line ends: words would run together.
fn part(spans: &mut Vec<Span>) {
    part_lines(spans);
    spans.push(Span::Text("\n".into()));
}

fn part_lines(spans: &mut [Span]) {
    for span in spans {
        match span {
            Span::Break {} => *span = Span::Text("\n".into()),
            Span::Em(inner)
            | Span::Strong(inner)
            | Span::Strike(inner)
            | Span::Sub(inner)
            | Span::Sup(inner)
            | Span::Mark(inner)
            | Span::Kbd(inner)
            | Span::Link { text: inner, .. } => part_lines(inner),
            _ => {}
        }
    }
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
        let lines = documents(notebook).unwrap();
        let titles: Vec<String> = lines.lines().map(|line| value(line, "title")).collect();
        assert_eq!(titles, index.names.titles().collect::<Vec<_>>());
        assert_eq!(value(lines.lines().next().unwrap(), "notes"), "Before all.");
    }

    #[test]
    fn words_of_two_blocks_do_not_run_together() {
        let lines = documents(read(NOTEBOOK).notebook).unwrap();
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
