//! The button that opens files: plans and rosters. They are sorted out by their names here, and read in a worker where
//! that takes more than the engine can do at once.

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

/// What files hold that are being read, or why one of them can't be.
pub type Reading = Pin<Box<dyn Future<Output = Result<Read, Refusal>>>>;

/// The most bytes of a file that the page opens.
const MOST_BYTES: u64 = 64 << 20;

/// A button that opens files from disk: a plan, a roster, or both together.
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
            send.emit(match read {
                Ok(read) => Action::Ask(Request::Read(Box::new(read))),
                Err(refusal) => Action::Refuse(refusal),
            });
        });
    };
    html! {
        <label class="button" title={say(language, "page.open-hint")}>
            <input {id} type="file" multiple=true accept=".json,.toml,.csv,.tsv,.txt" {onchange} />
            { say(language, key) }
        </label>
    }
}

/// What a file is by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileType {
    Json,
    Toml,
    Roster,
}

impl FileType {
    fn of(name: &str) -> Option<FileType> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(FileType::Json),
            "toml" => Some(FileType::Toml),
            "csv" | "tsv" | "txt" => Some(FileType::Roster),
            _ => None,
        }
    }
}

/// What is the matter with files that are opened together, by their names: one that is of no known type, or a second
/// plan or roster; with its place.
fn first_refused<'n>(names: impl Iterator<Item = &'n str>) -> Option<(usize, Refused)> {
    let (mut plans, mut rosters) = (0, 0);
    for (place, name) in names.enumerate() {
        let count = match FileType::of(name) {
            Some(FileType::Roster) => &mut rosters,
            Some(_) => &mut plans,
            None => return Some((place, Refused::UnknownType)),
        };
        *count += 1;
        if *count > 1 {
            return Some((place, Refused::TooMany));
        }
    }
    None
}

/// Reads files that are opened together.
pub fn reading(language: Language, files: Vec<File>) -> Reading {
    Box::pin(read(language, files))
}

async fn read(language: Language, files: Vec<File>) -> Result<Read, Refusal> {
    let names: Vec<String> = files.iter().map(File::name).collect();
    if let Some((place, reason)) = first_refused(names.iter().map(String::as_str)) {
        return Err(Refusal { file: names[place].clone(), reason });
    }
    let mut opened = Read::default();
    for (file, name) in files.iter().zip(names) {
        let refused = |reason| Refusal { file: name.clone(), reason };
        if file.size() > MOST_BYTES {
            return Err(refused(Refused::TooLarge));
        }
        let file: &web_sys::File = file.as_ref();
        let text = match FileType::of(&name) {
            Some(FileType::Roster) => {
                let cells = Cells { content: Content::Roster, adding: false, text: None, language };
                opened.roster = Some(taken(&cells, Some(file)).await.map_err(refused)?);
                continue;
            }
            Some(FileType::Toml) => {
                let told = done(Task::Toml, &language, Some(file)).await;
                answer(told).map_err(refused)?
            }
            _ => {
                let text = bytes_of(file).await.and_then(|bytes| decoded(&bytes));
                text.ok_or_else(|| refused(Refused::Unreadable))?
            }
        };
        opened.plan = Some(TextFile { name, text });
    }
    Ok(opened)
}

/// Takes what cells hold, or a file of them, in a worker.
///
/// # Errors
/// What is the matter with the file.
pub async fn taken(cells: &Cells, file: Option<&web_sys::File>) -> Result<Taken, Refused> {
    answer(done(Task::Cells, cells, file).await)
}

/// What a worker told; that it broke off where it told nothing.
fn answer<T: DeserializeOwned>(told: Option<Vec<u8>>) -> Result<T, Refused> {
    let answer = told.and_then(|told| postcard::from_bytes(&told).ok());
    answer.unwrap_or(Err(Refused::NotLoaded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_and_a_roster_are_opened_together_and_nothing_else() {
        let refused = |names: &[&str]| first_refused(names.iter().copied());
        assert_eq!(refused(&["a.json", "b.csv"]), None);
        assert_eq!(refused(&["a.toml"]), None);
        assert_eq!(refused(&["plan.xlsx"]), Some((0, Refused::UnknownType)));
        assert_eq!(refused(&["a.json", "b.JSON"]), Some((1, Refused::TooMany)));
    }
}
