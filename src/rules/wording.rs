//! The words of quotes, made ready to be compared.

use std::collections::HashSet;
use std::hash::Hasher;
use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::noted::noted;
use crate::analysis::{Analysis, DraftQuote};
use crate::text::FastHasher;

/// One word, or one half of a contraction. Words are told apart by their hashes: of the few thousand different ones in a
/// draft no two have the same.
struct Word {
    /// Without regard to case and contraction: "will" and "not" for "won't".
    plain: u64,
    /// As it is written, but for its case.
    written: u64,
    /// How long it is.
    letters: usize,
    /// The word as it is written, in bytes of its text.
    range: TextRange,
    /// An ellipsis stands before it.
    cut: bool,
}

/// The words of a text that is a quote, or was one.
pub(super) struct Words {
    all: Box<[Word]>,
    /// The plain ones, sorted.
    bag: Box<[u64]>,
}

/// Words of a quote that are read; the time to compare two is the square of it.
const LONGEST: usize = 400;

impl Words {
    /// Words in brackets are the editor's, and stand for a cut.
    pub(super) fn new(text: &str) -> Words {
        let mut all = Vec::new();
        let mut last = 0;
        for (start, word) in split(text).take(LONGEST) {
            let between = &text[last..start];
            if between.rfind('[') > between.rfind(']') {
                continue;
            }
            let marks = ["…", "..", "["];
            let cut = last > 0 && marks.iter().any(|mark| between.contains(mark));
            last = start + word.len();
            let written = word.to_lowercase().replace('’', "'");
            let size = |at: usize| TextSize::of(&text[..at]);
            let range = TextRange::new(size(start), size(last));
            let hash = hash(&written);
            let (head, tail) = expanded(&written);
            for (index, plain) in [Some(head), tail].into_iter().flatten().enumerate() {
                all.push(Word {
                    plain: self::hash(plain),
                    written: hash,
                    letters: plain.len(),
                    range,
                    cut: cut && index == 0,
                });
            }
        }
        let mut bag: Box<[u64]> = all.iter().map(|word| word.plain).collect();
        bag.sort_unstable();
        Words {
            all: all.into(),
            bag,
        }
    }

    /// The words where their text stands.
    pub(super) fn at(&self, range: TextRange) -> Wording<'_> {
        Wording {
            range,
            words: &self.all,
            bag: &self.bag,
        }
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FastHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// The words of one quote.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    /// What stands between the marks, in prose bytes.
    pub range: TextRange,
    words: &'a [Word],
    /// All plain words, sorted.
    bag: &'a [u64],
}

/// Where two wordings differ, in prose bytes.
pub(super) struct Difference {
    /// The first difference, in the earlier one.
    pub first: TextRange,
    /// The same in the later one.
    pub second: TextRange,
    /// From the first difference to the last, in both.
    pub whole: (TextRange, TextRange),
}

/// The share of letters, in hundredths, from which a quote may be one that was locked.
pub(super) const LIKE: usize = 60;

/// How a quote stands to locked words.
pub(super) enum Likeness {
    /// It has them all; more may stand at its ends.
    Same,
    /// It is another quote, or no more than a part of them.
    Other,
    /// It has others for some of them.
    Changed(Difference),
}

