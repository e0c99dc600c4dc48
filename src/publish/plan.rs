//! The plan of an upload: the difference between local files and the target. Pure: it sends and removes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::local_files::LocalSite;
use super::records::{Journal, Manifest, RetiredFile, SentFile};

/// Number of previous versions whose files are retained, because a page of that version may still be open and fetch them.
/// With 0 an open page would break at the next publish; each further version costs its storage.
const RETAINED_VERSIONS: u32 = 1;

/// A file as the target lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredFile {
    pub(super) size: u64,
    pub(super) tag: Option<String>,
}

/// The state of a target before an upload.
#[derive(Clone, Debug, Default)]
pub(super) struct TargetState {
    pub(super) stored: BTreeMap<String, StoredFile>,
    pub(super) manifest: Option<Manifest>,
    /// Journals of uploads that were interrupted.
    pub(super) journals: Vec<Journal>,
}

/// Files to send and to remove, by name, and the state that results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Files that the target does not have.
    pub(super) add: BTreeSet<String>,
    /// Files that differ at the target.
    pub(super) change: BTreeSet<String>,
    /// Files that are up to date at the target.
    pub(super) same: BTreeMap<String, SentFile>,
    /// Files of expired versions.
    pub(super) remove: BTreeSet<String>,
    /// Files of previous versions, for the next manifest.
    pub(super) retired: BTreeMap<String, RetiredFile>,
    /// Files that would be replaced, but that no upload of Notebook wrote.
    pub(super) foreign: BTreeSet<String>,
    /// True if the manifest at the target is out of date.
    pub(super) record: bool,
}

impl TargetState {
    /// Returns true if an earlier upload of Notebook wrote the file.
    pub(super) fn is_owned(&self, name: &str) -> bool {
        self.journals.iter().any(|journal| journal.files.contains_key(name))
            || self.manifest.as_ref().is_some_and(|manifest| {
                manifest.files.contains_key(name) || manifest.retired.contains_key(name)
            })
    }

    /// Returns the record of a file that is complete and up to date at the target.
    fn find_unchanged(&self, name: &str, site: &LocalSite) -> Option<SentFile> {
        let (file, stored) = (site.files.get(name)?, self.stored.get(name)?);
        let journals = || self.journals.iter().filter_map(|journal| journal.files.get(name));
        let known = self.manifest.iter().flat_map(|manifest| {
            manifest
                .files
                .get(name)
                .into_iter()
                .chain(manifest.retired.get(name).map(|retired| &retired.sent))
        });
        let is_same_content = |sent: &&SentFile| match (&sent.tag, &stored.tag) {
            (Some(sent), Some(stored)) => sent == stored,
            // Without a tag contents cannot be compared, so no interrupted upload may have sent the file since.
            _ => journals().next().is_none(),
        };
        known
            .chain(journals())
            .filter(|sent| sent.version == file.version && sent.size == Some(stored.size))
            .find(is_same_content)
            .cloned()
    }
}

impl Plan {
    /// Compares local files with the state of the target. O(files · log files).
    pub(super) fn new(site: &LocalSite, state: &TargetState) -> Self {
        let mut plan = Self::default();
        for name in site.files.keys() {
            if !state.stored.contains_key(name) {
                plan.add.insert(name.clone());
            } else if let Some(sent) = state.find_unchanged(name, site) {
                plan.same.insert(name.clone(), sent);
            } else {
                if !state.is_owned(name) {
                    plan.foreign.insert(name.clone());
                }
                plan.change.insert(name.clone());
            }
        }
        plan.retire_old_files(site, state);
        // The manifest may still name previous files that are gone.
        let as_published = state.manifest.as_ref().is_some_and(|manifest| {
            manifest.files == plan.same
                && plan.retired.iter().all(|(name, retired)| manifest.retired.get(name) == Some(retired))
        });
        plan.record = !as_published || !state.journals.is_empty();
        plan
    }

    /// Decides which files of previous versions are retained, and which are removed.
    fn retire_old_files(&mut self, site: &LocalSite, state: &TargetState) {
        let published = state.manifest.clone().unwrap_or_default();
        // Sending missing files again does not make a new version.
        let turns = u32::from(!published.describes(site) && state.manifest.is_some());
        let mut retired: BTreeMap<String, RetiredFile> = published.retired;
        for file in retired.values_mut() {
            file.versions = file.versions.saturating_add(turns);
        }
        let last = published.files.into_iter();
        // Files of an interrupted upload may be in use by a page that is open now.
        let journals = state.journals.iter().flat_map(|journal| journal.files.clone());
        for (name, sent) in journals.chain(last) {
            // A leftover compressed copy would be served in place of a file that is no longer compressed.
            let base = name.strip_suffix(".br").or(name.strip_suffix(".gz"));
            let is_leftover =
                sent.version.encoding.is_some() && base.is_some_and(|base| site.files.contains_key(base));
            retired.insert(
                name,
                RetiredFile { sent, versions: if is_leftover { RETAINED_VERSIONS + 1 } else { 1 } },
            );
        }
        retired.retain(|name, file| {
            let (is_published, is_stored) = (site.files.contains_key(name), state.stored.contains_key(name));
            let is_expired = file.versions > RETAINED_VERSIONS;
            if is_expired && is_stored && !is_published {
                self.remove.insert(name.clone());
            }
            !is_published && (is_stored || !is_expired)
        });
        self.retired = retired;
    }

    /// Returns true if the target is up to date.
    pub(super) fn is_nothing(&self) -> bool {
        self.add.is_empty() && self.change.is_empty() && self.remove.is_empty() && !self.record
    }

    /// Returns the names of all files to send.
    pub(super) fn files_to_send(&self) -> impl Iterator<Item = &String> {
        self.add.iter().chain(&self.change)
    }
}
