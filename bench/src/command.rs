//! Time and memory of building large notebooks.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::figures::Figures;
use xtask::root;
use xtask::tools::Toolbox;

const LARGE: usize = 100_000;
const USUAL: usize = 2_000;
/// Repetitions of a rebuild, of which the median counts.
const TIMES: usize = 9;
/// An empty WebAssembly program: magic and version.
const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

/// Builds a large notebook once, and one of usual size repeatedly.
pub(crate) fn measure(toolbox: &Toolbox, figures: &mut Figures) -> Result<(), String> {
    let large = build(toolbox, LARGE, 0)?;
    let peak = large.peak.map(|kilobytes| kilobytes / 1024.0 / 1024.0);
    println!(
        "      100,000 papers: {:.1} s, {} GiB",
        large.time.as_secs_f64(),
        peak.map_or_else(|| "unknown".to_owned(), |peak| format!("{peak:.2}"))
    );
    figures.at_most("100,000: notebook build", 60.0, "s", Some(large.time.as_secs_f64()));
    figures.at_most("100,000: notebook build, memory at its peak", 2.0, "GiB", peak);

    build(toolbox, USUAL, 0)?;
    let mut times =
        (1..=TIMES).map(|turn| Ok(build(toolbox, USUAL, turn)?.time)).collect::<Result<Vec<_>, String>>()?;
    times.sort_unstable();
    let median = times.get(TIMES / 2).map(|time| time.as_secs_f64() * 1e3);
    let milliseconds = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
    println!(
        "      2,000 papers, one edited: {} to {} ms",
        milliseconds(times.first()),
        milliseconds(times.last())
    );
    figures.at_most("2,000: notebook build again, one paper edited", 300.0, "ms", median);
    // Reading, checking and finding relations together: an upper bound of the last.
    for (papers, label, limit) in [(USUAL, "2,000", 1.0), (LARGE, "100,000", 30.0)] {
        let notebook = super::generated(toolbox, papers)?;
        let mut command = super::notebook(toolbox);
        command.arg("check").arg(&notebook).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let time = watch(&mut command)?.time.as_secs_f64();
        figures.at_most(&format!("{label}: notebook check, links included"), limit, "s", Some(time));
    }
    Ok(())
}

pub(crate) struct BuildRun {
    pub(crate) time: Duration,
    /// Peak memory in kB, if the system reports it.
    pub(crate) peak: Option<f64>,
}

/// Builds a notebook in which one paper differs from turn to turn; the first turn starts with an empty folder.
fn build(toolbox: &Toolbox, papers: usize, turn: usize) -> Result<BuildRun, String> {
    let folder = super::folder()?.join(format!("site-{papers}"));
    let notebook = folder.with_extension("md");
    if turn == 0 && folder.is_dir() {
        fs::remove_dir_all(&folder)
            .map_err(|why| format!("{} cannot be removed: {why}.", folder.display()))?;
    }
    let edited = fs::read_to_string(super::generated(toolbox, papers)?)
        .and_then(|text| fs::write(&notebook, text.replacen("Proposal: ", &format!("Proposal: {turn} "), 1)));
    edited.map_err(|why| format!("{} cannot be written: {why}.", notebook.display()))?;
    // What Trunk would have put there: the frame, and programs, without which no index is built.
    let frame = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("search_bg.wasm"), EMPTY))
        .and_then(|()| fs::write(folder.join("search.js"), ""))
        .and_then(|()| fs::copy(root().join("index.html"), folder.join("index.html")));
    frame.map_err(|why| format!("{} cannot be filled: {why}.", folder.display()))?;
    let mut command = super::notebook(toolbox);
    command.arg("build").arg(&notebook).arg("--out").arg(&folder);
    watch(command.stdin(Stdio::null()).stdout(Stdio::null()))
}

/// Runs a command and looks at its memory until it ends.
pub(crate) fn watch(command: &mut Command) -> Result<BuildRun, String> {
    let start = Instant::now();
    let mut child = command.spawn().map_err(|why| format!("notebook could not be started: {why}."))?;
    let status = Path::new("/proc").join(child.id().to_string()).join("status");
    let mut peak = None;
    loop {
        peak = peak_in(&fs::read_to_string(&status).unwrap_or_default()).or(peak);
        match child.try_wait() {
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Ok(Some(status)) if status.success() => return Ok(BuildRun { time: start.elapsed(), peak }),
            Ok(Some(status)) => return Err(format!("`notebook` failed ({status}).")),
            Err(why) => return Err(format!("`notebook` cannot be waited for: {why}.")),
        }
    }
}

/// Reads the peak memory of a process in kB from `/proc/*/status`.
fn peak_in(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_peak_memory_of_a_process() {
        assert_eq!(peak_in("VmPeak:\t  20 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 9 kB\n"), Some(1234.0));
        assert_eq!(peak_in("State:\tZ (zombie)\n"), None);
    }
}
