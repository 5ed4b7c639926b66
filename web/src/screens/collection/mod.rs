//! The screen of payments: a payment is recorded by its door in seconds, and kept before the field is
//! cleared; who has paid by a day; statements of banks taken in; books of other computers joined; papers.

pub mod keeping;
mod standing;
mod statement;
mod view;

use std::rc::Rc;

use fentan_core::collection::Method;
use fentan_core::{Change, Day, Fen};
use fentan_import::number;
use fentan_ledger::book::{Book, Desk, Paid, Receipt, Reversed, report};
use fentan_words::{Language, money, say, say_with};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlElement};
use yew::{Callback, Component, Context, Html, Properties, html};

use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::parts::file::{bytes_of, once_drawn, save};
use crate::screens::papers::today;
use crate::work::account::{Asked, Order, Told, heard};
use crate::work::{Heard, Task, Work};
use keeping::Failure;
use standing::Standing;
use statement::Taking;

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan, which files are named after.
    pub form: Rc<Form>,
    /// The place of the plan, by which its payments are kept.
    pub plan: u32,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    let plan = page.shelf.open;
    html! { <Screen language={*language} form={Rc::clone(form)} {plan} send={send.clone()} /> }
}

/// What is typed of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The door.
    pub door: String,
    /// The amount.
    pub amount: String,
    /// How it is paid.
    pub method: Method,
    /// A remark.
    pub note: String,
    /// The day.
    pub date: String,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The day.
    pub on: String,
    /// A part of the door.
    pub search: String,
    /// Only this building; empty for all.
    pub building: String,
    /// Only who is in arrears.
    pub behind: bool,
    /// The part of the homes, in percent, that must have paid before the works begin.
    pub goal: u32,
}

/// The calls that are being thought up: how many, and the first due day and the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drafted {
    /// The due day and the part in percent of each call.
    pub calls: Vec<(String, String)>,
}

/// The screen.
pub struct Screen {
    book: Option<(Book, Desk)>,
    standing: Option<Standing>,
    typed: Typed,
    look: Look,
    drafted: Drafted,
    /// What was done last, for whoever can't see it too.
    said: String,
    /// Why something was not done.
    refusal: String,
    is_writing: bool,
    /// A payment that is to be reversed, and why.
    reversing: Option<(Receipt, String)>,
    taking: Option<Taking>,
    work: Vec<Work>,
    /// The id of the element where typing goes on, once it is drawn.
    goes_on_at: Option<&'static str>,
}

/// What happens on the screen.
pub enum Message {
    /// The book of the plan at a place was read.
    Loaded(u32, Result<(Book, Desk), Failure>),
    /// Something is heard of the task.
    Heard(Heard),
    /// A field of the payment was typed into.
    Type(fn(&mut Typed, String), String),
    /// Something else is looked at.
    Look(fn(&mut Look, String), String),
    /// The payment is to be recorded.
    Pay,
    /// Entries are kept, or not, with the book where another window went on with it: what is said then,
    /// and whether the field is cleared. The first is the place of the plan.
    Kept(u32, Result<Option<(Book, Desk)>, Failure>, String, bool),
    /// A payment is to be reversed; none closes the field.
    Ask(Option<Receipt>),
    /// Why it is to be reversed.
    Reason(String),
    /// It is reversed.
    Reverse,
    /// A statement was chosen.
    Statement(File),
    /// The home of a row of the statement.
    Assign(u64, String),
    /// What fits of the statement is recorded.
    Take,
    /// The statement is put away.
    PutAway,
    /// The book of another computer was chosen.
    Join(File),
    /// It was read.
    Joined(Option<Vec<u8>>),
    /// The book is saved as a file.
    Save,
    /// A paper is written.
    Paper(&'static str, &'static str),
    /// A call of the draft was typed into: which, whether its part, and what.
    Draft(usize, bool, String),
    /// A call is added to the draft, or taken away.
    DraftCalls(bool),
    /// The draft is taken into the plan.
    TakeCalls,
}

