//! The policy pack that a plan brings with it: it fills in, checks and cites like those of the engine, is told for what it
//! is, and is refused with its place where it is wrong.

use fentan_core::policy::Check;
use fentan_core::{Cause, Document, Packs, Plan, Problems, findings, split};
use fentan_words::{Language, place, provision};
use serde_json::{Value, json};

fn pack() -> Value {
    json!({
        "fentan_policy": 1, "id": "our-city", "within": "henan",
        "name": { "zh": "本市维修资金管理办法" }, "place": { "zh": "河南省本市" },
        "documents": [{ "title": "本市维修资金管理办法", "published": "市政府网站", "verified": "text",
            "clauses": [{ "id": "18", "article": "第十八条" }, { "id": "21", "article": "第二十一条" }] }],
        "defaults": { "residents_at_least": { "basic": "10%" } },
        "grounds": { "residents_at_least": ["our-city/21"] },
        "checks": [{ "id": "management-cost", "severity": "error", "rate": "30%", "clauses": ["our-city/18"] }],
        "departments": [{ "name": { "zh": "市物业服务中心" }, "clauses": ["our-city/18"] }]
    })
}

fn plan() -> Value {
    json!({
        "fentan": 1, "policy": "our-city", "own_policy": pack(),
        "compound": { "public_revenue": { "gross": "100000", "cost": "40000" } },
        "lines": [{ "id": "gas", "amount": "900", "tier": "basic", "pipeline": "gas" }],
        "sources": [{ "id": "county", "rate": "100%" }],
        "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "40" }]
    })
}

fn read(plan: &Value) -> Result<Plan, Problems> {
    Plan::read(&Document::from_json(plan.to_string().as_bytes())?, None)
}

#[track_caller]
fn refused(plan: &Value) -> Vec<(String, &'static str)> {
    let problems = read(plan).expect_err("problems");
    problems.iter().map(|one| (one.path.clone(), one.code().as_str())).collect()
}

#[test]
fn it_fills_in_checks_and_cites_like_one_of_the_engine() {
    let plan = read(&plan()).expect("a plan");
    let split = split(&plan).expect("a split");
    let least = plan.filled_at("residents_at_least.basic").expect("it is filled in");
    assert_eq!(
        (least.path.as_str(), least.pack.as_str()),
        ("residents_at_least.basic", "our-city")
    );
    assert_eq!(split.residents.to_string(), "90.00");

    // Whoever asks need not know of it.
    let found = findings(&plan, &split, &Packs::default());
    let cost = found.iter().find(|one| one.check == Check::ManagementCost).expect("it is found");
    assert_eq!(cost.clauses, ["our-city/18"]);
    // Those of the wider place hold, too.
    assert!(
        found.iter().any(|one| one.clauses.iter().any(|id| id.starts_with("henan/"))),
        "{found:?}"
    );

    let packs = Packs::default().with_own(plan.own_policy());
    let [department] = packs.departments(&plan, &plan.lines()[0])[..] else {
        panic!("one department")
    };
    assert_eq!(department.name.chinese, "市物业服务中心");
    let clause = packs.clause("our-city/18").expect("the clause");
    assert_eq!(
        provision(Language::Chinese, clause),
        "《本市维修资金管理办法》第十八条（自带政策包，没有核实）"
    );
    let of_engine = packs.clause("henan/68").expect("a clause");
    assert!(!provision(Language::Chinese, of_engine).contains("自带"));
}

#[test]
fn it_holds_where_the_plan_chooses_it() {
    let mut other = plan();
    other["policy"] = json!("henan");
    let plan = read(&other).expect("a plan");
    assert!(plan.filled_at("residents_at_least.basic").is_none());
    let split = split(&plan).expect("a split");
    let found = findings(&plan, &split, &Packs::default());
    assert!(found.iter().all(|one| one.check != Check::ManagementCost), "{found:?}");
}

#[test]
fn a_plan_that_names_one_that_is_not_there_is_refused() {
    let mut without = plan();
    without.as_object_mut().expect("a plan").remove("own_policy");
    assert_eq!(refused(&without), [("policy".to_owned(), "unknown-id")]);
    let mut other = plan();
    other["policy"] = json!("your-city");
    let problems = read(&other).expect_err("problems");
    let one = problems.iter().next().expect("a problem");
    let Cause::UnknownId { known, .. } = &one.cause else { panic!("{:?}", one.cause) };
    // The one that it brings is among the choices.
    assert!(known.iter().any(|id| id == "our-city"), "{known:?}");
}

#[test]
fn a_wrong_one_is_refused_at_its_place_in_the_plan() {
    let mut wrong = plan();
    wrong["own_policy"]["checks"][0]["rate"] = json!("3/2");
    wrong["own_policy"]["grounds"]["residents_at_least"] = json!(["our-city/99"]);
    assert_eq!(
        refused(&wrong),
        [
            ("own_policy.checks[0].rate".to_owned(), "bad-rate"),
            ("own_policy.grounds.residents_at_least[0]".to_owned(), "unknown-id"),
        ]
    );
    let document = Document::from_json(wrong.to_string().as_bytes()).expect("JSON").into_owned();
    let said = |language| place(language, "own_policy.checks[0].rate", &document);
    assert_eq!(said(Language::Chinese), "自带的政策包的第1项核对“公共收益的经营支出”的比例");
    assert_eq!(
        said(Language::English),
        "rate of check 1 “The cost of earning public revenue” of the plan's own policy pack"
    );

    // One within itself is no chain without an end, not even for whoever looks at it unread.
    wrong["own_policy"] = pack();
    wrong["own_policy"]["within"] = json!("our-city");
    assert_eq!(refused(&wrong), [("own_policy.within".to_owned(), "unknown-id")]);
    let document = Document::from_json(wrong.to_string().as_bytes()).expect("JSON").into_owned();
    let packs = Packs::default().with_own(document.value("own_policy"));
    assert_eq!(packs.own().and_then(|own| own.within()), None);

    wrong["own_policy"] = json!("our-city");
    assert_eq!(refused(&wrong)[0], ("own_policy".to_owned(), "bad-type"));
    // Under the id of another nobody would know which one holds.
    wrong["own_policy"] = pack();
    wrong["own_policy"]["id"] = json!("henan");
    assert!(refused(&wrong).contains(&("own_policy.id".to_owned(), "duplicate-id")));
}
