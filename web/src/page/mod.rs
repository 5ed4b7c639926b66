//! What the page holds, and how each action changes it.

mod app;
mod messages;
mod screen;
mod stages;
mod summary;
mod top_bar;

use std::rc::Rc;

use fentan_core::{Change, Document, Figure};
use fentan_import::Content;
use fentan_words::{Explanation, Language};

use crate::message::{
    Dwelling, Follow, Keeping, Look, Outcome, Pasted, Refusal, Reply, Request, Rows, Shelf, Sort,
    Standing, is_of_roster,
};
use crate::packed::Packed;
use crate::screens::consult::Told;
use crate::screens::result::charts::Figures;
use crate::screens::result::law::Law;
use crate::screens::result::statement::Statement;
use crate::screens::scenarios::outcome::Seen;
use crate::typed::Reading;
use crate::work::cells::Cells;

pub use app::{App, address};
pub use screen::{Screen, Stage};

/// All that the page holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The language it speaks.
    pub language: Language,
    /// The screen shown.
    pub screen: Screen,
    /// The open plan without its households, as its fields show it; none before it is open.
    pub form: Option<Rc<Form>>,
    /// How the plan stands.
    pub standing: Rc<Standing>,
    /// The last split there was.
    pub outcome: Option<Rc<Outcome>>,
    /// The households asked for last.
    pub rows: Rc<Rows>,
    /// Which households the page wants to show.
    pub look: Look,
    /// How the roster is shown.
    pub view: View,
    /// What is not folded, of the elements of lists; by [`fold_key`].
    pub unfolded: Rc<Vec<String>>,
    /// The cell of the roster that is being typed into, by its path, and what was typed.
    pub typing: Option<(String, String)>,
    /// The field of the plan that was typed into last.
    pub entering: Rc<Entering>,
    /// The household, by its place in the roster, that is to come into sight, and the path of the
    /// cell to write in.
    pub sought: Option<(usize, String)>,
    /// The statement shown.
    pub statement: Option<Packed<Statement>>,
    /// The reasons shown, each an input of the one before it.
    pub reasons: Vec<Packed<Explanation>>,
    /// What law and policy say.
    pub law: Rc<Law>,
    /// What the charts of the result show; none before the engine has summed it up.
    pub charts: Option<Packed<Figures>>,
    /// What scenarios come to, as the engine told last; with how many times it has told something.
    pub seen: (usize, Option<Packed<Seen>>),
    /// What the engine told last of households or of their votes; with how many times it has told something.
    pub consulted: (usize, Option<Packed<Told>>),
    /// The plans that are kept.
    pub shelf: Rc<Shelf>,
    /// What became of the cells pasted last.
    pub pasted: Option<Rc<Pasted>>,
    /// The part whose cells are being pasted.
    pub pasting: Option<Content>,
    /// Why the files chosen last were not opened, where they were not.
    pub refusal: Option<Rc<Refusal>>,
    /// Files of offices that were chosen and wait to be mapped, one after the other.
    pub chosen: Rc<Vec<web_sys::File>>,
    /// What was done last that is told, with a way back.
    pub done: Done,
    /// How many requests the engine has not answered yet, of those that change the plan.
    asked: usize,
    /// The changes that it was asked for and has not answered yet.
    sent: Vec<Change>,
    /// Changes that wait until the engine has answered those before.
    waiting: Vec<Change>,
    /// Whether the engine is looking for rows.
    looking: bool,
    /// Whether another plan, or another part of this one, is on its way.
    awaiting: bool,
}

/// The field that was typed into last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entering {
    /// Its path.
    pub path: String,
    /// Whether it was not left yet: it shows what is typed.
    pub is_typed: bool,
    /// What it held before.
    base: String,
    /// What is typed and what it comes to, where that is reckoned.
    pub reckoned: String,
}

/// What was done last, where the page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Done {
    /// Nothing that is told.
    #[default]
    Nothing,
    /// A part of the plan was taken out.
    Removed,
    /// The last step was taken back.
    Undone,
    /// A plan was put into the wastebasket.
    Discarded(u32),
}

/// How the roster is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Whether what households pay is shown, and not what is written of them.
    pub is_of_dues: bool,
    /// Columns that are shown though nothing stands in them yet.
    pub added: Vec<String>,
    /// The dwellings of a stand-in roster that is being thought up.
    pub dwellings: Vec<Dwelling>,
}

