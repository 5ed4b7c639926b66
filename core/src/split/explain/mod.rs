//! The reasons of figures, worked out only when one is asked for; a file for each step that
//! has more to it than a sum.

mod channels;
mod minimum;
mod relief;
mod shares;
mod sources;

use super::Steps;
use super::channels::{Round, pay_watched};
use super::result::Paid;
use crate::allocate::{SpareFen, Standing};
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Line, Plan, ShareBy, Target, Within, Works};
use crate::problem::Problems;
use crate::reason::{
    Clause, Figure, HouseholdFigure, Quantity, Reason, SpareRule, Term, WeightKind,
};

/// Explains the figures of a plan's split.
///
/// ```
/// use fentan_core::{Document, Explainer, Figure, HouseholdFigure, Plan, Term};
/// let document = Document::from_json(br#"{ "fentan": 1,
///     "lines": [{ "id": "gate", "amount": "100", "share_by": "household" }],
///     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#)?;
/// let plan = Plan::read(&document, None)?;
/// let explainer = Explainer::new(&plan)?;
/// let reason = explainer.reason(Figure::LineShare { household: 0, line: 0 }).unwrap();
/// assert_eq!(reason.value.to_string(), "50.00");
/// assert!(matches!(reason.formula, Term::Allocated { weight: 1, weights: 2, .. }));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub struct Explainer<'p> {
    plan: &'p Plan,
    steps: Steps<'p>,
    rounds: Vec<KeptRound>,
}

/// What a household pays of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinePart {
    /// The household, an index of the roster.
    pub household: usize,
    /// Its share, before relief.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// What it bears for others' relief.
    pub borne: Fen,
}

impl LinePart {
    /// share − relief + borne; a top-up to the minimum is of no line.
    pub fn due(&self) -> Fen {
        self.share - self.relief + self.borne
    }
}

/// A round of sharing the public revenue, kept.
struct KeptRound {
    pool: Fen,
    owing: Vec<usize>,
    areas: Vec<u128>,
}

/// What a household has paid or pays, before a channel's turn.
type Before = Vec<HouseholdFigure>;

