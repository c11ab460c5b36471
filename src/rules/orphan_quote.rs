//! orphan-quote: a quote that nobody is given for.

use text_size::TextRange;

use super::context::one_line;
use super::copy::Copy;
use super::rewrite::attributed;
use super::running_quote::goes_on;
use super::{Context, Edit, Finding, Fix, Related};
use crate::analysis::{Attribution, DraftQuote, EntityId, Link, Paragraph, ParagraphKind};
use crate::extract::{Label, QuoteKind};
use crate::lexicon::{Class, Lexicon};
use crate::text::Shape;

/// The verb that the fix sets unless the settings name one.
pub(super) const VERB: &str = "said";

declare_rule! {
    /// Quote without a speaker
    ///
    /// ## Why
    ///
    /// Readers want to know who speaks, and a quote alone in its paragraph leaves them guessing. The writer may
    /// know; the next editor who cuts the paragraph above does not.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer said at a meeting on Monday.
    ///
    /// “We looked at every bolt of it, and we found nothing.”
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer said. “We looked at every bolt of it.”
    ///
    /// “It is old,” she said.
    /// ```
    ///
    /// A quote that runs on, and one that is introduced:
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer said. “We looked at every bolt of it.
    ///
    /// “It will be looked at again in May.”
    ///
    /// The mayor had one question:
    ///
    /// “Who pays for it?”
    /// ```
    ///
    /// ## Fix
    ///
    /// Names the last speaker behind the quote, where that is a fair guess, or joins the quote to the paragraph in
    /// which that speaker speaks.
    ///
    /// ## Settings
    ///
    /// - `verb` ("said"): the verb that the fix sets.
    /// - `dialogue` (true): stay silent while two people whom the story has named speak in turn.
    name: "orphan-quote",
    group: Attribution,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("verb", Text), ("dialogue", Flag)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let story = Story::new(context);
    let mut findings = Vec::new();
    let mut turns = Turns::default();
    for (index, paragraph) in context.body() {
        let copy = Copy::new(context, paragraph);
        let orphan = story.orphan(&copy, index, paragraph);
        let alone = orphan.is_some_and(|quote| copy.is_all(quote.range - paragraph.range.start()));
        let turn = match orphan {
            Some(_) if alone => Turn::Orphan,
            Some(_) => Turn::Other,
            None => story.explicit(index).map_or(Turn::Other, Turn::Speaker),
        };
        let dialogue = turns.take(index, turn) && context.flag("dialogue", true);
        // Where the quote above is an orphan too and the speaker is the same, running-quote says so.
        let goes_on = || goes_on(context, index).is_some();
        if let Some(quote) = orphan.filter(|_| !dialogue && !goes_on()) {
            findings.push(story.finding(&copy, quote));
        }
    }
    findings
}

struct Story<'a> {
    context: &'a Context<'a>,
    /// Paragraphs of the form "Name: words" are a transcript.
    transcript: bool,
    /// For each attribution the one from which its speaker is carried over, or itself.
    origins: Vec<usize>,
}

