//! What an import prints before anything is written.

use fentan_core::Value;
use fentan_import::{Content, Imported, Mapping, Table, report};
use fentan_words::{Language, printable, say, say_with};

use super::checks;
use crate::colours;
use crate::tables::Style;

/// The values that are shown of what was read.
const SHOWN: usize = 5;
/// The faults that are listed; the file beside the result has all rows.
const LISTED: usize = 20;

/// How the sheets were understood, the first rows as they were read, and what was left out.
pub(super) fn preview(
    language: Language,
    content: Content,
    sheets: &[(&Table, Mapping)],
    imported: &Imported,
) -> String {
    let mut told = String::new();
    let mut tell = |line: &str| told += &(printable(line) + "\n");
    for (table, mapping) in sheets {
        let heading = mapping.heading_row.map_or_else(
            || say(language, "import.no-heading-row"),
            |row| say_with(language, "import.heading-row", &[("row", &row.to_string())]),
        );
        match &*table.name {
            "" => tell(&heading),
            sheet => {
                tell(&say_with(
                    language,
                    "import.in-sheet",
                    &[("sheet", sheet), ("said", &heading)],
                ));
            }
        }
    }
    for &conclusion in &imported.conclusions {
        tell(&report::conclusion(language, conclusion));
    }
    for mapping in sheets.iter().flat_map(|(_, mapping)| mapping.all()) {
        told += &columns(language, mapping);
    }
    told += &values(language, &imported.values);
    let mut tell = |line: &str| told += &(printable(line) + "\n");
    let (unusable, needless): (Vec<_>, Vec<_>) =
        imported.left_out.iter().partition(|one| one.reason.is_unusable());
    if !needless.is_empty() {
        let count = needless.len().to_string();
        tell(&say_with(language, "import.needless", &[("count", &count)]));
    }
    if !unusable.is_empty() {
        let count = unusable.len().to_string();
        tell(&say_with(language, "import.unusable", &[("count", &count)]));
        for fault in checks::faults(language, imported).iter().take(LISTED) {
            tell(&format!("  {fault}"));
        }
    }
    told += &checks::checks(language, content, imported);
    told
}

/// Which column became what.
fn columns(language: Language, mapping: &Mapping) -> String {
    let names = ["import.table.column", "import.table.heading", "import.table.field"];
    let mut table = Style { language, colours: colours() }.table(&names, &[]);
    table.add_rows(mapping.columns.iter().enumerate().filter_map(|(position, column)| {
        let field = column.field.as_deref();
        if field.is_none() && column.heading.is_empty() {
            return None;
        }
        let mut field = field.map_or_else(String::new, |field| report::field(language, field));
        if column.zeros == 4 {
            field = format!("{field} ({})", say(language, "import.in-ten-thousands"));
        }
        let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
        Some([report::column_letters(position), printable(&heading), field])
    }));
    format!("{table}\n\n")
}

/// The first values, a column for each field that any of them has.
fn values(language: Language, values: &[Value<'_>]) -> String {
    let shown = values.get(..SHOWN.min(values.len())).unwrap_or_default();
    let mut fields: Vec<&str> = Vec::new();
    for (name, value) in shown.iter().flat_map(Value::fields) {
        let is_shown = value.text().is_some() || !value.list().is_empty();
        if is_shown && !fields.contains(&name.as_ref()) {
            fields.push(name);
        }
    }
    if fields.is_empty() {
        return String::new();
    }
    let names: Vec<_> = fields.iter().map(|field| format!("import.field.{field}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let mut table = Style { language, colours: colours() }.table(&names, &[]);
    let cell = |value: &Value<'_>, field: &str| match value.get(field) {
        // Several hardships.
        Some(Value::List(codes)) => {
            printable(&codes.iter().filter_map(Value::text).collect::<Vec<_>>().join("、"))
        }
        value => value.and_then(Value::text).map(printable).unwrap_or_default(),
    };
    table.add_rows(shown.iter().map(|value| fields.iter().map(|field| cell(value, field))));
    format!("{table}\n\n")
}
