//! Works budgets as offices make them, each with the lines that it holds.

use super::book::{Cell, Kind, Sheet, number, text};
use super::draw::Draw;
use super::{File, Right};

/// How rows of several levels are told apart.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Levels {
    /// There are lines alone.
    Flat,
    /// 一 over 1.
    Classes,
    /// Ⅰ over 一 over 1.
    Roman,
    /// 1 over 1.1.
    Points,
    /// 一 over （一） over 1.
    Brackets,
    /// By how far names are moved to the right, and nothing else.
    Indents,
}

const WORKS: &[&str] = &[
    "屋面防水",
    "外墙保温",
    "供水管网改造",
    "雨污分流",
    "道路硬化",
    "强弱电入地",
    "加装电梯",
    "停车位",
    "路灯",
    "绿化",
    "楼道粉刷",
    "门窗更换",
    "消防设施",
    "安防监控",
    "垃圾分类亭",
    "围墙修缮",
    "充电设施",
    "无障碍坡道",
    "燃气管道",
    "供热管网",
    "化粪池清掏",
    "单元门",
    "健身器材",
    "快递柜",
    "设计费",
    "监理费",
    "勘察费",
    "拆除清运",
];
const CLASSES: &[&str] = &[
    "建筑工程",
    "安装工程",
    "室外工程",
    "基础类改造",
    "完善类改造",
    "提升类改造",
    "工程建设其他费用",
    "公共设施",
    "配套设施",
];
const PARTS: &[&str] = &["工程费用", "工程建设其他费用", "预备费", "第一部分"];
const NAMES: &[&str] = &[
    "项目名称",
    "工程项目",
    "工程或费用名称",
    "名称",
    "清单名称",
    "分项工程",
    "单项名称",
    "工程项目及费用名称",
    "子目名称",
    "改造内容",
    "费用名称",
    "建设内容",
    "汇总内容",
    "建设项目",
    "名称及规格",
];
const AMOUNTS: &[&str] = &[
    "金额",
    "合计",
    "预算金额",
    "造价",
    "投资估算",
    "估算价",
    "合价",
    "综合合价",
    "总价",
    "审定金额",
    "送审金额",
    "合同价",
    "中标价",
    "控制价",
    "招标控制价",
    "结算价",
    "概算投资",
    "投资额",
    "工程造价",
    "复价",
    "估算投资",
];
const TOTALS: &[&str] = &[
    "合计",
    "总计",
    "总投资",
    "工程总投资",
    "总造价",
    "项目总投资",
    "合 计",
    "投资总额",
    "总额",
    "总金额",
    "建设项目总投资",
    "工程总造价",
    "合计=1+2",
    "总计（一+二）",
    "共计",
    "总",
    "计",
    "累计",
    "汇总",
    "工程总价",
    "概算总投资",
    "总预算",
    "总投资估算",
    "以上合计",
];
/// Totals under names that no list of words has.
const STRANGE: &[&str] =
    &["全部工程所需资金", "本次改造投入", "需筹措资金", "工程费用之和", "资金盘子"];

/// A row of the budget: its level, its name, its amount in fen, and whether it is a line.
#[derive(Clone, Debug)]
struct Row {
    level: usize,
    mark: String,
    name: String,
    fen: u64,
    is_line: bool,
    quantity: Option<(u64, u64)>,
}