/// A paper that is being written, by its file's name.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Screen {
        let typed = Typed {
            door: String::new(),
            amount: String::new(),
            method: Method::Wechat,
            note: String::new(),
            date: today(),
        };
        let look = Look {
            on: today(),
            search: String::new(),
            building: String::new(),
            behind: false,
            goal: 70,
        };
        let drafted = [(today(), "50%".to_owned()), (today(), "50%".to_owned())];
        let mut screen = Screen {
            book: None,
            standing: None,
            typed,
            look,
            drafted: Drafted { calls: drafted.to_vec() },
            said: String::new(),
            refusal: String::new(),
            is_writing: false,
            reversing: None,
            taking: None,
            work: Vec::new(),
            goes_on_at: None,
        };
        load(context);
        screen.ask(context, Asked::Calls, None);
        screen
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let now = context.props();
        if now.plan != before.plan {
            (self.book, self.standing, self.is_writing) = (None, None, false);
            load(context);
        }
        if now.plan != before.plan || now.form != before.form || now.language != before.language {
            self.ask(context, Asked::Calls, None);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let language = context.props().language;
        match message {
            // Another plan may be open by now.
            Message::Loaded(plan, _) | Message::Kept(plan, ..) if plan != context.props().plan => {
                return false;
            }
            Message::Loaded(_, loaded) => match loaded {
                Ok(loaded) => {
                    self.book = Some(loaded);
                    self.count();
                }
                Err(failure) => self.refusal = not_kept(language, &failure),
            },
            Message::Heard(of_task) => match heard(language, &of_task) {
                None => return false,
                Some(told) => self.hear(context, told),
            },
            Message::Type(change, value) => {
                self.refusal.clear();
                change(&mut self.typed, value);
            }
            Message::Look(change, value) => {
                let on = self.look.on.clone();
                change(&mut self.look, value);
                if self.look.on != on {
                    self.count();
                }
            }
            Message::Pay => self.pay(context),
            Message::Kept(_, kept, said, clears) => self.kept(context, kept, said, clears),
            Message::Ask(receipt) => {
                self.reversing = receipt.map(|receipt| (receipt, String::new()));
                self.goes_on_at = receipt.map(|_| "reverse-reason");
            }
            Message::Reason(typed) => {
                if let Some((_, reason)) = &mut self.reversing {
                    *reason = typed;
                }
            }
            Message::Reverse => self.reverse(context),
            Message::Statement(file) => {
                self.refusal.clear();
                self.ask(context, Asked::Statement, Some(file));
            }
            Message::Assign(row, home) => {
                if let Some(taking) = &mut self.taking {
                    taking.assign(row, home);
                }
            }
            Message::Take => self.take(context),
            Message::PutAway => self.taking = None,
            Message::Join(file) => {
                let link = context.link().clone();
                once_drawn(
                    async move { link.send_message(Message::Joined(bytes_of(&file).await)) },
                );
            }
            Message::Joined(bytes) => self.join(context, bytes),
            Message::Save => self.save(context),
            Message::Paper(paper, format) => {
                let Some((book, _)) = &self.book else { return false };
                let (paper, format) = (paper.to_owned(), format.to_owned());
                let asked = Asked::Paper(paper, format, book.to_bytes(), self.look.on.clone());
                self.said = say(language, "view.collection.writing");
                self.ask(context, asked, None);
            }
            Message::Draft(index, is_part, typed) => {
                if let Some(call) = self.drafted.calls.get_mut(index) {
                    *(if is_part { &mut call.1 } else { &mut call.0 }) = typed;
                }
            }
            Message::DraftCalls(more) => {
                let calls = &mut self.drafted.calls;
                if more {
                    calls.push((today(), String::new()));
                } else if calls.len() > 1 {
                    calls.pop();
                }
            }
            Message::TakeCalls => self.take_calls(context),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        view::screen(context, self)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let element = self.goes_on_at.take().and_then(|id| document().get_element_by_id(id));
        if let Some(element) = element.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
            // An element that is drawn can be gone to.
            let _ = element.focus();
        }
    }
}

