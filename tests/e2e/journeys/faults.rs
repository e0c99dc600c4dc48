//! Faults that a reader may meet: cases of a table, run one after the other.
//!
//! Every case checks three things: a sentence of the notebook is visible; the page says what is wrong and offers a way out
//! (or nothing is wrong); and nothing of the reader's own is lost: the theme, a closed fold, the query in the address.
//! `docs/faults.md` is generated from the same cases (`tests/faults.rs`).

mod cases;
mod scenarios;

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;

use self::cases::{Cause, FaultCase, FaultGroup, FileFault, Recovery, SiteFile};
use crate::page::{Css, Page, Role};
use crate::problem::Outcome;
use crate::site::Fault;

/// Delay of a slow response.
const SLOW_DELAY: Duration = Duration::from_millis(1_500);
/// Delay of a response that never comes.
const STALL_DELAY: Duration = Duration::from_mins(3);

/// A query during a fault, and the expected page once it is answered.
struct Visit {
    path: &'static str,
    words: &'static str,
    /// A sentence of the notebook.
    sentence: &'static str,
    /// Waits for something that is visible only once the query is answered.
    answer: AnswerCheck,
}

type AnswerCheck = fn(&Page) -> CheckFuture<'_>;
type CheckFuture<'a> = std::pin::Pin<Box<dyn Future<Output = Outcome> + 'a>>;

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
    answer: |page| Box::pin(page.wait_visible(Css(".chip"))),
};

pub(crate) async fn survives_a_missing_program(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::PROGRAM).await
}

pub(crate) async fn survives_missing_later_files(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::DEFERRED_FILES).await
}

pub(crate) async fn survives_losing_the_network(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::OFFLINE).await
}

pub(crate) async fn survives_a_limited_browser(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::BROWSER).await
}

pub(crate) async fn survives_damaged_caches(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::OFFLINE_CACHE).await
}

pub(crate) async fn survives_hosts_that_change_files(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::HOSTS).await
}

pub(crate) async fn survives_two_tabs(page: &Page) -> Outcome {
    run_group(page, &SMALL, &cases::TABS).await
}

pub(crate) async fn survives_missing_chunks(page: &Page) -> Outcome {
    run_group(page, &LARGE, &cases::LARGE).await
}

/// Runs the cases of a group, in one browser.
async fn run_group(page: &Page, visit: &Visit, group: &FaultGroup) -> Outcome {
    let files = PageFiles::of(page).await?;
    for case in group.cases {
        if case.skipped_engines.iter().any(|(engine, _)| *engine == page.engine()) {
            continue;
        }
        let fault_run = FaultRun { page, visit, files: &files, case };
        fault_run.run().await.map_err(|problem| {
            format!(
                "{}, {}: {problem}\n  what should still work: {}",
                group.title,
                case.what(),
                case.still_works
            )
        })?;
    }
    Ok(())
}

/// Paths of a page's files, whose names change with their content.
struct PageFiles(HashMap<SiteFile, Vec<String>>);

impl PageFiles {
    async fn of(page: &Page) -> Outcome<Self> {
        page.open("/missing.html").await?;
        let found = page
            .evaluate_async(
                "const text = await (await fetch('/')).text();
                 const one = pattern => text.match(pattern)?.[0];
                 const program = one(/notebook-[0-9a-f]{16}/), search = one(/search-[0-9a-f]{16}/);
                 const [outline, index] = [one(/outline-[0-9a-f]+\\.bin/), one(/index-[0-9a-f]+\\.bin/)];
                 const [names, late] = [one(/titles-[0-9a-f]+\\.bin/), one(/deferred-[0-9a-f]+\\.css/)];
                 const [references, picture] = [one(/citations-[0-9a-f]+\\.json/), text.match(/<img src=\"?([^\" >]+)/)?.[1]];
                 return ['', program + '.js', program + '_bg.wasm', outline, late, search + '.js', search + '_bg.wasm', index,
                   references, picture, 'sw.js', names].map(name => '/' + (name ?? ''))",
            )
            .await?;
        let parts = [
            SiteFile::Page,
            SiteFile::Script,
            SiteFile::Program,
            SiteFile::Outline,
            SiteFile::Styles,
            SiteFile::SearchScript,
            SiteFile::SearchProgram,
            SiteFile::SearchIndex,
            SiteFile::Citations,
            SiteFile::Picture,
            SiteFile::Worker,
            SiteFile::Titles,
        ];
        let names = found.as_array().ok_or("the page was not found")?;
        let mut files: HashMap<SiteFile, Vec<String>> = parts
            .into_iter()
            .zip(names)
            .map(|(file, name)| (file, vec![name.as_str().unwrap_or_default().to_owned()]))
            .collect();
        files.insert(SiteFile::Entries, page.site.files_below("/chunks/")?);
        Ok(Self(files))
    }

    fn paths(&self, file: SiteFile) -> Outcome<&[String]> {
        match self.0.get(&file) {
            Some(paths) if paths.iter().all(|path| file == SiteFile::Page || path.len() > 1) => Ok(paths),
            _ => Err(format!("{} was not found", file.name()).into()),
        }
    }

    fn path(&self, file: SiteFile) -> Outcome<&str> {
        self.paths(file)?
            .first()
            .map(String::as_str)
            .ok_or_else(|| format!("{} was not found", file.name()).into())
    }
}

/// The run of one case.
struct FaultRun<'a> {
    page: &'a Page,
    visit: &'a Visit,
    files: &'a PageFiles,
    case: &'a FaultCase,
}

impl FaultRun<'_> {
    async fn run(&self) -> Outcome {
        match self.case.cause {
            Cause::File(file, fault) => self.file_fault(file, fault).await,
            Cause::Browser(_, script) => self.browser_fault(script).await,
            Cause::Scenario(scenario, _) => self.scenario(scenario).await,
        }
    }

