//! Who says what, for people to read: each piece of speech with its line, its speaker and how that is known.

use std::io::{self, Write};

use super::super::excerpt::printable;
use super::super::schema::{Extract, ExtractedQuote};
use super::Sink;

/// Characters of a piece of speech that are shown.
const LONGEST: usize = 72;

/// One block a draft, with two lines for each piece of speech.
pub(super) struct Text<W: Write> {
    out: W,
    begun: bool,
}

impl<W: Write> Text<W> {
    pub(super) fn new(out: W) -> Text<W> {
        Text { out, begun: false }
    }
}

impl<W: Write> Sink for Text<W> {
    fn extract(&mut self, extract: &Extract<'_>) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(self.out)?;
        }
        let name = line(&extract.name());
        if extract.quotes.is_empty() {
            return writeln!(self.out, "{name}: nobody speaks");
        }
        writeln!(self.out, "{name}:")?;
        for quote in &extract.quotes {
            writeln!(self.out, "{:>5}  {}", quote.line, excerpt(quote.text))?;
            writeln!(self.out, "       {}", speaker(quote))?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The speaker, and in words how that is known.
fn speaker(quote: &ExtractedQuote<'_>) -> String {
    let name = quote
        .speaker_name
        .or(quote.speaker.as_ref().map(|speaker| speaker.text))
        .unwrap_or("?");
    let why = quote.why.as_deref().unwrap_or_default().join("; ");
    line(&format!("{name}: {why}"))
}

/// The start of a text on one line.
fn excerpt(text: &str) -> String {
    let text = line(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    printable(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_texts_become_one_short_line() {
        assert_eq!(excerpt("“It is\r\n rotten,”"), "“It is rotten,”");
        let long = excerpt(&"é".repeat(1000));
        assert_eq!(long.chars().count(), LONGEST + 1);
    }
}
