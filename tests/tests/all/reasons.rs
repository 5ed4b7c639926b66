//! Every figure's reason gives the figure to the fen, worked out by an evaluator of its own,
//! step into step down to the values that the plan holds.

use std::collections::HashSet;

use fentan_core::reason::{Quantity, SpareRule};
use fentan_core::{Document, Explainer, Fen, Figure, HouseholdFigure, Plan, Split, Term, split};
use num_bigint::BigUint;
use proptest::prelude::*;

/// Works out a formula; and collects the figures and given values in it.
struct Evaluator<'d> {
    document: &'d Document<'d>,
    figures: Vec<(Figure, Fen)>,
}

impl Evaluator<'_> {
    fn all(&mut self, terms: &[Term]) -> Vec<u128> {
        terms.iter().map(|term| self.amount(term)).collect()
    }

    fn amount(&mut self, term: &Term) -> u128 {
        match term {
            Term::Given { path, value: Quantity::Money(value) } => {
                self.given(path, &value.to_string(), 2);
                value.0
            }
            Term::Figure { figure, value } => {
                self.figures.push((*figure, *value));
                value.0
            }
            Term::Sum(terms) => self.all(terms).iter().sum(),
            Term::Less(one, other) => self.amount(one) - self.amount(other),
            Term::Above(one, other) => self.amount(one).saturating_sub(self.amount(other)),
            Term::Least(terms) => self.all(terms).into_iter().min().expect("a term"),
            Term::Greatest(terms) => self.all(terms).into_iter().max().expect("a term"),
            Term::Rounded { rate, of } => {
                let Term::Given { value: Quantity::Rate(rate), .. } = &**rate else {
                    panic!("no rate: {rate:?}");
                };
                let exact = rate.numerator() * self.amount(of) * 2;
                exact / rate.denominator() / 2 + u128::from(exact / rate.denominator() % 2 == 1)
            }
            Term::Times { amount, count } => {
                let amount = self.amount(amount);
                match &**count {
                    Term::Given { value: Quantity::Area(area), path } => {
                        self.given(path, &area.to_string(), 6);
                        (amount * u128::from(area.millionths()) + 500_000) / 1_000_000
                    }
                    Term::Given {
                        value: Quantity::TotalArea(area) | Quantity::ServedArea(area),
                        ..
                    } => (amount * area + 500_000) / 1_000_000,
                    Term::Given {
                        value:
                            Quantity::Households(count)
                            | Quantity::CountedHouseholds(count)
                            | Quantity::ServedHouseholds(count),
                        ..
                    } => amount * count,
                    Term::Given { value: Quantity::Pieces(count), path } => {
                        self.given(path, &count.to_string(), 0);
                        amount * u128::from(*count)
                    }
                    other => panic!("no count: {other:?}"),
                }
            }
            Term::ByStoreys { storeys, amount } => {
                let Term::Given { value: Quantity::Storeys(count), path } = &**storeys else {
                    panic!("no storeys: {storeys:?}");
                };
                self.given(path, &count.to_string(), 0);
                self.amount(amount)
            }
            Term::Allocated { total, weight, weights, factor, rule, before, spare, .. } => {
                if let Some(Term::Given { value: Quantity::Factor(factor), path }) =
                    factor.as_deref()
                {
                    // A home that is no household weighs nothing, whatever its factor.
                    if path.ends_with(".factor") {
                        self.given(path, &factor.to_string(), 6);
                    }
                    assert!(
                        weight.is_multiple_of(u128::from(factor.millionths()).max(1)),
                        "{path}"
                    );
                }
                let product = BigUint::from(self.amount(total)) * *weight;
                if product == BigUint::ZERO {
                    return 0;
                }
                let whole = u128::try_from(product / *weights).expect("no more than the total");
                whole
                    + match rule {
                        SpareRule::Last if *before == 0 => *spare,
                        SpareRule::Last => 0,
                        _ => u128::from(before < spare),
                    }
            }
            Term::WhereBelow { amount, bound, then } => {
                let (amount, bound, then) =
                    (self.amount(amount), self.amount(bound), self.amount(then));
                if amount < bound { then } else { 0 }
            }
            other => panic!("a term the evaluator doesn't know: {other:?}"),
        }
    }

    /// A given value stands in the plan as the reason says; an individual line's amount is the
    /// sum of its charges and stands nowhere.
    fn given(&self, path: &str, value: &str, decimals: usize) {
        if let Some(written) = self.document.text(path) {
            assert_eq!(padded(written, decimals), padded(value, decimals), "{path}");
        }
    }
}

