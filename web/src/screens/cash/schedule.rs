//! The fields of the schedule: the months of the works, the day of acceptance, and when each pays. Each
//! part is written into the plan as soon as it is typed; what is wrong with it is said below.

use fentan_core::internal::quoted;
use fentan_core::{Change, Document, Value};
use fentan_import::number;
use fentan_words::{Language, money, say, say_with};
use serde_json::json;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Callback, Event, Html, MouseEvent, TargetCast, html};

use super::{Message, Screen};
use crate::page::Form;
use crate::screens::papers::today;
use crate::work::account::{Cash, Scheduled};

/// The word that stands for the day of acceptance.
const ACCEPTED: &str = "accepted";
/// The months of works of which nothing is written.
const MONTHS: u32 = 6;

/// A part as it is written: when, and how much.
type Part = (String, String);

/// Draws the fields.
pub fn draw(language: Language, form: &Form, cash: &Cash, link: &Scope<Screen>) -> Html {
    let text = |key: &str| say(language, &format!("view.cash.{key}"));
    let fields = Fields { language, document: &form.document, link };
    let evenly = link.callback({
        let changes = fields.evenly();
        move |_: MouseEvent| Message::Change(changes.clone())
    });
    let after = link.callback({
        let changes = fields.all_after(cash);
        move |_: MouseEvent| Message::Change(changes.clone())
    });
    let has_own = cash.lines.iter().any(|(id, ..)| !fields.parts("lines", id).is_empty());
    html! {
        <>
            <h3>{ text("when") }</h3>
            <div class="account-form">
                { fields.date("works.from", "month", "from") }
                { fields.date("works.to", "month", "to") }
                { fields.date(ACCEPTED, "date", "accepted") }
                <button id="cash-evenly" type="button" class="button" onclick={evenly}>{ text("evenly") }</button>
            </div>
            <p class="note">{ text("evenly-note") }</p>
            <details open={has_own}>
                <summary>{ text("own-lines") }</summary>
                { for cash.lines.iter().map(|one| fields.scheduled("lines", one)) }
            </details>
            <h3>{ text("who") }</h3>
            <p class="note">
                { text("who-note") }
                if !cash.has_calls { { " " }<a href="#collection">{ text("no-calls") }</a> }
            </p>
            if !cash.sources.is_empty() {
                <p class="tools">
                    <button id="cash-after" type="button" class="button" onclick={after}>{ text("all-after") }</button>
                </p>
            }
            { for cash.sources.iter().map(|one| fields.scheduled("sources", one)) }
            { for cash.channels.iter().map(|one| fields.scheduled("channels", one)) }
        </>
    }
}

struct Fields<'f> {
    language: Language,
    document: &'f Document<'static>,
    link: &'f Scope<Screen>,
}

