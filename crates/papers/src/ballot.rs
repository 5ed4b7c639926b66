//! 表决票: a slip for each household, as many on a page as it holds, with what is put to the vote. It holds no amount of the
//! household's own, since those who count the votes read it, and of the residents together what
//! the notice has: before relief, which few may share.

use fentan_core::Fen;
use fentan_core::vote::Matter;
use fentan_words::listed;

use crate::block::{Block, Column, Row, Size, Table};
use crate::height::{self, Sheet};
use crate::papers::{Papers, Progress};

pub(crate) fn blocks<'p>(
    papers: &'p Papers<'_>,
    progress: Progress<'p>,
) -> impl Iterator<Item = Block> + 'p {
    let matters = matters(papers);
    let bars = bars(papers, &matters);
    let on_a_page = on_a_page(papers, &matters, &bars);
    papers.written_for().enumerate().flat_map(move |(position, household)| {
        progress(household + 1);
        let before = match position % on_a_page {
            _ if position == 0 => None,
            0 => Some(Block::NewPage),
            _ => Some(Block::Cut),
        };
        before.into_iter().chain(slip(papers, household, &matters, &bars))
    })
}

/// How many slips a page holds, three at most: below each other they stay large enough to write on.
fn on_a_page(papers: &Papers<'_>, matters: &[(Matter, String)], bars: &str) -> usize {
    const MOST: u32 = 3;
    let Sheet { width, height } = height::PAGE;
    let cut = height::of(&[Block::Cut], width);
    let slips = papers.written_for().map(|household| slip(papers, household, matters, bars));
    let highest = slips.map(|slip| height::of(&slip, width) + cut).max().unwrap_or(height);
    (height / highest).clamp(1, MOST) as usize
}

fn slip(
    papers: &Papers<'_>,
    household: usize,
    matters: &[(Matter, String)],
    bars: &str,
) -> [Block; 5] {
    let home = &papers.plan.households()[household];
    let area = fentan_words::vote::area(home.area);
    let values = [("household", &*home.id), ("area", &area)];
    [
        Block::Title(papers.say("paper.ballot")),
        Block::Line(papers.say_with("papers.vote.household", &values)),
        Block::Table(table(papers, matters)),
        Block::Note(papers.say("papers.vote.how") + bars),
        Block::Line(papers.say("papers.vote.signing")),
    ]
}

/// What is put to the vote, in words, each with what kind of matter it is; 民法典 第278条.
fn matters(papers: &Papers<'_>) -> Vec<(Matter, String)> {
    let split = papers.split;
    let plan = papers.say_with(
        "papers.vote.plan",
        &[
            ("name", &papers.name()),
            ("budget", &papers.in_full(split.budget)),
            ("residents", &papers.in_full(papers.uncovered().into_iter().sum())),
        ],
    );
    let drawn: Fen = split.households.iter().map(|one| one.paid.maintenance_fund).sum();
    let raised: Fen = split.households.iter().filter_map(|one| one.replenish).sum();
    let with_amount = |matter, key: &str, amount: Fen| {
        (matter, papers.say_with(key, &[("amount", &papers.in_full(amount))]))
    };
    let use_fund = || with_amount(Matter::UseFund, "papers.vote.use-fund", drawn);
    let raise_fund = || with_amount(Matter::RaiseFund, "papers.vote.raise-fund", raised);
    let further = [(!drawn.is_zero()).then(use_fund), (!raised.is_zero()).then(raise_fund)];
    [(Matter::Other, plan)].into_iter().chain(further.into_iter().flatten()).collect()
}

/// How many must take part and agree, in words.
fn bars(papers: &Papers<'_>, matters: &[(Matter, String)]) -> String {
    let numbers = |raises: bool| -> Vec<String> {
        let numbered = matters.iter().enumerate();
        let those = numbered.filter(|(_, (matter, _))| (*matter == Matter::RaiseFund) == raises);
        those.map(|(index, _)| (index + 1).to_string()).collect()
    };
    let bars =
        [("papers.vote.bar-half", numbers(false)), ("papers.vote.bar-quarters", numbers(true))];
    let bars = bars.iter().filter(|(_, numbers)| !numbers.is_empty()).map(|(key, numbers)| {
        papers.say_with(key, &[("numbers", &listed(papers.language, numbers))])
    });
    let bars: Vec<_> = bars.chain([papers.say("papers.vote.bar-counts")]).collect();
    papers.say_with("papers.vote.bar", &[("bars", &bars.join(&papers.say("papers.separator")))])
}

fn table(papers: &Papers<'_>, matters: &[(Matter, String)]) -> Table {
    let rows = matters.iter().enumerate().map(|(index, (_, matter))| {
        let cells = [(index + 1).to_string(), matter.clone()];
        Row::of(cells.into_iter().chain(["□", "□", "□"].map(str::to_owned)))
    });
    let vote = |key: &str| papers.say(&format!("papers.vote.{key}"));
    Table {
        unit: None,
        columns: vec![
            Column::mark(papers.say("papers.number"), 8),
            Column::text(vote("matter"), 60),
            Column::mark(vote("yes"), 11),
            Column::mark(vote("no"), 11),
            Column::mark(vote("abstain"), 11),
        ],
        rows: rows.collect(),
        size: Size::Medium,
    }
}
