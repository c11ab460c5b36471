//! Which opening mark belongs to which closing mark.
//!
//! Every mark gets a role from what stands on its two sides; a stack pairs them. A mark that is missing costs one
//! quote, never the ones after it: a closing mark takes the nearest opening one of its group, and a mark that opens a
//! fresh sentence ends an older quote that was never closed.

use super::Marks;
use crate::extract::token::cursor::{at, before};
use crate::extract::token::{Token, TokenKind};

/// A pair of marks, or a single one whose other half is missing. Bytes in the paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) content: (usize, usize),
    pub(super) marks: Marks,
    pub(super) opens: bool,
    pub(super) closes: bool,
    pub(super) certain: bool,
}

/// All spans, outer before inner, in order of their starts.
pub(super) fn spans(text: &str, tokens: &[Token]) -> Vec<Span> {
    let events = events(text, tokens);
    let mut pairing = Pairing {
        text,
        tokens,
        nodes: Vec::new(),
        stack: Vec::new(),
        open: [0; 3],
        free_from: 0,
        opened_at: None,
    };
    for (index, event) in events.iter().enumerate() {
        pairing.take(event, events.get(index + 1));
    }
    pairing.finish()
}

/// Marks of one group close each other, so that mixed marks pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Double,
    Single,
    Guillemet,
}

#[derive(Clone, Copy, Debug)]
struct Event {
    mark: &'static str,
    token: usize,
    start: usize,
    end: usize,
    left: Option<char>,
    right: Option<char>,
}

const MARKS: [&str; 15] = [
    "“", "”", "\"", "„", "‟", "``", "''", "‘", "’", "'", "‚", "«", "»", "‹", "›",
];

fn events(text: &str, tokens: &[Token]) -> Vec<Event> {
    let marks = tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.kind == TokenKind::Mark);
    marks
        .filter_map(|(token, t)| {
            let (start, end) = (usize::from(t.range.start()), usize::from(t.range.end()));
            let mark = MARKS
                .iter()
                .find(|mark| Some(**mark) == text.get(start..end))?;
            let event = Event {
                mark,
                token,
                start,
                end,
                left: before(text, start),
                right: at(text, end),
            };
            (!event.is_measure(text, tokens)).then_some(event)
        })
        .collect()
}

impl Event {
    fn group(&self) -> Group {
        match self.mark {
            "‘" | "’" | "'" | "‚" => Group::Single,
            "«" | "»" | "‹" | "›" => Group::Guillemet,
            _ => Group::Double,
        }
    }

    fn family(&self) -> Marks {
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

    /// Feet, inches, minutes: 5'10", 5’10”.
    fn is_measure(&self, text: &str, tokens: &[Token]) -> bool {
        let figures = |token: Option<&Token>| token.is_some_and(|t| t.kind == TokenKind::Number);
        let Some(behind) = self.token.checked_sub(1).and_then(|i| tokens.get(i)) else {
            return false;
        };
        if !figures(Some(behind)) || usize::from(behind.range.end()) != self.start {
            return false;
        }
        match self.group() {
            Group::Single => self.right.is_some_and(|c| c.is_ascii_digit()),
            Group::Double => {
                let feet = self.token.checked_sub(2).and_then(|i| tokens.get(i));
                let whole = self.token.checked_sub(3).and_then(|i| tokens.get(i));
                feet.is_some_and(|t| {
                    t.range.end() == behind.range.start() && matches!(&text[t.range], "'" | "’")
                }) && figures(whole)
                    && whole.map(|t| t.range.end()) == feet.map(|t| t.range.start())
            }
            Group::Guillemet => false,
        }
    }

    fn space_behind(&self) -> bool {
        self.left.is_none_or(char::is_whitespace)
    }

    fn space_ahead(&self) -> bool {
        self.right.is_none_or(char::is_whitespace)
    }

    fn letter_ahead(&self) -> bool {
        self.right.is_some_and(char::is_alphanumeric)
    }

    fn after_stop(&self) -> bool {
        matches!(self.left, Some(',' | '.' | '?' | '!' | '…' | '—' | '–'))
    }

    /// The mark may be the apostrophe of a possessive or of a dropped g: "the officials’ plan", "goin’ home".
    fn may_be_apostrophe(&self, text: &str) -> bool {
        let word = text.get(..self.start).unwrap_or_default();
        let ends =
            self.mark != "‘" && (word.ends_with(['s', 'S', 'z', 'x']) || word.ends_with("in"));
        ends && self.right.is_some_and(char::is_whitespace)
            && text
                .get(self.end..)
                .is_some_and(|rest| rest.chars().nth(1).is_some_and(char::is_alphanumeric))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// Closes where something is open, else opens.
    Either,
    Neither,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    event: Event,
    /// The closing mark.
    close: Option<(usize, usize)>,
    /// Where the next opening mark of the same group stands, had this one been closed before it.
    cut: Option<usize>,
    /// A single mark behind a stop that closes this double one if nothing better comes.
    fallback: Option<(usize, usize)>,
    certain: bool,
    dropped: bool,
    /// Start of the words before a closing mark that has no opening one.
    stray: Option<usize>,
}

struct Pairing<'a> {
    text: &'a str,
    tokens: &'a [Token],
    nodes: Vec<Node>,
    stack: Vec<usize>,
    /// Open nodes of each group.
    open: [usize; 3],
    /// End of the last quote that has ended.
    free_from: usize,
    /// End of the last opening mark.
    opened_at: Option<usize>,
}

impl Pairing<'_> {
    fn take(&mut self, event: &Event, next: Option<&Event>) {
        match event.group() {
            Group::Single => self.take_single(event, next),
            Group::Double => self.take_double(event, next),
            Group::Guillemet => match self.guillemet_role(event) {
                Role::Open => self.push(event),
                Role::Close if self.is_open(Group::Guillemet) => self.close(event),
                _ => {}
            },
        }
    }

