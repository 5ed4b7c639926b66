//! What somebody should look at before a file is taken in.

use fentan_import::report::Place;
use fentan_import::{Content, Imported, report};
use fentan_words::{Language, printable, say, say_with};

/// The questions, notes and agreeing figures that are listed.
const LISTED: usize = 20;

/// What was read, added up, and compared with what the file says of itself; then what is asked,
/// and what is told besides.
pub(super) fn checks(language: Language, content: Content, imported: &Imported) -> String {
    let mut lines = vec![report::sums(language, content, imported)];
    let checks = imported.checks();
    let (agreeing, differing): (Vec<_>, Vec<_>) = checks.iter().partition(|check| check.agrees);
    if !agreeing.is_empty() {
        let said = agreeing.iter().take(LISTED).map(|one| report::check(language, one, &[]));
        let said = said.collect::<Vec<_>>().join("；");
        lines.push(say_with(language, "import.agrees", &[("checks", &said)]));
    }
    let (asked, told): (Vec<_>, Vec<_>) = imported.told.iter().partition(|told| told.kind.asks());
    let left_out = &imported.left_out;
    let mut questions: Vec<String> =
        differing.iter().map(|one| report::check(language, one, left_out)).collect();
    questions.extend(asked.iter().map(|one| report::told(language, Place::CommandLine, one)));
    let notes: Vec<String> =
        told.iter().map(|one| report::told(language, Place::CommandLine, one)).collect();
    for (heading, said) in [("import.asks", questions), ("import.notes", notes)] {
        if !said.is_empty() {
            let more = said.len().saturating_sub(LISTED);
            lines.push(say(language, heading));
            lines.extend(said.into_iter().take(LISTED).map(|one| format!("  {one}")));
            if more > 0 {
                let more = [("count", &*more.to_string())];
                lines.push(say_with(language, "import.more", &more));
            }
        }
    }
    lines.iter().map(|line| printable(line) + "\n").collect()
}

/// The rows that were left out and should be looked at, together where one thing is the matter.
pub(super) fn faults(language: Language, imported: &Imported) -> Vec<String> {
    report::faults(&imported.left_out)
        .iter()
        .map(|one| report::fault(language, Place::CommandLine, one))
        .collect()
}
