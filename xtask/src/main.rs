//! Chores of Notebook: sets up what is missing, then serves, tests or measures.

mod audit;
mod bench;
mod browsers;
mod budget;
mod fuzz;
mod install;
mod serve;
mod steps;
mod test;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Sets up what is missing, then does it:

    cargo xtask serve [-- ARGS]   the notebook in a browser, rebuilt when a file changes; ARGS are for `trunk serve`
    cargo xtask build             the notebook as files for any static host, in dist/
    cargo xtask test              every test, fast ones first
    cargo xtask test fast         format, lints, native tests
    cargo xtask test browser      the views in a browser
    cargo xtask test e2e          the built notebook: its size, then journeys in three browser engines
    cargo xtask test --cluster    the notebook in an object store of three machines, of which one goes away
    cargo xtask fuzz SECONDS      core, with inputs that nobody thought of, so long for each target, or those named
    cargo xtask audit             licences and known holes of what Notebook is built from; a list of it (SBOM)
    cargo xtask bench             sizes and times, beside other search engines; what was promised and missed is an error
    cargo xtask bench core        reading and searching, as a program
    cargo xtask bench page        the first load, by Lighthouse, beside plain HTML and other programs
    cargo xtask bench search      searching in Chromium
    cargo xtask bench desk        building large notebooks
    cargo xtask bench frames      typing and scrolling in a notebook of 100,000 papers

Tools go into a cache of your own, `~/.cache/notebook-tools`; browsers come from apt-get where there is one.
NOTEBOOK_ENGINES=chromium,firefox,webkit keeps browser tests to the engines named.
NOTEBOOK_DIST=dist measures the page that is built there already.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve", "--", ref rest @ ..] | ["serve", ref rest @ ..] => serve::run(rest),
        ["build"] => serve::build(),
        ["test"] => test::run(test::Part::All),
        ["test", "fast"] => test::run(test::Part::Fast),
        ["test", "browser"] => test::run(test::Part::Browser),
        ["test", "e2e"] => test::run(test::Part::EndToEnd),
        ["test", "--cluster" | "cluster"] => test::run(test::Part::Cluster),
        ["fuzz", seconds, ref targets @ ..] => match seconds.parse() {
            Ok(seconds) => fuzz::run(seconds, targets, fuzz::Begin::Kept),
            Err(_) => Err(format!("`{seconds}` is no number of seconds.")),
        },
        ["audit"] => audit::run(),
        ["bench"] => bench::run(bench::Part::All),
        ["bench", "core"] => bench::run(bench::Part::Core),
        ["bench", "page"] => bench::run(bench::Part::Page),
        ["bench", "search"] => bench::run(bench::Part::Search),
        ["bench", "desk"] => bench::run(bench::Part::Desk),
        ["bench", "frames"] => bench::run(bench::Part::Frames),
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no chore `{}`.\n\n{HELP}", words.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace, as Cargo says when it runs this: a build may have been moved since.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here).parent().map(Path::to_owned).unwrap_or_default()
}
