//! The browser history: when a change of the URL is a new step, and when it replaces the last one.

/// A way to write a URL into the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryWrite {
    /// A new step, which Back undoes.
    Push,
    /// A change of the current step.
    Replace,
}

/// Words that are typed: the first letter is a new step in the history, the next ones change that step. The URL follows
/// after a pause.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedWords {
    /// The current step was created by typing.
    has_step: bool,
    /// Words that the URL does not show yet.
    pending: Option<HistoryWrite>,
}

impl TypedWords {
    /// Nothing typed.
    pub const NONE: Self = Self { has_step: false, pending: None };

    /// Records a change of the words. Returns true if it is the first since the last write, so that one is to be scheduled.
    pub fn change(&mut self) -> bool {
        let is_first = self.pending.is_none();
        if is_first {
            self.pending = Some(if self.has_step { HistoryWrite::Replace } else { HistoryWrite::Push });
        }
        self.has_step = true;
        is_first
    }

    /// Takes the write that the words are waiting for.
    pub fn take_pending(&mut self) -> Option<HistoryWrite> {
        self.pending.take()
    }

    /// Ends the step: the next letter begins a new one.
    pub fn end_step(&mut self) {
        self.has_step = false;
    }

    /// Returns true if the URL does not show the words yet.
    pub fn is_pending(self) -> bool {
        self.pending.is_some()
    }
}

/// Returns the URL to write for a query string with an optional hash. An empty query leaves only the path: a bare `?` would
/// be shown, and without either the browser would resolve to the current query.
pub fn url_without_empty_query(url: &str, path: &str) -> String {
    match url.strip_prefix('?').filter(|rest| rest.is_empty() || rest.starts_with('#')) {
        Some(hash) => [path, hash].concat(),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_adds_one_step() {
        let mut typed = TypedWords::NONE;
        assert!(typed.change() && typed.is_pending());
        assert!(!typed.change(), "a write is scheduled already");
        assert_eq!(typed.take_pending(), Some(HistoryWrite::Push));
        assert!(typed.change());
        assert_eq!(typed.take_pending(), Some(HistoryWrite::Replace));
        assert_eq!(typed.take_pending(), None);
        assert!(!typed.is_pending());
    }

    #[test]
    fn typing_after_another_query_adds_another_step() {
        let mut typed = TypedWords::NONE;
        typed.change();
        typed.take_pending();
        typed.end_step();
        typed.change();
        assert_eq!(typed.take_pending(), Some(HistoryWrite::Push));
    }

    #[test]
    fn going_back_discards_pending_words() {
        let mut typed = TypedWords::NONE;
        typed.change();
        typed = TypedWords::NONE;
        assert!(!typed.is_pending());
        assert!(typed.change());
        assert_eq!(typed.take_pending(), Some(HistoryWrite::Push));
    }

    #[test]
    fn writes_path_instead_of_empty_query() {
        for (url, written) in [
            ("?", "/n/"),
            ("?#attention", "/n/#attention"),
            ("?q=a#b", "?q=a#b"),
            ("#b", "#b"),
            ("?year=2020", "?year=2020"),
        ] {
            assert_eq!(url_without_empty_query(url, "/n/"), written, "{url}");
        }
    }
}
