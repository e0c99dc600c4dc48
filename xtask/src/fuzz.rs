//! `cargo xtask fuzz SECONDS`: runs the fuzz targets of core, each for so many seconds.
//!
//! The targets are in `core/fuzz`. They are compiled with coverage counters for libFuzzer, by flags that every toolchain has;
//! the memory sanitizer of `cargo fuzz` would find nothing where `unsafe` is forbidden. Interesting inputs are stored in
//! `target/fuzz`, as are inputs that fail. `cargo xtask test` fuzzes for the time that its other steps leave.

use std::fs;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use crate::root;
use crate::steps::{self, Steps};

const TARGETS: [&str; 7] = ["markdown", "front_matter", "round_trip", "query", "index", "bibtex", "json"];

/// Targets that run at the same time.
const MAX_PARALLEL: usize = 2;

/// Seconds for each target in a test run: at least enough to try the seeds and tens of thousands of variants; more than the
/// maximum rarely finds anything that an earlier minute has not.
const TEST_SECONDS: std::ops::RangeInclusive<u64> = 20..=60;

/// Runs every target from the seeds alone, for what `left` allows.
pub(crate) fn test(left: Duration) -> Result<(), String> {
    let rounds = TARGETS.len().div_ceil(MAX_PARALLEL) as u64;
    // The targets are compiled first.
    let seconds = left.saturating_sub(BUILD).as_secs() / rounds;
    run(seconds.clamp(*TEST_SECONDS.start(), *TEST_SECONDS.end()), &[], InitialCorpus::SeedsOnly)
}

/// Time that compiling the targets takes on two cores.
const BUILD: Duration = Duration::from_secs(90);

/// Compiler flags for coverage counters.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing \
    -Ccodegen-units=1";

/// Initial inputs of targets.
const SEEDS: [(&str, &[&str]); 4] = [
    (
        "markdown",
        &[
            "tests/fixtures/seed/notebook.md",
            "tests/fixtures/typeset.md",
            "tests/fixtures/arabic.md",
            "tests/fixtures/hostile/notebook.md",
        ],
    ),
    (
        "round_trip",
        &["tests/fixtures/seed/notebook.md", "tests/fixtures/typeset.md", "tests/fixtures/arabic.md"],
    ),
    ("bibtex", &["tests/fixtures/hostile/references.bib"]),
    ("json", &["core/tests/golden/v1.json"]),
];

/// The initial corpus of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialCorpus {
    /// The interesting inputs of earlier runs.
    Saved,
    /// The seeds alone, with a fixed random seed, so that a test fails only because the code has changed.
    SeedsOnly,
}

/// Runs the named targets, or all, for so many seconds each.
pub fn run(seconds: u64, named: &[&str], initial_corpus: InitialCorpus) -> Result<(), String> {
    if let Some(unknown) = named.iter().find(|name| !TARGETS.contains(name)) {
        return Err(format!("there is no target `{unknown}`; there are {}.", TARGETS.join(", ")));
    }
    let targets: Vec<&str> =
        TARGETS.into_iter().filter(|target| named.is_empty() || named.contains(target)).collect();
    let host = steps::output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let folder = root().join("target/fuzz");
    let mut steps = Steps::new(targets.len().div_ceil(MAX_PARALLEL) + 1);
    steps.step("targets", || build(&folder, host))?;
    let (folder, built) = (&folder, &folder.join(host));
    for targets in targets.chunks(MAX_PARALLEL) {
        steps.step(&targets.join(", "), || {
            thread::scope(|scope| {
                let run =
                    |target| scope.spawn(move || try_inputs(built, folder, target, seconds, initial_corpus));
                let running: Vec<_> = targets.iter().copied().map(run).collect();
                // All of them end before the first failure is returned.
                let ended: Vec<_> = running.into_iter().map(ScopedJoinHandle::join).collect();
                ended.into_iter().try_for_each(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic)))
            })
        })?;
    }
    steps.end("Nothing failed");
    Ok(())
}

fn build(folder: &Path, host: &str) -> Result<(), String> {
    // Naming the target platform keeps coverage out of build scripts.
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root().join("core/fuzz")).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", folder);
    steps::run(cargo.args(["build", "--release", "--target", host]))
}

/// Runs one target, and prints the number of inputs it tried.
fn try_inputs(
    built: &Path,
    folder: &Path,
    target: &str,
    seconds: u64,
    initial_corpus: InitialCorpus,
) -> Result<(), String> {
    let corpus =
        folder.join(if initial_corpus == InitialCorpus::Saved { "corpus" } else { "fresh" }).join(target);
    if initial_corpus == InitialCorpus::SeedsOnly && corpus.is_dir() {
        fs::remove_dir_all(&corpus)
            .map_err(|why| format!("{} cannot be emptied: {why}.", corpus.display()))?;
    }
    fs::create_dir_all(&corpus).map_err(|why| format!("{} cannot be made: {why}.", corpus.display()))?;
    let seeds = SEEDS.iter().filter(|(of, _)| *of == target).flat_map(|(_, seeds)| *seeds);
    for (at, seed) in seeds.enumerate() {
        fs::copy(root().join(seed), corpus.join(format!("seed-{at}")))
            .map_err(|why| format!("{seed} cannot be copied: {why}."))?;
    }
    let mut fuzzer = Command::new(built.join("release").join(target));
    fuzzer.current_dir(folder).arg(format!("-max_total_time={seconds}"));
    fuzzer.args(["-rss_limit_mb=2048", "-timeout=10", "-verbosity=0", "-print_final_stats=1"]);
    if initial_corpus == InitialCorpus::SeedsOnly {
        fuzzer.arg("-seed=1");
    }
    fuzzer.arg(format!("-artifact_prefix={}/{target}-", folder.display())).arg(&corpus);
    let ended = fuzzer.output().map_err(|why| format!("{target} could not be started: {why}."))?;
    let report = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() {
        eprintln!("{report}");
        return Err(format!("{target} failed ({}).", ended.status));
    }
    let tried = report.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("      {target}: {} inputs in {seconds} s", tried.unwrap_or("an unknown number of").trim());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_is_a_file_of_the_workspace() {
        for (target, seeds) in SEEDS {
            assert!(TARGETS.contains(&target), "{target} is not a target");
            for seed in seeds {
                assert!(root().join(seed).is_file(), "{seed} is not there");
            }
        }
    }
}
