//! first-reference-role: a person whom the story names without saying who they are.

use std::collections::HashSet;

use text_size::TextRange;

use super::copy::Copy;
use super::office;
use super::people::{Person, is_described, is_known};
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityId, EntityMention, MentionForm, Paragraph, ParagraphKind};
use crate::extract::{Label, Pattern, Sentence, TokenKind};
use crate::lexicon::{Class, Lexicon, Traits};

declare_rule! {
    /// Person whom the story never says who they are
    ///
    /// ## Why
    ///
    /// A full name tells a stranger nothing. An office, a trade, an age or a relation shows why the story has this
    /// person at all, and it belongs beside the name where the reader first meets it.
    ///
    /// Only those who speak, or whom the story names at least three times, are asked for: of a painter or a saint
    /// named in passing the name is enough, and so it is of a candidate in copy on an election and of a player in the
    /// report of a match. Nor is a name in a list of names queried, nor any name in a draft of a few lines, where the role
    /// may still be to come. “The mayor” may stand a sentence before the name or behind it.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ruth Okafor said on Monday that the pier would close. Okafor gave no date.
    ///
    /// The storm tore up a third of the deck in the night, and two of the four lamps at its end fell into
    /// the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is
    /// to come from. The lifeboat house, which stands at the end of the pier, was not hurt.
    /// ```
    ///
    /// ```text
    /// Ruth Okafor said on Monday that the pier would close.
    ///
    /// The storm tore up a third of the deck in the night, and two of the four lamps at its end fell into
    /// the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is
    /// to come from. The lifeboat house, which stands at the end of the pier, was not hurt.
    ///
    /// The ferry line goes on.
    ///
    /// Okafor, the mayor of Wexmouth, gave no date.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Mayor Ruth Okafor said the pier would close. “It is old,” said Tom Meyer, 54.
    ///
    /// The storm tore up a third of the deck in the night, and two of the four lamps at its end fell into
    /// the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is
    /// to come from. The lifeboat house, which stands at the end of the pier, was not hurt.
    /// ```
    ///
    /// ```text
    /// Ruth Okafor said on Monday that the pier would close. She has been mayor since May. Okafor is the first woman
    /// to hold the office.
    ///
    /// The storm tore up a third of the deck in the night, and two of the four lamps at its end fell into
    /// the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is
    /// to come from. The lifeboat house, which stands at the end of the pier, was not hurt.
    /// ```
    ///
    /// ```text
    /// Ruth Okafor said on Monday that the pier would close. The mayor gave no date.
    ///
    /// The owner of the Harbour Cafe was there as well. “It is old,” Tom Meyer said.
    ///
    /// The storm tore up a third of the deck in the night, and two of the four lamps at its end fell into
    /// the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is
    /// to come from. The lifeboat house, which stands at the end of the pier, was not hurt.
    /// ```
    ///
    /// ## Fix
    ///
    /// Sets the office before the name that the newsroom's knowledge has for the day of the story. Where it knows none,
    /// there is nothing to set.
    ///
    /// ## Settings
    ///
    /// - `exempt` (none): names that every reader of yours knows. The setting `known-people` does the same for all
    ///   rules.
    /// - `max-gap` (2): how many paragraphs after the name its role may come.
    name: "first-reference-role",
    group: Names,
    levels: [Warning, Warning, Warning, Information, Warning],
    settle: true,
    since: "0.1.0",
    options: [("exempt", Texts), ("max-gap", Number)],
}

/// Names in own copy from which on a person who does not speak matters to the story.
const OFTEN: usize = 3;

/// Tokens of the shortest draft that is judged: in a shorter one the role may still be to come.
const SHORTEST: usize = 60;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let attributions = &context.analysis.attributions;
    let speakers: HashSet<EntityId> = attributions
        .iter()
        // “…” — Ruth Okafor: a signature is no introduction.
        .filter(|known| known.speaker.is_some() && known.pattern != Some(Pattern::Label))
        .filter_map(|known| known.entity)
        .collect();
    let words = context.body().map(|(_, paragraph)| paragraph.facts.tokens.len());
    if words.sum::<usize>() < SHORTEST {
        return Vec::new();
    }
    let gap = context.number("max-gap", 2);
    let people = context.people().iter();
    people
        .map(|person| own_names(context, person))
        .filter(|person| speakers.contains(&person.id) || !plays(context, person))
        .filter(|person| person.names.len() >= OFTEN || speakers.contains(&person.id))
        .filter_map(|person| finding(context, &person, gap))
        .collect()
}

