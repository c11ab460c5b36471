//! The end of a number: separators, signs, ordinals, units written without a space.

use super::cursor::{at, before};
use super::letters::{is_hyphen, is_word};
use super::word;

/// What may stand directly behind the figures without making the number a word.
const UNITS: [&str; 44] = [
    "s", "st", "nd", "rd", "th", "ST", "ND", "RD", "TH", "m", "M", "mn", "mln", "bn", "b", "B",
    "tn", "k", "K", "km", "kg", "g", "mm", "cm", "mi", "ft", "lb", "lbs", "oz", "am", "pm", "AM",
    "PM", "x", "mph", "kph", "h", "hr", "hrs", "min", "sec", "p", "c", "ha",
];

/// A number, or a word that starts with figures.
pub(super) struct Figures {
    /// Where it ends.
    pub(super) ending: word::Ending,
    /// It is a word after all: "50-year-old", "3D"
    pub(super) word: bool,
}

/// The number that starts at `start`, sign included.
pub(super) fn ending(text: &str, start: usize, quoted: bool) -> Option<Figures> {
    let first = at(text, start)?;
    let digits = if first.is_numeric() {
        start
    } else if is_sign(text, start, first) {
        start + first.len_utf8()
    } else {
        return None;
    };
    let core = core_end(text, digits);
    match at(text, core) {
        Some(c @ ('%' | '‰')) => {
            let end = core + c.len_utf8();
            let ending = word::Ending {
                end,
                stem: end,
                address: false,
            };
            Some(Figures {
                ending,
                word: false,
            })
        }
        Some(c) if is_word(c) || is_hyphen(c) => Some(with_letters(text, start, core, quoted)),
        Some('\'' | '’') => {
            let ending = word::ending(text, core, core, quoted);
            let plain =
                ending.end == core || !text.get(core..ending.end).is_some_and(|s| s.ends_with('s'));
            let ending = if plain {
                word::Ending {
                    end: core,
                    stem: core,
                    address: false,
                }
            } else {
                word::Ending {
                    end: ending.end,
                    stem: core,
                    address: false,
                }
            };
            Some(Figures {
                ending,
                word: false,
            })
        }
        _ => {
            let ending = word::Ending {
                end: core,
                stem: core,
                address: false,
            };
            Some(Figures {
                ending,
                word: false,
            })
        }
    }
}

fn with_letters(text: &str, start: usize, core: usize, quoted: bool) -> Figures {
    for clock in ["a.m.", "p.m."] {
        if text.get(core..).is_some_and(|rest| rest.starts_with(clock)) {
            let end = core + clock.len();
            let ending = word::Ending {
                end,
                stem: end,
                address: false,
            };
            return Figures {
                ending,
                word: false,
            };
        }
    }
    let ending = word::ending(text, start, core, quoted);
    let suffix = text.get(core..ending.stem).unwrap_or_default();
    Figures {
        ending,
        word: !suffix.is_empty() && !UNITS.contains(&suffix),
    }
}

/// A sign belongs to the number where it cannot be a dash: nothing or an opening stands before it.
fn is_sign(text: &str, start: usize, c: char) -> bool {
    matches!(c, '-' | '−' | '+')
        && at(text, start + c.len_utf8()).is_some_and(char::is_numeric)
        && before(text, start)
            .is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '"' | '“' | '‘'))
}

fn core_end(text: &str, digits: usize) -> usize {
    let mut end = digits;
    while let Some(c) = at(text, end) {
        let next = end + c.len_utf8();
        let separator = matches!(c, ',' | '.' | ':' | '/') || is_hyphen(c);
        if c.is_numeric() || separator && at(text, next).is_some_and(char::is_numeric) {
            end = next;
            continue;
        }
        break;
    }
    end
}
