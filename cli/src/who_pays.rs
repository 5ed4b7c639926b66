//! `fentan who-pays`: who must pay for something at a place, and by which clause.

use std::fmt::Write;

use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use fentan_core::Packs;
use fentan_core::plan::PartialDay;
use fentan_core::policy::charge::{Answer, Item, Ruling};
use fentan_core::policy::{Verified, Wording};
use fentan_words::{Language, in_words, listed, money, printable, provision, say, say_with};
use serde::Serialize;

use crate::arguments::{example, formats};
use crate::tables::Style;
use crate::{Failure, colours, input, output};

pub(crate) fn command(language: Language, policy: Arg) -> Command {
    let say = |key: &str| say(language, key);
    let items: Vec<_> = Item::ALL.iter().map(|item| item.as_str()).collect();
    let worded: Vec<_> = Item::ALL
        .iter()
        .map(|&item| format!("{} {}", item.as_str(), self::item(language, item)))
        .collect();
    let about = say_with(language, "who-pays.about-item", &[("items", &listed(language, &worded))]);
    Command::new("who-pays")
        .about(say("who-pays.about"))
        .arg(
            Arg::new("item")
                .value_name("ITEM")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(items))
                .help(about),
        )
        .arg(
            Arg::new("place")
                .long("place")
                .value_name("PLACE")
                .required(true)
                .help(say("who-pays.about-place")),
        )
        .arg(Arg::new("on").long("on").value_name("DAY").help(say("who-pays.about-on")))
        .arg(policy)
        .arg(formats(language, &["table", "json"], "who-pays.about-format"))
        .after_help(example(language, "fentan who-pays gas_meter --place 青岛"))
}

/// What is to be paid, in words.
fn item(language: Language, item: Item) -> String {
    say(language, &format!("item.{}", item.as_str()))
}

/// The day that `--on` names, as far as it is known.
pub(crate) fn day(language: Language, matches: &ArgMatches) -> Result<Option<PartialDay>, Failure> {
    let Some(written) = matches.get_one::<String>("on") else {
        return Ok(None);
    };
    PartialDay::read(written).map(Some).map_err(|_| {
        let values = [("seen", written.as_str())];
        anyhow::Error::msg(say_with(language, "who-pays.bad-day", &values)).into()
    })
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let place = matches.get_one::<String>("place").context("no place named")?;
    let on = day(language, matches)?;
    let asked = matches.get_one::<String>("item");
    let items = Item::ALL.iter().copied();
    let items = items.filter(|item| asked.is_none_or(|asked| asked == item.as_str()));
    let answers: Vec<_> = items.map(|item| (item, packs.who_pays(place, item, on))).collect();
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    if is_json {
        let answers = answers
            .iter()
            .map(|(item, answer)| Told {
                item: item.as_str(),
                place,
                is_known_place: answer.is_known_place,
                rulings: answer.rulings.iter().map(|one| told(language, one)).collect(),
                no_advice: say(language, "who-pays.no-advice"),
            })
            .collect();
        return Ok(output::print(&output::versioned(&Answers { answers })?)?);
    }
    let style = Style { language, colours: colours() };
    let mut text = String::new();
    if answers.iter().any(|(_, answer)| !answer.is_known_place) {
        let values = [("place", place.as_str())];
        let _ = writeln!(
            text,
            "{}\n",
            printable(&say_with(language, "who-pays.unknown-place", &values))
        );
    }
    for (item, answer) in &answers {
        // All items are listed only where something is known of them.
        if asked.is_none() && answer.rulings.is_empty() {
            continue;
        }
        text.push_str(&shown(&style, &packs, place, *item, answer));
        text.push('\n');
    }
    let _ = writeln!(text, "{}", say(language, "who-pays.no-advice"));
    Ok(output::print(text.as_bytes())?)
}

