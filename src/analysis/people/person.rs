//! The parts of a person's name, and whether two names may be one person's.

pub(super) use crate::knowledge::fold;
use crate::lexicon::{Names, Traits};

/// How strong a claim a part of a name has to stand for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// A family name, or whatever stands at the end: "Salman", "bin Salman"
    Family,
    /// A given name, a nickname: "Mohammed", "Red", "George W."
    Given,
    /// Anything else: initials, the first of two family names.
    Inner,
}

/// A person's name in its parts, all folded: lower case, straight apostrophes, no points, no accents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    /// All words in the order of the text, without nickname and suffix.
    pub words: Vec<String>,
    /// Index of the first word of the family name; all words behind it belong to it.
    family: usize,
    /// The family name stands first: "Xi Jinping".
    family_first: bool,
    /// "jr", "iii"
    pub suffix: Option<String>,
    /// "red" of "Jim “Red” Roe"
    nickname: Option<String>,
}

/// Names of more words are no people's; their parts are not worth a count.
const LONGEST: usize = 8;

impl PersonName {
    pub fn new(text: &str, names: &Names) -> PersonName {
        let mut words = Vec::new();
        let mut shown = Vec::new();
        let mut suffix = None;
        let mut nickname = None;
        for word in text.split([' ', ',', '\n', '\t', '\u{a0}']) {
            let folded = fold(word);
            if word.starts_with(['“', '"', '‘', '(', '\'']) {
                let inside = folded.trim_matches(|c: char| !c.is_alphanumeric());
                if !inside.is_empty() {
                    nickname = Some(inside.to_owned());
                }
                continue;
            }
            if folded.is_empty() {
                continue;
            }
            if matches!(folded.as_str(), "jr" | "sr") || !words.is_empty() && is_ordinal(word) {
                suffix = Some(folded);
                continue;
            }
            // "M.J. Doyle" is "M. J. Doyle".
            if words.is_empty() && are_initials(word) && text.trim_end().contains(' ') {
                let letters = word.chars().filter(|c| c.is_alphabetic());
                words.extend(letters.map(|letter| fold(letter.encode_utf8(&mut [0; 4]))));
                shown.push(word);
                continue;
            }
            words.push(folded);
            shown.push(word);
        }
        let traits = |word: Option<&&str>| word.map_or(Traits::NONE, |word| names.traits(word));
        let first = traits(shown.first());
        let last = traits(shown.last());
        // "Kim" may be either: then the last word decides.
        let both = match first.any(Traits::GIVEN) {
            true => Traits::FAMILY_FIRST,
            false => Traits::FAMILY_FIRST.or(Traits::GIVEN),
        };
        let western = last.any(Traits::FAMILY) && !last.any(both);
        let family_first = (2..=3).contains(&words.len())
            && first.any(Traits::FAMILY_FIRST)
            && !western
            && words.iter().skip(1).all(|word| word.len() <= 9);
        let mut family = words.len().saturating_sub(1);
        while family > 1
            && names
                .word(&words[family - 1])
                .traits(false)
                .any(Traits::PARTICLE)
        {
            family -= 1;
        }
        PersonName {
            words,
            family,
            family_first,
            suffix,
            nickname,
        }
    }

    /// One word or a family name of several ("bin Salman"): it has no given name.
    pub fn is_short(&self) -> bool {
        self.words.len() < 2
    }

    /// Enough to introduce somebody: a given and a family name, or the name of a king.
    pub fn is_full(&self) -> bool {
        let ruler = self.suffix.as_deref();
        !self.is_short() || ruler.is_some_and(|suffix| !matches!(suffix, "jr" | "sr"))
    }

    /// The name by which the person is called after the first mention, folded.
    pub fn family(&self) -> &str {
        match self.family_first {
            true => self.words.first(),
            false => self.words.last(),
        }
        .map_or("", String::as_str)
    }

