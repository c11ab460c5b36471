//! What the words around names tell of whom they name: how a person is addressed, whose relative they are, which
//! office they hold, and which two names are one's.

use std::rc::Rc;

use text_size::TextRange;

use super::super::paragraph::Paragraph;
use super::form::Forms;
use super::{FactIndex, Label, Named, Pronoun};
use crate::extract::SourceKind;
use crate::text::small;

/// Longer stretches between two names say nothing of both.
const REACH: usize = 120;

/// "Mr" or "Ms".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Address {
    He,
    She,
}

/// Opens the office of a speaker who has no name.
pub(super) const THE: &str = "the ";

/// What is known of each name besides itself, by its index.
#[derive(Debug, Default)]
pub(super) struct Evidence<'t> {
    around: Vec<Around<'t>>,
    /// Names of one and the same: "Clarence Abernathy, known as Duke Abbott".
    pub same: Vec<(usize, usize)>,
}

#[derive(Clone, Debug, Default)]
struct Around<'t> {
    address: Option<Address>,
    relative: bool,
    /// The phrases that give it an office.
    offices: Vec<&'t str>,
    /// The name, folded, of whoever speaks the quote around it.
    speaker: Option<Rc<str>>,
}

impl<'t> Evidence<'t> {
    pub fn new(
        text: &'t str,
        paragraphs: &[Paragraph],
        named: &[Named<'t>],
        forms: &Forms<'t>,
    ) -> Evidence<'t> {
        let mut around = vec![Around::default(); named.len()];
        let mut facts = FactIndex::new(paragraphs);
        for (at, mention) in named.iter().enumerate() {
            if let Some(fact) = mention.fact {
                facts.set(mention.paragraph, fact, at);
            }
        }
        for (index, paragraph) in paragraphs.iter().enumerate() {
            for descriptor in &paragraph.facts.descriptors {
                let at = descriptor.mention.and_then(|fact| facts.get(index, fact));
                let Some(around) = at.and_then(|at| around.get_mut(at)) else {
                    continue;
                };
                let phrase = &text[paragraph.at(descriptor.range)];
                let head = &text[paragraph.at(descriptor.head)];
                around.address = around
                    .address
                    .or(kin(head).and_then(|pronoun| match pronoun {
                        Pronoun::He => Some(Address::He),
                        Pronoun::She => Some(Address::She),
                        _ => None,
                    }));
                around.relative |= is_kin(head);
                around.offices.push(phrase);
            }
        }
        speakers(text, paragraphs, named, forms, &mut around);
        Evidence {
            around,
            same: same(text, named),
        }
    }

    /// The name, folded, of whoever speaks the quote in which a name stands, or [`THE`] and an office.
    pub fn speaker(&self, index: usize) -> Option<&str> {
        self.around.get(index)?.speaker.as_deref()
    }

    /// How the draft addresses the one named.
    pub fn address(&self, index: usize) -> Option<Address> {
        self.around.get(index)?.address
    }

    /// The name stands beside "his wife", "a son" and the like.
    pub fn is_relative(&self, index: usize) -> bool {
        self.around.get(index).is_some_and(|around| around.relative)
    }

    /// The words of the offices beside a name, in lower case.
    pub fn offices(&self, index: usize) -> impl Iterator<Item = String> {
        let around = self.around.get(index);
        around
            .into_iter()
            .flat_map(|around| &around.offices)
            .flat_map(|phrase| phrase.split_whitespace())
            .map(str::to_lowercase)
    }
}

/// Notes beside each name in a quote who speaks, where a name stands for the speaker.
fn speakers<'t>(
    text: &str,
    paragraphs: &[Paragraph],
    named: &[Named<'t>],
    forms: &Forms<'t>,
    around: &mut [Around],
) {
    let mut next = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let own = named[next..]
            .iter()
            .take_while(|mention| mention.paragraph <= index)
            .count();
        let names = next..next + own;
        next += own;
        let mut all: Vec<Rc<str>> = Vec::new();
        for speech in &paragraph.facts.speech {
            let Some(source) = speech.source.map(|source| paragraph.at(source.range)) else {
                continue;
            };
            let within = |range: TextRange| {
                let from = named[names.clone()]
                    .partition_point(|mention| mention.range.start() < range.start());
                (names.start + from..names.end)
                    .take_while(move |at| named[*at].range.start() < range.end())
            };
            let speaker = within(source)
                .find(|at| named[*at].label == Label::Person)
                .map(|at| Rc::clone(&forms.of(named[at].text).key));
            let office = || match speech.source?.kind {
                SourceKind::Descriptor(at) => {
                    let head = paragraph.facts.descriptors.get(at)?.head;
                    text.get(std::ops::Range::from(paragraph.at(head)))
                        .map(|head| format!("{THE}{}", head.to_lowercase()).into())
                }
                _ => None,
            };
            let Some(speaker) = speaker.or_else(office) else {
                continue;
            };
            for content in speech.contents.iter().filter(|content| content.direct) {
                for at in within(paragraph.at(content.range)) {
                    around[at].speaker = Some(Rc::clone(&speaker));
                }
            }
            if all.len() < 2 && !all.contains(&speaker) {
                all.push(speaker);
            }
        }
        // A quote without a tag goes on with the one speaker of its paragraph.
        if let [speaker] = all.as_slice() {
            for at in names.clone().filter(|at| named[*at].quoted) {
                around[at].speaker.get_or_insert_with(|| Rc::clone(speaker));
            }
        }
    }
}

