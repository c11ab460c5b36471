//! Cuts a stream of JSON into elements without reading it whole: an error in one does not lose the others.

use std::io::BufRead;

use serde::de::IgnoredAny;

use super::super::compressed::{Source, reason};
use super::super::lines::{self, Each, LONGEST, too_long};

/// Gives `each` the bytes of every element with the line on which it starts. The elements are the lines of JSON lines,
/// or the members of the list at the top or under `path` from the top, or else the values at the top.
pub(in super::super) fn elements(
    source: Source,
    path: &[&str],
    each: &mut Each<'_>,
) -> Result<(), String> {
    let start = source
        .start()
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(source.start());
    match start.trim_ascii_start().first() {
        None => return Err("empty".to_owned()),
        Some(b'[' | b'{') => {}
        Some(_) => return Err("line 1: not JSON".to_owned()),
    }
    if is_lines(start, path) {
        return lines(source, each);
    }
    let mut splitter = Splitter {
        source,
        line: 1,
        element: Vec::new(),
        too_long: false,
        each,
    };
    splitter.top(path)
}

/// Gives `each` the bytes of every line that is an element; the brackets and commas of a list with one element a line
/// are none.
pub(in super::super) fn lines(source: Source, each: &mut Each<'_>) -> Result<(), String> {
    let (mut open, mut last) = (false, 0);
    lines::lines(source, &mut |line, bytes| {
        last = line;
        let Ok(bytes) = bytes else {
            return each(line, bytes);
        };
        let bytes = bytes.trim_ascii();
        match bytes.strip_suffix(b",").unwrap_or(bytes) {
            b"" => {}
            b"[" => open = true,
            b"]" => open = false,
            element => each(line, Ok(element)),
        }
    })?;
    match open {
        true => Err(format!("line {last}: breaks off in the middle")),
        false => Ok(()),
    }
}

/// Whether the first line is an element of its own.
fn is_lines(start: &[u8], path: &[&str]) -> bool {
    let start = start.trim_ascii_start();
    let first = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let object: Result<std::collections::HashMap<String, IgnoredAny>, _> =
        serde_json::from_slice(first);
    object.is_ok_and(|object| path.first().is_none_or(|key| !object.contains_key(*key)))
}

struct Splitter<'e> {
    source: Source,
    line: usize,
    /// The element so far.
    element: Vec<u8>,
    /// It has grown beyond measure and is no longer kept.
    too_long: bool,
    each: &'e mut Each<'e>,
}

/// What the watch for the list has come to.
#[derive(PartialEq)]
enum Watch {
    Ended,
    /// The list starts here.
    List,
}

