//! A compound's portion, written into a plan: into the one that is open, or into a copy of the compound's own.

use fentan_core::programme::{CompoundTable, Programme as Given, offer_changes};
use fentan_core::{Change, Document, Fen, RosterFile};
use fentan_words::{Language, listed, money, printable, say, say_with};

use super::files::{Files, lines};
use super::opened::{ROSTER, missing};
use crate::message::TextFile;

/// The fields of a source that a portion takes the place of, each with what it is called.
const LIMITS: [(&str, &str); 3] = [
    ("amount", "view.programme.was-amount"),
    ("per_household", "view.programme.was-per-household"),
    ("per_area", "view.programme.was-per-area"),
];

/// What a source of a plan gives as it is written, in words.
pub fn written_offer(language: Language, plan: &Document<'_>, source: usize) -> String {
    let was = LIMITS.iter().filter_map(|(field, key)| {
        let text = plan.text(&format!("sources[{source}].{field}"))?;
        let amount = text.parse().map_or_else(|_| printable(text), money);
        Some(say_with(language, key, &[("amount", &amount)]))
    });
    let was: Vec<String> = was.collect();
    match was.is_empty() {
        true => say(language, "view.programme.was-nothing"),
        false => listed(language, &was),
    }
}

/// The changes that write a portion into a plan, each source with a note of where it comes from and what stood there
/// before; `None` where one of the sources does not stand in the plan.
pub fn changes(
    language: Language,
    plan: &Document<'_>,
    programme: &str,
    offers: &[(&str, Fen)],
) -> Option<Vec<Change>> {
    let mut changes = offer_changes(plan, offers)?;
    for (id, _) in offers {
        let source = place_of(plan, id)?;
        let before = written_offer(language, plan, source);
        let values = [("programme", programme), ("before", &*before)];
        let told = say_with(language, "view.programme.portion-note", &values);
        let path = format!("sources[{source}].note");
        let notes = [plan.text(&path).unwrap_or_default(), &told];
        let notes = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>();
        changes.push(Change::Write { text: notes.join(" "), path });
    }
    Some(changes)
}

/// The place of a source in a plan.
pub fn place_of(plan: &Document<'_>, id: &str) -> Option<usize> {
    let sources = plan.value("sources")?.list();
    sources.iter().position(|source| source.get("id").and_then(|id| id.text()) == Some(id))
}

/// A copy of a compound's plan, with its roster and its portion in it; named as such.
///
/// # Errors
/// In words, why there is none.
pub fn copy(
    language: Language,
    files: &Files,
    compound: usize,
    offers: &[(String, Fen)],
) -> Result<TextFile, Vec<String>> {
    let given = programme(language, files)?;
    let unnamed = || say(language, "view.programme.unnamed");
    let programme = given.name.as_deref().map_or_else(unnamed, printable);
    let of = given.compounds.get(compound).and_then(|of| Some((of, of.plan.as_ref()?)));
    let (of, path) = of.ok_or_else(|| vec![say(language, "view.programme.broke-off")])?;
    let path = Files::beside(&files.path, path);
    let bytes = files.get(&path).ok_or_else(|| vec![missing(language, &path)])?;
    let read = Document::read_named(&path, bytes).map_err(|problems| lines(language, &problems))?;
    let roster = files.get(&Files::beside(&path, ROSTER)).filter(|_| !read.has_households());
    let mut plan = match roster {
        Some(bytes) => read.with_roster(RosterFile { file: ROSTER, bytes }),
        None => read.into_owned(),
    };
    let offers: Vec<_> = offers.iter().map(|(id, amount)| (id.as_str(), *amount)).collect();
    let changes = changes(language, &plan, &programme, &offers);
    let mut changes = changes.ok_or_else(|| vec![say(language, "view.programme.no-source")])?;
    let name = plan.text("name").or(of.name.as_deref()).unwrap_or(&of.id).to_owned();
    let values = [("name", &*name), ("programme", &*programme)];
    let text = say_with(language, "view.programme.copy-name", &values);
    changes.push(Change::Write { path: "name".to_owned(), text });
    for change in &changes {
        plan.change(change);
    }
    let text = serde_json::to_string(&plan).map_err(|error| vec![error.to_string()])?;
    Ok(TextFile { name, text })
}

/// Reads the programme of a folder, without its plans.
///
/// # Errors
/// What is wrong with it, in words.
pub fn programme(language: Language, files: &Files) -> Result<Given, Vec<String>> {
    let refused = |problems| lines(language, &problems);
    let bytes = files.get(&files.path).unwrap_or_default();
    let read = Document::read_named(&files.path, bytes).map_err(refused)?;
    let table = match read.text("compounds") {
        Some(name) => {
            let path = Files::beside(&files.path, name);
            let bytes = files.get(&path).ok_or_else(|| vec![missing(language, &path)])?;
            Some(CompoundTable { file: name, bytes })
        }
        None => None,
    };
    Given::read(&read, table).map_err(refused)
}
