//! A works budget (工程预算).

mod notes;
mod tree;

use fentan_core::Value;

use self::tree::{Entry, Role};
use crate::exact::millionths;
use crate::imported::{Imported, Place};
use crate::layout::{Headings, Layout, Look, Shapes, is_likely_total, is_nothing, is_total};
use crate::mapping::{Conclusion, Mapping, Reason};
use crate::number;
use crate::outline::Mark;
use crate::parts::{Cut, cut, tell_further};
use crate::table::{Row, Table};
use crate::tally::{Scope, Statement, stated_of_all};
use crate::told::{Kind, Told};
use crate::words::{
    CATEGORY_IN_TITLE, CATEGORY_WORDS, KIND_WORDS, PIPELINE_IN_NAME, TIER_IN_TITLE, TIER_WORDS,
    WORKS_HEADINGS,
};
use crate::{Fields, add};

const HEADINGS: Headings = Headings { words: &WORKS_HEADINGS, prefixes: &[] };

const SHAPES: Shapes = &[&["name", "amount"]];

/// What works budgets look like.
pub(crate) const LOOK: Look = Look {
    headings: HEADINGS,
    shapes: SHAPES,
    fits,
    subjects: &["number", "id", "name"],
    figure: "amount",
};

/// The fields that a column of a works budget may be, in the order of spec §2.
pub(crate) const FIELDS: &[&str] = &[
    "id", "number", "name", "note", "amount", "quantity", "price", "category", "tier", "kind",
    "pipeline",
];

fn fits(field: &str, cell: &str) -> bool {
    (field == "amount") == number::read_money(cell, 0).is_some()
}

/// Takes another column for that of the names, where the one that its heading tells is empty or
/// merged beside some lines, and the other is not: 工程名称 over several rows of 工程内容.
pub(crate) fn find_names(table: &Table, mapping: &mut Mapping) {
    for further in &mut mapping.further {
        find_names(table, further);
    }
    let position = |field: &str| {
        mapping.columns.iter().position(|column| column.field.as_deref() == Some(field))
    };
    let (Some(name), Some(amount), Some(heading)) =
        (position("name"), position("amount"), mapping.heading_row)
    else {
        return;
    };
    let lines = || {
        let below = table.rows.iter().filter(|row| row.number > heading);
        let lines = below.filter(|row| !row.cell(amount).is_empty());
        lines.filter(|row| !row.filled().next().is_some_and(is_total))
    };
    let filled = |column: usize| lines().filter(|row| !row.cell(column).is_empty()).count();
    let lacks = lines().any(|row| row.cell(name).is_empty());
    let is_name = |column: &crate::Column| {
        column.field.is_none()
            && HEADINGS.field(&column.heading).is_some_and(|(field, _)| field == "name")
    };
    let others = mapping.columns.iter().enumerate().filter(|(_, column)| is_name(column));
    let fullest = others.map(|(at, _)| at).max_by_key(|&at| filled(at));
    if let Some(fullest) = fullest.filter(|&at| lacks && filled(at) > filled(name)) {
        mapping.assign(fullest, Some("name"));
    }
}

/// What a title says of the lines below it.
struct Title {
    tier: Option<&'static str>,
    category: Option<&'static str>,
}

/// Reads a works budget from sheets, each with its mapping. A row whose number is over that of the
/// next is a title; so is one that is the sum of those below it, moved to the right.
pub(crate) fn read(sheets: &[(&Table, Mapping)]) -> Imported {
    let cuts = cut(sheets);
    let mut imported = Imported::default();
    let mut layouts = Vec::with_capacity(cuts.len());
    for (table, one) in cuts.iter().enumerate() {
        let mut layout = Layout::new(&one.table, &one.mapping);
        let first = cuts.iter().position(|other| other.sheet == one.sheet).unwrap_or(table);
        let same = |other: &&Cut<'_>| other.sheet == one.sheet;
        let tables = (first, first + cuts.iter().filter(same).count() - 1);
        tell_further(&mut layout, table > first);
        take(&mut layout, (one.sheet, table, tables), &mut imported);
        layouts.push(layout);
    }
    notes::summaries(&mut layouts, &mut imported);
    notes::alternatives(&mut layouts);
    number_lines(&mut layouts, &mut imported);
    crate::households::hidden(&mut layouts, &imported);
    imported.close(layouts);
    imported
}

