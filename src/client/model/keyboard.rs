//! The keys of the page and of the palette.

/// A command that a single key gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCommand {
    /// Clear the words, then the filters.
    Clear,
    /// Focus the search box.
    Search,
    /// Show the list of keys.
    Help,
    /// Focus the next entry.
    Next,
    /// Focus the previous entry.
    Previous,
    /// Follow the link of the focused entry.
    Open,
}

/// The element that has the focus when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTarget {
    /// The search box.
    SearchBox,
    /// Another element that takes text.
    TextField,
    /// An entry, or a result that leads to one.
    Entry,
    /// Any other element.
    Other,
}

impl KeyCommand {
    /// Returns the command of a key without modifiers. `are_keys_on` is the reader's setting: without it only keys that type
    /// nothing have a command (WCAG 2.1.4).
    pub fn of(key: &str, target: KeyTarget, are_keys_on: impl FnOnce() -> bool) -> Option<Self> {
        match (key, target) {
            ("Escape", _) => return Some(Self::Clear),
            ("ArrowDown", KeyTarget::SearchBox) => return Some(Self::Next),
            (_, KeyTarget::SearchBox | KeyTarget::TextField) => return None,
            _ => {}
        }
        if !are_keys_on() {
            return None;
        }
        match (key, target) {
            ("/", _) => Some(Self::Search),
            ("?", _) => Some(Self::Help),
            ("j", _) | ("ArrowDown", KeyTarget::Entry) => Some(Self::Next),
            ("k", _) | ("ArrowUp", KeyTarget::Entry) => Some(Self::Previous),
            ("Enter", KeyTarget::Entry) => Some(Self::Open),
            _ => None,
        }
    }
}

/// Returns the entry to focus: the one `by` steps from the current one; without one the first or the last. None at either end.
pub fn step_focus(current: Option<usize>, by: isize, count: usize) -> Option<usize> {
    let next = match current {
        Some(at) => at.checked_add_signed(by),
        None if by > 0 => Some(0),
        None => count.checked_sub(1),
    };
    next.filter(|at| *at < count)
}

/// Returns the option of a list to select for a key; none if the key does not move in it. Arrows wrap around, as the ARIA
/// pattern for a combobox allows. In an empty list it is 0.
pub fn step_option(key: &str, is_ctrl: bool, current: usize, count: usize) -> Option<usize> {
    let next = match key {
        "ArrowDown" => (current + 1).checked_rem(count),
        "ArrowUp" => (current + count).saturating_sub(1).checked_rem(count),
        "Home" if is_ctrl => Some(0),
        "End" if is_ctrl => count.checked_sub(1),
        _ => return None,
    };
    Some(next.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_typed_in_text_fields() {
        for target in [KeyTarget::SearchBox, KeyTarget::TextField] {
            for key in ["/", "?", "j", "k", "Enter", "ArrowUp"] {
                assert_eq!(KeyCommand::of(key, target, || true), None, "{key} in {target:?}");
            }
            assert_eq!(KeyCommand::of("Escape", target, || true), Some(KeyCommand::Clear));
        }
        assert_eq!(KeyCommand::of("ArrowDown", KeyTarget::SearchBox, || false), Some(KeyCommand::Next));
        assert_eq!(KeyCommand::of("ArrowDown", KeyTarget::TextField, || true), None);
    }

    #[test]
    fn single_keys_can_be_turned_off() {
        for (key, command) in [("/", KeyCommand::Search), ("?", KeyCommand::Help), ("j", KeyCommand::Next)] {
            assert_eq!(KeyCommand::of(key, KeyTarget::Other, || true), Some(command));
            assert_eq!(KeyCommand::of(key, KeyTarget::Other, || false), None);
        }
        assert_eq!(KeyCommand::of("Escape", KeyTarget::Other, || false), Some(KeyCommand::Clear));
    }

    #[test]
    fn arrows_and_enter_need_a_focused_entry() {
        for (key, command) in
            [("ArrowDown", KeyCommand::Next), ("ArrowUp", KeyCommand::Previous), ("Enter", KeyCommand::Open)]
        {
            assert_eq!(KeyCommand::of(key, KeyTarget::Entry, || true), Some(command));
            assert_eq!(
                KeyCommand::of(key, KeyTarget::Other, || true),
                None,
                "{key} scrolls or presses a button"
            );
        }
    }

    #[test]
    fn focus_moves_between_the_ends() {
        assert_eq!((step_focus(None, 1, 3), step_focus(None, -1, 3)), (Some(0), Some(2)));
        assert_eq!((step_focus(Some(1), 1, 3), step_focus(Some(1), -1, 3)), (Some(2), Some(0)));
        assert_eq!((step_focus(Some(2), 1, 3), step_focus(Some(0), -1, 3)), (None, None));
        assert_eq!((step_focus(None, 1, 0), step_focus(None, -1, 0)), (None, None));
    }

    #[test]
    fn options_wrap_around() {
        let step = |key, current| step_option(key, false, current, 3);
        assert_eq!(
            (step("ArrowDown", 2), step("ArrowUp", 0), step("ArrowUp", 2)),
            (Some(0), Some(2), Some(1))
        );
        assert_eq!((step("Home", 1), step("x", 1)), (None, None));
        assert_eq!((step_option("Home", true, 1, 3), step_option("End", true, 1, 3)), (Some(0), Some(2)));
        assert_eq!(
            (step_option("ArrowDown", false, 0, 0), step_option("End", true, 0, 0)),
            (Some(0), Some(0))
        );
    }
}
