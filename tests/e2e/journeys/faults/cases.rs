//! The table of faults: each with its message and what still works. Journeys test every case, and `docs/faults.md` lists them.

/// Cases that one journey tests.
pub(crate) struct FaultGroup {
    /// The heading.
    pub(crate) title: &'static str,
    pub(crate) cases: &'static [FaultCase],
}

/// One fault.
pub(crate) struct FaultCase {
    pub(crate) cause: Cause,
    /// Text on the page; empty if the reader notices nothing.
    pub(crate) message: &'static str,
    pub(crate) recovery: Recovery,
    /// Description of what still works, for the table.
    pub(crate) still_works: &'static str,
    /// Engines in which it is not tested, each with the reason.
    pub(crate) skipped_engines: &'static [(&'static str, &'static str)],
}

/// The fault.
pub(crate) enum Cause {
    /// A file of the page arrives changed, or not at all.
    File(SiteFile, FileFault),
    /// A missing browser feature: a description, and the script that removes it before the page's own scripts run.
    Browser(&'static str, &'static str),
    /// A fault that needs its own steps.
    Scenario(Scenario, &'static str),
}

/// A file of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SiteFile {
    Page,
    Script,
    Program,
    Outline,
    Styles,
    SearchScript,
    SearchProgram,
    SearchIndex,
    Citations,
    Picture,
    Worker,
    Entries,
    Titles,
}

/// The way in which a file arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FileFault {
    Status(u16),
    Html,
    Truncated,
    Corrupted,
    Stalled,
    Slow,
    ContentType(&'static str),
    CompressedTwice,
}

/// The way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// The page works all the same.
    NotNeeded,
    /// It works by itself once what was broken is repaired.
    Automatic,
    /// A button with this name, once what was broken is repaired.
    Button(&'static str),
    /// By itself or by that button, once what was broken is repaired: engines ask again for what was never answered, or do not.
    AutomaticOrButton(&'static str),
}

/// A fault that needs its own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scenario {
    OfflineBeforeTheProgram,
    OfflineBeforeTheOutline,
    OfflineBeforeTheSearch,
    OfflineBeforeTheCitations,
    OfflineWhileCaching,
    HalfArrivedPage,
    TruncatedPage,
    TypedTooEarly,
    InterruptedInstall,
    TwoVersionsOld,
    CorruptProgram,
    CorruptOutline,
    EmptiedCache,
    ThemeInTwoTabs,
    FoldsInTwoTabs,
    UpdateInTwoTabs,
    BackFromTheMap,
    BackFromElsewhere,
    MapIsGone,
    WithoutComments,
    Minified,
    ScriptAdded,
}

impl SiteFile {
    /// Name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "The page itself, `index.html`",
            Self::Script => "The program's script, `notebook-….js`",
            Self::Program => "The program, `notebook-…_bg.wasm`",
            Self::Outline => "The outline, `outline-….bin`",
            Self::Styles => "The deferred styles, `deferred-….css`",
            Self::SearchScript => "The search program's script, `search-….js`",
            Self::SearchProgram => "The search program, `search-…_bg.wasm`",
            Self::SearchIndex => "The search index, `index-….bin`",
            Self::Citations => "The references, `citations-….json`",
            Self::Picture => "A picture",
            Self::Worker => "The service worker, `sw.js`",
            Self::Entries => "The entries of a large notebook, `chunks/`",
            Self::Titles => "The titles of a large notebook, `titles-….bin`",
        }
    }
}

impl FaultCase {
    /// Description of the fault.
    pub(crate) fn what(&self) -> String {
        match self.cause {
            Cause::File(file, fault) => format!("{}: {}", file.name(), fault.name()),
            Cause::Browser(what, _) | Cause::Scenario(_, what) => what.to_owned(),
        }
    }
}

impl FileFault {
    /// Name in the table.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Html => "an HTML page instead, status 200".to_owned(),
            Self::Truncated => "truncated".to_owned(),
            Self::Corrupted => "damaged: its hash does not match".to_owned(),
            Self::Stalled => "never arrives".to_owned(),
            Self::Slow => "slow".to_owned(),
            Self::ContentType(kind) => format!("served as `{kind}`"),
            Self::CompressedTwice => "compressed twice".to_owned(),
        }
    }
}

