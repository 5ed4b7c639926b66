//! What follows a split, worked out in a thread: the calls of each home, a statement of a bank held to
//! the homes, the settled account, joining later, cash over time, tables for a lift, and papers.

use std::io::Cursor;

use fentan_core::collection::{
    CHANNELS, Joining, Payments, Schedule, by_channel, calls, cash, collection_of, join, settle,
};
use fentan_core::findings::overruns;
use fentan_core::lift::{LiftTable, NoTables, lift_tables, percent_of};
use fentan_core::plan::{Kind, Subject};
use fentan_core::receipt::plan_digest;
use fentan_core::{Day, Document, Error, Fen, Packs, Plan, Problems, Split, split};
use fentan_import::statement::{self, Found};
use fentan_ledger::book::Book;
use fentan_papers::{AccountPaper, AccountPapers, Format, Papers};
use fentan_words::{
    Language, cash as in_words, channel, finding, listed, money, problem_at, provision, say,
    say_with, vote,
};
use serde::{Deserialize, Serialize};

use super::Heard;
use super::thread::Given;

/// What is asked of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// In which language.
    pub language: Language,
    /// What.
    pub asked: Asked,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// The calls of each home.
    Calls,
    /// The money received of a statement, which comes as a file.
    Statement,
    /// The settled account, with a book of payments.
    Settle(Vec<u8>),
    /// What a home pays that joins a line on a day.
    Join(String, String, String),
    /// The cash month by month, with a book of payments as it is known on a day.
    Cash(Vec<u8>, String),
    /// The tables of a lift, by the line's id; empty for the first lift.
    Lift(String),
    /// A paper in a format, with a book of payments, as of a day.
    Paper(String, String, Vec<u8>, String),
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// The calls.
    Calls(Calls),
    /// What a statement says came in.
    Statement(Statement),
    /// The settled account.
    Settled(Settled),
    /// Who pays what that joins later, and who gets it: in words, and by home.
    Joined(String, Vec<(String, Fen)>),
    /// The cash month by month.
    Cash(Cash),
    /// The tables of a lift.
    Lift(Lift),
    /// A file.
    File(Vec<u8>),
    /// Why there is no answer, in words.
    Failed(String),
}

/// What each home is called to pay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calls {
    /// The calls: id and due day. Empty where the plan has none.
    pub calls: Vec<(String, Day)>,
    /// What rounding up brings in, held for the homes.
    pub held: Fen,
    /// The homes, in roster order.
    pub homes: Vec<Home>,
}

/// A home that is called to pay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Home {
    /// Its id.
    pub id: String,
    /// Its building; empty where it has none.
    pub building: String,
    /// What it pays in cash in all.
    pub cash: Fen,
    /// Its calls.
    pub calls: Vec<Fen>,
}

/// What came in by a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// How it was paid, by its word; empty where the statement doesn't say it.
    pub method: String,
    /// What came in.
    pub received: Vec<Received>,
    /// What else is to be told of it, in words.
    pub told: Vec<String>,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The row of the statement.
    pub row: u64,
    /// The day.
    pub date: Day,
    /// How much.
    pub amount: Fen,
    /// Who paid, and what they wrote.
    pub note: String,
    /// The transaction.
    pub reference: String,
    /// The home; empty where none fits, or several do.
    pub household: String,
    /// The homes that it may be of, where several fit.
    pub several: Vec<String>,
    /// Whether it fits by name alone.
    pub by_name: bool,
}

/// The settled account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settled {
    /// Name, budget and final amount of each line, then of all.
    pub lines: Vec<(String, Fen, Fen)>,
    /// Name, what it pays by the budget and in the end, of each payer but the residents.
    pub sources: Vec<(String, Fen, Fen)>,
    /// By home: id, cash by the budget, final cash, paid, to pay, to get back.
    pub homes: Vec<(String, [Fen; 5])>,
    /// The same of all.
    pub all: [Fen; 5],
    /// What the city's rule says of an overrun, in words.
    pub overruns: Vec<String>,
}

/// The cash month by month, and whom it may be said of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cash {
    /// What is said of it, in words.
    pub said: Vec<String>,
    /// What is wrong with the schedule, in words; there are no months then.
    pub wrong: Vec<String>,
    /// The months.
    pub months: Vec<CashMonth>,
    /// The lines: id, name and amount.
    pub lines: Vec<Scheduled>,
    /// The sources, the relief pot last.
    pub sources: Vec<Scheduled>,
    /// The channels other than cash.
    pub channels: Vec<Scheduled>,
    /// Whether the plan says when its cash is called for.
    pub has_calls: bool,
}

