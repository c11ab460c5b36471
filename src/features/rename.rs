//! A new name for somebody, in every form in which the draft has the old one.

use text_size::{TextRange, TextSize};

use crate::analysis::{Analysis, EntityMention, MentionForm};
use crate::extract::Label;
use crate::rules::Edit;

/// The longest name that is taken, in bytes.
const LONGEST: usize = 200;

/// One place of a renaming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The edit of the source.
    pub edit: Edit,
    /// It changes somebody's own words.
    pub quoted: bool,
}

/// The name at a source offset, in source bytes, with its text; none where no name stands that can be changed.
pub fn renamable(analysis: &Analysis, offset: TextSize) -> Option<(TextRange, &str)> {
    let mention = mention_at(analysis, offset)?;
    Some((
        analysis.prose.to_source(mention.range),
        analysis.text(mention.range),
    ))
}

/// Renames the one at a source offset, in reading order. A full name changes the whole name, its parts and its forms; one
/// word changes the given or the family name alone, whichever the offset is at. Bodies and places change where they are
/// written as they are here.
///
/// Errors say in one line why there is nothing to rename, or why the name is none.
pub fn rename(
    analysis: &Analysis,
    offset: TextSize,
    name: &str,
) -> Result<Vec<Renaming>, &'static str> {
    let name = name.trim();
    if name.is_empty() || name.contains(char::is_control) || name.len() > LONGEST {
        return Err("a name is one line of text");
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    let at = mention_at(analysis, offset).ok_or("no name stands here")?;
    let change = Change::new(analysis, at, offset, &name);
    let mentions = analysis.mentions_of(at.entity);
    Ok(mentions
        .filter(|mention| is_written(analysis, mention))
        .filter_map(|mention| {
            let text = opening(analysis, mention.range, change.of(analysis, mention)?);
            let (range, text) = with_possessive(analysis, mention.range, text);
            (analysis.text(range) != text).then(|| Renaming {
                edit: Edit {
                    range: analysis.prose.to_source(range),
                    text,
                },
                quoted: mention.quoted,
            })
        })
        .collect())
}

/// What becomes of a name.
enum Change<'a> {
    /// The new name stands where the old one is written so.
    Alike { old: &'a str, new: &'a str },
    /// The person has a new name, with these parts.
    Whole {
        name: &'a str,
        given: Option<&'a str>,
        family: &'a str,
    },
    /// A new given name.
    Given { old: &'a str, new: &'a str },
    /// A new family name.
    Family { old: &'a str, new: &'a str },
}

impl<'a> Change<'a> {
    fn new(
        analysis: &'a Analysis,
        at: &EntityMention,
        offset: TextSize,
        name: &'a str,
    ) -> Change<'a> {
        let entity = analysis.entity(at.entity);
        let here = analysis.text(at.range);
        let (old_given, old_family) = parts(&entity.name);
        // A single name ("Pelé") has no parts.
        let Some(old_given) = old_given.filter(|_| entity.label == Label::Person) else {
            return Change::Alike {
                old: here,
                new: name,
            };
        };
        let (given, family) = parts(name);
        let whole = at.form == MentionForm::Full || given == Some(old_given);
        if given.is_some() && whole {
            return Change::Whole {
                name,
                given,
                family,
            };
        }
        // One word in the place of "Ann Meyer" changes the part at the cursor.
        let start = analysis.prose.to_source(at.range).start();
        let on_given = here.starts_with(old_given) && offset <= start + TextSize::of(old_given);
        match at.form == MentionForm::Given || on_given {
            true => Change::Given {
                old: old_given,
                new: name,
            },
            false => Change::Family {
                old: old_family,
                new: name,
            },
        }
    }

    /// What stands in the place of a mention; none where it stays.
    fn of(&self, analysis: &Analysis, mention: &EntityMention) -> Option<String> {
        let text = analysis.text(mention.range);
        match (self, mention.form) {
            (Change::Alike { old, new }, _) => (text == *old).then(|| (*new).to_owned()),
            (Change::Whole { name, .. }, MentionForm::Full) => Some((*name).to_owned()),
            (Change::Whole { family, .. }, MentionForm::Surname) => Some((*family).to_owned()),
            (Change::Whole { given, .. }, MentionForm::Given) => given.map(str::to_owned),
            (Change::Given { old, new }, MentionForm::Full) => {
                let rest = text.strip_prefix(old)?;
                rest.starts_with(' ').then(|| format!("{new}{rest}"))
            }
            (Change::Family { old, new }, MentionForm::Full) => {
                let bare = without_suffix(text);
                let rest = bare.strip_suffix(old)?;
                let suffix = &text[bare.len()..];
                rest.ends_with(' ').then(|| format!("{rest}{new}{suffix}"))
            }
            (Change::Given { new, .. }, MentionForm::Given)
            | (Change::Family { new, .. }, MentionForm::Surname) => Some((*new).to_owned()),
            _ => None,
        }
    }
}

