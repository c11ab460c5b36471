//! unresolved-speaker: "he said", with nobody near whom "he" could mean.

use text_size::TextRange;

use super::context::one_line;
use super::copy::Copy;
use super::people::first_copy;
use super::{Context, Edit, Finding, Fix, Related};
use crate::analysis::{Attribution, EntityId, EntityMention, Link, MentionForm, Pronoun};
use crate::extract::{Case, Label};

declare_rule! {
    /// Pronoun speaker whom nobody fits
    ///
    /// ## Why
    ///
    /// “He said” needs somebody named shortly before. The name may have been lost in a cut, or stand so far above, with
    /// others named since, that readers have to look for it.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is safe,” he said at a meeting on Monday.
    /// ```
    ///
    /// ```text
    /// Tom Reyes, the mayor, spoke on Monday. “The bridge is safe,” he said.
    ///
    /// He crosses it each day.
    ///
    /// It was built of stone.
    ///
    /// Carts brought the stone from the hills.
    ///
    /// It rained.
    ///
    /// The council listened to him as he praised John Osei, 40, the engineer.
    ///
    /// “It is old,” he said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Tom Reyes, the mayor, spoke on Monday. “The bridge is safe,” he said.
    /// ```
    ///
    /// Somebody without a name:
    ///
    /// ```text
    /// A man stopped on the bridge. “It is safe,” he said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Names the last one whom the pronoun fits, or one of those named since.
    ///
    /// ## Settings
    ///
    /// - `reach` (5): paragraphs of copy after which a name is too far above, where others were named since.
    ///
    /// “They” is not judged: it may mean people of any kind.
    name: "unresolved-speaker",
    group: Attribution,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("reach", Number)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let story = Story {
        context,
        reach: context.number("reach", 5),
        copy: first_copy(context),
    };
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let mut last = None;
        for known in context.attributions(index) {
            let Some(spoken) = story.spoken(known).filter(|_| known.cue != last) else {
                continue;
            };
            last = known.cue;
            let copy = Copy::new(context, paragraph);
            findings.extend(match known.entity {
                Some(entity) if story.is_named_above(&spoken, entity) => story.far(&spoken, entity),
                Some(_) => story.nobody(&copy, &spoken),
                None => story.nobody(&copy, &spoken),
            });
        }
    }
    findings
}

/// "he" or "she" beside a verb of saying.
struct Spoken {
    pronoun: Pronoun,
    range: TextRange,
    paragraph: usize,
}

struct Story<'a> {
    context: &'a Context<'a>,
    reach: usize,
    /// Index of the first paragraph of copy: a headline introduces nobody.
    copy: usize,
}

impl<'a> Story<'a> {
    fn spoken(&self, known: &Attribution) -> Option<Spoken> {
        /// Bytes of "also" and the like between a pronoun and its verb.
        const BETWEEN: u32 = 16;
        let speaker = known.speaker.filter(|_| known.evidence.link == Link::Pronoun)?;
        let (cue, _) = known.cue.filter(|(cue, _)| speaker.range.end() <= cue.start())?;
        if u32::from(cue.start() - speaker.range.end()) > BETWEEN {
            return None;
        }
        let word = self.context.analysis.text(speaker.range);
        let pronoun = match word {
            "he" | "He" => Pronoun::He,
            "she" | "She" => Pronoun::She,
            _ => return None,
        };
        Some(Spoken {
            pronoun,
            range: speaker.range,
            paragraph: speaker.paragraph,
        })
    }

    /// Nobody whom the pronoun could mean is spoken of above it.
    fn nobody(&self, copy: &Copy<'_>, spoken: &Spoken) -> Option<Finding> {
        /// Paragraphs above that are looked through.
        const NEAR: usize = 3;
        let analysis = self.context.analysis;
        let first = spoken.paragraph.saturating_sub(NEAR).max(self.copy.min(spoken.paragraph));
        let somebody = (first..=spoken.paragraph).any(|index| {
            let paragraph = &analysis.paragraphs[index];
            // Nobody whom the speaker only speaks of is the speaker.
            let own = |range: TextRange| index != spoken.paragraph || !copy.is_quoted(range.start() - copy.start());
            let before = |range: TextRange| range.end() <= spoken.range.start() && own(range);
            self.context.mentions(index).iter().any(|mention| {
                before(mention.range)
                    && match mention.form {
                        MentionForm::Pronoun => false,
                        _ => self.may_be(mention.entity, spoken.pronoun),
                    }
            }) || paragraph
                .facts
                .descriptors
                .iter()
                .any(|descriptor| before(paragraph.at(descriptor.range)))
                || self.speaks_of_someone(index, &before)
        });
        let range = spoken.range - copy.start();
        let quoted = copy.is_quoted(range.start());
        (!somebody && !quoted).then(|| {
            let word = &copy.text[range];
            let message = format!("“{word}” has no one to point to here.");
            self.context.finding(spoken.range, message)
        })
    }

