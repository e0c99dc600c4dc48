//! The static host of a journey: a folder over HTTP, with faults on demand.
//!
//! No library does this, because half of it is what servers exist to prevent: truncated bodies, responses that never come,
//! HTML in place of JSON, a host that disappears and returns on the same port.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A fault of one path.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// An error status with a short text: 404, 500.
    Status(u16),
    /// An HTML page with status 200, as from a host with a catch-all route.
    Html,
    /// Half of the body under a header with the full length, then the end of the connection.
    Truncated,
    /// Half of the body under a header with the full length, then nothing until the fault is cleared or the site stops.
    StalledHalfway,
    /// The file with wrong bytes in the middle.
    Corrupted,
    /// No response until the fault is cleared or the site stops; then the connection closes.
    Stalled,
    /// Another body under the file's content type.
    Body(String),
    /// The unchanged file after a delay.
    Slow(Duration),
    /// The unchanged file under another content type.
    ContentType(&'static str),
    /// The file as gzip without `Content-Encoding`, as a browser sees one that was compressed twice.
    CompressedTwice,
}

/// A folder that is served on a free port of this machine until the value is dropped.
pub(crate) struct Site {
    shared: Arc<SharedSite>,
    address: SocketAddr,
    listening: Mutex<Option<JoinHandle<()>>>,
}

struct SharedSite {
    folder: PathBuf,
    state: Mutex<SiteState>,
}

#[derive(Default)]
struct SiteState {
    faults: HashMap<String, Fault>,
    requests: Vec<String>,
    stopping: bool,
}

impl Site {
    /// Starts serving `folder`.
    pub(crate) fn serve(folder: &Path) -> io::Result<Self> {
        let listener = listen_on_new_port()?;
        let address = listener.local_addr()?;
        let shared = Arc::new(SharedSite { folder: folder.to_owned(), state: Mutex::default() });
        // A cached page would not notice faults. Journeys that need the service worker clear this fault.
        let worker = ("/sw.js".to_owned(), Fault::Status(404));
        shared.state().faults.extend([worker]);
        let site = Self { shared, address, listening: Mutex::default() };
        site.listen(listener);
        Ok(site)
    }

    /// Returns the address, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Adds a fault to a path such as `/notebook.json`.
    pub(crate) fn set_fault(&self, path: &str, fault: Fault) {
        self.shared.state().faults.insert(path.to_owned(), fault);
    }

    /// Removes the fault of a path.
    pub(crate) fn clear_fault(&self, path: &str) {
        self.shared.state().faults.remove(path);
    }

    /// Returns the number of requests for `path`.
    pub(crate) fn request_count(&self, path: &str) -> usize {
        self.shared.state().requests.iter().filter(|requested| *requested == path).count()
    }

    /// Returns all requested paths below a path.
    pub(crate) fn requests_below(&self, path: &str) -> Vec<String> {
        self.shared.state().requests.iter().filter(|requested| requested.starts_with(path)).cloned().collect()
    }

