//! The papers that follow a split: calls and reminders, receipts, who hasn't paid, the final account
//! and what settles it. What is posted of them tells no amount that a household owes, paid or gets
//! back: less than its neighbour's of the same area would tell that it is let off.

mod calls;
mod cash;
mod joining;
mod notices;
mod receipts;
mod settlements;
mod unpaid;

use std::io::{Seek, Write};

use fentan_core::collection::{Cash, Collected, Joined, Payments, Settled, collect, settle};
use fentan_core::{Day, Error as Unsplit, Plan, Split, split};
use fentan_words::say;

use crate::block::Block;
use crate::papers::Papers;
use crate::{Error, Format, docx, html, workbook};

pub(crate) use settlements::returned;

/// A paper that follows a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountPaper {
    /// 收款通知: the calls of each household, a page each; each for its household alone.
    Calls,
    /// 催款单: a page for each household in arrears; each for its household alone.
    Reminders,
    /// 收款收据: a receipt for each payment, three a page; each for whoever paid.
    Receipts,
    /// 未缴清名单: who is in arrears, by building, for knocking on doors; holds what is private.
    Unpaid,
    /// 收款情况公示: how many households of each building have paid what is due; may be posted.
    CollectionNotice,
    /// 决算清算单: what each household pays on or gets back, a page each; for it alone.
    Settlements,
    /// 决算公示: the final account beside the budget, shares before relief; may be posted.
    FinalNotice,
    /// 退款清册: who gets how much back, to be signed; holds what is private.
    Refunds,
    /// 后加入缴款和退款签收单: what a household pays that joins a line later, and who gets how much of
    /// it, each to be signed; holds what is private.
    Joining,
    /// 资金计划表: what is spent, received and missing month by month; holds what the residents pay in all,
    /// and is for those who advance money.
    Cash,
}

impl AccountPaper {
    /// All of them.
    pub const ALL: [AccountPaper; 10] = [
        AccountPaper::Calls,
        AccountPaper::Reminders,
        AccountPaper::Receipts,
        AccountPaper::Unpaid,
        AccountPaper::CollectionNotice,
        AccountPaper::Settlements,
        AccountPaper::FinalNotice,
        AccountPaper::Refunds,
        AccountPaper::Joining,
        AccountPaper::Cash,
    ];

    /// The paper's name in commands, files and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            AccountPaper::Calls => "calls",
            AccountPaper::Reminders => "reminders",
            AccountPaper::Receipts => "receipts",
            AccountPaper::Unpaid => "unpaid",
            AccountPaper::CollectionNotice => "collection-notice",
            AccountPaper::Settlements => "settlements",
            AccountPaper::FinalNotice => "final-notice",
            AccountPaper::Refunds => "refunds",
            AccountPaper::Joining => "joining",
            AccountPaper::Cash => "cash",
        }
    }

    /// The formats that the paper is written in, the usual one first.
    pub fn formats(self) -> &'static [Format] {
        match self {
            AccountPaper::Refunds => &[Format::Xlsx, Format::Docx, Format::Html],
            _ => &[Format::Docx, Format::Html],
        }
    }

    /// Whether it holds sheets of single households, and can be written for some of them alone.
    pub fn has_sheets(self) -> bool {
        matches!(
            self,
            AccountPaper::Calls
                | AccountPaper::Reminders
                | AccountPaper::Receipts
                | AccountPaper::Settlements
        )
    }

    /// Whether it needs the plan's `collection`.
    pub fn needs_calls(self) -> bool {
        matches!(
            self,
            AccountPaper::Calls
                | AccountPaper::Reminders
                | AccountPaper::Unpaid
                | AccountPaper::CollectionNotice
        )
    }
}

/// What follows a split, to be written as papers.
pub struct AccountPapers<'p> {
    pub(crate) papers: &'p Papers<'p>,
    pub(crate) payments: &'p Payments,
    pub(crate) on: Day,
    /// Of a plan that says how cash is collected.
    collected: Option<Collected>,
    pub(crate) settled: Settled,
    final_plan: Plan,
    final_split: Split,
    joined: Option<Joined>,
    cash: Option<Cash>,
}

