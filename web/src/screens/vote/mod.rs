//! The desk of the owners' vote: entered door by door or pasted, with a running bar, who has not voted, and how few
//! would carry it.

pub mod told;

use std::rc::Rc;

use fentan_core::Change;
use fentan_words::{Language, say, say_with};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};
use yew::{
    Callback, Component, Context, Html, InputEvent, MouseEvent, Properties, TargetCast, html,
};

use crate::message::{Request, Standing};
use crate::packed::Packed;
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::folded;
use crate::screens::consult::{Asked as Consulted, Asking, Told as Answer};
use crate::screens::result::law::{Law, Question, vote};
use crate::screens::result::print;
use told::{Asked, Door, Told, path};

/// What the view is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// How the plan stands: it is asked anew when that is another.
    pub standing: Rc<Standing>,
    /// What law says, with the question that the page asks.
    pub law: Rc<Law>,
    /// What the engine told last.
    pub told: Option<Packed<Answer>>,
    /// How many times it has told something.
    pub count: usize,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the view.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, standing, law, send, .. } = editing;
    let (count, told) = page.consulted.clone();
    html! {
        <Desk language={*language} standing={Rc::clone(standing)} law={Rc::clone(law)} {told} {count} send={send.clone()} />
    }
}

/// The votes that can be entered; the empty one takes a vote back.
const VOTES: [&str; 5] = ["yes", "no", "abstain", "undecided", ""];

