//! Names and descriptions of people, organisations and places.

mod descriptor;
mod place;
mod run;
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
    let found = run::names(&view);
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
            })
        })
        .collect();
    (mentions, descriptors)
}

/// The bytes of some tokens, without the possessive ending of the last.
fn span(tokens: &[Token], words: &Range<usize>) -> Option<TextRange> {
    let inside = tokens.get(words.clone())?;
    Some(inside.first()?.stem.cover(inside.last()?.stem))
}
