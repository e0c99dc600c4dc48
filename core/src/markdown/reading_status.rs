//! The status of a paper as its author marks it: `✅`, `[done]`, `(WIP)`, `Status: reading`.

use crate::notebook::{Block, Property, Reference, Span, plain};

/// The longest text that can be a status, in bytes.
const MAX_STATUS_BYTES: usize = 40;

/// Emoji and the status that they say.
const EMOJI: [(&[char], &str); 3] = [
    (&['✅', '✔', '☑', '✓'], "done"),
    (&['❌', '✗', '☐', '⬜'], "to-do"),
    (&['🚧', '⏳', '🔄', '🏗'], "in-progress"),
];

/// Names of such emoji as GitHub and Slack write them.
const EMOJI_CODES: [(&str, &str); 9] = [
    (":white_check_mark:", "done"),
    (":heavy_check_mark:", "done"),
    (":ballot_box_with_check:", "done"),
    (":check:", "done"),
    (":x:", "to-do"),
    (":white_large_square:", "to-do"),
    (":construction:", "in-progress"),
    (":hourglass_flowing_sand:", "in-progress"),
    (":hourglass:", "in-progress"),
];

/// Answers in a column such as `Read`, in lower case.
const ANSWERS: [(&[&str], &str); 2] = [
    (&["x", "yes", "y", "true", "是", "已", "はい", "예", "да", "sí", "si", "sim", "oui", "ja"], "done"),
    (&["no", "n", "false", "否", "いいえ", "아니요", "нет", "não", "non", "nein"], "to-do"),
];

/// Words that are a status by themselves, in brackets or before a colon.
const WORDS: [&str; 42] = [
    "done",
    "read",
    "reading",
    "to-read",
    "toread",
    "todo",
    "to-do",
    "wip",
    "in-progress",
    "finished",
    "completed",
    "complete",
    "unread",
    "skimmed",
    "queued",
    "paused",
    "abandoned",
    "not-started",
    "not-read",
    "reviewed",
    "已读",
    "未读",
    "在读",
    "待读",
    "读完",
    "完成",
    "進行中",
    "读了",
    "読了",
    "未読",
    "완료",
    "읽음",
    "прочитано",
    "читаю",
    "leído",
    "pendiente",
    "lu",
    "gelesen",
    "offen",
    "lido",
    "fatto",
    "letto",
];

/// Forms of "to read" before a title, in lower case.
const VERBS: [&str; 22] = [
    "read",
    "reading",
    "reread",
    "finished",
    "started",
    "skimmed",
    "gelesen",
    "lu",
    "lecture",
    "leído",
    "leyendo",
    "lido",
    "lendo",
    "letto",
    "прочитал",
    "прочитала",
    "прочитано",
    "читаю",
    "阅读",
    "读了",
    "読んだ",
    "읽음",
];

/// Words that may accompany them.
const BESIDE_VERBS: [&str; 7] = ["the", "paper", "article", "de", "das", "论文", "論文"];

/// Returns true if the text before a title only says that it was read, and perhaps when: `2024-05-01: read`, `Finished reading`.
pub(super) fn is_reading_phrase(text: &str) -> bool {
    if text.len() > 2 * MAX_STATUS_BYTES {
        return false;
    }
    let text = marker(text).map_or(text, |(_, rest)| rest);
    let lower = text.to_lowercase().replace('-', "");
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let mut has_verb = false;
    words.all(|word| {
        has_verb |= VERBS.contains(&word);
        VERBS.contains(&word) || BESIDE_VERBS.contains(&word)
    }) && has_verb
}

/// Task markers of Logseq and Org mode, at the beginning of an item, and their statuses.
const MARKERS: [(&str, &str); 7] = [
    ("TODO", "to-do"),
    ("LATER", "to-do"),
    ("WAITING", "to-do"),
    ("DOING", "in-progress"),
    ("NOW", "in-progress"),
    ("DONE", "done"),
    ("CANCELED", "abandoned"),
];

/// Returns the status of the marker that a text begins with, and the text behind it.
pub(super) fn marker(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim_start();
    let (rest, status) =
        MARKERS.iter().find_map(|(word, status)| Some((text.strip_prefix(word)?, *status)))?;
    rest.chars().next().is_none_or(char::is_whitespace).then_some((status, rest))
}

/// Names of the line or column that has the status.
const NAMES: [&str; 10] =
    ["status", "state", "progress", "状态", "状態", "상태", "статус", "estado", "statut", "stato"];

/// Adds the status that the text of a paper names, unless a property does.
pub(super) fn add(paper: &mut Reference) {
    if paper.properties.iter().any(|property| property.name == Property::STATUS) {
        return;
    }
    if let Some(value) = status_in_text(paper) {
        paper.properties.push(property(value));
    }
}

/// Returns the property of a status.
pub(super) fn property(value: String) -> Property {
    Property { name: Property::STATUS.to_owned(), value }
}