impl<'a> Story<'a> {
    fn new(context: &'a Context<'a>) -> Story<'a> {
        const SHORTEST_TRANSCRIPT: usize = 3;
        let labelled = context.body_where(|copy| is_labelled(copy.text));
        Story {
            context,
            transcript: labelled.count() >= SHORTEST_TRANSCRIPT,
            origins: origins(&context.analysis.attributions),
        }
    }

    /// The first full quote of a paragraph that gives nobody for it.
    fn orphan(&self, copy: &Copy<'_>, index: usize, paragraph: &Paragraph) -> Option<&'a DraftQuote> {
        if copy.facts.quotes.is_empty() {
            return None;
        }
        let analysis = self.context.analysis;
        let introduced = |text: &str| text.trim_end().ends_with(':');
        let above = index.checked_sub(1).map(|above| &analysis.paragraphs[above]);
        if paragraph.shape != Shape::Text
            || !copy.facts.cues.is_empty()
            || self.names_someone(index)
            || self.transcript && is_labelled(copy.text)
            || above.is_some_and(|above| introduced(analysis.text(above.range)))
        {
            return None;
        }
        let first = analysis.quotes.partition_point(|quote| quote.paragraph < index);
        let quotes = analysis.quotes[first..]
            .iter()
            .take_while(|quote| quote.paragraph == index);
        let quote = quotes
            .clone()
            .find(|quote| analysis.quote(quote).kind == QuoteKind::Full)?;
        let facts = analysis.quote(quote);
        let runs_on = first
            .checked_sub(1)
            .is_some_and(|before| analysis.quotes[before].running);
        let balanced = copy
            .facts
            .quotes
            .iter()
            .all(|quote| quote.closes && quote.opens || quote.range == facts.range);
        let tagged = || copy.speaker_inside(facts).is_some_and(|speaker| speaker.sure);
        let ends = facts.closes || quote.running && !tagged();
        let whole = facts.opens && ends && facts.certain;
        (whole
            && balanced
            && !runs_on
            && is_remark(&copy.text[facts.content])
            && starts_sentence(&copy.text[..usize::from(facts.range.start())])
            && self.is_unattributed(quote))
        .then_some(quote)
    }

    /// Neither the quote nor, where it runs on, any of its paragraphs has a speaker.
    fn is_unattributed(&self, quote: &DraftQuote) -> bool {
        let analysis = self.context.analysis;
        let open = |quote: &DraftQuote| {
            self.attribution(quote).is_none_or(|known| {
                let link = known.evidence.link;
                // Who was given by hand does not stand in the copy.
                matches!(link, Link::None)
                    || matches!(link, Link::Continued | Link::Corrected) && known.speaker.is_none()
            })
        };
        let mut at = analysis.quotes.partition_point(|other| other.range.start() < quote.range.start());
        loop {
            let Some(member) = analysis.quotes.get(at) else {
                return true;
            };
            if !open(member) {
                return false;
            }
            if !member.running {
                return true;
            }
            at += 1;
        }
    }

    /// The story's own words in a paragraph mean a person: a reader takes the quote for theirs.
    fn names_someone(&self, index: usize) -> bool {
        let analysis = self.context.analysis;
        let first = analysis.mentions.partition_point(|mention| mention.paragraph < index);
        analysis.mentions[first..]
            .iter()
            .take_while(|mention| mention.paragraph == index)
            .any(|mention| !mention.quoted && analysis.entity(mention.entity).label == Label::Person)
    }

    /// The one who is given as the speaker of a paragraph's quotes.
    fn explicit(&self, index: usize) -> Option<EntityId> {
        let attributions = &self.context.analysis.attributions;
        let first = attributions.partition_point(|known| known.paragraph < index);
        attributions[first..]
            .iter()
            .take_while(|known| known.paragraph == index)
            .filter(|known| !known.quotes.is_empty() && known.speaker.is_some())
            .find_map(|known| known.entity)
    }

    fn attribution(&self, quote: &DraftQuote) -> Option<&'a Attribution> {
        self.context.analysis.attributions.get(quote.attribution?)
    }

    fn finding(&self, copy: &Copy<'_>, quote: &DraftQuote) -> Finding {
        let analysis = self.context.analysis;
        let guess = self.attribution(quote).and_then(|known| self.guess(known));
        let Some((speaker, last)) = guess else {
            return self.context.finding(quote.range, "No speaker for this quote.");
        };
        let name = &one_line(analysis.short_name(speaker));
        let line = analysis.line(last.range);
        // Between two who talk, it is the turn of the one who did not speak last.
        let order = match self.speaks_between(speaker, last.paragraph, quote.paragraph) {
            true => "In turn",
            false => "Last to speak",
        };
        let message = format!("No speaker for this quote. {order}: {name} (line {line}).");
        let mut finding = self.context.finding(quote.range, message);
        finding.related.push(Related {
            range: last.range,
            message: format!("{name} speaks here."),
        });
        let verb = self.context.text("verb", VERB);
        finding.fixes.extend(attributed(copy, analysis.quote(quote), name, verb));
        finding.fixes.extend(self.join(quote, last));
        finding
    }

    /// Somebody else speaks in the paragraphs between two.
    fn speaks_between(&self, speaker: EntityId, first: usize, last: usize) -> bool {
        (first + 1..last).any(|index| self.explicit(index).is_some_and(|other| other != speaker))
    }

    /// The last one to speak, with what they last said; none where that says little about this quote.
    fn guess(&self, known: &'a Attribution) -> Option<(EntityId, &'a Attribution)> {
        const FAIR: f32 = 0.5;
        /// Paragraphs after which nobody remembers who spoke.
        const REACH: usize = 8;
        let attributions = &self.context.analysis.attributions;
        let speaker = known.entity.filter(|_| known.score >= FAIR)?;
        let last = &attributions[*self.origins.get(known.continues?)?];
        let near = known.paragraph.saturating_sub(last.paragraph) <= REACH;
        (near && last.evidence.link != Link::Continued).then_some((speaker, last))
    }

    /// Where the last words stand in the paragraph above, the quote may follow them.
    fn join(&self, quote: &DraftQuote, last: &Attribution) -> Option<Fix> {
        let paragraphs = &self.context.analysis.paragraphs;
        let above = quote.paragraph.checked_sub(1)?;
        let fits = last.paragraph == above && paragraphs[above].kind == ParagraphKind::Body;
        fits.then(|| Fix {
            title: format!("Join to line {}", self.context.analysis.line(paragraphs[above].range)),
            edits: vec![Edit {
                range: TextRange::new(
                    paragraphs[above].range.end(),
                    paragraphs[quote.paragraph].range.start(),
                ),
                text: " ".to_owned(),
            }],
            preferred: false,
        })
    }
}

