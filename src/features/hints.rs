//! Who speaks, shown beside the quotes that do not say it.
//!
//! A hint stands where the reader has to look elsewhere for the speaker: at a pronoun or an office, at a quote
//! without a cue, and at a quote whose unnamed source comes late. Where the name stands in the sentence, none does.

use text_size::{TextRange, TextSize};

use super::reason::{guessed_from, meaning, plain};
use crate::analysis::{Analysis, Attribution, EntityId, Link, MentionForm, Standing};
use crate::extract::{Label, TokenKind};
use crate::rules::Edit;
use crate::settings::{HintMode, Settings};

/// A score from which a hint shows no doubt. These three are set so that plain hints are right 97 times in a hundred
/// and those with a question mark 80 times; `docs/quotes.md` has the count.
const SURE: f32 = 0.7;

/// A score below which a guess helps nobody.
const WORTH_A_GUESS: f32 = 0.44;

/// From where on a quote without a cue shows no doubt.
pub(super) const SURE_WITHOUT_CUE: f32 = 0.87;

/// Words between a quote and the source after it, from which on the source is out of sight.
const FAR: usize = 8;

/// A few words shown inside the draft that are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The source byte before which they stand.
    pub offset: TextSize,
    /// The words.
    pub label: String,
    /// The reason for them.
    pub tooltip: String,
    /// The mention that the reason speaks of, in source bytes.
    pub origin: Option<TextRange>,
    /// What writes the name into the copy; none where it would not fit.
    pub accept: Option<Edit>,
}

/// A way to write a speaker's name into the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// What it does, in a few words.
    pub title: String,
    /// The edit of the source.
    pub edit: Edit,
}

/// The names that could stand for the pronouns and descriptions of speakers in a range of source bytes, in reading
/// order.
pub fn acceptances(analysis: &Analysis, range: TextRange) -> Vec<Acceptance> {
    let mut settings = Settings::default();
    settings.hints.paraphrase = true;
    let whole = TextRange::up_to(TextSize::new(u32::MAX));
    hints(analysis, &settings, whole)
        .into_iter()
        .filter_map(|hint| hint.accept)
        .filter(|edit| edit.range.intersect(range).is_some())
        .filter_map(|edit| {
            let words = analysis.prose.from_source(edit.range.start())?;
            let words = TextRange::at(words, edit.range.len());
            Some(Acceptance {
                title: format!("Write “{}” for “{}”", edit.text, analysis.text(words)),
                edit,
            })
        })
        .collect()
}

/// The hints of a range of source bytes, in reading order.
pub fn hints(analysis: &Analysis, settings: &Settings, range: TextRange) -> Vec<Hint> {
    let mode = settings.hints.mode;
    if mode == HintMode::Off {
        return Vec::new();
    }
    let mut hints: Vec<Hint> = Vec::new();
    // The quote before, and whether a reader knows who speaks it.
    let mut before: Option<(&Attribution, bool)> = None;
    for attribution in &analysis.attributions {
        let quoted = !attribution.quotes.is_empty();
        if !quoted && !settings.hints.paraphrase {
            continue;
        }
        let told = before.is_some_and(|(before, known)| {
            known
                && before.paragraph == attribution.paragraph
                && before.entity == attribution.entity
        });
        let found = match told {
            true => None,
            false => hint(analysis, attribution).filter(|hint| match mode {
                HintMode::Pronouns => attribution.evidence.link == Link::Pronoun,
                HintMode::Uncertain => hint.label.ends_with("?›"),
                HintMode::All | HintMode::Off => true,
            }),
        };
        if quoted {
            let open = attribution.evidence.link == Link::SameParagraph;
            before = Some((attribution, told || found.is_some() || !open));
        }
        hints.extend(found.filter(|hint| range.contains_inclusive(hint.offset)));
    }
    hints.sort_by_key(|hint| hint.offset);
    hints.dedup_by_key(|hint| hint.offset);
    hints
}

