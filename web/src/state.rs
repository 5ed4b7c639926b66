//! What the page holds, and how each action changes it.

use std::rc::Rc;

use fentan_core::{Document, Error, Plan, Problem, Problems, Roster, Split, Unreconciled};
use fentan_words::Language;

use crate::fields;
use crate::figures::{Cash, Dues, Proof};
use crate::ledger::Ledger;

/// The example that the page opens on; build.rs turns its plan into JSON.
const EXAMPLE_PLAN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/plan.json"));
const EXAMPLE_ROSTER: &[u8] = include_bytes!("../../examples/puyang/households.csv");

/// A file that was chosen from disk. A plan written in TOML has been turned into JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub bytes: Rc<[u8]>,
}

/// A plan as it is being edited: it may have problems.
#[derive(Debug, Clone)]
pub struct Draft {
    /// How many plans were opened before it; edits keep it.
    opened: usize,
    document: Document<'static>,
    roster: Option<OpenedFile>,
}

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Draft {
    /// What is written at a path of the document; nothing where the field is left out.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.document.text(path)
    }

    fn split(self: &Rc<Self>) -> Result<Shown, Error> {
        let roster = self
            .roster
            .as_ref()
            .map(|file| Roster { file: file.name.as_str(), bytes: &file.bytes });
        let plan = Plan::read(&self.document, roster)?;
        let split = fentan_core::split(&plan)?;
        Ok(Shown {
            draft: Rc::clone(self),
            ledger: Ledger::of(&plan, &split),
            cash: Cash::of(&split.households),
            dues: Dues::total(&split.households),
            proof: Proof::of(&split),
            plan,
            split,
        })
    }
}

/// A plan with its split: what is on screen.
#[derive(Debug)]
pub struct Shown {
    draft: Rc<Draft>,
    /// The plan.
    pub plan: Plan,
    /// Its split.
    pub split: Split,
    /// Its lines by payer.
    pub ledger: Ledger,
    /// What its households pay in cash; none where there are none.
    pub cash: Option<Cash>,
    /// All its households together.
    pub dues: Dues,
    /// The sums that must agree.
    pub proof: Proof,
}

impl Shown {
    /// The plan as it was written.
    pub fn draft(&self) -> Rc<Draft> {
        Rc::clone(&self.draft)
    }
}

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Why the plan being edited has no split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It has problems.
    Problems(Problems),
    /// The split does not add up: a fault of the engine.
    Fault(Unreconciled),
}

impl Trouble {
    /// The problems of the value at a path.
    pub fn at(&self, path: &str) -> impl Iterator<Item = &Problem> {
        let problems = match self {
            Trouble::Problems(problems) => Some(problems.iter()),
            Trouble::Fault(_) => None,
        };
        problems.into_iter().flatten().filter(move |problem| problem.path == path)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Problems(problems) => Trouble::Problems(problems),
            Error::Unreconciled(fault) => Trouble::Fault(fault),
        }
    }
}

/// Why files that were chosen were not opened; the plan before them stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file.
    pub file: String,
    /// What is the matter.
    pub reason: Reason,
}

/// What is the matter with a file that was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It can't be read as JSON.
    Problems(Problems),
    /// It can't be read as TOML, and why, in words.
    Words(String),
    /// Neither JSON nor TOML nor CSV by its name.
    UnknownType,
    /// A second plan or roster beside the first.
    TooMany,
    /// A roster for a plan that holds its own.
    RosterInPlan,
    /// A roster and no plan that it could belong to.
    NoPlan,
    /// Larger than [`State::MOST_BYTES`].
    TooLarge,
    /// The browser can't read it.
    Unreadable,
}

/// Which households are on screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// A part of the ids to show; empty for all.
    pub text: String,
    /// The page, from 0.
    pub page: usize,
    /// The households found, by their places in the roster.
    pub found: Rc<[usize]>,
}

impl Search {
    /// Households on a page.
    pub const ON_A_PAGE: usize = 50;

    fn of(text: String, page: usize, shown: Option<&Shown>) -> Search {
        let households = shown.into_iter().flat_map(|shown| shown.plan.households()).enumerate();
        let wanted = text.trim().as_bytes();
        let holds = |id: &str| {
            wanted.is_empty() || id.as_bytes().windows(wanted.len()).any(|part| part == wanted)
        };
        let found = households.filter(|(_, household)| holds(&household.id));
        let found: Rc<[usize]> = found.map(|(index, _)| index).collect();
        let pages = found.len().div_ceil(Self::ON_A_PAGE);
        Search { page: page.min(pages.saturating_sub(1)), text, found }
    }

