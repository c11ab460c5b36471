//! The acronyms of a draft: where they stand, and where their long forms do.

use text_size::TextRange;

use super::Context;
use super::copy::Copy;
use crate::analysis::ParagraphKind;
use crate::extract::{Case, TokenKind};
use crate::knowledge::{Known, NameKind, RecordKind};
use crate::text::FastMap;

/// An acronym in own copy.
pub(super) struct Acronym<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Where it stands, in reading order.
    pub uses: Vec<Use>,
}

/// One place of an acronym.
#[derive(Clone, Copy)]
pub(super) struct Use {
    /// Prose bytes.
    pub range: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Index of its token in the facts of the paragraph.
    pub token: usize,
    /// Stands alone in brackets: "(ABC)".
    pub bracketed: bool,
}

/// The acronyms of two to six capital letters in own copy, in the order of their first places.
pub(super) fn acronyms<'a>(context: &Context<'a>) -> Vec<Acronym<'a>> {
    let mut found: Vec<Acronym<'_>> = Vec::new();
    let mut known: FastMap<&str, usize> = FastMap::default();
    let has_capitals = |copy: &Copy<'_>| {
        copy.facts
            .tokens
            .iter()
            .any(|token| token.case == Case::Upper)
    };
    for (index, copy) in context.body_where(has_capitals) {
        let tokens = &copy.facts.tokens;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Word || token.case != Case::Upper {
                continue;
            }
            let text = &copy.text[token.stem];
            let short =
                (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
            if !short || copy.is_quoted(token.range.start()) {
                continue;
            }
            let at_entry = *known.entry(text).or_insert_with(|| {
                found.push(Acronym {
                    text,
                    uses: Vec::new(),
                });
                found.len() - 1
            });
            found[at_entry].uses.push(Use {
                range: copy.at(token.stem),
                paragraph: index,
                token: at,
                bracketed: at > 0 && copy.word(at - 1) == "(" && copy.word(at + 1) == ")",
            });
        }
    }
    found
}

/// Runs of words with capitals, by their initials: where long forms may stand.
pub(super) fn long_forms(context: &Context<'_>) -> FastMap<String, Vec<TextRange>> {
    let mut forms: FastMap<String, Vec<TextRange>> = FastMap::default();
    for paragraph in &context.analysis.paragraphs {
        if paragraph.kind == ParagraphKind::Residue {
            continue;
        }
        let facts = &paragraph.facts;
        let text = context.analysis.text(paragraph.range);
        // Words of the run in which the token stands; small words inside a name count as none.
        let mut run: Vec<(char, TextRange)> = Vec::new();
        for token in &facts.tokens {
            let word = &text[token.stem];
            let small = matches!(
                word,
                "of" | "the" | "and" | "for" | "&" | "on" | "in" | "to"
            );
            let capital =
                matches!(token.case, Case::Capital | Case::Mixed) && token.kind == TokenKind::Word;
            if capital {
                // "Anti-Terror" counts as two.
                for part in word.split('-') {
                    run.extend(
                        part.chars()
                            .next()
                            .map(|first| (first, paragraph.at(token.range))),
                    );
                }
                file(&run, &mut forms);
            } else if !small {
                run.clear();
            }
        }
    }
    forms
}

/// Files the initials of all ends of a run.
fn file(run: &[(char, TextRange)], forms: &mut FastMap<String, Vec<TextRange>>) {
    const LONGEST: usize = 6;
    for length in 2..=LONGEST.min(run.len()) {
        let words = &run[run.len() - length..];
        let initials = words
            .iter()
            .flat_map(|(first, _)| first.to_uppercase())
            .collect();
        let range = words[0].1.cover(words[length - 1].1);
        forms.entry(initials).or_default().push(range);
    }
}

/// What the newsroom knows under an acronym: bodies and groups.
pub(super) fn known<'a>(context: &Context<'a>, acronym: &str) -> Vec<Known<'a>> {
    let mut found = context.analysis.knowledge.find(acronym);
    found.retain(|known| {
        let body = matches!(
            known.record.kind,
            RecordKind::Organisation
                | RecordKind::ArmedGroup
                | RecordKind::Party
                | RecordKind::Outlet
        );
        let name = known.name();
        body && name.is_some_and(|name| name.kind == NameKind::Acronym && name.text == acronym)
    });
    found
}

/// The long form of an acronym, where the newsroom knows exactly one.
pub(super) fn long_form(context: &Context<'_>, acronym: &str) -> Option<String> {
    let known = known(context, acronym);
    let [only] = known.as_slice() else {
        return None;
    };
    let name = only.record.preferred(context.settings.house.name())?;
    let long = name.text != acronym && name.text.contains(' ');
    let curly = context.analysis.prose.text().contains('’');
    long.then(|| match curly {
        true => name.text.replace('\'', "’"),
        false => name.text.clone(),
    })
}
