//! Works budgets as offices keep them, whole tables at a time.

use fentan_import::{Conclusion, Content, Imported, Mapping, Reason, Table};

#[track_caller]
fn holds(
    text: &str,
    lines: &[&str],
    left_out: &[(u64, Reason)],
    conclusions: &[Conclusion],
) -> (Imported, Mapping) {
    let table = Table::from_text(text);
    let mapping = Content::Works.mapping(&table);
    let imported = Content::Works.read(&[(&table, mapping.clone())]);
    let read: Vec<_> = imported
        .values
        .iter()
        .map(|line| serde_json::to_string(line).expect("a line is JSON"))
        .collect();
    assert_eq!(read, lines);
    let left: Vec<_> = imported.left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(left, left_out);
    assert_eq!(imported.conclusions.iter().copied().collect::<Vec<_>>(), conclusions);
    (imported, mapping)
}

#[test]
fn classes_as_titles_with_subtotals() {
    let (_, mapping) = holds(
        "幸福小区改造工程预算表\t\t\t\n\
         \t\t\t单位：万元\n\
         序号\t项目名称\t合计\t备注\n\
         一\t基础类改造\t100\t\n\
         （一）\t基础设施\t100\t\n\
         1\t供水管网改造\t68\t二次供水\n\
         2\t道路硬化\t31.5\t\n\
         3\t弱电入地\t0.5万元\t\n\
         二\t完善类改造\t50\t\n\
         1\t加装电梯\t50\t\n\
         其中：\t设备\t30\t\n\
         总计\t\t150\t\n",
        &[
            r#"{"id":"line-1","name":"供水管网改造","note":"二次供水","amount":"680000","category":"infrastructure","tier":"basic","pipeline":"water"}"#,
            r#"{"id":"line-2","name":"道路硬化","amount":"315000","category":"infrastructure","tier":"basic"}"#,
            r#"{"id":"line-3","name":"弱电入地","amount":"5000","category":"infrastructure","tier":"basic","pipeline":"telecom"}"#,
            r#"{"id":"line-4","name":"加装电梯","amount":"500000","tier":"improved"}"#,
        ],
        &[
            (1, Reason::AboveHeading),
            (2, Reason::AboveHeading),
            (4, Reason::Title),
            (5, Reason::Title),
            (9, Reason::Title),
            (11, Reason::Part),
            (12, Reason::Total),
        ],
        &[Conclusion::FromTitles, Conclusion::LinesNumbered, Conclusion::PipelineFromName],
    );
    let zeros: Vec<_> = mapping.columns.iter().map(|column| column.zeros).collect();
    assert_eq!(zeros, [0, 0, 4, 0]);
}

#[test]
fn classes_and_kinds_as_columns() {
    holds(
        "编号,工程名称,类别,档次,性质,管线,金额（元）\n\
         water,供水,基础设施,基础类,公益设施,供水,\"680,000.00\"\n\
         lift,加装电梯,完善类,,,,500000\n\
         windows,外窗更换,人居环境,,个性项目,,\n\
         odd,其他,土建,丙,别的,蒸汽,1.005\n",
        &[
            r#"{"id":"water","name":"供水","amount":"680000.00","category":"infrastructure","tier":"basic","kind":"shared","pipeline":"water"}"#,
            r#"{"id":"lift","name":"加装电梯","amount":"500000","tier":"improved"}"#,
            r#"{"id":"windows","name":"外窗更换","category":"environment","kind":"individual"}"#,
            r#"{"id":"odd","name":"其他","amount":"1.005","category":"土建","tier":"丙","kind":"别的","pipeline":"蒸汽"}"#,
        ],
        &[],
        &[],
    );
}

#[test]
fn numbered_in_the_names_and_nested_by_points() {
    holds(
        "分部分项工程名称\t单位\t工程量\t单价\t合价\n\
         1、室外管网\t\t\t\t90,000\n\
         1.1 污水管道\tm\t100\t500\t50,000\n\
         1.2 雨水管道\tm\t100\t400\t40,000\n\
         2、供水、供热管道\tm\t10\t2000\t20,000\n\
         10、围墙\tm\t10\t1000\t10,000\n\
         本页小计\t\t\t\t120,000\n",
        &[
            r#"{"id":"line-1","name":"1.1 污水管道","amount":"50000","pipeline":"drainage"}"#,
            r#"{"id":"line-2","name":"1.2 雨水管道","amount":"40000","pipeline":"drainage"}"#,
            r#"{"id":"line-3","name":"2、供水、供热管道","amount":"20000"}"#,
            r#"{"id":"line-4","name":"10、围墙","amount":"10000"}"#,
        ],
        &[(2, Reason::Title), (7, Reason::Total)],
        &[Conclusion::LinesNumbered, Conclusion::PipelineFromName],
    );
}

