//! `fentan programme compare`: who gains by a change of pots and plans.

use anyhow::anyhow;
use clap::ArgMatches;
use fentan_core::programme::desk::{
    self, CompoundDifference, DeskChange, PayerDifference, Together,
};
use fentan_core::scenario::Difference;
use fentan_ledger::{Cell, Kind, Table};
use fentan_words::{Language, say_with};
use serde_json::{Map, json};

use super::{BY, each, tell_reach};
use crate::programme::ask::answer::Answer;
use crate::programme::ask::{listed, sort, table, word};
use crate::{Failure, input, output};

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = super::desk(language, matches)?;
    let written: Vec<&String> = matches.get_many::<String>("set").into_iter().flatten().collect();
    let mut changes = Vec::with_capacity(written.len());
    for setting in &written {
        let wrong = || say_with(language, "compare.wrong-set", &[("seen", setting)]);
        let (path, to) = setting.split_once('=').ok_or_else(|| anyhow!(wrong()))?;
        changes.push(DeskChange::read(&desk, path, to)?);
    }
    tell_reach(language, &desk, &changes);
    let each = each(input::threads(matches));
    let before = desk.outcomes(&[], &each)?;
    let after = desk.outcomes(&changes, &each)?;
    let comparison = desk.compare(&before, &after);
    let left_out = &comparison.left_out;
    if !left_out.is_empty() {
        let values = [("ids", &*left_out.join(" "))];
        output::complain(&say_with(language, "desk.left-out", &values));
    }

    let given = |name: &str| matches.get_one::<String>(name);
    let compounds: Vec<&CompoundDifference> = comparison
        .compounds
        .iter()
        .filter(|one| given("county").is_none_or(|asked| one.county.as_ref() == Some(asked)))
        .filter(|one| given("compound").is_none_or(|asked| one.compound == *asked))
        .collect();
    let by = given("by").map_or(BY[0], String::as_str);
    let mut table = match by {
        "county" => by_county(&compounds),
        "compound" => by_compound(&compounds),
        "home" => by_home(&compounds),
        _ => by_source(&compounds),
    };
    let total = (by != "home").then(|| table.total());
    if let Some(column) = given("sort") {
        sort(language, &mut table, column)?;
    }
    if let Some(&limit) = matches.get_one::<u32>("limit") {
        table.rows.truncate(limit as usize);
    }
    let head = json!({
        "by": by,
        "changes": changes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "left_out": left_out,
        "broken": after.broken(),
    });
    let head = head.as_object().cloned().unwrap_or_else(Map::new);
    let answer = Answer { language, question: by, head, over: None, table, total, foot: None };
    answer.of_columns(&listed(matches, "columns"))?.give(matches)
}

const DIFFERENCE: [(&str, Kind); 7] = [
    ("before", Kind::Money),
    ("after", Kind::Money),
    ("change", Kind::Text),
    ("less", Kind::Count),
    ("less_amount", Kind::Money),
    ("more", Kind::Count),
    ("more_amount", Kind::Money),
];

/// What residents owe before and after, and how many homes pay less and more in cash.
fn difference(compounds: &[&CompoundDifference]) -> Vec<Cell> {
    let Together { residents: (before, after), less, more, .. } =
        Together::of(compounds.iter().copied());
    vec![
        Cell::Money(before),
        Cell::Money(after),
        Cell::Text(Difference::between(before, after).to_string()),
        Cell::Count(less.households as u64),
        Cell::Money(less.amount),
        Cell::Count(more.households as u64),
        Cell::Money(more.amount),
    ]
}

fn by_county(compounds: &[&CompoundDifference]) -> Table {
    let mut table = table(&[&[("county", Kind::Text)][..], &DIFFERENCE].concat());
    for (county, compounds) in desk::by_county(compounds) {
        table.rows.push([vec![word(county)], difference(&compounds)].concat());
    }
    table
}

fn by_compound(compounds: &[&CompoundDifference]) -> Table {
    let further =
        [("median_before", Kind::Money), ("median_after", Kind::Money), ("county", Kind::Text)];
    let mut table = table(&[&[("compound", Kind::Text)][..], &DIFFERENCE, &further].concat());
    for &one in compounds {
        let county = one.county.as_deref().unwrap_or_default();
        let further = vec![Cell::Money(one.median.0), Cell::Money(one.median.1), word(county)];
        table.rows.push([vec![word(&one.compound)], difference(&[one]), further].concat());
    }
    table
}

fn by_home(compounds: &[&CompoundDifference]) -> Table {
    let mut table = table(&[
        ("household", Kind::Text),
        ("compound", Kind::Text),
        ("before", Kind::Money),
        ("after", Kind::Money),
        ("change", Kind::Text),
        ("county", Kind::Text),
    ]);
    for one in compounds {
        for home in &one.homes {
            table.rows.push(vec![
                word(&home.household),
                word(&one.compound),
                Cell::Money(home.before),
                Cell::Money(home.after),
                Cell::Text(home.difference.to_string()),
                word(one.county.as_deref().unwrap_or_default()),
            ]);
        }
    }
    table
}

/// What the sources that pots name pay before and after; and the residents.
fn by_source(compounds: &[&CompoundDifference]) -> Table {
    let columns = [
        ("payer", Kind::Text),
        ("before", Kind::Money),
        ("after", Kind::Money),
        ("change", Kind::Text),
    ];
    let mut table = table(&columns);
    for PayerDifference { source, before, after, .. } in desk::by_payer(compounds) {
        let payer = source.as_deref().unwrap_or(fentan_ledger::RESIDENTS);
        let change = Difference::between(before, after).to_string();
        let row = vec![word(payer), Cell::Money(before), Cell::Money(after), Cell::Text(change)];
        table.rows.push(row);
    }
    table
}
