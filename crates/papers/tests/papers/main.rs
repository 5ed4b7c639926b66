//! The papers, written and read back.

#![allow(clippy::panic, reason = "that is how a test fails")]

mod csv;
mod formulas;
mod office;
mod privacy;
mod texts;
mod workbook;

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use fentan_core::{Day, Document, Packs, Plan, RosterFile, Split, split};
use fentan_papers::{Format, Paper, Papers};
use fentan_words::Language;

/// A plan of everything that papers tell, with texts that would do harm where they were taken
/// for more than texts.
const SMALL: &[u8] = include_bytes!("small.plan.json");

fn read(plan: &[u8]) -> (Plan, Split) {
    let document = Document::from_json(plan).expect("a document");
    let plan = Plan::read(&document, None).expect("a plan");
    let split = split(&plan).expect("a split");
    (plan, split)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The example with a roster beside it.
fn puyang() -> (Plan, Split) {
    let folder = root().join("examples/puyang");
    let plan = fs::read(folder.join("plan.toml")).expect("the plan");
    let roster = fs::read(folder.join("households.csv")).expect("the roster");
    let document = Document::from_toml(&plan).expect("a document");
    let roster = RosterFile { file: "households.csv", bytes: &roster };
    let plan = Plan::read(&document, Some(roster)).expect("a plan");
    let split = split(&plan).expect("a split");
    (plan, split)
}

/// Every vector that can be split.
fn vectors() -> impl Iterator<Item = (&'static str, Plan, Split)> {
    fentan_tests::vectors().filter_map(|vector| {
        let document = Document::from_json(vector.plan).ok()?;
        let plan = Plan::read(&document, None).ok()?;
        let split = split(&plan).ok()?;
        Some((vector.name, plan, split))
    })
}

fn written(
    language: Language,
    plan: &Plan,
    split: &Split,
    paper: Paper,
    format: Format,
) -> Vec<u8> {
    let packs = Packs::default();
    let date = Day::read("2026-11-27").expect("a day");
    let papers = Papers::new(language, plan, split, &packs, date).expect("papers");
    // Any digest: it is the caller's.
    let papers = papers.with_digest(&"0".repeat(64));
    let mut file = Cursor::new(Vec::new());
    papers.write(paper, format, &mut file, &mut |_| {}).expect("written");
    file.into_inner()
}

/// A part of a file that is a folder of parts.
fn part(file: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).expect("a folder of parts");
    let mut text = String::new();
    parts.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text between tags, a line for each row and paragraph.
fn text(markup: &str) -> String {
    let body = markup.split_once("<body").map_or(markup, |(_, body)| body);
    let body = body.split_once('>').map_or(body, |(_, body)| body);
    let mut text = String::new();
    for piece in body.split('<') {
        let (tag, rest) = piece.split_once('>').unwrap_or(("", piece));
        match tag {
            "/td" | "/th" => text.push_str(" | "),
            "/tr" | "/p" | "/h1" | "/h2" | "/caption" => text.push('\n'),
            _ => {}
        }
        text.push_str(rest);
    }
    let unescaped = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    unescaped.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// A control character, a mark of direction and one of no width, wherever a plan has texts.
#[test]
fn characters_that_nobody_sees_are_seen() {
    const PLAN: &str = r#"{ "fentan": 1, "name": "N", "lines": [
        { "id": "N", "name": "N", "amount": "100", "tier": "basic" },
        { "id": "w", "name": "N", "kind": "individual", "charges": { "N": "5" } }],
        "sources": [{ "id": "N", "name": "N", "rate": "10%" }],
        "relief": { "rates": { "dibao": "1", "N": "1" }, "pot": { "id": "p", "name": "N", "amount": "1" } },
        "households": [{ "id": "N", "name": "N", "building": "N", "unit": "N", "area": "60", "hardship": "N" },
            { "id": "2", "area": "60" }] }"#;
    let plan = PLAN.replace("\"N\"", "\"\\u001ba\\u202eb\\u200bc\"");
    let (plan, split) = read(plan.as_bytes());
    for paper in Paper::ALL {
        for &format in paper.formats() {
            let file = written(Language::Chinese, &plan, &split, paper, format);
            let text = match format {
                Format::Html => String::from_utf8(file).expect("UTF-8"),
                Format::Docx => part(&file, "word/document.xml"),
                Format::Xlsx => part(&file, "xl/sharedStrings.xml"),
            };
            let hidden =
                text.chars().find(|&one| one != '\n' && fentan_core::internal::is_hidden(one));
            assert_eq!(hidden, None, "{paper:?} {format:?}");
            let holds_none = matches!(paper, Paper::Signatures | Paper::Ballot);
            assert!(holds_none || text.contains("\u{fffd}a\u{fffd}b\u{fffd}c"), "{paper:?}");
        }
    }
}
