//! `--run`: what a programme divided reaches every command about one plan, and every paper.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fentan_bench::County;
use fentan_core::Fen;
use serde_json::Value;

use crate::{Answer, fentan};

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A county that is generated, with its run.
pub(crate) struct Ran {
    pub(crate) folder: tempfile::TempDir,
}

impl Ran {
    pub(crate) fn new(county: County) -> Ran {
        let folder = tempfile::tempdir().expect("a folder");
        county.write(&folder.path().join("county")).expect("a county");
        let ran = Ran { folder };
        let answer = ran.run(&[]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        ran
    }

    /// Runs the programme into its folder of results.
    pub(crate) fn run(&self, further: &[&str]) -> Answer {
        let (programme, out) = (self.path("county/programme.toml"), self.out());
        let arguments = ["programme", "run", text(&programme), "--out", text(&out), "--lang", "en"];
        fentan(&[&arguments, further].concat())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.path("out")
    }

    /// The rows of a table of the run, each by column.
    pub(crate) fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&fs::read(self.out().join(name)).expect("a table"))
    }

    fn plan(&self, compound: &str) -> PathBuf {
        self.path(&format!("county/{compound}/plan.toml"))
    }
}

/// The rows of a table, each by column.
pub(crate) fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

const COUNTY: County = County { compounds: 4, households: 12, lines: 6 };

