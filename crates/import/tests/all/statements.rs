//! Exports of WeChat, Alipay and banks in the columns they really have, with made-up people.

use encoding_rs::GBK;
use fentan_core::collection::Method;
use fentan_core::{Document, Plan};
use fentan_import::statement::{self, Found, Received, Statement, Why};
use fentan_import::{Table, open};
use rust_xlsxwriter::Workbook;

const WECHAT: &str = "\
微信支付账单明细,,,,,,,,,,
微信昵称：[老旧小区改造收款],,,,,,,,,,
起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-31 23:59:59],,,,,,,,,,
,,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2026-03-02 09:12:44,转账,海阔天空,\"转账备注:3-1-101改造款\",收入,¥1200.00,/,已存入零钱,\"10000501012026030200001\t\",\"/\",\"/\"
2026-03-02 10:01:02,二维码收款,李*,\"收款方备注:二维码收款付款方留言:3号楼1单元102\",收入,¥1350.50,/,已收钱,\"10000501012026030200002\t\",\"/\",\"/\"
2026-03-02 10:30:00,转账,王建国,\"转账备注:微信转账\",收入,¥900.00,/,已存入零钱,\"10000501012026030200003\t\",\"/\",\"/\"
2026-03-02 11:00:00,转账,无名,\"转账备注:2026年改造款1200元\",收入,¥1200.00,/,已存入零钱,\"10000501012026030200004\t\",\"/\",\"/\"
2026-03-02 11:05:00,转账,两家,\"转账备注:3-1-101和3-1-102\",收入,¥2550.50,/,已存入零钱,\"10000501012026030200005\t\",\"/\",\"/\"
2026-03-02 12:00:00,转账,退的,\"转账备注:3-1-101\",收入,¥10.00,/,已全额退款,\"10000501012026030200006\t\",\"/\",\"/\"
2026-03-02 13:00:00,商户消费,打印店,\"打印\",支出,¥12.00,零钱,支付成功,\"10000501012026030200007\t\",\"1\",\"/\"
2026-03-02 14:00:00,零钱提现,银行,\"/\",/,¥3000.00,银行,提现已到账,\"10000501012026030200008\t\",\"/\",\"/\"
";

const ALIPAY: &str = "\
------------------------------------------------------------------------------------
导出信息：
姓名：某某
支付宝账户：someone
起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-31 23:59:59]
导出交易类型：[全部]
------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2026-03-03 08:00:00,转账红包,王建国,wan***@x,收钱码收款,收入,900.00,余额,交易成功,2026030322001\t,\t,3幢1单元201,
2026-03-03 08:05:00,转账红包,王建国,wan***@x,收钱码收款,收入,900.00,余额,交易成功,2026030322001\t,\t,3幢1单元201,
2026-03-03 08:10:00,转账红包,某某,a***,转账,不计收支,5.00,余额,交易成功,2026030322002\t,\t,,
2026-03-03 08:20:00,转账红包,某某,a***,收款,收入,77.00,余额,交易关闭,2026030322003\t,\t,,
";

fn plan() -> Plan {
    let document = Document::from_json(
        r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }], "households": [
            { "id": "3-1-101", "area": "60", "name": "张三" }, { "id": "3-1-102", "area": "60" },
            { "id": "3-1-201", "area": "60", "name": "王建国" }, { "id": "4-1-201", "area": "60", "name": "赵六" },
            { "id": "4-2-202", "area": "60", "name": "赵六" }, { "id": "1203", "area": "60" },
            { "id": "甲101", "building": "甲", "area": "60" } ] }"#
            .as_bytes(),
    );
    Plan::read(&document.expect("a document"), None).expect("a plan")
}

fn found(statement: &Statement) -> Vec<(u64, String, &Found)> {
    let of = |one: &Received| one.amount.to_string();
    statement.received.iter().map(|one| (one.row, of(one), &one.found)).collect()
}

fn aside(statement: &Statement) -> Vec<(u64, Why)> {
    statement.aside.iter().map(|one| (one.row, one.why)).collect()
}

