//! What lies beyond one draft, with its files: where a newsroom's knowledge is read from, the bases built of it, and the
//! ledgers of what people have decided about their drafts.

mod build;
mod knowledge;
mod ledger;
mod open;
pub mod reader;

pub use build::{Built, Intake, Notice, build};
pub use knowledge::{DESK_LIST, News, Shelf};
pub use ledger::{Decision, Entry, LEDGERS, Ledger, Notes, Pruned};
pub use open::open;
