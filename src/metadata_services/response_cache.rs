//! A cache of responses on disk, so that nothing is requested twice and an interrupted run resumes where it stopped.
//!
//! Each response is a file in the user's cache folder: a line of JSON ([`CachedHead`]), then the body. The folder may be
//! deleted at any time.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::{BaseStrategy as _, choose_base_strategy};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The metadata of a stored response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CachedHead {
    /// The address of the request.
    pub(super) url: String,
    /// Seconds since 1970 of the last request.
    pub(super) requested_at: u64,
    pub(super) status: u16,
    /// The address of the response, after redirects.
    pub(super) final_url: String,
    /// Every redirect on the way was permanent.
    pub(super) is_permanent: bool,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// A response that was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CachedResponse {
    pub(super) head: CachedHead,
    pub(super) body: Vec<u8>,
}

impl CachedResponse {
    /// Returns true if it was requested less than `max_age` ago.
    pub(super) fn is_fresh(&self, max_age: Duration) -> bool {
        unix_time().saturating_sub(self.head.requested_at) < max_age.as_secs()
    }
}

/// Returns the seconds since 1970.
pub(super) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The folder with the responses.
#[derive(Clone, Debug)]
pub(super) struct ResponseCache {
    /// `None` if the user has no cache folder.
    folder: Option<PathBuf>,
}

impl ResponseCache {
    /// Opens the cache of the user.
    pub(super) fn of_user() -> Self {
        let folder = choose_base_strategy().ok().map(|base| base.cache_dir().join("notebook/answers"));
        Self { folder }
    }

    #[cfg(test)]
    pub(super) fn in_folder(folder: &std::path::Path) -> Self {
        Self { folder: Some(folder.to_owned()) }
    }

    /// Returns the stored response for an address.
    pub(super) fn get(&self, url: &str) -> Option<CachedResponse> {
        let bytes = fs::read(self.file(url)?).ok()?;
        let line = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = bytes.split_at_checked(line)?;
        let head: CachedHead = serde_json::from_slice(head).ok()?;
        // Another address with the same digest, or a file that was cut.
        let body = body.get(1..)?.to_vec();
        (head.url == url).then_some(CachedResponse { head, body })
    }

    /// Stores an answer. If it cannot be stored, it is asked for again the next time.
    pub(super) fn put(&self, response: &CachedResponse) {
        let Some(file) = self.file(&response.head.url) else { return };
        let Ok(mut bytes) = serde_json::to_vec(&response.head) else { return };
        bytes.push(b'\n');
        bytes.extend(&response.body);
        let temporary = file.with_extension(format!("{}.new", std::process::id()));
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        // A rename is atomic: a reader never finds half an answer.
        if folder.is_ok() && fs::write(&temporary, bytes).is_ok() {
            let _ = fs::rename(&temporary, &file);
        }
    }

    fn file(&self, url: &str) -> Option<PathBuf> {
        let digest = Sha256::digest(url.as_bytes());
        let number = digest.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        Some(self.folder.as_ref()?.join(format!("{number:032x}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_what_was_stored_and_nothing_of_a_damaged_file() {
        let folder = tempfile::tempdir().unwrap();
        let cache = ResponseCache::in_folder(folder.path());
        let url = "https://a.example/1";
        assert_eq!(cache.get(url), None);
        let head =
            CachedHead { url: url.into(), requested_at: unix_time(), status: 200, ..CachedHead::default() };
        let response = CachedResponse { head, body: b"a\nb".to_vec() };
        cache.put(&response);
        assert_eq!(cache.get(url), Some(response.clone()));
        assert!(response.is_fresh(Duration::from_mins(1)) && !response.is_fresh(Duration::ZERO));
        let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        fs::write(file, b"{\"url\":").unwrap();
        assert_eq!(cache.get(url), None);
    }
}