    /// Somebody without a name: "a man", "her son", "one of them", "the builder".
    fn speaks_of_someone(&self, index: usize, before: &dyn Fn(TextRange) -> bool) -> bool {
        let paragraph = &self.context.analysis.paragraphs[index];
        let text = self.context.analysis.text(paragraph.range);
        let mut article = false;
        paragraph
            .facts
            .tokens
            .iter()
            .filter(|token| before(paragraph.at(token.range)))
            .any(|token| {
                let word = text[token.stem].to_lowercase();
                let agent = article && token.case == Case::Lower && is_agent(&word);
                article = matches!(word.as_str(), "a" | "an" | "the" | "another" | "every");
                agent || PEOPLE.contains(&word.as_str())
            })
    }

    /// Copy speaks of somebody before a pronoun, by name or not; a headline alone does not introduce.
    fn is_named_above(&self, spoken: &Spoken, entity: EntityId) -> bool {
        let mut mentions = self.context.analysis.mentions_of(entity);
        mentions.any(|mention| {
            mention.range.end() <= spoken.range.start()
                && mention.form != MentionForm::Pronoun
                && mention.paragraph >= self.copy.min(spoken.paragraph)
                && self.context.analysis.paragraphs[mention.paragraph].is_read()
        })
    }

    /// The one whom a pronoun means was named long ago, and others like them since.
    fn far(&self, spoken: &Spoken, entity: EntityId) -> Option<Finding> {
        let analysis = self.context.analysis;
        let named = analysis.antecedent(entity, spoken.range)?.mention;
        let apart = analysis.paragraphs[named.paragraph + 1..spoken.paragraph.max(named.paragraph + 1)]
            .iter()
            .filter(|paragraph| paragraph.is_read())
            .count();
        if apart < self.reach || named.paragraph == spoken.paragraph {
            return None;
        }
        let others = self.others(spoken, entity, named);
        let name = &one_line(analysis.short_name(entity));
        let last = others.last()?;
        let between = match others.as_slice() {
            [one] => format!("{} comes between", self.name(*one)),
            [.., before, last] => {
                format!("{} and {} come between", self.name(*before), self.name(*last))
            }
            [] => return None,
        };
        let word = analysis.text(spoken.range);
        let line = analysis.line(named.range);
        let message = format!("“{word}” last fits {name}, line {line}; {between}.");
        let mut finding = self.context.finding(spoken.range, message);
        finding.related.push(Related {
            range: named.range,
            message: format!("{name} is last named here."),
        });
        for (index, candidate) in [entity, *last].into_iter().enumerate() {
            let name = self.name(candidate);
            finding.fixes.push(Fix {
                title: format!("Change to “{name}”"),
                edits: vec![Edit {
                    range: spoken.range,
                    text: name,
                }],
                preferred: index == 0,
            });
        }
        Some(finding)
    }

    fn name(&self, entity: EntityId) -> String {
        one_line(self.context.analysis.short_name(entity))
    }

    /// Those whom the pronoun fits and the story names after a place, each once, the last one last.
    fn others(&self, spoken: &Spoken, entity: EntityId, named: &EntityMention) -> Vec<EntityId> {
        let mut others: Vec<EntityId> = Vec::new();
        for index in named.paragraph..=spoken.paragraph {
            for mention in self.context.mentions(index) {
                let between = mention.range.start() > named.range.start()
                    && mention.range.end() <= spoken.range.start();
                let by_name = !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role);
                if between
                    && by_name
                    && !mention.quoted
                    && mention.entity != entity
                    && self.may_be(mention.entity, spoken.pronoun)
                {
                    others.retain(|other| *other != mention.entity);
                    others.push(mention.entity);
                }
            }
        }
        others
    }

    /// A person for whom the draft uses no other pronoun.
    fn may_be(&self, entity: EntityId, pronoun: Pronoun) -> bool {
        let entity = self.context.analysis.entity(entity);
        entity.label == Label::Person && entity.pronoun.is_none_or(|own| own == pronoun)
    }
}

