//! 收款收据: a receipt for each payment that nothing undid, three a page to be cut apart, in the order of the table.

use fentan_core::collection::Payment;

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Size, Table};

const ON_A_PAGE: usize = 3;

pub(super) fn blocks<'a>(account: &'a AccountPapers<'_>) -> impl Iterator<Item = Block> + 'a {
    let payments = account.payments.all.iter().filter(|payment| {
        payment.reversal.is_none() && account.papers.is_written_for(payment.household)
    });
    payments.enumerate().flat_map(|(index, payment)| {
        let begins_page = index > 0 && index % ON_A_PAGE == 0;
        let title = account.title(AccountPaper::Receipts, !begins_page);
        let number = account.say_with("receipt.number", &[("number", &payment.receipt)]);
        let rest = [
            Block::Line(number),
            Block::Table(table(account, payment)),
            Block::Note(account.say("receipt.signed")),
        ];
        let cut = (index % ON_A_PAGE > 0).then_some(Block::Cut);
        cut.into_iter().chain(title).chain(rest).collect::<Vec<_>>()
    })
}

fn table(account: &AccountPapers<'_>, payment: &Payment) -> Table {
    let method = account.say(&format!("method.{}", payment.method.as_str()));
    let rows = [
        ("home", account.home(payment.household)),
        ("date", payment.date.to_string()),
        ("amount", account.papers.in_full(payment.amount)),
        ("method", method),
        ("for", account.say("receipt.purpose")),
        ("note", payment.note.clone().unwrap_or_default()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(key, value)| Row::of([account.say(&format!("receipt.{key}")), value]));
    Table {
        unit: None,
        columns: vec![
            Column::text(account.say("receipt.item"), 20),
            Column::text(account.say("receipt.content"), 80),
        ],
        rows: rows.collect(),
        size: Size::Medium,
    }
}
