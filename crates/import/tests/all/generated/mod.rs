//! Rosters and budgets made as offices make them, with what each holds known: each is read right,
//! or what is doubtful is told. None is read wrongly in silence.
//!
//! `IMPORT_SEED` is the first seed, `IMPORT_FILES` how many files of each content are made; with
//! `IMPORT_KEEP` those that were not read right are kept in that folder.

mod book;
mod budget;
mod draw;
mod roster;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use fentan_core::Value;
use fentan_import::{Content, open};

use self::book::{Kind, Sheet, bytes};
use self::roster::Home;

/// The line that homes take part in.
const LINE: &str = "lift";

/// What a file holds.
enum Right {
    Roster(Vec<Home>),
    /// Lines by their names, with their amounts in fen.
    Budget(Vec<(String, u64)>),
}

/// A file with what is right.
struct File {
    kind: Kind,
    sheets: Vec<Sheet>,
    right: Right,
    /// What was put wrong on purpose, and must be told.
    planted: Option<&'static str>,
    shape: String,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    Told,
    SilentlyWrong,
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn hundredths(decimal: &str) -> Option<u64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 2 {
        return None;
    }
    Some(whole.parse::<u64>().ok()? * 100 + format!("{fraction:0<2}").parse::<u64>().ok()?)
}

fn text(value: &Value<'_>, field: &str) -> String {
    value.get(field).and_then(Value::text).unwrap_or_default().to_owned()
}

