//! What stands beside a name between commas: an age, a home, an office, a clause with "who".

use text_size::TextRange;

use super::super::paragraph::Paragraph;
use super::is_kin;
use crate::extract::{Token, TokenKind};
use crate::lexicon::{Class, Traits};

/// Words of the longest phrase or clause; a longer one was misread.
const LONGEST: usize = 24;

/// A phrase beside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Phrase {
    /// Prose bytes.
    pub range: TextRange,
    /// Its head noun; none for an age and a clause.
    pub head: Option<TextRange>,
}

/// What stands beside a name, in ranges that count from the start of its paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Beside {
    behind: Vec<Phrase>,
    before: Option<Phrase>,
}

impl Phrase {
    /// The same in a paragraph that starts elsewhere.
    fn moved(self, move_: impl Fn(TextRange) -> TextRange) -> Phrase {
        Phrase {
            range: move_(self.range),
            head: self.head.map(move_),
        }
    }
}

/// The phrases behind and before a name; `fact` is its index in the facts. `full` is the name with its titles.
pub(super) fn beside(
    text: &str,
    paragraph: &Paragraph,
    fact: Option<usize>,
    (name, full): (TextRange, TextRange),
    person: bool,
) -> (Vec<Phrase>, Option<Phrase>) {
    let read = || {
        let behind = behind(text, paragraph, name, person);
        (behind, before(text, paragraph, full, person))
    };
    // What the passes made of a name may not be what the facts have.
    let own = fact.filter(|fact| {
        let mention = paragraph.facts.mentions.get(*fact);
        mention.is_some_and(|mention| {
            paragraph.at(mention.range) == name && paragraph.at(mention.full_range()) == full
        })
    });
    let Some(fact) = own else {
        return read();
    };
    let start = paragraph.range.start();
    let noted = paragraph.notes.beside(fact, person, || {
        let (behind, before) = read();
        let own = |phrase: Phrase| phrase.moved(|range| range - start);
        (!behind.is_empty() || before.is_some()).then(|| Beside {
            behind: behind.into_iter().map(own).collect(),
            before: before.map(own),
        })
    });
    let here = |phrase: &Phrase| phrase.moved(|range| range + start);
    match noted {
        Some(noted) => (
            noted.behind.iter().map(here).collect(),
            noted.before.as_ref().map(here),
        ),
        None => Default::default(),
    }
}

/// The phrases behind a mention that ends at `end`. `person`: only people have ages, homes and clauses.
pub(in super::super) fn behind(
    text: &str,
    paragraph: &Paragraph,
    mention: TextRange,
    person: bool,
) -> Vec<Phrase> {
    let reader = Reader::new(text, paragraph);
    let tokens = &paragraph.facts.tokens;
    let mut at = tokens.partition_point(|token| paragraph.at(token.range).end() <= mention.end());
    let mut found = Vec::new();
    // An age, then an office, then a clause: no name has more.
    for _ in 0..3 {
        let opened = match reader.word(at) {
            "," | "–" | "—" => reader.word(at),
            "(" if person && found.is_empty() => "(",
            _ => break,
        };
        let start = at + 1;
        let Some((end, head)) = reader.phrase_behind(start, person, &found) else {
            break;
        };
        found.push(Phrase {
            range: reader.range(start, end),
            head: head.map(|head| paragraph.at(tokens[head].stem)),
        });
        at = end;
        if opened == "(" || reader.is_clause(start) {
            break;
        }
    }
    found
}

/// The phrase before a name that is parted from it by a comma: "Her opposite number, Claudio Ferri,".
fn before(text: &str, paragraph: &Paragraph, mention: TextRange, person: bool) -> Option<Phrase> {
    let reader = Reader::new(text, paragraph);
    let tokens = &paragraph.facts.tokens;
    let at = tokens.partition_point(|token| paragraph.at(token.range).start() < mention.start());
    let comma = at.checked_sub(1).filter(|at| reader.word(*at) == ",")?;
    let behind = tokens.partition_point(|token| paragraph.at(token.range).end() <= mention.end());
    let closed = matches!(
        reader.word(behind),
        "," | "." | ":" | ";" | "" | "–" | "—" | "”" | "\""
    );
    if !closed
        || tokens
            .get(behind.wrapping_sub(1))
            .is_some_and(|token| token.stem != token.range)
    {
        return None;
    }
    let (start, head) = reader.phrase_before(comma, person)?;
    Some(Phrase {
        range: reader.range(start, comma),
        head: Some(paragraph.at(tokens[head].stem)),
    })
}

