//! Problems (spec §5): what is wrong in a file, where, and what is needed to word it.

use std::fmt;
use std::sync::Arc;

use crate::day::{Day, PartialDay};
use crate::money::Fen;

/// One reason that a plan can't be split: the cause, the path and the value as written.
///
/// A front end words it; [`Cause`] holds what the words need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The path to the value: `lines[3].amount`, or `households.csv:12:area` in a table.
    pub path: String,
    /// The value as it was written, shortened if it is long; `None` for a missing value.
    pub seen: Option<Box<str>>,
    /// What is wrong, with what is needed to say what to do about it.
    pub cause: Cause,
    /// The id of the household, if it is a value of the roster.
    pub household: Option<Arc<str>>,
    /// The scenario whose plan has the problem; none for the plan itself. The path then leads to
    /// the scenario, and to the change that made the problem where that is known.
    pub origin: Option<Box<Origin>>,
}

/// Where in the plan of a scenario a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// What the scenario is called: its name, or else its id.
    pub scenario: String,
    /// The path to the value, in the plan as the scenario changes it.
    pub path: String,
}

impl Problem {
    /// A problem of a file as a whole.
    pub(crate) fn of_file(cause: Cause) -> Problem {
        Problem { path: String::new(), seen: None, cause, household: None, origin: None }
    }

    /// The stable code of spec §5.
    pub fn code(&self) -> Code {
        self.cause.code()
    }

    /// The ids of the households that have it, where it is known whose it is.
    pub fn households(&self) -> impl Iterator<Item = &str> {
        let of_line: [&[String]; 2] = match &self.cause {
            Cause::NoCoefficient { on_floors, floorless, .. } => [&on_floors.ids, &floorless.ids],
            _ => [&[], &[]],
        };
        let of_line = of_line.into_iter().flatten().map(String::as_str);
        self.household.as_deref().into_iter().chain(of_line)
    }
}

macro_rules! codes {
    ($($(#[$meta:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// The stable codes of spec §5.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$meta])* $variant),+ }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The code as it is written in results and on standard error.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),+ }
            }
        }
    };
}

codes! {
    /// Not a number in the form a plan is written in.
    BadNumber = "bad-number",
    /// A number below zero, or an area that is not above it.
    Negative = "negative",
    /// More decimals than the value may have.
    TooPrecise = "too-precise",
    /// Past the largest supported value.
    TooLarge = "too-large",
    /// A binary float, which has already lost digits.
    Float = "float",
    /// A duplicate id, or a duplicate key of a file.
    DuplicateId = "duplicate-id",
    /// An unknown id, or a value that the enumeration lacks.
    UnknownId = "unknown-id",
    /// A field that the format doesn't have there.
    UnknownField = "unknown-field",
    /// A field that must be there and isn't.
    MissingField = "missing-field",
    /// A scope without households.
    EmptyScope = "empty-scope",
    /// Money to split and no weight to split it by.
    NoWeight = "no-weight",
    /// A floor without a coefficient in the line's table.
    NoCoefficient = "no-coefficient",
    /// A beneficiary without a value in the line's column.
    MissingWeight = "missing-weight",
    /// Percentages that don't sum to 100%, or a table that mixes them with plain numbers.
    BadTable = "bad-table",
    /// Relief that nobody can bear.
    ReliefUnborne = "relief-unborne",
    /// A rate outside 0 to 1.
    BadRate = "bad-rate",
    /// A source or minimum that sets no limit.
    NoLimit = "no-limit",
    /// A format version this engine doesn't know.
    UnknownVersion = "unknown-version",
    /// A value of the wrong type.
    BadType = "bad-type",
    /// A file that can't be read.
    BadSyntax = "bad-syntax",
    /// Figures of a tariff that don't add up.
    BadSum = "bad-sum",
    /// A tariff that was changed since it was published.
    BadDigest = "bad-digest",
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The type a value should have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expected {
    /// A text.
    Text,
    /// A decimal written as a text.
    Number,
    /// A whole number.
    Whole,
    /// A list.
    List,
    /// A table of fields (an object).
    Fields,
    /// `"area"`, `"household"`, or a table of fields.
    Sharing,
    /// True or false.
    Boolean,
    /// `yes` or `no`, in a cell.
    YesOrNo,
    /// A word, or a table with `lots`.
    OddFen,
    /// A year, a month or a day, as `"2020"`, `"2020-07"` or `"2020-07-07"`.
    Date,
    /// A day, as `"2020-07-07"`.
    Day,
}

/// The kind of thing that an id or a value of an enumeration should name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Naming {
    /// One of the values listed in [`Cause::UnknownId`].
    Listed,
    /// A household of the roster.
    Household,
    /// A building of the roster.
    Building,
    /// A unit of the roster, as `building/unit`.
    Unit,
    /// A line of the budget.
    Line,
    /// An individual line of the budget, for a column of charges.
    IndividualLine,
    /// A line that the source's `kinds` take in.
    CoveredLine,
    /// A source of the plan, not the relief pot.
    Source,
    /// A coefficient table.
    Table,
    /// A column of weights.
    Column,
    /// A hardship code with a relief rate.
    Hardship,
    /// The code of a hardship holds no `+`.
    NoPlus,
    /// A use of the plan.
    Use,
    /// A household that an individual line charges.
    ChargedHousehold,
    /// A household of the roster that does not benefit from the line yet.
    NoBeneficiary,
    /// The receipt of a payment of the table, not of a reversal.
    Payment,
    /// A shared line of the budget.
    SharedLine,
    /// A line of the budget that is no part of others.
    CountedLine,
    /// Building and unit ids hold no `/`.
    NoSlash,
    /// A clause of a policy pack, as `pack/clause`.
    Clause,
    /// A policy pack, which holds the one that names it within.
    Pack,
    /// The ids of packs and clauses hold no `/`.
    NoSlashInClause,
    /// A measure of a plan's outcome, compared with a value: `highest_cash<=3000`.
    Condition,
    /// A parameter with a range: `sources.county.amount=0..5000/100`.
    Range,
    /// A field of the plan that holds one number.
    Parameter,
}

