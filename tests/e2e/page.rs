//! The verbs of journeys: actions of a reader, and observations of a page.
//!
//! Every observation waits until it is true, and fails with a sentence after [`TIMEOUT`]. Invisible elements (folded,
//! `hidden`, `display: none`) do not exist.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{WindowHandle, error::WebDriverResult, session::scriptret::ScriptRet};

use crate::engine::Engine;
use crate::problem::{Outcome, Problem};
use crate::site::Site;

/// Time limit of an observation.
const TIMEOUT: Duration = Duration::from_secs(20);

/// True once the client has hydrated the page, which sets `data-ready` on the root element.
const READY: &str =
    "return document.readyState === 'complete' && 'ready' in document.documentElement.dataset";

/// A selector of elements.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Find<'a> {
    /// A CSS selector, for elements that nothing visible identifies.
    Css(&'a str),
    /// The innermost element with this text. Elements with exactly this text win over those that contain it.
    Text(&'a str),
    /// A role (`button`, `link`, `checkbox`, ...) and its accessible name, matched like text.
    Role(&'a str, &'a str),
}

pub(crate) use Find::{Css, Role, Text};

/// A page in a browser, and the site it comes from.
pub(crate) struct Page {
    session: WebDriver,
    engine: Engine,
    /// The site, which can have faults, and can be stopped and started.
    pub(crate) site: Site,
}

/// Navigation.
impl Page {
    pub(crate) fn new(session: WebDriver, engine: Engine, site: Site) -> Self {
        Self { session, engine, site }
    }

    /// Opens a path, as a link from outside does: `/`, `/?category=vision#origin`.
    pub(crate) async fn open(&self, path: &str) -> Outcome {
        Ok(self.session.goto(self.site.url() + path).await?)
    }

    /// Opens an address of another server.
    pub(crate) async fn open_address(&self, address: &str) -> Outcome {
        Ok(self.session.goto(address).await?)
    }

    /// Opens a file of this machine without a host.
    pub(crate) async fn open_file(&self, file: &Path) -> Outcome {
        Ok(self.session.goto(format!("file://{}", file.display())).await?)
    }

    /// Opens a path in a frame, which can be narrower than the smallest window. The frame is in another page, because the
    /// notebook's policy forbids frames.
    pub(crate) async fn open_narrow(&self, path: &str, width: u32, height: u32) -> Outcome {
        self.open("/missing.html").await?;
        let frame = json!({ "src": path, "width": width, "height": height });
        let script = format!(
            "document.body.replaceChildren(Object.assign(document.createElement('iframe'), {frame})); return 1"
        );
        self.evaluate(&script).await.map(drop)
    }

    /// The engine, as `NOTEBOOK_ENGINES` spells it.
    pub(crate) fn engine(&self) -> &'static str {
        self.engine.name()
    }

    /// Opens a new tab and switches to it. Returns the previous tab, which stays open.
    pub(crate) async fn open_tab(&self) -> Outcome<WindowHandle> {
        let before = self.session.window().await?;
        let tab = self.session.new_tab().await?;
        self.session.switch_to_window(tab).await?;
        Ok(before)
    }

    /// Switches to a tab. Returns the previous one.
    pub(crate) async fn go_to_tab(&self, tab: &WindowHandle) -> Outcome<WindowHandle> {
        let before = self.session.window().await?;
        self.session.switch_to_window(tab.clone()).await?;
        Ok(before)
    }

    /// Closes this tab, and switches to another one.
    pub(crate) async fn close_tab(&self, next: &WindowHandle) -> Outcome {
        self.session.close_window().await?;
        Ok(self.session.switch_to_window(next.clone()).await?)
    }

    /// Turns all verbs to the page in a frame of this one, until [`Page::leave_frame`].
    pub(crate) async fn enter_frame(&self, frame: Find<'_>) -> Outcome {
        self.until(&format!("{frame:?}"), async || match self.find(frame).await? {
            Some(element) => Ok(Some(element.enter_frame().await?)),
            None => Ok(None),
        })
        .await
    }

    /// Turns all verbs to the page around the frame.
    pub(crate) async fn leave_frame(&self) -> Outcome {
        self.session.enter_default_frame().await?;
        if self.engine == Engine::WebKit {
            // Its driver has sent the keyboard to the frame, although the focus is here.
            self.evaluate("window.focus(); return 1").await?;
        }
        Ok(())
    }

    /// Waits until the client has hydrated the page.
    pub(crate) async fn wait_ready(&self) -> Outcome {
        self.wait_true("the client to set `data-ready`", READY).await
    }

    /// Presses the Back button.
    pub(crate) async fn back(&self) -> Outcome {
        Ok(self.session.back().await?)
    }

    /// Presses the Forward button.
    pub(crate) async fn forward(&self) -> Outcome {
        Ok(self.session.forward().await?)
    }

    /// Presses the Reload button. While the site is stopped use [`Page::open`]: Firefox can't reload then.
    pub(crate) async fn reload(&self) -> Outcome {
        Ok(self.session.refresh().await?)
    }

    /// Returns path, query and hash of the page.
    pub(crate) async fn url(&self) -> Outcome<String> {
        let url = self.session.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.site.url()).unwrap_or(&url).to_owned())
    }

    /// Waits until [`Page::url`] is this.
    pub(crate) async fn wait_url(&self, wanted: &str) -> Outcome {
        let what = format!("the address to be {wanted}");
        self.until(&what, async || Ok((self.url().await? == wanted).then_some(()))).await
    }
}

