//! `fentan collect`, `fentan settle`, `fentan join`, `fentan cash`: calls, payments, the final account,
//! joining later, cash over time.

use std::fmt::Write;
use std::path::Path;

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, Command};
use fentan_core::collection::{
    Cash, CashOf, Collected, Joined, Joining, Payments, PaymentsFile, Schedule, Settled, cash,
    collect, collection_of, day, join, settle,
};
use fentan_core::findings::overruns;
use fentan_core::{Fen, Plan, Problems, Split};
use fentan_ledger::book::{Book, report};
use fentan_words::{Language, cash as words, defused, finding, money, printable, say, say_with};
use serde::Serialize;

use crate::arguments::text;
use crate::split::finish;
use crate::tables::{self, Style};
use crate::{Failure, arguments, book, colours, input, output};

/// The most megabytes of a table of payments.
pub(crate) const MOST_PAYMENTS: u64 = 512;

/// The commands, with the arguments that read a plan.
pub(crate) fn commands(language: Language, shared: &[Arg]) -> [Command; 4] {
    let say = |key: &str| say(language, key);
    let payments = || {
        Arg::new("payments")
            .long("payments")
            .value_name("FILE")
            .required(true)
            .value_parser(ValueParser::path_buf())
            .help(say("collection.about-payments"))
    };
    let text = |name: &'static str, value: &'static str| {
        let help = say(&format!("collection.about-{name}"));
        Arg::new(name).long(name).value_name(value).required(true).help(help)
    };
    let command = |name: &'static str, own: Vec<Arg>, format: Arg, example: &str| {
        let about = if name == "cash" { "cash.about" } else { &format!("collection.about-{name}") };
        let command = Command::new(name)
            .about(say(about))
            .args(shared)
            .args(own)
            .arg(format)
            .after_help(arguments::example(language, example));
        arguments::worded(language, command)
    };
    let format = || arguments::formats(language, &["table", "json"], "collection.about-format");
    // What was paid so far is told of a day, or not at all.
    let paid = payments().required(false).requires("on").help(say("cash.about-payments"));
    let on = text("on", "DAY").required(false).requires("payments");
    [
        command(
            "collect",
            vec![payments(), text("on", "DAY")],
            format(),
            "fentan collect 我的小区/plan.toml --payments 收款.csv --on 2026-03-01",
        ),
        command(
            "settle",
            vec![payments()],
            format(),
            "fentan settle 我的小区/plan.toml --payments 收款.csv",
        ),
        command(
            "join",
            vec![text("line", "ID"), text("household", "ID"), text("on", "DAY")],
            format(),
            "fentan join 电梯/plan.toml --line lift --household 1-1-301 --on 2029-06-01",
        ),
        command(
            "cash",
            vec![paid, on],
            arguments::formats(language, &["table", "csv", "json"], "cash.about-format"),
            "fentan cash 我的小区/plan.toml\nfentan cash 我的小区/plan.toml --payments 收款.csv --on 2026-03-01",
        ),
    ]
}

pub(crate) fn run(language: Language, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let format = text(matches, "format");
    let answered = match name {
        "collect" => answer_collect(language, matches, format),
        "settle" => answer_settle(language, matches, format),
        "cash" => answer_cash(language, matches, format),
        _ => answer_join(language, matches, format),
    };
    if let (Err(Failure::Problems(problems)), "json") = (&answered, format) {
        output::json_problems(language, problems)?;
    }
    answered
}

fn answer_collect(language: Language, matches: &ArgMatches, format: &str) -> Result<(), Failure> {
    let (plan, payments) = read(language, matches)?;
    let on = day("--on", text(matches, "on"));
    let ((payments, on), _) = both(both(payments, on), collection_of(&plan))?;
    let split = split(language, &plan)?;
    let collected = collect(&plan, &split, &payments, on)?;
    print(format, &collected, || shown_collected(language, &plan, &collected))
}

