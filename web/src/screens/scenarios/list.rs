//! The scenarios of the plan: named, changed, removed, passed on.

use std::rc::Rc;

use fentan_core::internal::quoted;
use fentan_core::scenario::{Measured, Scenario};
use fentan_core::{Change, Value};
use fentan_words::{Language, change, measured, money, say, say_with};
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, InputEvent, TargetCast, html};

use super::controls::{button, nothing, options_of_varied, select, wrong};
use super::link::copied;
use super::opened::{Opened, free_id, id, title};
use super::outcome::{Asked, Outcome, affordable};
use super::plan_field::PlanField;
use super::varied::{Kind, Varied};
use super::whole;

/// What the list of scenarios is drawn from, and where what is done to them goes.
pub struct List<'l> {
    pub language: Language,
    pub opened: &'l Opened,
    pub varied: &'l Rc<Vec<Varied>>,
    pub asked: &'l Asked,
    pub outcome: &'l Outcome,
    /// Shows changes before they are made, as while something is dragged.
    pub attempt: Callback<Vec<Change>>,
    /// Makes changes of the plan.
    pub make: Callback<Vec<Change>>,
    /// Compares otherwise.
    pub ask: Callback<Asked>,
}

impl List<'_> {
    /// Draws it.
    pub fn draw(&self) -> Html {
        let scenarios = self.opened.scenarios();
        let items = scenarios.iter().enumerate().map(|(place, one)| self.scenario(place, one));
        let new = button(say(self.language, "scenarios.new"), self.makes(self.added(Vec::new())));
        html! {
            <section id="scenarios" class="panel" aria-labelledby="scenarios-heading">
                <h2 id="scenarios-heading">{ say(self.language, "scenarios.title") }</h2>
                <p class="note">{ say(self.language, "scenarios.note") }</p>
                if scenarios.is_empty() {
                    <p class="none">{ say(self.language, "scenarios.none") }</p>
                }
                <ol class="parts">{ for items }</ol>
                <p class="tools">{ new }</p>
            </section>
        }
    }

    fn makes<E>(&self, changes: Vec<Change>) -> Callback<E> {
        self.make.reform(move |_| changes.clone())
    }

    /// The changes that add a scenario with these changes of its own, as JSON.
    pub fn added(&self, changes: Vec<String>) -> Vec<Change> {
        let number = (self.opened.scenarios().len() + 1).to_string();
        let name = say_with(self.language, "scenarios.new-name", &[("number", &number)]);
        added(self.opened, &name, &changes)
    }

    fn scenario(&self, place: usize, written: &Value<'static>) -> Html {
        let language = self.language;
        let path = format!("scenarios[{place}]");
        let id = written.get("id").and_then(Value::text).unwrap_or_default();
        let name = title(written).to_owned();
        let changes = written.get("changes").map_or(&[][..], Value::list);
        let listed = changes.iter().enumerate();
        let listed =
            listed.map(|(index, one)| self.change(&format!("{path}.changes[{index}]"), one));
        let label = say_with(language, "scenarios.remove-named", &[("name", &name)]);
        let remove = self.makes(vec![Change::Remove { path: path.clone() }]);
        let problems = self.outcome.wrong.get(&place).map_or(&[][..], Vec::as_slice);
        let link = Scenario::read(written).ok().map(|one| copied(language, "", &[one]));
        html! {
            <li key={id.to_owned()}>
                <div class="limits last">
                    <PlanField
                        path={format!("{path}.name")}
                        name={say(language, "scenarios.name")}
                        value={name.clone()}
                        make={self.make.clone()}
                    />
                    { self.include(id) }
                    <button type="button" aria-label={label} onclick={remove}>
                        { say(language, "scenarios.remove") }
                    </button>
                </div>
                <ul class="changes">{ for listed }</ul>
                <div class="limits">{ self.add(&format!("{path}.changes[{}]", changes.len())) }</div>
                { wrong(problems) }
                { self.figures(id) }
                { link.unwrap_or_default() }
            </li>
        }
    }

    /// The box to tick for what is compared.
    fn include(&self, id: &str) -> Html {
        let (asked, id) = (self.asked.clone(), id.to_owned());
        let checked = !asked.left_out.contains(&id);
        let onchange = self.ask.reform(move |_: Event| {
            let mut asked = asked.clone();
            match checked {
                true => asked.left_out.push(id.clone()),
                false => asked.left_out.retain(|one| *one != id),
            }
            asked
        });
        html! {
            <label class="tick">
                <input type="checkbox" {checked} {onchange} />
                { say(self.language, "scenarios.include") }
            </label>
        }
    }

    /// A change: a number with its slider, or what else it is in words.
    fn change(&self, path: &str, written: &Value<'static>) -> Html {
        let of = |name: &str| written.get(name).and_then(Value::text);
        let varied = of("set").and_then(|path| self.varied.iter().find(|one| one.path == path));
        let to = written.get("to");
        // A number that was emptied is one still.
        if let Some(varied) = varied
            && to.is_none_or(|to| to.text().is_some())
        {
            return self.number(path, varied, of("to").unwrap_or_default());
        }
        let words = self.in_words(written);
        let added = of("add").zip(written.get("value"));
        let added = added.map(|(list, value)| self.added_fields(path, list, value));
        html! {
            <li class="change">
                <span>{ &words }</span>
                { added.unwrap_or_default() }
                { self.take_back(path, &words) }
            </li>
        }
    }

    /// What is entered of something that is added.
    fn added_fields(&self, path: &str, list: &str, value: &Value<'static>) -> Html {
        let count = if list == "sources" { whole::FIELDS.len() } else { 1 };
        let field = |field: &str, name: &str, kind: Option<Kind>| {
            let written = value.get(field).and_then(Value::text).unwrap_or_default();
            html! {
                <PlanField
                    path={format!("{path}.value.{field}")}
                    name={say(self.language, name)}
                    value={written.to_owned()}
                    unit={kind.map(|kind| kind.unit(self.language)).unwrap_or_default()}
                    {kind}
                    make={self.make.clone()}
                />
            }
        };
        let fields = whole::FIELDS[..count].iter();
        let fields = fields.map(|&(name, key, kind)| field(name, key, Some(kind)));
        html! {
            <div class="limits">{ field("name", "scenarios.name", None) }{ for fields }</div>
        }
    }

    fn in_words(&self, written: &Value<'static>) -> String {
        let of = |name: &str| written.get(name).and_then(Value::text);
        let added = written.get("value").map(title);
        let (key, name) = match (of("remove"), of("move"), of("add"), of("set")) {
            (Some(path), ..) => ("scenarios.takes-out", self.titled(path)),
            (_, Some(path), ..) => match of("before") {
                Some(_) => ("scenarios.moves-before", self.titled(path)),
                None => ("scenarios.moves-last", self.titled(path)),
            },
            (_, _, Some(_), _) => ("scenarios.adds", added.unwrap_or_default().to_owned()),
            (.., path) => ("scenarios.sets", path.unwrap_or_default().to_owned()),
        };
        let to = written.get("to").and_then(|to| serde_json::to_string(to).ok());
        // What comes after stands in the same list.
        let list = of("move").and_then(|path| path.split_once('.')).map_or("", |(list, _)| list);
        let before = of("before").map(|id| self.titled(&format!("{list}.{}", quoted(id))));
        let values = [
            ("name", name.as_str()),
            ("value", to.as_deref().unwrap_or_default()),
            ("before", before.as_deref().unwrap_or_default()),
        ];
        say_with(self.language, key, &values)
    }

    /// What stands at a path as scenarios write it: its title where it is in a list.
    fn titled(&self, path: &str) -> String {
        let found = ["sources", "lines", "channels"].into_iter().find_map(|list| {
            let mut listed = self.opened.list(list).iter();
            let path = path.strip_prefix(list)?.strip_prefix('.')?;
            let found = listed.find(|one| id(one).is_some_and(|one| quoted(one) == path))?;
            Some(whole::called(self.language, list, found))
        });
        found.unwrap_or_else(|| path.to_owned())
    }

    fn take_back(&self, path: &str, name: &str) -> Html {
        let label = say_with(self.language, "scenarios.take-back", &[("name", name)]);
        let onclick = self.makes(vec![Change::Remove { path: path.to_owned() }]);
        html! { <button type="button" class="icon" aria-label={label} {onclick}>{ "×" }</button> }
    }

    fn number(&self, path: &str, varied: &Varied, to: &str) -> Html {
        let language = self.language;
        let path = format!("{path}.to");
        let units = varied.kind.units(to);
        let scale = varied.scale();
        let at = units.map(|units| (units / scale.step).min(scale.count));
        let changed = |callback: &Callback<Vec<Change>>, varied: &Varied| {
            let (path, kind) = (path.clone(), varied.kind);
            callback.reform(move |input: HtmlInputElement| {
                let step: u128 = input.value().parse().unwrap_or_default();
                let text = kind.written(step * scale.step);
                vec![Change::Write { path: path.clone(), text }]
            })
        };
        let oninput = changed(&self.attempt, varied)
            .reform(|event: InputEvent| event.target_unchecked_into());
        let onchange =
            changed(&self.make, varied).reform(|event: Event| event.target_unchecked_into());
        let shown = units.map(|units| varied.kind.shown(units));
        let now = varied.shown_now();
        let change = path.strip_suffix(".to").unwrap_or(&path);
        html! {
            <li class="change number-change">
                <PlanField
                    path={path.clone()}
                    name={varied.name.clone()}
                    value={to.to_owned()}
                    base={varied.text.clone()}
                    unit={varied.kind.unit(language)}
                    kind={varied.kind}
                    make={self.make.clone()}
                />
                <input
                    type="range"
                    min="0"
                    max={scale.count.to_string()}
                    value={at.unwrap_or_default().to_string()}
                    aria-label={varied.name.clone()}
                    aria-valuetext={shown.unwrap_or_else(|| to.to_owned())}
                    {oninput}
                    {onchange}
                />
                <small>{ say_with(language, "scenarios.now", &[("value", &now)]) }</small>
                { self.take_back(change, &varied.name) }
            </li>
        }
    }

    /// A choice of what else the scenario changes: a number, or something whole.
    fn add(&self, path: &str) -> Html {
        let language = self.language;
        let mut options = vec![nothing(say(language, "scenarios.choose"), true)];
        options.extend(options_of_varied(language, self.varied, ""));
        options.extend(whole::options(language, self.opened));
        let (path, varied) = (path.to_owned(), Rc::clone(self.varied));
        let choose = self.make.reform(move |chosen: String| {
            let text = varied.iter().find(|one| one.path == chosen).map(|one| one.text.clone());
            let json = match text {
                Some(text) => serde_json::json!({ "set": chosen, "to": text }).to_string(),
                None => chosen,
            };
            vec![Change::Insert { path: path.clone(), json }]
        });
        select(say(language, "scenarios.add-change"), "", options, choose)
    }

    /// What the scenario comes to, in a few figures.
    fn figures(&self, id: &str) -> Html {
        let found = self.outcome.comparison.as_ref().and_then(|comparison| {
            let one = comparison.scenarios.iter().find(|one| one.id == id)?;
            Some((comparison.base.named(), one.totals.named()))
        });
        let Some((before, after)) = found else { return Html::default() };
        let shown = ["residents", "median_cash", "highest_cash", "over"];
        let figures = before.into_iter().zip(after).filter(|((name, _), _)| shown.contains(name));
        let figures = figures
            .filter_map(|((name, before), (_, after))| Some(self.figure(name, before, after?)));
        html! { <dl class="figures">{ for figures }</dl> }
    }

    fn figure(&self, name: &str, before: Option<Measured>, after: Measured) -> Html {
        let amount = affordable(&self.asked.affordable).map(money).unwrap_or_default();
        let name = say_with(self.language, &format!("measure.{name}"), &[("amount", &amount)]);
        html! {
            <div>
                <dt>{ name }</dt>
                <dd>{ measured(after) }<small>{ change(before, after) }</small></dd>
            </div>
        }
    }
}

/// The changes of a plan that add a scenario: its name, and its changes as JSON.
pub fn added(opened: &Opened, name: &str, changes: &[String]) -> Vec<Change> {
    let taken: Vec<_> = opened.scenarios().iter().filter_map(id).collect();
    let id = free_id("scenario", &taken);
    let quote = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let (id, name) = (quote(&id), quote(name));
    let json = format!(r#"{{"id":{id},"name":{name},"changes":[{}]}}"#, changes.join(","));
    vec![in_list(opened, json)]
}

/// The change of a plan that puts a scenario, as JSON, behind those that it holds.
pub fn in_list(opened: &Opened, json: String) -> Change {
    match opened.document.value("scenarios") {
        Some(_) => {
            let path = format!("scenarios[{}]", opened.scenarios().len());
            Change::Insert { path, json }
        }
        None => Change::Put { path: "scenarios".to_owned(), json: format!("[{json}]"), at: None },
    }
}
