//! A thread of its own for a task, and what it tells.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use yew::{Callback, hook, use_mut_ref, use_state};

use crate::task::{Task, Told};
use crate::work::perform;

/// Does a task in the thread that this is called in; tells in the form that the page's programs talk
/// in (postcard), by calls of `tell`.
#[wasm_bindgen]
pub fn work(plan: &str, task: &[u8], tell: &js_sys::Function) {
    let mut say = |told: Told| {
        let bytes = postcard::to_allocvec(&told).unwrap_or_default();
        // The thread's own function, which fails where the page is gone.
        let _ = tell.call1(&JsValue::UNDEFINED, &Uint8Array::from(bytes.as_slice()));
    };
    if let Ok(task) = postcard::from_bytes::<Task>(task) {
        let told = perform(plan, &task, &mut say);
        say(told);
    }
}

/// A thread. Dropping it ends it.
struct Thread {
    worker: Worker,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Thread {
    /// Starts a task; what it tells is told on, nothing where it breaks off.
    fn start(plan: &str, task: &Task, tell: Callback<Option<Told>>) -> Result<Thread, JsValue> {
        let worker = Worker::new("fentan-scenarios-worker.js")?;
        let told = tell.clone();
        let hear = Closure::new(move |event: MessageEvent| {
            let bytes = Uint8Array::new(&event.data()).to_vec();
            told.emit(postcard::from_bytes(&bytes).ok());
        });
        let fail = Closure::new(move |_: JsValue| tell.emit(None));
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        let task = postcard::to_allocvec(task).unwrap_or_default();
        let task = Uint8Array::from(task.as_slice());
        worker.post_message(&Array::of2(&plan.into(), &task))?;
        Ok(Thread { worker, _hear: hear, _fail: fail })
    }
}

/// How a task stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing was asked, or it was stopped.
    #[default]
    Idle,
    /// It is being done: so much of so much, where that is known.
    Running(usize, usize),
    /// This was told last.
    Done(Rc<Told>),
    /// It broke off.
    Failed,
}

/// A thread as a part of the screen uses it.
#[derive(Clone)]
pub struct Threaded {
    /// How the task stands.
    pub standing: Standing,
    /// Starts a task on a plan, in place of any before it.
    pub start: Callback<(Rc<str>, Task)>,
    /// Stops it.
    pub stop: Callback<()>,
}

/// A thread for one task at a time.
#[hook]
pub fn use_thread() -> Threaded {
    let standing = use_state(Standing::default);
    let thread = use_mut_ref(|| None::<Thread>);
    let start = {
        let (standing, thread) = (standing.clone(), Rc::clone(&thread));
        Callback::from(move |(plan, task): (Rc<str>, Task)| {
            let told = standing.setter();
            let tell = Callback::from(move |heard: Option<Told>| {
                told.set(match heard {
                    None => Standing::Failed,
                    Some(Told::Progress(done, of)) => Standing::Running(done, of),
                    Some(told) => Standing::Done(Rc::new(told)),
                });
            });
            standing.set(Standing::Running(0, 0));
            match Thread::start(&plan, &task, tell) {
                Ok(new) => *thread.borrow_mut() = Some(new),
                Err(_) => standing.set(Standing::Failed),
            }
        })
    };
    let stop = {
        let (standing, thread) = (standing.clone(), Rc::clone(&thread));
        Callback::from(move |()| {
            *thread.borrow_mut() = None;
            standing.set(Standing::Idle);
        })
    };
    Threaded { standing: (*standing).clone(), start, stop }
}
