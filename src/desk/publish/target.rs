//! Where a notebook is published: a folder, or a bucket of an S3-compatible store.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    Attribute, Attributes, ClientConfigKey, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutOptions,
    RetryConfig,
};

use super::plan::Seen;
use super::problem;
use super::record::{OWN, Sent};
use super::site::{Encoding, Wanted, digest};
use crate::desk::Failure;

/// How often a request is made again before the network is given up.
const RETRIES: usize = 4;
/// A large file on a slow line takes its time.
const LONGEST: &str = "10 minutes";
/// What says who one is, by any of the ways that the store's library knows.
const CREDENTIALS: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// A target as an author names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Folder(PathBuf),
    Bucket { bucket: String, prefix: String },
}

impl Place {
    /// # Errors
    /// What is neither a folder nor `s3://bucket` or `s3://bucket/prefix`.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let Some(rest) = text.strip_prefix("s3://") else {
            if let Some((scheme, _)) = text.split_once("://") {
                return Err(format!(
                    "`{scheme}` is no kind of target: name a folder, or a bucket as s3://bucket/prefix"
                ));
            }
            return Ok(Self::Folder(text.into()));
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.len() < 3 {
            return Err(format!("`{bucket}` is no name of a bucket: they have at least three letters"));
        }
        Ok(Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
    }

    pub(super) fn is_bucket(&self) -> bool {
        matches!(self, Self::Bucket { .. })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::Bucket { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::Bucket { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

/// An open target.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) place: Place,
    store: Arc<dyn ObjectStore>,
}

/// A record of a run, as the target lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    /// Changes whenever it is written.
    pub(super) mark: (i64, Option<String>, u64),
    pub(super) written: SystemTime,
}

impl Target {
    /// Opens a target; a folder that is not there is made, unless nothing is to be written.
    ///
    /// # Errors
    /// A folder that cannot be made, or settings of a bucket that do not fit.
    pub(super) fn open(place: Place, writes: bool) -> Result<Self, Failure> {
        let store: Arc<dyn ObjectStore> = match &place {
            Place::Folder(path) if !writes && !path.exists() => Arc::new(InMemory::new()),
            Place::Folder(path) => {
                fs::create_dir_all(path)
                    .map_err(|why| format!("{} cannot be made: {why}", path.display()))?;
                let store = LocalFileSystem::new_with_prefix(path)
                    .map_err(|why| format!("{} cannot be opened: {why}", path.display()))?;
                // What is told to be there is there after a power cut too.
                Arc::new(store.with_automatic_cleanup(true).with_fsync(true))
            }
            Place::Bucket { bucket, prefix } => {
                let store = open_bucket(bucket)?;
                let prefix = Path::parse(prefix).map_err(|why| format!("{place} is no place: {why}"))?;
                Arc::new(PrefixStore::new(store, prefix))
            }
        };
        Ok(Self { place, store })
    }

    /// A target in a store of the test's own.
    #[cfg(test)]
    pub(super) fn of(place: Place, store: Arc<dyn ObjectStore>) -> Self {
        Self { place, store }
    }

    /// Every file at the target but our own records.
    pub(super) async fn list(&self) -> Result<BTreeMap<String, Seen>, Failure> {
        let all: Vec<ObjectMeta> =
            self.store.list(None).try_collect().await.map_err(|why| self.failed("listed", "", &why))?;
        let seen = all.into_iter().map(|meta| {
            // A folder's tags change when it is copied; its contents are looked at instead.
            let tag = meta.e_tag.filter(|_| self.place.is_bucket()).map(|tag| plain(&tag));
            (meta.location.to_string(), Seen { size: meta.size, tag })
        });
        Ok(seen.filter(|(name, _)| name.split('/').next() != Some(OWN)).collect())
    }

    /// The records below a folder of ours.
    pub(super) async fn records(&self, folder: &str) -> Result<Vec<Listed>, Failure> {
        let found: Result<Vec<ObjectMeta>, _> = self.store.list(Some(&path(folder)?)).try_collect().await;
        let found = found.map_err(|why| self.failed("listed", folder, &why))?;
        let listed = found.into_iter().map(|meta| Listed {
            name: meta.location.to_string(),
            mark: (meta.last_modified.timestamp_millis(), meta.e_tag, meta.size),
            written: meta.last_modified.into(),
        });
        Ok(listed.collect())
    }

    /// The bytes of a file; none where there is none.
    pub(super) async fn get(&self, name: &str) -> Result<Option<Bytes>, Failure> {
        let got = match self.store.get(&path(name)?).await {
            Ok(got) => got.bytes().await,
            Err(why) => Err(why),
        };
        match got {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if problem::is_missing(&why) => Ok(None),
            Err(why) => Err(self.failed("read", name, &why)),
        }
    }

    /// By what a folder tells one content from another; a bucket has told already.
    pub(super) async fn tag(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.get(name).await?.map(|bytes| digest(&bytes)))
    }

    /// Sends a file, whole or not at all.
    pub(super) async fn put(&self, name: &str, wanted: &Wanted, bytes: Vec<u8>) -> Result<Sent, Failure> {
        let own_tag = (!self.place.is_bucket()).then(|| digest(&bytes));
        let size = u64::try_from(bytes.len()).ok();
        let mut attributes = Attributes::new();
        if let Some(headers) = &wanted.headers {
            attributes.insert(Attribute::ContentType, headers.content_type.clone().into());
            attributes.insert(Attribute::CacheControl, headers.cache_control.clone().into());
            let encoding = wanted.encoding.map(|encoding| match encoding {
                Encoding::Brotli => "br",
                Encoding::Gzip => "gzip",
            });
            if let Some(encoding) = encoding {
                attributes.insert(Attribute::ContentEncoding, encoding.into());
            }
        }
        let put = self.store.put_opts(&path(name)?, bytes.into(), PutOptions::from(attributes)).await;
        let put = put.map_err(|why| self.failed("written", name, &why))?;
        let tag = own_tag.or_else(|| put.e_tag.map(|tag| plain(&tag)));
        Ok(Sent { wanted: wanted.clone(), size, tag })
    }

    /// Writes one of our own records.
    pub(super) async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let mut attributes = Attributes::new();
        if self.place.is_bucket() {
            attributes.insert(Attribute::ContentType, "application/json".into());
            attributes.insert(Attribute::CacheControl, "no-store".into());
        }
        let put = self.store.put_opts(&path(name)?, bytes.into(), PutOptions::from(attributes)).await;
        put.map(drop).map_err(|why| self.failed("written", name, &why))
    }

