//! The card of a person, an organisation or a place: what the draft says of it first, then what the newsroom knows.

use std::collections::HashMap;

use text_size::TextRange;

use super::super::markdown::escape;
use super::super::places;
use super::super::reason::{count, plain, quote_excerpt, referent};
use super::Beside;
use super::card::{Card, Rank};
use super::known::known;
use super::office;
use super::relayed::relayed;
use crate::analysis::{Analysis, Entity, EntityId, Link, MentionForm, ParagraphKind};
use crate::extract::Label;

/// Roles on one card.
const SEVERAL: usize = 3;

/// Forms of a name, findings, and lines of paraphrase on one card.
const MANY: usize = 6;

/// Words of a quote on a card.
const EXCERPT: usize = 8;

/// Quotes that are worth more than details from elsewhere.
const FEW: usize = 2;

/// A form in which a draft mentions somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::features) struct Form {
    /// Its words, on one line.
    pub text: String,
    /// How its first mention refers.
    pub kind: MentionForm,
    /// The line of its first mention, from 1.
    pub line: usize,
    /// Its mentions.
    pub number: usize,
}

/// The forms of an entity's mentions, in the order of their first ones. Linear in the mentions.
pub(in crate::features) fn forms(analysis: &Analysis, id: EntityId) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    // By their words in the draft, most of which are the same again and again, and then by those that are shown.
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for mention in analysis.mentions_of(id) {
        let words = analysis.text(mention.range);
        let at = *seen.entry(words).or_insert_with(|| {
            let text = match mention.form {
                MentionForm::Pronoun => plain(words).to_lowercase(),
                _ => plain(words),
            };
            *known.entry(text).or_insert_with_key(|text| {
                forms.push(Form {
                    text: text.clone(),
                    kind: mention.form,
                    line: analysis.line(mention.range),
                    number: 0,
                });
                forms.len() - 1
            })
        });
        forms[at].number += 1;
    }
    forms
}

