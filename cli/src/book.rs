//! `fentan book`: the book of payments, kept at desks, filled from statements, joined.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::collection::Method;
use fentan_core::{Day, Fen, Plan};
use fentan_import::statement::{self, Found, Received, Statement, Why};
use fentan_ledger::book::{Book, Desk, Entry, Paid, Receipt, Reversed, report};
use fentan_words::{Language, defused, listed, money, printable, say, say_with};

use crate::arguments::text;
use crate::collection::MOST_PAYMENTS;
use crate::files::{self, Existing, Files, Readers};
use crate::lock::Lock;
use crate::{Failure, PROBLEMS, arguments, import, input, output};

/// The example of a payment.
const PAY: &str = "fentan book pay 收款.book --desk A --household 1-1-201 --amount 1200 --method wechat --on 2026-03-01";

/// The most doubts and rows that are listed.
const LISTED: usize = 200;

pub(crate) fn command(language: Language, shared: &[Arg]) -> Command {
    let say = |key: &str| say(language, &format!("book.about{key}"));
    let file = |name: &'static str, value: &'static str, key: &str| {
        let file = Arg::new(name).value_name(value).required(true);
        file.value_parser(ValueParser::path_buf()).help(say(key))
    };
    let book = || file("book", "BOOK", "-file");
    let text = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).help(say(&format!("-{name}")))
    };
    let needed = |name: &'static str, value: &'static str| text(name, value).required(true);
    let words: Vec<_> = Method::ALL.iter().map(|method| method.as_str()).collect();
    let methods = Method::ALL
        .iter()
        .map(|&method| format!("{} {}", method.as_str(), report::method(language, method)));
    let methods = listed(language, &methods.collect::<Vec<_>>());
    let about = say_with(language, "book.about-method", &[("methods", &methods)]);
    let method = Arg::new("method").long("method").value_name("METHOD").hide_possible_values(true);
    let method = method.value_parser(PossibleValuesParser::new(words)).help(about);
    let command = |name: &'static str, arguments: Vec<Arg>, example: &str| {
        let command = Command::new(name).about(say(&format!("-{name}"))).args(arguments);
        arguments::worded(language, command.after_help(arguments::example(language, example)))
    };
    let amount = needed("amount", "YUAN").allow_hyphen_values(true);
    let pay = [book(), needed("desk", "DESK"), needed("household", "ID"), amount]
        .into_iter()
        .chain([method.clone().default_value("cash").hide_default_value(true)])
        .chain([needed("on", "DAY"), text("note", "TEXT"), text("reference", "NUMBER")]);
    let assign = text("assign", "ROW=ID").action(ArgAction::Append);
    let dry = Arg::new("dry").long("dry-run").action(ArgAction::SetTrue).help(say("-dry"));
    let taking = [book()].into_iter().chain(shared.iter().cloned());
    let taking = taking.chain([file("file", "STATEMENT", "-statement"), needed("desk", "DESK")]);
    let taking = taking.chain([method, assign, dry]);
    let reverse = vec![
        book(),
        file("receipt", "RECEIPT", "-receipt").value_parser(ValueParser::string()),
        needed("desk", "DESK"),
        needed("on", "DAY"),
        needed("reason", "TEXT"),
    ];
    Command::new("book")
        .about(say(""))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(arguments::example(language, PAY))
        .subcommand(command(
            "pay",
            pay.collect(),
            PAY,
        ))
        .subcommand(command(
            "reverse",
            reverse,
            "fentan book reverse 收款.book A-00001 --desk A --on 2026-03-02 --reason 付了两次",
        ))
        .subcommand(command(
            "import",
            taking.collect(),
            "fentan book import 收款.book 我的小区/plan.toml 微信账单.csv --desk A",
        ))
        .subcommand(command(
            "join",
            vec![book(), file("other", "OTHER", "-other")],
            "fentan book pay 另一台.book --desk B --household 1-1-202 --amount 800 --on 2026-03-01\nfentan book join 收款.book 另一台.book",
        ))
        .subcommand(command("check", vec![book()], "fentan book check 收款.book"))
        .subcommand(command(
            "export",
            vec![book()],
            "fentan book export 收款.book > 收款.csv",
        ))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("pay", matches)) => pay(language, matches),
        Some(("reverse", matches)) => reverse(language, matches),
        Some(("import", matches)) => take_in(language, matches),
        Some(("join", matches)) => join(language, matches),
        Some(("check", matches)) => check(language, matches),
        Some(("export", matches)) => export(language, matches),
        _ => unreachable!("clap asks for one of the commands"),
    }
}

