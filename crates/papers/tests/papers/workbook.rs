//! The workbook, read back by another library.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use fentan_core::{Day, Fen, Plan, Split};
use fentan_papers::{Error, Format, Paper, Papers};
use fentan_words::{Language, say};

use crate::{SMALL, part, puyang, read, vectors, written};

/// A workbook whose cells can be asked for.
pub struct Book(Xlsx<Cursor<Vec<u8>>>);

impl Book {
    pub fn open(file: Vec<u8>) -> Book {
        Book(open_workbook_from_rs(Cursor::new(file)).expect("a workbook"))
    }

    pub fn sheets(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// The rows of a sheet, from the first row on that has anything.
    pub fn rows(&mut self, sheet: &str) -> Vec<Vec<Data>> {
        let range = self.0.worksheet_range(sheet).expect("the sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    }

    /// Each formula of a sheet with its cell.
    pub fn formulas(&mut self, sheet: &str) -> Vec<((u32, u32), String)> {
        let range = self.0.worksheet_formula(sheet).expect("the sheet");
        let (row, column) = range.start().unwrap_or_default();
        let used = range.used_cells();
        used.map(|(at, column_at, formula)| {
            ((row + at as u32, column + column_at as u32), formula.clone())
        })
        .collect()
    }
}

/// A number as yuan with two decimals, which is how it is shown.
pub fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => format!("{number:.2}"),
        Data::Int(number) => format!("{number}.00"),
        other => other.to_string(),
    }
}

/// Asserts that a workbook's totals are the split's, to the fen, and that its own checks hold.
#[track_caller]
pub fn assert_adds_up(name: &str, plan: &Plan, split: &Split, book: &mut Book) {
    let say = |key: &str| say(Language::Chinese, key);
    let total_of = |rows: &[Vec<Data>]| -> Vec<String> {
        let total =
            rows.iter().rev().find(|row| row.first() == Some(&Data::String(say("papers.total"))));
        total.expect("a total").iter().map(shown).collect()
    };
    let lines = total_of(&book.rows(&say("papers.sheet.lines")));
    let sum = |amounts: &mut dyn Iterator<Item = Fen>| amounts.sum::<Fen>().to_string();
    assert_eq!(lines[5], split.budget.to_string(), "{name}: budget");
    let sources = plan.sources().len();
    for (index, source) in split.sources.iter().take(sources).enumerate() {
        assert_eq!(lines[6 + index], source.paid.to_string(), "{name}: {}", source.id);
    }
    let residents = &mut split.lines.iter().map(|line| line.left_to_residents);
    assert_eq!(lines[8 + sources], sum(residents), "{name}: residents of lines");

    let households = total_of(&book.rows(&say("papers.sheet.households")));
    let all = || split.households.iter();
    for (column, amount) in [
        (5, sum(&mut all().map(|one| one.share))),
        (6, sum(&mut all().map(|one| one.relief))),
        (7, sum(&mut all().map(|one| one.borne))),
        (8, sum(&mut all().map(|one| one.top_up))),
        (9, sum(&mut all().map(|one| one.individual))),
        (10, split.residents.to_string()),
        (11, sum(&mut all().map(|one| one.paid.in_kind))),
        (12, sum(&mut all().map(|one| one.paid.public_revenue))),
        (13, sum(&mut all().map(|one| one.paid.maintenance_fund))),
        (14, sum(&mut all().map(|one| one.paid.provident_fund))),
        (15, sum(&mut all().map(|one| one.paid.owner_unit))),
        (16, sum(&mut all().map(|one| one.paid.cash))),
        (19, sum(&mut all().filter_map(|one| one.replenish))),
    ] {
        assert_eq!(households[column], amount, "{name}: column {column} of households");
    }

    let detail = total_of(&book.rows(&say("papers.sheet.detail")));
    for (index, line) in split.lines.iter().enumerate() {
        assert_eq!(
            detail[1 + index],
            line.left_to_residents.to_string(),
            "{name}: detail of {}",
            line.id
        );
    }
    assert_eq!(detail[2 + split.lines.len()], split.residents.to_string(), "{name}: detail");

    let paid: Vec<_> = total_of(&book.rows(&say("papers.sheet.sources")));
    let of_sources = &mut split.sources.iter().map(|source| source.paid);
    assert_eq!(paid[5], sum(of_sources), "{name}: sources");

    let (holds, differs) = (say("papers.sheet.adds-up"), say("papers.sheet.differs"));
    let mut checks = 0;
    for sheet in book.sheets() {
        for cell in book.rows(&sheet).iter().flatten() {
            assert_ne!(cell, &Data::String(differs.clone()), "{name}: {sheet}");
            checks += usize::from(cell == &Data::String(holds.clone()));
        }
    }
    let expected = split.lines.len() + 2 * split.households.len() + 3 + 4;
    assert_eq!(checks, expected, "{name}: checks");
}

#[test]
fn every_total_is_the_splits() {
    for (name, plan, split) in vectors() {
        let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
        assert_adds_up(name, &plan, &split, &mut Book::open(file));
    }
    let (plan, split) = puyang();
    let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
    assert_adds_up("puyang", &plan, &split, &mut Book::open(file));
}

/// Asserts that the fund centre's sheet adds up in every row and in its sums, and is the split's.
#[track_caller]
pub fn assert_fund_sheet_adds_up(name: &str, plan: &Plan, split: &Split, book: &mut Book) {
    let rows = book.rows(&say(Language::Chinese, "papers.sheet.fund-sheet"));
    let total = say(Language::Chinese, "papers.total");
    let at = rows.iter().rposition(|row| row.first() == Some(&Data::String(total.clone())));
    let at = at.expect("a total");
    let amounts = |row: &[Data]| -> Vec<u128> {
        let fen = |cell: &Data| shown(cell).replace('.', "").parse().expect("an amount");
        row[6..10].iter().map(fen).collect()
    };
    let first = rows.iter().position(|row| row.first() == Some(&Data::String("房屋编号".into())));
    let listed = &rows[first.expect("the headings") + 1..at];
    let mut sums = vec![0; 4];
    let holds = Data::String(say(Language::Chinese, "papers.sheet.adds-up"));
    for row in listed {
        let amounts = amounts(row);
        assert_eq!(amounts[0], amounts[1..].iter().sum::<u128>(), "{name}: {row:?}");
        assert_eq!(row[13], holds, "{name}: {row:?}");
        sums.iter_mut().zip(&amounts).for_each(|(sum, amount)| *sum += amount);
    }
    assert_eq!(amounts(&rows[at]), sums, "{name}: sums");
    assert_eq!(rows[at][13], holds, "{name}: sums");
    let shared: Fen = split.households.iter().map(|one| one.due - one.individual).sum();
    let drawn: Fen = split.households.iter().map(|one| one.paid.maintenance_fund).sum();
    assert_eq!((sums[0], sums[1] + sums[2]), (shared.0, drawn.0), "{name}");
    assert!(listed.len() <= plan.households().len());
}

#[test]
fn the_fund_sheet_is_the_splits_in_every_row_and_in_its_sums() {
    let puyang = puyang();
    let plans = vectors().chain([("puyang", puyang.0, puyang.1)]);
    for (name, plan, split) in plans {
        let file = written(Language::Chinese, &plan, &split, Paper::FundSheet, Format::Xlsx);
        assert_fund_sheet_adds_up(name, &plan, &split, &mut Book::open(file));
    }
}

#[test]
fn the_fund_papers_in_both_languages() {
    let (plan, split) = read(SMALL);
    for language in Language::ALL {
        let mut text = String::new();
        for paper in [Paper::FundSheet, Paper::FundOpinions] {
            let mut book = Book::open(written(language, &plan, &split, paper, Format::Xlsx));
            for sheet in book.sheets() {
                text.push_str(&format!("== {sheet}\n"));
                for row in book.rows(&sheet) {
                    let cells: Vec<_> = row.iter().map(ToString::to_string).collect();
                    text.push_str(&format!("{}\n", cells.join(" | ")));
                }
                for ((row, column), formula) in book.formulas(&sheet) {
                    text.push_str(&format!("  {row},{column} ={formula}\n"));
                }
            }
        }
        insta::assert_snapshot!(format!("fund-papers-{}", language.tag()), text);
    }
}

#[test]
fn what_looks_like_a_formula_is_a_text() {
    let (plan, split) = read(SMALL);
    let file = written(Language::English, &plan, &split, Paper::Workbook, Format::Xlsx);
    let mut book = Book::open(file);
    let households = book.rows("Households");
    assert!(households.iter().flatten().any(|cell| cell == &Data::String("=1+1".to_owned())));
    for sheet in book.sheets() {
        for (_, formula) in book.formulas(&sheet) {
            assert!(!formula.contains("HYPERLINK"), "{formula}");
        }
    }
}

#[test]
fn sheets_in_english() {
    let (plan, split) = read(SMALL);
    let file = written(Language::English, &plan, &split, Paper::Workbook, Format::Xlsx);
    let mut book = Book::open(file);
    let mut text = String::new();
    for sheet in book.sheets() {
        text.push_str(&format!("== {sheet}\n"));
        for row in book.rows(&sheet) {
            let cells: Vec<_> = row.iter().map(ToString::to_string).collect();
            text.push_str(&format!("{}\n", cells.join(" | ")));
        }
        for ((row, column), formula) in book.formulas(&sheet) {
            text.push_str(&format!("  {row},{column} ={formula}\n"));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn an_amount_that_would_lose_its_fen_is_refused() {
    let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "1000000000000.01" }],
        "households": [{ "id": "1", "area": "60" }] }"#;
    let (plan, split) = read(plan.as_bytes());
    let packs = fentan_core::Packs::default();
    let date = Day::read("2026-11-27").expect("a day");
    let papers = Papers::new(Language::English, &plan, &split, &packs, date).expect("papers");
    let mut file = Cursor::new(Vec::new());
    let refused = papers.write(Paper::Workbook, Format::Xlsx, &mut file, &mut |_| {});
    assert!(matches!(refused, Err(Error::TooLarge { .. })), "{refused:?}");
}

/// `&8` is a size; digits behind it would be read as part of it.
#[test]
fn the_foot_of_a_sheet_keeps_the_year() {
    let (plan, split) = read(SMALL);
    let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("&amp;L&amp;8 2026年11月27日"), "{sheet}");
}
