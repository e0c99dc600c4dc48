//! `cargo xtask`: the chores of contributors.

use std::process::{Command, ExitCode};

use xtask::{audit, fuzz, package, pictures, serve, steps, studio, style, test};

const HELP: &str = "\
Installs missing tools, then:

    cargo xtask serve [-- ARGS]   the notebook in a browser, rebuilt when a file changes; ARGS are for `trunk serve`
    cargo xtask build             the notebook as files for any static host, in dist/
    cargo xtask studio            the scripts and styles of the editor in the browser, in target/studio
    cargo xtask package           a `notebook` command that carries its page, packed in every form, each tried
    cargo xtask package command   the command alone; NOTEBOOK_EMBED=FOLDER has page and programs, if they are built already
    cargo xtask package frame     page and programs alone, into target/frame
    cargo xtask test              every test, fast ones first
    cargo xtask test fast         format, lints, native tests
    cargo xtask test browser      the views in a browser
    cargo xtask test e2e          the built notebook: its size, then journeys in three browser engines
    cargo xtask test fuzz         the fixed inputs of the fuzz targets
    cargo xtask test --cluster    publishing to an object store of three nodes, of which one fails
    cargo xtask fuzz SECONDS      runs the fuzz targets of core, or those named, each for so long
    cargo xtask pictures          the pictures in docs/ and of the tests, taken from the real page
    cargo xtask style             a report on doc comments, type names and long functions
    cargo xtask audit             licenses and advisories of all dependencies; a list of them (SBOM)
    cargo xtask bench             sizes and times, beside other search engines; a missed limit is an error
    cargo xtask bench core        parsing and searching, natively
    cargo xtask bench page        the first load by Lighthouse, beside plain HTML and other generators
    cargo xtask bench search      searching in Chromium
    cargo xtask bench command     building large notebooks
    cargo xtask bench author      from an empty folder to a page, and from a saved file to the painted change
    cargo xtask bench studio      typing in the studio, and its size
    cargo xtask bench frames      typing and scrolling in a notebook of 100,000 papers

Tools are installed into `~/.cache/notebook-tools`, browsers by apt-get where it exists.
NOTEBOOK_ENGINES=chromium,firefox,webkit limits browser tests to these engines.
NOTEBOOK_DIST=dist measures a page that is built already.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve", "--", ref rest @ ..] | ["serve", ref rest @ ..] => serve::run(rest),
        ["build"] => serve::build(),
        ["studio"] => studio::run(),
        ["package"] => package::run(),
        ["package", "frame"] => package::frame_only(),
        ["package", "command"] => package::command_only(),
        ["test"] => test::run(test::TestPart::All),
        ["test", "fast"] => test::run(test::TestPart::Fast),
        ["test", "browser"] => test::run(test::TestPart::Browser),
        ["test", "e2e"] => test::run(test::TestPart::EndToEnd),
        ["test", "fuzz"] => test::run(test::TestPart::Fuzz),
        ["test", "--cluster" | "cluster"] => test::run(test::TestPart::Cluster),
        ["fuzz", seconds, ref targets @ ..] => match seconds.parse() {
            Ok(seconds) => fuzz::run(seconds, targets, fuzz::InitialCorpus::Saved),
            Err(_) => Err(format!("`{seconds}` is not a number of seconds.")),
        },
        ["pictures"] => pictures::run(),
        ["style"] => style::run(),
        ["audit"] => audit::run(),
        ["bench", ref rest @ ..] => {
            let package = ["run", "--quiet", "--package", "notebook-bench", "--"];
            steps::run(Command::new("cargo").current_dir(xtask::root()).args(package).args(rest))
        }
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no command `{}`.\n\n{HELP}", words.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
