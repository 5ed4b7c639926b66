//! `fentan ledger`: what is told before it is added, that nothing added is lost, and that what was
//! changed is found.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use fentan_core::Day;
use fentan_ledger::{Entry, Event, Ledger};

use crate::{Answer, fentan};

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn add(ledger: &Path, entry: &[&str]) -> Answer {
    let common = ["ledger", "add", text(ledger), "--by", "住建局", "--lang", "en"];
    fentan(&[&common[..], entry].concat())
}

fn registered<'a>(compound: &'a str, name: &'a str) -> [&'a str; 10] {
    let place = ["--county", "华龙区", "--year", "2020"];
    let [county, of, year, which] = place;
    ["--event", "registered", "--compound", compound, "--name", name, county, of, year, which]
}

/// A ledger of one compound that was struck off, and one that was only registered.
fn ledger(path: &Path) {
    let entries: [&[&str]; 9] = [
        &["--event", "target", "--compound", "华龙区", "--year", "2020", "--compounds", "2"],
        &registered("a", "北街"),
        &registered("b", "南园"),
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
    starts("ledger-compounds.csv", b"compound,name,county,year,status,");
    starts("ledger.xlsx", b"PK");
    starts("ledger-totals.parquet", b"PAR1");
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
        (&registered("a", "北街"), "a: is registered already"),
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

/// A ledger of many entries, which takes a while to write.
fn long_ledger(path: &Path, compounds: usize) {
    let (mut ledger, mut file) = (Ledger::default(), String::new());
    for number in 0..compounds {
        let event = Event::Registered {
            name: Some("北街".into()),
            county: Some("华龙区".into()),
            year: Some(2020),
        };
        let date = Day::read("2020-07-07").expect("a day");
        let by = "住建局".to_owned();
        let entry = Entry { date, by, compound: format!("c{number}"), event };
        file += &ledger.append(&entry).expect("a new compound");
    }
    fs::write(path, file).expect("a ledger");
}

#[test]
fn twenty_who_add_at_once_add_twenty_entries() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("台账.jsonl");
    let link = folder.path().join("link.jsonl");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    #[cfg(not(unix))]
    let link = path.clone();
    // One in two by the link, and the first of them makes the ledger.
    assert_eq!(
        add(&path, &[&registered("c", "北街")[..], &["--date", "2020-08-01"]].concat()).status,
        0
    );
    thread::scope(|scope| {
        for number in 0..20 {
            let path = if number % 2 == 0 { &path } else { &link };
            scope.spawn(move || {
                let id = format!("c{number}");
                let entry = [&registered(&id, "北街")[..], &["--date", "2020-08-01"]].concat();
                let answer = add(path, &entry);
                assert_eq!(answer.status, 0, "{}", answer.errors);
            });
        }
    });
    let read = Ledger::read(&fs::read(&path).expect("a ledger")).expect("a whole ledger");
    assert_eq!(read.compounds().len(), 21);
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(
        left,
        if cfg!(unix) { 2 } else { 1 },
        "no lock and no part of a file is left behind"
    );
}

/// What was confirmed is there, however the next ones end.
#[test]
fn killed_at_any_moment_nothing_that_was_confirmed_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    long_ledger(&path, 1_000);
    let (mut confirmed, mut killed) = (1_000, 0);
    let mut seed: u64 = 20_201_130;
    for number in 0..30 {
        let id = format!("k{number}");
        let mut program = Command::new(env!("CARGO_BIN_EXE_fentan"))
            .args(["ledger", "add", text(&path), "--by", "住建局", "--date", "2020-08-01"])
            .args(registered(&id, "北街"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_micros((seed >> 33) % 120_000));
        let _ = program.kill();
        let was_confirmed = program.wait().expect("its end").success();
        let read = Ledger::read(&fs::read(&path).expect("a ledger")).expect("a whole ledger");
        let found = read.compounds().len();
        // One that was written and not confirmed may be there; none that was is lost.
        let least = confirmed + usize::from(was_confirmed);
        assert!((least..=confirmed + 1).contains(&found), "{found} of {least}");
        confirmed = found;
        killed += usize::from(!was_confirmed);
    }
    assert!(killed > 0, "none was killed in time");
    let entry = [&registered("last", "北街")[..], &["--date", "2020-08-01"]].concat();
    assert_eq!(add(&path, &entry).status, 0);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_the_mode_is_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let [path, link, twin] =
        ["real.jsonl", "link.jsonl", "twin.jsonl"].map(|name| folder.path().join(name));
    ledger(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    symlink("real.jsonl", &link).expect("a link");
    let entry = [&registered("c", "东园")[..], &["--date", "2020-08-01"]].concat();
    assert_eq!(add(&link, &entry).status, 0);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::read_to_string(&path).expect("a ledger").lines().count(), 10);
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);

    // Of two names of one file writing would part them.
    fs::hard_link(&path, &twin).expect("a second name");
    let answer = add(&twin, &[&registered("d", "西园")[..], &["--date", "2020-08-02"]].concat());
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("several names"), "{}", answer.errors);
}

