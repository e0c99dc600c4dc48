//! `cargo xtask fuzz SECONDS`: gives core inputs that nobody thought of, each target for so long.
//!
//! The targets are in `core/fuzz`. They are built with the coverage that libFuzzer reads, by flags that every toolchain
//! has; what `cargo fuzz` adds, a sanitizer for memory, would find nothing where `unsafe` is forbidden. What is found to
//! be worth trying is kept in `target/fuzz`; an input that fails is written there, and named. `cargo xtask test` runs all of them for
//! a minute each.

use std::fs;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

use crate::root;
use crate::steps::{self, Steps};

const TARGETS: [&str; 7] = ["markdown", "front_matter", "round_trip", "query", "index", "bibtex", "json"];

/// Targets that run at the same time.
const AT_ONCE: usize = 2;

/// What has the compiler count which ways a program takes.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing \
    -Ccodegen-units=1";

/// Files that a target may begin with.
const SEEDS: [(&str, &[&str]); 4] = [
    (
        "markdown",
        &[
            "content/notebook.md",
            "tests/e2e/typeset.md",
            "tests/e2e/arabic.md",
            "tests/e2e/hostile/notebook.md",
        ],
    ),
    ("round_trip", &["content/notebook.md", "tests/e2e/typeset.md", "tests/e2e/arabic.md"]),
    ("bibtex", &["tests/e2e/hostile/references.bib"]),
    ("json", &["core/tests/golden/v1.json"]),
];

/// What a run begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With all that earlier runs found to be worth trying.
    Kept,
    /// With the seeds alone, and the same steps every time: a test fails for what has changed.
    Fresh,
}

/// Runs targets for so many seconds each; all there are where none is named.
pub(crate) fn run(seconds: u32, named: &[&str], begin: Begin) -> Result<(), String> {
    if let Some(unknown) = named.iter().find(|name| !TARGETS.contains(name)) {
        return Err(format!("there is no target `{unknown}`; there are {}.", TARGETS.join(", ")));
    }
    let targets: Vec<&str> =
        TARGETS.into_iter().filter(|target| named.is_empty() || named.contains(target)).collect();
    let host = steps::answer(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let folder = root().join("target/fuzz");
    let mut steps = Steps::new(targets.len().div_ceil(AT_ONCE) + 1);
    steps.step("targets", || build(&folder, host))?;
    let (folder, built) = (&folder, &folder.join(host));
    for targets in targets.chunks(AT_ONCE) {
        steps.step(&targets.join(", "), || {
            thread::scope(|scope| {
                let run = |target| scope.spawn(move || try_inputs(built, folder, target, seconds, begin));
                let running: Vec<_> = targets.iter().copied().map(run).collect();
                // All of them end before the first failure is told.
                let ended: Vec<_> = running.into_iter().map(ScopedJoinHandle::join).collect();
                ended.into_iter().try_for_each(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic)))
            })
        })?;
    }
    steps.end("Nothing failed");
    Ok(())
}

fn build(folder: &Path, host: &str) -> Result<(), String> {
    // With a target named, build scripts are left without the coverage.
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root().join("core/fuzz")).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", folder);
    steps::run(cargo.args(["build", "--release", "--target", host]))
}

/// Runs one target; how many inputs it tried, or what failed.
fn try_inputs(built: &Path, folder: &Path, target: &str, seconds: u32, begin: Begin) -> Result<(), String> {
    let corpus = folder.join(if begin == Begin::Kept { "corpus" } else { "fresh" }).join(target);
    if begin == Begin::Fresh && corpus.is_dir() {
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
    if begin == Begin::Fresh {
        fuzzer.arg("-seed=1");
    }
    fuzzer.arg(format!("-artifact_prefix={}/{target}-", folder.display())).arg(&corpus);
    let ended = fuzzer.output().map_err(|why| format!("{target} could not be started: {why}."))?;
    let told = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() {
        eprintln!("{told}");
        return Err(format!("{target} failed ({}).", ended.status));
    }
    let tried = told.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("      {target}: {} inputs in {seconds} s", tried.unwrap_or("an unknown number of").trim());
    Ok(())
}