    fn take_double(&mut self, event: &Event, next: Option<&Event>) {
        let open = self.is_open(Group::Double);
        // ''He said 'no'' closes two single marks.
        if event.mark == "''" && !open && self.is_open(Group::Single) {
            let middle = event.start + 1;
            let first = Event {
                mark: "'",
                end: middle,
                right: Some('\''),
                ..*event
            };
            let second = Event {
                mark: "'",
                start: middle,
                left: Some('\''),
                ..*event
            };
            self.close_single(&first, None);
            if self.is_open(Group::Single) {
                self.close_single(&second, None);
            }
            return;
        }
        let role = match self.double_role(event) {
            Role::Either if open => Role::Close,
            Role::Either if event.right.is_some() => Role::Open,
            Role::Either => Role::Neither,
            role => role,
        };
        match role {
            Role::Open => {
                self.end_unclosed(event);
                self.push(event);
            }
            Role::Close if self.is_inches(event, next, open) => {}
            Role::Close if open => self.close(event),
            // said," He left" — the space stands on the wrong side.
            Role::Close if event.mark == "\"" && closes(next, event) => self.push(event),
            Role::Close => self.close_stray(event),
            Role::Neither | Role::Either => {}
        }
    }

    /// 6" of rain: figures before the mark, and either nothing to close or a better mark to close it with.
    fn is_inches(&self, event: &Event, next: Option<&Event>, open: bool) -> bool {
        let figure = event.left.is_some_and(|c| c.is_ascii_digit());
        let better = next.is_some_and(|n| {
            n.group() == Group::Double
                && n.mark == event.mark
                && !n.space_behind()
                && !n.letter_ahead()
        });
        figure && !event.letter_ahead() && (!open || better)
    }

    /// An older quote of the same group ends without its mark where a fresh sentence is opened.
    fn end_unclosed(&mut self, event: &Event) {
        let Some(&top) = self.stack.last() else {
            return;
        };
        let Some(node) = self.nodes.get_mut(top) else {
            return;
        };
        if node.event.group() != Group::Double {
            return;
        }
        // Inside a quote of another family a pair of marks is a quote in the quote.
        let same = node.event.family() == event.family();
        if same {
            node.cut.get_or_insert(event.start);
        }
        let fresh = event
            .token
            .checked_sub(1)
            .and_then(|i| self.tokens.get(i))
            .is_some_and(|t| {
                event.space_behind() && matches!(&self.text[t.range], "." | "?" | "!")
            });
        if fresh {
            node.cut.get_or_insert(event.start);
            self.free_from = event.start;
            self.pop();
        }
    }

    fn double_role(&self, event: &Event) -> Role {
        let open = self.is_open(Group::Double);
        match event.mark {
            "„" | "‟" | "``" => Role::Open,
            // The German closing mark, or one typed the wrong way round.
            "“" if open
                && !event.space_behind()
                && !event.letter_ahead()
                && !self.opens_behind(event) =>
            {
                Role::Close
            }
            "“" if open && self.top_is("„") && !event.space_behind() => Role::Close,
            "“" => Role::Open,
            "”" if open => Role::Close,
            "”" if self.free_behind(event) && !event.space_ahead() => Role::Open,
            "”" if event.space_behind() => Role::Neither,
            "”" => Role::Close,
            _ => self.straight_role(event),
        }
    }

