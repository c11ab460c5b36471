//! What rules work out of one paragraph alone, kept with it while the rest of the draft changes.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::mixed_quote_marks::Mark;
use super::wording::Words;
use crate::analysis::Paragraph;

/// Each is filled in when it is first asked for. It goes by the text and the facts of the paragraph alone, and ranges
/// count from its start.
#[derive(Default)]
pub(super) struct Noted {
    /// The rules that have looked at the words, a bit each, and those that saw something.
    looked: AtomicU64,
    seen: AtomicU64,
    /// The quotes, each with its words where they have been asked for.
    words: OnceLock<Box<[OnceLock<Words>]>>,
    marks: OnceLock<Box<[Mark]>>,
}

/// What is noted of a paragraph.
pub(super) fn noted(paragraph: &Paragraph) -> Option<&Noted> {
    paragraph.noted()
}

impl Noted {
    /// Whether the rule of a number sees something in the words. Beyond as many rules as there are bits each look is new.
    pub(super) fn concerns(&self, rule: u32, look: impl FnOnce() -> bool) -> bool {
        let Some(bit) = 1_u64.checked_shl(rule) else {
            return look();
        };
        if self.looked.load(Ordering::Acquire) & bit == 0 {
            if look() {
                self.seen.fetch_or(bit, Ordering::Relaxed);
            }
            // Whoever reads this bit reads the one above as well.
            self.looked.fetch_or(bit, Ordering::Release);
        }
        self.seen.load(Ordering::Relaxed) & bit != 0
    }

    /// The words of a quote, by its index in the facts, which have so many.
    pub(super) fn words(
        &self,
        quote: usize,
        count: usize,
        read: impl FnOnce() -> Words,
    ) -> Option<&Words> {
        let all = self
            .words
            .get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        Some(all.get(quote)?.get_or_init(read))
    }

    /// The quotation marks and apostrophes.
    pub(super) fn marks(&self, read: impl FnOnce() -> Box<[Mark]>) -> &[Mark] {
        self.marks.get_or_init(read)
    }
}
