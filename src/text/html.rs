//! HTML to prose.
