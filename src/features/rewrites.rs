//! What a copy editor may do with a passage in which nothing is wrong: move or add an attribution, start a paragraph,
//! give a full name where it belongs.
//!
//! Each is offered only where the words around it leave no choice. What a finding at the same place offers already is
//! left to it.

use text_size::{TextRange, TextSize};

use super::Diagnostic;
use super::diagnostics::fix_in_source;
use super::hints::SURE_WITHOUT_CUE;
use super::reason::plain;
use crate::analysis::{Analysis, Attribution, Link, ParagraphKind};
use crate::extract::Label;
use crate::rules::{self, Edit, Fix};
use crate::settings::Settings;

/// The rule whose fix gives a full name to the first mention.
const FIRST_REFERENCE: &str = "first-reference-name";

/// One way to rewrite a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// What it does, in a few words.
    pub title: String,
    /// Its edits in reading order, not overlapping, in source bytes.
    pub edits: Vec<Edit>,
}

/// The ways to rewrite what stands at the start of a range of source bytes. `findings` are those of the draft.
pub fn rewrites(
    analysis: &Analysis,
    settings: &Settings,
    findings: &[Diagnostic],
    range: TextRange,
) -> Vec<Rewrite> {
    let mut found: Vec<Rewrite> = Vec::new();
    if let Some(place) = analysis.prose.from_source(range.start())
        && let Some(paragraph) = analysis.paragraph_at(place)
    {
        found.extend(of_paragraph(analysis, settings, paragraph, place));
    }
    let here = findings
        .iter()
        .filter(|finding| finding.range.intersect(range).is_some());
    let offered: Vec<&Fix> = here.flat_map(|finding| &finding.fixes).collect();
    found.retain(|rewrite| offered.iter().all(|fix| fix.edits != rewrite.edits));
    found.extend(first_references(analysis, findings, range));
    found
}

fn of_paragraph(
    analysis: &Analysis,
    settings: &Settings,
    paragraph: usize,
    place: TextSize,
) -> Vec<Rewrite> {
    let all = &analysis.attributions;
    let from = all.partition_point(|known| known.paragraph < paragraph);
    let until = all.partition_point(|known| known.paragraph <= paragraph);
    let here = &all[from..until];
    let mut fixes = Vec::new();
    for known in here {
        if extent(known).contains_inclusive(place) {
            fixes.extend(rules::behind_first_sentence(analysis, known));
            fixes.extend(named(analysis, settings, known));
        }
    }
    fixes.extend(second_speaker(analysis, here, place));
    let fixes = fixes
        .into_iter()
        .filter_map(|fix| fix_in_source(&analysis.prose, fix));
    fixes
        .map(|fix| Rewrite {
            title: fix.title,
            edits: fix.edits,
        })
        .collect()
}

/// Names the speaker of a quote without one, where a person has said who it is or nobody else can be meant.
fn named(analysis: &Analysis, settings: &Settings, known: &Attribution) -> Option<Fix> {
    let entity = known.entity.filter(|id| analysis.entity(*id).named)?;
    let is_sure = match known.evidence.link {
        Link::Corrected => true,
        Link::Continued => known.score >= SURE_WITHOUT_CUE && !analysis.runs_on(known),
        _ => false,
    };
    if !is_sure
        || known.cue.is_some()
        || known
            .speaker
            .is_some_and(|speaker| speaker.paragraph == known.paragraph)
    {
        return None;
    }
    let name = plain(analysis.short_name(entity));
    rules::name_speaker(analysis, settings, known, &name)
}

