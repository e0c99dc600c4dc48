//! Tests of what an index finds.
#![cfg(test)]

mod against_scan;
mod damaged_bytes;

use super::spelling::allowed;
use super::tokenizer::stem;
use super::{
    AcceptedWord, Alternatives, FieldSet, InvertedIndex, InvertedIndexBuilder, MatchQuality, QueryTerm,
    SearchResult,
};

fn index(documents: &[[&str; 4]]) -> InvertedIndex {
    let mut builder = InvertedIndexBuilder::new();
    for fields in documents {
        builder.add_document(*fields);
    }
    InvertedIndex::open(builder.finish()).unwrap()
}

/// Documents with nothing but notes.
fn notes(texts: &[&str]) -> InvertedIndex {
    index(&texts.iter().map(|text| ["", "", text, ""]).collect::<Vec<_>>())
}

fn word(text: &str) -> QueryTerm<'_> {
    QueryTerm { text, ..QueryTerm::default() }
}

fn begin(text: &str) -> QueryTerm<'_> {
    QueryTerm { text, is_prefix: true, ..QueryTerm::default() }
}

fn ask(index: &InvertedIndex, terms: &[QueryTerm]) -> SearchResult {
    index.search(&terms.iter().map(|term| (*term).into()).collect::<Vec<_>>())
}

/// Documents that were found, in their order.
fn hits(found: &SearchResult) -> Vec<usize> {
    (0..).zip(&found.scores).filter(|(_, score)| **score > 0).map(|(document, _)| document).collect()
}

fn accepted(of: usize, word: &str, is_prefix: bool) -> AcceptedWord {
    AcceptedWord { term: of, word: word.to_owned(), is_prefix }
}

#[test]
fn ranks_headings_below_notes_and_leaves_them_out_of_own_fields() {
    let index = index(&[["x", "", "", "vision"], ["y", "", "vision", ""], ["z", "", "", ""]]);
    let scores = |fields| {
        index
            .search(&[QueryTerm { text: "vision", is_prefix: false, fields, ..QueryTerm::default() }.into()])
            .scores
    };
    let all = scores(FieldSet::ALL);
    assert!(all[0] > 0 && all[0] < all[1] && all[2] == 0);
    let own = scores(FieldSet::WITHOUT_HEADINGS);
    assert!(own[0] == 0 && own[1] > 0);
    let above = scores(FieldSet::HEADINGS);
    assert!(above[0] > 0 && above[1] == 0);
}

#[test]
fn ranks_titles_before_bylines_and_bylines_before_notes() {
    let index =
        index(&[["", "", "ada", ""], ["", "ada", "", ""], ["ada", "", "", ""], ["", "", "ada ada", ""]]);
    let scores = ask(&index, &[word("ada")]).scores;
    assert!(scores[2] > scores[1] && scores[1] > scores[0] && scores[3] > scores[0], "{scores:?}");
}

#[test]
fn returns_synonyms_in_order() {
    let mut builder = InvertedIndexBuilder::new();
    let pairs =
        [("vae", "variational autoencoder"), ("gan", "réseau 日本"), ("vae", "variational autoencoder")];
    for (short, long) in pairs {
        builder.add_synonym(short, long);
    }
    let index = InvertedIndex::open(builder.finish()).unwrap();
    assert_eq!(index.synonyms().collect::<Vec<_>>(), [pairs[1], pairs[0]]);
}

#[test]
fn returns_the_words_that_were_accepted() {
    let index = index(&[
        ["sparse autoencoders", "", "variational codes", ""],
        ["sparsity", "", "a variational autoencoder", ""],
    ]);
    let long = vec![word("variational"), word("autoencoder")];
    let vae = Alternatives { variants: vec![vec![word("vae")], long] };
    let found = index.search(&[vae, begin("spars").into()]);
    let expected =
        [accepted(0, "variational", false), accepted(0, "autoencoder", false), accepted(1, "spars", true)];
    assert_eq!((found.accepted, found.quality), (expected.to_vec(), MatchQuality::Exact));
    let found = ask(&index, &[word("autoencodres")]);
    assert_eq!(
        (found.accepted, found.quality),
        (vec![accepted(0, "autoencoder", false)], MatchQuality::Fuzzy)
    );
}

