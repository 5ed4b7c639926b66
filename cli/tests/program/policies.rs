//! Policy packs, what they say of a plan, and the vote: to be read.

use std::fs;

use serde_json::json;

use crate::{fentan, fentan_with, root};

#[track_caller]
fn answered(arguments: &[&str], input: &str) -> String {
    let answer = fentan_with(arguments, input.as_bytes());
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{arguments:?}");
    answer.output
}

/// At odds with some of the rules, in both what it does and what it says.
const PLAN: &str = r#"{ "fentan": 1, "policy": "puyang-2020",
    "compound": { "year_built": 2003, "chapters": ["design", "budget", "funding"] },
    "lines": [
        { "id": "water", "name": "供水管网", "amount": "1000.00", "pipeline": "water" },
        { "id": "hydrants", "name": "消火栓", "amount": "600.00", "subject": "fire" },
        { "id": "bypass", "name": "门前大街", "amount": "900.00", "reach": "trunk" } ],
    "sources": [{ "id": "county", "name": "县财政", "kind": "county", "rate": "50%" }],
    "channels": [{ "kind": "maintenance_fund" }],
    "households": [
        { "id": "101", "area": "60", "owner": "Li", "vote": "yes", "fund_balance": "400", "fund_first": "2000" },
        { "id": "102", "area": "90", "owner": "Li", "vote": "yes", "fund_balance": "0", "fund_first": "2000" },
        { "id": "201", "area": "60", "owner": "Wang", "vote": "no" },
        { "id": "202", "area": "90", "owner": "Zhao" } ] }"#;

#[test]
fn the_packs_are_listed_and_shown() {
    insta::assert_snapshot!("policy-list", answered(&["policy", "list"], ""));
    for id in ["guangzhou-lift", "henan"] {
        insta::assert_snapshot!(format!("policy-show-{id}"), answered(&["policy", "show", id], ""));
    }
    let shown = answered(&["policy", "show", "puyang-2020", "--lang", "en"], "");
    insta::assert_snapshot!("policy-show-puyang-2020-en", shown);
    let answer = fentan(&["policy", "show", "atlantis", "--lang", "en"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    assert!(answer.errors.contains("atlantis"), "{}", answer.errors);
}

#[test]
fn packs_are_listed_by_place_and_day() {
    let listed = |place: &str, on: &str| {
        let list = answered(&["policy", "list", "--place", place, "--on", on], "");
        let ids: Vec<String> = list
            .lines()
            .filter_map(|line| line.trim_matches(['│', ' ']).split_whitespace().next())
            .filter(|id| id.is_ascii() && id.starts_with(|one: char| one.is_ascii_lowercase()))
            .map(str::to_owned)
            .collect();
        ids
    };
    let hangzhou = listed("杭州市西湖区", "2026-05-01");
    assert!(hangzhou.iter().any(|id| id == "hangzhou-property"), "{hangzhou:?}");
    assert!(hangzhou.iter().any(|id| id == "lift-2026"), "{hangzhou:?}");
    assert!(!hangzhou.iter().any(|id| id == "huzhou-property"), "{hangzhou:?}");
    assert!(!hangzhou.iter().any(|id| id == "lift-renewal-2024"), "{hangzhou:?}");
    let before = listed("杭州", "2021");
    assert!(before.iter().any(|id| id == "hangzhou-lift"), "{before:?}");
    assert!(!before.iter().any(|id| id == "hangzhou-property"), "{before:?}");
    let answer = fentan(&["policy", "list", "--on", "2026-02-30"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    assert!(answer.errors.contains("2026-02-30"), "{}", answer.errors);
}

#[test]
fn a_new_pack_is_right_as_it_is_written_and_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, language) in [("my city.toml", "en"), ("我的城市.toml", "zh")] {
        let path = folder.path().join(name);
        let path = path.to_str().expect("UTF-8");
        let made = fentan(&["policy", "new", path, "--lang", language]);
        assert_eq!(made.status, 0, "{}", made.errors);
        answered(&["policy", "check", path], "");
        let again = fentan(&["policy", "new", path]);
        assert_eq!(again.status, 1, "{}", again.errors);
    }
}

/// Questions of residents, as they are asked in public.
const QUESTIONS: [[&str; 3]; 11] = [
    ["gas_meter", "青岛", "2026-05"],
    ["gas_meter", "日照", "2026-05"],
    ["gas_pipe", "郑州", "2026-05"],
    ["roof", "北京", "2026-05"],
    ["water_pipe", "福州", "2026-05"],
    ["water_pipe", "杭州", "2026-05"],
    ["gas_indoor", "漳州", "2026-05"],
    ["lift_new", "上海", "2026-05"],
    ["heating_pipe", "濮阳", "2026-05"],
    ["gas_indoor", "南阳", "2026-05"],
    ["heating_pipe", "西安", "2026-05"],
];

#[test]
fn questions_of_residents_are_answered_with_their_clauses() {
    let answers = QUESTIONS.map(|[item, place, on]| {
        let asked = ["who-pays", item, "--place", place, "--on", on];
        let answer = answered(&asked, "");
        assert!(answer.contains("不是法律意见"), "{answer}");
        answer
    });
    insta::assert_snapshot!("who-pays", answers.join("\n"));
    let english = ["who-pays", "lift_new", "--place", "Guangzhou", "--lang", "en"];
    insta::assert_snapshot!("who-pays-en", answered(&english, ""));
    let json = answered(&["who-pays", "gas_pipe", "--place", "滨州", "--format", "json"], "");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["answers"][0]["rulings"][0]["clauses"][0], "binzhou/25");
    assert_eq!(json["answers"][0]["rulings"][0]["verified"], "text");
}

/// A unit of seven storeys, two homes a floor.
fn seven_storeys(policy: &str, storeys: u32) -> String {
    let households: Vec<String> = (1..8)
        .flat_map(|floor| [(floor, 1), (floor, 2)])
        .map(|(floor, home)| {
            format!(
                r#"{{ "id": "{floor}0{home}", "floor": {floor}, "area": "{}" }}"#,
                50 + 10 * home
            )
        })
        .collect();
    format!(
        r#"{{ "fentan": 1, "policy": "{policy}", "lines": [{{ "id": "lift", "name": "加装电梯", "amount": "700000",
            "subject": "lift", "storeys": {storeys}, "share_by": {{ "table": "lift", "within": "area" }} }}],
            "tables": {{ "lift": {{ "1": "0", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "6" }} }},
            "households": [{}] }}"#,
        households.join(", ")
    )
}

