//! accusation-no-response: somebody is accused, and the draft has no word of theirs.

use std::collections::HashSet;

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityId, EntityMention, MentionForm};
use crate::extract::{Label, Sentence, TokenKind};
use crate::knowledge::RecordKind;
use crate::lexicon::{Class, Lexicon, Traits};

declare_rule! {
    /// Accusation without a word of the accused
    ///
    /// ## Why
    ///
    /// Whoever is accused in print gets a chance to answer, and the reader is told if they did not take it. A draft
    /// that has no word of theirs may have lost it, or nobody has called.
    ///
    /// People and companies are asked for whom the story’s own words name as accused, blamed or sued. A denial, any
    /// speech of theirs, of their lawyer or spokesman, or a word that they could not be reached will do, anywhere in
    /// the draft. The dead and the convicted are not asked for. For a state, the answer has to be its own: that an
    /// official of it speaks in the draft, perhaps of something else, is none.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Residents accused Tom Meyer of selling the pier. The council will meet on Monday.
    /// ```
    ///
    /// ```text
    /// The council sued Acme Corp. on Monday over the state of the pier.
    /// ```
    ///
    /// ```text
    /// Residents blamed the state of the pier on Tom Meyer. The council will meet on Monday.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Residents accused Tom Meyer of selling the pier. Meyer denied it.
    /// ```
    ///
    /// ```text
    /// Residents accused Tom Meyer of selling the pier. His lawyer, Ann Cole, said he had not.
    /// ```
    ///
    /// ## Fix
    ///
    /// Three sentences to choose from, behind the accusation. Take one only if it is true.
    ///
    /// ## Settings
    ///
    /// - `targets` (`person`, `org`): whose answer is asked for; `state` adds countries and their organs.
    name: "accusation-no-response",
    group: Sources,
    levels: [Information, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("targets", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut accused: HashSet<EntityId> = HashSet::new();
    let mut found: Vec<(EntityId, bool, usize, TextRange)> = Vec::new();
    let accuses = |copy: &Copy<'_>| (0..copy.facts.tokens.len()).any(|at| Verb::of(copy.word(at)).is_some());
    for (index, copy) in context.body_where(accuses) {
        for sentence in &copy.facts.sentences {
            for (at, word) in copy.own_words(sentence.tokens.clone()) {
                let Some(verb) = Verb::of(word) else {
                    continue;
                };
                let named = || target(context, &copy, index, sentence, (at, verb));
                let laid = (verb == Verb::Blame).then(|| laid_on(context, &copy, index, sentence, at)).flatten();
                let target = laid.or_else(|| named().filter(|target| !target.quoted));
                let Some(target) = target.filter(|target| counts(context, target)) else {
                    continue;
                };
                if accused.insert(target.entity) {
                    let place = copy.token(at).map_or(target.range, |verb| copy.at(verb.range).cover(target.range));
                    let state = kind_of(context, target) == Some("state");
                    found.push((target.entity, state, index, place));
                }
            }
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let answers = Answers::new(context);
    found.retain(|(target, state, ..)| !answers.of(*target, *state));
    found.into_iter().map(|(target, _, index, place)| finding(context, target, index, place)).collect()
}

/// A verb that accuses, and what stands behind the accused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// accuse X of
    Accuse,
    /// blame X for, blame it on X
    Blame,
    /// charge X with
    Charge,
    /// fault X for
    Fault,
    /// sue X
    Sue,
}

impl Verb {
    fn of(word: &str) -> Option<Verb> {
        match word {
            "accuse" | "accuses" | "accused" | "accusing" => Some(Verb::Accuse),
            "blame" | "blames" | "blamed" | "blaming" => Some(Verb::Blame),
            "charge" | "charges" | "charged" | "charging" => Some(Verb::Charge),
            "faulted" | "faults" | "faulting" => Some(Verb::Fault),
            "sue" | "sues" | "sued" | "suing" => Some(Verb::Sue),
            _ => None,
        }
    }

    fn preposition(self) -> Option<&'static str> {
        match self {
            Verb::Accuse => Some("of"),
            Verb::Blame | Verb::Fault => Some("for"),
            Verb::Charge => Some("with"),
            Verb::Sue => None,
        }
    }
}

/// Whom a verb accuses: the name behind it, or before it in the passive.
fn target<'a>(
    context: &Context<'a>,
    copy: &Copy<'_>,
    paragraph: usize,
    sentence: &Sentence,
    (at, verb): (usize, Verb),
) -> Option<&'a EntityMention> {
    let next = copy.word(at + 1);
    // "accused with" is a slip that another rule mends.
    let passive = verb.preposition().is_some_and(|preposition| next == preposition) || matches!(next, "by" | "with");
    let names = context.mentions(paragraph);
    let start = |mention: &EntityMention| copy.token_from(mention.full_range().start() - copy.start());
    let end = |mention: &EntityMention| copy.token_from(mention.range.end() - copy.start());
    if !passive {
        let name = names.iter().find(|mention| start(mention) > at)?;
        let leads = (at + 1..start(name)).all(|at| is_lead(copy, at));
        let inside = end(name) <= sentence.tokens.end;
        // "accused CNN reporter Tom Meyer": the next name stands directly behind.
        let behind = names.iter().find(|other| start(other) == end(name) && other.range != name.range);
        let of = verb.preposition().is_none_or(|preposition| has_word(copy, end(name), preposition));
        return (leads && inside && of && behind.is_none()).then_some(name);
    }
    let auxiliaries = (sentence.tokens.start..at).rev().take_while(|&at| is_auxiliary(copy.word(at))).count();
    let subject = at - auxiliaries;
    let name = names.iter().rev().find(|mention| end(mention) <= subject)?;
    // "Tom Meyer was accused of", "Tom Meyer, accused of"
    let reduced = auxiliaries == 0 && copy.word(subject.checked_sub(1)?) == "," && end(name) + 1 == subject;
    let inside = start(name) >= sentence.tokens.start;
    (inside && (reduced || auxiliaries > 0 && end(name) == subject)).then_some(name)
}

