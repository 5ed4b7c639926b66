//! A roster or a works budget, taken from cells parted by tabs, commas or semicolons.

use fentan_import::report::{self, Place};
use fentan_import::{Content, Imported, Table, decoded};
use fentan_words::{Language, printable};
use serde::{Deserialize, Serialize};

use super::thread::Given;
use crate::message::{Refused, Report, Taken};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    /// What the cells are.
    pub content: Content,
    /// Whether they come in addition to what is there, or in its place.
    pub adding: bool,
    /// The cells; missing where a file holds them.
    pub text: Option<String>,
    /// The language of the report.
    pub language: Language,
}

/// Takes what cells hold.
fn take_cells(cells: &Cells, text: &str) -> Taken {
    let Cells { content, adding, language, .. } = cells;
    let table = Table::from_text(text);
    let mapping = content.mapping(&table);
    let columns = report::mapping(*language, &mapping);
    let imported = content.read(&[(&table, mapping)]);
    // Where the cells say something else of themselves than was read, that comes first.
    let mut understood = vec![report::sums(*language, *content, &imported)];
    let checks = imported.checks();
    let differing = checks.iter().filter(|check| !check.agrees);
    understood.extend(differing.map(|one| report::check(*language, one, &imported.left_out)));
    let told = imported.told.iter();
    understood.extend(told.map(|one| report::told(*language, Place::Page, one)));
    understood.extend(columns);
    understood.extend(imported.conclusions.iter().map(|&one| report::conclusion(*language, one)));
    let left_out = imported.left_out.iter();
    let left_out = left_out
        .map(|one| (report::left_out(*language, one), printable(&one.cells.join("  "))))
        .collect();
    let report = Some(Report { understood, left_out });
    Taken { report, ..taken(*content, *adding, &imported) }
}

/// What was read, to be taken into a plan, without a report on it.
pub fn taken(content: Content, adding: bool, imported: &Imported) -> Taken {
    let charges = imported.charges();
    Taken {
        content,
        adding,
        values: json(&imported.values),
        count: imported.values.len(),
        charges: charges.iter().map(|(line, charges)| (line.clone(), json(charges))).collect(),
        report: None,
    }
}

/// Does the task: tells what was [`Taken`], or why nothing was.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(mut cells) = postcard::from_bytes::<Cells>(given.asked) else { return };
    let text = cells.text.take().or_else(|| decoded(&given.file?));
    let taken = text.ok_or(Refused::Unreadable).map(|text| take_cells(&cells, &text));
    tell(super::written(&taken));
}

fn json(value: &impl Serialize) -> String {
    // Texts, lists and tables of texts can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(content: Content, text: &str) -> Taken {
        let language = Language::Chinese;
        take_cells(&Cells { content, adding: false, text: None, language }, text)
    }

    #[test]
    fn a_roster_is_taken_without_its_total() {
        let taken = taken(Content::Roster, "室号\t建筑面积（㎡）\n3-1-501\t62.35\n合计\t62.35\n");
        let report = taken.report.expect("a report");
        assert_eq!((taken.count, report.left_out.len()), (1, 1));
    }

    #[test]
    fn a_total_that_differs_is_told() {
        let taken = taken(Content::Works, "项目\t金额\n防水\t120000\n合计\t130000\n");
        let said = taken.report.expect("a report").understood.join("\n");
        assert!(said.contains("¥130,000.00") && said.contains("¥120,000.00"), "{said}");
    }

    #[test]
    fn a_column_that_is_not_used_is_told() {
        let taken = taken(Content::Roster, "房号\t建筑面积\t朝向\n3-1-501\t62.35\t南\n");
        let said = taken.report.expect("a report").understood.join("\n");
        assert!(said.contains("朝向"), "{said}");
    }

    #[test]
    fn a_works_budget_is_taken_in_yuan() {
        let taken = taken(Content::Works, "项目\t金额（万元）\n供水管网改造\t68\n");
        assert!(taken.values.contains(r#""amount":"680000""#));
    }
}
