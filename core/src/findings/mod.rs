//! What law and policy say of a plan and its split, and what in it is probably a slip (体检): findings,
//! beside the result, spec §7.

mod beneficiaries;
mod effect;
mod effort;
mod force;
mod fund;
mod fund_rules;
mod homes;
mod intervals;
mod investment;
mod lifts;
mod measures;
mod offers;
mod payers;
mod pipelines;
mod places;
mod residents;
mod scope;
mod singled_out;
mod voted;
mod words;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::document::Change;
use crate::money::Fen;
use crate::number::{Area, Rate};
use crate::plan::{Chapter, Line, Plan, Reach, Tier};
use crate::policy::{Check, Packs, Rule, Severity, Wording};
use crate::split::{LineSplit, Split};
use crate::vote::Matter;

pub(crate) use effect::moves_between;
pub use effect::{Effect, Moved};
pub use voted::overruns;

/// Something that law or policy says of a plan: it never changes the split.
///
/// Serializes to `severity`, `id`, `path`, `values` and `clauses`, and where they are known `effect`
/// and `mend`. A front end words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// How much it weighs.
    #[serde(serialize_with = "severity_as_str")]
    pub severity: Severity,
    /// What it is about.
    #[serde(rename = "id", serialize_with = "check_as_str")]
    pub check: Check,
    /// The path to what it is about: `lines[3]`, `compound.year_built`.
    pub path: String,
    /// What was found, by name.
    #[serde(serialize_with = "as_map")]
    pub values: Vec<(&'static str, Detail)>,
    /// The clauses it rests on, as `pack/clause`.
    pub clauses: Vec<String>,
    /// What it does in yuan, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// The changes of the plan and its roster that mend it, where it is known which they are. A
    /// roster apart from the plan is meant by `households[3]` too: the fourth household.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mend: Vec<Change>,
}

/// A value of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// Money.
    Money(Fen),
    /// A rate.
    Rate(Rate),
    /// How many.
    Count(usize),
    /// A year.
    Year(u32),
    /// The name of a line or a source, or a household's id.
    Name(String),
    /// The names of lines or sources.
    Names(Vec<String>),
    /// The ids of households.
    Homes(Vec<String>),
    /// The codes of hardships.
    Hardships(Vec<String>),
    /// An area.
    Area(Area),
    /// A floor.
    Floor(i32),
    /// A tier.
    Tier(Tier),
    /// Where a line lies.
    Reach(Reach),
    /// Chapters.
    Chapters(Vec<Chapter>),
    /// Fields of the plan, by path.
    Fields(Vec<String>),
    /// What is voted on.
    Matter(Matter),
    /// What holds of the two or three that the check knows, by its word.
    Verdict(&'static str),
    /// Policy packs: their ids, and what they are called.
    Packs(Vec<(String, Wording)>),
    /// Homes, by id, with what they owed by what was voted on and what they owe now.
    Changes(Vec<(String, Fen, Fen)>),
}

impl Serialize for Detail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Detail::Money(amount) => amount.serialize(serializer),
            Detail::Rate(rate) => serializer.collect_str(rate),
            Detail::Count(count) => count.serialize(serializer),
            Detail::Year(year) => year.serialize(serializer),
            Detail::Name(name) => serializer.serialize_str(name),
            Detail::Names(names) | Detail::Homes(names) | Detail::Hardships(names) => {
                serializer.collect_seq(names)
            }
            Detail::Area(area) => serializer.collect_str(area),
            Detail::Floor(floor) => floor.serialize(serializer),
            Detail::Tier(tier) => serializer.serialize_str(tier.as_str()),
            Detail::Reach(reach) => serializer.serialize_str(reach.as_str()),
            Detail::Chapters(chapters) => {
                serializer.collect_seq(chapters.iter().map(|chapter| chapter.as_str()))
            }
            Detail::Fields(paths) => serializer.collect_seq(paths),
            Detail::Matter(matter) => serializer.serialize_str(matter.as_str()),
            Detail::Verdict(word) => serializer.serialize_str(word),
            Detail::Packs(packs) => serializer.collect_seq(packs.iter().map(|(id, _)| id)),
            Detail::Changes(homes) => serializer.collect_seq(homes),
        }
    }
}

