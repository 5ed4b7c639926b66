//! The screen that opens a ledger: its chain is checked, its compounds are filtered and added up, and
//! each tells what happened to it. A program of its own, loaded when the screen is first shown.

#![forbid(unsafe_code)]

mod compound;
mod draw;

use fentan_guest::{Given, bytes_of};
use fentan_ledger::{Entry, Faulty, Filter, Ledger};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlElement};
use yew::{Component, Context, Html, NodeRef};

fentan_guest::program!(Ledgers);

/// The most megabytes of a ledger: about that many thousand compounds.
const MOST_MEGABYTES: u32 = 128;

/// The screen.
#[derive(Debug)]
pub struct Ledgers {
    state: State,
    filter: Filter,
    /// The compound that is shown, by its place among all.
    shown: Option<usize>,
    /// The one whose heading was gone to, where reading goes on once it is shown.
    read: Option<usize>,
    heading: NodeRef,
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
    Read(Box<Opened>),
}

/// A ledger that is open.
#[derive(Debug)]
pub struct Opened {
    name: String,
    ledger: Ledger,
    entries: Vec<Entry>,
}

/// Why a ledger can't be opened.
#[derive(Debug)]
pub enum Trouble {
    /// It is larger than [`MOST_MEGABYTES`].
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
    /// It was read.
    Open(Result<Box<Opened>, (String, Trouble)>),
    /// Other compounds are looked at.
    Look(Filter),
    /// A compound is shown, or none any longer.
    Show(Option<usize>),
}

impl Component for Ledgers {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Ledgers {
        Ledgers {
            state: State::Waiting,
            filter: Filter::default(),
            shown: None,
            read: None,
            heading: NodeRef::default(),
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(file) => {
                self.state = State::Reading;
                let link = context.link().clone();
                spawn_local(async move {
                    // First the word that it is read, then the work.
                    TimeoutFuture::new(0).await;
                    let name = file.name();
                    let opened = Opened::read(&file).await.map_err(|trouble| (name, trouble));
                    link.send_message(Message::Open(opened.map(Box::new)));
                });
            }
            Message::Open(opened) => {
                (self.filter, self.shown) = (Filter::default(), None);
                self.state = match opened {
                    Ok(opened) => State::Read(opened),
                    Err((name, trouble)) => State::Refused(name, trouble),
                };
            }
            Message::Look(filter) => self.filter = filter,
            Message::Show(compound) => self.shown = compound,
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
        if self.shown != self.read {
            self.read = self.shown;
            // An element that is drawn can be gone to.
            let _ = self.heading.cast::<HtmlElement>().map(|heading| heading.focus());
        }
    }
}

impl Opened {
    async fn read(file: &File) -> Result<Opened, Trouble> {
        if file.size() > f64::from(MOST_MEGABYTES << 20) {
            return Err(Trouble::TooLarge);
        }
        let bytes = bytes_of(file).await.ok_or(Trouble::Unreadable)?;
        let ledger = Ledger::read(&bytes).map_err(Trouble::Faulty)?;
        let entries = Ledger::entries(&bytes).map_err(Trouble::Faulty)?;
        Ok(Opened { name: file.name(), ledger, entries })
    }
}