#[test]
fn a_payment_is_taken_back_by_naming_its_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let answer = add(
        &path,
        &[
            "--event",
            "paid",
            "--compound",
            "a",
            "--source",
            "county",
            "--amount",
            "-5",
            "--date",
            "2020-09-01",
        ],
    );
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("--event reversed --entry"), "{}", answer.errors);

    let reversed = |compound: &str, entry: &str| {
        add(
            &path,
            &[
                "--event",
                "reversed",
                "--compound",
                compound,
                "--entry",
                entry,
                "--date",
                "2020-09-01",
            ],
        )
    };
    // Entry 6 is a's payment of 1,000.50, entry 5 none.
    for (compound, entry, why) in
        [("a", "5", "no payment"), ("b", "6", "no payment"), ("a", "99", "no payment")]
    {
        let answer = reversed(compound, entry);
        assert_eq!(answer.status, 1);
        assert!(answer.errors.contains(why), "{}", answer.errors);
    }
    assert_eq!(reversed("a", "6").status, 0);
    let answer = reversed("a", "6");
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("reversed already"), "{}", answer.errors);

    let shown = fentan(&["ledger", "show", text(&path), "--payments", "--format", "csv"]).output;
    insta::assert_snapshot!("payments", shown);
    let shown = fentan(&["ledger", "show", text(&path), "--payments", "--lang", "en"]).output;
    insta::assert_snapshot!("payments-en", shown.lines().take(8).collect::<Vec<_>>().join("\n"));
    let read = Ledger::read(&fs::read(&path).expect("a ledger")).expect("a whole ledger");
    assert!(read.compounds()[0].paid["county"].is_zero());
}