/// Households that have one problem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Homes {
    /// Their ids in roster order, as many as [`Problems::MOST`].
    pub ids: Vec<String>,
    /// How many they are.
    pub count: usize,
}

impl Homes {
    pub(crate) fn add(&mut self, id: &str) {
        self.count += 1;
        if self.ids.len() < Problems::MOST {
            self.ids.push(id.to_owned());
        }
    }
}

/// What is wrong with a value, by the codes of spec §5.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Not a number as the format writes it: digits, with a point and digits where needed.
    BadNumber,
    /// An area of zero.
    NoArea,
    /// Below zero.
    Negative,
    /// More decimals than `most`.
    TooPrecise {
        /// How many decimals the value may have.
        most: u32,
    },
    /// More than `most`.
    TooLarge {
        /// The largest supported value.
        most: u128,
    },
    /// More in the file than can be read into memory; a roster this large comes as CSV.
    FileTooLarge,
    /// A binary float.
    Float,
    /// A rate outside 0 to 1.
    BadRate,
    /// Zero where at least one is needed.
    BelowOne,
    /// A text that is no day of the calendar.
    NoDay,
    /// Money of zero where there must be some.
    NothingToPay,
    /// Less than one piece, storey or year.
    NotOne,
    /// Interest that is more than the balance which it is a part of.
    InterestOverBalance {
        /// The balance.
        balance: Fen,
    },
    /// Limits by storeys that do not ascend, end early or are missing.
    StoreysOrder,
    /// Parts of calls that do not sum to exactly one.
    PartsOfCalls,
    /// A due day before that of the call before it.
    DueBefore {
        /// The due day of the call before.
        before: Day,
    },
    /// A reversal that names another household or amount than its payment, or an earlier day.
    NoReversal {
        /// The path to the row of the payment.
        payment: String,
    },
    /// A field that is replaced by another one beside it.
    InPlaceOf {
        /// The other field.
        other: &'static str,
    },
    /// A range whose least, likeliest and most are not in this order.
    RangeOrder,
    /// The same id at an earlier place.
    DuplicateId {
        /// The path to the first one.
        first: String,
    },
    /// The same key twice in one table of a file.
    DuplicateKey,
    /// A roster given inside the plan and as a file.
    DuplicateRoster,
    /// An unknown id.
    UnknownId {
        /// The kind of thing it should name.
        naming: Naming,
        /// The values there are to choose from, where they are few.
        known: Vec<String>,
    },
    /// The format has no such field there.
    UnknownField {
        /// The fields it has there.
        known: Vec<String>,
    },
    /// A field the line's kind rules out: an amount on an individual line, charges on a shared one.
    WrongKind,
    /// A scenario that would change households or name one.
    HouseholdInScenario,
    /// Must be there.
    MissingField,
    /// The scope has no households.
    EmptyScope,
    /// All weights are zero.
    NoWeight {
        /// What there is to split.
        amount: Fen,
    },
    /// Floors without a coefficient.
    NoCoefficient {
        /// The floors, lowest first.
        floors: Vec<i32>,
        /// The beneficiaries on them.
        on_floors: Box<Homes>,
        /// The beneficiaries without a floor.
        floorless: Box<Homes>,
    },
    /// No value in the line's column.
    MissingWeight {
        /// The line that is shared by the column.
        line: String,
    },
    /// Percentages that sum to something else than 100, in millionths of a percent.
    TableSum {
        /// Their sum in millionths of a percent.
        sum: u128,
    },
    /// A table that mixes percentages and plain coefficients.
    TableMixed,
    /// Relief that the pot doesn't carry and nobody else on the line can bear.
    ReliefUnborne {
        /// What is left unborne.
        amount: Fen,
    },
    /// A pot that can't give everybody the least.
    LeastOverPot {
        /// What the least for everybody comes to.
        least: Fen,
        /// What there is.
        amount: Fen,
    },
    /// No limit where one is needed.
    NoLimit,
    /// Not format version 1.
    UnknownVersion,
    /// Of the wrong type.
    BadType {
        /// The type it should have.
        expected: Expected,
    },
    /// An end before the beginning.
    EndBeforeBeginning {
        /// When it begins.
        from: PartialDay,
    },
    /// The file breaks off or breaks its format's rules.
    BadSyntax {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
        /// What the parser says, in English.
        detail: String,
    },
    /// Figures that come to something else than the total beside them.
    WrongSum {
        /// What they come to.
        sum: Fen,
    },
    /// A digest that is not that of its file.
    WrongDigest,
    /// Bytes that are no UTF-8.
    NotUtf8 {
        /// Line, from 1.
        line: u64,
        /// Column in bytes, from 1.
        column: u64,
    },
    /// A row with another number of cells than the heading.
    UnevenRow {
        /// Cells in the heading.
        heading: u64,
        /// Cells in the row.
        row: u64,
    },
}

