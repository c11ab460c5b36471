//! How far the speech that copydesk finds agrees with what a reader marked.
//!
//! A piece is found where its words and those of an attribution overlap by four fifths (intersection over union,
//! without marks and punctuation at the ends). A partial piece is also found where an attribution starts or ends with it
//! and takes in only words of the same sentence besides: `the plan “a joke”` is then the object that the quote is part
//! of. A piece is right if all its speakers are named besides. A name is right where
//! the words of one are among the other's and both end alike ("Erdogan", "Recep Tayyip Erdogan"). What is claimed within
//! a marked piece that another attribution has found is neither right nor wrong.

use std::ops::Range;

use copydesk::analysis::{Analysis, Attribution, Link};
use copydesk::features::{Hint, hints};
use copydesk::settings::Settings;
use text_size::{TextRange, TextSize};

use super::draft::{Draft, Kind, Piece};

/// The least overlap of two pieces that are the same one.
const SAME: f64 = 0.8;

#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Pieces of speech that are marked, those found, and those with all their speakers.
    marked: usize,
    found: usize,
    right: usize,
    /// Claims that count.
    claimed: usize,
    /// Marked pieces with quote marks, and those that have all their speakers.
    quoted: usize,
    quoted_right: usize,
    /// Nobody's quotes, and those that are given to nobody.
    nobodys: usize,
    rejected: usize,
    /// Hints without a question mark, and those that name the speaker.
    plain: usize,
    plain_right: usize,
    /// Hints with one, and those that name the speaker.
    guesses: usize,
    guesses_right: usize,
    /// Quotes of named people whose sentence does not name them, and those with a hint.
    hidden: usize,
    hinted: usize,
}

impl Counts {
    pub fn add(&mut self, other: &Counts) {
        self.marked += other.marked;
        self.found += other.found;
        self.right += other.right;
        self.claimed += other.claimed;
        self.quoted += other.quoted;
        self.quoted_right += other.quoted_right;
        self.nobodys += other.nobodys;
        self.rejected += other.rejected;
        self.plain += other.plain;
        self.plain_right += other.plain_right;
        self.guesses += other.guesses;
        self.guesses_right += other.guesses_right;
        self.hidden += other.hidden;
        self.hinted += other.hinted;
    }

    /// In percent, as all that follow.
    pub fn precision(&self) -> f64 {
        percent(self.right, self.claimed)
    }

    pub fn recall(&self) -> f64 {
        percent(self.right, self.marked)
    }

    pub fn f1(&self) -> f64 {
        percent(2 * self.right, self.claimed + self.marked)
    }

    /// The share of the pieces found that have all their speakers.
    pub fn speakers(&self) -> f64 {
        percent(self.right, self.found)
    }

    /// The share of the pieces with quote marks that are found and have all their speakers.
    pub fn quoted(&self) -> f64 {
        percent(self.quoted_right, self.quoted)
    }

    /// The share of nobody's quotes that nobody is given.
    pub fn nobodys(&self) -> f64 {
        percent(self.rejected, self.nobodys)
    }
}

impl Counts {
    /// The share of the hints without a question mark that name the speaker.
    pub fn plain(&self) -> f64 {
        percent(self.plain_right, self.plain)
    }

    /// The same for those with one.
    pub fn guesses(&self) -> f64 {
        percent(self.guesses_right, self.guesses)
    }

    /// The share of the quotes whose sentence leaves a named speaker out that have a hint.
    pub fn hinted(&self) -> f64 {
        percent(self.hinted, self.hidden)
    }

    /// How many hints and quotes these shares are of.
    pub fn hints(&self) -> [usize; 3] {
        [self.plain, self.guesses, self.hidden]
    }

    fn add_hint(&mut self, hint: Option<&Hint>, hidden: bool, right: bool) {
        self.hidden += usize::from(hidden);
        self.hinted += usize::from(hidden && hint.is_some());
        let Some(hint) = hint else { return };
        let (count, count_right) = match hint.label.contains('?') {
            true => (&mut self.guesses, &mut self.guesses_right),
            false => (&mut self.plain, &mut self.plain_right),
        };
        *count += 1;
        *count_right += usize::from(right);
    }
}

