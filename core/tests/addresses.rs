//! Recall and precision of what addresses tell: identifiers and years.
//!
//! `NOTEBOOK_ADDRESSES=FILE cargo test -p notebook-core --test addresses -- --nocapture` compares with a table: on each line an
//! address, the id as people cite it (`arXiv:1706.03762`, `doi:10.1000/182`; empty if it tells none) and the year (or nothing), with
//! tabs between them.

use std::collections::BTreeMap;

use notebook_core::notebook::{PaperSource, Url};

/// Least share of what is there that is found, and of what is found that is there.
const LEAST: f64 = 0.98;

/// Facts that were told, found, and found as they were told.
#[derive(Default)]
struct Tally {
    told: u32,
    found: u32,
    right: u32,
}

impl Tally {
    fn add(&mut self, told: &str, found: &str) {
        self.told += u32::from(!told.is_empty());
        self.found += u32::from(!found.is_empty());
        self.right += u32::from(!told.is_empty() && told.eq_ignore_ascii_case(found));
    }

    /// Prints recall and precision of a fact, and returns the lesser one.
    fn print(&self, name: &str) -> f64 {
        let share = |of: u32| f64::from(self.right) / f64::from(of.max(1));
        let (recall, precision) = (share(self.told), share(self.found));
        println!(
            "{name}: recall {} of {} = {recall:.4}, precision {} of {} = {precision:.4}",
            self.right, self.told, self.right, self.found
        );
        recall.min(precision)
    }
}

#[test]
fn addresses_tell_their_identifiers_and_years() {
    let Some(file) = std::env::var_os("NOTEBOOK_ADDRESSES") else {
        return eprintln!("skipped: NOTEBOOK_ADDRESSES names no table of addresses");
    };
    let table = std::fs::read_to_string(file).expect("the table");
    let (mut ids, mut years, mut wrong) = (Tally::default(), Tally::default(), BTreeMap::new());
    for line in table.lines() {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (address, id, year) = (cell(), cell(), cell());
        let source = Url::parse(address).map(|url| PaperSource::from_url(&url)).unwrap_or_default();
        let found_id = source.cited_id().unwrap_or_default();
        let found_year = source.year.map(|year| year.to_string()).unwrap_or_default();
        ids.add(id, &found_id);
        years.add(year, &found_year);
        if !found_id.eq_ignore_ascii_case(id) || found_year != year {
            wrong.insert(address, format!("{found_id} {found_year}, not {id} {year}"));
        }
    }
    for (address, facts) in &wrong {
        println!("{address}: {facts}");
    }
    println!("{} of {} addresses differ", wrong.len(), table.lines().count());
    let least = ids.print("identifiers").min(years.print("years"));
    assert!(least >= LEAST, "{least}");
}
