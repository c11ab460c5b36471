//! Paragraph facts kept from one version of a draft to the next.

use std::sync::Arc;

use super::notes::Known;
use crate::extract;
use crate::lexicon::Lexicon;
use crate::text::{FastMap, Prose};

/// Paragraph text to facts. The text itself is the key, so a hash collision cannot lie. Facts that the latest
/// version did not use are dropped after it.
#[derive(Debug, Default)]
pub struct Memo {
    known: FastMap<Arc<str>, Known>,
}

impl Memo {
    /// The facts of each block of the prose, new or remembered.
    pub(super) fn known(&mut self, prose: &Prose) -> Vec<Known> {
        let lexicon = Lexicon::get();
        let mut kept = FastMap::default();
        kept.reserve(prose.blocks().len());
        let all = prose
            .blocks()
            .iter()
            .map(|block| {
                let text = &prose.text()[block.range];
                if let Some(known) = kept.get(text) {
                    return Known::clone(known);
                }
                let (key, known) = self.known.remove_entry(text).unwrap_or_else(|| {
                    (Arc::from(text), Known::new(extract::facts(text, lexicon)))
                });
                kept.insert(key, known.clone());
                known
            })
            .collect();
        self.known = kept;
        all
    }
}
