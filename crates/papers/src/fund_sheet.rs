//! 物业专项维修资金支取分摊清册: in the columns that fund centres print, what falls to each household of
//! the shared lines, what of it is drawn from its account, and what it raises itself. It holds names
//! and balances: it is for the fund centre and the office, and for nobody's notice board.

use std::iter;

use fentan_core::Fen;
use fentan_core::fund_sheet::{FundRow, flat};
use fentan_core::plan::Kind;
use fentan_words::{cell, plain};

use crate::block::{Block, Column, Orientation, Row, Size, Table};
use crate::papers::{Papers, line_name};

/// What is added up.
#[derive(Default, Clone, Copy)]
pub(crate) struct Sums {
    /// In millionths of a m².
    pub(crate) area: u128,
    pub(crate) share: Fen,
    pub(crate) principal: Fen,
    pub(crate) interest: Fen,
    pub(crate) own: Fen,
    pub(crate) principal_before: Fen,
    pub(crate) interest_before: Fen,
}

impl Sums {
    pub(crate) fn add(&mut self, papers: &Papers<'_>, row: &FundRow) {
        self.area += u128::from(papers.plan.households()[row.household].area.millionths());
        self.share += row.share;
        self.principal += row.principal;
        self.interest += row.interest;
        self.own += row.own;
        if let Some(balance) = row.balance {
            self.principal_before += balance.principal;
            self.interest_before += balance.interest.unwrap_or_default();
        }
    }

    pub(crate) fn of<'r>(papers: &Papers<'_>, rows: impl Iterator<Item = &'r FundRow>) -> Sums {
        let mut sums = Sums::default();
        rows.for_each(|row| sums.add(papers, row));
        sums
    }
}

/// What a row says of its home: 房屋编号, 单元, 层, 房号, 业主姓名.
pub(crate) fn place(papers: &Papers<'_>, household: usize) -> [String; 5] {
    let plan = papers.plan;
    let home = &plan.households()[household];
    [
        home.id.to_string(),
        plan.unit_of(home).unwrap_or_default().to_owned(),
        home.floor.map(|floor| floor.to_string()).unwrap_or_default(),
        flat(plan, home).to_owned(),
        home.name.clone().unwrap_or_default(),
    ]
}

/// The shared lines, by name.
pub(crate) fn lines(papers: &Papers<'_>) -> String {
    let shared = papers.plan.lines().iter().filter(|line| line.kind() == Kind::Shared);
    let names: Vec<_> = shared.map(line_name).collect();
    fentan_words::listed(papers.language, &names)
}

/// The buildings whose households are in a table, by name.
pub(crate) fn scope(papers: &Papers<'_>, rows: &[FundRow]) -> String {
    let buildings: Vec<_> =
        by_building(papers, rows).into_iter().filter_map(|(building, _)| building).collect();
    if buildings.is_empty() {
        papers.name()
    } else {
        fentan_words::listed(papers.language, &buildings)
    }
}

/// How the shared lines are shared: where they differ, each rule with its lines.
fn sharing(papers: &Papers<'_>) -> String {
    let mut rules: Vec<(String, Vec<String>)> = Vec::new();
    for line in papers.plan.lines().iter().filter(|line| line.kind() == Kind::Shared) {
        let rule = papers.sharing(line);
        match rules.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, names)) => names.push(line_name(line)),
            None => rules.push((rule, vec![line_name(line)])),
        }
    }
    if let [(rule, _)] = &rules[..] {
        return rule.clone();
    }
    let each = rules.iter().map(|(rule, names)| {
        let names = fentan_words::listed(papers.language, names);
        papers.say_with("papers.fund-sheet.sharing-of", &[("rule", rule), ("lines", &names)])
    });
    each.collect::<Vec<_>>().join(&papers.say("papers.separator"))
}

/// The rows of each building, in the order of the roster.
pub(crate) fn by_building<'r>(
    papers: &Papers<'_>,
    rows: &'r [FundRow],
) -> Vec<(Option<String>, Vec<&'r FundRow>)> {
    let mut next = vec![None; papers.plan.households().len()];
    for row in rows {
        if let Some(place) = next.get_mut(row.household) {
            *place = Some(row);
        }
    }
    let buildings = papers.by_building().into_iter().map(|(building, households)| {
        let own = households.into_iter().filter_map(|household| *next.get(household)?);
        (building, own.collect::<Vec<_>>())
    });
    buildings.filter(|(_, rows)| !rows.is_empty()).collect()
}

