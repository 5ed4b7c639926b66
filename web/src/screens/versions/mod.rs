//! The versions of the plan that have a name: kept beside it in the browser's database, brought back at will, and why
//! shares differ between any two of them.

use std::rc::Rc;

use fentan_core::changes::{ChangedAmount, Changes, HouseholdChanged};
use fentan_core::{Change, Document, Value};
use fentan_words::changes::{amount, cause, counts, difference, sentences};
use fentan_words::{Language, printable, say, say_with};
use js_sys::Date;
use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::{Callback, Component, Context, Event, Html, InputEvent, Properties, TargetCast, html};

use crate::engine::database::{Failure, Shelf, Version};
use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::work::changes::{Order, Told};
use crate::work::{Heard, Task, Work};

/// What the view is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan without its households.
    pub form: Rc<Form>,
    /// The plan's place on the shelf.
    pub plan: u32,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the view.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    html! { <Versions language={*language} form={Rc::clone(form)} plan={page.shelf.open} send={send.clone()} /> }
}

/// How many homes are listed at first.
const LISTED: usize = 40;

/// The view.
pub struct Versions {
    /// The versions; missing before they are read.
    kept: Option<Vec<Version>>,
    /// Why they could not be read or kept: because there is no room, or not.
    failure: Option<bool>,
    name: String,
    /// The version that is being kept, before the plan is here.
    naming: Option<(String, Work)>,
    /// The version that was taken out last.
    removed: Option<Version>,
    /// The version that was brought back last.
    restored: Option<String>,
    /// The two compared, by when they were kept; empty for the plan as it stands.
    pair: [String; 2],
    comparing: Option<Work>,
    told: Option<Result<Changes, Vec<String>>>,
    /// The homes looked for among those that differ.
    search: String,
    listed: usize,
}

/// What happens in the view.
pub enum Message {
    /// The versions were read or kept.
    Kept(Result<Vec<Version>, Failure>),
    /// A name is typed.
    Name(String),
    /// The plan as it stands is to be kept under the name.
    Keep,
    /// The plan as it stands is here.
    Here(Heard),
    /// A version is taken out.
    Remove(Version),
    /// The one taken out last is put back.
    PutBack,
    /// The plan is to be as in a version.
    Restore(Version),
    /// One of the two compared is another.
    Choose(usize, String),
    /// What differs is told.
    Compared(Heard),
    /// A home is looked for.
    Search(String),
    /// More homes are listed.
    More,
}