/// The counts of a draft, and each fault in words.
pub fn score(draft: &Draft, analysis: &Analysis) -> (Counts, Vec<String>) {
    let claims: Vec<Claim> = analysis
        .attributions
        .iter()
        .map(|attribution| Claim::new(draft, analysis, attribution))
        .collect();
    let spoken = |piece: &&Piece| piece.kind != Kind::Nobody;
    let mut overlaps = Vec::new();
    for (at, piece) in draft
        .pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| spoken(piece))
    {
        for (other, claim) in claims.iter().enumerate() {
            let range = bare(&draft.text, &piece.range);
            let share = overlap(&range, &claim.range);
            let object =
                piece.kind == Kind::Partial && is_object(&draft.text, &range, &claim.range);
            if share >= SAME || object {
                overlaps.push((share, at, other));
            }
        }
    }
    overlaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut of_piece = vec![None; draft.pieces.len()];
    let mut of_claim = vec![None; claims.len()];
    for (_, piece, claim) in overlaps {
        if of_piece[piece].is_none() && of_claim[claim].is_none() {
            of_piece[piece] = Some(claim);
            of_claim[claim] = Some(piece);
        }
    }
    let mut counts = Counts::default();
    let mut faults = Vec::new();
    let shown = shown(analysis);
    for (piece, claim) in draft.pieces.iter().zip(&of_piece) {
        let text = &draft.text[piece.range.clone()];
        if piece.kind == Kind::Nobody {
            let range = bare(&draft.text, &piece.range);
            let taken = claims
                .iter()
                .find(|claim| overlap(&range, &claim.range) >= SAME);
            counts.nobodys += 1;
            counts.rejected += usize::from(taken.is_none());
            if let Some(claim) = taken {
                faults.push(format!("nobody’s: {text} given to {}", claim.who()));
            }
            continue;
        }
        let index = *claim;
        let claim = claim.map(|claim: usize| &claims[claim]);
        let right = claim.is_some_and(|claim| claim.names(&piece.speakers));
        if let Some(index) = index {
            let attribution = &analysis.attributions[index];
            let hidden = is_hidden(attribution) && is_named(piece);
            let hint = shown[index].as_ref();
            counts.add_hint(hint, hidden, right);
            match hint {
                None if hidden => faults.push(format!("no hint: {text}")),
                Some(hint) if !right => faults.push(format!("wrong hint: {}", hint.label)),
                _ => {}
            }
        }
        let marks = text.contains(['“', '"', '‘', '\'', '”', '’']) && piece.kind != Kind::Indirect;
        counts.marked += 1;
        counts.found += usize::from(claim.is_some());
        counts.right += usize::from(right);
        counts.quoted += usize::from(marks);
        counts.quoted_right += usize::from(marks && right);
        let speakers = piece.speakers.join(" + ");
        match claim {
            None => faults.push(format!("missed ({:?}): {text} — {speakers}", piece.kind)),
            Some(claim) if !right => faults.push(format!(
                "speaker ({:?}): {text} — {speakers}, not {}",
                piece.kind,
                claim.who()
            )),
            Some(_) => {}
        }
    }
    for (claim, piece) in claims.iter().zip(&of_claim) {
        let within = draft.pieces.iter().zip(&of_piece).any(|(marked, found)| {
            spoken(&marked)
                && (found.is_some() || marked.kind == Kind::Direct)
                && marked.range.start <= claim.range.start
                && claim.range.end <= marked.range.end
        });
        if piece.is_some() || !within {
            counts.claimed += 1;
        }
        if piece.is_none() && !within {
            let text = &draft.text[claim.range.clone()];
            faults.push(format!("claimed: {text} — {}", claim.who()));
        }
    }
    (counts, faults)
}