/// This driver waits for all files that a page loads, however long that takes.
const DRIVER_WAITS: &[(&str, &str)] =
    &[("webkit", "its driver waits until all files of the page have arrived")];

/// Engines that decompress such a file although no header names its encoding: there the page works.
const DECOMPRESSES_TWICE: &[(&str, &str)] = &[("webkit", "it decompresses the file without a header")];

const NO_PROGRAM: &str = "Search and filters could not be loaded. You can still read the text below.";
const WAITING: &str = "Loading search and filters";
const LATE: &str = "Part of this page is still loading.";
const ENTRIES_LATE: &str = "Some entries could not be loaded. Check your connection. Retrying…";
const NEWER: &str = "A newer version of this notebook is available.";
const PAGE_ONLY: &str = "Searching this page only";
const NO_REFERENCES: &str = "Citations could not be loaded.";

const RELOAD: Recovery = Recovery::Button("Reload");
const TRY_AGAIN: Recovery = Recovery::Button("Try again");

const AUTOMATIC_OR_TRY_AGAIN: Recovery = Recovery::AutomaticOrButton("Try again");

const READING: &str = "Reading, folding and links. The query stays in the address";
const TITLES: &str = "Search, filters, and the titles of the missing entries";
const ALL: &str = "Everything";

const fn file_fault(
    file: SiteFile,
    fault: FileFault,
    message: &'static str,
    recovery: Recovery,
    still_works: &'static str,
) -> FaultCase {
    FaultCase { cause: Cause::File(file, fault), message, recovery, still_works, skipped_engines: &[] }
}

const fn no_program(file: SiteFile, fault: FileFault) -> FaultCase {
    file_fault(file, fault, NO_PROGRAM, RELOAD, READING)
}

const fn unaffected(file: SiteFile, fault: FileFault) -> FaultCase {
    file_fault(file, fault, "", Recovery::NotNeeded, ALL)
}

const fn outline(fault: FileFault, message: &'static str) -> FaultCase {
    file_fault(SiteFile::Outline, fault, message, TRY_AGAIN, READING)
}

const fn lacks(what: &'static str, script: &'static str, still_works: &'static str) -> FaultCase {
    FaultCase {
        cause: Cause::Browser(what, script),
        message: "",
        recovery: Recovery::NotNeeded,
        still_works,
        skipped_engines: &[],
    }
}

const fn scenario(
    scenario: Scenario,
    what: &'static str,
    message: &'static str,
    recovery: Recovery,
    still_works: &'static str,
) -> FaultCase {
    FaultCase { cause: Cause::Scenario(scenario, what), message, recovery, still_works, skipped_engines: &[] }
}

pub(crate) const PROGRAM: FaultGroup = FaultGroup {
    title: "The program and its data",
    cases: &[
        no_program(SiteFile::Script, FileFault::Status(404)),
        no_program(SiteFile::Script, FileFault::Status(500)),
        no_program(SiteFile::Script, FileFault::Html),
        no_program(SiteFile::Script, FileFault::Truncated),
        no_program(SiteFile::Script, FileFault::Corrupted),
        no_program(SiteFile::Script, FileFault::ContentType("text/plain")),
        file_fault(SiteFile::Script, FileFault::Stalled, LATE, RELOAD, READING),
        unaffected(SiteFile::Script, FileFault::Slow),
        no_program(SiteFile::Program, FileFault::Status(404)),
        no_program(SiteFile::Program, FileFault::Status(500)),
        no_program(SiteFile::Program, FileFault::Html),
        no_program(SiteFile::Program, FileFault::Truncated),
        no_program(SiteFile::Program, FileFault::Corrupted),
        unaffected(SiteFile::Program, FileFault::ContentType("text/plain")),
        file_fault(SiteFile::Program, FileFault::Stalled, LATE, RELOAD, READING),
        unaffected(SiteFile::Program, FileFault::Slow),
        file_fault(SiteFile::Outline, FileFault::Status(404), NEWER, RELOAD, READING),
        outline(FileFault::Status(500), "The server could not send the notebook's data (500)."),
        outline(FileFault::Html, "The server sent something other than the notebook's data."),
        outline(FileFault::Truncated, "data could not be loaded"),
        outline(FileFault::Corrupted, "The notebook's data is damaged."),
        unaffected(SiteFile::Outline, FileFault::ContentType("text/html")),
        file_fault(SiteFile::Outline, FileFault::Stalled, WAITING, AUTOMATIC_OR_TRY_AGAIN, READING),
        unaffected(SiteFile::Outline, FileFault::Slow),
    ],
};

