//! What the page asks about the open plan without changing it: charts, law, reasons, statements.

use fentan_core::Figure;
use gloo::timers::callback::Timeout;
use gloo::worker::WorkerScope;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use super::{Engine, Message};
use crate::message::{Follow, Part, Paste, Reply};
use crate::packed::Packed;
use crate::screens::result::{charts, law, reason, statement};
use crate::session::Session;

#[wasm_bindgen(raw_module = "./later.js")]
extern "C" {
    /// Takes a roster or a works budget from cells; answers [`Taken`](fentan_files::Taken).
    #[wasm_bindgen(catch, js_name = takeCells)]
    async fn take_cells(works: bool, cells: &str, language: &str) -> Result<JsValue, JsValue>;
}

impl Engine {
    /// Has cells looked through for a roster or a works budget.
    pub(super) fn paste(&mut self, scope: &WorkerScope<Self>, paste: Paste) {
        let (scope, language) = (scope.clone(), self.language.tag());
        spawn_local(async move {
            let taken = take_cells(paste.part == Part::Works, &paste.text, language).await;
            let taken = taken.ok().map(|bytes| Uint8Array::from(bytes).to_vec());
            let taken = taken.and_then(|bytes| postcard::from_bytes(&bytes).ok());
            scope.send_message(Message::Taken(paste, taken));
        });
    }

    /// What the charts show, if the page shows them.
    pub(super) fn charts(&self) -> Option<Reply> {
        let session = self.session.as_ref().filter(|_| self.follow == Follow::Charts)?;
        charts::figures(session).map(Reply::Charts)
    }

    /// Sends the reason of a figure.
    pub(super) fn explain(&self, scope: &WorkerScope<Self>, figure: &Packed<Figure>) {
        let session = self.session.as_ref();
        let reason = session.and_then(|session| reason::reason(session, figure));
        self.answer(scope, vec![Reply::Reason(reason)]);
    }

    /// Sends the statement of the household asked for.
    pub(super) fn state(&mut self, scope: &WorkerScope<Self>) {
        let session = self.session.as_ref();
        self.stated_at = session.map(Session::changed);
        let statement = session.zip(self.stated);
        let statement =
            statement.and_then(|(session, household)| statement::statement_of(session, household));
        self.answer(scope, vec![Reply::Statement(statement)]);
    }

    /// Whether the plan has changed since the statement was sent that the page shows.
    pub(super) fn is_statement_old(&self) -> bool {
        self.stated.is_some() && self.session.as_ref().map(Session::changed) != self.stated_at
    }

    /// How long nothing may change before the law is said anew, in milliseconds: longer than it takes
    /// to find the next key.
    const STUDY: u32 = 700;

    /// Has the law said anew once nothing has changed for a while: typing never waits for it.
    pub(super) fn study_soon(&mut self, scope: &WorkerScope<Self>) {
        let scope = scope.clone();
        let study = move || scope.send_message(Message::Study);
        self.studying = Some(Timeout::new(Self::STUDY, study));
    }

    /// Sends what law and policy say of the plan as it stands.
    pub(super) fn study(&self, scope: &WorkerScope<Self>) {
        if let Some(session) = &self.session {
            self.answer(scope, vec![Reply::Law(law::law(session, self.question))]);
        }
    }
}
