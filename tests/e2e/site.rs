//! The static host of a journey: a folder over HTTP, with faults on demand.
//!
//! It is ours, and not a library, because half of what it does is what servers exist to prevent: a body that stops in
//! the middle, an answer that never comes, HTML in place of JSON, a host that goes and comes back on the same port.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How a path misbehaves.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Another status than 200, with a short text: 404, 500.
    Status(u16),
    /// A page with status 200, as hosts with a catch-all answer.
    Html,
    /// The whole length is promised, half of it is sent, then the connection closes.
    Truncated,
    /// The whole length is promised, half of it is sent, then nothing until the fault is mended or the site stops.
    Halted,
    /// The whole length, with bytes in the middle that are not the file's.
    Flipped,
    /// No answer, until the fault is mended or the site stops; then the connection closes.
    Stalled,
    /// Another body, with the file's content type.
    Body(String),
    /// The file as it is, after a while.
    Slow(Duration),
    /// The file as it is, under another content type.
    Typed(&'static str),
}

/// A folder served on a free port of this machine, until the value goes.
pub(crate) struct Site {
    shared: Arc<Shared>,
    address: SocketAddr,
    listening: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    faults: HashMap<String, Fault>,
    asked: Vec<String>,
    stopping: bool,
}

impl Site {
    /// Starts to serve `folder`.
    pub(crate) fn serve(folder: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { folder: folder.to_owned(), state: Mutex::default() });
        // A page that is kept in the browser would not notice that anything breaks: journeys ask for it (`mend`).
        let worker = ("/sw.js".to_owned(), Fault::Status(404));
        shared.state().faults.extend([worker]);
        let site = Self { shared, address, listening: Mutex::default() };
        site.listen(listener);
        Ok(site)
    }

    /// Its address, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on `path` (`/notebook.json`) misbehaves.
    pub(crate) fn break_path(&self, path: &str, fault: Fault) {
        self.shared.state().faults.insert(path.to_owned(), fault);
    }

    /// From now on `path` is served as it is.
    pub(crate) fn mend(&self, path: &str) {
        self.shared.state().faults.remove(path);
    }

    /// How many times `path` was asked for.
    pub(crate) fn times_asked(&self, path: &str) -> usize {
        self.shared.state().asked.iter().filter(|asked| *asked == path).count()
    }

    /// Everything that was asked for below a path.
    pub(crate) fn asked_below(&self, path: &str) -> Vec<String> {
        self.shared.state().asked.iter().filter(|asked| asked.starts_with(path)).cloned().collect()
    }

    /// The paths of all files in one of its folders.
    pub(crate) fn files_below(&self, path: &str) -> io::Result<Vec<String>> {
        let folder = self.shared.file(path.trim_end_matches('/'));
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let names = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name()));
        names.map(|name: io::Result<_>| Ok(format!("{path}{}", name?.to_string_lossy()))).collect()
    }

    /// Goes away: connections are refused.
    pub(crate) fn stop(&self) {
        let Some(thread) = self.listening().take() else { return };
        self.shared.state().stopping = true;
        // Wakes the listener, which otherwise waits for a visitor.
        let _ = TcpStream::connect(self.address);
        let _ = thread.join();
    }

    /// Comes back on the same port.
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
            for visitor in listener.incoming() {
                if shared.state().stopping {
                    break;
                }
                let shared = Arc::clone(&shared);
                // A visitor who hangs up early is no failure of the site.
                std::thread::spawn(move || visitor.and_then(|visitor| shared.answer(&visitor)));
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

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, mut visitor: &TcpStream) -> io::Result<()> {
        // Browsers open connections ahead of time and say nothing on them.
        visitor.set_read_timeout(Some(Duration::from_secs(30)))?;
        let Some((method, path)) = read_request(visitor)? else { return Ok(()) };
        // One that was opened ahead of time is not answered by a site that has stopped since.
        if self.state().stopping {
            return visitor.shutdown(Shutdown::Both);
        }
        self.state().asked.push(path.clone());
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
                return visitor.shutdown(Shutdown::Both);
            }
            (Some(Fault::Status(status)), _) => {
                (status, "text/plain", format!("status {status}").into_bytes())
            }
            (Some(Fault::Html), _) => (200, "text/html", b"<!doctype html><title>Home</title>".to_vec()),
            (Some(Fault::Body(text)), _) => (200, kind, text.into_bytes()),
            (Some(Fault::Flipped), Ok(body)) => (200, kind, flipped(body)),
            (Some(Fault::Typed(other)), Ok(body)) => (200, other, body),
            (Some(Fault::Truncated | Fault::Halted | Fault::Slow(_)) | None, Ok(body)) => (200, kind, body),
            (_, Err(_)) => (404, "text/plain", b"not found".to_vec()),
        };
        let halted = matches!(self.state().faults.get(&path), Some(Fault::Halted));
        let truncated = halted || matches!(self.state().faults.get(&path), Some(Fault::Truncated));
        let sent = if truncated { &body[..body.len() / 2] } else { &body[..] };
        write!(
            visitor,
            "HTTP/1.1 {status} {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        if method != "HEAD" {
            visitor.write_all(sent)?;
        }
        if halted {
            self.wait_while_stalled(&path);
        }
        visitor.shutdown(Shutdown::Write)?;
        // Closing while the visitor still speaks would reset the connection and cost it the end of the body.
        io::copy(&mut visitor.take(64 * 1024), &mut io::sink()).map(drop)
    }

    fn wait_while_stalled(&self, path: &str) {
        loop {
            let state = self.state();
            if state.stopping || !matches!(state.faults.get(path), Some(Fault::Stalled | Fault::Halted)) {
                return;
            }
            drop(state);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The file behind a path: a folder's is its `index.html`; steps out of the folder lead nowhere.
    fn file(&self, path: &str) -> PathBuf {
        let inside: PathBuf =
            Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let file = self.folder.join(inside);
        if path.ends_with('/') { file.join("index.html") } else { file }
    }
}

/// The method and the path, decoded and without its query; `None` when the visitor said nothing.
fn read_request(visitor: &TcpStream) -> io::Result<Option<(String, String)>> {
    let mut lines = BufReader::new(visitor).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(None) };
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let path = target.split('?').next().unwrap_or_default();
    Ok(Some((method.to_owned(), decode(path))))
}

fn flipped(mut body: Vec<u8>) -> Vec<u8> {
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

/// Browsers compile WebAssembly while it arrives only when its type is right.
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
