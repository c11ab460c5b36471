//! Findings: what a copy chief would query, one file a rule.
//!
//! Ranges are in prose bytes of the draft. A rule reads the [`Analysis`] and nothing else: no file, no clock, no
//! other rule.

mod acronyms;
mod context;
mod copy;
mod marks;
mod noted;
mod office;
mod people;
mod problems;
mod reporter;
mod rewrite;
mod source;
mod wording;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use text_size::TextRange;

use context::Draft;

use crate::analysis::Analysis;
use crate::settings::{House, RuleSchema, Settings};

pub use crate::settings::Kind as OptionKind;
pub use context::Context;
pub use locked_quote_changed::{Locked, locks};
pub use office::of as office_of;
pub use problems::problems;
pub use rewrite::{behind_first_sentence, name_speaker, new_paragraph};

#[cfg(feature = "dev")]
pub(crate) use acronym_undefined::is_familiar;

/// Declares the rule of a file. The doc comment is the rule's documentation: its first line is the summary, then
/// come `## Why`, `## Flags` and `## Passes` (fenced drafts, which a test runs), `## Fix` and `## Settings`.
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        name: $name:literal,
        group: $group:ident,
        levels: [$($level:ident),+ $(,)?],
        settle: $settle:literal,
        since: $since:literal,
        options: [$(($option:literal, $kind:ident $(($($choice:literal),+))?)),* $(,)?] $(,)?
    ) => {
        pub(super) static RULE: crate::rules::Rule = crate::rules::Rule {
            name: $name,
            group: crate::rules::Group::$group,
            comment: concat!($($doc, "\n"),+),
            levels: [$(crate::rules::Level::$level),+],
            settle: $settle,
            since: $since,
            options: &[$(($option, crate::rules::OptionKind::$kind $((&[$($choice),+]))?)),*],
            check,
            file: file!(),
            line: line!(),
        };
    };
}

/// Lists the rules, sorted by name.
macro_rules! rules {
    ($($rule:ident,)+) => {
        $(mod $rule;)+

        /// All rules, sorted by name.
        pub static RULES: &[&Rule] = &[$(&$rule::RULE),+];
    };
}

rules! {
    accusation_no_response,
    acronym_undefined,
    acronym_unused,
    ambiguous_speaker,
    anonymous_source,
    attribution_tense,
    broken_attribution,
    contested_label,
    first_reference_name,
    first_reference_role,
    fragment_quote,
    group_quote,
    hearsay_quote,
    honorific_style,
    inverted_said,
    late_attribution,
    loaded_verb,
    locked_quote_changed,
    metonym_speaker,
    mind_reading,
    mixed_quote_marks,
    name_misspelled,
    nested_quote_marks,
    note_left_in,
    orphan_quote,
    outlet_pickup,
    passive_attribution,
    preferred_spelling,
    presumes_guilt,
    quote_drift,
    quote_insertion,
    quote_punctuation,
    relay_dropped,
    role_conflict,
    running_quote,
    second_reference,
    shared_surname,
    state_media_unlabelled,
    stray_headline,
    two_speakers_one_paragraph,
    unbalanced_quote,
    unresolved_speaker,
    unsourced_figure,
    vague_source,
    web_residue,
}

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not shown.
    Off,
    /// A suggestion.
    Hint,
    /// Worth a look.
    Information,
    /// A copy chief would query it.
    Warning,
    /// Must not be printed.
    Error,
}

impl Level {
    /// All levels, the gravest first.
    pub const ALL: [Level; 5] = [
        Level::Error,
        Level::Warning,
        Level::Information,
        Level::Hint,
        Level::Off,
    ];

    /// The name that a user reads and writes.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Information => "information",
            Level::Hint => "hint",
            Level::Off => "off",
        }
    }

    /// The level of a name.
    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Quotes and their marks.
    Quotes,
    /// Who said it.
    Attribution,
    /// Who the source is, and fairness.
    Sources,
    /// How people and bodies are named.
    Names,
    /// The rest of the copy.
    Copy,
}

impl Group {
    /// The name that a user reads.
    pub fn name(self) -> &'static str {
        match self {
            Group::Quotes => "quotes",
            Group::Attribution => "attribution",
            Group::Sources => "sources",
            Group::Names => "names",
            Group::Copy => "copy",
        }
    }
}

/// One rule: all that is known of it before a draft is read.
pub struct Rule {
    /// The name that a user reads and writes: "orphan-quote".
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Its level in each house, in the order of [`House::ALL`].
    pub levels: [Level; 5],
    /// Held back while the draft is being typed: half of what it looks for is a paragraph not yet finished.
    pub settle: bool,
    /// The version of copydesk that brought it.
    pub since: &'static str,
    /// Its options besides `level`, with what they take.
    pub options: &'static [(&'static str, OptionKind)],
    /// The source file that holds it.
    pub file: &'static str,
    /// The line of that file.
    pub line: u32,
    comment: &'static str,
    check: fn(&Context<'_>) -> Vec<Finding>,
}

