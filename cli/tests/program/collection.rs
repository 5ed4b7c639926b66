//! What follows a split: collect, settle, join, and the papers; a year in the life of the example.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use fentan_core::Fen;
use serde_json::Value;

use crate::{Answer, fentan, root};

#[test]
fn every_vector_is_answered_by_the_program() {
    let vectors = root().join("tests/vectors");
    for vector in fentan_tests::account_vectors() {
        let want: Value = serde_json::from_slice(vector.want).expect("answers");
        let file = |ending: &str| vectors.join(format!("{}.{ending}", vector.name));
        let (plan, payments) = (shown(&file("plan.json")), shown(&file("payments.csv")));
        let on = text(&want["collect"]["on"]);
        let answer = json(&["collect", &plan, "--payments", &payments, "--on", on]);
        assert_eq!(answer, want["collect"], "{}", vector.name);
        let answer = json(&["settle", &plan, "--payments", &payments]);
        assert_eq!(answer, want["settle"], "{}", vector.name);
        if let Some(join) = want.get("join") {
            let [line, household, on] = ["line", "household", "on"].map(|key| text(&join[key]));
            let asked = ["--line", line, "--household", household, "--on", on];
            let answer = json(&[&["join", &plan][..], &asked].concat());
            assert_eq!(answer, *join, "{}", vector.name);
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn json(arguments: &[&str]) -> Value {
    let answer = fentan(&[arguments, &["--format", "json"]].concat());
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{arguments:?}");
    answer.json()
}

fn fen(value: &Value) -> Fen {
    text(value).parse().expect("money")
}

/// Problems of arguments, payments and plan come together, with the status of problems.
#[test]
fn problems_of_payments_say_where_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, holds: &str| {
        let path = folder.path().join(name);
        fs::write(&path, holds).expect("a file");
        shown(&path)
    };
    let plan = file(
        "plan.json",
        r#"{ "fentan": 1, "lines": [{ "id": "lift", "amount": "100", "scope": { "households": ["1"] } }],
            "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#,
    );
    let payments = file(
        "pay.csv",
        "\u{feff}receipt,date,household,amount,method,reverses\n\
         R1,2026-02-30,9,0,gold,\n\
         R2,2026-01-05,1,5,cash,\n\
         V1,2026-01-04,1,5,cash,R2\n\
         V2,2026-01-06,1,5,cash,V1\n",
    );
    let codes = |answer: &Answer| {
        let errors = answer.json()["errors"].as_array().expect("errors").clone();
        let code = |one: &Value| format!("{} {}", text(&one["path"]), text(&one["code"]));
        errors.iter().map(code).collect::<Vec<_>>()
    };
    let asked = ["--payments", &payments, "--on", "2026-02-29", "--format", "json"];
    let answer = fentan(&[&["collect", &plan][..], &asked].concat());
    assert_eq!(answer.status, 2);
    let expected = [
        "pay.csv:2:date bad-number",
        "pay.csv:2:household unknown-id",
        "pay.csv:2:amount bad-number",
        "pay.csv:2:method unknown-id",
        "pay.csv:4:reverses bad-table",
        "pay.csv:5:reverses unknown-id",
        "--on bad-number",
        "collection missing-field",
    ];
    assert_eq!(codes(&answer), expected);
    assert_eq!(answer.errors.lines().count(), expected.len(), "{}", answer.errors);

    let asked = ["--line", "gate", "--household", "1", "--on", "soon", "--format", "json"];
    let answer = fentan(&[&["join", &plan][..], &asked].concat());
    assert_eq!(answer.status, 2);
    assert_eq!(codes(&answer)[0], "--line unknown-id");
    assert_eq!(codes(&answer).last().map(String::as_str), Some("--on bad-number"));
    let asked = ["--line", "lift", "--household", "1", "--on", "2026-01-01", "--format", "json"];
    let answer = fentan(&[&["join", &plan][..], &asked].concat());
    assert_eq!(codes(&answer), ["--household unknown-id", "lines[0].life missing-field"]);
}

/// The example with two calls, the final account, and how long the lift serves.
fn year(folder: &Path) -> String {
    let example = root().join("examples/puyang");
    let mut plan = fs::read_to_string(example.join("plan.toml")).expect("the plan");
    for (line, added) in [
        ("water", "final = \"720800.00\""),
        ("insulation", "final = \"1547600.00\""),
        ("facade", "final = \"556920.00\""),
        ("lift", "life = { from = \"2026-12-01\", years = 15 }"),
    ] {
        let id = format!("id = \"{line}\"\n");
        assert_eq!(plan.matches(&format!("[[lines]]\n{id}")).count(), 1, "{line}");
        plan = plan.replacen(&format!("[[lines]]\n{id}"), &format!("[[lines]]\n{id}{added}\n"), 1);
    }
    plan.push_str(
        "\n[collection]\nround_up_to = \"10\"\ncalls = [\n\
         { id = \"spring\", due = \"2026-03-31\", part = \"60%\" },\n\
         { id = \"autumn\", due = \"2026-09-30\", part = \"2/5\" },\n]\n",
    );
    fs::copy(example.join("households.csv"), folder.join("households.csv")).expect("the roster");
    let path = folder.join("plan.toml");
    fs::write(&path, plan).expect("the plan");
    shown(&path)
}

/// 400 payments of the year: all pay the first call, every seventh late; the first of them twice, which
/// is reversed, the second by its unit. Of the second call as many as make 400.
fn payments(folder: &Path, calls: &Value) -> (PathBuf, usize) {
    let mut table = String::from("receipt,date,household,amount,method,reverses,note\n");
    let mut count = 0;
    let mut pay = |date: &str, household: &Value, amount: &Value, method: &str, note: &str| {
        count += 1;
        let (household, amount) = (text(household), text(amount));
        writeln!(table, "{count:05},{date},{household},{amount},{method},,{note}").expect("memory");
        count
    };
    let households = calls["households"].as_array().expect("households");
    let paying = |call: usize| {
        households.iter().filter(move |one| !fen(&one["calls"][call]).is_zero()).enumerate()
    };
    let methods = ["wechat", "alipay", "cash", "transfer"];
    for (index, one) in paying(0) {
        let amount = &one["calls"][0];
        let date = if index % 7 == 3 { "2026-04-20" } else { "2026-03-15" };
        match index {
            0 => {
                pay(date, &one["id"], amount, "wechat", "");
                pay("2026-03-16", &one["id"], amount, "wechat", "");
            }
            1 => {
                pay(date, &one["id"], amount, "transfer", "由单位代缴");
            }
            _ => {
                pay(date, &one["id"], amount, methods[index % methods.len()], "");
            }
        }
    }
    for (index, one) in paying(1) {
        if pay("2026-09-20", &one["id"], &one["calls"][1], methods[index % methods.len()], "")
            == 400
        {
            break;
        }
    }
    let first = &households[0];
    let (id, amount) = (text(&first["id"]), text(&first["calls"][0]));
    writeln!(table, "V1,2026-03-20,{id},{amount},wechat,00002,重复缴款").expect("memory");
    let path = folder.join("payments.csv");
    fs::write(&path, table).expect("the payments");
    (path, count)
}

/// From the budget to the settled account, to the fen.
#[test]
fn a_year_in_the_life_of_the_example() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = year(folder.path());
    let none = folder.path().join("none.csv");
    fs::write(&none, "date,household,amount,method,receipt\n").expect("a file");
    let calls = json(&["collect", &plan, "--payments", &shown(&none), "--on", "2026-01-01"]);
    let (table, count) = payments(folder.path(), &calls);
    assert_eq!(count, 400);
    let table = shown(&table);
    let by = |on: &str| json(&["collect", &plan, "--payments", &table, "--on", on]);

    // Calls are whole tens of yuan, and what that brings in above the cash is held.
    let split = json(&["split", &plan]);
    let households = split["households"].as_array().expect("households");
    let cash: Fen = households.iter().map(|one| fen(&one["paid"]["cash"])).sum();
    let called: Fen = [0, 1].map(|call| fen(&calls["calls"][call]["called"])).into_iter().sum();
    assert_eq!(called, cash + fen(&calls["held"]));
    assert_eq!(called.0 % 1_000, 0);

    // On the 18th of March the payment made twice counts twice, on the 20th once.
    let [first_twice, first_once] =
        ["2026-03-18", "2026-03-20"].map(|on| by(on)["households"][0].clone());
    assert_eq!(fen(&first_twice["paid"]).0, 2 * fen(&first_once["paid"]).0);
    assert_eq!(first_twice["ahead"], first_twice["paid"]);

    // On the last day of the first call only those who pay late are behind; by May nobody is.
    let due = by("2026-03-31");
    let behind = |collected: &Value| {
        let households = collected["households"].as_array().expect("households").iter();
        households.filter(|one| !fen(&one["arrears"]).is_zero()).count()
    };
    let paying = calls["households"].as_array().expect("households").iter();
    let paying = paying.filter(|one| !fen(&one["calls"][0]).is_zero()).count();
    assert_eq!(behind(&due), (paying + 3) / 7);
    assert_eq!(behind(&by("2026-05-01")), 0);
    let autumn = by("2026-10-01");
    assert_eq!(fen(&autumn["called"]), called);
    assert_eq!(fen(&autumn["arrears"]), called - fen(&autumn["paid"]));

    // The final account: what the plan with the final amounts would split, held to what was paid.
    let settled = json(&["settle", &plan, "--payments", &table]);
    let written = fs::read_to_string(&plan).expect("the plan");
    let in_the_end = written
        .replace("680000.00", "720800.00")
        .replace("1460000.00", "1547600.00")
        .replace("612000.00", "556920.00");
    fs::write(&plan, in_the_end).expect("the plan");
    let final_split = json(&["split", &plan]);
    fs::write(&plan, written).expect("the plan");
    assert_eq!(settled["final"], final_split["budget"]);
    let mut sums = [Fen::ZERO; 4];
    let final_households = final_split["households"].as_array().expect("households");
    let settled_households = settled["households"].as_array().expect("households");
    for ((one, split), paid) in settled_households
        .iter()
        .zip(final_households)
        .zip(autumn["households"].as_array().expect("households"))
    {
        assert_eq!(one["final_cash"], split["paid"]["cash"]);
        assert_eq!(one["paid"], paid["paid"]);
        let amounts = ["final_cash", "paid", "to_pay", "to_return"].map(|member| fen(&one[member]));
        let [final_cash, paid, to_pay, to_return] = amounts;
        assert_eq!(paid + to_pay, final_cash + to_return);
        assert!(to_pay.is_zero() || to_return.is_zero());
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
    }
    let [final_cash, paid, to_pay, to_return] = sums;
    assert_eq!(paid + to_pay, final_cash + to_return);
    assert_eq!([final_cash, to_return], ["final_cash", "to_return"].map(|one| fen(&settled[one])));
    assert!(!to_pay.is_zero() && !to_return.is_zero());

    // Three years later a home of another unit joins the lift: what it pays is what the others get.
    let asked = ["--line", "lift", "--household", "1-1-201", "--on", "2029-12-01"];
    let joined = json(&[&["join", &plan][..], &asked].concat());
    assert_eq!((&joined["months"], &joined["months_left"]), (&180.into(), &144.into()));
    let returns = joined["returns"].as_array().expect("returns").iter();
    assert_eq!(returns.map(|one| fen(&one["amount"])).sum::<Fen>(), fen(&joined["pays"]));
    assert_eq!(fen(&joined["pays"]).0 * 180, round_to(fen(&joined["share"]).0 * 144, 180));

    let (out, payments) = (folder.path().join("papers"), table.as_str());
    papers(&plan, payments, &out, &due, paying);
}

fn round_to(amount: u128, step: u128) -> u128 {
    (amount + step / 2) / step * step
}

/// Every paper of the year, as pages for print.
fn papers(plan: &str, payments: &str, out: &Path, due: &Value, paying: usize) {
    let asked =
        "calls,reminders,receipts,unpaid,collection-notice,settlements,final-notice,refunds";
    let out_shown = shown(out);
    let arguments = [
        "export",
        plan,
        "--paper",
        asked,
        "--payments",
        payments,
        "--on",
        "2026-03-31",
        "--date",
        "2026-03-31",
        "--format",
        "html,xlsx",
        "--out",
        &out_shown,
    ];
    let answer = fentan(&arguments);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let page = |name: &str| fs::read_to_string(out.join(name)).expect("a paper");
    let count = |page: &str, text: &str| page.matches(text).count();
    assert_eq!(count(&page("calls.html"), "<h1"), paying);
    let late = due["households"].as_array().expect("households").iter();
    let late: Vec<&Value> = late.filter(|one| !fen(&one["arrears"]).is_zero()).collect();
    assert_eq!(count(&page("reminders.html"), "<h1"), late.len());
    let receipts = page("receipts.html");
    // All but the one that was reversed, three a page.
    assert_eq!((count(&receipts, "<h1"), count(&receipts, "class=\"new-page\"")), (399, 132));
    assert_eq!(count(&receipts, "收据号："), 399);
    assert_eq!(count(&receipts, "收据号：00002<"), 0);
    assert!(receipts.contains("由单位代缴") && receipts.contains("（大写：人民币"));
    let unpaid = page("unpaid.html");
    for one in &late {
        assert_eq!(count(&unpaid, &format!("<td>{}</td>", text(&one["id"]))), 1);
    }
    // What is posted names no home in arrears, and no amount that a home pays in the end.
    let posted = page("collection-notice.html");
    assert!(late.iter().all(|one| !posted.contains(&format!(">{}<", text(&one["id"])))));
    let in_the_end = page("final-notice.html");
    assert!(in_the_end.contains("720,800.00") && in_the_end.contains("40,800.00"));
    let refunds = page("refunds.html");
    assert!(refunds.contains("退款清册") && out.join("refunds.xlsx").is_file());
    assert!(page("settlements.html").contains("应补缴"));
}

/// Tables for the terminal, in both languages.
#[test]
fn answers_are_tables_in_both_languages() {
    let case = |ending: &str| shown(&root().join(format!("tests/vectors/i-r5-007.{ending}")));
    let (plan, payments) = (case("plan.json"), case("payments.csv"));
    let want: Value =
        serde_json::from_str(&fs::read_to_string(case("want.json")).expect("answers"))
            .expect("JSON");
    let collect = ["collect", &plan, "--payments", &payments, "--on", text(&want["collect"]["on"])];
    let settle = ["settle", &plan, "--payments", &payments];
    let join = &want["join"];
    let [line, household, on] = ["line", "household", "on"].map(|key| text(&join[key]));
    let join = ["join", &plan, "--line", line, "--household", household, "--on", on];
    for (language, heading) in [("zh", "已缴"), ("en", "Paid")] {
        for arguments in [&collect[..], &settle, &join] {
            let answer = fentan(&[arguments, &["--lang", language]].concat());
            assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
            assert_eq!(answer.output.contains(heading), arguments[0] != "join");
            let name = format!("{}-{language}", arguments[0]);
            insta::assert_snapshot!(name, answer.output);
        }
    }
}
