//! Packages of the operating system: browsers, their drivers, a display, a web server, readers of bibliographies.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{output, run};
use crate::tools::find_in;

/// Packages that tests need: engine, Debian package, and the programs of which one must exist.
const NEEDED: [(&str, &str, &[&str]); 5] = [
    ("chromium", "chromium", &["chromium", "chromium-browser", "google-chrome"]),
    ("chromium", "chromium-driver", &["chromedriver"]),
    ("firefox", "firefox-esr", &["firefox-esr", "firefox"]),
    ("webkit", "webkit2gtk-driver", &["WebKitWebDriver"]),
    ("webkit", "xvfb", &["Xvfb"]),
];

/// The web server of the tests of publishing, and readers of bibliographies: their Debian packages, and a file of each.
const SERVER: [(&str, &str); 4] = [
    ("biber", "/usr/bin/biber"),
    ("pandoc", "/usr/bin/pandoc"),
    ("nginx", "/usr/sbin/nginx"),
    ("libnginx-mod-http-brotli-static", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
];

/// Returns true if the comma-separated list `NOTEBOOK_ENGINES` has this engine, or is not set.
pub(crate) fn is_wanted(engine: &str) -> bool {
    match env::var("NOTEBOOK_ENGINES") {
        Ok(list) if !list.trim().is_empty() => list.split(',').any(|name| name.trim() == engine),
        _ => true,
    }
}

/// Returns the missing packages.
pub(crate) fn missing() -> Vec<&'static str> {
    let mut places = folders();
    places.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let places = env::join_paths(places).unwrap_or_else(|_| OsString::new());
    NEEDED
        .into_iter()
        .filter(|(engine, _, _)| is_wanted(engine))
        .filter(|(_, _, programs)| !programs.iter().any(|program| find_in(&places, program).is_some()))
        .map(|(_, package, _)| package)
        .collect()
}

/// Returns the missing packages of the web server and of the readers of bibliographies.
pub(crate) fn missing_server() -> Vec<&'static str> {
    SERVER.into_iter().filter(|(_, file)| !Path::new(file).is_file()).map(|(package, _)| package).collect()
}

/// Returns folders in which systems keep drivers outside PATH.
pub(crate) fn folders() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let mut found = inside(Path::new("/usr/libexec"));
    for folder in inside(Path::new("/usr/lib")) {
        found.extend(inside(&folder));
        found.push(folder);
    }
    found.retain(|folder| folder.join("chromedriver").is_file() || folder.join("WebKitWebDriver").is_file());
    found.sort_by(|a, b| b.cmp(a));
    found
}

/// Installs packages by apt-get, as root or by sudo where it does not ask for a password.
pub fn install(packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    if output(Command::new("apt-get").arg("--version")).is_err() {
        return Err(format!(
            "these are missing, by their Debian names: {list}. Install them as your system does it, with their programs on PATH."
        ));
    }
    let is_root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root && output(Command::new("sudo").args(["-n", "true"])).is_err() {
        return Err(format!("these are missing: run `sudo apt-get install {list}`, then start again."));
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if is_root { "env" } else { "sudo" });
        if !is_root {
            command.args(["-n", "env"]);
        }
        // Tests start the server themselves: these keep the package from starting it.
        command.args(["DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1", "RUNLEVEL=1"]);
        run(command.args(["apt-get", "--yes", "--quiet"]).args(arguments))
    };
    let done = apt(&["update"]).and_then(|()| apt(&[&["install"], packages].concat()));
    done.map_err(|reason| format!("{reason} Install these yourself, then start again: {list}."))
}
