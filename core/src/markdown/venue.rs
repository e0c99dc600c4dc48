//! Venues, dates and names of authors, as people write them behind and before titles.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::calendar::{MONTH_NAMES, OTHER_MONTH_NAMES};
use crate::notebook::PaperDate;

/// Short names of conferences, journals and preprint servers.
const VENUES: [&str; 96] = [
    "3DV",
    "AAAI",
    "AAMAS",
    "ACCV",
    "ACL",
    "AISTATS",
    "APSIPA",
    "arXiv",
    "ASPLOS",
    "ASRU",
    "ATC",
    "BigData",
    "bioRxiv",
    "BMVC",
    "CAV",
    "CHI",
    "CIDR",
    "CIKM",
    "CHIL",
    "COLING",
    "COLM",
    "COLT",
    "CoNLL",
    "CORL",
    "CRYPTO",
    "CSCW",
    "CVPR",
    "CVPRW",
    "DATE",
    "EACL",
    "ECAI",
    "ECCV",
    "ECIR",
    "ECML",
    "EMNLP",
    "EuroSys",
    "FOCS",
    "FSE",
    "HPCA",
    "ICASSP",
    "ICCV",
    "ICCVW",
    "ICDAR",
    "ICDE",
    "ICDM",
    "ICIP",
    "ICLR",
    "ICLRW",
    "ICME",
    "ICML",
    "ICPR",
    "ICRA",
    "ICSE",
    "ICWSM",
    "IJCAI",
    "IJCNN",
    "IJCV",
    "IJRR",
    "INTERSPEECH",
    "IROS",
    "ISCA",
    "ISMIR",
    "ISSTA",
    "IUI",
    "JAIR",
    "JMLR",
    "KDD",
    "LREC",
    "medRxiv",
    "MICCAI",
    "MICRO",
    "MLSys",
    "MM",
    "NAACL",
    "NeurIPS",
    "NIPS",
    "NSDI",
    "OSDI",
    "PAMI",
    "PLDI",
    "PODC",
    "PODS",
    "RecSys",
    "RSS",
    "SIGGRAPH",
    "SIGIR",
    "SIGMOD",
    "SOSP",
    "STOC",
    "TACL",
    "TMLR",
    "TPAMI",
    "UAI",
    "UIST",
    "VLDB",
    "WACV",
];

/// More short names, which are longer or of publishers.
const OTHER_VENUES: [&str; 15] = [
    "WSDM",
    "WWW",
    "TOG",
    "TIP",
    "TNNLS",
    "TKDE",
    "TVCG",
    "TMM",
    "RAL",
    "Nature",
    "Science",
    "PNAS",
    "SLT",
    "SIGGRAPHAsia",
    "Preprint",
];

/// Short names that are words of other names too: `University of Science`.
const PLAIN_WORDS: [&str; 2] = ["Nature", "Science"];

/// Returns true if the next word belongs to a name that begins in this text: `Department of`, `Computer`.
fn is_part_of_name(before: &str) -> bool {
    let before = before.strip_suffix([' ', '\n', '-']).unwrap_or(before);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !word.is_empty() && !matches!(word, "In" | "in" | "The" | "the")
}

/// Words that the name of a venue contains.
const VENUE_WORDS: [&str; 16] = [
    "journal",
    "conference",
    "proceedings",
    "proc",
    "transactions",
    "workshop",
    "symposium",
    "letters",
    "surveys",
    "preprint",
    "review",
    "magazine",
    "annals",
    "advances",
    "press",
    "thesis",
];

/// The listed venues by their lower-case names.
static BY_NAME: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    VENUES.iter().chain(&OTHER_VENUES).map(|name| (name.to_ascii_lowercase(), *name)).collect()
});

/// Returns the venue that a text begins with: its name as listed, and the number of bytes.
fn leading_venue(text: &str) -> Option<(&'static str, usize)> {
    let digits = usize::from(text.starts_with('3'));
    let letters = text.bytes().skip(digits).take_while(u8::is_ascii_alphabetic).take(13).count();
    let word = text.get(..digits + letters).filter(|word| (2..=12).contains(&word.len()))?;
    let name = BY_NAME.get(&word.to_ascii_lowercase())?;
    text.get(word.len()..)
        .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        .then_some((*name, word.len()))
}

