//! Where the money comes from and what it is for.

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

/// Where the money comes from and what it is for: sources pay for lines, and the residents for
/// what is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// What the sources and the relief pot are called, in the order of the tables, on which
    /// their colours depend.
    pub payers: Vec<String>,
    /// The lines, in the plan's order.
    pub lines: Vec<FlowLine>,
    /// What the residents pay, by channel or by building; together what they pay on all lines.
    pub groups: Vec<FlowGroup>,
}

/// Who pays for a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowLine {
    /// What it is called.
    pub name: String,
    /// What each payer pays, in the order of [`Flow::payers`].
    pub paid: Vec<Fen>,
    /// What the residents pay, top-ups included.
    pub residents: Fen,
}

/// A part of what the residents pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowGroup {
    /// What it is called.
    pub name: String,
    /// Its amount.
    pub amount: Fen,
}

impl FlowLine {
    /// What the line costs.
    pub fn amount(&self) -> Fen {
        self.paid.iter().copied().sum::<Fen>() + self.residents
    }

    fn add(&mut self, other: &FlowLine) {
        for (sum, &paid) in self.paid.iter_mut().zip(&other.paid) {
            *sum += paid;
        }
        self.residents += other.residents;
    }
}

impl Flow {
    /// All lines as one.
    pub fn total(&self, name: String) -> FlowLine {
        let mut total = self.nothing(name);
        self.lines.iter().for_each(|line| total.add(line));
        total
    }

    /// The lines, where several are below a hundredth of the budget with these gathered into
    /// one, the last. It is named after their number.
    pub fn gathered(&self, name: impl FnOnce(usize) -> String) -> Vec<FlowLine> {
        let budget = self.total(String::new()).amount();
        let is_small = |line: &FlowLine| 100 * line.amount().0 < budget.0;
        let small = self.lines.iter().filter(|line| is_small(line)).count();
        if small < 2 {
            return self.lines.clone();
        }
        let mut rest = self.nothing(name(small));
        let mut lines = Vec::new();
        for line in &self.lines {
            if is_small(line) {
                rest.add(line);
            } else {
                lines.push(line.clone());
            }
        }
        lines.push(rest);
        lines
    }

    fn nothing(&self, name: String) -> FlowLine {
        FlowLine { name, paid: vec![Fen::ZERO; self.payers.len()], residents: Fen::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(lines: &[[u128; 3]]) -> Flow {
        let line = |&[first, second, residents]: &[u128; 3]| FlowLine {
            name: String::new(),
            paid: vec![Fen(first), Fen(second)],
            residents: Fen(residents),
        };
        let names = ["first", "second"].map(str::to_owned);
        Flow { payers: names.into(), lines: lines.iter().map(line).collect(), groups: Vec::new() }
    }

    #[test]
    fn small_lines_are_gathered_and_no_money_is_lost() {
        let mut flow = flow(&[[4, 0, 5], [500, 279, 200], [0, 1, 9], [1, 0, 0], [0, 0, 1]]);
        let before = flow.total(String::new());
        assert_eq!(before.amount(), Fen(1000));
        flow.lines = flow.gathered(|count| format!("{count} others"));
        let names: Vec<_> = flow.lines.iter().map(|line| line.name.as_str()).collect();
        // The line of exactly a hundredth is not small.
        assert_eq!(names, ["", "", "3 others"]);
        assert_eq!(flow.lines[2].paid, [Fen(5), Fen(0)]);
        assert_eq!(flow.total(String::new()), before);
    }

    #[test]
    fn a_single_small_line_stays_as_it_is() {
        let flow = flow(&[[500, 300, 200], [1, 0, 0]]);
        assert_eq!(flow.gathered(|_| String::new()), flow.lines);
    }
}
