//! The guide and every other document: links lead somewhere, commands run, and figures are what the program says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::help::words;
use crate::root;

const GUIDE: &str = "docs/book/src";

/// The chapters whose commands are run, one after the other in one folder, as a reader would.
const CHAPTERS: [&str; 3] = ["committee.md", "planner.md", "county.md"];

/// Every document of the repository, by its path.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = !name.starts_with('.')
                && !["target", "dist", "package", "release", "node_modules"].contains(&&*name);
            if path.is_dir() && is_ours {
                folders.push(path);
            } else if name.ends_with(".md") && is_ours {
                found.push(path);
            }
        }
    }
    found
}

/// The lines of a document that are no code, each without its code in backticks.
fn prose(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push(line.split('`').step_by(2).collect());
        }
    }
    lines
}

/// The places of headings, as GitHub and mdBook name them.
fn places(text: &str) -> BTreeSet<String> {
    let mut is_code = false;
    let mut places = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        let heading = line.trim_start_matches('#');
        if is_code || heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let mut place = String::new();
        for one in heading.trim().to_lowercase().chars() {
            match one {
                ' ' => place.push('-'),
                '-' | '_' => place.push(one),
                _ if one.is_alphanumeric() => place.push(one),
                _ => {}
            }
        }
        places.insert(place);
    }
    places
}

/// A chapter that is another document has that document's text.
fn text(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a document");
    match text.trim().strip_prefix("{{#include ").and_then(|rest| rest.strip_suffix("}}")) {
        Some(other) => fs::read_to_string(path.with_file_name(other)).expect("what is included"),
        None => text,
    }
}

#[test]
fn every_link_of_every_document_leads_somewhere() {
    let mut count = 0;
    for path in documents() {
        let text = text(&path);
        for line in prose(&text) {
            for link in line.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
                let link = link.0.split_whitespace().next().unwrap_or_default();
                if link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                count += 1;
                let (file, place) = link.split_once('#').unwrap_or((link, ""));
                let file = match file {
                    "" => path.clone(),
                    file => path.with_file_name(file),
                };
                assert!(file.exists(), "{}: there is no {link}", path.display());
                if !place.is_empty() {
                    let places = places(&self::text(&file));
                    assert!(places.contains(place), "{}: {link}: {places:?}", path.display());
                }
            }
        }
    }
    assert!(count > 100, "{count}");
}

/// What stands in the guide is listed in it, and there.
#[test]
fn every_chapter_is_listed() {
    let folder = root().join(GUIDE);
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).expect("a summary");
    for entry in fs::read_dir(&folder).expect("the guide") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        if name.ends_with(".md") && name != "SUMMARY.md" {
            assert!(summary.contains(&format!("({name})")), "{name} is not listed");
        }
    }
}

/// Blocks of code: what they are of, and their lines.
fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let body = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned);
            blocks.push((kind.to_owned(), body.collect()));
        }
    }
    blocks
}

/// A line without the lines of a table and with one blank between its words.
fn plain(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs a command of the guide, and checks that it says what stands below it, in this order.
fn run(folder: &Path, command: &str, said: &[String]) {
    let words = words(command);
    let (program, arguments) = words.split_first().expect("a command");
    assert_eq!(program, "fentan", "{command}");
    let answer = Command::new(env!("CARGO_BIN_EXE_fentan"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("FENTAN_LANG")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let told = [answer.stdout, answer.stderr].concat();
    let told = String::from_utf8(told).expect("UTF-8");
    assert_eq!(answer.status.code(), Some(0), "{command}\n{told}");
    let mut lines = told.lines().map(plain);
    for said in said.iter().filter(|line| *line != "…") {
        let said = plain(said);
        assert!(lines.any(|line| line == said), "{command}\nsays no {said}\n{told}");
    }
}

/// `# NAME` or `# NAME，加在末尾` above a file that the reader is to write.
fn write(folder: &Path, lines: &[String]) {
    let Some(name) = lines.first().and_then(|line| line.strip_prefix("# ")) else { return };
    let (name, is_further) = match name.strip_suffix("，加在末尾") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let path = folder.join(name);
    let before =
        if is_further { fs::read_to_string(&path).expect("the file") } else { String::new() };
    fs::write(path, before + &lines[1..].join("\n") + "\n").expect("a file");
}

#[test]
fn every_command_of_the_guide_runs_and_says_what_stands_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(root().join(GUIDE).join("files")).expect("the files") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a file");
    }
    let mut count = 0;
    for chapter in CHAPTERS {
        let text = fs::read_to_string(root().join(GUIDE).join(chapter)).expect("a chapter");
        for (kind, lines) in blocks(&text) {
            match kind.as_str() {
                "console" => {
                    for part in lines.join("\n").split("$ ").skip(1) {
                        let lines: Vec<_> = part.lines().map(str::to_owned).collect();
                        run(folder.path(), &lines[0], &lines[1..]);
                        count += 1;
                    }
                }
                "toml" | "csv" => write(folder.path(), &lines),
                other => assert!(
                    ["html", "nginx"].contains(&other),
                    "{chapter}: a block of {other} is tested by nothing"
                ),
            }
        }
    }
    assert!(count > 20, "{count}");
}