impl<'p> Explainer<'p> {
    /// Takes the seven steps and keeps what they found.
    ///
    /// # Errors
    /// `no-weight` and `relief-unborne`, as in [`split`](crate::split()).
    pub fn new(plan: &'p Plan) -> Result<Self, Problems> {
        let steps = Steps::take(plan)?;
        let mut rounds = Vec::new();
        pay_watched(plan, &steps.dues, &mut |round: &Round<'_>| {
            rounds.push(KeptRound {
                pool: round.pool,
                owing: round.owing.to_vec(),
                areas: round.areas.to_vec(),
            });
        });
        Ok(Explainer { plan, steps, rounds })
    }

    /// The reason of a figure; `None` where the plan has no such figure.
    pub fn reason(&self, figure: Figure) -> Option<Reason> {
        let formula = self.formula(figure)?;
        Some(Reason { figure, value: self.value(figure)?, formula, clauses: self.clauses(figure) })
    }

    /// The shared and individual lines that a household benefits from.
    pub fn lines_of(&self, household: usize) -> impl Iterator<Item = usize> {
        let lines = self.steps.shares.lines.iter().enumerate();
        lines.filter_map(move |(index, line)| {
            line.beneficiaries.binary_search(&(household as u32)).ok().map(|_| index)
        })
    }

    /// What each beneficiary of a line pays of it, in roster order; nothing where there is no such
    /// line. All of them come to what the line leaves to the residents.
    ///
    /// ```
    /// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1,
    /// #     "lines": [{ "id": "gate", "amount": "100", "share_by": "household" }],
    /// #     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#)?;
    /// # let plan = fentan_core::Plan::read(&document, None)?;
    /// let parts = fentan_core::Explainer::new(&plan)?.parts_of(0);
    /// assert_eq!((parts[1].household, parts[1].due().to_string().as_str()), (1, "50.00"));
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn parts_of(&self, line: usize) -> Vec<LinePart> {
        let (Some(of_line), Some(shares)) =
            (self.plan.lines().get(line), self.steps.shares.lines.get(line))
        else {
            return Vec::new();
        };
        let relief = |household: usize, share| match shares.is_shared {
            true => self.steps.reliefs.of(self.plan, household as u32, line, share),
            false => Fen::ZERO,
        };
        let parts = shares.iter().map(|(household, share)| LinePart {
            household,
            share,
            relief: relief(household, share),
            borne: Fen::ZERO,
        });
        let mut parts: Vec<_> = parts.collect();
        let relief: Fen = parts.iter().map(|part| part.relief).sum();
        let mut bearing =
            self.borne_of(of_line, shares.beneficiaries, relief - self.steps.reliefs.pot[line]);
        let mut next = bearing.next();
        for part in &mut parts {
            if let Some((household, borne)) = next
                && household as usize == part.household
            {
                part.borne = borne;
                next = bearing.next();
            }
        }
        parts
    }

    /// The lines that a source covers.
    pub fn lines_covered_by(&self, source: usize) -> impl Iterator<Item = usize> {
        let funded = self.steps.funding.sources.get(source);
        funded.into_iter().flat_map(|funded| funded.payments.iter().map(|&(line, _)| line))
    }

    fn value(&self, figure: Figure) -> Option<Fen> {
        let Steps { funding, shares, reliefs, top_ups, dues, payments, accounts } = &self.steps;
        let payment = |source: usize, line: usize| {
            let position = self.position(source, line)?;
            Some(funding.sources[source].payments[position].1)
        };
        let give_back = |source: usize, line: usize| {
            let position = self.position(source, line)?;
            Some(top_ups.given_back[source].get(position).copied().unwrap_or_default())
        };
        Some(match figure {
            Figure::Offer { source } => funding.sources.get(source)?.offer?,
            Figure::Amount { line } => {
                self.plan.lines().get(line)?.rate_of.as_ref()?;
                self.plan.lines()[line].amount
            }
            Figure::SetAside { line } => self.set_aside(line)?.1,
            Figure::Limit { source, line } => self.limit(source, line)?,
            Figure::Payment { source, line } => payment(source, line)?,
            Figure::GiveBack { source, line } => give_back(source, line)?,
            Figure::Paid { source, line } => payment(source, line)? - give_back(source, line)?,
            Figure::Uncovered { line } => *funding.uncovered.get(line)?,
            Figure::Residents { .. } => self.formula(figure)?.amount(),
            Figure::LineShare { household, line } => {
                let shares = shares.lines.get(line)?;
                let position = shares.beneficiaries.binary_search(&(household as u32)).ok()?;
                shares.shares[position]
            }
            Figure::FullRelief { household, line } => self.full_relief(household, line)?,
            Figure::LineRelief { household, line } => {
                self.full_relief(household, line)?;
                let share = self.value(Figure::LineShare { household, line })?;
                reliefs.of(self.plan, household as u32, line, share)
            }
            Figure::ReliefOfLine { line } => {
                let shares = shares.lines.get(line).filter(|line| line.is_shared)?;
                shares.iter().map(|(h, share)| reliefs.of(self.plan, h as u32, line, share)).sum()
            }
            Figure::PotPayment { line } => {
                self.plan.agreements().relief.pot.as_ref()?;
                *reliefs.pot.get(line)?
            }
            Figure::BorneOfLine { line } => {
                self.value(Figure::ReliefOfLine { line })? - reliefs.pot[line]
            }
            Figure::FloorShare { .. } | Figure::FloorBorne { .. } | Figure::LineBorne { .. } => {
                self.formula(figure)?.amount()
            }
            Figure::Missing { household } => {
                let due = dues.get(household)?;
                let minimum = self.minimum(household)?.amount();
                minimum.less(due.share - due.relief + due.borne)
            }
            Figure::TopUps => top_ups.households.iter().copied().sum(),
            Figure::MinimumShort => top_ups.short?,
            Figure::PoolInRound { round } => self.rounds.get(round)?.pool,
            Figure::RevenueInRound { .. } => self.formula(figure)?.amount(),
            Figure::Of { household, figure } => {
                let (due, paid) = (dues.get(household)?, &payments.households[household]);
                match figure {
                    HouseholdFigure::Share => due.share,
                    HouseholdFigure::Relief => due.relief,
                    HouseholdFigure::Borne => due.borne,
                    HouseholdFigure::TopUp => due.top_up,
                    HouseholdFigure::SharedDue => due.shared(),
                    HouseholdFigure::Individual => due.individual,
                    HouseholdFigure::Due => due.shared() + due.individual,
                    HouseholdFigure::FirstInstalment => self.plan.first_instalment(household)?,
                    HouseholdFigure::FundAfter => accounts[household].fund_after?,
                    HouseholdFigure::Replenish => accounts[household].replenish?,
                    HouseholdFigure::Principal => accounts[household].drawn?.principal,
                    HouseholdFigure::Interest => accounts[household].drawn?.interest,
                    channel => paid_by(paid, channel),
                }
            }
        })
    }

    fn formula(&self, figure: Figure) -> Option<Term> {
        Some(match figure {
            Figure::Offer { source } => self.offer(source)?,
            Figure::Amount { line } => {
                let rate_of = self.plan.lines().get(line)?.rate_of.as_ref()?;
                let is_counted = |&line: &usize| match &rate_of.lines {
                    Some(lines) => lines.contains(&line),
                    None => self.plan.lines()[line].rate_of.is_none(),
                };
                let counted = (0..self.plan.lines().len()).filter(is_counted);
                let amounts = counted.filter_map(|line| self.amount(line)).collect();
                rounded(format!("lines[{line}].rate_of.rate"), rate_of.rate, Term::Sum(amounts))
            }
            Figure::SetAside { line } => {
                let (tier, _) = self.set_aside(line)?;
                let rate = self.plan.agreements().residents_at_least.iter();
                let rate = rate.clone().find(|(of, _)| of.as_str() == tier)?.1;
                rounded(format!("residents_at_least.{tier}"), rate, self.amount(line)?)
            }
            Figure::Limit { source, line } => {
                let open = Term::Less(
                    Box::new(self.amount(line)?),
                    Box::new(Term::Sum(self.taken_before(source, line))),
                );
                let rate = self.plan.sources()[source].rate;
                let by_rate = rate
                    .zip(self.amount(line))
                    .map(|(rate, amount)| rounded(format!("sources[{source}].rate"), rate, amount));
                let by_pieces = self.piece_limit(source, line);
                let limits: Vec<Term> = by_rate.into_iter().chain(by_pieces).collect();
                match limits.is_empty() {
                    true => open,
                    false => Term::Least(std::iter::once(open).chain(limits).collect()),
                }
            }
            Figure::Payment { source, line } => self.payment(source, line)?,
            Figure::GiveBack { source, line } => self.give_back(source, line)?,
            // Where nothing is given back there is but one step.
            Figure::Paid { source, line } => {
                let given_back = self.figure(Figure::GiveBack { source, line })?;
                match given_back.amount().is_zero() {
                    true => self.payment(source, line)?,
                    false => Term::Less(
                        Box::new(self.figure(Figure::Payment { source, line })?),
                        Box::new(given_back),
                    ),
                }
            }
            Figure::Uncovered { line } => {
                let all = self.plan.sources().len();
                let set_aside = self.taken_before(all, line).into_iter().filter(|term| {
                    !matches!(term, Term::Figure { figure: Figure::SetAside { .. }, .. })
                });
                Term::Less(Box::new(self.amount(line)?), Box::new(Term::Sum(set_aside.collect())))
            }
            Figure::Residents { line } => {
                let of = |figure| self.figure(figure).filter(|term| !term.amount().is_zero());
                let carried = of(Figure::PotPayment { line });
                let sources = 0..self.plan.sources().len();
                let topped_up = sources.filter_map(|source| of(Figure::GiveBack { source, line }));
                let topped_up: Vec<_> = topped_up.collect();
                if carried.is_none() && topped_up.is_empty() {
                    return self.formula(Figure::Uncovered { line });
                }
                let left = Term::Less(
                    Box::new(self.figure(Figure::Uncovered { line })?),
                    Box::new(Term::Sum(carried.into_iter().collect())),
                );
                Term::Sum(std::iter::once(left).chain(topped_up).collect())
            }
            Figure::FloorShare { line, floor } => {
                let total = self.figure(Figure::Uncovered { line })?;
                self.of_floor(line, floor, total, self.beneficiaries(line)?)?
            }
            Figure::LineShare { household, line } => {
                let households = self.beneficiaries(line)?;
                if self.is_weightless(line, household) {
                    return Some(Term::Sum(Vec::new()));
                }
                let (line_of, floor) = (&self.plan.lines()[line], self.floor(household));
                let total = match floors(line_of) {
                    Some(_) => Figure::FloorShare { line, floor: floor? },
                    None => Figure::Uncovered { line },
                };
                self.part(line, household, self.figure(total)?, households)?
            }
            Figure::LineRelief { household, line }
                if self.steps.reliefs.is_cut(household as u32) =>
            {
                self.cut_relief(household, line)?
            }
            Figure::FullRelief { household, line } | Figure::LineRelief { household, line } => {
                let (code, rate) = self.hardship(household)?;
                let share = self.figure(Figure::LineShare { household, line })?;
                self.value(figure)?;
                rounded(format!("relief.rates.{code}"), rate, share)
            }
            Figure::ReliefOfLine { line } => {
                let households = self.beneficiaries(line)?.iter().map(|&index| index as usize);
                let relieved = households.filter(|&index| self.hardship(index).is_some());
                self.sum(relieved.map(|household| Figure::LineRelief { household, line }))
            }
            Figure::PotPayment { line } => self.pot_payment(line)?,
            Figure::BorneOfLine { line } => {
                let carried = self.figure(Figure::PotPayment { line });
                Term::Less(
                    Box::new(self.figure(Figure::ReliefOfLine { line })?),
                    Box::new(Term::Sum(carried.into_iter().collect())),
                )
            }
            Figure::FloorBorne { line, floor } => {
                let total = self.figure(Figure::BorneOfLine { line })?;
                self.of_floor(line, floor, total, &self.bearers(line)?)?
            }
            Figure::LineBorne { household, line } => {
                let bearers = self.bearers(line)?;
                bearers.binary_search(&(household as u32)).ok()?;
                let total = match floors(&self.plan.lines()[line]) {
                    Some(_) => Figure::FloorBorne { line, floor: self.floor(household)? },
                    None => Figure::BorneOfLine { line },
                };
                self.part(line, household, self.figure(total)?, &bearers)?
            }
            Figure::Missing { household } => {
                let of = |figure| self.of(household, figure);
                Term::Above(
                    Box::new(self.minimum(household)?),
                    Box::new(Term::Sum(vec![
                        Term::Less(
                            Box::new(of(HouseholdFigure::Share)?),
                            Box::new(of(HouseholdFigure::Relief)?),
                        ),
                        of(HouseholdFigure::Borne)?,
                    ])),
                )
            }
            Figure::TopUps => {
                self.plan.agreements().minimum.as_ref()?;
                let households = 0..self.plan.households().len();
                let paying = households.filter(|&index| !self.steps.dues[index].top_up.is_zero());
                self.sum(
                    paying
                        .map(|household| Figure::Of { household, figure: HouseholdFigure::TopUp }),
                )
            }
            Figure::MinimumShort => {
                self.plan.agreements().minimum.as_ref()?;
                let households = 0..self.plan.households().len();
                let missing = self.sum(households.map(|household| Figure::Missing { household }));
                Term::Less(Box::new(missing), Box::new(self.figure(Figure::TopUps)?))
            }
            Figure::PoolInRound { round } => self.pool_in_round(round)?,
            Figure::RevenueInRound { household, round } => {
                self.revenue_in_round(household, round)?
            }
            Figure::Of { household, figure } => self.of_household(household, figure)?,
        })
    }

    fn of_household(&self, household: usize, figure: HouseholdFigure) -> Option<Term> {
        let plan = self.plan;
        let roster = plan.households().get(household)?;
        let of = |figure| self.of(household, figure);
        let path = |field: &str| format!("households[{household}].{field}");
        let by_line = |shared: bool, figure: fn(usize, usize) -> Figure| {
            let lines = self.lines_of(household);
            let lines = lines.filter(move |&line| plan.lines()[line].is_shared() == shared);
            self.sum(lines.map(move |line| figure(household, line)))
        };
        Some(match figure {
            HouseholdFigure::Share => {
                by_line(true, |household, line| Figure::LineShare { household, line })
            }
            HouseholdFigure::Individual => {
                by_line(false, |household, line| Figure::LineShare { household, line })
            }
            HouseholdFigure::Relief => {
                by_line(true, |household, line| Figure::LineRelief { household, line })
            }
            HouseholdFigure::Borne => {
                by_line(true, |household, line| Figure::LineBorne { household, line })
            }
            HouseholdFigure::TopUp => self.top_up(household)?,
            HouseholdFigure::SharedDue => Term::Sum(vec![
                Term::Less(
                    Box::new(of(HouseholdFigure::Share)?),
                    Box::new(of(HouseholdFigure::Relief)?),
                ),
                of(HouseholdFigure::Borne)?,
                of(HouseholdFigure::TopUp)?,
            ]),
            HouseholdFigure::Due => {
                Term::Sum(vec![of(HouseholdFigure::SharedDue)?, of(HouseholdFigure::Individual)?])
            }
            HouseholdFigure::OwnerUnit => match &roster.payer {
                Some((_, rate)) => {
                    rounded(path("payer_share"), *rate, of(HouseholdFigure::SharedDue)?)
                }
                None => Term::Sum(Vec::new()),
            },
            HouseholdFigure::InKind => match self.before(figure) {
                Some(before) => Term::Least(vec![
                    money(path("in_kind"), roster.in_kind),
                    self.unpaid(household, HouseholdFigure::Due, &before)?,
                ]),
                None => Term::Sum(Vec::new()),
            },
            HouseholdFigure::ProvidentFund => match self.before(figure) {
                Some(before) => Term::Least(vec![
                    money(path("provident"), roster.provident),
                    self.unpaid(household, HouseholdFigure::Due, &before)?,
                ]),
                None => Term::Sum(Vec::new()),
            },
            HouseholdFigure::PublicRevenue => self.public_revenue(household)?,
            HouseholdFigure::MaintenanceFund => self.maintenance_fund(household)?,
            HouseholdFigure::Cash => {
                let paid = self.paying().into_iter();
                let paid = paid.map(of).collect::<Option<_>>()?;
                Term::Less(Box::new(of(HouseholdFigure::Due)?), Box::new(Term::Sum(paid)))
            }
            HouseholdFigure::FirstInstalment => match roster.fund_first {
                Some(first) => money(path("fund_first"), first),
                None => Term::Times {
                    amount: Box::new(money(
                        "maintenance.first_per_area".to_owned(),
                        plan.maintenance().first_per_area?,
                    )),
                    count: Box::new(self.area(household)),
                },
            },
            HouseholdFigure::FundAfter => Term::Less(
                Box::new(money(path("fund_balance"), roster.fund_balance?)),
                Box::new(of(HouseholdFigure::MaintenanceFund)?),
            ),
            HouseholdFigure::Replenish => {
                let first = || of(HouseholdFigure::FirstInstalment);
                let rules = plan.maintenance();
                let after = || of(HouseholdFigure::FundAfter).map(Box::new);
                let part = |name: &str, rate| {
                    Some(Box::new(rounded(format!("maintenance.{name}"), rate, first()?)))
                };
                let target = match rules.target {
                    Target::OfFirst(rate) => part("target", rate)?,
                    Target::PerArea(amount) => Box::new(Term::Times {
                        amount: Box::new(money("maintenance.target_per_area".to_owned(), amount)),
                        count: Box::new(self.area(household)),
                    }),
                };
                Term::WhereBelow {
                    amount: after()?,
                    bound: part("threshold", rules.threshold)?,
                    then: Box::new(Term::Above(target, after()?)),
                }
            }
            HouseholdFigure::Interest => self.interest(household)?,
            HouseholdFigure::Principal => Term::Less(
                Box::new(of(HouseholdFigure::MaintenanceFund)?),
                Box::new(of(HouseholdFigure::Interest)?),
            ),
        })
    }

    fn clauses(&self, figure: Figure) -> Vec<Clause> {
        let of_source = |source: usize| {
            let kind = self.plan.sources()[source].kind;
            kind.and_then(Clause::of_source).into_iter().collect::<Vec<_>>()
        };
        match figure {
            Figure::Offer { source }
            | Figure::Limit { source, .. }
            | Figure::Payment { source, .. }
            | Figure::Paid { source, .. } => of_source(source),
            Figure::LineShare { line, .. } | Figure::LineBorne { line, .. } => {
                match self.plan.lines()[line].works {
                    Works::Shared { share_by: ShareBy::Area, .. } => {
                        vec![Clause::Residents, Clause::SharesByArea]
                    }
                    _ => vec![Clause::Residents],
                }
            }
            Figure::Of { figure, .. } => match figure {
                HouseholdFigure::OwnerUnit => vec![Clause::SoldPublicHousing],
                HouseholdFigure::PublicRevenue => {
                    vec![Clause::Residents, Clause::CommonIncome, Clause::SharesByArea]
                }
                HouseholdFigure::Replenish => vec![Clause::Residents, Clause::FundThreshold],
                HouseholdFigure::FundAfter
                | HouseholdFigure::FirstInstalment
                | HouseholdFigure::Principal
                | HouseholdFigure::Interest => Vec::new(),
                _ => vec![Clause::Residents],
            },
            _ => vec![Clause::Residents],
        }
    }

    fn figure(&self, figure: Figure) -> Option<Term> {
        Some(Term::Figure { figure, value: self.value(figure)? })
    }

    fn of(&self, household: usize, figure: HouseholdFigure) -> Option<Term> {
        self.figure(Figure::Of { household, figure })
    }

    /// The sum of the figures that there are.
    fn sum(&self, figures: impl Iterator<Item = Figure>) -> Term {
        Term::Sum(figures.filter_map(|figure| self.figure(figure)).collect())
    }

    fn amount(&self, line: usize) -> Option<Term> {
        if let Some(amount) = self.figure(Figure::Amount { line }) {
            return Some(amount);
        }
        let amount = self.plan.lines().get(line)?.amount;
        Some(money(format!("lines[{line}].amount"), amount))
    }

    fn area(&self, household: usize) -> Term {
        Term::Given {
            path: format!("households[{household}].area"),
            value: Quantity::Area(self.plan.households()[household].area),
        }
    }
}

