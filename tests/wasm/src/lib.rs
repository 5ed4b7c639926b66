//! Tests that a browser runs, in the form in which the page is given away. `tests/tests/page/wasm.rs` calls
//! them; one that fails throws its message.

#![forbid(unsafe_code)]

mod tariffs;

use wasm_bindgen::prelude::wasm_bindgen;

/// Has a failure thrown as what it says: else a browser would hear of a trap alone.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|failure| wasm_bindgen::throw_str(&failure.to_string())));
}

/// Every vector is answered.
#[wasm_bindgen]
pub fn vectors() {
    for vector in fentan_tests::vectors() {
        vector.assert_answered(&fentan_tests::answer(vector.plan));
    }
}

/// A seed gives the same draws.
#[wasm_bindgen]
pub fn draws() {
    fentan_tests::assert_same_draws();
}

/// Receipts are the same.
#[wasm_bindgen]
pub fn receipts() {
    fentan_tests::assert_same_receipts();
}

/// Files of offices are read to the same.
#[wasm_bindgen]
pub fn office_files() {
    for file in fentan_tests::office_files() {
        let told = file.told(fentan_import::open(file.bytes));
        assert_eq!(Some(told.trim_end()), file.expected().map(str::trim_end), "{}", file.name);
    }
}

/// Whatever is wrong with a tariff or an answer is said in texts that the calculator has.
#[wasm_bindgen]
pub fn refused_tariffs() {
    let mut heard = 0;
    tariffs::say_what_is_wrong(|said| {
        heard += 1;
        // A text that is missing is said by its key.
        assert!(!said.contains("problem."), "{said}");
    });
    assert!(heard > 1000, "{heard}");
}
