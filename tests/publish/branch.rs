//! On a branch of a git repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::file_names::file_names;
use crate::site::{self, built};
use crate::{done, errors, notebook};

/// Runs git without the user's settings.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", errors(&output));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A bare repository, and a clone of it with a commit.
fn repositories() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    git(place.path(), &["init", "--quiet", "--bare", "remote.git"]);
    git(place.path(), &["init", "--quiet", "--initial-branch", "main", "notes"]);
    let notes = place.path().join("notes");
    git(&notes, &["remote", "add", "origin", "../remote.git"]);
    fs::write(notes.join("notebook.md"), "# Notes\n").unwrap();
    // Neither may change what is published.
    fs::write(notes.join(".gitattributes"), "* text eol=crlf\n").unwrap();
    fs::write(notes.join(".gitignore"), "*.json\n*.js\n").unwrap();
    git(&notes, &["config", "core.autocrlf", "true"]);
    git(&notes, &["add", "notebook.md"]);
    let author = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
    git(&notes, &[&author[..], &["commit", "--quiet", "-m", "Begin"]].concat());
    place
}

fn publish(place: &Path, build: &Path, more: &[&str]) -> Output {
    let mut command = notebook(&["gh-pages"], build);
    command.args(more).current_dir(place.join("notes"));
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap()
}

/// Checks out a branch of the remote into a folder without `.git`.
fn checked_out(place: &Path, branch: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let work_tree = format!("--work-tree={}", folder.path().display());
    git(&place.join("remote.git"), &[&work_tree, "checkout", "--quiet", "--force", branch, "--", "."]);
    folder
}

fn commits(place: &Path, branch: &str) -> String {
    git(&place.join("remote.git"), &["rev-list", "--count", branch])
}

#[test]
fn publishes_on_a_branch_and_leaves_the_repository_alone() {
    let (build, place) = (built("one"), repositories());
    let (place, notes) = (place.path(), place.path().join("notes"));
    let state = || (git(&notes, &["status", "--porcelain"]), git(&notes, &["branch", "--verbose"]));
    let before = state();

    let dry = done(&publish(place, build.path(), &["--dry-run"]));
    assert!(dry.contains("+ index.html\n") && dry.contains("gh-pages of origin"), "{dry}");
    assert!(git(&place.join("remote.git"), &["branch"]).is_empty(), "a dry run pushes nothing");

    done(&publish(place, build.path(), &[]));
    let first = checked_out(place, "gh-pages");
    site::assert_complete(build.path(), first.path());
    assert!(first.path().join(".nojekyll").is_file() && !first.path().join("index.html.gz").exists());
    assert_eq!(site::served_version(first.path()).as_deref(), Some("one"));

    // Nothing has changed, so nothing is pushed.
    assert!(done(&publish(place, build.path(), &[])).contains("up to date"));
    assert_eq!(commits(place, "gh-pages"), "1");

    site::write(build.path(), "two");
    done(&publish(place, build.path(), &[]));
    let second = checked_out(place, "gh-pages");
    site::assert_complete(build.path(), second.path());
    assert_eq!(site::served_version(second.path()).as_deref(), Some("two"));
    assert_eq!(commits(place, "gh-pages"), "2");
    for name in file_names(first.path()).iter().filter(|name| name.starts_with("style-")) {
        assert!(second.path().join(name).is_file(), "a page that is still open finds {name}");
    }
    assert_eq!(state(), before);
    assert!(!notes.join(".git/FETCH_HEAD").exists());

    site::write(build.path(), "three");
    done(&publish(place, build.path(), &["--no-history"]));
    assert_eq!(commits(place, "gh-pages"), "1");
    assert_eq!(site::served_version(checked_out(place, "gh-pages").path()).as_deref(), Some("three"));
}

#[test]
fn keeps_files_of_others_on_the_branch_and_replaces_none_unasked() {
    let (build, place) = (built("one"), repositories());
    let (place, notes) = (place.path(), place.path().join("notes"));
    git(&notes, &["checkout", "--quiet", "--orphan", "pages"]);
    git(&notes, &["rm", "-r", "--quiet", "--cached", "--force", "."]);
    fs::write(notes.join("CNAME"), "notes.example").unwrap();
    fs::write(notes.join("index.html"), "mine").unwrap();
    git(&notes, &["-c", "core.autocrlf=false", "add", "--force", "CNAME", "index.html"]);
    let author = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
    git(&notes, &[&author[..], &["commit", "--quiet", "-m", "Mine"]].concat());
    git(&notes, &["push", "--quiet", "origin", "pages"]);
    git(&notes, &["checkout", "--quiet", "--force", "main"]);

    let refused = publish(place, build.path(), &["--branch", "pages"]);
    assert!(!refused.status.success() && errors(&refused).contains("--replace"), "{}", errors(&refused));
    assert_eq!(fs::read_to_string(checked_out(place, "pages").path().join("index.html")).unwrap(), "mine");
    done(&publish(place, build.path(), &["--branch", "pages", "--replace"]));
    let published = checked_out(place, "pages");
    assert_eq!(fs::read_to_string(published.path().join("CNAME")).unwrap(), "notes.example");
    assert_eq!(site::served_version(published.path()).as_deref(), Some("one"));
    assert_eq!(commits(place, "pages"), "2");
}

#[test]
fn reports_what_git_rejects() {
    let (build, place) = (built("one"), repositories());
    let place = place.path();
    let failed = |more: &[&str]| {
        let output = publish(place, build.path(), more);
        assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
        errors(&output)
    };
    assert!(failed(&["--remote", "nowhere"]).contains("name the repository with --remote"));
    assert!(failed(&["--compress", "gzip"]).contains("omit --compress"));
    // A repository that takes no push.
    let hook = place.join("remote.git/hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'the branch is protected' >&2\nexit 1\n").unwrap();
    Command::new("chmod").arg("+x").arg(&hook).status().unwrap();
    let complaint = failed(&[]);
    assert!(complaint.contains("protected"), "{complaint}");
    assert!(git(&place.join("remote.git"), &["branch"]).is_empty());
    let outside = tempfile::tempdir().unwrap();
    let mut command = notebook(&["gh-pages"], build.path());
    let output =
        command.current_dir(outside.path()).env("GIT_CEILING_DIRECTORIES", outside.path()).output().unwrap();
    assert!(errors(&output).contains("git init"), "{}", errors(&output));
}

#[test]
fn a_branch_is_built_first_unless_a_folder_is_given() {
    let place = repositories();
    let frame = place.path().join("frame");
    fs::create_dir(&frame).unwrap();
    for (name, text) in
        [("index.html", include_str!("../../index.html")), ("icon.svg", "<svg/>"), ("icon-192.png", "")]
    {
        // Trunk would replace its own elements.
        let lines: Vec<&str> = text.lines().filter(|line| !line.contains("data-trunk")).collect();
        fs::write(frame.join(name), lines.join("\n")).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    command.args(["publish", "gh-pages", "--page"]).arg(&frame).current_dir(place.path().join("notes"));
    command.env_remove("NOTEBOOK_FILE").env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    done(&command.output().unwrap());
    let published = checked_out(place.path(), "gh-pages");
    let page = fs::read_to_string(published.path().join("index.html")).unwrap();
    assert!(page.contains("<title>Notes</title>"));
    assert!(!place.path().join("notes/dist").exists(), "nothing is left in the folder of the notes");
}
