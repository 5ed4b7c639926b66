//! A fund centre's sheet beside the plan.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{fentan, root};

const PUYANG: &str = "examples/puyang/plan.toml";

/// The example with another rule of the odd fen, in a folder.
fn puyang_by(folder: &Path, rule: &str) -> String {
    let example = root().join("examples/puyang");
    let plan = fs::read_to_string(example.join("plan.toml")).expect("the plan");
    let plan = plan.replacen("fentan = 1", &format!("fentan = 1\nodd_fen = \"{rule}\""), 1);
    let path = folder.join("plan.toml");
    fs::write(&path, plan).expect("a plan");
    fs::copy(example.join("households.csv"), folder.join("households.csv")).expect("the roster");
    path.to_str().expect("UTF-8").to_owned()
}

/// The sheet of a plan in the columns of a fund centre, some of its rows altered.
fn sheet(plan: &str, alter: impl Fn(usize, &mut [String; 6])) -> String {
    let answer = fentan(&["split", plan, "--format", "json"]);
    let split = answer.json();
    let roster = fs::read_to_string(root().join("examples/puyang/households.csv")).expect("CSV");
    let mut reader = csv::Reader::from_reader(roster.as_bytes());
    let heading = reader.headers().expect("a heading").clone();
    let column =
        |name: &str| heading.iter().position(|one| one.trim_start_matches('\u{feff}') == name);
    let (building, unit, area) = (column("building"), column("unit"), column("area"));
    let mut text =
        String::from("支取业务编号：2026-118\n房屋编号,楼宇名称,单元,房号,面积,分摊金额\n");
    for (index, record) in reader.records().enumerate() {
        let record = record.expect("a row");
        let cell = |at: Option<usize>| record[at.expect("the column")].to_owned();
        let household = &split["households"][index];
        let fen = |name: &str| -> i64 {
            household[name].as_str().expect("money").replace('.', "").parse().expect("fen")
        };
        let share = fen("due") - fen("individual");
        let id = household["id"].as_str().expect("an id");
        let mut row = [
            format!("00{index:04}"),
            format!("{}号楼", cell(building)),
            cell(unit),
            id.rsplit('-').next().expect("a flat").to_owned(),
            cell(area),
            format!("{}.{:02}", share / 100, share % 100),
        ];
        alter(index, &mut row);
        if row[5] != "-" {
            let _ = writeln!(text, "{}", row.join(","));
        }
    }
    text
}

fn states(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let rows = answer["rows"].as_array().expect("rows").iter();
    rows.map(|row| (text(&row["id"]), text(&row["state"]))).collect()
}

/// The rows of a sheet in a file, compared: the program's status, and its answer as JSON.
fn compared(folder: &Path, text: &str, further: &[&str]) -> (i32, Value) {
    let path = folder.join("清册.csv");
    fs::write(&path, text).expect("a sheet");
    let path = path.to_str().expect("UTF-8");
    let answer = fentan(&[&["reconcile", PUYANG, path, "--format", "json"], further].concat());
    assert_eq!(answer.errors, "");
    (answer.status, answer.json())
}

fn named(json: &Value) -> Vec<(String, String)> {
    let rows = states(json).into_iter();
    rows.filter(|(_, state)| !["equal", "odd-fen"].contains(&state.as_str())).collect()
}

fn pair((id, state): (&str, &str)) -> (String, String) {
    (id.to_owned(), state.to_owned())
}

#[test]
fn of_a_sheet_by_another_rule_exactly_the_altered_rows_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = puyang_by(folder.path(), "first");
    let (status, json) = compared(folder.path(), &sheet(&first, |_, _| {}), &[]);
    assert_eq!((status, named(&json)), (2, Vec::new()));
    assert_eq!(
        (&json["odd_fen"]["nearest"], &json["odd_fen"]["all_equal"]),
        (&"first".into(), &true.into())
    );

    let altered = sheet(&first, |index, row| match index {
        3 => row[5] = "4899.01".to_owned(),
        40 => row[4] = "61.01".to_owned(),
        200 => row[5] = "1.00".to_owned(),
        _ => {}
    });
    let (status, json) = compared(folder.path(), &altered, &[]);
    let ids: Vec<String> = states(&json).into_iter().map(|(id, _)| id).collect();
    assert_eq!(status, 2);
    let expected = [(3, "wrong"), (40, "area"), (200, "wrong")];
    let expected: Vec<_> =
        expected.iter().map(|&(index, state)| pair((&ids[index], state))).collect();
    assert_eq!(named(&json), expected);
    assert_eq!(json["odd_fen"]["nearest"], "first");
    assert_eq!(json["odd_fen"]["all_equal"], false);
}

