//! The workbook and the papers of one plan or of several.

use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::collection::{Payments, collection_of, day};
use fentan_core::receipt::plan_digest;
use fentan_core::{Day, Packs, Plan};
use fentan_papers::{AccountPaper, AccountPapers, Error, Format, Paper, Papers};
use fentan_words::{Language, printable, say, say_with};

use crate::files::{Existing, Files, Readers};
use crate::progress::Progress;
use crate::{FAILED, Failure, arguments, collection, input, output};

/// Every paper, on the command line.
const ALL: &str = "all";

pub(crate) fn command(language: Language, plan: Arg) -> Command {
    let say = |key: &str| say(language, key);
    let papers = [&Paper::ALL.map(Paper::as_str)[..], &AccountPaper::ALL.map(AccountPaper::as_str)];
    let papers = papers.concat();
    let list = |name: &'static str, values: &[&'static str], help: String| {
        Arg::new(name)
            .long(name)
            .value_name(name.to_uppercase())
            .action(ArgAction::Append)
            .value_delimiter(',')
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(values.to_vec()))
            .help(help)
    };
    let named = [&papers[..], &[ALL]].concat();
    let paper = say_with(language, "cli.export.paper", &[("papers", &papers.join(" "))]);
    Command::new("export")
        .about(say("cli.export.about"))
        .arg(plan.num_args(1..).action(ArgAction::Append).help(say("cli.export.plans")))
        .arg(list("paper", &named, paper).required(true))
        .arg(list("format", &Format::ALL.map(Format::as_str), say("cli.export.format")))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(ValueParser::path_buf())
                .help(say("cli.export.out")),
        )
        .arg(Arg::new("date").long("date").value_name("DATE").help(say("cli.export.date")))
        .arg(
            Arg::new("payments")
                .long("payments")
                .value_name("FILE")
                .value_parser(ValueParser::path_buf())
                .help(say("cli.export.payments")),
        )
        .arg(Arg::new("on").long("on").value_name("DAY").help(say("cli.export.on")))
        .after_help(arguments::example(
            language,
            "fentan export examples/puyang/plan.toml --paper notice,statements --out 结果",
        ))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let date = date(language, matches)?;
    let asked = asked(language, matches, &Paper::ALL, Paper::as_str, Paper::formats)?;
    let account = account(language, matches, date)?;
    let packs = input::packs(language, matches)?;
    let out = arguments::path(matches, "out").cloned().unwrap_or_else(|| PathBuf::from("."));
    let roster = arguments::path(matches, "households");
    let plans: Vec<_> = matches.get_many::<PathBuf>("plan").into_iter().flatten().collect();
    let existing = arguments::force(matches);
    let export = Export { language, packs, asked, account, date, existing };
    if let [plan] = plans[..] {
        return export.write(plan, roster, &out);
    }
    if export.account.is_some() {
        let one_plan = say(language, "cli.export.payments-of-one");
        return Err(anyhow::Error::msg(one_plan).into());
    }
    let mut folders = HashSet::new();
    let (mut left_out, mut status) = (0, 0);
    for plan in &plans {
        let folder = out.join(folder(plan, &mut folders));
        if let Err(failure) = export.write(plan, roster, &folder) {
            let path = printable(&plan.display().to_string());
            output::complain(&say_with(language, "cli.export.of-plan", &[("path", &path)]));
            status = status.max(failure.tell(language));
            left_out += 1;
        }
    }
    if left_out == 0 {
        return Ok(());
    }
    let values = [("count", &*left_out.to_string()), ("all", &plans.len().to_string())];
    output::complain(&say_with(language, "cli.export.left-out", &values));
    Err(Failure::Told(status.max(FAILED)))
}

/// What is written of each plan.
struct Export {
    language: Language,
    packs: Packs,
    asked: Vec<(Paper, Format)>,
    /// Of what follows the split, where that is asked for.
    account: Option<Account>,
    date: Day,
    existing: Existing,
}

impl Export {
    fn write(&self, plan: &Path, roster: Option<&PathBuf>, folder: &Path) -> Result<(), Failure> {
        let language = self.language;
        let read =
            input::read_plan_at(language, plan, roster, &self.packs, |plan, from, roster| {
                (plan, plan_digest(from, roster))
            });
        let (plan, digest) = read?;
        let split =
            fentan_core::split(&plan).map_err(|error| Failure::of_split(language, error))?;
        let papers = Papers::new(language, &plan, &split, &self.packs, self.date)?;
        let papers = papers.with_digest(&digest);
        let mut files = Files::begin(language, folder, Readers::Owner, self.existing)?;
        for &(paper, format) in &self.asked {
            let name = format!("{}.{}", paper.as_str(), format.as_str());
            files.write(&name, |file| {
                let mut to = BufWriter::new(file);
                let mut progress = Progress::of(split.households.len() as u64);
                let written =
                    papers.write(paper, format, &mut to, &mut |done| progress.at(done as u64));
                written.map_err(|error| in_words(language, error))?;
                Ok(to.flush()?)
            })?;
        }
        if let Some(account) = &self.account {
            account.write(language, &plan, &papers, &mut files)?;
        }
        Ok(files.finish_and_tell()?)
    }
}

/// The papers that follow the split, and what they are made of.
struct Account {
    asked: Vec<(AccountPaper, Format)>,
    /// Whether they are all that there are, and not named.
    is_all: bool,
    payments: Option<PathBuf>,
    on: Day,
}

