//! The test notebook `tests/fixtures/seed`, from end to end.

use notebook_core::markdown;
use notebook_core::notebook::{Entry, Notebook, SectionKind, from_json, plain, to_json};

const SEED: &str = include_str!("../../tests/fixtures/seed/notebook.md");

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

/// The data of the first published version, which must stay readable. The file is never
/// written anew; a type that cannot read it any more is a mistake.
const VERSION_1: &str = include_str!("golden/v1.json");

#[test]
fn version_1_is_read_for_ever() {
    let notebook = from_json(VERSION_1.as_bytes()).unwrap();
    assert_eq!(notebook.format, 1);
    // Nothing of it is lost, and what is added later is left out where there is nothing to say.
    let read: serde_json::Value = serde_json::from_str(VERSION_1).unwrap();
    let written: serde_json::Value = serde_json::from_str(&to_json(&notebook).unwrap()).unwrap();
    assert_eq!(written, read);
}

#[test]
fn fields_of_a_later_version_are_passed_over_and_a_later_format_is_refused() {
    let later = VERSION_1.replacen('{', "{\"of a later version\":[{\"x\":null}],", 1);
    assert_eq!(from_json(later.as_bytes()).unwrap(), from_json(VERSION_1.as_bytes()).unwrap());
    let refused = from_json(VERSION_1.replacen("\"format\":1", "\"format\":2", 1).as_bytes());
    assert!(
        refused.is_err_and(|why| why.to_string().contains("has format 2")),
        "a later format is read as this one"
    );
}
