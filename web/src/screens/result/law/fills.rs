//! What a plan's policy filled in, at the field that shows it.

use fentan_core::plan::Filled;
use fentan_core::{Plan, Value};
use fentan_words::{listed, share_by};
use serde::{Deserialize, Serialize};

use super::Saying;

/// A value that came from a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fill {
    /// The path of the field, or of the part of the plan, that shows it.
    pub path: String,
    /// What stands in for the field's own value; empty if it is more than one field.
    pub value: String,
    /// Where it is from.
    pub words: String,
}

pub(super) fn fills(saying: &Saying, plan: &Plan) -> Vec<Fill> {
    plan.filled().iter().map(|one| saying.fill(plan, one)).collect()
}

impl Saying {
    fn fill(&self, plan: &Plan, filled: &Filled) -> Fill {
        let pack = self.packs.find(&filled.pack);
        let pack = pack.map(|pack| self.name_of(pack)).unwrap_or_default();
        let clauses = self.cited(&filled.clauses);
        let from = self.say_with("law.policy.from-pack", &[("pack", &pack), ("clauses", &clauses)]);
        let path = shown_at(&filled.path);
        if path == filled.path
            && let Some(value) = filled.value.text()
        {
            return Fill { path: path.to_owned(), value: value.to_owned(), words: from };
        }
        let words = self.value(plan, &filled.path, &filled.value);
        let words = self.say_with("law.policy.with", &[("words", &words), ("from", &from)]);
        Fill { path: path.to_owned(), value: String::new(), words }
    }

    /// A value that is more than what one field holds, in words.
    fn value(&self, plan: &Plan, path: &str, value: &Value<'_>) -> String {
        if path.ends_with(".share_by") {
            return self.sharing(plan, path);
        }
        let name = path.rsplit('.').next().unwrap_or_default();
        match value {
            Value::Fields(_) => format!("{name}: {}", self.in_words(value)),
            Value::List(_) => self.in_words(value),
            _ => format!("{} {}", self.name(name), self.in_words(value)),
        }
    }

    /// How the line at this path is shared.
    fn sharing(&self, plan: &Plan, path: &str) -> String {
        let line = path.trim_start_matches("lines[").split(']').next();
        let line = line.and_then(|index| index.parse::<usize>().ok());
        let line = line.and_then(|index| plan.lines().get(index));
        match line.map(|line| &line.works) {
            Some(fentan_core::plan::Works::Shared { share_by: way, .. }) => {
                share_by(self.language, *way)
            }
            _ => String::new(),
        }
    }

    fn in_words(&self, value: &Value<'_>) -> String {
        match value {
            Value::Text(text) | Value::Number(text) => text.to_string(),
            // Of a source its name and what bounds it.
            Value::Fields(_) if value.get("id").is_some() => {
                let fields = ["name", "rate", "amount", "per_household", "per_area"];
                let texts = fields.iter().filter_map(|name| value.get(name)?.text());
                texts.collect::<Vec<_>>().join(" ")
            }
            Value::Fields(fields) => {
                let fields = fields.iter();
                let fields = fields
                    .map(|(key, value)| format!("{} {}", self.name(key), self.in_words(value)));
                listed(self.language, &fields.collect::<Vec<_>>())
            }
            Value::List(list) => {
                let list: Vec<_> = list.iter().map(|value| self.in_words(value)).collect();
                listed(self.language, &list)
            }
            _ => String::new(),
        }
    }

    /// What the key of a table is called; the key itself if it has no name.
    fn name(&self, key: &str) -> String {
        let text = format!("hardship.{key}");
        let words = self.say(&text);
        if words == text { key.to_owned() } else { words }
    }
}

/// The path of the field or the part of the page that shows a value: tables and what residents
/// are let off have no field of their own until the plan holds them.
fn shown_at(path: &str) -> &str {
    let part = path.split(['.', '[']).next().unwrap_or_default();
    let is_bound =
        ["rate", "amount", "per_household", "per_area"].iter().any(|name| path.ends_with(name));
    match part {
        "tables" | "relief" | "channels" => part,
        "sources" if !is_bound => path.split('.').next().unwrap_or_default(),
        _ => path,
    }
}
