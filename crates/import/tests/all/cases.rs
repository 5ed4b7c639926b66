//! Shapes of public files that were once read wrongly or refused, each with its right value:
//! `docs/import.md` says what kind of fault each stands for. Names and numbers are invented.

use std::fs;
use std::path::Path;

use fentan_core::Value;
use fentan_import::report::Place;
use fentan_import::{Content, Imported, Kind, Reason, Unreadable, open, report};
use fentan_words::Language;

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    fs::read(folder.join(name)).expect("a case")
}

fn text<'v>(value: &'v Value<'_>, field: &str) -> &'v str {
    value.get(field).and_then(Value::text).unwrap_or_default()
}

/// A home as `id building/unit/floor area`, a line as `name amount`.
fn short(content: Content, value: &Value<'_>) -> String {
    let field = |name: &str| text(value, name).to_owned();
    match content {
        Content::Roster => format!(
            "{} {}/{}/{} {}",
            field("id"),
            field("building"),
            field("unit"),
            field("floor"),
            field("area")
        ),
        Content::Works => format!("{} {}", field("name"), field("amount")),
    }
}

#[track_caller]
fn holds(content: Content, name: &str, values: &[&str], asks: &[Kind]) -> Imported {
    let tables = open(&bytes(name)).unwrap_or_else(|why| unreachable!("{name}: {}", why.as_str()));
    let sheets = content.sheets(&tables);
    let mut imported = content.read(&sheets);
    imported.sift(content, &sheets);
    let read: Vec<_> = imported.values.iter().map(|value| short(content, value)).collect();
    assert_eq!(read, values, "{name}: {:?} {:?}", imported.told, imported.left_out);
    let asked: Vec<_> =
        imported.told.iter().map(|told| told.kind).filter(|kind| kind.asks()).collect();
    assert_eq!(asked, asks, "{name}: {:?}", imported.told);
    imported
}

#[track_caller]
fn roster(name: &str, homes: &[&str], asks: &[Kind]) -> Imported {
    holds(Content::Roster, name, homes, asks)
}

#[track_caller]
fn works(name: &str, lines: &[&str], asks: &[Kind]) -> Imported {
    holds(Content::Works, name, lines, asks)
}

/// The rows that were left out and should be looked at.
fn unusable(imported: &Imported) -> Vec<(u64, Reason)> {
    let left_out = imported.left_out.iter().filter(|one| one.reason.is_unusable());
    left_out.map(|one| (one.row, one.reason)).collect()
}

/// What is said of faults, in Chinese.
fn faults(imported: &Imported) -> Vec<String> {
    let faults = report::faults(&imported.left_out);
    faults.iter().map(|one| report::fault(Language::Chinese, Place::CommandLine, one)).collect()
}

/// The figures stated and read that differ.
fn differences(imported: &Imported) -> Vec<(String, String)> {
    let checks = imported.checks().into_iter().filter(|check| !check.agrees);
    checks.map(|check| (check.stated, check.read)).collect()
}

/// The homes of one building that many cases of the same file must have.
const SAME: [&str; 3] = ["101 3/1/1 62.35", "102 3/1/1 58.1", "201 3/1/2 62.35"];

#[track_caller]
fn is_clean(imported: &Imported) {
    assert_eq!(unusable(imported), []);
    assert_eq!(differences(imported), []);
}

#[test]
fn headings_of_real_systems() {
    let exported = roster(
        "F01/asset-export.xlsx",
        &[
            "1-1-101 1/1/1 74.36",
            "1-1-201 1/1/2 74.36",
            "2-1-101 2/1/1 98.70",
            "2-1-201 2/1/2 98.70",
        ],
        &[],
    );
    is_clean(&exported);
    let register = roster(
        "F03/register.csv",
        &["9-1-1 9/1/ 89.50", "9-1-2 9/1/ 75.20", "9-2-1 9/2/ 99.00", "10-1-1 10/1/ 60.00"],
        &[],
    );
    is_clean(&register);
    let roll = roster(
        "F04/roll.csv",
        &["3-1-101 3/1/1 62.35", "3-1-102 3/1/1 58.10", "3-1-201 3/1/2 62.35"],
        &[],
    );
    is_clean(&roll);
    // Its total and its count of homes are compared.
    assert_eq!(roll.checks().len(), 2);
    is_clean(&roster(
        "F24/fee-template.xlsx",
        &["1-1-101 1/1/1 62.35", "1-1-102 1/1/1 58.10"],
        &[],
    ));
    is_clean(&works("F06/boq.csv", &["土方开挖 200", "土方回填 240"], &[]));
    is_clean(&works("F06/boq-dinge.csv", &["屋面卷材防水 82200", "塑料给水管 13500"], &[]));
}

#[test]
fn members_of_a_family_are_no_homes() {
    let imported =
        roster("F02/template.csv", &["101 1/1/1 89.5", "102 1/1/1 89.5", "A01 商业区// 80"], &[]);
    is_clean(&imported);
    assert!(imported.left_out.iter().any(|one| one.row == 3 && one.reason == Reason::Relative));
}

