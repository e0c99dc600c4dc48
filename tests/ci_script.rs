//! The script of the action for GitHub, and of the snippet for GitLab, with an archive as a release has it.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest as _, Sha256};

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(git.status().unwrap().success(), "git {arguments:?}");
}

/// A repository with a notebook, and an archive with the command.
fn checkout() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let release = place.path().join("notebook-1-x");
    fs::create_dir(&release).unwrap();
    symlink(env!("CARGO_BIN_EXE_notebook"), release.join("notebook")).unwrap();
    let packed = Command::new("tar")
        .args(["-chzf", "notebook.tar.gz", "notebook-1-x"])
        .current_dir(place.path())
        .status();
    assert!(packed.unwrap().success());
    fs::create_dir(place.path().join("frame")).unwrap();
    for (name, text) in
        [("index.html", include_str!("../index.html")), ("icon.svg", "<svg/>"), ("icon-192.png", "")]
    {
        // Trunk would replace its own elements.
        let lines: Vec<&str> = text.lines().filter(|line| !line.contains("data-trunk")).collect();
        fs::write(place.path().join("frame").join(name), lines.join("\n")).unwrap();
    }
    fs::create_dir(place.path().join("notes")).unwrap();
    fs::write(place.path().join("notes/notebook.md"), "# Notes\n").unwrap();
    git(place.path(), &["init", "--quiet", "--bare", "remote.git"]);
    git(&place.path().join("notes"), &["init", "--quiet"]);
    git(&place.path().join("notes"), &["remote", "add", "origin", "../remote.git"]);
    place
}

fn run(place: &Path, settings: &[(&str, &str)]) -> Output {
    let mut bash = Command::new("bash");
    bash.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/publish.sh")).current_dir(place.join("notes"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOTEBOOK_")) {
        bash.env_remove(name);
    }
    bash.env("NOTEBOOK_PAGE", place.join("frame")).env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    bash.env("NOTEBOOK_ARCHIVE", place.join("notebook.tar.gz"))
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn checks_builds_and_publishes_on_a_branch() {
    let place = checkout();
    let digest = Sha256::digest(fs::read(place.path().join("notebook.tar.gz")).unwrap());
    let digest = digest.iter().fold(String::new(), |digest, byte| digest + &format!("{byte:02x}"));
    let built = run(place.path(), &[("NOTEBOOK_SHA256", &digest)]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(place.path().join("notes/dist/index.html")).unwrap();
    assert!(page.contains("<title>Notes</title>"));
    let published = run(place.path(), &[("NOTEBOOK_BRANCH", "pages"), ("NOTEBOOK_OUT", "site")]);
    assert!(published.status.success(), "{}", String::from_utf8_lossy(&published.stderr));
    git(&place.path().join("remote.git"), &["cat-file", "-e", "pages:index.html"]);
}

#[test]
fn stops_at_a_wrong_checksum_a_warning_and_a_missing_archive() {
    let place = checkout();
    fs::write(place.path().join("notes/notebook.md"), "[x](#nowhere)\n").unwrap();
    for settings in [
        [("NOTEBOOK_SHA256", "0123"), ("NOTEBOOK_OUT", "a")],
        [("NOTEBOOK_DENY_WARNINGS", "true"), ("NOTEBOOK_OUT", "b")],
        [("NOTEBOOK_ARCHIVE", "/nowhere.tar.gz"), ("NOTEBOOK_OUT", "c")],
        [("NOTEBOOK_ARCHIVE", ""), ("NOTEBOOK_OUT", "d")],
    ] {
        assert!(!run(place.path(), &settings).status.success(), "{settings:?}");
        assert!(!place.path().join("notes").join(settings[1].1).exists(), "{settings:?}");
    }
    assert!(run(place.path(), &[]).status.success());
}
