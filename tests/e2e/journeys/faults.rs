//! Faults that a reader may meet: rows of a table, tried one after the other.
//!
//! Every row checks three things: a sentence of the notebook is visible; the page says what is wrong and offers a way out
//! (or nothing is wrong); and nothing of the reader's own is lost: the theme, a closed fold, the query in the address.
//! `docs/faults.md` is generated from the same rows (`tests/faults.rs`).

mod rows;
mod scenes;

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;

use self::rows::{Breaks, Group, How, Part, Row, Way};
use crate::page::{Css, Page, Role};
use crate::problem::Outcome;
use crate::site::Fault;

/// Delay of a slow response.
const SHORT: Duration = Duration::from_millis(1_500);
/// Delay of a response that never comes.
const LONG: Duration = Duration::from_mins(3);

/// A query during a fault, and the expected page once it is answered.
struct Visit {
    path: &'static str,
    words: &'static str,
    /// A sentence of the notebook.
    sentence: &'static str,
    /// Waits for something that is visible only once the query is answered.
    answer: Find,
}

type Find = fn(&Page) -> Answered<'_>;
type Answered<'a> = std::pin::Pin<Box<dyn Future<Output = Outcome> + 'a>>;

const SMALL: Visit = Visit {
    path: "/?q=sparse&category=mechanistic-interpretability",
    words: "sparse",
    sentence: "Unsupervised discovery of interpretable features",
    answer: |page| Box::pin(page.wait_count(Css("article.paper"), 1)),
};

const LARGE: Visit = Visit {
    path: "/?q=neural&access=paywalled",
    words: "neural",
    sentence: "600 papers",
    answer: |page| Box::pin(page.shown(Css(".chip"))),
};

pub(crate) async fn survives_a_missing_program(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::PROGRAM).await
}

pub(crate) async fn survives_missing_later_files(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::LATER).await
}

pub(crate) async fn survives_losing_the_network(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::OFFLINE).await
}

pub(crate) async fn survives_a_limited_browser(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::BROWSER).await
}

pub(crate) async fn survives_damaged_caches(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::KEPT).await
}

pub(crate) async fn survives_two_tabs(page: &Page) -> Outcome {
    walk(page, &SMALL, &rows::TABS).await
}

pub(crate) async fn survives_missing_chunks(page: &Page) -> Outcome {
    walk(page, &LARGE, &rows::LARGE).await
}

/// Walks the rows of a group, in one browser.
async fn walk(page: &Page, visit: &Visit, group: &Group) -> Outcome {
    let files = PageFiles::of(page).await?;
    for row in group.rows {
        if row.not_in.iter().any(|(engine, _)| *engine == page.engine()) {
            continue;
        }
        let walk = Walk { page, visit, files: &files, row };
        walk.to_its_end().await.map_err(|problem| {
            format!("{}, {}: {problem}\n  what was to go on: {}", group.title, row.what(), row.goes_on)
        })?;
    }
    Ok(())
}

/// Paths of a page's files, whose names change with their content.
struct PageFiles(HashMap<Part, Vec<String>>);

impl PageFiles {
    async fn of(page: &Page) -> Outcome<Self> {
        page.open("/missing.html").await?;
        let found = page
            .ask_later(
                "const text = await (await fetch('/')).text();
                 const one = pattern => text.match(pattern)?.[0];
                 const program = one(/notebook-[0-9a-f]{16}/), search = one(/search-[0-9a-f]{16}/);
                 const [outline, index] = [one(/outline-[0-9a-f]+\\.bin/), one(/index-[0-9a-f]+\\.bin/)];
                 const [names, late] = [one(/names-[0-9a-f]+\\.bin/), one(/late-[0-9a-f]+\\.css/)];
                 const [references, picture] = [one(/citations-[0-9a-f]+\\.json/), text.match(/<img src=\"?([^\" >]+)/)?.[1]];
                 return ['', program + '.js', program + '_bg.wasm', outline, late, search + '.js', search + '_bg.wasm', index,
                   references, picture, 'sw.js', names].map(name => '/' + (name ?? ''))",
            )
            .await?;
        let parts = [
            Part::Page,
            Part::Script,
            Part::Program,
            Part::Outline,
            Part::Styles,
            Part::SearchScript,
            Part::SearchProgram,
            Part::SearchIndex,
            Part::References,
            Part::Picture,
            Part::Worker,
            Part::Titles,
        ];
        let names = found.as_array().ok_or("the page was not found")?;
        let mut files: HashMap<Part, Vec<String>> = parts
            .into_iter()
            .zip(names)
            .map(|(part, name)| (part, vec![name.as_str().unwrap_or_default().to_owned()]))
            .collect();
        files.insert(Part::Entries, page.site.files_below("/parts/")?);
        Ok(Self(files))
    }

    fn paths(&self, part: Part) -> Outcome<&[String]> {
        match self.0.get(&part) {
            Some(paths) if paths.iter().all(|path| part == Part::Page || path.len() > 1) => Ok(paths),
            _ => Err(format!("{} was not found", part.name()).into()),
        }
    }

    fn path(&self, part: Part) -> Outcome<&str> {
        self.paths(part)?
            .first()
            .map(String::as_str)
            .ok_or_else(|| format!("{} was not found", part.name()).into())
    }
}

/// The run of one row.
struct Walk<'a> {
    page: &'a Page,
    visit: &'a Visit,
    files: &'a PageFiles,
    row: &'a Row,
}

impl Walk<'_> {
    async fn to_its_end(&self) -> Outcome {
        match self.row.breaks {
            Breaks::File(part, how) => self.file(part, how).await,
            Breaks::Browser(_, script) => self.browser(script).await,
            Breaks::Scene(scene, _) => self.scene(scene).await,
        }
    }

