//! Every finding there is, met in a plan and worded in both languages: to be read.

use std::collections::HashSet;

use fentan_core::plan::{Reach, Subject};
use fentan_core::policy::Check;
use fentan_core::{Document, Finding, Packs, Plan, findings, split};
use fentan_words::{Language, check, finding, keys, provision, severity};

/// A plan that is at odds with everything the policies check.
const PLAN: &str = r#"{ "fentan": 1, @policy
    "compound": { "year_built": 2004, "structure_safe": false, "residents_willing": false,
        "in_clearance_plan": true, "self_built": true, "urban_village": true, "chapters": ["budget"],
        "public_revenue": { "gross": "120", "cost": "100" } @deposits },
    "lines": [
        { "id": "water", "name": "Mains", "amount": "900.00", "pipeline": "water", "tier": "basic" },
        { "id": "gas", "amount": "900.00", "pipeline": "gas", "tier": "basic" },
        { "id": "ring-road", "amount": "5000.00", "reach": "trunk", "tier": "improved" } ],
    "sources": [
        { "id": "county", "name": "County", "rate": "80%" },
        { "id": "operator", "kind": "social_capital", "covers": { "lines": ["ring-road"] }, "amount": "100",
          "income": { "years": 3, "net_per_year": "30", "discount": "6%" } },
        { "id": "water-company", "kind": "pipeline_owner", "covers": { "pipelines": ["water"] }, "rate": "10%" } ],
    "residents_at_least": { "basic": "0", "improved": "0" },
    "relief": { "rates": { "dibao": "1" } },
    "maintenance": { "threshold": "1/7" },
    "channels": [{ "kind": "public_revenue", "amount": "30" }, { "kind": "maintenance_fund" },
        { "kind": "provident_fund" }],
    "households": [
        { "id": "101", "area": "60", "fund_balance": "100", "fund_first": "1000" },
        { "id": "102", "area": "60", "payer": "works", "payer_share": "50%" },
        { "id": "103", "area": "60", "hardship": "dibao" },
        { "id": "104", "area": "60", "provident": "90000" } ] }"#;

/// A plan whose sources can't make up the minimum, and count more than they serve.
const SHORT: &str = r#"{ "fentan": 1,
    "lines": [{ "id": "lift", "amount": "1000.00", "scope": { "households": ["101"] } }],
    "sources": [{ "id": "city", "name": "City", "per_household": "20" },
        { "id": "county", "name": "County", "per_household": "10" }],
    "minimum": { "per_household": "5000", "reduces": ["county"] },
    "households": [{ "id": "101", "area": "60" }, { "id": "102", "area": "60" },
        { "id": "103", "area": "60" }] }"#;

/// A plan in which everything is probably a slip.
const SLIPS: &str = r#"{ "fentan": 1,
    "lines": [
        { "id": "lift", "name": "3号楼1单元加装电梯", "amount": "9000.00" },
        { "id": "roof", "name": "Roof", "amount": "900.00", "scope": { "buildings": ["3"] } },
        { "id": "stairs", "name": "Stairs", "amount": "900.00", "share_by": "household", "scope": { "buildings": ["3", "4"] } } ],
    "sources": [{ "id": "a", "name": "县财政", "rate": "10%" }, { "id": "b", "name": "县财政 ", "rate": "5%" },
        { "id": "source-3", "amount": "20" }],
    "relief": { "rates": { "dibao": "50%", "tekun": "0" } },
    "households": [
        { "id": "3-1-101", "building": "3", "unit": "1", "floor": 1, "area": "60", "note": "低保户" },
        { "id": "3-1-102", "building": "3", "unit": "1", "floor": 1, "area": "62.5" },
        { "id": "3-1-201", "building": "3", "unit": "1", "floor": 2, "area": "6125", "hardship": "tekun" },
        { "id": "3-1-202", "building": "3", "unit": "1", "floor": 22, "area": "60" },
        { "id": "3-1-301", "area": "60" },
        { "id": "4-1-101", "building": "4", "unit": "1", "floor": 1, "area": "60" },
        { "id": "车库1", "building": "4", "area": "18" } ] }"#;

/// A plan whose only line leaves homes out.
const UNREACHED: &str = r#"{ "fentan": 1,
    "lines": [{ "id": "roof", "amount": "900.00", "scope": { "buildings": ["1"] } }],
    "households": [{ "id": "1-101", "building": "1", "area": "60" }, { "id": "2-101", "building": "2", "area": "60" },
        { "id": "2-102", "building": "2", "area": "60" }, { "id": "2-103", "building": "2", "area": "60" },
        { "id": "2-104", "building": "2", "area": "60" }, { "id": "2-105", "building": "2", "area": "60" },
        { "id": "2-106", "building": "2", "area": "60" }] }"#;

fn found(policy: &str, deposits: &str) -> Vec<Finding> {
    findings_of(&PLAN.replace("@policy", policy).replace("@deposits", deposits))
}

fn findings_of(plan: &str) -> Vec<Finding> {
    let document = Document::from_json(plan.as_bytes()).expect("a document");
    let plan = Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"));
    findings(&plan, &split(&plan).expect("a split"), &Packs::default())
}

#[test]
fn every_finding_is_met_and_worded_in_both_languages() {
    let all = [
        found(r#""policy": "puyang-2020","#, r#", "deposits": { "owners": "1", "seller": "2" }"#),
        found(r#""policy": "wenzhou-2020","#, ""),
        found(r#""policy": "gansu-lift-2018","#, ""),
        findings_of(SHORT),
        findings_of(SLIPS),
        findings_of(UNREACHED),
    ];
    let mut met = HashSet::new();
    let mut lines = Vec::new();
    for one in all.iter().flatten().filter(|one| met.insert(one.check)) {
        for language in Language::ALL {
            let (weight, title) = (severity(language, one.severity), check(language, one.check));
            let clauses = one.clauses.join(" ");
            let text = finding(language, one);
            lines.push(format!("{}: {title}: {weight}: {text} [{clauses}]", one.path));
        }
    }
    for check in Check::ALL {
        assert!(met.contains(check), "{check:?} is not met");
    }
    for line in &lines {
        let has_key = ["finding.", "check.", "severity.", "effect.", "homes.", "hardship.", "%{"]
            .iter()
            .any(|key| line.contains(key));
        assert!(!has_key, "{line}");
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_subject_and_every_reach_has_its_words() {
    let known: HashSet<&str> = keys().collect();
    let subjects = Subject::ALL.iter().map(|one| format!("subject.{}", one.as_str()));
    let reaches = Reach::ALL.iter().map(|one| format!("reach.{}", one.as_str()));
    for key in subjects.chain(reaches) {
        assert!(known.contains(key.as_str()), "{key}");
    }
}

#[test]
fn a_clause_is_cited_by_its_number_or_its_title() {
    let packs = Packs::default();
    let cited = |id: &str| provision(Language::Chinese, packs.clause(id).expect("a clause"));
    assert_eq!(cited("puyang-2020/4-3"), "濮政办〔2020〕31号 四(三)");
    assert_eq!(cited("china/civil-code-283"), "《中华人民共和国民法典》第二百八十三条");
}
