//! 每户告知单: what a household owes, how it pays, and why; a page each.

use fentan_core::collection::{CallsOfHousehold, calls};
use fentan_core::internal::decimal;
use fentan_core::plan::{ShareBy, Works};
use fentan_core::{Fen, HouseholdSplit, LinePart};
use fentan_words::changes::sentences;
use fentan_words::{cell, channel, listed, money, plain};

use crate::block::{Block, Column, Row, Size, Table};
use crate::csv::CHANNELS;
use crate::height;
use crate::papers::{ByHousehold, Papers, Progress, line_name};

const MILLION: u128 = 1_000_000;

pub(crate) fn blocks<'p>(
    papers: &'p Papers<'_>,
    progress: Progress<'p>,
) -> impl Iterator<Item = Block> + 'p {
    let mut parts = ByHousehold::new(papers.parts());
    let uncovered = papers.uncovered();
    let weights = papers.weights_of_lines();
    let calls = calls(papers.plan, papers.split).unwrap_or_default();
    papers.written_for().enumerate().flat_map(move |(position, household)| {
        let parts: Vec<_> = parts.of(household).collect();
        progress(household + 1);
        let (uncovered, weights) = (&uncovered, &weights);
        let calls = calls.get(household);
        let statement = Statement { papers, household, parts, uncovered, weights, calls };
        let new_page = (position > 0).then_some(Block::NewPage);
        new_page.into_iter().chain(statement.blocks())
    })
}

struct Statement<'s> {
    papers: &'s Papers<'s>,
    household: usize,
    /// By line, what the household pays of it.
    parts: Vec<Option<LinePart>>,
    /// By line, what the residents pay of it, relief apart.
    uncovered: &'s [Fen],
    /// By line, what all who share it weigh together, where that is one number.
    weights: &'s [Option<u128>],
    /// When its cash is called for, where the plan says.
    calls: Option<&'s CallsOfHousehold>,
}

