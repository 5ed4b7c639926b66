//! What a facility brings in for the source that paid for it [四(四)].

use super::fields::Fields;
use crate::money::Fen;
use crate::number::{self, Rate};
use crate::problem::{Cause, Problems};

/// The most years that an income is counted over.
const MOST_YEARS: u32 = 100;

/// What a facility (parking, charging, advertising, a licence) brings in for the source that paid
/// for it, at the end of each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Income {
    /// For how many years, 1 to 100.
    pub years: u32,
    /// What is left in a year after all costs.
    pub net_per_year: Fen,
    /// By which a year's delay makes it worth less.
    pub discount: Rate,
}

/// Reads a source's `income`.
pub(super) fn read(source: &Fields<'_>, problems: &mut Problems) -> Option<Income> {
    const KNOWN: &[&str] = &["years", "net_per_year", "discount"];
    let place = source.place().field("income");
    let fields = Fields::open(source.get("income")?, place, KNOWN, problems)?;
    for name in ["years", "net_per_year"] {
        fields.required(name, problems);
    }
    let years = fields.number("years", number::year, problems).unwrap_or(1);
    if !(1..=MOST_YEARS).contains(&years) {
        let most = MOST_YEARS.into();
        let cause = if years == 0 { Cause::BelowOne } else { Cause::TooLarge { most } };
        problems.add_seen(place.field("years"), &years.to_string(), cause);
    }
    Some(Income {
        years,
        net_per_year: fields.number("net_per_year", number::money, problems).unwrap_or_default(),
        discount: fields.number("discount", number::rate, problems).unwrap_or_default(),
    })
}