impl Splitter<'_> {
    fn top(&mut self, path: &[&str]) -> Result<(), String> {
        loop {
            self.skip(true)?;
            self.start();
            let line = self.line;
            match self.peek()? {
                None => return Ok(()),
                Some(b'[') => {
                    self.list()?;
                    self.take()?;
                }
                Some(b'{') => {
                    if self.object(path)? == Watch::List {
                        // What stands behind the list is about it and not in it.
                        return self.list();
                    }
                    self.give(line);
                }
                Some(_) => {
                    self.value()?;
                    self.give(line);
                }
            }
        }
    }

    /// Gives the members of the list that starts here.
    fn list(&mut self) -> Result<(), String> {
        self.take()?;
        loop {
            self.skip(true)?;
            self.start();
            let line = self.line;
            match self.peek()? {
                None => return Err(self.breaks_off()),
                Some(b']') => return Ok(()),
                Some(_) => self.value()?,
            }
            self.give(line);
        }
    }

    /// Takes in an object, unless the list is found in it.
    fn object(&mut self, path: &[&str]) -> Result<Watch, String> {
        self.take()?;
        loop {
            self.skip(false)?;
            match self.peek()? {
                None => return Err(self.breaks_off()),
                Some(b'}') => {
                    self.take()?;
                    return Ok(Watch::Ended);
                }
                Some(b',') => self.take()?,
                Some(b'"') => {
                    let from = self.element.len();
                    self.value()?;
                    let key = self.element.get(from..).unwrap_or_default();
                    let key = key
                        .strip_prefix(b"\"")
                        .and_then(|key| key.strip_suffix(b"\""));
                    let inner = match path {
                        [own, inner @ ..] if key == Some(own.as_bytes()) => Some(inner),
                        _ => None,
                    };
                    self.skip(false)?;
                    if self.peek()? == Some(b':') {
                        self.take()?;
                        self.skip(false)?;
                    }
                    match (inner, self.peek()?) {
                        (Some([]), Some(b'[')) => return Ok(Watch::List),
                        (Some(inner @ [_, ..]), Some(b'{')) => {
                            if self.object(inner)? == Watch::List {
                                return Ok(Watch::List);
                            }
                        }
                        (_, Some(b'}' | b',')) => {}
                        _ => self.value()?,
                    }
                }
                Some(_) => self.value()?,
            }
        }
    }

    /// Takes in one value, to its closing mark or to what ends a number or word.
    fn value(&mut self) -> Result<(), String> {
        let (mut depth, mut in_string, mut escaped, mut taken) = (0_usize, false, false, 0_usize);
        loop {
            let buffer = self.source.fill_buf();
            let buffer =
                buffer.map_err(|error| format!("line {}: {}", self.line, reason(&error)))?;
            if buffer.is_empty() {
                return match depth == 0 && !in_string {
                    true => Ok(()),
                    false => Err(self.breaks_off()),
                };
            }
            let mut end = None;
            for (at, byte) in buffer.iter().enumerate() {
                self.line += usize::from(*byte == b'\n');
                match byte {
                    // A string has no line break: its closing mark is missing.
                    b'\n' if in_string => (in_string, escaped) = (false, false),
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    _ if in_string => {}
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => depth -= 1,
                    // What opens nothing must not hold up the reading.
                    b'}' | b']' | b',' if taken + at == 0 => {}
                    b'}' | b']' | b',' if depth == 0 => {
                        end = Some(at);
                        break;
                    }
                    byte if depth == 0 && byte.is_ascii_whitespace() => {
                        self.line -= usize::from(*byte == b'\n');
                        end = Some(at);
                        break;
                    }
                    _ => continue,
                }
                if depth == 0 && !in_string && matches!(byte, b'"' | b'}' | b']' | b'\n') {
                    end = Some(at + 1);
                    break;
                }
            }
            let used = end.unwrap_or(buffer.len());
            self.too_long |= self.element.len() + used > LONGEST;
            if !self.too_long {
                self.element.extend_from_slice(&buffer[..used]);
            }
            taken += used;
            self.source.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Passes over white space, and over commas between elements.
    fn skip(&mut self, commas: bool) -> Result<(), String> {
        while let Some(byte) = self.peek()? {
            let mark = self.line == 1 && matches!(byte, 0xef | 0xbb | 0xbf);
            if !(byte.is_ascii_whitespace() || (commas && byte == b',') || mark) {
                break;
            }
            self.line += usize::from(byte == b'\n');
            if byte == b'\n' && !commas && self.element.len() < LONGEST {
                // So that lines inside of the element can be told.
                self.element.push(byte);
            }
            self.source.consume(1);
        }
        Ok(())
    }

    /// Takes in one byte.
    fn take(&mut self) -> Result<(), String> {
        if let Some(byte) = self.peek()? {
            self.element.push(byte);
            self.source.consume(1);
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, String> {
        let buffer = self.source.fill_buf();
        let buffer = buffer.map_err(|error| format!("line {}: {}", self.line, reason(&error)))?;
        Ok(buffer.first().copied())
    }

    fn start(&mut self) {
        self.element.clear();
        self.too_long = false;
    }

    fn give(&mut self, line: usize) {
        match self.too_long {
            true => (self.each)(line, Err(too_long())),
            false => (self.each)(line, Ok(&self.element)),
        }
    }

    fn breaks_off(&self) -> String {
        format!("line {}: breaks off in the middle", self.line)
    }
}