/// What may stand in a schedule, above zero: id, name and amount.
pub type Scheduled = (String, String, Fen);

/// A month of the cash.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CashMonth {
    /// What it is called.
    pub name: String,
    /// What is spent, received, in hand at its end, and missing at the most.
    pub amounts: [Fen; 4],
    /// What is spent on each line.
    pub lines: Vec<(String, Fen)>,
    /// What each pays.
    pub payers: Vec<(String, Fen)>,
}

/// Tables for a lift.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lift {
    /// The index of the line.
    pub line: usize,
    /// What is said above the tables.
    pub above: Vec<String>,
    /// What is said below.
    pub below: Vec<String>,
    /// The floors.
    pub floors: Vec<i32>,
    /// The tables, the middle first where there is one.
    pub tables: Vec<LiftRow>,
}

/// A table for a lift.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LiftRow {
    /// Whether it is that of the middles.
    pub is_middle: bool,
    /// Each floor's part in percent, and what it pays.
    pub parts: Vec<(String, Fen)>,
    /// Who pays more and less, in words.
    pub moved: [String; 2],
    /// Whether area and heads carry it if all who pay more object.
    pub carries: bool,
}

/// The tables of a lift that are shown.
const MOST_TABLES: usize = 24;

/// Does the task.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let told = answer(&given, &order).unwrap_or_else(Told::Failed);
    tell(super::written(&told));
}

/// A plan and its split.
struct Read<'r> {
    language: Language,
    plan: Plan,
    split: Split,
    document: Document<'r>,
}

fn answer(given: &Given<'_>, order: &Order) -> Result<Told, String> {
    let language = order.language;
    let document = Document::from_json(given.plan.as_bytes())
        .map_err(|problems| words(language, &problems, &Document::default()))?;
    let plan = Plan::read_without_scenarios(&document, None, &Packs::default())
        .map_err(|problems| words(language, &problems, &document))?;
    let split = split(&plan).map_err(|error| unsplit(language, error, &document))?;
    let read = Read { language, plan, split, document };
    match &order.asked {
        Asked::Calls => Ok(Told::Calls(read.calls())),
        Asked::Statement => read.statement(given.file.as_deref()).map(Told::Statement),
        Asked::Settle(book) => read.settled(book).map(Told::Settled),
        Asked::Join(line, household, on) => read.joined(line, household, on),
        Asked::Cash(book, on) => read.cash(book, on).map(Told::Cash),
        Asked::Lift(line) => read.lift(line).map(Told::Lift),
        Asked::Paper(paper, format, book, on) => {
            read.paper(paper, format, book, on).map(Told::File)
        }
    }
}

fn words(language: Language, problems: &Problems, document: &Document<'_>) -> String {
    let lines = problems.iter().map(|problem| problem_at(language, problem, document));
    lines.collect::<Vec<_>>().join("\n")
}

fn unsplit(language: Language, error: Error, document: &Document<'_>) -> String {
    match error {
        Error::Problems(problems) => words(language, &problems, document),
        Error::Unreconciled(unreconciled) => unreconciled.to_string(),
    }
}

