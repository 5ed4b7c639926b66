//! See [`fentan_fuzz::roster_csv`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::roster_csv(bytes));
