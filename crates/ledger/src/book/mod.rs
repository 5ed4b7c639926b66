//! A book of payments (收款账): what each home paid and what was reversed, entry by entry, each chained
//! to the one before.
//!
//! A book is kept by desks (收款点): a laptop, a browser, a person with a pad. Each has a name of its
//! own, numbers its entries from 1, and chains them. The receipt is the desk's name and the number, so
//! that no two desks give out one receipt, and none gives out a receipt twice. Two books are joined by
//! taking every entry of either: [`Book::join`]. The order in which books are joined makes no
//! difference, down to the bytes.
//!
//! ```
//! use fentan_core::collection::Method;
//! use fentan_core::{Day, Fen};
//! use fentan_ledger::book::{Book, Desk, Paid};
//! let (here, there) = (Desk::read("A").unwrap(), Desk::read("B").unwrap());
//! let paid = Paid {
//!     date: Day::read("2026-03-01")?,
//!     household: "3-1-101".into(),
//!     amount: Fen(120_000),
//!     method: Method::Wechat,
//!     reference: None,
//!     note: None,
//! };
//! let (mut book, mut other) = (Book::default(), Book::default());
//! assert_eq!(book.pay(here, paid.clone())?.to_string(), "A-00001");
//! other.pay(there, paid)?;
//! assert_eq!(book.join(&other)?, 1);
//! assert_eq!(Book::read(&book.to_bytes())?.entries().count(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod line;
pub mod report;
mod standing;

use std::collections::BTreeMap;
use std::fmt;

use fentan_core::collection::{Entered, Method, Payments};
use fentan_core::{Day, Fen, Plan, Problems};

use crate::chain::Head;
pub use line::{Broken, Flaw};
use standing::Standing;

/// Who keeps a part of a book: one to eight capital letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Desk([u8; Desk::LONGEST]);

impl Desk {
    /// The most characters of a name.
    pub const LONGEST: usize = 8;

    /// Reads a name; `None` if it is anything but one to eight capital letters and digits.
    pub fn read(name: &str) -> Option<Desk> {
        let fits = (1..=Desk::LONGEST).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        fits.then(|| {
            let mut padded = [0; Desk::LONGEST];
            padded.iter_mut().zip(name.bytes()).for_each(|(to, byte)| *to = byte);
            Desk(padded)
        })
    }

    /// A name of four characters out of random ones, none of which is easily taken for another.
    pub fn of_random(bytes: [u8; 4]) -> Desk {
        const CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut name = [0; Desk::LONGEST];
        for (to, byte) in name.iter_mut().zip(bytes) {
            *to = CHARACTERS[usize::from(byte) % CHARACTERS.len()];
        }
        Desk(name)
    }
}

impl fmt::Display for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.iter().take_while(|&&byte| byte != 0);
        name.map(|&byte| char::from(byte)).try_for_each(|one| write!(formatter, "{one}"))
    }
}

/// The number of a receipt, `A-00012`: the desk, and the number of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt {
    /// The desk that gave it out.
    pub desk: Desk,
    /// The number among the desk's entries, from 1.
    pub number: u32,
}

impl Receipt {
    /// Reads a receipt as it is written; a number may lack its zeros.
    pub fn read(written: &str) -> Option<Receipt> {
        let (desk, number) = written.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|&number: &u32| is_number && number > 0)?;
        Some(Receipt { desk: Desk::read(desk)?, number })
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:05}", self.desk, self.number)
    }
}

/// A payment (缴款) for a home, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The day it was made.
    pub date: Day,
    /// The household's id. A payment belongs to the home, whoever owns it later.
    pub household: String,
    /// What was paid, above zero.
    pub amount: Fen,
    /// How it was made.
    pub method: Method,
    /// The number of the transaction at a bank, WeChat or Alipay.
    pub reference: Option<String>,
    /// A remark, such as who paid.
    pub note: Option<String>,
}

/// What undoes a payment, wholly and from its own day on (冲销).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversed {
    /// The day.
    pub date: Day,
    /// The receipt of the payment.
    pub receipt: Receipt,
    /// Why.
    pub reason: String,
}

