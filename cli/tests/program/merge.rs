//! `fentan import --into`: what was read, merged into a roster or a plan that is there.

use std::fs;
use std::path::Path;

use crate::{Answer, fentan};

/// A roster with columns made by hand, as Windows writes it.
const ROSTER: &str = "\u{feff}id,area,payer,charge:windows,vote\r\n\
    101,60,county,300.00,yes\r\n\
    102,70.5,,0,no\r\n\
    201,80,,,\r\n";

const OFFICE: &str = "户号,建筑面积,楼层\n101,60.00,1\n102,71.5,1\n301,90,3\n";

const PLAN: &str = "\
# 北街小区
fentan = 1
name = \"北街\" # 名称

[[lines]]
id = \"water\" # 供水
name = \"供水管网改造\"
amount = \"600000\" # 初步估算
share_by = \"area\"

# 门禁按户收
[[lines]]
id = \"windows\"
name = \"道路硬化\"
kind = \"individual\"
charges = {}

[[lines]]
id = \"gate\"
name = \"大门\"
amount = \"100\"

[[sources]]
id = \"county\"
rate = \"50%\"
";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn merge(file: &str, into: &Path, further: &[&str]) -> Answer {
    fentan(&[&["import", file, "--into", text(into), "--lang", "en"][..], further].concat())
}

/// What is told of the merge, without the look at the file.
fn told(answer: &Answer) -> String {
    let told = answer.output.lines().skip_while(|line| !line.starts_with("into "));
    told.map(|line| line.trim_start_matches("into ").to_owned() + "\n").collect()
}

#[test]
fn a_roster_takes_what_is_new_and_keeps_what_was_made_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let [roster, office] = ["households.csv", "office.csv"].map(|name| folder.path().join(name));
    fs::write(&roster, ROSTER).expect("a roster");
    fs::write(&office, OFFICE).expect("a file");
    let answer = merge(text(&office), &roster, &[]);
    assert_eq!(answer.status, 2, "{}", answer.errors);
    assert!(answer.errors.contains("--yes"), "{}", answer.errors);
    assert_eq!(fs::read_to_string(&roster).expect("a roster"), ROSTER);
    let shown = told(&answer);
    let lines: Vec<_> = shown.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "  add 301",
            "  change 101 Floor:  → 1",
            "  change 102 Floor:  → 1",
            "  change 102 Area: 70.5 → 71.5",
            "  keep 201 (not in the file)",
        ]
    );

    let answer = merge(text(&office), &roster, &["--yes"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert_eq!(told(&answer), shown);
    let merged = "\u{feff}id,area,payer,charge:windows,vote,floor\r\n\
        101,60,county,300.00,yes,1\r\n\
        102,71.5,,0,no,1\r\n\
        201,80,,,,\r\n\
        301,90,,,,3\r\n";
    assert_eq!(fs::read_to_string(&roster).expect("a roster"), merged);
    // Once more it changes nothing, and needs no word for it.
    let answer = merge(text(&office), &roster, &[]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert_eq!(fs::read_to_string(&roster).expect("a roster"), merged);
}

#[test]
fn a_roster_that_is_none_or_has_a_household_twice_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let [roster, office] = ["households.csv", "office.csv"].map(|name| folder.path().join(name));
    fs::write(&office, OFFICE).expect("a file");
    for (wrong, why) in [
        ("id,area\n101,60\n101,70\n", "the household “101” twice"),
        ("户号,面积\n101,60\n", "is no roster"),
        ("id,area\n101,60,7\n", "is no roster"),
        ("", "is no roster"),
    ] {
        fs::write(&roster, wrong).expect("a roster");
        let answer = merge(text(&office), &roster, &["--yes"]);
        assert_eq!(answer.status, 1, "{wrong}");
        assert!(answer.errors.contains(why), "{}", answer.errors);
        assert_eq!(fs::read_to_string(&roster).expect("a roster"), wrong);
    }
}

#[test]
fn ids_that_look_like_formulas_are_the_same_with_an_apostrophe_and_without() {
    let folder = tempfile::tempdir().expect("a folder");
    let [roster, office] = ["households.csv", "office.csv"].map(|name| folder.path().join(name));
    fs::write(&roster, "id,area,note\n'-1-101,60,地下室\n").expect("a roster");
    fs::write(&office, "户号,建筑面积\n-1-101,61\n=1+1,20\n").expect("a file");
    let answer = merge(text(&office), &roster, &["--yes"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let merged = "id,area,note\n'-1-101,61,地下室\n'=1+1,20,\n";
    assert_eq!(fs::read_to_string(&roster).expect("a roster"), merged);
}

const WORKS: &str = "crates/import/tests/files/works-budget.xlsx";

#[test]
fn a_plan_takes_amounts_and_new_lines_and_keeps_comments_and_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.toml");
    for ending in ["\n", "\r\n"] {
        let written = PLAN.replace('\n', ending);
        fs::write(&plan, &written).expect("a plan");
        let answer = merge(WORKS, &plan, &["--works", "--accept"]);
        assert_eq!(answer.status, 2, "{}", answer.errors);
        assert_eq!(fs::read_to_string(&plan).expect("a plan"), written);
        let shown = told(&answer);
        let lines: Vec<_> = shown.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "  add 弱电入地 5000",
                "  add 加装电梯 501234.56",
                "  change 供水管网改造 Amount: 600000 → 680000",
                "  keep 大门 (not in the file)",
                "  keep 道路硬化 (the plan has charges of each household for it)",
            ]
        );
        assert_eq!(merge(WORKS, &plan, &["--works", "--accept", "--yes"]).status, 0);
        let merged = fs::read_to_string(&plan).expect("a plan");
        if ending == "\n" {
            insta::assert_snapshot!("merged-plan", merged);
        } else {
            assert_eq!(merged.matches('\n').count(), merged.matches("\r\n").count());
        }
        assert_eq!(merge(WORKS, &plan, &["--works", "--accept"]).status, 0);
    }
}

