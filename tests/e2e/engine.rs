//! The three engines: how each one's driver starts, and with which settings it opens a session.

use std::fmt;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::problem::Outcome;
use crate::process::{Process, find_program};

/// How many browsers run at once. More of them slow each other down until something times out.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Firefox takes seconds to start, and a minute on a busy machine.
const START: Duration = Duration::from_secs(120);

/// One of the three engines that every browser of today is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// An open session together with what keeps it alive. Fields go in this order: the driver before its files.
pub(crate) struct Browser {
    pub(crate) session: WebDriver,
    _driver: Process,
    _display: Option<Process>,
    _files: TempDir,
    _seat: SemaphorePermit<'static>,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Engine {
    /// As `NOTEBOOK_ENGINES` and the names of screenshots spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether `NOTEBOOK_ENGINES` asks for it. A name that is none of the three is a mistake, not a wish for nothing.
    pub(crate) fn is_wanted(self) -> bool {
        let Ok(list) = std::env::var("NOTEBOOK_ENGINES") else { return true };
        let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        for name in &names {
            let known =
                [Self::Chromium, Self::Firefox, Self::WebKit].iter().any(|engine| engine.name() == *name);
            assert!(known, "NOTEBOOK_ENGINES names `{name}`; the engines are chromium, firefox and webkit");
        }
        names.is_empty() || names.contains(&self.name())
    }

    /// Starts a driver of its own and opens a session with a fresh profile.
    pub(crate) async fn open(self) -> Outcome<Browser> {
        // The client of the drivers speaks plain HTTP, and wants to know all the same. Whoever was first is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let seat = SEATS.acquire().await.map_err(|error| error.to_string())?;
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
        let session = WebDriver::builder(&*address, capabilities).request_timeout(START).connect().await?;
        session.set_page_load_timeout(START).await?;
        Ok(Browser { session, _driver: driver, _display: display, _files: files, _seat: seat })
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
        if self == Self::WebKit {
            vars.extend([("DISPLAY", display), ("LIBGL_ALWAYS_SOFTWARE", "1"), ("NO_AT_BRIDGE", "1")]);
        }
        Process::start(program.as_os_str(), &arguments, &vars)
    }

    fn settings(self) -> Outcome<Vec<(&'static str, Value)>> {
        Ok(match self {
            // The networking flags keep it from waiting for its maker's servers; containers run it as root.
            Self::Chromium => vec![
                ("browserName", json!("chrome")),
                (
                    "goog:chromeOptions",
                    json!({ "args": [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--disable-dev-shm-usage", "--window-size=1280,900",
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

/// Systems keep programs of `WebKit` off PATH, in folders named for the version.
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

/// A display of its own for a `WebKit`, which has no headless mode: of two windows on one display only one has the focus, and
/// the page in the other is told of none.
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
            Err(error) if started.elapsed() > START => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
