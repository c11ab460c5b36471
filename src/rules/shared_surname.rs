//! shared-surname: a family name alone that two people of the story bear.

use text_size::{TextRange, TextSize};

use super::context::one_line;
use super::people::{Person, is_known};
use super::{Context, Edit, Finding, Fix, Related};
use crate::analysis::{EntityId, EntityMention, MentionForm};
use crate::lexicon::{Lexicon, Traits};
use crate::text::FastMap;

declare_rule! {
    /// Family name alone that two people of the story bear
    ///
    /// ## Why
    ///
    /// Once two Smiths are in a story, “Smith said” sends the reader back to look for the right one. Most desks then
    /// give the full name each time.
    ///
    /// Whoever was named in full last, in a paragraph without the other, is meant from there on. And in a story that
    /// called one of them by the family name before it came to the other, or named the other once only, the name is the
    /// first one’s. Elsewhere the first place of each paragraph is queried, since each may mean the other one.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Chloe Smith runs the pier. Owen Smith, no relation, runs the cafe.
    ///
    /// The pier will close in May, Smith said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Chloe Smith runs the pier. Owen Smith, no relation, runs the cafe.
    ///
    /// The pier will close in May, Chloe Smith said. It is old, Smith said.
    /// ```
    ///
    /// ```text
    /// Chloe Smith runs the pier. Smith has a brother, Owen Smith.
    ///
    /// It will close in May, Smith said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the full name of either.
    ///
    /// ## Settings
    ///
    /// None but `level`. Of two people whom the setting `known-people` tells apart the known one is meant.
    name: "shared-surname",
    group: Names,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

/// People of one family name that are told apart: more are a crowd that no message can name.
const CROWD: usize = 3;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut families: FastMap<&str, Vec<Bearer<'_>>> = FastMap::default();
    for person in context.people() {
        if let Some((family, bearer)) = Bearer::new(context, person) {
            families.entry(family).or_default().push(bearer);
        }
    }
    let mut findings: Vec<Finding> = families
        .into_iter()
        .filter(|(_, bearers)| (2..=CROWD).contains(&bearers.len()) && are_apart(bearers))
        .flat_map(|(family, bearers)| family_findings(context, family, &bearers))
        .collect();
    findings.sort_by_key(|finding| finding.range.start());
    findings
}

/// Somebody whom the story has named in full.
struct Bearer<'a> {
    id: EntityId,
    /// Where, in own copy, the first time.
    introduced: &'a EntityMention,
    full: &'a str,
    given: &'a str,
    names: &'a [&'a EntityMention],
    full_names: Vec<&'a EntityMention>,
    known: bool,
}

impl<'a> Bearer<'a> {
    fn new(context: &Context<'a>, person: &'a Person<'a>) -> Option<(&'a str, Bearer<'a>)> {
        let analysis = context.analysis;
        let introduced = *person.names.iter().find(|name| name.form == MentionForm::Full)?;
        let full = analysis.text(introduced.range);
        let words: Vec<&str> = full.split_whitespace().collect();
        let (given, family) = match words.as_slice() {
            [given, .., family] => (*given, *family),
            _ => return None,
        };
        let names = &Lexicon::get().names;
        // Whatever ends a name of a family-first custom is a given name; "Jr." is none at all.
        let ends_well = family.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
            && !names.word(given).traits(false).any(Traits::FAMILY_FIRST);
        ends_well.then(|| {
            let bearer = Bearer {
                id: person.id,
                introduced,
                full,
                given,
                known: is_known(context, &person.entity.name),
                full_names: person.names.iter().copied().filter(|name| name.form == MentionForm::Full).collect(),
                names: &person.names,
            };
            (family, bearer)
        })
    }

    /// Named in full once, and not at all before everybody of the name was: a story about the others says no more of
    /// them.
    fn is_passing(&self, all: TextSize) -> bool {
        let counts = |name: &&&EntityMention| name.form == MentionForm::Full || name.range.start() < all;
        self.names.iter().filter(counts).count() == 1
    }

    /// Called by the family name before somebody else of the name came in.
    fn is_established(&self, second: TextSize) -> bool {
        self.names.iter().any(|name| name.form == MentionForm::Surname && name.range.start() < second)
    }
}

/// Given names so alike may be one person's: "Hillary" and "Hilary", "Chris" and "Christopher".
fn are_apart(bearers: &[Bearer<'_>]) -> bool {
    const ALIKE: usize = 2;
    let start = |given: &str| -> String { given.chars().take(ALIKE).flat_map(char::to_lowercase).collect() };
    let is_name = |given: &str| given.chars().filter(|c| c.is_alphabetic()).count() > ALIKE;
    bearers.iter().enumerate().all(|(index, one)| {
        is_name(one.given) && bearers[..index].iter().all(|other| start(one.given) != start(other.given))
    })
}

fn family_findings(context: &Context<'_>, family: &str, bearers: &[Bearer<'_>]) -> Vec<Finding> {
    let mut introduced: Vec<TextSize> = bearers.iter().map(|bearer| bearer.introduced.range.end()).collect();
    introduced.sort_unstable();
    let (Some(&second), Some(&all)) = (introduced.get(1), introduced.last()) else {
        return Vec::new();
    };
    let passing = bearers.iter().filter(|bearer| bearer.is_passing(all)).count();
    let known = bearers.iter().filter(|bearer| bearer.known).count();
    let established = bearers.iter().any(|bearer| bearer.is_established(second));
    if passing + 1 == bearers.len() || known == 1 || established {
        return Vec::new();
    }
    let mut bare: Vec<&EntityMention> = bearers
        .iter()
        .flat_map(|bearer| bearer.names)
        .copied()
        .filter(|name| {
            name.form == MentionForm::Surname
                && name.title.is_none()
                && context.analysis.text(name.range) == family
                && bearers.iter().all(|bearer| bearer.introduced.range.end() <= name.range.start())
        })
        .collect();
    bare.sort_by_key(|name| name.range.start());
    bare.dedup_by_key(|name| name.paragraph);
    bare.retain(|name| !is_clear(name, bearers) && !is_eponym(context, name));
    bare.into_iter().map(|name| finding(context, family, name, bearers)).collect()
}