/// "blamed the delay on Tom Meyer", "put the blame on Acme": whom the blame is laid on, or whose forces, or workers. The
/// name may stand in quoted words that the story has made part of its own sentence.
fn laid_on<'a>(
    context: &Context<'a>,
    copy: &Copy<'_>,
    paragraph: usize,
    sentence: &Sentence,
    at: usize,
) -> Option<&'a EntityMention> {
    const REACH: usize = 10;
    let ends = |at: usize| matches!(copy.word(at), "." | ";" | "," | "for" | "that" | "who");
    let behind = (at + 1..sentence.tokens.end.min(at + REACH)).take_while(|&at| !ends(at));
    let on = behind.into_iter().find(|&at| copy.word(at) == "on")?;
    let first = on + 1 + usize::from(matches!(copy.word(on + 1), "“" | "\"" | "‘" | "'"));
    let start = |mention: &EntityMention| copy.token_from(mention.full_range().start() - copy.start());
    let name = context.mentions(paragraph).iter().find(|mention| start(mention) >= first)?;
    let leads = (first..start(name)).all(|at| is_lead(copy, at));
    (leads && start(name) < sentence.tokens.end && (first > on + 1 || !name.quoted)).then_some(name)
}

/// A word that may stand between the verb and the name of the accused: "accused the company’s owner, Tom Meyer".
fn is_lead(copy: &Copy<'_>, at: usize) -> bool {
    let Some(word) = copy.facts.words.get(at) else {
        return false;
    };
    // "blamed Storm Ann": a capital that is no office belongs to the name.
    let fits = !word.is_capital() || word.traits.any(Traits::TITLE.or(Traits::DEMONYM).or(Traits::MODIFIER));
    copy.kind(at) == Some(TokenKind::Word)
        && fits
        && matches!(word.class, Class::Determiner | Class::Possessive | Class::Other)
        && copy.token(at).is_some_and(|token| token.stem == token.range)
}

fn has_word(copy: &Copy<'_>, from: usize, word: &str) -> bool {
    const REACH: usize = 12;
    (from..from + REACH)
        .take_while(|&at| !matches!(copy.word(at), "." | ";" | "who"))
        .any(|at| copy.word(at) == word)
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "was" | "are" | "were" | "been" | "being" | "be" | "has" | "have" | "had" | "also" | "repeatedly" | "previously"
            | "once" | "later" | "now" | "recently" | "wrongly" | "widely" | "often"
    )
}

/// Whether an answer of somebody is asked for.
fn counts(context: &Context<'_>, target: &EntityMention) -> bool {
    let analysis = context.analysis;
    let named = matches!(target.form, MentionForm::Full | MentionForm::Surname | MentionForm::Short);
    let entity = analysis.entity(target.entity);
    let wanted = |kind: &str| {
        let mut targets = context.texts("targets").peekable();
        match targets.peek() {
            None => matches!(kind, "person" | "org"),
            Some(_) => targets.any(|target| target == kind),
        }
    };
    let kind = match kind_of(context, target) {
        Some(kind) => kind,
        None => return false,
    };
    named && entity.named && wanted(kind)
}

