//! A roster (住户名册).

mod notes;

pub(crate) use self::notes::hidden;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use fentan_core::Value;
use fentan_core::plan::Household;

use crate::address::{self, Address, Floor};
use crate::exact::{decimal, millionths};
use crate::fund_sheet::SHARE;
use crate::imported::{Imported, Place};
use crate::layout::{
    CHARGE, HARDSHIP, Headings, JOINS, Layout, Look, MONEY, Shapes, VOTE, WEIGHT, is_likely_total,
    is_nothing, is_total,
};
use crate::mapping::{Conclusion, Mapping, Reason};
use crate::number;
use crate::parts::{Cut, cut, tell_further};
use crate::table::{Row, Table};
use crate::tally::{Scope, Statement, Summed, building_of_label, homes_counted, stated_of_all};
use crate::tidy::tidy;
use crate::told::{Kind, Told};
use crate::words::{
    HARDSHIP_WORDS, HOUSEHOLD_HEADINGS, JOINS_WORDS, USE_WORDS, VOTE_WORDS, Words, YES_WORDS,
};
use crate::{Fields, add};

const HEADINGS: Headings =
    Headings { words: &HOUSEHOLD_HEADINGS, prefixes: &[WEIGHT, CHARGE, HARDSHIP, VOTE, JOINS] };

const SHAPES: Shapes = &[&["id", "area"], &["id", "area", "floor"], &["id", "floor", "area"]];

/// What rosters look like.
pub(crate) const LOOK: Look = Look {
    headings: HEADINGS,
    shapes: SHAPES,
    fits,
    subjects: &["phase", "number", "building", "unit", "id", "room"],
    figure: "area",
};

/// The fields that a column of a roster may be, in the order of spec §2: those of a household, each
/// with what only office files say of it.
pub(crate) static FIELDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let fields = Household::FIELDS.iter();
    fields.flat_map(|field| std::iter::once(field).chain(also(field))).copied().collect()
});

fn also(field: &str) -> &'static [&'static str] {
    match field {
        "id" => &["room", "number"],
        "note" => &["phase"],
        "hardship" => {
            &["hardship:dibao", "hardship:tekun", "hardship:low_income", "hardship:disabled"]
        }
        "fund_first" => &["fund_principal"],
        "vote" => &["vote:yes", "vote:no", "vote:abstain", "weight:heads"],
        _ => &[],
    }
}

/// What tells homes apart, the best first.
const IDS: [&str; 3] = ["id", "room", "number"];

fn fits(field: &str, cell: &str) -> bool {
    match field {
        "area" => number::read_area(cell).is_some(),
        "floor" => address::read_floor(cell).is_some(),
        _ => tidy(cell).bytes().any(|byte| byte.is_ascii_digit()),
    }
}

/// A household whose id may still need its building to tell it apart.
pub(crate) struct Home<'t> {
    /// The index of its table.
    pub(crate) table: usize,
    pub(crate) row: &'t Row,
    pub(crate) id: String,
    /// Whether the id names the building.
    is_whole: bool,
    /// The flat's number alone.
    room: String,
    pub(crate) building: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) floor: Option<Value<'static>>,
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
}

/// The building and unit that the rows above, the title or the sheet's name leave to those below.
#[derive(Default)]
struct Above {
    phase: Option<String>,
    building: Option<String>,
    unit: Option<String>,
    /// How the rows came by it, where no cell says it.
    conclusion: Option<Conclusion>,
}

impl Above {
    /// What a title says, or a sheet's name.
    fn enter(&mut self, title: Address, conclusion: Conclusion) {
        if let Some(building) = title.building {
            let building = match &self.phase {
                Some(phase) if !building.starts_with(phase) => format!("{phase}{building}"),
                _ => building,
            };
            // A sheet may be called by its unit, and its title say the building.
            if self.building.as_ref().is_some_and(|before| *before != building) {
                self.unit = None;
            }
            self.building = Some(building);
        }
        self.unit = title.unit.or(self.unit.take());
        self.conclusion = Some(conclusion);
    }
}

/// Where no heading says which column tells homes apart, takes the one whose cells are addresses.
pub(crate) fn find_addresses(table: &Table, mapping: &mut Mapping) {
    for further in &mut mapping.further {
        find_addresses(table, further);
    }
    let Some(heading) = mapping.heading_row else { return };
    if !mapping.has("area") || mapping.has("id") || mapping.has("room") {
        return;
    }
    let (first, last) = mapping.part.as_ref().map_or((0, u64::MAX), |part| part.rows);
    let is_below = |row: &&Row| row.number > heading && (first..=last).contains(&row.number);
    let is_address = |cell: &str| {
        let read = Address::read(cell);
        read.is_some_and(|one| one.room.is_some() && (one.building.is_some() || one.unit.is_some()))
    };
    let has_addresses = |at: usize| {
        let rows = table.rows.iter().filter(is_below).filter(|row| row.only().is_none());
        let cells = || rows.clone().map(|row| row.cell(at)).filter(|cell| !cell.is_empty());
        let count = cells().count();
        // Totals and the like are none.
        count > 0 && cells().filter(|cell| is_address(cell)).count() * 4 >= count * 3
    };
    let is_own = |at: usize| mapping.part.as_ref().is_none_or(|part| part.has_column(at));
    let free = mapping.columns.iter().enumerate().filter(|(_, column)| column.field.is_none());
    let found = free.map(|(at, _)| at).find(|&at| is_own(at) && has_addresses(at));
    if let Some(column) = found {
        mapping.assign(column, Some("room"));
    }
}

