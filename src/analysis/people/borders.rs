//! Borders and kinds of names that the words around them put right: "Mr. Tuggle" and a "Jr." behind it, a nickname in
//! the middle, two ministries in one, "Odessa" beside "his wife".

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::super::paragraph::Paragraph;
use super::apposition::beside;
use super::person::fold;
use super::{Label, Named, is_kin};
use crate::lexicon::{Names, Traits};
use crate::text::FastSet;

/// How likely a person is at most in a name that is not taken for one.
const UNLIKELY: f32 = 0.2;

/// A place of that score is one.
const CERTAIN: f32 = 0.7;

/// Puts the borders and labels of names right; what is no name of its own gets the score 0.
pub(super) fn mend<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    named: &mut Vec<Named<'t>>,
    names: &Names,
) {
    let mut halves = Vec::new();
    let lone = lone_names(named);
    for index in 0..named.len() {
        let (done, rest) = named.split_at_mut(index);
        let Some(mention) = rest.first_mut().filter(|mention| mention.score > 0.0) else {
            continue;
        };
        without_contraction(text, mention);
        if let Some(half) = halved(mention).or_else(|| parted(mention, &lone, names)) {
            halves.push(half);
        }
        if mention.label == Label::Organisation {
            without_office(mention, names);
            without_modifier(text, mention, names);
        }
        if mention.label == Label::Person {
            with_suffix(text, mention);
            without_honorific(mention, names);
            let given = done.last_mut().filter(|given| given.score > 0.0);
            if let Some(given) = given {
                with_nickname(text, given, mention, names);
            }
        } else if let Some(paragraph) = paragraphs.get(mention.paragraph)
            && (may_be_person(mention, names) && is_introduced_as_person(text, paragraph, mention)
                || is_full_name(mention, names)
                || is_named_again(mention, &lone, names))
        {
            mention.label = Label::Person;
        }
    }
    named.extend(halves);
    named.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
    for (id, mention) in named.iter_mut().enumerate() {
        mention.id = id;
    }
}

fn slice(text: &str, range: TextRange) -> &str {
    text.get(Range::from(range)).unwrap_or_default()
}

/// "David I’d" is David, but "David I of Scotland" and "David I, the king" have a number.
fn without_contraction(text: &str, mention: &mut Named) {
    let Some((name, last)) = mention.text.rsplit_once(' ') else {
        if is_contraction(mention.text) {
            mention.score = 0.0;
        }
        return;
    };
    let after = text.get(mention.range.end().into()..).unwrap_or_default();
    let numeral =
        last == "I" && (after.starts_with([',', '.', ';', ')', '”']) || after.starts_with(" of "));
    if is_contraction(last) && !numeral {
        mention.text = name;
        mention.range = TextRange::at(mention.range.start(), TextSize::of(name));
    }
}

fn is_contraction(word: &str) -> bool {
    matches!(
        word,
        "I" | "I’d" | "I’m" | "I’ll" | "I’ve" | "I'd" | "I'm" | "I'll" | "I've"
    )
}

/// "Ministry of Health and Ministry of Education": the second one, taken from the first.
fn halved<'t>(mention: &mut Named<'t>) -> Option<Named<'t>> {
    if mention.label == Label::Person {
        return None;
    }
    let (first, second) = mention.text.split_once(" and ")?;
    let head = first.split(' ').next()?;
    let two = second.starts_with(head) && second.contains(" of ");
    two.then(|| split(mention, first, second))
}

/// "Acme for Hale Securities", where the draft has Acme by itself: the second one, taken from the first.
fn parted<'t>(mention: &mut Named<'t>, lone: &FastSet<&str>, names: &Names) -> Option<Named<'t>> {
    let (first, second) = mention.text.split_once(" for ")?;
    let kind = Traits::HEAD
        .or(Traits::GROUP)
        .or(Traits::KNOWN)
        .or(Traits::ROLES);
    let two = mention.label == Label::Organisation
        && lone.contains(first)
        && !names.word(first).traits(false).any(kind)
        && second.starts_with(char::is_uppercase);
    two.then(|| split(mention, first, second))
}

/// Leaves the first words of a name to it; the last ones as a name of their own.
fn split<'t>(mention: &mut Named<'t>, first: &'t str, second: &'t str) -> Named<'t> {
    let mut half = mention.clone();
    half.fact = None;
    half.title = None;
    half.titles = "";
    half.after_the = false;
    half.text = second;
    half.range = TextRange::new(
        mention.range.end() - TextSize::of(second),
        mention.range.end(),
    );
    mention.text = first;
    mention.range = TextRange::at(mention.range.start(), TextSize::of(first));
    half
}

