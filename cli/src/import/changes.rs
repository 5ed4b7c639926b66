//! What was read, merged into a roster or a plan that is there: what changes is shown first.

use std::path::Path;

use fentan_import::{Content, Imported, report};
use fentan_words::{Language, say, say_with};

use super::{roster, works};
use crate::files::{self, Existing, Readers};
use crate::{Failure, PROBLEMS, output};

/// The most changes of a kind that are listed.
const LISTED: usize = 200;

/// What a merge would change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// What the file has and the roster or plan doesn't.
    pub(super) added: Vec<String>,
    /// What both have, where they differ.
    pub(super) changed: Vec<Changed>,
    /// What the roster or plan has and the file doesn't; it stays.
    pub(super) missing: Vec<String>,
    /// Lines of which the file has an amount and the plan charges; they stay.
    pub(super) charged: Vec<String>,
}

/// A field whose value changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changed {
    /// Whose: a household's id, a line's name.
    pub(super) of: String,
    pub(super) field: String,
    pub(super) old: String,
    pub(super) new: String,
}

/// Shows what changes, and writes it where it is confirmed.
pub(super) fn merge(
    language: Language,
    content: Content,
    imported: &Imported,
    into: &Path,
    is_confirmed: bool,
) -> Result<(), Failure> {
    let (bytes, changes) = match content {
        Content::Roster => roster::merged(language, imported, into)?,
        Content::Works => works::merged(language, imported, into)?,
    };
    output::print(shown(language, content, into, &changes).as_bytes())?;
    if changes.added.is_empty() && changes.changed.is_empty() {
        return Ok(());
    }
    if !is_confirmed {
        output::complain(&say(language, "import.merge.confirm"));
        return Err(Failure::Told(PROBLEMS));
    }
    Ok(files::write(language, into, bytes, Readers::Owner, Existing::Updated)?)
}

/// Whether two texts are the same, or the same number: `60` and `60.0`.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    fn number(text: &str) -> Option<(&str, &str)> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_number = !whole.is_empty()
            && (whole.bytes().chain(part.bytes())).all(|byte| byte.is_ascii_digit());
        is_number.then(|| (whole, part.trim_end_matches('0')))
    }
    one == other || number(one).is_some_and(|one| Some(one) == number(other))
}

fn shown(language: Language, content: Content, into: &Path, changes: &Changes) -> String {
    let Changes { added, changed, missing, charged } = changes;
    let counts = [added.len(), changed.len(), missing.len()].map(|count| count.to_string());
    let path = into.display().to_string();
    let values = [
        ("path", path.as_str()),
        ("added", &counts[0]),
        ("changed", &counts[1]),
        ("missing", &counts[2]),
    ];
    let mut told = vec![say_with(language, &format!("import.merge.{}", content.as_str()), &values)];
    let mut list = |lines: &mut dyn Iterator<Item = String>, count: usize| {
        told.extend(lines.take(LISTED));
        if count > LISTED {
            let more = (count - LISTED).to_string();
            told.push(say_with(language, "import.merge.more", &[("count", &more)]));
        }
    };
    let of =
        |key: &str, name: &str| say_with(language, &format!("import.merge.{key}"), &[("of", name)]);
    list(&mut added.iter().map(|name| of("add", name)), added.len());
    let mut changes = changed.iter().map(|one| {
        let field = report::field(language, &one.field);
        let values = [("of", &*one.of), ("field", &field), ("old", &one.old), ("new", &one.new)];
        say_with(language, "import.merge.change", &values)
    });
    list(&mut changes, changed.len());
    list(&mut missing.iter().map(|name| of("miss", name)), missing.len());
    list(&mut charged.iter().map(|name| of("charged", name)), charged.len());
    told.iter().map(|line| format!("{line}\n")).collect()
}
