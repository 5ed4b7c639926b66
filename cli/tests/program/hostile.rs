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

/// What would steer a terminal, turn a line round, or be taken for a formula.
const BITES: [&str; 9] = [
    "=1+1",
    "@SUM(A1)",
    "\t=1+1",
    " +1",
    "-2+3\u{0}",
    "a\u{1b}[31mb\u{9b}2J",
    "\u{202e}gnp\u{2066}x",
    "n\u{200b}o\u{feff}rth",
    "l\r\nine\u{2028}s",
];

/// Whether a terminal or a reader could be misled by it.
fn bites(text: &str) -> bool {
    text.chars().any(|one| one != '\n' && fentan_core::internal::is_hidden(one))
}

fn bitten(folder: &std::path::Path, index: usize) -> String {
    let text = |text: &str| serde_json::to_string(text).expect("JSON");
    let bite = BITES[index % BITES.len()];
    let plan = format!(
        r#"{{ "fentan": 1, "name": {bite}, "lines": [
            {{ "id": {bite}, "name": {bite}, "amount": "100", "note": {bite} }},
            {{ "id": "x", "amount": "50", "share_by": {{ "column": {bite} }} }}],
            "sources": [{{ "id": {bite}, "name": {bite}, "rate": "50%", "covers": {{ "lines": [{bite}] }} }}],
            "compound": {{ "year_built": 2003 }},
            "relief": {{ "rates": {{ "dibao": "50%" }}, "pot": {{ "id": {pot}, "name": {bite}, "amount": "1" }} }},
            "scenarios": [{{ "id": {bite}, "name": {bite}, "changes": [{{ "set": "lines.x.amount", "to": "60" }}] }}],
            "stress": {{ "lines": {{ "x": {{ "most": "20%" }} }}, "draws": 10 }},
            "households": [
              {{ "id": {bite}, "area": "60", "building": {bite}, "name": {bite}, "hardship": "dibao", "weights": {{ {bite}: "1" }} }},
              {{ "id": "y", "area": "40", "weights": {{ {bite}: "1" }} }}] }}"#,
        bite = text(bite),
        pot = text(&format!("{bite}p")),
    );
    let path = folder.join(format!("plan{index}.json"));
    fs::write(&path, plan).expect("a plan");
    path.display().to_string()
}

#[test]
fn texts_that_bite_do_not_come_through_any_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for (index, bite) in BITES.into_iter().enumerate() {
        let plan = bitten(folder.path(), index);
        let out = folder.path().join(format!("out{index}")).display().to_string();
        let commands: [&[&str]; 26] = [
            &["split", &plan],
            &["split", &plan, "--format", "json"],
            &["split", &plan, "--format", "csv"],
            &["split", &plan, "--format", "csv", "--out", &out],
            &["check", &plan],
            &["explain", &plan, "--household", bite, "--depth", "9"],
            &["explain", &plan, "--line", bite],
            &["explain", &plan, "--source", bite],
            &["explain", &plan, "--household", &format!("{bite}?")],
            &["changes", "examples/puyang/plan.toml", &plan],
            &["changes", &plan, &plan, "--format", "csv"],
            &["changes", &plan, &plan, "--home", &format!("{bite}?")],
            &["vote", &plan],
            &["vote", &plan, "--line", &format!("{bite}?")],
            &["compare", &plan],
            &["compare", &plan, "--format", "csv"],
            &["compare", &plan, "--format", "json"],
            &["sweep", &plan, "--over", "lines.x.amount=1..3/1", "--format", "csv"],
            &["seek", &plan, "--least", "lines.x.amount=1..99/1", "--such-that", "median_cash<=20"],
            &["stress", &plan],
            &["stress", &plan, "--format", "csv"],
            &["publish", &plan, "--date", "2026-11-27"],
            &["export", &plan, "--paper", "all", "--format", "html", "--out", &out],
            &["policy", "show", bite],
            &["check", &format!("{out}/{bite}.toml").replace('\0', "")],
            &["split", &plan, "--format", bite],
        ];
        for command in commands {
            if command.iter().any(|argument| argument.contains('\0')) {
                continue;
            }
            let answer = fentan(command);
            for told in [&answer.output, &answer.errors] {
                assert!(!bites(told), "{command:?}: {told:?}");
            }
            if command.contains(&"csv") {
                no_formulas(&answer.output);
            }
        }
        for file in fs::read_dir(&out).expect("results").map(|file| file.expect("a file").path()) {
            let ending = file.extension().and_then(|ending| ending.to_str());
            match ending {
                Some("csv") => {
                    let table = fs::read_to_string(&file).expect("a table");
                    assert!(!bites(&table), "{}: {table:?}", file.display());
                    no_formulas(&table);
                }
                Some("html") => {
                    let page = fs::read_to_string(&file).expect("a page");
                    assert!(!bites(&page), "{}", file.display());
                }
                _ => {}
            }
        }
    }
}

