//! What is told of an import before it is taken in: one kind after the other.

use fentan_import::report::Place;
use fentan_import::{Conclusion, Content, Imported, Kind, Table, Told, open, report};
use fentan_words::Language;

fn read(content: Content, text: &str) -> Imported {
    read_table(content, &Table::from_text(text))
}

fn read_table(content: Content, table: &Table) -> Imported {
    let sheets = [(table, content.mapping(table))];
    let mut imported = content.read(&sheets);
    imported.sift(content, &sheets);
    imported
}

#[track_caller]
fn told(imported: &Imported, kind: Kind) -> &Told {
    let found = imported.told.iter().find(|told| told.kind == kind);
    found.unwrap_or_else(|| unreachable!("{kind:?} in {:?}", imported.told))
}

#[track_caller]
fn said(imported: &Imported, kind: Kind) -> String {
    report::told(Language::Chinese, Place::CommandLine, told(imported, kind))
}

fn differences(imported: &Imported) -> Vec<String> {
    let checks = imported.checks();
    let differing = checks.iter().filter(|check| !check.agrees);
    differing.map(|one| report::check(Language::Chinese, one, &imported.left_out)).collect()
}

fn faults(imported: &Imported) -> Vec<String> {
    let faults = report::faults(&imported.left_out);
    faults.iter().map(|one| report::fault(Language::Chinese, Place::CommandLine, one)).collect()
}

/// Reads a roster whose plan has these shared lines.
fn read_with_lines(text: &str, lines: &[(&str, &str)]) -> Imported {
    let table = Table::from_text(text);
    let mut mapping = Content::Roster.mapping(&table);
    let lines: Vec<_> = lines.iter().map(|&(id, name)| (id.to_owned(), name.to_owned())).collect();
    mapping.join(&lines);
    let sheets = [(&table, mapping)];
    let mut imported = Content::Roster.read(&sheets);
    imported.sift(Content::Roster, &sheets);
    imported
}

fn json(imported: &Imported) -> Vec<String> {
    imported.values.iter().map(|value| serde_json::to_string(value).expect("JSON")).collect()
}

#[test]
fn what_homes_are_used_for() {
    let roster = read(
        Content::Roster,
        "户号,面积,房屋用途\n101,60,住宅\n102,60,\n103,18,地下车库\n104,30,商铺\n105,9,储藏间\n106,9,幼儿园\n",
    );
    assert_eq!(
        json(&roster),
        [
            r#"{"id":"101","area":"60"}"#,
            r#"{"id":"102","area":"60"}"#,
            r#"{"id":"103","area":"18","use":"garage"}"#,
            r#"{"id":"104","area":"30","use":"shop"}"#,
            r#"{"id":"105","area":"9","use":"storage"}"#,
            r#"{"id":"106","area":"9","use":"幼儿园"}"#,
        ]
    );
    assert!(roster.conclusions.contains(&Conclusion::HomesWithoutUse));
    assert_eq!(
        said(&roster, Kind::UsesToName),
        "房屋用途：garage ×1、shop ×1、storage ×1；各按多少分摊、算不算一户、有没有表决权，在方案的“房屋用途”里写明"
    );
    assert_eq!(told(&roster, Kind::UseUnknown).rows, [7]);
    assert!(roster.asks());
}

