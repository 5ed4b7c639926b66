//! What papers say that no plan holds: whom to ask, how to pay, what is paid already, and whose sheets are
//! written.

use fentan_core::{Day, Fen};

use crate::block::Block;
use crate::papers::Papers;

/// Whom to ask and how to pay, as whoever makes the papers gives it. What is missing is left to be
/// filled in by hand, or left out; nothing is made up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// Whom to ask (联系人).
    pub contact: Option<String>,
    /// Under which number.
    pub telephone: Option<String>,
    /// Into which account it is paid (收款账户): its holder, bank and number, or another way.
    pub account: Option<String>,
    /// By which day.
    pub pay_by: Option<Day>,
}

/// What the households paid by a day.
pub(crate) struct PaidBy {
    pub(crate) on: Day,
    /// By household.
    pub(crate) amounts: Vec<Fen>,
}

impl Papers<'_> {
    /// Whom to ask: as given, else with room to fill it in.
    pub(crate) fn questions(&self) -> Block {
        let values = [("contact", &*self.contact()), ("telephone", &self.telephone())];
        Block::Note(self.say_with("papers.statement.questions", &values))
    }

    pub(crate) fn contact(&self) -> String {
        self.details.contact.clone().unwrap_or_else(|| BLANK.to_owned())
    }

    pub(crate) fn telephone(&self) -> String {
        self.details.telephone.clone().unwrap_or_else(|| BLANK.to_owned())
    }
}

/// Room to write.
pub(crate) const BLANK: &str = "                    ";
