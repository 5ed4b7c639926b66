//! 资金计划表: what is spent, received and missing month by month, who pays when, and what is spent on
//! which line. What the residents pay in all is what they owe after relief, so it is not posted.

use fentan_core::Fen;
use fentan_words::{cash as in_words, plain};

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Table};

pub(super) fn blocks(account: &AccountPapers<'_>) -> Vec<Block> {
    let papers = account.papers;
    let Some(cash) = &account.cash else {
        return Vec::new();
    };
    let mut blocks: Vec<Block> = account.title(AccountPaper::Cash, true).collect();
    let said = in_words::sentences(papers.language, papers.plan, cash);
    blocks.extend(said.into_iter().map(Block::Paragraph));
    let name = |month| in_words::month(papers.language, month);
    let mut rows: Vec<Row> = Vec::with_capacity(cash.months.len() + 1);
    for one in &cash.months {
        let amounts = [one.spent, one.received, one.in_hand, one.gap].map(plain);
        rows.push(Row::of([name(one.month)].into_iter().chain(amounts)));
    }
    let in_the_end = cash.months.last().map(|last| last.in_hand).unwrap_or_default();
    let sums = [cash.spent, cash.received, in_the_end, cash.gap].map(plain);
    rows.push(Row::total([papers.say("papers.total")].into_iter().chain(sums)));
    let amount = |key: &str| Column::amount(papers.say(&format!("cash.{key}")), 20);
    let months = papers.read_in_yuan(
        vec![
            Column::text(papers.say("cash.month"), 18),
            amount("spent"),
            amount("received"),
            amount("in-hand"),
            amount("gap"),
        ],
        rows,
    );
    blocks.extend([Block::Heading(papers.say("cash.months")), Block::Table(months)]);
    let payers = cash
        .months
        .iter()
        .map(|one| (name(one.month), in_words::payers(papers.language, papers.plan, one)));
    let lines = cash.months.iter().map(|one| (name(one.month), in_words::lines(papers.plan, one)));
    blocks.push(Block::Heading(papers.say("cash.payers")));
    blocks.push(Block::Table(of_months(account, "term.payer", payers)));
    blocks.push(Block::Heading(papers.say("cash.lines")));
    blocks.push(Block::Table(of_months(account, "term.line", lines)));
    blocks.push(Block::Note(account.say("cash.private")));
    blocks
}

/// A row for each amount of a month.
fn of_months(
    account: &AccountPapers<'_>,
    heading: &str,
    months: impl Iterator<Item = (String, Vec<(String, Fen)>)>,
) -> Table {
    let papers = account.papers;
    let rows = months.flat_map(|(month, amounts)| {
        amounts.into_iter().map(move |(name, amount)| Row::of([month.clone(), name, plain(amount)]))
    });
    papers.read_in_yuan(
        vec![
            Column::text(papers.say("cash.month"), 20),
            Column::text(papers.say(heading), 50),
            Column::amount(papers.say("cash.amount"), 30),
        ],
        rows.collect(),
    )
}
