//! Each check of law and policy: that it finds what is wrong, and nothing where nothing is.

use fentan_core::policy::Severity;
use fentan_core::{Document, Finding, Packs, Plan, findings, split};
use serde_json::{Value, json};

/// A plan that no check has anything against.
fn right() -> Value {
    json!({
        "fentan": 1, "policy": "puyang-2020",
        "compound": {
            "year_built": 1999, "structure_safe": true, "residents_willing": true,
            "in_clearance_plan": false, "self_built": false, "urban_village": false,
            "chapters": ["design", "budget", "funding", "management", "governance"],
            "public_revenue": { "gross": "130", "cost": "30" },
            "deposits": { "owners": "2", "seller": "20" },
        },
        "lines": [
            { "id": "water", "amount": "1000", "pipeline": "water", "tier": "basic" },
            { "id": "roof", "amount": "1000", "tier": "improved", "reach": "compound" },
        ],
        "sources": [
            { "id": "company", "kind": "pipeline_owner", "covers": { "pipelines": ["water"] }, "rate": "1" },
            { "id": "county", "kind": "county", "rate": "50%" },
        ],
        "channels": [{ "kind": "public_revenue", "amount": "100" }, { "kind": "maintenance_fund" }],
        "households": [
            { "id": "101", "area": "60", "fund_balance": "900", "fund_first": "1000" },
            { "id": "102", "area": "40", "fund_balance": "900", "fund_first": "1000",
              "payer": "works", "payer_share": "10/11" },
        ],
    })
}

fn found(plan: &Value) -> Vec<Finding> {
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document");
    let plan = Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"));
    findings(&plan, &split(&plan).expect("a split"), &Packs::default())
}

/// The one thing found after a change, as JSON.
#[track_caller]
fn finds(change: impl FnOnce(&mut Value)) -> Value {
    let mut plan = right();
    change(&mut plan);
    let found = found(&plan);
    assert_eq!(found.len(), 1, "{found:?}");
    serde_json::to_value(&found[0]).expect("JSON")
}

#[track_caller]
fn finds_at(path: &str, id: &str, severity: &str, change: impl FnOnce(&mut Value)) -> Value {
    let finding = finds(change);
    assert_eq!(
        (&finding["path"], &finding["id"], &finding["severity"]),
        (&json!(path), &json!(id), &json!(severity)),
        "{finding}"
    );
    finding
}

#[test]
fn nothing_is_found_in_a_plan_that_keeps_to_the_rules() {
    assert_eq!(found(&right()), []);
}

#[test]
fn the_scope_of_the_programme() {
    let finding = finds_at("compound.year_built", "built-before", "error", |plan| {
        plan["compound"]["year_built"] = json!(2000);
    });
    assert_eq!(finding["values"], json!({ "built": 2000, "year": 2000 }));
    assert_eq!(finding["clauses"], json!(["puyang-2020/2-1"]));
    for (field, must_be, id) in [
        ("structure_safe", true, "structure-safe"),
        ("residents_willing", true, "residents-willing"),
        ("in_clearance_plan", false, "clearance-plan"),
        ("self_built", false, "self-built"),
        ("urban_village", false, "urban-village"),
    ] {
        finds_at(&format!("compound.{field}"), id, "error", |plan| {
            plan["compound"][field] = json!(!must_be);
        });
    }
    for reach in ["trunk", "square", "park"] {
        let finding = finds_at("lines[1].reach", "reach", "error", |plan| {
            plan["lines"][1]["reach"] = json!(reach);
        });
        assert_eq!(finding["clauses"], json!(["puyang-2020/2-1-outside"]));
    }
}

#[test]
fn the_chapters_of_the_plan() {
    let finding = finds_at("compound.chapters", "chapters", "warning", |plan| {
        plan["compound"]["chapters"] = json!(["funding", "design"]);
    });
    assert_eq!(finding["values"]["chapters"], json!(["budget", "management", "governance"]));
}