    /// How many pages there are, at least one.
    pub fn pages(&self) -> usize {
        self.found.len().div_ceil(Self::ON_A_PAGE).max(1)
    }

    /// The households on the page.
    pub fn on_page(&self) -> Vec<usize> {
        let found = self.found.iter().copied();
        found.skip(self.page * Self::ON_A_PAGE).take(Self::ON_A_PAGE).collect()
    }
}

/// All that the page holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The language it speaks.
    pub language: Language,
    /// The plan as it is being edited.
    pub draft: Option<Rc<Draft>>,
    /// The last plan that could be split, with its split.
    pub shown: Option<Rc<Shown>>,
    /// Why the plan being edited has no split, where it has none.
    pub trouble: Option<Rc<Trouble>>,
    /// Why the files chosen last were not opened, where they were not.
    pub refusal: Option<Rc<Refusal>>,
    /// Which households are on screen.
    pub search: Search,
}

/// What can happen on the page.
#[derive(Debug, Clone)]
pub enum Action {
    /// Speak this language.
    Speak(Language),
    /// Open a plan, a roster, or a plan with its roster.
    Open(Vec<OpenedFile>),
    /// A file can't be opened.
    Refuse(Refusal),
    /// Close the message that files were not opened.
    CloseRefusal,
    /// Write a text at a path of the document; an optional field that is emptied is removed.
    Edit {
        /// Where.
        path: String,
        /// What.
        text: String,
    },
    /// Give up the edits since the last plan that could be split.
    GoBack,
    /// Show the households whose ids hold this text.
    Search(String),
    /// Show a page of the households, from 0.
    Turn(usize),
}

/// What a file is by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// A plan in JSON.
    Json,
    /// A plan in TOML.
    Toml,
    /// A roster.
    Csv,
}

impl FileType {
    /// The type of a file of this name; none where the page opens no such files.
    pub fn of(name: &str) -> Option<FileType> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(FileType::Json),
            "toml" => Some(FileType::Toml),
            "csv" => Some(FileType::Csv),
            _ => None,
        }
    }
}

impl OpenedFile {
    fn of_example(name: &str, bytes: &[u8]) -> OpenedFile {
        OpenedFile { name: name.to_owned(), bytes: bytes.into() }
    }

    fn refused(self, reason: Reason) -> Refusal {
        Refusal { file: self.name, reason }
    }
}

impl State {
    /// The most bytes of a file that the page opens.
    pub const MOST_BYTES: u64 = 64 << 20;

    /// The page on the example.
    pub fn example() -> State {
        let mut state = State::default();
        state.open(vec![
            OpenedFile::of_example("plan.toml", EXAMPLE_PLAN),
            OpenedFile::of_example("households.csv", EXAMPLE_ROSTER),
        ]);
        state
    }

    /// Whether what is on screen is the plan being edited, perhaps as it was before the last
    /// edits; else another plan was opened since, and has no split yet.
    pub fn shows_draft(&self) -> bool {
        match (&self.shown, &self.draft) {
            (Some(shown), Some(draft)) => shown.draft.opened == draft.opened,
            _ => false,
        }
    }

    /// Whether the tables show an input for the field at a path of the plan being edited.
    pub fn shows_field(&self, path: &str) -> bool {
        self.shows_draft() && self.shown.iter().any(|shown| fields::is_shown(&shown.plan, path))
    }

    fn open(&mut self, files: Vec<OpenedFile>) {
        self.refusal = self.open_together(files).err().map(Rc::new);
    }

    fn open_together(&mut self, files: Vec<OpenedFile>) -> Result<(), Refusal> {
        let (mut plan, mut roster) = (None, None);
        for file in files {
            let place = match FileType::of(&file.name) {
                Some(FileType::Json | FileType::Toml) => &mut plan,
                Some(FileType::Csv) => &mut roster,
                None => return Err(file.refused(Reason::UnknownType)),
            };
            if place.is_some() {
                return Err(file.refused(Reason::TooMany));
            }
            *place = Some(file);
        }
        match (plan, roster, &self.draft) {
            (Some(plan), roster, _) => self.open_plan(plan, roster),
            (None, Some(roster), Some(draft)) => {
                if draft.document.has_households() {
                    return Err(roster.refused(Reason::RosterInPlan));
                }
                let draft = Draft { roster: Some(roster), ..Draft::clone(draft) };
                self.settle(draft);
                Ok(())
            }
            (None, Some(roster), None) => Err(roster.refused(Reason::NoPlan)),
            (None, None, _) => Ok(()),
        }
    }