#[test]
fn a_split_with_its_portion_is_that_of_the_run() {
    let ran = Ran::new(COUNTY);
    let out = ran.out();
    for compound in ran.table("split-compounds.csv") {
        let id = &compound["compound"];
        let plan = ran.plan(id);
        let answer = fentan(&["split", text(&plan), "--run", text(&out), "--format", "json"]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        let split = answer.json();
        assert_eq!(split["residents"], compound["residents"].as_str());
        assert_eq!(split["run"]["compound"], id.as_str());
        let paid = |source: &str| {
            let division = ran.table("division.csv");
            let found = division.iter().find(|row| row["compound"] == *id && row["pot"] == source);
            found.expect("a portion")["portion"].clone()
        };
        assert_eq!(split["run"]["offers"]["central"], paid("central").as_str());
        let homes: Vec<_> = ran.table("split-households.csv");
        let homes = homes.iter().filter(|row| row["compound"] == *id);
        let found: Vec<&Value> = split["households"].as_array().expect("homes").iter().collect();
        for (row, home) in homes.zip(&found) {
            assert_eq!(
                (home["id"].as_str(), home["due"].as_str()),
                (Some(&*row["id"]), Some(&*row["due"]))
            );
        }
        // Alone the plan says its own, and nothing of a run.
        let alone = fentan(&["split", text(&plan), "--format", "json"]).json();
        assert_ne!(alone["residents"], split["residents"]);
        assert!(alone.get("run").is_none());
    }
}

#[test]
fn whatever_has_the_money_of_a_run_says_so() {
    let ran = Ran::new(COUNTY);
    let (plan, out) = (ran.plan("c000001"), ran.out());
    let told = "Sources give what the programme “Generated” divided to compound c000001";
    for command in [
        &["split"][..],
        &["check"],
        &["explain", "--source", "central"],
        &["explain", "--household", "1-1-101-0"],
        &["vote"],
    ] {
        let arguments = [command, &[text(&plan), "--run", text(&out), "--lang", "en"]].concat();
        let answer = fentan(&arguments);
        assert_eq!(answer.status, 0, "{command:?}: {}", answer.errors);
        assert!(answer.output.starts_with(told), "{command:?}: {}", answer.output);
    }
    let csv = ["split", text(&plan), "--run", text(&out), "--format", "csv", "--lang", "en"];
    let answer = fentan(&csv);
    assert!(answer.errors.starts_with(told) && answer.output.starts_with("id,"));
    // A receipt is of the plan alone.
    let receipt = ["split", text(&plan), "--run", text(&out), "--format", "json", "--receipt"];
    assert_eq!(fentan(&receipt).status, 1);
}

#[test]
fn every_compound_has_its_papers_with_its_portion() {
    let ran = Ran::new(COUNTY);
    let (out, papers) = (ran.out(), ran.path("papers"));
    let arguments = [
        "export",
        "--run",
        text(&out),
        "--paper",
        "funding",
        "--format",
        "html",
        "--date",
        "2026-11-30",
        "--out",
        text(&papers),
    ];
    let answer = fentan(&arguments);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    for compound in ran.table("split-compounds.csv") {
        let paper = papers.join(&compound["compound"]).join("funding.html");
        let paper = fs::read_to_string(paper).expect("a paper");
        assert!(paper.contains(&grouped(&compound["residents"])), "{}", compound["compound"]);
        assert!(paper.contains("补助按改造计划“Generated”的分配"));
    }
}

/// Money as papers write it.
fn grouped(amount: &str) -> String {
    let (yuan, fen) = amount.split_once('.').expect("two decimals");
    let digits: Vec<char> = yuan.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    format!("{}.{fen}", groups.join(","))
}

#[test]
fn a_plan_that_has_changed_names_its_compound() {
    let ran = Ran::new(COUNTY);
    let (plan, out) = (ran.plan("c000002"), ran.out());
    let written = fs::read_to_string(&plan).expect("a plan");
    fs::write(&plan, written + "\n# mended\n").expect("written");
    let arguments = ["check", text(&plan), "--run", text(&out), "--lang", "en"];
    let answer = fentan(&arguments);
    assert_eq!(answer.status, 1);
    assert!(answer.errors.contains("has changed since"), "{}", answer.errors);
    let named = fentan(&[&arguments[..], &["--compound", "c000002"]].concat());
    assert_eq!(named.status, 0, "{}", named.errors);
    assert!(named.output.contains("the plan or its roster has changed since"), "{}", named.output);
    assert_eq!(fentan(&[&arguments[..], &["--compound", "nobody"]].concat()).status, 1);
    assert_eq!(fentan(&["check", text(&plan), "--run", text(ran.folder.path())]).status, 1);
}

/// The plan as the second of two that are alike.
#[test]
fn plans_that_are_alike_name_their_compound() {
    let ran = Ran::new(COUNTY);
    for file in ["plan.toml", "households.csv"] {
        let from = ran.path("county/c000000").join(file);
        fs::copy(from, ran.path("county/c000003").join(file)).expect("copied");
    }
    fs::remove_dir_all(ran.out()).expect("removed");
    assert_eq!(ran.run(&[]).status, 0);
    let (plan, out) = (ran.plan("c000003"), ran.out());
    let arguments = ["split", text(&plan), "--run", text(&out), "--format", "json", "--lang", "en"];
    let answer = fentan(&arguments);
    assert!(answer.errors.contains("several compounds have this plan"), "{}", answer.errors);
    let named = fentan(&[&arguments[..], &["--compound", "c000003"]].concat());
    assert_eq!(named.json()["run"]["changed"], false);
    assert_eq!(
        named.json()["residents"],
        ran.table("split-compounds.csv")[3]["residents"].as_str()
    );
}

#[test]
fn findings_are_told_with_their_reasons() {
    let ran = Ran::new(COUNTY);
    let plan = ran.plan("c000001");
    let written = fs::read_to_string(&plan).expect("a plan");
    let wrong = "[compound.public_revenue]\ngross = \"100\"\ncost = \"30\"\n\n[[lines]]";
    fs::write(&plan, written.replacen("[[lines]]", wrong, 1)).expect("written");
    fs::remove_dir_all(ran.out()).expect("removed");
    let answer = ran.run(&["--fail-on", "error"]);
    assert_eq!(answer.status, 3, "{}", answer.errors);
    assert!(answer.errors.contains("findings: 1 errors"), "{}", answer.errors);
    let findings = ran.table("findings.csv");
    let error = findings.iter().find(|row| row["severity"] == "error").expect("an error");
    assert_eq!((&*error["compound"], &*error["check"]), ("c000001", "revenue-net"));
    assert!(error["message"].contains("¥70.00"), "{error:?}");
    assert_eq!(error["clauses"], "china/civil-code-282");
    // The same of one plan.
    let out = ran.out();
    for (command, further) in [("check", &[][..]), ("split", &["--format", "json"])] {
        let arguments = [command, text(&plan), "--run", text(&out), "--fail-on", "error"];
        assert_eq!(fentan(&[&arguments[..], further].concat()).status, 3);
    }
    let notes = fentan(&["check", text(&ran.plan("c000000")), "--fail-on", "error"]);
    assert_eq!(notes.status, 0, "{}", notes.errors);
}

/// Three plans that can't be read for their size: the others share the pots, and all three are named.
#[test]
fn broken_compounds_never_stop_the_others() {
    let ran = Ran::new(County { compounds: 7, ..COUNTY });
    let table = ran.path("county/compounds.csv");
    let written = fs::read_to_string(&table).expect("a table");
    let without = written.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] != "id" {
            cells[4..7].fill("");
        }
        cells.join(",") + "\n"
    });
    fs::write(&table, without.collect::<String>()).expect("written");
    let plan = ran.plan("c000001");
    let broken = fs::read_to_string(&plan).expect("a plan").replace("60%", "160%");
    fs::write(&plan, broken).expect("written");
    fs::remove_file(ran.path("county/c000003/households.csv")).expect("removed");
    fs::remove_file(ran.plan("c000005")).expect("removed");
    fs::remove_dir_all(ran.out()).expect("removed");
    let answer = ran.run(&[]);
    assert_eq!(answer.status, 2, "{}", answer.errors);
    assert!(answer.errors.contains("3 compounds take no part"), "{}", answer.errors);
    for (id, why) in [
        ("c000001", "sources[0].rate: "),
        ("c000003", "households: "),
        ("c000005", "c000005/plan.toml"),
    ] {
        let told = format!("compound {id} ({id}/plan.toml): ");
        let line = answer.errors.lines().find(|line| line.starts_with(&told));
        assert!(line.is_some_and(|line| line.contains(why)), "{id}: {}", answer.errors);
    }
    let statuses: Vec<String> =
        ran.table("split-compounds.csv").iter().map(|row| row["status"].clone()).collect();
    let expected = ["split", "broken", "split", "broken", "split", "broken", "split"];
    assert_eq!(statuses, expected);
    let files: Vec<String> =
        ran.table("problems.csv").iter().map(|row| row["file"].clone()).collect();
    assert_eq!(files, ["c000001/plan.toml", "c000003/plan.toml", "c000005/plan.toml"]);
    let apart = ran.table("division.csv");
    let apart = apart.iter().filter(|row| row["held"] == "apart");
    assert!(apart.clone().all(|row| row["portion"] == "0.00"));
    assert_eq!(apart.count(), 6);
}

