//! The target of an upload: a folder, or a bucket of an S3-compatible object store.

use std::collections::BTreeMap;
use std::fs;
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

use super::aws_settings::AwsSettings;
use super::local_files::{Encoding, FileVersion, RECORDS_FOLDER, sha256_hex};
use super::plan::StoredFile;
use super::records::SentFile;
use super::store_error;
use super::target_location::TargetLocation;
use crate::site::Failure;

/// Retries of a request before the upload fails, with growing pauses. Chosen: they bridge a short failure of the store; after
/// a longer one, the next upload continues where this one stopped.
const RETRIES: usize = 4;
/// Time limit of one request: a large file on a slow line takes minutes.
const REQUEST_TIMEOUT: &str = "10 minutes";
/// Variables of which one must be set for any of the ways to authenticate that `object_store` supports.
const CREDENTIALS: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// An open destination: the operations that an upload needs.
#[derive(Clone, Debug)]
pub(super) struct TargetStore {
    pub(super) destination: TargetLocation,
    store: Arc<dyn ObjectStore>,
}

/// A journal as the target lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JournalListing {
    pub(super) name: String,
    /// Modification time in milliseconds, entity tag and size: changes with every write.
    pub(super) fingerprint: (i64, Option<String>, u64),
    pub(super) written: SystemTime,
}

impl TargetStore {
    /// Opens a destination. Creates a missing folder if `writes`.
    ///
    /// # Errors
    /// Fails if the folder cannot be created, or if the settings of the bucket are wrong.
    pub(super) fn open(destination: TargetLocation, writes: bool) -> Result<Self, Failure> {
        let store: Arc<dyn ObjectStore> = match &destination {
            TargetLocation::Folder(path) if !writes && !path.exists() => Arc::new(InMemory::new()),
            TargetLocation::Folder(path) => {
                fs::create_dir_all(path)
                    .map_err(|error| format!("{} cannot be created: {error}", path.display()))?;
                let store = LocalFileSystem::new_with_prefix(path)
                    .map_err(|error| format!("{} cannot be opened: {error}", path.display()))?;
                // With fsync, confirmed files survive a power failure.
                Arc::new(store.with_automatic_cleanup(true).with_fsync(true))
            }
            TargetLocation::Bucket { bucket, prefix } => {
                let store = open_bucket(bucket)?;
                let prefix = Path::parse(prefix)
                    .map_err(|error| format!("{destination} is not a valid destination: {error}"))?;
                Arc::new(PrefixStore::new(store, prefix))
            }
        };
        Ok(Self { destination, store })
    }

    /// Returns a target in a given store.
    #[cfg(test)]
    pub(super) fn of(destination: TargetLocation, store: Arc<dyn ObjectStore>) -> Self {
        Self { destination, store }
    }

    /// Lists every file except Notebook's own records.
    pub(super) async fn list(&self) -> Result<BTreeMap<String, StoredFile>, Failure> {
        let all: Vec<ObjectMeta> =
            self.store.list(None).try_collect().await.map_err(|error| self.failure("listed", "", &error))?;
        let stored = all.into_iter().map(|meta| {
            // Tags of a folder change when it is copied, so contents are compared instead.
            let tag = meta.e_tag.filter(|_| self.destination.is_bucket()).map(|tag| unquote(&tag));
            (meta.location.to_string(), StoredFile { size: meta.size, tag })
        });
        Ok(stored.filter(|(name, _)| name.split('/').next() != Some(RECORDS_FOLDER)).collect())
    }

    /// Lists the records in one of Notebook's own folders.
    pub(super) async fn records(&self, folder: &str) -> Result<Vec<JournalListing>, Failure> {
        let found: Result<Vec<ObjectMeta>, _> = self.store.list(Some(&path(folder)?)).try_collect().await;
        let found = found.map_err(|error| self.failure("listed", folder, &error))?;
        let listed = found.into_iter().map(|meta| JournalListing {
            name: meta.location.to_string(),
            fingerprint: (meta.last_modified.timestamp_millis(), meta.e_tag, meta.size),
            written: meta.last_modified.into(),
        });
        Ok(listed.collect())
    }

    /// Returns the bytes of a file, or `None` if it does not exist.
    pub(super) async fn get(&self, name: &str) -> Result<Option<Bytes>, Failure> {
        let got = match self.store.get(&path(name)?).await {
            Ok(got) => got.bytes().await,
            Err(error) => Err(error),
        };
        match got {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if store_error::is_missing(&error) => Ok(None),
            Err(error) => Err(self.failure("read", name, &error)),
        }
    }

