//! Languages by their tags (BCP 47), as far as a page has to know them.

/// A tag of a language, as an attribute can say it; none where it is no such tag.
pub fn language(tag: &str) -> Option<&str> {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let main = main(tag);
    let is_tag =
        main.len() > 1 && main.chars().all(|c| c.is_ascii_alphabetic()) && tag.split('-').all(is_part);
    is_tag.then_some(tag)
}

/// Which way a language is written, as `dir` says it.
pub fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 15] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi"];
    if RIGHT_TO_LEFT.iter().any(|name| main(tag).eq_ignore_ascii_case(name)) { "rtl" } else { "ltr" }
}

/// The language itself, without script and region.
pub fn main(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_says_nothing() {
        assert_eq!(["en", "zh-Hant-TW", "AR"].map(language), [Some("en"), Some("zh-Hant-TW"), Some("AR")]);
        assert_eq!(["", "e", "en_US", "\"><b>", "en--x", "123"].map(language), [None; 6]);
        assert_eq!(["ar-EG", "AR", "es", ""].map(direction), ["rtl", "rtl", "ltr", "ltr"]);
    }
}
