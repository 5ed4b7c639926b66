//! `fentan programme ask`: every question of a planner against what this test works out from the tables of the
//! run by itself.

use std::collections::BTreeMap;
use std::fs;

use fentan_bench::County;
use serde_json::{Value, json};

use crate::portion::{Ran, rows, text};
use crate::{Answer, fentan};

type Row = BTreeMap<String, String>;

fn ran() -> Ran {
    let ran = Ran::new(County { compounds: 9, households: 14, lines: 6 });
    // A compound that leaves part of its portion, and one that breaks the law.
    let plan = ran.path("county/c000002/plan.toml");
    let written = fs::read_to_string(&plan).expect("a plan").replace("\"60%\"", "\"1%\"");
    fs::write(&plan, written).expect("written");
    let plan = ran.path("county/c000004/plan.toml");
    let wrong = "[compound.public_revenue]\ngross = \"100\"\ncost = \"30\"\n\n[[lines]]";
    let written = fs::read_to_string(&plan).expect("a plan").replacen("[[lines]]", wrong, 1);
    fs::write(&plan, written).expect("written");
    fs::remove_dir_all(ran.out()).expect("removed");
    assert_eq!(ran.run(&[]).status, 0);
    ran
}

fn ask(ran: &Ran, arguments: &[&str]) -> Answer {
    let out = ran.out();
    let answer = fentan(&[&["programme", "ask", text(&out)][..], arguments].concat());
    assert_eq!(answer.status, 0, "{arguments:?}: {}", answer.errors);
    answer
}

/// The rows of an answer, and what they come to.
fn answered(ran: &Ran, arguments: &[&str]) -> (Vec<Value>, Value) {
    let json = ask(ran, &[arguments, &["--format", "json"]].concat()).json();
    assert_eq!(json["fentan"], 1);
    (json["rows"].as_array().expect("rows").clone(), json["total"].clone())
}

/// Fen, read without the engine.
fn fen(written: &str) -> u64 {
    written.replacen('.', "", 1).parse().expect("yuan with two decimals")
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn sum<'r>(rows: impl Iterator<Item = &'r Row>, column: &str) -> String {
    yuan(rows.map(|row| if row[column].is_empty() { 0 } else { fen(&row[column]) }).sum())
}

/// The least amount that at least this percentage does not exceed, by trying each.
fn percentile(amounts: &[u64], percent: usize) -> u64 {
    let is_enough = |most: u64| {
        amounts.iter().filter(|&&one| one <= most).count() * 100 >= amounts.len() * percent
    };
    amounts.iter().copied().filter(|&one| is_enough(one)).min().expect("an amount")
}

#[test]
fn which_compounds_have_residents_who_pay_more() {
    let ran = ran();
    let homes = ran.table("split-households.csv");
    let cash = |id: &str| -> Vec<u64> {
        homes.iter().filter(|row| row["compound"] == id).map(|row| fen(&row["cash"])).collect()
    };
    let all: Vec<u64> = homes.iter().map(|row| fen(&row["cash"])).collect();
    let over = percentile(&all, 70);
    let (found, _) = answered(&ran, &["compounds", "--over", &yuan(over)]);
    let compounds = ran.table("split-compounds.csv");
    let listed: Vec<&Row> = compounds
        .iter()
        .filter(|row| cash(&row["compound"]).iter().any(|&one| one > over))
        .collect();
    assert!(!listed.is_empty() && listed.len() == found.len(), "{found:?}");
    let medians: Vec<u64> =
        listed.iter().map(|row| percentile(&cash(&row["compound"]), 50)).collect();
    for (index, (row, found)) in listed.iter().zip(&found).enumerate() {
        let cash = cash(&row["compound"]);
        let rank = 1 + medians.iter().filter(|&&one| one > medians[index]).count();
        let at_most = medians.iter().filter(|&&one| one <= medians[index]).count();
        let hundredths = at_most * 10_000 / medians.len();
        let expected = json!({
            "compound": row["compound"], "county": row["county"], "name": row["name"], "status": "split",
            "households": 14, "budget": row["budget"], "residents": row["residents"],
            "over": cash.iter().filter(|&&one| one > over).count(),
            "median": yuan(medians[index]), "p90": yuan(percentile(&cash, 90)),
            "highest": yuan(*cash.iter().max().expect("a home")),
            "rank": rank.to_string(),
            "percentile": format!("{}.{:02}%", hundredths / 100, hundredths % 100),
        });
        assert_eq!(*found, expected);
    }
}

