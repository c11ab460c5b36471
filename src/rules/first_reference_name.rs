//! first-reference-name: a person whom the story does not introduce by their full name.

use std::collections::HashSet;

use text_size::{TextRange, TextSize};

use super::context::one_line;
use super::copy::Copy;
use super::people::{first_copy, is_office_behind};
use super::{Context, Edit, Finding, Fix, Level, Related};
use crate::analysis::{Entity, EntityId, EntityMention, MentionForm, ParagraphKind, Pronoun};
use crate::extract::Label;
use crate::lexicon::{Class, Lexicon, Traits};

declare_rule! {
    /// Person first named without their full name
    ///
    /// ## Why
    ///
    /// A reader who meets a family name alone has to know whose it is. Stories give the full name at the first
    /// mention and the family name after it; an editor who moves paragraphs easily turns that round.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The council met Mayor Okafor on Monday. She said the pier would close.
    /// ```
    ///
    /// ```text
    /// Mayor Okafor met the council on Monday.
    ///
    /// The pier will close, Ruth Okafor said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Mayor Ruth Okafor met the council on Monday. Okafor said the pier would close.
    /// ```
    ///
    /// A full name in somebody's words introduces as well:
    ///
    /// ```text
    /// “I met Ruth Okafor on Monday,” said Mayor Tom Reyes. The talks with Okafor went on for an hour.
    /// ```
    ///
    /// What is only named after somebody:
    ///
    /// ```text
    /// The Okafor administration closed the pier, Mayor Tom Reyes said.
    /// ```
    ///
    /// Popes and kings, and families in one sentence:
    ///
    /// ```text
    /// Pope Francis met King Charles on Monday. Ruth and her husband, Tom Okafor, were there.
    /// ```
    ///
    /// ## Fix
    ///
    /// Moves the full name up from where the story gives it and leaves the family name there. Where the story never
    /// gives it, there is nothing to move.
    ///
    /// ## Settings
    ///
    /// - `exempt` (none): names that every reader of yours knows. The setting `known-people` does the same for all
    ///   rules.
    name: "first-reference-name",
    group: Names,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: false,
    since: "0.1.0",
    options: [("exempt", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let speakers: HashSet<EntityId> = context
        .analysis
        .attributions
        .iter()
        .filter(|known| known.speaker.is_some())
        .filter_map(|known| known.entity)
        .collect();
    let unbalanced: HashSet<usize> = context
        .body()
        .filter(|(_, paragraph)| {
            let mut quotes = paragraph.facts.quotes.iter();
            quotes.any(|quote| !quote.opens || !quote.closes)
        })
        .map(|(index, _)| index)
        .collect();
    let copy = first_copy(context);
    let people = context.analysis.entities.iter().zip(0..);
    // "President Obama" and "Mr. Obama", whom nothing in the draft makes one person: one question is enough.
    let mut asked: HashSet<&str> = HashSet::new();
    people
        .filter(|(entity, _)| entity.label == Label::Person && entity.named && entity.members.is_empty())
        .map(|(entity, id)| (Person::new(context, entity, copy), EntityId(id)))
        .filter(|(person, _)| !person.is_hidden(&unbalanced))
        .filter_map(|(person, id)| {
            let (first, finding) = person.finding(speakers.contains(&id))?;
            asked.insert(last_word(context.analysis.text(first.range))).then_some(finding)
        })
        .collect()
}

struct Person<'a> {
    context: &'a Context<'a>,
    entity: &'a Entity,
    /// Index of the first paragraph of copy.
    copy: usize,
    /// Names, wherever they stand, in reading order.
    names: Vec<&'a EntityMention>,
}

impl<'a> Person<'a> {
    fn new(context: &'a Context<'a>, entity: &'a Entity, copy: usize) -> Person<'a> {
        let mentions = entity.mentions.iter().map(|mention| &context.analysis.mentions[*mention]);
        Person {
            context,
            entity,
            copy,
            names: mentions
                .filter(|mention| !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun))
                .collect(),
        }
    }

    fn finding(&self, speaks: bool) -> Option<(&'a EntityMention, Finding)> {
        let first = *self.names.iter().find(|mention| self.counts(mention))?;
        let introduced = self.is_full(first) || self.is_full_before(first) || self.is_full_in_sentence(first);
        if introduced || self.is_exempt(first) {
            return None;
        }
        let full = self
            .names
            .iter()
            .find(|mention| self.is_own_copy(mention) && self.is_full(mention));
        let certain = full.is_some() || self.is_person(first, speaks);
        let named_after = full.is_none() && self.names.iter().all(|mention| self.is_eponym(mention));
        if !certain || named_after || self.is_longer(first) || self.is_family(first) {
            return None;
        }
        let name = self.text(first.range);
        let message = match full {
            Some(full) => format!(
                "Full name comes only in line {}.",
                self.context.analysis.line(full.range)
            ),
            None => format!("First mention of {name} lacks a given name."),
        };
        let mut finding = self.context.finding(first.full_range(), message);
        if self.is_eponym(first) {
            finding.level = finding.level.min(Level::Hint);
        }
        if let Some(full) = full {
            finding.related.push(Related {
                range: full.range,
                message: "The full name stands here.".to_owned(),
            });
            finding.fixes.push(self.move_up(first, full));
        }
        let known = full.or_else(|| self.names.iter().find(|mention| self.is_full(mention)));
        finding.fixes.extend(known.map(|known| self.add(first, known, full.is_none())));
        Some((first, finding))
    }

    /// The full name stands above, in words of somebody's, or shortly before in this paragraph, for a name that the
    /// draft has not shown to be the same.
    fn is_full_before(&self, first: &EntityMention) -> bool {
        let analysis = self.context.analysis;
        let quoted = self
            .names
            .iter()
            .take_while(|mention| mention.range.start() < first.range.start())
            .any(|mention| self.context.is_body(mention.paragraph) && self.is_full(mention));
        let paragraph = &analysis.paragraphs[first.paragraph];
        let before = self.text(TextRange::new(paragraph.range.start(), first.full_range().start()));
        let name = last_word(self.text(first.range));
        let given = |before: &str| {
            let word = before.strip_suffix(' ').map(last_word).unwrap_or_default();
            Lexicon::get().names.word(word).traits(false).any(Traits::GIVEN) && word.starts_with(char::is_uppercase)
        };
        quoted || !name.is_empty() && before.match_indices(name).any(|(at, _)| given(&before[..at]))
    }

    /// Whether a mention may be the story's first. A headline does not count, unless it has the full name; an item of a
    /// list is not judged, but introduces.
    fn counts(&self, mention: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[mention.paragraph];
        let introduces = self.is_full(mention) && paragraph.is_read() && !mention.quoted;
        introduces || mention.paragraph >= self.copy && self.is_own_copy(mention)
    }

    /// The full name may stand in own copy that a missing mark turns into a quote: one slip makes one finding.
    fn is_hidden(&self, unbalanced: &HashSet<usize>) -> bool {
        self.names
            .iter()
            .take_while(|mention| !self.is_own_copy(mention))
            .any(|mention| unbalanced.contains(&mention.paragraph) && self.is_full(mention))
    }

    fn move_up(&self, first: &EntityMention, full: &EntityMention) -> Fix {
        let name = one_line(self.text(full.range));
        Fix {
            title: format!("Move “{name}” up to here"),
            edits: vec![
                self.edit(first.range, &name),
                self.edit(full.range, self.text(first.range)),
            ],
            preferred: true,
        }
    }

    fn add(&self, first: &EntityMention, known: &EntityMention, preferred: bool) -> Fix {
        let name = one_line(self.text(known.range));
        Fix {
            title: format!("Write “{name}” here"),
            edits: vec![self.edit(first.range, &name)],
            preferred,
        }
    }

    fn edit(&self, range: TextRange, text: &str) -> Edit {
        Edit {
            range,
            text: text.to_owned(),
        }
    }

    fn text(&self, range: TextRange) -> &'a str {
        self.context.analysis.text(range)
    }

    fn is_own_copy(&self, mention: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[mention.paragraph];
        paragraph.kind == ParagraphKind::Body && !mention.quoted
    }

    /// Two names at least; "de Gaulle" and "al-Assad" are one, "Bashar al-Assad" is two.
    fn is_full(&self, mention: &EntityMention) -> bool {
        let mut words = self.text(mention.range).split_whitespace();
        let capital = |word: &str| !word.starts_with(char::is_lowercase);
        let first = words.next().is_some_and(capital);
        let prefixed = |word: &str| word.split_once('-').is_some_and(|(_, name)| name.starts_with(char::is_uppercase));
        let behind = words.filter(|word| capital(word) || first && prefixed(word)).count();
        usize::from(first) + behind > 1
    }

    /// Whether a name alone is surely a person's. Companies and places have bare names too.
    fn is_person(&self, first: &EntityMention, speaks: bool) -> bool {
        let name = self.text(first.range);
        let traits = Lexicon::get().names.word(name).traits(false);
        let other = traits.any(Traits::KNOWN.or(Traits::COMMON).or(Traits::WORD));
        let described = self.entity.roles.iter().any(|role| Some(role.range) != first.title);
        let fanciful = !described && first.title.is_some_and(|title| FANCIFUL.contains(&last_word(self.text(title))));
        // "Shah" and "King" are titles and family names.
        let addressed = self.names.iter().any(|mention| mention.title.is_some());
        let introduced = traits.any(Traits::FAMILY) && self.is_introduced(first);
        let titled = traits.any(Traits::FAMILY) && (addressed || introduced);
        if traits.any(Traits::TITLE) && !titled || fanciful && (other || !traits.any(Traits::FAMILY)) {
            return false;
        }
        if first.title.is_none() && (is_people(name) || self.is_town(first)) {
            return false;
        }
        let listed = traits.any(Traits::PERSON);
        let gendered = matches!(self.entity.pronoun, Some(Pronoun::He | Pronoun::She));
        addressed
            || !self.entity.roles.is_empty()
            || introduced
            || !traits.any(Traits::KNOWN) && (self.is_told(first) || traits.any(Traits::FAMILY) && speaks)
            || !other && listed && (speaks || gendered)
            || !other && traits.any(Traits::FAMILY) && (self.names.len() > 1 || self.likely(first) > LIKELY)
            || !other && speaks && gendered && !is_coined(name)
    }

    /// What the name's bearer is stands behind it: "King, a prominent Democrat", "Hawkins is the columnist".
    fn is_introduced(&self, first: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[first.paragraph];
        let copy = Copy::new(self.context, paragraph);
        is_office_behind(&copy, copy.token_from(first.range.end() - paragraph.range.start()))
    }

    /// What stands beside the name is said of people only: "spokesman Okafor", "CNN’s Okafor", "told Okafor", "Okafor of
    /// Herald News", "Okafor (R-Utah)", "two voters, Okafor and Tom Reyes".
    fn is_told(&self, first: &EntityMention) -> bool {
        let analysis = self.context.analysis;
        let paragraph = &analysis.paragraphs[first.paragraph];
        let copy = Copy::new(self.context, paragraph);
        let at = copy.token_from(first.range.start() - paragraph.range.start());
        let behind = copy.token_from(first.range.end() - paragraph.range.start());
        let bodies = self.context.mentions(first.paragraph);
        let body = |start: usize, end: usize| {
            bodies.iter().any(|mention| {
                let range = mention.range - paragraph.range.start();
                let starts = copy.token_from(range.start()) == start;
                let ends = copy.token_from(range.end()) == end;
                (starts || ends) && analysis.label(mention) == Label::Organisation
            })
        };
        let ahead = at.checked_sub(1);
        let noun = ahead.is_some_and(|before| {
            let word = copy.facts.words.get(before);
            word.is_some_and(|word| !word.is_capital() && word.traits.any(Traits::ROLE))
        });
        let owned = ahead.and_then(|before| copy.token(before)).is_some_and(|token| token.range != token.stem)
            && body(usize::MAX, at);
        let heard = ahead.is_some_and(|before| {
            copy.word(before) == "told"
                || copy.word(before) == "with" && before.checked_sub(1).is_some_and(|at| copy.word(at) == "interview")
        });
        let tag = |at| copy.word(at).starts_with("R-") || copy.word(at).starts_with("D-");
        let party = matches!(copy.word(behind), "," | "(") && tag(behind + 1);
        let of = copy.word(behind) == "of" && body(behind + 1, usize::MAX);
        let several = ahead.is_some_and(|before| {
            let named = |at: usize| copy.facts.words.get(at).is_some_and(|word| word.traits.any(Traits::ROLES));
            copy.word(before) == "," && copy.word(behind) == "and" && before.checked_sub(1).is_some_and(named)
        });
        noun || owned || heard || party || of || several
    }

    /// "Henderson, Nev."
    fn is_town(&self, first: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[first.paragraph];
        let after = self.text(TextRange::new(first.range.end(), paragraph.range.end()));
        let state = after.strip_prefix(", ").map(first_word).unwrap_or_default();
        let region = Lexicon::get().names.traits(state);
        state.ends_with('.') && region.any(Traits::REGION)
    }

    /// How likely a person is by the words of the paragraph alone.
    fn likely(&self, mention: &EntityMention) -> f32 {
        let paragraph = &self.context.analysis.paragraphs[mention.paragraph];
        let own = mention.range - paragraph.range.start();
        let names = &paragraph.facts.mentions;
        let found = names.binary_search_by_key(&own.start(), |name| name.range.start());
        found.map_or(0.0, |index| names[index].labels[0])
    }

    /// Another word with a capital stands beside the name and may belong to it.
    fn is_longer(&self, first: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[first.paragraph];
        let before = self.text(TextRange::new(paragraph.range.start(), first.range.start()));
        let after = self.text(TextRange::new(first.range.end(), paragraph.range.end()));
        let grammar = &Lexicon::get().grammar;
        let may_belong = |word: &str| {
            let class = grammar.class(&word.to_lowercase());
            // "Democrat Clinton", "CEO Stumpf"
            let traits = Lexicon::get().names.word(word).traits(word.chars().all(char::is_uppercase));
            let group = traits.any(Traits::DEMONYM.or(Traits::ROLE)) && !traits.any(Traits::PERSON.or(Traits::PLACE));
            word.starts_with(char::is_uppercase)
                && !group
                && matches!(class, Class::Other | Class::Verb | Class::Ing)
        };
        // Margaret “Peg” Doyle, and "Don" for a title
        let nicknamed = [" “", " \"", " ‘"].iter().any(|mark| after.starts_with(mark));
        let given = first.title.is_some_and(|title| {
            let traits = Lexicon::get().names.word(self.text(title)).traits(false);
            traits.any(Traits::GIVEN)
        });
        // "Wilson Or", but "Okafor Monday"
        let goes_on = |word: &str| {
            word.starts_with(char::is_uppercase) && grammar.class(&word.to_lowercase()) != Class::Time
        };
        let next = after.strip_prefix(' ').map(first_word);
        let cut = after.chars().next().is_some_and(|c| !c.is_whitespace() && !ENDS.contains(c));
        if nicknamed || given || cut || next.is_some_and(goes_on) {
            return true;
        }
        let Some(before) = before.strip_suffix(' ').filter(|_| first.title.is_none()) else {
            return false;
        };
        if before.ends_with("’s") || before.ends_with("'s") {
            return false;
        }
        let chunk = before.rsplit(' ').next().unwrap_or_default();
        let broken = |chunk: &str| chunk.chars().any(|c| !is_word(c) && !ENDS.contains(c));
        if chunk.starts_with(char::is_uppercase) && broken(chunk) {
            return true;
        }
        // Albert “Bertie” Doyle
        let nickname = before
            .strip_suffix(['”', '"', '’', '\''])
            .is_some_and(|inside| inside.ends_with(char::is_alphabetic));
        nickname || may_belong(last_word(before))
    }

    fn is_full_in_sentence(&self, first: &EntityMention) -> bool {
        let sentence = self.sentence(first);
        self.names
            .iter()
            .any(|mention| sentence.contains_range(mention.range) && self.is_full(mention))
    }

    fn sentence(&self, mention: &EntityMention) -> TextRange {
        let paragraph = &self.context.analysis.paragraphs[mention.paragraph];
        let sentences = &paragraph.facts.sentences;
        let index = sentences
            .partition_point(|sentence| paragraph.at(sentence.range).end() < mention.range.end());
        sentences
            .get(index)
            .map_or(paragraph.range, |sentence| paragraph.at(sentence.range))
            .cover(mention.range)
    }

    /// One whom readers know, or one who has but one name.
    fn is_exempt(&self, first: &EntityMention) -> bool {
        let name = self.text(first.range);
        let is_named = |known: &str| {
            let known = known.to_lowercase();
            let name = name.to_lowercase();
            // A name known in full is known by its family name as well.
            known == name || known == self.entity.name.to_lowercase() || known.ends_with(&format!(" {name}"))
        };
        let mut known = self.context.settings.known_people.iter().map(String::as_str);
        let title = first.title.map_or("", |title| self.text(title));
        let reigns = title
            .split_whitespace()
            .any(|word| REIGNING.contains(&word));
        reigns
            || ONE_NAME.contains(&name)
            || known.any(is_named)
            || self.context.texts("exempt").any(is_named)
    }

    /// "Ruth and her husband, Tom Okafor": one full name does for a family in one sentence.
    fn is_family(&self, first: &EntityMention) -> bool {
        let analysis = self.context.analysis;
        let around = self.around(first);
        let before = self.text(TextRange::new(around.start(), first.full_range().start()));
        let words = |text: &'a str| text.split(|c: char| !c.is_alphabetic());
        // "his daughter, Ellie"
        let introduced = words(before)
            .rev()
            .filter(|word| !word.is_empty())
            .take(2)
            .any(|word| KIN.contains(&word));
        if introduced {
            return true;
        }
        let related = words(self.text(around)).any(|word| KIN.contains(&word));
        let after = self.text(TextRange::new(first.range.end(), around.end()));
        let paired = after.starts_with(" and ") && first.form == MentionForm::Given;
        if !related && !paired {
            return false;
        }
        let from = analysis
            .mentions
            .partition_point(|mention| mention.range.start() < around.start());
        analysis.mentions[from..]
            .iter()
            .take_while(|mention| mention.range.end() <= around.end())
            .any(|mention| {
                mention.entity != first.entity
                    && analysis.entity(mention.entity).label == Label::Person
                    && self.is_full(mention)
            })
    }

    /// The part of a sentence that stands near a name.
    fn around(&self, mention: &EntityMention) -> TextRange {
        const NEAR: usize = 200;
        let sentence = self.sentence(mention).cover(mention.full_range());
        let text = self.context.analysis.prose.text();
        let border = |from: usize| (from..).find(|&at| text.is_char_boundary(at)).unwrap_or(from);
        let start = usize::from(mention.full_range().start()).saturating_sub(NEAR);
        let end = (usize::from(mention.range.end()) + NEAR).min(text.len());
        let size = |at: usize| TextSize::try_from(border(at)).unwrap_or(sentence.end());
        TextRange::new(
            sentence.start().max(size(start)),
            sentence.end().min(size(end)),
        )
    }

    /// "the Biden administration", "a surprising Biden win"
    fn is_eponym(&self, first: &EntityMention) -> bool {
        let paragraph = &self.context.analysis.paragraphs[first.paragraph];
        let before = self.text(TextRange::new(paragraph.range.start(), first.range.start()));
        let after = self.text(TextRange::new(first.range.end(), paragraph.range.end()));
        let grammar = &Lexicon::get().grammar;
        let word = before.strip_suffix(' ').map(last_word).unwrap_or_default();
        let next = after.strip_prefix(' ').map(first_word).unwrap_or_default();
        let noun = |word: &str| word.starts_with(char::is_lowercase) && grammar.class(word) == Class::Other;
        let determined = grammar.class(&word.to_lowercase()) == Class::Determiner;
        determined && next.starts_with(char::is_lowercase) || noun(word) && noun(next)
    }
}

