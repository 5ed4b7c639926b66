//! Has the vectors, the examples and the files of offices compiled in again when one is added or taken away.

fn main() {
    for folder in [
        "vectors",
        "../examples",
        "../crates/import/tests/files",
        "../crates/import/tests/snapshots",
    ] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
