//! Tasks that take long, or may take more memory than there is: done by this program, started once more in a thread
//! of its own (a worker). Should it run out of memory there, the page and the open plan stay.
//!
//! Page and worker say two things to each other: an [`Order`], and, step by step, what is told of it.

pub mod account;
pub mod cells;
pub mod changes;
pub mod papers;
pub mod programme;
pub mod reconcile;
pub mod tariff;
pub mod thread;
pub mod toml;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::{Array, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker, WorkerOptions};
use yew::Callback;

use crate::message::Request;
use crate::page::Action;

/// The script that starts this program in a thread of its own, and what the worker is called there.
const SCRIPT: &str = "worker.js";
const NAME: &str = "work";

/// What there is to do, each by a part of the program that the worker loads for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// A plan written in TOML turned into JSON.
    Toml,
    /// A roster or a works budget taken from cells.
    Cells,
    /// A file of an office read, and how it is understood changed.
    Import,
    /// A paper or a table written.
    Paper,
    /// A tariff published.
    Tariff,
    /// A fund centre's sheet laid beside the plan's.
    Reconcile,
    /// A sweep, a seek or a stress test.
    Scenarios,
    /// Why shares differ between two versions of the plan.
    Changes,
    /// What follows a split.
    Account,
    /// A programme that is open.
    Programme,
}

/// What a worker is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    /// The plan that the task is about, as JSON, where the worker does not hold it yet.
    plan: Option<String>,
    task: Task,
    /// What is asked, in the form that the part reads which does the task.
    asked: Vec<u8>,
}

/// What is heard of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Something, in the form of the part that does the task.
    Told(Vec<u8>),
    /// It is done.
    Done,
    /// It broke off, or can't be begun.
    Failed,
}

/// A worker.
struct Thread {
    worker: Worker,
    /// The edition of the plan that it holds; 0 before it holds one.
    edition: Cell<u64>,
    /// What it does.
    does: Rc<RefCell<Weak<State>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

/// A task that is being done. Dropped before its end, it is stopped.
#[derive(Clone)]
pub struct Work(Rc<State>);

struct State {
    thread: RefCell<Option<Thread>>,
    hear: Callback<Heard>,
    /// Whether the worker stays this task's until it is dropped: it holds what further orders are about.
    is_kept: bool,
}

/// A task that waits for the plan, with what is asked of it and the file that it is on.
type Waiting = (Weak<State>, Task, Vec<u8>, Option<File>);

thread_local! {
    /// A worker whose task is done: the next one need not start a program, and may find its plan there.
    static IDLE: RefCell<Option<Thread>> = const { RefCell::new(None) };
    /// Tasks that wait for the plan as it stands, in the order in which they asked for it.
    static WAITING: RefCell<VecDeque<Waiting>> = const { RefCell::new(VecDeque::new()) };
}

impl Work {
    /// Begins a task on a file, if it is on one; `asked` is written in the form that the part reads which does it.
    pub fn begin(
        task: Task,
        asked: &impl Serialize,
        file: Option<&File>,
        hear: Callback<Heard>,
    ) -> Work {
        let work = Work::in_thread(IDLE.take().or_else(Thread::start), false, hear);
        work.order(None, task, written(asked), file);
        work
    }

    /// Begins a task on the plan as it stands, which the engine is asked for.
    pub fn begin_on_plan(
        task: Task,
        asked: &impl Serialize,
        send: &Callback<Action>,
        hear: Callback<Heard>,
    ) -> Work {
        Work::begin_on_plan_and_file(task, asked, None, send, hear)
    }

    /// Begins a task on the plan as it stands and on a file.
    pub fn begin_on_plan_and_file(
        task: Task,
        asked: &impl Serialize,
        file: Option<File>,
        send: &Callback<Action>,
        hear: Callback<Heard>,
    ) -> Work {
        let work = Work::in_thread(IDLE.take().or_else(Thread::start), false, hear);
        let edition = work.0.thread.borrow().as_ref().map_or(0, |thread| thread.edition.get());
        WAITING.with_borrow_mut(|waiting| {
            waiting.push_back((Rc::downgrade(&work.0), task, written(asked), file));
        });
        send.emit(Action::Ask(Request::Plan(edition)));
        work
    }