/// Hosts and proxies that change what they serve.
pub(crate) const HOSTS: FaultGroup = FaultGroup {
    title: "Hosts that change files",
    cases: &[
        scenario(
            Scenario::WithoutComments,
            "The page: its comments are removed",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scenario(
            Scenario::Minified,
            "The page: minified again, without comments and spaces between elements",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scenario(
            Scenario::ScriptAdded,
            "The page: scripts are added, as by statistics and bot checks; its policy keeps them from running",
            "",
            Recovery::NotNeeded,
            ALL,
        ),
        unaffected(SiteFile::Program, FileFault::ContentType("application/octet-stream")),
        unaffected(SiteFile::SearchProgram, FileFault::ContentType("application/octet-stream")),
        FaultCase {
            skipped_engines: DECOMPRESSES_TWICE,
            ..no_program(SiteFile::Script, FileFault::CompressedTwice)
        },
        no_program(SiteFile::Program, FileFault::CompressedTwice),
        outline(FileFault::CompressedTwice, "The server sent something other than the notebook's data."),
    ],
};

pub(crate) const DEFERRED_FILES: FaultGroup = FaultGroup {
    title: "Files that are loaded later",
    cases: &[
        file_fault(
            SiteFile::SearchScript,
            FileFault::Status(500),
            PAGE_ONLY,
            TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file_fault(
            SiteFile::SearchScript,
            FileFault::Corrupted,
            PAGE_ONLY,
            TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file_fault(
            SiteFile::SearchProgram,
            FileFault::Status(500),
            PAGE_ONLY,
            TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file_fault(
            SiteFile::SearchProgram,
            FileFault::Corrupted,
            PAGE_ONLY,
            TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        unaffected(SiteFile::SearchProgram, FileFault::ContentType("text/plain")),
        unaffected(SiteFile::SearchProgram, FileFault::Slow),
        file_fault(
            SiteFile::SearchProgram,
            FileFault::Stalled,
            "Searching this page while full-text search loads",
            AUTOMATIC_OR_TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        unaffected(SiteFile::SearchIndex, FileFault::Status(500)),
        unaffected(SiteFile::SearchIndex, FileFault::ContentType("text/html")),
        unaffected(SiteFile::SearchIndex, FileFault::Slow),
        file_fault(SiteFile::Citations, FileFault::Status(404), NEWER, RELOAD, "Everything else"),
        file_fault(SiteFile::Citations, FileFault::Status(500), NO_REFERENCES, TRY_AGAIN, "Everything else"),
        file_fault(SiteFile::Citations, FileFault::Html, NO_REFERENCES, TRY_AGAIN, "Everything else"),
        file_fault(SiteFile::Citations, FileFault::Truncated, NO_REFERENCES, TRY_AGAIN, "Everything else"),
        unaffected(SiteFile::Citations, FileFault::ContentType("text/html")),
        file_fault(
            SiteFile::Citations,
            FileFault::Stalled,
            "Loading citations",
            AUTOMATIC_OR_TRY_AGAIN,
            "Everything else",
        ),
        unaffected(SiteFile::Styles, FileFault::Status(404)),
        unaffected(SiteFile::Styles, FileFault::Html),
        unaffected(SiteFile::Styles, FileFault::Corrupted),
        unaffected(SiteFile::Styles, FileFault::ContentType("text/plain")),
        FaultCase { skipped_engines: DRIVER_WAITS, ..unaffected(SiteFile::Styles, FileFault::Stalled) },
        unaffected(SiteFile::Picture, FileFault::Status(404)),
        unaffected(SiteFile::Picture, FileFault::Truncated),
        FaultCase { skipped_engines: DRIVER_WAITS, ..unaffected(SiteFile::Picture, FileFault::Stalled) },
        unaffected(SiteFile::Worker, FileFault::Status(404)),
        unaffected(SiteFile::Worker, FileFault::Status(500)),
        unaffected(SiteFile::Worker, FileFault::Html),
        unaffected(SiteFile::Worker, FileFault::Truncated),
        unaffected(SiteFile::Worker, FileFault::ContentType("text/plain")),
        scenario(
            Scenario::MapIsGone,
            "The map, `map.html`: 500",
            "status 500",
            Recovery::NotNeeded,
            "Everything, after Back",
        ),
    ],
};

pub(crate) const OFFLINE: FaultGroup = FaultGroup {
    title: "Loss of the network",
    cases: &[
        scenario(
            Scenario::OfflineBeforeTheProgram,
            "The network is lost after the page has arrived, before its program",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scenario(
            Scenario::OfflineBeforeTheOutline,
            "The network is lost after the program has arrived, before its data",
            "The notebook's data could not be loaded.",
            TRY_AGAIN,
            READING,
        ),
        scenario(
            Scenario::OfflineBeforeTheSearch,
            "The network is lost before the first search",
            PAGE_ONLY,
            TRY_AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        scenario(
            Scenario::OfflineBeforeTheCitations,
            "The network is lost before the first citation",
            NO_REFERENCES,
            TRY_AGAIN,
            "Everything else",
        ),
        scenario(
            Scenario::OfflineWhileCaching,
            "The network is lost while the page is being cached",
            "",
            Recovery::NotNeeded,
            "Everything; the next visit with a network caches it",
        ),
        scenario(
            Scenario::TypedTooEarly,
            "A query is typed, but the program never arrived",
            NO_PROGRAM,
            RELOAD,
            "The query is in the address after Enter, and is answered after Reload",
        ),
        scenario(
            Scenario::HalfArrivedPage,
            "The page itself: its second half never arrives",
            LATE,
            RELOAD,
            "Reading of the part that has arrived",
        ),
        scenario(
            Scenario::TruncatedPage,
            "The page itself: truncated by its host",
            LATE,
            RELOAD,
            "Reading of the part that has arrived",
        ),
    ],
};

pub(crate) const BROWSER: FaultGroup = FaultGroup {
    title: "Missing browser features",
    cases: &[
        FaultCase {
            cause: Cause::Browser("WebAssembly is off", "delete globalThis.WebAssembly"),
            message: NO_PROGRAM,
            recovery: RELOAD,
            still_works: READING,
            skipped_engines: &[],
        },
        lacks(
            "Storage is forbidden",
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
            "Everything; theme and folds last until the page is closed",
        ),
        lacks(
            "Storage is full",
            "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
            "Everything; theme and folds last until the page is closed",
        ),
        lacks(
            "Storage cannot be read",
            "Storage.prototype.getItem = () => { throw new DOMException('', 'UnknownError') }",
            "Everything; theme and folds last until the page is closed",
        ),
        lacks(
            "Storage contains invalid data",
            "const get = Storage.prototype.getItem;
             Storage.prototype.getItem = function (key) { return get.call(this, key) && '\\u0000{\"[ \\ud800 ' + 'x'.repeat(9999) }",
            "Everything, as at a first visit",
        ),
        lacks(
            "Caches and service workers are forbidden",
            "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'));
             CacheStorage.prototype.open = () => Promise.reject(new DOMException('', 'SecurityError'))",
            "Everything, with a network",
        ),
        lacks("Service workers are not supported", "delete Navigator.prototype.serviceWorker", "Everything, with a network"),
        lacks(
            "The clock is set to 1970",
            "const Clock = Date; globalThis.Date = class extends Clock {
               constructor(...at) { if (at.length) super(...at); else super(0) }
               static now() { return 0 } }",
            ALL,
        ),
        lacks(
            "The clock is set to 2100",
            "const Clock = Date; globalThis.Date = class extends Clock {
               constructor(...at) { if (at.length) super(...at); else super(4102444800000) }
               static now() { return 4102444800000 } }",
            ALL,
        ),
        lacks("The clock does not advance", "Date.now = () => 1e12; performance.now = () => 0", ALL),
    ],
};

pub(crate) const OFFLINE_CACHE: FaultGroup = FaultGroup {
    title: "The offline cache",
    cases: &[
        scenario(
            Scenario::InterruptedInstall,
            "The installation of the service worker is interrupted",
            "",
            Recovery::NotNeeded,
            "Everything; a later visit caches the page",
        ),
        unaffected(SiteFile::Page, FileFault::Status(404)),
        unaffected(SiteFile::Page, FileFault::Status(500)),
        unaffected(SiteFile::Page, FileFault::Html),
        unaffected(SiteFile::Page, FileFault::Truncated),
        unaffected(SiteFile::Page, FileFault::Stalled),
        unaffected(SiteFile::Program, FileFault::Status(404)),
        scenario(Scenario::CorruptProgram, "The cached program is damaged", NO_PROGRAM, RELOAD, READING),
        scenario(
            Scenario::CorruptOutline,
            "The cached data is damaged",
            "The notebook's data is damaged.",
            TRY_AGAIN,
            READING,
        ),
        scenario(
            Scenario::EmptiedCache,
            "The cache is emptied while the worker runs",
            "",
            Recovery::NotNeeded,
            "Everything, with a network; requested files are cached again",
        ),
        scenario(
            Scenario::TwoVersionsOld,
            "The service worker is two versions old",
            "This notebook has been updated.",
            RELOAD,
            "Everything, in the old version, until Reload",
        ),
    ],
};

pub(crate) const TABS: FaultGroup = FaultGroup {
    title: "Two tabs, back and forward",
    cases: &[
        scenario(
            Scenario::ThemeInTwoTabs,
            "Two tabs: a theme is chosen in one",
            "",
            Recovery::NotNeeded,
            "Both; the other tab has the theme after a reload",
        ),
        scenario(
            Scenario::FoldsInTwoTabs,
            "Two tabs: each closes a fold",
            "",
            Recovery::NotNeeded,
            "Both; both folds are closed after a reload",
        ),
        scenario(
            Scenario::UpdateInTwoTabs,
            "Two tabs: one reloads to the newer build",
            "This notebook has been updated.",
            RELOAD,
            "Both: the other tab still works, before and after a reload",
        ),
        scenario(
            Scenario::BackFromTheMap,
            "Back from the map, and forward again",
            "",
            Recovery::NotNeeded,
            "Keys, search and the query",
        ),
        scenario(
            Scenario::BackFromElsewhere,
            "Back from another site's page",
            "",
            Recovery::NotNeeded,
            "Keys, search and the query",
        ),
    ],
};

pub(crate) const LARGE: FaultGroup = FaultGroup {
    title: "A large notebook, in chunks",
    cases: &[
        no_program(SiteFile::Script, FileFault::Html),
        no_program(SiteFile::Program, FileFault::Truncated),
        unaffected(SiteFile::Program, FileFault::ContentType("text/plain")),
        file_fault(SiteFile::Outline, FileFault::Status(404), NEWER, RELOAD, READING),
        outline(FileFault::Corrupted, "The notebook's data is damaged."),
        file_fault(SiteFile::Entries, FileFault::Status(500), ENTRIES_LATE, Recovery::Automatic, TITLES),
        file_fault(SiteFile::Entries, FileFault::Truncated, ENTRIES_LATE, Recovery::Automatic, TITLES),
        unaffected(SiteFile::Entries, FileFault::Slow),
        unaffected(SiteFile::Titles, FileFault::Status(404)),
        unaffected(SiteFile::Titles, FileFault::Corrupted),
    ],
};
