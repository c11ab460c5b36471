//! Builds a knowledge base into a file, of more records than memory holds.
//!
//! Records are put aside as they are read, while their ids are sorted to see which are replaced. Then they are written
//! in the order in which they came, while their names are sorted, and the names behind them. What is sorted goes
//! through files, so that memory stays under 300 MB for tens of millions of names; the space for what is put aside is
//! about twice that of the base, in its folder. Those files have no names, so nothing is left of them whatever happens,
//! and the base takes its place only when it is whole.
//!
//! Of records with one id, those of the last input that has them count: a later file corrects an earlier one. Two of
//! one file are both kept, for they may be two people to whom the file gave no ids.

mod sort;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, tempfile_in};

use self::sort::{ROOM, Sorter};
use crate::knowledge::{self, Base, BaseError, Record, Records, Sink};

/// Records or names between two notices of progress.
const STEP: u64 = 50_000;

/// Bytes of a buffer between a file and its writer.
const BUFFER: usize = 1 << 20;

/// What a build came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Records in the base.
    pub records: u64,
    /// Names in the base; those of one record that fold to the same count once.
    pub names: u64,
    /// Bytes of the base.
    pub bytes: u64,
    /// Records that gave way to those of a later input with the same id.
    pub replaced: u64,
    /// Records that share their id with an earlier one of their own input.
    pub shared: u64,
    /// Entries that were left out.
    pub rejected: u64,
}

/// What happens during a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice<'n> {
    /// An entry of an input is left out.
    Rejected {
        /// Which of the inputs, from 0.
        input: usize,
        /// From 1; 0 where the format has no lines.
        line: usize,
        /// Why, in a few words.
        reason: &'n str,
    },
    /// So many records were read.
    Read(u64),
    /// So many records were written.
    Written(u64),
    /// So many names were written.
    Named(u64),
}

/// Builds a base of the records that `feed` gives. `strict` makes one rejected entry one too many.
///
/// # Errors
///
/// `feed` fails or gives nothing, an entry is rejected and that is one too many, or a file cannot be written; one line. What was at
/// `out` is then still there.
pub fn build(
    out: &Path,
    strict: bool,
    feed: impl FnOnce(&mut Intake<'_>) -> Result<(), String>,
    watch: &mut dyn FnMut(Notice<'_>),
) -> Result<Built, String> {
    within(ROOM, out, strict, feed, watch)
}

fn within(
    room: usize,
    out: &Path,
    strict: bool,
    feed: impl FnOnce(&mut Intake<'_>) -> Result<(), String>,
    watch: &mut dyn FnMut(Notice<'_>),
) -> Result<Built, String> {
    let failed = |error: io::Error| format!("{}: cannot be written: {error}", out.display());
    let target = target(out).map_err(failed)?;
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut intake = Intake::new(folder, room, watch).map_err(failed)?;
    feed(&mut intake)?;
    if let Some(error) = intake.error.take() {
        return Err(failed(error));
    }
    if strict && intake.built.rejected > 0 {
        let count = intake.built.rejected;
        return Err(format!(
            "{}: not built, because of rejected entries: {count}",
            out.display()
        ));
    }
    // Such a base would take the place of a good one.
    if intake.count == 0 {
        return Err(format!(
            "{}: not built, because no entry could be read",
            out.display()
        ));
    }
    intake.write(folder, room, &target).map_err(failed)
}

/// Where the base goes: through links, and never over something else than a base.
fn target(out: &Path) -> io::Result<PathBuf> {
    let Ok(there) = fs::canonicalize(out) else {
        return Ok(out.to_owned());
    };
    let is_empty = fs::metadata(&there)?.len() == 0;
    let start = match fs::metadata(&there)?.is_file() {
        true => start(&there)?,
        false => Vec::new(),
    };
    match Base::open("", start) {
        Err(BaseError::Foreign) if !is_empty => {
            Err(io::Error::other("what is there is not a knowledge base"))
        }
        _ => Ok(there),
    }
}

fn start(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(1 << 10).read_to_end(&mut start)?;
    Ok(start)
}

/// Takes the records of a base.
pub struct Intake<'w> {
    watch: &'w mut dyn FnMut(Notice<'_>),
    /// Encoded records with their lengths, as they came.
    aside: BufWriter<File>,
    /// Their ids, with the input and the place among all records.
    ids: Sorter,
    /// Records so far.
    count: u64,
    built: Built,
    /// The first failure; what comes after it is not taken.
    error: Option<io::Error>,
}

impl<'w> Intake<'w> {
    fn new(
        folder: &Path,
        room: usize,
        watch: &'w mut dyn FnMut(Notice<'_>),
    ) -> io::Result<Intake<'w>> {
        Ok(Intake {
            watch,
            aside: BufWriter::with_capacity(BUFFER, tempfile_in(folder)?),
            ids: Sorter::new(folder, room),
            count: 0,
            built: Built::default(),
            error: None,
        })
    }

    /// Takes a record from a line of an input, or why there is none.
    pub fn take(&mut self, input: usize, line: usize, record: Result<Record, String>) {
        if self.error.is_some() {
            return;
        }
        let rejected = match record {
            Ok(record) => match self.put_aside(input, &record) {
                Ok(rejected) => rejected.map(str::to_owned),
                Err(error) => {
                    self.error = Some(error);
                    None
                }
            },
            Err(reason) => Some(reason),
        };
        if let Some(reason) = rejected {
            self.built.rejected += 1;
            (self.watch)(Notice::Rejected {
                input,
                line,
                reason: &reason,
            });
        }
    }

    /// Gives the reason if the record cannot be in a base.
    fn put_aside(&mut self, input: usize, record: &Record) -> io::Result<Option<&'static str>> {
        let is_named = |name: &knowledge::Name| !knowledge::fold(&name.text).is_empty();
        if !record.names.iter().any(is_named) {
            return Ok(Some("has no name"));
        }
        let Some(bytes) = knowledge::encode(record) else {
            return Ok(Some("is longer than 16 MB"));
        };
        self.aside.write_all(&(bytes.len() as u32).to_le_bytes())?;
        self.aside.write_all(&bytes)?;
        if !record.id.is_empty() {
            let value = [input as u64, self.count];
            self.ids.add(record.id.as_bytes(), value)?;
        }
        self.count += 1;
        if self.count.is_multiple_of(STEP) {
            (self.watch)(Notice::Read(self.count));
        }
        Ok(None)
    }

    fn write(mut self, folder: &Path, room: usize, target: &Path) -> io::Result<Built> {
        let replaced = replaced(self.ids, self.count, &mut self.built)?;
        let file = BufWriter::with_capacity(BUFFER, tempfile_in(folder)?);
        let mut records = Records::new(Stream(file))?;
        let mut names = Sorter::new(folder, room);
        let mut aside = self.aside.into_inner()?;
        aside.rewind()?;
        let mut aside = BufReader::with_capacity(BUFFER, aside);
        for at in 0..self.count {
            let bytes = next(&mut aside)?;
            if replaced.has(at) {
                continue;
            }
            let place = records.add(&bytes)?;
            let record: Record = knowledge::decode(&bytes).ok_or(io::ErrorKind::InvalidData)?;
            for (key, which) in knowledge::keys(&record) {
                let slot = u64::from(place.slot) << 32 | which as u64 & u64::from(u32::MAX);
                names.add(key.as_bytes(), [place.block, slot])?;
            }
            self.built.records += 1;
            if self.built.records.is_multiple_of(STEP) {
                (self.watch)(Notice::Written(self.built.records));
            }
        }
        drop(aside);
        let mut writer = records.names()?;
        names.each(|key, [block, slot]| {
            let place = knowledge::Place {
                block,
                slot: (slot >> 32) as u32,
            };
            writer.add(key, place, slot as u32 as usize)?;
            self.built.names += 1;
            if self.built.names.is_multiple_of(STEP) {
                (self.watch)(Notice::Named(self.built.names));
            }
            Ok(())
        })?;
        let (Stream(file), header) = writer.finish()?;
        let mut file = file.into_inner()?;
        file.rewind()?;
        file.write_all(&header)?;
        self.built.bytes = file.seek(SeekFrom::End(0))?;
        put(file, folder, target)?;
        Ok(self.built)
    }
}

