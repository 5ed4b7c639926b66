//! What is said of an import, in words.

use fentan_words::{Language, defused, problem, say, say_with};

use crate::mapping::{Conclusion, LeftOut, Mapping};

/// A column as a spreadsheet names it: `A`, `Z`, `AA`.
///
/// ```
/// use fentan_import::report::column_letters;
/// assert_eq!([0, 25, 26, 701].map(column_letters), ["A", "Z", "AA", "ZZ"]);
/// ```
pub fn column_letters(position: usize) -> String {
    let mut rest = position + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        // Below 26, so that it fits.
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The position of a column, from 0, by its letters in either case.
pub fn column_position(letters: &str) -> Option<usize> {
    let place = |letter: u8| letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1);
    let last = letters.bytes().try_fold(0usize, |last, letter| {
        last.checked_mul(26)?.checked_add(place(letter.to_ascii_uppercase())?)
    })?;
    last.checked_sub(1)
}

/// What a field is called.
pub fn field(language: Language, field: &str) -> String {
    match field.split_once(':') {
        None => say(language, &format!("import.field.{field}")),
        Some(("hardship", code)) => {
            let known = say(language, &format!("import.hardship.{code}"));
            say_with(language, "import.field-of-hardship", &[("name", &known)])
        }
        Some(("vote", code)) => say(language, &format!("import.vote.{code}")),
        Some((field, name)) => {
            say_with(language, &format!("import.field.{field}"), &[("name", name)])
        }
    }
}

/// How a table is read, a sentence for each thing: its headings, and what each column becomes.
pub fn mapping(language: Language, mapping: &Mapping) -> Vec<String> {
    let mut told = vec![match mapping.heading_row {
        Some(row) => say_with(language, "import.heading-row", &[("row", &row.to_string())]),
        None => say(language, "import.no-heading-row"),
    }];
    for column in mapping.columns.iter().filter(|column| !column.heading.is_empty()) {
        let heading = ("heading", column.heading.as_str());
        told.push(match &column.field {
            Some(name) => {
                let name = field(language, name);
                let said = say_with(language, "import.column", &[heading, ("field", &name)]);
                match column.zeros {
                    4 => format!("{said} ({})", say(language, "import.in-ten-thousands")),
                    _ => said,
                }
            }
            None => say_with(language, "import.column-left-aside", &[heading]),
        });
    }
    told
}

/// What was concluded.
pub fn conclusion(language: Language, conclusion: Conclusion) -> String {
    say(language, &format!("import.conclusion.{}", conclusion.as_str()))
}

/// Why a row was left out.
pub fn reason(language: Language, left_out: &LeftOut) -> String {
    match &left_out.problem {
        Some(one) => problem(language, one),
        None => say(language, &format!("import.reason.{}", left_out.reason.as_str())),
    }
}

/// That a row was left out: its sheet, row, column and value, and why.
pub fn left_out(language: Language, left_out: &LeftOut) -> String {
    let row = left_out.row.to_string();
    let reason = reason(language, left_out);
    let said = match left_out.column {
        None => say_with(language, "import.row-left-out", &[("row", &row), ("reason", &reason)]),
        Some(column) => {
            let values = [
                ("row", &*row),
                ("column", &column_letters(column)),
                ("value", left_out.value()),
                ("reason", &reason),
            ];
            say_with(language, "import.cell-left-out", &values)
        }
    };
    match &*left_out.sheet {
        "" => said,
        sheet => say_with(language, "import.in-sheet", &[("sheet", sheet), ("said", &said)]),
    }
}

/// The rows that were left out and should be looked at, as CSV for a spreadsheet: where each
/// stands, why, and all that it holds. What a spreadsheet would take for a formula has an apostrophe
/// before it, and the byte order mark says that it is UTF-8.
pub fn left_out_csv(language: Language, rows: &[LeftOut]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let headings = ["sheet", "row", "column", "value", "reason", "cells"]
        .map(|name| say(language, &format!("import.left-out.{name}")));
    // Memory takes whatever is written.
    let _ = writer.write_record(headings);
    for one in rows.iter().filter(|one| one.reason.is_unusable()) {
        let place = [
            one.sheet.clone(),
            one.row.to_string(),
            one.column.map_or_else(String::new, column_letters),
            one.value().to_owned(),
            reason(language, one),
        ];
        let _ = writer.write_record(place.iter().chain(&one.cells).map(|cell| defused(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Table};

    #[test]
    fn letters_of_columns() {
        for position in [0, 1, 25, 26, 700, 701, 702, 16_383] {
            assert_eq!(column_position(&column_letters(position)), Some(position));
        }
        assert_eq!(column_position("ab"), Some(27));
        for none in ["", "A1", "中"] {
            assert_eq!(column_position(none), None);
        }
    }

    #[test]
    fn rows_left_out_say_where_and_why_and_are_no_formulas() {
        let text = "户号,面积,户主\n101,约60,=A1\n,60,@SUM(A1)\n合计,60,\n103,60,张三\n";
        let table = Table::from_text(text);
        let sheets = [(&table, Content::Roster.mapping(&table))];
        let mut imported = Content::Roster.read(&sheets);
        imported.sift(Content::Roster, &sheets);
        let csv = left_out_csv(Language::Chinese, &imported.left_out);
        let said: Vec<_> =
            imported.left_out.iter().map(|one| left_out(Language::English, one)).collect();
        insta::assert_snapshot!(format!(
            "{}\n{}",
            String::from_utf8(csv).expect("UTF-8").replace('\r', ""),
            said.join("\n")
        ));
    }
}
