//! What the engine tells of the owners' vote: how it stands, who has not voted, and which home a door number is.

use fentan_core::plan::{Household, Vote as Cast};
use fentan_core::{Plan, internal::quoted};
use fentan_words::printable;
use serde::{Deserialize, Serialize};

use crate::packed::Packed;
use crate::screens::result::law::vote::Vote;
use crate::screens::result::law::{Question, vote_of};
use crate::session::Session;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// What is decided, and how.
    pub question: Question,
    /// The door number that was entered, or the beginning of it.
    pub door: String,
    /// A column of votes that was pasted, to be told of before it counts.
    pub pasted: String,
    /// Whether those who have not voted are listed.
    pub lists: bool,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// How the vote stands.
    pub vote: Option<Packed<Vote>>,
    /// How many homes agree, object, abstain, are undecided, and have not voted.
    pub counts: [usize; 5],
    /// The homes whose door number begins or ends as asked, the one that is it first.
    pub doors: Vec<Door>,
    /// How many homes would carry it at least, if those who have not voted agreed; missing where all of them do not
    /// suffice.
    pub fewest: Option<usize>,
    /// The first of these.
    pub these: Vec<String>,
    /// By building, the homes that have not voted.
    pub silent: Vec<(String, Vec<Door>)>,
    /// What was understood of the column that was pasted.
    pub pasted: Pasted,
}

/// A home at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Its place in the roster.
    pub place: usize,
    /// Its id.
    pub id: String,
    /// What it is called, where the roster has a name.
    pub name: String,
    /// Its building, unit and floor.
    pub at: [String; 3],
    /// How it voted; empty if it did not.
    pub vote: String,
    /// The remark on it.
    pub note: String,
}

/// What was understood of a column of votes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pasted {
    /// The votes, by the place of the home in the roster.
    pub votes: Vec<(usize, String)>,
    /// How many of them stand in place of another vote.
    pub replaced: usize,
    /// The rows that were not understood, each by its number and as it is written.
    pub left_out: Vec<(usize, String)>,
    /// How many rows are not listed among them.
    pub more_left_out: usize,
}

/// How many homes are listed of those that carry it and of doors found, and rows that were not understood.
const MOST: usize = 12;

/// Tells what is asked of the open plan; `None` while it can't be read.
pub fn told(session: &Session, asked: &Asked) -> Option<Box<Told>> {
    let plan = session.plan()?;
    let mut counts = [0; 5];
    for home in plan.households() {
        let at =
            home.vote.map_or(4, |vote| Cast::ALL.iter().position(|one| *one == vote).unwrap_or(4));
        counts[at] += 1;
    }
    let fewest = asked.question.fewest(plan);
    let these = fewest.iter().flatten().take(MOST).map(|&home| id(&plan.households()[home]));
    Some(Box::new(Told {
        vote: vote_of(session, asked.question),
        counts,
        doors: doors(plan, &asked.door),
        fewest: fewest.as_ref().map(Vec::len),
        these: these.collect(),
        silent: if asked.lists { silent(plan) } else { Vec::new() },
        pasted: pasted(plan, &asked.pasted),
    }))
}

fn id(home: &Household) -> String {
    printable(&home.id)
}

fn door(plan: &Plan, place: usize) -> Door {
    let home = &plan.households()[place];
    let text = |text: Option<&str>| printable(text.unwrap_or_default());
    let floor = home.floor.map(|floor| floor.to_string());
    Door {
        place,
        id: id(home),
        name: text(home.name.as_deref().or(plan.owner_of(home))),
        at: [text(plan.building_of(home)), text(plan.unit_of(home)), text(floor.as_deref())],
        vote: home.vote.map(Cast::as_str).unwrap_or_default().to_owned(),
        note: text(home.note.as_deref()),
    }
}