/// Follows carried speakers back to where they were given. Each speech carries on from one before it.
fn origins(attributions: &[Attribution]) -> Vec<usize> {
    let mut origins: Vec<usize> = Vec::with_capacity(attributions.len());
    for (index, known) in attributions.iter().enumerate() {
        let carried = known.continues.filter(|_| known.evidence.link == Link::Continued);
        let origin = carried.and_then(|before| origins.get(before).copied());
        origins.push(origin.unwrap_or(index));
    }
    origins
}

/// Somebody's words, and neither a heading, a stage direction nor a line of a transcript.
fn is_remark(words: &str) -> bool {
    const SHORTEST: usize = 2;
    let grammar = &Lexicon::get().grammar;
    let small = |word: &str| {
        matches!(
            grammar.class(word),
            Class::Determiner | Class::Preposition | Class::Conjunction | Class::To
        )
    };
    let mut all = words.split_whitespace();
    !words.starts_with(['(', '['])
        && !is_labelled(words)
        && all.clone().count() >= SHORTEST
        && all.any(|word| word.starts_with(char::is_lowercase) && !small(word))
}

/// Whether a sentence may start after these words; "…:" leads into the one who speaks.
fn starts_sentence(before: &str) -> bool {
    before
        .chars()
        .rev()
        .take_while(|c| !matches!(c, '.' | '!' | '?' | '”' | '’' | '"' | '»' | '…' | ')'))
        .all(|c| !c.is_alphanumeric())
}

/// "Q:", "Meyer:", "Ann Meyer:" at the start of a paragraph.
fn is_labelled(text: &str) -> bool {
    const LONGEST_LABEL: usize = 4;
    let head = text.split(['.', '“', '"', '\n']).next().unwrap_or_default();
    let Some((label, _)) = head.split_once(':') else {
        return false;
    };
    let words = label.split_whitespace();
    words.clone().count() <= LONGEST_LABEL && words.clone().all(|word| word.starts_with(char::is_uppercase))
}

/// What a paragraph is in a dialogue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Somebody named speaks.
    Speaker(EntityId),
    /// A quote alone in its paragraph.
    Orphan,
    /// Anything else.
    Other,
}

/// Follows paragraphs in which two people speak in turn.
#[derive(Default)]
struct Turns {
    last: Option<(usize, Turn)>,
    before: Option<Turn>,
    dialogue: bool,
}

impl Turns {
    /// Whether a paragraph is an answer in a dialogue between two who were both named at its start.
    fn take(&mut self, index: usize, turn: Turn) -> bool {
        let last = self
            .last
            .filter(|(at, _)| at + 1 == index)
            .map(|(_, turn)| turn);
        let pair = match (self.before, last) {
            (Some(Turn::Speaker(a)), Some(Turn::Speaker(b))) => a != b,
            _ => false,
        };
        self.dialogue = match (turn, last) {
            (Turn::Orphan, Some(_)) => pair || self.dialogue,
            _ => false,
        };
        self.before = last;
        self.last = Some((index, turn));
        self.dialogue
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_fix_titled, check_in, check_rule, fix_titles};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn the_last_to_speak_is_named() {
        check(
            "
            Ann Meyer runs the pier. “The bridge is safe,” Meyer said on Monday.

            “We looked at every bolt of it, and we found nothing.”
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote. Last to speak: Meyer (line 1).
            ",
        );
    }

