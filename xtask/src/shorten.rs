//! Makes what a browser loads shorter, and changes nothing that it does.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

/// How many digits the hashes of wasm-bindgen's names have.
const HASH: usize = 16;

/// Shortens the JavaScript side of a program, and numbers the names that it shares with the wasm
/// side. Their hashes only keep programs apart that are linked into one, and can't be compressed.
pub fn shorten_program(folder: &Path, name: &str) -> Result<()> {
    let javascript = folder.join(format!("{name}.js"));
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let mut text = fs::read(&javascript)?;
    let mut program = fs::read(&wasm)?;
    let mut numbers = HashMap::new();
    replace_hashes(&mut text, |hash| {
        let next = numbers.len();
        Some(*numbers.entry(*hash).or_insert_with(|| numbered(next)))
    });
    replace_hashes(&mut program, |hash| numbers.get(hash).copied());
    fs::write(&wasm, program)?;
    let text = String::from_utf8(text).context("JavaScript that is not UTF-8")?;
    Ok(fs::write(&javascript, minifier::js::minify(&with_ends(&text)).to_string())?)
}

/// Shortens a file of JavaScript or a style sheet; leaves others as they are.
pub fn shorten(path: &Path) -> Result<()> {
    let short = match path.extension().and_then(|extension| extension.to_str()) {
        Some("js") => minifier::js::minify(&fs::read_to_string(path)?).to_string(),
        Some("css") => minifier::css::minify(&fs::read_to_string(path)?)
            .map_err(|error| anyhow!("{}: {error}", path.display()))?
            .to_string(),
        _ => return Ok(()),
    };
    Ok(fs::write(path, short)?)
}

/// JavaScript whose imports end in a semicolon: the minifier joins their lines.
fn with_ends(text: &str) -> String {
    let is_open = |line: &&str| line.starts_with("import ") && !line.trim_end().ends_with(';');
    let lines = text.lines().map(|line| [line, if is_open(&line) { ";\n" } else { "\n" }].concat());
    lines.collect()
}

fn numbered(number: usize) -> [u8; HASH] {
    let mut digits = [b'0'; HASH];
    let text = number.to_string();
    digits[HASH - text.len()..].copy_from_slice(text.as_bytes());
    digits
}

/// Replaces every run of as many hexadecimal digits as a hash has, where another is given for it.
fn replace_hashes(bytes: &mut [u8], mut other: impl FnMut(&[u8; HASH]) -> Option<[u8; HASH]>) {
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let mut start = 0;
    while start < bytes.len() {
        let length = bytes[start..].iter().take_while(|byte| is_digit(byte)).count();
        // What stands before and after a name in either file is no such digit.
        if length == HASH
            && let Some(hash) = bytes[start..].first_chunk_mut()
            && let Some(other) = other(hash)
        {
            *hash = other;
        }
        start += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_numbered_alike_on_both_sides() {
        let hashes = |text: &str, numbers: &[(&str, usize)]| {
            let mut bytes = text.as_bytes().to_vec();
            replace_hashes(&mut bytes, |hash| {
                let found = numbers.iter().find(|(one, _)| one.as_bytes() == hash)?;
                Some(numbered(found.1))
            });
            String::from_utf8(bytes).expect("UTF-8")
        };
        let numbers = [("f249a2a76caa9a55", 7)];
        assert_eq!(
            hashes("__wbg_now_f249a2a76caa9a55: deadbeefdeadbeef", &numbers),
            "__wbg_now_0000000000000007: deadbeefdeadbeef"
        );
        assert_eq!(hashes("af249a2a76caa9a55", &numbers), "af249a2a76caa9a55");
    }
}
