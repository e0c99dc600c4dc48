//! The type of failed operations.

/// A failed operation, as a sentence for the author.
pub type Failure = String;
