//! Values that were read from cells or files, taken into the plan.

use fentan_files::Taken;
use fentan_import::{Content, take_in};

use super::Session;
use crate::message::{Part, Paste, Pasted, Reply};

impl Session {
    /// Takes in what was found in cells that were pasted.
    pub fn take_in(&mut self, paste: &Paste, taken: Taken) -> Vec<Reply> {
        let content = match paste.part {
            Part::Works => Content::Works,
            Part::Roster => Content::Roster,
        };
        let changes = take_in(&self.document, content, paste.adding, &taken.values, &taken.charges);
        let mut replies = self.make(&changes, 0);
        replies.push(Reply::Pasted(Pasted {
            part: paste.part,
            count: taken.count,
            understood: taken.understood,
            left_out: taken.left_out,
        }));
        replies
    }
}