fn answer_settle(language: Language, matches: &ArgMatches, format: &str) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let (plan, payments) = read(language, matches)?;
    let payments = payments?;
    let split = split(language, &plan)?;
    let settled =
        settle(&plan, &split, &payments).map_err(|error| Failure::of_split(language, error))?;
    // The budget that was voted on is held to the city's rule beside the settled account.
    for one in overruns(&plan, &split, settled.final_budget, &packs) {
        output::complain(&finding(language, &one));
    }
    print(format, &settled, || shown_settled(language, &plan, &settled))
}

fn answer_join(language: Language, matches: &ArgMatches, format: &str) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let asked = |name| text(matches, name);
    let joining = Joining { line: asked("line"), household: asked("household"), on: asked("on") };
    let joined = join(&plan, &joining).map_err(|error| Failure::of_split(language, error))?;
    print(format, &joined, || shown_joined(language, &plan, &joined))
}

fn answer_cash(language: Language, matches: &ArgMatches, format: &str) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let (plan, schedule) = input::read_plan(language, matches, &packs, |plan, document, _| {
        let schedule = Schedule::read(document, &plan);
        (plan, schedule)
    })?;
    let so_far = match arguments::path(matches, "payments") {
        Some(path) => {
            let on = day("--on", text(matches, "on"));
            both(payments_of(language, &plan, path)?, on).map(Some)
        }
        None => Ok(None),
    };
    let (schedule, so_far) = both(schedule, so_far)?;
    let split = split(language, &plan)?;
    let so_far = so_far.as_ref().map(|(payments, on)| (payments, *on));
    let cash = cash(&plan, &split, &schedule, so_far);
    if format == "csv" {
        return Ok(output::print(&csv_of_cash(&cash)?)?);
    }
    print(format, &cash, || shown_cash(language, &plan, &cash))
}

/// The plan, and the payments as far as they can be read.
fn read(
    language: Language,
    matches: &ArgMatches,
) -> Result<(Plan, Result<Payments, Problems>), Failure> {
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let path = arguments::path(matches, "payments").map(AsRef::as_ref).unwrap_or(Path::new("-"));
    let payments = payments_of(language, &plan, path)?;
    Ok((plan, payments))
}

fn payments_of(
    language: Language,
    plan: &Plan,
    path: &Path,
) -> Result<Result<Payments, Problems>, Failure> {
    let bytes = input::read(language, path, MOST_PAYMENTS)?;
    payments(language, plan, path, &bytes)
}

/// The payments of a file: a table, or a book, of which what is doubtful is told.
pub(crate) fn payments(
    language: Language,
    plan: &Plan,
    path: &Path,
    bytes: &[u8],
) -> Result<Result<Payments, Problems>, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if !Book::is_book(bytes) {
        return Ok(Payments::read(plan, PaymentsFile { file: &name, bytes }));
    }
    let book = book::of_bytes(language, path, bytes)?;
    book.doubts().into_iter().for_each(|one| output::complain(&report::doubt(language, one)));
    Ok(book.payments(plan, &name))
}

/// Both, or the problems of both.
fn both<A, B>(one: Result<A, Problems>, other: Result<B, Problems>) -> Result<(A, B), Problems> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(mut problems), Err(further)) => {
            problems.extend(further);
            Err(problems)
        }
        (Err(problems), _) | (_, Err(problems)) => Err(problems),
    }
}

fn split(language: Language, plan: &Plan) -> Result<Split, Failure> {
    fentan_core::split(plan).map_err(|error| Failure::of_split(language, error))
}

fn print(
    format: &str,
    answer: &impl Serialize,
    shown: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let bytes = match format {
        "json" => output::versioned(answer)?,
        _ => shown().into_bytes(),
    };
    Ok(output::print(&bytes)?)
}

/// A heading, and a table below it.
fn section(style: &Style, title: &str, table: &impl std::fmt::Display) -> String {
    format!("{}\n{table}\n\n", style.bold(title))
}

