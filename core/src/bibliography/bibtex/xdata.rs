//! References to single values of `@xdata` entries: `author = {xdata=people-author-2}`, `publisher = {xdata=press}`.
//!
//! Format: the BibLaTeX manual, section 3.13.6, "Data Containers". Parts are separated by hyphens, which keys may contain too: the longest
//! key that the file has counts.

use super::fields::BibtexFields;

const PREFIX: &str = "xdata=";

/// Replaces the references in the value of the field `name`. `entry` finds an entry by its key.
///
/// # Errors
/// Returns the first reference that leads nowhere.
pub(super) fn expand<'a>(
    name: &str,
    value: &str,
    entry: impl Fn(&str) -> Option<&'a BibtexFields>,
) -> Result<String, String> {
    let parts = split_list(value).into_iter().map(|part| match reference(part) {
        Some(reference) => resolve(name, reference, &entry).ok_or_else(|| reference.to_owned()),
        None => Ok(part),
    });
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(" and "))
}

/// Returns true if a value contains a reference.
pub(super) fn has_reference(value: &str) -> bool {
    value.contains(PREFIX) && split_list(value).into_iter().any(|part| reference(part).is_some())
}

fn reference(part: &str) -> Option<&str> {
    part.trim().strip_prefix(PREFIX).map(str::trim)
}

/// Returns the value that a reference names.
fn resolve<'a>(
    name: &str,
    reference: &str,
    entry: impl Fn(&str) -> Option<&'a BibtexFields>,
) -> Option<&'a str> {
    let ends = reference.rmatch_indices('-').map(|(at, _)| at);
    let (fields, rest) = std::iter::once(reference.len()).chain(ends).find_map(|end| {
        let (key, rest) = reference.split_at_checked(end)?;
        Some((entry(key)?, rest.trim_start_matches('-')))
    })?;
    let (field, number) = match rest.rsplit_once('-') {
        Some((field, number)) if number.parse::<usize>().is_ok() => (field, number.parse().ok()),
        _ => (rest, None),
    };
    let value = fields.get(if field.is_empty() { name } else { field })?;
    match number {
        None => Some(value),
        Some(number) => split_list(value).get(usize::checked_sub(number, 1)?).copied().map(str::trim),
    }
}

/// Splits a list at each `and` outside of braces. O(length).
fn split_list(value: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && c.is_whitespace() && at >= start => {
                let rest = value.get(at + c.len_utf8()..).unwrap_or_default();
                if rest.starts_with("and")
                    && rest.get(3..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
                {
                    parts.push(value.get(start..at).unwrap_or_default());
                    start = at + c.len_utf8() + "and ".len();
                }
            }
            _ => {}
        }
    }
    parts.push(value.get(start.min(value.len())..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_fields_and_list_items_are_replaced() {
        let people = BibtexFields::from([
            ("author".to_owned(), "One, Ada and {Two and Sons} and Three, Cy".to_owned()),
            ("note".to_owned(), "So".to_owned()),
        ]);
        let entry = |key: &str| ["people", "people-1"].contains(&key).then_some(&people);
        for (value, expected) in [
            ("xdata=people", Ok("One, Ada and {Two and Sons} and Three, Cy")),
            ("xdata=people-author-2", Ok("{Two and Sons}")),
            ("xdata=people-1-author-3 and Four, Di", Ok("Three, Cy and Four, Di")),
            ("Four, Di and xdata=people-author-1", Ok("Four, Di and One, Ada")),
            ("xdata=people-note", Ok("So")),
            ("xdata=nobody", Err("nobody")),
            ("xdata=people-author-9", Err("people-author-9")),
            ("xdata=people-author-0", Err("people-author-0")),
            ("{xdata=people}", Ok("{xdata=people}")),
        ] {
            let expanded = expand("author", value, entry);
            assert_eq!(expanded.as_deref().map_err(String::as_str), expected, "{value}");
        }
    }
}
