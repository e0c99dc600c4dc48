//! `notebook serve`: a notebook in a browser, updated whenever one of its files changes.
//!
//! 1. `watched_files` waits for a change of a file that the page is made from;
//! 2. `preview` builds the page into a temporary folder, and collects the problems of the notebook;
//! 3. `server` serves the folder of the last good build, and streams its version and problems to the page;
//! 4. `src/site/live_reload.js` in the page lets the client replace what changed in place, or loads the page again at the same place
//!    if more than the notebook's text has changed; it shows the problems.

mod preview;
mod server;
mod watched_files;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::Args;
use tokio::sync::watch;

use self::preview::{BuildState, LivePreview};
use self::watched_files::WatchedFiles;
use super::notebook_file;
use crate::site::Failure;
use crate::site::frame::Frame;

/// Ports that are tried, from the one asked for.
const PORTS_TRIED: u16 = 20;

/// The arguments of the `serve` subcommand.
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
    #[arg(env = "NOTEBOOK_FILE")]
    file: Option<PathBuf>,
    /// The port to listen on; if it is taken, the next free one
    #[arg(long, short, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 lets other machines see the notebook
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Use the page and programs in this folder instead of those in the command
    #[arg(long, env = "NOTEBOOK_PAGE", value_name = "FOLDER")]
    page: Option<PathBuf>,
}

/// Serves a notebook until the process is interrupted.
///
/// # Errors
/// Fails if there is no such file, no free port, or no page in this command.
pub(super) fn serve(arguments: ServeArguments) -> Result<(), Failure> {
    let file = notebook_file::find(arguments.file)?;
    let frame = Frame::find(arguments.page)?.ok_or(
        "this command was compiled without a page: `cargo xtask package` makes one with a page, and `cargo xtask serve` \
         serves a notebook with Trunk",
    )?;
    let listener = listen(SocketAddr::new(arguments.host, arguments.port))?;
    let address = listener.local_addr().map_err(|error| format!("the port is unknown: {error}"))?;
    let folder = tempfile::Builder::new().prefix("notebook-serve-").tempdir();
    let folder = folder.map_err(|error| format!("a temporary folder cannot be created: {error}"))?;
    let (sender, state) = watch::channel(Arc::new(BuildState::default()));
    let mut preview = LivePreview::new(file.clone(), frame, folder.path().to_owned());
    let mut files = WatchedFiles::new();
    files.watch(preview.files());
    // The first page is built before the browser asks for it.
    sender.send_replace(Arc::new(preview.rebuild()));
    files.watch(preview.files());
    let url = url_of(address);
    println!("{} is at {url}  (Ctrl+C ends this)", file.display());
    if !arguments.no_open
        && let Err(error) = open::that_detached(&url)
    {
        eprintln!("note: no browser could be opened ({error}): open {url} yourself");
    }
    let is_loopback = address.ip().is_loopback();
    thread::spawn(move || {
        loop {
            files.wait_for_change();
            sender.send_replace(Arc::new(preview.rebuild()));
            files.watch(preview.files());
        }
    });
    server::run(listener, state, is_loopback)
}

/// Listens on a port, or on the next one that is free.
fn listen(wanted: SocketAddr) -> Result<TcpListener, Failure> {
    let last = if wanted.port() == 0 { 0 } else { wanted.port().saturating_add(PORTS_TRIED) };
    for port in wanted.port()..=last {
        match TcpListener::bind((wanted.ip(), port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(format!("port {port} of {} cannot be used: {error}", wanted.ip())),
        }
    }
    Err(format!("the ports {} to {last} are all taken: choose another with --port", wanted.port()))
}

/// Returns the address for a browser on this machine.
fn url_of(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}/", address.port())
    } else {
        format!("http://{address}/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_the_next_one() {
        let first = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let taken = first.local_addr().unwrap();
        let second = listen(taken).unwrap().local_addr().unwrap();
        assert!(second.port() > taken.port() && second.port() <= taken.port() + PORTS_TRIED, "{second}");
    }
}