/// Returns true if text begins with the short name of a venue: `CVPR2021`, `ICLR, 2022`, `arXiv 2022.09`, `15' CVPR`.
pub(super) fn starts_with_venue(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '\'' | '’' | '.')
    });
    leading_venue(text).is_some()
}

/// Returns true for the short name of a venue as it is listed, and nothing more.
pub(super) fn is_venue(text: &str) -> bool {
    leading_venue(text).is_some_and(|(name, length)| length == text.len() && text == name)
}

/// Words that may be in the name of an event, besides a venue and a year.
const EVENT_WORDS: [&str; 12] = [
    "the",
    "at",
    "in",
    "conference",
    "workshop",
    "workshops",
    "proceedings",
    "papers",
    "accepted",
    "main",
    "track",
    "edition",
];

/// Words for how a paper was presented or honored, in lower case.
const AWARD_WORDS: [&str; 14] = [
    "oral",
    "spotlight",
    "poster",
    "highlight",
    "best",
    "paper",
    "papers",
    "award",
    "student",
    "finalist",
    "runner-up",
    "honorable",
    "outstanding",
    "mention",
];

/// Returns true for a word about how a paper was presented or honored: `oral`, `(Spotlight)`.
pub(super) fn is_award_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    AWARD_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Returns true for a short name and a year, perhaps with an award, whether or not the name is listed: `RA-L 2023`, `2024 best
/// paper`, `arXiv 2022.03`.
pub(super) fn is_short_event(text: &str) -> bool {
    let mut years = 0;
    let mut names = 0;
    for word in text.split_whitespace() {
        let digits = word.trim_matches(|c: char| matches!(c, '\'' | '’'));
        if digits.starts_with(|c: char| c.is_ascii_digit()) {
            let (year, month) = digits.split_once(['.', '-', '/']).unwrap_or((digits, "1"));
            let is_month = matches!(month.parse::<u8>(), Ok(1..=12));
            years += usize::from(is_month && is_year(year));
        } else if !is_award_word(word) {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let is_name =
                capitals > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '+'));
            names += if is_name || is_venue(word) { 1 } else { 2 };
        }
    }
    years == 1 && names <= 1 && text.split_whitespace().count() > 1
}

/// Returns true for the name of an event, which is a venue and a year and nothing more: `ATC 2020`, `ICML '23 Workshop`.
pub(super) fn is_event(text: &str) -> bool {
    let is_known = |word: &Word| {
        let is_venue = leading_venue(word.text).is_some_and(|(_, length)| length == word.text.len());
        is_venue
            || EVENT_WORDS.iter().any(|known| word.text.eq_ignore_ascii_case(known))
            || is_award_word(word.text)
    };
    let all = words(text);
    let is_year = |word: &Word| {
        word.is_number && (word.text.len() == 4 && date_in(word.text).year.is_some() || word.text.len() == 2)
    };
    let years = all.iter().filter(|word| is_year(word)).count();
    let has_venue = venue_in(text).is_some() || starts_with_venue(text);
    let is_short_name =
        || short_name_before_year(text).is_some_and(|name| all.iter().any(|word| word.text == name));
    let others = all.iter().filter(|word| !word.is_number && !is_known(word)).count();
    has_venue
        && years == 1
        && (others == 0 || others == 1 && is_short_name())
        && all.iter().filter(|word| word.is_number).count() == 1
}

