//! Policy packs (政策包): what a place's law and policy say of a plan, as data, spec §7.

mod bounds;
pub mod charge;
mod force;
mod own;
mod packs;
mod read;

pub use bounds::{Bounds, Effort, Interval};
pub use charge::Charge;
pub use force::Locality;
pub use packs::{Packs, take_in};

pub(crate) use own::with_own_of;

use crate::day::PartialDay;
use crate::enumeration;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Chapter, Line, Pipeline, Subject, Tier, Values};
use crate::programme::Factor;

pub use crate::reason::Clause;

/// A policy pack that has been checked in full: its clauses, what it fills in, what it checks.
///
/// ```
/// use fentan_core::Document;
/// use fentan_core::policy::Pack;
/// let document = Document::from_json(
///     br#"{ "fentan_policy": 1, "id": "here", "name": { "zh": "some rule" }, "place": { "zh": "here" },
///           "defaults": { "residents_at_least": { "basic": "150%" } },
///           "grounds": { "residents_at_least": ["china/civil-code-999"] } }"#,
/// )?;
/// let problems = Pack::read(&document).unwrap_err();
/// let found: Vec<_> = problems.iter().map(|one| (one.path.as_str(), one.code().as_str())).collect();
/// assert_eq!(
///     found,
///     [
///         ("defaults.residents_at_least.basic", "bad-rate"),
///         ("grounds.residents_at_least[0]", "unknown-id"),
///     ]
/// );
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Pack {
    /// What it is called.
    pub name: Wording,
    /// Where it is in force.
    pub place: Wording,
    /// Its clauses, in its own order.
    pub provisions: Vec<Provision>,
    /// Its checks, in its own order.
    pub rules: Vec<Rule>,
    /// Who answers for which work, in its own order.
    pub departments: Vec<Department>,
    /// Who must pay for what, in its own order.
    pub charges: Vec<Charge>,
    /// Weights by which pots were divided, in its own order.
    pub pots: Vec<PotWeights>,
    values: Values,
}

impl Pack {
    /// What plans and clauses name it by; holds no `/`.
    pub fn id(&self) -> &str {
        &self.values.id
    }

    /// The pack of the wider place, whose clauses, checks and values hold here too.
    pub fn within(&self) -> Option<&str> {
        self.values.within.as_deref()
    }

    /// The values it fills in, by path, with the clauses each rests on.
    ///
    /// ```
    /// let packs = fentan_core::Packs::default();
    /// let wenzhou = packs.find("wenzhou-2020").unwrap();
    /// let (path, value, clauses) = &wenzhou.defaults()[0];
    /// assert_eq!((path.as_str(), *value), ("residents_at_least.basic", "10%"));
    /// assert_eq!(clauses[0], "wenzhou-2020/residents");
    /// ```
    pub fn defaults(&self) -> Vec<(String, &str, &[String])> {
        let mut found = Vec::new();
        for (name, value) in self.values.defaults.fields() {
            let clauses = self.values.grounds_of(name);
            value.leaves(name, &mut |path, text| found.push((path, text, clauses)));
        }
        found
    }
}

/// A text in Chinese, and in English where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Wording {
    /// In Chinese.
    pub chinese: String,
    /// In English; the Chinese where none is given.
    pub english: String,
}

enumeration! {
    /// How far a clause was verified.
    Verified {
        /// The text of the law or an official page was read.
        Text = "text",
        /// It is quoted by a news, legal or reference page.
        Report = "report",
    }
}

/// A clause of a law or policy (条款).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Provision {
    /// What findings, reasons and values cite it by: `pack/clause`.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The document's number.
    pub number: Option<String>,
    /// The article.
    pub article: String,
    /// A sentence of it at most.
    pub quote: Option<String>,
    /// When the document came into force, as far as it is known.
    pub from: Option<PartialDay>,
    /// When the version that was read was last amended.
    pub amended: Option<PartialDay>,
    /// When it ceased to be in force, never before `from`.
    pub until: Option<PartialDay>,
    /// Where it was published or seen.
    pub published: String,
    /// How far it was verified.
    pub verified: Verified,
    /// Whether it is of the pack that a plan brings with it, which nobody but its author has verified.
    pub is_own: bool,
}

