//! Has libFuzzer look for bytes that break something. The variable `FENTAN_FUZZ` names the kind of file:
//! arguments are libFuzzer's own.

#![no_main]

use std::sync::LazyLock;

static TARGET: LazyLock<String> =
    LazyLock::new(|| std::env::var("FENTAN_FUZZ").expect("FENTAN_FUZZ names a kind of file"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fentan_fuzz::take(&TARGET, bytes));
