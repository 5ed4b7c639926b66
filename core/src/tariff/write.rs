//! A tariff as it is published.

use std::borrow::Cow;

use super::{Basis, DIGEST, Line, Serves, SharedLine, Tariff};
use crate::document::{Document, Value};
use crate::plan::{OddFen, ShareBy, Table, Use};
use crate::receipt::{Digest, digest_without};

/// The format version, under `fentan_tariff`.
const VERSION: &str = "1";

type Fields = Vec<(&'static str, Option<Value<'static>>)>;

impl Tariff {
    /// The tariff as it is published; as JSON it is what [`Tariff::read`] reads.
    pub fn to_document(&self) -> Document<'static> {
        let mut fields = self.fields();
        fields.push((DIGEST, Some(text(self.digest))));
        Document::of(table(fields))
    }

    /// The digest of all but the digest.
    pub(super) fn own_digest(&self) -> Digest {
        digest_without(&Document::of(table(self.fields())), DIGEST)
    }

    fn fields(&self) -> Fields {
        let minimum = self.minimum.as_ref();
        vec![
            ("fentan_tariff", Some(Value::Number(Cow::Borrowed(VERSION)))),
            ("engine", Some(text(&self.engine))),
            ("name", self.name.as_ref().map(text)),
            ("date", Some(text(self.edition.date))),
            ("edition", Some(whole(self.edition.number))),
            ("policy", self.policy.as_ref().map(text)),
            ("households", Some(whole(self.households))),
            ("area", Some(text(self.area))),
            (
                "buildings",
                Some(list(&self.buildings, |building| {
                    table(vec![
                        ("id", Some(text(&building.id))),
                        ("units", given(list(&building.units, text))),
                    ])
                })),
            ),
            (
                "payers",
                Some(list(&self.payers, |payer| {
                    table(vec![
                        ("id", Some(text(&payer.id))),
                        ("name", payer.name.as_ref().map(text)),
                        ("kind", payer.kind.map(|kind| text(kind.as_str()))),
                    ])
                })),
            ),
            ("odd_fen", self.odd_fen()),
            ("uses", given(map(&self.uses, |one| (one.name.clone(), counts(one))))),
            ("tables", given(map(&self.tables, |table| (table.name.clone(), coefficients(table))))),
            ("lines", Some(list(&self.lines, |line| self.line(line)))),
            ("relief", self.relief()),
            ("relieved_fewer_than", self.relieved_fewer_than.map(whole)),
            (
                "minimum",
                minimum.map(|minimum| {
                    table(vec![
                        ("per_household", minimum.per_household.map(text)),
                        ("per_area", minimum.per_area.map(text)),
                        ("reduces", Some(list(&minimum.reduces, |&payer| self.payer(payer)))),
                    ])
                }),
            ),
            ("missing", minimum.map(|_| text(self.missing))),
            (
                "clauses",
                Some(list(&self.clauses, |clause| {
                    table(vec![
                        ("id", Some(text(&clause.id))),
                        ("title", Some(text(&clause.title))),
                        ("number", clause.number.as_ref().map(text)),
                        ("article", Some(text(&clause.article))),
                    ])
                })),
            ),
            ("left_out", Some(list(&self.left_out, |what| text(what.as_str())))),
        ]
    }

    fn line(&self, line: &Line) -> Value<'static> {
        let mut fields = vec![
            ("id", Some(text(&line.id))),
            ("name", line.name.as_ref().map(text)),
            ("category", line.category.map(|one| text(one.as_str()))),
            ("tier", line.tier.map(|one| text(one.as_str()))),
            ("pipeline", line.pipeline.map(|one| text(one.as_str()))),
            ("subject", line.subject.map(|one| text(one.as_str()))),
            ("kind", Some(text(line.kind().as_str()))),
        ];
        if let Some(shared) = &line.shared {
            fields.extend(self.shared(shared));
        }
        table(fields)
    }

    fn shared(&self, line: &SharedLine) -> Fields {
        let (weight, floors) = match &line.basis {
            Basis::Total(weight) => (Some(text(weight)), None),
            Basis::Withheld => (None, None),
            Basis::Floors(floors) => {
                let floors = list(floors, |one| {
                    table(vec![
                        ("floor", Some(Value::Number(Cow::Owned(one.floor.to_string())))),
                        ("part", Some(text(one.part))),
                        ("weight", Some(text(one.weight))),
                    ])
                });
                (None, Some(floors))
            }
        };
        let paid = map(&line.paid, |&(payer, paid)| (self.payers[payer].id.clone(), text(paid)));
        vec![
            ("amount", Some(text(line.amount))),
            ("paid", Some(paid)),
            ("uncovered", Some(text(line.uncovered))),
            ("serves", serves(&line.serves)),
            ("share_by", Some(self.share_by(line.share_by))),
            ("weight", weight),
            ("floors", floors),
            ("others_relief", line.others_relief.map(|rate| text(rate.written()))),
        ]
    }

    /// As a plan writes it.
    fn share_by(&self, share_by: ShareBy) -> Value<'static> {
        let by_table = |index: usize| ("table", Some(text(&self.tables[index].name)));
        match share_by {
            ShareBy::Area => text("area"),
            ShareBy::Household => text("household"),
            ShareBy::Column(column) => table(vec![("column", Some(text(&self.columns[column])))]),
            ShareBy::Coefficient(index) => table(vec![by_table(index)]),
            ShareBy::CoefficientTimesArea(index) => {
                table(vec![by_table(index), ("times", Some(text("area")))])
            }
            ShareBy::Floors(index, within) => {
                table(vec![by_table(index), ("within", Some(text(within.as_str())))])
            }
        }
    }

    fn relief(&self) -> Option<Value<'static>> {
        let rates = map(&self.relief.rates, |(code, rate)| (code.clone(), text(rate.written())));
        let pot = self.relief.pot.as_ref().map(|pot| {
            table(vec![
                ("id", Some(text(&pot.id))),
                ("name", pot.name.as_ref().map(text)),
                ("amount", Some(text(pot.amount))),
            ])
        });
        let most = self.relief.most.map(text);
        given(table(vec![("rates", given(rates)), ("most", most), ("pot", pot)]))
    }

    /// Left out where the plan says nothing else than the default.
    fn odd_fen(&self) -> Option<Value<'static>> {
        match &self.odd_fen {
            OddFen::LargestRemainder => None,
            OddFen::Lots(seed) => Some(table(vec![("lots", Some(text(seed)))])),
            rule => Some(text(rule.as_str())),
        }
    }

    fn payer(&self, index: usize) -> Value<'static> {
        text(&self.payers[index].id)
    }
}

