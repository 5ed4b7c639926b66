//! Keeping plans: every change within a second, nothing written over that another window wrote,
//! and no plan left before all of it is kept.

use std::rc::Rc;

use fentan_core::{Change, Document, Problems};
use fentan_words::{say, say_with};
use gloo::timers::callback::Timeout;
use gloo::worker::WorkerScope;
use wasm_bindgen_futures::spawn_local;

use super::database::{Failure, Found, Record, Shelf};
use super::wastebasket::Move;
use super::windows::News;
use super::{Engine, Message};
use crate::lazy;
use crate::message::Shelf as ShelfReply;
use crate::message::{Card, Keeping, Read, Refusal, Refused, Reply, Request, TextFile};
use crate::screens::result::law::Question;
use crate::session::{Session, nothing, read};

/// Whether a request opens another plan.
pub fn leaves(request: &Request) -> bool {
    matches!(request, Request::New | Request::Copy | Request::Open(_) | Request::Read(_))
}

/// What the database holds when the page opens.
pub struct Begun {
    shelf: Shelf,
    plans: Vec<Card>,
    discarded: Vec<Card>,
    /// A place that nothing stands at.
    free: u32,
    /// The plan that was open last, or else the next that can be read, and its place; none on a first visit.
    last: Option<(u32, Record, Document<'static>)>,
}

/// Opens the shelf, with the plan that was open last.
async fn begin() -> Result<Begun, Failure> {
    let shelf = Shelf::open().await?;
    let cards = shelf.cards().await?;
    let free = cards.iter().map(|card| card.plan).max().unwrap_or_default().wrapping_add(1);
    let (mut plans, mut discarded) = (Vec::new(), Vec::new());
    for card in cards {
        let place = if card.discarded.is_empty() { &mut plans } else { &mut discarded };
        place.push(card);
    }
    let last = shelf.open_last().await?;
    let places: Vec<u32> = last.into_iter().chain(plans.iter().map(|card| card.plan)).collect();
    for plan in places {
        match shelf.load(plan).await? {
            Some(Ok((record, document))) => {
                let last = Some((plan, record, document));
                return Ok(Begun { shelf, plans, discarded, free, last });
            }
            Some(Err(_)) => mark(&mut plans, plan),
            None => {}
        }
    }
    Ok(Begun { shelf, plans, discarded, free, last: None })
}

fn card(plan: u32, record: &Record) -> Card {
    Card {
        plan,
        name: record.name.clone(),
        kept: record.kept.clone(),
        is_readable: true,
        discarded: record.discarded.clone(),
    }
}

/// Marks a plan that can't be read.
fn mark(plans: &mut [Card], plan: u32) {
    plans.iter_mut().filter(|card| card.plan == plan).for_each(|card| card.is_readable = false);
}

/// How many days plans stay in the wastebasket.
const WASTEBASKET: i32 = 30;

/// The time since which discarded plans are still there.
fn kept_since() -> String {
    let now = js_sys::Date::new_0();
    let day = now.get_date().cast_signed() - WASTEBASKET;
    // A day before the first is one of the month before.
    let since = js_sys::Date::new_with_year_month_day(
        now.get_full_year(),
        now.get_month().cast_signed(),
        day,
    );
    since.to_iso_string().into()
}

/// The time by the browser's clock.
fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

impl Engine {
    /// How long changes wait before they are kept together, in milliseconds.
    pub(super) const WAIT: u32 = 300;

    pub(super) fn begin(&mut self, scope: &WorkerScope<Self>) {
        let scope = scope.clone();
        spawn_local(async move { scope.send_message(Message::Begun(begin().await)) });
    }