impl<'p> AccountPapers<'p> {
    /// Papers of what was paid by a day.
    ///
    /// # Errors
    /// The problems of the final plan.
    pub fn new(papers: &'p Papers<'p>, payments: &'p Payments, on: Day) -> Result<Self, Unsplit> {
        let final_plan = papers.plan.final_plan()?;
        Ok(AccountPapers {
            papers,
            payments,
            on,
            collected: collect(papers.plan, papers.split, payments, on).ok(),
            settled: settle(papers.plan, papers.split, payments)?,
            final_split: split(&final_plan)?,
            final_plan,
            joined: None,
            cash: None,
        })
    }

    /// With a household that joins a line later, of which [`AccountPaper::Joining`] tells.
    pub fn with_joined(mut self, joined: Joined) -> Self {
        self.joined = Some(joined);
        self
    }

    /// With the cash month by month, of which [`AccountPaper::Cash`] tells.
    pub fn with_cash(mut self, cash: Cash) -> Self {
        self.cash = Some(cash);
        self
    }

    /// Writes a paper. One that needs calls is empty where the plan has none, that of joining later
    /// where nobody joins, that of cash where none is given.
    ///
    /// # Errors
    /// [`Error::NoSuchFormat`] where the paper has no such format; [`Error::TooManyRows`],
    /// [`Error::TooLarge`] and [`Error::TooLongText`] for what a workbook can't hold; those of the
    /// file.
    pub fn write(
        &self,
        paper: AccountPaper,
        format: Format,
        to: impl Write + Seek + Send,
    ) -> Result<(), Error> {
        let blocks: Box<dyn Iterator<Item = Block> + '_> = match paper {
            AccountPaper::Refunds if format == Format::Xlsx => {
                return workbook::refunds::write(self, to);
            }
            AccountPaper::Calls => Box::new(calls::blocks(self)),
            AccountPaper::Reminders => Box::new(calls::reminders(self)),
            AccountPaper::Receipts => Box::new(receipts::blocks(self)),
            AccountPaper::Unpaid => Box::new(unpaid::blocks(self).into_iter()),
            AccountPaper::CollectionNotice => Box::new(notices::collection(self).into_iter()),
            AccountPaper::Settlements => Box::new(settlements::blocks(self)),
            AccountPaper::FinalNotice => Box::new(notices::in_the_end(self).into_iter()),
            AccountPaper::Refunds => Box::new(settlements::refunds(self).into_iter()),
            AccountPaper::Joining => Box::new(joining::blocks(self).into_iter()),
            AccountPaper::Cash => Box::new(cash::blocks(self).into_iter()),
        };
        let language = self.papers.language;
        let title = say(language, &format!("account-paper.{}", paper.as_str()));
        let footer = match paper.has_sheets() || paper == AccountPaper::Joining {
            true => self.papers.foot_of_sheets(None),
            false => self.papers.footer_with(None),
        };
        match format {
            Format::Docx => docx::write(language, &title, &footer, blocks, to),
            Format::Html => html::write(language, &title, &footer, false, blocks, to),
            Format::Xlsx => Err(Error::NoSuchFormat),
        }
    }

    pub(crate) fn say(&self, key: &str) -> String {
        self.papers.say(&format!("account-papers.{key}"))
    }

    pub(crate) fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.papers.say_with(&format!("account-papers.{key}"), values)
    }

    /// The title of a page, the first of its paper or not.
    fn title(&self, paper: AccountPaper, is_first: bool) -> impl Iterator<Item = Block> + use<> {
        let title = say(self.papers.language, &format!("account-paper.{}", paper.as_str()));
        let new_page = (!is_first).then_some(Block::NewPage);
        new_page.into_iter().chain([Block::Title(title), Block::Subtitle(self.papers.name())])
    }

    /// Where to pay and whom to ask, as far as it is given.
    fn how_to_pay(&self) -> impl Iterator<Item = Block> + use<> {
        let account = self.papers.details.account.as_ref().map(|account| {
            Block::Line(self.papers.say_with("papers.statement.account", &[("account", account)]))
        });
        account.into_iter().chain([self.papers.questions()])
    }

    /// Which home a page is for.
    fn home(&self, household: usize) -> String {
        let home = &self.papers.plan.households()[household];
        let id = self.papers.say_with("papers.statement.household", &[("household", &home.id)]);
        let place = [Some(id), self.papers.building(home), home.name.clone()];
        place.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
