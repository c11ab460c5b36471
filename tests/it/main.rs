//! The integration tests, in one binary: through the real binary, over whole drafts, and over the sources themselves.

#![allow(clippy::unwrap_used, reason = "a test may panic anywhere")]

mod analysis_properties;
mod attribution;
mod chaos;
mod cli;
mod client;
mod dependencies;
mod drafts;
mod features_properties;
mod features_sample;
mod fuzz_smoke;
mod house;
mod knowledge_docs;
mod knowledge_shipped;
mod people;
mod protocol;
mod protocol_burst;
mod protocol_files;
mod protocol_findings;
mod protocol_frames;
mod protocol_hints;
mod protocol_knowledge;
mod protocol_ledger;
mod protocol_links;
mod protocol_names;
mod protocol_people;
mod protocol_pull;
mod protocol_rewrites;
mod protocol_settings;
mod protocol_sources;
mod protocol_sync;
mod protocol_words;
mod random;
mod readme;
mod rules_docs;
mod text_properties;
mod vscode;
