//! What a lexicon finds, and that no bytes and no query break it.
#![cfg(test)]

use super::{Accepted, Alternatives, FieldSet, How, Lexicon, LexiconBuilder, Term};

fn lexicon(documents: &[[&str; 4]]) -> Lexicon {
    let mut builder = LexiconBuilder::new();
    for fields in documents {
        builder.add(*fields);
    }
    Lexicon::open(builder.finish()).unwrap()
}

fn word(text: &str) -> Term<'_> {
    Term { text, ..Term::default() }
}

fn accepted(of: usize, word: &str, prefix: bool) -> Accepted {
    Accepted { of, word: word.to_owned(), prefix }
}

#[test]
fn a_heading_is_worth_less_than_the_notes_and_is_no_field_of_its_own() {
    let lexicon = lexicon(&[["x", "", "", "vision"], ["y", "", "vision", ""], ["z", "", "", ""]]);
    let scores = |fields| lexicon.look(&[Term { text: "vision", prefix: false, fields }.into()]).scores;
    let all = scores(FieldSet::ALL);
    assert!(all[0] > 0 && all[0] < all[1] && all[2] == 0);
    let own = scores(FieldSet::OWN);
    assert!(own[0] == 0 && own[1] > 0);
    let above = scores(FieldSet::HEADINGS);
    assert!(above[0] > 0 && above[1] == 0);
}

#[test]
fn synonyms_come_back_in_order() {
    let mut builder = LexiconBuilder::new();
    let pairs =
        [("vae", "variational autoencoder"), ("gan", "réseau 日本"), ("vae", "variational autoencoder")];
    for (short, long) in pairs {
        builder.synonym(short, long);
    }
    let lexicon = Lexicon::open(builder.finish()).unwrap();
    assert_eq!(lexicon.synonyms().collect::<Vec<_>>(), [pairs[1], pairs[0]]);
}

#[test]
fn what_was_accepted_is_told() {
    let lexicon = lexicon(&[
        ["sparse autoencoders", "", "variational codes", ""],
        ["sparsity", "", "a variational autoencoder", ""],
    ]);
    let long = vec![word("variational"), word("autoencoder")];
    let vae = Alternatives { any: vec![vec![word("vae")], long] };
    let found = lexicon.look(&[vae, Term { text: "spars", prefix: true, ..Term::default() }.into()]);
    let expected =
        [accepted(0, "variational", false), accepted(0, "autoencoder", false), accepted(1, "spars", true)];
    assert_eq!((found.accepted, found.how), (expected.to_vec(), How::Exact));
    let found = lexicon.look(&[word("autoencodres").into()]);
    assert_eq!((found.accepted, found.how), (vec![accepted(0, "autoencoder", false)], How::Fuzzy));
}
