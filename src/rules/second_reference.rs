//! second-reference: a person who is called by another form of their name than that which a later mention takes.

use text_size::TextRange;

use super::context::one_line;
use super::people::Person;
use super::{Context, Edit, Finding, Fix, Related, office};
use crate::analysis::{EntityMention, MentionForm, ParagraphKind};
use crate::extract::TokenKind;
use crate::knowledge::NameKind;
use crate::lexicon::{Lexicon, Traits};
use crate::text::FastMap;

declare_rule! {
    /// Person called by another form of the name than later mentions take
    ///
    /// ## Why
    ///
    /// Once somebody is introduced, news copy calls them by the family name. The office again, a given name among
    /// family names, or half of a name that belongs together makes the reader wonder whether somebody else is meant.
    ///
    /// Three things are found: the name in full with its office again soon after the introduction; the given name of an
    /// adult, in a draft that calls the same person by the family name elsewhere; and the wrong part of a name, which is
    /// graver: the given name of somebody whose family name stands first, and whatever the desk list does not have as a
    /// short name of its own (“Salman” where it has “bin Salman”). Each is queried once a person.
    ///
    /// Relatives who share a family name go by their given names, and so do children.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Mayor Ruth Okafor said on Monday that the pier would close.
    ///
    /// The repairs, Mayor Ruth Okafor said, will take a year.
    /// ```
    ///
    /// ```text
    /// Mayor Ruth Okafor said on Monday that the pier would close. Okafor gave no date.
    ///
    /// The repairs, Ruth said, will take a year.
    /// ```
    ///
    /// ```text
    /// President Xi Jinping left on Monday. It was late, Jinping said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Mayor Ruth Okafor said on Monday that the pier would close. The repairs, Okafor said, will take a year.
    /// ```
    ///
    /// ```text
    /// Mayor Ruth Okafor left with her brother, Tom Okafor. Ruth Okafor said it was late. Tom was tired.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the name that a later mention takes.
    ///
    /// ## Settings
    ///
    /// - `given-ok` (false): given names may stand alone, as in features.
    /// - `repeat-after` (6): how many paragraphs after the introduction the full name and the office may stand again.
    name: "second-reference",
    group: Names,
    levels: [Hint, Information, Information, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [("given-ok", Flag), ("repeat-after", Number)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let people = context.people();
    let mut bearers: FastMap<String, usize> = FastMap::default();
    for person in people {
        for word in person.entity.name.split_whitespace() {
            *bearers.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut findings: Vec<Finding> = people
        .iter()
        .filter_map(|person| Named::new(context, person, &bearers))
        .flat_map(|named| named.findings(context))
        .collect();
    findings.sort_by_key(|finding| finding.range.start());
    findings
}

/// A person whom own copy introduces by a full name.
struct Named<'a> {
    person: &'a Person<'a>,
    introduced: &'a EntityMention,
    /// The name in full, as introduced, in its words.
    words: Vec<&'a str>,
    /// Somebody else in the draft has the same family name.
    shared: bool,
}

impl<'a> Named<'a> {
    /// `bearers`: how many people bear each part of a name.
    fn new(context: &Context<'a>, person: &'a Person<'a>, bearers: &FastMap<String, usize>) -> Option<Named<'a>> {
        let introduced = *person.names.first()?;
        let words: Vec<&str> = context.analysis.text(introduced.range).split_whitespace().collect();
        if introduced.form != MentionForm::Full || words.len() < 2 {
            return None;
        }
        let ends = [words.first(), words.last()];
        let shared = ends.into_iter().flatten().any(|word| bearers.get(&word.to_lowercase()).is_some_and(|count| *count > 1));
        Some(Named { person, introduced, words, shared })
    }

    fn findings(&self, context: &Context<'a>) -> impl Iterator<Item = Finding> + use<'a> {
        let given = || (!context.flag("given-ok", false)).then(|| self.given(context)).flatten();
        let order = self.order(context);
        let wrong = order.or_else(given);
        let again = self.again(context);
        wrong.into_iter().chain(again)
    }

    /// Names behind the introduction.
    fn later(&self) -> impl Iterator<Item = &'a EntityMention> {
        self.person.names.iter().copied().skip(1)
    }

    /// The full name with an office before it, once more within a few paragraphs.
    fn again(&self, context: &Context<'a>) -> Option<Finding> {
        let analysis = context.analysis;
        if self.shared || !is_titled(context, self.introduced) {
            return None;
        }
        let reach = context.number("repeat-after", 6);
        let from = self.introduced.paragraph;
        let short = self.family(context)?;
        let second = self.later().find(|name| name.form == MentionForm::Full && is_titled(context, name))?;
        let between = &analysis.paragraphs[from..second.paragraph];
        let read = between.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Body).count();
        let parted = between.iter().any(|paragraph| paragraph.kind == ParagraphKind::Subhead);
        if read > reach || read == 0 || parted || is_line(context, self.introduced) {
            return None;
        }
        // A title that is not the one of the introduction may be news.
        let again = analysis.text(second.full_range());
        let first = analysis.text(self.introduced.full_range());
        (again.eq_ignore_ascii_case(first)).then(|| self.finding(context, second.full_range(), short))
    }

    /// A given name alone, where the draft has the family name elsewhere.
    fn given(&self, context: &Context<'a>) -> Option<Finding> {
        let analysis = context.analysis;
        if self.shared || self.is_child() {
            return None;
        }
        let short = self.family(context)?;
        let is_family = |name: &&EntityMention| name.form == MentionForm::Surname && analysis.text(name.range) == short;
        let is_given = |name: &&EntityMention| {
            name.form == MentionForm::Given && analysis.text(name.range) == self.words[0] && name.title.is_none()
        };
        let family = self.later().filter(is_family).count();
        let mut given = self.later().filter(is_given);
        let first = given.next()?;
        // Whoever goes by the given name more often does so on purpose.
        (family > given.count()).then(|| self.finding(context, first.range, short))
    }

    /// The wrong part of a name alone.
    fn order(&self, context: &Context<'a>) -> Option<Finding> {
        let analysis = context.analysis;
        let full = analysis.text(self.introduced.range);
        if let Some((right, wrong)) = self.known(context, full) {
            return Some(context.graded(self.finding(context, wrong.range, right), 2));
        }
        let names = &Lexicon::get().names;
        let first = *self.words.first()?;
        let is_first = names.word(first).traits(false).any(Traits::FAMILY_FIRST);
        let is_rest = |name: &&EntityMention| {
            let text = analysis.text(name.range);
            let rest = full.strip_prefix(first).map(str::trim_start);
            name.form == MentionForm::Given && name.title.is_none() && rest == Some(text)
        };
        let calls = |name: &EntityMention| name.form == MentionForm::Surname && analysis.text(name.range) == first;
        let wrong = self.later().find(is_rest).filter(|_| is_first && !self.shared)?;
        // "Kim" is a given name, too: then the draft must say which it is.
        let both = names.word(first).traits(false).any(Traits::GIVEN);
        let clear = !both || self.later().any(calls);
        clear.then(|| context.graded(self.finding(context, wrong.range, first.to_owned()), 2))
    }

    /// The short name of the desk list, and the first name alone that is another part of the whole.
    fn known(&self, context: &Context<'a>, full: &str) -> Option<(String, &'a EntityMention)> {
        let known = office::person(context.analysis, full)?;
        let house = context.settings.house.name();
        let whole = known.record.preferred(house)?;
        let aliases: Vec<&str> = known
            .record
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Alias && is_part(&name.text, &whole.text))
            .map(|name| name.text.as_str())
            .collect();
        let right = (*aliases.first()?).to_owned();
        let wrong = self.later().find(|name| {
            let text = context.analysis.text(name.range);
            let listed = known.record.names.iter().any(|known| known.text.eq_ignore_ascii_case(text));
            !listed && name.title.is_none() && is_part(text, &whole.text)
        })?;
        Some((right, wrong))
    }

    /// What a later mention is called: the family name that the draft itself uses, or the last word.
    fn family(&self, context: &Context<'a>) -> Option<String> {
        let analysis = context.analysis;
        let used = self.later().find(|name| name.form == MentionForm::Surname);
        if let Some(used) = used {
            return Some(one_line(analysis.text(used.range)));
        }
        let names = &Lexicon::get().names;
        let first = names.word(self.words.first()?).traits(false);
        let last = self.words.last()?;
        let plain = self.words.len() == 2
            && !first.any(Traits::FAMILY_FIRST)
            && last.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
        plain.then(|| (*last).to_owned())
    }

    /// An age under eighteen, or a word for a child.
    fn is_child(&self) -> bool {
        const ADULT: u32 = 18;
        const CHILD: [&str; 20] = [
            "boy", "girl", "child", "toddler", "baby", "infant", "son", "daughter", "schoolboy", "schoolgirl", "pupil",
            "teenager", "teen", "student", "sister", "brother", "twin", "grandson", "granddaughter", "year-old",
        ];
        self.person.entity.roles.iter().any(|role| {
            let mut words = role.text.split(|c: char| !c.is_alphanumeric() && c != '-');
            words.any(|word| CHILD.contains(&word) || word.parse().is_ok_and(|age: u32| age < ADULT))
        })
    }

    fn finding(&self, context: &Context<'a>, range: TextRange, right: String) -> Finding {
        let wrong = one_line(context.analysis.text(range));
        let mut finding = context.finding(range, format!("Second mention: “{right}”, not “{wrong}”."));
        finding.related.push(Related {
            range: self.introduced.range,
            message: "Introduced here.".to_owned(),
        });
        finding.fixes.push(Fix {
            title: format!("Write “{right}”"),
            edits: vec![Edit { range, text: right }],
            preferred: true,
        });
        finding
    }
}

/// An office directly before the name.
fn is_titled(context: &Context<'_>, name: &EntityMention) -> bool {
    name.title.is_some_and(|title| {
        let last = context.analysis.text(title).split_whitespace().next_back().unwrap_or_default();
        let traits = Lexicon::get().names.word(last).traits(false);
        traits.any(Traits::ROLE.or(Traits::RANK))
    })
}

/// A line of its own: a deck, a caption.
fn is_line(context: &Context<'_>, name: &EntityMention) -> bool {
    const LINE: usize = 8;
    let tokens = &context.analysis.paragraphs[name.paragraph].facts.tokens;
    tokens.iter().filter(|token| token.kind == TokenKind::Word).count() <= LINE
}

/// Some of the words of a name, and not all.
fn is_part(part: &str, whole: &str) -> bool {
    let whole: Vec<&str> = whole.split_whitespace().collect();
    let part: Vec<&str> = part.split_whitespace().collect();
    !part.is_empty() && part.len() < whole.len() && whole.windows(part.len()).any(|words| words == part)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_known, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn the_office_again() {
        check(
            "
            Mayor Ruth Okafor said on Monday that the pier would close.

            The repairs, Mayor Ruth Okafor said, will take a year.
                         ^^^^^^^^^^^^^^^^^ hint[second-reference]: Second mention: “Okafor”, not “Mayor Ruth Okafor”.
            ",
        );
    }

    #[test]
    fn given_names() {
        check(
            "
            Mayor Ruth Okafor said on Monday that the pier would close. Okafor gave no date.

            The repairs, Ruth said, will take a year.
                         ^^^^ hint[second-reference]: Second mention: “Okafor”, not “Ruth”.
            ",
        );
    }

    #[test]
    fn the_wrong_part_of_a_name() {
        check(
            "
            President Xi Jinping left on Monday. It was late, Jinping said.
                                                              ^^^^^^^ warning[second-reference]: Second mention: “Xi”, not “Jinping”.
            ",
        );
        let list = "
            [[person]]
            name = \"Omar bin Harith\"
            aliases = [\"bin Harith\"]
            ";
        check_known(
            &RULE,
            list,
            "",
            "
            Prince Omar bin Harith left on Monday. It was late, Harith said.
                                                                ^^^^^^ warning[second-reference]: Second mention: “bin Harith”, not “Harith”.
            ",
        );
        check_known(&RULE, list, "", "Prince Omar bin Harith left on Monday. It was late, bin Harith said.");
    }

    #[test]
    fn later_mentions_that_fit_pass() {
        check("Mayor Ruth Okafor left on Monday.\n\nThe repairs, Okafor said, will take a year.");
        check("Mayor Ruth Okafor left with her brother, Tom Okafor. Ruth Okafor said it was late. Tom was tired.");
        check("Ruth Okafor, 9, left on Monday. Okafor was tired. Okafor slept. Ruth said it was late.");
        check("Mayor Ruth Okafor left on Monday. Ruth said it was late. Ruth was tired.");
        check("“Ruth knows,” said Tom Meyer. Mayor Ruth Okafor left on Monday. “Ruth left,” Meyer said.");
        check("President Xi Jinping left on Monday. It was late, Xi said.");
        check("Kim Meyer left on Monday. It was late, Meyer said.");
        check("Mayor Ruth Okafor left on Monday.\n\nFormer Mayor Ruth Okafor slept.");
        check("");
    }

    #[test]
    fn options() {
        let draft = "Mayor Ruth Okafor left on Monday. Okafor was late. Okafor slept.\n\nIt was late, Ruth said.";
        check_in(Language::Plain, "rules.second-reference.given-ok = true", Some(&RULE), draft);
        let draft = "Mayor Ruth Okafor said on Monday that the pier would close.\n\n\
            The repairs, Mayor Ruth Okafor said, will take a year.";
        check_in(Language::Plain, "rules.second-reference.repeat-after = 0", Some(&RULE), draft);
    }

    #[test]
    fn the_fix_writes_the_short_name() {
        check_fix(
            &RULE,
            "President Xi Jinping left on Monday. It was late, Jin<CURSOR>ping said.",
            "President Xi Jinping left on Monday. It was late, Xi said.",
        );
    }
}
