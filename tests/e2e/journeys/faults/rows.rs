//! The table of faults: what breaks, what the reader sees, what goes on. Journeys walk it, `docs/faults.md` is made of it.

/// Rows that one journey walks.
pub(crate) struct Group {
    /// The heading.
    pub(crate) title: &'static str,
    pub(crate) rows: &'static [Row],
}

/// One fault.
pub(crate) struct Row {
    pub(crate) breaks: Breaks,
    /// What can be read on the page then; empty where nothing is wrong for who reads.
    pub(crate) sees: &'static str,
    pub(crate) way: Way,
    /// What goes on, for the table.
    pub(crate) goes_on: &'static str,
    /// Engines in which it is not tried, each with why.
    pub(crate) not_in: &'static [(&'static str, &'static str)],
}

/// What breaks.
pub(crate) enum Breaks {
    /// A file of the page comes otherwise than it is, or not at all.
    File(Part, How),
    /// A browser that lacks something: what, and the script that takes it away before the page's own runs.
    Browser(&'static str, &'static str),
    /// What takes steps of its own.
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
    FinderScript,
    Finder,
    Index,
    References,
    Picture,
    Worker,
    Entries,
    Names,
}

/// How a file comes.
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

/// What takes steps of its own.
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
    /// What it is called in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "The page itself, `index.html`",
            Self::Script => "The program's script, `notebook-….js`",
            Self::Program => "The program, `notebook-…_bg.wasm`",
            Self::Outline => "The outline, `outline-….bin`",
            Self::Styles => "The late styles, `late-….css`",
            Self::FinderScript => "The search's script, `finder-….js`",
            Self::Finder => "The search, `finder-…_bg.wasm`",
            Self::Index => "The search index, `index-….bin`",
            Self::References => "The references, `citations-….json`",
            Self::Picture => "A picture",
            Self::Worker => "The service worker, `sw.js`",
            Self::Entries => "The entries of a large notebook, `parts/`",
            Self::Names => "The names of a large notebook, `names-….bin`",
        }
    }
}

impl Row {
    /// What breaks, in words.
    pub(crate) fn what(&self) -> String {
        match self.breaks {
            Breaks::File(part, how) => format!("{}: {}", part.name(), how.name()),
            Breaks::Browser(what, _) | Breaks::Scene(_, what) => what.to_owned(),
        }
    }
}

impl How {
    /// What it is called in the table.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Html => "HTML in its place, status 200".to_owned(),
            Self::Truncated => "cut in the middle".to_owned(),
            Self::Flipped => "other bytes: its digest does not match".to_owned(),
            Self::Stalled => "never comes".to_owned(),
            Self::Slow => "slow".to_owned(),
            Self::Typed(kind) => format!("served as `{kind}`"),
        }
    }
}

/// What a page has loaded with is waited for by this driver, however long that takes.
const WAITED_FOR: &[(&str, &str)] =
    &[("webkit", "its driver waits for all of the page to have come, and with it for this")];

const NO_PROGRAM: &str = "Search and filters did not come. The text below can be read.";
const WAITING: &str = "Search and filters are on their way";
const LATE: &str = "Part of this page is still on its way.";
const ENTRIES_LATE: &str = "Some entries did not come yet. Are you offline? They are asked for again.";
const NEWER: &str = "The notebook was published anew since this page was opened.";
const PAGE_ONLY: &str = "Looking through this page only";
const NO_REFERENCES: &str = "The references did not come.";

const RELOAD: Way = Way::Button("Reload");
const AGAIN: Way = Way::Button("Try again");

const EITHER: Way = Way::Either("Try again");

const READING: &str = "Reading and folding; every link. Words and filters stay in the address";
const TITLES: &str = "Search, filters, and the titles of what did not come";
const ALL: &str = "All of it";

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
        outline(How::Html, "The server sent something else than the notebook's data."),
        outline(How::Truncated, "broke off"),
        outline(How::Flipped, "The notebook's data is damaged."),
        fine(Part::Outline, How::Typed("text/html")),
        file(Part::Outline, How::Stalled, WAITING, EITHER, READING),
        fine(Part::Outline, How::Slow),
    ],
};

