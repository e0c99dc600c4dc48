//! The look of the page, compared with pictures of it that are kept in `snapshots/appearance`.
//!
//! Fonts, colors and size are the same on every machine; animations and the caret stand still. `INSTA_UPDATE=always` keeps the
//! pictures of this run, and `cargo xtask pictures` does that alone.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::pictures::{LAPTOP, PHONE, Size, emulate};
use super::start;
use crate::page::{Css, Page};
use crate::picture::{Picture, Tolerance};
use crate::problem::Outcome;

/// A state of the page: name, window, path, what is there when it is complete, and what a reader does then.
type State = (&'static str, Size, &'static str, &'static str, &'static [Act]);

/// Something that a reader does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Click(&'static str),
    Press(&'static str),
    /// Waits for an element.
    See(&'static str),
    /// Scrolls an element to the top of the window.
    ScrollTo(&'static str),
    /// Chooses the dark colors.
    Darken,
}

use Act::{Click, Darken, Press, ScrollTo, See};

const WIDE: Size = (1920, 1080);
/// Too low for the part of the citation dialog that has the date and the host.
const LOW: Size = (1280, 640);
/// The column of a sheet of A4.
const SHEET: Size = (616, 940);

const PAPER: &str = "article.paper";
const LONG: &str = "/#inlets-that-move-against-the-wind";
const COMPARED: &str =
    "/?compare=inlets-that-move-against-the-wind&compare=a-tidal-prism-from-two-photographs";

const STATES: [State; 13] = [
    ("phone", PHONE, "/", PAPER, &[]),
    ("phone-filters", PHONE, "/", PAPER, &[Click(".filters-open"), See("#_filters:popover-open")]),
    ("laptop", LAPTOP, "/", PAPER, &[]),
    ("wide", WIDE, LONG, "[data-target]", &[]),
    ("dark", LAPTOP, "/", PAPER, &[Darken, ScrollTo("#sediment")]),
    ("long-note", LAPTOP, LONG, "[data-target]", &[ScrollTo("main figure")]),
    ("search", LAPTOP, "/?q=prism", ".results a", &[]),
    ("nothing", LAPTOP, "/?q=prism&year=2011", ".no-results", &[]),
    ("table", LAPTOP, "/?view=table", ".paper-table tbody tr", &[]),
    ("compare", LAPTOP, COMPARED, ".paper-table tbody tr", &[]),
    ("cite", LOW, LONG, "[data-target]", &[Click("[data-target] .cite"), See("dialog[open] pre")]),
    ("keys", LAPTOP, "/", PAPER, &[Press("?"), See("#_shortcuts[open]")]),
    ("map", LAPTOP, "/map.html", "#_map .edges", &[]),
];

const MAP_STATES: [State; 1] = [("map-2000", LAPTOP, "/map.html", "#_map .edges", &[])];
const ARABIC_STATES: [State; 2] =
    [("arabic", LAPTOP, "/", PAPER, &[]), ("arabic-phone", PHONE, "/", PAPER, &[])];
const CHINESE_STATES: [State; 1] = [("chinese", LAPTOP, "/", PAPER, &[])];

pub(crate) async fn looks_as_before(page: &Page) -> Outcome {
    look_at(page, "screen", &STATES).await
}

pub(crate) async fn looks_as_before_in_print(page: &Page) -> Outcome {
    let states: [State; 2] = [
        ("print", SHEET, "/", PAPER, &[]),
        ("print-references", SHEET, "/", PAPER, &[ScrollTo(".references")]),
    ];
    look_at(page, "print", &states).await
}

pub(crate) async fn looks_as_before_with_many_papers(page: &Page) -> Outcome {
    look_at(page, "screen", &MAP_STATES).await
}

pub(crate) async fn looks_as_before_in_arabic(page: &Page) -> Outcome {
    look_at(page, "screen", &ARABIC_STATES).await
}

pub(crate) async fn looks_as_before_in_chinese(page: &Page) -> Outcome {
    look_at(page, "screen", &CHINESE_STATES).await
}

/// Compares states of the page on a medium with their references. All differences are reported at once.
async fn look_at(page: &Page, medium: &str, states: &[State]) -> Outcome {
    if !page.has_devtools("is not compared with pictures: they are of Chromium") {
        return Ok(());
    }
    if std::env::var_os("NOTEBOOK_FONTS").is_none() {
        return Err(
            "NOTEBOOK_FONTS does not say where the fonts of the pictures are; `cargo xtask test e2e` does"
                .into(),
        );
    }
    let still = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": still })).await?;
    let references = References::open(page).await?;
    let mut problems = Vec::new();
    for state in states {
        problems.extend(references.compare(state.0, &show(page, state).await?)?);
    }
    if problems.is_empty() {
        return Ok(());
    }
    let differences = problems.join("\n  ");
    Err(format!(
        "the page does not look as before:\n  {differences}\n  If it should look so, `cargo xtask pictures` keeps the new \
         pictures; look at them with `git diff`."
    )
    .into())
}

/// Brings the page into a state, and returns its picture once two in a row are the same.
async fn show(page: &Page, (name, size, path, there, acts): &State) -> Outcome<Vec<u8>> {
    emulate(page, *size).await?;
    // From an address to another with the same path, the page would not be loaded.
    page.open("/missing.html").await?;
    start(page, path).await?;
    page.evaluate(
        "const still = new CSSStyleSheet();
         still.replaceSync('* { animation: none !important; transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important }');
         document.adoptedStyleSheets = [still];
         document.documentElement.dataset.theme = 'light';
         return 1",
    )
    .await?;
    see(page, there).await?;
    for act in *acts {
        match act {
            Act::Click(what) => page.click(Css(what)).await?,
            Act::Press(keys) => page.press(keys).await?,
            Act::See(what) => see(page, what).await?,
            Act::ScrollTo(what) => {
                page.evaluate(&format!(
                    "document.querySelector({what:?}).scrollIntoView({{ block: 'start' }}); return 1"
                ))
                .await
                .map(drop)?;
            }
            Act::Darken => {
                page.evaluate("document.documentElement.dataset.theme = 'dark'; return 1").await.map(drop)?;
            }
        }
    }
    page.wait_true(
        "all images in sight",
        "return [...document.images].every(image =>
           image.complete || !image.checkVisibility() || image.getBoundingClientRect().top > innerHeight)",
    )
    .await?;
    let mut last = Vec::new();
    page.until(&format!("{name} to stand still"), async || {
        let picture = page.picture().await?;
        let is_still = picture == last;
        last.clone_from(&picture);
        Ok(is_still.then_some(picture))
    })
    .await
}

/// Waits until an element is visible, without scrolling to it.
async fn see(page: &Page, what: &str) -> Outcome {
    let script = format!("return document.querySelector({what:?})?.checkVisibility() === true");
    page.wait_true(what, &script).await
}

/// The pictures that are kept.
struct References {
    folder: PathBuf,
    /// The version of the browser that has drawn them.
    version: String,
    /// The version of this browser.
    current: String,
    /// True if the pictures of this run replace those that differ.
    is_update: bool,
}

impl References {
    async fn open(page: &Page) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/journeys/snapshots/appearance");
        let product = page.devtools("Browser.getVersion", json!({})).await?;
        let product = product["product"].as_str().unwrap_or_default();
        // `HeadlessChrome/156.0.8078.108`: releases of one version draw alike.
        let number = product.rsplit('/').next().and_then(|version| version.split('.').next());
        let current = format!("Chromium {}", number.unwrap_or_default());
        let is_update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
        let version = fs::read_to_string(folder.join("browser.txt")).unwrap_or_default().trim().to_owned();
        if !is_update && version != current {
            println!(
                "The pictures of the page are of {version}, and this is {current}: only what is where is compared. \
                 `cargo xtask pictures` keeps pictures of {current}."
            );
        }
        Ok(Self { folder, version, current, is_update })
    }

    /// Compares a picture with its reference. Returns what is wrong, and where that can be seen.
    fn compare(&self, name: &str, png: &[u8]) -> Outcome<Option<String>> {
        let actual = Picture::decode(png)?.reduced();
        let file = self.folder.join(format!("{name}.png"));
        let reference = fs::read(&file).ok().map(|png| Picture::decode(&png)).transpose()?;
        let tolerance = if self.version == self.current { Tolerance::Edges } else { Tolerance::Letters };
        let difference = reference.as_ref().map(|reference| reference.difference(&actual, tolerance));
        let is_alike = matches!(&difference, Some(Some(difference)) if difference.share <= tolerance.share());
        if self.is_update {
            if !is_alike || self.version != self.current {
                fs::create_dir_all(&self.folder)?;
                fs::write(&file, actual.encode()?)?;
                fs::write(self.folder.join("browser.txt"), format!("{}\n", self.current))?;
            }
            return Ok(None);
        }
        if is_alike {
            return Ok(None);
        }
        let seen = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/appearance");
        fs::create_dir_all(&seen)?;
        fs::write(seen.join(format!("{name}.png")), png)?;
        let problem = match difference {
            None => format!("{name} has no reference: the page is target/appearance/{name}.png"),
            Some(None) => format!("{name} has another size: the page is target/appearance/{name}.png"),
            Some(Some(difference)) => {
                fs::write(seen.join(format!("{name}-difference.png")), difference.picture.encode()?)?;
                format!(
                    "{:.2} % of {name} differs: the page is target/appearance/{name}.png, and {name}-difference.png beside it \
                     shows where",
                    difference.share * 100.0
                )
            }
        };
        Ok(Some(problem))
    }
}
