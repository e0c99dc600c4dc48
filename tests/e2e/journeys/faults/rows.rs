//! The table of faults: each with its message and what still works. Journeys test every row, and `docs/faults.md` lists them.

/// Rows that one journey tests.
pub(crate) struct Group {
    /// The heading.
    pub(crate) title: &'static str,
    pub(crate) rows: &'static [Row],
}

/// One fault.
pub(crate) struct Row {
    pub(crate) breaks: Breaks,
    /// Text on the page; empty if the reader notices nothing.
    pub(crate) sees: &'static str,
    pub(crate) way: Way,
    /// Description of what still works, for the table.
    pub(crate) goes_on: &'static str,
    /// Engines in which it is not tested, each with the reason.
    pub(crate) not_in: &'static [(&'static str, &'static str)],
}

/// The fault.
pub(crate) enum Breaks {
    /// A file of the page arrives changed, or not at all.
    File(Part, How),
    /// A missing browser feature: a description, and the script that removes it before the page's own scripts run.
    Browser(&'static str, &'static str),
    /// A fault that needs its own steps.
    Scene(Scene, &'static str),
}

/// A file of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Page,
    Script,
    Program,
    Outline,
    Styles,
    SearchScript,
    SearchProgram,
    SearchIndex,
    References,
    Picture,
    Worker,
    Entries,
    Titles,
}

/// The way in which a file arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum How {
    Status(u16),
    Html,
    Truncated,
    Flipped,
    Stalled,
    Slow,
    Typed(&'static str),
}

/// The way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The page works all the same.
    Works,
    /// It works by itself once what was broken is mended.
    ByItself,
    /// A button with this name, once what was broken is mended.
    Button(&'static str),
    /// By itself or by that button, once what was broken is mended: engines ask again for what was never answered, or do not.
    Either(&'static str),
}

/// A fault that needs its own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scene {
    OfflineBeforeTheProgram,
    OfflineBeforeTheOutline,
    OfflineBeforeTheSearch,
    OfflineBeforeTheReferences,
    OfflineWhileKept,
    HalfAPage,
    HalfAPageForGood,
    TypedTooEarly,
    InstallCut,
    TwoVersionsOld,
    ProgramRots,
    OutlineRots,
    NothingIsKept,
    ThemeInTwoTabs,
    FoldsInTwoTabs,
    UpdateInTwoTabs,
    BackFromTheMap,
    BackFromElsewhere,
    MapIsGone,
}

impl Part {
    /// Name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "The page itself, `index.html`",
            Self::Script => "The program's script, `notebook-….js`",
            Self::Program => "The program, `notebook-…_bg.wasm`",
            Self::Outline => "The outline, `outline-….bin`",
            Self::Styles => "The deferred styles, `late-….css`",
            Self::SearchScript => "The search program's script, `search-….js`",
            Self::SearchProgram => "The search program, `search-…_bg.wasm`",
            Self::SearchIndex => "The search index, `index-….bin`",
            Self::References => "The references, `citations-….json`",
            Self::Picture => "A picture",
            Self::Worker => "The service worker, `sw.js`",
            Self::Entries => "The entries of a large notebook, `parts/`",
            Self::Titles => "The titles of a large notebook, `names-….bin`",
        }
    }
}

impl Row {
    /// Description of the fault.
    pub(crate) fn what(&self) -> String {
        match self.breaks {
            Breaks::File(part, how) => format!("{}: {}", part.name(), how.name()),
            Breaks::Browser(what, _) | Breaks::Scene(_, what) => what.to_owned(),
        }
    }
}

impl How {
    /// Name in the table.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Html => "an HTML page instead, status 200".to_owned(),
            Self::Truncated => "truncated".to_owned(),
            Self::Flipped => "damaged: its hash does not match".to_owned(),
            Self::Stalled => "never arrives".to_owned(),
            Self::Slow => "slow".to_owned(),
            Self::Typed(kind) => format!("served as `{kind}`"),
        }
    }
}

/// This driver waits for all files that a page loads, however long that takes.
const WAITED_FOR: &[(&str, &str)] =
    &[("webkit", "its driver waits until all files of the page have arrived")];

const NO_PROGRAM: &str = "Search and filters could not be loaded. You can still read the text below.";
const WAITING: &str = "Loading search and filters";
const LATE: &str = "Part of this page is still loading.";
const ENTRIES_LATE: &str = "Some entries could not be loaded. Check your connection. Retrying…";
const NEWER: &str = "A newer version of this notebook is available.";
const PAGE_ONLY: &str = "Searching this page only";
const NO_REFERENCES: &str = "Citations could not be loaded.";

const RELOAD: Way = Way::Button("Reload");
const AGAIN: Way = Way::Button("Try again");

const EITHER: Way = Way::Either("Try again");

const READING: &str = "Reading, folding and links. The query stays in the address";
const TITLES: &str = "Search, filters, and the titles of the missing entries";
const ALL: &str = "Everything";

