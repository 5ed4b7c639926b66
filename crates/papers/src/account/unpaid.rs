//! 未缴清名单: who is in arrears, by building, with room for what was said at the door. It holds
//! names and amounts: it is for those who collect, and for nobody's notice board.

use fentan_core::Fen;
use fentan_words::{money, plain};

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Table};

pub(super) fn blocks(account: &AccountPapers<'_>) -> Vec<Block> {
    let Some(collected) = &account.collected else {
        return Vec::new();
    };
    let is_behind = |household: &usize| !collected.households[*household].arrears.is_zero();
    let behind = collected.households.iter().filter(|one| !one.arrears.is_zero()).count();
    let values = [
        ("on", &*account.on.to_string()),
        ("count", &behind.to_string()),
        ("arrears", &money(collected.arrears)),
    ];
    let mut blocks: Vec<Block> = account.title(AccountPaper::Unpaid, true).collect();
    blocks.push(Block::Paragraph(account.say_with("unpaid.text", &values)));
    for (building, households) in account.papers.by_building() {
        let households: Vec<usize> = households.into_iter().filter(is_behind).collect();
        if households.is_empty() {
            continue;
        }
        let building = building.unwrap_or_else(|| account.papers.say("papers.no-building"));
        blocks.push(Block::Line(building));
        let amounts = |household: usize| {
            let one = &collected.households[household];
            [one.called, one.paid, one.arrears]
        };
        blocks.push(Block::Table(table(account, &households, amounts)));
    }
    blocks.push(Block::Note(account.say("unpaid.private")));
    blocks
}

fn table(
    account: &AccountPapers<'_>,
    households: &[usize],
    amounts: impl Fn(usize) -> [Fen; 3],
) -> Table {
    let papers = account.papers;
    let mut sums = [Fen::ZERO; 3];
    let mut rows = Vec::with_capacity(households.len() + 1);
    for (number, &household) in households.iter().enumerate() {
        let home = &papers.plan.households()[household];
        let amounts = amounts(household);
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
        let name = home.name.clone().unwrap_or_default();
        let cells = [(number + 1).to_string(), home.id.to_string(), name].into_iter();
        rows.push(Row::of(cells.chain(amounts.map(plain)).chain([String::new()])));
    }
    let total = [String::new(), papers.say("papers.total"), String::new()].into_iter();
    rows.push(Row::total(total.chain(sums.map(plain)).chain([String::new()])));
    papers.read_in_yuan(
        vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(papers.say("term.household"), 16),
            Column::text(account.say("name"), 16),
            Column::amount(papers.say("collection.called"), 18),
            Column::amount(papers.say("collection.paid"), 18),
            Column::amount(papers.say("collection.arrears"), 18),
            Column::text(account.say("unpaid.said"), 24),
        ],
        rows,
    )
}