/// The word at the start of a text; empty where another character stands there.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !is_word(c)).next().unwrap_or_default()
}

/// The word at the end of a text; empty where another character stands there.
fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !is_word(c)).next().unwrap_or_default()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.')
}

/// "Muslims", "Texans": many people.
fn is_people(name: &str) -> bool {
    let names = &Lexicon::get().names;
    let singular = name.strip_suffix('s').unwrap_or(name);
    [name, singular].iter().any(|word| names.word(word).traits(false).any(Traits::DEMONYM))
}

/// "PolitiFact", "Cloud9": words that somebody made up. "McKay" and "O’Neill" are not.
fn is_coined(name: &str) -> bool {
    let rest = ["Mc", "Mac", "De", "La", "Le", "Di", "Du", "Van", "Fitz"]
        .iter()
        .find_map(|start| name.strip_prefix(start))
        .unwrap_or(name);
    let letters = rest.split(['-', '’', '\'', ' ']);
    let inner = |part: &str| part.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric());
    let capitals = name.chars().all(|c| !c.is_lowercase());
    !capitals && letters.clone().any(inner)
}

/// What may follow the last letter of a name; anything else is an encoding gone wrong.
const ENDS: &str = ".,:;!?()[]/’'”\"»–—-―…*_";

/// Titles that go with a given name alone.
const REIGNING: [&str; 14] = [
    "King", "Queen", "Pope", "Prince", "Princess", "Emperor", "Empress", "Sultan", "Emir", "Patriarch", "Saint", "St.",
    "Sister", "Brother",
];

