//! Why shares differ between two plans: to be read.

use std::fs;

use crate::fentan;

const OLD: &str = r#"{ "fentan": 1,
    "lines": [
        { "id": "water", "name": "供水管网", "amount": "60000.00" },
        { "id": "lift", "name": "加装电梯", "amount": "90000.00", "share_by": "household" } ],
    "sources": [{ "id": "county", "name": "县财政", "amount": "60000.00" }],
    "households": [
        { "id": "101", "area": "62.35", "provident": "5000" }, { "id": "102", "area": "88.10" },
        { "id": "201", "area": "62.35" } ] }"#;

const NEW: &str = r#"{ "fentan": 1,
    "lines": [
        { "id": "water", "name": "供水管网", "amount": "72000.00" },
        { "id": "lift", "name": "加装电梯", "amount": "90000.00", "share_by": "household" } ],
    "sources": [{ "id": "county", "name": "县财政", "amount": "66000.00" }],
    "channels": [{ "kind": "provident_fund" }],
    "households": [
        { "id": "101", "area": "62.35", "provident": "5000" }, { "id": "102", "area": "88.10" },
        { "id": "202", "area": "62.35" } ] }"#;

#[test]
fn why_shares_differ_between_two_plans() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [("old.json", OLD), ("new.json", NEW)].map(|(name, plan)| {
        let path = folder.path().join(name);
        fs::write(&path, plan).expect("a plan");
        path.to_str().expect("UTF-8").to_owned()
    });
    let [old, new] = &files;
    let answered = |further: &[&str]| {
        let answer = fentan(&[&["changes", old, new][..], further].concat());
        assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{further:?}");
        answer.output
    };
    let zh = answered(&[]);
    let homes = ["--home", "101", "--home", "202"];
    let told = [answered(&homes), answered(&[&homes[..], &["--lang", "en"]].concat())].concat();
    let csv = answered(&["--format", "csv"]);
    let json = answered(&["--format", "json", "--home", "101"]);
    let same = fentan(&["changes", old, old]).output;
    insta::assert_snapshot!("changes", [zh, told, csv, json, same].join("\n"));

    let unknown = fentan(&["changes", old, new, "--home", "999"]);
    assert_eq!((unknown.status, unknown.output.as_str()), (1, ""));
    assert!(unknown.errors.contains("都没有户号“999”"), "{}", unknown.errors);
    fs::write(new, NEW.replace("66000.00", "-1")).expect("a plan");
    assert_eq!(fentan(&["changes", old, new]).status, 2);
}
