//! The file of a ledger: read, added to, written anew. It is its user's alone, since it can name sources.
//!
//! Whoever writes holds the lock of the folder. Where a file system has no locks, adding is still safe: a line goes out
//! in one write at the end of the file.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Bytes of the largest ledger that is read.
const LIMIT: u64 = 8 << 20;

/// How long another writer is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The file whose lock keeps writers apart. A ledger itself cannot be it: another file may take its place.
const LOCK: &str = "lock";

/// What keeps the folder out of version control, and says why.
const IGNORE: (&str, &str) = (
    ".gitignore",
    "# Decisions about the drafts of this folder, written by copydesk. They quote the drafts and can name sources:\n\
     # keep them to yourself.\n*\n",
);

/// The text of a ledger. The error is a sentence part that follows the path.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let file = regular(path).and_then(|()| File::open(path));
    let mut bytes = Vec::new();
    file.and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is larger than {} MiB", LIMIT >> 20));
    }
    // Only damage is not UTF-8, and then only the lines that it hit are lost.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Adds lines at the end. A line before them that was cut short is ended first.
pub(super) fn append(path: &Path, lines: &str) -> io::Result<()> {
    let _lock = lock(path)?;
    regular(path)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = private(&mut options).open(path)?;
    let cut = !ends_line(&mut file)?;
    let whole = match cut {
        true => format!("\n{lines}"),
        false => lines.to_owned(),
    };
    file.write_all(whole.as_bytes())?;
    file.sync_data()
}

/// Puts another text in the place of a ledger's. It takes its place when it is whole.
pub(super) fn rewrite(path: &Path, change: impl FnOnce(&str) -> String) -> io::Result<()> {
    let _lock = lock(path)?;
    regular(path)?;
    let text = read(path).map_err(io::Error::other)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(change(&text).as_bytes())?;
    new.as_file().sync_data()?;
    new.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// An error of the system in a few words, which follow the path.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "may not be written".to_owned()
        }
        _ => format!("cannot be written: {error}"),
    }
}

/// Makes the folder and takes its lock, which is given back when the file is dropped.
fn lock(ledger: &Path) -> io::Result<Option<File>> {
    let folder = ledger.parent().unwrap_or(Path::new("."));
    make(folder)?;
    let path = folder.join(LOCK);
    regular(&path)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let file = private(&mut options).open(&path)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(fs::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(None);
            }
            Err(fs::TryLockError::Error(error)) => return Err(error),
            Err(fs::TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                return Err(io::Error::other("another program writes it"));
            }
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Makes the folder of ledgers, for its user alone, unless it is there.
fn make(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(data) if data.is_dir() => return Ok(()),
        Ok(_) => {
            return Err(io::Error::other(format!(
                "{} is no folder",
                folder.display()
            )));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        made => made?,
    }
    // Without it a ledger is no worse; whoever wants none may delete it.
    let _ = fs::write(folder.join(IGNORE.0), IGNORE.1);
    Ok(())
}

/// Refuses what is there and is no file. A link may lead out of the folder, to something that is not ours to write.
fn regular(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(data) if !data.is_file() => Err(io::Error::other("it is not a file")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// For its user alone.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn ends_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
