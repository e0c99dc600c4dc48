//! The folds that a reader closed, as they are stored in the browser.

/// Stands for every fold, where all were closed at once; no anchor has it.
const ALL: &str = "*";

/// Closed folds by name. Folds are open at first, so that only closed ones are stored; after all were closed, only those that
/// were opened since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosedFolds {
    /// Folds are closed, except for those that are named.
    are_closed: bool,
    /// Names of the others.
    others: Vec<String>,
}

impl ClosedFolds {
    /// All folds, open or closed.
    pub fn all(is_open: bool) -> Self {
        Self { are_closed: !is_open, others: Vec::new() }
    }

    /// Parses names that are separated by spaces; an anchor holds none.
    pub fn parse(text: &str) -> Self {
        let mut others: Vec<String> =
            text.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let count = others.len();
        others.retain(|name| name != ALL);
        Self { are_closed: others.len() < count, others }
    }

    /// Returns true if a fold is closed.
    pub fn contains(&self, name: &str) -> bool {
        self.are_closed != self.others.iter().any(|other| other == name)
    }

    /// Records that a fold was opened or closed.
    pub fn set(&mut self, name: &str, is_open: bool) {
        self.others.retain(|other| other != name);
        if is_open == self.are_closed {
            self.others.push(name.to_owned());
        }
    }

    /// Writes the names as [`parse`](Self::parse) reads them.
    pub fn print(&self) -> String {
        let all = self.are_closed.then_some(ALL);
        all.into_iter().chain(self.others.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_closed_folds_once() {
        let mut folds = ClosedFolds::parse("papers  terms");
        folds.set("papers", false);
        folds.set("goals", false);
        folds.set("terms", true);
        assert_eq!(folds.print(), "papers goals");
        assert!(folds.contains("papers") && !folds.contains("terms") && !folds.contains("goal"));
        assert_eq!(ClosedFolds::parse(&folds.print()), folds);
    }

    #[test]
    fn stores_nothing_if_all_folds_are_open() {
        let mut folds = ClosedFolds::parse("");
        folds.set("papers", true);
        assert_eq!(folds.print(), "");
    }

    #[test]
    fn closing_all_stores_those_that_are_opened_since() {
        let mut folds = ClosedFolds::all(false);
        assert_eq!(folds.print(), "*");
        folds.set("papers", true);
        folds.set("terms", true);
        folds.set("terms", false);
        assert_eq!(folds.print(), "* papers");
        assert_eq!(ClosedFolds::parse("* papers"), folds);
        assert!(!folds.contains("papers") && folds.contains("terms") && folds.contains("new"));
    }
}