/// Returns the venue that is named in a text, as written but without its year.
pub(super) fn venue_in(text: &str) -> Option<String> {
    let starts = text.char_indices().filter(|&(at, c)| {
        c.is_ascii_alphanumeric()
            && (c.is_ascii_uppercase() || matches!(c, 'a' | 'b' | 'm' | '3'))
            && !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphabetic)
    });
    let listed = starts.filter_map(|(at, c)| {
        let (name, length) = leading_venue(text.get(at..)?)?;
        let written = text.get(at..at + length)?;
        // A word such as "science" or "date" is a venue only with its capitals.
        let cased = c.is_uppercase()
            && (written == name || name.len() >= 7 || written.chars().all(|c| !c.is_lowercase()));
        let is_part = || {
            let joins = text
                .get(at + length..)
                .is_some_and(|rest| rest.starts_with(" and ") || rest.starts_with(" & "));
            joins || is_part_of_name(text.get(..at).unwrap_or_default())
        };
        let cased = cased && !(PLAIN_WORDS.contains(&name) && is_part());
        (cased || (name == "arXiv" && written.len() == 5)).then(|| written.to_owned())
    });
    // A preprint server is the venue only if there is no other.
    let mut found: Vec<String> = listed.collect();
    let first = found.iter().position(|name| !name.eq_ignore_ascii_case("arxiv")).unwrap_or(0);
    if first < found.len() {
        return Some(found.swap_remove(first));
    }
    if let Some(venue) = venue_before_volume(text) {
        return Some(venue);
    }
    let has_word = |piece: &str, test: &dyn Fn(&str) -> bool| {
        piece.to_lowercase().split(|c: char| !c.is_alphabetic()).any(test)
    };
    let piece = sentences(text).into_iter().filter_map(|part| {
        let all: Vec<&str> = part.split(',').collect();
        // A university is where a thesis was written, `Coast University, 1994`; else it is where an author works.
        let named = |at: usize, piece: &str| {
            has_word(piece, &|word| VENUE_WORDS.contains(&word))
                || has_word(piece, &|word| word == "university")
                    && !piece.contains(';')
                    && [Some(piece), all.get(at + 1).copied()]
                        .into_iter()
                        .flatten()
                        .any(|near| date_in(near).year.is_some())
        };
        let start = all.iter().enumerate().position(|(at, piece)| named(at, piece))?;
        let mut pieces = all.get(start..)?.iter().copied().peekable();
        let mut venue = pieces.next()?.trim().to_owned();
        // `Conference on Maps, folds and paper`
        while let Some(more) = pieces.next_if(|more| more.trim_start().starts_with(char::is_lowercase)) {
            venue.push(',');
            venue.push_str(more);
        }
        Some(venue)
    });
    piece
        .map(|piece| without_date(&piece))
        .find(|piece| piece.chars().count() >= 4 && piece.chars().count() <= 100)
        .or_else(|| short_name_before_year(text))
}

/// Abbreviations in the names of venues, whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 24] = [
    "Proc", "Trans", "Conf", "Int", "Symp", "Comput", "Manag", "Syst", "Intell", "Lett", "Adv", "Ann",
    "Commun", "Res", "Sci", "Eng", "Am", "Natl", "Acad", "Soc", "Assoc", "Vol", "vol", "no",
];

/// Splits a text at full stops, bars and brackets.
fn sentences(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '|', '[', ']', '(', ')', '·']) {
        let part = text.get(start..at).unwrap_or_default();
        let word = part.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if mark == "." && ABBREVIATIONS.contains(&word) {
            continue;
        }
        parts.push(part);
        start = at + mark.len();
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Returns a short name that is not listed, right before a year: `CogSci 2018`, `MNRAS, 2022`.
fn short_name_before_year(text: &str) -> Option<String> {
    let words = words(text);
    words.windows(2).find_map(|pair| {
        let [name, year] = pair else { return None };
        let capitals = name.text.chars().filter(char::is_ascii_uppercase).count();
        let is_name = !name.is_number && (2..=12).contains(&name.text.len()) && capitals >= 2;
        let is_alone = name.before.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | '(' | ','));
        let is_beside = matches!(year.before, Some(' ')) && matches!(name.after, Some(' ' | ','));
        (is_name && is_alone && is_beside && year.text.len() == 4 && date_in(year.text).year.is_some())
            .then(|| name.text.to_owned())
    })
}

/// Longest name of a journal or book, in bytes. Chosen: longer text before a volume is a sentence.
const MAX_VENUE_BYTES: usize = 100;

/// Returns what stands before volume and pages, `Data and Folds, 2(2):121–167`, or as a book: `In New Folds, pages 3–9`.
fn venue_before_volume(text: &str) -> Option<String> {
    if let Some(book) = text.trim_start_matches(|c: char| !c.is_alphanumeric()).strip_prefix("In ")
        && let Some((name, _)) = book.split_once(", p")
    {
        return Some(name.trim().to_owned()).filter(|name| is_venue_name(name));
    }
    let colon = text.match_indices("):").map(|(at, _)| at).next()?;
    let open = text.get(..colon)?.rfind('(')?;
    let issue = text.get(open + 1..colon)?;
    let before = text.get(..open)?;
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_volume = name.len() < before.len()
        && !issue.is_empty()
        && issue.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' '));
    let name = name.trim_end_matches(|c: char| !c.is_alphabetic() && c != ')');
    // The sentence before it: a name with a full stop, such as that of a series, is kept whole.
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    (is_volume && is_venue_name(name)).then(|| name.to_owned())
}

