//! A cache of formatted references, so that a build formats only those that have changed.
//!
//! It is a file for each notebook in the user's cache folder, and may be deleted at any time. If it cannot be read, every
//! reference is formatted again.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use etcetera::{BaseStrategy as _, choose_base_strategy};

use crate::site::files::write_file;
use crate::site::integrity::content_hash;

/// Formatted references by a hash of their inputs.
#[derive(Debug, Default)]
pub(crate) struct CitationCache {
    /// The cache file; `None` if references are not cached.
    file: Option<PathBuf>,
    /// Identifies this version of the program: another one may format differently.
    program: String,
    /// The references of the previous build.
    previous: HashMap<String, String>,
    /// The references that this build has used.
    used: Mutex<BTreeMap<String, String>>,
}

impl CitationCache {
    /// Reads the references that the previous build of a notebook stored.
    pub(crate) fn open(notebook: &Path) -> Self {
        let Some((file, program)) = cache_file(notebook).zip(program_version()) else {
            return Self::default();
        };
        let read = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file: Some(file), program, previous: read.unwrap_or_default(), used: Mutex::default() }
    }

    /// Returns the cached reference for these inputs, or else formats and caches it.
    pub(super) fn get_or_format(&self, inputs: [&str; 3], format: impl FnOnce() -> String) -> String {
        let key = content_hash([&self.program, inputs[0], inputs[1], inputs[2]].join("\0").as_bytes());
        let used = || self.used.lock().unwrap_or_else(PoisonError::into_inner);
        // The page lists for print what the file of references has already.
        let known = self.previous.get(&key).cloned().or_else(|| used().get(&key).cloned());
        let reference = known.unwrap_or_else(format);
        used().insert(key, reference.clone());
        reference
    }

    /// Stores the references that this build has used, and no others.
    pub(super) fn save(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file.as_ref().filter(|_| !used.is_empty()) else { return };
        let is_unchanged =
            used.len() == self.previous.len() && used.keys().all(|key| self.previous.contains_key(key));
        if is_unchanged {
            return;
        }
        let json = serde_json::to_vec(&*used).map_err(|error| error.to_string());
        if let Err(error) = json.and_then(|json| write_file(file, &json)) {
            eprintln!("note: references are not cached for the next build: {error}");
        }
    }
}

/// Returns the cache file of a notebook.
fn cache_file(notebook: &Path) -> Option<PathBuf> {
    let notebook = fs::canonicalize(notebook).ok()?;
    let file = format!("references-{}.json", content_hash(notebook.as_os_str().as_encoded_bytes()));
    Some(choose_base_strategy().ok()?.cache_dir().join("notebook").join(file))
}

/// Identifies this program by its modification time and length.
fn program_version() -> Option<String> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", built.as_nanos(), metadata.len()))
}
