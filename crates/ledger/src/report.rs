//! A ledger in words. Needs the feature `words`.

use fentan_core::receipt::Digest;
use fentan_words::{Language, listed, money, say, say_with};

use crate::compound::RESIDENTS;
use crate::{Cell, Doubt, Entry, Event, Fault, Faulty, Head, Refusal, Status};

/// That a ledger is whole, and where it ends.
pub fn whole(language: Language, head: Head) -> String {
    let (lines, head) = (head.lines.to_string(), head.to_string());
    say_with(language, "ledger.whole", &[("lines", &lines), ("head", &head)])
}

/// What a head that somebody noted says of a ledger, given all heads that it had: where it went on
/// from there, nothing before was changed. An error, in words with what to do, where it never had
/// that head.
///
/// ```
/// use fentan_core::Day;
/// use fentan_ledger::{Entry, Event, Head, Ledger, report};
/// use fentan_words::Language;
///
/// let mut ledger = Ledger::default();
/// let mut heads: Vec<Head> = Vec::new();
/// for compound in ["north", "south"] {
///     ledger.append(&Entry {
///         date: Day::read("2026-03-01")?,
///         by: "Li".into(),
///         compound: compound.into(),
///         event: Event::Registered { name: None, county: None, year: None },
///     })?;
///     heads.push(ledger.head());
/// }
/// let said = report::noted(Language::English, &heads[0].to_string(), &heads)?;
/// assert!(said.ends_with("1 were added since"));
/// let said = report::noted(Language::English, &Head::default().to_string(), &heads)?;
/// assert!(said.ends_with("2 were added since"));
/// assert!(report::noted(Language::English, "0a", &heads).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn noted(language: Language, noted: &str, heads: &[Head]) -> Result<String, String> {
    let noted = noted.trim();
    let Ok(digest) = noted.to_lowercase().parse::<Digest>() else {
        return Err(say_with(language, "ledger.noted.no-head", &[("noted", noted)]));
    };
    let digest = <[u8; 32]>::from(digest);
    // Before its first entry it had one, too.
    let empty = Head::default();
    let last = heads.last().copied().unwrap_or(empty);
    let mut all = std::iter::once(&empty).chain(heads);
    match all.find(|head| head.digest == digest) {
        Some(head) if head.lines == last.lines => Ok(say(language, "ledger.noted.same")),
        Some(head) => {
            let (lines, added) = (head.lines.to_string(), (last.lines - head.lines).to_string());
            let values = [("lines", lines.as_str()), ("added", &added)];
            Ok(say_with(language, "ledger.noted.since", &values))
        }
        None => {
            let last = last.to_string();
            let values = [("noted", noted), ("head", last.as_str())];
            Err(say_with(language, "ledger.noted.other", &values))
        }
    }
}

/// Where a file is no longer what was written, and what to do.
pub fn faulty(language: Language, path: &str, faulty: &Faulty) -> String {
    let what = match &faulty.fault {
        Fault::BrokenOff => say(language, "ledger.fault.broken-off"),
        Fault::Changed => say(language, "ledger.fault.changed"),
        Fault::Unchained => say(language, "ledger.fault.unchained"),
        Fault::Unreadable(detail) => {
            say_with(language, "ledger.fault.unreadable", &[("detail", detail)])
        }
        Fault::Rewritten => say(language, "ledger.fault.rewritten"),
        Fault::Refused(why) => refusal(language, why),
    };
    let line = faulty.line.to_string();
    say_with(language, "ledger.fault.at", &[("path", path), ("line", &line), ("what", &what)])
}

/// Why an entry can't be added, and what to do.
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotRegistered => say(language, "ledger.refusal.not-registered"),
        Refusal::RegisteredBefore => say(language, "ledger.refusal.registered-before"),
        Refusal::OutOfOrder { status: now } => {
            let values = [("status", &*status(language, *now))];
            say_with(language, "ledger.refusal.out-of-order", &values)
        }
        Refusal::UnknownSource => say(language, "ledger.refusal.unknown-source"),
        Refusal::NoPayment => say(language, "ledger.refusal.no-payment"),
        Refusal::ReversedBefore => say(language, "ledger.refusal.reversed-before"),
        Refusal::TooLarge => say(language, "ledger.refusal.too-large"),
        Refusal::NoDate => say(language, "ledger.refusal.no-date"),
        Refusal::Blank => say(language, "ledger.refusal.blank"),
    }
}