/// Reads the book of the plan; one without a place is not kept, and has none.
fn load(context: &Context<Screen>) {
    let (plan, link) = (context.props().plan, context.link().clone());
    if plan == 0 {
        return;
    }
    spawn_local(async move { link.send_message(Message::Loaded(plan, keeping::load(plan).await)) });
}

/// Why entries were not kept, or can't be read.
pub fn not_kept(language: Language, failure: &Failure) -> String {
    match failure {
        Failure::Overtaken => say(language, "view.collection.overtaken"),
        Failure::Full => say(language, "view.collection.full"),
        Failure::Other => say(language, "view.collection.nothing-kept"),
        Failure::Broken(broken) => {
            report::broken(language, &say(language, "view.collection.heading"), broken)
        }
    }
}

impl Screen {
    /// The day that is looked at; the last there is where none is written.
    fn on(&self) -> Day {
        let last = Day::of(9999, 12, 31);
        Day::read(&self.look.on).ok().or(last).unwrap_or_else(|| unreachable!("a day"))
    }

    fn count(&mut self) {
        let on = self.on();
        if let Some(standing) = &mut self.standing {
            standing.count(self.book.as_ref().map(|(book, _)| book), on);
        }
    }

    fn ask(&mut self, context: &Context<Self>, asked: Asked, file: Option<File>) {
        let order = Order { language: context.props().language, asked };
        let (send, hear) = (&context.props().send, context.link().callback(Message::Heard));
        // What was asked before is let go; a paper that is being written is asked for again.
        let work = Work::begin_on_plan_and_file(Task::Account, &order, file, send, hear);
        self.work.push(work);
        if self.work.len() > 3 {
            self.work.remove(0);
        }
    }

    fn hear(&mut self, context: &Context<Self>, told: Told) {
        match told {
            Told::Calls(calls) => {
                let on = self.on();
                let book = self.book.as_ref().map(|(book, _)| book);
                self.standing = Some(Standing::of(calls, book, on));
            }
            Told::Statement(statement) => {
                let book = self.book.as_ref().map(|(book, _)| book);
                self.taking = Some(Taking::of(statement, book));
                self.goes_on_at = Some("statement-take");
            }
            Told::File(file) => {
                self.said = say(context.props().language, "view.collection.written");
                let name = self.file_name(context, ".docx");
                if save(&name, DOCX, &file).is_none() {
                    self.refusal = say(context.props().language, "view.collection.not-saved");
                }
            }
            Told::Failed(words) => self.refusal = words,
            _ => {}
        }
    }

    fn file_name(&self, context: &Context<Self>, ending: &str) -> String {
        let Given { form, language, .. } = context.props();
        let name = form.document.text("name").unwrap_or("fentan");
        [name, " ", &say(*language, "view.collection.heading"), ending].concat()
    }

    /// Records what is typed: the amount that is owed is filled in first where none is written.
    fn pay(&mut self, context: &Context<Self>) {
        let language = context.props().language;
        let on = self.on();
        let (Some((_, desk)), Some(standing)) = (&self.book, &self.standing) else { return };
        if self.is_writing {
            return;
        }
        self.refusal.clear();
        let Some(home) = standing.find(&self.typed.door) else {
            self.refusal =
                say_with(language, "view.collection.no-door", &[("door", self.typed.door.trim())]);
            self.goes_on_at = Some("payment-door");
            return;
        };
        let (home, _, stand) = standing.home(home, on);
        if self.typed.amount.trim().is_empty() {
            if !stand.arrears.is_zero() {
                self.typed.amount = stand.arrears.to_string();
            }
            self.goes_on_at = Some("payment-amount");
            return;
        }
        let amount = number::money(&self.typed.amount).parse::<Fen>().ok();
        let date = Day::read(&self.typed.date).ok();
        let (Some(amount), Some(date)) = (amount, date) else {
            let (key, seen) = match amount {
                Some(_) => ("book.bad-day", &self.typed.date),
                None => ("book.bad-amount", &self.typed.amount),
            };
            self.refusal = say_with(language, key, &[("seen", seen)]);
            self.goes_on_at = Some("payment-amount");
            return;
        };
        let paid = Paid {
            date,
            household: home.id.clone(),
            amount,
            method: self.typed.method,
            reference: None,
            note: Some(self.typed.note.trim().to_owned()).filter(|note| !note.is_empty()),
        };
        let (household, desk) = (home.id.clone(), *desk);
        let add = move |book: &mut Book| book.pay(desk, paid.clone()).map(|receipt| vec![receipt]);
        let said = move |receipts: &[Receipt]| {
            let receipt = receipts.first().map(ToString::to_string).unwrap_or_default();
            let values =
                [("receipt", &*receipt), ("household", &household), ("amount", &money(amount))];
            say_with(language, "book.recorded", &values)
        };
        self.add(context, add, said, true);
    }

