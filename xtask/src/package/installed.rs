//! A trial of each package: it is installed into an empty home folder, and makes a notebook and its site there, without anything
//! else on the path.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PACKAGE_NAME, WORK, crates, npm, package, version};
use crate::{root, steps};

pub(super) fn try_all() -> Result<(), String> {
    let home = empty_home("archive")?;
    let archive = package("notebook-", ".tar.gz")?;
    steps::run(Command::new("tar").current_dir(&home).arg("-xzf").arg(archive))?;
    let folder = format!("notebook-{}-{}", version(), super::archive::target_triple()?);
    make_notebook(&home, &home.join(folder).join("notebook"))?;

    let home = empty_home("wheel")?;
    steps::run(Command::new("python3").args(["-m", "venv"]).arg(home.join("python")))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"];
    let programs = home.join("python").join(if cfg!(windows) { "Scripts" } else { "bin" });
    let mut pip = Command::new(programs.join("python"));
    steps::run(pip.env("HOME", &home).args(install).arg(package("notebook_site-", ".whl")?))?;
    make_notebook(&home, &programs.join("notebook"))?;

    let home = empty_home("npm")?;
    let end = format!("-{}.tgz", version());
    let machine = package(&format!("{PACKAGE_NAME}-{}", npm::machine()?), &end)?;
    let launcher = root().join(super::PACKAGES).join(format!("{PACKAGE_NAME}{end}"));
    let mut install = Command::new(npm::program());
    install.current_dir(&home).env("HOME", &home).args(["install", "--offline", "--no-audit", "--no-fund"]);
    // The packages for other machines are in no registry yet.
    steps::run(install.arg("--omit=optional").arg(machine).arg(launcher))?;
    make_notebook(
        &home,
        &home.join("node_modules/.bin").join(if cfg!(windows) { "notebook.cmd" } else { "notebook" }),
    )?;

    let home = empty_home("cargo")?;
    let command = crates::compile(&home)?;
    make_notebook(&home, &command)
}

fn empty_home(name: &str) -> Result<PathBuf, String> {
    let home = root().join(WORK).join("homes").join(name);
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).map_err(|why| format!("{} cannot be created: {why}.", home.display()))?;
    Ok(home)
}

/// Makes an example notebook and its site.
fn make_notebook(home: &Path, command: &Path) -> Result<(), String> {
    for words in
        [&["new", "notes"][..], &["build", "notes/notebook.md", "--deny", "warnings", "--out", "site"]]
    {
        let mut notebook = Command::new(command);
        super::without_settings(&mut notebook);
        // The launcher of npm needs Node, and nothing else.
        let path = std::env::var_os("PATH").filter(|_| command.to_string_lossy().contains("node_modules"));
        notebook.env("PATH", path.unwrap_or_default()).env("HOME", home).env_remove("XDG_CACHE_HOME");
        steps::run(notebook.current_dir(home).args(words))?;
    }
    let page = home.join("site/index.html");
    let text =
        fs::read_to_string(&page).map_err(|why| format!("{} cannot be read: {why}.", page.display()))?;
    if text.contains("<title>Notes</title>") {
        Ok(())
    } else {
        Err(format!("{} is not the page.", page.display()))
    }
}