#[test]
fn returns_64_misspelt_words_at_most() {
    let words: Vec<String> =
        ('a'..='z').flat_map(|a| ('a'..='d').map(move |b| format!("alphab{a}{b}"))).collect();
    let found = ask(&notes(&words.iter().map(String::as_str).collect::<Vec<_>>()), &[word("alphab00")]);
    assert_eq!((found.quality, found.accepted.len()), (MatchQuality::Fuzzy, 64));
}

#[test]
fn ranks_synonyms_below_typed_words() {
    let index = notes(&["vae", "variational autoencoder", "variational", "autoencoder"]);
    let variants = vec![vec![word("vae")], vec![word("variational"), word("autoencoder")]];
    let found = index.search(&[Alternatives { variants }]);
    assert_eq!((hits(&found), found.quality), (vec![0, 1], MatchQuality::Exact));
    assert!(found.scores[0] > found.scores[1]);
}

#[test]
fn accepts_typos_by_the_length_of_a_word() {
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
            assert_eq!((found.quality, found.corrected), (MatchQuality::Fuzzy, vec![(0, meant.to_owned())]));
        }
    }
}

#[test]
fn accepts_a_typo_in_an_incomplete_word() {
    let index = notes(&["mechanistic interpretability", "mechanic"]);
    for typed in ["interpert", "itnerpret", "nterpretab"] {
        let found = ask(&index, &[word("mechanistic"), begin(typed)]);
        assert_eq!((hits(&found), found.quality), (vec![0], MatchQuality::Fuzzy), "{typed}");
        assert_eq!(found.corrected, [(1, "interpretability".to_owned())]);
    }
}

#[test]
fn ranks_typos_below_exact_words() {
    // A single mention in long notes against a title that is nothing else.
    let long = "filler ".repeat(300) + "encoder";
    let found = ask(&index(&[["encoder", "", "encoder", ""], ["", "", &long, ""]]), &[word("encodre")]);
    assert_eq!(hits(&found), [0, 1]);
    let found = ask(&index(&[["encodes", "", "encodes", ""], ["", "", &long, ""]]), &[word("encoder")]);
    assert_eq!((hits(&found), found.quality), (vec![0, 1], MatchQuality::Fuzzy));
    assert!(found.scores[1] > found.scores[0]);
    assert!(found.corrected.is_empty());
}

#[test]
fn ignores_typos_if_ten_documents_match_exactly() {
    let texts = |exact| [vec!["encoder"; exact], vec!["encodex"]].concat();
    assert_eq!(hits(&ask(&notes(&texts(10)), &[word("encoder")])).len(), 10);
    assert_eq!(hits(&ask(&notes(&texts(9)), &[word("encoder")])).len(), 10);
}

#[test]
fn accepts_no_typo_in_an_exact_term() {
    let index = notes(&["sparse encoder", "encodes"]);
    let exact = |text| QueryTerm { is_exact: true, ..word(text) };
    assert!(hits(&ask(&index, &[exact("encodre")])).is_empty());
    let found = ask(&index, &[exact("encoder"), word("spasre")]);
    assert_eq!((hits(&found), found.quality), (vec![0], MatchQuality::Fuzzy));
    assert_eq!(index.search_exact(&word("encodre").into()), [0, 0]);
    assert!(index.search_exact(&word("encoders").into())[0] > 0);
}

#[test]
fn finds_plurals_by_singulars_and_back() {
    for (one, many) in [("autoencoder", "autoencoders"), ("category", "categories"), ("analysis", "analyses")]
    {
        for (text, typed) in [(one, many), (many, one), (one, one), (many, many)] {
            let found = ask(&notes(&[text]), &[word(typed)]);
            assert_eq!((hits(&found), found.quality), (vec![0], MatchQuality::Exact), "{typed} in {text}");
        }
        // Every step on the way to the plural finds it.
        for end in 1..=many.len() {
            let found = ask(&notes(&[many]), &[begin(&many[..end])]);
            assert_eq!((hits(&found), found.quality), (vec![0], MatchQuality::Exact), "{}", &many[..end]);
        }
    }
}