const fn file(part: Part, how: How, sees: &'static str, way: Way, goes_on: &'static str) -> Row {
    Row { breaks: Breaks::File(part, how), sees, way, goes_on, not_in: &[] }
}

const fn no_program(part: Part, how: How) -> Row {
    file(part, how, NO_PROGRAM, RELOAD, READING)
}

const fn fine(part: Part, how: How) -> Row {
    file(part, how, "", Way::Works, ALL)
}

const fn outline(how: How, sees: &'static str) -> Row {
    file(Part::Outline, how, sees, AGAIN, READING)
}

const fn lacks(what: &'static str, script: &'static str, goes_on: &'static str) -> Row {
    Row { breaks: Breaks::Browser(what, script), sees: "", way: Way::Works, goes_on, not_in: &[] }
}

const fn scene(scene: Scene, what: &'static str, sees: &'static str, way: Way, goes_on: &'static str) -> Row {
    Row { breaks: Breaks::Scene(scene, what), sees, way, goes_on, not_in: &[] }
}

pub(crate) const PROGRAM: Group = Group {
    title: "The program and its data",
    rows: &[
        no_program(Part::Script, How::Status(404)),
        no_program(Part::Script, How::Status(500)),
        no_program(Part::Script, How::Html),
        no_program(Part::Script, How::Truncated),
        no_program(Part::Script, How::Flipped),
        no_program(Part::Script, How::Typed("text/plain")),
        file(Part::Script, How::Stalled, LATE, RELOAD, READING),
        fine(Part::Script, How::Slow),
        no_program(Part::Program, How::Status(404)),
        no_program(Part::Program, How::Status(500)),
        no_program(Part::Program, How::Html),
        no_program(Part::Program, How::Truncated),
        no_program(Part::Program, How::Flipped),
        fine(Part::Program, How::Typed("text/plain")),
        file(Part::Program, How::Stalled, LATE, RELOAD, READING),
        fine(Part::Program, How::Slow),
        file(Part::Outline, How::Status(404), NEWER, RELOAD, READING),
        outline(How::Status(500), "The server could not send the notebook's data (500)."),
        outline(How::Html, "The server sent something other than the notebook's data."),
        outline(How::Truncated, "data could not be loaded"),
        outline(How::Flipped, "The notebook's data is damaged."),
        fine(Part::Outline, How::Typed("text/html")),
        file(Part::Outline, How::Stalled, WAITING, EITHER, READING),
        fine(Part::Outline, How::Slow),
    ],
};

