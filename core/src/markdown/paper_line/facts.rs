//! Authors, venue, date and keywords of a paper, from the words around its title and from its notes.

use std::borrow::Cow;

use super::fact_lines::{is_date, is_fact_line, label_of, lines_of};
use super::links::is_only_venue_or_date;
use super::title::is_title;
use crate::markdown::detail_label::{DetailLabel, detail_label, is_detail_label};
use crate::markdown::detail_table::as_lines;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_address, is_label, kind_from_label};
use crate::markdown::reading_status;
use crate::markdown::reference_text::{credit_in, is_credit_of_several};
use crate::markdown::venue::{
    date_in, has_others, is_award_word, is_employer, is_institution, is_short_event, names_in,
    starts_with_venue, venue_in,
};
use crate::notebook::{Block, PaperDate, Span, plain};
use crate::unicode::split_at_boundary;

/// Most bullets below a title that are read as details.
const MAX_DETAIL_BULLETS: usize = 20;
/// Longest paragraph or bullet that is read as details, in bytes.
const MAX_DETAIL_BYTES: usize = 1000;

/// Facts in a line besides its title and links.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) authors: Vec<String>,
    pub(super) venue: Option<String>,
    pub(super) date: PaperDate,
    pub(super) keywords: Vec<String>,
    /// A date alone on a line below the title: when the paper appeared, or when the note was written.
    pub(super) lone_date: PaperDate,
}

impl Facts {
    pub(super) fn read_before(&mut self, before: &[Span]) {
        let text = plain(before);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // The date in `2024-05-01: read` is not that of publication.
        if reading_status::is_reading_phrase(text) {
            return;
        }
        self.date = date_in(text);
        self.venue = venue_in(text);
        let bare = text.trim_end_matches([':', '"', '“', ' ']);
        let is_initial = bare.rsplit([' ', ',']).next().is_some_and(|word| word.chars().count() == 2)
            && bare.matches('.').count() > 1;
        let bare = if is_initial { bare } else { bare.trim_end_matches(['.', ':', '"', '“', ' ']) };
        if let Some(names) =
            names_in(bare, false).or_else(|| credit_in(bare)).or_else(|| one_name(text, bare))
        {
            self.authors = names;
            return;
        }
        for span in before {
            match span {
                Span::Strong(inner) => {
                    let name = plain(inner);
                    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
                    if is_title(name)
                        && name.split_whitespace().count() <= 3
                        && kind_from_label(name).is_none()
                    {
                        self.keywords.push(name.to_owned());
                    }
                }
                Span::Text(text) => self.read_brackets(text),
                _ => {}
            }
        }
    }

    /// `[CNN][Paper]`: keywords.
    fn read_brackets(&mut self, text: &str) {
        for part in text.split('[').skip(1) {
            let Some((inside, _)) = part.split_once(']') else { continue };
            let inside = inside.trim();
            let is_keyword = !inside.is_empty()
                && inside.chars().count() <= 40
                && inside.chars().any(char::is_alphabetic)
                && !starts_with_venue(inside)
                && kind_from_label(inside).is_none()
                && date_in(inside).year.is_none();
            if is_keyword {
                self.keywords.push(inside.to_owned());
            }
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one scan of what follows a title, whose arms share the facts read so far"
    )]
    pub(super) fn read_after(&mut self, after: &[Span]) {
        // A note after a colon may be long; facts about the paper are near its title.
        let mut text = String::new();
        let mut plain_text = String::new();
        let are_linked_names = after.iter().filter(|span| is_linked_person(span)).count() > 1;
        for span in after {
            match span {
                Span::Link { text: label, url, .. } => {
                    let label = plain(label);
                    let credit =
                        if plain_text.chars().any(char::is_alphanumeric) { None } else { credit_in(&label) };
                    if let Some(names) = credit {
                        if self.authors.is_empty() {
                            self.authors = names;
                        }
                        text.push_str(&label);
                    } else if is_only_venue_or_date(&label)
                        || is_short_event(&label)
                        || date_in(&label).year.is_some() && kind_from_label(&label).is_some()
                    {
                        text.push_str(&label);
                    } else if are_linked_names && is_person(&label) {
                        text.push_str(&label);
                        plain_text.push_str(&label);
                    } else if !is_address(&label, url) {
                        text.push(' ');
                    }
                }
                Span::Em(inner) => {
                    let words = without_marks(inner);
                    // Brackets contain an institution.
                    if self.authors.is_empty()
                        && !plain_text.ends_with(['(', '（'])
                        && let Some(names) = authors_in(&words)
                    {
                        self.authors = names;
                    }
                    text.push_str(&words);
                }
                Span::Code(code) => {
                    self.keywords.push(code.clone());
                    text.push(' ');
                }
                Span::Break {} => {
                    text.push_str(". ");
                    plain_text.push_str(". ");
                }
                Span::Text(words) => {
                    text.push_str(words);
                    plain_text.push_str(words);
                }
                other => text.push_str(&plain(std::slice::from_ref(other))),
            }
            if text.len() > 1500 {
                break;
            }
        }
        let line = text.as_str();
        let date = date_in(line);
        let labeled = after.iter().any(|span| as_link(span).is_some());
        // What is far behind belongs to a note.
        let near = line.split(": ").next().unwrap_or_default();
        let near = if labeled || near.len() > 20 { line } else { near };
        if self.date.is_empty() {
            self.date = date;
        }
        if self.venue.is_none() {
            self.venue = venue_in(near);
        }
        if self.authors.is_empty()
            && let Some(names) = authors_in(&plain_text)
        {
            self.authors = names;
        }
        // `(CfM)` right behind the title.
        let behind = line.trim_start();
        if let Some((name, _)) = behind.strip_prefix('(').and_then(|rest| rest.split_once(')'))
            && name.len() <= 16
            && name.split_whitespace().count() == 1
            && name.chars().next().is_some_and(char::is_alphabetic)
            && !starts_with_venue(name)
            && kind_from_label(name).is_none()
        {
            self.keywords.push(name.to_owned());
        }
    }

