//! How each kind of fault is made. A mechanism gives the edits that would each plant one.

use std::ops::Range;

use super::clean::{Clean, Edit, Tagged, inside, quotes, words};
use crate::analysis::{Entity, EntityMention, MentionForm};
use crate::extract::Label;
use crate::rules;

/// One way of making a fault.
pub(super) struct Mechanism {
    /// The rule that is to find it.
    pub rule: &'static str,
    /// All edits of a draft that make one.
    pub edits: fn(&Clean<'_>) -> Vec<Edit>,
}

/// All mechanisms, by the rule.
pub(super) const MECHANISMS: &[Mechanism] = &[
    Mechanism {
        rule: "acronym-undefined",
        edits: drop_long_form,
    },
    Mechanism {
        rule: "anonymous-source",
        edits: hide_source,
    },
    Mechanism {
        rule: "broken-attribution",
        edits: stop_before_tag,
    },
    Mechanism {
        rule: "first-reference-name",
        edits: drop_given_name,
    },
    Mechanism {
        rule: "first-reference-role",
        edits: drop_role,
    },
    Mechanism {
        rule: "hearsay-quote",
        edits: insert_hearsay,
    },
    Mechanism {
        rule: "loaded-verb",
        edits: load_verb,
    },
    Mechanism {
        rule: "name-misspelled",
        edits: misspell,
    },
    Mechanism {
        rule: "note-left-in",
        edits: leave_note,
    },
    Mechanism {
        rule: "orphan-quote",
        edits: drop_attribution,
    },
    Mechanism {
        rule: "quote-drift",
        edits: change_repeated_quote,
    },
    Mechanism {
        rule: "quote-punctuation",
        edits: move_comma,
    },
    Mechanism {
        rule: "unbalanced-quote",
        edits: drop_mark,
    },
    Mechanism {
        rule: "unresolved-speaker",
        edits: begin_with_pronoun,
    },
    Mechanism {
        rule: "web-residue",
        edits: leave_residue,
    },
];

/// Words of a quote that is worth repeating, or leaving alone.
const LONG: usize = 8;
const SHORT: usize = 4;

/// Takes the words of an acronym away: "World Trade Organization (WTO)" becomes "WTO".
fn drop_long_form(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for paragraph in clean.body() {
        let text = &clean.text[paragraph.clone()];
        for (open, _) in text.match_indices('(') {
            let Some(length) = text[open + 1..].find(')') else {
                continue;
            };
            let acronym = &text[open + 1..open + 1 + length];
            let is_acronym =
                (3..=6).contains(&length) && acronym.bytes().all(|b| b.is_ascii_uppercase());
            if !is_acronym {
                continue;
            }
            let ahead = words(clean.text, paragraph.start..paragraph.start + open);
            let initials = acronym.chars().rev();
            let mut first = ahead.len();
            let fits = initials.clone().all(|initial| {
                // Small words between, as in "Bank of England", have no letter of their own.
                let found = ahead[..first].iter().rposition(|word| {
                    clean.text[word.clone()]
                        .chars()
                        .next()
                        .is_some_and(char::is_uppercase)
                });
                let Some(found) = found.filter(|found| first - found <= 3) else {
                    return false;
                };
                first = found;
                clean.text[ahead[found].clone()].starts_with(initial)
            });
            let start = match ahead.get(first) {
                Some(word) if fits => word.start,
                _ => continue,
            };
            let long = clean.text[start..paragraph.start + open].trim_end();
            // "the event organizer AROS": the noun before it tells.
            let described = clean.text[..start].trim_end().ends_with(char::is_lowercase)
                && !is_function(clean.text[..start].trim_end().rsplit(' ').next().unwrap_or_default());
            if clean.text.matches(long).count() == 1 && !described {
                edits.push(Edit::new(
                    start..paragraph.start + open + length + 2,
                    acronym,
                ));
            }
        }
    }
    edits.extend(letters_only(clean));
    edits
}

/// "the California Air Resources Board" becomes "the CARB", where that is all the draft says of it.
fn letters_only(clean: &Clean<'_>) -> Vec<Edit> {
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=5;
    let mut edits = Vec::new();
    for body in &clean.analysis.entities {
        let mut own = body.mentions.iter().map(|&mention| &clean.analysis.mentions[mention]);
        let Some(first) = own.next().filter(|_| body.label == Label::Organisation) else {
            continue;
        };
        let place = clean.source(first.range);
        let name = &clean.text[place.clone()];
        let parts: Vec<&str> = name.split_whitespace().collect();
        let capitals = parts.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
        let letters: String = capitals.filter_map(|word| word.chars().next()).collect();
        let plain = parts.iter().all(|word| {
            matches!(*word, "of" | "and" | "for" | "the") || word.chars().all(|c| c.is_ascii_alphabetic())
        });
        let single = parts.iter().all(|word| word.chars().skip(1).all(|c| c.is_ascii_lowercase()));
        let behind = clean.text[place.end..].trim_start();
        let said = clean.text.matches(name).count() == 1 && !clean.text.contains(letters.as_str());
        let fits = LETTERS.contains(&letters.len()) && plain && single && said && own.next().is_none();
        if fits
            && clean.own_copy(first).is_some()
            && !clean.is_deck(&place)
            && clean.text[..place.start].ends_with(" the ")
            && !behind.starts_with(['(', ',', '’', '\''])
            && !behind.starts_with(char::is_uppercase)
            && !rules::is_familiar(&letters)
        {
            edits.push(Edit::new(place, letters));
        }
    }
    edits
}

fn is_function(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "of" | "by" | "to" | "with" | "and" | "for" | "in" | "at" | "from" | "on" | "as")
}