/// The last paragraph that names any of them in full names no other of them.
fn is_clear(name: &EntityMention, bearers: &[Bearer<'_>]) -> bool {
    // Who is named in full last before the name, and in which paragraph.
    let last = |bearer: &Bearer<'_>| {
        let before = bearer.full_names.partition_point(|full| full.range.end() <= name.range.start());
        Some(bearer.full_names.get(before.checked_sub(1)?)?.paragraph)
    };
    let paragraphs: Vec<usize> = bearers.iter().filter_map(last).collect();
    let latest = paragraphs.iter().max();
    paragraphs.iter().filter(|paragraph| Some(*paragraph) == latest).count() == 1
}

/// "the Smith campaign"
fn is_eponym(context: &Context<'_>, name: &EntityMention) -> bool {
    let text = context.analysis.prose.text();
    let before = &text[..usize::from(name.range.start())];
    before.ends_with("the ") || before.ends_with("The ")
}

fn finding(context: &Context<'_>, family: &str, name: &EntityMention, bearers: &[Bearer<'_>]) -> Finding {
    let line = |bearer: &Bearer<'_>| context.analysis.line(bearer.introduced.range);
    let who: Vec<String> = bearers
        .iter()
        .map(|bearer| format!("{} (line {})", bearer.given, line(bearer)))
        .collect();
    let count = if bearers.len() == 2 { "Two" } else { "Three" };
    let plural = if family.ends_with('s') { "es" } else { "s" };
    let (last, others) = match who.split_last() {
        Some((last, others)) => (last.as_str(), others.join(", ")),
        None => ("", String::new()),
    };
    let message = format!("{count} {family}{plural}: {others} or {last}?");
    let mut finding = context.finding(name.range, message);
    finding.related.extend(bearers.iter().map(|bearer| Related {
        range: bearer.introduced.range,
        message: format!("{} stands here first.", bearer.given),
    }));
    let meant = bearers.iter().filter(|bearer| bearer.id == name.entity);
    let others = bearers.iter().filter(|bearer| bearer.id != name.entity);
    finding.fixes.extend(meant.chain(others).map(|bearer| write(name.range, &one_line(bearer.full))));
    finding
}

fn write(range: TextRange, full: &str) -> Fix {
    Fix {
        title: format!("Write “{full}”"),
        edits: vec![Edit { range, text: full.to_owned() }],
        preferred: false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix_titled, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn family_names_of_two() {
        check(
            "
            Chloe Smith runs the pier. Owen Smith, no relation, runs the cafe.

            The pier will close in May, Smith said.
                                        ^^^^^ warning[shared-surname]: Two Smiths: Chloe (line 1) or Owen (line 1)?
            ",
        );
        check(
            "
            Mayor Ruth Jones met Tom Jones, a fisherman, on Monday.

            Jones left early. It was late, Jones said.
            ^^^^^ warning[shared-surname]: Two Joneses: Ruth (line 1) or Tom (line 1)?

            “It is old,” Jones added.
                         ^^^^^ warning[shared-surname]: Two Joneses: Ruth (line 1) or Tom (line 1)?
            ",
        );
        check(
            "
            Ann Meyer met Tom Meyer and Dan Meyer.

            Meyer said the pier would close.
            ^^^^^ warning[shared-surname]: Three Meyers: Ann (line 1), Tom (line 1) or Dan (line 1)?
            ",
        );
    }

    #[test]
    fn stories_about_one_of_them_pass() {
        check(
            "Chloe Smith runs the pier. It is old, Smith said.\n\nHer brother, Owen Smith, was there.\n\nIt rained.\n\n\
            It will close in May, Smith said.",
        );
        check("Chloe Smith left. Owen Smith stayed.\n\nOwen Smith was late.\n\nIt was dark, Smith said.");
    }

    #[test]
    fn names_that_say_who_is_meant_pass() {
        check("Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nChloe Smith said it would close.");
        check("Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nOwen Smith left. Smith said it would close.");
        check("Chloe Smith runs the pier.\n\nSmith said it would close.\n\nOwen Smith runs the cafe.");
        check("Chloe Smith runs the pier. Owen Smith runs the cafe.\n\n“Smith knows,” said Ann Meyer.");
        check("Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nMs. Smith said it would close.");
        check("Chloe Smith runs the pier. Chlo Smith runs the cafe.\n\nSmith said it would close.");
        check("Xi Jinping met Li Keqiang and Xi Yuan.\n\nXi said it would close.");
        check("");
    }

    #[test]
    fn the_one_whom_everybody_knows_is_meant() {
        check_in(
            Language::Plain,
            "known-people = [\"Chloe Smith\"]",
            Some(&RULE),
            "Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nSmith said it would close.",
        );
    }

    #[test]
    fn fixes_write_the_full_name() {
        check_fix_titled(
            &RULE,
            "Write “Owen Smith”",
            "Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nThe pier will close, Sm<CURSOR>ith said.",
            "Chloe Smith runs the pier. Owen Smith runs the cafe.\n\nThe pier will close, Owen Smith said.",
        );
    }
}
