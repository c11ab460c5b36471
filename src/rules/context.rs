//! What a rule sees of a draft.

use std::ops::Range;

use text_size::TextRange;

use super::copy::Copy;
use super::noted::noted;
use super::people::{self, Person};
use super::{Edit, Finding, Fix, Level, OptionKind, RULES, Rule};
use crate::analysis::{Analysis, Attribution, DraftQuote, EntityMention, Paragraph, ParagraphKind};
use crate::settings::Settings;

/// What rules share of one draft.
pub(super) struct Draft<'a> {
    analysis: &'a Analysis,
    quotes: Spans,
    attributions: Spans,
    mentions: Spans,
    people: Vec<Person<'a>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Draft<'a> {
        let count = analysis.paragraphs.len();
        Draft {
            analysis,
            quotes: Spans::new(count, &analysis.quotes, |quote| quote.paragraph),
            attributions: Spans::new(count, &analysis.attributions, |known| known.paragraph),
            mentions: Spans::new(count, &analysis.mentions, |mention| mention.paragraph),
            people: people::people(analysis).collect(),
        }
    }
}

/// Where the items of each paragraph stand among all of a draft in reading order.
struct Spans {
    starts: Vec<usize>,
}

impl Spans {
    fn new<T>(paragraphs: usize, items: &[T], paragraph: impl Fn(&T) -> usize) -> Spans {
        let mut at = 0;
        let starts = (0..=paragraphs).map(|index| {
            while items.get(at).is_some_and(|item| paragraph(item) < index) {
                at += 1;
            }
            at
        });
        Spans {
            starts: starts.collect(),
        }
    }

    fn of(&self, paragraph: usize) -> Range<usize> {
        let ends = self
            .starts
            .get(paragraph)
            .zip(self.starts.get(paragraph + 1));
        ends.map_or(0..0, |(&start, &end)| start..end)
    }
}

