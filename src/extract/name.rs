//! Names and descriptions of people, organisations and places.

mod decode;
mod descriptor;
pub(crate) mod feature;
mod place;
mod reader;
mod run;
mod stretch;
mod title;
mod view;

use std::ops::Range;

use text_size::TextRange;

use super::sentence::Sentence;
use super::token::Token;
use crate::lexicon::Lexicon;
use view::View;

/// What a mention may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// A person.
    Person,
    /// A company, agency, government, team, outlet …
    Organisation,
    /// A country, city, region, building, sea …
    Place,
    /// Demonyms, works, events, laws.
    Misc,
}

/// A surface form that may name someone or something, not yet resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Bytes in the paragraph: the name alone, without titles ("Supreme Leader Ayatollah"), determiners and possessive ending.
    pub range: TextRange,
    /// The titles and offices directly before the name, if any ("Supreme Leader Ayatollah", "Iranian President", "Mr.").
    pub title: Option<TextRange>,
    /// Its tokens (of `range`), as indices into the paragraph's tokens.
    pub tokens: Range<usize>,
    /// What it may name.
    pub label: Label,
    /// How sure the label is, 0 to 1; below 0.4 only the rest of the draft can tell whether it is a name at all.
    pub score: f32,
    /// How likely each label is: person, organisation, place, other. What is missing to 1 is that it is no name.
    pub labels: [f32; 4],
}

impl Mention {
    /// The name with its titles.
    pub fn full_range(&self) -> TextRange {
        self.title
            .map_or(self.range, |title| title.cover(self.range))
    }
}

/// A noun phrase that describes a person or a body by office or function: "the Turkish president",
/// "White House officials", "a spokesman for the ministry", "the US special envoy for Iran".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// Bytes in the paragraph: the whole phrase with its determiner and of/for complement.
    pub range: TextRange,
    /// Its head noun ("president", "officials").
    pub head: TextRange,
    /// Index of the mention it describes where the two stand side by side: as a title before the name
    /// ("Turkish President Recep Tayyip Erdogan"), or in apposition ("Robert Malley, the US special envoy for Iran").
    pub mention: Option<usize>,
    /// The head noun is plural.
    pub plural: bool,
    /// Starts with "a", "an", a number or no determiner: new to the reader. False for "the", "his", "Iran's".
    pub indefinite: bool,
}

/// Finds the names and the descriptions of one paragraph. Names come in reading order; one inside the titles of
/// another ("Iranian" in "Iranian President Ebrahim Raisi") precedes it.
pub fn mentions(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
) -> (Vec<Mention>, Vec<Descriptor>) {
    let view = View::new(text, tokens, sentences, lexicon);
    let found = reader::names(&view, &lexicon.name_model);
    let descriptors = descriptor::descriptions(&view, &found)
        .into_iter()
        .filter_map(|description| {
            Some(Descriptor {
                range: span(tokens, &description.words)?,
                head: tokens.get(description.head)?.stem,
                mention: description.found,
                plural: description.plural,
                indefinite: description.indefinite,
            })
        })
        .collect();
    let mentions = found
        .into_iter()
        .filter_map(|found| {
            Some(Mention {
                range: span(tokens, &found.words)?,
                title: found.title.and_then(|title| span(tokens, &title)),
                tokens: found.words,
                label: found.label,
                score: found.score,
                labels: found.labels,
            })
        })
        .collect();
    (mentions, descriptors)
}

/// What the trainer learns from: stretches of a paragraph's tokens in which names may stand, each token with its features.
#[cfg(feature = "dev")]
pub(crate) fn samples(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
    model: &crate::lexicon::NameModel,
) -> Vec<Sample> {
    reader::samples(&View::new(text, tokens, sentences, lexicon), model)
}

#[cfg(feature = "dev")]
pub(crate) use decode::follows;

/// How many names a paragraph has: what [`mentions`] does without descriptions, to be timed.
#[cfg(feature = "dev")]
pub(crate) fn names_only(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
) -> usize {
    let view = View::new(text, tokens, sentences, lexicon);
    reader::names(&view, &lexicon.name_model).len()
}

/// A stretch of tokens, and the features of each.
#[cfg(feature = "dev")]
pub(crate) type Sample = (Range<usize>, Vec<Vec<(feature::Kind, u32, u32)>>);