#[test]
fn lift_tables_are_listed_within_the_interval() {
    let plan = seven_storeys("shanghai-lift", 7);
    let shown = answered(&["lift", "-", "--most", "4", "--running", "6000"], &plan);
    insta::assert_snapshot!("lift", shown);
    let json = answered(&["lift", "-", "--most", "1000", "--format", "json"], &plan);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    // Six floors of three whole percents each that close to 100: the middle coefficient of (1+x+x²)⁶.
    assert_eq!(json["count"], 141);
    let tables = json["tables"].as_array().expect("tables");
    for table in tables {
        let parts = table["floors"].as_array().expect("floors").iter();
        let parts = parts.map(|floor| {
            let part = floor["part"].as_str().expect("a part").trim_end_matches('%');
            part.parse::<u32>().expect("whole percent")
        });
        assert_eq!(parts.sum::<u32>(), 100, "{table}");
        let (more, less) = (&table["more"]["amount"], &table["less"]["amount"]);
        assert_eq!(more, less, "what some pay more, others pay less");
    }
    // 40% of 700,000 is 280,000, which is the most for a lift.
    assert_eq!(json["middle"]["floors"][6]["amount"], "121800.00");
    for (policy, storeys) in [("china", 7), ("shanghai-lift", 6)] {
        let answer = fentan_with(&["lift", "-"], seven_storeys(policy, storeys).as_bytes());
        assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{}", answer.errors);
    }
}

#[test]
fn every_pack_of_the_repository_is_right_as_a_file() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("core/policies")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a pack");
        // Whoever mends one checks it under its own id, which is known already.
        answered(&["policy", "check", "-"], &text);
        let id = path.file_stem().and_then(|stem| stem.to_str()).expect("UTF-8");
        let other = text.replace(&format!("\"{id}/"), "\"copy/");
        let other = other.replace(&format!("id = \"{id}\""), "id = \"copy\"");
        answered(&["policy", "check", "-"], &other);
        count += 1;
    }
    assert!(count >= 33, "{count} packs");
    // Beside the one of that id it can't be.
    let twice = ["check", "examples/puyang/plan.toml", "--policy", "core/policies/china.toml"];
    let answer = fentan(&twice);
    assert_eq!(answer.status, 2);
    assert!(answer.errors.contains("id: duplicate-id: "), "{}", answer.errors);
}

#[test]
fn a_wrong_pack_is_refused_with_every_problem() {
    let pack = r#"
        fentan_policy = 1
        id = "here"
        name = { zh = "本地" }
        place = { zh = "本地" }
        colour = "red"
        defaults.residents_at_least = { basic = "1.5" }
        grounds.residents_at_least = ["china/civil-code-1"]
    "#;
    let answer = fentan_with(&["policy", "check", "-", "--lang", "en"], pack.as_bytes());
    assert_eq!((answer.status, answer.output.as_str()), (2, ""));
    insta::assert_snapshot!("policy-check-wrong", answer.errors);
}

