//! Citations in running text become links, wherever text stands.

use crate::bibliography::{attach_citations, link_citations, read_bibtex};
use crate::diagnostic::DiagnosticCode;
use crate::markdown::{self, Parsed};
use crate::notebook::{Block, Entry, Notebook, Span, plain};

const BIB: &str = "@inproceedings{vidal2020, title={Folding Maps}, author={Vidal, Ines and Ma, Jun}, booktitle={ICLR}, \
    year=2020, url={https://example.org/fold}}\n\
    @article{fox2019, title={On Noise}, author={Fox, Lena and Roux, Ana and Ito, Ken}, journal={Slow}, year=2019, doi={10.9999/noise}}\n\
    @article{fox2019b, title={More Noise}, author={Fox, Lena and others}, journal={Slow}, year=2019, doi={10.9999/more}}\n\
    @book{paper_less, title={A Book without Paper and Ink}}\n";

const LIST: &str = "## Papers\n\n- [Folding Maps](https://example.org/fold)\n\n";

/// Reads a notebook with the bibliography.
fn cited(source: &str) -> (Parsed, Option<Notebook>) {
    let mut parsed = markdown::read(source);
    let bibliography = read_bibtex(BIB);
    attach_citations(&mut parsed.notebook, &bibliography, BIB);
    let written = link_citations(&mut parsed, Some(&bibliography), source);
    (parsed, written.map(|(notebook, _)| notebook))
}

/// Returns a line as text, with the address of each link after it.
fn shown(spans: &[Span]) -> String {
    let piece = |span: &Span| match span {
        Span::Link { url, text, .. } => format!("{}<{url}>", plain(text)),
        other => plain(std::slice::from_ref(other)).into_owned(),
    };
    spans.iter().map(piece).collect()
}

fn first_line(text: &str) -> String {
    let (parsed, _) = cited(&format!("{text}\n\n{LIST}"));
    match parsed.notebook.intro.first() {
        Some(Block::Para(spans)) => shown(spans),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_citation_shows_author_and_year_and_links_to_the_entry_or_the_work() {
    for (text, expected) in [
        ("Order matters [@vidal2020].", "Order matters (Vidal & Ma, 2020<#folding-maps>)."),
        (
            "[see @vidal2020, p. 3; also @fox2019 ch. 2]",
            "(see Vidal & Ma, 2020<#folding-maps>, p. 3; also Fox et al., 2019<https://doi.org/10.9999/noise>, ch. 2)",
        ),
        ("They say so [-@vidal2020].", "They say so (2020<#folding-maps>)."),
        (
            "@vidal2020 [p. 3] and @vidal2020:",
            "Vidal & Ma (2020, p. 3)<#folding-maps> and Vidal & Ma (2020)<#folding-maps>:",
        ),
        ("{cite}`vidal2020` and *[@vidal2020]*", "(Vidal & Ma, 2020<#folding-maps>) and (Vidal & Ma, 2020)"),
        (
            "[@fox2019; @fox2019b]",
            "(Fox et al., 2019a<https://doi.org/10.9999/noise>; Fox et al., 2019b<https://doi.org/10.9999/more>)",
        ),
        ("[@paper_less]", "(A Book without Paper and…, n.d.)"),
        ("[[@vidal2020]]", "Vidal & Ma (2020)<#folding-maps>"),
        (
            "`@vidal2020`, me@vidal2020 and [x](https://m.example/@vidal2020)",
            "@vidal2020, me@vidal2020 and x<https://m.example/@vidal2020>",
        ),
    ] {
        assert_eq!(first_line(text), expected, "{text}");
    }
}

#[test]
fn citations_are_read_wherever_text_stands() {
    let source = "## Papers\n\n- [Folding Maps](https://example.org/fold) [@fox2019]\n\n  Purpose: as [@fox2019].\n\n\
        ## Terms\n\n- Fold: see [@fox2019].\n\n## Goals\n\n- [ ] Read @fox2019\n\n\
        ## More\n\n> Quoted [@fox2019].\n\n- item [@fox2019]\n\n| a | b |\n|---|---|\n| 1 | [@fox2019] |\n\nText[^1].\n\n[^1]: As [@fox2019].\n";
    let (parsed, written) = cited(source);
    let json = serde_json::to_string(&parsed.notebook).unwrap();
    assert_eq!(json.matches("\"https://doi.org/10.9999/noise\"").count(), 8, "{json}");
    assert!(!json.contains('@'), "{json}");
    let written = written.expect("the notebook as it was");
    assert_eq!(markdown::write(&written), markdown::write(&markdown::read(source).notebook));
    let ids = |notebook: &Notebook| notebook.walk().map(|(_, entry)| entry.id().clone()).collect::<Vec<_>>();
    assert_eq!(ids(&written), ids(&parsed.notebook));
}

#[test]
fn an_item_that_is_only_a_citation_shows_the_work() {
    let (parsed, _) = cited("## Papers\n\n- [@fox2019]\n- @vidal2020\n");
    let Some((_, Entry::Prose(prose))) = parsed.notebook.walk().next() else { panic!("{parsed:?}") };
    let Some(Block::List { items, .. }) = prose.blocks.first() else { panic!("{prose:?}") };
    let Some(Block::Para(spans)) = items.first().and_then(|item| item.blocks.first()) else {
        panic!("{items:?}")
    };
    assert_eq!(shown(spans), "Fox et al. (2019). On Noise<https://doi.org/10.9999/noise>. Slow");
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
}

#[test]
fn an_unknown_key_is_text_and_one_finding_with_the_nearest_key() {
    let source =
        "As [@vidal2021] says, and [@vidal2021; @fox2019], see @someone, @fox2091 and [@fig-maps].\n";
    let (parsed, _) = cited(source);
    let text = parsed.notebook.intro.first().map(|block| match block {
        Block::Para(spans) => shown(spans),
        _ => String::new(),
    });
    assert_eq!(
        text.as_deref(),
        Some(
            "As [@vidal2021] says, and (@vidal2021; Fox et al., 2019<https://doi.org/10.9999/noise>), see @someone, @fox2091 and [@fig-maps]."
        )
    );
    let found: Vec<_> = parsed.diagnostics.iter().map(|found| (&*found.message, &*found.help)).collect();
    let help = "Until then, it is shown as it is written";
    assert_eq!(
        found,
        [
            ("the bibliography has no entry `fox2091`", &*format!("did you mean `fox2019`? {help}")),
            (
                "the bibliography has no entry `vidal2021`, 2 times",
                &*format!("did you mean `vidal2020`? {help}")
            ),
        ],
    );
    let ranges = parsed.diagnostics.iter().map(|found| source.get(found.range.clone()).unwrap_or_default());
    assert_eq!(ranges.collect::<Vec<_>>(), ["@fox2091", "@vidal2021"]);
}

#[test]
fn without_a_bibliography_citations_are_text_and_told_once() {
    let source = "As [@vidal2020] and [@ma2021] say, and @someone.\n";
    let mut parsed = markdown::read(source);
    let before = parsed.notebook.clone();
    assert!(link_citations(&mut parsed, None, source).is_none());
    assert_eq!(parsed.notebook, before);
    let codes: Vec<_> = parsed.diagnostics.iter().map(|found| (found.code, &*found.message)).collect();
    assert_eq!(
        codes,
        [(
            DiagnosticCode::UnknownCitation,
            "the notebook cites `vidal2020` and has another citation, but has no bibliography"
        )]
    );
}
