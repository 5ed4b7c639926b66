//! What is said of an import, in words.

use fentan_core::Code;
use fentan_words::{Language, defused, problem, say, say_with};

use crate::content::Content;
use crate::imported::Imported;
use crate::layout::MONEY;
use crate::mapping::{Conclusion, LeftOut, Mapping};
use crate::tally::{Check, Summed};
use crate::told::{Kind, Told};

/// Where something is said: what mends it is told in terms of what is at hand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the command line, where an option corrects a mapping.
    CommandLine,
    /// On the page, where a column is chosen from a list.
    Page,
}

impl Place {
    /// The key of a text; where `differs` holds, the page has one of its own.
    fn key(self, group: &str, name: &str, differs: bool) -> String {
        match self {
            Place::Page if differs => format!("import.on-page.{name}"),
            _ => format!("import.{group}.{name}"),
        }
    }
}

/// What is told in other words on the page: an option of the command line mends it elsewhere.
const MENDED_BY_OPTIONS: &[Kind] = &[
    Kind::UnusedLike,
    Kind::PayerOfAll,
    Kind::SaysNo,
    Kind::UseUnknown,
    Kind::SameNames,
    Kind::SheetsAlike,
    Kind::SheetVersions,
];

/// A column as a spreadsheet names it: `A`, `Z`, `AA`.
///
/// ```
/// use fentan_import::report::column_letters;
/// assert_eq!([0, 25, 26, 701].map(column_letters), ["A", "Z", "AA", "ZZ"]);
/// ```
pub fn column_letters(position: usize) -> String {
    let mut rest = position + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        // Below 26, so that it fits.
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The position of a column, from 0, by its letters in either case.
pub fn column_position(letters: &str) -> Option<usize> {
    let place = |letter: u8| letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1);
    let last = letters.bytes().try_fold(0usize, |last, letter| {
        last.checked_mul(26)?.checked_add(place(letter.to_ascii_uppercase())?)
    })?;
    last.checked_sub(1)
}

/// What a field is called.
pub fn field(language: Language, field: &str) -> String {
    match field.split_once(':') {
        None => say(language, &format!("import.field.{field}")),
        Some(("hardship", code)) => {
            let known = say(language, &format!("import.hardship.{code}"));
            say_with(language, "import.field-of-hardship", &[("name", &known)])
        }
        Some(("vote", code)) => say(language, &format!("import.vote.{code}")),
        Some((field, name)) => {
            say_with(language, &format!("import.field.{field}"), &[("name", name)])
        }
    }
}

/// How a table is read, a sentence for each thing: its headings, and what each column becomes.
pub fn mapping(language: Language, mapping: &Mapping) -> Vec<String> {
    let mut told = vec![match mapping.heading_row {
        Some(row) => say_with(language, "import.heading-row", &[("row", &row.to_string())]),
        None => say(language, "import.no-heading-row"),
    }];
    for column in mapping.columns.iter().filter(|column| !column.heading.is_empty()) {
        let heading = ("heading", column.heading.as_str());
        told.push(match &column.field {
            Some(name) => {
                let name = field(language, name);
                let said = say_with(language, "import.column", &[heading, ("field", &name)]);
                match column.zeros {
                    4 => format!("{said} ({})", say(language, "import.in-ten-thousands")),
                    _ => said,
                }
            }
            None => say_with(language, "import.column-left-aside", &[heading]),
        });
    }
    told
}

/// What was concluded.
pub fn conclusion(language: Language, conclusion: Conclusion) -> String {
    say(language, &format!("import.conclusion.{}", conclusion.as_str()))
}

/// Rows in order, shortened: `2–5、9`.
pub fn rows(language: Language, rows: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    let mut sorted = rows.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    for row in sorted {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => ranges.push((row, row)),
        }
    }
    let between = if language == Language::Chinese { "、" } else { ", " };
    let shown = ranges.iter().take(RANGES).map(|&(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}{between}{last}"),
        _ => format!("{first}–{last}"),
    });
    let shown = shown.collect::<Vec<_>>().join(between);
    match ranges.len() > RANGES {
        true => format!("{shown} {}", say(language, "import.and-more")),
        false => shown,
    }
}