#[test]
fn what_looks_like_a_slip_is_told_and_not_added_unless_it_is_confirmed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let planned = [
        "--event",
        "planned",
        "--compound",
        "b",
        "--plan",
        "examples/puyang/plan.toml",
        "--date",
        "2020-08-01",
    ];
    assert_eq!(add(&path, &planned).status, 0);
    let slips: [(&[&str], &str); 5] = [
        (
            &["--event", "paid", "--compound", "b", "--source", "county", "--amount", "99999999"],
            "too much",
        ),
        (
            &[
                "--event",
                "paid",
                "--compound",
                "b",
                "--source",
                "residents",
                "--amount",
                "9999999999",
            ],
            "too much",
        ),
        (
            &["--event", "target", "--compound", "饭县", "--year", "2020", "--compounds", "2"],
            "“饭县”; there are compounds in 华龙区",
        ),
        (&registered("b ", "北街"), "begins or ends with a space"),
        (&registered("b\u{200b}", "北街"), "characters that nobody sees"),
    ];
    let before = fs::read(&path).expect("a ledger");
    for (entry, why) in slips {
        let answer = add(&path, &[entry, &["--date", "2020-08-02"]].concat());
        assert_eq!(answer.status, 2, "{}", answer.errors);
        assert!(answer.errors.contains(why), "{}", answer.errors);
        assert!(answer.errors.contains("--confirm"), "{}", answer.errors);
        assert_eq!(fs::read(&path).expect("a ledger"), before);
    }
    let earlier = [&registered("c", "东园")[..], &["--date", "2019-12-31"]].concat();
    let answer = add(&path, &earlier);
    assert_eq!(answer.status, 2);
    assert!(
        answer.errors.contains("dated before the entry before it, 2020-08-01"),
        "{}",
        answer.errors
    );
    assert_eq!(add(&path, &[&earlier[..], &["--confirm"]].concat()).status, 0);
    // Whoever checks it later is told.
    let answer = fentan(&["ledger", "check", text(&path), "--lang", "en"]);
    assert_eq!(answer.status, 0);
    assert!(answer.output.contains("entry 11: is dated before"), "{}", answer.output);
}

#[test]
fn a_compound_is_registered_with_name_county_and_a_year_that_can_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    let whole = [&registered("a", "北街")[..], &["--date", "2020-08-01"]].concat();
    for argument in ["--name", "--county", "--year"] {
        let at = whole.iter().position(|one| *one == argument).expect("an argument");
        let without: Vec<_> = [&whole[..at], &whole[at + 2..]].concat();
        let answer = add(&path, &without);
        assert_eq!(answer.status, 1);
        assert!(answer.errors.contains(argument), "{}", answer.errors);
    }
    for year in ["20266", "202", "0"] {
        let answer = add(&path, &[&whole[..8], &["--year", year, "--date", "2020-08-01"]].concat());
        assert_eq!(answer.status, 1, "{year}");
        assert!(answer.errors.contains("no year of a programme"), "{}", answer.errors);
    }
    for day in ["2026-02-30", "2026-04-31", "2025-02-29", "2026-13-01", "20260801", "2026-8-1"] {
        let answer = add(&path, &[&whole[..10], &["--date", day]].concat());
        assert_eq!(answer.status, 1, "{day}");
    }
    assert!(!path.exists());
    assert_eq!(add(&path, &[&whole[..10], &["--date", "2024-02-29"]].concat()).status, 0);
}

#[test]
fn the_table_ends_in_a_total_and_payments_are_counted_within_a_period() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    ledger(&path);
    let show = |arguments: &[&str]| {
        let answer =
            fentan(&[&["ledger", "show", text(&path), "--lang", "en"][..], arguments].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
        answer.output
    };
    let all: [(&[&str], &str); 3] =
        [(&[], "1,000.50"), (&["--totals"], "1,000.50"), (&["--payments"], "1,020.50")];
    for (arguments, paid) in all {
        let shown = show(arguments);
        let total = shown.lines().find(|line| line.trim_start().starts_with("Total"));
        assert!(total.is_some_and(|total| total.contains(paid)), "{shown}");
    }
    // Paid on 07-15 and 07-17.
    let rows =
        |arguments: &[&str]| show(&[&["--format", "csv"], arguments].concat()).lines().count() - 1;
    assert_eq!(rows(&["--payments"]), 2);
    assert_eq!(rows(&["--payments", "--from", "2020-07-16"]), 1);
    assert_eq!(rows(&["--payments", "--from", "2020-07-15", "--to", "2020-07-15"]), 1);
    let shown = show(&["--totals", "--to", "2020-07-16"]);
    assert!(shown.contains("1,000.50") && !shown.contains("¥20.00"), "{shown}");
    assert!(shown.contains("payments from … to 2020-07-16"), "{shown}");
    let answer = fentan(&["ledger", "show", text(&path), "--from", "2020-02-30"]);
    assert_eq!(answer.status, 1);
}
