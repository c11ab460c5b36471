//! What lies beyond one draft, with its files: where a newsroom's knowledge is read from.

pub mod reader;