impl Component for Versions {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Versions {
        let versions = Versions {
            kept: None,
            failure: None,
            name: String::new(),
            naming: None,
            removed: None,
            restored: None,
            pair: Default::default(),
            comparing: None,
            told: None,
            search: String::new(),
            listed: LISTED,
        };
        versions.read(context);
        versions
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let given = context.props();
        if given.plan != before.plan {
            *self = Versions::create(context);
        } else if !Rc::ptr_eq(&given.form, &before.form) || given.language != before.language {
            self.compare(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Kept(Ok(versions)) => {
                self.failure = None;
                if self.pair == <[String; 2]>::default()
                    && let Some(last) = versions.first()
                {
                    self.pair[0] = last.kept.clone();
                }
                self.kept = Some(versions);
                self.compare(context);
            }
            Message::Kept(Err(failure)) => self.failure = Some(matches!(failure, Failure::Full)),
            Message::Name(name) => self.name = name,
            Message::Keep => {
                let name = self.name.trim().to_owned();
                if name.is_empty() {
                    return false;
                }
                let hear = context.link().callback(Message::Here);
                let send = &context.props().send;
                let work = Work::begin_on_plan(Task::Changes, &Order::Hand, send, hear);
                self.naming = Some((name, work));
            }
            Message::Here(heard) => match told(heard) {
                Some(Told::Plan(json)) => {
                    let Some((name, _)) = self.naming.take() else { return false };
                    self.name.clear();
                    let kept = Date::new_0().to_iso_string().into();
                    self.put(context, Some(Version { name, kept, json }), None);
                }
                Some(_) => self.failure = Some(false),
                None => return false,
            },
            Message::Remove(version) => {
                let gone = version.kept.clone();
                self.pair.iter_mut().filter(|one| **one == gone).for_each(String::clear);
                self.removed = Some(version);
                self.put(context, None, Some(gone));
            }
            Message::PutBack => {
                let version = self.removed.take();
                self.put(context, version, None);
            }
            Message::Restore(version) => {
                let changes = restoring(&context.props().form.document, &version.json);
                if let Some(changes) = changes {
                    self.restored = Some(version.name);
                    context.props().send.emit(Action::Ask(Request::Make(changes)));
                }
            }
            Message::Choose(which, kept) => {
                self.pair[which] = kept;
                self.compare(context);
            }
            Message::Compared(heard) => match told(heard) {
                Some(Told::Changes(changes)) => self.told = Some(Ok(*changes)),
                Some(Told::Refused(words)) => self.told = Some(Err(words)),
                _ => return false,
            },
            Message::Search(search) => {
                self.search = search;
                self.listed = LISTED;
            }
            Message::More => self.listed += LISTED,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.versions.", key].concat());
        html! {
            <>
                <link rel="stylesheet" href="homes.css" />
                <section id="versions" class="panel" aria-labelledby="versions-heading">
                    <h2 id="versions-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    { self.naming(context) }
                    { self.list(context) }
                </section>
                { self.comparison(context) }
            </>
        }
    }
}

/// What a worker told; `None` at its end.
fn told(heard: Heard) -> Option<Told> {
    match heard {
        Heard::Told(bytes) => postcard::from_bytes(&bytes).ok(),
        Heard::Done => None,
        Heard::Failed => Some(Told::Refused(Vec::new())),
    }
}

/// The changes that make the plan as it was, which are undone together; `None` if that can't be read.
fn restoring(now: &Document<'_>, json: &str) -> Option<Vec<Change>> {
    let before = Document::from_json(json.as_bytes()).ok()?;
    let fields = |document: &'_ Document<'_>| -> Vec<String> {
        let root = document.value("").map_or(&[][..], Value::fields);
        root.iter().map(|(name, _)| name.to_string()).collect()
    };
    let was = fields(&before);
    let mut changes = Vec::new();
    for name in &was {
        let json = serde_json::to_string(before.value(name)?).ok()?;
        changes.push(Change::Put { path: name.clone(), json, at: None });
    }
    // The households are not in what the page holds.
    let mut is = fields(now);
    is.push("households".to_owned());
    changes.extend(
        is.into_iter().filter(|name| !was.contains(name)).map(|path| Change::Remove { path }),
    );
    Some(changes)
}

impl Versions {
    fn read(&self, context: &Context<Self>) {
        let plan = context.props().plan;
        let read = async move { Shelf::open().await?.versions(plan).await };
        context.link().send_future(async move { Message::Kept(read.await) });
    }

    fn put(&self, context: &Context<Self>, version: Option<Version>, gone: Option<String>) {
        let plan = context.props().plan;
        let keep = async move {
            Shelf::open().await?.keep_version(plan, version.as_ref(), gone.as_deref()).await
        };
        context.link().send_future(async move { Message::Kept(keep.await) });
    }

    fn version(&self, kept: &str) -> Option<&Version> {
        self.kept.as_ref()?.iter().find(|one| one.kept == kept)
    }

    /// Has a worker compare the two chosen.
    fn compare(&mut self, context: &Context<Self>) {
        self.comparing = None;
        let [old, new] = self.pair.each_ref().map(|kept| self.version(kept));
        if old.map(|one| &one.kept) == new.map(|one| &one.kept) {
            self.told = None;
            return;
        }
        let json = |version: Option<&Version>| version.map(|one| one.json.clone());
        let Given { language, send, .. } = context.props();
        let order = Order::Compare { old: json(old), new: json(new), language: *language };
        let hear = context.link().callback(Message::Compared);
        self.comparing = Some(Work::begin_on_plan(Task::Changes, &order, send, hear));
    }

