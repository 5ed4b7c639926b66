//! What homes pay in cash by building and floor.

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

use super::Home;
use super::rank::median;
use crate::parts::scale::scaled;

/// What homes pay in cash by building and floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floors {
    /// The buildings, as the roster first names them.
    pub buildings: Vec<String>,
    /// By building, the homes on all floors.
    pub totals: Vec<Option<FloorCell>>,
    /// The floors, from the top one down; last the homes without a floor.
    pub rows: Vec<FloorRow>,
}

/// A floor of all buildings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorRow {
    /// The floor; none for homes without one.
    pub floor: Option<i32>,
    /// By building, the homes there; none if there are none.
    pub cells: Vec<Option<FloorCell>>,
}

/// The homes on a floor of a building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorCell {
    /// The number of homes.
    pub homes: usize,
    /// The median of what they pay in cash.
    pub median: Fen,
    /// The most that one of them pays.
    pub highest: Fen,
}

impl Floors {
    /// Where these homes are, and what they pay.
    pub fn of(homes: &[Home<'_>]) -> Floors {
        let mut buildings: Vec<String> = Vec::new();
        let mut totals: Vec<Vec<Fen>> = Vec::new();
        // From the top floor down; none is less than any floor.
        let mut floors: Vec<(Option<i32>, Vec<Vec<Fen>>)> = Vec::new();
        for home in homes {
            let column = buildings.iter().position(|name| *name == home.building);
            let column = column.unwrap_or_else(|| {
                buildings.push(home.building.to_owned());
                totals.push(Vec::new());
                buildings.len() - 1
            });
            let row = match floors.binary_search_by(|(floor, _)| home.floor.cmp(floor)) {
                Ok(row) => row,
                Err(row) => {
                    floors.insert(row, (home.floor, Vec::new()));
                    row
                }
            };
            let cells = &mut floors[row].1;
            cells.resize_with(cells.len().max(column + 1), Vec::new);
            cells[column].push(home.cash);
            totals[column].push(home.cash);
        }
        let rows = floors.into_iter().map(|(floor, mut cells)| {
            cells.resize_with(buildings.len(), Vec::new);
            FloorRow { floor, cells: FloorCell::each(&cells) }
        });
        Floors { rows: rows.collect(), totals: FloorCell::each(&totals), buildings }
    }

    /// The lowest and the highest median of all floors.
    pub fn range(&self) -> (Fen, Fen) {
        let mut range = None;
        for cell in self.rows.iter().flat_map(|row| &row.cells).flatten() {
            let (lowest, highest) = range.unwrap_or((cell.median, cell.median));
            range = Some((lowest.min(cell.median), highest.max(cell.median)));
        }
        range.unwrap_or_default()
    }
}

impl FloorCell {
    fn each(cells: &[Vec<Fen>]) -> Vec<Option<FloorCell>> {
        cells.iter().map(|cash| FloorCell::of(cash)).collect()
    }

    fn of(cash: &[Fen]) -> Option<FloorCell> {
        let highest = cash.iter().copied().max()?;
        Some(FloorCell { homes: cash.len(), median: median(cash), highest })
    }

    /// In which fifth of the range its median lies, from 0.
    pub fn fifth(&self, (lowest, highest): (Fen, Fen)) -> usize {
        let above = scaled(5, self.median.less(lowest), highest.less(lowest));
        above.min(4) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(building: &str, floor: Option<i32>, cash: u128) -> Home<'_> {
        Home { building, floor, area: 1, cash: Fen(cash) }
    }

    #[test]
    fn the_top_floor_comes_first_and_homes_without_a_floor_last() {
        let homes = [("3", Some(-1), 1), ("3", None, 2), ("1", Some(6), 3), ("2", Some(2), 4)];
        let floors = Floors::of(&homes.map(|(building, floor, cash)| home(building, floor, cash)));
        assert_eq!(floors.buildings, ["3", "1", "2"]);
        let order: Vec<_> = floors.rows.iter().map(|row| row.floor).collect();
        assert_eq!(order, [Some(6), Some(2), Some(-1), None]);
        let places: Vec<Vec<_>> = floors
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.map(|cell| cell.median.0)).collect())
            .collect();
        assert_eq!(
            places,
            [
                [None, Some(3), None],
                [None, None, Some(4)],
                [Some(1), None, None],
                [Some(2), None, None],
            ]
        );
    }

    #[test]
    fn a_cell_holds_the_median_and_the_highest_of_its_homes() {
        let homes = [9, 2, 4, 3].map(|cash| home("1", Some(1), cash));
        let cell = FloorCell { homes: 4, median: Fen(3), highest: Fen(9) };
        let floors = Floors::of(&homes);
        assert_eq!(floors.rows[0].cells, [Some(cell)]);
        assert_eq!(floors.totals, [Some(cell)]);
    }

    #[test]
    fn the_range_has_five_equal_parts() {
        let fifth = |median| {
            FloorCell { homes: 1, median: Fen(median), highest: Fen(median) }
                .fifth((Fen(100), Fen(600)))
        };
        assert_eq!([100, 199, 200, 399, 599, 600].map(fifth), [0, 0, 1, 2, 4, 4]);
        let alike = FloorCell { homes: 1, median: Fen(7), highest: Fen(7) };
        assert_eq!(alike.fifth((Fen(7), Fen(7))), 0);
        assert_eq!(Floors::of(&[]).range(), (Fen::ZERO, Fen::ZERO));
    }
}
