//! A file that is open, in the worker that holds it.

use std::cell::RefCell;

use fentan_core::Value;
use fentan_import::report::{self, Cure, Place};
use fentan_import::{Content, Corrections, Imported, Mapping, Table, Unreadable};
use fentan_words::{Language, printable};

use super::view::{Asked, Column, Fault, Lines, Listed, Reading, Sheet, Told, View};
use crate::work::cells::taken;
use crate::work::thread::Given;
use crate::work::written;

/// The first values that are shown.
const SHOWN: usize = 5;
/// The faults that are listed; the file of rows left out has all.
const LISTED: usize = 20;
/// The rows below the headings that a column's cells are shown of.
const LOOKED_AT: usize = 20;
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
    if let Asked::Open { name, corrections, lines, language } = asked {
        let bytes = given.file.ok_or(Unreadable::Broken);
        match bytes.and_then(|bytes| fentan_import::open(&bytes)) {
            Ok(tables) => {
                let opened = Opened::new(name, tables, lines, &corrections);
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
    /// The first of them that is shown.
    first_sheet: usize,
    /// The shared lines of the plan.
    lines: Lines,
    /// What is read from it.
    content: Content,
    /// The mapping of each sheet that is read; none of those that are not.
    mappings: Vec<Option<Mapping>>,
    /// What comes of it.
    imported: Imported,
}

impl Opened {
    /// A file as it is understood, with what was corrected before.
    fn new(name: String, tables: Vec<Table>, lines: Lines, corrections: &Corrections) -> Opened {
        let has = |content: Content, fields: &[&str]| {
            let sheets = content.sheets(&tables);
            sheets.iter().any(|(_, mapping)| fields.iter().all(|field| mapping.has(field)))
        };
        let is_works = has(Content::Works, &["name", "amount"]) && !has(Content::Roster, &["area"]);
        let content = if is_works { Content::Works } else { Content::Roster };
        let mut opened = Opened {
            name,
            tables,
            first_sheet: 0,
            lines,
            content,
            mappings: Vec::new(),
            imported: Imported::default(),
        };
        opened.understand(content, corrections);
        // What is read comes first: what is not may be hundreds of sheets.
        let read = opened.mappings.iter().position(Option::is_some);
        opened.first_sheet = read.unwrap_or_default() / View::MOST_SHEETS * View::MOST_SHEETS;
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
            Asked::Lines(lines) => {
                self.lines = lines;
                self.understand(self.content, corrections);
            }
            Asked::Understand(content) => self.understand(content, corrections),
            Asked::Sheets(first) => {
                self.first_sheet = first.min(self.tables.len().saturating_sub(1))
            }
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
            printable(value.get(field).and_then(Value::text).unwrap_or_default())
        };
        let values = shown.map(|value| fields.iter().map(|field| text(value, field)).collect());
        let values = values.collect();
        let Imported { left_out, told, .. } = &self.imported;
        let unusable_count = left_out.iter().filter(|one| one.reason.is_unusable()).count();
        let conclusions = self.imported.conclusions.iter();
        let checks = self.imported.checks();
        let (agreeing, differing): (Vec<_>, Vec<_>) = checks.iter().partition(|one| one.agrees);
        let agrees = agreeing.iter().map(|one| report::check(language, one, left_out)).collect();
        let mut asks: Vec<_> =
            differing.iter().map(|one| report::check(language, one, left_out)).collect();
        let (asked, noted): (Vec<_>, Vec<_>) = told.iter().partition(|told| told.kind.asks());
        let sheets = self.tables.iter().zip(&self.mappings).skip(self.first_sheet);
        let sheets = sheets
            .take(View::MOST_SHEETS)
            .map(|(table, mapping)| sheet(language, table, mapping.as_ref()));
        let say = |told: &fentan_import::Told| report::told(language, Place::Page, told);
        asks.extend(asked.into_iter().map(say));
        View {
            name: printable(&self.name),
            content: self.content,
            first_sheet: self.first_sheet,
            sheets: sheets.collect(),
            sheet_count: self.tables.len(),
            conclusions: conclusions.map(|&one| report::conclusion(language, one)).collect(),
            fields,
            values,
            count: self.imported.values.len(),
            sums: report::sums(language, self.content, &self.imported),
            agrees: Listed::new(agrees),
            asks: Listed::new(asks),
            notes: Listed::new(noted.into_iter().map(say).collect()),
            faults: self.faults(language),
            unusable_count,
            needless: left_out.len() - unusable_count,
        }
    }

    /// The rows left out, together where one thing is the matter.
    fn faults(&self, language: Language) -> Vec<Fault> {
        let faults = report::faults(&self.imported.left_out).into_iter().take(LISTED);
        let fault = |fault: report::Fault<'_>| {
            let sheet = self.tables.iter().position(|table| table.name == fault.first.sheet);
            let aside = match fault.cure {
                Some(Cure::Aside(column)) => sheet.map(|sheet| (sheet, column)),
                _ => None,
            };
            Fault { words: report::fault(language, Place::Page, &fault), aside }
        };
        faults.map(fault).collect()
    }

    /// Looks at the file anew, as a roster or as works.
    fn understand(&mut self, content: Content, corrections: &Corrections) {
        let sheets = content.sheets(&self.tables);
        let mapping = |table: &Table| {
            let found = sheets.iter().find(|(one, _)| std::ptr::eq(*one, table));
            found.map(|(_, mapping)| {
                let mut mapping = mapping.clone();
                self.settle(content, &mut mapping, corrections);
                mapping
            })
        };
        self.mappings = self.tables.iter().map(mapping).collect();
        self.content = content;
        self.read();
    }

    /// Makes a column that says who takes part one of the plan's lines, then what was corrected by hand.
    fn settle(&self, content: Content, mapping: &mut Mapping, corrections: &Corrections) {
        if content == Content::Roster {
            mapping.join(&self.lines);
        }
        corrections.apply(content, mapping);
    }

    /// Reads a sheet, or leaves it aside.
    fn choose(&mut self, sheet: usize, chosen: bool, corrections: &Corrections) {
        let found = self.tables.get(sheet).filter(|_| chosen).map(|table| {
            let mut mapping = self.content.mapping(table);
            self.settle(self.content, &mut mapping, corrections);
            mapping
        });
        if let Some(mapping) = self.mappings.get_mut(sheet) {
            *mapping = found;
        }
        self.read();
    }

    /// Takes another row of a sheet for its heading; 0 for none.
    fn head(&mut self, sheet: usize, row: u64, corrections: &Corrections) {
        let found = self.tables.get(sheet).map(|table| {
            let row = Some(row).filter(|&row| row > 0);
            let mut mapping = self.content.mapping_at(table, row);
            self.settle(self.content, &mut mapping, corrections);
            mapping
        });
        if let Some(mapping) = self.mappings.get_mut(sheet) {
            *mapping = found;
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
        self.imported.told.extend(self.content.sheets_aside(&self.tables, &sheets));
    }
}

/// The table of a sheet that a column belongs to: one of those that stand side by side.
fn table_of(mapping: &Mapping, column: usize) -> &Mapping {
    let has = |one: &&Mapping| match &one.part {
        Some(part) => part.columns.iter().any(|&(first, last)| (first..=last).contains(&column)),
        None => true,
    };
    mapping.all().find(has).unwrap_or(mapping)
}

fn sheet(language: Language, table: &Table, mapping: Option<&Mapping>) -> Sheet {
    let reading = mapping.map(|mapping| {
        let below = table.rows.iter().filter(|row| Some(row.number) > mapping.heading_row);
        let below = below.skip(mapping.heading_rows.saturating_sub(1)).take(LOOKED_AT);
        let below: Vec<_> = below.collect();
        let column = |(place, column): (usize, &fentan_import::Column)| {
            let cells = below.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.trim());
            let samples = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
            let column = table_of(mapping, place).columns.get(place).unwrap_or(column);
            Column {
                heading: printable(&column.heading),
                samples: samples.map(printable).collect(),
                field: column.field.clone(),
                is_in_ten_thousands: column.zeros == 4,
            }
        };
        // Those beside the first are among its columns.
        let is_below = |one: &&Mapping| one.heading_row > mapping.heading_row;
        let further = mapping.further.iter().filter(is_below);
        Reading {
            heading_row: mapping.heading_row.unwrap_or_default(),
            columns: mapping.columns.iter().enumerate().map(column).collect(),
            further: further.flat_map(|one| report::mapping(language, one)).collect(),
        }
    });
    Sheet { name: printable(&table.name), is_hidden: table.hidden, reading }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(sheets: usize) -> Opened {
        let table = |number: usize| {
            let text = format!("房号,建筑面积\n{number}-1-101,60\n{number}-1-102,61\n");
            Table { name: format!("{number}号楼"), ..Table::from_text(&text) }
        };
        let tables = (1..=sheets).map(table).collect();
        Opened::new("book.xlsx".to_owned(), tables, Lines::default(), &Corrections::default())
    }

    #[test]
    fn of_thousands_of_sheets_a_few_are_shown_at_once_and_all_are_read() {
        let mut opened = opened(1000);
        let view = opened.view(Language::Chinese);
        assert_eq!((view.count, view.sheet_count), (2000, 1000));
        assert_eq!(view.sheets.len(), View::MOST_SHEETS);
        // What is drawn at once stays small, whatever the file holds.
        let bytes = written(&view).len();
        assert!(bytes < 20_000, "{bytes} bytes");
        let (mut corrections, mut language) = (Corrections::default(), Language::Chinese);
        opened.answer(Asked::Sheets(999), &mut corrections, &mut language, &mut drop);
        let view = opened.view(Language::Chinese);
        assert_eq!((view.first_sheet, view.sheets.len()), (999, 1));
        assert_eq!(view.sheets[0].name, "1000号楼");
    }

    #[test]
    fn a_column_that_says_who_takes_part_is_of_the_line_that_its_heading_names() {
        let text = "房号,建筑面积,是否参加3号楼加装电梯\n3-1-101,60,不参加\n3-1-102,61,参加\n";
        let named = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        let lines = vec![named("roof", "屋面防水"), named("lift", "3号楼加装电梯")];
        let tables = vec![Table::from_text(text)];
        let none = Corrections::default();
        let mut opened = Opened::new("a.csv".to_owned(), tables, Lines::default(), &none);
        let field = |opened: &Opened| {
            let view = opened.view(Language::Chinese);
            view.sheets[0].reading.as_ref().and_then(|reading| reading.columns[2].field.clone())
        };
        // Without lines nobody knows of which it is, which is asked in words of the page.
        assert_eq!(field(&opened), None);
        let asks = opened.view(Language::Chinese).asks.shown.join("\n");
        assert!(asks.contains("不参加") && !asks.contains("--"), "{asks}");
        let (mut corrections, mut language) = (none, Language::Chinese);
        opened.answer(Asked::Lines(lines), &mut corrections, &mut language, &mut drop);
        assert_eq!(field(&opened).as_deref(), Some("joins:lift"));
        let taken = taken(Content::Roster, false, &opened.imported);
        assert!(taken.values.contains(r#""joins":{"lift":false}"#), "{}", taken.values);
        // It can be made another line's.
        let asked = Asked::Assign(0, 2, Some("joins:roof".to_owned()));
        opened.answer(asked, &mut corrections, &mut language, &mut drop);
        let taken = self::taken(Content::Roster, false, &opened.imported);
        assert!(taken.values.contains(r#""joins":{"roof":false}"#), "{}", taken.values);
    }

    #[test]
    fn nothing_of_a_file_is_shown_that_steers_the_text_around_it() {
        let mark = '\u{202e}';
        let text = format!("房号,建筑面积,{mark}朝向\n3-1-101{mark},60,{mark}南\n");
        let table = Table { name: format!("{mark}一"), ..Table::from_text(&text) };
        let name = format!("{mark}a.csv");
        let none = Corrections::default();
        let opened = Opened::new(name, vec![table], Lines::default(), &none);
        let shown = written(&opened.view(Language::Chinese));
        let mark = mark.to_string();
        assert!(!shown.windows(mark.len()).any(|one| one == mark.as_bytes()));
    }
}
