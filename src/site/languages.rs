//! Translations of the strings on the screen: lists beside this file, by the names that
//! `src/view/strings/messages.rs` gives them.

use std::path::Path;
use std::sync::LazyLock;

use notebook_core::notebook::{Notebook, language};
use serde_json::Value;

use super::Failure;
use super::files::write_file;
use super::integrity::content_hash;
use crate::view::strings;

/// The languages by their primary subtags (BCP 47), each with its list of translations.
const LANGUAGES: [(&str, &str); 3] = [
    ("ar", include_str!("languages/ar.txt")),
    ("es", include_str!("languages/es.txt")),
    ("zh", include_str!("languages/zh.txt")),
];

/// Stands for a space at the end of a line, which editors would remove.
const VISIBLE_SPACE: &str = "␣";

/// The messages of each language, in the order of [`strings::ALL`].
static TRANSLATIONS: LazyLock<[Vec<&'static str>; 3]> =
    LazyLock::new(|| LANGUAGES.map(|(_, list)| translate_all(list)));

fn translate_all(list: &'static str) -> Vec<&'static str> {
    let all = strings::ALL.iter();
    all.map(|(name, message)| {
        parse_list(list).find(|(known, _)| known == name).map_or(message.english(), translated_text)
    })
    .collect()
}

/// Parses a list into names and texts.
fn parse_list(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "))
}

fn translated_text((_, text): (&'static str, &'static str)) -> &'static str {
    if text.contains(VISIBLE_SPACE) { text.replace(VISIBLE_SPACE, " ").leak() } else { text }
}

/// Sets the language of the page, in this thread, to that of a notebook; to English if there is no translation.
pub(super) fn use_language_of(notebook: &Notebook) {
    let main = language::primary_subtag(notebook.language());
    let known = LANGUAGES.iter().position(|(name, _)| main.eq_ignore_ascii_case(name));
    strings::set_translation(known.and_then(|at| TRANSLATIONS.get(at)).map_or(&[], Vec::as_slice));
}

/// Writes the current translation for the client, which contains English itself. Returns the name of the file; `None` for
/// English.
pub(super) fn write(out: &Path) -> Result<Option<String>, Failure> {
    let translation = strings::translation();
    if translation.is_empty() {
        return Ok(None);
    }
    let list = Value::from(translation.to_vec()).to_string();
    let name = format!("words-{}.json", content_hash(list.as_bytes()));
    write_file(&out.join(&name), list.as_bytes())?;
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the placeholders in a text, sorted.
    fn placeholders(text: &str) -> Vec<&str> {
        let mut placeholders: Vec<&str> =
            text.split('{').skip(1).filter_map(|piece| piece.get(..1)).collect();
        placeholders.sort_unstable();
        placeholders
    }

    #[test]
    fn every_language_translates_exactly_the_messages() {
        for (language, list) in LANGUAGES {
            let names: Vec<&str> = parse_list(list).map(|(name, _)| name).collect();
            let all: Vec<&str> = strings::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, all, "{language}: the names of all messages, in their order");
            assert!(parse_list(list).all(|(_, text)| !text.trim().is_empty()), "{language}");
        }
    }

    #[test]
    fn language_is_chosen_by_primary_subtag() {
        let shown_in = |lang: &str| {
            let notebook = notebook_core::markdown::read(&format!("---\nlang: {lang}\n---\n")).notebook;
            use_language_of(&notebook);
            (strings::SKIP_TO_CONTENT.text(), strings::SHOWING_RESULTS_FOR.text())
        };
        assert_eq!(shown_in("es-MX"), ("Saltar al contenido", "Mostrando resultados de "));
        assert_eq!(shown_in("zh"), ("跳到正文", "以下是此搜索的结果："));
        assert_eq!(shown_in("fr"), ("Skip to content", "Showing results for "));
    }

    #[test]
    fn translations_have_the_placeholders_of_english() {
        for (language, list) in LANGUAGES {
            let forms = match language {
                "ar" => 6,
                "zh" => 1,
                _ => 2,
            };
            for ((name, message), (_, text)) in strings::ALL.iter().zip(parse_list(list)) {
                let english = message.english().split('|').next_back().unwrap_or_default();
                let form = text.split('|').next_back().unwrap_or_default();
                assert_eq!(placeholders(form), placeholders(english), "{language}: {name} = {text}");
                let count = text.split('|').count();
                assert!(count == 1 || count == forms, "{language}: {name} has {count} forms");
            }
        }
    }
}
