//! Lifts that every floor pays alike.

use super::words::{LIFT, compact};
use super::{Detail, Effect, Review, name_of, residents_pay};
use crate::document::Change;
use crate::money::Fen;
use crate::plan::{Line, ShareBy, Subject, Works};
use crate::policy::Rule;

/// Whether a line builds a lift.
fn is_lift(line: &Line) -> bool {
    let name = line.name.as_deref().map(compact).unwrap_or_default();
    line.subject == Some(Subject::Lift)
        || (LIFT.is_in("lift", &name) && !LIFT.is_in("mended", &name))
}

impl Review<'_> {
    /// Lifts shared by area, so that the ground floor pays as the top does.
    pub(super) fn lift_by_area(&mut self, rule: &Rule) {
        let plan = self.plan;
        let by_area =
            |line: &Line| matches!(line.works, Works::Shared { share_by: ShareBy::Area, .. });
        let lifts = self.lines().filter(|(_, line, split)| {
            by_area(line) && is_lift(line) && !residents_pay(split).is_zero()
        });
        let lifts: Vec<_> = lifts.collect();
        let Some(&(first, _, _)) = lifts.first() else {
            return;
        };
        let amount: Fen = lifts.iter().map(|&(_, _, split)| residents_pay(split)).sum();
        // With the one table that the plan has, it can be told what it would make of them.
        let (mut mend, mut keys) = (Vec::new(), Vec::new());
        if let [table] = plan.tables() {
            for &(index, line, _) in &lifts {
                let has_coefficient = |&household: &u32| {
                    let floor = plan.households()[household as usize].floor;
                    floor.is_some_and(|floor| table.coefficient(floor).is_some())
                };
                if plan.beneficiaries(line).iter().all(has_coefficient) {
                    let path = format!("lines[{index}].share_by");
                    let json = format!("{{\"table\":{}}}", quoted_text(&table.name));
                    mend.push(Change::Put { path, json, at: None });
                    keys.push((index, ShareBy::Coefficient(0)));
                }
            }
        }
        let effect = match keys.is_empty() {
            true => Effect::Stake { amount },
            false => self.effect_of(&plan.with_share_by(&keys), amount),
        };
        let names = lifts.iter().map(|(_, line, _)| match name_of(line) {
            Detail::Name(name) => name,
            _ => line.id.clone(),
        });
        let values = [("lines", Detail::Names(names.collect())), ("amount", Detail::Money(amount))];
        self.find_health(rule, format!("lines[{first}].share_by"), values, effect, mend);
    }
}

fn quoted_text(text: &str) -> String {
    // A text can be written: nothing fails.
    serde_json::to_string(text).unwrap_or_default()
}
