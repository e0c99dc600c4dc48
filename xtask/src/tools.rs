//! Tools that the chores need, with their versions, and where they are.
//!
//! Tools live in a cache of the user's own, one folder per tool and version, so that projects with other versions are
//! not disturbed and `rm -r` undoes it all. A tool on PATH is used where it is, if it has the version wanted.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browsers;
use crate::install::{self, InstallMethod};
use crate::root;
use crate::steps::{Steps, output, run};

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
const GARAGE: &str = "2.5.0";
const DENY: &str = "0.20.2";
const CYCLONEDX: &str = "0.5.9";
/// Target of the wasm programs.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Requirements of a chore, beside the wasm32 target.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is needed or not, whatever the others are")]
pub struct Needs {
    /// Trunk and what it calls.
    pub build: bool,
    /// Browsers, their drivers, and what runs tests in them.
    pub browsers: bool,
    /// The web server of the tests of publishing, and the programs that read exported bibliographies.
    pub server: bool,
    /// The object store of several nodes.
    pub cluster: bool,
    /// Tools that check dependencies.
    pub audit: bool,
}

/// A program in a version.
pub(crate) struct Tool {
    /// Name for people and folders.
    pub(crate) name: &'static str,
    /// The version that `--version` must print.
    pub(crate) version: String,
    /// Programs that its folder must contain; the first one is asked for its version.
    pub(crate) programs: &'static [&'static str],
    /// True if any version on PATH is accepted.
    pub(crate) any_on_path: bool,
    /// Methods to install it, best first.
    pub(crate) install_methods: Vec<InstallMethod>,
}

/// The tools of a chore, installed.
pub struct Toolbox {
    path: OsString,
}

impl Toolbox {
    /// Finds the required tools, and installs missing ones.
    pub fn set_up(needs: Needs) -> Result<Self, String> {
        let tools = tools(needs)?;
        let has_target = has_wasm_target()?;
        let mut packages = if needs.browsers { browsers::missing() } else { Vec::new() };
        if needs.server {
            packages.extend(browsers::missing_server());
        }
        let missing: Vec<&Tool> = tools.iter().filter(|tool| tool.folder().is_none()).collect();

        let total = usize::from(!has_target) + usize::from(!packages.is_empty()) + missing.len();
        let mut steps = Steps::new(total);
        if !has_target {
            steps.step("Rust for wasm32", add_wasm_target)?;
        }
        if !packages.is_empty() {
            steps.step(&format!("from the system: {}", packages.join(", ")), || {
                browsers::install(&packages)
            })?;
        }
        for tool in missing {
            steps.step(&format!("{} {}", tool.name, tool.version), || install::install(tool))?;
        }

        let named: Vec<String> = tools.iter().map(|tool| format!("{} {}", tool.name, tool.version)).collect();
        let browsers = if needs.browsers { ", browsers" } else { "" };
        let list = if named.is_empty() { String::new() } else { format!(", {}", named.join(", ")) };
        println!("Everything needed is there: Rust for wasm32{list}{browsers}.");
        Ok(Self { path: path_with(&tools)? })
    }

    /// Returns a command in the root of the workspace, with all tools on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let found = find_in(&self.path, program).unwrap_or_else(|| program.into());
        let mut command = Command::new(found);
        command.current_dir(root()).env("PATH", &self.path);
        command
    }

    /// Returns the path of a program.
    pub fn find_program(&self, program: &str) -> Option<PathBuf> {
        find_in(&self.path, program)
    }
}

impl Tool {
    /// Returns the folder of its programs, if it is installed.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let on_path = find_in(&env::var_os("PATH")?, self.programs[0]);
        let on_path = on_path.and_then(|file| file.parent().map(Path::to_owned));
        on_path
            .filter(|folder| self.is_in(folder, self.any_on_path))
            .or_else(|| cache().ok().and_then(|cache| self.folder_in(&cache.join(self.folder_name()))))
    }

    /// Returns the folder of its programs inside an installation: npm has a different one.
    pub(crate) fn folder_in(&self, installed: &Path) -> Option<PathBuf> {
        [installed.join("bin"), installed.join("node_modules/.bin")]
            .into_iter()
            .find(|folder| self.is_in(folder, false))
    }

    /// The folder of this tool and version in the cache.
    pub(crate) fn folder_name(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Returns true if a word is the version, perhaps with a prefix: `cargo:2.5.0`, `v2.5.0`.
    fn is_version(&self, word: &str) -> bool {
        let word = word.rsplit(':').next().unwrap_or(word);
        word.strip_prefix('v').unwrap_or(word) == self.version
    }

    fn is_in(&self, folder: &Path, any_version: bool) -> bool {
        let mut first = Command::new(folder.join(self.programs[0]));
        // Subcommands of Cargo expect their own name first: `cargo-deny deny --version`.
        first.args(self.programs[0].strip_prefix("cargo-"));
        self.programs.iter().all(|program| folder.join(program).is_file())
            && output(first.arg("--version"))
                .is_ok_and(|text| any_version || text.split_whitespace().any(|word| self.is_version(word)))
    }
}

