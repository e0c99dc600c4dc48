//! The real notebook that the project ships with, read from end to end.

use notebook_core::markdown;
use notebook_core::notebook::{Entry, Notebook, SectionKind, from_json, plain, to_json};

const SEED: &str = include_str!("../../content/notebook.md");

fn seed() -> Notebook {
    markdown::read(SEED).notebook
}

#[test]
fn its_json_is_the_golden_file() {
    // As the writer writes it, in lines for the eye.
    insta::assert_snapshot!("seed.json", serde_json::to_string_pretty(&seed()).unwrap());
}

#[test]
fn its_findings_are_few_and_true() {
    let reading = markdown::read(SEED);
    let lines: Vec<_> = reading
        .diagnostics
        .iter()
        .map(|d| {
            let line = SEED[..d.range.start].matches('\n').count() + 1;
            format!("{line}: {}: {} ({})", d.code, d.message, d.help)
        })
        .collect();
    insta::assert_snapshot!("seed.findings", lines.join("\n"));
}

#[test]
fn its_json_is_at_most_1_3_times_its_markdown_after_brotli() {
    let size = |text: &str| {
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &parameters).unwrap();
        packed.len()
    };
    let (json, markdown) = (size(&to_json(&seed()).unwrap()), size(SEED));
    assert!(json * 10 <= markdown * 13, "{json} bytes of JSON, {markdown} of Markdown");
    println!("{json} bytes of JSON, {markdown} of Markdown");
}

#[test]
fn its_json_reads_back_as_the_same_notebook() {
    let notebook = seed();
    assert_eq!(from_json(to_json(&notebook).unwrap().as_bytes()), Ok(notebook));
}

#[test]
fn its_export_reads_as_the_same_notebook() {
    let exported = markdown::write(&seed());
    insta::assert_snapshot!("seed.exported.md", exported);
    assert_eq!(markdown::read(&exported).notebook, seed());
}

#[test]
fn it_has_what_the_author_wrote() {
    let notebook = seed();
    let kinds: Vec<_> = notebook.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [SectionKind::Goals, SectionKind::Papers, SectionKind::Terms, SectionKind::Links]);
    let papers: Vec<_> = notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).collect();
    assert_eq!(papers.len(), 7);
    let categories: std::collections::BTreeSet<_> =
        papers.iter().map(|(section, _)| plain(&section.title)).collect();
    assert_eq!(categories.len(), 3);
    let terms = notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Term(_)));
    let terms: Vec<_> = terms.map(|(_, entry)| entry.id().to_string()).collect();
    assert_eq!(terms, ["sparse-coding", "variational-auto-encoder", "auto-encoder"]);
}
