//! Rosters as offices keep them, whole tables at a time.

use fentan_import::{Conclusion, Content, Imported, Mapping, Reason, Table};

#[track_caller]
fn holds(
    text: &str,
    homes: &[&str],
    left_out: &[(u64, Reason)],
    conclusions: &[Conclusion],
) -> (Imported, Mapping) {
    let table = Table::from_text(text);
    let mapping = Content::Roster.mapping(&table);
    let imported = Content::Roster.read(&[(&table, mapping.clone())]);
    let read: Vec<_> = imported
        .values
        .iter()
        .map(|home| serde_json::to_string(home).expect("a household is JSON"))
        .collect();
    assert_eq!(read, homes);
    let left: Vec<_> = imported.left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(left, left_out);
    assert_eq!(imported.conclusions.iter().copied().collect::<Vec<_>>(), conclusions);
    (imported, mapping)
}

fn charges(imported: &Imported) -> Vec<(String, String)> {
    imported
        .charges()
        .into_iter()
        .map(|(line, charges)| (line, serde_json::to_string(&charges).expect("charges are JSON")))
        .collect()
}

fn unused(mapping: &Mapping) -> Vec<&str> {
    let columns = mapping.columns.iter().filter(|column| column.field.is_none());
    columns.map(|column| column.heading.as_str()).collect()
}

#[test]
fn pasted_with_a_title_merged_cells_and_a_total() {
    let (_, mapping) = holds(
        "幸福小区住户名册\t\t\t\t\t\t\n\
         \t\t\t\t\t单位：元\t\n\
         序号\t楼栋\t单元\t房号\t户主\t建筑面积（㎡）\t联系电话\n\
         1\t3号楼\t1单元\t101\t张三\t62.35\t13800000000\n\
         2\t\t\t102\t李四\t58.10㎡\t\n\
         3\t\t2单元\t101\t王五\t１，０６２．３５\t\n\
         4\t4号楼\t\t101\t赵六\t70\t\n\
         合计\t\t\t4户\t\t1252.8\t\n",
        &[
            r#"{"id":"3-1-101","name":"张三","building":"3","unit":"1","floor":1,"area":"62.35"}"#,
            r#"{"id":"3-1-102","name":"李四","building":"3","unit":"1","floor":1,"area":"58.10"}"#,
            r#"{"id":"3-2-101","name":"王五","building":"3","unit":"2","floor":1,"area":"1062.35"}"#,
            r#"{"id":"4-101","name":"赵六","building":"4","floor":1,"area":"70"}"#,
        ],
        &[(1, Reason::AboveHeading), (2, Reason::AboveHeading), (8, Reason::Total)],
        &[Conclusion::FloorFromRoom, Conclusion::FilledDown, Conclusion::BuildingInIds],
    );
    assert_eq!(mapping.heading_row, Some(3));
    assert_eq!(unused(&mapping), ["联系电话"]);
}