/// An entry of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A payment.
    Paid(Paid),
    /// The reversal of one.
    Reversed(Reversed),
}

impl Entry {
    /// Its day.
    pub fn date(&self) -> Day {
        match self {
            Entry::Paid(paid) => paid.date,
            Entry::Reversed(reversed) => reversed.date,
        }
    }
}

/// Why an entry can't be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is paid, or more money than there is.
    NoAmount,
    /// No home is named, or a reversal has no reason.
    Blank,
    /// The transaction is in the book, and nothing undid it.
    TakenBefore(Receipt),
    /// No payment of the book has the receipt.
    NoPayment,
    /// The payment was reversed before.
    ReversedBefore(Receipt),
    /// The reversal is dated before its payment.
    Earlier(Day),
    /// The desk has given out every number there is.
    Full,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl std::error::Error for Refusal {}

/// Two books have different entries under one receipt: a desk was copied and gone on with at both
/// places. Nothing was joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parted {
    /// The first such receipt.
    pub receipt: Receipt,
}

impl fmt::Display for Parted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} differs", self.receipt)
    }
}

impl std::error::Error for Parted {}

/// What is likely to be a slip of two desks that did not know of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A payment was reversed at two desks; it is undone once, by the earlier one.
    ReversedTwice {
        /// The payment.
        payment: Receipt,
        /// The reversal that undoes nothing.
        reversal: Receipt,
    },
    /// One transaction was entered at two desks for one home and amount; it counts once.
    Doubled {
        /// The entry that counts.
        counts: Receipt,
        /// The one that doesn't.
        again: Receipt,
    },
    /// One transaction was entered for two homes or amounts; both count until one is reversed.
    TwoHomes {
        /// One of them.
        first: Receipt,
        /// The other.
        second: Receipt,
    },
}

/// A book of payments, read and found whole.
#[derive(Debug, Clone, Default)]
pub struct Book {
    desks: BTreeMap<Desk, Vec<Kept>>,
    standing: Standing,
}

/// An entry with the end of the desk's chain at it.
#[derive(Debug, Clone)]
struct Kept {
    entry: Entry,
    head: Head,
}

impl Book {
    /// Reads a book and follows the chain of each desk.
    ///
    /// # Errors
    /// The first line that is not what it was when it was written, or could not have been.
    pub fn read(bytes: &[u8]) -> Result<Book, Broken> {
        line::read(bytes)
    }

    /// Whether a file is a book, by how it begins.
    pub fn is_book(bytes: &[u8]) -> bool {
        bytes.starts_with(line::HEADING.trim_end().as_bytes())
    }

