//! The works budget (工程预算) [三(一)4]. `read.rs` reads its lines: `scope.rs` whom a line is for, `share_by.rs`
//! how they share it, `rate_of.rs` the lines that are a part of others.

mod rate_of;
mod read;
mod scope;
mod share_by;

use crate::enumeration;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{FinalCost, Life};
use crate::problem::Cause;

pub(super) use rate_of::follow;
pub(super) use read::LineReader;
pub(crate) use share_by::KeyReader;

/// The most the whole budget may come to, 10^15 yuan: with it every product of money and the
/// largest weights fits 128 bits.
pub(crate) const MOST_BUDGET: Fen = Fen(100_000_000_000_000_000);

/// The most lines that a problem lists to choose from.
const MOST_KNOWN: usize = 20;

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
    /// The part of other lines that it costs, if it costs that.
    pub rate_of: Option<RateOf>,
    /// The number of pieces, such as lifts.
    pub pieces: u32,
    /// The storeys of the building it is for.
    pub storeys: Option<u32>,
    /// The group of works.
    pub category: Option<Category>,
    /// The class of works.
    pub tier: Option<Tier>,
    /// The pipes or cables it renews.
    pub pipeline: Option<Pipeline>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// Whether it lies within the compound; `None` = it does.
    pub reach: Option<Reach>,
    /// Whether pipes or cables lie behind the household's meter, on the household's side.
    pub beyond_meter: Option<bool>,
    /// What it came to in the final account (决算), where that is known.
    pub final_cost: Option<FinalCost>,
    /// How long what a shared line paid for serves, where the plan tells.
    pub life: Option<Life>,
    /// Shared or individual, with who benefits and how they share.
    pub works: Works,
}

/// The part of other lines that a line costs, such as a reserve (预备费) or a fee for the design
/// (设计费).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateOf {
    /// The part.
    pub rate: Rate,
    /// Indices of those lines; `None` for all lines that are not themselves a part of others.
    pub lines: Option<Vec<usize>>,
}

/// Who benefits from a line and how they share it [四(三)].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Works {
    /// 公益设施共同出资: all in scope pay jointly.
    #[non_exhaustive]
    Shared {
        /// Indices of the households in scope, in roster order; `None` = every household.
        scope: Option<Vec<u32>>,
        /// What the scope names.
        named: Named,
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

/// What a line's scope names, as indices of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Named {
    pub(crate) buildings: Vec<usize>,
    pub(crate) units: Vec<usize>,
    pub(crate) households: Vec<u32>,
    pub(crate) except: Vec<u32>,
}

impl Named {
    /// Whether the scope takes in every household but its exceptions.
    pub(crate) fn is_everyone(&self) -> bool {
        self.buildings.is_empty() && self.units.is_empty() && self.households.is_empty()
    }
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
    /// By the coefficient of the floor, an index of [`Plan::tables`](crate::Plan::tables).
    Coefficient(usize),
    /// By coefficient × area.
    CoefficientTimesArea(usize),
    /// First over the floors by coefficient, then within each floor.
    Floors(usize, Within),
}

pub(super) fn over_budget(most: Fen) -> Cause {
    Cause::TooLarge { most: most.0 / 100 }
}
