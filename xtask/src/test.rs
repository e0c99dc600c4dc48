//! `cargo xtask test`: runs all tests, fast ones first, until one fails.

use std::process::Command;
use std::time::Duration;

use crate::browsers::is_wanted;
use crate::install::Package;
use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox};
use crate::{budget, fonts, fuzz, root, scripts, sites, studio, style};

/// A part of the test suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestPart {
    /// Everything but the cluster.
    All,
    /// The steps that need no browser.
    Fast,
    /// The views in a browser.
    Browser,
    /// The release build, and journeys through it.
    EndToEnd,
    /// The fixed inputs of the fuzz targets.
    Fuzz,
    /// Publishing to an object store of three nodes.
    Cluster,
}

impl TestPart {
    /// The time that it may take on two cores, when all tools are installed.
    fn limit(self) -> Option<Duration> {
        match self {
            Self::All => Some(Duration::from_mins(25)),
            Self::Fast => Some(Duration::from_mins(2)),
            Self::Browser | Self::EndToEnd | Self::Fuzz | Self::Cluster => None,
        }
    }
}

type Step<'a> = (&'static str, Box<dyn FnOnce() -> Result<(), String> + 'a>);

/// Sets up what is missing, then tests.
pub fn run(part: TestPart) -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs {
        build: matches!(part, TestPart::All | TestPart::EndToEnd | TestPart::Cluster),
        browsers: !matches!(part, TestPart::Fast | TestPart::Fuzz),
        server: part == TestPart::All,
        cluster: part == TestPart::Cluster,
        audit: false,
    })?;
    let planned = plan(&toolbox, part);
    let mut steps = Steps::new(planned.len());
    let outcome = planned.into_iter().try_for_each(|(title, work)| steps.step(title, work));
    steps.print_times(part.limit());
    outcome?;
    println!("\nAll passed.");
    Ok(())
}

/// The steps of a part, in their order.
fn plan(toolbox: &Toolbox, part: TestPart) -> Vec<Step<'_>> {
    let is_end_to_end = matches!(part, TestPart::All | TestPart::EndToEnd);
    let mut steps: Vec<Step> = Vec::new();
    if matches!(part, TestPart::All | TestPart::Fast) {
        steps.extend(fast(toolbox, part));
    }
    if is_end_to_end || part == TestPart::Cluster {
        steps.push(("release build", Box::new(|| sites::build_frame(toolbox))));
    }
    if is_end_to_end {
        steps.push(("size of the first load", Box::new(budget::check)));
        steps.push(("the same site again, by the command", Box::new(|| sites::build_again(toolbox))));
        steps.push(("sites of the test notebooks", Box::new(|| sites::build_test_notebooks(toolbox))));
        steps.push(("release build for a path", Box::new(|| sites::build_under_a_path(toolbox))));
        steps.push(("valid HTML, by the W3C's validator", Box::new(validate)));
    }
    if matches!(part, TestPart::All | TestPart::Browser) {
        steps.extend(in_browsers(toolbox));
    }
    if is_end_to_end {
        steps.push(("journeys", Box::new(|| run_journeys(toolbox))));
    }
    if part == TestPart::Cluster {
        steps.push(("an object store of three nodes", Box::new(|| publish_to_cluster(toolbox))));
    }
    if matches!(part, TestPart::All | TestPart::Fuzz) {
        steps.push(("fuzzing", Box::new(fuzz::test)));
    }
    steps
}

/// Checks accessibility rules on a page.
const AXE: Package = Package { name: "axe", title: "axe-core", npm_name: "axe-core", version: "4.14.1" };

/// The Nu validator of the W3C. It runs in Java.
const VALIDATOR: Package =
    Package { name: "vnu", title: "Nu Html Checker", npm_name: "vnu-jar", version: "26.9.27" };

/// Sets formulas, for a comparison by structure.
const KATEX: Package = Package { name: "katex", title: "KaTeX", npm_name: "katex", version: "0.19.1" };

