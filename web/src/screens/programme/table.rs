//! The columns of compounds, and the table of those that are looked at.

use std::cmp::Ordering;

use fentan_core::Fen;
use fentan_core::scenario::Difference;
use fentan_words::{Language, cell, money, say, say_with};
use yew::html::Scope;
use yew::{Html, MouseEvent, html};

use super::list::{List, list};
use super::scenarios::case_name;
use super::{Message, Screen};
use crate::work::programme::{Programme, Status};

/// The box that the table scrolls in.
pub const BOX: &str = "programme-box";
/// The id of its heading.
pub const HEADING: &str = "programme-compounds-heading";

/// A column of compounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What the compound is called.
    Name,
    /// Its county.
    County,
    /// How many households.
    Households,
    /// How many homes pay more than what is asked.
    Over,
    /// The works budget.
    Budget,
    /// What the residents owe.
    Residents,
    /// What half of the homes pay at most.
    Median,
    /// What one home pays at most.
    Highest,
    /// What it gets of a pot.
    Portion(usize),
    /// What its plan leaves of all portions.
    Unused,
    /// What the checks find.
    Findings,
    /// By how much what the residents owe differs in a scenario.
    Scenario(usize),
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing is known.
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Count(u64),
    /// An amount.
    Money(Fen),
    /// Conflicts and warnings.
    Findings(usize, usize),
    /// By how much it is less (the more the greater) or more.
    Change(Change),
}

/// A difference that sorts by how much less is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change(pub Difference);

impl Ord for Change {
    fn cmp(&self, other: &Change) -> Ordering {
        other.0.cmp(&self.0)
    }
}