    pub(super) fn begun(&mut self, scope: &WorkerScope<Self>, begun: Result<Begun, Failure>) {
        match begun {
            Ok(Begun { shelf, plans, discarded, free, last }) => {
                self.shelf = Some(Rc::new(shelf));
                self.plans = plans;
                self.discarded = discarded;
                match last {
                    Some((plan, record, document)) => self.open_kept(scope, plan, record, document),
                    None => self.begin_anew(scope, free),
                }
                let unreadable = self.plans.iter().find(|card| !card.is_readable);
                if let Some(card) = unreadable {
                    self.tell_unreadable(scope, card.plan);
                }
                let oldest = kept_since();
                let expired = self.discarded.iter().filter(|card| card.discarded < oldest);
                expired.for_each(|card| self.purge(scope, card.plan));
            }
            Err(failure) => self.not_added(scope, failure, nothing(self.language)),
        }
    }

    fn changed(&self) -> u64 {
        self.session.as_ref().map_or(0, Session::changed)
    }

    fn shelf(&self) -> Reply {
        Reply::Shelf(ShelfReply {
            plans: self.plans.clone(),
            discarded: self.discarded.clone(),
            open: self.open,
            keeping: self.keeping,
            is_behind: self.changed() != self.kept,
        })
    }

    fn send_shelf(&mut self, scope: &WorkerScope<Self>) {
        let shelf = self.shelf();
        self.answer(scope, vec![shelf]);
    }

    fn tell(&self, news: News) {
        if let Some(windows) = &self.windows {
            windows.tell(news);
        }
    }

    /// Opens a document as the plan at this place of the shelf.
    fn show(&mut self, scope: &WorkerScope<Self>, plan: u32, document: Document<'static>) {
        let session = Session::open(self.language, document).with_words(self.words);
        self.editions = self.edition();
        self.kept = session.changed();
        let replies = session.show();
        self.session = Some(session);
        self.open = plan;
        // The page that begins is told first whether there is any plan.
        self.send_shelf(scope);
        self.answer(scope, replies);
        self.stated = None;
        self.question = Question::default();
        self.tell(News::Opened(plan));
        self.remember();
        self.take_waiting(scope);
    }

    /// Opens a plan with nothing in it, which stands on the shelf once something is.
    fn begin_anew(&mut self, scope: &WorkerScope<Self>, free: u32) {
        self.revision = 0;
        self.keeping = Keeping::Kept;
        self.show(scope, free, nothing(self.language));
    }

    /// A plan comes from the shelf. What was changed meanwhile is kept first; where that is of
    /// this very plan, keeping it will make a copy.
    pub(super) fn loaded(&mut self, scope: &WorkerScope<Self>, plan: u32, found: Found) {
        match found {
            Err(file) => self.set_aside(scope, plan, file),
            Ok((record, document)) if self.changed() == self.kept => {
                self.open_kept(scope, plan, record, document);
            }
            Ok(_) if plan != self.open => self.leave(scope, Request::Open(plan)),
            Ok(_) => {}
        }
    }

    fn open_kept(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        record: Record,
        document: Document<'static>,
    ) {
        self.revision = record.revision;
        self.keeping = Keeping::Kept;
        self.show(scope, plan, document);
    }

    /// A plan can't be read: it stays as it is, and all that stands there is given as a file.
    fn set_aside(&mut self, scope: &WorkerScope<Self>, plan: u32, file: TextFile) {
        mark(&mut self.plans, plan);
        self.send_shelf(scope);
        if !file.text.is_empty() {
            self.answer(scope, vec![Reply::File(file)]);
        }
        self.tell_unreadable(scope, plan);
        // The plan that was open may have been taken away.
        if self.open != 0 && self.plans.iter().all(|card| card.plan != self.open) {
            self.open_next(scope);
        }
    }

    /// Tells that a plan can't be read, and where it is.
    fn tell_unreadable(&self, scope: &WorkerScope<Self>, plan: u32) {
        let card = self.plans.iter().find(|card| card.plan == plan);
        let name = card.map(|card| card.name.clone()).unwrap_or_default();
        self.refuse(scope, name, None);
    }

