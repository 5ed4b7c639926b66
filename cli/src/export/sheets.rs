//! What the command line says of the sheets of single households: whose are written, whom to ask, and how
//! to pay.

use clap::{Arg, ArgAction, ArgMatches};
use fentan_core::Plan;
use fentan_core::collection::day;
use fentan_papers::Details;
use fentan_words::{Language, listed, printable, say, say_with};

use crate::Failure;

/// Whose sheets are written, and what stands on them.
pub(super) struct Sheets {
    homes: Vec<String>,
    buildings: Vec<String>,
    pub(super) details: Details,
}

pub(super) fn arguments(language: Language) -> [Arg; 7] {
    let argument = |name: &'static str, value: &'static str| {
        let help = say(language, &format!("cli.export.{name}"));
        Arg::new(name).long(name).value_name(value).help(help)
    };
    [
        argument("home", "ID").action(ArgAction::Append),
        argument("building", "BUILDING").action(ArgAction::Append),
        argument("join", "LINE").requires("home"),
        argument("contact", "NAME"),
        argument("telephone", "NUMBER"),
        argument("account", "TEXT"),
        argument("pay-by", "DAY"),
    ]
}

impl Sheets {
    pub(super) fn asked(matches: &ArgMatches) -> Result<Sheets, Failure> {
        let all = |name: &str| -> Vec<String> {
            matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
        };
        let one = |name: &str| {
            let written = matches.get_one::<String>(name).map(|text| text.trim().to_owned());
            written.filter(|text| !text.is_empty())
        };
        let pay_by = matches.get_one::<String>("pay-by");
        let pay_by = pay_by.map(|written| day("--pay-by", written)).transpose()?;
        let details = Details {
            contact: one("contact"),
            telephone: one("telephone"),
            account: one("account"),
            pay_by,
        };
        Ok(Sheets { homes: all("home"), buildings: all("building"), details })
    }

    /// Whether the sheets of some households are asked for, and not of all.
    pub(super) fn is_of_some(&self) -> bool {
        !self.homes.is_empty() || !self.buildings.is_empty()
    }

    /// The households whose sheets are asked for, as indices of the roster in its order; `None` for
    /// all.
    pub(super) fn households(
        &self,
        language: Language,
        plan: &Plan,
    ) -> Result<Option<Vec<usize>>, Failure> {
        if !self.is_of_some() {
            return Ok(None);
        }
        let refused = |key: &str, values: &[(&str, &str)]| -> Failure {
            anyhow::Error::msg(printable(&say_with(language, key, values))).into()
        };
        let mut found = Vec::new();
        for home in &self.homes {
            let household = plan.find_household(home);
            found.push(household.ok_or_else(|| refused("cli.export.no-home", &[("seen", home)]))?);
        }
        for building in &self.buildings {
            let homes = plan.households().iter().enumerate();
            let homes = homes.filter(|(_, home)| plan.building_of(home) == Some(building));
            let before = found.len();
            found.extend(homes.map(|(index, _)| index));
            if found.len() == before {
                let mut known: Vec<String> = Vec::new();
                for home in plan.households() {
                    let name = plan.building_of(home).map(str::to_owned);
                    known.extend(name.filter(|name| !known.contains(name)));
                }
                let known = listed(language, &known);
                let values = [("seen", building.as_str()), ("known", &known)];
                return Err(refused("cli.export.no-building", &values));
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(Some(found))
    }
}

/// The line that a household joins later and the household, where that is asked for.
pub(super) fn joining(
    language: Language,
    matches: &ArgMatches,
    is_needed: bool,
) -> Result<Option<[String; 2]>, Failure> {
    let line = matches.get_one::<String>("join");
    let mut homes = matches.get_many::<String>("home").into_iter().flatten();
    match (line, homes.next(), homes.next()) {
        (Some(line), Some(home), None) => Ok(Some([line.clone(), home.clone()])),
        (None, ..) if !is_needed => Ok(None),
        _ => Err(anyhow::Error::msg(say(language, "cli.export.no-join")).into()),
    }
}
