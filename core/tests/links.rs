//! Tests of cross references on whole notebooks.

use notebook_core::diagnostic::Severity;
use notebook_core::links::{CrossReferences, link_notebook};
use notebook_core::markdown::{read, write};
use notebook_core::notebook::{EntryLinks, Notebook, SharedFeature, entries_from_json, entry_to_json};
use notebook_core::search::{Field, field_text};

const SEED: &str = include_str!("../../tests/fixtures/seed/notebook.md");

fn linked_notebook(source: &str) -> (Notebook, CrossReferences) {
    let mut notebook = read(source).notebook;
    let cross_references = link_notebook(&mut notebook, Severity::Note);
    (notebook, cross_references)
}

fn links_of(source: &str, id: &str) -> EntryLinks {
    linked_notebook(source).1.links_of(&id.into())
}

/// Returns the Markdown of the linked notebook.
fn linked_markdown(source: &str) -> String {
    write(&linked_notebook(source).0)
}

fn diagnostics(source: &str) -> Vec<String> {
    let mut reading = read(source);
    let cross_references = link_notebook(&mut reading.notebook, Severity::Note);
    let diagnostics = cross_references.diagnostics(source, &reading.places);
    diagnostics
        .iter()
        .map(|d| format!("{} at `{}`: {}", d.code, &source[d.range.clone()], d.message))
        .collect()
}

#[test]
fn links_first_mention_of_each_entry() {
    let text = linked_markdown(SEED);
    for link in [
        "[variational auto-encoders](#variational-auto-encoder) (VAEs)",
        "A VAE is an [autoencoder](#auto-encoder) whose",
        "[Attention Is All You Need](#attention-is-all-you-need)",
        "(specifically [Vision Transformers](#vision-transformers-origin) - ViT)",
    ] {
        assert!(text.contains(link), "{link}\n{text}");
    }
    // Repeated mentions in an entry and mentions of the entry itself are not linked.
    assert_eq!(text.matches("(#vision-transformers-origin)").count(), 1);
    assert_eq!(text.matches("(#auto-encoder)").count(), 1);
}

#[test]
fn keeps_plain_text() {
    let plain = read(SEED).notebook;
    let (linked, _) = linked_notebook(SEED);
    for ((_, before), (_, after)) in plain.walk().zip(linked.walk()) {
        for field in Field::ALL {
            assert_eq!(field_text(before, field), field_text(after, field));
        }
    }
}

#[test]
fn returns_sentences_that_mention_a_term() {
    let vae = links_of(SEED, "variational-auto-encoder");
    let by: Vec<_> = vae.mentions.iter().map(|mention| mention.by.name.as_str()).collect();
    assert_eq!(by, ["Mechanistic Interpretability", "Variational Sparse Coding"]);
    assert_eq!(
        vae.mentions[1].excerpt.as_ref().unwrap().join("|"),
        "A model based on |variational auto-encoders| (VAEs) in which interpretation is induced through latent space \
         sparsity with a mixture of Spike and Slab distributions as prior."
    );
    assert_eq!(vae.builds_on[0].name, "Auto-encoder");
    assert_eq!(links_of(SEED, "auto-encoder").needed_for[0].name, "Variational auto-encoder");
}

#[test]
fn counts_entries_about_goals_and_subgoals() {
    let goals = links_of(SEED, "mechanistic-interpretability-2").goals;
    let goals: Vec<_> = goals.iter().map(|goal| (goal.query.as_str(), goal.covered, goal.listed)).collect();
    assert_eq!(
        goals,
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
fn leaves_code_links_and_headings_alone() {
    let text = linked_markdown(SMALL);
    assert!(
        text.contains("the [Sparse Code](#sparse-code). See `sparse code` and [sparse code](https://e.org)"),
        "{text}"
    );
    assert!(text.contains("and [2002\\.00002](#other-words)v1."), "{text}");
    assert!(text.contains("# Sparse code"), "{text}");
}

#[test]
fn returns_mentions_and_related_papers_of_a_paper() {
    let big = links_of(SMALL, "big-words-a-study");
    let by: Vec<_> = big.mentions.iter().map(|mention| mention.by.id.as_str()).collect();
    assert_eq!(by, ["other-words"]);
    let related = &big.related_papers[0];
    assert_eq!(related.paper.name, "Other Words");
    assert_eq!(
        related.shared,
        [
            SharedFeature::Mention {},
            SharedFeature::Term("Sparse code".into()),
            SharedFeature::Author("Ada One".into()),
            SharedFeature::Category("Vision".into()),
            SharedFeature::Label("Purpose".into()),
        ]
    );
}

#[test]
fn reports_undefined_circular_and_unused_terms() {
    assert_eq!(
        diagnostics(SMALL),
        [
            "undefined-term at `VTN`: `VTN` is used 2 times but not defined",
            "circular-terms at `- Sparse code (SC): a Dense code that is not.`: circular definitions: Sparse code → Dense code → Sparse code",
            "unused-term at `- Never met: nothing.`: the term `Never met` is not used",
        ]
    );
}

#[test]
fn entry_links_round_trip_through_json() {
    let (notebook, cross_references) = linked_notebook(SMALL);
    let (goals, goal_references) = linked_notebook(SEED);
    let entries = notebook.walk().map(|(_, entry)| (entry, cross_references.links_of(entry.id())));
    let goals = goals.walk().map(|(_, entry)| (entry, goal_references.links_of(entry.id())));
    let entries: Vec<_> = entries.chain(goals).collect();
    let json: Vec<_> = entries.iter().map(|(entry, links)| entry_to_json(entry, links).unwrap()).collect();
    let json = format!("[{}]", json.join(","));
    for key in ["builds_on", "needed_for", "uses", "near", "goals", "by", "text", "shares", "noted", "listed"]
    {
        assert!(json.contains(&format!("\"{key}\":")), "{key}");
    }
    let decoded = entries_from_json(json.as_bytes()).unwrap();
    assert_eq!(decoded.len(), entries.len());
    for (decoded, (entry, links)) in decoded.iter().zip(&entries) {
        assert_eq!((&decoded.entry, &decoded.links), (*entry, links));
    }
}