/// The bytes of some tokens, without the possessive ending of the last.
fn span(tokens: &[Token], words: &Range<usize>) -> Option<TextRange> {
    let inside = tokens.get(words.clone())?;
    Some(inside.first()?.stem.cover(inside.last()?.stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::token::tokens;

    fn read(text: &str) -> (Vec<Mention>, Vec<Descriptor>) {
        mentions(text, &tokens(text), &[], Lexicon::get())
    }

    /// The names that stand by themselves: a letter for the label, the titles in brackets, the name.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = read(text)
            .0
            .iter()
            .filter(|mention| mention.score >= 0.4)
            .map(|mention| {
                let label = match mention.label {
                    Label::Person => 'P',
                    Label::Organisation => 'O',
                    Label::Place => 'L',
                    Label::Misc => 'M',
                };
                let name = &text[mention.range];
                match mention.title {
                    Some(title) => format!("{label} ({}) {name}", &text[title]),
                    None => format!("{label} {name}"),
                }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    /// The descriptions, behind "=" the name that they belong to.
    fn check_descriptions(text: &str, expected: &[&str]) {
        let (mentions, descriptors) = read(text);
        let found: Vec<String> = descriptors
            .iter()
            .map(|descriptor| {
                let phrase = &text[descriptor.range];
                match descriptor.mention {
                    Some(index) => format!("{phrase} = {}", &text[mentions[index].range]),
                    None => phrase.to_owned(),
                }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn titles_stand_outside_the_name() {
        for (text, expected) in [
            ("They met Mr. Podesta.", "P (Mr.) Podesta"),
            (
                "They met Detective Sgt. Ann Lee.",
                "P (Detective Sgt.) Ann Lee",
            ),
            ("They met actor Tom Hanks.", "P (actor) Tom Hanks"),
            (
                "They met Secretary of State Antony Blinken.",
                "P (Secretary of State) Antony Blinken",
            ),
            (
                "They met Supreme Leader Ayatollah Khamenei.",
                "P (Supreme Leader Ayatollah) Khamenei",
            ),
            (
                "They met Martin Luther King Jr. there.",
                "P Martin Luther King Jr.",
            ),
        ] {
            check(text, &[expected]);
        }
        check(
            "They met former US senator Jim Roe.",
            &["L US", "P (former US senator) Jim Roe"],
        );
        check(
            "They met Iranian President Ebrahim Raisi’s aides.",
            &["M Iranian", "P (Iranian President) Ebrahim Raisi"],
        );
    }

    #[test]
    fn names_of_people() {
        for name in [
            "Jim “Red” Roe",
            "J.K. Rowling",
            "John F. Kennedy",
            "Mohammed bin Salman",
            "Ursula von der Leyen",
            "Karine Jean-Pierre",
            "Sinéad O’Connor",
            "Ban Ki-moon",
            "Sammy Davis, Jr.",
            "PAUL McCARTNEY",
        ] {
            check(
                &format!("They met {name} in the harbour."),
                &[&format!("P {name}")],
            );
        }
    }

    #[test]
    fn names_of_bodies_and_places() {
        for (name, label) in [
            ("National Security Council", 'O'),
            ("Ministry of Foreign Affairs", 'O'),
            ("Department of Health and Human Services", 'O'),
            ("Okomo Corp.", 'O'),
            ("Roe & Sons", 'O'),
            ("Bank of England", 'O'),
            ("YPG", 'O'),
            ("United Arab Emirates", 'L'),
            ("Wexmouth Island", 'L'),
            ("Treaty of Wexmouth", 'M'),
        ] {
            check(
                &format!("They praised the {name} warmly."),
                &[&format!("{label} {name}")],
            );
        }
        check(
            "The People’s Protection Units (YPG) left.",
            &["O People’s Protection Units", "O YPG"],
        );
        check("It happened in the town of Zzyrk.", &["L Zzyrk"]);
    }

    #[test]
    fn ordinary_words_name_nobody() {
        for text in [
            "",
            "Critics say so. Residents agree, and so do I.",
            "On Monday, the council met. However, nothing happened in May.",
            "The president said the Prime Minister would come. Mr president, no.",
            "“Never,” she said. “Why would they?”",
            "U.S.-led talks and Russian-backed fighters",
            "Why Mortgage Rates Are Rising Again This Winter",
            "He is a Mr. and she is a Dr. in GDP.",
            "A: 1. B: 2.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn headlines_yield_known_names_only() {
        check(
            "Why Mortgage Rates Are Rising Again And What Jane Smith Says About Tehran",
            &["P Jane Smith", "L Tehran"],
        );
        check("ERDOGAN SAYS TALKS GO ON", &["P ERDOGAN"]);
    }

    #[test]
    fn descriptions_with_their_complements() {
        check_descriptions(
            "A spokesman for the ministry said officials from the White House left.",
            &[
                "A spokesman for the ministry",
                "the ministry",
                "officials from the White House",
            ],
        );
        check_descriptions(
            "Robert Malley, the US special envoy for Iran, spoke.",
            &["the US special envoy for Iran = Robert Malley"],
        );
        check_descriptions(
            "John Kirby, National Security Council strategic communications coordinator, spoke.",
            &["National Security Council strategic communications coordinator = John Kirby"],
        );
        check_descriptions(
            "He met Iran’s Supreme Leader Ayatollah Khamenei.",
            &["Iran’s Supreme Leader Ayatollah = Khamenei"],
        );
        check_descriptions(
            "The ministry’s spokesman, Ali Bagheri, spoke to state news agency IRNA.",
            &[
                "The ministry",
                "The ministry’s spokesman = Ali Bagheri",
                "state news agency = IRNA",
            ],
        );
        check_descriptions("He met White House officials.", &["White House officials"]);
    }

    #[test]
    fn no_descriptions() {
        for text in [
            "A military attack followed a cabinet meeting.",
            "It was a major step.",
            "Nothing happened on Monday.",
        ] {
            check_descriptions(text, &[]);
        }
    }

    #[test]
    fn definite_and_indefinite() {
        let find = |text: &str| read(text).1[0].indefinite;
        assert!(find("a spokesman said"));
        assert!(find("Western officials said"));
        assert!(!find("the president said"));
        assert!(!find("his lawyer said"));
        assert!(!find("Iran’s leader said"));
    }

    #[test]
    fn any_text_is_read() {
        for text in [
            "’s",
            "“”\"'",
            "Al-",
            "A.A.A.A.",
            "é’É’s &&& of of the",
            "McX-y",
            "ſs",
        ] {
            read(text);
            read(&text.repeat(50));
            read(&format!("{text} ").repeat(50));
        }
    }
}