/// An answer in words. Writing to a text can't fail.
fn shown(style: &Style, packs: &Packs, place: &str, of: Item, answer: &Answer<'_>) -> String {
    let language = style.language;
    let mut text = String::new();
    let values = [("item", item(language, of)), ("place", printable(place))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let _ = writeln!(text, "{}", style.bold(&say_with(language, "who-pays.heading", &values)));
    if answer.rulings.is_empty() {
        let _ = writeln!(text, "  {}", say(language, "who-pays.none"));
    }
    if answer.rulings.len() > 1 {
        let _ = writeln!(text, "  {}", say(language, "who-pays.order"));
    }
    for ruling in &answer.rulings {
        for (index, line) in lines(language, packs, ruling).into_iter().enumerate() {
            let _ = writeln!(text, "{}{line}", if index == 0 { "- " } else { "  " });
        }
    }
    for ruling in &answer.at_other_times {
        let clauses = clauses(language, packs, ruling);
        let values = [("pack", in_words(language, &ruling.pack.name)), ("clauses", &clauses)];
        let _ =
            writeln!(text, "  {}", printable(&say_with(language, "who-pays.other-times", &values)));
    }
    text
}

fn lines(language: Language, packs: &Packs, ruling: &Ruling<'_>) -> Vec<String> {
    let charge = ruling.charge;
    let with = |key: &str, name: &str, value: &str| {
        printable(&say_with(language, &format!("who-pays.{key}"), &[(name, value)]))
    };
    let worded = |wording: &Wording| in_words(language, wording).to_owned();
    let mut payer = say(language, &format!("payer.{}", charge.payer.as_str()));
    let mut beside = |text: String| payer = format!("{payer} · {text}");
    match charge.residents {
        Some(rate) if rate.is_zero() => beside(say(language, "who-pays.nothing")),
        Some(rate) => beside(with("residents", "rate", &rate.written())),
        None => {}
    }
    if let Some(amount) = charge.per_household {
        beside(with("per-household", "amount", &money(amount)));
    }
    let mut lines = vec![with("payer", "payer", &payer)];
    if let Some(note) = &charge.note {
        lines.push(with("depends", "note", &worded(note)));
    }
    if let Some(fund) = charge.fund {
        let fund = say(language, &format!("fund-use.{}", fund.as_str()));
        lines.push(with("fund", "use", &fund));
    }
    lines.push(with("clause", "clauses", &clauses(language, packs, ruling)));
    lines.push(with("place-of", "place", in_words(language, &ruling.pack.place)));
    if let Some(ask) = &charge.ask {
        lines.push(with("ask", "ask", &worded(ask)));
    }
    lines
}

/// The clauses of a ruling, each with how far it is verified.
fn clauses(language: Language, packs: &Packs, ruling: &Ruling<'_>) -> String {
    let clauses = ruling.charge.clauses.iter().filter_map(|id| packs.clause(id));
    let clauses = clauses.map(|clause| {
        let key = match clause.verified {
            Verified::Text => "who-pays.clause-text",
            Verified::Report => "who-pays.clause-report",
        };
        say_with(language, key, &[("clause", &provision(language, clause))])
    });
    // Two clauses may stand in one article.
    let mut cited: Vec<String> = clauses.collect();
    cited.dedup();
    listed(language, &cited)
}

/// What is answered of each item.
#[derive(Serialize)]
struct Answers<'a> {
    answers: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    item: &'static str,
    place: &'a str,
    is_known_place: bool,
    rulings: Vec<ToldRuling<'a>>,
    no_advice: String,
}

#[derive(Serialize)]
struct ToldRuling<'a> {
    pack: &'a str,
    payer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    residents: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_household: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<&'a str>,
    clauses: &'a [String],
    verified: &'static str,
}

fn told<'a>(language: Language, ruling: &Ruling<'a>) -> ToldRuling<'a> {
    let charge = ruling.charge;
    let worded = |wording: &'a Option<Wording>| wording.as_ref().map(|one| in_words(language, one));
    ToldRuling {
        pack: ruling.pack.id(),
        payer: charge.payer.as_str(),
        residents: charge.residents.map(|rate| rate.written()),
        per_household: charge.per_household.map(|amount| amount.to_string()),
        fund: charge.fund.map(|fund| fund.as_str()),
        note: worded(&charge.note),
        ask: worded(&charge.ask),
        clauses: &charge.clauses,
        verified: ruling.verified.as_str(),
    }
}
