//! `fentan lift`: tables of floors for a lift within the official interval.

use std::fmt::Write;

use clap::{Arg, ArgMatches, Command};
use fentan_core::findings::Moved;
use fentan_core::lift::{LiftTable, LiftTables, NoTables, lift_tables, percent_of};
use fentan_core::plan::{Kind, Subject};
use fentan_core::{Fen, Plan};
use fentan_words::{Language, listed, money, printable, say, say_with};
use serde::Serialize;

use crate::arguments::{example, formats};
use crate::tables::Style;
use crate::{Failure, colours, input, output};

/// How many tables are listed where the command line doesn't say.
const LISTED: usize = 12;

pub(crate) fn command(language: Language, plan: Arg) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("lift")
        .about(say("lift.about"))
        .arg(plan)
        .arg(Arg::new("line").long("line").value_name("ID").help(say("lift.about-line")))
        .arg(Arg::new("running").long("running").value_name("YUAN").help(say("lift.about-running")))
        .arg(
            Arg::new("most")
                .long("most")
                .value_name("N")
                .value_parser(clap::value_parser!(u16))
                .help(say("lift.about-most")),
        )
        .arg(formats(language, &["table", "json"], "lift.about-format"))
        .after_help(example(language, "fentan lift 电梯/plan.toml --running 6000"))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let running = running(language, matches)?;
    let most = matches.get_one::<u16>("most").map_or(LISTED, |&most| most.into());
    let Some(line) = line(&plan, matches.get_one::<String>("line")) else {
        return Err(none(language, &plan, None, NoTables::NoLine));
    };
    let tables = lift_tables(&plan, &packs, line, running)
        .map_err(|error| Failure::of_split(language, error))?
        .map_err(|why| none(language, &plan, Some(line), why))?;
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        return Ok(output::print(&output::versioned(&told(&plan, &tables, most))?)?);
    }
    let style = Style { language, colours: colours() };
    let shown = shown(&style, &plan, &tables, running, most);
    Ok(output::print(shown.as_bytes())?)
}

fn running(language: Language, matches: &ArgMatches) -> Result<Option<Fen>, Failure> {
    let Some(written) = matches.get_one::<String>("running") else {
        return Ok(None);
    };
    written.parse().map(Some).map_err(|_| {
        let values = [("seen", written.as_str())];
        anyhow::Error::msg(say_with(language, "lift.bad-running", &values)).into()
    })
}

/// The line of that id, or the first lift that is shared; an index of the plan's.
fn line(plan: &Plan, asked: Option<&String>) -> Option<usize> {
    plan.lines().iter().position(|line| match asked {
        Some(asked) => line.id == *asked,
        None => line.subject == Some(Subject::Lift) && line.kind() == Kind::Shared,
    })
}

fn none(language: Language, plan: &Plan, line: Option<usize>, why: NoTables) -> Failure {
    let key = match why {
        NoTables::NoStoreys => "lift.none.no-storeys",
        NoTables::NoInterval => "lift.none.no-interval",
        NoTables::NoFloor => "lift.none.no-floor",
        _ => "lift.none.no-line",
    };
    let name = line.map(|line| name(plan, line)).unwrap_or_default();
    anyhow::Error::msg(printable(&say_with(language, key, &[("line", &name)]))).into()
}

fn name(plan: &Plan, line: usize) -> String {
    let line = &plan.lines()[line];
    line.name.as_ref().unwrap_or(&line.id).clone()
}

