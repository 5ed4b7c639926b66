//! The fields of the schedule: the months of the works, the day of acceptance, and when each pays. Each
//! part is written into the plan as soon as it is typed; what is wrong with it is said below.
//!
//! A field or button is named by what it changes: `works.from`, or list, index and part of what may stand
//! in the schedule, as `sources 0 1 part`.

use fentan_core::internal::quoted;
use fentan_core::{Change, Document, Value};
use fentan_import::number;
use fentan_words::{Language, money, say, say_with};
use serde_json::json;
use yew::Html;

use crate::parts::elements::{all, element, tag};
use crate::screens::papers::today;
use crate::work::account::{Cash, Scheduled};

/// The word that stands for the day of acceptance.
const ACCEPTED: &str = "accepted";
/// The months of works of which nothing is written.
const MONTHS: u32 = 6;

/// A part as it is written: when, and how much.
type Part = [String; 2];

/// The schedule of a plan as it is written.
pub struct Schedule<'s> {
    /// The language.
    pub language: Language,
    /// The plan.
    pub document: &'s Document<'static>,
    /// Whom it may be said of.
    pub cash: &'s Cash,
}

impl Schedule<'_> {
    fn text(&self, key: &str) -> String {
        say(self.language, &["view.cash.", key].concat())
    }

    fn written(&self, field: &str) -> &str {
        self.document.text(&["schedule.", field].concat()).unwrap_or_default()
    }

    /// What may stand in a list.
    fn all(&self, list: &str) -> &[Scheduled] {
        match list {
            "lines" => &self.cash.lines,
            "sources" => &self.cash.sources,
            _ => &self.cash.channels,
        }
    }

    /// What is written of one of a list.
    fn parts(&self, list: &str, id: &str) -> Vec<Part> {
        let parts = self.document.value(&path(list, id)).map_or(&[][..], Value::list);
        let field = |part: &Value<'_>, name: &str| {
            part.get(name).and_then(Value::text).unwrap_or_default().to_owned()
        };
        parts.iter().map(|part| ["on", "part"].map(|name| field(part, name))).collect()
    }

    /// First and last month of the works and the day of acceptance. Works of which nothing is written
    /// last half a year from the next month on, and are accepted in the month after.
    fn dates(&self) -> [String; 3] {
        let or = |field: &str, other: &dyn Fn() -> String| match self.written(field) {
            "" => other(),
            written => written.to_owned(),
        };
        let from = or("works.from", &|| month_after(&today(), 1));
        let to = or("works.to", &|| month_after(&from, MONTHS - 1));
        let accepted = or(ACCEPTED, &|| month_after(&to, 1) + "-28");
        [from, to, accepted]
    }

    /// What a change of a field or a click on a button makes of the plan.
    pub fn changes(&self, name: &str, typed: &str) -> Vec<Change> {
        let typed = typed.trim();
        let [from, to, accepted] = self.dates();
        let after = || vec![[ACCEPTED.to_owned(), "100%".to_owned()]];
        let words: Vec<&str> = name.split(' ').collect();
        match words[..] {
            ["evenly"] => {
                vec![write("works.from", &from), write("works.to", &to), write(ACCEPTED, &accepted)]
            }
            ["all-after"] => {
                let silent = self.cash.sources.iter().map(|(id, ..)| id);
                let silent = silent.filter(|id| self.parts("sources", id).is_empty());
                let changes = silent.map(|id| put("sources", id, &after()));
                changes.chain([write(ACCEPTED, &accepted)]).collect()
            }
            [list, index, what, ..] => {
                let index: Option<usize> = index.parse().ok();
                let Some((id, ..)) = index.and_then(|index| self.all(list).get(index)) else {
                    return Vec::new();
                };
                let mut parts = self.parts(list, id);
                match (what, words.get(3).copied()) {
                    ("after", _) => {
                        return vec![put(list, id, &after()), write(ACCEPTED, &accepted)];
                    }
                    ("advance", _) => {
                        let first = [from, "40%".to_owned()];
                        let last = [ACCEPTED.to_owned(), "60%".to_owned()];
                        return vec![put(list, id, &[first, last]), write(ACCEPTED, &accepted)];
                    }
                    ("add", _) => parts.push(Part::default()),
                    (number, field) => {
                        let number = number.parse().unwrap_or(usize::MAX);
                        let Some(part) = parts.get_mut(number) else { return Vec::new() };
                        match field {
                            Some("on") => part[0] = typed.to_owned(),
                            Some("part") => part[1] = number::percent(typed).into_owned(),
                            _ => drop(parts.remove(number)),
                        }
                    }
                }
                match parts.is_empty() {
                    true => vec![Change::Clear { path: path(list, id) }],
                    false => vec![put(list, id, &parts)],
                }
            }
            _ if typed.is_empty() => vec![Change::Clear { path: ["schedule.", name].concat() }],
            _ => vec![write(name, typed)],
        }
    }

    /// Draws the fields of the works: their months, acceptance, and what fills in the rest at once.
    pub fn works(&self) -> Html {
        let fields = [
            self.date("works.from", "month", "from"),
            self.date("works.to", "month", "to"),
            self.date(ACCEPTED, "date", "accepted"),
        ];
        let mut buttons = vec![self.button("evenly", "evenly", "")];
        if !self.cash.sources.is_empty() {
            buttons.push(self.button("all-after", "all-after", ""));
        }
        all(vec![
            element("div", "account-form", all(fields.into())),
            element("p", "tools", all(buttons)),
            element("p", "note", self.text("evenly-note")),
        ])
    }

    /// Draws the fields of those who pay, and folded away those of lines.
    pub fn payers(&self) -> Html {
        let mut note = vec![self.text("who-note").into()];
        if !self.cash.has_calls {
            note.push(tag("a", &["href"], &["#collection"], self.text("no-calls")));
        }
        let all_of = |list: &str| {
            let all_of = (0..self.all(list).len()).map(|index| self.one(list, index));
            all_of.collect::<Html>()
        };
        let own = element("summary", "", self.text("own-lines"));
        all(vec![
            element("p", "note", all(note)),
            all_of("sources"),
            all_of("channels"),
            element("details", "", all(vec![own, all_of("lines")])),
        ])
    }

    fn button(&self, name: &str, key: &str, label: &str) -> Html {
        let keys = &["type", "name", "aria-label"];
        let text = if label.is_empty() { self.text(key) } else { "×".to_owned() };
        tag("button", keys, &["button", name, label], text)
    }

    /// A field for a month or a day.
    fn date(&self, field: &str, of_type: &str, key: &str) -> Html {
        let id = ["cash-", key].concat();
        let keys = &["id", "type", "name", "value"];
        let input = tag("input", keys, &[&id, of_type, field, self.written(field)], "");
        element("label", "", all(vec![self.text(key).into(), input]))
    }

    /// A line, source or channel: its parts, and what adds one.
    fn one(&self, list: &str, index: usize) -> Html {
        let (id, name, amount) = &self.all(list)[index];
        let parts = self.parts(list, id);
        let named = |what: &str| format!("{list} {index} {what}");
        let mut head =
            vec![element("strong", "", name.clone()), format!(" {} ", money(*amount)).into()];
        let mut buttons = Vec::new();
        if parts.is_empty() && list != "lines" {
            head.push(element("span", "note", self.text("unsaid")));
            buttons.push(self.button(&named("after"), "after", ""));
            buttons.push(self.button(&named("advance"), "advance", ""));
        }
        buttons.push(self.button(&named("add"), "add", ""));
        let rows = parts.iter().enumerate().map(|(number, part)| {
            let drawn = self.part(name, &named(&number.to_string()), number + 1, part);
            element("div", "cash-row", drawn)
        });
        let drawn =
            [element("p", "", all(head)), rows.collect(), element("p", "tools", all(buttons))];
        let keys = &["class", "role", "aria-label"];
        tag("div", keys, &["cash-of", "group", name], all(drawn.into()))
    }

    /// A part: at acceptance or on a day, and how much.
    fn part(&self, of: &str, named: &str, number: usize, [on, part]: &Part) -> Html {
        let number = number.to_string();
        let label = |key: &str| {
            let values = [("name", of), ("number", &number)];
            say_with(self.language, &["view.cash.", key].concat(), &values)
        };
        let input = |of_type: &str, field: &str, key: &str, value: &str| {
            let keys = &["class", "type", "autocomplete", "name", "aria-label", "value"];
            let name = [named, " ", field].concat();
            let class = ["cash-", field].concat();
            tag("input", keys, &[&class, of_type, "off", &name, &label(key), value], "")
        };
        let options = [(ACCEPTED, "at-acceptance"), ("", "on-a-day")];
        let index = usize::from(on != ACCEPTED);
        let options = options.iter().enumerate().map(|(at, (value, key))| {
            // The attribute of an option counts only until one is chosen, the list's own property after.
            let selected = if at == index { "selected" } else { "" };
            tag("option", &["value", "selected"], &[value, selected], self.text(key))
        });
        let keys = &["name", "aria-label", "selectedIndex"];
        let values = [&[named, " on"].concat(), &label("when-of"), &index.to_string()];
        let values = values.map(String::as_str);
        let mut drawn = vec![tag("select", keys, &values, all(options.collect()))];
        if on != ACCEPTED {
            // A month is shown as it stands: a field for days would show none.
            let of_type = if on.is_empty() || on.len() == 10 { "date" } else { "text" };
            drawn.push(input(of_type, "on", "day-of", on));
        }
        drawn.push(input("text", "part", "part-of", part));
        drawn.push(self.button(named, "", &label("remove")));
        all(drawn)
    }
}

