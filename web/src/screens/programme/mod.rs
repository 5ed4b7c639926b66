//! The screen of a programme: its compounds as a table and as tiles, one compound and one home of it, and
//! scenarios side by side. A worker holds the plans; this side filters what it was told of them, and draws.

mod compound;
mod filter;
mod list;
mod portion;
mod scenarios;
mod shading;
mod table;
mod tiles;
mod view;

use fentan_core::Fen;
use fentan_words::{Language, say};
use gloo::utils::document;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlElement};
use yew::{Component, Context, Html, Properties, html};

use crate::message::{Read, Request};
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::work::programme::{Change, Detail, HomeDetail, Order, Programme, Scenario, Told};
use crate::work::{Heard, Task, Work, done};
use filter::Filter;
use table::Column;

/// The most megabytes of files that are read: what the worker has room for.
const MOST_MEGABYTES: u32 = 512;
/// The rows that are drawn before anything is scrolled.
const FIRST: (usize, usize) = (0, 24);
/// The endings of files that a programme is made of.
const ENDINGS: [&str; 4] = [".toml", ".json", ".csv", ".zip"];

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The plan that is open, and the language to draw the screen in.
    pub editing: Editing,
    /// How many homes that plan has and what its works cost, where it can be split.
    pub size: Option<(usize, Fen)>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let size = page.outcome.as_ref().filter(|_| !page.is_stale());
    let size = size.map(|outcome| (outcome.cash.homes, outcome.proof.budget));
    html! { <Screen editing={editing.clone()} {size} /> }
}

/// The screen.
pub struct Screen {
    work: Option<Work>,
    /// The files that are open: the path of each and how many bytes it has, and all of them as one.
    files: Option<(Vec<(String, u64)>, File)>,
    /// What is told of a plan that is being copied: nothing yet, or why it can't be.
    copying: Option<Vec<String>>,
    state: State,
    filter: Filter,
    /// The column that the table is sorted by, and whether the largest comes first.
    sort: Option<(Column, bool)>,
    /// What the tiles show.
    colour: Column,
    /// The compounds that the filter takes, in the order of the table.
    found: Vec<usize>,
    /// The first row that is drawn, and how many.
    seen: (usize, usize),
    /// The compound that is shown.
    shown: Option<usize>,
    /// What is told of it.
    detail: Option<Detail>,
    /// The first home that is drawn, and how many.
    homes_seen: (usize, usize),
    /// The home that is told.
    home: Option<HomeDetail>,
    /// The changes of each scenario.
    cases: Vec<Vec<Change>>,
    /// What they come to; missing while that is worked out.
    told: Option<Vec<Result<Scenario, Vec<String>>>>,
    /// The change that is being written: in which scenario, of what, and what stands there then.
    draft: Draft,
    /// The id of the element where reading goes on, once it is drawn.
    goes_on_at: Option<String>,
}

/// A change that is being written.
#[derive(Debug, Default)]
pub struct Draft {
    case: usize,
    path: String,
    to: String,
}

/// What the screen shows.
#[derive(Debug)]
enum State {
    /// Nothing was opened yet.
    Waiting,
    /// Files are being read: how many of how many steps are done.
    Reading(usize, usize),
    /// They can't be read, and why.
    Refused(Refused),
    /// A programme is open.
    Open(Box<Programme>),
}

/// Why files can't be read.
#[derive(Debug)]
enum Refused {
    TooLarge,
    BrokeOff,
    Told(Vec<String>),
}

