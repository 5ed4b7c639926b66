//! Books of payments: kept at several desks, joined in any order, read again.

use fentan_core::collection::{Method, Payments};
use fentan_core::{Day, Document, Fen, Plan};
use fentan_ledger::book::{Book, Broken, Desk, Doubt, Flaw, Paid, Receipt, Refusal, Reversed};
use proptest::prelude::*;

fn day(day: u8) -> Day {
    Day::of(2026, 3, day).expect("a day of March")
}

fn desk(name: &str) -> Desk {
    Desk::read(name).expect("a desk")
}

fn receipt(written: &str) -> Receipt {
    Receipt::read(written).expect("a receipt")
}

fn paid(household: &str, amount: u128, reference: Option<&str>) -> Paid {
    Paid {
        date: day(1),
        household: household.to_owned(),
        amount: Fen(amount),
        method: Method::Wechat,
        reference: reference.map(str::to_owned),
        note: None,
    }
}

fn reversed(receipt: Receipt, on: u8) -> Reversed {
    Reversed { date: day(on), receipt, reason: "付了两次".to_owned() }
}

fn plan() -> Plan {
    let document = Document::from_json(
        br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
        "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#,
    );
    Plan::read(&document.expect("a document"), None).expect("a plan")
}

fn sums(book: &Book) -> Vec<Fen> {
    let plan = plan();
    let payments: Payments = book.payments(&plan, "book").expect("payments");
    payments.paid(&plan)
}

#[test]
fn an_entry_is_never_changed_and_a_reversal_names_it() {
    let mut book = Book::default();
    let a = desk("A");
    let first = book.pay(a, paid("1", 500, Some("T1"))).expect("a payment");
    assert_eq!(book.pay(a, paid("2", 500, Some("T1"))), Err(Refusal::TakenBefore(first)));
    assert_eq!(book.pay(a, paid("1", 0, None)), Err(Refusal::NoAmount));
    assert_eq!(book.pay(a, paid(" ", 1, None)), Err(Refusal::Blank));
    assert_eq!(book.reverse(a, reversed(receipt("A-7"), 2)), Err(Refusal::NoPayment));
    let silent = Reversed { reason: " ".to_owned(), ..reversed(first, 2) };
    assert_eq!(book.reverse(a, silent), Err(Refusal::Blank));
    let late = Paid { date: day(9), ..paid("2", 70, None) };
    let late = book.pay(a, late).expect("a payment");
    assert_eq!(book.reverse(a, reversed(late, 8)), Err(Refusal::Earlier(day(9))));
    let reversal = book.reverse(a, reversed(first, 2)).expect("a reversal");
    assert_eq!(reversal.to_string(), "A-00003");
    assert_eq!(book.reverse(a, reversed(first, 3)), Err(Refusal::ReversedBefore(reversal)));
    assert_eq!(book.reverse(a, reversed(reversal, 3)), Err(Refusal::NoPayment));
    // What was entered for the wrong home is entered again, once it is reversed.
    book.pay(a, paid("2", 500, Some("T1"))).expect("a payment");
    assert_eq!(sums(&book), [Fen(0), Fen(570)]);
    assert_eq!(book.doubts(), []);
    assert_eq!(book.holds(Method::Wechat, "T1"), Some(first));
    assert_eq!(book.holds(Method::Alipay, "T1"), None);
}

