//! 决算清算单 and 退款清册: what each household pays on or gets back.

use fentan_core::Fen;
use fentan_core::collection::SettledOf;
use fentan_words::plain;

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Size, Table};

/// A page for each household that pays in cash or paid anything.
pub(super) fn blocks<'a>(account: &'a AccountPapers<'_>) -> impl Iterator<Item = Block> + 'a {
    let households = account.settled.households.iter().enumerate();
    let concerned = households.filter(|(household, one)| {
        account.papers.is_written_for(*household)
            && [one.cash, one.final_cash, one.paid].iter().any(|amount| !amount.is_zero())
    });
    concerned.enumerate().flat_map(|(page, (household, one))| {
        let rest = [
            Block::Line(account.home(household)),
            Block::Line(outcome(account, one)),
            Block::Table(figures(account, one)),
            Block::Note(account.say("settlement.text")),
        ];
        let pays_on = (!one.to_pay.is_zero()).then(|| account.how_to_pay());
        let tail = pays_on.into_iter().flatten().chain([account.papers.signing()]);
        let title = account.title(AccountPaper::Settlements, page == 0);
        title.chain(rest).chain(tail).collect::<Vec<_>>()
    })
}

/// What is left to do, in a sentence.
fn outcome(account: &AccountPapers<'_>, one: &SettledOf) -> String {
    let said = |key: &str, amount: Fen| {
        account.say_with(key, &[("amount", &account.papers.in_full(amount))])
    };
    if !one.to_pay.is_zero() {
        said("settlement.pays", one.to_pay)
    } else if !one.to_return.is_zero() {
        said("settlement.gets", one.to_return)
    } else {
        account.say("settlement.even")
    }
}

fn figures(account: &AccountPapers<'_>, one: &SettledOf) -> Table {
    let heads = ["cash", "final-cash", "paid", "to-pay", "to-return"];
    let columns =
        heads.map(|key| Column::amount(account.papers.say(&format!("collection.{key}")), 20));
    let amounts = [one.cash, one.final_cash, one.paid, one.to_pay, one.to_return];
    let rows = vec![Row::of(amounts.map(plain))];
    account.papers.read_in_yuan(columns.into(), rows)
}

/// Those who get anything back, with their index in the roster.
pub(crate) fn returned<'a>(
    account: &'a AccountPapers<'_>,
) -> impl Iterator<Item = (usize, &'a SettledOf)> {
    let households = account.settled.households.iter().enumerate();
    households.filter(|(_, one)| !one.to_return.is_zero())
}

/// Who gets how much back, with room to sign for it.
pub(super) fn refunds(account: &AccountPapers<'_>) -> Vec<Block> {
    let papers = account.papers;
    let mut sums = [Fen::ZERO; 3];
    let mut rows = Vec::new();
    for (number, (household, one)) in returned(account).enumerate() {
        let home = &papers.plan.households()[household];
        let amounts = [one.paid, one.final_cash, one.to_return];
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
        let name = home.name.clone().unwrap_or_default();
        let cells = [(number + 1).to_string(), home.id.to_string(), name].into_iter();
        let by_hand = [String::new(), String::new()];
        rows.push(Row::of(cells.chain(amounts.map(plain)).chain(by_hand)));
    }
    let total = [String::new(), papers.say("papers.total"), String::new()].into_iter();
    let blank = [String::new(), String::new()];
    rows.push(Row::total(total.chain(sums.map(plain)).chain(blank)));
    let mut table = papers.read_in_yuan(
        vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(papers.say("term.household"), 16),
            Column::text(account.say("name"), 14),
            Column::amount(papers.say("collection.paid"), 18),
            Column::amount(papers.say("collection.final-cash"), 18),
            Column::amount(papers.say("collection.to-return"), 18),
            Column::text(account.say("refunds.account"), 22),
            Column::text(account.say("refunds.signature"), 16),
        ],
        rows,
    );
    table.size = Size::ByHand;
    let total = papers.in_full(account.settled.to_return);
    account
        .title(AccountPaper::Refunds, true)
        .chain([
            Block::Paragraph(account.say_with("refunds.text", &[("total", &total)])),
            Block::Table(table),
            Block::Note(account.say("refunds.private")),
            papers.signing(),
        ])
        .collect()
}