#[test]
fn facts_that_the_plan_does_not_say_are_one_note() {
    let finding = finds_at("compound", "facts-missing", "note", |plan| {
        let compound = plan["compound"].as_object_mut().expect("a table");
        compound.retain(|field, _| field != "year_built" && field != "public_revenue");
    });
    assert_eq!(
        finding["values"]["fields"],
        json!(["compound.year_built", "compound.public_revenue"])
    );
    assert_eq!(finding["clauses"], json!(["puyang-2020/2-1", "china/civil-code-282"]));
}

#[test]
fn pipelines_and_their_companies() {
    // Nobody is asked, and the county's half leaves the other to the residents.
    let mut plan = right();
    plan["sources"].as_array_mut().expect("sources").remove(0);
    let ids: Vec<_> = found(&plan).iter().map(|one| one.check.as_str()).collect();
    assert_eq!(ids, ["company-asked", "pipeline-boundary", "fund-barred"]);
    // Behind the meter the company answers for nothing.
    plan["lines"][0]["beyond_meter"] = json!(true);
    assert_eq!(found(&plan), []);

    let finding = finds_at("lines[0]", "company-first", "note", |plan| {
        plan["sources"].as_array_mut().expect("sources").reverse();
    });
    assert_eq!(
        finding["values"],
        json!({ "line": "water", "source": "county", "amount": "500.00", "company": "company" })
    );
    // The decree does not name drainage, nor does the policy.
    let mut plan = right();
    plan["lines"][0]["pipeline"] = json!("drainage");
    assert_eq!(found(&plan), []);
}

#[test]
fn the_boundary_at_the_meter_and_what_the_fund_may_not_pay() {
    let mut plan = right();
    plan["sources"][0]["rate"] = json!("40%");
    let both = found(&plan);
    let ids: Vec<_> = both.iter().map(|one| (one.check.as_str(), one.path.as_str())).collect();
    assert_eq!(ids, [("pipeline-boundary", "lines[0]"), ("fund-barred", "lines[0]")]);
    assert_eq!(both[0].clauses, ["henan/13", "henan/14"]);
    let values = serde_json::to_value(&both[1]).expect("JSON")["values"].clone();
    // 1000 less 400 of the company and 500 of the county.
    assert_eq!(values["amount"], json!("100.00"));
    // Where the fund pays nothing, it pays nothing it may not.
    plan["channels"].as_array_mut().expect("channels").pop();
    let ids: Vec<_> = found(&plan).iter().map(|one| one.check.as_str()).collect();
    assert_eq!(ids, ["pipeline-boundary"]);
}

#[test]
fn the_fund_is_filled_up() {
    let finding = finds_at("maintenance.threshold", "fund-threshold", "warning", |plan| {
        plan["maintenance"] = json!({ "threshold": "29.999999%" });
    });
    assert_eq!(finding["clauses"], json!(["china/decree-165-17"]));
    assert_eq!(
        found(&{
            let mut plan = right();
            plan["maintenance"] = json!({ "threshold": "3/10" });
            plan
        }),
        []
    );

    let finding = finds_at("households", "fund-replenish", "note", |plan| {
        plan["households"][0]["fund_balance"] = json!("299.99");
        plan["channels"].as_array_mut().expect("channels").pop();
    });
    assert_eq!(finding["values"], json!({ "count": 1, "amount": "700.01" }));
    // The nearest policy first, then the province, then the state.
    assert_eq!(
        finding["clauses"],
        json!(["puyang-2020/4-3-fund", "henan/68", "china/decree-165-17"])
    );
    let finding = finds_at("households", "fund-account", "note", |plan| {
        plan["households"][1].as_object_mut().expect("a household").remove("fund_balance");
    });
    assert_eq!(finding["values"], json!({ "count": 1 }));
}

#[test]
fn sold_public_housing_by_the_deposits() {
    let finding = finds_at("households", "deposits", "warning", |plan| {
        plan["households"][1]["payer_share"] = json!("0.909091");
    });
    assert_eq!(
        finding["values"],
        json!({ "household": "102", "share": "909091/1000000", "ratio": "10/11", "count": 1 })
    );
    // Without sold public housing nobody asks for the deposits.
    let mut plan = right();
    plan["compound"].as_object_mut().expect("a table").remove("deposits");
    plan["households"][1]["payer_share"] = json!("1");
    assert_eq!(found(&plan), []);
}

