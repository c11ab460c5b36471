//! loaded-verb: a verb of saying that judges what is said.

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{Attribution, EntityMention, Pronoun, SpeechKind};
use crate::extract::{Cue, Label, Pattern, QuoteKind, SourceKind, TokenKind};
use crate::lexicon::{Class, CueEntry, Form, Grade, Lexicon};

declare_rule! {
    /// Verb of saying that judges what is said
    ///
    /// ## Why
    ///
    /// “Said” takes no side. “Admitted” implies guilt, “noted” vouches for the words and “claimed” doubts them: each is
    /// the story's own judgement, and often nobody meant it.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ann Meyer admitted that the bridge was closed.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer claimed.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer smiled.
    /// ```
    ///
    /// ```text
    /// Ann Meyer refuted the report.
    /// ```
    ///
    /// ## Passes
    ///
    /// Explaining verbs, words of the law and set phrases:
    ///
    /// ```text
    /// Ann Meyer warned that the bridge was closed. Tom Reyes admitted in court that he was guilty.
    ///
    /// A group claimed responsibility. The report revealed that the bridge was old. Meyer denied that it was hers.
    /// ```
    ///
    /// ## Fix
    ///
    /// Sets “said”, or the plain verb that means the same.
    ///
    /// ## Settings
    ///
    /// - `classes` (doubt, confess, factive, drama, boast, humour, gesture, refute): the classes that count.
    /// - `allow`: verbs that the desk lets pass, in their base form.
    /// - `deny`: verbs that the desk does not want besides.
    ///
    /// Verbs of guilt (confess), drama, boasting, and “refute” are one level graver than the rule, those of humour one
    /// less. “Argue”, “contend”, “acknowledge” and a few more that many desks write without a thought count, like
    /// explaining verbs, only where the settings are `strict`; explaining ones are then one level less grave.
    name: "loaded-verb",
    group: Attribution,
    levels: [Information, Warning, Warning, Information, Information],
    settle: false,
    since: "0.1.0",
    options: [("classes", Texts), ("allow", Texts), ("deny", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let cues = paragraph.facts.cues.iter().enumerate();
        let mut page = None;
        for (at, cue) in cues {
            let Some(kind) = kind(context, cue.entry).filter(|_| !cue.negated && !cue.passive) else {
                continue;
            };
            let page = page.get_or_insert_with(|| Page {
                context,
                copy: Copy::new(context, paragraph),
                index,
            });
            findings.extend(page.finding(at, cue, kind));
        }
    }
    findings
}

/// What is wrong with a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Doubt,
    Confess,
    Factive,
    Drama,
    Boast,
    Humour,
    Gesture,
    Refute,
    /// The desk does not want it.
    Denied,
    /// Only the strictest ask.
    Strict,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Doubt => "doubt",
            Kind::Confess => "confess",
            Kind::Factive => "factive",
            Kind::Drama => "drama",
            Kind::Boast => "boast",
            Kind::Humour => "humour",
            Kind::Gesture => "gesture",
            Kind::Refute => "refute",
            Kind::Denied | Kind::Strict => "",
        }
    }

    /// Steps by which it is graver than the rule.
    fn steps(self) -> i8 {
        match self {
            Kind::Confess | Kind::Drama | Kind::Boast | Kind::Refute => 1,
            Kind::Humour | Kind::Strict => -1,
            _ => 0,
        }
    }

    fn message(self, cue: &Cue, word: &str) -> String {
        match self {
            Kind::Doubt => format!("“{word}” casts doubt on what is said."),
            Kind::Confess => format!("“{word}” implies guilt or reluctance."),
            Kind::Factive => format!("“{word}” treats this as fact."),
            Kind::Drama => format!("“{word}” adds drama."),
            Kind::Boast => format!("“{word}” implies vanity."),
            Kind::Humour => format!("“{word}” colours what is said."),
            Kind::Gesture => format!("People don’t {} words.", cue.entry.cue),
            Kind::Refute => {
                format!("“{word}” means disproved; “{}”?", inflected("deny", cue.form))
            }
            Kind::Denied => format!("The desk does not write “{word}”."),
            Kind::Strict => format!("“{word}” says more than “said”."),
        }
    }
}