fn severity_as_str<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}

fn check_as_str<S: Serializer>(check: &Check, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(check.as_str())
}

fn as_map<S: Serializer>(
    values: &[(&'static str, Detail)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}

/// What the policy of a plan, and law in any case, say of it and its split: errors first, then
/// warnings, then notes. A plan without a policy is checked against national law.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1,
/// #   "compound": { "public_revenue": { "gross": "100", "cost": "30" } },
/// #   "lines": [{ "id": "gate", "amount": "500" }], "households": [{ "id": "1", "area": "60" }],
/// #   "channels": [{ "kind": "public_revenue", "amount": "80" }] }"#)?;
/// use fentan_core::{Packs, Plan, findings, split};
/// use fentan_core::policy::Check;
/// let plan = Plan::read(&document, None)?;
/// let found = findings(&plan, &split(&plan)?, &Packs::default());
/// assert_eq!(found[0].check, Check::RevenueNet);
/// assert_eq!(found[0].path, "channels[0].amount");
/// assert_eq!(found[0].clauses, ["china/civil-code-282"]);
/// # Ok::<(), fentan_core::Error>(())
/// ```
pub fn findings(plan: &Plan, split: &Split, packs: &Packs) -> Vec<Finding> {
    let packs = &packs.with_own(plan.own_policy());
    let mut review = Review { plan, split, found: Vec::new(), missing: Missing::default() };
    let rules = packs.rules(plan);
    for rule in &rules {
        review.check(rule);
    }
    // Arithmetic and what is probably a slip, which hold where no policy speaks of them too.
    for (check, severity) in [
        (Check::InvestmentCarries, Severity::Warning),
        (Check::MinimumShort, Severity::Warning),
        (Check::FewServed, Severity::Note),
        (Check::LinePlace, Severity::Warning),
        (Check::BuildingMissing, Severity::Warning),
        (Check::HomeUnreached, Severity::Note),
        (Check::AreaOutlier, Severity::Warning),
        (Check::FloorOutlier, Severity::Warning),
        (Check::HardshipNoted, Severity::Warning),
        (Check::ReliefZero, Severity::Warning),
        (Check::NotAHome, Severity::Warning),
        (Check::LiftByArea, Severity::Note),
        (Check::PayerTwice, Severity::Note),
        (Check::PayerNameless, Severity::Note),
        (Check::ReliefSinglesOut, Severity::Warning),
        (Check::ReliefShows, Severity::Warning),
        (Check::PortionAwaited, Severity::Warning),
    ] {
        if !rules.iter().any(|rule| rule.check == check) {
            review.check(&Rule::without_clauses(check, severity));
        }
    }
    let Review { mut found, missing, .. } = review;
    found.extend(missing.finding());
    found.extend(force::not_in_force(plan, packs));
    found.extend(force::other_place(plan, packs));
    found.sort_by_key(|finding| finding.severity);
    found
}

/// The plan under review, and what was found so far.
struct Review<'r> {
    plan: &'r Plan,
    split: &'r Split,
    found: Vec<Finding>,
    missing: Missing,
}

impl<'r> Review<'r> {
    fn check(&mut self, rule: &Rule) {
        match rule.check {
            Check::BuiltBefore => self.built_before(rule),
            Check::StructureSafe
            | Check::ResidentsWilling
            | Check::ClearancePlan
            | Check::SelfBuilt
            | Check::UrbanVillage => self.fact(rule),
            Check::Reach => self.reach(rule),
            Check::Chapters => self.chapters(rule),
            Check::CompanyAsked => self.company_asked(rule),
            Check::CompanyFirst => self.company_first(rule),
            Check::PipelineBoundary => self.pipeline_boundary(rule),
            Check::FundBarred => self.fund_barred(rule),
            Check::FundThreshold => self.fund_threshold(rule),
            Check::FundReplenish => self.fund_replenish(rule),
            Check::FundAccount => self.fund_account(rule),
            Check::Deposits => self.deposits(rule),
            Check::ProvidentOwnShare => self.provident_own_share(rule),
            Check::RevenueNet => self.revenue_net(rule),
            Check::ResidentsAtLeast => self.residents_at_least(rule),
            Check::ReliefPayer => self.relief_payer(rule),
            Check::InvestmentCarries => self.investment_carries(rule),
            Check::MinimumShort => self.minimum_short(rule),
            Check::FewServed => self.few_served(rule),
            Check::LinePlace => self.line_place(rule),
            Check::BuildingMissing => self.building_missing(rule),
            Check::HomeUnreached => self.home_unreached(rule),
            Check::AreaOutlier => self.area_outlier(rule),
            Check::FloorOutlier => self.floor_outlier(rule),
            Check::HardshipNoted => self.hardship_noted(rule),
            Check::ReliefZero => self.relief_zero(rule),
            Check::NotAHome => self.not_a_home(rule),
            Check::LiftByArea => self.lift_by_area(rule),
            Check::PayerTwice => self.payer_twice(rule),
            Check::PayerNameless => self.payer_nameless(rule),
            Check::ReliefSinglesOut => self.relief_singles_out(rule),
            Check::ReliefShows => self.relief_shows(rule),
            Check::PortionAwaited => self.portion_awaited(rule),
            Check::TrueUp => self.true_up(rule),
            Check::RevenueToFund => self.revenue_to_fund(rule),
            Check::FundClosed => self.fund_closed(rule),
            Check::Reserve => self.reserve(rule),
            Check::ManagementCost => self.management_cost(rule),
            Check::OldThreshold => self.old_threshold(rule),
            Check::AidChanged => self.aid_changed(rule),
            Check::AidByEffort => self.aid_by_effort(rule),
            Check::Interval => self.interval(rule),
            // Made of what the others miss, and of the packs themselves.
            Check::FactsMissing | Check::NotInForce | Check::OtherPlace => {}
        }
    }

    fn find(
        &mut self,
        rule: &Rule,
        path: impl fmt::Display,
        values: impl Into<Vec<(&'static str, Detail)>>,
    ) {
        self.found.push(Finding {
            severity: rule.severity,
            check: rule.check,
            path: path.to_string(),
            values: values.into(),
            clauses: rule.clauses.clone(),
            effect: None,
            mend: Vec::new(),
        });
    }

    /// Notes what is probably a slip, with what it does and what mends it.
    fn find_health(
        &mut self,
        rule: &Rule,
        path: impl fmt::Display,
        values: impl Into<Vec<(&'static str, Detail)>>,
        effect: Effect,
        mend: Vec<Change>,
    ) {
        self.find(rule, path, values);
        if let Some(found) = self.found.last_mut() {
            (found.effect, found.mend) = (Some(effect), mend);
        }
    }

    /// The plan's lines in order, each with its index and its split.
    fn lines(&self) -> impl Iterator<Item = (usize, &'r Line, &'r LineSplit)> + use<'r> {
        let lines = self.plan.lines().iter().zip(&self.split.lines);
        lines.enumerate().map(|(index, (line, split))| (index, line, split))
    }
}

/// What residents pay of a line, top-ups included.
fn residents_pay(line: &LineSplit) -> Fen {
    line.left_to_residents + line.top_up
}

fn name_of(line: &Line) -> Detail {
    Detail::Name(line.name.as_ref().unwrap_or(&line.id).clone())
}

/// The ids of households.
fn ids_of(plan: &Plan, households: &[u32]) -> Vec<String> {
    households.iter().map(|&one| plan.households()[one as usize].id.to_string()).collect()
}

/// What the plan would have to say for its checks.
#[derive(Debug, Default)]
struct Missing {
    paths: Vec<String>,
    clauses: Vec<String>,
}

impl Missing {
    fn add(&mut self, rule: &Rule, field: &str) {
        self.paths.push(format!("compound.{field}"));
        for clause in &rule.clauses {
            if !self.clauses.contains(clause) {
                self.clauses.push(clause.clone());
            }
        }
    }

    fn finding(self) -> Option<Finding> {
        (!self.paths.is_empty()).then(|| Finding {
            severity: Severity::Note,
            check: Check::FactsMissing,
            path: "compound".to_owned(),
            values: vec![("fields", Detail::Fields(self.paths))],
            clauses: self.clauses,
            effect: None,
            mend: Vec::new(),
        })
    }
}