fn path(list: &str, id: &str) -> String {
    ["schedule.", list, ".", &quoted(id)].concat()
}

fn write(field: &str, text: &str) -> Change {
    Change::Write { path: ["schedule.", field].concat(), text: text.to_owned() }
}

fn put(list: &str, id: &str, parts: &[Part]) -> Change {
    let parts = parts.iter().map(|[on, part]| json!({ "on": on, "part": part }));
    let json = serde_json::Value::from(parts.collect::<Vec<_>>()).to_string();
    Change::Put { path: path(list, id), json, at: None }
}

/// The month that is so many after that of a date, as it is written; the date itself where it is none.
fn month_after(date: &str, count: u32) -> String {
    let number = |range: std::ops::Range<usize>| {
        date.get(range).and_then(|digits| digits.parse::<u32>().ok())
    };
    match (number(0..4), number(5..7)) {
        (Some(year), Some(month @ 1..)) => {
            let months = year * 12 + month + count - 1;
            format!("{:04}-{:02}", months / 12, months % 12 + 1)
        }
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_on_over_years() {
        assert_eq!(month_after("2026-12-01", 1), "2027-01");
        assert_eq!(month_after("2026-06", 6), "2026-12");
        assert_eq!(month_after("2026-06-30", 0), "2026-06");
        assert_eq!(month_after("soon", 3), "soon");
    }

    #[test]
    fn fields_and_buttons_change_what_they_are_named_by() {
        let document = r#"{ "schedule": { "accepted": "2027-01-15", "works": { "from": "2026-06", "to": "2026-10" },
            "sources": { "a.b": [{ "on": "2026-05-31", "part": "40%" }, { "on": "accepted", "part": "60%" }] } } }"#;
        let document = Document::from_json(document.as_bytes()).expect("JSON").into_owned();
        let of = |id: &str| (id.to_owned(), id.to_owned(), fentan_core::Fen(1));
        let cash = Cash { sources: vec![of("a.b"), of("c")], ..Cash::default() };
        let schedule = Schedule { language: Language::English, document: &document, cash: &cash };
        let changed = |name: &str, typed: &str| {
            let mut document = document.clone();
            for change in schedule.changes(name, typed) {
                document.change(&change).expect("a change");
            }
            serde_json::to_string(&document.value("schedule")).expect("JSON")
        };
        let sources = |sources: &str| {
            let before =
                r#"{"accepted":"2027-01-15","works":{"from":"2026-06","to":"2026-10"},"sources":{"#;
            [before, sources, "}}"].concat()
        };
        let first = r#""a.b":[{"on":"2026-05-31","part":"40%"},{"on":"accepted","part":"60%"}]"#;
        assert_eq!(changed("evenly", ""), sources(first));
        let after = r#","c":[{"on":"accepted","part":"100%"}]"#;
        assert_eq!(changed("all-after", ""), sources(&[first, after].concat()));
        assert_eq!(changed("sources 1 after", ""), sources(&[first, after].concat()));
        let advance = r#","c":[{"on":"2026-06","part":"40%"},{"on":"accepted","part":"60%"}]"#;
        assert_eq!(changed("sources 1 advance", ""), sources(&[first, advance].concat()));
        let last = r#""a.b":[{"on":"accepted","part":"60%"}]"#;
        assert_eq!(changed("sources 0 0", ""), sources(last));
        let typed = r#""a.b":[{"on":"2026-05-31","part":"35%"},{"on":"accepted","part":"60%"}]"#;
        assert_eq!(changed("sources 0 0 part", "35"), sources(typed));
        assert_eq!(changed("lines 7 add", ""), sources(first));
        assert!(changed("accepted", "2027-02-01").contains(r#""accepted":"2027-02-01""#));
        assert!(!changed("works.to", " ").contains("2026-10"));
    }
}
