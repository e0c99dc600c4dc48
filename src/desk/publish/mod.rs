//! Puts a built notebook where readers get it.
//!
//! A page asks for files whose names change with their content. So those go first, then the files that keep their names,
//! then the page: whatever stops a run in between, the page that is there has all that it asks for. After the page comes
//! the record of what was published, by which the next run knows what is there and what is its own to remove.

mod media;
mod plan;
mod problem;
mod record;
mod run;
mod site;
mod target;
#[cfg(test)]
mod tests;
mod turn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::run::{Done, Run};
use self::site::{Encoding, Packing, Site};
use self::target::{Place, Target};
use self::turn::Patience;
use super::Failure;

/// Where compressed files are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Compress {
    /// Nowhere
    None,
    /// In a folder: beside the files, as .br and .gz, for a host that gives each browser what it takes
    Beside,
    /// In a bucket: in place of the files, with gzip
    Gzip,
    /// In a bucket: in place of the files, with brotli, which browsers take over https only
    Brotli,
}

/// What was asked for.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) from: PathBuf,
    pub(super) dry_run: bool,
    pub(super) replace: bool,
    pub(super) compress: Option<Compress>,
}

/// Publishes a built notebook to a target.
///
/// # Errors
/// Whatever stops it, as a sentence.
pub(super) fn publish(target: &str, options: &Options) -> Result<(), Failure> {
    let place = Place::parse(target)?;
    let packing = packing(&place, options.compress)?;
    if let Place::Folder(folder) = &place {
        refuse_inside(folder, &options.from)?;
    }
    let site = Site::read(&options.from, packing, place.is_bucket())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|why| format!("the system gives no time to wait with: {why}"))?;
    let done = runtime.block_on(async {
        let target = Target::open(place.clone(), !options.dry_run)?;
        let run = Run {
            target: &target,
            site: &site,
            dry: options.dry_run,
            replace: options.replace,
            patience: Patience::default(),
        };
        run.publish().await
    })?;
    for line in told(&done, &place, options) {
        println!("{line}");
    }
    for stays in &done.stays {
        eprintln!("note: {stays}; the next publish tries again");
    }
    Ok(())
}

fn packing(place: &Place, compress: Option<Compress>) -> Result<Packing, Failure> {
    match (place, compress) {
        (Place::Folder(_), None | Some(Compress::Beside)) => Ok(Packing::Beside),
        (_, None | Some(Compress::None)) => Ok(Packing::None),
        (Place::Bucket { .. }, Some(Compress::Gzip)) => Ok(Packing::Instead(Encoding::Gzip)),
        (Place::Bucket { .. }, Some(Compress::Brotli)) => Ok(Packing::Instead(Encoding::Brotli)),
        (Place::Bucket { .. }, Some(Compress::Beside)) => {
            Err("a bucket gives every browser the same file: say --compress gzip, or none".into())
        }
        (Place::Folder(_), Some(Compress::Gzip | Compress::Brotli)) => {
            Err("a folder has no place to tell how a file is packed: say --compress beside, or none".into())
        }
    }
}

/// A folder that holds, or is, what is published would become a part of itself.
fn refuse_inside(folder: &Path, from: &Path) -> Result<(), Failure> {
    let (Ok(folder), Ok(from)) = (std::path::absolute(folder), from.canonicalize()) else { return Ok(()) };
    let folder = folder.canonicalize().unwrap_or(folder);
    if folder.starts_with(&from) {
        return Err(format!("{} is inside of what is published: name another folder", folder.display()));
    }
    Ok(())
}

/// What was done, or would be, for people.
fn told(done: &Done, place: &Place, options: &Options) -> Vec<String> {
    let plan = &done.plan;
    let list = |sign, names: &BTreeSet<String>| -> Vec<String> {
        names.iter().map(|name| format!("{sign} {name}")).collect()
    };
    let mut lines = Vec::new();
    if options.dry_run {
        lines.extend([list('+', &plan.add), list('~', &plan.change), list('-', &plan.remove)].concat());
    }
    let counts = format!(
        "{} added, {} changed, {} removed; {} as they were, {} of the last version kept for pages still open",
        plan.add.len(),
        plan.change.len(),
        plan.remove.len(),
        plan.same.len(),
        plan.old.len() - plan.old.keys().filter(|name| plan.remove.contains(*name)).count(),
    );
    if options.dry_run {
        lines.push(format!("would be at {place}: {counts}"));
        if !options.replace && !plan.foreign.is_empty() {
            let names: Vec<&str> = plan.foreign.iter().map(String::as_str).collect();
            lines.push(format!("not put there by notebook, so only with --replace: {}", names.join(", ")));
        }
    } else if plan.is_nothing() {
        lines.push(format!("{place} is as it is wanted: nothing sent"));
    } else {
        lines.push(format!("at {place}: {counts}"));
    }
    lines
}
