//! What a paper is made of, whatever it is written as.

/// A piece of a paper; papers are made block by block, so that none is ever held whole.
pub(crate) enum Block {
    /// What the paper is called.
    Title(String),
    /// What it is about, below the title.
    Subtitle(String),
    /// A heading of a part.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A line that stands out, such as what is to be paid.
    Line(String),
    /// Small print.
    Note(String),
    /// A table.
    Table(Table),
    /// Lines to be filled in by hand, on the right half at the end of a paper, on the page of what
    /// stands before them.
    Signing(Vec<String>),
    /// What follows begins on a new page.
    NewPage,
    /// What follows stands on pages turned this way.
    Turn(Orientation),
}

/// A4 less its margins, in tenths of a point.
const TEXT_WIDTHS: [(Orientation, u32); 2] =
    [(Orientation::Portrait, 4_819), (Orientation::Landscape, 7_285)];

/// What the edges of a cell take, in tenths of a point.
const CELL_EDGES: u32 = 70;

/// Which way a page is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    Portrait,
    Landscape,
}

/// A table whose heading is repeated on every page and whose rows are never parted.
pub(crate) struct Table {
    /// What stands above its right end, such as the unit of its amounts.
    pub(crate) unit: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    pub(crate) size: Size,
}

/// How large a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Normal,
    /// For tables with many rows.
    Small,
    /// For tables with more columns than small figures leave room for.
    Smaller,
    Smallest,
    /// With rows high enough to write into.
    ByHand,
}

pub(crate) struct Column {
    pub(crate) heading: String,
    /// Its part of the table's width.
    pub(crate) width: u32,
    pub(crate) align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Centre,
    /// For amounts, which are never broken.
    End,
}

pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    /// Whether it is a sum of others.
    pub(crate) is_total: bool,
}

impl Size {
    /// The sizes of tables with many rows or columns, the largest first, in tenths of a point.
    const SMALL: [(Size, u32); 3] = [(Size::Small, 85), (Size::Smaller, 70), (Size::Smallest, 55)];
}

impl Table {
    /// The largest of the small sizes in which every amount fits its column on a page turned so, for
    /// amounts are never broken; `None` where there is no such size.
    pub(crate) fn fitting(&self, on: Orientation) -> Option<Size> {
        let page = TEXT_WIDTHS.iter().find(|(turned, _)| *turned == on)?.1;
        let all: u32 = self.columns.iter().map(|column| column.width).sum();
        let amounts = self.columns.iter().enumerate();
        let amounts = amounts.filter(|(_, column)| column.align == Align::End);
        // Of each, what its column takes of the page, and its longest in hundredths of the size.
        let amounts = amounts.map(|(position, column)| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(position));
            let longest = cells.map(|cell| length(cell)).max().unwrap_or_default();
            ((page * column.width).checked_div(all).unwrap_or_default(), longest)
        });
        let amounts: Vec<_> = amounts.collect();
        let fits = |size: u32| {
            amounts.iter().all(|&(width, longest)| longest * size / 100 + CELL_EDGES <= width)
        };
        Size::SMALL.iter().find(|&&(_, size)| fits(size)).map(|&(size, _)| size)
    }
}

/// How long an amount is in Times and its like, in hundredths of the size it is written in.
fn length(amount: &str) -> u32 {
    amount.chars().map(|one| if matches!(one, ',' | '.') { 25 } else { 50 }).sum()
}

impl Column {
    /// A column of texts.
    pub(crate) fn text(heading: String, width: u32) -> Column {
        Column { heading, width, align: Align::Start }
    }

    /// A column of short marks.
    pub(crate) fn mark(heading: String, width: u32) -> Column {
        Column { heading, width, align: Align::Centre }
    }

    /// A column of amounts.
    pub(crate) fn amount(heading: String, width: u32) -> Column {
        Column { heading, width, align: Align::End }
    }
}

impl Row {
    pub(crate) fn of(cells: impl IntoIterator<Item = String>) -> Row {
        Row { cells: cells.into_iter().collect(), is_total: false }
    }

    pub(crate) fn total(cells: impl IntoIterator<Item = String>) -> Row {
        Row { is_total: true, ..Row::of(cells) }
    }
}

/// What stands at the foot of every page.
pub(crate) struct Footer {
    /// The page's number, in pieces.
    pub(crate) page: Vec<PagePiece>,
    /// Date and version.
    pub(crate) made: String,
    /// The plan's digest.
    pub(crate) digest: Option<String>,
}

pub(crate) enum PagePiece {
    Text(String),
    /// The number of this page.
    Number,
    /// How many pages there are.
    Count,
}