pub(crate) const LATER: Group = Group {
    title: "Files that are loaded later",
    rows: &[
        file(
            Part::SearchScript,
            How::Status(500),
            PAGE_ONLY,
            AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file(
            Part::SearchScript,
            How::Flipped,
            PAGE_ONLY,
            AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file(
            Part::SearchProgram,
            How::Status(500),
            PAGE_ONLY,
            AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        file(
            Part::SearchProgram,
            How::Flipped,
            PAGE_ONLY,
            AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        fine(Part::SearchProgram, How::Typed("text/plain")),
        fine(Part::SearchProgram, How::Slow),
        file(
            Part::SearchProgram,
            How::Stalled,
            "Searching this page while full-text search loads",
            EITHER,
            "Everything; search covers this page, without correction of typos",
        ),
        fine(Part::SearchIndex, How::Status(500)),
        fine(Part::SearchIndex, How::Typed("text/html")),
        fine(Part::SearchIndex, How::Slow),
        file(Part::References, How::Status(404), NEWER, RELOAD, "Everything else"),
        file(Part::References, How::Status(500), NO_REFERENCES, AGAIN, "Everything else"),
        file(Part::References, How::Html, NO_REFERENCES, AGAIN, "Everything else"),
        file(Part::References, How::Truncated, NO_REFERENCES, AGAIN, "Everything else"),
        fine(Part::References, How::Typed("text/html")),
        file(Part::References, How::Stalled, "Loading citations", EITHER, "Everything else"),
        fine(Part::Styles, How::Status(404)),
        fine(Part::Styles, How::Html),
        fine(Part::Styles, How::Flipped),
        fine(Part::Styles, How::Typed("text/plain")),
        Row { not_in: WAITED_FOR, ..fine(Part::Styles, How::Stalled) },
        fine(Part::Picture, How::Status(404)),
        fine(Part::Picture, How::Truncated),
        Row { not_in: WAITED_FOR, ..fine(Part::Picture, How::Stalled) },
        fine(Part::Worker, How::Status(404)),
        fine(Part::Worker, How::Status(500)),
        fine(Part::Worker, How::Html),
        fine(Part::Worker, How::Truncated),
        fine(Part::Worker, How::Typed("text/plain")),
        scene(
            Scene::MapIsGone,
            "The map, `map.html`: 500",
            "status 500",
            Way::Works,
            "Everything, after Back",
        ),
    ],
};

pub(crate) const OFFLINE: Group = Group {
    title: "Loss of the network",
    rows: &[
        scene(
            Scene::OfflineBeforeTheProgram,
            "The network is lost after the page has arrived, before its program",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scene(
            Scene::OfflineBeforeTheOutline,
            "The network is lost after the program has arrived, before its data",
            "The notebook's data could not be loaded.",
            AGAIN,
            READING,
        ),
        scene(
            Scene::OfflineBeforeTheSearch,
            "The network is lost before the first search",
            PAGE_ONLY,
            AGAIN,
            "Everything; search covers this page, without correction of typos",
        ),
        scene(
            Scene::OfflineBeforeTheReferences,
            "The network is lost before the first citation",
            NO_REFERENCES,
            AGAIN,
            "Everything else",
        ),
        scene(
            Scene::OfflineWhileKept,
            "The network is lost while the page is being cached",
            "",
            Way::Works,
            "Everything; the next visit with a network caches it",
        ),
        scene(
            Scene::TypedTooEarly,
            "A query is typed, but the program never arrived",
            NO_PROGRAM,
            RELOAD,
            "The query is in the address after Enter, and is answered after Reload",
        ),
        scene(
            Scene::HalfAPage,
            "The page itself: its second half never arrives",
            LATE,
            RELOAD,
            "Reading of the part that has arrived",
        ),
        scene(
            Scene::HalfAPageForGood,
            "The page itself: truncated by its host",
            LATE,
            RELOAD,
            "Reading of the part that has arrived",
        ),
    ],
};

pub(crate) const BROWSER: Group = Group {
    title: "Missing browser features",
    rows: &[
        Row {
            breaks: Breaks::Browser("WebAssembly is off", "delete globalThis.WebAssembly"),
            sees: NO_PROGRAM,
            way: RELOAD,
            goes_on: READING,
            not_in: &[],
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

pub(crate) const KEPT: Group = Group {
    title: "The offline cache",
    rows: &[
        scene(
            Scene::InstallCut,
            "The installation of the service worker is interrupted",
            "",
            Way::Works,
            "Everything; a later visit caches the page",
        ),
        fine(Part::Page, How::Status(404)),
        fine(Part::Page, How::Status(500)),
        fine(Part::Page, How::Html),
        fine(Part::Page, How::Truncated),
        fine(Part::Page, How::Stalled),
        fine(Part::Program, How::Status(404)),
        scene(Scene::ProgramRots, "The cached program is damaged", NO_PROGRAM, RELOAD, READING),
        scene(
            Scene::OutlineRots,
            "The cached data is damaged",
            "The notebook's data is damaged.",
            AGAIN,
            READING,
        ),
        scene(
            Scene::NothingIsKept,
            "The cache is emptied while the worker runs",
            "",
            Way::Works,
            "Everything, with a network; requested files are cached again",
        ),
        scene(
            Scene::TwoVersionsOld,
            "The service worker is two versions old",
            "This notebook has been updated.",
            RELOAD,
            "Everything, in the old version, until Reload",
        ),
    ],
};

pub(crate) const TABS: Group = Group {
    title: "Two tabs, back and forward",
    rows: &[
        scene(
            Scene::ThemeInTwoTabs,
            "Two tabs: a theme is chosen in one",
            "",
            Way::Works,
            "Both; the other tab has the theme after a reload",
        ),
        scene(
            Scene::FoldsInTwoTabs,
            "Two tabs: each closes a fold",
            "",
            Way::Works,
            "Both; both folds are closed after a reload",
        ),
        scene(
            Scene::UpdateInTwoTabs,
            "Two tabs: one reloads to the newer build",
            "This notebook has been updated.",
            RELOAD,
            "Both: the other tab still works, before and after a reload",
        ),
        scene(
            Scene::BackFromTheMap,
            "Back from the map, and forward again",
            "",
            Way::Works,
            "Keys, search and the query",
        ),
        scene(
            Scene::BackFromElsewhere,
            "Back from another site's page",
            "",
            Way::Works,
            "Keys, search and the query",
        ),
    ],
};

pub(crate) const LARGE: Group = Group {
    title: "A large notebook, in chunks",
    rows: &[
        no_program(Part::Script, How::Html),
        no_program(Part::Program, How::Truncated),
        fine(Part::Program, How::Typed("text/plain")),
        file(Part::Outline, How::Status(404), NEWER, RELOAD, READING),
        outline(How::Flipped, "The notebook's data is damaged."),
        file(Part::Entries, How::Status(500), ENTRIES_LATE, Way::ByItself, TITLES),
        file(Part::Entries, How::Truncated, ENTRIES_LATE, Way::ByItself, TITLES),
        fine(Part::Entries, How::Slow),
        fine(Part::Titles, How::Status(404)),
        fine(Part::Titles, How::Flipped),
    ],
};