    /// The role of a mark that looks the same on both sides.
    fn straight_role(&self, event: &Event) -> Role {
        let dash = matches!(event.left, Some('—' | '–' | '-' | '/'));
        if self.free_behind(event) {
            return match event.right {
                None | Some(',' | ';' | ':' | ')' | ']' | '}') => Role::Either,
                Some(c) if c.is_whitespace() => Role::Either,
                Some('.' | '?' | '!') if self.is_open(event.group()) => Role::Either,
                Some(_) => Role::Open,
            };
        }
        if event.letter_ahead() || dash && !event.space_ahead() {
            return Role::Either;
        }
        Role::Close
    }

    fn guillemet_role(&self, event: &Event) -> Role {
        let opener = self
            .stack
            .iter()
            .rev()
            .take(4)
            .filter_map(|&i| self.nodes.get(i))
            .find(|n| n.event.group() == Group::Guillemet)
            .map(|n| n.event.mark);
        let inward = matches!(event.mark, "«" | "‹");
        let opens = self.free_behind(event) && !event.space_ahead();
        match opener {
            None if inward || opens => Role::Open,
            Some("»" | "›") if inward && !opens => Role::Close,
            Some("»" | "›") if !inward && opens => Role::Open,
            Some(_) if inward => Role::Open,
            _ => Role::Close,
        }
    }

    fn take_single(&mut self, event: &Event, next: Option<&Event>) {
        match self.single_role(event) {
            Role::Open => self.push(event),
            Role::Close => self.close_single(event, next),
            _ => {}
        }
    }

    fn single_role(&self, event: &Event) -> Role {
        let open = self.is_open(Group::Single);
        match event.mark {
            "‚" if event.letter_ahead() && event.space_behind() => Role::Open,
            "‚" => Role::Neither,
            "‘" if open && !event.space_behind() && !event.letter_ahead() => Role::Close,
            "‘" if event.space_ahead() || event.left.is_some_and(char::is_alphanumeric) => {
                Role::Neither
            }
            "‘" => Role::Open,
            _ if event.space_behind() && event.space_ahead() => Role::Neither,
            "’" if event.space_behind() || event.letter_ahead() => Role::Neither,
            "’" => Role::Close,
            _ if self.is_torn_ending(event) => Role::Neither,
            _ => match self.straight_role(event) {
                Role::Either if open => Role::Close,
                Role::Either if event.after_stop() && event.letter_ahead() => Role::Open,
                Role::Either => Role::Neither,
                role => role,
            },
        }
    }

    /// "it 's": an ending that lost its word.
    fn is_torn_ending(&self, event: &Event) -> bool {
        event.letter_ahead()
            && self.tokens.get(event.token + 1).is_some_and(|t| {
                matches!(
                    &self.text[t.range],
                    "s" | "t" | "re" | "ve" | "ll" | "d" | "m"
                )
            })
    }

    fn close_single(&mut self, event: &Event, next: Option<&Event>) {
        let Some(node) = self.stack.last().and_then(|&i| self.nodes.get_mut(i)) else {
            return;
        };
        if node.event.group() != Group::Single {
            if event.after_stop() && event.space_ahead() {
                node.fallback.get_or_insert((event.start, event.end));
            }
            return;
        }
        let apostrophe = event.may_be_apostrophe(self.text);
        let better = next.is_some_and(|n| {
            n.group() == Group::Single && n.mark != "‘" && !n.space_behind() && !n.letter_ahead()
        });
        if apostrophe && better {
            return;
        }
        let capital = node.event.right.is_some_and(char::is_uppercase);
        node.certain = !apostrophe || node.event.mark == "‘" && capital;
        self.close(event);
    }

    /// Ends the nearest open node of the event's group; single marks inside it were none.
    fn close(&mut self, event: &Event) {
        while let Some(index) = self.pop() {
            let Some(node) = self.nodes.get_mut(index) else {
                return;
            };
            if node.event.group() == event.group() {
                node.close = Some((event.start, event.end));
                self.free_from = event.end;
                return;
            }
            node.dropped |= node.event.group() == Group::Single;
        }
    }

    /// A closing double mark with no opening one: a single one may have been meant, else it stands alone.
    fn close_stray(&mut self, event: &Event) {
        if let Some(node) = self.stack.last().and_then(|&i| self.nodes.get_mut(i))
            && node.event.group() == Group::Single
        {
            node.close = Some((event.start, event.end));
            node.certain = false;
            self.free_from = event.end;
            self.pop();
            return;
        }
        let inside = self.stack.last().and_then(|&i| self.nodes.get(i));
        let from = self.free_from.max(inside.map_or(0, |n| n.event.end));
        let start = if from == 0 {
            0
        } else {
            self.sentence_start(from, event)
        };
        self.free_from = event.end;
        self.nodes.push(Node {
            event: *event,
            close: Some((event.start, event.end)),
            cut: None,
            fallback: None,
            certain: true,
            dropped: false,
            stray: Some(start),
        });
    }

