//! What cities ask beyond national law: for each rule of a pack a plan that breaks it, and one that is
//! just within.

use fentan_core::findings::overruns;
use fentan_core::policy::Check;
use fentan_core::{Document, Finding, Packs, Plan, findings, split};

fn found(plan: &str) -> Vec<Finding> {
    let document = Document::from_json(plan.as_bytes()).expect("a document");
    let plan = Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"));
    findings(&plan, &split(&plan).expect("a split"), &Packs::default())
}

fn is_found(plan: &str, check: Check) -> bool {
    found(plan).iter().any(|one| one.check == check)
}

#[test]
fn an_overrun_is_applied_for_again_as_each_city_has_it() {
    let is_over = |policy: &str, budget: &str, cost: &str| {
        let plan = format!(
            r#"{{ "fentan": 1, "policy": "{policy}", "compound": {{ "voted": {{ "budget": "{budget}" }} }},
                "lines": [{{ "id": "roof", "amount": "{cost}" }}], "households": [{{ "id": "1", "area": "60" }}] }}"#
        );
        let is_found = is_found(&plan, Check::TrueUp);
        // A final account is held to the budget by the same rule.
        let plan = plan.replace(cost, budget);
        let document = Document::from_json(plan.as_bytes()).expect("JSON");
        let plan = Plan::read(&document, None).expect("a plan");
        let cost = cost.parse().expect("money");
        let split = split(&plan).expect("a split");
        assert_eq!(overruns(&plan, &split, cost, &Packs::default()).len(), usize::from(is_found));
        is_found
    };
    // Hangzhou: 10% or more.
    assert!(is_over("hangzhou-property", "100000", "110000"));
    assert!(is_over("hangzhou-property", "100000", "110001"));
    assert!(!is_over("hangzhou-property", "100000", "109999"));
    assert!(is_over("hangzhou-property", "12000", "13250"));
    assert!(!is_over("hangzhou-property", "12000", "11000"));
    // Zhoushan: more than 10%, and more than 10,000 yuan.
    assert!(!is_over("zhoushan", "100000", "110000"));
    assert!(is_over("zhoushan", "100000", "110001"));
    assert!(!is_over("zhoushan", "100000", "109999"));
    assert!(!is_over("zhoushan", "12000", "13250"));
    assert!(!is_over("zhoushan", "200000", "220000"));
    assert!(is_over("zhoushan", "200000", "220000.01"));
    // Lishui: 20% or more, or 10,000 yuan or more.
    assert!(is_over("lishui", "10000", "12000"));
    assert!(!is_over("lishui", "10000", "11999.99"));
    assert!(is_over("lishui", "1000000", "1010000"));
    assert!(!is_over("lishui", "1000000", "1009999.99"));
}

/// A plan that takes so much of a public revenue of 1,000 net, with so much in the only account.
fn revenue(policy: &str, taken: &str, compound: &str, balance: &str) -> bool {
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "{policy}",
            "compound": {{ {compound} "public_revenue": {{ "gross": "1200", "cost": "200" }} }},
            "lines": [{{ "id": "roof", "amount": "5000" }}],
            "channels": [{{ "kind": "public_revenue", "amount": "{taken}" }}],
            "households": [{{ "id": "1", "area": "60", "fund_balance": "{balance}", "fund_first": "1000" }}] }}"#
    );
    is_found(&plan, Check::RevenueToFund)
}

