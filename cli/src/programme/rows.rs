//! Rows of the tables of a run, written straight into bytes: formatting a cell through a text of
//! its own takes longer than splitting it.

use fentan_core::Fen;
use fentan_words::defused;

/// Rows of CSV.
#[derive(Default)]
pub(super) struct Rows(pub(super) Vec<u8>);

impl Rows {
    /// A cell of text that no spreadsheet program takes for a formula, in quotes where it needs them.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        // Nearly all texts are of letters, digits and characters beyond ASCII that are seen.
        let is_plain = |one: char| one.is_alphanumeric() || matches!(one, '.' | '_');
        let first = text.chars().next();
        if first.is_none_or(is_plain) && text.chars().all(|one| is_plain(one) || one == '-') {
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b',');
            return self;
        }
        let text = defused(text);
        let needs_quotes = |byte| matches!(byte, b',' | b'"' | b'\r' | b'\n');
        if text.bytes().any(needs_quotes) {
            self.0.push(b'"');
            self.0.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.0.push(b'"');
        } else {
            self.0.extend_from_slice(text.as_bytes());
        }
        self.0.push(b',');
        self
    }

    /// A cell of money: yuan with two decimals.
    pub(super) fn money(&mut self, amount: Fen) -> &mut Self {
        match u64::try_from(amount.0) {
            Ok(0) => self.0.extend_from_slice(b"0.00,"),
            Ok(fen) => {
                let mut yuan = itoa::Buffer::new();
                self.0.extend_from_slice(yuan.format(fen / 100).as_bytes());
                let (tens, ones) = ((fen % 100 / 10) as u8, (fen % 10) as u8);
                self.0.extend_from_slice(&[b'.', b'0' + tens, b'0' + ones, b',']);
            }
            Err(_) => {
                self.text(&amount.to_string());
            }
        }
        self
    }

    /// A cell of money, empty where there is none.
    pub(super) fn money_if_any(&mut self, amount: Option<Fen>) -> &mut Self {
        match amount {
            Some(amount) => self.money(amount),
            None => self.text(""),
        }
    }

    /// A cell with a whole number.
    pub(super) fn count(&mut self, count: u64) -> &mut Self {
        let mut digits = itoa::Buffer::new();
        self.0.extend_from_slice(digits.format(count).as_bytes());
        self.0.push(b',');
        self
    }

    /// Ends the row: the last cell's comma becomes the line break.
    pub(super) fn end(&mut self) {
        if let Some(last) = self.0.last_mut() {
            *last = b'\n';
        }
    }
}
