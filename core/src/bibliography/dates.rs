//! Parsing of dates in references, in the forms that reference managers write.

use std::ops::Range;

use crate::calendar::{MONTH_NAMES, is_weekday};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::Citation;
use crate::unicode::lowercase;

/// Beginnings of the names of months in other languages than English, in lower case, where they differ from [`MONTH_NAMES`] in
/// their first three letters. Catalogs and localized programs abbreviate them in many ways; `calendar` has the whole names.
const OTHER_MONTH_PREFIXES: [(&str, u8); 24] = [
    ("ene", 1),
    ("gen", 1),
    ("fév", 2),
    ("fev", 2),
    ("mär", 3),
    ("mrz", 3),
    ("maa", 3),
    ("avr", 4),
    ("abr", 4),
    ("mai", 5),
    ("mag", 5),
    ("mei", 5),
    ("juin", 6),
    ("giu", 6),
    ("juil", 7),
    ("lug", 7),
    ("aoû", 8),
    ("ago", 8),
    ("set", 9),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("dez", 12),
    ("déc", 12),
];

/// Words of a date that add nothing to it besides weekdays, in lower case: articles, and the units of Chinese, Japanese and
/// Korean.
const IMPLIED_WORDS: [&str; 8] = ["of", "de", "年", "月", "日", "년", "월", "일"];

/// Endings of ordinal numbers.
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

/// A date, as far as a text contains it. Parts are set from the year on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateParts {
    pub(super) year: Option<u16>,
    /// 1 to 12.
    pub(super) month: Option<u8>,
    /// 1 to 31.
    pub(super) day: Option<u8>,
    /// The text has parts for which a citation has no field: the end of a range, a season, `circa`.
    pub(super) is_partial: bool,
}

impl DateParts {
    /// Returns true if a citation has a year, and contradicts no part of this date.
    pub(super) fn is_kept_in(&self, citation: &Citation) -> bool {
        let (Some(_), Some(_)) = (self.year, citation.year) else { return false };
        let is_month_kept = self.month.is_none() || self.month == citation.month;
        let is_day_kept = self.day.is_none() || self.day == citation.day;
        self.year == citation.year && is_month_kept && is_day_kept && !self.is_partial
    }
}

/// Reports a date of which a citation keeps only year, month and day.
pub(super) fn partial_date(range: Range<usize>) -> Diagnostic {
    Diagnostic {
        code: DiagnosticCode::PartialDate,
        range,
        message: "only a part of the date of this entry is kept".into(),
        help: "a citation has one year, month and day; write the end of the range, the season or `circa` in a note"
            .into(),
    }
}

/// Parses a month, given as number or by name.
pub(super) fn parse_month(raw: &str) -> Option<u8> {
    let raw = lowercase(raw.trim());
    let prefix: String = raw.chars().take(3).collect();
    let by_name =
        MONTH_NAMES.iter().position(|name| *name == prefix).and_then(|index| u8::try_from(index + 1).ok());
    let other =
        || OTHER_MONTH_PREFIXES.iter().find(|(name, _)| raw.starts_with(name)).map(|(_, month)| *month);
    by_name.or_else(other).or_else(|| raw.parse().ok()).filter(|month| (1..=12).contains(month))
}

/// Parses a day of a month, 1 to 31.
pub(super) fn parse_day(raw: &str) -> Option<u8> {
    raw.trim().parse().ok().filter(|day| (1..=31).contains(day))
}

/// A run of digits or of letters.
struct DateToken {
    text: String,
    /// Characters between the token before and this one.
    gap: String,
}

impl DateToken {
    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_month_name(&self) -> bool {
        !self.is_number() && parse_month(&self.text).is_some()
    }

    fn year(&self) -> Option<u16> {
        self.text.parse().ok().filter(|year| self.text.len() == 4 && *year > 0)
    }

    /// Returns true if the token ends a range that the token before begins: `12–14`.
    fn ends_range(&self) -> bool {
        matches!(self.gap.trim(), "-" | "--" | "–" | "—" | "/")
    }
}

