//! What may be meant by the word that is being written: a name that the draft or the newsroom knows, or the verb behind a
//! quote.

use text_size::{TextRange, TextSize};

use super::reason::{count, plain};
use super::rename::parts;
use crate::analysis::{Analysis, Entity, EntityId, MentionForm};
use crate::extract::Label;
use crate::knowledge::{NameKind, RecordKind, fold};
use crate::lexicon::{Class, Lexicon};
use crate::rules::{self, Edit};

/// Completions of one kind that are offered at most.
const MOST: usize = 40;

/// Records of the newsroom's knowledge that are looked at, for each word of the name at most.
const RECORDS: usize = 20;

/// Letters from which on the newsroom's knowledge is asked: one letter starts half of all names.
const LETTERS: usize = 2;

/// Words of a name that may stand before the cursor.
const WORDS: usize = 3;

/// Bytes of the line that are read before the cursor.
pub const LINE: usize = 200;

/// Verbs that report and say no more, the plainest first.
const VERBS: [&str; 6] = ["said", "says", "added", "asked", "told", "wrote"];

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A verb that reports.
    Verb,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The edit of the source: its text is what is offered.
    pub edit: Edit,
    /// The part of it that goes on from what was typed: of "Ruth Okafor" after "Oka" the family name.
    pub filter: String,
    /// Who that is, in a few words; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What may be meant at a source offset, the likeliest first, and whether there is more. `line` is the text before it on
/// its line, see [`LINE`].
///
/// Names are offered from their first capital on, and verbs behind a quote that its comma closes: nothing else, so that
/// no list stands in the way of prose. A person whom the draft has introduced above is offered by family name first.
pub fn completions(analysis: &Analysis, offset: TextSize, line: &str) -> (Vec<Completion>, bool) {
    let word = last_word(line);
    if word.starts_with(char::is_uppercase) {
        // "The" opens a sentence, and goes on to be a name only when more letters follow.
        if is_function_word(word) {
            return (Vec::new(), true);
        }
        return names(analysis, offset, line, word);
    }
    let before = line[..line.len() - word.len()].trim_end();
    let quoted = ["”", "\"", "’", "'"]
        .iter()
        .find_map(|mark| before.strip_suffix(mark));
    let closed = quoted.is_some_and(|quoted| quoted.ends_with([',', '?', '!']))
        || ["”,", "\",", "’,"].iter().any(|end| before.ends_with(end));
    if !closed || before.len() == line.len() {
        return (Vec::new(), false);
    }
    let verbs = VERBS.into_iter().filter(|verb| verb.starts_with(word));
    let verbs = verbs.map(|verb| Completion {
        edit: edit(offset, word, verb.to_owned()),
        filter: verb.to_owned(),
        detail: String::new(),
        kind: CompletionKind::Verb,
    });
    (verbs.collect(), false)
}

fn names(analysis: &Analysis, offset: TextSize, line: &str, word: &str) -> (Vec<Completion>, bool) {
    let mut found: Vec<Completion> = Vec::new();
    let typed = typed(line, word);
    let mut known: Vec<(usize, EntityId)> = (0u32..)
        .zip(&analysis.entities)
        .filter(|(_, entity)| entity.named && entity.members.is_empty())
        .map(|(id, entity)| (entity.mentions.len(), EntityId(id)))
        .collect();
    // The names that the draft has most often come first, of equals the first in the draft.
    known.sort_by_key(|(times, id)| (std::cmp::Reverse(*times), id.0));
    let fits = |name: &str| typed.iter().find(|typed| continues(name, typed).is_some());
    let known = known
        .into_iter()
        .filter(|(_, id)| fits(&analysis.entity(*id).name).is_some())
        .flat_map(|(_, id)| {
            forms(analysis, id, offset)
                .into_iter()
                .map(move |form| (id, form))
        });
    let mut more = false;
    for (id, (name, detail)) in known {
        more = found.len() >= MOST;
        if more {
            break;
        }
        // Behind "Ruth Ok" the full name says it all.
        let whole = fits(&analysis.entity(id).name);
        if let Some(typed) =
            fits(&name).filter(|typed| whole.is_none_or(|whole| whole.len() <= typed.len()))
        {
            add(
                &mut found,
                offset,
                typed,
                name,
                detail,
                kind(analysis.entity(id)),
            );
        }
    }
    more |= listed(analysis, offset, &typed, &mut found);
    (found, more)
}

