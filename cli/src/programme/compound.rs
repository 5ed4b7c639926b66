//! One compound of a run: its plan split with what it gets of the pots, as rows of every table.

use std::collections::BTreeMap;
use std::path::Path;

use fentan_core::internal::decimal;
use fentan_core::policy::Severity;
use fentan_core::{Error, Fen, Finding, Packs, Plan, Problems, Split, findings, programme, split};
use fentan_ledger::Event;
use fentan_words::{Language, finding, problem, say_with};

use super::rows::Rows;
use crate::Failure;
use crate::input::PlanFiles;
use crate::output;
use fentan_papers::csv::CHANNELS;

/// What is wrong with the compounds that were set apart.
pub(super) const PROBLEMS: &str = "problems.csv";

/// What law and policy say of those that were split, and what is probably a slip.
pub(super) const FINDINGS: &str = "findings.csv";

/// The tables of a run with their columns, in the order of [`Outcome::tables`]. None is named as a table
/// that a programme or a plan is read from.
pub(super) const TABLES: [(&str, &str); 7] = [
    (
        "split-compounds.csv",
        "compound,name,county,status,households,area,budget,residents,errors,warnings,digest\n",
    ),
    ("split-sources.csv", "compound,id,offer,paid\n"),
    ("split-lines.csv", "compound,id,amount,relief_pot,top_up,residents\n"),
    ("split-payments.csv", "compound,line,source,paid\n"),
    (
        "split-households.csv",
        "compound,id,share,relief,borne,top_up,individual,due,in_kind,public_revenue,\
         maintenance_fund,provident_fund,owner_unit,cash,fund_after,replenish\n",
    ),
    (PROBLEMS, "compound,path,code,message,file\n"),
    (FINDINGS, "compound,check,severity,path,message,clauses\n"),
];

/// What came of a compound.
pub(super) struct Outcome {
    /// Rows of [`TABLES`].
    pub(super) tables: [Vec<u8>; TABLES.len()],
    /// What the ledger is told of its plan, where it could be split.
    pub(super) planned: Option<Event>,
    /// Whether it was set apart.
    pub(super) is_broken: bool,
}

/// What every compound of a run is split with.
pub(super) struct Setting<'s> {
    pub(super) language: Language,
    /// Where the plans' paths lead from.
    pub(super) folder: &'s Path,
    pub(super) packs: &'s Packs,
}

/// Why a compound is set apart.
enum Trouble {
    Problems(Problems),
    /// A file that can't be read, or a fault of the engine.
    Other(String),
}

impl From<Problems> for Trouble {
    fn from(problems: Problems) -> Trouble {
        Trouble::Problems(problems)
    }
}

impl Trouble {
    fn of(language: Language, failure: Failure) -> Trouble {
        match failure {
            Failure::Problems(problems) => Trouble::Problems(problems),
            Failure::Other(error) => Trouble::Other(output::detail(language, &error)),
            Failure::Told(_) => Trouble::Other(String::new()),
        }
    }
}