    /// The whole book as a file: a heading, and a line for each entry, by desk and number.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = line::HEADING.to_owned();
        for (&desk, kept) in &self.desks {
            let mut head = Head::default();
            for one in kept {
                text.push_str(&line::written(desk, head, &one.entry).0);
                head = one.head;
            }
        }
        text.into_bytes()
    }

    /// The entry of a receipt as it stands in the file, for a store that keeps lines one by one.
    pub fn line(&self, receipt: Receipt) -> Option<String> {
        let entry = self.entry(receipt)?;
        let before = Receipt { number: receipt.number - 1, ..receipt };
        let head = self.kept(before).map_or_else(Head::default, |before| before.head);
        Some(line::written(receipt.desk, head, entry).0)
    }

    /// Reads lines that a store kept one by one, in any order.
    ///
    /// # Errors
    /// Those of [`Book::read`]; a line number counts them by desk and number.
    pub fn of_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<Book, Broken> {
        line::of_lines(lines)
    }

    /// Adds a payment at a desk, and returns its receipt.
    ///
    /// # Errors
    /// What the book doesn't allow; nothing is then added.
    pub fn pay(&mut self, desk: Desk, paid: Paid) -> Result<Receipt, Refusal> {
        self.append(desk, Entry::Paid(paid))
    }

    /// Reverses a payment at a desk, and returns the receipt of the reversal.
    ///
    /// # Errors
    /// What the book doesn't allow; nothing is then added.
    pub fn reverse(&mut self, desk: Desk, reversed: Reversed) -> Result<Receipt, Refusal> {
        self.append(desk, Entry::Reversed(reversed))
    }

    fn append(&mut self, desk: Desk, entry: Entry) -> Result<Receipt, Refusal> {
        self.check(&entry)?;
        let kept = self.desks.entry(desk).or_default();
        let number = u32::try_from(kept.len()).ok().and_then(|count| count.checked_add(1));
        let receipt = Receipt { desk, number: number.ok_or(Refusal::Full)? };
        let head = kept.last().map_or_else(Head::default, |last| last.head);
        let (_, head) = line::written(desk, head, &entry);
        self.standing.take(receipt, &entry);
        kept.push(Kept { entry, head });
        Ok(receipt)
    }

    /// What holds of an entry that is added now.
    fn check(&self, entry: &Entry) -> Result<(), Refusal> {
        line::check(entry)?;
        match entry {
            Entry::Paid(paid) => {
                let before = paid.reference.as_deref().and_then(|one| {
                    let mut taken = self.standing.taken(paid.method, one);
                    taken.find(|&receipt| self.reversal_of(receipt).is_none())
                });
                before.map_or(Ok(()), |receipt| Err(Refusal::TakenBefore(receipt)))
            }
            Entry::Reversed(reversed) => match self.reversal_of(reversed.receipt) {
                Some((reversal, _)) => Err(Refusal::ReversedBefore(reversal)),
                None => self.check_payment_of(reversed),
            },
        }
    }

    /// What holds of a reversal and its payment, whatever else reverses that.
    fn check_payment_of(&self, reversed: &Reversed) -> Result<(), Refusal> {
        let payment = self.payment(reversed.receipt).ok_or(Refusal::NoPayment)?;
        if reversed.date < payment.date { Err(Refusal::Earlier(payment.date)) } else { Ok(()) }
    }

    /// Takes every entry of another book of the same plan, and returns how many were new.
    ///
    /// # Errors
    /// [`Parted`] where a desk went on at two places; nothing is then joined.
    pub fn join(&mut self, other: &Book) -> Result<usize, Parted> {
        for (&desk, theirs) in &other.desks {
            let ours = self.desks.get(&desk).map_or(&[][..], Vec::as_slice);
            let differing = ours.iter().zip(theirs).position(|(one, other)| one.head != other.head);
            if let Some(index) = differing {
                // As many as a desk may have: see `append`.
                let number = index as u32 + 1;
                return Err(Parted { receipt: Receipt { desk, number } });
            }
        }
        let mut new = 0;
        for (&desk, theirs) in &other.desks {
            let ours = self.desks.entry(desk).or_default();
            for (index, kept) in theirs.iter().enumerate().skip(ours.len()) {
                let receipt = Receipt { desk, number: index as u32 + 1 };
                self.standing.take(receipt, &kept.entry);
                ours.push(kept.clone());
                new += 1;
            }
        }
        Ok(new)
    }

    /// The entries by desk and number.
    pub fn entries(&self) -> impl Iterator<Item = (Receipt, &Entry)> {
        self.desks.iter().flat_map(|(&desk, kept)| {
            (1..).zip(kept).map(move |(number, one)| (Receipt { desk, number }, &one.entry))
        })
    }

    fn kept(&self, receipt: Receipt) -> Option<&Kept> {
        let index = usize::try_from(receipt.number).ok()?.checked_sub(1)?;
        self.desks.get(&receipt.desk)?.get(index)
    }

    fn entry(&self, receipt: Receipt) -> Option<&Entry> {
        self.kept(receipt).map(|kept| &kept.entry)
    }

    /// The payment of a receipt.
    pub fn payment(&self, receipt: Receipt) -> Option<&Paid> {
        match self.entry(receipt)? {
            Entry::Paid(paid) => Some(paid),
            Entry::Reversed(_) => None,
        }
    }

    /// What undoes a payment, with its receipt: of two reversals the earlier, of one day the first by
    /// receipt.
    pub fn reversal_of(&self, payment: Receipt) -> Option<(Receipt, &Reversed)> {
        let receipt = self.standing.reversals(payment).map(|(_, receipt)| receipt).next()?;
        match self.entry(receipt)? {
            Entry::Reversed(reversed) => Some((receipt, reversed)),
            Entry::Paid(_) => None,
        }
    }

    /// Whether a transaction is in the book, reversed or not.
    pub fn holds(&self, method: Method, reference: &str) -> Option<Receipt> {
        self.standing.taken(method, reference).next()
    }

    /// The entry that counts in place of a payment: another of the same transaction, home and amount,
    /// first by receipt, that nothing undid. `None` where the payment counts itself.
    pub fn counted_as(&self, receipt: Receipt) -> Option<Receipt> {
        let paid = self.payment(receipt)?;
        let mut taken = self.standing.taken(paid.method, paid.reference.as_deref()?);
        taken.find(|&other| {
            let same =
                |other: &Paid| other.household == paid.household && other.amount == paid.amount;
            other < receipt
                && self.reversal_of(other).is_none()
                && self.payment(other).is_some_and(same)
        })
    }

    /// The payments that count on a day, by receipt: made by then, and not undone by then.
    pub fn counting(&self, on: Day) -> impl Iterator<Item = &Paid> {
        self.entries().filter_map(move |(receipt, entry)| match entry {
            Entry::Paid(paid) if paid.date <= on => {
                let undone = self.reversal_of(receipt).is_some_and(|(_, one)| one.date <= on);
                (!undone && self.counted_as(receipt).is_none()).then_some(paid)
            }
            _ => None,
        })
    }

    /// What is likely to be a slip, by receipt.
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for (payment, reversals) in self.standing.reversed() {
            for &(_, reversal) in reversals.iter().skip(1) {
                doubts.push(Doubt::ReversedTwice { payment, reversal });
            }
        }
        for taken in self.standing.taken_more_than_once() {
            let open = taken.iter().filter(|&&one| self.reversal_of(one).is_none());
            let open: Vec<Receipt> = open.copied().collect();
            for &again in open.iter().skip(1) {
                doubts.push(match self.counted_as(again) {
                    Some(counts) => Doubt::Doubled { counts, again },
                    None => Doubt::TwoHomes { first: open[0], second: again },
                });
            }
        }
        doubts
    }

    /// The payments of the book for a plan, as [`Payments::read`] reads those of a table; what
    /// [`Book::doubts`] says not to count is left out.
    ///
    /// # Errors
    /// `unknown-id` at `FILE:LINE:household` where the plan has no such household.
    pub fn payments(&self, plan: &Plan, file: &str) -> Result<Payments, Problems> {
        Payments::of(plan, file, self.entered())
    }

    /// The entries that count, as a table of payments has them.
    pub fn entered(&self) -> impl Iterator<Item = Entered<'_>> {
        // The heading is line 1.
        (2..).zip(self.entries()).filter_map(|(line, (receipt, entry))| match entry {
            Entry::Paid(paid) => self.counted_as(receipt).is_none().then(|| Entered {
                line,
                date: paid.date,
                household: &paid.household,
                amount: paid.amount,
                method: paid.method,
                receipt: receipt.to_string(),
                reverses: None,
                note: paid.note.as_deref(),
            }),
            Entry::Reversed(reversed) => {
                let (effective, _) = self.reversal_of(reversed.receipt)?;
                let paid = self.payment(reversed.receipt)?;
                let counts = self.counted_as(reversed.receipt).is_none();
                (counts && effective == receipt).then(|| Entered {
                    line,
                    date: reversed.date,
                    household: &paid.household,
                    amount: paid.amount,
                    method: paid.method,
                    receipt: receipt.to_string(),
                    reverses: Some(reversed.receipt.to_string()),
                    note: Some(&reversed.reason),
                })
            }
        })
    }
}