/// A draft as one rule sees it: the analysis, and the rule's own level and options.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// All that is known of the draft.
    pub analysis: &'a Analysis,
    /// What the user has set.
    pub settings: &'a Settings,
    draft: &'a Draft<'a>,
    rule: &'static Rule,
    /// The place of the rule among all; none for one that is not listed.
    number: Option<u32>,
    /// What the user has set for the rule.
    options: Option<&'a toml::Value>,
    level: Level,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        draft: &'a Draft<'a>,
        settings: &'a Settings,
        rule: &'static Rule,
        level: Level,
    ) -> Context<'a> {
        let number = RULES.iter().position(|listed| std::ptr::eq(*listed, rule));
        Context {
            analysis: draft.analysis,
            settings,
            draft,
            rule,
            number: number.and_then(|number| u32::try_from(number).ok()),
            options: settings.rules.get(rule.name),
            level,
        }
    }

    /// The story's own copy, each paragraph with its index. All else in a draft is not judged.
    pub fn body(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Paragraph)> + use<'a> {
        self.analysis
            .paragraphs
            .iter()
            .enumerate()
            .filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Body)
    }

    /// Whether a paragraph is of the story's own copy.
    pub fn is_body(&self, index: usize) -> bool {
        self.analysis
            .paragraphs
            .get(index)
            .is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body)
    }

    /// Whether a paragraph may concern the rule: what `look` says of it, and has said before. It goes by text and facts
    /// of the paragraph alone, and by no setting.
    pub(super) fn concerns(
        &self,
        paragraph: &'a Paragraph,
        look: impl FnOnce(&Copy<'a>) -> bool,
    ) -> bool {
        let look = || look(&Copy::new(self, paragraph));
        match self.number.zip(noted(paragraph)) {
            Some((number, noted)) => noted.concerns(number, look),
            None => look(),
        }
    }

    /// The paragraphs of own copy that may concern the rule, as [`Context::concerns`] has it.
    pub(super) fn body_where<'c>(
        &'c self,
        look: impl Fn(&Copy<'a>) -> bool + 'c,
    ) -> impl Iterator<Item = (usize, Copy<'a>)> {
        self.body()
            .filter(move |(_, paragraph)| self.concerns(paragraph, &look))
            .map(|(index, paragraph)| (index, Copy::new(self, paragraph)))
    }

    /// The named people of the draft, in the order in which it names them.
    pub(super) fn people(&self) -> &'a [Person<'a>] {
        &self.draft.people
    }

    /// A finding of this rule at its level, without related places and fixes.
    pub fn finding(&self, range: TextRange, message: impl AsRef<str>) -> Finding {
        Finding {
            rule: self.rule,
            range,
            level: self.level,
            message: one_line(message.as_ref()),
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same, more or less grave than the rule's level by some steps; a level that the user has set stands, and
    /// nothing is turned off or into an error by it.
    pub fn graded(&self, finding: Finding, steps: i8) -> Finding {
        let set = self
            .options
            .is_some_and(|table| table.get("level").is_some());
        let scale = [Level::Hint, Level::Information, Level::Warning];
        let Some(at) = scale
            .iter()
            .position(|level| *level == finding.level && !set)
        else {
            return finding;
        };
        let at = at.saturating_add_signed(steps.into()).min(scale.len() - 1);
        Finding {
            level: scale[at],
            ..finding
        }
    }

    /// The outermost and inner quotes of a paragraph.
    pub fn quotes(&self, index: usize) -> &'a [DraftQuote] {
        let quotes = &self.analysis.quotes;
        &quotes[self.draft.quotes.of(index)]
    }

    /// The pieces of speech of a paragraph.
    pub fn attributions(&self, index: usize) -> &'a [Attribution] {
        let attributions = &self.analysis.attributions;
        &attributions[self.draft.attributions.of(index)]
    }

    /// The names, roles and pronouns of a paragraph.
    pub fn mentions(&self, index: usize) -> &'a [EntityMention] {
        let mentions = &self.analysis.mentions;
        &mentions[self.draft.mentions.of(index)]
    }

    /// An option that is true or false.
    pub fn flag(&self, option: &str, default: bool) -> bool {
        self.option(option)
            .and_then(toml::Value::as_bool)
            .unwrap_or(default)
    }

    /// An option that is a text.
    pub fn text(&self, option: &str, default: &'static str) -> &'a str {
        self.option(option)
            .and_then(toml::Value::as_str)
            .unwrap_or(default)
    }

    /// An option that is a list of texts.
    pub fn texts(&self, option: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.option(option)
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
    }

    /// An option that is a whole number.
    pub fn number(&self, option: &str, default: usize) -> usize {
        self.option(option)
            .and_then(toml::Value::as_integer)
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(default)
    }

    /// An option that is one of a few texts; none where it is not set, or to something else.
    pub fn choice(&self, option: &str) -> Option<&'a str> {
        let value = self.option(option)?.as_str()?;
        let choices = self
            .rule
            .options
            .iter()
            .find_map(|(name, kind)| match kind {
                OptionKind::Choice(choices) if *name == option => Some(*choices),
                _ => None,
            })?;
        choices.contains(&value).then_some(value)
    }

    fn option(&self, option: &str) -> Option<&'a toml::Value> {
        debug_assert!(self.rule.options.iter().any(|(name, _)| *name == option));
        self.options?.get(option)
    }

    /// A fix that takes paragraphs out, with the blank lines that set them off.
    pub(super) fn delete(&self, title: &str, first: usize, last: usize) -> Fix {
        let paragraphs = &self.analysis.paragraphs;
        let range = TextRange::new(
            paragraphs[first].range.start(),
            paragraphs[last].range.end(),
        );
        let before = first
            .checked_sub(1)
            .map(|index| paragraphs[index].range.end());
        let after = paragraphs.get(last + 1).map(|next| next.range.start());
        let range = match (before, after) {
            (Some(start), _) => TextRange::new(start, range.end()),
            (None, Some(end)) => TextRange::new(range.start(), end),
            (None, None) => range,
        };
        Fix {
            title: title.to_owned(),
            edits: vec![Edit {
                range,
                text: String::new(),
            }],
            preferred: true,
        }
    }
}

/// A text in one line, whatever line breaks of the draft went into it.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("Ruth\nOkafor"), "Ruth Okafor");
        assert_eq!(one_line("Ruth \r\n  Okafor"), "Ruth Okafor");
        assert_eq!(one_line("Ruth  Okafor"), "Ruth  Okafor");
        assert_eq!(one_line(""), "");
    }
}
