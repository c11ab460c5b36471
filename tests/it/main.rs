//! Tests through the real binary and over whole drafts.

#![allow(clippy::unwrap_used, reason = "a test may panic anywhere")]

mod cli;
mod client;
mod protocol;
mod protocol_burst;
mod protocol_frames;
mod protocol_sync;
mod rules_docs;