impl Default for View {
    fn default() -> Self {
        let dwellings = vec![Dwelling::default()];
        View { is_of_dues: false, added: Vec::new(), dwellings }
    }
}

/// The open plan as its fields show it.
#[derive(Debug, Clone)]
pub struct Form {
    /// The plan, without its households.
    pub document: Document<'static>,
}

/// What tells an element of a list wherever it is moved to: the list and the element's id.
pub fn fold_key(document: &Document<'_>, path: &str) -> String {
    let list = path.split('[').next().unwrap_or_default();
    [list, ":", document.text(&[path, ".id"].concat()).unwrap_or_default()].concat()
}

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What can happen on the page.
#[derive(Debug, Clone)]
pub enum Action {
    /// Speak this language.
    Speak(Language),
    /// Show this screen.
    Show(Screen),
    /// Ask this of the engine.
    Ask(Request),
    /// A text was typed into the field at a path.
    Type {
        /// Where.
        path: String,
        /// What.
        text: String,
        /// How it is read.
        reading: Reading,
    },
    /// The field at a path was left: it shows what was understood.
    Settle {
        /// Where.
        path: String,
        /// How it is read.
        reading: Reading,
    },
    /// Show the households from this one on, so many.
    Scroll(usize, usize),
    /// Sort the households by this column; once more turns the order round, once more ends it.
    Sort(String),
    /// Show the reason of a figure, after the first so many that are shown.
    Explain(Packed<Figure>, usize),
    /// Go back to the first so many of the reasons that are shown.
    StepBack(usize),
    /// A file can't be opened.
    Refuse(Refusal),
    /// Show how these files of offices are understood, one after the other.
    Import(Vec<web_sys::File>),
    /// Close the message that files were not opened.
    CloseRefusal,
    /// Open the box to paste cells into; none closes it.
    Pasting(Option<Content>),
    /// Take these cells: they are read in a worker first.
    Paste(Cells),
    /// Close the report on what was pasted.
    ClosePasted,
    /// Bring a household of the roster into sight, by its place, with the cell of a path.
    Seek(usize, String),
    /// Show the roster so.
    View(View),
    /// Fold the details of the element of a list at a path, or no more.
    Fold(String, bool),
    /// The engine answers.
    Receive(Box<Reply>),
}

impl Page {
    /// The page before a plan is open.
    pub fn new(screen: Screen) -> Page {
        Page { screen, look: Look::first(), ..Page::default() }
    }

    /// Whether what is on screen is not of the plan as it stands: something is wrong with it.
    pub fn is_stale(&self) -> bool {
        self.outcome.is_some() && !self.standing.wrong.is_empty()
    }

    /// Whether the engine is at work on the plan.
    pub fn is_busy(&self) -> bool {
        self.asked > 0 || self.awaiting
    }

    /// Which of the plans of its name on the shelf a plan is, by their places; `None` where it is the only one.
    pub fn place_of_name(&self, plan: u32) -> Option<usize> {
        let plans = &self.shelf.plans;
        let name = &plans.iter().find(|card| card.plan == plan)?.name;
        let alike = || plans.iter().filter(|card| card.name == *name);
        let before = alike().filter(|card| card.plan < plan).count();
        (alike().count() > 1).then_some(before + 1)
    }

