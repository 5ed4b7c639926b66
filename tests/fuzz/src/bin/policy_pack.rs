//! See [`fentan_fuzz::policy_pack`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::policy_pack(bytes));
