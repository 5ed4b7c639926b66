//! The reason of a figure, as data: front ends word it.

use serde::{Deserialize, Serialize};

use crate::allocate::quota;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{Area, Factor, Rate, per_area};
use crate::plan::SourceKind;

/// A figure of a split, or one on the way to it, that can be explained.
///
/// Lines, sources and households are indices of the plan's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Figure {
    /// What a line costs that is a part of others.
    Amount {
        /// The line.
        line: usize,
    },
    /// Step 1: the most a source gives in all; no figure if that is unlimited.
    Offer {
        /// The source.
        source: usize,
    },
    /// Step 1: what of a line is set aside for the residents.
    SetAside {
        /// The line.
        line: usize,
    },
    /// Step 1: the most a source may pay on a line.
    Limit {
        /// The source.
        source: usize,
        /// The line.
        line: usize,
    },
    /// Step 1: what a source pays on a line, before any give-back.
    Payment {
        /// The source.
        source: usize,
        /// The line.
        line: usize,
    },
    /// Step 4: what a source gives back on a line.
    GiveBack {
        /// The source.
        source: usize,
        /// The line.
        line: usize,
    },
    /// What a source pays on a line in the end.
    Paid {
        /// The source.
        source: usize,
        /// The line.
        line: usize,
    },
    /// Step 2: what of a line no source pays.
    Uncovered {
        /// The line.
        line: usize,
    },
    /// What of a line the residents pay in the end, top-ups included.
    Residents {
        /// The line.
        line: usize,
    },
    /// Step 2: with `within`, what a floor pays of a line.
    FloorShare {
        /// The line.
        line: usize,
        /// The floor.
        floor: i32,
    },
    /// Step 2: what a household pays of a line.
    LineShare {
        /// The household.
        household: usize,
        /// The line.
        line: usize,
    },
    /// Step 3: what a household would be let off of a line if the plan did not limit it.
    FullRelief {
        /// The household.
        household: usize,
        /// The line.
        line: usize,
    },
    /// Step 3: what a household is let off of a line.
    LineRelief {
        /// The household.
        household: usize,
        /// The line.
        line: usize,
    },
    /// Step 3: what all are let off of a line.
    ReliefOfLine {
        /// The line.
        line: usize,
    },
    /// Step 3: what the pot carries on a line.
    PotPayment {
        /// The line.
        line: usize,
    },
    /// Step 3: what the others bear on a line.
    BorneOfLine {
        /// The line.
        line: usize,
    },
    /// Step 3: with `within`, what a floor bears on a line.
    FloorBorne {
        /// The line.
        line: usize,
        /// The floor.
        floor: i32,
    },
    /// Step 3: what a household bears on a line.
    LineBorne {
        /// The household.
        household: usize,
        /// The line.
        line: usize,
    },
    /// Step 4: what a household lacks to the minimum.
    Missing {
        /// The household.
        household: usize,
    },
    /// Step 4: what all households pay on top.
    TopUps,
    /// Step 4: what all households still lack to the minimum.
    MinimumShort,
    /// Step 6: what of the public revenue is shared in a round over those who still owe.
    PoolInRound {
        /// The round, from 0.
        round: usize,
    },
    /// Step 6: what a household takes of the public revenue in a round.
    RevenueInRound {
        /// The household.
        household: usize,
        /// The round, from 0.
        round: usize,
    },
    /// A household's figure, of those in the result.
    Of {
        /// The household.
        household: usize,
        /// Which.
        figure: HouseholdFigure,
    },
}

