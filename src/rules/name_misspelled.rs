//! name-misspelled: a name in a spelling that the draft has nowhere else.

use text_size::TextRange;

use super::{Context, Edit, Finding, Fix, Related};
use crate::analysis::{Paragraph, ParagraphKind};
use crate::extract::{Case, Label, TokenKind};
use crate::lexicon::{Class, Traits};
use crate::text::FastMap;

declare_rule! {
    /// Name spelt in another way than elsewhere in the draft
    ///
    /// ## Why
    ///
    /// A name spelt in two ways is wrong at least once. A slip of the hand mostly happens once, among many that are
    /// right.
    ///
    /// The rarer spelling is queried, if no list knows it as a word or a name, or if the same given name stands before
    /// both. Quotes are read as well: a spelling is the writer’s and not the speaker’s. Only one draft is looked at.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Mayor Ruth Okafor said the pier would close. Okafor gave no date.
    ///
    /// The council asked Okaofr for one.
    /// ```
    ///
    /// ## Passes
    ///
    /// Two people:
    ///
    /// ```text
    /// Mayor Ruth Okafor said the pier would close. Okafor met Daniel Okafur, who runs a cafe.
    /// ```
    ///
    /// A plural:
    ///
    /// ```text
    /// Mayor Ruth Okafor said the pier would close. Okafor gave no date. The Okafors live in Leeds.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the name as elsewhere.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "name-misspelled",
    group: Names,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

/// Letters of the shortest name that is looked at: among shorter ones too many are alike.
const SHORTEST: usize = 5;

/// Letters of the shortest spelling that may be a slip: one may have been left out.
const SHORTEST_SLIP: usize = SHORTEST - 1;

/// Letters from which on two slips may be made.
const LONG: usize = 7;

/// How often a spelling may stand and yet be a slip.
const RARE: usize = 2;

/// Names with one first letter that are compared with one spelling: keeps long drafts linear.
const CROWD: usize = 64;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let words = words(context);
    let mut targets: FastMap<char, Vec<(&str, &Word<'_>)>> = FastMap::default();
    for (text, word) in &words {
        if word.names > 1 && word.places.len() > 1 && text.len() >= SHORTEST {
            targets.entry(initial(text)).or_default().push((text, word));
        }
    }
    // The most frequent first, so that the crowd is of those who matter.
    for names in targets.values_mut() {
        names.sort_by_key(|(text, word)| (std::cmp::Reverse(word.places.len()), *text));
        names.truncate(CROWD);
    }
    let mut findings: Vec<Finding> = words
        .iter()
        .filter(|(_, word)| word.places.len() <= RARE)
        .filter_map(|(text, word)| {
            let near = targets.get(&initial(text))?;
            let (right, target) = near.iter().find(|(right, target)| {
                target.places.len() > word.places.len() && is_slip(text, word, right, target)
            })?;
            Some(finding(context, text, word, right, target))
        })
        .collect();
    findings.sort_by_key(|finding| finding.range.start());
    findings
}

/// A word with a capital, and where it stands.
#[derive(Default)]
struct Word<'a> {
    /// In prose bytes, in reading order.
    places: Vec<TextRange>,
    /// How many of them are part of a person's name.
    names: usize,
    /// A word, or a name, of the lists.
    known: bool,
    /// The words with a capital that stand before it, where they are no titles: given names.
    given: Vec<&'a str>,
}

fn words<'a>(context: &Context<'a>) -> FastMap<&'a str, Word<'a>> {
    let mut words: FastMap<&str, Word<'_>> = FastMap::default();
    for (index, paragraph) in context.analysis.paragraphs.iter().enumerate() {
        if paragraph.kind == ParagraphKind::Body {
            collect(context, index, paragraph, &mut words);
        }
    }
    words
}

fn collect<'a>(
    context: &Context<'a>,
    index: usize,
    paragraph: &'a Paragraph,
    words: &mut FastMap<&'a str, Word<'a>>,
) {
    let text = context.analysis.text(paragraph.range);
    let mut people = context
        .mentions(index)
        .iter()
        .filter(|mention| context.analysis.entity(mention.entity).label == Label::Person)
        .peekable();
    let facts = &paragraph.facts;
    for (at, token) in facts.tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || token.case != Case::Capital {
            continue;
        }
        let word = &text[token.stem];
        if word.len() < SHORTEST_SLIP || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        let range = paragraph.at(token.stem);
        while people.next_if(|mention| mention.range.end() <= range.start()).is_some() {}
        let entry = words.entry(word).or_default();
        entry.places.push(range);
        entry.names += usize::from(people.peek().is_some_and(|mention| mention.range.contains_range(range)));
        entry.known = facts.words.get(at).is_none_or(|word| is_listed(word.traits, word.class));
        let before = at.checked_sub(1).and_then(|at| facts.tokens.get(at).zip(facts.words.get(at)));
        let given = before.filter(|(before, known)| {
            matches!(before.case, Case::Capital)
                && before.kind == TokenKind::Word
                && before.stem == before.range
                && !known.traits.any(Traits::TITLE.or(Traits::DEMONYM))
                && known.class == Class::Other
        });
        entry.given.extend(given.map(|(before, _)| &text[before.stem]));
    }
}

fn is_listed(traits: Traits, class: Class) -> bool {
    class != Class::Other
        || traits.any(
            Traits::WORD
                .or(Traits::COMMON)
                .or(Traits::FUNCTION)
                .or(Traits::KNOWN)
                .or(Traits::PERSON)
                .or(Traits::TITLE)
                .or(Traits::HEAD)
                .or(Traits::ROLES)
                .or(Traits::GROUP),
        )
}

