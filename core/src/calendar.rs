//! Names of months and weekdays in dates.

/// Names of the months in the order of the year, as their first three letters.
pub(crate) const MONTH_NAMES: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Names of the months in German, French, Spanish, Portuguese, Italian and Russian, in lower case.
pub(crate) const OTHER_MONTH_NAMES: [&[&str]; 12] = [
    &["januar", "jänner", "janvier", "enero", "janeiro", "gennaio", "января", "январь"],
    &["februar", "février", "febrero", "fevereiro", "febbraio", "февраля", "февраль"],
    &["märz", "mars", "marzo", "março", "марта", "март"],
    &["avril", "abril", "aprile", "апреля", "апрель"],
    &["mai", "mayo", "maio", "maggio", "мая", "май"],
    &["juni", "juin", "junio", "junho", "giugno", "июня", "июнь"],
    &["juli", "juillet", "julio", "julho", "luglio", "июля", "июль"],
    &["août", "agosto", "августа", "август"],
    &["septembre", "septiembre", "setembro", "settembre", "сентября", "сентябрь"],
    &["oktober", "octobre", "octubre", "outubro", "ottobre", "октября", "октябрь"],
    &["novembre", "noviembre", "novembro", "ноября", "ноябрь"],
    &["dezember", "décembre", "diciembre", "dezembro", "dicembre", "декабря", "декабрь"],
];

const WEEKDAYS: [&str; 17] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// Returns true for the name of a weekday or its abbreviation, in lower case.
pub(crate) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}
