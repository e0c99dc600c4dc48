//! The status of papers as people mark it: emoji, words in brackets, lines, columns.

mod round_trip;

use notebook_core::notebook::{Entry, Notebook, Property, plain};
use round_trip::read_stable;

/// Returns the title and status of each paper.
fn statuses(notebook: &Notebook) -> Vec<(String, String)> {
    let papers = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Paper(paper) => Some(paper),
        _ => None,
    });
    let status = |properties: &[Property]| {
        let told = properties.iter().find(|property| property.name == Property::STATUS);
        told.map_or(String::new(), |property| property.value.clone())
    };
    papers.map(|paper| (plain(&paper.title).into_owned(), status(&paper.properties))).collect()
}

#[test]
fn an_item_tells_its_status_in_many_forms() {
    for (item, expected) in [
        ("✅ [A Map](https://arxiv.org/abs/2001.99040)", "done"),
        ("🚧 **A Map** [[pdf](https://arxiv.org/pdf/2001.99040)]", "in-progress"),
        ("[done] [A Map](https://arxiv.org/abs/2001.99040)", "done"),
        ("(WIP) [A Map](https://arxiv.org/abs/2001.99040)", "wip"),
        ("[A Map](https://arxiv.org/abs/2001.99040) (status: reading)", "reading"),
        ("[A Map](https://arxiv.org/abs/2001.99040) [已读]", "已读"),
        ("[A Map](https://arxiv.org/abs/2001.99040) ✅", "done"),
        ("[A Map](https://arxiv.org/abs/2001.99040)\n  Status: To read", "to-read"),
        ("[A Map](https://arxiv.org/abs/2001.99040)\n  - status:: reading", "reading"),
        ("[A Map](https://arxiv.org/abs/2001.99040)\n\n  Status: ✅", "done"),
        ("✅ [A Map](https://arxiv.org/abs/2001.99040) {status=reread}", "reread"),
        ("[A Map](https://arxiv.org/abs/2001.99040) {lang=de status=done}", "done"),
        ("[A Map](https://arxiv.org/abs/2001.99040) (2020), it reads well, done by two", ""),
        ("📖 [A Map](https://arxiv.org/abs/2001.99040)", ""),
    ] {
        let notebook = read_stable(&format!("## Papers\n\n- {item}\n"));
        assert_eq!(statuses(&notebook), [("A Map".to_owned(), expected.to_owned())], "{item}");
    }
}

#[test]
fn a_status_that_the_line_tells_is_not_written_twice() {
    let notebook = read_stable("## Papers\n\n- ✅ [A Map](https://arxiv.org/abs/2001.99040)\n");
    assert!(!notebook_core::markdown::write(&notebook).contains("status="));
}

#[test]
fn a_column_and_front_matter_tell_a_status() {
    let table = "| Paper | Read |\n|---|---|\n| [A Map](https://arxiv.org/abs/2001.99040) | ✔ |\n\
        | [B Map](https://arxiv.org/abs/2001.99041) | ❌ |\n| [C Map](https://arxiv.org/abs/2001.99042) | |\n";
    let told: Vec<_> = statuses(&read_stable(table)).into_iter().map(|(_, status)| status).collect();
    assert_eq!(told, ["done", "to-do", ""]);
    let file = "---\ntitle: A Map\nauthors: Vidal, Ines\nyear: 2020\nstatus: To Read\n---\n\nText.\n";
    assert_eq!(statuses(&read_stable(file)), [("A Map".to_owned(), "to-read".to_owned())]);
}

#[test]
fn a_box_and_a_word_for_reading_tell_a_status() {
    for (item, expected) in [
        ("[x] [A Map](https://arxiv.org/abs/2001.99040)", "done"),
        ("[ ] [A Map](https://arxiv.org/abs/2001.99040)", "to-do"),
        ("[ ] 🚧 [A Map](https://arxiv.org/abs/2001.99040)", "in-progress"),
        ("[x] [A Map](https://arxiv.org/abs/2001.99040) {status=reread}", "reread"),
        ("Read [A Map](https://arxiv.org/abs/2001.99040)", "read"),
        ("2024-05-01: reading [A Map](https://arxiv.org/abs/2001.99040)", "reading"),
    ] {
        let notebook = read_stable(&format!("## Notes\n\n- {item}\n"));
        assert_eq!(statuses(&notebook), [("A Map".to_owned(), expected.to_owned())], "{item}");
    }
}

#[test]
fn an_empty_box_before_read_is_still_to_do() {
    let statuses = |source: &str| -> Vec<String> {
        let notebook = read_stable(source);
        let papers = notebook.walk().filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => paper.properties.first().map(|property| property.value.clone()),
            _ => None,
        });
        papers.collect()
    };
    let source = "## Reading\n\n- [ ] Read [Maps](https://arxiv.org/abs/2204.99051)\n- [x] Read [Folds](https://arxiv.org/abs/2204.99052)\n\
        - TODO read [Sand](https://arxiv.org/abs/2204.99053)\n- DONE [Snow](https://arxiv.org/abs/2204.99054)\n";
    assert_eq!(statuses(source), ["to-do", "read", "to-do", "done"]);
}

#[test]
fn a_column_of_ticks_tells_the_status() {
    for (cell, expected) in [
        (":white_check_mark:", "done"),
        (":heavy_check_mark:", "done"),
        ("Yes", "done"),
        ("[x]", "done"),
        ("是", "done"),
        (":x:", "to-do"),
        ("no", "to-do"),
        ("[ ]", "to-do"),
        (":construction:", "in-progress"),
        ("skimmed", "skimmed"),
        ("", ""),
    ] {
        let row = format!("| [A Map](https://arxiv.org/abs/2001.99040) | A. Bee | {cell} |");
        let notebook =
            read_stable(&format!("# Papers\n\n| Title | Authors | Read |\n|---|---|:-:|\n{row}\n"));
        assert_eq!(statuses(&notebook), [("A Map".to_owned(), expected.to_owned())], "{cell}");
    }
}
