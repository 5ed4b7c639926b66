//! The document itself: `word/document.xml`.

use std::io::{self, Write};

use fentan_words::printable;
use maud::{Markup, html};

use super::parts::{CELL_MARGIN, DECLARATION, FOOTER, MAIN, RELATIONSHIPS};
use crate::block::{Align, Block, Column, Orientation, Row, Size, Table};

/// A4, in twentieths of a point, as are all lengths here.
const PAGE: (u32, u32) = (11_906, 16_838);

/// A3.
const POSTER: (u32, u32) = (16_838, 23_811);

/// Between the text and the edges of the page: beside it, and above and below.
const MARGINS: (u32, u32) = (1_134, 1_134);

/// Writes blocks one after another.
pub(super) struct Body<W> {
    to: W,
    orientation: Orientation,
    /// Whether the next paragraph begins a page.
    new_page: bool,
    /// Whether the next paragraph stays on the page of what follows.
    keeps: bool,
    /// Whether nothing has been written yet.
    is_empty: bool,
}

impl<W: Write> Body<W> {
    pub(super) fn begin(mut to: W) -> io::Result<Self> {
        write!(
            to,
            "{DECLARATION}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><w:body>"
        )?;
        Ok(Body {
            to,
            orientation: Orientation::Portrait,
            new_page: false,
            keeps: false,
            is_empty: true,
        })
    }

    /// Writes a block, on the page of what follows where it is to stay there.
    pub(super) fn write(&mut self, block: Block, stays: bool) -> io::Result<()> {
        self.keeps = stays;
        let is_first = std::mem::take(&mut self.is_empty);
        match block {
            Block::Title(text) => self.paragraph("Title", &text),
            Block::Subtitle(text) => self.paragraph("Subtitle", &text),
            Block::Heading(text) => self.paragraph("Heading1", &text),
            Block::Paragraph(text) => self.paragraph("BodyText", &text),
            Block::Line(text) => self.paragraph("Line", &text),
            Block::Note(text) => self.paragraph("Note", &text),
            Block::Signing(lines) => {
                lines.iter().try_for_each(|line| self.paragraph("Signing", line))
            }
            Block::Table(table) => self.table(&table),
            Block::Together(blocks) => {
                let last = blocks.len().saturating_sub(1);
                let mut numbered = blocks.into_iter().enumerate();
                numbered.try_for_each(|(index, block)| self.write(block, index < last))
            }
            Block::Cut => self.paragraph("Cut", ""),
            Block::Search(_) => Ok(()),
            Block::NewPage => {
                self.new_page = true;
                Ok(())
            }
            Block::Turn(orientation) if is_first => {
                self.orientation = orientation;
                Ok(())
            }
            Block::Turn(orientation) => {
                let ended = section(self.orientation);
                self.orientation = orientation;
                self.put(html! { w:p { w:pPr { w:pStyle w:val="Turn" {} (ended) } } })
            }
        }
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.put(section(self.orientation))?;
        self.to.write_all(b"</w:body></w:document>")
    }

    fn put(&mut self, markup: Markup) -> io::Result<()> {
        self.to.write_all(markup.0.as_bytes())
    }

    fn paragraph(&mut self, style: &str, text: &str) -> io::Result<()> {
        let new_page = std::mem::take(&mut self.new_page);
        let keeps = std::mem::take(&mut self.keeps);
        self.put(html! {
            w:p {
                w:pPr {
                    w:pStyle w:val=(style) {}
                    @if keeps { w:keepNext {} }
                    @if new_page { w:pageBreakBefore {} }
                }
                @if !text.is_empty() { (run(text, false)) }
            }
        })
    }

