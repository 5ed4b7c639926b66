//! Files nobody should have to open: each gives a clear error or a result, never a crash.

use std::fmt::Write;
use std::fs;

use crate::{fentan, fentan_with, root};

#[track_caller]
fn refused(input: &[u8], code: &str) {
    let answer = fentan_with(&["split", "-", "--lang", "en"], input);
    assert_eq!((answer.status, answer.output.as_str()), (2, ""), "{}", answer.errors);
    assert!(answer.errors.contains(&format!(": {code}: ")), "{}", answer.errors);
}

#[test]
fn broken_files() {
    refused(b"", "missing-field");
    refused(b"{", "bad-syntax");
    refused(b"\0\0\0\0", "bad-syntax");
    refused(b"{ \"fentan\": 1, \"name\": \"a\0b\" }", "bad-syntax");
    refused(b"fentan = 1\nname = \"\xff\xfe\"\n", "bad-syntax");
    refused(&[0xff, 0xfe, b'{', 0, b'}', 0], "bad-syntax");
    refused(b"[1, 2, 3]", "bad-syntax");
    refused(b"{} {}", "bad-syntax");
    refused(br#"{ "fentan": 1, "fentan": 1 }"#, "duplicate-id");
    refused(b"fentan = 1\nfentan = 1\n", "duplicate-id");
    refused("[".repeat(5_000_000).as_bytes(), "bad-syntax");
    refused(format!("{{\"a\":{}", "[".repeat(5_000_000)).as_bytes(), "bad-syntax");
    refused(format!("a = {}", "[".repeat(1_000_000)).as_bytes(), "bad-syntax");
    refused(format!("{{ \"fentan\": 1{} }}", "9".repeat(1_000_000)).as_bytes(), "unknown-version");
}

/// A name is shown, and never obeyed by the terminal.
#[test]
fn names_that_would_steer_the_terminal() {
    let plan = r#"{ "fentan": 1, "name": "\u001b[2Jgone",
        "lines": [{ "id": "\u001b]0;owned\u0007", "amount": "1" }],
        "households": [{ "id": "1\r\n2", "area": "1" }] }"#;
    let answer = fentan_with(&["split", "-"], plan.as_bytes());
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert!(answer.output.contains("\u{fffd}[2Jgone"));
    assert!(!answer.output.contains(['\u{1b}', '\u{7}', '\r']));

    let wrong = plan.replace("\"amount\"", "\"\\u001b[2J\"");
    let answer = fentan_with(&["split", "-"], wrong.as_bytes());
    assert_eq!(answer.status, 2);
    assert!(!answer.errors.contains('\u{1b}'), "{}", answer.errors);
}

#[test]
fn a_plan_cut_off_anywhere_is_refused() {
    let plan = fs::read(root().join("examples/sold-public-housing/plan.json")).expect("a plan");
    let plan = plan.trim_ascii_end();
    for end in (1..plan.len()).step_by(plan.len() / 40) {
        refused(&plan[..end], "bad-syntax");
    }
}

#[test]
fn a_roster_cut_off_is_refused_with_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.toml"), "fentan = 1\nlines = []\n").expect("a plan");
    fs::write(folder.path().join("households.csv"), "id,building,area\n101,1,60\n201,")
        .expect("a roster");
    let plan = folder.path().join("plan.toml");
    let answer = fentan(&["check", plan.to_str().expect("UTF-8")]);
    assert_eq!(answer.status, 2);
    assert!(answer.errors.starts_with("households.csv:3: bad-syntax: "), "{}", answer.errors);
}

/// A plan of 200 MB of nothing but numbers would take gigabytes as values.
#[test]
fn a_file_of_too_many_values_is_refused_before_it_fills_the_memory() {
    let plan = format!("{{ \"fentan\": 1, \"lines\": [0{}", ",0".repeat(100 << 20));
    refused(plan.as_bytes(), "too-large");
    refused(&vec![b'#'; 200 << 20], "too-large");
}

#[test]
fn a_million_households_are_split() {
    const COUNT: usize = 1_000_000;
    let folder = tempfile::tempdir().expect("a folder");
    let mut roster = String::from("id,building,unit,floor,area\n");
    for index in 0..COUNT {
        writeln!(
            roster,
            "h{index},{},1,{},{}.{:02}",
            index / 100,
            index % 30,
            40 + index % 90,
            index % 100
        )
        .expect("room");
    }
    fs::write(folder.path().join("households.csv"), roster).expect("a roster");
    fs::write(
        folder.path().join("plan.toml"),
        "fentan = 1\n[[lines]]\nid = \"gate\"\namount = \"123456789.01\"\n",
    )
    .expect("a plan");
    let plan = folder.path().join("plan.toml");
    let answer = fentan(&["check", plan.to_str().expect("UTF-8"), "--lang", "en"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert!(answer.output.contains("1000000 households"), "{}", answer.output);
}
