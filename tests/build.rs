//! Has the vectors and examples compiled in again when one is added or taken away.

fn main() {
    println!("cargo::rerun-if-changed=vectors");
    println!("cargo::rerun-if-changed=../examples");
}