/// Verbs that most desks write without a thought.
const COMMON: [&str; 19] = [
    "acknowledge",
    "affirm",
    "argue",
    "assure",
    "complain",
    "contend",
    "demonstrate",
    "establish",
    "insist",
    "protest",
    "prove",
    "realise",
    "realize",
    "reassure",
    "recognise",
    "recognize",
    "reflect",
    "remind",
    "show",
];

/// Verbs that need "that" to report anything: "mentioned the bridge" does not.
const NEEDS_THAT: [&str; 4] = ["disclose", "divulge", "mention", "reveal"];

/// Verbs for what one says of another: nothing plainer says it.
const EXACT: [&str; 2] = ["accuse", "blame"];

fn kind(context: &Context<'_>, entry: &CueEntry) -> Option<Kind> {
    let among = |option: &str| context.texts(option).any(|verb| verb == entry.cue);
    if entry.is_phrase() || EXACT.contains(&entry.cue) || among("allow") {
        return None;
    }
    if among("deny") {
        return Some(Kind::Denied);
    }
    let loaded = entry.grade == Grade::Loaded;
    let kind = match entry.class {
        _ if entry.cue == "refute" || entry.cue == "rebut" => Kind::Refute,
        "gesture" => Kind::Gesture,
        "doubt" => Kind::Doubt,
        "confess" => Kind::Confess,
        "factive" => Kind::Factive,
        "drama" => Kind::Drama,
        "boast" => Kind::Boast,
        "humour-opinion" => Kind::Humour,
        _ if entry.grade == Grade::Explanatory && entry.suggest == "said" => Kind::Strict,
        _ => return None,
    };
    if kind == Kind::Strict || loaded && COMMON.contains(&entry.cue) {
        return context.settings.strict.then_some(kind);
    }
    let mut classes = context.texts("classes").peekable();
    let counts = classes.peek().is_none() || classes.any(|class| class == kind.name());
    counts.then_some(kind)
}

struct Page<'a> {
    context: &'a Context<'a>,
    copy: Copy<'a>,
    index: usize,
}

