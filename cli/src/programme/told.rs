//! What a run says at its end: how far the money went, what was found, what is broken.

use std::collections::BTreeMap;
use std::path::Path;

use fentan_core::Fen;
use fentan_core::policy::Severity;
use fentan_core::programme::{Division, Programme};
use fentan_words::{Language, money, printable, say, say_with};

use serde::Serialize;

use super::compound::{FINDINGS, PROBLEMS};
use super::results::Results;
use crate::output;

/// How many broken compounds are named; all stand in the table.
const NAMED: usize = 200;

/// A run in short, as JSON.
#[derive(Serialize)]
struct Summary<'s> {
    folder: &'s str,
    compounds: usize,
    pots: Vec<PotSummary<'s>>,
    sources: BTreeMap<String, Used>,
    findings: BTreeMap<&'static str, usize>,
    broken: Vec<Broken>,
}

#[derive(Serialize)]
struct PotSummary<'s> {
    pot: &'s str,
    source: &'s str,
    amount: Fen,
    divided: Fen,
    left: Fen,
}

/// A compound that was set apart, with the first of its problems.
#[derive(Serialize)]
struct Broken {
    compound: String,
    file: String,
    path: String,
    message: String,
    /// How many more problems it has.
    more: usize,
}

/// Prints a run in short as JSON; returns how much the gravest finding weighs, where there are any.
pub(super) fn as_json(
    language: Language,
    programme: &Programme,
    division: &Division,
    folder: &Path,
    name: &str,
) -> anyhow::Result<Option<Severity>> {
    let results = Results::open(language, folder)?;
    let found = findings(&results)?;
    let pots = programme.pots.iter().zip(&division.pots).map(|(pot, divided)| PotSummary {
        pot: &pot.id,
        source: &pot.source,
        amount: pot.amount,
        divided: divided.portions.iter().map(|portion| portion.amount).sum(),
        left: divided.left,
    });
    let summary = Summary {
        folder: name,
        compounds: programme.compounds.len(),
        pots: pots.collect(),
        sources: used(&results)?,
        findings: Severity::ALL.iter().map(|one| one.as_str()).zip(found).collect(),
        broken: broken_ones(&results)?,
    };
    output::print(&output::versioned(&summary)?)?;
    Ok(gravest(found))
}

/// The weight of the gravest of so many findings of each.
fn gravest(found: [usize; 3]) -> Option<Severity> {
    let mut found = Severity::ALL.iter().zip(found);
    found.find(|(_, count)| *count > 0).map(|(&severity, _)| severity)
}

/// Tells it on standard error; returns how much the gravest finding weighs, where there are any.
pub(super) fn of(
    language: Language,
    programme: &Programme,
    division: &Division,
    folder: &Path,
    name: &str,
    broken: usize,
) -> anyhow::Result<Option<Severity>> {
    let results = Results::open(language, folder)?;
    let used = used(&results)?;
    for (pot, divided) in programme.pots.iter().zip(&division.pots) {
        let title = printable(pot.name.as_ref().unwrap_or(&pot.id));
        let given: Fen = divided.portions.iter().map(|portion| portion.amount).sum();
        let values = [
            ("pot", title.as_str()),
            ("amount", &money(pot.amount)),
            ("given", &money(given)),
            ("left", &money(divided.left)),
        ];
        output::complain(&say_with(language, "programme.divided", &values));
    }
    let sources: Vec<&str> = programme.pots.iter().map(|pot| pot.source.as_str()).collect();
    for (index, source) in sources.iter().enumerate() {
        let Some(found) = used.get(*source).filter(|_| !sources[..index].contains(source)) else {
            continue;
        };
        if found.unused.is_zero() {
            continue;
        }
        let values = [
            ("source", &*printable(source)),
            ("used", &money(found.used)),
            ("unused", &money(found.unused)),
            ("count", &found.compounds.to_string()),
        ];
        output::complain(&say_with(language, "programme.unused", &values));
    }
    let found = findings(&results)?;
    if found.iter().any(|&count| count > 0) {
        let [errors, warnings, notes] = found.map(|count| count.to_string());
        let values = [
            ("errors", errors.as_str()),
            ("warnings", &warnings),
            ("notes", &notes),
            ("file", FINDINGS),
        ];
        output::complain(&say_with(language, "programme.found", &values));
    }
    let all = programme.compounds.len();
    let (done, apart) = ((all - broken).to_string(), broken.to_string());
    let values = [("done", done.as_str()), ("broken", &apart), ("path", name)];
    output::complain(&say_with(language, "programme.done", &values));
    if broken > 0 {
        name_broken(language, &results)?;
        output::complain(&say(language, "programme.broken"));
    }
    Ok(gravest(found))
}

/// What plans use of what a source offers, and leave.
#[derive(Default, Serialize)]
struct Used {
    used: Fen,
    unused: Fen,
    /// How many leave any.
    #[serde(rename = "leaving")]
    compounds: usize,
}

fn used(results: &Results) -> anyhow::Result<BTreeMap<String, Used>> {
    let mut used: BTreeMap<String, Used> = BTreeMap::new();
    results.each("split-sources.csv", ["id", "offer", "paid"], |[id, offer, paid]| {
        let (offer, paid) = match offer {
            "" => return Ok(()),
            offer => (results.money(offer)?, results.money(paid)?),
        };
        if !used.contains_key(id) {
            used.insert(id.to_owned(), Used::default());
        }
        if let Some(found) = used.get_mut(id) {
            let unused = offer.less(paid);
            found.used += paid;
            found.unused += unused;
            found.compounds += usize::from(!unused.is_zero());
        }
        Ok(())
    })?;
    Ok(used)
}

/// How many findings there are of each weight.
fn findings(results: &Results) -> anyhow::Result<[usize; 3]> {
    let mut counts = [0; 3];
    results.each(FINDINGS, ["severity"], |[severity]| {
        let place = Severity::ALL.iter().position(|one| one.as_str() == severity);
        counts[place.unwrap_or(counts.len() - 1)] += 1;
        Ok(())
    })?;
    Ok(counts)
}

/// Every broken compound with its file and the first of its problems.
fn broken_ones(results: &Results) -> anyhow::Result<Vec<Broken>> {
    let mut broken: Vec<Broken> = Vec::new();
    let columns = ["compound", "path", "message", "file"];
    results.each(PROBLEMS, columns, |[compound, path, message, file]| {
        match broken.last_mut().filter(|known| known.compound == compound) {
            Some(known) => known.more += 1,
            None => broken.push(Broken {
                compound: compound.to_owned(),
                file: file.to_owned(),
                path: path.to_owned(),
                message: message.to_owned(),
                more: 0,
            }),
        }
        Ok(())
    })?;
    Ok(broken)
}

/// Names them.
fn name_broken(language: Language, results: &Results) -> anyhow::Result<()> {
    for one in broken_ones(results)?.iter().take(NAMED) {
        let what = if one.path == one.file {
            one.message.clone()
        } else {
            let values = [("path", &*one.path), ("what", &one.message)];
            say_with(language, "programme.at", &values)
        };
        let values = [("id", &*one.compound), ("path", &one.file), ("what", &what)];
        let mut told = say_with(language, "programme.broken-one", &values);
        if one.more > 0 {
            told += &say_with(language, "programme.and-more", &[("count", &one.more.to_string())]);
        }
        output::complain(&told);
    }
    Ok(())
}
