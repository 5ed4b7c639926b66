//! The tariff (公示标准), `docs/tariff.md`: what may be made public of a plan, with no household in
//! it, and what one flat would pay by it.

mod combined;
mod estimate;
mod flat;
mod others;
mod publish;
mod read;
mod serves;
mod write;

use crate::day::Day;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{Rate, Weight};
use crate::plan::{
    Category, Kind, Minimum, OddFen, Pipeline, Relief, ShareBy, SourceKind, Subject, Table, Tier,
    Use,
};
use crate::problem::{Cause, Expected, Problems};
use crate::receipt::Digest;

pub use estimate::{Estimate, LineEstimate, estimate};
pub use flat::Flat;
pub use serves::Serves;

/// The field of the digest.
const DIGEST: &str = "digest";

/// What may be made public of a plan: what the works cost, who pays, what is left to the residents
/// and how they share it, but no household and nothing that would tell which of them is in need.
///
/// Made by [`Tariff::publish`] from a plan or by [`Tariff::read`] from what was published, and never
/// changed after.
///
/// ```
/// use fentan_core::{Document, Packs, Plan};
/// use fentan_core::tariff::{Edition, Flat, Tariff, estimate};
/// let document = Document::from_json(br#"{ "fentan": 1,
///     "lines": [{ "id": "gate", "amount": "100.00" }],
///     "households": [{ "id": "101", "area": "60" }, { "id": "201", "area": "90" }] }"#)?;
/// let edition = Edition::read(1, "2026-11-27")?;
/// let plan = Plan::read(&document, None)?;
/// let published = Tariff::publish(&plan, &Packs::default(), &edition)?.to_document();
///
/// let tariff = Tariff::read(&published)?;
/// let flat = Flat::read(&Document::from_json(br#"{ "area": "90" }"#)?, &tariff)?;
/// let estimate = estimate(&tariff, &flat);
/// assert_eq!(estimate.due.to_string(), "60.00");
/// # Ok::<(), fentan_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tariff {
    /// The version of the engine that made it.
    pub engine: String,
    /// What the plan is called.
    pub name: Option<String>,
    /// Which publication of it this is.
    pub edition: Edition,
    /// The plan's policy pack.
    pub policy: Option<String>,
    /// How many households there are.
    pub households: u64,
    /// Their area together, in square metres.
    pub area: Weight,
    /// The buildings with their units, in the order of the roster.
    pub buildings: Vec<Building>,
    /// Who pays before the residents, in the plan's order.
    pub payers: Vec<Payer>,
    /// Who gets the odd fen; of lots, the seed is told as it was drawn in public.
    pub odd_fen: OddFen,
    /// What homes may be used for, and what they count for by it.
    pub uses: Vec<Use>,
    /// The coefficients by floor that lines are shared by.
    pub tables: Vec<Table>,
    /// The columns of weights that lines are shared by.
    pub columns: Vec<String>,
    /// The works budget, in the plan's order.
    pub lines: Vec<Line>,
    /// What households in need are let off.
    pub relief: Relief,
    /// Fewer households than this are let off something; a multiple of five. Missing if nobody can
    /// be.
    pub relieved_fewer_than: Option<u64>,
    /// The least that a household pays for shared lines, with [`Minimum::reduces`] as indices of
    /// `payers`.
    pub minimum: Option<Minimum>,
    /// What all households together would lack to the minimum if none were let off anything.
    pub missing: Fen,
    /// The clauses that all of it rests on.
    pub clauses: Vec<Cited>,
    /// What the plan holds and the tariff does not.
    pub left_out: Vec<LeftOut>,
    /// The digest of all else that is published, so that a change by accident shows.
    ///
    /// Not of the plan: with areas and floors known, as they are to every neighbour, a plan's digest
    /// would tell whether a guess at who is in need is right.
    pub digest: Digest,
}

/// Which publication of a plan's tariff it is (版次).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub number: u64,
    /// Its date; the engine knows no clock.
    pub date: Day,
}

impl Edition {
    /// An edition whose date is written as `2026-11-27`.
    ///
    /// # Errors
    /// `bad-type` at `date` if the calendar has no such day.
    pub fn read(number: u64, date: &str) -> Result<Edition, Problems> {
        let mut problems = Problems::default();
        let day = Day::read(date).map_err(|_| {
            problems.add_seen("date", date, Cause::BadType { expected: Expected::Day });
        });
        problems.refuse(Edition { number, date: day.unwrap_or(Day::MIN) })
    }
}

/// A building with its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Building {
    /// The building's id.
    pub id: String,
    /// The ids of its units.
    pub units: Vec<String>,
}

/// Who pays before the residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The source's id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Who it is.
    pub kind: Option<SourceKind>,
}

/// A line of the works budget, as it may be made public.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// The line's id.
    pub id: String,
    /// What the line is called.
    pub name: Option<String>,
    /// The group of works.
    pub category: Option<Category>,
    /// The class of works.
    pub tier: Option<Tier>,
    /// The pipes or cables it renews.
    pub pipeline: Option<Pipeline>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// Its figures; `None` for an individual line, whose charges are households' own.
    pub shared: Option<SharedLine>,
}

impl Line {
    /// Shared or individual.
    pub fn kind(&self) -> Kind {
        if self.shared.is_some() { Kind::Shared } else { Kind::Individual }
    }
}

/// The figures of a shared line, before relief and before the minimum, which would tell of
/// households in need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedLine {
    /// What the line costs.
    pub amount: Fen,
    /// What each payer pays that pays anything, as indices of [`Tariff::payers`].
    pub paid: Vec<(usize, Fen)>,
    /// What is left to the residents: the amount less what is paid.
    pub uncovered: Fen,
    /// Whom it serves.
    pub serves: Serves,
    /// How they share it, with indices of [`Tariff::tables`] and [`Tariff::columns`].
    pub share_by: ShareBy,
    /// What their weights come to.
    pub basis: Basis,
    /// What one of them bears for others in need is at most this part of its own share, and never
    /// more than the rest of the line; missing if no such part can be published.
    pub others_relief: Option<Rate>,
}

/// What the weights of all that a line serves come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// All of them together: square metres, households, coefficients or the column's own unit.
    Total(Weight),
    /// Floor by floor, lowest first: the floor's part and the weights within it.
    Floors(Vec<FloorBasis>),
    /// Left out, since it would tell a few households' weights in a column.
    Withheld,
}

/// The part of a floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorBasis {
    /// The floor.
    pub floor: i32,
    /// What all on it share.
    pub part: Fen,
    /// Their weights together: square metres, or households.
    pub weight: Weight,
}

/// A clause of law or policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// As `pack/clause`.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The document's number.
    pub number: Option<String>,
    /// The article.
    pub article: String,
}

enumeration! {
    /// What a plan holds and its tariff does not; why is for `docs/tariff.md` and the words.
    LeftOut {
        /// Households with their names, owners and votes.
        Households = "households",
        /// Who is in need, and how many they are.
        Hardship = "hardship",
        /// Fund balances, provident funds, gifts in kind, and who pays for whom.
        Accounts = "accounts",
        /// Remarks, in which anything may stand.
        Notes = "notes",
        /// What is let off, who carries it, and what the minimum brings.
        AfterRelief = "after_relief",
        /// What individual lines cost.
        Charges = "charges",
        /// Which homes a line serves that names them one by one.
        Homes = "homes",
        /// Weights of a column that a few households alone would make up.
        Weights = "weights",
        /// Names of the plan, lines and payers in which a household is named.
        Names = "names",
    }
}