    /// Opens the plan kept last that can be read.
    fn open_next(&mut self, scope: &WorkerScope<Self>) {
        let next = self.plans.iter().find(|card| card.is_readable);
        match next.map(|card| card.plan) {
            Some(next) => self.load(scope, next),
            None => {
                let places = self.discarded.iter().map(|card| card.plan).max().unwrap_or_default();
                self.begin_anew(scope, places.max(self.open).wrapping_add(1));
            }
        }
    }

    fn remember(&self) {
        if let Some(shelf) = self.shelf.clone() {
            let open = self.open;
            // Should it not be remembered, the plan kept last is opened next time.
            spawn_local(async move { drop(shelf.remember(open).await) });
        }
    }

    /// Opens another plan, once all changes of this one are kept.
    pub(super) fn leave(&mut self, scope: &WorkerScope<Self>, request: Request) {
        let stays = matches!(&request, Request::Read(read) if read.plan.is_none());
        if self.changed() != self.kept && !stays {
            self.leaving = Some(request);
            self.keep(scope);
            return;
        }
        match request {
            Request::New => self.add(scope, nothing(self.language)),
            Request::Copy => self.copy(scope),
            Request::Open(plan) => self.load(scope, plan),
            Request::Read(read) => self.read(scope, *read),
            Request::Discard(plan) => self.discard(scope, plan),
            _ => {}
        }
    }

    /// Puts a plan on the shelf and opens it.
    fn add(&mut self, scope: &WorkerScope<Self>, document: Document<'static>) {
        let Some(shelf) = self.shelf.clone() else {
            self.not_added(scope, Failure::Other, document);
            return;
        };
        let scope = scope.clone();
        let record = Record {
            name: document.text("name").unwrap_or_default().to_owned(),
            revision: 1,
            kept: now(),
            json: serde_json::to_string(&document).unwrap_or_default(),
            discarded: String::new(),
        };
        spawn_local(async move {
            scope.send_message(match shelf.add(&record).await {
                Ok(plan) => Message::Added(plan, record, document),
                Err(failure) => Message::NotAdded(failure, document),
            });
        });
    }

    pub(super) fn added(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        record: Record,
        document: Document<'static>,
    ) {
        self.plans.insert(0, card(plan, &record));
        if self.changed() != self.kept {
            return self.leave(scope, Request::Open(plan));
        }
        self.keeping = Keeping::Kept;
        self.revision = record.revision;
        self.show(scope, plan, document);
    }

    /// Opens a plan that can't be kept now, and says so.
    pub(super) fn not_added(
        &mut self,
        scope: &WorkerScope<Self>,
        failure: Failure,
        document: Document<'static>,
    ) {
        self.keeping = Keeping::Failed { full: matches!(failure, Failure::Full) };
        self.revision = 0;
        self.show(scope, 0, document);
    }

    fn copy(&mut self, scope: &WorkerScope<Self>) {
        let Some(session) = &self.session else { return };
        let Ok(mut document) = read(&session.json()) else { return };
        let text = say_with(self.language, "page.copy-name", &[("name", session.name())]);
        document.change(&Change::Write { path: "name".to_owned(), text });
        self.add(scope, document);
    }

    fn load(&mut self, scope: &WorkerScope<Self>, plan: u32) {
        let Some(shelf) = self.shelf.clone() else { return };
        let scope = scope.clone();
        spawn_local(async move {
            scope.send_message(match shelf.load(plan).await {
                Ok(Some(found)) => Message::Loaded(plan, found),
                Ok(None) => Message::Discarded(plan, None),
                Err(_) => Message::Loaded(plan, Err(TextFile::default())),
            });
        });
    }

    fn read(&mut self, scope: &WorkerScope<Self>, opened: Read) {
        let plan =
            opened.plan.map(|file| read(&file.text).map_err(|problems| (file.name, problems)));
        let plan = match plan.transpose() {
            Ok(plan) => plan,
            Err((file, problems)) => {
                return self.refuse(scope, file, Some(problems));
            }
        };
        // The roster comes into the plan that is opened with it.
        let roster = opened.roster.map(Box::new);
        self.waiting.extend(roster.map(Request::TakeIn));
        match plan {
            Some(document) => self.add(scope, document),
            None => self.take_waiting(scope),
        }
    }