/// Reads a roster from sheets, each with its mapping.
pub(crate) fn read(sheets: &[(&Table, Mapping)]) -> Imported {
    let cuts = cut(sheets);
    let mut layouts = Vec::with_capacity(cuts.len());
    let mut homes = Vec::new();
    let mut all_statements = Vec::new();
    let has_homes = cuts.iter().any(|one| IDS.iter().any(|&field| one.mapping.has(field)));
    let mut laid_out: Vec<_> =
        cuts.iter().map(|one| Layout::new(&one.table, &one.mapping)).collect();
    let has_phases = phases_clash(&laid_out);
    let are_buildings = sheets_are_buildings(&laid_out);
    for (table, (one, mut layout)) in cuts.iter().zip(laid_out.drain(..)).enumerate() {
        let same = |other: &&Cut<'_>| other.sheet == one.sheet;
        let first = cuts.iter().position(|other| other.sheet == one.sheet).unwrap_or(table);
        let tables = (first, first + cuts.iter().filter(same).count() - 1);
        tell_further(&mut layout, table > first);
        let named = are_buildings.then(|| tidy(&one.table.name));
        let (statements, seen) = (Vec::new(), Seen::default());
        let titles = Vec::new();
        let mut reading = Reading { table, tables, named, statements, titles, seen };
        if has_homes && !IDS.iter().any(|&field| one.mapping.has(field)) {
            reading.summary(&mut layout);
        } else {
            reading.take(&mut layout, has_phases, &mut homes);
        }
        reading.seen.tell(&mut layout);
        all_statements.extend(reading.statements);
        layouts.push(layout);
    }
    notes::join_owners(&mut layouts, &mut homes);
    if tell_apart(&mut homes)
        && let Some(first) = layouts.first_mut()
    {
        first.conclude(Conclusion::BuildingInIds);
    }
    notes::look_over(&mut layouts, &mut homes);
    let mut imported = Imported {
        charges: charges(&layouts, &homes),
        statements: all_statements,
        ..Imported::default()
    };
    for home in homes {
        if let Some(layout) = layouts.get_mut(home.table) {
            let sheet = cuts.get(home.table).map_or(0, |one| one.sheet);
            imported.places.push(Place { sheet, table: home.table, row: home.row.number });
            imported.values.push(value(layout, home));
        }
    }
    notes::hidden(&mut layouts, &imported);
    imported.close(layouts);
    imported
}

/// Rows that something is to be told of.
#[derive(Default)]
struct Seen {
    contradictions: Vec<u64>,
    floors: Vec<u64>,
    not_understood: Vec<u64>,
    /// Rows whose flat is called nothing like one.
    odd: Vec<u64>,
    understood: usize,
    several: Vec<u64>,
    by_sum: Vec<u64>,
    /// What stands before the building in addresses, with the first row.
    compounds: BTreeMap<String, u64>,
    /// How each building is written, with the first row.
    spellings: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Seen {
    fn tell(self, layout: &mut Layout<'_>) {
        let sheet = layout.table.name.clone();
        let about_rooms = layout.has("room");
        let mut tell = |kind, rows: Vec<u64>| {
            if !rows.is_empty() {
                layout.told.push(Told::new(kind, &sheet).rows(rows));
            }
        };
        tell(Kind::Contradiction, self.contradictions);
        tell(Kind::FloorContradiction, self.floors);
        if about_rooms || self.understood > 0 {
            tell(Kind::NotUnderstood, self.not_understood);
        }
        tell(Kind::SeveralFlats, self.several);
        tell(Kind::NoFlat, self.odd);
        tell(Kind::TotalBySum, self.by_sum);
        if self.compounds.len() > 1 {
            let names: Vec<_> = self.compounds.keys().map(String::as_str).collect();
            let told = Told::new(Kind::Compounds, &sheet).rows(self.compounds.values().copied());
            layout.told.push(told.with("names", names.join("、")));
        }
        for spellings in self.spellings.values().filter(|spellings| spellings.len() > 1) {
            let names: Vec<_> = spellings.keys().map(|one| format!("“{one}”")).collect();
            let told = Told::new(Kind::Spellings, &sheet).rows(spellings.values().copied());
            layout.told.push(told.with("names", names.join("、")));
        }
    }
}

/// A table as it is read.
struct Reading {
    /// Its index, and those of all tables in its sheet.
    table: usize,
    tables: (usize, usize),
    /// The building that the sheet's name is, where sheets are called by bare numbers.
    named: Option<String>,
    statements: Vec<Statement>,
    /// The rows that say where the homes below them are.
    titles: Vec<u64>,
    seen: Seen,
}

/// The rows since something, and what their areas add up to.
#[derive(Clone, Copy, Default)]
struct Since {
    row: u64,
    area: i128,
    homes: usize,
}

/// Where totals may begin.
#[derive(Default)]
struct Running {
    total: Since,
    building: Since,
    unit: Since,
    table: Since,
}

impl Running {
    fn all(&mut self) -> [&mut Since; 4] {
        [&mut self.total, &mut self.building, &mut self.unit, &mut self.table]
    }

