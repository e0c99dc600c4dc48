//! Failures of a metadata service, as sentences.

use std::fmt;
use std::time::Duration;

/// The reason why a service gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServiceError {
    /// No connection, or none that lasted until the end of the answer.
    Unreachable(String),
    /// The service asks to come back later.
    Busy(Option<Duration>),
    /// An answer with another status than success.
    Status(u16),
    /// The service has no record of the work.
    NotFound,
    /// An answer that is not in the documented form.
    Unreadable(String),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(reason) => write!(f, "could not be reached ({reason})"),
            Self::Busy(Some(wait)) => {
                write!(f, "asks to wait for {} seconds: run the command again after that", wait.as_secs())
            }
            Self::Busy(None) => f.write_str("is busy: run the command again later"),
            Self::Status(status) => write!(f, "answered with the status {status}"),
            Self::NotFound => f.write_str("has no record of it"),
            Self::Unreadable(reason) => write!(f, "gave an answer that cannot be read ({reason})"),
        }
    }
}

/// The errors of all services that were asked about a work, in that order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LookupError {
    /// The name of the work as the author gave it.
    pub(crate) work: String,
    /// The name of each service, with its failure.
    pub(crate) failures: Vec<(&'static str, ServiceError)>,
}

impl LookupError {
    /// Returns true if no service could be reached, so that the connection is the likely cause.
    pub(crate) fn is_offline(&self) -> bool {
        !self.failures.is_empty()
            && self.failures.iter().all(|(_, failure)| matches!(failure, ServiceError::Unreachable(_)))
    }

    /// Returns true if every service answered that it does not know the work.
    pub(crate) fn is_unknown(&self) -> bool {
        self.failures.iter().all(|(_, failure)| *failure == ServiceError::NotFound)
    }
}

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.failures.iter().map(|(name, _)| *name).collect();
        if self.is_unknown() {
            return write!(
                f,
                "{} was not found (asked: {}): check it, or give a BibTeX entry",
                self.work,
                names.join(", ")
            );
        }
        if self.is_offline() {
            let reason = self.failures.first().map(|(_, failure)| failure.to_string()).unwrap_or_default();
            return write!(
                f,
                "{} cannot be looked up ({} {reason}): check the network connection",
                self.work,
                names.join(", ")
            );
        }
        write!(f, "{} cannot be looked up: ", self.work)?;
        for (at, (name, failure)) in self.failures.iter().enumerate() {
            write!(f, "{}{name} {failure}", if at > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_each_service_said() {
        let error = |failures: &[(&'static str, ServiceError)]| LookupError {
            work: "doi:10.1000/1".into(),
            failures: failures.to_vec(),
        };
        let offline = ServiceError::Unreachable("no route".into());
        let cases = [
            (
                error(&[("Crossref", ServiceError::NotFound), ("DataCite", ServiceError::NotFound)]),
                "doi:10.1000/1 was not found (asked: Crossref, DataCite): check it, or give a BibTeX entry",
            ),
            (
                error(&[("Crossref", offline.clone()), ("DataCite", offline.clone())]),
                "doi:10.1000/1 cannot be looked up (Crossref, DataCite could not be reached (no route)): check the \
                 network connection",
            ),
            (
                error(&[
                    ("Crossref", ServiceError::Busy(Some(Duration::from_secs(90)))),
                    ("DataCite", ServiceError::Status(500)),
                ]),
                "doi:10.1000/1 cannot be looked up: Crossref asks to wait for 90 seconds: run the command again after \
                 that; DataCite answered with the status 500",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(error.to_string(), expected);
        }
    }
}
