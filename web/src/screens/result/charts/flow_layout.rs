//! Where the bars and ribbons of a flow stand, from top to bottom, in thousandths of a pixel.

use fentan_core::Fen;

use super::flow::{Flow, FlowLine};
use crate::parts::scale::scaled;

/// What the whole budget would measure in bars: the more the more lines there are.
const PER_LINE: u64 = 60_000;
/// The least and the most that it would.
const WHOLE: [u64; 2] = [120_000, 400_000];
/// The least that a bar measures.
const LEAST: u64 = 2_000;
/// The room that a label takes.
pub const LABEL: u64 = 30_000;
/// The room between labels.
const GAP: u64 = 4_000;
/// The room above a column for its heading.
pub const HEADING: u64 = 40_000;

/// A stretch from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stretch {
    /// Where it starts.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

impl Stretch {
    /// Where it ends.
    pub fn end(self) -> u64 {
        self.start + self.length
    }

    /// The part of it that `amount` takes after what stands before it, where all of it is `whole`.
    fn part(self, before: Fen, amount: Fen, whole: Fen) -> Stretch {
        let start = scaled(self.length, before, whole);
        let length = scaled(self.length, before + amount, whole) - start;
        Stretch { start: self.start + start, length }
    }
}

/// A bar, as long as its amount is large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub name: String,
    /// What it stands for; where that is nothing, the bar takes no room.
    pub amount: Fen,
    /// Where it stands.
    pub place: Stretch,
    /// How much has arrived at it from ribbons that lie above.
    arrived: Fen,
    /// How much of it lies above the ribbons that are still to leave it.
    above: Fen,
}

impl Bar {
    fn new(name: &str, amount: Fen) -> Bar {
        let name = name.to_owned();
        Bar { name, amount, place: Stretch::default(), arrived: Fen::ZERO, above: amount }
    }
}

/// Money on its way from a bar of one column to a bar of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ribbon {
    /// The column it leaves.
    pub column: usize,
    /// The bar it leaves, by its place in the column.
    pub from: usize,
    /// The bar it reaches, by its place in the next column.
    pub to: usize,
    /// How much it is.
    pub amount: Fen,
    /// Where it leaves.
    pub start: Stretch,
    /// Where it arrives.
    pub end: Stretch,
}

/// A flow, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowLayout {
    /// How far down the longest column goes.
    pub height: u64,
    /// The payers, the lines, the residents in one bar, and their groups.
    pub columns: [Vec<Bar>; 4],
    /// What flows between them, by the bars it leaves.
    pub ribbons: Vec<Ribbon>,
}

impl FlowLayout {
    /// Lays out these lines of a flow and their total, which has the name of the residents. Bars
    /// of all columns have one scale, but none that stands for something is shorter than two
    /// pixels. Columns stand in the middle of the height.
    pub fn of(flow: &Flow, lines: &[FlowLine], total: &FlowLine) -> FlowLayout {
        let payers = flow.payers.iter().zip(&total.paid);
        let groups = flow.groups.iter();
        let mut layout = FlowLayout {
            height: 0,
            columns: [
                payers.map(|(name, &amount)| Bar::new(name, amount)).collect(),
                lines.iter().map(|line| Bar::new(&line.name, line.amount())).collect(),
                vec![Bar::new(&total.name, total.residents)],
                groups.map(|group| Bar::new(&group.name, group.amount)).collect(),
            ],
            ribbons: Vec::new(),
        };
        layout.place_bars(total.amount());
        for from in 0..flow.payers.len() {
            for (to, line) in lines.iter().enumerate() {
                let amount = line.paid.get(from).copied().unwrap_or_default();
                layout.add_ribbon(0, from, to, amount);
            }
        }
        for (from, line) in lines.iter().enumerate() {
            layout.add_ribbon(1, from, 0, line.residents);
        }
        for (to, group) in flow.groups.iter().enumerate() {
            layout.add_ribbon(2, 0, to, group.amount);
        }
        layout.place_ribbons();
        layout
    }

    /// Each bar stands in the middle of the room that it or its label takes.
    fn place_bars(&mut self, budget: Fen) {
        let [least, most] = WHOLE;
        let whole = (PER_LINE * self.columns[1].len() as u64).clamp(least, most);
        let mut heights = [0; 4];
        for (bars, height) in self.columns.iter_mut().zip(&mut heights) {
            *height = HEADING;
            for bar in bars.iter_mut().filter(|bar| !bar.amount.is_zero()) {
                let length = scaled(whole, bar.amount, budget).max(LEAST);
                let room = length.max(LABEL) + GAP;
                bar.place = Stretch { start: *height + (room - length) / 2, length };
                *height += room;
            }
            self.height = self.height.max(*height);
        }
        for (bars, height) in self.columns.iter_mut().zip(heights) {
            for bar in bars {
                bar.place.start += (self.height - height) / 2;
            }
        }
    }

