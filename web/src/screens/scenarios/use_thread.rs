//! A task of a part of the screen, and what is told of it.

use std::rc::Rc;

use yew::{Callback, hook, use_mut_ref, use_state};

use super::task::{Task, Told};
use crate::page::Action;
use crate::work::{self, Heard, Work};

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

/// A worker as a part of the screen uses it.
#[derive(Clone)]
pub struct Threaded {
    /// How the task stands.
    pub standing: Standing,
    /// Starts a task on the plan as it stands, in place of any before it.
    pub start: Callback<Task>,
    /// Stops it.
    pub stop: Callback<()>,
}

/// A worker for one task at a time; `send` is where actions of the page go.
#[hook]
pub fn use_thread(send: &Callback<Action>) -> Threaded {
    let standing = use_state(Standing::default);
    let working = use_mut_ref(|| None::<Work>);
    let start = {
        let (standing, working, send) = (standing.clone(), Rc::clone(&working), send.clone());
        Callback::from(move |task: Task| {
            let told = standing.setter();
            let hear = Callback::from(move |heard: Heard| {
                let heard = match heard {
                    Heard::Told(bytes) => serde_json::from_slice::<Told>(&bytes).ok(),
                    Heard::Done => return,
                    Heard::Failed => None,
                };
                told.set(match heard {
                    None => Standing::Failed,
                    Some(Told::Progress(done, of)) => Standing::Running(done, of),
                    Some(told) => Standing::Done(Rc::new(told)),
                });
            });
            standing.set(Standing::Running(0, 0));
            // Another task in its place is stopped first.
            working.take();
            let work = Work::begin_on_plan(work::Task::Scenarios, &task, &send, hear);
            working.replace(Some(work));
        })
    };
    let stop = {
        let standing = standing.clone();
        Callback::from(move |()| {
            working.take();
            standing.set(Standing::Idle);
        })
    };
    Threaded { standing: (*standing).clone(), start, stop }
}
