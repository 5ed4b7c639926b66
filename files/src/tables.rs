use fentan_import::{Content, Table, report};
use fentan_words::Language;
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
    take(Content::Roster, cells, language)
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
    take(Content::Works, cells, language)
}

fn take(content: Content, cells: &str, language: &str) -> Vec<u8> {
    let language = Language::of_tag(language).unwrap_or_default();
    let table = Table::from_text(cells);
    let mapping = content.mapping(&table);
    let mut understood = report::mapping(language, &mapping);
    let imported = content.read(&[(&table, mapping)]);
    understood.extend(imported.conclusions.iter().map(|&one| report::conclusion(language, one)));
    let charges = imported.charges();
    let left_out = imported.left_out.iter();
    let taken = Taken {
        values: json(&imported.values),
        count: imported.values.len(),
        charges: charges.iter().map(|(line, charges)| (line.clone(), json(charges))).collect(),
        understood,
        left_out: left_out
            .map(|one| (report::left_out(language, one), one.cells.join("  ")))
            .collect(),
    };
    // Texts and lists of texts can always be written.
    postcard::to_allocvec(&taken).unwrap_or_default()
}

fn json(value: &impl serde::Serialize) -> String {
    // Texts, lists and tables of texts can always be written.
    serde_json::to_string(value).unwrap_or_default()
}
