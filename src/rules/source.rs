//! Sources without a name: what the draft says of them, and whether it says why they have none.

use text_size::TextRange;

use super::Context;
use crate::analysis::{Attribution, SpeechKind, Standing};
use crate::extract::{Label, QuoteKind};
use crate::lexicon::{Lexicon, Traits};

/// A piece of speech whose source has no name.
pub(super) struct Unnamed<'a> {
    /// The speech.
    pub attribution: &'a Attribution,
    /// The source with its determiner, in prose bytes.
    pub range: TextRange,
    /// Its words in small letters.
    pub words: Vec<String>,
    /// Index of its head noun among them.
    pub head: usize,
    /// Words with a capital behind the first.
    pub named: bool,
}

impl<'a> Unnamed<'a> {
    /// The source of a piece of speech, if it stands beside its verb and has no name.
    pub(super) fn of(context: &Context<'a>, attribution: &'a Attribution) -> Option<Unnamed<'a>> {
        let speaker = attribution.speaker?;
        if attribution.evidence.source != Standing::Unnamed {
            return None;
        }
        let text = context.analysis.text(speaker.range);
        let all: Vec<&str> = text.split_whitespace().collect();
        let words: Vec<String> = all
            .iter()
            .map(|word| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
            })
            .collect();
        let border = words
            .iter()
            .position(|word| BORDERS.contains(&word.as_str()));
        let head = border.unwrap_or(words.len()).checked_sub(1)?;
        Some(Unnamed {
            attribution,
            range: speaker.range,
            head,
            named: all
                .iter()
                .skip(1)
                .any(|word| word.starts_with(char::is_uppercase))
                || all.len() > 1 && is_name(&words[0], all[0]),
            words,
        })
    }

    /// The head noun.
    pub(super) fn head(&self) -> &str {
        self.words.get(self.head).map_or("", String::as_str)
    }

    /// The words before the head noun without a determiner or a number.
    pub(super) fn modifiers(&self) -> impl Iterator<Item = &str> {
        let before = self.words[..self.head].iter().map(String::as_str);
        before.filter(|word| !DETERMINERS.contains(word))
    }

    /// Known to the reader already, or set apart from others: "the official".
    pub(super) fn is_definite(&self) -> bool {
        const DEFINITE: [&str; 8] = [
            "the", "this", "that", "these", "those", "his", "her", "their",
        ];
        self.words
            .first()
            .is_some_and(|word| DEFINITE.contains(&word.as_str()))
    }

    /// The source by its words, without a determiner.
    pub(super) fn key(&self) -> String {
        let from =
            usize::from(self.words.len() > 1 && DETERMINERS.contains(&self.words[0].as_str()));
        self.words[from..].join(" ")
    }

    /// A full or partial quote, or an accusation, rests on the source.
    pub(super) fn is_grave(&self, context: &Context<'a>) -> bool {
        self.is_quoted(context) || accuses(context, self.attribution)
    }

    /// A full or partial quote rests on the source.
    pub(super) fn is_quoted(&self, context: &Context<'a>) -> bool {
        let analysis = context.analysis;
        self.attribution.kind != SpeechKind::Indirect
            && self.attribution.quotes.iter().any(|&quote| {
                let kind = analysis.quote(&analysis.quotes[quote]).kind;
                matches!(kind, QuoteKind::Full | QuoteKind::Partial)
            })
    }
}

/// The verb of a piece of speech accuses somebody.
fn accuses(context: &Context<'_>, attribution: &Attribution) -> bool {
    let cue = attribution.cue.and_then(|(_, index)| {
        let facts = &context.analysis.paragraphs[attribution.paragraph].facts;
        facts.cues.get(index)
    });
    cue.is_some_and(|cue| matches!(cue.entry.cue, "accuse" | "allege" | "blame" | "charge"))
}

/// "White" in "White House officials" is part of a name, "Some" in "Some officials" is not.
fn is_name(small: &str, word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && !DETERMINERS.contains(&small)
        && !Lexicon::get()
            .names
            .word(word)
            .traits(false)
            .any(Traits::WORD)
}

/// Whether the paragraph, or the sentence after it, tells why a source has no name.
pub(super) fn reason_given(context: &Context<'_>, paragraph: usize) -> bool {
    let analysis = context.analysis;
    if has_reason(analysis.text(analysis.paragraphs[paragraph].range)) {
        return true;
    }
    let next = analysis.paragraphs.get(paragraph + 1);
    let sentence = next.and_then(|next| Some(next.at(next.facts.sentences.first()?.range)));
    sentence.is_some_and(|range| has_reason(analysis.text(range)))
}

fn has_reason(text: &str) -> bool {
    const REASONS: [&str; 13] = [
        "anonym",
        "not to be named",
        "not be named",
        "to be identified",
        "not be identified",
        "be named",
        "be quoted",
        "authorized to",
        "authorised to",
        "on background",
        "off the record",
        "fear of ",
        "to protect ",
    ];
    let lower = text.to_lowercase();
    REASONS.iter().any(|reason| lower.contains(reason))
}

/// Whether a paragraph names a person or a body that may be the one meant.
pub(super) fn names_somebody(context: &Context<'_>, paragraph: usize) -> bool {
    let analysis = context.analysis;
    context.mentions(paragraph).iter().any(|mention| {
        let label = analysis.entity(mention.entity).label;
        !mention.quoted && matches!(label, Label::Person | Label::Organisation)
    })
}

/// Words that part a head noun from what follows.
const BORDERS: [&str; 22] = [
    "of",
    "for",
    "with",
    "at",
    "in",
    "from",
    "who",
    "familiar",
    "close",
    "briefed",
    "on",
    "to",
    "inside",
    "within",
    "near",
    "that",
    "which",
    "speaking",
    "involved",
    "involving",
    "across",
    "and",
];

const DETERMINERS: [&str; 30] = [
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "their", "its", "our",
    "some", "many", "several", "other", "another", "one", "two", "three", "four", "five", "six",
    "seven", "most", "both", "few", "multiple", "more", "at",
];
