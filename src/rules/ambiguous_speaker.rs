//! ambiguous-speaker: "he said", where two people fit alike.

use text_size::TextRange;

use super::{Context, Edit, Finding, Fix};
use crate::analysis::{Attribution, EntityId, EntityMention, Link, MentionForm, ParagraphKind, Pronoun};
use crate::extract::Label;
use crate::lexicon::{Class, Lexicon, Traits};

declare_rule! {
    /// Pronoun speaker who may be one of two
    ///
    /// ## Why
    ///
    /// A pronoun goes to the subject before it. Where two people are that together, or neither is, readers have to
    /// guess.
    ///
    /// ## Flags
    ///
    /// ```text
    /// John Chen and Tom Diaz met on Friday. “We agree,” he said.
    /// ```
    ///
    /// ## Passes
    ///
    /// One of them is the subject:
    ///
    /// ```text
    /// John Chen thanked Tom Diaz on Friday. “We agree,” he said.
    /// ```
    ///
    /// Only one fits:
    ///
    /// ```text
    /// John Chen and Ann Meyer met on Friday. “We agree,” he said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Names either.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "ambiguous-speaker",
    group: Attribution,
    levels: [Hint, Hint, Information, Hint, Hint],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let mut last = None;
        for known in context.attributions(index) {
            if known.evidence.link != Link::Pronoun || known.cue == last || paragraph.facts.cues.is_empty() {
                continue;
            }
            last = known.cue;
            findings.extend(finding(context, known));
        }
    }
    findings
}

fn finding(context: &Context<'_>, known: &Attribution) -> Option<Finding> {
    let analysis = context.analysis;
    let speaker = known.speaker?;
    let word = analysis.text(speaker.range);
    let pronoun = match word {
        "he" | "He" => Pronoun::He,
        "she" | "She" => Pronoun::She,
        _ => return None,
    };
    let before = named_before(context, speaker.range, speaker.paragraph)?;
    let fitting: Vec<&EntityMention> = before
        .iter()
        .copied()
        .filter(|mention| may_be(context, mention.entity, pronoun))
        .collect();
    let [first, second] = distinct(&fitting)?;
    if is_subject(context, before.first()?, first, second) {
        return None;
    }
    let names = [first, second].map(|mention| analysis.short_name(mention.entity).to_owned());
    let message = format!("“{word}” could be {} or {}.", names[0], names[1]);
    let mut finding = context.finding(speaker.range, message);
    finding.fixes.extend(names.into_iter().enumerate().map(|(index, name)| Fix {
        title: format!("Change to “{name}”"),
        edits: vec![Edit {
            range: speaker.range,
            text: name,
        }],
        preferred: index == 0,
    }));
    Some(finding)
}

/// The people whom the sentence of a pronoun names before it, or else the sentence before that one.
fn named_before<'a>(
    context: &Context<'a>,
    place: TextRange,
    paragraph: usize,
) -> Option<Vec<&'a EntityMention>> {
    let sentence = context.analysis.sentence(place)?;
    let people = |index: usize, range: TextRange| -> Vec<&'a EntityMention> {
        context
            .mentions(index)
            .iter()
            .filter(|mention| range.contains_range(mention.range) && mention.range.end() <= place.start())
            .filter(|mention| !mention.quoted)
            .filter(|mention| context.analysis.entity(mention.entity).label == Label::Person)
            .collect()
    };
    let own = people(paragraph, sentence);
    if !own.is_empty() {
        return by_name(own);
    }
    let facts = &context.analysis.paragraphs[paragraph];
    let earlier = facts.facts.sentences.iter().rev().map(|earlier| facts.at(earlier.range));
    if let Some(earlier) = earlier.clone().find(|earlier| earlier.end() <= sentence.start()) {
        return by_name(people(paragraph, earlier));
    }
    let above = paragraph.checked_sub(1)?;
    let facts = &context.analysis.paragraphs[above];
    let last = facts.facts.sentences.last().filter(|_| facts.kind == ParagraphKind::Body)?;
    by_name(people(above, facts.at(last.range)))
}

/// A pronoun among them says who is spoken of.
fn by_name(people: Vec<&EntityMention>) -> Option<Vec<&EntityMention>> {
    let named = people.iter().all(|mention| mention.form != MentionForm::Pronoun);
    (named && !people.is_empty()).then_some(people)
}