fn floors(line: &Line) -> Option<(usize, Within)> {
    match line.works {
        Works::Shared { share_by: ShareBy::Floors(table, within), .. } => Some((table, within)),
        _ => None,
    }
}

fn paid_by(paid: &Paid, channel: HouseholdFigure) -> Fen {
    match channel {
        HouseholdFigure::OwnerUnit => paid.owner_unit,
        HouseholdFigure::InKind => paid.in_kind,
        HouseholdFigure::PublicRevenue => paid.public_revenue,
        HouseholdFigure::MaintenanceFund => paid.maintenance_fund,
        HouseholdFigure::ProvidentFund => paid.provident_fund,
        _ => paid.cash,
    }
}

fn money(path: String, value: Fen) -> Term {
    Term::Given { path, value: Quantity::Money(value) }
}

fn rounded(path: String, rate: Rate, of: Term) -> Term {
    let rate = Box::new(Term::Given { path, value: Quantity::Rate(rate) });
    Term::Rounded { rate, of: Box::new(of) }
}

fn allocated(total: Term, kind: WeightKind, weights: &[u128], index: usize) -> Term {
    let Standing { before, spare } =
        Standing::of(total.amount(), weights, index, SpareFen::LargestRemainder);
    Term::Allocated {
        total: Box::new(total),
        kind,
        weight: weights[index],
        weights: weights.iter().sum(),
        factor: None,
        rule: SpareRule::LargestRemainder,
        before,
        spare,
    }
}
