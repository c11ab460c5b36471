//! Files as a stream of plain bytes, whatever they are packed in, and how far the reading has come.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

/// The path that stands for standard input.
pub(super) const STDIN: &str = "-";
/// Bytes that are read ahead to tell a format.
const AHEAD: u64 = 64 * 1024;
/// Bytes of the longest text that is read whole.
const LONGEST_TEXT: u64 = 32 << 20;
/// Bytes that are read at a time.
const BUFFER: usize = 256 * 1024;

/// A stream behind its first bytes, which were read ahead.
type Again<R> = Chain<Cursor<Vec<u8>>, R>;

/// How far the reading of a file has come. Copies share one count.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes of the file read so far, as they lie on the disk.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The plain bytes of a file.
pub(super) struct Source {
    start: Vec<u8>,
    rest: Again<Box<dyn BufRead>>,
}

impl Source {
    /// Opens a file, or standard input; what packs it is told by its first bytes, not by its name.
    pub(super) fn open(path: &Path, progress: &Progress) -> Result<Source, String> {
        let inner: Box<dyn Read> = match path.as_os_str() == STDIN {
            true => Box::new(io::stdin()),
            false => Box::new(File::open(path).map_err(|error| reason(&error))?),
        };
        Source::new(Counted {
            inner,
            progress: progress.clone(),
        })
    }

    pub(super) fn new(bytes: impl Read + 'static) -> Result<Source, String> {
        let (magic, rest) = ahead(BufReader::with_capacity(BUFFER, bytes), 6)?;
        let plain: Box<dyn BufRead> = match &magic[..] {
            [0x1f, 0x8b, ..] => {
                Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(rest)))
            }
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => {
                Box::new(BufReader::with_capacity(BUFFER, MultiBzDecoder::new(rest)))
            }
            [b'P', b'K', 3, 4, ..] => return Err("a zip file; unpack it first".to_owned()),
            [0xfd, b'7', b'z', b'X', b'Z', ..] => {
                return Err("an xz file; unpack it first".to_owned());
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                return Err("a zstd file; unpack it first".to_owned());
            }
            _ => Box::new(rest),
        };
        let (start, rest) = ahead(plain, AHEAD)?;
        if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = start[..] {
            return Err("text in UTF-16; save it as UTF-8".to_owned());
        }
        Ok(Source { start, rest })
    }

    /// The first bytes, wherever the reading is.
    pub(super) fn start(&self) -> &[u8] {
        &self.start
    }

    /// All that is left, which must be UTF-8 and of bearable size.
    pub(super) fn text(&mut self) -> Result<String, String> {
        let mut bytes = Vec::new();
        let mut bounded = self.by_ref().take(LONGEST_TEXT + 1);
        bounded
            .read_to_end(&mut bytes)
            .map_err(|error| reason(&error))?;
        if bytes.len() as u64 > LONGEST_TEXT {
            return Err(format!("larger than {} MB", LONGEST_TEXT >> 20));
        }
        String::from_utf8(bytes).map_err(|error| {
            let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = whole.iter().filter(|byte| **byte == b'\n').count() + 1;
            format!("line {line}: not UTF-8")
        })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.rest.read(buffer)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.rest.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.rest.consume(amount);
    }
}

/// Why reading failed, in a few words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
        io::ErrorKind::UnexpectedEof => "breaks off in the middle of its packed data".to_owned(),
        _ => error.to_string(),
    }
}

/// The first bytes of a stream, and the whole stream again.
fn ahead<R: BufRead>(mut stream: R, bytes: u64) -> Result<(Vec<u8>, Again<R>), String> {
    let mut start = Vec::new();
    let read = stream.by_ref().take(bytes).read_to_end(&mut start);
    read.map_err(|error| reason(&error))?;
    Ok((start.clone(), Cursor::new(start).chain(stream)))
}

/// Counts the bytes that go through.
struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.progress.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;

    #[track_caller]
    fn check(bytes: Vec<u8>, expected: Result<&str, &str>) {
        let text = Source::new(Cursor::new(bytes)).and_then(|mut source| source.text());
        assert_eq!(text.as_deref().map_err(|error| &error[..]), expected);
    }

    pub(in super::super) fn gzip(text: impl AsRef<[u8]>) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_ref()).unwrap();
        packed.finish().unwrap()
    }

    pub(in super::super) fn bzip2(text: impl AsRef<[u8]>) -> Vec<u8> {
        let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        packed.write_all(text.as_ref()).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn packed_text_is_plain_text() {
        check(b"Ann Lee".to_vec(), Ok("Ann Lee"));
        check(gzip("Ann Lee"), Ok("Ann Lee"));
        check(bzip2("Ann Lee"), Ok("Ann Lee"));
        check(Vec::new(), Ok(""));
        check(b"B".to_vec(), Ok("B"));
    }

    #[test]
    fn streams_of_several_members_are_read_to_the_end() {
        check([gzip("Ann "), gzip("Lee")].concat(), Ok("Ann Lee"));
        check([bzip2("Ann "), bzip2("Lee")].concat(), Ok("Ann Lee"));
    }

    #[test]
    fn broken_streams_are_refused() {
        let cut = |mut bytes: Vec<u8>| {
            bytes.truncate(bytes.len() - 9);
            bytes
        };
        check(b"Ann\nL\xe9e".to_vec(), Err("line 2: not UTF-8"));
        check(gzip(" ".repeat(33 << 20)), Err("larger than 32 MB"));
        let breaks_off = Err("breaks off in the middle of its packed data");
        check(cut(gzip("Ann Lee of Wexmouth")), breaks_off);
        check(cut(bzip2("Ann Lee of Wexmouth")), breaks_off);
        check(
            b"PK\x03\x04...".to_vec(),
            Err("a zip file; unpack it first"),
        );
        check(
            b"\xff\xfeA\0".to_vec(),
            Err("text in UTF-16; save it as UTF-8"),
        );
        let mut flipped = bzip2("Ann Lee of Wexmouth");
        flipped[12] ^= 0xff;
        assert!(
            Source::new(Cursor::new(flipped))
                .and_then(|mut source| source.text())
                .is_err()
        );
    }

    #[test]
    fn progress_counts_the_bytes_of_the_disk() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), gzip("Ann Lee ".repeat(10_000))).unwrap();
        let progress = Progress::default();
        Source::open(file.path(), &progress)
            .unwrap()
            .text()
            .unwrap();
        assert_eq!(progress.bytes(), file.path().metadata().unwrap().len());
        let folder = tempfile::tempdir().unwrap();
        let error = |path: &Path| Source::open(path, &progress).err().unwrap();
        assert_eq!(error(folder.path()), "a folder, not a file");
        assert_eq!(error(&folder.path().join("x")), "no such file");
    }
}
