//! Papers as a page made for print: one file that loads nothing and runs nothing.

use std::io::{self, Write};

use fentan_words::{Language, printable};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Error;
use crate::block::{Align, Block, Footer, Orientation, PagePiece, Row, Size, Table};

const STYLE: &str = include_str!("print.css");

/// What the page may load: nothing; its own styles apply.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes a paper.
pub(crate) fn write(
    language: Language,
    title: &str,
    footer: &Footer,
    blocks: impl Iterator<Item = Block>,
    mut to: impl Write,
) -> Result<(), Error> {
    let head = html! {
        (DOCTYPE)
        (PreEscaped(format!("<html lang=\"{}\">", language.tag())))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="viewport" content="width=device-width";
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(at_foot(footer))) }
        }
        (PreEscaped("<body><main>"))
    };
    put(&mut to, &head)?;
    let mut blocks = blocks.peekable();
    let first = blocks.next_if(|block| matches!(block, Block::Turn(_)));
    to.write_all(match first {
        Some(Block::Turn(Orientation::Landscape)) => b"<section class=\"landscape\">",
        _ => &b"<section>"[..],
    })?;
    let mut new_page = false;
    for block in blocks {
        match block {
            Block::NewPage => new_page = true,
            Block::Turn(Orientation::Landscape) => {
                to.write_all(b"</section><section class=\"landscape\">")?;
            }
            Block::Turn(Orientation::Portrait) => to.write_all(b"</section><section>")?,
            Block::Table(table) => write_table(&mut to, &table)?,
            block => {
                let class = std::mem::take(&mut new_page).then_some("new-page");
                put(&mut to, &drawn(&block, class))?;
            }
        }
    }
    let end = html! {
        (PreEscaped("</section>"))
        footer { p { (footer.made) } @if let Some(digest) = &footer.digest { p { (digest) } } }
        (PreEscaped("</main></body></html>"))
    };
    Ok(put(&mut to, &end)?)
}

fn put(to: &mut impl Write, markup: &Markup) -> io::Result<()> {
    to.write_all(markup.0.as_bytes())
}

fn drawn(block: &Block, class: Option<&str>) -> Markup {
    match block {
        Block::Title(text) => html! { h1 class=[class] { (printable(text)) } },
        Block::Subtitle(text) => html! { p class="subtitle" { (printable(text)) } },
        Block::Heading(text) => html! { h2 { (printable(text)) } },
        Block::Paragraph(text) => html! { p { (printable(text)) } },
        Block::Line(text) => html! { p class="line" { (printable(text)) } },
        Block::Note(text) => html! { p class="note" { (printable(text)) } },
        Block::Signing(lines) => html! {
            div class="signing" { @for line in lines { p { (line) } } }
        },
        Block::Table(_) | Block::NewPage | Block::Turn(_) => html! {},
    }
}

fn write_table(to: &mut impl Write, table: &Table) -> io::Result<()> {
    let class = match table.size {
        Size::Normal => "normal",
        Size::Small => "small",
        Size::Smaller => "small smaller",
        Size::Smallest => "small smallest",
        Size::ByHand => "by-hand",
    };
    let all: u32 = table.columns.iter().map(|column| column.width).sum();
    // In thousandths, so that no width is broken off.
    let width = |part: u32| (part * 1_000).checked_div(all).unwrap_or_default();
    let head = html! {
        (PreEscaped(format!("<table class=\"{class}\">")))
        @if let Some(unit) = &table.unit { caption { (unit) } }
        colgroup {
            @for column in &table.columns {
                col style=(format!("width:{}.{}%", width(column.width) / 10, width(column.width) % 10));
            }
        }
        thead { tr { @for column in &table.columns { th scope="col" { (printable(&column.heading)) } } } }
        (PreEscaped("<tbody>"))
    };
    put(to, &head)?;
    for row in &table.rows {
        put(to, &drawn_row(table, row))?;
    }
    to.write_all(b"</tbody></table>")
}

fn drawn_row(table: &Table, row: &Row) -> Markup {
    let cells = row.cells.iter().map(|cell| printable(cell)).zip(&table.columns);
    html! {
        tr class=[row.is_total.then_some("total")] {
            @for (cell, column) in cells {
                @match column.align {
                    Align::Start => td { (cell) },
                    Align::Centre => td.centre { (cell) },
                    Align::End => td.amount { (cell) },
                }
            }
        }
    }
}

/// What stands at the foot of every printed page.
fn at_foot(footer: &Footer) -> String {
    let quoted = |text: &str| {
        let escaped = text.chars().flat_map(|one| match one {
            '"' | '\\' | '<' => format!("\\{:x} ", u32::from(one)).chars().collect::<Vec<_>>(),
            one => vec![one],
        });
        format!("\"{}\"", escaped.collect::<String>())
    };
    let pieces = footer.page.iter().map(|piece| match piece {
        PagePiece::Text(text) => quoted(text),
        PagePiece::Number => "counter(page)".to_owned(),
        PagePiece::Count => "counter(pages)".to_owned(),
    });
    let pieces: Vec<_> = pieces.chain([quoted(&format!("    {}", footer.made))]).collect();
    let digest = footer.digest.as_ref();
    let digest = digest.map_or_else(String::new, |digest| format!(" \"\\a \" {}", quoted(digest)));
    format!("@page{{@bottom-center{{content:{}{digest}}}}}", pieces.join(" "))
}
