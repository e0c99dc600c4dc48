//! Prints results as a table with a column for each engine.

use std::collections::HashMap;

use super::figures::number;
use super::other_engines;
use super::search::FACETS;
use xtask::files::grouped;

/// Figures by engine and name, as the page reported them.
pub(crate) struct Results {
    values: HashMap<(String, String), f64>,
    /// The reason why an engine has no result.
    notes: HashMap<String, String>,
}

impl Results {
    /// Reads lines of engine, figure and value, with a tab between.
    pub(crate) fn read(text: &str) -> Self {
        let (mut values, mut notes) = (HashMap::new(), HashMap::new());
        for line in text.lines() {
            let mut parts = line.splitn(3, '\t').map(str::to_owned);
            if let (Some(engine), Some(figure), Some(value)) = (parts.next(), parts.next(), parts.next()) {
                if let Ok(value) = value.parse() {
                    values.insert((engine, figure), value);
                } else {
                    notes.insert(engine, value);
                }
            }
        }
        Self { values, notes }
    }

    pub(crate) fn of(&self, engine: &str, figure: &str) -> Option<f64> {
        self.values.get(&(engine.to_owned(), figure.to_owned())).copied()
    }

    pub(crate) fn set(&mut self, engine: &str, figure: &str, value: impl TryInto<u32>) {
        if let Ok(value) = value.try_into() {
            self.values.insert((engine.to_owned(), figure.to_owned()), f64::from(value));
        }
    }
}

/// Converts a number of bytes to a floating-point number.
pub(crate) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// A query: one or two words, the last cut to some letters, as the page names it.
pub(crate) fn cells() -> impl Iterator<Item = String> {
    ["one", "two"].into_iter().flat_map(|kind| (1..=8).map(move |length| format!("{kind}.{length}")))
}

/// Rows: label, figure, and value of a unit; none if a ratio to another engine has no meaning.
const ROWS: [(&str, &str, Option<f64>); 26] = [
    ("program ready, ms", "program", Some(1.0)),
    ("built in the page, ms", "build", Some(1.0)),
    ("data to first answer, ms", "ready", Some(1.0)),
    ("  fastest start", "ready.min", Some(1.0)),
    ("a key, ms: median", "p50.all", Some(1.0)),
    ("  95th percentile", "p95.all", Some(1.0)),
    ("  95th of every turn", "raw.all", Some(1.0)),
    ("  longest of every turn", "max.all", Some(1.0)),
    ("  one word, 95th", "p95.one", Some(1.0)),
    ("  two words, 95th", "p95.two", Some(1.0)),
    ("  keys timed", "keys", None),
    ("index, kB", "index", Some(1e3)),
    ("index after brotli, kB", "brotli", Some(1e3)),
    ("memory, MB", "memory", Some(1e6)),
    ("known paper: recall@10", "recall.exact", None),
    ("  MRR", "mrr.exact", None),
    ("  ms: median", "p50.items.exact", Some(1.0)),
    ("  95th percentile", "p95.items.exact", Some(1.0)),
    ("  longest of every turn", "max.items.exact", Some(1.0)),
    ("  asked", "items.exact", None),
    ("with a typo: recall@10", "recall.typo", None),
    ("  MRR", "mrr.typo", None),
    ("  ms: median", "p50.items.typo", Some(1.0)),
    ("  95th percentile", "p95.items.typo", Some(1.0)),
    ("  longest of every turn", "max.items.typo", Some(1.0)),
    ("  asked", "items.typo", None),
];

/// Prints everything about notebooks of one size; in brackets the ratio to `MiniSearch`.
#[allow(clippy::too_many_lines, reason = "the rows of one table")]
pub(crate) fn print(papers: usize, results: &Results) {
    let all = |figure| results.of("all", figure).unwrap_or_default();
    println!(
        "\n{} papers: {} documents, {} MB. In brackets: times MiniSearch's. Of a key's turns the fastest counts.\n",
        grouped(papers),
        number(all("documents")),
        number(all("bytes") / 1e6)
    );
    let engines: Vec<(&str, &str)> = [("notebook", "Notebook")]
        .into_iter()
        .chain(other_engines::ALL.map(|peer| (peer.name, peer.title)))
        .collect();
    line("", engines.iter().map(|(_, title)| (*title).to_owned()));
    let row = |label: &str, figure: &str, unit: Option<f64>, engines: &[(&str, &str)]| {
        let theirs = results.of(other_engines::MINISEARCH.name, figure);
        let cell = |engine: &str| {
            let Some(value) = results.of(engine, figure) else { return "-".to_owned() };
            let text = number(value / unit.unwrap_or(1.0));
            match theirs
                .filter(|theirs| unit.is_some() && engine != other_engines::MINISEARCH.name && *theirs > 0.0)
            {
                Some(theirs) => format!("{text} ({})", number(value / theirs)),
                None => text,
            }
        };
        line(label, engines.iter().map(|(engine, _)| cell(engine)));
    };
    for (label, figure, unit) in ROWS {
        row(label, figure, unit, &engines);
    }
    println!(
        "\nA key by the letters in the search box, 95th percentile in ms; in the page with the counts of all facets:\n"
    );
    let mut keyed = engines.clone();
    keyed.insert(1, (FACETS, "in the page"));
    line("", keyed.iter().map(|(_, title)| (*title).to_owned()));
    for cell in cells() {
        let (kind, length) = cell.split_once('.').unwrap_or_default();
        let letters = if length == "1" { "letter" } else { "letters" };
        let label =
            if kind == "one" { format!("{length} {letters}") } else { format!("a word, {length} {letters}") };
        row(&label, &format!("p95.{cell}"), Some(1.0), &keyed);
    }
    println!();
    for (engine, title) in engines {
        if let Some(why) = results.notes.get(engine) {
            println!("{title}: {why}.");
        } else if results.of(engine, "keys").is_none() {
            println!("{title}: not run at this size.");
        }
    }
    let floor = |figure| number(results.of("floor", figure).unwrap_or_default());
    println!(
        "To hand over a score of every paper and pick the best takes {} ms, 95th percentile of every turn {} ms: where \
         these are far apart, the machine did something else too.",
        floor("p50.all"),
        floor("raw.all")
    );
    let share = |how| number(all(how) * 100.0);
    println!(
        "A known paper is asked for by three words of its title. Words that other titles have in the same order say nothing \
         of which is meant, so these are left out: {} % and, with a typo, {} % of those that were drawn are asked.",
        share("identify.exact"),
        share("identify.typo")
    );
}

fn line(label: &str, cells: impl Iterator<Item = String>) {
    let cells: String =
        cells.flat_map(|cell| [" ".repeat(18_usize.saturating_sub(cell.len())), cell]).collect();
    println!("{label:<26}{cells}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_reports_by_engine_and_figure() {
        let mut results = Results::read("notebook\tready\t3.5\nfuse\tnote\tover 300 s\nnonsense");
        assert_eq!(results.of("notebook", "ready"), Some(3.5));
        assert_eq!(results.of("fuse", "ready"), None);
        assert_eq!(results.notes.get("fuse").map(String::as_str), Some("over 300 s"));
        results.set("notebook", "brotli", 7_usize);
        assert_eq!(results.of("notebook", "brotli"), Some(7.0));
    }

    #[test]
    fn types_every_prefix_alone_and_after_a_word() {
        assert_eq!(cells().count(), 16);
        assert!(cells().any(|cell| cell == "two.8"));
    }
}
