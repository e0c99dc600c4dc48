//! A local web server for measured pages: it serves files, and receives messages from pages.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as UrlPath, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower_http::services::ServeDir;
use xtask::files;

/// Content below a path prefix.
pub(crate) enum Content {
    /// The files of a folder. The page may write files into it.
    Folder(PathBuf),
    /// The files of a folder as static hosts send them: compressed, and cached for a year if their names have a digest.
    Compressed(PathBuf),
    /// A page, at exactly this path.
    Page(&'static str),
    /// A script, at exactly this path.
    Script(&'static str),
}

/// A message from a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BenchMessage {
    /// Progress.
    Progress(String),
    /// The result.
    Results(String),
    /// An error.
    Failure(String),
}

/// A server that runs until it is dropped.
pub(crate) struct BenchServer {
    /// Address: `http://127.0.0.1:41234`.
    pub(crate) address: String,
    /// Messages from pages.
    pub(crate) messages: Receiver<BenchMessage>,
    _runtime: Runtime,
}

impl BenchServer {
    /// Serves on a free port of the loopback interface.
    ///
    /// # Errors
    /// Fails if no port can be opened, or if files cannot be compressed.
    pub(crate) fn start(contents: Vec<(&'static str, Content)>) -> io::Result<Self> {
        let (sender, messages) = channel();
        let mut router = Router::new()
            .route("/progress", receive(BenchMessage::Progress, &sender))
            .route("/results", receive(BenchMessage::Results, &sender))
            .route("/failure", receive(BenchMessage::Failure, &sender));
        for (prefix, content) in contents {
            router = add(router, prefix, content)?;
        }
        let runtime = Runtime::new()?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
        let address = format!("http://{}", listener.local_addr()?);
        let router = router.layer(axum::middleware::map_response(isolate));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, messages, _runtime: runtime })
    }
}

fn add(router: Router, prefix: &'static str, content: Content) -> io::Result<Router> {
    Ok(match content {
        Content::Page(text) => router.route(prefix, get(move || async move { Html(text) })),
        Content::Script(text) => {
            router.route(prefix, get(move || async move { ([(CONTENT_TYPE, "text/javascript")], text) }))
        }
        Content::Folder(folder) => {
            let upload = post(save).with_state(folder.clone()).layer(DefaultBodyLimit::disable());
            let files = Router::new().route("/{*name}", upload.fallback_service(ServeDir::new(folder)));
            router.nest(prefix.trim_end_matches('/'), files)
        }
        Content::Compressed(folder) => {
            let files = ServeDir::new(compressed_copy(&folder, prefix)?).precompressed_br();
            let files = Router::new().fallback_service(files).layer(axum::middleware::from_fn(cache));
            router.nest(prefix.trim_end_matches('/'), files)
        }
    })
}

/// Returns a route that passes the body of a request on as a message.
fn receive(
    message: fn(String) -> BenchMessage,
    sender: &Sender<BenchMessage>,
) -> axum::routing::MethodRouter {
    let sender = sender.clone();
    let route = post(move |body: String| async move {
        sender.send(message(body)).map_or(StatusCode::GONE, |()| StatusCode::NO_CONTENT)
    });
    route.layer(DefaultBodyLimit::disable())
}

/// Writes a file that the page has made, such as an index, into the folder.
async fn save(State(folder): State<PathBuf>, UrlPath(name): UrlPath<String>, body: Bytes) -> StatusCode {
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return StatusCode::NOT_FOUND;
    }
    match fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(name), body)) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Isolates the page in a process of its own, where it may measure memory, and time in steps of 5 µs.
async fn isolate(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let isolation =
        [("cross-origin-opener-policy", "same-origin"), ("cross-origin-embedder-policy", "require-corp")];
    for (name, value) in isolation {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Lets browsers cache files with a digest in their names.
async fn cache(uri: Uri, request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let is_digest = |part: &str| part.len() >= 8 && part.chars().any(|c| c.is_ascii_digit());
    let has_digest = name.split(['-', '.', '_']).any(is_digest);
    let lifetime = if has_digest { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(lifetime));
    response
}

/// Copies a folder, and adds a copy after brotli of each file that compresses.
fn compressed_copy(folder: &Path, prefix: &str) -> io::Result<PathBuf> {
    const COMPRESSED_FORMATS: [&str; 5] = ["png", "jpg", "jpeg", "webp", "woff2"];
    let copy = super::target().join("bench/compressed").join(prefix.trim_matches('/'));
    if copy.is_dir() {
        fs::remove_dir_all(&copy)?;
    }
    for file in files::files_in(folder)? {
        let to = copy.join(file.strip_prefix(folder).unwrap_or(&file));
        fs::create_dir_all(to.parent().unwrap_or(&copy))?;
        let bytes = fs::read(&file)?;
        let extension = to.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !COMPRESSED_FORMATS.contains(&extension.as_str()) {
            fs::write(to.with_added_extension("br"), files::compress(&bytes)?)?;
        }
        fs::write(&to, bytes)?;
    }
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    fn request(server: &BenchServer, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
        let request = request.replace("\r\n\r\n", "\r\nHost: a\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    #[test]
    fn serves_files_and_receives_reports() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let contents = vec![
            ("/files/", Content::Folder(here.clone())),
            ("/compressed/", Content::Compressed(here.join("benches"))),
            ("/", Content::Page("<p>")),
        ];
        let server = BenchServer::start(contents).unwrap();
        let page = request(&server, "GET /?papers=10 HTTP/1.1\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html"), "{page}");
        assert!(page.ends_with("\r\n\r\n<p>"), "{page}");
        assert!(request(&server, "GET /files/Cargo.toml HTTP/1.1\r\n\r\n").contains("xtask"));
        assert!(!request(&server, "GET /files/../Cargo.toml HTTP/1.1\r\n\r\n").contains("[workspace]"));
        assert!(request(&server, "GET /other HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        let file = request(&server, "HEAD /compressed/native.rs HTTP/1.1\r\nAccept-Encoding: br\r\n\r\n");
        assert!(file.contains("content-encoding: br") && file.contains("cache-control: no-cache"), "{file}");
        request(&server, "POST /results HTTP/1.1\r\nContent-Length: 4\r\n\r\ndone");
        assert_eq!(server.messages.recv(), Ok(BenchMessage::Results("done".to_owned())));
    }
}
