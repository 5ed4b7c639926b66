//! Which rows of a works budget are titles, lines and totals: by their numbers, by how far they are
//! moved to the right, and by what they add up to.

use std::collections::{BTreeSet, HashMap};

use crate::exact::decimal;
use crate::layout::Layout;
use crate::mapping::Conclusion;
use crate::outline::Mark;
use crate::table::Row;
use crate::tally::{Scope, Statement, Summed};
use crate::told::{Kind, Told};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A line of the budget.
    Line,
    /// A title that says more than its parts: the rest is a line.
    Rest(i128),
    /// The title of the rows below it.
    Title,
    /// A part of the row above it.
    Part,
    /// The sum of other rows.
    Total,
}

/// A row that may be a line, a title or a total.
pub(super) struct Entry<'t> {
    pub(super) row: &'t Row,
    pub(super) name: &'t str,
    pub(super) mark: Mark,
    /// Whether it has a number.
    pub(super) is_marked: bool,
    /// It says what it is and nothing more.
    pub(super) is_bare: bool,
    /// Something stands in the column of amounts.
    pub(super) has_amount: bool,
    /// The amount, where it can be read.
    pub(super) amount: Option<i128>,
    pub(super) role: Role,
    /// Of a total: whether its name is that of nothing else.
    pub(super) is_sure: bool,
}

/// The rows of a table with what each is.
pub(super) struct Tree<'t> {
    pub(super) entries: Vec<Entry<'t>>,
    /// The title right above each row.
    parents: Vec<Option<usize>>,
    /// What is told of rows; the sheet is still to be named.
    told: Vec<Told>,
    /// Titles that are what their parts add up to.
    agreeing: Vec<usize>,
}