fn hint(analysis: &Analysis, attribution: &Attribution) -> Option<Hint> {
    let entity = attribution.entity?;
    match (attribution.evidence.link, attribution.evidence.source) {
        (Link::Pronoun, _) => reference(analysis, attribution, entity),
        (Link::Role, Standing::Named) => {
            let person = analysis.entity(entity).label == Label::Person;
            person.then(|| reference(analysis, attribution, entity))?
        }
        (Link::Role, Standing::Unnamed) => unnamed(analysis, attribution, entity),
        (Link::Continued, _) => carried(analysis, attribution, entity),
        (Link::Corrected, _) => corrected(analysis, attribution, entity),
        (Link::Named | Link::SameParagraph | Link::None, _) => None,
    }
}

/// Behind a pronoun or a description: whom it means.
fn reference(analysis: &Analysis, attribution: &Attribution, entity: EntityId) -> Option<Hint> {
    let place = attribution.speaker?.range;
    let sentence = analysis.sentence(place)?;
    if analysis.names_only(entity, sentence, place) {
        return None;
    }
    let name = plain(analysis.short_name(entity));
    Some(Hint {
        offset: behind(analysis, place),
        label: match attribution.score {
            score if score >= SURE => format!("‹{name}›"),
            score if score >= WORTH_A_GUESS => format!("‹{name}?›"),
            _ => return None,
        },
        tooltip: meaning(analysis, entity, place),
        origin: analysis
            .antecedent(entity, place)
            .map(|known| analysis.prose.to_source(known.mention.range)),
        accept: accept(analysis, place, &name).filter(|_| attribution.score >= SURE),
    })
}

/// Writes a name in place of a pronoun or a description. Only where its words can stand in the same sentence: after
/// "they" the verb may be a plural, and words without "the" may belong to another ("her lawyer").
fn accept(analysis: &Analysis, place: TextRange, name: &str) -> Option<Edit> {
    let words = analysis.text(place).to_lowercase();
    let fits = matches!(words.as_str(), "he" | "she") || words.starts_with("the ");
    (fits && analysis.prose.verbatim(place)).then(|| Edit {
        range: analysis.prose.to_source(place),
        text: name.to_owned(),
    })
}

/// Behind a quote whose source has no name and comes only much later.
fn unnamed(analysis: &Analysis, attribution: &Attribution, entity: EntityId) -> Option<Hint> {
    let quote = analysis.quotes.get(*attribution.quotes.first()?)?.range;
    let source = attribution.speaker?.range;
    let words = words_between(analysis, attribution.paragraph, quote, source);
    if words < FAR || attribution.score < SURE {
        return None;
    }
    let name = plain(&analysis.entity(entity).name);
    Some(Hint {
        offset: behind(analysis, quote),
        label: format!("‹unnamed: {name}›"),
        tooltip: format!(
            "The source of this quote stands {words} words behind it and has no name."
        ),
        origin: Some(analysis.prose.to_source(source)),
        accept: None,
    })
}

/// Behind a quote without a cue: from whom it is carried over.
fn carried(analysis: &Analysis, attribution: &Attribution, entity: EntityId) -> Option<Hint> {
    let quote = analysis.quotes.get(*attribution.quotes.first()?)?.range;
    let from = guessed_from(analysis, attribution)?;
    let here = analysis.paragraph_at(from.start()) == Some(attribution.paragraph);
    if attribution.score < WORTH_A_GUESS || here && !is_pronoun(analysis, from) {
        return None;
    }
    let name = plain(analysis.short_name(entity));
    let doubt = match attribution.score < SURE_WITHOUT_CUE {
        true => "?",
        false => "",
    };
    let line = analysis.line(from);
    let origin = analysis.prose.to_source(from);
    let (label, tooltip) = match here {
        true => (format!("‹{name}{doubt}›"), meaning(analysis, entity, from)),
        false => (
            format!("‹{name}{doubt} from line {line}›"),
            source_of(analysis, attribution, entity, line),
        ),
    };
    Some(Hint {
        offset: behind(analysis, quote),
        label,
        tooltip,
        origin: Some(origin),
        accept: None,
    })
}

/// Behind a pronoun, a description or a quote without a source: the speaker given by hand. Where the sentence names
/// them, nothing is to be told.
fn corrected(analysis: &Analysis, attribution: &Attribution, entity: EntityId) -> Option<Hint> {
    let place = match attribution.speaker {
        Some(speaker) if names(analysis, speaker.range) => return None,
        Some(speaker) => speaker.range,
        None => analysis.quotes.get(*attribution.quotes.first()?)?.range,
    };
    Some(Hint {
        offset: behind(analysis, place),
        label: format!("‹{}›", plain(analysis.short_name(entity))),
        tooltip: "The speaker of these words was corrected by hand.".to_owned(),
        origin: analysis
            .mentions_of(entity)
            .next()
            .map(|mention| analysis.prose.to_source(mention.range)),
        accept: None,
    })
}

