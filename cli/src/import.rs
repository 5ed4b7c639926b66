//! Rosters and works budgets out of the files of offices.

mod changes;
mod checks;
mod preview;
mod roster;
mod works;
mod written;

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use clap::ArgMatches;
use fentan_core::{Packs, Plan, RosterFile, Value};
use fentan_import::{Content, Corrections, Imported, Mapping, Table, Unreadable, open, report};
use fentan_words::{Language, say, say_with};

use crate::files::{self, Existing, Readers};
use crate::review::Review;
use crate::{Failure, PROBLEMS, arguments, input, output};

pub(crate) use roster::with_cells;

/// The most megabytes of a file that are read: what the import takes at most.
const MOST_FILE: u64 = 64;

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let content = if matches.get_flag("works") { Content::Works } else { Content::Roster };
    let tables = opened(language, matches)?;
    let lines = match arguments::path(matches, "plan").filter(|_| content == Content::Roster) {
        Some(plan) => shared_lines(language, plan)?,
        None => Vec::new(),
    };
    let settle = |mapping: &mut Mapping| mapping.join(&lines);
    let sheets = mapped(language, matches, content, &tables, settle, &[])?;
    let mut imported = content.read(&sheets);
    imported.sift(content, &sheets);
    imported.told.extend(content.sheets_aside(&tables, &sheets));
    output::print(preview::preview(language, content, &sheets, &imported).as_bytes())?;
    // What is asked is answered before anything is written.
    if imported.asks() && !matches.get_flag("accept") {
        output::complain(&say(language, "import.not-taken"));
        return Err(Failure::Told(PROBLEMS));
    }
    write(language, matches, content, &imported)?;
    if imported.left_out.iter().any(|one| one.reason.is_unusable()) {
        return Err(Failure::Told(PROBLEMS));
    }
    Ok(())
}

/// The tables of the file that the command line names.
pub(crate) fn opened(language: Language, matches: &ArgMatches) -> Result<Vec<Table>, Failure> {
    let path = arguments::path(matches, "file").context("no file named")?;
    let unreadable = |why: Unreadable| {
        let detail = say(language, &format!("import.unreadable.{}", why.as_str()));
        let name = path.display().to_string();
        failed(say_with(language, "import.file", &[("path", &name), ("detail", &detail)]))
    };
    if path.metadata().is_ok_and(|file| file.len() > MOST_FILE << 20) {
        return Err(unreadable(Unreadable::TooLarge));
    }
    let bytes = input::read(language, path, MOST_FILE)?;
    open(&bytes).map_err(unreadable)
}

fn failed(words: String) -> Failure {
    anyhow::Error::msg(words).into()
}

/// The sheets to read, with their mappings as the command line and earlier runs correct them.
/// `settle` says more of a mapping than its headings do; `further` are fields that a column may be
/// besides.
pub(crate) fn mapped<'t>(
    language: Language,
    matches: &ArgMatches,
    content: Content,
    tables: &'t [Table],
    settle: impl Fn(&mut Mapping),
    further: &[&str],
) -> Result<Vec<(&'t Table, Mapping)>, Failure> {
    let mut sheets = match matches.get_many::<String>("sheet") {
        None => content.sheets(tables),
        Some(names) => {
            names.map(|name| sheet(language, content, tables, name)).collect::<Result<_, _>>()?
        }
    };
    if let Some(&row) = matches.get_one::<u64>("heading-row") {
        for (table, mapping) in &mut sheets {
            *mapping = content.mapping_at(table, Some(row).filter(|&row| row > 0));
        }
    }
    let kept = arguments::path(matches, "mapping");
    let mut corrections = match kept.filter(|path| path.is_file()) {
        Some(path) => kept_corrections(language, path)?,
        None => Corrections::default(),
    };
    for (_, mapping) in &mut sheets {
        settle(mapping);
        corrections.apply(content, mapping);
    }
    for assigned in matches.get_many::<String>("map").into_iter().flatten() {
        let mut is_there = false;
        for (_, mapping) in &mut sheets {
            is_there |= assign(language, content, mapping, assigned, further)?;
        }
        if !is_there {
            return Err(no_column(language, assigned, &sheets));
        }
    }
    for (_, mapping) in &sheets {
        corrections.remember(content, mapping);
    }
    if let Some(path) = kept {
        let kept = output::json(&corrections)?;
        files::write(language, path, kept, Readers::Owner, Existing::Updated)?;
        files::note_read(path);
    }
    Ok(sheets)
}

/// The ids and names of a plan's shared lines.
fn shared_lines(language: Language, plan: &Path) -> Result<Vec<(String, String)>, Failure> {
    let bytes = input::read(language, plan, input::MOST_PLAN)?;
    let document = input::document(plan, &bytes)?;
    let lines = document.value("lines").map(Value::list).unwrap_or_default();
    let text = |line: &Value<'_>, field: &str| Some(line.get(field)?.text()?.to_owned());
    let shared = lines.iter().filter(|line| text(line, "kind").as_deref() != Some("individual"));
    let shared =
        shared.filter_map(|line| Some((text(line, "id")?, text(line, "name").unwrap_or_default())));
    Ok(shared.collect())
}

