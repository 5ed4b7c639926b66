//! Scenarios over a programme on the command line, against runs of changed files.

use std::collections::BTreeMap;
use std::fs;

use fentan_bench::County;
use fentan_core::Fen;
use serde_json::Value;

use crate::portion::{Ran, rows, text};
use crate::{Answer, fentan};

const COUNTY: County = County { compounds: 6, households: 10, lines: 6 };

/// More central money for the generated county, in yuan.
const MORE: &str = "pots.central.amount=700000";

fn desk(ran: &Ran, command: &str, further: &[&str]) -> Answer {
    let programme = ran.path("county/programme.toml");
    let answer = fentan(&[&["programme", command, text(&programme)][..], further].concat());
    assert_eq!(answer.status, 0, "{further:?}: {}", answer.errors);
    answer
}

/// The same with the amount in the programme's file, and a run of that.
fn with_more(ran: &Ran) -> Vec<BTreeMap<String, String>> {
    let programme = ran.path("county/programme.toml");
    let written = fs::read_to_string(&programme).expect("a programme");
    let amount = COUNTY.compounds * COUNTY.households * 9_000;
    let changed = written.replace(&format!("\"{amount}\""), "\"700000\"");
    assert_ne!(changed, written);
    fs::write(&programme, changed).expect("written");
    fs::remove_dir_all(ran.out()).expect("removed");
    assert_eq!(ran.run(&[]).status, 0);
    fs::write(&programme, written).expect("written");
    ran.table("split-households.csv")
}

#[test]
fn who_gains_by_more_central_money() {
    let ran = Ran::new(COUNTY);
    let compounds = ran.table("split-compounds.csv");
    let before = ran.table("split-households.csv");
    let after = with_more(&ran);
    let further = ["--set", MORE, "--by", "home", "--format", "json"];
    let homes = desk(&ran, "compare", &further).json();
    let expected: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(was, is)| was["cash"] != is["cash"])
        .map(|(was, is)| {
            (was["compound"].clone(), was["id"].clone(), was["cash"].clone(), is["cash"].clone())
        })
        .collect();
    assert!(!expected.is_empty());
    let word = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
    let found: Vec<_> = homes["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (word(row, "compound"), word(row, "household"), word(row, "before"), word(row, "after"))
        })
        .collect();
    assert_eq!(found, expected);

    let by_compound =
        desk(&ran, "compare", &["--set", MORE, "--by", "compound", "--format", "csv"]);
    let changed = ran.table("split-compounds.csv");
    for (row, (was, is)) in
        rows(by_compound.output.as_bytes()).iter().zip(compounds.iter().zip(&changed))
    {
        assert_eq!((&row["before"], &row["after"]), (&was["residents"], &is["residents"]));
        let less = expected.iter().filter(|(compound, ..)| *compound == row["compound"]).count();
        assert_eq!(row["less"], less.to_string());
    }
    let county = desk(&ran, "compare", &["--set", MORE, "--lang", "en"]);
    assert!(
        county.output.contains("County 0") && !county.output.contains("ask."),
        "{}",
        county.output
    );
    for by in ["source", "county"] {
        let answer = desk(&ran, "compare", &["--set", MORE, "--by", by]);
        assert!(!answer.output.contains("ask."), "{}", answer.output);
    }
}

#[test]
fn a_sweep_passes_through_what_runs_come_to() {
    let ran = Ran::new(COUNTY);
    let further = [
        "--over",
        "pots.central.amount=540000..700000/160000",
        "--measure",
        "residents",
        "--measure",
        "max.median_cash",
        "--measure",
        "unused.central",
        "--format",
        "csv",
    ];
    let swept = desk(&ran, "sweep", &further);
    let points = rows(swept.output.as_bytes());
    let out = ran.out();
    let residents = |row: &BTreeMap<String, String>| row["residents"].clone();
    let asked = |question: &str| {
        let answer = fentan(&["programme", "ask", text(&out), question, "--format", "json"]).json();
        answer["total"].clone()
    };
    assert_eq!(residents(&points[0]), asked("counties")["residents"].as_str().expect("money"));
    with_more(&ran);
    assert_eq!(residents(&points[1]), asked("counties")["residents"].as_str().expect("money"));
    // The same bytes at any number of threads.
    for threads in ["1", "2", "5"] {
        let again = desk(&ran, "sweep", &[&further[..], &["--threads", threads]].concat());
        assert_eq!(again.output, swept.output);
    }
    let table = desk(&ran, "sweep", &["--over", "sources.county.rate=0..0.4/0.1", "--lang", "en"]);
    assert_eq!(
        table.output.lines().filter(|line| line.contains('¥')).count(),
        5,
        "{}",
        table.output
    );
}

#[test]
fn the_least_central_amount_is_told_with_the_one_beside_it() {
    let ran = Ran::new(COUNTY);
    let median = desk(
        &ran,
        "sweep",
        &[
            "--over",
            "pots.central.amount=700000..700000",
            "--measure",
            "max.median_cash",
            "--format",
            "csv",
        ],
    );
    let median = rows(median.output.as_bytes())[0]["max.median_cash"].clone();
    let condition = format!("max.median_cash<={median}");
    let further = ["--least", "pots.central.amount=600000..720000/1000", "--such-that", &condition];
    let sought = desk(&ran, "seek", &[&further[..], &["--format", "json"]].concat()).json();
    assert_eq!(sought["fentan"], 1);
    assert_eq!(sought["proven"], "everywhere");
    let value =
        |trial: &Value| trial["value"].as_str().expect("a value").parse::<Fen>().expect("money");
    let found = value(&sought["found"]);
    assert!(found <= Fen(70_000_000));
    assert_eq!(value(&sought["beside"]) + Fen(100_000), found);
    assert_eq!(sought["beside"]["met"][0], false);
    let told = desk(&ran, "seek", &further).output;
    assert!(told.contains("已证明"), "{told}");
    // How far one gets where it can't be had.
    let further =
        ["--least", "pots.central.amount=600000..720000/1000", "--such-that", "max.median_cash<=1"];
    let none = desk(&ran, "seek", &[&further[..], &["--format", "json"]].concat()).json();
    assert!(none["found"].is_null() && none["at_the_end"]["value"] == "720000.00", "{none}");
}