/// A name that stands once is surely a person's from here on.
const LIKELY: f32 = 0.8;

/// Titles that go with made-up names too: "Miss Universe", "Lady Cassandra".
const FANCIFUL: [&str; 5] = ["Miss", "Uncle", "Lady", "Lord", "Captain"];

/// People who go by one name.
const ONE_NAME: [&str; 45] = [
    "Adele", "Aristotle", "Banksy", "Beyoncé", "Beyonce", "Bono", "Buddha", "Caesar", "Casemiro", "Cher", "Cleopatra",
    "Confucius", "Drake", "Eminem", "Galileo", "Halston", "Homer", "Jesus", "Lizzo", "Lula", "Madonna", "Marta", "Michelangelo",
    "Mohammed", "Moses", "Muhammad", "Napoleon", "Neymar", "Pelé", "Pele", "Plato", "Raphael", "Rembrandt", "Rihanna",
    "Rodri", "Ronaldinho", "Shakira", "Socrates", "Sting", "Suharto", "Sukarno", "Usher", "Vinícius", "Voltaire",
    "Zendaya",
];

const KIN: [&str; 22] = [
    "wife", "husband", "spouse", "partner", "widow", "widower", "son", "daughter", "sons", "daughters", "mother",
    "father", "parents", "sister", "brother", "sisters", "brothers", "twin", "twins", "couple", "children", "family",
];

#[cfg(test)]
mod tests;
