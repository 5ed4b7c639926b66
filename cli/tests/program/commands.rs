//! The commands: what they write, where, and how they end.

use std::fs;

use crate::{fentan, fentan_with, root};

#[test]
fn help_of_every_command_in_both_languages() {
    for language in ["zh", "en"] {
        for command in [
            "",
            "split",
            "check",
            "mend",
            "verify",
            "explain",
            "changes",
            "export",
            "vote",
            "policy",
            "import",
            "reconcile",
            "publish",
            "collect",
            "settle",
            "join",
            "cash",
            "new",
            "help",
            "completions",
            "compare",
            "sweep",
            "seek",
            "stress",
            "scenario",
        ] {
            let arguments: Vec<_> = [command, "--help", "--lang", language]
                .into_iter()
                .filter(|one| !one.is_empty())
                .collect();
            let answer = fentan(&arguments);
            assert_eq!(answer.status, 0);
            insta::assert_snapshot!(format!("help-{command}-{language}"), answer.output);
        }
    }
}

#[test]
fn wrong_usage_is_a_failure_in_words() {
    let cases: [&[&str]; 13] = [
        &["splt", "plan.toml"],
        &["split"],
        &["split", "plan.toml", "--fromat", "json"],
        &["split", "plan.toml", "--format", "xml"],
        &["split", "plan.toml", "--format"],
        &["split", "plan.toml", "other.toml"],
        &["policy", "lst"],
        &["stress", "plan.toml", "--draws", "many"],
        &["explain", "plan.toml"],
        &["explain", "plan.toml", "--household", "1", "--source", "county"],
        &["split", "plan.toml", "--households", "a.csv", "--households", "b.csv"],
        &["check", "nowhere.toml"],
        &["--lang", "en", "check", "nowhere.toml"],
    ];
    let answers = cases.map(|arguments| {
        let answer = fentan(arguments);
        assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{arguments:?}");
        format!("fentan {}\n{}", arguments.join(" "), answer.errors)
    });
    insta::assert_snapshot!(answers.join("\n"));
}

/// Four homes have no floor: one message names them, and JSON has them apart.
#[test]
fn every_home_without_a_floor_is_named_at_once() {
    let plan = r#"{ "fentan": 1, "tables": { "lift": { "1": "0" } },
        "lines": [{ "id": "lift", "amount": "100", "share_by": { "table": "lift" } }],
        "households": [{ "id": "25H", "area": "60" }, { "id": "12D", "area": "60" }, { "id": "A01", "area": "60" },
            { "id": "B02", "area": "60" }, { "id": "C03", "area": "60", "floor": 1 }] }"#;
    let answer = fentan_with(&["check", "-"], plan.as_bytes());
    assert_eq!((answer.status, answer.errors.lines().count()), (2, 1), "{}", answer.errors);
    assert!(answer.errors.contains("25H、12D、A01、B02"), "{}", answer.errors);
    let answer = fentan_with(&["split", "-", "--format", "json"], plan.as_bytes());
    let homes = &answer.json()["errors"][0]["households"];
    assert_eq!(*homes, serde_json::json!(["25H", "12D", "A01", "B02"]));
}

/// What is probably a slip stands in a check, with the command that mends it.
#[test]
fn a_check_tells_slips_and_the_command_that_mends_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.toml").display().to_string();
    let plan = "fentan = 1\n[[lines]]\nid = \"roof\"\nname = \"2号楼屋面\"\namount = \"400\"\n";
    fs::write(&path, plan).expect("a plan");
    let roster = "id,building,area\n1-101,1,60\n1-102,1,60\n2-101,2,60\n2-102,2,60\n";
    fs::write(folder.path().join("households.csv"), roster).expect("a roster");
    let answer = fentan(&["check", &path]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let told: Vec<&str> = answer.output.lines().collect();
    let found = told.iter().find(|line| line.contains("line-place")).expect("a finding");
    assert!(found.ends_with("改正后有 2 户共少出 ¥200.00，有 2 户共多出 ¥200.00"), "{found}");
    let offer = format!("可以直接改正：fentan mend {path} line-place");
    assert_eq!(told.last(), Some(&offer.as_str()));
}

#[test]
fn problems_end_with_two_and_stand_on_standard_error() {
    let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": 1.5 }, { "id": "gate",
        "amount": "-2" }], "sources": [{ "id": "county" }], "households": [] }"#;
    let answer = fentan_with(&["split", "-", "--lang", "en"], plan.as_bytes());
    assert_eq!((answer.status, answer.output.as_str()), (2, ""));
    insta::assert_snapshot!(answer.errors);

    let answer = fentan_with(&["split", "-", "--format", "json"], plan.as_bytes());
    assert_eq!(answer.status, 2);
    insta::assert_snapshot!("problems-json", answer.output);
}

#[test]
fn check_says_that_a_plan_is_right() {
    let answer = fentan(&["check", "examples/sold-public-housing/plan.json"]);
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
    insta::assert_snapshot!(answer.output);
}

#[test]
fn a_new_plan_splits_as_it_is_and_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["zh", "en"] {
        let made = folder.path().join(language);
        let made = made.to_str().expect("a path in UTF-8");
        assert_eq!(fentan(&["new", made, "--lang", language]).status, 0);
        let plan = format!("{made}/plan.toml");
        let answer = fentan(&["split", &plan, "--lang", language]);
        assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
        insta::assert_snapshot!(format!("new-{language}"), answer.output);

        let before = fs::read(&plan).expect("the plan");
        assert_eq!(fentan(&["new", made]).status, 1);
        assert_eq!(fs::read(&plan).expect("the plan"), before);
    }
}

#[test]
fn out_writes_whole_files_and_nothing_for_a_plan_with_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("result");
    let path = out.to_str().expect("a path in UTF-8");
    let answer = fentan_with(&["split", "-", "--out", path], b"{}");
    assert_eq!(answer.status, 2);
    assert!(!out.exists());

    for (format, names) in [
        ("table", vec!["split.txt"]),
        ("json", vec!["split.json"]),
        ("csv", vec!["分摊-住户.csv", "分摊-出资方.csv", "分摊-项目.csv"]),
    ] {
        let answer =
            fentan(&["split", "examples/puyang/plan.toml", "--format", format, "--out", path]);
        assert_eq!((answer.status, answer.output.as_str()), (0, ""), "{}", answer.errors);
        let mut written: Vec<_> = fs::read_dir(&out)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        written.sort();
        assert_eq!(written, names);
        fs::remove_dir_all(&out).expect("an empty place");
    }
}

#[test]
fn a_roster_is_named_or_found_beside_the_plan_and_never_given_twice() {
    let plan = root().join("examples/puyang/plan.toml");
    let bytes = fs::read(plan).expect("the plan");
    let roster = "examples/puyang/households.csv";
    let named = fentan_with(&["split", "-", "--households", roster, "--format", "json"], &bytes);
    let found = fentan(&["split", "examples/puyang/plan.toml", "--format", "json"]);
    assert_eq!((named.status, found.status), (0, 0));
    assert_eq!(named.output, found.output);

    let twice = "examples/sold-public-housing/plan.json";
    let answer = fentan(&["check", twice, "--households", roster, "--lang", "en"]);
    assert_eq!(answer.status, 2);
    assert!(answer.errors.starts_with("households: duplicate-id: "), "{}", answer.errors);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = fentan(&["completions", shell]);
        assert_eq!(answer.status, 0);
        assert!(answer.output.contains("households"), "{shell}");
    }
}
