//! The words of quotes, made ready to be compared.

use std::collections::HashSet;
use std::ops::Range;

use text_size::{TextRange, TextSize};

use crate::text::FastMap;

/// Words seen so far, each with its number.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: FastMap<String, u32>,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

/// One word, or one half of a contraction.
struct Word {
    /// Without regard to case and contraction: "will" and "not" for "won't".
    plain: u32,
    /// As it is written, but for its case.
    written: u32,
    /// How long it is.
    letters: usize,
    /// Prose bytes of the word as it is written.
    range: TextRange,
    /// An ellipsis stands before it.
    cut: bool,
}

/// The words of one quote.
pub(super) struct Wording {
    /// What stands between the marks, in prose bytes.
    pub range: TextRange,
    words: Vec<Word>,
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

/// Words of a quote that are compared; few speak longer, and nobody repeats so much.
const LONGEST: usize = 80;

/// The same of words that must not change; the time is the square of it.
const LONGEST_LOCKED: usize = 400;

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

impl Wording {
    /// The words of a quote that is compared with all others of its speaker.
    pub(super) fn new(text: &str, range: TextRange, vocabulary: &mut Vocabulary) -> Wording {
        Wording::of(text, range, vocabulary, LONGEST)
    }

    /// The words of a quote that is compared with locked words, or those words.
    pub(super) fn locked(text: &str, range: TextRange, vocabulary: &mut Vocabulary) -> Wording {
        Wording::of(text, range, vocabulary, LONGEST_LOCKED)
    }

    /// Words in brackets are the editor's, and stand for a cut.
    fn of(text: &str, range: TextRange, vocabulary: &mut Vocabulary, longest: usize) -> Wording {
        let mut words = Vec::new();
        let mut last = 0;
        for (start, word) in split(text).take(longest) {
            let between = &text[last..start];
            if between.rfind('[') > between.rfind(']') {
                continue;
            }
            let marks = ["…", "..", "["];
            let cut = last > 0 && marks.iter().any(|mark| between.contains(mark));
            last = start + word.len();
            let written = word.to_lowercase().replace('’', "'");
            let size = |at: usize| range.start() + TextSize::of(&text[..at]);
            let at = TextRange::new(size(start), size(last));
            let number = vocabulary.number(&written);
            let (head, tail) = expanded(&written);
            for (index, plain) in [Some(head), tail].into_iter().flatten().enumerate() {
                words.push(Word {
                    plain: vocabulary.number(plain),
                    written: number,
                    letters: plain.len(),
                    range: at,
                    cut: cut && index == 0,
                });
            }
        }
        Wording { range, words }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Each word with the next.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.words
            .windows(2)
            .map(|pair| (pair[0].plain, pair[1].plain))
    }

    /// How a later wording of what seems one quote differs; none where it does not, or is another quote.
    pub(super) fn difference(&self, later: &Wording) -> Option<Difference> {
        let matched = common(&self.words, &later.words);
        let shorter = self.len().min(later.len());
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
    pub(super) fn likeness(&self, quote: &Wording) -> Likeness {
        let matched = common(&self.words, &quote.words);
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
        quote: &Wording,
        matched: &[(usize, usize)],
        hunks: &[Hunk],
        difference: Difference,
    ) -> Difference {
        let gone = hunks.iter().flat_map(|(gone, _)| &self.words[gone.clone()]);
        let come = hunks
            .iter()
            .flat_map(|(_, come)| &quote.words[come.clone()]);
        let apart: HashSet<u32> = gone.chain(come).map(|word| word.plain).collect();
        let moved = |words: &[Word]| words.iter().any(|word| apart.contains(&word.plain));
        let mut whole = difference.whole;
        let mut cover = |index: usize, other: usize| {
            let places = (self.words.get(index), quote.words.get(other));
            if let (Some(one), Some(two)) = places {
                whole = (whole.0.cover(one.range), whole.1.cover(two.range));
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
    pub(super) fn shared(&self, other: &Wording) -> usize {
        let theirs: HashSet<u32> = other.words.iter().map(|word| word.plain).collect();
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

    fn spans(&self, later: &Wording, hunks: &[Hunk]) -> Option<Difference> {
        let spans = |(a, b): &Hunk| Some((span(&self.words, a)?, span(&later.words, b)?));
        let (start, end) = (spans(hunks.first()?)?, spans(hunks.last()?)?);
        Some(Difference {
            first: start.0,
            second: start.1,
            whole: (start.0.cover(end.0), start.1.cover(end.1)),
        })
    }

    /// The stretches that differ, none of them empty. What only one wording has at its ends is no difference, and
    /// neither is what an ellipsis stands for. Where both have other words there, up to `ends` of them differ; more
    /// belong to another quote. Also how many words are others.
    fn hunks(
        &self,
        later: &Wording,
        matched: &[(usize, usize)],
        ends: usize,
    ) -> (Vec<Hunk>, usize) {
        let (a, b) = (&self.words, &later.words);
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

fn span(words: &[Word], range: &Range<usize>) -> Option<TextRange> {
    let words = words.get(range.clone())?;
    Some(words.first()?.range.cover(words.last()?.range))
}

fn is_most(part: usize, whole: usize) -> bool {
    part * 10 >= whole * 7
}

/// The longest run of words that two lists share in order, as pairs of places.
fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
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
    let mut pairs = Vec::new();
    while x < a.len() && y < b.len() {
        if a[x].plain == b[y].plain {
            pairs.push((x, y));
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