    /// The field for a name, and what became of what was done last.
    fn naming(&self, context: &Context<Self>) -> Html {
        let Given { language, send, .. } = context.props();
        let text = |key: &str| say(*language, &["view.versions.", key].concat());
        let link = context.link();
        let oninput = link.callback(|event: InputEvent| {
            Message::Name(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Keep
        });
        let undo = send.reform(|_| Action::Ask(Request::Undo));
        let put_back = link.callback(|_| Message::PutBack);
        let failure = self.failure.map(|is_full| text(if is_full { "full" } else { "failed" }));
        let removed = self
            .removed
            .as_ref()
            .map(|one| say_with(*language, "view.versions.removed", &[("name", &one.name)]));
        let restored = self
            .restored
            .as_ref()
            .map(|name| say_with(*language, "view.versions.restored", &[("name", name)]));
        let is_named = !self.name.trim().is_empty();
        html! {
            <>
                <form class="tools" {onsubmit}>
                    <label><span>{ text("name") }</span>
                        <input id="version-name" autocomplete="off" maxlength="60" placeholder={text("example")}
                            value={self.name.clone()} {oninput} />
                    </label>
                    <button id="keep-version" disabled={!is_named}>{ text("keep") }</button>
                </form>
                <div role="status">
                    if let Some(failure) = failure { <p class="message bad">{ failure }</p> }
                    if let Some(removed) = removed {
                        <p class="message">{ removed }{ " " }
                            <button id="put-back" type="button" onclick={put_back}>{ text("put-back") }</button></p>
                    }
                    if let Some(restored) = restored {
                        <p class="message">{ restored }{ " " }
                            <button id="undo-restore" type="button" onclick={undo}>{ say(*language, "page.undo") }</button></p>
                    }
                </div>
            </>
        }
    }

    fn list(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.versions.", key].concat());
        let Some(kept) = &self.kept else { return Html::default() };
        if kept.is_empty() {
            return html! { <p class="none">{ text("none") }</p> };
        }
        let rows = kept.iter().map(|version| {
            let (one, other) = (version.clone(), version.clone());
            let restore = context.link().callback(move |_| Message::Restore(one.clone()));
            let remove = context.link().callback(move |_| Message::Remove(other.clone()));
            let label = |key: &str| say_with(language, &["view.versions.", key].concat(), &[("name", &version.name)]);
            html! {
                <li key={version.kept.clone()}>
                    <strong>{ printable(&version.name) }</strong>
                    <small>{ when(&version.kept) }</small>
                    <button type="button" class="restore" aria-label={label("restore-label")} onclick={restore}>{ text("restore") }</button>
                    <button type="button" class="remove" aria-label={label("remove-label")} onclick={remove}>{ text("remove") }</button>
                </li>
            }
        });
        html! { <ul class="versions">{ for rows }</ul> }
    }

    /// Why shares differ between the two chosen.
    fn comparison(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.versions.", key].concat());
        let Some(kept) = self.kept.as_ref().filter(|kept| !kept.is_empty()) else {
            return Html::default();
        };
        let choice = |which: usize, key: &str| {
            let onchange = context.link().callback(move |event: Event| {
                Message::Choose(which, event.target_unchecked_into::<HtmlSelectElement>().value())
            });
            let chosen = &self.pair[which];
            let options = kept.iter().map(|one| {
                let name = [printable(&one.name), when(&one.kept)].join(" · ");
                html! { <option key={one.kept.clone()} value={one.kept.clone()} selected={one.kept == *chosen}>{ name }</option> }
            });
            html! {
                <label class="field"><span class="label">{ text(key) }</span>
                    <select id={format!("version-{key}")} {onchange}>
                        <option key="" value="" selected={chosen.is_empty()}>{ text("as-it-stands") }</option>
                        { for options }
                    </select>
                </label>
            }
        };
        let told = match &self.told {
            None if self.pair[0] == self.pair[1] => {
                html! { <p class="note">{ text("same-version") }</p> }
            }
            None => html! { <p class="note">{ say(language, "page.working") }</p> },
            Some(Err(words)) => {
                let words = words.iter().map(|line| html! { <li>{ line.clone() }</li> });
                html! { <div class="message"><p>{ text("refused") }</p><ul>{ for words }</ul></div> }
            }
            Some(Ok(changes)) => self.changes(context, changes),
        };
        html! {
            <section id="changes" class="panel" aria-labelledby="changes-heading">
                <h2 id="changes-heading">{ text("why") }</h2>
                <p class="note">{ text("why-note") }</p>
                <div class="limits">{ choice(0, "old") }{ choice(1, "new") }</div>
                { told }
            </section>
        }
    }

    fn changes(&self, context: &Context<Self>, changes: &Changes) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.versions.", key].concat());
        if changes.causes.is_empty() {
            return html! { <p>{ say(language, "share-changes.nothing") }</p> };
        }
        let wanted = self.search.trim();
        let mut homes: Vec<&HouseholdChanged> =
            changes
                .households
                .iter()
                .filter(|home| {
                    if wanted.is_empty() { !home.is_nothing() } else { home.id.contains(wanted) }
                })
                .collect();
        homes.sort_by_key(|home| std::cmp::Reverse(home.due.difference.size()));
        let found = homes.len();
        let heads = changes
            .causes
            .iter()
            .map(|parts| html! { <th scope="col">{ cause(language, parts) }</th> });
        let row = |name: String, figure: &str, changed: &ChangedAmount| {
            let by = std::iter::once(changed.difference).chain(changed.by.iter().copied());
            let by = by.map(|by| html! { <td>{ difference(by) }</td> });
            html! {
                <tr>
                    <th scope="row">{ name }<small>{ say(language, &["share-changes.", figure].concat()) }</small></th>
                    <td>{ amount(language, changed.before) }</td>
                    <td>{ amount(language, changed.after) }</td>
                    { for by }
                </tr>
            }
        };
        let mut rows = vec![
            row(say(language, "share-changes.whole"), "due", &changes.whole.due),
            row(say(language, "share-changes.whole"), "cash", &changes.whole.cash),
        ];
        for home in homes.iter().take(self.listed) {
            rows.push(row(printable(&home.id), "due", &home.due));
            if home.due.by != home.cash.by {
                rows.push(row(printable(&home.id), "cash", &home.cash));
            }
        }
        let counts = counts(language, changes).into_iter().map(|line| html! { <p>{ line }</p> });
        // Whoever looks for one home is told in a sentence.
        let told = homes.iter().take(if wanted.is_empty() { 0 } else { 3 });
        let told =
            told.flat_map(|home| sentences(language, &printable(&home.id), &changes.causes, home));
        let told = told.map(|sentence| html! { <p class="told">{ sentence }</p> });
        let oninput = context.link().callback(|event: InputEvent| {
            Message::Search(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let more = context.link().callback(|_| Message::More);
        let name = |key: &str| say(language, &["share-changes.", key].concat());
        html! {
            <>
                { for counts }
                <p class="tools"><label class="search"><span>{ text("search") }</span>
                    <input id="changes-search" type="search" autocomplete="off" value={self.search.clone()} {oninput} /></label></p>
                <div role="status">{ for told }</div>
                <div class="table-box" role="group" tabindex="0" aria-labelledby="changes-heading">
                    <table>
                        <thead><tr>
                            <th scope="col">{ say(language, "term.household") }</th>
                            <th scope="col">{ name("before") }</th>
                            <th scope="col">{ name("after") }</th>
                            <th scope="col">{ name("difference") }</th>
                            { for heads }
                        </tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
                if found > self.listed {
                    <button type="button" onclick={more}>{ text("more") }</button>
                }
            </>
        }
    }
}

/// A time as it is shown, to the minute.
pub fn when(kept: &str) -> String {
    kept.replace('T', " ").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_brought_back_and_that_is_taken_back_together() {
        let was = r#"{"fentan":1,"name":"a","lines":[{"id":"x","amount":"1"}],"households":[]}"#;
        let now = r#"{"fentan":1,"lines":[],"sources":[{"id":"s"}],"households":[{"id":"1"}]}"#;
        let read = |json: &str| Document::from_json(json.as_bytes()).expect("JSON").into_owned();
        let form = read(r#"{"fentan":1,"lines":[],"sources":[{"id":"s"}]}"#);
        let mut document = read(now);
        for change in restoring(&form, was).expect("changes") {
            document.change(&change);
        }
        let written = |document: &Document<'_>, name: &str| {
            document.value(name).map(|value| serde_json::to_string(value).expect("JSON"))
        };
        let before = read(was);
        for name in ["name", "lines", "sources", "households"] {
            assert_eq!(written(&document, name), written(&before, name), "{name}");
        }
        assert!(restoring(&form, "{").is_none());
    }
}
