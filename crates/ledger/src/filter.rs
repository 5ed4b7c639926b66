//! Some compounds of a ledger.

use fentan_core::Day;

use crate::{Compound, Status};

/// Which compounds are looked at: those that have all that is asked for.
///
/// ```
/// use fentan_core::Day;
/// use fentan_ledger::{Entry, Event, Filter, Ledger};
/// let mut ledger = Ledger::default();
/// ledger.append(&Entry {
///     date: Day::read("2020-07-07")?, by: "住建局".into(), compound: "north".into(),
///     event: Event::Registered { name: Some("北街".into()), county: None, year: Some(2020) },
/// })?;
/// let filter = Filter { text: "北".into(), year: Some(2020), ..Filter::default() };
/// assert!(filter.takes(&ledger.compounds()[0]));
/// let filter = Filter { text: "NORTH".into(), ..Filter::default() };
/// assert!(filter.takes(&ledger.compounds()[0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The county it lies in.
    pub county: Option<String>,
    /// The year of its programme.
    pub year: Option<u32>,
    /// How far it has come.
    pub status: Option<Status>,
    /// What its id or its name holds, in large or small letters.
    pub text: String,
    /// The first and the last day of the payments that are added up.
    pub from: Option<Day>,
    /// See [`Filter::from`].
    pub to: Option<Day>,
}

impl Filter {
    /// Whether a compound has all that is asked for.
    pub fn takes(&self, compound: &Compound) -> bool {
        let county = compound.county.as_deref().unwrap_or_default();
        let name = compound.name.as_deref().unwrap_or_default();
        self.takes_group(county, compound.year)
            && self.status.is_none_or(|status| status == compound.status)
            && (self.text.is_empty() || holds(&compound.id, &self.text) || holds(name, &self.text))
    }

    /// Whether a payment of this day is added up.
    pub fn takes_day(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether compounds of a county and year may be among them.
    pub(crate) fn takes_group(&self, county: &str, year: Option<u32>) -> bool {
        self.county.as_ref().is_none_or(|asked| asked == county)
            && self.year.is_none_or(|asked| Some(asked) == year)
    }
}

fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