impl<'a> Wording<'a> {
    /// The words of a quote of the draft; they are read once.
    pub(super) fn of(analysis: &'a Analysis, quote: &DraftQuote) -> Option<Wording<'a>> {
        let paragraph = &analysis.paragraphs[quote.paragraph];
        let content = analysis.content(quote);
        let count = paragraph.facts.quotes.len();
        let read = || Words::new(analysis.text(content));
        let words = noted(paragraph)?.words(quote.index, count, read)?;
        Some(words.at(content))
    }

    /// The first of them, up to a number.
    pub(super) fn first(self, count: usize) -> Wording<'a> {
        let words = &self.words[..self.words.len().min(count)];
        Wording { words, ..self }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Each word with the next.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u64, u64)> + use<'a> {
        self.words
            .windows(2)
            .map(|pair| (pair[0].plain, pair[1].plain))
    }

    /// How many words it has in common with another one at most, in whatever order.
    fn in_common(&self, other: &Wording<'_>) -> usize {
        let (mut one, mut two) = (self.bag.iter().peekable(), other.bag.iter().peekable());
        let mut count = 0;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            let order = a.cmp(b);
            count += usize::from(order.is_eq());
            if order.is_le() {
                one.next();
            }
            if order.is_ge() {
                two.next();
            }
        }
        count
    }

    /// How a later wording of what seems one quote differs; none where it does not, or is another quote.
    pub(super) fn difference(&self, later: &Wording<'_>) -> Option<Difference> {
        let shorter = self.len().min(later.len());
        if !is_most(self.in_common(later), shorter) {
            return None;
        }
        let matched = common(self.words, later.words);
        if !is_most(matched.len(), shorter) {
            return None;
        }
        let (hunks, apart) = self.hunks(later, &matched, 1);
        if !is_most(matched.len(), matched.len() + apart) {
            return None;
        }
        self.spans(later, &hunks)
    }

    /// How a quote stands to these words, which are locked. Letters are counted: short words are in all quotes.
    pub(super) fn likeness(&self, quote: &Wording<'_>) -> Likeness {
        let matched = common(self.words, quote.words);
        let kept: usize = matched.iter().map(|&(x, _)| self.words[x].letters).sum();
        if kept * 100 < self.letters().min(quote.letters()) * LIKE {
            return Likeness::Other;
        }
        let (hunks, _) = self.hunks(quote, &matched, usize::MAX);
        let ends = (matched.first(), matched.last());
        let whole = matches!(ends, (Some((0, _)), Some((last, _))) if last + 1 == self.len());
        match self.spans(quote, &hunks) {
            Some(difference) => {
                Likeness::Changed(self.with_moved(quote, &matched, &hunks, difference))
            }
            None if whole => Likeness::Same,
            None => Likeness::Other,
        }
    }

    /// A difference from locked words, with the words at an end where some of them have moved there or from there. What
    /// was only cut off, or follows in another quote, stays away.
    fn with_moved(
        &self,
        quote: &Wording<'_>,
        matched: &[(usize, usize)],
        hunks: &[Hunk],
        difference: Difference,
    ) -> Difference {
        let gone = hunks.iter().flat_map(|(gone, _)| &self.words[gone.clone()]);
        let come = hunks
            .iter()
            .flat_map(|(_, come)| &quote.words[come.clone()]);
        let apart: HashSet<u64> = gone.chain(come).map(|word| word.plain).collect();
        let moved = |words: &[Word]| words.iter().any(|word| apart.contains(&word.plain));
        let mut whole = difference.whole;
        let mut cover = |index: usize, other: usize| {
            let places = (
                self.span(&(index..index + 1)),
                quote.span(&(other..other + 1)),
            );
            if let (Some(one), Some(two)) = places {
                whole = (whole.0.cover(one), whole.1.cover(two));
            }
        };
        if let (Some(first), Some(last)) = (matched.first(), matched.last()) {
            if moved(&self.words[..first.0]) || moved(&quote.words[..first.1]) {
                cover(0, 0);
            }
            if moved(&self.words[last.0 + 1..]) || moved(&quote.words[last.1 + 1..]) {
                cover(self.len() - 1, quote.len() - 1);
            }
        }
        Difference {
            whole,
            ..difference
        }
    }

    /// The share of the shorter one's letters in words that both have anywhere, in hundredths: cheap, and never less
    /// than what they have in the same order.
    pub(super) fn shared(&self, other: &Wording<'_>) -> usize {
        let theirs: HashSet<u64> = other.words.iter().map(|word| word.plain).collect();
        let both = self
            .words
            .iter()
            .filter(|word| theirs.contains(&word.plain));
        let both: usize = both.map(|word| word.letters).sum();
        both * 100 / self.letters().min(other.letters()).max(1)
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.letters).sum()
    }

    fn spans(&self, later: &Wording<'_>, hunks: &[Hunk]) -> Option<Difference> {
        let spans = |(a, b): &Hunk| Some((self.span(a)?, later.span(b)?));
        let (start, end) = (spans(hunks.first()?)?, spans(hunks.last()?)?);
        Some(Difference {
            first: start.0,
            second: start.1,
            whole: (start.0.cover(end.0), start.1.cover(end.1)),
        })
    }

    /// Where some of the words stand, in prose bytes.
    fn span(&self, range: &Range<usize>) -> Option<TextRange> {
        let words = self.words.get(range.clone())?;
        let whole = words.first()?.range.cover(words.last()?.range);
        Some(whole + self.range.start())
    }

    /// The stretches that differ, none of them empty. What only one wording has at its ends is no difference, and
    /// neither is what an ellipsis stands for. Where both have other words there, up to `ends` of them differ; more
    /// belong to another quote. Also how many words are others.
    fn hunks(
        &self,
        later: &Wording<'_>,
        matched: &[(usize, usize)],
        ends: usize,
    ) -> (Vec<Hunk>, usize) {
        let (a, b) = (self.words, later.words);
        let mut hunks: Vec<Hunk> = Vec::new();
        let mut apart = 0;
        let mut add = |x: Range<usize>, y: Range<usize>| match hunks.last_mut() {
            Some((last, other)) if last.end >= x.start && other.end >= y.start => {
                (last.end, other.end) = (x.end, y.end);
            }
            _ => hunks.push((x, y)),
        };
        let (Some(&(first, other)), Some(&(last, end))) = (matched.first(), matched.last()) else {
            return (hunks, apart);
        };
        let differ =
            |one: usize, two: usize| (1..=ends).contains(&one) && (1..=ends).contains(&two);
        if differ(first, other) {
            add(0..first, 0..other);
        }
        let mut before: Option<(usize, usize)> = None;
        for &(x, y) in matched {
            if let Some((from, to)) = before {
                let (gone, come) = (from + 1..x, to + 1..y);
                let left_out = gone.is_empty() && a[x].cut || come.is_empty() && b[y].cut;
                if !(gone.is_empty() && come.is_empty() || left_out) {
                    let empty = gone.is_empty() || come.is_empty();
                    apart += gone.len().max(come.len());
                    // A word on each side shows where a word is missing.
                    match empty {
                        true => add(from..x + 1, to..y + 1),
                        false => add(gone, come),
                    }
                }
            }
            if a[x].written != b[y].written {
                add(x..x + 1, y..y + 1);
            }
            before = Some((x, y));
        }
        if differ(a.len() - last - 1, b.len() - end - 1) {
            add(last + 1..a.len(), end + 1..b.len());
        }
        (hunks, apart)
    }
}