    /// Says why a file can't be read, or that a plan of the shelf can't be, once what words that is loaded.
    fn refuse(&self, scope: &WorkerScope<Self>, file: String, problems: Option<Problems>) {
        let (scope, language) = (scope.clone(), self.language);
        spawn_local(async move {
            let reason = match (lazy::words().await, problems) {
                (Some(words), Some(problems)) => {
                    let nothing = Document::default();
                    let line = |one| (words.line)(language, one, &nothing);
                    Refused::Words(problems.iter().map(line).collect())
                }
                (Some(_), None) => Refused::Words(vec![say(language, "page.kept-aside")]),
                (None, _) => Refused::NotLoaded,
            };
            scope.send_message(Message::Refused(Refusal { file, reason }));
        });
    }

    /// Puts a plan into the wastebasket, with all that was changed of it.
    pub(super) fn discard(&mut self, scope: &WorkerScope<Self>, plan: u32) {
        if plan == self.open && self.changed() != self.kept {
            self.leaving = Some(Request::Discard(plan));
            return self.keep(scope);
        }
        self.move_plan(scope, plan, Move::Discard(now()));
    }

    /// Moves a plan between the shelf and the wastebasket, once what does is loaded.
    fn move_plan(&self, scope: &WorkerScope<Self>, plan: u32, to: Move) {
        let Some(shelf) = self.shelf.clone() else { return };
        let scope = scope.clone();
        spawn_local(async move {
            let Some(moves) = lazy::moves().await else { return };
            let is_discarded = matches!(to, Move::Discard(_));
            scope.send_message(match (moves(shelf, plan, to).await, is_discarded) {
                (Ok(record), true) => Message::Discarded(plan, record),
                (Ok(record), false) => Message::Restored(plan, record),
                // It is where it was.
                (Err(failure), _) => Message::NotKept(failure),
            });
        });
    }

    pub(super) fn was_discarded(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        record: Option<&Record>,
    ) {
        self.plans.retain(|one| one.plan != plan);
        self.discarded.splice(0..0, record.map(|record| card(plan, record)));
        match plan == self.open {
            true => self.open_next(scope),
            false => self.send_shelf(scope),
        }
    }

    /// Puts a plan back on the shelf.
    pub(super) fn restore(&self, scope: &WorkerScope<Self>, plan: u32) {
        self.move_plan(scope, plan, Move::Restore);
    }

    /// Takes a plan out of the wastebasket for good; what is on the shelf is not taken away.
    pub(super) fn purge(&self, scope: &WorkerScope<Self>, plan: u32) {
        if self.discarded.iter().any(|card| card.plan == plan) {
            self.move_plan(scope, plan, Move::Purge);
        }
    }

    pub(super) fn was_restored(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        record: Option<&Record>,
    ) {
        self.discarded.retain(|one| one.plan != plan);
        match record {
            None => self.send_shelf(scope),
            Some(record) => {
                self.plans.insert(0, card(plan, record));
                self.leave(scope, Request::Open(plan));
            }
        }
    }

    /// Has what was changed kept in a moment, together with what is changed until then; answers
    /// that it is not kept yet, once for each moment.
    #[must_use]
    pub(super) fn keep_soon(&mut self, scope: &WorkerScope<Self>) -> Option<Reply> {
        if self.changed() == self.kept || self.timer.is_some() || self.shelf.is_none() {
            return None;
        }
        let scope = scope.clone();
        self.timer = Some(Timeout::new(Self::WAIT, move || scope.send_message(Message::Keep)));
        if self.keeping == Keeping::Kept {
            self.keeping = Keeping::Pending;
        }
        Some(self.shelf())
    }