/// A compound that can use little of its portion: its plan uses the same, and the others get the rest.
#[test]
fn a_second_round_divides_what_is_not_used() {
    let ran = Ran::new(COUNTY);
    let plan = ran.plan("c000002");
    let written = fs::read_to_string(&plan).expect("a plan");
    fs::write(&plan, written.replace("rate = \"60%\"", "rate = \"1%\"")).expect("written");
    fs::remove_dir_all(ran.out()).expect("removed");
    let answer = ran.run(&[]);
    assert!(answer.errors.contains("1 compounds leave"), "{}", answer.errors);
    let portion = |id: &str| {
        let division = ran.table("division.csv");
        let of = division.iter().find(|row| row["pot"] == "central" && row["compound"] == id);
        let of = of.expect("a portion");
        (of["portion"].parse::<Fen>().expect("money"), of["held"].clone())
    };
    let first = ["c000000", "c000001", "c000002", "c000003"].map(portion);
    fs::remove_dir_all(ran.out()).expect("removed");
    let answer = ran.run(&["--again"]);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    let second = ["c000000", "c000001", "c000002", "c000003"].map(portion);
    assert_eq!(second[2], (Fen(1_000_000), "used".to_owned()));
    assert!(first[2].0 > second[2].0, "{first:?} {second:?}");
    for (before, after) in first.iter().zip(&second).filter(|(_, after)| after.1 != "used") {
        assert!(after.0 >= before.0, "{first:?} {second:?}");
    }
    let rounds = ran.table("rounds.csv");
    let held = rounds.iter().find(|row| row["compound"] == "c000002").expect("held");
    assert_eq!((&*held["round"], &*held["pot"]), ("1", "central"));
}