#[test]
fn finds_words_of_many_scripts() {
    let texts = ["日本語のテスト", "الشبكة العصبية", "רשת נוירונים", "нейронная сеть", "reseau 本 neuronal"];
    let index = notes(&texts);
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
        assert_eq!(hits(&ask(&index, &[word(typed)])), expected, "{typed}");
    }
    for (typed, expected) in [("日本", 0), ("الع", 1), ("נוי", 2), ("ней", 3), ("neu", 4), ("n", 4)]
    {
        assert_eq!(hits(&ask(&index, &[begin(typed)])), [expected], "{typed}");
    }
}

#[test]
fn accepts_most_of_the_words_if_no_document_has_all() {
    let index = notes(&["sparse coding of images", "sparse coding", "images", "music"]);
    let found = ask(&index, &[word("sparse"), word("coding"), word("music")]);
    assert_eq!((hits(&found), found.quality), (vec![0, 1], MatchQuality::Partial));
    let found = ask(&index, &[word("sparse"), word("qqqqqqqq")]);
    assert_eq!((hits(&found), found.quality), (vec![0, 1], MatchQuality::Partial));
    // Two words that are both known and never met together: none is left out.
    assert_eq!(hits(&ask(&index, &[word("sparse"), word("music")])), [0; 0]);
    assert_eq!(hits(&ask(&index, &[word("qqqqqqqq")])), [0; 0]);
}

#[test]
fn suggests_the_nearest_words() {
    let index = notes(&["encoder decoder", "encoder", "decode"]);
    let near = |text, most| {
        let near = index.suggest_spellings(text, most).into_iter();
        near.map(|near| (near.word, near.distance, near.document_frequency)).collect::<Vec<_>>()
    };
    assert_eq!(near("encoder", 2), [("encoder".to_owned(), 0, 2)]);
    assert_eq!(near("encodres", 2), [("encoder".to_owned(), 1, 2)]);
    assert_eq!(near("decoedr", 1), [("decoder".to_owned(), 1, 1)]);
    assert_eq!(near("enc", 5), []);
    assert_eq!(near("", 5), []);
}

#[test]
fn finds_everything_if_a_query_has_no_words() {
    let index = notes(&["a", "b"]);
    for text in ["", " ", "?!,. -—…", "\"", "\u{301}"] {
        assert_eq!(ask(&index, &[word(text)]).scores, [1, 1], "{text}");
    }
    assert_eq!(index.search(&[]).scores, [1, 1]);
    assert_eq!(index.search(&[Alternatives::default()]).scores, [1, 1]);
}

#[test]
fn answers_a_pasted_page() {
    let index = notes(&["alpha beta gamma", "alpha"]);
    let words: Vec<String> = (0..5_000).map(|at| format!("alpha{at}")).collect();
    let page = words.join(" ");
    ask(&index, &words.iter().map(|text| word(text)).collect::<Vec<_>>());
    ask(&index, &[begin(&page)]);
    ask(&index, &[begin(&"x".repeat(10_000)), word(&"語".repeat(10_000))]);
    ask(&index, &[word(&"'".repeat(10_000))]);
    index.suggest_spellings(&"alpha".repeat(2_000), 10);
    // What is the same for 32 words is enough.
    let found = ask(&index, &[word(&"alpha ".repeat(5_000))]);
    assert_eq!(hits(&found), [0, 1]);
}

#[test]
fn opens_an_index_without_documents() {
    for texts in [&[][..], &[""]] {
        let index = notes(texts);
        assert_eq!(index.document_count(), texts.len());
        assert!(hits(&ask(&index, &[word("alpha"), begin("a")])).is_empty());
        assert!(index.suggest_spellings("alpha", 3).is_empty());
        assert_eq!(index.synonyms().count(), 0);
    }
}

#[test]
fn returns_accepted_words_as_they_are_indexed() {
    // What marks texts compares the same stems.
    let index = notes(&["Boxes of categories".to_lowercase().as_str()]);
    for accepted in ask(&index, &[word("boxes"), word("category")]).accepted {
        assert_eq!(stem(&accepted.word), accepted.word);
    }
}