    fn reverse(&mut self, context: &Context<Self>) {
        let language = context.props().language;
        let (Some((book, desk)), Some((receipt, reason))) = (&self.book, &self.reversing) else {
            return;
        };
        let Ok(date) = Day::read(&today()) else { return };
        // A payment of a later day is reversed on its own.
        let date = book.payment(*receipt).map_or(date, |paid| paid.date.max(date));
        let reversed = Reversed { date, receipt: *receipt, reason: reason.trim().to_owned() };
        let (desk, payment) = (*desk, *receipt);
        let paid = book.payment(payment);
        let household = paid.map(|paid| paid.household.clone()).unwrap_or_default();
        let amount = paid.map_or(Fen::ZERO, |paid| paid.amount);
        let add = move |book: &mut Book| {
            book.reverse(desk, reversed.clone()).map(|receipt| vec![receipt])
        };
        let said = move |receipts: &[Receipt]| {
            let receipt = receipts.first().map(ToString::to_string).unwrap_or_default();
            let values = [
                ("receipt", &*receipt),
                ("payment", &payment.to_string()),
                ("household", &household),
                ("amount", &money(amount)),
            ];
            say_with(language, "book.reversed", &values)
        };
        self.add(context, add, said, false);
    }

    fn take(&mut self, context: &Context<Self>) {
        let language = context.props().language;
        let (Some((_, desk)), Some(taking)) = (&self.book, &self.taking) else { return };
        let Some(standing) = &self.standing else { return };
        let (desk, all) = (*desk, taking.fitting(|door| standing.find(door), &standing.calls));
        if all.is_empty() {
            return;
        }
        let add = move |book: &mut Book| {
            // What was taken in meanwhile is not taken twice.
            let new = all.iter().filter(|paid| {
                let reference = paid.reference.as_deref();
                reference.is_none_or(|one| book.holds(paid.method, one).is_none())
            });
            let new: Vec<Paid> = new.cloned().collect();
            new.into_iter().map(|paid| book.pay(desk, paid)).collect()
        };
        let said = move |receipts: &[Receipt]| {
            let text =
                |receipt: Option<&Receipt>| receipt.map(ToString::to_string).unwrap_or_default();
            let count = receipts.len().to_string();
            let (first, last) = (text(receipts.first()), text(receipts.last()));
            let values = [("count", &*count), ("first", &first), ("last", &last)];
            say_with(language, "book.taken", &values)
        };
        self.add(context, add, said, false);
    }

