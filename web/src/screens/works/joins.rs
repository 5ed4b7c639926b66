//! Who takes part in a line: a tick for each household that benefits from it, and for a whole unit or building at once.

use fentan_core::Change;
use fentan_core::internal::quoted;
use fentan_words::{printable, say_with};
use web_sys::HtmlSelectElement;
use yew::{Event, Html, TargetCast, html};

use crate::message::{Look, Request, Row, Rows};
use crate::page::Action;
use crate::parts::editing::Editing;
use crate::parts::elements::{button, list as choice};
use crate::parts::field::{dot, json, list};

/// The most households that are listed at once.
const LISTED: usize = 400;

/// The households that are listed, each with a tick while it takes part in the line at a path.
pub fn draw(editing: &Editing, path: &str) -> Html {
    let id = editing.text(&dot(path, "id"));
    let line = Line { editing, id, scope: dot(path, "scope") };
    let rows = &*editing.rows;
    let members: Vec<_> = rows.rows.iter().filter(|row| line.has(row)).collect();
    let language = editing.language;
    let is_cut = rows.look.start > 0 || rows.rows.len() < rows.found;
    let units = line.by_unit(&members);
    let groups = units.iter().map(|(building, unit, homes)| {
        // Of what is listed in part, nobody sees who else the tick would be for.
        let of_all = (!is_cut).then(|| line.tick_of_all(unit_name(editing, building, unit), homes));
        html! {
            <fieldset class="ticks" aria-label={unit_name(editing, building, unit)}>
                <legend>{ for of_all }</legend>
                { for homes.iter().map(|row| line.tick(row)) }
            </fieldset>
        }
    });
    let buildings = line.by_building(&units);
    let buildings = (!is_cut && buildings.len() < units.len()).then(|| {
        let ticks = buildings
            .iter()
            .map(|(building, homes)| line.tick_of_all(unit_name(editing, building, ""), homes));
        html! { <p class="ticks">{ for ticks }</p> }
    });
    let all_of_them = |takes_part: bool, key: &str| {
        let changes = line.changes(&members, takes_part);
        let does = (!changes.is_empty()).then(|| editing.change(changes));
        button("", editing.say(key), does)
    };
    let count = members.iter().filter(|row| !line.takes_part(row)).count().to_string();
    let summary = say_with(language, "page.works.joins.out", &[("count", &count)]);
    let (shown, found) = (rows.rows.len().to_string(), rows.found.to_string());
    let part = [("shown", shown.as_str()), ("found", found.as_str())];
    let ontoggle = (is_cut && rows.look.count < LISTED).then(|| {
        let look = Look { start: 0, count: LISTED, ..rows.look.clone() };
        editing.send.reform(move |_: Event| Action::Ask(Request::Look(look.clone())))
    });
    html! {
        <details class="joins wide" {ontoggle}>
            <summary>{ editing.say("page.works.joins.heading") }</summary>
            <p class="note">{ editing.say("page.works.joins.note") }</p>
            <div class="tools">
                { finder(editing, "building") }
                { finder(editing, "unit") }
                { all_of_them(true, "page.works.joins.all") }
                { all_of_them(false, "page.works.joins.none") }
                <span role="status">{ summary }</span>
            </div>
            if is_cut {
                <p class="note">{ say_with(language, "page.works.joins.cut", &part) }</p>
            }
            { for buildings }
            <div class="homes">{ for groups }</div>
        </details>
    }
}

/// What a unit is called, or a building.
fn unit_name(editing: &Editing, building: &str, unit: &str) -> String {
    let parts = [("page.roster.buildings-one", building), ("page.roster.units-one", unit)];
    let parts = parts.into_iter().filter(|(_, name)| !name.is_empty());
    let parts = parts.map(|(key, name)| say_with(editing.language, key, &[("one", name)]));
    parts.collect::<Vec<_>>().join(" ")
}

/// A choice of the building or unit whose households are listed. The roster shows the same.
fn finder(editing: &Editing, field: &'static str) -> Html {
    let Rows { look, buildings, units, .. } = &*editing.rows;
    let (chosen, all) = match field {
        "building" => (&look.building, buildings),
        _ => (&look.unit, units),
    };
    let key = format!("page.roster.{field}s");
    let mut options = vec![(String::new(), editing.say(&key))];
    let one = format!("{key}-one");
    options.extend(
        all.iter().map(|text| (text.clone(), say_with(editing.language, &one, &[("one", text)]))),
    );
    let look = look.clone();
    let onchange = editing.send.reform(move |event: Event| {
        let text = event.target_unchecked_into::<HtmlSelectElement>().value();
        let (building, unit) = match field {
            "building" => (text, String::new()),
            _ => (look.building.clone(), text),
        };
        let sort = look.sort.clone();
        let look = Look { building, unit, sort, count: LISTED, ..Look::default() };
        Action::Ask(Request::Look(look))
    });
    let label = editing.say(&format!("page.roster.column.{field}"));
    let select = choice(&["aria-label", "selectedIndex"], &[&label], chosen, options);
    html! { <span {onchange}>{ select }</span> }
}

