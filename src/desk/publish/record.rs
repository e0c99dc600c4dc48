//! What is written down at the target: what was published there, and what a run under way is sending.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::site::{Site, Wanted};
use crate::desk::Failure;

/// The folder at the target that is ours alone.
pub(super) const OWN: &str = ".notebook";
/// What was published.
pub(super) const PUBLISHED: &str = ".notebook/published.json";
/// Where runs under way say so.
pub(super) const RUNS: &str = ".notebook/publishing";

const FORMAT: u32 = 1;

/// A file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    #[serde(flatten)]
    pub(super) wanted: Wanted,
    /// Bytes as they are stored; none while it is not known whether it has arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<u64>,
    /// By what the target tells one content from another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
}

/// A file of an earlier version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Old {
    #[serde(flatten)]
    pub(super) sent: Sent,
    /// How many versions ago it was published. A page of the last version may still be open; older files go,
    /// and stay on the list until they are gone.
    pub(super) versions: u32,
}

/// What was published at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    pub(super) files: BTreeMap<String, Sent>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) old: BTreeMap<String, Old>,
}

/// What a run says while it is under way, and leaves behind when it is interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    format: u32,
    /// The number of all that it publishes.
    pub(super) site: String,
    /// Goes up as long as it lives.
    pub(super) beat: u64,
    /// Whether it has ended without reaching its end.
    #[serde(default)]
    pub(super) over: bool,
    /// What it sends, or has sent.
    pub(super) files: BTreeMap<String, Sent>,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<String, Sent>, old: BTreeMap<String, Old>) -> Self {
        Self { format: FORMAT, files, old }
    }

    /// # Errors
    /// Anything that this version of Notebook has not written.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|why| {
            format!(
                "{PUBLISHED} is not what notebook has written ({why}): remove it, then publish with --replace"
            )
        })?;
        if manifest.format > FORMAT {
            return Err(format!("{PUBLISHED} is from a newer notebook: publish with that one"));
        }
        Ok(manifest)
    }

    /// Whether the very same site was published.
    pub(super) fn is_of(&self, site: &Site) -> bool {
        self.files.len() == site.files.len()
            && site
                .files
                .iter()
                .all(|(name, file)| self.files.get(name).is_some_and(|sent| sent.wanted == file.wanted))
    }
}

impl Journal {
    pub(super) fn new(site: &Site) -> Self {
        Self { format: FORMAT, site: site.digest(), beat: 0, over: false, files: BTreeMap::new() }
    }

    /// A journal that cannot be read is of a run that died while it began.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// A record as the bytes that are stored.
pub(super) fn to_json(record: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(record)
        .map_err(|why| format!("what was published cannot be written down: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let wanted = Wanted { sha256: "ab".into(), encoding: None, headers: None };
        let sent = Sent { wanted, size: Some(2), tag: None };
        let old = Old { sent: sent.clone(), versions: 1 };
        let manifest = Manifest::new([("a".to_owned(), sent)].into(), [("b".to_owned(), old)].into());
        assert_eq!(Manifest::parse(&to_json(&manifest).unwrap()), Ok(manifest));
    }

    #[test]
    fn what_somebody_else_has_written_is_not_taken_for_ours() {
        assert!(Manifest::parse(b"{}").unwrap_err().contains("--replace"));
        assert!(Manifest::parse(br#"{"format": 2, "files": {}}"#).unwrap_err().contains("newer"));
    }
}
