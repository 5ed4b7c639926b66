//! Values that only part of the program knows: written where they are made, read where they are
//! drawn.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A value in the form that messages travel in. What only passes it on carries no code to read or
/// write it, and sees quickly whether two are the same.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Packed<T> {
    bytes: Vec<u8>,
    #[serde(skip)]
    kind: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// Packs a value.
    pub fn of(value: &T) -> Packed<T> {
        // A value of the program's own types can be written.
        let bytes = postcard::to_allocvec(value).unwrap_or_default();
        Packed { bytes, kind: PhantomData }
    }

    /// The value; none only if another program has packed it.
    pub fn open(&self) -> Option<T> {
        postcard::from_bytes(&self.bytes).ok()
    }
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Packed { bytes: self.bytes.clone(), kind: PhantomData }
    }
}

impl<T> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Packed<T> {}

impl<T> fmt::Debug for Packed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes packed", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::Figure;

    use super::*;

    #[test]
    fn what_is_packed_can_be_sent_and_opened() {
        let figure = Figure::LineShare { household: 7, line: 300 };
        let sent = postcard::to_allocvec(&Packed::of(&figure)).expect("bytes");
        let received: Packed<Figure> = postcard::from_bytes(&sent).expect("what was sent");
        assert_eq!(received.open(), Some(figure));
        assert_eq!(received, Packed::of(&figure));
    }
}