#[test]
fn csv_with_the_columns_of_the_spec() {
    let (imported, mapping) = holds(
        "\u{feff}id,building,unit,floor,area,hardship,payer,payer_share,fund_balance,fund_first,\
         provident,in_kind,weight:heads,weight:parking,charge:windows,charge:racks\r\n\
         1-1-101,1,1,1,74.36,dibao,机床厂,50%,823.16,2380.00,1000,150,3,0,,\r\n\
         1-1-102,1,1,1,62.58,,,,,,,,3,1,2587.50,160\r\n",
        &[
            r#"{"id":"1-1-101","building":"1","unit":"1","floor":1,"area":"74.36","hardship":"dibao","payer":"机床厂","payer_share":"50%","fund_balance":"823.16","fund_first":"2380.00","provident":"1000","in_kind":"150","weights":{"heads":"3","parking":"0"}}"#,
            r#"{"id":"1-1-102","building":"1","unit":"1","floor":1,"area":"62.58","weights":{"heads":"3","parking":"1"}}"#,
        ],
        &[],
        &[],
    );
    assert_eq!(
        charges(&imported),
        [
            ("windows".to_owned(), r#"{"1-1-102":"2587.50"}"#.to_owned()),
            ("racks".to_owned(), r#"{"1-1-102":"160"}"#.to_owned()),
        ]
    );
    assert!(unused(&mapping).is_empty());
}

#[test]
fn owners_and_votes_by_words() {
    holds(
        "房号,建筑面积,owner,表决意见,业主意见\n\
         101,62,Y-07,同意,想装电梯\n\
         102,62,Y-07,不赞成,\n\
         201,62,,弃权,\n\
         202,62,,未表决,\n\
         301,62,,再想想,\n",
        &[
            r#"{"id":"101","area":"62","owner":"Y-07","vote":"yes"}"#,
            r#"{"id":"102","area":"62","owner":"Y-07","vote":"no"}"#,
            r#"{"id":"201","area":"62","vote":"abstain"}"#,
            r#"{"id":"202","area":"62"}"#,
            r#"{"id":"301","area":"62","vote":"再想想"}"#,
        ],
        &[],
        &[],
    );
}

#[test]
fn addresses_in_words_with_a_running_number() {
    holds(
        "序号,房屋坐落,产权人,产权面积,备注\n\
         1,3号楼1单元501室,张三,62.35,\n\
         2,３号楼１单元１２０３室,李四,62.35,租户\n\
         3,幸福里小区3号楼1单元501室,王五,62.35,\n",
        &[
            r#"{"id":"3号楼1单元501室","name":"张三","building":"3","unit":"1","floor":5,"area":"62.35"}"#,
            r#"{"id":"3号楼1单元1203室","name":"李四","note":"租户","building":"3","unit":"1","floor":12,"area":"62.35"}"#,
            r#"{"id":"幸福里小区3号楼1单元501室","name":"王五","building":"3","unit":"1","floor":5,"area":"62.35"}"#,
        ],
        &[],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
}

#[test]
fn a_page_a_building_with_titles_headings_and_footers_repeated() {
    holds(
        "室号\t建筑面积\t人口\n\
         3号楼1单元\t\t\n\
         101室\t62.35\t3人\n\
         102室\t58\t2\n\
         小计\t120.35\t5\n\
         二单元\t\t\n\
         室号\t建筑面积\t人口\n\
         101室\t62.35\t4\n\
         \t\t\n\
         4号楼\t\t\n\
         101室\t80\t1\n\
         制表人：张三\t\t审核：李四\n",
        &[
            r#"{"id":"3-1-101","building":"3","unit":"1","floor":1,"area":"62.35","weights":{"heads":"3"}}"#,
            r#"{"id":"3-1-102","building":"3","unit":"1","floor":1,"area":"58","weights":{"heads":"2"}}"#,
            r#"{"id":"3-2-101","building":"3","unit":"2","floor":1,"area":"62.35","weights":{"heads":"4"}}"#,
            r#"{"id":"4-101","building":"4","floor":1,"area":"80","weights":{"heads":"1"}}"#,
        ],
        &[
            (2, Reason::Title),
            (5, Reason::Total),
            (6, Reason::Title),
            (7, Reason::HeadingAgain),
            (9, Reason::Blank),
            (10, Reason::Title),
            (12, Reason::Remark),
        ],
        &[Conclusion::FloorFromRoom, Conclusion::FromTitles, Conclusion::BuildingInIds],
    );
}

#[test]
fn hardship_payers_and_dashes_for_nothing() {
    holds(
        "户号\t面积\t困难类别\t原产权单位\t单位承担比例\t公积金可提取额\t投工投劳折价\n\
         1-1-101\t60\t低保户\t机床厂\t1\t15,000元\t-\n\
         1-1-102\t60\t无\t——\t/\t无\t300\n\
         1-1-103\t60\t低保边缘\t\t\t1.5万\t\n\
         1-1-104\t60\t残疾（二级）\t\t\t\t\n\
         1-1-105\t60\t残疾\t\t\t约2万\t\n",
        &[
            r#"{"id":"1-1-101","building":"1","unit":"1","floor":1,"area":"60","hardship":"dibao","payer":"机床厂","payer_share":"1","provident":"15000"}"#,
            r#"{"id":"1-1-102","building":"1","unit":"1","floor":1,"area":"60","in_kind":"300"}"#,
            r#"{"id":"1-1-103","building":"1","unit":"1","floor":1,"area":"60","hardship":"low_income","provident":"15000"}"#,
            r#"{"id":"1-1-104","building":"1","unit":"1","floor":1,"area":"60","hardship":"残疾（二级）"}"#,
            r#"{"id":"1-1-105","building":"1","unit":"1","floor":1,"area":"60","hardship":"disabled","provident":"约2万"}"#,
        ],
        &[],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
}

#[test]
fn a_dash_is_no_balance() {
    holds(
        "户号,面积,维修资金余额（万元）,首期交存\n101,60,0.12,4800\n102,60,-,\n103,60,0,4800元\n104,60,800元,\n",
        &[
            r#"{"id":"101","area":"60","fund_balance":"1200","fund_first":"4800"}"#,
            r#"{"id":"102","area":"60"}"#,
            r#"{"id":"103","area":"60","fund_balance":"0","fund_first":"4800"}"#,
            r#"{"id":"104","area":"60","fund_balance":"800"}"#,
        ],
        &[],
        &[],
    );
}

#[test]
fn floors_of_every_kind() {
    holds(
        "编号;楼层;建筑面积/㎡\n101;一层;60\n102;B1;60\n103;地下二层;60\n104;顶层;60\n105;;60\n106;-;60\n",
        &[
            r#"{"id":"101","floor":1,"area":"60"}"#,
            r#"{"id":"102","floor":-1,"area":"60"}"#,
            r#"{"id":"103","floor":-2,"area":"60"}"#,
            r#"{"id":"104","floor":"顶层","area":"60"}"#,
            r#"{"id":"105","area":"60"}"#,
            r#"{"id":"106","area":"60"}"#,
        ],
        &[],
        &[],
    );
}

#[test]
fn without_a_heading() {
    let (_, mapping) = holds(
        "3-1-501\t62.35\t5\n3-1-601\t62.35\t6层\n合计\t124.70\t\n",
        &[
            r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"62.35"}"#,
            r#"{"id":"3-1-601","building":"3","unit":"1","floor":6,"area":"62.35"}"#,
        ],
        &[(3, Reason::Total)],
        &[Conclusion::Positions, Conclusion::BuildingFromId],
    );
    assert_eq!(mapping.heading_row, None);
    holds(
        "101\t5\t62.35\n102\t5\t58\n",
        &[r#"{"id":"101","floor":5,"area":"62.35"}"#, r#"{"id":"102","floor":5,"area":"58"}"#],
        &[],
        &[Conclusion::Positions],
    );
}

#[test]
fn without_a_heading_nothing_is_guessed_that_could_be_otherwise() {
    // Which is the floor, which the area?
    holds("101\t5\t60\n", &[], &[(1, Reason::NoHeading)], &[]);
    // One row has another shape.
    holds(
        "101\t62.35\n102\t大约60\n\t\n",
        &[],
        &[(1, Reason::NoHeading), (2, Reason::NoHeading), (3, Reason::Blank)],
        &[],
    );
    // A works budget is no roster.
    holds("供水管网\t680000\n", &[], &[(1, Reason::NoHeading)], &[]);
    holds("", &[], &[], &[]);
}

#[test]
fn a_heading_with_line_breaks_and_a_better_column_beside_it() {
    let (_, mapping) = holds(
        "房号\t\"建筑\n面积\n(平方米)\"\t套内面积\t\"证载\n面积\"\t产权面积\t层数\n\
         3-1-501\t60\t50\t61\t62.35\t6\n",
        &[r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"62.35"}"#],
        &[],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
    assert_eq!(mapping.heading_row, Some(1));
    assert_eq!(unused(&mapping), ["建筑\n面积\n(平方米)", "套内面积", "证载\n面积", "层数"]);
}

#[test]
fn rows_without_an_id_are_listed() {
    holds(
        "户号,户主,面积\n101,张三,60\n,李四,60\n103,,\n",
        &[r#"{"id":"101","name":"张三","area":"60"}"#, r#"{"id":"103"}"#],
        &[(3, Reason::NoId)],
        &[],
    );
}

#[test]
fn a_running_number_where_there_is_nothing_better() {
    holds(
        "序号\t姓名\t面积\n1\t张三\t60\n2\t李四\t60\n3\t合计\t120\n",
        &[r#"{"id":"1","name":"张三","area":"60"}"#, r#"{"id":"2","name":"李四","area":"60"}"#],
        &[(4, Reason::Total)],
        &[Conclusion::NumberAsId],
    );
}

#[test]
fn ids_that_tell_homes_apart_stay_as_they_are() {
    holds(
        "楼号\t单元\t室号\t面积\n3\t1\t501室\t60\n3\t1\t502室\t60\n",
        &[
            r#"{"id":"501室","building":"3","unit":"1","floor":5,"area":"60"}"#,
            r#"{"id":"502室","building":"3","unit":"1","floor":5,"area":"60"}"#,
        ],
        &[],
        &[Conclusion::FloorFromRoom],
    );
    // The same home twice is for the engine to name.
    holds(
        "户号\t面积\n3-1-501\t60\n3-1-501\t60\n",
        &[
            r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"60"}"#,
            r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"60"}"#,
        ],
        &[],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
}

#[test]
fn a_shop_without_a_building_stays_without() {
    holds(
        "房号,面积\n3-1-501,60\n商铺1,120\n",
        &[
            r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"60"}"#,
            r#"{"id":"商铺1","area":"120"}"#,
        ],
        &[],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
    holds(
        "楼号,房号,面积\n3号楼,501,60\n-,商铺1,120\n,商铺2,120\n",
        &[
            r#"{"id":"501","building":"3","floor":5,"area":"60"}"#,
            r#"{"id":"商铺1","area":"120"}"#,
            r#"{"id":"商铺2","area":"120"}"#,
        ],
        &[],
        &[Conclusion::FloorFromRoom],
    );
}

#[test]
fn in_english() {
    holds(
        "Building,Unit,Flat No.,Floor,Area (m2),Persons\nBuilding 3,Unit 1,501,5F,62.35 m2,3\nTotal,,,,62.35,3\n",
        &[
            r#"{"id":"501","building":"3","unit":"1","floor":5,"area":"62.35","weights":{"heads":"3"}}"#,
        ],
        &[(3, Reason::Total)],
        &[],
    );
}

#[test]
fn individual_charges_follow_the_ids() {
    let (imported, _) = holds(
        "楼号,室号,面积,charge：万和窗\n3,101,60,\"1,700元\"\n4,101,60,-\n4,102,60,850\n",
        &[
            r#"{"id":"3-101","building":"3","floor":1,"area":"60"}"#,
            r#"{"id":"4-101","building":"4","floor":1,"area":"60"}"#,
            r#"{"id":"4-102","building":"4","floor":1,"area":"60"}"#,
        ],
        &[],
        &[Conclusion::FloorFromRoom, Conclusion::BuildingInIds],
    );
    let windows = r#"{"3-101":"1700","4-102":"850"}"#.to_owned();
    assert_eq!(charges(&imported), [("万和窗".to_owned(), windows)]);
}

#[test]
fn a_heading_of_two_rows() {
    holds(
        "房号\t建筑面积\t维修资金\t\t人口\n\
         \t（㎡）\t余额\t首期\t\n\
         3-1-501\t62.35\t1,200\t4,800元\t3\n",
        &[
            r#"{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"62.35","fund_balance":"1200","fund_first":"4800","weights":{"heads":"3"}}"#,
        ],
        &[(2, Reason::SecondHeading)],
        &[Conclusion::BuildingFromId, Conclusion::FloorFromRoom],
    );
}

#[test]
fn a_first_row_without_an_id_is_no_second_heading() {
    holds(
        "房号\t面积\t困难类别\n\t60\t低保\n\t\t困难\n101\t60\t\n",
        &[r#"{"id":"101","area":"60"}"#],
        &[(2, Reason::NoId), (3, Reason::NoId)],
        &[],
    );
}
