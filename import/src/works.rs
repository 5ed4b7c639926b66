//! A works budget (工程预算).

use std::collections::VecDeque;

use fentan_core::Value;

use crate::layout::{Headings, Layout, Shapes, is_nothing};
use crate::mapping::{Conclusion, LeftOut, Mapping, Reason};
use crate::number;
use crate::outline::Mark;
use crate::table::{Row, Table};
use crate::words::{
    CATEGORY_IN_TITLE, CATEGORY_WORDS, KIND_WORDS, PIPELINE_IN_NAME, TIER_IN_TITLE, TIER_WORDS,
    WORKS_HEADINGS,
};
use crate::{Fields, add};

/// What a table of works holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedLines {
    /// The plan's `lines`: tables of fields in the order of spec §2.
    pub lines: Vec<Value<'static>>,
    /// How the table was understood.
    pub mapping: Mapping,
    /// The rows that are no line.
    pub left_out: Vec<LeftOut>,
}

const HEADINGS: Headings = Headings { words: &WORKS_HEADINGS, prefixes: &[] };

const SHAPES: Shapes = &[&["name", "amount"]];

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

/// Reads a works budget. A row whose number is over that of the next is a title, whatever it
/// adds up to.
///
/// ```
/// use fentan_import::{Table, works};
/// let table = Table::from_text(
///     "序号\t项目名称\t金额（万元）\n一\t基础类\t100\n1\t供水管网\t68\n2\t道路\t32\n\t合计\t100\n",
/// );
/// let imported = works(&table);
/// assert_eq!(
///     serde_json::to_string(&imported.lines[0])?,
///     r#"{"id":"line-1","name":"供水管网","amount":"680000","tier":"basic","pipeline":"water"}"#
/// );
/// assert_eq!((imported.lines.len(), imported.left_out.len()), (2, 2));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn works(table: &Table) -> ImportedLines {
    let mut layout = Layout::find(table, &HEADINGS, SHAPES, fits);
    let mut entries = VecDeque::new();
    for row in layout.rows {
        match entry(&layout, row) {
            Ok(entry) => entries.push_back(entry),
            Err(reason) => layout.leave_out(row, reason),
        }
    }
    let mut titles: Vec<Title> = Vec::new();
    let mut lines = Vec::new();
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
            let line = line(&mut layout, row, &titles, lines.len() + 1);
            lines.push(line);
        }
    }
    layout.left_out.sort_by_key(|left_out| left_out.row);
    ImportedLines { lines, mapping: layout.mapping, left_out: layout.left_out }
}

fn entry<'t>(layout: &Layout<'_>, row: &'t Row) -> Result<Entry<'t>, Reason> {
    let name = layout.cell(row, "name");
    let amount = layout.cell(row, "amount");
    if let Some(reason) = layout.needless(row, &[name], amount) {
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

fn line(layout: &mut Layout<'_>, row: &Row, titles: &[Title], number: usize) -> Value<'static> {
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
