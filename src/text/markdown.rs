//! Markdown to prose.
