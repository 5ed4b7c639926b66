//! Files that were read or that somebody else made are never written over.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Answer, fentan, fentan_with};

const OFFICE: &str = "crates/import/tests/files";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A plan with its roster in a folder of its own.
fn plan(folder: &Path) -> PathBuf {
    let made = folder.join("小区");
    assert_eq!(fentan(&["new", text(&made)]).status, 0);
    made.join("plan.toml")
}

fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .map(|path| (path.clone(), fs::read(&path).expect("its bytes")))
        .collect();
    found.sort();
    found
}

#[track_caller]
fn refused(answer: &Answer, why: &str) {
    assert_ne!(answer.status, 0, "{}", answer.errors);
    assert!(answer.errors.contains(why), "{}", answer.errors);
}

#[test]
fn a_split_beside_its_plan_leaves_plan_and_roster_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path());
    let beside = plan.parent().expect("a folder");
    let before = bytes(beside);
    for (format, language) in [("csv", "zh"), ("csv", "en"), ("json", "zh"), ("table", "zh")] {
        let answer = fentan(&[
            "split",
            text(&plan),
            "--format",
            format,
            "--out",
            text(beside),
            "--lang",
            language,
        ]);
        assert_eq!(answer.status, 0, "{}", answer.errors);
    }
    let after = bytes(beside);
    assert!(before.iter().all(|file| after.contains(file)));
    assert_eq!(after.len(), before.len() + 3 + 3 + 2);
    assert_eq!(fentan(&["split", text(&plan)]).status, 0);
}

#[test]
fn what_was_read_is_not_written_over_by_any_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path());
    let beside = plan.parent().expect("a folder");
    let roster = beside.join("households.csv");
    let office = beside.join("office.csv");
    fs::copy(&roster, &office).expect("a copy");
    let mut names = vec![plan.clone(), beside.join("../小区/plan.toml"), roster.clone()];
    #[cfg(unix)]
    {
        let [link, twin] = ["link.toml", "twin.toml"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink(&plan, &link).expect("a link");
        fs::hard_link(&plan, &twin).expect("a second name");
        names.extend([link, twin]);
    }
    let before = bytes(beside);
    for name in &names {
        for force in [&[][..], &["--force"]] {
            let publish = ["publish", text(&plan), "--date", "2026-11-27", "--out", text(name)];
            refused(
                &fentan(&[&publish[..], force].concat()),
                if force.is_empty() { "不覆盖" } else { "读入" },
            );
        }
    }
    refused(
        &fentan(&["import", text(&office), "--out", text(&office), "--force"]),
        "就是这次读入的文件",
    );
    let standard = fs::read(&roster).expect("a roster");
    // Standard input has no name to be written over by.
    let answer =
        fentan_with(&["import", "-", "--out", text(&folder.path().join("copy.csv"))], &standard);
    assert_eq!(answer.status, 0, "{}", answer.errors);
    assert_eq!(bytes(beside), before);
}

#[test]
fn what_is_there_is_replaced_by_force_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path());
    let out = folder.path().join("结果");
    let roster = format!("{OFFICE}/merged-headings.xlsx");
    let works = format!("{OFFICE}/works-budget.xlsx");
    let ledger = folder.path().join("ledger.jsonl");
    let entry = [
        "--event",
        "registered",
        "--compound",
        "a",
        "--name",
        "a",
        "--county",
        "b",
        "--year",
        "2020",
    ];
    let add = ["ledger", "add", text(&ledger), "--by", "x", "--date", "2020-01-01"];
    assert_eq!(fentan(&[&add[..], &entry].concat()).status, 0);
    let file = |name: &str| text(&out.join(name)).to_owned();
    let (tariff, imported, lines) = (file("tariff.json"), file("名册.csv"), file("lines.toml"));
    let commands: [&[&str]; 7] = [
        &["split", text(&plan), "--format", "csv", "--out", text(&out)],
        &["split", text(&plan), "--format", "json", "--out", text(&out)],
        &["export", text(&plan), "--paper", "notice,workbook", "--out", text(&out)],
        &["publish", text(&plan), "--date", "2026-11-27", "--out", &tariff],
        &["import", &roster, "--out", &imported],
        &["import", &works, "--works", "--accept", "--out", &lines],
        &["ledger", "export", text(&ledger), "--out", text(&out)],
    ];
    for command in commands {
        assert_eq!(fentan(command).status, 0, "{command:?}");
    }
    let made = bytes(&out);
    for (path, _) in &made {
        fs::write(path, "mine").expect("written");
    }
    let mine = bytes(&out);
    for command in commands {
        refused(&fentan(command), "--force");
    }
    assert_eq!(bytes(&out), mine);
    for command in commands {
        let answer = fentan(&[command, &["--force"]].concat());
        assert_eq!(answer.status, 0, "{}", answer.errors);
    }
    let names = |files: &[(PathBuf, Vec<u8>)]| {
        files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&bytes(&out)), names(&made));
    assert!(bytes(&out).iter().all(|(_, bytes)| bytes != b"mine"));
}

