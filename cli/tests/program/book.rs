//! The book of payments: recorded, reversed, filled from a statement, joined, read as payments.

use std::fs;
use std::path::Path;

use crate::{Answer, fentan};

const PLAN: &str = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "3000" }],
    "collection": { "calls": [{ "id": "first", "due": "2026-03-01", "part": "100%" }] },
    "households": [{ "id": "3-1-101", "area": "60" }, { "id": "3-1-102", "area": "60", "name": "李四" },
                   { "id": "3-1-201", "area": "60" }] }"#;

const STATEMENT: &str = "微信支付账单明细\n\
    交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
    2026-03-02 09:12:44,转账,网名,转账备注:3-1-101,收入,¥1000.00,/,已存入零钱,1001,/,/\n\
    2026-03-02 09:13:44,转账,李四,转账备注:微信转账,收入,¥1000.00,/,已存入零钱,1002,/,/\n\
    2026-03-02 09:14:44,转账,谁,转账备注:改造款,收入,¥900.00,/,已存入零钱,1003,/,/\n\
    2026-03-02 09:15:44,商户消费,店,纸,支出,¥9.00,零钱,支付成功,1004,/,/\n";

fn book(arguments: &[&str]) -> Answer {
    fentan(&[&["book"][..], arguments].concat())
}

#[track_caller]
fn assert_said(answer: &Answer, status: i32, said: &[&str]) {
    let all = format!("{}{}", answer.output, answer.errors);
    assert_eq!(answer.status, status, "{all}");
    for one in said {
        assert!(all.contains(one), "{one}: {all}");
    }
}

fn file(folder: &Path, name: &str, holds: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, holds).expect("a file");
    path.display().to_string()
}

#[test]
fn a_book_from_the_first_payment_to_two_computers() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = file(folder.path(), "plan.json", PLAN);
    let statement = file(folder.path(), "微信.csv", STATEMENT);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (here, there) = (path("收款.book"), path("另一台.book"));

    let pay = |book_of: &str, desk: &str, amount: &str| {
        let asked = ["--desk", desk, "--household", "3-1-201", "--amount", amount];
        book(&[&["pay", book_of][..], &asked, &["--on", "2026-03-01"]].concat())
    };
    assert_said(&pay(&here, "A", "600"), 0, &["A-00001", "¥600.00"]);
    assert_said(&pay(&here, "a", "600"), 1, &["大写字母"]);
    assert_said(&pay(&here, "A", "0"), 1, &["大于零"]);

    // Nothing is recorded before it is wanted, nothing guessed, nothing taken twice.
    let import = |further: &[&str]| {
        book(&[&["import", &here, &plan, &statement, "--desk", "A"][..], further].concat())
    };
    let before = fs::read(&here).expect("a book");
    assert_said(&import(&["--dry-run"]), 2, &["对上 2 笔", "没有登记", "第 5 行", "¥900.00"]);
    assert_eq!(fs::read(&here).expect("a book"), before);
    let said = ["A-00002 至 A-00003", "第 4 行按姓名对上", "支出和转存 1 行", "对不上 1 笔"];
    assert_said(&import(&[]), 2, &said);
    assert_said(&import(&[]), 2, &["对上 0 笔", "以前导入过 2 笔"]);
    assert_said(&import(&["--assign", "5=9-9-999"]), 1, &["9-9-999"]);
    assert_said(&import(&["--assign", "6=3-1-201"]), 1, &["第 6 行"]);
    assert_said(&import(&["--assign", "5=3-1-201"]), 0, &["A-00004 至 A-00004"]);

    let reverse = |receipt: &str, on: &str| {
        book(&["reverse", &here, receipt, "--desk", "A", "--on", on, "--reason", "登记错了"])
    };
    assert_said(&reverse("A-4", "2026-03-01"), 1, &["2026-03-02"]);
    assert_said(&reverse("A-4", "2026-03-03"), 0, &["A-00005", "A-00004", "¥900.00"]);
    assert_said(&reverse("A-4", "2026-03-04"), 1, &["已冲销", "A-00005"]);

    assert_said(&pay(&there, "B", "400"), 0, &["B-00001"]);
    assert_said(&book(&["join", &here, &there]), 0, &["合并了 1 条", "6 条"]);
    assert_said(&book(&["join", &here, &there]), 0, &["合并了 0 条"]);
    assert_said(&book(&["join", &there, &here]), 0, &["合并了 5 条"]);
    assert_eq!(fs::read(&here).expect("a book"), fs::read(&there).expect("a book"));
    assert_said(&book(&["check", &here]), 0, &["6 条登记", "5 笔缴款", "1 笔已冲销"]);

    // A book and the table that it exports are the same payments.
    let table = file(folder.path(), "收款.csv", &book(&["export", &here]).output);
    let collect = |payments: &str| {
        let asked = ["--payments", payments, "--on", "2026-03-31", "--format", "json"];
        fentan(&[&["collect", &plan][..], &asked].concat()).json()
    };
    assert_eq!(collect(&here), collect(&table));
    assert_eq!(collect(&here)["paid"], "3000.00");
    assert_eq!(collect(&here)["arrears"], "0.00");

    // What was touched is not read.
    let touched = fs::read_to_string(&here).expect("a book").replace("400.00", "4000.00");
    let touched = file(folder.path(), "改.book", &touched);
    assert_said(&book(&["check", &touched]), 1, &["改.book 第 7 行", "改动"]);
    let parted = path("分叉.book");
    assert_said(&pay(&parted, "A", "1"), 0, &[]);
    assert_said(&book(&["join", &here, &parted]), 1, &["A-00001", "没有合并"]);
}

#[cfg(unix)]
#[test]
fn a_book_of_two_names_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let pay = |name: &str| {
        let paid = ["--desk", "A", "--household", "3-1-101", "--amount", "5", "--on", "2026-03-02"];
        book(&[&["pay", &path(name)][..], &paid].concat())
    };
    assert_said(&pay("one.jsonl"), 0, &[]);
    let before = fs::read(path("one.jsonl")).expect("a book");
    fs::hard_link(path("one.jsonl"), path("two.jsonl")).expect("a second name");
    assert_said(&pay("two.jsonl"), 1, &["two.jsonl", "硬链接"]);
    assert_eq!(fs::read(path("one.jsonl")).expect("a book"), before);
}