    /// How the plan is kept, at any moment: `changing`, `kept` or `not-kept`.
    pub fn kept(&self) -> &'static str {
        match self.shelf.keeping {
            _ if self.is_busy() => "changing",
            Keeping::Failed { .. } => "not-kept",
            _ if self.shelf.is_behind => "changing",
            _ => "kept",
        }
    }

    /// Does an action; answers what to ask of the engine.
    pub fn act(&mut self, action: Action) -> Vec<Request> {
        match action {
            Action::Speak(language) => {
                self.language = language;
                let begins = self.form.is_none();
                let request = if begins { Request::Begin } else { Request::Speak };
                return vec![request(language), self.follow()];
            }
            Action::Show(screen) => {
                let mut requests = Vec::new();
                if self.screen != screen {
                    self.done = Done::Nothing;
                    // Nothing stands before a screen that it does not belong to.
                    self.reasons.clear();
                    self.pasting = None;
                    if self.statement.take().is_some() {
                        requests.push(Request::State(None));
                    }
                }
                requests.push(self.show(screen));
                return requests;
            }
            Action::Import(files) => {
                self.chosen = Rc::new(files);
                self.refusal = None;
                // From the shelf a plan is begun: what is open there is not what is meant.
                let begins = self.screen.stage() == Stage::Shelf
                    && (self.has("lines") || self.standing.households > 0);
                let mut requests = vec![self.show(Screen::Import)];
                if begins {
                    self.awaiting = true;
                    requests.push(Request::New);
                }
                return requests;
            }
            Action::Ask(request) => return self.ask_for(request),
            Action::Type { path, text, reading } => {
                self.done = Done::Nothing;
                if is_of_roster(&path) {
                    self.typing = Some((path.clone(), text.clone()));
                }
                // Half an id may be another household's.
                if is_household_id(&path) {
                    return Vec::new();
                }
                self.enter(&path, reading, &text);
                let exact = reading.exact(&self.entering.base, &text);
                let change = |text: String| match text.is_empty() && is_optional(&path) {
                    true => Change::Clear { path: path.clone() },
                    false => Change::Write { path: path.clone(), text },
                };
                self.write(&[change(if is_of_roster(&path) { exact.clone() } else { text })]);
                return self.change(vec![change(exact)]);
            }
            Action::Settle { path, reading } => {
                if let Some((_, text)) = self.typing.take_if(|(typed, _)| *typed == path) {
                    if is_household_id(&path) {
                        let change = Change::Write { path, text: reading.exact("", &text) };
                        self.write(std::slice::from_ref(&change));
                        return self.change(vec![change]);
                    }
                    return Vec::new();
                }
                let Some(text) = self.form.as_ref().and_then(|form| form.document.text(&path))
                else {
                    return Vec::new();
                };
                if self.entering.path == path {
                    let text = reading.exact(&self.entering.base, text);
                    let entering = Rc::make_mut(&mut self.entering);
                    (entering.is_typed, entering.base) = (false, text.clone());
                    self.write(&[Change::Write { path, text }]);
                }
            }
            Action::Scroll(start, count) => {
                return self.look(Look { start, count, ..self.look.clone() });
            }
            Action::Sort(column) => {
                let sort = match self.look.sort.take() {
                    Some(sort) if sort.column == column => {
                        (!sort.descending).then_some(Sort { column, descending: true })
                    }
                    _ => Some(Sort { column, descending: false }),
                };
                return self.look(Look { sort, start: 0, ..self.look.clone() });
            }
            Action::Explain(figure, after) => {
                self.reasons.truncate(after);
                return vec![Request::Explain(figure)];
            }
            Action::StepBack(count) => self.reasons.truncate(count),
            Action::Refuse(refusal) => {
                self.awaiting = false;
                self.refusal = Some(Rc::new(refusal));
            }
            Action::CloseRefusal => self.refusal = None,
            Action::Pasting(part) => self.pasting = part,
            Action::Paste(_) => {
                self.pasting = None;
                self.awaiting = true;
            }
            Action::ClosePasted => self.pasted = None,
            Action::Seek(household, path) => return self.seek(household, path),
            Action::View(view) => self.view = view,
            Action::Fold(path, is_folded) => self.fold(&path, is_folded),
            Action::Receive(reply) => return self.receive(*reply),
        }
        Vec::new()
    }

    /// What is to be asked of the engine for a request, once the page itself has done its part.
    fn ask_for(&mut self, request: Request) -> Vec<Request> {
        match request {
            Request::Change(changes) => {
                let removes = matches!(changes.last(), Some(Change::Remove { .. }));
                self.done = if removes { Done::Removed } else { Done::Nothing };
                self.write(&changes);
                return self.change(changes);
            }
            Request::Undo | Request::Redo => {
                self.typing = None;
                let (step, done) = match request {
                    Request::Undo => (&self.standing.undo, Done::Undone),
                    _ => (&self.standing.redo, Done::Nothing),
                };
                let screen = step.as_ref().map(|step| step.path.as_str());
                // The name of the plan is on every screen, and what comes of it is seen on those that write nothing.
                let is_written = self.screen.is_written();
                let screen = screen.filter(|path| *path != "name" && is_written);
                // Who takes part in a line is ticked beside the line, too.
                let is_joining = screen.is_some_and(|path| path.contains(".joins"));
                let is_here = self.screen == Screen::Works && is_joining;
                let screen = screen.filter(|_| !is_here).map(Screen::of_path);
                self.done = done;
                let mut requests: Vec<_> =
                    screen.map(|screen| self.show(screen)).into_iter().collect();
                requests.extend(self.ask(request));
                return requests;
            }
            Request::Look(look) => return self.look(look),
            Request::State(household) => {
                self.statement = self.statement.take().filter(|_| household.is_some());
            }
            Request::New => {
                self.awaiting = true;
                return vec![self.show(Screen::Works), request];
            }
            Request::Open(_) | Request::Copy | Request::Restore(_) => {
                self.awaiting = true;
                return vec![self.leave_shelf(), request];
            }
            Request::Discard(plan) => self.done = Done::Discarded(plan),
            Request::Read(_) => {
                self.refusal = None;
                self.awaiting = true;
                return vec![self.leave_shelf(), request];
            }
            Request::TakeIn(_) => {
                self.refusal = None;
                self.awaiting = true;
                // The next of the files that were chosen together is shown.
                self.chosen = Rc::new(self.chosen.iter().skip(1).cloned().collect());
            }
            Request::Make(_) => {
                self.view = View::default();
                return self.ask(request);
            }
            Request::Confirm | Request::Fill(_) => return self.ask(request),
            Request::Add(like) => {
                let mut requests = self.ask(request);
                let place = like.map_or(self.standing.households, |like| like + 1);
                requests.extend(self.seek(place, format!("households[{place}].id")));
                return requests;
            }
            _ => {}
        }
        vec![request]
    }

    /// Notes what is typed into a field, and what the field held before.
    fn enter(&mut self, path: &str, reading: Reading, text: &str) {
        let entering = Rc::make_mut(&mut self.entering);
        if entering.path != path || !entering.is_typed {
            let form = self.form.as_ref().filter(|_| !is_of_roster(path));
            let base = form.and_then(|form| form.document.text(path)).unwrap_or_default();
            let (path, base) = (path.to_owned(), base.to_owned());
            *entering = Entering { path, base, is_typed: true, reckoned: String::new() };
        }
        entering.reckoned = reading.reckoned(&entering.base, text);
    }

    fn fold(&mut self, path: &str, is_folded: bool) {
        let Some(form) = &self.form else { return };
        let key = fold_key(&form.document, path);
        let unfolded = Rc::make_mut(&mut self.unfolded);
        unfolded.retain(|one| *one != key);
        if !is_folded {
            unfolded.push(key);
        }
    }

    /// Shows a screen; gives back what to ask for it.
    fn show(&mut self, screen: Screen) -> Request {
        self.screen = screen;
        self.follow()
    }

    /// Shows the result where the shelf is shown: a plan that is opened is to be seen.
    fn leave_shelf(&mut self) -> Request {
        let screen = if self.screen.stage() == Stage::Shelf { Screen::Result } else { self.screen };
        self.show(screen)
    }

    /// Asks for what the screen shown needs besides how the plan stands.
    fn follow(&self) -> Request {
        Request::Follow(match self.screen {
            Screen::Result | Screen::Lookup => Follow::Charts,
            Screen::Scenarios => Follow::Scenarios,
            _ => Follow::Nothing,
        })
    }

    /// Looks for a household in the roster's own order.
    fn seek(&mut self, household: usize, path: String) -> Vec<Request> {
        self.view.is_of_dues = false;
        self.sought = Some((household, path));
        self.look(Look { start: household.saturating_sub(Look::FIRST / 2), ..Look::first() })
    }

    fn write(&mut self, changes: &[Change]) {
        // The rows on screen are copied only where one of them changes.
        if changes.iter().any(Rows::shows) {
            let rows = Rc::make_mut(&mut self.rows);
            changes.iter().for_each(|change| rows.write(change));
        }
        if let Some(form) = &mut self.form {
            let form = Rc::make_mut(form);
            for change in changes {
                form.document.change(change);
            }
        }
    }

    /// Changes go out one batch at a time, so that fast typing never queues up splits that
    /// nobody will see.
    fn change(&mut self, changes: Vec<Change>) -> Vec<Request> {
        if self.asked > 0 {
            self.waiting.extend(changes);
            return Vec::new();
        }
        self.ask(Request::Change(changes))
    }

    fn ask(&mut self, request: Request) -> Vec<Request> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut requests = Vec::new();
        if !waiting.is_empty() {
            requests.push(Request::Change(waiting));
        }
        requests.push(request);
        self.asked += requests.len();
        for request in &requests {
            if let Request::Change(changes) = request {
                self.sent.extend_from_slice(changes);
            }
        }
        requests
    }

    /// Rows, too, are asked for one at a time: of all that is scrolled past, only where the
    /// scrolling ends matters.
    fn look(&mut self, look: Look) -> Vec<Request> {
        self.look = look;
        if self.looking {
            return Vec::new();
        }
        self.looking = true;
        vec![Request::Look(self.look.clone())]
    }

    fn receive(&mut self, reply: Reply) -> Vec<Request> {
        match reply {
            Reply::Form(form) => {
                self.awaiting = false;
                let document = Document::from_json(form.json.as_bytes());
                if let Ok(document) = document.map(Document::into_owned) {
                    if form.is_another {
                        self.outcome = None;
                        self.statement = None;
                        self.reasons.clear();
                        self.law = Rc::default();
                        self.charts = None;
                        self.seen.1 = None;
                        self.consulted.1 = None;
                        self.pasted = None;
                        self.entering = Rc::default();
                        if !matches!(self.done, Done::Discarded(_)) {
                            self.done = Done::Nothing;
                        }
                        self.typing = None;
                        self.view = View::default();
                        self.look = Look::first();
                    }
                    self.form = Some(Rc::new(Form { document }));
                }
            }
            Reply::Standing(mut standing) => {
                self.asked = self.asked.saturating_sub(standing.answered);
                if let Some(outcome) = standing.outcome.take() {
                    self.outcome = Some(Rc::new(outcome));
                }
                self.standing = Rc::new(*standing);
                if !matches!(self.screen, Screen::Result | Screen::Lookup) {
                    self.charts = None;
                }
                if self.asked == 0 {
                    self.sent.clear();
                }
                if self.asked == 0 && !self.waiting.is_empty() {
                    let waiting = std::mem::take(&mut self.waiting);
                    return self.ask(Request::Change(waiting));
                }
            }
            Reply::Rows(mut rows) => {
                self.looking = false;
                let is_wanted = rows.look == self.look;
                // What was typed meanwhile is newer than the answer.
                for change in self.sent.iter().chain(&self.waiting) {
                    rows.write(change);
                }
                self.rows = Rc::new(rows);
                if !is_wanted {
                    return self.look(self.look.clone());
                }
            }
            Reply::Statement(statement) => self.statement = statement,
            Reply::Reason(reason) => self.reasons.extend(reason),
            Reply::Law(Law { fills, review, slips, passes, vote }) => {
                // While something is wrong the last result stays, and what goes with it.
                let review = review.or_else(|| self.law.review.clone());
                let vote = vote.or_else(|| self.law.vote.clone());
                self.law = Rc::new(Law { fills, review, slips, passes, vote });
            }
            Reply::Charts(figures) => self.charts = Some(figures),
            Reply::Shelf(shelf) => {
                // A plan that can't be kept is not left.
                self.awaiting &= !matches!(shelf.keeping, Keeping::Failed { .. });
                // A first visit begins at the shelf, unless its address leads elsewhere.
                if self.form.is_none() && shelf.plans.is_empty() && self.screen == Screen::Result {
                    self.screen = Screen::Shelf;
                }
                self.shelf = Rc::new(shelf);
            }
            Reply::Consulted(told) => self.consulted = (self.consulted.0 + 1, Some(told)),
            Reply::Compared(seen) => self.seen = (self.seen.0 + 1, Some(seen)),
            Reply::Pasted(pasted) => self.pasted = Some(Rc::new(pasted)),
            Reply::Refused(refusal) => {
                self.awaiting = false;
                self.refusal = Some(Rc::new(refusal));
            }
            // The page saves the one and hands the other on; nothing of them stays here.
            Reply::File(_) | Reply::Plan(..) => {}
        }
        Vec::new()
    }
}