#[test]
fn nothing_usable_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path());
    let beside = plan.parent().expect("a folder");
    let before = bytes(beside);
    let empty = folder.path().join("empty.csv");
    fs::write(&empty, "户号,面积\n甲,约六十\n乙,不详\n").expect("a file");
    for out in ["households.csv", "new.csv"] {
        for force in [&[][..], &["--force"]] {
            let out = beside.join(out);
            let arguments = ["import", text(&empty), "--out", text(&out)];
            let answer = fentan(&[&arguments[..], force].concat());
            assert_eq!(answer.status, 2);
            assert!(answer.errors.contains("什么都没有写入"), "{}", answer.errors);
        }
    }
    let roster = beside.join("households.csv");
    assert_eq!(fentan(&["import", text(&empty), "--into", text(&roster), "--yes"]).status, 2);
    assert_eq!(bytes(beside), before);
}

#[cfg(unix)]
#[test]
fn outputs_are_for_their_owner_and_what_is_replaced_keeps_mode_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path());
    let out = folder.path().join("结果");
    let split = ["split", text(&plan), "--format", "json", "--out", text(&out)];
    assert_eq!(fentan(&split).status, 0);
    let roster = plan.with_file_name("households.csv");
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let result = out.join("split.json");
    assert_eq!((mode(&result), mode(&roster)), (0o600, 0o600));

    // Shared by its owner, and kept elsewhere.
    let kept = folder.path().join("kept.json");
    fs::rename(&result, &kept).expect("moved");
    symlink(&kept, &result).expect("a link");
    fs::write(&kept, "old").expect("written");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).expect("a mode");
    assert_eq!(fentan(&[&split[..], &["--force"]].concat()).status, 0);
    assert!(fs::symlink_metadata(&result).expect("a link").is_symlink());
    assert!(fs::read(&kept).expect("a result").starts_with(b"{"));
    assert_eq!(mode(&kept), 0o640);
}

#[test]
fn two_runs_into_one_folder_are_one_too_many() {
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().expect("a folder");
    let county = folder.path().join("county");
    let size = fentan_bench::County { compounds: 300, households: 150, lines: 20 };
    size.write(&county).expect("a county");
    let out = folder.path().join("结果");
    let growing = folder.path().join("结果.unfinished");
    let arguments = [
        "programme",
        "run",
        text(&county.join("programme.toml")),
        "--threads",
        "1",
        "--out",
        text(&out),
    ]
    .map(str::to_owned);
    let mut first = Command::new(env!("CARGO_BIN_EXE_fentan"))
        .args(&arguments)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !growing.exists() && first.try_wait().expect("a status").is_none() {
        std::thread::yield_now();
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let second = fentan(&arguments);
    assert_eq!(second.status, 1);
    // It may have ended meanwhile; then its results are there.
    let told = ["另一个程序正在写", "里已有文件"];
    assert!(told.iter().any(|told| second.errors.contains(told)), "{}", second.errors);
    assert!(first.wait().expect("its end").success());
    let found: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(found.len(), 2, "{found:?}");

    // By a link it goes where the link leads, and the link stays.
    #[cfg(unix)]
    {
        let (link, real) = (folder.path().join("link"), folder.path().join("real"));
        fs::create_dir(&real).expect("a folder");
        std::os::unix::fs::symlink("real", &link).expect("a link");
        let linked: Vec<&str> = arguments[..arguments.len() - 1].to_vec();
        assert_eq!(fentan(&[&linked[..], &[text(&link)]].concat()).status, 0);
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(bytes(&real).len(), bytes(&out).len());
        let mode = |path: &Path| {
            use std::os::unix::fs::PermissionsExt;
            fs::metadata(path).expect("a file").permissions().mode() & 0o777
        };
        assert!(bytes(&real).iter().all(|(path, _)| mode(path) == 0o600));
    }

    // A folder of that name that somebody else made is left alone.
    fs::remove_dir_all(&out).expect("removed");
    fs::create_dir(&growing).expect("a folder");
    fs::write(growing.join("日记.txt"), "mine").expect("a file");
    assert_eq!(fentan(&arguments).status, 1);
    assert_eq!(fs::read(growing.join("日记.txt")).expect("a file"), b"mine");
}

#[test]
fn errors_of_the_system_are_worded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("file"), "").expect("a file");
    let plan = "examples/puyang/plan.toml";
    let cases: [(&[&str], &str); 4] = [
        (&["check", &path("nowhere.toml")], "没有这个文件或文件夹"),
        (&["split", plan, "--out", &path("file")], "不是文件夹"),
        (&["publish", plan, "--date", "2026-11-27", "--out", &path("")], "是文件夹；请给出文件名"),
        (&["check", &path("")], "是文件夹，不是文件"),
    ];
    for (arguments, told) in cases {
        let answer = fentan(arguments);
        assert_eq!(answer.status, 1, "{arguments:?}");
        assert!(answer.errors.contains(told), "{}", answer.errors);
        assert!(!answer.errors.contains("os error"), "{}", answer.errors);
    }
}

#[test]
fn corrections_are_kept_in_no_file_that_holds_anything_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("plan.json");
    let roster = format!("{OFFICE}/merged-headings.xlsx");
    for other in ["{ \"fentan\": 1 }", "[]", "id,area\n"] {
        fs::write(&kept, other).expect("a file");
        let answer = fentan(&["import", &roster, "--mapping", text(&kept)]);
        assert_eq!(answer.status, 1, "{other}");
        assert!(answer.errors.contains("不改写"), "{}", answer.errors);
        assert_eq!(fs::read_to_string(&kept).expect("a file"), other);
    }
}
