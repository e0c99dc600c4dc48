//! How far long work is, where someone looks on.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Less than this is done before a bar could be read.
const LONG: usize = 5_000;

/// A bar for one step of the work after the other.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    /// This bar and those of what is done beside it.
    all: MultiProgress,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), all: MultiProgress::new() }
    }

    /// Another bar, for what is done beside.
    pub(super) fn another(&self) -> Self {
        Self { bar: ProgressBar::hidden(), all: self.all.clone() }
    }

    /// A bar for so many bytes that are sent.
    pub(super) fn sending(bytes: u64) -> Self {
        let bar = ProgressBar::new(bytes).with_message("sending");
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        Self { bar, all: MultiProgress::new() }
    }

    /// Says how many more are done.
    pub(super) fn more(&self, done: u64) {
        self.bar.inc(done);
    }

    /// Begins a step of so many things.
    pub(super) fn begin(&mut self, step: &'static str, things: usize) {
        self.bar.finish_and_clear();
        if things < LONG {
            self.bar = ProgressBar::hidden();
            return;
        }
        let bar = ProgressBar::new(u64::try_from(things).unwrap_or(u64::MAX)).with_message(step);
        self.bar = self.all.add(bar);
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {percent:>3} % {eta}") {
            self.bar.set_style(style);
        }
    }

    /// Says how many are done.
    pub(super) fn at(&mut self, done: usize) {
        self.bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }

    /// Says that all is done.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
