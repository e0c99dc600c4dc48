//! Behind nginx, with the configuration that docs/nginx.conf gives.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::file_names::file_names;
use crate::site::built;
use crate::{done, notebook};

const CONFIGURATION: &str = include_str!("../../docs/nginx.conf");
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Path of nginx. Its tests are skipped without it, except in the full test run, which requires it.
fn nginx() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Systems keep servers off the PATH of people.
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    let found = folders.map(|folder| folder.join("nginx")).find(|file| file.is_file());
    let found = found.filter(|_| Path::new(BROTLI).is_file());
    assert!(
        found.is_some() || std::env::var_os("NOTEBOOK_NGINX").is_none(),
        "nginx is not there: apt-get install nginx libnginx-mod-http-brotli-static"
    );
    found
}

/// A server of our own, until the value goes.
struct NginxServer {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl NginxServer {
    fn start(nginx: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::create_dir(at("www")).unwrap();
        let site = CONFIGURATION
            .replace("    listen [::]:80;\n", "")
            .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
            .replace("/var/www/notebook;", &format!("{};", at("www")));
        assert!(!site.contains(" 80;") && site.contains(&at("www")), "{site}");
        fs::write(at("site.conf"), site).unwrap();
        let kept: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("    {kind}_temp_path {};\n", at(kind)))
            .concat();
        let main = format!(
            "load_module {BROTLI};\ndaemon off;\nmaster_process off;\npid {};\nerror_log {};\nevents {{}}\n\
             http {{\n    access_log off;\n{kept}    include {};\n}}\n",
            at("pid"),
            at("log"),
            at("site.conf"),
        );
        fs::write(at("nginx.conf"), main).unwrap();
        let child =
            Command::new(nginx).args(["-c", &at("nginx.conf"), "-p", &at("")]).stderr(Stdio::null()).spawn();
        let server = Self { child: child.unwrap(), port, folder };
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let log = fs::read_to_string(server.folder.path().join("log")).unwrap_or_default();
            assert!(began.elapsed() < Duration::from_secs(20), "nginx does not start: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn www(&self) -> PathBuf {
        self.folder.path().join("www")
    }

    /// Asks as a browser does; `more` are lines of the request.
    fn get(&self, path: &str, more: &str) -> HttpResponse {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: notes.example.org\r\nConnection: close\r\n{more}\r\n")
            .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        HttpResponse { head, body: bytes.split_off(end + 4) }
    }
}

impl Drop for NginxServer {
    fn drop(&mut self) {
        // One that is gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct HttpResponse {
    head: String,
    body: Vec<u8>,
}

impl HttpResponse {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

#[test]
fn nginx_serves_what_was_published() {
    let Some(nginx) = nginx() else {
        println!("nginx is not there, so nothing was tried: `cargo xtask test` installs it");
        return;
    };
    let (server, build) = (NginxServer::start(&nginx), built("one"));
    // The page of its own host, and the same under a path.
    for (folder, path) in [(server.www(), "/"), (server.www().join("notebook"), "/notebook/")] {
        done(&notebook(&[folder.to_str().unwrap()], build.path()).output().unwrap());
        for name in file_names(build.path()) {
            serves(&server, &format!("{path}{name}"), &fs::read(build.path().join(&name)).unwrap());
        }
        let page = fs::read(build.path().join("index.html")).unwrap();
        serves(&server, path, &page);
        assert_eq!(server.get(&format!("{path}gone"), "").status(), "404");
        assert_eq!(server.get(&format!("{path}.notebook/published.json"), "").status(), "404");
    }
    let moved = server.get("/notebook", "");
    assert!(moved.status() == "301" && moved.header("Location").ends_with("/notebook/"), "{}", moved.head);
}

/// A file comes as it is, and in the forms that browsers take, with what they are to be told.
fn serves(server: &NginxServer, path: &str, wanted: &[u8]) {
    let url = path.replace(' ', "%20").replace('#', "%23").replace('ä', "%C3%A4");
    let plain = server.get(&url, "");
    assert!(plain.status() == "200" && plain.body == wanted, "{path}: {}", plain.head);
    let kind = match path.rsplit_once('.').map_or("html", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "application/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => "image/png",
    };
    assert_eq!(plain.header("Content-Type"), kind, "{path}");
    let hashed = path.rsplit('/').next().is_some_and(|name| name.contains('-')) || path.contains("/chunks/");
    let keep = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    assert_eq!(plain.header("Cache-Control"), keep, "{path}");
    let again = server.get(&url, &format!("If-None-Match: {}\r\n", plain.header("ETag")));
    assert_eq!(again.status(), "304", "{path}");

    let packs = kind != "image/png";
    for (encoding, accept) in [("br", "gzip, deflate, br"), ("gzip", "gzip, deflate")] {
        let packed = server.get(&url, &format!("Accept-Encoding: {accept}\r\n"));
        assert_eq!(packed.header("Content-Encoding"), if packs { encoding } else { "" }, "{path}");
        assert_eq!(packed.header("Content-Type"), kind, "{path}");
        assert_eq!(packed.header("Cache-Control"), keep, "{path}");
        let mut bytes = Vec::new();
        match packed.header("Content-Encoding") {
            "br" => drop(brotli::BrotliDecompress(&mut &packed.body[..], &mut bytes)),
            "gzip" => drop(flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut bytes)),
            _ => bytes.clone_from(&packed.body),
        }
        assert!(bytes == wanted, "{path} as {encoding}");
        assert!(!packs || packed.header("Vary") == "Accept-Encoding", "{path}: {}", packed.head);
    }
}
