//! What a person sees at a place in the draft. Ranges in and out are source bytes.

mod diagnostics;

pub use diagnostics::{Diagnostic, diagnostics};
