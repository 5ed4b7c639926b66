//! Files of offices, read into the files of a plan.

use std::fs;
use std::path::Path;

use crate::{fentan, root};

const FILES: &str = "crates/import/tests/files";

fn file(name: &str) -> String {
    format!("{FILES}/{name}")
}

#[test]
fn a_preview_shows_how_a_file_is_understood() {
    let answer = fentan(&["import", &file("merged-headings.xlsx")]);
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
    insta::assert_snapshot!("import-preview-zh", answer.output);
    let answer = fentan(&["--lang", "en", "import", &file("twice.xlsx")]);
    assert_eq!(answer.status, 2);
    insta::assert_snapshot!("import-preview-en", answer.output);
}

#[test]
fn a_roster_is_written_beside_its_plan_and_splits() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let plan = path("plan.toml");
    let text = "fentan = 1\nlines = [\n  { id = \"gate\", amount = \"300\" },\n  { id = \"windows\", kind = \"individual\", charges = {} },\n]\n";
    fs::write(&plan, text).expect("a plan");
    let import = |name: &str| fentan(&["import", &file(name), "--plan", &plan]);
    let answer = import("merged-headings.ods");
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let roster = fs::read_to_string(path("households.csv")).expect("a roster");
    insta::assert_snapshot!("import-roster", roster);
    assert_eq!(fentan(&["check", &plan]).status, 0);
    // Nothing is written over.
    let answer = import("twice.xlsx");
    assert_eq!(answer.status, 1, "{}", answer.errors);
    assert_eq!(fs::read_to_string(path("households.csv")).expect("a roster"), roster);
}

#[test]
fn what_is_probably_a_slip_is_told_of_a_roster_beside_its_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("plan.toml"), "fentan = 1\nlines = [{ id = \"gate\", amount = \"300\" }]\n")
        .expect("a plan");
    let roster = "房号,建筑面积\n1-1-101,60\n1-1-102,61\n1-1-201,7142\n1-1-202,60\n";
    fs::write(path("roster.csv"), roster).expect("a roster");
    let answer = fentan(&["import", &path("roster.csv"), "--plan", &path("plan.toml")]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert!(answer.errors.contains("area-outlier"), "{}", answer.errors);
}

#[test]
fn uses_hardships_parts_of_the_fund_and_who_joins_reach_the_roster() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let rows = "户号,面积,用途,困难类别,可用本金,可用利息,是否同意加装\n\
                101,60,住宅,低保、残疾,1200,20.5,同意\n\
                102,60,住宅,,800,,不同意\n\
                车库1,18,车库,,,,不同意\n";
    fs::write(path("名册.csv"), rows).expect("a file");
    let plan = |lines: &str| {
        format!(
            "fentan = 1\n{lines}[uses.garage]\nfactor = \"0.5\"\n[relief.rates]\ndibao = \"0\"\ndisabled = \"0\"\n"
        )
    };
    let lift = "[[lines]]\nid = \"lift\"\nname = \"加装电梯\"\namount = \"300\"\n";
    let roof = "[[lines]]\nid = \"roof\"\namount = \"300\"\n";
    fs::write(path("plan.toml"), plan(lift)).expect("a plan");
    let import = |further: &[&str]| {
        fentan(&[&["import", &path("名册.csv"), "--plan", &path("plan.toml")], further].concat())
    };
    let answer = import(&[]);
    assert_eq!(answer.status, 0, "{} {}", answer.output, answer.errors);
    assert!(answer.output.contains("2 户不参加项目 lift"), "{}", answer.output);
    let roster = fs::read_to_string(path("households.csv")).expect("a roster");
    assert_eq!(
        roster,
        "\u{feff}id,area,use,hardship,fund_balance,fund_interest,joins:lift\n\
         101,60,,dibao+disabled,1220.5,20.5,yes\n102,60,,,800,,no\n车库1,18,garage,,,,no\n"
    );
    let split = fentan(&["split", &path("plan.toml"), "--format", "json"]).json();
    assert_eq!(split["households"][1]["share"], "0.00");

    // With two lines it is asked which; mapped, it is read.
    fs::write(path("plan.toml"), plan(&format!("{lift}{roof}"))).expect("a plan");
    let answer = import(&["--force"]);
    assert_eq!(answer.status, 2, "{}", answer.output);
    assert!(answer.output.contains("--map G=joins:"), "{}", answer.output);
    let answer = import(&["--force", "--map", "G=joins:lift"]);
    assert_eq!(answer.status, 0, "{} {}", answer.output, answer.errors);
    assert_eq!(fs::read_to_string(path("households.csv")).expect("a roster"), roster);
}

