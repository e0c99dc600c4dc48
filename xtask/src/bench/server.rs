//! A web server for one page on this machine: it hands out files and takes what the page tells.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

/// What stands behind addresses that begin alike.
pub(super) enum Source {
    /// The files of a folder; the page may write into it.
    Folder(PathBuf),
    /// The files of a folder as static hosts send them: those that compress are.
    Packed(PathBuf),
    /// One text.
    Text(&'static str),
}

/// What a page tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// How far it is.
    Progress(String),
    /// What came out, at the end.
    Results(String),
    /// Why nothing will come out.
    Failure(String),
}

/// A server that runs as long as the program does.
pub(super) struct Server {
    /// Where it is: `http://127.0.0.1:41234`.
    pub(super) address: String,
    /// What pages have told.
    pub(super) told: Receiver<Told>,
}

type Sources = Arc<Vec<(&'static str, Source)>>;

impl Server {
    /// Serves on a free port of this machine only. The first source whose beginning fits an address has it.
    pub(super) fn start(sources: Vec<(&'static str, Source)>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = format!("http://{}", listener.local_addr()?);
        let (tell, told) = channel();
        let sources = Arc::new(sources);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (sources, tell) = (Arc::clone(&sources), tell.clone());
                // A browser that goes away in the middle is no one's loss.
                thread::spawn(move || answer(stream, &sources, &tell).ok());
            }
        });
        Ok(Self { address, told })
    }
}

/// Answers on a connection until the browser has no more to ask, as static hosts do.
fn answer(mut stream: TcpStream, sources: &Sources, tell: &Sender<Told>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = Request::read(&mut reader)? {
        let path = request.target.split('?').next().unwrap_or_default();
        match request.method.as_str() {
            "GET" => give(&mut stream, path, sources)?,
            "POST" => {
                let taken = take(path, reader.by_ref().take(request.length), sources, tell)?;
                head(&mut stream, if taken { "204 No Content" } else { "404 Not Found" }, "text/plain", 0)?;
            }
            _ => head(&mut stream, "405 Method Not Allowed", "text/plain", 0)?,
        }
        if request.is_last {
            break;
        }
    }
    Ok(())
}

struct Request {
    method: String,
    target: String,
    /// Bytes of its body.
    length: u64,
    is_last: bool,
}

impl Request {
    /// The next one; none where the connection ends.
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut request = Self { method, target, length: 0, is_last: false };
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
                return Ok(Some(request));
            }
            let Some((name, value)) = header.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-length") {
                request.length = value.trim().parse().unwrap_or_default();
            }
            request.is_last |=
                name.eq_ignore_ascii_case("connection") && value.trim().eq_ignore_ascii_case("close");
        }
    }
}

fn give(stream: &mut TcpStream, path: &str, sources: &Sources) -> io::Result<()> {
    match sources.iter().find_map(|(beginning, source)| Some((path.strip_prefix(beginning)?, source))) {
        Some(("", Source::Text(text))) => {
            head(stream, "200 OK", kind(path), text.len() as u64)?;
            stream.write_all(text.as_bytes())
        }
        Some((name, Source::Packed(folder))) if is_inside(name) && folder.join(name).is_file() => {
            packed(stream, &folder.join(name))
        }
        Some((name, Source::Folder(folder))) if is_inside(name) && folder.join(name).is_file() => {
            let mut file = File::open(folder.join(name))?;
            head(stream, "200 OK", kind(name), file.metadata()?.len())?;
            io::copy(&mut file, stream).map(drop)
        }
        _ => head(stream, "404 Not Found", "text/plain", 0),
    }
}

/// Sends a file compressed as `notebook publish` packs it, and kept by browsers where its name says what is in it.
fn packed(stream: &mut TcpStream, file: &Path) -> io::Result<()> {
    static KNOWN: LazyLock<Mutex<HashMap<PathBuf, Vec<u8>>>> = LazyLock::new(Mutex::default);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let compresses = !["png", "jpg", "jpeg", "webp", "woff2"].iter().any(|end| name.ends_with(end));
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
    let body = match known {
        Some(body) => body,
        None if !compresses => fs::read(file)?,
        None => {
            let mut body = Vec::new();
            let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
            brotli::BrotliCompress(&mut fs::read(file)?.as_slice(), &mut body, &params)?;
            KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), body.clone());
            body
        }
    };
    let encoding = if compresses { "Content-Encoding: br\r\n" } else { "" };
    let hashed =
        name.split(['-', '.', '_']).any(|part| part.len() >= 8 && part.chars().any(|c| c.is_ascii_digit()));
    let kept = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {kept}\r\n{encoding}\r\n",
        kind(&name),
        body.len()
    )?;
    stream.write_all(&body)
}

/// Whether there was a place for it.
fn take(path: &str, mut body: impl Read, sources: &Sources, tell: &Sender<Told>) -> io::Result<bool> {
    let told: fn(String) -> Told = match path {
        "/progress" => Told::Progress,
        "/results" => Told::Results,
        "/failure" => Told::Failure,
        _ => {
            let folder = sources.iter().find_map(|(beginning, source)| match source {
                Source::Folder(folder) => Some((path.strip_prefix(beginning)?, folder)),
                Source::Text(_) | Source::Packed(_) => None,
            });
            let Some((name, folder)) = folder.filter(|(name, _)| is_inside(name)) else { return Ok(false) };
            fs::create_dir_all(folder)?;
            io::copy(&mut body, &mut File::create(folder.join(name))?)?;
            return Ok(true);
        }
    };
    let mut text = String::new();
    body.read_to_string(&mut text)?;
    Ok(tell.send(told(text)).is_ok())
}

fn is_inside(name: &str) -> bool {
    !name.is_empty() && !Path::new(name).is_absolute() && name.split(['/', '\\']).all(|part| part != "..")
}

/// A page alone in its process may measure its memory, and time in steps of 5 µs: that is what these headers ask for.
fn head(stream: &mut TcpStream, status: &str, kind: &str, length: u64) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n\r\n"
    )
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js" | "mjs") => "text/javascript",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("md" | "txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        Some("html") => "text/html; charset=utf-8",
        _ if name == "/" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
        let request = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn it_gives_what_it_was_told_to_and_takes_what_pages_tell() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let sources = vec![("/files/", Source::Folder(here)), ("/", Source::Text("<p>"))];
        let server = Server::start(sources).unwrap();
        let page = asked(&server, "GET /?papers=10 HTTP/1.1\r\nHost: a\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html"), "{page}");
        assert!(page.ends_with("\r\n\r\n<p>"), "{page}");
        assert!(asked(&server, "GET /files/Cargo.toml HTTP/1.1\r\n\r\n").contains("xtask"));
        assert!(asked(&server, "GET /files/../Cargo.toml HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(asked(&server, "GET /other HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        asked(&server, "POST /results HTTP/1.1\r\nContent-Length: 4\r\n\r\ndone");
        assert_eq!(server.told.recv(), Ok(Told::Results("done".to_owned())));
    }
}
