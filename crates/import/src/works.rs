//! A works budget (工程预算).

use std::collections::VecDeque;

use fentan_core::Value;

use crate::imported::{Imported, Place};
use crate::layout::{Headings, Layout, Look, Shapes, is_nothing};
use crate::mapping::{Conclusion, Mapping, Reason};
use crate::number;
use crate::outline::Mark;
use crate::table::{Row, Table};
use crate::words::{
    CATEGORY_IN_TITLE, CATEGORY_WORDS, KIND_WORDS, PIPELINE_IN_NAME, TIER_IN_TITLE, TIER_WORDS,
    WORKS_HEADINGS,
};
use crate::{Fields, add};

const HEADINGS: Headings = Headings { words: &WORKS_HEADINGS, prefixes: &[] };

const SHAPES: Shapes = &[&["name", "amount"]];

/// What works budgets look like.
pub(crate) const LOOK: Look = Look { headings: HEADINGS, shapes: SHAPES, fits };

/// The fields that a column of a works budget may be, in the order of spec §2.
pub(crate) const FIELDS: &[&str] =
    &["id", "number", "name", "note", "amount", "category", "tier", "kind", "pipeline"];

fn fits(field: &str, cell: &str) -> bool {
    (field == "amount") == number::read_money(cell, 0).is_some()
}

/// A row that may be a line or the title of lines.
struct Entry<'t> {
    row: &'t Row,
    mark: Mark,
    /// It says what it is and nothing more.
    is_bare: bool,
}

/// A title, and what it says of the lines below it.
struct Title {
    mark: Mark,
    tier: Option<&'static str>,
    category: Option<&'static str>,
}

/// Reads a works budget from sheets, each with its mapping. A row whose number is over that of the
/// next is a title, whatever it adds up to.
pub(crate) fn read(sheets: &[(&Table, Mapping)]) -> Imported {
    let mut imported = Imported::default();
    let mut layouts = Vec::with_capacity(sheets.len());
    for (sheet, (table, mapping)) in sheets.iter().enumerate() {
        let mut layout = Layout::new(table, mapping);
        take(&mut layout, sheet, &mut imported);
        layouts.push(layout);
    }
    imported.close(layouts);
    imported
}

fn take(layout: &mut Layout<'_>, sheet: usize, imported: &mut Imported) {
    let mut entries = VecDeque::new();
    for row in layout.rows {
        match entry(layout, row) {
            Ok(entry) => entries.push_back(entry),
            Err(reason) => layout.leave_out(row, reason),
        }
    }
    let mut titles: Vec<Title> = Vec::new();
    while let Some(Entry { row, mark, is_bare }) = entries.pop_front() {
        while titles.last().is_some_and(|title| !title.mark.is_over(&mark)) {
            titles.pop();
        }
        if is_bare || entries.front().is_some_and(|next| mark.is_over(&next.mark)) {
            let name = layout.cell(row, "name");
            titles.push(Title {
                mark,
                tier: TIER_IN_TITLE.only_meaning_in(name),
                category: CATEGORY_IN_TITLE.only_meaning_in(name),
            });
            layout.leave_out(row, Reason::Title);
        } else {
            let number = imported.values.len() + 1;
            imported.places.push(Place { sheet, row: row.number });
            imported.values.push(line(layout, row, &titles, number));
        }
    }
    layout.left_out.sort_by_key(|left_out| left_out.row);
}

fn entry<'t>(layout: &Layout<'t>, row: &'t Row) -> Result<Entry<'t>, Reason> {
    let name = layout.cell(row, "name");
    let amount = layout.cell(row, "amount");
    let first = row.filled().next().unwrap_or_default();
    if let Some(reason) = layout.needless(row, &[first, name], amount) {
        return Err(reason);
    }
    let is_alone = row.filled().count() == 1;
    if name.is_empty() {
        return Err(if is_alone && amount.is_empty() { Reason::Title } else { Reason::NoName });
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
    let is_bare = amount.is_empty() && (is_alone || class.is_some());
    let mark = class
        .or_else(|| Mark::read(layout.cell(row, "number")))
        .or_else(|| Mark::read(layout.cell(row, "id")))
        .or(numbered)
        .unwrap_or(if is_bare { Mark::GROUP } else { Mark::NONE });
    Ok(Entry { row, mark, is_bare })
}

fn line<'t>(
    layout: &mut Layout<'t>,
    row: &'t Row,
    titles: &[Title],
    number: usize,
) -> Value<'static> {
    let given =
        |field| Some(layout.cell(row, field)).filter(|cell| !cell.is_empty() && !is_nothing(cell));
    let name = layout.cell(row, "name");
    let amount = Some(layout.cell(row, "amount")).filter(|cell| !cell.is_empty());
    let (own_tier, own_category) = classes(given("tier"), given("category"));
    let tier = own_tier.or_else(|| titles.iter().rev().find_map(|title| title.tier));
    let category = own_category.or_else(|| titles.iter().rev().find_map(|title| title.category));
    let own_pipeline =
        given("pipeline").map(|cell| PIPELINE_IN_NAME.only_meaning_in(cell).unwrap_or(cell));
    let pipeline = own_pipeline.or_else(|| PIPELINE_IN_NAME.only_meaning_in(name));

    let mut fields = Fields::new();
    let id = given("id").map_or_else(|| format!("line-{number}"), str::to_owned);
    add(&mut fields, "id", Some(id));
    add(&mut fields, "name", Some(name.to_owned()));
    add(&mut fields, "note", given("note").map(str::to_owned));
    let zeros = layout.zeros("amount");
    add(&mut fields, "amount", amount.map(|cell| number::money_times(cell, zeros).into_owned()));
    add(&mut fields, "category", category.map(str::to_owned));
    add(&mut fields, "tier", tier.map(str::to_owned));
    let kind = given("kind").map(|cell| KIND_WORDS.meaning(cell).unwrap_or(cell));
    add(&mut fields, "kind", kind.map(str::to_owned));
    add(&mut fields, "pipeline", pipeline.map(str::to_owned));

    let concluded = [
        (given("id").is_none(), Conclusion::LinesNumbered),
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