/// What may stand behind a family name and is none.
const SUFFIXES: [&str; 7] = [" Jr.", " Jr", " Sr.", " Sr", " II", " III", " IV"];

/// A name without "Jr." or "III" and the comma before it.
fn without_suffix(name: &str) -> &str {
    let bare = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix));
    bare.map_or(name, |bare| bare.trim_end_matches(','))
}

/// The given name, and the family name with its particles: "Ann", "van der Berg". A single name is a family name.
pub(super) fn parts(name: &str) -> (Option<&str>, &str) {
    let name = without_suffix(name);
    if name.starts_with(char::is_lowercase) {
        return (None, name);
    }
    let mut family = name.rfind(' ').map_or(0, |space| space + 1);
    while let Some(before) = name[..family].trim_end().rfind(' ') {
        let word = name[before + 1..family].trim_end();
        if !word.starts_with(char::is_lowercase) {
            break;
        }
        family = before + 1;
    }
    match family {
        0 => (None, name),
        _ => (name.split(' ').next(), &name[family..]),
    }
}

/// A name with a particle has a capital where it opens a sentence.
fn opening(analysis: &Analysis, range: TextRange, name: String) -> String {
    let opens = analysis
        .sentence(range)
        .is_some_and(|sentence| sentence.start() == range.start());
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if opens && first.is_lowercase() => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => name,
    }
}

/// "James’" becomes "Kim’s": the ending goes with the name.
fn with_possessive(analysis: &Analysis, range: TextRange, name: String) -> (TextRange, String) {
    let rest = &analysis.prose.text()[usize::from(range.end())..];
    let mark = rest
        .chars()
        .next()
        .filter(|mark| matches!(mark, '’' | '\''));
    let ends = analysis.text(range).ends_with('s') && !name.ends_with('s');
    match mark {
        Some(mark) if ends && !rest[mark.len_utf8()..].starts_with(char::is_alphanumeric) => {
            let whole = TextRange::new(range.start(), range.end() + TextSize::of(mark));
            (whole, format!("{name}{mark}s"))
        }
        _ => (range, name),
    }
}

/// The name at a place, where it can be changed.
fn mention_at(analysis: &Analysis, offset: TextSize) -> Option<&EntityMention> {
    let touches = |mention: &&EntityMention| {
        analysis
            .prose
            .to_source(mention.range)
            .contains_inclusive(offset)
    };
    let place = analysis.prose.from_source(offset)?;
    let paragraph = analysis
        .paragraphs
        .get(analysis.paragraph_at(place)?)?
        .range;
    let from = analysis
        .mentions
        .partition_point(|mention| mention.range.start() < paragraph.start());
    let near = analysis.mentions[from..].iter();
    near.take_while(|mention| mention.range.start() <= place)
        .filter(|mention| is_written(analysis, mention))
        .filter(touches)
        .min_by_key(|mention| mention.range.len())
}

/// A name, not a pronoun or a description, that stands in the source as it does in the prose.
fn is_written(analysis: &Analysis, mention: &EntityMention) -> bool {
    let entity = analysis.entity(mention.entity);
    !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
        && entity.named
        && entity.members.is_empty()
        && analysis.prose.verbatim(mention.range)
}

#[cfg(test)]
mod tests {
    use super::{parts, renamable, rename};
    use crate::fixture::{analysis_in, apply, cursor};
    use crate::text::Language;

    /// Compares a draft after a renaming at the cursor, quoted places too.
    #[track_caller]
    fn check(draft: &str, name: &str, expected: &str) {
        check_in(Language::Plain, draft, name, expected);
    }

    #[track_caller]
    fn check_in(language: Language, draft: &str, name: &str, expected: &str) {
        let (source, offset) = cursor(draft);
        let analysis = analysis_in(language, &source);
        let edits: Vec<_> = rename(&analysis, offset, name)
            .unwrap()
            .into_iter()
            .map(|renaming| renaming.edit)
            .collect();
        assert_eq!(apply(&source, &edits).trim_end(), expected);
    }

    #[test]
    fn a_full_name_changes_all_its_forms() {
        check(
            "Mayor Ann Mey<CURSOR>er left. “Meyer is late,” Tom Reyes said. Ms Meyer’s car stood there. She ran. Ann Meyer won.",
            "Anna Meier",
            "Mayor Anna Meier left. “Meier is late,” Tom Reyes said. Ms Meier’s car stood there. She ran. Anna Meier won.",
        );
    }

