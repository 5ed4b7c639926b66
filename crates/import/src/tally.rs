//! What a file says of itself (小计, 合计, 总户数), compared with what was read.

use std::collections::{BTreeMap, HashMap};

use fentan_core::Value;

use crate::address;
use crate::exact::{decimal, millionths};
use crate::imported::Place;
use crate::layout::WEIGHT;
use crate::number::{self, is_digits};
use crate::tidy::{compact, tidy};

/// What is added up: a field, or the homes themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Summed {
    /// The homes or lines are counted.
    Count,
    /// A field by its name, such as `area` or `amount`.
    Field(String),
}

/// A figure that a file states for several rows, and what was read from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The name of its sheet; empty where it has none.
    pub sheet: String,
    /// The row that states it.
    pub row: u64,
    /// What the row calls itself: 合计, 3号楼小计.
    pub label: String,
    /// What is added up.
    pub summed: Summed,
    /// What is stated: a decimal in yuan or m², or a count.
    pub stated: String,
    /// What was read of the rows that it adds up.
    pub read: String,
    /// The difference of the two, without a sign.
    pub difference: String,
    /// The first and last of these rows in the same sheet; missing where they stand in several.
    pub rows: Option<(u64, u64)>,
    /// Whether the two are the same.
    pub agrees: bool,
}

/// What was read, added up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// The homes or lines.
    pub count: usize,
    /// The area in m² or the amount in yuan, as a decimal.
    pub sum: String,
}

/// The rows that a figure may add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Rows of some tables, both ends included.
    Rows { tables: (usize, usize), rows: (u64, u64) },
    /// The homes of a building.
    Building(String),
    /// All that was read.
    All,
}

/// A figure that a file states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) sheet: String,
    pub(crate) row: u64,
    pub(crate) label: String,
    pub(crate) summed: Summed,
    pub(crate) stated: i128,
    /// How far what was read may be off, for a figure that is rounded.
    pub(crate) tolerance: i128,
    /// What it may add up; the first is what it is compared with where none fits.
    pub(crate) scopes: Vec<Scope>,
}

/// Values by their tables and rows, to be added up quickly.
pub(crate) struct Tally<'v> {
    values: &'v [Value<'static>],
    /// By table, the rows of its values and the index of each.
    by_table: BTreeMap<usize, Vec<(u64, usize)>>,
    /// By what is added up: by table, the sums of its values up to each.
    sums: HashMap<Summed, BTreeMap<usize, Vec<i128>>>,
    buildings: HashMap<&'v str, Vec<usize>>,
}