/// Whom a line serves; left out where that is everyone.
fn serves(serves: &Serves) -> Option<Value<'static>> {
    (!serves.everyone).then(|| {
        table(vec![
            ("buildings", given(list(&serves.buildings, text))),
            ("units", given(list(&serves.units, text))),
            ("homes", serves.homes.then_some(Value::Boolean(true))),
        ])
    })
}

fn counts(one: &Use) -> Value<'static> {
    table(vec![
        ("household", (!one.household).then_some(Value::Boolean(false))),
        ("factor", Some(text(one.factor))),
    ])
}

fn coefficients(table: &Table) -> Value<'static> {
    map(&table.coefficients, |&(floor, coefficient)| {
        let unit = if table.percentages { "%" } else { "" };
        let coefficient = crate::number::Weight::of_millionths(coefficient);
        (floor.to_string(), text(format_args!("{coefficient}{unit}")))
    })
}

fn text(text: impl ToString) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_string()))
}

fn whole(number: u64) -> Value<'static> {
    Value::Number(Cow::Owned(number.to_string()))
}

fn list<'i, T>(items: &'i [T], value: impl FnMut(&'i T) -> Value<'static>) -> Value<'static> {
    Value::List(items.iter().map(value).collect())
}

fn map<T>(items: &[T], entry: impl Fn(&T) -> (String, Value<'static>)) -> Value<'static> {
    let entries = items.iter().map(entry).map(|(key, value)| (Cow::Owned(key), value));
    Value::Fields(entries.collect())
}

/// A table of the fields that are given.
fn table(fields: Fields) -> Value<'static> {
    let given = fields.into_iter().filter_map(|(name, value)| Some((Cow::Borrowed(name), value?)));
    Value::Fields(given.collect())
}

/// A list or table that has something in it.
fn given(value: Value<'static>) -> Option<Value<'static>> {
    (!value.list().is_empty() || !value.fields().is_empty()).then_some(value)
}