#[test]
fn public_revenue_goes_into_the_fund_as_each_city_has_it() {
    // Huzhou: at least half, until the first instalments are reached.
    assert!(!revenue("huzhou-property", "500", "", "999.99"));
    assert!(revenue("huzhou-property", "500.01", "", "999.99"));
    assert!(!revenue("huzhou-property", "500.01", "", "1000"));
    // Shanghai: more than half.
    assert!(revenue("shanghai-property", "500", "", "0"));
    assert!(!revenue("shanghai-property", "499.99", "", "0"));
    // Beijing: at least half, while the fund is below 30%.
    assert!(revenue("beijing-property", "500.01", "", "299.99"));
    assert!(!revenue("beijing-property", "500", "", "299.99"));
    assert!(!revenue("beijing-property", "500.01", "", "300"));
    // Lishui: 70%, before there is an owners' assembly.
    let before = r#""owners_assembly": false,"#;
    assert!(revenue("lishui", "300.01", before, "500"));
    assert!(!revenue("lishui", "300", before, "500"));
    assert!(!revenue("lishui", "300.01", r#""owners_assembly": true,"#, "500"));
    // Qingyuan: all of it.
    assert!(revenue("qingyuan", "0.01", "", "500"));
    assert!(!revenue("qingyuan", "0", "", "500"));
    // What goes into the fund may be stated apart.
    let stated = |to_fund: &str| {
        let plan = format!(
            r#"{{ "fentan": 1, "policy": "huzhou-property",
                "compound": {{ "public_revenue": {{ "gross": "1200", "cost": "200", "to_fund": "{to_fund}" }} }},
                "lines": [{{ "id": "roof", "amount": "5000" }}], "households": [{{ "id": "1", "area": "60" }}] }}"#
        );
        is_found(&plan, Check::RevenueToFund)
    };
    assert!(stated("499.99"));
    assert!(!stated("500"));
}

#[test]
fn a_plan_that_does_not_tell_of_an_assembly_is_asked() {
    let plan = r#"{ "fentan": 1, "policy": "lishui",
        "compound": { "public_revenue": { "gross": "1200", "cost": "200" } },
        "lines": [{ "id": "roof", "amount": "5000" }],
        "channels": [{ "kind": "public_revenue", "amount": "900" }],
        "households": [{ "id": "1", "area": "60" }] }"#;
    let found = found(plan);
    let missing = found.iter().find(|one| one.check == Check::FactsMissing).expect("asked");
    let json = serde_json::to_string(&missing).expect("JSON");
    assert!(json.contains("compound.owners_assembly"), "{json}");
}

/// A plan whose only account holds so much of 10,000, of which its works of so much draw.
fn drawn(policy: &str, balance: &str, works: &str, check: Check) -> bool {
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "{policy}", "lines": [{{ "id": "roof", "amount": "{works}" }}],
            "channels": [{{ "kind": "maintenance_fund" }}],
            "households": [{{ "id": "1", "area": "60", "fund_balance": "{balance}", "fund_first": "10000" }}] }}"#
    );
    is_found(&plan, check)
}

#[test]
fn a_fund_below_thirty_percent_is_closed_in_lishui() {
    assert!(drawn("lishui", "2999.99", "100", Check::FundClosed));
    assert!(!drawn("lishui", "3000", "100", Check::FundClosed));
    assert!(!drawn("lishui", "2999.99", "0", Check::FundClosed));
    assert!(!drawn("huzhou-property", "2999.99", "100", Check::FundClosed));
}

#[test]
fn a_reserve_of_five_percent_stays_in_the_fund() {
    for policy in ["zhoushan", "wenzhou-property", "wenzhou-2020", "shaoxing"] {
        assert!(drawn(policy, "2000", "1500.01", Check::Reserve), "{policy}");
        assert!(!drawn(policy, "2000", "1500", Check::Reserve), "{policy}");
    }
    assert!(!drawn("ningbo", "2000", "2000", Check::Reserve), "a reserve without a figure");
}

#[test]
fn earning_revenue_costs_at_most_thirty_percent_in_shaoxing() {
    let is_over = |cost: &str| {
        let plan = format!(
            r#"{{ "fentan": 1, "policy": "shaoxing",
                "compound": {{ "public_revenue": {{ "gross": "1000", "cost": "{cost}" }} }},
                "lines": [{{ "id": "roof", "amount": "50" }}], "households": [{{ "id": "1", "area": "60" }}] }}"#
        );
        is_found(&plan, Check::ManagementCost)
    };
    assert!(is_over("300.01"));
    assert!(!is_over("300"));
}

