//! The columns that are not used: each is named where it holds something, and asked about where it
//! looks like one that is needed.

use crate::layout::{Layout, OWNER_UNIT};
use crate::number;
use crate::tidy::compact;
use crate::told::{Kind, Told};
use crate::words::{HINTS_ASIDE, HOUSEHOLD_HEADINGS, Words};

/// What is to be told of the columns of a table that are left aside. `wanted` says which fields
/// the table still lacks.
pub(crate) fn unused(
    layout: &Layout<'_>,
    hints: &Words,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Told> {
    let sheet = &layout.table.name;
    let mut told = Vec::new();
    let mut aside = Vec::new();
    let mut without = Vec::new();
    for (position, column) in layout.mapping.columns.iter().enumerate() {
        if column.field.is_some() || !layout.holds_anything(position) {
            continue;
        }
        let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = compact(&column.heading);
        if name.is_empty() {
            without.push(position);
            continue;
        }
        let twice = layout.mapping.columns.iter().enumerate().find(|(at, other)| {
            *at != position && other.field.is_some() && compact(&other.heading) == name
        });
        let bare = name.split(['(', '[', '/', ':']).next().unwrap_or_default();
        let is_owner = HOUSEHOLD_HEADINGS.find(bare).is_some_and(|(field, _)| field == OWNER_UNIT);
        let is_aside = HINTS_ASIDE.words().any(|ending| bare.ends_with(ending));
        let like = hints.first_meaning_in(bare).filter(|field| !is_aside && wanted(field));
        let one = |kind| Told::new(kind, sheet).column(position).with("heading", heading.clone());
        if let Some((first, _)) = twice {
            told.push(one(Kind::HeadingTwice).with("first", first.to_string()));
        } else if is_owner && !layout.has("payer") && wanted("payer") {
            told.push(one(Kind::PayerOfAll));
        } else if let Some(field) = like {
            told.push(one(Kind::UnusedLike).with("field", field));
        } else {
            aside.push(heading);
        }
    }
    if !aside.is_empty() {
        told.push(Told::new(Kind::Unused, sheet).with("headings", aside.join("、")));
    }
    let headed = layout.mapping.columns.iter().rposition(|column| !column.heading.is_empty());
    for position in without {
        let is_figure = |cell: &str| number::read_money(cell, 0).is_some();
        let rows = layout.rows.iter().filter(|row| is_figure(row.cell(position)));
        let rows: Vec<_> = rows.map(|row| row.number).collect();
        // A comma too many moves a row to the right: 71,42.
        let kind = match headed {
            Some(last) if position > last && !rows.is_empty() => Kind::BeyondHeadings,
            _ => Kind::UnusedWithout,
        };
        told.push(Told::new(kind, sheet).column(position).rows(rows));
    }
    told
}
