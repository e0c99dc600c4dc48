//! Three machines that keep one store, all of them this one: each is a process with its own folder and ports.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::problem::{Outcome, Problem};
use crate::process::Process;

pub(crate) const BUCKET: &str = "notes";
pub(crate) const KEY: &str = "GK0123456789abcdef01234567";
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// By what the machines know each other.
const SHARED: &str = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";
/// The web server takes the bucket from the name of the host; browsers find every such name on this machine.
const WEB: &str = "web.localhost";

const START_TIMEOUT: Duration = Duration::from_mins(1);

/// The machines, until the value goes.
pub(crate) struct Cluster {
    program: OsString,
    nodes: Vec<Node>,
    _folder: tempfile::TempDir,
}

struct Node {
    settings: PathBuf,
    s3: u16,
    web: u16,
    /// Node identifier and address; empty before the first start.
    id: String,
    running: Option<Process>,
}

impl Cluster {
    /// Starts three machines with one bucket, which is a website too.
    pub(crate) fn start() -> Outcome<Self> {
        let program = std::env::var_os("NOTEBOOK_GARAGE").unwrap_or_else(|| "garage".into());
        let folder = tempfile::tempdir()?;
        // All at once, so that no two are the same.
        let listeners: Vec<TcpListener> =
            (0..9).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).collect::<io::Result<_>>()?;
        let ports: Vec<u16> =
            listeners.iter().map(|listener| Ok(listener.local_addr()?.port())).collect::<io::Result<_>>()?;
        drop(listeners);
        let mut nodes = Vec::new();
        for (at, ports) in ports.chunks_exact(3).enumerate() {
            let place = folder.path().join(format!("machine-{}", at + 1));
            fs::create_dir(&place)?;
            let (rpc, s3, web) = (ports[0], ports[1], ports[2]);
            let text = format!(
                "metadata_dir = \"{place}/meta\"\ndata_dir = \"{place}/data\"\ndb_engine = \"sqlite\"\n\
                 replication_factor = 3\nrpc_secret = \"{SHARED}\"\n\
                 rpc_bind_addr = \"127.0.0.1:{rpc}\"\nrpc_public_addr = \"127.0.0.1:{rpc}\"\n\
                 [s3_api]\ns3_region = \"garage\"\napi_bind_addr = \"127.0.0.1:{s3}\"\n\
                 [s3_web]\nbind_addr = \"127.0.0.1:{web}\"\nroot_domain = \".{WEB}\"\nindex = \"index.html\"\n",
                place = place.display(),
            );
            let settings = place.join("garage.toml");
            fs::write(&settings, text)?;
            nodes.push(Node { settings, s3, web, id: String::new(), running: None });
        }
        let mut cluster = Self { program, nodes, _folder: folder };
        for node in 0..3 {
            cluster.start_again(node)?;
        }
        cluster.join()?;
        Ok(cluster)
    }

    /// Makes one store of the machines.
    fn join(&self) -> Outcome {
        for node in 0..3 {
            let id = self.nodes[node].id.split('@').next().unwrap_or_default();
            self.run_garage(
                0,
                &["layout", "assign", "--zone", &format!("room-{node}"), "--capacity", "1G", id],
            )?;
        }
        self.run_garage(0, &["layout", "apply", "--version", "1"])?;
        self.run_garage(0, &["bucket", "create", BUCKET])?;
        self.run_garage(0, &["key", "import", "--yes", "-n", "publisher", KEY, SECRET])?;
        self.run_garage(0, &["bucket", "allow", "--read", "--write", BUCKET, "--key", KEY])?;
        self.run_garage(0, &["bucket", "website", "--allow", BUCKET]).map(drop)
    }

    /// Asks a machine by the command; it may still be starting.
    fn run_garage(&self, node: usize, words: &[&str]) -> Outcome<String> {
        let began = Instant::now();
        loop {
            let mut command = Command::new(&self.program);
            command.arg("-c").arg(&self.nodes[node].settings).args(words).env("RUST_LOG", "error");
            let output = command.output().map_err(|why| {
                Problem::from(format!(
                    "garage does not start: {why}. `cargo xtask test --cluster` sets it up"
                ))
            })?;
            if output.status.success() {
                return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
            }
            if began.elapsed() > START_TIMEOUT {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(format!("garage {} failed: {said}", words.join(" ")).into());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Turns a machine off.
    pub(crate) fn stop(&mut self, node: usize) {
        self.nodes[node].running = None;
    }

    /// Turns a machine on, with all that it had, and makes it known to the others: by themselves they look for one that was
    /// off once in a minute.
    pub(crate) fn start_again(&mut self, node: usize) -> Outcome {
        self.turn_on(node)?;
        let id = self.run_garage(node, &["node", "id", "--quiet"])?.trim().to_owned();
        for other in (0..3).filter(|other| *other != node && self.nodes[*other].running.is_some()) {
            self.run_garage(other, &["node", "connect", &id])?;
        }
        self.nodes[node].id = id;
        Ok(())
    }

    fn turn_on(&mut self, node: usize) -> Outcome {
        let node = &mut self.nodes[node];
        let arguments = ["-c".into(), node.settings.display().to_string(), "server".into()];
        node.running = Some(Process::start(&self.program, &arguments, &[("RUST_LOG", "error")])?);
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, node.web)).is_err() {
            if began.elapsed() > START_TIMEOUT {
                return Err("a machine does not start".into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Address of a node's S3 interface.
    pub(crate) fn s3(&self, node: usize) -> String {
        format!("http://127.0.0.1:{}", self.nodes[node].s3)
    }

    /// Address of a node's web server.
    pub(crate) fn web(&self, node: usize) -> String {
        format!("http://{BUCKET}.{WEB}:{}/", self.nodes[node].web)
    }

    /// Head and body of a file, as a machine's web server gives it.
    pub(crate) fn get(&self, node: usize, path: &str) -> io::Result<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.nodes[node].web))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {BUCKET}.{WEB}\r\nConnection: close\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        Ok((head, bytes.split_off(bytes.len().min(end + 4))))
    }
}
