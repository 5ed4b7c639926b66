//! What homes pay in cash by building and floor, as a shaded table.

use fentan_core::Fen;
use fentan_words::{Language, money, plain, say};
use yew::Html;

use super::floors::{FloorCell, Floors};
use super::frame::{chart, homes};
use crate::parts::elements::{all, element, row, table, table_box, tag, td, th, th_row};
use crate::screens::lookup::address::of_group;
use crate::screens::lookup::told::Group;

/// The classes of the shades, from the lightest.
const SHADES: [&str; 5] = ["shade-0", "shade-1", "shade-2", "shade-3", "shade-4"];

/// What homes pay in cash by building and floor: the median of each, shaded by how high it is.
pub fn floor_table(language: Language, id: &str, floors: &Floors) -> Html {
    let range = floors.range();
    let shaded = |cell: &FloorCell, group: Group| {
        let class = SHADES[cell.fifth(range)];
        let title = about(language, cell);
        let median = tag("a", &["href"], &[&of_group(group)], plain(cell.median));
        // Where a few homes pay far more than the median says, they are seen too.
        let highest = match 2 * cell.highest.0 > 3 * cell.median.0 {
            true => {
                let words = say(language, "charts.highest");
                element("small", "", format!("{words} {}", plain(cell.highest)))
            }
            false => Html::default(),
        };
        tag("td", &["class", "title"], &[class, &title], all(vec![median, highest]))
    };
    let table = by_floor(language, floors, &shaded);
    let parts = vec![legend(range), table_box(id, table)];
    let figures = by_floor(language, floors, &|cell, _| td(about(language, cell)));
    chart(language, id, parts, vec![figures])
}

/// The number of homes, and the most that one of them pays.
fn about(language: Language, cell: &FloorCell) -> String {
    let homes = homes(language, cell.homes);
    format!("{homes} · {} {}", say(language, "charts.highest"), money(cell.highest))
}

/// A row for each floor and one for all, a column for each building.
fn by_floor(language: Language, floors: &Floors, draw: &dyn Fn(&FloorCell, Group) -> Html) -> Html {
    let count = floors.buildings.len().to_string();
    let groups = vec![
        tag("th", &["rowspan", "scope"], &["2", "col"], say(language, "term.floor")),
        tag("th", &["scope", "colspan"], &["colgroup", &count], say(language, "term.building")),
    ];
    let head = vec![
        element("tr", "groups", all(groups)),
        row(floors.buildings.iter().cloned().map(th).collect()),
    ];
    let cells = |name: String, cells: &[Option<FloorCell>], group: &dyn Fn(usize) -> Group| {
        let mut row = vec![th_row(&name)];
        row.extend(cells.iter().enumerate().map(|(building, cell)| {
            cell.as_ref().map_or_else(|| td(""), |cell| draw(cell, group(building)))
        }));
        row
    };
    let mut rows = Vec::new();
    for one in &floors.rows {
        let unknown = || say(language, "charts.floor-unknown");
        let name = one.floor.map_or_else(unknown, |floor| floor.to_string());
        let group = |building| Group::Floor(building, one.floor);
        rows.push(row(cells(name, &one.cells, &group)));
    }
    let foot = cells(say(language, "charts.all-floors"), &floors.totals, &Group::Building);
    table(head, rows, foot)
}

/// What the shades mean.
fn legend((lowest, highest): (Fen, Fen)) -> Html {
    let mut parts = vec![element("span", "number", money(lowest))];
    parts.extend(SHADES.map(|class| element("i", class, "")));
    parts.push(element("span", "number", money(highest)));
    element("p", "shades", all(parts))
}
