//! Drafts from files and standard input, or one clear line on why not.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::text::Language;

/// Bytes of the largest draft that is read. A million words are some six million bytes.
pub(super) const LIMIT: u64 = 32 << 20;

/// A draft as it was read.
#[derive(Debug)]
pub(super) struct Input {
    /// The path as given; "-" is standard input.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// The markup, by the name's ending where none was asked for.
    pub language: Language,
}

/// A markup as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LanguageName {
    Plain,
    Markdown,
    Html,
}

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Paths as given, or standard input where none is given.
pub(super) fn or_stdin(paths: &[PathBuf]) -> Vec<PathBuf> {
    match paths {
        [] => vec![PathBuf::from("-")],
        paths => paths.to_vec(),
    }
}

/// Opens a file or standard input for reading. The error is a sentence part that follows the path.
pub(super) fn open(path: &Path) -> Result<Box<dyn Read>, String> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|error| reason(&error))?;
    let directory = file.metadata().is_ok_and(|data| data.is_dir());
    if directory {
        return Err("is a directory".to_owned());
    }
    Ok(Box::new(file))
}

/// Reads a draft. The error is a sentence part that follows the path.
pub(super) fn read(path: &Path, language: Option<LanguageName>) -> Result<Input, String> {
    let mut bytes = Vec::new();
    open(path)?
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is larger than {} MiB: not a draft", LIMIT >> 20));
    }
    Ok(Input {
        name: path.display().to_string(),
        text: decode(bytes)?,
        language: language.map_or_else(|| language_of(path), LanguageName::into),
    })
}

/// Bytes to text. The error is a sentence part that follows the path.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("is UTF-16: save it as UTF-8".to_owned());
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(format!("is not a text: NUL at byte {at}"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("is not UTF-8: wrong at byte {at}")
    })
}

/// An error of the system in a few words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn language_of(path: &Path) -> Language {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Language::Markdown,
        "html" | "htm" => Language::Html,
        _ => Language::Plain,
    }
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Language {
        match name {
            LanguageName::Plain => Language::Plain,
            LanguageName::Markdown => Language::Markdown,
            LanguageName::Html => Language::Html,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_what_is_none() {
        assert_eq!(decode(b"Pier.".to_vec()), Ok("Pier.".to_owned()));
        assert_eq!(decode(Vec::new()), Ok(String::new()));
        assert_eq!(
            decode(b"\xEF\xBB\xBFPier.".to_vec()),
            Ok("Pier.".to_owned())
        );
        assert!(decode(b"\xFF\xFEP\0".to_vec()).is_err_and(|error| error.contains("UTF-16")));
        assert!(decode(b"P\0er".to_vec()).is_err_and(|error| error.contains("NUL at byte 1")));
        assert!(decode(b"P\xFFer".to_vec()).is_err_and(|error| error.contains("byte 1")));
    }

    #[test]
    fn languages_follow_the_ending() {
        assert_eq!(language_of(Path::new("a.MD")), Language::Markdown);
        assert_eq!(language_of(Path::new("a.htm")), Language::Html);
        assert_eq!(language_of(Path::new("a.md.txt")), Language::Plain);
        assert_eq!(language_of(Path::new("-")), Language::Plain);
    }
}