fn shown_collected(language: Language, plan: &Plan, collected: &Collected) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    let mut table =
        style.table(&["collection.call", "collection.due"], &[say("collection.amount")]);
    for call in &collected.calls {
        table.add_row([printable(&call.id), call.due.to_string(), tables::plain(call.called)]);
    }
    let mut text = section(&style, &say("collection.calls"), &table);

    let of_calls = collected.calls.iter().map(|call| printable(&call.id));
    let sums = ["called", "paid", "arrears", "ahead"].map(|key| say(&format!("collection.{key}")));
    let mut table =
        style.table(&["term.household"], &of_calls.chain(sums).collect::<Vec<String>>());
    let is_listed = plan.households().len() <= tables::MOST_LISTED;
    for household in collected.households.iter().filter(|_| is_listed) {
        let sums = [household.called, household.paid, household.arrears, household.ahead];
        let amounts = household.calls.iter().copied().chain(sums).map(tables::plain);
        table.add_row([printable(&household.id)].into_iter().chain(amounts));
    }
    let sums = [collected.called, collected.paid, collected.arrears, collected.ahead];
    let amounts = collected.calls.iter().map(|call| call.called).chain(sums).map(tables::plain);
    table.add_row([say("term.total")].into_iter().chain(amounts));
    text.push_str(&section(&style, &say("term.households"), &table));
    text.push_str(&unlisted(language, is_listed));
    let stand = [
        ("on", collected.on.to_string()),
        ("called", money(collected.called)),
        ("paid", money(collected.paid)),
        ("arrears", money(collected.arrears)),
        ("ahead", money(collected.ahead)),
    ];
    let _ = writeln!(text, "{}", filled(language, "collection.stand", &stand));
    let behind = collected.households.iter().filter(|one| !one.arrears.is_zero()).count();
    let all = collected.households.len();
    let counts = [("behind", behind), ("rest", all - behind), ("all", all)];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    let _ = writeln!(text, "{}", filled(language, "collection.behind", &counts));
    if !collected.held.is_zero() {
        let held = [("held", money(collected.held))];
        let _ = writeln!(text, "{}", filled(language, "collection.held", &held));
    }
    text
}

fn shown_settled(language: Language, plan: &Plan, settled: &Settled) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    let beside = ["budgeted", "final", "more", "less"].map(|key| say(&format!("collection.{key}")));
    let row = |name: String, before: Fen, after: Fen| {
        let amounts = [before, after, after.less(before), before.less(after)];
        [name].into_iter().chain(amounts.map(tables::plain))
    };
    let mut table = style.table(&["term.line"], &beside);
    for (line, settled) in plan.lines().iter().zip(&settled.lines) {
        let name = printable(line.name.as_ref().unwrap_or(&line.id));
        table.add_row(row(name, settled.amount, settled.final_amount));
    }
    table.add_row(row(say("term.total"), settled.budget, settled.final_budget));
    let mut text = section(&style, &say("term.lines"), &table);

    let mut table = style.table(&["term.payer"], &beside);
    let names = plan.sources().iter().map(|source| source.name.as_ref().unwrap_or(&source.id));
    let pot = plan.agreements().relief.pot.iter();
    let names = names.chain(pot.map(|pot| pot.name.as_ref().unwrap_or(&pot.id)));
    for (name, source) in names.zip(&settled.sources) {
        table.add_row(row(printable(name), source.paid, source.final_paid));
    }
    text.push_str(&section(&style, &say("term.payers"), &table));

    let heads = ["cash", "final-cash", "paid", "to-pay", "to-return"];
    let heads = heads.map(|key| say(&format!("collection.{key}")));
    let mut table = style.table(&["term.household"], &heads);
    let is_listed = plan.households().len() <= tables::MOST_LISTED;
    for one in settled.households.iter().filter(|_| is_listed) {
        let amounts = [one.cash, one.final_cash, one.paid, one.to_pay, one.to_return];
        table.add_row([printable(&one.id)].into_iter().chain(amounts.map(tables::plain)));
    }
    let cash = settled.households.iter().map(|one| one.cash).sum();
    let sums = [cash, settled.final_cash, settled.paid, settled.to_pay, settled.to_return];
    table.add_row([say("term.total")].into_iter().chain(sums.map(tables::plain)));
    text.push_str(&section(&style, &say("term.households"), &table));
    text.push_str(&unlisted(language, is_listed));
    let sum = [
        ("paid", money(settled.paid)),
        ("to-pay", money(settled.to_pay)),
        ("to-return", money(settled.to_return)),
        ("final-cash", money(settled.final_cash)),
    ];
    let _ = writeln!(text, "{}", filled(language, "collection.settled", &sum));
    text
}