/// A whole budget and the file that it stands in.
pub fn draw(seed: u64) -> File {
    let mut draw = Draw::new(seed ^ 0x5bd1_e995);
    let several = draw.chance(10);
    let levels = *draw.one(&[
        &Levels::Flat,
        &Levels::Flat,
        &Levels::Classes,
        &Levels::Classes,
        &Levels::Roman,
        &Levels::Points,
        &Levels::Brackets,
        &Levels::Indents,
    ]);
    let kind = match levels {
        // Only these move texts by their format.
        Levels::Indents if draw.chance(50) => *draw.one(&[&Kind::Xlsx, &Kind::Xml2003]),
        _ => Kind::draw(&mut draw, several, false),
    };
    let planted = draw.chance(30).then(|| {
        draw.one(&[
            "total",
            "more-than-parts",
            "product",
            "bad-amount",
            "strange-total",
            "twice-counted",
            "hidden",
            "less-than-parts",
            "struck",
            "drafts",
        ])
    });
    let mut writer = Writer::new(&mut draw, levels, kind, planted);
    let (sheets, lines) = if several { writer.several() } else { writer.alone() };
    let planted = writer.planted;
    let shape = format!("{levels:?} several:{several} units:{}", writer.unit);
    File { kind, sheets, right: Right::Budget(lines), planted, shape }
}

struct Writer<'d> {
    draw: &'d mut Draw,
    levels: Levels,
    kind: Kind,
    planted: Option<&'static str>,
    /// The zeros of the unit of money.
    zeros: u32,
    unit: &'static str,
    /// Whether the unit stands in the heading or above it.
    unit_above: bool,
    amount: &'static str,
    name: &'static str,
    has_marks: bool,
    products: bool,
    parents_have_amounts: bool,
    next: usize,
    /// Whether numbers stand before the names, and not in a column of their own.
    marks_in_names: bool,
    /// Whether titles of the lowest level have amounts and their parts have none.
    details: bool,
    extras: Vec<&'static str>,
}

impl<'d> Writer<'d> {
    fn new(
        draw: &'d mut Draw,
        levels: Levels,
        kind: Kind,
        planted: Option<&'static str>,
    ) -> Writer<'d> {
        let products = draw.chance(25) || planted == Some("product");
        let (zeros, unit) = match products {
            true => (0, "元"),
            false => *draw.one(&[&(0, "元"), &(0, "元"), &(4, "万元"), &(4, "万元"), &(3, "千元")]),
        };
        let extras: &[&'static str] = &["备注", "建设规模", "计划工期"];
        let extras = extras.iter().filter(|_| draw.chance(25)).copied().collect();
        Writer {
            levels,
            kind,
            planted,
            zeros,
            unit,
            unit_above: draw.chance(40),
            amount: draw.one(AMOUNTS),
            name: draw.one(NAMES),
            has_marks: levels != Levels::Indents && (levels != Levels::Flat || draw.chance(70)),
            products,
            parents_have_amounts: planted != Some("hidden") && draw.chance(75)
                || matches!(planted, Some("more-than-parts" | "less-than-parts")),
            next: 0,
            marks_in_names: matches!(levels, Levels::Classes | Levels::Brackets) && draw.chance(30),
            details: levels == Levels::Points && planted.is_none() && draw.chance(30),
            extras,
            draw,
        }
    }

    fn fen(&mut self) -> u64 {
        // In units of 10,000 yuan there are two to six decimals.
        let fen = self.draw.number(100_000, 90_000_000);
        match self.zeros {
            4 => fen / 100 * 100,
            3 => fen / 10 * 10,
            _ => fen,
        }
    }

    fn line(&mut self, level: usize, mark: String) -> Row {
        let name = WORKS[self.next % WORKS.len()];
        let turn = self.next / WORKS.len();
        self.next += 1;
        let name = if turn > 0 { format!("{name}（{turn}）") } else { name.to_owned() };
        let quantity =
            self.products.then(|| (self.draw.number(1, 2000), self.draw.number(500, 90_000)));
        let fen = match quantity {
            Some((quantity, price)) => quantity * price,
            None => self.fen(),
        };
        Row { level, mark, name, fen, is_line: true, quantity }
    }

    fn title(&mut self, level: usize, mark: String, name: &str, parts: &[Row]) -> Row {
        let fen = parts.iter().filter(|one| one.is_line).map(|one| one.fen).sum();
        Row { level, mark, name: name.to_owned(), fen, is_line: false, quantity: None }
    }

