//! What a person sees at a place in the draft. Ranges in and out are source bytes.

mod actions;
mod completion;
mod cursor;
mod decisions;
mod desk_entry;
mod diagnostics;
mod fix_all;
mod folds;
mod hints;
mod hover;
mod markdown;
mod places;
mod reason;
mod rename;
mod selection;
mod sources;
mod stets;
mod symbols;
mod tokens;

pub use actions::{Action, actions};
pub use completion::{Completion, CompletionKind, LINE, completions};
pub use decisions::{Choice, choices};
pub use desk_entry::{DeskEntry, desk_entry};
pub use diagnostics::{Diagnostic, diagnostics, notice};
pub use fix_all::fix_all;
pub use folds::{Fold, FoldKind, folds};
pub use hints::{Acceptance, Hint, acceptances, hints};
pub use hover::{Beside, Hover, hover};
pub use places::{Place, definition, places};
pub use reason::why;
pub use rename::{Renaming, renamable, rename};
pub use selection::selections;
pub use sources::{Said, Source, SourceSheet, sources};
pub use stets::{Comment, alive, comments, part};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{WordKind, words};
