//! See [`fentan_fuzz::result`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::result(bytes));