/// A person with the names that introduce somebody.
fn own_names<'a>(context: &Context<'a>, person: &Person<'a>) -> Person<'a> {
    let names = person.names.iter().copied();
    let names = names
        .filter(|mention| !is_furniture(context, mention))
        .collect();
    Person {
        names,
        ..person.clone()
    }
}

/// A credit, a signature, or part of another name: "Image: Ruth Okafor", “…” ― Ruth Okafor, "the Ruth Okafor Show".
fn is_furniture(context: &Context<'_>, mention: &EntityMention) -> bool {
    const CREDITS: [&str; 6] = ["image", "images", "photo", "photograph", "picture", "credit"];
    let copy = Copy::new(context, &context.analysis.paragraphs[mention.paragraph]);
    let first = copy.token_from(mention.full_range().start() - copy.start());
    let behind = copy.token_from(mention.range.end() - copy.start());
    let ahead = |back: usize| first.checked_sub(back).map_or("", |at| copy.word(at));
    let credit = ahead(1) == ":" && CREDITS.contains(&ahead(2).to_lowercase().as_str());
    let signature = matches!(ahead(1), "―" | "—" | "–") && matches!(ahead(2), "”" | "\"");
    let longer = ahead(1).eq_ignore_ascii_case("the")
        && copy.facts.words.get(behind).is_some_and(|word| word.is_capital())
        && copy.kind(behind) == Some(TokenKind::Word);
    credit || signature || longer
}

/// A player in the report of a match: the game tells what they are.
fn plays(context: &Context<'_>, person: &Person<'_>) -> bool {
    person.names.first().is_some_and(|first| {
        let paragraph = &context.analysis.paragraphs[first.paragraph];
        !paragraph.facts.sporting.is_empty()
    })
}

fn finding(context: &Context<'_>, person: &Person<'_>, gap: usize) -> Option<Finding> {
    let first = *person.names.first()?;
    let name = context.analysis.text(first.range);
    let full = first.form == MentionForm::Full && name.split_whitespace().count() > 1;
    let exempt = is_known(context, &person.entity.name)
        || context.texts("exempt").any(|known| known.to_lowercase() == person.entity.name.to_lowercase());
    if !full || exempt || is_listed(context, first) {
        return None;
    }
    let short = context.analysis.short_name(person.id);
    let Some(told) = told_at(context, person, first) else {
        let mut finding = context.finding(first.range, format!("{short} is never given a role."));
        finding.fixes.extend(fix(context, first));
        return Some(finding);
    };
    let paragraphs = &context.analysis.paragraphs;
    let between = paragraphs.get(first.paragraph..told.1)?;
    let copy = between.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Body);
    if copy.count() <= gap {
        return None;
    }
    let line = context.analysis.line(told.0);
    let finding = context.finding(first.range, format!("Role comes only in line {line}."));
    Some(context.graded(finding, -1))
}

/// Where the draft first tells who a person is, and in which paragraph.
fn told_at(context: &Context<'_>, person: &Person<'_>, first: &EntityMention) -> Option<(TextRange, usize)> {
    let analysis = context.analysis;
    let roles = person.entity.roles.iter().map(|role| (role.range, role.paragraph));
    let meant = analysis
        .mentions_of(person.id)
        .find(|mention| mention.form == MentionForm::Role)
        .map(|mention| (mention.range, mention.paragraph));
    let beside = person.names.iter().find(|mention| {
        let copy = Copy::new(context, &analysis.paragraphs[mention.paragraph]);
        let range = mention.full_range() - analysis.paragraphs[mention.paragraph].range.start();
        let title = mention.title.is_some_and(|title| !is_courtesy(analysis.text(title)));
        is_described(&copy, range, title)
    });
    let beside = beside.map(|mention| (mention.range, mention.paragraph));
    // A pronoun next door may tell: "She has been mayor since May."
    let near = is_told_near(context, first) || stands_for_election(context, person);
    let near = near.then_some((first.range, first.paragraph));
    roles.chain(meant).chain(beside).chain(near).min_by_key(|(range, _)| range.start())
}