/// Returns the properties without a status that the text names too.
pub(super) fn explicit(paper: &Reference) -> &[Property] {
    match paper.properties.split_last() {
        Some((last, before))
            if last.name == Property::STATUS
                && status_in_text(paper).as_deref() == Some(last.value.as_str()) =>
        {
            before
        }
        _ => &paper.properties,
    }
}

/// Returns the status that the line of a paper names, or else its notes.
fn status_in_text(paper: &Reference) -> Option<String> {
    let (before, after) = paper.byline.split_at_checked(paper.before_title).unwrap_or((&paper.byline, &[]));
    // After an empty check box, `Read` is a task.
    let is_ahead = |status: &String| paper.checked == Some(false) && status == "read";
    before_title(&plain(before))
        .filter(|status| !is_ahead(status))
        .or_else(|| behind_title(&plain(after)))
        .or_else(|| in_notes(&paper.notes))
        .or_else(|| paper.checked.map(|is_done| if is_done { "done" } else { "to-do" }.to_owned()))
}

/// Reads what stands before a title: `✅`, `[done]`, `(WIP)`, `TODO:`.
pub(super) fn before_title(text: &str) -> Option<String> {
    if text.len() > 4 * MAX_STATUS_BYTES {
        return None;
    }
    if let Some((status, _)) = marker(text) {
        return Some(status.to_owned());
    }
    let mut parts = text.trim().split([':', '：']);
    emoji(text).or_else(|| in_brackets(text)).or_else(|| parts.find_map(word))
}

/// Reads what stands behind a title: an emoji at the end, or a status in brackets.
fn behind_title(text: &str) -> Option<String> {
    let end = text.trim_end().char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let last = text.get(end..).unwrap_or_default();
    emoji(last).or_else(|| if text.len() <= 20 * MAX_STATUS_BYTES { in_brackets(text) } else { None })
}

fn in_brackets(text: &str) -> Option<String> {
    text.split(['(', '[', '（', '【']).skip(1).find_map(|part| {
        let inside = part.split([')', ']', '）', '】']).next()?;
        named(inside).or_else(|| word(inside))
    })
}

fn in_notes(notes: &[Block]) -> Option<String> {
    notes.iter().take(8).find_map(|block| match block {
        Block::Field { label, text, .. } if is_name(label) => value(&plain(text)),
        Block::Para(spans) => lines(spans),
        Block::List { items, .. } => items.iter().take(8).find_map(|item| match item.blocks.first() {
            Some(Block::Para(spans)) => lines(spans),
            _ => None,
        }),
        _ => None,
    })
}

fn lines(spans: &[Span]) -> Option<String> {
    // A status is a short line: one of the first words.
    let text = plain(spans.get(..4).unwrap_or(spans));
    if text.contains([':', '：']) { text.lines().take(8).find_map(named) } else { None }
}

/// Reads `status: reading` or `status:: reading`.
fn named(text: &str) -> Option<String> {
    let (name, rest) = text.split_once([':', '：'])?;
    if is_name(name) { value(rest.trim_start_matches(':')) } else { None }
}

pub(super) fn is_name(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    name.len() <= MAX_STATUS_BYTES && NAMES.contains(&name.to_lowercase().as_str())
}

/// Returns a status in small letters, with hyphens between its words. Any short words are one, where its name says so.
pub(super) fn value(text: &str) -> Option<String> {
    if let Some(status) = emoji(text) {
        return Some(status);
    }
    let text = text.trim().trim_matches(['[', ']', '"', '.', '#']).trim();
    if text.is_empty() || text.len() > MAX_STATUS_BYTES || text.split_whitespace().count() > 3 {
        return None;
    }
    let value = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let is_value = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/'));
    (is_value && value.contains(char::is_alphabetic)).then_some(value)
}

/// Returns the status in a cell of a status column: any status, or an answer such as `yes` or `[x]`.
pub(super) fn in_cell(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['[', ']', '(', ')', '.', ' ']).to_lowercase();
    if bare.is_empty() && text.contains('[') {
        return Some("to-do".to_owned());
    }
    let answer = ANSWERS.iter().find(|(all, _)| all.contains(&bare.as_str()));
    answer.map(|(_, status)| (*status).to_owned()).or_else(|| value(text))
}

/// Returns a word that is a status wherever it stands.
fn word(text: &str) -> Option<String> {
    value(text).filter(|value| WORDS.contains(&value.as_str()))
}

fn emoji(text: &str) -> Option<String> {
    let code = EMOJI_CODES.iter().find(|(code, _)| text.trim() == *code);
    if let Some((_, status)) = code {
        return Some((*status).to_owned());
    }
    let c = text.chars().find(|c| !c.is_ascii())?;
    EMOJI.iter().find(|(all, _)| all.contains(&c)).map(|(_, status)| (*status).to_owned())
}
