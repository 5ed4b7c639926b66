//! Rosters as offices make them, each with the homes that it holds.

use std::collections::BTreeMap;

use super::book::{Cell, Kind, Sheet, number, text};
use super::draw::Draw;
use super::{File, Right};

/// A home that a roster holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub building: String,
    pub unit: String,
    pub floor: Option<i64>,
    /// In hundredths of a m².
    pub area: u64,
    pub name: String,
    /// What a plan has of the home besides, by field: its use, hardships, parts of the fund, and
    /// whether it takes part in the line.
    pub besides: BTreeMap<&'static str, String>,
}

/// A home with what its row says besides.
#[derive(Clone)]
struct Flat {
    home: Home,
    phase: String,
    room: String,
}

/// A column beside the others: what it is, and its heading.
#[derive(Clone, Copy, PartialEq)]
enum Besides {
    Aside(&'static str),
    Use(&'static str),
    Hardship(&'static str),
    Joins(&'static str),
    Principal(&'static str),
    Interest(&'static str),
    Balance(&'static str),
}

impl Besides {
    /// Whether it says a field of the home.
    fn fills(self, field: &str) -> bool {
        match self {
            Besides::Aside(_) => false,
            Besides::Use(_) => field == "use",
            Besides::Hardship(_) => field == "hardship",
            Besides::Joins(_) => field == "joins",
            Besides::Principal(_) => ["principal", "fund_balance"].contains(&field),
            Besides::Interest(_) => field == "fund_interest",
            Besides::Balance(_) => field == "fund_balance",
        }
    }

    fn heading(self) -> &'static str {
        use Besides::*;
        match self {
            Aside(heading) | Use(heading) | Hardship(heading) | Joins(heading)
            | Principal(heading) | Interest(heading) | Balance(heading) => heading,
        }
    }
}

/// The words of cells, each with what a plan has; nothing for a home as homes are.
type Words = &'static [(&'static str, &'static str)];
const USES: Words = &[
    ("住宅", ""),
    ("住宅", ""),
    ("住宅", ""),
    ("成套住宅", ""),
    ("", ""),
    ("车库", "garage"),
    ("地下车库", "garage"),
    ("商业", "shop"),
    ("商铺", "shop"),
    ("门面房", "shop"),
    ("储藏室", "storage"),
    ("储物间", "storage"),
];
const HARDSHIPS: Words = &[
    ("", ""),
    ("", ""),
    ("无", ""),
    ("低保", "dibao"),
    ("低保户、残疾", "dibao+disabled"),
    ("残疾，低保", "disabled+dibao"),
    ("特困人员", "tekun"),
    ("低保边缘；重残", "low_income+disabled"),
    ("低保/残疾人", "dibao+disabled"),
    ("低保和低保", "dibao"),
];
/// Each column of the words is written in one way.
const JOINS: Words =
    &[("是", "否"), ("√", "×"), ("参加", "不参加"), ("同意", "不同意"), ("加装", "放弃")];

/// How buildings are told.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Columns of buildings, units and flats.
    Columns,
    /// 3-1-501.
    Dashes,
    /// 3号楼1单元501室, with a compound before it or without.
    Words,
    /// A column of buildings, and 1单元501.
    UnitInRoom,
    /// A column of buildings, and 3-501 without units.
    PairInRoom,
    /// A sheet for each building.
    Sheets,
    /// A row above the homes of each building and unit.
    Banners,
    /// A register's export: addresses, and a row for each owner of a flat.
    Register,
}

const SURNAMES: &[&str] = &[
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
    "朱", "秦",
];
const GIVEN: &[&str] = &[
    "建国", "秀英", "伟", "芳", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟",
    "涛", "明", "超", "桂兰", "志强",
];
const AREAS: &[&str] = &[
    "建筑面积",
    "建筑面积（㎡）",
    "面积",
    "产权面积",
    "房屋建筑面积(平方米)",
    "专有部分面积（m²）",
    "产权证面积",
    "登记面积",
    "建面",
    "实测建筑面积",
    "不动产权证面积",
    "专有部分建筑面积",
    "产权证建筑面积",
];
const NAMES: &[&str] = &[
    "户主",
    "业主",
    "业主姓名",
    "产权人",
    "权利人",
    "姓名",
    "权利人名称",
    "业主名称",
    "房主",
    "所有权人",
];
const ROOMS: &[&str] =
    &["房号", "室号", "门牌号", "房间号", "户室", "房间编号", "室号部位", "房屋编码", "户室号"];
const BUILDINGS: &[&str] =
    &["楼号", "楼栋", "幢号", "栋号", "楼栋号", "楼栋编号", "栋编号", "楼栋名称", "自然幢号", "幢"];
const UNITS: &[&str] = &["单元", "单元号", "单元编号", "门栋"];
const FLOORS: &[&str] = &["楼层", "所在层", "层次", "实际层", "房屋楼层", "起始层", "所在楼层"];
const IDS: &[&str] = &["户号", "房屋编号", "编号", "住户编号"];
const ADDRESSES: &[&str] = &["房屋坐落", "坐落", "房屋地址", "详细地址", "房屋坐落地址", "住址"];
const TOTALS: &[&str] =
    &["合计", "总计", "共计", "合 计", "总 计", "合计：", "合计（全小区）", "Total"];
const COMPOUNDS: &[&str] =
    &["幸福里小区", "建设路12号院", "濮阳市华龙区人民路88号", "机床厂家属院", ""];

/// A whole roster and the file that it stands in.
pub fn draw(seed: u64) -> File {
    let mut draw = Draw::new(seed);
    let place = *draw.one(&[
        &Place::Columns,
        &Place::Columns,
        &Place::Columns,
        &Place::Dashes,
        &Place::Words,
        &Place::Words,
        &Place::UnitInRoom,
        &Place::PairInRoom,
        &Place::Sheets,
        &Place::Banners,
        &Place::Register,
    ]);
    let mut flats = flats(&mut draw, place);
    if place == Place::Register {
        for flat in &mut flats {
            for more in 0..draw.number(0, 5).saturating_sub(3) {
                flat.home.name += &format!("、{}{}", draw.one(SURNAMES), draw.one(GIVEN));
                flat.home.name += &format!("{more}");
            }
        }
    }
    if draw.chance(10) && place != Place::Register {
        // Somebody has several flats.
        let (first, second) = (flats[0].home.name.clone(), flats.len() / 2);
        flats[second].home.name = first;
    }
    let mut homes: Vec<Home> = flats.iter().map(|flat| flat.home.clone()).collect();
    for home in &mut homes {
        for (field, words) in [("use", USES), ("hardship", HARDSHIPS)] {
            let word = home.besides.remove(field).unwrap_or_default();
            let code = meant(words, &word);
            home.besides.extend((!code.is_empty()).then_some((field, code)));
        }
    }
    let mut writer = Writer::new(&mut draw, place, &flats);
    let sheets = writer.sheets(&flats);
    let Writer { planted, kind, floors_shown, notes, extras, .. } = writer;
    for home in &mut homes {
        home.besides.retain(|field, _| extras.iter().any(|extra| extra.fills(field)));
        // The balance alone has no interest.
        if !extras.iter().any(|extra| matches!(extra, Besides::Interest(_)))
            && let Some(principal) = home.besides.get("principal").cloned()
        {
            home.besides.insert("fund_balance", principal);
        }
        home.besides.remove("principal");
    }
    if !floors_shown {
        for (home, flat) in homes.iter_mut().zip(&flats) {
            let digits = flat.room.bytes().all(|one| one.is_ascii_digit());
            home.floor = home.floor.filter(|_| digits && flat.room.len() >= 3);
        }
    }
    File { kind, sheets, right: Right::Roster(homes), planted, shape: notes }
}

fn flats(draw: &mut Draw, place: Place) -> Vec<Flat> {
    let buildings = draw.number(1, if place == Place::Sheets { 4 } else { 3 });
    let first = draw.number(1, 12);
    // Two phases have a building of one number.
    let has_phases = place == Place::Columns && buildings > 1 && draw.chance(15);
    let has_units = !matches!(place, Place::PairInRoom) && draw.chance(85);
    let letters = place == Place::Columns && draw.chance(8);
    let padded = draw.chance(10);
    let mut flats = Vec::new();
    for at in 0..buildings {
        let number = if has_phases && at > 0 { first } else { first + at };
        let phase = match has_phases {
            true => ["一期", "二期", "三期", "四期"][at as usize].to_owned(),
            false => String::new(),
        };
        let units = if has_units { draw.number(1, 3) } else { 1 };
        let floors = draw.number(2, 6);
        for unit in 1..=units {
            for floor in 1..=floors {
                for door in 1..=draw.number(1, 3) {
                    let room = match (letters, padded) {
                        (true, _) => format!("{floor}{}", ["A", "B", "C"][door as usize - 1]),
                        (_, true) => format!("{floor:02}{door:02}"),
                        _ => format!("{floor}{door:02}"),
                    };
                    let name = format!("{}{}", draw.one(SURNAMES), draw.one(GIVEN));
                    // No two of one name, unless it is drawn so below.
                    let name = format!("{name}{}", flats.len());
                    let home = Home {
                        building: format!("{phase}{number}"),
                        unit: if has_units { unit.to_string() } else { String::new() },
                        floor: i64::try_from(floor).ok(),
                        area: draw.number(3000, 14000),
                        name,
                        besides: BTreeMap::new(),
                    };
                    let home = with_besides(draw, home);
                    flats.push(Flat { home, phase: phase.clone(), room });
                }
            }
        }
    }
    flats
}

/// A home with what a plan has of it besides.
fn with_besides(draw: &mut Draw, mut home: Home) -> Home {
    let (principal, interest) = (draw.number(0, 2_000_000), draw.number(0, 90_000));
    let said = [
        ("use", drawn(draw, USES).0.to_owned()),
        ("hardship", drawn(draw, HARDSHIPS).0.to_owned()),
        ("joins", draw.one(&["no", "yes", "yes"]).to_string()),
        ("principal", decimal(principal)),
        ("fund_interest", decimal(interest)),
        ("fund_balance", decimal(principal + interest)),
    ];
    home.besides.extend(said);
    home
}

fn drawn(draw: &mut Draw, words: Words) -> (&'static str, &'static str) {
    words[draw.number(0, words.len() as u64 - 1) as usize]
}

/// What a plan has where a cell holds a word.
fn meant(words: Words, word: &str) -> String {
    let found = words.iter().find(|(written, _)| *written == word);
    found.map_or("", |(_, code)| code).to_owned()
}

struct Writer<'d> {
    draw: &'d mut Draw,
    place: Place,
    kind: Kind,
    /// The headings, and how the cells below are written.
    area: &'static str,
    ending: &'static str,
    unit_ending: &'static str,
    room_ending: &'static str,
    compound: &'static str,
    phases: bool,
    /// What stands between the parts of an id, and behind the building.
    dash: (&'static str, &'static str),
    /// Whether numbers are written as programs write them that know no text: 101.0.
    floats: bool,
    /// Whether cells of a CSV are formulas of a text.
    wrapped: bool,
    /// Whether the unit stands behind the building in one cell.
    unit_in_building: bool,
    /// Whether the place and the area stand over headings of their parts.
    two_rows: bool,
    fill: u64,
    has_floor: bool,
    floors_shown: bool,
    has_numbers: bool,
    shows_units: bool,
    extras: Vec<Besides>,
    /// The words for taking part and for not.
    joins: (&'static str, &'static str),
    planted: Option<&'static str>,
    area_form: u64,
    merges: bool,
    notes: String,
}

impl<'d> Writer<'d> {
    fn new(draw: &'d mut Draw, place: Place, flats: &[Flat]) -> Writer<'d> {
        let needs_sheets = place == Place::Sheets;
        let merges = draw.chance(25) && place != Place::Sheets;
        let kind = Kind::draw(draw, needs_sheets, merges);
        let has_letters =
            flats.iter().any(|flat| flat.room.bytes().any(|one| one.is_ascii_alphabetic()));
        let has_floor = draw.chance(40) || has_letters;
        let extras: &[&'static str] =
            &["联系电话", "身份证号", "备注", "总层数", "产权证号", "朝向", "户型", "登记日期"];
        let extras = extras.iter().filter(|_| draw.chance(20));
        let mut extras: Vec<_> = extras.map(|&heading| Besides::Aside(heading)).collect();
        let planted = draw.chance(30).then(|| {
            draw.one(&[
                "hidden",
                "payer",
                "same-flat",
                "total",
                "count",
                "twice",
                "missing",
                "contradiction",
                "unknown-building",
                "owner",
                "use",
                "which-line",
                "blank-joins",
                "fund-parts",
                "struck",
            ])
        });
        // Elsewhere the building stands in another column.
        let planted = planted.filter(|&one| match one {
            "unknown-building" => place == Place::Columns,
            "hidden" => matches!(kind, Kind::Xlsx | Kind::Ods | Kind::Xml2003),
            "struck" => matches!(kind, Kind::Xlsx | Kind::Xml2003) && place != Place::Register,
            "same-flat" => place == Place::Words,
            _ => true,
        });
        let is = |one: &str| planted == Some(one);
        if draw.chance(20) || is("use") {
            let headings = ["用途", "房屋用途", "规划用途", "房屋性质"];
            extras.push(Besides::Use(draw.one(&headings)));
        }
        if draw.chance(20) {
            let headings = ["困难类别", "困难情况", "特殊群体"];
            extras.push(Besides::Hardship(draw.one(&headings)));
        }
        if draw.chance(20) || is("which-line") || is("blank-joins") {
            let headings = ["是否参加", "是否同意加装", "是否加装电梯", "是否参与分摊"];
            extras.push(Besides::Joins(draw.one(&headings)));
        }
        let has_parts = draw.chance(20) || is("fund-parts");
        if has_parts {
            extras.push(Besides::Principal(draw.one(&["可用本金", "本金余额", "维修资金本金"])));
        }
        if has_parts && (draw.chance(80) || is("fund-parts")) {
            extras.push(Besides::Interest(draw.one(&["可用利息", "利息余额", "维修资金利息"])));
            if draw.chance(30) || is("fund-parts") {
                extras.push(Besides::Balance("维修资金余额"));
            }
        }
        Writer {
            place,
            kind,
            area: draw.one(AREAS),
            ending: draw.one(&["号楼", "栋", "幢", "#", "#楼", "号", "", "座"]),
            unit_ending: draw.one(&["单元", "单元", "", "门"]),
            room_ending: draw.one(&["", "", "室", "号"]),
            compound: draw.one(COMPOUNDS),
            phases: flats.iter().any(|flat| !flat.phase.is_empty()),
            dash: match flats.iter().all(|flat| flat.home.unit.is_empty()) {
                true => ("-", *draw.one(&[&"", &"号楼", &"#"])),
                false => *draw.one(&[
                    &("-", ""),
                    &("-", "#"),
                    &("-", "号楼"),
                    &("/", ""),
                    &("－", ""),
                    &(" - ", ""),
                    &(".", ""),
                    &("\\", ""),
                ]),
            },
            floats: place == Place::Columns
                && matches!(kind, Kind::Csv | Kind::Tsv)
                && !has_letters
                && draw.chance(25),
            wrapped: matches!(kind, Kind::Csv | Kind::Gbk) && draw.chance(15),
            unit_in_building: place == Place::Columns && !merges && draw.chance(8),
            two_rows: place == Place::Columns && !merges && draw.chance(12),
            fill: draw.number(0, 3),
            has_floor,
            floors_shown: has_floor,
            has_numbers: draw.chance(50),
            shows_units: flats.iter().any(|flat| !flat.home.unit.is_empty()),
            extras,
            joins: drawn(draw, JOINS),
            planted,
            area_form: draw.number(0, 5),
            merges,
            notes: String::new(),
            draw,
        }
    }

    fn sheets(&mut self, flats: &[Flat]) -> Vec<Sheet> {
        self.notes = format!("{:?}", place_name(self.place));
        if self.place == Place::Sheets {
            let mut sheets: Vec<Sheet> = Vec::new();
            let mut at = 0;
            while at < flats.len() {
                let building = &flats[at].home.building;
                let own: Vec<Flat> = flats[at..]
                    .iter()
                    .take_while(|flat| flat.home.building == *building)
                    .cloned()
                    .collect();
                at += own.len();
                let name = format!("{building}{}", self.draw.one(&["号楼", "栋", "#"]));
                let mut sheet = self.sheet(&own, &name, at == own.len());
                sheet.name = name;
                sheets.push(sheet);
            }
            if self.draw.chance(30) {
                let mut rows = vec![vec![text("楼号"), text("户数"), text("建筑面积")]];
                for sheet in &sheets {
                    let own: Vec<_> = flats
                        .iter()
                        .filter(|flat| sheet.name.starts_with(&flat.home.building))
                        .collect();
                    let area: u64 = own.iter().map(|flat| flat.home.area).sum();
                    rows.push(vec![
                        text(&*sheet.name),
                        number(own.len().to_string()),
                        number(decimal(area)),
                    ]);
                }
                let summary = Sheet { name: "汇总".to_owned(), rows, ..Sheet::default() };
                sheets.insert(0, summary);
            }
            return sheets;
        }
        let blocks =
            if self.draw.chance(10) && !self.merges && self.planted.is_none() { 2 } else { 1 };
        if blocks == 2
            && matches!(self.place, Place::Dashes | Place::Words | Place::Columns)
            && flats.len() > 3
        {
            self.notes += " side-by-side";
            self.fill = 0;
            let half = flats.len().div_ceil(2);
            let one = self.plain_rows(&flats[..half]);
            let mut two = self.plain_rows(&flats[half..]);
            two[0].clone_from(&one[0]);
            let width = one[0].len();
            let gap = self.draw.chance(50);
            let mut rows = Vec::new();
            for at in 0..one.len().max(two.len()) {
                let mut row = one.get(at).cloned().unwrap_or_default();
                row.resize(width + usize::from(gap), Cell::Empty);
                row.extend(two.get(at).cloned().unwrap_or_default());
                rows.push(row);
            }
            return vec![Sheet { name: "Sheet1".to_owned(), rows, ..Sheet::default() }];
        }
        let below = matches!(self.place, Place::Dashes | Place::Words) && self.draw.chance(15);
        if below && self.planted.is_none() && flats.len() > 5 && !self.wrapped && !self.merges {
            self.notes += " another table below";
            return vec![self.two_tables(flats)];
        }
        let mut sheets = vec![self.sheet(flats, "住户名册", true)];
        sheets[0].name = "住户名册".to_owned();
        if matches!(self.kind, Kind::Xlsx | Kind::Xml2003 | Kind::Ods) && self.draw.chance(10) {
            self.notes += " old-sheet-hidden";
            let rows = vec![vec![text("房号"), text("面积")], vec![text("9-9-901"), number("55")]];
            sheets.push(Sheet {
                name: "旧名册".to_owned(),
                rows,
                is_hidden: true,
                ..Sheet::default()
            });
        }
        sheets
    }

    /// Two tables, the second with its columns the other way round.
    fn two_tables(&mut self, flats: &[Flat]) -> Sheet {
        self.fill = 0;
        let (first, second) = flats.split_at(flats.len() - 2);
        let mut rows = self.plain_rows(first);
        let sum: u64 = first.iter().map(|flat| flat.home.area).sum();
        let width = rows[0].len();
        if self.draw.chance(50) {
            let total = self.total_row(width, "合计", sum, first.len() as u64);
            rows.push(total);
        }
        rows.push(vec![Cell::Empty; width]);
        rows.push(vec![text("附表：补充登记")]);
        rows.extend(self.plain_rows(second).into_iter().map(|mut row| {
            row.reverse();
            row
        }));
        Sheet { name: "Sheet1".to_owned(), rows, ..Sheet::default() }
    }

    /// The heading and the homes, and nothing else.
    fn plain_rows(&mut self, flats: &[Flat]) -> Vec<Vec<Cell>> {
        let mut rows = vec![self.heading()];
        let mut before = None;
        for (at, flat) in flats.iter().enumerate() {
            rows.push(self.row(flat, at, before));
            before = Some(flat);
        }
        rows
    }

    fn heading(&mut self) -> Vec<Cell> {
        let mut heading = Vec::new();
        if self.has_numbers {
            heading.push(text("序号"));
        }
        if self.phases {
            heading.push(text("分期"));
        }
        match self.place {
            Place::Columns => {
                let unknown = self.planted == Some("unknown-building");
                let building = if unknown { "楼座代号" } else { self.draw.one(BUILDINGS) };
                heading.push(text(building));
                if self.shows_units && !self.unit_in_building {
                    let units = self.draw.one(UNITS);
                    heading.push(text(units));
                }
                let rooms = self.draw.one(ROOMS);
                heading.push(text(rooms));
            }
            Place::Dashes => heading.push(text(self.draw.one(IDS))),
            Place::Words | Place::Register => heading.push(text(self.draw.one(ADDRESSES))),
            Place::UnitInRoom | Place::PairInRoom => {
                let building = self.draw.one(BUILDINGS);
                let rooms = self.draw.one(ROOMS);
                heading.extend([text(building), text(rooms)]);
            }
            Place::Sheets | Place::Banners => {
                if self.place == Place::Sheets && self.shows_units {
                    let units = self.draw.one(UNITS);
                    heading.push(text(units));
                }
                let rooms = self.draw.one(ROOMS);
                heading.push(text(rooms));
            }
        }
        if self.has_floor {
            let floors = self.draw.one(FLOORS);
            heading.push(text(floors));
        }
        heading.push(text(self.draw.one(NAMES)));
        heading.push(text(self.area));
        if self.planted == Some("owner") {
            heading.push(text("业主编号"));
        } else if self.planted == Some("payer") {
            heading.push(text("产权单位"));
        }
        heading.extend(self.extras.iter().map(|one| text(one.heading())));
        heading
    }

    fn row(&mut self, flat: &Flat, at: usize, before: Option<&Flat>) -> Vec<Cell> {
        let mut row = Vec::new();
        if self.has_numbers {
            row.push(number((at + 1).to_string()));
        }
        let number_alone = flat.home.building.trim_start_matches(&*flat.phase).to_owned();
        let same_building = before.is_some_and(|one| one.home.building == flat.home.building);
        let same_unit = same_building && before.is_some_and(|one| one.home.unit == flat.home.unit);
        let filled = |fill: u64, same: bool, written: String| match (fill, same) {
            (1, true) => Cell::Empty,
            (2, true) => text("〃"),
            (3, true) => text("同上"),
            _ => text(written),
        };
        let fill = if self.merges { 1 } else { self.fill };
        // 号 alone says a building only in its own column.
        let words = if matches!(self.ending, "" | "号") { "号楼" } else { self.ending };
        let building = format!("{number_alone}{}", self.ending);
        let unit_words = format!("{}单元", flat.home.unit);
        let room = format!("{}{}", flat.room, self.room_ending);
        if self.phases {
            row.push(filled(fill, same_building, flat.phase.clone()));
        }
        match self.place {
            Place::Columns => {
                if self.unit_in_building && self.shows_units {
                    row.push(filled(fill, same_unit, format!("{number_alone}{words}{unit_words}")));
                } else {
                    row.push(filled(fill, same_building, building));
                    if self.shows_units {
                        let unit = format!("{}{}", flat.home.unit, self.unit_ending);
                        row.push(filled(fill, same_unit, unit));
                    }
                }
                row.push(text(room));
            }
            Place::Dashes => {
                let building = format!("{number_alone}{}", self.dash.1);
                let parts = [&building, &flat.home.unit, &room];
                let parts: Vec<_> =
                    parts.into_iter().filter(|one| !one.is_empty()).map(String::as_str).collect();
                row.push(text(parts.join(self.dash.0)));
            }
            Place::Words | Place::Register => {
                let unit = if flat.home.unit.is_empty() { "" } else { &unit_words };
                row.push(text(format!("{}{number_alone}{words}{unit}{room}", self.compound)));
            }
            Place::UnitInRoom => {
                row.push(filled(fill, same_building, building));
                let unit = if flat.home.unit.is_empty() { "" } else { &unit_words };
                row.push(text(format!("{unit}{room}")));
            }
            Place::PairInRoom => {
                row.push(filled(fill, same_building, building));
                row.push(text(format!("{number_alone}-{room}")));
            }
            Place::Sheets => {
                if self.shows_units {
                    let unit = format!("{}{}", flat.home.unit, self.unit_ending);
                    row.push(text(unit));
                }
                row.push(text(room));
            }
            Place::Banners => row.push(text(room)),
        }
        if self.has_floor {
            let floor = flat.home.floor.unwrap_or_default();
            row.push(match self.area_form % 4 {
                0 => number(floor.to_string()),
                1 => text(format!("{floor}层")),
                2 => text(format!("{floor}/6")),
                _ => text(format!("第{floor}层")),
            });
        }
        row.push(text(&*flat.home.name));
        row.push(self.area_cell(flat.home.area));
        if self.planted == Some("owner") {
            row.push(text("4.11023E+17"));
        } else if self.planted == Some("payer") {
            row.push(text("机床厂"));
        }
        let besides = |field: &str| flat.home.besides.get(field).map_or("", String::as_str);
        for extra in self.extras.clone() {
            let heading = match extra {
                Besides::Aside(heading) => heading,
                Besides::Use(_) => {
                    row.push(text(besides("use")));
                    continue;
                }
                Besides::Hardship(_) => {
                    row.push(text(besides("hardship")));
                    continue;
                }
                Besides::Joins(_) => {
                    let (yes, no) = self.joins;
                    row.push(text(if besides("joins") == "no" { no } else { yes }));
                    continue;
                }
                Besides::Principal(_) => {
                    row.push(number(besides("principal")));
                    continue;
                }
                Besides::Interest(_) => {
                    row.push(number(besides("fund_interest")));
                    continue;
                }
                Besides::Balance(_) => {
                    row.push(number(besides("fund_balance")));
                    continue;
                }
            };
            row.push(match heading {
                "联系电话" => text(format!("1380000{:04}", at)),
                "身份证号" => text(format!("4109011980010{:05}", at * 7 + 12)),
                "备注" => {
                    if self.draw.chance(20) {
                        text("租户")
                    } else {
                        Cell::Empty
                    }
                }
                "总层数" => number("6"),
                "朝向" => text("南"),
                "户型" => text("两室一厅"),
                "登记日期" => text("2019年5月6日"),
                _ => text(format!("豫2019第{:05}号", at)),
            });
        }
        row
    }

    fn area_cell(&self, area: u64) -> Cell {
        let plain = decimal(area);
        match self.area_form {
            0 | 1 => number(plain),
            2 => text(format!("{plain}㎡")),
            3 => text(format!("{plain}平方米")),
            4 => text(
                plain
                    .chars()
                    .map(|one| char::from_u32(one as u32 + 0xfee0).unwrap_or(one))
                    .collect::<String>(),
            ),
            _ => text(format!("{plain} m²")),
        }
    }

    /// A whole sheet: titles, the heading, homes with subtotals, a total, footers.
    fn sheet(&mut self, flats: &[Flat], title: &str, is_first: bool) -> Sheet {
        let mut sheet = Sheet::default();
        let heading = self.heading();
        let width = heading.len();
        if self.draw.chance(60) {
            let title = match self.place {
                Place::Sheets => format!("{title}住户名册"),
                _ => "幸福里小区住户名册".to_owned(),
            };
            sheet.rows.push(vec![text(title)]);
            if self.merges {
                sheet.merged.push((0, 0, 0, width - 1));
            }
        }
        let sum: u64 = flats.iter().map(|flat| flat.home.area).sum();
        let confirms = self.planted == Some("hidden");
        let stated_above = self.place != Place::Sheets && self.draw.chance(15) && !confirms;
        if stated_above {
            let total = if self.planted == Some("total") { sum + 1000 } else { sum };
            let said = format!("总户数：{}，总面积：{}㎡", flats.len(), decimal(total));
            sheet.rows.push(vec![text(said)]);
        } else if self.draw.chance(20) {
            sheet.rows.push(vec![Cell::Empty, Cell::Empty, text("单位：平方米")]);
        }
        let repeated = heading.clone();
        if self.two_rows && self.planted.is_none() {
            self.divided(&mut sheet, heading);
        } else {
            sheet.rows.push(heading);
        }
        // Columns may be numbered, or their units have a row.
        match self.draw.number(0, 9) {
            0 => sheet.rows.push((1..=width).map(|at| number(at.to_string())).collect()),
            1 if !self.wrapped => {
                let area = width
                    - 1
                    - self.extras.len()
                    - usize::from(matches!(self.planted, Some("owner" | "payer")));
                let mut units = vec![Cell::Empty; width];
                units[area] = text("（㎡）");
                sheet.rows.push(units);
            }
            _ => {}
        }
        let confirms = matches!(self.planted, Some("hidden" | "same-flat"));
        let has_subtotals = self.draw.chance(30) && self.place != Place::Sheets && !confirms;
        let repeats_heading = self.draw.chance(10);
        let mut before: Option<&Flat> = None;
        let mut of_building = (0, 0);
        let mut starts = (sheet.rows.len(), sheet.rows.len());
        let column = usize::from(self.has_numbers) + usize::from(self.phases);
        let planted_at = self.draw.number(0, flats.len() as u64 - 1) as usize;
        for (at, flat) in flats.iter().enumerate() {
            let new_building = before.is_some_and(|one| one.home.building != flat.home.building);
            let new_unit =
                new_building || before.is_some_and(|one| one.home.unit != flat.home.unit);
            if new_building && has_subtotals {
                let label =
                    format!("{}{}小计", before.map_or("", |one| &one.home.building), "号楼");
                let label = if self.phases { "小计".to_owned() } else { label };
                let pages = ["页计", "本页面积", "以上各户之和"];
                let of_page = self.draw.chance(20) && of_building.1 > 1 && !self.phases;
                let of_page = of_page && self.place != Place::Register;
                let label = if of_page { self.draw.one(&pages).to_owned() } else { label };
                sheet.rows.push(self.total_row(width, &label, of_building.0, of_building.1));
                before = None;
            }
            if new_unit && self.merges && self.place == Place::Columns {
                let last = sheet.rows.len() - 1 - usize::from(new_building && has_subtotals);
                self.merge_column(&mut sheet, column + 1, starts.1, last, self.shows_units);
                if new_building {
                    self.merge_column(&mut sheet, column, starts.0, last, true);
                }
            }
            if new_building {
                of_building = (0, 0);
                starts.0 = sheet.rows.len();
            }
            if new_unit {
                starts.1 = sheet.rows.len();
            }
            if at > 0 && at % 20 == 0 && repeats_heading && !self.merges {
                sheet.rows.push(repeated.clone());
            }
            if self.place == Place::Banners && (at == 0 || new_unit) {
                let ending =
                    if matches!(self.ending, "" | "号" | "#") { "号楼" } else { self.ending };
                let unit = if flat.home.unit.is_empty() {
                    String::new()
                } else {
                    format!("{}单元", flat.home.unit)
                };
                sheet.rows.push(vec![text(format!("{}{ending}{unit}", flat.home.building))]);
            }
            let mut row = self.row(flat, at, before);
            if at == planted_at && is_first {
                self.plant(&mut row, width);
            }
            if self.floats {
                for (cell, heading) in row.iter_mut().zip(&repeated) {
                    *cell = as_float(cell, heading, self.area);
                }
            }
            if self.wrapped {
                for cell in &mut row {
                    if let Cell::Text(inner) | Cell::Number(inner) = cell {
                        *cell = text(format!("=\"{inner}\""));
                    }
                }
            }
            if self.place == Place::Register {
                self.owners(&mut sheet, &row, &repeated, &flat.home.name);
            } else {
                sheet.rows.push(row.clone());
            }
            if self.planted == Some("hidden") && at == planted_at && is_first {
                sheet.hidden_rows.push(sheet.rows.len() - 1);
            }
            if self.planted == Some("struck") && at == planted_at && is_first {
                sheet.struck_rows.push(sheet.rows.len() - 1);
            }
            if self.planted == Some("same-flat") && at == planted_at {
                let mut again = row.clone();
                let column = usize::from(self.has_numbers);
                if let Cell::Text(address) = &row[column] {
                    again[column] = text(format!("某某街道{address}"));
                }
                sheet.rows.push(again);
            }
            if self.planted == Some("twice") && at == planted_at && is_first {
                sheet.rows.push(row);
            }
            of_building = (of_building.0 + flat.home.area, of_building.1 + 1);
            before = Some(flat);
        }
        if self.merges && self.place == Place::Columns {
            let last = sheet.rows.len() - 1;
            self.merge_column(&mut sheet, column + 1, starts.1, last, self.shows_units);
            self.merge_column(&mut sheet, column, starts.0, last, true);
        }
        if has_subtotals && self.draw.chance(80) {
            let label = if self.draw.chance(50) { "小计" } else { "本楼小计" };
            sheet.rows.push(self.total_row(width, label, of_building.0, of_building.1));
        }
        let must = matches!(self.planted, Some("total" | "count")) && !stated_above;
        let in_words = self.planted == Some("count") && stated_above;
        let confirms = matches!(self.planted, Some("twice" | "hidden" | "same-flat"));
        if (self.draw.chance(60) || must || in_words) && !confirms {
            let label = self.draw.one(TOTALS);
            let off =
                if self.planted == Some("total") && !stated_above && is_first { 1000 } else { 0 };
            let more = u64::from(self.planted == Some("count") && is_first);
            sheet.rows.push(self.total_row(width, label, sum + off, flats.len() as u64 + more));
        }
        self.footers(&mut sheet, width);
        sheet
    }

    /// The heading in two rows: 房屋坐落 over the columns that say where, 面积 over areas.
    fn divided(&mut self, sheet: &mut Sheet, heading: Vec<Cell>) {
        let first = usize::from(self.has_numbers);
        let area = heading.iter().position(|cell| *cell == text(self.area)).expect("an area");
        let mut over = heading.clone();
        let mut under = vec![Cell::Empty; heading.len()];
        let last = area - 2 - usize::from(self.has_floor);
        for column in first..=last {
            under[column] = heading[column].clone();
            over[column] = Cell::Empty;
        }
        over[first] = text("房屋坐落");
        sheet.rows.extend([over, under]);
    }

    /// A row for each owner: with all that is said of the flat, or with the name alone under
    /// merged cells.
    fn owners(&mut self, sheet: &mut Sheet, row: &[Cell], heading: &[Cell], names: &str) {
        let column = heading.iter().position(|cell| *cell == text(self.area)).expect("an area") - 1;
        let first = sheet.rows.len();
        for (at, name) in names.split('、').enumerate() {
            let mut own = row.to_vec();
            own[column] = text(if self.wrapped { format!("=\"{name}\"") } else { name.to_owned() });
            if self.merges && at > 0 {
                own = vec![Cell::Empty; heading.len()];
                own[column] = text(name);
            }
            sheet.rows.push(own);
        }
        let last = sheet.rows.len() - 1;
        for merged in [usize::from(self.has_numbers), column + 1] {
            self.merge_column(sheet, merged, first, last, self.merges);
        }
    }

    fn merge_column(
        &self,
        sheet: &mut Sheet,
        column: usize,
        first: usize,
        last: usize,
        is_there: bool,
    ) {
        if is_there && last > first {
            sheet.merged.push((first, column, last, column));
        }
    }

    /// Puts something wrong into a row, which must be told.
    fn plant(&mut self, row: &mut [Cell], width: usize) {
        let area = width
            - 1
            - self.extras.len()
            - usize::from(matches!(self.planted, Some("owner" | "payer")));
        match self.planted {
            Some("missing") => row[area] = Cell::Empty,
            Some("contradiction") if self.place == Place::Columns => {
                row[width_of_room(self)] = text("99-9-909");
            }
            Some("contradiction") => row[area] = text("约60"),
            Some("use" | "which-line" | "blank-joins" | "fund-parts") => {
                let first = width - self.extras.len();
                let at = self.extras.iter().position(|extra| match extra {
                    Besides::Use(_) => self.planted == Some("use"),
                    Besides::Joins(_) => {
                        matches!(self.planted, Some("which-line" | "blank-joins"))
                    }
                    Besides::Balance(_) => self.planted == Some("fund-parts"),
                    _ => false,
                });
                let at = first + at.expect("the column");
                row[at] = match self.planted {
                    Some("use") => text("幼儿园"),
                    Some("which-line") => text(self.joins.1),
                    Some("blank-joins") => Cell::Empty,
                    _ => number("99999999.99"),
                };
            }
            _ => {}
        }
    }

    fn total_row(&mut self, width: usize, label: &str, area: u64, count: u64) -> Vec<Cell> {
        let mut row = vec![Cell::Empty; width];
        row[0] = text(label);
        let at = width
            - 1
            - self.extras.len()
            - usize::from(matches!(self.planted, Some("owner" | "payer")));
        let says_count = self.planted == Some("count") || self.draw.chance(40);
        if at > 1 && says_count {
            row[1] = text(format!("{count}户"));
        } else if self.planted == Some("count") {
            row[0] = text(format!("{label}：{count}户"));
        }
        row[at] = self.area_cell(area);
        row
    }

    fn footers(&mut self, sheet: &mut Sheet, width: usize) {
        if self.draw.chance(15) {
            sheet.rows.push(vec![text("以下空白")]);
        }
        if self.draw.chance(25) {
            let mut row = vec![Cell::Empty; width.max(3)];
            row[0] = text("填表人：张三");
            row[1] = text("审核人：李四");
            let last = row.len() - 1;
            row[last] = text("日期：2024年5月6日");
            sheet.rows.push(row);
        }
        if self.draw.chance(25) {
            sheet.rows.push(vec![text("注：面积以不动产权证为准。")]);
        }
        if self.draw.chance(15) {
            sheet.rows.push(vec![text("本表一式三份")]);
        }
    }
}

/// A number as a program writes it that knows a column of numbers alone.
fn as_float(cell: &Cell, heading: &Cell, area: &str) -> Cell {
    let (Cell::Text(inner) | Cell::Number(inner)) = cell else { return cell.clone() };
    let is_area = *heading == text(area);
    let bare = inner.trim_end_matches(|one: char| !one.is_ascii_digit());
    let is_number = !bare.is_empty() && bare.bytes().all(|one| one.is_ascii_digit() || one == b'.');
    match (is_area, is_number, bare.contains('.')) {
        // A float beside the one that is meant.
        (true, true, _) => {
            let near: f64 = bare.parse().expect("a number");
            number(format!("{}", f64::from_bits(near.to_bits() + 1)))
        }
        (false, true, false) if bare.len() < 5 => {
            text(format!("{}.0", bare.trim_start_matches('0')))
        }
        _ => cell.clone(),
    }
}

/// The column of flats where there are columns for all.
fn width_of_room(writer: &Writer<'_>) -> usize {
    usize::from(writer.has_numbers)
        + usize::from(writer.phases)
        + 1
        + usize::from(writer.shows_units && !writer.unit_in_building)
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Columns => "columns",
        Place::Dashes => "dashes",
        Place::Words => "words",
        Place::UnitInRoom => "unit in the flat's number",
        Place::PairInRoom => "building in the flat's number",
        Place::Sheets => "a sheet for each building",
        Place::Banners => "banners",
        Place::Register => "a register",
    }
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
