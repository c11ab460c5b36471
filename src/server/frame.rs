//! Frames of the base protocol: found in a byte stream, whatever else stands in it.
//!
//! A header may name its fields in any case and hold fields of any other name. After a header that cannot be used,
//! reading goes on at the next one that can. No line of a JSON text ends with `Content-Length: 12`, since a line break
//! inside a string is escaped; a line that does so is therefore a header wherever it stands, in garbage or in the body
//! of a frame whose length is wrong.
//!
//! Absent on purpose: any knowledge of JSON.

mod header;

use std::io::{self, BufRead};

use serde::Serialize;

use header::{Header, Line, length_at_end};

/// The longest body that is accepted, in bytes: a draft of 50 MB, even when each of its characters is escaped.
pub(super) const MAX_BODY: usize = 512 << 20;

/// How much of a line is kept while looking for a header, in bytes.
const LINE_KEPT: usize = 1024;

/// How much of a body is reserved before it has arrived, in bytes.
const RESERVED: usize = 64 << 10;

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The body of a frame.
    Body(Vec<u8>),
    /// Something that is no frame.
    Broken(Fault),
}

/// Why something is no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Bytes where a header should stand, or a header without a length.
    Header,
    /// A length that is no number.
    Length,
    /// A length above [`MAX_BODY`].
    TooLong,
    /// A charset other than UTF-8.
    Charset,
    /// The next header stands inside the body.
    Misframed,
}

impl Fault {
    /// What to tell the client.
    pub(super) fn message(self) -> &'static str {
        match self {
            Fault::Header => "Expected a header with a Content-Length",
            Fault::Length => "Content-Length is not a number of bytes",
            Fault::TooLong => "Content-Length is above the limit of 512 MiB",
            Fault::Charset => "Content-Type names a charset other than UTF-8",
            Fault::Misframed => "Content-Length is longer than the message",
        }
    }
}

/// Reads frames one after the other, in memory bounded by the longest body.
#[derive(Debug)]
pub(super) struct Frames<R> {
    input: R,
    header: Header,
    /// Whether the run of broken bytes that is being skipped has been reported.
    lost: bool,
}

impl<R: BufRead> Frames<R> {
    /// Reads frames from a stream.
    pub(super) fn new(input: R) -> Frames<R> {
        Frames {
            input,
            header: Header::default(),
            lost: false,
        }
    }

    /// The next frame; none at the end of the stream.
    ///
    /// # Errors
    /// Those of the stream.
    pub(super) fn next(&mut self) -> io::Result<Option<Frame>> {
        while let Some(line) = self.line()? {
            let frame = match line {
                Line::Blank => self.end_of_header()?,
                Line::Field(field) => {
                    self.header.add(field);
                    None
                }
                Line::Garbage(length) => {
                    let fault = self.report(Fault::Header);
                    self.restart(length);
                    fault
                }
            };
            if frame.is_some() {
                return Ok(frame);
            }
        }
        Ok(None)
    }

    /// What follows a finished header. None for stray blank lines and in the midst of garbage.
    fn end_of_header(&mut self) -> io::Result<Option<Frame>> {
        let header = std::mem::take(&mut self.header);
        let length = match header.length {
            Some(Ok(length)) => length,
            Some(Err(fault)) => return Ok(self.report(fault)),
            None if header.started => return Ok(self.report(Fault::Header)),
            None => return Ok(None),
        };
        self.lost = false;
        match self.body(length)? {
            Body::Whole(_) if header.other_charset => Ok(Some(Frame::Broken(Fault::Charset))),
            Body::Whole(body) => Ok(Some(Frame::Body(body))),
            Body::Misframed(next) => {
                self.restart(Some(next));
                Ok(Some(Frame::Broken(Fault::Misframed)))
            }
            Body::Cut => Ok(None),
        }
    }

    /// The fault as a frame, unless the run of broken bytes has been reported already.
    fn report(&mut self, fault: Fault) -> Option<Frame> {
        (!std::mem::replace(&mut self.lost, true)).then_some(Frame::Broken(fault))
    }

    /// Begins a header anew, with a length if one was found.
    fn restart(&mut self, length: Option<usize>) {
        self.header = length.map_or_else(Header::default, Header::with_length);
        self.lost = length.is_none();
    }