    /// Whether an area is that of the rows since something.
    fn adds_up(&self, area: i128) -> bool {
        let all = [&self.total, &self.building, &self.unit, &self.table];
        all.iter().any(|since| since.homes > 1 && since.area == area)
    }
}

impl Reading {
    fn take<'t>(&mut self, layout: &mut Layout<'t>, has_phases: bool, homes: &mut Vec<Home<'t>>) {
        let id = IDS.into_iter().find(|field| layout.has(field)).unwrap_or("id");
        if id == "number" {
            layout.conclude(Conclusion::NumberAsId);
        }
        let mut said = layout.titles_above().chain([layout.table.name.as_str()]);
        let phase = said.find_map(address::phase).filter(|_| has_phases);
        let mut above = Above { phase, ..Above::default() };
        let of_sheet = Address::read(&layout.table.name).filter(Address::is_place);
        if let Some(address) = of_sheet.or_else(|| in_title(&layout.table.name)) {
            above.enter(address, Conclusion::FromSheetName);
        } else if let Some(building) = &self.named {
            let building = Some(building.clone());
            above.enter(Address { building, ..Address::default() }, Conclusion::FromSheetName);
        }
        if let Some(title) = layout.titles_above().filter_map(in_title).last() {
            above.enter(title, Conclusion::FromTitles);
        }
        for (row, text) in layout.said_above() {
            self.state_in_words(row, &text, None);
        }
        let meaning = Meaning { has_phases, ..Meaning::of(layout, id, above.building.as_deref()) };
        let mut running = Running::default();
        for row in layout.rows {
            let before = (above.building.clone(), above.unit.clone());
            match self.home(layout, row, id, &meaning, &mut above) {
                Ok(home) => {
                    if meaning.are_numbered && is_odd(layout, row, id) {
                        if sums(layout, row, &running) {
                            let why = (Reason::NoId, None);
                            self.leave_out(layout, row, why, &mut running, homes, id);
                            continue;
                        }
                        self.seen.odd.push(row.number);
                    }
                    if home.building != before.0 || running.table.homes == 0 {
                        running.building = Since { row: row.number, ..Since::default() };
                        running.unit = running.building;
                    } else if home.unit != before.1 {
                        running.unit = Since { row: row.number, ..Since::default() };
                    }
                    let area = number::area_of_cell(layout.cell(row, "area")).number;
                    let area = area.as_deref().and_then(millionths).unwrap_or_default();
                    for since in running.all() {
                        since.area += area;
                        since.homes += 1;
                    }
                    homes.push(home);
                }
                Err((reason, column)) => {
                    self.leave_out(layout, row, (reason, column), &mut running, homes, id);
                }
            }
        }
        self.bound_titles();
    }

    /// What a title says is of the homes down to the next.
    fn bound_titles(&mut self) {
        let tables = (self.table, self.table);
        for statement in &mut self.statements {
            let Ok(at) = self.titles.binary_search(&statement.row) else { continue };
            let last = self.titles.get(at + 1).map_or(u64::MAX, |next| next - 1);
            let place = address::place(&statement.label).or_else(|| in_title(&statement.label));
            if place.is_some_and(|place| place.unit.is_some()) {
                statement.scopes.clear();
            }
            statement.scopes.insert(0, Scope::Rows { tables, rows: (statement.row, last) });
        }
    }

    fn leave_out<'t>(
        &mut self,
        layout: &mut Layout<'t>,
        row: &'t Row,
        (reason, column): (Reason, Option<usize>),
        running: &mut Running,
        homes: &mut [Home<'t>],
        id: &str,
    ) {
        let area = number::area_of_cell(layout.cell(row, "area")).number;
        let area = area.as_deref().and_then(millionths);
        let may_be_total = matches!(reason, Reason::NoId);
        let is_sum = may_be_total && area.is_some_and(|area| running.adds_up(area));
        if reason == Reason::NoId
            && let Some(home) = homes.last_mut().filter(|one| one.table == self.table)
            && layout.is_merged_over(home.row, row, id)
            && !layout.cell(row, "name").is_empty()
        {
            notes::add_owner(home, layout.cell(row, "name"));
            layout.joined.push((home.row.number, row.number));
            return layout.leave_out(row, Reason::JointOwner);
        }
        match reason {
            Reason::Total => self.state(layout, row, running),
            _ if is_sum => {
                self.seen.by_sum.push(row.number);
                self.state(layout, row, running);
            }
            Reason::Remark | Reason::Title => {
                if reason == Reason::Title {
                    self.titles.push(row.number);
                }
                for text in row.filled() {
                    let building = (reason == Reason::Title).then(|| in_title(text)).flatten();
                    self.state_in_words(row.number, text, building.and_then(|one| one.building));
                }
            }
            _ => {}
        }
        let reason = if is_sum { Reason::Total } else { reason };
        if reason == Reason::Total {
            running.total = Since { row: row.number + 1, ..Since::default() };
        }
        layout.leave_out_for(row, reason, column);
    }

    /// Keeps what a total says.
    fn state(&mut self, layout: &Layout<'_>, row: &Row, running: &Running) {
        let label = row.filled().next().unwrap_or_default().to_owned();
        let before = row.number.saturating_sub(1);
        let table = (self.table, self.table);
        let rows = |first: u64, last: u64| Scope::Rows { tables: table, rows: (first, last) };
        let mut scopes: Vec<_> =
            building_of_label(&label).map(Scope::Building).into_iter().collect();
        let since = rows(running.total.row, before);
        let all = rows(0, before);
        let is_part = label.contains("小计");
        scopes.extend(if is_part { [since, all] } else { [all, since] });
        scopes.push(rows(running.building.row, before));
        scopes.push(rows(running.unit.row, before));
        scopes.push(rows(0, u64::MAX));
        scopes.push(rows(row.number, u64::MAX));
        scopes.push(Scope::Rows { tables: self.tables, rows: (0, before) });
        scopes.push(Scope::Rows { tables: self.tables, rows: (0, u64::MAX) });
        scopes.push(Scope::All);
        let mut figures = Vec::new();
        for (position, column) in layout.mapping.columns.iter().enumerate() {
            let Some(field) = column.field.as_deref() else { continue };
            let cell = row.cell(position);
            let number = match field {
                "area" => number::area_of_cell(cell).number,
                field if MONEY.contains(&field) => number::money_of_cell(cell, column.zeros).number,
                field if field.starts_with(WEIGHT) => number::weight_of_cell(cell).number,
                _ => None,
            };
            if let Some(stated) = number.as_deref().and_then(millionths) {
                figures.push((Summed::Field(field.to_owned()), stated));
            }
        }
        figures.extend(row.filled().find_map(homes_counted).map(|count| (Summed::Count, count)));
        for (summed, stated) in figures {
            self.statements.push(Statement {
                sheet: layout.table.name.clone(),
                row: row.number,
                label: label.clone(),
                summed,
                stated,
                tolerance: 0,
                scopes: scopes.clone(),
            });
        }
    }

