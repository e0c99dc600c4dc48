//! Parsing and normalization of dates, pages and text in references.

use crate::notebook::Citation;
use crate::unicode::lowercase;

/// English names of the months, in the three-letter form that BibTeX predefines.
pub(super) const MONTH_NAMES: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Joins text to one line with single spaces. Returns `None` if it is blank.
pub(super) fn single_line(raw: &str) -> Option<String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Splits a list of keywords at commas and semicolons.
pub(super) fn split_keywords(list: &str) -> Vec<String> {
    list.split([',', ';']).filter_map(single_line).collect()
}

/// Names and abbreviations of months in other languages than English, in lower case, where they differ from
/// [`MONTH_NAMES`] in their first three letters. Catalogs and localized programs write them.
const OTHER_MONTH_NAMES: [(&str, u8); 24] = [
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

/// A date, as far as a text contains it. Parts are set from the year on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateParts {
    pub(super) year: Option<u16>,
    /// 1 to 12.
    pub(super) month: Option<u8>,
    /// 1 to 31.
    pub(super) day: Option<u8>,
    /// The date has a season: `Spring 2014`, or `2014-21` as in ISO 8601-2. A citation has no field for it.
    pub(super) has_season: bool,
}

/// Name of a season in lists of fields that are left out.
pub(super) const SEASON: &str = "season";

/// Returns true for the name of a season, or its number in ISO 8601-2: 21 is spring.
fn is_season(token: &str) -> bool {
    ["spring", "summer", "autumn", "fall", "winter", "21", "22", "23", "24"]
        .contains(&lowercase(token).as_str())
}

/// Parses a month, given as number or by name.
pub(super) fn parse_month(raw: &str) -> Option<u8> {
    let raw = lowercase(raw.trim());
    let prefix: String = raw.chars().take(3).collect();
    let by_name =
        MONTH_NAMES.iter().position(|name| *name == prefix).and_then(|index| u8::try_from(index + 1).ok());
    let other = || OTHER_MONTH_NAMES.iter().find(|(name, _)| raw.starts_with(name)).map(|(_, month)| *month);
    by_name.or_else(other).or_else(|| raw.parse().ok()).filter(|month| (1..=12).contains(month))
}

/// Parses a day of a month, 1 to 31.
pub(super) fn parse_day(raw: &str) -> Option<u8> {
    raw.trim().parse().ok().filter(|day| (1..=31).contains(day))
}

