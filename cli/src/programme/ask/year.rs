//! The report of a year's end: what the run has to be paid, and what the ledger says was, within the year.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::anyhow;
use fentan_core::{Day, Fen};
use fentan_ledger::{Cell, Filter, Kind, Ledger, RESIDENTS, Table, report};
use fentan_words::Language;

use super::run::{Asked, table, word};
use crate::input;

/// The most megabytes of a ledger.
const MOST_LEDGER: u64 = 2048;

impl Asked<'_> {
    /// By county and payer, the residents among them: what is to be paid, what was paid within the year, what
    /// until its end, and what is still to pay then. Payments that were reversed don't count.
    pub(super) fn year(&self, language: Language, path: &Path, year: u32) -> anyhow::Result<Table> {
        let bytes = input::read(language, path, MOST_LEDGER)?;
        let ledger = Ledger::read_with(&bytes, |_, _| ()).map_err(|faulty| {
            anyhow!(report::faulty(language, &path.display().to_string(), &faulty))
        })?;
        let counties: HashMap<String, String> =
            self.listed()?.into_iter().map(|one| (one.id, one.county)).collect();
        let planned = self.planned(RESIDENTS)?;
        let day = |month, day| Day::of(u16::try_from(year).unwrap_or_default(), month, day);
        let paid = |from: Option<Day>| {
            let filter = Filter { from, to: day(12, 31), ..Filter::default() };
            paid_within(&ledger, &filter, &counties)
        };
        let ((within, elsewhere), (until, _)) = (paid(day(1, 1)), paid(None));
        super::complain(language, "ask.elsewhere", elsewhere);
        let payers: BTreeMap<&(String, String), ()> =
            planned.keys().chain(until.keys()).map(|key| (key, ())).collect();
        let mut table = table(&[
            ("county", Kind::Text),
            ("payer", Kind::Text),
            ("planned", Kind::Money),
            ("paid_in_year", Kind::Money),
            ("paid_until", Kind::Money),
            ("still_to_pay", Kind::Money),
            ("overpaid", Kind::Money),
        ]);
        for key in payers.into_keys() {
            let of =
                |sums: &BTreeMap<(String, String), Fen>| sums.get(key).copied().unwrap_or_default();
            let (to_pay, paid) = (of(&planned), of(&until));
            let mut row = vec![word(&key.0), word(&key.1)];
            row.extend(
                [to_pay, of(&within), paid, to_pay.less(paid), paid.less(to_pay)].map(Cell::Money),
            );
            table.rows.push(row);
        }
        Ok(table)
    }
}

/// By county and payer, what the payments that a filter takes come to; and how many of them are of
/// compounds that are none of those asked about.
fn paid_within(
    ledger: &Ledger,
    filter: &Filter,
    counties: &HashMap<String, String>,
) -> (BTreeMap<(String, String), Fen>, usize) {
    let (mut sums, mut elsewhere) = (BTreeMap::new(), 0);
    let payments = ledger.payments().iter().filter(|one| one.reversed.is_none());
    for payment in payments.filter(|one| filter.takes_day(one.date)) {
        match counties.get(&payment.compound) {
            Some(county) => {
                let key = (county.clone(), payment.source.clone());
                *sums.entry(key).or_insert(Fen::ZERO) += payment.amount;
            }
            None => elsewhere += 1,
        }
    }
    (sums, elsewhere)
}
