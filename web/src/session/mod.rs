//! The open plan: changed, split, listed and explained. It knows no browser; [`crate::engine`]
//! runs it in a thread of its own and keeps what it holds.

mod adding;
mod filling;
mod history;
mod opened;
mod outcome;
mod pasting;
mod roster;

use fentan_core::internal::quoted;
use fentan_core::{Change, Document, Error, Packs, Plan, Problems, Split};
use fentan_words::Language;

use crate::lazy::Words;
use crate::message::{Form, Look, Outcome, Reply, Request, Rows, Standing, TextFile, Wrong};
use history::History;
use roster::{Listing, Roster, field, list};

pub use opened::{nothing, read};
pub use roster::stand_in;

/// The fields of a line that say by household what it is charged.
const CHARGES: [&str; 2] = ["charges", "final_charges"];

/// A plan that could be split.
#[derive(Debug)]
struct SplitPlan {
    plan: Plan,
    split: Split,
    /// What the page shows of the split.
    outcome: Outcome,
}

/// The open plan.
#[derive(Debug)]
pub struct Session {
    language: Language,
    /// What words a problem, once it is loaded.
    words: Option<Words>,
    document: Document<'static>,
    history: History,
    /// The last plan that could be split.
    last: Option<SplitPlan>,
    /// Whether the households are still those of that plan.
    is_roster_read: bool,
    /// What keeps the document from being split, if anything does.
    trouble: Option<Error>,
    /// The plan as it stands, if it can be read but not split.
    unsplit: Option<Plan>,
    look: Look,
    listing: Listing,
    /// How many times the document has changed.
    changed: u64,
}

impl Session {
    /// The most problems that are listed.
    const MOST_LISTED: usize = 200;

    /// Opens a document.
    pub fn open(language: Language, document: Document<'static>) -> Session {
        let mut session = Session {
            language,
            words: None,
            document,
            history: History::default(),
            last: None,
            is_roster_read: false,
            trouble: None,
            unsplit: None,
            look: Look::default(),
            listing: Listing::default(),
            changed: 0,
        };
        session.settle(true, None);
        session
    }

    /// The same with what words a problem, where that is loaded.
    pub fn with_words(mut self, words: Option<Words>) -> Session {
        self.words = words;
        self
    }

    /// Whether there are problems, and what words them is not loaded yet.
    pub fn lacks_words(&self) -> bool {
        self.words.is_none() && matches!(self.trouble, Some(Error::Problems(_)))
    }

    /// How the plan stands, from now on with its problems in words. What words them has all policy
    /// packs, and reads the one that a plan brings: a plan of one that was not at hand is read anew.
    pub fn put_in_words(&mut self, words: Words) -> Vec<Reply> {
        self.words = Some(words);
        let is_of_policy = |problems: &Problems| {
            problems.iter().any(|one| matches!(one.path.as_str(), "policy" | "own_policy"))
        };
        if matches!(&self.trouble, Some(Error::Problems(problems)) if is_of_policy(problems)) {
            self.settle(false, None);
        }
        self.stand(0).into()
    }

    /// How many times the document has changed since it was opened.
    pub fn changed(&self) -> u64 {
        self.changed
    }

    /// The plan's name; empty where it has none.
    pub fn name(&self) -> &str {
        self.document.text("name").unwrap_or_default()
    }

