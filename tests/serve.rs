//! `notebook serve` over real HTTP, with real files that change as editors change them.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

const FRAME: &str = include_str!("../index.html");
/// The longest time that anything here may take, on a busy machine too.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A running server.
struct Server {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts the server of a notebook with this text.
    fn start(text: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("frame")).unwrap();
        fs::write(folder.path().join("frame/index.html"), FRAME).unwrap();
        fs::create_dir(folder.path().join("notes")).unwrap();
        fs::write(folder.path().join("notes/n.md"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
        command.args(["serve", "notes/n.md", "--page", "frame", "--no-open", "--port", "18080"]);
        command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        // Nobody reads what is printed, but the pipe must not be full.
        thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = output.by_ref().find_map(|line| {
            let line = line.unwrap();
            let (_, address) = line.split_once("http://")?;
            Some(address.split('/').next().unwrap().to_owned())
        });
        thread::spawn(move || output.for_each(drop));
        Self { child, address: address.unwrap(), folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("notes/n.md")
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream
    }

    /// Sends a request; returns status and everything after it.
    fn get_as(&self, path: &str, host: &str) -> (u16, String) {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.get(9..12).unwrap().parse().unwrap(), answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.get_as(path, &self.address)
    }

    /// Returns the entries of a state as JSON: the page names the outline, which names their file.
    fn entries(&self, state: &Value) -> String {
        let outline = self.get(&format!("/{}", state["files"]["data-outline"].as_str().unwrap())).1;
        let start = outline.find("entries-").unwrap();
        let end = start + outline[start..].find(".json").unwrap() + ".json".len();
        self.get(&format!("/{}", &outline[start..end])).1
    }

    /// Opens the event stream.
    fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /_notebook/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let (sender, states) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(json) = line.strip_prefix("data: ") {
                    let _ = sender.send(serde_json::from_str(json).unwrap());
                }
            }
        });
        Events { states }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The states that the event stream has sent.
struct Events {
    states: Receiver<Value>,
}

impl Events {
    /// Waits for a state that `is_it`.
    #[track_caller]
    fn wait(&self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        let mut last = Value::Null;
        while let Ok(state) = self.states.recv_timeout(TIMEOUT.saturating_sub(start.elapsed())) {
            if is_it(&state) {
                return state;
            }
            last = state;
        }
        panic!("no state has {what}; the last one is {last}");
    }

    /// Waits for a version of the page that is newer.
    #[track_caller]
    fn wait_for_newer(&self, than: &Value) -> Value {
        let than = than["version"].as_u64();
        self.wait("a newer version", |state| {
            state["version"].as_u64() > than && state["is_outdated"] == false
        })
    }
}

/// Saves a file as many editors do: writes another one, and renames it.
fn save_by_renaming(file: &Path, text: &str) {
    let temporary = file.with_extension("md~");
    fs::write(&temporary, text).unwrap();
    fs::rename(temporary, file).unwrap();
}

#[test]
fn the_page_has_the_script_and_a_build_has_not() {
    let server = Server::start("# Title\n\nWords.\n");
    let (status, page) = server.get("/");
    assert_eq!(status, 200);
    assert!(
        page.contains("<title>Title</title>") && page.contains("src=\"/_notebook/live_reload.js\""),
        "{page}"
    );
    assert!(page.contains("Content-Security-Policy"), "the policy is that of a published page");
    assert!(!page.contains("unsafe-inline"));
    let (status, script) = server.get("/_notebook/live_reload.js");
    assert!(status == 200 && script.contains("text/javascript") && script.contains("EventSource"));
    assert_eq!(server.get("/nothing.html").0, 404);
    assert_eq!(server.get("/../n.md").0, 400);
    assert_eq!(server.get("/manifest.webmanifest").0, 200);
    // A site on the web that gives its own name the address of this machine learns nothing.
    assert_eq!(server.get_as("/", "evil.example").0, 403);
    assert_eq!(server.get_as("/", "localhost:1").0, 200);
}

#[test]
fn every_way_of_saving_is_noticed() {
    let server = Server::start("# One\n");
    let events = server.events();
    let mut state = events.wait("a page", |state| state["version"].as_u64() > Some(0));
    let file = server.file();
    let expect = |state: &Value, title: &str| {
        let newer = events.wait_for_newer(state);
        let (_, page) = server.get("/");
        assert!(page.contains(&format!("<title>{title}</title>")), "{title}: {page}");
        newer
    };
    fs::write(&file, "# Two\n").unwrap();
    state = expect(&state, "Two");
    save_by_renaming(&file, "# Three\n");
    state = expect(&state, "Three");
    save_by_renaming(&file, "# Third\n");
    state = expect(&state, "Third");
    // Deleted, and made anew while it is looked for.
    fs::remove_file(&file).unwrap();
    thread::sleep(Duration::from_millis(60));
    fs::write(&file, "# Four\n").unwrap();
    state = expect(&state, "Four");
    // Written in two halves.
    fs::write(&file, "# Fi").unwrap();
    thread::sleep(Duration::from_millis(5));
    fs::write(&file, "# Five\n").unwrap();
    events.wait("Five", |_| server.get("/").1.contains("<title>Five</title>"));
    let state_now = events.states.try_iter().last().unwrap_or(state);
    // The whole folder is replaced, as when a branch is switched.
    let notes = file.parent().unwrap();
    fs::rename(notes, notes.with_extension("old")).unwrap();
    fs::create_dir(notes).unwrap();
    fs::write(&file, "# Six\n").unwrap();
    expect(&state_now, "Six");
}