    /// Reads a line, keeping no more than its end.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut kept: Vec<u8> = Vec::new();
        let mut cut = false;
        loop {
            let chunk = fill(&mut self.input)?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let taken = end.map_or(chunk.len(), |end| end + 1);
            let part = &chunk[..end.unwrap_or(chunk.len())];
            kept.extend_from_slice(&part[part.len().saturating_sub(LINE_KEPT)..]);
            cut |= part.len() > LINE_KEPT || kept.len() > LINE_KEPT;
            kept.drain(..kept.len().saturating_sub(LINE_KEPT));
            self.input.consume(taken);
            if end.is_some() {
                return Ok(Some(if cut {
                    Line::Garbage(length_at_end(&kept))
                } else {
                    Line::new(&kept)
                }));
            }
        }
    }

    /// Reads a body; stops early where a header proves the length wrong.
    fn body(&mut self, length: usize) -> io::Result<Body> {
        let mut body = Vec::with_capacity(length.min(RESERVED));
        while body.len() < length {
            let chunk = fill(&mut self.input)?;
            if chunk.is_empty() {
                return Ok(Body::Cut);
            }
            let known = body.len();
            let taken = chunk.len().min(length - known);
            body.extend_from_slice(&chunk[..taken]);
            let mut from = known;
            while let Some(at) = body[from..].iter().position(|&byte| byte == b'\n') {
                let end = from + at;
                if let Some(next) = length_at_end(&body[end.saturating_sub(LINE_KEPT)..end]) {
                    self.input.consume(end + 1 - known);
                    return Ok(Body::Misframed(next));
                }
                from = end + 1;
            }
            self.input.consume(taken);
        }
        Ok(Body::Whole(body))
    }
}

enum Body {
    Whole(Vec<u8>),
    /// The length that the header inside it gives.
    Misframed(usize),
    /// The stream ended inside it.
    Cut,
}

/// The bodies of the frames in a stream; what is no frame is passed over, as the server does.
///
/// # Errors
/// Those of the stream.
pub fn frame_bodies(input: impl BufRead) -> io::Result<Vec<Vec<u8>>> {
    let mut frames = Frames::new(input);
    let mut bodies = Vec::new();
    while let Some(frame) = frames.next()? {
        if let Frame::Body(body) = frame {
            bodies.push(body);
        }
    }
    Ok(bodies)
}

/// A message as a frame.
pub(super) fn encode(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let body = serde_json::to_vec(message)?;
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(&body);
    Ok(frame)
}