    async fn file_fault(&self, file: SiteFile, fault: FileFault) -> Outcome {
        self.prepare().await?;
        let paths = self.files.paths(file)?;
        for path in paths {
            self.page.site.set_fault(path, fault.site_fault(self.case.recovery));
        }
        let requests = || paths.iter().map(|path| self.page.site.request_count(path)).sum::<usize>();
        let before = requests();
        self.visit().await?;
        if file == SiteFile::Citations {
            self.cite().await?;
        }
        if file == SiteFile::Picture {
            // Browsers load it when it comes into view.
            self.page.evaluate("document.querySelector('main img').loading = 'eager'; return 1").await?;
        }
        self.expect_message().await?;
        let clear = || paths.iter().for_each(|path| self.clear_fault(file, path));
        if self.case.recovery == Recovery::NotNeeded {
            self.expect_recovered(file).await?;
            // A case about a file that is never requested would prove nothing; a cached file is not requested.
            let cached =
                self.page.evaluate("return Boolean(navigator.serviceWorker?.controller)").await? == true;
            let what = format!("a request for it: {}", if cached { "no" } else { "yes" });
            self.page.until(&what, async || Ok((cached == (requests() == before)).then_some(()))).await?;
            clear();
        } else {
            clear();
            self.recover().await?;
            self.expect_recovered(file).await?;
        }
        Ok(())
    }

    /// A worker that is served would cache the page, which would not notice later faults.
    fn clear_fault(&self, file: SiteFile, path: &str) {
        match file {
            SiteFile::Worker => self.page.site.set_fault(path, Fault::Status(404)),
            _ => self.page.site.clear_fault(path),
        }
    }

    async fn browser_fault(&self, script: &str) -> Outcome {
        self.prepare().await?;
        // The page's policy forbids other scripts, so it is removed.
        let bare = format!(
            "const page = await (await fetch('/')).text();
             const bare = page.replace(/<meta http-equiv=\"?Content-Security-Policy\"?[^>]*>/i, () => {});
             return bare.length === page.length ? '' : bare",
            json!(format!("<script>{script}</script>"))
        );
        let bare = self.page.evaluate_async(&bare).await?;
        let bare = bare.as_str().filter(|bare| bare.contains(script)).ok_or("the page has no policy")?;
        self.page.site.set_fault("/", Fault::Body(bare.to_owned()));
        self.visit().await?;
        self.expect_message().await?;
        if self.case.recovery == Recovery::NotNeeded {
            self.expect_answer().await?;
            // Choices work even if they cannot be stored.
            for (nth, theme) in [(2, "light"), (3, "dark")] {
                self.page.choose_in_menu(Css(&format!(".theme label:nth-of-type({nth})"))).await?;
                let script = format!("return String(document.documentElement.dataset.theme) === '{theme}'");
                self.page.wait_true(&format!("the theme {theme}"), &script).await?;
            }
            self.page.site.clear_fault("/");
            self.visit().await?;
        } else {
            self.page.site.clear_fault("/");
            self.recover().await?;
        }
        self.expect_recovered(SiteFile::Page).await
    }
}

/// The steps that cases share.
impl FaultRun<'_> {
    /// Opens another page of the site and stores a theme and a fold, as the client stores them.
    async fn prepare(&self) -> Outcome {
        self.page.open("/missing.html").await?;
        self.page
            .evaluate(
                "localStorage.setItem('notebook theme', 'dark'); localStorage.setItem('notebook / folds', 'learning'); return 1",
            )
            .await?;
        Ok(())
    }

    /// Follows a link without waiting for a response that may never come.
    async fn go(&self, path: &str) -> Outcome {
        self.page
            .evaluate(&format!(
                "window.left = true; setTimeout(() => location.assign({})); return 1",
                json!(path)
            ))
            .await?;
        self.page.wait_true("the next page", "return !window.left && document.readyState !== 'loading'").await
    }