fn take(
    layout: &mut Layout<'_>,
    (sheet, table, tables): (usize, usize, (usize, usize)),
    imported: &mut Imported,
) {
    layout.find_units();
    let zeros = layout.zeros("amount");
    let mut entries: Vec<Entry<'_>> = Vec::new();
    // Rows without a number below one that says 其中 are parts of the same numbered line.
    let mut parts = Vec::new();
    let mut in_parts = false;
    for row in layout.rows {
        let is_further = |one: &Entry<'_>| {
            let of_numbered = entries.last().is_some_and(|line| line.is_marked);
            of_numbered && one.role == Role::Line && !one.is_marked && one.has_amount
        };
        match entry(layout, row) {
            Ok(entry) if in_parts && is_further(&entry) => {
                parts.push(row.number);
                layout.leave_out(row, Reason::Part);
            }
            Ok(entry) => {
                in_parts = false;
                entries.push(entry);
            }
            Err(reason) => {
                in_parts |= reason == Reason::Part;
                layout.leave_out(row, reason);
            }
        }
    }
    let tree = tree::Tree::of(layout, entries);
    if !parts.is_empty() && !tree.adds_up() {
        layout.told.push(Told::new(Kind::FurtherParts, &layout.table.name).rows(parts));
    }
    for (at, entry) in tree.entries.iter().enumerate() {
        let row = entry.row;
        match entry.role {
            Role::Line => {
                let titles: Vec<_> = tree.above(at).map(|title| title_of(layout, title)).collect();
                imported.places.push(Place { sheet, table, row: row.number });
                imported.values.push(line(layout, entry, &titles));
            }
            Role::Rest(rest) => {
                let titles: Vec<_> = tree.above(at).map(|title| title_of(layout, title)).collect();
                let mut value = line(layout, entry, &titles);
                notes::set_rest(&mut value, rest);
                imported.places.push(Place { sheet, table, row: row.number });
                imported.values.push(value);
            }
            Role::Title => layout.leave_out(row, Reason::Title),
            Role::Part => layout.leave_out(row, Reason::Part),
            Role::Total => layout.leave_out(row, Reason::Total),
        }
    }
    let told = tree.told(&layout.table.name);
    layout.told.extend(told);
    let said = layout.said_above();
    let remarks = layout.left_out.iter().filter(|one| one.reason == Reason::Remark);
    let below: Vec<_> =
        remarks.flat_map(|one| one.cells.iter().map(|cell| (one.row, cell.clone()))).collect();
    let mut statements = tree.statements(layout, table, tables);
    for (row, text) in said.into_iter().chain(below) {
        for (summed, stated, tolerance) in stated_of_all(&text, "amount", zeros) {
            let sheet = Scope::Rows { tables, rows: (0, u64::MAX) };
            statements.push(Statement {
                sheet: layout.table.name.clone(),
                row,
                label: text.clone(),
                summed,
                stated,
                tolerance,
                scopes: vec![sheet, Scope::All],
            });
        }
    }
    imported.statements.extend(statements);
    let told = notes::products(layout, &tree);
    layout.told.extend(told);
    let wanted = |field: &str| !layout.has(field);
    let told = crate::columns::unused(layout, &crate::words::WORKS_HINTS, wanted);
    layout.told.extend(told);
    layout.left_out.sort_by_key(|left_out| left_out.row);
}

fn title_of<'t>(layout: &Layout<'t>, entry: &Entry<'t>) -> Title {
    let name = layout.cell(entry.row, "name");
    Title {
        tier: TIER_IN_TITLE.only_meaning_in(name),
        category: CATEGORY_IN_TITLE.only_meaning_in(name),
    }
}

fn entry<'t>(layout: &Layout<'t>, row: &'t Row) -> Result<Entry<'t>, Reason> {
    let name = layout.cell(row, "name");
    let typed = layout.cell(row, "amount");
    let first = row.filled().next().unwrap_or_default();
    let amount = number::money_of_cell(typed, layout.zeros_of_amount(row)).number;
    let amount = amount.as_deref().and_then(millionths);
    let after_mark = Mark::before(name).map_or(name, |(_, rest)| rest);
    let of_total = Entry {
        row,
        name,
        mark: Mark::NONE,
        is_marked: false,
        is_bare: typed.is_empty(),
        has_amount: !typed.is_empty(),
        amount,
        role: Role::Total,
        is_sure: true,
    };
    match layout.needless(row, &[first, name], typed) {
        Some(Reason::Total) => return Ok(of_total),
        Some(reason) => return Err(reason),
        None => {}
    }
    if is_total(after_mark) {
        return Ok(of_total);
    }
    let is_alone = row.filled().count() == 1;
    let is_likely = [first, after_mark].iter().any(|label| is_likely_total(label));
    if is_likely && name.is_empty() {
        return Ok(Entry { is_sure: false, name: first, ..of_total });
    }
    if name.is_empty() && is_alone && amount.is_some() {
        return Ok(Entry { is_sure: false, ..of_total });
    }
    if name.is_empty() {
        return Err(if is_alone && typed.is_empty() { Reason::Title } else { Reason::NoName });
    }
    let (numbered, bare_name) = match Mark::before(name) {
        Some((mark, rest)) => (Some(mark), rest),
        None => (None, name),
    };
    let class = if TIER_WORDS.meaning(bare_name).is_some() {
        Some(Mark::CLASS)
    } else {
        CATEGORY_WORDS.meaning(bare_name).map(|_| Mark::GROUP)
    };
    let is_bare = typed.is_empty() && (is_alone || class.is_some());
    let given = Mark::read(layout.cell(row, "number"))
        .or_else(|| Mark::read(layout.cell(row, "id")))
        .or(numbered);
    // A class by its name stands where its number says, where it has one.
    let given = match (class, given) {
        (Some(class), Some(given)) if given.is_line() => Some(class),
        (class, given) => given.or(class),
    };
    Ok(Entry {
        row,
        name,
        is_marked: given.is_some(),
        mark: given.unwrap_or(if is_bare { Mark::GROUP } else { Mark::NONE }),
        is_bare,
        has_amount: !typed.is_empty() && !is_nothing(typed),
        amount,
        role: if is_likely { Role::Total } else { Role::Line },
        is_sure: false,
    })
}

