//! The split as a file.

use crate::message::TextFile;
use crate::session::Session;

/// A file of the split as it stands; `None` while the plan can't be split.
pub fn split_file(session: &Session) -> Option<TextFile> {
    let text = serde_json::to_string_pretty(session.split()?).ok()?;
    Some(TextFile { name: "split.json".to_owned(), text })
}