pub(crate) fn blocks(papers: &Papers<'_>) -> Vec<Block> {
    let rows = fentan_core::fund_sheet::rows(papers.plan, papers.split);
    let sums = Sums::of(papers, rows.iter());
    let date = papers.date();
    let scope = scope(papers, &rows);
    let works = [("lines", &*lines(papers)), ("sharing", &sharing(papers))];
    let mut blocks = vec![
        Block::Turn(Orientation::Landscape),
        Block::Title(papers.say("paper.fund-sheet")),
        Block::Subtitle(papers.name()),
        Block::Line(papers.say_with("papers.fund-sheet.head", &[("date", &date)])),
        Block::Line(papers.say_with("papers.fund-sheet.scope", &[("scope", &scope)])),
        Block::Paragraph(papers.say_with("papers.fund-sheet.works", &works)),
    ];
    let buildings = by_building(papers, &rows);
    let several = buildings.len() > 1;
    for (building, rows) in buildings {
        blocks.push(Block::Line(building.unwrap_or_else(|| papers.say("papers.no-building"))));
        let total = if several { "papers.notice.subtotal" } else { "papers.total" };
        blocks.push(Block::Table(table(papers, &rows, &papers.say(total))));
    }
    let drawn = sums.principal + sums.interest;
    let totals = [
        ("households", &*rows.len().to_string()),
        ("area", &fentan_words::vote::total_area(sums.area)),
        ("share", &papers.in_full(sums.share)),
        ("drawn", &papers.in_full(drawn)),
        ("principal", &papers.in_full(sums.principal)),
        ("interest", &papers.in_full(sums.interest)),
        ("own", &papers.in_full(sums.own)),
    ];
    blocks.push(Block::Paragraph(papers.say_with("papers.fund-sheet.totals", &totals)));
    blocks.extend(notes(papers, &rows).into_iter().map(Block::Note));
    blocks.push(papers.signing());
    blocks
}

/// What a reader has to know of the figures.
pub(crate) fn notes(papers: &Papers<'_>, rows: &[FundRow]) -> Vec<String> {
    let say = |key: &str| papers.say(&format!("papers.fund-sheet.{key}"));
    let lacks = |is: fn(&FundRow) -> bool| rows.iter().any(is);
    let no_interest = lacks(|row| row.balance.is_some_and(|balance| balance.interest.is_none()));
    let no_balance = lacks(|row| row.balance.is_none());
    let notes = [
        Some(say("what")),
        no_interest.then(|| say("no-interest")),
        no_balance.then(|| say("no-balance")),
        Some(say("private")),
    ];
    notes.into_iter().flatten().collect()
}

fn table(papers: &Papers<'_>, rows: &[&FundRow], total: &str) -> Table {
    let mut cells = Vec::with_capacity(rows.len() + 1);
    for row in rows {
        let area = fentan_words::vote::area(papers.plan.households()[row.household].area);
        let amounts = [row.share, row.principal, row.interest, row.own].map(plain);
        let before = [
            row.balance.map(|balance| plain(balance.principal)).unwrap_or_default(),
            row.balance.and_then(|balance| balance.interest).map(plain).unwrap_or_default(),
        ];
        let place = place(papers, row.household).into_iter();
        cells.push(Row::of(place.chain([area]).chain(amounts).chain(before)));
    }
    let sums = Sums::of(papers, rows.iter().copied());
    let blank = iter::repeat_n(String::new(), 4);
    let amounts = [sums.share, sums.principal, sums.interest, sums.own].map(plain);
    let before = [sums.principal_before, sums.interest_before].map(cell);
    let total = iter::once(total.to_owned()).chain(blank);
    let total = total.chain([fentan_words::vote::total_area(sums.area)]);
    cells.push(Row::total(total.chain(amounts).chain(before)));
    let column = |key: &str| papers.say(&format!("papers.fund-sheet.{key}"));
    let mut table = papers.table_of_yuan(
        vec![
            Column::text(column("id"), 15),
            Column::mark(column("unit"), 8),
            Column::mark(column("floor"), 6),
            Column::text(column("flat"), 10),
            Column::text(column("name"), 14),
            Column::amount(column("area"), 12),
            Column::amount(column("share"), 16),
            Column::amount(column("principal"), 16),
            Column::amount(column("interest"), 14),
            Column::amount(column("own"), 16),
            Column::amount(column("principal-before"), 16),
            Column::amount(column("interest-before"), 14),
        ],
        cells,
    );
    table.size = table.fitting(Orientation::Landscape).unwrap_or(Size::Smallest);
    table
}