/// Numbers the lines that have no id of their own; all of them where two lines of different names
/// have one id, as in bills of quantities.
fn number_lines(layouts: &mut [Layout<'_>], imported: &mut Imported) {
    let text = |value: &Value<'_>, field| {
        value.get(field).and_then(Value::text).unwrap_or_default().to_owned()
    };
    let mut names = std::collections::HashMap::new();
    let clash = imported.values.iter().any(|value| {
        let (id, name) = (text(value, "id"), text(value, "name"));
        !id.is_empty() && *names.entry(id).or_insert_with(|| name.clone()) != name
    });
    let mut concluded = clash;
    for (at, value) in imported.values.iter_mut().enumerate() {
        if let Value::Fields(fields) = value
            && let Some((_, id)) = fields.first_mut()
            && (clash || id.text() == Some(""))
        {
            *id = Value::Text(format!("line-{}", at + 1).into());
            concluded = true;
        }
    }
    if let Some(layout) = layouts.first_mut().filter(|_| concluded) {
        layout.conclude(Conclusion::LinesNumbered);
    }
}

fn line<'t>(layout: &mut Layout<'t>, entry: &Entry<'t>, titles: &[Title]) -> Value<'static> {
    let row = entry.row;
    let given =
        |field| Some(layout.cell(row, field)).filter(|cell| !cell.is_empty() && !is_nothing(cell));
    let name = entry.name;
    let amount = Some(layout.cell(row, "amount")).filter(|cell| !cell.is_empty());
    let (own_tier, own_category) = classes(given("tier"), given("category"));
    let tier = own_tier.or_else(|| titles.iter().rev().find_map(|title| title.tier));
    let category = own_category.or_else(|| titles.iter().rev().find_map(|title| title.category));
    let own_pipeline =
        given("pipeline").map(|cell| PIPELINE_IN_NAME.only_meaning_in(cell).unwrap_or(cell));
    let pipeline = own_pipeline.or_else(|| PIPELINE_IN_NAME.only_meaning_in(name));

    let mut fields = Fields::new();
    // Lines without an id are numbered once all are known.
    add(&mut fields, "id", Some(given("id").unwrap_or_default().to_owned()));
    add(&mut fields, "name", Some(name.to_owned()));
    add(&mut fields, "note", given("note").map(str::to_owned));
    let zeros = layout.zeros_of_amount(row);
    let read = amount.map(|cell| (number::money_of_cell(cell, zeros), cell));
    let had_noise = read.as_ref().is_some_and(|(read, _)| read.had_noise);
    let amount = read.map(|(read, cell)| read.number.unwrap_or_else(|| cell.to_owned()));
    add(&mut fields, "amount", amount);
    add(&mut fields, "category", category.map(str::to_owned));
    add(&mut fields, "tier", tier.map(str::to_owned));
    let kind = given("kind").map(|cell| KIND_WORDS.meaning(cell).unwrap_or(cell));
    add(&mut fields, "kind", kind.map(str::to_owned));
    add(&mut fields, "pipeline", pipeline.map(str::to_owned));

    let concluded = [
        (had_noise, Conclusion::NoiseTakenOff),
        (own_tier != tier || own_category != category, Conclusion::FromTitles),
        (own_pipeline != pipeline, Conclusion::PipelineFromName),
    ];
    for (_, conclusion) in concluded.into_iter().filter(|&(holds, _)| holds) {
        layout.conclude(conclusion);
    }
    Value::Fields(fields)
}

/// Tier and category. The only word given may stand in the other's column; words that are unknown
/// are passed on in their own.
fn classes<'t>(
    tier: Option<&'t str>,
    category: Option<&'t str>,
) -> (Option<&'t str>, Option<&'t str>) {
    let as_tier = |cell| TIER_WORDS.meaning(cell);
    let as_category = |cell| CATEGORY_WORDS.meaning(cell);
    match (tier, category) {
        (Some(cell), None) if as_tier(cell).is_none() && as_category(cell).is_some() => {
            (None, as_category(cell))
        }
        (None, Some(cell)) if as_category(cell).is_none() && as_tier(cell).is_some() => {
            (as_tier(cell), None)
        }
        _ => (
            tier.map(|cell| as_tier(cell).unwrap_or(cell)),
            category.map(|cell| as_category(cell).unwrap_or(cell)),
        ),
    }
}
