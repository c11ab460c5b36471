//! Any bytes as a client.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| copydesk_fuzz::frames(data));