impl Page<'_> {
    fn finding(&self, at: usize, cue: &Cue, kind: Kind) -> Option<Finding> {
        if cue.form == Form::Base && !self.is_present(cue) || self.is_set_phrase(cue) {
            return None;
        }
        match kind {
            Kind::Refute => self.subject(cue).filter(|_| self.has_object(cue)).map(drop)?,
            _ => self.governs(at, cue, kind).then_some(())?,
        }
        let word = &self.copy.text[cue.range];
        let finding = self.context.finding(self.copy.at(cue.range), kind.message(cue, word));
        let mut finding = self.context.graded(finding, kind.steps());
        let plain = self.plain(cue, kind);
        finding.fixes.push(Fix {
            title: format!("Change to “{plain}”"),
            edits: vec![Edit {
                range: self.copy.at(cue.range),
                text: plain,
            }],
            preferred: true,
        });
        Some(finding)
    }

    /// Takes a quote or a clause, from somebody who can say so.
    fn governs(&self, at: usize, cue: &Cue, kind: Kind) -> bool {
        let speech = self.copy.facts.speech.iter();
        let mut speech = speech.filter(|speech| speech.cue == Some(at));
        let Some(source) = speech.find_map(|speech| speech.source) else {
            return false;
        };
        let mut known = self
            .context
            .attributions(self.index)
            .iter()
            .filter(|known| known.cue.is_some_and(|(_, other)| other == at));
        let Some(known) = known.find(|known| self.is_taken(known, cue, kind)) else {
            return false;
        };
        let thing = match source.kind {
            SourceKind::Name(_) => known.entity.is_none_or(|entity| {
                self.context.analysis.entity(entity).label != Label::Person
            }),
            SourceKind::Pronoun => {
                let word = self.copy.text[source.range].to_lowercase();
                // "I" and "we" speak for themselves.
                if matches!(word.as_str(), "i" | "we" | "whose" | "which") {
                    return false;
                }
                word == "it"
            }
            SourceKind::Descriptor(_) => false,
            SourceKind::Phrase => true,
        };
        let legal = matches!(cue.entry.cue, "admit" | "plead" | "allege" | "charge" | "swear" | "confess")
            && self.in_law(cue);
        !(legal || kind == Kind::Factive && thing)
    }

    /// A direct quote, or a clause where the verb takes one.
    fn is_taken(&self, known: &Attribution, cue: &Cue, kind: Kind) -> bool {
        let quotes = known.quotes.iter().any(|&quote| {
            let quote = self.context.analysis.quote(&self.context.analysis.quotes[quote]);
            quote.kind == QuoteKind::Full
        });
        let pattern = matches!(known.pattern, Some(Pattern::Tagged | Pattern::Clause));
        let direct = known.kind == SpeechKind::Direct && (quotes || known.pattern == Some(Pattern::Tagged));
        match kind {
            Kind::Gesture => direct && quotes,
            _ => pattern && (direct || known.kind != SpeechKind::Direct && self.is_clause(known, cue)),
        }
    }

    /// "that", or a verb of its own soon after the start; before the verb of saying anything is a clause.
    fn is_clause(&self, known: &Attribution, cue: &Cue) -> bool {
        const NEAR: usize = 7;
        let start = known.range.start() - self.copy.start();
        let first = self.copy.token_from(start);
        let grammar = &Lexicon::get().grammar;
        let that = (cue.tokens.end..=first).any(|index| self.copy.word(index) == "that");
        let class = |index| grammar.class(&self.copy.word(index).to_lowercase());
        let finite = || {
            (first + 1..first + NEAR)
                .take_while(|&index| self.copy.kind(index) == Some(TokenKind::Word) && class(index) != Class::To)
                .any(|index| matches!(class(index), Class::Auxiliary | Class::Verb))
        };
        let bare = !NEEDS_THAT.contains(&cue.entry.cue)
            && !matches!(class(first), Class::To | Class::Preposition);
        start < cue.range.start() || that || bare && finite()
    }

    /// "critics claim", but not "to claim" and "would claim".
    fn is_present(&self, cue: &Cue) -> bool {
        let Some(before) = cue.tokens.start.checked_sub(1) else {
            return false;
        };
        let word = self.copy.word(before).to_lowercase();
        let class = Lexicon::get().grammar.class(&word);
        self.copy.kind(before) == Some(TokenKind::Word)
            && !matches!(class, Class::To | Class::Auxiliary | Class::Negation | Class::Adverb)
            && !word.ends_with("n't")
            && !word.ends_with("n’t")
    }

    /// "claimed responsibility", "claimed victory": no words are said.
    fn is_set_phrase(&self, cue: &Cue) -> bool {
        const NEAR: usize = 3;
        let near = cue.tokens.end..cue.tokens.end + NEAR;
        cue.entry.cue == "claim" && near.into_iter().any(|index| CLAIMED.contains(&self.copy.word(index)))
    }

    /// A court or a charge in the sentence makes these verbs exact.
    fn in_law(&self, cue: &Cue) -> bool {
        self.copy
            .sentence(cue.range.start())
            .is_some_and(|sentence| self.copy.has_word(sentence, &LAW))
    }

    /// A person right before the verb.
    fn subject(&self, cue: &Cue) -> Option<&EntityMention> {
        let start = self.copy.at(cue.range).start();
        let analysis = self.context.analysis;
        let before = |mention: &&EntityMention| {
            mention.range.end() < start
                && analysis.text(text_size::TextRange::new(mention.range.end(), start)).trim().is_empty()
        };
        let entity = |mention: &&EntityMention| {
            let entity = analysis.entity(mention.entity);
            entity.label == Label::Person && entity.pronoun != Some(Pronoun::It)
        };
        self.context.mentions(self.index).iter().filter(before).find(entity)
    }

    /// Something is refuted: a noun phrase follows.
    fn has_object(&self, cue: &Cue) -> bool {
        let word = self.copy.word(cue.tokens.end).to_lowercase();
        let class = Lexicon::get().grammar.class(&word);
        matches!(class, Class::Determiner | Class::Possessive | Class::That | Class::Other)
            && self.copy.kind(cue.tokens.end) == Some(TokenKind::Word)
    }

    /// The plain verb in the same form.
    fn plain(&self, cue: &Cue, kind: Kind) -> String {
        let inverted = self.copy.kind(cue.tokens.end) == Some(TokenKind::Word);
        let (verb, manner) = match kind {
            Kind::Refute => ("deny", None),
            // “smiled” becomes “said, smiling” where nothing else follows.
            Kind::Gesture => ("say", cue.entry.suggest.split_once(", ").filter(|_| !inverted)),
            _ => (plain_verb(cue.entry.suggest), None),
        };
        let plain = inflected(verb, cue.form);
        match manner {
            Some((_, manner)) => format!("{plain}, {manner}"),
            None => plain.to_owned(),
        }
    }
}

