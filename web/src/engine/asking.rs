//! Programs that are loaded when they are first needed.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::worker::WorkerScope;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::{Engine, Message};
use crate::message::{Follow, Part, Paste, Reason, Reply, StatementLine};
use crate::session::Session;

/// What is asked of the program that explains figures.
#[derive(Debug, Clone)]
pub enum Asked {
    /// The reason of a figure, given as JSON.
    Reason(String),
    /// The lines of a household's statement.
    Statement(usize),
    /// The law, with the vote that this asks for.
    Law(String),
}

/// What it answers.
#[derive(Debug)]
pub enum Answer {
    /// The reason.
    Reason(Option<Reason>),
    /// The lines of the household's statement.
    Statement(usize, Option<Vec<StatementLine>>),
    /// The law, in the form that the page is answered in.
    Law(Option<Vec<u8>>),
}

#[wasm_bindgen(raw_module = "./later.js")]
extern "C" {
    /// A plan whose figures can be asked about, in a program of its own.
    #[derive(Debug)]
    pub type Reasons;

    /// Takes a roster or a works budget from cells; answers [`Taken`](fentan_files::Taken).
    #[wasm_bindgen(catch, js_name = takeCells)]
    async fn take_cells(works: bool, cells: &str, language: &str) -> Result<JsValue, JsValue>;

    /// The program that draws charts.
    #[derive(Debug)]
    pub type Charts;

    #[wasm_bindgen(catch, js_name = loadCharts)]
    async fn load_charts() -> Result<JsValue, JsValue>;

    /// Draws [`Figures`](fentan_charts::Figures).
    #[wasm_bindgen(catch, method)]
    fn charts(this: &Charts, figures: &[u8], language: &str) -> Result<Option<Vec<u8>>, JsValue>;

    #[wasm_bindgen(catch, js_name = openReasons)]
    async fn open_reasons(plan: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    fn reason(this: &Reasons, figure: &str, language: &str) -> Option<Vec<u8>>;

    #[wasm_bindgen(method)]
    fn statement(this: &Reasons, household: usize) -> Option<Vec<u8>>;

    #[wasm_bindgen(method)]
    fn law(this: &Reasons, question: &str, language: &str) -> Option<Vec<u8>>;
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

    /// The charts, where the page shows them and what draws them is there.
    pub(super) fn charts(&self) -> Option<Reply> {
        let session = self.session.as_ref().filter(|_| self.follow == Follow::Charts)?;
        let figures = postcard::to_allocvec(&session.figures()?).ok()?;
        // A program that fails, as for want of memory, leaves the engine as it is.
        let charts = self.charts.as_ref()?.charts(&figures, self.language.tag()).ok()??;
        Some(Reply::Charts(charts))
    }

    /// Sends the charts, where the page shows them, once what draws them is loaded.
    pub(super) fn draw(&self, scope: &WorkerScope<Self>) {
        if self.charts.is_some() || self.follow != Follow::Charts {
            return self.answer(scope, self.charts().into_iter().collect());
        }
        let scope = scope.clone();
        spawn_local(async move {
            if let Ok(charts) = load_charts().await {
                scope.send_message(Message::Charts(charts.unchecked_into()));
            }
        });
    }

    /// Whether the plan has changed since its figures were asked about last.
    pub(super) fn is_changed_since_reasons(&self) -> bool {
        let changed = self.session.as_ref().map(Session::changed);
        changed != self.reasons.as_ref().map(|(changed, _)| *changed)
    }

    /// Sends the statement of the household asked for.
    pub(super) fn state(&mut self, scope: &WorkerScope<Self>) {
        match self.stated {
            Some(household) => self.explain(scope, Asked::Statement(household)),
            None => self.answer(scope, vec![Reply::Statement(None)]),
        }
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

    /// Asks the program that explains figures, on the plan as it stands.
    pub(super) fn explain(&mut self, scope: &WorkerScope<Self>, asked: Asked) {
        let Some(session) = &self.session else { return };
        let changed = session.changed();
        let open = self.reasons.take().filter(|(since, _)| *since == changed);
        let plan = if open.is_none() { session.json() } else { String::new() };
        let (scope, language) = (scope.clone(), self.language.tag());
        spawn_local(async move {
            let reasons = match open {
                Some((_, reasons)) => Some(reasons),
                None => open_reasons(&plan).await.ok().and_then(opened),
            };
            let answer = answer(reasons.as_deref(), asked, language);
            scope.send_message(Message::Explained(changed, reasons, answer));
        });
    }

    pub(super) fn explained(
        &mut self,
        scope: &WorkerScope<Self>,
        changed: u64,
        reasons: Option<Rc<Reasons>>,
        answer: Answer,
    ) {
        self.reasons = reasons.map(|reasons| (changed, reasons));
        let reply = match answer {
            Answer::Reason(reason) => Reply::Reason(reason.map(Box::new)),
            Answer::Law(law) => Reply::Law(law.unwrap_or_default()),
            Answer::Statement(household, lines) => {
                let session = self.session.as_ref();
                let statement = session.and_then(|one| one.statement(household, lines?));
                Reply::Statement(statement.map(Box::new))
            }
        };
        self.answer(scope, vec![reply]);
    }
}

/// The plan opened by the program.
fn opened(value: JsValue) -> Option<Rc<Reasons>> {
    (!value.is_undefined()).then(|| Rc::new(value.unchecked_into()))
}

fn answer(reasons: Option<&Reasons>, asked: Asked, language: &str) -> Answer {
    match asked {
        Asked::Reason(figure) => {
            let reason = reasons.and_then(|reasons| reasons.reason(&figure, language));
            Answer::Reason(reason.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
        }
        Asked::Law(question) => {
            Answer::Law(reasons.and_then(|reasons| reasons.law(&question, language)))
        }
        Asked::Statement(household) => {
            let lines = reasons.and_then(|reasons| reasons.statement(household));
            let lines = lines.and_then(|bytes| postcard::from_bytes(&bytes).ok());
            Answer::Statement(household, lines)
        }
    }
}