/// The desk.
pub struct Desk {
    asked: Asked,
    /// Who acts for the owner, as it is typed.
    proxy: String,
    told: Told,
    asking: Asking,
    /// The vote that was entered last: the door, what it says now, and what it said before.
    last: Option<(Door, &'static str)>,
}

/// What happens at the desk.
pub enum Message {
    /// Something else is decided.
    Choose(Question),
    /// A door number is typed.
    Door(String),
    /// Who acts for the owner is typed.
    Proxy(String),
    /// The home found votes so.
    Cast(&'static str),
    /// A column was pasted.
    Paste(String),
    /// The votes of the column are taken.
    Take,
    /// Those who have not voted are listed, or no more.
    List(bool),
}

impl Component for Desk {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Desk {
        let question = context.props().law.vote.as_ref().and_then(Packed::open);
        let question = question.map(|vote| vote.asked).unwrap_or_default();
        let mut desk = Desk {
            asked: Asked { question, ..Asked::default() },
            proxy: String::new(),
            told: Told::default(),
            asking: Asking::default(),
            last: None,
        };
        desk.ask(context);
        desk
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let given = context.props();
        if given.count != before.count {
            if self.asking.answered() {
                self.ask(context);
            }
            match given.told.as_ref().and_then(Packed::open) {
                Some(Answer::Votes(told)) => self.told = *told,
                Some(Answer::Nothing) => self.told = Told::default(),
                _ => {}
            }
        }
        let is_another = !Rc::ptr_eq(&given.standing, &before.standing);
        if is_another || given.language != before.language {
            self.ask(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let send = &context.props().send;
        match message {
            Message::Choose(question) => {
                self.asked.question = question;
                // The result shows the same vote.
                send.emit(Action::Ask(Request::Question(question)));
                self.ask(context);
            }
            Message::Door(door) => {
                self.asked.door = door;
                self.last = None;
                self.ask(context);
            }
            Message::Proxy(proxy) => self.proxy = proxy,
            Message::Cast(vote) => {
                // What was typed last may not be answered yet.
                let Some(door) = self.sure_door().cloned() else { return false };
                send.emit(Action::Ask(Request::Change(self.changes(context, &door, vote))));
                self.last = Some((door, vote));
                self.asked.door.clear();
                self.proxy.clear();
                self.ask(context);
                focus("vote-door");
            }
            Message::Paste(text) => {
                self.asked.pasted = text;
                self.ask(context);
            }
            Message::Take => {
                let votes = std::mem::take(&mut self.told.pasted.votes);
                let changes = votes.into_iter().map(|(place, vote)| written(place, &vote));
                send.emit(Action::Ask(Request::Change(changes.collect())));
                self.asked.pasted.clear();
                self.ask(context);
            }
            Message::List(lists) => {
                self.asked.lists = lists;
                self.ask(context);
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let choose = context.link().callback(Message::Choose);
        let vote = self.told.vote.as_ref().and_then(Packed::open);
        html! {
            <>
                <link rel="stylesheet" href="homes.css" />
                { self.desk(context) }
                { vote.map(|of| vote::draw(language, &of, &choose)).unwrap_or_default() }
                { self.still(context) }
                { self.pasting(context) }
            </>
        }
    }
}

/// The change that writes a vote, or takes it back.
fn written(place: usize, vote: &str) -> Change {
    let path = path(place, "vote");
    match vote {
        "" => Change::Clear { path },
        vote => Change::Write { path, text: vote.to_owned() },
    }
}

/// Goes to a control of the page once it is drawn.
fn focus(id: &'static str) {
    let go = move || {
        if let Some(element) = document().get_element_by_id(id) {
            // What can't be focused is not.
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    };
    Timeout::new(0, go).forget();
}

impl Desk {
    fn ask(&mut self, context: &Context<Self>) {
        self.asking.ask(&context.props().send, &Consulted::Votes(self.asked.clone()));
    }

    /// The home that the door number is: the only one found, or the one that is written so.
    fn sure_door(&self) -> Option<&Door> {
        let digits =
            |text: &str| text.chars().filter(|one| one.is_alphanumeric()).collect::<String>();
        let wanted = digits(&self.asked.door).to_lowercase();
        let first = self.told.doors.first()?;
        let is_it = digits(&first.id).to_lowercase() == wanted;
        let is_found = digits(&first.id).to_lowercase().contains(&wanted) && !wanted.is_empty();
        (is_it || (is_found && self.told.doors.len() == 1)).then_some(first)
    }

    fn changes(&self, context: &Context<Self>, door: &Door, vote: &str) -> Vec<Change> {
        let mut changes = vec![written(door.place, vote)];
        let proxy = self.proxy.trim();
        if !proxy.is_empty() {
            let noted =
                say_with(context.props().language, "view.vote.proxy-noted", &[("name", proxy)]);
            // A remark that is there stays.
            let text = match door.note.as_str() {
                "" => noted,
                note => [note, &noted].join("；"),
            };
            changes.push(Change::Write { path: path(door.place, "note"), text });
        }
        changes
    }

    /// The place where votes are entered.
    fn desk(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.vote.", key].concat());
        let link = context.link();
        let value = |event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value();
        let ondoor = link.callback(move |event: InputEvent| Message::Door(value(event)));
        let onproxy = link.callback(move |event: InputEvent| Message::Proxy(value(event)));
        let sure = self.sure_door();
        let casts = sure.is_some();
        let cast = link.callback(Message::Cast);
        // One key behind the door number casts the vote; a plus or a minus does so, too.
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let vote = match event.key().as_str() {
                "+" | "Enter" => "yes",
                "*" => "no",
                "/" => "abstain",
                _ => return,
            };
            if casts {
                event.prevent_default();
                cast.emit(vote);
            }
        });
        let buttons = VOTES.map(|vote| {
            let key = if vote.is_empty() { "none" } else { vote };
            let onclick = link.callback(move |_| Message::Cast(vote));
            html! {
                <button type="button" class={format!("vote-{key}")} disabled={!casts} {onclick}>
                    { text(&["cast-", key].concat()) }
                </button>
            }
        });
        let doors = self.told.doors.iter().map(|door| {
            let is_it = sure.is_some_and(|sure| sure.place == door.place);
            let pick = {
                let id = door.id.clone();
                link.callback(move |_| Message::Door(id.clone()))
            };
            html! {
                <li class={ if is_it { "sure" } else { "" } }>
                    <button type="button" onclick={pick}>{ door.id.clone() }</button>
                    <span>{ door.name.clone() }</span>
                    <strong>{ text(&["is-", if door.vote.is_empty() { "none" } else { &door.vote }].concat()) }</strong>
                    <small>{ door.note.clone() }</small>
                </li>
            }
        });
        let last = self.last.as_ref().map(|(door, vote)| {
            let now = text(&["is-", if vote.is_empty() { "none" } else { vote }].concat());
            let before =
                text(&["is-", if door.vote.is_empty() { "none" } else { &door.vote }].concat());
            let values = [("id", door.id.as_str()), ("now", &now), ("before", &before)];
            say_with(language, "view.vote.entered", &values)
        });
        let none = !self.asked.door.trim().is_empty() && self.told.doors.is_empty();
        let counts =
            ["yes", "no", "abstain", "undecided", "none"].into_iter().zip(self.told.counts);
        let counts = counts.map(|(key, count)| {
            html! { <li><span>{ text(&["is-", key].concat()) }</span><strong class="number">{ count.to_string() }</strong></li> }
        });
        html! {
            <section id="vote-desk" class="panel" aria-labelledby="vote-desk-heading">
                <h2 id="vote-desk-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                <ul class="vote-counts">{ for counts }</ul>
                <p class="tools">
                    <label><span>{ text("door") }</span>
                        <input id="vote-door" autocomplete="off" value={self.asked.door.clone()} oninput={ondoor} {onkeydown} />
                    </label>
                    <label><span>{ text("proxy") }</span>
                        <input id="vote-proxy" autocomplete="off" value={self.proxy.clone()} oninput={onproxy} />
                    </label>
                    { for buttons }
                </p>
                <p class="note">{ text("keys") }</p>
                <div role="status">
                    if let Some(last) = last { <p class="entered">{ last }</p> }
                    if none { <p class="wrong">{ text("no-door") }</p> }
                    <ul class="doors">{ for doors }</ul>
                </div>
            </section>
        }
    }

    /// How few would carry it, and who has not voted.
    fn still(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.vote.", key].concat());
        let fewest = match self.told.fewest {
            None => text("not-within-reach"),
            Some(0) => text("carried"),
            Some(count) => {
                let these = self.told.these.join(&text("between"));
                let more =
                    if count > self.told.these.len() { text("and-more") } else { String::new() };
                let values = [("count", count.to_string()), ("these", [these, more].concat())];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                say_with(language, "view.vote.fewest", &values)
            }
        };
        let lists = self.asked.lists;
        let list = context.link().callback(move |_| Message::List(!lists));
        let buildings = self.told.silent.iter().map(|(building, doors)| {
            let count = doors.len().to_string();
            let building = if building.is_empty() { text("no-building") } else { building.clone() };
            let values = [("building", building.as_str()), ("count", &count)];
            let doors = doors.iter().map(|door| {
                html! { <li><span class="box" aria-hidden="true"></span><strong>{ door.id.clone() }</strong><span>{ door.name.clone() }</span></li> }
            });
            html! {
                <div class="knock">
                    <h3>{ say_with(language, "view.vote.building", &values) }</h3>
                    <ul>{ for doors }</ul>
                </div>
            }
        });
        html! {
            <section id="silent" class="panel" aria-labelledby="silent-heading">
                <h2 id="silent-heading">{ text("silent") }</h2>
                <p>{ fewest }</p>
                <p class="tools">
                    <button id="list-silent" type="button" aria-expanded={lists.to_string()} onclick={list}>{ text("list") }</button>
                    if lists {
                        <button type="button" onclick={Callback::from(print as fn(MouseEvent))}>{ say(language, "page.print") }</button>
                    }
                </p>
                { for buildings }
            </section>
        }
    }

    /// A column of votes that is pasted.
    fn pasting(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.vote.", key].concat());
        let oninput = context.link().callback(|event: InputEvent| {
            Message::Paste(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        let take = context.link().callback(|_| Message::Take);
        let found = &self.told.pasted;
        let values =
            [("count", found.votes.len().to_string()), ("replaced", found.replaced.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let left_out = found.left_out.iter().map(|(row, written)| {
            let row = row.to_string();
            html! { <li>{ say_with(language, "view.vote.left-out", &[("row", &row), ("written", written)]) }</li> }
        });
        let more = found.more_left_out.to_string();
        let is_typed = !self.asked.pasted.trim().is_empty();
        let parts = html! {
            <>
                <p class="note">{ text("paste-note") }</p>
                <textarea id="vote-column" rows="6" aria-label={text("paste")} value={self.asked.pasted.clone()} {oninput} />
                if is_typed {
                    <div role="status">
                        <p>{ say_with(language, "view.vote.understood", &values) }</p>
                        <ul class="wrong">{ for left_out }
                            if found.more_left_out > 0 {
                                <li>{ say_with(language, "view.vote.more-left-out", &[("count", &more)]) }</li>
                            }
                        </ul>
                        <button id="take-votes" type="button" disabled={found.votes.is_empty()} onclick={take}>{ text("take") }</button>
                    </div>
                }
            </>
        };
        html! {
            <section class="panel">
                { folded("", text("paste"), vec![parts]) }
            </section>
        }
    }
}
