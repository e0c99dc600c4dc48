//! Records that are stored at the target: the manifest of what was published, and the journal of each running upload.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::local_files::{FileVersion, LocalSite};
use crate::site::Failure;

/// Name of the manifest.
pub(super) const MANIFEST_NAME: &str = ".notebook/published.json";
/// Folder of the journals.
pub(super) const JOURNALS_FOLDER: &str = ".notebook/publishing";

const FORMAT: u32 = 1;

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SentFile {
    #[serde(flatten)]
    pub(super) version: FileVersion,
    /// Size in bytes as stored; absent until the target has confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<u64>,
    /// Entity tag of an object store, or the digest of the stored bytes in a folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
}

/// A file of a previous version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RetiredFile {
    #[serde(flatten)]
    pub(super) sent: SentFile,
    /// Age in versions. Files beyond [`super::plan::RETAINED_VERSIONS`] are removed, and stay listed until they are gone.
    pub(super) versions: u32,
}

/// The record of what was published at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    pub(super) files: BTreeMap<String, SentFile>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[serde(rename = "old")]
    pub(super) retired: BTreeMap<String, RetiredFile>,
}

/// The record of one running upload, which it leaves behind when it is interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    format: u32,
    /// Digest of all files of the site, see [`LocalSite::sha256_hex`].
    pub(super) site: String,
    /// Heartbeat: incremented while the upload runs.
    #[serde(rename = "beat")]
    pub(super) heartbeat: u64,
    /// True if the upload has failed and recorded that.
    #[serde(default)]
    #[serde(rename = "over")]
    pub(super) has_ended: bool,
    /// Files that it sends or has sent.
    pub(super) files: BTreeMap<String, SentFile>,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<String, SentFile>, retired: BTreeMap<String, RetiredFile>) -> Self {
        Self { format: FORMAT, files, retired }
    }

    /// Parses a manifest.
    ///
    /// # Errors
    /// Fails for anything that this or an earlier version of Notebook did not write.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| {
            format!(
                "{MANIFEST_NAME} was not written by notebook ({error}): remove it, then publish with --replace"
            )
        })?;
        if manifest.format > FORMAT {
            return Err(format!(
                "{MANIFEST_NAME} was written by a newer version of notebook: publish with that version"
            ));
        }
        Ok(manifest)
    }

    /// Returns true if exactly this site was published.
    pub(super) fn describes(&self, site: &LocalSite) -> bool {
        self.files.len() == site.files.len()
            && site
                .files
                .iter()
                .all(|(name, file)| self.files.get(name).is_some_and(|sent| sent.version == file.version))
    }
}

impl Journal {
    pub(super) fn new(site: &LocalSite) -> Self {
        Self {
            format: FORMAT,
            site: site.sha256_hex(),
            heartbeat: 0,
            has_ended: false,
            files: BTreeMap::new(),
        }
    }

    /// Parses a journal; an unreadable one is of an upload that died while it started.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// Serializes a record to the bytes that are stored.
pub(super) fn to_json(record: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(record)
        .map_err(|error| format!("a record of the upload cannot be serialized: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_round_trips() {
        let version = FileVersion { sha256: "ab".into(), encoding: None, headers: None };
        let sent = SentFile { version, size: Some(2), tag: None };
        let retired = RetiredFile { sent: sent.clone(), versions: 1 };
        let manifest = Manifest::new([("a".to_owned(), sent)].into(), [("b".to_owned(), retired)].into());
        assert_eq!(Manifest::parse(&to_json(&manifest).unwrap()), Ok(manifest));
    }

    #[test]
    fn rejects_foreign_and_newer_manifests() {
        assert!(Manifest::parse(b"{}").unwrap_err().contains("--replace"));
        assert!(Manifest::parse(br#"{"format": 2, "files": {}}"#).unwrap_err().contains("newer"));
    }
}