/// Starts a paragraph where the second of two people begins to speak, and nobody else speaks after them.
fn second_speaker(analysis: &Analysis, here: &[Attribution], place: TextSize) -> Option<Fix> {
    let first = here.first()?;
    let second = here.iter().position(|known| known.entity != first.entity)?;
    let (above, below) = here.split_at(second);
    let known = below.first()?;
    let index = known.paragraph;
    let paragraph = &analysis.paragraphs[index];
    let sentence = analysis.sentence(extent(known))?;
    let start = sentence.start();
    let before = TextRange::new(paragraph.range.start(), start);
    let end = before.start() + TextSize::of(analysis.text(before).trim_end());
    let last = above.iter().map(|known| extent(known).end()).max()?;
    // A sentence between the two may speak of either.
    let sentence_above = analysis.sentence(TextRange::empty(end.checked_sub(1.into())?))?;
    let quotes = |known: &[Attribution]| known.iter().any(|known| !known.quotes.is_empty());
    let parts = paragraph.kind == ParagraphKind::Body
        && sentence.cover(extent(known)).contains_inclusive(place)
        && sentence_above.start() < last
        && last <= start
        && quotes(above)
        && quotes(below)
        && is_person(analysis, first)
        && is_person(analysis, known)
        && known.evidence.link == Link::Named
        && below.iter().all(|other| other.entity == known.entity);
    match parts {
        true => rules::new_paragraph(analysis, index, start),
        false => None,
    }
}

/// The full name to the first mention of a person and the short one to here, where a finding up there says so.
fn first_references<'a>(
    analysis: &'a Analysis,
    findings: &'a [Diagnostic],
    range: TextRange,
) -> impl Iterator<Item = Rewrite> + 'a {
    let above = findings.iter().filter(move |finding| {
        finding.rule.name == FIRST_REFERENCE && finding.range.intersect(range).is_none()
    });
    above.filter_map(move |finding| {
        let fix = finding.fixes.iter().find(|fix| {
            let edit = fix.edits.get(1);
            edit.is_some_and(|edit| edit.range.intersect(range).is_some())
        })?;
        let first = analysis.prose.from_source(finding.range.start())?;
        Some(Rewrite {
            title: format!(
                "Move the full name up to line {}",
                analysis.line(TextRange::empty(first))
            ),
            edits: fix.edits.clone(),
        })
    })
}

/// A person alone whom the draft names.
fn is_person(analysis: &Analysis, known: &Attribution) -> bool {
    known.entity.is_some_and(|id| {
        let entity = analysis.entity(id);
        entity.label == Label::Person && entity.named && entity.members.is_empty()
    })
}

/// Words, speaker and verb, as far as they stand in one paragraph.
fn extent(known: &Attribution) -> TextRange {
    let cue = known.cue.map(|(range, _)| range);
    let speaker = known
        .speaker
        .filter(|speaker| speaker.paragraph == known.paragraph);
    let speaker = speaker.map(|speaker| speaker.extent);
    let parts = cue.into_iter().chain(speaker);
    parts.fold(known.range, TextRange::cover)
}

#[cfg(test)]
mod tests {
    use super::rewrites;
    use crate::analysis::{Corrections, SpeakerCorrection, key, quote_key};
    use crate::features::diagnostics;
    use crate::fixture::{Given, apply, cursor};
    use crate::text::{Language, TextRange};

    fn check_given(given: &Given, draft: &str, expected: &[&str]) {
        let (source, at) = cursor(draft);
        let analysis = given.analysis(&source);
        let findings = diagnostics(&analysis, &given.settings);
        let found = rewrites(&analysis, &given.settings, &findings, TextRange::empty(at));
        let actual: Vec<String> = found
            .iter()
            .map(|rewrite| apply(&source, &rewrite.edits))
            .collect();
        assert_eq!(actual, expected, "{found:#?}");
    }

    /// What the rewrites at the cursor of a plain draft make of it.
    fn check(draft: &str, expected: &[&str]) {
        check_given(&Given::default(), draft, expected);
    }

    #[test]
    fn an_attribution_moves_behind_the_first_sentence() {
        check(
            "Ann Meyer runs the pier.\n\n“The deck <CURSOR>is old. It has to go,” Meyer said on Monday.\n",
            &[
                "Ann Meyer runs the pier.\n\n“The deck is old,” Meyer said on Monday. “It has to go.”\n",
            ],
        );
        check(
            "Ann Meyer runs the pier.\n\n\"Is it old? It is!\" <CURSOR>said Meyer.\n",
            &["Ann Meyer runs the pier.\n\n\"Is it old?\" said Meyer. \"It is!\"\n"],
        );
    }

