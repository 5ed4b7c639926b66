//! See [`fentan_fuzz::tariff`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::tariff(bytes));