impl Account {
    fn write(
        &self,
        language: Language,
        plan: &Plan,
        papers: &Papers<'_>,
        files: &mut Files,
    ) -> Result<(), Failure> {
        let can_be = |paper: AccountPaper| plan.collection().is_some() || !paper.needs_calls();
        let asked = self.asked.iter().filter(|(paper, _)| !self.is_all || can_be(*paper));
        let asked: Vec<_> = asked.copied().collect();
        if asked.iter().any(|(paper, _)| !can_be(*paper)) {
            collection_of(plan)?;
        }
        let payments = match &self.payments {
            Some(path) => {
                let bytes = input::read(language, path, collection::MOST_PAYMENTS)?;
                collection::payments(language, plan, path, &bytes)??
            }
            None => Payments::default(),
        };
        let account = AccountPapers::new(papers, &payments, self.on)
            .map_err(|error| Failure::of_split(language, error))?;
        for (paper, format) in asked {
            let name = format!("{}.{}", paper.as_str(), format.as_str());
            files.write(&name, |file| {
                let mut to = BufWriter::new(file);
                account.write(paper, format, &mut to).map_err(|error| in_words(language, error))?;
                Ok(to.flush()?)
            })?;
        }
        Ok(())
    }
}

/// The papers that follow the split, where any is asked for; `all` takes them in where there are
/// payments.
fn account(
    language: Language,
    matches: &ArgMatches,
    date: Day,
) -> Result<Option<Account>, Failure> {
    let payments = arguments::path(matches, "payments").cloned();
    let names = matches.get_many::<String>("paper").into_iter().flatten();
    let is_all = names.clone().any(|name| name == ALL);
    let is_named = |paper: AccountPaper| names.clone().any(|name| name == paper.as_str());
    let all = AccountPaper::ALL;
    let is_asked = all.into_iter().any(is_named) || (is_all && payments.is_some());
    if !is_asked {
        return Ok(None);
    }
    // Calls and the final account are told before anybody has paid.
    let needs_payments =
        |paper: AccountPaper| !matches!(paper, AccountPaper::Calls | AccountPaper::FinalNotice);
    if payments.is_none() && all.into_iter().any(|paper| is_named(paper) && needs_payments(paper)) {
        let lacking = say(language, "cli.export.no-payments");
        return Err(anyhow::Error::msg(lacking).into());
    }
    let takes = if payments.is_some() { &all[..] } else { &[] };
    let asked = asked(language, matches, &all, AccountPaper::as_str, AccountPaper::formats)?;
    let asked = asked.into_iter().filter(|(paper, _)| takes.contains(paper) || is_named(*paper));
    let on = match matches.get_one::<String>("on") {
        Some(on) => day("--on", on)?,
        None => date,
    };
    Ok(Some(Account { asked: asked.collect(), is_all, payments, on }))
}

fn in_words(language: Language, error: Error) -> anyhow::Error {
    match error.in_words(language) {
        Some(words) => anyhow::Error::msg(words),
        None => error.into(),
    }
}

/// The papers asked for, each in the formats asked for that it has; in its usual one where none
/// was.
fn asked<P: Copy>(
    language: Language,
    matches: &ArgMatches,
    all: &[P],
    as_str: fn(P) -> &'static str,
    formats_of: fn(P) -> &'static [Format],
) -> Result<Vec<(P, Format)>, Failure> {
    let values = |name: &str| -> Vec<&str> {
        matches.get_many::<String>(name).into_iter().flatten().map(String::as_str).collect()
    };
    let (papers, formats) = (values("paper"), values("format"));
    let takes_all = papers.contains(&ALL);
    let mut asked = Vec::new();
    for &paper in all {
        let is_named = papers.contains(&as_str(paper));
        if !takes_all && !is_named {
            continue;
        }
        let has = formats_of(paper);
        let matching = has.iter().filter(|format| formats.contains(&format.as_str()));
        let matching: Vec<_> = matching.map(|&format| (paper, format)).collect();
        if matching.is_empty() && is_named && !formats.is_empty() {
            let has: Vec<_> = has.iter().map(|format| format.as_str().to_owned()).collect();
            let values = [
                ("paper", as_str(paper)),
                ("format", &formats.join(", ")),
                ("formats", &fentan_words::listed(language, &has)),
            ];
            let words = say_with(language, "cli.export.no-format", &values);
            return Err(anyhow::Error::msg(words).into());
        }
        // Of all papers the workbook is meant too, whatever the format of the others.
        let usual = matching.is_empty().then(|| has.first().map(|&format| (paper, format)));
        asked.extend(matching);
        asked.extend(usual.flatten());
    }
    Ok(asked)
}

/// The date on the papers: the one that the command line has, else today's.
fn date(language: Language, matches: &ArgMatches) -> Result<Day, Failure> {
    let Some(asked) = matches.get_one::<String>("date") else {
        return today();
    };
    Day::read(asked).map_err(|_| {
        let words = say_with(language, "cli.export.bad-date", &[("seen", asked)]);
        anyhow::Error::msg(words).into()
    })
}

/// Today, where the reader is.
fn today() -> Result<Day, Failure> {
    let today = jiff::ZonedDateTime::now().date();
    let [month, day] = [today.month(), today.day()].map(i8::unsigned_abs);
    let today = Day::of(today.year().unsigned_abs(), month, day);
    today.ok_or_else(|| anyhow::Error::msg("the clock is past the year 9999").into())
}

/// A folder for one plan of several: named as the plan's own, or as its file where that tells
/// more than `plan`; numbered where another has that name.
fn folder(plan: &Path, taken: &mut HashSet<String>) -> String {
    let name =
        |name: Option<&std::ffi::OsStr>| name.map(|name| name.to_string_lossy().into_owned());
    let file = name(plan.file_stem()).unwrap_or_default();
    let parent = name(plan.parent().and_then(Path::file_name));
    let name = if file == "plan" { parent.unwrap_or(file) } else { file };
    let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
    let mut free = names.skip_while(|name| taken.contains(name));
    let name = free.next().unwrap_or(name);
    taken.insert(name.clone());
    name
}
