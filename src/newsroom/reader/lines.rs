//! Lines of a stream, none longer than memory allows.

use std::io::{BufRead, Read};

use super::compressed::reason;

/// Bytes of the longest line.
pub(super) const LONGEST: usize = 16 << 20;

/// Takes bytes with the line on which they start, or why they cannot be given.
pub(super) type Each<'e> = dyn FnMut(usize, Result<&[u8], String>) + 'e;

/// Gives `each` every line with its number from 1, without its end; an error for a line that is too long.
pub(super) fn lines(mut source: impl BufRead, each: &mut Each<'_>) -> Result<(), String> {
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        let broken = |error| format!("line {line}: {}", reason(&error));
        let mut bounded = source.by_ref().take(LONGEST as u64 + 1);
        if bounded.read_until(b'\n', &mut text).map_err(broken)? == 0 {
            break;
        }
        if text.len() > LONGEST && !text.ends_with(b"\n") {
            source.skip_until(b'\n').map_err(broken)?;
            each(line, Err(too_long()));
            continue;
        }
        let bytes = text.strip_suffix(b"\n").unwrap_or(&text);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes = match line {
            1 => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
            _ => bytes,
        };
        each(line, Ok(bytes));
    }
    Ok(())
}

/// What is said of a line or an element that is too long.
pub(super) fn too_long() -> String {
    format!("longer than {} MB", LONGEST >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], expected: &[&str]) {
        let mut found = Vec::new();
        lines(text, &mut |line, bytes| {
            let bytes = bytes.map(String::from_utf8_lossy);
            found.push(format!(
                "{line}: {}",
                bytes.unwrap_or_else(|error| error.into())
            ));
        })
        .unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_end_in_any_way() {
        check(b"\xef\xbb\xbfAnn\r\n\nBo", &["1: Ann", "2: ", "3: Bo"]);
        check(b"", &[]);
        let long = [&b"x".repeat(LONGEST + 1)[..], b"\nBo\n"].concat();
        check(&long, &["1: longer than 16 MB", "2: Bo"]);
    }
}
