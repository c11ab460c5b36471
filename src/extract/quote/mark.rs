//! Single quote marks, and what each can do from what stands on its two sides.

use super::Marks;
use crate::extract::token::cursor::{at, before};
use crate::extract::token::{Token, TokenKind};

/// Marks of one group close each other, so that mixed marks pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Double,
    Single,
    Guillemet,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    Close,
    /// An apostrophe, a measure, a stray.
    Neither,
}

/// What is open where a mark stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// The nearest open mark of the mark's group.
    pub(super) open: Option<&'static str>,
    /// An opening mark ends where the mark starts.
    pub(super) touches_opener: bool,
}

/// A quote mark in its paragraph. Bytes of the paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) mark: &'static str,
    /// Index of its first token.
    pub(super) token: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) left: Option<char>,
    pub(super) right: Option<char>,
}

const MARKS: [&str; 15] = [
    "“", "”", "\"", "‘", "’", "'", "„", "‟", "``", "''", "‚", "«", "»", "‹", "›",
];

/// The quote marks of a paragraph but for those of measures.
pub(super) fn events(text: &str, tokens: &[Token]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let marks = tokens.iter().enumerate();
    for (token, t) in marks.filter(|(_, t)| t.kind == TokenKind::Mark) {
        let (start, end) = (usize::from(t.range.start()), usize::from(t.range.end()));
        let Some(mark) = MARKS.iter().find(|m| Some(**m) == text.get(start..end)) else {
            continue;
        };
        // Two single marks side by side were typed for a double one.
        if let Some(last) = events.last_mut().filter(|e| e.end == start)
            && let Some(double) = doubled(last.mark, mark)
        {
            *last = Event {
                mark: double,
                end,
                right: at(text, end),
                ..*last
            };
            continue;
        }
        let (left, right) = (before(text, start), at(text, end));
        let event = Event {
            mark,
            token,
            start,
            end,
            left,
            right,
        };
        if !event.is_measure(text, tokens) {
            events.push(event);
        }
    }
    without_attributes(events)
}

/// Leaves out the marks around the value of an attribute: `author="roe"`, in markup that a draft was pasted with.
fn without_attributes(mut events: Vec<Event>) -> Vec<Event> {
    let mut open = None;
    events.retain(|event| match open {
        None if event.left == Some('=') => {
            open = Some(event.group());
            false
        }
        Some(group) if group == event.group() => {
            open = None;
            false
        }
        _ => true,
    });
    events
}

fn doubled(first: &str, second: &str) -> Option<&'static str> {
    match (first, second) {
        ("‘", "‘") => Some("``"),
        ("’", "’") => Some("''"),
        _ => None,
    }
}

impl Event {
    pub(super) fn group(&self) -> Group {
        match self.mark {
            "‘" | "’" | "'" | "‚" => Group::Single,
            "«" | "»" | "‹" | "›" => Group::Guillemet,
            _ => Group::Double,
        }
    }

    pub(super) fn family(&self) -> Marks {
        match self.mark {
            "\"" => Marks::StraightDouble,
            "„" | "‚" => Marks::LowHigh,
            "``" | "''" => Marks::Doubled,
            "‘" | "’" => Marks::CurlySingle,
            "'" => Marks::StraightSingle,
            "«" | "»" | "‹" | "›" => Marks::Guillemets,
            _ => Marks::CurlyDouble,
        }
    }

    /// What the mark does with these marks open around it.
    pub(super) fn role(&self, around: Around, tokens: &[Token], text: &str) -> Role {
        match self.group() {
            Group::Double => self.double_role(around),
            Group::Guillemet => self.guillemet_role(around),
            Group::Single if self.is_torn_ending(tokens, text) => Role::Neither,
            Group::Single => self.single_role(around),
        }
    }

    /// No word stands behind the mark that it could be part of or close.
    pub(super) fn can_only_close(&self) -> bool {
        !self.space_behind() && !self.letter_ahead()
    }

    /// Punctuation that ends what somebody says stands before the mark.
    pub(super) fn after_stop(&self) -> bool {
        matches!(self.left, Some(',' | '.' | '?' | '!' | '…' | '—' | '–'))
    }

    /// The mark may be the apostrophe of a possessive or of a dropped g: "the officials’ plan", "goin’ home".
    pub(super) fn may_be_apostrophe(&self, text: &str) -> bool {
        let word = text.get(..self.start).unwrap_or_default();
        let mut ahead = text.get(self.end..).unwrap_or_default().chars();
        self.mark != "‘"
            && (word.ends_with(['s', 'S', 'z', 'x']) || word.ends_with("in"))
            && ahead.next().is_some_and(char::is_whitespace)
            && ahead.next().is_some_and(char::is_alphanumeric)
    }

    pub(super) fn space_behind(&self) -> bool {
        self.left.is_none_or(char::is_whitespace)
    }