#[test]
fn which_homes_pay_more_by_county() {
    let ran = ran();
    let county = "County 3";
    let compounds = ran.table("split-compounds.csv");
    let of_county =
        |id: &str| compounds.iter().any(|row| row["compound"] == id && row["county"] == county);
    let over = 100_000;
    let mut expected: Vec<(u64, String, String)> = ran
        .table("split-households.csv")
        .iter()
        .filter(|row| of_county(&row["compound"]) && fen(&row["due"]) > over)
        .map(|row| (fen(&row["due"]), row["compound"].clone(), row["id"].clone()))
        .collect();
    expected.sort_by_key(|(amount, ..)| std::cmp::Reverse(*amount));
    assert!(!expected.is_empty());
    let asked = ["homes", "--over", "1000", "--of", "due", "--county", county];
    let (found, _) = answered(&ran, &asked);
    let found: Vec<_> = found
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text").to_owned();
            (fen(&text("due")), text("compound"), text("household"))
        })
        .collect();
    assert_eq!(found, expected);
    let (limited, _) = answered(&ran, &[&asked[..], &["--limit", "2"]].concat());
    assert_eq!(limited.len(), 2);
}

#[test]
fn what_counties_lines_and_sources_come_to() {
    let ran = ran();
    let compounds = ran.table("split-compounds.csv");
    let (found, total) = answered(&ran, &["counties"]);
    assert_eq!(found.len(), 5);
    for row in &found {
        let of = || compounds.iter().filter(|one| row["county"] == one["county"].as_str());
        assert_eq!(row["compounds"], of().count());
        assert_eq!(row["budget"], sum(of(), "budget"));
        assert_eq!(row["residents"], sum(of(), "residents"));
    }
    assert_eq!(total["residents"], sum(compounds.iter(), "residents"));
    // A median of counties is none of all homes.
    assert!(total.get("median").is_none());

    let lines = ran.table("split-lines.csv");
    let (found, total) = answered(&ran, &["lines"]);
    assert_eq!(found.len(), 6);
    for row in &found {
        let of = || lines.iter().filter(|one| row["line"] == one["id"].as_str());
        assert_eq!(row["amount"], sum(of(), "amount"));
        assert_eq!(row["residents"], sum(of(), "residents"));
        let paid = ran.table("split-payments.csv");
        let paid = paid.iter().filter(|one| row["line"] == one["line"].as_str());
        assert_eq!(row["sources"], sum(paid, "paid"));
    }
    assert_eq!(total["amount"], sum(compounds.iter(), "budget"));

    let sources = ran.table("split-sources.csv");
    let (found, _) = answered(&ran, &["sources"]);
    for row in &found {
        let of = || sources.iter().filter(|one| row["source"] == one["id"].as_str());
        assert_eq!(
            (&row["offer"], &row["paid"]),
            (&json!(sum(of(), "offer")), &json!(sum(of(), "paid")))
        );
    }
}

#[test]
fn how_much_of_the_pots_the_plans_take_and_who_leaves_any() {
    let ran = ran();
    let sources = ran.table("split-sources.csv");
    let (found, _) = answered(&ran, &["pots"]);
    for (row, pot) in found.iter().zip(ran.table("pots.csv")) {
        let of = || sources.iter().filter(|one| one["id"] == pot["source"]);
        assert_eq!((&row["amount"], &row["left"]), (&json!(pot["amount"]), &json!(pot["left"])));
        assert_eq!(row["used"], sum(of(), "paid"));
        let unused: u64 = of().map(|one| fen(&one["offer"]) - fen(&one["paid"])).sum();
        assert_eq!(row["unused"], yuan(unused));
    }
    let (found, total) = answered(&ran, &["unused"]);
    let mut expected: Vec<(u64, &str, &str)> = sources
        .iter()
        .filter(|one| one["id"] != "county")
        .map(|one| (fen(&one["offer"]) - fen(&one["paid"]), &*one["compound"], &*one["id"]))
        .filter(|&(unused, ..)| unused > 0)
        .collect();
    expected.sort_by_key(|&(unused, ..)| std::cmp::Reverse(unused));
    assert!(expected.iter().any(|&(_, compound, _)| compound == "c000002"));
    let rows: Vec<_> = found
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text");
            (fen(text("unused")), text("compound"), text("source"))
        })
        .collect();
    assert_eq!(rows, expected);
    assert_eq!(total["unused"], yuan(expected.iter().map(|&(unused, ..)| unused).sum()));
}

#[test]
fn which_compounds_fail_which_checks() {
    let ran = ran();
    let (found, _) = answered(&ran, &["findings", "--severity", "error"]);
    let expected: Vec<Row> =
        ran.table("findings.csv").into_iter().filter(|row| row["severity"] == "error").collect();
    assert_eq!((found.len(), expected.len()), (1, 1));
    assert_eq!(found[0]["compound"], "c000004");
    assert_eq!(
        (&found[0]["check"], &found[0]["message"]),
        (&json!("revenue-net"), &json!(expected[0]["message"]))
    );
    assert!(answered(&ran, &["findings", "--check", "lift-by-area"]).0.is_empty());
}