macro_rules! household_figures {
    ($($(#[$meta:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// A household's figures in the result, and two on the way to them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum HouseholdFigure { $($(#[$meta])* $variant),+ }

        impl HouseholdFigure {
            /// All of them, in the order of the result.
            pub const ALL: &'static [HouseholdFigure] = &[$(HouseholdFigure::$variant),+];

            /// The figure's name in the result.
            pub fn as_str(self) -> &'static str {
                match self { $(HouseholdFigure::$variant => $name),+ }
            }
        }
    };
}

household_figures! {
    /// Its shares of shared lines.
    Share = "share",
    /// What it is let off.
    Relief = "relief",
    /// What it bears for others.
    Borne = "borne",
    /// What it pays on top to reach the minimum.
    TopUp = "top_up",
    /// What it owes for shared lines.
    SharedDue = "shared_due",
    /// Its charges for individual lines.
    Individual = "individual",
    /// What it owes.
    Due = "due",
    /// Paid by the unit that owns or sold the flat.
    OwnerUnit = "owner_unit",
    /// Materials and labour at the agreed value.
    InKind = "in_kind",
    /// Its part of the common revenue.
    PublicRevenue = "public_revenue",
    /// Drawn from its maintenance-fund account.
    MaintenanceFund = "maintenance_fund",
    /// Drawn from the provident fund.
    ProvidentFund = "provident_fund",
    /// What is left to pay.
    Cash = "cash",
    /// The first instalment of its maintenance-fund account.
    FirstInstalment = "first_instalment",
    /// What is left in that account.
    FundAfter = "fund_after",
    /// What that account is to be replenished by.
    Replenish = "replenish",
    /// Of what is drawn from that account, the principal.
    Principal = "principal",
    /// Of what is drawn from that account, the interest.
    Interest = "interest",
}

/// A value that the plan gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// An amount of money.
    Money(Fen),
    /// An area.
    Area(Area),
    /// The area of all households, in millionths of a square metre.
    TotalArea(u128),
    /// A rate.
    Rate(Rate),
    /// The number of households.
    Households(u128),
    /// How many of them count as households by their use.
    CountedHouseholds(u128),
    /// How many a source's lines serve.
    ServedHouseholds(u128),
    /// The area of these, in millionths of a square metre.
    ServedArea(u128),
    /// The factor of a use.
    Factor(Factor),
    /// The number of pieces of a line.
    Pieces(u32),
    /// The number of storeys of a building.
    Storeys(u32),
}

/// The rule by which the spare fen of an allocation are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpareRule {
    /// One each to the largest fractional parts (最大余额法), equal ones to the earlier.
    LargestRemainder,
    /// One each to the earliest with a weight.
    First,
    /// All to the last with a weight.
    Last,
    /// One each to the largest fractional parts, equal ones to the smaller lot (摇号).
    Lots {
        /// The first bytes of this one's lot.
        lot: [u8; 4],
    },
}

/// What a weight of an allocation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WeightKind {
    /// Areas, in millionths of a square metre.
    Area,
    /// One for each household.
    Household,
    /// Coefficients of floors, in millionths.
    Coefficient,
    /// Coefficient × area, in millionths of millionths.
    CoefficientTimesArea,
    /// Values of a column, in millionths.
    Column,
    /// Amounts of money, in fen.
    Money,
}

/// A formula with its numbers in, down to values of the plan and other figures.
///
/// Every term is an amount of whole fen, worked out from the terms in it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Term {
    /// A value of the plan.
    Given {
        /// Where it stands, such as `lines[3].amount`.
        path: String,
        /// The value; an amount of money unless a formula asks for another.
        value: Quantity,
    },
    /// Another figure, which can be explained in turn.
    Figure {
        /// Which.
        figure: Figure,
        /// Its amount.
        value: Fen,
    },
    /// The sum of the terms; zero without terms.
    Sum(Vec<Term>),
    /// The first less the second.
    Less(Box<Term>, Box<Term>),
    /// The first less the second; zero if the second is more.
    Above(Box<Term>, Box<Term>),
    /// The least of the terms.
    Least(Vec<Term>),
    /// The greatest of the terms.
    Greatest(Vec<Term>),
    /// A rate of an amount, rounded to the nearest fen, halves up (四舍五入).
    Rounded {
        /// The rate.
        rate: Box<Term>,
        /// The amount.
        of: Box<Term>,
    },
    /// An amount for each square metre, household or piece, times an area or a number, rounded to
    /// the nearest fen, halves up.
    Times {
        /// The amount.
        amount: Box<Term>,
        /// The area or number of households or pieces.
        count: Box<Term>,
    },
    /// An amount that holds for this number of storeys.
    ByStoreys {
        /// The storeys.
        storeys: Box<Term>,
        /// The amount.
        amount: Box<Term>,
    },
    /// A part of an allocation: the whole fen of total × weight ÷ all weights, and of the spare fen
    /// what the rule gives this part.
    Allocated {
        /// What is allocated.
        total: Box<Term>,
        /// What the weights are.
        kind: WeightKind,
        /// The weight of this part.
        weight: u128,
        /// All weights together.
        weights: u128,
        /// The factor of this part's use. If there is one, `weight` and `weights` are in millionths of
        /// the unit of this kind.
        factor: Option<Box<Term>>,
        /// How the spare fen are given.
        rule: SpareRule,
        /// The number of parts served before this one.
        before: u128,
        /// The number of spare fen.
        spare: u128,
    },
    /// A term that counts only if an amount is below a bound; else zero.
    WhereBelow {
        /// The amount.
        amount: Box<Term>,
        /// The bound.
        bound: Box<Term>,
        /// What counts then.
        then: Box<Term>,
    },
}