#[test]
fn rows_left_out_are_written_beside_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let answer = fentan(&["import", &file("twice.xlsx"), "--out", &path("名册.csv")]);
    assert_eq!(answer.status, 2);
    let read = |name: &str| fs::read_to_string(path(name)).expect(name);
    insta::assert_snapshot!("import-left-out", read("名册.csv") + &read("名册.未导入.csv"));
    // What was put right is imported like any other file.
    let answer = fentan(&["import", &path("名册.csv"), "--out", &path("again.csv")]);
    assert_eq!(answer.status, 0, "{}", answer.output);
    assert_eq!(read("again.csv"), read("名册.csv"));
}

#[test]
fn works_are_written_as_a_plan_has_them() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["lines.toml", "lines.json"] {
        let out = folder.path().join(name);
        let out = out.to_str().expect("a path");
        let works = file("works-budget.xlsx");
        // A class says 5,000 yuan less than its lines: nothing is written before that is looked at.
        let answer = fentan(&["import", &works, "--works", "--out", out]);
        assert_eq!(answer.status, 2, "{}", answer.errors);
        assert!(answer.output.contains("相差 ¥5,000.00"), "{}", answer.output);
        assert!(!Path::new(out).exists());
        let answer = fentan(&["import", &works, "--works", "--out", out, "--accept"]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        insta::assert_snapshot!(format!("import-{name}"), fs::read_to_string(out).expect("works"));
    }
}

#[test]
fn a_correction_is_remembered_for_the_same_headings() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("kept.json");
    let kept = kept.to_str().expect("a path");
    let formulas = file("formulas.xlsx");
    let areas = |arguments: &[&str]| {
        let arguments = [&["import", &formulas, "--mapping", kept], arguments].concat();
        let answer = fentan(&arguments);
        assert!(answer.status != 1, "{}", answer.errors);
        answer.output.lines().filter(|line| line.contains("50.1")).count()
    };
    assert_eq!(areas(&[]), 0);
    assert_eq!(areas(&["--map", "b=area"]), 1);
    assert_eq!(areas(&[]), 1);
    assert_eq!(areas(&["--map", "D=area"]), 0);
}

#[test]
fn what_can_t_be_opened_or_is_asked_for_wrongly_is_said() {
    let scratch = tempfile::tempdir().expect("a folder");
    let broken = scratch.path().join("broken.xlsx");
    fs::write(&broken, b"PK\x03\x04").expect("a file");
    let broken = broken.to_str().expect("a path");
    let sheets = file("a-sheet-for-each-building.xlsx");
    let said: Vec<_> = [
        &["import", broken][..],
        &["import", &sheets, "--sheet", "5号楼"],
        &["import", &sheets, "--map", "B:area"],
        &["import", &sheets, "--map", "B=size"],
        &["import", &sheets, "--map", "Z=area"],
    ]
    .into_iter()
    .map(|arguments| {
        let answer = fentan(arguments);
        assert_eq!((answer.status, answer.output.as_str()), (1, ""));
        answer.errors.replace(broken, "broken.xlsx")
    })
    .collect();
    insta::assert_snapshot!("import-refused", said.concat());
    // A hidden sheet is read where it is named.
    let answer = fentan(&["import", &sheets, "--sheet", "旧名册"]);
    assert!(answer.output.contains("99"), "{}", answer.output);
    assert!(root().join(&sheets).is_file());
}
