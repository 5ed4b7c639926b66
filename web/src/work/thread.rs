//! The worker's side of a task.

use std::cell::RefCell;
use std::rc::Rc;

use fentan_words::Language;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::{NAME, Order};
use crate::lazy;

/// What does a task: on the plan that the worker holds, by what is asked, telling what there is to tell.
pub type Does = fn(plan: &str, asked: &[u8], tell: &mut dyn FnMut(Vec<u8>));

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
        let order = postcard::from_bytes::<Order>(&Uint8Array::new(&event.data()).to_vec());
        if let Ok(order) = order {
            spawn_local(perform(order));
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

async fn perform(order: Order) {
    // Nobody is there to hear where the page is gone.
    let tell = |told: &JsValue| drop(scope().post_message(told));
    if let Some(plan) = order.plan {
        PLAN.set(plan.into());
    }
    // What is told may be in either language.
    lazy::speaks(Language::English).await;
    let Some(does) = lazy::task(order.task).await else { return tell(&JsValue::UNDEFINED) };
    let plan = PLAN.with_borrow(Rc::clone);
    does(&plan, &order.asked, &mut |told| tell(&Uint8Array::from(told.as_slice())));
    tell(&JsValue::NULL);
}
