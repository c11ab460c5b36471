//! Paragraph facts kept from one version of a draft to the next.

use std::sync::Arc;

use crate::extract::{self, ParagraphFacts};
use crate::lexicon::Lexicon;
use crate::text::{FastMap, Prose};

/// Paragraph text to facts. The text itself is the key, so a hash collision cannot lie. Facts that the latest
/// version did not use are dropped after it.
#[derive(Debug, Default)]
pub struct Memo {
    facts: FastMap<Arc<str>, Arc<ParagraphFacts>>,
}

impl Memo {
    /// The facts of each block of the prose, new or remembered.
    pub fn facts(&mut self, prose: &Prose) -> Vec<Arc<ParagraphFacts>> {
        let lexicon = Lexicon::get();
        let mut kept = FastMap::default();
        kept.reserve(prose.blocks().len());
        let facts = prose
            .blocks()
            .iter()
            .map(|block| {
                let text = &prose.text()[block.range];
                if let Some(facts) = kept.get(text) {
                    return Arc::clone(facts);
                }
                let (key, facts) = self
                    .facts
                    .remove_entry(text)
                    .unwrap_or_else(|| (Arc::from(text), Arc::new(extract::facts(text, lexicon))));
                kept.insert(key, Arc::clone(&facts));
                facts
            })
            .collect();
        self.facts = kept;
        facts
    }
}
