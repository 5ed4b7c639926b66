//! What homes are used for, and what they count for by it.

use fentan_core::Change;

use crate::parts::drawing::Drawing;
use crate::parts::field::{Blank, Entered, dot, entry, keys, named, pick, words};
use crate::parts::part::{adder, part, remover};
use crate::typed::Reading;

/// Uses that have a name, each with what it holds at first: a garage or a storage room is no home.
const USES: [(&str, &str); 3] = [
    ("garage", r#"{"household":false,"votes":true}"#),
    ("storage", r#"{"household":false,"votes":true}"#),
    ("shop", NEW),
];
/// What any other use holds at first.
const NEW: &str = r#"{"household":true,"votes":true}"#;

const FACTOR: [Blank; 1] =
    [Blank { reading: Reading::NUMBER, default: "1", ..words("factor", "page.uses.factor") }];

/// The uses, a row for each.
pub fn uses(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let codes = keys(editing, "uses");
    let called = |code: &str| {
        let is_known = USES.iter().any(|(known, _)| *known == code);
        if is_known { editing.say(&dot("use", code)) } else { code.to_owned() }
    };
    drawing.open("", "");
    drawing.open("ul", "uses");
    for code in &codes {
        let path = named("uses", code);
        let name = called(code);
        drawing.path.clone_from(&path);
        drawing.open("li", "limits");
        drawing.text("strong", "", &name);
        drawing.fields(&FACTOR);
        for field in ["household", "votes"] {
            counts(drawing, &dot(&path, field), field);
        }
        remover(drawing, &path, &name, vec![Change::Clear { path: path.clone() }]);
        drawing.problems();
        drawing.close();
    }
    drawing.close();
    drawing.path = "uses".to_owned();
    drawing.problems();
    drawing.open("div", "tools");
    for (code, json) in USES {
        if codes.iter().all(|one| one != code) {
            let path = named("uses", code);
            let then = dot(&path, "factor");
            let put = Change::Put { path, json: json.to_owned(), at: None };
            adder(drawing, ["＋ ", &called(code)].concat(), vec![put], then);
        }
    }
    let other = Entered::New("uses".to_owned(), NEW);
    drawing.put(entry(editing, "uses.other", "", "page.uses.other", other));
    drawing.close();
    part(drawing, "uses");
}

/// Whether homes of a use count as households, or take part in the vote.
fn counts(drawing: &mut Drawing<'_>, path: &str, field: &str) {
    let editing = drawing.editing;
    let value = editing.form.document.value(path);
    let written = value.and_then(|value| serde_json::to_string(value).ok());
    let choices = ["true", "false"].map(|json| {
        // Both are written: the use stays where its factor is taken out.
        let put = Change::Put { path: path.to_owned(), json: json.to_owned(), at: None };
        (json.to_owned(), editing.say(&["page.uses.", field, "-", json].concat()), vec![put])
    });
    let name = editing.say(&["page.uses.", field].concat());
    let chosen = written.as_deref().unwrap_or("true");
    drawing.put(pick(editing, path, name, false, chosen, choices.into()));
}
