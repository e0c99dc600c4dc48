//! Waiting for changes of files, whatever an editor does to save them: write in place, rename over, delete and create.
//!
//! Folders are watched rather than files, because a file that is replaced is another one for the system. Events only wake; a
//! change is what differs on the disk. A slow poll sees what events miss: network drives, and folders that were replaced.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// The time between two polls. Chosen: events report most changes at once, so polls only find the others, and a poll takes
/// next to nothing.
const POLL: Duration = Duration::from_secs(1);
/// The same if the system has no events to offer. Chosen: polls find every change then, and a page that follows a fifth of a
/// second later still seems immediate.
const POLL_WITHOUT_EVENTS: Duration = Duration::from_millis(200);
/// The time in which nothing may change before a file counts as written. Chosen: editors write without such pauses, and a
/// longer one would delay every update of the page.
const DEBOUNCE: Duration = Duration::from_millis(12);
/// The longest time to wait for that: a file that grows all the time is read now and then. Chosen.
const MAX_DEBOUNCE: Duration = Duration::from_millis(400);
/// The time that a missing file is given to come back. Editors remove a file and write it again; shorter, and the page would
/// report a missing notebook while it is saved. Chosen.
const ABSENCE: Duration = Duration::from_millis(150);

/// The state of a file on the disk: modification time, size, and whether it is a folder; `None` if it is missing.
type FileStamp = Option<(Option<SystemTime>, u64, bool)>;

/// Files that are watched.
pub(super) struct WatchedFiles {
    /// `None` if the system has no events to offer.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// Folders that the watcher watches.
    folders: BTreeSet<PathBuf>,
    /// The files as they were when the last change was reported.
    stamps: Vec<(PathBuf, FileStamp)>,
}

impl WatchedFiles {
    /// Starts to watch.
    pub(super) fn new() -> Self {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender);
        if let Err(error) = &watcher {
            eprintln!("note: files are polled, because they cannot be watched: {error}");
        }
        Self { watcher: watcher.ok(), events, folders: BTreeSet::new(), stamps: Vec::new() }
    }

    /// Watches these files, and no others. Those that are new count as unchanged.
    pub(super) fn watch(&mut self, files: Vec<PathBuf>) {
        self.watch_folders(&files);
        let known: HashMap<PathBuf, FileStamp> = self.stamps.drain(..).collect();
        let stamps = files.into_iter().map(|file| {
            let stamp = known.get(&file).copied().unwrap_or_else(|| stamp_of(&file));
            (file, stamp)
        });
        self.stamps = stamps.collect();
    }

    /// Waits until one of the files differs from when this function last returned, and nothing is being written any more.
    pub(super) fn wait_for_change(&mut self) {
        let mut is_touched = false;
        loop {
            let now = self.look();
            if is_touched || now != self.stamps {
                break;
            }
            let poll = if self.watcher.is_some() { POLL } else { POLL_WITHOUT_EVENTS };
            match self.events.recv_timeout(poll) {
                // A write that leaves size and time as they were is a change too.
                Ok(event) => is_touched = self.concerns(&event),
                // Without an event, a folder may have been replaced: it has to be watched again.
                Err(_) if self.look() != self.stamps => self.unwatch_folders(),
                Err(_) => {}
            }
        }
        self.debounce();
        let files: Vec<PathBuf> = self.stamps.iter().map(|(file, _)| file.clone()).collect();
        self.watch_folders(&files);
        self.stamps = self.look();
    }

    /// Waits until the files have not changed for a moment.
    fn debounce(&self) {
        let start = Instant::now();
        let mut before = self.look();
        let mut since = Instant::now();
        while start.elapsed() < MAX_DEBOUNCE {
            let is_missing = before.first().is_some_and(|(_, stamp)| stamp.is_none());
            if since.elapsed() >= if is_missing { ABSENCE } else { DEBOUNCE } {
                break;
            }
            let event = self.events.recv_timeout(Duration::from_millis(4));
            let now = self.look();
            if now != before || event.is_ok_and(|event| self.concerns(&event)) {
                (before, since) = (now, Instant::now());
            }
        }
    }

    /// Returns the files as they are now.
    fn look(&self) -> Vec<(PathBuf, FileStamp)> {
        self.stamps.iter().map(|(file, _)| (file.clone(), stamp_of(file))).collect()
    }

    /// Returns true if an event may be a change of one of the files.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let is_ours = |path: &PathBuf| {
            self.stamps.iter().any(|(file, _)| path.file_name() == file.file_name() || file.starts_with(path))
        };
        event.need_rescan() || event.paths.iter().any(is_ours)
    }

    /// Watches the folders of these files, and no others. A folder that does not exist is left to the poll.
    fn watch_folders(&mut self, files: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        let wanted: BTreeSet<PathBuf> = files.iter().map(|file| folder_of(file)).collect();
        for folder in self.folders.difference(&wanted) {
            // It may be gone already.
            let _ = watcher.unwatch(folder);
        }
        self.folders.retain(|folder| wanted.contains(folder));
        for folder in wanted {
            if !self.folders.contains(&folder) && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.folders.insert(folder);
            }
        }
    }

    fn unwatch_folders(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in std::mem::take(&mut self.folders) {
            let _ = watcher.unwatch(&folder);
        }
    }
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

fn stamp_of(file: &Path) -> FileStamp {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok(), metadata.len(), metadata.is_dir()))
}
