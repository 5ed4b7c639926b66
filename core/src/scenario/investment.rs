//! Private investment [四(四)]: what an investor's income from a facility can carry, and when it
//! has paid back, spec §8.

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};

use crate::money::Fen;
use crate::plan::{Income, Plan};
use crate::split::Split;

/// What a source that earns from a facility pays, beside what its income can carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Investment {
    /// The source, an index of the plan's.
    #[serde(skip)]
    pub source: usize,
    /// What it pays.
    pub paid: Fen,
    /// The present value of its income, rounded down to the fen: the most it can pay and still
    /// earn the discount rate.
    pub carries: Fen,
    /// After how many years its discounted income has come to what it pays; missing where it does
    /// not within its years.
    pub payback: Option<u32>,
}

/// The sources of a plan that state an income, in its order.
///
/// ```
/// use fentan_core::scenario::investments;
/// use fentan_core::{Document, Plan, split};
/// let document = Document::from_json(
///     br#"{ "fentan": 1, "lines": [{ "id": "charging", "amount": "1500" }],
///           "sources": [{ "id": "operator", "amount": "1000",
///               "income": { "years": 2, "net_per_year": "1100", "discount": "10%" } }],
///           "households": [{ "id": "1", "area": "60" }] }"#,
/// )?;
/// let plan = Plan::read(&document, None)?;
/// let found = &investments(&plan, &split(&plan)?)[0];
/// // 1100 ÷ 1.1 + 1100 ÷ 1.21
/// assert_eq!(found.carries.to_string(), "1909.09");
/// assert_eq!(found.payback, Some(1));
/// # Ok::<(), fentan_core::Error>(())
/// ```
pub fn investments(plan: &Plan, split: &Split) -> Vec<Investment> {
    let sources = plan.sources().iter().zip(&split.sources).enumerate();
    sources
        .filter_map(|(index, (source, split))| {
            let (carries, payback) = carries(source.income.as_ref()?, split.paid);
            Some(Investment { source: index, paid: split.paid, carries, payback })
        })
        .collect()
}

/// The present value of an income, and the year in which it has come to what was paid.
///
/// With a discount of p/q the years up to t are worth net × Σ (q/(q+p))^i, an exact fraction
/// over (q+p)^t.
fn carries(income: &Income, paid: Fen) -> (Fen, Option<u32>) {
    let discounted = BigUint::from(income.discount.denominator());
    let grown = BigUint::from(income.discount.denominator() + income.discount.numerator());
    let (net, paid) = (BigUint::from(income.net_per_year.0), BigUint::from(paid.0));
    let [mut worth, mut power, mut over] = [0u32, 1, 1].map(BigUint::from);
    let mut payback = None;
    for year in 1..=income.years {
        power *= &discounted;
        worth = worth * &grown + &power;
        over *= &grown;
        if payback.is_none() && &worth * &net >= &paid * &over {
            payback = Some(year);
        }
    }
    // No more than a hundred times the largest money, which fits.
    let value = u128::try_from(worth * net / over).unwrap_or(u128::MAX);
    (Fen(value), payback)
}