    fn join(&mut self, context: &Context<Self>, bytes: Option<Vec<u8>>) {
        let language = context.props().language;
        let Some((book, _)) = &self.book else { return };
        let other = bytes.as_deref().map(Book::read);
        let other = match other {
            Some(Ok(other)) => other,
            Some(Err(broken)) => {
                self.refusal = report::broken(language, "", &broken);
                return;
            }
            None => {
                self.refusal = say(language, "view.collection.unreadable");
                return;
            }
        };
        if let Err(parted) = book.clone().join(&other) {
            self.refusal = report::parted(language, parted);
            return;
        }
        let add = move |book: &mut Book| {
            let before: Vec<Receipt> = book.entries().map(|(receipt, _)| receipt).collect();
            // What was just found to fit is refused only where another window went on meanwhile.
            let _ = book.join(&other);
            let new = book.entries().map(|(receipt, _)| receipt);
            Ok(new.filter(|receipt| before.binary_search(receipt).is_err()).collect())
        };
        let all = book.entries().count();
        let said = move |receipts: &[Receipt]| {
            let (count, all) = (receipts.len().to_string(), (all + receipts.len()).to_string());
            say_with(language, "book.joined", &[("count", &count), ("all", &all)])
        };
        self.add(context, add, said, false);
    }

    /// Adds entries to the book and keeps them; where another window has given out their receipts
    /// meanwhile, reads what it did, and adds them behind.
    fn add(
        &mut self,
        context: &Context<Self>,
        add: impl Fn(&mut Book) -> Result<Vec<Receipt>, fentan_ledger::book::Refusal> + 'static,
        said: impl Fn(&[Receipt]) -> String + 'static,
        clears: bool,
    ) {
        let language = context.props().language;
        let Some((book, _)) = &mut self.book else { return };
        let receipts = match add(book) {
            Ok(receipts) => receipts,
            Err(refusal) => {
                self.refusal = report::refusal(language, refusal);
                // Some of several may have been added: what is kept counts.
                return load(context);
            }
        };
        let lines = lines(book, &receipts);
        self.is_writing = true;
        let (plan, link) = (context.props().plan, context.link().clone());
        spawn_local(async move {
            let (mut receipts, mut read) = (receipts, None);
            let mut kept = keeping::keep(plan, lines).await;
            if kept == Err(Failure::Overtaken)
                && let Ok((mut book, desk)) = keeping::load(plan).await
                && let Ok(again) = add(&mut book)
            {
                kept = keeping::keep(plan, self::lines(&book, &again)).await;
                (receipts, read) = (again, Some((book, desk)));
            }
            link.send_message(Message::Kept(plan, kept.map(|()| read), said(&receipts), clears));
        });
    }

    fn kept(
        &mut self,
        context: &Context<Self>,
        kept: Result<Option<(Book, Desk)>, Failure>,
        said: String,
        clears: bool,
    ) {
        self.is_writing = false;
        match kept {
            Ok(read) => {
                self.book = read.or(self.book.take());
                (self.said, self.reversing) = (said, None);
                if clears {
                    self.typed.door.clear();
                    self.typed.amount.clear();
                    self.typed.note.clear();
                    self.goes_on_at = Some("payment-door");
                } else {
                    let book = self.book.as_ref().map(|(book, _)| book);
                    self.taking = self.taking.take().and_then(|taking| taking.rest(book));
                }
                self.count();
            }
            Err(failure) => {
                self.refusal = not_kept(context.props().language, &failure);
                load(context);
            }
        }
    }

    fn save(&mut self, context: &Context<Self>) {
        let Some((book, _)) = &self.book else { return };
        let name = self.file_name(context, ".book");
        if save(&name, "application/jsonl", &book.to_bytes()).is_none() {
            self.refusal = say(context.props().language, "view.collection.not-saved");
        }
    }

    fn take_calls(&mut self, context: &Context<Self>) {
        let calls = self.drafted.calls.iter().enumerate().map(|(index, (due, part))| {
            serde_json::json!({ "id": (index + 1).to_string(), "due": due, "part": part.trim() })
        });
        let json = serde_json::json!({ "calls": calls.collect::<Vec<_>>() }).to_string();
        let change = Change::Put { path: "collection".to_owned(), json, at: None };
        context.props().send.emit(Action::Ask(Request::Make(vec![change])));
        self.ask(context, Asked::Calls, None);
    }
}

/// The lines of entries, as they are kept.
fn lines(book: &Book, receipts: &[Receipt]) -> Vec<(Receipt, String)> {
    receipts.iter().filter_map(|&receipt| Some((receipt, book.line(receipt)?))).collect()
}
