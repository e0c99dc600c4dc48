//! What went wrong at a target, as a sentence with what to do about it.

use std::error::Error;
use std::io;

use super::target::{Place, endpoint};
use crate::desk::Failure;

/// Whether a file is not there, and nothing worse.
pub(super) fn is_missing(why: &object_store::Error) -> bool {
    matches!(why, object_store::Error::NotFound { .. }) && code(&chain(why)) != Some("NoSuchBucket")
}

/// An error with all that caused it, each thing told once.
pub(super) fn chain(why: &dyn Error) -> String {
    let mut text = why.to_string();
    let mut cause = why.source();
    while let Some(why) = cause {
        let more = why.to_string();
        if !text.contains(&more) {
            text.extend([": ", &more]);
        }
        cause = why.source();
    }
    text
}

/// What was to be done where, why it was not, and what to do.
pub(super) fn sentence(at: &str, what: &str, place: &Place, why: &object_store::Error) -> Failure {
    let told = chain(why);
    let remedy = match place {
        Place::Folder(_) => folder_remedy(why),
        Place::Bucket { bucket, .. } => bucket_remedy(bucket, why, &told),
    };
    // An answer in XML says it in its code; the rest is for machines.
    let reason = match (code(&told), message(&told)) {
        (Some(code), Some(message)) => {
            let message = message.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<");
            let message = message.replace("&gt;", ">").replace("&amp;", "&");
            format!("{code}, {}", message.trim_end_matches('.'))
        }
        (Some(code), None) => code.to_owned(),
        // How often it was tried stands before it.
        _ => {
            let told = told.rsplit_once(" - ").map_or(told.as_str(), |(_, told)| told);
            told.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    match remedy {
        Some(remedy) => format!("{at} cannot be {what} ({reason}): {remedy}"),
        None => format!("{at} cannot be {what}: {reason}"),
    }
}

fn folder_remedy(why: &object_store::Error) -> Option<String> {
    let mut cause: Option<&dyn Error> = Some(why);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("the disk is full: make room, then publish again".into())
                }
                io::ErrorKind::PermissionDenied => {
                    Some("you may not: see who owns it, or publish elsewhere".into())
                }
                io::ErrorKind::ReadOnlyFilesystem => {
                    Some("the disk can only be read: publish elsewhere".into())
                }
                _ => None,
            };
        }
        cause = error.source();
    }
    None
}

fn bucket_remedy(bucket: &str, why: &object_store::Error, told: &str) -> Option<String> {
    let host = endpoint().unwrap_or_else(|| "Amazon".into());
    let by_code = match code(told) {
        Some("NoSuchBucket") => {
            Some(format!("there is no bucket {bucket} at {host}: make it, or correct the name"))
        }
        Some("InvalidAccessKeyId" | "NotSignedUp") => {
            Some(format!("{host} does not know the key: correct AWS_ACCESS_KEY_ID"))
        }
        Some("SignatureDoesNotMatch") => Some("correct AWS_SECRET_ACCESS_KEY".into()),
        Some("ExpiredToken" | "InvalidToken") => Some("get a new AWS_SESSION_TOKEN".into()),
        Some("ServiceUnavailable" | "SlowDown") => {
            Some(format!("{host} cannot answer at this time: publish again later"))
        }
        Some("RequestTimeTooSkewed") => Some("set the clock of this machine".into()),
        Some("AuthorizationHeaderMalformed" | "PermanentRedirect" | "IllegalLocationConstraintException") => {
            Some("set AWS_REGION to the region of the bucket".into())
        }
        _ => None,
    };
    by_code.or_else(|| match why {
        object_store::Error::PermissionDenied { .. } => Some(
            "the key may not do that: it needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject"
                .into(),
        ),
        object_store::Error::Unauthenticated { .. } => {
            Some("see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".into())
        }
        object_store::Error::NotFound { .. } => {
            Some(format!("see whether {host} has a bucket {bucket}, and whether it is a store at all"))
        }
        _ if told.contains("LOCATION") => Some("set AWS_REGION to the region of the bucket".into()),
        _ if ["error sending request", "Connect", "timed out"].iter().any(|word| told.contains(word)) => {
            Some(format!("{host} does not answer: see AWS_ENDPOINT_URL and the network, then publish again"))
        }
        _ => None,
    })
}

fn code(told: &str) -> Option<&str> {
    between(told, "<Code>", "</Code>")
}

fn message(told: &str) -> Option<&str> {
    between(told, "<Message>", "</Message>").filter(|message| !message.is_empty())
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(begin)?.1.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> Place {
        Place::Bucket { bucket: "notes".into(), prefix: String::new() }
    }

    #[test]
    fn an_answer_is_told_by_its_code_with_what_to_do() {
        let body = "status 404: <Error><Code>NoSuchBucket</Code><Message>Not there.</Message></Error>";
        let why = object_store::Error::NotFound { path: "a".into(), source: body.into() };
        assert!(!is_missing(&why));
        let said = sentence("s3://notes/a", "read", &bucket(), &why);
        assert!(
            said.starts_with("s3://notes/a cannot be read (NoSuchBucket, Not there): there is no bucket"),
            "{said}"
        );
    }

    #[test]
    fn a_full_disk_is_told_as_one() {
        let source = io::Error::from(io::ErrorKind::StorageFull);
        let why = object_store::Error::Generic { store: "Local", source: source.into() };
        let said = sentence("out/a", "written", &Place::Folder("out".into()), &why);
        assert!(said.contains("make room"), "{said}");
    }
}
