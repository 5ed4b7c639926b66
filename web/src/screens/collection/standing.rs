//! Who has paid by a day: sums that are kept, so that a drawing counts nothing.

use std::collections::HashMap;

use fentan_core::collection::{Stand, paid_of_calls};
use fentan_core::{Day, Fen};
use fentan_ledger::book::Book;

use crate::work::account::{Calls, Home};

/// The homes of the plan, and what each has paid by the day.
#[derive(Debug, Default)]
pub struct Standing {
    /// What each home is called to pay.
    pub calls: Calls,
    by_id: HashMap<String, usize>,
    /// By the id without signs, the homes: 31101 and 3 1 101 are 3-1-101.
    by_digits: HashMap<String, Vec<usize>>,
    /// What each home has paid by the day.
    paid: Vec<Fen>,
    /// Homes of the book that the plan lacks, with what they paid.
    pub strangers: Vec<(String, Fen)>,
    /// What it all comes to.
    pub sums: Sums,
}

/// What all homes come to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Of all homes.
    pub all: Sum,
    /// By building, in the order of the roster.
    pub buildings: Vec<(String, Sum)>,
    /// By call: what is called and what of it is paid.
    pub calls: Vec<(Fen, Fen)>,
}

/// What some homes come to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// How many homes.
    pub homes: usize,
    /// How many of them have paid what is due.
    pub paid_up: usize,
    /// What is due.
    pub called: Fen,
    /// What is paid.
    pub paid: Fen,
    /// What is in arrears.
    pub arrears: Fen,
    /// What is paid ahead.
    pub ahead: Fen,
}

impl Sum {
    fn add(&mut self, stand: Stand, paid: Fen) {
        self.homes += 1;
        self.paid_up += usize::from(stand.arrears.is_zero());
        self.called += stand.called;
        self.paid += paid;
        self.arrears += stand.arrears;
        self.ahead += stand.ahead;
    }
}