#[test]
fn the_provident_fund_up_to_the_own_share() {
    let draws = |provident: &str| {
        let mut plan = right();
        plan["channels"] = json!([{ "kind": "provident_fund" }]);
        plan["households"][0]["provident"] = json!(provident);
        found(&plan)
    };
    // Half of the roof by 60 of 100 m².
    assert_eq!(draws("300"), []);
    let finding = serde_json::to_value(&draws("300.01")[0]).expect("JSON");
    assert_eq!(finding["id"], "provident-own-share");
    assert_eq!(finding["values"], json!({ "count": 1, "stated": "300.01", "drawn": "300.00" }));
}

#[test]
fn public_revenue_is_net_of_its_cost() {
    let finding = finds_at("channels[0].amount", "revenue-net", "error", |plan| {
        plan["channels"][0]["amount"] = json!("100.01");
    });
    assert_eq!(
        finding["values"],
        json!({ "amount": "100.01", "net": "100.00", "gross": "130.00", "cost": "30.00" })
    );
}

#[test]
fn the_least_that_residents_pay() {
    let mut plan = right();
    plan["policy"] = json!("wenzhou-2020");
    plan["residents_at_least"] = json!({ "basic": "0", "improved": "0" });
    let found = found(&plan);
    let finding = serde_json::to_value(&found[0]).expect("JSON");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(finding["path"], "residents_at_least.basic");
    assert_eq!(
        finding["values"],
        json!({ "tier": "basic", "rate": "1/10", "least": "100.00", "residents": "0.00" })
    );
}

#[test]
fn relief_that_others_bear() {
    let mut plan = right();
    plan["policy"] = json!("gansu-lift-2018");
    plan["households"][0]["hardship"] = json!("tekun_elderly");
    let borne = found(&plan);
    let borne: Vec<&str> = borne.iter().map(|one| one.check.as_str()).collect();
    assert_eq!(borne, ["relief-payer", "relief-singles-out"]);
    plan["relief"] = json!({ "pot": { "id": "lottery", "amount": "1000" } });
    assert_eq!(found(&plan), []);
}

#[test]
fn a_minimum_that_the_sources_can_not_make_up() {
    let minimum = |amount: &str| json!({ "per_household": amount, "reduces": ["county"] });
    // Of 450 and 300 that they owe 1,050 are missing, of which the county gives its 250 back.
    let finding = finds_at("minimum", "minimum-short", "warning", |plan| {
        plan["minimum"] = minimum("900");
        plan["sources"][1]["rate"] = json!("25%");
        plan["channels"] = json!([]);
    });
    assert_eq!(finding["values"]["amount"], json!("800.00"));
    assert_eq!(finding["values"]["count"], json!(2));
    assert_eq!(finding["values"]["sources"], json!(["county"]));
    // With the same sources, a minimum that is reached is no finding.
    let mut reached = right();
    reached["minimum"] = minimum("400");
    reached["channels"] = json!([]);
    assert_eq!(found(&reached), []);
}

#[test]
fn an_offer_by_household_that_counts_more_than_it_serves() {
    let lift = |plan: &mut Value| {
        plan["lines"].as_array_mut().expect("lines").push(json!({
            "id": "lift", "amount": "900", "scope": { "households": ["101"] },
        }));
        let households = plan["households"].as_array_mut().expect("households");
        let third =
            json!({ "id": "103", "area": "60", "fund_balance": "900", "fund_first": "1000" });
        households.push(third);
        plan["sources"].as_array_mut().expect("sources").push(json!({
            "id": "bonds", "kind": "central", "per_household": "1", "covers": { "lines": ["lift"] },
        }));
    };
    let path = "sources[2].per_household";
    let finding = finds_at(path, "few-served", "note", lift);
    assert_eq!(finding["values"], json!({ "source": "bonds", "served": 1, "count": 3 }));
    let mut counted = right();
    lift(&mut counted);
    counted["sources"][2]["over"] = json!("served");
    assert_eq!(found(&counted), []);
}