    /// The plan as it is written.
    pub fn document(&self) -> &Document<'static> {
        &self.document
    }

    /// The plan as JSON, to be kept.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.document).unwrap_or_default()
    }

    /// The language of problems and reasons.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The plan as it stands; none while it can't be read.
    pub fn plan(&self) -> Option<&Plan> {
        self.standing_split().map(|last| &last.plan).or(self.unsplit.as_ref())
    }

    /// Its split; none while it can't be split.
    pub fn split(&self) -> Option<&Split> {
        self.standing_split().map(|last| &last.split)
    }

    /// What the page shows of its split; none while it can't be split.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.standing_split().map(|last| &last.outcome)
    }

    fn standing_split(&self) -> Option<&SplitPlan> {
        self.last.as_ref().filter(|_| self.trouble.is_none())
    }

    /// Where a household lives: building, unit, floor, area, as they are written.
    pub fn home(&self, household: usize) -> Option<[&str; 4]> {
        let written = self.roster().household(household)?;
        Some(["building", "unit", "floor", "area"].map(|name| field(written, name)))
    }

    /// All that the page needs to show the plan.
    pub fn show(&self) -> Vec<Reply> {
        self.with_form(true, 0)
    }

    /// Does what the page asks, where that concerns the open plan.
    pub fn take(&mut self, request: Request) -> Vec<Reply> {
        match request {
            Request::Speak(language) => {
                self.language = language;
                self.stand(0).into()
            }
            Request::Change(changes) => {
                let is_typing = changes.iter().all(Rows::shows);
                let changes = self.with_followers(changes);
                let is_of_roster = self.history.make(&mut self.document, &changes);
                let before = std::mem::take(&mut self.listing);
                self.settle(is_of_roster, is_typing.then_some(before));
                self.stand(1).into()
            }
            Request::Undo => {
                let is_of_roster = self.history.undo(&mut self.document);
                self.settle(is_of_roster, None);
                self.with_form(false, 1)
            }
            Request::Redo => {
                let is_of_roster = self.history.redo(&mut self.document);
                self.settle(is_of_roster, None);
                self.with_form(false, 1)
            }
            Request::Look(look) => {
                let sought = |look: &Look| Look { start: 0, count: 0, ..look.clone() };
                let is_same = sought(&look) == sought(&self.look);
                self.look = look;
                if !is_same {
                    self.list(None);
                }
                vec![self.rows(&self.wrong().0)]
            }
            Request::Make(changes) => self.make(&changes, 1),
            Request::Confirm => self.confirm(),
            Request::Add(like) => self.add(like),
            Request::Fill(filling) => self.fill(&filling),
            Request::TakeIn(taken) => self.take_in(*taken),
            Request::Save => self.save().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The plan anew, for its fields, and how it stands.
    fn with_form(&self, is_another: bool, answered: usize) -> Vec<Reply> {
        let mut replies = vec![self.form(is_another)];
        replies.extend(self.stand(answered));
        replies
    }

    /// How the plan stands, and the households looked at.
    fn stand(&self, answered: usize) -> [Reply; 2] {
        let (wrong, left_out) = self.wrong();
        let rows = self.rows(&wrong);
        [self.standing(answered, wrong, left_out), rows]
    }

    /// Makes changes that did not come from a field, and shows the plan anew.
    fn make(&mut self, changes: &[Change], answered: usize) -> Vec<Reply> {
        let is_of_roster = self.history.make(&mut self.document, changes);
        self.settle(is_of_roster, None);
        self.with_form(false, answered)
    }

    /// A household's charges go with its id: where that is changed they are moved, and where the
    /// household is removed they are too.
    fn with_followers(&self, changes: Vec<Change>) -> Vec<Change> {
        let mut followed = Vec::with_capacity(changes.len());
        for change in changes {
            let household = |path: &str, end: &str| -> Option<usize> {
                path.strip_prefix("households[")?.strip_suffix(end)?.parse().ok()
            };
            match &change {
                Change::Write { path, text } => {
                    if let Some(household) = household(path, "].id") {
                        self.move_charges(household, Some(text), &mut followed);
                    }
                }
                Change::Remove { path } => {
                    if let Some(household) = household(path, "]") {
                        self.move_charges(household, None, &mut followed);
                    }
                }
                _ => {}
            }
            followed.push(in_its_form(change));
        }
        followed
    }

    fn move_charges(&self, household: usize, to: Option<&str>, changes: &mut Vec<Change>) {
        let from = self.document.text(&format!("households[{household}].id")).unwrap_or_default();
        let lines = list(&self.document, "lines").len();
        // Where two households share an id, the charges may be the other's.
        let roster = self.roster();
        if roster.count(from) > 1 || to.is_some_and(|to| roster.count(to) > 0) {
            return;
        }
        let tables = (0..lines).flat_map(|line| CHARGES.map(|field| (line, field)));
        for (line, field) in tables {
            let charge = |id: &str| format!("lines[{line}].{field}.{}", quoted(id));
            let Some(amount) = self.document.text(&charge(from)) else {
                continue;
            };
            if let Some(to) = to {
                if self.document.text(&charge(to)).is_some() {
                    continue;
                }
                changes.push(Change::Write { path: charge(to), text: amount.to_owned() });
            }
            changes.push(Change::Remove { path: charge(from) });
        }
    }

    /// Splits the document; where that can't be, the last split stays. The households are read anew
    /// only where they have changed, and those listed `before` stay listed.
    fn settle(&mut self, is_of_roster: bool, before: Option<Listing>) {
        self.changed += 1;
        self.is_roster_read &= !is_of_roster;
        let last = self.last.as_ref().filter(|_| self.is_roster_read);
        let packs = Packs::default();
        // A scenario that leads nowhere is told on its own screen: it keeps no plan from being split.
        let plan = match last {
            Some(last) => last.plan.reread_without_scenarios(&self.document, &packs),
            None => Plan::read_without_scenarios(&self.document, None, &packs),
        };
        self.unsplit = None;
        self.trouble = match plan {
            Err(problems) => Some(problems.into()),
            Ok(plan) => match fentan_core::split(&plan) {
                Ok(split) => {
                    let outcome = Outcome::of(&plan, &split);
                    self.last = Some(SplitPlan { plan, split, outcome });
                    self.is_roster_read = true;
                    None
                }
                Err(error) => {
                    self.unsplit = Some(plan);
                    Some(error)
                }
            },
        };
        self.list(before);
    }

    fn roster(&self) -> Roster<'_> {
        let splits = self.last.as_ref().map_or(&[][..], |last| &last.split.households);
        Roster::of(&self.document, splits)
    }

    fn list(&mut self, before: Option<Listing>) {
        self.listing = self.roster().list(&self.look, before);
    }

    fn form(&self, is_another: bool) -> Reply {
        let form = self.document.without("households");
        Reply::Form(Form { json: serde_json::to_string(&form).unwrap_or_default(), is_another })
    }

    fn standing(&self, answered: usize, wrong: Vec<Wrong>, left_out: usize) -> Reply {
        Reply::Standing(Box::new(Standing {
            answered,
            undo: self.history.undo_next(),
            redo: self.history.redo_next(),
            households: self.roster().len(),
            wrong,
            left_out,
            outcome: self.outcome().cloned(),
        }))
    }

    /// What is wrong, worded, and how many further problems there are.
    fn wrong(&self) -> (Vec<Wrong>, usize) {
        let language = self.language;
        match &self.trouble {
            None => (Vec::new(), 0),
            Some(Error::Problems(problems)) => {
                let wrong = problems.iter().take(Self::MOST_LISTED).map(|one| Wrong {
                    path: one.path.clone(),
                    place: match self.words {
                        Some(words) => (words.place)(language, &one.path, &self.document),
                        None => String::new(),
                    },
                    code: one.code().as_str().to_owned(),
                    words: match self.words {
                        Some(words) => (words.problem)(language, one, &self.document),
                        None => fentan_words::say(language, "page.no-words"),
                    },
                });
                let listed = problems.iter().count().min(Self::MOST_LISTED);
                (wrong.collect(), problems.iter().count() - listed + problems.left_out())
            }
            Some(Error::Unreconciled(fault)) => {
                let words = fentan_words::say(language, "page.fault");
                let (path, code) = (fault.path.clone(), "unreconciled".to_owned());
                (vec![Wrong { path, place: String::new(), code, words }], 0)
            }
        }
    }

    fn rows(&self, wrong: &[Wrong]) -> Reply {
        Reply::Rows(self.roster().rows(&self.look, &self.listing, wrong))
    }

    fn save(&self) -> Option<Reply> {
        let name = self.name().trim();
        let name = if name.is_empty() { "plan" } else { name };
        // Characters that file systems refuse.
        let name = name.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], "-");
        let text = serde_json::to_string_pretty(&self.document).ok()?;
        Some(Reply::File(TextFile { name: format!("{name}.fentan.json"), text }))
    }
}

/// Floors and years are whole numbers in a plan, all else that is typed is text.
fn in_its_form(change: Change) -> Change {
    match change {
        Change::Write { path, text }
            if (path.ends_with("].floor") || path == "compound.year_built")
                && text.parse::<i32>().is_ok() =>
        {
            Change::Put { path, json: text, at: None }
        }
        change => change,
    }
}

#[cfg(test)]
mod listing_tests;
#[cfg(test)]
#[allow(clippy::panic, reason = "that is how a test fails")]
mod tests;
