//! `fentan mend`: what is found is mended in the plan and its roster, and all else in them stays.

use std::fs;
use std::path::Path;

use crate::{Answer, fentan};

const PLAN: &str = "\
# 北街小区
fentan = 1

[[lines]]
id = \"gate\" # 大门
amount = \"420\"

# 屋面
[[lines]]
id = \"roof\"
name = \"2号楼屋面防水\" # 按清单
amount = \"420\"

[relief.rates]
dibao = \"0\" # 待定
";

/// A roster with a column made by hand, as Windows writes it.
const ROSTER: &str = "\u{feff}id,building,area,note,vote\r\n\
    1-101,1,60,,yes\r\n\
    1-102,1,60,低保户,\r\n\
    2-101,2,60,,no\r\n\
    2-102,2,6000,,\r\n\
    2-103,2,60,,\r\n\
    车库1,2,18,,\r\n";

fn files(plan: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.toml"), plan).expect("a plan");
    fs::write(folder.path().join("households.csv"), ROSTER).expect("a roster");
    folder
}

fn mend(folder: &Path, further: &[&str]) -> Answer {
    let plan = folder.join("plan.toml");
    let plan = plan.to_str().expect("a path in UTF-8");
    fentan(&[&["mend", plan][..], further].concat())
}

#[test]
fn what_changes_is_shown_and_nothing_is_written_unasked() {
    let folder = files(PLAN);
    let answer = mend(folder.path(), &["line-place"]);
    assert_eq!(answer.status, 2);
    assert!(answer.output.contains("  2号楼屋面防水：受益范围改为 2号楼\n"), "{}", answer.output);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!((read("plan.toml").as_str(), read("households.csv").as_str()), (PLAN, ROSTER));
    // What to write has to be named.
    assert_eq!(mend(folder.path(), &["--yes"]).status, 1);
    assert_eq!(read("plan.toml"), PLAN);
}

#[test]
fn a_plan_and_its_roster_are_mended_and_keep_the_rest() {
    let folder = files(PLAN);
    let all = ["line-place", "relief-zero", "area-outlier", "not-a-home", "--yes"];
    let answer = mend(folder.path(), &all);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    let plan = PLAN
        .replace(
            "amount = \"420\"\n\n[relief",
            "amount = \"420\"\nscope = { buildings = [\"2\"] }\n\n[relief",
        )
        .replace("dibao = \"0\"", "dibao = \"1\"");
    let uses = "\n[uses]\ngarage = { household = false, votes = false }\n";
    assert_eq!(read("plan.toml"), plan + uses);
    let roster = "\u{feff}id,building,area,note,vote,use\r\n\
        1-101,1,60,,yes,\r\n\
        1-102,1,60,低保户,,\r\n\
        2-101,2,60,,no,\r\n\
        2-102,2,60,,,\r\n\
        2-103,2,60,,,\r\n\
        车库1,2,18,,,garage\r\n";
    assert_eq!(read("households.csv"), roster);
    // Now that there is a rate, the note can be followed; and then nothing is left.
    assert_eq!(mend(folder.path(), &["hardship-noted", "--yes"]).status, 0);
    assert!(read("households.csv").contains("1-102,1,60,低保户,,,dibao"));
    let answer = mend(folder.path(), &[]);
    assert_eq!((answer.status, answer.output.as_str()), (0, "没有可以这样改正的问题\n"));
}

#[test]
fn a_plan_with_its_roster_in_it_is_mended_too() {
    let plan = r#"{ "fentan": 1, "lines": [{ "id": "stairs", "amount": "90", "share_by": "household" }],
        "households": [{ "id": "101", "area": "60" }, { "id": "102", "area": "60" }, { "id": "车库1", "area": "18" }] }"#;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.json");
    fs::write(&path, plan).expect("a plan");
    let text = path.to_str().expect("a path in UTF-8");
    let answer = fentan(&["mend", text, "not-a-home", "--yes"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let written: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).expect("a plan")).expect("JSON");
    assert_eq!(written["households"][2]["use"], "garage");
    assert_eq!(written["uses"]["garage"]["household"], false);
}