/// Puts nobody in particular in the place of a speaker who is introduced elsewhere.
fn hide_source(clean: &Clean<'_>) -> Vec<Edit> {
    let sources = ["officials", "one official", "an aide", "a diplomat"];
    let named = clean.tagged().into_iter().filter(|tagged| {
        is_name(clean, tagged) && words(clean.text, tagged.subject.clone()).len() == 1
    });
    let edit = |(index, tagged): (usize, Tagged)| {
        Edit::new(tagged.subject, sources[index % sources.len()])
    };
    named.enumerate().map(edit).collect()
}

/// “It is old,” he said. → “It is old.” he said.
fn stop_before_tag(clean: &Clean<'_>) -> Vec<Edit> {
    let small = |tagged: &Tagged| clean.text[tagged.tag.clone()].starts_with(char::is_lowercase);
    let mut edits = commas(clean, small);
    edits.iter_mut().for_each(|edit| edit.with = ".".to_owned());
    edits
}

/// “It is old,” → “It is old”,
fn move_comma(clean: &Clean<'_>) -> Vec<Edit> {
    let tagged = clean.tagged();
    // One of few could be the rule of the draft.
    if tagged.len() < SHORT {
        return Vec::new();
    }
    let mut edits = commas(clean, |_| true);
    for edit in &mut edits {
        let mark = clean.text[edit.range.end..].chars().next().unwrap_or('”');
        edit.range.end += mark.len_utf8();
        edit.with = format!("{mark},");
    }
    edits
}

/// The commas before closing marks whose tag passes a test.
fn commas(clean: &Clean<'_>, passes: impl Fn(&Tagged) -> bool) -> Vec<Edit> {
    let has_comma = |tagged: &Tagged| clean.text[tagged.content.clone()].ends_with(',');
    let tagged = clean.tagged().into_iter();
    tagged
        .filter(|tagged| has_comma(tagged) && passes(tagged))
        .map(|tagged| Edit::new(tagged.content.end - 1..tagged.content.end, ""))
        .collect()
}

/// Takes the given name away where a person is named first.
fn drop_given_name(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (person, first) in people(clean) {
        let name = clean.source(first.range);
        let words = words(clean.text, name.clone());
        if first.form != MentionForm::Full || words.len() != 2 {
            continue;
        }
        // "King George III", and "S. Donald Sussman": no family name would be left, or another initial.
        let ahead = clean.text[..name.start].trim_end();
        let next = &clean.text[words[1].clone()];
        let numeral = next.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let initials = next.ends_with('.') || is_initial(ahead.rsplit(' ').next().unwrap_or_default());
        if numeral || initials || clean.is_deck(&name) || shares_family(clean, person) {
            continue;
        }
        // Some family names stand first.
        let own = person
            .mentions
            .iter()
            .map(|&mention| &clean.analysis.mentions[mention]);
        let mut surnames = own.filter(|mention| mention.form == MentionForm::Surname);
        let family = &clean.text[words[1].clone()];
        if surnames.all(|mention| &clean.text[clean.source(mention.range)] == family) {
            edits.push(Edit::new(name.start..words[1].start, ""));
        }
    }
    edits
}

fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.')
}