/// Actions.
impl Page {
    /// Clicks the middle of an element, once it is visible.
    pub(crate) async fn click(&self, what: Find<'_>) -> Outcome {
        let doing = format!("a click on {what:?}");
        self.until(&doing, async || match self.find(what).await? {
            Some(element) => Ok(Some(element.click().await?)),
            None => Ok(None),
        })
        .await
    }

    /// Clicks an element of the menu in the header, which is opened first.
    pub(crate) async fn choose_in_menu(&self, what: Find<'_>) -> Outcome {
        if self.evaluate("return document.querySelector('#_menu:popover-open') === null").await? == true {
            self.click(Css(".menu-open")).await?;
        }
        self.click(what).await
    }

    /// Moves the pointer to the middle of an element.
    pub(crate) async fn hover(&self, what: Find<'_>) -> Outcome {
        let doing = format!("a pointer on {what:?}");
        self.until(&doing, async || match self.find(what).await? {
            Some(element) => {
                Ok(Some(self.session.action_chain().move_to_element_center(&element).perform().await?))
            }
            None => Ok(None),
        })
        .await
    }

    /// Clicks a point of the window, counted from its top left corner.
    pub(crate) async fn click_at(&self, x: i64, y: i64) -> Outcome {
        Ok(self.session.action_chain().move_to(x, y).click().perform().await?)
    }

    /// Types into the focused element.
    pub(crate) async fn type_text(&self, text: &str) -> Outcome {
        Ok(self.session.action_chain().send_keys(text).perform().await?)
    }

    /// Clicks a field, empties it as a person would, and types.
    pub(crate) async fn fill(&self, field: Find<'_>, text: &str) -> Outcome {
        self.click(field).await?;
        self.press("Control+a").await?;
        self.press("Backspace").await?;
        self.type_text(text).await
    }

    /// Presses keys together, named as in `KeyboardEvent.key`: `Escape`, `ArrowDown`, `Shift+Tab`, `Control+k`, `?`.
    pub(crate) async fn press(&self, keys: &str) -> Outcome {
        let names: Vec<&str> = if keys == "+" { vec!["+"] } else { keys.split('+').collect() };
        let keys = names.into_iter().map(key).collect::<Outcome<Vec<char>>>()?;
        let mut chain = self.session.action_chain();
        for key in &keys {
            chain = chain.key_down(*key);
        }
        for key in keys.iter().rev() {
            chain = chain.key_up(*key);
        }
        Ok(chain.perform().await?)
    }