fn is_venue_name(name: &str) -> bool {
    name.len() <= MAX_VENUE_BYTES
        && name.len() >= 4
        && name.starts_with(|c: char| c.is_uppercase())
        && !name.contains(['"', '\n', '|', '[', ':'])
}

fn without_date(text: &str) -> String {
    let text = text.trim_end_matches(|c: char| !c.is_alphabetic() && c != ')');
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = text.strip_prefix("In ").unwrap_or(text);
    // `2013 IEEE conference`
    let year = text.get(..4).filter(|year| date_in(year).year.is_some() && text.get(4..5) == Some(" "));
    let text = text.get(year.map_or(0, |year| year.len() + 1)..).unwrap_or_default();
    // `Transactions on Maps 10, no. 3`
    let number = [", no", ", vol", " vol", " no"].iter().find_map(|word| text.strip_suffix(word));
    let trimmed = number.map(|text| text.trim_end_matches(|c: char| !c.is_alphabetic() && c != ')'));
    trimmed.unwrap_or(text).to_owned()
}

/// Returns the number of a month by its name, or the first three letters of its English name.
pub(super) fn month_of(word: &str) -> Option<u8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let whole = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "sept",
    ];
    let known = whole.contains(&lower.as_str()) || lower.len() == 3;
    let english = MONTH_NAMES.iter().position(|month| known && lower.starts_with(month));
    let at =
        english.or_else(|| OTHER_MONTH_NAMES.iter().position(|names| names.contains(&lower.as_str())))?;
    u8::try_from(at + 1).ok()
}

/// A run of digits, or of letters, in a text.
struct Word<'a> {
    text: &'a str,
    before: Option<char>,
    after: Option<char>,
    is_number: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = None;
    while let Some((start, c)) = rest.next() {
        let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic()) * 2 };
        let own = class(c);
        if own == 0 {
            before = Some(c);
            continue;
        }
        let mut last = (start, c);
        while let Some(next) = rest.next_if(|(_, c)| class(*c) == own) {
            last = next;
        }
        let end = last.0 + last.1.len_utf8();
        let after = rest.peek().map(|(_, c)| *c);
        all.push(Word { text: text.get(start..end).unwrap_or_default(), before, after, is_number: own == 1 });
        before = Some(last.1);
    }
    all
}

/// Returns true for four digits that can be the year of a paper.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && matches!(text.parse::<u16>(), Ok(1900..2100))
}

