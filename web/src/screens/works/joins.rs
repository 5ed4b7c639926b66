//! Who takes part in a line: a tick for each household that benefits from it, and for all of a unit at once.

use fentan_core::Change;
use fentan_core::internal::quoted;
use fentan_words::say_with;
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
    let ticks = members.iter().map(|row| {
        let takes_part = line.takes_part(row);
        let onchange =
            editing.change::<Event>(line.changes(std::slice::from_ref(row), !takes_part));
        html! {
            <label class="tick">
                <input type="checkbox" checked={takes_part} {onchange} />{ row.id() }
            </label>
        }
    });
    let all_of_them = |takes_part: bool, key: &str| {
        let changes = line.changes(&members, takes_part);
        let does = (!changes.is_empty()).then(|| editing.change(changes));
        button("", editing.say(key), does)
    };
    let is_cut = rows.look.start > 0 || rows.rows.len() < rows.found;
    let count = members.iter().filter(|row| !line.takes_part(row)).count().to_string();
    let summary = say_with(language, "page.works.joins.out", &[("count", &count)]);
    let (shown, found) = (rows.rows.len().to_string(), rows.found.to_string());
    let part = [("shown", shown.as_str()), ("found", found.as_str())];
    html! {
        <details class="joins wide">
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
            <fieldset class="ticks" aria-label={editing.say("page.works.joins.heading")}>
                { for ticks }
            </fieldset>
        </details>
    }
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
