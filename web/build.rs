//! Turns the plan that the page opens on from TOML into JSON, which the page reads at once.

use std::error::Error;
use std::path::Path;

use fentan_core::Document;

fn main() -> Result<(), Box<dyn Error>> {
    const PLAN: &str = "../examples/puyang/plan.toml";
    println!("cargo::rerun-if-changed={PLAN}");
    let toml = std::fs::read(PLAN)?;
    let json = serde_json::to_string(&Document::from_toml(&toml)?)?;
    let folder = std::env::var("OUT_DIR")?;
    Ok(std::fs::write(Path::new(&folder).join("plan.json"), json)?)
}