/// Why an entry is likely to be a slip.
pub fn doubt(language: Language, doubt: &Doubt) -> String {
    match doubt {
        Doubt::Overpaid { source, owed, paid } => {
            let (source, owed, paid) = (payer(language, source), money(*owed), money(*paid));
            let values = [("source", source.as_str()), ("owed", &owed), ("paid", &paid)];
            say_with(language, "ledger.doubt.overpaid", &values)
        }
        Doubt::Earlier { last } => {
            say_with(language, "ledger.doubt.earlier", &[("last", &last.to_string())])
        }
        Doubt::Unbalanced { budget, sum } => {
            let values = [("budget", &*money(*budget)), ("sum", &money(*sum))];
            say_with(language, "ledger.doubt.unbalanced", &values)
        }
        Doubt::UnknownCounty { county, known } => {
            let values = [("county", county.as_str()), ("known", &listed(language, known))];
            say_with(language, "ledger.doubt.unknown-county", &values)
        }
        Doubt::Unclear { text } => say_with(language, "ledger.doubt.unclear", &[("text", text)]),
    }
}

/// How far a compound has come.
pub fn status(language: Language, status: Status) -> String {
    say(language, &format!("ledger.status-{}", status.as_str()))
}

/// What a column of a table is called; a source in it as the plan has it.
pub fn column(language: Language, name: &str) -> String {
    match name.split_once(':') {
        Some((what, source)) => {
            format!("{} {source}", say(language, &format!("ledger.column.{what}")))
        }
        None if Status::ALL.iter().any(|status| status.as_str() == name) => {
            say(language, &format!("ledger.status-{name}"))
        }
        None => say(language, &format!("ledger.column.{}", name.replace('_', "-"))),
    }
}

/// A cell of that column.
pub fn cell(language: Language, column: &str, cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if column == "status" => say(language, &format!("ledger.status-{text}")),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Money(amount) => money(*amount),
    }
}

/// What happened.
pub fn event(language: Language, entry: &Entry) -> String {
    match &entry.event {
        Event::Registered { .. } => status(language, Status::Registered),
        Event::Planned { households, budget, residents, findings, .. } => {
            let (households, findings) = (households.to_string(), findings.to_string());
            let values = [
                ("households", households.as_str()),
                ("budget", &money(*budget)),
                ("residents", &money(*residents)),
                ("findings", &findings),
            ];
            say_with(language, "ledger.event.planned", &values)
        }
        Event::UnderWay {} => status(language, Status::UnderWay),
        Event::Accepted {} => status(language, Status::Accepted),
        Event::StruckOff {} => status(language, Status::StruckOff),
        Event::Paid { source, amount } if source == RESIDENTS => {
            say_with(language, "ledger.event.residents-paid", &[("amount", &money(*amount))])
        }
        Event::Paid { source, amount } => {
            let values = [("source", source.as_str()), ("amount", &money(*amount))];
            say_with(language, "ledger.event.paid", &values)
        }
        Event::Reversed { entry } => {
            say_with(language, "ledger.event.reversed", &[("entry", &entry.to_string())])
        }
        Event::Target { year, compounds } => {
            let (year, compounds) = (year.to_string(), compounds.to_string());
            let values = [("year", year.as_str()), ("compounds", &compounds)];
            say_with(language, "ledger.event.target", &values)
        }
    }
}

/// Who pays: a source as the plan calls it, or the residents.
pub fn payer(language: Language, source: &str) -> String {
    match source {
        RESIDENTS => say(language, "ledger.column.residents"),
        _ => source.to_owned(),
    }
}