/// Parses a date in any of the forms that reference managers write: `2017-06-12`, `2017/06//`, `20170612`, `June 2014`,
/// `12 Jun. 2017`, `Oct 3, 2017`, `10/21/2013`, `c. 1904`, `2015b`; of a range its start.
///
/// Nothing is guessed: `3/4/2015` has a year only, because programs disagree on the order of day and month.
pub(super) fn parse_date(raw: &str) -> DateParts {
    // Years before the common era: a citation has none.
    if raw.trim_start().strip_prefix('-').is_some_and(|year| year.starts_with(|c: char| c.is_ascii_digit())) {
        return DateParts::default();
    }
    let tokens = split_date(raw);
    let Some(at) = tokens.iter().position(|token| token.year().is_some()) else {
        return DateParts::default();
    };
    let (month_at, day_at) = month_and_day(&tokens, at, raw);
    let text_at = |at: Option<usize>| tokens.get(at?).map(|token| token.text.as_str());
    let month = text_at(month_at).and_then(parse_month);
    let is_used = |index: usize| index == at || Some(index) == month_at || Some(index) == day_at;
    let has_more_words = (0..tokens.len()).any(|index| !is_used(index));
    let day = month.and(text_at(day_at)).and_then(parse_day);
    DateParts {
        year: tokens.get(at).and_then(DateToken::year),
        month,
        day,
        is_partial: has_more_words || has_range_or_doubt(raw),
    }
}

/// Returns true for the signs of an open range, of doubt and of approximation in ISO 8601-2: `2001/..`, `/2001`, `2001?`.
fn has_range_or_doubt(raw: &str) -> bool {
    let raw = raw.trim();
    raw.contains("..")
        || raw.contains(['?', '%'])
        || raw.starts_with(['~', '≈', '±'])
        || raw.ends_with('~')
        || raw.contains("~/")
        || raw.starts_with('/')
        || (raw.ends_with('/') && raw.matches('/').count() == 1)
}

/// Splits a date into its words and numbers, without the time of day and without words that add nothing.
fn split_date(raw: &str) -> Vec<DateToken> {
    let mut tokens: Vec<DateToken> = Vec::new();
    let (mut last, mut gap) = (' ', String::new());
    for c in raw.chars() {
        let continues =
            (c.is_ascii_digit() && last.is_ascii_digit()) || (c.is_alphabetic() && last.is_alphabetic());
        match tokens.last_mut() {
            Some(token) if continues => token.text.push(c),
            _ if c.is_ascii_digit() || c.is_alphabetic() => {
                tokens.push(DateToken { text: c.to_string(), gap: std::mem::take(&mut gap) });
            }
            _ => gap.push(c),
        }
        last = c;
    }
    let basic = tokens.iter().position(|token| token.is_number() && token.text.len() == 8);
    if let Some(index) = basic
        && let Some(digits) = tokens.get(index).map(|token| token.text.clone())
    {
        let parts = [digits.get(..4), digits.get(4..6), digits.get(6..)];
        let parts =
            parts.into_iter().flatten().map(|part| DateToken { text: part.into(), gap: String::new() });
        tokens.splice(index..=index, parts.collect::<Vec<_>>());
    }
    without_implied_words(tokens)
}