/// Somebody else in the draft has the same family name: without a given name it is theirs.
fn shares_family(clean: &Clean<'_>, person: &Entity) -> bool {
    let family = |entity: &Entity| entity.name.split_whitespace().next_back().map(str::to_owned);
    let own = family(person);
    let bearers = clean.analysis.entities.iter();
    let bearers = bearers.filter(|entity| entity.label == Label::Person && family(entity) == own);
    bearers.count() > 1
}

/// Takes the role away from a person who is given one, once, and who speaks or is named more than in passing.
fn drop_role(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (person, first) in people(clean) {
        if !matters(clean, person) {
            continue;
        }
        let [role] = person.roles.as_slice() else {
            continue;
        };
        let (name, role_at) = (clean.source(first.full_range()), clean.source(role.range));
        if role.paragraph != first.paragraph || first.form != MentionForm::Full {
            continue;
        }
        let name = match first.title.map(|title| clean.source(title)) {
            // The title is the role.
            Some(title) if role_at.start <= title.start && title.end <= role_at.end => {
                clean.source(first.range)
            }
            Some(_) => continue,
            None => name,
        };
        let text = clean.text;
        // "Mitch McConnell (R-Ky.)", "John McCain of Arizona": something is left that tells.
        let behind = &text[name.end..];
        if role_at.end < name.start && [" (", " of ", ", "].iter().any(|more| behind.starts_with(more)) {
            continue;
        }
        if role_at.end + 1 == name.start {
            edits.push(Edit::new(role_at.start..name.start, ""));
        } else if text[name.end..role_at.start.max(name.end)].trim() == "," {
            let end = role_at.end;
            match text[end..].chars().next() {
                Some(',') => edits.push(Edit::new(name.end..end + 1, "")),
                Some('.') => edits.push(Edit::new(name.end..end, "")),
                _ => {}
            }
        }
    }
    edits
}

/// Speaks, or is named three times or more: of others a name is enough.
fn matters(clean: &Clean<'_>, person: &Entity) -> bool {
    const OFTEN: usize = 3;
    let own = person.mentions.iter().map(|&mention| &clean.analysis.mentions[mention]);
    let named = own.filter(|mention| {
        clean.own_copy(mention).is_some()
            && !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
    });
    let speaks = || {
        let mut speech = clean.analysis.attributions.iter().filter_map(|known| known.entity);
        speech.any(|id| std::ptr::eq(clean.analysis.entity(id), person))
    };
    named.count() >= OFTEN || speaks()
}

/// People whom the story's own copy names first, each with that mention.
fn people<'a>(clean: &'a Clean<'_>) -> impl Iterator<Item = (&'a Entity, &'a EntityMention)> {
    let entities = clean.analysis.entities.iter();
    entities.filter_map(|entity| {
        let first = &clean.analysis.mentions[*entity.mentions.first()?];
        let person = entity.label == Label::Person && entity.named && entity.members.is_empty();
        let paragraph = clean.own_copy(first).filter(|_| person)?;
        // A line of its own is a credit or a caption.
        (words(clean.text, paragraph).len() > LONG).then_some((entity, first))
    })
}

/// Puts "reportedly" before the verb of a tag.
fn insert_hearsay(clean: &Clean<'_>) -> Vec<Edit> {
    let tagged = clean.tagged().into_iter();
    tagged
        .map(|tagged| Edit::new(tagged.verb.start..tagged.verb.start, "reportedly "))
        .collect()
}

/// Puts a verb that judges in the place of "said".
fn load_verb(clean: &Clean<'_>) -> Vec<Edit> {
    let verbs = ["admitted", "claimed", "boasted", "confessed", "conceded"];
    let plain = |tagged: &Tagged| &clean.text[tagged.verb.clone()] == "said";
    let tagged = clean.tagged().into_iter().filter(plain).enumerate();
    tagged
        .map(|(index, tagged)| Edit::new(tagged.verb, verbs[index % verbs.len()]))
        .collect()
}

/// Misspells one later mention of a name that the draft has three times or more.
fn misspell(clean: &Clean<'_>) -> Vec<Edit> {
    const LETTERS: usize = 5;
    const MENTIONS: usize = 3;
    let mut edits = Vec::new();
    for (person, _) in people(clean) {
        let own = person
            .mentions
            .iter()
            .map(|&mention| &clean.analysis.mentions[mention]);
        let named: Vec<_> = own
            .filter(|mention| matches!(mention.form, MentionForm::Full | MentionForm::Surname))
            .filter(|mention| clean.own_copy(mention).is_some())
            .filter_map(|mention| words(clean.text, clean.source(mention.range)).pop())
            .collect();
        if named.len() < MENTIONS {
            continue;
        }
        let later = &named[named.len() / 2];
        let name = &clean.text[later.clone()];
        let others = named
            .iter()
            .filter(|word| &clean.text[Range::clone(word)] == name);
        if name.len() < LETTERS
            || !name.bytes().all(|b| b.is_ascii_alphabetic())
            || others.count() < MENTIONS
        {
            continue;
        }
        edits.extend(slip(name, edits.len()).map(|slip| Edit::new(later.clone(), slip)));
    }
    edits
}

