//! Words, numbers and marks.

mod address;
pub(in crate::extract) mod cursor;
mod letters;
mod number;
mod word;

use text_size::{TextRange, TextSize};

use cursor::{at, before};
use letters::{is_blank, is_extender, is_mark, is_word};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with inner apostrophes, hyphens and the points of an abbreviation: "don't", "Al-Sisi", "U.S.", "'em".
    Word,
    /// A number with its separators, signs and ordinals: "20", "1,018", "5.5", "90s", "21st".
    Number,
    /// A punctuation mark; quote marks and brackets are one token each, "..." and "--" one token.
    Mark,
    /// An address of the web or of mail, a hashtag or a user name.
    Address,
    /// Anything else: emoji, currency and other symbols.
    Symbol,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letters, or letters of a script without case.
    None,
    /// "word"
    Lower,
    /// "Word", "McKay", "O'Neill", "Al-Sisi", and a single capital letter.
    Capital,
    /// "WORD", "U.S.", "YPG", "G7": two or more letters or a letter and digits, all capitals.
    Upper,
    /// "iPhone", "eBay": lower first, capitals later.
    Mixed,
}

/// One token. A possessive ending ('s, ’s, or a bare apostrophe after s) is inside `range` but not inside `stem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the paragraph.
    pub range: TextRange,
    /// The token without a possessive ending; equal to `range` for all others.
    pub stem: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub case: Case,
}

/// Splits a paragraph into tokens, in reading order; white space belongs to none.
///
/// An apostrophe behind a word in s is a possessive ending where the text goes on with a space and a word and no quote
/// of single marks stands open; otherwise it is a mark of its own, and only the reader of quotes can tell what it is.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        searched_for_mail: 0,
        quoted: false,
        tokens: Vec::with_capacity(text.len() / 5),
    };
    let mut offset = 0;
    while let Some(c) = at(text, offset) {
        offset = if let Some((end, case)) = plain_word(text, offset) {
            lexer.take(offset, end, end, TokenKind::Word, case)
        } else if is_blank(c) {
            offset + c.len_utf8()
        } else {
            lexer.token(offset, c)
        };
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    searched_for_mail: usize,
    /// A single mark has opened a quote that is not closed yet.
    quoted: bool,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Takes the token that starts with `first` at `start`; returns its end.
    fn token(&mut self, start: usize, first: char) -> usize {
        let text = self.text;
        if let Some(end) = address::end(text, start)
            .or_else(|| address::mail(text, start, &mut self.searched_for_mail))
        {
            return self.push(start, end, end, TokenKind::Address);
        }
        if let Some(figures) = number::ending(text, start, self.quoted) {
            let kind = if figures.word {
                TokenKind::Word
            } else {
                TokenKind::Number
            };
            return self.push_ending(start, figures.ending, kind);
        }
        if let Some(ending) = word::elision(text, start) {
            let figures = text
                .get(start..ending.end)
                .is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()));
            let kind = if figures {
                TokenKind::Number
            } else {
                TokenKind::Word
            };
            return self.push_ending(start, ending, kind);
        }
        if is_word(first) {
            let ending = word::ending(text, start, start, self.quoted);
            let kind = if ending.address {
                TokenKind::Address
            } else {
                TokenKind::Word
            };
            return self.push_ending(start, ending, kind);
        }
        if is_mark(first) {
            let end = mark_end(text, start, first);
            self.watch_single_marks(start, end, first);
            return self.push(start, end, end, TokenKind::Mark);
        }
        let end = symbol_end(text, start + first.len_utf8());
        self.push(start, end, end, TokenKind::Symbol)
    }

    fn push_ending(&mut self, start: usize, ending: word::Ending, kind: TokenKind) -> usize {
        self.push(start, ending.end, ending.stem, kind)
    }

    fn push(&mut self, start: usize, end: usize, stem: usize, kind: TokenKind) -> usize {
        let case = match kind {
            TokenKind::Word | TokenKind::Number => {
                case_of(self.text.get(start..stem).unwrap_or_default())
            }
            _ => Case::None,
        };
        self.take(start, end, stem, kind, case)
    }

    fn take(
        &mut self,
        start: usize,
        end: usize,
        stem: usize,
        kind: TokenKind,
        case: Case,
    ) -> usize {
        self.tokens.push(Token {
            range: range(start, end),
            stem: range(start, stem),
            kind,
            case,
        });
        end
    }

    fn watch_single_marks(&mut self, start: usize, end: usize, mark: char) {
        let behind = before(self.text, start);
        let ahead = at(self.text, end);
        match mark {
            '‘' | '‚' | '\''
                if !behind.is_some_and(is_word) && ahead.is_some_and(|c| !c.is_whitespace()) =>
            {
                self.quoted = true;
            }
            '’' | '\'' => self.quoted = false,
            _ => {}
        }
    }
}

