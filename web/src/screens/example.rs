//! The example that a visitor may begin with: its plan in TOML, its roster in CSV.

use fentan_core::{Document, RosterFile};

use crate::message::TextFile;

const PLAN: &[u8] = include_bytes!("../../../examples/puyang/plan.toml");
const ROSTER: RosterFile<'_> = RosterFile {
    file: "households.csv",
    bytes: include_bytes!("../../../examples/puyang/households.csv"),
};

/// The example as a plan in JSON.
pub fn example() -> TextFile {
    // It is of this build: a test splits it.
    let document = Document::from_toml(PLAN).unwrap_or_default().with_roster(ROSTER);
    let text = serde_json::to_string(&document).unwrap_or_default();
    TextFile { name: String::new(), text }
}