/// Pairs of names of which the text between them says that they are one's.
fn same(text: &str, named: &[Named]) -> Vec<(usize, usize)> {
    let mut same = Vec::new();
    let mut last: Option<(usize, TextRange)> = None;
    // The one person named so far, as long as there is but one.
    let mut only: Option<(usize, bool)> = None;
    for (index, mention) in named.iter().enumerate() {
        if mention.score == 0.0 {
            continue;
        }
        if let Some((before, range)) = last
            && let Some(between) = text.get(range.end().into()..mention.full_range().start().into())
            && between.len() <= REACH
            && says_same(between)
        {
            same.push((before, index));
        }
        if mention.label == Label::Person && mention.text.contains(' ') {
            match only {
                Some((one, true)) if is_born(text, mention) => same.push((one, index)),
                Some((_, alone)) => {
                    only = only.map(|(one, _)| (one, alone && named[one].text == mention.text))
                }
                None => only = Some((index, true)),
            }
        }
        let body = mention.label == Label::Organisation
            && mention.paragraph != named[last.map_or(0, |l| l.0)].paragraph;
        if mention.label == Label::Person || body || last.is_none() {
            last = Some((index, mention.range));
        }
    }
    same
}

/// "She was born Ida Moss": the name that the one spoken of had first.
fn is_born(text: &str, mention: &Named) -> bool {
    let before = text[..usize::from(mention.full_range().start())].trim_end();
    ["She was born", "He was born", "she was born", "he was born"]
        .iter()
        .any(|words| before.ends_with(words))
}

/// "…, better known as …", "…, the trumpeter known on stages as …"
fn says_same(between: &str) -> bool {
    let trimmed = between.trim_end_matches(['“', '"', '‘', '\'', '(', ' ', ',']);
    // Whatever says so stands at the end, so that most stretches need no copy.
    let last = trimmed
        .chars()
        .next_back()
        .map(|last| last.to_ascii_lowercase());
    if !matches!(last, Some('a' | '.' | 'd' | 's' | 'e' | 'y' | 'n')) {
        return false;
    }
    let tail = trimmed
        .char_indices()
        .nth_back(LONGEST_SIGN)
        .map_or(trimmed, |(at, _)| &trimmed[at..])
        .to_lowercase();
    let known = || {
        let folded = between.to_lowercase();
        let verbs = [
            "known ",
            "performs ",
            "performed ",
            "performing ",
            "recorded ",
            "writes ",
            "records ",
        ];
        !folded.contains(". ") && verbs.iter().any(|verb| folded.contains(verb))
    };
    tail.ends_with(" as") && known()
        || [
            " aka",
            "a.k.a.",
            "(aka",
            "nicknamed",
            "dubbed",
            "whose real name is",
            "whose real name was",
            "real name",
            "passport says",
            "birth name",
            "née",
            " formerly",
            ", born",
        ]
        .iter()
        .any(|sign| tail.ends_with(sign))
}

/// Letters of the longest sign of [`says_same`].
const LONGEST_SIGN: usize = 20;

/// Whom the titles address, if they tell.
pub(super) fn address(titles: &str) -> Option<Address> {
    titles.split_whitespace().find_map(|word| {
        match word.trim_end_matches('.').to_lowercase().as_str() {
            "mr" | "sir" | "lord" | "king" | "prince" | "mullah" | "imam" => Some(Address::He),
            "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "baroness" => {
                Some(Address::She)
            }
            _ => None,
        }
    })
}

/// The pronoun of those whom a noun describes: "father-in-law", "spokeswoman".
pub(in super::super) fn kin(word: &str) -> Option<Pronoun> {
    kin_of(without_in_law(&small(word)))
}

/// A noun for a member of a family.
pub(in super::super) fn is_kin(word: &str) -> bool {
    let word = small(word);
    let word = without_in_law(&word);
    matches!(
        word,
        "cousin"
            | "twin"
            | "child"
            | "parent"
            | "sibling"
            | "partner"
            | "grandchild"
            | "spouse"
            | "baby"
            | "toddler"
    ) || kin_of(word).is_some()
        && !["man", "woman", "actress"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

fn without_in_law(mut word: &str) -> &str {
    while let Some(kin) = word.strip_suffix("-in-law") {
        word = kin;
    }
    word
}

fn kin_of(word: &str) -> Option<Pronoun> {
    match word {
        "father" | "son" | "brother" | "husband" | "uncle" | "nephew" | "grandfather"
        | "grandson" | "widower" | "stepfather" | "boyfriend" | "spokesman" | "chairman"
        | "businessman" | "congressman" | "policeman" | "fireman" | "fisherman" | "councilman"
        | "salesman" => Some(Pronoun::He),
        "mother" | "daughter" | "sister" | "wife" | "aunt" | "niece" | "grandmother"
        | "granddaughter" | "widow" | "stepmother" | "girlfriend" | "spokeswoman"
        | "chairwoman" | "businesswoman" | "congresswoman" | "policewoman" | "councilwoman"
        | "actress" => Some(Pronoun::She),
        _ => None,
    }
}
