//! The scenarios of the open plan, compared whenever it or what is asked of them has changed.

use gloo::worker::WorkerScope;
use wasm_bindgen_futures::spawn_local;

use super::{Engine, Message};
use crate::lazy::{self, Opens};
use crate::message::{Follow, Refusal, Refused, Reply};
use crate::screens::scenarios::comparing::Compares;
use crate::screens::scenarios::outcome::Asked;

/// What it takes to compare scenarios.
#[derive(Default)]
pub struct Comparing {
    /// What opens a plan for them, once it is loaded.
    pub opens: Option<Opens>,
    /// What is asked of them.
    pub asked: Asked,
    /// The plan that was opened last, and its edition.
    opened: Option<(u64, Box<dyn Compares>)>,
}

impl Engine {
    /// What the scenarios come to, where the page shows them and what compares them is loaded.
    pub(super) fn compared(&mut self) -> Option<Reply> {
        let edition = self.edition();
        let session = self.session.as_ref().filter(|_| self.follow == Follow::Scenarios)?;
        let Comparing { opens, asked, opened } = &mut self.comparing;
        let opens = opens.as_ref()?;
        if opened.as_ref().is_none_or(|(of, _)| *of != edition) {
            *opened = Some((edition, opens(session)));
        }
        let (_, opened) = opened.as_mut()?;
        Some(Reply::Compared(opened.seen(self.language, asked)))
    }

    /// Sends what the scenarios come to, where the page shows them, once what compares them is loaded.
    pub(super) fn compare(&mut self, scope: &WorkerScope<Self>) {
        if self.follow != Follow::Scenarios {
            // A plan takes room.
            self.comparing.opened = None;
            return;
        }
        if self.comparing.opens.is_some() {
            let compared = self.compared();
            return self.answer(scope, compared.into_iter().collect());
        }
        let scope = scope.clone();
        spawn_local(async move {
            scope.send_message(match lazy::compares().await {
                Some(opens) => Message::Compares(opens),
                None => {
                    let reason = Refused::NotLoaded;
                    Message::Refused(Refusal { file: String::new(), reason })
                }
            });
        });
    }
}
