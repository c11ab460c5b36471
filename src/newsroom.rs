//! What lies beyond one draft, with its files: where a newsroom's knowledge is read from, and the bases built of it.

mod build;
mod open;
pub mod reader;

pub use build::{Built, Intake, Notice, build};
pub use open::open;
