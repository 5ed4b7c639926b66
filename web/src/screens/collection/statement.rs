//! A statement of a bank, WeChat or Alipay that is being taken in.

use std::collections::HashMap;

use fentan_core::Fen;
use fentan_core::collection::Method;
use fentan_ledger::book::{Book, Paid};
use fentan_words::{Language, listed, money, say, say_with};
use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::{Event, Html, MouseEvent, TargetCast, html};

use super::{Message, Screen};
use crate::work::account::{Calls, Received, Statement};

/// A statement, and the homes that somebody named for its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    statement: Statement,
    method: Method,
    /// By row, the door as it was typed.
    named: HashMap<u64, String>,
    /// How many rows the book holds already.
    before: usize,
}

/// The rows that are listed.
const LISTED: usize = 100;

impl Taking {
    pub fn of(mut statement: Statement, book: Option<&Book>) -> Taking {
        let method = Method::ALL.iter().copied().find(|one| one.as_str() == statement.method);
        let method = method.unwrap_or(Method::Transfer);
        let all = statement.received.len();
        let is_new =
            |one: &Received| book.is_none_or(|book| book.holds(method, &one.reference).is_none());
        statement.received.retain(is_new);
        let before = all - statement.received.len();
        Taking { statement, method, named: HashMap::new(), before }
    }

    pub fn assign(&mut self, row: u64, door: String) {
        self.named.insert(row, door);
    }

    /// What fits a home, by the statement or by what was named.
    pub fn fitting(&self, find: impl Fn(&str) -> Option<usize>, calls: &Calls) -> Vec<Paid> {
        let paid = self.statement.received.iter().filter_map(|one| {
            let home = match self.named.get(&one.row) {
                Some(door) if !door.trim().is_empty() => calls.homes.get(find(door)?)?.id.clone(),
                _ => Some(one.household.clone()).filter(|home| !home.is_empty())?,
            };
            Some(Paid {
                date: one.date,
                household: home,
                amount: one.amount,
                method: self.method,
                reference: Some(one.reference.clone()),
                note: Some(one.note.clone()).filter(|note| !note.is_empty()),
            })
        });
        paid.collect()
    }

    /// What is left once the book has taken what fits; `None` where nothing is.
    pub fn rest(self, book: Option<&Book>) -> Option<Taking> {
        let named = self.named;
        let taking = Taking::of(self.statement, book);
        let rest = Taking { named, method: self.method, ..taking };
        (!rest.statement.received.is_empty()).then_some(rest)
    }

    /// What the statement holds, before anything is recorded.
    pub fn draw(&self, language: Language, link: &Scope<Screen>) -> Html {
        let with =
            |key: &str, values: &[(&str, &str)]| say_with(language, &format!("book.{key}"), values);
        let (fits, rest): (Vec<&Received>, Vec<&Received>) =
            self.statement.received.iter().partition(|one| !one.household.is_empty());
        let sum = |all: &[&Received]| money(all.iter().map(|one| one.amount).sum::<Fen>());
        let mut lines =
            vec![with("matched", &[("count", &fits.len().to_string()), ("amount", &sum(&fits))])];
        if self.before > 0 {
            lines.push(with("before", &[("count", &self.before.to_string())]));
        }
        lines.extend(self.statement.told.iter().cloned());
        let by_name = fits.iter().filter(|one| one.by_name).take(LISTED).map(|one| {
            let values = [
                ("row", &*one.row.to_string()),
                ("party", &one.note),
                ("household", &one.household),
                ("amount", &money(one.amount)),
            ];
            html! { <li>{ with("by-name-row", &values) }</li> }
        });
        let rows = rest.iter().take(LISTED).map(|one| self.row(language, link, one));
        let unmatched = (!rest.is_empty()).then(|| {
            let (count, amount) = (rest.len().to_string(), sum(&rest));
            say_with(
                language,
                "view.collection.unmatched",
                &[("count", &count), ("amount", &amount)],
            )
        });
        html! {
            <div id="statement" class="message">
                <h3>{ say(language, "view.collection.statement") }</h3>
                { for lines.into_iter().map(|line| html! { <p>{ line }</p> }) }
                <ul>{ for by_name }</ul>
                <p>{ unmatched }</p>
                { for rows }
                <p class="tools">
                    <button
                        id="statement-take"
                        type="button"
                        class="button"
                        onclick={link.callback(|_: MouseEvent| Message::Take)}
                    >{ say(language, "view.collection.take") }</button>
                    <button
                        type="button"
                        class="button"
                        onclick={link.callback(|_: MouseEvent| Message::PutAway)}
                    >{ say(language, "view.collection.put-away") }</button>
                </p>
            </div>
        }
    }

    fn row(&self, language: Language, link: &Scope<Screen>, one: &Received) -> Html {
        let row = one.row;
        let values = [
            ("row", one.row.to_string()),
            ("date", one.date.to_string()),
            ("amount", money(one.amount)),
            ("note", one.note.clone()),
            ("homes", listed(language, &one.several)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let key = if one.several.is_empty() { "row" } else { "row-of-several" };
        let onchange = link.callback(move |event: Event| {
            Message::Assign(row, event.target_unchecked_into::<HtmlInputElement>().value())
        });
        html! {
            <label class="account-row">
                { say_with(language, &format!("view.collection.{key}"), &values) }
                <input
                    placeholder={say(language, "view.collection.door")}
                    autocomplete="off"
                    value={self.named.get(&row).cloned().unwrap_or_default()}
                    {onchange}
                />
            </label>
        }
    }
}
