//! What is told of a works budget once its lines are known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fentan_core::Value;

use super::tree::{Role, Tree};
use crate::exact::{decimal, is_product, last_place, millionths, rounded_product};
use crate::imported::Imported;
use crate::layout::{Layout, zeros_of_heading};
use crate::mapping::Reason;
use crate::number;
use crate::tally::{Scope, Statement, Summed, figure};
use crate::tidy::tidy;
use crate::told::{Kind, Told};
use crate::words::DRAFTS;

/// What a sheet is called, or its title, that adds up the others.
const SUMMARIES: &[&str] = &["汇总", "总表", "总概算", "总预算", "总估算", "summary"];

/// Puts what a title has beyond its parts in place of its amount.
pub(super) fn set_rest(value: &mut Value<'static>, rest: i128) {
    if let Value::Fields(fields) = value {
        for (name, value) in fields.iter_mut() {
            if name == "amount" {
                *value = Value::Text(Cow::Owned(decimal(rest)));
            }
        }
    }
}

/// The lines whose amount is not quantity times price.
pub(super) fn products<'t>(layout: &Layout<'t>, tree: &Tree<'t>) -> Option<Told> {
    let of_price = layout
        .position("price")
        .and_then(|at| layout.mapping.columns.get(at))
        .and_then(|column| zeros_of_heading(&column.heading))
        .unwrap_or_default();
    let mut rows = Vec::new();
    let mut first = None;
    for entry in tree.entries.iter().filter(|one| one.role == Role::Line) {
        let number = |field: &str| tidy(layout.cell(entry.row, field)).replace(',', "");
        let quantity = number::weight_of_cell(&number("quantity")).number;
        let price = number::money_of_cell(&number("price"), of_price).number;
        let price = price.or_else(|| number::weight_of_cell(&number("price")).number);
        let read = |text: Option<String>| text.as_deref().and_then(millionths);
        let (Some(quantity), Some(price), Some(amount)) =
            (read(quantity), read(price), entry.amount)
        else {
            continue;
        };
        let typed: String =
            number("amount").chars().filter(|one| one.is_ascii_digit() || *one == '.').collect();
        let zeros = layout.zeros_of_amount(entry.row);
        let unit = last_place(&typed, number::zeros_behind(&number("amount"), zeros));
        if is_product(amount, quantity, price, unit) == Some(false) {
            rows.push(entry.row.number);
            let product = rounded_product(quantity, price).unwrap_or_default();
            first.get_or_insert((
                decimal(quantity),
                decimal(price),
                decimal(product),
                decimal(amount),
            ));
        }
    }
    let (quantity, price, product, amount) = first?;
    let told = Told::new(Kind::Product, &layout.table.name).rows(rows);
    Some(
        told.with("quantity", quantity)
            .with("price", price)
            .with("product", product)
            .with("amount", amount),
    )
}

