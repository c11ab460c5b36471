//! role-conflict: a person with two offices that nobody holds at once.

use std::sync::LazyLock;

use super::context::one_line;
use super::people::Person;
use super::{Context, Edit, Finding, Fix, Related, office};
use crate::analysis::{Entity, EntityId, EntityMention, MentionForm, Role};
use crate::knowledge::{Date, RecordKind, Tenure};
use crate::text::{FastMap, FastSet, small};
use text_size::TextRange;

declare_rule! {
    /// Person with two offices that nobody holds at once
    ///
    /// ## Why
    ///
    /// A senator in line 3 who is a governor in line 12 is a slip in one of the two, and one that gets letters. So is a
    /// minister of the wrong country, or a president whose term is over.
    ///
    /// Of a draft only offices are compared that no one person holds: a mayor may be a lawyer and a candidate as well.
    /// “Iranian leader” agrees with any office, until a second person of the story holds one in Iran: then the
    /// reader cannot tell which of them leads. Where the newsroom knows a person, their country and the time of
    /// their office are held against what it knows; time needs the day of the story.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Gov. Ruth Okafor said on Monday that the pier would close.
    ///
    /// It will take a year, said Sen. Ruth Okafor.
    /// ```
    ///
    /// ```text
    /// Iran’s Supreme Leader Ayatollah Ali Meyer met Iranian President Tom Okafor on Monday.
    ///
    /// At the pier, Iranian leader Meyer left.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Mayor Ruth Okafor, a lawyer, said the pier would close. Okafor, a candidate for the Senate, gave no date.
    /// ```
    ///
    /// ```text
    /// Former Gov. Ruth Okafor met her successor. Sen. Ruth Okafor gave no date.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the office of the earlier place before a family name, or leaves the office out.
    ///
    /// ## Settings
    ///
    /// None but `level`. What contradicts the newsroom’s dates is graver than the rest.
    name: "role-conflict",
    group: Names,
    levels: [Information, Information, Information, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let people: Vec<(&Person<'_>, Vec<Held<'_>>)> = context
        .people()
        .iter()
        .map(|person| (person, held(context, person.entity)))
        .filter(|(_, held)| !held.is_empty())
        .collect();
    let leaders = leaders(&people);
    let mut findings: Vec<Finding> = people
        .iter()
        .filter_map(|(person, held)| {
            known(context, person, held)
                .or_else(|| conflict(context, person, held))
                .or_else(|| unclear_leader(context, person, held, &leaders))
        })
        .collect();
    findings.sort_by_key(|finding| finding.range.start());
    findings
}

/// An office of a list, as own copy gives it to a person.
struct Held<'a> {
    role: &'a Role,
    office: &'static Office,
    /// The country that the phrase names, by its record.
    country: Option<String>,
    /// "former", "then", "acting": of another time.
    past: bool,
}

/// An office with its names in copy.
struct Office {
    names: &'static [&'static str],
    /// People of one and the same kind hold no other office of the kind: 0 for none.
    kind: u8,
    /// Leads a country: "leader" is another word for it.
    leads: bool,
}

const fn office(names: &'static [&'static str], kind: u8, leads: bool) -> Office {
    Office { names, kind, leads }
}

/// Longer names first: "vice president" is no president. Offices of one kind exclude each other.
static OFFICES: [Office; 26] = [
    office(&["vice president", "vice-president", "deputy president"], 1, false),
    office(&["deputy prime minister", "vice premier"], 1, false),
    office(&["supreme leader"], 1, true),
    office(&["prime minister", "premier"], 1, true),
    office(&["foreign minister"], 1, false),
    office(&["defense minister", "defence minister"], 1, false),
    office(&["finance minister"], 1, false),
    office(&["interior minister"], 1, false),
    office(&["deputy mayor", "vice mayor"], 2, false),
    office(&["lieutenant governor", "lt. governor", "lt. gov.", "deputy governor"], 2, false),
    office(&["attorney general", "attorney-general"], 0, false),
    office(&["secretary of state"], 0, false),
    office(&["opposition leader", "party leader", "majority leader", "minority leader", "spiritual leader"], 0, false),
    office(&["president"], 1, true),
    office(&["chancellor"], 0, true),
    office(&["king", "queen", "emperor", "sultan"], 1, true),
    office(&["mayor"], 2, false),
    office(&["governor", "gov."], 2, false),
    office(&["senator", "sen."], 2, false),
    office(&["congressman", "congresswoman", "rep.", "u.s. representative"], 2, false),
    office(&["ambassador"], 0, false),
    office(&["general secretary"], 0, false),
    office(&["sheriff"], 3, false),
    office(&["judge", "justice"], 3, false),
    office(&["bishop", "archbishop"], 3, false),
    office(&["leader"], 0, false),
];