/// The forms in which one of the draft may stand at a place, with who that is; none for a name that is just being
/// written and stands nowhere else.
fn forms(analysis: &Analysis, id: EntityId, offset: TextSize) -> Vec<(String, String)> {
    let entity = analysis.entity(id);
    let mut above = false;
    let mut elsewhere = false;
    for mention in analysis.mentions_of(id) {
        let range = analysis.prose.to_source(mention.full_range());
        elsewhere |= !range.contains_inclusive(offset);
        above |= range.end() < offset && mention.form == MentionForm::Full;
        if above {
            break;
        }
    }
    if !elsewhere {
        return Vec::new();
    }
    let name = plain(&entity.name);
    let role = entity.roles.first();
    let times = count(entity.mentions.len(), "mention");
    let detail = match role {
        Some(role) => format!("{}, {times}", plain(analysis.text(role.range))),
        None => times,
    };
    let family = parts(&name).1.to_owned();
    let shares = |(other, entity): (u32, &Entity)| {
        other != id.0 && entity.label == Label::Person && parts(&entity.name).1 == family
    };
    let by_family = above
        && entity.label == Label::Person
        && family != name
        && !(0u32..).zip(&analysis.entities).any(shares);
    match by_family {
        true => vec![(family, detail.clone()), (name, detail)],
        false => vec![(name, detail)],
    }
}

/// Adds what the newsroom knows: people with the office that they hold, too. True where there is more.
fn listed(
    analysis: &Analysis,
    offset: TextSize,
    typed: &[&str],
    found: &mut Vec<Completion>,
) -> bool {
    let own = found.len();
    let mut more = false;
    for typed in typed {
        if typed.chars().count() < LETTERS {
            // The next letter asks for them.
            more = true;
            continue;
        }
        let records = analysis.knowledge.starting_with(typed, RECORDS);
        more |= records.len() >= RECORDS;
        for known in records {
            let kind = match known.record.kind {
                RecordKind::Person => CompletionKind::Person,
                RecordKind::Country | RecordKind::Place => CompletionKind::Place,
                RecordKind::Office | RecordKind::Rank | RecordKind::Honorific => continue,
                _ => CompletionKind::Organisation,
            };
            if known
                .name()
                .is_some_and(|name| name.kind == NameKind::Demonym)
            {
                continue;
            }
            let Some(name) = known.record.preferred("").map(|name| plain(&name.text)) else {
                continue;
            };
            if found.len() - own >= MOST {
                return true;
            }
            let detail = plain(&known.record.description);
            // "Mayor Ruth Okafor", but nobody is "Mayor of Norwich Ruth Okafor".
            let office =
                rules::office_of(analysis, &name).filter(|office| !office.contains(" of "));
            if let Some(office) = office {
                let text = format!("{office} {name}");
                add(found, offset, typed, text, detail.clone(), kind);
            }
            add(found, offset, typed, name, detail, kind);
        }
    }
    more
}

fn add(
    found: &mut Vec<Completion>,
    offset: TextSize,
    typed: &str,
    name: String,
    detail: String,
    kind: CompletionKind,
) {
    // "Kiev" may lead to "Kyiv".
    let filter = continues(&name, typed).unwrap_or(typed).to_owned();
    let completion = Completion {
        edit: edit(offset, typed, name),
        filter,
        detail,
        kind,
    };
    let same = |other: &Completion| other.edit.text == completion.edit.text;
    if completion.edit.text != typed && !found.iter().any(same) {
        found.push(completion);
    }
}

fn is_function_word(word: &str) -> bool {
    let class = Lexicon::get().grammar.class(&word.to_lowercase());
    word.len() > 1 && !matches!(class, Class::Verb | Class::Ing | Class::Other)
}

/// What has been typed of a name, with one, two or three words, the longest first.
fn typed<'l>(line: &'l str, word: &'l str) -> Vec<&'l str> {
    let mut typed = vec![word];
    let mut rest = &line[..line.len() - word.len()];
    while typed.len() < WORDS {
        let Some(before) = rest.strip_suffix(' ') else {
            break;
        };
        let next = last_word(before);
        if !next.starts_with(char::is_uppercase) {
            break;
        }
        rest = &before[..before.len() - next.len()];
        typed.push(&line[rest.len()..]);
    }
    typed.reverse();
    typed
}

/// The letters right before the cursor.
fn last_word(line: &str) -> &str {
    let is_part = |c: char| c.is_alphabetic() || matches!(c, '-' | '.');
    let start = line
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_part(*c))
        .last();
    start.map_or("", |(at, _)| &line[at..])
}

/// Where a name goes on from what was typed, whatever its case and accents: from its start or from one of its words.
fn continues<'n>(name: &'n str, typed: &str) -> Option<&'n str> {
    let typed = fold(typed);
    let words = name.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(words)
        .map(|at| &name[at..])
        .find(|rest| !typed.is_empty() && fold(rest).starts_with(&typed))
}

