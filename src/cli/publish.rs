//! `notebook publish`: sends a built site to a folder, a bucket or a branch, which it builds first for a branch.

use std::path::PathBuf;

use clap::Args;
use notebook_core::notebook::Url;

use super::build::{SiteOptions, web_address, write};
use super::notebook_file;
use super::report::Detail;
use crate::publish::branch::{self, Branch};
use crate::publish::{self, Compress, Options};
use crate::site::Failure;
use crate::site::frame::Frame;

/// The folder that `notebook build` writes to.
const BUILT: &str = "dist";

/// The arguments of the `publish` subcommand.
#[derive(Debug, Args)]
pub(super) struct PublishArguments {
    /// A folder; `s3://bucket/prefix`, for which the `AWS_*` variables hold credentials and endpoint; or `gh-pages`, a branch of this git repository
    target: String,
    /// The notebook that is built for a branch [default: notebook.md or content/notebook.md]
    #[arg(env = "NOTEBOOK_FILE")]
    file: Option<PathBuf>,
    /// The folder with the built site [default: dist; for a branch, a new build]
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// Print what would be added, changed and removed, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Replace files of the same names that were not published by notebook
    #[arg(long)]
    replace: bool,
    /// Placement of compressed files [default: beside for a folder, none for a bucket]
    #[arg(long)]
    compress: Option<Compress>,
    /// For a branch: a remote of this repository, or the address of another repository
    #[arg(long, default_value = "origin")]
    remote: String,
    /// For a branch: its name
    #[arg(long, value_name = "NAME", default_value = "gh-pages")]
    branch: String,
    /// For a branch: keep the newest version only, without the commits of older ones
    #[arg(long)]
    no_history: bool,
    /// For a branch: the address at which the site will be published [default: `url` in the front matter]
    #[arg(long, env = "NOTEBOOK_URL", value_parser = web_address)]
    url: Option<Url>,
    /// For a branch: use the page and programs in this folder instead of those in the command
    #[arg(long, env = "NOTEBOOK_PAGE", value_name = "FOLDER")]
    page: Option<PathBuf>,
}

/// Publishes a site. Returns false if the notebook has errors, which were reported.
///
/// # Errors
/// Fails if a file cannot be read, or the target cannot be written to.
pub(super) fn publish(arguments: PublishArguments) -> Result<bool, Failure> {
    let mut options = Options {
        from: arguments.from.clone().unwrap_or_else(|| BUILT.into()),
        dry_run: arguments.dry_run,
        replace: arguments.replace,
        compress: arguments.compress,
    };
    if !branch::is_branch(&arguments.target) {
        return publish::publish(&arguments.target, &options).map(|()| true);
    }
    if options.compress.is_some_and(|compress| compress != Compress::None) {
        return Err("hosts of a branch compress files themselves: omit --compress".into());
    }
    let branch =
        Branch { remote: arguments.remote, name: arguments.branch, keeps_history: !arguments.no_history };
    let temporary = tempfile::Builder::new().prefix("notebook-build-").tempdir();
    let temporary = temporary.map_err(|error| format!("a temporary folder cannot be created: {error}"))?;
    if arguments.from.is_none() {
        let file = notebook_file::find(arguments.file)?;
        let frame = Frame::find(arguments.page)?.ok_or(
            "this command was compiled without a page, so it cannot build a site: build one with `cargo xtask build`, \
             and add --from dist",
        )?;
        options.from = temporary.path().join("site");
        frame.write_to(&options.from)?;
        let site =
            SiteOptions { url: arguments.url.as_ref(), detail: Detail::Grouped, ..SiteOptions::default() };
        if !write(&file, &options.from, &site)? {
            return Ok(false);
        }
    }
    branch::publish(&branch, &options).map(|()| true)
}