#[test]
fn titles_without_numbers_and_an_empty_class() {
    holds(
        "项目,预算\n基础类,\n屋面防水,120000\n燃气管道,￥80000元\n完善类,\n提升类,\n养老驿站,60000\n说明：含税,\n",
        &[
            r#"{"id":"line-1","name":"屋面防水","amount":"120000","tier":"basic"}"#,
            r#"{"id":"line-2","name":"燃气管道","amount":"80000","tier":"basic","pipeline":"gas"}"#,
            r#"{"id":"line-3","name":"养老驿站","amount":"60000","tier":"upgraded"}"#,
        ],
        &[(2, Reason::Title), (5, Reason::Title), (6, Reason::Title), (8, Reason::Remark)],
        &[Conclusion::FromTitles, Conclusion::LinesNumbered, Conclusion::PipelineFromName],
    );
}

#[test]
fn classes_alone_are_lines() {
    holds(
        "序号\t改造内容\t总投资（万元）\n一\t基础类\t500\n二\t完善类\t300.12\n三\t提升类\t100\n合计\t\t900.12\n",
        &[
            r#"{"id":"line-1","name":"基础类","amount":"5000000"}"#,
            r#"{"id":"line-2","name":"完善类","amount":"3001200"}"#,
            r#"{"id":"line-3","name":"提升类","amount":"1000000"}"#,
        ],
        &[(5, Reason::Total)],
        &[Conclusion::LinesNumbered],
    );
}

#[test]
fn without_a_heading() {
    holds(
        "供水管网改造\t68万元\n供暖管网\t1,200,000\n",
        &[
            r#"{"id":"line-1","name":"供水管网改造","amount":"680000","pipeline":"water"}"#,
            r#"{"id":"line-2","name":"供暖管网","amount":"1200000","pipeline":"heating"}"#,
        ],
        &[],
        &[Conclusion::Positions, Conclusion::LinesNumbered, Conclusion::PipelineFromName],
    );
    holds("供水管网改造\t待定\n", &[], &[(1, Reason::NoHeading)], &[]);
}

#[test]
fn the_total_column_is_the_amount() {
    let (_, mapping) = holds(
        "序号,工程或费用名称,土建,安装,合计\n1,给排水,10,20,30\n2,,1,2,3\n3,设计费,,,待定\n",
        &[
            r#"{"id":"line-1","name":"给排水","amount":"30"}"#,
            r#"{"id":"line-2","name":"设计费","amount":"待定"}"#,
        ],
        &[(3, Reason::NoName)],
        &[Conclusion::LinesNumbered],
    );
    let fields: Vec<_> = mapping.columns.iter().map(|column| column.field.as_deref()).collect();
    assert_eq!(fields, [Some("number"), Some("name"), None, None, Some("amount")]);
}

#[test]
fn in_english() {
    holds(
        "No.,Item,Cost (yuan),Tier\n1,Water mains,\"680,000\",basic\n2,Gate,+5,\n,Total,680005,\n",
        &[
            r#"{"id":"line-1","name":"Water mains","amount":"680000","tier":"basic"}"#,
            r#"{"id":"line-2","name":"Gate","amount":"5"}"#,
        ],
        &[(4, Reason::Total)],
        &[Conclusion::LinesNumbered],
    );
}

#[test]
fn a_heading_of_two_rows() {
    let (_, mapping) = holds(
        "概算表\t\t\t\t\t\n\
         序号\t工程或费用名称\t投资（万元）\t\t\t备注\n\
         \t\t中央\t地方\t合计\t\n\
         1\t屋面防水\t10\t2.5\t12.5\t\n\
         \t\t中央\t地方\t合计\t\n\
         2\t围墙\t1\t1\t2\t\n",
        &[
            r#"{"id":"line-1","name":"屋面防水","amount":"125000"}"#,
            r#"{"id":"line-2","name":"围墙","amount":"20000"}"#,
        ],
        &[(1, Reason::AboveHeading), (3, Reason::SecondHeading), (5, Reason::HeadingAgain)],
        &[Conclusion::LinesNumbered],
    );
    assert_eq!(mapping.columns[2].field, None);
}