    /// Keeps what a title or note says of all homes, or of those of a building.
    fn state_in_words(&mut self, row: u64, text: &str, building: Option<String>) {
        for (summed, stated, tolerance) in stated_of_all(text, "area", 0) {
            let own = building.clone().or_else(|| building_of_label(text)).map(Scope::Building);
            let sheet = Scope::Rows { tables: self.tables, rows: (0, u64::MAX) };
            let below = Scope::Rows { tables: (self.table, self.table), rows: (row, u64::MAX) };
            self.statements.push(Statement {
                sheet: String::new(),
                row,
                label: text.to_owned(),
                summed,
                stated,
                tolerance,
                scopes: own.into_iter().chain([sheet, below, Scope::All]).collect(),
            });
        }
    }

    /// Reads a table that has buildings and no flats: it adds up the others.
    fn summary(&mut self, layout: &mut Layout<'_>) {
        for row in layout.rows {
            let cell = layout.cell(row, "building");
            let area = number::area_of_cell(layout.cell(row, "area")).number;
            if let Some(stated) = area.as_deref().and_then(millionths) {
                let building = address::building(cell).into_owned();
                let is_total = row.filled().next().is_some_and(is_total);
                let scope = if is_total { Scope::All } else { Scope::Building(building) };
                self.statements.push(Statement {
                    sheet: layout.table.name.clone(),
                    row: row.number,
                    label: row.filled().next().unwrap_or_default().to_owned(),
                    summed: Summed::Field("area".to_owned()),
                    stated,
                    tolerance: 0,
                    scopes: vec![scope],
                });
            }
            layout.leave_out(row, Reason::Summary);
        }
    }