impl<'v> Tally<'v> {
    pub(crate) fn new(values: &'v [Value<'static>], places: &[Place]) -> Tally<'v> {
        let mut by_table: BTreeMap<usize, Vec<(u64, usize)>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            by_table.entry(place.table).or_default().push((place.row, at));
        }
        let mut buildings: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, value) in values.iter().enumerate() {
            if let Some(building) = value.get("building").and_then(Value::text) {
                buildings.entry(building).or_default().push(at);
            }
        }
        Tally { values, by_table, sums: HashMap::new(), buildings }
    }

    /// What a value adds to a sum.
    fn part(&self, summed: &Summed, at: usize) -> i128 {
        match (summed, self.values.get(at)) {
            (Summed::Count, Some(_)) => 1_000_000,
            (Summed::Field(field), Some(value)) => figure(value, field).unwrap_or_default(),
            (_, None) => 0,
        }
    }

    fn prepare(&mut self, summed: &Summed) {
        if self.sums.contains_key(summed) {
            return;
        }
        let mut sums = BTreeMap::new();
        for (&table, values) in &self.by_table {
            let mut sum = 0;
            let mut up_to = vec![0];
            for &(_, at) in values {
                sum += self.part(summed, at);
                up_to.push(sum);
            }
            sums.insert(table, up_to);
        }
        self.sums.insert(summed.clone(), sums);
    }

    /// The sum of a scope, and how many values it takes in.
    fn sum(&self, summed: &Summed, scope: &Scope) -> (i128, usize) {
        let (tables, rows) = match scope {
            Scope::Rows { tables, rows } => (*tables, *rows),
            Scope::All => ((0, usize::MAX), (0, u64::MAX)),
            Scope::Building(building) => {
                let homes = self.buildings.get(building.as_str()).map_or(&[][..], Vec::as_slice);
                return (homes.iter().map(|&at| self.part(summed, at)).sum(), homes.len());
            }
        };
        let sums = self.sums.get(summed);
        let of_tables = self.by_table.range(tables.0..=tables.1);
        of_tables.fold((0, 0), |(sum, count), (table, values)| {
            let first = values.partition_point(|&(row, _)| row < rows.0);
            let after = values.partition_point(|&(row, _)| row <= rows.1).max(first);
            let up_to = sums.and_then(|sums| sums.get(table)).map_or(&[][..], Vec::as_slice);
            let at = |at: usize| up_to.get(at).copied().unwrap_or_default();
            (sum + at(after) - at(first), count + after - first)
        })
    }

    pub(crate) fn check(&mut self, statement: &Statement) -> Check {
        self.prepare(&statement.summed);
        let read: Vec<_> = statement
            .scopes
            .iter()
            .map(|scope| (scope, self.sum(&statement.summed, scope)))
            .filter(|(_, (_, count))| *count > 0)
            .collect();
        let fits = |sum: i128| (sum - statement.stated).abs() <= statement.tolerance;
        let agreeing = read.iter().find(|(_, (sum, _))| fits(*sum));
        let (scope, sum) = match agreeing.or(read.first()) {
            Some((scope, (sum, _))) => (Some(*scope), *sum),
            None => (None, 0),
        };
        let rows = match scope {
            Some(Scope::Rows { tables, rows }) if tables.0 == tables.1 => {
                let values = self.by_table.get(&tables.0).map_or(&[][..], Vec::as_slice);
                let first = values.partition_point(|&(row, _)| row < rows.0);
                let after = values.partition_point(|&(row, _)| row <= rows.1);
                let own = values.get(first..after).unwrap_or_default();
                own.first().zip(own.last()).map(|(first, last)| (first.0, last.0))
            }
            _ => None,
        };
        Check {
            sheet: statement.sheet.clone(),
            row: statement.row,
            label: statement.label.clone(),
            summed: statement.summed.clone(),
            stated: decimal(statement.stated),
            read: decimal(sum),
            difference: decimal((sum - statement.stated).abs()),
            rows,
            agrees: agreeing.is_some(),
        }
    }

    pub(crate) fn all(&mut self, field: &str) -> Sums {
        let summed = Summed::Field(field.to_owned());
        self.prepare(&summed);
        let (sum, count) = self.sum(&summed, &Scope::All);
        Sums { count, sum: decimal(sum) }
    }
}

/// A value's number in a field, where it holds an exact one.
pub(crate) fn figure(value: &Value<'_>, field: &str) -> Option<i128> {
    match field.strip_prefix(WEIGHT) {
        Some(name) => millionths(value.get("weights")?.get(name)?.text()?),
        None => millionths(value.get(field)?.text()?),
    }
}

/// The homes that a text counts: 3户, 共48户, 总户数：48.
pub(crate) fn homes_counted(text: &str) -> Option<i128> {
    const BEFORE: &[&str] = &[
        "",
        "共",
        "计",
        "合计",
        "总计",
        "小计",
        "共计",
        "总共",
        "总户数",
        "户数",
        "合计户数",
        "本楼",
        "本单元",
        "本栋",
    ];
    let text = compact(text);
    let text = text.split('(').next().unwrap_or_default();
    let counts_homes = text.strip_suffix('户');
    let text = counts_homes.unwrap_or(text);
    let before = text.trim_end_matches(|one: char| one.is_ascii_digit());
    let number = text.get(before.len()..).filter(|number| is_digits(number))?;
    let before = before.trim_end_matches([':', '=']);
    let counts = match counts_homes {
        Some(_) => {
            let is_part =
                ["其中", "低保", "困难", "空置", "未"].iter().any(|one| before.contains(one));
            let says_all =
                ["共", "共计", "合计", "总计", "总户数"].iter().any(|one| before.ends_with(one));
            BEFORE.contains(&before) || says_all && !is_part
        }
        None => before.ends_with("户数"),
    };
    counts.then(|| millionths(number)).flatten()
}

