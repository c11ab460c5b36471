//! One JSON document of many drafts, written as they come.

use std::io::{self, Write};

use serde::Serialize;

use super::VERSION;

/// Writes `{"schema":1,"drafts":[…]}`.
pub(in crate::cli) struct Document<W: Write> {
    out: W,
    begun: bool,
}

impl<W: Write> Document<W> {
    /// A document of which nothing is written yet.
    pub(in crate::cli) fn new(out: W) -> Document<W> {
        Document { out, begun: false }
    }

    /// Writes one draft.
    pub(in crate::cli) fn draft(&mut self, draft: &impl Serialize) -> io::Result<()> {
        match std::mem::replace(&mut self.begun, true) {
            true => self.out.write_all(b",\n")?,
            false => self.open()?,
        }
        Ok(serde_json::to_writer(&mut self.out, draft)?)
    }

    /// Writes what comes after all drafts.
    pub(in crate::cli) fn end(&mut self) -> io::Result<()> {
        if !self.begun {
            self.open()?;
        }
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }

    fn open(&mut self) -> io::Result<()> {
        write!(self.out, "{{\"schema\":{VERSION},\"drafts\":[")
    }
}