fn shown_joined(language: Language, plan: &Plan, joined: &Joined) -> String {
    let style = Style { language, colours: colours() };
    let line = plan.lines().iter().find(|line| line.id == joined.line);
    let line = line.and_then(|line| line.name.as_ref()).unwrap_or(&joined.line);
    let values = [
        ("household", printable(&joined.household)),
        ("on", joined.on.to_string()),
        ("line", printable(line)),
        ("share", money(joined.share)),
        ("months", joined.months.to_string()),
        ("months-left", joined.months_left.to_string()),
        ("pays", money(joined.pays)),
    ];
    let mut text = filled(language, "collection.joins", &values) + "\n\n";
    if joined.returns.is_empty() {
        let _ = writeln!(text, "{}", say(language, "collection.nothing-returned"));
        return text;
    }
    let mut table = style.table(&["term.household"], &[say(language, "collection.returned")]);
    let is_listed = joined.returns.len() <= tables::MOST_LISTED;
    for returned in joined.returns.iter().filter(|_| is_listed) {
        table.add_row([printable(&returned.id), tables::plain(returned.amount)]);
    }
    let sum = joined.returns.iter().map(|returned| returned.amount).sum();
    table.add_row([say(language, "term.total"), tables::plain(sum)]);
    let _ = writeln!(text, "{table}");
    text.push_str(&unlisted(language, is_listed));
    text
}

/// Months and payers; the lines of each month are listed by the other formats.
fn shown_cash(language: Language, plan: &Plan, cash: &Cash) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    let heads = ["spent", "received", "in-hand", "gap"].map(|key| say(&format!("cash.{key}")));
    let mut table = style.table(&["cash.month"], &heads);
    for one in &cash.months {
        let amounts = [one.spent, one.received, one.in_hand, one.gap];
        table.add_row([one.month.to_string()].into_iter().chain(amounts.map(tables::plain)));
    }
    let in_the_end = cash.months.last().map(|last| last.in_hand).unwrap_or_default();
    let sums = [cash.spent, cash.received, in_the_end, cash.gap].map(tables::plain);
    table.add_row([say("term.total")].into_iter().chain(sums));
    let mut text = section(&style, &say("cash.months"), &table);
    let mut table = style.table(&["cash.month", "term.payer"], &[say("cash.amount")]);
    for one in &cash.months {
        for (name, amount) in words::payers(language, plan, one) {
            table.add_row([one.month.to_string(), printable(&name), tables::plain(amount)]);
        }
    }
    text.push_str(&section(&style, &say("cash.payers"), &table));
    for sentence in words::sentences(language, plan, cash) {
        let _ = writeln!(text, "{}", printable(&sentence));
    }
    text
}

/// A row for each amount of a month; those of no month come last, without one.
fn csv_of_cash(cash: &Cash) -> std::io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["month", "what", "id", "amount"])?;
    let mut add = |month: &str, lists: [(&str, &[CashOf]); 3], cash: Fen| -> std::io::Result<()> {
        for (what, list) in lists {
            for one in list {
                table.write_record([month, what, &defused(&one.id), &one.amount.to_string()])?;
            }
        }
        if !cash.is_zero() {
            table.write_record([month, "cash", "", &cash.to_string()])?;
        }
        Ok(())
    };
    for one in &cash.months {
        let lists =
            [("line", &one.lines[..]), ("source", &one.sources), ("channel", &one.channels)];
        add(&one.month.to_string(), lists, one.cash)?;
    }
    let rest = &cash.unscheduled;
    let lists = [("line", &rest.lines[..]), ("source", &rest.sources), ("channel", &rest.channels)];
    add("", lists, rest.cash)?;
    finish(table)
}

fn unlisted(language: Language, is_listed: bool) -> String {
    if is_listed { String::new() } else { say(language, "cli.unlisted") + "\n" }
}

fn filled(language: Language, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, key, &values)
}
