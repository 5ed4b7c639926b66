//! How far the stages of the plan have come, and what is still missing.

use fentan_words::{say, say_with};
use yew::Html;

use crate::page::{Page, Screen, Stage};
use crate::parts::elements::{all, element, tag};

/// How far a stage has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing of it is there.
    NotBegun,
    /// So much is missing or wrong.
    Missing(usize),
    /// All of it is there.
    Ready,
}

/// What a plan needs before it is posted, in this order: each by the view where it is done.
const NEEDS: [Screen; 6] = [
    Screen::Works,
    Screen::Roster,
    Screen::Sources,
    Screen::Agreements,
    Screen::Vote,
    Screen::Papers,
];

impl Page {
    /// Whether the plan has works and households: before that nothing is wrong with it, it is only not finished.
    pub fn is_begun(&self) -> bool {
        self.has("lines") && self.standing.households > 0
    }

    /// Whether a list of the plan holds something, or a table of it is there.
    pub fn has(&self, path: &str) -> bool {
        let value = self.form.as_ref().and_then(|form| form.document.value(path));
        value.is_some_and(|value| !value.list().is_empty() || !value.fields().is_empty())
    }

    fn wrong_in(&self, stage: Stage) -> usize {
        let wrong = self.standing.wrong.iter();
        wrong.filter(|one| Screen::of_path(&one.path).stage() == stage).count()
    }

    /// Whether the owners' vote passes.
    fn is_passed(&self) -> bool {
        !self.is_stale() && self.law.passes
    }

    /// Whether each need is met, in the order of [`NEEDS`].
    fn met(&self) -> [bool; 6] {
        let agreed = ["minimum", "relief", "channels", "tables"].iter().any(|part| self.has(part));
        let is_split = self.outcome.is_some() && !self.is_stale();
        [
            self.has("lines"),
            self.standing.households > 0,
            self.has("sources"),
            agreed || is_split && self.has("sources"),
            self.is_passed(),
            false,
        ]
    }

    /// How far a stage has come.
    pub fn state(&self, stage: Stage) -> State {
        let [works, roster, sources, agreed, passed, _] = self.met();
        let (needs, is_begun): (&[bool], _) = match stage {
            Stage::Shelf | Stage::Settle => (&[], self.has("collection")),
            Stage::Prepare => (&[works, roster], works || roster),
            Stage::Discuss => (&[sources, agreed], sources || agreed),
            Stage::Decide => (&[passed], self.outcome.is_some()),
        };
        let wrong = if self.is_begun() { self.wrong_in(stage) } else { 0 };
        match needs.iter().filter(|met| !**met).count() + wrong {
            _ if !is_begun => State::NotBegun,
            0 => State::Ready,
            missing => State::Missing(missing),
        }
    }

    /// How far a stage has come, in words.
    pub fn state_in_words(&self, stage: Stage) -> String {
        match self.state(stage) {
            State::NotBegun => say(self.language, "page.state.not-begun"),
            State::Ready => say(self.language, "page.state.ready"),
            State::Missing(count) => {
                say_with(self.language, "page.state.missing", &[("count", &count.to_string())])
            }
        }
    }
}

/// What is there and what is still missing, on the first view of a stage; nothing where all is there.
pub fn checklist(page: &Page) -> Html {
    let met = page.met();
    let stage = page.screen.stage();
    let is_first = stage.views().next() == Some(page.screen);
    if stage == Stage::Shelf || !is_first || met.iter().filter(|met| !**met).count() < 2 {
        return Html::default();
    }
    let items = NEEDS.iter().zip(met).map(|(need, met)| {
        // Votes are entered in the roster, too.
        let screen = if need.is_shown() { *need } else { Screen::Roster };
        let (mark, state) = if met { ("✓", "ready") } else { ("○", "open") };
        let parts = vec![
            tag("span", &["aria-hidden"], &["true"], mark),
            tag("a", &["href"], &[screen.address()], need.name(page.language)),
            element("small", "", say(page.language, &["page.state.", state].concat())),
        ];
        element("li", state, all(parts))
    });
    element("ul", "checklist", all(items.collect()))
}
