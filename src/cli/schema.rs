//! What `check` and `extract` print for programs, apart from the types of the analysis so that those may change.
//!
//! Schema 1. `check --format json` prints `{"schema":1,"drafts":[CheckedDraft …]}`, `extract` without `--jsonl`
//! `{"schema":1,"drafts":[Extract …]}`, `extract --jsonl` one [`Extract`] a line,
//! `sources --format json` `{"schema":1,"drafts":[SourcedDraft …]}`, and `kb show --format json` a [`KnownName`]. Fields may be added within a
//! schema; a change of meaning or a field taken away raises it. In findings, lines and columns count from 1, columns
//! in Unicode code points, `byte` from 0. In extracts, `start` and `end` count Unicode code points from 0. Offsets
//! leave a byte order mark at the start of a file out.

mod document;
mod known;
mod sheet;

pub(super) use document::Document;
pub(super) use known::KnownName;
pub(super) use sheet::SourcedDraft;

use serde::Serialize;
use serde_json::Value;
use text_size::{TextRange, TextSize};

use super::place::Places;
use crate::analysis::{
    Analysis, Attribution, EntityMention, Hand, Link, MentionForm, Pronoun, SpeechKind, Standing,
};
use crate::extract::Label;
use crate::features::{self, Diagnostic};
use crate::rules::Fix;

/// The version of all that stands here.
pub(super) const VERSION: u32 = 1;

/// The findings of one draft.
#[derive(Debug, Serialize)]
pub(super) struct CheckedDraft<'a> {
    path: &'a str,
    findings: Vec<CheckedFinding<'a>>,
}

#[derive(Debug, Serialize)]
struct CheckedFinding<'a> {
    rule: &'static str,
    group: &'static str,
    level: &'static str,
    message: &'a str,
    start: Place,
    end: Place,
    text: &'a str,
    related: Vec<RelatedPlace<'a>>,
    fixes: Vec<OfferedFix<'a>>,
}

#[derive(Debug, Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: u32,
}

#[derive(Debug, Serialize)]
struct RelatedPlace<'a> {
    start: Place,
    end: Place,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct OfferedFix<'a> {
    title: &'a str,
    preferred: bool,
    edits: Vec<OfferedEdit<'a>>,
}

#[derive(Debug, Serialize)]
struct OfferedEdit<'a> {
    start: Place,
    end: Place,
    text: &'a str,
}

impl<'a> CheckedDraft<'a> {
    pub(super) fn new(
        path: &'a str,
        text: &'a str,
        findings: &'a [Diagnostic],
    ) -> CheckedDraft<'a> {
        let places = Places::new(text);
        CheckedDraft {
            path,
            findings: findings
                .iter()
                .map(|finding| CheckedFinding::new(text, &places, finding))
                .collect(),
        }
    }
}

impl<'a> CheckedFinding<'a> {
    fn new(text: &'a str, places: &Places<'_>, finding: &'a Diagnostic) -> CheckedFinding<'a> {
        CheckedFinding {
            rule: finding.rule.name,
            group: finding.rule.group.name(),
            level: finding.level.name(),
            message: &finding.message,
            start: Place::new(places, finding.range.start()),
            end: Place::new(places, finding.range.end()),
            text: &text[finding.range],
            related: finding
                .related
                .iter()
                .map(|related| RelatedPlace {
                    start: Place::new(places, related.range.start()),
                    end: Place::new(places, related.range.end()),
                    message: &related.message,
                })
                .collect(),
            fixes: finding
                .fixes
                .iter()
                .map(|fix| OfferedFix::new(places, fix))
                .collect(),
        }
    }
}

impl Place {
    fn new(places: &Places<'_>, offset: TextSize) -> Place {
        let (line, column) = places.line_column(offset);
        Place {
            line,
            column,
            byte: offset.into(),
        }
    }
}

impl<'a> OfferedFix<'a> {
    fn new(places: &Places<'_>, fix: &'a Fix) -> OfferedFix<'a> {
        OfferedFix {
            title: &fix.title,
            preferred: fix.preferred,
            edits: fix
                .edits
                .iter()
                .map(|edit| OfferedEdit {
                    start: Place::new(places, edit.range.start()),
                    end: Place::new(places, edit.range.end()),
                    text: &edit.text,
                })
                .collect(),
        }
    }
}