/// Reads a book; one that is not whole is refused with the line where it breaks.
fn read(language: Language, path: &Path) -> Result<Book, Failure> {
    let bytes = input::read(language, path, MOST_PAYMENTS)?;
    of_bytes(language, path, &bytes)
}

/// The book that a file holds.
pub(crate) fn of_bytes(language: Language, path: &Path, bytes: &[u8]) -> Result<Book, Failure> {
    Book::read(bytes)
        .map_err(|broken| failed(report::broken(language, &path.display().to_string(), &broken)))
}

fn failed(words: String) -> Failure {
    anyhow::Error::msg(words).into()
}

/// An argument that is read from a text.
fn argument<T>(
    language: Language,
    matches: &ArgMatches,
    name: &str,
    bad: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Failure> {
    let seen = text(matches, name);
    read(seen).ok_or_else(|| failed(say_with(language, bad, &[("seen", seen)])))
}

fn desk(language: Language, matches: &ArgMatches) -> Result<Desk, Failure> {
    argument(language, matches, "desk", "book.bad-desk", Desk::read)
}

fn day(language: Language, matches: &ArgMatches) -> Result<Day, Failure> {
    argument(language, matches, "on", "book.bad-day", |text| Day::read(text).ok())
}

/// Changes the book that the command line names, while no other program does, and writes it whole.
fn change<T>(
    language: Language,
    matches: &ArgMatches,
    change: impl FnOnce(&mut Book) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let path = arguments::path(matches, "book").context("no book named")?;
    let name = path.display().to_string();
    let failure = || say_with(language, "cli.error.write", &[("path", &name)]);
    let (file, _lock) = Lock::wait(path).with_context(failure)?;
    files::refuse_other_names(language, &file)?;
    let mut book = if file.exists() { read(language, &file)? } else { Book::default() };
    let before = book.entries().count();
    let made = change(&mut book)?;
    if book.entries().count() > before {
        let (folder, name) = files::parts(&file);
        let mut files = Files::begin(language, folder, Readers::Owner, Existing::Updated)?;
        files.write(name, |file| Ok(file.write_all(&book.to_bytes())?))?;
        files.finish()?;
    }
    Ok(made)
}

fn pay(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = desk(language, matches)?;
    let optional =
        |name| Some(text(matches, name).trim().to_owned()).filter(|text| !text.is_empty());
    let paid = Paid {
        date: day(language, matches)?,
        household: text(matches, "household").to_owned(),
        amount: argument(language, matches, "amount", "book.bad-amount", |text| text.parse().ok())?,
        method: method(matches).unwrap_or(Method::Cash),
        reference: optional("reference"),
        note: optional("note"),
    };
    let (household, amount) = (printable(&paid.household), money(paid.amount));
    let receipt = change(language, matches, |book| {
        book.pay(desk, paid).map_err(|refusal| failed(report::refusal(language, refusal)))
    })?;
    let values =
        [("receipt", &*receipt.to_string()), ("household", &household), ("amount", &amount)];
    Ok(output::print((say_with(language, "book.recorded", &values) + "\n").as_bytes())?)
}

fn method(matches: &ArgMatches) -> Option<Method> {
    let asked = matches.get_one::<String>("method")?;
    Method::ALL.iter().copied().find(|method| method.as_str() == asked)
}

fn reverse(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = desk(language, matches)?;
    let payment = argument(language, matches, "receipt", "book.bad-receipt", Receipt::read)?;
    let (date, reason) = (day(language, matches)?, text(matches, "reason").trim().to_owned());
    let reversed = Reversed { date, receipt: payment, reason };
    let (receipt, household, amount) = change(language, matches, |book| {
        let receipt = book
            .reverse(desk, reversed)
            .map_err(|refusal| failed(report::refusal(language, refusal)))?;
        let paid = book.payment(payment);
        let household = paid.map(|paid| printable(&paid.household)).unwrap_or_default();
        Ok((receipt, household, paid.map_or(Fen::ZERO, |paid| paid.amount)))
    })?;
    let values = [
        ("receipt", &*receipt.to_string()),
        ("payment", &payment.to_string()),
        ("household", &household),
        ("amount", &money(amount)),
    ];
    Ok(output::print((say_with(language, "book.reversed", &values) + "\n").as_bytes())?)
}

/// Money received that is to be recorded.
struct Fits<'s> {
    received: &'s Received,
    household: usize,
    by_name: bool,
}