    /// Resizes the viewport in CSS pixels. Returns the size that it got: windows are at least about 500 px wide in Firefox and
    /// 450 px in `WebKit`.
    pub(crate) async fn resize(&self, width: u32, height: u32) -> Outcome<(u32, u32)> {
        let (mut outer_width, mut outer_height) = (width, height);
        let mut inner = (0, 0);
        // The first round measures the browser's bars, the second adds their size.
        for _ in 0..2 {
            self.session.set_window_rect(0, 0, outer_width, outer_height).await?;
            let started = Instant::now();
            while inner != (width, height) && started.elapsed() < Duration::from_secs(1) {
                tokio::time::sleep(Duration::from_millis(50)).await;
                inner = self.look(&[json!("size")]).await?.convert()?;
            }
            outer_width += width.saturating_sub(inner.0);
            outer_height += height.saturating_sub(inner.1);
        }
        Ok(inner)
    }

    /// Runs a script with `return`, for facts that no verb observes.
    pub(crate) async fn evaluate(&self, script: &str) -> Outcome<Value> {
        Ok(self.session.execute(script, []).await?.json().clone())
    }

    /// Runs the body of an async function, for facts that no verb observes.
    pub(crate) async fn evaluate_async(&self, body: &str) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(done, why => done('failed: ' + why))"
        );
        Ok(self.session.execute_async(script, []).await?.json().clone())
    }

    /// Returns true if [`Page::devtools`] works; if not, the missing feature is reported.
    pub(crate) fn has_devtools(&self, without: &str) -> bool {
        let has = self.engine == Engine::Chromium;
        if !has {
            println!("{} {without}", self.engine);
        }
        has
    }

    /// Sends a command to Chromium's developer tools, for facts that drivers do not expose.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.session.cdp().send_raw(command, parameters).await?)
    }

    /// Returns a picture of the window, as a PNG.
    pub(crate) async fn picture(&self) -> Outcome<Vec<u8>> {
        Ok(self.session.screenshot_as_png().await?)
    }

    /// Saves a picture of the window as `<engine>-<name>.png` in the folder `NOTEBOOK_SHOTS`, if that is set.
    pub(crate) async fn screenshot(&self, name: &str) -> Outcome {
        let Some(folder) = std::env::var_os("NOTEBOOK_SHOTS") else { return Ok(()) };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        std::fs::create_dir_all(&folder)?;
        Ok(self.session.screenshot(&folder.join(format!("{}-{name}.png", self.engine))).await?)
    }
}

/// Observations.
impl Page {
    /// Waits until this text is visible.
    pub(crate) async fn wait_text(&self, words: &str) -> Outcome {
        let what = format!("the text {words:?}");
        self.until(&what, async || Ok(self.text().await?.contains(words).then_some(()))).await
    }

    /// Waits until this text is not visible.
    pub(crate) async fn wait_no_text(&self, words: &str) -> Outcome {
        let what = format!("the text {words:?} to disappear");
        self.until(&what, async || Ok((!self.text().await?.contains(words)).then_some(()))).await
    }

    /// Waits until an element is visible.
    pub(crate) async fn wait_visible(&self, what: Find<'_>) -> Outcome {
        self.until(&format!("{what:?}"), async || Ok(self.find(what).await?.map(drop))).await
    }

    /// Waits until no such element is visible.
    pub(crate) async fn wait_hidden(&self, what: Find<'_>) -> Outcome {
        self.wait_count(what, 0).await
    }

    /// Waits until exactly this many elements are visible.
    pub(crate) async fn wait_count(&self, what: Find<'_>, wanted: usize) -> Outcome {
        let doing = format!("{wanted} of {what:?}");
        self.until(&doing, async || Ok((self.count(what).await? == wanted).then_some(()))).await
    }

