//! 收款情况公示 and 决算公示: for the notice board. The one counts households, by building: one that
//! has nothing to pay is counted as one that has paid. The other is before relief and top-ups, as the
//! notice of the split is.

use std::iter;

use fentan_core::Fen;
use fentan_words::{cell, plain};

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Size, Table};
use crate::papers::line_name;

/// How many households of each building are not behind.
pub(super) fn collection(account: &AccountPapers<'_>) -> Vec<Block> {
    let Some(collected) = &account.collected else {
        return Vec::new();
    };
    let papers = account.papers;
    let is_behind = |household: &usize| !collected.households[*household].arrears.is_zero();
    let mut all = [0; 2];
    let mut rows = Vec::new();
    for (building, households) in papers.by_building() {
        let behind = households.iter().copied().filter(|household| is_behind(household)).count();
        let counts = [households.len(), behind];
        all = [all[0] + counts[0], all[1] + counts[1]];
        let building = building.unwrap_or_else(|| papers.say("papers.no-building"));
        rows.push(Row::of(iter::once(building).chain(counted(counts))));
    }
    rows.push(Row::total(iter::once(papers.say("papers.total")).chain(counted(all))));
    let table = Table {
        unit: None,
        columns: vec![
            Column::text(papers.say("term.building"), 25),
            Column::amount(account.say("notice.households"), 25),
            Column::amount(account.say("notice.paid"), 25),
            Column::amount(account.say("notice.behind"), 25),
        ],
        rows,
        size: Size::Normal,
    };
    let due = collected.calls.iter().filter(|call| call.due <= account.on).count();
    let values = [
        ("on", &*account.on.to_string()),
        ("due", &due.to_string()),
        ("calls", &collected.calls.len().to_string()),
    ];
    account
        .title(AccountPaper::CollectionNotice, true)
        .chain([
            Block::Paragraph(account.say_with("notice.text", &values)),
            Block::Table(table),
            Block::Note(account.say("notice.private")),
            posted(account),
        ])
        .collect()
}

fn counted([all, behind]: [usize; 2]) -> [String; 3] {
    [all, all - behind, behind].map(|count| count.to_string())
}

fn posted(account: &AccountPapers<'_>) -> Block {
    let papers = account.papers;
    Block::Signing(vec![papers.say("papers.notice.signed"), papers.say("papers.signed-date")])
}

/// The final account beside the budget, and each home's share of it before relief.
pub(super) fn in_the_end(account: &AccountPapers<'_>) -> Vec<Block> {
    let papers = account.papers;
    let values = [
        ("name", &*papers.name()),
        ("budget", &papers.in_full(account.settled.budget)),
        ("final", &papers.in_full(account.settled.final_budget)),
    ];
    let mut blocks: Vec<Block> = account.title(AccountPaper::FinalNotice, true).collect();
    blocks.extend([
        Block::Paragraph(account.say_with("final.text", &values)),
        Block::Heading(account.say("final.lines")),
        Block::Table(lines(account)),
        Block::Heading(account.say("final.households")),
        Block::Note(account.say("final.private")),
    ]);
    for (building, households) in papers.by_building() {
        blocks.push(Block::Line(building.unwrap_or_else(|| papers.say("papers.no-building"))));
        blocks.push(Block::Table(flats(account, &households)));
    }
    blocks.push(posted(account));
    blocks
}

fn lines(account: &AccountPapers<'_>) -> Table {
    let papers = account.papers;
    let row = |name: String, [budgeted, in_the_end, residents]: [Fen; 3]| {
        let amounts = [
            budgeted,
            in_the_end,
            in_the_end.less(budgeted),
            budgeted.less(in_the_end),
            in_the_end - residents,
            residents,
        ];
        iter::once(name).chain(amounts.map(plain))
    };
    let mut sums = [Fen::ZERO; 3];
    let mut rows = Vec::new();
    let settled = account.settled.lines.iter().zip(&account.final_split.lines);
    for (line, (settled, split)) in account.final_plan.lines().iter().zip(settled) {
        let residents = split.left_to_residents + split.relief_pot;
        let amounts = [settled.amount, settled.final_amount, residents];
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
        rows.push(Row::of(row(line_name(line), amounts)));
    }
    rows.push(Row::total(row(papers.say("papers.total"), sums)));
    papers.read_in_yuan(
        vec![
            Column::text(papers.say("term.line"), 26),
            Column::amount(papers.say("collection.budgeted"), 17),
            Column::amount(papers.say("collection.final"), 17),
            Column::amount(papers.say("collection.more"), 15),
            Column::amount(papers.say("collection.less"), 15),
            Column::amount(papers.say("papers.notice.from-sources"), 17),
            Column::amount(papers.say("papers.notice.from-residents"), 17),
        ],
        rows,
    )
}

/// The shares of a building's flats, before relief: by the budget and in the end.
fn flats(account: &AccountPapers<'_>, households: &[usize]) -> Table {
    let papers = account.papers;
    let mut sums = [Fen::ZERO; 2];
    let mut rows = Vec::with_capacity(households.len() + 1);
    for &household in households {
        let amounts = [papers.split, &account.final_split].map(|split| {
            let one = &split.households[household];
            one.share + one.individual
        });
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
        let home = &papers.plan.households()[household];
        let cells = [home.id.to_string(), fentan_words::vote::area(home.area)].into_iter();
        rows.push(Row::of(cells.chain(amounts.map(cell))));
    }
    let total = [papers.say("papers.notice.subtotal"), String::new()].into_iter();
    rows.push(Row::total(total.chain(sums.map(plain))));
    papers.read_in_yuan(
        vec![
            Column::text(papers.say("term.household"), 25),
            Column::amount(papers.say("term.area"), 20),
            Column::amount(account.say("final.by-budget"), 25),
            Column::amount(account.say("final.in-the-end"), 25),
        ],
        rows,
    )
}