/// A decimal with all its places: "62.35" as "62.350000".
fn padded(decimal: &str, decimals: usize) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{whole}.{fraction:0<decimals$}")
}

/// Everything a split shows, with what it says there.
fn shown(plan: &Plan, split: &Split) -> Vec<(Figure, Fen)> {
    let mut figures = Vec::new();
    figures.extend(split.minimum_short.map(|short| (Figure::MinimumShort, short)));
    let sources = plan.sources().iter().enumerate();
    for (source, of) in sources {
        figures.extend(split.sources[source].offer.map(|offer| (Figure::Offer { source }, offer)));
        for (line, split) in split.lines.iter().enumerate() {
            let paid = split.paid.iter().find(|(id, _)| *id == of.id);
            figures.extend(paid.map(|&(_, paid)| (Figure::Paid { source, line }, paid)));
        }
    }
    for (line, of) in split.lines.iter().enumerate() {
        figures.push((Figure::Residents { line }, of.left_to_residents + of.top_up));
        if plan.lines()[line].rate_of.is_some() {
            figures.push((Figure::Amount { line }, of.amount));
        }
    }
    for (household, of) in split.households.iter().enumerate() {
        let mut add = |figure, amount| figures.push((Figure::Of { household, figure }, amount));
        add(HouseholdFigure::Share, of.share);
        add(HouseholdFigure::Relief, of.relief);
        add(HouseholdFigure::Borne, of.borne);
        add(HouseholdFigure::TopUp, of.top_up);
        add(HouseholdFigure::Individual, of.individual);
        add(HouseholdFigure::Due, of.due);
        add(HouseholdFigure::OwnerUnit, of.paid.owner_unit);
        add(HouseholdFigure::InKind, of.paid.in_kind);
        add(HouseholdFigure::PublicRevenue, of.paid.public_revenue);
        add(HouseholdFigure::MaintenanceFund, of.paid.maintenance_fund);
        add(HouseholdFigure::ProvidentFund, of.paid.provident_fund);
        add(HouseholdFigure::Cash, of.paid.cash);
        for (figure, amount) in [
            (HouseholdFigure::FundAfter, of.fund_after),
            (HouseholdFigure::Replenish, of.replenish),
            (HouseholdFigure::Principal, of.fund_drawn.as_ref().map(|drawn| drawn.principal)),
            (HouseholdFigure::Interest, of.fund_drawn.as_ref().map(|drawn| drawn.interest)),
        ] {
            if let Some(amount) = amount {
                add(figure, amount);
            }
        }
    }
    figures
}

/// Follows every figure shown down to the plan; answers how many figures were met.
fn follow(name: &str, bytes: &[u8]) -> usize {
    let document = Document::from_json(bytes).expect("a document");
    let Ok(plan) = Plan::read(&document, None) else {
        return 0;
    };
    let Ok(split) = split(&plan) else {
        return 0;
    };
    let explainer = Explainer::new(&plan).expect("a plan that can be split");
    let mut left = shown(&plan, &split);
    let mut met: HashSet<Figure> = HashSet::new();
    while let Some((figure, value)) = left.pop() {
        if !met.insert(figure) {
            continue;
        }
        let reason = explainer.reason(figure);
        let reason = reason.unwrap_or_else(|| panic!("{name}: no reason for {figure:?}"));
        assert_eq!((reason.figure, reason.value), (figure, value), "{name}");
        let mut evaluator = Evaluator { document: &document, figures: Vec::new() };
        let amount = evaluator.amount(&reason.formula);
        assert_eq!(Fen(amount), value, "{name}: {figure:?} by {:?}", reason.formula);
        assert_eq!(reason.formula.amount(), value, "{name}: {figure:?}");
        left.append(&mut evaluator.figures);
    }
    met.len()
}

#[test]
fn every_figure_of_every_vector_follows_from_the_plan() {
    let counts = fentan_tests::vectors().map(|vector| follow(vector.name, vector.plan));
    let met: usize = counts.sum();
    println!("{met} figures followed down to their plans");
    assert!(met > 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_plan_follows_from_it(plan in crate::plans::plan()) {
        follow("generated", plan.to_string().as_bytes());
    }
}