enumeration! {
    /// What a finding is about, by its stable id.
    Check {
        /// The compound was built in time [二(一)].
        BuiltBefore = "built-before",
        /// Its buildings are structurally safe [二(一)].
        StructureSafe = "structure-safe",
        /// Its residents wish the works [二(一)].
        ResidentsWilling = "residents-willing",
        /// It is in no clearance plan [二(一)].
        ClearancePlan = "clearance-plan",
        /// Its homes are not mainly self-built [二(一)].
        SelfBuilt = "self-built",
        /// It is no urban village [二(一)].
        UrbanVillage = "urban-village",
        /// A line belongs to the compound, not to the town [二(一)].
        Reach = "reach",
        /// The renovation plan has its chapters [三(一)4].
        Chapters = "chapters",
        /// The owner of a pipeline takes part [四(二)].
        CompanyAsked = "company-asked",
        /// It pays before the others [四(二)].
        CompanyFirst = "company-first",
        /// Residents pay nothing on the company's side of the meter.
        PipelineBoundary = "pipeline-boundary",
        /// The maintenance fund pays for no company's pipeline; 165号令 第二十五条.
        FundBarred = "fund-barred",
        /// The plan's threshold of the fund is not below the policy's; 165号令 第十七条.
        FundThreshold = "fund-threshold",
        /// Accounts that are to be replenished; 165号令 第十七条.
        FundReplenish = "fund-replenish",
        /// Flats without an account [四(三)].
        FundAccount = "fund-account",
        /// Sold public housing is shared by the deposits; 165号令 第二十条.
        Deposits = "deposits",
        /// The provident fund pays no more than a household's own share.
        ProvidentOwnShare = "provident-own-share",
        /// Public revenue is net of its cost; 民法典 第二百八十二条.
        RevenueNet = "revenue-net",
        /// Residents pay at least the policy's part, by tier.
        ResidentsAtLeast = "residents-at-least",
        /// Relief is paid by somebody named, not by the other households.
        ReliefPayer = "relief-payer",
        /// The income of an investor carries what it pays [四(四)].
        InvestmentCarries = "investment-carries",
        /// Every household reaches the minimum [四(三)].
        MinimumShort = "minimum-short",
        /// An offer by household counts no more than those whom it is for.
        FewServed = "few-served",
        /// A line that names a building or a unit and is shared by all.
        LinePlace = "line-place",
        /// Homes left out of a building's lines because they have no building.
        BuildingMissing = "building-missing",
        /// Homes that no line reaches.
        HomeUnreached = "home-unreached",
        /// Areas far from the median of the building.
        AreaOutlier = "area-outlier",
        /// Floors above those of the building.
        FloorOutlier = "floor-outlier",
        /// Hardship in a note or a name, and none given.
        HardshipNoted = "hardship-noted",
        /// Relief of nothing.
        ReliefZero = "relief-zero",
        /// Garages, storerooms and shops that count as homes.
        NotAHome = "not-a-home",
        /// A new lift shared by area.
        LiftByArea = "lift-by-area",
        /// Payers of one name.
        PayerTwice = "payer-twice",
        /// Payers without a name.
        PayerNameless = "payer-nameless",
        /// Figures of a household that tell who of its neighbours has relief.
        ReliefSinglesOut = "relief-singles-out",
        /// Top-ups or public revenue that depend on who has relief.
        ReliefShows = "relief-shows",
        /// Payers whose portion of a programme's pots is not there yet.
        PortionAwaited = "portion-awaited",
        /// The final cost is no more above the budget than the rule lets it be.
        TrueUp = "true-up",
        /// As much of the public revenue goes into the maintenance fund as the rule says.
        RevenueToFund = "revenue-to-fund",
        /// Accounts that are too low pay for nothing but emergencies.
        FundClosed = "fund-closed",
        /// The fund keeps a reserve for emergencies.
        Reserve = "reserve",
        /// What earning the public revenue costs is within the rule.
        ManagementCost = "management-cost",
        /// A local rule of votes that is older than the Civil Code, beside 民法典 第二百七十八条.
        OldThreshold = "old-threshold",
        /// A source pays what the owners voted on.
        AidChanged = "aid-changed",
        /// The city's aid is what it comes to by what the residents pay.
        AidByEffort = "aid-by-effort",
        /// What each floor pays is within the official interval.
        Interval = "interval",
        /// A document that holds for the plan is in force on its day; no pack asks for it.
        NotInForce = "not-in-force",
        /// The plan's policy is of the place where the compound is; no pack asks for it.
        OtherPlace = "other-place",
        /// What the plan would have to say for the checks above; no pack asks for it.
        FactsMissing = "facts-missing",
    }
}