fn take_in(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = desk(language, matches)?;
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let statement = statement::read(&import::opened(language, matches)?, &plan);
    if statement.received.is_empty() && statement.aside.is_empty() {
        return Err(failed(say(language, "book.no-heading")));
    }
    let assigned = assigned(language, matches, &plan, &statement)?;
    let method = method(matches).or(statement.method).unwrap_or(Method::Transfer);
    let dry = matches.get_flag("dry");
    let (text, complete) = change(language, matches, |book| {
        let mut told = String::new();
        let (mut fits, mut rest, mut before) = (Vec::new(), Vec::new(), 0);
        for received in &statement.received {
            let found = assigned.get(&received.row).map(|&home| Found::ByNumber(home));
            let found = found.unwrap_or_else(|| received.found.clone());
            let (household, by_name) = match found {
                _ if book.holds(method, &received.reference).is_some() => {
                    before += 1;
                    continue;
                }
                Found::ByNumber(household) => (household, false),
                Found::ByName(household) => (household, true),
                Found::None | Found::Several(_) => {
                    rest.push(received);
                    continue;
                }
            };
            fits.push(Fits { received, household, by_name });
        }
        let mut receipts = Vec::new();
        for Fits { received, household, .. } in fits.iter().filter(|_| !dry) {
            let texts = [&received.party, &received.note];
            let note = texts.iter().filter(|text| !text.is_empty()).map(|text| text.as_str());
            let note = note.collect::<Vec<_>>().join(" ");
            let paid = Paid {
                date: received.date,
                household: plan.households()[*household].id.to_string(),
                amount: received.amount,
                method,
                reference: Some(received.reference.clone()),
                note: Some(note).filter(|note| !note.is_empty()),
            };
            let receipt = book.pay(desk, paid);
            receipts.push(receipt.map_err(|refusal| failed(report::refusal(language, refusal)))?);
        }
        let told_of = TellStatement { language, plan: &plan, statement: &statement };
        told_of.fits(&mut told, &fits, &receipts, dry);
        told_of.rest(&mut told, &rest, before);
        Ok((told, rest.is_empty()))
    })?;
    output::print(text.as_bytes())?;
    if complete { Ok(()) } else { Err(Failure::Told(PROBLEMS)) }
}

/// The homes that the command line names for rows.
fn assigned(
    language: Language,
    matches: &ArgMatches,
    plan: &Plan,
    statement: &Statement,
) -> Result<BTreeMap<u64, usize>, Failure> {
    let mut assigned = BTreeMap::new();
    for seen in matches.get_many::<String>("assign").into_iter().flatten() {
        let parts = seen.split_once('=');
        let parts = parts.and_then(|(row, home)| Some((row.parse::<u64>().ok()?, home)));
        let Some((row, home)) = parts else {
            return Err(failed(say_with(language, "book.bad-assign", &[("seen", seen)])));
        };
        if !statement.received.iter().any(|received| received.row == row) {
            let row = row.to_string();
            return Err(failed(say_with(language, "book.no-row", &[("row", &row)])));
        }
        let Some(home) = plan.find_household(home) else {
            return Err(failed(say_with(language, "book.no-home", &[("household", home)])));
        };
        assigned.insert(row, home);
    }
    Ok(assigned)
}

/// Tells what became of a statement. Writing to a text can't fail.
struct TellStatement<'t> {
    language: Language,
    plan: &'t Plan,
    statement: &'t Statement,
}

