//! `fentan mend`: what mends findings, shown first and then written into the plan and its roster.
//! Comments and order of a TOML plan stay, and so does all that a roster holds besides.

use std::path::Path;

use anyhow::Context;
use clap::ArgMatches;
use fentan_core::internal::{Step, steps};
use fentan_core::{Change, Document, Finding, Plan, RosterFile, findings};
use fentan_words::{Language, finding, mended, printable, say, say_with};
use serde_json::Value as Json;
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value as Toml};

use crate::files::{self, Existing, Readers};
use crate::import::with_cells;
use crate::input::{self, PlanFiles};
use crate::{Failure, PROBLEMS, arguments, output, rewritten};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let path = arguments::path(matches, "plan").context("no plan named")?;
    let asked = arguments::path(matches, "households");
    let files = PlanFiles::read(language, path, asked)?;
    let document = files.document()?;
    let plan = Plan::read_with(&document, files.roster(), &packs)?;
    let split = fentan_core::split(&plan).map_err(|error| Failure::of_split(language, error))?;
    let wanted: Vec<&String> = matches.get_many("finding").into_iter().flatten().collect();
    let is_wanted = |one: &Finding| {
        let id = one.check.as_str();
        !one.mend.is_empty() && (wanted.is_empty() || wanted.iter().any(|wanted| *wanted == id))
    };
    let mut found = findings(&plan, &split, &packs);
    found.retain(is_wanted);
    if found.is_empty() {
        let nothing = say(language, "mend.nothing");
        return Ok(output::print(format!("{nothing}\n").as_bytes())?);
    }
    output::print(shown(language, &plan, &found).as_bytes())?;
    if !matches.get_flag("yes") {
        output::complain(&say(language, "mend.confirm"));
        return Err(Failure::Told(PROBLEMS));
    }
    let changes: Vec<&Change> = found.iter().flat_map(|one| &one.mend).collect();
    let is_of_roster = |change: &&&Change| change.path().starts_with("households[");
    let (of_roster, of_plan): (Vec<&Change>, Vec<&Change>) = match files.roster() {
        Some(_) => changes.iter().partition(is_of_roster),
        None => (Vec::new(), changes),
    };
    let failed = || say_with(language, "mend.failed", &[("path", &path.display().to_string())]);
    let new_plan = match of_plan.is_empty() {
        true => None,
        false => Some(changed_plan(files.plan(), document, &of_plan).with_context(failed)?),
    };
    let new_roster = match files.roster().filter(|_| !of_roster.is_empty()) {
        None => None,
        Some(roster) => Some(changed_roster(&plan, roster, &of_roster).with_context(failed)?),
    };
    // What is written can be read: nothing is written that would break the plan.
    let bytes = new_plan.as_deref().unwrap_or(files.plan());
    let document = input::document(path, bytes)?;
    let roster = files.roster().map(|roster| RosterFile {
        bytes: new_roster.as_deref().unwrap_or(roster.bytes),
        ..roster
    });
    Plan::read_with(&document, roster, &packs)?;
    let updated =
        |path: &Path, bytes| files::write(language, path, bytes, Readers::Owner, Existing::Updated);
    if let Some((roster, path)) = new_roster.zip(files.roster_path()) {
        updated(path, roster)?;
    }
    if let Some(plan) = new_plan {
        updated(path, plan)?;
    }
    Ok(())
}

/// The findings, each with the changes that mend it.
fn shown(language: Language, plan: &Plan, found: &[Finding]) -> String {
    let mut lines = Vec::new();
    for one in found {
        let message = printable(&finding(language, one));
        lines.push(format!("{}: {message}", one.check.as_str()));
        let changes = mended(language, plan, &one.mend);
        lines.extend(changes.iter().map(|change| format!("  {}", printable(change))));
    }
    lines.join("\n") + "\n"
}

/// The plan's file with the changes; `None` if they can't be made in it.
fn changed_plan(bytes: &[u8], document: Document<'_>, changes: &[&Change]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if rewritten::is_json(text) {
        let mut document = document.into_owned();
        for change in changes {
            document.change(change)?;
        }
        return output::json(&document).ok();
    }
    let written = rewritten::toml(text, |document| {
        for change in changes {
            let value = match change {
                Change::Write { text, .. } => Toml::from(text.as_str()),
                Change::Put { json, .. } => toml(&serde_json::from_str(json).ok()?)?,
                _ => return None,
            };
            let steps: Vec<Step<'_>> = steps(change.path()).collect();
            put(document.as_table_mut(), &steps, value)?;
        }
        Some(())
    });
    written.map(String::into_bytes)
}

/// Puts a value at a path. Tables on the way to it that are missing are made.
fn put(table: &mut dyn TableLike, steps: &[Step<'_>], value: Toml) -> Option<()> {
    match steps {
        [Step::Field(name)] => {
            match table.get_mut(name) {
                Some(Item::Value(old)) => {
                    let decor = old.decor().clone();
                    *old = value;
                    *old.decor_mut() = decor;
                }
                _ => {
                    table.insert(name, Item::Value(value));
                }
            }
            Some(())
        }
        [Step::Field(name), Step::Index(index), rest @ ..] => match table.get_mut(name)? {
            Item::ArrayOfTables(tables) => put(tables.get_mut(*index)?, rest, value),
            Item::Value(Toml::Array(array)) => {
                put(array.get_mut(*index)?.as_inline_table_mut()?, rest, value)
            }
            _ => None,
        },
        [Step::Field(name), rest @ ..] => {
            if table.get(name).is_none() {
                table.insert(name, Item::Table(Table::new()));
            }
            put(table.get_mut(name)?.as_table_like_mut()?, rest, value)
        }
        _ => None,
    }
}

/// A value of a change as TOML has it.
fn toml(json: &Json) -> Option<Toml> {
    Some(match json {
        Json::String(text) => text.as_str().into(),
        Json::Bool(is) => (*is).into(),
        Json::Array(values) => {
            let values = values.iter().map(toml);
            Toml::Array(values.collect::<Option<Array>>()?)
        }
        Json::Object(fields) => {
            let mut table = InlineTable::new();
            for (name, value) in fields {
                table.insert(name, toml(value)?);
            }
            Toml::InlineTable(table)
        }
        _ => return None,
    })
}

/// The roster's file with the changes.
fn changed_roster(plan: &Plan, roster: RosterFile<'_>, changes: &[&Change]) -> Option<Vec<u8>> {
    let cells = changes.iter().map(|change| {
        let Change::Write { path, text } = change else { return None };
        let mut steps = steps(path).skip(1);
        let (Step::Index(index), Step::Field(field)) = (steps.next()?, steps.next()?) else {
            return None;
        };
        Some((&*plan.households().get(index)?.id, field.into_owned(), text.as_str()))
    });
    with_cells(std::str::from_utf8(roster.bytes).ok()?, &cells.collect::<Option<Vec<_>>>()?)
}
