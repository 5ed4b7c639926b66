//! 后加入: what a household pays that joins a line after it was built, a sheet for it to sign; and who
//! gets how much of it back, a list to sign. What each gets tells what it had of the line, relief
//! deducted: the list is for those who pay it out, and for nobody's notice board.

use fentan_core::Fen;
use fentan_core::collection::Joined;
use fentan_words::{money, plain};

use super::{AccountPaper, AccountPapers};
use crate::block::{Block, Column, Row, Size, Table};
use crate::papers::line_name;

pub(super) fn blocks(account: &AccountPapers<'_>) -> Vec<Block> {
    let Some(joined) = &account.joined else {
        return Vec::new();
    };
    let papers = account.papers;
    let lines = papers.plan.lines().iter();
    let line = lines.filter(|line| line.id == joined.line).map(line_name).next();
    let line = line.unwrap_or_else(|| joined.line.clone());
    let home = papers.plan.find_household(&joined.household);
    let place = home.map(|household| account.home(household)).unwrap_or_default();
    let text = [
        ("line", &*line),
        ("on", &papers.day(joined.on)),
        ("share", &money(joined.share)),
        ("months", &joined.months.to_string()),
        ("left", &joined.months_left.to_string()),
        ("pays", &money(joined.pays)),
    ];
    let pays = [("pays", &*papers.in_full(joined.pays))];
    let mut blocks: Vec<Block> = account.title(AccountPaper::Joining, true).collect();
    blocks.extend([
        Block::Line(place),
        Block::Line(account.say_with("joining.pays", &pays)),
        Block::Paragraph(account.say_with("joining.text", &text)),
        Block::Paragraph(account.say("joining.agrees")),
    ]);
    blocks.extend(account.how_to_pay());
    blocks.push(Block::Signing(vec![
        account.say("joining.joins-signed"),
        account.say("joining.others-signed"),
        papers.say("papers.signed-date"),
    ]));
    if joined.returns.is_empty() {
        return blocks;
    }
    let values = [("line", &*line), ("home", &joined.household), ("pays", &money(joined.pays))];
    blocks.extend([
        Block::NewPage,
        Block::Title(account.say("joining.list")),
        Block::Subtitle(papers.name()),
        Block::Paragraph(account.say_with("joining.list-text", &values)),
        Block::Table(returns(account, joined)),
        Block::Note(account.say("refunds.private")),
        papers.signing(),
    ]);
    blocks
}

fn returns(account: &AccountPapers<'_>, joined: &Joined) -> Table {
    let papers = account.papers;
    let rows = joined.returns.iter().enumerate().map(|(number, one)| {
        let home = papers.plan.find_household(&one.id);
        let name = home.and_then(|home| papers.plan.households()[home].name.clone());
        let cells = [(number + 1).to_string(), one.id.to_string(), name.unwrap_or_default()];
        let by_hand = [String::new(), String::new()];
        Row::of(cells.into_iter().chain([plain(one.amount)]).chain(by_hand))
    });
    let sum: Fen = joined.returns.iter().map(|one| one.amount).sum();
    let blank = String::new;
    let total = [blank(), papers.say("papers.total"), blank(), plain(sum), blank(), blank()];
    let mut table = papers.table_of_yuan(
        vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(papers.say("term.household"), 18),
            Column::text(account.say("name"), 16),
            Column::amount(papers.say("collection.returned"), 18),
            Column::text(account.say("refunds.account"), 24),
            Column::text(account.say("refunds.signature"), 16),
        ],
        rows.chain([Row::total(total)]).collect(),
    );
    table.size = Size::ByHand;
    table
}
