//! See [`fentan_fuzz::cells`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::cells(bytes));