/// A shared line, and who takes part in it.
struct Line<'e> {
    editing: &'e Editing,
    id: &'e str,
    /// The path of its scope.
    scope: String,
}

impl Line<'_> {
    fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        let at = self.editing.rows.columns.iter().position(|one| one.name == column);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    fn named(&self, field: &str) -> Vec<String> {
        list(self.editing, &dot(&self.scope, field))
    }

    /// Whether the scope names a household: only those can leave.
    fn has(&self, row: &Row) -> bool {
        let [buildings, units, households] =
            ["buildings", "units", "households"].map(|field| self.named(field));
        let building = self.cell(row, "building");
        let unit = [building, "/", self.cell(row, "unit")].concat();
        let is_of_all = buildings.is_empty() && units.is_empty() && households.is_empty();
        is_of_all
            || buildings.iter().any(|one| one == building)
            || units.contains(&unit)
            || households.iter().any(|one| one == row.id())
    }

    /// Households by building and unit, in their order.
    fn by_unit<'r>(&self, members: &[&'r Row]) -> Vec<(&'r str, &'r str, Vec<&'r Row>)> {
        let mut units: Vec<(&str, &str, Vec<&Row>)> = Vec::new();
        for &row in members {
            let (building, unit) = (self.cell(row, "building"), self.cell(row, "unit"));
            match units.iter_mut().find(|(b, u, _)| (*b, *u) == (building, unit)) {
                Some((.., homes)) => homes.push(row),
                None => units.push((building, unit, vec![row])),
            }
        }
        units
    }

    /// The same by building.
    fn by_building<'r>(
        &self,
        units: &[(&'r str, &'r str, Vec<&'r Row>)],
    ) -> Vec<(&'r str, Vec<&'r Row>)> {
        let mut buildings: Vec<(&str, Vec<&Row>)> = Vec::new();
        for (building, _, homes) in units {
            match buildings.iter_mut().find(|(one, _)| one == building) {
                Some((_, all)) => all.extend(homes),
                None => buildings.push((building, homes.clone())),
            }
        }
        buildings
    }

    /// A household's tick.
    fn tick(&self, row: &Row) -> Html {
        let takes_part = self.takes_part(row);
        let changes = self.changes(&[row], !takes_part);
        let onchange = self.editing.change::<Event>(changes);
        html! {
            <label class="tick">
                <input type="checkbox" checked={takes_part} {onchange} />{ printable(row.id()) }
            </label>
        }
    }

    /// The tick of a whole unit or building, with how many of it take part.
    fn tick_of_all(&self, name: String, homes: &[&Row]) -> Html {
        let taking = homes.iter().filter(|row| self.takes_part(row)).count();
        let is_all = taking == homes.len();
        let changes = self.changes(homes, !is_all);
        let onchange = self.editing.change::<Event>(changes);
        let count = format!("{taking}/{}", homes.len());
        html! {
            <label class="place">
                <input type="checkbox" checked={is_all} {onchange} />{ name }<small>{ count }</small>
            </label>
        }
    }

    fn column(&self) -> String {
        ["joins.", &quoted(self.id)].concat()
    }

    fn takes_part(&self, row: &Row) -> bool {
        self.cell(row, &self.column()) != "no"
            && !self.named("except").iter().any(|one| one == row.id())
    }

    /// What has households take part, or leave; no change of those that do already.
    fn changes(&self, rows: &[&Row], takes_part: bool) -> Vec<Change> {
        let column = self.column();
        let rows = rows.iter().filter(|row| self.takes_part(row) != takes_part);
        let mut except = self.named("except");
        let before = except.len();
        let mut changes = Vec::new();
        for row in rows {
            let path = format!("households[{}].{column}", row.index);
            if !takes_part {
                changes.push(Change::Put { path, json: "false".to_owned(), at: None });
                continue;
            }
            except.retain(|one| one != row.id());
            if self.cell(row, &column) == "no" {
                changes.push(Change::Clear { path });
            }
        }
        if except.len() < before {
            let path = dot(&self.scope, "except");
            changes.push(match except.is_empty() {
                true => Change::Clear { path },
                false => Change::Put { path, json: json(&except), at: None },
            });
        }
        changes
    }
}
