//! `fentan programme run`: the same bytes whatever the threads and however often it is killed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use fentan_bench::{County, id};
use serde_json::Value;

use crate::fentan;

const COUNTY: County = County { compounds: 60, households: 150, lines: 20 };

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// What a folder holds, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).expect("a folder");
    files
        .map(|file| {
            let file = file.expect("a file");
            let name = file.file_name().into_string().expect("a name in UTF-8");
            (name, fs::read(file.path()).expect("its bytes"))
        })
        .collect()
}

fn county(folder: &Path, county: County) -> PathBuf {
    let given = folder.join("county");
    county.write(&given).expect("a county");
    given.join("programme.toml")
}

#[track_caller]
fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, bytes) in expected {
        assert!(found[name] == *bytes, "{name} differs");
    }
}

#[test]
fn the_bytes_are_the_same_at_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), County { compounds: 40, households: 30, lines: 20 });
    let results = ["1", "2", "7"].map(|threads| {
        let out = folder.path().join(threads);
        let answer = fentan(&[
            "programme",
            "run",
            text(&programme),
            "--out",
            text(&out),
            "--threads",
            threads,
        ]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        files(&out)
    });
    assert_same(&results[1], &results[0]);
    assert_same(&results[2], &results[0]);
    let rows = |name: &str| results[0][name].iter().filter(|&&byte| byte == b'\n').count();
    assert_eq!((rows("split-households.csv"), rows("ledger.jsonl")), (1 + 40 * 30, 80));
}

/// A run by one thread that keeps what is done after every third compound.
const ONE_BY_ONE: [&str; 8] =
    ["programme", "run", "--threads", "1", "--keep-every", "3", "--lang", "en"];

/// The plan of a compound, to be read only once it is opened: a run waits for it.
struct Gate {
    path: PathBuf,
    plan: Vec<u8>,
}

impl Gate {
    fn shut(programme: &Path, compound: usize) -> Gate {
        let path = programme.with_file_name(id(compound)).join("plan.toml");
        let plan = fs::read(&path).expect("a plan");
        fs::remove_file(&path).expect("removed");
        let made = Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        Gate { path, plan }
    }

    fn open(self) {
        fs::remove_file(&self.path).expect("removed");
        fs::write(self.path, self.plan).expect("written");
    }
}

/// How many compounds an unfinished run has put on the disk.
fn kept(out: &Path) -> Option<u64> {
    let checkpoint = format!("{}.unfinished/checkpoint.json", text(out));
    let checkpoint = fs::read(checkpoint).ok()?;
    let checkpoint: Value = serde_json::from_slice(&checkpoint).expect("JSON");
    checkpoint["done"].as_u64()
}

/// Killed at fifteen compounds, one after the other, each time when what could be kept is kept; the
/// compounds between that and the gate are on the disk too, in part.
#[test]
#[cfg(unix)]
fn killed_and_started_again_the_bytes_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), COUNTY);
    let [whole, out] = ["whole", "killed"].map(|name| folder.path().join(name));
    let arguments = |out| [&ONE_BY_ONE[..], &[text(&programme), "--out", out]].concat();
    let answer = fentan(&arguments(text(&whole)));
    assert_eq!(answer.status, 0, "{}", answer.errors);

    for gate in (3..COUNTY.compounds).step_by(4) {
        let shut = Gate::shut(&programme, gate);
        let mut program = Command::new(env!("CARGO_BIN_EXE_fentan"))
            .args(arguments(text(&out)))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let done = gate as u64 / 3 * 3;
        while kept(&out) != Some(done) {
            let ended = program.try_wait().expect("a status");
            assert!(ended.is_none(), "it ended before compound {gate}: {ended:?}");
            thread::sleep(Duration::from_millis(1));
        }
        program.kill().expect("killed");
        program.wait().expect("its end");
        shut.open();
        assert!(!out.exists());
    }
    let answer = fentan(&arguments(text(&out)));
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert!(answer.errors.contains("going on where the last run was"), "{}", answer.errors);
    assert_same(&files(&out), &files(&whole));
}