#[test]
fn lines_written_in_one_list_and_plans_in_json_are_merged_likewise() {
    let folder = tempfile::tempdir().expect("a folder");
    let [toml, json] = ["plan.toml", "plan.json"].map(|name| folder.path().join(name));
    fs::write(
        &toml,
        "fentan = 1\nlines = [\n  { id = \"water\", name = \"供水管网改造\", amount = 600000 }, # 水\n  { id = \"gate\", amount = \"1\" },\n]\n",
    )
    .expect("a plan");
    let written = r#"{ "name": "北街", "fentan": 1, "lines": [
        { "share_by": "area", "id": "water", "name": "供水管网改造", "amount": 600000.50 }] }"#;
    fs::write(&json, written).expect("a plan");
    for plan in [&toml, &json] {
        let answer = merge(WORKS, plan, &["--works", "--accept", "--yes"]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
    }
    let read = |path: &Path| fs::read_to_string(path).expect("a plan");
    insta::assert_snapshot!("merged-list", read(&toml));
    insta::assert_snapshot!("merged-json", read(&json));
}

#[test]
fn a_plan_without_lines_gets_them() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, empty) in [
        ("a.toml", "fentan = 1\n"),
        ("b.toml", "fentan = 1\nlines = []\n"),
        ("c.json", "{ \"fentan\": 1 }"),
        ("d.json", "{ \"fentan\": 1, \"lines\": [] }"),
    ] {
        let plan = folder.path().join(name);
        fs::write(&plan, empty).expect("a plan");
        let answer = merge(WORKS, &plan, &["--works", "--accept", "--yes"]);
        assert_eq!(answer.status, 0, "{name}: {}", answer.errors);
        fs::write(folder.path().join("households.csv"), "id,area\n101,60\n").expect("a roster");
        let answer = fentan(&["check", text(&plan), "--lang", "en"]);
        assert_eq!(answer.status, 0, "{name}: {}", answer.errors);
        assert!(answer.output.contains("4 lines"), "{}", answer.output);
    }
    let plan = folder.path().join("wrong.toml");
    fs::write(&plan, "fentan = 1\nlines = 3\n").expect("a plan");
    assert_eq!(merge(WORKS, &plan, &["--works", "--accept", "--yes"]).status, 1);
    assert_eq!(fs::read_to_string(&plan).expect("a plan"), "fentan = 1\nlines = 3\n");
}