/// "driver", "resident", "student", "firefighter": what somebody does, as far as the end of the word tells.
fn is_agent(word: &str) -> bool {
    const ENDINGS: [&str; 9] = ["er", "or", "ist", "ian", "ent", "ant", "ee", "eer", "ess"];
    const SHORTEST: usize = 5;
    word.len() >= SHORTEST && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Words for a person.
const PEOPLE: [&str; 44] = [
    "anyone", "aunt", "boss", "boy", "boyfriend", "brother", "chair", "chief", "child", "colleague", "couple",
    "cousin", "dad", "daughter", "everyone", "father", "friend", "girl", "girlfriend", "guy", "head", "husband",
    "kid", "lady", "lawyer", "man", "men", "mom", "mother", "mum", "neighbor", "neighbour", "nephew", "niece",
    "nobody", "one", "people", "person", "somebody", "someone", "son", "uncle", "wife", "woman",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_fix_titled, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn nobody_is_there() {
        check(
            "
            “The bridge is safe,” he said on Monday.
                                  ^^ warning[unresolved-speaker]: “he” has no one to point to here.
            ",
        );
        check(
            "
            The bridge is closed, she said on Monday.
                                  ^^^ warning[unresolved-speaker]: “she” has no one to point to here.
            ",
        );
    }

    #[test]
    fn a_woman_is_no_he() {
        check(
            "
            Ann Meyer said on Monday that she was tired. She left early.

            “The bridge is safe,” he said.
                                  ^^ warning[unresolved-speaker]: “he” has no one to point to here.
            ",
        );
    }

    const COPY: &str =
        "\n\nThe bridge is old.\n\nIt was built of stone.\n\nCarts brought it.\n\nIt rained.\n\n";

    const PRAISE: &str = "The council listened to him as he praised John Osei, 40, the engineer.\n\n";

    #[test]
    fn names_far_above_with_others_between() {
        check(&format!(
            "Tom Reyes, the mayor, spoke on Monday. He was happy.{COPY}{PRAISE}\
             “It is safe,” he said.\n              \
             ^^ warning[unresolved-speaker]: “he” last fits Tom Reyes, line 1; John Osei comes between.\n"
        ));
    }

    #[test]
    fn the_reach_is_an_option() {
        let draft = format!(
            "Tom Reyes, the mayor, spoke on Monday. He was happy.{COPY}{PRAISE}“It is safe,” he said.\n"
        );
        let settings = "rules.unresolved-speaker.reach = 9";
        check_in(Language::Plain, settings, Some(&RULE), &draft);
    }

    #[test]
    fn fixes_name_one_of_them() {
        let above = format!("Tom Reyes, the mayor, spoke on Monday. He was happy.{COPY}{PRAISE}");
        let draft = format!("{above}“It is safe,” <CURSOR>he said.");
        let named = format!("{above}“It is safe,” Tom Reyes said.");
        check_fix(&RULE, &draft, &named);
        let other = format!("{above}“It is safe,” John Osei said.");
        check_fix_titled(&RULE, "Change to “John Osei”", &draft, &other);
    }

    #[test]
    fn those_near_pass() {
        check("Tom Reyes spoke on Monday. “The bridge is safe,” he said.");
        check("Tom Reyes spoke on Monday.\n\nIt rained.\n\n“The bridge is safe,” he said.");
        check(&format!("Tom Reyes spoke on Monday.{COPY}“The bridge is safe,” he said."));
    }

    #[test]
    fn those_without_a_name_pass() {
        check("A man stopped on the bridge. “It is safe,” he said.");
        check("The builder stopped on the bridge. “It is safe,” he said.");
        check("One of them stopped on the bridge. “It is safe,” she said.");
    }

    #[test]
    fn others_pass() {
        check("“The bridge is safe,” they said.");
        check("“The bridge is safe, he said to me,” Ann Meyer said.");
        check("He crossed the bridge.");
        check("“The bridge is safe,” I said.");
    }

    #[test]
    fn what_stands_below_does_not_help() {
        check(
            "
            “The bridge is safe,” he said on Monday.
                                  ^^ warning[unresolved-speaker]: “he” has no one to point to here.

            Tom Reyes runs the council.
            ",
        );
    }
}
