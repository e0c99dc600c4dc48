//! The error of a journey, as a sentence.

use std::fmt;

use thirtyfour::error::WebDriverError;

/// The result of a verb or a journey: `?` ends the journey with the reason.
pub(crate) type Outcome<T = ()> = Result<T, Problem>;

/// One sentence for the person who reads the report.
#[derive(Clone, Debug)]
pub(crate) struct Problem(String);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Problem {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl From<&str> for Problem {
    fn from(sentence: &str) -> Self {
        Self(sentence.to_owned())
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Removes the driver's stack trace, which says nothing about the page.
impl From<WebDriverError> for Problem {
    fn from(error: WebDriverError) -> Self {
        let text = error.to_string();
        let told = text.split("Stacktrace").next().unwrap_or_default();
        Self(told.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
