//! What a run says at its end: how far the money went, what was found, what is broken.

use std::collections::BTreeMap;
use std::path::Path;

use fentan_core::Fen;
use fentan_core::policy::Severity;
use fentan_core::programme::{Division, Programme};
use fentan_words::{Language, money, printable, say, say_with};

use super::compound::{FINDINGS, PROBLEMS};
use super::results::Results;
use crate::output;

/// How many broken compounds are named; all stand in the table.
const NAMED: usize = 200;

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
    let gravest = [Severity::Error, Severity::Warning, Severity::Note].into_iter().zip(found);
    Ok(gravest.into_iter().find(|(_, count)| *count > 0).map(|(severity, _)| severity))
}

/// What plans use of what a source offers, and leave.
#[derive(Default)]
struct Used {
    used: Fen,
    unused: Fen,
    /// How many leave any.
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

/// Names every broken compound with its file and the first of its problems.
fn name_broken(language: Language, results: &Results) -> anyhow::Result<()> {
    let mut broken: Vec<(String, String, String, usize)> = Vec::new();
    let columns = ["compound", "path", "message", "file"];
    results.each(PROBLEMS, columns, |[compound, path, message, file]| {
        match broken.last_mut().filter(|(known, ..)| known == compound) {
            Some((.., more)) => *more += 1,
            None => {
                let what = if path == file {
                    message.to_owned()
                } else {
                    say_with(language, "programme.at", &[("path", path), ("what", message)])
                };
                broken.push((compound.to_owned(), file.to_owned(), what, 0));
            }
        }
        Ok(())
    })?;
    for (id, file, what, more) in broken.iter().take(NAMED) {
        let values = [("id", id.as_str()), ("path", file), ("what", what)];
        let mut told = say_with(language, "programme.broken-one", &values);
        if *more > 0 {
            told += &say_with(language, "programme.and-more", &[("count", &more.to_string())]);
        }
        output::complain(&told);
    }
    Ok(())
}