impl Cause {
    /// The stable code of spec §5.
    pub fn code(&self) -> Code {
        match self {
            Cause::BadNumber | Cause::NotOne | Cause::NoDay | Cause::NothingToPay => {
                Code::BadNumber
            }
            Cause::Negative | Cause::NoArea | Cause::BelowOne => Code::Negative,
            Cause::TooPrecise { .. } => Code::TooPrecise,
            Cause::TooLarge { .. }
            | Cause::FileTooLarge
            | Cause::LeastOverPot { .. }
            | Cause::InterestOverBalance { .. } => Code::TooLarge,
            Cause::Float => Code::Float,
            Cause::BadRate | Cause::RangeOrder => Code::BadRate,
            Cause::DuplicateId { .. } | Cause::DuplicateKey | Cause::DuplicateRoster => {
                Code::DuplicateId
            }
            Cause::UnknownId { .. } => Code::UnknownId,
            Cause::UnknownField { .. }
            | Cause::WrongKind
            | Cause::InPlaceOf { .. }
            | Cause::HouseholdInScenario => Code::UnknownField,
            Cause::MissingField => Code::MissingField,
            Cause::EmptyScope => Code::EmptyScope,
            Cause::NoWeight { .. } => Code::NoWeight,
            Cause::NoCoefficient { .. } => Code::NoCoefficient,
            Cause::MissingWeight { .. } => Code::MissingWeight,
            Cause::TableSum { .. }
            | Cause::TableMixed
            | Cause::StoreysOrder
            | Cause::PartsOfCalls
            | Cause::DueBefore { .. }
            | Cause::NoReversal { .. } => Code::BadTable,
            Cause::ReliefUnborne { .. } => Code::ReliefUnborne,
            Cause::NoLimit => Code::NoLimit,
            Cause::UnknownVersion => Code::UnknownVersion,
            Cause::BadType { .. } | Cause::EndBeforeBeginning { .. } => Code::BadType,
            Cause::WrongSum { .. } => Code::BadSum,
            Cause::WrongDigest => Code::BadDigest,
            Cause::BadSyntax { .. } | Cause::NotUtf8 { .. } | Cause::UnevenRow { .. } => {
                Code::BadSyntax
            }
        }
    }
}