#[test]
fn a_line_that_was_touched_is_told() {
    let mut book = Book::default();
    for amount in [100, 200, 300] {
        book.pay(desk("A"), paid("1", amount, None)).expect("a payment");
    }
    let text = String::from_utf8(book.to_bytes()).expect("text");
    let broken = |text: &str| Book::read(text.as_bytes()).expect_err("a broken book");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    assert_eq!(broken(&text.replace("2.00", "9.00")), Broken { line: 3, flaw: Flaw::Changed });
    let without = [lines[0], lines[1], lines[3]].concat();
    assert_eq!(broken(&without), Broken { line: 3, flaw: Flaw::Unchained });
    let moved = [lines[0], lines[2], lines[1], lines[3]].concat();
    assert_eq!(broken(&moved), Broken { line: 2, flaw: Flaw::Unchained });
    assert_eq!(broken(text.trim_end()).flaw, Flaw::Changed);
    assert_eq!(broken("date,household\n"), Broken { line: 1, flaw: Flaw::NoBook });
    assert_eq!(broken(&(text.clone() + "{}\n")), Broken { line: 5, flaw: Flaw::Unreadable });
    assert!(Book::is_book(text.as_bytes()) && !Book::is_book(b"date,household\n"));
    let again = Book::of_lines(lines[1..].iter().rev().copied()).expect("a book");
    assert_eq!(again.to_bytes(), book.to_bytes());
    assert_eq!(book.line(receipt("A-2")).as_deref(), Some(lines[2]));
}

#[test]
fn a_desk_that_went_on_at_two_places_is_not_joined() {
    let mut here = Book::default();
    here.pay(desk("A"), paid("1", 100, None)).expect("a payment");
    let mut there = here.clone();
    here.pay(desk("A"), paid("1", 200, None)).expect("a payment");
    there.pay(desk("A"), paid("1", 300, None)).expect("a payment");
    there.pay(desk("B"), paid("1", 400, None)).expect("a payment");
    let before = here.to_bytes();
    let parted = here.join(&there).expect_err("two desks of one name");
    assert_eq!((parted.receipt, here.to_bytes()), (receipt("A-2"), before));
}

#[test]
fn what_two_desks_did_without_knowing_counts_once_and_is_told() {
    let (a, b) = (desk("A"), desk("B"));
    let mut here = Book::default();
    let first = here.pay(a, paid("1", 100, None)).expect("a payment");
    let mut there = here.clone();
    here.reverse(a, reversed(first, 9)).expect("a reversal");
    let earlier = there.reverse(b, reversed(first, 5)).expect("a reversal");
    here.pay(a, paid("2", 700, Some("T7"))).expect("a payment");
    there.pay(b, paid("2", 700, Some("T7"))).expect("a payment");
    here.pay(a, paid("1", 50, Some("T8"))).expect("a payment");
    there.pay(b, paid("2", 50, Some("T8"))).expect("a payment");
    assert_eq!(here.join(&there), Ok(3));
    assert_eq!(
        here.doubts(),
        [
            Doubt::ReversedTwice { payment: first, reversal: receipt("A-2") },
            Doubt::Doubled { counts: receipt("A-3"), again: receipt("B-2") },
            Doubt::TwoHomes { first: receipt("A-4"), second: receipt("B-3") },
        ]
    );
    assert_eq!(here.reversal_of(first).map(|(receipt, _)| receipt), Some(earlier));
    assert_eq!(sums(&here), [Fen(50), Fen(750)]);
}

#[test]
fn what_was_entered_twice_and_reversed_once_counts_once() {
    let (a, b) = (desk("A"), desk("B"));
    let (mut here, mut there) = (Book::default(), Book::default());
    here.pay(a, paid("1", 382, Some("T4"))).expect("a payment");
    let again = there.pay(b, paid("1", 382, Some("T4"))).expect("a payment");
    there.reverse(b, reversed(again, 9)).expect("a reversal");
    assert_eq!(here.join(&there), Ok(2));
    assert_eq!(here.doubts(), []);
    // The payment that doesn't count is left out, and what reverses it with it.
    assert_eq!(here.entered().count(), 1);
    assert_eq!(sums(&here), [Fen(382), Fen(0)]);
}

#[test]
fn a_home_that_the_plan_lacks_is_named_by_its_line() {
    let mut book = Book::default();
    book.pay(desk("A"), paid("1", 100, None)).expect("a payment");
    book.pay(desk("A"), paid("9", 100, None)).expect("a payment");
    let problems = book.payments(&plan(), "收款.book").expect_err("a problem");
    let problem = problems.iter().next().expect("a problem");
    assert_eq!(
        (problem.path.as_str(), problem.code().as_str()),
        ("收款.book:3:household", "unknown-id")
    );
}

