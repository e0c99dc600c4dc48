//! References that an earlier build made, kept between builds: after an edit only what has changed is made anew.
//!
//! They are in the user's cache folder, a file for every notebook. It may be deleted at any time; where it cannot be
//! read or written, every reference is made anew.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use etcetera::{BaseStrategy as _, choose_base_strategy};

use crate::desk::folder::put;
use crate::desk::program::name;

/// References by a hash of what they are made of.
#[derive(Debug, Default)]
pub(in crate::desk) struct Kept {
    file: Option<PathBuf>,
    /// Changes with this program: another one may make other references.
    program: String,
    before: HashMap<String, String>,
    now: Mutex<BTreeMap<String, String>>,
}

impl Kept {
    /// What the last build of a notebook has kept.
    pub(in crate::desk) fn of(notebook: &Path) -> Self {
        let Some((file, program)) = place(notebook).zip(program()) else { return Self::default() };
        let read = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file: Some(file), program, before: read.unwrap_or_default(), now: Mutex::default() }
    }

    /// The reference that is made of `parts`.
    pub(super) fn or_made(&self, parts: [&str; 3], make: impl FnOnce() -> String) -> String {
        let key = name([&self.program, parts[0], parts[1], parts[2]].join("\0").as_bytes());
        let reference = self.before.get(&key).cloned().unwrap_or_else(make);
        if self.file.is_some() {
            self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(key, reference.clone());
        }
        reference
    }

    /// Keeps what this build used, and nothing else.
    pub(super) fn keep(&self) {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file.as_ref().filter(|_| !now.is_empty()) else { return };
        let is_same = now.len() == self.before.len() && now.keys().all(|key| self.before.contains_key(key));
        if is_same {
            return;
        }
        let written = serde_json::to_vec(&*now).map_err(|why| why.to_string());
        if let Err(why) = written.and_then(|json| put(file, &json)) {
            eprintln!("note: references are not kept for the next build: {why}");
        }
    }
}

fn place(notebook: &Path) -> Option<PathBuf> {
    let notebook = fs::canonicalize(notebook).ok()?;
    let file = format!("references-{}.json", name(notebook.as_os_str().as_encoded_bytes()));
    Some(choose_base_strategy().ok()?.cache_dir().join("notebook").join(file))
}

/// When this program was built, and how long it is.
fn program() -> Option<String> {
    let about = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", built.as_nanos(), about.len()))
}
