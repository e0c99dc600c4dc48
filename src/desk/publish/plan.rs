//! What a publish has to do: what is wanted against what is there. It sends and removes nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Journal, Manifest, Old, Sent};
use super::site::Site;

/// After so many versions no open page asks for a file any more.
const KEPT: u32 = 1;

/// A file as the target tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) size: u64,
    pub(super) tag: Option<String>,
}

/// What is at the target.
#[derive(Clone, Debug, Default)]
pub(super) struct There {
    pub(super) seen: BTreeMap<String, Seen>,
    pub(super) manifest: Option<Manifest>,
    /// What runs have left behind that did not reach their end.
    pub(super) left: Vec<Journal>,
}

/// What is to be done, and what it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Not there yet.
    pub(super) add: BTreeSet<String>,
    /// There, and something else than is wanted.
    pub(super) change: BTreeSet<String>,
    /// There as it is wanted.
    pub(super) same: BTreeMap<String, Sent>,
    /// Ours, and of no use any more.
    pub(super) remove: BTreeSet<String>,
    /// Earlier versions' files, for the next record.
    pub(super) old: BTreeMap<String, Old>,
    /// In our way, and not ours.
    pub(super) foreign: BTreeSet<String>,
    /// Whether the record at the target has to be written anew.
    pub(super) record: bool,
}

impl There {
    /// Whether a file was put there by a run of ours.
    pub(super) fn is_ours(&self, name: &str) -> bool {
        self.left.iter().any(|journal| journal.files.contains_key(name))
            || self
                .manifest
                .as_ref()
                .is_some_and(|manifest| manifest.files.contains_key(name) || manifest.old.contains_key(name))
    }

    /// The file as it was sent, if it is there, whole and as it is wanted.
    fn as_sent(&self, name: &str, site: &Site) -> Option<Sent> {
        let (file, seen) = (site.files.get(name)?, self.seen.get(name)?);
        let left = || self.left.iter().filter_map(|journal| journal.files.get(name));
        let known = self.manifest.iter().flat_map(|manifest| {
            manifest.files.get(name).into_iter().chain(manifest.old.get(name).map(|old| &old.sent))
        });
        let told = |sent: &&Sent| match (&sent.tag, &seen.tag) {
            (Some(sent), Some(seen)) => sent == seen,
            // Where nothing tells contents apart, no other run may have sent it since.
            _ => left().next().is_none(),
        };
        known
            .chain(left())
            .filter(|sent| sent.wanted == file.wanted && sent.size == Some(seen.size))
            .find(told)
            .cloned()
    }
}

impl Plan {
    pub(super) fn new(site: &Site, there: &There) -> Self {
        let mut plan = Self::default();
        for name in site.files.keys() {
            if !there.seen.contains_key(name) {
                plan.add.insert(name.clone());
            } else if let Some(sent) = there.as_sent(name, site) {
                plan.same.insert(name.clone(), sent);
            } else {
                if !there.is_ours(name) {
                    plan.foreign.insert(name.clone());
                }
                plan.change.insert(name.clone());
            }
        }
        plan.retire(site, there);
        // The record may still name old files that are gone.
        let as_published = there.manifest.as_ref().is_some_and(|manifest| {
            manifest.files == plan.same
                && plan.old.iter().all(|(name, old)| manifest.old.get(name) == Some(old))
        });
        plan.record = !as_published || !there.left.is_empty();
        plan
    }

    /// Decides over the files of earlier versions.
    fn retire(&mut self, site: &Site, there: &There) {
        let published = there.manifest.clone().unwrap_or_default();
        // Sending again what went missing makes no new version.
        let turns = u32::from(!published.is_of(site) && there.manifest.is_some());
        let mut old: BTreeMap<String, Old> = published.old;
        for file in old.values_mut() {
            file.versions = file.versions.saturating_add(turns);
        }
        let last = published.files.into_iter();
        // What an interrupted run has sent may be what readers see just now.
        let left = there.left.iter().flat_map(|journal| journal.files.clone());
        for (name, sent) in left.chain(last) {
            // A packed form of a file that goes on without one would be served in its place.
            let base = name.strip_suffix(".br").or(name.strip_suffix(".gz"));
            let stale =
                sent.wanted.encoding.is_some() && base.is_some_and(|base| site.files.contains_key(base));
            old.insert(name, Old { sent, versions: if stale { KEPT + 1 } else { 1 } });
        }
        old.retain(|name, file| {
            let (wanted, seen) = (site.files.contains_key(name), there.seen.contains_key(name));
            let goes = file.versions > KEPT;
            if goes && seen && !wanted {
                self.remove.insert(name.clone());
            }
            !wanted && (seen || !goes)
        });
        self.old = old;
    }

    /// Whether there is nothing to do.
    pub(super) fn is_nothing(&self) -> bool {
        self.add.is_empty() && self.change.is_empty() && self.remove.is_empty() && !self.record
    }

    /// All that is to be sent.
    pub(super) fn send(&self) -> impl Iterator<Item = &String> {
        self.add.iter().chain(&self.change)
    }
}