/// Leaves out a sheet that adds up the others.
pub(super) fn summaries(layouts: &mut [Layout<'_>], imported: &mut Imported) {
    let mut sums: BTreeMap<usize, (i128, usize)> = BTreeMap::new();
    for (value, place) in imported.values.iter().zip(&imported.places) {
        let sum = sums.entry(place.sheet).or_default();
        sum.0 += figure(value, "amount").unwrap_or_default();
        sum.1 += 1;
    }
    if sums.len() < 2 {
        return;
    }
    let all: i128 = sums.values().map(|(sum, _)| sum).sum();
    let table_of =
        |sheet: usize| imported.places.iter().find(|one| one.sheet == sheet).map(|one| one.table);
    let is_named = |sheet: &usize| {
        let layout = table_of(*sheet).and_then(|table| layouts.get(table));
        layout.is_some_and(|layout| {
            let mut said = layout.titles_above().chain([layout.table.name.as_str()]);
            said.any(|text| SUMMARIES.iter().any(|word| text.to_lowercase().contains(word)))
        })
    };
    let named: Vec<usize> = sums.keys().copied().filter(is_named).collect();
    let equal: Vec<usize> = sums
        .iter()
        .filter(|(_, (sum, _))| *sum * 2 == all && *sum > 0)
        .map(|(sheet, _)| *sheet)
        .collect();
    let summary = match (&named[..], &equal[..]) {
        (&[sheet], _) if sums.len() > 1 => Some(sheet),
        (_, &[sheet]) if sums.len() > 2 => Some(sheet),
        _ => None,
    };
    if let Some(sheet) = summary {
        leave_out(layouts, imported, sheet);
        return;
    }
    versions(layouts, imported, &table_of);
    // Two sheets of one sum may be one budget, once as it was and once in short.
    let mut by_sum: BTreeMap<i128, Vec<usize>> = BTreeMap::new();
    for (sheet, (sum, _)) in sums.iter().filter(|(_, (sum, _))| *sum > 0) {
        by_sum.entry(*sum).or_default().push(*sheet);
    }
    for (sum, sheets) in by_sum.into_iter().filter(|(_, sheets)| sheets.len() > 1) {
        let tables: Vec<_> = sheets.iter().filter_map(|&sheet| table_of(sheet)).collect();
        let names: Vec<_> = tables
            .iter()
            .filter_map(|&table| layouts.get(table))
            .map(|layout| format!("“{}”", layout.table.name))
            .collect();
        if let Some(layout) = tables.first().and_then(|&table| layouts.get_mut(table)) {
            let told = Told::new(Kind::SheetsAlike, "").with("names", names.join("、"));
            layout.told.push(told.with("sum", decimal(sum)));
        }
    }
}

/// Asks about titles that call the lines below them one of several proposals: 方案一, 方案二.
pub(super) fn alternatives(layouts: &mut [Layout<'_>]) {
    let is_one = |text: &str| {
        let text = tidy(text);
        let behind = text.split_once("方案").and_then(|(_, rest)| rest.trim_start().chars().next());
        behind.is_some_and(|one| "一二三四五123456ABCDabcd甲乙丙".contains(one))
    };
    let mut found: Vec<(usize, u64, String)> = Vec::new();
    for (at, layout) in layouts.iter().enumerate() {
        let titles = layout.titles_with_rows();
        let own = titles.filter(|(_, title)| is_one(title));
        found.extend(own.map(|(row, title)| (at, row, title.to_owned())));
    }
    found.dedup_by(|one, other| one.2 == other.2);
    let (Some(&(at, ..)), true) = (found.first(), found.len() > 1) else { return };
    let names: Vec<_> = found.iter().map(|(.., title)| format!("“{title}”")).collect();
    if let Some(layout) = layouts.get_mut(at) {
        let told = Told::new(Kind::Alternatives, &layout.table.name);
        let rows = found.iter().map(|(_, row, _)| *row);
        layout.told.push(told.rows(rows).with("names", names.join("、")));
    }
}

/// Asks about sheets with the same lines, other than those of two buildings: most of their amounts
/// are the same, or their names are those of drafts.
fn versions(
    layouts: &mut [Layout<'_>],
    imported: &Imported,
    table_of: &impl Fn(usize) -> Option<usize>,
) {
    const FEWEST: usize = 3;
    let mut lines: BTreeMap<usize, BTreeMap<&str, i128>> = BTreeMap::new();
    for (value, place) in imported.values.iter().zip(&imported.places) {
        let name = value.get("name").and_then(Value::text).unwrap_or_default();
        let amount = figure(value, "amount").unwrap_or_default();
        lines.entry(place.sheet).or_default().insert(name, amount);
    }
    let name_of = |sheet: usize| {
        let layout = table_of(sheet).and_then(|table| layouts.get(table));
        layout.map_or(String::new(), |layout| layout.table.name.clone())
    };
    let is_draft = |name: &str| DRAFTS.words().any(|word| tidy(name).to_lowercase().contains(word));
    let sheets: Vec<usize> = lines.keys().copied().collect();
    let mut found = Vec::new();
    for (at, one) in sheets.iter().enumerate() {
        for other in sheets.iter().skip(at + 1) {
            let (Some(of_one), Some(of_other)) = (lines.get(one), lines.get(other)) else {
                continue;
            };
            let both =
                of_one.iter().filter_map(|(name, amount)| Some((amount, of_other.get(name)?)));
            let both: Vec<_> = both.collect();
            let equal = both.iter().filter(|(one, other)| one == other).count();
            let fewer = of_one.len().min(of_other.len());
            let names = [name_of(*one), name_of(*other)];
            let buildings = names.iter().all(|name| crate::address::building_in(name).is_some());
            let are_drafts = names.iter().any(|name| is_draft(name));
            let alike = equal * 2 >= fewer || are_drafts && both.len() * 2 >= fewer;
            if both.len() >= FEWEST.min(fewer) && alike && !buildings {
                found.push((*one, names.map(|name| format!("“{name}”")).join("、"), both.len()));
            }
        }
    }
    for (sheet, names, count) in found {
        if let Some(layout) = table_of(sheet).and_then(|table| layouts.get_mut(table)) {
            let told = Told::new(Kind::SheetVersions, "").with("names", names);
            layout.told.push(told.with("count", count.to_string()));
        }
    }
}

fn leave_out(layouts: &mut [Layout<'_>], imported: &mut Imported, sheet: usize) {
    let values = std::mem::take(&mut imported.values);
    let places = std::mem::take(&mut imported.places);
    let mut sum = 0;
    let mut of_summary = None;
    for (value, place) in values.into_iter().zip(places) {
        if place.sheet != sheet {
            imported.values.push(value);
            imported.places.push(place);
            continue;
        }
        sum += figure(&value, "amount").unwrap_or_default();
        of_summary = Some(place.table);
        if let Some(layout) = layouts.get_mut(place.table) {
            let at = layout.rows.binary_search_by_key(&place.row, |row| row.number);
            if let Some(row) = at.ok().and_then(|at| layout.rows.get(at)) {
                layout.leave_out(row, Reason::Summary);
            }
        }
    }
    let Some(layout) = of_summary.and_then(|table| layouts.get_mut(table)) else { return };
    let name = layout.table.name.clone();
    layout.left_out.sort_by_key(|one| one.row);
    layout.told.push(Told::new(Kind::Summary, &name));
    imported.statements.retain(|one| one.sheet != name);
    imported.statements.push(Statement {
        sheet: name.clone(),
        row: 0,
        label: name,
        summed: Summed::Field("amount".to_owned()),
        stated: sum,
        tolerance: 0,
        scopes: vec![Scope::All],
    });
}