/// The ranges of rows that are listed.
const RANGES: usize = 12;

/// A figure of what is added up, with its unit.
fn figure(language: Language, summed: &Summed, decimal: &str) -> String {
    let grouped = grouped(decimal);
    match summed {
        Summed::Count => say_with(language, "import.homes", &[("count", &grouped)]),
        Summed::Field(field) if field == "area" => format!("{grouped} m²"),
        Summed::Field(field) if MONEY.contains(&field.as_str()) => in_yuan(decimal),
        Summed::Field(_) => grouped,
    }
}

/// A decimal as money: `¥1,234.50`, with more decimals where it has them.
fn in_yuan(decimal: &str) -> String {
    let (sign, decimal) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal),
    };
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{sign}¥{}.{fraction:0<2}", grouped(whole))
}

/// A decimal with commas between thousands.
fn grouped(decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// How much was read: `读到 2 个工程项目，合计 ¥420,000.00`.
pub fn sums(language: Language, content: Content, imported: &Imported) -> String {
    let sums = imported.sums(content);
    let sum = match content {
        Content::Roster => grouped(&sums.sum),
        Content::Works => in_yuan(&sums.sum),
    };
    let values = [("count", &*sums.count.to_string()), ("sum", &*sum)];
    say_with(language, &format!("import.sums-{}", content.as_str()), &values)
}

/// A figure that the file states, compared with what was read; where they differ, with both.
pub fn check(language: Language, check: &Check, left_out: &[LeftOut]) -> String {
    let stated = figure(language, &check.summed, &check.stated);
    let row = check.row.to_string();
    let place = match (&*check.sheet, check.row) {
        (_, 0) => String::new(),
        ("", _) => say_with(language, "import.row", &[("row", &row)]),
        (sheet, _) => say_with(language, "import.row-in-sheet", &[("sheet", sheet), ("row", &row)]),
    };
    let label = check.label.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut values = vec![("place", place), ("label", label), ("stated", stated)];
    if check.agrees {
        return worded(language, "import.check.agrees", &values);
    }
    let mut of = String::new();
    if let Some((first, last)) = check.rows {
        let values = [("first", &*first.to_string()), ("last", &*last.to_string())];
        of.push_str(&say_with(language, "import.check.of-rows", &values));
    }
    let missing: Vec<u64> = left_out
        .iter()
        .filter(|one| one.reason.is_unusable() && one.sheet == check.sheet && one.row < check.row)
        .map(|one| one.row)
        .collect();
    if !missing.is_empty() {
        let missing = rows(language, &missing);
        of.push_str(&say_with(language, "import.check.of-left-out", &[("rows", &missing)]));
    }
    values.push(("read", figure(language, &check.summed, &check.read)));
    values.push(("difference", figure(language, &check.summed, &check.difference)));
    values.push(("of", of));
    worded(language, "import.check.differs", &values)
}

fn worded(language: Language, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, key, &values)
}

/// What is told of an import, in a sentence.
pub fn told(language: Language, place: Place, told: &Told) -> String {
    const OF_MONEY: &[&str] = &["stated", "read", "difference", "sum", "product", "amount"];
    let mut values: Vec<(&str, String)> = vec![
        ("rows", rows(language, &told.rows)),
        ("column", told.column.map_or_else(String::new, column_letters)),
        ("sheet", told.sheet.clone()),
    ];
    for (name, value) in &told.values {
        values.push(match *name {
            "field" => ("like", field(language, value)),
            "rows" => ("rows_held", value.clone()),
            name if OF_MONEY.contains(&name) => (name, in_yuan(value)),
            name => (name, value.clone()),
        });
        if *name == "field" {
            values.push(("field", value.clone()));
        }
    }
    let key = place.key("told", told.kind.as_str(), MENDED_BY_OPTIONS.contains(&told.kind));
    let said = worded(language, &key, &values);
    match (&*told.sheet, told.kind) {
        ("", _) | (_, Kind::HiddenSheet | Kind::SheetAside | Kind::Summary) => said,
        (sheet, _) => say_with(language, "import.in-sheet", &[("sheet", sheet), ("said", &said)]),
    }
}