/// A stretch of the earlier and of the later wording.
type Hunk = (Range<usize>, Range<usize>);

fn is_most(part: usize, whole: usize) -> bool {
    part * 10 >= whole * 7
}

/// The longest run of words that two lists share in order, as pairs of places.
fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let same = |(a, b): &(&Word, &Word)| a.plain == b.plain;
    let start = a.iter().zip(b).take_while(same).count();
    let mut pairs: Vec<(usize, usize)> = (0..start).zip(0..start).collect();
    let (a, b) = (&a[start..], &b[start..]);
    let width = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            lengths[x * width + y] = match a[x].plain == b[y].plain {
                true => lengths[(x + 1) * width + y + 1] + 1,
                false => lengths[(x + 1) * width + y].max(lengths[x * width + y + 1]),
            };
        }
    }
    let (mut x, mut y) = (0, 0);
    while x < a.len() && y < b.len() {
        if a[x].plain == b[y].plain {
            pairs.push((start + x, start + y));
            (x, y) = (x + 1, y + 1);
        } else if lengths[(x + 1) * width + y] >= lengths[x * width + y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}

/// The words of a text with their places.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-');
    let words = text.split(move |c| !inside(c));
    words.filter_map(move |word| {
        let word = word.trim_matches(['’', '\'', '-']);
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        (!word.is_empty()).then_some((start, word))
    })
}

/// A contraction in full.
fn expanded(word: &str) -> (&str, Option<&str>) {
    match word {
        "won't" => return ("will", Some("not")),
        "can't" => return ("can", Some("not")),
        "cannot" => return ("can", Some("not")),
        "shan't" => return ("shall", Some("not")),
        _ => {}
    }
    let Some((head, tail)) = word.rsplit_once('\'') else {
        return (word, None);
    };
    match (head, tail) {
        (_, "t") if head.ends_with('n') => (&head[..head.len() - 1], Some("not")),
        (_, "re") => (head, Some("are")),
        (_, "ll") => (head, Some("will")),
        (_, "ve") => (head, Some("have")),
        ("i", "m") => (head, Some("am")),
        ("it" | "that" | "he" | "she" | "there" | "what" | "who" | "here", "s") => {
            (head, Some("is"))
        }
        _ => (word, None),
    }
}
