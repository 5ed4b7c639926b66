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
    /// Blocks that stand on one page where that holds them.
    Together(Vec<Block>),
    /// Where a sheet is cut.
    Cut,
    /// A field that finds a home in the tables below it, by its door number; on screen alone.
    Search(String),
    /// What follows begins on a new page.
    NewPage,
    /// What follows stands on pages turned this way.
    Turn(Orientation),
}

/// Pages less their margins, in tenths of a point.
const TEXT_WIDTHS: [(Orientation, u32); 3] =
    [(Orientation::Portrait, 4_819), (Orientation::Landscape, 7_285), (Orientation::Poster, 7_285)];

/// What the edges of a cell take, in tenths of a point.
const CELL_EDGES: u32 = 70;

/// Which page it is, and which way it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    /// A4.
    Portrait,
    /// A4.
    Landscape,
    /// A3, upright, with all type at twice its size and none below 20 points.
    Poster,
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
    /// With room around the texts.
    Normal,
    /// Ten points: for what hangs on a wall or is handed over.
    Medium,
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
    /// The sizes of tables that are read and not written into, the largest first, in tenths of a
    /// point.
    const READ: [(Size, u32); 4] =
        [(Size::Medium, 100), (Size::Small, 85), (Size::Smaller, 70), (Size::Smallest, 55)];

    /// Whether its rows stand close, to be read and not written into.
    pub(crate) fn is_read(self) -> bool {
        Size::READ.iter().any(|(size, _)| *size == self)
    }

    /// In tenths of a point.
    pub(crate) fn points(self) -> u32 {
        let known = Size::READ.iter().find(|(size, _)| *size == self);
        known.map_or(105, |(_, points)| *points)
    }
}

impl Table {
    /// The table without the columns of amounts that hold none, in ten points or the largest of the
    /// small sizes in which its amounts fit.
    pub(crate) fn trimmed(mut self) -> Table {
        let is_empty = |cell: &String| matches!(cell.as_str(), "" | "–" | "0.00");
        let kept = self.columns.iter().enumerate().map(|(position, column)| {
            let mut cells = self.rows.iter().filter_map(|row| row.cells.get(position));
            column.align != Align::End || !cells.all(is_empty)
        });
        let kept: Vec<bool> = kept.collect();
        if !self.rows.is_empty() {
            let mut of_columns = kept.iter().copied();
            self.columns.retain(|_| of_columns.next().unwrap_or(true));
            for row in &mut self.rows {
                let mut of_cells = kept.iter().copied();
                row.cells.retain(|_| of_cells.next().unwrap_or(true));
            }
        }
        self.size = self.at_most(Size::Medium);
        self
    }

    /// The largest size up to one in which every amount fits its column on an upright page.
    pub(crate) fn at_most(&self, most: Size) -> Size {
        let fits = |size: u32| self.amounts_fit(Orientation::Portrait, size);
        let mut sizes = Size::READ.iter().skip_while(|(size, _)| *size != most);
        sizes.find(|&&(_, size)| fits(size)).map_or(Size::Smallest, |&(size, _)| size)
    }

    /// The largest of the small sizes in which every amount fits its column on a page turned so, for
    /// amounts are never broken; `None` where there is no such size.
    pub(crate) fn fitting(&self, on: Orientation) -> Option<Size> {
        let mut small = Size::READ.iter().skip_while(|(size, _)| *size != Size::Small);
        small.find(|&&(_, size)| self.amounts_fit(on, size)).map(|&(size, _)| size)
    }

    /// Whether every amount fits its column, written in a size in tenths of a point.
    fn amounts_fit(&self, on: Orientation, size: u32) -> bool {
        let page =
            TEXT_WIDTHS.iter().find(|(turned, _)| *turned == on).map_or(0, |(_, page)| *page);
        let all: u32 = self.columns.iter().map(|column| column.width).sum();
        let amounts = self.columns.iter().enumerate();
        let mut amounts = amounts.filter(|(_, column)| column.align == Align::End);
        amounts.all(|(position, column)| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(position));
            let longest = cells.map(|cell| length(cell)).max().unwrap_or_default();
            let width = (page * column.width).checked_div(all).unwrap_or_default();
            longest * size / 100 + CELL_EDGES <= width
        })
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
    /// The page's number, in pieces; none where sheets of several homes stand in one file.
    pub(crate) page: Vec<PagePiece>,
    /// Date and version.
    pub(crate) made: String,
    /// The plan's digest.
    pub(crate) digest: Option<String>,
    /// Whether it is read from a wall.
    pub(crate) is_large: bool,
}

pub(crate) enum PagePiece {
    Text(String),
    /// The number of this page.
    Number,
    /// How many pages there are.
    Count,
}