struct Reader<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, paragraph: &'a Paragraph) -> Reader<'a> {
        Reader {
            text,
            paragraph,
            tokens: &paragraph.facts.tokens,
        }
    }

    /// A token without a possessive ending; nothing outside the paragraph.
    fn word(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .and_then(|token| {
                self.text
                    .get(std::ops::Range::from(self.paragraph.at(token.stem)))
            })
            .unwrap_or_default()
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word)
    }

    fn possessive(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.stem != token.range)
    }

    fn class(&self, at: usize) -> Class {
        let words = &self.paragraph.facts.words;
        words.get(at).map_or(Class::Other, |word| word.class)
    }

    fn traits(&self, at: usize) -> Traits {
        let words = &self.paragraph.facts.words;
        words.get(at).map_or(Traits::NONE, |word| word.traits)
    }

    fn range(&self, start: usize, end: usize) -> TextRange {
        let first = self.tokens[start].stem;
        let last = self.tokens[end - 1].stem;
        self.paragraph.at(first.cover(last))
    }

    fn is_clause(&self, start: usize) -> bool {
        self.word(start) == "who"
    }

    /// A mark at which a phrase ends.
    fn ends(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "" | ","
                | "."
                | ";"
                | ":"
                | ")"
                | "–"
                | "—"
                | "--"
                | "!"
                | "?"
                | "“"
                | "”"
                | "\""
                | "…"
        )
    }

    /// The next mark, if it is near.
    fn end(&self, start: usize) -> Option<usize> {
        (start..start + LONGEST)
            .find(|at| self.ends(*at))
            .filter(|end| *end > start)
    }

    /// The end of the phrase that starts here, and its head.
    fn phrase_behind(
        &self,
        start: usize,
        person: bool,
        found: &[Phrase],
    ) -> Option<(usize, Option<usize>)> {
        if person {
            if let Some(end) = self.age(start).filter(|_| found.is_empty()) {
                return Some((end, None));
            }
            if self.is_clause(start) {
                return Some((self.clause_end(start)?, None));
            }
            if self.word(start) == "of" && found.is_empty() {
                return Some((self.home(start)?, None));
            }
        }
        let end = self.end(start)?;
        if person && self.word(start) == "one" && self.word(start + 1) == "of" {
            return Some((end, Some(start)));
        }
        let head = self.noun_phrase(start, end, person)?;
        Some((self.without_clause(head, end), Some(head)))
    }

    /// The phrase before a "who" or a participle behind its noun: "a dentist who has looked at the teeth", "the
    /// trumpeter known as Duke".
    fn without_clause(&self, head: usize, end: usize) -> usize {
        let opens = |at: &usize| {
            matches!(
                self.word(*at),
                "who" | "known" | "called" | "born" | "named"
            ) || matches!(self.class(*at), Class::Verb | Class::Ing) && !self.next_is_noun(*at, end)
        };
        (head + 1..end).find(opens).unwrap_or(end)
    }

    /// "54", "54, of Leeds", "aged 54"
    fn age(&self, start: usize) -> Option<usize> {
        let number = start + usize::from(self.word(start) == "aged");
        let years: u8 = self.word(number).parse().ok()?;
        let end = number + 1;
        if years > 120 || !self.ends(end) && self.word(end) != "and" {
            return None;
        }
        Some(match self.word(end) == "," && self.word(end + 1) == "of" {
            true => self.home(end + 1).unwrap_or(end),
            false => end,
        })
    }

    /// "of Leeds", "of no fixed address"
    fn home(&self, of: usize) -> Option<usize> {
        let end = self.end(of + 1)?;
        let first = self.word(of + 1);
        (first.starts_with(char::is_uppercase) || first == "no").then_some(end)
    }

    /// The end of "who grew up in Paris, Texas": a comma inside a place does not end it.
    fn clause_end(&self, start: usize) -> Option<usize> {
        let end = self.end(start + 1)?;
        let capital = |at: usize| self.word(at).starts_with(char::is_uppercase);
        let inside = self.word(end) == ","
            && capital(end - 1)
            && capital(end + 1)
            && self.ends(end + 2)
            && self.traits(end + 1).any(Traits::PLACE);
        let end = if inside { end + 2 } else { end };
        (self.word(end) != "?").then_some(end)
    }

    /// The head of the noun phrase that fills a stretch; none if the stretch is no noun phrase.
    fn noun_phrase(&self, start: usize, end: usize, person: bool) -> Option<usize> {
        let first = self.word(start).to_lowercase();
        let article = matches!(
            first.as_str(),
            "a" | "an" | "the" | "his" | "her" | "their" | "my" | "our" | "its" | "one"
        );
        if !article && self.class(start) == Class::Verb {
            return None;
        }
        let mut head = None;
        let mut at = start + usize::from(article);
        let mut seen_role = false;
        while at < end {
            let class = self.class(at);
            let behind_noun = head.is_some();
            if behind_noun
                && matches!(
                    self.word(at),
                    "known" | "called" | "born" | "named" | "dubbed" | "based"
                )
            {
                break;
            }
            match class {
                Class::Relative | Class::That if behind_noun => {
                    return head.filter(|_| article || seen_role);
                }
                Class::Preposition | Class::To if behind_noun && !self.possessive(at - 1) => break,
                Class::Conjunction if behind_noun && self.word(at) == "and" => {}
                Class::Other
                | Class::Ing
                | Class::Adverb
                | Class::Possessive
                | Class::Determiner
                | Class::Time => {}
                Class::Verb if !behind_noun => {}
                Class::Verb if !self.next_is_noun(at, end) && article => break,
                _ => return None,
            }
            let word = self.is_word(at)
                && !matches!(
                    class,
                    Class::Adverb | Class::Conjunction | Class::Determiner | Class::Possessive
                );
            let name = self.word(at).starts_with(char::is_uppercase)
                && !self.traits(at).any(Traits::ROLE.or(Traits::GROUP));
            if word && !(name && seen_role) && !self.possessive(at) {
                head = Some(at);
                seen_role |= self.is_person_noun(at) || self.traits(at).any(Traits::GROUP);
            }
            at += 1;
        }
        let head = head?;
        // Behind the head only prepositions and nouns: a verb makes it a sentence.
        let plain = (at..end).all(|i| {
            !matches!(
                self.class(i),
                Class::Auxiliary | Class::Subject | Class::Negation
            )
        });
        let capital = self.word(head).starts_with(char::is_uppercase);
        let fits = match person {
            true => {
                article && first != "one" && !capital
                    || seen_role
                    || article && is_kin(self.word(head))
            }
            false => (article || self.traits(head).any(Traits::GROUP)) && !capital,
        };
        (plain && fits).then_some(head)
    }

    /// A participle or a verb that stands before a noun: "a retired teacher".
    fn next_is_noun(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.class(at + 1) == Class::Other
    }

    /// A noun for a person, by the list or by its ending.
    fn is_person_noun(&self, at: usize) -> bool {
        let word = self.word(at);
        self.traits(at).any(Traits::ROLE)
            || is_kin(word)
            || matches!(
                word,
                "head" | "chair" | "keeper" | "boss" | "counterpart" | "deputy"
            )
            || word.len() > 6
                && ["man", "woman", "ist", "keeper", "maker", "eer", "ician"]
                    .iter()
                    .any(|ending| word.ends_with(ending))
    }

    /// The start and the head of the noun phrase that ends before a comma.
    fn phrase_before(&self, comma: usize, person: bool) -> Option<(usize, usize)> {
        let mut determiner = None;
        for at in (comma.saturating_sub(LONGEST)..comma).rev() {
            if self.ends(at) {
                break;
            }
            let own = matches!(
                self.word(at).to_lowercase().as_str(),
                "a" | "an" | "the" | "his" | "her" | "their" | "its" | "my" | "our"
            );
            if own {
                determiner = Some(at);
                let opens = at == 0 || self.ends(at - 1);
                if opens
                    || !matches!(self.class(at - 1), Class::Preposition | Class::To)
                        && !self.relative(at, comma)
                {
                    break;
                }
            }
        }
        let start = determiner?;
        let opens = start == 0 || self.ends(start - 1);
        let head = self.noun_phrase(start, comma, person)?;
        let known = match person {
            true => self.is_person_noun(head),
            false => self.traits(head).any(Traits::GROUP) || self.word(head) == "rival",
        };
        (known || opens).then_some((start, head))
    }

    /// A "that" or "who" stands before this word in its clause, so that the noun phrase starts further left.
    fn relative(&self, at: usize, _comma: usize) -> bool {
        (at.saturating_sub(LONGEST)..at)
            .rev()
            .take_while(|i| !self.ends(*i))
            .any(|i| matches!(self.class(i), Class::Relative | Class::That))
    }
}
