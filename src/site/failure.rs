//! The error of every operation on a site.

/// A failed operation, as a sentence for the author.
pub(crate) type Failure = String;