/// A word of English letters with a space or a plain mark behind it, as most tokens are: nothing that is no such word
/// looks like one, so none of the other questions need be asked.
fn plain_word(text: &str, start: usize) -> Option<(usize, Case)> {
    let rest = text.as_bytes().get(start..)?;
    let (mut letters, mut capitals) = (0, 0);
    for byte in rest.iter().take_while(|byte| byte.is_ascii_alphabetic()) {
        letters += 1;
        capitals += usize::from(byte.is_ascii_uppercase());
    }
    let ends = matches!(
        rest.get(letters),
        None | Some(b' ' | b'\n' | b',' | b';' | b'"' | b'?' | b'!' | b')')
    );
    let case = match capitals {
        _ if letters == 0 || !ends => return None,
        0 => Case::Lower,
        _ if rest[0].is_ascii_lowercase() => Case::Mixed,
        _ if capitals == letters && letters > 1 => Case::Upper,
        _ => Case::Capital,
    };
    Some((start + letters, case))
}

fn range(start: usize, end: usize) -> TextRange {
    // A draft of more than four gigabytes does not reach this floor.
    let size = |offset: usize| TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end))
}

/// Runs of points, of hyphens, and of the doubled marks `` and '' are one mark.
fn mark_end(text: &str, start: usize, mark: char) -> usize {
    let next = start + mark.len_utf8();
    match mark {
        '.' => {
            let run = run_end(text, start, '.');
            if run > next {
                run
            } else {
                spaced_points_end(text, next)
            }
        }
        '-' => run_end(text, start, '-'),
        '`' | '\'' if at(text, next) == Some(mark) => next + 1,
        _ => next,
    }
}

fn run_end(text: &str, start: usize, mark: char) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|c| c != mark).unwrap_or(rest.len())
}

/// The end of ". . ." whose first point ends at `next`; `next` where the points are too few.
fn spaced_points_end(text: &str, next: usize) -> usize {
    let mut end = next;
    let mut points = 1;
    while let Some(space) = at(text, end).filter(|c| matches!(c, ' ' | '\u{A0}')) {
        let point = end + space.len_utf8();
        if at(text, point) != Some('.') {
            break;
        }
        end = point + 1;
        points += 1;
    }
    if points > 2 { end } else { next }
}

