//! What law and policy say of a plan.

use fentan_core::Document;

use super::*;
use crate::parts::testing::Drawn;

fn plan(rest: &str) -> String {
    let lines = r#""lines": [{ "id": "gas", "amount": "900", "pipeline": "gas", "tier": "basic" },
        { "id": "lift", "amount": "100", "subject": "lift" }]"#;
    format!(r#"{{ "fentan": 1, {lines}, {rest} }}"#)
}

const HOMES: &str = r#""households": [
    { "id": "1", "area": "60", "floor": 1, "vote": "yes" }, { "id": "2", "area": "40", "floor": 2 }]"#;

#[track_caller]
fn law(plan: &str, question: &str) -> Law {
    let document = Document::from_json(plan.as_bytes()).expect("JSON").into_owned();
    super::law(&Session::open(Language::English, document), question.to_owned().into())
}

/// What a packed part of the law holds.
#[track_caller]
fn opened<T: serde::Serialize + serde::de::DeserializeOwned>(packed: Option<Packed<T>>) -> T {
    packed.and_then(|packed| packed.open()).expect("it is there")
}

#[test]
fn a_value_that_was_filled_in_stands_at_its_field() {
    let wenzhou = law(&plan(&format!(r#""policy": "wenzhou-2020", {HOMES}"#)), "");
    let basic = wenzhou.fills.iter().find(|fill| fill.path == "residents_at_least.basic");
    let basic = basic.expect("it is filled in");
    assert_eq!(basic.value, "10%");
    assert!(basic.words.contains("Wenzhou"), "{}", basic.words);

    // What is more than a field stands with the part, in words.
    let guangzhou = law(&plan(&format!(r#""policy": "guangzhou-lift", {HOMES}"#)), "");
    let at = |path: &str| guangzhou.fills.iter().find(|fill| fill.path == path);
    let table = at("tables").expect("the table");
    assert!(table.value.is_empty() && table.words.contains("lift: 1 0, 2 0.5"), "{}", table.words);
    let sharing = at("lines[1].share_by").expect("how the lift is shared");
    assert!(sharing.words.contains("within a floor by area"), "{}", sharing.words);
}

#[test]
fn what_was_found_names_its_clause_and_leads_to_the_field() {
    let compound = r#""compound": { "year_built": 2004 }"#;
    let found = law(&plan(&format!(r#""policy": "puyang-2020", {compound}, {HOMES}"#)), "");
    let review = opened(found.review);
    let paths = |path: &str| {
        review.groups.iter().flat_map(|group| &group.found).any(|one| one.path == path)
    };
    assert!(paths("compound.year_built"));
    // The company is asked for the gas, and its department is told.
    assert!(paths("lines[0]"));
    let drawn = Drawn::of(&drawn(&review));
    for part in ["not before 2000", "二(一)", "建成于2000年以前", "Who answers for what"] {
        assert!(drawn.says(part), "{part}: {:?}", drawn.texts);
    }
    assert!(drawn.texts.iter().any(|text| text == "Go to the field"));
}

fn drawn(review: &review::Review) -> yew::Html {
    let nothing = yew::Callback::noop();
    review::draw(Language::English, review, &nothing, &yew::Callback::noop(), &[])
}

#[test]
fn what_can_be_mended_says_how_and_is_one_step() {
    let homes = r#""households": [{ "id": "1", "area": "60", "building": "1" },
        { "id": "2", "area": "40", "building": "2" }, { "id": "3", "area": "40", "building": "2" }]"#;
    let plan = format!(
        r#"{{ "fentan": 1, {homes},
            "lines": [{{ "id": "roof", "name": "2号楼屋面防水", "amount": "420" }}] }}"#
    );
    let document = Document::from_json(plan.as_bytes()).expect("JSON").into_owned();
    let mut session = Session::open(Language::English, document);
    let review = opened(super::law(&session, String::new().into()).review);
    let mut found = review.groups.iter().flat_map(|group| &group.found);
    let found = found.find(|one| !one.mend.is_empty()).expect("a finding that can be mended");
    assert_eq!(found.mended, ["2号楼屋面防水: who benefits becomes building 2"]);
    let shown = Drawn::of(&drawn(&review));
    // It rests on no clause, and says none.
    assert!(shown.says("Mend it") && !shown.says("(none)"), "{:?}", shown.texts);

    let before = session.json();
    session.take(crate::message::Request::Make(found.mend.clone()));
    let review = opened(super::law(&session, String::new().into()).review);
    let all = review.groups.iter().flat_map(|group| &group.found);
    assert!(all.clone().all(|one| one.mend.is_empty()), "{:?}", all.collect::<Vec<_>>());
    session.take(crate::message::Request::Undo);
    assert_eq!(session.json(), before);
}

#[test]
fn what_a_pack_holds_needs_no_plan() {
    for (pack, part) in [("", "民法典"), ("wenzhou-2020", "10%")] {
        let drawn = Drawn::of(&policy::contents(Language::English, pack, None));
        assert!(drawn.says(part), "{part}: {:?}", drawn.texts);
    }
}

#[test]
fn of_a_wrong_plan_nothing_is_said() {
    assert_eq!(law(&plan(r#""households": [{}]"#), ""), Law::default());
}

#[test]
fn of_a_plan_that_can_be_read_but_not_split_the_vote_is_counted() {
    let weightless = r#""households": [{ "id": "1", "area": "60", "weights": { "key": "0" } }],
        "lines": [{ "id": "key", "amount": "1", "share_by": { "column": "key" } }]"#;
    let law = law(&format!(r#"{{ "fentan": 1, "policy": "wenzhou-2020", {weightless} }}"#), "");
    assert!(law.review.is_none() && law.vote.is_some() && !law.fills.is_empty());
}

#[test]
fn the_vote_is_the_one_that_is_asked_for() {
    let plan = plan(HOMES);
    let first = opened(law(&plan, "").vote);
    assert_eq!(String::from(first.asked), "use_fund civil_code ");
    let figures = first.bars[0].counts.each_ref().map(|count| count.figures.as_str());
    assert_eq!(figures, ["60 of 100 m²", "1 of 2"]);
    let objection = opened(law(&plan, "use_fund objection ").vote);
    assert!(objection.verdict.contains("Not decided yet"), "{}", objection.verdict);
    // A method that is not made for the matter is not counted by.
    let raising = opened(law(&plan, "raise_fund objection ").vote);
    assert_eq!(String::from(raising.asked), "raise_fund civil_code ");
}
