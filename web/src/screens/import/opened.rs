//! A file that is open, in the worker that holds it.

use std::cell::RefCell;

use fentan_core::Value;
use fentan_import::{Content, Corrections, Imported, Mapping, Table, Unreadable, report};
use fentan_words::Language;

use super::view::{Asked, Column, Reading, Sheet, Told, View};
use crate::work::cells::taken;
use crate::work::thread::Given;
use crate::work::written;

/// The first values and rows that are told.
const SHOWN: usize = 5;
const LISTED: usize = 20;
/// The cells of a column that show what is in it.
const SAMPLES: usize = 3;

thread_local! {
    /// The file that is open, with what is corrected by hand and the language to tell it in.
    static OPEN: RefCell<Option<(Opened, Corrections, Language)>> = const { RefCell::new(None) };
}

/// Does what is asked of the file.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(asked) = postcard::from_bytes::<Asked>(given.asked) else { return };
    let mut tell = |told: Told| tell(written(&told));
    if let Asked::Open { name, corrections, language } = asked {
        let bytes = given.file.ok_or(Unreadable::Broken);
        match bytes.and_then(|bytes| fentan_import::open(&bytes)) {
            Ok(tables) => {
                let opened = Opened::new(name, tables, &corrections);
                tell(Told::View(Box::new(opened.view(language))));
                OPEN.set(Some((opened, *corrections, language)));
            }
            Err(unreadable) => tell(Told::Refused(unreadable)),
        }
        return;
    }
    OPEN.with_borrow_mut(|open| {
        if let Some((opened, corrections, language)) = open {
            opened.answer(asked, corrections, language, &mut tell);
        }
    });
}

/// A file that is open, and how it is read.
#[derive(Debug)]
struct Opened {
    /// Its name.
    name: String,
    /// Its sheets.
    tables: Vec<Table>,
    /// What is read from it.
    content: Content,
    /// The mapping of each sheet that is read; none of those that are not.
    mappings: Vec<Option<Mapping>>,
    /// What comes of it.
    imported: Imported,
}

impl Opened {
    /// A file as it is understood, with what was corrected before.
    fn new(name: String, tables: Vec<Table>, corrections: &Corrections) -> Opened {
        let has = |content: Content, fields: &[&str]| {
            let sheets = content.sheets(&tables);
            sheets.iter().any(|(_, mapping)| fields.iter().all(|field| mapping.has(field)))
        };
        let is_works = has(Content::Works, &["name", "amount"]) && !has(Content::Roster, &["area"]);
        let content = if is_works { Content::Works } else { Content::Roster };
        let mut opened =
            Opened { name, tables, content, mappings: Vec::new(), imported: Imported::default() };
        opened.understand(content, corrections);
        opened
    }

    fn answer(
        &mut self,
        asked: Asked,
        corrections: &mut Corrections,
        language: &mut Language,
        tell: &mut dyn FnMut(Told),
    ) {
        match asked {
            Asked::Open { .. } => {}
            Asked::Say(other) => *language = other,
            Asked::Understand(content) => self.understand(content, corrections),
            Asked::Sheet(sheet, chosen) => self.choose(sheet, chosen, corrections),
            Asked::Heading(sheet, row) => self.head(sheet, row, corrections),
            Asked::Assign(sheet, column, field) => {
                self.assign(sheet, column, field.as_deref(), corrections);
                tell(Told::Corrected(Box::new(corrections.clone())));
            }
            Asked::LeftOut => {
                return tell(Told::LeftOut(report::left_out_csv(
                    *language,
                    &self.imported.left_out,
                )));
            }
            Asked::Take(adding) => {
                return tell(Told::Taken(Box::new(taken(self.content, adding, &self.imported))));
            }
        }
        tell(Told::View(Box::new(self.view(*language))));
    }

