//! The three engines: starting each one's driver, and the settings of its sessions.

use std::fmt;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::problem::Outcome;
use crate::process::{Process, find_program};

/// Time limit of a start. Firefox takes seconds, and a minute on a busy machine.
const START_TIMEOUT: Duration = Duration::from_mins(2);

/// One of the three engines that all current browsers are built on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// An open session together with what keeps it alive. Fields are dropped in this order: the driver before its files.
pub(crate) struct Browser {
    pub(crate) session: WebDriver,
    pub(crate) engine: Engine,
    /// Size of the window when the browser was started.
    size: (u32, u32),
    _driver: Process,
    _display: Option<Process>,
    _files: TempDir,
}

impl Browser {
    /// Closes all tabs but a new one, in a window of the usual size.
    pub(crate) async fn renew_tab(&self) -> Outcome {
        let old = self.session.windows().await?;
        let tab = self.session.new_tab().await?;
        for window in old {
            self.session.switch_to_window(window).await?;
            self.session.close_window().await?;
        }
        self.session.switch_to_window(tab).await?;
        let (width, height) = self.size;
        Ok(self.session.set_window_rect(0, 0, width, height).await?)
    }

    /// Ends the session, then the driver.
    pub(crate) async fn close(self) -> Outcome {
        Ok(self.session.clone().quit().await?)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name of the engine in `NOTEBOOK_ENGINES` and in the names of screenshots.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Returns true if `NOTEBOOK_ENGINES` includes it. An unknown name is an error.
    pub(crate) fn is_wanted(self) -> bool {
        let Ok(list) = std::env::var("NOTEBOOK_ENGINES") else { return true };
        let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        for name in &names {
            let known = Self::ALL.iter().any(|engine| engine.name() == *name);
            assert!(known, "NOTEBOOK_ENGINES names `{name}`; the engines are chromium, firefox and webkit");
        }
        names.is_empty() || names.contains(&self.name())
    }

    /// Starts a driver of its own and opens a session with a fresh profile.
    pub(crate) async fn open(self) -> Outcome<Browser> {
        // The client of the drivers speaks plain HTTP, but needs a provider. One that is installed already will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let files = tempfile::tempdir()?;
        let port = free_port()?;
        let (display, number) = match self {
            Self::WebKit => display().map(|(server, number)| (Some(server), number))?,
            _ => (None, String::new()),
        };
        let driver = self.start_driver(port, files.path(), &number)?;
        let address = format!("http://127.0.0.1:{port}");
        wait_for(port).await.map_err(|error| format!("the driver of {self} does not answer: {error}"))?;

        let mut capabilities = Capabilities::new();
        for (key, value) in self.settings()? {
            capabilities.set(key, value)?;
        }
        let session =
            WebDriver::builder(&*address, capabilities).request_timeout(START_TIMEOUT).connect().await?;
        session.set_page_load_timeout(START_TIMEOUT).await?;
        let window = session.get_window_rect().await?;
        let pixels = |length: i64| u32::try_from(length).map_err(|error| error.to_string());
        let size = (pixels(window.width)?, pixels(window.height)?);
        Ok(Browser { session, engine: self, size, _driver: driver, _display: display, _files: files })
    }

    fn start_driver(self, port: u16, files: &Path, display: &str) -> Outcome<Process> {
        let (names, places) = match self {
            Self::Chromium => {
                (&["chromedriver"], vec!["/usr/lib/chromium".into(), "/usr/lib/chromium-browser".into()])
            }
            Self::Firefox => (&["geckodriver"], Vec::new()),
            Self::WebKit => (&["WebKitWebDriver"], webkit_folders()),
        };
        let program = find_program(names, &places)?;
        let mut arguments = vec![format!("--port={port}")];
        if self == Self::Firefox {
            // Its default is one fixed port, which the second driver would not get.
            arguments.push(format!("--websocket-port={}", free_port()?));
        }
        // Profiles are made in the temporary folder, which goes with the browser.
        let files = files.to_string_lossy();
        let mut vars = vec![("TMPDIR", &*files)];
        // The same fonts on every machine, for pictures.
        let fonts = std::env::var("NOTEBOOK_FONTS").unwrap_or_default();
        if self == Self::Chromium && !fonts.is_empty() {
            vars.push(("FONTCONFIG_FILE", &fonts));
        }
        if self == Self::WebKit {
            vars.extend([("DISPLAY", display), ("LIBGL_ALWAYS_SOFTWARE", "1"), ("NO_AT_BRIDGE", "1")]);
        }
        Process::start(program.as_os_str(), &arguments, &vars)
    }

    fn settings(self) -> Outcome<Vec<(&'static str, Value)>> {
        Ok(match self {
            // The networking flags keep it from waiting for its vendor's servers. Containers run it as root, hence no sandbox.
            // The last flags draw the same pictures on every machine.
            Self::Chromium => vec![
                ("browserName", json!("chrome")),
                (
                    "goog:chromeOptions",
                    json!({ "args": [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--disable-dev-shm-usage", "--window-size=1280,900", "--font-render-hinting=none",
                        "--disable-lcd-text", "--force-color-profile=srgb",
                    ] }),
                ),
            ],
            Self::Firefox => vec![
                ("browserName", json!("firefox")),
                (
                    "moz:firefoxOptions",
                    json!({
                        "binary": find_program(&["firefox-esr", "firefox"], &[])?,
                        "args": ["-headless", "-width", "1280", "-height", "900"],
                        "prefs": {
                            "app.update.enabled": false,
                            "network.captive-portal-service.enabled": false,
                            "network.connectivity-service.enabled": false,
                        },
                    }),
                ),
            ],
            Self::WebKit => vec![
                ("browserName", json!("MiniBrowser")),
                (
                    "webkitgtk:browserOptions",
                    json!({
                        "binary": find_program(&["MiniBrowser"], &webkit_folders())?,
                        "args": ["--automation"],
                    }),
                ),
            ],
        })
    }
}

/// Returns the folders outside PATH in which systems keep the programs of `WebKit`, newest version first.
fn webkit_folders() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let is_webkit =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit"));
    let mut folders = inside(Path::new("/usr/libexec"));
    for folder in inside(Path::new("/usr/lib")) {
        folders.extend(inside(&folder));
        folders.push(folder);
    }
    folders.retain(is_webkit);
    // The newest API first.
    folders.sort_by(|a, b| b.cmp(a));
    folders
}

/// Starts a display for one `WebKit`, which has no headless mode. Of two windows on one display only one would have the
/// focus.
fn display() -> Outcome<(Process, String)> {
    let program = find_program(&["Xvfb"], &[])?;
    let arguments = ["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"].map(String::from);
    let mut server = Process::start(program.as_os_str(), &arguments, &[])?;
    let number = server.first_line()?;
    if number.is_empty() {
        return Err("Xvfb ended without opening a display".into());
    }
    Ok((server, format!(":{number}")))
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

async fn wait_for(port: u16) -> std::io::Result<()> {
    let started = Instant::now();
    loop {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => return Ok(()),
            Err(error) if started.elapsed() > START_TIMEOUT => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