    async fn file(&self, part: Part, how: How) -> Outcome {
        self.begin().await?;
        let paths = self.files.paths(part)?;
        for path in paths {
            self.page.site.break_path(path, how.fault(self.row.way));
        }
        let asked = || paths.iter().map(|path| self.page.site.times_asked(path)).sum::<usize>();
        let before = asked();
        self.visit().await?;
        if part == Part::References {
            self.cite().await?;
        }
        if part == Part::Picture {
            // Browsers load it when it comes into view.
            self.page.ask("document.querySelector('main img').loading = 'eager'; return 1").await?;
        }
        self.told().await?;
        let mend = || paths.iter().for_each(|path| self.mend(part, path));
        if self.row.way == Way::Works {
            self.works(part).await?;
            // A row about a file that is never requested would prove nothing; a cached file is not requested.
            let kept = self.page.ask("return Boolean(navigator.serviceWorker?.controller)").await? == true;
            let what = format!("to ask for it: {}", if kept { "no" } else { "yes" });
            self.page.until(&what, async || Ok((kept == (asked() == before)).then_some(()))).await?;
            mend();
        } else {
            mend();
            self.take_the_way().await?;
            self.works(part).await?;
        }
        Ok(())
    }

    /// A worker that is served would cache the page, which would not notice later faults.
    fn mend(&self, part: Part, path: &str) {
        match part {
            Part::Worker => self.page.site.break_path(path, Fault::Status(404)),
            _ => self.page.site.mend(path),
        }
    }

    async fn browser(&self, script: &str) -> Outcome {
        self.begin().await?;
        // The page's policy forbids other scripts, so it is removed.
        let bare = format!(
            "const page = await (await fetch('/')).text();
             const bare = page.replace(/<meta http-equiv=\"?Content-Security-Policy\"?[^>]*>/i, () => {});
             return bare.length === page.length ? '' : bare",
            json!(format!("<script>{script}</script>"))
        );
        let bare = self.page.ask_later(&bare).await?;
        let bare = bare.as_str().filter(|bare| bare.contains(script)).ok_or("the page has no policy")?;
        self.page.site.break_path("/", Fault::Body(bare.to_owned()));
        self.visit().await?;
        self.told().await?;
        if self.row.way == Way::Works {
            self.answered().await?;
            // Choices work even if they cannot be stored.
            for (nth, theme) in [(2, "light"), (3, "dark")] {
                self.page.click(Css(&format!(".theme label:nth-of-type({nth})"))).await?;
                let script = format!("return String(document.documentElement.dataset.theme) === '{theme}'");
                self.page.wait_true(&format!("the theme {theme}"), &script).await?;
            }
            self.page.site.mend("/");
            self.visit().await?;
        } else {
            self.page.site.mend("/");
            self.take_the_way().await?;
        }
        self.works(Part::Page).await
    }
}

/// The query of every row.
impl Walk<'_> {
    /// Opens another page of the site and stores a theme and a fold, as the client stores them.
    async fn begin(&self) -> Outcome {
        self.page.open("/missing.html").await?;
        self.page
            .ask(
                "localStorage.setItem('notebook theme', 'dark'); localStorage.setItem('notebook / folds', 'learning'); return 1",
            )
            .await?;
        Ok(())
    }

