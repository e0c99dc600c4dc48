//! How long Markdown takes to read, beside plain pulldown-cmark on the same text.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use notebook_core::markdown;
use pulldown_cmark::{Options, Parser};

const SEED: &str = include_str!("../../content/notebook.md");

/// Sizes in MB, each with how many times it is read: the median counts.
const SIZES: [(usize, usize); 3] = [(1, 9), (5, 7), (50, 3)];
/// Reading may take this many times as long as pulldown-cmark alone, at [`RATIO_AT`] MB.
const MOST_RATIO: f64 = 5.0;
const RATIO_AT: usize = 5;
/// A MB of the largest text may take this many times as long as one at [`RATIO_AT`] MB.
const MOST_GROWTH: f64 = 1.6;

fn main() -> ExitCode {
    println!("{:>4} {:>10} {:>12} {:>6} {:>10}", "MB", "ours ms", "pulldown ms", "ratio", "ms per MB");
    let rows: Vec<Row> = SIZES.into_iter().map(|(size, times)| measure(size, times)).collect();
    let Some((middle, last)) = rows.iter().find(|row| row.size == RATIO_AT).zip(rows.last()) else {
        return ExitCode::FAILURE;
    };
    let growth = last.per_mb() / middle.per_mb();
    println!("ratio at {} MB: {:.2} (at most {MOST_RATIO})", middle.size, middle.ratio());
    println!("ms per MB at {} MB / at {} MB: {growth:.2} (at most {MOST_GROWTH})", last.size, middle.size);
    if middle.ratio() <= MOST_RATIO && growth <= MOST_GROWTH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Row {
    size: usize,
    bytes: usize,
    ours: Duration,
    plain: Duration,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.plain.as_secs_f64()
    }

    fn per_mb(&self) -> f64 {
        let bytes = u32::try_from(self.bytes).map_or(f64::INFINITY, f64::from);
        millis(self.ours) / (bytes / 1e6)
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Reads one text in turns, so that whatever else the machine does meets both alike.
fn measure(size: usize, times: usize) -> Row {
    let text = notebook(size * 1_000_000);
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..times {
        plain.push(time(|| drain(&text)));
        ours.push(time(|| markdown::read(&text)));
    }
    let row = Row { size, bytes: text.len(), ours: median(ours), plain: median(plain) };
    println!(
        "{size:>4} {:>10.1} {:>12.1} {:>6.2} {:>10.2}",
        millis(row.ours),
        millis(row.plain),
        row.ratio(),
        row.per_mb()
    );
    row
}

/// The time some work takes, the end of what it made not counted.
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = black_box(work());
    let time = start.elapsed();
    drop(made);
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn drain(text: &str) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.map(|(event, range)| black_box((event, range)).1.len()).sum()
}

/// The seed again and again, each time with other titles, names and addresses.
fn notebook(bytes: usize) -> String {
    let (front, body) = SEED.split_at(SEED.find("\n## ").unwrap_or_default());
    let mut text = String::with_capacity(bytes + 2 * body.len());
    text.push_str(front);
    let mut round = 0;
    while text.len() < bytes {
        round += 1;
        for line in body.lines() {
            varied(line, round, &mut text);
            text.push('\n');
        }
    }
    text
}

fn varied(line: &str, round: usize, to: &mut String) {
    let written = if let Some((title, address)) = line.split_once("](").filter(|_| line.starts_with("- [")) {
        let (address, after) = address.rsplit_once(')').unwrap_or((address, ""));
        match address.rsplit_once('.').filter(|_| address.contains("arxiv.org")) {
            Some((month, _)) => write!(to, "{title} {round}]({month}.{round:05}){after}"),
            None => write!(to, "{title} {round}]({address}{round}){after}"),
        }
    } else if line.starts_with('#') {
        write!(to, "{line} {round}")
    } else if let Some((name, text)) = line.split_once(": ").filter(|_| line.starts_with("- ")) {
        write!(to, "{name} {round}: {text}")
    } else {
        write!(to, "{line}")
    };
    debug_assert!(written.is_ok());
}
