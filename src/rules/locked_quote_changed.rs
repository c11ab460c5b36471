//! locked-quote-changed: a quote that was checked, and no longer has its words.

use text_size::{TextRange, TextSize};

use super::wording::{Difference, LIKE, Likeness, Wording, Words};
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{Analysis, EntityId, Link, LockedQuote, ParagraphKind, quote_key};

declare_rule! {
    /// Locked quote with other words
    ///
    /// ## Why
    ///
    /// A quote that was checked against the tape is right as it is. Whoever edits the story later does not know that, and
    /// mends its grammar.
    ///
    /// A code action on a quote locks it: its words are noted in the [ledger](ledger.md) of the draft, with their speaker.
    /// The rule says nothing until a quote is locked.
    ///
    /// ## Flags
    ///
    /// With this line in the ledger:
    ///
    /// ```jsonl
    /// {"at":"2026-11-23T14:10:00Z","by":"jm","kind":"locked-quote","quote":"The pier is rotten to the core","speaker":"Ruth Okafor","note":"tape 14:02"}
    /// ```
    ///
    /// ```text
    /// “The pier was rotten to the core,” Ruth Okafor said.
    /// ```
    ///
    /// ## Passes
    ///
    /// Other marks, a part of the quote, and a cut that an ellipsis or brackets show:
    ///
    /// ```text
    /// 'The pier is rotten to the core', said Ruth Okafor, who runs the cafe.
    /// ```
    ///
    /// ```text
    /// The pier, Ruth Okafor said, is “rotten to the core”.
    /// ```
    ///
    /// ```text
    /// “The pier is rotten … the core,” Ruth Okafor said.
    /// ```
    ///
    /// ```text
    /// “[It] is rotten to the core,” Ruth Okafor said.
    /// ```
    ///
    /// What is not there at all, and what somebody else says:
    ///
    /// ```text
    /// “The pier was rotten to the core,” Dan Meyer said. Ruth Okafor left.
    /// ```
    ///
    /// ## Fix
    ///
    /// Restores the locked words. Other code actions lock the words as they are now, or unlock the quote.
    ///
    /// ## Settings
    ///
    /// None.
    name: "locked-quote-changed",
    group: Quotes,
    levels: [Error, Error, Error, Error, Error],
    settle: true,
    since: "0.1.0",
    options: [],
}

/// Quotes with which a lock is compared word by word at most.
const MOST: usize = 8;

/// A locked quote as it stands in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Index of the lock (in [`Analysis::locked`]).
    pub lock: usize,
    /// What stands between the marks, in prose bytes.
    pub quote: TextRange,
    /// What was changed in it; none where nothing was.
    pub change: Option<Change>,
}

/// What was changed in a locked quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first words that were changed, in bytes of the lock.
    was: TextRange,
    /// What stands for them, in prose bytes.
    is: TextRange,
    /// The same from the first change to the last.
    whole: (TextRange, TextRange),
}

/// The locked quotes that the draft has, changed or not, one at most for each lock. A lock whose words stand anywhere is
/// kept, whatever else sounds like it.
pub fn locks(analysis: &Analysis) -> Vec<Locked> {
    if analysis.locked.is_empty() {
        return Vec::new();
    }
    let quotes = quotes(analysis);
    let locks = analysis.locked.iter().enumerate();
    locks
        .filter_map(|(index, lock)| {
            let (quote, change) = find(analysis, lock, &quotes)?;
            Some(Locked {
                lock: index,
                quote,
                change,
            })
        })
        .collect()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let locks = locks(context.analysis);
    let changed = locks
        .iter()
        .filter_map(|locked| Some((locked, locked.change?)));
    changed
        .map(|(locked, change)| finding(context, locked, change))
        .collect()
}

/// A quote that may be a locked one.
struct Candidate<'a> {
    /// Who speaks it, where that is sure.
    speaker: Option<EntityId>,
    key: String,
    wording: Wording<'a>,
}