impl<'t> Tree<'t> {
    pub(super) fn of(layout: &mut Layout<'t>, mut entries: Vec<Entry<'t>>) -> Tree<'t> {
        let by_indent = indent(layout, &mut entries);
        let parents = parents(&entries);
        let mut tree = Tree { entries, parents, told: Vec::new(), agreeing: Vec::new() };
        tree.name_totals();
        if !tree.is_flat() {
            tree.name_titles();
            let has_titles =
                tree.entries.iter().any(|one| one.role == Role::Title && !one.is_marked);
            if by_indent && has_titles {
                layout.conclude(Conclusion::LevelsFromIndents);
            }
        }
        if tree.find_sums() {
            layout.conclude(Conclusion::TitlesFromSums);
        }
        tree
    }

    /// The titles that a row stands under, the lowest last.
    pub(super) fn above(&self, at: usize) -> impl Iterator<Item = &Entry<'t>> {
        let mut above = Vec::new();
        let mut next = self.parents.get(at).copied().flatten();
        while let Some(title) = next {
            above.extend(self.entries.get(title));
            next = self.parents.get(title).copied().flatten();
        }
        above.into_iter().rev()
    }

    /// The index behind the last row below a title.
    fn end(&self, at: usize) -> usize {
        let Some(own) = self.entries.get(at) else { return at };
        let rest = self.entries.get(at + 1..).unwrap_or_default();
        let below = rest.iter().take_while(|one| {
            own.mark.is_over(&one.mark) || one.role == Role::Total && one.is_sure
        });
        let mut end = at + 1 + below.count();
        // The totals behind the last line belong to what is above.
        while end > at + 1 && self.entries.get(end - 1).is_some_and(|one| one.role == Role::Total) {
            end -= 1;
        }
        end
    }

    fn has_children(&self, at: usize) -> bool {
        self.end(at) > at + 1
    }

    /// A row that may be a total by its name is a line where nothing else is there.
    fn name_totals(&mut self) {
        let others = self.entries.iter().filter(|one| one.role != Role::Total && one.has_amount);
        let alone = others.count() == 0;
        for entry in &mut self.entries {
            let is_named = !entry.name.is_empty();
            if entry.role == Role::Total && !entry.is_sure && is_named && (alone || entry.is_bare) {
                entry.role = if entry.is_bare { Role::Title } else { Role::Line };
            }
        }
    }

    /// What the table says that all of it adds up to: its last total, or its first.
    fn grand_total(&self) -> Option<i128> {
        let totals = self.entries.iter().filter(|one| one.role == Role::Total);
        totals.filter_map(|one| one.amount).max()
    }

    /// The sum of what are lines by now.
    fn sum(&self) -> Option<i128> {
        self.entries.iter().try_fold(0, |sum, one| match one.role {
            Role::Line if one.has_amount => Some(sum + one.amount?),
            Role::Rest(rest) => Some(sum + rest),
            _ => Some(sum),
        })
    }

    /// Whether the lines add up to what the table says.
    pub(super) fn adds_up(&self) -> bool {
        let total = self.grand_total();
        total.is_some() && self.sum() == total
    }

    /// Whether the numbers mean nothing: all rows together are what the total says.
    fn is_flat(&self) -> bool {
        let mut all = self.entries.iter().enumerate();
        let have_amounts =
            all.all(|(at, one)| one.has_amount || one.is_bare && !self.has_children(at));
        have_amounts && self.adds_up()
    }

    fn name_titles(&mut self) {
        for at in (0..self.entries.len()).rev() {
            let Some(entry) = self.entries.get(at) else { continue };
            if entry.role == Role::Total {
                continue;
            }
            if !self.has_children(at) {
                if entry.is_bare {
                    self.set(at, Role::Title);
                }
                continue;
            }
            self.name_title(at);
        }
    }

    fn set(&mut self, at: usize, role: Role) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.role = role;
        }
    }

    /// Compares a title with its parts.
    fn name_title(&mut self, at: usize) {
        let end = self.end(at);
        let Some(entry) = self.entries.get(at) else { return };
        let (amount, row, name) = (entry.amount, entry.row.number, entry.name.to_owned());
        let has_amount = entry.has_amount;
        let parts = self.entries.get(at + 1..end).unwrap_or_default();
        let lines = || parts.iter().filter(|one| matches!(one.role, Role::Line | Role::Rest(_)));
        let none = lines().all(|one| !one.has_amount);
        if has_amount && none {
            for part in at + 1..end {
                if self.entries.get(part).is_some_and(|one| one.role != Role::Total) {
                    self.set(part, Role::Part);
                }
            }
            return;
        }
        let sum = lines().try_fold(0, |sum, one| match one.role {
            Role::Rest(rest) => Some(sum + rest),
            _ if one.has_amount => Some(sum + one.amount?),
            _ => None,
        });
        self.set(at, Role::Title);
        let (Some(amount), Some(sum)) = (amount, sum) else { return };
        if amount == sum {
            self.agreeing.push(at);
            return;
        }
        let kind = if amount > sum { Kind::MoreThanParts } else { Kind::LessThanParts };
        if amount > sum {
            self.set(at, Role::Rest(amount - sum));
        }
        let last = self.entries.get(end - 1).map_or(row, |one| one.row.number);
        self.told.push(
            Told::new(kind, "")
                .rows([row])
                .with("name", name)
                .with("stated", decimal(amount))
                .with("read", decimal(sum))
                .with("difference", decimal((amount - sum).abs()))
                .with("from", (row + 1).to_string())
                .with("to", last.to_string()),
        );
    }

    /// Finds rows without a number or name that says so that are the sum of those above or below.
    /// Returns whether any became a title.
    fn find_sums(&mut self) -> bool {
        let total = self.grand_total();
        if self.adds_up() {
            return false;
        }
        let lines: Vec<usize> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, one)| one.role == Role::Line)
            .map(|(at, _)| at)
            .collect();
        let amounts: Option<Vec<i128>> =
            lines.iter().map(|&at| self.entries.get(at)?.amount).collect();
        let Some(amounts) = amounts.filter(|amounts| amounts.iter().all(|&one| one > 0)) else {
            return false;
        };
        let mut before = vec![0i128];
        for amount in &amounts {
            before.push(before.last().copied().unwrap_or_default() + amount);
        }
        let sums: HashMap<i128, usize> =
            before.iter().enumerate().map(|(at, &sum)| (sum, at)).collect();
        // Rows that are the sum of two or more below them; those inside of others come with them.
        let mut titles = Vec::new();
        let mut totals = Vec::new();
        for (at, amount) in amounts.iter().enumerate() {
            let own = before.get(at + 1).copied().unwrap_or_default();
            let below = sums.get(&(own + amount)).filter(|&&end| end > at + 2);
            titles.extend(below.map(|&end| (at, end)));
            let start = before.get(at).map(|sum| sum - amount).and_then(|sum| sums.get(&sum));
            totals.extend(start.filter(|&&start| start + 1 < at).map(|&start| (at, start)));
        }
        let place = |at: usize| lines.get(at).and_then(|&at| self.entries.get(at));
        let sum_without = |these: &BTreeSet<usize>| -> i128 {
            let kept = amounts.iter().enumerate().filter(|(at, _)| !these.contains(at));
            kept.map(|(_, amount)| *amount).sum()
        };
        let titled: BTreeSet<usize> = titles.iter().map(|&(at, _)| at).collect();
        let totalled: BTreeSet<usize> = totals.iter().map(|&(at, _)| at).collect();
        let both: BTreeSet<usize> = titled.union(&totalled).copied().collect();
        let others: i128 = self
            .entries
            .iter()
            .map(|one| if let Role::Rest(rest) = one.role { rest } else { 0 })
            .sum();
        for (these, are_titles) in [(&titled, true), (&totalled, false), (&both, true)] {
            if !these.is_empty() && total == Some(sum_without(these) + others) {
                let found: Vec<_> = these.iter().filter_map(|&at| lines.get(at).copied()).collect();
                let rows: Vec<_> =
                    these.iter().filter_map(|&at| Some(place(at)?.row.number)).collect();
                self.told.push(Told::new(Kind::TotalBySum, "").rows(rows));
                for at in found {
                    self.set(at, if are_titles { Role::Title } else { Role::Total });
                }
                return are_titles;
            }
        }
        self.ask_of_sums(&lines, &titles, &totals, total.is_some())
    }

    /// Without a total that says which it is, only rows that stand apart are taken for sums; others
    /// are asked about.
    fn ask_of_sums(
        &mut self,
        lines: &[usize],
        titles: &[(usize, usize)],
        totals: &[(usize, usize)],
        has_total: bool,
    ) -> bool {
        let count = lines.len();
        let marked = lines.iter().filter(|&&at| self.is_marked(at)).count();
        let mut is_title = false;
        let ranges = titles.iter().map(|&(at, end)| (at, (at + 1, end), true));
        let ranges = ranges.chain(totals.iter().map(|&(at, start)| (at, (start, at), false)));
        for (at, (first, end), below) in ranges.collect::<Vec<_>>() {
            let Some(&entry) = lines.get(at) else { continue };
            let of_all = end - first + 1 == count;
            let stands_apart = !self.is_marked(entry) && marked * 2 > count;
            let is_sure = !has_total && of_all && stands_apart;
            let row = |at: usize| {
                lines.get(at).and_then(|&at| self.entries.get(at)).map_or(0, |one| one.row.number)
            };
            let name = self.entries.get(entry).map_or("", |one| one.name).to_owned();
            let kind = if is_sure { Kind::TotalBySum } else { Kind::SumOfOthers };
            let told = Told::new(kind, "").rows([row(at)]).with("name", name);
            let (from, to) = (row(first).to_string(), row(end - 1).to_string());
            self.told.push(told.with("from", from).with("to", to));
            if is_sure {
                self.set(entry, if below { Role::Title } else { Role::Total });
                is_title |= below;
            }
        }
        is_title
    }

    fn is_marked(&self, at: usize) -> bool {
        self.entries.get(at).is_some_and(|one| one.is_marked)
    }

    /// What is told of the rows.
    pub(super) fn told(&self, sheet: &str) -> Vec<Told> {
        let named = |told: &Told| Told { sheet: sheet.to_owned(), ..told.clone() };
        self.told.iter().map(named).collect()
    }

    /// What totals and titles say.
    pub(super) fn statements(
        &self,
        layout: &Layout<'_>,
        table: usize,
        tables: (usize, usize),
    ) -> Vec<Statement> {
        let sheet = &*layout.table.name;
        let mut statements = Vec::new();
        let rows =
            |first: u64, last: u64| Scope::Rows { tables: (table, table), rows: (first, last) };
        let state = |entry: &Entry<'_>, stated: i128, scopes: Vec<Scope>| Statement {
            sheet: sheet.to_owned(),
            row: entry.row.number,
            label: label(entry).to_owned(),
            summed: Summed::Field("amount".to_owned()),
            stated,
            tolerance: 0,
            scopes,
        };
        for &at in &self.agreeing {
            let last = self.end(at).checked_sub(1).and_then(|last| self.entries.get(last));
            if let (Some(entry), Some(last)) = (self.entries.get(at), last)
                && let Some(stated) = entry.amount
            {
                statements.push(state(
                    entry,
                    stated,
                    vec![rows(entry.row.number, last.row.number)],
                ));
            }
        }
        let mut since = 0;
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.role != Role::Total {
                continue;
            }
            let row = entry.row.number;
            let before = row.saturating_sub(1);
            let next = self.entries.iter().skip(at + 1).find(|one| one.role == Role::Total);
            let next = next.map_or(u64::MAX, |one| one.row.number);
            let own = rows(since, before);
            let all = rows(0, before);
            let is_part = label(entry).contains("小计");
            let mut scopes = if is_part { vec![own, all] } else { vec![all, own] };
            // From each of the titles above it.
            let above = self.entries.get(..at).unwrap_or_default();
            let titles = above.iter().filter(|one| matches!(one.role, Role::Title | Role::Rest(_)));
            scopes.extend(titles.rev().take(MOST_TITLES).map(|one| rows(one.row.number, before)));
            // From where its class or category begins.
            let mut begins = above.iter().rev().filter(|one| {
                ["category", "tier"].into_iter().any(|field| {
                    layout.position(field).is_some_and(|at| !one.row.cell(at).is_empty())
                })
            });
            scopes.extend(begins.next().map(|one| rows(one.row.number, before)));
            scopes.push(rows(0, u64::MAX));
            scopes.push(rows(row, next));
            scopes.push(Scope::Rows { tables, rows: (0, before) });
            scopes.push(Scope::Rows { tables, rows: (0, u64::MAX) });
            scopes.push(Scope::All);
            if let Some(stated) = entry.amount {
                statements.push(state(entry, stated, scopes));
            }
            since = row + 1;
        }
        statements
    }
}

