//! What a rule sees of a draft.

use text_size::TextRange;

use super::{Edit, Finding, Fix, Level, Rule};
use crate::analysis::{Analysis, Paragraph, ParagraphKind};
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