    #[test]
    fn one_word_for_a_family_name_leaves_the_given_name() {
        check(
            "Mayor Ann Meyer left. Mey<CURSOR>er’s car stood there.",
            "Meier",
            "Mayor Ann Meier left. Meier’s car stood there.",
        );
        check(
            "Mayor Ann Meyer left. Mey<CURSOR>er came back.",
            "Ann Meier",
            "Mayor Ann Meier left. Meier came back.",
        );
    }

    #[test]
    fn one_word_for_a_given_name_leaves_the_family_name() {
        check(
            "Mayor A<CURSOR>nn Meyer left. Meyer’s car stood there.",
            "Anna",
            "Mayor Anna Meyer left. Meyer’s car stood there.",
        );
        check(
            "Mayor Ann Mey<CURSOR>er left. Meyer’s car stood there.",
            "Meier",
            "Mayor Ann Meier left. Meier’s car stood there.",
        );
    }

    #[test]
    fn a_name_has_single_spaces() {
        check(
            "Mayor Ann Mey<CURSOR>er left.",
            " Eve  Stone ",
            "Mayor Eve Stone left.",
        );
    }

    #[test]
    fn relatives_keep_their_name() {
        check(
            "Ann Mey<CURSOR>er met her brother Tom Meyer. Tom Meyer left.",
            "Ann Meier",
            "Ann Meier met her brother Tom Meyer. Tom Meyer left.",
        );
    }

    #[test]
    fn possessives_fit_the_new_name() {
        check(
            "Mayor Ruth Jam<CURSOR>es left. James’ car stood there.",
            "Ruth Kim",
            "Mayor Ruth Kim left. Kim’s car stood there.",
        );
        check(
            "Mayor Ruth Ki<CURSOR>m left. Kim’s car stood there.",
            "Ruth James",
            "Mayor Ruth James left. James’s car stood there.",
        );
    }

    #[test]
    fn particles_go_with_the_family_name() {
        assert_eq!(parts("Jan van der Berg"), (Some("Jan"), "van der Berg"));
        assert_eq!(parts("Ann Marie Meyer"), (Some("Ann"), "Meyer"));
        assert_eq!(parts("Pelé"), (None, "Pelé"));
        assert_eq!(parts("van Berg"), (None, "van Berg"));
        check(
            "Mayor Jan Mey<CURSOR>er left. Meyer came back.",
            "Jan van Dam",
            "Mayor Jan van Dam left. Van Dam came back.",
        );
    }

    #[test]
    fn a_suffix_is_no_family_name() {
        assert_eq!(parts("Ann Meyer III"), (Some("Ann"), "Meyer"));
        check(
            "Mayor Tom Mey<CURSOR>er Jr. spoke. Meyer left.",
            "Tim Meier Jr.",
            "Mayor Tim Meier Jr. spoke. Meier left.",
        );
        check(
            "Mayor Tom Meyer Jr. spoke. Mey<CURSOR>er left.",
            "Meier",
            "Mayor Tom Meier Jr. spoke. Meier left.",
        );
    }

    #[test]
    fn bodies_change_where_they_are_written_alike() {
        check(
            "The National Harbour Coun<CURSOR>cil (NHC) met. The National Harbour Council said it was late. The NHC left.",
            "National Port Council",
            "The National Port Council (NHC) met. The National Port Council said it was late. The NHC left.",
        );
    }

    #[test]
    fn names_with_markup_inside_are_left() {
        check_in(
            Language::Markdown,
            "Mayor **Ann Mey<CURSOR>er** left. Ann *Meyer* came back. Meyer won.",
            "Ann Meier",
            "Mayor **Ann Meier** left. Ann *Meyer* came back. Meier won.",
        );
    }

    #[test]
    fn pronouns_and_plain_words_are_no_names() {
        for draft in [
            "Ann Meyer left. <CURSOR>She came back.",
            "Ann Meyer le<CURSOR>ft.",
            "<CURSOR>",
        ] {
            let (source, offset) = cursor(draft);
            let analysis = analysis_in(Language::Plain, &source);
            assert_eq!(renamable(&analysis, offset), None, "{draft}");
            assert_eq!(rename(&analysis, offset, "Ann"), Err("no name stands here"));
        }
    }

    #[test]
    fn a_name_is_one_line() {
        let (source, offset) = cursor("Ann Mey<CURSOR>er left.");
        let analysis = analysis_in(Language::Plain, &source);
        for name in ["", " ", "Ann\nMeyer", "\u{1b}[31m"] {
            assert_eq!(
                rename(&analysis, offset, name),
                Err("a name is one line of text"),
                "{name:?}"
            );
        }
    }
}
