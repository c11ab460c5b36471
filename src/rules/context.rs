//! What a rule sees of a draft.

use std::ops::Range;

use text_size::TextRange;

use super::{Edit, Finding, Fix, Level, OptionKind, Rule};
use crate::analysis::{Analysis, Attribution, DraftQuote, EntityMention, Paragraph, ParagraphKind};
use crate::settings::Settings;

/// A draft as one rule sees it: the analysis, and the rule's own level and options.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// All that is known of the draft.
    pub analysis: &'a Analysis,
    /// What the user has set.
    pub settings: &'a Settings,
    rule: &'static Rule,
    level: Level,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        analysis: &'a Analysis,
        settings: &'a Settings,
        rule: &'static Rule,
        level: Level,
    ) -> Context<'a> {
        Context {
            analysis,
            settings,
            rule,
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
            .settings
            .rules
            .get(self.rule.name)
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
        &quotes[span(quotes, |quote| quote.paragraph, index)]
    }

    /// The pieces of speech of a paragraph.
    pub fn attributions(&self, index: usize) -> &'a [Attribution] {
        let attributions = &self.analysis.attributions;
        &attributions[span(attributions, |known| known.paragraph, index)]
    }

    /// The names, roles and pronouns of a paragraph.
    pub fn mentions(&self, index: usize) -> &'a [EntityMention] {
        let mentions = &self.analysis.mentions;
        &mentions[span(mentions, |mention| mention.paragraph, index)]
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
        self.settings.rules.get(self.rule.name)?.get(option)
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

/// The items of one paragraph among all of a draft in reading order.
fn span<T>(items: &[T], paragraph: impl Fn(&T) -> usize, index: usize) -> Range<usize> {
    let start = items.partition_point(|item| paragraph(item) < index);
    let len = items[start..].partition_point(|item| paragraph(item) == index);
    start..start + len
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