/// A title that goes with everybody tells of nobody.
fn is_courtesy(title: &str) -> bool {
    matches!(title.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx")
}

/// A phrase near the first name tells who it is, though it does not stand beside it.
fn is_told_near(context: &Context<'_>, first: &EntityMention) -> bool {
    let paragraph = &context.analysis.paragraphs[first.paragraph];
    let copy = Copy::new(context, paragraph);
    let place = first.range.start() - copy.start();
    let sentences = &copy.facts.sentences;
    let at = sentences.partition_point(|sentence| sentence.range.end() <= place);
    let own = sentences.get(at);
    let next = sentences.get(at + 1);
    let before = at.checked_sub(1).and_then(|at| sentences.get(at));
    let name = copy.token_from(first.full_range().start() - copy.start());
    let behind = copy.token_from(first.range.end() - copy.start());
    let beside = is_told_before(&copy, name) || is_told_behind(&copy, behind);
    let own = own.is_some_and(|sentence| {
        (sentence.tokens.clone()).any(|at| is_relation(&copy, at) || at > behind && is_what_one_is(&copy, at))
    });
    let next = next.is_some_and(|sentence| {
        leads_with_role(&copy, sentence) || sentence.tokens.clone().any(|at| is_what_one_is(&copy, at))
    });
    let before = before.is_some_and(|sentence| leads_with_role(&copy, sentence));
    // The first sentence of the next paragraph, and of the one before.
    let beyond = |index: Option<usize>| {
        let paragraph = index.and_then(|index| context.analysis.paragraphs.get(index));
        let body = paragraph.filter(|paragraph: &&Paragraph| paragraph.kind == ParagraphKind::Body);
        body.is_some_and(|paragraph| {
            let copy = Copy::new(context, paragraph);
            copy.facts.sentences.first().is_some_and(|sentence| leads_with_role(&copy, sentence))
        })
    };
    let last = at + 1 >= sentences.len();
    beside
        || own
        || next
        || before
        || at == 0 && beyond(first.paragraph.checked_sub(1))
        || last && beyond(first.paragraph.checked_add(1))
}

/// A noun for what one person is, outside quotes.
fn is_role(copy: &Copy<'_>, at: usize) -> bool {
    let role = copy.facts.words.get(at).is_some_and(|word| word.traits.any(Traits::ROLE));
    role && copy.token(at).is_some_and(|token| !copy.is_quoted(token.range.start()))
}

/// "The mayor of Wexmouth said", "Connecticut’s tax commissioner says": a description that stands for somebody.
fn leads_with_role(copy: &Copy<'_>, sentence: &Sentence) -> bool {
    const LONGEST: usize = 8;
    let start = sentence.tokens.start;
    let possessive = |at: usize| copy.token(at).is_some_and(|token| token.range != token.stem);
    let from = match copy.word(start) {
        "The" => start + 1,
        _ => match (start..start + 3).find(|&at| possessive(at)) {
            Some(owner) => owner + 1,
            None => return false,
        },
    };
    let ends = |at: usize| {
        copy.kind(at) != Some(TokenKind::Word) || copy.facts.cues.iter().any(|cue| cue.tokens.contains(&at))
    };
    let role = (from..from + LONGEST).take_while(|&at| !ends(at)).find(|&at| is_role(copy, at));
    // "The mayor Ruth Okafor" has a name of its own.
    role.is_some_and(|at| !copy.facts.words.get(at + 1).is_some_and(|word| word.is_capital()))
}

/// "has been mayor", "is a senior fellow", "works as a nurse"
fn is_what_one_is(copy: &Copy<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    is_role(copy, at)
        && (at.saturating_sub(REACH)..at)
            .rev()
            .take_while(|&at| copy.kind(at) == Some(TokenKind::Word))
            .any(|at| matches!(copy.word(at), "is" | "was" | "been" | "became" | "becomes" | "as" | "remains"))
}

/// "her husband", "his late wife"
fn is_relation(copy: &Copy<'_>, at: usize) -> bool {
    const KIN: [&str; 16] = [
        "wife", "husband", "spouse", "partner", "widow", "widower", "son", "daughter", "mother", "father", "sister",
        "brother", "sons", "daughters", "fiance", "fiancee",
    ];
    let owner = |at: Option<usize>| at.is_some_and(|at| matches!(copy.word(at), "her" | "his" | "Her" | "His"));
    KIN.contains(&copy.word(at)) && (owner(at.checked_sub(1)) || owner(at.checked_sub(2)))
}

/// "the party, led by Ruth Okafor", "The secretary of the council (WHC), Ruth Okafor", "Law student at Leeds Ruth Okafor"
fn is_told_before(copy: &Copy<'_>, name: usize) -> bool {
    const REACH: usize = 14;
    let ahead = |back: usize| name.checked_sub(back).map_or("", |at| copy.word(at));
    if ahead(1) == "by" && matches!(ahead(2), "led" | "headed" | "run" | "founded" | "chaired" | "owned") {
        return true;
    }
    let grammar = &Lexicon::get().grammar;
    let ends = |at: usize| {
        let class = grammar.class(&copy.word(at).to_lowercase());
        matches!(copy.word(at), "." | ";" | "”" | "“" | "\"")
            || matches!(class, Class::Auxiliary | Class::Verb | Class::Subject)
            || copy.facts.cues.iter().any(|cue| cue.tokens.contains(&at))
    };
    let office = |at: usize| {
        let word = copy.facts.words.get(at);
        let noun = word.is_some_and(|word| word.traits.any(Traits::ROLE.or(Traits::ROLES).or(Traits::RANK)));
        noun && (copy.word(at + 1) == "general" || matches!(copy.word(at + 1), "of" | "at" | "for" | "with"))
    };
    (name.saturating_sub(REACH)..name).rev().take_while(|&at| !ends(at)).any(office)
}

/// "Ruth Okafor, Democrat of Ohio", "Ruth Okafor’s “Piers at Night”", "Ruth Okafor’s new album"
fn is_told_behind(copy: &Copy<'_>, behind: usize) -> bool {
    const REACH: usize = 5;
    const WORKS: [&str; 12] = [
        "show", "album", "song", "songs", "film", "movie", "book", "novel", "memoir", "concert", "play", "painting",
    ];
    let group = copy.facts.words.get(behind + 1).is_some_and(|word| {
        word.traits.any(Traits::DEMONYM.or(Traits::GROUP).or(Traits::ROLE)) && copy.word(behind) == ","
    });
    let owns = behind
        .checked_sub(1)
        .and_then(|at| copy.token(at))
        .is_some_and(|token| token.range != token.stem);
    let work = (behind..behind + REACH)
        .take_while(|&at| copy.kind(at) == Some(TokenKind::Word))
        .any(|at| WORKS.contains(&copy.word(at)));
    let titled = matches!(copy.word(behind), "“" | "\"" | "‘")
        && copy.facts.words.get(behind + 1).is_some_and(|word| word.is_capital());
    group || owns && (work || titled)
}

/// "The Okafor campaign", or a name in a paragraph on an election: candidates are introduced by what they run for.
fn stands_for_election(context: &Context<'_>, person: &Person<'_>) -> bool {
    const FIRST: usize = 2;
    // Those who run are spoken of throughout; whoever speaks of them is not.
    const PRINCIPAL: usize = 3;
    const WORDS: [&str; 9] = [
        "campaign", "presidential", "candidate", "candidates", "nominee", "nomination", "election", "primary", "debate",
    ];
    let own = person.names.iter().take(FIRST).any(|mention| {
        let copy = Copy::new(context, &context.analysis.paragraphs[mention.paragraph]);
        (0..copy.facts.tokens.len()).any(|at| WORDS.contains(&copy.word(at)))
    });
    own && person.names.len() >= PRINCIPAL || person.names.iter().any(|mention| {
        let end = usize::from(mention.range.end());
        let after = &context.analysis.prose.text()[end..];
        after.starts_with(" campaign") || after.starts_with(" administration")
    })
}

/// One of several names in a sentence: a list of those who were there, a team, a credit.
fn is_listed(context: &Context<'_>, first: &EntityMention) -> bool {
    const SEVERAL: usize = 4;
    let analysis = context.analysis;
    let Some(sentence) = analysis.sentence(first.range) else {
        return false;
    };
    let others = context.mentions(first.paragraph).iter().filter(|mention| {
        sentence.contains_range(mention.range)
            && mention.form == MentionForm::Full
            && analysis.entity(mention.entity).label == Label::Person
    });
    others.count() >= SEVERAL
}

fn fix(context: &Context<'_>, first: &EntityMention) -> Option<Fix> {
    let office = office::of(context.analysis, context.analysis.text(first.range))?;
    Some(Fix {
        title: format!("Write “{office}” before the name"),
        edits: vec![Edit {
            range: TextRange::empty(first.range.start()),
            text: format!("{office} "),
        }],
        preferred: true,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_in, check_known};
    use crate::text::Language;

    /// Copy without people, behind each draft: a draft of a few lines is not judged.
    const STORM: &str = "The storm tore up a third of the deck in the night, and two of the four lamps at its end fell \
        into the sea. Repairs will take a year. They will cost $2 million, and nobody has said where the money is to come \
        from. The lifeboat house, which stands at the end of the pier, was not hurt.";

    fn check(draft: &str) {
        check_with("", draft);
    }

    fn check_with(settings: &str, draft: &str) {
        let draft = draft.replace("STORM", STORM);
        check_in(Language::Plain, settings, Some(&RULE), &draft);
    }

    #[test]
    fn people_without_a_role() {
        check(
            "
            Ruth Okafor said on Monday that the pier would close.
            ^^^^^^^^^^^ warning[first-reference-role]: Ruth Okafor is never given a role.

            STORM
            ",
        );
        check(
            "
            Ruth Okafor went to Leeds. Okafor met friends, and then Okafor left.
            ^^^^^^^^^^^ warning[first-reference-role]: Okafor is never given a role.

            STORM
            ",
        );
    }

    #[test]
    fn a_role_that_comes_late() {
        check(
            "
            Ruth Okafor said on Monday that the pier would close.
            ^^^^^^^^^^^ information[first-reference-role]: Role comes only in line 7.

            STORM

            The ferry line goes on.

            Okafor, the mayor of Wexmouth, gave no date.
            ",
        );
    }

    #[test]
    fn roles_of_every_sort_pass() {
        check("Mayor Ruth Okafor said the pier would close.\n\nSTORM");
        check("Ruth Okafor, 54, said the pier would close. Tom Meyer, who runs the cafe, said the same.\n\nSTORM");
        check("Ruth Okafor, of Leeds, said the pier would close.\n\nSTORM");
        check("Fisherman Tom Meyer said the pier would close. Ruth Okafor’s sister Ann Okafor went home.\n\nSTORM");
        check("Ruth Okafor said the pier would close. The mayor gave no date.\n\nSTORM");
        check("Wexmouth’s mayor said the pier would close.\n\nRuth Okafor said it was old.\n\nSTORM");
        check("Ruth Okafor, Democrat of Ohio, said the pier would close.\n\nSTORM");
        check("The party, led by Ruth Okafor, met. Okafor came late, and then Okafor left.\n\nSTORM");
        check("The secretary of the harbour council (WHC), Ruth Okafor, said the pier would close.\n\nSTORM");
        check("Image: Ruth Okafor.\n\nAsked about Okafor, Okafor’s sister smiled.\n\nSTORM");
        check("Ruth Okafor’s new album came out. Okafor sang, and then Okafor left.\n\nSTORM");
        check("Her neighbour Ruth Okafor said the pier would close.\n\nSTORM");
        check("Ruth Okafor is the mayor of Leeds. Okafor said the pier would close.\n\nSTORM");
        check("The show has works by Ruth Okafor.\n\nSTORM");
        check("Ruth Okafor, Tom Meyer, Ann Reyes and Dan Cole said they would go.\n\nSTORM");
        check("“Ruth Okafor said no,” said Mayor Tom Meyer.\n\nSTORM");
        check("");
        check("Ruth Okafor said the pier would close.");
    }

    #[test]
    fn options() {
        let draft = "Ruth Okafor said on Monday that the pier would close.\n\nSTORM";
        check_with("known-people = [\"Ruth Okafor\"]", draft);
        check_with("rules.first-reference-role.exempt = [\"Ruth Okafor\"]", draft);
        check_with(
            "rules.first-reference-role.max-gap = 0",
            "
            Ruth Okafor said on Monday that the pier would close.
            ^^^^^^^^^^^ information[first-reference-role]: Role comes only in line 3.

            Okafor, the mayor of Wexmouth, gave no date.

            STORM
            ",
        );
    }

    #[test]
    fn the_fix_sets_the_office_that_is_known() {
        let list = "
            [[person]]
            name = \"Ruth Okafor\"
            roles = [{ title = \"president\", of = \"Iran\", from = \"2020\" }]
            ";
        let draft = "
            Ruth Okafor said on Monday that the pier would close.
            ^^^^^^^^^^^ warning[first-reference-role]: Ruth Okafor is never given a role.

            STORM
            ";
        check_known(&RULE, list, "", &draft.replace("STORM", STORM));
    }
}
