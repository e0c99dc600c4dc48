//! What the page says in other languages than English: lists of words beside this file, by the names that
//! `src/view/strings/list.rs` gives them.

use std::path::Path;
use std::sync::LazyLock;

use notebook_core::notebook::{Notebook, language};
use serde_json::Value;

use super::folder::put;
use super::{Failure, program};
use crate::view::strings;

/// The languages, by their subtags (BCP 47), and what they say.
const LANGUAGES: [(&str, &str); 3] = [
    ("ar", include_str!("languages/ar.txt")),
    ("es", include_str!("languages/es.txt")),
    ("zh", include_str!("languages/zh.txt")),
];

/// Stands for a space at an end of a line, where editors take one away.
const SPACE: &str = "␣";

/// The words of each language, in the order of all words.
static WORDS: LazyLock<[Vec<&'static str>; 3]> = LazyLock::new(|| LANGUAGES.map(|(_, list)| words(list)));

fn words(list: &'static str) -> Vec<&'static str> {
    let all = strings::ALL.iter();
    all.map(|(name, word)| lines(list).find(|(known, _)| known == name).map_or(word.english(), said))
        .collect()
}

/// What a list says: names and texts.
fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "))
}

fn said((_, text): (&'static str, &'static str)) -> &'static str {
    if text.contains(SPACE) { text.replace(SPACE, " ").leak() } else { text }
}

/// Speaks the language of a notebook from now on, in this thread; English where the page has no words of it.
pub(super) fn speak(notebook: &Notebook) {
    let main = language::main(notebook.language());
    let known = LANGUAGES.iter().position(|(name, _)| main.eq_ignore_ascii_case(name));
    strings::speak(known.and_then(|at| WORDS.get(at)).map_or(&[], Vec::as_slice));
}

/// Writes what is spoken for the page's program, which has English by itself. The name of the file; none in English.
pub(super) fn publish(out: &Path) -> Result<Option<String>, Failure> {
    let spoken = strings::spoken();
    if spoken.is_empty() {
        return Ok(None);
    }
    let list = Value::from(spoken.to_vec()).to_string();
    let name = format!("words-{}.json", program::name(list.as_bytes()));
    put(&out.join(&name), list.as_bytes())?;
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places for values in a text, in order.
    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> = text.split('{').skip(1).filter_map(|piece| piece.get(..1)).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn every_language_has_every_word_and_no_other() {
        for (language, list) in LANGUAGES {
            let names: Vec<&str> = lines(list).map(|(name, _)| name).collect();
            let all: Vec<&str> = strings::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, all, "{language}: names are those of all words, in their order");
            assert!(lines(list).all(|(_, text)| !text.trim().is_empty()), "{language}");
        }
    }

    #[test]
    fn a_language_is_spoken_whatever_its_region() {
        let said = |lang: &str| {
            let notebook = notebook_core::markdown::read(&format!("---\nlang: {lang}\n---\n")).notebook;
            speak(&notebook);
            (strings::SKIP.text(), strings::SHOWING.text())
        };
        assert_eq!(said("es-MX"), ("Ir al cuaderno", "Se muestra "));
        assert_eq!(said("zh"), ("跳到笔记正文", "显示的是："));
        assert_eq!(said("fr"), ("Skip to the notebook", "Showing "));
    }

    #[test]
    fn words_have_the_same_places_for_values_in_every_language() {
        for (language, list) in LANGUAGES {
            let forms = match language {
                "ar" => 6,
                "zh" => 1,
                _ => 2,
            };
            for ((name, word), (_, text)) in strings::ALL.iter().zip(lines(list)) {
                let english = word.english().split('|').next_back().unwrap_or_default();
                let form = text.split('|').next_back().unwrap_or_default();
                assert_eq!(places(form), places(english), "{language}: {name} = {text}");
                let has = text.split('|').count();
                assert!(has == 1 || has == forms, "{language}: {name} has {has} forms");
            }
        }
    }
}
