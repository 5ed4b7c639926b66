//! What the legal checks need to know of the compound, spec §7. Nothing of it touches the split.

use super::fields::{Fields, entries, number as number_at};
use crate::day::PartialDay;
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Rate, Scalar};
use crate::place::Place;
use crate::problem::{Cause, Naming, Problems};

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
    /// Where it is, such as 河南省濮阳市.
    pub place: Option<String>,
    /// When the works begin, as far as it is known.
    pub works_on: Option<PartialDay>,
    /// When the owners vote, as far as it is known.
    pub vote_on: Option<PartialDay>,
    /// Whether there is an owners' assembly (业主大会).
    pub owners_assembly: Option<bool>,
    /// What the owners voted on, where that has been done.
    pub voted: Option<Voted>,
    /// The ratio from which a city's aid starts (补助比例), where its rule has one.
    pub aid_ratio: Option<Rate>,
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
    /// What of it goes into the maintenance fund, where the plan says so.
    pub to_fund: Option<Fen>,
}

/// What the owners voted on.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Voted {
    /// What the works were to cost.
    pub budget: Option<Fen>,
    /// By the id of a source, what it was to pay.
    pub sources: Vec<(String, Fen)>,
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
        "place",
        "works_on",
        "vote_on",
        "owners_assembly",
        "voted",
        "aid_ratio",
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
    let revenue = public_revenue(&fields, problems);
    let deposits = two_amounts(&fields, "deposits", ["owners", "seller"], problems);
    Some(Compound {
        place: fields.text("place", problems).map(str::to_owned),
        works_on: fields.partial_day("works_on", problems),
        vote_on: fields.partial_day("vote_on", problems),
        owners_assembly: fields.boolean("owners_assembly", problems),
        voted: fields.get("voted").and_then(|value| voted(value, place.field("voted"), problems)),
        aid_ratio: fields.number("aid_ratio", number::rate, problems),
        year_built: fields.number("year_built", number::year, problems),
        structure_safe: fields.boolean("structure_safe", problems),
        residents_willing: fields.boolean("residents_willing", problems),
        in_clearance_plan: fields.boolean("in_clearance_plan", problems),
        self_built: fields.boolean("self_built", problems),
        urban_village: fields.boolean("urban_village", problems),
        chapters: fields.choices("chapters", Chapter::ALL, Chapter::as_str, problems),
        public_revenue: revenue,
        deposits: deposits.map(|[owners, seller]| Deposits { owners, seller }),
    })
}

fn public_revenue(fields: &Fields<'_>, problems: &mut Problems) -> Option<PublicRevenue> {
    const NAME: &str = "public_revenue";
    const KNOWN: &[&str] = &["gross", "cost", "to_fund"];
    let amounts = Fields::open(fields.get(NAME)?, fields.place().field(NAME), KNOWN, problems)?;
    let mut required = |name| {
        amounts.required(name, problems);
        amounts.number(name, number::money, problems).unwrap_or_default()
    };
    let (gross, cost) = (required("gross"), required("cost"));
    let to_fund = amounts.number("to_fund", number::money, problems);
    Some(PublicRevenue { gross, cost, to_fund })
}

fn voted(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Voted> {
    let fields = Fields::open(value, place, &["budget", "sources"], problems)?;
    let mut sources = Vec::new();
    if let Some(value) = fields.get("sources") {
        let place = place.field("sources");
        for (id, value) in entries(value, &place, problems).unwrap_or_default() {
            let amount = number_at(Scalar::of(value), place.field(id), number::money, problems);
            sources.extend(amount.map(|amount| (id.clone().into_owned(), amount)));
        }
    }
    Some(Voted { budget: fields.number("budget", number::money, problems), sources })
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

/// What the owners voted on names sources of the plan.
pub(super) fn check_voted(compound: Option<&Compound>, sources: &[&str], problems: &mut Problems) {
    let voted = compound.and_then(|compound| compound.voted.as_ref());
    let place = Place::Field(&Place::Root, "compound");
    let place = place.field("voted");
    let place = place.field("sources");
    for (id, _) in voted.iter().flat_map(|voted| &voted.sources) {
        if !sources.contains(&id.as_str()) {
            let known = sources.iter().map(|&source| source.to_owned()).collect();
            let cause = Cause::UnknownId { naming: Naming::Source, known };
            problems.add_seen(place.field(id), id, cause);
        }
    }
}
