//! A real S3-compatible server, s3s-fs, that can be told to refuse writes, or to leave them without an answer.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use s3s_fs::FileSystem;

pub(crate) const BUCKET: &str = "notes";
/// A bucket named as a domain, as for a website.
pub(crate) const DOTTED_BUCKET: &str = "notes.example.org";
const KEY: &str = "key-of-the-test";
const SECRET: &str = "secret-of-the-test";

/// A fault of the server after a number of writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServerFault {
    /// It says no to all that follow.
    Refuse(usize),
    /// It says nothing to all that follow.
    Silence(usize),
    /// Every request, reads included, is answered as by a store whose clock differs from this machine's.
    Skewed,
}

/// A store on a free port of this machine, until the value goes.
pub(crate) struct StoreServer {
    root: tempfile::TempDir,
    address: SocketAddr,
    shared: Arc<SharedStore>,
    /// Says when a write is left without an answer.
    pub(crate) silent: Receiver<()>,
    _runtime: tokio::runtime::Runtime,
}

struct SharedStore {
    service: S3Service,
    state: Mutex<ServerState>,
    silent: Mutex<Sender<()>>,
}

#[derive(Default)]
struct ServerState {
    fault: Option<ServerFault>,
    /// Log of modifying requests: `PUT index.html`.
    writes: Vec<String>,
}

impl StoreServer {
    pub(crate) fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        for bucket in [BUCKET, DOTTED_BUCKET] {
            fs::create_dir(root.path().join(bucket)).unwrap();
        }
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let (sender, silent) = channel();
        let shared = Arc::new(SharedStore {
            service: builder.build(),
            state: Mutex::default(),
            silent: Mutex::new(sender),
        });
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let ours = Arc::clone(&shared);
        runtime.spawn(async move {
            while let Ok((visitor, _)) = listener.accept().await {
                let shared = Arc::clone(&ours);
                let answer = service_fn(move |request| Arc::clone(&shared).answer(request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(visitor), answer));
            }
        });
        Self { root, address, shared, silent, _runtime: runtime }
    }

    /// The command, with the store in its environment.
    pub(crate) fn notebook(&self, arguments: &[&str], from: &Path) -> Command {
        let mut command = super::notebook(arguments, from);
        command.env("AWS_ENDPOINT_URL", self.url());
        command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        command
    }

    /// A client that is not ours.
    pub(crate) fn client(&self) -> AmazonS3 {
        // Whoever was first is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = AmazonS3Builder::new().with_bucket_name(BUCKET).with_endpoint(self.url());
        builder.with_access_key_id(KEY).with_secret_access_key(SECRET).with_allow_http(true).build().unwrap()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Folder with the content of the bucket.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join(BUCKET)
    }

    /// Folder with the content of the bucket whose name has dots.
    pub(crate) fn dotted_folder(&self) -> PathBuf {
        self.root.path().join(DOTTED_BUCKET)
    }

    pub(crate) fn set(&self, fault: Option<ServerFault>) {
        let mut state = self.shared.state.lock().unwrap();
        state.fault = fault;
        state.writes.clear();
    }

    /// Returns the modifying requests since the last call.
    pub(crate) fn writes(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.state.lock().unwrap().writes)
    }
}

impl SharedStore {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Response<Body>, HttpError> {
        let writes = request.method() != Method::GET && request.method() != Method::HEAD;
        let is_skewed = self.state.lock().unwrap().fault == Some(ServerFault::Skewed);
        let fault = if writes { self.note(&request) } else { None };
        match fault {
            _ if is_skewed => {
                let text = "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and \
                            the current time is too large.</Message></Error>";
                let mut answer = Response::new(Body::from(text.to_owned()));
                *answer.status_mut() = StatusCode::FORBIDDEN;
                Ok(answer)
            }
            Some(ServerFault::Skewed) => unreachable!("answered above"),
            Some(ServerFault::Refuse(_)) => {
                let text = "<Error><Code>AccessDenied</Code><Message>No.</Message></Error>".to_owned();
                let mut answer = Response::new(Body::from(text));
                *answer.status_mut() = StatusCode::FORBIDDEN;
                Ok(answer)
            }
            Some(ServerFault::Silence(_)) => {
                let _ = self.silent.lock().unwrap().send(());
                std::future::pending().await
            }
            None => self.service.call(request.map(Body::from)).await,
        }
    }

    /// Writes down what is asked; gives back the fault that it meets.
    fn note(&self, request: &Request<Incoming>) -> Option<ServerFault> {
        let mut state = self.state.lock().unwrap();
        let path =
            request.uri().path().trim_start_matches('/').trim_start_matches(BUCKET).trim_start_matches('/');
        state.writes.push(format!("{} {path}", request.method()));
        let count = state.writes.len();
        state.fault.filter(|fault| match fault {
            ServerFault::Refuse(after) | ServerFault::Silence(after) => count > *after,
            ServerFault::Skewed => true,
        })
    }
}