    /// Removes a file; one that is gone already is as good.
    pub(super) async fn remove(&self, name: &str) -> Result<(), Failure> {
        match self.store.delete(&path(name)?).await {
            Err(why) if !problem::is_missing(&why) => Err(self.failed("removed", name, &why)),
            _ => Ok(()),
        }
    }

    fn failed(&self, what: &str, name: &str, why: &object_store::Error) -> Failure {
        let at = if name.is_empty() { self.place.to_string() } else { format!("{}/{name}", self.place) };
        problem::sentence(&at, what, &self.place, why)
    }
}

fn open_bucket(bucket: &str) -> Result<impl ObjectStore, Failure> {
    if !CREDENTIALS.iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err("there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
             and AWS_ENDPOINT_URL for a store that is not Amazon's"
            .into());
    }
    // Whoever has asked for another provider first is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = endpoint().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let longest = AmazonS3ConfigKey::Client(ClientConfigKey::Timeout);
    let retry = RetryConfig { max_retries: RETRIES, ..RetryConfig::default() };
    AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_config(longest, LONGEST)
        .with_allow_http(http)
        .with_retry(retry)
        .build()
        .map_err(|why| format!("s3://{bucket} cannot be opened: {}", problem::chain(&why)))
}

/// Where the store is, if it is not Amazon's.
pub(super) fn endpoint() -> Option<String> {
    ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
}

/// A tag without what some answers put around it.
fn plain(tag: &str) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

fn path(name: &str) -> Result<Path, Failure> {
    Path::parse(name).map_err(|why| format!("`{name}` cannot be published under that name: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_folders_or_buckets() {
        assert_eq!(Place::parse("../site"), Ok(Place::Folder("../site".into())));
        let bucket = Place::parse("s3://my-notes/a/b/").unwrap();
        assert_eq!(bucket, Place::Bucket { bucket: "my-notes".into(), prefix: "a/b".into() });
        assert_eq!(bucket.to_string(), "s3://my-notes/a/b");
        assert!(Place::parse("s3://ab/c").unwrap_err().contains("three letters"));
        assert!(Place::parse("https://example.org").unwrap_err().contains("`https` is no kind of target"));
    }
}
