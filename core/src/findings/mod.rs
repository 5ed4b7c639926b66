//! What law and policy say of a plan and its split: findings, beside the result, spec §7.

mod fund;
mod investment;
mod pipelines;
mod residents;
mod scope;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Chapter, Line, Plan, Reach, Tier};
use crate::policy::{Check, Packs, Rule, Severity};
use crate::split::{LineSplit, Split};

/// Something that law or policy says of a plan: it never changes the split.
///
/// Serializes to `severity`, `id`, `path`, `values` and `clauses`. A front end words it.
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
    /// A tier.
    Tier(Tier),
    /// Where a line lies.
    Reach(Reach),
    /// Chapters.
    Chapters(Vec<Chapter>),
    /// Fields of the plan, by path.
    Fields(Vec<String>),
}

impl Serialize for Detail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Detail::Money(amount) => amount.serialize(serializer),
            Detail::Rate(rate) => serializer.collect_str(rate),
            Detail::Count(count) => count.serialize(serializer),
            Detail::Year(year) => year.serialize(serializer),
            Detail::Name(name) => serializer.serialize_str(name),
            Detail::Tier(tier) => serializer.serialize_str(tier.as_str()),
            Detail::Reach(reach) => serializer.serialize_str(reach.as_str()),
            Detail::Chapters(chapters) => {
                serializer.collect_seq(chapters.iter().map(|chapter| chapter.as_str()))
            }
            Detail::Fields(paths) => serializer.collect_seq(paths),
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
    let mut review = Review { plan, split, found: Vec::new(), missing: Missing::default() };
    let rules = packs.rules(plan);
    for rule in &rules {
        review.check(rule);
    }
    // Arithmetic, which holds where no policy speaks of it too.
    if !rules.iter().any(|rule| rule.check == Check::InvestmentCarries) {
        review.check(&Rule::without_clauses(Check::InvestmentCarries, Severity::Warning));
    }
    let Review { mut found, missing, .. } = review;
    found.extend(missing.finding());
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
            // Made of what the others miss.
            Check::FactsMissing => {}
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
        });
    }

    /// The plan's lines in order, each with its index and its split.
    fn lines(&self) -> impl Iterator<Item = (usize, &'r Line, &'r LineSplit)> + use<'r> {
        let lines = self.plan.lines().iter().zip(&self.split.lines);
        lines.enumerate().map(|(index, (line, split))| (index, line, split))
    }
}

/// What residents pay of a line, top-ups included.
fn residents_pay(line: &LineSplit) -> Fen {
    line.residents + line.top_up
}

fn name_of(line: &Line) -> Detail {
    Detail::Name(line.name.as_ref().unwrap_or(&line.id).clone())
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
        })
    }
}
