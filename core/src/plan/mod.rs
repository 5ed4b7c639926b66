//! The plan (方案), spec §2: everything a split needs, in types that can't be wrong.

pub(crate) mod agreements;
mod compound;
mod derived;
pub(crate) mod fields;
mod filled;
mod income;
pub(crate) mod lines;
mod read;
pub(crate) mod roster;
pub(crate) mod roster_file;
pub(crate) mod sources;
pub(crate) mod tables;

use std::sync::Arc;

use crate::money::Fen;
use crate::number::{Area, Rate, per_area};
use crate::scenario::{Scenario, Stress};

pub use compound::{Chapter, Compound, Deposits, PublicRevenue};
pub use filled::Filled;
use roster::Roster;

pub(crate) use derived::UNITS;
pub use income::Income;
pub(crate) use lines::MOST_BUDGET;
pub(crate) use read::check_version;
pub use roster_file::RosterFile;

/// A plan that has been checked in full: ids name something, numbers are within their limits,
/// every line knows who benefits from it.
///
/// Made by [`Plan::read`], or by [`Plan::reread`] with a roster that was read, and never changed
/// after.
#[derive(Debug, Clone)]
pub struct Plan {
    name: Option<String>,
    policy: Option<String>,
    lines: Vec<Line>,
    tables: Vec<Table>,
    pub(crate) sources: Vec<Source>,
    agreements: Agreements,
    channels: Vec<Channel>,
    maintenance: Maintenance,
    /// Shared by the plans that were read again with it.
    pub(crate) roster: Arc<Roster>,
    /// By hardship code of the roster, what a household is let off.
    relief_rates: Vec<Rate>,
    columns: Vec<Column>,
    compound: Option<Compound>,
    filled: Vec<Filled>,
    scenarios: Vec<Scenario>,
    stress: Stress,
}

impl Plan {
    /// What the plan is called.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The id of the policy pack whose values fill what the plan leaves out.
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    /// The values that came from a policy pack, in the order they were filled in.
    pub fn filled(&self) -> &[Filled] {
        &self.filled
    }

    /// How the value at a path came from a policy pack, where the plan did not give it.
    pub fn filled_at(&self, path: &str) -> Option<&Filled> {
        self.filled.iter().find(|filled| filled.holds(path))
    }

    /// The scenarios that stand in the plan, in its order; they never change its split.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// What may go wrong, as the plan states it; it never changes its split.
    pub fn stress(&self) -> &Stress {
        &self.stress
    }

    /// What the plan says of the compound, for the legal checks.
    pub fn compound(&self) -> Option<&Compound> {
        self.compound.as_ref()
    }

    /// The works budget (工程预算), in the plan's order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Coefficients by floor.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Who pays before the residents, in the plan's order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// What the residents agreed on.
    pub fn agreements(&self) -> &Agreements {
        &self.agreements
    }

    /// How a household's share is paid, in the plan's order.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The rules of the maintenance fund.
    pub fn maintenance(&self) -> &Maintenance {
        &self.maintenance
    }

    /// The roster (住户名册), in its own order.
    pub fn households(&self) -> &[Household] {
        &self.roster.all
    }

    /// The household's building, where the roster gives one.
    pub fn building_of(&self, household: &Household) -> Option<&str> {
        household.building.map(|index| self.roster.buildings[index].as_str())
    }

    /// The household's unit (单元) of its building, where the roster gives one.
    pub fn unit_of(&self, household: &Household) -> Option<&str> {
        household.unit.map(|index| self.roster.units[index].as_str())
    }

    /// The household's owner, where the roster names one.
    pub fn owner_of(&self, household: &Household) -> Option<&str> {
        household.owner.map(|index| self.roster.owners[index as usize].as_str())
    }

    /// How many buildings the roster names.
    pub(crate) fn building_count(&self) -> usize {
        self.roster.buildings.len()
    }

    /// How many owners the roster names.
    pub(crate) fn owners(&self) -> usize {
        self.roster.owners.len()
    }

    /// Who benefits from a line, as indices of [`Plan::households`] in roster order.
    pub fn beneficiaries<'p>(&'p self, line: &'p Line) -> &'p [u32] {
        match &line.works {
            Works::Shared { scope, .. } => scope.as_deref().unwrap_or(&self.roster.everyone),
            Works::Individual { households, .. } => households,
        }
    }

    /// The area of all households together, in millionths of a square metre.
    pub(crate) fn total_area(&self) -> u128 {
        self.households().iter().map(|household| u128::from(household.area.0)).sum()
    }

