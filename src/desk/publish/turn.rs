//! Whose turn it is: one run after the other sends to a target.
//!
//! Not every store can refuse a write (some take `If-None-Match` and ignore it), so there is no lock to hold. Instead every run
//! writes a journal of its own before anything else, then looks for others: of two that begin at once at least one sees the other,
//! and whoever does steps back. A journal is written again as long as its run lives; one that is silent was left behind.
//! A run that is asleep for longer than that may be overtaken; it looks once more before it sends the page.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;

use super::record::{Journal, RUNS, Sent, to_json};
use super::site::Site;
use super::target::{Listed, Target};
use crate::desk::Failure;

/// How long runs wait for one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// A run says so often that it lives.
    pub(super) beat: Duration,
    /// A run that says nothing for so long has ended.
    pub(super) silence: Duration,
    /// By a clock that may be wrong: a journal as old as that is of a run that has ended.
    pub(super) age: Duration,
    /// How often a run that waits looks.
    pub(super) look: Duration,
    /// A run that waits gives up.
    pub(super) longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            beat: Duration::from_secs(5),
            silence: Duration::from_secs(30),
            age: Duration::from_secs(600),
            look: Duration::from_secs(2),
            longest: Duration::from_secs(900),
        }
    }
}

/// Other runs at a target.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// Those that have ended without reaching their end, by the names of their journals, and those that send the very same.
    pub(super) left: BTreeMap<String, Journal>,
    /// Whether one is under way that sends something else.
    pub(super) alive: bool,
}

/// What one run knows of the others: since when each has been silent.
#[derive(Debug, Default)]
pub(super) struct Watch(BTreeMap<String, (Listed, Instant)>);

impl Watch {
    /// Looks at the journals of all runs but one's own.
    pub(super) async fn look(
        &mut self,
        target: &Target,
        site: &str,
        own: Option<&str>,
        patience: &Patience,
    ) -> Result<Runs, Failure> {
        let mut runs = Runs::default();
        for listed in target.records(RUNS).await? {
            if own == Some(listed.name.as_str()) {
                continue;
            }
            // It may have ended since it was listed.
            let Some(bytes) = target.get(&listed.name).await? else { continue };
            let journal = Journal::parse(&bytes);
            let ended = match &journal {
                Some(journal) => journal.over || journal.site == site,
                None => false,
            };
            if ended || self.is_silent(&listed, patience) {
                let journal = journal.unwrap_or_else(|| Journal::new(&Site::default()));
                runs.left.insert(listed.name, journal);
            } else {
                runs.alive = true;
            }
        }
        Ok(runs)
    }

    fn is_silent(&mut self, listed: &Listed, patience: &Patience) -> bool {
        let age = SystemTime::now().duration_since(listed.written).unwrap_or_default();
        let now = Instant::now();
        let heard = self.0.entry(listed.name.clone()).or_insert_with(|| (listed.clone(), now));
        if heard.0 != *listed {
            *heard = (listed.clone(), now);
        }
        age > patience.age || now.duration_since(heard.1) > patience.silence
    }
}

/// A run's own place in the row.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    target: &'a Target,
    pub(super) name: String,
    journal: Mutex<Journal>,
}

impl<'a> Turn<'a> {
    /// Says what this run sends.
    pub(super) async fn announce(
        target: &'a Target,
        site: &Site,
        names: impl Iterator<Item = &String>,
    ) -> Result<Self, Failure> {
        let mut journal = Journal::new(site);
        for name in names {
            if let Some(file) = site.files.get(name) {
                let sent = Sent { wanted: file.wanted.clone(), size: None, tag: None };
                journal.files.insert(name.clone(), sent);
            }
        }
        // No two runs have the same: every state is seeded by the system.
        let name = format!("{RUNS}/{:016x}.json", RandomState::new().hash_one(&journal.site));
        let turn = Self { target, name, journal: Mutex::new(journal) };
        turn.write().await?;
        Ok(turn)
    }

    /// Notes that a file has arrived.
    pub(super) fn arrived(&self, name: &str, sent: Sent) {
        self.journal().files.insert(name.to_owned(), sent);
    }

    /// What has arrived.
    pub(super) fn sent(&self) -> BTreeMap<String, Sent> {
        self.journal().files.clone()
    }

    /// Says that this run lives, until it is told that it has ended. What it is writing then is waited for: a journal that
    /// arrived after it was removed would be taken for another run's.
    pub(super) async fn live(&self, beat: Duration, ended: &Notify) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(beat) => {}
                () = ended.notified() => return,
            }
            self.journal().beat += 1;
            // One that is missed is made up for by the next; others wait for several.
            let _ = self.write().await;
        }
    }

    /// Says that this run has ended before its end. Who comes next need not wait then.
    pub(super) async fn give_up(&self) {
        self.journal().over = true;
        // What made this run fail may make this fail too.
        let _ = self.write().await;
    }

    /// Steps back.
    pub(super) async fn leave(&self) -> Result<(), Failure> {
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
