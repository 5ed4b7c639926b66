//! Has the vectors, the examples and the files of offices compiled in again when one is added or taken away.

fn main() {
    for folder in ["vectors", "../examples", "../import/tests/files", "../import/tests/snapshots"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