    /// The part of its shares a household is let off; nought without hardship.
    pub(crate) fn relief_rate(&self, household: u32) -> Rate {
        let hardship = self.households()[household as usize].hardship;
        hardship.map_or(Rate::ZERO, |index| self.relief_rates[index as usize])
    }

    /// The household's hardship code, where the roster gives one: a key of [`Relief::rates`].
    pub fn hardship_of(&self, household: &Household) -> Option<&str> {
        household.hardship.map(|index| self.roster.hardships[index as usize].as_str())
    }

    /// The first instalment of a household's maintenance-fund account: its own, or by area.
    pub(crate) fn first_instalment(&self, household: usize) -> Option<Fen> {
        let household = &self.households()[household];
        household.fund_first.or_else(|| {
            let rate = self.maintenance.first_per_area?;
            Some(per_area(rate, household.area.0.into()))
        })
    }

    pub(crate) fn column(&self, index: usize) -> &Column {
        &self.columns[index]
    }
}

macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the spec.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The value as a plan writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}
pub(crate) use enumeration;

enumeration! {
    /// The four groups of works of 濮政办〔2020〕31号 [二(二)1–4].
    Category {
        /// 改建配套基础设施 [二(二)1].
        Infrastructure = "infrastructure",
        /// 改造提升人居环境 [二(二)2].
        Environment = "environment",
        /// 改善优化居民服务 [二(二)3].
        Services = "services",
        /// 改进规范社区管理 [二(二)4].
        Management = "management",
    }
}

enumeration! {
    /// The three classes of works of 国办发〔2020〕23号.
    Tier {
        /// 基础类.
        Basic = "basic",
        /// 完善类.
        Improved = "improved",
        /// 提升类.
        Upgraded = "upgraded",
    }
}

enumeration! {
    /// Pipes and cables whose owners take part [四(二)].
    Pipeline {
        /// 供水.
        Water = "water",
        /// 排水.
        Drainage = "drainage",
        /// 供电.
        Power = "power",
        /// 燃气.
        Gas = "gas",
        /// 供热.
        Heating = "heating",
        /// 通信.
        Telecom = "telecom",
    }
}

enumeration! {
    /// Whether all pay for a line or only those who ordered it [四(三)].
    Kind {
        /// 公益设施共同出资.
        Shared = "shared",
        /// 个性项目户主负责.
        Individual = "individual",
    }
}

enumeration! {
    /// What a line is about, where category and pipeline don't tell; decides departments and the
    /// sharing rule of a policy pack, spec §7.
    Subject {
        /// 加装电梯.
        Lift = "lift",
        /// 消防设施.
        Fire = "fire",
        /// 充电设施.
        Charging = "charging",
        /// 生活垃圾分类.
        Waste = "waste",
        /// 拆除、清理违法设施.
        Clearance = "clearance",
        /// 养老、助餐.
        Elderly = "elderly",
        /// 幼儿园、托幼.
        Kindergarten = "kindergarten",
        /// 医疗卫生.
        Health = "health",
        /// 文化.
        Culture = "culture",
        /// 体育健身.
        Sports = "sports",
        /// 有线电视.
        CableTv = "cable_tv",
        /// 社区配套用房.
        Premises = "premises",
    }
}

enumeration! {
    /// Whether a line belongs to the compound or beyond it [二(一)].
    Reach {
        /// 小区内.
        Compound = "compound",
        /// 主干道、主管网、综合管廊.
        Trunk = "trunk",
        /// 广场.
        Square = "square",
        /// 城市公园.
        Park = "park",
    }
}

enumeration! {
    /// How a flat voted (表决意见); one without a vote takes no part.
    Vote {
        /// 同意.
        Yes = "yes",
        /// 不同意.
        No = "no",
        /// 弃权: takes part, for neither side.
        Abstain = "abstain",
        /// 共有人意见不一: takes part, for neither side.
        Undecided = "undecided",
    }
}

enumeration! {
    /// Who a source is; decides wording and findings, never the arithmetic.
    SourceKind {
        /// 中央财政.
        Central = "central",
        /// 省级财政.
        Provincial = "provincial",
        /// 市级财政.
        City = "city",
        /// 县(区)财政.
        County = "county",
        /// 管线单位.
        PipelineOwner = "pipeline_owner",
        /// 原产权单位.
        OriginalOwner = "original_owner",
        /// 社会资本.
        SocialCapital = "social_capital",
        /// 捐赠.
        Donation = "donation",
        /// 其他.
        Other = "other",
    }
}

