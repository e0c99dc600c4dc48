//! `cargo xtask fuzz SECONDS`: runs the fuzz targets of core, each for so many seconds.
//!
//! The targets are in `core/fuzz`. They are compiled with coverage counters for libFuzzer, by flags that every toolchain has;
//! the memory sanitizer of `cargo fuzz` would find nothing where `unsafe` is forbidden. Interesting inputs are stored in
//! `target/fuzz`, as are inputs that fail.
//!
//! Inputs are chosen by coverage, which depends on the iteration order of hash tables, so they differ from run to run. `cargo
//! xtask test` runs every target briefly except `round_trip`, for which rare failing inputs are known: a test should fail only
//! because of a change. Fixed inputs for it are in `core/tests/properties.rs`.

use std::fs;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

use crate::root;
use crate::steps::{self, Steps};

/// A fuzz target.
struct Target {
    name: &'static str,
    /// Inputs that a test run tries, in at most half a minute; `None` if it leaves this target out.
    test_runs: Option<u32>,
    /// Files of the workspace that are its initial corpus.
    seeds: &'static [&'static [&'static str]],
}

const TARGETS: [Target; 7] = [
    Target {
        name: "markdown",
        test_runs: Some(3_000),
        seeds: &[MARKDOWN, &["tests/fixtures/hostile/notebook.md"]],
    },
    Target { name: "front_matter", test_runs: Some(200_000), seeds: &[] },
    Target { name: "round_trip", test_runs: None, seeds: &[MARKDOWN] },
    Target { name: "query", test_runs: Some(200_000), seeds: &[] },
    Target { name: "index", test_runs: Some(100_000), seeds: &[] },
    Target { name: "bibtex", test_runs: Some(100_000), seeds: &[&["tests/fixtures/hostile/references.bib"]] },
    Target { name: "json", test_runs: Some(100_000), seeds: &[&["core/tests/golden/v1.json"]] },
];

/// Documents of many kinds. `core/tests/properties.rs` mixes their lines.
const MARKDOWN: &[&str] = &[
    "tests/fixtures/seed/notebook.md",
    "tests/fixtures/typeset.md",
    "tests/fixtures/arabic.md",
    "core/fuzz/seeds/dialects.md",
    "core/fuzz/seeds/goals.md",
    "core/fuzz/seeds/html.md",
    "core/fuzz/seeds/mathematics.md",
    "core/fuzz/seeds/papers.md",
    "core/fuzz/seeds/tables.md",
    "core/fuzz/seeds/terms.md",
];

/// Targets that run at the same time.
const MAX_PARALLEL: usize = 2;

/// Seconds after which a target of a test run ends, however many inputs are left.
const MAX_TEST_SECONDS: u64 = 60;

/// Tries the seeds and a fixed number of variants.
pub(crate) fn test() -> Result<(), String> {
    let tried: Vec<_> =
        TARGETS.iter().filter(|target| target.test_runs.is_some()).map(|target| target.name).collect();
    run(MAX_TEST_SECONDS, &tried, InitialCorpus::SeedsOnly)
}

/// Compiler flags for coverage counters.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing \
    -Ccodegen-units=1";

/// The initial corpus of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialCorpus {
    /// The interesting inputs of earlier runs.
    Saved,
    /// The seeds alone, with a fixed number of inputs.
    SeedsOnly,
}

/// Runs the named targets, or all, for so many seconds each.
pub fn run(seconds: u64, named: &[&str], initial_corpus: InitialCorpus) -> Result<(), String> {
    let known = TARGETS.map(|target| target.name);
    if let Some(unknown) = named.iter().find(|name| !known.contains(name)) {
        return Err(format!("there is no target `{unknown}`; there are {}.", known.join(", ")));
    }
    let targets: Vec<Target> =
        TARGETS.into_iter().filter(|target| named.is_empty() || named.contains(&target.name)).collect();
    let host = steps::output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let folder = root().join("target/fuzz");
    let mut steps = Steps::new(targets.len().div_ceil(MAX_PARALLEL) + 1);
    steps.step("targets", || build(&folder, host))?;
    let (folder, built) = (&folder, &folder.join(host));
    for targets in targets.chunks(MAX_PARALLEL) {
        let together: Vec<_> = targets.iter().map(|target| target.name).collect();
        steps.step(&together.join(", "), || {
            thread::scope(|scope| {
                let run =
                    |target| scope.spawn(move || try_inputs(built, folder, target, seconds, initial_corpus));
                let running: Vec<_> = targets.iter().map(run).collect();
                // All of them end before the first failure is returned.
                let ended: Vec<_> = running.into_iter().map(ScopedJoinHandle::join).collect();
                ended.into_iter().try_for_each(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic)))
            })
        })?;
    }
    steps.end("Nothing failed");
    Ok(())
}

/// Cargo's profile for the targets.
const PROFILE: &str = "fuzz";

fn build(folder: &Path, host: &str) -> Result<(), String> {
    // Naming the target platform keeps coverage out of build scripts.
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root().join("core/fuzz")).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", folder);
    steps::run(cargo.args(["build", "--profile", PROFILE, "--target", host]))
}

/// Runs one target, and prints the number of inputs it tried.
fn try_inputs(
    built: &Path,
    folder: &Path,
    target: &Target,
    seconds: u64,
    initial_corpus: InitialCorpus,
) -> Result<(), String> {
    let corpus = folder
        .join(if initial_corpus == InitialCorpus::Saved { "corpus" } else { "fresh" })
        .join(target.name);
    if initial_corpus == InitialCorpus::SeedsOnly && corpus.is_dir() {
        fs::remove_dir_all(&corpus)
            .map_err(|why| format!("{} cannot be emptied: {why}.", corpus.display()))?;
    }
    fs::create_dir_all(&corpus).map_err(|why| format!("{} cannot be made: {why}.", corpus.display()))?;
    for (at, seed) in target.seeds.iter().copied().flatten().enumerate() {
        fs::copy(root().join(seed), corpus.join(format!("seed-{at}")))
            .map_err(|why| format!("{seed} cannot be copied: {why}."))?;
    }
    let mut fuzzer = Command::new(built.join(PROFILE).join(target.name));
    fuzzer.current_dir(folder).arg(format!("-max_total_time={seconds}"));
    fuzzer.args(["-rss_limit_mb=2048", "-timeout=10", "-verbosity=0", "-print_final_stats=1"]);
    if let (InitialCorpus::SeedsOnly, Some(runs)) = (initial_corpus, target.test_runs) {
        fuzzer.args(["-seed=1", &format!("-runs={runs}")]);
    }
    fuzzer.arg(format!("-artifact_prefix={}/{}-", folder.display(), target.name)).arg(&corpus);
    let ended = fuzzer.output().map_err(|why| format!("{} could not be started: {why}.", target.name))?;
    let report = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() {
        eprintln!("{report}");
        return Err(format!("{} failed ({}).", target.name, ended.status));
    }
    let tried = report.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("      {}: {} inputs", target.name, tried.unwrap_or("an unknown number of").trim());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_is_a_file_of_the_workspace() {
        for seed in TARGETS.iter().flat_map(|target| target.seeds.iter().copied().flatten()) {
            assert!(root().join(seed).is_file(), "{seed} is not there");
        }
    }
}
