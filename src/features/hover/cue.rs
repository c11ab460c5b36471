//! The card of a reporting verb.

use super::super::markdown::escape;
use crate::extract::Cue;
use crate::lexicon::Grade;

/// Grade, note and suggestion.
pub(super) fn card(cue: &Cue) -> String {
    let entry = cue.entry;
    let grade = match entry.grade {
        Grade::Neutral => "neutral",
        Grade::Explanatory => "explanatory: it adds a fact to “said”",
        Grade::Loaded => "loaded: it colours what is said",
        Grade::Nonspeech => "not a verb of speech",
    };
    let mut lines = vec![format!("**{}**: {grade}", escape(entry.cue))];
    let mut detail = Vec::new();
    if !entry.note.is_empty() {
        detail.push(format!("- {}", sentence(entry.note)));
    }
    if !entry.suggest.is_empty() {
        detail.push(format!("- Instead: {}", escape(entry.suggest)));
    }
    if cue.hearsay.is_some() {
        detail.push(
            "- Hearsay: the adverb beside it says that nobody vouches for the words".to_owned(),
        );
    }
    if !detail.is_empty() {
        lines.push(String::new());
        lines.extend(detail);
    }
    lines.join("\n")
}

fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    escape(&(first + letters.as_str()))
}
