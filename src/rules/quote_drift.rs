//! quote-drift: the same quote twice, in two wordings.

use std::cmp::Reverse;
use std::hash::{BuildHasher, BuildHasherDefault};

use text_size::TextRange;

use super::wording::{Difference, Wording};
use super::{Context, Edit, Finding, Fix, Related, locks};
use crate::analysis::{EntityId, Link, ParagraphKind};
use crate::extract::QuoteKind;
use crate::text::{FastHasher, FastMap};

declare_rule! {
    /// One quote in two wordings
    ///
    /// ## Why
    ///
    /// A quote that is used twice, in the lead and in full further down, has one true wording. Where the two differ, one
    /// of them is not what was said.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “We will not accept this deal,” Ann Meyer said.
    ///
    /// The council met on Monday. “We won’t accept that deal,” Meyer said.
    /// ```
    ///
    /// ## Passes
    ///
    /// A part of a quote, and other words:
    ///
    /// ```text
    /// Ann Meyer said that she would “not accept this deal”.
    ///
    /// “We will not accept this deal,” Meyer said. “We will not wait for a better one to come.”
    /// ```
    ///
    /// ## Fix
    ///
    /// Takes over the earlier wording, or gives the later one to the earlier place. Two remarks may also be alike: then
    /// leave them.
    ///
    /// ## Settings
    ///
    /// - `min-words` (6): the fewest words, with “won’t” as two, that the shorter wording has.
    ///
    /// Seven in ten words must be the same and in the same order; what is left out at either end, or behind an ellipsis,
    /// does not count.
    name: "quote-drift",
    group: Quotes,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("min-words", Number)],
}

/// Pairs of neighbouring words that two wordings must share before they are compared.
const SHARED: usize = 2;

/// Earlier quotes with which one is compared at most.
const MOST: usize = 8;

/// Words of a quote that are compared; few speak longer, and nobody repeats so much.
const LONGEST: usize = 80;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let shortest = context.number("min-words", 6).max(SHARED);
    let mut findings = Vec::new();
    let kept: Vec<TextRange> = locks(context.analysis)
        .into_iter()
        .filter(|locked| locked.change.is_none())
        .map(|locked| locked.quote)
        .collect();
    let said: Vec<Said<'_>> = said(context)
        .filter(|said| said.wording.len() >= shortest)
        .collect();
    let mut pairs = Pairs::new(&said);
    let mut shares: FastMap<usize, usize> = FastMap::default();
    for (index, quote) in said.iter().enumerate() {
        pairs.file(index, quote, |other| *shares.entry(other).or_default() += 1);
        // What one says again in the same breath is meant to be different.
        let mut candidates: Vec<(usize, usize)> = shares
            .drain()
            .filter(|&(other, shared)| shared >= SHARED && said[other].paragraph != quote.paragraph)
            .collect();
        candidates.sort_by_key(|&(other, shared)| (Reverse(shared), other));
        let drift = candidates.iter().take(MOST).find_map(|&(other, _)| {
            let first = &said[other].wording;
            Some((first, first.difference(&quote.wording)?))
        });
        let drift =
            drift.map(|(first, drift)| finding(context, first, &quote.wording, &drift, &kept));
        findings.extend(drift);
    }
    findings
}

/// A quote of which the speaker is sure.
struct Said<'a> {
    speaker: EntityId,
    paragraph: usize,
    wording: Wording<'a>,
}

impl Said<'_> {
    /// A number for each pair of neighbouring words that this speaker says.
    fn pairs(&self) -> impl Iterator<Item = u64> {
        let speaker = self.speaker;
        let build = BuildHasherDefault::<FastHasher>::default();
        self.wording
            .pairs()
            .map(move |pair| build.hash_one((speaker, pair)))
    }
}

/// In which quotes each pair of words stands that stands in more than one place.
struct Pairs {
    /// A bit for each pair that stands somewhere, and for each that stands somewhere else as well: most pairs are said
    /// once, and need no place. Two pairs may have one bit, which costs a place.
    once: Vec<u64>,
    again: Vec<u64>,
    places: FastMap<u64, Places>,
}

#[derive(Default)]
struct Places {
    quotes: [u32; MOST],
    count: usize,
}

impl Pairs {
    fn new(said: &[Said<'_>]) -> Pairs {
        let count: usize = said.iter().map(|said| said.wording.len()).sum();
        let size = (count / 8).next_power_of_two();
        let mut pairs = Pairs {
            once: vec![0; size],
            again: vec![0; size],
            places: FastMap::default(),
        };
        for pair in said.iter().flat_map(Said::pairs) {
            let (index, bit) = pairs.bit(pair);
            pairs.again[index] |= pairs.once[index] & bit;
            pairs.once[index] |= bit;
        }
        pairs
    }

    fn bit(&self, pair: u64) -> (usize, u64) {
        let place = pair as usize & (self.once.len() * 64 - 1);
        (place / 64, 1 << (place % 64))
    }

    /// Tells which quotes before it have a pair of a quote, once for each pair, and files the quote too.
    fn file(&mut self, index: usize, said: &Said<'_>, mut tell: impl FnMut(usize)) {
        let own = index as u32;
        for pair in said.pairs() {
            let (at, bit) = self.bit(pair);
            if self.again[at] & bit == 0 {
                continue;
            }
            let places = self.places.entry(pair).or_default();
            let known = &places.quotes[..places.count];
            let others = known.iter().filter(|other| **other != own);
            others.for_each(|&other| tell(other as usize));
            // Words that somebody says all the time tell nothing.
            if places.count < MOST && known.last() != Some(&own) {
                places.quotes[places.count] = own;
                places.count += 1;
            }
        }
    }
}

/// The quotes of which a speaker is sure, in reading order.
fn said<'a>(context: &Context<'a>) -> impl Iterator<Item = Said<'a>> + use<'a> {
    let analysis = context.analysis;
    let quotes = analysis.quotes.iter();
    quotes.filter_map(|quote| {
        let facts = analysis.quote(quote);
        let known = analysis.attribution(quote)?;
        let sure = !matches!(known.evidence.link, Link::None | Link::Continued);
        let alone = facts.parent.is_none()
            && facts.certain
            && matches!(facts.kind, QuoteKind::Full | QuoteKind::Partial)
            && analysis.paragraphs[quote.paragraph].kind == ParagraphKind::Body;
        (sure && alone).then_some(())?;
        Some(Said {
            speaker: known.entity?,
            paragraph: quote.paragraph,
            wording: Wording::of(analysis, quote)?.first(LONGEST),
        })
    })
}

