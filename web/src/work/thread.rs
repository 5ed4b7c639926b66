//! The worker's side of a task.

use std::cell::RefCell;
use std::rc::Rc;

use fentan_words::Language;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::{NAME, Order};
use crate::lazy;
use crate::parts::file::bytes_of;

/// What a task is done on.
pub struct Given<'g> {
    /// The plan that the worker holds, as JSON.
    pub plan: &'g str,
    /// What is asked, in the form of the part that does the task.
    pub asked: &'g [u8],
    /// What the file holds that came with it; missing where no file came, or it can't be read.
    pub file: Option<Vec<u8>>,
}

/// What does a task, telling what there is to tell.
pub type Does = fn(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>));

thread_local! {
    /// The plan that was sent last.
    static PLAN: RefCell<Rc<str>> = RefCell::new("".into());
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Whether this program was started to do tasks.
pub fn is_this() -> bool {
    scope().name() == NAME
}

/// Does the tasks that are sent, one after another.
pub fn run() {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let data: Array = event.data().unchecked_into();
        let order = postcard::from_bytes::<Order>(&Uint8Array::new(&data.get(0)).to_vec());
        if let Ok(order) = order {
            spawn_local(perform(order, data.get(1).dyn_into().ok()));
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

async fn perform(order: Order, file: Option<File>) {
    // Nobody is there to hear where the page is gone.
    let tell = |told: &JsValue| drop(scope().post_message(told));
    if let Some(plan) = order.plan {
        PLAN.set(plan.into());
    }
    // What is told may be in either language.
    lazy::speaks(Language::English).await;
    let Some(does) = lazy::task(order.task).await else { return tell(&JsValue::UNDEFINED) };
    let plan = PLAN.with_borrow(Rc::clone);
    let file = match &file {
        Some(file) => bytes_of(file).await,
        None => None,
    };
    let given = Given { plan: &plan, asked: &order.asked, file };
    does(given, &mut |told| tell(&Uint8Array::from(told.as_slice())));
    tell(&JsValue::NULL);
}