/// What is found of a vote on a lift by 12 homes of one size: so many yes, so many no.
fn lift_vote(policy: &str, yes: usize, no: usize) -> Vec<Finding> {
    let households = (0..12).map(|index| {
        let vote = match index {
            _ if index < yes => r#", "vote": "yes""#,
            _ if index < yes + no => r#", "vote": "no""#,
            _ => "",
        };
        format!(r#"{{ "id": "{index}", "area": "60"{vote} }}"#)
    });
    let households: Vec<String> = households.collect();
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "{policy}",
            "lines": [{{ "id": "lift", "amount": "1200", "subject": "lift" }}],
            "households": [{}] }}"#,
        households.join(", ")
    );
    let found = found(&plan);
    found.into_iter().filter(|one| one.check == Check::OldThreshold).collect()
}

#[test]
fn an_older_majority_is_shown_where_it_decides_otherwise_than_the_code() {
    for policy in ["henan", "jinan-lift", "zhoushan"] {
        // Eight of twelve are two thirds of all, and three quarters of no more than ten.
        assert!(lift_vote(policy, 8, 0).is_empty(), "{policy}: both are met");
        assert!(lift_vote(policy, 7, 5).is_empty(), "{policy}: neither is");
        assert_eq!(lift_vote(policy, 8, 4).len(), 1, "{policy}: the older one alone");
        assert_eq!(lift_vote(policy, 7, 1).len(), 1, "{policy}: the Code alone");
        // Before anybody has voted, a rule of lifts is shown, and a general one is not.
        let count = usize::from(policy != "zhoushan");
        assert_eq!(lift_vote(policy, 0, 0).len(), count, "{policy}: nobody has voted");
    }
    assert!(lift_vote("china", 8, 4).is_empty());
    let henan = &lift_vote("puyang-2020", 8, 4)[0];
    assert_eq!(henan.clauses, ["henan/59"]);
    assert_eq!(henan.path, "lines[0]");
}

/// A lift of so many storeys whose source pays what the pack has.
fn aid(policy: &str, storeys: u32, voted: &str) -> Vec<Finding> {
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "{policy}",
            "compound": {{ "voted": {{ "sources": {{ "special-bonds": "{voted}" }} }} }},
            "lines": [{{ "id": "lift", "amount": "400000", "subject": "lift", "storeys": {storeys} }},
                {{ "id": "road", "amount": "90000" }}],
            "households": [{{ "id": "1", "area": "60" }}, {{ "id": "2", "area": "40" }}] }}"#
    );
    let found = found(&plan);
    found.into_iter().filter(|one| one.check == Check::AidChanged).collect()
}

#[test]
fn other_aid_than_was_voted_on_is_voted_on_again() {
    assert!(aid("lift-renewal-2024", 8, "150000").is_empty());
    assert!(aid("lift-2026", 10, "150000").is_empty());
    let found = aid("lift-2026", 9, "150000");
    let json = serde_json::to_value(&found).expect("JSON");
    assert_eq!(json[0]["values"]["paid"], "100000.00");
    assert_eq!(
        json[0]["values"]["changes"],
        serde_json::json!([["1", "204000.00", "234000.00"], ["2", "136000.00", "156000.00"]])
    );
    // 38 storeys: from 150,000 to 200,000.
    assert_eq!(aid("lift-2026", 38, "150000").len(), 1);
    assert!(aid("lift-2026", 19, "200000").is_empty());
    assert!(aid("lift-2026", 18, "150000").is_empty());
}

#[test]
fn a_source_that_was_voted_on_is_in_the_plan() {
    let plan =
        br#"{ "fentan": 1, "compound": { "voted": { "sources": { "city": "1" } } }, "lines": [],
        "households": [] }"#;
    let document = Document::from_json(plan).expect("JSON");
    let problems = Plan::read(&document, None).expect_err("a problem");
    assert_eq!(problems.to_string(), "compound.voted.sources.city: unknown-id");
}

