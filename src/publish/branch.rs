//! Publishing on a branch of a git repository, for GitHub Pages and its like.
//!
//! 1. The tip of the branch is unpacked into a temporary folder;
//! 2. the site is published to that folder like to any other, so that files of others and of the previous version stay;
//! 3. the folder becomes a commit, which is pushed with a lease: only if the branch has not changed since.
//!
//! No work tree, index or branch of the author's repository changes: it only lends its remotes and credentials, and stores
//! objects.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::local_files::Compression;
use super::target_location::TargetLocation;
use super::upload::UploadOutcome;
use super::{Options, publish_to, summary_lines};
use crate::site::Failure;
use crate::site::files::files_in;

/// The file that makes GitHub Pages serve all files as they are.
const NO_JEKYLL: &str = ".nojekyll";
/// The name and address of commits, where git knows none of its user.
const NOBODY: [(&str, &str); 4] = [
    ("GIT_AUTHOR_NAME", "notebook"),
    ("GIT_AUTHOR_EMAIL", "notebook@localhost"),
    ("GIT_COMMITTER_NAME", "notebook"),
    ("GIT_COMMITTER_EMAIL", "notebook@localhost"),
];

/// A branch to publish on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    /// The name of a remote of this repository, or the address of a repository.
    pub(crate) remote: String,
    pub(crate) name: String,
    /// True if each version is a commit on top of the previous one; false if the branch has only the newest.
    pub(crate) keeps_history: bool,
}

/// The repository of the current folder, with a temporary folder for an index and for the tree of the branch.
struct Repository<'a> {
    branch: &'a Branch,
    temporary: PathBuf,
}

/// Publishes a built site on a branch.
///
/// # Errors
/// Fails with the complaint of git. The branch is then unchanged.
pub(crate) fn publish(branch: &Branch, options: &Options) -> Result<(), Failure> {
    let temporary = tempfile::Builder::new().prefix("notebook-publish-").tempdir();
    let temporary = temporary.map_err(|error| format!("a temporary folder cannot be created: {error}"))?;
    let repository = Repository { branch, temporary: temporary.path().to_owned() };
    repository.run(&["rev-parse", "--git-dir"]).map_err(|_| {
        "this folder is not in a git repository: run `git init`, and give the repository's address with --remote".to_owned()
    })?;
    let tip = repository.tip()?;
    if let Some(tip) = &tip {
        repository.unpack(tip)?;
    }
    let folder = repository.folder();
    let destination = TargetLocation::Folder(folder.clone());
    let done = publish_to(&destination, Compression::None, options)?;
    let shown = format!("{} of {}", branch.name, branch.remote);
    for line in summary_lines(&done, &shown, options) {
        println!("{line}");
    }
    if options.dry_run || (tip.is_some() && is_nothing(&done)) {
        return Ok(());
    }
    let marker = folder.join(NO_JEKYLL);
    fs::write(&marker, "").map_err(|error| format!("{} cannot be written: {error}", marker.display()))?;
    let commit = repository.commit(tip.as_deref())?;
    repository.push(&commit, tip.as_deref())
}

fn is_nothing(done: &UploadOutcome) -> bool {
    done.plan.is_nothing()
}