    /// Begins a task on a file, whose worker takes further orders until this is dropped.
    pub fn begin_and_keep(
        task: Task,
        asked: &impl Serialize,
        file: &File,
        hear: Callback<Heard>,
    ) -> Work {
        let work = Work::in_thread(Thread::start(), true, hear);
        work.order(None, task, written(asked), Some(file));
        work
    }

    /// Gives a worker that is kept a further order.
    pub fn go_on(&self, task: Task, asked: &impl Serialize) {
        self.order(None, task, written(asked), None);
    }

    fn in_thread(thread: Option<Thread>, is_kept: bool, hear: Callback<Heard>) -> Work {
        let state = Rc::new(State { thread: RefCell::new(thread), hear, is_kept });
        if let Some(thread) = &*state.thread.borrow() {
            thread.does.replace(Rc::downgrade(&state));
        }
        Work(state)
    }

    /// Sends an order; of a file only that it is there: the worker reads it, and this side keeps no room for it.
    fn order(&self, plan: Option<(u64, String)>, task: Task, asked: Vec<u8>, file: Option<&File>) {
        let sent = self.0.thread.borrow().as_ref().map(|thread| {
            let (edition, plan) = plan.unzip();
            thread.edition.set(edition.unwrap_or(thread.edition.get()));
            let order = Order { plan, task, asked };
            let order = Uint8Array::from(written(&order).as_slice());
            let file = file.map_or(JsValue::UNDEFINED, JsValue::from);
            thread.worker.post_message(&Array::of2(&order, &file))
        });
        if !matches!(sent, Some(Ok(()))) {
            self.0.hear.emit(Heard::Failed);
        }
    }
}

/// Does a task that tells one thing, and tells it; `None` where it broke off.
pub async fn done(task: Task, asked: &impl Serialize, file: Option<&File>) -> Option<Vec<u8>> {
    let told = Rc::new(RefCell::new(None));
    let mut work = None;
    let end = Promise::new(&mut |resolve, _| {
        let told = Rc::clone(&told);
        let hear = Callback::from(move |heard| match heard {
            Heard::Told(bytes) => drop(told.replace(Some(bytes))),
            // A promise can be resolved.
            Heard::Done | Heard::Failed => drop(resolve.call0(&JsValue::UNDEFINED)),
        });
        work = Some(Work::begin(task, asked, file, hear));
    });
    // It is never rejected.
    let _ = JsFuture::from(end).await;
    drop(work);
    told.take()
}

/// Hands the plan as it stands, with its edition, to the task that asked for it first; without the plan where that
/// task's worker holds this edition.
pub fn hand(edition: u64, plan: Option<String>) {
    let first = WAITING.with_borrow_mut(VecDeque::pop_front);
    let Some((state, task, asked, file)) = first else { return };
    if let Some(state) = state.upgrade() {
        Work(state).order(plan.map(|plan| (edition, plan)), task, asked, file.as_ref());
    }
}

impl State {
    fn hear(&self, data: &JsValue) {
        if data.is_null() {
            if !self.is_kept {
                IDLE.set(self.thread.take());
            }
            self.hear.emit(Heard::Done);
        } else if data.is_undefined() {
            self.hear.emit(Heard::Failed);
        } else {
            self.hear.emit(Heard::Told(Uint8Array::new(data).to_vec()));
        }
    }
}

impl Thread {
    /// Starts a worker; `None` where the browser starts none.
    fn start() -> Option<Thread> {
        let options = WorkerOptions::new();
        options.set_name(NAME);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let does = Rc::new(RefCell::new(Weak::<State>::new()));
        let of = Rc::clone(&does);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let state = of.borrow().upgrade();
            if let Some(state) = state {
                state.hear(&event.data());
            }
        });
        let of = Rc::clone(&does);
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_: JsValue| {
            let state = of.borrow().upgrade();
            if let Some(state) = state {
                // It is not to be used again.
                drop(state.thread.take());
                state.hear.emit(Heard::Failed);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let edition = Cell::new(0);
        Some(Thread { worker, edition, does, _on_message: on_message, _on_error: on_error })
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Anything in the form that page and worker talk in; what they say always can be written.
pub fn written(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}
