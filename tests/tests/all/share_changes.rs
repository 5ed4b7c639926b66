//! Why shares differ between two plans: the parts add up, and each is told of its cause.

use fentan_core::changes::{ChangedAmount, Changes, Part, changes};
use fentan_core::scenario::{Base, Difference};
use fentan_core::{Document, Error, Fen, Packs, Plan, split};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::plans::plan;

fn base(plan: &Value) -> Option<Base> {
    let json = plan.to_string();
    let document = Document::from_json(json.as_bytes()).expect("JSON");
    let plan = Plan::read(&document, None).ok()?;
    split(&plan).ok()?;
    Some(Base::new(plan, &document, Packs::default()))
}

fn found(old: &Value, new: &Value) -> Changes {
    let bases = [old, new].map(|plan| base(plan).expect("a plan that can be split"));
    changes(&bases[0], &bases[1]).expect("changes")
}

/// Fen, below zero where it is less.
fn fen(difference: Difference) -> i128 {
    let size = difference.size().0 as i128;
    if difference.is_less() { -size } else { size }
}

#[track_caller]
fn adds_up(amount: &ChangedAmount, causes: usize) {
    let value = |amount: Option<Fen>| amount.unwrap_or_default().0 as i128;
    let by: i128 = amount.by.iter().copied().map(fen).sum();
    assert_eq!(value(amount.after) - value(amount.before), by, "{amount:?}");
    assert_eq!(fen(amount.difference), by);
    assert_eq!(amount.by.len(), causes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Any two plans, or one with some parts of another: every home's parts and those of the whole add up, and
    /// the homes come to the whole.
    #[test]
    fn the_parts_add_up_for_any_two_plans(
        old in plan(),
        other in plan(),
        taken in prop::collection::vec(any::<bool>(), 11),
    ) {
        let names = ["lines", "tables", "sources", "relief", "residents_at_least", "minimum", "uses",
            "channels", "maintenance", "households", "odd_fen"];
        let mut new = old.clone();
        for (name, _) in names.iter().zip(taken).filter(|&(_, taken)| taken) {
            match other.get(name) {
                Some(value) => new[*name] = value.clone(),
                None => {
                    new.as_object_mut().expect("an object").remove(*name);
                }
            }
        }
        for (old, new) in [(&old, &new), (&old, &other)] {
            let (Some(old), Some(new)) = (base(old), base(new)) else { continue };
            let found = match changes(&old, &new) {
                Ok(found) => found,
                Err(Error::Problems(problems)) => panic!("{problems}"),
                Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
            };
            let causes = found.causes.len();
            let (before, after) = (split(old.plan()).expect("a split"), split(new.plan()).expect("a split"));
            prop_assert_eq!(found.whole.due.before, Some(before.residents));
            prop_assert_eq!(found.whole.due.after, Some(after.residents));
            let mut sums = vec![[0; 2]; causes];
            for home in &found.households {
                for (which, amount) in [&home.due, &home.cash].into_iter().enumerate() {
                    adds_up(amount, causes);
                    sums.iter_mut().zip(&amount.by).for_each(|(sum, by)| sum[which] += fen(*by));
                }
                let of = |split: &fentan_core::Split| {
                    let home = split.households.iter().find(|one| one.id == home.id);
                    home.map(|one| (one.due, one.paid.cash))
                };
                prop_assert_eq!(of(&before), home.due.before.zip(home.cash.before));
                prop_assert_eq!(of(&after), home.due.after.zip(home.cash.after));
            }
            for (which, amount) in [&found.whole.due, &found.whole.cash].into_iter().enumerate() {
                adds_up(amount, causes);
                let by: Vec<_> = amount.by.iter().copied().map(fen).collect();
                let homes: Vec<_> = sums.iter().map(|sum| sum[which]).collect();
                prop_assert_eq!(by, homes);
            }
            let told: Vec<_> = found.causes.concat();
            prop_assert!(told.is_sorted(), "{:?}", told);
        }
    }
}

fn small() -> Value {
    json!({
        "fentan": 1,
        "lines": [
            { "id": "gate", "amount": "100.01" },
            { "id": "lift", "amount": "300", "share_by": "household" },
        ],
        "sources": [{ "id": "county", "amount": "100" }],
        "households": [
            { "id": "1", "area": "60", "provident": "50" }, { "id": "2", "area": "40" },
        ],
    })
}

#[test]
fn each_change_is_told_of_its_cause() {
    let mut new = small();
    new["lines"][0]["amount"] = json!("200.01");
    new["sources"][0]["amount"] = json!("150");
    new["relief"] = json!({ "rates": { "dibao": "0.5" } });
    new["channels"] = json!([{ "kind": "provident_fund" }]);
    new["households"] = json!([
        { "id": "1", "area": "60", "provident": "50" },
        { "id": "3", "area": "40", "hardship": "dibao" },
    ]);
    new["odd_fen"] = json!({ "lots": "a" });
    let found = found(&small(), &new);
    // Relief moves nothing while nobody has a hardship.
    let causes = [Part::Works, Part::Payers, Part::WaysOfPaying, Part::Roster];
    assert_eq!(found.causes[..4], causes.map(|part| vec![part]));
    let ids: Vec<_> = found.households.iter().map(|home| &*home.id).collect();
    assert_eq!(ids, ["1", "3", "2"]);
    let [first, joined, left] = &found.households[..] else { panic!("three homes") };
    assert_eq!(
        (first.due.by[2].to_string(), first.cash.by[2].to_string()),
        ("0.00".into(), "-50.00".into())
    );
    assert_eq!((joined.due.before, left.due.after), (None, None));
    assert_eq!(joined.due.by[..3], vec![Difference::default(); 3]);
    assert!(left.due.by[3].is_less());
}

#[test]
fn where_a_plan_between_cannot_be_split_causes_are_told_together() {
    let mut new = small();
    // The source may only cover lines that there are.
    new["lines"] = json!([{ "id": "road", "amount": "500" }]);
    let mut old = small();
    old["sources"][0]["covers"] = json!({ "lines": ["gate"] });
    new["sources"][0]["covers"] = json!({ "lines": ["road"] });
    let found = found(&old, &new);
    assert_eq!(found.causes, [vec![Part::Works, Part::Payers]]);
    adds_up(&found.whole.due, 1);
}

#[test]
fn of_equal_plans_nothing_is_told() {
    let mut new = small();
    new["name"] = json!("another name");
    new["compound"] = json!({ "year_built": 1998 });
    let found = found(&small(), &new);
    assert!(found.causes.is_empty());
    assert!(found.households.iter().all(|home| home.is_nothing()));
}
