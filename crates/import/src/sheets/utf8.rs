//! Parts of workbooks in UTF-16, which XML allows, as UTF-8.

use std::io::{self, Read};

/// A part as UTF-8, whichever of the two it is in.
pub(super) struct Utf8<R> {
    part: R,
    /// Whether the part is in UTF-16, and whether its high bytes come first.
    wide: Option<bool>,
    /// What was read or turned into UTF-8 and is still to be handed on.
    ready: Vec<u8>,
    at: usize,
    /// The first half of a character that takes two.
    half: Option<u16>,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(mut part: R) -> io::Result<Utf8<R>> {
        let mut first = Vec::new();
        part.by_ref().take(2).read_to_end(&mut first)?;
        let wide = match first[..] {
            [0xff, 0xfe] | [b'<', 0] => Some(false),
            [0xfe, 0xff] | [0, b'<'] => Some(true),
            _ => None,
        };
        let ready = match (wide, &first[..]) {
            (Some(_), [b'<', 0] | [0, b'<']) => b"<".to_vec(),
            (Some(_), _) => Vec::new(),
            (None, _) => first,
        };
        Ok(Utf8 { part, wide, ready, at: 0, half: None })
    }

    fn fill(&mut self, high_first: bool) -> io::Result<()> {
        const AT_ONCE: u64 = 8192;
        let mut bytes = Vec::new();
        self.part.by_ref().take(AT_ONCE).read_to_end(&mut bytes)?;
        self.ready.clear();
        self.at = 0;
        let units = bytes.chunks(2).map(|pair| match *pair {
            [high, low] if high_first => u16::from_be_bytes([high, low]),
            [low, high] => u16::from_le_bytes([low, high]),
            // Half a character at the end is none.
            _ => 0xfffd,
        });
        let units: Vec<u16> = self.half.take().into_iter().chain(units).collect();
        let is_first_half = |unit: &u16| (0xd800..0xdc00).contains(unit);
        let (units, half) = match units.split_last() {
            Some((&last, rest)) if is_first_half(&last) && bytes.len() as u64 == AT_ONCE => {
                (rest, Some(last))
            }
            _ => (&units[..], None),
        };
        self.half = half;
        for one in char::decode_utf16(units.iter().copied()) {
            let one = one.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.ready.extend_from_slice(one.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            match self.wide {
                None => return self.part.read(buffer),
                Some(high_first) => self.fill(high_first)?,
            }
        }
        let rest = self.ready.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Utf8::new(bytes).and_then(|mut part| part.read_to_string(&mut text)).expect("a text");
        text
    }

    #[test]
    fn whichever_it_is_in() {
        let text = format!("<si>{}</si>", "房号𠀀".repeat(3000));
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(&low), text);
        assert_eq!(read(&high), text);
        assert_eq!(read(&[&[0xff, 0xfe][..], &low].concat()), text);
        assert_eq!(read(&[&[0xfe, 0xff][..], &high].concat()), text);
        assert_eq!(read(b""), "");
        assert_eq!(read(b"<"), "<");
    }
}