/// The tables in words. Writing to a text can't fail.
fn shown(
    style: &Style,
    plan: &Plan,
    tables: &LiftTables,
    running: Option<Fen>,
    most: usize,
) -> String {
    let language = style.language;
    let with = |key: &str, values: &[(&str, &str)]| {
        printable(&say_with(language, &format!("lift.{key}"), values))
    };
    let mut text = String::new();
    let first = tables.middle.as_ref().or(tables.tables.first());
    let amount: Fen = first.iter().flat_map(|table| table.amounts.iter().copied()).sum();
    let (name, storeys) = (name(plan, tables.line), tables.interval.storeys.to_string());
    let amount = money(amount);
    let values = [("line", name.as_str()), ("storeys", &storeys), ("amount", &amount)];
    let _ = writeln!(text, "{}", style.bold(&with("heading", &values)));
    let floors = tables.interval.floors.iter().map(|(floor, least, most)| {
        let (floor, least, most) = (floor.to_string(), least.written(), most.written());
        with("floor-interval", &[("floor", &floor), ("least", &least), ("most", &most)])
    });
    let floors = listed(language, &floors.collect::<Vec<_>>());
    let _ = writeln!(text, "{}", with("interval", &[("floors", &floors)]));
    if tables.middle.is_none() {
        let _ = writeln!(text, "{}", with("no-middle", &[]));
    }
    // The middle stands above them.
    let is_middle =
        |table: &&LiftTable| tables.middle.as_ref().is_some_and(|one| one.parts == table.parts);
    let others = tables.tables.iter().filter(|table| !is_middle(table)).take(most);
    let listed_tables: Vec<&LiftTable> = others.collect();
    let (count, shown) = (tables.tables.len().to_string(), listed_tables.len().to_string());
    let key = if tables.is_all { "count" } else { "count-cut" };
    let _ = writeln!(text, "{}\n", with(key, &[("count", &count), ("shown", &shown)]));
    text.push_str(&table(style, tables, &listed_tables));
    text.push('\n');
    if let (Some(running), Some(middle)) = (running, &tables.middle) {
        let floors = middle.parts.iter().zip(&middle.running).map(|((floor, _), amount)| {
            let (floor, amount) = (floor.to_string(), money(*amount));
            with("running-floor", &[("floor", &floor), ("amount", &amount)])
        });
        let floors = listed(language, &floors.collect::<Vec<_>>());
        let values = [("amount", money(running)), ("floors", floors)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let _ = writeln!(text, "{}", with("running", &values));
    }
    if let Some(tally) = &tables.without_low_floors {
        let (area, heads) = (tally.missing.area.to_string(), tally.missing.heads.to_string());
        let key = if tally.passes { "low-floors-none" } else { "low-floors" };
        let _ = writeln!(text, "{}", with(key, &[("area", &area), ("heads", &heads)]));
    }
    let _ = writeln!(text, "{}", with("by-agreement", &[]));
    text
}

fn table(style: &Style, tables: &LiftTables, listed: &[&LiftTable]) -> String {
    let language = style.language;
    let with = |key: &str, values: &[(&str, &str)]| say_with(language, key, values);
    let floors = tables
        .interval
        .floors
        .iter()
        .map(|(floor, ..)| with("lift.floor", &[("floor", &floor.to_string())]));
    let rest = ["lift.more", "lift.less", "lift.carried"].map(|key| say(language, key));
    let columns: Vec<String> = floors.chain(rest).collect();
    let mut table = style.table(&["lift.of"], &columns);
    let moved = |moved: Moved| {
        let (count, amount) = (moved.households.to_string(), money(moved.amount));
        with("lift.moved", &[("count", &count), ("amount", &amount)])
    };
    let middle = tables.middle.iter().map(|one| (say(language, "lift.middle"), one));
    let numbered = (1..).zip(listed).map(|(number, &one): (usize, _)| {
        (with("lift.table", &[("number", &number.to_string())]), one)
    });
    for (name, one) in middle.chain(numbered) {
        let parts = one.parts.iter().zip(&one.amounts);
        let parts =
            parts.map(|(&(_, part), &amount)| format!("{}% {}", percent_of(part), money(amount)));
        let carried = one.vote.as_ref().is_some_and(|vote| vote.passes);
        let carried = say(language, if carried { "lift.yes" } else { "lift.no" });
        let row: Vec<String> = [name]
            .into_iter()
            .chain(parts)
            .chain([moved(one.more), moved(one.less), carried])
            .collect();
        table.add_row(row);
    }
    format!("{table}\n")
}

#[derive(Serialize)]
struct Told<'a> {
    line: &'a str,
    storeys: u32,
    clauses: &'a [String],
    count: usize,
    is_all: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    middle: Option<ToldTable>,
    tables: Vec<ToldTable>,
    low_floors_need: Option<fentan_core::vote::Tally>,
}

#[derive(Serialize)]
struct ToldTable {
    floors: Vec<ToldFloor>,
    more: Moved,
    less: Moved,
    passes: Option<bool>,
}

#[derive(Serialize)]
struct ToldFloor {
    floor: i32,
    part: String,
    amount: Fen,
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<Fen>,
}

fn told<'a>(plan: &'a Plan, tables: &'a LiftTables, most: usize) -> Told<'a> {
    Told {
        line: &plan.lines()[tables.line].id,
        storeys: tables.interval.storeys,
        clauses: &tables.clauses,
        count: tables.tables.len(),
        is_all: tables.is_all,
        middle: tables.middle.as_ref().map(told_table),
        tables: tables.tables.iter().take(most).map(told_table).collect(),
        low_floors_need: tables.without_low_floors.clone(),
    }
}

fn told_table(table: &LiftTable) -> ToldTable {
    let floors = table.parts.iter().zip(&table.amounts).enumerate();
    let floors = floors.map(|(index, (&(floor, part), &amount))| ToldFloor {
        floor,
        part: format!("{}%", percent_of(part)),
        amount,
        running: table.running.get(index).copied(),
    });
    ToldTable {
        floors: floors.collect(),
        more: table.more,
        less: table.less,
        passes: table.vote.as_ref().map(|vote| vote.passes),
    }
}
