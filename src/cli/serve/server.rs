//! The local server: the files of the last good build, and an event stream that announces newer ones.

use std::convert::Infallible;
use std::fs;
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures_util::{Stream, stream};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::preview::BuildState;
use crate::site::Failure;
use crate::site::media_types::{cache_control, content_type};

/// The script of every page. It is a file, which the policy of a page allows without a change.
const SCRIPT: &str = include_str!("../../site/live_reload.js");
/// The address of the script. No file of a site begins with an underscore and a folder.
const SCRIPT_PATH: &str = "/_notebook/live_reload.js";
/// The address of the event stream.
const EVENTS_PATH: &str = "/_notebook/events";
/// The page before the first build.
const WAITING_PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Notebook</title></head>\
    <body><p>The notebook cannot be shown yet.</p></body></html>";

type StateReceiver = watch::Receiver<Arc<BuildState>>;

/// Serves until the process is interrupted or asked to end.
///
/// # Errors
/// Fails if the listener cannot be used.
pub(super) fn run(listener: TcpListener, state: StateReceiver, is_loopback: bool) -> Result<(), Failure> {
    let failed = |error: std::io::Error| format!("the server cannot be started: {error}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let ended = runtime.block_on(async {
        listener.set_nonblocking(true).map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let mut router = Router::new()
            .route(EVENTS_PATH, get(events))
            .route(SCRIPT_PATH, get(|| async { ([(header::CONTENT_TYPE, content_type("a.js"))], SCRIPT) }))
            .fallback(file)
            .with_state(state);
        if is_loopback {
            router = router.layer(middleware::from_fn(reject_other_hosts));
        }
        tokio::select! {
            served = axum::serve(listener, router).into_future() => served.map_err(failed),
            () = interrupted() => Ok(()),
        }
    });
    // Open event streams would keep a graceful end waiting for ever.
    runtime.shutdown_background();
    ended
}

/// Waits for Ctrl+C, or another signal to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut terminate), Ok(mut hangup)) =
            (signal(SignalKind::terminate()), signal(SignalKind::hangup()))
        {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Rejects requests under another name than this machine's: a web site could give its own name the address 127.0.0.1, and then
/// read the notebook.
async fn reject_other_hosts(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if ["localhost", "127.0.0.1", "[::1]"].contains(&name) {
        return next.run(request).await;
    }
    let sentence = "This notebook is served to this machine only. To serve it to other machines, run \
                    `notebook serve --host 0.0.0.0`.\n";
    (StatusCode::FORBIDDEN, sentence).into_response()
}

/// Streams the state of the notebook: now, and after every build.
async fn events(State(state): State<StateReceiver>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut state = state;
    state.mark_changed();
    let events = stream::unfold(state, |mut state| async {
        state.changed().await.ok()?;
        let current = Arc::clone(&state.borrow_and_update());
        let json = serde_json::to_string(&*current).unwrap_or_default();
        Some((Ok(Event::default().data(json)), state))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Sends a file of the newest build that has it: a page may ask for files of the build that it is from.
async fn file(State(state): State<StateReceiver>, request: Request) -> Response {
    let state = Arc::clone(&state.borrow());
    let Some(name) = file_name(request.uri().path()) else {
        return (StatusCode::BAD_REQUEST, "This is not the path of a file.\n").into_response();
    };
    let name = name.to_string_lossy();
    let found = if state.index_name() == Some(&*name) {
        let index = Arc::clone(&state.index);
        // A large one would keep the event stream waiting.
        tokio::task::spawn_blocking(move || index.bytes().to_vec()).await.ok()
    } else {
        state.folders.iter().find_map(|folder| fs::read(folder.join(&*name)).ok())
    };
    let is_page = Path::new(&*name).extension().is_some_and(|extension| extension == "html");
    let page = |html: &str| (no_store(), Html(with_script(html, &state))).into_response();
    match found {
        Some(bytes) if is_page => page(&String::from_utf8_lossy(&bytes)),
        Some(bytes) => {
            let caching = cache_control(&name);
            ([(header::CONTENT_TYPE, content_type(&name)), (header::CACHE_CONTROL, caching)], bytes)
                .into_response()
        }
        None if is_page && state.folders.is_empty() => page(WAITING_PAGE),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

fn no_store() -> [(HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}

/// Returns the file that a path of the site names; `None` if it would lead out of it.
fn file_name(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut name = PathBuf::new();
    for part in Path::new(decoded.trim_start_matches('/')).components() {
        match part {
            Component::Normal(part) => name.push(part),
            Component::CurDir => {}
            _ => return None,
        }
    }
    if decoded.ends_with('/') {
        name.push("index.html");
    }
    Some(name)
}

/// Inserts the script into a page of this state.
fn with_script(page: &str, BuildState { version, shell, .. }: &BuildState) -> String {
    let script = format!(
        "<script src=\"{SCRIPT_PATH}\" data-version=\"{version}\" data-shell=\"{shell}\" defer></script></head>"
    );
    page.replacen("</head>", &script, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_the_site() {
        let name = |path| file_name(path).map(|name| name.to_string_lossy().into_owned());
        assert_eq!(name("/").as_deref(), Some("index.html"));
        assert_eq!(name("/in/").as_deref(), Some("in/index.html"));
        assert_eq!(name("/a%20b/caf%C3%A9.png").as_deref(), Some("a b/café.png"));
        for path in ["/../x", "/a/%2e%2e/%2e%2e/x", "/%2e%2e%2fx", "/%ff"] {
            assert_eq!(name(path), None, "{path}");
        }
        assert_eq!(name("//etc/passwd").as_deref(), Some("etc/passwd"));
    }
}