    #[test]
    fn what_the_speaker_adds_is_joined() {
        check(
            "Ann Meyer left.\n\n“The deck <CURSOR>is old. It has to go,” Meyer said. “We knew. All did.”\n",
            &[
                "Ann Meyer left.\n\n“The deck is old,” Meyer said. “It has to go. We knew. All did.”\n",
            ],
        );
    }

    #[test]
    fn an_attribution_stays() {
        // One sentence; more than a speaker; another speaker behind it; the speaker before it.
        for draft in [
            "“The deck is<CURSOR> old, and it has to go,” Ann Meyer said.",
            "“The deck <CURSOR>is old. It has to go,” Ann Meyer said, adding that nobody had looked.",
            "“The deck <CURSOR>is old. It has to go,” Ann Meyer said. “We knew,” Tom Reyes said.",
            "Ann Meyer said: “The deck <CURSOR>is old. It has to go.”",
            "“The deck is old. It has to go,” Ann Meyer said. She left<CURSOR>.",
        ] {
            check(draft, &[]);
        }
    }

    #[test]
    fn a_second_speaker_gets_a_paragraph() {
        check(
            "“The deck is old,” Ann Meyer said. Tom Reyes <CURSOR>disagreed: “It is not.”\n",
            &["“The deck is old,” Ann Meyer said.\n\nTom Reyes disagreed: “It is not.”\n"],
        );
    }

    #[test]
    fn a_paragraph_stays_whole() {
        // One speaker; the first is here; somebody speaks without a name; the first has the last word.
        for draft in [
            "“The deck is old,” Ann Meyer said. Meyer <CURSOR>added: “It is not safe.”",
            "“The deck <CURSOR>is old,” Ann Meyer said. Tom Reyes said: “It is not.”",
            "“The deck is old,” Ann Meyer said. Officials said<CURSOR>: “It is not.”",
            "“The deck is old,” Ann Meyer said. Tom Reyes said<CURSOR>: “It is not.” “It is,” Meyer said.",
        ] {
            check(draft, &[]);
        }
    }

    #[test]
    fn a_corrected_speaker_is_written_in() {
        let given = Given {
            corrections: Corrections {
                speakers: vec![SpeakerCorrection {
                    quote: quote_key("They never do."),
                    sentence: key("“They never do.”"),
                    speaker: Some("Ann Meyer".to_owned()),
                }],
                ..Corrections::default()
            },
            ..Given::default()
        };
        check_given(
            &given,
            "Ann Meyer left.\n\nTom Reyes stayed.\n\n“They never <CURSOR>do.”\n",
            &["Ann Meyer left.\n\nTom Reyes stayed.\n\n“They never do,” Ann Meyer said.\n"],
        );
    }

    #[test]
    fn a_full_name_moves_up_from_where_it_stands() {
        check(
            "Meyer closed the pier on Monday.\n\nThe mayor, Ann <CURSOR>Meyer, gave no reason.\n",
            &["Ann Meyer closed the pier on Monday.\n\nThe mayor, Meyer, gave no reason.\n"],
        );
        check(
            "Ann Meyer closed the pier.\n\nAnn <CURSOR>Meyer gave no reason.\n",
            &[],
        );
    }

    #[test]
    fn markup_and_foreign_drafts_are_left_alone() {
        let given = |language| Given {
            language,
            ..Given::default()
        };
        check_given(
            &given(Language::Html),
            "<p>“The deck is old,” Ann Meyer said. Tom Reyes <CURSOR>disagreed: “It is not.”</p>",
            &[],
        );
        check_given(&given(Language::Markdown), "> “Old. Gone,”<CURSOR>\n", &[]);
        check("<CURSOR>", &[]);
    }
}