    /// Returns the paths of all files in a folder of the site.
    pub(crate) fn files_below(&self, path: &str) -> io::Result<Vec<String>> {
        let folder = self.shared.file(path.trim_end_matches('/'));
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let names = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name()));
        names.map(|name: io::Result<_>| Ok(format!("{path}{}", name?.to_string_lossy()))).collect()
    }

    /// Stops listening, so that connections are refused.
    pub(crate) fn stop(&self) {
        let Some(thread) = self.listening().take() else { return };
        self.shared.state().stopping = true;
        // Wakes the listener, which waits for a connection.
        let _ = TcpStream::connect(self.address);
        let _ = thread.join();
    }

    /// Listens on the same port again.
    pub(crate) fn start(&self) -> io::Result<()> {
        self.stop();
        let started = Instant::now();
        let listener = loop {
            match TcpListener::bind(self.address) {
                Ok(listener) => break listener,
                Err(error) if started.elapsed() > Duration::from_secs(10) => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        self.listen(listener);
        Ok(())
    }

    fn listen(&self, listener: TcpListener) {
        self.shared.state().stopping = false;
        let shared = Arc::clone(&self.shared);
        *self.listening() = Some(std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.state().stopping {
                    break;
                }
                let shared = Arc::clone(&shared);
                // A browser that disconnects early is not an error.
                std::thread::spawn(move || stream.and_then(|stream| shared.respond(&stream)));
            }
        }));
    }

    fn listening(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.listening.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

impl SharedSite {
    fn state(&self) -> MutexGuard<'_, SiteState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn respond(&self, mut stream: &TcpStream) -> io::Result<()> {
        // Browsers open connections ahead of time and say nothing on them.
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let Some((method, path)) = read_request(stream)? else { return Ok(()) };
        // The site may have stopped since the connection was opened.
        if self.state().stopping {
            return stream.shutdown(Shutdown::Both);
        }
        self.state().requests.push(path.clone());
        let file = self.file(&path);
        let kind = content_type(&file);
        let body = std::fs::read(&file);
        let fault = self.state().faults.get(&path).cloned();
        if let Some(Fault::Slow(time)) = fault {
            std::thread::sleep(time);
        }
        let (status, kind, body) = match (fault, body) {
            (Some(Fault::Stalled), _) => {
                self.wait_while_stalled(&path);
                return stream.shutdown(Shutdown::Both);
            }
            (Some(Fault::Status(status)), _) => {
                (status, "text/plain", format!("status {status}").into_bytes())
            }
            (Some(Fault::Html), _) => (200, "text/html", b"<!doctype html><title>Home</title>".to_vec()),
            (Some(Fault::Body(text)), _) => (200, kind, text.into_bytes()),
            (Some(Fault::Corrupted), Ok(body)) => (200, kind, corrupted(body)),
            (Some(Fault::ContentType(other)), Ok(body)) => (200, other, body),
            (Some(Fault::CompressedTwice), Ok(body)) => {
                let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                gzip.write_all(&body)?;
                (200, kind, gzip.finish()?)
            }
            (Some(Fault::Truncated | Fault::StalledHalfway | Fault::Slow(_)) | None, Ok(body)) => {
                (200, kind, body)
            }
            (_, Err(_)) => (404, "text/plain", b"not found".to_vec()),
        };
        let stalls_halfway = matches!(self.state().faults.get(&path), Some(Fault::StalledHalfway));
        let truncated = stalls_halfway || matches!(self.state().faults.get(&path), Some(Fault::Truncated));
        let sent = if truncated { &body[..body.len() / 2] } else { &body[..] };
        write!(
            stream,
            "HTTP/1.1 {status} {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        if method != "HEAD" {
            stream.write_all(sent)?;
        }
        if stalls_halfway {
            self.wait_while_stalled(&path);
        }
        stream.shutdown(Shutdown::Write)?;
        // Closing while the browser still sends would reset the connection and truncate the body.
        io::copy(&mut stream.take(64 * 1024), &mut io::sink()).map(drop)
    }

    fn wait_while_stalled(&self, path: &str) {
        loop {
            let state = self.state();
            if state.stopping
                || !matches!(state.faults.get(path), Some(Fault::Stalled | Fault::StalledHalfway))
            {
                return;
            }
            drop(state);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns the file of a path: `index.html` for a folder. Parent components are ignored.
    fn file(&self, path: &str) -> PathBuf {
        let inside: PathBuf =
            Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let file = self.folder.join(inside);
        if path.ends_with('/') { file.join("index.html") } else { file }
    }
}

/// Listens on a free port that no other site of this run has had: browsers keep what an origin has stored.
fn listen_on_new_port() -> io::Result<TcpListener> {
    static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        if USED.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
            return Ok(listener);
        }
    }
}

/// Reads the method, and the path without its query, decoded; `None` if the connection closes first.
fn read_request(stream: &TcpStream) -> io::Result<Option<(String, String)>> {
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(None) };
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let path = target.split('?').next().unwrap_or_default();
    Ok(Some((method.to_owned(), decode(path))))
}

fn corrupted(mut body: Vec<u8>) -> Vec<u8> {
    let middle = body.len() / 2;
    for byte in body.iter_mut().skip(middle).take(8) {
        *byte = !*byte;
    }
    body
}

fn decode(path: &str) -> String {
    let mut decoded = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code =
            after.get(..2).and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        match code {
            Some(code) if byte == b'%' => {
                decoded.push(code);
                rest = &after[2..];
            }
            _ => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Returns the content type by extension. Browsers refuse to compile WebAssembly under another one while it arrives.
fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("md" | "txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}