/// Who it is, role, first reference, other names, findings, quotes and what is known from elsewhere. `place` is the
/// mention under the cursor, which `touches` something smaller in it.
pub(super) fn card(
    analysis: &Analysis,
    beside: Beside<'_>,
    id: EntityId,
    place: TextRange,
    touches: &dyn Fn(TextRange) -> bool,
) -> String {
    let entity = analysis.entity(id);
    let forms = forms(analysis, id);
    let credit = is_credit(analysis, place);
    let mut card = Card::default();
    card.line(Rank::Title, title(entity));
    card.line(Rank::Title, String::new());
    if credit {
        card.line(Rank::Title, "- Credit line, not a source".to_owned());
    } else if let Some(here) = here(analysis, id, place) {
        card.line(Rank::Title, here);
    }
    for line in offices(analysis, beside, id, place, touches) {
        card.line(Rank::Introduction, line);
    }
    if let Some(roles) = roles(analysis, entity) {
        card.line(Rank::Introduction, roles);
    }
    card.line(
        Rank::Introduction,
        first_reference(analysis, id, place, &forms),
    );
    let told = [
        mentions(&forms),
        relayed(analysis, id),
        findings(analysis, beside, id),
    ];
    for line in told.into_iter().flatten() {
        card.line(Rank::Mentions, line);
    }
    if let Some(lines) = paraphrases(analysis, id) {
        card.line(Rank::Words, lines);
    }
    quotes(analysis, id, &mut card);
    if entity.named {
        known(&mut card, analysis, beside, id, &forms, credit);
    }
    card.text()
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

/// Whether a place stands in a line that tells who wrote the story.
pub(in crate::features) fn is_credit(analysis: &Analysis, place: TextRange) -> bool {
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

/// What the title or the role under the cursor is; nothing for a name or a pronoun alone.
fn offices(
    analysis: &Analysis,
    beside: Beside<'_>,
    id: EntityId,
    place: TextRange,
    touches: &dyn Fn(TextRange) -> bool,
) -> Vec<String> {
    let told = |range, least, part| office::told(analysis, beside.knowledge, range, least, part);
    let mention = (analysis.mentions_of(id)).find(|mention| mention.full_range() == place);
    match mention {
        None => told(place, 1, None),
        Some(mention) if mention.form == MentionForm::Role => told(place, 1, None),
        Some(mention) => match mention.title.filter(|title| touches(*title)) {
            Some(title) => told(title, 1, Some(touches)),
            // A title that the finder took for a part of the name. One word of it may be the name of a family.
            None => told(mention.range, 2, Some(touches)),
        },
    }
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

/// "First reference: line 3", and for a short form under the cursor, where that comes in.
fn first_reference(analysis: &Analysis, id: EntityId, place: TextRange, forms: &[Form]) -> String {
    let first = places::mentions(analysis, id).first().copied();
    let line = analysis.line(first.unwrap_or(place));
    let here = plain(analysis.text(place));
    let short = forms.iter().skip(1).find(|form| {
        form.kind == MentionForm::Short && form.text == here && here != analysis.entity(id).name
    });
    match short {
        Some(short) => format!(
            "- First reference: line {line}; “{}” from line {}",
            escape(&short.text),
            short.line
        ),
        None => format!("- First reference: line {line}"),
    }
}

/// "14 mentions: Erdogan 12, he 2"; none for a single one.
fn mentions(forms: &[Form]) -> Option<String> {
    let number: usize = forms.iter().map(|form| form.number).sum();
    let mut forms: Vec<&Form> = forms.iter().collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.number));
    let rest = forms.len().saturating_sub(MANY);
    let mut told: Vec<String> = forms
        .iter()
        .take(MANY)
        .map(|form| format!("{} {}", escape(&form.text), form.number))
        .collect();
    if rest > 0 {
        told.push(count(rest, "other form"));
    }
    (number > 1).then(|| format!("- {}: {}", count(number, "mention"), told.join(", ")))
}

/// "Findings: first-reference-name (line 3)": what a copy chief would query at its mentions.
fn findings(analysis: &Analysis, beside: Beside<'_>, id: EntityId) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    let mut more = 0;
    for finding in beside.findings {
        let prose = &analysis.prose;
        let (start, end) = (finding.range.start(), finding.range.end());
        let Some((start, end)) = prose.from_source(start).zip(prose.from_source(end)) else {
            continue;
        };
        if end < start || !touches(analysis, TextRange::new(start, end), id) {
            continue;
        }
        if told.len() < MANY {
            let line = prose.line(start);
            told.push(format!("{} (line {line})", finding.rule.name));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    (!told.is_empty()).then(|| format!("- Findings: {}", told.join(", ")))
}

/// Whether a finding is about a mention: the mention stands in it, but for what a quote around it says, and for what
/// is found of a whole paragraph.
fn touches(analysis: &Analysis, finding: TextRange, id: EntityId) -> bool {
    let paragraph = analysis
        .paragraph_at(finding.start())
        .and_then(|at| analysis.paragraphs.get(at));
    if paragraph.is_some_and(|paragraph| finding.contains_range(paragraph.range)) {
        return false;
    }
    let mentions = &analysis.mentions;
    let from = mentions.partition_point(|mention| mention.range.end() <= finding.start());
    mentions[from..]
        .iter()
        .take_while(|mention| mention.full_range().start() < finding.end())
        .any(|mention| {
            let spoken = mention.quoted && !mention.full_range().contains_range(finding);
            mention.entity == id && !spoken
        })
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
fn quotes(analysis: &Analysis, id: EntityId, card: &mut Card) {
    let quotes: Vec<_> = analysis.quotes_of(id).map(|(quote, _)| quote).collect();
    if quotes.is_empty() {
        return;
    }
    let words = quotes.iter().map(|quote| analysis.quote(quote).words).sum();
    let header = format!(
        "- {}, {}:",
        count(quotes.len(), "quote"),
        count(words, "word")
    );
    let items = quotes.iter().map(|quote| {
        let number = count(analysis.quote(quote).words, "word");
        let text = quote_excerpt(analysis, quote, EXCERPT);
        let line = analysis.line(quote.range);
        format!("  - line {line}, {number}: {}", escape(&text))
    });
    card.list(header, FEW, items);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::fixture::check_hover;

    #[test]
    fn findings_at_a_mention_are_named() {
        check_hover(
            "“The deck is rotten,” Mey<CURSOR>er said. “It was old,” Tom Reyes said.",
            expect![[r#"
                [Meyer]
                **Meyer**, person

                - First reference: line 1
                - Findings: first-reference-name (line 1)
                - 1 quote, 4 words:
                  - line 1, 4 words: “The deck is rotten,”
                - Not in the knowledge base
            "#]],
        );
        check_hover(
            "“The deck is rotten,” Meyer said. “It was old,” Tom Re<CURSOR>yes said.",
            expect![[r#"
                [Tom Reyes]
                **Tom Reyes**, person

                - First reference: line 1
                - 1 quote, 3 words:
                  - line 1, 3 words: “It was old,”
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn what_a_quote_says_is_no_finding_about_whom_it_names() {
        check_hover(
            "The council voted to close the pier.\n\n“We asked Ann Mey<CURSOR>er.”",
            expect![[r#"
                [Ann Meyer]
                **Ann Meyer**, person

                - First reference: line 3
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn what_is_found_of_a_whole_paragraph_is_not_about_its_names() {
        check_hover(
            "The council voted Monday to close the pier.\n\n\
             Fra<CURSOR>nce strike enters second week as talks stall\n\n\
             Repairs may take years\n\nRepairs in France are to start in May.",
            expect![[r#"
                [France]
                **France**, place

                - First reference: line 3
                - 2 mentions: France 2
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn a_short_form_tells_where_it_comes_in() {
        check_hover(
            "The Wexmouth Harbour Trust (WHT) met.\n\nThe W<CURSOR>HT said it is safe.",
            expect![[r#"
                [WHT]
                **Wexmouth Harbour Trust**, organisation

                - First reference: line 1; “WHT” from line 1
                - 3 mentions: WHT 2, Wexmouth Harbour Trust 1
                - Paraphrased in line 3
                - Not in the knowledge base
            "#]],
        );
    }
}
