//! What a lexicon finds.
#![cfg(test)]

mod bytes;
mod model;

use super::spell::allowed;
use super::words::stem;
use super::{Accepted, Alternatives, FieldSet, Found, How, Lexicon, LexiconBuilder, Term};

fn lexicon(documents: &[[&str; 4]]) -> Lexicon {
    let mut builder = LexiconBuilder::new();
    for fields in documents {
        builder.add(*fields);
    }
    Lexicon::open(builder.finish()).unwrap()
}

/// Documents with nothing but notes.
fn notes(texts: &[&str]) -> Lexicon {
    lexicon(&texts.iter().map(|text| ["", "", text, ""]).collect::<Vec<_>>())
}

fn word(text: &str) -> Term<'_> {
    Term { text, ..Term::default() }
}

fn begin(text: &str) -> Term<'_> {
    Term { text, prefix: true, ..Term::default() }
}

fn ask(lexicon: &Lexicon, terms: &[Term]) -> Found {
    lexicon.look(&terms.iter().map(|term| (*term).into()).collect::<Vec<_>>())
}

/// Documents that were found, in their order.
fn hits(found: &Found) -> Vec<usize> {
    (0..).zip(&found.scores).filter(|(_, score)| **score > 0).map(|(document, _)| document).collect()
}

fn accepted(of: usize, word: &str, prefix: bool) -> Accepted {
    Accepted { of, word: word.to_owned(), prefix }
}

#[test]
fn a_heading_is_worth_less_than_the_notes_and_is_no_field_of_its_own() {
    let lexicon = lexicon(&[["x", "", "", "vision"], ["y", "", "vision", ""], ["z", "", "", ""]]);
    let scores = |fields| {
        lexicon.look(&[Term { text: "vision", prefix: false, fields, ..Term::default() }.into()]).scores
    };
    let all = scores(FieldSet::ALL);
    assert!(all[0] > 0 && all[0] < all[1] && all[2] == 0);
    let own = scores(FieldSet::OWN);
    assert!(own[0] == 0 && own[1] > 0);
    let above = scores(FieldSet::HEADINGS);
    assert!(above[0] > 0 && above[1] == 0);
}

#[test]
fn titles_come_before_bylines_and_bylines_before_notes() {
    let lexicon =
        lexicon(&[["", "", "ada", ""], ["", "ada", "", ""], ["ada", "", "", ""], ["", "", "ada ada", ""]]);
    let scores = ask(&lexicon, &[word("ada")]).scores;
    assert!(scores[2] > scores[1] && scores[1] > scores[0] && scores[3] > scores[0], "{scores:?}");
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
    let found = lexicon.look(&[vae, begin("spars").into()]);
    let expected =
        [accepted(0, "variational", false), accepted(0, "autoencoder", false), accepted(1, "spars", true)];
    assert_eq!((found.accepted, found.how), (expected.to_vec(), How::Exact));
    let found = ask(&lexicon, &[word("autoencodres")]);
    assert_eq!((found.accepted, found.how), (vec![accepted(0, "autoencoder", false)], How::Fuzzy));
}

#[test]
fn no_more_than_64_typos_of_a_word_are_told() {
    let words: Vec<String> =
        ('a'..='z').flat_map(|a| ('a'..='d').map(move |b| format!("alphab{a}{b}"))).collect();
    let found = ask(&notes(&words.iter().map(String::as_str).collect::<Vec<_>>()), &[word("alphab00")]);
    assert_eq!((found.how, found.accepted.len()), (How::Fuzzy, 64));
}

#[test]
fn a_synonym_ranks_below_what_was_typed() {
    let lexicon = notes(&["vae", "variational autoencoder", "variational", "autoencoder"]);
    let any = vec![vec![word("vae")], vec![word("variational"), word("autoencoder")]];
    let found = lexicon.look(&[Alternatives { any }]);
    assert_eq!((hits(&found), found.how), (vec![0, 1], How::Exact));
    assert!(found.scores[0] > found.scores[1]);
}