#[test]
fn the_last_good_page_stays_while_a_file_cannot_be_read() {
    let server = Server::start("# Good\n");
    let events = server.events();
    events.wait("a page", |state| state["version"].as_u64() > Some(0));
    let file = server.file();
    let remove = || {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_dir(&file);
    };
    let broken: [(&str, &dyn Fn()); 4] = [
        ("does not exist", &|| remove()),
        ("is a folder", &|| fs::create_dir(&file).unwrap()),
        ("not UTF-8", &|| fs::write(&file, b"# Caf\xe9\n").unwrap()),
        ("front matter", &|| fs::write(&file, "---\ntitle: [\n---\n").unwrap()),
    ];
    for (what, break_it) in broken {
        remove();
        break_it();
        let state = events.wait(what, |state| {
            let problem = state["problems"][0]["message"].as_str().unwrap_or_default();
            let is_it =
                problem.contains(what) || what == "does not exist" && problem.contains("cannot be read");
            is_it && state["is_outdated"] == true
        });
        let problem = &state["problems"][0];
        assert!(problem["severity"] == "error" && problem["file"] == "notes/n.md", "{problem}");
        assert!(!problem["help"].as_str().unwrap().is_empty(), "{problem}");
        assert!(server.get("/").1.contains("<title>Good</title>"), "{what}");
        remove();
        fs::write(&file, "# Good\n").unwrap();
        let mended = events.wait("no problem", |state| state["is_outdated"] == false);
        assert_eq!(mended["problems"], serde_json::json!([]));
    }
}

#[test]
fn problems_have_place_and_remedy_and_go_when_they_are_mended() {
    let server = Server::start("# Title\n\n[x](#nowhere)\n");
    let events = server.events();
    let state = events.wait("a problem", |state| state["problems"][0]["line"] == 3);
    let problem = &state["problems"][0];
    assert!(problem["severity"] == "warning" && problem["file"] == "notes/n.md", "{problem}");
    save_by_renaming(&server.file(), "# Title\n\n[x](#title)\n");
    events.wait("no problem", |state| state["problems"] == serde_json::json!([]));
}

#[test]
fn pictures_and_the_bibliography_are_watched_too() {
    let text = "## Papers\n\n- [A title](https://arxiv.org/abs/2010.11929)\n\n![p](img/p.png)\n";
    let server = Server::start(text);
    let events = server.events();
    let notes = server.file().parent().unwrap().to_owned();
    let first = events.wait("a missing picture", |state| {
        state["problems"][0]["message"].as_str().is_some_and(|message| message.contains("img/p.png"))
    });
    fs::create_dir(notes.join("img")).unwrap();
    fs::write(notes.join("img/p.png"), "one").unwrap();
    let second = events.wait_for_newer(&first);
    assert_eq!(second["problems"], serde_json::json!([]));
    assert!(server.get("/img/p.png").1.ends_with("one"));
    save_by_renaming(&notes.join("img/p.png"), "another");
    let third = events.wait_for_newer(&second);
    assert!(server.get("/img/p.png").1.ends_with("another"));
    let entry = "@misc{a, title={A title}, author={Doe, Jo}, eprint={2010.11929}, archiveprefix={arXiv}}\n";
    fs::write(notes.join("references.bib"), entry).unwrap();
    let fourth = events.wait_for_newer(&third);
    let entries = server.entries(&fourth);
    assert!(entries.contains(r#"{"family":"Doe","given":"Jo"}"#), "{entries}");
}

#[test]
fn a_change_is_there_in_less_than_a_second_and_ctrl_c_ends_at_once() {
    let mut server = Server::start("# One\n");
    let events = server.events();
    let state = events.wait("a page", |state| state["version"].as_u64() > Some(0));
    let start = Instant::now();
    save_by_renaming(&server.file(), "# Two\n");
    events.wait_for_newer(&state);
    // Polling alone would take a second.
    assert!(start.elapsed() < Duration::from_millis(900), "{:?}", start.elapsed());
    let start = Instant::now();
    let signalled = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    let status = server.child.wait().unwrap();
    assert!(status.success() && start.elapsed() < Duration::from_secs(2), "{status} {:?}", start.elapsed());
}

#[test]
fn a_taken_port_gives_the_next_one() {
    let (first, second) = (Server::start("# One\n"), Server::start("# Two\n"));
    assert_ne!(first.address, second.address);
    assert!(
        first.get("/").1.contains("<title>One</title>") && second.get("/").1.contains("<title>Two</title>")
    );
}
