//! See [`fentan_fuzz::plan_toml`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::plan_toml(bytes));
