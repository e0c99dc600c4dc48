//! How far long work is, where someone looks on.

use indicatif::{ProgressBar, ProgressStyle};

/// Less than this is done before a bar could be read.
const LONG: usize = 5_000;

/// A bar for one step of the work after the other.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new() -> Self {
        Self(ProgressBar::hidden())
    }

    /// A bar for so many bytes that are sent.
    pub(super) fn sending(bytes: u64) -> Self {
        let bar = ProgressBar::new(bytes).with_message("sending");
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Says how many more are done.
    pub(super) fn more(&self, done: u64) {
        self.0.inc(done);
    }

    /// Begins a step of so many things.
    pub(super) fn begin(&mut self, step: &'static str, things: usize) {
        self.0.finish_and_clear();
        if things < LONG {
            self.0 = ProgressBar::hidden();
            return;
        }
        self.0 = ProgressBar::new(u64::try_from(things).unwrap_or(u64::MAX)).with_message(step);
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {wide_bar} {percent:>3} % {eta}") {
            self.0.set_style(style);
        }
    }

    /// Says how many are done.
    pub(super) fn at(&mut self, done: usize) {
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }

    /// Says that all is done.
    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}
