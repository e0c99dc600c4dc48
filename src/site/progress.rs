//! Progress bars for long work in a terminal.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Items of the shortest step with a bar; a shorter one is done before the bar could be read.
const MIN_ITEMS: usize = 5_000;

/// A progress bar that shows one step after the other.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// All bars that are shown at the same time.
    all: MultiProgress,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), all: MultiProgress::new() }
    }

    /// Creates a bar for work that is done at the same time.
    pub(crate) fn sibling(&self) -> Self {
        Self { bar: ProgressBar::hidden(), all: self.all.clone() }
    }

    /// Creates a bar for an upload of `bytes`.
    pub(crate) fn for_upload(bytes: u64) -> Self {
        let bar = ProgressBar::new(bytes).with_message("sending");
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        Self { bar, all: MultiProgress::new() }
    }

    /// Creates a bar for requests, which take about a second each: even a few are worth a bar.
    pub(crate) fn for_requests(step: &'static str, number: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(number).unwrap_or(u64::MAX)).with_message(step);
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self { bar, all: MultiProgress::new() }
    }

    /// Advances the bar.
    pub(crate) fn advance(&self, delta: u64) {
        self.bar.inc(delta);
    }

    /// Begins a step of `items`.
    pub(crate) fn begin(&mut self, step: &'static str, items: usize) {
        self.bar.finish_and_clear();
        if items < MIN_ITEMS {
            self.bar = ProgressBar::hidden();
            return;
        }
        let bar = ProgressBar::new(u64::try_from(items).unwrap_or(u64::MAX)).with_message(step);
        self.bar = self.all.add(bar);
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {percent:>3} % {eta}") {
            self.bar.set_style(style);
        }
    }

    /// Sets the number of items that are done.
    pub(crate) fn set(&self, done: usize) {
        self.bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }

    /// Removes the bar.
    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
