//! No text that the page shows holds a code: in Chinese a run of Latin letters that is no unit, product or format, in
//! English a key of a plan.

use std::fs;
use std::path::Path;

/// What people know by its Latin letters.
const KNOWN: [&str; 24] = [
    "Excel",
    "WPS",
    "Word",
    "LibreOffice",
    "JavaScript",
    "fentan",
    "CSV",
    "TSV",
    "TXT",
    "JSON",
    "TOML",
    "XLSX",
    "XLS",
    "ODS",
    "XML",
    "HTML",
    "DOCX",
    "PDF",
    "UTF",
    "SHA",
    "GBK",
    "MB",
    "Ctrl",
    "Shift",
];

/// Tables that only the command line says.
const OF_THE_COMMAND_LINE: [&str; 3] = ["cli", "receipt", "account"];

/// Keys, or how they begin, that only the command line says, in tables that the page says, too.
const KEYS_OF_THE_COMMAND_LINE: [&str; 42] = [
    "ask.",
    "desk.",
    "portion.",
    "share-changes.about",
    "book.about",
    "book.not-taken",
    "book.unmatched",
    "import.about",
    "import.nothing",
    "import.no-mapping",
    "import.merge.",
    "import.wrong-map",
    "import.not-taken",
    "import.no-column",
    "collection.about",
    "cash.about",
    "lift.about",
    "lift.none.no-line",
    "who-pays.about",
    "vote.about",
    "vote.no-such-method",
    "policy.new.",
    "policy.made",
    "papers.error.",
    "programme.",
    "ledger.source",
    "ledger.status",
    "ledger.add.",
    "ledger.show.",
    "ledger.export.",
    "ledger.refusal.",
    "ledger.doubt.",
    "compare.format",
    "compare.none",
    "sweep.over",
    "sweep.too-many-points",
    "seek.such-that",
    "seek.format",
    "problem.unknown-id.condition",
    "problem.unknown-id.parameter",
    // A plan that was written by hand: the page's own choices leave no such value.
    "problem.bad-type.",
    "verify.",
];

/// The keys of a table with their texts in Chinese and in English.
fn texts(prefix: &str, table: &toml::Table, found: &mut Vec<(String, [String; 2])>) {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            toml::Value::Table(table) => texts(&format!("{key}."), table, found),
            value => {
                let text = |index: usize| value.as_array()?.get(index)?.as_str();
                let pair = [0, 1].map(|index| text(index).unwrap_or_default().to_owned());
                found.push((key, pair));
            }
        }
    }
}

/// The runs of two Latin letters and more, outside the places of values.
fn codes(text: &str) -> Vec<&str> {
    let mut codes = Vec::new();
    for (place, part) in text.split("%{").enumerate() {
        let part =
            if place == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) };
        let runs = part.split(|one: char| !one.is_ascii_alphabetic() && one != '_');
        codes.extend(runs.filter(|run| run.len() > 1));
    }
    codes
}

/// All texts that the page shows.
fn texts_of_the_page() -> Vec<(String, [String; 2])> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut all = Vec::new();
    for file in fs::read_dir(folder).expect("the folder of texts") {
        let path = file.expect("a file").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        if !OF_THE_COMMAND_LINE.contains(&&*name) {
            let table = fs::read_to_string(&path).expect("a text").parse().expect("TOML");
            texts("", &table, &mut all);
        }
    }
    assert!(all.len() > 1000, "all texts are looked at");
    let on_page: Vec<_> = all
        .iter()
        .filter_map(|(key, _)| Some(key.strip_prefix("import.on-page.")?.to_owned()))
        .collect();
    all.retain(|(key, _)| {
        let is_said_otherwise = key
            .strip_prefix("import.")
            .is_some_and(|key| on_page.iter().any(|one| key.ends_with(one.as_str())));
        !is_said_otherwise && !KEYS_OF_THE_COMMAND_LINE.iter().any(|one| key.starts_with(one))
    });
    all
}

#[test]
fn no_chinese_text_of_the_page_holds_a_code() {
    let mut wrong = Vec::new();
    for (key, [text, _]) in texts_of_the_page() {
        let codes: Vec<_> = codes(&text).into_iter().filter(|code| !KNOWN.contains(code)).collect();
        if !codes.is_empty() {
            wrong.push(format!("{key}: {codes:?} in {text}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_english_text_of_the_page_holds_a_key() {
    let mut wrong = Vec::new();
    for (key, [_, text]) in texts_of_the_page() {
        let keys = codes(&text).into_iter().filter(|one| one.contains('_'));
        wrong.extend(keys.map(|one| format!("{key}: {one} in {text}")));
        // Those that are English words, too, are told by how they stand.
        let alone = ["(reduces)", "(over = all)"].iter().any(|one| text.contains(one));
        wrong.extend(alone.then(|| format!("{key}: {text}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}