/// Which records give way to those of a later input.
fn replaced(ids: Sorter, count: u64, built: &mut Built) -> io::Result<Flags> {
    let mut replaced = Flags::of(count);
    let mut last: Vec<u8> = Vec::new();
    let mut input = 0;
    // The records of this id and input.
    let mut group: Vec<u64> = Vec::new();
    ids.each(|id, [its_input, record]| {
        if id != last {
            last.clear();
            last.extend_from_slice(id);
            group.clear();
        } else if its_input != input {
            built.replaced += group.len() as u64;
            built.shared -= group.len() as u64 - 1;
            group.drain(..).for_each(|record| replaced.set(record));
        } else {
            built.shared += 1;
        }
        input = its_input;
        group.push(record);
        Ok(())
    })?;
    Ok(replaced)
}

/// A flag for each record: all that is held in memory of one.
struct Flags(Vec<u64>);

impl Flags {
    fn of(count: u64) -> Flags {
        Flags(vec![0; (count / 64 + 1) as usize])
    }

    fn set(&mut self, at: u64) {
        self.0[(at / 64) as usize] |= 1 << (at % 64);
    }

    fn has(&self, at: u64) -> bool {
        self.0[(at / 64) as usize] >> (at % 64) & 1 == 1
    }
}

/// The next record that was put aside.
fn next(aside: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    aside.read_exact(&mut length)?;
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    aside.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Bytes of a base on their way into a file.
#[derive(Debug)]
struct Stream(BufWriter<File>);

impl Sink for Stream {
    type Error = io::Error;

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }
}

/// Gives a file without a name the name of the target, whose place it takes at once. The copy has a name only while
/// it is made, which is short beside the build: that is all that can be left behind.
fn put(mut file: File, folder: &Path, target: &Path) -> io::Result<()> {
    file.rewind()?;
    let mut builder = Builder::new();
    builder.prefix(".copydesk-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut named = builder.tempfile_in(folder)?;
    io::copy(&mut file, named.as_file_mut())?;
    named.as_file().sync_all()?;
    named.persist(target)?;
    Ok(())
}

#[cfg(test)]
mod tests;
