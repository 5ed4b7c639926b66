//! What the page asks about the open plan without changing it: charts, law, reasons, statements.

use fentan_core::Figure;
use gloo::timers::callback::Timeout;
use gloo::worker::WorkerScope;
use wasm_bindgen_futures::spawn_local;

use super::{Engine, Message};
use crate::lazy::{self, Explains};
use crate::message::{Follow, Refusal, Refused, Reply, Request};
use crate::packed::Packed;
use crate::session::Session;

impl Engine {
    /// What explains the plan. Where that is not loaded yet, it is, and the request is done then.
    fn explains(&mut self, scope: &WorkerScope<Self>, then: Option<Request>) -> Option<Explains> {
        if self.explains.is_none() {
            let scope = scope.clone();
            spawn_local(async move {
                scope.send_message(Message::Explains(lazy::explains().await, then));
            });
        }
        self.explains
    }

    /// What explains the plan is loaded, or can't be.
    pub(super) fn now_explains(
        &mut self,
        scope: &WorkerScope<Self>,
        explains: Option<Explains>,
        then: Option<Request>,
    ) {
        self.explains = explains.or(self.explains);
        match (self.explains, then, self.page) {
            (Some(_), Some(request), Some(page)) => self.receive(scope, request, page),
            (Some(_), None, _) => {
                let charts = self.charts();
                self.answer(scope, charts.into_iter().collect());
                self.study(scope);
            }
            (None, Some(_), _) => {
                // It is asked for again with the next request.
                let refusal = Refusal { file: String::new(), reason: Refused::NotLoaded };
                self.answer(scope, vec![Reply::Refused(refusal)]);
            }
            _ => {}
        }
    }

    /// What the charts show, if the page shows them and what sums them up is loaded.
    pub(super) fn charts(&self) -> Option<Reply> {
        let session = self.session.as_ref().filter(|_| self.follow == Follow::Charts)?;
        (self.explains?.charts)(session).map(Reply::Charts)
    }

    /// Sends the reason of a figure.
    pub(super) fn explain(&mut self, scope: &WorkerScope<Self>, figure: Packed<Figure>) {
        let Some(explains) = self.explains(scope, Some(Request::Explain(figure.clone()))) else {
            return;
        };
        let session = self.session.as_ref();
        let reason = session.and_then(|session| (explains.reason)(session, &figure));
        self.answer(scope, vec![Reply::Reason(reason)]);
    }

    /// Sends a file of the split.
    pub(super) fn save_split(&mut self, scope: &WorkerScope<Self>) {
        let Some(explains) = self.explains(scope, Some(Request::SaveSplit)) else { return };
        let file = self.session.as_ref().and_then(explains.split);
        self.answer(scope, file.map(Reply::File).into_iter().collect());
    }

    /// Sends the statement of the household asked for.
    pub(super) fn state(&mut self, scope: &WorkerScope<Self>) {
        let Some(household) = self.stated else {
            return self.answer(scope, vec![Reply::Statement(None)]);
        };
        let Some(explains) = self.explains(scope, Some(Request::State(Some(household)))) else {
            return;
        };
        let session = self.session.as_ref();
        self.stated_at = session.map(Session::changed);
        let statement = session.and_then(|session| (explains.statement)(session, household));
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
    pub(super) fn study(&mut self, scope: &WorkerScope<Self>) {
        let Some(explains) = self.explains(scope, None) else { return };
        if let Some(session) = &self.session {
            let law = (explains.law)(session, self.question);
            self.answer(scope, vec![Reply::Law(law)]);
        }
    }
}
