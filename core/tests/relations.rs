//! What the entries of a notebook have to do with one another.

use notebook_core::diagnostic::Severity;
use notebook_core::markdown::{read, write};
use notebook_core::notebook::{Notebook, Related, Shared};
use notebook_core::relations::{Relations, relate};
use notebook_core::search::{Field, field_text};

const SEED: &str = include_str!("../../content/notebook.md");

fn related(source: &str) -> (Notebook, Relations) {
    let mut notebook = read(source).notebook;
    let relations = relate(&mut notebook, Severity::Hint);
    (notebook, relations)
}

fn of(source: &str, id: &str) -> Related {
    related(source).1.of(&id.into())
}

/// The Markdown of a notebook once its names are links.
fn linked(source: &str) -> String {
    write(&related(source).0)
}

fn findings(source: &str) -> Vec<String> {
    let mut reading = read(source);
    let relations = relate(&mut reading.notebook, Severity::Hint);
    let found = relations.findings(source, &reading.places);
    found.iter().map(|d| format!("{} at `{}`: {}", d.code, &source[d.range.clone()], d.message)).collect()
}

#[test]
fn the_seed_is_linked() {
    let text = linked(SEED);
    for link in [
        "[variational auto-encoders](#variational-auto-encoder) (VAEs)",
        "A VAE is an [autoencoder](#auto-encoder) whose",
        "[Attention Is All You Need](#attention-is-all-you-need)",
        "(specifically [Vision Transformers](#vision-transformers-origin) - ViT)",
    ] {
        assert!(text.contains(link), "{link}\n{text}");
    }
    // Twice in one note is once too often, and nothing leads to itself.
    assert_eq!(text.matches("(#vision-transformers-origin)").count(), 1);
    assert_eq!(text.matches("(#auto-encoder)").count(), 1);
}

#[test]
fn words_stay_letter_for_letter() {
    let plain = read(SEED).notebook;
    let (linked, _) = related(SEED);
    for ((_, before), (_, after)) in plain.walk().zip(linked.walk()) {
        for field in Field::ALL {
            assert_eq!(field_text(before, field), field_text(after, field));
        }
    }
}

#[test]
fn a_term_knows_its_sentences() {
    let vae = of(SEED, "variational-auto-encoder");
    let by: Vec<_> = vae.uses.iter().map(|found| found.by.name.as_str()).collect();
    assert_eq!(by, ["Mechanistic Interpretability", "Variational Sparse Coding"]);
    assert_eq!(
        vae.uses[1].text.as_ref().unwrap().join("|"),
        "A model based on |variational auto-encoders| (VAEs) in which interpretation is induced through latent space \
         sparsity with a mixture of Spike and Slab distributions as prior."
    );
    assert_eq!(vae.builds_on[0].name, "Auto-encoder");
    assert_eq!(of(SEED, "auto-encoder").needed_for[0].name, "Variational auto-encoder");
}

#[test]
fn goals_know_what_is_there() {
    let told = of(SEED, "mechanistic-interpretability-2").goals;
    let told: Vec<_> = told.iter().map(|goal| (goal.query.as_str(), goal.noted, goal.listed)).collect();
    assert_eq!(
        told,
        [
            ("?category=mechanistic-interpretability", 3, 0),
            ("?q=Sparse+Coding", 2, 0),
            ("?q=Variational+Auto-encoders", 2, 0),
        ]
    );
}

const SMALL: &str = "\
## Papers

### Vision

- [Big Words: A Study](https://arxiv.org/abs/2001.00001) Ada One, Bo Two

  Purpose: the Sparse Code. See `sparse code` and [sparse code](https://e.org) and 2002.00002v1.

- [Other Words](https://arxiv.org/abs/2002.00002) Ada One

  Purpose: sparse codes in Big Words and Big Words: a study.

  # Sparse code

- [Circuits: one](https://a.org/1):
- [Circuits: two](https://a.org/2):
- [Last](https://a.org/3):

  It needs Small Circuits. Vision Transformer Nets (VTN) differ from Circuits. **Great thing**.

  A VTN and a **great thing**.

## Terms

- Sparse code (SC): a Dense code that is not.
- Dense code: no Sparse code.
- Never met: nothing.
";

#[test]
fn nothing_is_linked_in_code_links_or_headings() {
    let text = linked(SMALL);
    assert!(
        text.contains("the [Sparse Code](#sparse-code). See `sparse code` and [sparse code](https://e.org)"),
        "{text}"
    );
    assert!(text.contains("and [2002\\.00002](#other-words)v1."), "{text}");
    assert!(text.contains("# Sparse code"), "{text}");
}

#[test]
fn papers_know_who_names_them() {
    let big = of(SMALL, "big-words-a-study");
    let by: Vec<_> = big.uses.iter().map(|found| found.by.id.as_str()).collect();
    assert_eq!(by, ["other-words"]);
    let near = &big.near[0];
    assert_eq!(near.paper.name, "Other Words");
    assert_eq!(
        near.shares,
        [
            Shared::Mention {},
            Shared::Term("Sparse code".into()),
            Shared::Author("Ada One".into()),
            Shared::Category("Vision".into()),
            Shared::Label("Purpose".into()),
        ]
    );
}

#[test]
fn the_author_is_told() {
    assert_eq!(
        findings(SMALL),
        [
            "undefined-term at `VTN`: `VTN` is met 2 times and defined nowhere",
            "circular-terms at `- Sparse code (SC): a Dense code that is not.`: these definitions need each other: Sparse code → Dense code → Sparse code",
            "unused-term at `- Never met: nothing.`: nothing uses `Never met`",
        ]
    );
}
