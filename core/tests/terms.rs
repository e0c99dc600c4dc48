//! Terms in the shapes that people write them in, with invented text.

mod round_trip;

use notebook_core::markdown::read;
use notebook_core::notebook::{Entry, Placement, Section, SectionKind, Term, plain, to_json};
use round_trip::read_stable;

fn terms(source: &str) -> Vec<Term> {
    let notebook = read_stable(source);
    let terms = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Term(term) => Some(term.clone()),
        _ => None,
    });
    terms.collect()
}

fn names(source: &str) -> Vec<String> {
    terms(source).iter().map(|term| plain(&term.name).into_owned()).collect()
}

fn kinds(sections: &[Section]) -> Vec<SectionKind> {
    sections.iter().flat_map(|section| [vec![section.kind], kinds(&section.sections)].concat()).collect()
}

#[test]
fn a_title_or_an_index_of_letters_makes_a_glossary() {
    let sources = [
        "# Glossary\n\n- Backbone: the part that sees.\n- Head: the part that answers.\n",
        "---\ntitle: A cheat sheet of acronyms\n---\n\n- Backbone: the part that sees.\n- Head: the part that answers.\n",
        "# Glosario\n\n## A\n\n**Backbone**: the part that sees.\n\n## B\n\n**Head**: the part that answers.\n",
        "# Wörter\n\n## **A**\n\n- **Backbone**  \n  the part that sees.\n\n## **B**\n\n- **Head**  \n  that answers.\n\n## C\n\nNothing yet.\n",
    ];
    for source in sources {
        assert_eq!(names(source), ["Backbone", "Head"], "{source}");
    }
    // Some words are in the titles of other notebooks too.
    assert_eq!(names("# Concepts of maps\n\n## Folding\n\nMaps: they fold.\n"), [""; 0]);
}

