//! What somebody should know of an import before it is taken in.

use crate::mapping::named;

named! {
    /// What is told. [`Kind::asks`] says which of them wait for an answer.
    Kind {
        /// A column that isn't used looks like one that is needed.
        UnusedLike = "unused-like",
        /// A column that isn't used holds something.
        Unused = "unused",
        /// A column without a heading isn't used and holds something.
        UnusedWithout = "unused-without",
        /// Figures stand to the right of the last heading.
        BeyondHeadings = "beyond-headings",
        /// A heading stands twice, and the second column isn't used.
        HeadingTwice = "heading-twice",
        /// A unit that owns flats would pay all that they owe.
        PayerOfAll = "payer-of-all",
        /// Homes said not to take part were read all the same.
        SaysNo = "says-no",
        /// Homes that take no part in a line.
        NotJoining = "not-joining",
        /// Cells are empty in a column that says who takes part.
        JoinsBlank = "joins-blank",
        /// Uses that the plan has to name.
        UsesToName = "uses-to-name",
        /// A use was not understood and is passed on as typed.
        UseUnknown = "use-unknown",
        /// Principal and interest are not the balance.
        FundParts = "fund-parts",
        /// A note says something that changes what a home is.
        SaidInNotes = "said-in-notes",
        /// Notes speak of hardship.
        HardshipInNotes = "hardship-in-notes",
        /// A cell and the flat's number name two buildings or units.
        Contradiction = "contradiction",
        /// "As above" stands where nothing is above.
        DittoOfNothing = "ditto-of-nothing",
        /// The floor of the flat's number is another than the floor that is given.
        FloorContradiction = "floor-contradiction",
        /// Flats whose number was not understood, where others were.
        NotUnderstood = "not-understood",
        /// Addresses begin with different streets or compounds.
        Compounds = "compounds",
        /// Homes without a floor, where others have one.
        NoFloor = "no-floor",
        /// Homes without a building, where others have one.
        NoBuilding = "no-building",
        /// Rows whose flat is called nothing like one, and says neither place nor name.
        NoFlat = "no-flat",
        /// No home of a table has a building, and those of others have one.
        NoBuildingInTable = "no-building-in-table",
        /// One row holds several flats.
        SeveralFlats = "several-flats",
        /// Two rows name one flat under different ids.
        SameFlat = "same-flat",
        /// Several owners of one flat became one household.
        JointOwners = "joint-owners",
        /// One building is written in several ways.
        Spellings = "spellings",
        /// Flats of one name, each a head of its own.
        SameNames = "same-names",
        /// Owners' numbers that can't tell owners apart.
        OwnerUnusable = "owner-unusable",
        /// Rows that are hidden were read.
        HiddenRows = "hidden-rows",
        /// Rows that a filter hides were read.
        FilteredRows = "filtered-rows",
        /// Rows that are struck out were read.
        StruckRows = "struck-rows",
        /// A hidden column was read.
        HiddenColumn = "hidden-column",
        /// A hidden sheet was not read.
        HiddenSheet = "hidden-sheet",
        /// A sheet was not read.
        SheetAside = "sheet-aside",
        /// A sheet adds up the others, and was not read.
        Summary = "summary",
        /// Two sheets add up to the same.
        SheetsAlike = "sheets-alike",
        /// Two sheets have much the same lines: they may be two drafts of one budget.
        SheetVersions = "sheet-versions",
        /// Titles call what stands below them one of several proposals.
        Alternatives = "alternatives",
        /// Another table stands in the same sheet and was read too.
        FurtherTable = "further-table",
        /// A row equals the sum of those beside it and is called nothing like a total.
        SumOfOthers = "sum-of-others",
        /// A row was taken for a total by its figure.
        TotalBySum = "total-by-sum",
        /// A title says more than its parts; the rest was added as a line.
        MoreThanParts = "more-than-parts",
        /// A title says less than its parts.
        LessThanParts = "less-than-parts",
        /// Rows without a number below a part of a line were taken for parts too.
        FurtherParts = "further-parts",
        /// Quantity times price is not the amount.
        Product = "product",
    }
}

impl Kind {
    /// Whether it has to be answered before what was read is taken in.
    pub fn asks(self) -> bool {
        use Kind::*;
        matches!(
            self,
            UnusedLike
                | BeyondHeadings
                | HeadingTwice
                | PayerOfAll
                | SaysNo
                | JoinsBlank
                | UseUnknown
                | FundParts
                | Contradiction
                | DittoOfNothing
                | NotUnderstood
                | Compounds
                | OwnerUnusable
                | SameFlat
                | NoFlat
                | NoBuildingInTable
                | StruckRows
                | SheetVersions
                | Alternatives
                | HiddenRows
                | SheetsAlike
                | SumOfOthers
                | MoreThanParts
                | LessThanParts
                | FurtherParts
                | Product
        )
    }
}

/// One thing that is told, with where it stands and what its words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is.
    pub kind: Kind,
    /// The name of its sheet; empty where it has none.
    pub sheet: String,
    /// The rows that it is about, in order; missing where it is about no row.
    pub rows: Vec<u64>,
    /// The column that it is about, from 0.
    pub column: Option<usize>,
    /// The figures, names and headings that its words name.
    pub values: Vec<(&'static str, String)>,
}

impl Told {
    pub(crate) fn new(kind: Kind, sheet: &str) -> Told {
        Told { kind, sheet: sheet.to_owned(), rows: Vec::new(), column: None, values: Vec::new() }
    }

    pub(crate) fn rows(mut self, rows: impl IntoIterator<Item = u64>) -> Told {
        self.rows.extend(rows);
        self
    }

    pub(crate) fn column(mut self, column: usize) -> Told {
        self.column = Some(column);
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Told {
        self.values.push((name, value.into()));
        self
    }
}
