//! What a person sees at a place in the draft. Ranges in and out are source bytes.

mod actions;
mod diagnostics;
mod hints;
mod hover;
mod reason;
mod symbols;

pub use actions::{Action, actions};
pub use diagnostics::{Diagnostic, diagnostics};
pub use hints::{Hint, hints};
pub use hover::{Hover, hover};
pub use symbols::{Symbol, SymbolKind, symbols};
