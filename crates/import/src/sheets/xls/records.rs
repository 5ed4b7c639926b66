//! The records that an XLS workbook is written in: a kind, a length, and that many bytes. Long ones
//! go on in further records.

const CONTINUE: u16 = 0x003c;

/// Records one after another. It ends where the bytes do.
pub(super) struct Records<'b> {
    rest: &'b [u8],
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Records { rest: bytes }
    }

    fn piece(&mut self) -> Option<(u16, &'b [u8])> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let [kind_low, kind_high, low, high] = *head else { return None };
        let length = usize::from(u16::from_le_bytes([low, high]));
        let (bytes, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some((u16::from_le_bytes([kind_low, kind_high]), bytes))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (kind, bytes) = self.piece()?;
        let mut pieces = vec![bytes];
        while self.rest.starts_with(&CONTINUE.to_le_bytes()) {
            pieces.push(self.piece()?.1);
        }
        Some(Record { kind, pieces })
    }
}

pub(super) struct Record<'b> {
    pub(super) kind: u16,
    pieces: Vec<&'b [u8]>,
}

impl Record<'_> {
    pub(super) fn fields(&self) -> Fields<'_> {
        Fields { pieces: &self.pieces, at: 0 }
    }

    /// The bytes of its first piece.
    pub(super) fn length(&self) -> usize {
        self.pieces.first().map_or(0, |piece| piece.len())
    }

    /// The bytes that it takes in all.
    pub(super) fn whole_length(&self) -> usize {
        self.pieces.iter().map(|piece| 4 + piece.len()).sum()
    }
}

/// The fields of a record, one after another; nothing past its end.
pub(super) struct Fields<'r> {
    /// What is left: the piece that is read, and those behind it.
    pieces: &'r [&'r [u8]],
    at: usize,
}

impl Fields<'_> {
    /// Whether all of it was read.
    pub(super) fn is_empty(&mut self) -> bool {
        while self.pieces.first().is_some_and(|piece| self.at >= piece.len()) {
            self.next_piece();
        }
        self.pieces.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        loop {
            let piece = self.pieces.first()?;
            if let Some(&byte) = piece.get(self.at) {
                self.at += 1;
                return Some(byte);
            }
            self.next_piece();
        }
    }

    fn next_piece(&mut self) {
        self.pieces = self.pieces.get(1..).unwrap_or_default();
        self.at = 0;
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.byte()?;
        }
        Some(bytes)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.bytes().map(f64::from_le_bytes)
    }

    /// A text of so many characters, one or two bytes each, as a flag before them says.
    pub(super) fn text(&mut self, length: u16) -> Option<String> {
        let flags = self.byte()?;
        self.characters(length, flags & 1 != 0)
    }

    /// A text that may have fonts and readings behind it.
    pub(super) fn rich_text(&mut self) -> Option<String> {
        let length = self.u16()?;
        let flags = self.byte()?;
        let fonts = if flags & 8 != 0 { u32::from(self.u16()?) * 4 } else { 0 };
        let readings = if flags & 4 != 0 { self.u32()? } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        self.skip(fonts)?;
        self.skip(readings)?;
        Some(text)
    }

    /// Where a text goes on in a further piece, a flag there says anew how wide its characters are.
    fn characters(&mut self, length: u16, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        for _ in 0..length {
            if self.pieces.first().is_some_and(|piece| self.at >= piece.len()) {
                self.next_piece();
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn skip(&mut self, mut count: u32) -> Option<()> {
        while count > 0 {
            let piece = self.pieces.first()?;
            let here = u32::try_from(piece.len().saturating_sub(self.at)).ok()?;
            if count <= here {
                self.at += count as usize;
                return Some(());
            }
            count -= here;
            self.next_piece();
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_piece_with_another_width() {
        let pieces: [&[u8]; 2] = [b"\x03\x00\x00a", b"\x01b\x00\x62\x68"];
        let mut fields = Fields { pieces: &pieces, at: 0 };
        assert_eq!(fields.rich_text().as_deref(), Some("ab\u{6862}"));
        assert_eq!(fields.byte(), None);
    }

    #[test]
    fn what_breaks_off_is_nothing() {
        assert_eq!(Records::new(b"\x0a\x00\x05\x00abc").count(), 0);
        let pieces: [&[u8]; 1] = [b"\xff\xff\x01ab"];
        assert_eq!(Fields { pieces: &pieces, at: 0 }.rich_text(), None);
    }
}
