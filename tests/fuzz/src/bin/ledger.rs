//! See [`fentan_fuzz::ledger`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::ledger(bytes));