    fn open_plan(&mut self, plan: OpenedFile, roster: Option<OpenedFile>) -> Result<(), Refusal> {
        let document = match Document::from_json(&plan.bytes) {
            Ok(document) => document.into_owned(),
            Err(problems) => return Err(plan.refused(Reason::Problems(problems))),
        };
        let opened = self.draft.as_ref().map_or(0, |draft| draft.opened + 1);
        self.search = Search::default();
        self.settle(Draft { opened, document, roster });
        Ok(())
    }

    fn edit(&mut self, path: &str, text: &str) {
        let Some(draft) = &self.draft else {
            return;
        };
        let mut draft = Draft::clone(draft);
        let changed = if text.is_empty() && fields::is_optional(path) {
            draft.document.remove(path)
        } else {
            draft.document.set(path, text)
        };
        if changed {
            self.settle(draft);
        }
    }

    /// Makes this the plan being edited and splits it; where that can't be, the last split stays.
    fn settle(&mut self, draft: Draft) {
        let draft = Rc::new(draft);
        self.trouble = match draft.split() {
            Ok(shown) => {
                let Search { text, page, .. } = std::mem::take(&mut self.search);
                self.search = Search::of(text, page, Some(&shown));
                self.shown = Some(Rc::new(shown));
                None
            }
            Err(error) => Some(Rc::new(error.into())),
        };
        self.draft = Some(draft);
    }

    fn go_back(&mut self) {
        if let Some(shown) = &self.shown {
            self.draft = Some(Rc::clone(&shown.draft));
            self.trouble = None;
        }
    }

    fn search(&self, text: String, page: usize) -> Search {
        Search::of(text, page, self.shown.as_deref())
    }

    /// The state after an action.
    pub fn reduce(&self, action: Action) -> State {
        let mut state = self.clone();
        match action {
            Action::Speak(language) => state.language = language,
            Action::Open(files) => state.open(files),
            Action::Refuse(refusal) => state.refusal = Some(Rc::new(refusal)),
            Action::CloseRefusal => state.refusal = None,
            Action::Edit { path, text } => state.edit(&path, &text),
            Action::GoBack => state.go_back(),
            Action::Search(text) => state.search = self.search(text, 0),
            Action::Turn(page) => state.search = self.search(state.search.text, page),
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn then(state: State, action: Action) -> State {
        state.reduce(action)
    }

    fn edited(state: State, path: &str, text: &str) -> State {
        then(state, Action::Edit { path: path.to_owned(), text: text.to_owned() })
    }

    fn opened(state: State, files: &[(&str, &str)]) -> State {
        let files = files.iter().map(|(name, text)| OpenedFile::of_example(name, text.as_bytes()));
        then(state, Action::Open(files.collect()))
    }

    fn written(state: &State, path: &str) -> Option<String> {
        state.draft.as_ref()?.text(path).map(str::to_owned)
    }

    #[track_caller]
    fn budget(state: &State) -> String {
        state.shown.as_ref().expect("a split").split.budget.to_string()
    }

    #[track_caller]
    fn codes(state: &State, path: &str) -> Vec<&'static str> {
        let trouble = state.trouble.as_ref().expect("trouble");
        trouble.at(path).map(|problem| problem.code().as_str()).collect()
    }

    const GATE: &str = r#"{
        "fentan": 1,
        "lines": [{ "id": "gate", "amount": "100" }],
        "sources": [{ "id": "county", "rate": "10%", "amount": "50" }]
    }"#;

    const TWO_HOMES: &str = "id,area\n101,60\n102,60\n";

    fn gate() -> State {
        opened(State::example(), &[("gate.json", GATE), ("homes.csv", TWO_HOMES)])
    }

    #[test]
    fn opens_on_the_example_already_split() {
        let state = State::example();
        assert_eq!((&state.trouble, &state.refusal), (&None, &None));
        let shown = state.shown.expect("a split");
        assert_eq!(shown.plan.households().len(), 264);
        let totals: fentan_core::Fen = shown.ledger.totals.iter().copied().sum();
        assert_eq!(totals, shown.split.budget);
    }

    #[test]
    fn an_edit_is_split_at_once() {
        let state = edited(gate(), "lines[0].amount", "250.50");
        assert_eq!(state.trouble, None);
        assert_eq!(budget(&state), "250.50");
    }

    #[test]
    fn a_problem_leaves_the_last_split_until_it_is_fixed() {
        let state = edited(gate(), "lines[0].amount", "1,5");
        assert_eq!(codes(&state, "lines[0].amount"), ["bad-number"]);
        assert_eq!(budget(&state), "100.00");
        assert!(state.shows_field("lines[0].amount"));

        let state = edited(state, "sources[0].rate", "2");
        assert_eq!(codes(&state, "sources[0].rate"), ["bad-rate"]);
        let state = edited(state, "lines[0].amount", "1.5");
        assert_eq!(codes(&state, "lines[0].amount"), [""; 0]);
        assert_eq!(budget(&state), "100.00");

        let state = edited(state, "sources[0].rate", "1/2");
        assert_eq!(state.trouble, None);
        assert_eq!(budget(&state), "1.50");
    }

