use std::fmt::Write;

use clap::ArgMatches;
use fentan_core::Plan;
use fentan_core::vote::{Matter, Method, Tally, tally, tally_line};
use fentan_words::vote::{self, reached};
use fentan_words::{Language, say, say_with};

use serde::Serialize;

use crate::portion::Portion;
use crate::tables::Style;
use crate::{Failure, colours, input, output, portion};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let (plan, portion) = portion::plan(language, matches, &packs)?;
    let asked = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let matter = Matter::ALL.iter().copied().find(|one| one.as_str() == asked("matter"));
    let method = Method::ALL.iter().copied().find(|one| one.as_str() == asked("method"));
    let (matter, method) = (matter.unwrap_or(Matter::UseFund), method.unwrap_or(Method::CivilCode));
    let line = line(language, &plan, matches)?;
    let counted = |method| match line {
        Some(line) => tally_line(&plan, line, matter, method),
        None => tally(&plan, matter, method),
    };
    let Some(tally) = counted(method) else {
        let none = say_with(language, "vote.no-such-method", &[("method", method.as_str())]);
        return Err(anyhow::Error::msg(none).into());
    };
    if asked("format") == "json" {
        let counted = OfRun { tally: &tally, run: portion.as_ref() };
        return Ok(output::print(&output::versioned(&counted)?)?);
    }
    let mut text = portion::head(language, portion.as_ref());
    text += &shown(&Style { language, colours: colours() }, &tally);
    // The older rule contradicts the Code; both are shown.
    let older = counted(Method::TwoThirdsOfAll).filter(|_| method == Method::CivilCode);
    if let Some(older) = older {
        let met = reached(language, older.passes);
        let _ = writeln!(text, "{}", say_with(language, "vote.older-rule", &[("met", &met)]));
    }
    Ok(output::print(text.as_bytes())?)
}

/// A tally, and the portion of a run that the plan was given.
#[derive(Serialize)]
struct OfRun<'t> {
    #[serde(flatten)]
    tally: &'t Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'t Portion>,
}

/// The line that the command line names, an index of the plan's.
fn line(language: Language, plan: &Plan, matches: &ArgMatches) -> Result<Option<usize>, Failure> {
    let Some(asked) = matches.get_one::<String>("line") else {
        return Ok(None);
    };
    match plan.lines().iter().position(|line| line.id == *asked) {
        Some(index) => Ok(Some(index)),
        None => {
            let unknown = say_with(language, "cli.explain.unknown-line", &[("seen", asked)]);
            Err(anyhow::Error::msg(unknown).into())
        }
    }
}

/// How the vote stands. Writing to a text can't fail.
fn shown(style: &Style, tally: &Tally) -> String {
    let language = style.language;
    let say = |key: &str| say(language, key);
    let (matter, method) =
        (vote::matter(language, tally.matter), vote::method(language, tally.method));
    let mut text = format!("{}\n", style.bold(&format!("{matter} · {method}")));
    let heads = ["vote.area", "vote.heads"].map(say);
    let mut table = style.table(&["vote.count"], &heads);
    for (key, votes) in [
        ("vote.all", tally.all),
        ("vote.taking-part", tally.taking_part),
        ("vote.in-favour", tally.in_favour),
        ("vote.against", tally.against),
    ] {
        table.add_row([say(key), votes.area.to_string(), votes.heads.to_string()]);
    }
    let _ = writeln!(text, "{table}");
    for (in_words, bar) in vote::bars(language, tally) {
        let (area, heads) = (reached(language, bar.by_area), reached(language, bar.by_heads));
        let values = [("bar", in_words.as_str()), ("area", &area), ("heads", &heads)];
        let _ = writeln!(text, "{}", say_with(language, "vote.bar", &values));
    }
    let _ = writeln!(text, "{}", style.bold(&vote::verdict(language, tally)));
    for sentence in vote::missing(language, tally) {
        let _ = writeln!(text, "{sentence}");
    }
    text
}
