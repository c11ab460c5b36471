//! How each kind of fault is made. A mechanism gives the edits that would each plant one.

use std::ops::Range;

use super::clean::{Clean, Edit, Tagged, inside, quotes, words};
use super::names::{drop_given_name, drop_long_form, drop_role, misspell};
use crate::analysis::MentionForm;

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
}
