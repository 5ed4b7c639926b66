//! `fentan compare`: scenarios beside the plan.

use std::io;

use clap::ArgMatches;
use fentan_core::Fen;
use fentan_core::scenario::{
    Base, Compared, Comparison, Condition, Measured, Pinned, Scenario, Totals, compare,
};
use fentan_words::{Language, change, defused, measure, measured, printable, say, say_with};

use crate::split::finish;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    super::answered(language, matches, answer(language, matches))
}

fn answer(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let mut base = input::base(language, matches)?;
    let scenarios = scenarios(language, &base, matches)?;
    let affordable = affordable(language, matches)?;
    let comparison = Pinned::new(&mut base, None)
        .and_then(|pinned| compare(&mut base, &pinned, &scenarios, affordable))
        .map_err(|error| Failure::of_split(language, error))?;
    match super::format(matches) {
        "json" => output::print(&output::versioned(&comparison)?)?,
        "csv" => output::print(&csv(&comparison)?)?,
        _ => output::print(table(language, &comparison).as_bytes())?,
    }
    Ok(())
}

/// Those of the plan that are asked for, or all; then those of the link and of `--set`.
fn scenarios(
    language: Language,
    base: &Base,
    matches: &ArgMatches,
) -> Result<Vec<Scenario>, Failure> {
    let of_plan = base.plan().scenarios();
    let (ids, settings) = (super::all(matches, "scenario"), super::all(matches, "set"));
    let link = matches.get_one::<String>("link");
    let mut scenarios = match (ids.is_empty(), settings.is_empty() && link.is_none()) {
        (true, true) => of_plan.to_vec(),
        _ => super::named(language, of_plan, &ids)?,
    };
    if let Some(link) = link {
        scenarios.extend(Scenario::from_link(link)?);
    }
    if !settings.is_empty() {
        let settings = settings.iter().map(|setting| {
            let wrong = || say_with(language, "compare.wrong-set", &[("seen", setting)]);
            let (path, to) = setting.split_once('=').ok_or_else(|| anyhow::Error::msg(wrong()))?;
            Ok((path.to_owned(), to.to_owned()))
        });
        let settings = settings.collect::<anyhow::Result<Vec<_>>>()?;
        scenarios.push(Scenario::setting("--set", &settings));
    }
    if scenarios.is_empty() {
        return Err(anyhow::Error::msg(say(language, "compare.none")).into());
    }
    Ok(scenarios)
}

/// Read as the value of a condition is.
fn affordable(language: Language, matches: &ArgMatches) -> Result<Option<Fen>, Failure> {
    let Some(written) = matches.get_one::<String>("affordable") else {
        return Ok(None);
    };
    let condition = Condition::read(&format!("highest_cash<={written}"))
        .map_err(|problems| super::misused(language, &problems))?;
    Ok(match condition.value {
        Measured::Money(amount) => Some(amount),
        Measured::Count(_) => None,
    })
}

fn csv(comparison: &Comparison) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let ids = comparison.scenarios.iter().map(|one| defused(&one.id));
    table.write_record(["figure", "base"].map(str::to_owned).into_iter().chain(ids))?;
    let written =
        |value: Option<Measured>| value.map(|value| value.to_string()).unwrap_or_default();
    for payer in &comparison.payers {
        let paid = payer.paid.iter().map(|paid| written(paid.map(Measured::Money)));
        table.write_record(std::iter::once(defused(&format!("paid.{}", payer.id))).chain(paid))?;
    }
    for (index, (name, _)) in comparison.base.named().into_iter().enumerate() {
        let name = match comparison.affordable {
            Some(most) if name == "over" => format!("over.{most}"),
            None if name == "over" => continue,
            _ => name.to_owned(),
        };
        let values = totals(comparison).map(|totals| written(totals.named()[index].1));
        table.write_record(std::iter::once(name).chain(values))?;
    }
    for (index, name) in changes(comparison) {
        let values = comparison.scenarios.iter().map(|one| one.changes()[index].1.to_string());
        table.write_record([name.to_owned(), String::new()].into_iter().chain(values))?;
    }
    finish(table)
}

fn totals(comparison: &Comparison) -> impl Iterator<Item = &Totals> {
    let scenarios = comparison.scenarios.iter().map(|one| &one.totals);
    std::iter::once(&comparison.base).chain(scenarios)
}

fn table(language: Language, comparison: &Comparison) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    let titles = comparison
        .scenarios
        .iter()
        .flat_map(|one| [printable(one.name.as_ref().unwrap_or(&one.id)), say("compare.change")]);
    let heads: Vec<_> = std::iter::once(say("compare.base")).chain(titles).collect();
    let mut table = style.table(&["compare.figure"], &heads);
    let mut add = |name: String, values: Vec<Option<Measured>>| {
        let base = values.first().copied().flatten();
        let cells = values.iter().enumerate().flat_map(|(index, value)| {
            let shown = value.map(measured).unwrap_or_default();
            let change = value.map(|value| change(base, value)).unwrap_or_default();
            std::iter::once(shown).chain((index > 0).then_some(change))
        });
        table.add_row(std::iter::once(name).chain(cells));
    };
    for payer in &comparison.payers {
        let name = printable(payer.name.as_ref().unwrap_or(&payer.id));
        add(name, payer.paid.iter().map(|paid| paid.map(Measured::Money)).collect());
    }
    for (index, (name, _)) in comparison.base.named().into_iter().enumerate() {
        let title = match comparison.affordable {
            Some(most) if name == "over" => {
                measure(language, &fentan_core::scenario::Measure::Over(most))
            }
            None if name == "over" => continue,
            _ => say(&format!("measure.{name}")),
        };
        add(title, totals(comparison).map(|totals| totals.named()[index].1).collect());
    }
    for (index, name) in changes(comparison) {
        let cells = comparison
            .scenarios
            .iter()
            .flat_map(|one| [measured(one.changes()[index].1), String::new()]);
        let head = [say(&format!("compare.{name}")), String::new()];
        table.add_row(head.into_iter().chain(cells));
    }
    format!("{table}\n")
}

/// The figures of what scenarios change, each with its place.
fn changes(comparison: &Comparison) -> impl Iterator<Item = (usize, &'static str)> {
    let first = comparison.scenarios.first();
    first.map(Compared::changes).into_iter().flatten().map(|(name, _)| name).enumerate()
}