fn digits(id: &str) -> String {
    id.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Standing {
    /// Takes the homes of the plan as it stands.
    pub fn of(calls: Calls, book: Option<&Book>, on: Day) -> Standing {
        let ids = calls.homes.iter().enumerate();
        let by_id = ids.clone().map(|(index, home)| (home.id.clone(), index)).collect();
        let mut by_digits: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, home) in ids {
            by_digits.entry(digits(&home.id)).or_default().push(index);
        }
        let mut standing = Standing { calls, by_id, by_digits, ..Standing::default() };
        standing.count(book, on);
        standing
    }

    /// Counts anew what each home has paid by a day.
    pub fn count(&mut self, book: Option<&Book>, on: Day) {
        self.paid = vec![Fen::ZERO; self.calls.homes.len()];
        let mut strangers: HashMap<String, Fen> = HashMap::new();
        for payment in book.into_iter().flat_map(|book| book.counting(on)) {
            *match self.by_id.get(&payment.household) {
                Some(&index) => &mut self.paid[index],
                None => strangers.entry(payment.household.clone()).or_default(),
            } += payment.amount;
        }
        self.strangers = strangers.into_iter().collect();
        self.strangers.sort();
        self.sum(on);
    }

    /// Sums up what the homes come to.
    fn sum(&mut self, on: Day) {
        let due: Vec<Day> = self.calls.calls.iter().map(|&(_, due)| due).collect();
        let mut sums = Sums { calls: vec![(Fen::ZERO, Fen::ZERO); due.len()], ..Sums::default() };
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (home, &paid) in self.calls.homes.iter().zip(&self.paid) {
            let stand = Stand::of(&home.calls, &due, paid, on);
            sums.all.add(stand, paid);
            let place = *places.entry(&home.building).or_insert_with(|| {
                sums.buildings.push((home.building.clone(), Sum::default()));
                sums.buildings.len() - 1
            });
            sums.buildings[place].1.add(stand, paid);
            let of_calls = home.calls.iter().zip(paid_of_calls(&home.calls, paid));
            for (sum, (&call, paid)) in sums.calls.iter_mut().zip(of_calls) {
                sum.0 += call;
                sum.1 += paid;
            }
        }
        self.sums = sums;
    }

    /// A home with what it has paid and how it stands.
    pub fn home(&self, index: usize, on: Day) -> (&Home, Fen, Stand) {
        let home = &self.calls.homes[index];
        let due: Vec<Day> = self.calls.calls.iter().map(|&(_, due)| due).collect();
        let paid = self.paid.get(index).copied().unwrap_or_default();
        (home, paid, Stand::of(&home.calls, &due, paid, on))
    }

    /// The home of a door number as somebody types it: 3-1-101, 3 1 101, 31101. `None` where there is
    /// none or several.
    pub fn find(&self, door: &str) -> Option<usize> {
        let door = door.trim();
        let exact = self.by_id.get(door).copied();
        exact.or_else(|| match self.by_digits.get(&digits(door)).map(Vec::as_slice) {
            Some(&[home]) => Some(home),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::collection::Method;
    use fentan_ledger::book::{Desk, Paid, Reversed};

    use super::*;

    fn day(written: &str) -> Day {
        Day::read(written).expect("a day")
    }

    fn standing(book: &Book, on: &str) -> Standing {
        let home = |id: &str, building: &str, calls: [u128; 2]| Home {
            id: id.to_owned(),
            building: building.to_owned(),
            cash: Fen(calls[0] + calls[1]),
            calls: calls.map(Fen).to_vec(),
        };
        let calls = Calls {
            calls: vec![("一".into(), day("2026-03-01")), ("二".into(), day("2026-09-01"))],
            held: Fen::ZERO,
            homes: vec![
                home("3-1-101", "3", [500, 300]),
                home("3-1-102", "3", [400, 200]),
                home("4-1-101", "4", [0, 0]),
            ],
        };
        Standing::of(calls, Some(book), day(on))
    }

    fn paid(household: &str, amount: u128, date: &str) -> Paid {
        Paid {
            date: day(date),
            household: household.to_owned(),
            amount: Fen(amount),
            method: Method::Cash,
            reference: None,
            note: None,
        }
    }

    #[test]
    fn sums_are_those_of_the_day() {
        let (mut book, desk) = (Book::default(), Desk::read("A").expect("a desk"));
        book.pay(desk, paid("3-1-101", 650, "2026-02-01")).expect("a payment");
        let twice = book.pay(desk, paid("3-1-102", 400, "2026-02-02")).expect("a payment");
        book.pay(desk, paid("9-9-999", 7, "2026-02-02")).expect("a payment");
        let reversed = Reversed { date: day("2026-04-01"), receipt: twice, reason: "错".into() };
        book.reverse(desk, reversed).expect("a reversal");
        let before = standing(&book, "2026-03-31");
        assert_eq!(before.sums.calls, [(Fen(900), Fen(900)), (Fen(500), Fen(150))]);
        assert_eq!((before.sums.all.paid_up, before.sums.all.ahead), (3, Fen(150)));
        assert_eq!(before.strangers, [("9-9-999".to_owned(), Fen(7))]);
        let after = standing(&book, "2026-04-01");
        assert_eq!(after.sums.calls, [(Fen(900), Fen(500)), (Fen(500), Fen(150))]);
        assert_eq!((after.sums.all.paid_up, after.sums.all.arrears), (2, Fen(400)));
        assert_eq!(after.sums.buildings[0].1.arrears, Fen(400));
        assert_eq!(after.sums.buildings[1].1.homes, 1);
    }

    #[test]
    fn a_door_is_found_as_it_is_typed() {
        let standing = standing(&Book::default(), "2026-03-01");
        for typed in ["3-1-102", " 3 1 102", "31102", "3.1.102"] {
            assert_eq!(standing.find(typed), Some(1), "{typed}");
        }
        assert_eq!(standing.find("3-1-103"), None);
        assert_eq!(standing.find(""), None);
    }
}
