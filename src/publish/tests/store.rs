//! A store that logs its operations, delays them, and fails after a given number of writes.

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

/// A callback before each write, with the name of the file.
type Hook = Box<dyn Fn(&str) + Send + Sync>;

pub(super) struct FailingStore {
    inner: Arc<dyn ObjectStore>,
    /// Number of writes until the store fails.
    writes_left: AtomicUsize,
    /// Unit of the delay of a write.
    slow: Duration,
    hook: Option<Hook>,
    /// Names in the order of writes; removed names begin with a minus.
    pub(super) log: Arc<Mutex<Vec<String>>>,
}

impl FailingStore {
    pub(super) fn new(inner: Arc<dyn ObjectStore>, writes_left: usize) -> Self {
        let log = Arc::default();
        Self { inner, writes_left: AtomicUsize::new(writes_left), slow: Duration::ZERO, hook: None, log }
    }

    pub(super) fn slow(mut self, slow: Duration) -> Self {
        self.slow = slow;
        self
    }

    pub(super) fn before_write(mut self, hook: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    fn check_connection(&self) -> Result<()> {
        if self.writes_left.load(Ordering::SeqCst) > 0 {
            return Ok(());
        }
        Err(Error::Generic { store: "FailingStore", source: "the connection is lost".into() })
    }

    async fn write(&self, name: String) -> Result<()> {
        self.check_connection()?;
        if !self.slow.is_zero() {
            // Longer for some names than for others, so that uploads overtake one another.
            let delay_factor = name.len() % 3 + self.log.lock().unwrap().len() % 2;
            tokio::time::sleep(self.slow * u32::try_from(delay_factor).unwrap()).await;
        }
        if let Some(hook) = &self.hook {
            hook(&name);
        }
        self.log.lock().unwrap().push(name);
        self.writes_left.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }
}

impl fmt::Debug for FailingStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FailingStore")
    }
}

impl fmt::Display for FailingStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FailingStore")
    }
}

#[async_trait]
impl ObjectStore for FailingStore {
    async fn put_opts(&self, at: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.write(at.to_string()).await?;
        self.inner.put_opts(at, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        at: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(at, options).await
    }

    async fn get_opts(&self, at: &Path, options: GetOptions) -> Result<GetResult> {
        self.check_connection()?;
        self.inner.get_opts(at, options).await
    }

    async fn get_ranges(&self, at: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        self.inner.get_ranges(at, ranges).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        if let Err(error) = self.check_connection() {
            return futures_util::stream::once(async { Err(error) }).boxed();
        }
        self.writes_left.fetch_sub(1, Ordering::SeqCst);
        let log = Arc::clone(&self.log);
        let logged_paths = paths.inspect(move |path| {
            if let Ok(path) = path {
                log.lock().unwrap().push(format!("-{path}"));
            }
        });
        self.inner.delete_stream(logged_paths.boxed())
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.check_connection() {
            Ok(()) => self.inner.list(prefix),
            Err(error) => futures_util::stream::once(async { Err(error) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
