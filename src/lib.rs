//! copydesk reads a news draft the way a copy chief does: who speaks in every quote, who every name is,
//! and what ought to be queried.
//!
//! # The map of the house
//!
//! Modules stand on floors; each imports only from floors below it (`tests/it/house.rs` enforces this).
//!
//! | floor | module | what it holds |
//! | --- | --- | --- |
//! | 0 | [`text`] | drafts under edit, positions, prose without its markup |
//! | 0 | [`lexicon`] | word lists: reporting verbs, names, places, offices |
//! | 0 | [`knowledge`] | what a newsroom knows beyond one draft, by name |
//! | 0 | [`settings`] | what a user may change |
//! | 1 | [`extract`] | one paragraph: tokens, sentences, quotes, cues, names, speech |
//! | 2 | [`analysis`] | the whole draft: paragraph kinds, people, who speaks |
//! | 3 | [`newsroom`] | what lies beyond one draft, with its files: knowledge to read, to build and to open |
//! | 4 | [`rules`] | findings, one file a rule |
//! | 5 | [`features`] | what a person sees at a place: diagnostics, hover, hints, symbols, fixes |
//! | 6 | [`server`], [`cli`] | the language server; the command line |
//!
//! Two functions carry everything: [`analysis::analyze`] and [`features::diagnostics`]. Floors 0 to 2 cannot
//! fail and, but for the embedded word lists, read nothing: any `&str` gives an [`analysis::Analysis`].

pub mod analysis;
pub mod cli;
#[cfg(feature = "dev")]
pub mod dev;
pub mod extract;
pub mod features;
#[cfg(test)]
mod fixture;
pub mod knowledge;
pub mod lexicon;
pub mod newsroom;
pub mod rules;
pub mod server;
pub mod settings;
pub mod text;