    fn home<'t>(
        &mut self,
        layout: &mut Layout<'t>,
        row: &'t Row,
        id: &str,
        meaning: &Meaning,
        above: &mut Above,
    ) -> Result<Home<'t>, (Reason, Option<usize>)> {
        let name = layout.cell(row, "name");
        let typed_id = layout.cell(row, id);
        let first = row.filled().next().unwrap_or_default();
        // Somebody's name may be 合计: where a flat is named, it does not tell a total.
        let is_flat = id != "number" && !typed_id.ends_with('户') && room(typed_id).is_some();
        let labels = [typed_id, first, name];
        let labels = match is_flat {
            true if first == name => &labels[..1],
            true => &labels[..2],
            false => &labels,
        };
        let is_in_cells = layout.has("building");
        let banner = row.only().filter(|_| !is_in_cells).and_then(address::banner);
        if let Some(title) = row.only().and_then(address::place).or(banner) {
            above.enter(title, Conclusion::FromTitles);
            return Err((Reason::Title, None));
        }
        if let Some(reason) = layout.needless(row, labels, layout.cell(row, "area")) {
            return Err((reason, None));
        }
        if !is_flat && [typed_id, first].iter().any(|label| is_likely_total(label)) {
            return Err((Reason::Total, None));
        }
        if let Some(phase) = row.only().and_then(address::phase) {
            *above = Above { phase: Some(phase), ..Above::default() };
            return Err((Reason::Title, None));
        }
        let title = row.only().filter(|_| layout.is_title(row)).and_then(in_title);
        if let Some(title) = title {
            above.enter(title, Conclusion::FromTitles);
            return Err((Reason::Title, None));
        }
        if layout.is_title(row) {
            return Err((Reason::Title, None));
        }
        if is_said_alone(layout, row) {
            return Err((Reason::Remark, None));
        }
        let (typed, as_date) = flat(layout, row, id)?;
        if typed.is_empty() {
            return Err((Reason::NoId, None));
        }
        let (typed_room, _) =
            if layout.has("room") { flat(layout, row, "room")? } else { (typed.clone(), false) };
        if as_date {
            layout.conclude(Conclusion::DatesAsFlats);
        }
        self.placed(layout, row, Typed { id: typed, room: typed_room }, meaning, above)
    }

    /// A home with its building, unit and floor.
    fn placed<'t>(
        &mut self,
        layout: &mut Layout<'t>,
        row: &'t Row,
        typed: Typed,
        meaning: &Meaning,
        above: &mut Above,
    ) -> Result<Home<'t>, (Reason, Option<usize>)> {
        let read = Address::read(&typed.room);
        let is_address = |one: &Address| {
            one.room.is_some()
                && (one.building.is_some() || one.unit.is_some() || one.floor.is_some())
        };
        let parts = numbered_parts(&typed.room);
        if read.as_ref().is_some_and(is_address) {
            self.seen.understood += 1;
        }
        let not_understood = read.is_none() && parts > 1;
        if address::flats(read.as_ref().and_then(|one| one.room.as_deref()).unwrap_or_default())
            .is_some()
        {
            self.seen.several.push(row.number);
        }
        let mut address = read.filter(is_address).unwrap_or_default();
        if !address.before.is_empty() {
            self.seen.compounds.entry(address.before.clone()).or_insert(row.number);
        }
        let named_building = address.building.is_some();
        if address.is_pair {
            if meaning.pairs_are_units {
                address.unit = address.building.take();
            } else if !meaning.knows_buildings {
                layout.conclude(Conclusion::PairsAsBuildings);
            }
        }
        let room = match address.room {
            Some(room) => room,
            None if layout.has("room") || typed.room.ends_with('室') => typed.room.clone(),
            None => String::new(),
        };
        let cell = layout.cell(row, "building");
        // 楼栋 may hold the unit too: 3号楼1单元.
        let of_cell = Some(cell).filter(|cell| cell.contains("单元")).and_then(Address::read);
        let of_cell = of_cell.filter(|one| one.is_place() && one.unit.is_some());
        let of_cell = of_cell.unwrap_or_default();
        let unit_of_cell = of_cell.unit;
        let says_unit = unit_of_cell.is_some();
        let said = Said { address: address.building.clone(), cell: of_cell.building, meaning };
        let building = self.building(layout, row, said, above);
        if layout.has("building") && building != above.building {
            above.building.clone_from(&building);
            above.unit = None;
        }
        let unit_cell = layout.cell(row, "unit");
        let unit_read = address::unit(unit_cell);
        let given_unit = !unit_cell.is_empty() && !is_nothing(unit_cell);
        if given_unit && address.unit.as_deref().is_some_and(|unit| unit != unit_read) {
            self.seen.contradictions.push(row.number);
        }
        let unit =
            place(layout, row, "unit", address::unit, unit_of_cell.or(address.unit.clone()), above);
        if layout.has("unit") || says_unit {
            above.unit.clone_from(&unit);
        }
        if not_understood && building.is_none() {
            self.seen.not_understood.push(row.number);
        }
        let in_building = building.is_some() || unit.is_some();
        let of_room = in_building.then(|| address::floor_of_room(&room)).flatten();
        let of_room = address.floor.or(of_room);
        let floor = self.floor(layout, row, of_room, building.as_deref());
        let bare = address::bare_room(&room).to_owned();
        // 1单元501 beside 3号楼 is no name of its own.
        let is_part =
            !named_building && address.unit.is_some() || meaning.pairs_are_units && address.is_pair;
        let id = match (&building, &unit) {
            (Some(building), Some(unit)) if is_part && typed.id == typed.room => {
                format!("{building}-{unit}-{bare}")
            }
            _ => typed.id,
        };
        let is_whole = named_building && !address.is_pair || is_part || id.matches('-').count() > 1;
        let name = layout.cell(row, "name").to_owned();
        let owner = layout.cell(row, "owner");
        let owner = Some(owner.to_owned()).filter(|owner| !owner.is_empty() && !is_nothing(owner));
        Ok(Home {
            table: self.table,
            row,
            id,
            is_whole,
            room: bare,
            building,
            unit,
            floor,
            name,
            owner,
        })
    }

    /// A row's building: what its cell says, else its address, else the rows above.
    fn building<'t>(
        &mut self,
        layout: &mut Layout<'t>,
        row: &'t Row,
        said: Said<'_>,
        above: &mut Above,
    ) -> Option<String> {
        let cell = layout.cell(row, "building");
        if said.meaning.has_phases {
            let cell = layout.cell(row, "phase");
            if !cell.is_empty() && !is_nothing(cell) {
                above.phase = Some(address::phase(cell).unwrap_or_else(|| tidy(cell)));
            }
        }
        // An empty cell under a phase is as the one above.
        let phase = above.phase.clone().filter(|_| said.meaning.has_phases);
        let in_phase = |building: String| match &phase {
            Some(phase) if !building.starts_with(phase) => format!("{phase}{building}"),
            _ => building,
        };
        if phase.is_some() {
            layout.conclude(Conclusion::PhaseInBuildings);
        }
        let is_other = |one: &str, other: &str| !address::is_same_building(one, other);
        if cell.is_empty() || is_nothing(cell) {
            // What would be filled in from above is another building than the address names.
            if layout.has("building")
                && let (Some(address), Some(above)) = (&said.address, &above.building)
                && is_other(address, above)
            {
                self.seen.contradictions.push(row.number);
            }
            let building = place(layout, row, "building", address::building, said.address, above);
            return if phase.is_some() && !layout.has("building") {
                building.map(in_phase)
            } else {
                building
            };
        }
        let read = said.cell.unwrap_or_else(|| building_of_cell(cell));
        if said.address.is_some_and(|other| is_other(&other, &read)) {
            self.seen.contradictions.push(row.number);
        }
        let building = in_phase(read);
        let spelling = tidy(cell).replace(' ', "");
        let kind: String = spelling.chars().filter(|one| !one.is_ascii_digit()).collect();
        if kind.chars().any(|one| "栋幢座楼".contains(one)) {
            self.seen
                .spellings
                .entry(building.clone())
                .or_default()
                .entry(spelling)
                .or_insert(row.number);
        }
        Some(building)
    }

    /// A row's floor: what its cell says; without such a column, that of its flat's number.
    fn floor<'t>(
        &mut self,
        layout: &mut Layout<'t>,
        row: &'t Row,
        of_room: Option<i32>,
        building: Option<&str>,
    ) -> Option<Value<'static>> {
        let number = |floor: i32| Value::Number(Cow::Owned(floor.to_string()));
        if !layout.has("floor") {
            let floor = of_room?;
            layout.conclude(Conclusion::FloorFromRoom);
            return Some(number(floor));
        }
        let cell = layout.cell(row, "floor");
        let Some(read) = Floor::read(cell) else {
            return (!cell.is_empty() && !is_nothing(cell)).then(|| text(cell));
        };
        if read.of_storeys {
            layout.conclude(Conclusion::FloorOfStoreys);
        }
        let other = |one: &String| {
            building.is_some_and(|building| !address::is_same_building(building, one))
        };
        if read.building.as_ref().is_some_and(other) {
            self.seen.contradictions.push(row.number);
        }
        if of_room.is_some_and(|floor| floor != read.floor) {
            self.seen.floors.push(row.number);
        }
        Some(number(read.floor))
    }
}

/// Whether a row is a sentence that stands alone, and says nothing of a flat.
fn is_said_alone(layout: &Layout<'_>, row: &Row) -> bool {
    const SHORTEST: usize = 5;
    let is_name = |text: &str| layout.cell(row, "name") == text;
    row.only().is_some_and(|text| {
        text.chars().count() >= SHORTEST && Address::read(text).is_none() && !is_name(text)
    }) && layout.cell(row, "area").is_empty()
}

/// Whether a row's area is the sum of those above it.
fn sums(layout: &Layout<'_>, row: &Row, running: &Running) -> bool {
    let area = number::area_of_cell(layout.cell(row, "area")).number;
    area.as_deref().and_then(millionths).is_some_and(|area| running.adds_up(area))
}

