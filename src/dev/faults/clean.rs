//! A clean draft, and what mechanisms look for in it.

use std::collections::HashMap;
use std::ops::Range;

use super::Fault;
use crate::analysis::{Analysis, EntityMention, Memo, ParagraphKind, analyze};
use crate::features::{self, Diagnostic};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;
use text_size::TextRange;

/// Verbs of plain tags.
const SAID: [&str; 5] = ["said", "says", "told", "added", "tells"];

/// The longest tag, in words.
const TAG: usize = 8;

/// One edit of a draft. Ranges are bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, with: impl Into<String>) -> Edit {
        Edit {
            range,
            with: with.into(),
        }
    }
}

/// Quoted words with the tag that follows them in their sentence: “…,” Ann Meyer said on Monday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagged {
    /// The paragraph.
    pub paragraph: Range<usize>,
    /// What stands between the marks.
    pub content: Range<usize>,
    /// From the first word behind the closing mark to the end of the sentence, without its full stop.
    pub tag: Range<usize>,
    /// Who speaks.
    pub subject: Range<usize>,
    /// The verb.
    pub verb: Range<usize>,
}

/// A draft that is taken for clean.
pub(super) struct Clean<'a> {
    pub text: &'a str,
    pub analysis: Analysis,
    findings: Vec<Diagnostic>,
}

impl<'a> Clean<'a> {
    pub(super) fn new(text: &'a str, memo: &mut Memo) -> Clean<'a> {
        let settings = Settings::default();
        let knowledge = Knowledge::default();
        let analysis = analyze(text, Language::Plain, &settings, &knowledge, memo);
        let findings = features::diagnostics(&analysis, &settings);
        Clean {
            text,
            analysis,
            findings,
        }
    }

    /// Paragraphs of the story's own copy.
    pub(super) fn body(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.analysis
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.kind == ParagraphKind::Body)
            .map(|paragraph| self.source(paragraph.range))
    }

    /// Above the first paragraph of some length: a headline or a deck, whatever its punctuation.
    pub(super) fn is_deck(&self, range: &Range<usize>) -> bool {
        const LINE: usize = 16;
        let copy = self
            .body()
            .find(|paragraph| words(self.text, paragraph.clone()).len() > LINE);
        copy.is_some_and(|copy| range.start < copy.start)
    }

    /// A range of the prose in bytes of the text.
    pub(super) fn source(&self, range: TextRange) -> Range<usize> {
        self.analysis.prose.to_source(range).into()
    }

    /// The paragraph of a mention, if the story's own copy names somebody there in its own words.
    pub(super) fn own_copy(&self, mention: &EntityMention) -> Option<Range<usize>> {
        let paragraph = &self.analysis.paragraphs[mention.paragraph];
        (paragraph.kind == ParagraphKind::Body && !mention.quoted)
            .then(|| self.source(paragraph.range))
    }

    /// Whether the clean draft has a finding of a rule in the paragraph of a range.
    pub(super) fn has_finding(&self, rule: &str, range: &Range<usize>) -> bool {
        let place = paragraph(self.text, range.start);
        let here = |finding: &&Diagnostic| {
            let found = Range::from(finding.range);
            finding.rule.name == rule && found.start <= place.end && place.start <= found.end
        };
        self.findings.iter().any(|finding| here(&finding))
    }

    /// How often each rule flags which words.
    pub(super) fn standing(&self) -> HashMap<(&'static str, &str), usize> {
        let mut standing = HashMap::new();
        for finding in &self.findings {
            let words = &self.text[Range::from(finding.range)];
            *standing.entry((finding.rule.name, words)).or_default() += 1;
        }
        standing
    }

    /// The draft with an edit.
    pub(super) fn with(&self, edit: &Edit) -> Fault {
        let mut text = self.text.to_owned();
        text.replace_range(edit.range.clone(), &edit.with);
        let words = edit.with.find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let place = paragraph(&text, edit.range.start + words);
        let edit = edit.range.start..edit.range.start + edit.with.len();
        Fault { text, edit, place }
    }

    /// Quotes with a plain tag behind them, in the story's own copy.
    pub(super) fn tagged(&self) -> Vec<Tagged> {
        let mut tagged = Vec::new();
        for paragraph in self.body() {
            for quote in quotes(self.text, &paragraph) {
                tagged.extend(self.tag_behind(&paragraph, &quote));
            }
        }
        tagged
    }

    fn tag_behind(&self, paragraph: &Range<usize>, quote: &Range<usize>) -> Option<Tagged> {
        let behind = self.text[quote.end..paragraph.end].strip_prefix(' ')?;
        let start = quote.end + 1;
        let length = behind.find(['.', ';', '“', '"', '\n', ',', '—', ':'])?;
        let tag = start..start + length;
        let words = words(self.text, tag.clone());
        if words.len() < 2 || words.len() > TAG {
            return None;
        }
        let verb = words
            .iter()
            .position(|word| SAID.contains(&&self.text[word.clone()]))?;
        let subject = match verb {
            0 => words[1].start..words[words.len() - 1].end,
            verb => words[0].start..words[verb - 1].end,
        };
        Some(Tagged {
            paragraph: paragraph.clone(),
            content: inside(self.text, quote),
            tag,
            subject,
            verb: words[verb].clone(),
        })
    }
}

/// The words of a range.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = range.start;
    for word in text[range].split(' ') {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

/// The quotes of a paragraph, marks included, by its marks alone. None where they do not pair.
pub(super) fn quotes(text: &str, paragraph: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, mark) in text[paragraph.clone()].char_indices() {
        let at = paragraph.start + at;
        match (mark, open) {
            ('“' | '"', None) => open = Some((at, mark)),
            ('”', Some((start, '“'))) | ('"', Some((start, '"'))) => {
                found.push(start..at + mark.len_utf8());
                open = None;
            }
            ('“' | '”' | '"', _) => return Vec::new(),
            _ => {}
        }
    }
    if open.is_some() { Vec::new() } else { found }
}

/// What stands between the marks of a quote.
pub(super) fn inside(text: &str, quote: &Range<usize>) -> Range<usize> {
    let mark = if text[quote.clone()].starts_with('"') {
        '"'.len_utf8()
    } else {
        '“'.len_utf8()
    };
    quote.start + mark..quote.end - mark
}

/// The paragraph at an offset: up to a blank line on each side.
fn paragraph(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind("\n\n").map_or(0, |blank| blank + 2);
    let end = text[at..]
        .find("\n\n")
        .map_or(text.len(), |blank| at + blank);
    start.min(at)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_by_their_words() {
        let text = "Reform\n\nThe pier closes. “It is old,” Ann Meyer said on Monday. “Very old,” he told us.";
        let clean = Clean::new(text, &mut Memo::default());
        let tagged = clean.tagged();
        let shown: Vec<_> = tagged
            .iter()
            .map(|t| {
                (
                    &text[t.content.clone()],
                    &text[t.subject.clone()],
                    &text[t.verb.clone()],
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("It is old,", "Ann Meyer", "said"),
                ("Very old,", "he", "told")
            ]
        );
    }

    #[test]
    fn marks_that_do_not_pair_give_no_quotes() {
        let check = |text: &str| quotes(text, &(0..text.len())).len();
        assert_eq!(check("“a” and \"b\""), 2);
        assert_eq!(check("“a and “b”"), 0);
        assert_eq!(check("“a"), 0);
    }
}
