//! Compare, sweep, seek, stress, and links: to be read.

use crate::{fentan, fentan_with};

#[track_caller]
fn answered(arguments: &[&str]) -> String {
    let answer = fentan_with(arguments, PLAN.as_bytes());
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{arguments:?}");
    answer.output
}

const PLAN: &str = r#"{ "fentan": 1,
    "lines": [
        { "id": "water", "name": "供水管网", "amount": "60000.00" },
        { "id": "lift", "name": "加装电梯", "amount": "90000.00", "share_by": { "table": "lift" } },
        { "id": "charging", "name": "充电棚", "amount": "30000.00", "share_by": "household" } ],
    "tables": { "lift": { "1": "0", "2": "1", "3": "2" } },
    "sources": [
        { "id": "operator", "name": "充电运营商", "kind": "social_capital", "covers": { "lines": ["charging"] },
          "rate": "80%", "income": { "years": 8, "net_per_year": "3500.00", "discount": "5%" } },
        { "id": "county", "name": "县财政", "kind": "county", "amount": "60000.00" } ],
    "relief": { "rates": { "dibao": "1" }, "pot": { "id": "pot", "name": "减免资金", "amount": "10000" } },
    "households": [
        { "id": "101", "area": "62.35", "floor": 1 }, { "id": "102", "area": "88.10", "floor": 1, "hardship": "dibao" },
        { "id": "201", "area": "62.35", "floor": 2 }, { "id": "202", "area": "88.10", "floor": 2 },
        { "id": "301", "area": "62.35", "floor": 3 }, { "id": "302", "area": "88.10", "floor": 3 } ],
    "scenarios": [
        { "id": "more", "name": "县里多出两万", "changes": [{ "set": "sources.county.amount", "to": "80000.00" }] },
        { "id": "gift", "changes": [
            { "add": "sources", "value": { "id": "gift", "name": "捐资", "kind": "donation", "amount": "5000" }, "before": "county" },
            { "set": "tables.lift.2", "to": "1.5" } ] } ],
    "stress": { "draws": 400, "seed": 7,
        "lines": { "water": { "least": "-5%", "likely": "5%", "most": "30%" }, "lift": { "most": "15%" } },
        "sources": { "county": { "chance": "20%", "pays": "50%" } } } }"#;

#[test]
fn scenarios_stand_beside_the_plan() {
    let zh = answered(&["compare", "-", "--affordable", "30000"]);
    let set = ["compare", "-", "--scenario", "more", "--set", "sources.county.amount=70000"];
    let en = answered(&[&set[..], &["--lang", "en"]].concat());
    let csv = answered(&["compare", "-", "--affordable", "30000", "--format", "csv"]);
    let json = answered(&["compare", "-", "--scenario", "gift", "--format", "json"]);
    insta::assert_snapshot!("compare", [zh, en, csv, json].join("\n"));
}

#[test]
fn a_link_gives_the_same_comparison() {
    let link = answered(&["scenario", "link", "-", "more", "gift"]);
    assert!(link.starts_with("#scenario="), "{link}");
    let by_link = answered(&["compare", "-", "--link", link.trim(), "--format", "json"]);
    assert_eq!(by_link, answered(&["compare", "-", "--format", "json"]));
}

#[test]
fn one_number_or_two_are_swept() {
    let over = ["sweep", "-", "--over", "sources.county.amount=50000..80000/10000"];
    let zh = answered(&over);
    let two =
        [&over[..], &["--over", "tables.lift.3=1..2/0.5", "--measure", "over.30000"]].concat();
    let csv = answered(&[&two[..], &["--measure", "paid.pot", "--format", "csv"]].concat());
    // All floors without a coefficient: nobody to carry the lift.
    let none = ["--over", "tables.lift.3=0..1/1", "--over", "tables.lift.2=0..1/1"];
    let none = answered(&[&["sweep", "-", "--lang", "en"][..], &none].concat());
    let json = answered(
        &[&over[..2], &["--over", "relief.rates.dibao=0.5..1/0.5", "--format", "json"]].concat(),
    );
    insta::assert_snapshot!("sweep", [zh, csv, none, json].join("\n"));
}

#[test]
fn the_least_and_the_greatest_are_sought() {
    let least =
        ["seek", "-", "--least", "sources.county.amount", "--such-that", "highest_cash<=30000"];
    let zh = answered(&least);
    let both = answered(&[&least[..], &["--such-that", "paid.county<=50000"]].concat());
    let greatest = [
        "seek",
        "-",
        "--greatest",
        "lines.lift.amount=0..200000/0.5",
        "--such-that",
        "median_cash<=20000",
        "--most",
        "20",
        "--lang",
        "en",
    ];
    let en = answered(&greatest);
    let json = answered(&[&least[..], &["--format", "json"]].concat());
    insta::assert_snapshot!("seek", [zh, both, en, json].join("\n"));
}