#[test]
fn a_heading_may_be_a_term_with_its_section_as_the_definition() {
    let source = "
# Glossary

## About this page

Some words.

## F

### Fold (crease) {#fold}

The line where a map bends.

- It is straight: always.

*See also [map](#map).*

### Map

### Kinds of maps

#### Road map

For roads.
";
    let found = terms(source);
    let names: Vec<_> = found.iter().map(|term| plain(&term.name).into_owned()).collect();
    assert_eq!(names, ["Fold (crease)", "Map", "Road map"]);
    assert!(found.iter().all(|term| term.placement == Placement::Heading));
    assert_eq!(found[0].aliases, ["crease"]);
    assert_eq!(found[0].definition.len(), 3, "everything up to the next heading");
    assert!(found[1].definition.is_empty());
    let source = "
# My notes

## Cost / Loss

**Definition**: what is paid.
**Provenance**: https://arxiv.org/abs/2101.99085

## Method

We fold maps.

## Pliage

Définition : l'action de plier.
";
    let found = terms(source);
    assert_eq!(found.len(), 2, "a definition below it makes a heading a term");
    assert_eq!(found[0].aliases, ["Cost", "Loss"]);
    assert_eq!(
        kinds(&read_stable(source).sections),
        [SectionKind::Terms, SectionKind::Prose, SectionKind::Terms]
    );
    assert!(read(source).notebook.walk().all(|(_, entry)| !matches!(entry, Entry::Paper(_))));
}

#[test]
fn paragraphs_of_a_glossary_are_terms_and_their_parts_are_not() {
    let source = "
## Terms

**Backbone (Rückgrat)**: the part that sees.[^1]

It may be large.

**Beispiel**: a tower.

`KI`: Künstliche Intelligenz

* [Book 4](./b4.md): p. 20

WER: word error rate
CER: character error rate

*Head* - the part that answers.

This sentence has: a colon in it.

[^1]: A note.
";
    let found = terms(source);
    let names: Vec<_> = found.iter().map(|term| plain(&term.name).into_owned()).collect();
    assert_eq!(names, ["Backbone (Rückgrat)", "KI", "WER", "CER", "Head", "This sentence has"]);
    assert_eq!(found[0].definition.len(), 3);
    assert_eq!(found[1].definition.len(), 2, "pages are part of the definition");
}

#[test]
fn marks_make_terms_in_any_section() {
    let source = "
## Notes

Backbone :: the part that sees

- Head :: the part that answers
- Neck :: what is between

*[HTML]: HyperText Markup Language
*[CSS]: Cascading *Style* Sheets

The type `f :: Int -> Int` and a :: b -> c are none.

std::fmt and status:: read are none.
";
    assert_eq!(names(source), ["Backbone", "Head", "Neck", "HTML", "CSS"]);
    assert_eq!(names("## License\n\nMIT :: a licence\n"), [""; 0]);
    assert_eq!(names("## Words {.prose}\n\nMIT :: a licence\n"), [""; 0]);
}

#[test]
fn recognizes_abbreviations_by_their_letters() {
    let source = "
## Lexikon

- WER: word error rate
- CNN - Convolutional Neural Network
- t-SNE - t-Distributed Stochastic Neighbor Embedding
- HMM – ein hidden Markov model
";
    assert_eq!(names(source), ["WER", "CNN", "t-SNE", "HMM"]);
    assert_eq!(kinds(&read_stable(source).sections), [SectionKind::Terms]);
    let none =
        "## Steps\n\n- First: open the map\n- API: ask nobody\n- JSON - is a format\n- URL: the address\n";
    assert_eq!(names(none), [""; 0]);
}

#[test]
fn rows_of_tables_are_terms_and_the_table_stays() {
    let source = "
## Notions

| **Terme** | **Définition** | **Exemple** |
|---|---|---|
| **Fold (FLD)** | where a map bends | a corner |
| Map | what is folded |
| | nothing |

## Numbers

| Model | Error |
|---|---|
| Fold | 5.1% |
";
    let found = terms(source);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|term| term.placement == Placement::Row));
    assert_eq!(found[0].aliases, ["FLD"]);
    let definition = serde_json::to_string(&found[0].definition).unwrap();
    assert_eq!(definition, r#"[["where a map bends"],{"field":{"label":"Exemple","text":["a corner"]}}]"#);
    assert_eq!(to_json(&read_stable(source)).unwrap().matches(r#"{"table""#).count(), 2);
    assert_eq!(names("# Abréviations\n\n| X | Y |\n|--|--|\n| RI | Réseau itératif |\n"), ["RI"]);
    assert_eq!(names("## Words\n\n| 缩写 | 全称 |\n|--|--|\n| FM | Folded Map |\n"), ["FM"]);
}

#[test]
fn definition_lists_are_terms_where_there_are_some() {
    let list = "Fold\n: a line\n\nMap\n: a sheet\n: a plan\n\nAtlas\n: many maps\n";
    assert_eq!(names(&format!("## Words\n\n{list}")), ["Fold", "Map", "Atlas"]);
    assert_eq!(names(&format!("## Words {{.prose}}\n\n{list}")), [""; 0]);
}

#[test]
fn a_term_with_the_link_of_its_paper_is_both() {
    let source = "
# Abbreviations

1. YO - You Ought [Paper](https://arxiv.org/abs/1506.99040) [Code](https://github.com/example/yo)
2. FaNet - [link](https://arxiv.org/abs/1503.99041)
3. Fold: see [a paper](https://arxiv.org/abs/1503.99042) about it.
";
    assert_eq!(names(source), ["YO", "Fold"]);
    let notebook = read_stable(source);
    let papers: Vec<_> = notebook
        .walk()
        .filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some((plain(&paper.title).into_owned(), paper.keywords.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(papers, [("You Ought".to_owned(), vec!["YO".to_owned()]), ("FaNet".to_owned(), Vec::new())]);
}

#[test]
fn a_footnote_that_is_a_reference_is_a_paper_too() {
    let source = "## Maps\n\nThey fold.[^1][^2]\n\n[^1]: [Folding Maps](https://arxiv.org/abs/1406.99040)\n\n[^2]: As [they](https://arxiv.org/abs/1406.99041) say, it is so.\n";
    let notebook = read_stable(source);
    let papers: Vec<_> = notebook
        .walk()
        .filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(plain(&paper.title).into_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(papers, ["Folding Maps"]);
    assert_eq!(to_json(&notebook).unwrap().matches(r#"{"footnote":{"#).count(), 2, "it stays a footnote");
}

#[test]
fn what_stood_before_a_list_of_definitions_is_read_alike_after_an_export() {
    for before in ["Folds: they bend.", "- [x] read it", "- Fold: it bends.", "Some words."] {
        for list in [
            "Map\n: a sheet\n\nFold\n: a bend\n\nCrease\n: a line\n",
            "- GNN: graph neural network\n- CNN: convolutional neural network\n- RNN: recurrent neural network\n",
        ] {
            read_stable(&format!("## Sheets\n\n{before}\n\n{list}"));
        }
    }
    assert_eq!(
        names("## Sheets\n\nSome words.\n\nMap\n: a sheet\n\nFold\n: a bend\n\nCrease\n: a line\n").len(),
        3
    );
}

#[test]
fn a_heading_above_definitions_is_no_term_after_an_export() {
    let source = "# Glossary\n\n## Sheets\n\nMap\n: a sheet\n";
    assert_eq!(names(source), ["Map"]);
    // Nor is a heading whose kind the author set.
    assert_eq!(names("# Glossary\n\n## Sheets {.terms}\n\n- Map: a sheet\n"), ["Map"]);
    assert_eq!(names("# Glossary\n\n## Sheets\n\nThey bend.\n"), ["Sheets"]);
}

#[test]
fn a_paper_among_terms_may_end_with_a_colon() {
    for line in [
        "Maps\n  that fold ([paper](https://arxiv.org/abs/2206.01191)):",
        "Maps ([paper](https://arxiv.org/abs/2206.01191)):",
    ] {
        let source = format!("## Terms\n\n- {line}\n- Fold: it bends.\n");
        assert_eq!(names(&source), ["Fold"], "{source}");
    }
    // The link of a definition makes its term a paper too, in every shape of terms.
    let line = "it bends [Paper](https://arxiv.org/abs/2206.01191)";
    for source in [format!("## Terms\n\n- Fold: {line}\n"), format!("## Terms\n\nFold\n: {line}\n")] {
        let notebook = read_stable(&source);
        assert_eq!(
            notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count(),
            1,
            "{source}"
        );
    }
}

#[test]
fn a_definition_below_its_name_shows_its_paper_as_one_behind_it_does() {
    let papers =
        |source| read_stable(source).walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
    assert_eq!(papers("# Terms\n\n- ViT: Vision Transformer [Paper](https://arxiv.org/abs/2010.11929)\n"), 1);
    assert_eq!(
        papers("# Terms\n\n- ViT:\n\nVision Transformer [Paper](https://arxiv.org/abs/2010.11929)\n"),
        1
    );
}

#[test]
fn a_table_of_words_in_two_languages_is_one_of_terms() {
    let table = "| English | Русский (разговорный) | Note |\n|---|---|---|\n| fold | сгиб | |\n| map | карта | paper |\n| atlas | атлас | |\n";
    assert_eq!(names(table), ["fold", "map", "atlas"]);
    // The heading above it is no term.
    assert_eq!(names(&format!("# Глоссарий терминов\n\n## Лекция 1\n\n{table}")), ["fold", "map", "atlas"]);
    assert!(
        names("| English | Score |\n|---|---|\n| fold | good |\n| map | bad |\n| atlas | good |\n")
            .is_empty()
    );
}

#[test]
fn papers_below_an_abbreviation_are_no_part_of_it() {
    let source = "# Notes\n\n## Models\n\n*[MLP]: multilayer\nperceptron\n\n- [ResNet](https://arxiv.org/abs/1512.03385)\n- [ViT](https://arxiv.org/abs/2010.11929)\n";
    let notebook = read_stable(source);
    let papers = notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
    assert_eq!((names(source), papers), (vec!["MLP".to_owned()], 2));
    // Where terms are expected, links below one are its sources.
    let glossary = "# Glossary\n\nMLP: multilayer perceptron\n\n- [A](https://arxiv.org/abs/1512.03385)\n";
    assert_eq!(names(glossary), ["MLP"]);
}

#[test]
fn terms_after_the_sources_of_one_stay_terms() {
    let source = "# Glossary\n\nMLP: multilayer perceptron\n\n- [Source](https://arxiv.org/abs/1512.03385)\n\n1. ViT: vision transformer\n";
    assert_eq!(names(source), ["MLP", "ViT"]);
    read_stable(source);
}