/// What happens on the screen.
pub enum Message {
    /// Files were chosen, with their paths.
    Choose(Vec<(String, File)>),
    /// Something is heard of the worker.
    Heard(Heard),
    /// A part of the filter takes what was chosen or typed.
    Look(fn(&mut Filter, String), String),
    /// The table is sorted by a column, or the other way round.
    Sort(Column),
    /// Other rows are seen: the first, and how many.
    Scroll(usize, usize),
    /// Other homes are seen.
    ScrollHomes(usize, usize),
    /// The tiles show something else.
    Colour(Column),
    /// A compound is shown, or all again.
    Show(Option<usize>),
    /// A home is told, or no longer.
    Home(Option<usize>),
    /// The change that is being written is another.
    Write(fn(&mut Draft, String), String),
    /// It is taken in.
    Add,
    /// A change of a scenario is taken out.
    TakeOut(usize, usize),
    /// The plan of the compound that is shown is copied, with its portion.
    Copy,
    /// What the worker told of that.
    Copied(Option<Vec<u8>>),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Screen {
        Screen {
            work: None,
            files: None,
            copying: None,
            state: State::Waiting,
            filter: Filter::default(),
            sort: None,
            colour: Column::Median,
            found: Vec::new(),
            seen: FIRST,
            shown: None,
            detail: None,
            homes_seen: FIRST,
            home: None,
            cases: Vec::new(),
            told: None,
            draft: Draft::default(),
            goes_on_at: None,
        }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let language = context.props().editing.language;
        if before.editing.language == language {
            return true;
        }
        // What the worker words is asked for in the other language.
        if let Some(shown) = self.shown {
            self.ask(&Order::Compound(shown, language));
        }
        if let Some(home) = &self.home {
            self.ask(&Order::Home(self.shown.unwrap_or_default(), home.home, language));
        }
        if !self.cases.is_empty() {
            self.ask(&Order::Scenarios(self.cases.clone(), language));
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let language = context.props().editing.language;
        match message {
            Message::Choose(files) => self.choose(context, files),
            Message::Heard(heard) => self.hear(heard),
            Message::Look(change, value) => {
                change(&mut self.filter, value);
                if !matches!(self.filter.over(), Ok(Some(_))) {
                    self.leave(|column| column == Column::Over);
                }
                self.look();
            }
            Message::Sort(column) => {
                let descending = match self.sort {
                    Some((sorted, descending)) if sorted == column => !descending,
                    _ => !column.is_text(),
                };
                self.sort = Some((column, descending));
                self.look();
            }
            Message::Scroll(start, count) => self.seen = (start, count),
            Message::ScrollHomes(start, count) => self.homes_seen = (start, count),
            Message::Colour(column) => self.colour = column,
            Message::Show(Some(compound)) => {
                self.shown = Some(compound);
                (self.detail, self.home, self.homes_seen) = (None, None, FIRST);
                self.copying = None;
                self.ask(&Order::Compound(compound, language));
                self.goes_on_at = Some(compound::HEADING.to_owned());
            }
            Message::Show(None) => {
                self.goes_on_at = self.shown.take().map(table::opener);
                (self.detail, self.home) = (None, None);
            }
            Message::Home(Some(home)) => {
                let compound = self.shown.unwrap_or_default();
                self.ask(&Order::Home(compound, home, language));
                return false;
            }
            Message::Home(None) => {
                self.goes_on_at = self.home.take().map(|home| compound::opener(home.home));
            }
            Message::Write(change, value) => change(&mut self.draft, value),
            Message::Add => {
                let Draft { case, path, to } = std::mem::take(&mut self.draft);
                let case = case.min(self.cases.len());
                let to = to.trim().to_owned();
                self.cases.resize(self.cases.len().max(case + 1), Vec::new());
                self.cases[case].retain(|(known, _)| *known != path);
                self.cases[case].push((path.clone(), to));
                self.draft = Draft { case, path, to: String::new() };
                self.ask_for_scenarios(language);
            }
            Message::Copy => self.copy(context),
            Message::Copied(told) => {
                let told = told.and_then(|told| postcard::from_bytes(&told).ok());
                match told {
                    Some(Told::Copied(plan)) => {
                        self.copying = None;
                        let read = Read { plan: Some(plan), roster: None };
                        let open = Action::Ask(Request::Read(Box::new(read)));
                        context.props().editing.send.emit(open);
                    }
                    Some(Told::Refused(lines)) => self.copying = Some(lines),
                    _ => self.copying = Some(vec![say(language, "view.programme.broke-off")]),
                }
            }
            Message::TakeOut(case, change) => {
                if let Some(changes) = self.cases.get_mut(case).filter(|one| change < one.len()) {
                    changes.remove(change);
                }
                self.cases.retain(|changes| !changes.is_empty());
                self.ask_for_scenarios(language);
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        view::screen(context, self)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let element = self.goes_on_at.take().and_then(|id| document().get_element_by_id(&id));
        if let Some(element) = element.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
            // An element that is drawn can be gone to.
            let _ = element.focus();
        }
    }
}

impl Screen {
    fn choose(&mut self, context: &Context<Self>, mut files: Vec<(String, File)>) {
        files.retain(|(path, _)| {
            let path = path.to_ascii_lowercase();
            ENDINGS.iter().any(|ending| path.ends_with(ending))
        });
        let size: f64 = files.iter().map(|(_, file)| file.size()).sum();
        self.forget();
        if size > f64::from(MOST_MEGABYTES << 20) {
            self.state = State::Refused(Refused::TooLarge);
            return;
        }
        self.state = State::Reading(0, 0);
        // One file of all of them: the browser keeps no room for it before the worker reads it.
        let parts = Array::new();
        let mut all = Vec::new();
        for (path, file) in files {
            parts.push(&file);
            // A size is a whole number below that limit.
            all.push((path, file.size() as u64));
        }
        let Ok(file) = File::new_with_blob_sequence(&parts, "") else {
            self.state = State::Refused(Refused::BrokeOff);
            return;
        };
        let order = Order::Open(all.clone(), context.props().editing.language);
        let hear = context.link().callback(Message::Heard);
        self.work = Some(Work::begin_and_keep(Task::Programme, &order, &file, hear));
        self.files = Some((all, file));
    }

    /// Has the plan of the compound that is shown copied by another worker: the one that holds the plans holds no files.
    fn copy(&mut self, context: &Context<Self>) {
        let (State::Open(programme), Some(compound)) = (&self.state, self.shown) else { return };
        let Some((parts, file)) = self.files.clone() else { return };
        let offers = programme.offers(compound).into_iter();
        let offers = offers.map(|(source, amount)| (source.to_owned(), amount)).collect();
        let order = Order::Copy(parts, compound, offers, context.props().editing.language);
        self.copying = Some(Vec::new());
        context.link().send_future(async move {
            Message::Copied(done(Task::Programme, &order, Some(&file)).await)
        });
    }

    /// Begins with nothing: what was open is no longer.
    fn forget(&mut self) {
        (self.work, self.files, self.copying) = (None, None, None);
        self.filter = Filter::default();
        self.sort = None;
        self.colour = Column::Median;
        self.found.clear();
        (self.shown, self.detail, self.home) = (None, None, None);
        self.cases.clear();
        self.told = None;
        self.draft = Draft::default();
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Told(told) => {
                if let Ok(told) = postcard::from_bytes(&told) {
                    self.take(told);
                }
            }
            Heard::Done => {}
            Heard::Failed => {
                self.forget();
                self.state = State::Refused(Refused::BrokeOff);
            }
        }
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Progress(done, all) => self.state = State::Reading(done, all),
            Told::Opened(programme) => {
                self.draft.path =
                    programme.changeable.first().map(|one| one.path.clone()).unwrap_or_default();
                self.state = State::Open(programme);
                self.look();
            }
            Told::Refused(lines) => {
                self.forget();
                self.state = State::Refused(Refused::Told(lines));
            }
            Told::Compound(detail) => {
                if self.shown == Some(detail.compound) {
                    self.detail = Some(*detail);
                }
            }
            Told::Home(home) => {
                self.home = Some(*home);
                self.goes_on_at = Some(compound::HOME_HEADING.to_owned());
            }
            // Heard by whoever asked for it.
            Told::Copied(_) => {}
            Told::Scenarios(told) => {
                self.told = Some(told);
                self.look();
            }
        }
    }