/// Whether the flat of a row has no number though those of others have, and the row says neither
/// building nor unit nor name: 页计.
fn is_odd(layout: &Layout<'_>, row: &Row, id: &str) -> bool {
    let cell = |field: &str| layout.position(field).map_or("", |position| row.cell(position));
    let is_place = |field| {
        let is_sign =
            |one: char| "一二三四五六七八九十甲乙丙丁东西南北中楼栋幢座单元".contains(one);
        is_numbered(cell(field)) || cell(field).contains(is_sign)
    };
    let name = cell("name");
    !is_numbered(layout.cell(row, id))
        && !["building", "unit", "floor"].into_iter().any(is_place)
        && (name.is_empty() || homes_counted(name).is_some())
}

/// Whether a flat's cell holds a number or a letter, and counts no homes.
fn is_numbered(cell: &str) -> bool {
    cell.contains(|one: char| one.is_ascii_alphanumeric()) && homes_counted(cell).is_none()
}

/// Whether sheets called by bare numbers are one building each: they say no building, and have
/// flats of one number.
fn sheets_are_buildings(layouts: &[Layout<'_>]) -> bool {
    let is_number = |layout: &Layout<'_>| number::is_digits(&tidy(&layout.table.name));
    let says_building = |layout: &Layout<'_>| {
        layout.has("building") || layout.titles_above().any(|title| in_title(title).is_some())
    };
    let mut met: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    layouts.len() > 1
        && layouts.iter().all(|layout| is_number(layout) && !says_building(layout))
        && layouts.iter().any(|layout| {
            let id = IDS.into_iter().find(|field| layout.has(field)).unwrap_or("id");
            let sheet = layout.table.name.as_str();
            layout.rows.iter().filter(|row| layout.may_be_value(row)).any(|row| {
                let flat = (layout.cell(row, "unit"), layout.cell(row, id));
                id != "number" && !flat.1.is_empty() && *met.entry(flat).or_insert(sheet) != sheet
            })
        })
}

/// What a row's cells say of its flat.
struct Typed {
    id: String,
    room: String,
}

/// What an address and the building's cell say.
struct Said<'m> {
    address: Option<String>,
    cell: Option<String>,
    meaning: &'m Meaning,
}

/// What can be told of a table as a whole.
struct Meaning {
    /// Of `1-501` the first is the unit: beside it stands another building.
    pairs_are_units: bool,
    /// A column or a title says the buildings.
    knows_buildings: bool,
    /// Two phases have a building of one number.
    has_phases: bool,
    /// Flats have numbers.
    are_numbered: bool,
}

impl Meaning {
    fn of(layout: &Layout<'_>, id: &str, title: Option<&str>) -> Meaning {
        let field = if layout.has("room") { "room" } else { id };
        let mut building = title.map(str::to_owned);
        let knows_buildings = layout.has("building") || title.is_some();
        let (mut same, mut others) = (0, 0);
        for row in layout.rows.iter().filter(|row| layout.may_be_value(row)) {
            let cell = layout.cell(row, "building");
            if !cell.is_empty() && !is_nothing(cell) {
                building = Some(building_of_cell(cell));
            }
            const DASHES: [char; 6] = ['-', '/', '－', '—', '–', '−'];
            let room = Some(layout.cell(row, field)).filter(|room| room.contains(DASHES));
            let pair = room.and_then(Address::read).filter(|one| one.is_pair);
            if let (Some(building), Some(first)) = (&building, pair.and_then(|one| one.building)) {
                if address::is_same_building(building, &first) { same += 1 } else { others += 1 }
            }
        }
        // A single other one is a slip, which is told; units are of several numbers.
        let pairs_are_units = others > 0 && others * 4 >= same;
        let numbered = layout.rows.iter().filter(|row| is_numbered(layout.cell(row, id)));
        let are_numbered = numbered.take(2).count() > 1;
        Meaning { pairs_are_units, knows_buildings, has_phases: false, are_numbered }
    }
}

/// Whether two phases have a building of one number.
fn phases_clash(layouts: &[Layout<'_>]) -> bool {
    let mut phases = BTreeMap::new();
    for layout in layouts {
        let of_sheet = layout.titles_above().chain([layout.table.name.as_str()]);
        let of_sheet = of_sheet.filter_map(address::phase).next();
        let (mut phase, mut building) = (of_sheet.unwrap_or_default(), String::new());
        for row in layout.rows.iter().filter(|row| layout.may_be_value(row)) {
            let given = |field| {
                Some(layout.cell(row, field)).filter(|cell| !cell.is_empty() && !is_nothing(cell))
            };
            let of_row = given("phase").map(str::to_owned);
            phase = of_row.or_else(|| row.only().and_then(address::phase)).unwrap_or(phase);
            let of_address = || Address::read(layout.cell(row, "room"))?.building;
            let read = given("building").map(building_of_cell).or_else(of_address);
            building = read.unwrap_or(building);
            if !phase.is_empty()
                && !building.is_empty()
                && *phases.entry(building.clone()).or_insert_with(|| phase.clone()) != phase
            {
                return true;
            }
        }
    }
    false
}

/// The building that a cell names, with the phase where it stands before it.
fn building_of_cell(cell: &str) -> String {
    let in_words = Some(cell).filter(|cell| cell.contains(['期', '区', '楼', '栋', '幢', '座']));
    match in_words.and_then(Address::read).filter(|one| one.is_place() && one.unit.is_none()) {
        Some(Address { building: Some(building), before, .. }) if before.is_empty() => building,
        _ => address::building(cell).into_owned(),
    }
}

/// How many parts of an address with numbers a text has.
fn numbered_parts(text: &str) -> usize {
    let has_digit = |part: &&str| part.contains(|one: char| one.is_ascii_digit());
    let ends = |one: char| "-/\\.、~#号栋幢座楼单元层 ".contains(one);
    tidy(text).split(ends).filter(has_digit).count()
}

/// The flat that a cell names, and whether a spreadsheet had made a date of it: 1月2日 was 1-2,
/// of 2003年1月5日 nobody knows what it was.
fn flat<'t>(
    layout: &Layout<'t>,
    row: &'t Row,
    field: &str,
) -> Result<(String, bool), (Reason, Option<usize>)> {
    let column = layout.position(field);
    let cell = tidy(column.map_or("", |column| layout.cell_at(row, column)));
    match address::month_and_day(&cell) {
        Some(flat) => Ok((flat, true)),
        None if address::is_date(&cell) => Err((Reason::Date, column)),
        None => Ok((cell, false)),
    }
}