impl Statement<'_> {
    /// In the largest type in which it is a page.
    fn blocks(self) -> Vec<Block> {
        let mut blocks = self.written(Size::Medium);
        for size in [Size::Small, Size::Smaller] {
            if height::PAGE.holds(&blocks) {
                break;
            }
            blocks = self.written(size);
        }
        blocks
    }

    fn written(&self, size: Size) -> Vec<Block> {
        let papers = self.papers;
        let split = &papers.split.households[self.household];
        let due = papers.in_full(split.due);
        let mut blocks = vec![
            Block::Title(papers.say("paper.statements")),
            Block::Subtitle(papers.name()),
            Block::Line(self.place()),
            Block::Line(papers.say_with("papers.statement.due", &[("due", &due)])),
        ];
        blocks.extend(self.since().map(Block::Note));
        blocks.push(Block::Table(self.lines(split, size)));
        blocks.extend(self.without_share().map(Block::Note));
        if !split.due.is_zero() {
            blocks.push(Block::Heading(papers.say("papers.statement.channels")));
            blocks.push(Block::Table(self.channels(split)));
        }
        blocks.extend(self.when(split).map(Block::Line));
        blocks.push(Block::Paragraph(self.why(split) + &self.how(split)));
        blocks.extend(self.fund(split).map(Block::Note));
        blocks.push(papers.questions());
        blocks.push(Block::Line(papers.say("papers.statement.signed")));
        blocks
    }

    /// Why the share is another than in the version before.
    fn since(&self) -> Option<String> {
        let (changes, since) = self.papers.since.as_ref()?;
        let changed = changes.households.get(self.household)?;
        let since = self.papers.say_with("papers.statement.since", &[("since", since)]);
        let sentences = sentences(self.papers.language, &since, &changes.causes, changed);
        Some(sentences.join(" "))
    }

    /// The lines that benefit the household and leave the residents nothing.
    fn without_share(&self) -> Option<String> {
        let papers = self.papers;
        let lines = papers.plan.lines().iter().zip(&self.parts).zip(self.uncovered);
        let covered = lines.filter(|((_, part), left)| part.is_some() && left.is_zero());
        let names: Vec<_> = covered.map(|((line, _), _)| line_name(line)).collect();
        let values =
            [("count", &*names.len().to_string()), ("lines", &listed(papers.language, &names))];
        (!names.is_empty()).then(|| papers.say_with("papers.statement.covered", &values))
    }

    /// When and where the cash is paid, and what of it is paid: as plan, details and payments say.
    fn when(&self, split: &HouseholdSplit) -> impl Iterator<Item = String> {
        let (papers, details) = (self.papers, &self.papers.details);
        let say = |key: &str, values: &[(&str, &str)]| {
            papers.say_with(&format!("papers.statement.{key}"), values)
        };
        let cash = split.paid.cash;
        let calls = papers.plan.collection().zip(self.calls).map(|(collection, amounts)| {
            let calls = collection.calls.iter().zip(&amounts.amounts).map(|(call, &amount)| {
                say("call", &[("day", &papers.day(call.due)), ("amount", &money(amount))])
            });
            let calls = calls.collect::<Vec<_>>().join(&papers.say("papers.separator"));
            say("calls", &[("calls", &calls)])
        });
        let by_day = details.pay_by.map(|day| say("pay-by", &[("day", &papers.day(day))]));
        let account =
            details.account.as_ref().map(|account| say("account", &[("account", account)]));
        let paid = papers.paid.as_ref().and_then(|paid| {
            let amount = *paid.amounts.get(self.household)?;
            let values = [
                ("day", &*papers.day(paid.on)),
                ("paid", &money(amount)),
                ("open", &money(cash.less(amount))),
            ];
            Some(say("paid", &values))
        });
        let is_paid = paid.is_some();
        let of_cash = [calls.or(by_day), account, paid];
        of_cash.into_iter().flatten().filter(move |_| is_paid || !cash.is_zero())
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

    fn lines(&self, split: &HouseholdSplit, size: Size) -> Table {
        let papers = self.papers;
        let say = |key: &str| papers.say(&format!("papers.statement.{key}"));
        let lines = papers.plan.lines().iter().zip(&self.parts).zip(self.uncovered).enumerate();
        let mut rows: Vec<_> = lines
            .filter(|(_, (_, uncovered))| !uncovered.is_zero())
            .filter_map(|(index, ((line, part), &uncovered))| {
                let part = (*part)?;
                let amounts = [line.amount, uncovered].map(plain);
                let cells = [line_name(line)].into_iter().chain(amounts);
                let sharing = match self.fraction(index) {
                    Some(fraction) => format!("{} {fraction}", papers.sharing(line)),
                    None => papers.sharing(line),
                };
                Some(Row::of(cells.chain([sharing, plain(part.share)])))
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
        let mut table = papers.table_of_yuan(
            vec![
                Column::text(say("lines"), 32),
                Column::amount(say("costs"), 18),
                Column::amount(say("left"), 18),
                Column::text(say("shared"), 36),
                Column::amount(say("share"), 15),
            ],
            rows,
        );
        table.size = table.at_most(size);
        table
    }

    /// What the home weighs in a line of what all weigh who share it, as `71.42 ÷ 20,665.5`; `None`
    /// for lines whose parts are no such fraction.
    fn fraction(&self, line: usize) -> Option<String> {
        let papers = self.papers;
        let home = &papers.plan.households()[self.household];
        let Works::Shared { share_by, .. } = papers.plan.lines()[line].works else {
            return None;
        };
        let all = self.weights[line]?;
        let grouped = fentan_words::vote::total_area;
        let coefficient = |table: usize| {
            let table = papers.plan.tables().get(table)?;
            let sign = if table.percentages { "%" } else { "" };
            Some(format!("{}{sign}", decimal(table.coefficient(home.floor?)?.into(), 6)))
        };
        Some(match share_by {
            ShareBy::Area => format!("{} ÷ {}", self.area(), grouped(all)),
            ShareBy::Household => format!("1 ÷ {}", grouped(all * MILLION)),
            ShareBy::Coefficient(table) => {
                let percent = papers.plan.tables().get(table)?.percentages;
                let sign = if percent { "%" } else { "" };
                format!("{} ÷ {}{sign}", coefficient(table)?, grouped(all))
            }
            ShareBy::CoefficientTimesArea(table)
                if !papers.plan.tables().get(table)?.percentages =>
            {
                format!("{} × {} ÷ {}", coefficient(table)?, self.area(), grouped(all / MILLION))
            }
            _ => return None,
        })
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
        let why = papers.say_with(
            "papers.statement.why",
            &[
                ("area", &self.area()),
                ("lines", &lines),
                ("share", &money(split.share)),
                ("changes", &changes.collect::<String>()),
                ("due", &money(split.due)),
            ],
        );
        why + &self.example().unwrap_or_default()
    }

    /// The arithmetic of the largest of its shares that is a fraction, with its numbers in.
    fn example(&self) -> Option<String> {
        let papers = self.papers;
        let parts = self.parts.iter().enumerate();
        let shares = parts.filter_map(|(line, part)| {
            let share = (*part)?.share;
            let fraction = self.fraction(line).filter(|_| !share.is_zero())?;
            Some((share, std::cmp::Reverse(line), fraction))
        });
        let (share, std::cmp::Reverse(line), fraction) = shares.max()?;
        let values = [
            ("line", &*line_name(&papers.plan.lines()[line])),
            ("left", &money(self.uncovered[line])),
            ("fraction", &fraction),
            ("share", &money(share)),
        ];
        Some(papers.say_with("papers.statement.example", &values))
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
        let channels = listed(papers.language, &channels);
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
