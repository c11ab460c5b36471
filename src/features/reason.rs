//! Why someone is held to be the speaker, in words.

use text_size::TextRange;

use crate::analysis::{Analysis, Attribution, DraftQuote, EntityId, Hand, Link};
use crate::extract::Pattern;

/// Why a piece of speech has its speaker, in short lines of words: how that is known, through whose hands the words came
/// where they were passed on, and how sure it is.
pub fn why(analysis: &Analysis, attribution: &Attribution) -> Vec<String> {
    let how = reason(analysis, attribution);
    let is_guess = how.is_some() && attribution.evidence.link != Link::Corrected;
    let sure = is_guess.then(|| {
        let (words, score) = (confidence(attribution), attribution.score);
        format!("confidence {words}, {score:.2}")
    });
    let nobody = match analysis.foreign {
        Some(_) => "speakers are found in English drafts only",
        None => "nobody is named beside these words or before them",
    };
    let how = how.unwrap_or_else(|| nobody.to_owned());
    [Some(how), hand(analysis, attribution), sure]
        .into_iter()
        .flatten()
        .collect()
}

/// Through whose hands the words came; none for those said first-hand.
pub(super) fn hand(analysis: &Analysis, attribution: &Attribution) -> Option<String> {
    match attribution.evidence.hand {
        Hand::First => None,
        Hand::Relayed(name) => Some(format!(
            "second-hand: reported by {}",
            plain(analysis.text(name))
        )),
        Hand::Hearsay(adverb) => Some(format!("hearsay: “{}”", plain(analysis.text(adverb)))),
    }
}

/// The score in words: high where a hint shows no doubt, low where none shows at all.
pub(super) fn confidence(attribution: &Attribution) -> &'static str {
    match attribution.score {
        score if score >= 0.7 => "high",
        score if score >= 0.44 => "medium",
        _ => "low",
    }
}

/// How the speaker of an attribution is known, as the second half of a sentence. None where nobody fits.
pub(super) fn reason(analysis: &Analysis, attribution: &Attribution) -> Option<String> {
    let beside = || match attribution.cue {
        Some((cue, _)) => {
            let line = analysis.line(cue);
            format!(" beside “{}”, line {line}", plain(analysis.text(cue)))
        }
        None => String::new(),
    };
    match attribution.evidence.link {
        Link::Named if attribution.cue.is_some() => Some(format!("named{}", beside())),
        Link::Named => Some(match (attribution.pattern, attribution.speaker) {
            (Some(Pattern::Subject), Some(speaker)) => {
                let line = analysis.line(speaker.range);
                format!("a guess: subject of the sentence around it, line {line}")
            }
            (_, Some(speaker)) => {
                let line = analysis.line(speaker.range);
                format!("named as the speaker of these words, line {line}")
            }
            (_, None) => "named as the speaker of these words".to_owned(),
        }),
        Link::Role | Link::Pronoun => {
            let speaker = attribution.speaker?;
            let words = plain(analysis.text(speaker.range));
            let who = attribution
                .entity
                .filter(|&entity| analysis.entity(entity).named)
                .and_then(|entity| referent(analysis, entity, speaker.range))
                .map(|who| format!("; {who}"))
                .unwrap_or_default();
            Some(format!("“{words}”{}{who}", beside()))
        }
        Link::SameParagraph => {
            let line = analysis.line(place_of(analysis, analysis.origin(attribution)));
            Some(format!(
                "speaks another quote of this paragraph, line {line}"
            ))
        }
        Link::Continued => Some(carried(analysis, attribution)),
        Link::Corrected => Some("corrected by hand".to_owned()),
        Link::None => None,
    }
}

/// Where the speaker of a quote without a cue comes from: prose bytes of a mention, or of the earlier words.
pub(super) fn guessed_from(analysis: &Analysis, attribution: &Attribution) -> Option<TextRange> {
    if let Some(speaker) = attribution.speaker {
        return Some(speaker.range);
    }
    let origin = analysis.origin(attribution);
    if !std::ptr::eq(origin, attribution) {
        return Some(place_of(analysis, origin));
    }
    let known = analysis.antecedent(attribution.entity?, attribution.range)?;
    Some(known.mention.range)
}

