//! How high blocks are in print, at most, so that a paper takes the largest type that its sheet holds.
//! Lines are as high in any font, since the papers say how high; of the distances of both writers the
//! larger are counted.

use crate::block::{Block, Row, Table};

/// An upright page of A4 less its margins, in tenths of a point, and a little less.
pub(crate) const PAGE: Sheet = Sheet { width: 4_819, height: 7_200 };

/// A poster, whose type is twice as large, at half its size.
pub(crate) const POSTER: Sheet = Sheet { width: 3_642, height: 5_100 };

/// What a sheet holds, in tenths of a point.
pub(crate) struct Sheet {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Sheet {
    pub(crate) fn holds(&self, blocks: &[Block]) -> bool {
        of(blocks, self.width) <= self.height
    }
}

/// How high blocks are together on a page so wide, in tenths of a point.
pub(crate) fn of(blocks: &[Block], width: u32) -> u32 {
    blocks.iter().map(|block| of_block(block, width)).sum()
}

fn of_block(block: &Block, width: u32) -> u32 {
    match block {
        Block::Title(text) => 280 * lines(text, width, 200) + 50,
        Block::Subtitle(text) => 168 * lines(text, width, 120) + 80,
        Block::Heading(text) => 182 * lines(text, width, 130) + 140,
        Block::Paragraph(text) => 168 * lines(text, width - 240, 120) + 80,
        Block::Line(text) => 154 * lines(text, width, 110) + 80,
        Block::Note(text) | Block::Search(text) => 140 * lines(text, width, 100) + 60,
        Block::Signing(texts) => 304 * texts.len() as u32,
        Block::Cut => 200,
        Block::Together(blocks) => of(blocks, width),
        Block::Table(table) => of_table(table, width),
        Block::NewPage | Block::Turn(_) => 0,
    }
}

fn of_table(table: &Table, width: u32) -> u32 {
    let unit = if table.unit.is_some() { 140 } else { 0 };
    let headings = table.columns.iter().map(|column| column.heading.clone());
    let head = of_row(table, &Row::of(headings), width);
    unit + 80 + head + table.rows.iter().map(|row| of_row(table, row, width)).sum::<u32>()
}

fn of_row(table: &Table, row: &Row, width: u32) -> u32 {
    /// Beside the text of a cell.
    const EDGES: u32 = 75;
    let size = table.size.points();
    let all: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
    let cells = row.cells.iter().zip(&table.columns).map(|(cell, column)| {
        let width = (width * column.width / all).saturating_sub(EDGES);
        lines(cell, width, size)
    });
    let most = cells.max().unwrap_or_default().max(1);
    most * size * 13 / 10 + if table.size.is_read() { 27 } else { 45 }
}

/// How many lines a text takes of a width, in a size; both in tenths of a point.
fn lines(text: &str, width: u32, size: u32) -> u32 {
    let line = |text: &str| {
        let wide = text.chars().map(|one| if one.is_ascii() { 50 } else { 100 }).sum::<u32>();
        // A little is left for words that are not parted.
        (wide * size / 100).div_ceil((width * 19 / 20).max(1)).max(1)
    };
    text.lines().map(line).sum::<u32>().max(1)
}