#[test]
fn what_is_wrong_with_a_scenario_is_told() {
    let ran = Ran::new(COUNTY);
    let programme = ran.path("county/programme.toml");
    for (command, further, status, told) in [
        ("compare", ["--set", "pots.nobody.amount=1"], 2, "unknown-id"),
        ("compare", ["--set", "pots.central.amount=x"], 2, "bad-number"),
        ("compare", ["--set", "sources.central.amount=1"], 2, "pots.central.amount"),
        ("compare", ["--set", "pots.central.amount"], 1, "PATH=VALUE"),
        ("sweep", ["--over", "pots.central.amount=2..1"], 2, "unknown-id"),
        ("sweep", ["--over", "pots.central.amount"], 1, "1000000"),
    ] {
        let arguments = [&["programme", command, text(&programme), "--lang", "en"][..], &further];
        let answer = fentan(&arguments.concat());
        assert_eq!(answer.status, status, "{further:?}");
        assert!(answer.errors.contains(told), "{further:?}: {}", answer.errors);
        assert_eq!(answer.output, "");
    }
}

/// A plan that can't be read is named, and the others are compared.
#[test]
fn a_broken_compound_does_not_stop_a_scenario() {
    let ran = Ran::new(COUNTY);
    fs::remove_file(ran.path("county/c000002/plan.toml")).expect("removed");
    let answer = desk(
        &ran,
        "compare",
        &["--set", MORE, "--by", "compound", "--format", "json", "--lang", "en"],
    );
    assert!(answer.errors.contains("compound c000002 (c000002/plan.toml)"), "{}", answer.errors);
    let json = answer.json();
    assert_eq!(
        (json["rows"].as_array().map(Vec::len), &json["broken"]),
        (Some(5), &Value::from(1))
    );
}

/// What `new` makes runs as it is, and its plans say that they wait for their portions.
#[test]
fn a_new_programme_runs() {
    for (language, told) in [("zh", "暂填"), ("en", "stands in for it")] {
        let folder = tempfile::tempdir().expect("a folder");
        let made = folder.path().join("made");
        let answer = fentan(&["programme", "new", text(&made), "--lang", language]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        let again = fentan(&["programme", "new", text(&made)]);
        assert_eq!(again.status, 1);
        let (file, out) = (made.join("programme.toml"), folder.path().join("out"));
        let run =
            fentan(&["programme", "run", text(&file), "--out", text(&out), "--lang", language]);
        assert_eq!(run.status, 0, "{}", run.errors);
        let plan = made.join("c01/plan.toml");
        let alone = fentan(&["check", text(&plan), "--lang", language]);
        assert!(alone.output.contains(told), "{}", alone.output);
        let with = fentan(&["check", text(&plan), "--run", text(&out), "--lang", language]);
        assert!(!with.output.contains(told), "{}", with.output);
    }
}

/// Everything that `docs/programme.zh.md` and the example's page show runs as it stands there.
#[test]
fn the_guide_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| text(&folder.path().join(name)).to_owned();
    for page in ["docs/programme.zh.md", "examples/programme/README.md"] {
        let page = fs::read_to_string(crate::root().join(page)).expect("a page");
        let mut seen = 0;
        // Commands in blocks, and in the cells of tables.
        let lines = page.lines().flat_map(|line| match line.strip_prefix('|') {
            Some(_) => line.split('`').filter(|cell| cell.starts_with("fentan ")).collect(),
            None => vec![line],
        });
        for line in lines.filter(|line| line.starts_with("fentan ")) {
            let words: Vec<String> = line
                .split_whitespace()
                .skip(1)
                .map(|word| match word.trim_matches('\'') {
                    name @ ("结果" | "结果二" | "文书" | "我的计划" | "台账.jsonl") => {
                        at(name)
                    }
                    word => word.to_owned(),
                })
                .collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            // The ledger is begun further down the page than it is asked.
            if line.contains(" year ") && !folder.path().join("台账.jsonl").exists() {
                let (ledger, run) = (at("台账.jsonl"), at("结果"));
                let add =
                    ["ledger", "add", &ledger, "--run", &run, "--date", "2026-03-20", "--by", "x"];
                assert_eq!(fentan(&add).status, 0);
                assert_eq!(fentan(&words).status, 0, "{line}");
                fs::remove_file(ledger).expect("removed");
                seen += 1;
                continue;
            }
            if line.contains("fentan export") || (line.contains("programme run") && seen > 3) {
                for left in ["文书", "结果二"] {
                    let _ = fs::remove_dir_all(folder.path().join(left));
                }
            }
            if line.contains("run examples") && line.ends_with(" 结果") {
                let _ = fs::remove_dir_all(folder.path().join("结果"));
            }
            let answer = fentan(&words);
            assert_eq!(answer.status, 0, "{line}: {}", answer.errors);
            seen += 1;
        }
        assert!(seen >= 4, "{seen} commands");
    }
}