    pub fn given(&self) -> &[String] {
        match self.family_first {
            true => self.words.get(1..),
            false => self.words.get(..self.family),
        }
        .unwrap_or_default()
    }

    /// All words with single spaces.
    pub fn key(&self) -> String {
        self.with_suffix(self.words.join(" "))
    }

    /// The words in alphabetical order: "Orbán Viktor" and "Viktor Orbán" are one name in two customs.
    pub fn sorted(&self) -> String {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        self.with_suffix(words.join(" "))
    }

    fn with_suffix(&self, mut key: String) -> String {
        if let Some(suffix) = &self.suffix {
            key.push(' ');
            key.push_str(suffix);
        }
        key
    }

    /// Whatever may stand for the name alone as a family name: its last words, or the first of "Xi Jinping".
    pub fn short_forms(&self) -> impl Iterator<Item = String> + '_ {
        self.forms()
            .into_iter()
            .filter(|(_, tier)| *tier == Tier::Family)
            .map(|(form, _)| form)
    }

    /// Whatever may stand for the name.
    pub fn forms(&self) -> Vec<(String, Tier)> {
        let count = self.words.len().min(LONGEST);
        let mut forms = Vec::new();
        for start in 0..count {
            for end in start + 1..=count {
                let whole = end - start == self.words.len();
                // A lone initial stands for nobody, nor does a particle.
                let bare = end - start == 1 && self.words[start].chars().count() < 2;
                if bare || whole && self.suffix.is_none() && count > 1 {
                    continue;
                }
                let tier = match (start, end == self.words.len()) {
                    (0, true) => Tier::Family,
                    (0, _) if self.family_first && end == 1 => Tier::Family,
                    (0, _) => Tier::Given,
                    (1, true) if self.family_first && !(end == 2 && self.is_called_last()) => {
                        Tier::Given
                    }
                    (_, true) if self.family_first && !self.is_called_last() => Tier::Given,
                    (_, true) => Tier::Family,
                    _ => Tier::Inner,
                };
                let form = self.words[start..end].join(" ");
                if self.suffix.is_some()
                    && (start == 0 || end == self.words.len())
                    && !(whole && count > 1)
                {
                    forms.push((self.with_suffix(form.clone()), tier));
                }
                forms.push((form, tier));
            }
        }
        if self.suffix.as_deref() == Some("jr") {
            forms.push(("junior".to_owned(), Tier::Given));
        }
        if let Some(nickname) = &self.nickname {
            forms.push((nickname.clone(), Tier::Given));
        }
        forms.extend(self.initials().into_iter().map(|form| (form, Tier::Inner)));
        forms
    }

    /// "W.T.P." of William T. Penrose, and "Frank K."
    fn initials(&self) -> Vec<String> {
        let mut forms = Vec::new();
        let letters: String = self
            .words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        if (3..=5).contains(&self.words.len()) {
            forms.push(letters);
        }
        if let [given, family] = self.words.as_slice()
            && let Some(letter) = family.chars().next()
        {
            forms.push(format!("{given} {letter}"));
        }
        forms
    }

    /// Vietnamese are called by the last of their names.
    fn is_called_last(&self) -> bool {
        self.words.first().is_some_and(|family| {
            matches!(
                family.as_str(),
                "nguyen"
                    | "tran"
                    | "le"
                    | "pham"
                    | "hoang"
                    | "huynh"
                    | "phan"
                    | "vu"
                    | "vo"
                    | "dang"
                    | "bui"
                    | "do"
                    | "ngo"
                    | "duong"
                    | "dinh"
                    | "truong"
                    | "trinh"
            )
        })
    }

    /// The two may be one person's: same family name, and given names that agree as far as both tell.
    pub fn agrees(&self, other: &PersonName, names: &Names) -> bool {
        if self.family() != other.family() || self.suffix != other.suffix {
            return false;
        }
        let nicknamed = |a: &PersonName, b: &PersonName| {
            a.nickname.is_some() && b.given().first() == a.nickname.as_ref()
        };
        if nicknamed(self, other) || nicknamed(other, self) {
            return true;
        }
        let (short, long) = match self.given().len() <= other.given().len() {
            true => (self.given(), other.given()),
            false => (other.given(), self.given()),
        };
        let mut rest = long.iter();
        let all = short
            .iter()
            .all(|name| rest.any(|other| is_same_given(name, other, names)));
        let first = short
            .first()
            .zip(long.first())
            .is_none_or(|(a, b)| is_same_given(a, b, names));
        all && first
    }
}

