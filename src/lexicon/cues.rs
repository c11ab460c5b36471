//! Reporting verbs and phrases, with what a copy chief thinks of each.

use super::word_map::WordMap;

/// How loaded a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grade {
    /// "said": never a finding.
    Neutral,
    /// Adds a fact: "explained", "warned".
    Explanatory,
    /// Colours what is said: "admitted", "claimed".
    Loaded,
    /// Not speech: "smiled", "believes".
    Nonspeech,
}

/// What a cue can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Frames(u8);

impl Frames {
    /// A quote.
    pub const QUOTE: Frames = Frames(1);
    /// A that-clause, with or without "that".
    pub const THAT: Frames = Frames(2);
    /// A question clause: "asked whether".
    pub const QUESTION: Frames = Frames(4);
    /// An infinitive: "promised to leave".
    pub const INFINITIVE: Frames = Frames(8);
    /// A listener: "told reporters".
    pub const LISTENER: Frames = Frames(16);
    /// A noun phrase: "condemned the attack".
    pub const NOUN: Frames = Frames(32);

    /// All of `other` can follow.
    pub fn takes(self, other: Frames) -> bool {
        self.0 & other.0 == other.0
    }

    fn parse(letters: &str) -> Frames {
        Frames(letters.chars().fold(0, |frames, letter| {
            frames
                | match letter {
                    'Q' => Frames::QUOTE.0,
                    'T' => Frames::THAT.0,
                    'W' => Frames::QUESTION.0,
                    'I' => Frames::INFINITIVE.0,
                    'O' => Frames::LISTENER.0,
                    'N' => Frames::NOUN.0,
                    _ => 0,
                }
        }))
    }
}

/// The inflection in which a reporting verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said", "told": past tense, which may also be the participle.
    Past,
    /// "written", "shown": a participle that differs from the past tense.
    Participle,
    /// "saying"
    Ing,
    /// A phrase, not a verb.
    Phrase,
}

/// One reporting verb or phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueEntry {
    /// The verb in its base form, or the phrase.
    pub cue: &'static str,
    /// How loaded it is.
    pub grade: Grade,
    /// Its class: say, doubt, confess, factive, drama, boast, gesture, mind, source, hearsay …
    pub class: &'static str,
    /// What it can take.
    pub frames: Frames,
    /// Third person, past, past participle and -ing form, the list's first spelling of each; empty for phrases.
    pub forms: [&'static str; 4],
    /// What to write instead; empty where nothing is better.
    pub suggest: &'static str,
    /// A copy chief's note on it; may be empty.
    pub note: &'static str,
}

impl CueEntry {
    /// A phrase ("according to"), not a verb.
    pub fn is_phrase(&self) -> bool {
        self.forms[0].is_empty()
    }
}

/// One spelling of a cue, in lower case.
#[derive(Debug)]
pub struct CuePattern {
    /// Its words.
    pub words: Vec<&'static str>,
    /// Its entry, as an index into [`CueList::entries`].
    pub entry: usize,
    /// Its inflection.
    pub form: Form,
}

/// The list of reporting verbs and phrases.
#[derive(Debug)]
pub struct CueList {
    /// All entries, in the list's order.
    pub entries: Vec<CueEntry>,
    patterns: WordMap<&'static str, Vec<CuePattern>>,
}

impl CueList {
    /// The spellings that start with a word in lower case, longest first.
    pub fn starting_with(&self, word: &str) -> &[CuePattern] {
        self.patterns.get(word).map_or(&[], Vec::as_slice)
    }