#[test]
fn a_further_pack_serves_a_plan_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("here.toml");
    let pack = pack.to_str().expect("UTF-8");
    let text = r#"
        fentan_policy = 1
        id = "here"
        name = { zh = "本地" }
        place = { zh = "本地" }
        within = "china"
        defaults.residents_at_least = { basic = "25%" }
        grounds.residents_at_least = ["china/guidance-23-government"]
    "#;
    fs::write(pack, text).expect("a pack");
    let plan = r#"{ "fentan": 1, "policy": "here",
        "lines": [{ "id": "gate", "amount": "100", "tier": "basic" }],
        "sources": [{ "id": "city", "rate": "1" }], "households": [{ "id": "101", "area": "60" }] }"#;
    assert_eq!(fentan_with(&["check", "-"], plan.as_bytes()).status, 2);
    let with = ["--policy", pack, "--lang", "en"];
    let checked = answered(&[&["check", "-"][..], &with].concat(), plan);
    let explain = ["explain", "-", "--line", "gate", "--depth", "9"];
    let explained = answered(&[&explain[..], &with].concat(), plan);
    insta::assert_snapshot!("policy-further", format!("{checked}\n{explained}"));

    fs::write(pack, "fentan_policy = 1").expect("a pack");
    let answer = fentan_with(&[&["check", "-"][..], &with].concat(), plan.as_bytes());
    assert_eq!(answer.status, 2);
    assert!(answer.errors.contains("here.toml"), "{}", answer.errors);
    assert!(answer.errors.contains("place: missing-field"), "{}", answer.errors);
}

#[test]
fn a_plan_at_odds_with_its_policy_is_split_all_the_same() {
    insta::assert_snapshot!("findings-zh", answered(&["split", "-"], PLAN));
    insta::assert_snapshot!("findings-en", answered(&["check", "-", "--lang", "en"], PLAN));
    let json = answered(&["split", "-", "--format", "json", "--lang", "en"], PLAN);
    insta::assert_snapshot!("findings-json", json);
}

/// What was found and filled in is there whether or not a plan says a word of its compound, and where there
/// is nothing to say too.
#[test]
fn findings_and_what_was_filled_in_are_always_there() {
    let compound =
        r#""compound": { "year_built": 2003, "chapters": ["design", "budget", "funding"] },"#;
    let silent = PLAN.replace(compound, "");
    assert_ne!(silent, PLAN);
    let answer = fentan_with(&["split", "-", "--format", "json"], silent.as_bytes()).json();
    let members: Vec<_> =
        answer.as_object().expect("an object").keys().map(String::as_str).collect();
    let always = [
        "budget",
        "fentan",
        "filled",
        "findings",
        "households",
        "lines",
        "pool_left",
        "residents",
        "sources",
    ];
    assert_eq!(members, always);
    assert!(answer["findings"].as_array().is_some_and(|found| !found.is_empty()), "{answer}");
    assert!(answer["filled"].as_array().is_some_and(|filled| !filled.is_empty()), "{answer}");
    let plain = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "90" }],
        "households": [{ "id": "1-101", "area": "60" }] }"#;
    let answer = fentan_with(&["split", "-", "--format", "json"], plain).json();
    assert_eq!((&answer["findings"], &answer["filled"]), (&json!([]), &json!([])));
}

#[test]
fn the_vote_is_counted() {
    let zh = answered(&["vote", "-"], PLAN);
    let en = answered(&["vote", "-", "--matter", "raise_fund", "--lang", "en"], PLAN);
    let objection = answered(&["vote", "-", "--method", "objection"], PLAN);
    let json = answered(&["vote", "-", "--format", "json", "--line", "water"], PLAN);
    insta::assert_snapshot!("vote", [zh, en, objection, json].join("\n"));
    for wrong in [["--method", "objection", "--matter", "rebuild"], ["--line", "x", "--lang", "en"]]
    {
        let answer = fentan_with(&[&["vote", "-"][..], &wrong].concat(), PLAN.as_bytes());
        assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{wrong:?}");
    }
}

/// A plan brings its pack with it: no option is needed, and what is cited says what it is.
#[test]
fn a_pack_that_the_plan_brings_holds_without_an_option() {
    let plan = r#"{ "fentan": 1, "policy": "ours", "compound": { "public_revenue": { "gross": "100", "cost": "40" } },
        "own_policy": { "fentan_policy": 1, "id": "ours", "name": { "zh": "本市办法" }, "place": { "zh": "本市" },
            "documents": [{ "title": "本市办法", "published": "网站", "verified": "text",
                "clauses": [{ "id": "18", "article": "第十八条" }] }],
            "checks": [{ "id": "management-cost", "severity": "error", "rate": "@rate", "clauses": ["ours/18"] }] },
        "lines": [{ "id": "roof", "amount": "900" }], "households": [{ "id": "1", "area": "60" }] }"#;
    let told = answered(&["check", "-"], &plan.replace("@rate", "30%"));
    assert!(told.contains("《本市办法》第十八条（自带政策包，没有核实）"), "{told}");
    let answer =
        fentan_with(&["check", "-", "--lang", "en"], plan.replace("@rate", "3").as_bytes());
    assert_eq!(answer.status, 2);
    assert!(answer.errors.contains("own_policy.checks[0].rate: bad-rate"), "{}", answer.errors);
}
