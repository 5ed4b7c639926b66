//! Step 3, relief (困难群众减免) [四(三)], on shared lines only.

use super::apportion::Apportioner;
use super::shares::Shares;
use crate::allocate::Allocator;
use crate::money::Fen;
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
}

pub(super) fn relieve(plan: &Plan, shares: &Shares<'_>) -> Result<Reliefs, Problems> {
    let mut relief = vec![Fen::ZERO; plan.households().len()];
    let mut of_lines = vec![Fen::ZERO; shares.lines.len()];
    let households = 0..plan.households().len() as u32;
    let relieved: Vec<u32> =
        households.filter(|&household| !plan.relief_rate(household).is_zero()).collect();
    let lines = shares.lines.iter().zip(&mut of_lines).filter(|(line, _)| line.is_shared);
    for (line, of_line) in lines {
        for &household in &relieved {
            if let Ok(position) = line.beneficiaries.binary_search(&household) {
                let let_off = plan.relief_rate(household).of(line.shares[position]);
                relief[household as usize] += let_off;
                *of_line += let_off;
            }
        }
    }
    let pot = carry(plan, &of_lines);
    let borne = bear(plan, &of_lines, &pot)?;
    Ok(Reliefs { relief, borne, pot })
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
    let (mut bearers, mut parts) = (Vec::new(), Vec::new());
    for (index, line) in plan.lines().iter().enumerate() {
        let amount = of_lines[index] - pot[index];
        if amount.is_zero() {
            continue;
        }
        let borne_by = apportioner.apportion_to_bearers(line, amount, &mut bearers, &mut parts);
        if borne_by.is_err() {
            problems.add(format_args!("lines[{index}]"), Cause::ReliefUnborne { amount });
            continue;
        }
        for (&household, &part) in bearers.iter().zip(&parts) {
            borne[household as usize] += part;
        }
    }
    problems.refuse(borne)
}