/// The two people among mentions, if there are two.
fn distinct<'a>(mentions: &[&'a EntityMention]) -> Option<[&'a EntityMention; 2]> {
    let first = *mentions.first()?;
    let mut others = mentions.iter().filter(|mention| mention.entity != first.entity);
    let second = *others.next()?;
    let two = others.all(|mention| mention.entity == second.entity);
    two.then_some([first, second])
}

/// One person is the subject of the sentence alone, or the two are not alike in it.
fn is_subject(
    context: &Context<'_>,
    leading: &EntityMention,
    first: &EntityMention,
    second: &EntityMention,
) -> bool {
    let text = |range| context.analysis.text(range);
    let gap = TextRange::new(
        first.range.end(),
        second.full_range().start().max(first.range.end()),
    );
    let joined = matches!(text(gap).trim(), "and" | "&" | "or" | "with");
    if joined {
        return text(first.range).ends_with("'s") || leading.entity != first.entity;
    }
    let Some(sentence) = context.analysis.sentence(leading.range) else {
        return true;
    };
    let before = TextRange::new(sentence.start(), leading.full_range().start().max(sentence.start()));
    let grammar = &Lexicon::get().grammar;
    let verb = text(before)
        .split_whitespace()
        .any(|word| matches!(grammar.class(&word.to_lowercase()), Class::Verb | Class::Auxiliary));
    !verb || leading.entity != first.entity
}

/// A person for whom neither the draft nor the given name asks for the other pronoun.
fn may_be(context: &Context<'_>, entity: EntityId, pronoun: Pronoun) -> bool {
    let entity = context.analysis.entity(entity);
    if let Some(own) = entity.pronoun {
        return own == pronoun;
    }
    let given = entity.name.split_whitespace().next().unwrap_or_default();
    let traits = Lexicon::get().names.traits(given);
    let other = match pronoun {
        Pronoun::He => Traits::FEMALE,
        _ => Traits::MALE,
    };
    entity.members.is_empty() && !traits.any(other)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_fix_titled, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn two_who_act_together() {
        check(
            "
            John Chen and Tom Diaz met on Friday. “We agree,” he said.
                                                              ^^ hint[ambiguous-speaker]: “he” could be John Chen or Tom Diaz.
            ",
        );
        check(
            "
            Jane Chen and Ann Diaz met on Friday.

            The bridge is safe, she said.
                                ^^^ hint[ambiguous-speaker]: “she” could be Jane Chen or Ann Diaz.
            ",
        );
    }

    #[test]
    fn two_who_are_not_the_subject() {
        check(
            "
            The council chose John Chen over Tom Diaz. “I am glad,” he said.
                                                                    ^^ hint[ambiguous-speaker]: “he” could be John Chen or Tom Diaz.
            ",
        );
    }

    #[test]
    fn a_subject_passes() {
        check("John Chen thanked Tom Diaz on Friday. “We agree,” he said.");
        check("On Friday John Chen thanked Tom Diaz. “We agree,” he said.");
        check("John Chen and Tom Diaz met. Chen left. “We agree,” he said.");
    }

    #[test]
    fn others_do_not_fit() {
        check("John Chen and Ann Meyer met on Friday. “We agree,” he said.");
        check("John Chen and the council met on Friday. “We agree,” he said.");
    }

    #[test]
    fn they_pass() {
        check("John Chen and Tom Diaz met on Friday. “We agree,” they said.");
    }

    #[test]
    fn names_far_above_pass() {
        check("John Chen and Tom Diaz met on Friday. It rained. “We agree,” he said.");
    }

    #[test]
    fn quoted_names_pass() {
        check("“John Chen and Tom Diaz met,” Tom Reyes said. “They agree,” he said.");
    }

    #[test]
    fn the_fixes_name_either() {
        let draft = "John Chen and Tom Diaz met on Friday. “We agree,” <CURSOR>he said.";
        check_fix(&RULE, draft, "John Chen and Tom Diaz met on Friday. “We agree,” John Chen said.");
        check_fix_titled(
            &RULE,
            "Change to “Tom Diaz”",
            draft,
            "John Chen and Tom Diaz met on Friday. “We agree,” Tom Diaz said.",
        );
    }
}