impl Term {
    /// The amount that the formula comes to.
    pub fn amount(&self) -> Fen {
        let sum = |terms: &[Term]| terms.iter().map(Term::amount).sum();
        match self {
            Term::Given { value: Quantity::Money(value), .. } | Term::Figure { value, .. } => {
                *value
            }
            Term::Given { .. } => Fen::ZERO,
            Term::Sum(terms) => sum(terms),
            Term::Less(one, other) | Term::Above(one, other) => one.amount().less(other.amount()),
            Term::Least(terms) => terms.iter().map(Term::amount).min().unwrap_or_default(),
            Term::Greatest(terms) => terms.iter().map(Term::amount).max().unwrap_or_default(),
            Term::Rounded { rate, of } => match **rate {
                Term::Given { value: Quantity::Rate(rate), .. } => rate.of(of.amount()),
                _ => Fen::ZERO,
            },
            Term::Times { amount, count } => {
                let amount = amount.amount();
                match **count {
                    Term::Given { value: Quantity::Area(area), .. } => {
                        per_area(amount, area.millionths().into())
                    }
                    Term::Given {
                        value: Quantity::TotalArea(area) | Quantity::ServedArea(area),
                        ..
                    } => per_area(amount, area),
                    Term::Given {
                        value:
                            Quantity::Households(count)
                            | Quantity::CountedHouseholds(count)
                            | Quantity::ServedHouseholds(count),
                        ..
                    } => Fen(amount.0 * count),
                    Term::Given { value: Quantity::Pieces(count), .. } => {
                        Fen(amount.0 * u128::from(count))
                    }
                    _ => Fen::ZERO,
                }
            }
            Term::ByStoreys { amount, .. } => amount.amount(),
            Term::Allocated { total, weight, weights, rule, before, spare, .. } => {
                let whole = match weights {
                    0 => 0,
                    &weights => quota(total.amount().0, *weight, weights).0,
                };
                let given = match rule {
                    SpareRule::Last if *before == 0 => *spare,
                    SpareRule::Last => 0,
                    _ => u128::from(before < spare),
                };
                Fen(whole + given)
            }
            Term::WhereBelow { amount, bound, then } => {
                if amount.amount() < bound.amount() {
                    then.amount()
                } else {
                    Fen::ZERO
                }
            }
        }
    }
}

enumeration! {
    /// A clause that a figure rests on; [`Packs::clause`](crate::Packs::clause) finds its text by
    /// its id.
    Clause {
        /// 濮政办〔2020〕31号 四(一): money of the treasury.
        Treasury = "puyang-2020/4-1",
        /// 濮政办〔2020〕31号 四(二): owners of pipelines and former owner units.
        Units = "puyang-2020/4-2",
        /// 濮政办〔2020〕31号 四(三): what residents pay, agree on and are let off.
        Residents = "puyang-2020/4-3",
        /// 濮政办〔2020〕31号 四(四): private capital.
        PrivateCapital = "puyang-2020/4-4",
        /// 民法典 第二百八十二条: income from common parts is every owner's.
        CommonIncome = "china/civil-code-282",
        /// 民法典 第二百八十三条: by agreement, and without one by area.
        SharesByArea = "china/civil-code-283",
        /// 165号令 第十七条: an account below 30% of the first instalment.
        FundThreshold = "china/decree-165-17",
        /// 165号令 第二十条: sold public housing by the fund deposits.
        SoldPublicHousing = "china/decree-165-20",
    }
}

impl Clause {
    /// The clause by which a source of this kind pays.
    pub(crate) fn of_source(kind: SourceKind) -> Option<Clause> {
        match kind {
            SourceKind::Central
            | SourceKind::Provincial
            | SourceKind::City
            | SourceKind::County => Some(Clause::Treasury),
            SourceKind::PipelineOwner | SourceKind::OriginalOwner => Some(Clause::Units),
            SourceKind::SocialCapital => Some(Clause::PrivateCapital),
            SourceKind::Donation => Some(Clause::Residents),
            SourceKind::Other => None,
        }
    }
}

/// The reason of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// The figure.
    pub figure: Figure,
    /// Its amount.
    pub value: Fen,
    /// The formula with its numbers in; it gives the amount to the fen.
    pub formula: Term,
    /// The clauses it rests on.
    pub clauses: Vec<Clause>,
}