impl TellStatement<'_> {
    fn line(&self, text: &mut String, key: &str, values: &[(&str, &str)]) {
        let _ = writeln!(text, "{}", say_with(self.language, &format!("book.{key}"), values));
    }

    fn home(&self, household: usize) -> String {
        printable(&self.plan.households()[household].id)
    }

    fn fits(&self, text: &mut String, fits: &[Fits<'_>], receipts: &[Receipt], dry: bool) {
        let amount = fits.iter().map(|one| one.received.amount).sum();
        let count = fits.len().to_string();
        self.line(text, "matched", &[("count", &count), ("amount", &money(amount))]);
        for one in fits.iter().filter(|one| one.by_name).take(LISTED) {
            let values = [
                ("row", one.received.row.to_string()),
                ("party", printable(&one.received.party)),
                ("household", self.home(one.household)),
                ("amount", money(one.received.amount)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            self.line(text, "by-name-row", &values);
        }
        if dry {
            self.line(text, "not-taken", &[]);
        } else if let (Some(first), Some(last)) = (receipts.first(), receipts.last()) {
            let (first, last) = (first.to_string(), last.to_string());
            self.line(text, "taken", &[("count", &count), ("first", &first), ("last", &last)]);
        }
    }

    fn rest(&self, text: &mut String, rest: &[&Received], before: usize) {
        if before > 0 {
            self.line(text, "before", &[("count", &before.to_string())]);
        }
        if self.statement.received.iter().any(|received| received.is_unnumbered) {
            self.line(text, "unnumbered", &[]);
        }
        let mut aside: BTreeMap<Why, Vec<String>> = BTreeMap::new();
        for one in &self.statement.aside {
            aside.entry(one.why).or_default().push(one.row.to_string());
        }
        for (why, rows) in aside {
            let (count, rows) = (rows.len().to_string(), listed(self.language, &rows));
            let key = format!("aside.{}", why.as_str());
            self.line(text, &key, &[("count", &count), ("rows", &rows)]);
        }
        if rest.is_empty() {
            return;
        }
        let amount = rest.iter().map(|received| received.amount).sum();
        let count = rest.len().to_string();
        self.line(text, "unmatched", &[("count", &count), ("amount", &money(amount))]);
        for received in rest.iter().take(LISTED) {
            let homes = match &received.found {
                Found::Several(homes) => homes.iter().map(|&home| self.home(home)).collect(),
                _ => Vec::new(),
            };
            let values = [
                ("row", received.row.to_string()),
                ("date", received.date.to_string()),
                ("amount", money(received.amount)),
                ("party", printable(&received.party)),
                ("note", printable(&received.note)),
                ("homes", listed(self.language, &homes)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let key = if homes.is_empty() { "unmatched-row" } else { "several-row" };
            self.line(text, key, &values);
        }
    }
}

fn join(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let other = arguments::path(matches, "other").context("no book named")?;
    let other = read(language, other)?;
    let said = change(language, matches, |book| {
        let joined = book.join(&other);
        let count = joined.map_err(|parted| failed(report::parted(language, parted)))?;
        let (count, all) = (count.to_string(), book.entries().count().to_string());
        let said = say_with(language, "book.joined", &[("count", &count), ("all", &all)]);
        Ok(said + "\n" + &doubts(language, book))
    })?;
    Ok(output::print(said.as_bytes())?)
}

/// What is doubtful, a line each.
fn doubts(language: Language, book: &Book) -> String {
    let doubts = book.doubts().into_iter().take(LISTED);
    doubts.map(|doubt| report::doubt(language, doubt) + "\n").collect()
}

fn check(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = arguments::path(matches, "book").context("no book named")?;
    let book = read(language, path)?;
    let payments = || book.entries().filter(|(_, entry)| matches!(entry, Entry::Paid(_)));
    let reversed = payments().filter(|&(receipt, _)| book.reversal_of(receipt).is_some()).count();
    let counts = [("all", book.entries().count()), ("payments", payments().count())];
    let counts = counts.into_iter().chain([("reversed", reversed)]);
    let counts: Vec<_> = counts.map(|(name, count)| (name, count.to_string())).collect();
    let counts: Vec<_> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    let said = say_with(language, "book.whole", &counts);
    Ok(output::print((said + "\n" + &doubts(language, &book)).as_bytes())?)
}

/// The table of payments, which `--payments` reads as well.
fn export(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = arguments::path(matches, "book").context("no book named")?;
    let book = read(language, path)?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let heading = ["date", "household", "amount", "method", "receipt", "reverses", "note"];
    table.write_record(heading).map_err(anyhow::Error::from)?;
    for entered in book.entered() {
        let cells = [
            entered.date.to_string(),
            entered.household.to_owned(),
            entered.amount.to_string(),
            entered.method.as_str().to_owned(),
            entered.receipt,
            entered.reverses.unwrap_or_default(),
            defused(entered.note.unwrap_or_default()),
        ];
        table.write_record(cells).map_err(anyhow::Error::from)?;
    }
    Ok(output::print(&crate::split::finish(table)?)?)
}
