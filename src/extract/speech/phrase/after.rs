//! The noun phrase behind a token: the subject behind a verb, the source behind "according to".

use std::ops::Range;

use super::{COUNTS, Class, Clauses, DEEPEST, Kind, LONGEST_APPOSITION, Phrase};

impl Clauses<'_> {
    /// The noun phrase that starts at `at` and ends before `high`.
    pub fn phrase_after(&self, at: usize, high: usize) -> Option<Phrase> {
        let core = self.nominal_after(at, high, DEEPEST)?;
        let extent = core.start..self.apposition_end(core.end, high);
        let apposition = core.end + 1..extent.end;
        let core = if !apposition.is_empty() && self.is_name(&apposition) {
            apposition
        } else {
            core
        };
        Some(Phrase { core, extent })
    }

    fn nominal_after(&self, at: usize, high: usize, depth: usize) -> Option<Range<usize>> {
        if at >= high {
            return None;
        }
        if matches!(self.kinds[at], Kind::Word(Class::Subject | Class::Object)) {
            return Some(at..at + 1);
        }
        let mut end = at;
        let mut noun = false;
        while end < high {
            match self.kinds[end] {
                Kind::Name(_) => {
                    end = self.name_end(end).min(high);
                    noun = true;
                }
                Kind::Word(Class::Other) | Kind::Number => {
                    end += 1;
                    noun = true;
                }
                Kind::Word(Class::Determiner | Class::Possessive) if end == at => end += 1,
                // "the newly elected mayor", "the operator’s managing director"
                Kind::Word(Class::Verb | Class::Ing | Class::Adverb)
                    if end > at && (!noun || self.is_possessive(end - 1)) =>
                {
                    end += 1
                }
                // "the April meeting"
                Kind::Word(Class::Time)
                    if end > at
                        && !noun
                        && matches!(
                            self.kind(end + 1),
                            Some(Kind::Word(Class::Other | Class::Ing))
                        ) =>
                {
                    end += 1
                }
                Kind::Word(Class::Conjunction)
                    if noun && (self.joins_people(end, at) || self.joins_described(end, at)) =>
                {
                    end += 1
                }
                _ => break,
            }
        }
        let pronoun = end == at + 1 && self.is_one_of(at, COUNTS);
        // "said the ruling": a word in -ing after a determiner is a noun where nothing else follows.
        if !noun && !pronoun && end < at + 2 {
            return None;
        }
        Some(at..self.complement_after(at..end, high, depth))
    }

    /// The end of "of the council", "for the ministry" after a noun; a person's name takes none.
    fn complement_after(&self, core: Range<usize>, high: usize, depth: usize) -> usize {
        let end = core.end;
        let person = self.is_person(end - 1);
        let fits = self.is(end, "of")
            || !person && self.is_one_of(end, &["for", "from", "at", "with", "in", "on"]);
        if depth == 0
            || end + 1 >= high
            || !fits
            || matches!(self.kind(end + 1), Some(Kind::Word(Class::Time)))
        {
            return end;
        }
        self.nominal_after(end + 1, high, depth - 1)
            .map_or(end, |inner| inner.end)
    }

    /// The end of an apposition or relative clause that starts with a comma or bracket at `at`, or `at` itself.
    fn apposition_end(&self, at: usize, high: usize) -> usize {
        let at = match self.kind(at) {
            Some(Kind::Open) if at < high => (at..high.min(at + 12))
                .find(|&k| self.kinds[k] == Kind::Close)
                .map_or(at, |close| close + 1),
            _ => at,
        };
        if at >= high || self.kinds[at] != Kind::Comma {
            return at;
        }
        let relative = matches!(self.kind(at + 1), Some(Kind::Word(Class::Relative)));
        let starts = relative
            || matches!(
                self.kind(at + 1),
                Some(
                    Kind::Word(Class::Determiner | Class::Possessive | Class::Other)
                        | Kind::Number
                        | Kind::Name(_)
                )
            );
        if !starts {
            return at;
        }
        for k in at + 1..high.min(at + LONGEST_APPOSITION) {
            match self.kinds[k] {
                Kind::Quote(_) | Kind::Semicolon | Kind::Colon | Kind::Dash => return k,
                Kind::Stop => return k,
                Kind::Comma if relative || k > at + 2 => return k,
                Kind::Word(Class::Ing) | Kind::Cue(_) if !relative => return at,
                Kind::Word(Class::Auxiliary | Class::Subject) if !relative => return at,
                _ => {}
            }
        }
        at
    }
}