fn edit(offset: TextSize, typed: &str, text: String) -> Edit {
    Edit {
        range: TextRange::new(offset - TextSize::of(typed), offset),
        text,
    }
}

fn kind(entity: &Entity) -> CompletionKind {
    match entity.label {
        Label::Person => CompletionKind::Person,
        Label::Place => CompletionKind::Place,
        _ => CompletionKind::Organisation,
    }
}

#[cfg(test)]
mod tests {
    use super::completions;
    use crate::analysis::{Memo, analyze};
    use crate::fixture::{cursor, desk};
    use crate::knowledge::Knowledge;
    use crate::settings::Settings;
    use crate::text::Language;

    /// The draft as it becomes with each completion at the cursor: only its last line, up to the cursor.
    fn offered(knowledge: &Knowledge, draft: &str) -> Vec<String> {
        let (source, offset) = cursor(draft);
        let settings = Settings::default();
        let analysis = analyze(
            &source,
            Language::Plain,
            &settings,
            knowledge,
            &mut Memo::default(),
        );
        let until = usize::from(offset);
        let start = source[..until].rfind('\n').map_or(0, |end| end + 1);
        let (found, _) = completions(&analysis, offset, &source[start..until]);
        let line = |from: usize, text: &str| format!("{}{text}", &source[start..from]);
        found
            .iter()
            .map(|found| line(found.edit.range.start().into(), &found.edit.text))
            .collect()
    }

    #[track_caller]
    fn check(draft: &str, expected: &[&str]) {
        assert_eq!(
            offered(&Knowledge::of(Vec::new()), draft),
            expected,
            "{draft}"
        );
    }

    #[test]
    fn a_person_who_was_introduced_is_offered_by_family_name() {
        check(
            "Mayor Ruth Okafor left. Tom Reyes came.\n\nThen O<CURSOR> and the crew won.",
            &["Then Okafor", "Then Ruth Okafor"],
        );
    }

    #[test]
    fn a_person_who_is_introduced_below_is_offered_in_full() {
        check(
            "It rained. Oka<CURSOR> won.\n\nMayor Ruth Okafor left.",
            &["It rained. Ruth Okafor"],
        );
    }

    #[test]
    fn several_words_may_be_typed() {
        check(
            "Mayor Ruth Okafor left.\n\nLater Ruth Ok<CURSOR> won.",
            &["Later Ruth Okafor"],
        );
    }

    #[test]
    fn relatives_are_offered_in_full() {
        check(
            "Ruth Okafor met her brother Tom Okafor.\n\nThen T<CURSOR>",
            &["Then Tom Okafor"],
        );
    }

    #[test]
    fn behind_a_quote_stand_plain_verbs() {
        check("“We won,” s<CURSOR>", &["“We won,” said", "“We won,” says"]);
        check(
            "“We won?” a<CURSOR>",
            &["“We won?” added", "“We won?” asked"],
        );
        check(
            "‘We won’, sa<CURSOR>",
            &["‘We won’, said", "‘We won’, says"],
        );
    }

    #[test]
    fn plain_prose_is_left_in_peace() {
        for draft in [
            "<CURSOR>",
            "Ruth Okafor left. The pi<CURSOR>",
            "Theo Okafor left. The<CURSOR>",
            "Ruth Okafor left. <CURSOR>",
            "“We won. s<CURSOR>",
            "The “pier” s<CURSOR>",
        ] {
            check(draft, &[]);
        }
    }

    #[test]
    fn a_list_that_the_next_letter_lengthens_is_not_whole() {
        for (draft, more) in [("Then R<CURSOR>", true), ("Then Ru<CURSOR>", false)] {
            let (source, offset) = cursor(draft);
            let knowledge = desk("[[person]]\nname = \"Ruth Okafor\"\n");
            let settings = Settings::default();
            let analysis = analyze(
                &source,
                Language::Plain,
                &settings,
                &knowledge,
                &mut Memo::default(),
            );
            let (_, found) = completions(&analysis, offset, &source[..offset.into()]);
            assert_eq!(found, more, "{draft}");
        }
    }

    #[test]
    fn the_newsroom_s_people_come_with_their_office() {
        let knowledge = desk(
            "[[person]]\nname = \"Ruth Okafor\"\nrole = \"mayor\"\n\n[[person]]\nname = \"Rudi Fell\"\nrole = \"head of the port\"\n",
        );
        let found = offered(&knowledge, "The crew met Ru<CURSOR>");
        assert_eq!(
            found,
            [
                "The crew met Rudi Fell",
                "The crew met Mayor Ruth Okafor",
                "The crew met Ruth Okafor"
            ]
        );
    }
}
