//! Whatever is changed in a ledger, it is found; what was added is read back.

use fentan_core::{Day, Fen};
use fentan_ledger::{Doubt, Entry, Event, Fault, Faulty, Ledger, Refusal};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sha2::{Digest, Sha256};

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any::<Option<u32>>(), ".{0,6}").prop_map(|(year, name)| Event::Registered {
            name: Some(name),
            county: None,
            year,
        }),
        (0..9_000u64, 0..10_u64.pow(18)).prop_map(|(households, fen)| Event::Planned {
            households,
            budget: Fen(fen.into()),
            residents: Fen(u128::from(fen) / 3),
            sources: [("central".to_owned(), Fen(u128::from(fen - fen / 3)))].into(),
            findings: 2,
        }),
        Just(Event::UnderWay {}),
        Just(Event::Accepted {}),
        Just(Event::StruckOff {}),
        (0..900_000u64)
            .prop_map(|fen| Event::Paid { source: "central".to_owned(), amount: Fen(fen.into()) }),
        (1..40_u64).prop_map(|entry| Event::Reversed { entry }),
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

/// A line with another body, its digest worked out anew, as whoever forges one would.
fn forged(line: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(line.contains(from), "{line}");
    let body = line.replacen(from, to, 1);
    let end = body.rfind(",\"digest\"").expect("a digest");
    let digest: String =
        Sha256::digest(&body[..end]).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{},\"digest\":\"{digest}\"}}\n", &body[..end]).into_bytes()
}

#[test]
fn a_line_that_no_ledger_writes_is_refused_though_its_digest_is_right() {
    let entry = |event| Entry {
        date: Day::read("2020-07-07").expect("a day"),
        by: "县".to_owned(),
        compound: "a".to_owned(),
        event,
    };
    let registered = Event::Registered { name: Some("甲".into()), county: None, year: Some(2020) };
    let planned = Event::Planned {
        households: 2,
        budget: Fen(10_000),
        residents: Fen(4_000),
        sources: [("central".to_owned(), Fen(6_000))].into(),
        findings: 0,
    };
    let mut ledger = Ledger::default();
    let first = ledger.append(&entry(registered)).expect("it is allowed");
    let second = ledger.append(&entry(planned)).expect("it is allowed");
    let read = |second: &[u8]| Ledger::read(&[first.as_bytes(), second].concat());
    assert!(read(second.as_bytes()).is_ok());
    assert!(read(&forged(&second, "\"by\"", "\"by\"")).is_ok(), "the forger's digest is right");
    let cases = [
        // A second event, an unknown member, one that stands twice, another place, other spellings.
        (",\"planned\":{", ",\"accepted\":{},\"planned\":{"),
        (",\"digest\"", ",\"accepted\":{},\"digest\""),
        (",\"digest\"", ",\"note\":\"x\",\"digest\""),
        (",\"planned\":{", ",\"planned\":{\"note\":\"x\","),
        ("\"by\":\"县\"", "\"by\":\"县\",\"by\":\"县\""),
        ("\"by\":\"县\"", "\"by\":\"省\",\"by\":\"县\""),
        ("\"by\":\"县\",\"compound\":\"a\"", "\"compound\":\"a\",\"by\":\"县\""),
        ("\"by\"", "\"b\\u0079\""),
        ("县", "\\u53bf"),
        ("\"100.00\"", "\"00100.00\""),
        ("\"households\":2", "\"households\": 2"),
        ("2020-07-07", "2020-7-7"),
        ("2020-07-07", "2020-02-30"),
        ("\"100.00\"", "\"9999999999999999999999.00\""),
        ("\"households\":2", "\"households\":18446744073709551615"),
    ];
    for (from, to) in cases {
        let faulty = read(&forged(&second, from, to)).expect_err(to);
        assert_eq!(faulty.line, 2, "{to}");
    }
}

#[test]
fn what_is_allowed_and_likely_to_be_a_slip_is_told() {
    let day = |written| Day::read(written).expect("a day");
    let entry = |date, compound: &str, event| Entry {
        date: day(date),
        by: "县".to_owned(),
        compound: compound.to_owned(),
        event,
    };
    let registered = || Event::Registered { name: None, county: Some("乙县".into()), year: None };
    let planned = |budget| Event::Planned {
        households: 2,
        budget: Fen(budget),
        residents: Fen(4_000),
        sources: [("central".to_owned(), Fen(6_000))].into(),
        findings: 0,
    };
    let paid = |source: &str, fen| Event::Paid { source: source.to_owned(), amount: Fen(fen) };
    let mut ledger = Ledger::default();
    let mut doubts = |entry: Entry| {
        let doubts = ledger.doubts_of(&entry);
        ledger.append(&entry).expect("it is allowed");
        doubts
    };
    let target = || Event::Target { year: 2020, compounds: 1 };
    assert!(
        doubts(entry("2020-07-01", "丙县", target())).is_empty(),
        "there is none to compare with"
    );
    assert!(doubts(entry("2020-07-07", "a", registered())).is_empty());
    assert!(matches!(
        doubts(entry("2020-07-07", "a", planned(9_000)))[..],
        [Doubt::Unbalanced { budget: Fen(9_000), sum: Fen(10_000) }]
    ));
    assert!(doubts(entry("2020-07-08", "a", planned(10_000))).is_empty());
    assert!(doubts(entry("2020-07-08", "a", paid("central", 6_000))).is_empty());
    assert!(matches!(
        &doubts(entry("2020-07-08", "a", paid("central", 1)))[..],
        [Doubt::Overpaid { owed: Fen(6_000), paid: Fen(6_001), .. }]
    ));
    assert!(matches!(
        &doubts(entry("2020-07-07", "a", paid("residents", 4_001)))[..],
        [Doubt::Earlier { .. }, Doubt::Overpaid { owed: Fen(4_000), paid: Fen(4_001), .. }]
    ));
    // What is taken back counts no longer.
    assert!(doubts(entry("2020-07-08", "a", Event::Reversed { entry: 6 })).is_empty());
    assert!(doubts(entry("2020-07-08", "a", Event::Reversed { entry: 5 })).is_empty());
    assert!(doubts(entry("2020-07-08", "a", paid("central", 6_000))).is_empty());
    assert!(matches!(
        &doubts(entry("2020-07-08", "以县", target()))[..],
        [Doubt::UnknownCounty { known, .. }] if known == &["乙县"]
    ));
    assert!(matches!(
        &doubts(entry("2020-07-08", "a ", registered()))[..],
        [Doubt::Unclear { .. }]
    ));
    assert!(matches!(
        &doubts(entry("2020-07-08", "a\u{200b}", registered()))[..],
        [Doubt::Unclear { .. }]
    ));
    // 丙县 was none when its target was set; the others are told to whoever checks.
    let lines: Vec<u64> = ledger.doubts().map(|(line, _)| line).collect();
    assert_eq!(lines, [3, 6, 7, 7, 11, 12, 13]);
    let cannot = |entry: &Entry, refusal: Refusal| {
        assert_eq!(ledger.clone().append(entry), Err(refusal));
    };
    cannot(&entry("2020-07-09", "a", Event::Reversed { entry: 5 }), Refusal::ReversedBefore);
    cannot(&entry("2020-07-09", "a", Event::Reversed { entry: 2 }), Refusal::NoPayment);
    cannot(&entry("2020-07-09", "a ", Event::Reversed { entry: 7 }), Refusal::NoPayment);
}
