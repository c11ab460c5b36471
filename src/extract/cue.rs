//! Reporting verbs and phrases.

use std::ops::Range;

use text_size::TextRange;

use super::quote::Quote;
use super::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, CueEntry, CuePattern, Form, Grade, Lexicon};

/// A reporting verb or phrase outside any quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Bytes in the paragraph.
    pub range: TextRange,
    /// Its tokens, as indices into the paragraph's tokens.
    pub tokens: Range<usize>,
    /// Its entry in the list of cues.
    pub entry: &'static CueEntry,
    /// The inflection.
    pub form: Form,
    /// "did not say", "never said".
    pub negated: bool,
    /// An adverb that makes it hearsay ("reportedly"), beside the verb.
    pub hearsay: Option<TextRange>,
    /// In the passive ("was told", "is accused of").
    pub passive: bool,
}

/// Finds the cues of one paragraph, in reading order; where two overlap the longer one stands.
pub fn cues(text: &str, tokens: &[Token], quotes: &[Quote], lexicon: &'static Lexicon) -> Vec<Cue> {
    let mut words = Words {
        text,
        tokens,
        lexicon,
        lower: String::new(),
    };
    let mut quotes = quotes
        .iter()
        .filter(|quote| quote.parent.is_none() && quote.certain)
        .peekable();
    let mut cues = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = tokens[at].range.start();
        while quotes.next_if(|quote| quote.range.end() <= start).is_some() {}
        if quotes
            .peek()
            .is_some_and(|quote| quote.range.start() <= start)
        {
            at += 1;
            continue;
        }
        match words.cue_at(at) {
            Some(cue) => {
                at = cue.tokens.end;
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}

/// Verbs whose third person is a plural noun as well.
const NOUNS_TOO: &[&str] = &[
    "answer", "call", "charge", "chant", "claim", "comment", "cry", "demand", "detail", "doubt",
    "estimate", "fear", "forecast", "hint", "hope", "joke", "laugh", "list", "note", "offer",
    "order", "pledge", "post", "project", "promise", "protest", "quote", "remark", "report",
    "request", "rule", "scream", "shout", "sigh", "signal", "smile", "state", "support", "text",
    "tweet", "view", "voice", "vote", "vow", "worry", "attack", "label", "term",
];

/// Verbs whose base form is no noun: "Ms. Keller and her deputy warn".
const VERBS_ONLY: &[&str] = &[
    "say",
    "argue",
    "insist",
    "tell",
    "write",
    "acknowledge",
    "explain",
    "admit",
    "agree",
    "allege",
    "contend",
    "maintain",
    "suggest",
];

/// Whether a noun takes a verb in its base form.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s')
        || matches!(
            noun,
            "people" | "police" | "data" | "men" | "women" | "children" | "media"
        )
}

/// Adverbs that turn a report into hearsay.
fn is_hearsay(word: &str) -> bool {
    matches!(
        word,
        "reportedly" | "allegedly" | "apparently" | "supposedly" | "purportedly"
    )
}

/// A paragraph's words in lower case, one at a time.
struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'static Lexicon,
    lower: String,
}

