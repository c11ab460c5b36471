//! What lies beyond one draft, with its files: where a newsroom's knowledge is read from, the bases built of it, the
//! settings above a draft, and the ledgers of what people have decided about their drafts.

mod build;
mod file;
mod knowledge;
mod ledger;
mod open;
pub mod reader;
mod settings;

pub use build::{Built, Intake, Notice, build};
pub use knowledge::{DESK_LIST, News, Shelf};
pub use ledger::{Decision, Entry, LEDGERS, Ledger, Notes, Pruned};
pub use open::open;
pub use settings::{SETTINGS, SettingsFiles, SettingsNews, lexical, nearest_above, read_settings};