    /// Details below the line: a bullet or paragraph of names, `Authors: …`, `Date: …`, `Key: [a], [b]`.
    pub(super) fn read_notes(&mut self, notes: &[Block]) {
        let notes = notes.iter().skip_while(|block| is_blank(block));
        // A quote right below the title has its details; any other is one of what the paper says.
        let quoted = match notes.clone().next() {
            Some(Block::Quote { blocks, .. }) => blocks.as_slice(),
            _ => &[],
        };
        let table = notes.clone().next().and_then(as_lines);
        let notes: Vec<&Block> = quoted.iter().chain(&table).chain(notes).collect();
        let first_list = notes.iter().find_map(|block| match block {
            Block::List { items, .. } => Some(items),
            _ => None,
        });
        let bullets = first_list.into_iter().flatten().filter_map(|item| match item.blocks.first() {
            Some(Block::Para(spans)) => Some(spans.as_slice()),
            _ => None,
        });
        let is_detail = |spans: &[Span]| label_of(spans).is_some_and(|(label, _)| is_detail_label(&label));
        let is_among_details = bullets.clone().take(MAX_DETAIL_BULLETS).any(is_detail);
        let paragraphs = notes.iter().filter_map(|block| match block {
            Block::Para(spans) => Some(spans.as_slice()),
            _ => None,
        });
        for (number, spans) in paragraphs.take(1).chain(bullets.take(MAX_DETAIL_BULLETS)).enumerate() {
            self.read_detail_lines(spans, number < 2, is_among_details);
        }
        for block in notes {
            if let Block::Field { label, text, .. } = block {
                let mut spans = vec![Span::Text(format!("{label}: "))];
                spans.extend_from_slice(text);
                self.read_detail_lines(&spans, false, true);
            }
        }
    }

    /// Reads the lines of a paragraph or bullet. `may_be_names`: without a label, its first words may be names.
    fn read_detail_lines(&mut self, spans: &[Span], may_be_names: bool, is_among_details: bool) {
        let lines: Vec<_> = lines_of(spans).into_iter().map(|line| (words_of_detail(&line), line)).collect();
        if lines.iter().map(|(words, _)| words.len()).sum::<usize>() > MAX_DETAIL_BYTES {
            return;
        }
        let is_labeled = lines.iter().any(|(words, _)| words.contains([':', '：']));
        if may_be_names && !is_labeled {
            let words: Vec<&str> = lines.iter().map(|(words, _)| words.as_str()).collect();
            self.read_credit(&words.join("\n"), is_among_details);
        }
        for (words, line) in &lines {
            if label_of(line).is_none() && is_fact_line(line) {
                self.read_fact_line(words);
            }
            for part in words.split(['·', '|', '｜']) {
                self.read_detail(part);
            }
        }
    }

    /// `ICML 2021 | [Paper](…)`, `Ada Brook, Omar Rizk. CVPR 2020.`
    fn read_fact_line(&mut self, words: &str) {
        if is_date(words.trim_matches(|c: char| !c.is_alphanumeric())) {
            self.lone_date = date_in(words);
            return;
        }
        if self.date.is_empty() {
            self.date = date_in(words);
        }
        if self.venue.is_none() {
            self.venue = venue_in(words);
        }
        if self.authors.is_empty() {
            let are_people =
                |names: &Vec<String>| words.contains("et al") || names.iter().any(|name| name.contains(' '));
            self.authors = authors_in(words).filter(are_people).unwrap_or_default();
        }
    }