impl Setting<'_> {
    /// Reads a compound's plan, to see how large it is.
    pub(super) fn plan(&self, path: &str) -> Result<Plan, Failure> {
        let files = PlanFiles::read(self.language, &self.folder.join(path), None)?;
        Ok(Plan::read_with(&files.document()?, files.roster(), self.packs)?)
    }

    /// The digest of a compound's files as they are now; `None` where they can't be read.
    pub(super) fn digest(&self, path: &str) -> Option<String> {
        let files = PlanFiles::read(self.language, &self.folder.join(path), None);
        files.ok().map(|files| files.digest())
    }

    /// Splits a compound with these offers of its sources.
    pub(super) fn split(&self, compound: &programme::Compound, offers: &[(&str, Fen)]) -> Outcome {
        let Some(path) = &compound.plan else {
            return self.without_plan(compound);
        };
        let mut digest = String::new();
        let done = self.try_split(compound, path, offers, &mut digest);
        done.unwrap_or_else(|trouble| self.set_apart(compound, path, &digest, trouble))
    }

    /// What the sources of a compound's plan pay with these offers; `None` where it can't be split.
    pub(super) fn paid(
        &self,
        compound: &programme::Compound,
        offers: &[(&str, Fen)],
    ) -> Option<Vec<(String, Fen)>> {
        let plan = self.plan(compound.plan.as_ref()?).ok()?;
        let split = split(&plan.with_offers(offers).ok()?).ok()?;
        Some(split.sources.into_iter().map(|one| (one.id, one.paid)).collect())
    }

    fn try_split(
        &self,
        compound: &programme::Compound,
        path: &str,
        offers: &[(&str, Fen)],
        digest: &mut String,
    ) -> Result<Outcome, Trouble> {
        let trouble = |failure| Trouble::of(self.language, failure);
        let files = PlanFiles::read(self.language, &self.folder.join(path), None);
        let files = files.map_err(trouble)?;
        *digest = files.digest();
        let document = files.document().map_err(trouble)?;
        let plan = Plan::read_with(&document, files.roster(), self.packs)?;
        let plan = plan.with_offers(offers)?;
        let split = match split(&plan) {
            Ok(split) => split,
            Err(Error::Problems(problems)) => return Err(problems.into()),
            Err(error @ Error::Unreconciled(_)) => {
                return Err(trouble(Failure::of_split(self.language, error)));
            }
        };
        let found = findings(&plan, &split, self.packs);
        let count = |severity| found.iter().filter(|one| one.severity == severity).count() as u64;
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));

        let mut compounds = Rows::default();
        identity(&mut compounds, compound).text("split").count(split.households.len() as u64);
        let millionths = plan.households().iter().map(|one| one.area.millionths()).sum();
        compounds.text(&area(millionths)).money(split.budget).money(split.residents);
        compounds.count(errors).count(warnings).text(digest).end();
        let id = compound.id.as_str();
        let (lines, payments) = lines(id, &split);
        let sources = sources(id, &split);
        let planned = Event::Planned {
            households: split.households.len() as u64,
            budget: split.budget,
            residents: split.residents,
            sources: split
                .sources
                .iter()
                .map(|one| (one.id.clone(), one.paid))
                .collect::<BTreeMap<_, _>>(),
            findings: errors + warnings,
        };
        let households = households(id, &split);
        Ok(Outcome {
            tables: [
                compounds.0,
                sources,
                lines,
                payments,
                households,
                Vec::new(),
                self.findings(id, &found),
            ],
            planned: Some(planned),
            is_broken: false,
        })
    }

    /// The rows of findings, worded.
    fn findings(&self, compound: &str, found: &[Finding]) -> Vec<u8> {
        let mut rows = Rows::default();
        for one in found {
            rows.text(compound).text(one.check.as_str()).text(one.severity.as_str());
            rows.text(&one.path).text(&finding(self.language, one));
            rows.text(&one.clauses.join(" ")).end();
        }
        rows.0
    }

    fn without_plan(&self, compound: &programme::Compound) -> Outcome {
        let mut compounds = Rows::default();
        unsplit(&mut compounds, compound, "divided", "");
        let mut tables: [Vec<u8>; TABLES.len()] = Default::default();
        tables[0] = compounds.0;
        Outcome { tables, planned: None, is_broken: false }
    }

    fn set_apart(
        &self,
        compound: &programme::Compound,
        path: &str,
        digest: &str,
        trouble: Trouble,
    ) -> Outcome {
        let (mut compounds, mut problems) = (Rows::default(), Rows::default());
        unsplit(&mut compounds, compound, "broken", digest);
        match trouble {
            Trouble::Problems(found) => {
                for one in found.iter() {
                    let message = problem(self.language, one);
                    let row = problems.text(&compound.id).text(&one.path).text(one.code().as_str());
                    row.text(&message).text(path).end();
                }
                if found.left_out() > 0 {
                    let count = found.left_out().to_string();
                    let message = say_with(self.language, "problem.left-out", &[("count", &count)]);
                    problems.text(&compound.id).text("").text("").text(&message).text(path).end();
                }
            }
            Trouble::Other(message) => {
                let row = problems.text(&compound.id).text(path).text("unreadable");
                row.text(&message).text(path).end();
            }
        }
        let mut tables: [Vec<u8>; TABLES.len()] = Default::default();
        tables[0] = compounds.0;
        tables[5] = problems.0;
        Outcome { tables, planned: None, is_broken: true }
    }
}

fn identity<'r>(rows: &'r mut Rows, compound: &programme::Compound) -> &'r mut Rows {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    rows.text(&compound.id).text(&text(&compound.name)).text(&text(&compound.county))
}

/// The row of a compound that was not split: its size as the programme has it.
fn unsplit(rows: &mut Rows, compound: &programme::Compound, status: &str, digest: &str) {
    let size = &compound.aggregates;
    identity(rows, compound).text(status);
    match size.households {
        Some(households) => rows.count(households),
        None => rows.text(""),
    };
    let area = size.area.map(area).unwrap_or_default();
    rows.text(&area).money_if_any(size.budget).text("").text("").text("").text(digest).end();
}

/// Square metres.
fn area(millionths: u64) -> String {
    decimal(millionths.into(), 6)
}

fn sources(compound: &str, split: &Split) -> Vec<u8> {
    let mut rows = Rows::default();
    for source in &split.sources {
        rows.text(compound).text(&source.id).money_if_any(source.offer).money(source.paid).end();
    }
    rows.0
}

/// The rows of the tables of lines and of payments.
fn lines(compound: &str, split: &Split) -> (Vec<u8>, Vec<u8>) {
    let (mut lines, mut payments) = (Rows::default(), Rows::default());
    for line in &split.lines {
        lines.text(compound).text(&line.id).money(line.amount).money(line.relief_pot);
        lines.money(line.top_up).money(line.left_to_residents).end();
        for (source, paid) in &line.paid {
            payments.text(compound).text(&line.id).text(source).money(*paid).end();
        }
    }
    (lines.0, payments.0)
}

fn households(compound: &str, split: &Split) -> Vec<u8> {
    let mut rows = Rows(Vec::with_capacity(split.households.len() * 128));
    for one in &split.households {
        rows.text(compound).text(&one.id).money(one.share).money(one.relief).money(one.borne);
        rows.money(one.top_up).money(one.individual).money(one.due);
        for (_, amount) in CHANNELS {
            rows.money(amount(&one.paid));
        }
        rows.money_if_any(one.fund_after).money_if_any(one.replenish).end();
    }
    rows.0
}
