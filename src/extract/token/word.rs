//! The end of a word: inner apostrophes, hyphens, the points of abbreviations, possessive endings.

use super::address;
use super::cursor::{at, before};
use super::letters::{is_apostrophe, is_hyphen, is_word};
use crate::lexicon::{Abbreviation, Lexicon};

/// Words that begin with an apostrophe even where the mark is straight or turned the wrong way.
const ELIDED: [&str; 6] = ["em", "tis", "twas", "til", "twere", "n"];
/// Words that begin with an apostrophe where the mark is a curly apostrophe.
const ELIDED_CURLY: [&str; 6] = ["cause", "bout", "round", "neath", "cos", "tude"];

/// Where a word ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The end of the word in bytes.
    pub(super) end: usize,
    /// The end of its stem in bytes.
    pub(super) stem: usize,
    /// It turned out to be a domain name.
    pub(super) address: bool,
}

/// The start of the word proper if an elided word ("’em", "'90s", "’n’") starts with the apostrophe at `start`.
pub(super) fn elision(text: &str, start: usize) -> Option<Ending> {
    let mark = at(text, start)?;
    if !is_apostrophe(mark) || before(text, start).is_some_and(is_word) {
        return None;
    }
    let body = start + mark.len_utf8();
    let end = run_end(text, body, 6);
    let word = text.get(body..end)?;
    if at(text, end).is_some_and(is_word) {
        return None;
    }
    let known = ELIDED.iter().any(|w| w.eq_ignore_ascii_case(word))
        || mark == '’' && ELIDED_CURLY.iter().any(|w| w.eq_ignore_ascii_case(word));
    if known {
        // rock ’n’ roll
        let closing = at(text, end).filter(|c| is_apostrophe(*c) && word.eq_ignore_ascii_case("n"));
        let end = end + closing.map_or(0, char::len_utf8);
        return Some(Ending {
            end,
            stem: end,
            address: false,
        });
    }
    let digits = word.as_bytes();
    let decade = match digits {
        [a, b] => mark == '’' && a.is_ascii_digit() && b.is_ascii_digit(),
        [a, b, b's'] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => false,
    };
    decade.then_some(Ending {
        end,
        stem: end,
        address: false,
    })
}

/// The end of the word that starts at `start` and whose first characters, up to `from`, are known to belong to it.
/// `quoted`: a single quote stands open, so that an apostrophe after the word may close it.
pub(super) fn ending(text: &str, start: usize, from: usize, quoted: bool) -> Ending {
    let mut scan = Scan {
        text,
        start,
        segment: start,
        at: from,
        pointed: false,
    };
    while let Some(c) = at(text, scan.at) {
        let next = scan.at + c.len_utf8();
        if is_word(c) {
            scan.at = next;
            continue;
        }
        if c == '.' {
            if let Some(end) = scan.domain() {
                return Ending {
                    end,
                    stem: end,
                    address: true,
                };
            }
            match scan.point() {
                Point::Inner => continue,
                Point::Last => {}
                Point::Stop => break,
            }
            // Only a hyphen or an apostrophe can go on behind the last point: "U.S.-led", "U.S.’s".
            let Some(join) = at(text, scan.at).filter(|c| is_hyphen(*c) || is_apostrophe(*c))
            else {
                break;
            };
            if !scan.joins(join) {
                break;
            }
            continue;
        }
        if !scan.joins(c) {
            break;
        }
    }
    possessive(text, scan.start, scan.at, quoted)
}

/// Adds a bare apostrophe, and finds where the stem of a word that ends at `end` stops.
pub(super) fn possessive(text: &str, start: usize, end: usize, quoted: bool) -> Ending {
    let word = text.get(start..end).unwrap_or_default();
    if let Some(stem) = without_s(word) {
        return Ending {
            end,
            stem: start + stem,
            address: false,
        };
    }
    let whole = Ending {
        end,
        stem: end,
        address: false,
    };
    let Some(mark) = at(text, end).filter(|c| matches!(c, '\'' | '’')) else {
        return whole;
    };
    let behind = end + mark.len_utf8();
    let goes_on = at(text, behind).is_some_and(char::is_whitespace)
        && at(text, behind + 1).is_some_and(char::is_alphanumeric);
    // Between a closing mark and an apostrophe only an open quote can tell; a quote of single marks shows itself by
    // its opening mark, and what follows a possessive is the thing owned.
    if quoted || !goes_on {
        return whole;
    }
    match word.chars().next_back() {
        Some('s' | 'S' | 'z' | 'x') => Ending {
            end: behind,
            stem: end,
            address: false,
        },
        Some('n') if word.len() > 3 && word.ends_with("in") => Ending {
            end: behind,
            stem: behind,
            address: false,
        },
        _ => whole,
    }
}

fn without_s(word: &str) -> Option<usize> {
    let body = word.strip_suffix(['s', 'S'])?;
    let stem = body.strip_suffix(['\'', '’', '‘'])?;
    stem.chars()
        .next_back()
        .is_some_and(|c| is_word(c) || c == '.')
        .then_some(stem.len())
}

