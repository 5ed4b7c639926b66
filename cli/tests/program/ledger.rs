//! `fentan ledger`, and that what was changed in one is found.

use std::fs;
use std::path::Path;

use crate::{Answer, fentan};

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn add(ledger: &Path, entry: &[&str]) -> Answer {
    let common = ["ledger", "add", text(ledger), "--by", "住建局", "--lang", "en"];
    fentan(&[&common[..], entry].concat())
}

/// A ledger of one compound that was struck off, and one that was only registered.
fn ledger(path: &Path) {
    let entries: [&[&str]; 9] = [
        &["--event", "target", "--compound", "华龙区", "--year", "2020", "--compounds", "2"],
        &["--event", "registered", "--compound", "a", "--county", "华龙区", "--year", "2020"],
        &["--event", "registered", "--compound", "b", "--county", "华龙区", "--year", "2020"],
        &["--event", "planned", "--compound", "a", "--plan", "examples/puyang/plan.toml"],
        &["--event", "under_way", "--compound", "a"],
        &["--event", "paid", "--compound", "a", "--source", "county", "--amount", "1000.5"],
        &["--event", "accepted", "--compound", "a"],
        &["--event", "paid", "--compound", "a", "--source", "residents", "--amount", "20"],
        &["--event", "struck_off", "--compound", "a"],
    ];
    for (day, entry) in (10..).zip(entries) {
        let answer = add(path, &[entry, &["--date", &format!("2020-07-{day}")]].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
    }
}

#[test]
fn entries_come_to_a_table_and_totals() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let show = |arguments: &[&str]| {
        let answer = fentan(&[&["ledger", "show", text(&path)][..], arguments].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
        answer.output
    };
    insta::assert_snapshot!(show(&["--format", "csv"]));
    insta::assert_snapshot!(show(&["--totals", "--format", "csv"]));
    assert!(show(&["--status", "registered"]).contains("已登记"));
    assert_eq!(show(&["--county", "清丰县", "--format", "csv"]).lines().count(), 1);

    let out = folder.path().join("out");
    for format in ["csv", "xlsx", "parquet"] {
        let arguments = ["ledger", "export", text(&path), "--format", format, "--out", text(&out)];
        assert_eq!(fentan(&arguments).status, 0);
    }
    let starts = |name: &str, bytes: &[u8]| {
        assert!(fs::read(out.join(name)).expect(name).starts_with(bytes), "{name}");
    };
    starts("compounds.csv", b"compound,name,county,year,status,");
    starts("ledger.xlsx", b"PK");
    starts("totals.parquet", b"PAR1");
}

#[test]
fn what_the_entries_before_do_not_allow_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let before = fs::read(&path).expect("a ledger");
    let refused: [(&[&str], &str); 6] = [
        (&["--event", "accepted", "--compound", "b"], "b: is registered, which"),
        (&["--event", "accepted", "--compound", "c"], "c: not registered"),
        (&["--event", "registered", "--compound", "a"], "a: is registered already"),
        (
            &["--event", "paid", "--compound", "a", "--source", "county", "--amount", "1"],
            "struck off",
        ),
        (&["--event", "paid", "--compound", "b", "--source", "x", "--amount", "1e3"], "no amount"),
        (&["--event", "paid", "--compound", "b", "--amount", "1"], "--source"),
    ];
    for (entry, why) in refused {
        let answer = add(&path, &[entry, &["--date", "2020-09-01"]].concat());
        assert_eq!(answer.status, 1);
        assert!(answer.errors.contains(why), "{}", answer.errors);
    }
    for date in ["2020-13-01", "2026-02-31", "2026-99-99", "2100-02-29", "2026-7-7", "July"] {
        let answer = add(&path, &["--event", "accepted", "--compound", "b", "--date", date]);
        assert_eq!(answer.status, 1);
        assert!(answer.errors.contains("write the day"), "{}", answer.errors);
    }
    assert_eq!(fs::read(&path).expect("a ledger"), before);
}

#[test]
fn a_changed_ledger_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let whole = fs::read_to_string(&path).expect("a ledger");
    let check = |arguments: &[&str]| {
        fentan(&[&["ledger", "check", text(&path), "--lang", "en"][..], arguments].concat())
    };
    let answer = check(&[]);
    assert!(answer.output.starts_with("whole: 9 entries"), "{}", answer.output);
    let head = answer.output.trim().rsplit(' ').next().expect("a head").to_owned();
    let answer = check(&["--head", &format!(" {}", head.to_uppercase())]);
    assert_eq!(answer.status, 0);
    assert!(answer.output.contains("nothing happened since"), "{}", answer.output);
    // One noted before the last entry was added.
    let before = whole.lines().nth(7).and_then(|line| line.get(line.len() - 66..line.len() - 2));
    let answer = check(&["--head", before.expect("a head")]);
    assert_eq!(answer.status, 0);
    assert!(answer.output.contains("entry 8: up to there nothing was changed; 1 were added"));
    let answer = check(&["--head", &head[1..]]);
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("give all of its 64"), "{}", answer.errors);

    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let without = |taken: usize| {
        let kept = lines.iter().enumerate().filter(|(line, _)| *line != taken);
        kept.map(|(_, line)| *line).collect::<String>()
    };
    let cases = [
        (whole.replace("1000.50", "9000.50"), "line 6: its text was changed"),
        (without(4), "line 5: does not follow"),
        (whole.trim_end().to_owned(), "line 9: the line breaks off"),
    ];
    for (changed, found) in cases {
        fs::write(&path, changed).expect("written");
        let answer = check(&[]);
        assert_eq!(answer.status, 1);
        assert!(answer.errors.contains(found), "{}", answer.errors);
    }
    // The end can only be missed by who knows where it was.
    fs::write(&path, without(8)).expect("written");
    assert_eq!(check(&[]).status, 0);
    assert_eq!(check(&["--head", &head]).status, 1);
}
