//! Tests through the real binary and over whole drafts.

#![allow(clippy::unwrap_used, reason = "a test may panic anywhere")]

mod cli;
mod rules_docs;