    pub(super) fn space_ahead(&self) -> bool {
        self.right.is_none_or(char::is_whitespace)
    }

    fn letter_ahead(&self) -> bool {
        self.right.is_some_and(char::is_alphanumeric)
    }

    /// Nothing that a closing mark could follow stands before the mark.
    fn free_behind(&self, around: Around) -> bool {
        self.space_behind()
            || matches!(self.left, Some('(' | '[' | '{' | '¿' | '¡'))
            || around.touches_opener
    }

    fn double_role(&self, around: Around) -> Role {
        let open = around.open.is_some();
        match self.mark {
            "„" | "‟" | "``" => Role::Open,
            // The German closing mark, or one typed the wrong way round.
            "“" if open && self.can_only_close() && !around.touches_opener => Role::Close,
            "“" if around.open == Some("„") && !self.space_behind() => Role::Close,
            "“" => Role::Open,
            "”" if open => Role::Close,
            "”" if self.free_behind(around) && !self.space_ahead() => Role::Open,
            "”" if self.space_behind() => Role::Neither,
            "”" => Role::Close,
            _ => match self.straight_role(around) {
                Straight::Open => Role::Open,
                Straight::Close => Role::Close,
                Straight::Either if open => Role::Close,
                Straight::Either if self.right.is_some() => Role::Open,
                Straight::Either => Role::Neither,
            },
        }
    }

    fn single_role(&self, around: Around) -> Role {
        let open = around.open.is_some();
        let letter_behind = self.left.is_some_and(char::is_alphanumeric);
        match self.mark {
            "‚" if self.letter_ahead() && self.space_behind() => Role::Open,
            "‚" => Role::Neither,
            "‘" if open && self.can_only_close() => Role::Close,
            "‘" if self.space_ahead() || letter_behind => Role::Neither,
            "‘" => Role::Open,
            _ if self.space_behind() && self.space_ahead() => Role::Neither,
            "’" if self.space_behind() || self.letter_ahead() => Role::Neither,
            "’" => Role::Close,
            _ => match self.straight_role(around) {
                Straight::Open => Role::Open,
                Straight::Close => Role::Close,
                Straight::Either if open => Role::Close,
                Straight::Either if self.after_stop() && self.letter_ahead() => Role::Open,
                Straight::Either => Role::Neither,
            },
        }
    }

    fn guillemet_role(&self, around: Around) -> Role {
        let inward = matches!(self.mark, "«" | "‹");
        let opens = self.free_behind(around) && !self.space_ahead();
        match around.open {
            None if inward || opens => Role::Open,
            None => Role::Neither,
            Some("»" | "›") if inward != opens => Role::Close,
            Some("»" | "›") if opens => Role::Open,
            Some(_) if inward => Role::Open,
            Some(_) => Role::Close,
        }
    }

    /// The role of a mark that looks the same on both sides.
    fn straight_role(&self, around: Around) -> Straight {
        let dash = matches!(self.left, Some('—' | '–' | '-' | '/'));
        if self.free_behind(around) {
            return match self.right {
                None | Some(',' | ';' | ':' | ')' | ']' | '}') => Straight::Either,
                Some(c) if c.is_whitespace() => Straight::Either,
                Some('.' | '?' | '!') if around.open.is_some() => Straight::Either,
                Some(_) => Straight::Open,
            };
        }
        if self.letter_ahead() || dash && !self.space_ahead() {
            return Straight::Either;
        }
        Straight::Close
    }

    /// "it 's": an ending that lost its word.
    fn is_torn_ending(&self, tokens: &[Token], text: &str) -> bool {
        let endings = ["s", "t", "re", "ve", "ll", "d", "m"];
        let next = tokens.get(self.token + 1);
        self.letter_ahead() && next.is_some_and(|t| endings.contains(&&text[t.range]))
    }

    /// Feet, inches, minutes: 5'10", 5’10”.
    fn is_measure(&self, text: &str, tokens: &[Token]) -> bool {
        // The token `steps` before the mark, if nothing stands between it and the next.
        let joined = |steps: usize| {
            let index = self.token.checked_sub(steps)?;
            let (token, next) = (tokens.get(index)?, tokens.get(index + 1)?);
            (token.range.end() == next.range.start()).then_some(token)
        };
        let is_figure = |steps| joined(steps).is_some_and(|t| t.kind == TokenKind::Number);
        let is_foot = |steps| joined(steps).is_some_and(|t| matches!(&text[t.range], "'" | "’"));
        match self.group() {
            Group::Single => is_figure(1) && self.right.is_some_and(|c| c.is_ascii_digit()),
            Group::Double => is_figure(1) && is_foot(2) && is_figure(3),
            Group::Guillemet => false,
        }
    }
}

/// What a straight mark can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Straight {
    Open,
    Close,
    /// Closes where something is open, else opens.
    Either,
}