pub(crate) const LATER: Group = Group {
    title: "What comes later",
    rows: &[
        file(Part::FinderScript, How::Status(500), PAGE_ONLY, AGAIN, "All of it; words as they are typed"),
        file(Part::FinderScript, How::Flipped, PAGE_ONLY, AGAIN, "All of it; words as they are typed"),
        file(Part::Finder, How::Status(500), PAGE_ONLY, AGAIN, "All of it; words as they are typed"),
        file(Part::Finder, How::Flipped, PAGE_ONLY, AGAIN, "All of it; words as they are typed"),
        fine(Part::Finder, How::Typed("text/plain")),
        fine(Part::Finder, How::Slow),
        file(
            Part::Finder,
            How::Stalled,
            "Looking through this page; the full search is on its way",
            EITHER,
            "All of it; words as they are typed",
        ),
        fine(Part::Index, How::Status(500)),
        fine(Part::Index, How::Typed("text/html")),
        fine(Part::Index, How::Slow),
        file(Part::References, How::Status(404), NEWER, RELOAD, "All else"),
        file(Part::References, How::Status(500), NO_REFERENCES, AGAIN, "All else"),
        file(Part::References, How::Html, NO_REFERENCES, AGAIN, "All else"),
        file(Part::References, How::Truncated, NO_REFERENCES, AGAIN, "All else"),
        fine(Part::References, How::Typed("text/html")),
        file(Part::References, How::Stalled, "The references are on their way", EITHER, "All else"),
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
            "All of it, after Back",
        ),
    ],
};

pub(crate) const OFFLINE: Group = Group {
    title: "Offline, at each step",
    rows: &[
        scene(
            Scene::OfflineBeforeTheProgram,
            "The network goes when the page is there and its program is not",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scene(
            Scene::OfflineBeforeTheOutline,
            "The network goes when the program is there and its data is not",
            "the connection failed or broke off",
            AGAIN,
            READING,
        ),
        scene(
            Scene::OfflineBeforeTheSearch,
            "The network goes before the first search",
            PAGE_ONLY,
            AGAIN,
            "All of it; words as they are typed",
        ),
        scene(
            Scene::OfflineBeforeTheReferences,
            "The network goes before the first reference",
            NO_REFERENCES,
            AGAIN,
            "All else",
        ),
        scene(
            Scene::OfflineWhileKept,
            "The network goes while the page is being kept",
            "",
            Way::Works,
            "All of it; the next visit with a network keeps it",
        ),
        scene(
            Scene::TypedTooEarly,
            "Words are typed where the program never came",
            NO_PROGRAM,
            RELOAD,
            "Words are in the address after Enter, and are answered after Reload",
        ),
        scene(
            Scene::HalfAPage,
            "The page itself: its second half never comes",
            LATE,
            RELOAD,
            "What came of it can be read",
        ),
        scene(
            Scene::HalfAPageForGood,
            "The page itself: cut in the middle by its host",
            LATE,
            RELOAD,
            "What came of it can be read",
        ),
    ],
};

pub(crate) const BROWSER: Group = Group {
    title: "A browser that lacks something",
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
            "All of it; a theme and folds hold until the page is closed",
        ),
        lacks(
            "Storage is full",
            "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
            "All of it; a theme and folds hold until the page is closed",
        ),
        lacks(
            "Storage cannot be read",
            "Storage.prototype.getItem = () => { throw new DOMException('', 'UnknownError') }",
            "All of it; a theme and folds hold until the page is closed",
        ),
        lacks(
            "Storage holds rubbish",
            "const get = Storage.prototype.getItem;
             Storage.prototype.getItem = function (key) { return get.call(this, key) && '\\u0000{\"[ \\ud800 ' + 'x'.repeat(9999) }",
            "All of it, as at a first visit",
        ),
        lacks(
            "Caches and service workers are forbidden",
            "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'));
             CacheStorage.prototype.open = () => Promise.reject(new DOMException('', 'SecurityError'))",
            "All of it, with a network",
        ),
        lacks("There are no service workers", "delete Navigator.prototype.serviceWorker", "All of it, with a network"),
        lacks(
            "The clock says 1970",
            "const Clock = Date; globalThis.Date = class extends Clock {
               constructor(...at) { if (at.length) super(...at); else super(0) }
               static now() { return 0 } }",
            ALL,
        ),
        lacks(
            "The clock says 2100",
            "const Clock = Date; globalThis.Date = class extends Clock {
               constructor(...at) { if (at.length) super(...at); else super(4102444800000) }
               static now() { return 4102444800000 } }",
            ALL,
        ),
        lacks("The clock stands still", "Date.now = () => 1e12; performance.now = () => 0", ALL),
    ],
};

