//! Files that fuzzing begins with, and those that it broke something with.

use std::fs;
use std::path::Path;

use crate::fuzz::{TARGETS, take};

#[test]
fn what_was_fuzzed_with_breaks_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (target, folders) in TARGETS {
        let kept = format!("tests/fuzz/seeds/{target}");
        let folders = folders.iter().copied().chain([kept.as_str()]);
        let mut files: Vec<_> = folders
            .filter_map(|folder| fs::read_dir(root.join(folder)).ok())
            .flat_map(|folder| folder.map(|file| file.expect("a file").path()))
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files.dedup();
        assert!(!files.is_empty(), "{target}");
        for file in files {
            println!("{target} {}", file.display());
            take(target, &fs::read(file).expect("its bytes"));
        }
    }
}
