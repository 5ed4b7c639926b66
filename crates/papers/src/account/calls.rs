//! 收款通知 and 催款单: what a household is to pay when, and what it is behind with; a page each.

use fentan_core::Fen;
use fentan_core::collection::{Collected, CollectedOf};
use fentan_words::{money, plain};

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Table};

/// A page for each household that is called for anything.
pub(super) fn blocks<'a>(account: &'a AccountPapers<'_>) -> impl Iterator<Item = Block> + 'a {
    let collected = account.collected.iter();
    let called = collected.flat_map(|all| {
        let households = all.households.iter().enumerate();
        households.map(move |(household, one)| (all, household, one))
    });
    let called = called.filter(|(_, household, one)| {
        !sum(&one.calls).is_zero() && account.papers.is_written_for(*household)
    });
    called.enumerate().flat_map(|(page, (all, household, one))| {
        let total = account.papers.in_full(sum(&one.calls));
        let head = [
            Block::Line(account.home(household)),
            Block::Paragraph(account.say_with("calls.text", &[("total", &total)])),
            Block::Table(table(account, all, one)),
        ];
        let cash = account.papers.split.households[household].paid.cash;
        let held = sum(&one.calls) - cash;
        let held = (!held.is_zero()).then(|| {
            let values = [("cash", &*money(cash)), ("held", &money(held))];
            Block::Note(account.say_with("calls.held", &values))
        });
        let receipt = Block::Note(account.say("calls.receipt"));
        let tail = account.how_to_pay().chain([receipt, account.papers.signing()]);
        let title = account.title(AccountPaper::Calls, page == 0);
        title.chain(head).chain(held).chain(tail).collect::<Vec<_>>()
    })
}

/// A page for each household in arrears.
pub(super) fn reminders<'a>(account: &'a AccountPapers<'_>) -> impl Iterator<Item = Block> + 'a {
    let collected = account.collected.iter();
    let behind = collected.flat_map(|all| {
        let households = all.households.iter().enumerate();
        households.map(move |(household, one)| (all, household, one))
    });
    let behind = behind.filter(|(_, household, one)| {
        !one.arrears.is_zero() && account.papers.is_written_for(*household)
    });
    behind.enumerate().flat_map(|(page, (all, household, one))| {
        let values = [
            ("on", &*account.on.to_string()),
            ("called", &money(one.called)),
            ("paid", &money(one.paid)),
            ("arrears", &account.papers.in_full(one.arrears)),
        ];
        let rest = [
            Block::Line(account.home(household)),
            Block::Paragraph(account.say_with("reminder.text", &values)),
            Block::Table(table(account, all, one)),
        ];
        let tail = [Block::Note(account.say("reminder.already")), account.papers.signing()];
        let title = account.title(AccountPaper::Reminders, page == 0);
        title.chain(rest).chain(account.how_to_pay()).chain(tail).collect::<Vec<_>>()
    })
}

fn sum(amounts: &[Fen]) -> Fen {
    amounts.iter().copied().sum()
}

/// The calls of a household, and what is due of them by the day.
fn table(account: &AccountPapers<'_>, all: &Collected, one: &CollectedOf) -> Table {
    let rows = all.calls.iter().zip(&one.calls).enumerate();
    let rows = rows.map(|(index, (call, &amount))| {
        let number = account.say_with("calls.number", &[("number", &(index + 1).to_string())]);
        let state = if call.due <= account.on { "calls.is-due" } else { "calls.not-due" };
        Row::of([number, call.due.to_string(), plain(amount), account.say(state)])
    });
    let total = [account.papers.say("papers.total"), String::new(), plain(sum(&one.calls))];
    let total = Row::total(total.into_iter().chain([String::new()]));
    account.papers.read_in_yuan(
        vec![
            Column::text(account.say("calls.call"), 20),
            Column::text(account.say("calls.due"), 24),
            Column::amount(account.papers.say("papers.amount"), 24),
            Column::mark(account.say("calls.state"), 20),
        ],
        rows.chain([total]).collect(),
    )
}