    pub(super) fn load() -> CueList {
        let mut list = CueList {
            entries: Vec::new(),
            patterns: WordMap::default(),
        };
        let lines = include_str!("cues.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1);
        for line in lines {
            list.add(line);
        }
        for patterns in list.patterns.values_mut() {
            patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.words.len()));
        }
        list
    }

    fn add(&mut self, line: &'static str) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or("");
        let (cue, kind, grade, class, frames) = (column(), column(), column(), column(), column());
        let forms = [column(), column(), column(), column()];
        let entry = self.entries.len();
        self.entries.push(CueEntry {
            cue,
            grade: match grade {
                "neutral" => Grade::Neutral,
                "loaded" => Grade::Loaded,
                "nonspeech" => Grade::Nonspeech,
                _ => Grade::Explanatory,
            },
            class,
            frames: Frames::parse(frames),
            forms: forms.map(|form| form.split('/').next().unwrap_or("")),
            suggest: column(),
            note: column(),
        });
        if kind == "phrase" {
            self.add_phrase(cue, entry);
            return;
        }
        let kinds = [Form::Third, Form::Past, Form::Participle, Form::Ing];
        for (spellings, form) in forms.into_iter().zip(kinds) {
            for spelling in spellings.split('/') {
                self.add_pattern(spelling.split(' ').collect(), entry, form);
            }
        }
        self.add_pattern(cue.split(' ').collect(), entry, Form::Base);
    }

    /// "is accused of" also stands for "was accused of" and "are accused of". Phrases with a bracket are shapes for
    /// the reader, not spellings, and so are those with a reporting verb of their own ("officials said", "told
    /// reporters"): the verbs in them are found by themselves.
    fn add_phrase(&mut self, phrase: &'static str, entry: usize) {
        let has_verb = |word| matches!(word, "said" | "say" | "told" | "believe");
        if phrase.contains('[') || phrase.split(' ').any(has_verb) && !phrase.starts_with("is ") {
            return;
        }
        let words: Vec<&str> = phrase.split(' ').collect();
        let Some(is) = words.iter().position(|word| matches!(*word, "is" | "was")) else {
            self.add_pattern(words, entry, Form::Phrase);
            return;
        };
        for be in ["is", "was", "are", "were", "been"] {
            let mut spelling = words.clone();
            spelling[is] = be;
            self.add_pattern(spelling, entry, Form::Phrase);
        }
    }

    /// The first inflection of a spelling stands: "said" is past before it is a participle, "read" past before base.
    fn add_pattern(&mut self, words: Vec<&'static str>, entry: usize, form: Form) {
        let Some(first) = words.first() else { return };
        let patterns = self.patterns.entry(first).or_default();
        if patterns.iter().all(|pattern| pattern.words != words) {
            patterns.push(CuePattern { words, entry, form });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_line_has_its_columns() {
        for line in include_str!("cues.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            assert_eq!(line.split('\t').count(), 11, "{line}");
        }
    }

    #[test]
    fn inflections_lead_to_their_verb() {
        let cues = &Lexicon::get().cues;
        for (word, cue, form) in [
            ("said", "say", Form::Past),
            ("says", "say", Form::Third),
            ("saying", "say", Form::Ing),
            ("written", "write", Form::Participle),
            ("signalled", "signal", Form::Past),
            ("read", "read", Form::Past),
        ] {
            let found = cues
                .starting_with(word)
                .iter()
                .find(|pattern| pattern.words.len() == 1);
            let found = found.map(|pattern| (cues.entries[pattern.entry].cue, pattern.form));
            assert_eq!(found, Some((cue, form)), "{word}");
        }
    }

    #[test]
    fn longer_spellings_come_first() {
        let patterns = Lexicon::get().cues.starting_with("called");
        assert!(patterns.is_sorted_by_key(|pattern| std::cmp::Reverse(pattern.words.len())));
        assert!(
            patterns
                .iter()
                .any(|pattern| pattern.words == ["called", "on"])
        );
    }

    #[test]
    fn phrases_follow_the_tense_of_be() {
        let cues = &Lexicon::get().cues;
        assert!(
            cues.starting_with("were")
                .iter()
                .any(|pattern| pattern.words == ["were", "accused", "of"])
        );
        assert!(cues.starting_with("[outlet]").is_empty());
        assert!(cues.starting_with("officials").is_empty());
    }
}