/// Payments before the year, within it and after it, and one that was reversed.
#[test]
fn a_year_counts_what_was_paid_within_it() {
    let ran = ran();
    let ledger = ran.path("ledger.jsonl");
    fs::copy(ran.out().join("ledger.jsonl"), &ledger).expect("copied");
    let add = |further: &[&str]| {
        let arguments = ["ledger", "add", text(&ledger), "--by", "office", "--confirm"];
        let answer = fentan(&[&arguments[..], further].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
    };
    for (compound, payer, amount, date) in [
        ("c000001", "central", "700.00", "2020-12-31"),
        ("c000001", "central", "110.25", "2021-01-01"),
        ("c000001", "residents", "20.00", "2021-06-30"),
        ("c000006", "central", "5.50", "2021-12-31"),
        ("c000006", "central", "99.00", "2021-12-31"),
        ("c000002", "central", "8.00", "2022-01-01"),
    ] {
        let event = ["--event", "paid", "--compound", compound, "--source", payer];
        add(&[&event[..], &["--amount", amount, "--date", date]].concat());
    }
    // The last payment but one is taken back.
    let entries = fs::read_to_string(&ledger).expect("a ledger").lines().count();
    let entry = (entries - 1).to_string();
    add(&[
        "--event",
        "reversed",
        "--compound",
        "c000006",
        "--entry",
        &entry,
        "--date",
        "2022-01-02",
    ]);

    let (found, total) = answered(&ran, &["year", "--ledger", text(&ledger), "--year", "2021"]);
    let central = found.iter().find(|row| row["county"] == "County 1" && row["payer"] == "central");
    let central = central.expect("a row");
    assert_eq!(central["paid_in_year"], "115.75");
    assert_eq!(central["paid_until"], "815.75");
    let planned = ran.table("split-sources.csv");
    let of_county = ["c000001", "c000006"];
    let planned = planned
        .iter()
        .filter(|row| row["id"] == "central" && of_county.contains(&&*row["compound"]));
    let planned = sum(planned, "paid");
    assert_eq!(central["planned"], planned.as_str());
    assert_eq!(central["still_to_pay"], yuan(fen(&planned) - 81_575));
    assert_eq!(total["paid_in_year"], "135.75");
    assert_eq!(total["planned"], sum(ran.table("split-compounds.csv").iter(), "budget"));
}

/// As wide as it stands on a terminal: Chinese takes two columns a character.
pub(crate) fn width(line: &str) -> usize {
    line.chars().map(|one| if ('\u{2e80}'..'\u{ffff}').contains(&one) { 2 } else { 1 }).sum()
}

#[test]
fn tables_fit_80_columns_and_columns_can_be_chosen() {
    let ran = ran();
    for question in
        ["compounds", "homes", "counties", "lines", "sources", "pots", "unused", "findings"]
    {
        for language in ["zh", "en"] {
            let asked = [question, "--over", "1000", "--lang", language];
            let answer = ask(&ran, &asked);
            let widest = answer.output.lines().map(width).max();
            assert!(widest <= Some(80), "{question}: {widest:?}\n{}", answer.output);
        }
    }
    insta::assert_snapshot!("ask-compounds", ask(&ran, &["compounds", "--sort", "median"]).output);
    insta::assert_snapshot!(
        "ask-findings-en",
        ask(&ran, &["findings", "--limit", "2", "--lang", "en"]).output
    );
    let chosen =
        ask(&ran, &["compounds", "--columns", "name,p90", "--sort", "p90", "--format", "csv"]);
    let chosen = rows(chosen.output.as_bytes());
    assert_eq!(chosen[0].keys().collect::<Vec<_>>(), ["name", "p90"]);
    assert!(chosen.windows(2).all(|pair| fen(&pair[0]["p90"]) >= fen(&pair[1]["p90"])));
    let out = ran.out();
    let wrong =
        fentan(&["programme", "ask", text(&out), "lines", "--columns", "x", "--lang", "en"]);
    assert!(wrong.status == 1 && wrong.errors.contains("there is no column"), "{}", wrong.errors);
}

#[test]
fn an_answer_may_be_a_file() {
    let ran = ran();
    let file = ran.path("homes.parquet");
    let asked = ["homes", "--over", "0", "--format", "parquet", "--out", text(&file)];
    ask(&ran, &asked);
    let bytes = fs::read(&file).expect("a file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let out = ran.out();
    let again = fentan(&[&["programme", "ask", text(&out)][..], &asked].concat());
    assert_eq!(again.status, 1, "{}", again.errors);
}
