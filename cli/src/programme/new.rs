//! `fentan programme new`: a programme of two compounds to fill in.

use std::fs;

use anyhow::{Context, anyhow};
use clap::ArgMatches;
use fentan_words::{Language, say_with};

use crate::files::{self, Existing, Readers};
use crate::{Failure, arguments, output};

/// Excel and WPS take a CSV for UTF-8 only with a byte order mark.
const MARK: &str = "\u{feff}";

/// Two rosters: a building of six homes, and one of four.
const ROSTERS: [&str; 2] = [
    "id,building,unit,floor,area,hardship,fund_balance\n\
     1-1-101,1,1,1,62.50,,1800\n1-1-102,1,1,1,71.00,,2100\n1-1-201,1,1,2,62.50,dibao,1800\n\
     1-1-202,1,1,2,71.00,,2100\n1-1-301,1,1,3,62.50,,900\n1-1-302,1,1,3,71.00,,2100\n",
    "id,building,unit,floor,area,hardship,fund_balance\n\
     1-1-101,1,1,1,85.20,,0\n1-1-102,1,1,1,85.20,,3200\n1-1-201,1,1,2,85.20,low_income,0\n\
     1-1-202,1,1,2,85.20,,3200\n",
];

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let folder = arguments::path(matches, "dir").context("no folder named")?;
    let path = folder.display().to_string();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(anyhow!(say_with(language, "cli.error.exists", &[("path", &path)])).into());
    }
    let (programme, plan, compounds, county) = match language {
        Language::Chinese => (
            include_str!("../../starter/programme.zh.toml"),
            include_str!("../../starter/compound.zh.toml"),
            ["北街小区", "河东小区"],
            "清丰县",
        ),
        Language::English => (
            include_str!("../../starter/programme.en.toml"),
            include_str!("../../starter/compound.en.toml"),
            ["North Street", "East Bank"],
            "Qingfeng",
        ),
    };
    let mut table = format!("{MARK}id,name,county,plan\n");
    let ids = ["c01", "c02"];
    for (id, name) in ids.iter().zip(compounds) {
        table += &format!("{id},{name},{county},{id}/plan.toml\n");
    }
    let files = [("programme.toml", programme.into()), ("compounds.csv", table.into())];
    files::write_all(language, folder, files, Readers::Owner, Existing::Kept)?;
    for ((id, name), roster) in ids.iter().zip(compounds).zip(ROSTERS) {
        let files = [
            ("plan.toml", plan.replace("NAME", name).into_bytes()),
            ("households.csv", format!("{MARK}{roster}").into_bytes()),
        ];
        files::write_all(language, &folder.join(id), files, Readers::Owner, Existing::Kept)?;
    }
    let made = say_with(language, "programme.made", &[("path", &path)]);
    Ok(output::print(format!("{made}\n").as_bytes())?)
}
