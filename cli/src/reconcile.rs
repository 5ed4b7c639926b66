//! `fentan reconcile`: a fund centre's sheet (支取分摊清册) beside the plan's, row by row.

use std::fmt::Write;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::fund_sheet::{ComparedRow, Comparison, OtherRow, RowState, compare};
use fentan_core::plan::{Kind, OddFen};
use fentan_core::{Fen, Plan};
use fentan_import::fund_sheet::{self, FundSheet, SHARE};
use fentan_import::report::Place;
use fentan_import::{Content, report};
use fentan_words::{Language, defused, plain, printable, reconcile, say, say_with};
use serde::Serialize;

use crate::tables::Style;
use crate::{Failure, PROBLEMS, arguments, colours, import, input, output, split};

/// The rows that a table lists; all stand in JSON and CSV.
const LISTED: usize = 200;

pub(crate) fn command(language: Language, plan: Arg, reading: [Arg; 4]) -> Command {
    let say = |key: &str| say(language, key);
    let sheet = Arg::new("file").value_name("SHEET").required(true);
    Command::new("reconcile")
        .about(say("cli.reconcile.about"))
        .arg(plan)
        .arg(sheet.value_parser(ValueParser::path_buf()).help(say("cli.reconcile.sheet")))
        .arg(
            Arg::new("line")
                .long("line")
                .value_name("ID")
                .action(ArgAction::Append)
                .help(say("cli.reconcile.line")),
        )
        .args(reading)
        .arg(arguments::formats(language, &["table", "json", "csv"], "cli.reconcile.format"))
        .after_help(arguments::example(
            language,
            "fentan reconcile 我的小区/plan.toml 文书/fund-sheet.xlsx",
        ))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let lines = lines(language, &plan, matches)?;
    let tables = import::opened(language, matches)?;
    let sheets =
        import::mapped(language, matches, Content::Roster, &tables, fund_sheet::settle, &[SHARE])?;
    let has_share = |(_, mapping): &(_, fentan_import::Mapping)| {
        mapping.all().any(|mapping| mapping.has(SHARE))
    };
    if !sheets.iter().any(has_share) {
        return Err(anyhow::Error::msg(say(language, "cli.reconcile.no-share")).into());
    }
    let sheet = fund_sheet::read(&sheets);
    let others: Vec<OtherRow> = sheet.rows.iter().map(|(.., row)| row.clone()).collect();
    let comparison =
        compare(&plan, &others, &lines).map_err(|error| Failure::of_split(language, error))?;
    let was_read = told(language, &sheet);
    let answer = Answer { language, comparison: &comparison, sheet: &sheet };
    let text = match matches.get_one::<String>("format").map_or("table", String::as_str) {
        "json" => output::json(&answer.structured())?,
        "csv" => answer.csv()?,
        _ => answer.table().into_bytes(),
    };
    output::print(&text)?;
    if was_read && comparison.is_equal() { Ok(()) } else { Err(Failure::Told(PROBLEMS)) }
}

/// The shared lines that the command line names, as indices of the plan's.
fn lines(language: Language, plan: &Plan, matches: &ArgMatches) -> Result<Vec<usize>, Failure> {
    let asked = matches.get_many::<String>("line").into_iter().flatten();
    let position = |asked: &String| {
        let is_asked =
            |line: &fentan_core::plan::Line| line.id == *asked && line.kind() == Kind::Shared;
        plan.lines().iter().position(is_asked).ok_or_else(|| {
            let unknown = say_with(language, "cli.reconcile.unknown-line", &[("seen", asked)]);
            anyhow::Error::msg(unknown).into()
        })
    };
    asked.map(position).collect()
}

/// Tells what of the sheet was not read, or is doubtful; returns whether there was nothing to tell.
fn told(language: Language, sheet: &FundSheet) -> bool {
    let differing = sheet.checks.iter().filter(|check| !check.agrees);
    let mut said: Vec<String> =
        differing.map(|check| report::check(language, check, &sheet.left_out)).collect();
    let asked = sheet.told.iter().filter(|told| told.kind.asks());
    said.extend(asked.map(|told| report::told(language, Place::CommandLine, told)));
    let faults = report::faults(&sheet.left_out);
    said.extend(faults.iter().map(|fault| report::fault(language, Place::CommandLine, fault)));
    said.extend(sheet.unread.iter().map(|(_, row, seen)| {
        let row = row.to_string();
        say_with(language, "cli.reconcile.unread", &[("row", &row), ("seen", seen)])
    }));
    said.iter().for_each(|line| output::complain(line));
    said.is_empty()
}

