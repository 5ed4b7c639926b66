//! What must hold for any bytes at all: nothing panics, what is refused is refused with problems,
//! and what is accepted adds up and comes out the same again.
//!
//! One function for each kind of file that somebody may hand in. `main.rs` has libFuzzer call them, run
//! by `cargo xtask fuzz`; `tests/tests/all/` has them take the files that are here, in every run of the
//! tests.

#![forbid(unsafe_code)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "that is how a finding shows")]

use fentan_core::collection::{Payments, PaymentsFile, settle};
use fentan_core::receipt::{Receipt, plan_digest, verify};
use fentan_core::scenario::Scenario;
use fentan_core::tariff::{Flat, Tariff, estimate};
use fentan_core::{Document, Error, Packs, Plan, Problems, RosterFile, Split, split};
use fentan_import::{Content, open};
use fentan_ledger::Ledger;

mod targets;

pub use targets::TARGETS;

/// Has bytes taken for a file of a kind.
///
/// # Panics
/// Where they break something, or where there is no such kind.
pub fn take(target: &str, bytes: &[u8]) {
    match target {
        "plan_json" => plan_json(bytes),
        "plan_toml" => plan_toml(bytes),
        "roster_csv" => roster_csv(bytes),
        "policy_pack" => policy_pack(bytes),
        "result" => result(bytes),
        "link" => link(bytes),
        "cells" => cells(bytes),
        "tariff" => tariff(bytes),
        "ledger" => ledger(bytes),
        "payments_csv" => payments_csv(bytes),
        _ => panic!("no such kind of file: {target}"),
    }
}

/// A plan as JSON.
fn plan_json(bytes: &[u8]) {
    read(Document::from_json(bytes), None);
}

/// A plan as TOML.
fn plan_toml(bytes: &[u8]) {
    read(Document::from_toml(bytes), None);
}

/// A roster as CSV, for a plan of every feature.
fn roster_csv(bytes: &[u8]) {
    let plan = include_bytes!("../../../examples/puyang/plan.toml");
    read(Document::from_toml(plan), Some(RosterFile { file: "households.csv", bytes }));
}

/// A policy pack as TOML or JSON.
fn policy_pack(bytes: &[u8]) {
    let document = match bytes.first() {
        Some(b'{') => Document::from_json(bytes),
        _ => Document::from_toml(bytes),
    };
    let mut packs = Packs::default();
    let refused = document.and_then(|document| packs.add(&document).map(drop));
    assert!(refused.err().is_none_or(|problems| !problems.is_empty()));
}

/// A result to be verified.
fn result(bytes: &[u8]) {
    let plan = include_bytes!("../../../examples/sold-public-housing/plan.json");
    let document = Document::from_json(plan).unwrap();
    let split = split(&Plan::read(&document, None).unwrap()).unwrap();
    if let Ok(result) = Document::from_json(bytes)
        && verify(&result, &document, None, &split).holds()
    {
        let found: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(found["residents"], split.residents.to_string());
    }
}

/// A link that holds scenarios.
fn link(bytes: &[u8]) {
    if let Ok(link) = std::str::from_utf8(bytes)
        && let Ok(scenarios) = Scenario::from_link(link)
    {
        let again = Scenario::from_link(&Scenario::link(&scenarios)).unwrap();
        assert_eq!(again.len(), scenarios.len());
    }
}

/// Files of offices: workbooks, and tables as text.
fn cells(bytes: &[u8]) {
    let Ok(tables) = open(bytes) else { return };
    for content in [Content::Roster, Content::Works] {
        let read: Vec<_> = tables.iter().map(|table| (table, content.mapping(table))).collect();
        content.read(&read);
    }
}

/// A tariff with a flat to be estimated, as `{"tariff":…,"flat":…}`.
fn tariff(bytes: &[u8]) {
    let Ok(document) = Document::from_json(bytes) else { return };
    let part = |path: &str| document.value(path).map(|value| serde_json::to_vec(value).unwrap());
    let (Some(tariff), Some(flat)) = (part("tariff"), part("flat")) else { return };
    let Ok(tariff) = Tariff::read(&Document::from_json(&tariff).unwrap()).map_err(refused) else {
        return;
    };
    // Written again it is the same tariff.
    let written = serde_json::to_string(&tariff.to_document()).unwrap();
    let again = Tariff::read(&Document::from_json(written.as_bytes()).unwrap()).unwrap();
    assert_eq!(serde_json::to_string(&again.to_document()).unwrap(), written);
    match Flat::read(&Document::from_json(&flat).unwrap(), &tariff) {
        Ok(flat) => assert_eq!(estimate(&tariff, &flat), estimate(&again, &flat)),
        Err(problems) => refused(problems),
    }
}

/// A table of payments, for a plan with calls and a final account.
fn payments_csv(bytes: &[u8]) {
    let plan = include_bytes!("../../vectors/i-r5-007.plan.json");
    let plan = Plan::read(&Document::from_json(plan).unwrap(), None).unwrap();
    match Payments::read(&plan, PaymentsFile { file: "payments.csv", bytes }) {
        Ok(payments) => {
            let settled = settle(&plan, &split(&plan).unwrap(), &payments).unwrap();
            assert_eq!(settled.paid + settled.to_pay, settled.final_cash + settled.to_return);
        }
        Err(problems) => refused(problems),
    }
}

/// A ledger.
fn ledger(bytes: &[u8]) {
    let mut entries = Vec::new();
    let Ok(read) = Ledger::read_with(bytes, |entry, _| entries.push(entry)) else { return };
    let mut again = Ledger::default();
    let lines: String = entries.iter().map(|entry| again.append(entry).unwrap()).collect();
    assert_eq!((lines.as_bytes(), again.head()), (bytes, read.head()));
}

fn read(document: Result<Document<'_>, Problems>, roster: Option<RosterFile<'_>>) {
    let Ok(document) = document.map_err(refused) else { return };
    // Written as JSON it is the same plan.
    let written = serde_json::to_string(&document).unwrap();
    let digest = plan_digest(&document, roster);
    let answer = Plan::read(&document, roster)
        .map_err(Error::Problems)
        .and_then(|plan| Ok((split(&plan)?, plan)));
    match answer {
        Ok((split, _)) => {
            let again = Document::from_json(written.as_bytes()).unwrap();
            assert_eq!(plan_digest(&again, roster), digest);
            accepted(&again, roster, &split);
        }
        Err(Error::Problems(problems)) => refused(problems),
        Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
    }
}

fn accepted(document: &Document<'_>, roster: Option<RosterFile<'_>>, before: &Split) {
    let plan = Plan::read(document, roster).unwrap();
    assert_eq!(split(&plan).as_ref(), Ok(before));
    let due: u128 = before.households.iter().map(|one| one.due.0).sum();
    let paid: u128 = before.sources.iter().map(|one| one.paid.0).sum();
    assert_eq!(before.budget.0, due + paid);
    assert!(before.households.iter().all(|one| one.due == one.paid.total()));
    let mut result = serde_json::to_value(before).unwrap();
    result["receipt"] = serde_json::to_value(Receipt::of(document, roster, before)).unwrap();
    let result = result.to_string();
    let result = Document::from_json(result.as_bytes()).unwrap();
    assert!(verify(&result, document, roster, before).holds());
}

fn refused(problems: Problems) {
    assert!(!problems.is_empty());
    assert!(problems.iter().all(|one| !one.code().as_str().is_empty()));
}