    #[test]
    fn an_emptied_limit_is_removed_and_one_is_needed() {
        let state = edited(gate(), "sources[0].rate", "");
        assert_eq!(written(&state, "sources[0].rate"), None);
        assert_eq!(state.trouble, None);
        let state = edited(state, "sources[0].amount", "");
        assert_eq!(codes(&state, "sources[0]"), ["no-limit"]);
        let state = edited(state, "sources[0].per_area", "0.10");
        assert_eq!(state.trouble, None);
    }

    #[test]
    fn going_back_undoes_the_edits_since_the_last_split() {
        let state = edited(gate(), "lines[0].amount", "200");
        let state = edited(state, "lines[0].amount", "many");
        let state = then(state, Action::GoBack);
        assert_eq!(state.trouble, None);
        assert_eq!(written(&state, "lines[0].amount").as_deref(), Some("200"));
    }

    #[test]
    fn a_plan_with_problems_is_opened_and_the_split_before_it_stays() {
        let lacking = GATE.replace("county\"", "county\", \"kind\": \"moon\"");
        let state = opened(gate(), &[("moon.json", &lacking), ("homes.csv", TWO_HOMES)]);
        assert_eq!(codes(&state, "sources[0].kind"), ["unknown-id"]);
        assert_eq!(budget(&state), "100.00");
        assert!(!state.shows_draft());
        assert!(!state.shows_field("lines[0].amount"));
        let state = edited(state, "sources[0].kind", "county");
        assert_eq!(state.trouble, None);
        assert!(state.shows_field("lines[0].amount"));
    }

    #[test]
    fn a_file_that_can_not_be_read_leaves_the_plan_as_it_is() {
        for (file, text) in [("broken.json", "{"), ("empty.JSON", ""), ("plan.xlsx", "")] {
            let state = opened(gate(), &[(file, text)]);
            assert_eq!(state.refusal.as_ref().map(|refusal| refusal.file.as_str()), Some(file));
            assert_eq!(state.trouble, None);
            assert!(state.shows_field("lines[0].amount"));
            assert_eq!(then(state, Action::CloseRefusal).refusal, None);
        }
    }

    #[test]
    fn two_plans_at_once_are_too_many() {
        let state = opened(gate(), &[("a.json", GATE), ("b.TOML", GATE)]);
        let refusal = state.refusal.expect("a refusal");
        assert_eq!((refusal.file.as_str(), &refusal.reason), ("b.TOML", &Reason::TooMany));
    }

    #[test]
    fn a_roster_alone_replaces_the_roster_of_the_plan() {
        let state = opened(gate(), &[("more.csv", "id,area\n1,60\n2,60\n3,60\n")]);
        let shown = state.shown.as_ref().expect("a split");
        assert_eq!(shown.plan.households().len(), 3);
        assert!(state.shows_draft());
    }

    #[test]
    fn a_roster_does_not_replace_the_one_in_the_plan() {
        let with_roster = r#"{ "fentan": 1, "lines": [], "households": [] }"#;
        let state = opened(gate(), &[("plan.json", with_roster)]);
        assert_eq!(state.trouble, None);
        let state = opened(state, &[("homes.csv", TWO_HOMES)]);
        let refusal = state.refusal.expect("a refusal");
        assert_eq!(refusal.reason, Reason::RosterInPlan);
    }

    #[test]
    fn a_search_begins_at_the_first_page() {
        let state = then(State::example(), Action::Turn(3));
        assert_eq!((state.search.page, state.search.pages()), (3, 6));
        let state = then(state, Action::Search(" 5-2".to_owned()));
        assert_eq!(state.search.page, 0);
        let shown = state.shown.as_ref().expect("a split");
        let ids = state.search.on_page().into_iter().map(|at| &shown.plan.households()[at].id);
        assert!(ids.clone().count() > 0 && ids.into_iter().all(|id| id.contains("5-2")));
    }

    #[test]
    fn pages_end_with_the_households() {
        let state = then(State::example(), Action::Turn(99));
        assert_eq!((state.search.page, state.search.on_page().len()), (5, 14));
        let state = opened(state, &[("gate.json", GATE), ("homes.csv", TWO_HOMES)]);
        assert_eq!((state.search.page, state.search.on_page()), (0, vec![0, 1]));
        let nobody = then(state, Action::Search("x".to_owned())).search;
        assert_eq!((nobody.pages(), nobody.on_page().len()), (1, 0));
    }
}