/// What is answered.
struct Answer<'a> {
    language: Language,
    comparison: &'a Comparison,
    sheet: &'a FundSheet,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Structured<'a> {
    fentan: u32,
    equal: bool,
    ours: Fen,
    theirs: Fen,
    counts: serde_json::Map<String, serde_json::Value>,
    odd_fen: Rules<'a>,
    rows: Vec<StructuredRow<'a>>,
}

#[derive(Serialize)]
struct Rules<'a> {
    nearest: &'a str,
    all_equal: bool,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    odd_fen: &'a str,
    equal: usize,
}

#[derive(Serialize)]
struct StructuredRow<'a> {
    #[serde(flatten)]
    row: &'a ComparedRow,
    /// Its number in the sheet.
    sheet_row: Option<u64>,
}

impl Answer<'_> {
    /// A row's number in the sheet.
    fn number(&self, row: &ComparedRow) -> Option<u64> {
        self.sheet.rows.get(row.other?).map(|(_, number, _)| *number)
    }

    fn structured(&self) -> Structured<'_> {
        let Comparison { rows, ours, theirs, rules, nearest, all_equal_under_nearest, .. } =
            self.comparison;
        let counts = RowState::ALL
            .iter()
            .map(|&state| (state.as_str().to_owned(), self.comparison.count(state).into()));
        let rules =
            rules.iter().map(|fit| Rule { odd_fen: fit.odd_fen.as_str(), equal: fit.equal });
        Structured {
            fentan: 1,
            equal: self.comparison.is_equal(),
            ours: *ours,
            theirs: *theirs,
            counts: counts.collect(),
            odd_fen: Rules {
                nearest: nearest.as_str(),
                all_equal: *all_equal_under_nearest,
                rules: rules.collect(),
            },
            rows: rows
                .iter()
                .map(|row| StructuredRow { row, sheet_row: self.number(row) })
                .collect(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, Failure> {
        let mut table = csv::Writer::from_writer(Vec::new());
        let heading = ["id", "state", "sheet_row", "our_area", "their_area", "ours", "theirs"];
        table.write_record(heading).map_err(anyhow::Error::from)?;
        for row in &self.comparison.rows {
            let text = |value: Option<String>| value.unwrap_or_default();
            let cells = [
                defused(&row.id),
                row.state.as_str().to_owned(),
                text(self.number(row).map(|number| number.to_string())),
                text(row.our_area.map(|area| area.to_string())),
                text(row.their_area.map(|area| area.to_string())),
                text(row.ours.map(|amount| amount.to_string())),
                text(row.theirs.map(|amount| amount.to_string())),
            ];
            table.write_record(cells).map_err(anyhow::Error::from)?;
        }
        Ok(split::finish(table)?)
    }

    /// How the sheets stand to each other, the rows that differ by more than the odd fen, and which
    /// rule of the odd fen fits. Writing to a text can't fail.
    fn table(&self) -> String {
        let language = self.language;
        let style = Style { language, colours: colours() };
        let said = reconcile::sums(language, self.comparison, self.sheet.rows.len());
        let mut text = format!("{}\n", style.bold(&said));
        let _ = writeln!(text, "{}", reconcile::counts(language, self.comparison));
        self.write_rows(&style, &mut text);
        let how = |language, rule: &OddFen| {
            say_with(language, "cli.reconcile.how", &[("word", rule.as_str())])
        };
        let _ = writeln!(text, "{}", reconcile::rule(language, self.comparison, how));
        text
    }

    fn write_rows(&self, style: &Style, text: &mut String) {
        let language = self.language;
        let say = |key: &str| say(language, &format!("reconcile.{key}"));
        let is_listed =
            |row: &&ComparedRow| !matches!(row.state, RowState::Equal | RowState::OddFen);
        let differing: Vec<_> = self.comparison.rows.iter().filter(is_listed).collect();
        if differing.is_empty() {
            return;
        }
        let names = ["reconcile.row", "term.household", "reconcile.result"];
        let amounts = ["our-area", "their-area", "our-amount", "their-amount"].map(say);
        let mut table = style.table(&names, &amounts);
        for row in differing.iter().take(LISTED) {
            let number = self.number(row).map(|number| number.to_string()).unwrap_or_default();
            let area = |area: Option<fentan_core::Area>| {
                area.map(fentan_words::vote::area).unwrap_or_default()
            };
            let amount = |amount: Option<Fen>| amount.map(plain).unwrap_or_default();
            table.add_row([
                number,
                printable(&row.id),
                reconcile::state(language, row.state),
                area(row.our_area),
                area(row.their_area),
                amount(row.ours),
                amount(row.theirs),
            ]);
        }
        let _ = writeln!(text, "{table}");
        if let Some(more) = differing.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let more = more.to_string();
            let _ =
                writeln!(text, "{}", say_with(language, "cli.reconcile.more", &[("count", &more)]));
        }
    }
}
