//! The form of a published tariff, for its TypeScript type. `docs/tariff.md` says what each means.

use std::collections::BTreeMap;

use serde::Deserialize;
use tsify::Tsify;

/// A tariff as it is published.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[tsify(rename = "Tariff")]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedTariff {
    pub fentan_tariff: u32,
    pub engine: String,
    #[serde(default)]
    pub name: Option<String>,
    pub date: String,
    pub edition: u32,
    #[serde(default)]
    pub policy: Option<String>,
    pub households: u32,
    pub area: String,
    pub buildings: Vec<PublishedBuilding>,
    pub payers: Vec<PublishedPayer>,
    #[serde(default)]
    #[tsify(type = "\"first\" | \"last\" | { lots: string }", optional)]
    pub odd_fen: Option<serde_json::Value>,
    #[serde(default)]
    #[tsify(type = "Record<string, PublishedUse>", optional)]
    pub uses: BTreeMap<String, PublishedUse>,
    #[serde(default)]
    #[tsify(type = "Record<string, Record<string, string>>", optional)]
    pub tables: BTreeMap<String, BTreeMap<String, String>>,
    pub lines: Vec<PublishedLine>,
    #[serde(default)]
    pub relief: Option<PublishedRelief>,
    #[serde(default)]
    pub relieved_fewer_than: Option<u32>,
    #[serde(default)]
    pub minimum: Option<PublishedMinimum>,
    #[serde(default)]
    pub missing: Option<String>,
    pub clauses: Vec<PublishedClause>,
    pub left_out: Vec<String>,
    pub digest: String,
}

/// A building of a tariff.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedBuilding {
    pub id: String,
    #[serde(default)]
    pub units: Option<Vec<String>>,
}

/// A payer of a tariff.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedPayer {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
}

/// What homes of a use count for.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedUse {
    #[serde(default)]
    pub household: Option<bool>,
    pub factor: String,
}

/// A line of a tariff; an individual line has no figures.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedLine {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub category: Option<String>,
    #[serde(default)]
    pub tier: Option<String>,
    #[serde(default)]
    pub pipeline: Option<String>,
    #[serde(default)]
    pub subject: Option<String>,
    #[tsify(type = "\"shared\" | \"individual\"")]
    pub kind: String,
    #[serde(default)]
    pub amount: Option<String>,
    #[serde(default)]
    #[tsify(type = "Record<string, string>", optional)]
    pub paid: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub uncovered: Option<String>,
    #[serde(default)]
    pub serves: Option<PublishedServes>,
    #[serde(default)]
    #[tsify(
        type = "\"area\" | \"household\" | { column: string } | { table: string; times?: \"area\"; within?: \"area\" | \"household\" }",
        optional
    )]
    pub share_by: Option<serde_json::Value>,
    #[serde(default)]
    pub weight: Option<String>,
    #[serde(default)]
    pub floors: Option<Vec<PublishedFloor>>,
    #[serde(default)]
    pub others_relief: Option<String>,
}

/// Whom a line of a tariff serves.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedServes {
    #[serde(default)]
    pub buildings: Option<Vec<String>>,
    #[serde(default)]
    pub units: Option<Vec<String>>,
    #[serde(default)]
    pub homes: Option<bool>,
}

/// A floor's part of a line.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedFloor {
    pub floor: i32,
    pub part: String,
    pub weight: String,
}

/// The rules of relief.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedRelief {
    #[serde(default)]
    #[tsify(type = "Record<string, string>", optional)]
    pub rates: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub most: Option<String>,
    #[serde(default)]
    pub pot: Option<PublishedPot>,
}

/// Who carries relief.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedPot {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    pub amount: String,
}

/// The minimum of a household.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedMinimum {
    #[serde(default)]
    pub per_household: Option<String>,
    #[serde(default)]
    pub per_area: Option<String>,
    pub reduces: Vec<String>,
}

/// A clause.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/tariff.md says what each means")]
pub struct PublishedClause {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub number: Option<String>,
    pub article: String,
}

#[cfg(test)]
mod tests {
    use fentan_core::tariff::{Edition, Tariff};
    use fentan_core::{Document, Packs, Plan};

    use super::PublishedTariff;

    /// Whatever is published has the form that its type says.
    #[test]
    fn the_type_is_that_of_every_tariff() {
        let edition = Edition::read(1, "2026-11-27").expect("an edition");
        let vectors = fentan_tests::vectors().map(|vector| vector.plan.to_vec());
        let examples = fentan_tests::examples().map(|(_, plan)| plan.to_string().into_bytes());
        let mut count = 0;
        for plan in vectors.chain(examples) {
            let document = Document::from_json(&plan);
            let Ok(plan) = document.and_then(|document| Plan::read(&document, None)) else {
                continue;
            };
            if let Ok(tariff) = Tariff::publish(&plan, &Packs::default(), &edition) {
                let published = serde_json::to_string(&tariff.to_document()).expect("JSON");
                let read: PublishedTariff = serde_json::from_str(&published).expect("the form");
                assert_eq!(read.digest, tariff.digest.to_string());
                count += 1;
            }
        }
        assert!(count > 20);
    }
}