/// Validates pages of every kind. The validator knows less of CSS than browsers do, so CSS is left out.
fn validate() -> Result<(), String> {
    if steps::output(Command::new("java").arg("-version")).is_err() {
        println!("      Java is not installed: no page was validated");
        return Ok(());
    }
    let jar = VALIDATOR.folder()?.join("build/dist/vnu.jar");
    let mut java = Command::new("java");
    java.current_dir(root()).arg("-jar").arg(jar).args(["--errors-only", "--filterpattern", ".*CSS.*"]);
    // The hostile notebook has invalid addresses, which are kept as they were written.
    for page in ["dist", "target/typeset/dist", "target/arabic/dist", "target/large/dist"] {
        let pages = ["index.html", "map.html"].map(|file| format!("{page}/{file}"));
        java.args(pages.iter().filter(|file| root().join(file).is_file()));
    }
    steps::run(java.args(["target/large/dist/in", "target/large/dist/term"]))
}

fn run_journeys(toolbox: &Toolbox) -> Result<(), String> {
    let axe = AXE.folder()?.join("axe.min.js");
    let mut cargo = cargo(toolbox, "test --workspace --exclude notebook-fuzz --test e2e");
    cargo.env("NOTEBOOK_DIST", "dist").env("NOTEBOOK_AXE", axe).env("NOTEBOOK_FONTS", fonts::settings()?);
    steps::run(&mut cargo)
}

fn publish_to_cluster(toolbox: &Toolbox) -> Result<(), String> {
    let garage = toolbox.find_program("garage").ok_or("garage is not on PATH.")?;
    let mut cargo = cargo(toolbox, "test --test cluster -- --nocapture");
    steps::run(cargo.env("NOTEBOOK_DIST", "dist").env("NOTEBOOK_GARAGE", garage))
}

fn fast(toolbox: &Toolbox, part: TestPart) -> Vec<Step<'_>> {
    let step = |title, arguments| -> Step<'_> {
        (title, Box::new(move || steps::run(&mut cargo(toolbox, arguments))))
    };
    vec![
        step("format", "fmt --all --check"),
        ("names and documentation", Box::new(style::run)),
        step("lints", "clippy --workspace --all-targets -- -D warnings"),
        step(
            "lints of the client",
            "clippy --target wasm32-unknown-unknown -p notebook --all-targets -- -D warnings",
        ),
        step(
            "lints of the studio",
            "clippy --target wasm32-unknown-unknown -p notebook --bins --features studio -- -D warnings",
        ),
        ("types of JavaScript", Box::new(scripts::check_types)),
        ("lints of JavaScript", Box::new(scripts::lint)),
        ("tests of JavaScript", Box::new(studio::test)),
        ("lints of workflows", Box::new(scripts::lint_workflows)),
        (
            "documentation",
            Box::new(move || {
                let mut cargo = cargo(toolbox, "doc --no-deps --workspace --exclude notebook-fuzz --quiet");
                steps::run(cargo.env("RUSTDOCFLAGS", "-D warnings"))
            }),
        ),
        (
            "native tests",
            Box::new(move || {
                let mut cargo = cargo(toolbox, "test --workspace --exclude notebook-fuzz");
                cargo.env("NOTEBOOK_KATEX", KATEX.folder()?);
                if part == TestPart::All {
                    // With these set, a missing web server or reader of bibliographies is a failure.
                    cargo.env("NOTEBOOK_NGINX", "1").env("NOTEBOOK_CITATION_PROGRAMS", "1");
                }
                steps::run(&mut cargo)
            }),
        ),
    ]
}

/// The same tests twice: the runner uses the one browser whose driver its environment names.
fn in_browsers(toolbox: &Toolbox) -> Vec<Step<'_>> {
    let drivers = [
        ("views in Chromium", "chromium", "CHROMEDRIVER", "chromedriver"),
        ("views in Firefox", "firefox", "GECKODRIVER", "geckodriver"),
    ];
    let wanted = drivers.into_iter().filter(|(_, engine, _, _)| is_wanted(engine));
    wanted
        .map(|(title, _, variable, driver)| -> Step<'_> {
            let work = move || {
                let driver =
                    toolbox.find_program(driver).ok_or_else(|| format!("{driver} is not on PATH."))?;
                let mut cargo =
                    cargo(toolbox, "test --target wasm32-unknown-unknown -p notebook --test browser");
                for (_, _, other, _) in drivers {
                    cargo.env_remove(other);
                }
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
                // Firefox takes seconds to start, and a minute on a busy machine.
                cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "180").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
                steps::run(cargo.env(variable, driver))
            };
            (title, Box::new(work))
        })
        .collect()
}

fn cargo(toolbox: &Toolbox, arguments: &str) -> Command {
    let mut command = toolbox.command("cargo");
    command.args(arguments.split(' '));
    command
}