    fn add_ribbon(&mut self, column: usize, from: usize, to: usize, amount: Fen) {
        if !amount.is_zero() {
            let (start, end) = (Stretch::default(), Stretch::default());
            self.ribbons.push(Ribbon { column, from, to, amount, start, end });
            let bar = &mut self.columns[column][from];
            bar.above = bar.above.less(amount);
        }
    }

    /// Ribbons arrive from the top of a bar on, and leave down to its end: what a line gets from
    /// payers and what it leaves to the residents lie one below the other.
    fn place_ribbons(&mut self) {
        for ribbon in &mut self.ribbons {
            let from = &mut self.columns[ribbon.column][ribbon.from];
            ribbon.start = from.place.part(from.above, ribbon.amount, from.amount);
            from.above += ribbon.amount;
            let to = &mut self.columns[ribbon.column + 1][ribbon.to];
            ribbon.end = to.place.part(to.arrived, ribbon.amount, to.amount);
            to.arrived += ribbon.amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::result::charts::FlowGroup;

    fn flow() -> Flow {
        let line = |paid: [u128; 3], residents| FlowLine {
            name: String::new(),
            paid: paid.map(Fen).into(),
            residents: Fen(residents),
        };
        let group = |amount| FlowGroup { name: String::new(), amount: Fen(amount) };
        Flow {
            payers: vec![String::new(); 3],
            lines: vec![
                line([600_000, 0, 1], 199_999),
                line([0, 0, 0], 0),
                line([100_000, 0, 0], 90_000),
                line([0, 0, 0], 10_000),
            ],
            groups: vec![group(299_000), group(0), group(999)],
        }
    }

    fn layout() -> FlowLayout {
        let flow = flow();
        FlowLayout::of(&flow, &flow.lines, &flow.total(String::new()))
    }

    #[test]
    fn bars_are_proportional_and_none_vanishes() {
        // The budget is a million fen, and measures 240 pixels for its four lines.
        let lengths = layout()
            .columns
            .map(|bars| bars.iter().map(|bar| bar.place.length).collect::<Vec<_>>());
        assert_eq!(lengths[0], [168_000, 0, LEAST]);
        assert_eq!(lengths[1], [192_000, 0, 45_600, 2_400]);
        assert_eq!(lengths[2], [71_999]);
        assert_eq!(lengths[3], [71_760, 0, LEAST]);
    }

    #[test]
    fn bars_and_their_labels_stand_apart_and_within_the_height() {
        let layout = layout();
        let middle = |bar: &Bar| bar.place.start + bar.place.length / 2;
        for bars in &layout.columns {
            let shown: Vec<_> = bars.iter().filter(|bar| !bar.amount.is_zero()).collect();
            for pair in shown.windows(2) {
                assert!(pair[0].place.end() < pair[1].place.start);
                assert!(middle(pair[0]) + LABEL <= middle(pair[1]));
            }
            for bar in shown {
                assert!(middle(bar) >= HEADING + LABEL / 2);
                assert!(middle(bar) + LABEL / 2 <= layout.height);
                assert!(bar.place.end() <= layout.height);
            }
        }
    }

    /// All that arrives at a bar and leaves it covers it, whether from one end to the other
    /// without gaps or, where as much leaves as arrives, on either side.
    #[test]
    fn ribbons_cover_their_bars() {
        let layout = layout();
        for (column, bars) in layout.columns.iter().enumerate() {
            for (index, bar) in bars.iter().enumerate().filter(|(_, bar)| !bar.amount.is_zero()) {
                let ribbons = layout.ribbons.iter();
                let arriving = ribbons
                    .clone()
                    .filter(|ribbon| ribbon.column + 1 == column && ribbon.to == index)
                    .map(|ribbon| ribbon.end);
                let leaving = ribbons
                    .filter(|ribbon| ribbon.column == column && ribbon.from == index)
                    .map(|ribbon| ribbon.start);
                let mut at = bar.place.start;
                for part in arriving.chain(leaving) {
                    if at == bar.place.end() {
                        at = bar.place.start;
                    }
                    assert_eq!(part.start, at);
                    at = part.end();
                }
                assert_eq!(at, bar.place.end());
            }
        }
    }

    #[test]
    fn a_flow_of_nothing_takes_no_room() {
        let nothing = Flow { payers: vec![String::new()], lines: Vec::new(), groups: Vec::new() };
        let layout = FlowLayout::of(&nothing, &[], &nothing.total(String::new()));
        assert_eq!((layout.height, layout.ribbons.len()), (HEADING, 0));
    }
}