    /// Waits until an element has the focus.
    pub(crate) async fn wait_focus(&self, what: Find<'_>) -> Outcome {
        let doing = format!("the focus on {what:?}");
        self.until(&doing, async || {
            let focused: bool = self.look(&what.arguments("focused")).await?.convert()?;
            Ok(focused.then_some(()))
        })
        .await
    }

    /// Waits until `path` has been requested exactly this many times.
    pub(crate) async fn wait_requests(&self, path: &str, times: usize) -> Outcome {
        let what = format!("{times} requests for {path}");
        self.until(&what, async || Ok((self.site.request_count(path) == times).then_some(()))).await
    }

    /// Waits until a script with `return` returns `true`; `what` completes "waited for ...".
    pub(crate) async fn wait_true(&self, what: &str, script: &str) -> Outcome {
        self.until(what, async || Ok((self.evaluate(script).await? == true).then_some(()))).await
    }

    /// Returns the number of visible elements.
    pub(crate) async fn count(&self, what: Find<'_>) -> Outcome<usize> {
        Ok(self.look(&what.arguments("count")).await?.convert()?)
    }

    /// Returns the visible text of an element, once the element is visible.
    pub(crate) async fn text_of(&self, what: Find<'_>) -> Outcome<String> {
        let doing = format!("the text of {what:?}");
        self.until(&doing, async || Ok(self.look(&what.arguments("words")).await?.convert()?)).await
    }

    /// Returns all visible text, with single spaces.
    pub(crate) async fn text(&self) -> Outcome<String> {
        Ok(self.look(&[json!("text")]).await?.convert()?)
    }

    /// Adds the address and the visible text to a failure, and saves a picture.
    pub(crate) async fn describe(&self, name: &str, problem: Problem) -> Problem {
        let picture = self.screenshot(&format!("{name}-failed")).await.err();
        let picture = picture.map_or(String::new(), |error| format!("\n  no screenshot: {error}"));
        let url = self.url().await.unwrap_or_else(|error| error.to_string());
        let text = self.text().await.unwrap_or_else(|error| error.to_string());
        let text: String = text.chars().take(1000).collect();
        format!("{problem}\n  at {url}\n  with the text: {text}{picture}").into()
    }

    async fn find(&self, what: Find<'_>) -> Outcome<Option<WebElement>> {
        let found = self.look(&what.arguments("find")).await?;
        Ok(if found.json().is_null() { None } else { Some(found.element()?) })
    }

    async fn look(&self, arguments: &[Value]) -> WebDriverResult<ScriptRet> {
        let script = concat!(include_str!("page.js"), "return look(...arguments);");
        self.session.execute(script, arguments).await
    }

    /// Repeats an attempt until it has a result. An error is retried too: the page may change between two commands.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        mut attempt: impl AsyncFnMut() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let started = Instant::now();
        loop {
            let last = match attempt().await {
                Ok(Some(result)) => return Ok(result),
                Ok(None) => String::new(),
                Err(problem) => format!(": {problem}"),
            };
            if started.elapsed() > TIMEOUT {
                return Err(format!("waited {} s for {what}{last}", TIMEOUT.as_secs()).into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Find<'_> {
    fn arguments(self, verb: &str) -> Vec<Value> {
        match self {
            Css(selector) => vec![json!(verb), json!("css"), json!(selector)],
            Text(words) => vec![json!(verb), json!("text"), json!(words)],
            Role(role, name) => vec![json!(verb), json!("role"), json!(role), json!(name)],
        }
    }
}

fn key(name: &str) -> Outcome<char> {
    let named = match name {
        "Alt" => Key::Alt,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "Backspace" => Key::Backspace,
        "Control" => Key::Control,
        "End" => Key::End,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Home" => Key::Home,
        "Meta" => Key::Meta,
        "PageDown" => Key::PageDown,
        "PageUp" => Key::PageUp,
        "Shift" => Key::Shift,
        "Space" => Key::Space,
        "Tab" => Key::Tab,
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => Err(format!("there is no key named {name:?}").into()),
            };
        }
    };
    Ok(named.value())
}
