//! Headings of a log: a day, a week, or the number of a day.

use super::venue::{date_in, month_of};
use super::{glossary, reading_status};
use crate::calendar::is_weekday;
use crate::notebook::{Entry, PaperDate, Property, Reference, Section, SectionKind, Span, plain};

/// The longest heading that can be one of a log, in bytes.
const MAX_HEADING_BYTES: usize = 200;

/// Marks between a date and what was done that day.
const SEPARATORS: [&str; 8] = [" - ", " – ", " — ", ": ", "：", " | ", " · ", "("];

/// Words that count weeks or days, in small letters.
const UNITS: [&str; 24] = [
    "week",
    "wk",
    "day",
    "woche",
    "tag",
    "kw",
    "cw",
    "semaine",
    "jour",
    "semana",
    "día",
    "dia",
    "settimana",
    "giorno",
    "неделя",
    "день",
    "周",
    "週",
    "天",
    "日",
    "週目",
    "日目",
    "주차",
    "일차",
];

/// Words of a date besides numbers, months and English weekdays: weekdays of other languages, endings of numbers, particles.
const OTHER_WORDS: [&str; 81] = [
    "st",
    "nd",
    "rd",
    "th",
    "of",
    "the",
    "de",
    "del",
    "den",
    "am",
    "le",
    "du",
    "er",
    "el",
    "il",
    "em",
    "º",
    "г",
    "года",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "dom",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "年",
    "月",
    "第",
    "년",
    "월",
    "일",
];

/// Returns the date in the heading of a log's section, as far as it is written; `None` for any other heading.
///
/// A month or year alone is no log: it may be the time of publication.
pub(super) fn date_of(title: &str) -> Option<PaperDate> {
    date_in_order(title, None)
}

/// The order of day and month in dates of digits with slashes or hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// Returns the order of the dates in some titles; `None` if all of them are ambiguous, or if two disagree.
pub(super) fn day_order<'a>(titles: impl Iterator<Item = &'a [Span]>) -> Option<DayOrder> {
    let mut orders = titles.filter_map(|title| {
        let title = plain(title);
        title.contains('/').then(|| digits_of_date(&title)).flatten().and_then(DigitDate::own_order)
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// A date such as `6/1/2024`: two numbers of at most two digits, the year, and the mark between them.
#[derive(Clone, Copy)]
struct DigitDate {
    first: u8,
    second: u8,
    year: u16,
    mark: char,
}

impl DigitDate {
    /// Returns the only order that the numbers allow, if there is only one. Full stops separate day and month in that order.
    fn own_order(self) -> Option<DayOrder> {
        match (self.first > 12, self.second > 12) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => (self.mark == '.').then_some(DayOrder::DayFirst),
        }
    }

    fn date(self, order: DayOrder) -> Option<PaperDate> {
        let (day, month) = match order {
            DayOrder::DayFirst => (self.first, self.second),
            DayOrder::MonthFirst => (self.second, self.first),
        };
        let is_date = (1..=31).contains(&day) && (1..=12).contains(&month);
        is_date.then_some(PaperDate { year: Some(self.year), month: Some(month), day: Some(day) })
    }
}

/// Returns the first date of digits whose year comes last: `6/1/2024`, `05.03.2024`.
fn digits_of_date(title: &str) -> Option<DigitDate> {
    title.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let mark = word.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
        let mut parts = word.split(mark);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_small = first.len() <= 2 && second.len() <= 2 && year.len() == 4 && parts.next().is_none();
        let date = DigitDate {
            first: first.parse().ok()?,
            second: second.parse().ok()?,
            year: year.parse().ok()?,
            mark,
        };
        (is_small && (1900..2100).contains(&date.year)).then_some(date)
    })
}

/// Returns the date in the heading of a section as [`date_of`] does; `order` is that of the other dates in the document.
pub(super) fn date_in_order(title: &str, order: Option<DayOrder>) -> Option<PaperDate> {
    if title.len() > MAX_HEADING_BYTES || !title.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    let head = SEPARATORS.iter().filter_map(|mark| title.find(mark)).min();
    let head = head.and_then(|at| title.get(..at)).unwrap_or(title);
    let mut words = Vec::new();
    let (mut numbers, mut has_month, mut has_unit, mut has_year) = (0, false, false, false);
    for word in head.split(|c: char| !c.is_alphanumeric()).flat_map(parts).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers += 1;
            words.push(word);
            has_year |= word.len() == 4;
            if word.len() > 4 {
                return None;
            }
        } else if month_of(word).is_some() {
            has_month = true;
            words.push(word);
        } else if UNITS.contains(&lower.as_str()) {
            has_unit = true;
        } else if !is_weekday(&lower) && !OTHER_WORDS.contains(&lower.as_str()) {
            return None;
        }
    }
    // `5th of March 2024` is read as `5 March 2024`, and `2024年3月5日` as `2024-3-5`.
    let date = if has_month {
        date_in(&words.join(" "))
    } else {
        date_in(&head.replace(['年', '月', '년', '월'], "-").replace("- ", "-"))
    };
    let is_day = date.day.is_some()
        || has_month && numbers == 1 && !has_year
        || !has_month && numbers == 3 && has_year
        || has_unit && numbers > 0;
    let in_digits = || {
        let digits = digits_of_date(head).filter(|_| !has_month && numbers == 3)?;
        digits.date(digits.own_order().or(order)?)
    };
    let date = if date.day.is_none() { in_digits().unwrap_or(date) } else { date };
    is_day.then_some(date)
}

