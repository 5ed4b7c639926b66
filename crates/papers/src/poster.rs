//! 公示海报: an A3 sheet for the wall, read from two metres. All of it is before relief and top-ups, as the
//! notice is, and of no home: the home that is worked out is made up.

use fentan_core::{Fen, Figure};
use fentan_words::{money, percent};

use crate::block::{Block, Column, Orientation, Row, Size, Table};
use crate::height;
use crate::papers::{Papers, line_name, source_name};
use crate::standards::{Group, Standard};

/// So many payers, kinds of sharing and lines by floor are told; the others together. The first that a
/// sheet holds counts.
const MOST: [[usize; 3]; 6] = [[9, 7, 2], [8, 6, 2], [7, 5, 1], [6, 4, 1], [5, 3, 1], [4, 3, 0]];

/// So many floors stand beside each other.
const FLOORS_IN_A_ROW: usize = 9;

pub(crate) fn blocks(papers: &Papers<'_>) -> Vec<Block> {
    let mut groups = papers.groups();
    // What every home can reckon with stands first.
    groups.sort_by_key(|group| (group.standard.is_none(), !group.is_for_all));
    let written = |[payers, groups_told, by_floor]: [usize; 3]| {
        let groups = &groups;
        Poster { papers, groups, payers, groups_told, by_floor }.written()
    };
    let mut all = MOST.into_iter().map(written);
    let mut blocks = all.next().unwrap_or_default();
    for smaller in all {
        if height::POSTER.holds(&blocks) {
            break;
        }
        blocks = smaller;
    }
    blocks
}

struct Poster<'p> {
    papers: &'p Papers<'p>,
    groups: &'p [Group],
    /// So many payers are told.
    payers: usize,
    /// So many groups.
    groups_told: usize,
    /// So many lines that are shared by floors.
    by_floor: usize,
}

