//! A fund centre's sheet beside the plan's: a file is opened, and the homes that differ are shown with both figures and why.

use fentan_core::Value;
use fentan_words::{say, say_with};
use web_sys::{File, HtmlSelectElement};
use yew::{Component, Context, Event, Html, TargetCast, html};

use super::{Given, not_begun};
use crate::parts::file::choose_file;
use crate::parts::going::link;
use crate::work::reconcile::{Compared, Order, Row, Told};
use crate::work::{Heard, Task, Work};

/// The part of the screen.
#[derive(Default)]
pub(super) struct Reconcile {
    /// The sheet.
    file: Option<File>,
    /// The shared line that is compared, by its id; empty for all.
    line: String,
    work: Option<Work>,
    /// What came of it.
    told: Option<Told>,
}

pub(super) enum Message {
    Choose(File),
    Line(String),
    Heard(Heard),
}

impl Component for Reconcile {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Reconcile {
        Reconcile::default()
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        // Of a plan that has changed it would be another comparison, and in another language other words.
        if context.props() != before {
            self.compare(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(file) => {
                self.file = Some(file);
                self.compare(context);
            }
            Message::Line(line) => {
                self.line = line;
                self.compare(context);
            }
            Message::Heard(Heard::Told(told)) => {
                let broken = || Err(not_begun(context.props().language));
                self.told = Some(postcard::from_bytes(&told).unwrap_or_else(|_| broken()));
                self.work = None;
            }
            Message::Heard(Heard::Failed) => {
                self.told = Some(Err(not_begun(context.props().language)));
                self.work = None;
            }
            Message::Heard(Heard::Done) => return false,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let say = |key: &str| say(language, key);
        let choose = choose_file(
            "reconcile-file",
            ".xlsx,.xls,.ods,.csv,.tsv,.txt",
            say("reconcile.page.choose"),
            context.link().callback(Message::Choose),
        );
        let name = self.file.as_ref().map(|file| fentan_words::printable(&file.name()));
        html! {
            <section id="reconcile" class="panel" aria-labelledby="reconcile-heading">
                <h2 id="reconcile-heading">{ say("reconcile.page.heading") }</h2>
                <p class="note">{ say("reconcile.page.note") }</p>
                <p class="tools">{ choose }{ self.lines(context) }<span>{ name }</span></p>
                <div role="status">
                    if self.work.is_some() {
                        <p>{ say("reconcile.page.reading") }</p>
                    }
                </div>
                { self.outcome(context) }
            </section>
        }
    }
}

impl Reconcile {
    fn compare(&mut self, context: &Context<Self>) {
        let Given { language, send, .. } = context.props();
        self.told = None;
        let Some(file) = self.file.clone() else { return };
        let order = Order { line: self.line.clone(), language: *language };
        let hear = context.link().callback(Message::Heard);
        self.work =
            Some(Work::begin_on_plan_and_file(Task::Reconcile, &order, Some(file), send, hear));
    }

    /// The shared lines, to choose the one that the sheet is of.
    fn lines(&self, context: &Context<Self>) -> Html {
        let Given { language, form, .. } = context.props();
        let onchange = context.link().callback(|event: Event| {
            Message::Line(event.target_unchecked_into::<HtmlSelectElement>().value())
        });
        let text = |line: &Value<'_>, field: &str| {
            line.get(field).and_then(Value::text).unwrap_or_default().to_owned()
        };
        let lines = form.document.value("lines").map_or(&[][..], Value::list);
        let options = lines.iter().filter(|line| text(line, "kind") != "individual").map(|line| {
            let id = text(line, "id");
            let name = Some(text(line, "name")).filter(|name| !name.is_empty());
            let name = fentan_words::printable(&name.unwrap_or_else(|| id.clone()));
            html! { <option value={id.clone()} selected={id == self.line}>{ name }</option> }
        });
        html! {
            <label>
                { say(*language, "reconcile.page.of-line") }
                <select id="reconcile-line" {onchange}>
                    <option value="" selected={self.line.is_empty()}>
                        { say(*language, "reconcile.page.all-lines") }
                    </option>
                    { for options }
                </select>
            </label>
        }
    }

    fn outcome(&self, context: &Context<Self>) -> Html {
        let Given { language, send, .. } = context.props();
        let language = *language;
        let compared = match &self.told {
            None => return Html::default(),
            Some(Ok(compared)) => compared,
            Some(Err(why)) => {
                let words = say_with(language, "reconcile.page.failed", &[("detail", why)]);
                return html! { <p class="message bad" role="alert">{ words }</p> };
            }
        };
        let to_rule = compared.is_other_rule.then(|| {
            let text = say(language, "reconcile.page.to-rule");
            html! { <>{ " " }{ link(&text, "odd_fen", send) }</> }
        });
        let more = (compared.more > 0).then(|| {
            let count = compared.more.to_string();
            html! { <p class="note">{ say_with(language, "reconcile.page.more", &[("count", &count)]) }</p> }
        });
        html! {
            <>
                <p id="reconcile-sums">{ &compared.sums }</p>
                <p>{ &compared.counts }</p>
                <p id="reconcile-rule">{ &compared.rule }{ to_rule }</p>
                if !compared.doubts.is_empty() {
                    <div id="reconcile-doubts" class="message bad">
                        <h3>{ say(language, "reconcile.page.doubts") }</h3>
                        <ul>{ for compared.doubts.iter().map(|one| html! { <li>{ one }</li> }) }</ul>
                    </div>
                }
                { table(language, compared) }
                { more }
            </>
        }
    }
}

/// The homes that differ.
fn table(language: fentan_words::Language, compared: &Compared) -> Html {
    if compared.rows.is_empty() {
        return Html::default();
    }
    let head = |key: &str, class: &'static str| {
        html! { <th scope="col" {class}>{ say(language, key) }</th> }
    };
    html! {
        <>
            <h3 id="reconcile-differing">{ say(language, "reconcile.page.differing") }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby="reconcile-differing">
                <table>
                    <thead><tr>
                        { head("term.household", "text") }
                        { head("reconcile.row", "") }
                        { head("reconcile.our-amount", "") }
                        { head("reconcile.their-amount", "") }
                        { head("reconcile.page.difference", "") }
                        { head("reconcile.our-area", "") }
                        { head("reconcile.their-area", "") }
                        { head("reconcile.result", "text") }
                    </tr></thead>
                    <tbody>{ for compared.rows.iter().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}

fn row(row: &Row) -> Html {
    let figures = row.amounts.iter().chain(&row.areas);
    html! {
        <tr data-state={row.state.clone()}>
            <th scope="row">{ &row.id }</th>
            <td>{ &row.number }</td>
            { for figures.map(|figure| html! { <td>{ figure }</td> }) }
            <td class="text"><strong>{ &row.result }</strong><small>{ &row.why }</small></td>
        </tr>
    }
}