    /// Asks the worker for something.
    fn ask(&self, order: &Order) {
        if let Some(work) = &self.work {
            work.go_on(Task::Programme, order);
        }
    }

    fn ask_for_scenarios(&mut self, language: Language) {
        self.told = None;
        self.leave(|column| matches!(column, Column::Scenario(_)));
        self.ask(&Order::Scenarios(self.cases.clone(), language));
    }

    /// Neither sorts nor colours by columns that are no longer there.
    fn leave(&mut self, is_gone: impl Fn(Column) -> bool) {
        if is_gone(self.colour) {
            self.colour = Column::Median;
        }
        self.sort = self.sort.filter(|(column, _)| !is_gone(*column));
    }

    /// What each scenario comes to, as far as it is known.
    fn scenarios(&self) -> impl Iterator<Item = (usize, &Scenario)> {
        let told = self.told.iter().flatten().enumerate();
        told.filter_map(|(case, told)| Some((case, told.as_ref().ok()?)))
    }

    /// Looks anew which compounds are shown, from the first on.
    fn look(&mut self) {
        let State::Open(programme) = &self.state else { return };
        let mut found: Vec<usize> = self.filter.found(programme).collect();
        if let Some((column, descending)) = self.sort {
            let key = |&compound: &usize| column.value(self, programme, compound);
            found.sort_by_cached_key(key);
            if descending {
                found.reverse();
            }
        }
        self.found = found;
        self.seen = FIRST;
        list::to_top(table::BOX);
    }
}

/// The path of a chosen file within the folder that it was chosen with.
fn path_of(file: &File) -> String {
    // Each file has one, empty where no folder was chosen.
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let path = path.ok().and_then(|path| path.as_string()).unwrap_or_default();
    if path.is_empty() { file.name() } else { path }
}