/// Killed before every call that changes a disk, one after the other.
#[test]
#[cfg(target_os = "linux")]
fn killed_at_any_write_it_goes_on_with_the_same_bytes() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("not tried: there is no strace to stop the program at a write");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), County { compounds: 4, households: 3, lines: 2 });
    let [whole, out] = ["whole", "killed"].map(|name| folder.path().join(name));
    let arguments = |out| [&ONE_BY_ONE[..], &[text(&programme), "--out", out]].concat();
    assert_eq!(fentan(&arguments(text(&whole))).status, 0);
    let expected = files(&whole);

    let mut kills = 0;
    for call in ["mkdir", "write", "fsync", "fdatasync", "rename", "renameat2", "unlink"] {
        for time in 1.. {
            let inject = format!("inject=?{call}:signal=SIGKILL:when={time}");
            let ended = Command::new("strace")
                .args(["-f", "-o", "/dev/null", "-e", &inject, env!("CARGO_BIN_EXE_fentan")])
                .args(arguments(text(&out)))
                .stdin(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .expect("strace starts");
            if !ended.success() {
                kills += 1;
                // It may have been killed when all was in its place already.
                if !out.exists() {
                    let answer = fentan(&arguments(text(&out)));
                    assert_eq!(answer.status, 0, "{call} {time}: {}", answer.errors);
                }
            }
            assert_same(&files(&out), &expected);
            fs::remove_dir_all(&out).expect("removed");
            if ended.success() {
                break;
            }
        }
    }
    eprintln!("{kills} kills");
    assert!(kills >= 40, "only {kills} kills");
}

#[test]
fn a_broken_compound_is_set_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), County { compounds: 5, households: 10, lines: 4 });
    let given = folder.path().join("county");
    fs::write(given.join("c000001/households.csv"), "id,area\n1,x\n").expect("written");
    fs::remove_file(given.join("c000003/plan.toml")).expect("removed");
    let out = folder.path().join("out");
    let arguments = ["programme", "run", text(&programme), "--out", text(&out), "--lang", "en"];
    let answer = fentan(&arguments);
    assert_eq!(answer.status, 2, "{}", answer.errors);
    assert!(answer.errors.contains("3 compounds done, 2 set apart"), "{}", answer.errors);
    let files = files(&out);
    let of = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
    let problems = of("problems.csv");
    assert!(problems.contains("c000001,households.csv:2:area,bad-number,"), "{problems}");
    assert!(problems.contains("c000003,c000003/plan.toml,unreadable,"), "{problems}");
    assert_eq!(of("split-compounds.csv").matches(",broken,").count(), 2);
    // Registered all the same, and the three others planned.
    assert_eq!(of("ledger.jsonl").lines().count(), 8);
    // Nothing is written over.
    assert_eq!(fentan(&arguments).status, 1);
}

#[test]
fn sizes_that_are_left_out_come_from_the_plans() {
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), County { compounds: 6, households: 20, lines: 4 });
    let out = |name: &str| {
        let out = folder.path().join(name);
        let answer = fentan(&["programme", "run", text(&programme), "--out", text(&out)]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
        files(&out)
    };
    let given = out("given");
    let table = folder.path().join("county/compounds.csv");
    let written = fs::read_to_string(&table).expect("a table");
    let without = written.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] != "id" {
            cells[4..7].fill("");
        }
        cells.join(",") + "\n"
    });
    fs::write(&table, without.collect::<String>()).expect("written");
    assert_same(&out("left-out"), &given);
}

#[test]
fn a_programme_with_problems_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let programme = county(folder.path(), County { compounds: 3, households: 2, lines: 2 });
    let written = fs::read_to_string(&programme).expect("a programme");
    let out = folder.path().join("out");
    let refused = |from: &str, to: &str, told: &str| {
        fs::write(&programme, written.replace(from, to)).expect("written");
        let answer =
            fentan(&["programme", "run", text(&programme), "--out", text(&out), "--lang", "en"]);
        assert_eq!(answer.status, 2, "{}", answer.errors);
        assert!(answer.errors.contains(told), "{}", answer.errors);
        assert!(!out.exists());
    };
    refused("least = \"50000\"", "least = \"150001\"", "pots[1].least: too-large: the least for");
    refused("area = \"0.4\"", "area = \"0.5\"", "pots[0].weights: bad-table: ");
    for date in ["July", "2020-02-30", "2020-13-01"] {
        refused("date = \"2020-07-07\"", &format!("date = \"{date}\""), "date: bad-type: ");
    }
    refused("good = \"1\", ", "", "compounds.csv:3:assessment: unknown-id: ");
}