#[test]
fn typos_are_forgiven_by_length() {
    assert_eq!([0, 3, 4, 7, 8, 40].map(allowed), [0, 0, 1, 1, 2, 2]);
    for (typed, meant, forgiven) in [
        ("cot", "cat", false),
        ("coed", "code", true),
        ("cod", "code", false),
        ("codee", "code", true),
        ("cxdx", "code", false),
        ("encodre", "encoder", true),
        ("encdre", "encoder", false),
        ("nencoder", "encoder", true),
        ("transfromre", "transformer", true),
        ("trnsfrmr", "transformer", false),
        ("trnsfrmer", "transformer", true),
        ("rtansformer", "transformer", true),
        ("ёлкка", "елка", false),
        ("нейрон", "нейорн", true),
    ] {
        let found = ask(&notes(&[meant, "zzzz"]), &[word(typed)]);
        assert_eq!(hits(&found) == [0], forgiven, "{typed} for {meant}");
        if forgiven {
            assert_eq!((found.how, found.corrected), (How::Fuzzy, vec![(0, meant.to_owned())]));
        }
    }
}

#[test]
fn a_typo_is_forgiven_in_what_is_only_begun() {
    let lexicon = notes(&["mechanistic interpretability", "mechanic"]);
    for typed in ["interpert", "itnerpret", "nterpretab"] {
        let found = ask(&lexicon, &[word("mechanistic"), begin(typed)]);
        assert_eq!((hits(&found), found.how), (vec![0], How::Fuzzy), "{typed}");
        assert_eq!(found.corrected, [(1, "interpretability".to_owned())]);
    }
}

#[test]
fn what_has_a_typo_ranks_below_what_has_none() {
    // A single mention in long notes against a title that is nothing else.
    let long = "filler ".repeat(300) + "encoder";
    let found = ask(&lexicon(&[["encoder", "", "encoder", ""], ["", "", &long, ""]]), &[word("encodre")]);
    assert_eq!(hits(&found), [0, 1]);
    let found = ask(&lexicon(&[["encodes", "", "encodes", ""], ["", "", &long, ""]]), &[word("encoder")]);
    assert_eq!((hits(&found), found.how), (vec![0, 1], How::Fuzzy));
    assert!(found.scores[1] > found.scores[0]);
    assert!(found.corrected.is_empty());
}

#[test]
fn enough_without_typos_is_enough() {
    let texts = |exact| [vec!["encoder"; exact], vec!["encodex"]].concat();
    assert_eq!(hits(&ask(&notes(&texts(10)), &[word("encoder")])).len(), 10);
    assert_eq!(hits(&ask(&notes(&texts(9)), &[word("encoder")])).len(), 10);
}

#[test]
fn an_exact_term_forgives_nothing() {
    let lexicon = notes(&["sparse encoder", "encodes"]);
    let exact = |text| Term { exact: true, ..word(text) };
    assert!(hits(&ask(&lexicon, &[exact("encodre")])).is_empty());
    let found = ask(&lexicon, &[exact("encoder"), word("spasre")]);
    assert_eq!((hits(&found), found.how), (vec![0], How::Fuzzy));
    assert_eq!(lexicon.having(&word("encodre").into()), [0, 0]);
    assert!(lexicon.having(&word("encoders").into())[0] > 0);
}

#[test]
fn plural_and_singular_find_each_other() {
    for (one, many) in [("autoencoder", "autoencoders"), ("category", "categories"), ("analysis", "analyses")]
    {
        for (text, typed) in [(one, many), (many, one), (one, one), (many, many)] {
            let found = ask(&notes(&[text]), &[word(typed)]);
            assert_eq!((hits(&found), found.how), (vec![0], How::Exact), "{typed} in {text}");
        }
        // Every step on the way to the plural finds it.
        for end in 1..=many.len() {
            let found = ask(&notes(&[many]), &[begin(&many[..end])]);
            assert_eq!((hits(&found), found.how), (vec![0], How::Exact), "{}", &many[..end]);
        }
    }
}