impl Words<'_> {
    fn cue_at(&mut self, at: usize) -> Option<Cue> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word || !matches!(token.case, Case::Lower | Case::Capital) {
            return None;
        }
        let capital = token.case == Case::Capital;
        let lexicon = self.lexicon;
        let pattern = {
            let patterns = lexicon.cues.starting_with(self.lower(at));
            patterns.iter().find(|pattern| self.matches(pattern, at))?
        };
        let entry = &lexicon.cues.entries[pattern.entry];
        // A capital is a name's ("State", "Reading") but at the start of a sentence, where few cues stand first.
        if capital
            && !(pattern.form == Form::Phrase
                || matches!(pattern.form, Form::Past | Form::Ing) && self.opens(at))
        {
            return None;
        }
        // Hearsay adverbs are kept with the verb beside them.
        if entry.class == "hearsay" && is_hearsay(entry.cue) || self.is_noun(at, pattern, entry) {
            return None;
        }
        let tokens = at..at + pattern.words.len();
        let range = self.tokens[at].stem.cover(self.tokens[tokens.end - 1].stem);
        let before = self.auxiliaries(at);
        let after = self.hearsay(tokens.end);
        Some(Cue {
            range,
            tokens,
            entry,
            form: pattern.form,
            negated: before.negated,
            hearsay: before.hearsay.or(after),
            passive: before.be && matches!(pattern.form, Form::Past | Form::Participle)
                || pattern.form == Form::Phrase && entry.class == "hearsay",
        })
    }

    /// Whether a paragraph or a sentence starts here, as far as the token before tells.
    fn opens(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else {
            return true;
        };
        before.kind == TokenKind::Mark
            && !matches!(&self.text[before.range], "," | "-" | "(" | "'" | "’")
    }

    fn matches(&mut self, pattern: &CuePattern, at: usize) -> bool {
        (1..pattern.words.len())
            .all(|k| at + k < self.tokens.len() && self.lower(at + k) == pattern.words[k])
    }

    /// Many verbs of the list are nouns too: "the report", "a claim", "his remarks". A determiner, an adjective's
    /// place, or a preposition before them says so.
    fn is_noun(&mut self, at: usize, pattern: &CuePattern, entry: &CueEntry) -> bool {
        if pattern.words.len() > 1 || pattern.form == Form::Phrase {
            return false;
        }
        let Some(before) = at.checked_sub(1) else {
            return pattern.form == Form::Base || pattern.form == Form::Third;
        };
        let token = self.tokens[before];
        let lexicon = self.lexicon;
        let class = lexicon.grammar.class(self.lower(before));
        // "He’s" holds a verb.
        let possessive = token.stem != token.range
            && token.kind == TokenKind::Word
            && !matches!(class, Class::Subject | Class::Relative | Class::That);
        let noun_place = matches!(
            class,
            Class::Determiner | Class::Possessive | Class::Preposition
        ) || possessive;
        match pattern.form {
            // "that said", "all told", "to have said"; but "of those saying", "after saying"
            Form::Ing => matches!(class, Class::Determiner | Class::Possessive) || possessive,
            Form::Past | Form::Participle => {
                noun_place
                    && class != Class::Preposition
                    && !entry.frames.takes(crate::lexicon::Frames::QUOTE)
                    || matches!(
                        self.lower(before),
                        "the" | "a" | "an" | "his" | "her" | "their" | "its" | "all"
                    )
            }
            // Base forms are verbs after "to", an auxiliary or a plural subject; elsewhere mostly nouns.
            Form::Base => match class {
                Class::To | Class::Auxiliary | Class::Negation => false,
                Class::Subject => matches!(self.lower(before), "he" | "she" | "it"),
                Class::Relative => false,
                Class::Adverb => self.is_noun_behind_adverb(before, entry),
                Class::Other => possessive || !self.takes_base(before, entry),
                _ => true,
            },
            Form::Third => {
                let plural = class == Class::Other
                    && !possessive
                    && token.case == Case::Lower
                    && self.lower(before).ends_with('s');
                noun_place
                    || plural
                    || matches!(class, Class::To | Class::Auxiliary | Class::Ing)
                    || NOUNS_TOO.contains(&entry.cue) && self.is_followed_as_noun(at + 1)
            }
            Form::Phrase => false,
        }
    }

    /// "tweets targeting", "claims of", "reports were": what follows a plural noun.
    fn is_followed_as_noun(&mut self, at: usize) -> bool {
        if at >= self.tokens.len() {
            return true;
        }
        if self.tokens[at].kind == TokenKind::Mark {
            return matches!(&self.text[self.tokens[at].range], "." | "," | ";" | ")");
        }
        if self.lower(at) == "as" {
            return true;
        }
        let lexicon = self.lexicon;
        let class = lexicon.grammar.class(self.lower(at));
        matches!(
            class,
            Class::Preposition
                | Class::Ing
                | Class::Auxiliary
                | Class::Verb
                | Class::Conjunction
                | Class::Relative
        )
    }

    /// The same behind an adverb: "they often say", "Many residents still insist".
    fn is_noun_behind_adverb(&mut self, adverb: usize, entry: &CueEntry) -> bool {
        let Some(before) = adverb.checked_sub(1) else {
            return true;
        };
        let lexicon = self.lexicon;
        match lexicon.grammar.class(self.lower(before)) {
            Class::To | Class::Auxiliary | Class::Subject | Class::Negation | Class::Relative => {
                false
            }
            Class::Other => {
                !(VERBS_ONLY.contains(&entry.cue)
                    && self.lower(before).ends_with('s')
                    && self.takes_base(before, entry))
            }
            _ => true,
        }
    }

    /// Whether the noun at a token can be the subject of a base form: "residents call", "Keller and Moore call them";
    /// not "a crossroads back in May".
    fn takes_base(&mut self, noun: usize, entry: &CueEntry) -> bool {
        if VERBS_ONLY.contains(&entry.cue) {
            return true;
        }
        let start = noun.saturating_sub(3);
        let single = (start..noun)
            .rev()
            .take_while(|&at| self.tokens[at].kind == TokenKind::Word)
            .any(|at| matches!(self.lower(at), "a" | "an"));
        let joined = self.tokens[noun].case == Case::Capital
            && (start..noun).any(|at| self.lower(at) == "and")
            && self.has_object(noun + 2);
        entry.grade != Grade::Nonspeech && !single && (is_plural(self.lower(noun)) || joined)
    }

    /// A pronoun or a determiner that starts an object: "call them", "praise the crew".
    fn has_object(&mut self, at: usize) -> bool {
        if at >= self.tokens.len() {
            return false;
        }
        let lexicon = self.lexicon;
        matches!(
            lexicon.grammar.class(self.lower(at)),
            Class::Object | Class::Determiner | Class::Possessive
        )
    }

    /// What the auxiliaries and adverbs directly before a verb say of it.
    fn auxiliaries(&mut self, at: usize) -> Before {
        let mut found = Before::default();
        for before in (at.saturating_sub(5)..at).rev() {
            let range = self.tokens[before].stem;
            let lexicon = self.lexicon;
            let word = self.lower(before);
            match lexicon.grammar.class(word) {
                Class::Negation => found.negated = true,
                // "declined to say"
                Class::To if before > 0 => {
                    found.negated |= is_refusal(self.lower(before - 1));
                    break;
                }
                Class::Adverb if is_hearsay(word) => found.hearsay = Some(range),
                Class::Adverb => {}
                Class::Auxiliary => {
                    found.negated |= word.ends_with("n't") || word == "cannot";
                    found.be |= found.nearest.is_none()
                        && matches!(
                            word,
                            "is" | "are" | "was" | "were" | "be" | "been" | "being"
                        );
                    found.nearest = Some(before);
                }
                _ => break,
            }
        }
        found
    }

    fn hearsay(&mut self, at: usize) -> Option<TextRange> {
        let range = self.tokens.get(at)?.stem;
        is_hearsay(self.lower(at)).then_some(range)
    }

    /// The word at a token in lower case with straight apostrophes.
    fn lower(&mut self, at: usize) -> &str {
        lower_into(&mut self.lower, &self.text[self.tokens[at].stem]);
        &self.lower
    }
}

/// Verbs of those who will not say something.
fn is_refusal(word: &str) -> bool {
    matches!(
        word,
        "declined" | "declines" | "declining" | "refused" | "refuses" | "refusing"
    )
}

/// Writes a word in lower case, with straight apostrophes, over what `out` held.
pub(super) fn lower_into(out: &mut String, word: &str) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        return out.make_ascii_lowercase();
    }
    out.extend(word.chars().flat_map(|c| {
        if c == '’' {
            '\''.to_lowercase()
        } else {
            c.to_lowercase()
        }
    }));
}

#[derive(Default)]
struct Before {
    negated: bool,
    hearsay: Option<TextRange>,
    /// The auxiliary nearest to the verb, and whether it is a form of "be".
    nearest: Option<usize>,
    be: bool,
}