/// "II", "XIV", and the "V" of a king: numbers behind a name.
fn is_ordinal(word: &str) -> bool {
    !word.is_empty() && word != "I" && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// "M.J.", "J.R.R.": letters with a point each.
fn are_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_uppercase()).count();
    let points = word.chars().filter(|c| *c == '.').count();
    (2..=3).contains(&letters) && points == letters && word.chars().count() == 2 * letters
}

/// Equal, a short form of the other, or the other's initial.
fn is_same_given(a: &str, b: &str, names: &Names) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a) || names.same_given(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn name(text: &str) -> PersonName {
        PersonName::new(text, &Lexicon::get().names)
    }

    #[test]
    fn family_names() {
        for (text, family) in [
            ("John Smith", "smith"),
            ("John Smith, Jr.", "smith"),
            ("Recep Tayyip Erdogan", "erdogan"),
            ("Xi Jinping", "xi"),
            ("Kim Jong Un", "kim"),
            ("Moon Jae-in", "moon"),
            ("Kim Campbell", "campbell"),
            ("Ban Ki-moon", "ban"),
            ("Mohammed bin Salman", "salman"),
        ] {
            assert_eq!(name(text).family(), family, "{text}");
        }
    }

    #[test]
    fn names_that_may_be_one() {
        for (a, b, agree) in [
            ("John F. Kennedy", "John Kennedy", true),
            ("J. Smith", "John Smith", true),
            ("John Smith", "Jane Smith", false),
            ("Chloe Smith", "Owen Smith", false),
            ("George W. Bush", "George H.W. Bush", false),
            ("John Smith", "John Smith Jr.", false),
            ("Jim “Red” Roe", "Jim Roe", true),
            ("William T. Penrose", "Bill Penrose", true),
            ("Jim “Red” Roe", "Red Roe", true),
            ("Jim “Red” Roe", "Ted Roe", false),
            ("Ebrahim Raisi", "Ebrahim Rahimi", false),
        ] {
            assert_eq!(
                name(a).agrees(&name(b), &Lexicon::get().names),
                agree,
                "{a} / {b}"
            );
        }
    }

    #[test]
    fn whatever_may_stand_for_a_name() {
        for (text, tier, forms) in [
            ("Ruth Okafor", Tier::Family, &["okafor"][..]),
            ("Ruth Okafor", Tier::Given, &["ruth"]),
            (
                "Gabriel García Márquez",
                Tier::Family,
                &["garcia marquez", "marquez"],
            ),
            ("Park Jun-ho", Tier::Given, &["jun-ho"]),
            ("Nguyen Thi Hanh", Tier::Family, &["nguyen", "hanh"]),
            ("Valdemar V", Tier::Family, &["valdemar v", "valdemar"]),
            (
                "Clarence Abernathy Jr.",
                Tier::Given,
                &["clarence jr", "clarence", "junior"],
            ),
            ("William T. Penrose", Tier::Inner, &["wtp"]),
        ] {
            let found: Vec<String> = name(text)
                .forms()
                .into_iter()
                .filter(|(_, found)| *found == tier)
                .map(|(form, _)| form)
                .collect();
            for form in forms {
                assert!(
                    found.iter().any(|found| found == form),
                    "{text}: {form} in {found:?}"
                );
            }
        }
    }
}