fn source_of(
    analysis: &Analysis,
    attribution: &Attribution,
    entity: EntityId,
    line: usize,
) -> String {
    let name = plain(analysis.short_name(entity));
    match attribution {
        _ if analysis.runs_on(attribution) => {
            format!("The quote runs on: {name} speaks since line {line}.")
        }
        _ if attribution.cue.is_some() => format!("{name} is introduced in line {line}."),
        _ if attribution.continues.is_some() => {
            format!("No speaker stands here. {name} is the last to speak before, line {line}.")
        }
        _ => format!("No speaker stands here. The paragraph before is about {name}, line {line}."),
    }
}

/// Words from the end of a quote to a source after it; 0 for a source before it.
fn words_between(
    analysis: &Analysis,
    paragraph: usize,
    quote: TextRange,
    source: TextRange,
) -> usize {
    let Some(paragraph) = analysis.paragraphs.get(paragraph) else {
        return 0;
    };
    let tokens = &paragraph.facts.tokens;
    let from = tokens.partition_point(|token| paragraph.at(token.range).start() < quote.end());
    tokens[from..]
        .iter()
        .take_while(|token| paragraph.at(token.range).end() <= source.start())
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .count()
}

/// A name stands at a place.
fn names(analysis: &Analysis, place: TextRange) -> bool {
    form_at(analysis, place)
        .is_some_and(|form| !matches!(form, MentionForm::Pronoun | MentionForm::Role))
}

fn is_pronoun(analysis: &Analysis, place: TextRange) -> bool {
    form_at(analysis, place) == Some(MentionForm::Pronoun)
}

/// The form of the mention that stands at a place.
fn form_at(analysis: &Analysis, place: TextRange) -> Option<MentionForm> {
    let at = analysis
        .mentions
        .partition_point(|mention| mention.range.start() < place.start());
    let mention = analysis.mentions.get(at)?;
    (mention.range == place).then_some(mention.form)
}

/// The source offset right behind a prose range.
fn behind(analysis: &Analysis, range: TextRange) -> TextSize {
    analysis.prose.to_source(range).end()
}

#[cfg(test)]
mod tests {
    use super::acceptances;
    use crate::fixture::{analysis_in, apply, check_hints, check_hints_in};
    use crate::text::{Language, TextRange, TextSize};

    #[test]
    fn a_far_unnamed_source_is_shown_at_the_quote() {
        check_hints(
            "
            The pier lost “hundreds”‹unnamed: two officials of the port› of planks in the storm of last January, and
            the rest of its deck is rotten, according to two officials of the port.
            ",
        );
    }

    #[test]
    fn a_near_unnamed_source_speaks_for_itself() {
        check_hints("“The deck is rotten,” according to two officials of the port.\n");
        check_hints("The deck is “rotten,” critics said.\n");
        check_hints(
            "Critics said that after a year of storms and of neglect the deck was “rotten”.\n",
        );
    }

    #[test]
    fn pronouns_and_offices_are_named() {
        check_hints(
            "
            Mayor Ann Meyer and council member Tom Reyes met on Monday.

            Meyer closed the pier at once. “The deck is rotten,” she‹Meyer› said.

            Reyes was not convinced.

            “Nobody asked us,” the council member‹Reyes› said.
            ",
        );
    }

    #[test]
    fn a_name_in_the_sentence_needs_no_help() {
        check_hints(
            "
            “The deck is rotten,” Ann Meyer said.

            Meyer said that after the storm she had seen a deck that was “rotten to the core.”

            When Meyer arrived, she said “it is rotten.”

            Meyer, who runs the port, called it “rotten to the core.”
            ",
        );
    }

    #[test]
    fn two_names_in_the_sentence_leave_it_open() {
        check_hints(
            "
            Ann Meyer is the mayor of Port Hale. Tom Reyes sits on the council.

            When Reyes met Meyer on Tuesday, he‹Reyes› said “the fight goes on.”
            ",
        );
    }

