//! Runs a page that measures in Chromium, and waits for its results.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{self, Child, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use super::server::{BenchMessage, BenchServer};
use xtask::browsers;
use xtask::tools::Toolbox;

const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Headless, without waiting for a network that may be missing. Tests may run as root, hence no sandbox.
pub(crate) const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage \
    --enable-blink-features=ForceEagerMeasureMemory --js-flags=--max-old-space-size=8192";

/// Opens a page of the server, and waits for its results up to a time limit.
pub(crate) fn measure(
    toolbox: &Toolbox,
    server: &BenchServer,
    page: &str,
    limit: Duration,
) -> Result<String, String> {
    let program = program(toolbox)?;
    let profile = BenchProfile(env::temp_dir().join(format!("notebook-bench-{}", process::id())));
    let mut command = toolbox.command(&program);
    command.args(FLAGS.split_whitespace()).arg(format!("--user-data-dir={}", profile.0.display()));
    command.arg(format!("{}{page}", server.address));
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut browser =
        BenchBrowser(command.spawn().map_err(|why| format!("`{program}` could not be started: {why}."))?);
    let end = Instant::now() + limit;
    loop {
        match server.messages.recv_timeout(Duration::from_secs(1)) {
            Ok(BenchMessage::Progress(text)) => println!("      {text}"),
            Ok(BenchMessage::Results(text)) => return Ok(text),
            Ok(BenchMessage::Failure(why)) => return Err(format!("the page in Chromium failed: {why}.")),
            Err(RecvTimeoutError::Disconnected) => {
                return Err("the server for Chromium has ended.".to_owned());
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Ok(Some(status)) = browser.0.try_wait() {
            return Err(format!("`{program}` ended before the page had sent its results ({status})."));
        }
        if Instant::now() > end {
            return Err(format!(
                "the page in Chromium sent no results for {} minutes.",
                limit.as_secs() / 60
            ));
        }
    }
}

/// Returns the name of Chromium's program, which it installs if it is missing.
pub(crate) fn program(toolbox: &Toolbox) -> Result<String, String> {
    let found = || PROGRAMS.into_iter().find(|program| toolbox.find_program(program).is_some());
    if found().is_none() {
        browsers::install(&["chromium"])?;
    }
    found()
        .map(str::to_owned)
        .ok_or_else(|| "Chromium is not on PATH: install it, then start again.".to_owned())
}

struct BenchProfile(PathBuf);

impl Drop for BenchProfile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct BenchBrowser(Child);

impl Drop for BenchBrowser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