/// Every problem found in a plan, in the order they were met.
///
/// As many as [`Problems::MOST`] are kept; [`Problems::left_out`] counts the rest, so that a
/// file of ten million broken rows is answered in bounded memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    left_out: usize,
}

impl Problems {
    /// How many problems are kept.
    pub const MOST: usize = 10_000;

    /// The most characters of a value that a problem quotes.
    const MOST_SEEN: usize = 60;

    /// The problems in the order they were met.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.kept.iter()
    }

    /// How many further problems were found and not kept.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Whether there is no problem.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Takes in further problems.
    pub fn extend(&mut self, other: Problems) {
        let room = Self::MOST - self.kept.len();
        self.left_out += other.left_out + other.kept.len().saturating_sub(room);
        self.kept.extend(other.kept.into_iter().take(room));
    }

    /// Tells whose value each problem is, which `household` finds by its path.
    pub(crate) fn tell_households(&mut self, household: impl Fn(&str) -> Option<Arc<str>>) {
        for problem in &mut self.kept {
            problem.household = problem.household.take().or_else(|| household(&problem.path));
        }
    }

    pub(crate) fn add(&mut self, place: impl fmt::Display, cause: Cause) {
        self.push(&place, None, cause);
    }

    pub(crate) fn add_seen(&mut self, place: impl fmt::Display, seen: &str, cause: Cause) {
        self.push(&place, Some(seen), cause);
    }

    fn push(&mut self, place: &dyn fmt::Display, seen: Option<&str>, cause: Cause) {
        if self.kept.len() == Self::MOST {
            self.left_out += 1;
            return;
        }
        let (path, seen) = (place.to_string(), seen.map(|seen| shortened(seen).into()));
        self.kept.push(Problem { path, seen, cause, household: None, origin: None });
    }

    /// The problems as those of a scenario's plan: told of the scenario, at the place that
    /// `place` finds for the path of each.
    pub(crate) fn of_scenario(mut self, scenario: &str, place: impl Fn(&str) -> String) -> Self {
        for problem in &mut self.kept {
            let path = place(&problem.path);
            let path = std::mem::replace(&mut problem.path, path);
            problem.origin = Some(Box::new(Origin { scenario: scenario.to_owned(), path }));
        }
        self
    }

    /// The problems as those of what stands in a field of a plan.
    pub(crate) fn below(mut self, field: &str) -> Self {
        let below = |path: &str| match path {
            "" => field.to_owned(),
            path => [field, ".", path].concat(),
        };
        for problem in &mut self.kept {
            problem.path = below(&problem.path);
            if let Cause::DuplicateId { first } = &mut problem.cause {
                *first = below(first);
            }
        }
        self
    }

    /// The problems with more ids to choose from, where they list some.
    pub(crate) fn with_known(mut self, more: &[&str]) -> Self {
        for problem in &mut self.kept {
            if let Cause::UnknownId { known, .. } = &mut problem.cause {
                known.extend(more.iter().map(|&id| id.to_owned()));
            }
        }
        self
    }

    /// The value, or the problems as an error if there are any.
    pub(crate) fn refuse<T>(self, accepted: T) -> Result<T, Problems> {
        if self.is_empty() { Ok(accepted) } else { Err(self) }
    }
}

/// The beginning of a value seen, as long as a message may quote it.
pub(crate) fn shortened(seen: &str) -> String {
    match seen.char_indices().nth(Problems::MOST_SEEN) {
        Some((end, _)) => format!("{}…", &seen[..end]),
        None => seen.to_owned(),
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems { kept: vec![problem], left_out: 0 }
    }
}

/// Path and code of each problem, a line each; for logs and developers. Front ends have words.
impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.kept.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line_break}{}: {}", problem.path, problem.code())?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