fn shanghai(table: [&str; 7], storeys: u32) -> bool {
    let coefficients: Vec<String> =
        (1..).zip(table).map(|(floor, part)| format!(r#""{floor}": "{part}""#)).collect();
    let households: Vec<String> = (1..8)
        .flat_map(|floor| (1..3).map(move |home| (floor, home)))
        .map(|(floor, home)| {
            format!(r#"{{ "id": "{floor}0{home}", "area": "{home}0", "floor": {floor} }}"#)
        })
        .collect();
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "shanghai-lift",
            "lines": [{{ "id": "lift", "amount": "700000", "subject": "lift", "storeys": {storeys},
                "share_by": {{ "table": "lift", "within": "area" }} }}],
            "tables": {{ "lift": {{ {} }} }}, "households": [{}] }}"#,
        coefficients.join(", "),
        households.join(", ")
    );
    is_found(&plan, Check::Interval)
}

#[test]
fn what_each_floor_pays_of_a_lift_is_within_shanghais_interval() {
    assert!(!shanghai(["0%", "5%", "9%", "14%", "19%", "24%", "29%"], 7), "the middle");
    assert!(!shanghai(["0%", "4%", "10%", "13%", "20%", "23%", "30%"], 7), "the ends belong to it");
    assert!(shanghai(["0%", "3.999999%", "10%", "13%", "20%", "23.000001%", "30%"], 7));
    assert!(shanghai(["0%", "4%", "10%", "13%", "19.999999%", "23%", "30.000001%"], 7));
    assert!(
        shanghai(["1%", "4%", "9%", "14%", "19%", "24%", "29%"], 7),
        "the first floor pays nothing"
    );
    // Plain coefficients are parts of their sum.
    assert!(!shanghai(["0", "0.5", "0.9", "1.4", "1.9", "2.4", "2.9"], 7));
    // Of other storeys the interval was not found whole.
    assert!(!shanghai(["0%", "0%", "0%", "0%", "0%", "50%", "50%"], 6));
}

