//! What becomes of files when their writing goes wrong: a full disk, a folder that takes
//! nothing, a power cut between any two writes, two writers at once.

#![cfg(target_os = "linux")]
#![allow(clippy::panic, reason = "that is how a test fails")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::root;

const PROGRAM: &str = env!("CARGO_BIN_EXE_fentan");
const NAMES: [&str; 3] = ["split-households.csv", "split-lines.csv", "split-sources.csv"];

fn run(program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).env("FENTAN_LANG", "en");
    command.stdin(Stdio::null()).output().expect("the program starts")
}

/// Runs a script that may mount file systems nobody else sees; `None` where this machine lets
/// nobody do so.
fn among_own_mounts(script: &str, arguments: &[&str]) -> Option<Output> {
    let own = ["--user", "--map-root-user", "--mount"];
    let may = run("unshare", &[&own[..], &["true"]].concat()).status.success();
    if !may {
        eprintln!("not tried: this machine lets nobody mount a file system of their own");
        return None;
    }
    Some(run("unshare", &[&own[..], &["sh", "-euc", script, "sh"], arguments].concat()))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_full_disk_or_a_folder_that_takes_nothing_leaves_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a path in UTF-8");
    // The larger result has no room; it is asked for once more where nothing may be written.
    let script = r#"
        fentan=$1 out=$2
        mount -t tmpfs -o size=64k none "$out"
        "$fentan" split examples/sold-public-housing/plan.json --format json --out "$out" 2>&1
        sha256sum "$out/split.json"
        for options in rw ro; do
            mount -o remount,$options "$out"
            status=0
            "$fentan" split examples/puyang/plan.toml --format json --force --out "$out" 2>&1 || status=$?
            echo "status $status"
            sha256sum "$out/split.json"
            ls -A "$out"
        done
    "#;
    let Some(output) = among_own_mounts(script, &[PROGRAM, out]) else { return };
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout).replace(out, "OUT");
    let lines: Vec<_> = said.lines().collect();
    let [_, before, full, full_status, after_full, listed, rest @ ..] = &lines[..] else {
        panic!("{said}")
    };
    let [read_only, read_only_status, after_read_only, listed_again] = rest else {
        panic!("{said}")
    };
    assert_eq!((full_status, read_only_status), (&"status 1", &"status 1"), "{said}");
    assert_eq!((after_full, after_read_only), (before, before), "{said}");
    assert_eq!((listed, listed_again), (&"split.json", &"split.json"), "{said}");
    assert!(
        full.starts_with("failed: can't write OUT/split.json: no space left on the disk"),
        "{said}"
    );
    assert!(
        read_only.starts_with("failed: can't write OUT/split.json: the disk is read-only"),
        "{said}"
    );
}

#[test]
fn output_that_nothing_takes_is_a_failure() {
    let full = File::options().write(true).open("/dev/full").expect("a full device");
    let output = Command::new(PROGRAM)
        .args(["split", "examples/sold-public-housing/plan.json", "--lang", "en"])
        .current_dir(root())
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "failed: no space left on the disk\n");
}

/// The files of a result by name, and whatever else is in its folder.
fn found(folder: &Path) -> (Vec<Option<Vec<u8>>>, BTreeSet<String>) {
    let mut others: BTreeSet<_> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    let files =
        NAMES.map(|name| others.remove(name).then(|| fs::read(folder.join(name)).expect(name)));
    (files.into(), others)
}

fn split_into(plan: &str, folder: &Path) -> Vec<Option<Vec<u8>>> {
    let out = folder.to_str().expect("a path in UTF-8");
    let output = run(PROGRAM, &["split", plan, "--format", "csv", "--force", "--out", out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    found(folder).0
}

const PLANS: [&str; 2] = ["examples/puyang/plan.toml", "examples/lift-percent/plan.toml"];

/// What changes something on a disk.
const CALLS: [&str; 13] = [
    "openat",
    "mkdir",
    "mkdirat",
    "write",
    "fsync",
    "fchmod",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "unlink",
    "unlinkat",
    "close",
];

#[test]
fn a_power_cut_at_any_write_leaves_whole_files() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("not tried: there is no strace to stop the program at a write");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let [old, new] = PLANS.map(|plan| {
        let folder = tempfile::tempdir_in(folder.path()).expect("a folder");
        split_into(plan, folder.path())
    });
    let (mut met, mut cuts) = (BTreeSet::new(), 0);
    for call in CALLS {
        for time in 1.. {
            let folder = tempfile::tempdir_in(folder.path()).expect("a folder");
            for (name, bytes) in NAMES.iter().zip(old.iter().flatten()) {
                fs::write(folder.path().join(name), bytes).expect(name);
            }
            let out = folder.path().to_str().expect("a path in UTF-8");
            let inject = format!("inject=?{call}:signal=SIGKILL:when={time}");
            let strace = ["-f", "-o", "/dev/null", "-e", &inject];
            let split = [PROGRAM, "split", PLANS[1], "--format", "csv", "--force", "--out", out];
            let output = run("strace", &[&strace[..], &split].concat());
            let (files, others) = found(folder.path());
            for (index, file) in files.iter().enumerate() {
                let whole = *file == old[index] || *file == new[index];
                assert!(whole, "{call} {time}: {}", NAMES[index]);
            }
            let beside = others.iter().all(|name| name.starts_with(".tmp"));
            assert!(beside, "{call} {time}: {others:?}");
            met.insert(files.iter().zip(&new).filter(|(file, new)| file == new).count());
            if output.status.success() {
                assert_eq!(files, new);
                break;
            }
            cuts += 1;
        }
    }
    eprintln!("{cuts} cuts");
    assert!(cuts >= 4 * NAMES.len(), "only {cuts} cuts");
    // From no new file to all, one put in its place after the other.
    assert_eq!(met, (0..=NAMES.len()).collect());
}

#[test]
fn two_writers_leave_whole_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let wholes = PLANS.map(|plan| {
        let folder = tempfile::tempdir_in(folder.path()).expect("a folder");
        split_into(plan, folder.path())
    });
    let shared = tempfile::tempdir_in(folder.path()).expect("a folder");
    let write = |plan| (0..10).for_each(|_| drop(split_into(plan, shared.path())));
    std::thread::scope(|scope| {
        PLANS.map(|plan| scope.spawn(move || write(plan))).map(|one| one.join())
    })
    .into_iter()
    .for_each(|ended| ended.expect("both write"));
    let (files, others) = found(shared.path());
    assert!(others.is_empty(), "{others:?}");
    for (index, file) in files.iter().enumerate() {
        assert!(wholes.iter().any(|whole| whole[index] == *file), "{}", NAMES[index]);
    }
}
