//! The destination of an upload, as it is given on the command line.

use std::fmt;
use std::path::PathBuf;

use crate::site::Failure;

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

#[cfg(test)]
mod tests {
    use super::*;

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
