//! Which opening mark belongs to which closing mark.
//!
//! Every mark gets a role from what stands on its two sides; a stack pairs them. A mark that is missing costs one
//! quote, never the ones after it: a closing mark takes the nearest opening one of its group, and a mark that opens a
//! fresh sentence ends an older quote that was never closed.

use super::Marks;
use super::mark::{Around, Event, Group, Role, events};
use crate::extract::token::Token;

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

/// All spans, outer before inner, in order of their starts. No two overlap but where one holds the other.
pub(super) fn spans(text: &str, tokens: &[Token]) -> Vec<Span> {
    let events = events(text, tokens);
    let mut pairing = Pairing {
        text,
        tokens,
        nodes: Vec::new(),
        stack: Vec::new(),
        open: [const { Vec::new() }; 3],
        free_from: 0,
        single_until: 0,
        opened_at: None,
    };
    for (index, event) in events.iter().enumerate() {
        pairing.take(event, events.get(index + 1));
    }
    pairing.finish()
}

/// A quote in the making.
#[derive(Clone, Copy, Debug)]
struct Node {
    event: Event,
    /// The closing mark.
    close: Option<(usize, usize)>,
    /// Where the quote ends if no mark closes it: a later quote starts there, or an outer one ends.
    cut: Option<usize>,
    /// A single mark behind a stop that closes this double one if nothing better comes.
    fallback: Option<(usize, usize)>,
    certain: bool,
    dropped: bool,
    /// Start of the words before a closing mark that has no opening one.
    stray: Option<usize>,
}

impl Node {
    fn new(event: &Event) -> Node {
        Node {
            event: *event,
            close: None,
            cut: None,
            fallback: None,
            certain: true,
            dropped: false,
            stray: None,
        }
    }
}

struct Pairing<'a> {
    text: &'a str,
    tokens: &'a [Token],
    nodes: Vec<Node>,
    /// Open nodes.
    stack: Vec<usize>,
    /// Open marks of each group.
    open: [Vec<&'static str>; 3],
    /// End of the last quote that has ended, but for single marks with nothing inside.
    free_from: usize,
    /// End of the last quote of single marks.
    single_until: usize,
    /// End of the last opening mark.
    opened_at: Option<usize>,
}

