//! The words of a draft by what they are: who speaks, what is quoted, what reports it, who and what is named.

use std::collections::BTreeMap;

use text_size::{TextRange, TextSize};

use crate::analysis::{Analysis, MentionForm};
use crate::extract::Label;

/// What words are, by importance where two stand in one place. The order is that of the legend which clients are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    /// Somebody's words, marks included.
    Quote,
    /// Whoever speaks, beside the words.
    Speaker,
    /// The verb or phrase that reports.
    Cue,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// What a person is: "Mayor".
    Role,
}

impl WordKind {
    /// All kinds, each at its own index.
    pub const ALL: [WordKind; 7] = [
        WordKind::Quote,
        WordKind::Speaker,
        WordKind::Cue,
        WordKind::Person,
        WordKind::Organisation,
        WordKind::Place,
        WordKind::Role,
    ];

    /// The name that themes use.
    pub fn name(self) -> &'static str {
        match self {
            WordKind::Quote => "quote",
            WordKind::Speaker => "speaker",
            WordKind::Cue => "cue",
            WordKind::Person => "person",
            WordKind::Organisation => "organisation",
            WordKind::Place => "place",
            WordKind::Role => "role",
        }
    }
}

/// The known words that touch a range of source bytes, in reading order; none overlap. Ranges are source bytes and may
/// reach over line breaks.
pub fn words(analysis: &Analysis, range: TextRange) -> Vec<(TextRange, WordKind)> {
    let mut found: Vec<(WordKind, TextRange)> = Vec::new();
    let shown = |prose: TextRange| {
        let source = analysis.prose.to_source(prose);
        source.intersect(range).is_some_and(|part| !part.is_empty())
    };
    let quotes = analysis
        .quotes
        .iter()
        .filter(|quote| quote.attribution.is_some() && analysis.quote(quote).parent.is_none());
    found.extend(quotes.map(|quote| (WordKind::Quote, quote.range)));
    for known in &analysis.attributions {
        let beside = known.speaker.filter(|at| at.paragraph == known.paragraph);
        found.extend(beside.map(|speaker| (WordKind::Speaker, speaker.range)));
        found.extend(known.cue.map(|(cue, _)| (WordKind::Cue, cue)));
    }
    for mention in &analysis.mentions {
        let kind = match (mention.form, analysis.label(mention)) {
            (MentionForm::Pronoun, _) => continue,
            (MentionForm::Role, _) => WordKind::Role,
            (_, Label::Person) => WordKind::Person,
            (_, Label::Organisation) => WordKind::Organisation,
            (_, Label::Place) => WordKind::Place,
            _ => continue,
        };
        found.push((kind, mention.range));
        found.extend(mention.title.map(|title| (WordKind::Role, title)));
    }
    // A whole clause in a colour of its own would hide the names in it: "who runs the port".
    let clause = |range| analysis.text(range).starts_with("who");
    let roles = analysis.entities.iter().flat_map(|entity| &entity.roles);
    let roles = roles.filter(|role| !clause(role.range));
    found.extend(roles.map(|role| (WordKind::Role, role.range)));
    found.retain(|(_, range)| !range.is_empty() && shown(*range));
    found.sort_by_key(|(kind, range)| (*kind, range.start()));
    let mut taken: BTreeMap<TextSize, (TextSize, WordKind)> = BTreeMap::new();
    for (kind, range) in found {
        let before = taken.range(..range.end()).next_back();
        if before.is_none_or(|(_, (end, _))| *end <= range.start()) {
            taken.insert(range.start(), (range.end(), kind));
        }
    }
    let source = |start, end| analysis.prose.to_source(TextRange::new(start, end));
    taken
        .into_iter()
        .map(|(start, (end, kind))| (source(start, end), kind))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{WordKind, words};
    use crate::fixture::analysis_in;
    use crate::text::{Language, TextRange, TextSize};

    #[track_caller]
    fn check(language: Language, draft: &str, expected: &[&str]) {
        let analysis = analysis_in(language, draft);
        let whole = TextRange::up_to(TextSize::of(draft));
        let found: Vec<_> = words(&analysis, whole)
            .into_iter()
            .map(|(range, kind)| format!("{} {}", kind.name(), &draft[range]))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_kind_is_told_apart() {
        check(
            Language::Plain,
            "Mayor Ann Meyer of Norwich met the National Harbour Council. “Reyes is late,” she said. Meyer won.",
            &[
                "role Mayor",
                "person Ann Meyer",
                "place Norwich",
                "organisation National Harbour Council",
                "quote “Reyes is late,”",
                "speaker she",
                "cue said",
                "person Meyer",
            ],
        );
    }

    #[test]
    fn a_clause_is_no_role() {
        check(
            Language::Plain,
            "Ruth Okafor, who runs the port, left. Tom Reyes, the owner of the cafe, stayed.",
            &[
                "person Ruth Okafor",
                "person Tom Reyes",
                "role the owner of the cafe",
            ],
        );
    }

    #[test]
    fn markup_inside_stays_inside() {
        check(
            Language::Markdown,
            "“The deck is *rotten*,” **Ann Meyer** said.",
            &[
                "quote “The deck is *rotten*,”",
                "speaker Ann Meyer",
                "cue said",
            ],
        );
    }

    #[test]
    fn nobodys_words_are_none() {
        check(
            Language::Plain,
            "The crew knew the pier as “the plank” for years.",
            &[],
        );
        check(Language::Plain, "", &[]);
    }

    #[test]
    fn only_what_is_asked_for_is_given() {
        let draft = "“We won,” Ann Meyer said. Tom Reyes left.";
        let analysis = analysis_in(Language::Plain, draft);
        let from = TextSize::of("“We won,” Ann Meyer said. ");
        let found = words(&analysis, TextRange::new(from, TextSize::of(draft)));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&draft[found[0].0], found[0].1),
            ("Tom Reyes", WordKind::Person)
        );
    }

    #[test]
    fn kinds_stand_at_their_index() {
        for (index, kind) in WordKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
        }
    }
}
