//! The screen that opens a ledger: its chain is checked, its compounds are filtered and added up, and
//! each tells what happened to it. A program of its own, loaded when the screen is first shown.

#![forbid(unsafe_code)]

mod compound;
mod draw;
mod filter;
mod table;

use fentan_guest::{Given, bytes_of, once_drawn};
use fentan_ledger::{Entry, Faulty, Filter, Head, Ledger};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement};
use yew::{Component, Context, Html};

fentan_guest::program!(Ledgers);

/// The most megabytes of a ledger: about that many thousand compounds.
const MOST_MEGABYTES: u32 = 64;

/// The screen.
#[derive(Debug)]
pub struct Ledgers {
    state: State,
    filter: Filter,
    /// The head that somebody noted, as it was typed.
    noted: String,
    /// The compound that is shown, by its place among all.
    shown: Option<usize>,
    /// The id of the element where reading goes on, once it is drawn.
    goes_on_at: Option<String>,
}

/// What the screen shows.
#[derive(Debug)]
enum State {
    /// Nothing was opened yet.
    Waiting,
    /// A file is being read.
    Reading,
    /// A file can't be read: its name, and what is the matter.
    Refused(String, Trouble),
    /// A file was read, and is whole.
    Read(Opened),
}

/// A ledger that is open.
#[derive(Debug)]
pub struct Opened {
    name: String,
    ledger: Ledger,
    entries: Vec<Entry>,
    /// The head that it had with each entry.
    heads: Vec<Head>,
}

/// Why a ledger can't be opened.
#[derive(Debug)]
pub enum Trouble {
    /// It is larger than `MOST_MEGABYTES`.
    TooLarge,
    /// The browser can't read the file.
    Unreadable,
    /// It is not what it was when it was written.
    Faulty(Faulty),
}

/// What happens on the screen.
#[derive(Debug)]
pub enum Message {
    /// A file was chosen.
    Choose(File),
    /// The file of that name was read.
    Open(String, Result<Box<Opened>, Trouble>),
    /// Other compounds are looked at: a part of the filter takes what was chosen or typed.
    Look(fn(&mut Filter, String), String),
    /// A head that somebody noted is compared.
    Compare(String),
    /// A compound is shown, by its place among all.
    Show(usize),
    /// All are shown again.
    Back,
}

impl Component for Ledgers {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Ledgers {
        Ledgers {
            state: State::Waiting,
            filter: Filter::default(),
            noted: String::new(),
            shown: None,
            goes_on_at: None,
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(file) => {
                self.state = State::Reading;
                let link = context.link().clone();
                once_drawn(async move {
                    let opened = Opened::read(&file).await.map(Box::new);
                    link.send_message(Message::Open(file.name(), opened));
                });
            }
            Message::Open(name, opened) => {
                (self.filter, self.shown) = (Filter::default(), None);
                self.state = match opened {
                    Ok(opened) => State::Read(*opened),
                    Err(trouble) => State::Refused(name, trouble),
                };
            }
            Message::Look(change, value) => change(&mut self.filter, value),
            Message::Compare(noted) => self.noted = noted,
            Message::Show(index) => {
                self.shown = Some(index);
                self.goes_on_at = Some(compound::HEADING.to_owned());
            }
            Message::Back => self.goes_on_at = self.shown.take().map(draw::opener),
        }
        true
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        // Whatever the plan, a ledger stays what it is.
        context.props().language != before.language
    }

    fn view(&self, context: &Context<Self>) -> Html {
        draw::screen(context, self)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let element = self.goes_on_at.take().and_then(|id| document().get_element_by_id(&id));
        if let Some(element) = element.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
            // An element that is drawn can be gone to.
            let _ = element.focus();
        }
    }
}

impl Opened {
    async fn read(file: &File) -> Result<Opened, Trouble> {
        if file.size() > f64::from(MOST_MEGABYTES << 20) {
            return Err(Trouble::TooLarge);
        }
        let bytes = bytes_of(file).await.ok_or(Trouble::Unreadable)?;
        let (mut entries, mut heads) = (Vec::new(), Vec::new());
        let ledger = Ledger::read_with(&bytes, |entry, head| {
            entries.push(entry);
            heads.push(head);
        });
        Ok(Opened { name: file.name(), ledger: ledger.map_err(Trouble::Faulty)?, entries, heads })
    }
}