impl Read<'_> {
    fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        say_with(self.language, key, values)
    }

    fn calls(&self) -> Calls {
        let of_plan = collection_of(&self.plan).ok();
        let called = calls(&self.plan, &self.split).unwrap_or_default();
        let held = called.iter().map(|one| one.held).sum();
        let mut called = called.into_iter();
        let homes = self.plan.households().iter().zip(&self.split.households);
        let homes = homes.map(|(home, due)| Home {
            id: home.id.to_string(),
            building: self.plan.building_of(home).unwrap_or_default().to_owned(),
            cash: due.paid.cash,
            calls: called.next().map(|one| one.amounts).unwrap_or_default(),
        });
        let homes = homes.collect();
        let calls = of_plan.into_iter().flat_map(|collection| &collection.calls);
        Calls { calls: calls.map(|call| (call.id.clone(), call.due)).collect(), held, homes }
    }

    fn statement(&self, file: Option<&[u8]>) -> Result<Statement, String> {
        let unread = || say(self.language, "book.no-heading");
        let tables = fentan_import::open(file.ok_or_else(unread)?)
            .map_err(|why| say(self.language, &format!("import.unreadable.{}", why.as_str())))?;
        let statement = statement::read(&tables, &self.plan);
        if statement.received.is_empty() && statement.aside.is_empty() {
            return Err(unread());
        }
        let id = |home: usize| self.plan.households()[home].id.to_string();
        let received = statement.received.iter().map(|one| {
            let (household, several, by_name) = match &one.found {
                Found::ByNumber(home) => (id(*home), Vec::new(), false),
                Found::ByName(home) => (id(*home), Vec::new(), true),
                Found::None => Default::default(),
                Found::Several(homes) => {
                    (String::new(), homes.iter().map(|&home| id(home)).collect(), false)
                }
            };
            Received {
                row: one.row,
                date: one.date,
                amount: one.amount,
                note: [one.party.as_str(), &one.note].join(" ").trim().to_owned(),
                reference: one.reference.clone(),
                household,
                several,
                by_name,
            }
        });
        let received = received.collect();
        let mut told = Vec::new();
        if statement.received.iter().any(|one| one.is_unnumbered) {
            told.push(say(self.language, "book.unnumbered"));
        }
        let mut aside = std::collections::BTreeMap::new();
        for one in &statement.aside {
            aside.entry(one.why).or_insert_with(Vec::new).push(one.row.to_string());
        }
        for (why, rows) in aside {
            let (count, rows) = (rows.len().to_string(), listed(self.language, &rows));
            let key = format!("book.aside.{}", why.as_str());
            told.push(self.with(&key, &[("count", &count), ("rows", &rows)]));
        }
        let method = statement.method.map(|method| method.as_str().to_owned());
        Ok(Statement { method: method.unwrap_or_default(), received, told })
    }

    fn payments(&self, book: &[u8]) -> Result<Payments, String> {
        let book = Book::read(book)
            .map_err(|broken| fentan_ledger::book::report::broken(self.language, "", &broken))?;
        book.payments(&self.plan, "")
            .map_err(|problems| words(self.language, &problems, &self.document))
    }

    fn settled(&self, book: &[u8]) -> Result<Settled, String> {
        let payments = self.payments(book)?;
        let settled = settle(&self.plan, &self.split, &payments)
            .map_err(|error| unsplit(self.language, error, &self.document))?;
        let lines = self.plan.lines().iter().zip(&settled.lines).map(|(line, settled)| {
            let name = line.name.as_ref().unwrap_or(&line.id).clone();
            (name, settled.amount, settled.final_amount)
        });
        let all = (say(self.language, "term.total"), settled.budget, settled.final_budget);
        let lines = lines.chain([all]).collect();
        let names = self.plan.sources().iter().map(|one| one.name.as_ref().unwrap_or(&one.id));
        let pot = self.plan.agreements().relief.pot.iter();
        let names = names.chain(pot.map(|pot| pot.name.as_ref().unwrap_or(&pot.id)));
        let sources = names.zip(&settled.sources);
        let sources = sources.map(|(name, one)| (name.clone(), one.paid, one.final_paid));
        let homes = settled.households.iter().map(|one| {
            let sums = [one.cash, one.final_cash, one.paid, one.to_pay, one.to_return];
            (one.id.to_string(), sums)
        });
        let cash = settled.households.iter().map(|one| one.cash).sum();
        let found = overruns(&self.plan, &self.split, settled.final_budget, &Packs::default());
        Ok(Settled {
            lines,
            sources: sources.collect(),
            homes: homes.collect(),
            all: [cash, settled.final_cash, settled.paid, settled.to_pay, settled.to_return],
            overruns: found.iter().map(|one| finding(self.language, one)).collect(),
        })
    }

    fn joined(&self, line: &str, household: &str, on: &str) -> Result<Told, String> {
        let joined = join(&self.plan, &Joining { line, household, on })
            .map_err(|error| unsplit(self.language, error, &self.document))?;
        let named = self.plan.lines().iter().find(|one| one.id == line);
        let named = named.and_then(|one| one.name.as_deref()).unwrap_or(line);
        let said = self.with(
            "collection.joins",
            &[
                ("household", &joined.household),
                ("on", &joined.on.to_string()),
                ("line", named),
                ("share", &money(joined.share)),
                ("months", &joined.months.to_string()),
                ("months-left", &joined.months_left.to_string()),
                ("pays", &money(joined.pays)),
            ],
        );
        let returns = joined.returns.iter().map(|one| (one.id.to_string(), one.amount));
        Ok(Told::Joined(said, returns.collect()))
    }

    fn cash(&self, book: &[u8], on: &str) -> Result<Cash, String> {
        let mut told = Cash { has_calls: self.plan.collection().is_some(), ..Cash::default() };
        let scheduled = |id: &str, name: Option<&str>, amount: Fen| {
            (!amount.is_zero()).then(|| (id.to_owned(), name.unwrap_or(id).to_owned(), amount))
        };
        let lines = self.plan.lines().iter();
        told.lines = lines
            .filter_map(|line| scheduled(&line.id, line.name.as_deref(), line.amount))
            .collect();
        let names = self.plan.sources().iter().map(|one| one.name.as_deref());
        let names =
            names.chain(self.plan.agreements().relief.pot.iter().map(|pot| pot.name.as_deref()));
        let sources = names.zip(&self.split.sources);
        told.sources =
            sources.filter_map(|(name, one)| scheduled(&one.id, name, one.paid)).collect();
        let mut sums = [Fen::ZERO; CHANNELS.len()];
        for household in &self.split.households {
            for (sum, amount) in sums.iter_mut().zip(by_channel(&household.paid)) {
                *sum += amount;
            }
        }
        let channels = CHANNELS.iter().zip(sums);
        told.channels = channels
            .filter_map(|(id, sum)| scheduled(id, Some(&channel(self.language, id)), sum))
            .collect();
        let schedule = match Schedule::read(&self.document, &self.plan) {
            Ok(schedule) => schedule,
            Err(problems) => {
                let lines = problems.iter();
                let lines = lines.map(|one| problem_at(self.language, one, &self.document));
                told.wrong = lines.collect();
                return Ok(told);
            }
        };
        let payments = self.payments(book)?;
        // Before anybody has paid, all calls are still to come.
        let so_far = Day::read(on).ok().filter(|_| !payments.all.is_empty());
        let cash = cash(&self.plan, &self.split, &schedule, so_far.map(|on| (&payments, on)));
        if so_far.is_some() {
            told.said.push(self.with("cash.so-far", &[("on", on)]));
        }
        told.said.extend(in_words::sentences(self.language, &self.plan, &cash));
        let months = cash.months.iter().map(|one| CashMonth {
            name: in_words::month(self.language, one.month),
            amounts: [one.spent, one.received, one.in_hand, one.gap],
            lines: in_words::lines(&self.plan, one),
            payers: in_words::payers(self.language, &self.plan, one),
        });
        told.months = months.collect();
        Ok(told)
    }

    fn lift(&self, asked: &str) -> Result<Lift, String> {
        let none = |why: NoTables, line: &str| {
            let key = match why {
                NoTables::NoStoreys => "lift.none.no-storeys",
                NoTables::NoInterval => "lift.none.no-interval",
                NoTables::NoFloor => "lift.none.no-floor",
                _ => "view.lift.no-line",
            };
            self.with(key, &[("line", line)])
        };
        let line = self.plan.lines().iter().position(|line| match asked {
            "" => line.subject == Some(Subject::Lift) && line.kind() == Kind::Shared,
            asked => line.id == asked,
        });
        let line = line.ok_or_else(|| none(NoTables::NoLine, ""))?;
        let of_line = &self.plan.lines()[line];
        let name = of_line.name.as_ref().unwrap_or(&of_line.id);
        let packs = Packs::default().with_own(self.plan.own_policy());
        let tables = lift_tables(&self.plan, &packs, line, None)
            .map_err(|error| unsplit(self.language, error, &self.document))?
            .map_err(|why| none(why, name))?;
        let first = tables.middle.as_ref().or(tables.tables.first());
        let amount: Fen = first.iter().flat_map(|table| table.amounts.iter().copied()).sum();
        let storeys = tables.interval.storeys.to_string();
        let values = [("line", name.as_str()), ("storeys", &storeys), ("amount", &money(amount))];
        let mut above = vec![self.with("lift.heading", &values)];
        let floors = tables.interval.floors.iter().map(|(floor, least, most)| {
            let (floor, least, most) = (floor.to_string(), least.written(), most.written());
            let values = [("floor", floor.as_str()), ("least", &least), ("most", &most)];
            self.with("lift.floor-interval", &values)
        });
        let floors = listed(self.language, &floors.collect::<Vec<_>>());
        above.push(self.with("lift.interval", &[("floors", &floors)]));
        let clauses = tables.clauses.iter().filter_map(|id| packs.clause(id));
        let clauses = clauses.map(|clause| provision(self.language, clause)).collect::<Vec<_>>();
        let clauses = listed(self.language, &clauses);
        above.push(self.with("view.lift.by", &[("clauses", &clauses)]));
        if tables.middle.is_none() {
            above.push(say(self.language, "lift.no-middle"));
        }
        let is_middle =
            |table: &&LiftTable| tables.middle.as_ref().is_some_and(|one| one.parts == table.parts);
        let others = tables.tables.iter().filter(|table| !is_middle(table)).take(MOST_TABLES);
        let others: Vec<LiftRow> = others.map(|table| self.lift_row(table, false)).collect();
        let (count, shown) = (tables.tables.len().to_string(), others.len().to_string());
        let key = if tables.is_all { "lift.count" } else { "lift.count-cut" };
        above.push(self.with(key, &[("count", &count), ("shown", &shown)]));
        let mut below = Vec::new();
        if let Some(tally) = &tables.without_low_floors {
            let area = vote::area(tally.missing.area);
            let heads = tally.missing.heads.to_string();
            let key = if tally.passes { "lift.low-floors-none" } else { "lift.low-floors" };
            below.push(self.with(key, &[("area", &area), ("heads", &heads)]));
        }
        below.push(say(self.language, "lift.by-agreement"));
        let middle = tables.middle.iter().map(|table| self.lift_row(table, true));
        Ok(Lift {
            line,
            above,
            below,
            floors: tables.interval.floors.iter().map(|&(floor, ..)| floor).collect(),
            tables: middle.chain(others).collect(),
        })
    }

    fn lift_row(&self, table: &LiftTable, is_middle: bool) -> LiftRow {
        let parts = table.parts.iter().zip(&table.amounts);
        let moved = [table.more, table.less].map(|moved| {
            let (count, amount) = (moved.households.to_string(), money(moved.amount));
            self.with("lift.moved", &[("count", &count), ("amount", &amount)])
        });
        LiftRow {
            is_middle,
            parts: parts.map(|(&(_, part), &amount)| (percent_of(part), amount)).collect(),
            moved,
            carries: table.vote.as_ref().is_some_and(|vote| vote.passes),
        }
    }

    fn paper(&self, paper: &str, format: &str, book: &[u8], on: &str) -> Result<Vec<u8>, String> {
        let failed = |detail: &str| self.with("papers.screen.failed", &[("detail", detail)]);
        let payments = self.payments(book)?;
        let paper = AccountPaper::ALL.into_iter().find(|one| one.as_str() == paper);
        let format = Format::ALL.into_iter().find(|one| one.as_str() == format);
        let (Some(paper), Some(format), Ok(on)) = (paper, format, Day::read(on)) else {
            return Err(failed(on));
        };
        let packs = Packs::default();
        let papers = Papers::new(self.language, &self.plan, &self.split, &packs, on)
            .map_err(|problems| words(self.language, &problems, &self.document))?;
        let papers = papers.with_digest(&plan_digest(&self.document, None));
        let mut account = AccountPapers::new(&papers, &payments, on)
            .map_err(|error| unsplit(self.language, error, &self.document))?;
        if paper == AccountPaper::Cash {
            let schedule = Schedule::read(&self.document, &self.plan)
                .map_err(|problems| words(self.language, &problems, &self.document))?;
            let so_far = (!payments.all.is_empty()).then_some((&payments, on));
            account = account.with_cash(cash(&self.plan, &self.split, &schedule, so_far));
        }
        let mut file = Cursor::new(Vec::new());
        match account.write(paper, format, &mut file) {
            Ok(()) => Ok(file.into_inner()),
            Err(error) => {
                let detail = error.in_words(self.language).unwrap_or_else(|| error.to_string());
                Err(failed(&detail))
            }
        }
    }
}

/// What was told; `None` where the task goes on or is done, a failure in words where it broke off.
pub fn heard(language: Language, heard: &Heard) -> Option<Told> {
    match heard {
        Heard::Told(bytes) => postcard::from_bytes(bytes).ok(),
        Heard::Done => None,
        Heard::Failed => Some(Told::Failed(say(language, "book.page.failed"))),
    }
}