    fn table(&mut self, table: &Table) -> io::Result<()> {
        if let Some(unit) = &table.unit {
            self.paragraph("Unit", unit)?;
        }
        let widths = self.widths(&table.columns);
        let all: u32 = widths.iter().sum();
        self.to.write_all(b"<w:tbl>")?;
        self.put(html! {
            w:tblPr {
                w:tblStyle w:val="Grid" {}
                w:tblW w:w=(all) w:type="dxa" {}
                // Else the cells' texts, and not their edges, would stand where those of paragraphs do.
                w:tblInd w:w=(CELL_MARGIN) w:type="dxa" {}
                w:tblLayout w:type="fixed" {}
            }
            w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
        })?;
        let style = match table.size {
            Size::Small => "CellSmall",
            Size::Smaller => "CellSmaller",
            Size::Smallest => "CellSmallest",
            Size::Medium => "CellMedium",
            Size::Normal | Size::ByHand => "Cell",
        };
        let headings = table.columns.iter().map(|column| column.heading.as_str());
        let head: Vec<_> = headings.zip(&widths).collect();
        self.put(html! {
            w:tr {
                w:trPr { w:cantSplit {} w:tblHeader {} }
                @for (heading, width) in head {
                    (cell(style, heading, *width, Align::Centre, true, Some("F0F0F0")))
                }
            }
        })?;
        for row in &table.rows {
            self.row(table, row, &widths, style)?;
        }
        self.to.write_all(b"</w:tbl>")
    }

    fn row(&mut self, table: &Table, row: &Row, widths: &[u32], style: &str) -> io::Result<()> {
        let cells = row.cells.iter().zip(widths).zip(&table.columns);
        self.put(html! {
            w:tr {
                w:trPr {
                    w:cantSplit {}
                    @if table.size == Size::ByHand { w:trHeight w:val="560" w:hRule="atLeast" {} }
                }
                @for ((text, width), column) in cells {
                    (cell(style, text, *width, column.align, row.is_total, None))
                }
            }
        })
    }

    /// The columns' widths, which fill the page's.
    fn widths(&self, columns: &[Column]) -> Vec<u32> {
        let page = match self.orientation {
            Orientation::Portrait => PAGE.0,
            Orientation::Landscape => PAGE.1,
            Orientation::Poster => POSTER.0,
        };
        let text = page - 2 * MARGINS.0;
        let all = columns.iter().map(|column| column.width).sum::<u32>().max(1);
        columns.iter().map(|column| text * column.width / all).collect()
    }
}

/// What a page is like, at the end of those that are.
fn section(orientation: Orientation) -> Markup {
    let (width, height, turned) = match orientation {
        Orientation::Portrait => (PAGE.0, PAGE.1, None),
        Orientation::Landscape => (PAGE.1, PAGE.0, Some("landscape")),
        Orientation::Poster => (POSTER.0, POSTER.1, None),
    };
    html! {
        w:sectPr {
            w:footerReference w:type="default" r:id=(FOOTER) {}
            w:pgSz w:w=(width) w:h=(height) w:orient=[turned] {}
            w:pgMar w:top=(MARGINS.1) w:right=(MARGINS.0) w:bottom=(MARGINS.1) w:left=(MARGINS.0)
                w:header="567" w:footer="454" w:gutter="0" {}
        }
    }
}

fn cell(
    style: &str,
    text: &str,
    width: u32,
    align: Align,
    bold: bool,
    shade: Option<&str>,
) -> Markup {
    let align = match align {
        Align::Start => None,
        Align::Centre => Some("center"),
        Align::End => Some("right"),
    };
    html! {
        w:tc {
            w:tcPr {
                w:tcW w:w=(width) w:type="dxa" {}
                @if let Some(shade) = shade { w:shd w:val="clear" w:color="auto" w:fill=(shade) {} }
                w:vAlign w:val="center" {}
            }
            w:p {
                w:pPr {
                    w:pStyle w:val=(style) {}
                    @if let Some(align) = align { w:jc w:val=(align) {} }
                }
                @if !text.is_empty() { (run(text, bold)) }
            }
        }
    }
}

fn run(text: &str, bold: bool) -> Markup {
    html! {
        w:r {
            @if bold { w:rPr { w:b {} } }
            w:t xml:space="preserve" { (printable(text)) }
        }
    }
}