    async fn visit(&self) -> Outcome {
        self.go(self.visit.path).await
    }

    /// The text can be read, the page says what is wrong, and nothing is lost.
    async fn expect_message(&self) -> Outcome {
        self.page.wait_text(self.visit.sentence).await?;
        self.page.wait_text(self.case.message).await?;
        // A browser that forbids storage does not reveal its content, which is checked later.
        match self.case.cause {
            Cause::Browser(..) => self.page.wait_url(self.visit.path).await,
            _ => self.expect_state_kept().await,
        }
    }

    async fn expect_state_kept(&self) -> Outcome {
        self.page.wait_url(self.visit.path).await?;
        let kept = self
            .page
            .evaluate(
                "return document.documentElement.dataset.theme + ', ' + localStorage.getItem('notebook / folds')",
            )
            .await?;
        if kept == "dark, learning" { Ok(()) } else { Err(format!("theme and folds are {kept}").into()) }
    }

    async fn recover(&self) -> Outcome {
        match self.case.recovery {
            Recovery::NotNeeded | Recovery::Automatic => Ok(()),
            Recovery::Button(name) => self.page.click(Role("button", name)).await,
            Recovery::AutomaticOrButton(name) => {
                let message = json!(self.case.message);
                let script = format!(
                    "const button = [...document.querySelectorAll('[data-action]')].find(one => one.innerText === '{name}' && one.checkVisibility());
                     button?.click();
                     return Boolean(button) || !document.body.innerText.includes({message})"
                );
                self.page.wait_true("the response, or a button", &script).await
            }
        }
    }

    /// Everything works, as far as a case can tell: the query is answered and the message is gone.
    async fn expect_recovered(&self, file: SiteFile) -> Outcome {
        if file == SiteFile::Citations {
            if self.case.recovery == Recovery::Button("Reload") {
                self.cite().await?;
            }
            self.page.wait_text("Cite: Variational Sparse Coding").await?;
            self.page.wait_text("IEEE").await?;
            self.page.press("Escape").await?;
            self.page.wait_hidden(Css("#_citation")).await?;
        }
        self.expect_answer().await?;
        if file == SiteFile::Entries {
            let line = Css("#_content article");
            self.page.wait_visible(line).await?;
            self.page.wait_hidden(Css("#_content .loading")).await?;
        }
        if file == SiteFile::Styles {
            self.page.press("?").await?;
            self.page.wait_text("Next entry").await?;
            self.page.press("Escape").await?;
            self.page.wait_hidden(Css("#_shortcuts")).await?;
        }
        self.expect_state_kept().await?;
        let closed = "return !document.querySelector('#learning details')?.open";
        self.page.wait_true("the fold to be closed", closed).await
    }

    async fn expect_answer(&self) -> Outcome {
        self.wait_for_answer().await?;
        let words =
            format!("return document.getElementById('_search').value === {}", json!(self.visit.words));
        self.page.wait_true("the words in the box", &words).await?;
        if self.case.recovery != Recovery::NotNeeded && !self.case.message.is_empty() {
            self.page.wait_no_text(self.case.message).await?;
        }
        // Failures are reported in one of these.
        let silent =
            "return ['_status', '_updated'].every(id => !document.getElementById(id).innerText.trim())
            && !document.querySelector('.remark')?.innerText.includes('Searching this page')";
        self.page.wait_true("no message", silent).await
    }

    async fn cite(&self) -> Outcome {
        self.wait_for_answer().await?;
        // Results move the page: a click may land where the button has just been.
        self.page
            .until("the citation dialog", async || {
                self.page.click(Css("#variational-sparse-coding .cite")).await?;
                Ok((self.page.count(Css("#_citation")).await? == 1).then_some(()))
            })
            .await
    }

    async fn wait_for_answer(&self) -> Outcome {
        self.page.wait_true("the program", "return 'ready' in document.documentElement.dataset").await?;
        (self.visit.answer)(self.page).await
    }
}

impl FileFault {
    fn site_fault(self, recovery: Recovery) -> Fault {
        match self {
            Self::Status(status) => Fault::Status(status),
            Self::Html => Fault::Html,
            Self::Truncated => Fault::Truncated,
            Self::Corrupted => Fault::Corrupted,
            // The first request stays pending while the button sends another one.
            Self::Stalled if matches!(recovery, Recovery::Button(_)) => Fault::Slow(STALL_DELAY),
            Self::Stalled => Fault::Stalled,
            Self::Slow => Fault::Slow(SLOW_DELAY),
            Self::ContentType(kind) => Fault::ContentType(kind),
            Self::CompressedTwice => Fault::CompressedTwice,
        }
    }
}
