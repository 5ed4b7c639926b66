//! Shapes of real files that were once read wrongly, or refused although nothing is wrong with
//! them: one kind after the other.

use fentan_import::{Content, Imported, Kind, Reason, Table, open};
use rust_xlsxwriter::{Format, Workbook};

fn tables(content: Content, tables: &[Table]) -> Imported {
    let sheets = content.sheets(tables);
    let mut imported = content.read(&sheets);
    imported.sift(content, &sheets);
    imported
}

fn roster(text: &str) -> Imported {
    tables(Content::Roster, &[Table::from_text(text)])
}

fn works(text: &str) -> Imported {
    tables(Content::Works, &[Table::from_text(text)])
}

fn sheet(name: &str, text: &str) -> Table {
    Table { name: name.to_owned(), ..Table::from_text(text) }
}

/// Fields of each value, with blanks between.
fn held(imported: &Imported, fields: &[&str]) -> Vec<String> {
    let text = |field: &&str, at: usize| {
        let value = imported.values[at].get(field).and_then(|value| value.text());
        value.unwrap_or_default().to_owned()
    };
    let value = |at| fields.iter().map(|field| text(field, at)).collect::<Vec<_>>().join(" ");
    (0..imported.values.len()).map(value).collect()
}

#[track_caller]
fn is_clean(imported: &Imported) {
    assert!(!imported.asks(), "{:?} {:?}", imported.told, imported.checks());
    let unusable = imported.left_out.iter().find(|one| one.reason.is_unusable());
    assert_eq!(unusable, None);
}

#[track_caller]
fn asks(imported: &Imported, kind: Kind, rows: &[u64]) {
    let told = imported.told.iter().find(|told| told.kind == kind);
    assert_eq!(told.map(|told| &*told.rows), Some(rows), "{:?}", imported.told);
    assert!(kind.asks());
}

#[test]
fn rows_that_number_the_columns_or_say_their_units_are_no_homes() {
    for under in ["1,2,3,4,5", "甲,乙,丙,1,2", "A,B,C,D,E=C+D", "（1）,（2）,（3）,（4）,（5）"]
    {
        let read =
            roster(&format!("楼号,单元,房号,户主,面积\n{under}\n3,1,101,甲,60\n3,1,102,乙,61\n"));
        is_clean(&read);
        assert_eq!(held(&read, &["building", "id"]), ["3 101", "3 102"], "{under}");
    }
    let read = roster("楼号,单元,房号,户主,面积\n,,,,（㎡）\n3,1,101,甲,60\n");
    is_clean(&read);
    assert_eq!(read.values.len(), 1);
    // Without a row of headings nothing is numbered.
    let read = roster("楼号,单元,房号,户主,面积\n1,2,303,甲,60\n");
    assert_eq!(held(&read, &["building", "unit", "id"]), ["1 2 303"]);
}

#[test]
fn units_in_a_row_of_their_own_hold_for_their_columns() {
    let read = works("序号,工程项目,工程量,投资\n,,㎡,万元\n1,屋面防水,300,12.5\n,合计,,12.5\n");
    is_clean(&read);
    assert_eq!(held(&read, &["name", "amount"]), ["屋面防水 125000"]);
}

#[test]
fn a_heading_that_is_divided_in_columns_that_are_not_used_takes_two_rows() {
    let read = works(
        "序号,项目名称,总投资（元）,资金来源,,\n,,,中央,省级,居民\n1,屋面防水,600,300,200,100\n",
    );
    is_clean(&read);
    assert_eq!(held(&read, &["name", "amount"]), ["屋面防水 600"]);
    assert!(read.left_out.iter().any(|one| one.reason == Reason::SecondHeading));
}

#[test]
fn totals_of_pages_are_told_by_their_sums_and_asked_about_otherwise() {
    let page = |total: &str| {
        format!(
            "楼号,单元,房号,业主,面积\n3,1,101,甲,60\n3,1,102,乙,61\n,,页尾数,,{total}\n3,1,201,丙,62\n"
        )
    };
    let read = roster(&page("121"));
    is_clean(&read);
    assert_eq!(read.values.len(), 3);
    asks(&roster(&page("999")), Kind::NoFlat, &[4]);
    // A shop has no number, and is one all the same.
    let read = roster("楼号,单元,房号,业主,面积\n3,1,101,甲,60\n3,1,102,乙,61\n3,,门面房,丙,30\n");
    is_clean(&read);
    assert_eq!(read.values.len(), 3);
}

