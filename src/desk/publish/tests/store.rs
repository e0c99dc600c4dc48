//! A store that tells what was asked of it, takes its time, and dies when it is told to.

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

/// What happens before a file is written.
type Hook = Box<dyn Fn(&str) + Send + Sync>;

pub(super) struct Mortal {
    inner: Arc<dyn ObjectStore>,
    /// So many writes are left to live.
    left: AtomicUsize,
    /// Every write takes as long as this, a bit more or less.
    slow: Duration,
    hook: Option<Hook>,
    /// Names that were written, and names that were removed with a minus.
    pub(super) log: Arc<Mutex<Vec<String>>>,
}

impl Mortal {
    pub(super) fn new(inner: Arc<dyn ObjectStore>, left: usize) -> Self {
        let log = Arc::default();
        Self { inner, left: AtomicUsize::new(left), slow: Duration::ZERO, hook: None, log }
    }

    pub(super) fn slow(mut self, slow: Duration) -> Self {
        self.slow = slow;
        self
    }

    pub(super) fn before_write(mut self, hook: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    fn alive(&self) -> Result<()> {
        if self.left.load(Ordering::SeqCst) > 0 {
            return Ok(());
        }
        Err(Error::Generic { store: "Mortal", source: "the line is cut".into() })
    }

    async fn write(&self, name: String) -> Result<()> {
        self.alive()?;
        if !self.slow.is_zero() {
            // Longer for some names than for others, so that runs overtake one another.
            let unlike = name.len() % 3 + self.log.lock().unwrap().len() % 2;
            tokio::time::sleep(self.slow * u32::try_from(unlike).unwrap()).await;
        }
        if let Some(hook) = &self.hook {
            hook(&name);
        }
        self.log.lock().unwrap().push(name);
        self.left.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }
}

impl fmt::Debug for Mortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mortal")
    }
}

impl fmt::Display for Mortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mortal")
    }
}

#[async_trait]
impl ObjectStore for Mortal {
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
        self.alive()?;
        self.inner.get_opts(at, options).await
    }

    async fn get_ranges(&self, at: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        self.inner.get_ranges(at, ranges).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        if let Err(why) = self.alive() {
            return futures_util::stream::once(async { Err(why) }).boxed();
        }
        self.left.fetch_sub(1, Ordering::SeqCst);
        let log = Arc::clone(&self.log);
        let told = paths.inspect(move |path| {
            if let Ok(path) = path {
                log.lock().unwrap().push(format!("-{path}"));
            }
        });
        self.inner.delete_stream(told.boxed())
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.alive() {
            Ok(()) => self.inner.list(prefix),
            Err(why) => futures_util::stream::once(async { Err(why) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