fn initial(word: &str) -> char {
    word.chars().next().unwrap_or_default()
}

fn is_slip(text: &str, word: &Word<'_>, right: &str, target: &Word<'_>) -> bool {
    let most = if text.chars().count().min(right.chars().count()) >= LONG { 2 } else { 1 };
    let same_given = word.given.iter().any(|given| target.given.contains(given));
    let other_given = !word.given.is_empty() && !target.given.is_empty() && !same_given;
    let distance = distance(text, right, most);
    distance.is_some_and(|distance| distance > 0)
        && !other_given
        && (!word.known || same_given && distance == Some(1) && word.places.len() == 1)
        && !is_inflected(text, right)
        && !is_inflected(right, text)
}

/// "Okafors", "Trumpian", "Marxism" of the shorter word; "Jose" and "José" are one spelling for desks that fold.
fn is_inflected(long: &str, short: &str) -> bool {
    const ENDINGS: [&str; 15] =
        ["s", "es", "an", "ian", "n", "ns", "ans", "ese", "er", "ers", "ish", "ist", "i", "is", "y"];
    let vowel = short.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
    long.strip_prefix(short).is_some_and(|ending| match ending {
        "n" | "ns" | "y" | "er" | "ers" => vowel,
        _ => ENDINGS.contains(&ending),
    }) || crate::knowledge::fold(long) == crate::knowledge::fold(short)
}

/// Letters to put in, take out, change or swap with their neighbours to get from one word to the other; none above
/// `most`.
fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > most || left.len() > 40 {
        return None;
    }
    let mut older: Vec<usize> = Vec::new();
    let mut old: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut new = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let change = old[column] + usize::from(a != b);
            let mut best = change.min(old[column + 1] + 1).min(new[column] + 1);
            let swapped = row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b;
            if swapped {
                best = best.min(older[column - 1] + 1);
            }
            new.push(best);
        }
        older = std::mem::replace(&mut old, new);
    }
    old.last().copied().filter(|distance| *distance <= most)
}

fn finding(context: &Context<'_>, text: &str, word: &Word<'_>, right: &str, target: &Word<'_>) -> Finding {
    let times = target.places.len();
    let message = format!("“{text}” — “{right}” {times} times elsewhere.");
    let mut finding = context.finding(word.places[0], message);
    finding.related.push(Related {
        range: target.places[0],
        message: format!("“{right}” stands here."),
    });
    finding.fixes.push(Fix {
        title: format!("Write “{right}”"),
        edits: word
            .places
            .iter()
            .map(|range| Edit {
                range: *range,
                text: right.to_owned(),
            })
            .collect(),
        preferred: true,
    });
    finding
}

#[cfg(test)]
mod tests {
    use super::{RULE, distance};
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn slips_of_the_hand() {
        check(
            "
            Mayor Ruth Okafor said the pier would close. Okafor gave no date.

            The council asked Okaofr for one.
                              ^^^^^^ warning[name-misspelled]: “Okaofr” — “Okafor” 2 times elsewhere.
            ",
        );
        check(
            "
            President Recep Tayyip Erdogan left. Erdogan gave no date. “No,” Erdogan said.

            “Mr Erdgoan is welcome,” said Mayor Ruth Meyer.
                ^^^^^^^ warning[name-misspelled]: “Erdgoan” — “Erdogan” 3 times elsewhere.
            ",
        );
    }

    #[test]
    fn two_slips_in_a_long_name() {
        check(
            "
            Mayor Ruth Kettleman left. Kettleman gave no date. Kettelmann’s office is closed.
                                                               ^^^^^^^^^^ warning[name-misspelled]: “Kettelmann” — “Kettleman” 2 times elsewhere.
            ",
        );
    }

    #[test]
    fn another_name_with_the_same_given_name() {
        check(
            "
            Mayor Chloe Smith left. Smith gave no date. “It is old,” Chloe Smyth said.
                                                                           ^^^^^ warning[name-misspelled]: “Smyth” — “Smith” 2 times elsewhere.
            ",
        );
    }

    #[test]
    fn names_of_others_pass() {
        check("Mayor Ruth Okafor left. Okafor met Daniel Okafur. Okafor and he talked.");
        check("Mayor Chloe Smith left. Smith met Owen Smyth, who runs the cafe.");
        check("Mayor Ruth Okafor left. Okafor’s plan is old. The Okafors live in Leeds.");
        check("President Omar Kolumba left. Kolumba spoke. A Kolumban flag stood there.");
        check("Mayor Ruth Reyes left. Reyes gave no date. The Reyesian plan failed.");
        check("Mayor José Kordez left. Kordez spoke. Kordéz spoke.");
        check("Mayor Ann Brown left. Brown spoke. Crown land is sold.");
        check("");
    }

    #[test]
    fn distances() {
        assert_eq!(distance("Erdogan", "Erdogan", 1), Some(0));
        assert_eq!(distance("Erdgoan", "Erdogan", 1), Some(1));
        assert_eq!(distance("Erdogn", "Erdogan", 1), Some(1));
        assert_eq!(distance("Erdogann", "Erdogan", 1), Some(1));
        assert_eq!(distance("Ardogen", "Erdogan", 1), None);
        assert_eq!(distance("Ardogen", "Erdogan", 2), Some(2));
        assert_eq!(distance("", "", 1), Some(0));
    }

    #[test]
    fn the_fix_writes_the_name_as_elsewhere() {
        check_fix(
            &RULE,
            "Mayor Ruth Okafor left. Okafor gave no date. The council asked Oka<CURSOR>ofr.",
            "Mayor Ruth Okafor left. Okafor gave no date. The council asked Okafor.",
        );
    }
}
