//! The whole draft: what each paragraph is, who is who, who speaks.
//!
//! All ranges are in prose bytes of the draft.

mod attribution;
mod coreference;
mod corrections;
mod foreign;
mod memo;
mod notes;
mod paragraph;
mod people;
mod queries;

pub use attribution::{Attribution, Evidence, Hand, Link, Speaker, SpeechKind, Standing};
pub use corrections::{Corrections, LockedQuote, SpeakerCorrection, key, quote_key};
pub use memo::Memo;
pub use paragraph::{Paragraph, ParagraphKind};
pub use people::{Entity, EntityId, EntityMention, MentionForm, Pronoun, Role};
pub use queries::Antecedent;

#[cfg(feature = "dev")]
pub(crate) use people::passes;

use text_size::TextRange;

use crate::extract::{Label, Quote};
use crate::knowledge::Knowledge;
use crate::lexicon::{Lexicon, Traits};
use crate::settings::Settings;
use crate::text::{Language, Prose};

/// A quote in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftQuote {
    /// Prose bytes, marks included.
    pub range: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Its index in the paragraph's facts.
    pub index: usize,
    /// Goes on in the next paragraph, which reopens it.
    pub running: bool,
    /// Index (into [`Analysis::attributions`]) of the attribution that covers it; none for nobody's words.
    pub attribution: Option<usize>,
}

/// All that is known about one version of a draft. Immutable.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The draft's prose and the way back to its source.
    pub prose: Prose,
    /// Paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// People, organisations and places.
    pub entities: Vec<Entity>,
    /// All mentions of entities, in reading order.
    pub mentions: Vec<EntityMention>,
    /// Quotes in reading order.
    pub quotes: Vec<DraftQuote>,
    /// Quoted and reported speech with its speakers, in reading order.
    pub attributions: Vec<Attribution>,
    /// The language, where it is not English: then only quotes are known, by their marks.
    pub foreign: Option<&'static str>,
    /// Quotes that are not to change, by decision.
    pub locked: Vec<LockedQuote>,
    /// What the newsroom knew when the draft was read.
    pub knowledge: Knowledge,
}

impl Analysis {
    /// The prose at a range.
    pub fn text(&self, range: TextRange) -> &str {
        &self.prose.text()[range]
    }

    /// The facts behind a quote, in ranges of its paragraph.
    pub fn quote(&self, quote: &DraftQuote) -> &Quote {
        &self.paragraphs[quote.paragraph].facts.quotes[quote.index]
    }

    /// The entity of an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// What a mention's own words name. A demonym names a people, also where it means the country ("Chinese talks"), and
    /// a country's name names the country, also where its government acts.
    pub fn label(&self, mention: &EntityMention) -> Label {
        let label = self.entity(mention.entity).label;
        let traits = Lexicon::get().names.traits(self.text(mention.range));
        match label {
            Label::Place | Label::Organisation
                if traits.any(Traits::DEMONYM) && !traits.any(Traits::PLACE.or(Traits::BODY)) =>
            {
                Label::Misc
            }
            Label::Organisation if traits.any(Traits::COUNTRY) && !traits.any(Traits::BODY) => {
                Label::Place
            }
            label => label,
        }
    }

    /// The index of the paragraph at a prose offset, if one stands there.
    pub fn paragraph_at(&self, offset: text_size::TextSize) -> Option<usize> {
        let index = self.paragraphs.partition_point(|p| p.range.end() < offset);
        self.paragraphs
            .get(index)
            .filter(|p| p.range.contains_inclusive(offset))
            .map(|_| index)
    }

    /// The line of the source, counted from 1, at which a prose range starts.
    pub fn line(&self, range: TextRange) -> usize {
        self.prose.line(range.start())
    }
}

/// Analyses a draft. Cannot fail: any text gives an analysis. `knowledge` tells
/// what the newsroom knows of the names; `memo` carries paragraph facts from one version to the
/// next and never changes the result.
pub fn analyze(
    source: &str,
    language: Language,
    settings: &Settings,
    knowledge: &Knowledge,
    memo: &mut Memo,
) -> Analysis {
    let corrections = Corrections::default();
    analyze_corrected(source, language, settings, knowledge, &corrections, memo)
}

/// The same, with what a person has decided about the draft. That wins over all that the draft shows. Facts of
/// paragraphs do not depend on it, so that a memo outlives it.
pub fn analyze_corrected(
    source: &str,
    language: Language,
    _settings: &Settings,
    knowledge: &Knowledge,
    corrections: &Corrections,
    memo: &mut Memo,
) -> Analysis {
    let prose = Prose::new(source, language);
    let known = memo.known(&prose);
    let mut paragraphs = paragraph::paragraphs(&prose, known);
    if let Some(language) = foreign::language(&prose, &paragraphs) {
        paragraph::settle_kinds(&prose, &mut paragraphs, &[], &[]);
        return foreign::analysis(prose, paragraphs, language);
    }
    let (mut entities, mut mentions) = people::people(&prose, &paragraphs, knowledge);
    corrections::bind(&prose, &mut entities, &mut mentions, corrections);
    paragraph::settle_kinds(&prose, &mut paragraphs, &entities, &mentions);
    coreference::link(&prose, &paragraphs, &mut entities, &mut mentions);
    let (quotes, attributions) =
        attribution::attribute(&prose, &paragraphs, &mut entities, &mut mentions);
    let mut analysis = Analysis {
        prose,
        paragraphs,
        entities,
        mentions,
        quotes,
        attributions,
        foreign: None,
        locked: corrections.locked.clone(),
        knowledge: knowledge.clone(),
    };
    corrections::correct(&mut analysis, corrections);
    analysis
}
