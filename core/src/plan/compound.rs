//! What the legal checks need to know of the compound, spec §7. Nothing of it touches the split.

use super::fields::Fields;
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number;
use crate::place::Place;
use crate::problem::{Cause, Problems};

enumeration! {
    /// The chapters a renovation plan must have [三(一)4].
    Chapter {
        /// 项目设计.
        Design = "design",
        /// 工程预算.
        Budget = "budget",
        /// 资金筹集.
        Funding = "funding",
        /// 物业管理或自治管理机制.
        Management = "management",
        /// 社区治理体系.
        Governance = "governance",
    }
}

/// What the plan says of the compound (小区情况); everything may be left out.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Compound {
    /// The year in which it was built.
    pub year_built: Option<u32>,
    /// Whether its buildings are structurally safe.
    pub structure_safe: Option<bool>,
    /// Whether its residents strongly wish the works.
    pub residents_willing: Option<bool>,
    /// Whether it is in a clearance plan (棚户区改造) or to be pulled down.
    pub in_clearance_plan: Option<bool>,
    /// Whether its homes are mainly self-built.
    pub self_built: Option<bool>,
    /// Whether it is an urban village (城中村).
    pub urban_village: Option<bool>,
    /// The chapters of the renovation plan.
    pub chapters: Option<Vec<Chapter>>,
    /// What the common parts bring in, and what that costs.
    pub public_revenue: Option<PublicRevenue>,
    /// The maintenance-fund deposits for sold public housing.
    pub deposits: Option<Deposits>,
}

/// What the common parts bring in (公共收益); 民法典 第二百八十二条.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct PublicRevenue {
    /// All of it.
    pub gross: Fen,
    /// The reasonable cost that comes off.
    pub cost: Fen,
}

/// Who paid how much into the maintenance fund for sold public housing; 165号令 第二十条.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Deposits {
    /// What the flats' owners paid in.
    pub owners: Fen,
    /// What the selling unit paid in.
    pub seller: Fen,
}

/// Reads `compound`.
pub(super) fn read(value: &Value<'_>, problems: &mut Problems) -> Option<Compound> {
    const KNOWN: &[&str] = &[
        "year_built",
        "structure_safe",
        "residents_willing",
        "in_clearance_plan",
        "self_built",
        "urban_village",
        "chapters",
        "public_revenue",
        "deposits",
    ];
    let place = Place::Field(&Place::Root, "compound");
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let revenue = two_amounts(&fields, "public_revenue", ["gross", "cost"], problems);
    let deposits = two_amounts(&fields, "deposits", ["owners", "seller"], problems);
    Some(Compound {
        year_built: fields.number("year_built", number::year, problems),
        structure_safe: fields.boolean("structure_safe", problems),
        residents_willing: fields.boolean("residents_willing", problems),
        in_clearance_plan: fields.boolean("in_clearance_plan", problems),
        self_built: fields.boolean("self_built", problems),
        urban_village: fields.boolean("urban_village", problems),
        chapters: fields.choices("chapters", Chapter::ALL, Chapter::as_str, problems),
        public_revenue: revenue.map(|[gross, cost]| PublicRevenue { gross, cost }),
        deposits: deposits.map(|[owners, seller]| Deposits { owners, seller }),
    })
}

/// A table of two amounts, both of which must be there.
fn two_amounts(
    fields: &Fields<'_>,
    name: &str,
    names: [&'static str; 2],
    problems: &mut Problems,
) -> Option<[Fen; 2]> {
    let amounts = Fields::open(fields.get(name)?, fields.place().field(name), &names, problems)?;
    Some(names.map(|name| {
        if !amounts.has(name) {
            problems.add(amounts.place().field(name), Cause::MissingField);
        }
        amounts.number(name, number::money, problems).unwrap_or_default()
    }))
}
