//! Upload of a built notebook to a folder, an object store or a git branch, safe to interrupt at any point.
//!
//! 1. `local_files` reads the built folder; `target` lists what is at the destination (`target_location`,
//!    `aws_settings`); `plan` compares them.
//! 2. `lease` makes uploads to one destination wait for one another.
//! 3. `upload` sends files whose names contain a digest first, then files that keep their names, then the page: wherever it
//!    is interrupted, the page at the destination finds everything that it links to.
//! 4. `branch` does the same for a branch of a git repository.
//! 5. `records` has the manifest of what was published, so that the next upload knows which files are its own to replace or remove.

mod aws_settings;
pub(crate) mod branch;
mod lease;
mod local_files;
mod plan;
mod records;
mod store_error;
mod target;
mod target_location;
#[cfg(test)]
mod tests;
mod upload;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::lease::Timeouts;
use self::local_files::{Compression, Encoding, LocalSite};
use self::target::TargetStore;
use self::target_location::TargetLocation;
use self::upload::{Upload, UploadOutcome};
use crate::site::Failure;

/// The placement of compressed copies, as given on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Compress {
    /// No compression
    None,
    /// In a folder: .br and .gz files beside the originals, for a host that negotiates the encoding
    Beside,
    /// In a bucket: the files themselves, compressed with gzip
    Gzip,
    /// In a bucket: the files themselves, compressed with brotli, which browsers accept over https only
    Brotli,
}

/// Options of the `publish` subcommand.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) from: PathBuf,
    pub(crate) dry_run: bool,
    pub(crate) replace: bool,
    pub(crate) compress: Option<Compress>,
}

/// Publishes a built notebook to a target.
///
/// # Errors
/// Returns a sentence that names the file or destination, the cause, and a remedy where one is known.
pub(crate) fn publish(target: &str, options: &Options) -> Result<(), Failure> {
    let destination = TargetLocation::parse(target)?;
    let compression = compression(&destination, options.compress)?;
    if let TargetLocation::Folder(folder) = &destination {
        reject_overlap(folder, &options.from)?;
    }
    let done = publish_to(&destination, compression, options)?;
    for line in summary_lines(&done, &destination, options) {
        println!("{line}");
    }
    for not_removed in &done.not_removed {
        eprintln!("note: {not_removed}; the next publish tries again");
    }
    Ok(())
}

/// Sends what differs from a built notebook at a destination.
fn publish_to(
    destination: &TargetLocation,
    compression: Compression,
    options: &Options,
) -> Result<UploadOutcome, Failure> {
    let site = LocalSite::read(&options.from, compression, destination.is_bucket())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the asynchronous runtime cannot be started: {error}"))?;
    runtime.block_on(async {
        let target = TargetStore::open(destination.clone(), !options.dry_run)?;
        let upload = Upload {
            target: &target,
            site: &site,
            dry_run: options.dry_run,
            replace: options.replace,
            timeouts: Timeouts::default(),
        };
        upload.publish().await
    })
}

fn compression(destination: &TargetLocation, compress: Option<Compress>) -> Result<Compression, Failure> {
    match (destination, compress) {
        (TargetLocation::Folder(_), None | Some(Compress::Beside)) => Ok(Compression::Beside),
        (_, None | Some(Compress::None)) => Ok(Compression::None),
        (TargetLocation::Bucket { .. }, Some(Compress::Gzip)) => Ok(Compression::Instead(Encoding::Gzip)),
        (TargetLocation::Bucket { .. }, Some(Compress::Brotli)) => Ok(Compression::Instead(Encoding::Brotli)),
        (TargetLocation::Bucket { .. }, Some(Compress::Beside)) => {
            Err("a bucket cannot negotiate encodings, so `beside` is for folders: use --compress gzip, brotli or none".into())
        }
        (TargetLocation::Folder(_), Some(Compress::Gzip | Compress::Brotli)) => {
            Err("a folder cannot store a Content-Encoding, so gzip and brotli are for buckets: use --compress beside or none".into())
        }
    }
}

/// Rejects a destination inside the published folder, which would then contain itself.
fn reject_overlap(folder: &Path, from: &Path) -> Result<(), Failure> {
    let (Ok(folder), Ok(from)) = (std::path::absolute(folder), from.canonicalize()) else { return Ok(()) };
    let folder = folder.canonicalize().unwrap_or(folder);
    if folder.starts_with(&from) {
        return Err(format!(
            "{} is inside the folder that is published: choose another folder",
            folder.display()
        ));
    }
    Ok(())
}

/// Returns the lines that summarize an upload, or a dry run, for the terminal.
fn summary_lines(
    done: &UploadOutcome,
    destination: &dyn std::fmt::Display,
    options: &Options,
) -> Vec<String> {
    let plan = &done.plan;
    let list = |sign, names: &BTreeSet<String>| -> Vec<String> {
        names.iter().map(|name| format!("{sign} {name}")).collect()
    };
    let mut lines = Vec::new();
    if options.dry_run {
        lines.extend([list('+', &plan.add), list('~', &plan.change), list('-', &plan.remove)].concat());
    }
    let counts = format!(
        "{} added, {} changed, {} removed; {} unchanged, {} of the previous version kept for pages that are still open",
        plan.add.len(),
        plan.change.len(),
        plan.remove.len(),
        plan.same.len(),
        plan.retired.len() - plan.retired.keys().filter(|name| plan.remove.contains(*name)).count(),
    );
    if options.dry_run {
        lines.push(format!("would publish to {destination}: {counts}"));
        if !options.replace && !plan.foreign.is_empty() {
            let names: Vec<&str> = plan.foreign.iter().map(String::as_str).collect();
            lines.push(format!(
                "not written by notebook, so replaced only with --replace: {}",
                names.join(", ")
            ));
        }
    } else if plan.is_nothing() {
        lines.push(format!("{destination} is up to date: nothing was sent"));
    } else {
        lines.push(format!("published to {destination}: {counts}"));
    }
    lines
}
