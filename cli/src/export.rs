//! The workbook and the papers of one plan or of several.

mod sheets;
mod since;

use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::collection::{Cash, Joining, Payments, Schedule, cash, collection_of, day, join};
use fentan_core::receipt::plan_digest;
use fentan_core::scenario::Base;
use fentan_core::{Day, Packs, Plan, Problems};
use fentan_papers::{AccountPaper, AccountPapers, Error, Format, Paper, Papers};
use fentan_words::{Language, printable, say, say_with};

use crate::files::{Existing, Files, Readers};
use crate::input::PlanFiles;
use crate::portion::Run;
use crate::progress::Progress;
use crate::review::Review;
use crate::{FAILED, Failure, arguments, collection, input, output, portion, programme};
use sheets::Sheets;
use since::Since;

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
        .arg(
            plan.num_args(1..)
                .action(ArgAction::Append)
                .required(false)
                .required_unless_present("run")
                .help(say("cli.export.plans")),
        )
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
        .args(since::arguments(language))
        .args(sheets::arguments(language))
        .after_help(arguments::example(
            language,
            "fentan export 我的小区/plan.toml --paper all --out 文书\nfentan export 我的小区/plan.toml --paper notice,statements --format html --out 文书",
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
    let run = Run::asked(language, matches)?;
    let sheets = Sheets::asked(matches)?;
    let has_sheets = asked.iter().any(|(paper, _)| paper.has_sheets())
        || account.as_ref().is_some_and(Account::has_sheets);
    if sheets.is_of_some() && !has_sheets {
        return Err(anyhow::Error::msg(say(language, "cli.export.no-sheets")).into());
    }
    let since = Since::asked(language, matches);
    let tells = asked.iter().any(|(paper, _)| *paper == Paper::Statements);
    if let Some(since) = &since {
        since.check(language, tells, plans.len() == 1 && run.is_none())?;
    }
    let export = Export { language, packs, asked, account, sheets, date, existing, run, since };
    if let [plan] = plans[..] {
        return export.write(plan, roster, None, &out);
    }
    if export.account.is_some() {
        let one_plan = say(language, "cli.export.payments-of-one");
        return Err(anyhow::Error::msg(one_plan).into());
    }
    let mut folders = HashSet::new();
    let plans = match &export.run {
        Some(run) if plans.is_empty() => compounds_of(language, run)?,
        _ => plans
            .into_iter()
            .map(|plan| Exported {
                plan: Some(plan.clone()),
                compound: None,
                folder: folder(plan, &mut folders),
            })
            .collect(),
    };
    let (mut left_out, mut status) = (0, 0);
    for one in &plans {
        if let Err(failure) = export.write_one(one, roster, &out) {
            output::complain(&one.title(language));
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

/// One of several plans.
struct Exported {
    /// Its file; missing where the compound of a run can't have papers.
    plan: Option<PathBuf>,
    /// The compound's id, and whether the run could split it, where the plan is one of a run's.
    compound: Option<(String, bool)>,
    /// The folder of its papers.
    folder: String,
}

impl Exported {
    fn title(&self, language: Language) -> String {
        match (&self.compound, &self.plan) {
            (Some((id, _)), _) => say_with(language, "portion.of", &[("id", &printable(id))]),
            (None, Some(plan)) => {
                let path = printable(&plan.display().to_string());
                say_with(language, "cli.export.of-plan", &[("path", &path)])
            }
            (None, None) => String::new(),
        }
    }
}

/// The compounds of a run, with the files of their plans.
fn compounds_of(language: Language, run: &Run) -> Result<Vec<Exported>, Failure> {
    let file = run.programme();
    let path = file.display().to_string();
    let given = programme::read(language, &file);
    let given = given.inspect_err(|_| {
        output::complain(&say_with(language, "portion.no-programme", &[("path", &path)]));
    })?;
    let plans: HashMap<&str, Option<&String>> =
        given.programme.compounds.iter().map(|one| (one.id.as_str(), one.plan.as_ref())).collect();
    let compounds = run.compounds().enumerate().map(|(index, (id, is_split))| Exported {
        plan: plans.get(id).copied().flatten().map(|plan| given.folder.join(plan)),
        compound: Some((id.to_owned(), is_split)),
        folder: portion::folder_name(id, index),
    });
    Ok(compounds.collect())
}

/// What is written of each plan.
struct Export {
    language: Language,
    packs: Packs,
    asked: Vec<(Paper, Format)>,
    /// Of what follows the split, where that is asked for.
    account: Option<Account>,
    sheets: Sheets,
    date: Day,
    existing: Existing,
    /// The run that plans take their portions from, where one is named.
    run: Option<Run>,
    /// The version before, which statements compare with.
    since: Option<Since>,
}

impl Export {
    /// Whether a paper tells a household what it owes in the end.
    fn tells_households(&self) -> bool {
        self.asked.iter().any(|(paper, _)| *paper == Paper::Statements) || self.account.is_some()
    }

    fn write_one(
        &self,
        one: &Exported,
        roster: Option<&PathBuf>,
        out: &Path,
    ) -> Result<(), Failure> {
        let compound = one.compound.as_ref().map(|(id, is_split)| (id.as_str(), *is_split));
        let left_out = |key: &str| {
            let id = compound.map(|(id, _)| printable(id)).unwrap_or_default();
            Failure::Other(anyhow::Error::msg(say_with(self.language, key, &[("id", &id)])))
        };
        let plan = one.plan.as_ref().ok_or_else(|| left_out("portion.no-plan"))?;
        if compound.is_some_and(|(_, is_split)| !is_split) {
            return Err(left_out("portion.not-split"));
        }
        self.write(plan, roster, compound.map(|(id, _)| id), &out.join(&one.folder))
    }

    fn write(
        &self,
        plan: &Path,
        roster: Option<&PathBuf>,
        compound: Option<&str>,
        folder: &Path,
    ) -> Result<(), Failure> {
        let language = self.language;
        let files = PlanFiles::read(language, plan, roster)?;
        let portion = match (&self.run, compound) {
            (Some(run), Some(id)) => run.portion_of(id, &files),
            (Some(run), None) => Some(run.portion(&files)?),
            (None, _) => None,
        };
        portion::complain(language, portion.as_ref());
        let document = files.document()?;
        let digest = plan_digest(&document, files.roster());
        let plan = Plan::read_with(&document, files.roster(), &self.packs)?;
        let plan = match &portion {
            Some(portion) => portion.given_to(plan)?,
            None => plan,
        };
        let split =
            fentan_core::split(&plan).map_err(|error| Failure::of_split(language, error))?;
        if self.tells_households() {
            let review = Review::of(language, &plan, &split, &self.packs);
            review.singled_out().for_each(|line| output::complain(&line));
        }
        let papers = Papers::new(language, &plan, &split, &self.packs, self.date)?;
        let money_of = portion.map(|portion| portion.on_paper(language));
        let mut papers = papers
            .with_digest(&digest)
            .with_money_of(money_of)
            .with_details(self.sheets.details.clone());
        if let Some(households) = self.sheets.households(language, &plan)? {
            papers = papers.only_for(households);
        }
        if let Some(since) = &self.since {
            let now = Base::new(plan.clone(), &document, self.packs.clone());
            papers = papers.with_changes(since.changes(language, &now, &self.packs)?, since.name());
        }
        let payments = self.account.as_ref().map(|account| account.payments(language, &plan));
        let payments = payments.transpose()?;
        if let (Some(account), Some(payments)) = (&self.account, &payments)
            && account.payments.is_some()
        {
            papers = papers.with_payments(payments, account.on);
        }
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
        if let (Some(account), Some(payments)) = (&self.account, &payments) {
            let so_far = account.payments.is_some().then_some((payments, account.on));
            let schedule = Schedule::read(&document, &plan);
            let cash = schedule.map(|schedule| cash(&plan, &split, &schedule, so_far));
            // A plan that has no schedule has no paper of it among all.
            let is_left_out = account.is_all && document.value("schedule").is_none();
            let cash = (!is_left_out).then_some(cash);
            account.write(language, &plan, &papers, payments, cash, &mut files)?;
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
    /// The line that a household joins later, and the household.
    join: Option<[String; 2]>,
}

impl Account {
    fn has_sheets(&self) -> bool {
        self.asked.iter().any(|(paper, _)| paper.has_sheets() || *paper == AccountPaper::Joining)
    }

    /// The payments; none where the command line names no file of them.
    fn payments(&self, language: Language, plan: &Plan) -> Result<Payments, Failure> {
        let Some(path) = &self.payments else {
            return Ok(Payments::default());
        };
        let bytes = input::read(language, path, collection::MOST_PAYMENTS)?;
        Ok(collection::payments(language, plan, path, &bytes)??)
    }

    fn write(
        &self,
        language: Language,
        plan: &Plan,
        papers: &Papers<'_>,
        payments: &Payments,
        cash: Option<Result<Cash, Problems>>,
        files: &mut Files,
    ) -> Result<(), Failure> {
        let can_be = |paper: AccountPaper| match paper {
            AccountPaper::Cash => cash.is_some(),
            _ => plan.collection().is_some() || !paper.needs_calls(),
        };
        let asked = self.asked.iter().filter(|(paper, _)| !self.is_all || can_be(*paper));
        let asked: Vec<_> = asked.copied().collect();
        if asked.iter().any(|(paper, _)| !can_be(*paper)) {
            collection_of(plan)?;
        }
        let is_asked = |paper: AccountPaper| asked.iter().any(|(one, _)| *one == paper);
        let of_split = |error| Failure::of_split(language, error);
        let mut account = AccountPapers::new(papers, payments, self.on).map_err(of_split)?;
        if let Some([line, household]) = &self.join {
            let on = self.on.to_string();
            let joining = Joining { line, household, on: &on };
            account = account.with_joined(join(plan, &joining).map_err(of_split)?);
        }
        if let Some(cash) = cash.filter(|_| is_asked(AccountPaper::Cash)) {
            account = account.with_cash(cash?);
        }
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
    // A statement tells what is paid where there are payments.
    let is_asked = all.into_iter().any(is_named) || payments.is_some();
    if !is_asked {
        return Ok(None);
    }
    // Calls and the final account are told before anybody has paid.
    let needs_payments = |paper: AccountPaper| {
        let needs_none = [
            AccountPaper::Calls,
            AccountPaper::FinalNotice,
            AccountPaper::Joining,
            AccountPaper::Cash,
        ];
        !needs_none.contains(&paper)
    };
    if payments.is_none() && all.into_iter().any(|paper| is_named(paper) && needs_payments(paper)) {
        let lacking = say(language, "cli.export.no-payments");
        return Err(anyhow::Error::msg(lacking).into());
    }
    let join = sheets::joining(language, matches, is_named(AccountPaper::Joining))?;
    let takes = |paper: AccountPaper| match paper {
        AccountPaper::Joining => is_all && join.is_some(),
        _ => is_all && payments.is_some(),
    };
    let asked = asked(language, matches, &all, AccountPaper::as_str, AccountPaper::formats)?;
    let asked = asked.into_iter().filter(|(paper, _)| takes(*paper) || is_named(*paper));
    let on = match matches.get_one::<String>("on") {
        Some(on) => day("--on", on)?,
        None => date,
    };
    Ok(Some(Account { asked: asked.collect(), is_all, payments, on, join }))
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