/// A door number as it is compared: without spaces, and digits alone where there are but digits.
fn plain(text: &str) -> String {
    text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn doors(plan: &Plan, entered: &str) -> Vec<Door> {
    let wanted = plain(entered);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut ranked: [Vec<usize>; 3] = Default::default();
    for (place, home) in plan.households().iter().enumerate() {
        let id = plain(&home.id);
        let rank = if id == wanted {
            0
        } else if id.ends_with(&wanted) {
            1
        } else if id.starts_with(&wanted) {
            2
        } else {
            continue;
        };
        ranked[rank].push(place);
    }
    ranked.concat().into_iter().take(MOST).map(|place| door(plan, place)).collect()
}

/// By building in the roster's order, the homes that have not voted and may.
fn silent(plan: &Plan) -> Vec<(String, Vec<Door>)> {
    let mut buildings: Vec<(String, Vec<Door>)> = Vec::new();
    for (place, home) in plan.households().iter().enumerate() {
        if home.vote.is_some() || plan.use_of(home).is_some_and(|one| !one.votes) {
            continue;
        }
        let door = door(plan, place);
        match buildings.iter_mut().find(|(building, _)| *building == door.at[0]) {
            Some((_, doors)) => doors.push(door),
            None => buildings.push((door.at[0].clone(), vec![door])),
        }
    }
    buildings
}

/// How a vote is written, in a plan's word; `None` where it is none, and empty where nothing is written.
fn cast(written: &str) -> Option<&'static str> {
    Some(match plain(written).as_str() {
        "" if written.trim().is_empty() => "",
        "" => match written.trim() {
            "√" | "✓" | "✔" | "○" => "yes",
            "×" | "✗" | "✘" => "no",
            _ => return None,
        },
        "同意" | "赞成" | "赞同" | "是" | "yes" | "y" | "agree" | "for" => "yes",
        "不同意" | "反对" | "不赞成" | "否" | "no" | "n" | "x" | "against" | "disagree" => {
            "no"
        }
        "弃权" | "abstain" => "abstain",
        "意见不一" | "共有人意见不一" | "undecided" => "undecided",
        "未表决" | "未投" | "未投票" => "",
        _ => return None,
    })
}

/// What a column of votes says: door number and vote in each row, or a vote for each home in the roster's order.
fn pasted(plan: &Plan, text: &str) -> Pasted {
    let homes = plan.households();
    let mut found = Pasted::default();
    let rows: Vec<&str> = text.lines().collect();
    let rows = match rows.iter().rposition(|row| !row.trim().is_empty()) {
        Some(last) => &rows[..=last],
        None => return found,
    };
    let cells = |row: &'_ str| -> Vec<String> {
        row.split(['\t', ',', '，', ';', '；']).map(|cell| cell.trim().to_owned()).collect()
    };
    let is_column = rows.len() == homes.len() && rows.iter().all(|row| cast(row).is_some());
    let ids: std::collections::HashMap<String, usize> =
        homes.iter().enumerate().map(|(place, home)| (plain(&home.id), place)).collect();
    for (number, row) in rows.iter().enumerate() {
        let cells = cells(row);
        let place = match is_column {
            true => Some(number),
            false => cells.iter().find_map(|cell| ids.get(&plain(cell)).copied()),
        };
        let vote = cells.iter().rev().find_map(|cell| cast(cell).filter(|vote| !vote.is_empty()));
        match (place, vote) {
            (Some(place), Some(vote)) => {
                let before = homes[place].vote.map(Cast::as_str);
                if before != Some(vote) {
                    found.replaced += usize::from(before.is_some());
                    found.votes.push((place, vote.to_owned()));
                }
            }
            // Who has not voted is no mistake.
            (Some(_), None)
                if cells
                    .iter()
                    .skip(usize::from(!is_column))
                    .all(|cell| cast(cell) == Some("")) => {}
            _ if row.trim().is_empty() => {}
            _ if found.left_out.len() < MOST => found.left_out.push((number + 1, printable(row))),
            _ => found.more_left_out += 1,
        }
    }
    found
}

/// The path of a field of a household.
pub fn path(place: usize, field: &str) -> String {
    format!("households[{place}].{}", quoted(field))
}

#[cfg(test)]
mod tests {
    use fentan_core::Document;

    use super::*;

    fn plan() -> Plan {
        let document = Document::from_json(
            br#"{ "fentan": 1, "lines": [], "households": [
                { "id": "3-1-501", "area": "60", "vote": "no" }, { "id": "3-1-502", "area": "60" },
                { "id": "3-2-502", "area": "60" }] }"#,
        );
        Plan::read(&document.expect("JSON"), None).expect("a plan")
    }

    #[test]
    fn a_door_number_is_found_however_it_is_written() {
        let ids = |entered: &str| -> Vec<String> {
            doors(&plan(), entered).into_iter().map(|door| door.id).collect()
        };
        assert_eq!(ids("3-1-502"), ["3-1-502"]);
        assert_eq!(ids("31502"), ["3-1-502"]);
        assert_eq!(ids("502"), ["3-1-502", "3-2-502"]);
        assert!(ids("").is_empty());
    }

    #[test]
    fn a_column_is_read_by_door_number_or_in_the_order_of_the_roster() {
        let vote = |place, vote: &str| (place, vote.to_owned());
        let found =
            pasted(&plan(), "户号\t意见\n3-1-502\t同意\n3-1-501，√\n9-9-999\t同意\n3-2-502\t\n");
        assert_eq!(found.votes, [vote(1, "yes"), vote(0, "yes")]);
        assert_eq!(found.replaced, 1);
        let left_out: Vec<_> = found.left_out.iter().map(|(row, _)| *row).collect();
        assert_eq!(left_out, [1, 4]);
        let found = pasted(&plan(), "不同意\n\n弃权\n");
        assert_eq!(found.votes, [vote(2, "abstain")]);
        assert!(found.left_out.is_empty());
    }
}
