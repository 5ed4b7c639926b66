//! A book of payments in words.

use fentan_core::collection::Method;
use fentan_words::{Language, say, say_with};

use super::{Broken, Doubt, Flaw, Parted, Refusal};

/// Why an entry was not added.
pub fn refusal(language: Language, refusal: Refusal) -> String {
    let with = |key: &str, name: &str, value: String| {
        say_with(language, &format!("book.refused.{key}"), &[(name, &value)])
    };
    match refusal {
        Refusal::NoAmount => say(language, "book.refused.no-amount"),
        Refusal::Blank => say(language, "book.refused.blank"),
        Refusal::TakenBefore(receipt) => with("taken-before", "receipt", receipt.to_string()),
        Refusal::NoPayment => say(language, "book.refused.no-payment"),
        Refusal::ReversedBefore(receipt) => with("reversed-before", "receipt", receipt.to_string()),
        Refusal::Earlier(day) => with("earlier", "day", day.to_string()),
        Refusal::Full => say(language, "book.refused.full"),
    }
}

/// What is likely to be a slip.
pub fn doubt(language: Language, doubt: Doubt) -> String {
    let with = |key: &str, values: [(&str, String); 2]| {
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        say_with(language, &format!("book.doubt.{key}"), &values)
    };
    match doubt {
        Doubt::ReversedTwice { payment, reversal } => {
            let values = [("payment", payment.to_string()), ("reversal", reversal.to_string())];
            with("reversed-twice", values)
        }
        Doubt::Doubled { counts, again } => {
            with("doubled", [("counts", counts.to_string()), ("again", again.to_string())])
        }
        Doubt::TwoHomes { first, second } => {
            with("two-homes", [("first", first.to_string()), ("second", second.to_string())])
        }
    }
}

/// Why two books were not joined.
pub fn parted(language: Language, parted: Parted) -> String {
    say_with(language, "book.parted", &[("receipt", &parted.receipt.to_string())])
}

/// Why a book can't be read.
pub fn broken(language: Language, file: &str, broken: &Broken) -> String {
    let what = match broken.flaw {
        Flaw::NoBook => "no-book",
        Flaw::Unreadable => "unreadable",
        Flaw::Changed => "changed",
        Flaw::Unchained => "unchained",
        Flaw::Refused(_) => "refused",
    };
    let what = say(language, &format!("book.flaw.{what}"));
    let values = [("file", file), ("line", &broken.line.to_string()), ("what", &what)];
    say_with(language, "book.broken", &values)
}

/// How a payment was made.
pub fn method(language: Language, method: Method) -> String {
    say(language, &format!("book.method.{}", method.as_str()))
}