#[test]
fn a_row_that_one_of_the_two_has_not_is_another_scope() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = sheet(PUYANG, |index, row| {
        if index == 7 {
            row[5] = "-".to_owned();
        }
    });
    let text = text + "009999,9号楼,1,101,60,12.00\n";
    let (status, json) = compared(folder.path(), &text, &[]);
    let id = states(&json)[7].0.clone();
    let expected = [pair((&id, "ours-only")), pair(("009999", "theirs-only"))];
    assert_eq!((status, named(&json)), (2, expected.to_vec()));
}

#[test]
fn the_programs_own_sheet_is_equal() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("UTF-8");
    let answer = fentan(&["export", PUYANG, "--paper", "fund-sheet", "--out", out]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let path = folder.path().join("fund-sheet.xlsx");
    let answer = fentan(&["reconcile", PUYANG, path.to_str().expect("UTF-8")]);
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
    assert!(answer.output.contains("全部 264 户相同"), "{}", answer.output);
}

#[test]
fn what_differs_is_told_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = puyang_by(folder.path(), "first");
    let text = sheet(&first, |index, row| match index {
        3 => row[5] = "4899.01".to_owned(),
        5 => row[5] = "-".to_owned(),
        40 => row[4] = "61.01".to_owned(),
        _ => {}
    });
    let path = folder.path().join("清册.csv");
    fs::write(&path, text).expect("a sheet");
    let path = path.to_str().expect("UTF-8");
    for language in ["zh", "en"] {
        let answer = fentan(&["--lang", language, "reconcile", PUYANG, path]);
        assert_eq!((answer.status, answer.errors.as_str()), (2, ""));
        insta::assert_snapshot!(format!("reconcile-{language}"), answer.output);
    }
    let answer = fentan(&["reconcile", PUYANG, path, "--format", "csv"]);
    assert!(answer.output.starts_with("id,state,sheet_row,our_area,their_area,ours,theirs\n"));
    assert_eq!(answer.output.lines().count(), 265);
}

#[test]
fn what_was_not_read_is_told_and_ends_with_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("清册.csv");
    let path = path.to_str().expect("UTF-8");
    let plan = folder.path().join("plan.json");
    fs::write(
        &plan,
        r#"{ "fentan": 1, "lines": [{ "id": "roof", "amount": "100" }],
            "households": [{ "id": "101", "area": "60" }, { "id": "102", "area": "60" }] }"#,
    )
    .expect("a plan");
    let plan = plan.to_str().expect("UTF-8");
    let reconcile = |text: &str, further: &[&str]| {
        fs::write(path, text).expect("a sheet");
        fentan(&[&["reconcile", plan, path], further].concat())
    };
    let answer = reconcile("房号,面积,分摊金额\n101,60,50\n102,60,约50\n", &[]);
    assert_eq!(answer.status, 2);
    assert!(answer.errors.contains("第 3 行没有对照"), "{}", answer.errors);
    // A sum that the rows don't come to.
    let answer = reconcile("房号,面积,分摊金额\n101,60,50\n102,60,50\n合计,120,110\n", &[]);
    assert_eq!(answer.status, 2);
    assert!(answer.errors.contains("¥110.00"), "{}", answer.errors);
    let answer = reconcile("房号,面积,应交\n101,60,50\n102,60,50\n", &[]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    assert!(answer.errors.contains("fund_share"), "{}", answer.errors);
    let answer = reconcile("房号,面积,应交\n101,60,50\n102,60,50\n", &["--map", "C=fund_share"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let answer = reconcile("房号,面积,分摊金额\n101,60,50\n102,60,50\n", &["--line", "gate"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    let answer = reconcile("房号,面积,分摊金额\n101,60,50\n102,60,50\n", &["--line", "roof"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
}