fn homes(values: &[Value<'static>]) -> Vec<Home> {
    let mut homes: Vec<Home> = values
        .iter()
        .map(|value| Home {
            building: text(value, "building"),
            unit: text(value, "unit"),
            floor: text(value, "floor").parse().ok(),
            area: hundredths(&text(value, "area")).unwrap_or_default(),
            name: text(value, "name"),
            besides: besides(value),
        })
        .collect();
    homes.sort();
    homes
}

/// What a value holds besides, as the files have it: homes as homes are, and whoever takes part
/// without saying so, included.
fn besides(value: &Value<'_>) -> BTreeMap<&'static str, String> {
    let mut besides = BTreeMap::new();
    if value.get("use").is_some() {
        besides.insert("use", text(value, "use"));
    }
    match value.get("hardship") {
        Some(Value::List(codes)) => {
            let codes: Vec<_> = codes.iter().filter_map(Value::text).collect();
            besides.insert("hardship", codes.join("+"));
        }
        Some(code) => {
            besides.insert("hardship", code.text().unwrap_or_default().to_owned());
        }
        None => {}
    }
    for field in ["fund_balance", "fund_interest"] {
        if let Some(fen) = hundredths(&text(value, field)).filter(|_| value.get(field).is_some()) {
            besides.insert(field, format!("{}.{:02}", fen / 100, fen % 100));
        }
    }
    if let Some(Value::Boolean(joins)) = value.get("joins").and_then(|joins| joins.get(LINE)) {
        besides.insert("joins", if *joins { "yes" } else { "no" }.to_owned());
    }
    besides
}

fn lines(values: &[Value<'static>]) -> Vec<(String, u64)> {
    let line = |value: &Value<'static>| {
        let name = text(value, "name").trim().to_owned();
        (name, hundredths(&text(value, "amount")).unwrap_or_default())
    };
    let mut lines: Vec<_> = values.iter().map(line).collect();
    lines.sort();
    lines
}

/// Whether two lists hold the same, and what the first has that the second has not.
fn compared<T: Ord + std::fmt::Debug>(mut right: Vec<T>, mut read: Vec<T>) -> (bool, String) {
    right.sort();
    read.sort();
    let missing: Vec<_> = right.iter().filter(|one| !read.contains(one)).take(2).collect();
    let added: Vec<_> = read.iter().filter(|one| !right.contains(one)).take(2).collect();
    (right == read, format!("missing {missing:?}, instead {added:?}:"))
}

fn outcome(file: &File, bytes: &[u8]) -> (Outcome, String) {
    let content = match file.right {
        Right::Roster(_) => Content::Roster,
        Right::Budget(_) => Content::Works,
    };
    let tables = match open(bytes) {
        Ok(tables) => tables,
        Err(why) => return (Outcome::Told, format!("not opened: {}", why.as_str())),
    };
    let mut sheets = content.sheets(&tables);
    // Of a plan with one line it is known which line homes take part in.
    for (_, mapping) in sheets.iter_mut().filter(|_| file.planted != Some("which-line")) {
        mapping.join(&[(LINE.to_owned(), "电梯".to_owned())]);
    }
    let mut imported = content.read(&sheets);
    imported.sift(content, &sheets);
    let (is_right, differing) = match &file.right {
        Right::Roster(right) => compared(right.clone(), homes(&imported.values)),
        Right::Budget(right) => compared(right.clone(), lines(&imported.values)),
    };
    let unusable = imported.left_out.iter().find(|one| one.reason.is_unusable());
    let is_told = unusable.is_some() || imported.asks();
    let said = format!(
        "{differing} {unusable:?} {:?} {:?}",
        imported.told.iter().filter(|told| told.kind.asks()).collect::<Vec<_>>(),
        imported.checks().into_iter().filter(|check| !check.agrees).collect::<Vec<_>>()
    );
    let outcome = match (is_right, is_told, file.planted) {
        (_, true, _) => Outcome::Told,
        (true, false, None) => Outcome::Right,
        // A total under a strange name may be found by what it adds up to.
        (true, false, Some("strange-total")) => Outcome::Right,
        _ => Outcome::SilentlyWrong,
    };
    (outcome, said)
}

#[track_caller]
fn all(name: &str, make: fn(u64) -> File, least_right: u64) {
    let first = number("IMPORT_SEED", 20_261_130);
    let count = number("IMPORT_FILES", 200);
    let keep = env::var("IMPORT_KEEP").ok();
    let mut outcomes: BTreeMap<(Outcome, bool), u64> = BTreeMap::new();
    let mut wrong = Vec::new();
    for at in 0..count {
        let file = make(first.wrapping_mul(1_000_003).wrapping_add(at));
        let bytes = bytes(file.kind, &file.sheets);
        let (outcome, said) = outcome(&file, &bytes);
        *outcomes.entry((outcome, file.planted.is_some())).or_default() += 1;
        let needless = outcome == Outcome::Told && file.planted.is_none();
        if needless || outcome == Outcome::SilentlyWrong {
            let line = format!(
                "{name} {at}: {outcome:?} {:?} {} planted {:?}\n    {said}",
                file.kind, file.shape, file.planted
            );
            if let Some(folder) = &keep {
                let path = Path::new(folder).join(format!("{name}-{at}.{}", ending(file.kind)));
                std::fs::write(path, &bytes).expect("a file");
                println!("{line}");
            }
            if outcome == Outcome::SilentlyWrong {
                wrong.push(line);
            }
        }
    }
    println!("{name}: seed {first}, {count} files: {outcomes:?}");
    assert!(
        wrong.is_empty(),
        "{} of {count} read wrongly in silence:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let unspoilt: u64 =
        outcomes.iter().filter(|((_, planted), _)| !planted).map(|(_, count)| count).sum();
    let right = outcomes.get(&(Outcome::Right, false)).copied().unwrap_or_default();
    assert!(right * 100 >= unspoilt * least_right, "{right} of {unspoilt} read right");
}

fn ending(kind: Kind) -> &'static str {
    match kind {
        Kind::Xlsx => "xlsx",
        Kind::Ods => "ods",
        Kind::Csv | Kind::Gbk => "csv",
        Kind::Tsv => "tsv",
        Kind::Html | Kind::Xml2003 => "xls",
    }
}

#[test]
fn rosters_are_read_right_or_told() {
    all("roster", roster::draw, 95);
}

#[test]
fn budgets_are_read_right_or_told() {
    all("budget", budget::draw, 95);
}
