//! What the words around names tell of whom they name: how a person is addressed, whose relative they are, which
//! office they hold, and which two names are one's.

use std::collections::HashMap;

use text_size::TextRange;

use super::super::paragraph::Paragraph;
use super::{Label, Named, Pronoun};

/// Longer stretches between two names say nothing of both.
const REACH: usize = 120;

/// "Mr" or "Ms".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Address {
    He,
    She,
}

/// What is known of each name besides itself, by its index.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    around: Vec<Around>,
    /// Names of one and the same: "Clarence Abernathy, known as Duke Abbott".
    pub same: Vec<(usize, usize)>,
}

#[derive(Clone, Debug, Default)]
struct Around {
    address: Option<Address>,
    relative: bool,
    offices: Vec<String>,
}

impl Evidence {
    pub fn new(text: &str, paragraphs: &[Paragraph], named: &[Named]) -> Evidence {
        let mut around = vec![Around::default(); named.len()];
        let facts: HashMap<(usize, usize), usize> = named
            .iter()
            .enumerate()
            .filter_map(|(at, mention)| Some(((mention.paragraph, mention.fact?), at)))
            .collect();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            for descriptor in &paragraph.facts.descriptors {
                let at = descriptor
                    .mention
                    .and_then(|fact| facts.get(&(index, fact)).copied());
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
                around
                    .offices
                    .extend(phrase.split_whitespace().map(str::to_lowercase));
            }
        }
        Evidence {
            around,
            same: same(text, named),
        }
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
    pub fn offices(&self, index: usize) -> impl Iterator<Item = &str> {
        let around = self.around.get(index);
        around
            .into_iter()
            .flat_map(|around| &around.offices)
            .map(String::as_str)
    }
}

/// Pairs of names of which the text between them says that they are one's.
fn same(text: &str, named: &[Named]) -> Vec<(usize, usize)> {
    let mut same = Vec::new();
    let mut last: Option<(usize, TextRange)> = None;
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
        let body = mention.label == Label::Organisation
            && mention.paragraph != named[last.map_or(0, |l| l.0)].paragraph;
        if mention.label == Label::Person || body || last.is_none() {
            last = Some((index, mention.range));
        }
    }
    same
}

/// "…, better known as …", "…, the trumpeter known on stages as …"
fn says_same(between: &str) -> bool {
    let folded = between.to_lowercase();
    let words = folded.trim_end_matches(['“', '"', '‘', '\'', '(', ' ', ',']);
    let known = [
        "known ",
        "performs ",
        "performed ",
        "performing ",
        "recorded ",
        "writes ",
        "records ",
    ]
    .iter()
    .any(|verb| folded.contains(verb));
    known && words.ends_with(" as") && !folded.contains(". ")
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
        .any(|sign| words.ends_with(sign))
}

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
    let word = word.to_lowercase();
    match word.trim_end_matches("-in-law") {
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

/// A noun for a member of a family.
pub(in super::super) fn is_kin(word: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.trim_end_matches("-in-law");
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
    ) || kin(word).is_some()
        && !["man", "woman", "actress"]
            .iter()
            .any(|ending| word.ends_with(ending))
}