    /// What the screen shows of the file.
    fn view(&self, language: Language) -> View {
        let shown = self.imported.values.iter().take(SHOWN);
        let mut fields: Vec<String> = Vec::new();
        for (name, value) in shown.clone().flat_map(Value::fields) {
            if value.text().is_some() && !fields.iter().any(|field| field == name) {
                fields.push(name.to_string());
            }
        }
        let text = |value: &Value<'_>, field: &String| {
            value.get(field).and_then(Value::text).unwrap_or_default().to_owned()
        };
        let values = shown.map(|value| fields.iter().map(|field| text(value, field)).collect());
        let values = values.collect();
        let (unusable, needless): (Vec<_>, Vec<_>) =
            self.imported.left_out.iter().partition(|one| one.reason.is_unusable());
        let conclusions = self.imported.conclusions.iter();
        let listed = unusable.iter().take(LISTED);
        View {
            name: self.name.clone(),
            content: self.content,
            sheets: self.tables.iter().zip(&self.mappings).map(sheet).collect(),
            conclusions: conclusions.map(|&one| report::conclusion(language, one)).collect(),
            fields,
            values,
            count: self.imported.values.len(),
            unusable: listed.map(|one| report::left_out(language, one)).collect(),
            unusable_count: unusable.len(),
            needless: needless.len(),
        }
    }

    /// Looks at the file anew, as a roster or as works.
    fn understand(&mut self, content: Content, corrections: &Corrections) {
        let sheets = content.sheets(&self.tables);
        let mapping = |table: &Table| {
            let found = sheets.iter().find(|(one, _)| std::ptr::eq(*one, table));
            found.map(|(_, mapping)| {
                let mut mapping = mapping.clone();
                corrections.apply(content, &mut mapping);
                mapping
            })
        };
        self.mappings = self.tables.iter().map(mapping).collect();
        self.content = content;
        self.read();
    }

    /// Reads a sheet, or leaves it aside.
    fn choose(&mut self, sheet: usize, chosen: bool, corrections: &Corrections) {
        if let (Some(table), Some(mapping)) = (self.tables.get(sheet), self.mappings.get_mut(sheet))
        {
            *mapping = chosen.then(|| {
                let mut mapping = self.content.mapping(table);
                corrections.apply(self.content, &mut mapping);
                mapping
            });
        }
        self.read();
    }

    /// Takes another row of a sheet for its heading; 0 for none.
    fn head(&mut self, sheet: usize, row: u64, corrections: &Corrections) {
        if let (Some(table), Some(mapping)) = (self.tables.get(sheet), self.mappings.get_mut(sheet))
        {
            let mut found = self.content.mapping_at(table, Some(row).filter(|&row| row > 0));
            corrections.apply(self.content, &mut found);
            *mapping = Some(found);
        }
        self.read();
    }

    /// Makes a column a field, and remembers that for the next file with the same headings.
    fn assign(
        &mut self,
        sheet: usize,
        column: usize,
        field: Option<&str>,
        corrections: &mut Corrections,
    ) {
        if let Some(Some(mapping)) = self.mappings.get_mut(sheet) {
            mapping.assign(column, field);
            corrections.remember(self.content, mapping);
        }
        self.read();
    }

    fn read(&mut self) {
        let sheets: Vec<_> = self
            .tables
            .iter()
            .zip(&self.mappings)
            .filter_map(|(table, mapping)| Some((table, mapping.clone()?)))
            .collect();
        self.imported = self.content.read(&sheets);
        self.imported.sift(self.content, &sheets);
    }
}

fn sheet((table, mapping): (&Table, &Option<Mapping>)) -> Sheet {
    let reading = mapping.as_ref().map(|mapping| {
        let below = table.rows.iter().filter(|row| Some(row.number) > mapping.heading_row);
        let below = below.skip(mapping.heading_rows.saturating_sub(1)).take(LISTED);
        let below: Vec<_> = below.collect();
        let column = |(place, column): (usize, &fentan_import::Column)| {
            let cells = below.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.trim());
            let samples = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
            Column {
                heading: column.heading.clone(),
                samples: samples.map(str::to_owned).collect(),
                field: column.field.clone(),
                is_in_ten_thousands: column.zeros == 4,
            }
        };
        Reading {
            heading_row: mapping.heading_row.unwrap_or_default(),
            columns: mapping.columns.iter().enumerate().map(column).collect(),
        }
    });
    Sheet { name: table.name.to_string(), is_hidden: table.hidden, reading }
}
