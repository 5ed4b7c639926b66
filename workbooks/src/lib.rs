//! The screen that opens workbooks and texts of offices, shows how they are understood, and takes
//! what they hold into the plan. A program of its own, loaded when the screen is first shown.

#![forbid(unsafe_code)]

mod decode;
mod draw;
mod opened;

use fentan_core::Document;
use fentan_guest::{Given, bytes_of, once_drawn};
use fentan_import::{Content, Corrections, Table, Unreadable, report, take_in};
use fentan_words::say;
use gloo::storage::{LocalStorage, Storage};
use web_sys::File;
use yew::{Component, Context, Html};

pub use decode::open as open_file;
pub use opened::Opened;

fentan_guest::program!(Workbooks);

/// Where the browser keeps what was corrected by hand.
const CORRECTIONS: &str = "fentan-import-corrections";

/// The screen.
#[derive(Debug)]
pub struct Workbooks {
    corrections: Corrections,
    state: State,
}

/// What the screen shows.
#[derive(Debug)]
enum State {
    /// Nothing was opened yet.
    Waiting,
    /// A file is being read.
    Reading,
    /// A file can't be read: its name, and what is the matter.
    Refused(String, Unreadable),
    /// A file was read.
    Read(Box<Opened>),
    /// What a file holds was taken into the plan: so many.
    Taken(Content, usize),
}

/// What happens on the screen.
#[derive(Debug)]
pub enum Message {
    /// A file was chosen.
    Choose(File),
    /// It was read.
    Open(String, Result<Vec<Table>, Unreadable>),
    /// It is to be understood as a roster or as works.
    Understand(Content),
    /// A sheet is to be read, or left aside.
    Sheet(usize, bool),
    /// A row of a sheet is its heading.
    Heading(usize, u64),
    /// A column of a sheet is a field.
    Assign(usize, usize, Option<String>),
    /// The rows left out are to be kept as a file.
    Download,
    /// What was read comes into the plan: in addition, or in place of what it has.
    Take(bool),
}

impl Component for Workbooks {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Workbooks {
        let corrections = LocalStorage::get(CORRECTIONS).unwrap_or_default();
        Workbooks { corrections, state: State::Waiting }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(file) => {
                self.state = State::Reading;
                let link = context.link().clone();
                once_drawn(async move {
                    link.send_message(Message::Open(file.name(), read(&file).await));
                });
            }
            Message::Open(name, Ok(tables)) => {
                let opened = Opened::new(name, tables, &self.corrections);
                self.state = State::Read(Box::new(opened));
            }
            Message::Open(name, Err(unreadable)) => self.state = State::Refused(name, unreadable),
            Message::Take(adding) => self.take(context, adding),
            change => self.change(context, change),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        draw::screen(context, &self.state)
    }
}

impl Workbooks {
    /// Changes how the file that is open is read.
    fn change(&mut self, context: &Context<Self>, message: Message) {
        let State::Read(opened) = &mut self.state else { return };
        match message {
            Message::Understand(content) => opened.understand(content, &self.corrections),
            Message::Sheet(sheet, chosen) => opened.choose(sheet, chosen, &self.corrections),
            Message::Heading(sheet, row) => opened.head(sheet, row, &self.corrections),
            Message::Assign(sheet, column, field) => {
                opened.assign(sheet, column, field.as_deref(), &mut self.corrections);
                // A browser that keeps nothing forgets it.
                let _ = LocalStorage::set(CORRECTIONS, &self.corrections);
            }
            Message::Download => {
                let language = context.props().language;
                let csv = report::left_out_csv(language, &opened.imported.left_out);
                let stem = opened.name.rsplit_once('.').map_or(&*opened.name, |(stem, _)| stem);
                let ending = say(language, "import.left-out.file");
                draw::download(&format!("{stem}{ending}.csv"), &csv);
            }
            _ => {}
        }
    }

    fn take(&mut self, context: &Context<Self>, adding: bool) {
        let State::Read(opened) = &self.state else { return };
        let given = context.props();
        let plan = Document::from_json(given.plan.as_bytes());
        let plan = plan.map(Document::into_owned).unwrap_or_default();
        // Texts, lists and tables of texts can always be written.
        let values = serde_json::to_string(&opened.imported.values).unwrap_or_default();
        let charges: Vec<_> = opened
            .imported
            .charges()
            .into_iter()
            .map(|(line, charges)| (line, serde_json::to_string(&charges).unwrap_or_default()))
            .collect();
        given.change.emit(take_in(&plan, opened.content, adding, &values, &charges));
        self.state = State::Taken(opened.content, opened.imported.values.len());
    }
}

async fn read(file: &File) -> Result<Vec<Table>, Unreadable> {
    if file.size() > fentan_import::sheets::bounds::MOST_BYTES as f64 {
        return Err(Unreadable::TooLarge);
    }
    decode::open(&bytes_of(file).await.ok_or(Unreadable::Broken)?)
}
