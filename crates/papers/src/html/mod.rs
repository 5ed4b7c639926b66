//! Papers as a page made for print: one file that loads nothing and runs nothing.

use std::io::{self, Write};

use fentan_words::{Language, printable};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Error;
use crate::block::{Align, Block, Footer, Orientation, PagePiece, Row, Size, Table};

const STYLE: &str = include_str!("print.css");

/// What the page may load: nothing; its own styles apply.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Finds a home in a page that can be searched. It reads and shows what stands on the page, no more.
pub(crate) const SEARCH: &str = include_str!("search.js");

/// The SHA-256 of [`SEARCH`], by which the page lets it run and nothing else.
pub(crate) const SEARCH_DIGEST: &str = "sha256-JNvQWVGyjKehFlfR8KhUdf9cFsAz6R0Z71Go04uzw+c=";

/// Writes a paper, one that can be searched with what searches it.
pub(crate) fn write(
    language: Language,
    title: &str,
    footer: &Footer,
    is_searched: bool,
    blocks: impl Iterator<Item = Block>,
    mut to: impl Write,
) -> Result<(), Error> {
    let mut blocks = blocks.peekable();
    let first = blocks.next_if(|block| matches!(block, Block::Turn(_)));
    let is_poster = matches!(first, Some(Block::Turn(Orientation::Poster)));
    let policy = match is_searched {
        true => format!("{POLICY}; script-src '{SEARCH_DIGEST}'"),
        false => POLICY.to_owned(),
    };
    let head = html! {
        (DOCTYPE)
        (PreEscaped(format!("<html lang=\"{}\">", language.tag())))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width";
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(at_foot(footer, is_poster))) }
        }
        @match is_poster {
            true => (PreEscaped("<body class=\"poster\"><main>")),
            false => (PreEscaped("<body><main>")),
        }
    };
    put(&mut to, &head)?;
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
            Block::Turn(_) => to.write_all(b"</section><section>")?,
            Block::Together(blocks) => {
                to.write_all(b"<div class=\"together\">")?;
                blocks.iter().try_for_each(|block| write_block(&mut to, block, None))?;
                to.write_all(b"</div>")?;
            }
            block => {
                let is_title = matches!(block, Block::Title(_));
                let class = (is_title && std::mem::take(&mut new_page)).then_some("new-page");
                write_block(&mut to, &block, class)?;
            }
        }
    }
    let end = html! {
        (PreEscaped("</section>"))
        @if is_searched { script { (PreEscaped(SEARCH)) } }
        footer { p { (footer.made) } @if let Some(digest) = &footer.digest { p { (digest) } } }
        (PreEscaped("</main></body></html>"))
    };
    Ok(put(&mut to, &end)?)
}

fn put(to: &mut impl Write, markup: &Markup) -> io::Result<()> {
    to.write_all(markup.0.as_bytes())
}

fn write_block(to: &mut impl Write, block: &Block, class: Option<&str>) -> io::Result<()> {
    match block {
        Block::Table(table) => write_table(to, table),
        block => put(to, &drawn(block, class)),
    }
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
        Block::Cut => html! { p class="cut" {} },
        Block::Search(text) => html! {
            p class="search" { label { (text) " " input type="search" autocomplete="off"; } }
        },
        Block::Table(_) | Block::Together(_) | Block::NewPage | Block::Turn(_) => html! {},
    }
}

fn write_table(to: &mut impl Write, table: &Table) -> io::Result<()> {
    let class = match table.size {
        Size::Normal => "normal",
        Size::Medium => "medium",
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
fn at_foot(footer: &Footer, is_poster: bool) -> String {
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
    let gap = if footer.page.is_empty() { "" } else { "    " };
    let pieces: Vec<_> = pieces.chain([quoted(&format!("{gap}{}", footer.made))]).collect();
    let digest = footer.digest.as_ref();
    let digest = digest.map_or_else(String::new, |digest| format!(" \"\\a \" {}", quoted(digest)));
    let pieces = pieces.join(" ");
    let page = match (is_poster, footer.is_large) {
        (true, _) => ("size:A3;margin-bottom:36mm;", "font-size:20pt;"),
        (false, true) => ("", "font-size:10pt;"),
        (false, false) => ("", ""),
    };
    format!("@page{{{}@bottom-center{{{}content:{pieces}{digest}}}}}", page.0, page.1)
}