    /// `Name, Name, Venue, Year`.
    ///
    /// `is_among_details`: other lines have labels, so that one name is enough.
    fn read_credit(&mut self, words: &str, is_among_details: bool) {
        // One name, or words that are no whole names, may be anything: `Vision Paper`, `Squeeze and Excitation`.
        let are_people = |names: &Vec<String>| {
            let whole = names.iter().filter(|name| name.contains([' ', '.', ','])).count();
            let is_sure =
                |name: &String| name.contains('.') || is_among_details || date_in(words).year.is_some();
            let is_of_people = names.iter().any(|name| !is_employer(name));
            has_others(words)
                || is_of_people
                    && (whole * 2 >= names.len() || words.contains(','))
                    && (names.len() > 1 || names.iter().any(is_sure))
        };
        if self.authors.is_empty()
            && let Some(names) = authors_in(words).filter(are_people)
        {
            self.authors = names;
            if self.date.is_empty() {
                self.date = date_in(words);
            }
            if self.venue.is_none() {
                self.venue = venue_in(words);
            }
        }
    }

    fn read_detail(&mut self, part: &str) {
        let Some((name, value)) = part.split_once([':', '：']) else { return };
        let value = value.trim_start_matches(':').trim();
        let is_intro = name.trim().eq_ignore_ascii_case("intro");
        match detail_label(name) {
            Some(DetailLabel::Authors) if self.authors.is_empty() => {
                self.authors = names_in(without_full_stop(value), true).unwrap_or_default();
            }
            Some(DetailLabel::Date) if self.date.is_empty() => self.date = date_in(value),
            Some(DetailLabel::Venue) => self.read_venue(value, true),
            Some(DetailLabel::Published) => self.read_venue(value, false),
            None if is_intro => self.read_venue(value, false),
            Some(DetailLabel::Keywords) => {
                let values = value.split([',', ';', '，']).map(|word| word.trim().trim_matches(['[', ']']));
                self.keywords.extend(values.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }

    /// Reads a venue and a date. `is_named`: a name that is not listed is a venue too, because its label says so.
    fn read_venue(&mut self, value: &str, is_named: bool) {
        if self.venue.is_none() {
            let is_name = is_named && !value.is_empty() && value.len() < 80;
            self.venue = venue_in(value).or_else(|| is_name.then(|| value.to_owned()));
        }
        if self.date.is_empty() {
            self.date = date_in(value);
        }
    }
}

/// Returns names without the full stop that ends their sentence; that of an initial stays.
fn without_full_stop(names: &str) -> &str {
    let bare = names.trim_end().strip_suffix('.');
    bare.filter(|bare| bare.chars().rev().take_while(|c| c.is_alphabetic()).count() > 2).unwrap_or(names)
}

/// Returns the one author before a title, as a whole name: `Ada Brook.`
fn one_name(text: &str, bare: &str) -> Option<Vec<String>> {
    let is_whole = (2..=4).contains(&bare.split_whitespace().count());
    let ends_a_name = text.ends_with('.') || text.ends_with(char::is_alphabetic);
    let is_other = || {
        kind_from_label(bare).is_some()
            || bare.split(' ').any(|word| is_award_word(word) || kind_from_label(word).is_some())
            || starts_with_venue(bare)
    };
    if is_whole && ends_a_name && !is_other() { names_in(bare, true) } else { None }
}

/// Returns true for pictures and other blocks without words.
fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Para(spans) if !plain(spans).chars().any(char::is_alphanumeric))
}

/// Returns the words of a detail without its labels that are links: `[Paper](…) [Code](…)` are no names.
fn words_of_detail(line: &[Span]) -> String {
    let mut words = String::new();
    for span in line {
        match (as_link(span), span) {
            (Some((url, _, text)), _) if is_label(&text, &url) => {
                let text = plain(&text);
                let is_fact = date_in(&text).year.is_some();
                words.push_str(if is_fact && !is_address(&text, &url) { &text } else { " | " });
            }
            (_, Span::Sup(_)) => {}
            (_, other) => words.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    words
}

/// Returns true if the text of a link can be one person's name.
fn is_person(label: &str) -> bool {
    (2..=4).contains(&label.split_whitespace().count())
        && kind_from_label(label).is_none()
        && names_in(label, true).is_some_and(|names| names.len() == 1)
}

fn is_linked_person(span: &Span) -> bool {
    matches!(span, Span::Link { text, .. } if is_person(&plain(text)))
}

/// Returns the text of spans without the raised marks of footnotes behind names: `Ada Brook<sup>1</sup>`.
fn without_marks(spans: &[Span]) -> Cow<'_, str> {
    if !spans.iter().any(|span| matches!(span, Span::Sup(_))) {
        return plain(spans);
    }
    let rest = spans.iter().filter(|span| !matches!(span, Span::Sup(_)));
    rest.map(|span| plain(std::slice::from_ref(span))).collect::<String>().into()
}

/// Returns authors that are grouped by employer, without the employers: `Ada Brook and Omar Rizk, Coast University; Lena Fox, Acme`.
fn without_employers(text: &str) -> Option<String> {
    let groups: Vec<(&str, &str)> =
        text.split(';').map(|group| group.rsplit_once(',')).collect::<Option<_>>()?;
    let are_places = groups.len() > 1 && groups.iter().any(|(_, place)| is_institution(place));
    are_places.then(|| groups.into_iter().map(|(people, _)| people.trim()).collect::<Vec<_>>().join(", "))
}

/// Names at the beginning of a text, up to a full stop, a bracket or what is no name: `Okoro et al., ICML 2021`.
#[allow(clippy::too_many_lines, reason = "the rules for names, in their order")]
fn authors_in(text: &str) -> Option<Vec<String>> {
    // `(Okoro et al., 2016)`
    let credit =
        text.trim_start().strip_prefix(['(', '（']).and_then(|inside| inside.split_once([')', '）']));
    if let Some(names) =
        credit.filter(|(inside, _)| is_credit_of_several(inside)).and_then(|(inside, _)| credit_in(inside))
    {
        return Some(names);
    }
    // After a colon there is a note, where one name is a word like any other.
    let is_note = text.trim_start().starts_with([':', '：', '-', '–', '—']);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    // `(2012), M. Okoro`: the year in brackets before.
    let text = match text.find(')') {
        Some(at)
            if credit.is_some() && date_in(text.get(..at).unwrap_or_default()).year.is_some() && at < 30 =>
        {
            text.get(at + 1..).unwrap_or_default()
        }
        _ => text,
    };
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').trim_start_matches("by ");
    if let Some(at) = text.find("et al")
        && let Some(names) = names_in(text.get(..at + 5)?, true)
    {
        return Some(names);
    }
    let people = without_employers(text);
    let mut names = Vec::new();
    let mut rest = people.as_deref().unwrap_or(text);
    loop {
        let end = rest.find([',', '，', '、', ';', '&', '[', '(', '|', '\n', '"']).unwrap_or(rest.len());
        let (piece, behind) = split_at_boundary(rest, end);
        // A full stop behind a long word ends the names; behind an initial it does not.
        let stop = piece.match_indices(". ").map(|(at, _)| at).find(|&at| {
            piece
                .get(..at)
                .and_then(|before| before.rsplit(|c: char| !c.is_alphabetic()).next())
                .is_some_and(|word| word.chars().count() > 2)
        });
        let (piece, stopped) = match stop {
            Some(at) => (piece.get(..at).unwrap_or_default(), true),
            None => (
                piece
                    .trim_end()
                    .strip_suffix('.')
                    .filter(|head| head.chars().rev().take_while(|c| c.is_alphabetic()).count() > 2)
                    .unwrap_or(piece),
                false,
            ),
        };
        let trimmed = piece.trim();
        if trimmed.is_empty() && names.is_empty() {
            return None;
        }
        if !trimmed.is_empty() {
            if starts_with_venue(trimmed) || venue_in(trimmed).is_some() {
                break;
            }
            let Some(some) = names_in(trimmed, true).filter(|_| !is_institution(trimmed)) else { break };
            names.extend(some);
        }
        // `Ada Brook (Univ. North), Omar Rizk`
        let behind = match behind.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            Some((_, behind)) if behind.starts_with([',', ';']) => behind,
            _ => behind,
        };
        let Some(next) = behind.strip_prefix([',', '，', '、', ';', '&']).filter(|_| !stopped) else {
            break;
        };
        rest = next;
    }
    let is_name = names.len() > 1
        || !is_note
            && names.first().is_some_and(|name: &String| {
                name.split_whitespace().count() > 1 && name.split_whitespace().count() < 4
            });
    if !is_name {
        return None;
    }
    // `Ada Brook, Acme`: a company is an author only if nobody else is.
    if names.iter().any(|name| !is_employer(name)) {
        names.retain(|name| !is_employer(name));
    }
    Some(names)
}
