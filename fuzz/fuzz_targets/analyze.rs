//! Any bytes as a draft.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| copydesk_fuzz::analyze(data));