impl Repository<'_> {
    /// The folder that the tree of the branch is unpacked into.
    fn folder(&self) -> PathBuf {
        self.temporary.join("site")
    }

    /// Returns a git command with an index of its own. Files are never converted.
    fn git(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.args(["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "core.quotePath=false"]);
        git.args(arguments).env("GIT_INDEX_FILE", self.temporary.join("index"));
        // Nobody can answer a question here.
        git.env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
        git
    }

    /// Runs git and returns what it prints.
    fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
        output_of(&mut self.git(arguments), None)
    }

    /// Returns the commit at the tip of the branch; `None` if the branch does not exist.
    fn tip(&self) -> Result<Option<String>, Failure> {
        let git_ref = self.git_ref();
        let listed = self.run(&["ls-remote", "--exit-code", &self.branch.remote, &git_ref]);
        match listed {
            Ok(listed) => Ok(listed.split_whitespace().next().map(str::to_owned)),
            // Exit code 2 and no complaint: the repository can be read, and has no such branch.
            Err(complaint) if complaint.ends_with(NO_MESSAGE) => Ok(None),
            Err(complaint) => Err(format!("{complaint}; name the repository with --remote")),
        }
    }

    fn git_ref(&self) -> String {
        format!("refs/heads/{}", self.branch.name)
    }

    /// Fetches a commit and unpacks its files.
    fn unpack(&self, tip: &str) -> Result<(), Failure> {
        let folder = self.folder();
        fs::create_dir_all(&folder)
            .map_err(|error| format!("{} cannot be created: {error}", folder.display()))?;
        self.run(&[
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            &self.branch.remote,
            &self.git_ref(),
        ])?;
        self.run(&["read-tree", tip])?;
        let work_tree = format!("--work-tree={}", folder.display());
        self.run(&[&work_tree, "checkout-index", "--all", "--force"])?;
        Ok(())
    }

    /// Stores the files of the folder as a commit on top of another one. Returns its id.
    fn commit(&self, parent: Option<&str>) -> Result<String, Failure> {
        let folder = self.folder();
        let files = files_in(&folder, |_| false)?;
        if let Some(name) = files.keys().find(|name| name.contains(['\n', '\t'])) {
            return Err(format!("the name of {name:?} has a line break or tab: rename the file"));
        }
        let paths: Vec<String> = files.values().map(|path| path.display().to_string()).collect();
        let hash = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
        let hashes = output_of(&mut self.git(&hash), Some(&paths.join("\n")))?;
        let entries = files.keys().zip(hashes.lines()).map(|(name, hash)| format!("100644 {hash}\t{name}"));
        let entries = entries.collect::<Vec<_>>().join("\n") + "\n";
        self.run(&["read-tree", "--empty"])?;
        output_of(&mut self.git(&["update-index", "--add", "--index-info"]), Some(&entries))?;
        let tree = self.run(&["write-tree"])?;
        let mut commit = self.git(&["commit-tree", tree.trim(), "-m", "Publish the notebook"]);
        if self.branch.keeps_history
            && let Some(parent) = parent
        {
            commit.args(["-p", parent]);
        }
        if self.run(&["var", "GIT_COMMITTER_IDENT"]).is_err() {
            commit.envs(NOBODY);
        }
        Ok(output_of(&mut commit, None)?.trim().to_owned())
    }

    /// Moves the branch to a commit, unless it was moved by someone else.
    fn push(&self, commit: &str, tip: Option<&str>) -> Result<(), Failure> {
        let git_ref = self.git_ref();
        let lease = format!("--force-with-lease={git_ref}:{}", tip.unwrap_or_default());
        let change = format!("{commit}:{git_ref}");
        self.run(&["push", "--quiet", &lease, &self.branch.remote, &change]).map(drop).map_err(|complaint| {
            if complaint.contains("stale info") || complaint.contains("fetch first") {
                format!("someone else has published on {} meanwhile: run the command again", self.branch.name)
            } else {
                complaint
            }
        })
    }
}

/// The end of a complaint where git has printed none.
const NO_MESSAGE: &str = "it does not say why";

/// Runs a command with this input and returns what it prints.
fn output_of(git: &mut Command, input: Option<&str>) -> Result<String, Failure> {
    let shown = git.get_args().filter_map(|argument| argument.to_str()).find(|word| {
        // The subcommand, behind options of git itself and their values.
        !word.starts_with('-') && !word.contains('=')
    });
    let shown = format!("git {}", shown.unwrap_or_default());
    let started = git.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = started
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("git cannot be started: {error}; install it, or publish to a folder"))?;
    // Git reads its input while it writes its answer, so neither may wait for the other.
    let writer = child.stdin.take().zip(input.map(str::to_owned)).map(|(mut stdin, input)| {
        // If git stops reading, its error output has the reason.
        std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())))
    });
    let output = child.wait_with_output().map_err(|error| format!("`{shown}` failed: {error}"))?;
    if let Some(writer) = writer {
        // The thread ends when git has read everything, or has ended.
        let _ = writer.join();
    }
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = complaint.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let reason = if lines.is_empty() { NO_MESSAGE.to_owned() } else { lines.join("; ") };
    Err(format!("`{shown}` failed: {reason}"))
}

/// Returns true if a target names a branch, and not a folder.
pub(crate) fn is_branch(target: &str) -> bool {
    target == "gh-pages" && !Path::new(target).exists()
}