fn fill<R: BufRead>(input: &mut R) -> io::Result<&[u8]> {
    // A buffer that has been filled is handed out again by the second call, which then reads nothing.
    while let Err(error) = input.fill_buf() {
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    input.fill_buf()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Frames as text: bodies as they are, faults by name; the same whatever the size of the chunks.
    fn check(stream: &str, expected: &[&str]) {
        for chunk in [1, 2, 7, 64, 1 << 16] {
            let mut frames = Frames::new(BufReader::with_capacity(chunk, stream.as_bytes()));
            let mut found = Vec::new();
            while let Some(frame) = frames.next().unwrap() {
                found.push(match frame {
                    Frame::Body(body) => String::from_utf8(body).unwrap(),
                    Frame::Broken(fault) => format!("{fault:?}"),
                });
            }
            assert_eq!(found, expected, "in chunks of {chunk} bytes");
        }
    }

    #[test]
    fn reads_frames_with_any_header() {
        check("Content-Length: 2\r\n\r\n{}", &["{}"]);
        check("content-length:2\r\n\r\n{}", &["{}"]);
        check("Content-Length: 2\n\n{}", &["{}"]);
        check("X-A: 1\r\nCONTENT-LENGTH:  2 \r\nX-B: 2\r\n\r\n{}", &["{}"]);
        check(
            "Content-Type: application/vscode-jsonrpc\r\nContent-Length: 2\r\n\r\n{}",
            &["{}"],
        );
        check(
            "Content-Length: 2\r\nContent-Type: a/b; charset=UTF8\r\n\r\n[]Content-Length: 2\r\n\r\n{}",
            &["[]", "{}"],
        );
        check(
            "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}",
            &["", "{}"],
        );
        check("\r\n\r\nContent-Length: 2\r\n\r\n{}", &["{}"]);
        check("", &[]);
    }

    #[test]
    fn a_body_may_speak_of_headers_and_hold_line_breaks() {
        let body = "{\"text\":\"Content-Length: 5\\r\\n\\r\\nhello\",\r\n\"n\":\r\n5\r\n}";
        check(
            &format!("Content-Length: {}\r\n\r\n{body}", body.len()),
            &[body],
        );
    }

    #[test]
    fn goes_on_after_a_useless_header() {
        let good = "Content-Length: 2\r\n\r\n{}";
        check(
            &format!("Content-Length: x\r\n\r\n{{\"a\":1}}{good}"),
            &["Length", "{}"],
        );
        check(
            &format!("Content-Length: -1\r\n\r\n{good}"),
            &["Length", "{}"],
        );
        check(
            &format!("Content-Length:\r\n\r\n{{}}{good}"),
            &["Length", "{}"],
        );
        check(
            &format!("Content-Length: 99999999999\r\n\r\n{{\"a\":1}}{good}"),
            &["TooLong", "{}"],
        );
        check(
            &format!("Content-Length: 99999999999999999999999999\r\n\r\n[]{good}"),
            &["TooLong", "{}"],
        );
        check(&format!("X-A: 1\r\n\r\n{{}}{good}"), &["Header", "{}"]);
        check(
            &format!("hello\r\nworld\r\n\r\n{{}}{good}"),
            &["Header", "{}"],
        );
        check(
            &format!("Content-Length: 2\r\nContent-Type: a/b; charset=utf-16\r\n\r\nxx{good}"),
            &["Charset", "{}"],
        );
    }

    #[test]
    fn goes_on_after_a_wrong_length() {
        let good = "Content-Length: 2\r\n\r\n{}";
        check(
            &format!("Content-Length: 500\r\n\r\n[1]{good}{good}"),
            &["Misframed", "{}", "{}"],
        );
        check(
            &format!("Content-Length: 500\r\n\r\n[1]Content-Type: a/b\r\n{good}"),
            &["Misframed", "{}"],
        );
        check(
            &format!("Content-Length: 1\r\n\r\n[1]{good}"),
            &["[", "Header", "{}"],
        );
    }

    #[test]
    fn reports_a_run_of_garbage_once() {
        let garbage = "garbage without end ".repeat(1000);
        check(
            &format!("{garbage}\n{garbage}\r\n\r\n{garbage}Content-Length: 2\r\n\r\n{{}}"),
            &["Header", "{}"],
        );
        check(&garbage, &[]);
    }

    #[test]
    fn a_stream_cut_inside_a_frame_ends() {
        check("Content-Length: 20\r\n\r\n{}", &[]);
        check("Content-Length: 20\r\n", &[]);
    }

    #[test]
    fn a_body_of_white_space_is_read_in_linear_time() {
        for blank in ["\n", " \n", "\r\n", "1\n"] {
            let body = blank.repeat(1_000_000);
            let stream = format!("Content-Length: {}\r\n\r\n{body}", body.len());
            let mut frames = Frames::new(stream.as_bytes());
            assert_eq!(frames.next().unwrap(), Some(Frame::Body(body.into_bytes())));
        }
    }

    proptest! {
        /// Whatever came before, one frame may be lost, the one after it is found.
        #[test]
        fn finds_its_way_back(
            pieces in vec(
                prop_oneof![
                    Just("Content-Length: ".to_owned()),
                    Just("Content-Type: a/b; charset=".to_owned()),
                    Just("\r\n".to_owned()),
                    Just("{}".to_owned()),
                    "[0-9]{1,3}",
                    "\\PC{0,8}",
                ],
                0..12,
            ),
            chunk in 1_usize..80,
        ) {
            let good = "Content-Length: 8\r\n\r\n{\"ok\":1}";
            let stream = format!("{}{good}{good}", pieces.concat());
            let mut frames = Frames::new(BufReader::with_capacity(chunk, stream.as_bytes()));
            let mut last = None;
            while let Some(frame) = frames.next().unwrap() {
                last = Some(frame);
            }
            prop_assert_eq!(last, Some(Frame::Body(b"{\"ok\":1}".to_vec())));
        }
    }

    #[test]
    fn encodes_what_it_reads() {
        let frame = encode(&serde_json::json!({"é": 1})).unwrap();
        check(&String::from_utf8(frame).unwrap(), &["{\"é\":1}"]);
    }
}
