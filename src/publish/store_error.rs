//! Errors of a target as sentences with cause and remedy.

use std::error::Error;
use std::io;

use super::aws_settings::endpoint;
use super::target_location::TargetLocation;
use crate::site::Failure;

/// Returns true if only the file is missing, not the bucket.
pub(super) fn is_missing(error: &object_store::Error) -> bool {
    matches!(error, object_store::Error::NotFound { .. }) && code(&error_chain(error)) != Some("NoSuchBucket")
}

/// Joins an error and its causes, without repetitions.
pub(super) fn error_chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.extend([": ", &more]);
        }
        cause = error.source();
    }
    text
}

/// Describes a failed operation: `at` is the file, `what` the participle of the operation ("written").
pub(super) fn describe(
    at: &str,
    what: &str,
    destination: &TargetLocation,
    error: &object_store::Error,
) -> Failure {
    let details = error_chain(error);
    let remedy = match destination {
        TargetLocation::Folder(_) => folder_remedy(error),
        TargetLocation::Bucket { bucket, .. } => bucket_remedy(bucket, error, &details),
    };
    // The code of an XML error body is enough.
    let reason = match (code(&details), message(&details)) {
        (Some(code), Some(message)) => {
            let message = message.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<");
            let message = message.replace("&gt;", ">").replace("&amp;", "&");
            format!("{code}, {}", message.trim_end_matches('.'))
        }
        (Some(code), None) => code.to_owned(),
        // The number of retries precedes the message.
        _ => {
            let details = details.rsplit_once(" - ").map_or(details.as_str(), |(_, details)| details);
            details.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    match remedy {
        Some(remedy) => format!("{at} cannot be {what} ({reason}): {remedy}"),
        None => format!("{at} cannot be {what}: {reason}"),
    }
}

fn folder_remedy(error: &object_store::Error) -> Option<String> {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("the disk is full: free some space, then publish again".into())
                }
                io::ErrorKind::PermissionDenied => {
                    Some("permission denied: check the owner of the folder, or publish elsewhere".into())
                }
                io::ErrorKind::ReadOnlyFilesystem => {
                    Some("the file system is read-only: publish elsewhere".into())
                }
                _ => None,
            };
        }
        cause = error.source();
    }
    None
}

fn bucket_remedy(bucket: &str, error: &object_store::Error, details: &str) -> Option<String> {
    let host = endpoint().unwrap_or_else(|| "Amazon S3".into());
    let by_code = match code(details) {
        Some("NoSuchBucket") => {
            Some(format!("there is no bucket {bucket} at {host}: create it, or correct the name"))
        }
        Some("InvalidAccessKeyId" | "NotSignedUp") => {
            Some(format!("{host} does not know the key: correct AWS_ACCESS_KEY_ID"))
        }
        Some("SignatureDoesNotMatch") => Some("correct AWS_SECRET_ACCESS_KEY".into()),
        Some("ExpiredToken" | "InvalidToken") => Some("get a new AWS_SESSION_TOKEN".into()),
        Some("ServiceUnavailable" | "SlowDown") => {
            Some(format!("{host} is unavailable: publish again later"))
        }
        Some("RequestTimeTooSkewed") => Some(format!(
            "set the clock of this machine, which differs from that of {host}, then publish again"
        )),
        Some("AuthorizationHeaderMalformed" | "PermanentRedirect" | "IllegalLocationConstraintException") => {
            Some("set AWS_REGION to the region of the bucket".into())
        }
        _ => None,
    };
    by_code.or_else(|| match error {
        object_store::Error::PermissionDenied { .. } => Some(
            "the key lacks permission: it needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject"
                .into(),
        ),
        object_store::Error::Unauthenticated { .. } => {
            Some("check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".into())
        }
        object_store::Error::NotFound { .. } => {
            Some(format!("check that {host} is an object store and has a bucket {bucket}"))
        }
        _ if details.contains("LOCATION") => Some("set AWS_REGION to the region of the bucket".into()),
        _ if ["error sending request", "Connect", "timed out"].iter().any(|word| details.contains(word)) => {
            Some(format!("{host} does not answer: check AWS_ENDPOINT_URL and the network, then publish again"))
        }
        _ => None,
    })
}

fn code(details: &str) -> Option<&str> {
    text_between(details, "<Code>", "</Code>")
}

fn message(details: &str) -> Option<&str> {
    text_between(details, "<Message>", "</Message>").filter(|message| !message.is_empty())
}

fn text_between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(begin)?.1.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> TargetLocation {
        TargetLocation::Bucket { bucket: "notes".into(), prefix: String::new() }
    }

    #[test]
    fn describes_a_store_error_by_its_code_with_a_remedy() {
        let body = "status 404: <Error><Code>NoSuchBucket</Code><Message>Not there.</Message></Error>";
        let error = object_store::Error::NotFound { path: "a".into(), source: body.into() };
        assert!(!is_missing(&error));
        let message = describe("s3://notes/a", "read", &bucket(), &error);
        assert!(
            message.starts_with("s3://notes/a cannot be read (NoSuchBucket, Not there): there is no bucket"),
            "{message}"
        );
    }

    #[test]
    fn describes_a_full_disk() {
        let source = io::Error::from(io::ErrorKind::StorageFull);
        let error = object_store::Error::Generic { store: "Local", source: source.into() };
        let message = describe("out/a", "written", &TargetLocation::Folder("out".into()), &error);
        assert!(message.contains("free some space"), "{message}");
    }
}