/// An emoji may be several characters: modifiers, and others behind a zero-width joiner.
fn symbol_end(text: &str, next: usize) -> usize {
    let mut end = next;
    while let Some(c) = at(text, end) {
        let joined =
            before(text, end) == Some('\u{200D}') && !is_blank(c) && !is_word(c) && !is_mark(c);
        if !is_extender(c) && !joined {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn case_of(word: &str) -> Case {
    let mut first_upper = None;
    let (mut upper, mut lower, mut characters) = (0, 0, 0);
    for c in word.chars() {
        characters += usize::from(c.is_alphanumeric());
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        if first_upper.is_none() && (c.is_uppercase() || c.is_lowercase()) {
            first_upper = Some(c.is_uppercase());
        }
    }
    match first_upper {
        None => Case::None,
        Some(true) if lower > 0 || characters < 2 => Case::Capital,
        Some(true) => Case::Upper,
        Some(false) if upper > 0 => Case::Mixed,
        Some(false) => Case::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, divided by " | ".
    fn split(text: &str) -> String {
        tokens(text)
            .iter()
            .map(|t| &text[t.range])
            .collect::<Vec<_>>()
            .join(" | ")
    }

    fn one(text: &str) -> Token {
        let all = tokens(text);
        assert_eq!(all.len(), 1, "{text}: {}", split(text));
        all[0]
    }

    #[test]
    fn words_and_marks() {
        let cases = [
            ("He said no.", "He | said | no | ."),
            (
                "don't Al-Sisi co-ordinator O’Neill",
                "don't | Al-Sisi | co-ordinator | O’Neill",
            ),
            ("a 50-year-old man", "a | 50-year-old | man"),
            ("one\ntwo\u{A0}three", "one | two | three"),
            (
                "AT&T and R&D; you & me",
                "AT&T | and | R&D | ; | you | & | me",
            ),
            (
                "word -- word - word—word",
                "word | -- | word | - | word | — | word",
            ),
            (
                "wait ... and… or . . . yes",
                "wait | ... | and | … | or | . . . | yes",
            ),
            (
                "``so'' (yes) [no]",
                "`` | so | '' | ( | yes | ) | [ | no | ]",
            ),
            ("“Is it?” she", "“ | Is | it | ? | ” | she"),
            ("pre- and post-war", "pre | - | and | post-war"),
            ("Привет, мир 中文 नमस्ते", "Привет | , | мир | 中文 | नमस्ते"),
            ("an e\u{301}clair", "an | e\u{301}clair"),
            ("👩🏽\u{200D}🚀 ok ❤\u{FE0F}", "👩🏽\u{200D}🚀 | ok | ❤\u{FE0F}"),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn numbers() {
        for text in [
            "20", "1,018", "5.5", "20%", "21st", "1990s", "’90s", "'90s", "9/11", "10:32", "2-1",
            "-5", "10am", "3.5m", "10a.m.",
        ] {
            assert_eq!(one(text).kind, TokenKind::Number, "{text}");
        }
        for text in ["50-year-old", "3D", "G7", "COVID-19", "21st-century"] {
            assert_eq!(one(text).kind, TokenKind::Word, "{text}");
        }
        assert_eq!(split("$3.5m, 5, 6."), "$ | 3.5m | , | 5 | , | 6 | .");
        assert_eq!(
            split("5'10\" and 5’10”"),
            "5 | ' | 10 | \" | and | 5 | ’ | 10 | ”"
        );
    }

    #[test]
    fn abbreviations_keep_their_points() {
        let cases = [
            (
                "Mr. J. R. Smith, Sen. Bob Roe",
                "Mr. | J. | R. | Smith | , | Sen. | Bob | Roe",
            ),
            (
                "the U.S.-led U.S.’s U.S. vote",
                "the | U.S.-led | U.S.’s | U.S. | vote",
            ),
            (
                "at 5 p.m. Monday, e.g. here",
                "at | 5 | p.m. | Monday | , | e.g. | here",
            ),
            ("No. 5 and no. He", "No. | 5 | and | no | . | He"),
            (
                "a Ph.D. from J.K. Rowling",
                "a | Ph.D. | from | J.K. | Rowling",
            ),
            (
                "on Jan. 5 the sun. The jan.",
                "on | Jan. | 5 | the | sun | . | The | jan | .",
            ),
            ("told CNN. last week", "told | CNN | . | last | week"),
            (
                "He is ill. It was me and I.",
                "He | is | ill | . | It | was | me | and | I | .",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn possessive_endings_are_outside_the_stem() {
        let stems = [
            ("Iran’s", "Iran"),
            ("CNN's", "CNN"),
            ("U.S.’s", "U.S."),
            ("1990's", "1990"),
            ("Iran", "Iran"),
            ("’em", "’em"),
            ("don’t", "don’t"),
            ("boss", "boss"),
        ];
        for (text, stem) in stems {
            assert_eq!(&text[one(text).stem], stem);
        }
        let text = "the officials’ plan";
        let all = tokens(text);
        assert_eq!(split(text), "the | officials’ | plan");
        assert_eq!(&text[all[1].stem], "officials");
    }

    #[test]
    fn a_closing_single_mark_is_no_ending() {
        assert_eq!(split("the ‘boys’ club"), "the | ‘ | boys | ’ | club");
        assert_eq!(
            split("He said ‘it is theirs’ to me"),
            "He | said | ‘ | it | is | theirs | ’ | to | me"
        );
        assert_eq!(split("'the boys'"), "' | the | boys | '");
        assert_eq!(
            split("rock ’n’ roll for ’em"),
            "rock | ’n’ | roll | for | ’em"
        );
    }

    #[test]
    fn addresses() {
        for text in [
            "https://a.b/c?d=e",
            "www.example.org",
            "example.com",
            "jo.doe@mail.example.org",
            "@desk_1",
            "#Vote24",
        ] {
            assert_eq!(one(text).kind, TokenKind::Address, "{text}");
        }
        assert_eq!(
            split("See http://a.b/c. Then (x@y.z)."),
            "See | http://a.b/c | . | Then | ( | x@y.z | ) | ."
        );
        assert_eq!(split("#1 at a@b"), "# | 1 | at | a | @b");
        assert_eq!(split("CNN.last week"), "CNN | . | last | week");
    }

    #[test]
    fn case() {
        let cases = [
            ("word", Case::Lower),
            ("Word", Case::Capital),
            ("McKay", Case::Capital),
            ("O'Neill", Case::Capital),
            ("Al-Sisi", Case::Capital),
            ("A", Case::Capital),
            ("J", Case::Capital),
            ("U.S.", Case::Upper),
            ("YPG", Case::Upper),
            ("YPG’s", Case::Upper),
            ("G7", Case::Upper),
            ("iPhone", Case::Mixed),
            ("al-Sisi", Case::Mixed),
            ("中文", Case::None),
            ("20", Case::None),
            ("50-year-old", Case::Lower),
        ];
        for (text, expected) in cases {
            assert_eq!(one(text).case, expected, "{text}");
        }
    }

    #[test]
    fn hostile_text_is_covered_in_order() {
        let long = [
            "'", "’", "“", ".", ". ", "a.", "a.-", "@", "a@", "-", "www.", "http://", "\u{200D}",
            "s’ ", "5-", "&A",
        ];
        for unit in long {
            let text = unit.repeat(50_000 / unit.len());
            let mut end = TextSize::new(0);
            for token in tokens(&text) {
                assert!(
                    token.range.start() >= end && !token.range.is_empty(),
                    "{unit}"
                );
                assert!(token.range.contains_range(token.stem), "{unit}");
                assert!(
                    text[TextRange::new(end, token.range.start())]
                        .chars()
                        .all(is_blank),
                    "{unit}"
                );
                end = token.range.end();
            }
        }
    }
}