/// "Harlan Tuggle" with the "Jr." behind it.
fn with_suffix<'t>(text: &'t str, mention: &mut Named<'t>) {
    let after = text.get(mention.range.end().into()..).unwrap_or_default();
    let suffix = ["Jr.", "Sr.", "Jr", "Sr"].iter().find_map(|suffix| {
        let comma = after
            .strip_prefix(", ")
            .or_else(|| after.strip_prefix(' '))?;
        let rest = comma.strip_prefix(suffix)?;
        (!rest.starts_with(char::is_alphanumeric)).then(|| after.len() - rest.len())
    });
    if let Some(length) = suffix.and_then(|length| u32::try_from(length).ok()) {
        mention.range = TextRange::new(
            mention.range.start(),
            mention.range.end() + TextSize::new(length),
        );
        mention.text = slice(text, mention.range);
    }
}

/// "Señora de la Cruz" is a title and a name.
fn without_honorific<'t>(mention: &mut Named<'t>, names: &Names) {
    let Some((first, rest)) = mention.text.split_once(' ') else {
        return;
    };
    if mention.title.is_some() {
        return;
    }
    let foreign = matches!(
        fold(first).as_str(),
        "senora"
            | "senorita"
            | "senor"
            | "signora"
            | "signor"
            | "madame"
            | "monsieur"
            | "herr"
            | "frau"
            | "dona"
    );
    // "Don Felipe", and Don Fowler.
    let foreign = foreign
        || first == "Don" && {
            let traits = names.word(rest).traits(false);
            traits.any(Traits::GIVEN) && !traits.any(Traits::FAMILY)
        };
    let formal = names.word(first).traits(false);
    let honorific = formal.any(Traits::HONORIFIC) && !formal.any(Traits::PERSON);
    if !(foreign || honorific) {
        return;
    }
    let title = TextRange::at(mention.range.start(), TextSize::of(first));
    mention.title = Some(title);
    mention.titles = first;
    mention.text = rest;
    mention.range = TextRange::new(
        mention.range.end() - TextSize::of(rest),
        mention.range.end(),
    );
}

/// "Senate Majority Leader Okafor", taken for a body, is an office and whoever holds it.
fn without_office<'t>(mention: &mut Named<'t>, names: &Names) {
    let whole = mention.text;
    let words = whole
        .match_indices(' ')
        .map(|(at, _)| at)
        .chain([whole.len()]);
    let mut start = 0;
    let mut office = None;
    for end in words {
        let word = whole.get(start..end).unwrap_or_default();
        let is_office = names.word(word).traits(false).any(Traits::TITLE);
        // A title by itself heads many a name of a body: "Bishop Fox", "King Lear".
        if is_office && start > 0 {
            office = Some(end);
        }
        start = end + 1;
    }
    let Some((office, name)) = office.and_then(|end| Some((end, whole.get(end + 1..)?))) else {
        return;
    };
    let of_person = |word: &str| {
        let traits = names.word(word).traits(false);
        let other = Traits::HEAD
            .or(Traits::KNOWN)
            .or(Traits::FUNCTION)
            .or(Traits::WORD);
        word.starts_with(char::is_uppercase) && !traits.any(other)
    };
    let possessive = whole.get(..office).and_then(|head| {
        let at = head.rfind("’s ").or_else(|| head.rfind("'s "))?;
        Some(at + head.get(at..)?.find(' ')? + 1)
    });
    let listed = names.traits(whole).any(Traits::KNOWN);
    if listed || name.is_empty() || name.split(' ').count() > 3 || !name.split(' ').all(of_person) {
        return;
    }
    let begins = possessive.unwrap_or(0);
    let start = mention.range.start();
    let (Ok(from), Ok(until)) = (u32::try_from(begins), u32::try_from(office)) else {
        return;
    };
    mention.title = Some(TextRange::new(
        start + TextSize::new(from),
        start + TextSize::new(until),
    ));
    mention.titles = whole.get(begins..office).unwrap_or_default();
    mention.text = name;
    mention.range = TextRange::new(
        mention.range.end() - TextSize::of(name),
        mention.range.end(),
    );
    mention.label = Label::Person;
}

/// "White House Press" before "Secretary": the last word belongs to the office behind it.
fn without_modifier<'t>(text: &'t str, mention: &mut Named<'t>, names: &Names) {
    let Some((body, last)) = mention.text.rsplit_once(' ') else {
        return;
    };
    let after = text.get(mention.range.end().into()..).unwrap_or_default();
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let office =
        next.starts_with(char::is_uppercase) && names.word(next).traits(false).any(Traits::ROLE);
    let modifies = names.word(last).traits(false).any(Traits::MODIFIER);
    if office && modifies && names.traits(body).any(Traits::BODY.or(Traits::PLACE)) {
        mention.text = body;
        mention.range = TextRange::at(mention.range.start(), TextSize::of(body));
    }
}

