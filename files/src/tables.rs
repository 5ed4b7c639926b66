use fentan_core::Value;
use fentan_import::{LeftOut, Mapping, Table, households, works};
use fentan_words::{Language, say, say_with};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Taken;

/// Takes a roster from cells parted by tabs, commas or semicolons; answers
/// [`Taken`] in the form that the page's worker talks in (postcard).
///
/// ```
/// let cells = "室号\t建筑面积（㎡）\n3-1-501\t62.35\n合计\t62.35\n";
/// let taken: fentan_files::Taken =
///     postcard::from_bytes(&fentan_files::take_roster(cells, "zh-CN"))?;
/// assert_eq!(taken.count, 1);
/// assert_eq!(taken.left_out.len(), 1);
/// # Ok::<(), postcard::Error>(())
/// ```
#[wasm_bindgen]
pub fn take_roster(cells: &str, language: &str) -> Vec<u8> {
    let imported = households(&Table::from_text(cells));
    let charges = imported.charges.iter().map(|(line, charges)| (line.clone(), json(charges)));
    taken(&imported.households, charges.collect(), &imported.mapping, &imported.left_out, language)
}

/// Takes a works budget from cells parted by tabs, commas or semicolons; answers
/// [`Taken`] in the form that the page's worker talks in (postcard).
///
/// ```
/// let cells = "项目\t金额（万元）\n供水管网改造\t68\n";
/// let taken: fentan_files::Taken =
///     postcard::from_bytes(&fentan_files::take_works(cells, "zh-CN"))?;
/// assert!(taken.values.contains(r#""amount":"680000""#));
/// # Ok::<(), postcard::Error>(())
/// ```
#[wasm_bindgen]
pub fn take_works(cells: &str, language: &str) -> Vec<u8> {
    let imported = works(&Table::from_text(cells));
    taken(&imported.lines, Vec::new(), &imported.mapping, &imported.left_out, language)
}

fn taken(
    values: &[Value<'static>],
    charges: Vec<(String, String)>,
    mapping: &Mapping,
    left_out: &[LeftOut],
    language: &str,
) -> Vec<u8> {
    let language = Language::of_tag(language).unwrap_or_default();
    let left_out = left_out.iter().map(|one| {
        let reason = say(language, &format!("import.reason.{}", one.reason.as_str()));
        let values = [("row", one.row.to_string()), ("reason", reason)];
        (with(language, "import.row-left-out", &values), one.cells.join("  "))
    });
    let taken = Taken {
        values: json(&values),
        count: values.len(),
        charges,
        understood: understood(language, mapping),
        left_out: left_out.collect(),
    };
    // Texts and lists of texts can always be written.
    postcard::to_allocvec(&taken).unwrap_or_default()
}

fn understood(language: Language, mapping: &Mapping) -> Vec<String> {
    let mut told = vec![match mapping.heading_row {
        Some(row) => with(language, "import.heading-row", &[("row", row.to_string())]),
        None => say(language, "import.no-heading-row"),
    }];
    for column in mapping.columns.iter().filter(|column| !column.heading.is_empty()) {
        let heading = ("heading", column.heading.clone());
        told.push(match &column.field {
            Some(field) => {
                let values = [heading, ("field", field_name(language, field))];
                let said = with(language, "import.column", &values);
                match column.zeros {
                    4 => format!("{said} ({})", say(language, "import.in-ten-thousands")),
                    _ => said,
                }
            }
            None => with(language, "import.column-left-aside", &[heading]),
        });
    }
    let conclusions = mapping.conclusions.iter();
    told.extend(
        conclusions.map(|one| say(language, &format!("import.conclusion.{}", one.as_str()))),
    );
    told
}

fn field_name(language: Language, field: &str) -> String {
    let (field, name) = field.split_once(':').unwrap_or((field, ""));
    with(language, &format!("import.field.{field}"), &[("name", name.to_owned())])
}

fn with(language: Language, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, key, &values)
}

fn json(value: &impl serde::Serialize) -> String {
    // Texts, lists and tables of texts can always be written.
    serde_json::to_string(value).unwrap_or_default()
}