/// The plain word for whoever leads.
const LEADER: &str = "leader";

/// The offices that own copy gives a person, in reading order.
fn held<'a>(context: &Context<'a>, entity: &'a Entity) -> Vec<Held<'a>> {
    let quoted = |role: &Role| {
        let mut mentions = context.mentions(role.paragraph).iter();
        mentions.any(|mention| mention.quoted && mention.full_range().contains_range(role.range))
    };
    let body = |role: &&Role| {
        context.is_body(role.paragraph) && may_be_office(context, role) && !is_quoted(context, role) && !quoted(role)
    };
    entity.roles.iter().filter(body).filter_map(|role| Held::of(context, role)).collect()
}

/// Most roles are no office, and one look at the head of each tells.
fn may_be_office(context: &Context<'_>, role: &Role) -> bool {
    static WORDS: LazyLock<FastSet<&str>> = LazyLock::new(|| {
        let names = OFFICES.iter().flat_map(|office| office.names);
        names.flat_map(|name| name.split([' ', '-'])).collect()
    });
    role.head.is_some_and(|head| {
        let head = small(context.analysis.text(head));
        WORDS.contains(&*head) || !head.chars().all(char::is_alphanumeric)
    })
}

fn is_quoted(context: &Context<'_>, role: &Role) -> bool {
    let mut quotes = context.quotes(role.paragraph).iter();
    quotes.any(|quote| quote.range.contains_range(role.range))
}

impl<'a> Held<'a> {
    fn of(context: &Context<'a>, role: &'a Role) -> Option<Held<'a>> {
        const PAST: [&str; 22] = [
            "former", "ex", "then", "late", "acting", "interim", "incoming", "outgoing", "elect", "would-be", "candidate",
            "nominee", "hopeful", "designate", "onetime", "ousted", "deposed", "future", "retired", "emeritus", "honorary",
            "assistant",
        ];
        // Words in front of the phrase count as well: "then-Gov.", "former U.S. Sen."
        const BEFORE: usize = 24;
        let analysis = context.analysis;
        let start = analysis.paragraphs[role.paragraph].range.start();
        let lead = analysis.text(TextRange::new(start, role.range.start()));
        let cut = lead.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
        let lead = lead[cut..].rsplit(['.', ',', ';']).next().unwrap_or_default();
        let words = format!("{lead} {}", role.text).to_lowercase();
        let past = words.split(|c: char| !c.is_alphanumeric()).any(|word| PAST.contains(&word));
        // What the head says, without a complement: "leader of the opposition" is no country's.
        let head = analysis.text(role.head?).to_lowercase();
        let text = role.text.to_lowercase();
        let office = OFFICES.iter().find(|office| office.names.iter().any(|name| has_words(&text, name)))?;
        let names_head = office.names.iter().any(|name| has_words(name, &head) || has_words(&head, name));
        names_head.then(|| Held {
            role,
            office,
            country: country(context, &role.text),
            past,
        })
    }

    fn is_leader(&self) -> bool {
        self.office.names == [LEADER]
    }
}

/// Whether words stand in a text as a whole, in its own case.
fn has_words(text: &str, words: &str) -> bool {
    let is_border = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    text.match_indices(words).any(|(at, _)| {
        is_border(text[..at].chars().next_back()) && is_border(text[at + words.len()..].chars().next())
    })
}

/// The country whose name or demonym stands in a phrase, by the id of its record; none where there are two.
fn country(context: &Context<'_>, phrase: &str) -> Option<String> {
    const LONGEST: usize = 3;
    let words: Vec<&str> = phrase
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', ';']).trim_end_matches("’s").trim_end_matches("'s"))
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let known = (1..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
            let name = words[at..at + length].join(" ");
            if !name.starts_with(char::is_uppercase) {
                return None;
            }
            let known = context.analysis.knowledge.find(&name);
            let country = known.into_iter().find(|known| known.record.kind == RecordKind::Country)?;
            Some((country.record.id, length))
        });
        match known {
            Some((id, length)) => {
                found.push(id);
                at += length;
            }
            None => at += 1,
        }
    }
    found.dedup();
    match found.len() {
        1 => found.pop(),
        _ => None,
    }
}

/// Who leads each country of the draft, or has an office in it.
fn leaders<'h>(people: &'h [(&Person<'_>, Vec<Held<'_>>)]) -> FastMap<&'h str, Vec<EntityId>> {
    let mut leaders: FastMap<&str, Vec<EntityId>> = FastMap::default();
    for (person, held) in people {
        for held in held.iter().filter(|held| held.office.leads && !held.past) {
            if let Some(country) = &held.country {
                leaders.entry(country).or_default().push(person.id);
            }
        }
    }
    leaders
}

