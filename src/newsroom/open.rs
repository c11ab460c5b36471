//! Opens knowledge bases that were built into files.
//!
//! A base is read at the places that a look-up needs, a few blocks of 4 KB, and kept in memory by the system, which
//! costs the process nothing. It is not mapped into memory, for three reasons. A mapped file that someone cuts short
//! kills the process at the next look-up; so does a share that goes away. Where one page is touched the system maps all
//! around it that is in its cache, whatever it is advised: 300 look-ups in a mapped file of 900 MB made 430 MB of it
//! resident. And a mapped file cannot be replaced on Windows.
//!
//! A base that is built anew takes the place of the old file at once, and whoever has the old one open goes on with
//! it. One that is written over in place is noticed by its checksums where a look-up meets what has changed.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::knowledge::{Base, Bytes};

/// Opens a base. It takes as long for ten million names as for ten.
///
/// # Errors
///
/// The file cannot be read, or is no whole base of this format; one line that starts with the path.
pub fn open(path: &Path) -> Result<Base, String> {
    let named = |reason: String| format!("{}: {reason}", path.display());
    let bytes = Stored::open(path).map_err(|error| named(reason(&error)))?;
    let title = path.file_name().unwrap_or_default().to_string_lossy();
    Base::open(&title, bytes).map_err(|error| named(error.to_string()))
}

/// The bytes of a file.
#[derive(Debug)]
struct Stored {
    file: File,
    size: u64,
}

impl Stored {
    fn open(path: &Path) -> io::Result<Stored> {
        // To open a pipe is to wait for who writes into it.
        let kind = fs::metadata(path)?.file_type();
        if kind.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !kind.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(Stored { file, size })
    }
}

impl Bytes for Stored {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, at: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        // What cannot be there is not worth the memory.
        let end = at.checked_add(length as u64)?;
        if end > self.size {
            return None;
        }
        let mut bytes = vec![0; length];
        read_exact_at(&self.file, at, &mut bytes).ok()?;
        Some(bytes.into())
    }
}

/// Reads at a place of a file, wherever others read it.
pub(super) fn read_exact_at(file: &File, mut at: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        match read_at(file, at, into) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                at += read as u64;
                into = &mut into[read..];
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(windows)]
fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

/// An error of the system in a few words, which follow the path.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
