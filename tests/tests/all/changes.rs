//! Changes of a document: each can be taken back, whatever came before it.
use fentan_core::{Change, Document};
use proptest::prelude::*;

const PLAN: &[u8] = br#"{
    "fentan": 1,
    "name": "x",
    "lines": [
        { "id": "gate", "amount": 100, "scope": { "buildings": ["1", "2"] } },
        { "id": "windows", "kind": "individual", "charges": { "3.1.101": "5.00", "a\"[b": "1" } }
    ],
    "relief": { "rates": { "dibao": "1" }, "pot": { "id": "pot", "amount": "2" } },
    "minimum": { "per_household": "500" }
}"#;

const PATHS: &[&str] = &[
    "name",
    "fentan",
    "lines",
    "lines[0]",
    "lines[1]",
    "lines[7]",
    "lines[0].amount",
    "lines[0].scope.buildings",
    "lines[0].scope.buildings[0]",
    "lines[0].scope.units[0]",
    "lines[1].charges.\"3.1.101\"",
    "lines[1].charges.\"a\"\"[b\"",
    "lines[1].charges.3-1-102",
    "relief.pot.amount",
    "relief.rates.dibao",
    "relief.rates.\"low.income\"",
    "minimum.per_household",
    "minimum.per_area",
    "maintenance.first_per_area",
    "name.of.a.text",
    "",
    "[",
    "\"",
];

const VALUES: &[&str] = &["{}", "[]", "null", "1", r#""a""#, r#"{"id":"x","amount":"1.50"}"#, "{"];

fn any_change() -> impl Strategy<Value = Change> {
    let path = || prop::sample::select(PATHS).prop_map(str::to_owned);
    let json = || prop::sample::select(VALUES).prop_map(str::to_owned);
    prop_oneof![
        (path(), "[0-9a-z.]{0,4}").prop_map(|(path, text)| Change::Write { path, text }),
        (path(), json(), prop::option::of(0usize..4)).prop_map(|(path, json, at)| Change::Put {
            path,
            json,
            at
        }),
        (path(), json()).prop_map(|(path, json)| Change::Insert { path, json }),
        path().prop_map(|path| Change::Remove { path }),
        path().prop_map(|path| Change::Clear { path }),
        (path(), 0usize..4).prop_map(|(path, to)| Change::Move { path, to }),
    ]
}

proptest! {
    #[test]
    fn every_change_can_be_taken_back(changes in prop::collection::vec(any_change(), 1..20)) {
        let mut document = Document::from_json(PLAN).expect("JSON").into_owned();
        let mut history = Vec::new();
        for change in &changes {
            let before = document.clone();
            match document.change(change) {
                Some(back) => history.push((before, back)),
                None => prop_assert_eq!(&document, &before, "{:?} changed what it refused", change),
            }
        }
        while let Some((before, back)) = history.pop() {
            let forth = document.change(&back).expect("a way back leads somewhere");
            prop_assert_eq!(&document, &before);
            let mut again = before;
            prop_assert!(again.change(&forth).is_some());
        }
    }
}

fn changed(change: Change) -> String {
    let mut document = Document::from_json(PLAN).expect("JSON").into_owned();
    assert!(document.change(&change).is_some(), "{change:?} leads nowhere");
    serde_json::to_string(&document).expect("JSON")
}

#[test]
fn a_quoted_name_is_one_field() {
    let path = "lines[1].charges.\"3.1.101\"".to_owned();
    let json = changed(Change::Write { path, text: "7".to_owned() });
    assert!(json.contains(r#""charges":{"3.1.101":"7","a\"[b":"1"}"#), "{json}");
}

#[test]
fn a_table_left_empty_goes_too() {
    let json = changed(Change::Clear { path: "minimum.per_household".to_owned() });
    assert!(!json.contains("minimum"), "{json}");
}

#[test]
fn an_element_left_empty_stays_in_its_list() {
    let mut document =
        Document::from_json(br#"{"sources":[{"id":"a"}]}"#).expect("JSON").into_owned();
    assert!(document.change(&Change::Clear { path: "sources[0].id".to_owned() }).is_some());
    assert_eq!(serde_json::to_string(&document).expect("JSON"), r#"{"sources":[{}]}"#);
}