/// The titles above a total that it may add up from.
const MOST_TITLES: usize = 20;

/// What a row calls itself.
fn label<'e>(entry: &'e Entry<'_>) -> &'e str {
    match entry.name {
        "" => entry.row.filled().next().unwrap_or_default(),
        name => name,
    }
}

/// Gives rows without a number a level by how far they are moved to the right. Returns whether
/// there is more than one.
fn indent(layout: &Layout<'_>, entries: &mut [Entry<'_>]) -> bool {
    let far = |entry: &Entry<'_>| layout.indent(entry.row, "name");
    let line = entries.iter().filter(|one| one.is_marked && one.mark.is_line()).map(far).min();
    let is_own = |entry: &&Entry<'_>| !entry.is_marked && entry.role == Role::Line;
    let levels: BTreeSet<usize> = entries.iter().filter(is_own).map(far).collect();
    let levels: Vec<_> = levels.into_iter().collect();
    if levels.len() < 2 && !levels.iter().any(|&one| line.is_some_and(|line| one > line)) {
        return false;
    }
    for entry in entries.iter_mut() {
        if entry.is_marked || entry.role == Role::Total {
            continue;
        }
        let own = layout.indent(entry.row, "name");
        let rank = levels.iter().position(|&one| one == own).unwrap_or_default();
        let below = usize::from(line.is_some_and(|line| own > line));
        let rank = if line.is_some() && below == 0 { 0 } else { rank + below };
        entry.mark = Mark::indented(rank);
    }
    true
}

/// The title right above each row.
fn parents(entries: &[Entry<'_>]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        if entry.role == Role::Total {
            parents.push(None);
            continue;
        }
        while open
            .last()
            .and_then(|&above| entries.get(above))
            .is_some_and(|above| !above.mark.is_over(&entry.mark))
        {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}