#[test]
fn a_ledger_with_several_rows_for_a_home_is_asked_about() {
    let imported = roster(
        "F05/ledger.tsv",
        &["3-1-501 3/1/5 89.50", "3-1-502 3/1/5 112.30", "3-2-601 3/2/6 98.70"],
        &[],
    );
    assert_eq!(
        unusable(&imported),
        [(3, Reason::SameId), (5, Reason::SameId), (7, Reason::SameId)]
    );
    assert_eq!(text(&imported.values[0], "fund_balance"), "23170.00");
}

#[test]
fn surveying_programs_write_xml_and_web_pages() {
    is_clean(&roster("F07/survey.xls", &["101 3//1 62.35", "201 3//2 62.35"], &[]));
    is_clean(&roster("F08/export.xls", &["3-1-101 3/1/1 62.35"], &[]));
}

#[test]
fn files_that_excel_opens() {
    let readings = ["3-1-101 3/1/1 62.35", "3-1-102 3/1/1 58.1"];
    is_clean(&roster("F09/phonetic.xlsx", &readings, &[]));
    is_clean(&roster("F10/no-v.xlsx", &["3-1-101 3/1/1 62.35"], &[]));
    is_clean(&roster("F11/strict.xlsx", &["3-1-101 3/1/1 62.35"], &[]));
    is_clean(&roster("F12/no-refs.xlsx", &readings, &[]));
    for name in ["F15/sep.csv", "F15/sep-semicolon.csv"] {
        is_clean(&roster(name, &["3-1-101 3/1/1 62.35", "3-1-102 3/1/1 58.10"], &[]));
    }
    for name in [
        "F26/backslash.xlsx",
        "F38/absolute.xlsx",
        "F38/base.xlsx",
        "F38/case.xlsx",
        "F38/prefix.xlsx",
        "F38/prefixed-rels.xlsx",
        "F38/utf16.xlsx",
        "F38/zip64.xlsx",
        "F40/dimension.xlsx",
        "F40/veryhidden.xlsx",
        "F41/roster.et",
        "F41/xlsx-named.xls",
        "F41/tsv-named.xls",
    ] {
        is_clean(&roster(name, &SAME, &[]));
    }
    for name in ["F27/BOOK.xls", "F27/Book-biff8.xls", "F27/WORKBOOK.xls", "F27/plain.xls"] {
        is_clean(&roster(name, &SAME[..2], &[]));
    }
    let names: Vec<String> = ["F39/base.xlsx", "F39/escapes.xlsx", "F39/shared-escapes.xlsx"]
        .iter()
        .map(|name| {
            let imported = roster(name, &["101 // 62.35", "102 // 58.1", &*last_id(name)], &[]);
            text(&imported.values[1], "name").to_owned()
        })
        .collect();
    assert_eq!(names, ["乙一", "乙一", "乙一"]);
}

fn last_id(name: &str) -> String {
    let id = if name.contains("base") { "201_x" } else { "201_x0041_" };
    format!("{id} // 60")
}

#[test]
fn dates_that_were_flats() {
    for name in ["F13/dates-1900.xlsx", "F13/dates-1904.xlsx"] {
        is_clean(&roster(name, &["1-2 3// 60", "3-12 3// 61", "12-1 3// 62"], &[]));
    }
}

#[test]
fn formulas_of_nothing() {
    let imported =
        roster("F14/empty-formulas.xlsx", &["3-1-101 3/1/1 62.35", "3-1-102 3/1/1 58.1"], &[]);
    is_clean(&imported);
    assert_eq!(text(&imported.values[0], "fund_balance"), "");
    assert_eq!(text(&imported.values[1], "provident"), "15000");
}

#[test]
fn texts_that_programs_wrap() {
    for name in ["F16/formula-text.csv", "F16/tab-prefixed.csv"] {
        is_clean(&roster(name, &["0101 3/1/1 62.35", "0102 3/1/1 58.10"], &[]));
    }
    let marked = ["3-1-0101 3/1/1 62.35", "3-1-0102 3/1/1 58.10"];
    is_clean(&roster("F16/unit-separator.csv", &marked, &[]));
}

#[test]
fn letters_have_no_floor_and_that_is_told() {
    let imported = roster(
        "F19/letters.csv",
        &["1-25H 1// 86.20", "1-12D 1// 78.40", "3-12D 3// 78.40", "3-A01 3// 50"],
        &[],
    );
    is_clean(&imported);
    let told = imported.told.iter().find(|told| told.kind == Kind::NoFloor).expect("told");
    assert_eq!(told.rows, [2, 3, 4, 5]);
}

#[test]
fn buildings_that_say_what_they_are_for() {
    is_clean(&roster(
        "F20/addresses.csv",
        &[
            "37号楼1单元101 37/1/1 62.35",
            "37号住宅楼1单元101 37号住宅楼/1/1 58.10",
            "6号商业住宅楼1单元201 6号商业住宅楼/1/2 70",
        ],
        &[],
    ));
    is_clean(&roster(
        "F20/columns.csv",
        &[
            "37-1-101 37/1/1 62.35",
            "37号住宅楼-1-101 37号住宅楼/1/1 58.10",
            "6号商业住宅楼-1-201 6号商业住宅楼/1/2 70",
        ],
        &[],
    ));
}