/// What somebody who is accused is, by the names of the option.
fn kind_of(context: &Context<'_>, target: &EntityMention) -> Option<&'static str> {
    let entity = context.analysis.entity(target.entity);
    Some(match context.analysis.label(target) {
        Label::Person if entity.members.is_empty() => "person",
        Label::Organisation if is_state(context, &entity.name) => "state",
        Label::Organisation => "org",
        Label::Place => "state",
        _ => return None,
    })
}

/// Organs of a state, parties and armed groups.
fn is_state(context: &Context<'_>, name: &str) -> bool {
    const ORGANS: [&str; 36] = [
        "government", "administration", "army", "military", "navy", "parliament", "congress", "senate", "house", "council",
        "ministry", "department", "police", "court", "party", "front", "force", "forces", "guard", "guards", "nations",
        "union", "state", "city", "county", "kremlin", "pentagon", "republicans", "democrats", "taliban", "hamas",
        "hezbollah", "agency", "bureau", "nato", "isis",
    ];
    let last = name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let known = context.analysis.knowledge.find(name);
    let kind = known.first().map(|known| known.record.kind);
    let company = Lexicon::get().names.traits(name).any(Traits::COMPANY);
    ORGANS.contains(&last.as_str())
        || matches!(kind, Some(RecordKind::Country | RecordKind::Party | RecordKind::ArmedGroup))
        || !company && matches!(kind, Some(RecordKind::Organisation))
}

/// Everyone who has a word in the draft, or of whom it tells why not.
struct Answers {
    heard: HashSet<EntityId>,
    /// Those who speak themselves, or are said to have answered.
    own: HashSet<EntityId>,
    /// Somebody speaks for a client or a company that has no name there.
    counsel: bool,
}

impl Answers {
    fn new(context: &Context<'_>) -> Answers {
        let analysis = context.analysis;
        let mut answers = Answers { heard: HashSet::new(), own: HashSet::new(), counsel: false };
        for known in &analysis.attributions {
            answers.heard.extend(known.entity);
            answers.own.extend(known.entity);
            let Some(speaker) = known.speaker else {
                continue;
            };
            // "Acme spokesman Tom Roe", "a lawyer for Meyer", "Meyer’s lawyer"
            let near = context.mentions(speaker.paragraph).iter();
            let around = analysis.sentence(speaker.range).unwrap_or(speaker.extent);
            let counsel = has_any(analysis.text(speaker.extent.cover(speaker.range)), &COUNSEL)
                || known.entity.is_some_and(|id| {
                    analysis.entity(id).roles.iter().any(|role| has_any(&role.text, &COUNSEL))
                });
            answers.counsel |= counsel;
            let within = if counsel { around } else { speaker.extent };
            answers.heard.extend(near.filter(|mention| within.contains_range(mention.range)).map(|mention| mention.entity));
        }
        for (index, paragraph) in context.body() {
            for sentence in &paragraph.facts.sentences {
                let range = paragraph.at(sentence.range);
                let text = analysis.text(range);
                let answered = has_any(text, &ANSWERS);
                if answered || has_any(text, &PAST) {
                    let mentions = context.mentions(index).iter().filter(|mention| range.contains_range(mention.range));
                    let entities = mentions.map(|mention| mention.entity);
                    answers.heard.extend(entities.clone());
                    answers.own.extend(entities.filter(|_| answered));
                }
            }
        }
        answers
    }

    fn of(&self, target: EntityId, state: bool) -> bool {
        match state {
            true => self.own.contains(&target),
            false => self.counsel || self.heard.contains(&target),
        }
    }
}

fn has_any(text: &str, words: &[&str]) -> bool {
    let mut own = text.split(|c: char| !c.is_alphanumeric());
    own.any(|word| words.iter().any(|listed| listed.eq_ignore_ascii_case(word)))
}

/// Who speaks for others.
const COUNSEL: [&str; 12] = [
    "lawyer", "lawyers", "attorney", "attorneys", "solicitor", "barrister", "spokesman", "spokeswoman", "spokesperson",
    "spokespeople", "publicist", "agent",
];

/// Words of an answer, and of its absence.
const ANSWERS: [&str; 59] = [
    "deny", "denies", "denied", "denying", "denial", "reject", "rejects", "rejected", "rejecting", "dispute", "disputes",
    "disputed", "disputing", "dismiss", "dismissed", "dismisses", "respond", "responds", "responded", "response", "reply",
    "replied", "comment", "declined", "declines", "refused", "reached", "unreachable", "pleaded", "pleads", "plead",
    "apologised", "apologized", "apologises", "apologizes", "apology", "defended", "defends", "insisted", "insists",
    "admitted", "admits", "acknowledged", "acknowledges", "conceded", "countered", "countersued", "lawyer", "lawyers",
    "attorney", "attorneys", "spokesman", "spokeswoman", "spokesperson", "statement", "tweeted", "wrote", "testified",
    "interview",
];

/// Words of those who are past asking.
const PAST: [&str; 13] = [
    "died", "dead", "death", "killed", "executed", "late", "convicted", "conviction", "guilty", "sentenced", "jailed",
    "imprisoned", "acquitted",
];

fn finding(context: &Context<'_>, target: EntityId, paragraph: usize, place: TextRange) -> Finding {
    let analysis = context.analysis;
    let name = analysis.short_name(target);
    let mut finding = context.finding(place, format!("No answer from {name} in the draft."));
    let range = analysis.paragraphs[paragraph].range;
    let ends = analysis.text(range).ends_with(['.', '!', '?', '”']);
    if ends {
        let sentences = [
            format!("{name} did not respond to a request for comment."),
            format!("{name} declined to comment."),
            format!("{name} could not be reached for comment."),
        ];
        finding.fixes.extend(sentences.into_iter().map(|sentence| Fix {
            title: format!("Add “{sentence}”"),
            edits: vec![Edit { range: TextRange::empty(range.end()), text: format!(" {sentence}") }],
            preferred: false,
        }));
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn the_accused_without_a_word() {
        check(
            "
            Residents accused Tom Meyer of selling the pier. The council will meet on Monday.
                      ^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Tom Meyer in the draft.
            ",
        );
        check(
            "
            The council sued Acme Corp. on Monday over the state of the pier.
                        ^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Acme Corp. in the draft.
            ",
        );
        check(
            "
            Tom Meyer was accused of selling the pier. Meyer left on Monday.
            ^^^^^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Meyer in the draft.
            ",
        );
        check(
            "
            Ann Cole, blamed for the fire, left on Monday.
            ^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Ann Cole in the draft.
            ",
        );
    }

    #[test]
    fn blame_laid_and_charges() {
        check(
            "
            Residents blamed the state of the pier on Tom Meyer.
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Tom Meyer in the draft.
            ",
        );
        check(
            "
            Residents put the blame on Acme Corp. in a letter.
                              ^^^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Acme Corp. in the draft.
            ",
        );
        check(
            "
            Residents faulted Tom Meyer for the fire.
                      ^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Tom Meyer in the draft.
            ",
        );
        check(
            "
            The council charged Tom Meyer with neglect.
                        ^^^^^^^^^^^^^^^^^ information[accusation-no-response]: No answer from Tom Meyer in the draft.
            ",
        );
    }

    #[test]
    fn those_who_are_heard_pass() {
        check("Residents accused Tom Meyer of selling the pier. Meyer denied it.");
        check("Residents accused Tom Meyer of selling the pier. “I did not,” he said.");
        check("Residents accused Tom Meyer of selling the pier. His lawyer, Ann Cole, said he had not.");
        check("The council sued Acme Corp. on Monday. Acme spokesman Tom Roe said the pier was safe.");
        check("Residents accused Tom Meyer of selling the pier. Meyer could not be reached.");
        check("Residents accused Tom Meyer of selling the pier. Meyer was convicted in May.");
        check("Residents accused Iran of selling the pier. They blamed Storm Ann for the rest.");
        check("Residents accused him of selling the pier. “They accused Tom Meyer of it,” Ann Cole said.");
        check("Residents blamed the state of the pier on Tom Meyer. Meyer said he was sorry.");
        check("Residents blamed the state of the pier on the weather, and Tom Meyer left.");
        check("Residents charged with theft met Tom Meyer. The shop charged Ann Cole $20.");
        check("");
    }

    #[test]
    fn targets_are_an_option() {
        let draft = "Residents accused Tom Meyer of selling the pier.";
        check_in(Language::Plain, "rules.accusation-no-response.targets = [\"org\"]", Some(&RULE), draft);
        check_in(
            Language::Plain,
            "rules.accusation-no-response.targets = [\"state\"]",
            Some(&RULE),
            "
            Residents accused Iran of selling the pier.
                      ^^^^^^^^^^^^ information[accusation-no-response]: No answer from Iran in the draft.
            ",
        );
    }

    #[test]
    fn the_fix_adds_a_sentence() {
        check_fix(
            &RULE,
            "Residents accused Tom Mey<CURSOR>er of selling the pier.",
            "Residents accused Tom Meyer of selling the pier. Tom Meyer did not respond to a request for comment.",
        );
    }
}
