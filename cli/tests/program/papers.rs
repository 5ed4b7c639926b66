//! Papers, and CSV for spreadsheet programs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{fentan, fentan_with};

const PUYANG: &str = "examples/puyang/plan.toml";
const LIFT: &str = "examples/lift-guangzhou/plan.toml";

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    entries.map(|entry| name(entry).into_string().expect("UTF-8")).collect()
}

#[test]
fn every_paper_in_the_formats_that_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("papers");
    let path = out.to_str().expect("UTF-8");
    let answer = fentan(&["export", LIFT, "--paper", "all", "--out", path]);
    assert_eq!((answer.status, answer.output.as_str()), (0, ""), "{}", answer.errors);
    let docx = ["ballot", "funding", "notice", "poster", "signatures", "statements"];
    let docx = docx.map(|name| format!("{name}.docx"));
    let xlsx = ["fund-opinions.xlsx", "fund-sheet.xlsx", "workbook.xlsx"];
    let others = xlsx.into_iter().chain(["result-page.html"]).map(str::to_owned);
    let expected = docx.into_iter().chain(others).collect();
    assert_eq!(names(&out), expected);

    let answer = fentan(&["export", LIFT, "--paper", "notice", "--format", "html", "--out", path]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert!(out.join("notice.html").is_file());
}

#[test]
fn the_same_plan_on_the_same_day_gives_the_same_bytes() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    for folder in &folders {
        let path = folder.path().to_str().expect("UTF-8");
        let arguments = ["--paper", "all", "--date", "2026-11-27", "--out", path];
        let answer = fentan(&[&["export", PUYANG], &arguments[..]].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
    }
    let [one, other] = folders.each_ref().map(|folder| folder.path());
    assert_eq!(names(one).len(), 10);
    for name in names(one) {
        let [one, other] = [one, other].map(|folder| fs::read(folder.join(&name)).expect("a file"));
        assert!(one == other, "{name}");
    }
}

#[test]
fn the_digest_stands_on_the_funding_chapter_and_on_no_paper_for_residents() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("UTF-8");
    let answer = fentan(&["export", LIFT, "--paper", "all", "--format", "html", "--out", path]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let receipt = fentan(&["split", LIFT, "--format", "json", "--receipt"]).json();
    let digest = receipt["receipt"]["plan"].as_str().expect("a digest");
    for (paper, holds) in [
        ("funding", true),
        ("notice", false),
        ("poster", false),
        ("result-page", false),
        ("statements", false),
        ("ballot", false),
        ("signatures", false),
        ("fund-sheet", true),
        ("fund-opinions", false),
    ] {
        let page = fs::read_to_string(folder.path().join(format!("{paper}.html"))).expect("a page");
        assert_eq!(page.contains(digest), holds, "{paper}");
    }
}

#[test]
fn several_plans_get_a_folder_each_and_one_with_problems_stops_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = folder.path().join("wrong.json");
    fs::write(&wrong, b"{}").expect("a file");
    let (wrong, out) = (wrong.to_str().expect("UTF-8"), folder.path().join("out"));
    let path = out.to_str().expect("UTF-8");
    let answer = fentan(&["export", wrong, LIFT, PUYANG, LIFT, "--paper", "notice", "--out", path]);
    assert_eq!((answer.status, answer.output.as_str()), (2, ""));
    let expected = ["lift-guangzhou", "lift-guangzhou-2", "puyang"].map(str::to_owned).into();
    assert_eq!(names(&out), expected, "{}", answer.errors);
    assert!(answer.errors.contains("wrong.json"), "{}", answer.errors);
}

#[test]
fn wrong_usage_is_a_failure_in_words() {
    for (arguments, words) in [
        (&["--paper", "workbook", "--format", "docx"][..], "xlsx"),
        (&["--paper", "notice", "--date", "2026-02-30"][..], "2026-02-30"),
        (&["--paper", "notice", "--date", "20261127"][..], "20261127"),
        (&["--paper", "banner"][..], "banner"),
        (&[][..], "--paper"),
    ] {
        let answer = fentan(&[&["export", LIFT], arguments].concat());
        assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{arguments:?}");
        assert!(answer.errors.contains(words), "{}", answer.errors);
    }
}

