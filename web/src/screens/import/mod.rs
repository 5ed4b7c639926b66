//! The screen that opens workbooks and texts of offices, shows how they are understood, and takes what they hold into
//! the plan. A worker holds the file (`opened.rs`) and tells what the screen shows of it ([`View`]).

mod draw;
pub mod opened;
pub mod view;

use fentan_core::Value;
use fentan_import::{Content, Corrections, Unreadable};
use fentan_words::{Language, say};
use gloo::storage::errors::StorageError;
use gloo::storage::{LocalStorage, Storage};
use web_sys::File;
use yew::{Callback, Component, Context, Html, Properties, html};

use crate::message::{Request, Taken};
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::file::save;
use crate::work::{Heard, Task, Work};
use view::{Asked, Lines, Told, View};

/// Where the browser keeps what was corrected by hand, and what stood there and can't be read.
const CORRECTIONS: &str = "fentan-import-corrections";
const UNREADABLE: &str = "fentan-import-corrections-unreadable";

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The shared lines of the plan.
    pub lines: Lines,
    /// The file that was chosen elsewhere to be opened here.
    pub chosen: Option<File>,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let lines = editing.form.document.value("lines").map_or(&[][..], Value::list);
    let text = |line: &Value<'_>, field: &str| line.get(field)?.text().map(str::to_owned);
    let shared = lines.iter().filter(|line| text(line, "kind").as_deref() != Some("individual"));
    let shared =
        shared.filter_map(|line| Some((text(line, "id")?, text(line, "name").unwrap_or_default())));
    let (language, lines) = (editing.language, shared.collect::<Lines>());
    let chosen = page.chosen.first().cloned();
    html! { <Import {language} {lines} {chosen} send={editing.send.clone()} /> }
}

/// The screen.
pub struct Import {
    corrections: Corrections,
    /// Whether what was corrected before can't be read. It is kept aside, and told.
    has_forgotten: bool,
    state: State,
    /// The worker that holds the file.
    work: Option<Work>,
}

/// What the screen shows.
#[derive(Debug)]
enum State {
    /// Nothing was opened yet.
    Waiting,
    /// A file is being read.
    Reading,
    /// A file can't be read: its name, and what is the matter; missing where the worker broke off.
    Refused(String, Option<Unreadable>),
    /// A file was read; whether what it asks was looked at and accepted.
    Read(Box<View>, bool),
    /// What a file holds was taken into the plan: so many.
    Taken(Content, usize),
}

/// What happens on the screen.
#[derive(Debug)]
pub enum Message {
    /// A file was chosen.
    Choose(File),
    /// How the file is understood is changed, or something is asked of it.
    Ask(Asked),
    /// What is asked was looked at and is accepted, or no longer is.
    Accept(bool),
    /// Something is heard of the file of this name.
    Heard(String, Heard),
}

impl Component for Import {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Import {
        let kept = LocalStorage::get::<Corrections>(CORRECTIONS);
        let has_forgotten = matches!(kept, Err(StorageError::SerdeError(_)));
        if has_forgotten && let Ok(Some(text)) = LocalStorage::raw().get_item(CORRECTIONS) {
            // A browser that has no room for it keeps it until something is corrected anew.
            let _ = LocalStorage::raw().set_item(UNREADABLE, &text);
        }
        let corrections = kept.unwrap_or_default();
        let mut import = Import { corrections, has_forgotten, state: State::Waiting, work: None };
        if let Some(file) = &context.props().chosen {
            import.open(context, file);
        }
        import
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let Given { language, lines, chosen, .. } = context.props();
        if *language != before.language {
            self.ask(&Asked::Say(*language));
        }
        if *lines != before.lines {
            self.ask(&Asked::Lines(lines.clone()));
        }
        if let Some(file) = chosen.as_ref().filter(|_| *chosen != before.chosen) {
            self.open(context, file);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(file) => self.open(context, &file),
            Message::Ask(asked) => self.ask(&asked),
            Message::Accept(now) => {
                if let State::Read(_, is_accepted) = &mut self.state {
                    *is_accepted = now;
                }
            }
            Message::Heard(_, Heard::Done) => return false,
            Message::Heard(name, Heard::Failed) => {
                self.work = None;
                self.state = State::Refused(name, None);
            }
            Message::Heard(name, Heard::Told(told)) => {
                if let Ok(told) = postcard::from_bytes(&told) {
                    self.hear(context, name, told);
                }
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        draw::screen(context, &self.state, self.has_forgotten)
    }
}

impl Import {
    fn open(&mut self, context: &Context<Self>, file: &File) {
        let Given { language, lines, .. } = context.props().clone();
        let name = file.name();
        if file.size() > fentan_import::sheets::bounds::MOST_BYTES as f64 {
            self.state = State::Refused(name, Some(Unreadable::TooLarge));
            return;
        }
        self.state = State::Reading;
        let corrections = Box::new(self.corrections.clone());
        let asked = Asked::Open { name: name.clone(), corrections, lines, language };
        let hear = context.link().callback(move |heard| Message::Heard(name.clone(), heard));
        // The worker that holds the file before ends with it.
        self.work = Some(Work::begin_and_keep(Task::Import, &asked, file, hear));
    }

    fn ask(&self, asked: &Asked) {
        if let Some(work) = &self.work {
            work.go_on(Task::Import, asked);
        }
    }

    fn hear(&mut self, context: &Context<Self>, name: String, told: Told) {
        match told {
            Told::View(view) => {
                // What is asked in other words is to be looked at again.
                let is_accepted = matches!(
                    &self.state,
                    State::Read(before, true) if before.asks == view.asks
                );
                self.state = State::Read(view, is_accepted);
            }
            Told::Refused(unreadable) => self.state = State::Refused(name, Some(unreadable)),
            Told::Corrected(corrections) => {
                self.corrections = *corrections;
                // A browser that keeps nothing forgets it.
                let _ = LocalStorage::set(CORRECTIONS, &self.corrections);
            }
            Told::LeftOut(csv) => {
                let language = context.props().language;
                let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
                let ending = say(language, "import.left-out.file");
                // What the browser does not save can be asked for again.
                let _ = save(&format!("{stem}{ending}.csv"), "text/csv", &csv);
            }
            Told::Taken(taken) => self.take(context, taken),
        }
    }

    fn take(&mut self, context: &Context<Self>, taken: Box<Taken>) {
        self.state = State::Taken(taken.content, taken.count);
        self.work = None;
        context.props().send.emit(Action::Ask(Request::TakeIn(taken)));
    }
}
