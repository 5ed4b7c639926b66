//! 物业专项维修资金使用业主意见表: in the columns that fund centres print, to be signed by the owners. It
//! goes from owner to owner: what falls to each is that before relief, as on the notice, and no balance
//! stands on it.

use std::iter;

use fentan_core::Fen;
use fentan_core::fund_sheet::FundRow;
use fentan_words::plain;

use crate::block::{Block, Column, Orientation, Row, Size, Table};
use crate::fund_sheet::{by_building, lines, place, scope};
use crate::papers::Papers;

pub(crate) fn blocks(papers: &Papers<'_>) -> Vec<Block> {
    let rows = fentan_core::fund_sheet::rows(papers.plan, papers.split);
    let say = |key: &str| papers.say(&format!("papers.fund-opinions.{key}"));
    let of = |key: &str, name: &str, value: &str| {
        papers.say_with(&format!("papers.fund-opinions.{key}"), &[(name, value)])
    };
    let mut blocks = vec![
        Block::Turn(Orientation::Landscape),
        Block::Title(papers.say("paper.fund-opinions")),
        Block::Subtitle(papers.name()),
        Block::Line(of("works", "lines", &lines(papers))),
        Block::Line(of("scope", "scope", &scope(papers, &rows))),
        Block::Paragraph(say("text")),
        Block::Table(table(papers, &rows)),
        Block::Note(say("before-relief")),
        Block::Note(say("private")),
    ];
    blocks.push(papers.signing());
    blocks
}

/// What is expected to fall to a household: its share before relief.
pub(crate) fn expected(papers: &Papers<'_>, row: &FundRow) -> Fen {
    papers.split.households[row.household].share
}

/// The building's name of a household; nothing where the roster tells none.
pub(crate) fn building(papers: &Papers<'_>, household: usize) -> String {
    papers.building(&papers.plan.households()[household]).unwrap_or_default()
}

fn table(papers: &Papers<'_>, rows: &[FundRow]) -> Table {
    let (mut area_of_all, mut sum) = (0, Fen::ZERO);
    let mut cells = Vec::with_capacity(rows.len() + 1);
    let ordered = by_building(papers, rows).into_iter().flat_map(|(_, rows)| rows);
    for (number, row) in ordered.enumerate() {
        let home = &papers.plan.households()[row.household];
        let [_, unit, floor, flat, name] = place(papers, row.household);
        let expected = expected(papers, row);
        area_of_all += u128::from(home.area.millionths());
        sum += expected;
        let area = fentan_words::vote::area(home.area);
        let said = [(number + 1).to_string(), name, unit, floor, flat, area, plain(expected)];
        let by_hand = iter::repeat_n(String::new(), 3);
        cells.push(Row::of(
            said.into_iter().chain(by_hand).chain([building(papers, row.household)]),
        ));
    }
    let total = iter::once(papers.say("papers.total")).chain(iter::repeat_n(String::new(), 4));
    let total = total.chain([fentan_words::vote::total_area(area_of_all), plain(sum)]);
    cells.push(Row::total(total.chain(iter::repeat_n(String::new(), 4))));
    let column = |key: &str| papers.say(&format!("papers.fund-opinions.{key}"));
    Table {
        unit: Some(papers.say("papers.unit")),
        columns: vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(column("name"), 14),
            Column::mark(column("unit"), 8),
            Column::mark(column("floor"), 6),
            Column::text(column("flat"), 10),
            Column::amount(column("area"), 12),
            Column::amount(column("expected"), 17),
            Column::mark(column("signature"), 20),
            Column::mark(column("signed-on"), 16),
            Column::mark(column("telephone"), 18),
            Column::text(column("building"), 14),
        ],
        rows: cells,
        size: Size::ByHand,
    }
}
