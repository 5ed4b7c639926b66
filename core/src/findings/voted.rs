//! What the owners voted on: the budget, what a source pays, and by which majority.

use super::{Detail, Finding, Missing, Review, name_of};
use crate::money::Fen;
use crate::plan::{Plan, Subject};
use crate::policy::{Check, Packs, Rule};
use crate::split::{Split, split};
use crate::vote::{Matter, Method, Tally, Votes, tally, tally_line};

/// What the city's rules say of a final account (决算) that costs more than was voted on; the plan's
/// budget stands for that where it names no other. The split must be the plan's.
pub fn overruns(plan: &Plan, budgeted: &Split, cost: Fen, packs: &Packs) -> Vec<Finding> {
    let budget = voted_budget(plan).unwrap_or(budgeted.budget);
    let mut review =
        Review { plan, split: budgeted, found: Vec::new(), missing: Missing::default() };
    for rule in packs.rules(plan).iter().filter(|rule| rule.check == Check::TrueUp) {
        review.overrun(rule, budget, cost);
    }
    review.found
}

fn voted_budget(plan: &Plan) -> Option<Fen> {
    plan.compound()?.voted.as_ref()?.budget
}

impl<'r> Review<'r> {
    /// The plan's budget is what the works cost in the end, beside the budget that was voted on.
    pub(super) fn true_up(&mut self, rule: &Rule) {
        if let Some(budget) = voted_budget(self.plan) {
            self.overrun(rule, budget, self.split.budget);
        }
    }

    fn overrun(&mut self, rule: &Rule, budget: Fen, cost: Fen) {
        if rule.is_overrun(budget, cost) {
            let values = [
                ("budget", Detail::Money(budget)),
                ("cost", Detail::Money(cost)),
                ("over", Detail::Money(cost.less(budget))),
            ];
            self.find(rule, "compound.voted.budget", values);
        }
    }

    /// What a source pays now, beside what was voted on, with what that changes for each home.
    pub(super) fn aid_changed(&mut self, rule: &Rule) {
        let (plan, now) = (self.plan, self.split);
        let voted = plan.compound().and_then(|compound| compound.voted.as_ref());
        for (id, amount) in voted.iter().flat_map(|voted| &voted.sources) {
            let Some(index) = plan.sources().iter().position(|source| source.id == *id) else {
                continue;
            };
            let paid = now.sources[index].paid;
            if paid == *amount {
                continue;
            }
            let source = &plan.sources()[index];
            let name = source.name.as_ref().unwrap_or(&source.id).clone();
            let mut values = vec![
                ("source", Detail::Name(name)),
                ("voted", Detail::Money(*amount)),
                ("paid", Detail::Money(paid)),
            ];
            // The split as it was voted on; where it can't be worked out, the homes are left out.
            let then = split(&plan.with_paid(index, *amount)).ok();
            let homes = then.iter().flat_map(|then| now.households.iter().zip(&then.households));
            let changed = homes
                .filter(|(now, then)| now.due != then.due)
                .map(|(now, then)| (now.id.to_string(), then.due, now.due))
                .collect();
            values.push(("changes", Detail::Changes(changed)));
            self.find(rule, format!("sources[{index}]"), values);
        }
    }

    /// The local rule's share of all, beside the Code's of those who take part: found where the votes
    /// meet one of them and not the other, or where nobody has voted yet.
    pub(super) fn old_threshold(&mut self, rule: &Rule) {
        for &matter in &rule.bounds.matters {
            if rule.bounds.subjects.is_empty() {
                if let Some(found) = self.matter_at_hand(matter) {
                    let tally = tally(self.plan, matter, Method::CivilCode);
                    self.compare_thresholds(rule, found.to_owned(), None, tally);
                }
                continue;
            }
            for (index, line) in self.plan.lines().iter().enumerate() {
                let is_about =
                    line.subject.is_some_and(|subject| rule.bounds.subjects.contains(&subject));
                if is_about && line.is_shared() {
                    let tally = tally_line(self.plan, index, matter, Method::CivilCode);
                    let name = Some(("line", name_of(line)));
                    self.compare_thresholds(rule, format!("lines[{index}]"), name, tally);
                }
            }
        }
    }

    /// Where a plan has the owners decide a matter: they use the fund, refill it, or rebuild.
    fn matter_at_hand(&self, matter: Matter) -> Option<&'static str> {
        let households = || self.split.households.iter();
        match matter {
            Matter::UseFund => households()
                .any(|household| !household.paid.maintenance_fund.is_zero())
                .then_some("channels"),
            Matter::RaiseFund => households()
                .any(|household| household.replenish.is_some_and(|amount| !amount.is_zero()))
                .then_some("maintenance"),
            Matter::Rebuild => {
                let is_lift = |subject| subject == Some(Subject::Lift);
                self.plan.lines().iter().any(|line| is_lift(line.subject)).then_some("lines")
            }
            _ => None,
        }
    }

    fn compare_thresholds(
        &mut self,
        rule: &Rule,
        path: String,
        line: Option<(&'static str, Detail)>,
        tally: Option<Tally>,
    ) {
        let (Some(rate), Some(tally)) = (rule.rate, tally) else {
            return;
        };
        let is_at_least = |part: u128, whole: u128| {
            part > 0 && part * rate.denominator() >= whole * rate.numerator()
        };
        let Votes { area, heads } = tally.in_favour;
        let by_heads = is_at_least(heads.into(), tally.all.heads.into());
        let by_area = is_at_least(area.millionths().into(), tally.all.area.millionths().into());
        let is_older_met = by_heads && (rule.bounds.heads_only || by_area);
        // Before anybody has voted, only a lift's rule is worth a word.
        let is_open = tally.taking_part.heads == 0;
        if is_open && rule.bounds.subjects.is_empty() {
            return;
        }
        if tally.passes == is_older_met && !is_open {
            return;
        }
        let verdict = match (is_open, tally.passes) {
            (true, _) => "open",
            (false, true) => "code",
            (false, false) => "older",
        };
        let values = [
            ("matter", Detail::Matter(tally.matter)),
            ("rate", Detail::Rate(rate)),
            ("in-favour", Detail::Count(usize::try_from(heads).unwrap_or(usize::MAX))),
            ("all", Detail::Count(usize::try_from(tally.all.heads).unwrap_or(usize::MAX))),
            ("verdict", Detail::Verdict(verdict)),
        ];
        self.find(rule, path, line.into_iter().chain(values).collect::<Vec<_>>());
    }
}
