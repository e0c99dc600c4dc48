//! `cargo xtask fuzz SECONDS`: gives core inputs that nobody thought of, each target for so long.
//!
//! The targets are in `core/fuzz`. They are built with the coverage that libFuzzer reads, by flags that every toolchain
//! has; what `cargo fuzz` adds, a sanitizer for memory, would find nothing where `unsafe` is forbidden. What is found to
//! be worth trying is kept in `target/fuzz`; an input that fails is written there, and named.

use std::fs;
use std::process::Command;

use crate::root;
use crate::steps::{self, Steps};

const TARGETS: [&str; 7] = ["markdown", "front_matter", "round_trip", "query", "index", "bibtex", "json"];

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

/// Runs every target for so many seconds.
pub(crate) fn run(seconds: u32) -> Result<(), String> {
    let host = steps::answer(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let folder = root().join("target/fuzz");
    let mut steps = Steps::new(TARGETS.len() + 1);
    steps.step("targets", || {
        // With a target named, build scripts are left without the coverage.
        let mut cargo = Command::new("cargo");
        cargo
            .current_dir(root().join("core/fuzz"))
            .env("RUSTFLAGS", COVERAGE)
            .env("CARGO_TARGET_DIR", &folder);
        steps::run(cargo.args(["build", "--release", "--target", host]))
    })?;
    for target in TARGETS {
        let corpus = folder.join("corpus").join(target);
        fs::create_dir_all(&corpus).map_err(|why| format!("{} cannot be made: {why}.", corpus.display()))?;
        let seeds = SEEDS.iter().filter(|(of, _)| *of == target).flat_map(|(_, seeds)| *seeds);
        for (at, seed) in seeds.enumerate() {
            fs::copy(root().join(seed), corpus.join(format!("seed-{at}")))
                .map_err(|why| format!("{seed} cannot be copied: {why}."))?;
        }
        steps.step(target, || {
            let mut fuzzer = Command::new(folder.join(host).join("release").join(target));
            let failing = format!("-artifact_prefix={}/{target}-", folder.display());
            let time = format!("-max_total_time={seconds}");
            let limits = ["-rss_limit_mb=2048", "-timeout=10", "-verbosity=0", "-print_final_stats=1"];
            steps::run(fuzzer.current_dir(&folder).arg(time).args(limits).arg(failing).arg(corpus))
        })?;
    }
    steps.end("Nothing failed");
    Ok(())
}