/// Parses a date in any of the forms that reference managers write: `2017-06-12`, `2017/06//`, `20170612`, `June 2014`,
/// `12 Jun. 2017`, `Oct 3, 2017`, `10/21/2013`, `c. 1904`, `2015b`; of a range its start.
///
/// Nothing is guessed: `3/4/2015` has a year only, because programs disagree on the order of day and month.
#[allow(clippy::too_many_lines, reason = "the forms of a date, in their order")]
pub(super) fn parse_date(raw: &str) -> DateParts {
    // Years before the common era: a citation has none.
    if raw.trim_start().strip_prefix('-').is_some_and(|year| year.starts_with(|c: char| c.is_ascii_digit())) {
        return DateParts::default();
    }
    // Runs of digits and of letters.
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in raw.chars() {
        let continues =
            (c.is_ascii_digit() && last.is_ascii_digit()) || (c.is_alphabetic() && last.is_alphabetic());
        match tokens.last_mut() {
            Some(token) if continues => token.push(c),
            _ if c.is_ascii_digit() || c.is_alphabetic() => tokens.push(c.to_string()),
            _ => {}
        }
        last = c;
    }
    if let Some((index, digits)) =
        tokens.iter().enumerate().find(|(_, token)| token.len() == 8 && token.parse::<u32>().is_ok())
    {
        let parts = [digits.get(..4), digits.get(4..6), digits.get(6..)];
        let parts: Vec<String> = parts.into_iter().flatten().map(str::to_owned).collect();
        tokens.splice(index..=index, parts);
    }
    let to_year = |token: &String| token.parse::<u16>().ok().filter(|year| token.len() == 4 && *year > 0);
    let Some(at) = tokens.iter().position(|token| to_year(token).is_some()) else {
        return DateParts::default();
    };
    let year = tokens.get(at).and_then(to_year);
    let before = tokens.get(..at).unwrap_or_default();
    let is_number = |token: &str| token.chars().all(|c| c.is_ascii_digit());
    let name_at = before.iter().rposition(|token| !is_number(token) && parse_month(token).is_some());
    let (month, day) = if let Some(name_at) = name_at {
        let month = before.get(name_at).and_then(|name| parse_month(name));
        let after_name = before.get(name_at + 1..).and_then(<[String]>::first);
        let before_name = name_at.checked_sub(1).and_then(|at| before.get(at));
        let day =
            after_name.and_then(|day| parse_day(day)).or_else(|| before_name.and_then(|day| parse_day(day)));
        (month, day)
    } else if let [.., first, second] = before
        && is_number(first)
        && is_number(second)
    {
        let (first, second) = (parse_day(first), parse_day(second));
        match (first, second) {
            (Some(day), Some(month)) if month <= 12 && (day > 12 || day == month || raw.contains('.')) => {
                (Some(month), Some(day))
            }
            (Some(month), Some(day)) if month <= 12 && day > 12 => (Some(month), Some(day)),
            _ => (None, None),
        }
    } else if let [.., only] = before
        && is_number(only)
    {
        (parse_month(only), None)
    } else {
        let mut after = tokens.iter().skip(at + 1);
        let month = after
            .next()
            .filter(|month| month.len() < 3 || !is_number(month))
            .and_then(|month| parse_month(month));
        (month, month.and(after.next()).and_then(|day| parse_day(day)))
    };
    let is_named = |token: &String| token.len() > 2 && is_season(token);
    let is_next = tokens.get(at + 1).is_some_and(|next| is_season(next)) && month.is_none();
    let has_season = is_next || tokens.iter().any(is_named);
    DateParts { year, month, day: month.and(day), has_season }
}

/// Sets year, month and day from a date, see [`parse_date`]. Returns true if a season was left out.
pub(super) fn set_date(raw: &str, citation: &mut Citation) -> bool {
    let date = parse_date(raw);
    (citation.year, citation.month, citation.day) = (date.year, date.month, date.day);
    date.has_season
}

/// Returns true for a genre that only repeats the type of the work, as `EndNote` and publishers write it.
pub(super) fn is_implied_genre(genre: &str) -> bool {
    const IMPLIED: [&str; 17] = [
        "article",
        "journal article",
        "journal",
        "article journal",
        "conference paper",
        "conference proceedings",
        "conference",
        "proceedings article",
        "inproceedings",
        "paper conference",
        "book",
        "book section",
        "book chapter",
        "chapter",
        "web page",
        "webpage",
        "journalarticle",
    ];
    IMPLIED.contains(&lowercase(genre).replace(['-', '_'], " ").trim())
}

/// Replaces the entities of HTML that web services write in titles and abstracts.
pub(super) fn decode_entities(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (entity, replacement) in ENTITIES {
        if text.contains('&') {
            text = text.replace(entity, replacement);
        }
    }
    text
}

/// Escapes text that [`decode_entities`] would change, so that it is read as it is.
pub(super) fn encode_entities(text: &str) -> String {
    if decode_entities(text) == text { text.to_owned() } else { text.replace('&', "&amp;") }
}

/// Replaces dashes in a page range with a plain hyphen without spaces. A hyphen at an end, as in `12--`, is left out.
pub(super) fn normalize_pages(raw: &str) -> Option<String> {
    let mut pages = single_line(&raw.replace(['–', '—'], "-"))?;
    while pages.contains("--") || pages.contains(" -") || pages.contains("- ") {
        pages = pages.replace("--", "-").replace(" -", "-").replace("- ", "-");
    }
    single_line(pages.trim_matches('-'))
}