/// Removes the time of day, ordinal endings, weekdays, and the letter that distinguishes works of one year: `2015b`.
fn without_implied_words(tokens: Vec<DateToken>) -> Vec<DateToken> {
    let colon_before: Vec<bool> = tokens.iter().map(|token| token.gap == ":").collect();
    let is_clock = |at: usize| [at, at + 1].iter().any(|at| colon_before.get(*at) == Some(&true));
    let (mut kept, mut after_number, mut after_clock) = (Vec::new(), false, false);
    for (at, token) in tokens.into_iter().enumerate() {
        let word = lowercase(&token.text);
        let follows_number = after_number && token.gap.is_empty();
        let is_of_clock = (is_clock(at) && token.is_number())
            || (is_clock(at + 1) && word == "t")
            || (after_clock && ["z", "utc", "gmt"].contains(&word.as_str()));
        let is_year_letter = word.len() == 1
            && follows_number
            && kept.last().and_then(DateToken::year).is_some()
            && !colon_before.get(at + 2).is_some_and(|is_clock| *is_clock);
        let is_implied = is_weekday(&word)
            || IMPLIED_WORDS.contains(&word.as_str())
            || (follows_number && ORDINALS.contains(&word.as_str()))
            || is_year_letter;
        (after_number, after_clock) = (token.is_number(), is_of_clock);
        if !is_of_clock && !is_implied {
            kept.push(token);
        }
    }
    kept
}

/// Returns the indices of month and day, given that of the year.
fn month_and_day(tokens: &[DateToken], year_at: usize, raw: &str) -> (Option<usize>, Option<usize>) {
    let before = tokens.get(..year_at).unwrap_or_default();
    // The numbers and months right before the year.
    let is_part = |token: &DateToken| token.is_month_name() || (token.is_number() && token.text.len() < 3);
    let run = before.iter().rposition(|token| !is_part(token)).map_or(0, |at| at + 1);
    let is_day = |at: usize| tokens.get(at).is_some_and(|token| parse_day(&token.text).is_some());
    if let Some(name_at) = (run..year_at).find(|at| tokens.get(*at).is_some_and(DateToken::is_month_name)) {
        let mut after = name_at + 1..year_at;
        let has_next_month = after.clone().any(|at| tokens.get(at).is_some_and(DateToken::is_month_name));
        let mut day_before = name_at.checked_sub(1).filter(|at| *at >= run && is_day(*at));
        // `12–14 June` begins on the 12th.
        while let Some(at) = day_before
            && at > run
            && is_day(at - 1)
            && tokens.get(at).is_some_and(DateToken::ends_range)
        {
            day_before = Some(at - 1);
        }
        let day_after = after.next().filter(|at| is_day(*at));
        let day = if has_next_month { day_before.or(day_after) } else { day_after.or(day_before) };
        return (Some(name_at), day);
    }
    let number = |at: usize| tokens.get(at).filter(|token| token.is_number());
    if let Some(second) = year_at.checked_sub(1)
        && number(second).is_some()
    {
        let Some(first) = second.checked_sub(1).filter(|at| number(*at).is_some()) else {
            let is_month = tokens.get(second).is_some_and(|token| parse_month(&token.text).is_some());
            return (is_month.then_some(second), None);
        };
        let value = |at: usize| tokens.get(at).and_then(|token| parse_day(&token.text));
        return match (value(first), value(second)) {
            (Some(day), Some(month)) if month <= 12 && (day > 12 || day == month || raw.contains('.')) => {
                (Some(second), Some(first))
            }
            (Some(month), Some(day)) if month <= 12 && day > 12 => (Some(first), Some(second)),
            _ => (None, None),
        };
    }
    // A dash after a year in print is that of a range of years: `1904–5`.
    let is_month = |token: &DateToken| {
        let is_short = token.text.len() < 3 && !token.gap.contains(['–', '—']) && !token.gap.contains("--");
        (is_short || !token.is_number()) && parse_month(&token.text).is_some()
    };
    let month = Some(year_at + 1).filter(|at| tokens.get(*at).is_some_and(is_month));
    let day = month.map(|at| at + 1).filter(|at| {
        is_day(*at) && tokens.get(*at).is_some_and(|token| token.gap.trim() != "--" && token.text.len() < 3)
    });
    (month, day)
}

/// Sets year, month and day from a date, see [`parse_date`]. Returns true if parts of the text are left out.
pub(super) fn set_date(raw: &str, citation: &mut Citation) -> bool {
    let date = parse_date(raw);
    (citation.year, citation.month, citation.day) = (date.year, date.month, date.day);
    date.is_partial
}
