//! `check --fix`: drafts with all mended that takes no judgement.

use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use similar::TextDiff;

use crate::features::{self, Diagnostic};

use super::super::input::{self, Input};

/// How often a draft is read again. Each round mends what stood beside a fix of the round before.
const ROUNDS: usize = 8;

/// Mends a draft's text. `findings` reads a text.
pub(super) fn mend(text: &str, findings: impl Fn(&str) -> Vec<Diagnostic>) -> String {
    let mut mended = text.to_owned();
    for _ in 0..ROUNDS {
        let edits = features::fix_all(&findings(&mended));
        if edits.is_empty() {
            break;
        }
        for edit in edits.iter().rev() {
            mended.replace_range(Range::<usize>::from(edit.range), &edit.text);
        }
    }
    mended
}

/// Prints what changes as a unified diff.
pub(super) fn diff(out: &mut dyn Write, input: &Input, mended: &str) -> io::Result<()> {
    let diff = TextDiff::from_lines(input.text.as_str(), mended);
    let name = &input.name;
    write!(out, "{}", diff.unified_diff().header(name, name))
}

/// Puts the mended text in the place of a draft, which is whole at any time. A draft that has changed since it was
/// read stays. The error is a sentence part that follows the path.
pub(super) fn write(path: &Path, input: &Input, mended: &str) -> Result<(), String> {
    let failed = |error: io::Error| format!("cannot be written: {error}");
    // A link stays a link.
    let path = path.canonicalize().map_err(failed)?;
    let bytes = fs::read(&path).map_err(|error| input::reason(&error))?;
    let mark = bytes.len().saturating_sub(input.text.len());
    let (mark, text) = bytes.split_at(mark);
    if text != input.text.as_bytes() {
        return Err("has changed since it was read, so it is not mended".to_owned());
    }
    let put = || -> io::Result<()> {
        let mut new = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        new.write_all(mark)?;
        new.write_all(mended.as_bytes())?;
        new.as_file().sync_all()?;
        new.as_file()
            .set_permissions(fs::metadata(&path)?.permissions())?;
        new.persist(&path)?;
        Ok(())
    };
    put().map_err(failed)
}