    /// Keeps the plan as it is now; one writing at a time.
    pub(super) fn keep(&mut self, scope: &WorkerScope<Self>) {
        self.timer = None;
        let Some(session) = self.session.as_ref().filter(|_| !self.is_writing) else { return };
        let Some(shelf) = self.shelf.clone() else {
            self.leaving = None;
            return self.send_shelf(scope);
        };
        self.is_writing = true;
        let changed = session.changed();
        let record = Record {
            name: session.name().to_owned(),
            revision: self.revision + 1,
            kept: now(),
            json: session.json(),
            discarded: String::new(),
        };
        let (plan, scope) = (self.open, scope.clone());
        spawn_local(async move {
            scope.send_message(match shelf.keep(plan, &record).await {
                Ok(()) => Message::Kept(plan, changed, record),
                Err(failure) => Message::NotKept(failure),
            });
        });
    }

    pub(super) fn was_kept(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        changes: u64,
        record: Record,
    ) {
        self.is_writing = false;
        self.kept = changes;
        self.revision = record.revision;
        self.tell(News::Changed(plan, self.revision));
        if matches!(self.keeping, Keeping::Pending | Keeping::Failed { .. }) {
            self.keeping = Keeping::Kept;
        }
        self.plans.retain(|one| one.plan != plan);
        self.plans.insert(0, card(plan, &record));
        self.send_shelf(scope);
        match self.leaving.take() {
            Some(request) => self.leave(scope, request),
            None => {
                let pending = self.keep_soon(scope);
                self.answer(scope, pending.into_iter().collect());
            }
        }
    }

    pub(super) fn was_not_kept(&mut self, scope: &WorkerScope<Self>, failure: Failure) {
        self.is_writing = false;
        if matches!(failure, Failure::Overtaken) {
            return self.fork(scope);
        }
        // Nothing is left behind: the plan stays open, and the page offers a file.
        self.leaving = None;
        self.keeping = Keeping::Failed { full: matches!(failure, Failure::Full) };
        self.send_shelf(scope);
    }

    /// Keeps what was changed here as a plan of its own, beside what another window kept.
    fn fork(&mut self, scope: &WorkerScope<Self>) {
        let (Some(shelf), Some(session)) = (self.shelf.clone(), &self.session) else { return };
        self.is_writing = true;
        let changes = session.changed();
        let record = Record {
            name: say_with(self.language, "page.fork-name", &[("name", session.name())]),
            revision: 1,
            kept: now(),
            json: session.json(),
            discarded: String::new(),
        };
        let scope = scope.clone();
        spawn_local(async move {
            scope.send_message(match shelf.add(&record).await {
                Ok(plan) => Message::Forked(plan, changes, record),
                Err(failure) => Message::NotKept(failure),
            });
        });
    }

    pub(super) fn was_forked(
        &mut self,
        scope: &WorkerScope<Self>,
        plan: u32,
        changes: u64,
        record: Record,
    ) {
        self.open = plan;
        self.keeping = Keeping::Forked;
        self.remember();
        self.was_kept(scope, plan, changes, record);
    }

    pub(super) fn hear(&mut self, scope: &WorkerScope<Self>, news: News) {
        match news {
            News::Opened(plan) if plan == self.open && plan != 0 => {
                self.tell(News::Here(plan));
                self.keeping = Keeping::Shared;
                self.send_shelf(scope);
            }
            News::Here(plan) if plan == self.open && plan != 0 => {
                self.keeping = Keeping::Shared;
                self.send_shelf(scope);
            }
            // With changes of its own, keeping them will find out and make a copy.
            News::Changed(plan, revision)
                if plan == self.open && revision > self.revision && self.changed() == self.kept =>
            {
                self.load(scope, plan);
            }
            _ => {}
        }
    }

    /// The plan was saved as a file: with no shelf, that is how it is kept.
    pub(super) fn was_saved(&mut self) {
        if self.shelf.is_none() {
            self.kept = self.changed();
        }
    }
}
