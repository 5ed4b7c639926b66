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

/// A plan whose top-ups depend on who has relief.
const SHOWN: &str = r#"{ "fentan": 1,
    "lines": [{ "id": "lift", "amount": "1000.00" }],
    "sources": [{ "id": "county", "name": "County", "rate": "10%" }],
    "relief": { "rates": { "dibao": "1" } },
    "minimum": { "per_household": "5000", "reduces": ["county"] },
    "households": [{ "id": "101", "area": "60", "hardship": "dibao" }, { "id": "102", "area": "60" },
        { "id": "103", "area": "60" }] }"#;

/// A plan in which everything is probably a slip.
const SLIPS: &str = r#"{ "fentan": 1,
    "lines": [
        { "id": "lift", "name": "3号楼1单元加装电梯", "amount": "9000.00" },
        { "id": "roof", "name": "Roof", "amount": "900.00", "scope": { "buildings": ["3"] } },
        { "id": "stairs", "name": "Stairs", "amount": "900.00", "share_by": "household", "scope": { "buildings": ["3", "4"] } } ],
    "sources": [{ "id": "a", "name": "县财政", "rate": "10%" }, { "id": "b", "name": "县财政 ", "rate": "5%" },
        { "id": "source-3", "amount": "20", "awaits_portion": true }],
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

/// A plan at odds with what cities ask of the maintenance fund and the public revenue.
const FUND: &str = r#"{ "fentan": 1, "policy": "lishui",
    "compound": { "owners_assembly": false, "public_revenue": { "gross": "1000", "cost": "100" } },
    "lines": [{ "id": "roof", "amount": "2000.00" }],
    "channels": [{ "kind": "public_revenue", "amount": "600" }, { "kind": "maintenance_fund" }],
    "households": [{ "id": "101", "area": "60", "fund_balance": "299.99", "fund_first": "1000" },
        { "id": "102", "area": "60", "fund_balance": "900", "fund_first": "1000" }] }"#;

/// A plan whose works and votes are other than what was voted on, and by an older rule.
const VOTED: &str = r#"{ "fentan": 1, "policy": "zhoushan",
    "compound": { "place": "浙江省湖州市", "voted": { "budget": "100000", "sources": { "city": "1000" } } },
    "lines": [{ "id": "roof", "amount": "110000.01" }],
    "sources": [{ "id": "city", "name": "City", "amount": "2000" }],
    "channels": [{ "kind": "maintenance_fund" }],
    "households": [{ "id": "101", "area": "60", "fund_balance": "1000", "fund_first": "1000", "vote": "yes" },
        { "id": "102", "area": "60", "fund_balance": "1000", "fund_first": "1000", "vote": "yes" },
        { "id": "103", "area": "60", "fund_balance": "1000", "fund_first": "1000", "vote": "yes" },
        { "id": "104", "area": "60", "fund_balance": "1000", "fund_first": "1000", "vote": "no" },
        { "id": "105", "area": "60", "fund_balance": "1000", "fund_first": "1000" }] }"#;

/// A lift outside the official interval.
const LIFT: &str = r#"{ "fentan": 1, "policy": "shanghai-lift",
    "lines": [{ "id": "lift", "name": "Lift", "amount": "700000", "subject": "lift", "storeys": 7,
        "share_by": { "table": "lift", "within": "area" } }],
    "tables": { "lift": { "1": "0%", "2": "5%", "3": "9%", "4": "14%", "5": "19%", "6": "22%", "7": "31%" } },
    "households": [{ "id": "101", "area": "60", "floor": 1 }, { "id": "201", "area": "60", "floor": 2 },
        { "id": "301", "area": "60", "floor": 3 }, { "id": "401", "area": "60", "floor": 4 },
        { "id": "501", "area": "60", "floor": 5 }, { "id": "601", "area": "60", "floor": 6 },
        { "id": "701", "area": "60", "floor": 7 }] }"#;

/// A lift renewed after the aid ended, and other aid than was voted on.
const AID: &str = r#"{ "fentan": 1, "policy": "@policy",
    "compound": { "works_on": "2026-05", "voted": { "sources": { "special-bonds": "150000" } } },
    "lines": [{ "id": "lift", "amount": "300000", "subject": "lift", "storeys": 8 }],
    "households": [{ "id": "101", "area": "60" }, { "id": "102", "area": "60" }] }"#;

/// A plan whose public revenue costs too much.
const COST: &str = r#"{ "fentan": 1, "policy": "shaoxing",
    "compound": { "public_revenue": { "gross": "1000", "cost": "300.01" } },
    "lines": [{ "id": "roof", "amount": "2000.00" }], "households": [{ "id": "101", "area": "60" }] }"#;

/// A plan whose city gives other aid than its rule comes to.
const EFFORT: &str = r#"{ "fentan": 1, "policy": "wenzhou-2020", "compound": { "aid_ratio": "50%" },
    "lines": [{ "id": "pipes", "amount": "10000", "tier": "basic" }],
    "sources": [{ "id": "city", "kind": "city", "amount": "2000" }],
    "households": [{ "id": "101", "area": "60" }] }"#;

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
        findings_of(SHOWN),
        findings_of(SLIPS),
        findings_of(UNREACHED),
        findings_of(FUND),
        findings_of(VOTED),
        findings_of(LIFT),
        findings_of(&AID.replace("@policy", "lift-2026")),
        findings_of(&AID.replace("@policy", "lift-renewal-2024")),
        findings_of(COST),
        findings_of(EFFORT),
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
        let has_key = [
            "finding.",
            "check.",
            "severity.",
            "effect.",
            "homes.",
            "hardship.",
            "verdict.",
            "packs.",
            "changes.",
            "%{",
        ]
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
