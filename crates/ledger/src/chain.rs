//! Lines that hold each other by digest.

use std::collections::BTreeMap;
use std::fmt;

use fentan_core::Day;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::compound::Refusal;
use crate::{Entry, Event};

/// Stands before the digest that closes a line.
const DIGEST: &[u8] = b",\"digest\":\"";

/// The end of a chain: how many lines it has, and the digest of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// How many lines there are.
    pub lines: u64,
    /// The SHA-256 (FIPS 180-4) of the last; zeros where there is none.
    pub digest: [u8; 32],
}

/// The digest as 64 lowercase hexadecimal digits.
impl fmt::Display for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digest.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// Writes the lines of a chain, for one who knows that what it writes is allowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chain(Head);

impl Chain {
    /// To be gone on with behind a head.
    pub fn behind(head: Head) -> Chain {
        Chain(head)
    }

    /// The line of the next entry.
    pub fn line(&mut self, entry: &Entry) -> String {
        let (line, head) = line(self.0, entry);
        self.0 = head;
        line
    }

    /// Where the chain ends now.
    pub fn head(self) -> Head {
        self.0
    }
}

/// A line of a ledger that is not what it was when it was written, or could not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// Which line, from 1.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It breaks off: it doesn't end as lines do.
    BrokenOff,
    /// Its digest is not that of its text.
    Changed,
    /// It doesn't follow the line before: one was taken out, put between or moved.
    Unchained,
    /// It is no entry of a ledger, though its digest is right.
    Unreadable(String),
    /// It holds more than its entry, or writes it in another way than a ledger does: two events in
    /// one line, a member that is unknown or stands twice, `00100.00` for `100.00`.
    Rewritten,
    /// The entries before it don't allow it.
    Refused(Refusal),
}

impl fmt::Display for Faulty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {:?}", self.line, self.fault)
    }
}

impl std::error::Error for Faulty {}

#[derive(Deserialize)]
struct Link {
    number: u64,
    previous: String,
    date: String,
    by: String,
    compound: String,
    #[serde(flatten)]
    event: Event,
}

/// The line of an entry, and the head of the chain with it.
pub(crate) fn line(head: Head, entry: &Entry) -> (String, Head) {
    let lines = head.lines + 1;
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let mut line = format!(
        "{{\"number\":{lines},\"previous\":\"{head}\",\"date\":{},\"by\":{},\"compound\":{},{}",
        text(&entry.date.to_string()),
        text(&entry.by),
        text(&entry.compound),
        written(&entry.event),
    );
    let head = Head { lines, digest: Sha256::digest(&line).into() };
    line.push_str(&closing(&head));
    (line, head)
}

/// What closes a line: its digest, as [`Head`] writes one.
pub(crate) fn closing(digest: &impl fmt::Display) -> String {
    format!(",\"digest\":\"{digest}\"}}\n")
}

/// The event as it stands in a line, its members in the order of their names.
fn written(event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    let named = value.as_object().into_iter().flatten().next();
    let Some((name, members)) = named else { return String::new() };
    let members: BTreeMap<_, _> = members.as_object().into_iter().flatten().collect();
    let members = serde_json::to_string(&members).unwrap_or_default();
    format!("\"{name}\":{members}")
}

/// The entry of a line that follows a head, and the head after it.
pub(crate) fn follow(head: Head, bytes: &[u8]) -> Result<(Entry, Head), Fault> {
    let text = bytes.strip_suffix(b"\"}\n").ok_or(Fault::BrokenOff)?;
    let end = text.len().checked_sub(64 + DIGEST.len()).ok_or(Fault::BrokenOff)?;
    let (body, digest) = text.split_at(end);
    let digest = digest.strip_prefix(DIGEST).ok_or(Fault::BrokenOff)?;
    let next = Head { lines: head.lines + 1, digest: Sha256::digest(body).into() };
    if next.to_string().as_bytes() != digest {
        return Err(Fault::Changed);
    }
    let json = [body, b"}"].concat();
    let link: Link =
        serde_json::from_slice(&json).map_err(|error| Fault::Unreadable(error.to_string()))?;
    if link.number != next.lines || link.previous != head.to_string() {
        return Err(Fault::Unchained);
    }
    let Link { by, compound, event, .. } = link;
    let date = Day::read(&link.date).map_err(|_| Fault::Refused(Refusal::NoDate))?;
    let entry = Entry { date, by, compound, event };
    let (written, _) = line(head, &entry);
    if written.as_bytes() != bytes {
        return Err(Fault::Rewritten);
    }
    Ok((entry, next))
}