    /// Rows of one level and those below it.
    fn rows(&mut self, count: u64) -> Vec<Row> {
        const CHINESE: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        const ROMAN: [&str; 5] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];
        let levels = self.levels;
        let mut all = Vec::new();
        match levels {
            Levels::Flat => {
                for at in 0..count {
                    all.push(self.line(0, (at + 1).to_string()));
                }
            }
            Levels::Classes | Levels::Indents | Levels::Points => {
                for class in 0..self.draw.number(2, 4) as usize {
                    let mut parts = Vec::new();
                    for at in 0..self.draw.number(2, 5) {
                        let mark = match levels {
                            Levels::Points => format!("{}.{}", class + 1, at + 1),
                            _ => (at + 1).to_string(),
                        };
                        parts.push(self.line(1, mark));
                    }
                    let mark = match levels {
                        Levels::Points => (class + 1).to_string(),
                        _ => CHINESE[class].to_owned(),
                    };
                    let title = self.title(0, mark, CLASSES[class], &parts);
                    all.push(title);
                    all.extend(parts);
                }
            }
            Levels::Roman | Levels::Brackets => {
                for part in 0..self.draw.number(2, 3) as usize {
                    let mut below = Vec::new();
                    for class in 0..self.draw.number(1, 3) as usize {
                        let mut lines = Vec::new();
                        for at in 0..self.draw.number(2, 4) {
                            lines.push(self.line(2, (at + 1).to_string()));
                        }
                        let mark = match levels {
                            Levels::Roman => CHINESE[class].to_owned(),
                            _ => format!("（{}）", CHINESE[class]),
                        };
                        let title = self.title(1, mark, CLASSES[part * 3 + class], &lines);
                        below.push(title);
                        below.extend(lines);
                    }
                    let mark = match levels {
                        Levels::Roman => ROMAN[part],
                        _ => CHINESE[part],
                    };
                    let title = self.title(0, mark.to_owned(), PARTS[part], &below);
                    all.push(title);
                    all.extend(below);
                }
                // A part that has no parts of its own, such as the reserve.
                if levels == Levels::Roman && self.draw.chance(60) {
                    let mut reserve = self.line(0, ROMAN[3].to_owned());
                    reserve.name = "预备费".to_owned();
                    all.push(reserve);
                }
            }
        }
        all
    }

    fn amount_cell(&mut self, fen: u64) -> Cell {
        let shown = self.shown(fen);
        match self.draw.number(0, 9) {
            0 if self.zeros == 0 => text(grouped(&shown)),
            1 if self.zeros == 0 => text(format!("¥{}", grouped(&shown))),
            _ => number(shown),
        }
    }

    fn shown(&self, fen: u64) -> String {
        let decimals = 2 + self.zeros as usize;
        let scale = 10u64.pow(decimals as u32);
        let text = format!("{}.{:0decimals$}", fen / scale, fen % scale);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text.is_empty() { "0".to_owned() } else { text.to_owned() }
    }

    fn heading(&mut self) -> Vec<Cell> {
        let mut heading = Vec::new();
        if self.has_marks && !self.marks_in_names {
            heading.push(text("序号"));
        }
        heading.push(text(self.name));
        if self.products {
            heading.extend([text("单位"), text("工程量"), text("综合单价（元）")]);
        }
        let amount = if self.unit_above {
            self.amount.to_owned()
        } else {
            match self.draw.number(0, 2) {
                0 => format!("{}({})", self.amount, self.unit),
                1 => format!("{}/{}", self.amount, self.unit),
                _ => format!("{}（{}）", self.amount, self.unit),
            }
        };
        heading.push(text(amount));
        heading.extend(self.extras.iter().map(|&one| text(one)));
        heading
    }

    fn row(&mut self, row: &Row, sheet: &mut Sheet, off: i64) {
        let mut cells = Vec::new();
        if self.has_marks && !self.marks_in_names {
            cells.push(match row.mark.parse::<u64>() {
                Ok(_) if self.draw.chance(70) => number(&*row.mark),
                _ => text(&*row.mark),
            });
        }
        let mut name = row.name.clone();
        if self.marks_in_names && !row.mark.is_empty() {
            name = match row.mark.starts_with('（') {
                true => format!("{}{name}", row.mark),
                false => format!("{}、{name}", row.mark),
            };
        }
        if self.levels == Levels::Indents && row.level > 0 {
            if matches!(self.kind, Kind::Xlsx | Kind::Xml2003) {
                sheet.indents.push((sheet.rows.len(), cells.len(), row.level as u8));
            } else {
                name = format!("{}{name}", "\u{3000}".repeat(row.level));
            }
        }
        cells.push(text(name));
        if self.products {
            match row.quantity {
                Some((quantity, price)) => {
                    cells.push(text("m2"));
                    cells.push(number(quantity.to_string()));
                    cells.push(number(format!("{}.{:02}", price / 100, price % 100)));
                }
                None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
            }
        }
        let fen = row.fen.checked_add_signed(off).unwrap_or(row.fen);
        let has_amount = match self.details {
            true => row.level == 0,
            false => row.is_line || self.parents_have_amounts,
        };
        cells.push(match has_amount {
            true => self.amount_cell(fen),
            false => Cell::Empty,
        });
        for extra in self.extras.clone() {
            cells.push(match extra {
                "备注" if self.draw.chance(30) => text("含税"),
                "建设规模" => text("全小区"),
                "计划工期" => text("60天"),
                _ => Cell::Empty,
            });
        }
        sheet.rows.push(cells);
    }

    fn total(&mut self, sheet: &mut Sheet, label: &str, fen: u64) {
        let has_column = self.has_marks && !self.marks_in_names;
        let before = usize::from(has_column);
        let in_first = has_column && self.draw.chance(50);
        let mut cells = vec![Cell::Empty; before + 1 + if self.products { 3 } else { 0 }];
        cells[if in_first { 0 } else { before }] = text(label);
        let amount = self.amount_cell(fen);
        cells.push(amount);
        sheet.rows.push(cells);
    }

    fn sheet(&mut self, rows: &[Row]) -> Sheet {
        let mut sheet = Sheet { name: "Sheet1".to_owned(), ..Sheet::default() };
        let sum: u64 = rows.iter().filter(|one| one.is_line).map(|one| one.fen).sum();
        if self.draw.chance(70) {
            sheet.rows.push(vec![text("幸福里小区老旧小区改造工程投资估算表")]);
        }
        if self.draw.chance(12) && self.planted.is_none() {
            let sum = self.shown(sum);
            sheet.rows.push(vec![text(format!("总投资：{sum}{}", self.unit))]);
        }
        if self.unit_above {
            let note = format!("单位：{}", self.unit);
            sheet.rows.push(vec![Cell::Empty, Cell::Empty, text(note)]);
        }
        let mut heading = self.heading();
        if self.draw.chance(8) {
            // Columns of where the money comes from, under one heading.
            let width = heading.len();
            let mut under = vec![Cell::Empty; width];
            heading.extend([text("资金来源"), Cell::Empty, Cell::Empty]);
            under.extend([text("中央"), text("省级"), text("居民")]);
            sheet.rows.extend([heading, under]);
        } else {
            sheet.rows.push(heading);
        }
        let at_top = self.draw.chance(12) && self.planted.is_none();
        if at_top {
            self.total(&mut sheet, "合计", sum);
        }
        let titles: Vec<usize> =
            rows.iter().enumerate().filter(|(_, one)| !one.is_line).map(|(at, _)| at).collect();
        let lines: Vec<usize> =
            rows.iter().enumerate().filter(|(_, one)| one.is_line).map(|(at, _)| at).collect();
        let title = titles.get(self.draw.number(0, 20) as usize % titles.len().max(1)).copied();
        let line = lines[self.draw.number(0, 20) as usize % lines.len()];
        let has_subtotals = self.draw.chance(25)
            && matches!(self.levels, Levels::Classes)
            && self.planted != Some("hidden");
        let mut of_class = 0;
        for (at, row) in rows.iter().enumerate() {
            if has_subtotals && row.level == 0 && at > 0 {
                self.total(&mut sheet, "小计", of_class);
            }
            if row.level == 0 {
                of_class = 0;
            }
            of_class += if row.is_line { row.fen } else { 0 };
            let off = match self.planted {
                Some("more-than-parts") if title == Some(at) => 1_000_000,
                Some("less-than-parts") if title == Some(at) => -1_000_000,
                Some("product") if line == at => 100_000_000,
                _ => 0,
            };
            self.row(row, &mut sheet, off);
            if row.is_line
                && row.quantity.is_none()
                && !self.details
                && self.planted.is_none()
                && self.draw.chance(4)
            {
                let name = "其中：材料费".to_owned();
                let part = Row { name, mark: String::new(), fen: row.fen / 2, ..row.clone() };
                self.row(&part, &mut sheet, 0);
                let numbered = self.has_marks && self.levels != Levels::Indents;
                if numbered && self.draw.chance(15) {
                    let name = "机械费".to_owned();
                    let part = Row { name, fen: row.fen / 4, ..part.clone() };
                    self.row(&part, &mut sheet, 0);
                }
            }
            if line == at && self.planted == Some("hidden") {
                sheet.hidden_rows.push(sheet.rows.len() - 1);
            }
            if line == at && self.planted == Some("struck") {
                sheet.struck_rows.push(sheet.rows.len() - 1);
            }
            if line == at && self.planted == Some("bad-amount") {
                let last = sheet.rows.len() - 1;
                let column = sheet.rows[last].len() - 1 - self.extras.len();
                sheet.rows[last][column] = text("约12万元");
            }
        }
        if has_subtotals {
            self.total(&mut sheet, "小计", of_class);
        }
        let has_total = match self.planted {
            Some("total" | "strange-total") => true,
            Some(
                "more-than-parts" | "less-than-parts" | "product" | "twice-counted" | "hidden",
            ) => false,
            _ => self.draw.chance(80),
        };
        if has_total && !at_top {
            let label = if self.planted == Some("strange-total") {
                self.draw.one(STRANGE)
            } else {
                self.draw.one(TOTALS)
            };
            let off = if self.planted == Some("total") { 50_000_000 } else { 0 };
            self.total(&mut sheet, label, sum + off);
        }
        if self.draw.chance(30) {
            sheet.rows.push(vec![text("注：本表不含税。")]);
        }
        if self.draw.chance(15) {
            sheet.rows.push(vec![text("编制人：张三"), Cell::Empty, text("审核人：李四")]);
        }
        sheet
    }

    fn alone(&mut self) -> (Vec<Sheet>, Vec<(String, u64)>) {
        let count = self.draw.number(3, 12);
        let mut rows = self.rows(count);
        let is_title = matches!(self.planted, Some("more-than-parts" | "less-than-parts"));
        let no_sheets = !matches!(self.kind, Kind::Xlsx | Kind::Ods | Kind::Xml2003);
        if self.planted == Some("hidden") && no_sheets {
            self.planted = None;
        }
        if self.planted == Some("struck") && !matches!(self.kind, Kind::Xlsx | Kind::Xml2003)
            || self.planted == Some("drafts") && no_sheets
        {
            self.planted = None;
        }
        if is_title && !rows.iter().any(|one| !one.is_line) {
            self.planted = None;
        }
        if self.planted == Some("twice-counted") {
            // A row that is the sum of two below it, told apart by nothing.
            if self.levels == Levels::Flat {
                let sum = rows[0].fen + rows[1].fen;
                let whole = Row {
                    name: "主体改造".to_owned(),
                    fen: sum,
                    quantity: None,
                    is_line: false,
                    ..rows[0].clone()
                };
                rows.insert(0, whole);
                for (at, row) in rows.iter_mut().enumerate() {
                    row.mark = (at + 1).to_string();
                }
                self.parents_have_amounts = true;
            } else {
                self.planted = None;
            }
        }
        let is_line = |one: &&Row| if self.details { one.level == 0 } else { one.is_line };
        let named = |one: &Row| match self.marks_in_names {
            true => (format!("{}、{}", one.mark, one.name), one.fen),
            false => (one.name.clone(), one.fen),
        };
        let lines = rows.iter().filter(is_line).map(named).collect();
        let beside = self.levels == Levels::Flat && rows.len() > 4 && self.draw.chance(15);
        if beside && self.planted.is_none() {
            return (vec![self.side_by_side(&rows)], lines);
        }
        let mut sheets = vec![self.sheet(&rows)];
        if self.planted == Some("drafts") {
            let last = rows.iter().rposition(|one| one.is_line).expect("a line");
            rows[last].fen += 1_000_000;
            let mut draft = self.sheet(&rows);
            sheets[0].name = "送审稿".to_owned();
            draft.name = "审定稿".to_owned();
            sheets.push(draft);
        }
        (sheets, lines)
    }

    /// Two tables side by side, or one below the other with its columns the other way round.
    fn side_by_side(&mut self, rows: &[Row]) -> Sheet {
        let (first, second) = rows.split_at(rows.len() / 2);
        let mut halves = Vec::new();
        let heading = self.heading();
        for half in [first, second] {
            let mut sheet = Sheet::default();
            sheet.rows.push(heading.clone());
            for row in half {
                self.row(row, &mut sheet, 0);
            }
            halves.push(sheet.rows);
        }
        let mut all = Vec::new();
        if self.unit_above {
            all.push(vec![text(format!("单位：{}", self.unit))]);
        }
        if self.draw.chance(50) {
            let width = heading.len();
            for at in 0..halves[0].len().max(halves[1].len()) {
                let mut row = halves[0].get(at).cloned().unwrap_or_default();
                row.resize(width, Cell::Empty);
                row.extend(halves[1].get(at).cloned().unwrap_or_default());
                all.push(row);
            }
        } else {
            all.extend(halves[0].clone());
            let sum = first.iter().map(|one| one.fen).sum();
            let mut sheet = Sheet::default();
            self.total(&mut sheet, "小计", sum);
            all.extend(sheet.rows);
            all.push(vec![text("二、其他")]);
            all.extend(halves[1].iter().map(|row| {
                let mut row = row.clone();
                row.resize(heading.len(), Cell::Empty);
                row.reverse();
                row
            }));
        }
        Sheet { name: "Sheet1".to_owned(), rows: all, ..Sheet::default() }
    }

    /// A sheet for each class, and one that adds them up.
    fn several(&mut self) -> (Vec<Sheet>, Vec<(String, u64)>) {
        self.planted = None;
        self.levels = Levels::Flat;
        (self.products, self.marks_in_names, self.details) = (false, false, false);
        let mut sheets = Vec::new();
        let mut all = Vec::new();
        let mut summary = Vec::new();
        for (at, name) in CLASSES.iter().take(self.draw.number(2, 4) as usize).enumerate() {
            let count = self.draw.number(2, 5);
            let rows = self.rows(count);
            let sum = rows.iter().map(|one| one.fen).sum();
            all.extend(rows.iter().map(|one| (one.name.clone(), one.fen)));
            let mut sheet = self.sheet(&rows);
            sheet.name = (*name).to_owned();
            sheets.push(sheet);
            summary.push(Row {
                level: 0,
                mark: (at + 1).to_string(),
                name: (*name).to_owned(),
                fen: sum,
                is_line: true,
                quantity: None,
            });
        }
        if self.draw.chance(60) {
            let mut sheet = self.sheet(&summary);
            sheet.name = self.draw.one(&["汇总表", "汇总", "投资估算汇总表", "总表"]).to_owned();
            sheets.insert(0, sheet);
        }
        (sheets, all)
    }
}

fn grouped(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{fraction:0<2}")
}
