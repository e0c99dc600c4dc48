//! A lease on the target, so that one upload at a time sends to it.
//!
//! Some stores ignore conditional writes (`If-None-Match`), so there is no lock. Instead every upload first writes a journal of
//! its own, then lists the others: of two that start at once, at least one sees the other and withdraws. A journal is
//! rewritten while its upload runs (heartbeat); one that stays silent was left by an interrupted upload. An upload that was
//! suspended for longer than that may have been overtaken, so it checks again before it sends the page.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;

use super::local_files::LocalSite;
use super::records::{JOURNALS_FOLDER, Journal, SentFile, to_json};
use super::target::{JournalListing, TargetStore};
use crate::site::Failure;

/// Intervals and limits of the lease.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// Interval of heartbeats: several fit into `silence_limit`, so that one lost write does not end a lease.
    pub(super) heartbeat: Duration,
    /// Silence after which an upload counts as interrupted. Shorter, and a slow store loses its lease; longer, and the next
    /// upload waits for nothing.
    pub(super) silence_limit: Duration,
    /// Age, by a clock that may be wrong, at which a journal counts as left behind without being watched. Chosen: clocks of
    /// machines and stores rarely differ by so much; shorter, and a running upload could lose its lease to a wrong clock.
    pub(super) max_journal_age: Duration,
    /// Interval at which a waiting upload looks again. Chosen: every look lists the target, for which stores may charge, and an
    /// upload waits at most this much too long.
    pub(super) poll_interval: Duration,
    /// Time after which a waiting upload gives up. Chosen: longer than `max_journal_age`, so that only an upload that is really
    /// running makes another one fail.
    pub(super) max_wait: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(5),
            silence_limit: Duration::from_secs(30),
            max_journal_age: Duration::from_mins(10),
            poll_interval: Duration::from_secs(2),
            max_wait: Duration::from_mins(15),
        }
    }
}

/// Other uploads to the same target.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherUploads {
    /// Journals of interrupted uploads, and of uploads of the same site, by name.
    pub(super) journals: BTreeMap<String, Journal>,
    /// True if an upload of a different site is running.
    pub(super) is_active: bool,
}

/// The journals of other uploads, each with the time of its last change.
#[derive(Debug, Default)]
pub(super) struct UploadMonitor(BTreeMap<String, (JournalListing, Instant)>);

impl UploadMonitor {
    /// Reads the journals of all other uploads.
    pub(super) async fn poll(
        &mut self,
        target: &TargetStore,
        site: &str,
        own: Option<&str>,
        timeouts: &Timeouts,
    ) -> Result<OtherUploads, Failure> {
        let mut other_uploads = OtherUploads::default();
        for listed in target.records(JOURNALS_FOLDER).await? {
            if own == Some(listed.name.as_str()) {
                continue;
            }
            // The upload may have ended since the listing.
            let Some(bytes) = target.get(&listed.name).await? else { continue };
            let journal = Journal::parse(&bytes);
            let ended = match &journal {
                Some(journal) => journal.has_ended || journal.site == site,
                None => false,
            };
            if ended || self.is_expired_journal(&listed, timeouts) {
                let journal = journal.unwrap_or_else(|| Journal::new(&LocalSite::default()));
                other_uploads.journals.insert(listed.name, journal);
            } else {
                other_uploads.is_active = true;
            }
        }
        Ok(other_uploads)
    }

    fn is_expired_journal(&mut self, listed: &JournalListing, timeouts: &Timeouts) -> bool {
        let age = SystemTime::now().duration_since(listed.written).unwrap_or_default();
        let now = Instant::now();
        let heard = self.0.entry(listed.name.clone()).or_insert_with(|| (listed.clone(), now));
        if heard.0 != *listed {
            *heard = (listed.clone(), now);
        }
        age > timeouts.max_journal_age || now.duration_since(heard.1) > timeouts.silence_limit
    }
}

/// The lease of one upload, held by its journal.
#[derive(Debug)]
pub(super) struct Lease<'a> {
    target: &'a TargetStore,
    pub(super) name: String,
    journal: Mutex<Journal>,
}

impl<'a> Lease<'a> {
    /// Writes the journal. The caller must then look for others, and withdraw if there is one.
    pub(super) async fn acquire(
        target: &'a TargetStore,
        site: &LocalSite,
        names: impl Iterator<Item = &String>,
    ) -> Result<Self, Failure> {
        let mut journal = Journal::new(site);
        for name in names {
            if let Some(file) = site.files.get(name) {
                let sent = SentFile { version: file.version.clone(), size: None, tag: None };
                journal.files.insert(name.clone(), sent);
            }
        }
        // Unique to this upload: the system seeds every hasher anew.
        let name = format!("{JOURNALS_FOLDER}/{:016x}.json", RandomState::new().hash_one(&journal.site));
        let lease = Self { target, name, journal: Mutex::new(journal) };
        lease.write().await?;
        Ok(lease)
    }

    /// Records that the target has confirmed a file.
    pub(super) fn record_sent(&self, name: &str, sent: SentFile) {
        self.journal().files.insert(name.to_owned(), sent);
    }

    /// Returns all files, with what the target has confirmed.
    pub(super) fn sent_files(&self) -> BTreeMap<String, SentFile> {
        self.journal().files.clone()
    }

    /// Sends heartbeats until `ended` is notified. A write in progress is completed first: a journal that arrived after its
    /// removal would be taken for that of another upload.
    pub(super) async fn send_heartbeats(&self, heartbeat: Duration, ended: &Notify) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(heartbeat) => {}
                () = ended.notified() => return,
            }
            self.journal().heartbeat += 1;
            // A lost heartbeat does no harm: others wait for several.
            let _ = self.write().await;
        }
    }

    /// Marks the upload as failed, so that the next one need not wait.
    pub(super) async fn abandon(&self) {
        self.journal().has_ended = true;
        // Best effort: the cause of the failure may make this fail too.
        let _ = self.write().await;
    }

    /// Removes the journal before anything was sent.
    pub(super) async fn withdraw(&self) -> Result<(), Failure> {
        self.target.remove(&self.name).await
    }

    async fn write(&self) -> Result<(), Failure> {
        let bytes = to_json(&*self.journal())?;
        self.target.write(&self.name, bytes).await
    }

    fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
