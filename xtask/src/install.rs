//! Installs tools into the cache: completely, or not at all.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use sha2::{Digest as _, Sha256};

use crate::browsers;
use crate::steps::{output, run};
use crate::tools::{Tool, cache};

/// A method to install a tool.
pub(crate) enum InstallMethod {
    /// An archive from the tool's release page, unpacked into a folder of the installation without its outer folders.
    Release { url: String, into: &'static str, strip: u8 },
    /// Built from source. `locked` is false for tools whose lock file names packages that were yanked.
    Source { package: &'static str, locked: bool },
    /// A package of npm with the program in it.
    Npm { package: &'static str },
}

pub(crate) fn trunk(version: &str) -> Vec<InstallMethod> {
    let page = format!("https://github.com/trunk-rs/trunk/releases/download/v{version}");
    let release = triple("gnu").map(|triple| InstallMethod::Release {
        url: format!("{page}/trunk-{triple}.tar.gz"),
        into: "bin",
        strip: 0,
    });
    release.into_iter().chain([InstallMethod::Source { package: "trunk", locked: true }]).collect()
}

pub(crate) fn wasm_bindgen(version: &str) -> Vec<InstallMethod> {
    let page = format!("https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}");
    let release =
        triple(if ARCH == "x86_64" { "musl" } else { "gnu" }).map(|triple| InstallMethod::Release {
            url: format!("{page}/wasm-bindgen-{version}-{triple}.tar.gz"),
            into: "bin",
            strip: 1,
        });
    release
        .into_iter()
        .chain([InstallMethod::Source { package: "wasm-bindgen-cli", locked: false }])
        .collect()
}

pub(crate) fn wasm_opt(version: &str) -> Vec<InstallMethod> {
    let page = format!("https://github.com/WebAssembly/binaryen/releases/download/version_{version}");
    let machine = match (OS, ARCH) {
        ("linux", "x86_64" | "aarch64") => Some(format!("{ARCH}-linux")),
        ("macos", "x86_64") => Some("x86_64-macos".to_owned()),
        ("macos", "aarch64") => Some("arm64-macos".to_owned()),
        _ => None,
    };
    let release = machine.map(|machine| InstallMethod::Release {
        url: format!("{page}/binaryen-version_{version}-{machine}.tar.gz"),
        into: "",
        strip: 1,
    });
    release.into_iter().chain([InstallMethod::Npm { package: "binaryen" }]).collect()
}

pub(crate) fn geckodriver(version: &str) -> Vec<InstallMethod> {
    let page = format!("https://github.com/mozilla/geckodriver/releases/download/v{version}");
    let machine = match (OS, ARCH) {
        ("linux", "x86_64") => Some("linux64"),
        ("linux", "aarch64") => Some("linux-aarch64"),
        ("macos", "x86_64") => Some("macos"),
        ("macos", "aarch64") => Some("macos-aarch64"),
        _ => None,
    };
    let release = machine.map(|machine| InstallMethod::Release {
        url: format!("{page}/geckodriver-v{version}-{machine}.tar.gz"),
        into: "bin",
        strip: 0,
    });
    release.into_iter().chain([InstallMethod::Source { package: "geckodriver", locked: true }]).collect()
}

fn triple(libc: &str) -> Option<String> {
    match (OS, ARCH) {
        ("linux", "x86_64" | "aarch64") => Some(format!("{ARCH}-unknown-linux-{libc}")),
        ("macos", "x86_64" | "aarch64") => Some(format!("{ARCH}-apple-darwin")),
        _ => None,
    }
}

/// Tries each method in a temporary folder, which is renamed once the tool in it prints its version.
pub(crate) fn install(tool: &Tool) -> Result<(), String> {
    let cache = cache()?;
    let place = cache.join(tool.folder_name());
    let staging = cache.join(format!("{}.{}.part", tool.folder_name(), process::id()));
    let mut reasons = Vec::new();
    for method in &tool.install_methods {
        let tried = fresh(&staging).and_then(|()| method.fetch(tool, &staging)).and_then(|()| {
            let checked = tool.folder_in(&staging).map(drop);
            checked.ok_or_else(|| format!("it does not run here, or is not {} {}.", tool.name, tool.version))
        });
        let outcome = tried.and_then(|()| {
            // An existing folder did not print its version, or this function would not have been called.
            let _ = fs::remove_dir_all(&place);
            fs::rename(&staging, &place)
                .map_err(|error| format!("{} cannot be made: {error}.", place.display()))
        });
        let _ = fs::remove_dir_all(&staging);
        match outcome {
            Ok(()) => return Ok(()),
            Err(reason) => {
                println!("      not {}: {reason}", method.name());
                reasons.push(reason);
            }
        }
    }
    let last = reasons.pop().unwrap_or_default();
    Err(format!(
        "{name} {version} could not be installed: {last} Put {name} {version} on PATH yourself, then start again.",
        name = tool.name,
        version = tool.version
    ))
}

fn fresh(folder: &Path) -> Result<(), String> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("bin"))
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))
}