#[cfg(unix)]
#[test]
fn others_may_read_what_is_published_and_no_paper_with_households() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("UTF-8");
    assert_eq!(fentan(&["export", LIFT, "--paper", "notice", "--out", path]).status, 0);
    fs::write(folder.path().join("any"), b"").expect("a file");
    let mode = |name: &str| {
        let file = fs::metadata(folder.path().join(name)).expect("a file");
        file.permissions().mode()
    };
    assert_eq!(mode("notice.docx") & 0o777, 0o600);
    let tariff = folder.path().join("tariff.json");
    let out = tariff.to_str().expect("UTF-8");
    assert_eq!(fentan(&["publish", LIFT, "--date", "2026-11-27", "--out", out]).status, 0);
    assert_eq!(mode("tariff.json"), mode("any"));
}

#[test]
fn csv_begins_with_a_mark_only_where_asked_and_holds_no_formulas() {
    let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "10" }],
        "households": [{ "id": "=cmd()", "area": "60" }, { "id": "2", "area": "60" }] }"#;
    let plain = fentan_with(&["split", "-", "--format", "csv"], plan.as_bytes()).output;
    assert!(plain.starts_with("id,share") && plain.contains("\n'=cmd(),5.00,"), "{plain}");
    let marked = fentan_with(&["split", "-", "--format", "csv", "--bom"], plan.as_bytes()).output;
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(plain.as_str()));
}

#[test]
fn before_statements_are_written_it_is_told_where_they_single_out_who_is_in_need() {
    let plan = |pot: &str| {
        format!(
            r#"{{ "fentan": 1, "lines": [{{ "id": "roof", "amount": "900" }}],
            "relief": {{ "rates": {{ "dibao": "1" }} {pot} }},
            "households": [{{ "id": "1", "area": "60", "hardship": "dibao" }}, {{ "id": "2", "area": "60" }},
                {{ "id": "3", "area": "60" }}] }}"#
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("UTF-8");
    let export = |paper: &str, plan: &str| {
        let arguments = ["export", "-", "--paper", paper, "--out", path, "--force", "--lang", "en"];
        let answer = fentan_with(&arguments, plan.as_bytes());
        assert_eq!(answer.status, 0, "{}", answer.errors);
        answer.errors
    };
    let told = export("statements", &plan(""));
    assert!(told.starts_with("relief.pot: relief-singles-out: warning: "), "{told}");
    assert!(told.contains("a pot of at least ¥900.00"), "{told}");
    assert!(!export("notice", &plan("")).contains("relief-"));
    let pot = r#", "pot": { "id": "pot", "amount": "900" }"#;
    assert!(!export("statements", &plan(pot)).contains("relief-"));
    let checked = fentan_with(&["check", "-", "--lang", "en"], plan("").as_bytes());
    assert_eq!(checked.status, 0, "{}", checked.errors);
    assert!(checked.output.contains("relief-singles-out"), "{}", checked.output);
}

#[test]
fn a_statement_says_why_its_share_changed_since_the_plan_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = |name: &str, amount: &str| {
        let path = folder.path().join(name);
        let json = format!(
            r#"{{ "fentan": 1, "lines": [{{ "id": "roof", "amount": "{amount}" }}],
            "households": [{{ "id": "1-101", "area": "60" }}, {{ "id": "1-102", "area": "40" }}] }}"#
        );
        fs::write(&path, json).expect("a plan");
        path.to_str().expect("UTF-8").to_owned()
    };
    let (old, new) = (plan("old.json", "900"), plan("new.json", "1000"));
    let out = folder.path().join("papers");
    let out = out.to_str().expect("UTF-8");
    let export = |paper: &str, more: &[&str]| {
        let arguments =
            ["export", &new, "--paper", paper, "--format", "html", "--out", out, "--force"];
        fentan(&[&arguments, more].concat())
    };
    let answer = export("statements", &["--since", &old, "--since-name", "10月8日公示稿"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let html = fs::read_to_string(format!("{out}/statements.html")).expect("the statements");
    for line in [
        "与“10月8日公示稿”相比：应付由 ¥540.00 变为 ¥600.00，多 ¥60.00：工程预算变了 +¥60.00。",
        "与“10月8日公示稿”相比：应付由 ¥360.00 变为 ¥400.00，多 ¥40.00：工程预算变了 +¥40.00。",
    ] {
        assert!(html.contains(line), "{line}");
    }
    export("statements", &["--since", &old]);
    let html = fs::read_to_string(format!("{out}/statements.html")).expect("the statements");
    assert!(html.contains("与“上次公示的方案”相比"));
    // No other paper compares, and nothing is passed over in silence.
    let answer = export("notice", &["--since", &old]);
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("statements"), "{}", answer.errors);
    let answer =
        fentan(&["export", &new, &old, "--paper", "statements", "--out", out, "--since", &old]);
    assert_eq!(answer.status, 1);
}
