//! 表决票: a page for each household, with what is put to the vote. It holds no amount of the
//! household's own, since those who count the votes read it, and of the residents together what
//! the notice has: before relief, which few may share.

use fentan_core::Fen;
use fentan_core::plan::Channel;
use fentan_core::vote::Matter;
use fentan_words::listed;

use crate::block::{Block, Column, Row, Size, Table};
use crate::papers::{Papers, Progress};

pub(crate) fn blocks<'p>(
    papers: &'p Papers<'_>,
    progress: Progress<'p>,
) -> impl Iterator<Item = Block> + 'p {
    let matters = matters(papers);
    let bars = bars(papers, &matters);
    papers.plan.households().iter().enumerate().flat_map(move |(index, home)| {
        progress(index + 1);
        let area = fentan_words::vote::area(home.area);
        let values = [("household", &*home.id), ("area", &area)];
        let new_page = (index > 0).then_some(Block::NewPage);
        new_page.into_iter().chain([
            Block::Title(papers.say("paper.ballot")),
            Block::Subtitle(papers.name()),
            Block::Line(papers.say_with("papers.vote.household", &values)),
            Block::Table(table(papers, &matters)),
            Block::Note(papers.say("papers.vote.how")),
            Block::Note(bars.clone()),
            Block::Signing(vec![
                papers.say("papers.vote.signature"),
                papers.say("papers.vote.telephone"),
                papers.say("papers.signed-date"),
            ]),
        ])
    })
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
    let draws =
        papers.plan.channels().iter().any(|one| matches!(one, Channel::MaintenanceFund { .. }));
    let raised: Fen = split.households.iter().filter_map(|one| one.replenish).sum();
    let with_amount = |matter, key: &str, amount: Fen| {
        (matter, papers.say_with(key, &[("amount", &papers.in_full(amount))]))
    };
    let use_fund = || with_amount(Matter::UseFund, "papers.vote.use-fund", drawn);
    let raise_fund = || with_amount(Matter::RaiseFund, "papers.vote.raise-fund", raised);
    let further = [draws.then(use_fund), (!raised.is_zero()).then(raise_fund)];
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
        size: Size::Normal,
    }
}
