//! Where, when and in what something is said, directly before the name of the speaker.

use super::{Class, Clauses, Kind, Lexicon, Traits};

/// Words for what somebody tells, which stand before him without being his title: "the famous story Keller told".
const OCCASIONS: &[&str] = &[
    "speech", "story", "report", "letter", "tweet", "rally", "debate", "memo", "article",
    "address", "email", "post", "call", "meeting",
];

impl Clauses<'_> {
    /// A title or a role.
    pub(super) fn is_office(&self, at: usize) -> bool {
        let word = &self.text[self.range(at..at + 1)];
        let traits = Lexicon::get().names.traits(word);
        traits.any(Traits::ROLE.or(Traits::TITLE))
    }

    /// The noun before a name is no title of whom it names. "On the morning of the vote Keller said": nothing but
    /// prepositions and what hangs on them stands between the start of the clause and the name, and the noun names no
    /// office.
    pub(super) fn is_circumstance(&self, noun: usize, low: usize) -> bool {
        if self.is_one_of(noun, OCCASIONS) {
            return true;
        }
        if self.is_office(noun) {
            return false;
        }
        let parts = (low..noun).rev().take_while(|at| {
            matches!(
                self.kinds[*at],
                Kind::Number
                    | Kind::Name(_)
                    | Kind::Word(
                        Class::Other
                            | Class::Determiner
                            | Class::Possessive
                            | Class::Preposition
                            | Class::Time
                    )
            )
        });
        parts.last().is_some_and(|first| match self.kinds[first] {
            Kind::Word(Class::Preposition) => self.starts_clause(first, low),
            _ => first > low && self.is_one_of(first - 1, &["after", "before", "since", "until"]),
        })
    }
}