#[track_caller]
fn no_formulas(table: &str) {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table.as_bytes());
    for record in reader.records() {
        for cell in &record.expect("a row") {
            assert!(!fentan_words::looks_like_formula(cell), "{cell:?}");
            assert!(!cell.contains(['\n', '\r', '\0']), "{cell:?}");
        }
    }
}

#[test]
fn texts_that_bite_do_not_come_through_programmes_and_ledgers() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = folder.path().join("given");
    fs::create_dir(&given).expect("a folder");
    for (index, bite) in BITES.into_iter().enumerate() {
        bitten(&given, index);
        let text = |text: &str| serde_json::to_string(text).expect("JSON");
        let programme = format!(
            r#"{{ "fentan_programme": 1, "date": "2020-07-07", "by": {bite}, "year": 2020,
                "pots": [{{ "id": {bite}, "name": {bite}, "source": {bite}, "amount": "100", "weights": {{ "households": "1" }} }}],
                "compounds": [{{ "id": {bite}, "name": {bite}, "county": {bite}, "plan": "plan{index}.json" }},
                  {{ "id": "broken", "county": {bite}, "households": 3, "plan": {bite} }}] }}"#,
            bite = text(bite),
        );
        let file = given.join("programme.json");
        fs::write(&file, programme).expect("a programme");
        let path = |name: &str| folder.path().join(format!("{name}{index}")).display().to_string();
        let (out, export, ledger) = (path("run"), path("export"), path("ledger"));
        let run = ["programme", "run", file.to_str().expect("UTF-8"), "--out", &out];
        let answer = fentan(&run);
        assert_eq!(answer.status, 2, "{bite:?}: {}", answer.errors);
        assert!(!bites(&answer.errors), "{:?}", answer.errors);
        let add = ["ledger", "add", &ledger, "--run", &out, "--date", "2020-08-01", "--confirm"];
        for command in [
            &[&add[..], &["--by", "x"]].concat()[..],
            &["ledger", "show", &ledger],
            &["ledger", "show", &ledger, "--format", "csv"],
            &["ledger", "show", &ledger, "--totals", "--format", "csv"],
            &["ledger", "check", &ledger],
            &["ledger", "export", &ledger, "--out", &export],
        ] {
            let answer = fentan(command);
            assert_eq!(answer.status, 0, "{command:?} {bite:?}: {}", answer.errors);
            for told in [&answer.output, &answer.errors] {
                assert!(!bites(told), "{command:?}: {told:?}");
            }
            if command.contains(&"csv") {
                no_formulas(&answer.output);
            }
        }
        for folder in [out, export] {
            for file in fs::read_dir(folder).expect("results") {
                let file = file.expect("a file").path();
                if file.extension().is_some_and(|ending| ending == "csv") {
                    let table = fs::read_to_string(&file).expect("a table");
                    assert!(!bites(&table), "{}: {table:?}", file.display());
                    no_formulas(&table);
                }
            }
        }
    }
}

/// What was written for a spreadsheet program is read back as it was.
#[test]
fn a_roster_whose_ids_look_like_formulas_is_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("office.csv"), "户号,建筑面积\n-1-101,60\n+1-101,40\n").expect("a file");
    fs::write(path("plan.toml"), "fentan = 1\n[[lines]]\nid = \"gate\"\namount = \"100\"\n")
        .expect("a plan");
    let answer = fentan(&["import", &path("office.csv"), "--plan", &path("plan.toml")]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let roster = fs::read_to_string(path("households.csv")).expect("a roster");
    assert!(roster.contains("'-1-101") && roster.contains("'+1-101"), "{roster}");
    let split = fentan(&["split", &path("plan.toml"), "--format", "json"]).json();
    assert_eq!(split["households"][0]["id"], "-1-101");
    let explained = fentan(&["explain", &path("plan.toml"), "--household=-1-101"]);
    assert_eq!(explained.status, 0, "{}", explained.errors);
}
