//! The button that opens files of every kind. Plans are read here, in a worker where that takes more than the engine can do
//! at once; tables go on to the screen that shows how they are understood before they are taken.

use std::pin::Pin;

use fentan_import::{Content, decoded};
use fentan_words::{Language, say};
use gloo::file::{File, FileList};
use serde::de::DeserializeOwned;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::{Callback, Event, Html, TargetCast, html};

use super::file::bytes_of;
use crate::lazy;
use crate::message::{Read, Refusal, Refused, Request, Taken, TextFile};
use crate::page::Action;
use crate::work::cells::Cells;
use crate::work::{Task, done};

/// What files that are being read hold, and the tables among them; or why one of them can't be read.
pub type Reading =
    Pin<Box<dyn Future<Output = Result<(Option<Read>, Vec<web_sys::File>), Refusal>>>>;

/// What can be chosen.
const ACCEPTED: &str = ".json,.toml,.xlsx,.xls,.ods,.csv,.tsv,.txt,.xlsm,.et,.xml,.htm,.html";

/// The most bytes of a plan that the page opens.
const MOST_BYTES: u64 = 64 << 20;

/// A button that opens files from disk: plans, budgets, rosters.
pub fn open_files(
    id: &'static str,
    language: Language,
    key: &str,
    send: &Callback<Action>,
) -> Html {
    let send = send.clone();
    let onchange = move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = input.files().map(|files| FileList::from(files).to_vec());
        // Else choosing the same file again would change nothing.
        input.set_value("");
        let send = send.clone();
        spawn_local(async move {
            let files = files.unwrap_or_default();
            let read = match (lazy::opening().await, files.first()) {
                (Some(opening), _) => opening(language, files).await,
                (None, first) => {
                    let file = first.map(File::name).unwrap_or_default();
                    Err(Refusal { file, reason: Refused::NotLoaded })
                }
            };
            match read {
                Ok((read, tables)) => {
                    if let Some(read) = read {
                        send.emit(Action::Ask(Request::Read(Box::new(read))));
                    }
                    if !tables.is_empty() {
                        send.emit(Action::Import(tables));
                    }
                }
                Err(refusal) => send.emit(Action::Refuse(refusal)),
            }
        });
    };
    html! {
        <label class="button" title={say(language, "page.open-hint")}>
            <input {id} type="file" multiple=true accept={ACCEPTED} {onchange} />
            { say(language, key) }
        </label>
    }
}

/// What a file is by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileType {
    Json,
    Toml,
    /// The roster of the plan that is opened with it.
    Roster,
    /// Any other: its contents decide what it is.
    Table,
}

/// What the file of each of these names is. A text beside a plan is its roster.
///
/// # Errors
/// The place of a second plan, or of a second text beside one.
fn types(names: &[String]) -> Result<Vec<FileType>, usize> {
    let ending = |name: &String| name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let endings: Vec<_> = names.iter().map(|name| ending(name).unwrap_or_default()).collect();
    let has_plan = endings.iter().any(|end| matches!(end.as_str(), "json" | "toml"));
    let types = endings.iter().map(|end| match end.as_str() {
        "json" => FileType::Json,
        "toml" => FileType::Toml,
        "csv" | "tsv" | "txt" if has_plan => FileType::Roster,
        _ => FileType::Table,
    });
    let types: Vec<_> = types.collect();
    let (mut plans, mut rosters) = (0, 0);
    for (place, one) in types.iter().enumerate() {
        let count = match one {
            FileType::Table => continue,
            FileType::Roster => &mut rosters,
            _ => &mut plans,
        };
        *count += 1;
        if *count > 1 {
            return Err(place);
        }
    }
    Ok(types)
}

/// Reads files that are opened together.
pub fn reading(language: Language, files: Vec<File>) -> Reading {
    Box::pin(read(language, files))
}

async fn read(
    language: Language,
    files: Vec<File>,
) -> Result<(Option<Read>, Vec<web_sys::File>), Refusal> {
    let names: Vec<String> = files.iter().map(File::name).collect();
    let types = types(&names)
        .map_err(|place| Refusal { file: names[place].clone(), reason: Refused::TooMany })?;
    let mut opened = Read::default();
    let mut tables = Vec::new();
    for ((file, name), file_type) in files.iter().zip(names).zip(types) {
        let refused = |reason| Refusal { file: name.clone(), reason };
        if file.size() > MOST_BYTES {
            return Err(refused(Refused::TooLarge));
        }
        let file: &web_sys::File = file.as_ref();
        let text = match file_type {
            FileType::Table => {
                tables.push(file.clone());
                continue;
            }
            FileType::Roster => {
                let cells = Cells { content: Content::Roster, adding: false, text: None, language };
                opened.roster = Some(taken(&cells, Some(file)).await.map_err(refused)?);
                continue;
            }
            FileType::Toml => {
                let told = done(Task::Toml, &language, Some(file)).await;
                answer(told).map_err(refused)?
            }
            FileType::Json => {
                let text = bytes_of(file).await.and_then(|bytes| decoded(&bytes));
                text.ok_or_else(|| refused(Refused::Unreadable))?
            }
        };
        // A policy pack has its own place.
        if text.contains("\"fentan_policy\"") && !text.contains("\"fentan\"") {
            let told = say(language, "opening.is-policy");
            return Err(Refusal { file: name, reason: Refused::Words(vec![told]) });
        }
        opened.plan = Some(TextFile { name, text });
    }
    Ok((opened.plan.is_some().then_some(opened), tables))
}

/// Takes what cells hold, or a file of them, in a worker.
///
/// # Errors
/// What is the matter with the file.
pub async fn taken(cells: &Cells, file: Option<&web_sys::File>) -> Result<Taken, Refused> {
    answer(done(Task::Cells, cells, file).await)
}

/// What a worker told; that it broke off where it told nothing.
pub fn answer<T: DeserializeOwned>(told: Option<Vec<u8>>) -> Result<T, Refused> {
    let answer = told.and_then(|told| postcard::from_bytes(&told).ok());
    answer.unwrap_or(Err(Refused::NotLoaded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_beside_a_plan_is_its_roster_and_all_else_a_table() {
        use FileType::{Json, Roster, Table, Toml};
        let types =
            |names: &[&str]| types(&names.iter().map(|&name| name.into()).collect::<Vec<_>>());
        assert_eq!(types(&["a.json", "b.csv"]), Ok(vec![Json, Roster]));
        assert_eq!(types(&["a.toml"]), Ok(vec![Toml]));
        assert_eq!(types(&["budget.xlsx", "roster.csv"]), Ok(vec![Table, Table]));
        assert_eq!(types(&["a.toml", "b.csv", "c.xlsx"]), Ok(vec![Toml, Roster, Table]));
        assert_eq!(types(&["a.json", "b.JSON"]), Err(1));
        assert_eq!(types(&["a.json", "b.csv", "c.csv"]), Err(2));
    }
}