enumeration! {
    /// How much a finding weighs.
    Severity {
        /// The plan is outside the law or the policy.
        Error = "error",
        /// It probably is, or it has to be settled.
        Warning = "warning",
        /// Good to know.
        Note = "note",
    }
}

/// A check that a pack asks for, with the values it checks against.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rule {
    /// What is checked.
    pub check: Check,
    /// How much it weighs.
    pub severity: Severity,
    /// The clauses it carries out, as `pack/clause`.
    pub clauses: Vec<String>,
    /// The compound was built before this year.
    pub year: Option<u32>,
    /// The least threshold of the fund.
    pub rate: Option<Rate>,
    /// The least part that residents pay, by tier.
    pub rates: Vec<(Tier, Rate)>,
    /// The pipelines it is about.
    pub pipelines: Vec<Pipeline>,
    /// The chapters there must be.
    pub chapters: Vec<Chapter>,
    /// What else it is made against.
    pub bounds: Bounds,
}

impl Rule {
    /// Whether a final cost is so far above the budget that the rule asks for a new application.
    pub fn is_overrun(&self, budget: Fen, cost: Fen) -> bool {
        self.bounds.is_overrun(self.rate, budget, cost)
    }

    /// A check that rests on no clause.
    pub(crate) fn without_clauses(check: Check, severity: Severity) -> Rule {
        Rule {
            check,
            severity,
            clauses: Vec::new(),
            year: None,
            rate: None,
            rates: Vec::new(),
            pipelines: Vec::new(),
            chapters: Vec::new(),
            bounds: Bounds::default(),
        }
    }
}

/// Weights by which a pot was divided (补助资金分配因素), for a programme's `weights`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PotWeights {
    /// What they are called in the pack.
    pub id: String,
    /// The factors with their weights, in millionths.
    pub weights: Vec<(Factor, u64)>,
    /// The clauses that say so, as `pack/clause`.
    pub clauses: Vec<String>,
}

/// A department or company that answers for some of the works.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Department {
    /// What it is called.
    pub name: Wording,
    /// The clauses that say so, as `pack/clause`.
    pub clauses: Vec<String>,
    /// The pipelines it answers for.
    pub pipelines: Vec<Pipeline>,
    /// The subjects it answers for.
    pub subjects: Vec<Subject>,
}

impl Department {
    /// Whether it answers for a line; without pipelines and subjects it does for every line.
    pub fn answers_for(&self, line: &Line) -> bool {
        let is_for_all = self.pipelines.is_empty() && self.subjects.is_empty();
        is_for_all
            || line.pipeline.is_some_and(|pipeline| self.pipelines.contains(&pipeline))
            || line.subject.is_some_and(|subject| self.subjects.contains(&subject))
    }
}