/// Rows that were left out for one reason in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault<'l> {
    /// The first of them; the others have the same sheet, column and reason.
    pub first: &'l LeftOut,
    /// All of them.
    pub rows: Vec<u64>,
    /// What stands there, each once.
    pub values: Vec<&'l str>,
    /// What would mend it.
    pub cure: Option<Cure<'l>>,
}

/// What a correction of the mapping can do about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure<'l> {
    /// Leaves the column aside: the rows are read without it.
    Aside(usize),
    /// Says which column is a field that none is.
    Assign(&'l str),
}

/// Values of a fault that are shown.
const VALUES: usize = 3;
/// Fields without which a row is nothing.
const NEEDED: &[&str] = &["id", "room", "number", "name", "area", "amount"];

/// The rows that were left out and should be looked at, put together by what is the matter.
pub fn faults(left_out: &[LeftOut]) -> Vec<Fault<'_>> {
    let mut faults: Vec<Fault<'_>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for one in left_out.iter().filter(|one| one.reason.is_unusable()) {
        let code = one.problem.as_ref().map(|problem| problem.code().as_str());
        let special = special(one);
        let key = (&one.sheet, one.column, &one.field, one.reason, code, special);
        let at = *known.entry(key).or_insert_with(|| {
            let cure = match (one.column, one.field.as_deref()) {
                (None, Some(field)) if one.problem.is_some() => Some(Cure::Assign(field)),
                (Some(column), Some(field))
                    if one.problem.is_some() && !NEEDED.contains(&field) =>
                {
                    Some(Cure::Aside(column))
                }
                _ => None,
            };
            faults.push(Fault { first: one, rows: Vec::new(), values: Vec::new(), cure });
            faults.len() - 1
        });
        let Some(fault) = faults.get_mut(at) else { continue };
        fault.rows.push(one.row);
        let value = one.value();
        if !value.is_empty() && fault.values.len() < VALUES && !fault.values.contains(&value) {
            fault.values.push(value);
        }
    }
    faults
}

/// A reason with words of its own.
fn special(left_out: &LeftOut) -> Option<&'static str> {
    let problem = left_out.problem.as_ref()?;
    let value = left_out.value();
    match problem.code() {
        _ if value.starts_with('=') => Some("import.fault.not-worked-out"),
        Code::MissingField if left_out.is_merged => Some("import.fault.merged"),
        Code::MissingField => Some("import.fault.missing"),
        Code::Negative if value.starts_with(['(', '（', '-', '−', '－']) => {
            Some("import.fault.negative")
        }
        _ => None,
    }
}

/// A fault in a sentence: its rows, its column, why, and what to do.
pub fn fault(language: Language, place: Place, fault: &Fault<'_>) -> String {
    let one = fault.first;
    let name = one.field.as_deref().map(|name| field(language, name));
    let values = fault.values.join("”“");
    let values = match &*values {
        "" => String::new(),
        values => say_with(language, "import.fault.values", &[("values", values)]),
    };
    let column = match (one.column, &name) {
        (Some(column), name) => {
            let name = name.as_deref().unwrap_or_default();
            let values =
                [("column", &*column_letters(column)), ("field", name), ("values", &*values)];
            say_with(language, "import.fault.in-column", &values)
        }
        (None, Some(name)) if one.problem.is_some() => {
            say_with(language, "import.fault.in-field", &[("field", name)])
        }
        (None, _) => String::new(),
    };
    let cure = match fault.cure {
        Some(Cure::Aside(column)) => {
            let column = column_letters(column);
            let key = place.key("fault", "cure-aside", true);
            say_with(language, &key, &[("column", &column)])
        }
        Some(Cure::Assign(id)) => {
            let name = field(language, id);
            let values = [("field", &*name), ("name", id)];
            say_with(language, &place.key("fault", "cure-assign", true), &values)
        }
        None => String::new(),
    };
    let shown = rows(language, &fault.rows);
    let count = match fault.rows.len() {
        1 => String::new(),
        count => {
            let count = count.to_string();
            say_with(language, "import.fault.count", &[("count", &count)])
        }
    };
    let reason = reason(language, one);
    let values = [
        ("rows", &*shown),
        ("count", &*count),
        ("column", &*column),
        ("reason", &*reason),
        ("cure", &*cure),
    ];
    let said = say_with(language, "import.fault.one", &values);
    match &*one.sheet {
        "" => said,
        sheet => say_with(language, "import.in-sheet", &[("sheet", sheet), ("said", &said)]),
    }
}