#[test]
fn who_takes_part_is_of_the_only_line_or_of_the_one_that_the_heading_names() {
    let text = "户号,面积,是否同意加装\n101,60,同意\n102,60,不同意\n103,60,同意\n";
    let lift = [("lift", "加装电梯")];
    let roster = read_with_lines(text, &lift);
    assert_eq!(json(&roster)[1], r#"{"id":"102","area":"60","joins":{"lift":false}}"#);
    assert_eq!(json(&roster)[2], r#"{"id":"103","area":"60","joins":{"lift":true}}"#);
    assert_eq!(said(&roster, Kind::NotJoining), "1 户不参加项目 lift（C 列）：第 3 行");
    assert!(!roster.asks());

    // With several lines it is asked which.
    let lines = [("lift", "加装电梯"), ("roof", "屋面")];
    let roster = read_with_lines(text, &lines);
    assert_eq!(json(&roster)[1], r#"{"id":"102","area":"60"}"#);
    assert_eq!(told(&roster, Kind::SaysNo).rows, [3]);
    assert!(roster.asks());
    let named = text.replace("是否同意加装", "是否参加加装电梯");
    assert_eq!(json(&read_with_lines(&named, &lines)), json(&read_with_lines(text, &lift)));
}

#[test]
fn who_says_nothing_of_taking_part_is_asked_about() {
    let lift = [("lift", "")];
    let roster = read_with_lines("户号,面积,是否参加\n101,60,√\n102,60,\n103,60,×\n", &lift);
    assert_eq!(json(&roster)[1], r#"{"id":"102","area":"60"}"#);
    assert_eq!(told(&roster, Kind::JoinsBlank).rows, [3]);
    assert!(roster.asks());
    let roster = read_with_lines("户号,面积,是否参加\n101,60,√\n102,60,看情况\n", &lift);
    assert_eq!(json(&roster).len(), 1);
    assert_eq!(roster.left_out[0].value(), "看情况");
    let all_blank = read_with_lines("户号,面积,是否参加\n101,60,\n102,60,\n", &lift);
    assert!(!all_blank.asks());
}

#[test]
fn a_balance_in_principal_and_interest() {
    let roster = read(
        Content::Roster,
        "户号,面积,可用本金,可用利息\n101,60,\"1,200.50\",20.05\n102,60,0,\n103,60,-,-\n",
    );
    assert_eq!(
        json(&roster),
        [
            r#"{"id":"101","area":"60","fund_balance":"1220.55","fund_interest":"20.05"}"#,
            r#"{"id":"102","area":"60","fund_balance":"0"}"#,
            r#"{"id":"103","area":"60"}"#,
        ]
    );
    assert!(roster.conclusions.contains(&Conclusion::BalanceFromParts) && !roster.asks());

    let roster = read(
        Content::Roster,
        "户号,面积,维修资金余额,本金余额,利息余额\n101,60,1200,1190,10\n102,60,1200,1190,10.01\n",
    );
    assert_eq!(told(&roster, Kind::FundParts).rows, [3]);
    assert!(roster.asks());
    // Interest alone is of no balance that is known.
    let roster = read(Content::Roster, "户号,面积,利息余额\n101,60,10\n");
    assert_eq!(roster.left_out[0].field.as_deref(), Some("fund_balance"));
}

#[test]
fn several_hardships_in_a_cell() {
    let roster = read(
        Content::Roster,
        "户号,面积,困难类别\n101,60,低保、残疾\n102,60,低保；低保户\n103,60,\"低保,待定\"\n104,60,无\n",
    );
    assert_eq!(
        json(&roster),
        [
            r#"{"id":"101","area":"60","hardship":["dibao","disabled"]}"#,
            r#"{"id":"102","area":"60","hardship":"dibao"}"#,
            r#"{"id":"103","area":"60","hardship":"低保,待定"}"#,
            r#"{"id":"104","area":"60"}"#,
        ]
    );
}

#[test]
fn a_total_that_differs_is_told_with_both_figures_and_the_rows() {
    let works = read(Content::Works, "项目,金额（元）\n防水,120000\n保温,300000\n合计,520000\n");
    assert!(works.asks());
    assert_eq!(
        differences(&works),
        ["第 4 行“合计”写的是 ¥520,000.00，读到的是 ¥420,000.00，相差 ¥100,000.00（第 2–3 行）"]
    );
    let roster = read(
        Content::Roster,
        "房号,面积\n3-1-101,60\n3-1-102,60.5\n3-1-103,约60\n合计：4户,190.55\n总户数：4\n",
    );
    assert_eq!(
        differences(&roster),
        [
            "第 5 行“合计：4户”写的是 190.55 m²，读到的是 120.5 m²，相差 70.05 m²（第 2–3 行）；其中第 4 行没有导入",
            "第 5 行“合计：4户”写的是 4 户，读到的是 2 户，相差 2 户（第 2–3 行）；其中第 4 行没有导入",
            "第 6 行“总户数：4”写的是 4 户，读到的是 2 户，相差 2 户（第 2–3 行）；其中第 4 行没有导入",
        ]
    );
    assert_eq!(
        report::sums(Language::Chinese, Content::Roster, &roster),
        "读到 2 户，面积合计 120.5 m²"
    );
}

#[test]
fn subtotals_may_add_up_a_building_a_unit_or_all_so_far() {
    let roster = read(
        Content::Roster,
        "楼号,房号,面积\n3,101,60\n3,102,61\n3号楼小计,,121\n4,101,70\n4,102,71\n小计,,141\n总计,,262\n",
    );
    assert!(!roster.asks(), "{:?}", differences(&roster));
    assert_eq!(roster.checks().len(), 3);
}

#[test]
fn a_title_of_less_than_its_parts_is_asked_about() {
    let works = read(
        Content::Works,
        "序号,项目名称,金额\n一,屋面工程,70000\n1,防水,50000\n2,保温,30000\n二,外墙,300000\n",
    );
    assert_eq!(works.values.len(), 3);
    assert_eq!(
        said(&works, Kind::LessThanParts),
        "第 2 行“屋面工程”是 ¥70,000.00，下面各项（第 3–4 行）却有 ¥80,000.00，多 ¥10,000.00；按各项计算"
    );
}

#[test]
fn the_standard_estimate_of_investment() {
    let works = read(
        Content::Works,
        "序号\t工程或费用名称\t投资估算（万元）\n\
         Ⅰ\t工程费用\t150\n一\t建筑\t100\n二\t安装\t50\n\
         Ⅱ\t其他费用\t10\n1\t设计\t6\n2\t监理\t4\n\
         Ⅲ\t预备费\t8\nⅣ\t建设项目总投资\t168\n",
    );
    assert!(!works.asks(), "{:?}", works.told);
    assert_eq!(
        report::sums(Language::Chinese, Content::Works, &works),
        "读到 5 个工程项目，合计 ¥1,680,000.00"
    );
}

#[test]
fn tables_side_by_side_and_below() {
    let beside = read(Content::Roster, "房号,面积,房号,面积\n101,60,103,62\n102,61,104,63\n");
    assert_eq!(beside.values.len(), 4);
    told(&beside, Kind::FurtherTable);
    let below = read(
        Content::Roster,
        "房号,户主,面积\n3-1-101,甲,60\n合计,,60\n\n二、商铺\n维修资金余额,面积,房号\n800,90,3-1-102\n",
    );
    let areas: Vec<_> = below.values.iter().filter_map(|home| home.get("area")?.text()).collect();
    assert_eq!(areas, ["60", "90"]);
    assert!(!below.asks(), "{:?} {:?}", below.told, differences(&below));
}

#[test]
fn two_sheets_of_one_sum_are_asked_about() {
    let table = |name: &str, text: &str| Table { name: name.to_owned(), ..Table::from_text(text) };
    let one = table("甲", "项目,金额\n防水,500\n保温,300\n");
    let other = table("乙", "项目,金额\n屋面,800\n");
    let read = |tables: [&Table; 2]| {
        let sheets = tables.map(|table| (table, Content::Works.mapping(table)));
        Content::Works.read(&sheets)
    };
    assert_eq!(
        said(&read([&one, &other]), Kind::SheetsAlike),
        "“甲”、“乙” 的合计都是 ¥800.00：是不是同一笔预算？只读一张请用 --sheet"
    );
    let summary = Table { name: "汇总".to_owned(), ..other };
    let imported = read([&summary, &one]);
    assert_eq!(imported.values.len(), 2);
    told(&imported, Kind::Summary);
    assert!(!imported.asks());
}

#[test]
fn columns_that_are_not_used_are_named_and_asked_about() {
    let roster = read(Content::Roster, "楼栋代码,房号,面积,朝向\nA,101,60,南\nB,101,61,北\n");
    assert_eq!(
        said(&roster, Kind::UnusedLike),
        "“楼栋代码”列（A）没有用到：是不是楼号？是就加 --map A=building"
    );
    assert_eq!(said(&roster, Kind::Unused), "没有用到的列：朝向");
    // Where the addresses say the buildings, nothing is asked.
    let roster = read(Content::Roster, "楼栋代码,房号,面积\nA,3-1-101,60\nB,3-1-102,61\n");
    assert!(!roster.asks(), "{:?}", roster.told);
}

#[test]
fn rows_that_a_comma_moved_are_asked_about() {
    let roster = read(Content::Roster, "房号,户主,面积\n3-1-101,甲,62.35\n3-1-102,乙,71,42\n");
    assert_eq!(told(&roster, Kind::BeyondHeadings).rows, [3]);
}

#[test]
fn one_flat_under_two_ids_is_told() {
    let roster = read(Content::Roster, "坐落,面积\n3号楼1单元501,60\n幸福里3号楼1单元501,60\n");
    assert_eq!(
        said(&roster, Kind::SameFlat),
        "第 3 行“幸福里3号楼1单元501”和第 2 行“3号楼1单元501”是同一套房"
    );
}

#[test]
fn contradictions_are_asked_about() {
    let roster = read(Content::Roster, "楼号,房号,面积\n5,3-1-101,60\n3,3-1-102,60\n");
    assert_eq!(told(&roster, Kind::Contradiction).rows, [2]);
    let roster = read(Content::Roster, "楼号,单元,房号,面积\n5,1,5-2-101,60\n");
    assert_eq!(told(&roster, Kind::Contradiction).rows, [2]);
}

#[test]
fn flats_that_are_not_understood_are_asked_about() {
    let roster = read(Content::Roster, "房号,面积\n3-1-501,60\n3-1-502-B-7,60\n商铺,90\n");
    assert_eq!(told(&roster, Kind::NotUnderstood).rows, [3]);
    assert_eq!(told(&roster, Kind::NoBuilding).rows, [3, 4]);
}

#[test]
fn faults_of_a_column_are_one_message_with_its_cure() {
    let rows: String = (1..=27).map(|at| format!("3-1-{at}01,顶,60\n")).collect();
    let roster = read(Content::Roster, &format!("房号,楼层,面积\n{rows}"));
    assert_eq!(
        faults(&roster),
        [
            "第 2–28 行（共 27 行），B 列（楼层）“顶”：这里应写整数，例如 3。这一列不需要的，加 --map B= 不用它，这些行就能导入"
        ]
    );
    let roster = read(Content::Roster, "房号,户主\n101,甲\n102,乙\n");
    assert_eq!(
        faults(&roster),
        [
            "第 2、3 行（共 2 行），建筑面积：没有填写，请补上。没有一列是建筑面积：用 --map 列=area 指明是哪一列"
        ]
    );
}

#[test]
fn the_page_says_nothing_of_options_of_the_command_line() {
    let rosters = [
        "楼栋代码,房号,面积,朝向\nA,101,60,南\nB,101,61,北\n",
        "房号,业主,面积\n101,张三,60\n102,李四,60\n103,张三,60\n",
        "房号,产权单位,面积\n101,纺织厂,60\n102,纺织厂,60\n",
        "房号,楼层,面积\n101,顶,60\n102,顶,60\n",
        "房号,户主\n101,甲\n102,乙\n",
    ];
    for roster in rosters {
        let roster = read(Content::Roster, roster);
        for language in Language::ALL {
            let say = |place| -> Vec<String> {
                let told = roster.told.iter().map(|one| report::told(language, place, one));
                let faults = report::faults(&roster.left_out);
                let faults = faults.iter().map(|one| report::fault(language, place, one));
                told.chain(faults).collect()
            };
            let on_page = say(Place::Page);
            assert!(on_page.iter().all(|said| !said.contains("--")), "{on_page:?}");
            let elsewhere = say(Place::CommandLine);
            assert!(elsewhere.iter().any(|said| said.contains("--map")), "{elsewhere:?}");
        }
    }
}

#[test]
fn a_formula_without_a_value_says_what_to_do() {
    let roster = read(Content::Roster, "房号,面积\n101,=D2+E2\n");
    assert!(faults(&roster)[0].contains("保存一次再导入"), "{:?}", faults(&roster));
}

#[test]
fn several_flats_of_one_name_are_told_with_the_heads_either_way() {
    let roster = read(Content::Roster, "房号,业主,面积\n101,张三,60\n102,李四,60\n103,张三,60\n");
    assert!(!roster.asks());
    assert_eq!(
        said(&roster, Kind::SameNames),
        "1 个姓名各有几套房（张三 ×2），没有业主编号：表决时每套各算一人，共 3 人；要按姓名合并，加 --map B=owner，共 2 人"
    );
}

#[test]
fn a_unit_that_owns_flats_pays_nothing_without_being_asked_for() {
    let roster = read(Content::Roster, "房号,面积,产权单位\n101,60,机床厂\n");
    assert!(roster.values[0].get("payer").is_none());
    told(&roster, Kind::PayerOfAll);
    let roster = read(Content::Roster, "房号,面积,产权单位,单位承担比例\n101,60,机床厂,40%\n");
    assert!(roster.values[0].get("payer").is_some() && !roster.asks());
}

#[test]
fn hidden_rows_that_no_total_confirms_are_asked_about() {
    let text = "房号,面积\n3-1-101,60\n3-1-102,61\n";
    let hidden = |text: &str| Table { hidden_rows: vec![3], ..Table::from_text(text) };
    let roster = read_table(Content::Roster, &hidden(text));
    assert_eq!(told(&roster, Kind::HiddenRows).rows, [3]);
    let roster = read_table(Content::Roster, &hidden(&format!("{text}合计,121\n")));
    assert!(!roster.asks());
    told(&roster, Kind::FilteredRows);
    let filtered = Table { is_filtered: true, ..hidden(text) };
    let roster = read_table(Content::Roster, &filtered);
    assert!(!roster.asks());
}

#[test]
fn what_notes_and_columns_say_of_homes_is_told() {
    let roster = read(
        Content::Roster,
        "房号,面积,是否参加改造,备注\n3-1-101,60,是,低保户\n3-1-102,60,否,\n3-1-103,60,是,已拆除\n",
    );
    assert_eq!(told(&roster, Kind::SaysNo).rows, [3]);
    assert_eq!(told(&roster, Kind::HardshipInNotes).rows, [2]);
    assert_eq!(told(&roster, Kind::SaidInNotes).rows, [4]);
}

#[test]
fn owners_of_one_flat_are_one_home() {
    let roster = read(
        Content::Roster,
        "坐落,权利人,面积\n3号楼1单元101,甲,62.35平方米\n3号楼1单元101,乙,62.35平方米\n3号楼1单元102,丙,60\n",
    );
    assert_eq!(roster.values.len(), 2);
    assert_eq!(roster.values[0].get("name").and_then(|name| name.text()), Some("甲、乙"));
    assert_eq!(told(&roster, Kind::JointOwners).rows, [3]);
}

#[test]
fn a_row_that_is_the_sum_of_others_is_asked_about() {
    let works = read(Content::Works, "项目,金额\n主体,300\n屋面,100\n外墙,200\n电梯,450\n");
    assert_eq!(
        said(&works, Kind::SumOfOthers),
        "第 2 行“主体”正好是第 3–4 行之和：是不是合计？是就请改名为“合计”或删去"
    );
    // Where a total says which it is, nothing is asked.
    let works = read(Content::Works, "项目,金额\n主体,300\n屋面,100\n外墙,200\n合计,600\n");
    assert!(!works.asks());
    assert_eq!(works.values.len(), 3);
    let works = read(Content::Works, "项目,金额\n主体,300\n屋面,100\n外墙,200\n合计,300\n");
    assert!(!works.asks());
    assert_eq!(works.values.len(), 2);
}

#[test]
fn web_pages_with_rows_hidden_and_cells_merged() {
    let page = "<table><tr><td>楼号<td>房号<td>面积</tr><tr><td rowspan=2>3<td>101<td>60</tr>\
                <tr style='display: none'><td>102<td>61</tr></table>";
    let tables = open(page.as_bytes()).expect("a table");
    let roster = read_table(Content::Roster, &tables[0]);
    assert_eq!(roster.values.len(), 2);
    assert_eq!(told(&roster, Kind::HiddenRows).rows, [3]);
}
