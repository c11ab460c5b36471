//! relay-dropped: a quote given as heard, right after one that came second-hand.

use text_size::TextRange;

use super::copy::Copy;
use super::reporter::{outlet_before, outlet_in};
use super::{Context, Finding, Fix, Related};
use crate::analysis::{Attribution, EntityId, Hand, Link, SpeechKind};
use crate::extract::{ParagraphFacts, QuoteKind, Speech};

declare_rule! {
    /// Quote as if heard, after one that came second-hand
    ///
    /// ## Why
    ///
    /// Where one quote of a person comes from an agency, the next mostly does too. Without the agency's name the story
    /// takes the words as its own reporting.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is not safe,” Ann Meyer told the council, Reuters reported.
    ///
    /// “It will have to be closed in May,” Meyer warned.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is not safe,” Ann Meyer told the council, Reuters reported.
    ///
    /// “It will have to be closed in May,” Meyer told reporters.
    /// ```
    ///
    /// An interview goes on:
    ///
    /// ```text
    /// “The bridge is not safe,” Ann Meyer told Reuters.
    ///
    /// “It will have to be closed in May,” Meyer said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Adds “according to” and the outlet.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "relay-dropped",
    group: Attribution,
    levels: [Information, Information, Information, Information, Information],
    settle: false,
    since: "0.1.0",
    options: [],
}

/// A quote that came second-hand, and after which none was found yet.
struct Relayed {
    speaker: EntityId,
    /// The place of the paragraph among the story's own.
    at: usize,
    quote: TextRange,
    outlet: Option<TextRange>,
}

/// Paragraphs of copy after which a quote stands on its own.
const REACH: usize = 4;

/// Paragraphs above a quote on hearsay in which its outlet may be named.
const OUTLET_REACH: usize = 2;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut relayed: Vec<Relayed> = Vec::new();
    for (at, (index, paragraph)) in context.body().enumerate() {
        relayed.retain(|last| at - last.at <= REACH);
        for known in context.attributions(index) {
            let Some((speaker, (cue, cue_at))) = known.entity.zip(known.cue) else {
                continue;
            };
            let watched = known.evidence.hand != Hand::First
                || relayed.iter().any(|last| last.speaker == speaker)
                || context.concerns(paragraph, |copy| has_according_to(copy.facts));
            if !watched || !is_quote(context, known) {
                continue;
            }
            let copy = || Copy::new(context, paragraph);
            let speech = || paragraph.facts.speech.iter().find(|speech| speech.cue == Some(cue_at));
            let last = relayed.iter().position(|last| last.speaker == speaker);
            let second_hand = match speech() {
                _ if known.evidence.hand == Hand::First => according_to(context, index, cue),
                speech => outlet(context, index, known, speech),
            };
            if let Some(outlet) = second_hand {
                if let Some(last) = last {
                    relayed.remove(last);
                }
                relayed.push(Relayed {
                    speaker,
                    at,
                    quote: known.range,
                    outlet,
                });
            } else if let Some(last) = last
                && known.evidence.link == Link::Named
                && known.evidence.hand == Hand::First
            {
                let last = relayed.remove(last);
                let named = known.speaker.map_or(cue, |speaker| speaker.range.cover(cue));
                if !has_setting(&copy(), speech(), cue - paragraph.range.start()) {
                    findings.push(finding(context, &copy(), named, &last));
                }
            }
        }
    }
    findings
}

fn is_quote(context: &Context<'_>, known: &Attribution) -> bool {
    known.kind != SpeechKind::Indirect
        && known.quotes.iter().any(|&quote| {
            let quote = context.analysis.quote(&context.analysis.quotes[quote]);
            matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
        })
}

/// The outlet that a quote came through, where it is known; none for a quote that nobody but the speaker passed on.
fn outlet(
    context: &Context<'_>,
    index: usize,
    known: &Attribution,
    speech: Option<&Speech>,
) -> Option<Option<TextRange>> {
    let outlet = match known.evidence.hand {
        Hand::First => return None,
        Hand::Hearsay(_) => outlet_before(context, index, OUTLET_REACH),
        // Who is told hears it first-hand.
        Hand::Relayed(range) => {
            speech.filter(|speech| speech.via.is_some())?;
            outlet_in(context, index, range)
        }
    };
    Some(outlet.map(|outlet| outlet.range))
}

fn has_according_to(facts: &ParagraphFacts) -> bool {
    facts.cues.iter().any(|cue| cue.entry.cue == ACCORDING_TO)
}

const ACCORDING_TO: &str = "according to";

/// “…,” Meyer said, according to Reuters.
fn according_to(context: &Context<'_>, index: usize, cue: TextRange) -> Option<Option<TextRange>> {
    const ARTICLE: usize = "the".len();
    let paragraph = &context.analysis.paragraphs[index];
    let mut outlets = paragraph.facts.cues.iter().filter(|phrase| phrase.entry.cue == ACCORDING_TO);
    let sentence = context.analysis.sentence(cue)?;
    outlets.find_map(|phrase| {
        let phrase = paragraph.at(phrase.range);
        let behind = TextRange::new(phrase.end(), sentence.end().max(phrase.end()));
        let outlet = outlet_in(context, index, behind).filter(|_| sentence.contains_range(phrase))?;
        let between = TextRange::new(phrase.end(), outlet.full_range().start());
        (context.analysis.text(between).trim().len() <= ARTICLE).then_some(Some(outlet.range))
    })
}