impl InstallMethod {
    fn name(&self) -> &'static str {
        match self {
            Self::Release { .. } => "from its release page",
            Self::Source { .. } => "from source",
            Self::Npm { .. } => "from npm",
        }
    }

    fn fetch(&self, tool: &Tool, folder: &Path) -> Result<(), String> {
        match self {
            Self::Release { url, into, strip } => {
                println!("      downloading {url}");
                let archive = folder.join("archive.tar.gz");
                let limits = ["--connect-timeout", "10", "--max-time", "600"];
                output(Command::new("curl").args(["-fsSL"]).args(limits).arg("-o").arg(&archive).arg(url))?;
                let strip = format!("--strip-components={strip}");
                output(
                    Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(folder.join(into)).arg(strip),
                )?;
                fs::remove_file(&archive).map_err(|error| error.to_string())
            }
            Self::Source { package, locked } => {
                println!(
                    "      building {} {} from source, some minutes the first time",
                    tool.name, tool.version
                );
                let mut cargo = Command::new("cargo");
                cargo.args(["install", package, "--version", &tool.version]);
                cargo.args(locked.then_some("--locked")).arg("--root").arg(folder);
                run(&mut cargo)
            }
            Self::Npm { package } => npm(&[format!("{package}@{}", tool.version)], folder),
        }
    }
}

/// Puts packages of npm, written `name@version`, into a folder; npm itself is installed where it is missing.
fn npm(packages: &[String], folder: &Path) -> Result<(), String> {
    if output(Command::new("npm").arg("--version")).is_err() {
        browsers::install(&["npm"])?;
    }
    let quiet = ["--no-audit", "--no-fund", "--no-save", "--prefix"];
    run(Command::new("npm").arg("install").args(quiet).arg(folder).args(packages))
}

/// Puts packages of npm into a folder of the cache: all of them, or none.
pub(crate) fn install_packages(packages: &[String], place: &Path) -> Result<(), String> {
    let staging = place.with_extension(format!("{}.part", process::id()));
    let installed = npm(packages, &staging).and_then(|()| {
        let _ = fs::remove_dir_all(place);
        fs::rename(&staging, place).map_err(|why| format!("{} cannot be made: {why}.", place.display()))
    });
    let _ = fs::remove_dir_all(&staging);
    installed
}

/// Returns the folder in the cache with a set of npm packages, written `name@version`, which it installs if they are missing.
pub(crate) fn package_set(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let digest = Sha256::digest(packages.join("\n"));
    let digest = digest.iter().take(6).fold(String::new(), |digest, byte| digest + &format!("{byte:02x}"));
    let place = cache()?.join(format!("{name}-{digest}"));
    if !place.is_dir() {
        println!("      installing from npm: {}", packages.join(", "));
        let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
        install_packages(&packages, &place)?;
    }
    Ok(place)
}

/// A package of npm in a version.
pub struct Package {
    /// Name in scripts and of its folder.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// Name in the registry.
    pub npm_name: &'static str,
    /// The exact version.
    pub version: &'static str,
}

impl Package {
    /// Returns the path of one of its programs, which it installs if it is missing.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.folder()?;
        // A name with a scope is two folders.
        let modules = folder.ancestors().find(|folder| folder.ends_with("node_modules"));
        Ok(modules.map(|modules| modules.join(".bin").join(name)).unwrap_or_default())
    }

    /// Returns the folder of the package, which it installs if it is missing.
    pub fn folder(&self) -> Result<PathBuf, String> {
        let place = cache()?.join(format!("{}-{}", self.name, self.version));
        let package = place.join("node_modules").join(self.npm_name);
        if !package.is_dir() {
            install_packages(&[format!("{}@{}", self.npm_name, self.version)], &place)?;
        }
        Ok(package)
    }
}
