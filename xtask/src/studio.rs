//! The studio's scripts and styles: CodeMirror and the modules of `src/studio/app`, bundled by esbuild into `target/studio`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::files_in;
use crate::install;
use crate::root;
use crate::steps;

const ESBUILD: &str = "esbuild@0.28.2";

/// CodeMirror with everything that it uses: a bundle must be the same bytes wherever it is made.
const PACKAGES: [&str; 25] = [
    "@codemirror/autocomplete@6.20.4",
    "@codemirror/commands@6.11.1",
    "@codemirror/lang-css@6.3.1",
    "@codemirror/lang-html@6.4.12",
    "@codemirror/lang-javascript@6.2.5",
    "@codemirror/lang-markdown@6.5.2",
    "@codemirror/lang-yaml@6.1.3",
    "@codemirror/language@6.13.1",
    "@codemirror/lint@6.9.8",
    "@codemirror/search@6.7.2",
    "@codemirror/state@6.7.6",
    "@codemirror/streamparser@6.0.0",
    "@codemirror/view@6.43.15",
    "@lezer/common@1.5.5",
    "@lezer/css@1.3.9",
    "@lezer/highlight@1.2.5",
    "@lezer/html@1.3.13",
    "@lezer/javascript@1.5.6",
    "@lezer/lr@1.4.12",
    "@lezer/markdown@1.8.1",
    "@lezer/yaml@1.0.4",
    "@marijn/find-cluster-break@1.0.4",
    "crelt@1.0.7",
    "style-mod@4.1.5",
    "w3c-keyname@2.2.8",
];

/// The scripts of the studio.
const APP: &str = "src/studio/app";

/// The input and the output of each bundle. The styles import those of the page.
const BUNDLES: [(&str, &str); 3] = [
    ("src/studio/app/main.js", "studio-app.js"),
    ("src/studio/app/worker.js", "studio-worker.js"),
    ("style/studio.css", "studio-app.css"),
];

/// Browsers that have what the studio needs anyway: `light-dark()`, popovers, module workers.
const TARGET: &str = "--target=chrome123,firefox125,safari17.5";

/// Bundles the studio, and says where it is.
pub fn run() -> Result<(), String> {
    bundle().map(|folder| println!("The studio's scripts and styles are in {}.", folder.display()))
}

/// Bundles the studio into `target/studio`, and returns that folder.
pub(crate) fn bundle() -> Result<PathBuf, String> {
    let modules = modules()?;
    let folder = root().join("target/studio");
    for (source, name) in BUNDLES {
        let mut esbuild = Command::new(modules.join(".bin/esbuild"));
        esbuild.current_dir(root()).env("NODE_PATH", &modules).arg(source);
        esbuild.args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--charset=utf8",
            "--log-level=warning",
            TARGET,
        ]);
        esbuild.args([".md", ".bib", ".svg"].map(|extension| format!("--loader:{extension}=text")));
        esbuild.arg(format!("--outfile={}", folder.join(name).display()));
        if name == "studio-app.js" {
            esbuild.arg(format!("--banner:js={}", licenses(&modules)?));
        }
        // The command line would show all licenses.
        steps::output(&mut esbuild)?;
    }
    Ok(folder)
}

/// Runs the tests of modules that need no browser.
pub(crate) fn test() -> Result<(), String> {
    let mut files = app_files(".test.js")?;
    files.sort();
    steps::run(Command::new("node").current_dir(root()).arg("--test").args(files))
}

/// Returns the settings of TypeScript for the studio's scripts and for its worker, which has other globals. They name the folder of
/// CodeMirror's types, which is outside the workspace.
pub(crate) fn typescript_projects() -> Result<Vec<PathBuf>, String> {
    let modules = modules()?;
    let folder = root().join("target/studio-types");
    fs::create_dir_all(&folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
    let write = |name: &str| {
        let file = folder.join(name);
        let base = root().join("src/studio").join(name);
        let types = modules.join("*");
        let settings = format!(
            "{{\"extends\": \"{}\", \"compilerOptions\": {{\"paths\": {{\"*\": [\"{}\"]}}}}}}\n",
            base.display(),
            types.display()
        );
        fs::write(&file, settings).map_err(|why| format!("{} cannot be written: {why}.", file.display()))?;
        Ok(file)
    };
    ["tsconfig.json", "tsconfig.worker.json"].into_iter().map(write).collect()
}

/// Returns the folder of CodeMirror and esbuild in the cache, and installs them if they are missing.
fn modules() -> Result<PathBuf, String> {
    let packages: Vec<&str> = PACKAGES.into_iter().chain([ESBUILD]).collect();
    // npm has printed the reason.
    let place = install::package_set("studio", &packages).map_err(|_| {
        "CodeMirror and esbuild could not be installed from npm, so the studio cannot be built. Connect to the network and \
         start again: once they are installed, none is needed."
            .to_owned()
    })?;
    Ok(place.join("node_modules"))
}

/// Returns a comment with the licenses of what the bundle contains: equal ones once, below the names of their packages.
fn licenses(modules: &Path) -> Result<String, String> {
    let mut packages: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for package in PACKAGES {
        let name = package.rsplit_once('@').map_or(package, |(name, _)| name);
        let file = modules.join(name).join("LICENSE");
        let license =
            fs::read_to_string(&file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))?;
        packages.entry(license.trim().to_owned()).or_default().push(name);
    }
    let parts = packages.iter().map(|(license, names)| format!("{}:\n\n{license}", names.join(", ")));
    Ok(format!("/*!\n{}\n*/", parts.collect::<Vec<_>>().join("\n\n").replace("*/", "* /")))
}

/// Returns the files of the studio's scripts whose names end in some way.
fn app_files(end: &str) -> Result<Vec<PathBuf>, String> {
    let files = files_in(&root().join(APP)).map_err(|why| format!("{APP} cannot be read: {why}."))?;
    Ok(files.into_iter().filter(|file| file.to_string_lossy().ends_with(end)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    #[test]
    fn every_package_has_an_exact_version() {
        let mut names: Vec<&str> =
            PACKAGES.iter().map(|package| package.rsplit_once('@').unwrap().0).collect();
        assert!(PACKAGES.iter().all(|package| package.rsplit('@').next().unwrap().split('.').count() == 3));
        names.dedup();
        assert_eq!(names.len(), PACKAGES.len());
    }

    #[test]
    fn every_package_that_is_imported_is_listed() {
        for file in app_files(".js").unwrap() {
            let text = fs::read_to_string(&file).unwrap();
            for (_, rest) in text.match_indices("from \"@").map(|(at, _)| text[at..].split_at(6)) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(
                    PACKAGES.iter().any(|package| package.rsplit_once('@').unwrap().0 == name),
                    "{}: {name}",
                    file.display()
                );
            }
        }
    }

    #[test]
    fn the_body_has_no_script_and_no_style() {
        let body = tools::read("src/studio/app/body.html").unwrap();
        assert!(["<script", "<style", " style="].iter().all(|word| !body.contains(word)));
        assert!(!body.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')));
    }
}