    #[test]
    fn without_a_fair_guess_nobody_is_named() {
        check(
            "
            The council voted to close the pier.

            🦀 “We looked at every bolt of it, and we found nothing.”
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote.
            ",
        );
    }

    #[test]
    fn a_run_without_a_speaker_is_one_finding() {
        check(
            "
            The council voted to close the pier.

            “We looked at every bolt of it, and we found nothing.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote.

            “It will be looked at again.”
            ",
        );
    }

    #[test]
    fn a_run_with_a_speaker_passes() {
        check(
            "
            The council voted to close the pier.

            “We looked at every bolt of it, and we found nothing.

            “It will be looked at again,” Meyer said.
            ",
        );
        check(
            "
            “We looked at every bolt of it,” Meyer said. “We found nothing.

            “It will be looked at again.”
            ",
        );
    }

    #[test]
    fn attributed_quotes_pass() {
        check("“The bridge is safe,” Meyer said. “We looked at every bolt. It is fine.”");
        check("According to the report, “The bridge is safe.”");
        check("Ann Meyer was tired. “The bridge is safe.”");
        check("The letter read: “The bridge is safe.”");
        check("Meyer: “The bridge is safe.”");
    }

    #[test]
    fn quotes_that_are_introduced_pass() {
        check(
            "
            Ann Meyer had one question:

            “Who pays for all of it?”
            ",
        );
    }

    #[test]
    fn headings_and_parts_of_a_sentence_pass() {
        check("“All Bets Are Off.”");
        check("“Giant of the Fish Quays.”");
        check("“(Crosstalk on the floor of the hall.)”");
        check("Watch the trailer for the new film, “We are here,” below.");
    }

    #[test]
    fn transcripts_pass() {
        check(
            "
            Q: “Is the bridge safe?”

            A: “It is. We looked at it.”

            Q: “When will it be looked at again?”
            ",
        );
    }

    #[test]
    fn two_who_speak_in_turn_pass() {
        let draft = "
            “Is the bridge safe?” Ann Meyer asked.

            “It is as safe as a house,” said Tom Reyes.

            “When will it be looked at again?”

            “In May, as in every year.”
            ";
        check(draft);
        let drawn = "
            “Is the bridge safe?” Ann Meyer asked.

            “It is as safe as a house,” said Tom Reyes.

            “When will it be looked at again?”
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote. In turn: Ann Meyer (line 1).

            “In May, as in every year.”
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote. Last to speak: Tom Reyes (line 3).
            ";
        let settings = "rules.orphan-quote.dialogue = false";
        check_in(Language::Plain, settings, Some(&RULE), drawn);
    }

    #[test]
    fn fragments_and_what_is_no_copy_pass() {
        check("The council called it “a mess” and a “shame”.");
        check_in(
            Language::Markdown,
            "",
            Some(&RULE),
            "The council voted.\n\n> “We looked at every bolt of it.”\n\n- “We found nothing at all.”\n",
        );
    }

    #[test]
    fn a_quote_still_being_typed_passes() {
        check(
            "
            The council voted to close the pier.

            “We looked at every bo
            ",
        );
    }

    const MEYER: &str = "Ann Meyer runs the pier. “The bridge is safe,” Meyer said.\n\n";

    #[test]
    fn the_fix_names_the_speaker() {
        for (before, after) in [
            ("<CURSOR>“We looked at it.”", "“We looked at it,” Meyer said."),
            ("<CURSOR>“Who looked at it?”", "“Who looked at it?” Meyer said."),
            ("<CURSOR>“We looked at it ...”", "“We looked at it ...” Meyer said."),
            ("<CURSOR>“We have looked at every bolt of it”.", "“We have looked at every bolt of it,” Meyer said."),
            ("<CURSOR>\"We looked at it.\"", "\"We looked at it,\" Meyer said."),
        ] {
            check_fix(&RULE, &format!("{MEYER}{before}"), &format!("{MEYER}{after}"));
        }
    }

    #[test]
    fn the_other_fix_joins_the_paragraph_above() {
        check_fix_titled(
            &RULE,
            "Join to line 1",
            &format!("{MEYER}<CURSOR>“We looked at it.”"),
            &format!("{} “We looked at it.”", MEYER.trim_end()),
        );
    }

    #[test]
    fn without_a_guess_there_is_no_fix() {
        let draft = "The council voted to close the pier.\n\n<CURSOR>“We looked at every bolt of it.”";
        assert!(fix_titles(&RULE, draft).is_empty());
    }
}