#[test]
fn sentences_below_a_table_are_no_homes() {
    let read = roster("房号,户主,面积\n3-1-101,甲,60\n本表一式三份,,\n社区负责人签字,,\n");
    is_clean(&read);
    assert_eq!(read.values.len(), 1);
}

#[test]
fn how_many_homes_a_note_counts_is_compared() {
    for note in ["以上共计3户", "注：本表共3户", "全小区总计3户"] {
        let read = roster(&format!("房号,户主,面积\n3-1-101,甲,60\n3-1-102,乙,60\n{note},,\n"));
        assert!(read.checks().iter().any(|check| !check.agrees), "{note}");
    }
    let read = roster("房号,户主,面积\n3-1-101,甲,60\n其中低保户共计1户,,\n");
    is_clean(&read);
}

#[test]
fn a_column_of_addresses_tells_homes_apart_whatever_it_is_called() {
    let text = "序号,具体所在,业主,面积\n1,3号楼1单元101,甲,60\n2,3号楼1单元102,乙,61\n";
    let read = roster(text);
    is_clean(&read);
    assert_eq!(held(&read, &["building", "unit", "floor"]), ["3 1 1", "3 1 1"]);
}

#[test]
fn who_is_related_to_the_owner_is_no_owner() {
    let read = roster(
        "楼号,单元,房号,姓名,与户主关系,面积\n3,1,101,甲,户主,60\n3,1,101,乙,儿媳,60\n3,1,101,丙,外甥,60\n\
         3,1,102,丁,户主,61\n3,1,102,戊,共有人,61\n",
    );
    assert_eq!(held(&read, &["name"]), ["甲", "丁、戊"]);
    let relatives = read.left_out.iter().filter(|one| one.reason == Reason::Relative);
    assert_eq!(relatives.map(|one| one.row).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn flats_counted_on_each_floor_are_told_apart_by_it() {
    let read = roster(
        "楼号,单元,楼层,户号,姓名,面积\n3,1,1,东户,甲,60\n3,1,1,西户,乙,61\n3,1,2,东户,丙,60\n3,1,2,西户,丁,61\n",
    );
    is_clean(&read);
    assert_eq!(held(&read, &["id"]), ["3-1-1-东", "3-1-1-西", "3-1-2-东", "3-1-2-西"]);
}

#[test]
fn flats_of_two_units_without_a_building_are_told_apart() {
    let read = roster("单元,房号,姓名,面积\n1单元,101,甲,60\n2单元,101,乙,61\n");
    is_clean(&read);
    assert_eq!(held(&read, &["id", "unit"]), ["1-101 1", "2-101 2"]);
}

#[test]
fn sheets_and_titles_say_buildings_units_and_phases() {
    let rows = "房号,户主,面积\n101,甲,60\n201,乙,61\n";
    let titled = |sheet_name, title| sheet(sheet_name, &format!("{title}\n{rows}"));
    let named = |name| sheet(name, rows);
    let of = |all: &[Table]| {
        let read = tables(Content::Roster, all);
        is_clean(&read);
        held(&read, &["building", "unit"])
    };
    let units = ["10 1", "10 1", "10 2", "10 2"];
    assert_eq!(of(&[titled("1单元", "10号楼住户表"), titled("2单元", "10号楼住户表")]), units);
    assert_eq!(of(&[titled("甲", "10号楼1单元住户表"), titled("乙", "10号楼2单元住户表")]), units);
    let buildings = ["7 ", "7 ", "8 ", "8 "];
    assert_eq!(of(&[named("7号楼名册"), named("8号楼名册")]), buildings);
    assert_eq!(of(&[named("7"), named("8")]), buildings);
    let of_rows = |text: &str| {
        let read = roster(text);
        is_clean(&read);
        held(&read, &["building", "unit"])
    };
    let phases = "楼号,房号,户主,面积\n一期,,,\n1,101,甲,60\n二期,,,\n1,101,乙,61\n";
    assert_eq!(of_rows(phases), ["一期1 ", "二期1 "]);
    let banners = "房号,户主,面积\n3号楼1单元（共1户）：,,\n101,甲,60\n3-2（共1户）,,\n101,乙,61\n";
    assert_eq!(of_rows(banners), ["3 1", "3 2"]);
    assert!(roster(&banners.replace("1户", "2户")).asks());
}

#[test]
fn marks_that_make_texts_of_numbers_are_none_of_them() {
    let read = roster("房号,户主,面积\n'3-1-101,甲,'62.35\n'3-1-102,乙,'60\n");
    is_clean(&read);
    assert_eq!(held(&read, &["id", "area"]), ["3-1-101 62.35", "3-1-102 60"]);
}

#[test]
fn rows_without_a_number_below_one_that_says_of_which_are_parts() {
    let text = "序号,名称,金额\n1,屋面防水,600\n,其中：人工费,100\n,材料费,200\n2,外墙保温,400\n";
    let read = works(&format!("{text},合计,1000\n"));
    is_clean(&read);
    assert_eq!(held(&read, &["name", "amount"]), ["屋面防水 600", "外墙保温 400"]);
    // Without a total that says so it is asked about.
    let read = works(text);
    assert_eq!(read.values.len(), 2);
    asks(&read, Kind::FurtherParts, &[4]);
}

#[test]
fn a_subtotal_may_add_up_the_rows_of_a_category() {
    let read = works(
        "类别,序号,改造内容,投资（元）\n基础类,1,供水管网,100\n,2,屋面防水,200\n完善类,3,停车位,300\n,4,路灯,400\n,,小计,700\n合计,,,1000\n",
    );
    is_clean(&read);
    assert_eq!(read.values.len(), 4);
}

#[test]
fn totals_before_and_after_tax_are_totals() {
    let read = works(
        "序号,名称,金额\n1,防水,100\n2,保温,200\n3,不含税造价,300\n4,税金,27\n5,含税工程造价,327\n",
    );
    is_clean(&read);
    assert_eq!(held(&read, &["name"]), ["防水", "保温", "税金"]);
}

#[test]
fn two_drafts_of_a_budget_are_asked_about() {
    let draft = |name, last| {
        let text = format!("序号,名称,金额\n1,防水,110\n2,保温,200\n3,路灯,300\n4,绿化,{last}\n");
        sheet(name, &text)
    };
    let read = tables(Content::Works, &[draft("送审稿", 50), draft("审定稿", 40)]);
    asks(&read, Kind::SheetVersions, &[]);
    let read = tables(Content::Works, &[draft("Sheet1", 50), draft("Sheet2", 40)]);
    asks(&read, Kind::SheetVersions, &[]);
    let read = tables(Content::Works, &[draft("1号楼", 50), draft("2号楼", 40)]);
    is_clean(&read);
}

#[test]
fn rows_that_are_struck_out_are_asked_about() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let struck = Format::new().set_font_strikethrough();
    for (row, (id, area)) in
        [("房号", "面积"), ("3-1-101", "60"), ("3-1-102", "61")].into_iter().enumerate()
    {
        let format = if row == 2 { struck.clone() } else { Format::new() };
        page.write_string_with_format(row as u32, 0, id, &format).expect("a cell");
        page.write_string_with_format(row as u32, 1, area, &format).expect("a cell");
    }
    let xlsx = book.save_to_buffer().expect("a workbook");
    let page = "<table><tr><td>房号<td>面积</tr><tr><td>3-1-101<td>60</tr><tr><td><s>3-1-102</s><td>61</tr></table>";
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Styles><Style ss:ID=\"s\"><Font ss:StrikeThrough=\"1\"/></Style></Styles><Worksheet ss:Name=\"a\"><Table>\
        <Row><Cell><Data ss:Type=\"String\">房号</Data></Cell><Cell><Data ss:Type=\"String\">面积</Data></Cell></Row>\
        <Row><Cell><Data ss:Type=\"String\">3-1-101</Data></Cell><Cell><Data ss:Type=\"Number\">60</Data></Cell></Row>\
        <Row><Cell ss:StyleID=\"s\"><Data ss:Type=\"String\">3-1-102</Data></Cell><Cell><Data ss:Type=\"Number\">61</Data></Cell></Row>\
        </Table></Worksheet></Workbook>";
    for bytes in [&*xlsx, page.as_bytes(), xml.as_bytes()] {
        let read = tables(Content::Roster, &open(bytes).expect("a table"));
        assert_eq!(read.values.len(), 2);
        asks(&read, Kind::StruckRows, &[3]);
    }
}

#[test]
fn a_note_below_a_table_may_say_the_unit_of_money() {
    for note in ["单位：万元", "注：以上金额单位为万元", "注：金额单位均为万元。"]
    {
        let read = works(&format!("序号,项目,金额\n1,屋面防水,12.5\n,合计,12.5\n{note},,\n"));
        is_clean(&read);
        assert_eq!(held(&read, &["amount"]), ["125000"], "{note}");
    }
}

#[test]
fn a_column_may_say_the_unit_of_each_amount() {
    let read = works("序号,项目,金额,单位\n1,屋面防水,12.5,万元\n2,外墙保温,3000,元\n");
    is_clean(&read);
    assert_eq!(held(&read, &["amount"]), ["125000", "3000"]);
}

#[test]
fn a_total_above_the_heading_may_stand_in_two_cells() {
    let text = |total: &str| {
        format!("总投资（元）：,{total},\n序号,项目,金额（元）\n1,屋面防水,600\n2,外墙保温,400\n")
    };
    is_clean(&works(&text("1000")));
    assert!(works(&text("1100")).asks());
}

#[test]
fn proposals_of_which_one_is_chosen_are_asked_about() {
    let read = works("方案一,,\n序号,项目,金额\n1,屋面防水,600\n方案二,,\n1,屋面防水,700\n");
    asks(&read, Kind::Alternatives, &[1, 4]);
    is_clean(&works("改造方案,,\n序号,项目,金额\n1,屋面防水,600\n"));
}

#[test]
fn the_names_of_lines_stand_in_the_column_that_every_line_fills() {
    let read = works(
        "工程名称,工程内容,金额\n屋面工程,防水,600\n,保温,400\n管网工程,供水,100\n合计,,1100\n",
    );
    is_clean(&read);
    assert_eq!(held(&read, &["name"]), ["防水", "保温", "供水"]);
}

#[test]
fn a_home_in_another_sheet_has_no_further_owners_there() {
    let rows = "房号,业主,面积\n3-1-101,甲,60\n";
    let changes = "房号,业主,面积,变更日期\n3-1-101,乙,60,2020年1月1日\n";
    let read = tables(Content::Roster, &[sheet("名册", rows), sheet("变更记录", changes)]);
    assert_eq!(held(&read, &["name"]), ["甲"]);
    assert!(read.left_out.iter().any(|one| one.reason == Reason::SameId));
}

#[test]
fn rows_above_homes_may_say_more_than_their_building() {
    for banner in ["3号楼 楼长：王芳 电话：13800000001", "★3号楼★", "第3栋楼", "3号楼：共1户"]
    {
        let read = roster(&format!("房号,户主,面积\n2号楼,,\n101,甲,60\n{banner},,\n101,乙,61\n"));
        is_clean(&read);
        assert_eq!(held(&read, &["building"]), ["2", "3"], "{banner}");
    }
    let read = roster("房号,户主,面积\n(3)-1-101,甲,60\nNO.3-1-102,乙,61\n");
    is_clean(&read);
    assert_eq!(held(&read, &["building", "unit"]), ["3 1", "3 1"]);
}

#[test]
fn a_figure_without_a_name_is_no_line() {
    let read = works("项目,金额\n,500\n");
    assert!(read.values.is_empty() && read.asks());
    let read = works("项目,金额\n防水,300\n保温,200\n,500\n");
    is_clean(&read);
    assert_eq!(read.values.len(), 2);
}

#[test]
fn a_table_without_a_building_beside_others_with_one_is_asked_about() {
    let rows = "房号,户主,面积\n101,甲,60\n201,乙,61\n";
    let read = tables(
        Content::Roster,
        &[sheet("3号楼", rows), sheet("名册", "房号,户主,面积\n301,丙,60\n401,丁,61\n")],
    );
    asks(&read, Kind::NoBuildingInTable, &[2, 3]);
}
