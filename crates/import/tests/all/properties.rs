//! What holds for every table and every number.

use fentan_core::{Document, Fen, Plan, Value};
use fentan_import::number::{area, money, rate, weight};
use fentan_import::{Content, Imported, Mapping, Row, Table, address};
use proptest::collection::vec;
use proptest::prelude::*;

/// Whatever office tables are made of, and what is not.
fn cell() -> impl Strategy<Value = String> {
    let office = prop::sample::select(vec![
        "",
        " ",
        "户号",
        "房号",
        "楼号",
        "单元",
        "楼层",
        "面积（㎡）",
        "项目名称",
        "金额（万元）",
        "序号",
        "合计",
        "小计：",
        "3-1-501",
        "501室",
        "101",
        "3号楼",
        "二单元",
        "五层",
        "B1",
        "62.35㎡",
        "1,234.5",
        "68万元",
        "基础类",
        "一",
        "（一）",
        "1.1",
        "供水管网",
        "低保",
        "-",
        "单位：万元",
        "制表人：张三",
        "其中：",
        "\"",
        "charge:windows",
        "weight:heads",
        "id",
        "area",
        "name",
        "amount",
    ]);
    prop_oneof![4 => office.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[0-9.,%]{0,8}"]
}

fn table() -> impl Strategy<Value = Table> {
    vec(vec(cell(), 0..7), 0..12).prop_map(|rows| {
        let rows = (1..).zip(rows).map(|(number, cells)| Row { number, cells });
        Table { rows: rows.collect(), ..Table::default() }
    })
}

fn read(content: Content, table: &Table) -> (Imported, Mapping) {
    let mapping = content.mapping(table);
    (content.read(&[(table, mapping.clone())]), mapping)
}

/// Digits in groups, signs and units that change nothing.
fn dressed(plain: &str, dress: (bool, bool, bool, usize)) -> String {
    let (grouped, wide, plus, unit) = dress;
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    if wide {
        let widen = |one: char| char::from_u32(one as u32 + 0xfee0).unwrap_or(one);
        text = text.chars().map(widen).collect();
    }
    let sign = if plus { "+" } else { "" };
    let units = ["", "元", " 元", "圆"];
    format!(" {sign}{text}{} ", units[unit % units.len()])
}

/// A plan of one line and one household.
fn plan(amount: &str, area: &str) -> Result<Plan, String> {
    let plan = serde_json::json!({
        "fentan": 1,
        "lines": [{ "id": "gate", "amount": amount }],
        "households": [{ "id": "101", "area": area }],
    });
    let bytes = plan.to_string();
    let document =
        Document::from_json(bytes.as_bytes()).map_err(|problems| problems.to_string())?;
    Plan::read(&document, None).map_err(|problems| problems.to_string())
}

fn texts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Number(text) => vec![text.to_string()],
        Value::Fields(fields) => fields.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn rows_left_out_of_tables_side_by_side_stand_in_the_order_of_the_sheet() {
    let table = Table::from_text("id\t面积\tid\t面积\n合计\t\t合计\t\n合计\t\t合计\t\n");
    let (imported, mapping) = read(Content::Roster, &table);
    assert_eq!(mapping.all().count(), 2);
    let rows: Vec<_> = imported.left_out.iter().map(|one| one.row).collect();
    assert_eq!(rows, [2, 2, 3, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_table(text in any::<String>(), cells in vec(vec(cell(), 0..5), 0..8)) {
        let joined = |with: &str| {
            let rows: Vec<_> = cells.iter().map(|row| row.join(with)).collect();
            rows.join("\r\n")
        };
        for text in [text, joined("\t"), joined(","), joined(";")] {
            let table = Table::from_text(&text);
            read(Content::Roster, &table);
            read(Content::Works, &table);
        }
    }

    #[test]
    fn every_row_becomes_something_or_is_listed(table in table()) {
        for &content in Content::ALL {
            let (mut imported, mapping) = read(content, &table);
            // Of several tables in a sheet each has its heading, and those side by side the rows too.
            let tables = mapping.all().count();
            let headings = mapping.all().filter(|one| one.heading_row.is_some()).count();
            for sift in [false, true] {
                if sift {
                    imported.sift(content, &[(&table, mapping.clone())]);
                }
                let left_out = &imported.left_out;
                let listed = imported.values.len() + headings + left_out.len();
                prop_assert!(listed >= table.rows.len());
                prop_assert!(listed == table.rows.len() || tables > 1);
                for left_out in left_out {
                    let row = &table.rows[left_out.row as usize - 1];
                    for (cell, of_row) in left_out.cells.iter().zip(&row.cells) {
                        prop_assert!(cell == of_row || tables > 1 && cell.is_empty());
                    }
                }
                prop_assert!(left_out.is_sorted_by_key(|left_out| left_out.row));
            }
        }
    }

    #[test]
    fn what_is_sifted_is_a_plan_s(table in table()) {
        let (mut imported, mapping) = read(Content::Roster, &table);
        imported.sift(Content::Roster, &[(&table, mapping)]);
        let lines: Vec<_> = imported.charges().into_iter().map(|(line, charges)| {
            serde_json::json!({ "id": line, "kind": "individual", "charges": charges })
        }).collect();
        // Every word of hardship is one of the plan's.
        let hardships = imported.values.iter().filter_map(|home| home.get("hardship")?.text());
        let rates: serde_json::Map<_, _> =
            hardships.map(|code| (code.to_owned(), "0.5".into())).collect();
        let plan = serde_json::json!({
            "fentan": 1, "lines": lines, "households": imported.values, "relief": { "rates": rates },
        });
        let bytes = plan.to_string();
        let document = Document::from_json(bytes.as_bytes()).expect("JSON");
        let read = Plan::read(&document, None);
        prop_assert!(read.is_ok(), "{:?}", read.err());
    }

    #[test]
    fn what_is_made_holds_no_empty_text_and_is_json(table in table()) {
        let roster = read(Content::Roster, &table).0;
        let budget = read(Content::Works, &table).0;
        let charges: Vec<_> = roster.charges().into_iter().map(|(_, charges)| charges).collect();
        for value in roster.values.iter().chain(&charges).chain(&budget.values) {
            prop_assert!(texts(value).iter().all(|text| !text.is_empty()));
            let json = serde_json::to_string(value).expect("JSON");
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{}", json);
        }
    }

    #[test]
    fn money_reaches_the_plan_to_the_fen(
        fen in 0..=1_000_000_000_000_000u64,
        dress: (bool, bool, bool, usize),
    ) {
        let plain = format!("{}.{:02}", fen / 100, fen % 100);
        let read = money(&dressed(&plain, dress)).into_owned();
        let plan = plan(&read, "60").map_err(TestCaseError::fail)?;
        prop_assert_eq!(plan.lines()[0].amount, Fen(u128::from(fen)));
    }

    #[test]
    fn money_in_ten_thousands_reaches_the_plan_to_the_fen(fen in 0..=1_000_000_000_000_000u64) {
        let typed = format!("{}.{:06}万元", fen / 1_000_000, fen % 1_000_000);
        let plan = plan(&money(&typed), "60").map_err(TestCaseError::fail)?;
        prop_assert_eq!(plan.lines()[0].amount, Fen(u128::from(fen)));
    }

    #[test]
    fn an_area_reaches_the_plan_exactly(millionths in 1..=1_000_000_000_000u64) {
        let typed = format!("{}.{:06}㎡", millionths / 1_000_000, millionths % 1_000_000);
        let plan = plan("1", &area(&typed)).map_err(TestCaseError::fail)?;
        prop_assert_eq!(plan.households()[0].area.millionths(), millionths);
    }

    #[test]
    fn what_was_understood_stays_as_it_is(typed in cell()) {
        let reads: [fn(&str) -> std::borrow::Cow<'_, str>; 7] = [
            money, area, weight, rate, address::floor, address::building, address::unit,
        ];
        for read in reads {
            let once = read(&typed).into_owned();
            prop_assert_eq!(read(&once), once.as_str());
        }
    }

    #[test]
    fn money_is_a_decimal_or_what_was_typed(typed in prop_oneof![
        cell(), "[-+¥￥ ]{0,2}[0-9０-９,， ]{0,8}[.．]?[0-9]{0,7} ?(元|万|万元|亿|㎡)?",
    ]) {
        let read = money(&typed);
        if read != typed {
            let digits = read.strip_prefix('-').unwrap_or(&read);
            let accepted = plan(digits, "60");
            let too_large = accepted.as_ref().is_err_and(|why| why.contains("too-large"));
            prop_assert!(accepted.is_ok() || too_large, "{} {:?}", read, accepted.err());
        }
    }
}