#[test]
fn stress_is_the_same_with_any_number_of_threads() {
    let zh = answered(&["stress", "-"]);
    let csv = |threads: &str| answered(&["stress", "-", "--format", "csv", "--threads", threads]);
    let json = |threads: &str| answered(&["stress", "-", "--format", "json", "--threads", threads]);
    assert_eq!(json("1"), json("3"));
    let other = answered(&["stress", "-", "--draws", "50", "--seed", "8", "--lang", "en"]);
    insta::assert_snapshot!("stress", [zh, csv("2"), other, json("2")].join("\n"));
}

/// Names that a spreadsheet would take for formulas, wherever a plan has names of its own.
#[test]
fn no_cell_of_a_csv_is_a_formula() {
    let hostile = ["more", "gift", "water", "lift", "operator"].iter().fold(
        PLAN.replace("\"id\": \"county\"", "\"id\": \"=county\"")
            .replace("\"county\": {", "\"=county\": {")
            .replace("sources.county.", "sources.\\\"=county\\\"."),
        |plan, id| plan.replace(&format!("\"id\": \"{id}\""), &format!("\"id\": \"=1+{id}\"")),
    );
    let hostile = ["water", "lift"].iter().fold(hostile, |plan, id| {
        plan.replace(&format!("\"{id}\": {{ \"least"), &format!("\"=1+{id}\": {{ \"least"))
            .replace(&format!("\"{id}\": {{ \"most"), &format!("\"=1+{id}\": {{ \"most"))
    });
    let hostile = hostile.replace("\"before\": \"county\"", "\"before\": \"=county\"");
    let asked: [&[&str]; 3] = [
        &["compare", "-"],
        &["sweep", "-", "--over", "relief.rates.dibao=0.5..1/0.5", "--measure", "paid.=county"],
        &["stress", "-", "--draws", "9"],
    ];
    for asked in asked {
        let asked = [asked, &["--format", "csv"]].concat();
        let answer = fentan_with(&asked, hostile.as_bytes());
        assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{asked:?}");
        assert!(answer.output.contains("=county"), "{asked:?} names what it is about");
        let is_amount = |cell: &str| {
            cell.trim_start_matches('-').bytes().all(|one| one.is_ascii_digit() || one == b'.')
        };
        let mut table =
            csv::ReaderBuilder::new().has_headers(false).from_reader(answer.output.as_bytes());
        for row in table.records().map(|row| row.expect("CSV")) {
            for cell in row.iter().filter(|cell| !is_amount(cell)) {
                assert!(!fentan_words::looks_like_formula(cell), "{cell} of {asked:?}");
            }
        }
    }
    let compared = fentan_with(&["compare", "-", "--format", "csv"], hostile.as_bytes()).output;
    assert!(compared.starts_with("figure,base,'=1+more,'=1+gift\n"), "{compared}");
}

#[test]
fn an_investor_that_pays_more_than_it_earns_is_found() {
    insta::assert_snapshot!("investment-zh", answered(&["split", "-"]));
    insta::assert_snapshot!("investment-check-en", answered(&["check", "-", "--lang", "en"]));
}

#[test]
fn what_is_wrong_is_told_of_the_scenario_or_of_the_command_line() {
    let cases: [(&[&str], i32); 8] = [
        (&["compare", "-", "--set", "sources.county.amount=-1"], 2),
        (&["compare", "-", "--set", "sources.province.amount=1"], 2),
        (&["compare", "-", "--set", "sources"], 1),
        (&["compare", "-", "--scenario", "less"], 1),
        (&["sweep", "-", "--over", "sources.county.name"], 1),
        (&["seek", "-", "--least", "sources.county.amount", "--such-that", "highest_cash<3"], 1),
        (&["seek", "-", "--least", "sources.county.amount=5..1", "--such-that", "cash<=3"], 1),
        (&["compare", "-", "--affordable", "3,000"], 1),
    ];
    let answers = cases.map(|(arguments, status)| {
        let answer = fentan_with(&[arguments, &["--lang", "en"]].concat(), PLAN.as_bytes());
        assert_eq!((answer.status, answer.output.as_str()), (status, ""), "{arguments:?}");
        format!("fentan {}\n{}", arguments.join(" "), answer.errors)
    });
    insta::assert_snapshot!("scenarios-wrong", answers.join("\n"));

    let plan = PLAN.replace("\"80000.00\"", "\"80000.005\"");
    let answer = fentan_with(&["check", "-"], plan.as_bytes());
    assert_eq!((answer.status, answer.output.as_str()), (2, ""));
    insta::assert_snapshot!("scenario-problem", answer.errors);
    let answer = fentan(&["stress", "examples/lift-percent/plan.toml"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
}

#[test]
fn no_link_is_made_of_a_text_that_names_a_household() {
    let plan = PLAN.replace("县里多出两万", "102 室低保");
    let answer = fentan_with(&["scenario", "link", "-", "more"], plan.as_bytes());
    assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{}", answer.errors);
    assert!(answer.errors.contains("“102 室低保”里有住户的房号或姓名"), "{}", answer.errors);
    let answer = fentan_with(&["scenario", "link", "-", "gift"], plan.as_bytes());
    assert_eq!(answer.status, 0, "{}", answer.errors);
}