enum Point {
    /// The point and what follows belong to the word.
    Inner,
    /// The point is the word's last character.
    Last,
    /// The point is not part of the word.
    Stop,
}

struct Scan<'a> {
    text: &'a str,
    start: usize,
    /// Where the part since the last hyphen, apostrophe or point starts.
    segment: usize,
    at: usize,
    /// A point stands between single letters before this part: "U.S"
    pointed: bool,
}

impl Scan<'_> {
    /// Takes the joining character `c` at the current place if the word goes on behind it.
    fn joins(&mut self, c: char) -> bool {
        let next = self.at + c.len_utf8();
        let (Some(left), Some(right)) = (before(self.text, self.at), at(self.text, next)) else {
            return false;
        };
        let behind_word = is_word(left) || left == '.';
        let joins = match c {
            _ if is_hyphen(c) => behind_word && right.is_alphanumeric(),
            '\'' | '’' => behind_word && right.is_alphanumeric(),
            '‘' | '·' => left.is_alphabetic() && right.is_alphabetic(),
            '&' => left.is_uppercase() && right.is_uppercase(),
            _ => false,
        };
        if joins {
            self.at = next;
            self.segment = next;
            self.pointed = false;
        }
        joins
    }

    /// The end of a domain name, if the point at the current place is one of its points.
    fn domain(&self) -> Option<usize> {
        before(self.text, self.at)
            .filter(|c| is_word(*c))
            .and_then(|_| address::domain(self.text, self.at))
    }

    /// Takes the point at the current place if it belongs to the word.
    fn point(&mut self) -> Point {
        let part = self.text.get(self.segment..self.at).unwrap_or_default();
        let behind = self.at + 1;
        let mut letters = part.chars();
        let single = match (letters.next(), letters.next()) {
            (Some(c), None) if c.is_alphabetic() => Some(c),
            _ => None,
        };
        if let Some(letter) = single {
            if self.letter_follows(letter, behind) {
                self.at = behind;
                self.segment = behind;
                self.pointed = true;
                return Point::Inner;
            }
            if self.pointed || self.is_initial(letter, behind) {
                self.at = behind;
                return Point::Last;
            }
        }
        if self.is_abbreviation(part, behind) {
            self.at = behind;
            // "Ph.D."
            if at(self.text, behind).is_some_and(char::is_alphabetic) {
                self.segment = behind;
                self.pointed = true;
                return Point::Inner;
            }
            return Point::Last;
        }
        Point::Stop
    }

    /// A single letter and another point follow, or a last capital without one: "U.S."
    fn letter_follows(&self, letter: char, behind: usize) -> bool {
        let Some(next) = at(self.text, behind).filter(|c| c.is_alphabetic()) else {
            return false;
        };
        match at(self.text, behind + next.len_utf8()) {
            Some('.') => true,
            Some(c) if is_word(c) => false,
            _ => letter.is_uppercase() && next.is_uppercase(),
        }
    }

    /// A capital that stands for a name: another capital follows ("J. Smith", "J.-P. Sartre").
    fn is_initial(&self, letter: char, behind: usize) -> bool {
        if !letter.is_uppercase() || self.segment != self.start {
            return false;
        }
        match at(self.text, behind) {
            Some(c) if c.is_whitespace() => {
                at(self.text, behind + c.len_utf8()).is_some_and(char::is_uppercase)
            }
            Some(c) if is_hyphen(c) => {
                at(self.text, behind + c.len_utf8()).is_some_and(char::is_uppercase)
            }
            // "[George W.] Bush"
            Some(')' | ']') => true,
            // "J.Smith"
            Some(c) => c.is_uppercase(),
            None => false,
        }
    }

    fn is_abbreviation(&self, part: &str, behind: usize) -> bool {
        if part == "Ph" {
            return self
                .text
                .get(behind..)
                .is_some_and(|rest| rest.starts_with("D."));
        }
        // Behind a hyphen only titles are written short: "vice-pres.", "ex-Sen."
        let Some(class) = Lexicon::get().abbreviations.class(part) else {
            return false;
        };
        let capital = part.starts_with(|c: char| c.is_uppercase());
        let next = at(self.text, behind);
        let figure = next.is_some_and(|c| c.is_ascii_digit())
            || next.is_some_and(char::is_whitespace)
                && at(self.text, behind + 1).is_some_and(|c| c.is_ascii_digit());
        match class {
            Abbreviation::Title | Abbreviation::Month | Abbreviation::Place => capital,
            Abbreviation::Number => figure,
            Abbreviation::Doubt => capital && figure,
            // "IE." is a name, "ie." is not.
            Abbreviation::Latin => !capital,
            Abbreviation::Tail => true,
        }
    }
}

/// The end of a run of letters and figures, of `most` characters at most.
fn run_end(text: &str, start: usize, most: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let run = rest.chars().take(most).take_while(|c| c.is_alphanumeric());
    start + run.map(char::len_utf8).sum::<usize>()
}