pub(crate) const KEPT: Group = Group {
    title: "A page that the browser has kept",
    rows: &[
        scene(
            Scene::InstallCut,
            "The service worker is cut off while it installs",
            "",
            Way::Works,
            "All of it; a later visit keeps the page",
        ),
        fine(Part::Page, How::Status(404)),
        fine(Part::Page, How::Status(500)),
        fine(Part::Page, How::Html),
        fine(Part::Page, How::Truncated),
        fine(Part::Page, How::Stalled),
        fine(Part::Program, How::Status(404)),
        scene(
            Scene::ProgramRots,
            "Storage is corrupted: the program that is kept is not what it was",
            NO_PROGRAM,
            RELOAD,
            READING,
        ),
        scene(
            Scene::OutlineRots,
            "Storage is corrupted: the data that is kept is not what it was",
            "The notebook's data is damaged.",
            AGAIN,
            READING,
        ),
        scene(
            Scene::NothingIsKept,
            "Storage is emptied under the worker",
            "",
            Way::Works,
            "All of it, with a network; what is asked for is kept again",
        ),
        scene(
            Scene::TwoVersionsOld,
            "The service worker is two versions old",
            "The notebook was updated.",
            RELOAD,
            "All of it, as it was, until Reload",
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
            "Both; the other one has the theme once it is opened again",
        ),
        scene(
            Scene::FoldsInTwoTabs,
            "Two tabs: each closes a fold",
            "",
            Way::Works,
            "Both; both folds are closed when the page is opened again",
        ),
        scene(
            Scene::UpdateInTwoTabs,
            "Two tabs: one takes the newer build",
            "The notebook was updated.",
            RELOAD,
            "Both: the other one works on, and after a reload too",
        ),
        scene(
            Scene::BackFromTheMap,
            "Back from the map, and forward again",
            "",
            Way::Works,
            "Keys, search and what was asked",
        ),
        scene(
            Scene::BackFromElsewhere,
            "Back from another site's page",
            "",
            Way::Works,
            "Keys, search and what was asked",
        ),
    ],
};

pub(crate) const LARGE: Group = Group {
    title: "A large notebook, which comes in parts",
    rows: &[
        no_program(Part::Script, How::Html),
        no_program(Part::Program, How::Truncated),
        fine(Part::Program, How::Typed("text/plain")),
        file(Part::Outline, How::Status(404), NEWER, RELOAD, READING),
        outline(How::Flipped, "The notebook's data is damaged."),
        file(Part::Entries, How::Status(500), ENTRIES_LATE, Way::ByItself, TITLES),
        file(Part::Entries, How::Truncated, ENTRIES_LATE, Way::ByItself, TITLES),
        fine(Part::Entries, How::Slow),
        fine(Part::Names, How::Status(404)),
        fine(Part::Names, How::Flipped),
    ],
};