impl Rule {
    /// The rule of a name.
    pub fn find(name: &str) -> Option<&'static Rule> {
        RULES.iter().copied().find(|rule| rule.name == name)
    }

    /// What the schema of settings says of it.
    pub fn schema(&self) -> RuleSchema {
        RuleSchema {
            name: self.name,
            summary: self.summary(),
            options: self.options,
        }
    }

    /// One line on what it finds.
    pub fn summary(&self) -> &'static str {
        self.comment.lines().next().unwrap_or_default().trim()
    }

    /// Its documentation in Markdown, without the name.
    pub fn docs(&self) -> String {
        let mut docs = String::with_capacity(self.comment.len());
        for line in self.comment.lines() {
            docs.push_str(line.strip_prefix(' ').unwrap_or(line));
            docs.push('\n');
        }
        docs
    }

    /// Its level in a house, before the user's own settings.
    pub fn house_level(&self, house: House) -> Level {
        House::ALL
            .into_iter()
            .zip(self.levels)
            .find_map(|(other, level)| (other == house).then_some(level))
            .unwrap_or(Level::Off)
    }

    /// Its level under the user's settings.
    pub fn level(&self, settings: &Settings) -> Level {
        settings
            .rules
            .get(self.name)
            .and_then(|table| table.get("level")?.as_str())
            .and_then(Level::from_name)
            .unwrap_or_else(|| self.house_level(settings.house))
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rule").field(&self.name).finish()
    }
}

/// One thing to query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Where it stands.
    pub range: TextRange,
    /// How much it matters.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it stands.
    pub range: TextRange,
    /// What is to be seen there.
    pub message: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// Its edits in reading order, not overlapping.
    pub edits: Vec<Edit>,
    /// The one to take where only one is asked for.
    pub preferred: bool,
}

/// Replaces what stands at a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub range: TextRange,
    /// What comes.
    pub text: String,
}

/// Runs all rules that the settings leave on. Findings come in reading order. A rule that panics is reported by
/// its name and skipped; the others go on.
pub fn check(analysis: &Analysis, settings: &Settings) -> Vec<Finding> {
    run(RULES, analysis, settings)
}

fn run(rules: &[&'static Rule], analysis: &Analysis, settings: &Settings) -> Vec<Finding> {
    let draft = Draft::new(analysis);
    let mut findings: Vec<Finding> = rules
        .iter()
        .flat_map(|rule| check_rule(rule, &draft, settings))
        .filter(|finding| finding.level > Level::Off)
        .collect();
    findings.sort_by_key(|finding| {
        (
            finding.range.start(),
            finding.range.end(),
            finding.rule.name,
        )
    });
    findings
}

fn check_rule(rule: &'static Rule, draft: &Draft<'_>, settings: &Settings) -> Vec<Finding> {
    let level = rule.level(settings);
    if level == Level::Off {
        return Vec::new();
    }
    let context = Context::new(draft, settings, rule, level);
    match catch_unwind(AssertUnwindSafe(|| (rule.check)(&context))) {
        Ok(findings) => findings,
        Err(_) => {
            tracing::error!(rule = rule.name, "a rule panicked and was skipped");
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    static PANICS: Rule = Rule {
        name: "panics",
        group: Group::Copy,
        levels: [Level::Error; 5],
        settle: false,
        since: "0.0.0",
        options: &[],
        file: file!(),
        line: line!(),
        comment: " Panics",
        check: |_| panic!("on purpose"),
    };

    #[test]
    fn rules_are_sorted_and_named_after_their_files() {
        for pair in RULES.windows(2) {
            assert!(
                pair[0].name < pair[1].name,
                "{:?} before {:?}",
                pair[0],
                pair[1]
            );
        }
        for rule in RULES {
            let file = format!("src/rules/{}.rs", rule.name.replace('-', "_"));
            assert_eq!(rule.file.replace('\\', "/"), file);
        }
    }

    #[test]
    fn every_rule_documents_itself() {
        for rule in RULES {
            let docs = rule.docs();
            assert!(!rule.summary().is_empty(), "{rule:?}");
            for heading in ["## Why", "## Flags", "## Passes", "## Fix", "## Settings"] {
                assert!(
                    docs.contains(&format!("\n{heading}\n")),
                    "{rule:?}: no {heading}"
                );
            }
            for (option, _) in rule.options {
                assert!(
                    docs.contains(&format!("`{option}`")),
                    "{rule:?}: no `{option}`"
                );
            }
        }
    }

    #[test]
    fn documented_drafts_do_what_they_say() {
        for rule in RULES {
            fixture::check_documentation(rule);
        }
    }

    const DRAFT: &str =
        "The pier is closed.\n\nFerry strike enters second week\n\nRepairs\n\nThey take long.";

    #[test]
    fn a_rule_that_panics_leaves_the_others_alone() {
        let settings = Settings::default();
        let analysis = fixture::analysis(DRAFT);
        let other = Rule::find("stray-headline").unwrap();
        let findings = run(&[&PANICS, other], &analysis, &settings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn settings_change_levels() {
        let check = |settings: &str| {
            let settings: Settings = toml::from_str(settings).unwrap();
            let findings = check(&fixture::analysis(DRAFT), &settings);
            findings.first().map(|finding| finding.level)
        };
        assert_eq!(check(""), Some(Level::Hint));
        assert_eq!(
            check("rules.stray-headline.level = \"error\""),
            Some(Level::Error)
        );
        assert_eq!(check("rules.stray-headline.level = \"off\""), None);
        assert_eq!(
            check("rules.stray-headline.level = \"loud\""),
            Some(Level::Hint)
        );
    }
}
