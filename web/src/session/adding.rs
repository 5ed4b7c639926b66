//! Households put into a roster, and a stand-in roster taken for the real one.

use fentan_core::Change;

use super::Session;
use crate::message::Reply;

impl Session {
    /// Takes the stand-in roster for the real one: its marks go.
    pub(super) fn confirm(&mut self) -> Vec<Reply> {
        let marked: Vec<usize> = self.roster().estimated().collect();
        let clear = |one: usize| Change::Clear { path: format!("households[{one}].note") };
        let changes: Vec<Change> = marked.into_iter().map(clear).collect();
        self.make(&changes, 1)
    }

    /// Puts a household into the roster, after this one and like it; none for the last.
    pub(super) fn add(&mut self, like: Option<usize>) -> Vec<Reply> {
        let like = like.or(self.roster().len().checked_sub(1));
        let json = self.roster().another(like);
        let change = match like {
            Some(like) => Change::Insert { path: format!("households[{}]", like + 1), json },
            None => {
                Change::Put { path: "households".to_owned(), json: format!("[{json}]"), at: None }
            }
        };
        self.make(&[change], 1)
    }
}