#[test]
fn national_law_holds_for_a_plan_without_a_policy() {
    let mut plan = right();
    plan.as_object_mut().expect("a plan").remove("policy");
    assert_eq!(found(&plan), []);
    plan["channels"][0]["amount"] = json!("101");
    plan["compound"]["year_built"] = json!(2020);
    let found = found(&plan);
    assert_eq!((found.len(), found[0].check.as_str()), (1, "revenue-net"));
}

#[test]
fn errors_stand_before_warnings_and_notes() {
    let mut plan = right();
    plan["sources"].as_array_mut().expect("sources").remove(0);
    plan["compound"] = json!({ "urban_village": true });
    let weights: Vec<Severity> = found(&plan).iter().map(|one| one.severity).collect();
    assert!(weights.is_sorted(), "{weights:?}");
    assert_eq!(weights.first(), Some(&Severity::Error));
    assert_eq!(weights.last(), Some(&Severity::Note));
}

#[test]
fn departments_answer_for_lines_by_what_they_are_about() {
    let mut plan = right();
    plan["lines"][1]["subject"] = json!("fire");
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document");
    let plan = Plan::read(&document, None).expect("a plan");
    let packs = Packs::default();
    let clauses = |line: usize| -> Vec<&str> {
        let departments = packs.departments(&plan, &plan.lines()[line]);
        departments.iter().map(|department| department.clauses[0].as_str()).collect()
    };
    assert_eq!(clauses(0), ["puyang-2020/annex-1", "puyang-2020/annex-7", "puyang-2020/annex-16"]);
    assert_eq!(clauses(1), ["puyang-2020/annex-1", "puyang-2020/annex-10"]);
}

/// 40 ÷ 1.25 + 40 ÷ 1.25² is 57.60, to the fen.
#[test]
fn an_investor_pays_no_more_than_its_income_carries() {
    let invested = |amount: &str, policy: bool| {
        let mut plan = right();
        let sources = plan["sources"].as_array_mut().expect("a list");
        sources.push(json!({ "id": "operator", "kind": "social_capital", "amount": amount,
            "income": { "years": 2, "net_per_year": "40", "discount": "25%" } }));
        if !policy {
            plan.as_object_mut().expect("an object").remove("policy");
        }
        plan
    };
    assert_eq!(found(&invested("57.60", true)), []);
    let finding = finds(|plan| *plan = invested("57.61", true));
    assert_eq!(finding["id"], "investment-carries");
    assert_eq!(finding["path"], "sources[2].income");
    assert_eq!(finding["values"]["carries"], "57.60");
    assert_eq!(finding["clauses"], json!(["puyang-2020/4-4"]));
    // Arithmetic holds without a policy too.
    let finding = finds(|plan| *plan = invested("57.61", false));
    assert_eq!(
        (&finding["id"], &finding["severity"]),
        (&json!("investment-carries"), &json!("warning"))
    );
}

#[test]
fn what_a_plan_says_of_its_compound_is_checked_like_the_rest() {
    let mut plan = right();
    plan["compound"]["year_built"] = json!("1999");
    plan["compound"]["self_built"] = json!("no");
    plan["compound"]["chapters"] = json!(["preface"]);
    plan["compound"]["deposits"] = json!({ "owners": "1.001" });
    plan["lines"][0]["beyond_meter"] = json!(1);
    plan["lines"][0]["reach"] = json!("far");
    plan["lines"][0]["subject"] = json!("tea");
    plan["households"][0]["vote"] = json!("maybe");
    plan["households"][0]["owner"] = json!("");
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document");
    let problems = Plan::read(&document, None).expect_err("problems");
    let found: Vec<_> = problems.to_string().lines().map(str::to_owned).collect();
    for expected in [
        "compound.year_built: bad-type",
        "compound.self_built: bad-type",
        "compound.chapters[0]: unknown-id",
        "compound.deposits.owners: too-precise",
        "compound.deposits.seller: missing-field",
        "lines[0].beyond_meter: bad-type",
        "lines[0].reach: unknown-id",
        "lines[0].subject: unknown-id",
        "households[0].vote: unknown-id",
        "households[0].owner: missing-field",
    ] {
        assert!(found.iter().any(|one| one == expected), "{expected} is not among {found:?}");
    }
    assert_eq!(found.len(), 10, "{found:?}");
}