/// That no sheet has the column to be assigned.
fn no_column(language: Language, assigned: &str, sheets: &[(&Table, Mapping)]) -> Failure {
    let last = sheets.iter().map(|(_, mapping)| mapping.columns.len()).max().unwrap_or_default();
    let last = last.checked_sub(1).map_or_else(String::new, report::column_letters);
    let column = assigned.split('=').next().unwrap_or_default().to_ascii_uppercase();
    let values = [("column", &*column), ("seen", assigned), ("last", &*last)];
    failed(say_with(language, "import.no-column", &values))
}

/// The corrections of earlier runs. A file that holds anything else is refused, as it will be written
/// anew.
fn kept_corrections(language: Language, path: &Path) -> Result<Corrections, Failure> {
    let bytes = input::read(language, path, MOST_FILE)?;
    serde_json::from_slice(&bytes).map_err(|_| {
        let path = path.display().to_string();
        failed(say_with(language, "import.no-mapping", &[("path", &path)]))
    })
}

fn sheet<'t>(
    language: Language,
    content: Content,
    tables: &'t [Table],
    name: &str,
) -> Result<(&'t Table, Mapping), Failure> {
    let found = tables.iter().find(|table| table.name == name);
    found.map(|table| (table, content.mapping(table))).ok_or_else(|| {
        let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
        let values = [("sheet", name), ("sheets", &names.join(" "))];
        failed(say_with(language, "import.no-sheet", &values))
    })
}

/// Makes a column a field: `C=area`, or `C=` to leave it aside. Returns whether there is such a
/// column.
fn assign(
    language: Language,
    content: Content,
    mapping: &mut Mapping,
    assigned: &str,
    further: &[&str],
) -> Result<bool, Failure> {
    let parts = assigned.split_once('=').and_then(|(column, field)| {
        let known = |prefix: &str| field.strip_prefix(prefix).is_some_and(|name| !name.is_empty());
        let is_field = field.is_empty()
            || content.fields().contains(&field)
            || further.contains(&field)
            || content == Content::Roster
                && ["weight:", "charge:", "joins:"].into_iter().any(known);
        Some((report::column_position(column)?, field)).filter(|_| is_field)
    });
    let Some((column, field)) = parts else {
        let fields = [content.fields(), further].concat().join(" ");
        let values = [("seen", assigned), ("fields", &fields)];
        return Err(failed(say_with(language, "import.wrong-map", &values)));
    };
    if column >= mapping.columns.len() {
        return Ok(false);
    }
    mapping.assign(column, Some(field).filter(|field| !field.is_empty()));
    Ok(true)
}

/// Writes what was read to where the command line says, and the rows left out beside it.
fn write(
    language: Language,
    matches: &ArgMatches,
    content: Content,
    imported: &Imported,
) -> Result<(), Failure> {
    let plan = arguments::path(matches, "plan");
    let into = arguments::path(matches, "into");
    if imported.values.is_empty()
        && (plan.is_some() || into.is_some() || matches.contains_id("out"))
    {
        output::complain(&say(language, "import.nothing"));
        return Err(Failure::Told(PROBLEMS));
    }
    if let Some(into) = into {
        return changes::merge(language, content, imported, into, matches.get_flag("yes"));
    }
    let out = match (arguments::path(matches, "out"), plan) {
        (Some(out), _) => out.clone(),
        (None, Some(plan)) if content == Content::Roster => input::beside(plan),
        _ => return Ok(()),
    };
    let bytes = match content {
        Content::Roster => written::roster(imported),
        Content::Works => written::works(imported, &out)?,
    };
    if let (Content::Roster, Some(plan)) = (content, plan) {
        check(language, plan, &out, &bytes)?;
    }
    let (folder, name) = files::parts(&out);
    let mut written = vec![(name.to_owned(), bytes)];
    if imported.left_out.iter().any(|one| one.reason.is_unusable()) {
        let left_out = report::left_out_csv(language, &imported.left_out);
        written.push((left_out_name(language, &out), left_out));
    }
    let existing = arguments::force(matches);
    Ok(files::write_all(language, folder, written, Readers::Owner, existing)?)
}

/// Lists what the plan finds wrong with the roster: a hardship that it has no rate for, a charge for
/// a line that it does not have, and else what is probably a slip. The roster is written all the
/// same: either may be put right.
fn check(language: Language, plan: &Path, out: &Path, roster: &[u8]) -> Result<(), Failure> {
    let bytes = input::read(language, plan, input::MOST_PLAN)?;
    let document = input::document(plan, &bytes)?;
    if document.has_households() {
        return Ok(());
    }
    let file = out.file_name().unwrap_or(out.as_os_str()).to_string_lossy();
    let roster = RosterFile { file: &file, bytes: roster };
    let packs = Packs::default();
    match Plan::read_with(&document, Some(roster), &packs) {
        Err(problems) => output::problems(language, &problems),
        Ok(plan) => {
            if let Ok(split) = fentan_core::split(&plan) {
                let review = Review::of(language, &plan, &split, &packs);
                review.health().for_each(|line| output::complain(&line));
            }
        }
    }
    Ok(())
}

/// `households.csv` → `households.left-out.csv`.
fn left_out_name(language: Language, out: &Path) -> OsString {
    let mut name = out.file_stem().unwrap_or_default().to_owned();
    name.push(say(language, "import.left-out.file") + ".csv");
    name
}
