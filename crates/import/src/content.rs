use crate::imported::Imported;
use crate::layout::{Look, MONEY};
use crate::mapping::{Mapping, named};
use crate::table::Table;
use crate::told::{Kind, Told};
use crate::{households, works};

named! {
    /// What a table is about.
    Content {
        /// A roster (住户名册): a row for each household.
        Roster = "roster",
        /// A works budget (工程预算): a row for each line.
        Works = "works",
    }
}

impl Content {
    /// The fields that a column may be, in the order of spec §2; besides, a roster has columns
    /// `weight:` and a name, and `charge:` or `joins:` and a line.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Content::Roster => &households::FIELDS,
            Content::Works => works::FIELDS,
        }
    }

    /// Whether a field is a number, to be aligned as one.
    pub fn is_number(self, field: &str) -> bool {
        MONEY.contains(&field) || ["area", "floor", "payer_share"].contains(&field)
    }

    fn look(self) -> &'static Look {
        match self {
            Content::Roster => &households::LOOK,
            Content::Works => &works::LOOK,
        }
    }

    /// Finds which column is what: by the headings, on whichever of the first rows they stand, or
    /// by a shape that every row has.
    pub fn mapping(self, table: &Table) -> Mapping {
        self.settled(table, self.look().find(table))
    }

    /// The same with the headings on a row that somebody names; missing where there are none.
    pub fn mapping_at(self, table: &Table, heading_row: Option<u64>) -> Mapping {
        self.settled(table, self.look().find_at(table, heading_row))
    }

    /// The mapping with what the cells say better than the headings.
    fn settled(self, table: &Table, mut mapping: Mapping) -> Mapping {
        match self {
            Content::Roster => households::find_addresses(table, &mut mapping),
            Content::Works => works::find_names(table, &mut mapping),
        }
        mapping
    }

    /// The sheets of a file to read, with their mappings: all those shown that have the columns
    /// without which there is nothing to read; where none has, the first, to be looked at. What
    /// the workbook hides is passed over, unless it hides everything.
    pub fn sheets(self, tables: &[Table]) -> Vec<(&Table, Mapping)> {
        let shown = tables.iter().filter(|table| !table.hidden && !table.rows.is_empty());
        let mut mapped: Vec<_> = shown.map(|table| (table, self.mapping(table))).collect();
        // A summary by building has areas too, but no flats.
        for needed in self.needed() {
            let has = |mapping: &Mapping| needed.iter().all(|field| mapping.has(field));
            if mapped.iter().any(|(_, mapping)| has(mapping)) {
                mapped.retain(|(_, mapping)| has(mapping));
                return mapped;
            }
        }
        mapped.truncate(1);
        if mapped.is_empty() {
            mapped.extend(tables.first().map(|table| (table, self.mapping(table))));
        }
        mapped
    }

    /// Which sheets of a file are not read, to be told: those that the workbook hides, and those
    /// that hold something else.
    pub fn sheets_aside(self, tables: &[Table], read: &[(&Table, Mapping)]) -> Vec<Told> {
        let is_read = |table: &Table| read.iter().any(|(one, _)| std::ptr::eq(*one, table));
        let aside = tables.iter().filter(|table| !table.rows.is_empty() && !is_read(table));
        let told = aside.map(|table| {
            let kind = if table.hidden { Kind::HiddenSheet } else { Kind::SheetAside };
            Told::new(kind, &table.name).with("rows", table.rows.len().to_string())
        });
        told.collect()
    }

    fn needed(self) -> &'static [&'static [&'static str]] {
        match self {
            Content::Roster => &[&["id", "area"], &["room", "area"], &["number", "area"]],
            Content::Works => &[&["name", "amount"]],
        }
    }

    /// Reads sheets, each with its mapping.
    pub fn read(self, sheets: &[(&Table, Mapping)]) -> Imported {
        match self {
            Content::Roster => households::read(sheets),
            Content::Works => works::read(sheets),
        }
    }
}
