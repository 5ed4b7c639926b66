//! Step 3, relief (困难群众减免) [四(三)], on shared lines only.

use std::collections::HashMap;

use super::apportion::Apportioner;
use super::shares::Shares;
use crate::allocate::{Allocator, NoWeight};
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::Plan;
use crate::problem::{Cause, Problems};

/// What households are let off, and who carries it.
pub(super) struct Reliefs {
    /// By household, what it is let off.
    pub(super) relief: Vec<Fen>,
    /// By household, what it bears for others.
    pub(super) borne: Vec<Fen>,
    /// By line, what the pot carries.
    pub(super) pot: Vec<Fen>,
    /// Of households that are let off no more than the plan allows one, what is left of it by line.
    cut: HashMap<u32, Vec<Fen>>,
}

impl Reliefs {
    /// What a household is let off of a shared line of which it has this share.
    pub(super) fn of(&self, plan: &Plan, household: u32, line: usize, share: Fen) -> Fen {
        match self.cut.get(&household) {
            Some(by_line) => by_line[line],
            None => plan.relief_rate(household).of(share),
        }
    }

    /// Whether a household's relief was cut.
    pub(super) fn is_cut(&self, household: u32) -> bool {
        self.cut.contains_key(&household)
    }
}

pub(super) fn relieve(plan: &Plan, shares: &Shares<'_>) -> Result<Reliefs, Problems> {
    let mut relief = vec![Fen::ZERO; plan.households().len()];
    let mut of_lines = vec![Fen::ZERO; shares.lines.len()];
    let households = 0..plan.households().len() as u32;
    let rates = households.map(|household| (household, plan.relief_rate(household)));
    let relieved: Vec<(u32, Rate)> = rates.filter(|(_, rate)| !rate.is_zero()).collect();
    let lines = shares.lines.iter().zip(&mut of_lines).filter(|(line, _)| line.is_shared);
    for (line, of_line) in lines {
        for &(household, rate) in &relieved {
            if let Some(share) = line.of(household) {
                let let_off = rate.of(share);
                relief[household as usize] += let_off;
                *of_line += let_off;
            }
        }
    }
    let cut = cut(plan, shares, &relieved, &mut relief, &mut of_lines);
    let pot = carry(plan, &of_lines);
    let borne = bear(plan, &of_lines, &pot)?;
    Ok(Reliefs { relief, borne, pot, cut })
}

/// Cuts what a household is let off to the most that the plan allows one.
fn cut(
    plan: &Plan,
    shares: &Shares<'_>,
    relieved: &[(u32, Rate)],
    relief: &mut [Fen],
    of_lines: &mut [Fen],
) -> HashMap<u32, Vec<Fen>> {
    let mut cut = HashMap::new();
    let Some(most) = plan.agreements().relief.most else {
        return cut;
    };
    let mut allocator = Allocator::default();
    for &(household, rate) in relieved {
        let of_household = &mut relief[household as usize];
        if *of_household <= most {
            continue;
        }
        let by_line = shares.lines.iter().map(|line| {
            let share = line.of(household).filter(|_| line.is_shared);
            share.map_or(0, |share| rate.of(share).0)
        });
        let by_line: Vec<u128> = by_line.collect();
        let mut left = vec![Fen::ZERO; by_line.len()];
        allocator.allocate_by_need(most, &by_line, &mut left);
        for ((of_line, &before), &left) in of_lines.iter_mut().zip(&by_line).zip(&left) {
            *of_line = *of_line - Fen(before) + left;
        }
        *of_household = most;
        cut.insert(household, left);
    }
    cut
}

/// What the pot carries of each line's relief.
fn carry(plan: &Plan, of_lines: &[Fen]) -> Vec<Fen> {
    let mut carried = vec![Fen::ZERO; of_lines.len()];
    if let Some(pot) = &plan.agreements().relief.pot {
        let relief: Fen = of_lines.iter().copied().sum();
        let weights: Vec<u128> = of_lines.iter().map(|of_line| of_line.0).collect();
        Allocator::default().allocate_by_need(pot.amount.min(relief), &weights, &mut carried);
    }
    carried
}

/// What the pot doesn't carry is borne by the line's other beneficiaries, split the way the
/// line is.
fn bear(plan: &Plan, of_lines: &[Fen], pot: &[Fen]) -> Result<Vec<Fen>, Problems> {
    let mut apportioner = Apportioner::new(plan);
    let mut problems = Problems::default();
    let mut borne = vec![Fen::ZERO; plan.households().len()];
    for (index, line) in plan.lines().iter().enumerate() {
        let amount = of_lines[index] - pot[index];
        if amount.is_zero() {
            continue;
        }
        match apportioner.apportion_to_bearers(line, amount) {
            Ok(parts) => parts.for_each(|(household, part)| borne[household as usize] += part),
            Err(NoWeight) => {
                problems.add(format_args!("lines[{index}]"), Cause::ReliefUnborne { amount });
            }
        }
    }
    problems.refuse(borne)
}
