//! Files that people edit while we run: when they have changed, and their text.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// Bytes of the largest file that is read whole. A hundred thousand entries of a desk list are some ten million bytes.
const LIMIT: u64 = 32 << 20;

/// What changes with a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

impl Stamp {
    /// None where there is no such file, or it may not be looked at.
    pub(super) fn of(path: &Path) -> Option<Stamp> {
        let data = fs::metadata(path).ok()?;
        Some(Stamp {
            modified: data.modified().ok(),
            size: data.len(),
        })
    }
}

/// The text of a file. The error is a sentence part that follows the path.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let data = fs::metadata(path).map_err(|error| reason(&error))?;
    // To open a pipe is to wait for who writes into it.
    if !data.is_file() {
        return Err("is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LIMIT {
        let limit = LIMIT >> 20;
        return Err(format!("is larger than {limit} MiB: build a base of it"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("is not UTF-8: wrong at byte {at}")
    })
}

/// Whether there is something at a path, even if it may not be looked at.
pub(super) fn exists(path: &Path) -> bool {
    !matches!(fs::metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

/// An error of the system in a few words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
