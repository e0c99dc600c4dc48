//! Texts that benchmarks search, and queries for them: the same in every run.

pub mod generated_texts;
pub mod random;