impl Fields<'_> {
    fn text(&self, key: &str) -> String {
        say(self.language, &format!("view.cash.{key}"))
    }

    fn written(&self, field: &str) -> &str {
        self.document.text(&["schedule.", field].concat()).unwrap_or_default()
    }

    /// What is written of one of a list.
    fn parts(&self, list: &str, id: &str) -> Vec<Part> {
        let parts = self.document.value(&path(list, id)).map_or(&[][..], Value::list);
        let field = |part: &Value<'_>, name: &str| {
            part.get(name).and_then(Value::text).unwrap_or_default().to_owned()
        };
        parts.iter().map(|part| (field(part, "on"), field(part, "part"))).collect()
    }

    /// A field for a month or a day.
    fn date(&self, field: &'static str, of_type: &'static str, key: &str) -> Html {
        let onchange = self.link.callback(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let path = ["schedule.", field].concat();
            Message::Change(vec![match text.trim() {
                "" => Change::Clear { path },
                text => Change::Write { path, text: text.to_owned() },
            }])
        });
        let id = format!("cash-{}", key);
        html! {
            <label>{ self.text(key) }
                <input {id} type={of_type} value={self.written(field).to_owned()} {onchange} />
            </label>
        }
    }

    /// Works of which no months are written last half a year, and are accepted in the month after.
    fn months(&self) -> [String; 3] {
        let month = |after: u32| month_after(&today(), after);
        let or = |field: &str, other: String| match self.written(field) {
            "" => other,
            written => written.to_owned(),
        };
        let to = or("works.to", month(MONTHS));
        let accepted = or(ACCEPTED, month_after(&to, 1) + "-28");
        [or("works.from", month(1)), to, accepted]
    }

    fn evenly(&self) -> Vec<Change> {
        let write =
            |field: &str, text: String| Change::Write { path: ["schedule.", field].concat(), text };
        let [from, to, accepted] = self.months();
        vec![write("works.from", from), write("works.to", to), write(ACCEPTED, accepted)]
    }

    /// All sources that say nothing pay after acceptance.
    fn all_after(&self, cash: &Cash) -> Vec<Change> {
        let [.., accepted] = self.months();
        let silent = cash.sources.iter().filter(|(id, ..)| self.parts("sources", id).is_empty());
        let changes =
            silent.map(|(id, ..)| put("sources", id, &[(ACCEPTED.to_owned(), "100%".to_owned())]));
        changes
            .chain([Change::Write { path: "schedule.accepted".to_owned(), text: accepted }])
            .collect()
    }

    /// A line, source or channel: its parts, and what adds one.
    fn scheduled(&self, list: &'static str, (id, name, amount): &Scheduled) -> Html {
        let parts = self.parts(list, id);
        let rows = (0..parts.len()).map(|index| self.part(list, id, name, &parts, index));
        let [from, _, accepted] = self.months();
        let offer = |key: &str, new: Vec<Part>| {
            let mut changes = vec![put(list, id, &new)];
            if new.iter().any(|(on, _)| on == ACCEPTED) {
                let path = "schedule.accepted".to_owned();
                changes.push(Change::Write { path, text: accepted.clone() });
            }
            let onclick = self.link.callback(move |_: MouseEvent| Message::Change(changes.clone()));
            html! { <button type="button" class="button" {onclick}>{ self.text(key) }</button> }
        };
        let after = || (ACCEPTED.to_owned(), "100%".to_owned());
        let advance = vec![(from, "40%".to_owned()), (ACCEPTED.to_owned(), "60%".to_owned())];
        let mut more = parts.clone();
        more.push((String::new(), String::new()));
        let heading = format!("cash-{list}-{id}");
        html! {
            <div class="cash-of" role="group" aria-labelledby={heading.clone()}>
                <p id={heading}><strong>{ name }</strong>{ " " }{ money(*amount) }
                    if parts.is_empty() { <span class="note">{ " · " }{ self.text("unsaid") }</span> }
                </p>
                { for rows }
                <p class="tools">
                    if parts.is_empty() && list != "lines" {
                        { offer("after", vec![after()]) }
                        { offer("advance", advance) }
                    }
                    { offer("add", more) }
                </p>
            </div>
        }
    }

    /// A part: at acceptance or on a day, and how much.
    fn part(&self, list: &'static str, id: &str, name: &str, parts: &[Part], index: usize) -> Html {
        let (on, part) = &parts[index];
        let is_at_acceptance = on == ACCEPTED;
        let number = (index + 1).to_string();
        let label = |key: &str| {
            let values = [("name", name), ("number", &number)];
            say_with(self.language, &format!("view.cash.{key}"), &values)
        };
        let changed = |change: fn(&mut Part, String)| -> Callback<String, Message> {
            let (id, parts) = (id.to_owned(), parts.to_vec());
            Callback::from(move |text: String| {
                let mut parts = parts.clone();
                change(&mut parts[index], text);
                Message::Change(vec![put(list, &id, &parts)])
            })
        };
        let typed = |change: fn(&mut Part, String)| {
            let changed = changed(change);
            self.link.callback(move |event: Event| {
                changed.emit(event.target_unchecked_into::<HtmlInputElement>().value())
            })
        };
        let chosen = {
            let changed = changed(|part, on| part.0 = on);
            self.link.callback(move |event: Event| {
                changed.emit(event.target_unchecked_into::<HtmlSelectElement>().value())
            })
        };
        let without = {
            let mut parts = parts.to_vec();
            parts.remove(index);
            let change = match parts.is_empty() {
                true => Change::Clear { path: path(list, id) },
                false => put(list, id, &parts),
            };
            self.link.callback(move |_: MouseEvent| Message::Change(vec![change.clone()]))
        };
        // A month is written as it stands: a field for days would show none.
        let of_type = if on.is_empty() || on.len() == 10 { "date" } else { "text" };
        html! {
            <div class="cash-part">
                <select aria-label={label("when-of")} onchange={chosen}>
                    <option value={ACCEPTED} selected={is_at_acceptance}>{ self.text("at-acceptance") }</option>
                    <option value="" selected={!is_at_acceptance}>{ self.text("on-a-day") }</option>
                </select>
                if !is_at_acceptance {
                    <input type={of_type} aria-label={label("day-of")} value={on.clone()}
                        onchange={typed(|part, on| part.0 = on)} />
                }
                <input class="cash-rate" autocomplete="off" aria-label={label("part-of")} placeholder="100%"
                    value={part.clone()}
                    onchange={typed(|part, rate| part.1 = number::percent(&rate).into_owned())} />
                <button type="button" class="button" aria-label={label("remove")} onclick={without}>{ "×" }</button>
            </div>
        }
    }
}

fn path(list: &str, id: &str) -> String {
    format!("schedule.{list}.{}", quoted(id))
}

fn put(list: &str, id: &str, parts: &[Part]) -> Change {
    let parts = parts.iter().map(|(on, part)| json!({ "on": on, "part": part }));
    let json = serde_json::Value::from(parts.collect::<Vec<_>>()).to_string();
    Change::Put { path: path(list, id), json, at: None }
}

/// The month that is so many after that of a date, as it is written; the date itself where it is none.
fn month_after(date: &str, count: u32) -> String {
    let year_and_month = || -> Option<(u32, u32)> {
        Some((date.get(..4)?.parse().ok()?, date.get(5..7)?.parse().ok()?))
    };
    match year_and_month() {
        Some((year, month)) => {
            let months = year * 12 + month + count - 1;
            format!("{:04}-{:02}", months / 12, months % 12 + 1)
        }
        None => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::month_after;

    #[test]
    fn months_go_on_over_years() {
        assert_eq!(month_after("2026-12-01", 1), "2027-01");
        assert_eq!(month_after("2026-06", 6), "2026-12");
        assert_eq!(month_after("2026-06-30", 0), "2026-06");
        assert_eq!(month_after("soon", 3), "soon");
    }
}