/// Returns the date that is written in a text, as far as it is written.
///
/// The first year counts: four digits from 1900 to 2099, or two behind or before an apostrophe, or as a preprint's `17.03`.
#[allow(clippy::too_many_lines, reason = "one scan of a line for dates, whose arms share the words around")]
pub(super) fn date_in(text: &str) -> PaperDate {
    let words = words(text);
    let number = |at: usize| -> Option<u16> {
        let word = words.get(at).filter(|word| word.is_number && word.text.len() <= 2)?;
        word.text.parse().ok()
    };
    for (at, word) in words.iter().enumerate() {
        if !word.is_number {
            continue;
        }
        let year = match word.text.len() {
            4 => word.text.parse::<u16>().ok().filter(|year| (1900..2100).contains(year)).filter(|_| {
                // `2048 tokens`, `1024x1024`, `10:2016-2022`, `1603.99020`, `3-540-2019` are no years.
                let part = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '_' | ':' | '–'));
                let is_id = word.after == Some('.')
                    && words.get(at + 1).is_some_and(|next| {
                        next.is_number && next.before == Some('.') && next.text.len() > 2
                    });
                !(is_id || part(word.before) && part(word.after))
                    && word.after != Some('x')
                    && word.before != Some(':')
            }),
            2 if matches!(word.before, Some('\'' | '’' | '‘')) || matches!(word.after, Some('\'' | '’')) => {
                two_digits(word.text)
            }
            // `arxiv, 17.03`
            2 if word.after == Some('.')
                && number(at + 1).is_some_and(|month| (1..=12).contains(&month))
                && words
                    .get(at + 1)
                    .is_some_and(|next| next.text.len() == 2 && !matches!(next.after, Some('.')))
                && text.to_lowercase().contains("arxiv") =>
            {
                two_digits(word.text)
            }
            // `ECCV' 20`
            2 if word.before == Some(' ')
                && at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|before| {
                    matches!(before.after, Some('\'' | '’')) && leading_venue(before.text).is_some()
                }) =>
            {
                two_digits(word.text)
            }
            // `CVPR17`, `ArXiv15`
            2 if at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|before| {
                word.before.is_some_and(char::is_alphabetic) && leading_venue(before.text).is_some()
            }) =>
            {
                two_digits(word.text)
            }
            _ => None,
        };
        let Some(year) = year else { continue };
        let mut date = PaperDate { year: Some(year), month: None, day: None };
        // Before it: `9 May 2021`, `July 3, 2024`, `Sept 2018`.
        let word_at = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
        let small = |word: Option<&Word<'_>>| -> Option<u8> {
            let word = word.filter(|word| word.is_number && word.text.len() <= 2)?;
            word.text.parse().ok().filter(|day| (1..=31).contains(day))
        };
        if let Some(month) = word_at(1).filter(|word| !word.is_number).and_then(|word| month_of(word.text)) {
            date.month = Some(month);
            date.day = small(word_at(2));
        } else if let Some(month) =
            word_at(2).filter(|word| !word.is_number).and_then(|word| month_of(word.text))
            && let Some(day) = small(word_at(1))
        {
            (date.month, date.day) = (Some(month), Some(day));
        } else if matches!(word.after, Some('.' | '/' | '-' | '年')) {
            // Behind it: `2023/09`, `2021.6`, `2024-05-17`.
            let month = number(at + 1)
                .and_then(|month| u8::try_from(month).ok())
                .filter(|month| (1..=12).contains(month));
            let joined = words.get(at + 1).is_some_and(|next| next.before == word.after);
            date.month = month.filter(|_| joined);
            if date.month.is_some()
                && words.get(at + 1).is_some_and(|next| matches!(next.after, Some('.' | '/' | '-' | '月')))
            {
                date.day = small(words.get(at + 2)).filter(|_| {
                    words
                        .get(at + 2)
                        .is_some_and(|next| Some(next.before) == words.get(at + 1).map(|month| month.after))
                });
            }
        }
        return date;
    }
    PaperDate::default()
}

fn two_digits(text: &str) -> Option<u16> {
    let yy: u16 = text.parse().ok()?;
    Some(if yy > 60 { 1900 + yy } else { 2000 + yy })
}

/// Words in the name of an institution, in lower case.
const INSTITUTION_WORDS: [&str; 24] = [
    "university",
    "universität",
    "université",
    "universidad",
    "universidade",
    "università",
    "institute",
    "institut",
    "instituto",
    "laboratory",
    "laboratories",
    "labs",
    "college",
    "academy",
    "school",
    "center",
    "centre",
    "department",
    "faculty",
    "foundation",
    "corporation",
    "inc",
    "hospital",
    "research",
];

/// Returns true if text is the name of an institution: `University of the Coast`.
pub(super) fn is_institution(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| INSTITUTION_WORDS.contains(&word.as_str()))
}

/// Employers of many authors, in lower case.
const EMPLOYERS: [&str; 40] = [
    "google",
    "microsoft",
    "facebook",
    "meta",
    "amazon",
    "alibaba",
    "tencent",
    "baidu",
    "bytedance",
    "huawei",
    "nvidia",
    "intel",
    "apple",
    "openai",
    "deepmind",
    "anthropic",
    "samsung",
    "adobe",
    "salesforce",
    "uber",
    "netflix",
    "stanford",
    "berkeley",
    "tsinghua",
    "oxford",
    "cambridge",
    "princeton",
    "harvard",
    "cornell",
    "duke",
    "naver",
    "kakao",
    "sony",
    "bosch",
    "siemens",
    "deepseek",
    "xiaomi",
    "qualcomm",
    "linkedin",
    "twitter",
];