fn finding(
    context: &Context<'_>,
    first: &Wording<'_>,
    second: &Wording<'_>,
    drift: &Difference,
    kept: &[TextRange],
) -> Finding {
    let analysis = context.analysis;
    let line = analysis.line(first.range);
    let (then, now) = (analysis.text(drift.first), analysis.text(drift.second));
    let message = format!("Differs from the same quote in line {line}: “{then}” / “{now}”.");
    let mut finding = context.finding(second.range, message);
    finding.related.push(Related {
        range: first.range,
        message: "The same quote stands here.".to_owned(),
    });
    // A locked quote is right as it is.
    let mut offer = |title: String, quote: &Wording<'_>, range, text: &str, preferred| {
        if !kept.contains(&quote.range) {
            finding.fixes.push(Fix {
                title,
                edits: vec![Edit {
                    range,
                    text: text.to_owned(),
                }],
                preferred,
            });
        }
    };
    let (from, until) = drift.whole;
    let (then, now) = (analysis.text(from), analysis.text(until));
    let here = format!("Use the wording of line {line}");
    offer(here, second, until, then, true);
    let there = format!("Use this wording in line {line}");
    offer(there, first, from, now, false);
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_fix_titled, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn a_word_is_another() {
        check(
            "
            “We will not accept this deal,” Ann Meyer said.

            The council met. “We won’t accept that deal,” Meyer said.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-drift]: Differs from the same quote in line 1: “will not” / “won’t”.
            ",
        );
        check(
            "
            “The old bridge of the town is safe,” Ann Meyer said.

            The council met. “The old bridge of the city is safe,” Meyer said.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-drift]: Differs from the same quote in line 1: “town” / “city”.
            ",
        );
    }

    #[test]
    fn a_word_is_missing() {
        check(
            "
            Ann Meyer said that the bridge “is the safest in all the country”.

            “This bridge is the safest old one in all the country, whatever they say,” Meyer said.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-drift]: Differs from the same quote in line 1: “safest in” / “safest old one in”.
            ",
        );
    }

    #[test]
    fn the_same_words_pass() {
        check("“We will not accept this deal,” Ann Meyer said.\n\nThe council met. “We will not accept this deal,” Meyer said.");
        check("“We will not accept this deal,” Ann Meyer said.\n\nThe council met. \"we will not accept this deal\", Meyer said.");
        check("Ann Meyer would “not accept this deal at any price”.\n\n“We will not accept this deal at any price, now or ever,” Meyer said.");
    }

    #[test]
    fn cuts_with_an_ellipsis_pass() {
        check(
            "
            “The old bridge of the town … is still safe,” Ann Meyer said.

            “The old bridge of the town, which my father built, is still safe,” Meyer said.
            ",
        );
    }

    #[test]
    fn other_words_pass() {
        check("“We will not accept this deal,” Ann Meyer said.\n\n“We will not wait for another year,” Meyer said.");
        check("“I want to thank my family for all of this,” Ann Meyer said.\n\n“I want to build a bridge for all of them,” Meyer said.");
    }

    #[test]
    fn other_speakers_pass() {
        check("“We will not accept this deal,” Ann Meyer said.\n\n“We won’t accept that deal,” Tom Reyes said.");
    }

    #[test]
    fn short_quotes_pass() {
        check("“We are ready now,” Ann Meyer said.\n\n“We are ready here,” Meyer said.");
        let draft = "
            “We are ready for it now,” Ann Meyer said.

            “We are ready for it here,” Meyer said.
            ";
        let settings = "rules.quote-drift.min-words = 9";
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn fixes_take_one_of_the_wordings() {
        let there = "“We will not accept this deal,” Ann Meyer said.";
        check_fix(
            &RULE,
            &format!("{there}\n\n“<CURSOR>We won’t accept that deal,” Meyer said."),
            &format!("{there}\n\n“We will not accept this deal,” Meyer said."),
        );
        check_fix_titled(
            &RULE,
            "Use this wording in line 1",
            &format!("{there}\n\n“<CURSOR>We won’t accept that deal,” Meyer said."),
            "“We won’t accept that deal,” Ann Meyer said.\n\n“We won’t accept that deal,” Meyer said.",
        );
    }
}
