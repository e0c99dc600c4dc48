//! The target of an upload: a folder, or a bucket of an S3-compatible object store.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::net::Ipv6Addr;
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

use super::local_files::{Encoding, FileVersion, sha256_hex};
use super::plan::StoredFile;
use super::records::{RECORDS_FOLDER, SentFile};
use super::store_error;
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

/// The destination as given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TargetLocation {
    Folder(PathBuf),
    Bucket { bucket: String, prefix: String },
}

impl TargetLocation {
    /// Parses a folder, `s3://bucket` or `s3://bucket/prefix`.
    ///
    /// # Errors
    /// Fails for other schemes, and for bucket names that are too short or that no address can contain.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let Some(rest) = text.strip_prefix("s3://") else {
            if let Some((scheme, _)) = text.split_once("://") {
                return Err(format!(
                    "`{scheme}://` is not supported: give a folder, or a bucket as s3://bucket/prefix"
                ));
            }
            return Ok(Self::Folder(text.into()));
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.len() < 3 {
            return Err(format!(
                "`{bucket}` is not a valid bucket name: it must have at least three characters"
            ));
        }
        // `object_store` panics about others when it sends the first request.
        if !bucket.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
            return Err(format!(
                "`{bucket}` is not a valid bucket name: it has letters from a to z, digits, dots and hyphens"
            ));
        }
        Ok(Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
    }

    pub(super) fn is_bucket(&self) -> bool {
        matches!(self, Self::Bucket { .. })
    }
}

impl fmt::Display for TargetLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::Bucket { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::Bucket { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

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

/// Returns the endpoint of a store other than Amazon S3.
pub(super) fn endpoint() -> Option<String> {
    AwsSettings::from_env().endpoint().map(|(_, url)| url.to_owned())
}

/// The `AWS_*` environment variables, without white space around their values, and without empty ones.
#[derive(Debug)]
struct AwsSettings(BTreeMap<String, String>);

impl AwsSettings {
    fn from_env() -> Self {
        let text =
            env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        Self::new(text)
    }

    fn new(variables: impl Iterator<Item = (String, String)>) -> Self {
        let own = variables.filter(|(name, _)| name.starts_with("AWS_"));
        let trimmed = own.map(|(name, value)| (name, value.trim().to_owned()));
        Self(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns the endpoint of a store other than Amazon S3, with the variable that sets it.
    fn endpoint(&self) -> Option<(&'static str, &str)> {
        let names = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"];
        names.into_iter().find_map(|name| Some((name, self.get(name)?)))
    }

    /// Checks values that `object_store` would panic about when it sends the first request.
    ///
    /// # Errors
    /// Names the variable. Secret values are not printed.
    fn check(&self) -> Result<(), Failure> {
        for (name, value) in &self.0 {
            let is_used = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>().is_ok();
            if is_used && value.chars().any(|character| character.is_control() || !character.is_ascii()) {
                return Err(format!(
                    "the value of {name} contains a line break or a character that is not ASCII: copy it again"
                ));
            }
        }
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            let is_name = |value: &str| value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if let Some(region) = self.get(name).filter(|region| !is_name(region)) {
                return Err(format!("{name} is `{region}`: a region is a word such as eu-central-1"));
            }
        }
        let Some((name, url)) = self.endpoint() else { return Ok(()) };
        match url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) {
            None => Err(format!("{name} is `{url}`: it must begin with https:// (or http://)")),
            Some(address) if is_endpoint(address) => Ok(()),
            Some(_) => Err(format!("{name} is `{url}`: write it as https://HOST or https://HOST:PORT")),
        }
    }

    /// Sets the options of a store that these variables name, as `AmazonS3Builder::from_env` does.
    fn apply(&self, mut builder: AmazonS3Builder) -> AmazonS3Builder {
        for (name, value) in &self.0 {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
        }
        builder
    }
}

/// Returns true for an endpoint without its scheme, of which addresses of files can be made: a host or an address of IPv6 in brackets,
/// perhaps a port, and a path.
fn is_endpoint(address: &str) -> bool {
    let is_in_path = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}[]".contains(c);
    let (authority, path) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    let (host, port) =
        authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).unwrap_or((authority, "80"));
    let is_host = match host.strip_prefix('[') {
        Some(number) => number.strip_suffix(']').is_some_and(|number| number.parse::<Ipv6Addr>().is_ok()),
        None => !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)),
    };
    is_host && port.parse::<u16>().is_ok() && path.chars().all(is_in_path)
}

/// Strips the weak prefix and quotation marks from an entity tag.
fn unquote(tag: &str) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

fn path(name: &str) -> Result<Path, Failure> {
    Path::parse(name).map_err(|error| format!("`{name}` cannot be published under that name: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)]) -> AwsSettings {
        AwsSettings::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn ignores_white_space_around_settings_and_empty_ones() {
        let read = settings(&[("AWS_ACCESS_KEY_ID", " AKID\n"), ("AWS_REGION", "\t"), ("HOME", "/x")]);
        assert_eq!(read.0, BTreeMap::from([("AWS_ACCESS_KEY_ID".to_owned(), "AKID".to_owned())]));
        read.check().unwrap();
    }

    #[test]
    fn rejects_settings_that_cannot_be_used_by_name() {
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"] {
            for value in ["a\nb", "a\u{7f}b", "clé"] {
                let error = settings(&[(name, value)]).check().unwrap_err();
                assert!(error.contains(name) && !error.contains(value), "{error}");
            }
        }
        for name in ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"] {
            for url in [
                "store.example.net",
                "store.example.net:9000",
                "localhost:9000",
                "ftp://store.example.net",
                "//store.example.net",
                "https://",
                "https://:9000",
                "https:// store.example.net",
                "https://store.example.net:port",
                "https://store.example.net:99999",
                "http://[::1",
                "http://::1]",
                "http://[store]:9000",
                "https://store.example.net/a b",
                "https://store{1}.example.net",
            ] {
                let error = settings(&[(name, url)]).check().unwrap_err();
                assert!(error.contains(name) && error.contains(url.trim()), "{url}: {error}");
            }
        }
        for region in ["eu central", "eu/central", "{region}"] {
            let error = settings(&[("AWS_REGION", region)]).check().unwrap_err();
            assert!(error.contains("AWS_REGION") && error.contains(region), "{error}");
        }
        for url in
            ["https://store.example.net", "http://127.0.0.1:9", "https://[::1]:9000/path", "http://[::1]"]
        {
            assert_eq!(settings(&[("AWS_ENDPOINT_URL", url)]).check(), Ok(()), "{url}");
        }
    }

    #[test]
    fn parses_folders_and_buckets() {
        assert_eq!(TargetLocation::parse("../site"), Ok(TargetLocation::Folder("../site".into())));
        let bucket = TargetLocation::parse("s3://my-notes/a/b/").unwrap();
        assert_eq!(bucket, TargetLocation::Bucket { bucket: "my-notes".into(), prefix: "a/b".into() });
        assert_eq!(bucket.to_string(), "s3://my-notes/a/b");
        assert!(TargetLocation::parse("s3://ab/c").unwrap_err().contains("three characters"));
        for bucket in ["buc ket", "bücket", "a[b", "a\nb", "${bucket}", "bucket?x"] {
            let error = TargetLocation::parse(&format!("s3://{bucket}/a")).unwrap_err();
            assert!(error.contains(&format!("`{bucket}` is not a valid bucket name")), "{error}");
        }
        assert!(
            TargetLocation::parse("https://example.org").unwrap_err().contains("`https://` is not supported")
        );
    }
}