/// Said to somebody, or on an occasion, that the sentence names.
fn has_setting(copy: &Copy<'_>, speech: Option<&Speech>, cue: TextRange) -> bool {
    speech.is_none_or(|speech| speech.listener.is_some() || speech.via.is_some())
        || copy
            .sentence(cue.start())
            .is_none_or(|sentence| copy.has_word(sentence, &SETTINGS))
}

fn finding(context: &Context<'_>, copy: &Copy<'_>, range: TextRange, last: &Relayed) -> Finding {
    let analysis = context.analysis;
    let name = analysis.short_name(last.speaker);
    let line = analysis.line(last.quote);
    let outlet = last.outlet.map(|outlet| analysis.text(outlet));
    let message = match outlet {
        Some(outlet) => format!(
            "{name}’s last quote (line {line}) came second-hand. Is this from {outlet} too?"
        ),
        None => format!("{name}’s last quote (line {line}) came second-hand. Is this one heard?"),
    };
    let mut finding = context.finding(range, message);
    finding.related.push(Related {
        range: last.quote,
        message: "This quote came second-hand.".to_owned(),
    });
    let end = range.end() - copy.start();
    let sentence = copy.sentence(end).or_else(|| copy.facts.sentences.last());
    let source = outlet.map(|outlet| format!("according to {outlet}"));
    finding.fixes.extend(source.zip(sentence).and_then(|(source, sentence)| {
        Some(Fix {
            title: format!("Add “{source}”"),
            edits: vec![copy.append(sentence, &format!(", {source}"))?],
            preferred: true,
        })
    }));
    finding
}

/// Occasions on which a reporter may have heard it, and papers in which it may be read.
const SETTINGS: [&str; 32] = [
    "address",
    "announcement",
    "appearance",
    "article",
    "book",
    "briefing",
    "broadcast",
    "call",
    "conference",
    "debate",
    "email",
    "event",
    "facebook",
    "hearing",
    "interview",
    "letter",
    "meeting",
    "memo",
    "message",
    "post",
    "rally",
    "release",
    "remarks",
    "report",
    "reporters",
    "speech",
    "statement",
    "testimony",
    "tweet",
    "tweeted",
    "twitter",
    "wrote",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    const RELAYED: &str = "“The bridge is not safe,” Ann Meyer told the council, Reuters reported.";

    fn check(below: &str) {
        check_rule(&RULE, &format!("{RELAYED}\n\n{below}"));
    }

    #[test]
    fn the_next_quote_is_found() {
        check_rule(
            &RULE,
            "
            “The bridge is not safe,” Ann Meyer told the council, Reuters reported.

            “It will have to be closed in May,” Meyer warned.
                                                ^^^^^^^^^^^^ information[relay-dropped]: Meyer’s last quote (line 1) came second-hand. Is this from Reuters too?
            ",
        );
    }

    #[test]
    fn quotes_on_hearsay_count_and_one_of_a_run_is_found() {
        check_rule(
            &RULE,
            "
            “The bridge is not safe,” Ann Meyer reportedly told the council.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hearsay-quote]: Direct quote on “reportedly”: who reported it?

            “It will have to be closed in May,” Meyer warned.
                                                ^^^^^^^^^^^^ information[relay-dropped]: Meyer’s last quote (line 1) came second-hand. Is this one heard?

            “It will be closed for a year,” Meyer said.
            "
            .lines()
            .filter(|line| !line.contains("hearsay"))
            .collect::<Vec<_>>()
            .join("\n")
            .as_str(),
        );
    }

    #[test]
    fn within_a_paragraph_too() {
        check_rule(
            &RULE,
            "
            “The bridge is not safe,” Ann Meyer told the council, according to Reuters. “It will be closed in May,” Meyer warned.
                                                                                                                    ^^^^^^^^^^^^ information[relay-dropped]: Meyer’s last quote (line 1) came second-hand. Is this from Reuters too?
            ",
        );
    }

    #[test]
    fn a_new_setting_passes() {
        check("“It will have to be closed in May,” Meyer told reporters.");
        check("“It will have to be closed in May,” Meyer said in a speech.");
        check("“It will have to be closed in May,” Meyer wrote.");
        check("“It will have to be closed in May,” Meyer said in a statement on Monday.");
    }

    #[test]
    fn what_says_where_it_comes_from_passes() {
        check("“It will have to be closed in May,” Meyer said, according to Reuters.");
        check("“It will have to be closed in May,” Meyer reportedly said.");
    }

    #[test]
    fn others_and_reported_speech_pass() {
        check("“It will have to be closed in May,” Tom Reyes said.");
        check("Meyer said that it would have to be closed in May.");
        check("Meyer called it a “wreck”.");
    }

    #[test]
    fn far_below_passes() {
        let copy = "The bridge is old.\n\n".repeat(4);
        check(&format!("{copy}“It will have to be closed in May,” Meyer warned."));
    }

    #[test]
    fn interviews_pass() {
        check_rule(
            &RULE,
            "
            “The bridge is not safe,” Ann Meyer told Reuters.

            “It will have to be closed in May,” Meyer said.
            ",
        );
    }

    #[test]
    fn the_fix_adds_the_outlet() {
        check_fix(
            &RULE,
            &format!("{RELAYED}\n\n“It will have to be closed in May,” <CURSOR>Meyer warned."),
            &format!("{RELAYED}\n\n“It will have to be closed in May,” Meyer warned, according to Reuters."),
        );
    }
}
