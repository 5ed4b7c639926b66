//! What follows the split: calls, payments, the final account, joining later, cash over time.

mod accounts;
mod cash;

use fentan_core::Fen;
use fentan_reference as reference;
use fentan_tests::answers;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::differential::{cases, errors, refused};
use accounts::Account;

#[test]
fn every_vector_is_answered_by_both_engines() {
    let mut joined = 0;
    for vector in fentan_tests::account_vectors() {
        let plan: Value = serde_json::from_slice(vector.plan).expect("a plan");
        let want: Value = serde_json::from_slice(vector.want).expect("answers");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let on = text(&want["collect"]["on"]);
        let name = vector.name;
        assert_eq!(answers::collect(&plan, vector.payments, &on), want["collect"], "{name}");
        assert_eq!(
            reference::collect(&plan, vector.payments, &on),
            Ok(want["collect"].clone()),
            "{name}"
        );
        assert_eq!(answers::settle(&plan, vector.payments), want["settle"], "{name}");
        assert_eq!(reference::settle(&plan, vector.payments), Ok(want["settle"].clone()), "{name}");
        if let Some(join) = want.get("join") {
            let [line, household, on] = [&join["line"], &join["household"], &join["on"]].map(text);
            assert_eq!(answers::join(&plan, &line, &household, &on), *join, "{name}");
            assert_eq!(reference::join(&plan, &line, &household, &on), Ok(join.clone()), "{name}");
            joined += 1;
        }
    }
    assert_eq!(joined, 19);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases() / 5, ..ProptestConfig::default() })]

    #[test]
    fn the_reference_and_the_engine_give_the_same(account in accounts::account()) {
        compare(&account)?;
    }

    #[test]
    fn the_reference_and_the_engine_refuse_the_same(account in accounts::with_mistakes()) {
        compare(&account)?;
    }

    #[test]
    fn what_follows_the_split_adds_up(account in accounts::account()) {
        adds_up(&account)?;
    }
}

/// Holds the engine's answers to the reference's.
fn compare(account: &Account) -> Result<(), TestCaseError> {
    let Account { plan, on, line, household, .. } = account;
    let table = account.table();
    let same = |answer: Value, expected: Result<Value, reference::Problems>| {
        match expected {
            Ok(expected) => prop_assert_eq!(answer, expected),
            Err(problems) => prop_assert_eq!(errors(&answer), Some(refused(problems))),
        }
        Ok(())
    };
    same(answers::collect(plan, &table, on), reference::collect(plan, &table, on))?;
    same(answers::settle(plan, &table), reference::settle(plan, &table))?;
    same(answers::join(plan, line, household, on), reference::join(plan, line, household, on))
}

fn fen(amount: &Value) -> Fen {
    amount.as_str().and_then(|text| text.parse_total()).expect("money")
}

/// Money above what a plan may hold.
trait ParseTotal {
    fn parse_total(&self) -> Option<Fen>;
}

impl ParseTotal for str {
    fn parse_total(&self) -> Option<Fen> {
        self.replace('.', "").parse().ok().map(Fen)
    }
}

fn sum(of: &Value, list: &str, member: &str) -> Fen {
    of[list].as_array().expect("a list").iter().map(|one| fen(&one[member])).sum()
}

/// Σ paid + Σ to pay − Σ to return = Σ final cash; a household's calls are its cash and what is held
/// for it; joining later gives back exactly what is paid in; and the split knows nothing of it.
fn adds_up(account: &Account) -> Result<(), TestCaseError> {
    let table = account.table();
    let settled = answers::settle(&account.plan, &table);
    if settled.get("errors").is_none() {
        let [final_cash, paid, to_pay, to_return] = ["final_cash", "paid", "to_pay", "to_return"]
            .map(|member| {
                let total = fen(&settled[member]);
                assert_eq!(total, sum(&settled, "households", member), "{member}");
                total
            });
        prop_assert_eq!(paid + to_pay, final_cash + to_return);
        prop_assert_eq!(fen(&settled["budget"]), sum(&settled, "lines", "amount"));
        prop_assert_eq!(fen(&settled["final"]), sum(&settled, "lines", "final"));
    }
    let collected = answers::collect(&account.plan, &table, &account.on);
    let split = fentan_tests::answer(account.plan.to_string().as_bytes());
    if collected.get("errors").is_none() {
        let mut held = Fen::ZERO;
        let households = collected["households"].as_array().expect("a list").iter();
        for (household, split) in households.zip(split["households"].as_array().expect("a list")) {
            let calls: Fen = household["calls"].as_array().expect("calls").iter().map(fen).sum();
            held += calls - fen(&split["paid"]["cash"]);
            let [called, paid, arrears, ahead] =
                ["called", "paid", "arrears", "ahead"].map(|member| fen(&household[member]));
            prop_assert_eq!(called + ahead, paid + arrears);
            prop_assert!(arrears.is_zero() || ahead.is_zero());
        }
        prop_assert_eq!(held, fen(&collected["held"]));
        prop_assert_eq!(fen(&collected["called"]), sum(&collected, "households", "called"));
    }
    let joined = answers::join(&account.plan, &account.line, &account.household, &account.on);
    if joined.get("errors").is_none() {
        let returned = sum(&joined, "returns", "amount");
        let has_nothing = joined["returns"] == json!([]);
        prop_assert!(returned == fen(&joined["pays"]) || has_nothing);
        prop_assert!(fen(&joined["pays"]) <= fen(&joined["share"]));
    }
    let mut plain = account.plan.clone();
    plain.as_object_mut().expect("a plan").remove("collection");
    for line in plain["lines"].as_array_mut().into_iter().flatten() {
        for field in ["final", "final_charges", "life"] {
            line.as_object_mut().expect("a line").remove(field);
        }
    }
    for source in plain["sources"].as_array_mut().into_iter().flatten() {
        source.as_object_mut().expect("a source").remove("final");
    }
    prop_assert_eq!(split, fentan_tests::answer(plain.to_string().as_bytes()));
    Ok(())
}