#[test]
fn floors_with_their_building() {
    is_clean(&roster(
        "F22/levy.csv",
        &["2-201 2//2 89.5", "2-202 2//2 75.2", "2-1001 2//10 89.5"],
        &[],
    ));
}

#[test]
fn numbers_as_other_programs_write_them() {
    let imported =
        roster("F28/pandas.csv", &["101 3/1/1 62.35", "102 3/1/1 58.1", "201 3/2/2 62.35"], &[]);
    is_clean(&imported);
    is_clean(&roster("F29/rare.csv", &["101 // 62.35", "102 // 58.10", "201 // 62.35"], &[]));
}

#[test]
fn owners_that_a_spreadsheet_rounded() {
    let imported = roster(
        "F30/sci.csv",
        &["101 // 62.35", "102 // 58.10", "201 // 62.35", "202 // 58.10", "301 // 62.35"],
        &[Kind::OwnerUnusable],
    );
    assert!(imported.values.iter().all(|home| text(home, "owner").is_empty()));
}

#[test]
fn an_area_merged_over_two_flats() {
    let imported = roster("F31/merged-area.xlsx", &["101 // 120.7", "201 // 62.35"], &[]);
    assert_eq!(
        faults(&imported),
        [
            "工作表“Sheet1”：第 3 行，C 列（建筑面积）：与上面的行合并成一格，是几户共有的一个数；请拆开，分别填写"
        ]
    );
}

#[test]
fn several_flats_in_a_row() {
    let imported = roster(
        "F32/several.csv",
        &["101、102 3//1 120.70", "201-202 3//2 120.70", "301/302 3//3 120.70", "401 3//4 60.35"],
        &[],
    );
    is_clean(&imported);
    let told = imported.told.iter().find(|told| told.kind == Kind::SeveralFlats).expect("told");
    assert_eq!(told.rows, [2, 3, 4]);
}

#[test]
fn footers_are_no_faults() {
    is_clean(&roster("F33/footers.xlsx", &SAME, &[]));
    let survey = roster("F37/survey.xlsx", &["3-1-101 3/1/1 62.35", "3-1-102 3/1/1 58.1"], &[]);
    is_clean(&survey);
}

#[test]
fn deductions_and_what_is_no_amount() {
    let imported = works("F34/amounts.xlsx", &["屋面防水 120000.00", "设计费 12000"], &[]);
    assert_eq!(differences(&imported), [("527000".to_owned(), "132000".to_owned())]);
    let said = faults(&imported).join("\n");
    assert!(said.contains("是负数（括号里的数也是负数）"), "{said}");
}

#[test]
fn quantity_times_price() {
    let imported = works(
        "F35/product.xlsx",
        &["屋面防水 95500", "雨水管 13500", "门窗 12000"],
        &[Kind::Product],
    );
    is_clean(&imported);
    let told = imported.told.iter().find(|told| told.kind == Kind::Product).expect("told");
    let said = report::told(Language::Chinese, Place::CommandLine, told);
    assert!(said.contains("12 × 850 = ¥10,200.00，写的是 ¥12,000.00"), "{said}");
}

#[test]
fn areas_as_hands_write_them() {
    let imported = roster(
        "F36/areas.csv",
        &["101 // 62.35", "102 // 1062.35", "201 // 62.35", "202 // 62.35"],
        &[],
    );
    assert_eq!(unusable(&imported).len(), 6);
    // Together where one thing is the matter.
    assert_eq!(faults(&imported).len(), 1);
}

#[test]
fn ditto_marks_blanks_and_merged_cells() {
    let homes = [
        "3-1-101 3/1/1 62.35",
        "3-1-102 3/1/1 58.1",
        "3-2-101 3/2/1 62.35",
        "3-2-102 3/2/1 58.1",
        "4-1-101 4/1/1 62.35",
        "4-1-102 4/1/1 58.1",
    ];
    for name in ["F42/ditto.xlsx", "F42/blanks.xlsx", "F42/merged.xlsx"] {
        is_clean(&roster(name, &homes, &[]));
    }
}

#[test]
fn totals_by_another_name_and_titles_of_more_than_their_parts() {
    is_clean(&works("F43/total-word.csv", &["屋面防水 120000", "外墙保温 300000"], &[]));
    works(
        "F43/title-more-than-parts.csv",
        &["屋面工程 10000", "防水 50000", "保温 30000", "外墙 300000"],
        &[Kind::MoreThanParts],
    );
}

#[test]
fn what_is_refused_is_refused_for_the_true_reason() {
    let refused = |bytes: &[u8]| open(bytes).err();
    assert_eq!(refused(b"\x09\x04\x06\x00\x00\x00\x10\x00"), Some(Unreadable::OldExcel));
    assert_eq!(refused(b"%PDF-1.7"), Some(Unreadable::OtherFormat));
}
