//! What law and policy say of a plan. The engine words it ([`law`]), and the page draws what it is
//! sent: [`review`] and [`vote`]. The choice of a policy pack and what the packs say need no engine:
//! [`policy`], `line`.

mod clauses;
mod fills;
pub mod line;
pub mod policy;
pub mod review;
#[cfg(test)]
mod tests;
pub mod vote;

use fentan_core::policy::Pack;
use fentan_core::{Packs, Value};
use fentan_words::{Language, in_words};
use serde::{Deserialize, Serialize};

use crate::packed::Packed;
use crate::session::Session;
use review::Review;
use vote::Vote;

pub use fills::Fill;
pub use vote::Question;

/// What law and policy say of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Law {
    /// What was filled in from a pack; empty while the plan can't be read.
    pub fills: Vec<Fill>,
    /// What was found, and who answers for what; none while the plan can't be split.
    pub review: Option<Packed<Review>>,
    /// How many checks found what is probably a slip.
    pub slips: usize,
    /// Whether the vote passes.
    pub passes: bool,
    /// How the vote stands; none while the plan can't be read.
    pub vote: Option<Packed<Vote>>,
}

/// What law and policy say of the open plan, with the vote that a question asks for.
pub fn law(session: &Session, question: Question) -> Law {
    let Some(plan) = session.plan() else { return Law::default() };
    let saying = Saying::of(session.language(), plan.own_policy());
    let review = session.split().map(|split| Review::of(&saying, plan, split));
    let vote = Vote::of(&saying, plan, question);
    Law {
        fills: fills::fills(&saying, plan),
        slips: review
            .iter()
            .flat_map(|review| &review.groups)
            .filter(|group| group.is_slip)
            .count(),
        passes: vote.as_ref().is_some_and(|vote| vote.passes),
        review: review.as_ref().map(Packed::of),
        vote: vote.as_ref().map(Packed::of),
    }
}

/// How the vote that a question asks for stands; `None` while the plan can't be read.
pub fn vote_of(session: &Session, question: Question) -> Option<Packed<Vote>> {
    let plan = session.plan()?;
    let saying = Saying::of(session.language(), plan.own_policy());
    Vote::of(&saying, plan, question).as_ref().map(Packed::of)
}

/// What it takes to say what law and policy say.
struct Saying {
    language: Language,
    packs: Packs,
}

impl Saying {
    /// With the packs at hand and the one that a plan brings with it.
    fn of(language: Language, own: Option<&Value<'_>>) -> Saying {
        Saying { language, packs: Packs::default().with_own(own) }
    }

    /// The name of a pack, with a word of what it is where a plan brought it.
    fn name_of(&self, pack: &Pack) -> String {
        let name = in_words(self.language, &pack.name);
        match self.packs.own().is_some_and(|own| own.id() == pack.id()) {
            true => self.say_with("policy.own", &[("name", name)]),
            false => name.to_owned(),
        }
    }
}
