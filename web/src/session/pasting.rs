use std::collections::HashSet;

use fentan_core::{Change, Document, Value, quoted};
use fentan_files::Taken;
use serde::Serialize;

use super::Session;
use super::roster::{field, list};
use crate::message::{Part, Paste, Pasted, Reply};

impl Session {
    /// Takes in what was found in cells that were pasted.
    pub fn take_in(&mut self, paste: &Paste, taken: Taken) -> Vec<Reply> {
        let mut changes = match paste.part {
            Part::Works => self.lines(&taken.values, paste.adding),
            Part::Roster => vec![self.households(&taken.values, paste.adding)],
        };
        for (line, charges) in &taken.charges {
            changes.extend(self.charges(line, charges, paste.adding));
        }
        let mut replies = self.make(&changes, 0);
        replies.push(Reply::Pasted(Pasted {
            part: paste.part,
            count: taken.count,
            understood: taken.understood,
            left_out: taken.left_out,
        }));
        replies
    }

    /// Lines come one by one: those without ids of their own get ids that are free.
    fn lines(&self, lines: &str, adding: bool) -> Vec<Change> {
        let present = if adding { list(&self.document, "lines") } else { &[] };
        let mut taken: HashSet<String> =
            present.iter().map(|line| field(line, "id").to_owned()).collect();
        let mut changes =
            vec![Change::Put { path: "lines".to_owned(), json: json(&present), at: None }];
        let mut lines = read(lines);
        for at in 0.. {
            let Some(id) = lines.text(&format!("[{at}].id")).map(str::to_owned) else { break };
            let mut free = id.clone();
            let mut number = at;
            while !taken.insert(free.clone()) {
                number += 1;
                free = format!("line-{number}");
            }
            if free != id {
                lines.change(&Change::Write { path: format!("[{at}].id"), text: free });
            }
            let json = json(&lines.value(&format!("[{at}]")));
            changes.push(Change::Insert { path: format!("lines[{}]", present.len() + at), json });
        }
        changes
    }

    fn households(&self, households: &str, adding: bool) -> Change {
        let present =
            if adding { json(&list(&self.document, "households")) } else { "[]".to_owned() };
        let (present, added) = (elements(&present), elements(households));
        let comma = if present.is_empty() || added.is_empty() { "" } else { "," };
        let json = format!("[{present}{comma}{added}]");
        Change::Put { path: "households".to_owned(), json, at: None }
    }

    /// Charges go into the individual line of an id, where the plan has one.
    fn charges(&self, line: &str, charges: &str, adding: bool) -> Vec<Change> {
        let mut lines = list(&self.document, "lines").iter();
        let Some(at) = lines.position(|one| field(one, "id") == line) else {
            return Vec::new();
        };
        let path = format!("lines[{at}].charges");
        if !adding {
            return vec![Change::Put { path, json: charges.to_owned(), at: None }];
        }
        let charges = read(charges);
        let charges = charges.value("").map_or(&[][..], Value::fields);
        let write = |id: &str, charge: &Value<'static>| Change::Write {
            path: format!("{path}.{}", quoted(id)),
            text: charge.text().unwrap_or_default().to_owned(),
        };
        charges.iter().map(|(id, charge)| write(id, charge)).collect()
    }
}

fn read(json: &str) -> Document<'static> {
    Document::from_json(json.as_bytes()).map(Document::into_owned).unwrap_or_default()
}

fn json(value: &impl Serialize) -> String {
    // Values that were read can be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// What stands between the brackets of a JSON list.
fn elements(list: &str) -> &str {
    let list = list.trim();
    list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or_default().trim()
}
