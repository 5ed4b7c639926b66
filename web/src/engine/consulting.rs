//! What views ask of the households of the open plan and of their votes.

use gloo::worker::WorkerScope;
use wasm_bindgen_futures::spawn_local;

use super::{Engine, Message};
use crate::lazy;
use crate::message::{Refusal, Refused, Reply};
use crate::packed::Packed;
use crate::screens::consult::Asked;

impl Engine {
    /// Answers what is asked, once what answers it is loaded.
    pub(super) fn consult(&mut self, scope: &WorkerScope<Self>, asked: Packed<Asked>) {
        if let Some(consults) = self.consults {
            let told = self.session.as_ref().map(|session| consults(session, &asked));
            return self.answer(scope, told.map(Reply::Consulted).into_iter().collect());
        }
        let scope = scope.clone();
        spawn_local(async move {
            scope.send_message(match lazy::consults().await {
                Some(consults) => Message::Consults(consults, asked),
                None => {
                    let reason = Refused::NotLoaded;
                    Message::Refused(Refusal { file: String::new(), reason })
                }
            });
        });
    }
}
