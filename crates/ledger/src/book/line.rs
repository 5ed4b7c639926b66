//! The lines of a book: written, read, and followed desk by desk.

use std::collections::BTreeMap;
use std::fmt;

use fentan_core::collection::Method;
use fentan_core::internal::MOST_MONEY;
use fentan_core::{Day, Fen};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Book, Desk, Entry, Kept, Paid, Receipt, Refusal, Reversed};
use crate::chain::{Head, closing};

/// The first line, which says what the file is.
pub(super) const HEADING: &str = "{\"fentan_book\":1}\n";

/// A line of a book that is not what it was when it was written, or could not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which line of the file, from 1.
    pub line: u64,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What is wrong with a line of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The file doesn't begin as a book does.
    NoBook,
    /// It is no entry, or is written in another way than a book writes it.
    Unreadable,
    /// Its digest is not that of its text.
    Changed,
    /// It doesn't follow the desk's entry before: one was taken out, put between or moved.
    Unchained,
    /// No book would have taken it.
    Refused(Refusal),
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {:?}", self.line, self.flaw)
    }
}

impl std::error::Error for Broken {}

/// A line as it is written, its members in this order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    desk: String,
    number: u32,
    previous: String,
    date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    household: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reverses: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
}

/// The line of an entry behind a head of its desk's chain, and the head with it.
pub(super) fn written(desk: Desk, head: Head, entry: &Entry) -> (String, Head) {
    let number = head.lines + 1;
    let (paid, reversed) = match entry {
        Entry::Paid(paid) => (Some(paid), None),
        Entry::Reversed(reversed) => (None, Some(reversed)),
    };
    let line = Written {
        desk: desk.to_string(),
        // A desk numbers its entries in 32 bits: see `Book::append`.
        number: number as u32,
        previous: head.to_string(),
        date: entry.date(),
        household: paid.map(|one| one.household.clone()),
        amount: paid.map(|one| one.amount),
        method: paid.map(|one| one.method.as_str().to_owned()),
        reference: paid.and_then(|one| one.reference.clone()),
        reverses: reversed.map(|one| one.receipt.to_string()),
        note: paid.map_or(reversed.map(|one| one.reason.clone()), |one| one.note.clone()),
        digest: None,
    };
    // A line of texts and numbers can be written.
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    let head = Head { lines: number, digest: Sha256::digest(&text).into() };
    text.pop();
    text.push_str(&closing(&head));
    (text, head)
}

/// What holds of an entry whatever stands before it.
pub(super) fn check(entry: &Entry) -> Result<(), Refusal> {
    match entry {
        Entry::Paid(paid) if paid.amount.is_zero() || paid.amount > MOST_MONEY => {
            Err(Refusal::NoAmount)
        }
        Entry::Paid(paid) if paid.household.trim().is_empty() => Err(Refusal::Blank),
        Entry::Reversed(reversed) if reversed.reason.trim().is_empty() => Err(Refusal::Blank),
        _ => Ok(()),
    }
}

/// The receipt of a line, the digest that it follows, and its entry.
fn entry_of(line: Written) -> Option<(Receipt, String, Entry)> {
    let Written { desk, number, previous, date, .. } = line;
    let receipt = Receipt { desk: Desk::read(&desk)?, number };
    let entry = match (line.reverses, line.household, line.amount, line.method) {
        (Some(reverses), None, None, None) if line.reference.is_none() => {
            let receipt = Receipt::read(&reverses)?;
            Entry::Reversed(Reversed { date, receipt, reason: line.note? })
        }
        (None, Some(household), Some(amount), Some(method)) => {
            let method = Method::ALL.iter().copied().find(|one| one.as_str() == method)?;
            let (reference, note) = (line.reference, line.note);
            Entry::Paid(Paid { date, household, amount, method, reference, note })
        }
        _ => return None,
    };
    Some((receipt, previous, entry))
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Broken> {
    let text = std::str::from_utf8(bytes).ok().and_then(|text| text.strip_prefix(HEADING));
    let text = text.ok_or(Broken { line: 1, flaw: Flaw::NoBook })?;
    follow_all((2..).zip(text.split_inclusive('\n')))
}

/// Reads lines in any order.
pub(super) fn of_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<Book, Broken> {
    let mut sorted = Vec::new();
    for (number, text) in (1..).zip(lines) {
        let line: Result<Written, _> = serde_json::from_str(text);
        let line = line.ok().and_then(|line| Some((Desk::read(&line.desk)?, line.number, text)));
        sorted.push(line.ok_or(Broken { line: number, flaw: Flaw::Unreadable })?);
    }
    sorted.sort_unstable();
    follow_all((1..).zip(sorted.into_iter().map(|(.., line)| line)))
}

/// Takes lines, each behind those of its desk.
fn follow_all<'l>(lines: impl Iterator<Item = (u64, &'l str)>) -> Result<Book, Broken> {
    let mut desks = BTreeMap::new();
    let mut receipts = Vec::new();
    for (number, line) in lines {
        let receipt = follow(&mut desks, line).map_err(|flaw| Broken { line: number, flaw })?;
        receipts.push((number, receipt));
    }
    close(desks, &receipts)
}

/// Takes a line behind those of its desk.
fn follow(desks: &mut BTreeMap<Desk, Vec<Kept>>, line: &str) -> Result<Receipt, Flaw> {
    let read: Written = serde_json::from_str(line).map_err(|_| Flaw::Unreadable)?;
    let digest = read.digest.clone().unwrap_or_default();
    let (receipt, previous, entry) = entry_of(read).ok_or(Flaw::Unreadable)?;
    let kept = desks.entry(receipt.desk).or_default();
    let head = kept.last().map_or_else(Head::default, |last| last.head);
    if u64::from(receipt.number) != head.lines + 1 || previous != head.to_string() {
        // Its own digest may still tell that the line itself was changed.
        return Err(if is_own_digest(line, &digest) { Flaw::Unchained } else { Flaw::Changed });
    }
    let (expected, head) = written(receipt.desk, head, &entry);
    if expected != line {
        return Err(if is_own_digest(line, &digest) { Flaw::Unreadable } else { Flaw::Changed });
    }
    check(&entry).map_err(Flaw::Refused)?;
    kept.push(Kept { entry, head });
    Ok(receipt)
}

fn is_own_digest(line: &str, digest: &str) -> bool {
    let body = line.strip_suffix(&closing(&digest)).map(|body| [body, "}"].concat());
    body.is_some_and(|body| {
        let own = Head { lines: 0, digest: Sha256::digest(&body).into() };
        own.to_string() == digest
    })
}

/// Checks what entries say of others, which may stand at other desks.
fn close(desks: BTreeMap<Desk, Vec<Kept>>, lines: &[(u64, Receipt)]) -> Result<Book, Broken> {
    let mut book = Book { desks, ..Book::default() };
    for &(line, receipt) in lines {
        let Some(entry) = book.entry(receipt).cloned() else { continue };
        if let Entry::Reversed(reversed) = &entry {
            let checked = book.check_payment_of(reversed);
            checked.map_err(|refusal| Broken { line, flaw: Flaw::Refused(refusal) })?;
        }
        book.standing.take(receipt, &entry);
    }
    Ok(book)
}