impl PartialOrd for Change {
    fn partial_cmp(&self, other: &Change) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Column {
    /// Whether texts stand there.
    pub fn is_text(self) -> bool {
        matches!(self, Column::Name | Column::County)
    }

    /// What it is called in attributes.
    pub fn key(self) -> String {
        match self {
            Column::Name => "compound".to_owned(),
            Column::County => "county".to_owned(),
            Column::Households => "households".to_owned(),
            Column::Over => "over-homes".to_owned(),
            Column::Budget => "budget".to_owned(),
            Column::Residents => "residents".to_owned(),
            Column::Median => "median".to_owned(),
            Column::Highest => "highest".to_owned(),
            Column::Portion(pot) => format!("portion-{pot}"),
            Column::Unused => "unused".to_owned(),
            Column::Findings => "findings".to_owned(),
            Column::Scenario(case) => format!("scenario-{case}"),
        }
    }

    /// What it is called.
    pub fn name(self, language: Language, screen: &Screen, programme: &Programme) -> String {
        let key = |key: &str| format!("view.programme.{key}");
        match self {
            Column::Over => {
                let over = screen.filter.over().ok().flatten().unwrap_or_default();
                say_with(language, &key("over-homes"), &[("over", &money(over))])
            }
            Column::Portion(pot) => {
                let name = programme.pots.get(pot).map(|pot| pot.name.as_str());
                say_with(language, &key("portion"), &[("pot", name.unwrap_or_default())])
            }
            Column::Scenario(case) => {
                let name = case_name(language, case);
                say_with(language, &key("then-change"), &[("name", &name)])
            }
            other => say(language, &key(&other.key())),
        }
    }

    /// What stands there of a compound.
    pub fn value(self, screen: &Screen, programme: &Programme, compound: usize) -> Value {
        let one = &programme.compounds[compound];
        let is_split = one.status == Status::Split;
        let split = |value: Value| if is_split { value } else { Value::Nothing };
        match self {
            Column::Name => Value::Text(one.name.clone()),
            Column::County => Value::Text(one.county.clone()),
            Column::Households => one.households.map_or(Value::Nothing, Value::Count),
            Column::Over => {
                let over = screen.filter.over().ok().flatten().unwrap_or_default();
                split(Value::Count(one.over(over) as u64))
            }
            Column::Budget => one.budget.map_or(Value::Nothing, Value::Money),
            Column::Residents => split(Value::Money(one.residents)),
            Column::Median => split(Value::Money(one.median)),
            Column::Highest => split(Value::Money(one.cash.last().copied().unwrap_or_default())),
            Column::Portion(pot) => {
                one.portions.get(pot).map_or(Value::Nothing, |&amount| Value::Money(amount))
            }
            Column::Unused => split(Value::Money(one.all_unused())),
            Column::Findings => split(Value::Findings(one.errors, one.warnings)),
            Column::Scenario(case) => {
                let scenario = screen.scenarios().find(|(one, _)| *one == case);
                let residents = scenario.and_then(|(_, one)| *one.residents.get(compound)?);
                residents.map_or(Value::Nothing, |(before, after)| {
                    Value::Change(Change(Difference::between(before, after)))
                })
            }
        }
    }
}

/// What stands there, in words.
pub fn words(language: Language, value: &Value) -> String {
    match value {
        Value::Nothing => "–".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Money(amount) => cell(*amount),
        Value::Findings(0, 0) => "–".to_owned(),
        Value::Findings(errors, warnings) => {
            let (errors, warnings) = (errors.to_string(), warnings.to_string());
            let values = [("errors", &*errors), ("warnings", &*warnings)];
            say_with(language, "view.programme.counted", &values)
        }
        Value::Change(Change(difference)) => change(*difference),
    }
}

/// A difference, with its sign.
pub fn change(difference: Difference) -> String {
    let size = money(difference.size());
    match (difference.is_zero(), difference.is_less()) {
        (true, _) => "–".to_owned(),
        (_, true) => format!("−{size}"),
        (_, false) => format!("+{size}"),
    }
}

/// The columns that are shown.
pub fn columns(screen: &Screen, programme: &Programme) -> Vec<Column> {
    let mut columns = vec![Column::Name, Column::County, Column::Households];
    if matches!(screen.filter.over(), Ok(Some(_))) {
        columns.push(Column::Over);
    }
    columns.extend([Column::Budget, Column::Residents, Column::Median, Column::Highest]);
    columns.extend((0..programme.pots.len()).map(Column::Portion));
    columns.extend([Column::Unused, Column::Findings]);
    columns.extend(screen.scenarios().map(|(case, _)| Column::Scenario(case)));
    columns
}

/// The id of what shows a compound.
pub fn opener(compound: usize) -> String {
    format!("programme-compound-{compound}")
}

/// The table of the compounds that are looked at.
pub fn table(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
) -> Html {
    let columns = columns(screen, programme);
    let heads = columns.iter().map(|&column| head(language, link, screen, programme, column));
    let heads = heads.collect();
    let row = |place: usize| {
        let compound = screen.found[place];
        let cells = columns.iter().map(|&column| {
            let value = column.value(screen, programme, compound);
            let text = words(language, &value);
            if column == Column::Name {
                let onclick = link.callback(move |_: MouseEvent| Message::Show(Some(compound)));
                return html! {
                    <th scope="row">
                        <button type="button" id={opener(compound)} class="figure" {onclick}>{ text }</button>
                    </th>
                };
            }
            let class = match value {
                Value::Text(_) | Value::Findings(..) => "text",
                _ => "",
            };
            html! { <td {class}>{ text }</td> }
        });
        cells.collect()
    };
    let scroll = link.callback(|(start, count)| Message::Scroll(start, count));
    let count = screen.found.len();
    html! {
        <>
            { list(List { id: BOX, heading: HEADING, heads, count, seen: screen.seen, scroll, row: &row }) }
            if count == 0 {
                <p class="none">{ say(language, "view.programme.none-found") }</p>
            }
        </>
    }
}

/// A heading that sorts.
fn head(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
    column: Column,
) -> Html {
    let sort = screen.sort.filter(|(sorted, _)| *sorted == column);
    let (order, mark) = match sort {
        None => (None, ""),
        Some((_, false)) => (Some("ascending"), " ▲"),
        Some((_, true)) => (Some("descending"), " ▼"),
    };
    let onclick = link.callback(move |_: MouseEvent| Message::Sort(column));
    let class = (column.is_text() || column == Column::Findings).then_some("text");
    html! {
        <th scope="col" {class} aria-sort={order}>
            <button type="button" value={column.key()} {onclick}>
                { column.name(language, screen, programme) }
                <span aria-hidden="true">{ mark }</span>
            </button>
        </th>
    }
}