/// Solomon “Sticks” Greer, found as two names around marks.
fn with_nickname<'t>(text: &'t str, given: &mut Named<'t>, family: &mut Named<'t>, names: &Names) {
    let single = |mention: &Named| mention.label == Label::Person && !mention.text.contains(' ');
    let between = text.get(given.range.end().into()..family.range.start().into());
    let inside = between.and_then(|between| {
        between
            .strip_prefix(" “")
            .and_then(|rest| rest.strip_suffix("” "))
            .or_else(|| {
                between
                    .strip_prefix(" \"")
                    .and_then(|rest| rest.strip_suffix("\" "))
            })
            .or_else(|| {
                between
                    .strip_prefix(" ‘")
                    .and_then(|rest| rest.strip_suffix("’ "))
            })
    });
    let nickname = inside.is_some_and(|inside| {
        inside.len() <= 24
            && inside.starts_with(char::is_uppercase)
            && inside.chars().all(|c| c.is_alphabetic() || c == ' ')
    });
    let known = || names.word(given.text).traits(false).any(Traits::GIVEN);
    if nickname && known() && single(given) && single(family) && family.title.is_none() {
        given.range = given.range.cover(family.range);
        given.text = slice(text, given.range);
        family.score = 0.0;
    }
}

/// A given and a family name that the lists know for nothing else, taken for a place.
fn is_full_name(mention: &Named, names: &Names) -> bool {
    if mention.label != Label::Place {
        return false;
    }
    let mut words = mention.text.split(' ');
    let (Some(given), Some(family), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let patronymic = ["sson", "dóttir", "dottir", "ovich", "evich", "ovna", "evna"]
        .iter()
        .any(|ending| family.ends_with(ending));
    let traits = |word: &str| names.word(&fold(word)).traits(false);
    (patronymic || traits(given).any(Traits::GIVEN) && traits(family).any(Traits::FAMILY))
        && !traits(family).any(Traits::HEAD.or(Traits::WORD))
        && names.traits(mention.text) == Traits::NONE
}

/// The names of one word that the draft has, or may have, without an article.
fn lone_names<'t>(named: &[Named<'t>]) -> FastSet<&'t str> {
    let lone = |mention: &&Named| !mention.after_the && !mention.text.contains(' ');
    named
        .iter()
        .filter(lone)
        .map(|mention| mention.text)
        .collect()
}

/// A doubtful place of two words, the first of which is in no list while the last stands alone elsewhere.
fn is_named_again(mention: &Named, lone: &FastSet<&str>, names: &Names) -> bool {
    let Some((given, family)) = mention.text.split_once(' ') else {
        return false;
    };
    mention.label == Label::Place
        && mention.score < CERTAIN
        && lone.contains(family)
        && names.word(given).traits(false) == Traits::NONE
        && names.traits(mention.text) == Traits::NONE
}

/// "Kurds, who" are many people, and "the Reform Party, who" is none.
fn may_be_person(mention: &Named, names: &Names) -> bool {
    let plural = mention.label == Label::Misc && mention.text.ends_with('s');
    let last = mention.text.rsplit(' ').next().unwrap_or_default();
    let headed =
        mention.labels[0] < UNLIKELY && names.word(last).traits(false).any(Traits::BODY_HEAD);
    let known = names
        .traits(mention.text)
        .any(Traits::DEMONYM.or(Traits::COUNTRY).or(Traits::BODY));
    !plural && !headed && !known
}

/// An age, a clause with "who" or a kin noun stands beside the name.
fn is_introduced_as_person(text: &str, paragraph: &Paragraph, mention: &Named) -> bool {
    let ranges = (mention.range, mention.full_range());
    let (behind, before) = beside(text, paragraph, mention.fact, ranges, true);
    let kin = before
        .and_then(|phrase| phrase.head)
        .is_some_and(|head| is_kin(slice(text, head)));
    let after = text.get(mention.range.end().into()..).unwrap_or_default();
    let stands = after.starts_with(", ");
    kin || stands
        && behind.first().is_some_and(|phrase| {
            let words = slice(text, phrase.range);
            phrase.head.is_none()
                && (words.starts_with(|c: char| c.is_ascii_digit()) || words.starts_with("who "))
        })
}