#[test]
fn what_was_in_force_then_holds() {
    let plan = |policy: &str, days: &str| {
        found(&format!(
            r#"{{ "fentan": 1, "policy": "{policy}", "compound": {{ {days} "voted": {{ "budget": "1000" }} }},
                "lines": [{{ "id": "roof", "amount": "1200" }}], "households": [{{ "id": "1", "area": "60" }}] }}"#
        ))
    };
    let has = |found: &[Finding], check| found.iter().any(|one| one.check == check);
    let before = plan("hangzhou-property", r#""works_on": "2022-02-28","#);
    assert!(has(&before, Check::NotInForce) && !has(&before, Check::TrueUp));
    let after = plan("hangzhou-property", r#""works_on": "2022-03-01","#);
    assert!(!has(&after, Check::NotInForce) && has(&after, Check::TrueUp));
    let within = plan("hangzhou-property", r#""works_on": "2022","#);
    assert!(!has(&within, Check::NotInForce) && has(&within, Check::TrueUp));
    assert!(has(&plan("nanyang-gas-2023", r#""works_on": "2023-12-01","#), Check::NotInForce));
    assert!(!has(&plan("nanyang-gas-2023", r#""works_on": "2023-11-30","#), Check::NotInForce));
    // The day of the vote stands in where that of the works is not known.
    assert!(has(&plan("hangzhou-property", r#""vote_on": "2021-12","#), Check::NotInForce));
    assert!(!has(&plan("hangzhou-property", ""), Check::NotInForce));
}

#[test]
fn a_plan_of_another_city_is_offered_the_right_pack() {
    let plan = |policy: &str, place: &str| {
        let plan = format!(
            r#"{{ "fentan": 1, {policy} "compound": {{ "place": "{place}" }}, "lines": [],
                "households": [{{ "id": "1", "area": "60" }}] }}"#
        );
        let found = found(&plan).into_iter().find(|one| one.check == Check::OtherPlace)?;
        let packs = serde_json::to_value(&found).expect("JSON")["values"]["packs"].clone();
        Some(packs)
    };
    let lishui = r#""policy": "lishui","#;
    assert_eq!(plan(lishui, "浙江省舟山市定海区"), Some(serde_json::json!(["zhoushan"])));
    assert_eq!(plan(lishui, "浙江省丽水市"), None);
    assert_eq!(plan(r#""policy": "zhejiang","#, "浙江省丽水市"), None, "a wider place holds too");
    assert_eq!(plan("", "舟山"), Some(serde_json::json!(["zhoushan"])));
    assert_eq!(plan("", "某省某市"), None);
    assert_eq!(plan(lishui, "某省某市"), Some(serde_json::json!([])));
}

#[test]
fn pipelines_are_cited_by_the_clauses_of_their_own() {
    let clauses = |policy: &str, pipeline: &str| {
        let plan = format!(
            r#"{{ "fentan": 1, "policy": "{policy}",
                "lines": [{{ "id": "pipe", "amount": "100", "pipeline": "{pipeline}" }}],
                "households": [{{ "id": "1", "area": "60" }}] }}"#
        );
        let found = found(&plan);
        let mut found = found.into_iter().filter(|one| one.check == Check::PipelineBoundary);
        found.next().map(|one| one.clauses)
    };
    let some = |clauses: &[&str]| Some(clauses.iter().map(|&one| one.to_owned()).collect());
    assert_eq!(clauses("china", "gas"), some(&["china/gas-19"]));
    assert_eq!(clauses("china", "water"), None);
    assert_eq!(clauses("lishui", "gas"), some(&["zhejiang/39", "china/gas-19"]));
    let qingdao = some(&[
        "qingdao-property/80",
        "qingdao-property/heat-40",
        "shandong/77",
        "shandong/77-else",
    ]);
    assert_eq!(clauses("qingdao-property", "heating"), qingdao);
    assert_eq!(clauses("shandong", "drainage"), None);
    assert_eq!(
        clauses("anyang-water", "water"),
        some(&["anyang-water/25", "henan/13", "henan/14"])
    );
}

/// What Wenzhou's aid comes to at a ratio of 50% for 10,000 m², where the city gives so much and
/// the residents' part of basic works of four million is so many yuan.
fn wenzhou(residents: u32, city: &str) -> Option<serde_json::Value> {
    let others = 4_000_000 - residents;
    let plan = format!(
        r#"{{ "fentan": 1, "policy": "wenzhou-2020", "compound": {{ "aid_ratio": "50%" }},
            "lines": [{{ "id": "pipes", "amount": "4000000", "tier": "basic" }},
                {{ "id": "lift", "amount": "500000", "tier": "improved", "subject": "lift" }}],
            "sources": [{{ "id": "city", "kind": "city", "covers": {{ "lines": ["pipes"] }}, "amount": "{city}" }},
                {{ "id": "rest", "kind": "county", "covers": {{ "lines": ["pipes"] }}, "amount": "{}" }}],
            "residents_at_least": {{ "basic": "0" }},
            "households": [{{ "id": "1", "area": "10000" }}] }}"#,
        others - city.parse::<u32>().expect("yuan"),
    );
    let found = found(&plan).into_iter().find(|one| one.check == Check::AidByEffort);
    found.map(|one| serde_json::to_value(&one.values[4].1).expect("JSON"))
}

#[test]
fn wenzhous_aid_moves_with_what_the_residents_pay() {
    // 10% is the least: 12.3% is three points more, since a part counts as one; 7.7% three less.
    assert_eq!(wenzhou(492_000, "1").expect("found"), "1590000.00");
    assert_eq!(wenzhou(492_000, "1590000"), None);
    assert_eq!(wenzhou(308_000, "1").expect("found"), "1320000.00");
    assert_eq!(wenzhou(308_000, "1320000"), None);
    assert_eq!(wenzhou(400_000, "1").expect("found"), "1500000.00", "the least itself");
    assert_eq!(wenzhou(840_000, "1").expect("found"), "1800000.00", "ten points at most");
}
