//! 每户告知单: what a household owes, how it pays, and why; a page each.

use fentan_core::{Fen, HouseholdSplit, LinePart};
use fentan_words::{cell, channel, money, plain};

use crate::block::{Block, Column, Row, Size, Table};
use crate::csv::CHANNELS;
use crate::papers::{ByHousehold, Papers, Progress, line_name};

pub(crate) fn blocks<'p>(
    papers: &'p Papers<'_>,
    progress: Progress<'p>,
) -> impl Iterator<Item = Block> + 'p {
    let mut parts = ByHousehold::new(papers.parts());
    let uncovered = papers.uncovered();
    (0..papers.plan.households().len()).flat_map(move |household| {
        let parts: Vec<_> = parts.of(household).collect();
        progress(household + 1);
        Statement { papers, household, parts, uncovered: &uncovered }.blocks()
    })
}

struct Statement<'s> {
    papers: &'s Papers<'s>,
    household: usize,
    /// By line, what the household pays of it.
    parts: Vec<Option<LinePart>>,
    /// By line, what the residents pay of it, relief apart.
    uncovered: &'s [Fen],
}

impl Statement<'_> {
    fn blocks(self) -> Vec<Block> {
        let papers = self.papers;
        let split = &papers.split.households[self.household];
        let due = papers.in_full(split.due);
        let mut blocks = Vec::new();
        if self.household > 0 {
            blocks.push(Block::NewPage);
        }
        blocks.extend([
            Block::Title(papers.say("paper.statements")),
            Block::Subtitle(papers.name()),
            Block::Line(self.place()),
            Block::Line(papers.say_with("papers.statement.due", &[("due", &due)])),
            Block::Table(self.lines(split)),
        ]);
        if !split.due.is_zero() {
            blocks.push(Block::Heading(papers.say("papers.statement.channels")));
            blocks.push(Block::Table(self.channels(split)));
        }
        blocks.push(Block::Paragraph(self.why(split)));
        blocks.push(Block::Paragraph(self.how(split)));
        blocks.extend(self.fund(split).map(Block::Note));
        blocks.push(Block::Note(papers.say("papers.statement.questions")));
        blocks.push(papers.signing());
        blocks
    }

    /// Where the home is, and how large.
    fn place(&self) -> String {
        let papers = self.papers;
        let home = &papers.plan.households()[self.household];
        let unit = papers.plan.unit_of(home);
        let floor = home.floor.map(|floor| floor.to_string());
        let place = [
            Some(papers.say_with("papers.statement.household", &[("household", &home.id)])),
            papers.building(home),
            unit.map(|unit| papers.say_with("papers.statement.unit", &[("unit", unit)])),
            floor.map(|floor| papers.say_with("papers.statement.floor", &[("floor", &floor)])),
            Some(papers.say_with("papers.statement.area", &[("area", &self.area())])),
        ];
        place.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn area(&self) -> String {
        fentan_words::vote::area(self.papers.plan.households()[self.household].area)
    }

    fn lines(&self, split: &HouseholdSplit) -> Table {
        let papers = self.papers;
        let say = |key: &str| papers.say(&format!("papers.statement.{key}"));
        let lines = papers.plan.lines().iter().zip(&self.parts).zip(self.uncovered);
        let mut rows: Vec<_> = lines
            .filter_map(|((line, part), &uncovered)| {
                let part = (*part)?;
                let amounts = [line.amount, uncovered].map(plain);
                let cells = [line_name(line)].into_iter().chain(amounts);
                Some(Row::of(cells.chain([papers.sharing(line), plain(part.share)])))
            })
            .collect();
        let further = [
            ("less-relief", split.relief),
            ("and-borne", split.borne),
            ("and-top-up", split.top_up),
        ];
        let below = |name: String, amount: Fen| {
            let blank = || String::new();
            [name, blank(), blank(), blank(), plain(amount)]
        };
        rows.extend(
            further
                .into_iter()
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(key, amount)| Row::of(below(say(key), amount))),
        );
        rows.push(Row::total(below(say("due-row"), split.due)));
        papers.table_of_yuan(
            vec![
                Column::text(say("lines"), 34),
                Column::amount(say("costs"), 18),
                Column::amount(say("left"), 18),
                Column::text(say("shared"), 24),
                Column::amount(say("share"), 16),
            ],
            rows,
        )
    }

    /// What pays, and how much; cash always.
    fn paid(split: &HouseholdSplit) -> impl Iterator<Item = (&'static str, Fen)> {
        let amounts = CHANNELS.iter().map(|(name, amount)| (*name, amount(&split.paid)));
        amounts.filter(|(name, amount)| *name == "cash" || !amount.is_zero())
    }

    fn channels(&self, split: &HouseholdSplit) -> Table {
        let (columns, cells): (Vec<_>, Vec<_>) = Statement::paid(split)
            .map(|(name, amount)| {
                (Column::amount(channel(self.papers.language, name), 1), cell(amount))
            })
            .unzip();
        Table { unit: None, columns, rows: vec![Row::of(cells)], size: Size::Small }
    }

    /// The first of the two sentences: how it comes about.
    fn why(&self, split: &HouseholdSplit) -> String {
        let papers = self.papers;
        let changes = [
            ("individual", split.individual),
            ("relief", split.relief),
            ("borne", split.borne),
            ("top-up", split.top_up),
        ];
        let changes =
            changes.iter().filter(|(_, amount)| !amount.is_zero()).map(|(key, amount)| {
                papers.say_with(&format!("papers.statement.{key}"), &[("amount", &money(*amount))])
            });
        let lines = self.parts.iter().flatten().count().to_string();
        papers.say_with(
            "papers.statement.why",
            &[
                ("area", &self.area()),
                ("lines", &lines),
                ("share", &money(split.share)),
                ("changes", &changes.collect::<String>()),
                ("due", &money(split.due)),
            ],
        )
    }

    /// The second: how it is paid.
    fn how(&self, split: &HouseholdSplit) -> String {
        let papers = self.papers;
        if split.due.is_zero() {
            return papers.say("papers.statement.nothing");
        }
        let channels = Statement::paid(split).filter(|(name, _)| *name != "cash");
        let channels: Vec<_> = channels
            .map(|(name, amount)| {
                let channel = papers.say(&format!("household-figure.{name}"));
                let values = [("channel", channel.as_str()), ("amount", &money(amount))];
                papers.say_with("papers.statement.channel", &values)
            })
            .collect();
        let cash = papers.in_full(split.paid.cash);
        if channels.is_empty() {
            return papers.say_with("papers.statement.how-cash", &[("cash", &cash)]);
        }
        let channels = fentan_words::listed(papers.language, &channels);
        papers.say_with("papers.statement.how", &[("channels", &channels), ("cash", &cash)])
    }

    /// What is to be paid into the household's own account, where anything is.
    fn fund(&self, split: &HouseholdSplit) -> Option<String> {
        let replenish = split.replenish.filter(|amount| !amount.is_zero())?;
        let (after, replenish) = (money(split.fund_after?), money(replenish));
        let values = [("after", after.as_str()), ("replenish", &replenish)];
        Some(self.papers.say_with("papers.statement.fund", &values))
    }
}
