//! Language tags (BCP 47) and text direction.

/// Returns the tag if it is well-formed: a language of two to eight letters, then subtags of letters and digits.
pub fn valid_tag(tag: &str) -> Option<&str> {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let main = primary_subtag(tag);
    let is_tag =
        main.len() > 1 && main.chars().all(|c| c.is_ascii_alphabetic()) && tag.split('-').all(is_part);
    is_tag.then_some(tag)
}

/// Returns the direction in which a language is written, `ltr` or `rtl`, as for the HTML attribute `dir`. The script subtag
/// is ignored.
pub fn text_direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 15] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi"];
    if RIGHT_TO_LEFT.iter().any(|name| primary_subtag(tag).eq_ignore_ascii_case(name)) {
        "rtl"
    } else {
        "ltr"
    }
}

/// Returns the language of a tag without script and region.
pub fn primary_subtag(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_tags_are_rejected() {
        assert_eq!(["en", "zh-Hant-TW", "AR"].map(valid_tag), [Some("en"), Some("zh-Hant-TW"), Some("AR")]);
        assert_eq!(["", "e", "en_US", "\"><b>", "en--x", "123"].map(valid_tag), [None; 6]);
        assert_eq!(["ar-EG", "AR", "es", ""].map(text_direction), ["rtl", "rtl", "ltr", "ltr"]);
    }
}
