//! The folds that a reader opened or closed, as they are stored in the browser.

/// The name of all folds, after they were closed or opened at once; no anchor has it.
const ALL: &str = "*";
/// The prefix of folds that were opened; no anchor begins with it.
const OPENED: char = '+';

/// Folds by name, as a reader left them. Others are as the author wrote them, or as all were left at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldStates {
    /// The state that all folds were given at once: true if open.
    all: Option<bool>,
    /// Names of folds with a state of their own: true if open.
    own: Vec<(String, bool)>,
}

impl FoldStates {
    /// All folds, open or closed.
    pub fn all(is_open: bool) -> Self {
        Self { all: Some(is_open), own: Vec::new() }
    }

    /// Parses names that are separated by spaces, those of opened folds with a `+`; an anchor holds neither.
    pub fn parse(text: &str) -> Self {
        let mut states = Self::default();
        for name in text.split(' ').filter(|name| !name.is_empty()) {
            let (name, is_open) = name.strip_prefix(OPENED).map_or((name, false), |name| (name, true));
            if name == ALL {
                states.all = Some(is_open);
            } else {
                states.own.push((name.to_owned(), is_open));
            }
        }
        states
    }

    /// Returns true if a reader left a fold open, and false if closed; `None` if it is as its author wrote it.
    pub fn state(&self, name: &str) -> Option<bool> {
        let own = self.own.iter().find(|(other, _)| other == name).map(|(_, is_open)| *is_open);
        own.or(self.all)
    }

    /// Returns true if a fold is closed, where `is_folded` is its state as written.
    pub fn is_closed(&self, name: &str, is_folded: bool) -> bool {
        !self.state(name).unwrap_or(!is_folded)
    }

    /// Records that a fold was opened or closed.
    pub fn set(&mut self, name: &str, is_open: bool) {
        self.own.retain(|(other, _)| other != name);
        if self.all != Some(is_open) {
            self.own.push((name.to_owned(), is_open));
        }
    }

    /// Writes the states as [`parse`](Self::parse) reads them.
    pub fn print(&self) -> String {
        let all = self.all.map(|is_open| (ALL, is_open));
        let own = self.own.iter().map(|(name, is_open)| (name.as_str(), *is_open));
        let name = |(name, is_open): (&str, bool)| {
            if is_open { format!("{OPENED}{name}") } else { name.to_owned() }
        };
        all.into_iter().chain(own).map(name).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_each_fold_once() {
        let mut folds = FoldStates::parse("papers  terms");
        folds.set("papers", false);
        folds.set("goals", false);
        folds.set("terms", true);
        assert_eq!(folds.print(), "papers goals +terms");
        assert!(folds.is_closed("papers", false) && !folds.is_closed("terms", true));
        assert!(!folds.is_closed("goal", false) && folds.is_closed("goal", true), "as the author wrote it");
        assert_eq!(FoldStates::parse(&folds.print()), folds);
    }

    #[test]
    fn closing_all_stores_those_that_are_opened_since() {
        let mut folds = FoldStates::all(false);
        assert_eq!(folds.print(), "*");
        folds.set("papers", true);
        folds.set("terms", true);
        folds.set("terms", false);
        assert_eq!(folds.print(), "* +papers");
        assert_eq!(FoldStates::parse("* +papers"), folds);
        assert!(!folds.is_closed("papers", false) && folds.is_closed("terms", false));
        assert!(folds.is_closed("new", false));
    }

    #[test]
    fn opening_all_opens_those_that_the_author_folded() {
        let folds = FoldStates::all(true);
        assert_eq!(folds.print(), "+*");
        assert_eq!(FoldStates::parse("+*"), folds);
        assert!(!folds.is_closed("papers", true));
    }
}