/// The flat's number in an address.
fn room(text: &str) -> Option<String> {
    Address::read(text)?.room
}

/// The building in the title of its roster: 幸福小区3号楼住户名册.
fn in_title(text: &str) -> Option<Address> {
    let building = Some(address::building_in(text)?);
    Some(Address { building, unit: address::unit_in(text), ..Address::default() })
}

/// A row's building or unit: what its cell says, else its address, else the rows above.
fn place<'t>(
    layout: &mut Layout<'t>,
    row: &'t Row,
    field: &str,
    read: fn(&str) -> Cow<'_, str>,
    of_address: Option<String>,
    above: &Above,
) -> Option<String> {
    let cell = layout.cell(row, field);
    if is_nothing(cell) {
        return None;
    }
    if !cell.is_empty() {
        return Some(read(cell).into_owned());
    }
    if of_address.is_some() {
        layout.conclude(Conclusion::BuildingFromId);
        return of_address;
    }
    let left = if field == "unit" { &above.unit } else { &above.building };
    if left.is_some() {
        let said = above.conclusion.filter(|_| !layout.has(field));
        layout.conclude(said.unwrap_or(Conclusion::FilledDown));
    }
    left.clone()
}

/// Whether flats are counted on each floor: two of one place have the same number, and none where
/// floors are looked at too.
fn floors_tell_apart(homes: &[Home<'_>]) -> bool {
    let place = |home: &Home<'_>| {
        let room = if home.room.is_empty() { &home.id } else { &home.room };
        (home.building.clone(), home.unit.clone(), room.clone())
    };
    let floor = |home: &Home<'_>| home.floor.as_ref().and_then(Value::text).map(str::to_owned);
    let places: HashSet<_> = homes.iter().map(place).collect();
    let with_floors: HashSet<_> = homes.iter().map(|home| (place(home), floor(home))).collect();
    places.len() < homes.len() && with_floors.len() == homes.len()
}

/// Where two ids are the same, puts building and unit before those that are a flat's number
/// alone. Returns whether any changed.
fn tell_apart(homes: &mut [Home<'_>]) -> bool {
    let mut met = HashSet::with_capacity(homes.len());
    if homes.iter().all(|home| met.insert(&home.id)) {
        return false;
    }
    let floors_tell = floors_tell_apart(homes);
    let mut changed = false;
    for home in homes {
        let place = home.building.as_ref().or(home.unit.as_ref());
        if let (Some(place), false) = (place, home.is_whole) {
            let room = match &*home.room {
                "" => address::bare_room(&home.id),
                room => room,
            };
            let of_floor = home.floor.as_ref().and_then(Value::text).filter(|_| floors_tell);
            let room =
                &*of_floor.map_or(Cow::Borrowed(room), |floor| format!("{floor}-{room}").into());
            home.id = match &home.unit {
                Some(unit) if home.building.is_some() => format!("{place}-{unit}-{room}"),
                _ => format!("{place}-{room}"),
            };
            changed = true;
        }
    }
    changed
}

fn value<'t>(layout: &mut Layout<'t>, home: Home<'t>) -> Value<'static> {
    let mut had_noise = false;
    let cell = |field| Some(layout.cell(home.row, field)).filter(|cell| !cell.is_empty());
    let given = |field| cell(field).filter(|cell| !is_nothing(cell));
    let mut shown = |read: number::Read, typed: &str| {
        had_noise |= read.had_noise;
        read.number.unwrap_or_else(|| typed.to_owned())
    };

    let mut fields = Fields::new();
    add(&mut fields, "id", Some(home.id));
    add(&mut fields, "name", Some(home.name).filter(|name| !name.is_empty()));
    add(&mut fields, "note", cell("note").map(str::to_owned));
    add(&mut fields, "building", home.building);
    add(&mut fields, "unit", home.unit);
    fields.extend(home.floor.map(|floor| ("floor".into(), floor)));
    let area = cell("area").map(|cell| shown(number::area_of_cell(cell), cell));
    add(&mut fields, "area", area);
    let used_as = given("use").map(|cell| (cell, USE_WORDS.meaning(cell)));
    let is_home = matches!(used_as, Some((_, Some("nothing"))));
    let used_as = used_as.filter(|_| !is_home).map(|(cell, code)| code.unwrap_or(cell).to_owned());
    add(&mut fields, "use", used_as);
    let hardships = hardships(layout, home.row);
    match &hardships[..] {
        [] => {}
        [only] => add(&mut fields, "hardship", Some(only.clone())),
        several => {
            let codes = several.iter().map(|code| text(code)).collect();
            fields.push(("hardship".into(), Value::List(codes)));
        }
    }
    add(&mut fields, "payer", given("payer").map(str::to_owned));
    add(
        &mut fields,
        "payer_share",
        given("payer_share").map(|cell| number::rate(cell).into_owned()),
    );
    let mut money = |field| {
        let zeros = layout.zeros(field);
        given(field).map(|cell| shown(number::money_of_cell(cell, zeros), cell))
    };
    let (balance, principal, interest) =
        (money("fund_balance"), money("fund_principal"), money("fund_interest"));
    let from_parts = balance.is_none() && principal.is_some();
    add(&mut fields, "fund_balance", balance.or(sum(principal, interest.as_deref())));
    add(&mut fields, "fund_first", money("fund_first"));
    add(&mut fields, "fund_interest", interest);
    add(&mut fields, "provident", money("provident"));
    add(&mut fields, "in_kind", money("in_kind"));
    // Of a fund centre's sheet alone.
    add(&mut fields, SHARE, money(SHARE));
    add(&mut fields, "owner", home.owner);
    add(&mut fields, "vote", vote(layout, home.row));
    let weights: Fields = layout
        .behind(WEIGHT)
        .map(|(name, column)| (name, layout.cell_at(home.row, column)))
        .filter(|(_, cell)| !cell.is_empty() && !is_nothing(cell))
        .map(|(name, cell)| {
            (Cow::Owned(name.to_owned()), text(&shown(number::weight_of_cell(cell), cell)))
        })
        .collect();
    if !weights.is_empty() {
        fields.push(("weights".into(), Value::Fields(weights)));
    }
    let joins: Fields = layout
        .behind(JOINS)
        .map(|(line, column)| (line, layout.cell_at(home.row, column)))
        .filter_map(|(line, cell)| Some((Cow::Owned(line.to_owned()), joins(cell)?)))
        .collect();
    if !joins.is_empty() {
        fields.push(("joins".into(), Value::Fields(joins)));
    }
    let concluded = [
        (had_noise, Conclusion::NoiseTakenOff),
        (from_parts, Conclusion::BalanceFromParts),
        (is_home, Conclusion::HomesWithoutUse),
    ];
    for (_, conclusion) in concluded.into_iter().filter(|(is, _)| *is) {
        layout.conclude(conclusion);
    }
    Value::Fields(fields)
}

/// Principal and interest together; what is no number is passed on as typed.
fn sum(principal: Option<String>, interest: Option<&str>) -> Option<String> {
    let principal = principal?;
    let parts = (millionths(&principal), interest.map_or(Some(0), millionths));
    match parts {
        (Some(principal), Some(interest)) => Some(decimal(principal + interest)),
        _ => Some(principal),
    }
}

/// Whether a home takes part in a line, as its cell says; nothing where the cell is empty. What is
/// not understood is passed on as typed.
fn joins(cell: &str) -> Option<Value<'static>> {
    match JOINS_WORDS.meaning(cell) {
        Some(word) => Some(Value::Boolean(word == "yes")),
        None => (!cell.is_empty() && !is_nothing(cell)).then(|| text(cell)),
    }
}

