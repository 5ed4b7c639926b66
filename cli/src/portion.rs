//! `--run`: a plan's portion of a programme's pots, as a run divided them, in place of what the plan
//! has as its sources' own amounts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::builder::ValueParser;
use clap::{Arg, ArgMatches};
use fentan_core::programme::by_source;
use fentan_core::{Document, Fen, Packs, Plan, Problems, RosterFile};
use fentan_words::{Language, listed, money, printable, say, say_with};
use serde::Serialize;

use crate::input::PlanFiles;
use crate::programme::results::Results;
use crate::{Failure, arguments, output};

/// `--run` and `--compound`.
pub(crate) fn arguments(language: Language) -> [Arg; 2] {
    [
        Arg::new("run")
            .long("run")
            .value_name("DIR")
            .value_parser(ValueParser::path_buf())
            .help(say(language, "portion.run")),
        Arg::new("compound")
            .long("compound")
            .value_name("ID")
            .requires("run")
            .help(say(language, "portion.compound")),
    ]
}

/// What a compound gets of the pots, by the source of its plan whose offer it becomes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Portion {
    /// What the programme is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<String>,
    /// The compound's id.
    pub(crate) compound: String,
    /// By source, in the order of the pots.
    #[serde(serialize_with = "as_map")]
    offers: Vec<(String, Fen)>,
    /// Whether the plan or its roster has changed since the run.
    changed: bool,
}

