//! Makes one JSON file of the example that the page opens on: its plan in TOML, its roster in CSV.

use std::error::Error;
use std::path::Path;

use fentan_core::Document;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    const PLAN: &str = "../examples/puyang/plan.toml";
    const ROSTER: &str = "../examples/puyang/households.csv";
    println!("cargo::rerun-if-changed={PLAN}");
    println!("cargo::rerun-if-changed={ROSTER}");
    let toml = std::fs::read(PLAN)?;
    let mut plan = serde_json::to_value(Document::from_toml(&toml)?)?;
    let mut households = Vec::new();
    let mut reader = csv::Reader::from_path(ROSTER)?;
    let headings = reader.headers()?.clone();
    for record in reader.records() {
        let record = record?;
        let mut household = Map::new();
        for (heading, cell) in headings.iter().zip(&record).filter(|(_, cell)| !cell.is_empty()) {
            match heading.split_once(':') {
                Some(("charge", line)) => charge(&mut plan, line, &record[0], cell.into())?,
                // Floors are whole numbers, and no decimals that a float would lose.
                None if heading == "floor" => {
                    household.insert(heading.to_owned(), cell.parse::<i32>()?.into());
                }
                None => drop(household.insert(heading.to_owned(), cell.into())),
                Some((_, column)) => {
                    let weights = household.entry("weights").or_insert_with(|| json!({}));
                    weights[column] = cell.into();
                }
            }
        }
        households.push(household);
    }
    plan["households"] = json!(households);
    let folder = std::env::var("OUT_DIR")?;
    Ok(std::fs::write(Path::new(&folder).join("example.json"), plan.to_string())?)
}

fn charge(plan: &mut Value, line: &str, id: &str, amount: Value) -> Result<(), Box<dyn Error>> {
    let lines = plan["lines"].as_array_mut().ok_or("the example has no lines")?;
    let line = lines.iter_mut().find(|one| one["id"] == line).ok_or("a charge without a line")?;
    line["charges"][id] = amount;
    Ok(())
}