#[test]
fn scripts_are_found() {
    let texts = ["日本語のテスト", "الشبكة العصبية", "רשת נוירונים", "нейронная сеть", "reseau 本 neuronal"];
    let lexicon = notes(&texts);
    for (typed, expected) in [
        ("日", vec![0]),
        ("本", vec![0, 4]),
        ("本語", vec![0]),
        ("日本語", vec![0]),
        ("テスト", vec![0]),
        ("ト", vec![0]),
        ("語日", vec![]),
        ("العصبية", vec![1]),
        ("נוירונים", vec![2]),
        ("сеть", vec![3]),
        ("нейронная", vec![3]),
    ] {
        assert_eq!(hits(&ask(&lexicon, &[word(typed)])), expected, "{typed}");
    }
    for (typed, expected) in [("日本", 0), ("الع", 1), ("נוי", 2), ("ней", 3), ("neu", 4), ("n", 4)]
    {
        assert_eq!(hits(&ask(&lexicon, &[begin(typed)])), [expected], "{typed}");
    }
}

#[test]
fn most_of_the_words_do_where_no_document_has_all() {
    let lexicon = notes(&["sparse coding of images", "sparse coding", "images", "music"]);
    let found = ask(&lexicon, &[word("sparse"), word("coding"), word("music")]);
    assert_eq!((hits(&found), found.how), (vec![0, 1], How::Most));
    let found = ask(&lexicon, &[word("sparse"), word("qqqqqqqq")]);
    assert_eq!((hits(&found), found.how), (vec![0, 1], How::Most));
    // Two words that are both known and never met together: none is left out.
    assert_eq!(hits(&ask(&lexicon, &[word("sparse"), word("music")])), [0; 0]);
    assert_eq!(hits(&ask(&lexicon, &[word("qqqqqqqq")])), [0; 0]);
}

#[test]
fn nearest_words_are_for_corrections() {
    let lexicon = notes(&["encoder decoder", "encoder", "decode"]);
    let near = |text, most| {
        let near = lexicon.nearest(text, most).into_iter();
        near.map(|near| (near.word, near.distance, near.documents)).collect::<Vec<_>>()
    };
    assert_eq!(near("encoder", 2), [("encoder".to_owned(), 0, 2)]);
    assert_eq!(near("encodres", 2), [("encoder".to_owned(), 1, 2)]);
    assert_eq!(near("decoedr", 1), [("decoder".to_owned(), 1, 1)]);
    assert_eq!(near("enc", 5), []);
    assert_eq!(near("", 5), []);
}

#[test]
fn a_question_of_nothing_finds_everything() {
    let lexicon = notes(&["a", "b"]);
    for text in ["", " ", "?!,. -—…", "\"", "\u{301}"] {
        assert_eq!(ask(&lexicon, &[word(text)]).scores, [1, 1], "{text}");
    }
    assert_eq!(lexicon.look(&[]).scores, [1, 1]);
    assert_eq!(lexicon.look(&[Alternatives::default()]).scores, [1, 1]);
}

#[test]
fn a_pasted_page_is_answered() {
    let lexicon = notes(&["alpha beta gamma", "alpha"]);
    let words: Vec<String> = (0..5_000).map(|at| format!("alpha{at}")).collect();
    let page = words.join(" ");
    ask(&lexicon, &words.iter().map(|text| word(text)).collect::<Vec<_>>());
    ask(&lexicon, &[begin(&page)]);
    ask(&lexicon, &[begin(&"x".repeat(10_000)), word(&"語".repeat(10_000))]);
    ask(&lexicon, &[word(&"'".repeat(10_000))]);
    lexicon.nearest(&"alpha".repeat(2_000), 10);
    // What is the same for 32 words is enough.
    let found = ask(&lexicon, &[word(&"alpha ".repeat(5_000))]);
    assert_eq!(hits(&found), [0, 1]);
}

#[test]
fn no_documents_are_a_lexicon() {
    for texts in [&[][..], &[""]] {
        let lexicon = notes(texts);
        assert_eq!(lexicon.documents(), texts.len());
        assert!(hits(&ask(&lexicon, &[word("alpha"), begin("a")])).is_empty());
        assert!(lexicon.nearest("alpha", 3).is_empty());
        assert_eq!(lexicon.synonyms().count(), 0);
    }
}

#[test]
fn a_word_is_as_it_is_indexed() {
    // What marks texts compares the same stems.
    let lexicon = notes(&["Boxes of categories".to_lowercase().as_str()]);
    for accepted in ask(&lexicon, &[word("boxes"), word("category")]).accepted {
        assert_eq!(stem(&accepted.word), accepted.word);
    }
}