/// Returns true for the name of a company, university or lab: `UC Berkeley`, `AWS`, `Meta AI`.
pub(super) fn is_employer(name: &str) -> bool {
    let is_capitals =
        |word: &str| (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let mut words = name.split(' ');
    let is_known = words.clone().any(|word| EMPLOYERS.contains(&word.to_lowercase().as_str()));
    is_institution(name)
        || is_known
        || words.next_back().is_some_and(|word| is_capitals(word) || word.ends_with("Lab"))
}

/// Longest name in Chinese characters, kana or hangul without a blank, in characters: a longer run is a sentence.
const MAX_CJK_NAME_CHARS: usize = 5;
/// Longest name in katakana, which writes names of other languages.
const MAX_KATAKANA_NAME_CHARS: usize = 14;

/// Returns true if a word in Chinese, Japanese or Korean is too long for a name, or goes on in Latin letters.
fn is_cjk_phrase(word: &str) -> bool {
    let is_katakana = |c: char| matches!(c, '\u{30a0}'..='\u{30ff}');
    let is_cjk = |c: char| {
        is_katakana(c)
            || matches!(c, '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    };
    let count = word.chars().filter(|c| is_cjk(*c)).count();
    let longest = if word.chars().all(is_katakana) { MAX_KATAKANA_NAME_CHARS } else { MAX_CJK_NAME_CHARS };
    count > 0 && (count > longest || word.chars().any(|c| c.is_alphabetic() && !is_cjk(c)))
}

/// Small words inside a name.
const PARTICLES: [&str; 26] = [
    "de", "van", "der", "von", "la", "di", "da", "del", "den", "le", "dos", "el", "al", "bin", "ten", "ter",
    "des", "du", "zu", "zur", "ibn", "della", "dal", "las", "los", "af",
];

/// Returns true if a word begins with a particle and a mark: `d'Alembert`, `ul-Haq`.
fn has_joined_particle(word: &str) -> bool {
    let joined = word.split_once(['\'', '’', '-']);
    joined.is_some_and(|(particle, name)| {
        particle.len() <= 2
            && particle.chars().all(char::is_lowercase)
            && name.starts_with(|c: char| c.is_uppercase())
    })
}

fn is_name(piece: &str) -> bool {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let initials = words.iter().filter(|word| word.ends_with('.') && word.chars().count() == 2).count();
    if words.is_empty() || words.len() - initials.min(3) > 5 || piece.chars().count() > 45 {
        return false;
    }
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let plain = |word: &&str| {
        let is_mark = |c: char| matches!(c, '.' | '-' | '\'' | '’' | '‐' | '*' | '\u{300}'..='\u{36f}');
        (capital(word) || has_joined_particle(word)) && word.chars().all(|c| c.is_alphabetic() || is_mark(c))
    };
    words.iter().all(|word| plain(word) || PARTICLES.contains(word))
        && words.iter().any(|word| capital(word))
        && !words.iter().any(|word| is_cjk_phrase(word))
}

/// Abbreviations of "and others", after the first authors.
const AND_OTHERS: [&str; 5] = ["et al", "et.al", "et. al", " и др", " и соавт"];

/// Words for "and others" at the end of names.
const OTHERS_AT_END: [&str; 9] =
    ["等人", "等", "ほか", " 他", " 외", " u. a", " y otros", " e outros", " ve diğerleri"];

/// Returns names without the words for "and others" after them: `Ada Brook 等人`.
pub(super) fn without_others(names: &str) -> Option<&str> {
    let names = names.trim_end_matches([' ', '.', ',', '，']);
    OTHERS_AT_END
        .iter()
        .find_map(|word| names.strip_suffix(word))
        .map(str::trim_end)
        .filter(|names| !names.is_empty())
}

/// Returns true if text says that there are further authors.
pub(super) fn has_others(text: &str) -> bool {
    AND_OTHERS.iter().any(|others| text.contains(others)) || without_others(text).is_some()
}

/// Reads a list of names: `Ada Brook, Omar Rizk and Lena Fox`, `Okoro, M., and L. Fox`, `Ito et al.` `None` if it is none.
///
/// `is_list` says that the text is known to be names, so that a single one is enough.
#[allow(clippy::too_many_lines, reason = "the forms of a list of names, in their order")]
pub(super) fn names_in(text: &str, is_list: bool) -> Option<Vec<String>> {
    let text = text.trim().trim_end_matches([',', ':', ';']).trim_end();
    let (text, others) = match AND_OTHERS.iter().find_map(|others| text.find(others)) {
        Some(at) => (text.get(..at).unwrap_or_default(), true),
        None => without_others(text).map_or((text, false), |names| (names, true)),
    };
    if text.len() > 3000 {
        return None;
    }
    // `Okoro, Mary and Fox, Lena and Rizk, Omar`: as BibTeX has them.
    if !others && text.contains(" and ") && !text.contains(';') {
        let names: Vec<&str> = text.split(" and ").map(|name| name.trim().trim_end_matches('.')).collect();
        let is_inverted = |name: &&str| {
            name.split_once(',').is_some_and(|(surname, given)| is_name(surname) && is_name(given.trim()))
        };
        if names.iter().all(is_inverted) {
            return Some(names.into_iter().map(str::to_owned).collect());
        }
    }
    let text = text.trim_end_matches("...").trim_end_matches('…');
    // `Okoro, Mary, et al.`
    let ends_with_comma = others && text.trim_end().ends_with(',');
    let text = text.trim().trim_end_matches([',', ';']);
    let no_brackets = remove_bracketed(text);
    let semicolons = no_brackets.contains(';');
    // `J. OKORO AND R. E. FOX`: only initials tell names in capitals from a title.
    let are_capitals =
        no_brackets.contains(" AND ") && no_brackets.split(" AND ").all(|part| part.contains('.'));
    let no_brackets = if are_capitals { no_brackets.replace(" AND ", " and ") } else { no_brackets };
    let joined = no_brackets
        .replace(" and ", if semicolons { "; " } else { ", " })
        .replace(['&', '、', '，', '·'], ",");
    let split = if semicolons { ';' } else { ',' };
    let mut pieces: Vec<String> = Vec::new();
    for piece in joined.split(split) {
        let piece = piece.trim().trim_matches('*').trim_start_matches("and ").trim();
        if piece.is_empty() {
            continue;
        }
        // `Okoro, M.`: initials belong to the name before.
        let initials = piece.len() <= 9
            && piece.contains('.')
            && piece.split(['.', ' ', '-']).all(|part| part.chars().count() <= 1);
        match pieces.last_mut() {
            Some(last) if initials && !last.contains('.') && !last.contains(' ') => {
                *last = format!("{last}, {piece}");
            }
            _ => {
                if semicolons {
                    let is_fine = piece.split(',').all(|part| is_name(part.trim()));
                    if !is_fine {
                        return None;
                    }
                } else if !is_name(piece) {
                    return None;
                }
                pieces.push(piece.to_owned());
            }
        }
    }
    let are_several = pieces.len() > 1;
    // `Okoro, Mary, Lena Fox, and Omar Rizk`: only the first is written with the surname first.
    let words = |at: usize| pieces.get(at).map(|piece| piece.split_whitespace().count());
    let has_particle = |at: usize| {
        pieces.get(at).is_some_and(|piece| piece.split_whitespace().any(|word| PARTICLES.contains(&word)))
    };
    let is_given = |at: usize| words(at).is_some_and(|count| count <= 2 || has_particle(at)) && !semicolons;
    let rest_is_whole = pieces.len() > 2 && (2..pieces.len()).all(|at| words(at) > Some(1));
    let ends_with_initial = || {
        pieces
            .get(1)
            .and_then(|piece| piece.split_once(' '))
            .is_some_and(|(_, word)| word.chars().count() <= 2)
    };
    let ends_whole = pieces.len() == 2 && (ends_with_comma || ends_with_initial());
    let is_comma = pieces.first().is_some_and(|first| {
        no_brackets.trim_start().strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with(','))
    });
    if is_comma && words(0) == Some(1) && is_given(1) && (rest_is_whole || ends_whole) {
        let given = pieces.remove(1);
        if let Some(first) = pieces.first_mut() {
            *first = format!("{first}, {given}");
        }
    }
    let is_enough = others || are_several || is_list || pieces.first().is_some_and(|name| name.contains('.'));
    (!pieces.is_empty() && is_enough).then_some(pieces)
}

/// Text without what stands in brackets: institutions, footnote marks.
fn remove_bracketed(text: &str) -> String {
    let mut depth = 0_usize;
    let kept = text.chars().filter(|c| {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> (Option<u16>, Option<u8>, Option<u8>) {
        let PaperDate { year, month, day } = date_in(text);
        (year, month, day)
    }

    #[test]
    fn dates_as_people_write_them() {
        let cases = [
            ("(2019)", (Some(2019), None, None)),
            ("NeurIPS'21", (Some(2021), None, None)),
            ("CVPR2021", (Some(2021), None, None)),
            ("ICLR, 2022", (Some(2022), None, None)),
            ("15' ICML", (Some(2015), None, None)),
            ("[2023/09]", (Some(2023), Some(9), None)),
            ("2021.6", (Some(2021), Some(6), None)),
            ("Sept 2018", (Some(2018), Some(9), None)),
            ("9 May 2021", (Some(2021), Some(5), Some(9))),
            ("July 3, 2024", (Some(2024), Some(7), Some(3))),
            ("(arXiv 2022.09)", (Some(2022), Some(9), None)),
            ("arxiv, 17.03", (Some(2017), Some(3), None)),
            ("2024-05-17", (Some(2024), Some(5), Some(17))),
            ("ArXiv15", (Some(2015), None, None)),
            ("2D, 16x16, arXiv:1603.99020 (2016).", (Some(2016), None, None)),
            ("nothing 123", (None, None, None)),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn names_and_venues() {
        let names = |text| names_in(text, false).unwrap_or_default();
        assert_eq!(names("Ada Brook, Omar Rizk and Lena Fox"), ["Ada Brook", "Omar Rizk", "Lena Fox"]);
        assert_eq!(names("Okoro, M., and L. Fox."), ["Okoro, M.", "L. Fox."]);
        assert_eq!(names("Okoro, Mary, Lena Fox, and Omar Rizk"), ["Okoro, Mary", "Lena Fox", "Omar Rizk"]);
        assert_eq!(
            names("Okoro, Mary and Fox, Lena and Rizk, Omar."),
            ["Okoro, Mary", "Fox, Lena", "Rizk, Omar"]
        );
        assert_eq!(names("Okoro, Mary van den, et al."), ["Okoro, Mary van den"]);
        assert_eq!(names("Ada Brook, Omar Rizk..."), ["Ada Brook", "Omar Rizk"]);
        assert_eq!(names("Okoro, Mary T., et al."), ["Okoro, Mary T."]);
        assert_eq!(names("Okoro, Fox et al."), ["Okoro", "Fox"]);
        assert_eq!(names("Okoro, Mary T"), ["Okoro, Mary T"]);
        assert_eq!(names("Ada Brook (Univ. North) et al"), ["Ada Brook"]);
        assert_eq!(names("Vidal, Ines; Ma, Jun"), ["Vidal, Ines", "Ma, Jun"]);
        assert!(names("a protocol that works, and more").is_empty());
        assert_eq!(venue_in("ICCV, 2021").as_deref(), Some("ICCV"));
        assert_eq!(venue_in("arXiv, then NeurIPS'21").as_deref(), Some("NeurIPS"));
        assert_eq!(
            venue_in("Journal of Slow Computing 3(2):10-22, 2016").as_deref(),
            Some("Journal of Slow Computing")
        );
        for (text, venue) in [
            ("Folds and Maps, 2(2):121–167, 1998.", "Folds and Maps"),
            ("Folding, IEEE Transactions on, 1(1):67–82, 1997", "Folding, IEEE Transactions on"),
            ("In New Folds in Maps, pages 25–42. Press, 2002.", "New Folds in Maps"),
            (
                "2013 IEEE international conference on maps, folds and paper. IEEE, 2013.",
                "IEEE international conference on maps, folds and paper",
            ),
        ] {
            assert_eq!(venue_in(text).as_deref(), Some(venue));
        }
        assert_eq!(venue_in("FoldSci 2018.").as_deref(), Some("FoldSci"));
        assert_eq!(venue_in("we date it"), None);
    }
}