enumeration! {
    /// How the part of a floor is split within it.
    Within {
        /// By area.
        Area = "area",
        /// Equally by household.
        Household = "household",
    }
}

/// A line of the works budget (工程项目).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Line {
    /// Unique among the lines.
    pub id: String,
    /// What the line is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What the line costs; of an individual line the sum of its charges.
    pub amount: Fen,
    /// The group of works.
    pub category: Option<Category>,
    /// The class of works.
    pub tier: Option<Tier>,
    /// The pipes or cables it renews.
    pub pipeline: Option<Pipeline>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// Whether it lies within the compound; left out = it does.
    pub reach: Option<Reach>,
    /// Whether pipes or cables lie behind the household's meter, on the household's side.
    pub beyond_meter: Option<bool>,
    /// Shared or individual, with who benefits and how they share.
    pub works: Works,
}

/// Who benefits from a line and how they share it [四(三)].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Works {
    /// 公益设施共同出资: all in scope pay jointly.
    #[non_exhaustive]
    Shared {
        /// Indices of the households in scope, in roster order; none = every household.
        scope: Option<Vec<u32>>,
        /// How they share.
        share_by: ShareBy,
    },
    /// 个性项目户主负责: each pays what it ordered.
    #[non_exhaustive]
    Individual {
        /// Indices of the households that ordered, in roster order.
        households: Vec<u32>,
        /// What each of them is charged.
        charges: Vec<Fen>,
    },
}

impl Line {
    /// Shared or individual.
    pub fn kind(&self) -> Kind {
        match self.works {
            Works::Shared { .. } => Kind::Shared,
            Works::Individual { .. } => Kind::Individual,
        }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.kind() == Kind::Shared
    }
}

/// The key by which the beneficiaries share a line.
///
/// 民法典 第283条: as agreed, and without agreement by area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareBy {
    /// By area.
    Area,
    /// Equally by household.
    Household,
    /// By a column of weights of the roster, an index of the plan's columns.
    Column(usize),
    /// By the coefficient of the floor, an index of [`Plan::tables`].
    Coefficient(usize),
    /// By coefficient × area.
    CoefficientTimesArea(usize),
    /// First over the floors by coefficient, then within each floor.
    Floors(usize, Within),
}

/// Coefficients by floor, in millionths (of one, or of a percent).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The table's name in the plan.
    pub name: String,
    /// Floors with their coefficients, lowest floor first.
    pub coefficients: Vec<(i32, u64)>,
    /// Whether the coefficients are percentages, which then sum to 100.
    pub percentages: bool,
}

impl Table {
    /// The coefficient of a floor, where the table has it.
    pub fn coefficient(&self, floor: i32) -> Option<u64> {
        self.position(floor).map(|position| self.coefficients[position].1)
    }

    /// Where a floor stands among the coefficients.
    pub(crate) fn position(&self, floor: i32) -> Option<usize> {
        self.coefficients.binary_search_by_key(&floor, |&(floor, _)| floor).ok()
    }
}

/// Who pays before the residents (出资方).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Source {
    /// Unique among the sources and the relief pot.
    pub id: String,
    /// What the source is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Who the source is.
    pub kind: Option<SourceKind>,
    /// Which lines it pays for.
    pub covers: Covers,
    /// At most this part of each covered line.
    pub rate: Option<Rate>,
    /// At most this in all.
    pub amount: Option<Fen>,
    /// At most this for each household of the plan.
    pub per_household: Option<Fen>,
    /// At most this for each square metre of the plan.
    pub per_area: Option<Fen>,
    /// What it earns from what it paid for; it never changes what it pays.
    pub income: Option<Income>,
}

impl Source {
    /// Whether it gives no more than so much in all.
    pub(crate) fn is_limited(&self) -> bool {
        self.amount.or(self.per_household).or(self.per_area).is_some()
    }
}

/// Which lines a source covers: those that match every list given.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Covers {
    /// Tiers, where given.
    pub tiers: Option<Vec<Tier>>,
    /// Categories, where given.
    pub categories: Option<Vec<Category>>,
    /// Pipelines, where given.
    pub pipelines: Option<Vec<Pipeline>>,
    /// Kinds; left out = shared lines only.
    pub kinds: Option<Vec<Kind>>,
    /// Indices of [`Plan::lines`], where given.
    pub lines: Option<Vec<usize>>,
}

