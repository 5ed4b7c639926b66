//! 公示表: for the notice board. Nothing in it tells who is let off, what is in an account, or a
//! name: a household's due would tell relief to whoever compares it with its neighbour's, and a
//! sum of relief would tell whose share it is a part of. So all of it is before relief and
//! top-ups.

use std::iter;

use fentan_core::Fen;
use fentan_words::{cell, plain};

use crate::block::{Block, Column, Row, Table};
use crate::papers::{Papers, line_name};

pub(crate) fn blocks<'p>(papers: &'p Papers<'_>) -> impl Iterator<Item = Block> + 'p {
    let shared: Fen = papers.uncovered().into_iter().sum();
    let values = [
        ("name", &*papers.name()),
        ("budget", &papers.in_full(papers.split.budget)),
        ("residents", &papers.in_full(shared)),
    ];
    let head = [
        Block::Title(papers.say("paper.notice")),
        Block::Subtitle(papers.name()),
        Block::Paragraph(papers.say_with("papers.notice.text", &values)),
        Block::Heading(papers.say("papers.notice.lines")),
        Block::Table(lines(papers)),
        Block::Heading(papers.say("papers.notice.households")),
        Block::Note(papers.say("papers.notice.private")),
    ];
    let buildings = papers.by_building().into_iter().flat_map(|(building, households)| {
        let building = building.unwrap_or_else(|| papers.say("papers.no-building"));
        [Block::Line(building), Block::Table(flats(papers, &households))]
    });
    let tail = iter::once_with(|| Block::Paragraph(papers.say("papers.notice.period")));
    let signed = iter::once_with(|| {
        Block::Signing(vec![papers.say("papers.notice.signed"), papers.say("papers.signed-date")])
    });
    head.into_iter().chain(buildings).chain(tail).chain(signed)
}

fn lines(papers: &Papers<'_>) -> Table {
    let lines = papers.plan.lines().iter().zip(papers.uncovered());
    let mut rows: Vec<_> = lines
        .map(|(line, uncovered)| {
            let amounts = [line.amount, line.amount - uncovered, uncovered].map(cell);
            let cells = iter::once(line_name(line)).chain(amounts);
            Row::of(cells.chain([papers.sharing(line)]))
        })
        .collect();
    let (budget, shared) = (papers.split.budget, papers.uncovered().into_iter().sum());
    let totals = [budget, budget - shared, shared].map(plain);
    let total = iter::once(papers.say("papers.total")).chain(totals);
    rows.push(Row::total(total.chain([String::new()])));
    papers.table_of_yuan(
        vec![
            Column::text(papers.say("term.line"), 34),
            Column::amount(papers.say("papers.amount"), 19),
            Column::amount(papers.say("papers.notice.from-sources"), 19),
            Column::amount(papers.say("papers.notice.from-residents"), 19),
            Column::text(papers.say("papers.notice.sharing"), 26),
        ],
        rows,
    )
}

/// The flats of a building.
fn flats(papers: &Papers<'_>, households: &[usize]) -> Table {
    let mut shared_of_all = Fen::ZERO;
    let mut individual_of_all = Fen::ZERO;
    let mut rows = Vec::with_capacity(households.len() + 1);
    for &index in households {
        let (home, split) = (&papers.plan.households()[index], &papers.split.households[index]);
        shared_of_all += split.share;
        individual_of_all += split.individual;
        let amounts = [cell(split.share), cell(split.individual)];
        let area = fentan_words::vote::area(home.area);
        let cells = [home.id.to_string(), area].into_iter().chain(amounts);
        rows.push(Row::of(cells.chain([plain(split.share + split.individual)])));
    }
    let totals = [cell(shared_of_all), cell(individual_of_all)];
    let total = [papers.say("papers.notice.subtotal"), String::new()].into_iter().chain(totals);
    rows.push(Row::total(total.chain([plain(shared_of_all + individual_of_all)])));
    papers.table_of_yuan(
        vec![
            Column::text(papers.say("term.household"), 24),
            Column::amount(papers.say("term.area"), 18),
            Column::amount(papers.say("papers.notice.shared"), 20),
            Column::amount(papers.say("term.individual"), 20),
            Column::amount(papers.say("papers.notice.sum"), 20),
        ],
        rows,
    )
}