/// The outermost quotes of the copy.
fn quotes(analysis: &Analysis) -> Vec<Candidate<'_>> {
    let outermost = analysis.quotes.iter().filter(|quote| {
        let facts = analysis.quote(quote);
        facts.parent.is_none() && analysis.paragraphs[quote.paragraph].kind == ParagraphKind::Body
    });
    outermost
        .filter_map(|quote| {
            let text = analysis.text(analysis.content(quote));
            let known = analysis.attribution(quote);
            let sure =
                known.filter(|known| !matches!(known.evidence.link, Link::None | Link::Continued));
            Some(Candidate {
                speaker: sure.and_then(|known| known.entity),
                key: quote_key(text).to_lowercase(),
                wording: Wording::of(analysis, quote)?,
            })
        })
        .collect()
}

/// Where a locked quote stands, and what was changed in it.
fn find(
    analysis: &Analysis,
    lock: &LockedQuote,
    quotes: &[Candidate<'_>],
) -> Option<(TextRange, Option<Change>)> {
    let key = lock.quote.to_lowercase();
    if let Some(same) = quotes.iter().find(|quote| quote.key == key) {
        return Some((same.wording.range, None));
    }
    let whole = TextRange::up_to(TextSize::of(lock.quote.as_str()));
    let words = Words::new(&lock.quote);
    let words = words.at(whole);
    let speaker = lock.speaker.as_ref().and_then(|name| analysis.bearer(name));
    let may_be = |quote: &&Candidate<'_>| match (speaker, quote.speaker) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let near = quotes.iter().filter(may_be);
    let mut near: Vec<(usize, &Candidate<'_>)> = near
        .map(|quote| (words.shared(&quote.wording), quote))
        .filter(|(shared, _)| *shared >= LIKE)
        .collect();
    // Stable: of two that are as near, the first in the draft.
    near.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    near.truncate(MOST);
    let mut found = None;
    for (_, quote) in near {
        match words.likeness(&quote.wording) {
            Likeness::Same => return Some((quote.wording.range, None)),
            Likeness::Changed(difference) if found.is_none() => {
                found = Some((quote.wording.range, Some(Change::from(difference))));
            }
            Likeness::Changed(_) | Likeness::Other => {}
        }
    }
    found
}

impl From<Difference> for Change {
    fn from(difference: Difference) -> Change {
        Change {
            was: difference.first,
            is: difference.second,
            whole: difference.whole,
        }
    }
}

fn finding(context: &Context<'_>, locked: &Locked, change: Change) -> Finding {
    let analysis = context.analysis;
    let lock = &analysis.locked[locked.lock];
    let words = |range: TextRange| styled(&lock.quote[range], analysis);
    let by = match (&lock.by, &lock.day) {
        (Some(by), Some(day)) => format!(" by {by} on {day}"),
        (Some(by), None) => format!(" by {by}"),
        (None, Some(day)) => format!(" on {day}"),
        (None, None) => String::new(),
    };
    let note = lock.note.as_ref();
    let note = note.map_or(String::new(), |note| format!(" ({note})"));
    let (was, is) = (words(change.was), analysis.text(change.is));
    let message = format!("Locked{by}{note}; now reads “{is}” for “{was}”.");
    let mut finding = context.finding(locked.quote, message);
    let (from, until) = change.whole;
    finding.fixes.push(Fix {
        title: "Restore the locked words".to_owned(),
        edits: vec![Edit {
            range: until,
            text: words(from),
        }],
        preferred: true,
    });
    finding
}

/// Locked words with the marks of the draft: they are kept with straight ones.
fn styled(words: &str, analysis: &Analysis) -> String {
    let prose = analysis.prose.text();
    let is_curly = |c| matches!(c, '’' | '“' | '”');
    if !prose.contains(is_curly) {
        return words.to_owned();
    }
    let mut styled = String::with_capacity(words.len());
    let mut before = ' ';
    for c in words.chars() {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '"' | '\'');
        styled.push(match (c, opens) {
            ('\'', true) => '‘',
            ('\'', false) => '’',
            ('"', true) => '“',
            ('"', false) => '”',
            _ => c,
        });
        before = c;
    }
    styled
}

#[cfg(test)]
mod tests {
    use super::{RULE, locks};
    use crate::analysis::{Corrections, LockedQuote};
    use crate::fixture::{Given, apply, check_given};

    fn lock(quote: &str, speaker: Option<&str>) -> LockedQuote {
        LockedQuote {
            quote: quote.to_owned(),
            speaker: speaker.map(str::to_owned),
            ..LockedQuote::default()
        }
    }

    fn given(locked: Vec<LockedQuote>) -> Given {
        Given {
            corrections: Corrections {
                locked,
                ..Corrections::default()
            },
            ..Given::default()
        }
    }

    #[track_caller]
    fn check(lock: LockedQuote, draft: &str) {
        check_given(&given(vec![lock]), &RULE, draft);
    }

    /// A draft in which the locked words “We won't rest until the pier is open again” are as they were.
    #[track_caller]
    fn passes(draft: &str) {
        let lock = lock(
            "We won't rest until the pier is open again",
            Some("Ruth Okafor"),
        );
        check(lock, draft);
    }

    #[test]
    fn a_word_was_changed() {
        check(
            lock("It is rotten", Some("Ruth Okafor")),
            "
            “It was rotten,” Ruth Okafor said.
             ^^^^^^^^^^^^^^ error[locked-quote-changed]: Locked; now reads “was” for “is”.
            ",
        );
        let lock = LockedQuote {
            by: Some("jm".to_owned()),
            day: Some("2026-11-23".to_owned()),
            note: Some("tape 14:02".to_owned()),
            ..lock("We won't rest until the pier is open again", None)
        };
        check(
            lock,
            "
            “We will not rest until this pier is open again,” said Ruth Okafor.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[locked-quote-changed]: Locked by jm on 2026-11-23 (tape 14:02); now reads “will not” for “won’t”.
            ",
        );
    }

    #[test]
    fn words_came_or_went() {
        check(
            lock("We will never close the old pier", None),
            "
            “We will close the old pier,” Ruth Okafor said.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[locked-quote-changed]: Locked; now reads “will close” for “will never close”.
            ",
        );
        check(
            lock("We will close the old pier", None),
            "
            “We will soon close the old pier,” Ruth Okafor said.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[locked-quote-changed]: Locked; now reads “will soon close” for “will close”.
            ",
        );
    }

    #[test]
    fn the_end_was_changed() {
        check(
            lock("We will close the old pier on Monday morning", None),
            "
            “We will close the old pier as soon as we can,” Ruth Okafor said.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[locked-quote-changed]: Locked; now reads “as soon as we can” for “on Monday morning”.
            ",
        );
    }

    #[test]
    fn the_same_words_pass() {
        passes("“We won’t rest until the pier is open again,” Ruth Okafor said.");
        passes("\"we won't rest until the pier is open again\", Ruth Okafor said.");
        passes("“We won’t rest until the pier is open again. Then we will,” Ruth Okafor said.");
    }

    #[test]
    fn parts_pass() {
        passes("Ruth Okafor would not “rest until the pier is open again”.");
        passes("“We won’t rest,” Ruth Okafor said, “until the pier is open again.”");
        passes("“We won’t rest until … the pier is open again,” Ruth Okafor said.");
        passes("“We won’t rest until the [town’s only] pier is open again,” Ruth Okafor said.");
    }

    #[test]
    fn what_is_gone_passes() {
        passes("Ruth Okafor spoke of the pier for an hour.");
        passes("“It is a pity,” Ruth Okafor said.");
        check(
            lock("It is rotten", None),
            "“It is over,” Ruth Okafor said.",
        );
    }

    #[test]
    fn others_may_say_it_in_their_own_words() {
        passes("“We will not rest until the pier is open again,” Dan Meyer told Ruth Okafor.");
        passes(
            "“We won’t rest until the pier is open again,” Ruth Okafor said.\n\n\
            The council met. “We will not rest until the pier is open again,” she said on Monday.",
        );
    }

    #[test]
    fn no_lock_no_finding() {
        check_given(
            &given(Vec::new()),
            &RULE,
            "“It was rotten,” Ruth Okafor said.",
        );
    }

    #[test]
    fn what_is_restored_is_kept() {
        let given = given(vec![lock("It isn't safe, and it never was", None)]);
        let draft = "“It is not safe and it was never,” Ruth Okafor said.\n";
        let findings = given.findings(draft, Some(&RULE));
        let restored = apply(draft, &findings[0].fixes[0].edits);
        assert_eq!(
            restored,
            "“It isn’t safe, and it never was,” Ruth Okafor said.\n"
        );
        let locked = locks(&given.analysis(&restored));
        assert_eq!(locked.len(), 1);
        assert_eq!(locked[0].change, None);
    }
}
