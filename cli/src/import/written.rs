//! Rosters and lines as files.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use fentan_core::Value;
use fentan_import::{Content, Imported};
use fentan_words::defused;

use crate::output;
use crate::rewritten::MARK;

/// A roster as CSV with the columns of spec §2: those that any household has something in. Excel and
/// WPS take it for UTF-8 by its byte order mark, and no text of it for a formula.
pub(super) fn roster(imported: &Imported) -> Vec<u8> {
    let has = |field: &&&str| imported.values.iter().any(|value| value.get(field).is_some());
    let fields: Vec<&str> = Content::Roster.fields().iter().filter(has).copied().collect();
    let named_in = |field: &str| {
        let mut names: Vec<&str> = Vec::new();
        let all = imported.values.iter().filter_map(|value| value.get(field));
        for (name, _) in all.flat_map(Value::fields) {
            if !names.contains(&name.as_ref()) {
                names.push(name);
            }
        }
        names
    };
    let (weights, joins) = (named_in("weights"), named_in("joins"));
    let charges = imported.charges();
    let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
    let named = |prefix: &str, name: &str| format!("{prefix}:{name}");
    let heading = fields.iter().map(|&field| field.to_owned());
    let heading = heading
        .chain(weights.iter().map(|name| named("weight", name)))
        .chain(joins.iter().map(|line| named("joins", line)))
        .chain(charges.iter().map(|(line, _)| named("charge", line)));
    // Memory takes whatever is written.
    let _ = writer.write_record(heading.map(|name| defused(&name)));
    // Charges stand in the order of the households.
    let mut left: Vec<_> =
        charges.iter().map(|(_, charges)| charges.fields().iter().peekable()).collect();
    for value in &imported.values {
        let text = |value: Option<&Value<'_>>| match value {
            Some(Value::Boolean(is)) => (if *is { "yes" } else { "no" }).to_owned(),
            // Several hardships.
            Some(Value::List(codes)) => {
                codes.iter().filter_map(Value::text).collect::<Vec<_>>().join("+")
            }
            value => value.and_then(Value::text).unwrap_or_default().to_owned(),
        };
        let mut row: Vec<String> = fields.iter().map(|field| text(value.get(field))).collect();
        let of_weights = value.get("weights");
        row.extend(weights.iter().map(|name| text(of_weights.and_then(|all| all.get(name)))));
        let of_joins = value.get("joins");
        row.extend(joins.iter().map(|line| text(of_joins.and_then(|all| all.get(line)))));
        let id = text(value.get("id"));
        for charges in &mut left {
            let own = charges.next_if(|(household, _)| *household == id);
            row.push(own.map_or_else(String::new, |(_, charge)| text(Some(charge))));
        }
        let _ = writer.write_record(row.iter().map(|cell| defused(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// Lines as a plan has them: JSON where the file is so called, else TOML.
pub(super) fn works(imported: &Imported, out: &Path) -> anyhow::Result<Vec<u8>> {
    if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let lines = Value::Fields(vec![("lines".into(), Value::List(imported.values.clone()))]);
        return Ok(output::json(&lines)?);
    }
    let mut toml = String::new();
    for line in &imported.values {
        toml += "[[lines]]\n";
        for (name, value) in line.fields() {
            // JSON's quotes and escapes are TOML's too, but for one character.
            let text = serde_json::to_string(value).context("a text")?.replace('\x7f', "\\u007f");
            writeln!(toml, "{name} = {text}")?;
        }
        toml.push('\n');
    }
    Ok(toml.into_bytes())
}
