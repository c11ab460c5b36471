//! Whole drafts: the two programs agree on each, and what is known of each is written down beside it.
//!
//! `UPDATE_EXPECT=1 cargo test --test it drafts` writes the snapshots anew; read the difference before you commit it.

mod agreement;
mod faults;
mod fixes;
mod houses;
mod snapshots;
mod speakers;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

/// The drafts, sorted by name.
pub fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| language_id(path).is_some())
        .collect();
    paths.sort();
    paths
}

/// What an editor calls the language of a draft; none for files that are no drafts.
fn language_id(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "txt" => Some("plaintext"),
        "md" => Some("markdown"),
        "html" => Some("html"),
        _ => None,
    }
}