    /// Returns the digest of a file in a folder, which serves as its tag.
    pub(super) async fn tag(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.get(name).await?.map(|bytes| sha256_hex(&bytes)))
    }

    /// Sends a file atomically.
    pub(super) async fn put(
        &self,
        name: &str,
        version: &FileVersion,
        bytes: Vec<u8>,
    ) -> Result<SentFile, Failure> {
        let own_tag = (!self.destination.is_bucket()).then(|| sha256_hex(&bytes));
        let size = u64::try_from(bytes.len()).ok();
        let mut attributes = Attributes::new();
        if let Some(headers) = &version.headers {
            attributes.insert(Attribute::ContentType, headers.content_type.clone().into());
            attributes.insert(Attribute::CacheControl, headers.cache_control.clone().into());
            let encoding = version.encoding.map(|encoding| match encoding {
                Encoding::Brotli => "br",
                Encoding::Gzip => "gzip",
            });
            if let Some(encoding) = encoding {
                attributes.insert(Attribute::ContentEncoding, encoding.into());
            }
        }
        let put = self.store.put_opts(&path(name)?, bytes.into(), PutOptions::from(attributes)).await;
        let put = put.map_err(|error| self.failure("written", name, &error))?;
        let tag = own_tag.or_else(|| put.e_tag.map(|tag| unquote(&tag)));
        Ok(SentFile { version: version.clone(), size, tag })
    }

    /// Writes one of Notebook's own records.
    pub(super) async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let mut attributes = Attributes::new();
        if self.destination.is_bucket() {
            attributes.insert(Attribute::ContentType, "application/json".into());
            attributes.insert(Attribute::CacheControl, "no-store".into());
        }
        let put = self.store.put_opts(&path(name)?, bytes.into(), PutOptions::from(attributes)).await;
        put.map(drop).map_err(|error| self.failure("written", name, &error))
    }

    /// Removes a file. A missing file is not an error.
    pub(super) async fn remove(&self, name: &str) -> Result<(), Failure> {
        match self.store.delete(&path(name)?).await {
            Err(error) if !store_error::is_missing(&error) => Err(self.failure("removed", name, &error)),
            _ => Ok(()),
        }
    }

    fn failure(&self, what: &str, name: &str, error: &object_store::Error) -> Failure {
        let at = if name.is_empty() {
            self.destination.to_string()
        } else {
            format!("{}/{name}", self.destination)
        };
        store_error::describe(&at, what, &self.destination, error)
    }
}

fn open_bucket(bucket: &str) -> Result<impl ObjectStore, Failure> {
    let settings = AwsSettings::from_env();
    settings.check()?;
    if !CREDENTIALS.iter().any(|name| settings.get(name).is_some()) {
        return Err("no credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
             and AWS_ENDPOINT_URL for a store other than Amazon S3"
            .into());
    }
    let has_own_host = settings.get("AWS_VIRTUAL_HOSTED_STYLE_REQUEST").is_some_and(|value| value == "true");
    let is_http = settings.endpoint().is_some_and(|(_, url)| url.starts_with("http://"));
    if bucket.contains('.') && has_own_host && !is_http {
        return Err(format!(
            "s3://{bucket} cannot be opened: no certificate covers the host of a bucket whose name has dots: \
             unset AWS_VIRTUAL_HOSTED_STYLE_REQUEST"
        ));
    }
    // Fails only if a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let max_wait = AmazonS3ConfigKey::Client(ClientConfigKey::Timeout);
    let retry = RetryConfig { max_retries: RETRIES, ..RetryConfig::default() };
    settings
        .apply(AmazonS3Builder::new())
        .with_bucket_name(bucket)
        .with_config(max_wait, REQUEST_TIMEOUT)
        .with_allow_http(is_http)
        .with_retry(retry)
        .build()
        .map_err(|error| format!("s3://{bucket} cannot be opened: {}", store_error::error_chain(&error)))
}

/// Strips the weak prefix and quotation marks from an entity tag.
fn unquote(tag: &str) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

fn path(name: &str) -> Result<Path, Failure> {
    Path::parse(name).map_err(|error| format!("`{name}` cannot be published under that name: {error}"))
}
