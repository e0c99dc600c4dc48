//! What a lexicon finds, and that no bytes and no query break it.
#![cfg(test)]
