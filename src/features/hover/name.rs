//! The card of a person, an organisation or a place.

use text_size::TextRange;

use super::super::reason::{count, plain, quote_excerpt, referent};
use super::markdown::escape;
use crate::analysis::{Analysis, Entity, EntityId, Link, MentionForm, ParagraphKind};
use crate::extract::Label;

/// Lines of the longest card.
const LINES: usize = 12;

/// Roles on one card.
const SEVERAL: usize = 3;

/// Forms of a name and lines of paraphrase on one card.
const MANY: usize = 6;

/// Words of a quote on a card.
const EXCERPT: usize = 8;

/// Who it is, role, first reference, other names, and quotes. `place` is the mention under the cursor.
pub(super) fn card(analysis: &Analysis, id: EntityId, place: TextRange) -> String {
    let entity = analysis.entity(id);
    let mut lines = vec![title(entity), String::new()];
    if is_credit(analysis, place) {
        lines.push("- Credit line, not a source".to_owned());
    } else {
        lines.extend(here(analysis, id, place));
    }
    lines.extend(roles(analysis, entity));
    lines.extend(mentions(analysis, id, place));
    lines.extend(paraphrases(analysis, id));
    quotes(analysis, id, &mut lines);
    lines.join("\n")
}

fn title(entity: &Entity) -> String {
    let what = match entity.label {
        _ if !entity.named => "an unnamed source",
        _ if entity.outlet => "news outlet",
        Label::Person => "person",
        Label::Organisation => "organisation",
        Label::Place => "place",
        Label::Misc => return format!("**{}**", escape(&entity.name)),
    };
    format!("**{}**, {what}", escape(&entity.name))
}

fn is_credit(analysis: &Analysis, place: TextRange) -> bool {
    let paragraph = analysis.paragraph_at(place.start());
    paragraph.is_some_and(|at| analysis.paragraphs[at].kind == ParagraphKind::Credit)
}

/// Why a pronoun or a description under the cursor means this person.
fn here(analysis: &Analysis, id: EntityId, place: TextRange) -> Option<String> {
    let mention = analysis
        .mentions_of(id)
        .find(|mention| mention.full_range() == place)?;
    if !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role) {
        return None;
    }
    let referent = referent(analysis, id, place)?;
    Some(format!(
        "- “{}” here: {referent}",
        escape(analysis.text(place))
    ))
}

fn roles(analysis: &Analysis, entity: &Entity) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for role in &entity.roles {
        let folded = role.text.to_lowercase();
        if told.len() < SEVERAL && !seen.contains(&folded) {
            told.push(format!(
                "{} (line {})",
                escape(&role.text),
                analysis.line(role.range)
            ));
            seen.push(folded);
        }
    }
    (!told.is_empty()).then(|| format!("- Role: {}", told.join("; ")))
}

/// "First reference: line 3", "14 mentions: Erdogan 12, he 2". Sources without a name have no mentions but places.
fn mentions(analysis: &Analysis, id: EntityId, place: TextRange) -> Vec<String> {
    let first = analysis.mentions_of(id).next().map(|mention| mention.range);
    let places = || {
        let spoken = analysis
            .attributions
            .iter()
            .filter(|known| known.entity == Some(id));
        spoken
            .filter_map(|known| known.speaker)
            .map(|speaker| speaker.range)
            .next()
    };
    let first = first.or_else(places).unwrap_or(place);
    let mut forms: Vec<(String, usize)> = Vec::new();
    for mention in analysis.mentions_of(id) {
        let text = plain(analysis.text(mention.range));
        let text = match mention.form {
            MentionForm::Pronoun => text.to_lowercase(),
            _ => text,
        };
        match forms.iter_mut().find(|(form, _)| *form == text) {
            Some((_, number)) => *number += 1,
            None => forms.push((text, 1)),
        }
    }
    let number: usize = forms.iter().map(|(_, number)| number).sum();
    forms.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let rest = forms.len().saturating_sub(MANY);
    let mut told: Vec<String> = forms
        .iter()
        .take(MANY)
        .map(|(form, number)| format!("{} {number}", escape(form)))
        .collect();
    if rest > 0 {
        told.push(count(rest, "other form"));
    }
    let mut lines = vec![format!("- First reference: line {}", analysis.line(first))];
    if number > 1 {
        let told = told.join(", ");
        lines.push(format!("- {}: {told}", count(number, "mention")));
    }
    lines
}

/// "Paraphrased in lines 3, 45": reported speech without a quote.
fn paraphrases(analysis: &Analysis, id: EntityId) -> Option<String> {
    let reported = analysis.attributions.iter().filter(|known| {
        let found = known.evidence.link != Link::None;
        known.entity == Some(id) && known.quotes.is_empty() && found
    });
    let mut lines: Vec<usize> = reported.map(|known| analysis.line(known.range)).collect();
    lines.dedup();
    let more = lines.len().saturating_sub(MANY);
    let told: Vec<String> = lines.iter().take(MANY).map(usize::to_string).collect();
    let told = told.join(", ");
    match lines.len() {
        0 => None,
        1 => Some(format!("- Paraphrased in line {told}")),
        _ if more > 0 => Some(format!("- Paraphrased in lines {told} and {more} more")),
        _ => Some(format!("- Paraphrased in lines {told}")),
    }
}

/// As many quotes as the card has room for.
fn quotes(analysis: &Analysis, id: EntityId, lines: &mut Vec<String>) {
    let quotes: Vec<_> = analysis.quotes_of(id).map(|(quote, _)| quote).collect();
    if quotes.is_empty() {
        return;
    }
    let words = quotes.iter().map(|quote| analysis.quote(quote).words).sum();
    lines.push(format!(
        "- {}, {}:",
        count(quotes.len(), "quote"),
        count(words, "word")
    ));
    let room = LINES.saturating_sub(lines.len());
    let shown = match quotes.len() > room {
        true => room.saturating_sub(1),
        false => quotes.len(),
    };
    for quote in &quotes[..shown] {
        let number = count(analysis.quote(quote).words, "word");
        let text = quote_excerpt(analysis, quote, EXCERPT);
        let line = analysis.line(quote.range);
        lines.push(format!("  - line {line}, {number}: {}", escape(&text)));
    }
    if shown < quotes.len() {
        lines.push(format!("  - and {} more", quotes.len() - shown));
    }
}
