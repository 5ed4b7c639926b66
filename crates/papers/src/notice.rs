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
    let head = [
        Block::Title(papers.say("paper.notice")),
        Block::Subtitle(papers.name()),
        Block::Paragraph(text(papers)),
        Block::Note(papers.say("papers.notice.private")),
        Block::Heading(papers.say("papers.notice.lines")),
        Block::Table(lines(papers)),
        Block::Note(papers.say("papers.standard.rounded")),
    ];
    let flats_head = [Block::Heading(papers.say("papers.notice.households"))];
    let tail = iter::once_with(|| {
        let values = [("contact", &*papers.contact()), ("telephone", &papers.telephone())];
        let signed = vec![papers.say("papers.notice.signed"), papers.say("papers.signed-date")];
        Block::Together(vec![
            Block::Paragraph(papers.say_with("papers.notice.period", &values)),
            Block::Signing(signed),
        ])
    });
    let head = head.into_iter().chain(papers.floor_tables()).chain(flats_head);
    head.chain(buildings(papers)).chain(tail)
}

/// What it comes to, in a sentence.
pub(crate) fn text(papers: &Papers<'_>) -> String {
    let shared: Fen = papers.uncovered().into_iter().sum();
    let values = [
        ("name", &*papers.name()),
        ("budget", &papers.in_full(papers.split.budget)),
        ("residents", &papers.in_full(shared)),
    ];
    papers.say_with("papers.notice.text", &values)
}

/// By building its flats.
pub(crate) fn buildings<'p>(papers: &'p Papers<'_>) -> impl Iterator<Item = Block> + 'p {
    papers.by_building().into_iter().flat_map(|(building, households)| {
        let building = building.unwrap_or_else(|| papers.say("papers.no-building"));
        [Block::Line(building), Block::Table(flats(papers, &households))]
    })
}

pub(crate) fn lines(papers: &Papers<'_>) -> Table {
    let lines = papers.plan.lines().iter().zip(papers.uncovered()).enumerate();
    let mut rows: Vec<_> = lines
        .map(|(index, (line, uncovered))| {
            let amounts = [line.amount, line.amount - uncovered, uncovered].map(cell);
            let standard = papers.standard_in_words(papers.standard_of_line(index, uncovered));
            let cells = iter::once(line_name(line)).chain(amounts);
            Row::of(cells.chain([papers.sharing(line), standard]))
        })
        .collect();
    let (budget, shared) = (papers.split.budget, papers.uncovered().into_iter().sum());
    let totals = [budget, budget - shared, shared].map(plain);
    let total = iter::once(papers.say("papers.total")).chain(totals);
    rows.push(Row::total(total.chain([String::new(), String::new()])));
    papers.read_in_yuan(
        vec![
            Column::text(papers.say("term.line"), 27),
            Column::amount(papers.say("papers.amount"), 18),
            Column::amount(papers.say("papers.notice.from-sources"), 18),
            Column::amount(papers.say("papers.notice.from-residents"), 18),
            Column::text(papers.say("papers.notice.sharing"), 22),
            Column::mark(papers.say("papers.standard.heading"), 18),
        ],
        rows,
    )
}

/// The flats of a building.
fn flats(papers: &Papers<'_>, households: &[usize]) -> Table {
    let mut shared_of_all = Fen::ZERO;
    let mut individual_of_all = Fen::ZERO;
    let mut rows = Vec::with_capacity(households.len() + 1);
    let of = |index: &usize| &papers.split.households[*index];
    let has_both = households.iter().map(of).any(|one| !one.share.is_zero())
        && households.iter().map(of).any(|one| !one.individual.is_zero());
    // Where a building has one kind alone, that is the sum.
    let kind = |amount: Fen| cell(if has_both { amount } else { Fen::ZERO });
    for &index in households {
        let (home, split) = (&papers.plan.households()[index], &papers.split.households[index]);
        shared_of_all += split.share;
        individual_of_all += split.individual;
        let amounts = [split.share, split.individual].map(kind);
        let area = fentan_words::vote::area(home.area);
        let cells = [home.id.to_string(), area].into_iter().chain(amounts);
        rows.push(Row::of(cells.chain([plain(split.share + split.individual)])));
    }
    let totals = [shared_of_all, individual_of_all].map(kind);
    let total = [papers.say("papers.notice.subtotal"), String::new()].into_iter().chain(totals);
    rows.push(Row::total(total.chain([plain(shared_of_all + individual_of_all)])));
    papers.read_in_yuan(
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