    #[test]
    fn later_quotes_of_a_speaker_are_silent() {
        check_hints(
            "
            Ann Meyer closed the pier.

            “The deck is rotten,” she‹Meyer› said. “All of it.” And it was old. “It is from 1903,” she added.

            “We looked at it,” Meyer said. “It was rotten,” she added, “and it was ours.”
            ",
        );
    }

    #[test]
    fn quotes_without_a_cue_are_a_guess() {
        check_hints(
            "
            “The deck is rotten,” Ann Meyer said.

            “We looked at every bolt.”‹Meyer? from line 1›

            Meyer shook her head. “Every single one.”

            She turned. “And it was late.”‹Meyer?›
            ",
        );
    }

    #[test]
    fn quotes_that_run_on_are_no_guess() {
        check_hints(
            "
            Ann Meyer said: “The deck is rotten.

            “We looked at every bolt.”‹Meyer from line 1›

            Meyer went on:

            “And it was late.”‹Meyer from line 5›
            ",
        );
    }

    #[test]
    fn a_quote_that_nobody_fits_is_silent() {
        check_hints("“The deck is rotten.”\n");
        check_hints("The pier is closed.\n\n“The deck is rotten,” she said.\n");
        check_hints("They saw “Jaws” twice.\n");
    }

    #[test]
    fn furniture_is_silent() {
        check_hints_in(
            Language::Markdown,
            "",
            "
            # “It is rotten,” she says

            Ann Meyer closed the pier, and “nobody” was asked.

            ## “Not safe,” she says

            | “Great,” he said | “Bad,” she said |
            | - | - |

            Reporting by Tom Reyes, who “saw” it
            ",
        );
    }

    #[test]
    fn paraphrase_is_an_option() {
        let draft = "Ann Meyer closed the pier.\n\nIts deck was rotten, she said.\n";
        check_hints(draft);
        let on = "hints.paraphrase = true";
        let drawn = draft.replace("she", "she‹Ann Meyer›");
        check_hints_in(Language::Plain, on, &drawn);
    }

    #[test]
    fn places_are_the_sources() {
        check_hints_in(
            Language::Markdown,
            "",
            "
            ---
            title: Council votes
            ---

            😀 **Mayor Ann Meyer** closed it. “The [deck](x) is *rotten*,” **she‹Ann Meyer›** said.

            > “We looked *at every* bolt.”‹Ann Meyer? from line 5›
            ",
        );
        check_hints_in(
            Language::Html,
            "",
            "
            <p>😀 <b>Ann&nbsp;Meyer</b> closed it.</p>
            <p>&ldquo;It is <i>old</i>,&rdquo; <b>she‹Ann Meyer›</b> said.</p>
            <p>&ldquo;We looked.&rdquo;‹Ann Meyer? from line 2›</p>
            ",
        );
    }

    /// Compares what all hints write into a draft.
    fn check_acceptances(language: Language, draft: &str, expected: &str) {
        let analysis = analysis_in(language, draft);
        let whole = TextRange::up_to(TextSize::of(draft));
        let edits: Vec<_> = acceptances(&analysis, whole)
            .into_iter()
            .map(|accepted| accepted.edit)
            .collect();
        assert_eq!(apply(draft, &edits), expected);
    }

    #[test]
    fn a_name_is_written_for_a_pronoun_or_an_office() {
        check_acceptances(
            Language::Markdown,
            "Mayor Ann Meyer and council member Tom Reyes met.\n\nMeyer closed the pier. “The deck is *rotten*,” **she** said.\n\n\
             Reyes left.\n\n“Nobody asked us,” the council member said.\n",
            "Mayor Ann Meyer and council member Tom Reyes met.\n\nMeyer closed the pier. “The deck is *rotten*,” **Meyer** said.\n\n\
             Reyes left.\n\n“Nobody asked us,” Reyes said.\n",
        );
    }

    #[test]
    fn a_guess_is_not_written() {
        let draft = "“The deck is rotten,” Ann Meyer said.\n\n“We looked at every bolt.”\n\n“It is,” they said.\n";
        check_acceptances(Language::Plain, draft, draft);
    }

    #[test]
    fn an_empty_draft_has_no_hints() {
        check_hints("");
        check_hints_in(Language::Html, "", "<p></p>");
        check_hints_in(Language::Markdown, "", "---\n---\n");
    }
}
