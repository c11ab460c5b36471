//! Drafts as text: the edited document, and its prose without markup.
//!
//! Two coordinate systems exist, both in bytes. *Source* offsets count into the draft as its author sees it.
//! *Prose* offsets count into [`Prose::text`], where markup is gone. Everything on floors 1 to 4 speaks prose
//! offsets; `features` maps to source offsets at its door.

mod builder;
mod directive;
mod document;
mod fast;
mod front_matter;
mod html;
mod markdown;
mod plain;
mod prose;

pub use directive::Directive;
pub use document::{Change, Document, Encoding, Language, Position};
pub use fast::{FastHasher, FastMap, FastSet, small};
pub use prose::{Block, Prose, Shape};
pub use text_size::{TextRange, TextSize};