/// Whom a pronoun or a description means: “he” is Raisi: subject of the sentence before, line 9.
pub(super) fn meaning(analysis: &Analysis, entity: EntityId, place: TextRange) -> String {
    let words = plain(analysis.text(place));
    let name = analysis.short_name(entity);
    match referent(analysis, entity, place) {
        Some(referent) => format!("“{words}” is {name}: {referent}."),
        None => format!("“{words}” is {name}."),
    }
}

/// Where the one whom a pronoun or a description means was last named.
pub(super) fn referent(analysis: &Analysis, entity: EntityId, place: TextRange) -> Option<String> {
    let known = analysis.antecedent(entity, place)?;
    let line = analysis.line(known.mention.range);
    Some(match known.subject_before {
        true => format!("subject of the sentence before, line {line}"),
        false => format!("last named in line {line}"),
    })
}

fn carried(analysis: &Analysis, attribution: &Attribution) -> String {
    let line = guessed_from(analysis, attribution).map(|place| analysis.line(place));
    let Some(line) = line else {
        return "a guess from what stands before".to_owned();
    };
    match attribution {
        _ if analysis.runs_on(attribution) => format!("the quote runs on, from line {line}"),
        _ if attribution.cue.is_some() => format!("introduced in line {line}"),
        _ if attribution.speaker.is_some() => {
            format!("a guess: subject of the sentence before, line {line}")
        }
        _ if attribution.continues.is_some() => {
            format!("a guess: the last to speak before it, line {line}")
        }
        _ => format!("a guess: subject of the paragraph before, line {line}"),
    }
}

/// Where an attribution names its speaker, or else its words.
fn place_of(analysis: &Analysis, attribution: &Attribution) -> TextRange {
    match (attribution.speaker, attribution.entity) {
        (Some(speaker), _) => speaker.range,
        (None, Some(entity)) => analysis
            .antecedent(entity, attribution.range)
            .map_or(attribution.range, |known| known.mention.range),
        (None, None) => attribution.range,
    }
}

/// Words on one line.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A quote by its first words, inside its marks.
pub(super) fn quote_excerpt(analysis: &Analysis, quote: &DraftQuote, words: usize) -> String {
    let (range, content) = (quote.range, analysis.content(quote));
    let opening = analysis.text(TextRange::new(range.start(), content.start()));
    let closing = analysis.text(TextRange::new(content.end(), range.end()));
    let text = excerpt(analysis.text(content), words);
    format!("{}{text}{}", opening.trim(), closing.trim())
}

/// The first words of a text on one line, with an ellipsis where words are left out.
pub(super) fn excerpt(text: &str, words: usize) -> String {
    let mut rest = text.split_whitespace();
    let mut out = rest.by_ref().take(words).collect::<Vec<_>>().join(" ");
    let long = out.char_indices().nth(LONGEST_EXCERPT).map(|(at, _)| at);
    if let Some(at) = long {
        out.truncate(at);
    }
    if long.is_some() || rest.next().is_some() {
        out.truncate(out.trim_end_matches([',', ';', ':', ' ']).len());
        out.push('…');
    }
    out
}

/// The start of a text on one line, at most so many characters of it, with an ellipsis where something is left out.
pub(super) fn excerpt_to(text: &str, characters: usize) -> String {
    let mut out = plain(text);
    let Some((end, _)) = out.char_indices().nth(characters) else {
        return out;
    };
    let end = out[..end].rfind(' ').unwrap_or(end);
    out.truncate(end);
    out.truncate(out.trim_end_matches([',', ';', ':', ' ']).len());
    out.push('…');
    out
}

/// Characters after which an excerpt ends even within a word.
const LONGEST_EXCERPT: usize = 80;

/// "1 word", "2 words".
pub(super) fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