/// What happens at the desks, in the order of time.
#[derive(Debug, Clone)]
enum Step {
    /// A desk takes a payment: the desk, the home, the amount, the transaction.
    Pay(usize, u8, u16, Option<u8>),
    /// A desk reverses the payment that stands at a place of its book.
    Reverse(usize, usize, u8),
    /// A desk takes in the book of another.
    Join(usize, usize),
}

const DESKS: [&str; 3] = ["A", "B2", "DESK3"];

fn step() -> impl Strategy<Value = Step> {
    let desk = 0..DESKS.len();
    prop_oneof![
        4 => (desk.clone(), 1..3_u8, 1..999_u16, prop::option::of(0..6_u8))
            .prop_map(|(desk, home, amount, reference)| Step::Pay(desk, home, amount, reference)),
        2 => (desk.clone(), 0..20_usize, 2..28_u8)
            .prop_map(|(desk, which, on)| Step::Reverse(desk, which, on)),
        1 => (desk.clone(), desk).prop_map(|(to, from)| Step::Join(to, from)),
    ]
}

/// The books of all desks after the steps, and the receipts that were given out.
fn play(steps: &[Step]) -> (Vec<Book>, Vec<Receipt>) {
    let mut books = vec![Book::default(); DESKS.len()];
    let mut given = Vec::new();
    for step in steps {
        match *step {
            Step::Pay(at, home, amount, reference) => {
                let reference = reference.map(|one| one.to_string());
                let paid = paid(&home.to_string(), amount.into(), reference.as_deref());
                given.extend(books[at].pay(desk(DESKS[at]), paid));
            }
            Step::Reverse(at, which, on) => {
                let receipts: Vec<Receipt> = books[at].entries().map(|(one, _)| one).collect();
                let Some(&receipt) = receipts.get(which) else { continue };
                given.extend(books[at].reverse(desk(DESKS[at]), reversed(receipt, on)));
            }
            Step::Join(to, from) => {
                let from = books[from].clone();
                books[to].join(&from).expect("desks of their own");
            }
        }
    }
    (books, given)
}

proptest! {
    #[test]
    fn books_are_joined_without_loss_or_doubling(
        steps in prop::collection::vec(step(), 0..60),
        order in Just([0, 1, 2]).prop_shuffle(),
    ) {
        let (books, given) = play(&steps);
        let mut joined = books[order[0]].clone();
        for &other in &order[1..] {
            joined.join(&books[other]).expect("desks of their own");
        }
        // Nothing is lost and nothing doubled, and no receipt was given out twice.
        let mut receipts = given.clone();
        receipts.sort();
        let held: Vec<Receipt> = joined.entries().map(|(receipt, _)| receipt).collect();
        prop_assert_eq!(&held, &receipts);
        receipts.dedup();
        prop_assert_eq!(receipts.len(), given.len());
        // In whatever order, once or twice, joined or read: the same bytes, the same sums.
        let mut other = Book::default();
        for book in books.iter().chain(&books) {
            other.join(book).expect("desks of their own");
        }
        prop_assert_eq!(other.to_bytes(), joined.to_bytes());
        prop_assert_eq!(other.doubts(), joined.doubts());
        let read = Book::read(&joined.to_bytes()).expect("what was written");
        prop_assert_eq!(read.doubts(), joined.doubts());
        prop_assert_eq!(sums(&read), sums(&joined));
        // Every entry but those that are told counts.
        let mut expected = [0_u128; 2];
        for (receipt, entry) in joined.entries() {
            if let fentan_ledger::book::Entry::Paid(paid) = entry
                && joined.reversal_of(receipt).is_none()
                && !joined.doubts().iter().any(|doubt| matches!(doubt, Doubt::Doubled { again, .. } if *again == receipt))
            {
                expected[usize::from(paid.household == "2")] += paid.amount.0;
            }
        }
        prop_assert_eq!(sums(&joined), expected.map(Fen));
    }
}
