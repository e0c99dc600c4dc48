//! Counts of public bibliographies: entries, titles, years and people, as another program counted them.
//!
//! The table beside this file names each file and the commit that has it, and nothing of its text. With the files in a
//! folder, `NOTEBOOK_BIBLIOGRAPHIES=FOLDER cargo test -p notebook-core --features bibliography --test public_bibliographies
//! -- --nocapture` compares; a file is at `FOLDER/OWNER/NAME/PATH`. Entries that others inherit from count too, and so do inherited
//! fields.
#![cfg(feature = "bibliography")]

use std::fs;
use std::path::Path;

use notebook_core::bibliography::{Bibliography, read_bibtex, read_ris};

const TABLE: &str = include_str!("public_bibliographies.tsv");

/// Share of the files whose counts must all be equal. The others are read differently by different programs: they have broken
/// entries, or names that are joined by something else than `and`.
const SHARE: f64 = 0.94;

/// A row: repository, path, and counts of entries, titles, years and people.
fn rows() -> Vec<(&'static str, &'static str, [usize; 4])> {
    let row = |line: &'static str| {
        let cells: Vec<_> = line.split('\t').collect();
        let [repository, path, commit, counts @ ..] = cells.as_slice() else { panic!("{line}") };
        assert_eq!(commit.len(), 40, "{line}");
        let counts: Vec<usize> = counts.iter().map(|count| count.parse().expect("a count")).collect();
        (*repository, *path, counts.try_into().expect("four counts"))
    };
    TABLE.lines().skip(1).map(row).collect()
}

fn counts(library: &Bibliography) -> [usize; 4] {
    let entries: Vec<_> =
        library.entries.iter().chain(&library.containers).map(|entry| &entry.citation).collect();
    [
        entries.len(),
        entries.iter().filter(|citation| citation.title.is_some()).count(),
        entries.iter().filter(|citation| citation.year.is_some()).count(),
        entries.iter().map(|citation| citation.authors.len() + citation.editors.len()).sum(),
    ]
}

fn read(folder: &Path, repository: &str, path: &str) -> Option<Bibliography> {
    let bytes = fs::read(folder.join(repository).join(path)).ok()?;
    // Files that are not UTF-8 are in an encoding of Windows or Latin-1: each byte is a letter.
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect());
    if path.to_lowercase().ends_with(".ris") { read_ris(&text).ok() } else { Some(read_bibtex(&text)) }
}

#[test]
fn the_table_has_sixty_bibliographies() {
    let rows = rows();
    assert!(rows.len() >= 60, "{}", rows.len());
    assert!(rows.iter().all(|(_, _, [entries, titles, years, _])| titles <= entries && years <= entries));
}

#[test]
fn public_bibliographies_have_their_counts() {
    let Some(folder) = std::env::var_os("NOTEBOOK_BIBLIOGRAPHIES") else {
        return eprintln!("skipped: NOTEBOOK_BIBLIOGRAPHIES names no folder with the files of the table");
    };
    let (mut read_files, mut equal) = (0, 0);
    for (repository, path, expected) in rows() {
        let Some(library) = read(Path::new(&folder), repository, path) else { continue };
        read_files += 1;
        let found = counts(&library);
        if found == expected {
            equal += 1;
        } else {
            println!(
                "{repository} {path}: {found:?}, not {expected:?}; {} diagnostics",
                library.diagnostics.len()
            );
        }
    }
    println!("{equal} of {read_files} files have equal counts of entries, titles, years and people");
    assert!(read_files > 0, "{} has none of the files", folder.display());
    assert!(f64::from(equal) >= SHARE * f64::from(read_files));
}