impl Covers {
    /// Whether the line at `index` of the plan is covered.
    pub fn matches(&self, index: usize, line: &Line) -> bool {
        fn holds<T: PartialEq>(list: &Option<Vec<T>>, value: Option<T>) -> bool {
            list.as_ref().is_none_or(|list| value.is_some_and(|value| list.contains(&value)))
        }
        holds(&self.tiers, line.tier)
            && holds(&self.categories, line.category)
            && holds(&self.pipelines, line.pipeline)
            && self.takes_in(line.kind())
            && holds(&self.lines, Some(index))
    }

    fn takes_in(&self, kind: Kind) -> bool {
        match &self.kinds {
            Some(kinds) => kinds.contains(&kind),
            None => kind == Kind::Shared,
        }
    }
}

/// What the residents agreed on [四(三)].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Agreements {
    /// By tier, the part of a shared line that no source but the relief pot may pay into.
    pub residents_at_least: Vec<(Tier, Rate)>,
    /// Relief for households in hardship (困难群众减免).
    pub relief: Relief,
    /// The least a household pays (最低出资金额).
    pub minimum: Option<Minimum>,
}

/// Relief for households in hardship (困难群众减免).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Relief {
    /// Hardship code and the part of a share it is let off, in the plan's order.
    pub rates: Vec<(String, Rate)>,
    /// A payer for the relief; what it can't carry is borne by the others.
    pub pot: Option<Pot>,
}

/// The payer of relief (减免资金).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pot {
    /// Unique among the pot and the sources.
    pub id: String,
    /// What the pot is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What it holds.
    pub amount: Fen,
}

/// The least a household without relief pays for shared lines (最低出资金额).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Minimum {
    /// For each household.
    pub per_household: Option<Fen>,
    /// For each square metre of the household.
    pub per_area: Option<Fen>,
    /// Indices of [`Plan::sources`] that pay less for it, in this order.
    pub reduces: Vec<usize>,
}

impl Minimum {
    /// The least that a household of this area pays: the greater of the two, of those given.
    pub(crate) fn of(&self, area: Area) -> Fen {
        let by_area = self.per_area.map(|amount| per_area(amount, area.0.into()));
        self.per_household.max(by_area).unwrap_or_default()
    }
}

/// A way in which a household's share is paid (出资渠道) [四(三)].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Channel {
    /// 捐物、义务劳动 at the agreed value.
    InKind,
    /// 公共收益, every owner's by area (民法典 第282、283条).
    PublicRevenue {
        /// The pool.
        amount: Fen,
        /// Whether what a household doesn't need goes round again to those who still owe.
        over_owing: bool,
    },
    /// 住宅专项维修资金.
    MaintenanceFund {
        /// The part of the first instalment that stays in the account.
        keep: Rate,
    },
    /// 住房公积金.
    ProvidentFund,
}

impl Channel {
    /// The channel's kind as a plan writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::InKind => "in_kind",
            Channel::PublicRevenue { .. } => "public_revenue",
            Channel::MaintenanceFund { .. } => "maintenance_fund",
            Channel::ProvidentFund => "provident_fund",
        }
    }
}

/// When and how far an account is replenished (补建或续筹); 165号令 第十七条.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Maintenance {
    /// Below this part of the first instalment the account is to be replenished.
    pub threshold: Rate,
    /// Up to this part of it.
    pub target: Rate,
    /// The first instalment for each square metre, where an account doesn't give its own.
    pub first_per_area: Option<Fen>,
}

impl Default for Maintenance {
    fn default() -> Self {
        Maintenance { threshold: Rate::THIRTY_PERCENT, target: Rate::ONE, first_per_area: None }
    }
}

/// A household (户) of the roster.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Household {
    /// Unique among the households.
    pub id: Arc<str>,
    /// What the household is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    building: Option<usize>,
    unit: Option<usize>,
    /// The floor; basements are negative.
    pub floor: Option<i32>,
    /// Its exclusive area (专有部分面积).
    pub area: Area,
    /// An index of the roster's hardship codes.
    hardship: Option<u32>,
    /// A unit that pays for this flat's shared part, and which part of it.
    pub payer: Option<(String, Rate)>,
    /// The balance of its maintenance-fund account.
    pub fund_balance: Option<Fen>,
    /// The first instalment of that account.
    pub fund_first: Option<Fen>,
    /// What may be drawn from the provident fund.
    pub provident: Fen,
    /// Materials or labour given, at the agreed value.
    pub in_kind: Fen,
    /// An index of the plan's owners.
    pub(crate) owner: Option<u32>,
    /// How the flat voted, where it did.
    pub vote: Option<Vote>,
}

/// A column of weights of the roster, in millionths.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) weights: Vec<Option<u64>>,
}