/// Two offices of one kind, or one office in two countries.
fn conflict(context: &Context<'_>, person: &Person<'_>, held: &[Held<'_>]) -> Option<Finding> {
    let present: Vec<&Held<'_>> = held.iter().filter(|held| !held.past && !held.is_leader()).collect();
    present.iter().enumerate().find_map(|(index, here)| {
        let before = present[..index].iter().find(|before| {
            let kind = here.office.kind;
            let exclusive = kind != 0 && kind == before.office.kind && here.office.names != before.office.names;
            let abroad = match (&here.country, &before.country) {
                (Some(here), Some(before)) => here != before,
                _ => false,
            };
            exclusive && !abroad || abroad && here.office.leads && before.office.leads
        })?;
        Some(finding(context, person, here, before))
    })
}

/// "Iranian leader" for one of two who lead.
fn unclear_leader(
    context: &Context<'_>,
    person: &Person<'_>,
    held: &[Held<'_>],
    leaders: &FastMap<&str, Vec<EntityId>>,
) -> Option<Finding> {
    let (at, here) = held.iter().enumerate().find(|(_, held)| {
        let others = held.country.as_deref().and_then(|country| leaders.get(country));
        held.is_leader() && !held.past && others.is_some_and(|others| others.iter().any(|other| *other != person.id))
    })?;
    let before = held[..at].iter().find(|before| before.office.leads && before.country == here.country)?;
    Some(finding(context, person, here, before))
}

fn finding(context: &Context<'_>, person: &Person<'_>, here: &Held<'_>, before: &Held<'_>) -> Finding {
    let analysis = context.analysis;
    let line = analysis.line(before.role.range);
    let (now, then) = (shown(here.role), shown(before.role));
    let message = format!("“{now}” here; “{then}” in line {line}.");
    let mut finding = context.finding(with_name(person, here.role).unwrap_or(here.role.range), message);
    finding.related.push(Related {
        range: before.role.range,
        message: "The other office stands here.".to_owned(),
    });
    finding.fixes.extend(fixes(context, person, here, then));
    finding
}

/// Before a family name the earlier office may stand; before a full one, which has been introduced, none has to.
fn fixes(context: &Context<'_>, person: &Person<'_>, here: &Held<'_>, then: String) -> Vec<Fix> {
    let name = person.names.iter().find(|name| name.range.start() > here.role.range.start());
    let Some(name) = name.filter(|_| with_name(person, here.role).is_some()) else {
        return Vec::new();
    };
    let now = shown(here.role);
    let office = TextRange::new(here.role.range.start(), name.range.start());
    let drop = Fix {
        title: format!("Leave “{now}” out"),
        edits: vec![Edit { range: office, text: String::new() }],
        preferred: false,
    };
    // A sentence begins with a capital letter, and a phrase may not have one.
    let same_case = now.starts_with(char::is_uppercase) == then.starts_with(char::is_uppercase);
    let swap = (name.form == MentionForm::Surname && same_case && !context.analysis.text(office).contains(','))
        .then(|| Fix {
            title: format!("Write “{then}”"),
            edits: vec![Edit { range: here.role.range, text: then }],
            preferred: false,
        });
    swap.into_iter().chain([drop]).collect()
}

fn shown(role: &Role) -> String {
    one_line(&role.text)
}

/// A role with the name that stands directly behind it.
fn with_name(person: &Person<'_>, role: &Role) -> Option<TextRange> {
    const BETWEEN: u32 = 16;
    let name = person.names.iter().find(|name: &&&EntityMention| {
        name.range.start() >= role.range.end()
            && u32::from(name.range.start() - role.range.end()) <= BETWEEN
            && (name.range.start() == role.range.end()
                || name.title.is_some_and(|title| title.end() > role.range.start())
                || u32::from(name.range.start() - role.range.end()) == 1)
    })?;
    Some(role.range.cover(name.range))
}

/// What the newsroom knows speaks against an office: its country, or its time.
fn known(context: &Context<'_>, person: &Person<'_>, held: &[Held<'_>]) -> Option<Finding> {
    let full = &person.entity.name;
    let known = office::person(context.analysis, full)?;
    let as_of = known.record.as_of.map_or(String::new(), |date| format!(" (as of {date})"));
    let date = office::story_date(context.analysis);
    held.iter().filter(|held| !held.is_leader()).find_map(|here| {
        let is_same = |tenure: &&Tenure| {
            let title = tenure.title.to_lowercase();
            here.office.names.iter().any(|name| title == *name)
        };
        let tenures: Vec<&Tenure> = known.record.roles.iter().filter(is_same).collect();
        let place = with_name(person, here.role).unwrap_or(here.role.range);
        let elsewhere = tenures.iter().all(|tenure| {
            let of = country_id(context, &tenure.of);
            of.is_some() && here.country.is_some() && of != here.country
        });
        if let Some(tenure) = tenures.first().filter(|_| elsewhere) {
            let message = format!("KB{as_of}: {} of {}.", tenure.title, tenure.of);
            return Some(context.finding(place, message));
        }
        let message = against(&tenures, date?, here.past)?;
        Some(context.graded(context.finding(place, format!("KB{as_of}: {message}.")), 1))
    })
}

/// What the times of an office say against a draft that has it as held, or as past.
fn against(tenures: &[&Tenure], date: Date, past: bool) -> Option<String> {
    let held = tenures.iter().find(|tenure| office::is_held(tenure, Some(date)));
    match (past, held) {
        (true, Some(tenure)) => Some(format!("in office since {}", tenure.from?)),
        (false, None) => {
            let over = tenures.iter().filter_map(|tenure| tenure.until).filter(|until| *until < date).max();
            let coming = || tenures.iter().filter_map(|tenure| tenure.from).min();
            let over = over.map(|until| format!("in office until {until}"));
            over.or_else(|| coming().map(|from| format!("in office from {from}")))
        }
        _ => None,
    }
}

fn country_id(context: &Context<'_>, name: &str) -> Option<String> {
    let found = context.analysis.knowledge.find(name);
    let country = found.into_iter().find(|known| known.record.kind == RecordKind::Country);
    country.map(|known| known.record.id)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_known, check_known_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn offices_that_nobody_holds_at_once() {
        check(
            "
            Gov. Ruth Okafor said on Monday that the pier would close.

            It will take a year, said Sen. Ruth Okafor.
                                      ^^^^^^^^^^^^^^^^ information[role-conflict]: “Sen.” here; “Gov.” in line 1.
            ",
        );
        check(
            "
            French President Tom Meyer left on Monday. Iranian President Tom Meyer was late.
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[role-conflict]: “Iranian President” here; “French President” in line 1.
            ",
        );
    }

    #[test]
    fn one_of_two_leaders() {
        check(
            "
            Iran’s Supreme Leader Ayatollah Ali Meyer met Iranian President Tom Okafor on Monday.

            At the pier, Iranian leader Meyer left.
                         ^^^^^^^^^^^^^^^^^^^^ information[role-conflict]: “Iranian leader” here; “Iran’s Supreme Leader” in line 1.
            ",
        );
        check("Iran’s Supreme Leader Ayatollah Ali Meyer met Tom Okafor on Monday.\n\nAt the pier, Iranian leader Meyer left.");
    }

    const LIST: &str = "
        [[person]]
        name = \"Ruth Okafor\"
        roles = [{ title = \"president\", of = \"France\", from = \"2020\", until = \"2024-05-19\" }]
        ";

    #[test]
    fn what_the_newsroom_knows() {
        check_known_in(
            Language::Markdown,
            &RULE,
            LIST,
            "",
            "
            ---
            date: 2026-10-01
            ---
            French President Ruth Okafor left on Monday.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[role-conflict]: KB: in office until 2024-05-19.
            ",
        );
        check_known_in(
            Language::Markdown,
            &RULE,
            LIST,
            "",
            "
            ---
            date: 2022-10-01
            ---
            Former French President Ruth Okafor left on Monday.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[role-conflict]: KB: in office since 2020.
            ",
        );
        check_known(
            &RULE,
            LIST,
            "",
            "
            Iranian President Ruth Okafor left on Monday.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[role-conflict]: KB: president of France.
            ",
        );
        check_known(&RULE, LIST, "", "French President Ruth Okafor left on Monday.");
    }

    #[test]
    fn offices_that_agree_pass() {
        check("Mayor Ruth Okafor, a lawyer, left. Okafor, a candidate for the Senate, was late.");
        check("Former Gov. Ruth Okafor met her successor. Sen. Ruth Okafor gave no date.");
        check("Gov. Ruth Okafor met Sen. Tom Meyer.");
        check("French President Tom Meyer met Ann Cole. President Tom Meyer left.");
        check("Gov. Ruth Okafor left. “Sen. Ruth Okafor left,” Tom Meyer said.");
        check("Prime Minister Tom Meyer left. Meyer, the premier, was late.");
        check("");
    }

    #[test]
    fn fixes_write_the_earlier_office_or_none() {
        check_fix(
            &RULE,
            "Gov. Ruth Okafor left on Monday. It was late, said Sen. Oka<CURSOR>for.",
            "Gov. Ruth Okafor left on Monday. It was late, said Gov. Okafor.",
        );
        check_fix(
            &RULE,
            "Gov. Ruth Okafor left on Monday. It was late, said Sen. Ruth Oka<CURSOR>for.",
            "Gov. Ruth Okafor left on Monday. It was late, said Ruth Okafor.",
        );
    }
}
