//! What was read from cells or from a file of an office, taken into the plan.

use fentan_import::take_in;

use super::Session;
use crate::message::{Pasted, Reply, Taken};

impl Session {
    /// Takes in what was read.
    pub(super) fn take_in(&mut self, taken: Taken) -> Vec<Reply> {
        let Taken { content, adding, values, count, charges, report } = taken;
        let changes = take_in(&self.document, content, adding, &values, &charges);
        let mut replies = self.make(&changes, 0);
        replies.extend(report.map(|report| Reply::Pasted(Pasted { content, count, report })));
        replies
    }
}
