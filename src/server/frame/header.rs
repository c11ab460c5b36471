//! The lines of a frame's header, and of what stands where one should.

use super::{Fault, MAX_BODY};

/// The fields of a header that matter, as far as they have been read.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// The length of the body in bytes.
    pub length: Option<Result<usize, Fault>>,
    /// Whether the body is in a charset other than UTF-8.
    pub other_charset: bool,
    /// Whether any field has been read.
    pub started: bool,
}

impl Header {
    /// A header of which one field has been read.
    pub(super) fn with_length(length: usize) -> Header {
        Header {
            length: Some(within_limit(length)),
            other_charset: false,
            started: true,
        }
    }

    /// Takes in a field. Of two that are alike the later holds.
    pub(super) fn add(&mut self, field: Field) {
        self.started = true;
        match field {
            Field::Length(length) => self.length = Some(length),
            Field::Charset { is_utf8 } => self.other_charset = !is_utf8,
            Field::Other => {}
        }
    }
}

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The end of a header.
    Blank,
    /// A field of a header.
    Field(Field),
    /// No field; with the length of the field that stands at its end, if one does.
    Garbage(Option<usize>),
}

/// One field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Content-Length.
    Length(Result<usize, Fault>),
    /// Content-Type.
    Charset {
        /// Whether it names UTF-8 or nothing.
        is_utf8: bool,
    },
    /// Any other.
    Other,
}

impl Line {
    /// Reads a line, given without its line feed.
    pub(super) fn new(line: &[u8]) -> Line {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Line::Blank;
        }
        let inside = length_at_end(line);
        let Some(colon) = line.iter().position(|&byte| byte == b':') else {
            return Line::Garbage(None);
        };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            return match (number(value), inside) {
                (Err(_), Some(length)) => Line::Garbage(Some(length)),
                (length, _) => Line::Field(Field::Length(length.and_then(within_limit))),
            };
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        if inside.is_some() || name.is_empty() || !name.iter().all(is_name) {
            return Line::Garbage(inside);
        }
        if name.eq_ignore_ascii_case(b"content-type") {
            let is_utf8 = is_utf8(value);
            return Line::Field(Field::Charset { is_utf8 });
        }
        Line::Field(Field::Other)
    }
}

/// The value of a Content-Length field that ends a line, whatever stands before it. Looks at no byte twice, and at none
/// of the lines before.
pub(super) fn length_at_end(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let line = trim_blanks(line);
    let digits = line.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (before, digits) = line.split_at(line.len() - digits);
    let before = trim_blanks(before);
    let name = &before[before.len().checked_sub(NAME.len())?..];
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    number(digits).ok()
}

/// Without blanks at the end; line feeds are none.
fn trim_blanks(line: &[u8]) -> &[u8] {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
    let blanks = line.iter().rev().take_while(is_blank).count();
    &line[..line.len() - blanks]
}

/// A number too large to hold counts as the largest.
fn number(digits: &[u8]) -> Result<usize, Fault> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Fault::Length);
    }
    Ok(digits.iter().fold(0_usize, |number, digit| {
        number
            .saturating_mul(10)
            .saturating_add(usize::from(digit - b'0'))
    }))
}

fn within_limit(length: usize) -> Result<usize, Fault> {
    if length > MAX_BODY {
        return Err(Fault::TooLong);
    }
    Ok(length)
}

/// Whether a media type is in UTF-8, which it is when it names no charset.
fn is_utf8(media_type: &[u8]) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type
        .split(|&byte| byte == b';')
        .skip(1)
        .filter_map(|parameter| parameter.trim_ascii().strip_prefix(b"charset="))
        .all(|charset| matches!(charset.trim_ascii(), b"utf-8" | b"utf8" | b"\"utf-8\""))
}