#[allow(clippy::too_many_lines, reason = "a list of tools")]
fn tools(needs: Needs) -> Result<Vec<Tool>, String> {
    let mut tools = Vec::new();
    if needs.build {
        tools.push(Tool {
            name: "trunk",
            version: TRUNK.to_owned(),
            programs: &["trunk"],
            any_on_path: false,
            install_methods: install::trunk(TRUNK),
        });
    }
    if needs.build || needs.browsers {
        let version = locked_version(&read("Cargo.lock")?, "wasm-bindgen")
            .ok_or("Cargo.lock does not name wasm-bindgen: restore it with git.")?;
        tools.push(Tool {
            name: "wasm-bindgen-cli",
            install_methods: install::wasm_bindgen(&version),
            version,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            any_on_path: false,
        });
    }
    if needs.build {
        // Trunk requires the version in its settings; older ones (Debian has 108) produce a program that does not start.
        let version = setting(&read("Trunk.toml")?, "wasm_opt")
            .and_then(|value| Some(value.strip_prefix("version_")?.to_owned()))
            .ok_or("Trunk.toml has no line like `wasm_opt = \"version_132\"` under [tools].")?;
        tools.push(Tool {
            name: "wasm-opt",
            install_methods: install::wasm_opt(&version),
            version,
            programs: &["wasm-opt"],
            any_on_path: false,
        });
    }
    if needs.browsers && browsers::is_wanted("firefox") {
        tools.push(Tool {
            name: "geckodriver",
            version: GECKODRIVER.to_owned(),
            programs: &["geckodriver"],
            any_on_path: true,
            install_methods: install::geckodriver(GECKODRIVER),
        });
    }
    if needs.cluster {
        tools.push(Tool {
            name: "garage",
            version: GARAGE.to_owned(),
            programs: &["garage"],
            any_on_path: false,
            install_methods: vec![InstallMethod::Source { package: "garage", locked: true }],
        });
    }
    if needs.audit {
        let parts: [(&[&str], _, _); 2] =
            [(&["cargo-deny"], "cargo-deny", DENY), (&["cargo-cyclonedx"], "cargo-cyclonedx", CYCLONEDX)];
        tools.extend(parts.map(|(programs, package, version)| Tool {
            name: package,
            version: version.to_owned(),
            programs,
            any_on_path: true,
            install_methods: vec![InstallMethod::Source { package, locked: true }],
        }));
    }
    Ok(tools)
}

fn has_wasm_target() -> Result<bool, String> {
    if let Ok(list) = output(Command::new("rustup").args(["target", "list", "--installed"])) {
        return Ok(list.lines().any(|line| line == WASM));
    }
    let folder = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(true);
    }
    Err(format!(
        "this Rust has no {WASM} target: install Rust by rustup, or that target from where your Rust is from."
    ))
}

fn add_wasm_target() -> Result<(), String> {
    run(Command::new("rustup").args(["target", "add", WASM]))
}

/// The cache of tools: `$XDG_CACHE_HOME/notebook-tools`, else `~/.cache/notebook-tools`.
pub fn cache() -> Result<PathBuf, String> {
    let set = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("notebook-tools"))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME says where tools may be kept.".to_owned())
}

fn path_with(tools: &[Tool]) -> Result<OsString, String> {
    let mut folders: Vec<PathBuf> = tools.iter().filter_map(Tool::folder).collect();
    folders.extend(browsers::folders());
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).map_err(|error| format!("PATH cannot be extended: {error}."))
}

/// Returns the first file of this name in a list of folders that is written like PATH.
pub fn find_in(path: &OsString, program: &str) -> Option<PathBuf> {
    env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Reads a text file of the workspace.
pub(crate) fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(root().join(file)).map_err(|error| format!("{file} cannot be read: {error}."))
}

/// Returns the version of a package in the text of a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    setting(lines.nth(1)?, "version")
}

/// Returns the text value of a key in TOML that has one key to a line.
fn setting(toml: &str, key: &str) -> Option<String> {
    toml.lines().find_map(|line| {
        let value = line.trim().strip_prefix(key)?.trim_start().strip_prefix('=')?;
        Some(value.trim().strip_prefix('"')?.split('"').next()?.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_packages_with_similar_names_in_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn reads_versions_from_this_workspace() {
        let tools =
            tools(Needs { build: true, browsers: true, server: true, cluster: true, audit: true }).unwrap();
        assert_eq!(tools.len(), 7);
        assert!(tools.iter().all(|tool| tool.version.starts_with(|first: char| first.is_ascii_digit())));
    }
}