/// What a title or note says of all rows: the field, the figure, and how far it is rounded.
/// `field` is what the table is about.
pub(crate) fn stated_of_all(text: &str, field: &str, zeros: usize) -> Vec<(Summed, i128, i128)> {
    const OF_AREA: &[&str] = &[
        "总面积",
        "总建筑面积",
        "面积合计",
        "建筑面积合计",
        "建筑面积总计",
        "面积总计",
        "合计面积",
    ];
    const OF_MONEY: &[&str] = &[
        "总投资",
        "总造价",
        "总金额",
        "总额",
        "投资总额",
        "投资合计",
        "估算总投资",
        "工程总投资",
        "项目总投资",
        "工程总造价",
        "预算总价",
        "预算总额",
        "总预算",
        "总价",
        "金额合计",
        "合计金额",
        "合计",
    ];
    let words = if field == "area" { OF_AREA } else { OF_MONEY };
    let mut found = Vec::new();
    for part in &parts_of(text) {
        if let Some(count) = homes_counted(part).filter(|_| field == "area") {
            found.push((Summed::Count, count, 0));
            continue;
        }
        let Some(at) = part.find(|one: char| one.is_ascii_digit() || one == '¥') else { continue };
        let (before, figure) = part.split_at(at);
        let before = before.trim_end_matches([':', '=', '为']);
        if !words.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        let (read, unit) = match field {
            "area" => (number::read_area(figure), 0),
            _ => (number::read_money(figure, zeros), number::zeros_behind(figure, zeros)),
        };
        if let Some(stated) = read.as_deref().and_then(millionths) {
            let digits: String = figure
                .chars()
                .skip_while(|one| !one.is_ascii_digit())
                .take_while(|one| one.is_ascii_digit() || matches!(one, '.' | ','))
                .collect();
            let last = crate::exact::last_place(&digits, unit);
            // A title rounds to 10,000 yuan what the table has to the yuan.
            let tolerance = if unit > 0 { last / 2 } else { 0 };
            found.push((Summed::Field(field.to_owned()), stated, tolerance));
        }
    }
    found
}

/// The parts of a text that say one thing each: `总面积：182.8㎡，总户数：3` says two.
fn parts_of(text: &str) -> Vec<String> {
    let text = tidy(text);
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for (at, one) in text.char_indices() {
        let next = text.get(at..).and_then(|rest| rest.chars().nth(1)).unwrap_or(' ');
        let has_digits = |part: &String| part.contains(|one: char| one.is_ascii_digit());
        let ends = match one {
            ';' | '。' | '、' | '(' | ')' => true,
            ',' => !(before.is_ascii_digit() && next.is_ascii_digit()),
            // A blank may stand between the words and the figure, and the figure and its unit.
            ' ' => parts.last().is_some_and(has_digits) && !"元万亿户mM".contains(next),
            _ => false,
        };
        match parts.last_mut() {
            _ if ends => parts.push(String::new()),
            Some(part) if one != ' ' => part.push(one),
            _ => {}
        }
        before = one;
    }
    parts
}

/// The building that a total names: 3号楼小计.
pub(crate) fn building_of_label(label: &str) -> Option<String> {
    address::building_in(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_counted_in_many_ways() {
        for (text, count) in [
            ("3户", 3),
            ("共48户", 48),
            ("总户数：48", 48),
            ("总户数:3", 3),
            ("合计 264 户", 264),
            ("3号楼共12户", 12),
            ("共12户（含商铺2户）", 12),
        ] {
            assert_eq!(homes_counted(text), Some(count * 1_000_000), "{text}");
        }
        for none in ["低保5户", "3-1-501", "东户", "每户3000", "户", "3户型"] {
            assert_eq!(homes_counted(none), None, "{none}");
        }
    }

    #[test]
    fn titles_state_sums() {
        let money = |text| stated_of_all(text, "amount", 0);
        let amount = || Summed::Field("amount".to_owned());
        assert_eq!(money("总投资：500万元"), [(amount(), 5_000_000_000_000, 5_000_000_000)]);
        assert_eq!(money("工程总造价 1,386,200.00 元"), [(amount(), 1_386_200_000_000, 0)]);
        assert_eq!(money("工程总造价：1386200.5元"), [(amount(), 1_386_200_500_000, 0)]);
        assert_eq!(money("总投资约500万元"), []);
        let area = Summed::Field("area".to_owned());
        assert_eq!(
            stated_of_all("总面积：182.8㎡，总户数：3", "area", 0),
            [(area, 182_800_000, 0), (Summed::Count, 3_000_000, 0)]
        );
    }
}