/// What stands between several hardships of one cell.
const BETWEEN: [char; 10] = ['、', ',', '，', ';', '；', '+', '/', '和', '及', '\n'];

/// The hardships of a home, each once: those of a cell, which may name several, and those that
/// columns of marks name. A cell of which a part is not understood is passed on as typed.
fn hardships<'t>(layout: &Layout<'t>, row: &'t Row) -> Vec<String> {
    let cell = layout.cell(row, HARDSHIP.trim_end_matches(':'));
    let parts: Vec<_> = cell.split(BETWEEN).filter(|part| !tidy(part).is_empty()).collect();
    let known: Option<Vec<_>> = parts
        .iter()
        .map(|part| if is_nothing(part) { Some("nothing") } else { HARDSHIP_WORDS.meaning(part) })
        .collect();
    let mut all: Vec<String> = match known {
        _ if is_nothing(cell) => Vec::new(),
        Some(codes) => codes.into_iter().map(str::to_owned).collect(),
        None => vec![cell.to_owned()],
    };
    all.extend(flagged(layout, row, HARDSHIP, &HARDSHIP_WORDS));
    let mut met = HashSet::new();
    all.retain(|code| code != "nothing" && met.insert(code.clone()));
    all
}

/// What a word stands for; a word that is unknown is passed on.
fn known(words: &Words, cell: &str) -> Option<String> {
    match words.meaning(cell) {
        Some("nothing") => None,
        Some(code) => Some(code.to_owned()),
        None => Some(cell.to_owned()),
    }
}

fn is_given(cell: &&str) -> bool {
    !cell.is_empty() && !is_nothing(cell)
}

/// What columns of marks name, one for each code.
fn flagged<'l>(
    layout: &'l Layout<'_>,
    row: &'l Row,
    prefix: &'l str,
    words: &'static Words,
) -> impl Iterator<Item = String> + 'l {
    layout.behind(prefix).filter_map(move |(code, column)| {
        let cell = Some(row.cell(column)).filter(is_given)?;
        match YES_WORDS.meaning(cell) {
            Some("yes") => Some(code.to_owned()),
            Some(_) => None,
            None => known(words, cell),
        }
    })
}

/// How a flat voted, from the column of words or from those of marks. Two votes at once are for
/// somebody to decide, and passed on.
fn vote<'t>(layout: &Layout<'t>, row: &'t Row) -> Option<String> {
    let whole = layout.cell(row, VOTE.trim_end_matches(':'));
    let whole = Some(whole).filter(is_given).and_then(|cell| known(&VOTE_WORDS, cell));
    let mut all: Vec<_> =
        whole.into_iter().chain(flagged(layout, row, VOTE, &VOTE_WORDS)).collect();
    all.dedup();
    (!all.is_empty()).then(|| all.join("、"))
}

/// The charges of every line, which may stand in several sheets.
fn charges(layouts: &[Layout<'_>], homes: &[Home<'_>]) -> Vec<(String, Vec<(usize, String)>)> {
    let mut charges: Vec<(String, Vec<(usize, String)>)> = Vec::new();
    for (table, layout) in layouts.iter().enumerate() {
        for (line, column) in layout.behind(CHARGE) {
            let zeros = layout.zeros_at(column);
            let of_table = homes
                .iter()
                .enumerate()
                .filter(|(_, home)| home.table == table)
                .map(|(at, home)| (at, home.row.cell(column)))
                .filter(|(_, cell)| !cell.is_empty() && !is_nothing(cell))
                .map(|(at, cell)| {
                    let read = number::money_of_cell(cell, zeros).number;
                    (at, read.unwrap_or_else(|| cell.to_owned()))
                });
            match charges.iter_mut().find(|(other, _)| *other == line) {
                Some((_, charges)) => charges.extend(of_table),
                None => charges.push((line.to_owned(), of_table.collect())),
            }
        }
    }
    charges
}

fn text(text: &str) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_owned()))
}