fn is_household_id(path: &str) -> bool {
    path.starts_with("households[") && path.ends_with("].id")
}

/// Whether the field may be left out: emptied, it is removed.
///
/// Ids are not: a line without an id is to be seen as such. Nor is what a table holds under
/// names of its own: a floor stays while its coefficient is typed anew.
fn is_optional(path: &str) -> bool {
    let is_named = path.starts_with("tables.")
        || path.starts_with("relief.rates.")
        || path.ends_with(".rate_of.rate");
    !is_named && !matches!(path.rsplit('.').next(), Some("id" | "fentan"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Column, Form, Row};
    use crate::screens::result::law::Fill;
    use crate::screens::result::law::review::Review;

    const AREA: &str = "households[0].area";

    fn rows(id: &str, area: &str) -> Box<Reply> {
        let columns = ["id", "area"];
        let columns =
            columns.map(|name| Column { name: name.to_owned(), line: None, is_used: true });
        let cells = vec![id.to_owned(), area.to_owned()];
        let rows = vec![Row { index: 0, cells, wrong: Vec::new(), dues: None }];
        Box::new(Reply::Rows(Rows { columns: columns.into(), rows, ..Rows::default() }))
    }

    fn standing() -> Box<Reply> {
        Box::new(Reply::Standing(Box::new(Standing { answered: 1, ..Standing::default() })))
    }

    fn typing(path: &str, text: &str) -> Action {
        Action::Type { path: path.to_owned(), text: text.to_owned(), reading: Reading::PLAIN }
    }

    fn page() -> Page {
        let mut page = Page::default();
        page.act(Action::Receive(rows("1-1-101", "6")));
        page
    }

    #[test]
    fn late_rows_do_not_take_back_what_is_typed() {
        let mut page = page();
        assert_eq!(page.act(typing(AREA, "62")).len(), 1);
        assert_eq!(page.act(typing(AREA, "62.5")), []);
        page.act(Action::Receive(rows("1-1-101", "6")));
        assert_eq!(page.rows.rows[0].cells[1], "62.5");
        let requests = page.act(Action::Receive(standing()));
        assert!(matches!(requests[..], [Request::Change(_)]), "{requests:?}");
        page.act(Action::Receive(rows("1-1-101", "62")));
        assert_eq!(page.rows.rows[0].cells[1], "62.5");
        page.act(Action::Receive(standing()));
        page.act(Action::Receive(rows("1-1-101", "62.50")));
        assert_eq!(page.rows.rows[0].cells[1], "62.50");
    }

    #[test]
    fn an_id_is_written_when_its_cell_is_left() {
        let mut page = page();
        let path = "households[0].id";
        assert_eq!(page.act(typing(path, "1-1-10")), []);
        let settle = Action::Settle { path: path.to_owned(), reading: Reading::PLAIN };
        let change = Change::Write { path: path.to_owned(), text: "1-1-10".to_owned() };
        assert_eq!(page.act(settle), [Request::Change(vec![change])]);
        assert_eq!(page.rows.rows[0].id(), "1-1-10");
    }

    fn law(law: Law) -> Action {
        Action::Receive(Box::new(Reply::Law(law)))
    }

    #[test]
    fn while_something_is_wrong_the_last_findings_stay_but_nothing_counts_as_filled_in() {
        let mut page = page();
        let fill = Fill { path: "minimum.per_household".to_owned(), ..Fill::default() };
        let found = Some(Packed::of(&Review { counts: "found".to_owned(), ..Review::default() }));
        page.act(law(Law { fills: vec![fill], review: found.clone(), ..Law::default() }));
        assert_eq!(page.law.fills.len(), 1);
        page.act(law(Law::default()));
        assert_eq!((&page.law.review, page.law.fills.len()), (&found, 0));
        let form = Form { json: "{}".to_owned(), is_another: true };
        page.act(Action::Receive(Box::new(Reply::Form(form))));
        assert_eq!(*page.law, Law::default());
    }

    #[test]
    fn a_new_plan_needs_nothing_of_the_screen_before() {
        let mut page = Page::new(Screen::Result);
        let asked = page.act(Action::Ask(Request::New));
        assert_eq!(asked, [Request::Follow(Follow::Nothing), Request::New]);
        assert!(page.is_busy());
    }
}
