//! Texts with cells parted by commas, tabs or semicolons, in the encodings that offices use.

use super::{Unreadable, bounds, html, spreadsheetml};
use crate::table::Table;

/// An encoding of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8, with a byte order mark or without.
    Utf8,
    /// UTF-16, the low byte first: Excel's "Unicode text".
    Utf16LittleEndian,
    /// UTF-16, the high byte first.
    Utf16BigEndian,
    /// GB 18030, which takes in GBK and GB 2312.
    Gb18030,
}

impl TextEncoding {
    /// The name that browsers know it by.
    pub fn label(self) -> &'static str {
        match self {
            TextEncoding::Utf8 => "utf-8",
            TextEncoding::Utf16LittleEndian => "utf-16le",
            TextEncoding::Utf16BigEndian => "utf-16be",
            TextEncoding::Gb18030 => "gb18030",
        }
    }

    /// The encoding of a text: its byte order mark says it, or the zeros in it, which only UTF-16
    /// has: every tab and line break holds one. What is valid UTF-8 is hardly ever anything else.
    fn of(bytes: &[u8]) -> TextEncoding {
        let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|&&byte| byte == 0);
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => TextEncoding::Utf8,
            [0xff, 0xfe, ..] => TextEncoding::Utf16LittleEndian,
            [0xfe, 0xff, ..] => TextEncoding::Utf16BigEndian,
            _ if bytes.contains(&0) => match zeros(0).count() > zeros(1).count() {
                true => TextEncoding::Utf16BigEndian,
                false => TextEncoding::Utf16LittleEndian,
            },
            _ if std::str::from_utf8(bytes).is_ok() => TextEncoding::Utf8,
            _ => TextEncoding::Gb18030,
        }
    }
}

/// Turns a text in an encoding into UTF-8; `None` where the bytes are no such text.
#[cfg(not(target_family = "wasm"))]
fn decode(bytes: &[u8], encoding: TextEncoding) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    (!had_errors).then(|| text.into_owned())
}

/// Turns a text in an encoding into UTF-8, as the browser does; `None` where the bytes are no such text.
#[cfg(target_family = "wasm")]
fn decode(bytes: &[u8], encoding: TextEncoding) -> Option<String> {
    let options = web_sys::TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder =
        web_sys::TextDecoder::new_with_label_and_options(encoding.label(), &options).ok()?;
    decoder.decode_with_buffer_source(&js_sys::Uint8Array::from(bytes)).ok()
}

/// The text of a file as office programs write it: by its byte order mark, UTF-8, UTF-16 or GB 18030.
/// `None` where it is in none of these.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    decode(bytes, TextEncoding::of(bytes))
}

pub(super) fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    if bytes.starts_with(b"%PDF") {
        return Err(Unreadable::OtherFormat);
    }
    let text = decoded(bytes).ok_or(Unreadable::UnknownEncoding)?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if text.contains('\0') {
        return Err(Unreadable::UnknownEncoding);
    }
    // Surveying and government programs like to hand out XML or a web page that is called .xls.
    if start.starts_with('<') {
        return match spreadsheetml::is_one(start) {
            true => spreadsheetml::open(start),
            false => html::open(start),
        };
    }
    let ends = text.bytes().filter(|byte| matches!(byte, b'\t' | b',' | b';' | b'\n' | b'\r'));
    if ends.count() >= bounds::MOST_CELLS {
        return Err(Unreadable::TooLarge);
    }
    Ok(vec![Table::from_text(&text)])
}