    /// Start of the last sentence between `from` and a closing mark.
    fn sentence_start(&self, from: usize, event: &Event) -> usize {
        let first = self
            .tokens
            .partition_point(|t| usize::from(t.range.start()) < from);
        let between = self.tokens.get(first..event.token).unwrap_or_default();
        // The stop right before the mark ends the very sentence that is sought.
        let before_last = between.len().saturating_sub(1);
        let stop = between
            .iter()
            .take(before_last)
            .rposition(|t| matches!(&self.text[t.range], "." | "?" | "!"));
        let start = stop.map_or(first, |i| first + i + 1);
        self.tokens
            .get(start)
            .map_or(from, |t| usize::from(t.range.start()).min(event.start))
    }

    fn push(&mut self, event: &Event) {
        self.open[event.group() as usize] += 1;
        self.opened_at = Some(event.end);
        self.stack.push(self.nodes.len());
        self.nodes.push(Node {
            event: *event,
            close: None,
            cut: None,
            fallback: None,
            certain: true,
            dropped: false,
            stray: None,
        });
    }

    fn pop(&mut self) -> Option<usize> {
        let index = self.stack.pop()?;
        if let Some(node) = self.nodes.get(index) {
            let open = &mut self.open[node.event.group() as usize];
            *open = open.saturating_sub(1);
        }
        Some(index)
    }

    fn is_open(&self, group: Group) -> bool {
        self.open[group as usize] > 0
    }

    fn top_is(&self, mark: &str) -> bool {
        self.stack
            .last()
            .and_then(|&i| self.nodes.get(i))
            .is_some_and(|n| n.event.mark == mark)
    }

    fn opens_behind(&self, event: &Event) -> bool {
        self.opened_at == Some(event.start)
    }

    /// Nothing that a closing mark could follow stands before the mark.
    fn free_behind(&self, event: &Event) -> bool {
        event.space_behind()
            || matches!(event.left, Some('(' | '[' | '{' | '¿' | '¡'))
            || self.opens_behind(event)
    }

    fn finish(mut self) -> Vec<Span> {
        for &index in &self.stack {
            if let Some(node) = self.nodes.get_mut(index)
                && node.event.group() == Group::Single
            {
                node.certain = false;
                node.dropped = !runs_on(self.text, self.tokens, &node.event);
            }
        }
        let length = self.text.trim_end().len();
        let mut spans: Vec<Span> = self
            .nodes
            .iter()
            .filter(|node| !node.dropped)
            .map(|node| span(self.text, node, length))
            .collect();
        spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        spans
    }
}

/// An open single mark that cannot be an apostrophe: a sentence starts behind it, at the paragraph's start or after
/// a comma or colon.
fn runs_on(text: &str, tokens: &[Token], event: &Event) -> bool {
    let lead = event
        .token
        .checked_sub(1)
        .and_then(|i| tokens.get(i))
        .is_none_or(|t| event.mark == "‘" && matches!(&text[t.range], "," | ":"));
    lead && event.right.is_some_and(char::is_uppercase)
}

/// The next mark is of the same form and can only close.
fn closes(next: Option<&Event>, event: &Event) -> bool {
    next.is_some_and(|n| n.mark == event.mark && !n.space_behind() && !n.letter_ahead())
}

fn span(text: &str, node: &Node, length: usize) -> Span {
    let event = &node.event;
    let (close, stray) = match (node.close, node.stray) {
        (Some(close), stray) => (Some(close), stray),
        (None, stray) => {
            let cut = node.cut.unwrap_or(length);
            (node.fallback.filter(|f| f.0 < cut), stray)
        }
    };
    let opens = stray.is_none();
    let start = stray.unwrap_or(event.start);
    let from = if opens { event.end } else { start };
    let until = close.map_or(node.cut.unwrap_or(length), |c| c.0).max(from);
    let inner = text.get(from..until).unwrap_or_default();
    let content_end = from + inner.trim_end().len();
    let content_start = content_end - inner.trim().len();
    Span {
        start,
        end: close.map_or(content_end, |c| c.1),
        content: (content_start, content_end),
        marks: event.family(),
        opens,
        closes: close.is_some(),
        certain: node.certain,
    }
}