impl Pairing<'_> {
    fn take(&mut self, event: &Event, next: Option<&Event>) {
        let group = event.group();
        let open = self.is_open(group);
        if event.mark == "''" && !open && self.is_open(Group::Single) {
            return self.close_two_singles(event);
        }
        let around = Around {
            open: self.open[group as usize].last().copied(),
            touches_opener: self.opened_at == Some(event.start),
        };
        match (event.role(around, self.tokens, self.text), group) {
            (Role::Neither, _) => {}
            (Role::Open, _) => self.push(event),
            (Role::Close, Group::Single) => self.close_single(event, next),
            (Role::Close, Group::Guillemet) => self.close(event),
            (Role::Close, Group::Double) => {
                let better = next.is_some_and(|n| n.mark == event.mark && n.can_only_close());
                // 6" of rain: figures before the mark, and nothing to close or a better mark to close it with.
                let figure = event.left.is_some_and(|c| c.is_ascii_digit());
                if figure && event.can_only_close() && (!open || better) {
                    return;
                }
                if open {
                    self.close(event);
                } else if event.mark == "\"" && better {
                    // said," He left" has its space on the wrong side.
                    self.push(event);
                } else {
                    self.close_stray(event);
                }
            }
        }
    }

    fn push(&mut self, event: &Event) {
        if event.group() == Group::Double {
            self.end_unclosed(event);
        }
        self.open[event.group() as usize].push(event.mark);
        self.opened_at = Some(event.end);
        self.stack.push(self.nodes.len());
        self.nodes.push(Node::new(event));
    }

    /// An older double quote ends without its mark where a fresh sentence is opened.
    fn end_unclosed(&mut self, event: &Event) {
        let behind = event.token.checked_sub(1).and_then(|i| self.tokens.get(i));
        let stop = behind.is_some_and(|t| matches!(&self.text[t.range], "." | "?" | "!"));
        let fresh = stop && event.space_behind();
        let Some(node) = self.top().filter(|n| n.event.group() == Group::Double) else {
            return;
        };
        // In a quote of another family a pair of marks is a quote in the quote.
        if fresh || node.event.family() == event.family() {
            node.cut.get_or_insert(event.start);
        }
        if fresh {
            self.free_from = event.start;
            self.pop();
        }
    }

    /// ''He said 'no'' ends in two single marks, not in a double one.
    fn close_two_singles(&mut self, event: &Event) {
        let width = (event.end - event.start) / 2;
        let middle = event.start + width;
        let mark = if width == 1 { "'" } else { "’" };
        let quote = mark.chars().next();
        let first = Event {
            mark,
            end: middle,
            right: quote,
            ..*event
        };
        let second = Event {
            mark,
            start: middle,
            left: quote,
            ..*event
        };
        self.close_single(&first, None);
        if self.is_open(Group::Single) {
            self.close_single(&second, None);
        }
    }

    fn close_single(&mut self, event: &Event, next: Option<&Event>) {
        let apostrophe = event.may_be_apostrophe(self.text);
        let Some(node) = self.top() else {
            return;
        };
        if node.event.group() != Group::Single {
            if event.after_stop() && event.space_ahead() {
                node.fallback.get_or_insert((event.start, event.end));
            }
            return;
        }
        let better = |n: &Event| n.group() == Group::Single && n.mark != "‘" && n.can_only_close();
        if apostrophe && next.is_some_and(better) {
            return;
        }
        let capital = node.event.right.is_some_and(char::is_uppercase);
        node.certain = !apostrophe || node.event.mark == "‘" && capital;
        self.close(event);
    }

    /// Ends the nearest open node of the event's group; what is open inside it ends with it.
    fn close(&mut self, event: &Event) {
        while let Some(node) = self.pop() {
            if node.event.group() == event.group() {
                node.close = Some((event.start, event.end));
                let start = node.event.start;
                self.has_ended(start, event);
                return;
            }
            node.dropped |= node.event.group() == Group::Single;
            node.cut.get_or_insert(event.start);
        }
    }

    /// A closing double mark with no opening one: a single one may have been meant, else it stands alone.
    fn close_stray(&mut self, event: &Event) {
        let top = self.top().map(|n| n.event);
        if top.is_some_and(|t| t.group() == Group::Single) {
            if let Some(node) = self.pop() {
                node.close = Some((event.start, event.end));
                node.certain = false;
            }
            self.free_from = event.end;
            return;
        }
        let from = self.free_from.max(top.map_or(0, |t| t.end));
        // The last paragraph of a running quote may lack its opening mark; then a stop ends what is said.
        let start = match from {
            0 if event.after_stop() => 0,
            _ => self.sentence_start(from.max(self.single_until), event),
        };
        self.free_from = event.end;
        self.nodes.push(Node {
            close: Some((event.start, event.end)),
            stray: Some(start),
            ..Node::new(event)
        });
    }

    /// Start of the last sentence between `from` and a closing mark.
    fn sentence_start(&self, from: usize, event: &Event) -> usize {
        let first = self
            .tokens
            .partition_point(|t| usize::from(t.range.start()) < from);
        let between = self.tokens.get(first..event.token).unwrap_or_default();
        // The stop right before the mark ends the very sentence that is sought.
        let stop = between
            .iter()
            .take(between.len().saturating_sub(1))
            .rposition(|t| matches!(&self.text[t.range], "." | "?" | "!"));
        let start = self.tokens.get(stop.map_or(first, |i| first + i + 1));
        start.map_or(from, |t| usize::from(t.range.start()).min(event.start))
    }

    fn has_ended(&mut self, start: usize, close: &Event) {
        let alone = close.group() == Group::Single && self.free_from <= start;
        if alone {
            self.single_until = close.end;
        } else {
            self.free_from = close.end;
        }
    }

    fn pop(&mut self) -> Option<&mut Node> {
        let node = self.nodes.get_mut(self.stack.pop()?)?;
        self.open[node.event.group() as usize].pop();
        Some(node)
    }

    fn top(&mut self) -> Option<&mut Node> {
        self.nodes.get_mut(*self.stack.last()?)
    }

    fn is_open(&self, group: Group) -> bool {
        !self.open[group as usize].is_empty()
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
        let kept = self.nodes.iter().filter(|node| !node.dropped);
        let mut spans: Vec<Span> = kept.map(|node| span(self.text, node, length)).collect();
        spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        spans
    }
}

/// An open single mark that cannot be an apostrophe: a sentence starts behind it, at the paragraph's start or after
/// a comma or colon.
fn runs_on(text: &str, tokens: &[Token], event: &Event) -> bool {
    let behind = event.token.checked_sub(1).and_then(|i| tokens.get(i));
    let lead = behind.is_none_or(|t| event.mark == "‘" && matches!(&text[t.range], "," | ":"));
    lead && event.right.is_some_and(char::is_uppercase)
}

fn span(text: &str, node: &Node, length: usize) -> Span {
    let event = &node.event;
    let cut = node.cut.unwrap_or(length);
    let close = node.close.or(node.fallback.filter(|f| f.0 < cut));
    let opens = node.stray.is_none();
    let start = node.stray.unwrap_or(event.start);
    let from = if opens { event.end } else { start };
    let until = close.map_or(cut, |c| c.0).max(from);
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
