//! What lies beyond one draft, with its files: where a newsroom's knowledge is read from, and the bases built of it.

mod build;
mod knowledge;
mod open;
pub mod reader;

pub use build::{Built, Intake, Notice, build};
pub use knowledge::{DESK_LIST, News, Shelf};
pub use open::open;
