//! Logs: to standard error, at the level that `COPYDESK_LOG` names, and never with a word of a draft.

use std::io;

use tracing_subscriber::filter::{EnvFilter, LevelFilter};

/// The environment variable that holds the level: off, error, warn, info, debug or trace.
const VARIABLE: &str = "COPYDESK_LOG";

/// Starts logging. Does nothing where a log has been started before.
pub(super) fn init() {
    let level = std::env::var(VARIABLE)
        .ok()
        .and_then(|level| level.parse().ok())
        .unwrap_or(LevelFilter::WARN);
    // Of this crate alone: at its finer levels the framework writes whole messages.
    let filter = EnvFilter::new(format!("copydesk={level}"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(false)
        .try_init();
    // The message of a panic may quote the text that could not be sliced.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(
            "panic at {}",
            place.as_deref().unwrap_or("an unknown place")
        );
    }));
}