#[test]
fn wechat_by_number_and_by_name_and_what_fits_no_home() {
    let statement = statement::read(&open(WECHAT.as_bytes()).expect("a file"), &plan());
    assert_eq!(statement.method, Some(Method::Wechat));
    assert_eq!(
        found(&statement),
        [
            (7, "1200.00".to_owned(), &Found::ByNumber(0)),
            (8, "1350.50".to_owned(), &Found::ByNumber(1)),
            (9, "900.00".to_owned(), &Found::ByName(2)),
            (10, "1200.00".to_owned(), &Found::None),
            (11, "2550.50".to_owned(), &Found::Several(vec![0, 1])),
        ]
    );
    assert_eq!(aside(&statement), [(12, Why::NotDone), (13, Why::Spent), (14, Why::Spent)]);
    let first = &statement.received[0];
    assert_eq!((first.date.to_string(), first.party.as_str()), ("2026-03-02".into(), "海阔天空"));
    assert_eq!(first.reference, "10000501012026030200001");
    assert!(!first.is_unnumbered);
}

#[test]
fn alipay_in_its_own_encoding_takes_no_transaction_twice() {
    let (bytes, ..) = GBK.encode(ALIPAY);
    let statement = statement::read(&open(&bytes).expect("a file"), &plan());
    assert_eq!(statement.method, Some(Method::Alipay));
    assert_eq!(found(&statement), [(9, "900.00".to_owned(), &Found::ByNumber(2))]);
    assert_eq!(aside(&statement), [(10, Why::Again), (11, Why::Spent), (12, Why::NotDone)]);
}

#[test]
fn a_bank_with_two_columns_of_money_in_a_workbook() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [
        ["账户明细", "", "", "", "", "", ""],
        ["交易日期", "摘要", "支出金额", "收入金额", "余额", "对方户名", "附言"],
        ["20260305", "转存", "", "1,200.00", "1,200.00", "张三", "改造"],
        ["20260305", "转存", "", "1,200.00", "2,400.00", "赵六", "物业"],
        ["20260306", "付款", "300.00", "", "2,100.00", "建筑公司", "3-1-101"],
        ["20260307", "转存", "", "50.00", "2,150.00", "某人", "改造款甲101"],
        ["20260308", "转存", "", "60.00", "2,210.00", "某人", "1203"],
        ["20260308", "转存", "", "", "2,210.00", "某人", "1203"],
        ["2026-02-30", "转存", "", "60.00", "2,210.00", "某人", "1203"],
        ["20260309", "转存", "", "60.00", "2,210.00", "某人", "1203元"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let statement = statement::read(&open(&bytes).expect("a file"), &plan());
    assert_eq!(statement.method, None);
    assert_eq!(
        found(&statement),
        [
            (3, "1200.00".to_owned(), &Found::ByName(0)),
            (4, "1200.00".to_owned(), &Found::Several(vec![3, 4])),
            (6, "50.00".to_owned(), &Found::ByNumber(6)),
            (7, "60.00".to_owned(), &Found::ByNumber(5)),
            (10, "60.00".to_owned(), &Found::None),
        ]
    );
    assert_eq!(aside(&statement), [(5, Why::Spent), (8, Why::NoAmount), (9, Why::NoDay)]);
    // Without a number the row itself tells a transaction from others.
    assert!(statement.received.iter().all(|one| one.is_unnumbered));
    assert_eq!(
        statement.received[0].reference,
        "20260305 | 转存 | 1,200.00 | 1,200.00 | 张三 | 改造"
    );
}

#[test]
fn a_row_that_stands_twice_without_a_number_is_two_transactions() {
    let table = Table::from_text("日期,收入,附言\n2026-03-01,10,3-1-101\n2026-03-01,10,3-1-101\n");
    let statement = statement::read(&[table], &plan());
    let references: Vec<_> = statement.received.iter().map(|one| one.reference.as_str()).collect();
    assert_eq!(references, ["2026-03-01 | 10 | 3-1-101", "2026-03-01 | 10 | 3-1-101 | 2"]);
}

#[test]
fn a_sheet_without_a_heading_is_told() {
    let table = Table { name: "说明".to_owned(), ..Table::from_text("使用说明\t略\n") };
    assert_eq!(statement::read(&[table], &plan()).unread, ["说明"]);
}
