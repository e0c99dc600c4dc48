//! Runs against a store in memory.