    /// Follows a link without waiting for a response that may never come.
    async fn go(&self, path: &str) -> Outcome {
        self.page
            .ask(&format!("window.left = true; setTimeout(() => location.assign({})); return 1", json!(path)))
            .await?;
        self.page.wait_true("the next page", "return !window.left && document.readyState !== 'loading'").await
    }

    async fn visit(&self) -> Outcome {
        self.go(self.visit.path).await
    }

    /// The text can be read, the page says what is wrong, and nothing is lost.
    async fn told(&self) -> Outcome {
        self.page.see(self.visit.sentence).await?;
        self.page.see(self.row.sees).await?;
        // A browser that forbids storage does not reveal its content, which is checked later.
        match self.row.breaks {
            Breaks::Browser(..) => self.page.wait_url(self.visit.path).await,
            _ => self.nothing_is_lost().await,
        }
    }

    async fn nothing_is_lost(&self) -> Outcome {
        self.page.wait_url(self.visit.path).await?;
        let kept = self
            .page
            .ask(
                "return document.documentElement.dataset.theme + ', ' + localStorage.getItem('notebook / folds')",
            )
            .await?;
        if kept == "dark, learning" {
            Ok(())
        } else {
            Err(format!("of the reader's own there is {kept}").into())
        }
    }

    async fn take_the_way(&self) -> Outcome {
        match self.row.way {
            Way::Works | Way::ByItself => Ok(()),
            Way::Button(name) => self.page.click(Role("button", name)).await,
            Way::Either(name) => {
                let sees = json!(self.row.sees);
                let script = format!(
                    "const button = [...document.querySelectorAll('[data-act]')].find(one => one.innerText === '{name}' && one.checkVisibility());
                     button?.click();
                     return Boolean(button) || !document.body.innerText.includes({sees})"
                );
                self.page.wait_true("what was not answered to come, or a button", &script).await
            }
        }
    }

    /// Everything works, as far as a row can tell: the query is answered and the message is gone.
    async fn works(&self, part: Part) -> Outcome {
        if part == Part::References {
            if self.row.way == Way::Button("Reload") {
                self.cite().await?;
            }
            self.page.see("Cite: Variational Sparse Coding").await?;
            self.page.see("IEEE").await?;
            self.page.press("Escape").await?;
            self.page.hidden(Css("#_citation")).await?;
        }
        self.answered().await?;
        if part == Part::Entries {
            let line = Css("#_content article");
            self.page.shown(line).await?;
            self.page.hidden(Css("#_content .loading")).await?;
        }
        if part == Part::Styles {
            self.page.press("?").await?;
            self.page.see("Next entry").await?;
            self.page.press("Escape").await?;
            self.page.hidden(Css("#_shortcuts")).await?;
        }
        self.nothing_is_lost().await?;
        let closed = "return !document.querySelector('#learning details')?.open";
        self.page.wait_true("the fold to be closed", closed).await
    }

    async fn answered(&self) -> Outcome {
        self.answered_but_for_the_told().await?;
        let words =
            format!("return document.getElementById('_search').value === {}", json!(self.visit.words));
        self.page.wait_true("the words in the box", &words).await?;
        if self.row.way != Way::Works && !self.row.sees.is_empty() {
            self.page.not_see(self.row.sees).await?;
        }
        // Failures are reported in one of these.
        let silent =
            "return ['_status', '_updated'].every(id => !document.getElementById(id).innerText.trim())
            && !document.querySelector('.remark')?.innerText.includes('Searching this page')";
        self.page.wait_true("nothing to be told", silent).await
    }

    async fn cite(&self) -> Outcome {
        self.answered_but_for_the_told().await?;
        // Results move the page: a click may land where the button has just been.
        self.page
            .until("its references to be asked for", async || {
                self.page.click(Css("#variational-sparse-coding .cite")).await?;
                Ok((self.page.count(Css("#_citation")).await? == 1).then_some(()))
            })
            .await
    }

    async fn answered_but_for_the_told(&self) -> Outcome {
        self.page.wait_true("the program", "return 'ready' in document.documentElement.dataset").await?;
        (self.visit.answer)(self.page).await
    }
}

impl How {
    fn fault(self, way: Way) -> Fault {
        match self {
            Self::Status(status) => Fault::Status(status),
            Self::Html => Fault::Html,
            Self::Truncated => Fault::Truncated,
            Self::Flipped => Fault::Flipped,
            // The first request stays pending while the button sends another one.
            Self::Stalled if matches!(way, Way::Button(_)) => Fault::Slow(LONG),
            Self::Stalled => Fault::Stalled,
            Self::Slow => Fault::Slow(SHORT),
            Self::Typed(kind) => Fault::Typed(kind),
        }
    }
}
