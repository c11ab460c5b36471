//! Any bytes as marked-up copy.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| copydesk_fuzz::masking(data));
