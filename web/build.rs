//! Makes one JSON file of the example that the page opens on: its plan in TOML, its roster in CSV.

use std::error::Error;
use std::path::Path;

use fentan_core::{Document, RosterFile};

fn main() -> Result<(), Box<dyn Error>> {
    const PLAN: &str = "../examples/puyang/plan.toml";
    const ROSTER: &str = "../examples/puyang/households.csv";
    println!("cargo::rerun-if-changed={PLAN}");
    println!("cargo::rerun-if-changed={ROSTER}");
    let (plan, roster) = (std::fs::read(PLAN)?, std::fs::read(ROSTER)?);
    let roster = RosterFile { file: ROSTER, bytes: &roster };
    let example = Document::from_toml(&plan)?.with_roster(roster);
    let folder = std::env::var("OUT_DIR")?;
    Ok(std::fs::write(Path::new(&folder).join("example.json"), serde_json::to_string(&example)?)?)
}