impl Poster<'_> {
    fn written(&self) -> Vec<Block> {
        let papers = self.papers;
        let mut blocks = vec![
            Block::Turn(Orientation::Poster),
            Block::Title(self.say("title")),
            Block::Subtitle(papers.name()),
            Block::Paragraph(self.total()),
            Block::Heading(self.say("payers")),
            Block::Table(self.payers()),
        ];
        if !self.groups.is_empty() {
            blocks.push(Block::Heading(self.say("shared")));
            blocks.push(Block::Table(self.sharing()));
            blocks.extend(self.floors());
            blocks.extend(self.worked());
        }
        blocks.push(Block::Note(self.say("private")));
        let values = [("contact", &*papers.contact()), ("telephone", &papers.telephone())];
        blocks.push(Block::Line(self.say_with("ask", &values)));
        blocks
    }

    fn say(&self, key: &str) -> String {
        self.papers.say(&format!("papers.poster.{key}"))
    }

    fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.papers.say_with(&format!("papers.poster.{key}"), values)
    }

    fn shared(&self) -> Fen {
        self.papers.uncovered().into_iter().sum()
    }

    fn total(&self) -> String {
        let budget = self.papers.split.budget;
        let values = [
            ("budget", &*money(budget)),
            ("residents", &money(self.shared())),
            ("part", &percent(self.shared(), budget)),
        ];
        self.say_with("total", &values)
    }

    /// What each source pays before any give-back, which would tell of top-ups, and the residents
    /// before relief. Together they are the budget.
    fn payers(&self) -> Table {
        let (papers, budget) = (self.papers, self.papers.split.budget);
        let mut payers: Vec<(String, Fen)> = Vec::new();
        for (index, source) in papers.plan.sources().iter().enumerate() {
            let lines = papers.explainer.lines_covered_by(index);
            let paid = lines.filter_map(|line| {
                let figure = Figure::Payment { source: index, line };
                papers.explainer.reason(figure).map(|reason| reason.value)
            });
            payers.push((source_name(source), paid.sum()));
        }
        payers.retain(|(_, amount)| !amount.is_zero());
        if payers.len() > self.payers {
            payers.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
            let others = payers.split_off(self.payers - 1);
            let count = others.len().to_string();
            let sum = others.into_iter().map(|(_, amount)| amount).sum();
            payers.push((self.say_with("others", &[("count", &count)]), sum));
        }
        payers.push((self.say("residents"), self.shared()));
        let row = |(name, amount): (String, Fen)| [name, money(amount), percent(amount, budget)];
        let mut rows: Vec<_> = payers.into_iter().map(|payer| Row::of(row(payer))).collect();
        rows.push(Row::total(row((papers.say("papers.total"), budget))));
        table(
            vec![
                Column::text(self.say("payer"), 50),
                Column::amount(papers.say("papers.amount"), 32),
                Column::amount(papers.say("papers.part"), 18),
            ],
            rows,
        )
    }

    fn sharing(&self) -> Table {
        let papers = self.papers;
        let all_told = self.groups.len() <= self.groups_told;
        let shown = if all_told { self.groups.len() } else { self.groups_told - 1 };
        let of_group = |group: &Group| {
            let rule = match (group.is_for_all, &group.lines[..]) {
                (false, [line]) => {
                    let name = line_name(&papers.plan.lines()[*line]);
                    self.say_with("rule-of-line", &[("rule", &group.rule), ("line", &name)])
                }
                (_, lines) => {
                    let count = lines.len().to_string();
                    self.say_with("rule", &[("rule", &group.rule), ("count", &count)])
                }
            };
            Row::of([rule, money(group.shared), papers.standard_in_words(group.standard)])
        };
        let mut rows: Vec<_> = self.groups.iter().take(shown).map(of_group).collect();
        let rest = self.groups.get(shown..).unwrap_or_default();
        if !rest.is_empty() {
            let count = rest.iter().map(|group| group.lines.len()).sum::<usize>().to_string();
            let sum: Fen = rest.iter().map(|group| group.shared).sum();
            let name = self.say_with("other-lines", &[("count", &count)]);
            rows.push(Row::of([name, money(sum), self.say("see-notice")]));
        }
        let total = [papers.say("papers.total"), money(self.shared()), String::new()];
        rows.push(Row::total(total));
        table(
            vec![
                Column::text(self.say("rule-heading"), 48),
                Column::amount(self.say("residents"), 26),
                Column::mark(papers.say("papers.standard.heading"), 26),
            ],
            rows,
        )
    }

    /// The lines that are shared by floors, indices of the plan's, with what residents share of them.
    fn shared_by_floor(&self) -> impl Iterator<Item = (usize, &Group)> {
        let by_floor = self.groups.iter().filter(|group| group.standard == Some(Standard::ByFloor));
        by_floor.map(|group| (group.lines[0], group))
    }

    fn floors(&self) -> Vec<Block> {
        let papers = self.papers;
        let mut blocks = Vec::new();
        for (line, group) in self.shared_by_floor().take(self.by_floor) {
            let name = line_name(&papers.plan.lines()[line]);
            let values = [("line", &*name), ("shared", &money(group.shared))];
            blocks.push(Block::Line(papers.say_with("papers.standard.floors", &values)));
            for floors in papers.floors(line, group.shared).chunks(FLOORS_IN_A_ROW) {
                let head = [papers.say("term.floor"), papers.say("papers.standard.coefficient")];
                let heads = floors.iter().map(|one| Column::mark(one.floor.to_string(), 9));
                let [floor, coefficient] = head;
                let coefficients = floors.iter().map(|one| one.coefficient.clone());
                let standards = floors.iter().map(|one| match one.standard {
                    Some(Standard::PerArea(amount) | Standard::PerHome(amount)) => money(amount),
                    _ => "–".to_owned(),
                });
                let unit = floors.iter().find_map(|one| one.standard);
                let unit = match unit {
                    Some(Standard::PerArea(_)) => papers.say("papers.standard.yuan-per-area"),
                    _ => papers.say("papers.standard.yuan-per-home"),
                };
                let rows = vec![
                    Row::of([coefficient].into_iter().chain(coefficients)),
                    Row::of([unit].into_iter().chain(standards)),
                ];
                let columns = [Column::text(floor, 12)].into_iter().chain(heads);
                blocks.push(Block::Table(table(columns.collect(), rows)));
            }
        }
        if self.shared_by_floor().count() > self.by_floor {
            blocks.push(Block::Note(self.say("more-floors")));
        }
        blocks
    }

    /// A home that nobody lives in: of the average area in tens of square metres, and for a line that
    /// all share by floors, on a middle floor.
    fn worked(&self) -> Option<Block> {
        let papers = self.papers;
        let households = papers.plan.households();
        let all: u128 = households.iter().map(|one| u128::from(one.area.millionths())).sum();
        let tens = 10_000_000 * households.len() as u128;
        let area = 10 * ((all + tens / 2).checked_div(tens)?).max(1);
        let mut sum = Fen::ZERO;
        let mut steps = Vec::new();
        let mut step = |standard: Standard| {
            let (amount, step) = match standard {
                Standard::PerArea(rate) => (Fen(area * rate.0), "step-area"),
                Standard::PerHome(rate) => (rate, "step-home"),
                Standard::ByFloor => return,
            };
            let rate = if let Standard::PerArea(rate) = standard { rate } else { amount };
            let values = [("area", &*area.to_string()), ("rate", &money(rate))];
            steps.push(papers.say_with(&format!("papers.poster.{step}"), &values));
            sum += amount;
        };
        let for_all = self.groups.iter().filter(|group| group.is_for_all);
        let mut floor = None;
        for group in for_all {
            match group.standard {
                Some(Standard::ByFloor) => {
                    let floors = papers.floors(group.lines[0], group.shared);
                    let middle = floors.iter().filter(|one| one.standard.is_some());
                    let middle: Vec<_> = middle.collect();
                    let Some(middle) = middle.get(middle.len() / 2) else { continue };
                    // Of several lines one floor is enough: the same home is on it.
                    if *floor.get_or_insert(middle.floor) == middle.floor {
                        middle.standard.map(&mut step);
                    }
                }
                Some(standard) => step(standard),
                None => {}
            }
        }
        if steps.is_empty() {
            return None;
        }
        let (area, floor) = (area.to_string(), floor.map(|floor| floor.to_string()));
        let home = match &floor {
            Some(floor) => self.say_with("home-on-floor", &[("area", &area), ("floor", floor)]),
            None => self.say_with("home", &[("area", &area)]),
        };
        let steps = steps.join(" + ");
        let values = [("home", &*home), ("steps", &steps), ("sum", &money(sum))];
        Some(Block::Paragraph(self.say_with("worked", &values)))
    }
}

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { unit: None, columns, rows, size: Size::Medium }
}
