//! 签字表: all flats by building, to be signed after the vote. Without names or amounts, since it
//! goes from door to door.

use std::iter;

use crate::block::{Block, Column, Row, Size, Table};
use crate::papers::Papers;

pub(crate) fn blocks<'p>(papers: &'p Papers<'_>) -> impl Iterator<Item = Block> + 'p {
    let text = papers.say_with("papers.vote.sheet-text", &[("name", &papers.name())]);
    let head = [
        Block::Title(papers.say("paper.signatures")),
        Block::Subtitle(papers.name()),
        Block::Paragraph(text),
    ];
    let buildings = papers.by_building().into_iter().flat_map(|(building, households)| {
        let building = building.unwrap_or_else(|| papers.say("papers.no-building"));
        [Block::Line(building), Block::Table(flats(papers, &households))]
    });
    let tail = iter::once_with(|| Block::Note(papers.say("papers.vote.counted")));
    head.into_iter().chain(buildings).chain(tail)
}

fn flats(papers: &Papers<'_>, households: &[usize]) -> Table {
    let vote = |key: &str| papers.say(&format!("papers.vote.{key}"));
    let rows = households.iter().enumerate().map(|(number, &index)| {
        let home = &papers.plan.households()[index];
        let cells = [(number + 1).to_string(), home.id.to_string()];
        let cells = cells.into_iter().chain([fentan_words::vote::area(home.area)]);
        Row::of(cells.chain(iter::repeat_n(String::new(), 5)))
    });
    Table {
        unit: None,
        columns: vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(papers.say("term.household"), 18),
            Column::amount(papers.say("term.area"), 14),
            Column::mark(vote("yes"), 9),
            Column::mark(vote("no"), 9),
            Column::mark(vote("abstain"), 9),
            Column::mark(vote("sign"), 22),
            Column::mark(vote("sign-date"), 16),
        ],
        rows: rows.collect(),
        size: Size::ByHand,
    }
}