fn as_map<S: serde::Serializer>(
    offers: &[(String, Fen)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(offers.iter().map(|(source, amount)| (source, amount)))
}

impl Portion {
    /// The plan with the portion as what its sources offer.
    ///
    /// # Errors
    /// Those of [`Plan::with_offers`].
    pub(crate) fn given_to(&self, plan: Plan) -> Result<Plan, Problems> {
        let offers: Vec<_> =
            self.offers.iter().map(|(source, amount)| (source.as_str(), *amount)).collect();
        plan.with_offers(&offers)
    }

    /// Whose money it is, in words: for a line of its own.
    pub(crate) fn told(&self, language: Language) -> String {
        let offers = self.offers.iter().map(|(source, amount)| {
            let values = [("source", &*printable(source)), ("amount", &*money(*amount))];
            say_with(language, "portion.offer", &values)
        });
        let offers = listed(language, &offers.collect::<Vec<_>>());
        let compound = printable(&self.compound);
        let programme = printable(self.programme.as_deref().unwrap_or_default());
        let values = [("programme", &*programme), ("compound", &*compound), ("offers", &*offers)];
        let mut told = say_with(language, "portion.told", &values);
        if self.changed {
            told += &say(language, "portion.changed");
        }
        told
    }

    /// The same for the foot of a paper.
    pub(crate) fn on_paper(&self, language: Language) -> String {
        let programme = printable(self.programme.as_deref().unwrap_or_default());
        say_with(language, "portion.on-paper", &[("programme", &programme)])
    }
}

/// A compound of a run.
struct Compound {
    id: String,
    is_split: bool,
    /// The digest of its plan and roster; empty where they could not be read.
    digest: String,
    offers: Vec<(String, Fen)>,
}

/// A run that plans take their portions from.
pub(crate) struct Run {
    language: Language,
    results: Results,
    compounds: Vec<Compound>,
    /// The compound that the command line names.
    asked: Option<String>,
}

impl Run {
    /// The run that the command line names.
    ///
    /// # Errors
    /// A folder that is none of a run's, a compound that it doesn't have.
    pub(crate) fn asked(language: Language, matches: &ArgMatches) -> anyhow::Result<Option<Run>> {
        let Some(folder) = arguments::path(matches, "run") else {
            return Ok(None);
        };
        let results = Results::open(language, folder)?;
        let asked = matches.get_one::<String>("compound").cloned();
        let run = Run { language, compounds: compounds(&results)?, results, asked };
        match &run.asked {
            Some(asked) if run.compounds.iter().all(|one| one.id != *asked) => {
                Err(anyhow!(say_with(language, "portion.unknown", &[("seen", asked)])))
            }
            _ => Ok(Some(run)),
        }
    }

    /// The portion of the plan in these files.
    ///
    /// # Errors
    /// A plan that is none of the run's, or that of several compounds, where the command line does
    /// not name which.
    pub(crate) fn portion(&self, files: &PlanFiles) -> anyhow::Result<Portion> {
        let digest = files.digest();
        let mut alike = self.compounds.iter().filter(|one| one.digest == digest);
        let found = match &self.asked {
            Some(asked) => self.compounds.iter().find(|one| one.id == *asked),
            None => alike.next(),
        };
        let key = match (found, &self.asked) {
            (Some(_), None) => alike.next().map(|_| "portion.several"),
            (None, _) => Some("portion.none"),
            _ => None,
        };
        let (Some(compound), None) = (found, key) else {
            return Err(anyhow!(say(self.language, key.unwrap_or("portion.none"))));
        };
        Ok(self.of(compound, &digest))
    }

    fn of(&self, compound: &Compound, digest: &str) -> Portion {
        Portion {
            programme: self.results.file.name.clone(),
            compound: compound.id.clone(),
            offers: compound.offers.clone(),
            changed: compound.digest != digest,
        }
    }

    /// The file of the programme.
    pub(crate) fn programme(&self) -> PathBuf {
        self.results.programme()
    }

    /// The compounds that papers are written for, by id: all, or the one that is named; with whether
    /// the run could split it.
    pub(crate) fn compounds(&self) -> impl Iterator<Item = (&str, bool)> {
        let is_asked = |id: &str| self.asked.as_deref().is_none_or(|asked| asked == id);
        let compounds = self.compounds.iter().map(|one| (one.id.as_str(), one.is_split));
        compounds.filter(move |(id, _)| is_asked(id))
    }

    /// The portion of a compound whose files these are.
    pub(crate) fn portion_of(&self, id: &str, files: &PlanFiles) -> Option<Portion> {
        let compound = self.compounds.iter().find(|one| one.id == id)?;
        Some(self.of(compound, &files.digest()))
    }
}

/// Every compound of a run with what it gets.
fn compounds(results: &Results) -> anyhow::Result<Vec<Compound>> {
    let mut sources = Vec::new();
    results.each("pots.csv", ["pot", "source"], |[pot, source]| {
        sources.push((pot.to_owned(), source.to_owned()));
        Ok(())
    })?;
    let mut portions: BTreeMap<String, Vec<(&str, Fen)>> = BTreeMap::new();
    results.each("division.csv", ["pot", "compound", "portion"], |[pot, compound, portion]| {
        let found = sources.iter().find(|(known, _)| known == pot);
        let source = found.map_or("", |(_, source)| source.as_str());
        let of_compound = portions.entry(compound.to_owned()).or_default();
        of_compound.push((source, results.money(portion)?));
        Ok(())
    })?;
    let mut compounds = Vec::new();
    results.each(
        "split-compounds.csv",
        ["compound", "status", "digest"],
        |[id, status, digest]| {
            let offers = by_source(portions.remove(id).unwrap_or_default()).into_iter();
            let offers = offers.map(|(source, amount)| (source.to_owned(), amount));
            compounds.push(Compound {
                id: id.to_owned(),
                is_split: status == "split",
                digest: digest.to_owned(),
                offers: offers.collect(),
            });
            Ok(())
        },
    )?;
    Ok(compounds)
}

/// Reads the plan that the command line names, with its portion of the run where one is named, and
/// makes something of it and of what was read.
pub(crate) fn read_plan<T>(
    language: Language,
    matches: &ArgMatches,
    packs: &Packs,
    made: impl FnOnce(Plan, &Document<'_>, Option<RosterFile<'_>>) -> T,
) -> Result<(T, Option<Portion>), Failure> {
    let path = arguments::path(matches, "plan").ok_or_else(|| anyhow!("no plan named"))?;
    let asked = arguments::path(matches, "households");
    let files = PlanFiles::read(language, path, asked)?;
    let run = Run::asked(language, matches)?;
    let portion = run.map(|run| run.portion(&files)).transpose()?;
    let document = files.document()?;
    let plan = Plan::read_with(&document, files.roster(), packs)?;
    let plan = match &portion {
        Some(portion) => portion.given_to(plan)?,
        None => plan,
    };
    Ok((made(plan, &document, files.roster()), portion))
}

/// Reads the plan alone.
pub(crate) fn plan(
    language: Language,
    matches: &ArgMatches,
    packs: &Packs,
) -> Result<(Plan, Option<Portion>), Failure> {
    read_plan(language, matches, packs, |plan, _, _| plan)
}

/// A line that says whose money it is, at the head of what is printed; nothing without a run.
pub(crate) fn head(language: Language, portion: Option<&Portion>) -> String {
    portion.map(|portion| portion.told(language) + "\n\n").unwrap_or_default()
}

/// Says the same on standard error, where what is printed can't.
pub(crate) fn complain(language: Language, portion: Option<&Portion>) {
    if let Some(portion) = portion {
        output::complain(&portion.told(language));
    }
}

/// A name for the folder of a compound's papers: its id, where that can be one.
pub(crate) fn folder_name(id: &str, index: usize) -> String {
    let is_name = Path::new(id).components().count() == 1
        && !id.contains(['/', '\\', ':', '\0'])
        && !id.starts_with('.')
        && id == id.trim();
    if is_name { id.to_owned() } else { format!("compound-{}", index + 1) }
}