/// A name with two inner letters swapped, one left out, or one doubled.
fn slip(name: &str, turn: usize) -> Option<String> {
    let middle = name.len() / 2;
    let (a, b) = (&name[middle - 1..middle], &name[middle..middle + 1]);
    let (before, behind) = (&name[..middle - 1], &name[middle + 1..]);
    let slipped = match turn % 3 {
        0 => format!("{before}{b}{a}{behind}"),
        1 => format!("{before}{b}{behind}"),
        _ => format!("{before}{a}{a}{b}{behind}"),
    };
    (slipped != name).then_some(slipped)
}

/// Leaves a note to oneself in the copy.
fn leave_note(clean: &Clean<'_>) -> Vec<Edit> {
    let notes = [" TK", " [CHECK]", " (sp?)", " XXX"];
    let ends = clean
        .body()
        .filter(|paragraph| clean.text[paragraph.clone()].ends_with('.'));
    ends.enumerate()
        .map(|(index, paragraph)| {
            let end = paragraph.end - 1;
            Edit::new(end..end, notes[index % notes.len()])
        })
        .collect()
}

/// Takes the tag from a quote that is a paragraph of its own.
fn drop_attribution(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for tagged in clean.tagged() {
        let text = clean.text;
        let mark = tagged.tag.start - 1 - tagged.content.end;
        let alone = tagged.content.start - mark == tagged.paragraph.start
            && text[tagged.tag.end..tagged.paragraph.end].trim() == ".";
        let introduced = text[..tagged.paragraph.start].trim_end().ends_with(':');
        if !alone || introduced || words(text, tagged.content.clone()).len() < SHORT {
            continue;
        }
        let closing = &text[tagged.content.end..tagged.content.end + mark];
        let from = match text[..tagged.content.end].strip_suffix(',') {
            Some(kept) => kept.len(),
            None => tagged.content.end,
        };
        let stop = if from < tagged.content.end { "." } else { "" };
        edits.push(Edit::new(
            from..tagged.paragraph.end,
            format!("{stop}{closing}"),
        ));
    }
    edits
}

/// Repeats a long quote at the end of the draft with one word changed.
fn change_repeated_quote(clean: &Clean<'_>) -> Vec<Edit> {
    let changes = [
        ("will", "would"),
        ("is", "was"),
        ("are", "were"),
        ("the", "that"),
        ("a", "one"),
        ("and", "or"),
    ];
    let mut edits = Vec::new();
    for tagged in clean
        .tagged()
        .into_iter()
        .filter(|tagged| is_name(clean, tagged))
    {
        let words = words(clean.text, tagged.content.clone());
        let changed = changes.iter().find_map(|(from, to)| {
            let word = words
                .iter()
                .skip(1)
                .find(|word| &clean.text[Range::clone(word)] == *from)?;
            Some((word, to))
        });
        let Some((word, to)) = changed.filter(|_| words.len() >= LONG) else {
            continue;
        };
        let end = clean.text.trim_end().len();
        let repeated = format!(
            "\n\n“{}{to}{}” {} said.",
            &clean.text[tagged.content.start..word.start],
            &clean.text[word.end..tagged.content.end],
            &clean.text[tagged.subject],
        );
        edits.push(Edit::new(end..end, repeated));
    }
    edits
}

/// Takes the closing or the opening mark from the only quote of a paragraph.
fn drop_mark(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for paragraph in clean.body() {
        let quotes = quotes(clean.text, &paragraph);
        let [quote] = quotes.as_slice() else {
            continue;
        };
        if words(clean.text, quote.clone()).len() < SHORT {
            continue;
        }
        let content = inside(clean.text, quote);
        let next = clean.text[paragraph.end..].trim_start();
        edits.push(match edits.len() % 2 {
            // An open quote before another may run on.
            0 if !next.starts_with(['“', '"']) => Edit::new(content.end..quote.end, ""),
            _ => Edit::new(quote.start..content.start, ""),
        });
    }
    edits
}