/// The hint of each attribution. Where a hint in the same paragraph has told the speaker just before, it is that one's.
fn shown(analysis: &Analysis) -> Vec<Option<Hint>> {
    let whole = TextRange::up_to(TextSize::new(u32::MAX));
    let all = hints(analysis, &Settings::default(), whole);
    let mut shown: Vec<Option<Hint>> = Vec::new();
    let mut before: Option<(usize, &Attribution)> = None;
    for (index, attribution) in analysis.attributions.iter().enumerate() {
        let quotes = attribution.quotes.iter();
        let places = quotes.map(|quote| analysis.quotes[*quote].range);
        let places = places.chain(attribution.speaker.map(|speaker| speaker.range));
        let ends: Vec<_> = places
            .map(|place| analysis.prose.to_source(place).end())
            .collect();
        let own = all.iter().find(|hint| ends.contains(&hint.offset)).cloned();
        let told = before.filter(|(_, before)| {
            before.paragraph == attribution.paragraph && before.entity == attribution.entity
        });
        let hint = match (attribution.quotes.is_empty(), own, told) {
            (true, ..) => None,
            (false, Some(own), _) => Some(own),
            (false, None, Some((told, _))) => shown[told].clone(),
            (false, None, None) => None,
        };
        shown.push(hint);
        if !attribution.quotes.is_empty() {
            before = Some((index, attribution));
        }
    }
    shown
}

/// A quote whose sentence does not name its speaker.
fn is_hidden(attribution: &Attribution) -> bool {
    let link = attribution.evidence.link;
    !attribution.quotes.is_empty() && matches!(link, Link::Pronoun | Link::Role | Link::Continued)
}

/// Whether a reader has found a speaker with a name.
fn is_named(piece: &Piece) -> bool {
    let name = piece
        .speakers
        .first()
        .and_then(|name| name.split(' ').next_back());
    !piece.unnamed && name.is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// What copydesk takes for speech.
struct Claim {
    /// Bytes of the text, without marks and punctuation at the ends.
    range: Range<usize>,
    speakers: Vec<String>,
}

impl Claim {
    fn new(draft: &Draft, analysis: &Analysis, attribution: &Attribution) -> Claim {
        let range: Range<usize> = analysis.prose.to_source(attribution.range).into();
        let entity = attribution.entity.map(|entity| analysis.entity(entity));
        let speakers = match entity {
            Some(entity) if !entity.members.is_empty() => entity
                .members
                .iter()
                .map(|member| analysis.entity(*member).name.clone())
                .collect(),
            Some(entity) => vec![entity.name.clone()],
            None => attribution
                .speaker
                .iter()
                .map(|speaker| analysis.text(speaker.range).to_owned())
                .collect(),
        };
        Claim {
            range: bare(&draft.text, &range),
            speakers,
        }
    }

    fn names(&self, speakers: &[String]) -> bool {
        self.speakers.len() == speakers.len()
            && speakers
                .iter()
                .all(|name| self.speakers.iter().any(|own| same_name(name, own)))
    }

    fn who(&self) -> String {
        match self.speakers.is_empty() {
            true => "nobody".to_owned(),
            false => self.speakers.join(" + "),
        }
    }
}

/// The words of one are among the other's, and both end alike.
fn same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric() && c != '-');
        let small = ["the", "a", "an", "his", "her", "its", "their", "s", "one"];
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .filter(|word| !small.contains(&word.as_str()))
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    !a.is_empty() && a.last() == b.last() && (within(&a, &b) || within(&b, &a))
}

fn bare(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let behind = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let inner = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = range.end - behind.len();
    start..start + inner.len()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let either = a.end.max(b.end) - a.start.min(b.start);
    both as f64 / either.max(1) as f64
}

/// The claim starts or ends with the piece and stays in its sentence.
fn is_object(text: &str, piece: &Range<usize>, claim: &Range<usize>) -> bool {
    let ends = claim.end == piece.end && claim.start <= piece.start;
    let starts = claim.start == piece.start && piece.end <= claim.end;
    (ends || starts) && !text[claim.clone()].contains(['.', '?', '!'])
}

fn percent(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 100.0,
        whole => 100.0 * part as f64 / whole as f64,
    }
}

#[test]
fn names_are_compared_by_their_words() {
    assert!(same_name("Recep Tayyip Erdogan", "Erdogan"));
    assert!(same_name("A clerk", "the clerk"));
    assert!(!same_name("Chloe Smith", "Owen Smith"));
    assert!(!same_name("the", "a"));
}