/// What is known of one draft.
#[derive(Debug, Serialize)]
pub(super) struct Extract<'a> {
    /// The id of the line, or the path.
    pub id: Value,
    /// The language by its English name, where it is not English ("another language" where it is not known): then there
    /// are quotes without speakers, and nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'static str>,
    /// One entry for each contiguous piece of quoted or reported speech, in reading order.
    pub quotes: Vec<ExtractedQuote<'a>>,
    /// Names in reading order.
    pub entities: Vec<ExtractedEntity<'a>>,
    /// People, and unnamed sources, in the order in which they appear.
    pub people: Vec<ExtractedPerson<'a>>,
    /// The starts of sentences.
    sentences: Vec<usize>,
}

#[derive(Debug, Serialize)]
pub(super) struct ExtractedQuote<'a> {
    pub start: usize,
    pub end: usize,
    /// direct, indirect or mixed
    pub kind: &'static str,
    pub text: &'a str,
    /// The mention beside the cue, with appositions and relative clauses; for words that carry on, the mention beside the
    /// cue of those they continue.
    pub speaker: Option<Span<'a>>,
    /// The fullest name that the draft gives, or the descriptor of an unnamed source.
    pub speaker_name: Option<&'a str>,
    pub cue: Option<Span<'a>>,
    pub evidence: ExtractedEvidence<'a>,
    /// How sure, 0 to 1, to three places.
    pub score: f64,
    /// Only with `--why`: the evidence in words, for people. The wording may change within a schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Vec<String>>,
    /// The line of the source, counted from 1, on which it starts.
    #[serde(skip)]
    pub line: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Span<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct ExtractedEvidence<'a> {
    /// named, role, pronoun, same-paragraph, continued, corrected (by hand, in the draft's ledger) or none
    pub link: &'static str,
    /// named or unnamed
    pub source: &'static str,
    /// first, relayed or hearsay
    pub hand: &'static str,
    /// Through whom the words came, where they were relayed.
    pub via: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct ExtractedEntity<'a> {
    pub start: usize,
    pub end: usize,
    /// PER, ORG, LOC or MISC
    pub label: &'static str,
    pub text: &'a str,
    /// The same number for all mentions of the same.
    pub entity: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct ExtractedPerson<'a> {
    /// The number used in `entities`.
    pub entity: usize,
    /// The fullest name that the draft gives.
    pub name: &'a str,
    /// False for an unnamed source.
    pub named: bool,
    /// he, she, they or it, where the draft uses one.
    pub pronoun: Option<&'static str>,
    /// Roles as the draft introduces them.
    roles: Vec<&'a str>,
    /// Names, descriptions and pronouns that mean this person.
    mentions: Vec<Span<'a>>,
    /// Indices into `quotes`.
    quotes: Vec<usize>,
}

/// Turns ranges of prose into spans of code points of the source.
struct Spans<'a> {
    text: &'a str,
    analysis: &'a Analysis,
    places: Places<'a>,
}

impl<'a> Spans<'a> {
    fn span(&self, range: TextRange) -> Span<'a> {
        let range = self.analysis.prose.to_source(range);
        Span {
            start: self.places.code_point(range.start()),
            end: self.places.code_point(range.end()),
            text: &self.text[range],
        }
    }
}

impl<'a> Extract<'a> {
    /// With the evidence in words if it is asked for.
    pub(super) fn new(id: Value, text: &'a str, analysis: &'a Analysis, why: bool) -> Extract<'a> {
        let spans = Spans {
            text,
            analysis,
            places: Places::new(text),
        };
        Extract {
            id,
            language: analysis.foreign,
            quotes: analysis
                .attributions
                .iter()
                .map(|attribution| quote(&spans, attribution, why))
                .collect(),
            entities: analysis
                .mentions
                .iter()
                .filter(|mention| is_name(mention))
                .map(|mention| entity(&spans, mention))
                .collect(),
            people: people(&spans),
            sentences: sentences(&spans),
        }
    }

    /// The id as a text.
    pub(super) fn name(&self) -> String {
        match &self.id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        }
    }
}

