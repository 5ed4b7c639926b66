//! Texts as the browser decodes them.

use fentan_import::{Table, TextEncoding, Unreadable, open_with};
use js_sys::Uint8Array;
use web_sys::{TextDecoder, TextDecoderOptions};

/// Opens a file; see [`fentan_import::open_with`].
///
/// # Errors
/// What is the matter with it.
pub fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    open_with(bytes, decode)
}

fn decode(bytes: &[u8], encoding: TextEncoding) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding.label(), &options).ok()?;
    decoder.decode_with_buffer_source(&Uint8Array::from(bytes)).ok()
}
