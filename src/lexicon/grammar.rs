//! The grammatical class that a word most likely has.

use super::word_map::WordMap;

/// A word's likely class. Words that no list knows are nouns or adjectives for the reader of this class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// "the", "a", "some", "two"
    Determiner,
    /// "his", "their"
    Possessive,
    /// "he", "they", "we're"
    Subject,
    /// "him", "themselves"
    Object,
    /// "who", "which"
    Relative,
    /// "that"
    That,
    /// "whether", "how"
    Question,
    /// "of", "in"
    Preposition,
    /// "and", "but"
    Conjunction,
    /// "because", "after"
    Subordinator,
    /// "was", "has", "would"
    Auxiliary,
    /// "not", "never"
    Negation,
    /// "to"
    To,
    /// "also", and most words in -ly
    Adverb,
    /// "Monday", "today"
    Time,
    /// A finite verb or a participle: "went", "goes", "arrested".
    Verb,
    /// "going"
    Ing,
    /// Anything else: a noun, an adjective, a name.
    Other,
}

/// Function words and common verbs.
#[derive(Debug)]
pub struct Grammar {
    classes: WordMap<String, Class>,
}

impl Grammar {
    /// The class of a word in lower case with straight apostrophes.
    pub fn class(&self, word: &str) -> Class {
        if let Some(class) = self.classes.get(word) {
            return *class;
        }
        if word.len() > 4
            && word.ends_with("ly")
            && !matches!(word, "family" | "ally" | "reply" | "assembly" | "rally")
        {
            return Class::Adverb;
        }
        if word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
            return Class::Verb;
        }
        if word.len() > 5 && word.ends_with("ing") {
            return Class::Ing;
        }
        Class::Other
    }

    pub(super) fn load() -> Grammar {
        let mut classes = WordMap::default();
        for line in include_str!("verbs.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            for form in inflections(line) {
                classes.insert(form, Class::Verb);
            }
        }
        for line in include_str!("function_words.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let Some((name, words)) = line.split_once(": ") else {
                continue;
            };
            let class = class_named(name);
            classes.extend(words.split(' ').map(|word| (word.to_owned(), class)));
        }
        Grammar { classes }
    }
}

fn class_named(name: &str) -> Class {
    match name {
        "determiner" => Class::Determiner,
        "possessive" => Class::Possessive,
        "subject" => Class::Subject,
        "object" => Class::Object,
        "relative" => Class::Relative,
        "that" => Class::That,
        "question" => Class::Question,
        "preposition" => Class::Preposition,
        "conjunction" => Class::Conjunction,
        "subordinator" => Class::Subordinator,
        "auxiliary" => Class::Auxiliary,
        "negation" => Class::Negation,
        "to" => Class::To,
        "adverb" => Class::Adverb,
        "time" => Class::Time,
        _ => Class::Other,
    }
}

/// Third person, past and participle of a line of the verb list. The base form is left out: most are nouns as well.
fn inflections(line: &str) -> Vec<String> {
    let mut words = line.split(' ');
    let base = words.next().unwrap_or("");
    let third = match base {
        _ if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        "go" => "goes".to_owned(),
        _ if ends_in_consonant_y(base) => format!("{}ies", &base[..base.len() - 1]),
        _ => format!("{base}s"),
    };
    let irregular: Vec<String> = words.map(str::to_owned).collect();
    let past = match base {
        _ if !irregular.is_empty() => return std::iter::once(third).chain(irregular).collect(),
        _ if base.ends_with('e') => format!("{base}d"),
        _ if ends_in_consonant_y(base) => format!("{}ied", &base[..base.len() - 1]),
        _ => format!("{base}ed"),
    };
    vec![third, past]
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.ends_with('y') && !word.ends_with("ay") && !word.ends_with("ey") && !word.ends_with("oy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_words() {
        let grammar = Grammar::load();
        for (word, class) in [
            ("the", Class::Determiner),
            ("went", Class::Verb),
            ("tries", Class::Verb),
            ("arrested", Class::Verb),
            ("quickly", Class::Adverb),
            ("family", Class::Other),
            ("whether", Class::Question),
            ("council", Class::Other),
            ("didn't", Class::Auxiliary),
        ] {
            assert_eq!(grammar.class(word), class, "{word}");
        }
    }
}
