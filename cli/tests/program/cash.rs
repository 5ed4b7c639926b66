//! `fentan cash`: what is spent, received and missing month by month.

use std::fs;
use std::path::Path;

use crate::ask::width;
use crate::fentan;

/// A staircase that adds a lift: most of the aid comes after acceptance, and nothing says when the
/// fund pays.
const PLAN: &str = r#"
fentan = 1
name = "幸福里"
channels = [{ kind = "maintenance_fund" }]
households = [
  { id = "101", area = "62.35", fund_balance = "4000.00" },
  { id = "201", area = "62.35" },
  { id = "301", area = "88.8" },
]
collection = { round_up_to = "10", calls = [
  { id = "first", due = "2026-05-31", part = "50%" }, { id = "second", due = "2026-09-30", part = "50%" } ] }

[[lines]]
id = "lift"
name = "加装电梯"
amount = "450000"

[[lines]]
id = "roof"
name = "屋面防水"
amount = "120000"

[[sources]]
id = "county"
name = "县财政"
rate = "60%"

[schedule]
works = { from = "2026-06", to = "2026-10" }
accepted = "2026-11-20"
[schedule.lines]
lift = [{ on = "2026-06-15", part = "30%" }, { on = "2026-10-15", part = "70%" }]
[schedule.sources]
county = [{ on = "2026-06-01", part = "40%" }, { on = "accepted", part = "60%" }]
"#;

fn written(folder: &Path, plan: &str) -> String {
    let path = folder.join("plan.toml");
    fs::write(&path, plan).expect("the plan");
    path.display().to_string()
}

#[test]
fn months_are_a_table_that_fits_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = written(folder.path(), PLAN);
    for language in ["zh", "en"] {
        let answer = fentan(&["cash", &plan, "--lang", language]);
        assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
        let tables = answer.output.lines().filter(|line| line.contains(['─', '═', '¥', '–']));
        let tables = tables.filter(|line| line.starts_with([' ', '─', '═']));
        assert!(tables.clone().count() > 10);
        tables.for_each(|line| assert!(width(line) <= 80, "{line}"));
        insta::assert_snapshot!(format!("cash-{language}"), answer.output);
    }
    let answer = fentan(&["cash", &plan, "--format", "csv"]);
    assert_eq!(answer.status, 0);
    insta::assert_snapshot!("cash-csv", answer.output);
    let json = fentan(&["cash", &plan, "--format", "json"]).json();
    assert_eq!((&json["fentan"], &json["gap_on"]), (&1.into(), &"2026-10-31".into()));
}

#[test]
fn payments_so_far_count_in_place_of_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = written(folder.path(), PLAN);
    let table = folder.path().join("payments.csv").display().to_string();
    fs::write(&table, "date,household,amount,method,receipt\n2026-05-20,101,1000,cash,1\n")
        .expect("the payments");
    let cash = |more: &[&str]| fentan(&[&["cash", &plan, "--format", "json"][..], more].concat());
    let paid = cash(&["--payments", &table, "--on", "2026-05-31"]).json();
    assert_eq!(paid["months"][0]["cash"], "1000.00");
    assert_ne!(paid["unscheduled"]["cash"], "0.00");
    assert_eq!(cash(&[]).json()["unscheduled"]["cash"], "0.00");
    // Payments are those of a day.
    assert_eq!(cash(&["--payments", &table]).status, 1);
    assert_eq!(cash(&["--on", "2026-05-31"]).status, 1);
    let wrong = cash(&["--payments", &table, "--on", "2026-05-32"]);
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["path"]), (2, &"--on".into()));
}

/// A wrong schedule is refused by a check, in words, and by nothing that doesn't need it.
#[test]
fn a_wrong_schedule_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = PLAN.replace("part = \"70%\"", "part = \"75%\"").replace("2026-06-01", "2026-6");
    let plan = written(folder.path(), &plan);
    for command in ["check", "cash"] {
        let answer = fentan(&[command, &plan]);
        assert_eq!((answer.status, answer.output.as_str()), (2, ""), "{command}");
        let lines: Vec<&str> = answer.errors.lines().collect();
        assert_eq!(lines.len(), 2, "{}", answer.errors);
        assert!(lines[0].starts_with("schedule.lines.lift: bad-table: "), "{}", lines[0]);
        assert!(
            lines[1].starts_with("schedule.sources.county[0].on: bad-number: "),
            "{}",
            lines[1]
        );
    }
    assert_eq!(fentan(&["split", &plan]).status, 0);
}

/// The paper needs no payments; among all papers it is only where there is a schedule.
#[test]
fn the_paper_says_what_the_command_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = written(folder.path(), PLAN);
    let out = folder.path().join("papers");
    let export = |paper: &str, more: &[&str]| {
        let shown = out.display().to_string();
        let asked = ["export", &plan, "--paper", paper, "--format", "html", "--out", &shown];
        let answer = fentan(&[&asked[..], &["--date", "2026-01-20", "--force"], more].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
    };
    export("cash", &[]);
    let page = fs::read_to_string(out.join("cash.html")).expect("the paper");
    for words in ["2026年10月最多缺 ¥209,180.00（2026-10-31）", "加装电梯", "不得张贴"]
    {
        assert!(page.contains(words), "{words}");
    }
    let table = folder.path().join("payments.csv").display().to_string();
    fs::write(&table, "date,household,amount,method,receipt\n").expect("the payments");
    let payments = ["--payments", &*table];
    for (plan, is_there) in
        [(PLAN, true), (PLAN.split("[schedule]").next().expect("a plan"), false)]
    {
        written(folder.path(), plan);
        fs::remove_dir_all(&out).expect("the papers");
        export("all", &payments);
        assert_eq!(out.join("cash.html").is_file(), is_there);
    }
}
