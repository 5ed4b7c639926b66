//! Conformance in a real browser. Run by `cargo xtask test wasm`.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_vector_is_answered_in_the_browser() {
    for vector in fentan_tests::vectors() {
        vector.assert_answered(&fentan_tests::answer(vector.plan));
    }
}

#[wasm_bindgen_test]
fn a_seed_gives_the_same_draws_in_the_browser() {
    fentan_tests::assert_same_draws();
}

#[wasm_bindgen_test]
fn receipts_are_the_same_in_the_browser() {
    fentan_tests::assert_same_receipts();
}

#[wasm_bindgen_test]
fn files_of_offices_are_read_to_the_same_in_the_browser() {
    for file in fentan_tests::office_files() {
        let told = file.told(fentan_import::open(file.bytes));
        assert_eq!(Some(told.trim_end()), file.expected().map(str::trim_end), "{}", file.name);
    }
}