/// Begins the draft with a paragraph whose speaker is a pronoun.
fn begin_with_pronoun(clean: &Clean<'_>) -> Vec<Edit> {
    let Some(first) = clean.body().next() else {
        return Vec::new();
    };
    let tagged = clean.tagged().into_iter();
    tagged
        .filter(|tagged| matches!(&clean.text[tagged.subject.clone()], "he" | "she"))
        .filter(|tagged| {
            let words = words(clean.text, tagged.paragraph.clone());
            let is_name = |word: &Range<usize>| {
                clean.text[word.clone()].starts_with(|c: char| c.is_uppercase() && c != 'I')
            };
            let speaks_of = clean.analysis.mentions.iter().any(|mention| {
                let place = clean.source(mention.range);
                !mention.quoted
                    && mention.form != MentionForm::Pronoun
                    && tagged.paragraph.start <= place.start
                    && place.end <= tagged.paragraph.end
            });
            !speaks_of && !words.iter().skip(1).any(is_name)
        })
        .map(|tagged| {
            let paragraph = format!("{}\n\n", &clean.text[tagged.paragraph]);
            Edit::new(first.start..first.start, paragraph)
        })
        .collect()
}

/// Leaves a line of a web page between two paragraphs.
fn leave_residue(clean: &Clean<'_>) -> Vec<Edit> {
    let lines = [
        "Advertisement",
        "Share this",
        "Leave a Reply",
        "Sign up for our newsletter",
        "Read more",
    ];
    clean
        .body()
        .skip(1)
        .enumerate()
        .map(|(index, paragraph)| {
            let line = format!("{}\n\n", lines[index % lines.len()]);
            Edit::new(paragraph.start..paragraph.start, line)
        })
        .collect()
}

fn is_name(clean: &Clean<'_>, tagged: &Tagged) -> bool {
    let subject = words(clean.text, tagged.subject.clone());
    let capital = |word: &Range<usize>| clean.text[word.clone()].starts_with(char::is_uppercase);
    !subject.is_empty()
        && subject.iter().all(capital)
        && !matches!(&clean.text[tagged.subject.clone()], "He" | "She" | "They")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Memo;

    const DRAFT: &str = "The World Harbour Fund (WHF) will pay for the pier, it said on Monday.\n\n\
        “It is the oldest of them and it will be mended,” Ann Meyer, the mayor of Leeds, said at a meeting.\n\n\
        “Nobody asked the people who still live here,” said Ruth Okafor.\n\n\
        Meyer smiled. Meyer had asked them all, Meyer added.\n\n\
        “They were not,” Meyer said.\n\n\
        “It will be closed soon,” she said.";

    /// What a mechanism plants first: the paragraph with the fault.
    fn check(rule: &str, expected: &str) {
        let clean = Clean::new(DRAFT, &mut Memo::default());
        let mechanism = MECHANISMS
            .iter()
            .find(|mechanism| mechanism.rule == rule)
            .unwrap();
        let edits = (mechanism.edits)(&clean);
        let fault = clean.with(edits.first().expect(rule));
        assert_eq!(&fault.text[fault.place], expected, "{rule}");
    }

    #[test]
    fn each_mechanism_plants_what_it_says() {
        check(
            "acronym-undefined",
            "The WHF will pay for the pier, it said on Monday.",
        );
        check(
            "unbalanced-quote",
            "It is the oldest of them and it will be mended,” Ann Meyer, the mayor of Leeds, said at a meeting.",
        );
        check(
            "orphan-quote",
            "“Nobody asked the people who still live here.”",
        );
        check("anonymous-source", "“They were not,” officials said.");
        check(
            "broken-attribution",
            "“Nobody asked the people who still live here.” said Ruth Okafor.",
        );
        check(
            "hearsay-quote",
            "“Nobody asked the people who still live here,” reportedly said Ruth Okafor.",
        );
        check("unresolved-speaker", "“It will be closed soon,” she said.");
        check("web-residue", "Advertisement");
        check(
            "quote-drift",
            "“Nobody asked that people who still live here,” Ruth Okafor said.",
        );
    }

    #[test]
    fn slips_differ_from_the_name() {
        assert_eq!(slip("Okafor", 0).as_deref(), Some("Okfaor"));
        assert_eq!(slip("Okafor", 1).as_deref(), Some("Okfor"));
        assert_eq!(slip("Okafor", 2).as_deref(), Some("Okaafor"));
        assert_eq!(slip("Aaaaa", 0), None);
    }
}