/// The base form of a verb that the list of cues suggests in the past.
fn plain_verb(suggested: &str) -> &'static str {
    match suggested {
        "told" => "tell",
        "replied" | "responded" => "reply",
        "asked" => "ask",
        "agreed" => "agree",
        _ => "say",
    }
}

fn inflected(verb: &'static str, form: Form) -> &'static str {
    let cues = &Lexicon::get().cues;
    let entry = cues.entries.iter().find(|entry| entry.cue == verb);
    let forms = entry.map_or([""; 4], |entry| entry.forms);
    match form {
        Form::Third => forms[0],
        Form::Past => forms[1],
        Form::Participle => forms[2],
        Form::Ing => forms[3],
        Form::Base | Form::Phrase => verb,
    }
}

/// What is claimed without a word.
const CLAIMED: [&str; 10] = [
    "asylum", "benefits", "credit", "damages", "life", "lives", "responsibility", "title", "victory", "victims",
];

/// Words of courts.
const LAW: [&str; 23] = [
    "charge", "charges", "charged", "complaint", "count", "counts", "court", "federal", "guilty", "hearing",
    "indictment", "judge", "jury", "jurors", "lawsuit", "magistrate", "oath", "plea", "police", "prosecutors", "suit",
    "trial", "tribunal",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn classes_have_their_levels() {
        check(
            "
            Ann Meyer admitted that the bridge was closed.
                      ^^^^^^^^ warning[loaded-verb]: “admitted” implies guilt or reluctance.
            ",
        );
        check(
            "
            “The bridge is closed,” Ann Meyer noted on Monday.
                                              ^^^^^ information[loaded-verb]: “noted” treats this as fact.
            ",
        );
        check(
            "
            Critics claim that the bridge is closed.
                    ^^^^^ information[loaded-verb]: “claim” casts doubt on what is said.
            ",
        );
        check(
            "
            “It floats on its own,” Ann Meyer quipped.
                                              ^^^^^^^ hint[loaded-verb]: “quipped” colours what is said.
            ",
        );
        check(
            "
            “It is closed at last,” she fumed.
                                        ^^^^^ warning[loaded-verb]: “fumed” adds drama.
            ",
        );
        check(
            "
            “It is the best bridge of all,” Ann Meyer bragged.
                                                      ^^^^^^^ warning[loaded-verb]: “bragged” implies vanity.
            ",
        );
        check(
            "
            “It is open at last,” Ann Meyer smiled.
                                            ^^^^^^ information[loaded-verb]: People don’t smile words.
            ",
        );
        check(
            "
            Ann Meyer refuted the report.
                      ^^^^^^^ warning[loaded-verb]: “refuted” means disproved; “denied”?
            ",
        );
    }

    #[test]
    fn houses_and_settings_have_their_levels() {
        check_with(
            "house = \"ap\"",
            "
            “The bridge is closed,” Ann Meyer noted on Monday.
                                              ^^^^^ warning[loaded-verb]: “noted” treats this as fact.
            ",
        );
        check_with(
            "rules.loaded-verb.level = \"hint\"",
            "
            Ann Meyer admitted that the bridge was closed.
                      ^^^^^^^^ hint[loaded-verb]: “admitted” implies guilt or reluctance.
            ",
        );
    }

    #[test]
    fn plain_and_explaining_verbs_pass() {
        check("Ann Meyer warned that the bridge was closed. “It is old,” she explained.");
        check("“It is old,” Ann Meyer said. “It is closed,” she added. Tom Reyes denied that it was.");
        check("Ann Meyer argued that the bridge was closed. Tom Reyes acknowledged that it was.");
    }

    #[test]
    fn words_of_the_law_pass() {
        check("Tom Reyes admitted in court that he had closed the bridge.");
        check("Prosecutors allege that Tom Reyes closed the bridge. He pleaded guilty.");
    }

    #[test]
    fn other_meanings_pass() {
        check("A group claimed responsibility for the fire. The storm claimed three lives.");
        check("The noted engineer Ann Meyer spoke. Ann Meyer smiled. She laughed at the bridge.");
        check("The report revealed that the bridge was closed. The tests showed that it was old.");
        check("Ann Meyer hailed a taxi. Ann Meyer was not asked to claim that it was closed.");
        check("Tom Reyes has never admitted that the bridge was closed.");
        check("New tests refuted the report.");
    }

    #[test]
    fn a_speakers_own_words_pass() {
        check("“She admitted that the bridge was closed,” Ann Meyer said.");
    }

    #[test]
    fn the_fix_sets_the_plain_verb() {
        for (before, after) in [
            ("Ann Meyer <CURSOR>admitted that it was closed.", "Ann Meyer said that it was closed."),
            ("Ann Meyer <CURSOR>points out that it is closed.", "Ann Meyer says that it is closed."),
            ("Critics <CURSOR>claim that it is closed.", "Critics say that it is closed."),
            ("“It is open,” Ann Meyer <CURSOR>smiled.", "“It is open,” Ann Meyer said, smiling."),
            ("“It is open,” <CURSOR>smiled Ann Meyer.", "“It is open,” said Ann Meyer."),
            ("Ann Meyer <CURSOR>refuted the report.", "Ann Meyer denied the report."),
            ("“Open it,” Ann Meyer <CURSOR>pleaded.", "“Open it,” Ann Meyer asked."),
        ] {
            check_fix(&RULE, before, after);
        }
    }

    #[test]
    fn verbs_are_allowed_and_denied() {
        let draft = "Ann Meyer admitted that the bridge was closed.";
        check_with("rules.loaded-verb.allow = [\"admit\"]", draft);
        check_with("rules.loaded-verb.classes = [\"doubt\", \"factive\"]", draft);
        check_with(
            "rules.loaded-verb.deny = [\"explain\"]",
            "
            “The bridge is closed,” Ann Meyer explained.
                                              ^^^^^^^^^ information[loaded-verb]: The desk does not write “explained”.
            ",
        );
    }

    #[test]
    fn strict_desks_ask_more() {
        check_with(
            "strict = true",
            "
            Ann Meyer warned that the bridge was closed.
                      ^^^^^^ hint[loaded-verb]: “warned” says more than “said”.
            ",
        );
        check_with(
            "strict = true",
            "
            Ann Meyer argued that the bridge was closed.
                      ^^^^^^ information[loaded-verb]: “argued” casts doubt on what is said.
            ",
        );
    }
}
