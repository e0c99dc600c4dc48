//! Citations between brackets, as Pandoc writes them: `[see @key, p. 3; @other]`.

/// The longest text between the brackets, in bytes. Chosen: dozens of keys fit; without a limit, a text of many brackets that are
/// never closed would take quadratic time.
const MAX_GROUP_BYTES: usize = 1_000;

/// Splits what follows an opening bracket into the text before the closing one, and the rest. `None` if there is another bracket
/// before it, or too much text.
pub(crate) fn split_group(text: &str) -> Option<(&str, &str)> {
    let mut chars = text.char_indices().take_while(|(at, _)| *at <= MAX_GROUP_BYTES);
    let (end, _) = chars.find(|(_, c)| matches!(c, '[' | ']'))?;
    let (inside, rest) = text.split_at_checked(end)?;
    Some((inside, rest.strip_prefix(']')?))
}
