//! See [`fentan_fuzz::link`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::link(bytes));
