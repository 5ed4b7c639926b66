//! Whatever is changed in a ledger, it is found; what was added is read back.

use fentan_core::{Day, Fen};
use fentan_ledger::{Entry, Event, Fault, Faulty, Ledger, Refusal};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any::<Option<u32>>(), ".{0,6}").prop_map(|(year, name)| Event::Registered {
            name: Some(name),
            county: None,
            year,
        }),
        (0..9_000u64, 0..u64::MAX).prop_map(|(households, fen)| Event::Planned {
            households,
            budget: Fen(fen.into()),
            residents: Fen(u128::from(fen) / 3),
            sources: [("central".to_owned(), Fen(fen.into()))].into(),
            findings: 2,
        }),
        Just(Event::UnderWay {}),
        Just(Event::Accepted {}),
        Just(Event::StruckOff {}),
        (0..900_000u64)
            .prop_map(|fen| Event::Paid { source: "central".to_owned(), amount: Fen(fen.into()) }),
        (0..9_999u32, 0..500u64).prop_map(|(year, compounds)| Event::Target { year, compounds }),
    ]
}

/// The entries that were allowed, and their lines.
fn ledger(events: Vec<(Event, u8, String)>) -> (Vec<Entry>, String) {
    let (mut ledger, mut entries, mut file) = (Ledger::default(), Vec::new(), String::new());
    for (event, compound, by) in events {
        let date = Day::read("2020-07-07").expect("a day");
        let entry = Entry { date, by, compound: format!("c{}", compound % 3), event };
        if let Ok(line) = ledger.append(&entry) {
            file.push_str(&line);
            entries.push(entry);
        }
    }
    (entries, file)
}

fn events() -> impl Strategy<Value = Vec<(Event, u8, String)>> {
    vec((event(), any::<u8>(), ".{1,5}"), 1..40)
}

proptest! {
    #[test]
    fn what_was_added_is_read_back(events in events()) {
        let (entries, file) = ledger(events);
        prop_assert!(Ledger::read(file.as_bytes()).is_ok());
        let (mut handed_over, mut heads) = (Vec::new(), Vec::new());
        let read = |entry, head| {
            handed_over.push(entry);
            heads.push(head);
        };
        let whole = Ledger::read_with(file.as_bytes(), read).expect("a whole ledger");
        prop_assert_eq!(handed_over, entries);
        prop_assert_eq!(heads.last().copied().unwrap_or_default(), whole.head());
        // A ledger of the first lines alone has the head that they had.
        let mut until = 0;
        for (line, head) in file.split_inclusive('\n').zip(heads) {
            until += line.len();
            let first = Ledger::read(&file.as_bytes()[..until]).expect("a whole ledger");
            prop_assert_eq!(first.head(), head);
        }
    }

    #[test]
    fn every_changed_byte_is_found(events in events(), at in any::<Index>(), to in any::<u8>()) {
        let (_, file) = ledger(events);
        prop_assume!(!file.is_empty());
        let mut bytes = file.into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        prop_assert!(Ledger::read(&bytes).is_err());
    }

    #[test]
    fn every_line_taken_out_or_moved_is_found(events in events(), at in any::<Index>()) {
        let (entries, file) = ledger(events);
        prop_assume!(entries.len() > 1);
        let lines: Vec<&str> = file.split_inclusive('\n').collect();
        let at = at.index(lines.len() - 1);
        let mut without = lines.clone();
        without.remove(at);
        prop_assert!(Ledger::read(without.concat().as_bytes()).is_err());
        let mut moved = lines;
        moved.swap(at, at + 1);
        prop_assert!(Ledger::read(moved.concat().as_bytes()).is_err());
    }
}

/// A line of a chain, its digest that of what stands before it.
fn closed(body: &str) -> String {
    use sha2::{Digest, Sha256};
    let head = fentan_ledger::Head { lines: 1, digest: Sha256::digest(body).into() };
    format!("{body},\"digest\":\"{head}\"}}\n")
}

#[test]
fn a_date_that_is_none_is_refused_in_a_whole_chain_too() {
    let entry = Entry {
        date: Day::read("2024-02-29").expect("a day"),
        by: "x".to_owned(),
        compound: "north".to_owned(),
        event: Event::Registered { name: None, county: None, year: None },
    };
    let line = Ledger::default().append(&entry).expect("a line");
    let (body, _) = line.rsplit_once(",\"digest\"").expect("a digest");
    assert_eq!(closed(body), line);
    for none in ["2026-02-31", "2026-13-01", "2100-02-29", "2024-2-29", "July"] {
        let faulty = Ledger::read(closed(&body.replace("2024-02-29", none)).as_bytes());
        let fault = Fault::Refused(Refusal::NoDate);
        assert_eq!(faulty.err(), Some(Faulty { line: 1, fault }), "{none}");
    }
}