fn quote<'a>(spans: &Spans<'a>, attribution: &Attribution, why: bool) -> ExtractedQuote<'a> {
    let Span { start, end, text } = spans.span(attribution.range);
    let evidence = &attribution.evidence;
    ExtractedQuote {
        start,
        end,
        kind: match attribution.kind {
            SpeechKind::Direct => "direct",
            SpeechKind::Indirect => "indirect",
            SpeechKind::Mixed => "mixed",
        },
        text,
        speaker: attribution
            .speaker
            .or(spans.analysis.origin(attribution).speaker)
            .map(|speaker| spans.span(speaker.extent)),
        speaker_name: attribution
            .entity
            .map(|id| spans.analysis.entity(id).name.as_str()),
        cue: attribution
            .cue
            .as_ref()
            .map(|(range, _)| spans.span(*range)),
        evidence: ExtractedEvidence {
            link: link_name(evidence.link),
            source: match evidence.source {
                Standing::Named => "named",
                Standing::Unnamed => "unnamed",
            },
            hand: match evidence.hand {
                Hand::First => "first",
                Hand::Relayed(_) => "relayed",
                Hand::Hearsay(_) => "hearsay",
            },
            via: match evidence.hand {
                Hand::Relayed(range) => Some(spans.span(range).text),
                Hand::First | Hand::Hearsay(_) => None,
            },
        },
        score: (f64::from(attribution.score) * 1000.0).round() / 1000.0,
        why: why.then(|| features::why(spans.analysis, attribution)),
        line: spans.analysis.line(attribution.range),
    }
}

fn entity<'a>(spans: &Spans<'a>, mention: &EntityMention) -> ExtractedEntity<'a> {
    let Span { start, end, text } = spans.span(mention.range);
    ExtractedEntity {
        start,
        end,
        label: label_name(spans.analysis.label(mention)),
        text,
        entity: mention.entity.0,
    }
}

fn people<'a>(spans: &Spans<'a>) -> Vec<ExtractedPerson<'a>> {
    let analysis = spans.analysis;
    let mut quotes = vec![Vec::new(); analysis.entities.len()];
    for (index, attribution) in analysis.attributions.iter().enumerate() {
        if let Some(list) = attribution
            .entity
            .and_then(|id| quotes.get_mut(id.0 as usize))
        {
            list.push(index);
        }
    }
    analysis
        .entities
        .iter()
        .zip(quotes)
        .enumerate()
        .filter(|(_, (entity, _))| entity.label == Label::Person || !entity.named)
        .map(|(index, (entity, quotes))| ExtractedPerson {
            entity: index,
            name: &entity.name,
            named: entity.named,
            pronoun: entity.pronoun.map(pronoun_name),
            roles: entity.roles.iter().map(|role| role.text.as_str()).collect(),
            mentions: entity
                .mentions
                .iter()
                .map(|mention| spans.span(analysis.mentions[*mention].range))
                .collect(),
            quotes,
        })
        .collect()
}

fn sentences(spans: &Spans<'_>) -> Vec<usize> {
    let paragraphs = spans.analysis.paragraphs.iter();
    paragraphs
        .flat_map(|paragraph| {
            let sentences = paragraph.facts.sentences.iter();
            sentences.map(|sentence| spans.span(paragraph.at(sentence.range)).start)
        })
        .collect()
}

fn is_name(mention: &EntityMention) -> bool {
    !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
}

fn link_name(link: Link) -> &'static str {
    match link {
        Link::Named => "named",
        Link::Role => "role",
        Link::Pronoun => "pronoun",
        Link::SameParagraph => "same-paragraph",
        Link::Continued => "continued",
        Link::Corrected => "corrected",
        Link::None => "none",
    }
}

fn label_name(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Organisation => "ORG",
        Label::Place => "LOC",
        Label::Misc => "MISC",
    }
}

fn pronoun_name(pronoun: Pronoun) -> &'static str {
    match pronoun {
        Pronoun::He => "he",
        Pronoun::She => "she",
        Pronoun::They => "they",
        Pronoun::It => "it",
    }
}