/// Returns the runs of digits and of other letters in a word: `2024年3月5日` has six.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_other = |c: char| c.is_ascii_digit() != first.is_ascii_digit();
        let (part, after) = rest.split_at_checked(rest.find(is_other).unwrap_or(rest.len()))?;
        rest = after;
        Some(part)
    })
}

/// Returns true if most sections directly inside a section are entries of a log.
pub(super) fn holds_days(section: &Section) -> bool {
    let logs = section.sections.iter().filter(|inner| inner.kind == SectionKind::Log).count();
    logs > 0 && 2 * logs >= section.sections.len()
}

/// Returns true if the title or the content of a section makes it a log when it is read.
pub(super) fn is_inferred(section: &Section) -> bool {
    date_of(&plain(&section.title)).is_some()
        || holds_days(section) && !glossary::could_be_term_heading(section)
}

/// Returns the day before a title as a property, if the text there says that it was read: `2024-05-01: read`.
pub(super) fn day_before_title(before: &[Span]) -> Option<Property> {
    let text = plain(before);
    let date = reading_status::is_reading_phrase(&text).then(|| date_in(&text))?;
    Some(Property { name: Property::READ.to_owned(), value: day(date)? })
}

/// Adds the day of a log to the papers directly in its section, unless a property has the date on which they were read.
pub(super) fn add_date_read(section: &mut Section, date: PaperDate) {
    let Some(value) = day(date) else { return };
    for entry in &mut section.entries {
        if let Entry::Paper(paper) = entry
            && paper.properties.iter().all(|property| property.name != Property::READ)
        {
            paper.properties.push(Property { name: Property::READ.to_owned(), value: value.clone() });
        }
    }
}

/// Returns the properties without the day that is already in the heading of the log.
pub(super) fn explicit(paper: &Reference, date: PaperDate) -> &[Property] {
    let properties = reading_status::explicit(paper);
    match properties.split_last() {
        Some((last, before)) if last.name == Property::READ && day(date).as_deref() == Some(&last.value) => {
            before
        }
        _ => properties,
    }
}

/// Returns a whole date, as in `2024-03-05`.
fn day(date: PaperDate) -> Option<String> {
    let PaperDate { year: Some(year), month: Some(month), day: Some(day) } = date else { return None };
    Some(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_week_is_the_heading_of_a_log() {
        for (title, expected) in [
            ("2024-03-05", Some("2024-03-05")),
            ("📅 March 5, 2024", Some("2024-03-05")),
            ("Tuesday, 5th of March 2024: maps", Some("2024-03-05")),
            ("2024年3月5日", Some("2024-03-05")),
            ("2024년 3월 5일", Some("2024-03-05")),
            ("2024/03/05 (Tue)", Some("2024-03-05")),
            ("Week 12", Some("")),
            ("Day 3 - Basics", Some("")),
            ("第3周", Some("")),
            ("March 5", Some("")),
            ("6/1/2024 Sun", Some("")),
            ("6/21/2024", Some("2024-06-21")),
            ("21/6/2024", Some("2024-06-21")),
            ("05.03.2024", Some("2024-03-05")),
            ("Dienstag, 5. März 2024", Some("2024-03-05")),
            ("mardi 5 mars 2024", Some("2024-03-05")),
            ("martes, 5 de marzo de 2024: mapas", Some("2024-03-05")),
            ("Terça-feira, 5 de março de 2024", Some("2024-03-05")),
            ("martedì 5 marzo 2024", Some("2024-03-05")),
            ("Вторник, 5 марта 2024 г.", Some("2024-03-05")),
            ("March 2024", None),
            ("2024", None),
            ("2024.06", None),
            ("Week of maps", None),
            ("Chapter 3", None),
            ("2 May maps", None),
            ("Top 10 papers of 2024-03-05", None),
            ("GPT 4", None),
        ] {
            let read = date_of(title).map(|date| day(date).unwrap_or_default());
            assert_eq!(read.as_deref(), expected, "{title}");
        }
    }
}