/// Why a row was left out.
pub fn reason(language: Language, left_out: &LeftOut) -> String {
    if let Some(key) = special(left_out) {
        return say(language, key);
    }
    match &left_out.problem {
        Some(one) => problem(language, one),
        None => say(language, &format!("import.reason.{}", left_out.reason.as_str())),
    }
}

/// That a row was left out: its sheet, row, column and value, and why.
pub fn left_out(language: Language, left_out: &LeftOut) -> String {
    let row = left_out.row.to_string();
    let reason = reason(language, left_out);
    let said = match left_out.column {
        None => say_with(language, "import.row-left-out", &[("row", &row), ("reason", &reason)]),
        Some(column) => {
            let values = [
                ("row", &*row),
                ("column", &column_letters(column)),
                ("value", left_out.value()),
                ("reason", &reason),
            ];
            say_with(language, "import.cell-left-out", &values)
        }
    };
    match &*left_out.sheet {
        "" => said,
        sheet => say_with(language, "import.in-sheet", &[("sheet", sheet), ("said", &said)]),
    }
}

/// The rows that were left out and should be looked at, as CSV for a spreadsheet: where each
/// stands, why, and all that it holds. What a spreadsheet would take for a formula has an apostrophe
/// before it, and the byte order mark says that it is UTF-8.
pub fn left_out_csv(language: Language, rows: &[LeftOut]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let headings = ["sheet", "row", "column", "value", "reason", "cells"]
        .map(|name| say(language, &format!("import.left-out.{name}")));
    // Memory takes whatever is written.
    let _ = writer.write_record(headings);
    for one in rows.iter().filter(|one| one.reason.is_unusable()) {
        let place = [
            one.sheet.clone(),
            one.row.to_string(),
            one.column.map_or_else(String::new, column_letters),
            one.value().to_owned(),
            reason(language, one),
        ];
        let _ = writer.write_record(place.iter().chain(&one.cells).map(|cell| defused(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Table};

    #[test]
    fn letters_of_columns() {
        for position in [0, 1, 25, 26, 700, 701, 702, 16_383] {
            assert_eq!(column_position(&column_letters(position)), Some(position));
        }
        assert_eq!(column_position("ab"), Some(27));
        for none in ["", "A1", "中"] {
            assert_eq!(column_position(none), None);
        }
    }

    #[test]
    fn rows_left_out_say_where_and_why_and_are_no_formulas() {
        let text = "户号,面积,户主\n101,约60,=A1\n,60,@SUM(A1)\n合计,60,\n103,60,张三\n";
        let table = Table::from_text(text);
        let sheets = [(&table, Content::Roster.mapping(&table))];
        let mut imported = Content::Roster.read(&sheets);
        imported.sift(Content::Roster, &sheets);
        let csv = left_out_csv(Language::Chinese, &imported.left_out);
        let said: Vec<_> =
            imported.left_out.iter().map(|one| left_out(Language::English, one)).collect();
        insta::assert_snapshot!(format!(
            "{}\n{}",
            String::from_utf8(csv).expect("UTF-8").replace('\r', ""),
            said.join("\n")
        ));
    }
}
